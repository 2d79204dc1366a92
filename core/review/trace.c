/*
 * trace.c: numbers and the figures they state.
 *
 * Two passes over a chapter's text: first what is stated where, then what
 * contradicts. A figure that the text states rightly in one place may well be
 * named with a smaller number in another, which counts a part of it; so there
 * only a number above it contradicts. What contradicts rests on a reading of
 * words: the name must stand beside the number, with nothing around both that
 * could make it a part, a comparison or something else. When in doubt a number
 * is free.
 */
#define _GNU_SOURCE /* memmem */
#include "review/trace.h"

#include "base/i18n.h"
#include "base/quantity.h"
#include "base/utf8.h"
#include "review/clause.h"
#include "review/words.h"

#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof *(array))

enum {
	CONTEXT_MAX = 240, /* bytes looked at on either side of a number */
	NAMES_MAX = 24,
	NAME_LONG = 12, /* bytes of a name that by itself tells what is meant */
	FOUND_MAX = 20, /* free numbers named one by one in a text */
	TELLING = 20    /* from here on value and unit alone tell a figure */
};

const char *trace_status_id(enum trace_status status)
{
	switch (status) {
	case TRACE_FIGURE:
		return "figure";
	case TRACE_CONTRADICTS:
		return "contradicts";
	case TRACE_FREE:
		return "free";
	case TRACE_OTHER:
		return "other";
	}
	return "";
}

/* A number with what stands around it in its clause, blanks out and brackets full-width. */
struct context {
	const struct passage *passage;
	const struct number *number;
	const struct number *numbers; /* all of the passage, `number` the one at `at` */
	size_t at, number_count;
	const struct traced *traced; /* what the first pass made of them; NULL during it */
	struct buf before, after;    /* up to the numbers beside it */
	size_t clause;               /* byte where the clause begins, or where looking ends */
	struct named names[NAMES_MAX];
	size_t behind; /* the first of `names` that stands behind the number */
	size_t count;
};

/* ---- what stands around a number ----------------------------------------- */

static void add_plain(struct buf *out, const char *text, size_t n)
{
	const char *end = text + n;
	for (const char *p = text; p < end;) {
		const char *at = p;
		uint32_t c = utf8_next(&p, end);
		if (c == '(')
			buf_adds(out, "（");
		else if (c == ')')
			buf_adds(out, "）");
		else if (!utf8_is_space(c) && c != 0x201C && c != 0x201D) /* “” only set off */
			buf_add(out, at, (size_t)(p - at));
	}
}

/* Fills in the text on both sides of number `i`, up to its neighbours in the clause. */
static void surround(struct context *context, const struct passage *passage,
    const struct number *numbers, size_t count, size_t i)
{
	const char *text = passage->text;
	const struct number *number = &numbers[i];
	size_t start = clause_start(text, number->start, CONTEXT_MAX);
	size_t end = clause_end(text, passage->size, number->end, CONTEXT_MAX);
	context->passage = passage;
	context->number = number;
	context->numbers = numbers;
	context->at = i;
	context->number_count = count;
	context->clause = start;
	for (size_t k = i; k-- > 0 && numbers[k].end > start;)
		if (numbers[k].kind == NUMBER_QUANTITY) {
			start = numbers[k].end;
			break;
		}
	for (size_t k = i + 1; k < count && numbers[k].start < end; k++)
		if (numbers[k].kind == NUMBER_QUANTITY) {
			end = numbers[k].start;
			break;
		}
	buf_clear(&context->before);
	buf_clear(&context->after);
	if (passage->kind == PASSAGE_CELL && *passage->row_head)
		add_plain(&context->before, passage->row_head, strlen(passage->row_head));
	else if (passage->kind == PASSAGE_CELL && *passage->column_head)
		add_plain(&context->before, passage->column_head, strlen(passage->column_head));
	if (start < number->start)
		add_plain(&context->before, text + start, number->start - start);
	if (number->end < end)
		add_plain(&context->after, text + number->end, end - number->end);
}

