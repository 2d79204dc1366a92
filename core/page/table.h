/* table.h: a framed table, over as many pages as it takes, its head on each of them. */
#ifndef PAGE_TABLE_H
#define PAGE_TABLE_H

#include "page/paper.h"

struct table_cell {
	struct draft draft; /* empty afterwards */
	enum fill fill;
};

struct table_row {
	struct table_cell *cells; /* one for each column */
	int header;
};

struct table {
	const double *widths; /* of the columns, in points */
	size_t columns;
	struct table_row *rows;
	size_t row_count;
	double pitch;   /* of lines in cells */
	double padding; /* between a cell's frame and its text, on each side */
	int captioned;  /* its caption stands above it: not far */
};

/*
 * Rows stay whole unless they are higher than a page; a table of up to a quarter of
 * a page stays whole as well, and no last row stands on a page alone.
 */
void paper_table(struct paper *paper, const struct table *table);

#endif
