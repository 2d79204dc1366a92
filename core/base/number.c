/*
 * number.c: goes through a text once and reads every number it meets. What a
 * number is shows in what stands beside it, so each look goes a bounded way
 * back and forth; no byte is passed twice but for those.
 */
#define _GNU_SOURCE /* memmem */
#include "base/number.h"

#include "base/number_words.h"
#include "base/numeral.h"
#include "base/utf8.h"

#include <string.h>

enum {
	LOOK_MAX = 60,  /* bytes looked ahead for the end of a construct */
	RUN_MAX = 32,   /* Chinese numerals in one number */
	QUOTED_MAX = 30 /* bytes of a set phrase in quotation marks: 三无三可 */
};

struct scan {
	struct arena *arena;
	const char *text, *end; /* NUL-ended copy without full-width digits */
	const char *floor;      /* behind the last number: nothing is read twice */
	const char *quote;      /* the “ that is open, or NULL */
	const char *title;      /* the 《 that is open, or NULL */
	struct number *list;
	size_t count;
};

const char *number_kind_id(enum number_kind kind)
{
	switch (kind) {
	case NUMBER_QUANTITY:
		return "quantity";
	case NUMBER_DATE:
		return "date";
	case NUMBER_DOCUMENT:
		return "document";
	case NUMBER_ARTICLE:
		return "article";
	case NUMBER_ORDINAL:
		return "ordinal";
	case NUMBER_NAME:
		return "name";
	case NUMBER_CODE:
		return "code";
	}
	return "";
}

const char *unit_base(const char *unit, int64_t *scale)
{
	const char *word = "";
	const char *base = unit ? unit : "";
	*scale = numeral_magnitude(&base, &word);
	return base;
}

/* ---- small questions ------------------------------------------------------------ */

static int is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static int is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int begins(const char *at, const char *word)
{
	return strncmp(at, word, strlen(word)) == 0;
}

/* Whether `word` ends at `at`, not before the start of the text. */
static int ends(const struct scan *scan, const char *at, const char *word)
{
	size_t n = strlen(word);
	return (size_t)(at - scan->text) >= n && memcmp(at - n, word, n) == 0;
}

static const char *past(const char *at, const char *word)
{
	return begins(at, word) ? at + strlen(word) : at;
}

/* Whether only blanks stand between the start of the line and `at`. */
static int begins_line(const struct scan *scan, const char *at)
{
	for (int i = 0; i < 8 && at > scan->text; i++) {
		uint32_t c = utf8_before(scan->text, at);
		if (c == '\n')
			return 1;
		if (!utf8_is_space(c))
			return 0;
		do
			at--;
		while (at > scan->text && ((unsigned char)*at & 0xC0) == 0x80);
	}
	return at == scan->text;
}

/* One bracket before the number, and the line or text before that: （一）. */
static int begins_in_bracket(const struct scan *scan, const char *at)
{
	if (ends(scan, at, "（"))
		return begins_line(scan, at - strlen("（"));
	return ends(scan, at, "(") && begins_line(scan, at - 1);
}

/* ---- what was read ------------------------------------------------------------------ */

static void add(struct scan *scan, enum number_kind kind, const char *start, const char *end,
    const char *digits, const char *digits_end)
{
	scan->list = arena_grow(scan->arena, scan->list, scan->count, sizeof *scan->list);
	struct number *number = &scan->list[scan->count++];
	*number = (struct number){ .kind = kind,
		.start = (size_t)(start - scan->text),
		.end = (size_t)(end - scan->text),
		.digits = (size_t)(digits - scan->text),
		.digits_end = (size_t)(digits_end - scan->text),
		.unit = "" };
	number->quantity.text = "";
	scan->floor = end;
}

static void add_plain(struct scan *scan, enum number_kind kind, const char *start, const char *end)
{
	add(scan, kind, start, end, start, end);
}

/* A quantity in hand: what was read of it so far. */
struct reading {
	const char *start, *digits, *digits_end, *at; /* `at`: behind all that was read */
	struct numeral numeral;
	enum side front, back;
	int64_t high; /* of a range, millionths; 0: none */
	int chinese;
};

