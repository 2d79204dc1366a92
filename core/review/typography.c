/* typography.c: doubled marks, stray blanks, document numbers in a wrong form, 的的. */
#include "review/brackets.h"
#include "review/text.h"

#include "base/i18n.h"

#include <stdio.h>

/* ---- marks ----------------------------------------------------------------- */

/* Whether `a` and `b` directly behind it are one mark too many. `before`: what stands before. */
static int is_doubled(uint32_t before, uint32_t a, uint32_t b, uint32_t behind)
{
	int asks = a == '?' || a == 0xFF1F, shouts = a == '!' || a == 0xFF01;
	if ((asks && (b == '!' || b == 0xFF01)) || (shouts && (b == '?' || b == 0xFF1F)))
		return 0;
	if (text_is_stop(a))
		return text_is_stop(b) || text_is_half_stop(b) || (a == 0x3002 && b == '.');
	if (a == '.')
		return b == 0x3002 && !text_is_word(before) && before != '.';
	if (text_is_half_stop(a) && text_is_stop(b))
		return 1;
	return text_is_half_stop(a) && a == b && (utf8_is_cjk(before) || utf8_is_cjk(behind));
}

/* 工作.加强, and no numbering (一.), no address (司法部.政务). */
static int is_period(const struct search *search, const char *at, const char *behind)
{
	static const char *const domains[] = { "中国", "公司", "网络", "政务", "公益", "网址",
		NULL };
	uint32_t before = utf8_before(search->start, at);
	const char *word = text_left(search->start, at, 1);
	uint32_t earlier = utf8_before(search->start, word);
	int number = text_numeral(before) >= 0 || before == 0x5341;
	int line = earlier == 0 || utf8_is_space(earlier) || text_numeral(earlier) >= 0 ||
	           earlier == 0x5341;
	return utf8_is_han(before) && utf8_is_han(text_at(behind, search->end)) &&
	       !(number && line) && !text_any(behind, domains);
}

static void check_marks(struct search *search)
{
	uint32_t before = 0;
	for (const char *p = search->start; p < search->end;) {
		const char *at = p;
		uint32_t a = utf8_next(&p, search->end);
		const char *end = p;
		if (text_is_stop(a) || text_is_half_stop(a) || a == '.') {
			uint32_t last = a, from = before;
			for (;;) { /* 。。。 is one finding */
				const char *next = end;
				uint32_t b = utf8_next(&next, search->end);
				if (!is_doubled(from, last, b, text_at(next, search->end)))
					break;
				from = last;
				last = b;
				end = next;
			}
			a = last;
		}
		if (end > p)
			search_report(search, CODE_TEXT_PUNCTUATION, at,
			    N_("'%s': one mark is enough here: '%s'"),
			    search_copy(search, at, text_right(at, end, 8)),
			    search_excerpt(search, at, text_right(at, end, 8), 4, 4));
		else if (a == '.' && is_period(search, at, p))
			search_report(search, CODE_TEXT_PUNCTUATION, at,
			    N_("'%s' between Chinese characters is no full stop: '%s'"), ".",
			    search_excerpt(search, at, p, 4, 4));
		before = a;
		p = end;
	}
}

/* ---- blanks ---------------------------------------------------------------- */

/* Full-width marks that bring their own blank. */
static int is_wide_mark(uint32_t c)
{
	return text_is_stop(c) || c == 0xFF08 || c == 0xFF09 || (c >= 0x3008 && c <= 0x3011) ||
	       c == 0x3014 || c == 0x3015 || c == 0x201C || c == 0x201D;
}

/* Whether the passage has sentences: names and titles are spaced out as one likes. */
static int has_sentence(const struct search *search)
{
	for (const char *p = search->start; p < search->end;) {
		uint32_t c = utf8_next(&p, search->end);
		if (c == 0xFF0C || c == 0x3002 || c == 0xFF1B || c == ',')
			return 1;
	}
	return 0;
}

