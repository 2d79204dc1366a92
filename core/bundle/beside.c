/* beside.c: looks at what stands beside a bundle. */
#define _XOPEN_SOURCE 700 /* lstat */
#include "bundle/beside.h"

#include "base/i18n.h"

#include <errno.h>
#include <sys/stat.h>

int beside_stands(const char *path, struct err *err)
{
	struct stat st;

	if (lstat(path, &st) == 0)
		return 1;
	/* A name too long for the system is nobody's. */
	if (errno == ENOENT || errno == ENOTDIR || errno == ENAMETOOLONG)
		return 0;
	return err_sys(err, errno, _("cannot read '%s'"), path);
}

int beside_is_file(const char *path, struct err *err)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return err_sys(err, errno, _("cannot open '%s'"), path);
	return S_ISREG(st.st_mode);
}
