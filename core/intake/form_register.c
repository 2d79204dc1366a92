/* form_register.c: the attachments that a form registers, off the sheet 附件登记. */
#include "intake/form_impl.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/length.h"

#include <string.h>
#include <strings.h>

enum { REGISTERED_MAX = 1000 /* rows that are read */ };

enum { FILE_, TITLE, CHAPTER, BACKS, ACCESS, COLUMNS };
static const char *const keys[] = { "file", "title", "chapter", "backs", "access" };
static const char *const labels[] = { KIT_COLUMN_FILE, KIT_COLUMN_TITLE, KIT_COLUMN_CHAPTER,
	KIT_COLUMN_BACKS, KIT_COLUMN_ACCESS };
/* And what offices and departments make of them. */
static const char *const words[] = { KIT_COLUMN_FILE "|文件名|文件名称", KIT_COLUMN_TITLE "|名称",
	KIT_COLUMN_CHAPTER "|章", KIT_COLUMN_BACKS "|佐证指标|支撑指标",
	KIT_COLUMN_ACCESS "|公开/内部|公开、内部|是否公开|公开情况" };

struct list_of_files {
	struct grid *grid;
	uint32_t columns[COLUMNS];
};

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
	if (*written == '\0')
		return written;
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
	struct buf text = { 0 };
	for (const char *p = written; *p;) {
		size_t mark = strncmp(p, "；", 3) == 0 ? 3 : *p == ';' || *p == '\n' ? 1 : 0;
		if (mark)
			buf_addc(&text, ',');
		else
			buf_addc(&text, *p);
		p += mark ? mark : 1;
	}
	size_t count;
	const char **parts = ini_split(arena, buf_str(&text), &count);
	buf_clear(&text);
	for (size_t i = 0; i < count; i++) {
		const char *id = of ? reader_labelled(of, parts[i]) : NULL;
		/* A label may have the mark that parts labels: 意见书、建议书. */
		const char *joined =
		    of && !id && i + 1 < count
		        ? reader_labelled(of, arena_printf(arena, "%s、%s", parts[i], parts[i + 1]))
		        : NULL;
		buf_addf(&text, "%s%s", i ? ", " : "", id ? id : joined ? joined : parts[i]);
		i += joined != NULL;
	}
	const char *ids = arena_strdup(arena, buf_str(&text));
	buf_release(&text);
	return ids;
}

static const char *access_word(const char *written)
{
	static const char *const as_public[] = { KIT_PUBLIC, "是", "可公开", "对外公开" };
	static const char *const as_internal[] = { KIT_INTERNAL, "否", "不公开", "内部材料" };
	for (size_t i = 0; i < LENGTH(as_public); i++)
		if (strcmp(written, as_public[i]) == 0)
			return "public";
	for (size_t i = 0; i < LENGTH(as_internal); i++)
		if (strcmp(written, as_internal[i]) == 0)
			return "internal";
	return written;
}

/* Where nobody can tell whether it may be published, it is not. */
static const char *access_of(struct grid *grid, uint32_t row, uint32_t column)
{
	if (!column)
		return "internal"; /* which has been found */
	const struct merge *merge = sheet_merge(grid->sheet, row, column);
	if (merge) {
		row = merge->row;
		column = merge->column;
	}
	const struct cell *cell = sheet_cell(grid->sheet, row, column);
	if (cell && cell->has_no_value) {
		grid_value(grid, row, column, labels[ACCESS]);
		return "internal";
	}
	return access_word(grid_text(grid, row, column));
}

/* A name for a row's keys that nothing else goes by: submission.ini may register files, too. */
static const char *free_section(const struct form *form, uint32_t row)
{
	const char *name = arena_printf(&form->reader->files, "attachment %u", row);
	while (ini_section_find(form->ini, name))
		name = arena_printf(&form->reader->files, "%s '", name);
	return name;
}

static void read_registered(void *self, uint32_t row)
{
	const struct list_of_files *list = self;
	struct grid *grid = list->grid;
	const struct form *form = grid->form;
	const uint32_t *columns = list->columns;
	const char *section = free_section(form, row), *values[COLUMNS] = { "", "", "", "", "" };
	for (size_t i = 0; i < ACCESS; i++)
		if (columns[i])
			values[i] = i < CHAPTER ? grid_value(grid, row, columns[i], labels[i])
			                        : grid_shown(grid, row, columns[i]);
	if (*values[FILE_] == '\0') {
		FIND(form->reader->findings, FORM_ROW, form->reader->department,
		    grid_place(grid, row, columns[FILE_]), values[TITLE],
		    N_("this row of '%s' names no file"), KIT_SHEET_ATTACHMENTS);
		return;
	}
	if (*values[TITLE] == '\0')
		values[TITLE] = path_base(values[FILE_]);
	values[FILE_] = resolve_file(form, values[FILE_]);
	values[CHAPTER] = chapter_id(form, values[CHAPTER]);
	values[BACKS] = backed_ids(form, values[CHAPTER], values[BACKS]);
	values[ACCESS] = access_of(grid, row, columns[ACCESS]);
	for (size_t i = 0; i < COLUMNS; i++)
		if (*values[i])
			form_add(form, section, keys[i], labels[i], values[i],
			    grid_place(grid, row, columns[i] ? columns[i] : columns[FILE_]));
}

void form_read_register(struct form *form, const struct sheet *sheet)
{
	struct grid grid = grid_of(form, sheet);
	struct list_of_files list = { &grid, { 0 } };
	if (!grid_find_header(&grid, words[FILE_], words[TITLE])) {
		if (sheet->rows >= KIT_ROW_HEAD) /* below what is said at the top */
			grid_find_no_header(&grid, KIT_COLUMN_FILE "、" KIT_COLUMN_TITLE);
		return;
	}
	grid_find_hidden(&grid);
	grid_columns(&grid, words, COLUMNS, COLUMNS, list.columns);
	grid_rows(&grid, REGISTERED_MAX, read_registered, &list);
	grid_find_formulas(&grid);
}
