/* fuzz_number.c: numbers lie in order in any text, on whole characters, with bounds in order. */
#include "base/number.h"
#include "base/utf8.h"
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

static int on_boundary(const char *text, size_t n, size_t at)
{
	return at == n || ((unsigned char)text[at] & 0xC0) != 0x80;
}

static void must(int holds)
{
	if (!holds)
		abort();
}

static void look(struct arena *arena, const char *text, size_t n, int valid)
{
	struct number *list = NULL;
	size_t count = numbers_find(arena, text, n, &list), last = 0;
	for (size_t i = 0; i < count; i++) {
		const struct number *number = &list[i];
		const struct nb_quantity *q = &number->quantity;
		must(last <= number->start && number->start <= number->digits);
		must(number->digits < number->digits_end && number->digits_end <= number->end);
		must(number->end <= n && *number_kind_id(number->kind));
		last = number->end;
		if (valid)
			must(on_boundary(text, n, number->start) &&
			     on_boundary(text, n, number->digits) &&
			     on_boundary(text, n, number->digits_end) &&
			     on_boundary(text, n, number->end));
		if (valid)
			must(
			    utf8_check(q->text, strlen(q->text)) == strlen(q->text) &&
			    utf8_check(number->unit, strlen(number->unit)) == strlen(number->unit));
		if (number->kind == NUMBER_QUANTITY) {
			must(q->state == NB_EXACT || q->state == NB_APPROXIMATE);
			must(q->low >= 0 && q->low <= q->high && *q->text);
			must(q->state != NB_EXACT || q->low == q->high);
		}
	}
}

static void fuzz(struct arena *arena, const char *text, size_t n)
{
	/* What stands behind the text must not be read: no NUL there. */
	char *bare = malloc(n ? n : 1);
	if (!bare)
		return;
	memcpy(bare, text, n);
	look(arena, bare, n, utf8_check(text, n) == n);
	free(bare);
}
