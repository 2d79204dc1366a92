/* typed.c: keys of typed numbers. */
#include "review/typed.h"

#include "base/utf8.h"
#include "review/clause.h"

#include <stdlib.h>
#include <string.h>

enum { CLAUSE_MAX = 240 };

uint64_t typed_key(const char *chapter, const struct passage *passage, const struct number *number)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	for (; *chapter; chapter++)
		hash = (hash ^ (unsigned char)*chapter) * UINT64_C(0x100000001b3);
	size_t start = clause_start(passage->text, number->start, CLAUSE_MAX);
	const char *end = passage->text + number->end;
	for (const char *p = passage->text + start; p < end;) {
		uint32_t c = utf8_next(&p, end);
		if (utf8_is_han(c) || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
		    (c >= 'A' && c <= 'Z') || c == '.' || c == '%')
			hash = (hash ^ c) * UINT64_C(0x100000001b3);
	}
	return hash;
}

static int by_key(const void *a, const void *b)
{
	uint64_t x = ((const struct typed *)a)->key, y = ((const struct typed *)b)->key;
	return x < y ? -1 : x > y;
}

static int same(const struct typed *a, const struct typed *b)
{
	return a->status == b->status &&
	       (a->name && b->name ? strcmp(a->name, b->name) == 0 : a->name == b->name);
}

size_t typed_sort(struct typed *typed, size_t count)
{
	size_t kept = 0;
	if (count)
		qsort(typed, count, sizeof *typed, by_key);
	for (size_t i = 0; i < count; i++) {
		struct typed *last = kept ? &typed[kept - 1] : NULL;
		if (!last || last->key != typed[i].key)
			typed[kept++] = typed[i];
		else if (!same(last, &typed[i]))
			last->status = TRACE_FREE;
	}
	return kept;
}

const struct typed *typed_find(const struct typed *typed, size_t count, uint64_t key)
{
	const struct typed wanted = { .key = key };
	return count ? bsearch(&wanted, typed, count, sizeof wanted, by_key) : NULL;
}

const char *typed_name(struct arena *arena, const struct stated *stated)
{
	return stated->department
	           ? arena_printf(
	                 arena, "%s.%s.%s", stated->department, stated->chapter, stated->figure->id)
	           : arena_printf(arena, "%s.%s", stated->chapter, stated->figure->id);
}
