/* plain.h: the words of a report in HTML or docx, without blanks: to compare them with another's.
 */
#ifndef BUNDLE_PLAIN_H
#define BUNDLE_PLAIN_H

#include "base/arena.h"
#include "base/buf.h"

/* Takes out blanks of any width and line ends, in place. */
void plain_squeeze(char *text);

/*
 * Appends what a reader of the file sees, squeezed. `bytes` may be taken over. -1 if it cannot be
 * read.
 */
int plain_html(const char *label, struct buf *bytes, struct arena *arena, struct buf *out);
int plain_docx(const char *label, struct buf *bytes, struct arena *arena, struct buf *out);

#endif
