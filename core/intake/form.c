/* form.c: which files are the office's form, and its sheets in turn. */
#include "intake/form_impl.h"

#include "base/file.h"
#include "base/i18n.h"
#include "base/quantity.h"
#include "base/utf8.h"

#include <string.h>

/* Whether two values say the same: days in any form, files with ./ before them or not. */
static int same_value(struct arena *arena, const char *a, const char *b)
{
	const char *day = date_plain(arena, a), *other = date_plain(arena, b);
	while (strncmp(a, "./", 2) == 0)
		a += 2;
	while (strncmp(b, "./", 2) == 0)
		b += 2;
	return strcmp(a, b) == 0 || (day && other && strcmp(day, other) == 0);
}

void form_add(const struct form *form, const char *section, const char *key, const char *label,
    const char *value, struct nb_place place)
{
	struct reader *reader = form->reader;
	struct arena *arena = reader->arena;
	const struct ini_entry *there =
	    ini_add(form->ini, &(struct ini_entry){ .section = arena_strdup(arena, section),
	                           .key = arena_strdup(arena, key),
	                           .value = arena_strdup(arena, value),
	                           .place = place,
	                           .label = label ? arena_strdup(arena, label) : NULL });
	if (!there || same_value(&reader->files, there->value, value))
		return;
	findings_add(reader->findings,
	    &(struct finding){ FINDING(FORM_TWICE), .department = reader->department, .at = place,
	        .also = there->place, .subject = key,
	        .message = N_("%s is '%s' here and '%s' in another place, which counts"),
	        .args = { label ? label : key, value, there->value } });
}

/* ---- the workbook ------------------------------------------------------------------------ */

static void read_sheet(struct form *form, const struct sheet *sheet)
{
	const struct catalog *catalog = form->reader->context->catalog;
	const char *name = utf8_trimmed(&form->reader->files, sheet->name);
	if (workbook_sheet(form->book, sheet->name) != sheet) {
		FIND(form->reader->findings, FORM_SEVERAL, form->reader->department,
		    AT(grid_of(form, sheet).file, 0, 0), sheet->name,
		    N_("the workbook has two sheets '%s'; the first one is read"), sheet->name);
		return;
	}
	if (strcmp(name, KIT_SHEET_INFO) == 0)
		return;
	if (strcmp(name, KIT_SHEET_ATTACHMENTS) == 0) {
		form_read_register(form, sheet);
		return;
	}
	for (size_t c = 0; c < catalog->count; c++) {
		const struct chapter *chapter = &catalog->chapters[c];
		if (strcmp(name, chapter->id) == 0) {
			form_read_chapter(form, sheet, chapter);
			return;
		}
		for (size_t l = 0; l < chapter->list_count; l++)
			if (form_is_list(name, chapter, &chapter->lists[l])) {
				form_read_list(form, sheet, chapter, &chapter->lists[l]);
				return;
			}
	}
	/* Very hidden ones are a program's, which nobody can show or fill in by hand. */
	if (sheet->count && sheet->state != SHEET_VERY_HIDDEN)
		FIND(form->reader->findings, FORM_SHEET, form->reader->department,
		    AT(grid_of(form, sheet).file, 0, 0), sheet->name,
		    N_("the sheet '%s' is of no chapter of this report and is not read"),
		    sheet->name);
}

/* Attachments are not looked into for forms: whatever lies in a folder of its own. */
int form_may_be(const struct store *store, const struct store_file *file, const char *ending)
{
	/* A folder handed in may have anything further down, another department's form even. */
	if (!store_is_zip(store) && strchr(file->name, '/'))
		return 0;
	return !file->problem && !file->litter && path_has_ending(file->name, ending) &&
	       strncmp(file->name, KIT_ATTACHMENTS "/", strlen(KIT_ATTACHMENTS "/")) != 0 &&
	       strncmp(file->name, "附件/", strlen("附件/")) != 0 && !form_owns(file->name);
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
	size_t count, before = reader->findings->count;
	int unreadable = 0;
	const struct store *store = reader->submission->store;
	const struct store_file *files = store_files(store, &count);
	for (size_t i = 0; i < count; i++) {
		struct form form = { .reader = reader, .ini = ini };
		size_t here = reader->findings->count;
		if (!form_may_be(store, &files[i], ".xlsx"))
			continue;
		int rc = open_book(&form, &files[i], err);
		unreadable |= rc > 1;
		if (rc == 1)
			findings_cut(reader->findings, here);
		if (rc == 0) {
			/* Of others, which are no form; its own are found again when it is read. */
			findings_cut(reader->findings, before);
			reader->submission->form = form.file;
			if (!ini->file)
				ini->file = arena_printf(
				    reader->arena, "%s!%s", form.label, KIT_SHEET_INFO);
			form_read_cover(&form, workbook_sheet(form.book, KIT_SHEET_INFO));
		}
		if (rc <= 0)
			return rc;
		reader_release(reader); /* what is no form need not be kept */
	}
	return 1 + unreadable;
}

/* Another workbook of the form, which somebody forgot to take out. */
static int find_second(struct form *form, struct err *err)
{
	struct reader *reader = form->reader;
	size_t count;
	const struct store *store = reader->submission->store;
	const struct store_file *files = store_files(store, &count);
	for (size_t i = 0; i < count; i++) {
		struct reader probe = *reader; /* keeps what is no form to itself */
		struct form other = { .reader = &probe, .ini = form->ini };
		size_t before = reader->findings->count;
		if (&files[i] == form->file || !form_may_be(store, &files[i], ".xlsx"))
			continue;
		probe.office = NULL;
		probe.files = (struct arena){ 0 };
		int rc = open_book(&other, &files[i], err);
		findings_cut(reader->findings, before); /* it is not read */
		if (rc == 0)
			FIND(reader->findings, FORM_SEVERAL, reader->department,
			    AT(other.label, 0, 0), files[i].name,
			    N_("there are two workbooks of the form, '%s' and '%s'; the first one "
			       "is read"),
			    form->file->name, files[i].name);
		reader_release(&probe);
		if (rc < 0)
			return -1;
	}
	return 0;
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
	return form_read_document(&form, err);
}
