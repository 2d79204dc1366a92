/*
 * workbook.c: sheets read row by row into the cells that hold something.
 *
 * Nothing is kept of empty cells and rows, whatever their number; strings are
 * shared as the file shares them. One pass over each part.
 */
#include "office/workbook.h"

#include "base/i18n.h"
#include "office/number_format.h"
#include "office/part.h"

#include <stdlib.h>
#include <string.h>

enum {
	ROWS_MAX = 1048576,
	COLUMNS_MAX = 16384,
	SHEETS_MAX = 1024,
	FORMATS_MAX = 100000,
	MERGES_MAX = 100000,
	STEPS_MAX = 20000000 /* columns of all merges */
};

struct custom_format {
	unsigned id;
	struct number_format format;
};

struct reader {
	struct package *package;
	struct arena *arena;
	struct workbook *workbook;
	const char *part; /* the one being read */
	const char **strings;
	size_t string_count;
	struct custom_format *customs; /* by id */
	size_t custom_count;
	struct number_format *formats; /* of cellXfs */
	size_t format_count;
	uint64_t cells; /* of all sheets so far */
	struct buf text;
};

/* One sheet as it is read. */
struct sheet_reader {
	struct reader *reader;
	struct part part;
	struct sheet *sheet;
	struct cell *cells;
	struct merge *merges;
	uint32_t row, column; /* of the last cell */
	int is_row_hidden;
	int is_unsorted;
	unsigned char hidden[COLUMNS_MAX / 8 + 1];
};

static int refuse(const struct reader *reader, const char *why, struct err *err)
{
	return err_input(
	    err, why, _("cannot read '%s' in '%s'"), reader->part, package_label(reader->package));
}

static int damaged(const struct reader *reader, struct err *err)
{
	return refuse(reader, N_("it is damaged"), err);
}

/* ---- values of attributes ---------------------------------------------- */

static int is_true(const char *value)
{
	return value &&
	       (strcmp(value, "1") == 0 || strcmp(value, "true") == 0 || strcmp(value, "on") == 0);
}

/* A whole number up to `most`; `otherwise` if there is none. */
static unsigned number(const char *value, unsigned most, unsigned otherwise)
{
	unsigned result = 0;
	if (!value || !*value)
		return otherwise;
	for (; *value; value++) {
		if (*value < '0' || *value > '9' || result > most / 10)
			return otherwise;
		result = result * 10 + (unsigned)(*value - '0');
	}
	return result <= most ? result : otherwise;
}

/* "E14" and the like, `$` allowed; 0 if it is none. Moves past it. */
static int read_reference(const char **at, uint32_t *row, uint32_t *column)
{
	const char *p = *at;
	*row = *column = 0;
	p += *p == '$';
	for (; (*p >= 'A' && *p <= 'Z') || (*p >= 'a' && *p <= 'z'); p++) {
		*column = *column * 26 + (uint32_t)((*p & 0x1F));
		if (*column > COLUMNS_MAX)
			return 0;
	}
	p += *p == '$';
	for (; *p >= '0' && *p <= '9'; p++) {
		*row = *row * 10 + (uint32_t)(*p - '0');
		if (*row > ROWS_MAX)
			return 0;
	}
	*at = p;
	return *row > 0 && *column > 0;
}

/* ---- texts ------------------------------------------------------------- */

static int hex4(const char *p)
{
	int value = 0;
	for (int i = 0; i < 4; i++) {
		static const char digits[] = "0123456789ABCDEF";
		char c = p[i] >= 'a' && p[i] <= 'f' ? (char)(p[i] - 0x20) : p[i];
		const char *at = c ? strchr(digits, c) : NULL;
		if (!at)
			return -1;
		value = value << 4 | (int)(at - digits);
	}
	return value;
}

/* Undoes _x000D_ (ECMA-376 part 1, 22.9.2.19); line ends become "\n". */
static void add_text(struct buf *out, const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int code = n - i >= 7 && text[i] == '_' && text[i + 1] == 'x' && text[i + 6] == '_'
		               ? hex4(text + i + 2)
		               : -1;
		if (code == '\n' || code == '\t' || (code >= 0x20 && code < 0x7F))
			buf_addc(out, (char)code);
		else if (code < 0 && text[i] != '\r')
			buf_addc(out, text[i]);
		i += code >= 0 ? 6 : 0;
	}
}