static void set_quantity(struct scan *scan, const struct reading *r, const char *written_end,
    int64_t scale, const char *unit, size_t unit_size)
{
	struct number *number = &scan->list[scan->count - 1];
	struct nb_quantity *q = &number->quantity;
	int64_t value, step, high = r->high;
	if (__builtin_mul_overflow(r->numeral.value, scale, &value) ||
	    __builtin_mul_overflow(r->numeral.step, scale, &step) ||
	    __builtin_mul_overflow(high, scale, &high) || value > INT64_MAX / 4 ||
	    high > INT64_MAX / 4) {
		number->kind = NUMBER_CODE; /* beyond anything that is counted */
		return;
	}
	q->decimals = r->numeral.decimals;
	numeral_bounds(value, step, r->front != SIDE_EXACT ? r->front : r->back, q);
	if (r->high) {
		q->state = NB_APPROXIMATE;
		q->high = high > q->high ? high : q->high;
	}
	q->text = arena_strndup(scan->arena, r->start, (size_t)(written_end - r->start));
	number->unit = unit_size ? arena_strndup(scan->arena, unit, unit_size) : "";
}

/* ---- dates -------------------------------------------------------------------------- */

static size_t digits_at(const char *at)
{
	size_t n = 0;
	while (n < 32 && is_digit(at[n]))
		n++;
	return n;
}

/* Digits or Chinese numerals up to two figures: of a month or day. */
static const char *past_small(const char *at)
{
	while (*at == ' ')
		at++;
	size_t n = digits_at(at);
	if (n)
		return n <= 2 ? at + n : NULL;
	n = numeral_run(at, 4);
	return n && n <= 9 ? at + n : NULL;
}

/* 10月30日, 11月底, 3月至5月 behind a year or alone; `at` where it is none. */
static const char *past_month(const char *at)
{
	const char *month = past_small(at);
	if (!month || !begins(month, "月"))
		return at;
	at = month + strlen("月");
	const char *day = past_small(at);
	if (day && (begins(day, "日") || begins(day, "号")))
		return day + strlen("日");
	if (begins(at, "底") || begins(at, "初") || begins(at, "末") || begins(at, "份"))
		return at + strlen("底");
	return at;
}

/* What may follow 年: 度, 底, a month, 第3号; `*document` if it is an issue of a gazette. */
static const char *past_year(const char *at, int *document)
{
	*document = 0;
	if (begins(at, "度") || begins(at, "底") || begins(at, "初") || begins(at, "末"))
		return at + strlen("度");
	if (begins(at, "第")) {
		size_t n = digits_at(at + strlen("第"));
		const char *number = at + strlen("第") + n;
		if (n && begins(number, "号")) {
			*document = 1;
			return number + strlen("号");
		}
	}
	return past_month(at);
}

static const char *past_dash(const char *at)
{
	static const char *const dashes[] = { "——", "—", "–", "-", "～", "~", "至" };
	for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++)
		if (begins(at, dashes[i]))
			return at + strlen(dashes[i]);
	return at;
}

/* 2021-03-09, 2021.3.9, 2021/3/9, 10:05:38; NULL if none begins here. */
static const char *past_written_date(const char *at)
{
	size_t n = digits_at(at);
	char sign = at[n];
	if (n == 4 && sign && strchr("-./", sign)) {
		size_t month = digits_at(at + 5);
		if (month == 0 || month > 2 || at[5 + month] != sign)
			return NULL;
		size_t day = digits_at(at + 6 + month);
		return day == 0 || day > 2 ? NULL : at + 6 + month + day;
	}
	if (n == 0 || n > 2 || sign != ':')
		return NULL;
	at += n;
	for (int i = 0; i < 2 && *at == ':' && digits_at(at + 1) == 2; i++)
		at += 3;
	return is_digit(at[-1]) ? at : NULL;
}

/* 2021年…, 2020—2025年, 21年; 10月30日, 30日, 14时30分. NULL if it is no date. */
static const char *past_date(const char *at, int *document)
{
	size_t n = digits_at(at);
	const char *after = at + n, *dash = past_dash(after);
	*document = 0;
	if (n == 4 && dash > after && digits_at(dash) == 4 && begins(dash + 4, "年"))
		return past(dash + 4 + strlen("年"), "度");
	if (begins(after, "年")) {
		const char *behind = after + strlen("年");
		if (n == 4 || n == 2)
			return past_year(behind, document);
		return behind; /* 3年: a duration */
	}
	const char *month = past_month(at);
	if (month > at)
		return month;
	if (n <= 2 && begins(after, "日"))
		return after + strlen("日");
	if (n <= 2 && (begins(after, "时") || (begins(after, "点") && digits_at(after + 3)))) {
		const char *minutes = past_small(after + strlen("时"));
		return minutes && begins(minutes, "分") ? minutes + strlen("分")
		                                        : after + strlen("时");
	}
	return NULL;
}

