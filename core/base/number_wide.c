/* number_wide.c: full-width digits, and the signs between them, as half-width ones. */
#include "base/number_wide.h"

#include "base/numeral.h"

#include <string.h>

static int is_wide_digit(const char *at)
{
	return strncmp(at, "\xEF\xBC", 2) == 0 && (unsigned char)at[2] >= 0x90 &&
	       (unsigned char)at[2] <= 0x99;
}

/* The half-width sign for a full-width digit, or for ，．： between two of them; else 0. */
static char half_width(const char *text, const char *at)
{
	static const struct {
		const char *wide;
		char half;
	} signs[] = { { "，", ',' }, { "．", '.' }, { "：", ':' } };
	if (strncmp(at, "\xEF\xBC", 2) != 0)
		return 0;
	if (is_wide_digit(at))
		return (char)('0' + ((unsigned char)at[2] - 0x90));
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (begins(at, signs[i].wide) && at - text >= 3 && is_wide_digit(at - 3) &&
		    is_wide_digit(at + 3))
			return signs[i].half;
	return 0;
}

char *narrow_copy(struct arena *arena, const char *text, size_t n, struct narrowed *narrowed)
{
	char *copy = arena_strndup(arena, text, n), *end = copy + n, *p = copy;
	*narrowed = (struct narrowed){ 0 };
	while ((p = memchr(p, 0xEF, (size_t)(end - p))) != NULL && !half_width(copy, p))
		p++;
	if (p) {
		/* What was written over is read in another copy. */
		const char *source = arena_strndup(arena, text, n), *from = source + (p - copy);
		while (from < source + n) {
			char half = half_width(source, from);
			if (!half) {
				*p++ = *from++;
				continue;
			}
			narrowed->at =
			    arena_grow(arena, narrowed->at, narrowed->count, sizeof *narrowed->at);
			narrowed->at[narrowed->count++] = (size_t)(p - copy);
			*p++ = half;
			from += 3;
		}
		*p = '\0';
		end = p;
	}
	narrowed->size = (size_t)(end - copy);
	return copy;
}