static void name(struct context *context, const struct names *names)
{
	const struct passage *passage = context->passage;
	context->behind = names_find(
	    names, buf_str(&context->before), context->before.len, context->names, NAMES_MAX);
	context->count =
	    context->behind + names_find(names, buf_str(&context->after), context->after.len,
	                          context->names + context->behind, NAMES_MAX - context->behind);
	/* A table's rows may be departments and its columns figures. */
	if (context->count == 0 && passage->kind == PASSAGE_CELL && *passage->column_head) {
		buf_clear(&context->before);
		add_plain(&context->before, passage->column_head, strlen(passage->column_head));
		context->behind = context->count = names_find(names, buf_str(&context->before),
		    context->before.len, context->names, NAMES_MAX);
	}
}

/* ---- agreeing ------------------------------------------------------------- */

/* The number in the figure's own unit; 0 if it cannot be its value at all. */
static int in_unit_of(
    const struct number *number, const struct stated *stated, struct nb_quantity *out)
{
	const struct nb_quantity *q = &number->quantity;
	enum nb_kind kind = stated->figure->kind;
	if (kind == NB_DATE || kind == NB_TEXT || number->points ||
	    (kind == NB_PERCENT) != (number->percent != 0))
		return 0;
	*out = *q;
	if (stated->scale > 1) {
		out->low /= stated->scale;
		out->high = q->high == NB_UNBOUNDED ? q->high : q->high / stated->scale;
	}
	return 1;
}

/* Whether the number is a range, 40至50: its digits are not one number's. */
static int is_range(const struct context *context)
{
	const struct number *number = context->number;
	static const char *const signs[] = { "-", "—", "–", "~", "～", "－", "至", "到" };
	for (size_t at = number->digits; at < number->digits_end; at++)
		for (size_t i = 0; i < LENGTH(signs); i++)
			if (strncmp(context->passage->text + at, signs[i], strlen(signs[i])) == 0)
				return 1;
	return 0;
}

/*
 * How far an approximate number may be off its figure: 约1000 by a part of
 * `parts`, both ways, 近1000 below. The bounds of numeral.h are wider where few
 * digits are written: 0 to 2000.
 */
static struct nb_quantity narrowed(const struct context *context, int parts)
{
	struct nb_quantity q = context->number->quantity;
	const char *text = context->passage->text + context->number->start;
	size_t size = context->number->end - context->number->start;
	int below = memmem(text, size, "近", strlen("近")) != NULL; /* 将近, 接近 */
	int around =
	    memmem(text, size, "约", strlen("约")) || memmem(text, size, "左右", strlen("左右"));
	if (q.state != NB_APPROXIMATE || q.high == NB_UNBOUNDED || is_range(context) ||
	    !(below || around))
		return q;
	int64_t value = below ? q.high : q.low + (q.high - q.low) / 2, off = value / parts;
	if (q.low < value - off)
		q.low = value - off;
	if (below)
		q.high = value - 1;
	else if (q.high > value + off)
		q.high = value + off;
	return q;
}

static int overlap(const struct nb_quantity *a, const struct nb_quantity *b)
{
	return a->low <= b->high && b->low <= a->high;
}

static int agrees(const struct number *number, const struct stated *stated)
{
	struct nb_quantity own;
	return nb_is_number(stated->quantity) && in_unit_of(number, stated, &own) &&
	       overlap(&own, stated->quantity);
}

static int agrees_with_last(const struct number *number, const struct stated *stated)
{
	struct nb_quantity own;
	return stated->last && nb_is_number(stated->last) && in_unit_of(number, stated, &own) &&
	       overlap(&own, stated->last);
}

/*
 * 名 counts people like 人, 起 counts cases like 件: a figure's unit is one of
 * several in use. The first two say the same in any text, the others only
 * where the figure's name stands beside them.
 */
static int units_are_alike(const char *a, const char *b, int strictly)
{
	static const char *const alike[] = { "人 名 位", "件 宗 起 例", "个 家 所", "条 项",
		"期 次 班", "支 个", "项 个", "批 次" };
	if (strcmp(a, b) == 0)
		return 1;
	if (*a == '\0' || *b == '\0')
		return 0;
	for (size_t i = 0; i < (strictly ? 2 : LENGTH(alike)); i++) {
		const char *x = strstr(alike[i], a), *y = strstr(alike[i], b);
		if (x && y && strchr(" ", x[strlen(a)]) && strchr(" ", y[strlen(b)]))
			return 1;
	}
	return 0;
}

static int same_unit(const struct number *number, const struct stated *stated)
{
	if (number->percent)
		return stated->figure->kind == NB_PERCENT;
	return units_are_alike(number->unit, stated->unit, 0) ||
	       (*number->unit == '\0' && stated->figure->kind != NB_PERCENT);
}

