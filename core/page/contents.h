/* contents.h: a table of contents before the text, on pages of its own. */
#ifndef PAGE_CONTENTS_H
#define PAGE_CONTENTS_H

#include "page/paper.h"

/* Lists the headings down to `level` with their pages; call it when all is set. */
void paper_contents(struct paper *paper, unsigned level);

#endif