/*
 * The text of an <si> or <is> that has just started: all its <t>, without the
 * readings (rPh) that East Asian cells carry. Ends at its end.
 */
static int read_rich(struct part *part, struct buf *out, struct err *err)
{
	unsigned depth = part->depth;
	int in_text = 0;
	for (;;) {
		if (part_next(part, err) != 0)
			return -1;
		if (part->event == PART_TEXT && in_text)
			add_text(out, part->text, part->text_length);
		else if (part->event == PART_START && part->ns == NS_SHEET &&
		         strcmp(part->name, "rPh") == 0) {
			if (part_skip(part, err) != 0)
				return -1;
		} else if (part->event == PART_START || part->event == PART_END)
			in_text = part->event == PART_START && part->ns == NS_SHEET &&
			          strcmp(part->name, "t") == 0;
		if (part->event == PART_DONE || (part->event == PART_END && part->depth == depth))
			return 0;
	}
}

/* All text up to the end of the element that has just started; with escapes if it is a string. */
static int read_plain(struct part *part, struct buf *out, int is_string, struct err *err)
{
	unsigned depth = part->depth;
	for (;;) {
		if (part_next(part, err) != 0)
			return -1;
		if (part->event == PART_TEXT && is_string)
			add_text(out, part->text, part->text_length);
		else if (part->event == PART_TEXT)
			buf_add(out, part->text, part->text_length);
		if (part->event == PART_DONE || (part->event == PART_END && part->depth == depth))
			return 0;
	}
}

static int is_start(const struct part *part, const char *name)
{
	return part->event == PART_START && part->ns == NS_SHEET && strcmp(part->name, name) == 0;
}

static int read_strings(struct reader *reader, struct part *part, struct err *err)
{
	while (part_next(part, err) == 0) {
		if (part->event == PART_DONE)
			return 0;
		if (!is_start(part, "si"))
			continue;
		buf_clear(&reader->text);
		if (read_rich(part, &reader->text, err) != 0)
			return -1;
		reader->strings = arena_grow(
		    reader->arena, reader->strings, reader->string_count, sizeof *reader->strings);
		reader->strings[reader->string_count++] =
		    reader->text.len ? arena_strdup(reader->arena, buf_str(&reader->text)) : "";
	}
	return -1;
}

/* ---- styles ------------------------------------------------------------ */

static int by_format_id(const void *a, const void *b)
{
	const struct custom_format *x = a, *y = b;
	return (x->id > y->id) - (x->id < y->id);
}

static int add_custom(struct reader *reader, const struct part *part, struct err *err)
{
	const char *code = part_attribute(part, NS_NONE, "formatCode");
	if (reader->custom_count >= FORMATS_MAX)
		return refuse(reader, N_("it has too many number formats"), err);
	reader->customs = arena_grow(
	    reader->arena, reader->customs, reader->custom_count, sizeof *reader->customs);
	reader->customs[reader->custom_count++] =
	    (struct custom_format){ number(part_attribute(part, NS_NONE, "numFmtId"), 1 << 30, 0),
		    number_format_read(code ? code : "") };
	return 0;
}

static struct number_format format_of(const struct reader *reader, unsigned id)
{
	const struct custom_format key = { .id = id };
	const struct custom_format *custom =
	    reader->custom_count
	        ? bsearch(&key, reader->customs, reader->custom_count, sizeof key, by_format_id)
	        : NULL;
	return custom ? custom->format : number_format_builtin(id);
}

