/*
 * receipt.h: the counter's receipt (收件回执) for a hand-in: an INI file beside it, for the
 * hand-in itself is never touched. `inbox/sfj/2.zip` has `inbox/sfj/2.receipt.ini`, and so has
 * `inbox/sfj/2/`.
 */
#ifndef INTAKE_RECEIPT_H
#define INTAKE_RECEIPT_H

#include "base/arena.h"
#include "base/err.h"
#include "base/finding.h"

#define RECEIPT_ENDING ".receipt.ini"

/* Numbers that the counter gives end before this, and what is no number of its gives it none. */
#define RECEIPT_REVISION_END 1000

#define RECEIPT_REASON_MAX 500 /* characters */

struct receipt {
	const char *path;
	const char *file;       /* name of the hand-in beside it */
	const char *department; /* id */
	int revision;           /* as filed; 0: as submission.ini says */
	const char *sha256; /* of the hand-in, see handin_digest(); NULL if it never was taken */
	const char
	    *received;    /* "2026-01-20T09:03:11+08:00"; NULL: it did not come over the counter */
	const char *name; /* as it came; NULL as above */
	long errors, warnings, notes; /* found on receiving it; -1 unknown */
	int returned;                 /* 退回: it does not count */
	const char *returned_at, *reason;
	int damaged; /* it is not as the counter has written it, which was found */
};

/* Where the receipt of the hand-in at `path` stands. In the arena. */
char *receipt_path(struct arena *arena, const char *path);

/*
 * Reads the receipt of the department's hand-in at `path`; `*receipt` is NULL if it has none. What
 * is wrong in it becomes findings, for people may have had their hands in it; what can be read of
 * it counts all the same. -1 if the system fails.
 */
int receipt_read(struct arena *arena, const char *path, const char *department,
    struct findings *findings, struct receipt **receipt, struct err *err);

/* Writes a receipt to `path`, whole or not at all; ERR_USAGE if it is too long to be read again. */
int receipt_write(const struct receipt *receipt, const char *path, struct err *err);

/* Words as they may stand in a receipt: one line without quotes or controls. In the arena. */
char *receipt_words(struct arena *arena, const char *words);

#endif
