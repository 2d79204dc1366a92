/* number_shape.c: dates, times, telephone numbers and names told from their digits and signs. */
#include "base/number_shape.h"

#include "base/numeral.h"

#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof *(array))

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
	int joined = 0;
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
		n = n ? n : (size_t)is_letter(*sign);
		if (sign == p || n == 0)
			break;
		p = sign + n;
		joined = 1;
	}
	if (!joined)
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

const char *past_telephone(const char *at)
{
	size_t n = digits_at(at);
	const char *p = at + n;
	const char *local = past_dash(p);
	if (n >= 3 && n <= 4 && local > p) {
		size_t size = digits_at(local);
		if (size >= 7 && size <= 8)
			return local + size;
		if (size == 3 && local[size] == '-' && digits_at(local + 4) == 4)
			return local + 8; /* 400-800-8888 */
	}
	if (n == 11 && at[0] == '1' && at[1] >= '3')
		return p;
	if (n < 13)
		return NULL;
	while (is_digit(*p))
		p++;
	return *p == 'X' ? p + 1 : p;
}
