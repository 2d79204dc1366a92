/* numeral.c: digits, Chinese numerals, and words that make a number approximate. */
#include "base/numeral.h"

#include "base/i18n.h"
#include "base/length.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* ---- approximation ---------------------------------------------------------- */

struct word {
	const char *text;
	enum side side;
};

/* Longer ones first where one begins another. */
static const struct word before_number[] = {
	{ "不少于", SIDE_AT_LEAST },
	{ "不低于", SIDE_AT_LEAST },
	{ "至少", SIDE_AT_LEAST },
	{ "高于", SIDE_AT_LEAST },
	{ "多于", SIDE_AT_LEAST },
	{ "超过", SIDE_AT_LEAST },
	{ "超", SIDE_AT_LEAST },
	{ "逾", SIDE_AT_LEAST },
	{ "将近", SIDE_BELOW },
	{ "接近", SIDE_BELOW },
	{ "近", SIDE_BELOW },
	{ "大约", SIDE_AROUND },
	{ "约", SIDE_AROUND },
	{ "不超过", SIDE_AT_MOST },
	{ "未超过", SIDE_AT_MOST },
	{ "不超", SIDE_AT_MOST },
	{ "未超", SIDE_AT_MOST },
	{ "不逾", SIDE_AT_MOST },
	{ "未逾", SIDE_AT_MOST },
	{ "最多", SIDE_AT_MOST },
	{ "不高于", SIDE_AT_MOST },
	{ "不多于", SIDE_AT_MOST },
	{ "低于", SIDE_AT_MOST },
	{ "少于", SIDE_AT_MOST },
	{ "不足", SIDE_AT_MOST },
	{ "至多", SIDE_AT_MOST },
	{ "不到", SIDE_AT_MOST },
};
static const struct word after_number[] = {
	{ "余", SIDE_ABOVE },
	{ "多", SIDE_ABOVE },
	{ "以上", SIDE_AT_LEAST },
	{ "左右", SIDE_AROUND },
	{ "以下", SIDE_AT_MOST },
	{ "以内", SIDE_AT_MOST },
};

int numeral_skip(const char **at, const char *word)
{
	if (!begins(*at, word))
		return 0;
	*at += strlen(word);
	return 1;
}

static enum side skip_word(
    const char **at, const struct word *words, size_t count, const char **found)
{
	for (size_t i = 0; i < count; i++)
		if (numeral_skip(at, words[i].text)) {
			*found = words[i].text;
			return words[i].side;
		}
	return SIDE_EXACT;
}

enum side numeral_before(const char **at, const char **word)
{
	return skip_word(at, before_number, LENGTH(before_number), word);
}

enum side numeral_after(const char **at, const char **word)
{
	return skip_word(at, after_number, LENGTH(after_number), word);
}

const char *numeral_word_before(const char *start, const char *end, enum side *side)
{
	const struct word *longest = NULL;
	for (size_t i = 0; i < LENGTH(before_number); i++) {
		if (ends(start, end, before_number[i].text) &&
		    (!longest || strlen(before_number[i].text) > strlen(longest->text)))
			longest = &before_number[i];
	}
	if (longest)
		*side = longest->side;
	return longest ? longest->text : NULL;
}

void numeral_bounds(int64_t value, int64_t step, enum side side, struct nb_quantity *out)
{
	int64_t below = value > step ? value - step : 0;
	out->state = NB_APPROXIMATE;
	out->low = out->high = value;
	switch (side) {
	case SIDE_EXACT:
		out->state = NB_EXACT;
		break;
	case SIDE_ABOVE:
		out->high = value + step;
		break;
	case SIDE_BELOW:
		out->low = below;
		break;
	case SIDE_AROUND:
		out->low = below;
		out->high = value + step;
		break;
	case SIDE_AT_LEAST:
		out->high = NB_UNBOUNDED;
		break;
	case SIDE_AT_MOST:
		out->low = 0;
		break;
	}
}

enum side numeral_wording(const struct nb_quantity *quantity)
{
	if (quantity->state != NB_APPROXIMATE)
		return SIDE_EXACT;
	for (size_t i = 0; i < LENGTH(before_number); i++)
		if (strncmp(quantity->text, before_number[i].text, strlen(before_number[i].text)) ==
		    0)
			return before_number[i].side;
	for (size_t i = 0; i < LENGTH(after_number); i++)
		if (strstr(quantity->text, after_number[i].text))
			return after_number[i].side;
	return SIDE_AROUND;
}

