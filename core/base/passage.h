/*
 * passage.h: a run of text as a reader sees it (a headline, a paragraph, a
 * table's cell): without markup, figures printed, and with the way back to
 * where each character was written. What reviewing looks at.
 */
#ifndef BASE_PASSAGE_H
#define BASE_PASSAGE_H

#include "base/arena.h"

#include <nianbao/plugin.h>

#include <stddef.h>
#include <stdint.h>

enum passage_kind {
	PASSAGE_HEADLINE,
	PASSAGE_TEXT,
	PASSAGE_CELL /* of a table or list */
};

/* Where a {{figure}} stands in the text, by its full name, "sfj.supervision.hotline_orders". */
struct passage_figure {
	size_t start, end; /* bytes */
	const char *name;
};

/* From byte `at` of the text on, characters stand one behind the other from here. */
struct passage_span {
	size_t at;
	uint32_t line, column; /* column 0: unknown, the line as a whole */
};

struct passage {
	enum passage_kind kind;
	const char *text; /* NUL-ended UTF-8; line breaks of the source are '\n' in it */
	size_t size;
	const char *file;                 /* as findings name it */
	const struct passage_span *spans; /* rising; the first at 0 */
	size_t span_count;
	const struct passage_figure *figures; /* rising */
	size_t figure_count;
	/* PASSAGE_CELL: which table of the text, and where in it, from 0; row 0 is the head. */
	unsigned table, row, column;
	const char *row_head, *column_head; /* first cell of the row, head of the column, or "" */
	int of_sheet; /* its place's column is the cell's number, for all of it */
	size_t point; /* which point it belongs to; (size_t)-1: none */
};

/* Where byte `offset` of the text was written. */
struct nb_place passage_place(const struct passage *passage, size_t offset);

/* A passage of plain text that begins at that place. `text` and `file` are borrowed. */
struct passage passage_plain(struct arena *arena, enum passage_kind kind, const char *text,
    const char *file, uint32_t line, uint32_t column);

/* The figure whose printed value overlaps [start, end), or NULL. */
const struct passage_figure *passage_figure_at(
    const struct passage *passage, size_t start, size_t end);

#endif