/* A name's distance from the number, in bytes. */
static size_t distance(const struct context *context, size_t i)
{
	return i < context->behind ? context->before.len - context->names[i].end
	                           : context->names[i].start;
}

/* Whether a value is of the chapter; the frame's text, "", is of all. */
static int is_of(const struct stated *stated, const char *chapter)
{
	return *chapter == '\0' || strcmp(stated->chapter, chapter) == 0;
}

/* 其他 is the last item of any series: a figure's by itself in a table alone. */
static int is_leftover(const struct context *context, size_t i)
{
	const struct named *named = &context->names[i];
	const struct buf *text = i < context->behind ? &context->before : &context->after;
	return named->end - named->start == strlen("其他") &&
	       memcmp(buf_str(text) + named->start, "其他", strlen("其他")) == 0;
}

/* The nearest name of a value that agrees; this chapter's before others'. */
static struct stated *agreeing(const struct context *context, const char *chapter, int last)
{
	struct stated *best = NULL;
	size_t least = 0;
	struct number number = *context->number;
	number.quantity = narrowed(context, 10);
	for (size_t i = 0; i < context->count; i++) {
		struct stated *stated = context->names[i].stated;
		if (!(last ? agrees_with_last : agrees)(&number, stated) ||
		    !same_unit(context->number, stated) ||
		    (is_leftover(context, i) && context->passage->kind != PASSAGE_CELL))
			continue;
		size_t far = distance(context, i) + (is_of(stated, chapter) ? 0 : CONTEXT_MAX);
		if (!best || far < least) {
			best = stated;
			least = far;
		}
	}
	return best;
}

static struct stated *by_reference(const struct tracer *tracer, const char *name)
{
	const char *dot = strchr(name, '.'), *second = dot ? strchr(dot + 1, '.') : NULL;
	struct names *sets[] = { tracer->own, tracer->county };
	if (!second)
		return NULL;
	for (size_t s = 0; s < 2; s++)
		for (size_t i = 0; sets[s] && i < sets[s]->count; i++) {
			struct stated *item = &sets[s]->items[i];
			if (strlen(item->chapter) == (size_t)(second - dot - 1) &&
			    strncmp(item->chapter, dot + 1, strlen(item->chapter)) == 0 &&
			    strcmp(item->figure->id, second + 1) == 0)
				return item;
		}
	return NULL;
}

/* ---- contradicting --------------------------------------------------------- */

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
	if (is_leftover(context, i))
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

/*
 * Without a name: a telling value in the figure's own unit, within the chapter,
 * where no other figure of that unit is named beside it.
 */
static struct stated *equal(
    const struct context *context, const struct names *names, const char *chapter)
{
	const struct number *number = context->number;
	const struct nb_quantity *q = &number->quantity;
	if (q->low < TELLING * NB_UNIT || *number->unit == '\0')
		return NULL;
	for (size_t i = 0; i < context->count; i++)
		if (is_of(context->names[i].stated, chapter) && is_strong(context, i) &&
		    strcmp(number->unit, context->names[i].stated->unit) == 0)
			return NULL;
	for (struct stated *item = NULL;
	     (item = names_equal(names, q->low, number->unit, item)) != NULL;)
		if (is_of(item, chapter) && agrees(number, item) &&
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
	    !in_unit_of(context->number, named->stated, &own) || !is_near_alone(context, i))
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
	add_plain(&opening, text + from, until - from);
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

/* 学习12次，其中学法4次: what comes behind 其中 is the figure, and the number the whole. */
static int is_whole_of(const struct context *context, const struct stated *stated)
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
		if (number->kind == NUMBER_QUANTITY && same_unit(number, stated) &&
		    agrees(number, stated))
			return 1;
	}
	return 0;
}

/*
 * The one figure of the chapter that the number's name can mean, or NULL. Of
 * two with that name it is the one that the text spoke of last; if it spoke of
 * neither, none is meant.
 */