/* ---- digits ------------------------------------------------------------------- */

const char *numeral_digits(const char **at, struct numeral *number)
{
	const char *p = *at;
	size_t n = 0;
	int64_t step = NB_UNIT;
	int separated = 0, group = 0;
	*number = (struct numeral){ .step = NB_UNIT };
	if (*p < '0' || *p > '9')
		return N_("this is no number; write one, 0, / (does not apply), or leave it empty");
	for (;; p++) {
		if (*p == ',') {
			if ((!separated && group > 3) || (separated && group != 3))
				return N_(
				    "the thousands separators do not stand at every third digit");
			separated = 1;
			group = 0;
			continue;
		}
		if (*p < '0' || *p > '9')
			break;
		group++;
		if (n > 12)
			return N_("the number is too large");
		number->digits[n++] = *p;
		number->value = number->value * 10 + (*p - '0') * NB_UNIT;
		if (number->value > INT64_C(9000000000000) * NB_UNIT / 10)
			return N_("the number is too large");
	}
	if (separated && group != 3)
		return N_("the thousands separators do not stand at every third digit");
	/* The step: 2500 goes by hundreds, 14 by ones. */
	for (size_t i = n; i > 1 && number->digits[i - 1] == '0'; i--)
		step *= 10;
	number->step = step;
	if (*p == '.') {
		p++;
		if (*p < '0' || *p > '9')
			return N_("this is no number; write one, 0, / (does not apply), or leave "
			          "it empty");
		number->digits[n++] = '.';
		for (step = NB_UNIT / 10; *p >= '0' && *p <= '9'; p++, step /= 10) {
			if (++number->decimals > 6)
				return N_("the number has more than six decimals");
			number->digits[n++] = *p;
			number->value += (*p - '0') * step;
			number->step = step;
		}
	}
	number->digits[n] = '\0';
	if (*p == ' ') /* and another number behind it */
		return N_("this is no number; write one, 0, / (does not apply), or leave it empty");
	*at = p;
	return NULL;
}

int64_t numeral_magnitude(const char **at, const char **word)
{
	static const struct {
		const char *text;
		int64_t factor;
	} magnitudes[] = { { "万亿", INT64_C(1000000000000) }, { "亿", 100000000 },
		{ "万", 10000 } };
	for (size_t i = 0; i < LENGTH(magnitudes); i++)
		if (numeral_skip(at, magnitudes[i].text)) {
			*word = magnitudes[i].text;
			return magnitudes[i].factor;
		}
	return 1;
}

/* ---- Chinese numerals ------------------------------------------------------------ */

/* What a character is in a numeral: a figure, or a place that multiplies it. */
enum { SIGN_PLACE = -1, SIGN_NONE = -2 };
struct sign {
	int figure; /* or SIGN_PLACE, SIGN_NONE */
	int64_t place;
};
/* All of them are three bytes; looked up for every character of a text. */
static struct sign sign_at(const char *text)
{
	static const struct sign none = { SIGN_NONE, 0 };
	const unsigned char *at = (const unsigned char *)text;
	if (at[0] < 0xE3 || at[0] > 0xE9 || at[1] == 0)
		return none;
	switch ((uint32_t)at[0] << 16 | (uint32_t)at[1] << 8 | at[2]) {
	case 0xE38087: /* 〇 */
	case 0xE99BB6: /* 零 */
		return (struct sign){ 0, 0 };
	case 0xE4B880: /* 一 */
		return (struct sign){ 1, 0 };
	case 0xE4BA8C: /* 二 */
	case 0xE4B8A4: /* 两 */
		return (struct sign){ 2, 0 };
	case 0xE4B889: /* 三 */
		return (struct sign){ 3, 0 };
	case 0xE59B9B: /* 四 */
		return (struct sign){ 4, 0 };
	case 0xE4BA94: /* 五 */
		return (struct sign){ 5, 0 };
	case 0xE585AD: /* 六 */
		return (struct sign){ 6, 0 };
	case 0xE4B883: /* 七 */
		return (struct sign){ 7, 0 };
	case 0xE585AB: /* 八 */
		return (struct sign){ 8, 0 };
	case 0xE4B99D: /* 九 */
		return (struct sign){ 9, 0 };
	case 0xE58D81: /* 十 */
		return (struct sign){ SIGN_PLACE, 10 };
	case 0xE799BE: /* 百 */
		return (struct sign){ SIGN_PLACE, 100 };
	case 0xE58D83: /* 千 */
		return (struct sign){ SIGN_PLACE, 1000 };
	case 0xE4B887: /* 万 */
		return (struct sign){ SIGN_PLACE, 10000 };
	case 0xE4BABF: /* 亿 */
		return (struct sign){ SIGN_PLACE, 100000000 };
	default:
		return none;
	}
}

