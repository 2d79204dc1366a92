/* list.c: lists (台账) out of CSV: the header names columns by id or label, rows are checked cell
 * by cell. */
#include "intake/reader.h"

#include "base/csv.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/quantity.h"
#include "base/utf8.h"

#include <string.h>

enum { COLUMNS_MAX = 200 };

/* A cell whose value nobody knows, which has been found: not an empty one. */
static const char unknown[] = "";

struct list_reader {
	struct reader *reader;
	const struct list_def *list;
	const char *file; /* for findings */
	struct nb_row *rows;
	size_t row_count;
	int have_header;
	int lacking; /* the header lacks a column that must be there */
	int unsplit; /* the columns are kept apart by something else than commas */
	int hidden;  /* cells in hidden rows and columns */
	int totals;  /* rows left out because they add up the others */
	size_t header_count;
	int column_of[COLUMNS_MAX]; /* field index -> column of the list, -1: none */
};

static struct nb_place cell_at(const struct list_reader *r, unsigned line, size_t column)
{
	return AT(r->file, line, (uint32_t)column + 1);
}

/* Whether two names are the same but for blanks in them: 单　位 is 单位. */
static int same_name(const char *a, const char *b)
{
	const char *a_end = a + strlen(a), *b_end = b + strlen(b);
	uint32_t c, d;
	do {
		do
			c = utf8_next(&a, a_end);
		while (utf8_is_space(c));
		do
			d = utf8_next(&b, b_end);
		while (utf8_is_space(d));
	} while (c == d && c);
	return c == d;
}

/* How much of a header's words tells its column: 事项数 of "事项数（项）", of "*事项数". */
static size_t bare_name(const char **name)
{
	*name += strspn(*name, "* ");
	const char *open = strstr(*name, "（") ? strstr(*name, "（") : strchr(*name, '(');
	size_t n = open && open > *name ? (size_t)(open - *name) : strlen(*name);
	while (n && (*name)[n - 1] == ' ')
		n--;
	return n;
}

/* The column that a header's field names, or -1. */
static int column_named(const struct list_def *list, const char *name)
{
	for (size_t c = 0; c < list->column_count; c++)
		if (same_name(name, list->columns[c].id) || same_name(name, list->columns[c].label))
			return (int)c;
	size_t n = bare_name(&name);
	for (size_t c = 0; c < list->column_count; c++)
		if (strlen(list->columns[c].label) == n &&
		    strncmp(name, list->columns[c].label, n) == 0)
			return (int)c;
	return -1;
}

/* Columns that every table has and no list needs. */
static int is_idle(const char *name)
{
	return strcmp(name, "序号") == 0 || strcmp(name, "备注") == 0;
}

/* What stands between the columns of a header that came as one field, or NULL. */
static const char *other_separator(const struct list_reader *r, const char *field)
{
	static const char *const separators[] = { "，", ";", "；", "\t", "、", "|" };
	for (size_t i = 0; i < sizeof separators / sizeof *separators; i++) {
		size_t n = strlen(separators[i]), parts = 0, named = 0;
		for (const char *from = field, *to; from; from = to ? to + n : NULL, parts++) {
			to = strstr(from, separators[i]);
			const char *end = to ? to : from + strlen(from);
			named += column_named(r->list, arena_strndup(r->reader->arena, from,
			                                   (size_t)(end - from))) >= 0;
		}
		if (parts > 1 && named == parts)
			return *separators[i] == '\t' ? "Tab" : separators[i];
	}
	return NULL;
}

static void header(struct list_reader *r, const char *const *fields, size_t count, unsigned line)
{
	struct reader *reader = r->reader;
	const struct list_def *list = r->list;
	int *seen = arena_alloc(reader->arena, (list->column_count + 1) * sizeof *seen);
	const char *separator = count == 1 ? other_separator(r, fields[0]) : NULL;
	r->have_header = 1;
	r->header_count = count;
	if (separator) {
		r->unsplit = 1;
		FIND(reader->findings, LIST_COLUMN, reader->department, AT(r->file, line, 0),
		    list->id,
		    N_("the columns are kept apart by '%s'; between columns there must be a "
		       "half-width comma"),
		    separator);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		int column = column_named(list, fields[i]);
		r->column_of[i] = column;
		if (*fields[i] == '\0' || (column < 0 && is_idle(fields[i])))
			continue;
		if (column < 0) {
			FIND(reader->findings, LIST_COLUMN, reader->department, cell_at(r, line, i),
			    fields[i], N_("the list '%s' has no column '%s'"), list->label,
			    fields[i]);
		} else if (seen[column]++) {
			FIND(reader->findings, LIST_COLUMN, reader->department, cell_at(r, line, i),
			    fields[i], N_("the column '%s' stands here twice"), fields[i]);
			r->column_of[i] = -1;
		}
	}
	for (size_t c = 0; c < list->column_count; c++)
		if (list->columns[c].required && !seen[c]) {
			r->lacking = 1;
			FIND(reader->findings, LIST_COLUMN, reader->department,
			    AT(r->file, line, 0), list->columns[c].id,
			    N_("the list '%s' needs a column '%s' (or '%s'); its first row must "
			       "name the columns"),
			    list->label, list->columns[c].label, list->columns[c].id);
		}
}

