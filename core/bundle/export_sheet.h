/* export_sheet.h: the figures as a workbook, for those who take numbers on. */
#ifndef BUNDLE_EXPORT_SHEET_H
#define BUNDLE_EXPORT_SHEET_H

#include "base/buf.h"
#include "base/err.h"
#include "chapters/figures.h"

struct figures_book {
	const struct figures *figures;
	const struct workspace *workspace;
	const struct catalog *catalog;
	const char *software; /* "nianbao 0.1.0" */
	int draft;
	int publication; /* nothing of hand-ins is named */
};

/*
 * Appends figures.xlsx: a sheet that says what it is and leads to the others,
 * then a sheet a chapter that has figures, a row a figure; docs/formats.md
 * describes it. Bytes depend on what is given only. -1 if it cannot be made.
 */
int export_figures_sheets(const struct figures_book *book, struct buf *out, struct err *err);

#endif
