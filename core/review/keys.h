/* keys.h: many 64-bit keys with a number each, sorted in linear time whatever they are. */
#ifndef REVIEW_KEYS_H
#define REVIEW_KEYS_H

#include <stddef.h>
#include <stdint.h>

/* Twelve bytes, not sixteen: there is one for every third character of all texts. */
struct key {
	uint32_t low, high;
	uint32_t number;
};

/* On the heap. Zeroed: empty. */
struct keys {
	struct key *items;
	size_t count, cap;
};

static inline uint64_t key_of(const struct key *key)
{
	return (uint64_t)key->high << 32 | key->low;
}

/* Spreads what differs in a few bits over all of them (the finaliser of SplitMix64). */
static inline uint64_t key_mix(uint64_t x)
{
	x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
	return x ^ x >> 31;
}

void keys_add(struct keys *keys, uint64_t key, uint32_t number);

/* By key; equal ones stay as they were added. */
void keys_sort(struct keys *keys);

/* Where the keys equal to that at `from` end, in sorted ones. */
size_t keys_run(const struct keys *keys, size_t from);

void keys_release(struct keys *keys);

#endif
