/* submission.c: one hand-in: its submission.ini and all that names a file in it. */
#include "intake/reader.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/quantity.h"
#include "intake/form.h"
#include "intake/submission.h"
#include "intake/suspect.h"
#include "intake/word.h"
#include "office/kit_names.h"
#include "workspace/ini.h"

#include <string.h>
#include <strings.h>

/* ---- [submission] ------------------------------------------------------ */

/* A key as whoever wrote it knows it. */
static const char *shown_key(const struct ini_entry *entry)
{
	return entry->label ? entry->label : entry->key;
}

static void bad_value(struct reader *reader, const struct ini_entry *entry, const char *message)
{
	FIND(reader->findings, INI_BAD_VALUE, reader->department, entry->place, entry->key, message,
	    shown_key(entry), entry->value);
}

/* Whether who hands in stands on the form, and nowhere else. */
static int is_on_form(const struct reader *reader)
{
	const struct submission *submission = reader->submission;
	return submission->form && !store_find(submission->store, "submission.ini");
}

static void missing_key(
    struct reader *reader, const struct ini *ini, const char *section, const char *key)
{
	if (is_on_form(reader)) {
		FIND(reader->findings, INI_MISSING_KEY, reader->department, AT(ini->file, 0, 0),
		    key, N_("'%s' is not filled in on the sheet '%s'"), form_label(key),
		    KIT_SHEET_INFO);
		return;
	}
	const struct ini_section *at = ini_section_find(ini, section);
	FIND(reader->findings, INI_MISSING_KEY, reader->department,
	    at ? at->place : AT(ini->file, 0, 0), key, N_("[%s] needs the key '%s'"), section, key);
}

static void find_unknown_key(
    struct reader *reader, const struct ini_entry *entry, const char *const *known)
{
	const char *near = ini_nearest(entry->key, known);
	FIND(reader->findings, INI_UNKNOWN_KEY, reader->department, entry->place, entry->key,
	    near ? N_("[%s] has no key '%s'; is '%s' meant?") : N_("[%s] has no key '%s'"),
	    entry->section, entry->key, near);
}

/* The department that departments.ini has, NULL with a finding. */
static const struct department *known_department(
    struct reader *reader, const struct workspace *ws, const struct ini_entry *entry)
{
	const struct department *department = workspace_department(ws, entry->value);
	if (department)
		return department;
	const char *near = ini_nearest(entry->value, ws->order);
	for (size_t i = 0; i < ws->department_count; i++)
		if (strcmp(ws->departments[i].name, entry->value) == 0)
			near = ws->departments[i].id; /* the name instead of the id */
	FIND(reader->findings, INTAKE_DEPARTMENT, NULL, entry->place, entry->value,
	    near ? N_("departments.ini has no department '%s'; is '%s' meant?")
	         : N_("departments.ini has no department '%s'"),
	    entry->value, near);
	return NULL;
}

/* At a department's desk nobody knows any: what it says of itself, as files are named by it. */
static const struct department *own_department(struct reader *reader, const struct ini_entry *entry)
{
	if (!id_is_valid(entry->value)) {
		FIND(reader->findings, INTAKE_DEPARTMENT, NULL, entry->place, entry->value,
		    N_("'%s' cannot be the id of a department: a-z, 0-9 and _ only"), entry->value);
		return NULL;
	}
	struct department *own = arena_alloc(reader->arena, sizeof *own);
	own->id = own->name = entry->value;
	return own;
}

/* -1 if the hand-in is for another year than the report. */
static int read_year(struct reader *reader, const struct ini_entry *entry)
{
	const struct workspace *ws = reader->context->workspace;
	long number;
	if (!ini_number(entry->value, 1949, 2999, &number)) {
		bad_value(reader, entry, N_("'%s' must be a year, not '%s'"));
		return 0;
	}
	if (ws && number != ws->year) {
		FIND(reader->findings, INTAKE_YEAR, reader->department, entry->place, "year",
		    N_("this hand-in is for %s, the report for %s"), entry->value,
		    arena_printf(reader->arena, "%d", ws->year));
		return -1;
	}
	reader->submission->year = (int)number;
	return 0;
}

