/* typed.c: keys of typed numbers. */
#include "review/typed.h"

#include "base/utf8.h"
#include "review/clause.h"

enum { CLAUSE_MAX = 240 };

uint64_t typed_key(const struct passage *passage, const struct number *number)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
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

const char *typed_name(struct arena *arena, const struct stated *stated)
{
	return stated->department
	           ? arena_printf(
	                 arena, "%s.%s.%s", stated->department, stated->chapter, stated->figure->id)
	           : arena_printf(arena, "%s.%s", stated->chapter, stated->figure->id);
}
