/* secrecy.c: marks of secrecy, and words that forbid publication, told from ordinary prose. */
#include "review/secrecy.h"
#include "review/text.h"

#include "base/i18n.h"

enum {
	SHORT_MAX = 20 /* characters of a passage that is a mark, and no sentence */
};

/* When words that forbid publication are a mark, and no part of a sentence. */
enum rule {
	RULE_NAME,   /* with words behind that tell to keep it, or alone */
	RULE_SHORT,  /* as a clause of its own in a short passage */
	RULE_CLAUSE, /* as a clause of its own */
	RULE_ALONE   /* alone, or behind the words that say what it is of */
};

static const struct {
	const char *words;
	enum rule rule;
} internal_marks[] = {
	{ "内部资料", RULE_NAME },
	{ "内部文件", RULE_NAME },
	{ "内部材料", RULE_NAME },
	{ "内部刊物", RULE_NAME },
	{ "注意保存", RULE_SHORT },
	{ "不得外传", RULE_SHORT },
	{ "严禁外传", RULE_SHORT },
	{ "请勿外传", RULE_SHORT },
	{ "仅供内部", RULE_SHORT },
	{ "未经批准不得公开", RULE_CLAUSE },
	{ "未经批准，不得公开", RULE_CLAUSE },
	{ "未经许可不得公开", RULE_CLAUSE },
	{ "未经同意不得公开", RULE_CLAUSE },
	{ "不予公开", RULE_ALONE },
	{ "不公开", RULE_ALONE },
};

/* Whether a clause may begin before this character or end at it. */
static int is_edge(uint32_t c)
{
	return !utf8_is_han(c) && !text_is_word(c);
}

/* What stands around a mark that stands alone. */
static int is_frame(uint32_t c)
{
	static const uint32_t frame[] = { '(', ')', '[', ']', 0xFF08, 0xFF09, 0x3010, 0x3011,
		0x3014, 0x3015, 0x3002, 0xFF01, 0x2605, 0x2606 };
	for (size_t i = 0; i < sizeof frame / sizeof *frame; i++)
		if (frame[i] == c)
			return 1;
	return text_is_blank(c);
}

/* Whether nothing but blanks and brackets stands on the line beside [from, to). */
static int stands_alone(const struct search *search, const char *from, const char *to)
{
	const char *start = search->start, *end = search->end;
	for (int i = 0; i < SHORT_MAX && is_frame(utf8_before(start, from)); i++)
		from = text_left(start, from, 1);
	for (int i = 0; i < SHORT_MAX && is_frame(text_at(to, end)); i++)
		to = text_right(to, end, 1);
	return (from == start || from[-1] == '\n') && (to == end || *to == '\n');
}

/* （内部资料）: nothing else between the brackets. */
static int stands_in_brackets(const struct search *search, const char *from, const char *to)
{
	uint32_t open = utf8_before(search->start, from), close = text_at(to, search->end);
	return (open == '(' || open == 0xFF08 || open == 0x3010) &&
	       (close == ')' || close == 0xFF09 || close == 0x3011);
}

static int is_short(const struct search *search)
{
	return search->passage->size <= SHORT_MAX * 4 &&
	       text_right(search->start, search->end, SHORT_MAX) == search->end;
}

/* Where 内部资料 and the words behind it end that tell to keep it; NULL without them. */
static const char *kept_end(const struct search *search, const char *to)
{
	static const char *const links[] = { " ", "　", "，", ",", "、", "：", ":", "；", "★", "请",
		"务必", NULL };
	static const char *const words[] = { "注意保存", "注意保密", "妥善保管", "妥善保存",
		"不得外传", "严禁外传", "请勿外传", "切勿外传", "不得外泄", NULL };
	for (int i = 0; i < TEXT_BLANKS_MAX && to < search->end; i++) {
		if (text_any(to, words))
			return to + text_any(to, words);
		to += text_any(to, links);
	}
	return NULL;
}

