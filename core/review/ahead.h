/*
 * ahead.h: the words of Word and Excel attachments, read by other threads
 * before they are asked for: half of what checking a county takes. They depend
 * on the file's bytes alone, so that nothing else depends on who read them.
 * (Texts are not worth it: they are looked through as fast as they are read.)
 */
#ifndef REVIEW_AHEAD_H
#define REVIEW_AHEAD_H

#include "base/arena.h"
#include "base/err.h"
#include "intake/intake.h"

#include <stddef.h>
#include <stdint.h>

enum { AHEAD_LARGEST = 32 << 20 /* bytes of a file that is read, pictures and all */ };

/* Whether it is one by its name. */
int ahead_is_office(const char *name);

/* A paragraph or a cell, see office_sink. */
struct words_piece {
	const char *sheet;
	uint32_t line, column;
	const char *text;
};

/* All that a file says, in order; or why it cannot be read. */
struct words {
	struct arena arena; /* that all of it is in */
	struct words_piece *pieces;
	size_t count;
	int rc; /* 0; -1 with `problem` as of office_text() and store_read(), and no words */
	struct err problem;
};

void words_release(struct words *words);

struct ahead;

/*
 * Reads ahead in the hand-ins, which must stay open as long, in their order
 * and that of their attachments: four files at most, and none is begun while
 * those not yet asked for take 64 MB. By up to `threads` threads beside the
 * caller's; where none can be started, the caller's does it all. part_init()
 * must have been called.
 */
struct ahead *ahead_new(const struct intake *intake, unsigned threads);

/* One less than there are processors, but one at least and two at most. */
unsigned ahead_threads(void);

/*
 * The words of a file, which the caller releases. Those read ahead are to be
 * asked for in their order, and what is passed over is forgotten; any other
 * file is read here and now, and so are all with `ahead` NULL.
 */
void ahead_take(
    struct ahead *ahead, struct store *store, const struct store_file *file, struct words *words);

/* Ends the threads; takes NULL. Due before the hand-ins are closed. */
void ahead_free(struct ahead *ahead);

#endif
