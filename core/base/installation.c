/* installation.c: finding it from /proc/self/exe. */
#include "base/installation.h"

#include "base/file.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

#ifndef NIANBAO_PREFIX
#define NIANBAO_PREFIX "/usr/local"
#endif

const char *installation_prefix(struct arena *arena)
{
	char path[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
	if (n <= 0)
		return NIANBAO_PREFIX;
	path[n] = '\0';
	/* …/bin/nianbao; the tests' program lies in the build folder itself. */
	for (int up = 0; up < 2; up++) {
		char *slash = strrchr(path, '/');
		if (slash)
			*slash = '\0';
		if (file_type(arena_printf(arena, "%s/share/nianbao", path)) == FILE_FOLDER)
			return arena_strdup(arena, path);
	}
	return NIANBAO_PREFIX;
}
