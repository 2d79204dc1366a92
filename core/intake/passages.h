/* passages.h: a narrative as a reader sees it, block by block, for reviewing. */
#ifndef INTAKE_PASSAGES_H
#define INTAKE_PASSAGES_H

#include "base/markdown.h"
#include "intake/reader.h"

/* Where a line of Markdown that was made from something else was written. */
struct written_line {
	uint32_t line;   /* of a document: paragraph */
	uint32_t column; /* of the first character that is not markup; 0: not known */
};

struct passages_source {
	const struct md_node *document;
	const char *file; /* for places */
	const char *text; /* what `document` was read from */
	size_t size;
	/* NULL: the text is the writer's own. Else made for him, one block a line, his specials
	 * escaped, ** around what is bold. */
	const struct written_line *lines;
	size_t line_count;
};

/* The line a writer knows for line `line` of the source. */
uint32_t passages_line(const struct passages_source *source, uint32_t line);

/*
 * Appends the document's headlines, paragraphs and cells to written->passages;
 * its points must be known. {{figures}} are printed. In the arena of the run.
 */
void passages_read(
    struct reader *reader, struct written *written, const struct passages_source *source);

#endif
