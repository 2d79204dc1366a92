/* years.c: years left over from last year's text, and dates that do not exist. */
#include "review/text.h"

#include <stdio.h>

#include "base/i18n.h"

enum {
	PHRASE_MAX = 12, /* characters behind a year that say what of that year is meant */
	OF_MAX = 5       /* …and until 的: 2020年受理的案件 */
};

/* ---- numbers --------------------------------------------------------------- */

/* Digits, or Chinese numerals, that stand together. */
struct run {
	const char *start, *end;
	size_t count;
	int value;   /* 2020 for 2020 and 二〇二〇; 31 for 三十一; -1: none of these */
	int chinese; /* written with numerals */
};

enum { TEN = 0x5341 /* 十 */ };

static int is_numeral(uint32_t c)
{
	return c == TEN || text_numeral(c) >= 0;
}

/* 十, 二十, 三十一; 0 to 9 alone; four numerals of a year. */
static int numeral_value(const struct run *run)
{
	int value = 0, tens = 0, last = 0;
	const char *p = run->start;
	for (size_t i = 0; i < run->count; i++) {
		uint32_t c = utf8_next(&p, run->end);
		if (c == TEN) {
			if (tens++ || i > 1)
				return -1;
			value = (i ? value : 1) * 10;
			last = 0;
		} else if (tens && last++) {
			return -1;
		} else {
			value = tens ? value + text_numeral(c) : value * 10 + text_numeral(c);
		}
	}
	return tens || run->count == 1 || run->count == 4 ? value : -1;
}

/* Reads the run at `*p` and moves behind it; 0 if none begins there. */
static int read_run(const char **p, const char *end, struct run *out)
{
	const char *next = *p;
	uint32_t c = utf8_next(&next, end);
	int chinese = is_numeral(c);
	*out = (struct run){ .start = *p, .chinese = chinese };
	while (chinese ? is_numeral(c) : text_digit(c) >= 0) {
		if (out->count++ < 4 && !chinese)
			out->value = out->value * 10 + text_digit(c);
		*p = next;
		c = utf8_next(&next, end);
	}
	out->end = *p;
	if (out->count > 4)
		out->value = -1;
	else if (chinese)
		out->value = numeral_value(out);
	return out->count > 0;
}

static int is_dash(uint32_t c)
{
	return c == '-' || c == '~' || c == 0xFF0D || c == 0xFF5E || c == 0x301C ||
	       (c >= 0x2010 && c <= 0x2015);
}

/* Behind 年, if the run is a year with that word; else NULL. */
static const char *year_end(const struct run *run, const char *end)
{
	const char *word = text_skip_blanks(run->end, end);
	return run->count == 4 && run->value >= 1000 && text_word(word, "年") ? word + strlen("年")
	                                                                      : NULL;
}

/* A year, with 年 behind it or in a list or range: 2019年, 2019—2020年, 2019、2020年. */
static int is_year(const struct run *run, const char *end)
{
	static const char *const links[] = { "、", "至", "到", "和", "与", NULL };
	return year_end(run, end) ||
	       (run->count == 4 && run->value >= 1949 && run->value < 2100 &&
	           (is_dash(text_at(run->end, end)) || text_any(run->end, links)));
}

/* ---- last year's years ----------------------------------------------------- */

/* What is said of the years in a sentence. */
struct sentence {
	const char *start, *end;
	int compares; /* this year, a third year, or words of comparison stand in it */
};

/* What a year may stand within: titles, quotations and brackets speak for themselves. */
struct cover {
	int title, quote, bracket, straight;
};

static void cover_read(struct cover *cover, uint32_t c)
{
	if (c == 0x300A || c == 0x3008)
		cover->title = 1;
	else if (c == 0x300B)
		cover->title = 0;
	else if (c == 0x201C || c == 0x300C)
		cover->quote = 1;
	else if (c == 0x201D || c == 0x300D)
		cover->quote = 0;
	else if (c == '"')
		cover->straight = !cover->straight;
	else if (c == '(' || c == 0xFF08 || c == '[' || c == 0x3014 || c == 0x3010)
		cover->bracket++;
	else if ((c == ')' || c == 0xFF09 || c == ']' || c == 0x3015 || c == 0x3011) &&
	         cover->bracket > 0)
		cover->bracket--;
	else if (c == 0x3002) /* a bracket lost in one sentence must not hide the next */
		cover->title = cover->bracket = 0;
	else if (c == '\n')
		*cover = (struct cover){ 0 };
}

static int is_covered(const struct cover *cover)
{
	return cover->title || cover->quote || cover->bracket || cover->straight;
}