/* 第一条 为了…, 附件 名单, 一、 加强…: what stands before is a number, and at the start. */
static int is_numbering(const struct search *search, const char *at)
{
	static const char *const ends[] = { "条", "章", "节", "编", "款", "项", "附件", "附表",
		"附图", "、", "）", NULL };
	const char *line = text_left(search->start, at, 8);
	if (line > search->start && line[-1] != '\n')
		return 0;
	while (line < at && utf8_is_space(text_at(line, at)))
		utf8_next(&line, at);
	return text_any_before(line, at, ends) &&
	       (text_word(line, "第") || text_word(line, "附") || text_word(line, "（") ||
	           text_numeral(text_at(line, at)) >= 0 || text_word(line, "十") ||
	           text_digit(text_at(line, at)) >= 0);
}

/* Whether blanks between `a` and `b` are stray. */
static int is_stray(uint32_t a, uint32_t b)
{
	int han = utf8_is_han(a), other = utf8_is_han(b);
	if ((a == 0x5E74 || a == 0x6708) && text_digit(b) >= 0) /* 2021年 7月 */
		return 1;
	return (han && (other || is_wide_mark(b))) || (other && is_wide_mark(a));
}

/* 陈　浩: a name of two characters, spread to the width of three. `at` and `behind`: the blanks. */
static int is_name(const struct search *search, const char *at, const char *behind)
{
	const char *next = text_right(behind, search->end, 1);
	uint32_t before = utf8_before(search->start, text_left(search->start, at, 1));
	return !utf8_is_han(before) && !utf8_is_han(text_at(next, search->end)) &&
	       utf8_is_han(text_at(behind, search->end));
}

static void check_blanks(struct search *search)
{
	const char *first = NULL, *first_end = NULL;
	unsigned count = 0;
	uint32_t before = 0;
	if (search->passage->kind == PASSAGE_CELL || !has_sentence(search))
		return;
	for (const char *p = search->start; p < search->end;) {
		const char *at = p;
		uint32_t c = utf8_next(&p, search->end);
		if (!utf8_is_space(c)) {
			before = c;
			continue;
		}
		int line_end = c == '\n';
		for (const char *next = p; utf8_is_space(c = utf8_next(&next, search->end));) {
			line_end |= c == '\n';
			p = next;
		}
		if (line_end || !before || !is_stray(before, c) || is_numbering(search, at) ||
		    is_name(search, at, p))
			continue;
		if (!count++) {
			first = at;
			first_end = p;
		}
	}
	if (!count)
		return;
	char number[12];
	snprintf(number, sizeof number, "%u", count);
	search_report(search, CODE_TEXT_BLANK, first,
	    N_("stray blanks within Chinese text (%2$s in this passage), the first in '%1$s'"),
	    search_excerpt(search, first, text_right(first, first_end, TEXT_BLANKS_MAX), 6, 6),
	    arena_strdup(search->reviewer->arena, number));
}

/* ---- document numbers ------------------------------------------------------ */

struct document_number {
	const char *start, *end; /* [2021]28号 */
	int year, year_digits;
	unsigned number;
	int brackets, ordinal, padded, blank; /* what is wrong: 〔〕, 第, 028, blanks */
};

/* Reads up to `max` digits; their count. */
static int read_digits(const char **p, const char *end, int max, unsigned *value)
{
	int n = 0;
	*value = 0;
	for (const char *next = *p; n < max; n++) {
		int digit = text_digit(utf8_next(&next, end));
		if (digit < 0)
			break;
		*value = *value * 10 + (unsigned)digit;
		*p = next;
	}
	return n;
}

/* Whether the report sets these brackets as 〔〕 (document/punctuation.c, document_number()). */
static int is_mended(const struct search *search, const char *p)
{
	const char *from = p;
	for (int i = 0; i < 8 && from > search->start && strchr(" ,;:?!\"", from[-1]); i++)
		from--;
	return search->reviewer->full_width && p[0] == '[' &&
	       utf8_is_cjk(utf8_before(search->start, from)) && strspn(p + 1, "0123456789") == 4 &&
	       p[5] == ']' && strspn(p + 6, "0123456789") > 0 &&
	       text_word(p + 6 + strspn(p + 6, "0123456789"), "号");
}