/* ---- document numbers ------------------------------------------------------------------ */

/* The bracket that closes what ends before `at`, or NULL. */
static const char *closing(const struct scan *scan, const char *at, const char **open)
{
	static const struct {
		const char *open, *close;
	} brackets[] = { { "〔", "〕" }, { "[", "]" }, { "(", ")" }, { "（", "）" }, { "【", "】" },
		{ "［", "］" } };
	for (size_t i = 0; i < sizeof brackets / sizeof *brackets; i++)
		if (ends(scan, at, brackets[i].open)) {
			*open = brackets[i].open;
			return brackets[i].close;
		}
	return NULL;
}

/* 〔2021〕28号 and （2021）晋05行终12号, the year at `at`: behind 号, or NULL. */
static const char *past_document(const struct scan *scan, const char *at)
{
	const char *open = "", *close = closing(scan, at, &open);
	size_t n = digits_at(at);
	if (!close || (n != 4 && n != 2) || !begins(at + n, close))
		return NULL;
	const char *p = at + n + strlen(close);
	int number = 0;
	for (const char *most = p + LOOK_MAX; p < scan->end && p < most;) {
		if (begins(p, "号"))
			return number ? p + strlen("号") : NULL;
		number |= is_digit(*p);
		const char *here = p;
		uint32_t c = utf8_next(&p, scan->end);
		if (c < 0x80 ? !is_digit(*here) : !utf8_is_han(c))
			return NULL;
	}
	return NULL;
}

/* ---- quantities -------------------------------------------------------------------------- */

/* Takes 近 or 不少于 before the digits, but not 最近, 节约. */
static void take_front(const struct scan *scan, struct reading *r)
{
	static const char *const others[] = { "最近", "附近", "邻近", "靠近", "新近", "节约",
		"条约", "合约", "契约", "违约", "预约", "公约", "制约", "特约", "集约", "大约" };
	const char *word = numeral_word_before(scan->floor, r->start, &r->front);
	if (!word)
		return;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (strcmp(word, "大约") != 0 && ends(scan, r->start, others[i])) {
			r->front = SIDE_EXACT;
			return;
		}
	r->start -= strlen(word);
}

/* The second number of 3至5名, 10-15个: `*r` then reaches up to it. */
static void take_range(struct reading *r)
{
	const char *second = past_dash(r->at);
	struct numeral most;
	if (second == r->at)
		return;
	const char *p = second;
	int read = r->chinese ? numeral_chinese(&p, &most) : numeral_digits(&p, &most) == NULL;
	if (!read || most.value <= r->numeral.value)
		return;
	r->high = most.value;
	r->at = r->digits_end = p;
}

static int is_percent_sign(const char *at)
{
	return *at == '%' || begins(at, "％");
}

/*
 * Everything behind the digits: 余, 万, unit, 以上. Returns 0 if a Chinese
 * numeral turns out to count nothing; then nothing was added.
 */
