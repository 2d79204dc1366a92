/*
 * meaning.c: which figure a number means. It rests on a reading of words: the
 * name must stand beside the number, with nothing around both that could make
 * it a part, a comparison or something else. When in doubt no figure is meant.
 */
#define _GNU_SOURCE /* memmem */
#include "review/meaning.h"

#include "base/quantity.h"
#include "base/utf8.h"
#include "review/clause.h"
#include "review/words.h"

#include <string.h>

enum {
	NAME_LONG = 12, /* bytes of a name that by itself tells what is meant */
	TELLING = 20    /* from here on value and unit alone tell a figure */
};

struct stated *meaning_agreeing(const struct context *context, const char *chapter, int last)
{
	struct stated *best = NULL;
	size_t least = 0;
	struct number number = *context->number;
	number.quantity = context_quantity(context, 10);
	for (size_t i = 0; i < context->count; i++) {
		struct stated *stated = context->names[i].stated;
		if (!(last ? number_agrees_with_last : number_agrees)(&number, stated) ||
		    !number_has_unit_of(context->number, stated) ||
		    (context_is_leftover(context, i) && context->passage->kind != PASSAGE_CELL))
			continue;
		size_t far = context_distance(context, i) +
		             (stated_is_of(stated, chapter) ? 0 : CONTEXT_MAX);
		if (!best || far < least) {
			best = stated;
			least = far;
		}
	}
	return best;
}

/* Whether a pair of neighbouring characters stands in one of the figure's names. */
static int has_pair(const struct nb_figure *figure, const char *pair)
{
	return strstr(figure->label, pair) || (figure->aliases && strstr(figure->aliases, pair));
}

/*
 * Where two figures have one name (审结), what else they are called tells them
 * apart: how near before the number, in bytes, stands something that only
 * `one` is called; (size_t)-1 if nothing does.
 */
static size_t nearness(const struct stated *one, const struct stated *other, const char *text)
{
	const char *names[] = { one->figure->label, one->figure->aliases };
	size_t size = strlen(text), nearest = (size_t)-1;
	for (size_t i = 0; i < 2; i++) {
		const char *p = names[i] ? names[i] : "", *end = p + strlen(p);
		while (p < end) {
			const char *next = p;
			utf8_next(&next, end);
			const char *stop = next;
			if (next < end)
				utf8_next(&stop, end);
			char pair[16] = "";
			memcpy(pair, p, (size_t)(stop - p));
			p = next;
			if (stop == next || strchr(pair, '|') || has_pair(other->figure, pair))
				continue;
			for (const char *at = text; (at = strstr(at, pair)) != NULL; at++)
				if (size - (size_t)(at - text) < nearest)
					nearest = size - (size_t)(at - text);
		}
	}
	return nearest;
}

/*
 * Whether the name at `start` is one of several before one number: 优秀和合格案卷,
 * 人大代表建议和全县政协提案, but not 组织和举办培训班. What joins at the very
 * beginning stands behind the number before.
 */
static int is_joined(const char *before, size_t start)
{
	size_t first = words_begin_joined(before, start);
	for (size_t at = start; at > first; at--) {
		size_t size = ((unsigned char)before[at] & 0xC0) == 0x80
		                  ? 0
		                  : words_end_joined(before + first, at - first);
		if (size && words_are_neutral(before + at, start - at))
			return at == start || !words_are_neutral(before + first, at - size - first);
	}
	return 0;
}

/* Whether a name and its number belong together and nothing around them says otherwise. */
static int is_strong(const struct context *context, size_t i)
{
	const struct named *named = &context->names[i];
	const char *before = buf_str(&context->before), *after = buf_str(&context->after);
	/* A column's other rows are others' shares: only what stands by itself, or the total, must
	 * agree. */
	const char *head = context->passage->row_head;
	if (context_is_leftover(context, i))
		return 0;
	if (context->passage->kind == PASSAGE_CELL && *head && !strstr(head, "计") &&
	    !strstr(before, head))
		return 0;
	if (context->passage->kind == PASSAGE_CELL)
		return i < context->behind && named->start == 0 &&
		       words_join(before + named->end, context->before.len - named->end);
	if (i < context->behind)
		return words_are_neutral(before, named->start) &&
		       !words_narrow(before, named->start) && !is_joined(before, named->start) &&
		       words_join(before + named->end, context->before.len - named->end);
	/* 6件重大行政决策: nothing before the number, nothing but set words around the name. */
	return words_are_neutral(before, context->before.len) && named->start == 0 &&
	       words_are_neutral(after + named->end, context->after.len - named->end);
}

