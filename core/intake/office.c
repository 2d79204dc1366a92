/* office.c: Word and Excel files of a hand-in, each read once while the hand-in is read. */
#include "intake/reader.h"

#include "base/i18n.h"

struct office_file {
	const struct store_file *file;
	int failed; /* which has been found */
	struct workbook *workbook;
	struct prose *prose;
	struct office_file *next;
};

/* What the reader left out, or took in another way than it looks: the writer has to know. */
static void find_notes(
    struct reader *reader, const struct store_file *file, const struct office_notes *notes)
{
	for (int i = 0; i < NOTE_COUNT; i++)
		/* Headers are page numbers, mostly; a cell without value is found where it is read.
		 */
		if (notes->of[i].count && i != NOTE_HEADERS && i != NOTE_NO_VALUE)
			findings_add(reader->findings,
			    &(struct finding){ FINDING(FORM_LEFT_OUT),
			        .department = reader->department,
			        .at = AT(reader_label(reader, file->name), notes->of[i].line, 0),
			        .subject = file->name,
			        .message = N_("'%s' is not taken quite as it looks"),
			        .args = { file->name },
			        .why = office_note_text((enum office_note)i) });
}

static uint64_t bytes_limit(const struct reader *reader)
{
	const struct workspace *ws = reader->context->workspace;
	return ws ? ws->limits.megabytes * UINT64_C(1048576) : store_limits_default.total_bytes;
}

static int read_bytes(
    struct reader *reader, struct office_file *read, int is_workbook, struct err *problem)
{
	struct buf bytes = { 0 };
	const char *label = read->file->name;
	if (store_read(
	        reader->submission->store, read->file, bytes_limit(reader), &bytes, problem) != 0)
		return -1;
	if (is_workbook) {
		read->workbook = arena_alloc(&reader->files, sizeof *read->workbook);
		return workbook_read(read->workbook, label, &bytes, NULL, &reader->files, problem);
	}
	read->prose = arena_alloc(&reader->files, sizeof *read->prose);
	return prose_read(read->prose, label, &bytes, NULL, &reader->files, problem);
}

static struct office_file *read_once(struct reader *reader, const struct store_file *file,
    const struct nb_place *place, int is_workbook, struct err *err)
{
	struct office_file *read = reader->office;
	while (read && (read->file != file || is_workbook != (read->workbook != NULL)))
		read = read->next;
	if (read)
		return read;
	read = arena_alloc(&reader->files, sizeof *read);
	read->file = file;
	read->next = reader->office;
	reader->office = read;
	struct err problem = { 0 };
	if (read_bytes(reader, read, is_workbook, &problem) != 0) {
		read->failed = 1;
		if (problem.kind != ERR_INPUT) {
			*err = problem;
			return NULL;
		}
		reader_unreadable(reader, file->name, place, problem.why);
	} else {
		find_notes(
		    reader, file, is_workbook ? &read->workbook->notes : &read->prose->notes);
	}
	return read;
}

int reader_workbook(struct reader *reader, const struct store_file *file,
    const struct nb_place *place, const struct workbook **out, struct err *err)
{
	struct office_file *read = read_once(reader, file, place, 1, err);
	if (!read)
		return -1;
	*out = read->workbook;
	return read->failed;
}

int reader_prose(struct reader *reader, const struct store_file *file, const struct nb_place *place,
    const struct prose **out, struct err *err)
{
	struct office_file *read = read_once(reader, file, place, 0, err);
	if (!read)
		return -1;
	*out = read->prose;
	return read->failed;
}

void reader_release(struct reader *reader)
{
	reader->office = NULL;
	arena_release(&reader->files);
}