static int finish_quantity(struct scan *scan, struct reading *r)
{
	const char *word = "", *unit;
	enum unit_kind kind;
	r->back = r->front == SIDE_EXACT ? numeral_after(&r->at, &word) : SIDE_EXACT;
	int64_t scale = r->chinese ? 1 : numeral_magnitude(&r->at, &word);
	if (r->back == SIDE_EXACT && r->front == SIDE_EXACT && scale > 1)
		r->back = numeral_after(&r->at, &word);
	const char *written = r->at;
	if (is_percent_sign(r->at)) {
		unit = r->at;
		r->at += *r->at == '%' ? 1 : strlen("％");
		if (r->back == SIDE_EXACT && r->front == SIDE_EXACT)
			r->back = numeral_after(&r->at, &word);
		add(scan, NUMBER_QUANTITY, r->start, r->at, r->digits, r->digits_end);
		set_quantity(scan, r, r->at, 1, "%", 1);
		scan->list[scan->count - 1].percent = 1;
		return 1;
	}
	unit = past(r->at, "个");
	if (begins(unit, "百分点")) {
		r->at = unit + strlen("百分点");
		add(scan, NUMBER_QUANTITY, r->start, r->at, r->digits, r->digits_end);
		set_quantity(scan, r, written, 1, "百分点", strlen("百分点"));
		scan->list[scan->count - 1].points = 1;
		return 1;
	}
	unit = r->at;
	/* 元 written as 万元 was 万 and 元; a Chinese numeral has its 万 within. */
	size_t n = unit_at(unit, &kind);
	int big = r->chinese && begins(unit, "大") && r->back == SIDE_EXACT; /* 九大综合执法队 */
	if (big) {
		n = strlen("大");
		kind = UNIT_COUNT;
	}
	if (r->chinese && !big && (n == 0 || !unit_counts_chinese(unit, n)) &&
	    r->front == SIDE_EXACT && r->back == SIDE_EXACT && kind != UNIT_MONEY)
		return 0;
	r->at += n;
	if (r->back == SIDE_EXACT && r->front == SIDE_EXACT && n)
		r->back = numeral_after(&r->at, &word);
	add(scan, kind == UNIT_TIME ? NUMBER_DATE : NUMBER_QUANTITY, r->start, r->at, r->digits,
	    r->digits_end);
	set_quantity(scan, r, written, scale, unit, big ? 0 : n);
	return 1;
}

/* ---- digits --------------------------------------------------------------------------------- */

/* 7×24小时, 1+1+N: digits joined by signs. Behind it, or NULL. */
static const char *past_joined(const char *at)
{
	const char *p = at + digits_at(at);
	int joined = 0;
	for (int i = 0; i < 8; i++) {
		const char *sign = *p == '+'                                     ? p + 1
		                   : begins(p, "＋")                             ? p + 3
		                   : begins(p, "×")                              ? p + 2
		                   : (*p && strchr("xX*", *p)) && is_digit(p[1]) ? p + 1
		                                                                 : p;
		if (sign == p)
			break;
		size_t n = digits_at(sign);
		n = n ? n : (size_t)is_letter(*sign);
		if (n == 0)
			break;
		p = sign + n;
		joined = 1;
	}
	return joined ? past(p, "小时") : NULL;
}

/* A run of letters, digits and signs that is an address or a code: behind it, or NULL. */
static const char *past_code(const struct scan *scan, const char *at)
{
	const char *p = at;
	int address = 0, letters = 0;
	while (
	    p < scan->end && (is_digit(*p) || is_letter(*p) || (*p && strchr("._/:@?&=#-", *p)))) {
		address |= *p == '@' || *p == '/';
		letters |= is_letter(*p);
		p++;
	}
	if (is_letter(*at) && (address || letters)) {
		/* "GB/T 9704": the number behind a blank belongs to it. */
		const char *number = *p == ' ' ? p + 1 : p;
		if (number > p && is_digit(*number) && p > at && is_letter(p[-1]) && p[-1] < 'a') {
			p = number;
			while (is_digit(*p) || *p == '-' || *p == '.')
				p++;
		}
		return p;
	}
	return address && letters ? p : NULL;
}

/* 0356-7022222, 400-800-8888 and runs too long for anything counted. */
static const char *past_telephone(const char *at)
{
	size_t n = digits_at(at);
	const char *p = at + n;
	if (n >= 3 && n <= 4 && *p == '-' && digits_at(p + 1) >= 7)
		return p + 1 + digits_at(p + 1);
	if (n == 11 && at[0] == '1' && at[1] >= '3')
		return p;
	if (n >= 13) {
		while (is_digit(*p))
			p++;
		return p;
	}
	return NULL;
}

/* 第713号, 第二十四条, 第1名, 第三季度, up to `at`; 0 if 第 does not stand before. */
static int add_counted(struct scan *scan, const char *start, const char *at)
{
	static const char *const articles[] = { "条", "款", "章", "节", "编", "目" };
	if (!ends(scan, start, "第"))
		return 0;
	start -= strlen("第");
	enum number_kind kind = NUMBER_ORDINAL;
	const char *end = at;
	for (size_t i = 0; i < sizeof articles / sizeof *articles; i++)
		if (begins(at, articles[i])) {
			kind = NUMBER_ARTICLE;
			end = at + strlen(articles[i]);
		}
	if (begins(at, "季度")) {
		kind = NUMBER_DATE;
		end = at + strlen("季度");
	} else if (begins(at, "号")) {
		kind = NUMBER_DOCUMENT;
		end = at + strlen("号");
	} else if (kind == NUMBER_ORDINAL) {
		enum unit_kind unit;
		end = at + unit_at(at, &unit);
	}
	add_plain(scan, kind, start, end);
	return 1;
}