struct stated *meaning_by_value(
    const struct context *context, const struct names *names, const char *chapter)
{
	const struct number *number = context->number;
	const struct nb_quantity *q = &number->quantity;
	if (q->low < TELLING * NB_UNIT || *number->unit == '\0')
		return NULL;
	for (size_t i = 0; i < context->count; i++)
		if (stated_is_of(context->names[i].stated, chapter) && is_strong(context, i) &&
		    strcmp(number->unit, context->names[i].stated->unit) == 0)
			return NULL;
	for (struct stated *item = NULL;
	     (item = names_equal(names, q->low, number->unit, item)) != NULL;)
		if (stated_is_of(item, chapter) && number_agrees(number, item) &&
		    item->quantity->state == q->state)
			return item;
	return NULL;
}

/* Whether the words beside the name may join others to it, 提案等, or narrow it, 部门规范性文件. */
static int is_near_alone(const struct context *context, size_t i)
{
	const struct named *named = &context->names[i];
	const char *before = buf_str(&context->before), *after = buf_str(&context->after);
	if (i < context->behind)
		return !is_joined(before, named->start) && !words_narrow(before, named->start) &&
		       !words_hold_joined(before + named->end, context->before.len - named->end);
	size_t rest = context->after.len - named->end;
	size_t size = words_begin_joined(after + named->end, rest);
	return !words_end_joined(after, named->start) && !words_narrow(after, named->start) &&
	       (size == 0 || size == rest) && strncmp(after + named->end, "等", strlen("等")) != 0;
}

/*
 * A name of four characters or more somewhere in the number's clause, not
 * beside it: by itself a part may be meant. But a part is not larger than the
 * whole, and seldom nearly as large.
 */
static int is_near(const struct context *context, size_t i)
{
	const struct named *named = &context->names[i];
	const struct nb_quantity *q = named->stated->quantity;
	struct nb_quantity own;
	if (named->end - named->start < NAME_LONG || !nb_is_number(q) ||
	    !units_are_alike(context->number->unit, named->stated->unit, 1) ||
	    !number_in_unit_of(context->number, named->stated, &own) || !is_near_alone(context, i))
		return 0;
	if (own.low > q->high)
		return 1;
	/* Words before both may tell a part, 网上收到, or behind the name, 事项进驻大厅; hardly one
	 * of nearly all. */
	const char *before = buf_str(&context->before);
	size_t size = i < context->behind ? named->start : context->before.len;
	int64_t less = q->low - own.low, little = q->low / 20 > NB_UNIT ? q->low / 20 : NB_UNIT;
	return !strstr(before, "其中") &&
	       (less <= little || (less <= q->low / 5 && words_are_neutral(before, size)));
}

/* Where the sentence begins that the number stands in; looks back a bounded way. */
static size_t sentence_start(const struct context *context)
{
	const char *text = context->passage->text;
	size_t at = context->number->start;
	for (size_t least = at > 2 * CONTEXT_MAX ? at - 2 * CONTEXT_MAX : 0; at > least; at--)
		if (text[at - 1] == '\n' || (at >= 3 && memcmp(text + at - 3, "。", 3) == 0))
			break;
	while (((unsigned char)text[at] & 0xC0) == 0x80)
		at++;
	return at;
}

/*
 * A short name, 败诉 or 废止, says only with the sentence's subject what it
 * counts. Where the sentence's first number has another, 民商事诉讼案件胜诉6件
 * or 清理政策性文件286件, it is none of the figure's.
 */
static int has_own_subject(
    const struct context *context, const struct names *names, const char *chapter)
{
	size_t from = sentence_start(context), first = context->at;
	for (size_t k = context->at; k-- > 0 && context->numbers[k].start >= from;)
		if (context->numbers[k].kind == NUMBER_QUANTITY)
			first = k;
	const char *text = context->passage->text;
	size_t until = context->numbers[first].start,
	       clause = clause_start(text, until, CONTEXT_MAX);
	int of_clause_before = clause >= from + 6 && memcmp(text + clause - 6, "中，", 6) == 0;
	if (of_clause_before) /* 政策性文件清理中，废止3件 */
		until = clause - 6;
	else if (first == context->at)
		return 1;
	struct buf opening = { 0 };
	from = clause_start(text, until, CONTEXT_MAX);
	context_plain(&opening, text + from, until - from);
	const char *words = buf_str(&opening);
	struct named named;
	int known = !of_clause_before && context->traced[first].status == TRACE_FIGURE &&
	            (passage_figure_at(context->passage, context->numbers[first].start,
	                 context->numbers[first].end) ||
	                names_find(names, words, opening.len, &named, 1));
	for (size_t at = 0; at <= opening.len && !known; at++)
		known = ((unsigned char)words[at] & 0xC0) != 0x80 && words_are_neutral(words, at) &&
		        !words_narrow(words, at) &&
		        (at == opening.len ||
		            names_begin(names, words + at, opening.len - at, chapter));
	buf_release(&opening);
	return known;
}

