/*
 * keys.c: radix sort, least digit first. A hash table would ask for a defence
 * against texts made to collide; sorting costs the same for every text.
 */
#include "review/keys.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

enum { BITS = 8, DIGITS = 64 / BITS, VALUES = 1 << BITS };

void keys_add(struct keys *keys, uint64_t key, uint32_t number)
{
	if (keys->count == keys->cap) {
		keys->cap = keys->cap ? keys->cap + keys->cap / 2 : 256;
		keys->items = mem_realloc(keys->items, keys->cap * sizeof *keys->items);
	}
	keys->items[keys->count++] = (struct key){ (uint32_t)key, (uint32_t)(key >> 32), number };
}

static unsigned digit(const struct key *key, unsigned place)
{
	return (unsigned)(key_of(key) >> place * BITS) & (VALUES - 1);
}

/* Moves the keys over in the order of one digit; `at` is how often each value of it stands there.
 */
static void deal(const struct key *from, struct key *to, size_t n, unsigned place, size_t *at)
{
	size_t sum = 0;
	for (size_t value = 0; value < VALUES; value++) {
		size_t times = at[value];
		at[value] = sum;
		sum += times;
	}
	for (size_t i = 0; i < n; i++)
		to[at[digit(&from[i], place)]++] = from[i];
}

void keys_sort(struct keys *keys)
{
	size_t n = keys->count, counts[DIGITS][VALUES];
	if (n < 2)
		return;
	memset(counts, 0, sizeof counts);
	for (size_t i = 0; i < n; i++)
		for (unsigned place = 0; place < DIGITS; place++)
			counts[place][digit(&keys->items[i], place)]++;
	struct key *spare = mem_alloc(n * sizeof *spare);
	for (unsigned place = 0; place < DIGITS; place++) {
		if (counts[place][digit(&keys->items[0], place)] == n)
			continue; /* the same in all of them */
		deal(keys->items, spare, n, place, counts[place]);
		struct key *sorted = spare;
		spare = keys->items;
		keys->items = sorted;
		keys->cap = n;
	}
	free(spare);
}

size_t keys_run(const struct keys *keys, size_t from)
{
	const struct key *first = &keys->items[from];
	size_t end = from + 1;
	while (end < keys->count && keys->items[end].low == first->low &&
	       keys->items[end].high == first->high)
		end++;
	return end;
}

void keys_release(struct keys *keys)
{
	free(keys->items);
	*keys = (struct keys){ 0 };
}
