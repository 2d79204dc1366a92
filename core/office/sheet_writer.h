/*
 * sheet_writer.h: an .xlsx, to be filled in (what is printed is locked, what is
 * asked for is coloured, open and checked) or to be worked with. Thin over
 * libxlsxwriter; the same bytes for the same calls, whatever clock, zone and
 * language. Rows and columns count from 1.
 */
#ifndef OFFICE_SHEET_WRITER_H
#define OFFICE_SHEET_WRITER_H

#include "base/buf.h"
#include "base/err.h"

#include <stddef.h>

struct sheet_writer;
struct sheet; /* of a writer, gone with it */

/* What the file says of itself. Strings may be NULL; used when the writer finishes. */
struct sheet_info {
	const char *title, *subject;
	const char *author; /* an office, never a person */
	const char *date;   /* yyyy-mm-dd, as created; NULL: 1980-01-01 */
};

enum sheet_style {
	/* locked */
	SHEET_TITLE,
	SHEET_GUIDANCE,
	SHEET_HEAD,
	SHEET_HEAD_REQUIRED, /* shown red and with a * that is not part of its text */
	SHEET_CODE,
	SHEET_LABEL,
	SHEET_REQUIRED, /* a label likewise */
	SHEET_UNIT,
	SHEET_VALUE,
	SHEET_DAY,
	SHEET_NOTE,
	SHEET_LINK,
	SHEET_DATA,   /* a number, or the words that stand for one */
	SHEET_SOURCE, /* long, on one line: it makes no row higher */
	/* to be filled in */
	SHEET_INPUT,
	SHEET_INPUT_REQUIRED,
	SHEET_INPUT_DAY,
	SHEET_INPUT_DAY_REQUIRED,
	SHEET_INPUT_WORDS, /* 001 stays 001 */
	SHEET_INPUT_WORDS_REQUIRED
};

/* What a cell should hold. What is not so is asked back about, and may be entered all the same. */
enum sheet_rule {
	SHEET_ANY,    /* a hint alone */
	SHEET_COUNT,  /* 0, 1, 2 … */
	SHEET_AMOUNT, /* 0 or more */
	SHEET_PERCENT,
	SHEET_DATE
};
struct sheet_check {
	enum sheet_rule rule;
	const char *from, *to; /* yyyy-mm-dd, of a date; NULL: from 1900 to 2199 */
	const char *title;     /* of the hint, up to 32 characters */
	const char *hint;  /* shown while the cell is chosen; up to 255 characters; may be NULL */
	const char *error; /* shown when something else was entered; likewise */
};

struct sheet_writer *sheet_writer_new(const struct sheet_info *info); /* never NULL */

/*
 * Adds a sheet: A4 landscape, as wide as the page, protected without a
 * password. The name as an xlsx takes it: cut to 31 characters, and made
 * another one if there is such a sheet already.
 */
struct sheet *sheet_add(struct sheet_writer *writer, const char *name);

/*
 * The same for data: nothing is locked, the rows below `head` can be filtered by
 * its columns 1 to `columns`, the sheet's name stands on every page.
 */
struct sheet *sheet_add_data(struct sheet_writer *writer, const char *name);
void sheet_filter(struct sheet *sheet, unsigned head, unsigned last_row, unsigned columns);

/* Width of a column in digits; `open`: its cells are to be filled in below those written. */
void sheet_column(struct sheet *sheet, unsigned column, double width);
void sheet_column_open(struct sheet *sheet, unsigned column, double width, enum sheet_style style);
/* Before anything is put there. */
void sheet_hide_column(struct sheet *sheet, unsigned column);

/* Rows above stay in sight and are printed on every page; columns before likewise stay in sight. */
void sheet_freeze(struct sheet *sheet, unsigned row, unsigned column);
/* The sheet's last column on paper. */
void sheet_print(struct sheet *sheet, unsigned rows, unsigned columns);

/* A text is printed as it stands, a formula's sign is a sign. */
void sheet_put(
    struct sheet *sheet, unsigned row, unsigned column, enum sheet_style style, const char *text);
void sheet_number(
    struct sheet *sheet, unsigned row, unsigned column, enum sheet_style style, double number);
/* How a number is shown: 12, 0.50, 96.3% (of 0.963). */
struct sheet_shown {
	unsigned decimals; /* 0 to 6 */
	int percent;
	int sign;   /* a plus before what is positive */
	int points; /* percentage points: 1.2个百分点 */
};
void sheet_number_shown(struct sheet *sheet, unsigned row, unsigned column, enum sheet_style style,
    double number, struct sheet_shown shown);
/* A day, yyyymmdd as date_read() has it. */
#define SHEET_FIRST_DAY 19000301 /* before it Excel counts a day that never was */
void sheet_day(struct sheet *sheet, unsigned row, unsigned column, enum sheet_style style, int day);
/* A text across columns `from` to `to`, in a row high enough for it. */
void sheet_across(struct sheet *sheet, unsigned row, unsigned from, unsigned to,
    enum sheet_style style, const char *text);
/* A text that leads to another sheet. */
void sheet_link(
    struct sheet *sheet, unsigned row, unsigned column, const char *text, const struct sheet *to);

void sheet_check(struct sheet *sheet, unsigned first_row, unsigned last_row, unsigned column,
    const struct sheet_check *check);
/* One of a few words, 255 bytes in all; nothing else can be entered. */
void sheet_choose(struct sheet *sheet, unsigned first_row, unsigned last_row, unsigned column,
    const char *const *choices, const char *title, const char *hint);
/* One of the texts in a column of another sheet; others may be entered. */
void sheet_choose_from(struct sheet *sheet, unsigned first_row, unsigned last_row, unsigned column,
    const struct sheet *from, unsigned from_first, unsigned from_last, unsigned from_column,
    const char *title, const char *hint);

const char *sheet_name(const struct sheet *sheet);

/* Appends the .xlsx and frees the writer, on failure as well. */
int sheet_writer_finish(struct sheet_writer *writer, struct buf *out, struct err *err);

/* Frees without writing; takes NULL. */
void sheet_writer_drop(struct sheet_writer *writer);

#endif