/* Whether `p`, at a bracket, begins a bracketed year with a number behind it. */
static int read_number(const struct search *search, const char *p, struct document_number *out)
{
	static const char *const open[] = { "〔", "[", "［", "(", "（", "【", "﹝", "〖", NULL };
	static const char *const close[] = { "〕", "]", "］", ")", "）", "】", "﹞", "〗", NULL };
	const char *end = search->end, *at;
	unsigned year;
	size_t n = text_any(p, open);
	*out = (struct document_number){ .start = p };
	if (!n)
		return 0;
	out->brackets = !text_word(p, open[0]);
	at = p + n;
	out->year_digits = read_digits(&at, end, 5, &year);
	out->year = (int)year;
	n = text_any(at, close);
	out->brackets |= !text_word(at, close[0]);
	if (!n || (out->year_digits != 4 && out->year_digits != 2))
		return 0;
	const char *number = text_skip_blanks(at + n, end);
	out->blank = number > at + n;
	out->ordinal = text_word(number, "第") != 0;
	number += out->ordinal ? strlen("第") : 0;
	out->padded = text_digit(text_at(number, end)) == 0;
	if (!read_digits(&number, end, 6, &out->number))
		return 0;
	at = text_skip_blanks(number, end);
	out->blank |= at > number;
	out->end = at + strlen("号");
	if (!text_word(at, "号"))
		return 0;
	if (out->brackets && !out->ordinal && !out->padded && is_mended(search, p))
		out->brackets = 0;
	return 1;
}

/* （12）3号楼 is no document number: a year of two digits needs Chinese and 〔〕 or [] before it.
 */
static int is_year(const struct search *search, const struct document_number *number)
{
	if (number->year_digits == 4)
		return number->year >= 1949 && number->year < 2100;
	return utf8_is_han(utf8_before(search->start, number->start)) &&
	       (text_word(number->start, "〔") || text_word(number->start, "["));
}

static void check_document_number(struct search *search, const struct document_number *number)
{
	struct arena *arena = search->reviewer->arena;
	int now = search->reviewer->year, year = number->year;
	const char *shown = search_copy(search, number->start, number->end);
	if (number->year_digits == 2)
		year += year > 48 ? 1900 : 2000;
	if (number->number == 0)
		search_report(search, CODE_TEXT_DOCUMENT_NUMBER, number->start,
		    N_("no document has the number 0, as in '%s': write the number that it was "
		       "given"),
		    shown, NULL);
	else if (number->brackets || number->ordinal || number->padded || number->blank ||
	         number->year_digits != 4)
		search_report(search, CODE_TEXT_DOCUMENT_NUMBER, number->start,
		    N_("the document number '%s' is written '%s' in official documents"), shown,
		    arena_printf(arena, "〔%d〕%u号", year, number->number));
	else if (now && year > now + 1)
		search_report(search, CODE_TEXT_DOCUMENT_NUMBER, number->start,
		    N_("the year of the document number '%s' is still to come in a report on %s"),
		    shown, arena_printf(arena, "%d", now));
}

static void check_document_numbers(struct search *search)
{
	static const char *const parts[] = { "号", NULL };
	if (!search_has(search, parts))
		return;
	for (const char *p = search->start; p < search->end;) {
		struct document_number number;
		if (read_number(search, p, &number) && is_year(search, &number))
			check_document_number(search, &number);
		utf8_next(&p, search->end);
	}
}

/* ---- slips ------------------------------------------------------------------ */

/* 的的 and ，的, but for words that end or begin with 的. */
static void check_slips(struct search *search)
{
	static const char *const slips[] = { "的的", "，的", NULL };
	static const char *const before[] = { "目", "标", "之", "打", "面", "有", "无", "矢", "中",
		NULL };
	static const char *const behind[] = { "确", "士", "哥", "”", "》", NULL };
	if (!search_has(search, slips))
		return;
	for (const char *p = search->start; p < search->end; utf8_next(&p, search->end)) {
		size_t n = text_any(p, slips);
		if (n && !text_any(p + n, behind) && !text_any_before(search->start, p, before) &&
		    utf8_is_han(utf8_before(search->start, p)))
			search_report(search, CODE_TEXT_SLIP, p,
			    N_("'%s' must be a slip of the hand: '%s'"),
			    search_copy(search, p, p + n), search_excerpt(search, p, p + n, 6, 6));
	}
}

void typography_check(const struct reviewer *reviewer, const struct passage *passage)
{
	struct search search = search_begin(reviewer, passage);
	brackets_check(&search); /* brackets.c */
	check_marks(&search);
	check_blanks(&search);
	check_document_numbers(&search);
	check_slips(&search);
}