/* The cell as it is kept: a day in the one form that is compared. */
static const char *check_cell(struct list_reader *r, const struct nb_column *column,
    const char *cell, unsigned line, size_t at)
{
	struct reader *reader = r->reader;
	struct nb_quantity quantity;
	if (*cell == '\0') {
		if (column->required && cell != unknown)
			FIND(reader->findings, LIST_EMPTY_CELL, reader->department,
			    cell_at(r, line, at), column->id,
			    N_("the column '%s' is empty in this row"), column->label);
		return cell;
	}
	const char *wrong = quantity_read(reader->arena, cell, column->kind, NULL, &quantity);
	const char *tail = wrong ? reader_behind_number(cell, column->kind, 1) : NULL;
	if (wrong)
		findings_add(reader->findings,
		    &(struct finding){ FINDING(LIST_CELL), .department = reader->department,
		        .at = cell_at(r, line, at), .subject = column->id,
		        .why = tail ? NULL : wrong,
		        .message = tail ? N_("'%s' in the column '%s' has '%s' behind the number; "
		                             "write the number alone")
		                        : N_("'%s' in the column '%s' cannot be read"),
		        .args = { cell, column->label, tail } });
	/* Columns of words hold days, too, for steps that may not have been taken; a number of
	 * eight digits is none there. */
	int day =
	    column->kind == NB_DATE || (column->kind == NB_TEXT && strspn(cell, "0123456789") < 8);
	const char *plain = day ? date_plain(reader->arena, cell) : NULL;
	return plain ? plain : cell;
}

static int is_colon(const char *p)
{
	return *p == ':' || strncmp(p, "：", strlen("：")) == 0;
}

/* 填表人：… below the table, by the word before the colon; NULL: none. */
static const char *footer(const char *plain)
{
	static const char *const words[] = { "填表人", "填报人", "制表人", "制表", "审核人",
		"负责人", "填报单位", "填表单位", "填报日期", "填表日期", "联系电话", "注", "备注",
		"说明" };
	for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
		size_t length = strlen(words[k]);
		if (strncmp(plain, words[k], length) == 0 && is_colon(plain + length))
			return words[k];
	}
	return NULL;
}

/* 合计 and the like, with blanks between or not, as the row's first word. */
static const char *total_word(struct list_reader *r, const char *const *fields, size_t count)
{
	static const char *const words[] = { "合计", "总计", "小计", "共计" };
	size_t i = 0, n = 0;
	while (i < count && *fields[i] == '\0')
		i++;
	if (i == count || i >= r->header_count || strlen(fields[i]) > 64)
		return NULL;
	char *plain = arena_alloc(r->reader->arena, strlen(fields[i]) + 1);
	const char *end = fields[i] + strlen(fields[i]);
	for (const char *p = fields[i]; p < end;) {
		const char *at = p;
		if (utf8_is_space(utf8_next(&p, end)))
			continue;
		memcpy(plain + n, at, (size_t)(p - at));
		n += (size_t)(p - at);
	}
	for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
		size_t length = strlen(words[k]);
		if (strcmp(plain, words[k]) == 0 ||
		    (strncmp(plain, words[k], length) == 0 && is_colon(plain + length)))
			return words[k];
	}
	return footer(plain);
}

static void row(void *self, const char *const *fields, size_t count, unsigned line)
{
	struct list_reader *r = self;
	struct reader *reader = r->reader;
	const struct list_def *list = r->list;
	if (!r->have_header) {
		header(r, fields, count, line);
		return;
	}
	if (r->unsplit)
		return;
	const char *total = total_word(r, fields, count);
	if (total) {
		r->totals++;
		FIND(reader->findings, LIST_TOTAL_ROW, reader->department, AT(r->file, line, 0),
		    total, N_("the row '%s' is no entry of the list and is left out"), total);
		return;
	}
	const char **cells = arena_alloc(reader->arena, (list->column_count + 1) * sizeof *cells);
	for (size_t k = 0; k < list->column_count; k++)
		cells[k] = "";
	for (size_t i = 0; i < count || i < r->header_count; i++) {
		const char *cell = i < count ? fields[i] : "";
		if (i >= r->header_count) {
			if (*cell)
				FIND(reader->findings, LIST_CELL, reader->department,
				    cell_at(r, line, i), cell,
				    N_("'%s' stands behind the last column; a comma in a cell "
				       "needs quotes around it"),
				    cell);
			continue;
		}
		int column = r->column_of[i];
		if (column < 0)
			continue;
		cells[column] = check_cell(r, &list->columns[column], cell, line, i);
	}
	r->rows = arena_grow(reader->arena, r->rows, r->row_count, sizeof *r->rows);
	r->rows[r->row_count++] =
	    (struct nb_row){ (const char *const *)cells, AT(r->file, line, 0) };
}