static int ends_sentence(uint32_t c)
{
	return c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == '!' || c == '?' || c == '\n';
}

/* Reads the sentence at `p`. `now`: the report's year. */
static struct sentence read_sentence(const char *p, const char *end, int now)
{
	static const char *const words[] = { "上年", "去年", "上一年", "前年", "往年", "历年",
		"逐年", "同比", "环比", "相比", "相较", "同期", "结转", "期间", "连续", "五年",
		"今年", "本年", "基础上", NULL };
	struct sentence sentence = { p, p, 0 };
	struct cover cover = { 0 };
	struct run run;
	while (p < end) {
		if (read_run(&p, end, &run)) {
			int other = is_year(&run, end) && run.value != now - 1;
			sentence.compares |= other && (run.value == now || !cover.title);
			sentence.compares |= !cover.title && text_any(run.start, words); /* 五年 */
			continue;
		}
		const char *at = p;
		uint32_t c = utf8_next(&p, end);
		cover_read(&cover, c);
		if (utf8_is_han(c) && !sentence.compares && !cover.title)
			sentence.compares = text_any(at, words) != 0;
		if (ends_sentence(c))
			break;
	}
	sentence.end = p;
	return sentence;
}

/* Whether the words before a year say that it is meant: 较, 自, 截至, 根据. */
static int is_introduced(const char *start, const char *p)
{
	static const char *const words[] = { "较", "比", "于", "自", "从", "由", "至", "到", "止",
		"与", "同", "和", "及", "以", "据", "照", "对", "落实", "贯彻", "、", NULL };
	for (int i = 0; i < TEXT_BLANKS_MAX && text_is_blank(utf8_before(start, p)); i++)
		p = text_left(start, p, 1);
	return text_any_before(start, p, words) || is_dash(utf8_before(start, p));
}

/* Behind 度, and behind month and day. */
static const char *skip_date(const char *p, const char *end)
{
	static const char *const units[] = { "月", "日" };
	p += text_word(p, "度");
	for (size_t i = 0; i < 2; i++) {
		struct run run;
		const char *at = text_skip_blanks(p, end);
		if (!read_run(&at, end, &run))
			break;
		at = text_skip_blanks(at, end);
		if (!text_word(at, units[i]))
			break;
		p = at + strlen(units[i]);
	}
	return p;
}

/* Whether the words behind a year say that it is meant: 以来, 印发的, 度考核. */
static int is_explained(const char *p, const char *end, int headline)
{
	static const char *const next[] = { "以来", "以后", "以前", "之后", "之前", "起", "至",
		"到", "底", "末", "前", "后", "版", "（", "(", NULL };
	static const char *const words[] = { "修订", "修正", "颁布", "规划", "纲要", "方案", "行动",
		"试点", "示范", "年报", "审计", "决算", "考核", "考评", "述法", "述职", "评议",
		"评查", "评估", "总结", "表彰", "绩效", "中央", "反馈", "遗留", "未结", "增长",
		"下降", "上升", "减少", "提高", "降低", "提升", "水平", "基数", "获", "命名",
		"评为", "授予", "认定", "启动", "版", NULL };
	static const char *const marks[] = { "，", "。", "；", "：", "、", "！", "？", NULL };
	p = skip_date(p, end);
	if (text_any(p, next) || is_dash(text_at(p, end)))
		return 1;
	for (int i = 0; i < PHRASE_MAX && p < end && *p != '\n'; i++) {
		if (text_any(p, marks) || strchr(",;:!?", *p))
			return 0;
		if (text_any(p, words) || (i < OF_MAX && text_word(p, "的")))
			return 1;
		if (text_word(p, "报告") && !text_word(p, "报告如下"))
			return !headline;
		utf8_next(&p, end);
	}
	return 0;
}

/* Whether a sentence begins at `p`, but for blanks. */
static int begins_sentence(const struct search *search, const char *p)
{
	for (int i = 0; i < TEXT_BLANKS_MAX && text_is_blank(utf8_before(search->start, p)); i++)
		p = text_left(search->start, p, 1);
	return p == search->start || ends_sentence(utf8_before(search->start, p));
}

/* Which years a passage speaks of. */
struct told {
	int year, several; /* the first one, and whether there are others */
	int compares;      /* words that set years side by side, or look back */
	int sums;          /* over years: since then, not until then */
};

