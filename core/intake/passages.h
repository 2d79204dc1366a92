/* passages.h: a narrative as a reader sees it, block by block, for reviewing. */
#ifndef INTAKE_PASSAGES_H
#define INTAKE_PASSAGES_H

#include "base/markdown.h"
#include "intake/reader.h"

struct passages_source {
	const struct md_node *document;
	const char *file; /* for places */
	const char *text; /* what `document` was read from */
	size_t size;
	int plain; /* made from a .txt: every line stands doubled, specials are escaped */
};

/*
 * Appends the document's headlines, paragraphs and cells to written->passages;
 * its points must be known. {{figures}} are printed. In the arena of the run.
 */
void passages_read(
    struct reader *reader, struct written *written, const struct passages_source *source);

#endif