int meaning_is_whole(const struct context *context, const struct stated *stated)
{
	const char *text = context->passage->text;
	size_t size = context->passage->size;
	size_t end = clause_end(text, size, context->number->end, CONTEXT_MAX);
	const char *part = memmem(text + end, size - end < 12 ? size - end : 12, "其中", 6);
	if (!part)
		return 0;
	for (size_t k = context->at + 1; k < context->number_count && k < context->at + 8; k++) {
		const struct number *number = &context->numbers[k];
		if (number->start < end)
			continue;
		if (memmem(text + end, number->start - end, "。", 3))
			break;
		if (number->kind == NUMBER_QUANTITY && number_has_unit_of(number, stated) &&
		    number_agrees(number, stated))
			return 1;
	}
	return 0;
}

struct stated *meaning_by_name(
    const struct context *context, const struct names *names, const char *chapter)
{
	struct stated *best = NULL;
	size_t least = 0;
	int tie = 0, subject = -1;
	size_t start =
	    context->number->start > 4 * CONTEXT_MAX ? context->number->start - 4 * CONTEXT_MAX : 0;
	while (start && ((unsigned char)context->passage->text[start] & 0xC0) == 0x80)
		start--;
	struct buf before = { 0 };
	buf_add(&before, context->passage->text + start, context->number->start - start);
	for (size_t i = 0; i < context->count; i++) {
		struct stated *stated = context->names[i].stated;
		if (!stated_is_of(stated, chapter) || stated == best ||
		    !number_has_unit_of(context->number, stated) ||
		    !(is_strong(context, i) || is_near(context, i)))
			continue;
		if (context->names[i].end - context->names[i].start < NAME_LONG &&
		    context->passage->kind != PASSAGE_CELL) {
			if (subject < 0)
				subject = has_own_subject(context, names, chapter);
			if (!subject)
				continue;
		}
		size_t far = context_distance(context, i);
		if (!best || far < least) {
			best = stated;
			least = far;
			tie = 0;
		} else if (far == least) {
			size_t own = nearness(stated, best, buf_str(&before));
			size_t others = nearness(best, stated, buf_str(&before));
			tie = own == others;
			best = own < others ? stated : best;
		}
	}
	buf_release(&before);
	return tie ? NULL : best;
}
/* The names that one number follows, nearest first, as far back as nothing but 、 和 与 joins them.
 */
static size_t joined_names(
    const struct context *context, const char *chapter, const struct stated *out[], size_t most)
{
	const char *before = buf_str(&context->before);
	size_t count = 0, start = context->before.len;
	for (size_t i = context->behind; i-- > 0 && count < most;) {
		const struct named *named = &context->names[i];
		if (!stated_is_of(named->stated, chapter) ||
		    !number_has_unit_of(context->number, named->stated))
			continue;
		if (count && named->start == start)
			return 0; /* two figures of one name */
		size_t gap = start - (named->end < start ? named->end : start);
		if (named->end > start ||
		    !(count ? words_begin_joined(before + named->end, gap) == gap
		            : words_join(before + named->end, gap)))
			break;
		out[count++] = named->stated;
		start = named->start;
	}
	return count;
}

int meaning_is_of_several(const struct context *context)
{
	const char *before = buf_str(&context->before);
	for (size_t i = 0; i < context->behind; i++) {
		const struct named *named = &context->names[i];
		size_t gap = context->before.len - named->end;
		if (is_joined(before, named->start) && words_of_sum(before + named->end, gap) &&
		    !words_of_each(before + named->end, gap))
			return 1;
	}
	return 0;
}

int meaning_is_sum(const struct context *context, const char *chapter)
{
	const struct stated *parts[NAMES_MAX];
	struct nb_quantity own, total = { 0 };
	size_t count = joined_names(context, chapter, parts, NAMES_MAX);
	if (count < 2 || words_of_each(buf_str(&context->before), context->before.len))
		return 0;
	for (size_t i = 0; i < count; i++) {
		const struct nb_quantity *q = parts[i]->quantity;
		if (!nb_is_number(q) || q->high == NB_UNBOUNDED ||
		    parts[i]->scale != parts[0]->scale || parts[i]->figure->kind == NB_PERCENT ||
		    __builtin_add_overflow(total.low, q->low, &total.low) ||
		    __builtin_add_overflow(total.high, q->high, &total.high))
			return 0;
	}
	return number_in_unit_of(context->number, parts[0], &own) &&
	       quantities_overlap(&own, &total);
}
