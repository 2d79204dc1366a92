/* form.c: the office's forms, filled in, as the keys and values of a submission.ini. */
#include "intake/form.h"

#include "base/file.h"
#include "base/i18n.h"
#include "base/length.h"
#include "base/place.h"
#include "base/utf8.h"
#include "intake/word.h"
#include "office/kit_names.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum {
	COVER_ROWS = 40,  /* in which the cover's labels are looked for */
	HEADER_ROWS = 30, /* in which a sheet's header is */
	COLUMNS_MAX = 64,
	LABEL_MAX = 200, /* bytes; more is no label */
	SHEET_NAME_MAX = 31 /* characters, Excel's limit */
};

struct form {
	struct reader *reader;
	struct ini *ini;
	const struct store_file *file; /* the workbook */
	const struct workbook *book;
	const char *label; /* the workbook's, for places */
};

/* The sheet being read: where its header is and what stands in which column. */
struct grid {
	const struct form *form;
	const struct sheet *sheet;
	const char *file; /* workbook and sheet, for places */
	uint32_t header;  /* row; 0: none */
	unsigned formulas;
	uint32_t formula_row, formula_column; /* of the first */
};

/* ---- small things ---------------------------------------------------------------- */

static struct nb_place cell_place(const struct grid *grid, uint32_t row, uint32_t column)
{
	return AT(grid->file, row, column);
}

static struct grid grid_of(const struct form *form, const struct sheet *sheet)
{
	return (struct grid){ .form = form,
		.sheet = sheet,
		.file = arena_printf(form->reader->arena, "%s!%s", form->label, sheet->name) };
}

/* A cell's text without blanks around it. */
static const char *text_at(const struct grid *grid, uint32_t row, uint32_t column)
{
	return utf8_trimmed(&grid->form->reader->files, sheet_text(grid->sheet, row, column));
}

/* What is said by "报送日期：", "* 版 次", "本年数" on two lines. */
static const char *bare_label(struct arena *arena, const char *text)
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
static int is_one_of(const char *text, const char *words)
{
	size_t n = strlen(text);
	for (const char *word = words; n && *word;
	     word += strcspn(word, "|"), word += *word == '|')
		if (strcspn(word, "|") == n && strncmp(word, text, n) == 0)
			return 1;
	return 0;
}

/* The column of the header that has one of the words, "a|b"; 0 if none has. */
static uint32_t column_of(const struct grid *grid, const char *words)
{
	size_t count;
	const struct cell *cells = sheet_row(grid->sheet, grid->header, &count);
	for (size_t i = 0; i < count; i++) {
		const char *text = text_at(grid, grid->header, cells[i].column);
		if (is_one_of(text, words) ||
		    is_one_of(bare_label(&grid->form->reader->files, text), words))
			return cells[i].column;
	}
	return 0;
}

/* Finds the row that has both words. */
static int find_header(struct grid *grid, const char *one, const char *other)
{
	for (grid->header = 1; grid->header <= HEADER_ROWS; grid->header++)
		if (column_of(grid, one) && column_of(grid, other))
			return 1;
	grid->header = 0;
	return 0;
}

static int row_is_empty(const struct grid *grid, uint32_t row)
{
	size_t count;
	const struct cell *cells = sheet_row(grid->sheet, row, &count);
	for (size_t i = 0; i < count; i++)
		if (*text_at(grid, row, cells[i].column))
			return 0;
	return 1;
}

static void add(const struct form *form, const char *section, const char *key, const char *label,
    const char *value, struct nb_place place)
{
	struct reader *reader = form->reader;
	struct arena *arena = reader->arena;
	const struct ini_entry *there = ini_add(arena, form->ini,
	    &(struct ini_entry){ .section = arena_strdup(arena, section),
	        .key = arena_strdup(arena, key),
	        .value = arena_strdup(arena, value),
	        .place = place,
	        .label = label ? arena_strdup(arena, label) : NULL });
	if (!there || strcmp(there->value, value) == 0)
		return;
	findings_add(reader->findings,
	    &(struct finding){ FINDING(FORM_TWICE), .department = reader->department, .at = place,
	        .also = there->place, .subject = key,
	        .message = N_("%s is '%s' here and '%s' in another place, which counts"),
	        .args = { label ? label : key, value, there->value } });
}

