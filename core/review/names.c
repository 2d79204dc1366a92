/* names.c: an index of names by their first two characters, and of values by number and unit. */
#include "review/names.h"

#include "base/number.h"

#include <string.h>

struct name_entry {
	const char *text;
	size_t size;
	size_t item;
	size_t next; /* with the same head: index + 1 */
};

void names_add(struct names *names, const struct stated *stated)
{
	names->items = arena_grow(names->arena, names->items, names->count, sizeof *names->items);
	struct stated *item = &names->items[names->count++];
	*item = *stated;
	item->unit = unit_base(stated->figure->unit, &item->scale);
}

/* Bytes of the first two characters; 0 if there are not as many. */
static size_t head_size(const char *text, size_t n)
{
	size_t at = 0;
	for (int i = 0; i < 2; i++) {
		if (at >= n)
			return 0;
		at++;
		while (at < n && ((unsigned char)text[at] & 0xC0) == 0x80)
			at++;
	}
	return at;
}

static size_t hash_bytes(const char *text, size_t n)
{
	size_t hash = 1469598103u;
	for (size_t i = 0; i < n; i++)
		hash = (hash ^ (unsigned char)text[i]) * 1099511628211u;
	return hash ^ hash >> 29;
}

static size_t value_slot(const struct names *names, int64_t value, const char *unit)
{
	size_t hash = (size_t)value * 0x9E3779B97F4A7C15u ^ hash_bytes(unit, strlen(unit));
	return (hash ^ hash >> 31) % names->head_count;
}

static void add_name(struct names *names, const char *text, size_t n, size_t item)
{
	if (head_size(text, n) == 0)
		return;
	names->entries =
	    arena_grow(names->arena, names->entries, names->entry_count, sizeof *names->entries);
	names->entries[names->entry_count++] = (struct name_entry){ text, n, item, 0 };
}

/* A figure is called by its label and by each of its aliases. */
static void add_names(struct names *names, size_t item)
{
	const struct nb_figure *figure = names->items[item].figure;
	add_name(names, figure->label, strlen(figure->label), item);
	for (const char *p = figure->aliases ? figure->aliases : ""; *p;) {
		size_t n = strcspn(p, "|");
		add_name(names, p, n, item);
		p += n + (p[n] == '|');
	}
}

void names_index(struct names *names)
{
	for (size_t i = 0; i < names->count; i++)
		add_names(names, i);
	names->head_count = 2 * (names->entry_count + names->count) + 1;
	names->heads = arena_alloc(names->arena, names->head_count * sizeof *names->heads);
	names->values = arena_alloc(names->arena, names->head_count * sizeof *names->values);
	names->next_value =
	    arena_alloc(names->arena, (names->count + 1) * sizeof *names->next_value);
	for (size_t i = names->entry_count; i-- > 0;) {
		struct name_entry *entry = &names->entries[i];
		size_t slot = hash_bytes(entry->text, head_size(entry->text, entry->size)) %
		              names->head_count;
		entry->next = names->heads[slot];
		names->heads[slot] = i + 1;
	}
	for (size_t i = names->count; i-- > 0;) {
		const struct stated *item = &names->items[i];
		if (!nb_is_number(item->quantity) || item->quantity->low > INT64_MAX / item->scale)
			continue;
		size_t slot = value_slot(names, item->quantity->low * item->scale, item->unit);
		names->next_value[i] = names->values[slot];
		names->values[slot] = i + 1;
	}
}

/* Whether an earlier find covers [start, end): those further left come first. */
static int is_covered(const struct named *found, size_t count, size_t start, size_t end)
{
	for (size_t i = count; i-- > 0 && i + 16 > count;)
		if (found[i].start <= start && found[i].end >= end &&
		    found[i].end - found[i].start > end - start)
			return 1;
	return 0;
}

size_t names_find(
    const struct names *names, const char *text, size_t n, struct named *out, size_t most)
{
	size_t count = 0;
	for (size_t at = 0; at < n && count < most; at++) {
		if (((unsigned char)text[at] & 0xC0) == 0x80)
			continue;
		size_t head = head_size(text + at, n - at), longest = 0;
		if (head == 0)
			break;
		size_t slot = hash_bytes(text + at, head) % names->head_count;
		size_t first = count;
		for (size_t e = names->heads[slot]; e; e = names->entries[e - 1].next) {
			const struct name_entry *entry = &names->entries[e - 1];
			if (entry->size > n - at || entry->size < longest ||
			    memcmp(entry->text, text + at, entry->size) != 0)
				continue;
			if (entry->size > longest) /* the longest at this place alone */
				count = first;
			longest = entry->size;
			if (count < most && !is_covered(out, first, at, at + entry->size))
				out[count++] = (struct named){ at, at + entry->size,
					&names->items[entry->item] };
		}
	}
	return count;
}

int names_begin(const struct names *names, const char *text, size_t n, const char *chapter)
{
	enum { TELLING = 15 }; /* bytes of five characters */
	size_t head = head_size(text, n);
	if (head == 0)
		return 0;
	size_t slot = hash_bytes(text, head) % names->head_count;
	for (size_t e = names->heads[slot]; e; e = names->entries[e - 1].next) {
		const struct name_entry *entry = &names->entries[e - 1];
		size_t size = entry->size < TELLING ? entry->size : TELLING;
		if (size <= n && memcmp(entry->text, text, size) == 0 &&
		    (*chapter == '\0' || strcmp(names->items[entry->item].chapter, chapter) == 0))
			return 1;
	}
	return 0;
}

struct stated *names_equal(
    const struct names *names, int64_t value, const char *unit, struct stated *after)
{
	size_t i = after ? names->next_value[after - names->items]
	                 : names->values[value_slot(names, value, unit)];
	for (; i; i = names->next_value[i - 1]) {
		struct stated *item = &names->items[i - 1];
		if (item->quantity->low * item->scale == value && strcmp(item->unit, unit) == 0)
			return item;
	}
	return NULL;
}
