/* table.c: rows onto pages. */
#include "page/table.h"

static const double RULE = 0.5; /* points: a frame's thickness */
static const double EPSILON = 0.01;

/* A cell, broken into lines. */
struct set_cell {
	const struct text *text;
	const struct line *lines;
	size_t count;
};

struct set_row {
	struct set_cell *cells;
	size_t lines; /* of the highest */
	double height;
};

struct setter {
	struct paper *paper;
	const struct table *table;
	struct set_row *rows; /* the heads first */
	size_t head_count;
	double head_height; /* 0: too high to stand on each page */
	double left, top;   /* of the table on this page */
};

static struct set_row set_row(struct setter *s, struct table_row *row)
{
	const struct table *table = s->table;
	struct arena *arena = s->paper->arena;
	struct set_row set = { .cells = arena_alloc(arena, table->columns * sizeof *set.cells) };
	for (size_t i = 0; i < table->columns; i++) {
		struct set_cell *cell = &set.cells[i];
		struct measure measure = { .width = table->widths[i] - 2 * table->padding,
			.fill = row->cells[i].fill };
		struct text *text = text_shape(&row->cells[i].draft, s->paper->fonts, arena);
		cell->text = text;
		cell->lines = text_lines(text, &measure, arena, &cell->count);
		set.lines = cell->count > set.lines ? cell->count : set.lines;
	}
	set.height = (double)set.lines * table->pitch + 2 * table->padding;
	return set;
}

static void rule(struct setter *s, double x, double y, double width, double height)
{
	paper_add(s->paper, (struct item){ .kind = ITEM_RULE,
	                        .x = x - RULE / 2,
	                        .y = y - RULE / 2,
	                        .width = width + RULE,
	                        .height = height + RULE });
}

static double total(const struct table *table)
{
	double width = 0;
	for (size_t i = 0; i < table->columns; i++)
		width += table->widths[i];
	return width;
}

/* The upright lines of what stands on this page. */
static void close_page(struct setter *s)
{
	double x = s->left, height = s->paper->y - s->top;
	if (height <= EPSILON)
		return;
	rule(s, x, s->top, 0, height);
	for (size_t i = 0; i < s->table->columns; i++) {
		x += s->table->widths[i];
		rule(s, x, s->top, 0, height);
	}
}

/* Lines [from, to) of each cell; a row that is whole stands in the middle of its height. */
static void place_row(struct setter *s, const struct set_row *row, size_t from, size_t to)
{
	const struct table *table = s->table;
	double x = s->left, height = (double)(to - from) * table->pitch + 2 * table->padding;
	for (size_t i = 0; i < table->columns; i++) {
		const struct set_cell *cell = &row->cells[i];
		size_t end = cell->count < to ? cell->count : to;
		double y = s->paper->y + table->padding;
		if (from == 0 && to == row->lines)
			y += (double)(row->lines - cell->count) * table->pitch / 2;
		for (size_t k = from; k < end; k++, y += table->pitch)
			paper_add_line(s->paper, cell->text, &cell->lines[k], x + table->padding, y,
			    table->pitch);
		x += table->widths[i];
	}
	s->paper->y += height;
	rule(s, s->left, s->paper->y, total(table), 0);
}

static void open_page(struct setter *s, int again)
{
	s->top = s->paper->y;
	rule(s, s->left, s->top, total(s->table), 0);
	for (size_t i = 0; again && s->head_height > 0 && i < s->head_count; i++)
		place_row(s, &s->rows[i], 0, s->rows[i].lines);
}

static void next_page(struct setter *s)
{
	close_page(s);
	paper_break(s->paper);
	open_page(s, 1);
}

static double room(const struct setter *s)
{
	return AREA_HEIGHT - s->paper->y + EPSILON;
}

static void place(struct setter *s, const struct set_row *row)
{
	double page = AREA_HEIGHT - s->head_height;
	size_t from = 0;
	if (row->height > room(s) && row->height <= page)
		next_page(s);
	while (row->height > page && from < row->lines) {
		double high = room(s) - 2 * s->table->padding;
		size_t fit = high > 0 ? (size_t)(high / s->table->pitch) : 0;
		if (fit == 0 && s->paper->y <= s->head_height + EPSILON)
			fit = 1; /* lines higher than a page */
		size_t to = from + fit < row->lines ? from + fit : row->lines;
		if (to > from)
			place_row(s, row, from, to);
		from = to;
		if (from < row->lines)
			next_page(s);
	}
	if (from == 0)
		place_row(s, row, 0, row->lines);
}

static double set_rows(struct setter *s)
{
	const struct table *table = s->table;
	double heads = 0, all = 0;
	while (s->head_count < table->row_count && table->rows[s->head_count].header)
		s->head_count++;
	s->rows = arena_alloc(s->paper->arena, (table->row_count + 1) * sizeof *s->rows);
	for (size_t i = 0; i < table->row_count; i++) {
		s->rows[i] = set_row(s, &table->rows[i]);
		all += s->rows[i].height;
		heads += i < s->head_count ? s->rows[i].height : 0;
	}
	s->head_height = heads <= AREA_HEIGHT / 2 ? heads : 0;
	return all;
}

/* Room that there must be to begin with; a short table stays whole. */
static double beginning(const struct setter *s, double all)
{
	double start = s->head_height;
	if (all <= AREA_HEIGHT / 4)
		return all;
	if (s->head_count < s->table->row_count)
		start += s->rows[s->head_count].height;
	return start < AREA_HEIGHT / 2 ? start : AREA_HEIGHT / 2;
}

/* A quarter of a line; more where as much is left below, so that both look alike. */
static double space_above(const struct setter *s, double all)
{
	double rows = (all + ROW / 2) / ROW, left = AREA_HEIGHT - s->paper->y;
	double whole = (double)(size_t)(rows + 1 - EPSILON) * ROW;
	return s->table->captioned || whole > left + EPSILON ? ROW / 4 : (whole - all) / 2;
}

/* The last row takes the one before it along to the next page: none stands there alone. */
static void keep_last(struct setter *s, size_t i)
{
	double both = s->rows[i].height;
	if (i <= s->head_count || i + 2 != s->table->row_count)
		return;
	both += s->rows[i + 1].height;
	if (both > room(s) && both <= AREA_HEIGHT - s->head_height)
		next_page(s);
}

void paper_table(struct paper *paper, const struct table *table)
{
	struct setter s = {
		.paper = paper, .table = table, .left = (AREA_WIDTH - total(table)) / 2
	};
	if (table->columns == 0 || table->row_count == 0)
		return;
	double all = set_rows(&s);
	paper_snap(paper);
	paper_need(paper, beginning(&s, all) + ROW / 4);
	paper->y += space_above(&s, all);
	open_page(&s, 0);
	for (size_t i = 0; i < table->row_count; i++) {
		keep_last(&s, i);
		place(&s, &s.rows[i]);
	}
	close_page(&s);
	paper->y += ROW / 4;
	paper_snap(paper);
}