static int read_submission_key(struct reader *reader, const struct ini_entry *entry)
{
	static const char *const known[] = { "department", "year", "revision", "date", "contact",
		"phone", NULL };
	struct submission *submission = reader->submission;
	long number;
	size_t k = 0;
	if (strcmp(entry->key, "year") == 0)
		return read_year(reader, entry);
	if (strcmp(entry->key, "revision") == 0) {
		if (ini_number(entry->value, 1, 9999, &number))
			submission->revision = (int)number;
		else
			bad_value(
			    reader, entry, N_("'%s' must be a whole number above 0, not '%s'"));
	} else if (strcmp(entry->key, "date") == 0) {
		submission->date = date_plain(reader->arena, entry->value);
		if (!submission->date && *entry->value)
			bad_value(
			    reader, entry, N_("'%s' must be a date like 2025-03-09, not '%s'"));
	} else {
		while (known[k] && strcmp(known[k], entry->key) != 0)
			k++;
		if (!known[k])
			find_unknown_key(reader, entry, known);
	}
	return 0;
}

/* Who hands in, which revision, when. 0 if it is known well enough to go on. */
static int identify(struct reader *reader, const struct ini *ini)
{
	const struct workspace *ws = reader->context->workspace;
	struct submission *submission = reader->submission;
	const struct ini_entry *department = ini_find(ini, "submission", "department");
	int rc = 0;
	submission->revision = 1;
	if (!department || *department->value == '\0') {
		missing_key(reader, ini, "submission", "department");
		return -1;
	}
	submission->department =
	    ws ? known_department(reader, ws, department) : own_department(reader, department);
	if (!submission->department)
		return -1;
	reader->department = submission->department->id;
	for (const struct ini_entry *entry = ini_first(ini, "submission"); entry;
	     entry = ini_next(ini, entry))
		if (read_submission_key(reader, entry) != 0)
			rc = -1;
	if (!ini_find(ini, "submission", "year"))
		missing_key(reader, ini, "submission", "year");
	return rc;
}

static void check_deadline(struct reader *reader, const struct ini *ini)
{
	const struct workspace *ws = reader->context->workspace;
	struct submission *submission = reader->submission;
	if (!ws || !ws->deadline || !submission->first_date)
		return;
	long late = clock_days_between(date_read(ws->deadline), date_read(submission->first_date));
	if (late <= 0)
		return;
	submission->days_late = (int)late;
	const struct ini_entry *entry = ini_find(ini, "submission", "date");
	if (submission->receipt && submission->receipt->received)
		entry = NULL; /* the counter's date is not written there */
	FIND(reader->findings, INTAKE_LATE, reader->department,
	    entry ? entry->place : AT(ini->file, 0, 0), "date",
	    N_("handed in %s day(s) after the deadline (%s, due %s)"),
	    arena_printf(reader->arena, "%ld", late), submission->first_date, ws->deadline);
}

/* A year's figures dated in its first half: the year of the date is last year's, most likely. */
static void check_early(struct reader *reader, const struct ini *ini)
{
	const struct submission *submission = reader->submission;
	const struct ini_entry *entry = ini_find(ini, "submission", "date");
	/* As written: a receipt's is another matter. */
	const char *day = entry ? date_plain(reader->arena, entry->value) : NULL;
	if (!day || !submission->year || date_read(day) >= submission->year * 10000 + 701)
		return;
	FIND(reader->findings, INTAKE_EARLY, reader->department, entry->place, "date",
	    N_("the hand-in for %2$s is dated %1$s: that year was not over"), day,
	    arena_printf(reader->arena, "%d", submission->year));
}

/* ---- [<chapter>] ------------------------------------------------------- */

static void init_written(struct written *written, struct arena *arena,
    const struct chapter *chapter, struct nb_place place)
{
	*written = (struct written){ .chapter = chapter, .opening = "", .place = place };
	written->values = arena_alloc(arena, (chapter->figure_count + 1) * sizeof *written->values);
	written->lists = arena_alloc(arena, (chapter->list_count + 1) * sizeof *written->lists);
	for (size_t i = 0; i < chapter->figure_count; i++) {
		written->values[i].id = chapter->figures[i].id;
		written->values[i].quantity.text = "";
		written->values[i].place = place;
	}
	for (size_t i = 0; i < chapter->list_count; i++) {
		written->lists[i].id = chapter->lists[i].id;
		written->lists[i].place = place;
	}
}

