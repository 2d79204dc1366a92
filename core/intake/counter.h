/*
 * counter.h: the counter (收件): hand-ins filed into the inbox, each beside its receipt, none
 * ever touched again. One process at a time stands at the counter; whatever kills it leaves the
 * inbox as it was or with the whole new hand-in.
 *
 *     inbox/<department>/<revision>.zip, or …/<revision>/   byte for byte as received
 *     inbox/<department>/<revision>.receipt.ini
 *     inbox/<department>-received/…                         where the first is a hand-in itself
 *     inbox/.refused/<digest>-<name>                        what could not be filed,
 *     inbox/.refused/<digest>-<name>.report.txt             and why
 *     inbox/.receiving/                                     what is being filed just now
 *     inbox/.lock
 */
#ifndef INTAKE_COUNTER_H
#define INTAKE_COUNTER_H

#include "base/arena.h"
#include "base/err.h"
#include "intake/intake.h"
#include "intake/receipt.h"

#include <stdint.h>

#define HANDIN_DIGEST_SIZE 65 /* SHA-256 in hex, with its NUL */

struct counter {
	struct arena *arena;
	const char *inbox;
	int lock;
	int unfinished; /* what was begun could not be undone: the next one must find how far it
	                   went */
};

/* A hand-in copied into the inbox, but not filed yet. */
struct taken {
	const char *path;
	const char *name; /* as it came */
	int folder;
	uint64_t size; /* bytes; of all files of a folder */
	char sha256[HANDIN_DIGEST_SIZE];
};

/* Called when somebody else has stood at the counter for a second. */
typedef void counter_waits(void *self);

/* Makes the inbox if there is none, waits for its lock, clears away what a kill has left. */
int counter_open(struct counter *counter, const char *inbox, struct arena *arena,
    counter_waits *waits, void *self, struct err *err);
/* Takes one that was never opened, zeroed. */
void counter_close(struct counter *counter);

/*
 * Copies a hand-in, a file or a folder, and reckons its digest. ERR_USAGE if it is not there or
 * holds what cannot be copied (links, devices) or changes meanwhile; ERR_INPUT, before anything is
 * copied, if it is so large that no unpacking is needed to see that it exceeds `limit` bytes.
 */
int counter_take(struct counter *counter, const char *path, uint64_t limit, struct taken *taken,
    struct err *err);

/*
 * SHA-256 of a file's bytes, or of a folder's list "digest  name\n", sorted by name, as
 * `sha256sum` prints it for files named without "./".
 */
int handin_digest(const char *path, char hex[HANDIN_DIGEST_SIZE], struct err *err);

/*
 * Whether the hand-in has that digest, with or without what systems leave in folders: 1 or 0; -1 if
 * it cannot be read.
 */
int handin_is(const char *path, const char *sha256, struct err *err);

/* The folder a department's hand-ins are filed in, made or not; NULL with ERR_USAGE. */
const char *counter_shelf(struct counter *counter, const char *department, struct err *err);

/*
 * The next free revision there, above those that `intake` knows; numbers from RECEIPT_REVISION_END
 * on are nobody's but a slip, and do not count.
 */
int counter_next(struct counter *counter, const char *department, const char *shelf,
    const struct intake *intake, int *revision, struct err *err);

/* Where a hand-in will be filed. In the arena. */
const char *counter_place(
    struct counter *counter, const struct taken *taken, const char *shelf, int revision);

/* Files it at counter_place() beside its receipt, whose `path` and `file` this sets. */
int counter_file(struct counter *counter, const struct taken *taken, const char *shelf,
    struct receipt *receipt, struct err *err);

/* Puts aside what cannot be filed, with the reasons; `*place` is where. The same bytes once. */
int counter_refuse(struct counter *counter, const struct taken *taken, const char *report,
    const char **place, struct err *err);

/* Writes the receipt beside the filed hand-in at `path` anew. */
int counter_amend(
    struct counter *counter, const char *path, struct receipt *receipt, struct err *err);

#endif