static struct stated *meant(
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
		if (!is_of(stated, chapter) || stated == best ||
		    !same_unit(context->number, stated) ||
		    !(is_strong(context, i) || is_near(context, i)))
			continue;
		if (context->names[i].end - context->names[i].start < NAME_LONG &&
		    context->passage->kind != PASSAGE_CELL) {
			if (subject < 0)
				subject = has_own_subject(context, names, chapter);
			if (!subject)
				continue;
		}
		size_t far = distance(context, i);
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

/* ---- one number ------------------------------------------------------------- */

/* Which values to look among, in this order. */
static void choose_sets(
    const struct tracer *tracer, const struct context *context, struct names *sets[2])
{
	const char *text = context->passage->text + context->clause;
	int whole = words_of_county(text, context->number->start - context->clause);
	sets[0] = whole && tracer->county ? tracer->county : tracer->own;
	sets[1] = sets[0] == tracer->own ? tracer->county : tracer->own;
	if (!sets[0]) {
		sets[0] = sets[1];
		sets[1] = NULL;
	}
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
		if (!is_of(named->stated, chapter) || !same_unit(context->number, named->stated))
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

/* Whether several names stand before the number and 共 says that it is their sum. */
static int is_of_several(const struct context *context)
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

/* 撤销、变更共4件: the number is the sum of the figures named before it. */
static int agrees_with_sum(const struct context *context, const char *chapter)
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
	return in_unit_of(context->number, parts[0], &own) && overlap(&own, &total);
}

static void bind(const struct tracer *tracer, struct context *context, const char *chapter,
    struct traced *traced)
{
	struct names *sets[2];
	choose_sets(tracer, context, sets);
	const char *clause = context->passage->text + context->clause;
	size_t up_to_number = context->number->start - context->clause;
	int year = tracer->reviewer->year;
	int several = 0;
	for (size_t s = 0; s < 2 && sets[s] && !traced->stated; s++) {
		name(context, sets[s]);
		if (agrees_with_sum(context, chapter)) {
			traced->status = TRACE_FIGURE;
			return;
		}
		if (is_of_several(context)) {
			several = 1;
			continue;
		}
		traced->stated = agreeing(context, chapter, 0);
		if (!traced->stated && (words_of_last_year(clause, up_to_number) ||
		                           words_of_other_year(clause, up_to_number, year))) {
			traced->stated = agreeing(context, chapter, 1);
			traced->of_last_year = traced->stated != NULL;
		}
	}
	/* Of other departments' values only a name tells which is meant. */
	if (!traced->stated && !several) {
		name(context, sets[0]);
		traced->stated = equal(context, sets[0], chapter);
	}
	if (traced->stated)
		traced->status = TRACE_FIGURE;
}

static void find_contradiction(
    struct tracer *tracer, const struct traced *traced, const struct stated *stated)
{
	const struct passage *passage = traced->passage;
	const struct number *number = &traced->number;
	if (tracer->contradicting++ >= FOUND_MAX)
		return;
	const char *text = arena_strndup(
	    tracer->reviewer->arena, passage->text + number->start, number->end - number->start);
	findings_add(tracer->reviewer->findings,
	    &(struct finding){ FINDING(NUMBER_CONTRADICTS),
	        .department = tracer->reviewer->department,
	        .at = passage_place(passage, number->start), .also = stated->place,
	        .subject = stated->figure->id,
	        .message = stated->department ? N_("the text says %s where %s is reported as %s")
	                                      : N_("the text says %s where the county's %s is %s"),
	        .args = { text, stated->figure->label,
	            arena_printf(tracer->reviewer->arena, "%s%s", stated->quantity->text,
	                stated->figure->kind == NB_PERCENT || !stated->figure->unit
	                    ? ""
	                    : stated->figure->unit) } });
}

/* A figure nobody reported, with one value here and another there. */
static void find_twice(struct tracer *tracer, const struct traced *traced, struct stated *stated)
{
	const struct passage *passage = traced->passage;
	const struct number *number = &traced->number;
	struct arena *arena = tracer->reviewer->arena;
	if (!stated->typed) {
		struct nb_quantity *typed = arena_alloc(arena, sizeof *typed);
		*typed = number->quantity;
		typed->text = arena_strndup(
		    arena, passage->text + number->start, number->end - number->start);
		stated->typed = typed;
		stated->typed_at = passage_place(passage, number->start);
	} else if (!overlap(stated->typed, &number->quantity) &&
	           tracer->contradicting++ < FOUND_MAX) {
		findings_add(tracer->reviewer->findings,
		    &(struct finding){ FINDING(NUMBER_TWICE),
		        .department = tracer->reviewer->department,
		        .at = passage_place(passage, number->start), .also = stated->typed_at,
		        .subject = stated->figure->id,
		        .message = N_("%s is %s here and %s elsewhere in the text"),
		        .args = { stated->figure->label,
		            arena_strndup(
		                arena, passage->text + number->start, number->end - number->start),
		            stated->typed->text } });
	}
}

/* What contradicts; a number that stays free and names a figure nobody reported: that one. */
static const struct stated *contradict(
    struct tracer *tracer, struct context *context, const char *chapter, struct traced *traced)
{
	struct names *sets[2];
	const char *clause = context->passage->text + context->clause;
	size_t up_to_end = context->number->end - context->clause;
	int year = tracer->reviewer->year;
	if (traced->number.points || words_compare(clause, up_to_end) ||
	    words_of_others(clause, up_to_end) || words_of_last_year(clause, up_to_end) ||
	    (year && words_of_other_year(clause, up_to_end, year)))
		return NULL;
	choose_sets(tracer, context, sets);
	for (size_t s = 0; s < 2 && sets[s]; s++) {
		struct nb_quantity own;
		name(context, sets[s]);
		struct stated *stated = meant(context, sets[s], chapter);
		/* What is added up is another's share as well: only its own value binds it. */
		if (!stated || (s > 0 && stated->figure->combine != NB_ONE))
			continue;
		struct number number = traced->number;
		number.quantity = narrowed(context, 2);
		if (!in_unit_of(&number, stated, &own))
			continue;
		if (!nb_is_number(stated->quantity)) {
			if (stated->quantity->state == NB_ABSENT &&
			    *stated->quantity->text == '\0' && s == 0) {
				find_twice(tracer, traced, stated);
				return stated;
			}
			continue;
		}
		if (overlap(&own, stated->quantity) ||
		    (stated->stands && own.low <= stated->quantity->high) ||
		    is_whole_of(context, stated))
			continue;
		traced->status = TRACE_CONTRADICTS;
		traced->stated = stated;
		find_contradiction(tracer, traced, stated);
		return NULL;
	}
	return NULL;
}

/* ---- the whole text ---------------------------------------------------------- */

static int is_at(const char *text, size_t at, size_t end, const char *mark)
{
	size_t n = strlen(mark);
	return end - at >= n && memcmp(text + at, mark, n) == 0;
}

/* Past the marks that only part an excerpt from what stood before it. */
static size_t past_marks(const char *text, size_t start, size_t end)
{
	static const char *const marks[] = { "、", "，", "；", "）", ")", "”", "》", "】", " ",
		"　" };
	for (size_t i = 0; i < LENGTH(marks); i++)
		if (is_at(text, start, end, marks[i])) {
			start += strlen(marks[i]);
			i = (size_t)-1;
		}
	/* A bracket that closes behind the number says nothing here. */
	size_t close = start;
	while (close < end && !is_at(text, close, end, "）"))
		close++;
	return close == end && is_at(text, start, end, "（") ? start + strlen("（") : start;
}

/* Behind the last 、 of an excerpt that was cut, or its start. */
static size_t last_item(const char *text, size_t start, size_t end)
{
	for (size_t at = end; at > start; at--)
		if (is_at(text, at - 1, end, "、"))
			return at - 1;
	return start;
}

/* A number with a few characters before it, or its row's head, so that it is found again. */
static const char *free_words(
    struct arena *arena, const struct passage *passage, const struct number *number, size_t floor)
{
	size_t start = clause_start(passage->text, number->start, CONTEXT_MAX);
	int cut = start < floor;
	if (cut) /* the end of the number before: it has a finding of its own */
		start = floor;
	while (number->start - start > 30) {
		cut = 1;
		start++;
		while (((unsigned char)passage->text[start] & 0xC0) == 0x80)
			start++;
	}
	if (cut)
		start = last_item(passage->text, start, number->start);
	size_t marks = past_marks(passage->text, start, number->start);
	cut = cut && marks == start;
	start = marks;
	const char *words = arena_printf(arena, "%s%.*s", cut ? "…" : "",
	    (int)(number->end - start), passage->text + start);
	int labelled = passage->kind == PASSAGE_CELL && passage->row && passage->column &&
	               *passage->row_head && strlen(passage->row_head) <= 60;
	return labelled ? arena_printf(arena, "%s：%s", passage->row_head, words) : words;
}

static void find_free(const struct tracer *tracer, const struct traced *traced,
    const struct stated *named, size_t floor, size_t nth)
{
	const struct passage *passage = traced->passage;
	const struct number *number = &traced->number;
	if (nth >= FOUND_MAX)
		return;
	const char *words = free_words(tracer->reviewer->arena, passage, number, floor);
	FIND(tracer->reviewer->findings, NUMBER_FREE, tracer->reviewer->department,
	    passage_place(passage, number->start), words,
	    named ? N_("'%s' is no figure yet; it may be %s ({{%s}})")
	          : N_("'%s' is no figure's value"),
	    words, named ? named->figure->label : NULL, named ? named->figure->id : NULL);
}

static void find_more_free(const struct tracer *tracer, const struct passage *passage, size_t count)
{
	FIND(tracer->reviewer->findings, NUMBER_FREE, tracer->reviewer->department,
	    AT(passage->file, 0, 0), "more", N_("%s more numbers of this text are no figures'"),
	    arena_printf(tracer->reviewer->arena, "%zu", count - FOUND_MAX));
}

/* A column that only counts its rows. */
static int is_serial(const struct passage *passage)
{
	static const char *const heads[] = { "序号", "编号", "行次" };
	for (size_t i = 0; i < LENGTH(heads); i++)
		if (passage->kind == PASSAGE_CELL && strcmp(passage->column_head, heads[i]) == 0)
			return 1;
	return 0;
}

/* First pass: what every number is, as far as values agree. */
static void bind_passage(struct tracer *tracer, const char *chapter, struct context *context,
    const struct passage *passage, struct traced *traced, const struct number *numbers,
    size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct passage_figure *figure =
		    passage_figure_at(passage, numbers[i].start, numbers[i].end);
		traced[i] =
		    (struct traced){ .chapter = chapter, .passage = passage, .number = numbers[i] };
		if (figure) {
			traced[i].status = TRACE_FIGURE;
			traced[i].stated = by_reference(tracer, figure->name);
		} else if (numbers[i].kind != NUMBER_QUANTITY || is_serial(passage)) {
			traced[i].status = TRACE_OTHER;
		} else {
			traced[i].status = TRACE_FREE;
			surround(context, passage, numbers, count, i);
			bind(tracer, context, chapter, &traced[i]);
		}
	}
}