static const char *nearest_key(
    struct reader *reader, const struct chapter *chapter, const char *key)
{
	size_t n = 0;
	const char *labelled = reader_labelled(chapter, key);
	if (labelled)
		return labelled;
	const char **names = arena_alloc(
	    reader->arena, (chapter->figure_count + chapter->list_count + 2) * sizeof *names);
	names[n++] = "narrative";
	for (size_t i = 0; i < chapter->figure_count; i++)
		names[n++] = chapter->figures[i].id;
	for (size_t i = 0; i < chapter->list_count; i++)
		names[n++] = chapter->lists[i].id;
	return ini_nearest(key, names);
}

/* Figures first: narratives refer to them. Keys that name files are read in read_files(). */
static void read_values(struct reader *reader, const struct ini *ini, struct written *written)
{
	const struct chapter *chapter = written->chapter;
	for (const struct ini_entry *entry = ini_first(ini, chapter->id); entry;
	     entry = ini_next(ini, entry)) {
		struct nb_place place = entry->place;
		if (strcmp(entry->key, "narrative") == 0 || chapter_list(chapter, entry->key))
			continue;
		const struct nb_figure *figure = chapter_figure(chapter, entry->key);
		if (!figure) {
			const char *near = nearest_key(reader, chapter, entry->key);
			FIND(reader->findings, INI_UNKNOWN_KEY, reader->department, place,
			    entry->key,
			    near ? N_("the chapter '%s' has no figure or list '%s'; is '%s' meant?")
			         : N_("the chapter '%s' has no figure or list '%s'"),
			    chapter->id, entry->key, near);
			continue;
		}
		struct nb_value *value = &written->values[figure - chapter->figures];
		value->place = place;
		const char *wrong = quantity_read(
		    reader->arena, entry->value, figure->kind, figure->unit, &value->quantity);
		if (wrong) {
			/* Absent, but with words: whoever misses the value knows that this was
			 * found. */
			value->quantity.text = entry->value;
			const char *tail = reader_behind_number(entry->value, figure->kind, 0);
			findings_add(reader->findings,
			    &(struct finding){ FINDING(FIGURE_VALUE),
			        .department = reader->department, .at = place,
			        .subject = entry->key, .why = tail ? NULL : wrong,
			        .message = tail ? N_("%s: in '%s' there is '%s' behind the number; "
			                             "write the number alone")
			                        : N_("%s: the value '%s' cannot be read"),
			        .args = { figure->label, entry->value, tail } });
		}
	}
}

static int read_files(
    struct reader *reader, const struct ini *ini, struct written *written, struct err *err)
{
	const struct chapter *chapter = written->chapter;
	for (const struct ini_entry *entry = ini_first(ini, chapter->id); entry;
	     entry = ini_next(ini, entry)) {
		struct nb_place place = entry->place;
		const struct list_def *list;
		if (*entry->value == '\0')
			continue;
		if (strcmp(entry->key, "narrative") == 0) {
			if (narrative_find(reader, written, entry->value, &place, err) != 0)
				return -1;
		} else if ((list = chapter_list(chapter, entry->key)) != NULL) {
			struct nb_rows *rows = &written->lists[list - chapter->lists];
			if (list_read(reader, list, entry->value, &place, rows, err) != 0)
				return -1;
		}
	}
	return 0;
}

/* ---- [attachment N] ---------------------------------------------------- */

static void check_backs(
    struct reader *reader, const struct ini_entry *entry, const struct attachment *attachment)
{
	const struct chapter *chapter =
	    attachment->chapter ? catalog_chapter(reader->context->catalog, attachment->chapter)
	                        : NULL;
	for (size_t i = 0; chapter && i < attachment->back_count; i++) {
		const char *id = attachment->backs[i];
		if (chapter_figure(chapter, id) || chapter_list(chapter, id))
			continue;
		const char *near = reader_labelled(chapter, id);
		FIND(reader->findings, ATTACHMENT_BACKS, reader->department, entry->place, id,
		    near
		        ? N_("the chapter '%s' has no figure or list '%s' that this could back; is "
		             "'%s' meant?")
		        : N_("the chapter '%s' has no figure or list '%s' that this could back"),
		    chapter->id, id, near);
	}
}

