/*
 * number.c: goes through a text once and reads every number it meets. What a
 * number is shows in what stands beside it, so each look goes a bounded way
 * back and forth; no byte is passed twice but for those.
 */
#include "base/number.h"

#include "base/length.h"
#include "base/number_code.h"
#include "base/number_shape.h"
#include "base/number_wide.h"
#include "base/number_words.h"
#include "base/numeral.h"
#include "base/utf8.h"

#include <string.h>

enum {
	RUN_MAX = 32,    /* Chinese numerals in one number */
	QUOTED_MAX = 30, /* bytes of a set phrase in quotation marks: 三无三可 */
	TITLE_MAX = 400  /* bytes of a title; looked ahead for its 》 */
};

struct scan {
	struct arena *arena;    /* of what is found */
	struct arena work;      /* of this scan */
	const char *text, *end; /* NUL-ended copy without full-width digits */
	const char *no_code;    /* up to here there is no address or code */
	const char *floor;      /* behind the last number: nothing is read twice */
	const char *quote;      /* behind the “ or " that is open, or NULL */
	const char *title_end;  /* the 》 of the last title */
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

/* Whether a clause begins at `at`. */
static int begins_clause(const struct scan *scan, const char *at)
{
	switch (utf8_before(scan->text, at)) {
	case 0x3002: /* 。 */
	case 0xFF1B: /* ； */
	case 0xFF1A: /* ： */
	case 0xFF0C: /* ， */
	case ';':
	case ':':
	case ',':
		return 1;
	default:
		return begins_line(scan, at);
	}
}

/* One bracket before the number, and a line or clause before that: （一）. */
static int begins_in_bracket(const struct scan *scan, const char *at)
{
	if (ends(scan->text, at, "（"))
		return begins_clause(scan, at - strlen("（"));
	return ends(scan->text, at, "(") && begins_clause(scan, at - 1);
}

/* ---- what was read ------------------------------------------------------------------ */

static void add(struct scan *scan, enum number_kind kind, const char *start, const char *end,
    const char *digits, const char *digits_end)
{
	scan->list = arena_grow(&scan->work, scan->list, scan->count, sizeof *scan->list);
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

/* ---- quantities -------------------------------------------------------------------------- */

/* Takes 近 or 不少于 before the digits, but not 最近, 节约. */
static void take_front(const struct scan *scan, struct reading *r)
{
	static const char *const others[] = { "最近", "附近", "邻近", "靠近", "新近", "节约",
		"条约", "合约", "契约", "违约", "预约", "公约", "制约", "特约", "集约", "签约",
		"履约", "邀约", "简约", "相近", "临近", "贴近", "走近", "赶超", "大约" };
	const char *end = r->start > scan->floor && r->start[-1] == ' ' ? r->start - 1 : r->start;
	const char *word = numeral_word_before(scan->floor, end, &r->front);
	if (!word)
		return;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (strcmp(word, "大约") != 0 && ends(scan->text, end, others[i])) {
			r->front = SIDE_EXACT;
			return;
		}
	r->start = end - strlen(word);
}

/* A number in digits, 12 at most before the point; 0 if it is beyond what is counted. */
static int read_digits(const char **at, struct numeral *number)
{
	char plain[40];
	const char *end = past_number(*at), *point, *p = plain;
	size_t n = (size_t)(end - *at) < sizeof plain ? (size_t)(end - *at) : sizeof plain - 1;
	memcpy(plain, *at, n);
	plain[n] = '\0';
	if ((point = strchr(plain, '.')) != NULL && n > (size_t)(point - plain) + 7)
		plain[point - plain + 7] = '\0'; /* six decimals */
	*at = end;
	return numeral_digits(&p, number) == NULL;
}

/* The second number of 3至5名, 10-15个: `*r` then reaches up to it. */
static void take_range(struct reading *r)
{
	const char *second = past_dash(r->at), *p = second;
	struct numeral most;
	if (second == r->at)
		return;
	int read =
	    r->chinese ? numeral_chinese(&p, &most) : digits_at(p) > 0 && read_digits(&p, &most);
	if (!read || most.value <= r->numeral.value)
		return;
	r->high = most.value;
	r->at = r->digits_end = p;
}

static int is_percent_sign(const char *at)
{
	return *at == '%' || begins(at, "％");
}

/* A blank between digits and what they count: 14 件. */
static void skip_blank(struct reading *r)
{
	const char *after = *r->at == ' ' ? r->at + 1 : r->at, *at = after, *word;
	enum unit_kind kind;
	if (after > r->at &&
	    (unit_at(after, &kind) || is_percent_sign(after) ||
	        (r->front == SIDE_EXACT && numeral_after(&at, &word) != SIDE_EXACT) ||
	        numeral_magnitude(&at, &word) > 1))
		r->at = after;
}

/* 万, 亿 and 千, 百 before them: 20余万元, 5千人, 3百万元. */
static int64_t magnitude(struct reading *r)
{
	const char *word;
	int64_t place = 1;
	if (begins(r->at, "千") && !begins(r->at, "千米") && !begins(r->at, "千克") &&
	    !begins(r->at, "千瓦"))
		place = 1000;
	else if (begins(r->at, "百") && !begins(r->at, "百分"))
		place = 100;
	r->at += place > 1 ? strlen("千") : 0;
	return place * numeral_magnitude(&r->at, &word);
}

/*
 * Everything behind the digits: 余, 万, unit, 以上. Returns 0 if a Chinese
 * numeral turns out to count nothing; then nothing was added.
 */
static int finish_quantity(struct scan *scan, struct reading *r)
{
	const char *word = "", *unit;
	enum unit_kind kind;
	if (!r->chinese)
		skip_blank(r);
	r->back = r->front == SIDE_EXACT ? numeral_after(&r->at, &word) : SIDE_EXACT;
	int64_t scale = magnitude(r);
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
		if (r->back == SIDE_EXACT && r->front == SIDE_EXACT)
			r->back = numeral_after(&r->at, &word);
		add(scan, NUMBER_QUANTITY, r->start, r->at, r->digits, r->digits_end);
		set_quantity(scan, r, written, 1, "百分点", strlen("百分点"));
		scan->list[scan->count - 1].points = 1;
		return 1;
	}
	unit = r->at;
	/* 元 written as 万元 was 万 and 元; a Chinese numeral has its 万 within. */
	size_t n = unit_at(unit, &kind);
	int big = begins(unit, "大") && r->back == SIDE_EXACT && scale == 1; /* 九大综合执法队 */
	if (big) {
		n = strlen("大");
		kind = UNIT_COUNT;
	}
	if (r->chinese && !big && (n == 0 || !unit_counts_chinese(unit, n)) &&
	    r->front == SIDE_EXACT && r->back == SIDE_EXACT && kind != UNIT_MONEY)
		return 0;
	r->at += n;
	const char *at = r->at;
	if (r->back == SIDE_EXACT && r->front == SIDE_EXACT && n)
		r->back = numeral_after(&at, &word);
	if (r->back == SIDE_ABOVE && at > r->at && kind != UNIT_MONEY)
		r->back = SIDE_EXACT; /* 12次多部门联合检查 */
	else
		r->at = at;
	add(scan, kind == UNIT_TIME ? NUMBER_DATE : NUMBER_QUANTITY, r->start, r->at, r->digits,
	    r->digits_end);
	set_quantity(scan, r, written, scale, unit, big ? 0 : n);
	return 1;
}

/* ---- digits --------------------------------------------------------------------------------- */

/* 第713号, 第二十四条, 第1名, 第三季度, up to `at`; 0 if 第 does not stand before. */
static int add_counted(struct scan *scan, const char *start, const char *at)
{
	static const char *const articles[] = { "条", "款", "章", "节", "编", "目" };
	if (!ends(scan->text, start, "第"))
		return 0;
	start -= strlen("第");
	/* 第三至五条 */
	const char *last = past_dash(at);
	size_t more = digits_at(last);
	more = more ? more : numeral_run(last, 4);
	if (last > at && more)
		at = last + more;
	enum number_kind kind = NUMBER_ORDINAL;
	const char *end = at, *behind = past(at, "号");
	for (size_t i = 0; i < sizeof articles / sizeof *articles; i++)
		if (begins(at, articles[i])) {
			kind = NUMBER_ARTICLE;
			end = at + strlen(articles[i]);
		}
	if (begins(at, "季度")) {
		kind = NUMBER_DATE;
		end = at + strlen("季度");
	} else if (behind > at) {
		kind = is_numbered_thing(behind) ? NUMBER_ORDINAL : NUMBER_DOCUMENT;
		end = behind;
	} else if (kind == NUMBER_ORDINAL) {
		enum unit_kind unit;
		end = at + unit_at(at, &unit);
	}
	add_plain(scan, kind, start, end);
	return 1;
}

/* Whether `at` stands in a title 《…》; what is in one is a name. */
static int in_title(const struct scan *scan, const char *at)
{
	return at < scan->title_end;
}

/* Whether digits behind "1." are no decimals of it: 2021年, 12月, 12345热线. */
static int begins_item(const char *at)
{
	size_t n = digits_at(at);
	int document;
	return past_month(at) || is_hotline(at, n, at + n) ||
	       (n == 4 && (past_date(at, &document) || past_written_date(at)));
}

/* "1." and "1、" at the start of a line, （1）. */
static int is_enumerator(const struct scan *scan, const char *at, const char *behind)
{
	int closes = begins(behind, "）") || *behind == ')';
	if (behind - at > 2)
		return 0;
	if (begins_in_bracket(scan, at))
		return closes;
	return (closes || begins(behind, "、") || begins(behind, "．") ||
	           (*behind == '.' && (!is_digit(behind[1]) || begins_item(behind + 1)))) &&
	       begins_line(scan, at);
}

/* 见图1, 表2和附件3: which one it is; 代表12 and 报表3份 count. */
static int is_label(const struct scan *scan, const char *at, const char *behind)
{
	static const char *const kinds[] = { "附件", "附表", "附图", "图", "表" };
	static const char *const before[] = { "见", "如", "和", "与", "及", "、", "，", "。", "；",
		"：", "（", "\n" };
	enum unit_kind unit;
	size_t own = 0;
	if (behind - at > 2 || (unit_at(behind, &unit) && !begins(behind, "所示")))
		return 0;
	for (size_t i = 0; i < LENGTH(kinds) && !own; i++)
		if (ends(scan->text, at, kinds[i]))
			own = strlen(kinds[i]);
	const char *start = at - own;
	if (own == 0 || own > strlen("图") || start == scan->text)
		return own > 0;
	for (size_t i = 0; i < LENGTH(before); i++)
		if (ends(scan->text, start, before[i]))
			return 1;
	return 0;
}

/* Whether a number is set off as a phrase: “三无三可” and no more. */
static const char *past_quoted(const struct scan *scan, const char *at)
{
	if (!scan->quote || at - scan->quote > QUOTED_MAX)
		return NULL;
	const char *mark = scan->quote[-1] == '"' ? "\"" : "”", *close = at;
	while (close < scan->end && close - scan->quote < QUOTED_MAX && !begins(close, mark))
		utf8_next(&close, scan->end);
	return begins(close, mark) ? close : NULL;
}

/* “1236体系”, “1236”体系; but “12件”, “12”件 count. */
static const char *past_quoted_digits(const struct scan *scan, const char *at, const char *behind)
{
	enum unit_kind kind;
	const char *close = scan->quote == at ? past_quoted(scan, at) : NULL;
	if (!close)
		return NULL;
	if (close > behind)
		return word_follows(behind) && past_dash(behind) == behind ? close : NULL;
	return unit_at(past(past(close, "”"), "\""), &kind) == 0 ? close : NULL;
}

static const char *digits_number(struct scan *scan, const char *at)
{
	int document = 0, title = in_title(scan, at);
	size_t n = digits_at(at);
	const char *end, *behind = at + n, *start = at;
	if ((end = past_document(scan->text, at, scan->end, &start)) != NULL) {
		add_plain(scan, title ? NUMBER_NAME : NUMBER_DOCUMENT, start, end);
		return end;
	}
	if ((end = past_joined(at)) != NULL) {
		add_plain(scan, NUMBER_NAME, at, end);
		return end;
	}
	if ((end = past_telephone(at)) != NULL || is_hotline(at, n, behind) ||
	    is_dialled(scan->text, at, n)) {
		add_plain(scan, NUMBER_CODE, at, end ? end : behind);
		return scan->floor;
	}
	if (!title && add_counted(scan, at, behind))
		return scan->floor;
	if ((end = past_written_date(at)) != NULL || (end = past_date(at, &document)) != NULL ||
	    (end = past_year_alone(scan->text, at)) != NULL) {
		add_plain(scan, document ? NUMBER_DOCUMENT : NUMBER_DATE, at, end);
		return end;
	}
	if (title) {
		add_plain(scan, NUMBER_NAME, at, behind);
		return behind;
	}
	if (is_enumerator(scan, at, behind) || is_label(scan, at, behind)) {
		add_plain(scan, NUMBER_ORDINAL, at, behind);
		return behind;
	}
	if ((end = past_ratio(at)) != NULL || (end = past_day_name(scan->text, at)) != NULL ||
	    (end = past_congress(scan->text, at)) != NULL || (end = past_generation(at)) != NULL) {
		add_plain(scan, NUMBER_NAME, at, end);
		return end;
	}
	if ((end = past_version(at)) != NULL) {
		add_plain(scan, NUMBER_CODE, at, end);
		return end;
	}
	const char *last = past_dash(behind);
	if (last > behind && digits_at(last) && begins(last + digits_at(last), "号"))
		behind = last + digits_at(last);
	if (begins(behind, "号")) { /* 3号楼, 1-5号, 令713号 */
		behind += strlen("号");
		int decree = ends(scan->text, at, "令") || begins(behind, "令");
		add_plain(scan, decree ? NUMBER_DOCUMENT : NUMBER_ORDINAL, at, behind);
		return behind;
	}
	if ((end = past_quoted_digits(scan, at, behind)) != NULL) {
		add_plain(scan, NUMBER_NAME, at, end);
		return end;
	}
	int zeros = *at == '0' && n > 1; /* 0356, 007 */
	if (is_letter(*behind) || zeros) {
		while (is_letter(*behind) || is_digit(*behind))
			behind++;
		add_plain(scan, NUMBER_CODE, at, behind);
		return behind;
	}
	struct reading r = { .start = at, .digits = at, .at = at };
	int counts = read_digits(&r.at, &r.numeral);
	r.digits_end = r.at;
	if (!counts || begins(r.at, "版")) { /* 2.0版 */
		add_plain(scan, counts ? NUMBER_ORDINAL : NUMBER_CODE, at, r.at);
		return scan->floor;
	}
	take_front(scan, &r);
	take_range(&r);
	finish_quantity(scan, &r);
	return scan->floor;
}

/* ---- Chinese numerals ------------------------------------------------------------------------ */

/* 一、 一是 （一） where a line or clause begins. */
static const char *past_enumerator(const struct scan *scan, const char *at, size_t run)
{
	const char *behind = at + run, *p = at;
	struct numeral ignored;
	if (!numeral_chinese(&p, &ignored) || p != behind)
		return NULL; /* 五一、 */
	if (begins_line(scan, at) && begins(behind, "、"))
		return behind;
	if (begins_in_bracket(scan, at) && (begins(behind, "）") || *behind == ')'))
		return behind;
	return begins(behind, "是") && begins_clause(scan, at) ? behind + strlen("是") : NULL;
}

/* 百分之九十五, 三分之二: `at` at the first numeral. Returns 0 if it is neither. */
static int chinese_fraction(struct scan *scan, const char *at, size_t run)
{
	const char *p = at + run, *q = at;
	int hundred = run == 3 && begins(at, "百");
	struct reading r = { .start = at, .digits = at, .chinese = 1 };
	struct numeral whole = { .value = 100 * NB_UNIT };
	if (!begins(p, "分之"))
		return 0;
	p += strlen("分之");
	if (hundred && begins(p, "百")) {
		r.numeral = (struct numeral){ .value = 100 * NB_UNIT, .step = NB_UNIT };
		p += strlen("百");
	} else if (!numeral_chinese_decimal(&p, &r.numeral)) {
		return 0;
	}
	if (!hundred) {
		if (!numeral_chinese(&q, &whole) || q != at + run ||
		    r.numeral.value > whole.value || whole.value == 0 ||
		    whole.value > 10000 * NB_UNIT)
			return 0;
		r.numeral.value = r.numeral.value * 100 / (whole.value / NB_UNIT);
		r.numeral.step = NB_UNIT;
	}
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

/* 百余名, 近千件: a place by itself counts one where a word makes it approximate. */
static int read_place(const struct scan *scan, const char **at, struct numeral *number)
{
	static const struct {
		const char *text;
		int64_t value;
	} places[] = { { "百", 100 }, { "千", 1000 }, { "万", 10000 } };
	enum unit_kind kind;
	enum side side;
	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		if (begins(*at, places[i].text)) {
			const char *behind = *at + strlen(places[i].text);
			int after = begins(behind, "余") || begins(behind, "多");
			if (!after && (!unit_at(behind, &kind) ||
			                  !numeral_word_before(scan->floor, *at, &side)))
				return 0;
			*number = (struct numeral){ .value = places[i].value * NB_UNIT,
				.step = places[i].value * NB_UNIT };
			*at = behind;
			return 1;
		}
	return 0;
}

static const char *chinese_number(struct scan *scan, const char *at)
{
	size_t run = numeral_run(at, RUN_MAX), phrase = phrase_at(at);
	const char *end;
	int document = 0;
	struct reading r = { .start = at, .digits = at, .at = at, .chinese = 1 };
	size_t idiom = idiom_at(at);
	if (idiom)
		return at + idiom;
	if (!phrase && (end = past_enumerator(scan, at, run)) != NULL) {
		add_plain(scan, NUMBER_ORDINAL, at, end);
		return end;
	}
	if ((end = past_chinese_year(at, &document)) != NULL) {
		add_plain(scan, document ? NUMBER_DOCUMENT : NUMBER_DATE, at, end);
		return end;
	}
	if (phrase) {
		add_plain(scan, NUMBER_NAME, at, at + phrase);
		return at + phrase;
	}
	if (in_title(scan, at)) {
		/* In a title only what would count elsewhere is worth the name. */
		if (numeral_chinese(&r.at, &r.numeral) && r.at - at >= 6)
			add_plain(scan, NUMBER_NAME, at, r.at);
		return r.at > at + run ? r.at : at + run;
	}
	if (add_counted(scan, at, at + run) || chinese_fraction(scan, at, run))
		return scan->floor;
	if ((end = past_quoted(scan, at)) != NULL || (end = past_pair(at)) != NULL) {
		add_plain(scan, NUMBER_NAME, at, end);
		return end;
	}
	if (is_part_of_word(scan->text, at) ||
	    (!numeral_chinese(&r.at, &r.numeral) && !read_place(scan, &r.at, &r.numeral)))
		return at + run;
	if (begins(r.at, "届") || begins(r.at, "中全会") ||
	    (begins(r.at, "大") && r.numeral.value > 9 * NB_UNIT)) {
		end = past_session(r.at);
		add_plain(scan, NUMBER_NAME, at, end);
		return end;
	}
	if ((end = past_month(at)) != NULL || begins(r.at, "季度")) { /* 三月 */
		end = end ? end : r.at + strlen("季度");
		add_plain(scan, NUMBER_DATE, at, end);
		return end;
	}
	if (begins(r.at, "期") && !begins(r.at, "期间")) {
		add_plain(scan, NUMBER_ORDINAL, at, r.at + strlen("期"));
		return scan->floor;
	}
	/* A lone 二, 零 counts nothing by itself; 一 only where it is meant to. */
	if (run == 3 && (begins(at, "二") || begins(at, "零") || begins(at, "〇") ||
	                    (begins(at, "一") && !makes_one_count(scan->text, at))))
		return at + run;
	r.digits_end = r.at;
	take_front(scan, &r);
	take_range(&r);
	if (!finish_quantity(scan, &r))
		return r.at > at + run ? r.at : at + run;
	return scan->floor;
}

/* ---- the text ------------------------------------------------------------------- */

/* Offsets in the copy made offsets in the text; they rise from number to number. */
static void restore(struct scan *scan, const struct narrowed *narrowed)
{
	size_t before = 0;
	for (size_t i = 0; i < scan->count; i++) {
		struct number *number = &scan->list[i];
		size_t *const offsets[] = { &number->start, &number->digits, &number->digits_end,
			&number->end };
		for (size_t k = 0; k < 4; k++) {
			while (before < narrowed->count && narrowed->at[before] < *offsets[k])
				before++;
			*offsets[k] += NARROWED_BY * before;
		}
	}
}

/* The 》 of the 《 at `at`, those between them paired; NULL if it stays open. */
static const char *title_end(const struct scan *scan, const char *at)
{
	size_t left = (size_t)(scan->end - at), most = left < TITLE_MAX ? left : TITLE_MAX;
	const char *line = memchr(at, '\n', most), *end = line ? line : at + most;
	int depth = 0;
	for (; at && at < end; at = memchr(at, 0xE3, (size_t)(end - at))) { /* 《》 begin so */
		depth += begins(at, "《") - begins(at, "》");
		if (depth == 0)
			return at;
		at++;
	}
	return NULL;
}

static void mark(struct scan *scan, const char *at)
{
	if (begins(at, "“"))
		scan->quote = at + strlen("“");
	else if (begins(at, "”"))
		scan->quote = NULL;
	else if (*at == '"' && scan->quote)
		scan->quote = scan->quote[-1] == '"' ? NULL : scan->quote;
	else if (*at == '"' && (at == scan->text || !is_digit(at[-1]))) /* no inch: 5" */
		scan->quote = at + 1;
	else if (begins(at, "《") && !in_title(scan, at)) {
		const char *end = title_end(scan, at);
		scan->title_end = end ? end : scan->title_end;
	}
}

size_t numbers_find(struct arena *arena, const char *text, size_t n, struct number **out)
{
	/* Looking ahead stops at a NUL; the copy has one where the text may go on. */
	struct scan scan = { .arena = arena };
	struct narrowed narrowed;
	scan.text = narrow_copy(&scan.work, text, n, &narrowed);
	scan.end = scan.text + narrowed.size;
	scan.floor = scan.no_code = scan.title_end = scan.text;
	for (const char *p = scan.text; p < scan.end;) {
		unsigned char c = (unsigned char)*p;
		if (c < 0x80) {
			const char *code;
			if (c == '\n')
				scan.quote = NULL;
			else if (c == '"')
				mark(&scan, p);
			if (is_letter(*p) && (code = past_joined(p)) != NULL) {
				add_plain(&scan, NUMBER_NAME, p, code);
				p = code;
			} else if ((is_letter(*p) || is_digit(*p)) &&
			           (code = past_code(p, scan.end, &scan.no_code)) != NULL) {
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
		} else if (c == 0xE9 && begins(p, "首批")) {
			add_plain(&scan, NUMBER_ORDINAL, p, p + strlen("首批"));
			p = scan.floor;
		} else if (c >= 0xE4 && c <= 0xE9 && numeral_run(p, 1)) {
			p = chinese_number(&scan, p);
		} else {
			p += c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
		}
	}
	restore(&scan, &narrowed);
	/* As many as there are: most cells of a table hold one or none. */
	*out = scan.count ? arena_alloc(arena, scan.count * sizeof **out) : NULL;
	if (scan.count)
		memcpy(*out, scan.list, scan.count * sizeof **out);
	arena_release(&scan.work);
	return scan.count;
}
