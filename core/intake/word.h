/* word.h: which paragraphs of a Word document are which chapter's. */
#ifndef INTAKE_WORD_H
#define INTAKE_WORD_H

#include "intake/passages.h"
#include "office/prose_markdown.h"

struct word_section {
	const struct chapter *chapter; /* NULL: a heading that names none of the report's */
	size_t heading;                /* index of its paragraph */
	size_t from, to;               /* of what stands under it */
};

/*
 * A document's sections, in order. A chapter begins where the office's form
 * has marked it (bookmark nb_<chapter>), or under a heading of the first level,
 * or typed 一、, that reads like the chapter's title, the plugin's or the
 * report's. In the arena of the reader's files; returns how many.
 */
size_t word_sections(
    struct reader *reader, const struct prose *prose, struct word_section **sections);

/* Whether it is the form's own: a chapter begins at one of the form's marks. */
int word_is_marked(const struct reader *reader, const struct prose *prose);

/* Whether there are words from paragraph `from` to `to`, other than the form's own. */
int word_has_text(const struct prose *prose, size_t from, size_t to);

/* The paragraphs of a chapter: its section, all when no heading names a chapter, or none. */
void word_range(struct reader *reader, const struct prose *prose, const struct chapter *chapter,
    struct prose_range *range);

/*
 * A document's section for a chapter as Markdown, or all of it when no heading
 * names a chapter. In the arena.
 */
void word_markdown(struct reader *reader, const struct prose *prose, const struct chapter *chapter,
    struct passages_source *source);

/*
 * Makes the pictures in a chapter's paragraphs attachments, internal ones: the
 * report does not set them, and nothing handed in is lost. -1 if the system fails.
 */
int pictures_keep(struct reader *reader, const struct chapter *chapter,
    const struct store_file *document, const struct prose *prose, struct err *err);

/*
 * Finds what of the documents that chapters are taken from would go unread or
 * to another point. After all narratives are found. -1 if the system fails.
 */
int word_check(struct reader *reader, struct err *err);

#endif
