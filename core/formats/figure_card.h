/*
 * figure_card.h: what a web page tells of a figure: its attributes for
 * programs, its card for people, and the row of the annex that has more of it.
 */
#ifndef FORMATS_FIGURE_CARD_H
#define FORMATS_FIGURE_CARD_H

#include "base/arena.h"
#include "base/buf.h"
#include "document/document.h"

#include <stddef.h>

/* The rows of an annex that tell of a figure, one a figure, sorted by its id. */
struct figure_rows {
	struct figure_row {
		const char *id; /* the figure's */
		const struct node *row;
		size_t order;
	} * items;
	size_t count;
};

/*
 * Finds the rows whose first figure is the county's value of it; of several
 * with the same figure the first. NULL for `annex`: there are none.
 */
struct figure_rows figure_rows_find(const struct node *annex, struct arena *arena);

/* The row that tells of the figure, or NULL; the figure that a row is found by, or NULL. */
const struct node *figure_rows_row(const struct figure_rows *rows, const char *id);
const char *figure_rows_figure(const struct figure_rows *rows, const struct node *row);

/* The `id` of a figure's row in the page: "f-supervision.reconsideration_received". In the arena.
 */
const char *figure_row_anchor(const char *id, struct arena *arena);

/* Appends <data>: the figure as it stands in the text, with what a program wants to know of it. */
void figure_data_add(struct buf *out, const struct node *figure, struct arena *arena);

/*
 * What a person wants to know of it, a line each: label and value,
 * departments, evidence, places. In the arena.
 */
const char *figure_card(const struct node *figure, struct arena *arena);

#endif
