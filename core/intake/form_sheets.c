/* form_sheets.c: who hands in, figures and lists, off the sheets of the form. */
#include "intake/form_impl.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/length.h"
#include "base/quantity.h"

#include <stdio.h>
#include <string.h>

enum {
	COVER_ROWS = 40,    /* in which the cover's labels are looked for */
	FIGURE_ROWS = 2000, /* of a chapter's sheet that are read */
	SHEET_NAME_MAX = 31 /* characters, Excel's limit */
};

/* ---- 报送信息 ------------------------------------------------------------------------ */

/* "2025年" and "第2版" hold the number that is meant. */
static const char *bare_number(struct arena *arena, const char *text)
{
	const char *start = text + (strncmp(text, "第", strlen("第")) == 0 ? strlen("第") : 0);
	size_t digits = strspn(start, "0123456789");
	const char *rest = start + digits;
	int plain = strcmp(rest, "年") == 0 || strcmp(rest, "年度") == 0 || strcmp(rest, "版") == 0;
	return digits && plain ? arena_strndup(arena, start, digits) : text;
}

/*
 * The department that a cover means by id or by name; at a department's desk
 * what it says, and likewise where two have that name.
 */
static const char *department_id(const struct form *form, const char *written)
{
	const struct workspace *ws = form->reader->context->workspace;
	const char *id = NULL;
	for (size_t i = 0; ws && i < ws->department_count; i++)
		if (strcmp(ws->departments[i].name, written) == 0) {
			if (id)
				return written;
			id = ws->departments[i].id;
		}
	return id ? id : written;
}

/* One label of the cover. Its name must not be another department's than its code. */
static void read_label(
    struct grid *grid, uint32_t row, const char *label, const char *key, int is_name)
{
	const struct form *form = grid->form;
	struct arena *arena = &form->reader->files;
	const char *value = grid_value(grid, row, 2, label);
	if (*value == '\0')
		return;
	if (strcmp(key, "department") == 0) {
		/* At the desk nobody knows whose the name is. */
		if (is_name && !form->reader->context->workspace &&
		    ini_find(form->ini, "submission", key))
			return;
		value = department_id(form, value);
	}
	form_add(
	    form, "submission", key, label, bare_number(arena, value), grid_place(grid, row, 2));
}

static const struct {
	const char *label, *key;
} fields[] = { { KIT_INFO_ID, "department" }, { KIT_INFO_NAME, "department" },
	{ KIT_INFO_YEAR, "year" }, { KIT_INFO_REVISION, "revision" }, { KIT_INFO_DATE, "date" },
	{ KIT_INFO_CONTACT, "contact" }, { KIT_INFO_PHONE, "phone" } };

const char *form_label(const char *key)
{
	for (size_t f = 0; f < LENGTH(fields); f++)
		if (strcmp(fields[f].key, key) == 0)
			return fields[f].label;
	return key;
}

void form_read_cover(struct form *form, const struct sheet *sheet)
{
	struct grid grid = grid_of(form, sheet);
	grid_find_hidden(&grid);
	for (size_t f = 0; f < LENGTH(fields); f++)
		for (uint32_t row = 1; row <= COVER_ROWS; row++)
			if (strcmp(grid_label(&form->reader->files, grid_text(&grid, row, 1)),
			        fields[f].label) == 0)
				read_label(&grid, row, fields[f].label, fields[f].key, f == 1);
	grid_find_formulas(&grid);
}

/* ---- figures ------------------------------------------------------------------------ */

struct figures_sheet {
	struct grid *grid;
	const struct chapter *chapter;
	uint32_t columns[5];
};

enum { CODE, LABEL, VALUE, UNIT, NOTE };

/* 0.963 typed where 96.3% is meant, 96 typed into a cell that multiplies by 100. */
static void check_percent(const struct grid *grid, const struct nb_figure *figure,
    struct nb_place place, const char *value)
{
	struct reader *reader = grid->form->reader;
	if (figure->kind != NB_PERCENT)
		return;
	if (strncmp(value, "0.", 2) == 0 && value[strspn(value, "0123456789.")] == '\0')
		FIND(reader->findings, FORM_PERCENT, reader->department, place, figure->id,
		    N_("%s: '%s' is taken for %s%%; if a hundred times as much is meant, write it "
		       "with %%"),
		    figure->label, value, value);
	struct nb_quantity quantity;
	if (figure->combine == NB_RATIO &&
	    !quantity_read(&reader->files, value, NB_PERCENT, "%", &quantity) &&
	    nb_is_number(&quantity) && quantity.low > 100 * NB_UNIT)
		FIND(reader->findings, FORM_PERCENT, reader->department, place, figure->id,
		    N_("%s: '%s' is more than the whole"), figure->label, value);
}

