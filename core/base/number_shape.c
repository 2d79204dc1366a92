/* number_shape.c: dates, times, telephone numbers and names told from their digits and signs. */
#include "base/number_shape.h"

#include "base/length.h"
#include "base/number_words.h"
#include "base/numeral.h"
#include "base/utf8.h"

#include <string.h>

static int is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static int is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Behind the first of the words that stands at `at`; NULL if none does. */
static const char *past_any(const char *at, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (begins(at, words[i]))
			return at + strlen(words[i]);
	return NULL;
}

#define PAST_ANY(at, words) past_any(at, words, LENGTH(words))

static const char *const of_year[] = { "度", "底", "初", "末" };
static const char *const of_month[] = { "底", "初", "末", "份" };
static const char *const days[] = { "日", "号" };
static const char *const dashes[] = { "——", "—", "–", "-", "～", "~", "至", "到" };
static const char *const also[] = { "、", "和", "与", "及", "," };
static const char *const ends_date[] = { "年", "月", "日", "时", "季度" };

/* Behind a blank, if one stands here. */
static const char *past_blank(const char *at)
{
	return *at == ' '               ? at + 1
	       : begins(at, "　")       ? at + strlen("　")
	       : begins(at, "\xC2\xA0") ? at + 2
	                                : at;
}

size_t digits_at(const char *at)
{
	size_t n = 0;
	while (n < 32 && is_digit(at[n]))
		n++;
	return n;
}

const char *past_number(const char *at)
{
	const char *p = at + digits_at(at);
	if (p - at <= 3)
		for (int i = 0; i < 4 && *p == ',' && digits_at(p + 1) == 3; i++)
			p += 4;
	if (*p == '.' && is_digit(p[1]))
		p += 1 + digits_at(p + 1);
	return p;
}