static struct told read_told(const struct search *search)
{
	static const char *const words[] = { "今年", "本年", "当年", "目前", "上年", "去年", "同比",
		"连续", "历年", "近年", "逐年", "两年", "三年", "四年", "五年", "存量", "积案",
		"遗留", "试点", "基础上", NULL };
	static const char *const sums[] = { "累计", NULL };
	struct told told = { 0 };
	struct run run;
	for (const char *p = search->start; p < search->end && !told.several;) {
		if (!read_run(&p, search->end, &run)) {
			utf8_next(&p, search->end);
		} else if (is_year(&run, search->end)) {
			told.several = told.year && told.year != run.value;
			told.year = run.value;
		}
	}
	if (told.year) {
		told.compares = search_has(search, words);
		told.sums = search_has(search, sums);
	}
	return told;
}

/* Whether `year` is the only one, and not looked back at. */
static int speaks_only_of(const struct told *told, int year)
{
	return !told->compares && !told->several && told->year == year;
}

/* 截至2020年底，, and neither 有效期截至2020年底 nor 截至2020年底现行有效的文件. `at`: 截至. */
static int counts_until(const struct search *search, const char *at, const char *behind)
{
	static const char *const whole[] = { "全县", "全市", "全区", "我县", "我市", "我区", NULL };
	static const char *const next[] = { "，", ",", "全县", "全市", "全区", "我县", "我市",
		"我区", "共", "已", "累计", "现有", NULL };
	at -= text_any_before(search->start, at, whole);
	uint32_t before = utf8_before(search->start, at);
	return (at == search->start || before == '\n' || text_is_stop(before) ||
	           text_is_half_stop(before) || text_is_blank(before)) &&
	       text_any(behind, next);
}

/*
 * 截至2020年底, 2020年以来 and 2020年是 are of the year spoken of where nothing else in the
 * passage is of this year. `from` and `behind`: the year. Returns where the phrase ends, or NULL.
 */
static const char *standpoint(
    const struct search *search, const struct told *told, const char *from, const char *behind)
{
	static const char *const until[] = { "截至到", "截止到", "截至", "截止", NULL };
	static const char *const ends[] = { "底", "末", "12月31日", "12月底", NULL };
	static const char *const since[] = { "以来，", "以来,", NULL };
	static const char *const is[] = { "是“", "是\"", "是我", "是全", "是实施", "是推进",
		"是贯彻", "是法治", "是落实", "是深化", "是深入", NULL };
	size_t n = text_any(behind, ends);
	size_t before = text_any_before(search->start, from, until);
	if (n && before)
		return counts_until(search, from - before, behind + n) ? behind + n : NULL;
	if (!begins_sentence(search, from))
		return NULL;
	n = told->sums ? 0 : text_any(behind, since);
	if (!n)
		n = text_any(behind, is);
	return n ? behind + n : NULL;
}

/* 截至2020年底的案件, 截至2020年底未办结: what was so then. */
static int is_past(const char *p)
{
	static const char *const words[] = { "的", "前", "以前", "之前", "未", "尚未", "仍", "（",
		"(", NULL };
	return text_any(p, words) != 0;
}

/* The years of a sentence that are last year's, and nothing says why; once it is said, it holds. */
static void check_sentence(struct search *search, const struct sentence *sentence,
    const struct told *told, struct cover *cover)
{
	static const char *const opening[] = { "现将", "现就", NULL };
	int now = search->reviewer->year, headline = search->passage->kind == PASSAGE_HEADLINE;
	int meant = sentence->compares;
	struct run run;
	for (const char *p = sentence->start; p < sentence->end;) {
		if (!read_run(&p, sentence->end, &run)) {
			cover_read(cover, utf8_next(&p, sentence->end));
			continue;
		}
		const char *behind = year_end(&run, sentence->end);
		if (!behind || run.value != now - 1 || is_covered(cover))
			continue;
		const char *to = behind,
		           *point = meant ? NULL : standpoint(search, told, run.start, behind);
		if (point && !is_past(point) && speaks_only_of(told, now - 1))
			to = point;
		else if (!text_any_before(search->start, run.start, opening))
			meant |= is_introduced(search->start, run.start) ||
			         is_explained(behind, sentence->end, headline);
		if (meant)
			continue;
		search_report(search, CODE_TEXT_STALE_YEAR, run.start,
		    N_("'%s' stands in a report on %s: is the year left from last year's text?"),
		    search_excerpt(search, run.start, to, 0, 8),
		    arena_printf(search->reviewer->arena, "%d", now));
	}
}

/* 2019年…。2020年…。2021年…: a passage that tells a history. */
static int tells_history(const struct search *search)
{
	int now = search->reviewer->year, current = 0, older = 0;
	struct run run;
	for (const char *p = search->start; p < search->end;) {
		if (!read_run(&p, search->end, &run)) {
			utf8_next(&p, search->end);
			continue;
		}
		if (!year_end(&run, search->end))
			continue;
		current |= run.value == now;
		older |= run.value < now - 1;
	}
	return current && older;
}

