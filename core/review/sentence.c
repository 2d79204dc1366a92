/* sentence.c: the words and numbers of one sentence. */
#define _GNU_SOURCE /* memmem */
#include "review/sentence.h"

#include "base/number_words.h"

enum { LABEL_MAX = 90 }; /* bytes of what a part is called */

/* ---- words ------------------------------------------------------------------ */

int span_holds(struct span span, const char *const *words)
{
	for (; *words; words++)
		if (memmem(span.p, (size_t)(span.end - span.p), *words, strlen(*words)))
			return 1;
	return 0;
}

/* Passes one of the words; 0 if none stands here. */
int span_skip(struct span *span, const char *const *words)
{
	size_t n = text_any(span->p, words);
	if (!n || n > (size_t)(span->end - span->p))
		return 0;
	span->p += n;
	return 1;
}

int span_equals(struct span span, const char *const *words)
{
	return span_skip(&span, words) && span.p == span.end;
}

void span_skip_blanks(struct span *span)
{
	const char *p = text_skip_blanks(span->p, span->end);
	span->p = p;
}

const char *const span_commas[] = { "，", ",", NULL };
const char *const span_joints[] = { "、", "和", "及", NULL };

/* What stands before number `i`, back to the number before it or the start of the sentence. */
struct span sentence_before(const struct sentence *s, size_t i)
{
	const char *text = s->search->start;
	return (struct span){ i ? text + s->numbers[i - 1].end : s->text.p,
		text + s->numbers[i].start };
}

/* What stands behind it. */
struct span sentence_behind(const struct sentence *s, size_t i)
{
	const char *text = s->search->start;
	return (struct span){ text + s->numbers[i].end,
		i + 1 < s->count ? text + s->numbers[i + 1].start : s->text.end };
}

/* The last clause of what stands before a number: 县政府常务会议 of ，其中县政府常务会议. */
struct span span_last_clause(struct span span)
{
	struct span out = { span.p, span.end };
	for (const char *p = span.p; p < span.end;) {
		uint32_t c = utf8_next(&p, span.end);
		if (c == 0xFF0C || c == ',' || c == 0x3001 || c == 0xFF1A || c == ':')
			out.p = p;
	}
	return out;
}

/* Whether no bracket opens or closes half a pair. */
int span_is_balanced(struct span span)
{
	int open = 0;
	for (const char *p = span.p; p < span.end;) {
		uint32_t c = utf8_next(&p, span.end);
		if (c == 0xFF08 || c == '(')
			open++;
		else if ((c == 0xFF09 || c == ')') && open-- == 0)
			return 0;
	}
	return open == 0;
}

/* Whether it only says what the part is: no comparing, no other count, no half a bracket. */
int span_is_label(struct span span)
{
	static const char *const others[] = { "同比", "增长", "增加", "下降", "减少", "较", "占",
		"上年", "去年", "往年", "平均", "人均", "每", "各", "其中", "至", "目标", "计划",
		"力争", "主要", "例如", "包括", "等", "含", "结转", "另", "加上", "次均", "累计",
		"其他", "%", "\n", "{", "〔", "/", "“", NULL };
	if (span.end - span.p > LABEL_MAX || span_holds(span, others))
		return 0;
	return span_is_balanced(span);
}

static int ask(const struct sentence *s, enum answer *answer, const char *const *words)
{
	if (*answer == NOT_ASKED)
		*answer = span_holds(s->text, words) ? YES : NO;
	return *answer == YES;
}

int sentence_compares(const struct sentence *s)
{
	static const char *const words[] = { "增长", "下降", "同比", "提高", "提升", "上升", "较",
		"百分点", "目标", "到期", "倍", "参保", "保险", "接种", NULL };
	return ask(s, &s->answers->compares, words);
}

int sentence_carries_over(const struct sentence *s)
{
	static const char *const words[] = { "结转", "旧存", "上年", "去年", "往年", "历年", "积案",
		"加上", NULL };
	return ask(s, &s->answers->carries_over, words);
}

/* ---- numbers ---------------------------------------------------------------- */

/*
 * A count in whole numbers. What is given in 万, or with decimals, was rounded
 * by itself: its sum need not come out.
 */
int number_counts(const struct number *number)
{
	static const char *const others[] = { "倍", "‰", "分", "届", "层", NULL };
	static const char *const rounded[] = { "万", "亿", "千", "百", NULL };
	const struct nb_quantity *q = &number->quantity;
	enum unit_kind kind;
	size_t n = unit_at(number->unit, &kind);
	if (number->percent || number->points || !n || number->unit[n] || q->decimals ||
	    (kind != UNIT_COUNT && kind != UNIT_MONEY) || text_any(number->unit, others))
		return 0;
	return text_digit((unsigned char)*q->text) < 0 ||
	       !span_holds((struct span){ q->text, q->text + strlen(q->text) }, rounded);
}

int number_alike(const struct number *a, const struct number *b)
{
	return number_counts(a) && number_counts(b) && strcmp(a->unit, b->unit) == 0;
}

/* ---- findings ----------------------------------------------------------------- */

static int same_place(const struct nb_place *a, const struct nb_place *b)
{
	return a->file && b->file && strcmp(a->file, b->file) == 0 && a->line == b->line &&
	       a->column == b->column;
}

/* Whether one of the numbers [from, to) has been found to be wrong by itself. */
static int is_told(const struct sentence *s, size_t from, size_t to)
{
	const struct findings *findings = s->search->reviewer->findings;
	for (size_t i = from; i < to && s->from < s->to; i++) {
		struct nb_place at = passage_place(s->search->passage, s->numbers[i].start);
		for (size_t f = s->from; f < s->to; f++) {
			const struct finding *one = &findings->items[f];
			if (strcmp(one->code, code_table[CODE_NUMBER_FREE].id) != 0 &&
			    same_place(&one->at, &at))
				return 1;
		}
	}
	return 0;
}

const char *sentence_written(const struct sentence *s, size_t i)
{
	const char *text = s->search->start;
	return search_copy(s->search, text + s->numbers[i].start, text + s->numbers[i].end);
}

/* Reports at number `at`; the claim takes numbers [from, to). */
void sentence_report(const struct sentence *s, enum code code, size_t at, size_t from, size_t to,
    const char *message, const char *const args[4])
{
	struct search *search = s->search;
	if (search->found[code] >= TEXT_FOUND_MAX || is_told(s, from, to))
		return;
	search->found[code]++;
	findings_add(search->reviewer->findings,
	    &(struct finding){ .code = code_table[code].id,
	        .severity = code_table[code].severity,
	        .department = search->reviewer->department,
	        .at = passage_place(search->passage, s->numbers[at].start),
	        .subject = sentence_written(s, at),
	        .message = message,
	        .args = { args[0], args[1], args[2], args[3] } });
}
