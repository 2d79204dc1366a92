/* kit.c: the files of a kit packed, and an older one told from a hand-in. */
#include "kit/kit.h"

#include "archive/name.h"
#include "archive/store.h"
#include "archive/zip_writer.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/length.h"
#include "base/quantity.h"
#include "office/kit_names.h"

#include <string.h>

enum { LARGEST_PART = 16 << 20 };

/* ---- what the files have in common ---------------------------------------- */

static int owes(const struct department *department, const char *chapter)
{
	for (size_t i = 0; i < department->chapter_count; i++)
		if (strcmp(department->chapters[i], chapter) == 0)
			return 1;
	return 0;
}

const struct chapter *const *kit_chapters(
    const struct kit *kit, const struct department *department)
{
	const struct catalog *catalog = kit->catalog;
	const struct chapter **chapters =
	    arena_alloc(kit->arena, (catalog->count + 1) * sizeof(struct chapter *));
	size_t n = 0;
	for (size_t i = 0; i < catalog->count; i++)
		if (owes(department, catalog->chapters[i].id))
			chapters[n++] = &catalog->chapters[i];
	return chapters;
}

const char *kit_title(const struct kit *kit, const struct chapter *chapter)
{
	const struct workspace *ws = kit->workspace;
	for (size_t i = 0; i < ws->chapter_count; i++)
		if (strcmp(ws->chapters[i].id, chapter->id) == 0 && ws->chapters[i].title &&
		    *ws->chapters[i].title)
			return ws->chapters[i].title;
	return chapter->title;
}

int kit_is_required(const struct nb_figure *figure)
{
	return figure->combine != NB_RATIO && (figure->flags & (NB_EXPECTED | NB_LISTED));
}

const char *kit_day(const struct kit *kit, const char *date)
{
	int day = date ? date_read(date) : 0;
	return day ? arena_printf(
	                 kit->arena, "%d年%d月%d日", day / 10000, day / 100 % 100, day % 100)
	           : "";
}

const char *kit_made(const struct kit *kit)
{
	return arena_printf(kit->arena, "%04d-12-31", kit->workspace->year);
}

/* ---- an older kit ------------------------------------------------------- */

/* Whether the document, a zip within the zip, was last written by us. */
static int is_signed(struct store *store, const char *name, struct arena *arena)
{
	struct err ignored;
	struct buf document = { 0 }, part = { 0 };
	struct store *inner = NULL;
	int ours = 0;
	const struct store_file *file = store_find(store, name);
	if (file && store_read(store, file, LARGEST_PART, &document, &ignored) == 0 &&
	    store_open_bytes(&inner, name, &document, NULL, arena, &ignored) == 0) {
		const struct store_file *app = store_find(inner, "docProps/app.xml");
		ours = app && store_read(inner, app, LARGEST_PART, &part, &ignored) == 0 &&
		       strstr(buf_str(&part), "<Application>nianbao</Application>");
		store_close(inner);
	}
	buf_release(&document);
	buf_release(&part);
	return ours;
}

/* Whether `path` holds a kit as it was written: whoever fills one in leaves his program's name. */
static int is_unfilled(const char *path)
{
	static const char *const files[] = { KIT_FIGURES, KIT_PROSE, KIT_INSTRUCTION };
	struct arena scratch = { 0 };
	struct err ignored;
	struct store *store;
	size_t count;
	int unfilled = 0;
	if (store_open(&store, path, &store_limits_default, 1, &scratch, &ignored) == 0) {
		store_files(store, &count);
		unfilled = store_is_zip(store) && count == LENGTH(files) + 1;
		for (size_t i = 0; i < LENGTH(files) && unfilled; i++)
			unfilled = is_signed(store, files[i], &scratch);
		store_close(store);
	}
	arena_release(&scratch);
	return unfilled;
}

int kit_may_write(const char *path, struct err *err)
{
	if (file_type(path) == FILE_NONE || (file_type(path) == FILE_REGULAR && is_unfilled(path)))
		return 0;
	return err_set(err, ERR_USAGE,
	    _("'%s' is another file, or a form that was filled in: name another folder with -o"),
	    path);
}

/* ---- the zip ------------------------------------------------------------ */

/* The kit's folder: a department's name may hold what a file's cannot. */
static const char *folder_of(const struct kit *kit, const struct department *department)
{
	char *name =
	    arena_printf(kit->arena, "%s%d年度报送材料", department->name, kit->workspace->year);
	for (char *c = name; *c; c++)
		if (*c == '/' || *c == '\\' || (unsigned char)*c < 0x20)
			*c = '_';
	return name_problem(name) ? department->id : name_safe(kit->arena, name);
}

static void add(const struct kit *kit, struct zip_writer *zip, const char *folder, const char *name,
    struct buf *content)
{
	zip_writer_add_bytes(zip, arena_printf(kit->arena, "%s/%s", folder, name), content);
}

int kit_write(
    const struct kit *kit, const struct department *department, const char *path, struct err *err)
{
	static const struct {
		const char *name;
		int (*make)(
		    const struct kit *, const struct department *, struct buf *, struct err *);
	} files[] = { { KIT_INSTRUCTION, kit_instruction }, { KIT_FIGURES, kit_sheets },
		{ KIT_PROSE, kit_prose } };
	const char *folder = folder_of(kit, department);
	struct buf content = { 0 };
	if (kit_may_write(path, err) != 0)
		return -1;
	struct zip_writer *zip = zip_writer_new(path, 1);
	for (size_t i = 0; i < LENGTH(files); i++) {
		if (files[i].make(kit, department, &content, err) != 0) {
			buf_release(&content);
			zip_writer_drop(zip);
			return -1;
		}
		add(kit, zip, folder, files[i].name, &content);
	}
	/* Notepad on Windows knows UTF-8 by its mark. */
	buf_adds(&content, "\xEF\xBB\xBF请把附件放在这个文件夹里，并在 " KIT_FIGURES
	                   " 的“" KIT_SHEET_ATTACHMENTS "”表中登记。本文件可以删除。\r\n");
	add(kit, zip, folder, KIT_ATTACHMENTS "/" KIT_PLACEHOLDER, &content);
	return zip_writer_commit(zip, NULL, NULL, err);
}
