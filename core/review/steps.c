/* steps.c: 一是…三是…: a step left out, or numbered twice. */
#include "review/text.h"

#include "base/i18n.h"

enum {
	DEPTH = 8, /* lists within lists */
	TEN = 10
};

/* The lists that are open: the last step of each; and what else was numbered since. */
struct steps {
	int last[DEPTH];
	int depth;
	unsigned seen; /* bits: 二要, 第二, 其二 */
};

static const char *const words[] = { "", "一是", "二是", "三是", "四是", "五是", "六是", "七是",
	"八是", "九是", "十是" };

static int ordinal(uint32_t c)
{
	return c == 0x5341 ? TEN : text_numeral(c);
}

/* Whether a clause begins behind `c`. */
static int begins_clause(uint32_t c)
{
	return c == 0 || c == '\n' || text_is_stop(c) || text_is_half_stop(c) || text_is_blank(c);
}

static void open_list(struct steps *steps, int n)
{
	if (steps->depth == DEPTH) {
		memmove(steps->last, steps->last + 1, (DEPTH - 1) * sizeof *steps->last);
		steps->depth--;
	}
	steps->last[steps->depth++] = n;
}

/* Goes on with the innermost list that step `n` continues; 0 if there is none. */
static int go_on(struct steps *steps, int n)
{
	for (int i = steps->depth; i-- > 0;)
		if (steps->last[i] == n - 1) {
			steps->last[i] = n;
			steps->depth = i + 1;
			return 1;
		}
	return 0;
}

static void take(struct search *search, struct steps *steps, const char *at, int n)
{
	if (n == 1 || steps->depth == 0) {
		open_list(steps, n); /* a paragraph before may have begun it */
	} else if (!go_on(steps, n)) {
		int *last = &steps->last[steps->depth - 1];
		if (!(steps->seen >> (n - 1) & 1))
			search_report(search, CODE_TEXT_STEPS, at,
			    N_("'%s' stands behind '%s': a step is missing or numbered twice"),
			    words[n], words[*last]);
		*last = n;
	}
	steps->seen = 0;
}

static void read_steps(
    const struct reviewer *reviewer, const struct passage *passage, struct steps *steps)
{
	struct search search = search_begin(reviewer, passage);
	uint32_t before = 0;
	int quoted = 0;
	for (const char *p = search.start; p < search.end;) {
		const char *at = p;
		uint32_t c = utf8_next(&p, search.end), next = text_at(p, search.end);
		int n = ordinal(c);
		if (c == 0x201C || c == 0x300C || c == 0x201D || c == 0x300D)
			quoted = c == 0x201C || c == 0x300C;
		if (n > 0 && !quoted) {
			int is = next == 0x662F; /* 是 */
			const char *behind = p;
			utf8_next(&behind, search.end);
			if (is && begins_clause(before) &&
			    ordinal(text_at(behind, search.end)) < 0) /* 一是一 */
				take(&search, steps, at, n);
			else if (is || begins_clause(before) || before == 0x7B2C /* 第 */ ||
			         before == 0x5176 /* 其 */ || before == 0xFF08 || before == '(')
				steps->seen |= 1u << n;
		}
		before = c;
	}
}

void steps_check(const struct reviewer *reviewer, const struct passage *passages, size_t count)
{
	struct steps steps = { 0 };
	for (size_t i = 0; i < count; i++) {
		if (passages[i].kind != PASSAGE_TEXT ||
		    (i && passages[i].point != passages[i - 1].point))
			steps = (struct steps){ 0 };
		if (passages[i].kind == PASSAGE_TEXT)
			read_steps(reviewer, &passages[i], &steps);
	}
}
