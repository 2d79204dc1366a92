/* reader.h: what the files of the intake room share while one submission is read. */
#ifndef INTAKE_READER_H
#define INTAKE_READER_H

#include "base/buf.h"
#include "intake/intake.h"
#include "office/prose.h"
#include "office/workbook.h"

/* What is known of a file of the hand-in. */
enum { FILE_USED = 1, /* something refers to it */ FILE_ATTACHED = 2 };

struct reader {
	const struct intake_context *context;
	struct arena *arena;
	struct findings *findings;
	struct submission *submission;
	const char *department; /* id for findings, or NULL while unknown */
	unsigned char *used;    /* FILE_USED and so on, one per file of the store */
	struct arena files;     /* what Word and Excel files hold; goes with the reader */
	struct office_file *office;
};

void reader_release(struct reader *reader);

/* "inbox/sfj/x.md" or "inbox/sfj.zip!x.md"; in the arena. */
const char *reader_label(const struct reader *reader, const char *name);

/*
 * The file a key names, checked: it stays inside the hand-in, is there, may be
 * read. A finding at `place` and NULL otherwise. Marks it as used.
 */
const struct store_file *reader_file(
    struct reader *reader, const char *name, const struct nb_place *place);

/*
 * A text file's content, see submission_text(); notes say what was done to it.
 * Findings and 1 if it is not usable; -1 if the system fails.
 */
int reader_text(struct reader *reader, const struct store_file *file, const struct nb_place *place,
    struct buf *out, struct err *err);

/* Records that a file which is there cannot be read; `why` untranslated. */
void reader_unreadable(
    struct reader *reader, const char *name, const struct nb_place *place, const char *why);

/*
 * An Excel or Word file of the hand-in, read once; it lives as long as the
 * reader. Findings (at `place`, if it is not usable) and 1; -1 if the system fails.
 */
int reader_workbook(struct reader *reader, const struct store_file *file,
    const struct nb_place *place, const struct workbook **out, struct err *err);
int reader_prose(struct reader *reader, const struct store_file *file, const struct nb_place *place,
    const struct prose **out, struct err *err);

/* What to do with a file of a kind that is not read, by its name: untranslated; NULL: any other. */
const char *reader_instead(const char *name);

/* The id of the chapter's figure or list that has this label; NULL if none or several have. */
const char *reader_labelled(const struct chapter *chapter, const char *label);

/*
 * What is to be taken off behind an otherwise readable number: letters, the "o" of "8o", and
 * with `unit` a measure word, the 项 of "30项". NULL if that is not all that is wrong.
 */
const char *reader_behind_number(const char *text, enum nb_kind kind, int unit);

/* Takes down which file holds the narrative, if it is one that can be read. -1 if the system fails.
 */
int narrative_find(struct reader *reader, struct written *written, const char *name,
    const struct nb_place *place, struct err *err);

/*
 * Reads the narrative into `written`, whose values are known by now: opening,
 * points and passages, in the reader's arena. Nothing without a narrative.
 */
int narrative_read(struct reader *reader, struct written *written, struct err *err);

/* The same without passages and without looking for what is wrong in it. */
int narrative_read_points(struct reader *reader, struct written *written, struct err *err);

/* Reads a list file into `rows`. */
int list_read(struct reader *reader, const struct list_def *list, const char *name,
    const struct nb_place *place, struct nb_rows *rows, struct err *err);

#endif
