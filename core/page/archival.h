/* archival.h: a PDF of cairo's as PDF/A-1b. */
#ifndef PAGE_ARCHIVAL_H
#define PAGE_ARCHIVAL_H

#include "page/pdf.h"

/* Appends the document with all that ISO 19005-1 asks for, level B. */
int pdf_archival(
    const struct buf *plain, const struct about *about, struct buf *out, struct err *err);

#endif
