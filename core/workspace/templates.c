/* templates.c: finding a template. */
#include "workspace/templates.h"

#include "base/file.h"
#include "base/i18n.h"

#include <string.h>

const char *template_find(const struct templates *templates, const char *name, struct arena *arena)
{
	const char *const folders[] = { templates->own, templates->installed };
	for (size_t i = 0; i < 2; i++) {
		const char *path = folders[i] ? path_join(arena, folders[i], name) : NULL;
		if (path && file_type(path) == FILE_REGULAR)
			return path;
	}
	return NULL;
}

int template_read(
    const struct templates *templates, const char *name, struct buf *out, struct err *err)
{
	int rc = -1;
	struct arena scratch = { 0 };
	struct decoded how;
	/* Names may come from a template's own {{>partial}}: they must stay in the folder. */
	const char *path =
	    strchr(name, '/') || name[0] == '.' ? NULL : template_find(templates, name, &scratch);
	if (!path)
		err_set(err, ERR_USAGE, _("there is no template '%s' in '%s'"), name,
		    templates->installed);
	else
		rc = file_read_text(path, 16 << 20, out, &how, err);
	arena_release(&scratch);
	return rc;
}
