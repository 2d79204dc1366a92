/*
 * keys.h: many hashes with a number each, so packed that there may be one for
 * every third character of all texts, and gone through in the order of the
 * hashes in linear time, whatever they are.
 */
#ifndef REVIEW_KEYS_H
#define REVIEW_KEYS_H

#include "base/arena.h"

#include <stddef.h>
#include <stdint.h>

enum { KEY_LISTS = 256 };

/* By the first byte of the hash. Within a list numbers rise: each is kept as the step to it. */
struct key_list {
	struct key_chunk *first, *last;
	size_t count;
	uint32_t number; /* of the last one */
};

/* Zeroed but for `bytes`: empty. */
struct keys {
	unsigned bytes; /* of each hash that are kept, 2 to 8: the first ones */
	struct arena arena;
	struct key_list lists[KEY_LISTS];
};

/* Spreads what differs in a few bits over all of them (the finaliser of SplitMix64). */
static inline uint64_t key_mix(uint64_t x)
{
	x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
	return x ^ x >> 31;
}

/* Numbers never fall from one call to the next. */
void keys_add(struct keys *keys, uint64_t key, uint32_t number);

/* Calls `run` for each hash with all its numbers, rising, the same one twice if it was added so. */
typedef void keys_run(void *self, const uint32_t *numbers, size_t count);
void keys_each(const struct keys *keys, keys_run *run, void *self);

void keys_release(struct keys *keys);

#endif
