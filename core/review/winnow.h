/*
 * winnow.h: fingerprints of a text by winnowing (Schleimer, Wilkerson, Aiken:
 * Winnowing: Local Algorithms for Document Fingerprinting, SIGMOD 2003).
 */
#ifndef REVIEW_WINNOW_H
#define REVIEW_WINNOW_H

#include "review/keys.h"

#include <stddef.h>
#include <stdint.h>

/*
 * Of the hashes of all runs of WINNOW_GRAM characters, the least in each
 * window of WINNOW_WINDOW is kept: one for every third character. Two texts
 * that share a run of WINNOW_GRAM + WINNOW_WINDOW - 1 = 13 characters share a
 * fingerprint. Fewer than nine characters are a set phrase in official
 * Chinese, 行政执法三项制度, and tell nothing.
 */
enum { WINNOW_GRAM = 9, WINNOW_WINDOW = 5 };

/* One run of characters. */
struct winnow {
	struct keys *keys; /* fingerprints go here, */
	uint32_t number;   /* with this number; the same one twice is possible */
	size_t characters; /* so far */
	uint64_t hash;     /* of the last WINNOW_GRAM characters, rolling */
	uint32_t recent[16];
	uint64_t window[8];
	uint64_t least, kept;
	size_t least_at; /* counted in grams */
};

void winnow_begin(struct winnow *winnow, struct keys *keys, uint32_t number);
void winnow_add(struct winnow *winnow, uint32_t code);

/* A run shorter than a window leaves one fingerprint, one shorter than a gram none. */
void winnow_end(struct winnow *winnow);

#endif
