/* tagfile.h: the text files of a bag (RFC 8493, section 2), as lines of UTF-8. */
#ifndef BUNDLE_TAGFILE_H
#define BUNDLE_TAGFILE_H

#include "archive/store.h"
#include "base/arena.h"
#include "base/err.h"

#include <stddef.h>

struct tagfile {
	char **lines; /* without their ends (LF, CR or CRLF); line i is number i + 1 */
	size_t count;
	const char
	    *problem; /* why there are no lines, untranslated with one %s; NULL if there are */
	const char *detail; /* for its %s */
};

/*
 * Reads a tag file in `encoding` as the bag declares it. What is wrong with
 * the file becomes its `problem`; -1 only if the system fails (ERR_SYSTEM).
 * Everything lives in the arena.
 */
int tagfile_read(struct store *store, const struct store_file *file, const char *encoding,
    struct arena *arena, struct tagfile *out, struct err *err);

/* What stands behind "label:" in the first line that begins so, as in bag-info.txt; or NULL. */
const char *tagfile_value(const struct tagfile *text, const char *label);

#endif
