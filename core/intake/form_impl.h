/* form_impl.h: what the files that read the office's form share. Private to form*.c. */
#ifndef INTAKE_FORM_IMPL_H
#define INTAKE_FORM_IMPL_H

#include "intake/form.h"
#include "office/kit_names.h"

struct form {
	struct reader *reader;
	struct ini *ini;
	const struct store_file *file; /* the workbook */
	const struct workbook *book;
	const char *label; /* the workbook's, for places */
};

/* Adds what a cell says; two values for one thing are a finding. Strings are copied. */
void form_add(const struct form *form, const char *section, const char *key, const char *label,
    const char *value, struct nb_place place);

/* ---- form_grid.c: a sheet with a header row ------------------------------------ */

struct grid {
	const struct form *form;
	const struct sheet *sheet;
	const char *file; /* workbook and sheet, for places */
	uint32_t header;  /* row; 0: none */
	unsigned formulas;
	uint32_t formula_row, formula_column; /* of the first */
};

struct grid grid_of(const struct form *form, const struct sheet *sheet);
struct nb_place grid_place(const struct grid *grid, uint32_t row, uint32_t column);

/* A cell's text without blanks around it; in the arena of the reader's files. */
const char *grid_text(const struct grid *grid, uint32_t row, uint32_t column);

/* The same where cells may be merged: what the merged ones show. */
const char *grid_shown(const struct grid *grid, uint32_t row, uint32_t column);

/* The value of a cell that somebody fills in, with what must be said of it. */
const char *grid_value(struct grid *grid, uint32_t row, uint32_t column, const char *label);

/* What is said by "报送日期：", "* 版 次", "本年数" on two lines; in the arena. */
const char *grid_label(struct arena *arena, const char *text);

/* Finds the row that has both words; each may be several, "a|b". */
int grid_find_header(struct grid *grid, const char *one, const char *other);

/*
 * Where columns stand, by their words; 0 where there is none. One that stands
 * twice, or is merged over several, is a finding, and so are missing ones of
 * the first `needed`.
 */
void grid_columns(const struct grid *grid, const char *const *words, size_t count, size_t needed,
    uint32_t *columns);

/* Calls for each row below the header that holds something, `most` at the most. */
typedef void grid_row(void *self, uint32_t row);
void grid_rows(const struct grid *grid, size_t most, grid_row *each, void *self);
int grid_row_is_empty(const struct grid *grid, uint32_t row);

/* Said of a sheet that cannot be read for want of its header. */
void grid_find_no_header(const struct grid *grid, const char *columns);

/* What is said once a sheet: that it is hidden, that cells hold formulas. */
void grid_find_hidden(const struct grid *grid);
void grid_find_formulas(const struct grid *grid);

/* ---- the sheets ------------------------------------------------------------------ */

void form_read_cover(struct form *form, const struct sheet *sheet);
void form_read_chapter(struct form *form, const struct sheet *sheet, const struct chapter *chapter);
void form_read_list(struct form *form, const struct sheet *sheet, const struct chapter *chapter,
    const struct list_def *list);
/* Whether a sheet of that name is the list's. */
int form_is_list(const char *name, const struct chapter *chapter, const struct list_def *list);
void form_read_register(struct form *form, const struct sheet *sheet);

/* The document with the prose. -1 if the system fails. */
int form_read_document(struct form *form, struct err *err);

/* Whether a file can be a workbook or document of the form: not below a folder of attachments. */
int form_may_be(const struct store *store, const struct store_file *file, const char *ending);

#endif
