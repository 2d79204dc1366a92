/*
 * number_format.h: how a cell shows its number: the part of Excel's number
 * formats that changes what the number says (ECMA-376 part 1, 18.8.30-31).
 * Private to this room.
 */
#ifndef OFFICE_NUMBER_FORMAT_H
#define OFFICE_NUMBER_FORMAT_H

#include "base/buf.h"

enum format_kind {
	FORMAT_NUMBER,
	FORMAT_PERCENT,
	FORMAT_DATE,
	FORMAT_DATE_TIME,
	FORMAT_TIME,
	FORMAT_ELAPSED /* hours beyond 24 */
};

struct number_format {
	enum format_kind kind;
	int decimals; /* shown of a number or percentage; -1: as many as there are */
};

/* A format by its code: yyyy"年"m"月", 0.0%. */
struct number_format number_format_read(const char *code);

/* By its number, below 164; Chinese meanings for those that depend on the language. */
struct number_format number_format_builtin(unsigned id);

/*
 * Appends a number as the cell shows it, see workbook.h. With `round`, to the
 * decimals shown. Returns what it was taken for: a date out of range is shown
 * as a number. `is_rounded` is set to whether decimals went.
 */
enum format_kind number_format_put(struct buf *out, double value,
    const struct number_format *format, int from_1904, int round, int *is_rounded);

#endif