static int nowhere(void *self, const void *bytes, size_t n)
{
	(void)self;
	(void)bytes;
	(void)n;
	return 0;
}

static void read_attachment_key(
    struct reader *reader, const struct ini_entry *entry, struct attachment *attachment)
{
	static const char *const known[] = { "file", "title", "chapter", "backs", "access", NULL };
	const char *value = entry->value;
	if (strcmp(entry->key, "file") == 0) {
		attachment->file = reader_file(reader, value, &entry->place);
	} else if (strcmp(entry->key, "title") == 0) {
		attachment->title = value;
	} else if (strcmp(entry->key, "chapter") == 0) {
		if (*value && !catalog_chapter(reader->context->catalog, value))
			bad_value(reader, entry,
			    N_("'%s' names a chapter the report does not have: '%s'"));
		else if (*value)
			attachment->chapter = value;
	} else if (strcmp(entry->key, "backs") == 0) {
		attachment->backs = ini_split(reader->arena, value, &attachment->back_count);
	} else if (strcmp(entry->key, "access") == 0) {
		/* When in doubt, nothing is published. */
		attachment->internal = strcmp(value, "public") != 0;
		if (attachment->internal && strcmp(value, "internal") != 0)
			bad_value(reader, entry,
			    entry->label ? N_("'%s' must be 公开 or 内部, not '%s'")
			                 : N_("'%s' must be public or internal, not '%s'"));
	} else {
		find_unknown_key(reader, entry, known);
	}
}

static unsigned char *used_mark(const struct reader *reader, const struct store_file *file)
{
	size_t count;
	return &reader->used[file - store_files(reader->submission->store, &count)];
}

/* The attachment that a file was registered as. */
static struct attachment *attachment_of(
    struct submission *submission, const struct store_file *file)
{
	struct attachment *attachment = submission->attachments;
	while (attachment->file != file)
		attachment++;
	return attachment;
}

static void read_attachment(
    struct reader *reader, const struct ini *ini, const struct ini_section *section)
{
	struct submission *submission = reader->submission;
	struct attachment attachment = { .store = submission->store, .place = section->place };
	const struct ini_entry *backs = ini_find(ini, section->name, "backs");
	for (const struct ini_entry *entry = ini_first(ini, section->name); entry;
	     entry = ini_next(ini, entry))
		read_attachment_key(reader, entry, &attachment);
	const struct ini_entry *named = ini_find(ini, section->name, "file");
	if (!named || *named->value == '\0')
		missing_key(reader, ini, section->name, "file");
	if (!attachment.title || *attachment.title == '\0') {
		missing_key(reader, ini, section->name, "title");
		attachment.title = named ? named->value : section->name;
	}
	if (backs)
		check_backs(reader, backs, &attachment);
	if (!attachment.file)
		return;
	unsigned char *used = used_mark(reader, attachment.file);
	if (*used & FILE_ATTACHED) {
		FIND(reader->findings, ATTACHMENT_TWICE, reader->department, named->place,
		    named->value, N_("the file '%s' is registered twice"), named->value);
		/* Who called it internal once meant it. */
		attachment_of(submission, attachment.file)->internal |= attachment.internal;
		return;
	}
	/* Damage inside a zip shows only when it is unpacked: better now than when the bundle is
	 * made. */
	struct err problem = { 0 };
	if (store_is_zip(submission->store) &&
	    store_stream(submission->store, attachment.file, nowhere, NULL, &problem) != 0) {
		reader_unreadable(reader, attachment.file->name, &named->place, problem.why);
		return;
	}
	submission->attachments = arena_grow(reader->arena, submission->attachments,
	    submission->attachment_count, sizeof *submission->attachments);
	submission->attachments[submission->attachment_count++] = attachment;
	*used |= FILE_ATTACHED;
}

/* ---- the whole --------------------------------------------------------- */

static void check_names(struct reader *reader)
{
	size_t count;
	const struct store_file *files = store_files(reader->submission->store, &count);
	for (size_t i = 0; i < count; i++)
		if (files[i].problem)
			findings_add(reader->findings,
			    &(struct finding){ FINDING(INTAKE_UNSAFE_NAME),
			        .department = reader->department,
			        .at = { reader->submission->label, 0, 0 }, .subject = files[i].name,
			        .message = N_("the file '%s' is not taken"),
			        .args = { files[i].name }, .why = files[i].problem });
}