static int read_styles(struct reader *reader, struct part *part, struct err *err)
{
	int in_cells = 0;
	while (part_next(part, err) == 0) {
		if (part->event == PART_DONE)
			return 0;
		if (part->event == PART_END && strcmp(part->name, "cellXfs") == 0)
			in_cells = 0;
		if (is_start(part, "cellXfs")) {
			in_cells = 1;
			if (reader->custom_count)
				qsort(reader->customs, reader->custom_count,
				    sizeof *reader->customs, by_format_id);
		}
		if (is_start(part, "numFmt") && !in_cells && !reader->format_count &&
		    add_custom(reader, part, err) != 0)
			return -1;
		if (!is_start(part, "xf") || !in_cells)
			continue;
		if (reader->format_count >= FORMATS_MAX)
			return refuse(reader, N_("it has too many number formats"), err);
		reader->formats = arena_grow(
		    reader->arena, reader->formats, reader->format_count, sizeof *reader->formats);
		reader->formats[reader->format_count++] = format_of(
		    reader, number(part_attribute(part, NS_NONE, "numFmtId"), 1 << 30, 0));
	}
	return -1;
}

/* ---- cells ------------------------------------------------------------- */

/* Whether a text reads as a number: 12, 1,200.5, -3, 96.3%. Looks at its first characters only. */
static int looks_numeric(const char *text)
{
	enum { LONG = 64 };
	size_t digits = 0, points = 0, i = 0;
	while (i < LONG && (text[i] == ' ' || text[i] == '\t' || text[i] == '\n'))
		i++;
	i += text[i] == '-' || text[i] == '+';
	for (; i < LONG; i++) {
		if (text[i] >= '0' && text[i] <= '9')
			digits++;
		else if (text[i] == '.')
			points++;
		else if (text[i] != ',' || digits == 0)
			break;
	}
	i += text[i] == '%';
	while (i < LONG && (text[i] == ' ' || text[i] == '\t' || text[i] == '\n'))
		i++;
	return text[i] == '\0' && digits > 0 && points <= 1;
}

/* strtod() takes more than a file may say: nan, inf, 0x. */
static int read_double(const char *text, double *value)
{
	char *end;
	if (!*text || strspn(text, "0123456789+-.eE") != strlen(text))
		return 0;
	*value = strtod(text, &end);
	return *end == '\0' && *value > -1e300 && *value < 1e300;
}

static int set_number(
    struct sheet_reader *s, struct cell *cell, unsigned style, struct buf *raw, struct err *err)
{
	struct reader *reader = s->reader;
	struct number_format format = { FORMAT_NUMBER, -1 };
	double value;
	int is_rounded;
	buf_addc(raw, '\0');
	if (!read_double(raw->data, &value))
		return damaged(reader, err);
	buf_clear(raw);
	if (style < reader->format_count)
		format = reader->formats[style];
	enum format_kind kind = number_format_put(
	    raw, value, &format, reader->workbook->from_1904, cell->is_formula, &is_rounded);
	cell->is_number = 1;
	cell->is_percent = kind == FORMAT_PERCENT;
	cell->is_date = kind != FORMAT_NUMBER && kind != FORMAT_PERCENT;
	cell->is_rounded = is_rounded ? 1 : 0;
	cell->text = arena_strdup(reader->arena, buf_str(raw));
	return 0;
}

/* "2021-03-04T08:30:00", as strict files may have it. */
static const char *iso_date(struct arena *arena, const char *text)
{
	char *copy = arena_strdup(arena, text), *t = strchr(copy, 'T');
	if (t && strncmp(t, "T00:00:00", 9) == 0)
		*t = '\0';
	else if (t)
		*t = ' ';
	return copy;
}

/* What a cell's value means by its type, after ECMA-376 part 1, 18.18.11. */
static int set_value(struct sheet_reader *s, struct cell *cell, const char *type, unsigned style,
    struct buf *raw, struct err *err)
{
	struct reader *reader = s->reader;
	const char *text = buf_str(raw);
	if (strcmp(type, "s") == 0) {
		unsigned index = number(text, UINT32_MAX - 1, UINT32_MAX);
		if (index >= reader->string_count)
			return damaged(reader, err);
		cell->text = reader->strings[index];
	} else if (strcmp(type, "b") == 0) {
		cell->is_boolean = 1;
		cell->text = is_true(text) ? "TRUE" : "FALSE";
	} else if (strcmp(type, "e") == 0) {
		cell->is_error = 1;
		cell->text = arena_strdup(reader->arena, text);
	} else if (strcmp(type, "d") == 0) {
		cell->is_date = 1;
		cell->text = iso_date(reader->arena, text);
	} else if (strcmp(type, "str") == 0 || strcmp(type, "inlineStr") == 0) {
		cell->text = arena_strdup(reader->arena, text);
	} else {
		return set_number(s, cell, style, raw, err);
	}
	if (strcmp(type, "s") == 0 || strcmp(type, "str") == 0 || strcmp(type, "inlineStr") == 0)
		cell->is_text_number = looks_numeric(cell->text) ? 1 : 0;
	return 0;
}

