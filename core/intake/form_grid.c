/* form_grid.c: a sheet of the form: its header, its rows, what its cells say. */
#include "intake/form_impl.h"

#include "base/i18n.h"
#include "base/place.h"
#include "base/utf8.h"

#include <string.h>

enum {
	HEADER_ROWS = 30, /* in which a sheet's header is */
	LABEL_MAX = 200   /* bytes; more is no label */
};

struct grid grid_of(const struct form *form, const struct sheet *sheet)
{
	return (struct grid){ .form = form,
		.sheet = sheet,
		.file = arena_printf(form->reader->arena, "%s!%s", form->label, sheet->name) };
}

struct nb_place grid_place(const struct grid *grid, uint32_t row, uint32_t column)
{
	return AT(grid->file, row, column);
}

const char *grid_text(const struct grid *grid, uint32_t row, uint32_t column)
{
	return utf8_trimmed(&grid->form->reader->files, sheet_text(grid->sheet, row, column));
}

const char *grid_shown(const struct grid *grid, uint32_t row, uint32_t column)
{
	const struct merge *merge = sheet_merge(grid->sheet, row, column);
	return merge ? grid_text(grid, merge->row, merge->column) : grid_text(grid, row, column);
}

/* A cell that another one covers shows that one's value, or none: whose it is is not certain. */
static int is_covered(struct grid *grid, uint32_t row, uint32_t column, const char *label)
{
	struct reader *reader = grid->form->reader;
	const struct merge *merge = sheet_merge(grid->sheet, row, column);
	if (!merge || merge->row == row || !*grid_text(grid, merge->row, merge->column))
		return 0;
	FIND(reader->findings, FORM_MERGED, reader->department, grid_place(grid, row, column),
	    label,
	    N_("%s: the cell is merged with one above it that holds '%s'; no value is taken"),
	    label, grid_text(grid, merge->row, merge->column));
	return 1;
}

const char *grid_value(struct grid *grid, uint32_t row, uint32_t column, const char *label)
{
	struct reader *reader = grid->form->reader;
	const struct cell *cell = sheet_cell(grid->sheet, row, column);
	if (is_covered(grid, row, column, label) || !cell)
		return "";
	if (cell->has_no_value) {
		FIND(reader->findings, FORM_NO_VALUE, reader->department,
		    grid_place(grid, row, column), label,
		    N_("%s: this cell holds a formula without its result"), label);
		return "";
	}
	if (cell->is_formula && grid->formulas++ == 0) {
		grid->formula_row = row;
		grid->formula_column = column;
	}
	if (cell->is_hidden)
		FIND(reader->findings, FORM_HIDDEN, reader->department,
		    grid_place(grid, row, column), label,
		    N_("%s: the value '%s' stands in a hidden row or column; it is taken"), label,
		    cell->text);
	return grid_text(grid, row, column);
}

/* ---- header ---------------------------------------------------------------------- */

/* What is said by "报送日期：", "* 版 次", "本年数" on two lines. */
const char *grid_label(struct arena *arena, const char *text)
{
	size_t n = strlen(text);
	if (n > LABEL_MAX)
		return text;
	char *bare = arena_alloc(arena, n + 1), *to = bare;
	const char *end = text + n;
	for (const char *p = text; p < end;) {
		const char *from = p;
		uint32_t c = utf8_next(&p, end);
		if (utf8_is_space(c) || c == ':' || c == U'：' || c == '*')
			continue;
		memcpy(to, from, (size_t)(p - from));
		to += p - from;
	}
	return bare;
}

/* Whether a text is one of the words, "a|b". */
static int is_one_of(const char *words, const char *text)
{
	size_t n = strlen(text);
	for (const char *word = words; n && *word; word += strcspn(word, "|"), word += *word == '|')
		if (strcspn(word, "|") == n && strncmp(word, text, n) == 0)
			return 1;
	return 0;
}

static int is_word(const struct grid *grid, const char *words, const char *text)
{
	return is_one_of(words, text) ||
	       is_one_of(words, grid_label(&grid->form->reader->files, text));
}

/* The column of a row that has one of the words, behind column `after`; 0 if none has. */
static uint32_t column_of(const struct grid *grid, uint32_t row, const char *words, uint32_t after)
{
	size_t count;
	const struct cell *cells = sheet_row(grid->sheet, row, &count);
	for (size_t i = 0; i < count; i++)
		if (cells[i].column > after &&
		    is_word(grid, words, grid_text(grid, row, cells[i].column)))
			return cells[i].column;
	return 0;
}

