/* reader.c: names and files of the hand-in being read: nothing outside it, nothing unreadable. */
#include "intake/reader.h"

#include "base/file.h"
#include "base/i18n.h"
#include "base/length.h"
#include "base/utf8.h"

#include <string.h>

const char *reader_label(const struct reader *reader, const char *name)
{
	const struct submission *submission = reader->submission;
	return arena_printf(reader->arena, "%s%c%s", submission->label,
	    store_is_zip(submission->store) ? '!' : '/', name);
}

const struct store_file *reader_file(
    struct reader *reader, const char *name, const struct nb_place *place)
{
	if (*name == '\0') /* an empty key promises no file */
		return NULL;
	if (strchr(name, '\\') && name[strcspn(name, "/:")] == '\0') {
		FIND(reader->findings, INTAKE_OUTSIDE, reader->department, *place, name,
		    N_("write / instead of \\ between folders: '%s'"), name);
		return NULL;
	}
	if (*name == '/' || strcmp(name, "..") == 0 || strncmp(name, "../", 3) == 0 ||
	    strstr(name, "/../") || strchr(name, '\\')) {
		FIND(reader->findings, INTAKE_OUTSIDE, reader->department, *place, name,
		    N_("'%s' leaves the hand-in: name files inside it, with / between folders"),
		    name);
		return NULL;
	}
	while (strncmp(name, "./", 2) == 0)
		name += 2;
	const struct store_file *file = store_find(reader->submission->store, name);
	if (!file) {
		FIND(reader->findings, INTAKE_MISSING_FILE, reader->department, *place, name,
		    N_("the file '%s' is not in the hand-in"), name);
		return NULL;
	}
	size_t count;
	reader->used[file - store_files(reader->submission->store, &count)] |= FILE_USED;
	return file->problem ? NULL : file; /* its problem has been found already */
}

void reader_unreadable(
    struct reader *reader, const char *name, const struct nb_place *place, const char *why)
{
	findings_add(reader->findings,
	    &(struct finding){ FINDING(INTAKE_UNREADABLE), .department = reader->department,
	        .at = *place, .subject = name, .message = N_("'%s' cannot be read"),
	        .args = { name }, .why = why });
}

int submission_text(const struct submission *submission, const struct store_file *file,
    uint64_t limit, struct buf *out, struct decoded *how, struct err *err)
{
	if (store_read(submission->store, file, limit, out, err) != 0)
		return -1;
	return encoding_read(out, submission->encoding, how, err);
}

static void find_encoding(struct reader *reader, const char *name, const struct decoded *how)
{
	const char *message = how->wrong;
	if (!how->as_told && path_has_ending(name, ".csv"))
		message = N_("the list is no text that can be read; in Excel save it as \"CSV "
		             "UTF-8\", out of WPS open the .csv in Notepad and save it as UTF-8");
	FIND(reader->findings, TEXT_ENCODING, reader->department,
	    AT(reader_label(reader, name), how->line, 0), name, message,
	    encoding_name(how->encoding));
}

static void find_control(struct reader *reader, const char *name, unsigned line)
{
	findings_add(reader->findings,
	    &(struct finding){ .code = code_table[CODE_TEXT_CONTROL].id,
	        .severity = NB_WARNING,
	        .department = reader->department,
	        .at = { reader_label(reader, name), line, 0 },
	        .subject = name,
	        .message = N_("the text holds invisible control characters, the first one here; "
	                      "they are left out") });
}

int reader_text(struct reader *reader, const struct store_file *file, const struct nb_place *place,
    struct buf *out, struct err *err)
{
	const struct workspace *ws = reader->context->workspace;
	uint64_t limit = (ws ? ws->limits.text_kilobytes : 4096) * UINT64_C(1024);
	const char *name = file->name;
	struct err problem = { 0 };
	struct decoded how;
	int rc = submission_text(reader->submission, file, limit, out, &how, &problem);
	if (rc < 0) {
		if (problem.kind != ERR_INPUT) {
			*err = problem;
			return -1;
		}
		if (file->size > limit)
			FIND(reader->findings, INTAKE_LIMIT, reader->department, *place, name,
			    N_("'%s' is larger than [limits] text_kilobytes allows (%s)"), name,
			    arena_printf(
			        reader->arena, "%llu KiB", (unsigned long long)(limit / 1024)));
		else
			reader_unreadable(reader, name, place, problem.why);
		return 1;
	}
	if (rc > 0) {
		find_encoding(reader, name, &how);
		return 1;
	}
	encoding_note(reader->findings, reader->department, reader_label(reader, name), &how);
	if (how.control_line)
		find_control(reader, name, how.control_line);
	return 0;
}

const char *reader_instead(const char *name)
{
	static const struct {
		const char *ending, *message;
	} kinds[] = {
		{ ".doc", N_("'%s' is of the old Word format: save it as .docx in Word or WPS") },
		{ ".wps", N_("'%s' is a WPS document: save it as .docx in WPS") },
		{ ".rtf", N_("'%s' is RTF: save it as .docx in Word or WPS") },
		{ ".odt", N_("'%s' is an OpenDocument text: save it as .docx") },
		{ ".xls", N_("'%s' is of the old Excel format: save it as .xlsx in Excel or WPS") },
		{ ".et", N_("'%s' is a WPS table: save it as .xlsx in WPS") },
		{ ".ods", N_("'%s' is an OpenDocument table: save it as .xlsx") },
		{ ".pdf", N_("'%s' is a PDF: hand in the text it was made from, as .docx") },
		{ ".rar", N_("'%s' is a RAR: pack the files as .zip") },
		{ ".7z", N_("'%s' is a 7-Zip archive: pack the files as .zip") },
	};
	for (size_t i = 0; i < LENGTH(kinds); i++)
		if (path_has_ending(name, kinds[i].ending))
			return kinds[i].message;
	return NULL;
}

const char *reader_labelled(const struct chapter *chapter, const char *label)
{
	const char *id = NULL;
	size_t n = 0;
	for (size_t i = 0; i < chapter->figure_count; i++)
		if (strcmp(chapter->figures[i].label, label) == 0 && n++ == 0)
			id = chapter->figures[i].id;
	for (size_t i = 0; i < chapter->list_count; i++)
		if (strcmp(chapter->lists[i].label, label) == 0 && n++ == 0)
			id = chapter->lists[i].id;
	return n == 1 ? id : NULL;
}

const char *reader_behind_number(const char *text, enum nb_kind kind, int unit)
{
	if (kind != NB_COUNT && kind != NB_AMOUNT && kind != NB_PERCENT)
		return NULL;
	const char *tail = text + strspn(text, "0123456789");
	size_t n = strlen(tail);
	if (tail == text || n == 0)
		return NULL;
	if (strspn(tail, "oOlI") == n) /* typed for 0 and 1 */
		return tail;
	/* One measure word; what may change the number itself is not taken off. */
	const char *end = tail + n, *p = tail;
	uint32_t c = utf8_next(&p, end);
	return unit && p == end && utf8_is_han(c) &&
	               !strstr("〇零一二三四五六七八九十百千万亿两余多近半约元", tail)
	           ? tail
	           : NULL;
}
