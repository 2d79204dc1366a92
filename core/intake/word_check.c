/* word_check.c: what of a Word document would go unread, or be read as something else. */
#include "intake/word.h"

#include "base/i18n.h"
#include "base/utf8.h"
#include "office/kit_names.h"
#include "office/numbering.h"

#include <string.h>

enum {
	TITLE_MAX = 60 * 3,   /* bytes of a line that may be a title */
	HEADLINE_MAX = 40 * 3 /* and of one that may be a point's headline */
};

struct check {
	struct reader *reader;
	const struct store_file *file;
	const char *label;
	const struct prose *prose;
};

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

static void find_at(const struct check *check, enum code code, const struct prose_paragraph *at,
    const char *subject, const char *message, const char *arg)
{
	findings_add(check->reader->findings, &(struct finding){ .code = code_table[code].id,
	                                          .severity = code_table[code].severity,
	                                          .department = check->reader->department,
	                                          .at = AT(check->label, at->number, 0),
	                                          .subject = subject,
	                                          .message = message,
	                                          .args = { subject, arg } });
}

/* Whether the chapter's text is taken from this document. */
static int is_read(const struct check *check, const struct chapter *chapter)
{
	const struct written *written = submission_chapter(check->reader->submission, chapter->id);
	return written && written->narrative.file == check->file;
}

/* Whether a chapter's text comes from another file, which has been found where the form was read.
 */
static int is_elsewhere(const struct check *check, const struct chapter *chapter)
{
	const struct submission *submission = check->reader->submission;
	const struct written *written = submission_chapter(submission, chapter->id);
	return submission->form && written && written->narrative.file;
}

/* Words under no chapter's heading would be lost without a word. */
static void find_unplaced(
    const struct check *check, const struct word_section *sections, size_t count)
{
	const struct prose *prose = check->prose;
	const struct prose_paragraph *before = before_chapters(prose, sections[0].heading);
	if (before)
		find_at(check, CODE_FORM_HEADING, before, NULL,
		    N_("what stands before the first chapter's heading is not read"), NULL);
	for (size_t i = 0; i < count; i++) {
		const struct chapter *chapter = sections[i].chapter;
		const struct prose_paragraph *heading = &prose->paragraphs[sections[i].heading];
		size_t k = 0;
		while (k < i && sections[k].chapter != chapter)
			k++;
		if (!word_has_text(prose, sections[i].from, sections[i].to))
			continue;
		if (!chapter)
			find_at(check, CODE_FORM_HEADING, heading, heading->text,
			    N_("the heading '%s' is no chapter's of this report; what stands under "
			       "it is not read"),
			    NULL);
		else if (k < i)
			find_at(check, CODE_FORM_HEADING, heading, heading->text,
			    N_("the chapter '%s' begins here a second time; what stands under this "
			       "heading is not read"),
			    NULL);
		else if (!is_read(check, chapter) && !is_elsewhere(check, chapter))
			find_at(check, CODE_FORM_HEADING, heading, heading->text,
			    N_("what stands under the heading '%s' is not read: submission.ini "
			       "does "
			       "not name this document for the chapter '%s'"),
			    chapter->id);
	}
}

/* ---- guidance ------------------------------------------------------------------------ */

/* Whether a line of guidance is as the form has it. */
static int is_guidance(const struct reader *reader, const char *text)
{
	const struct catalog *catalog = reader->context->catalog;
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
static void find_written_guidance(const struct check *check)
{
	struct reader *reader = check->reader;
	const struct prose *prose = check->prose;
	for (size_t i = 0; i < prose->count; i++) {
		const struct prose_paragraph *paragraph = &prose->paragraphs[i];
		const char *text = utf8_trimmed(&reader->files, paragraph->text);
		if (paragraph->kind == PROSE_GUIDANCE && *text && !is_guidance(reader, text))
			find_at(check, CODE_FORM_GUIDANCE, paragraph, text,
			    N_("'%s' stands in a line of guidance, which is not read"), NULL);
	}
}

/* ---- headlines that are none ----------------------------------------------------------- */

static int has_points(const struct prose *prose, const struct word_section *section)
{
	for (size_t i = section->from; i < section->to; i++)
		if (prose->paragraphs[i].kind == PROSE_HEADING)
			return 1;
	return 0;
}

/* （一）规范执法 on a line of its own. */
static int is_typed_headline(const struct prose_paragraph *paragraph)
{
	size_t n = strlen(paragraph->text);
	const char *last = n >= 3 ? paragraph->text + n - 3 : "";
	return !paragraph->table && n <= HEADLINE_MAX && strcmp(last, "；") != 0 &&
	       strcmp(last, "。") != 0 && numbering_at(paragraph->text).kind == NUMBERING_PAREN;
}

/*
 * Where headings open a chapter's points, a headline typed by hand opens none,
 * and text below a topic's line without a headline goes to the point before it.
 */
static void find_lost_headlines(const struct check *check, const struct word_section *section)
{
	const struct prose *prose = check->prose;
	int in_point = 0, at_topic = 0;
	if (!has_points(prose, section))
		return;
	for (size_t i = section->from; i < section->to; i++) {
		const struct prose_paragraph *paragraph = &prose->paragraphs[i];
		if (paragraph->kind == PROSE_GUIDANCE) {
			at_topic |= strncmp(paragraph->text, KIT_TOPIC, strlen(KIT_TOPIC)) == 0;
			continue;
		}
		if (paragraph->kind == PROSE_HEADING) {
			in_point = 1;
		} else if (in_point && is_typed_headline(paragraph)) {
			find_at(check, CODE_FORM_HEADLINE, paragraph, paragraph->text,
			    N_("'%s' is numbered by hand, while the chapter's points are headings: "
			       "it is read as text of the point before it"),
			    NULL);
		} else if (*paragraph->text == '\0') {
			continue; /* a picture */
		} else if (in_point && at_topic) {
			find_at(check, CODE_FORM_HEADLINE, paragraph, NULL,
			    N_("the text below this line of guidance has no headline: it is read "
			       "as "
			       "text of the point before it"),
			    NULL);
		}
		at_topic = 0;
	}
}

/* ---- all documents ----------------------------------------------------------------------- */

static void check_document(const struct check *check)
{
	struct word_section *sections;
	size_t count = word_sections(check->reader, check->prose, &sections), named = 0;
	for (size_t i = 0; i < count; i++)
		named += sections[i].chapter != NULL;
	if (named)
		find_unplaced(check, sections, count);
	for (size_t i = 0; named && i < count; i++)
		if (sections[i].chapter)
			find_lost_headlines(check, &sections[i]);
	find_written_guidance(check);
}

int word_check(struct reader *reader, struct err *err)
{
	const struct submission *submission = reader->submission;
	for (size_t i = 0; i < submission->written_count; i++) {
		const struct narrative_file *narrative = &submission->written[i].narrative;
		const struct prose *prose;
		size_t k = 0;
		while (k < i && submission->written[k].narrative.file != narrative->file)
			k++;
		if (!narrative->made || k < i)
			continue;
		int rc = reader_prose(reader, narrative->file, &narrative->place, &prose, err);
		if (rc < 0)
			return -1;
		if (rc == 0)
			check_document(&(struct check){ reader, narrative->file,
			    reader_label(reader, narrative->name), prose });
	}
	return 0;
}
