/* form_document.c: which Word document holds the prose of a form, and for which chapters. */
#include "intake/form_impl.h"

#include "base/file.h"
#include "base/i18n.h"
#include "intake/word.h"

#include <string.h>

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
	const char *label = reader_label(reader, file->name), *only = only_chapter(form);
	struct word_section *sections;
	size_t count = word_sections(reader, prose, &sections), named = 0;
	for (size_t i = 0; i < count; i++) {
		if (!sections[i].chapter)
			continue;
		named++;
		if (word_has_text(prose, sections[i].from, sections[i].to))
			form_add(form, sections[i].chapter->id, "narrative", NULL, file->name,
			    AT(label, prose->paragraphs[sections[i].heading].number, 0));
	}
	if (named || !word_has_text(prose, 0, prose->count))
		return;
	if (only) /* which needs no heading */
		form_add(form, only, "narrative", NULL, file->name, AT(label, 1, 0));
	else
		FIND(reader->findings, FORM_HEADING, reader->department, AT(label, 0, 0),
		    file->name,
		    N_("no heading of '%s' names a chapter of this report: nothing of it is read"),
		    file->name);
}

/* ---- which document ----------------------------------------------------------------- */

/* Whether a file has a part of its own in the hand-in: a chapter's text, an attachment. */
static int is_named(const struct ini *ini, const char *name)
{
	for (size_t i = 0; i < ini->entry_count; i++) {
		const struct ini_entry *entry = &ini->entries[i];
		int names = strcmp(entry->key, "narrative") == 0 ||
		            (strcmp(entry->key, "file") == 0 &&
		                strncmp(entry->section, "attachment ", 11) == 0);
		const char *value = entry->value;
		while (strncmp(value, "./", 2) == 0)
			value += 2;
		if (names && strcmp(value, name) == 0)
			return 1;
	}
	return 0;
}

static int is_beside(const struct store_file *a, const struct store_file *b)
{
	size_t n = (size_t)(path_base(a->name) - a->name);
	return n == (size_t)(path_base(b->name) - b->name) && memcmp(a->name, b->name, n) == 0;
}

struct choice {
	const struct store_file *file, *other; /* `other`: one that might be it as well */
	int rank;
};

/*
 * How likely the file is the form's document. Its own comes first, registered
 * or not: somebody lists all that is sent. Of others one that has no other
 * part, beside the workbook first. What it takes to know is not kept, and what
 * is wrong with a file is found when it is read. -1: the system failed.
 */
static int rank_of(struct form *form, const struct store_file *file, struct err *err)
{
	struct reader probe = *form->reader;
	size_t before = form->reader->findings->count;
	const struct prose *prose;
	int named = is_named(form->ini, file->name);
	probe.office = NULL;
	probe.files = (struct arena){ 0 };
	int rc = reader_prose(&probe, file, &AT(file->name, 0, 0), &prose, err);
	int marked = rc == 0 && word_is_marked(&probe, prose);
	findings_cut(form->reader->findings, before);
	reader_release(&probe);
	if (rc < 0)
		return -1;
	if (marked)
		return named ? 3 : 4;
	return named ? 0 : 1 + is_beside(file, form->file);
}

static int choose(struct form *form, struct choice *choice, struct err *err)
{
	const struct store *store = form->reader->submission->store;
	size_t count;
	const struct store_file *files = store_files(store, &count);
	for (size_t i = 0; i < count; i++) {
		if (!form_may_be(store, &files[i], ".docx"))
			continue;
		int rank = rank_of(form, &files[i], err);
		if (rank < 0)
			return -1;
		if (rank > choice->rank)
			*choice = (struct choice){ &files[i], NULL, rank };
		else if (rank && rank == choice->rank)
			choice->other = &files[i];
	}
	for (size_t i = 0; i < count; i++)
		if (choice->file && (&files[i] == choice->file || &files[i] == choice->other))
			form->reader->used[i] |= FILE_USED;
	return 0;
}

int form_read_document(struct form *form, struct err *err)
{
	struct reader *reader = form->reader;
	struct choice choice = { 0 };
	const struct prose *prose;
	if (choose(form, &choice, err) != 0)
		return -1;
	if (choice.other) {
		FIND(reader->findings, FORM_SEVERAL, reader->department,
		    AT(reader_label(reader, choice.other->name), 0, 0), choice.other->name,
		    N_("there are two Word documents, '%s' and '%s': keep the one with the text, "
		       "or register the other one as an attachment; neither is read"),
		    choice.file->name, choice.other->name);
		return 0;
	}
	if (!choice.file)
		return 0;
	int rc = reader_prose(
	    reader, choice.file, &AT(reader_label(reader, choice.file->name), 0, 0), &prose, err);
	if (rc == 0)
		take_document(form, choice.file, prose);
	return rc < 0 ? -1 : 0;
}
