/* pictures.c: pictures in a Word document, which the report does not set, kept as attachments. */
#include "intake/word.h"

#include "base/file.h"
#include "base/i18n.h"

#include <string.h>

/* What a document may hold has been looked at when its text was read. */
static const struct store_limits limits = {
	.files = 100000, .total_bytes = UINT64_MAX, .depth = 100
};

/*
 * The document as a store of its parts, opened once and open as long as the
 * hand-in is. NULL with ERR_INPUT if it cannot be.
 */
static struct store *parts_of(
    struct reader *reader, const struct store_file *document, struct err *err)
{
	struct submission *submission = reader->submission;
	for (size_t i = 0; i < submission->document_count; i++)
		if (submission->documents[i].file == document)
			return submission->documents[i].store;
	struct buf bytes = { 0 };
	struct store *store = NULL;
	if (store_read(submission->store, document, UINT64_MAX, &bytes, err) != 0 ||
	    store_open_bytes(&store, reader_label(reader, document->name), &bytes, &limits,
	        reader->arena, err) != 0) {
		buf_release(&bytes);
		store_close(store);
		return NULL;
	}
	submission->documents = arena_grow(reader->arena, submission->documents,
	    submission->document_count, sizeof *submission->documents);
	submission->documents[submission->document_count++] =
	    (struct inner_store){ document, store };
	return store;
}

static const struct attachment *registered(const struct submission *submission, const char *name)
{
	for (size_t i = 0; i < submission->attachment_count; i++)
		if (strcmp(submission->attachments[i].file->name, name) == 0)
			return &submission->attachments[i];
	return NULL;
}

/* Internal, as nobody has said that it may be published. */
static int keep(struct reader *reader, const struct chapter *chapter,
    const struct store_file *document, const struct prose_image *image, struct nb_place place,
    struct err *err)
{
	struct submission *submission = reader->submission;
	struct arena *arena = reader->arena;
	size_t stem = strlen(document->name) - strlen(".docx");
	const char *name =
	    arena_printf(arena, "%.*s/%s", (int)stem, document->name, path_base(image->part));
	struct err problem = { 0 };
	struct store *store = parts_of(reader, document, &problem);
	const struct store_file *part = store ? store_find(store, image->part) : NULL;
	if (!store && problem.kind != ERR_INPUT) {
		*err = problem;
		return -1;
	}
	if (!part || part->problem) {
		reader_unreadable(
		    reader, name, &place, store && part ? part->problem : problem.why);
		return 0;
	}
	const struct attachment *same = registered(submission, name);
	if (same && same->file->index == part->index && same->store == store)
		return 0;
	if (same) /* two pictures of one name, in two folders of the document */
		name = arena_printf(arena, "%.*s/%s", (int)stem, document->name, image->part);
	if (registered(submission, name))
		return 0;
	struct store_file *file = arena_alloc(arena, sizeof *file);
	*file = *part;
	file->name = name;
	const char *title = *image->alt ? arena_strdup(arena, image->alt) : path_base(name);
	submission->attachments = arena_grow(arena, submission->attachments,
	    submission->attachment_count, sizeof *submission->attachments);
	submission->attachments[submission->attachment_count++] =
	    (struct attachment){ .title = title,
		    .chapter = chapter->id,
		    .internal = 1,
		    .store = store,
		    .file = file,
		    .place = place };
	FIND(reader->findings, FORM_PICTURE, reader->department, place, name,
	    N_("the picture '%s' is not set in the text; it is kept as an internal attachment"),
	    title);
	return 0;
}

int pictures_keep(struct reader *reader, const struct chapter *chapter,
    const struct store_file *document, const struct prose *prose, struct err *err)
{
	const char *label = reader_label(reader, document->name);
	struct prose_range range;
	word_range(reader, prose, chapter, &range);
	for (size_t i = range.from; i < range.to; i++) {
		const struct prose_paragraph *paragraph = &prose->paragraphs[i];
		for (size_t k = 0; k < paragraph->image_count; k++)
			if (paragraph->images[k].part &&
			    keep(reader, chapter, document, &paragraph->images[k],
			        AT(label, paragraph->number, 0), err) != 0)
				return -1;
	}
	return 0;
}