static void find_fault(struct list_reader *r, enum csv_fault fault, unsigned line)
{
	const char *message = NULL;
	switch (fault) {
	case CSV_FINE:
		return;
	case CSV_BAD_QUOTE:
		message = N_(
		    "quotes are wrong in this row: a cell with quotes in it is quoted as a whole, "
		    "each inner one doubled; the rest of the list is not read");
		break;
	case CSV_OPEN_QUOTE:
		message = N_("the quote opened in this row is never closed");
		break;
	}
	FIND(r->reader->findings, LIST_SYNTAX, r->reader->department, AT(r->file, line, 0),
	    r->list->id, message);
}

/* What is left to say when all rows have been seen. */
static void finish(struct list_reader *r, int unbroken, struct nb_rows *rows)
{
	/* Rows that could not be read are unknown, not none. */
	int whole = unbroken && r->have_header && !r->lacking && !r->unsplit &&
	            !(r->totals && r->row_count == 0);
	if (!r->have_header)
		FIND(r->reader->findings, LIST_COLUMN, r->reader->department, AT(r->file, 0, 0),
		    r->list->id, N_("the list '%s' is empty: its first row must name the columns"),
		    r->list->label);
	rows->rows = r->rows;
	rows->count = r->row_count;
	rows->given = whole;
	rows->place = AT(r->file, 1, 0);
}

static int read_csv(struct list_reader *r, const struct store_file *file,
    const struct nb_place *place, struct nb_rows *rows, struct err *err)
{
	struct buf text = { 0 };
	int rc = reader_text(r->reader, file, place, &text, err);
	if (rc == 0) {
		unsigned line;
		enum csv_fault fault =
		    csv_read(r->reader->arena, buf_str(&text), text.len, row, r, &line);
		find_fault(r, fault, line);
		finish(r, fault == CSV_FINE, rows);
	}
	buf_release(&text);
	return rc < 0 ? -1 : 0;
}

/* ---- out of Excel -------------------------------------------------------------- */

enum { TITLE_ROWS = 30 }; /* that may stand above the header */

/* The row that names most columns; the first one that holds something if none names any. */
static uint32_t header_row(const struct list_reader *r, const struct sheet *sheet)
{
	uint32_t best = sheet->count ? sheet->cells[0].row : 1;
	unsigned most = 0, here = 0;
	for (size_t i = 0; i < sheet->count && sheet->cells[i].row < best + TITLE_ROWS; i++) {
		const struct cell *cell = &sheet->cells[i];
		if (i == 0 || cell->row != cell[-1].row)
			here = 0;
		here += column_named(r->list, utf8_trimmed(&r->reader->files, cell->text)) >= 0;
		if (here > most) {
			most = here;
			best = cell->row;
		}
	}
	return best;
}

/* Cells merged downwards say the same in each row. */
struct merged {
	const struct sheet *sheet;
	size_t next; /* merge not yet met */
	uint32_t down_to[COLUMNS_MAX];
	const char *text[COLUMNS_MAX];
};

static void meet_merges(struct merged *merged, uint32_t row)
{
	const struct sheet *sheet = merged->sheet;
	for (; merged->next < sheet->merge_count && sheet->merges[merged->next].row <= row;
	     merged->next++) {
		const struct merge *merge = &sheet->merges[merged->next];
		if (merge->column != merge->last_column || merge->column > COLUMNS_MAX)
			continue;
		merged->down_to[merge->column - 1] = merge->last_row;
		merged->text[merge->column - 1] = sheet_text(sheet, merge->row, merge->column);
	}
}

/* Fills in words only: a number that stands for several rows is not each one's. */
static size_t add_merged(
    struct list_reader *r, const struct merged *merged, uint32_t row, const char **fields, size_t n)
{
	for (size_t i = 0; r->have_header && i < r->header_count && i < COLUMNS_MAX; i++) {
		int column = merged->down_to[i] >= row ? r->column_of[i] : -1;
		if (column < 0 || (i < n && *fields[i]))
			continue;
		enum nb_kind kind = r->list->columns[column].kind;
		if (kind != NB_TEXT && kind != NB_DATE)
			continue;
		while (n <= i)
			fields[n++] = "";
		fields[i] =
		    arena_strdup(r->reader->arena, utf8_trimmed(r->reader->arena, merged->text[i]));
	}
	return n;
}