static int is_column_hidden(const struct sheet_reader *s, uint32_t column)
{
	return s->hidden[column / 8] >> (column % 8) & 1;
}

static int keep_cell(struct sheet_reader *s, struct cell *cell, struct err *err)
{
	struct reader *reader = s->reader;
	struct sheet *sheet = s->sheet;
	if (reader->cells >= package_limits(reader->package)->cells)
		return refuse(
		    reader, N_("it has more cells that hold something than the limits allow"), err);
	reader->cells++;
	cell->is_hidden = s->is_row_hidden || is_column_hidden(s, cell->column);
	if (cell->has_no_value)
		office_note_add(&reader->workbook->notes, NOTE_NO_VALUE, cell->row);
	if (sheet->count) {
		const struct cell *before = &s->cells[sheet->count - 1];
		s->is_unsorted |= before->row > cell->row ||
		                  (before->row == cell->row && before->column >= cell->column);
	}
	s->cells = arena_grow(reader->arena, s->cells, sheet->count, sizeof *s->cells);
	s->cells[sheet->count++] = *cell;
	return 0;
}

/* The value within a <c>, up to its end, as it is written; tells formulas. */
static int read_raw(struct sheet_reader *s, struct cell *cell, const char *type, struct err *err)
{
	struct part *part = &s->part;
	struct buf *raw = &s->reader->text;
	unsigned depth = part->depth;
	buf_clear(raw);
	for (;;) {
		if (part_next(part, err) != 0)
			return -1;
		if (part->event == PART_DONE || (part->event == PART_END && part->depth == depth))
			return 0;
		if (part->event != PART_START)
			continue;
		int rc;
		if (is_start(part, "v") && strcmp(type, "inlineStr") != 0) {
			rc = read_plain(part, raw, strcmp(type, "str") == 0, err);
		} else if (is_start(part, "is")) {
			rc = read_rich(part, raw, err);
		} else {
			cell->is_formula |= is_start(part, "f");
			rc = part_skip(part, err);
		}
		if (rc != 0)
			return -1;
	}
}

/* A <c> that has just started, to its end. */
static int read_cell(struct sheet_reader *s, struct err *err)
{
	const struct part *part = &s->part;
	struct buf *raw = &s->reader->text;
	const char *at = part_attribute(part, NS_NONE, "r");
	const char *type = part_attribute(part, NS_NONE, "t");
	char kind[12] = "n";
	unsigned style = number(part_attribute(part, NS_NONE, "s"), FORMATS_MAX, FORMATS_MAX);
	struct cell cell = { .row = s->row, .column = s->column + 1, .text = "" };
	if (at && (!read_reference(&at, &cell.row, &cell.column) || *at))
		return damaged(s->reader, err);
	if (cell.row == 0 || cell.column > COLUMNS_MAX)
		return damaged(s->reader, err);
	s->column = cell.column;
	if (type && strlen(type) < sizeof kind)
		strcpy(kind, type);
	if (read_raw(s, &cell, kind, err) != 0)
		return -1;
	cell.has_no_value = cell.is_formula && raw->len == 0 && strcmp(kind, "str") != 0;
	if (raw->len && set_value(s, &cell, kind, style, raw, err) != 0)
		return -1;
	if (*cell.text == '\0' && !cell.has_no_value)
		return 0;
	return keep_cell(s, &cell, err);
}

