/* number_code.c: digits that name something, told from their signs and the words beside them. */
#include "base/number_code.h"

#include "base/length.h"
#include "base/number_shape.h"
#include "base/number_words.h"
#include "base/numeral.h"

#include <string.h>

static int is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static int is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

const char *past_code(const char *at, const char *end, const char **no_code)
{
	const char *p = at;
	int address = 0, letters = 0;
	if (is_digit(*at) && at < *no_code)
		return NULL;
	while (p < end && (is_digit(*p) || is_letter(*p) || (*p && strchr("._/:@?&=#-", *p)))) {
		address |= *p == '@' || *p == '/';
		letters |= is_letter(*p);
		p++;
	}
	*no_code = p;
	while (p > at + 1 && strchr(".:?-", p[-1]))
		p--;
	if (!is_letter(*at))
		return address && letters ? p : NULL;
	const char *number = p;
	enum unit_kind unit;
	while (number > at && is_digit(number[-1]))
		number--;
	if (number < p) {
		/* 开发APP3个: the number counts. */
		int word = !address && number - at >= 2;
		for (const char *q = at; q < number && word; q++)
			word = is_letter(*q);
		if (word && unit_at(p, &unit) && unit == UNIT_COUNT)
			return number;
	} else if (*p == ' ' && p[-1] >= 'A' && p[-1] <= 'Z') {
		/* "GB/T 9704": the number behind a blank belongs to it. */
		const char *behind = p + 1 + digits_at(p + 1);
		if (behind - p > 3 && !unit_at(behind, &unit))
			for (p = behind; is_digit(*p) || *p == '-' || *p == '.';)
				p++;
	}
	return p;
}

const char *past_version(const char *at)
{
	const char *p = at + digits_at(at);
	int points = 0;
	while (points < 8 && *p == '.' && is_digit(p[1])) {
		p += 1 + digits_at(p + 1);
		points++;
	}
	return points > 1 ? p : NULL;
}

const char *past_telephone(const char *at)
{
	size_t n = digits_at(at);
	const char *p = at + n;
	const char *local = begins(p, "）") ? p + strlen("）") : *p == ')' ? p + 1 : past_dash(p);
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

/* 110, 119, 120, 122. */
static int is_emergency(const char *digits, size_t n)
{
	return n == 3 && digits[0] == '1' && (digits[1] == '1' || digits[1] == '2');
}

int is_hotline(const char *digits, size_t n, const char *after)
{
	static const char *const behind[] = { "热线", "市长热线", "政务", "便民", "举报", "平台",
		"投诉", "营商", "”", "\"", "公共法律", "法律服务", "法律援助", "检察服务", "消费",
		"报警", "接警", "指挥", "急救", "联动", "中心" };
	int short_number = n == 5 && strncmp(digits, "12", 2) == 0;
	if (!short_number && !is_emergency(digits, n))
		return 0;
	for (size_t i = 0; i < LENGTH(behind); i++)
		if (begins(after, behind[i]))
			return 1;
	/* 12348接听: all of 123xx are hotlines, and nothing that is counted follows. */
	return short_number && digits[2] == '3' && (begins(after, "、") || word_follows(after));
}

/* Whether something that is counted ends here: 件, 余, 万, %. */
static int is_counted(const char *after)
{
	const char *word = "", *at = after;
	enum unit_kind kind;
	return unit_at(after, &kind) || numeral_after(&at, &word) != SIDE_EXACT ||
	       numeral_run(after, 1) || *after == '%' || begins(after, "％");
}

/* Back past one sign or word between 电话 and its number, if one ends here. */
static const char *before_sign(const char *text, const char *at)
{
	static const char *const signs[] = { "：", ":", "为", "是", " ", "“", "\"", "（", "(" };
	for (size_t i = 0; i < LENGTH(signs); i++)
		if (ends(text, at, signs[i]))
			return at - strlen(signs[i]);
	return at;
}

int is_dialled(const char *text, const char *digits, size_t n)
{
	static const char *const words[] = { "拨打", "电话", "热线", "专线", "传真", "致电", "座机",
		"号码" };
	static const char *const numbers[] = { "10", "12", "95", "96" };
	const char *after = digits + n;
	int dialled = n == 7 || n == 8 || is_emergency(digits, n);
	for (size_t i = 0; i < LENGTH(numbers) && n == 5; i++)
		dialled |= begins(digits, numbers[i]);
	if (!dialled || ((*after == '.' || *after == ',') && is_digit(after[1])))
		return 0;
	const char *before = before_sign(text, before_sign(text, digits));
	for (size_t i = 0; i < LENGTH(words); i++)
		if (ends(text, before, words[i]))
			return !is_counted(after) && !(*after == ' ' && is_counted(after + 1));
	return 0;
}