/* Where the mark [from, to) ends, or NULL if it is ordinary words. */
static const char *internal_end(
    const struct search *search, enum rule rule, const char *from, const char *to)
{
	static const char *const subjects[] = { "请", "此件", "本件", "本资料", "本文件", "本材料",
		"本报告", NULL };
	static const char *const status[] = { "此件", "本件", "公开属性：",
		"公开属性:", "公开方式：", "公开方式:", "公开类别：", NULL };
	const char *kept = rule == RULE_NAME ? kept_end(search, to) : NULL;
	int in_frame = stands_alone(search, from, to) || stands_in_brackets(search, from, to);
	int cell = search->passage->kind == PASSAGE_CELL;
	int opens = is_edge(utf8_before(search->start, from)) ||
	            text_any_before(search->start, from, subjects);
	int closes = is_edge(text_at(to, search->end)) || text_word(from, "仅供内部");
	switch (rule) {
	case RULE_NAME:
		return kept && opens ? kept : in_frame ? to : NULL;
	case RULE_SHORT:
		return opens && closes && is_short(search) ? to : NULL;
	case RULE_CLAUSE:
		return opens && closes ? to : NULL;
	case RULE_ALONE: /* in a table it is a kind of answer that was given */
		return (in_frame && !cell) ||
		               (text_any_before(search->start, from, status) && closes)
		           ? to
		           : NULL;
	}
	return NULL;
}

static const char *find_internal(struct search *search, const char *p)
{
	for (size_t i = 0; i < sizeof internal_marks / sizeof *internal_marks; i++) {
		size_t n = text_word(p, internal_marks[i].words);
		const char *to = n ? internal_end(search, internal_marks[i].rule, p, p + n) : NULL;
		if (!to)
			continue;
		search_report(search, CODE_PRIVACY_INTERNAL, p,
		    N_("'%s' stands in the text: text so marked may not be published"),
		    search_copy(search, p, to), NULL);
		return to;
	}
	return p;
}

/* 密级：, before `p`. */
static int is_rank(const struct search *search, const char *p)
{
	static const char *const rank[] = { "密级：", "密级:", "密级", NULL };
	for (int i = 0; i < TEXT_BLANKS_MAX && text_is_blank(utf8_before(search->start, p)); i++)
		p = text_left(search->start, p, 1);
	return text_any_before(search->start, p, rank) != 0;
}

/* 机密★, 密级：机密, or 机　密 alone. 国家秘密 and 商业秘密 are words like others. */
static const char *find_secret(struct search *search, const char *p)
{
	static const char *const ranks[] = { "绝", "机", "秘", NULL };
	size_t n = text_any(p, ranks);
	const char *to = n ? text_skip_blanks(p + n, search->end) : p;
	if (!n || !text_word(to, "密"))
		return p;
	to += strlen("密");
	const char *star = text_skip_blanks(to, search->end);
	if (text_word(star, "★") || text_word(star, "☆"))
		to = star + strlen("★");
	else if (!is_rank(search, p) && !stands_alone(search, p, to))
		return p;
	search_report(search, CODE_PRIVACY_SECRET, p,
	    N_("a mark of secrecy stands in the text: '%s'"), search_copy(search, p, to), NULL);
	return to;
}

void secrecy_check(const struct reviewer *reviewer, const struct passage *passage)
{
	struct search search = search_begin(reviewer, passage);
	static const char *const parts[] = { "密", "内部", "外传", "保存", "不予公开", "不公开",
		"得公开", NULL };
	search.severity = reviewer->internal ? NB_NOTE : 0;
	if (!search_has(&search, parts)) /* one of them is in every mark */
		return;
	for (const char *p = search.start; p < search.end;) {
		const char *at = p;
		if (!utf8_is_han(utf8_next(&p, search.end)))
			continue;
		const char *to = find_secret(&search, at);
		if (to == at)
			to = find_internal(&search, at);
		p = to > at ? to : p;
	}
}