size_t numeral_run(const char *text, size_t most)
{
	size_t n = 0;
	while (n < 3 * most && sign_at(text + n).figure != SIGN_NONE)
		n += 3;
	return n;
}

int numeral_figure(const char *text)
{
	int figure = sign_at(text).figure;
	return figure >= 0 ? figure : -1;
}

/*
 * Places fall from left to right within four digits: 二百零三; 一百二 is 120.
 * 万 and 亿 take all before them. Two figures side by side (三四, 二〇二一) are
 * no numeral that counts, nor is a place without a figure, but 十, nor 零 but
 * by itself or between places. So no numeral is longer than some twenty signs.
 */
#define CHINESE_MOST INT64_C(1000000000000) /* 一万亿 */

int numeral_chinese(const char **at, struct numeral *number)
{
	const char *p = *at;
	/* `step`: of the last figure; `place`: the last sign; `below`: those to come are lower. */
	int64_t total = 0, group = 0, step = 1, place = 1, below = 10000, last = INT64_MAX;
	int figure = -1, zero = 0;
	struct sign sign;
	if (numeral_figure(p) == 0) { /* 零 */
		if (sign_at(p + 3).figure != SIGN_NONE)
			return 0;
		*number = (struct numeral){ .step = NB_UNIT, .digits = "0" };
		*at += 3;
		return 1;
	}
	for (; (sign = sign_at(p)).figure != SIGN_NONE; p += 3) {
		if (sign.figure == 0) {
			if (zero || figure > 0)
				return 0;
			zero = 1;
		} else if (sign.figure > 0) {
			if (figure > 0)
				return 0;
			figure = sign.figure;
		} else if (sign.place < 10000) {
			if (sign.place >= below ||
			    (figure < 0 && !(sign.place == 10 && group == 0)))
				return 0;
			group += (figure < 0 ? 1 : figure) * sign.place;
			step = place = below = sign.place;
			figure = -1;
			zero = 0;
		} else {
			group += figure > 0 ? figure : 0;
			if (sign.place < last) { /* 一万, 一亿二千万; a lone 万 is the unit's */
				if (group == 0)
					return 0;
				total += group * sign.place;
			} else { /* 一万亿 */
				if (last != 10000 || sign.place == last)
					return 0;
				if (total + group > CHINESE_MOST / sign.place)
					return 0;
				total = (total + group) * sign.place;
			}
			if (total > CHINESE_MOST)
				return 0;
			group = 0;
			step = (figure > 0 ? 1 : step) * sign.place; /* 二十万 by 十万 */
			place = last = sign.place;
			below = 10000;
			figure = -1;
			zero = 0;
		}
	}
	if (figure > 0) {
		/* 一百二, 一万二: the place below; 一百零二, 十二: ones. */
		step = place >= 100 && !zero ? place / 10 : 1;
		group += figure * step;
	}
	total += group;
	if (total == 0)
		return 0;
	*number = (struct numeral){ .value = total * NB_UNIT, .step = step * NB_UNIT };
	snprintf(number->digits, sizeof number->digits, "%" PRId64, total);
	*at = p;
	return 1;
}

int numeral_chinese_decimal(const char **at, struct numeral *number)
{
	int64_t step = NB_UNIT / 10;
	if (!numeral_chinese(at, number))
		return 0;
	if (!begins(*at, "点") || numeral_figure(*at + strlen("点")) < 0)
		return 1;
	for (*at += strlen("点"); step > 0 && numeral_figure(*at) >= 0; *at += 3, step /= 10) {
		number->value += numeral_figure(*at) * step;
		number->step = step;
		number->decimals++;
	}
	return 1;
}
