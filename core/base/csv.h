/* csv.h: CSV (RFC 4180) in and out, with line numbers. */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include "base/arena.h"
#include "base/buf.h"

#include <stddef.h>

/* One row; fields are trimmed of blanks of any width. `line`: where it begins. Rows of empty fields
 * are left out. */
typedef void csv_row(void *self, const char *const *fields, size_t count, unsigned line);

enum csv_fault {
	CSV_FINE,
	CSV_BAD_QUOTE, /* quotes inside a field that is not quoted as a whole */
	CSV_OPEN_QUOTE /* a quote is never closed */
};

/* Reads `n` bytes of UTF-8. At a fault reading ends; `*line` then tells the row. Strings in the
 * arena. */
enum csv_fault csv_read(
    struct arena *arena, const char *text, size_t n, csv_row *row, void *self, unsigned *line);

/* Appends one field, quoted where needed, and what follows it: ',' or '\n'. */
void csv_put(struct buf *out, const char *field, char follow);

/*
 * The same for what people open in a spreadsheet: what that would reckon as a formula (it begins
 * with = + - @, a tab or a carriage return, and is no number) gets an apostrophe before it.
 */
void csv_put_cell(struct buf *out, const char *field, char follow);

#endif