static int start_row(struct sheet_reader *s, struct err *err)
{
	const char *at = part_attribute(&s->part, NS_NONE, "r");
	s->row = at ? number(at, ROWS_MAX, 0) : s->row + 1;
	if (s->row == 0 || s->row > ROWS_MAX)
		return damaged(s->reader, err);
	s->column = 0;
	s->is_row_hidden = is_true(part_attribute(&s->part, NS_NONE, "hidden"));
	return 0;
}

static void hide_columns(struct sheet_reader *s)
{
	unsigned from = number(part_attribute(&s->part, NS_NONE, "min"), COLUMNS_MAX, 0);
	unsigned to = number(part_attribute(&s->part, NS_NONE, "max"), COLUMNS_MAX, 0);
	if (!is_true(part_attribute(&s->part, NS_NONE, "hidden")) || from == 0)
		return;
	for (; from <= to; from++)
		s->hidden[from / 8] |= (unsigned char)(1u << from % 8);
}

static int add_merge(struct sheet_reader *s, struct err *err)
{
	const char *at = part_attribute(&s->part, NS_NONE, "ref");
	struct merge merge;
	if (!at || !read_reference(&at, &merge.row, &merge.column))
		return damaged(s->reader, err);
	merge.last_row = merge.row;
	merge.last_column = merge.column;
	if (*at == ':') {
		at++;
		if (!read_reference(&at, &merge.last_row, &merge.last_column))
			return damaged(s->reader, err);
	}
	if (*at || merge.last_row < merge.row || merge.last_column < merge.column)
		return damaged(s->reader, err);
	if (s->sheet->merge_count >= MERGES_MAX)
		return refuse(s->reader, N_("it has too many merged cells"), err);
	s->merges =
	    arena_grow(s->reader->arena, s->merges, s->sheet->merge_count, sizeof *s->merges);
	s->merges[s->sheet->merge_count++] = merge;
	return 0;
}

/* ---- a sheet as a whole ------------------------------------------------ */

static int by_cell(const void *a, const void *b)
{
	const struct cell *x = a, *y = b;
	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	return (x->column > y->column) - (x->column < y->column);
}

static int by_merge(const void *a, const void *b)
{
	const struct merge *x = a, *y = b;
	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	return (x->column > y->column) - (x->column < y->column);
}

static int sort_cells(struct sheet_reader *s, struct err *err)
{
	struct sheet *sheet = s->sheet;
	if (s->is_unsorted)
		qsort(s->cells, sheet->count, sizeof *s->cells, by_cell);
	for (size_t i = 0; i < sheet->count; i++) {
		if (i > 0 && by_cell(&s->cells[i - 1], &s->cells[i]) == 0)
			return refuse(s->reader, N_("it has one cell twice"), err);
		if (s->cells[i].column > sheet->columns)
			sheet->columns = s->cells[i].column;
	}
	sheet->rows = sheet->count ? s->cells[sheet->count - 1].row : 0;
	return 0;
}

/* Tells the cells that are merged; row by row, each column knowing how far down it is covered. */
static int mark_merged(struct sheet_reader *s, struct err *err)
{
	struct sheet *sheet = s->sheet;
	if (sheet->merge_count == 0)
		return 0;
	uint32_t *down_to = mem_alloc((COLUMNS_MAX + 1) * sizeof *down_to);
	size_t next = 0, steps = 0;
	memset(down_to, 0, (COLUMNS_MAX + 1) * sizeof *down_to);
	qsort(s->merges, sheet->merge_count, sizeof *s->merges, by_merge);
	for (size_t i = 0; i < sheet->count; i++) {
		struct cell *cell = &s->cells[i];
		for (; next < sheet->merge_count && s->merges[next].row <= cell->row; next++) {
			const struct merge *m = &s->merges[next];
			steps += m->last_column - m->column + 1;
			if (steps > STEPS_MAX)
				break;
			for (uint32_t c = m->column; c <= m->last_column; c++)
				if (down_to[c] < m->last_row)
					down_to[c] = m->last_row;
		}
		const struct merge key = { .row = cell->row, .column = cell->column };
		if (bsearch(&key, s->merges, sheet->merge_count, sizeof key, by_merge))
			cell->is_merged = 1;
		else
			cell->is_merged_follower = down_to[cell->column] >= cell->row;
	}
	free(down_to);
	return steps > STEPS_MAX ? refuse(s->reader, N_("it has too many merged cells"), err) : 0;
}

