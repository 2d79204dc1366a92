/* clause.c: marks that end a clause, full-width and half-width. */
#include "review/clause.h"

#include "base/utf8.h"

static int ends_clause(uint32_t c)
{
	switch (c) {
	case ',':
	case ';':
	case '!':
	case '?':
	case ':':
	case '\n':
	case 0xFF0C: /* ， */
	case 0x3002: /* 。 */
	case 0xFF1B: /* ； */
	case 0xFF01: /* ！ */
	case 0xFF1F: /* ？ */
	case 0xFF1A: /* ： */
		return 1;
	default:
		return 0;
	}
}

size_t clause_start(const char *text, size_t at, size_t most)
{
	size_t least = at > most ? at - most : 0;
	while (at > least) {
		size_t before = at - 1;
		while (before > 0 && ((unsigned char)text[before] & 0xC0) == 0x80)
			before--;
		if (ends_clause(utf8_before(text, text + at)))
			break;
		at = before;
	}
	return at;
}

size_t clause_end(const char *text, size_t size, size_t at, size_t most)
{
	size_t last = size - at > most ? at + most : size;
	const char *p = text + at, *end = text + size;
	while (p < text + last) {
		const char *here = p;
		if (ends_clause(utf8_next(&p, end)))
			return (size_t)(here - text);
	}
	return (size_t)(p - text);
}