/* A file that would be read if it were of another kind: the text in an old .doc. */
static int find_unread(struct reader *reader, const char *name)
{
	const char *instead = reader_instead(name);
	if (!reader->submission->form || !instead || strchr(name, '/'))
		return 0;
	FIND(reader->findings, INTAKE_FORMAT, reader->department,
	    AT(reader_label(reader, name), 0, 0), name, instead, name);
	return 1;
}

static void check_unused(struct reader *reader)
{
	size_t count;
	const struct store_file *files = store_files(reader->submission->store, &count);
	for (size_t i = 0; i < count; i++) {
		const char *name = files[i].name;
		if (reader->used[i] || files[i].problem || files[i].litter || form_owns(name) ||
		    find_unread(reader, name))
			continue;
		FIND(reader->findings, INTAKE_UNUSED_FILE, reader->department,
		    AT(reader_label(reader, name), 0, 0), name,
		    reader->submission->form
		        ? N_("'%s' is not registered; name it on the sheet 附件登记 or take it out")
		        : N_("nothing in submission.ini refers to '%s'; register it as an "
		             "attachment or take "
		             "it out"),
		    name);
	}
}

static void find_unknown_section(struct reader *reader, const struct ini_section *section)
{
	const struct catalog *catalog = reader->context->catalog;
	const char *near = NULL;
	size_t n = strlen(section->name);
	/* A chapter's title, or how it begins, four characters at least. */
	for (size_t c = 0; c < catalog->count && n >= 12 && !near; c++)
		if (strncmp(catalog->chapters[c].title, section->name, n) == 0)
			near = catalog->chapters[c].id;
	FIND(reader->findings, INI_UNKNOWN_SECTION, reader->department, section->place,
	    section->name,
	    near ? N_("[%s] is neither a chapter of this report nor [submission] nor [attachment "
	              "N]; is [%s] meant?")
	         : N_("[%s] is neither a chapter of this report nor [submission] nor "
	              "[attachment N]"),
	    section->name, near);
}

static int read_sections(struct reader *reader, const struct ini *ini, struct err *err)
{
	const struct catalog *catalog = reader->context->catalog;
	struct submission *submission = reader->submission;
	submission->written =
	    arena_alloc(reader->arena, (catalog->count + 1) * sizeof *submission->written);
	for (size_t c = 0; c < catalog->count; c++) {
		const struct ini_section *section = ini_section_find(ini, catalog->chapters[c].id);
		if (!section)
			continue;
		struct written *written = &submission->written[submission->written_count++];
		init_written(written, reader->arena, &catalog->chapters[c], section->place);
		read_values(reader, ini, written);
	}
	for (size_t i = 0; i < submission->written_count; i++)
		if (read_files(reader, ini, &submission->written[i], err) != 0)
			return -1;
	for (size_t i = 0; i < ini->section_count; i++) {
		const struct ini_section *section = &ini->sections[i];
		if (strncmp(section->name, "attachment ", 11) == 0)
			read_attachment(reader, ini, section);
		else if (strcmp(section->name, "submission") != 0 &&
		         !catalog_chapter(catalog, section->name))
			find_unknown_section(reader, section);
	}
	return 0;
}

/* What is missing of a chapter that is owed. */
static void check_chapter(
    struct reader *reader, const struct ini *ini, const struct chapter *chapter)
{
	const struct submission *submission = reader->submission;
	const struct written *written = submission_chapter(submission, chapter->id);
	const struct ini_entry *narrative = ini_find(ini, chapter->id, "narrative");
	if (!written)
		FIND(reader->findings, INTAKE_NO_CHAPTER, reader->department, AT(ini->file, 0, 0),
		    chapter->id,
		    submission->form
		        ? N_("the chapter '%s' (%s) is owed, but nothing is filled in for "
		             "it")
		        : N_("the chapter '%s' (%s) is owed, but has no section here"),
		    chapter->title, chapter->id);
	else if (submission->form && (!narrative || *narrative->value == '\0'))
		FIND(reader->findings, FORM_NO_TEXT, reader->department, AT(ini->file, 0, 0),
		    chapter->id, N_("the chapter '%s' is owed, but there is no text for it"),
		    chapter->title);
}