/* Whether last year is written anywhere, in digits of either width or numerals. */
static int may_be_stale(const struct search *search)
{
	char last[16] = "";
	const char *const parts[] = { last, "１", "２", "一九", "二〇", "二○", "二零", "二０",
		NULL };
	snprintf(last, sizeof last, "%d", search->reviewer->year - 1);
	return search_has(search, parts);
}

static void check_stale(struct search *search)
{
	struct cover cover = { 0 };
	int now = search->reviewer->year;
	/* A table's cells compare years, or date what they list. */
	if (!now || search->passage->kind == PASSAGE_CELL || !may_be_stale(search) ||
	    tells_history(search))
		return;
	struct told told = read_told(search);
	for (const char *p = search->start; p < search->end;) {
		struct sentence sentence = read_sentence(p, search->end, now);
		check_sentence(search, &sentence, &told, &cover);
		p = sentence.end;
	}
}

/* ---- other years ----------------------------------------------------------- */

enum { FAR = 10 /* years ahead that no report's year can be */ };

/* 2019年全年, 2052年，: no year to speak of, and the passage tells of no other. */
static int is_slip(const struct search *search, const struct told *told, const struct run *year,
    const char *behind)
{
	int now = search->reviewer->year, value = year->value;
	int whole = text_word(behind, "全年") != 0;
	int far = value > now + FAR && (text_word(behind, "，") || *behind == ',');
	return (whole || far) && (value < now - 1 || value > now + 1) &&
	       begins_sentence(search, year->start) && speaks_only_of(told, value);
}

/* 2021年，将…, 2021年工作打算 in the plan for 2022. */
static int is_planned(const struct search *search, const struct told *told, const struct run *year,
    const char *behind)
{
	static const char *const marks[] = { "，", ",", NULL };
	static const char *const plans[] = { "工作打算", "工作安排", "工作计划", "工作思路", NULL };
	/* 将继续, but not 将 alone: 将普法纳入考核 is what was done. */
	static const char *const going[] = { "继续", "计划", "力争", "进一步", "将继续", "将进一步",
		"将着力", "将持续", "将深入", "将不断", "将围绕", "将坚持", "我县将继续",
		"全县将继续", "县政府将继续", "我们将继续", NULL };
	static const char *const planned[] = { "计划的", "计划内", "计划任务", NULL };
	int headline = search->passage->kind == PASSAGE_HEADLINE;
	size_t n = text_any(behind, plans);
	if (year->value != search->reviewer->year || !speaks_only_of(told, year->value))
		return 0;
	if (headline) /* and no more: not 落实2021年工作安排, 2021年工作安排落实情况 */
		return n && behind + n == search->end &&
		       !utf8_is_han(utf8_before(search->start, year->start));
	if (strcmp(search->reviewer->chapter ? search->reviewer->chapter : "", "plan") != 0 ||
	    !begins_sentence(search, year->start))
		return 0;
	if (n)
		return text_at(behind + n, search->end) == 0xFF1A; /* ： */
	n = text_any(behind, marks); /* 2021年继续推进的改革 is a thing done */
	return n && text_any(behind + n, going) && !text_any(behind + n, planned);
}

/* Words of a text that looks back, which a plan may do. */
static int looks_back(const struct search *search)
{
	static const char *const past[] = { "取得", "成效", "已", "了", "完成了", "基础上", "虽",
		"仍", "但", "不足", "存在", "相比", "较", "提出", "要求", "部署", "印发", NULL };
	return search_has(search, past);
}

static void check_others(struct search *search)
{
	static const char *const parts[] = { "全年", "年，", "年,", "工作", "将", "继续", "计划",
		"拟", "力争", NULL };
	struct cover cover = { 0 };
	int now = search->reviewer->year;
	struct run run;
	if (!now || search->passage->kind == PASSAGE_CELL || !search_has(search, parts))
		return;
	struct told told = read_told(search);
	if (!told.year)
		return;
	int back = looks_back(search);
	for (const char *p = search->start; p < search->end;) {
		if (!read_run(&p, search->end, &run)) {
			cover_read(&cover, utf8_next(&p, search->end));
			continue;
		}
		const char *behind = year_end(&run, search->end);
		if (!behind || is_covered(&cover))
			continue;
		if (is_slip(search, &told, &run, behind))
			search_report(search, CODE_TEXT_STALE_YEAR, run.start,
			    N_("'%s' stands in a report on %s: is this the year that is meant?"),
			    search_excerpt(search, run.start, behind, 0, 8),
			    arena_printf(search->reviewer->arena, "%d", now));
		else if (!back && is_planned(search, &told, &run, behind))
			search_report(search, CODE_TEXT_STALE_YEAR, run.start,
			    N_("'%s' plans for %s, the year that the report is on: is the next one "
			       "meant?"),
			    search_excerpt(search, run.start, behind, 0, 8),
			    arena_printf(search->reviewer->arena, "%d", now));
	}
}