/* 万元 in the form and 元 in the cell: the value would be read ten thousand times too large. */
static void check_unit(
    const struct grid *grid, const struct nb_figure *figure, uint32_t row, uint32_t column)
{
	struct reader *reader = grid->form->reader;
	const char *unit = column ? grid_text(grid, row, column) : "";
	if (*unit && strcmp(unit, figure->unit ? figure->unit : "") != 0)
		FIND(reader->findings, FORM_UNIT, reader->department, grid_place(grid, row, column),
		    figure->id, N_("%s is in %s; the cell says '%s', which changes nothing"),
		    figure->label, figure->unit ? figure->unit : "—", unit);
}

/* What a department remarks is for the office to read, and printed nowhere. */
static void find_remark(
    const struct grid *grid, const struct nb_figure *figure, uint32_t row, uint32_t column)
{
	struct reader *reader = grid->form->reader;
	const char *note = column ? grid_text(grid, row, column) : "";
	if (*note)
		FIND(reader->findings, FORM_REMARK, reader->department,
		    grid_place(grid, row, column), figure->id,
		    N_("%s: the department remarks '%s'"), figure->label, note);
}

static void read_figure(void *self, uint32_t row)
{
	const struct figures_sheet *sheet = self;
	const uint32_t *columns = sheet->columns;
	struct grid *grid = sheet->grid;
	struct reader *reader = grid->form->reader;
	const struct chapter *chapter = sheet->chapter;
	const char *id = columns[CODE] ? grid_text(grid, row, columns[CODE]) : "";
	const char *label = columns[LABEL] ? grid_text(grid, row, columns[LABEL]) : "";
	if (*id == '\0') {
		const char *labelled = reader_labelled(chapter, label);
		id = labelled ? labelled : label;
	}
	const struct nb_figure *figure = chapter_figure(chapter, id);
	const char *value = grid_value(grid, row, columns[VALUE], *label ? label : id);
	struct nb_place place = grid_place(grid, row, columns[VALUE]);
	if (figure)
		find_remark(grid, figure, row, columns[NOTE]);
	if (*value == '\0')
		return;
	if (*id == '\0') {
		FIND(reader->findings, FORM_ROW, reader->department, place, value,
		    N_("'%s' stands in a row that names no figure"), value);
		return;
	}
	if (figure) {
		check_percent(grid, figure, place, value);
		check_unit(grid, figure, row, columns[UNIT]);
	}
	form_add(grid->form, chapter->id, id, *label ? label : NULL, value, place);
}

void form_read_chapter(struct form *form, const struct sheet *sheet, const struct chapter *chapter)
{
	static const char *const words[] = { KIT_COLUMN_CODE, KIT_COLUMN_LABEL, KIT_COLUMN_VALUE,
		KIT_COLUMN_UNIT, KIT_COLUMN_NOTE };
	struct grid grid = grid_of(form, sheet);
	struct figures_sheet figures = { &grid, chapter, { 0 } };
	if (!grid_find_header(&grid, KIT_COLUMN_CODE "|" KIT_COLUMN_LABEL, KIT_COLUMN_VALUE)) {
		if (sheet->count && chapter->figure_count)
			grid_find_no_header(
			    &grid, KIT_COLUMN_CODE "、" KIT_COLUMN_LABEL "、" KIT_COLUMN_VALUE);
		return;
	}
	grid_find_hidden(&grid);
	grid_columns(&grid, words, LENGTH(words), 0, figures.columns);
	grid_rows(&grid, FIGURE_ROWS, read_figure, &figures);
	grid_find_formulas(&grid);
}

/* ---- lists ---------------------------------------------------------------------------- */

int form_is_list(const char *name, const struct chapter *chapter, const struct list_def *list)
{
	char full[200];
	snprintf(full, sizeof full, "%s.%s", chapter->id, list->id);
	full[SHEET_NAME_MAX] = '\0'; /* ids are ASCII */
	return strcmp(name, full) == 0;
}

/* A sheet nobody wrote a row into is no list. */
void form_read_list(struct form *form, const struct sheet *sheet, const struct chapter *chapter,
    const struct list_def *list)
{
	struct grid grid = grid_of(form, sheet);
	struct buf any = { 0 };
	for (size_t c = 0; c < list->column_count; c++)
		buf_addf(&any, "%s|%s|", list->columns[c].label, list->columns[c].id);
	/* What is wrong with a header is found when the list is read. */
	if (!grid_find_header(&grid, buf_str(&any), buf_str(&any)))
		grid.header = 0;
	buf_release(&any);
	uint32_t last = grid.header;
	for (size_t i = 0; i < sheet->count; i++) {
		if (sheet->cells[i].row <= last)
			continue;
		last = sheet->cells[i].row;
		if (grid_row_is_empty(&grid, last))
			continue;
		grid_find_hidden(&grid);
		form_add(form, chapter->id, list->id, list->label,
		    arena_printf(form->reader->arena, "%s!%s", form->file->name, sheet->name),
		    grid_place(&grid, grid.header ? grid.header : 1, 1));
		return;
	}
}
