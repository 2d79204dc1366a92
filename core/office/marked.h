/*
 * marked.h: the figures of a report's .docx that are marked by bookmarks, as
 * they stand there now, whichever program saved it last.
 */
#ifndef OFFICE_MARKED_H
#define OFFICE_MARKED_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "office/figure_mark.h"

struct marked_figure {
	struct figure_mark mark;
	unsigned paragraph; /* every w:p counts, as in prose.h */
	const char *text;   /* between the two ends of the bookmark, or up to its paragraph's end */
	const char *before, *after; /* of the paragraph's text, a few characters each */
};

struct marked {
	struct marked_figure *items; /* in the order of the text */
	size_t count;
};

/*
 * Reads a .docx whose bytes are taken over, whatever comes of it; see
 * package_open() for `label` and refusals. Tracked changes count as accepted.
 * Everything lives in the arena. A document that is none of ours has none.
 */
int marked_read(struct marked *marked, const char *label, struct buf *bytes, struct arena *arena,
    struct err *err);

#endif