const char *past_dash(const char *at)
{
	const char *p = PAST_ANY(at, dashes);
	return p ? p : at;
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

const char *past_month(const char *at)
{
	const char *month = past_small(at);
	if (!month)
		return NULL;
	const char *dash = past_dash(month), *last = dash > month ? past_small(dash) : NULL;
	if (last && begins(last, "月"))
		month = last; /* 1—11月 */
	if (!begins(month, "月"))
		return NULL;
	at = month + strlen("月");
	const char *day = past_small(at), *end;
	if (day && (end = PAST_ANY(day, days)) != NULL)
		return end;
	end = PAST_ANY(at, of_month);
	return end ? end : at;
}

const char *past_year(const char *at, int *document)
{
	const char *end = PAST_ANY(at, of_year);
	*document = 0;
	if (end)
		return end;
	if (begins(at, "第")) {
		size_t n = digits_at(at + strlen("第"));
		const char *number = at + strlen("第") + n;
		if (n && begins(number, "号")) {
			*document = 1;
			return number + strlen("号");
		}
	}
	end = past_month(at);
	return end ? end : at;
}

/* The two digits of a month or day, or one: their number, 0 if they are none up to `most`. */
static size_t part_at(const char *at, int most)
{
	size_t n = digits_at(at);
	int value = n == 1 ? at[0] - '0' : n == 2 ? (at[0] - '0') * 10 + at[1] - '0' : 0;
	return value > 0 && value <= most ? n : 0;
}

static int is_year(const char *at)
{
	return (at[0] == '1' && at[1] == '9') || (at[0] == '2' && at[1] == '0');
}

/* Whether something that is counted may go on here. */
static int goes_on(const char *at)
{
	static const char *const words[] = { "万", "亿", "余", "多", "元", "%", "％", "件", "人",
		"个" };
	return PAST_ANY(at, words) != NULL;
}

static int is_short_month(const char *at)
{
	return (at[0] == '0' && at[1] != '0') || (at[0] == '1' && at[1] <= '2');
}

const char *past_written_date(const char *at)
{
	static const char *const colons[] = { ":", "：" };
	size_t n = digits_at(at);
	char sign = at[n];
	if (n == 4 && is_year(at) && sign && strchr("-./", sign)) {
		size_t month = part_at(at + 5, 12);
		if (month == 0)
			return NULL;
		size_t day = at[5 + month] == sign ? part_at(at + 6 + month, 31) : 0;
		if (day)
			return at + 6 + month + day;
		const char *end = at + 5 + month;
		return month == 2 && *end != sign && !goes_on(end) ? end : NULL;
	}
	if (n == 8 && is_year(at) && is_short_month(at + 4) && at[6] <= '3' && !goes_on(at + n))
		return at + n;
	if (n == 0 || n > 2)
		return NULL;
	const char *end = at + n;
	for (int i = 0; i < 2; i++) {
		const char *p = PAST_ANY(end, colons);
		if (!p || digits_at(p) != 2 || *p > '5')
			break;
		end = p + 2;
	}
	return end > at + n ? end : NULL;
}

/* 2020—2025年, 3—5年, 20至22日; a list of years: 2020、2021年. */
static const char *past_joined_date(const char *at, size_t n)
{
	const char *after = at + n, *next = past_dash(after), *end;
	if (next == after && n == 4 && is_year(at))
		next = PAST_ANY(after, also);
	if (!next || next == after)
		return NULL;
	size_t second = digits_at(next);
	if (second != n && (n > 2 || second > 2))
		return NULL;
	if (second == 0 || (n != 4 && n > 2))
		return NULL;
	end = PAST_ANY(next + second, ends_date);
	if (!end || (n == 4 && !begins(next + second, "年")))
		return NULL;
	return begins(end, "度") ? end + strlen("度") : end;
}

const char *past_date(const char *at, int *document)
{
	size_t n = digits_at(at);
	const char *after = at + n;
	*document = 0;
	if (n == 0)
		return NULL;
	if (begins(after, "年")) {
		const char *behind = after + strlen("年");
		return n == 4 || n == 2 ? past_year(behind, document) : behind;
	}
	const char *end = past_month(at);
	if (end)
		return end;
	if ((end = past_joined_date(at, n)) != NULL)
		return end;
	if (n <= 2 && begins(after, "日"))
		return after + strlen("日");
	if (n <= 2 && begins(after, "点半"))
		return after + strlen("点半");
	if (n <= 2 && (begins(after, "时") || (begins(after, "点") && digits_at(after + 3)))) {
		const char *hour = after + strlen("时");
		const char *minutes = past_small(hour);
		return minutes && begins(minutes, "分") ? minutes + strlen("分") : hour;
	}
	return NULL;
}

const char *past_joined(const char *at)
{
	const char *p = at + digits_at(at);
	int joined = 0, digits = p > at;
	if (!digits) { /* N+1 */
		if (!is_letter(*at) || (at[1] != '+' && !begins(at + 1, "＋")))
			return NULL;
		p = at + 1;
	}
	for (int i = 0; i < 8; i++) {
		const char *sign = p;
		if (*p == '+')
			sign = p + 1;
		else if (begins(p, "＋"))
			sign = p + strlen("＋");
		else if (begins(p, "·") && is_digit(p[strlen("·")]))
			sign = p + strlen("·"); /* 3·15 */
		else if (begins(p, "×"))
			sign = p + strlen("×");
		else if (*p && strchr("xX*", *p) && is_digit(p[1]))
			sign = p + 1;
		size_t n = digits_at(sign);
		digits |= n > 0;
		n = n ? n : (size_t)is_letter(*sign);
		if (sign == p || n == 0)
			break;
		p = sign + n;
		joined = 1;
	}
	if (!joined || !digits)
		return NULL;
	const char *hours = *p == ' ' ? p + 1 : p;
	return begins(hours, "小时") ? hours + strlen("小时") : p;
}

const char *past_ratio(const char *at)
{
	static const char *const colons[] = { ":", "：", "∶" };
	size_t n = digits_at(at);
	const char *second = PAST_ANY(at + n, colons);
	if (!second || n > 3)
		return NULL;
	n = digits_at(second);
	return n && n <= 3 ? second + n : NULL;
}

/* The bracket that closes what one before `at` opens, or NULL; `*start`: where that one stands. */
static const char *closing(const char *text, const char *at, const char **start)
{
	static const struct {
		const char *open, *close;
	} brackets[] = { { "〔", "〕" }, { "[", "]" }, { "(", ")" }, { "（", "）" }, { "【", "】" },
		{ "［", "］" } };
	const char *behind = ends(text, at, " ") ? at - 1 : at;
	for (size_t i = 0; i < LENGTH(brackets); i++)
		if (ends(text, behind, brackets[i].open)) {
			*start = behind - strlen(brackets[i].open);
			return brackets[i].close;
		}
	return NULL;
}

const char *past_document(const char *text, const char *at, const char *end, const char **start)
{
	enum { LOOK_MAX = 60 };
	size_t n = digits_at(at);
	const char *close = n == 4 || n == 2 ? closing(text, at, start) : NULL;
	const char *p = past_blank(at + n);
	int number = 0;
	if (!close || !begins(p, close))
		return NULL;
	p = past_blank(p + strlen(close));
	for (const char *most = p + LOOK_MAX; p < end && p < most;) {
		if (begins(p, "号"))
			return number ? p + strlen("号") : NULL;
		const char *here = p, *behind = past_blank(p);
		if (behind > p) { /* 第 28 号 */
			if (!is_digit(*behind) && !(number && begins(behind, "号")))
				return NULL;
			p = behind;
			continue;
		}
		number |= is_digit(*p);
		uint32_t c = utf8_next(&p, end);
		if (c < 0x80 ? !is_digit(*here) && *here != '-' : !utf8_is_han(c))
			return NULL;
	}
	return NULL;
}

const char *past_year_alone(const char *text, const char *at)
{
	const char *start;
	size_t n = digits_at(at);
	const char *close = n == 4 && is_year(at) ? closing(text, at, &start) : NULL;
	return close && begins(past_blank(at + n), close) ? at + n : NULL;
}

const char *past_chinese_year(const char *at, int *document)
{
	/* What is typed for 〇. */
	static const char *const zeros[] = { "○", "0", "O", "o", "Ｏ" };
	for (int i = 0; i < 4; i++) {
		const char *zero = i ? PAST_ANY(at, zeros) : NULL;
		if (!zero && numeral_figure(at) < 0)
			return NULL;
		at = zero ? zero : at + 3;
	}
	return begins(at, "年") ? past_year(at + strlen("年"), document) : NULL;
}

const char *past_day_name(const char *text, const char *at)
{
	static const char *const behind[] = { "活动", "宣传", "主题", "普法" };
	size_t n = part_at(at, 12), day = n && at[n] == '.' ? part_at(at + n + 1, 31) : 0;
	const char *end = at + n + 1 + day, *p = end;
	if (day == 0 || (*end == '.' && is_digit(end[1])))
		return NULL;
	if ((ends(text, at, "“") && begins(end, "”")) || (ends(text, at, "\"") && *end == '"'))
		return end;
	if (!word_follows(end))
		return NULL;
	/* 4.15全民国家安全教育日 */
	for (int i = 0; i < 12 && *p && utf8_is_han(utf8_next(&p, p + strnlen(p, 4))); i++)
		if (i > 1 && ends(end, p, "日"))
			return end;
	return PAST_ANY(end, behind) ? end : NULL;
}

const char *past_session(const char *at)
{
	static const char *const bodies[] = { "届", "大" };
	for (size_t i = 0; i < LENGTH(bodies); i++)
		at = begins(at, bodies[i]) ? at + strlen(bodies[i]) : at;
	size_t n = digits_at(at);
	n = n ? n : numeral_run(at, 2);
	if (n && n <= 6 && begins(at + n, "次"))
		return at + n + strlen("次"); /* 十五届三次全会 */
	if (n <= 6 && begins(at + n, "中全会"))
		return at + n + strlen("中全会"); /* 十九届六中全会 */
	return at;
}

const char *past_congress(const char *text, const char *at)
{
	static const char *const sittings[] = { "历次", "全会", "中央", "人大", "党代", "政协",
		"常委" };
	static const char *const of_party[] = { "精神", "报告", "以来", "召开", "会议", "代表",
		"提出", "部署", "确定", "作出", "期间", "闭幕", "胜利", "党章", "文件", "关于",
		"主题", "前", "后", "和", "对" };
	size_t n = digits_at(at);
	const char *end = at + n;
	if (n == 0 || n > 2)
		return NULL;
	if (begins(end, "届")) {
		const char *behind = past_session(end), *plain = end + strlen("届");
		return behind > plain || PAST_ANY(plain, sittings) ? behind : NULL;
	}
	if (n != 2 || !begins(end, "大") || *at > '2' || (*at == '1' && at[1] < '5'))
		return NULL;
	const char *behind = end + strlen("大"), *p = behind; /* but 20大类 */
	int ending = !*p || !utf8_is_han(utf8_next(&p, p + strnlen(p, 4)));
	return ending || ends(text, at, "党的") || PAST_ANY(behind, of_party) ? behind : NULL;
}

const char *past_generation(const char *at)
{
	int decade = digits_at(at) == 2 && (at[1] == '0' || at[1] == '5') &&
	             (*at == '0' || *at >= '5') && begins(at + 2, "后") && !begins(at + 2, "后续");
	return decade ? at + 2 + strlen("后") : NULL;
}