/* ---- dates that do not exist ----------------------------------------------- */

/* Days of a month; `year` 0: unknown, so a leap year may be meant. */
static int days_of(int month, int year)
{
	static const unsigned char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	int leap = year == 0 || (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
	return days[month - 1] + (month == 2 && leap);
}

static void report_date(struct search *search, const char *from, const char *to)
{
	search_report(search, CODE_TEXT_DATE, from, N_("the date '%s' does not exist"),
	    search_copy(search, from, to), NULL);
}

/* 2021-02-30, 2021/2/30, 2021.2.30; months past 12 are left alone, for such codes exist. */
static void check_numeric(struct search *search, const struct run *year)
{
	struct run parts[2];
	const char *p = year->end, *end = search->end;
	uint32_t joint = text_at(p, end), before = utf8_before(search->start, year->start);
	if (year->chinese || year->count != 4 || year->value < 1900 || year->value >= 2100 ||
	    text_is_word(before) || (before > 0 && before < 0x80 && strchr("-/._", (int)before)) ||
	    (joint != '-' && joint != '/' && joint != '.'))
		return;
	for (size_t i = 0; i < 2; i++) {
		if (text_at(p, end) != joint)
			return;
		p++;
		if (!read_run(&p, end, &parts[i]) || parts[i].chinese || parts[i].count > 2)
			return;
	}
	const char *next = p;
	uint32_t behind = utf8_next(&next, end);
	if (text_is_letter(behind) || (behind == joint && text_is_word(text_at(next, end))))
		return;
	int month = parts[0].value, day = parts[1].value;
	if (month >= 1 && month <= 12 && day <= 31 && day > days_of(month, year->value))
		report_date(search, year->start, p);
}

/* The run is a month. `from`: where the date begins; `year` 0: not written. */
static void check_month(struct search *search, const struct run *month, const char *from, int year)
{
	static const char *const lunar[] = { "农历", "阴历", "旧历", "夏历", "藏历", NULL };
	static const char *const units[] = { "日", "号", NULL };
	static const char *const parts[] = { "份", "底", "初", "末", "上旬", "中旬", "下旬", NULL };
	const char *end = search->end;
	const char *word = text_skip_blanks(month->end, end) + strlen("月");
	const char *p = text_skip_blanks(word, end), *to = word;
	struct run day;
	if (!read_run(&p, end, &day)) {
		day.value = -1;
	} else {
		p = text_skip_blanks(p, end);
		size_t n = text_any(p, units);
		to = n ? p + n : word;
		if (!n || (day.count > 2 && !day.chinese) || text_word(to, "楼"))
			day.value = -1;
	}
	if (month->value < 0 || text_any_before(search->start, from, lunar))
		return;
	if (month->value < 1 || month->value > 12) {
		if (year || day.value >= 0 || text_any(word, parts)) /* 工期13月 is a time */
			report_date(search, from, to);
	} else if (day.value >= 0 && (day.value < 1 || day.value > days_of(month->value, year))) {
		report_date(search, from, to);
	}
}

static void check_dates(struct search *search)
{
	const char *year = NULL, *year_behind = NULL; /* the last one */
	int year_value = 0;
	struct run run;
	static const char *const parts[] = { "月", "-", "/", ".", NULL };
	if (!search_has(search, parts))
		return;
	for (const char *p = search->start; p < search->end;) {
		if (!read_run(&p, search->end, &run)) {
			utf8_next(&p, search->end);
			continue;
		}
		const char *behind = year_end(&run, search->end);
		if (behind) {
			year = run.start;
			year_value = run.value;
			year_behind = text_skip_blanks(behind, search->end);
		} else if ((run.chinese || run.count <= 2) &&
		           text_word(text_skip_blanks(run.end, search->end), "月")) {
			int dated = year && year_behind == run.start;
			check_month(search, &run, dated ? year : run.start, dated ? year_value : 0);
		} else {
			check_numeric(search, &run);
		}
	}
}

void years_check(const struct reviewer *reviewer, const struct passage *passage)
{
	struct search search = search_begin(reviewer, passage);
	check_stale(&search);
	check_others(&search);
	check_dates(&search);
}
