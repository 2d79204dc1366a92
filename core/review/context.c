/* context.c: the words around a number, the names among them, and units and values that agree. */
#define _GNU_SOURCE /* memmem */
#include "review/context.h"

#include "base/length.h"
#include "base/quantity.h"
#include "base/utf8.h"
#include "review/clause.h"
#include "review/words.h"

#include <string.h>

/* ---- what stands around a number ----------------------------------------- */

void context_plain(struct buf *out, const char *text, size_t n)
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

void context_read(struct context *context, const struct passage *passage,
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
		context_plain(&context->before, passage->row_head, strlen(passage->row_head));
	else if (passage->kind == PASSAGE_CELL && *passage->column_head)
		context_plain(&context->before, passage->column_head, strlen(passage->column_head));
	if (start < number->start)
		context_plain(&context->before, text + start, number->start - start);
	if (number->end < end)
		context_plain(&context->after, text + number->end, end - number->end);
}

void context_name(struct context *context, const struct names *names)
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
		context_plain(&context->before, passage->column_head, strlen(passage->column_head));
		context->behind = context->count = names_find(names, buf_str(&context->before),
		    context->before.len, context->names, NAMES_MAX);
	}
}

/* ---- agreeing ------------------------------------------------------------- */

int number_in_unit_of(
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

struct nb_quantity context_quantity(const struct context *context, int parts)
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

int number_agrees(const struct number *number, const struct stated *stated)
{
	struct nb_quantity own;
	return nb_is_number(stated->quantity) && number_in_unit_of(number, stated, &own) &&
	       quantities_overlap(&own, stated->quantity);
}

int number_agrees_with_last(const struct number *number, const struct stated *stated)
{
	struct nb_quantity own;
	return stated->last && nb_is_number(stated->last) &&
	       number_in_unit_of(number, stated, &own) && quantities_overlap(&own, stated->last);
}

int units_are_alike(const char *a, const char *b, int strictly)
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

int number_has_unit_of(const struct number *number, const struct stated *stated)
{
	if (number->percent)
		return stated->figure->kind == NB_PERCENT;
	return units_are_alike(number->unit, stated->unit, 0) ||
	       (*number->unit == '\0' && stated->figure->kind != NB_PERCENT);
}

size_t context_distance(const struct context *context, size_t i)
{
	return i < context->behind ? context->before.len - context->names[i].end
	                           : context->names[i].start;
}

int stated_is_of(const struct stated *stated, const char *chapter)
{
	return *chapter == '\0' || strcmp(stated->chapter, chapter) == 0;
}

int context_is_leftover(const struct context *context, size_t i)
{
	const struct named *named = &context->names[i];
	const struct buf *text = i < context->behind ? &context->before : &context->after;
	return named->end - named->start == strlen("其他") &&
	       memcmp(buf_str(text) + named->start, "其他", strlen("其他")) == 0;
}
