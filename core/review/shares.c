/* shares.c: 占68.1%, 合格率99.2%: the quotient of two counts in the sentence. */
#define _GNU_SOURCE /* memmem */
#include "review/shares.h"

#include "base/i18n.h"
#include "base/quantity.h"

enum { BACK_MAX = 8 }; /* numbers before a part among which its whole may be */

static double bound(int64_t millionths)
{
	return millionths == NB_UNBOUNDED ? 1e30 : (double)millionths;
}

/* Whether `part` of `whole` is the share, rounded or cut off at its decimals. */
static int is_share(const struct nb_quantity *part, const struct nb_quantity *whole,
    const struct nb_quantity *share)
{
	double unit = (double)NB_UNIT, nothing = unit / 1e6;
	for (uint32_t i = 0; i < share->decimals; i++)
		unit /= 10;
	if (whole->low <= 0)
		return 1;
	double low = bound(part->low) / bound(whole->high) * 100 * (double)NB_UNIT;
	double high = bound(part->high) / bound(whole->low) * 100 * (double)NB_UNIT;
	return high >= bound(share->low) - unit / 2 - nothing &&
	       low <= bound(share->high) + unit + nothing;
}

/* Millionths, rounded and printed with so many decimals. */
static const char *rounded(struct arena *arena, double millionths, unsigned decimals)
{
	int64_t step = NB_UNIT;
	for (unsigned i = 0; i < decimals && step > 1; i++)
		step /= 10;
	return quantity_print(arena, (int64_t)(millionths / (double)step + 0.5) * step, decimals);
}

static void report_share(const struct sentence *s, size_t share, size_t part, size_t whole)
{
	const struct nb_quantity *p = &s->numbers[part].quantity, *w = &s->numbers[whole].quantity;
	const struct nb_quantity *q = &s->numbers[share].quantity;
	struct nb_quantity rest = { .low = bound_add(p->low, w->low),
		.high = bound_add(p->high, w->high) };
	if (is_share(p, w, q) || is_share(w, p, q) || is_share(p, &rest, q) ||
	    is_share(w, &rest, q))
		return;
	if (p->low != p->high || w->low != w->high || p->low > w->low ||
	    s->search->found[CODE_NUMBER_SHARE] >= TEXT_FOUND_MAX)
		return; /* then there is no one share to name */
	double exact = (double)p->low / (double)w->low * 100 * (double)NB_UNIT;
	unsigned decimals = q->decimals < 2 ? 2 : q->decimals;
	size_t first = part < whole ? part : whole;
	sentence_report(s, CODE_NUMBER_SHARE, share, first, share + 1, N_("%s of %s is %s, not %s"),
	    (const char *const[4]){ sentence_written(s, part), sentence_written(s, whole),
	        arena_printf(s->scratch, "%s%%", rounded(s->scratch, exact, decimals)),
	        sentence_written(s, share) });
}

/* The only other count of that unit in the sentence before `part`; (size_t)-1 if there is not one.
 */
static size_t only_other(const struct sentence *s, size_t part)
{
	size_t other = (size_t)-1;
	for (size_t i = part, back = 0; i-- > 0; back++) {
		if (back == BACK_MAX)
			return (size_t)-1;
		if (strcmp(s->numbers[i].unit, s->numbers[part].unit) != 0)
			continue;
		if (other != (size_t)-1)
			return (size_t)-1;
		other = i;
	}
	return other != (size_t)-1 && number_alike(&s->numbers[other], &s->numbers[part])
	           ? other
	           : (size_t)-1;
}

/* 合格1451人，合格率99.2%: a rate by a word that its part has as well. */
static int is_rate_of(struct span gap, struct span part, struct span whole)
{
	static const char *const rates[] = { "合格", "通过", "采纳", "整改", "按期办结", NULL };
	static const char *const joins[] = { "率为", "率达到", "率达", "率", NULL };
	static const char *const unlike[] = { "报名", "应", "到期", "发放", NULL };
	for (size_t i = 0; rates[i]; i++) {
		const char *const one[] = { rates[i], NULL };
		struct span rest = gap;
		if (span_skip(&rest, one) && span_equals(rest, joins))
			return span_holds(part, one) &&
			       !span_holds(
			           part, (const char *const[]){ "不", "未", "补考", NULL }) &&
			       !span_holds(whole, unlike);
	}
	return 0;
}