/* Whether the number stands in a title 《…》; what is in one is a name. */
static int in_title(const struct scan *scan)
{
	return scan->title != NULL;
}

static const char *digits_number(struct scan *scan, const char *at)
{
	int document = 0;
	const char *end;
	size_t n = digits_at(at);
	if ((end = past_document(scan, at)) != NULL) {
		const char *open = "";
		closing(scan, at, &open);
		add_plain(
		    scan, in_title(scan) ? NUMBER_NAME : NUMBER_DOCUMENT, at - strlen(open), end);
		return end;
	}
	if ((end = past_joined(at)) != NULL) {
		add_plain(scan, NUMBER_NAME, at, end);
		return end;
	}
	if ((end = past_telephone(at)) != NULL || is_hotline(at, n, at + n)) {
		add_plain(scan, NUMBER_CODE, at, end ? end : at + n);
		return scan->floor;
	}
	if (in_title(scan)) {
		end = past_date(at, &document);
		add_plain(scan, NUMBER_NAME, at, end ? end : at + n);
		return scan->floor;
	}
	if (add_counted(scan, at, at + n))
		return scan->floor;
	if ((end = past_written_date(at)) != NULL || (end = past_date(at, &document)) != NULL) {
		add_plain(scan, document ? NUMBER_DOCUMENT : NUMBER_DATE, at, end);
		return end;
	}
	/* "1." and "1、" at the start of a line, "（1）". */
	const char *behind = at + n;
	if (n <= 2 &&
	    ((begins_line(scan, at) && (begins(behind, "、") || begins(behind, "．") ||
	                                   (*behind == '.' && !is_digit(behind[1])))) ||
	        (begins_in_bracket(scan, at) && (begins(behind, "）") || *behind == ')')))) {
		add_plain(scan, NUMBER_ORDINAL, at, behind);
		return behind;
	}
	if (begins(behind, "号") || is_letter(*behind)) { /* 3号楼, 5G */
		while (is_letter(*behind) || is_digit(*behind))
			behind++;
		add_plain(scan, begins(at + n, "号") ? NUMBER_ORDINAL : NUMBER_CODE, at,
		    past(behind, "号"));
		return scan->floor;
	}
	struct reading r = { .start = at, .digits = at };
	const char *p = at;
	/* A comma that is no separator ends the number. */
	if (numeral_digits(&p, &r.numeral) != NULL) {
		char plain[40];
		size_t size = n < 12 ? n : 12;
		memcpy(plain, at, size);
		plain[size] = '\0';
		const char *q = plain;
		numeral_digits(&q, &r.numeral);
		p = at + n;
	}
	r.at = r.digits_end = p;
	take_front(scan, &r);
	take_range(&r);
	finish_quantity(scan, &r);
	return scan->floor;
}

/* ---- Chinese numerals ------------------------------------------------------------------------ */

/* Whether a number is set off as a phrase: “三无三可” and no more. */
static const char *past_quoted(const struct scan *scan, const char *at)
{
	if (!scan->quote || at - scan->quote > QUOTED_MAX)
		return NULL;
	const char *close = at;
	while (close < scan->end && close - scan->quote < QUOTED_MAX && !begins(close, "”"))
		utf8_next(&close, scan->end);
	return begins(close, "”") ? close : NULL;
}

/* 一、 一是 （一） where a line or clause begins. */
static const char *past_enumerator(const struct scan *scan, const char *at, size_t run)
{
	const char *behind = at + run;
	if (begins_line(scan, at) && begins(behind, "、"))
		return behind;
	if (begins_in_bracket(scan, at) && (begins(behind, "）") || *behind == ')'))
		return behind;
	uint32_t before = utf8_before(scan->text, at);
	int starts = begins_line(scan, at) || before == 0x3002 || before == 0xFF1B ||
	             before == ';' || before == 0xFF1A || before == ':' || before == 0xFF0C ||
	             before == ',';
	return starts && begins(behind, "是") ? behind + strlen("是") : NULL;
}

