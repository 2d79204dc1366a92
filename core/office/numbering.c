/* numbering.c: numbers typed before paragraphs, told from words that begin alike. */
#include "office/numbering.h"

#include "base/length.h"
#include "base/numeral.h"
#include "base/utf8.h"

#include <string.h>

static const char *skip_blanks(const char *p)
{
	const char *end = p + strlen(p);
	for (;;) {
		const char *next = p;
		if (p >= end || !utf8_is_space(utf8_next(&next, end)))
			return p;
		p = next;
	}
}

static int skips(const char **at, const char *word)
{
	if (!begins(*at, word))
		return 0;
	*at += strlen(word);
	return 1;
}

static int skips_any(const char **at, const char *const *words)
{
	for (; *words; words++)
		if (skips(at, *words))
			return 1;
	return 0;
}

static int begins_any(const char *at, const char *const *words)
{
	return skips_any(&at, words);
}

/* ---- numbers ----------------------------------------------------------- */

/* 一 to 九: 1 to 9, else 0. */
static unsigned han_digit(const char **at)
{
	static const char *const digits[] = { "一", "二", "三", "四", "五", "六", "七", "八",
		"九" };
	for (unsigned i = 0; i < LENGTH(digits); i++)
		if (skips(at, digits[i]))
			return i + 1;
	return 0;
}

/* 一 to 九十九, else 0. */
static unsigned han(const char **at)
{
	unsigned tens = han_digit(at);
	if (!skips(at, "十"))
		return tens;
	return (tens ? tens : 1) * 10 + han_digit(at);
}

/* 1 to 99 in digits of either width, else 0; -1 for more of them. */
static int arabic(const char **at)
{
	int value = 0, count = 0;
	for (const char *p = *at;; count++) {
		if (*p >= '0' && *p <= '9')
			value = value * 10 + (*p++ - '0');
		else if (begins(p, "\xEF\xBC") && (unsigned char)p[2] >= 0x90 &&
		         (unsigned char)p[2] <= 0x99) {
			value = value * 10 + ((unsigned char)p[2] - 0x90);
			p += 3;
		} else {
			break;
		}
		if (count >= 2 || (count == 0 && value == 0))
			return -1;
		*at = p;
	}
	return value;
}

static int begins_with_digit(const char *at)
{
	return arabic(&at) != 0;
}

/* ①, ⑴, ⒈, ㈠: one character that is a number of its own. */
static struct numbering enclosed(const char *start, const char *at)
{
	static const struct {
		uint32_t first, last;
		enum numbering_kind kind;
	} rows[] = {
		{ 0x2460, 0x2473, NUMBERING_CIRCLE },
		{ 0x2474, 0x2487, NUMBERING_PAREN_ARABIC },
		{ 0x2488, 0x249B, NUMBERING_ARABIC },
		{ 0x3220, 0x3229, NUMBERING_PAREN },
	};
	const char *end = at + strlen(at);
	uint32_t code = utf8_next(&at, end);
	for (size_t i = 0; i < LENGTH(rows); i++)
		if (code >= rows[i].first && code <= rows[i].last) {
			at = skip_blanks(at);
			return (struct numbering){ rows[i].kind, code - rows[i].first + 1,
				(size_t)(at - start) };
		}
	return (struct numbering){ 0 };
}

/* ---- kinds ------------------------------------------------------------- */

/* What a number with another one before it counts: 一、二审, 一、二季度. */
static const char *const counted[] = { "项", "款", "目", "条", "期", "批", "级", "审", "类", "次",
	"季度", "年级", "线", "号", "楼", "组", "把手", "产业", NULL };

/* What makes a number in brackets part of a reference: （一）项规定的情形, （二）期工程. */
static int is_reference(const char *at)
{
	static const char *const units[] = { "项", "款", "目", "条", NULL };
	static const char *const words[] = { "规定", "所", "的", "之", "、", "，", "。", "情形",
		NULL };
	if (begins(at, "期工程") || begins(at, "期项目") || begins(at, "期建设"))
		return 1;
	return skips_any(&at, units) && (*at == '\0' || begins_any(at, words));
}