static int read_rows(struct sheet_reader *s, struct err *err)
{
	struct part *part = &s->part;
	while (part_next(part, err) == 0) {
		if (part->event == PART_DONE)
			return 0;
		if (part->event != PART_START || part->ns != NS_SHEET)
			continue;
		int rc = 0;
		if (strcmp(part->name, "c") == 0)
			rc = read_cell(s, err);
		else if (strcmp(part->name, "row") == 0)
			rc = start_row(s, err);
		else if (strcmp(part->name, "col") == 0)
			hide_columns(s);
		else if (strcmp(part->name, "mergeCell") == 0)
			rc = add_merge(s, err);
		if (rc != 0)
			return -1;
	}
	return -1;
}

static int read_sheet(struct reader *reader, struct sheet *sheet, struct err *err)
{
	struct sheet_reader *s = mem_alloc(sizeof *s);
	struct relations relations;
	int rc = -1;
	memset(s, 0, sizeof *s);
	s->reader = reader;
	s->sheet = sheet;
	if (package_relations(reader->package, reader->part, &relations, err) != 0 ||
	    part_open(&s->part, reader->package, reader->part, err) != 0)
		goto out;
	if (relations_of_type(&relations, "comments") ||
	    relations_of_type(&relations, "threadedComment"))
		office_note_add(&reader->workbook->notes, NOTE_COMMENTS, 0);
	if (read_rows(s, err) != 0 || sort_cells(s, err) != 0 || mark_merged(s, err) != 0)
		goto out;
	sheet->cells = s->cells;
	sheet->merges = s->merges;
	rc = 0;
out:
	part_close(&s->part);
	free(s);
	return rc;
}

/* ---- the workbook ------------------------------------------------------ */

struct tab {
	const char *name, *id;
	enum sheet_state state;
};

static struct tab tab_of(struct arena *arena, const struct part *part)
{
	const char *name = part_attribute(part, NS_NONE, "name");
	const char *id = part_attribute(part, NS_RELATION, "id");
	const char *state = part_attribute(part, NS_NONE, "state");
	struct tab tab = { .name = arena_strdup(arena, name ? name : ""),
		.id = arena_strdup(arena, id ? id : "") };
	if (state && strcmp(state, "hidden") == 0)
		tab.state = SHEET_HIDDEN;
	else if (state && strcmp(state, "veryHidden") == 0)
		tab.state = SHEET_VERY_HIDDEN;
	return tab;
}

static int read_tabs(struct reader *reader, struct tab **tabs, size_t *count, struct err *err)
{
	struct part part;
	int rc = 0;
	if (part_open(&part, reader->package, reader->part, err) != 0)
		return -1;
	while (rc == 0 && (rc = part_next(&part, err)) == 0 && part.event != PART_DONE) {
		if (is_start(&part, "workbookPr"))
			reader->workbook->from_1904 =
			    is_true(part_attribute(&part, NS_NONE, "date1904"));
		if (!is_start(&part, "sheet"))
			continue;
		if (*count >= SHEETS_MAX) {
			rc = refuse(reader, N_("it has too many sheets"), err);
			break;
		}
		*tabs = arena_grow(reader->arena, *tabs, *count, sizeof **tabs);
		(*tabs)[(*count)++] = tab_of(reader->arena, &part);
	}
	part_close(&part);
	return rc;
}

typedef int read_part(struct reader *reader, struct part *part, struct err *err);

/* A part that the workbook may have one of. */
static int read_one(struct reader *reader, const struct relations *relations, const char *type,
    read_part *read, struct err *err)
{
	const struct relation *relation = relations_of_type(relations, type);
	struct part part;
	if (!relation)
		return 0;
	reader->part = relation->target;
	if (part_open(&part, reader->package, relation->target, err) != 0)
		return -1;
	int rc = read(reader, &part, err);
	part_close(&part);
	return rc;
}

