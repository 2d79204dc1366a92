/* png.h: a drawing as a picture, for programs that show no vectors. */
#ifndef PAGE_PNG_H
#define PAGE_PNG_H

#include "base/buf.h"
#include "base/err.h"
#include "formats/drawing.h"

/*
 * Appends a PNG of the drawing in the colours of paper, with `dpi` pixels an
 * inch, its words in 仿宋. The same fonts make the same bytes. Fails where
 * there is no font, or a picture of that size cannot be made.
 */
int drawing_png(const struct drawing *drawing, double dpi, struct buf *out, struct err *err);

#endif