static void check_share(const struct sentence *s, size_t i)
{
	static const char *const of_all[] = { "占比达到", "占比达", "占比为", "占比", "占总数的",
		"占", NULL };
	static const char *const of_it[] = { "其中", NULL };
	static const char *const within[] = { "中", NULL };
	static const char *const of[] = { "的", NULL };
	static const char *const takes[] = { "占", NULL };
	static const char *const others[] = { "中心", "中队", "中小", "中学", "集中", NULL };
	if (i < 2 || sentence_compares(s) || sentence_carries_over(s))
		return;
	struct span gap = sentence_before(s, i);
	if (span_equals(gap, of)) { /* 3218件，占同类办件3576件的90% */
		struct span whole = sentence_before(s, i - 1);
		if (span_skip(&whole, span_commas) && span_skip(&whole, takes) &&
		    span_is_label(whole) && span_last_clause(whole).p == whole.p &&
		    only_other(s, i - 1) == i - 2)
			report_share(s, i, i - 2, i - 1);
		return;
	}
	size_t part = i - 1, whole = only_other(s, part);
	if (whole == (size_t)-1 || !number_counts(&s->numbers[part]))
		return;
	/* One stop between the two, and no other clause that may speak of something else. */
	struct span tail = gap, blank = gap;
	gap = span_last_clause(gap);
	tail.end = gap.p;
	tail.end -= text_any_before(tail.p, tail.end, span_commas);
	if (tail.end == gap.p || span_last_clause(tail).p != tail.p)
		return;
	span_skip_blanks(&blank);
	int adjoins = blank.p == tail.end;
	struct span name = span_last_clause(sentence_before(s, part)),
	            of_whole = sentence_before(s, whole + 1);
	if (span_equals(gap, of_all)) {
		/* 12个乡镇中有5个: 中 behind what the whole counts. */
		const char *stop =
		    memmem(of_whole.p, (size_t)(of_whole.end - of_whole.p), "中", strlen("中"));
		int direct = whole + 1 == part && stop && stop - of_whole.p <= 12 &&
		             span_last_clause(of_whole).p == of_whole.p &&
		             !span_holds(of_whole, others);
		struct span start = name;
		if (span_skip(&start, of_it) || direct || span_skip(&of_whole, within))
			report_share(s, i, part, whole);
	} else if (adjoins && whole + 1 == part &&
	           is_rate_of(gap, name, span_last_clause(sentence_before(s, whole)))) {
		report_share(s, i, part, whole);
	}
}

/* 合格率992%. Returns whether it is so. */
static int check_rate(const struct sentence *s, size_t i)
{
	static const char *const rates[] = { "合格率", "满意率", "通过率", "办结率", "整改率",
		"胜诉率", "败诉率", "出庭率", "应诉率", "参与率", "知晓率", "覆盖率", "采纳率",
		"审结率", "备案率", "公开率", "可办率", "及格率", "优秀率", NULL };
	static const char *const done[] = { "办结率", "审结率", NULL };
	static const char *const joins[] = { "保持在", "达到了", "达到", "均为", "均达", "保持",
		"高达", "为", "达", "：", "是", NULL };
	struct span gap = sentence_before(s, i);
	const struct number *number = &s->numbers[i];
	if (!number->percent || number->points || number->quantity.low <= 100 * NB_UNIT)
		return 0;
	gap.end -= text_any_before(gap.p, gap.end, joins);
	size_t n = text_any_before(gap.p, gap.end, rates);
	/* What came in the year before is done this year: a little above 100 % may be right. */
	if (text_any_before(gap.p, gap.end, done) && number->quantity.low <= 150 * NB_UNIT)
		return 0;
	if (!n || sentence_compares(s) || sentence_carries_over(s) ||
	    s->search->found[CODE_NUMBER_IMPOSSIBLE_RATE] >= TEXT_FOUND_MAX)
		return 0;
	sentence_report(s, CODE_NUMBER_IMPOSSIBLE_RATE, i, i, i + 1,
	    N_("%s of %s: no share is more than the whole"),
	    (const char *const[4]){
	        search_copy(s->search, gap.end - n, gap.end), sentence_written(s, i) });
	return 1;
}

void shares_check(const struct sentence *s, size_t i)
{
	if (!check_rate(s, i))
		check_share(s, i);
}
