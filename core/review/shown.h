/*
 * shown.h: the words that messages show of what stands twice. Those of every
 * phrase would be as long as the texts; so they are kept of phrases alone that
 * may have come before.
 */
#ifndef REVIEW_SHOWN_H
#define REVIEW_SHOWN_H

#include "base/arena.h"
#include "base/buf.h"

#include <stddef.h>
#include <stdint.h>

/* Zeroed: empty. */
struct shown {
	struct arena arena;
	unsigned char *seen; /* a bit for each hash that came, some share theirs */
	uint32_t *kept;      /* by hash: the words last kept */
	struct buf text;     /* all words, NUL-ended */
};

/* A text's first characters, as many as a message shows, and … if there are more. */
void shown_words(struct buf *out, const char *text, size_t size);

/*
 * A phrase and its hash: keeps its words if the hash may have come before.
 * Returns where they are, for shown_at(), or 0: it certainly came first.
 */
uint32_t shown_keep(struct shown *shown, uint64_t hash, const char *text, size_t size);

static inline const char *shown_at(const struct shown *shown, uint32_t words)
{
	return shown->text.data + words;
}

void shown_release(struct shown *shown);

#endif