/* 二〇二一年, 二〇三五年. */
static const char *past_chinese_year(const char *at, size_t run, int *document)
{
	if (run != 12 || !begins(at + run, "年"))
		return NULL;
	for (size_t i = 0; i < run; i += 3)
		if (numeral_figure(at + i) < 0)
			return NULL;
	return past_year(at + run + strlen("年"), document);
}

/* 百分之九十五, 三分之二: `at` at the first numeral. Returns 0 if it is neither. */
static int chinese_fraction(struct scan *scan, const char *at, size_t run)
{
	const char *p = at + run;
	int hundred = begins(at, "百分之");
	struct reading r = { .start = at, .digits = at, .chinese = 1 };
	if (!begins(p, "分之") || (!hundred && run != 3))
		return 0;
	p += strlen("分之");
	struct numeral part, whole;
	if (hundred && begins(p, "百")) {
		part = (struct numeral){ .value = 100 * NB_UNIT, .step = NB_UNIT };
		p += strlen("百");
	} else if (!numeral_chinese(&p, &part)) {
		return 0;
	}
	const char *q = at;
	if (hundred)
		whole = (struct numeral){ .value = 100 * NB_UNIT };
	else if (!numeral_chinese(&q, &whole) || whole.value == 0)
		return 0;
	r.numeral = part;
	r.numeral.value = hundred ? part.value : part.value * 100 / (whole.value / NB_UNIT);
	r.at = r.digits_end = p;
	take_front(scan, &r);
	const char *word = "";
	if (r.front == SIDE_EXACT)
		r.back = numeral_after(&r.at, &word);
	if (!hundred && r.front == SIDE_EXACT && r.back == SIDE_EXACT)
		r.back = SIDE_AROUND;
	add(scan, NUMBER_QUANTITY, r.start, r.at, r.digits, r.digits_end);
	set_quantity(scan, &r, r.at, 1, "%", 1);
	scan->list[scan->count - 1].percent = 1;
	return 1;
}

