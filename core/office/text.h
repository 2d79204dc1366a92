/* text.h: all text of a Word or Excel file, piece by piece, for whoever looks for words in it. */
#ifndef OFFICE_TEXT_H
#define OFFICE_TEXT_H

#include "office/package.h"

#include <stdint.h>

/*
 * A paragraph (`sheet` NULL, `line` its number, `column` 0) or a cell. The
 * strings go with the arena of office_text().
 */
typedef void office_sink(
    void *self, const char *sheet, uint32_t line, uint32_t column, const char *text);

/*
 * Hands over all text of a .docx or .xlsx, in order, hidden sheets included.
 * Takes the bytes over; errors as of package_open().
 */
int office_text(const char *label, struct buf *bytes, struct arena *arena, office_sink *sink,
    void *self, struct err *err);

#endif