int grid_find_header(struct grid *grid, const char *one, const char *other)
{
	for (grid->header = 1; grid->header <= HEADER_ROWS; grid->header++)
		if (column_of(grid, grid->header, one, 0) &&
		    column_of(grid, grid->header, other, 0))
			return 1;
	grid->header = 0;
	return 0;
}

static void check_column(const struct grid *grid, const char *words, uint32_t column)
{
	struct reader *reader = grid->form->reader;
	const struct merge *merge = sheet_merge(grid->sheet, grid->header, column);
	uint32_t again = column_of(grid, grid->header, words, column);
	const char *text = grid_text(grid, grid->header, column);
	if (again)
		FIND(reader->findings, FORM_HEADER, reader->department,
		    grid_place(grid, grid->header, again), text,
		    N_("a second column '%s'; the first one is read"), text);
	else if (merge && merge->last_column > merge->column)
		FIND(reader->findings, FORM_HEADER, reader->department,
		    grid_place(grid, grid->header, column), text,
		    N_("the heading '%s' is merged over several columns; the first one is read"),
		    text);
}

void grid_columns(const struct grid *grid, const char *const *words, size_t count, size_t needed,
    uint32_t *columns)
{
	struct reader *reader = grid->form->reader;
	for (size_t i = 0; i < count; i++) {
		columns[i] = column_of(grid, grid->header, words[i], 0);
		if (columns[i])
			check_column(grid, words[i], columns[i]);
		else if (i < needed)
			FIND(reader->findings, FORM_HEADER, reader->department,
			    grid_place(grid, grid->header, 1), words[i],
			    N_("the sheet '%s' has no column '%s'"), grid->sheet->name,
			    arena_strndup(&reader->files, words[i], strcspn(words[i], "|")));
	}
}

void grid_find_no_header(const struct grid *grid, const char *columns)
{
	struct reader *reader = grid->form->reader;
	FIND(reader->findings, FORM_HEADER, reader->department, AT(grid->file, 0, 0),
	    grid->sheet->name, N_("the sheet '%s' has no row with '%s'; nothing of it is read"),
	    grid->sheet->name, columns);
}

/* ---- rows -------------------------------------------------------------------------- */

int grid_row_is_empty(const struct grid *grid, uint32_t row)
{
	size_t count;
	const struct cell *cells = sheet_row(grid->sheet, row, &count);
	for (size_t i = 0; i < count; i++)
		if (cells[i].has_no_value || *grid_text(grid, row, cells[i].column))
			return 0;
	return 1;
}

void grid_rows(const struct grid *grid, size_t most, grid_row *each, void *self)
{
	struct reader *reader = grid->form->reader;
	const struct sheet *sheet = grid->sheet;
	size_t seen = 0;
	uint32_t last = grid->header;
	for (size_t i = 0; i < sheet->count; i++) {
		if (sheet->cells[i].row <= last)
			continue;
		last = sheet->cells[i].row;
		if (grid_row_is_empty(grid, last))
			continue;
		if (seen++ == most) {
			FIND(reader->findings, INTAKE_LIMIT, reader->department,
			    grid_place(grid, last, 1), sheet->name,
			    N_("the sheet '%s' has more rows than are read (%s)"), sheet->name,
			    arena_printf(&reader->files, "%zu", most));
			return;
		}
		each(self, last);
	}
}

/* ---- once a sheet ------------------------------------------------------------------- */

void grid_find_formulas(const struct grid *grid)
{
	struct reader *reader = grid->form->reader;
	if (grid->formulas)
		FIND(reader->findings, FORM_FORMULA, reader->department,
		    grid_place(grid, grid->formula_row, grid->formula_column), grid->sheet->name,
		    N_("%s cell(s) of '%s' hold formulas, the first one here; the results stored "
		       "in the file are taken"),
		    arena_printf(&reader->files, "%u", grid->formulas), grid->sheet->name);
}

void grid_find_hidden(const struct grid *grid)
{
	struct reader *reader = grid->form->reader;
	if (grid->sheet->state != SHEET_VISIBLE)
		FIND(reader->findings, FORM_HIDDEN, reader->department, AT(grid->file, 0, 0),
		    grid->sheet->name, N_("the sheet '%s' is hidden; it is read all the same"),
		    grid->sheet->name);
}