static void check_owed(struct reader *reader, const struct ini *ini)
{
	const struct submission *submission = reader->submission;
	const struct department *department = submission->department;
	for (size_t i = 0; i < department->chapter_count; i++) {
		const struct chapter *chapter =
		    catalog_chapter(reader->context->catalog, department->chapters[i]);
		if (chapter)
			check_chapter(reader, ini, chapter);
	}
	for (size_t i = 0; i < submission->written_count; i++) {
		const struct written *written = &submission->written[i];
		size_t k = 0;
		while (k < department->chapter_count &&
		       strcmp(department->chapters[k], written->chapter->id) != 0)
			k++;
		if (k == department->chapter_count)
			FIND(reader->findings, INTAKE_CHAPTER, reader->department, written->place,
			    written->chapter->id,
			    N_("departments.ini does not ask %s for the chapter '%s'"),
			    department->name, written->chapter->title);
	}
}

/* The form under a name that Windows gives it, or some folders down. */
static const char *misplaced(const struct store_file *files, size_t count, const char **name)
{
	size_t below = 0;
	const char *instead = NULL, *old = NULL; /* a form saved as something else */
	for (size_t i = 0; i < count; i++) {
		if (files[i].problem || files[i].litter)
			continue;
		if (!instead && !strchr(files[i].name, '/')) {
			instead = reader_instead(files[i].name);
			old = files[i].name;
		}
		if (strcasecmp(files[i].name, "submission.ini.txt") == 0) {
			*name = files[i].name;
			return N_("there is '%s': take off the .txt");
		}
		if (strcasecmp(files[i].name, "submission.ini") == 0) {
			*name = files[i].name;
			return N_("there is '%s': name it submission.ini, in small letters");
		}
		if (strcmp(path_base(files[i].name), "submission.ini") == 0 && below++ == 0)
			*name = files[i].name;
	}
	if (!below && instead)
		*name = old;
	return below == 1 ? N_("submission.ini stands further down, as '%s': move it to the top of "
	                       "the hand-in, together with all that stands beside it")
	       : below    ? N_("submission.ini stands further down more than once, first as '%s': "
	                          "make a hand-in of each of these folders")
	                  : instead;
}

static void find_no_submission(
    struct reader *reader, const struct store_file *files, size_t count, int unusable)
{
	const char *name = NULL;
	const char *message = unusable ? NULL : misplaced(files, count, &name);
	if (!message)
		message = count ? N_("there is neither the form's workbook, one with the sheet "
		                     "报送信息, nor a submission.ini in this hand-in")
		                : N_("this hand-in is empty: it has not even a submission.ini");
	FIND(reader->findings, INTAKE_NO_SUBMISSION, NULL, AT(reader->submission->label, 0, 0),
	    NULL, message, name);
}

/*
 * The encoding that departments.ini gives the department: whose it is stands in the very file
 * that has to be read. It counts where the form, so read, names that department.
 */
static int find_encoding(struct reader *reader, const struct store_file *stored, struct err *err)
{
	const struct workspace *ws = reader->context->workspace;
	struct submission *submission = reader->submission;
	struct arena scratch = { 0 };
	int rc = 0;
	for (size_t i = 0; ws && i < ws->department_count && rc == 0; i++) {
		const struct department *department = &ws->departments[i];
		struct buf text = { 0 };
		struct decoded how;
		struct err problem = { 0 };
		struct findings unwanted;
		struct ini ini = { 0 };
		if (!department->encoding)
			continue;
		findings_init(&unwanted, &scratch);
		submission->encoding = department->encoding;
		int got = submission_text(submission, stored,
		    ws->limits.text_kilobytes * UINT64_C(1024), &text, &how, &problem);
		if (got == 0)
			rc = ini_read(
			    &scratch, "", NULL, buf_str(&text), text.len, &unwanted, &ini, err);
		buf_release(&text);
		const struct ini_entry *named = ini_find(&ini, "submission", "department");
		int own = named && strcmp(named->value, department->id) == 0;
		ini_release(&ini);
		if (own)
			break;
		submission->encoding = ENCODING_BY_RULE;
	}
	arena_release(&scratch);
	return rc;
}

