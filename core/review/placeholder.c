/* placeholder.c: places of a template that nobody filled in: XX万元, ____件, （待补充）. */
#include "review/text.h"

#include "base/i18n.h"

enum {
	SIGNS_MAX = 6,  /* XXXXXXX is a code */
	NOTE_MAX = 24,  /* characters of a bracket that asks for something */
	EXCERPT_MAX = 8 /* characters around what is found */
};

/* What stands within 《》 and “” is cited. */
struct cited {
	int title, quote, straight;
};

static void cited_read(struct cited *cited, uint32_t c)
{
	if (c == 0x300A || c == 0x3008)
		cited->title = 1;
	else if (c == 0x300B || c == 0x3009)
		cited->title = 0;
	else if (c == 0x201C || c == 0x300C)
		cited->quote = 1;
	else if (c == 0x201D || c == 0x300D)
		cited->quote = 0;
	else if (c == '"')
		cited->straight = !cited->straight;
	else if (c == 0x3002 || c == '\n')
		*cited = (struct cited){ 0 };
}

static void report(struct search *search, const char *from, const char *to)
{
	search_report(search, CODE_TEXT_PLACEHOLDER, from,
	    N_("'%s' looks like a place that nobody filled in: '%s'"),
	    search_copy(search, from, to),
	    search_excerpt(search, from, to, EXCERPT_MAX, EXCERPT_MAX));
}

/* ---- signs for a number ------------------------------------------------------ */

static int is_letter_x(uint32_t c)
{
	return c == 'X' || c == 0xFF38;
}

static int is_sign(uint32_t c)
{
	return is_letter_x(c) || c == 0xD7 || c == '*' || c == 0xFF0A;
}

/* Behind the signs at `p`, which are all the same. */
static const char *signs_end(const char *p, const char *end, int *count)
{
	uint32_t sign = text_at(p, end);
	*count = 0;
	for (const char *next = p; utf8_next(&next, end) == sign; p = next)
		++*count;
	return p;
}

/* The length of a unit at `p`: 张××个人 and 王××项目 are somebody's, so no unit is read there. */
static size_t unit_at(const char *p)
{
	static const char *const others[] = { "元旦", "元月", "个人", "个体", "个性", "次子",
		"次女", "次日", "项目", "项下", "场所", "场地", "份额", "份子", "条例", "条款",
		"条约", "卷入", "期间", "期满", "期限", "件套", NULL };
	static const char *const units[] = { "万元", "亿元", "余万", "万余", "余件", "余次", "余人",
		"余份", "余场", "余个", "人次", "元", "件", "个", "次", "项", "场", "份", "条",
		"卷", "宗", "期", "%", "％", "个百分点", NULL };
	return text_any(p, others) ? 0 : text_any(p, units);
}

/* X月X日, ××月××日: behind it, or NULL. */
static const char *day_end(const char *behind, const char *end)
{
	int count;
	const char *day = behind + text_word(behind, "月");
	if (day == behind || !is_sign(text_at(day, end)))
		return NULL;
	day = signs_end(day, end, &count);
	return text_word(day, "日") ? day + strlen("日") : NULL;
}

/* `p` is at a sign; returns where to go on. */
static const char *find_signs(struct search *search, const char *p)
{
	const char *start = search->start, *end = search->end;
	int count;
	uint32_t sign = text_at(p, end), before = utf8_before(start, p);
	const char *to = signs_end(p, end, &count);
	if (*to == '.' && text_at(to + 1, end) == sign) { /* XX.X% */
		int decimals;
		to = signs_end(to + 1, end, &decimals);
		count += decimals;
	}
	const char *behind = text_skip_blanks(to, end);
	/* A+X, 138****0000, 7×24, A-XX: part of something longer. */
	if (count > SIGNS_MAX || text_is_word(before) ||
	    (before && before < 0x80 && strchr("+-*/_=.#$&@", (int)before)) || before == 0xFF0B)
		return to;
	const char *day = sign == '*' ? NULL : day_end(behind, end);
	size_t unit = unit_at(behind);
	if (day)
		report(search, p, day);
	else if (unit && count >= (is_letter_x(sign) ? 1 : sign == 0xD7 ? 2 : 3)) /* **“重点”**项 */
		report(search, p, behind + unit);
	return day ? day : to;
}

/* ---- a line to write on -------------------------------------------------------- */

static int is_low_line(uint32_t c)
{
	return c == '_' || c == 0xFF3F;
}

/* What the low lines of a passage may be besides. */
struct lines {
	int words;    /* it is more than a line that parts what is above and below */
	int emphasis; /* __要点__ gone wrong stands in it */
};

static struct lines read_lines(const struct search *search)
{
	struct lines lines = { 0 };
	for (const char *p = search->start; p < search->end;) {
		const char *at = p;
		uint32_t c = utf8_next(&p, search->end);
		if (c == '_') {
			int count;
			p = signs_end(at, search->end, &count);
			lines.emphasis |= count == 2 && !unit_at(text_skip_blanks(p, search->end));
		}
		lines.words |= utf8_is_cjk(c) && !is_low_line(c);
	}
	return lines;
}

