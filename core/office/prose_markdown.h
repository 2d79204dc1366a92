/*
 * prose_markdown.h: a document's paragraphs as the Markdown that intake reads
 * as a narrative: "## " opens a point, "### " a sub-point.
 */
#ifndef OFFICE_PROSE_MARKDOWN_H
#define OFFICE_PROSE_MARKDOWN_H

#include "office/prose.h"

struct prose_range {
	size_t from, to; /* indexes into the paragraphs; `to` is not in it */
	/* The topic that points beginning in this paragraph are filed under, or NULL. May be NULL.
	 */
	const char *(*topic)(void *self, unsigned paragraph);
	void *self;
};

struct prose_markdown {
	const char *text; /* NUL-ended */
	size_t size;
	const unsigned *paragraphs; /* for each line of the text the paragraph that it is from */
	size_t lines;
};

/*
 * Sets a range of paragraphs as Markdown, in the arena. Guidance, the
 * table of contents and the title at the document's start are left out.
 *
 * Points are headings below the first level, a run-in headline (甲乙。正文) cut
 * at its 。. Where the range has none, typed or automatic numbering opens them:
 * the highest kind found opens points, the next one sub-points. 一是 and 第一，
 * open points only where they are the highest, and never sub-points. Numbers
 * of what opens a point or sub-point are cut off; all others stay. {{…}} stays
 * as it is, all else that Markdown would take for markup is escaped.
 */
void prose_markdown(const struct prose *prose, const struct prose_range *range,
    struct prose_markdown *markdown, struct arena *arena);

/* The paragraph that a line, from 1, is from; 0 beyond the text. */
unsigned prose_markdown_paragraph(const struct prose_markdown *markdown, unsigned line);

/* A heading's text without its typed number, line breaks and the 。 at its end; in the arena. */
const char *prose_heading(const struct prose_paragraph *paragraph, struct arena *arena);

#endif