/* submission.ini, if it is there. 1 with findings, and `*stored` NULL if it is not. */
static int read_ini(
    struct reader *reader, const struct store_file **stored, struct ini *ini, struct err *err)
{
	size_t count;
	const struct store_file *files = store_files(reader->submission->store, &count);
	const char *file = reader_label(reader, "submission.ini");
	*stored = store_find(reader->submission->store, "submission.ini");
	if (!*stored || (*stored)->problem)
		return 1;
	reader->used[*stored - files] = FILE_USED;
	struct buf text = { 0 };
	int rc = find_encoding(reader, *stored, err);
	if (rc == 0)
		rc = reader_text(reader, *stored, &AT(file, 0, 0), &text, err);
	if (rc == 0 && ini_read(reader->arena, file, NULL, buf_str(&text), text.len,
	                   reader->findings, ini, err) != 0)
		rc = -1;
	buf_release(&text);
	return rc;
}

int submission_identify(struct reader *reader, struct ini *ini, struct err *err)
{
	struct submission *submission = reader->submission;
	size_t count, before = reader->findings->count;
	const struct store_file *files = store_files(submission->store, &count), *stored;
	reader->used = arena_alloc(reader->arena, count + 1);
	*ini = (struct ini){ 0 };
	int rc = read_ini(reader, &stored, ini, err);
	if (rc < 0 || (rc != 0 && stored && !stored->problem))
		return rc;
	size_t here = reader->findings->count;
	int form = form_identify(reader, ini, err);
	if (form < 0)
		return -1;
	if (form != 0 && rc == 0) /* nobody asked these workbooks to be the form */
		findings_cut(reader->findings, here);
	if (form != 0 && rc != 0) {
		if (form == 1) /* else a workbook that cannot be read may be the form */
			find_no_submission(reader, files, count, stored != NULL);
		return 1;
	}
	rc = identify(reader, ini) != 0;
	/* Only now is it known whose they are. */
	if (reader->department)
		findings_attribute(
		    reader->findings, before, reader->findings->count, reader->department);
	return rc;
}

int submission_read(struct reader *reader, struct ini *ini, struct err *err)
{
	const struct submission *submission = reader->submission;
	const struct store_file *stored = store_find(submission->store, "submission.ini");
	size_t count;
	const struct store_file *files = store_files(submission->store, &count);
	size_t before = reader->findings->count;
	reader->used = arena_alloc(reader->arena, count + 1);
	if (stored)
		reader->used[stored - files] = FILE_USED;
	if (submission->form)
		reader->used[submission->form - files] = FILE_USED;
	check_names(reader);
	suspect_notes(reader->context, reader->submission);
	if (form_read(reader, ini, err) != 0 || read_sections(reader, ini, err) != 0 ||
	    word_check(reader, err) != 0)
		return -1;
	check_unused(reader);
	check_early(reader, ini);
	/* What could not be read has been found, and may be all that was filled in. */
	int blank = submission->form && submission->written_count == 0 &&
	            submission->attachment_count == 0 && reader->findings->count == before;
	if (blank)
		FIND(reader->findings, FORM_EMPTY, reader->department, AT(ini->file, 0, 0), NULL,
		    N_("nothing is filled in on this form"));
	if (reader->context->workspace) {
		check_deadline(reader, ini);
		if (!blank)
			check_owed(reader, ini);
	}
	return 0;
}

int written_names_list(const struct written *written, size_t list)
{
	const struct nb_place *named = &written->lists[list].place;
	return named->line != written->place.line || strcmp(named->file, written->place.file) != 0;
}

int submission_backs(const struct submission *submission, const char *chapter, const char *id)
{
	for (size_t i = 0; i < submission->attachment_count; i++) {
		const struct attachment *attachment = &submission->attachments[i];
		if (!attachment->chapter || strcmp(attachment->chapter, chapter) != 0)
			continue;
		for (size_t k = 0; k < attachment->back_count; k++)
			if (strcmp(attachment->backs[k], id) == 0)
				return 1;
	}
	return 0;
}

const struct written *submission_chapter(const struct submission *submission, const char *chapter)
{
	for (size_t i = 0; i < submission->written_count; i++)
		if (strcmp(submission->written[i].chapter->id, chapter) == 0)
			return &submission->written[i];
	return NULL;
}