/* `p` is at a low line; returns where to go on. */
static const char *find_line(struct search *search, const struct lines *lines, const char *p)
{
	static const char *const signing[] = { "签字", "签名", "盖章", "签章", "日期", "：", ":",
		NULL };
	const char *end = search->end;
	int count;
	uint32_t before = utf8_before(search->start, p);
	const char *to = signs_end(p, end, &count), *behind = text_skip_blanks(to, end);
	uint32_t next = text_at(to, end);
	if (count < 2 || text_is_word(before) || text_is_word(next) || is_low_line(next) ||
	    (before && before < 0x80 && strchr("./\\*_", (int)before)) ||
	    text_any_before(search->start, p, signing) || !lines->words)
		return to;
	if (count > 2 || (unit_at(behind) && !lines->emphasis))
		report(search, p, to + (behind == to ? unit_at(behind) : 0));
	return to;
}

/* ---- words ----------------------------------------------------------------------- */

/* Whether the words in a bracket, [p, end), ask for what is missing. `square`: 【】. */
static int asks(const char *p, const char *end, int square)
{
	static const char *const alone[] = { "待补充", "待填写", "待填报", "待核实", "待核对",
		"待核定", "待补", "待填", "待插入", "待更新", NULL };
	static const char *const what[] = { "具体数字", "具体数据", "具体内容", "数字", "数据",
		"内容", "此处", NULL };
	static const char *const behind[] = { "具体数字", "具体数据", "相关数据", "数字", "数据",
		"内容", "图表", "图片", "照片", NULL };
	static const char *const here[] = { "此处补充", "此处填", "此处插入", "此处添加", "请补充",
		"请填写", "请在此", "请各单位填", NULL };
	static const char *const square_here[] = { "填写", "填入", "插入", NULL };
	static const char *const manual[] = { "填写说明", "填写要求", "填写须知", NULL };
	if (text_any(p, here) || (square && text_any(p, square_here) && !text_any(p, manual)))
		return 1;
	p += text_any(p, what);
	size_t n = text_any(p, alone);
	if (!n)
		return 0;
	p += n;
	p += text_any(p, behind);
	return p >= end;
}

/* `p` is behind an opening bracket. */
static void find_bracket(struct search *search, const char *at, const char *p, int square)
{
	static const char *const cases[] = { "线索", "问题", "举报", "案件", "信息", NULL };
	const char *end = p, *next = p;
	for (int i = 0;; i++) {
		uint32_t c = utf8_next(&next, search->end);
		if (c == ')' || c == 0xFF09 || c == 0x3011 || c == ']')
			break;
		if (!c || c == '\n' || i >= NOTE_MAX)
			return;
		end = next;
	}
	if (asks(p, end, square) &&
	    !(text_word(p, "待核") && (search->passage->kind == PASSAGE_CELL ||
	                                  text_any_before(search->start, at, cases))))
		report(search, at, next);
}

static void find_words(struct search *search, const char *p)
{
	static const char *const words[] = { "TODO", "TBD", "FIXME", "此处待补充", "数据待补充",
		"数字待补充", "内容待补充", "数据待填", "数字待填", NULL };
	size_t n = text_any(p, words);
	int latin = *p == 'T' || *p == 'F';
	uint32_t before = utf8_before(search->start, p);
	if (!n || (latin && (text_is_word(before) || text_is_word(text_at(p + n, search->end)))))
		return;
	/* Within a bracket it is found as a whole. */
	if (latin || (before != '(' && before != 0xFF08 && before != 0x3010 && before != '['))
		report(search, p, p + n);
}

void placeholder_check(const struct reviewer *reviewer, const struct passage *passage)
{
	static const char *const parts[] = { "X", "Ｘ", "×", "*", "＊", "_", "＿", "待", "此处",
		"请", "填", "插入", "TODO", "TBD", "FIXME", NULL };
	struct search search = search_begin(reviewer, passage);
	struct cited cited = { 0 };
	if (!search_has(&search, parts))
		return;
	struct lines lines = read_lines(&search);
	for (const char *p = search.start; p < search.end;) {
		const char *at = p;
		uint32_t c = utf8_next(&p, search.end);
		cited_read(&cited, c);
		if (cited.title || cited.quote || cited.straight)
			continue;
		if (is_sign(c))
			p = find_signs(&search, at);
		else if (is_low_line(c))
			p = find_line(&search, &lines, at);
		else if (c == '(' || c == 0xFF08 || c == 0x3010 || c == '[')
			find_bracket(&search, at, p, c == 0x3010 || c == '[');
		else if (c == 'T' || c == 'F' || utf8_is_han(c))
			find_words(&search, at);
	}
}
