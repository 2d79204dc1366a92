/* fuzz_quantity.c: a value is read as a number whose bounds are in order, or refused. */
#include "base/quantity.h"
#include "base/utf8.h"
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

static void fuzz(struct arena *arena, const char *text, size_t n)
{
	static const enum nb_kind kinds[] = { NB_COUNT, NB_AMOUNT, NB_PERCENT, NB_DATE, NB_TEXT };
	static const char *const units[] = { "件", "万元", "%", NULL, NULL };
	if (strlen(text) != n || utf8_check(text, n) != n)
		return;
	struct nb_quantity sum = { .text = "" };
	for (size_t i = 0; i < 5; i++) {
		struct nb_quantity q;
		const char *wrong = quantity_read(arena, text, kinds[i], units[i], &q);
		if (!q.text || (wrong && q.state != NB_ABSENT))
			abort();
		if (nb_is_number(&q) &&
		    (q.low < 0 || q.low > q.high || (q.state == NB_EXACT && q.low != q.high)))
			abort();
		if (nb_is_number(&q)) {
			quantity_number(arena, &q);
			sum = quantity_add(arena, &sum, &q, 0);
		}
	}
}