/* A row's cells as a CSV's fields, from column A on. */
static void sheet_fields(
    struct list_reader *r, struct merged *merged, const struct cell *cells, size_t count)
{
	const char *fields[COLUMNS_MAX];
	size_t n = 0, filled = 0;
	for (size_t i = 0; i < count; i++) {
		if (cells[i].is_hidden && r->hidden++ == 0)
			FIND(r->reader->findings, FORM_HIDDEN, r->reader->department,
			    cell_at(r, cells[i].row, cells[i].column - 1), r->list->id,
			    N_("rows or columns of the list '%s' are hidden, the first one here; "
			       "they "
			       "are taken"),
			    r->list->label);
		if (cells[i].column > COLUMNS_MAX) {
			FIND(r->reader->findings, LIST_CELL, r->reader->department,
			    cell_at(r, cells[i].row, cells[i].column - 1), r->list->id,
			    N_("'%s' stands behind the last column that is read"), cells[i].text);
			break;
		}
		while (n < cells[i].column - 1)
			fields[n++] = "";
		const char *text = utf8_trimmed(r->reader->arena, cells[i].text);
		fields[n++] =
		    cells[i].has_no_value ? unknown : arena_strdup(r->reader->arena, text);
		filled += cells[i].has_no_value || *text != '\0';
		if (cells[i].has_no_value)
			FIND(r->reader->findings, FORM_NO_VALUE, r->reader->department,
			    cell_at(r, cells[i].row, cells[i].column - 1), r->list->id,
			    N_("%s: this cell holds a formula without its result"), r->list->label);
	}
	meet_merges(merged, cells[0].row);
	if (filled)
		row(r, fields, add_merged(r, merged, cells[0].row, fields, n), cells[0].row);
}

static int read_sheet(struct list_reader *r, const struct store_file *file, const char *name,
    const struct nb_place *place, struct nb_rows *rows, struct err *err)
{
	struct reader *reader = r->reader;
	const struct workbook *book;
	int rc = reader_workbook(reader, file, place, &book, err);
	if (rc != 0)
		return rc < 0 ? -1 : 0;
	const struct sheet *sheet = name          ? workbook_sheet(book, name)
	                            : book->count ? &book->sheets[0]
	                                          : NULL;
	if (!sheet) {
		FIND(reader->findings, INTAKE_MISSING_FILE, reader->department, *place,
		    name ? name : file->name, N_("the workbook '%s' has no sheet '%s'"), file->name,
		    name ? name : "");
		return 0;
	}
	r->file = arena_printf(reader->arena, "%s!%s", r->file, sheet->name);
	uint32_t from = header_row(r, sheet);
	struct merged *merged = arena_alloc(reader->arena, sizeof *merged);
	merged->sheet = sheet;
	for (size_t i = 0, n; i < sheet->count; i += n) {
		for (n = 1; i + n < sheet->count && sheet->cells[i + n].row == sheet->cells[i].row;)
			n++;
		if (sheet->cells[i].row >= from)
			sheet_fields(r, merged, &sheet->cells[i], n);
	}
	finish(r, 1, rows);
	return 0;
}

/* "a.csv", "a.xlsx", "a.xlsx!sheet" */
int list_read(struct reader *reader, const struct list_def *list, const char *name,
    const struct nb_place *place, struct nb_rows *rows, struct err *err)
{
	rows->place = *place; /* named, whatever becomes of it */
	const char *mark = strrchr(name, '!'), *sheet = NULL;
	const char *book = arena_strndup(reader->arena, name, mark ? (size_t)(mark - name) : 0);
	if (path_has_ending(book, ".xlsx")) {
		name = book;
		sheet = mark + 1;
	}
	const struct store_file *file = reader_file(reader, name, place);
	if (!file)
		return 0;
	struct list_reader *r = arena_alloc(reader->arena, sizeof *r);
	*r = (struct list_reader){
		.reader = reader, .list = list, .file = reader_label(reader, name)
	};
	if (path_has_ending(name, ".xlsx"))
		return read_sheet(r, file, sheet, place, rows, err);
	if (path_has_ending(name, ".csv"))
		return read_csv(r, file, place, rows, err);
	const char *instead = reader_instead(name);
	FIND(reader->findings, INTAKE_FORMAT, reader->department, *place, name,
	    instead ? instead : N_("'%s' is neither .xlsx nor .csv: save the list as one of these"),
	    name);
	return 0;
}
