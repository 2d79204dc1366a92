/* pdf.h: paper as a PDF that can be kept: PDF/A-1b (ISO 19005-1). */
#ifndef PAGE_PDF_H
#define PAGE_PDF_H

#include "base/buf.h"
#include "page/paper.h"

/* What the document says of itself; any text, never NULL. */
struct about {
	const char *title, *author, *subject, *creator;
	const char *date; /* yyyy-mm-dd: no clock is asked */
};

/*
 * Appends the PDF: pages with their numbers, outline, links. The same paper, fonts
 * and libraries make the same bytes. Nothing is appended on failure.
 */
int paper_pdf(struct paper *paper, const struct about *about, struct buf *out, struct err *err);

#endif