/* Words before 一 that make it a count: 仅一件, 共一批, 只保留一个. */
static int makes_one_count(const struct scan *scan, const char *at)
{
	static const char *const words[] = { "仅", "只", "共", "计", "达", "仅有", "只有", "保留",
		"新增" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (ends(scan, at, words[i]))
			return 1;
	return 0;
}

/* Characters before a numeral that make another word of it: 统一, 数十, 几百. */
static int is_part_of_word(const struct scan *scan, const char *at)
{
	static const char *const words[] = { "统", "唯", "单", "同", "万", "逐", "之", "数", "几",
		"若", "专", "合", "不", "某", "每", "任", "另", "整", "进", "有一", "无" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (ends(scan, at, words[i]))
			return 1;
	return 0;
}

static const char *chinese_number(struct scan *scan, const char *at)
{
	size_t run = numeral_run(at, RUN_MAX), phrase = phrase_at(at);
	const char *end;
	int document = 0;
	struct reading r = { .start = at, .digits = at, .at = at, .chinese = 1 };
	if ((end = past_enumerator(scan, at, run)) != NULL && !phrase) {
		add_plain(scan, NUMBER_ORDINAL, at, end);
		return end;
	}
	if ((end = past_chinese_year(at, run, &document)) != NULL) {
		add_plain(scan, NUMBER_DATE, at, end);
		return end;
	}
	if (in_title(scan)) {
		struct numeral ignored;
		const char *p = at;
		/* In a title only what would count elsewhere is worth the name. */
		if (numeral_chinese(&p, &ignored) && p - at >= 6)
			add_plain(scan, NUMBER_NAME, at, p);
		return at + run;
	}
	if (phrase) {
		add_plain(scan, NUMBER_NAME, at, at + phrase);
		return at + phrase;
	}
	if (add_counted(scan, at, at + run))
		return scan->floor;
	if (chinese_fraction(scan, at, run))
		return scan->floor;
	if ((end = past_quoted(scan, at)) != NULL) {
		add_plain(scan, NUMBER_NAME, at, end);
		return end;
	}
	if (!numeral_chinese(&r.at, &r.numeral) || is_part_of_word(scan, at))
		return at + run;
	if (begins(r.at, "届") || begins(r.at, "中全会") ||
	    (begins(r.at, "大") && r.numeral.value > 9 * NB_UNIT)) {
		end = past(past(r.at, "届"), "大");
		end = begins(end, "中全会") ? end + strlen("中全会") : end;
		add_plain(scan, NUMBER_NAME, at, end);
		return end;
	}
	if (begins(r.at, "月") || begins(r.at, "季度")) { /* 三月 */
		end = begins(r.at, "月") ? past_month(at) : r.at + strlen("季度");
		add_plain(scan, NUMBER_DATE, at, end);
		return end;
	}
	if (begins(r.at, "期")) {
		add_plain(scan, NUMBER_ORDINAL, at, r.at + strlen("期"));
		return scan->floor;
	}
	/* A lone 十, 百, 二 counts nothing by itself; 一 only where it is meant to. */
	if (run == 3 && (begins(at, "二") || begins(at, "零") || begins(at, "〇") ||
	                    (begins(at, "一") && !makes_one_count(scan, at))))
		return at + run;
	r.digits_end = r.at;
	take_front(scan, &r);
	take_range(&r);
	if (!finish_quantity(scan, &r))
		return at + run;
	return scan->floor;
}

/* ---- the text -----------------------------------------------------------------------------------
 */

/* Half-width digits for full-width ones, padded with blanks so that every byte keeps its place. */
static char *plain_copy(struct arena *arena, const char *text, size_t n)
{
	char *copy = arena_strndup(arena, text, n);
	for (char *p = copy; (p = strstr(p, "\xEF\xBC")) != NULL; p += 3) {
		unsigned char last = (unsigned char)p[2];
		if (last < 0x90 || last > 0x99)
			continue;
		/* １４ is two digits side by side: they are moved together at the end of the run.
		 */
		char *to = p;
		while (strncmp(p, "\xEF\xBC", 2) == 0 && (unsigned char)p[2] >= 0x90 &&
		       (unsigned char)p[2] <= 0x99)
			p += 3;
		char digits[400];
		size_t count = 0;
		for (char *q = to; q < p && count < sizeof digits; q += 3)
			digits[count++] = (char)('0' + ((unsigned char)q[2] - 0x90));
		memset(to, ' ', (size_t)(p - to));
		memcpy(p - count, digits, count);
		p -= 3;
	}
	return copy;
}

/* Moves the start of a number of full-width digits back over the padding. */
static void restore(struct scan *scan, const char *original)
{
	for (size_t i = 0; i < scan->count; i++) {
		struct number *number = &scan->list[i];
		size_t least = i ? scan->list[i - 1].end : 0;
		size_t at = number->digits;
		while (at > least && scan->text[at - 1] == ' ' && original[at - 1] != ' ')
			at--;
		if (number->start == number->digits)
			number->start = at;
		number->digits = at;
	}
}

static void mark(struct scan *scan, const char *at)
{
	if (begins(at, "“"))
		scan->quote = at + strlen("“");
	else if (begins(at, "”"))
		scan->quote = NULL;
	else if (begins(at, "《"))
		scan->title = at;
	else if (begins(at, "》"))
		scan->title = NULL;
}

size_t numbers_find(struct arena *arena, const char *text, size_t n, struct number **out)
{
	/* Looking ahead stops at a NUL; the copy has one where the text may go on. */
	int wide = memmem(text, n, "\xEF\xBC", 2) != NULL;
	struct scan scan = { .arena = arena,
		.text = wide ? plain_copy(arena, text, n) : arena_strndup(arena, text, n) };
	scan.end = scan.text + n;
	scan.floor = scan.text;
	for (const char *p = scan.text; p < scan.end;) {
		unsigned char c = (unsigned char)*p;
		if (c < 0x80) {
			const char *code;
			if (c == '\n')
				scan.title = scan.quote = NULL;
			if ((is_letter(*p) || is_digit(*p)) &&
			    (code = past_code(&scan, p)) != NULL) {
				for (const char *q = p; q < code; q++)
					if (is_digit(*q)) {
						add_plain(&scan, NUMBER_CODE, p, code);
						break;
					}
				p = code;
			} else if (is_digit(*p)) {
				p = digits_number(&scan, p);
			} else {
				p++;
			}
		} else if (c == 0xE2 || c == 0xE3) {
			mark(&scan, p);
			p = numeral_run(p, 1) ? chinese_number(&scan, p) : p + 3;
		} else if (c >= 0xE4 && c <= 0xE9 && numeral_run(p, 1)) {
			p = chinese_number(&scan, p);
		} else {
			p += c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
		}
	}
	if (wide)
		restore(&scan, text);
	*out = scan.list;
	return scan.count;
}