static int read_sheets(struct reader *reader, const struct relations *relations,
    const struct tab *tabs, size_t count, struct err *err)
{
	struct workbook *workbook = reader->workbook;
	struct sheet *sheets = arena_alloc(reader->arena, (count ? count : 1) * sizeof *sheets);
	workbook->sheets = sheets;
	for (size_t i = 0; i < count; i++) {
		const struct relation *relation = relations_find(relations, tabs[i].id);
		if (!relation || !relation->target || strcmp(relation->type, "worksheet") != 0) {
			office_note_add(&workbook->notes, NOTE_NO_SHEET, 0);
			continue;
		}
		struct sheet *sheet = &sheets[workbook->count++];
		*sheet = (struct sheet){ .name = tabs[i].name, .state = tabs[i].state };
		reader->part = relation->target;
		if (read_sheet(reader, sheet, err) != 0)
			return -1;
	}
	return 0;
}

int workbook_read_package(
    struct workbook *workbook, struct package *package, struct arena *arena, struct err *err)
{
	struct reader reader = { .package = package, .arena = arena, .workbook = workbook };
	struct relations relations;
	struct tab *tabs = NULL;
	size_t count = 0;
	int rc = -1;
	*workbook = (struct workbook){ 0 };
	reader.part = package_main(package);
	if (package_kind(package) != PACKAGE_WORKBOOK)
		return err_input(err, N_("it is a Word document, not an Excel workbook"),
		    _("cannot read '%s'"), package_label(package));
	if (package_has_macros(package))
		office_note_add(&workbook->notes, NOTE_MACROS, 0);
	if (read_tabs(&reader, &tabs, &count, err) == 0 &&
	    package_relations(package, reader.part, &relations, err) == 0 &&
	    read_one(&reader, &relations, "styles", read_styles, err) == 0 &&
	    read_one(&reader, &relations, "sharedStrings", read_strings, err) == 0)
		rc = read_sheets(&reader, &relations, tabs, count, err);
	buf_release(&reader.text);
	return rc;
}

int workbook_read(struct workbook *workbook, const char *label, struct buf *bytes,
    const struct office_limits *limits, struct arena *arena, struct err *err)
{
	struct package *package;
	if (package_open(&package, label, bytes, limits, arena, err) != 0)
		return -1;
	int rc = workbook_read_package(workbook, package, arena, err);
	package_close(package);
	return rc;
}

/* ---- looking up -------------------------------------------------------- */

const struct sheet *workbook_sheet(const struct workbook *workbook, const char *name)
{
	for (size_t i = 0; i < workbook->count; i++)
		if (strcmp(workbook->sheets[i].name, name) == 0)
			return &workbook->sheets[i];
	return NULL;
}

/* The first cell not before that place, as an index. */
static size_t lower(const struct sheet *sheet, uint32_t row, uint32_t column)
{
	const struct cell key = { .row = row, .column = column };
	size_t from = 0, to = sheet->count;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (by_cell(&sheet->cells[middle], &key) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

const struct cell *sheet_cell(const struct sheet *sheet, uint32_t row, uint32_t column)
{
	size_t at = lower(sheet, row, column);
	const struct cell *cell = &sheet->cells[at];
	return at < sheet->count && cell->row == row && cell->column == column ? cell : NULL;
}

const char *sheet_text(const struct sheet *sheet, uint32_t row, uint32_t column)
{
	const struct cell *cell = sheet_cell(sheet, row, column);
	return cell ? cell->text : "";
}

const struct cell *sheet_row(const struct sheet *sheet, uint32_t row, size_t *count)
{
	size_t from = lower(sheet, row, 0), to = from;
	while (to < sheet->count && sheet->cells[to].row == row)
		to++;
	*count = to - from;
	return to > from ? &sheet->cells[from] : NULL;
}

const struct merge *sheet_merge(const struct sheet *sheet, uint32_t row, uint32_t column)
{
	for (size_t i = 0; i < sheet->merge_count && sheet->merges[i].row <= row; i++) {
		const struct merge *m = &sheet->merges[i];
		if (row <= m->last_row && column >= m->column && column <= m->last_column)
			return m;
	}
	return NULL;
}