/* ---- cells ------------------------------------------------------------------------ */

/* The value of a cell that somebody fills in, with what must be said of it. */
static const char *value_at(struct grid *grid, uint32_t row, uint32_t column, const char *label)
{
	struct reader *reader = grid->form->reader;
	const struct cell *cell = sheet_cell(grid->sheet, row, column);
	if (!cell)
		return "";
	if (cell->has_no_value) {
		FIND(reader->findings, FORM_NO_VALUE, reader->department,
		    cell_place(grid, row, column), label,
		    N_("%s: this cell holds a formula without its result"), label);
		return "";
	}
	if (cell->is_formula && grid->formulas++ == 0) {
		grid->formula_row = row;
		grid->formula_column = column;
	}
	if (cell->is_hidden)
		FIND(reader->findings, FORM_HIDDEN, reader->department,
		    cell_place(grid, row, column), label,
		    N_("%s: the value '%s' stands in a hidden row or column; it is taken"), label,
		    cell->text);
	return text_at(grid, row, column);
}

/* One finding a sheet: a form worked out from another sheet is all formulas. */
static void find_formulas(const struct grid *grid)
{
	struct reader *reader = grid->form->reader;
	if (grid->formulas)
		FIND(reader->findings, FORM_FORMULA, reader->department,
		    cell_place(grid, grid->formula_row, grid->formula_column), grid->sheet->name,
		    N_("%s cell(s) of '%s' hold formulas, the first one here; the results stored "
		       "in the file are taken"),
		    arena_printf(&reader->files, "%u", grid->formulas), grid->sheet->name);
}

static void find_hidden_sheet(const struct grid *grid)
{
	struct reader *reader = grid->form->reader;
	if (grid->sheet->state != SHEET_VISIBLE)
		FIND(reader->findings, FORM_HIDDEN, reader->department, AT(grid->file, 0, 0),
		    grid->sheet->name, N_("the sheet '%s' is hidden; it is read all the same"),
		    grid->sheet->name);
}

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