void trace_text(struct tracer *tracer, const char *chapter, const struct passage *passages,
    size_t count, int find)
{
	struct arena scratch = { 0 };
	struct context context = { 0 };
	struct number **numbers = arena_alloc(&scratch, (count + 1) * sizeof *numbers);
	size_t *counts = arena_alloc(&scratch, (count + 1) * sizeof *counts);
	struct traced **traced = arena_alloc(&scratch, (count + 1) * sizeof *traced);
	size_t free = 0;
	struct names *sets[] = { tracer->own, tracer->county };
	for (size_t s = 0; s < 2; s++)
		for (size_t i = 0; sets[s] && i < sets[s]->count; i++) {
			sets[s]->items[i].stands = 0;
			sets[s]->items[i].typed = NULL;
		}
	for (size_t p = 0; p < count; p++) {
		counts[p] = numbers_find(&scratch, passages[p].text, passages[p].size, &numbers[p]);
		traced[p] = arena_alloc(&scratch, (counts[p] + 1) * sizeof **traced);
		bind_passage(
		    tracer, chapter, &context, &passages[p], traced[p], numbers[p], counts[p]);
		for (size_t i = 0; i < counts[p]; i++)
			if (traced[p][i].stated && !traced[p][i].of_last_year)
				traced[p][i].stated->stands = 1;
	}
	for (size_t p = 0; p < count; p++)
		for (size_t i = 0; i < counts[p]; i++) {
			struct traced *one = &traced[p][i];
			if (find && one->status == TRACE_FREE) {
				surround(&context, &passages[p], numbers[p], counts[p], i);
				context.traced = traced[p];
				const struct stated *named =
				    contradict(tracer, &context, chapter, one);
				if (one->status == TRACE_FREE)
					find_free(tracer, one, named, i ? numbers[p][i - 1].end : 0,
					    free++);
			}
			tracer->counts.of[one->status]++;
			if (tracer->each)
				tracer->each(tracer->self, one);
		}
	if (free > FOUND_MAX)
		find_more_free(tracer, &passages[0], free);
	buf_release(&context.before);
	buf_release(&context.after);
	arena_release(&scratch);
}