static struct numbering found(
    enum numbering_kind kind, unsigned value, const char *start, const char *at)
{
	return (struct numbering){ kind, value, (size_t)(skip_blanks(at) - start) };
}

/* （一） （1）, in brackets of any width; 1） without the first. */
static struct numbering in_brackets(const char *start, const char *at)
{
	static const char *const opening[] = { "（", "(", "﹙", NULL };
	static const char *const closing[] = { "）", ")", "﹚", NULL };
	static const char *const marks[] = { "、", "．", ".", NULL };
	int is_open = skips_any(&at, opening);
	at = is_open ? skip_blanks(at) : at;
	const char *number = at;
	unsigned value = is_open ? han(&at) : 0;
	enum numbering_kind kind = NUMBERING_PAREN;
	if (at == number) {
		int digits = arabic(&at);
		value = digits > 0 ? (unsigned)digits : 0;
		kind = NUMBERING_PAREN_ARABIC;
	}
	at = is_open ? skip_blanks(at) : at;
	if (value == 0 || !skips_any(&at, closing) || is_reference(at))
		return (struct numbering){ 0 };
	skips_any(&at, marks);
	return found(kind, value, start, at);
}

/* 一、 and 一． */
static struct numbering section(const char *start, const char *at)
{
	static const char *const marks[] = { "、", "．", ".", NULL };
	unsigned value = han(&at);
	if (value == 0 || !skips_any(&at, marks))
		return (struct numbering){ 0 };
	/* 一、二审案件, 一、二、三产业: a row of numbers, and 二、三项制度 is none. */
	const char *next = at;
	unsigned second = han(&next);
	if (second && (begins(next, "、") || (second == value + 1 && begins_any(next, counted) &&
	                                         !begins(next, "项制度"))))
		return (struct numbering){ 0 };
	return found(NUMBERING_SECTION, value, start, at);
}

/* 1. 1． 1、, and not 1.5亿元, 1、2号楼, 1.1 */
static struct numbering digits(const char *start, const char *at)
{
	static const char *const marks[] = { "．", "、", ".", NULL };
	int value = arabic(&at);
	if (value <= 0 || !skips_any(&at, marks))
		return (struct numbering){ 0 };
	const char *text = skip_blanks(at);
	/* "1.2021年" is a first point that begins with a year. */
	int is_year = strspn(text, "0123456789") == 4 && begins(text + 4, "年");
	if (begins_with_digit(text) && !is_year)
		return (struct numbering){ 0 };
	return found(NUMBERING_ARABIC, (unsigned)value, start, text);
}

/* 一是 and 第一， */
static struct numbering step(const char *start, const char *at)
{
	static const char *const stops[] = { "，", ",", "、", "：", ":", NULL };
	int is_ordinal = skips(&at, "第");
	unsigned value = han(&at);
	if (value == 0 || (is_ordinal ? !skips_any(&at, stops) : !skips(&at, "是")))
		return (struct numbering){ 0 };
	/* 一是一，二是二; 第一、二季度 */
	const char *next = at;
	unsigned second = han(&next);
	if (second && (!is_ordinal ? second == value : second == value + 1))
		return (struct numbering){ 0 };
	if (!is_ordinal)
		skips_any(&at, stops);
	return found(NUMBERING_STEP, value, start, at);
}

struct numbering numbering_at(const char *text)
{
	static struct numbering (*const kinds[])(
	    const char *, const char *) = { enclosed, in_brackets, section, digits, step };
	const char *at = skip_blanks(text);
	for (size_t i = 0; i < LENGTH(kinds); i++) {
		struct numbering numbering = kinds[i](text, at);
		if (numbering.kind != NUMBERING_NONE)
			return numbering;
	}
	return (struct numbering){ 0 };
}
