/*
 * workbook.h: an Excel workbook from outside, read into the cells that hold
 * something, as whoever wrote them sees them.
 *
 * ECMA-376 part 1, 18 (SpreadsheetML).
 */
#ifndef OFFICE_WORKBOOK_H
#define OFFICE_WORKBOOK_H

#include "office/package.h"

#include <stddef.h>
#include <stdint.h>

struct cell {
	uint32_t row, column; /* from 1 */
	/*
	 * Rich text and line breaks within a cell are plain text with "\n".
	 * Numbers: as typed, without exponent (up to 10 to the 30th), grouping or the noise of
	 * binary fractions (15 significant digits, as Excel has them); results of formulas rounded
	 * to the decimals that the cell shows. Percentages "96.3%", dates "2021-03-04" (with "
	 * 08:30" where a time is shown), times "8:30", "TRUE", "FALSE", "#DIV/0!".
	 */
	const char *text;
	unsigned is_number : 1; /* stored as a number: percentages and dates, too */
	unsigned is_percent : 1;
	unsigned is_date : 1;        /* shown as a date or time */
	unsigned is_text_number : 1; /* a number stored as text */
	unsigned is_boolean : 1;
	unsigned is_error : 1;
	unsigned is_formula : 1;         /* `text` is the result that was stored */
	unsigned has_no_value : 1;       /* a formula without a stored result; `text` is "" */
	unsigned is_rounded : 1;         /* a formula's result of more decimals than are shown */
	unsigned is_hidden : 1;          /* in a hidden row or column */
	unsigned is_merged : 1;          /* the first cell of merged ones */
	unsigned is_merged_follower : 1; /* one of the others: covered, though it holds something */
};

/* Merged cells, both ends included. */
struct merge {
	uint32_t row, column, last_row, last_column;
};

enum sheet_state { SHEET_VISIBLE, SHEET_HIDDEN, SHEET_VERY_HIDDEN };

struct sheet {
	const char *name;
	enum sheet_state state;
	const struct cell *cells; /* by row, then column; none is empty but one that has_no_value */
	size_t count;
	const struct merge *merges; /* by row, then column */
	size_t merge_count;
	uint32_t rows, columns; /* the last ones that hold something */
};

struct workbook {
	const struct sheet *sheets; /* in the order of the tabs */
	size_t count;
	int from_1904; /* its dates are counted from 1904 */
	struct office_notes notes;
};

/*
 * Reads a workbook of which the bytes are taken over, whatever comes of it;
 * see package_open() for `label`, `limits` and refusals. Everything lives in
 * the arena. ERR_INPUT also for a Word document, and for more cells that hold
 * something than the limits allow: no sheet is ever given in part.
 */
int workbook_read(struct workbook *workbook, const char *label, struct buf *bytes,
    const struct office_limits *limits, struct arena *arena, struct err *err);

/* The same of an open package, which stays open. */
int workbook_read_package(
    struct workbook *workbook, struct package *package, struct arena *arena, struct err *err);

/* By name; NULL if there is none. Excel's names differ in more than case. */
const struct sheet *workbook_sheet(const struct workbook *workbook, const char *name);

/* NULL if the cell is empty. */
const struct cell *sheet_cell(const struct sheet *sheet, uint32_t row, uint32_t column);

/* Its text; "" if the cell is empty. */
const char *sheet_text(const struct sheet *sheet, uint32_t row, uint32_t column);

/* The cells of a row: the first one, or NULL, and how many. */
const struct cell *sheet_row(const struct sheet *sheet, uint32_t row, size_t *count);

/* The merged cells that this cell is one of, or NULL. Walks the merges above it. */
const struct merge *sheet_merge(const struct sheet *sheet, uint32_t row, uint32_t column);

#endif
