/*
 * keys.c: lists by first byte, sorted one at a time: a radix sort, least digit
 * first. A hash table would ask for a defence against texts made to collide;
 * sorting costs the same for every text.
 */
#include "review/keys.h"

#include <stdlib.h>
#include <string.h>

enum { BITS = 8, VALUES = 1 << BITS, CHUNK = 1000, ENTRY_MAX = 5 + 7 };

struct key_chunk {
	struct key_chunk *next;
	size_t used;
	unsigned char bytes[CHUNK];
};

struct key {
	uint64_t key;
	uint32_t number;
};

/* ---- packing ------------------------------------------------------------ */

static struct key_chunk *chunk_with_room(struct keys *keys, struct key_list *list)
{
	if (list->last && list->last->used + ENTRY_MAX <= CHUNK)
		return list->last;
	struct key_chunk *chunk = arena_alloc(&keys->arena, sizeof *chunk);
	if (list->last)
		list->last->next = chunk;
	else
		list->first = chunk;
	list->last = chunk;
	return chunk;
}

void keys_add(struct keys *keys, uint64_t key, uint32_t number)
{
	struct key_list *list = &keys->lists[key >> 56];
	struct key_chunk *chunk = chunk_with_room(keys, list);
	unsigned char *at = chunk->bytes + chunk->used;
	uint32_t step = number - list->number;
	for (; step >= 0x80; step >>= 7)
		*at++ = (unsigned char)(step | 0x80);
	*at++ = (unsigned char)step;
	for (unsigned i = 1; i < keys->bytes; i++)
		*at++ = (unsigned char)(key >> (56 - i * BITS));
	chunk->used = (size_t)(at - chunk->bytes);
	list->number = number;
	list->count++;
}

static void unpack(const struct keys *keys, const struct key_list *list, struct key *out)
{
	uint32_t number = 0;
	for (const struct key_chunk *chunk = list->first; chunk; chunk = chunk->next)
		for (const unsigned char *at = chunk->bytes, *end = at + chunk->used; at < end;
		     out++) {
			uint32_t step = 0;
			unsigned shift = 0;
			for (; *at & 0x80; shift += 7)
				step |= (uint32_t)(*at++ & 0x7F) << shift;
			number += step | (uint32_t)*at++ << shift;
			*out = (struct key){ .number = number };
			for (unsigned i = 1; i < keys->bytes; i++)
				out->key = out->key << BITS | *at++;
		}
}

/* ---- sorting ------------------------------------------------------------ */

static unsigned digit(const struct key *key, unsigned place)
{
	return (unsigned)(key->key >> place * BITS) & (VALUES - 1);
}

/* Moves the keys over in the order of one digit. */
static void deal(const struct key *from, struct key *to, size_t n, unsigned place)
{
	size_t at[VALUES] = { 0 }, sum = 0;
	for (size_t i = 0; i < n; i++)
		at[digit(&from[i], place)]++;
	for (size_t value = 0; value < VALUES; value++) {
		size_t times = at[value];
		at[value] = sum;
		sum += times;
	}
	for (size_t i = 0; i < n; i++)
		to[at[digit(&from[i], place)]++] = from[i];
}

/* Sorts `n` keys, equal ones as they were added. Returns where they are: in `items` or `spare`. */
static struct key *sort(struct key *items, struct key *spare, size_t n, unsigned digits)
{
	for (unsigned place = 0; place < digits; place++) {
		deal(items, spare, n, place);
		struct key *sorted = spare;
		spare = items;
		items = sorted;
	}
	return items;
}

/* Room for the longest list, twice, and for its numbers. */
static size_t longest(const struct keys *keys)
{
	size_t most = 0;
	for (size_t i = 0; i < KEY_LISTS; i++)
		if (keys->lists[i].count > most)
			most = keys->lists[i].count;
	return most;
}

void keys_each(const struct keys *keys, keys_run *run, void *self)
{
	size_t most = longest(keys);
	struct key *items = mem_alloc(most * sizeof *items),
	           *spare = mem_alloc(most * sizeof *spare);
	uint32_t *numbers = mem_alloc(most * sizeof *numbers);
	for (size_t l = 0; l < KEY_LISTS; l++) {
		size_t count = keys->lists[l].count;
		unpack(keys, &keys->lists[l], items);
		const struct key *sorted = sort(items, spare, count, keys->bytes - 1);
		for (size_t i = 0; i < count; i++)
			numbers[i] = sorted[i].number;
		for (size_t from = 0, to; from < count; from = to) {
			to = from + 1;
			while (to < count && sorted[to].key == sorted[from].key)
				to++;
			run(self, numbers + from, to - from);
		}
	}
	free(numbers);
	free(spare);
	free(items);
}

void keys_release(struct keys *keys)
{
	arena_release(&keys->arena);
	memset(keys->lists, 0, sizeof keys->lists);
}