/* The department that a cover means by id or by name; at a department's desk what it says. */
static const char *department_id(const struct form *form, const char *written)
{
	const struct workspace *ws = form->reader->context->workspace;
	for (size_t i = 0; ws && i < ws->department_count; i++)
		if (strcmp(ws->departments[i].name, written) == 0)
			return ws->departments[i].id;
	return written;
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

static void read_cover(struct form *form, const struct sheet *sheet)
{
	struct grid grid = grid_of(form, sheet);
	struct arena *arena = &form->reader->files;
	for (size_t f = 0; f < LENGTH(fields); f++)
		for (uint32_t row = 1; row <= COVER_ROWS; row++) {
			if (strcmp(bare_label(arena, text_at(&grid, row, 1)), fields[f].label) != 0)
				continue;
			const char *value = value_at(&grid, row, 2, fields[f].label);
			if (strcmp(fields[f].key, "department") == 0)
				value = department_id(form, value);
			/* The name says whose it is where there is no id. */
			if (*value && !(f == 1 && ini_find(form->ini, "submission", "department")))
				add(form, "submission", fields[f].key, fields[f].label,
				    bare_number(arena, value), cell_place(&grid, row, 2));
			break;
		}
	find_formulas(&grid);
}

/* ---- figures ------------------------------------------------------------------------ */

static int has_words(const struct sheet *sheet)
{
	return sheet->count > 0;
}

/* Said of a sheet that cannot be read for want of its header. */
static void find_no_header(const struct grid *grid, const char *columns)
{
	struct reader *reader = grid->form->reader;
	FIND(reader->findings, FORM_HEADER, reader->department, AT(grid->file, 0, 0),
	    grid->sheet->name, N_("the sheet '%s' has no row with '%s'; nothing of it is read"),
	    grid->sheet->name, columns);
}

/* 0.963 typed where 96.3% is meant. */
static void check_percent(const struct grid *grid, const struct nb_figure *figure, uint32_t row,
    uint32_t column, const char *value)
{
	struct reader *reader = grid->form->reader;
	const struct cell *cell = sheet_cell(grid->sheet, row, column);
	if (figure->kind == NB_PERCENT && cell->is_number && !cell->is_percent &&
	    strncmp(value, "0.", 2) == 0)
		FIND(reader->findings, FORM_PERCENT, reader->department,
		    cell_place(grid, row, column), figure->id,
		    N_("%s: '%s' is taken for %s%%; if a hundred times as much is meant, write it "
		       "with %%"),
		    figure->label, value, value);
}

static void read_figure(
    struct grid *grid, const struct chapter *chapter, uint32_t row, const uint32_t columns[3])
{
	const struct form *form = grid->form;
	struct reader *reader = form->reader;
	const char *id = columns[0] ? text_at(grid, row, columns[0]) : "";
	const char *label = columns[1] ? text_at(grid, row, columns[1]) : "";
	if (*id == '\0') {
		const char *labelled = reader_labelled(chapter, label);
		id = labelled ? labelled : label;
	}
	const char *value = value_at(grid, row, columns[2], *label ? label : id);
	if (*id == '\0' || (*value == '\0' && !chapter_figure(chapter, id))) {
		if (*value)
			FIND(reader->findings, FORM_ROW, reader->department,
			    cell_place(grid, row, columns[2]), value,
			    N_("'%s' stands in a row that names no figure"), value);
		return;
	}
	if (*value == '\0')
		return;
	const struct nb_figure *figure = chapter_figure(chapter, id);
	if (figure)
		check_percent(grid, figure, row, columns[2], value);
	add(form, chapter->id, id, *label ? label : NULL, value, cell_place(grid, row, columns[2]));
}

static void read_chapter(
    struct form *form, const struct sheet *sheet, const struct chapter *chapter)
{
	struct grid grid = grid_of(form, sheet);
	if (!find_header(&grid, KIT_COLUMN_CODE "|" KIT_COLUMN_LABEL, KIT_COLUMN_VALUE)) {
		if (has_words(sheet))
			find_no_header(
			    &grid, KIT_COLUMN_CODE "、" KIT_COLUMN_LABEL "、" KIT_COLUMN_VALUE);
		return;
	}
	find_hidden_sheet(&grid);
	const uint32_t columns[] = { column_of(&grid, KIT_COLUMN_CODE),
		column_of(&grid, KIT_COLUMN_LABEL), column_of(&grid, KIT_COLUMN_VALUE) };
	uint32_t last = 0;
	for (size_t i = 0; i < sheet->count; i++) /* rows that hold something */
		if (sheet->cells[i].row > grid.header && sheet->cells[i].row != last) {
			last = sheet->cells[i].row;
			read_figure(&grid, chapter, last, columns);
		}
	find_formulas(&grid);
}

/* ---- lists ---------------------------------------------------------------------------- */

static int is_list_sheet(
    const char *name, const struct chapter *chapter, const struct list_def *list)
{
	char full[200];
	snprintf(full, sizeof full, "%s.%s", chapter->id, list->id);
	full[SHEET_NAME_MAX] = '\0'; /* ids are ASCII */
	return strcmp(name, full) == 0;
}

/* A sheet nobody wrote a row into is no list. */
static void read_list(struct form *form, const struct sheet *sheet, const struct chapter *chapter,
    const struct list_def *list)
{
	struct grid grid = grid_of(form, sheet);
	char any[1024] = "";
	for (size_t c = 0; c < list->column_count; c++) {
		size_t n = strlen(any);
		snprintf(
		    any + n, sizeof any - n, "%s|%s|", list->columns[c].label, list->columns[c].id);
	}
	if (!find_header(&grid, any, any)) /* what is wrong with it is found when it is read */
		grid.header = 0;
	for (size_t i = 0; i < sheet->count; i++)
		if (sheet->cells[i].row > grid.header &&
		    !row_is_empty(&grid, sheet->cells[i].row)) {
			find_hidden_sheet(&grid);
			add(form, chapter->id, list->id, list->label,
			    arena_printf(
			        form->reader->arena, "%s!%s", form->file->name, sheet->name),
			    AT(grid.file, grid.header ? grid.header : 1, 1));
			return;
		}
}

/* ---- 附件登记 ---------------------------------------------------------------------------- */

/* Whether the hand-in has the folder that a file is written to be in. */
static int has_folder(const struct store *store, const char *name)
{
	size_t count, n = (size_t)(path_base(name) - name);
	const struct store_file *files = store_files(store, &count);
	for (size_t i = 0; n && i < count; i++)
		if (strncmp(files[i].name, name, n) == 0)
			return 1;
	return 0;
}

/* Whether a file goes by that name, with its ending or, as Windows shows it, without. */
static int goes_by(const char *base, const char *name)
{
	const char *dot = strrchr(base, '.');
	size_t stem = dot ? (size_t)(dot - base) : strlen(base);
	return strcasecmp(base, name) == 0 ||
	       (strlen(name) == stem && strncmp(base, name, stem) == 0);
}

/* The file that a row means: as written, below attachments/, or the one of that name. */
static const char *resolve_file(const struct form *form, const char *written)
{
	struct arena *arena = &form->reader->files;
	const struct store *store = form->reader->submission->store;
	char *name = arena_strdup(arena, written);
	for (char *c = name; *c; c++)
		if (*c == '\\')
			*c = '/';
	static const char *const folders[] = { "", KIT_ATTACHMENTS "/", "附件/" };
	for (size_t i = 0; i < LENGTH(folders); i++) {
		const char *path = arena_printf(arena, "%s%s", folders[i], name);
		if (store_find(store, path))
			return path;
	}
	size_t count, found = 0;
	const struct store_file *files = store_files(store, &count);
	const char *only = NULL;
	/* A folder that is not there is one on the disk of whoever wrote it. */
	const char *base = has_folder(store, name) ? name : path_base(name);
	for (size_t i = 0; i < count; i++)
		if (goes_by(path_base(files[i].name), base)) {
			only = files[i].name;
			found++;
		}
	return found == 1 ? only : name;
}

static const char *chapter_id(const struct form *form, const char *written)
{
	const struct catalog *catalog = form->reader->context->catalog;
	const struct workspace *ws = form->reader->context->workspace;
	for (size_t c = 0; c < catalog->count; c++)
		if (strcmp(catalog->chapters[c].title, written) == 0)
			return catalog->chapters[c].id;
	for (size_t i = 0; ws && i < ws->chapter_count; i++)
		if (ws->chapters[i].title && strcmp(ws->chapters[i].title, written) == 0)
			return ws->chapters[i].id;
	return written;
}

/* Labels and ids, with any mark between, as ids with commas. */
static const char *backed_ids(const struct form *form, const char *chapter, const char *written)
{
	struct arena *arena = &form->reader->files;
	const struct chapter *of = catalog_chapter(form->reader->context->catalog, chapter);
	char *text = arena_strdup(arena, written);
	for (char *at; (at = strstr(text, "；")) != NULL || (at = strstr(text, ";")) != NULL;)
		memcpy(at, *at == ';' ? "," : ",  ", *at == ';' ? 1 : 3);
	for (char *c = text; *c; c++)
		if (*c == '\n')
			*c = ',';
	size_t count;
	const char **parts = ini_split(arena, text, &count);
	const char *ids = "";
	for (size_t i = 0; i < count; i++) {
		const char *id = of ? reader_labelled(of, parts[i]) : NULL;
		ids = arena_printf(arena, "%s%s%s", ids, i ? ", " : "", id ? id : parts[i]);
	}
	return ids;
}

static const char *access_word(const char *written)
{
	return strcmp(written, KIT_PUBLIC) == 0     ? "public"
	       : strcmp(written, KIT_INTERNAL) == 0 ? "internal"
	       : strcmp(written, "不公开") == 0     ? "internal"
	                                            : written;
}

/* A name for a row's keys that nothing else goes by: submission.ini may register files, too. */
static const char *free_section(const struct form *form, uint32_t row)
{
	const char *name;
	do
		name = arena_printf(&form->reader->files, "attachment %u", row++);
	while (ini_section_find(form->ini, name));
	return name;
}

static void read_registered(const struct grid *grid, uint32_t row, const uint32_t columns[5])
{
	static const char *const keys[] = { "file", "title", "chapter", "backs", "access" };
	static const char *const labels[] = { KIT_COLUMN_FILE, KIT_COLUMN_TITLE, KIT_COLUMN_CHAPTER,
		KIT_COLUMN_BACKS, KIT_COLUMN_ACCESS };
	const struct form *form = grid->form;
	const char *section = free_section(form, row), *values[5];
	for (size_t i = 0; i < 5; i++)
		values[i] = columns[i] ? text_at(grid, row, columns[i]) : "";
	if (*values[0] == '\0') {
		FIND(form->reader->findings, FORM_ROW, form->reader->department,
		    cell_place(grid, row, columns[0]), values[1],
		    N_("this row of '%s' names no file"), KIT_SHEET_ATTACHMENTS);
		return;
	}
	if (*values[1] == '\0')
		values[1] = path_base(values[0]);
	values[0] = resolve_file(form, values[0]);
	values[2] = chapter_id(form, values[2]);
	values[3] = backed_ids(form, values[2], values[3]);
	values[4] = access_word(values[4]);
	for (size_t i = 0; i < 5; i++)
		if (*values[i])
			add(form, section, keys[i], labels[i], values[i],
			    cell_place(grid, row, columns[i] ? columns[i] : columns[0]));
}

static void read_register(struct form *form, const struct sheet *sheet)
{
	struct grid grid = grid_of(form, sheet);
	if (!find_header(&grid, KIT_COLUMN_FILE, KIT_COLUMN_TITLE)) {
		if (sheet->rows >= KIT_ROW_HEAD) /* below what is said at the top */
			find_no_header(&grid, KIT_COLUMN_FILE "、" KIT_COLUMN_TITLE);
		return;
	}
	const uint32_t columns[] = { column_of(&grid, KIT_COLUMN_FILE),
		column_of(&grid, KIT_COLUMN_TITLE), column_of(&grid, KIT_COLUMN_CHAPTER),
		column_of(&grid, KIT_COLUMN_BACKS), column_of(&grid, KIT_COLUMN_ACCESS) };
	uint32_t last = 0;
	for (size_t i = 0; i < sheet->count; i++)
		if (sheet->cells[i].row > grid.header && sheet->cells[i].row != last) {
			last = sheet->cells[i].row;
			if (!row_is_empty(&grid, last))
				read_registered(&grid, last, columns);
		}
}

/* ---- the workbook ------------------------------------------------------------------------ */

static void read_sheet(struct form *form, const struct sheet *sheet)
{
	const struct catalog *catalog = form->reader->context->catalog;
	const char *name = utf8_trimmed(&form->reader->files, sheet->name);
	if (strcmp(name, KIT_SHEET_INFO) == 0)
		return;
	if (strcmp(name, KIT_SHEET_ATTACHMENTS) == 0) {
		read_register(form, sheet);
		return;
	}
	for (size_t c = 0; c < catalog->count; c++) {
		const struct chapter *chapter = &catalog->chapters[c];
		if (strcmp(name, chapter->id) == 0) {
			read_chapter(form, sheet, chapter);
			return;
		}
		for (size_t l = 0; l < chapter->list_count; l++)
			if (is_list_sheet(name, chapter, &chapter->lists[l])) {
				read_list(form, sheet, chapter, &chapter->lists[l]);
				return;
			}
	}
	/* Very hidden ones are a program's, which nobody can show or fill in by hand. */
	if (has_words(sheet) && sheet->state != SHEET_VERY_HIDDEN)
		FIND(form->reader->findings, FORM_SHEET, form->reader->department,
		    AT(grid_of(form, sheet).file, 0, 0), sheet->name,
		    N_("the sheet '%s' is of no chapter of this report and is not read"),
		    sheet->name);
}

/* Attachments are not looked into for forms: whatever lies in a folder of its own. */
static int may_be_form(const struct store_file *file, const char *ending)
{
	return !file->problem && !file->litter && path_has_ending(file->name, ending) &&
	       strncmp(file->name, KIT_ATTACHMENTS "/", strlen(KIT_ATTACHMENTS "/")) != 0 &&
	       strncmp(file->name, "附件/", strlen("附件/")) != 0 && !form_owns(file->name);
}

static int is_named(const struct ini *ini, const char *name)
{
	for (size_t i = 0; i < ini->entry_count; i++)
		if (strcmp(ini->entries[i].value, name) == 0)
			return 1;
	return 0;
}

/* Makes the workbook of the form known. 0; 1 if it is none; 2 if it cannot be read; -1. */
static int open_book(struct form *form, const struct store_file *file, struct err *err)
{
	struct reader *reader = form->reader;
	const char *label = reader_label(reader, file->name);
	int rc = reader_workbook(reader, file, &AT(label, 0, 0), &form->book, err);
	if (rc == 0 && !workbook_sheet(form->book, KIT_SHEET_INFO))
		return 1;
	form->file = file;
	form->label = label;
	return rc > 0 ? 2 : rc;
}

int form_identify(struct reader *reader, struct ini *ini, struct err *err)
{
	struct form form = { .reader = reader, .ini = ini };
	size_t count, before = reader->findings->count;
	int unreadable = 0;
	const struct store_file *files = store_files(reader->submission->store, &count);
	for (size_t i = 0; i < count; i++) {
		if (!may_be_form(&files[i], ".xlsx") || is_named(ini, files[i].name))
			continue;
		size_t here = reader->findings->count;
		int rc = open_book(&form, &files[i], err);
		if (rc < 0)
			return -1;
		unreadable |= rc > 1;
		if (rc == 1)
			findings_cut(reader->findings, here);
		if (rc != 0)
			continue;
		findings_cut(reader->findings, before); /* of others, which are no form */
		reader->submission->form = form.file;
		if (!ini->file)
			ini->file =
			    arena_printf(reader->arena, "%s!%s", form.label, KIT_SHEET_INFO);
		read_cover(&form, workbook_sheet(form.book, KIT_SHEET_INFO));
		return 0;
	}
	return 1 + unreadable;
}

/* Another workbook of the form, which somebody forgot to take out. */
static int find_second(struct form *form, struct err *err)
{
	struct reader *reader = form->reader;
	struct form other = { .reader = reader, .ini = form->ini };
	size_t count;
	const struct store_file *files = store_files(reader->submission->store, &count);
	for (size_t i = 0; i < count; i++) {
		size_t before = reader->findings->count;
		if (&files[i] == form->file || !may_be_form(&files[i], ".xlsx") ||
		    is_named(form->ini, files[i].name))
			continue;
		int rc = open_book(&other, &files[i], err);
		findings_cut(reader->findings, before); /* it is not read */
		if (rc < 0)
			return -1;
		if (rc == 0)
			FIND(reader->findings, FORM_SEVERAL, reader->department,
			    AT(other.label, 0, 0), files[i].name,
			    N_("there are two workbooks of the form, '%s' and '%s'; the first one "
			       "is read"),
			    form->file->name, files[i].name);
	}
	return 0;
}

/* ---- the document ---------------------------------------------------------------------------- */

enum { TITLE_MAX = 60 * 3 }; /* bytes of a line that may be a title */

/* What stands before the chapters and is no title, nor who wrote it when; NULL: nothing. */
static const struct prose_paragraph *before_chapters(const struct prose *prose, size_t end)
{
	for (size_t i = 0; i < end; i++) {
		const struct prose_paragraph *paragraph = &prose->paragraphs[i];
		if (word_has_text(prose, i, i + 1) &&
		    (strlen(paragraph->text) > TITLE_MAX || strstr(paragraph->text, "。")))
			return paragraph;
	}
	return NULL;
}

/* Words under no chapter's heading would be lost without a word. */
static void find_unplaced(const struct form *form, const char *label, const struct prose *prose,
    const struct word_section *sections, size_t count)
{
	struct reader *reader = form->reader;
	const struct prose_paragraph *before = before_chapters(prose, sections[0].heading);
	if (before)
		FIND(reader->findings, FORM_HEADING, reader->department,
		    AT(label, before->number, 0), NULL,
		    N_("what stands before the first chapter's heading is not read"));
	for (size_t i = 0; i < count; i++) {
		const struct prose_paragraph *heading = &prose->paragraphs[sections[i].heading];
		size_t k = 0;
		while (sections[i].chapter && k < i && sections[k].chapter != sections[i].chapter)
			k++;
		if (sections[i].chapter && k == i)
			continue;
		if (!sections[i].chapter && !word_has_text(prose, sections[i].from, sections[i].to))
			continue;
		FIND(reader->findings, FORM_HEADING, reader->department,
		    AT(label, heading->number, 0), heading->text,
		    sections[i].chapter
		        ? N_("the chapter '%s' begins here a second time; what stands under this "
		             "heading is not read")
		        : N_("the heading '%s' is no chapter's of this report; what stands under "
		             "it "
		             "is not read"),
		    heading->text);
	}
}

/* Whether a line of guidance is as the form has it. */
static int is_guidance(const struct form *form, const char *text)
{
	const struct catalog *catalog = form->reader->context->catalog;
	if (strncmp(text, KIT_TOPIC, strlen(KIT_TOPIC)) != 0)
		return strncmp(text, KIT_GUIDANCE, strlen(KIT_GUIDANCE)) == 0 ||
		       strncmp(text, KIT_GUIDANCE_CHAPTER, strlen(KIT_GUIDANCE_CHAPTER)) == 0;
	for (size_t c = 0; c < catalog->count; c++)
		for (size_t t = 0; t < catalog->chapters[c].topic_count; t++)
			if (strcmp(text + strlen(KIT_TOPIC),
			        catalog->chapters[c].topics[t].label) == 0)
				return 1;
	return 0;
}

/* Guidance is not read, so words that somebody typed into it would be lost. */
static void find_written_guidance(
    const struct form *form, const char *label, const struct prose *prose)
{
	struct reader *reader = form->reader;
	for (size_t i = 0; i < prose->count; i++) {
		const struct prose_paragraph *paragraph = &prose->paragraphs[i];
		const char *text = utf8_trimmed(&reader->files, paragraph->text);
		if (paragraph->kind == PROSE_GUIDANCE && *text && !is_guidance(form, text))
			FIND(reader->findings, FORM_GUIDANCE, reader->department,
			    AT(label, paragraph->number, 0), text,
			    N_("'%s' stands in a line of guidance, which is not read"), text);
	}
}

/* The only chapter that the department owes, or NULL. */
static const char *only_chapter(const struct form *form)
{
	const struct department *department = form->reader->submission->department;
	return department && department->chapter_count == 1 ? department->chapters[0] : NULL;
}

static void take_document(
    struct form *form, const struct store_file *file, const struct prose *prose)
{
	struct reader *reader = form->reader;
	const char *label = reader_label(reader, file->name);
	struct word_section *sections;
	size_t count = word_sections(reader, prose, &sections), named = 0;
	for (size_t i = 0; i < count; i++) {
		if (!sections[i].chapter)
			continue;
		named++;
		if (word_has_text(prose, sections[i].from, sections[i].to))
			add(form, sections[i].chapter->id, "narrative", NULL, file->name,
			    AT(label, prose->paragraphs[sections[i].heading].number, 0));
	}
	find_written_guidance(form, label, prose);
	if (named) {
		find_unplaced(form, label, prose, sections, count);
	} else if (word_has_text(prose, 0, prose->count)) {
		const char *only = only_chapter(form); /* which needs no heading */
		if (only)
			add(form, only, "narrative", NULL, file->name, AT(label, 1, 0));
		else
			FIND(reader->findings, FORM_HEADING, reader->department, AT(label, 0, 0),
			    file->name,
			    N_("no heading of '%s' names a chapter of this report: nothing of it "
			       "is "
			       "read"),
			    file->name);
	}
}

static int is_beside(const struct store_file *a, const struct store_file *b)
{
	size_t n = (size_t)(path_base(a->name) - a->name);
	return n == (size_t)(path_base(b->name) - b->name) && memcmp(a->name, b->name, n) == 0;
}

/* Neither registered nor named in submission.ini. */
static int may_be_document(const struct form *form, const struct store_file *file)
{
	return may_be_form(file, ".docx") && !is_named(form->ini, file->name);
}

/* The one document beside the workbook, or the one that there is. */
static int read_document(struct form *form, struct err *err)
{
	struct reader *reader = form->reader;
	size_t count;
	const struct store_file *files = store_files(reader->submission->store, &count);
	const struct store_file *file = NULL;
	int beside = 0;
	for (size_t i = 0; i < count; i++)
		beside |= may_be_document(form, &files[i]) && is_beside(&files[i], form->file);
	for (size_t i = 0; i < count; i++) {
		if (!may_be_document(form, &files[i]) ||
		    (beside && !is_beside(&files[i], form->file)))
			continue;
		reader->used[i] = 1;
		if (!file) {
			file = &files[i];
			continue;
		}
		FIND(reader->findings, FORM_SEVERAL, reader->department,
		    AT(reader_label(reader, files[i].name), 0, 0), files[i].name,
		    N_("there are two Word documents, '%s' and '%s': keep the one with the text, "
		       "or register the other one as an attachment; neither is read"),
		    file->name, files[i].name);
		return 0;
	}
	if (!file)
		return 0;
	const struct prose *prose;
	int rc =
	    reader_prose(reader, file, &AT(reader_label(reader, file->name), 0, 0), &prose, err);
	if (rc == 0)
		take_document(form, file, prose);
	return rc < 0 ? -1 : 0;
}

int form_owns(const char *name)
{
	const char *base = path_base(name);
	return strcmp(base, KIT_INSTRUCTION) == 0 || strcmp(base, KIT_PLACEHOLDER) == 0;
}

int form_read(struct reader *reader, struct ini *ini, struct err *err)
{
	struct form form = { .reader = reader, .ini = ini };
	if (!reader->submission->form)
		return 0;
	int rc = open_book(&form, reader->submission->form, err);
	if (rc != 0)
		return rc < 0 ? -1 : 0;
	for (size_t i = 0; i < form.book->count; i++)
		read_sheet(&form, &form.book->sheets[i]);
	if (find_second(&form, err) != 0)
		return -1;
	return read_document(&form, err);
}
