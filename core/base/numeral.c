/* numeral.c: digits, Chinese numerals, and words that make a number approximate. */
#include "base/numeral.h"

#include "base/i18n.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof *(array))

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
	{ "超过", SIDE_AT_LEAST },
	{ "超", SIDE_AT_LEAST },
	{ "逾", SIDE_AT_LEAST },
	{ "将近", SIDE_BELOW },
	{ "接近", SIDE_BELOW },
	{ "近", SIDE_BELOW },
	{ "大约", SIDE_AROUND },
	{ "约", SIDE_AROUND },
	{ "不超过", SIDE_AT_MOST },
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
	size_t n = strlen(word);
	if (strncmp(*at, word, n) != 0)
		return 0;
	*at += n;
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
		size_t n = strlen(before_number[i].text);
		if ((size_t)(end - start) >= n && memcmp(end - n, before_number[i].text, n) == 0 &&
		    (!longest || n > strlen(longest->text)))
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
struct sign {
	const char *text;
	int figure; /* -1: a place */
	int64_t place;
};
static const struct sign signs[] = {
	{ "〇", 0, 0 },
	{ "零", 0, 0 },
	{ "一", 1, 0 },
	{ "二", 2, 0 },
	{ "两", 2, 0 },
	{ "三", 3, 0 },
	{ "四", 4, 0 },
	{ "五", 5, 0 },
	{ "六", 6, 0 },
	{ "七", 7, 0 },
	{ "八", 8, 0 },
	{ "九", 9, 0 },
	{ "十", -1, 10 },
	{ "百", -1, 100 },
	{ "千", -1, 1000 },
	{ "万", -1, 10000 },
	{ "亿", -1, 100000000 },
};

static const struct sign *sign_at(const char *text)
{
	/* All of them are three bytes; most characters are none. */
	if ((unsigned char)*text < 0xE3 || (unsigned char)*text > 0xE9)
		return NULL;
	for (size_t i = 0; i < LENGTH(signs); i++)
		if (strncmp(text, signs[i].text, 3) == 0)
			return &signs[i];
	return NULL;
}

size_t numeral_run(const char *text, size_t most)
{
	size_t n = 0;
	while (n < 3 * most && sign_at(text + n))
		n += 3;
	return n;
}

int numeral_figure(const char *text)
{
	const struct sign *sign = sign_at(text);
	return sign ? sign->figure : -1;
}

/*
 * Places fall from left to right within four digits: 二百零三. 万 and 亿 take
 * all before them. Two figures side by side (三四, 二〇二一) are no numeral
 * that counts, nor is a place without a figure, but 十.
 */
int numeral_chinese(const char **at, struct numeral *number)
{
	const char *p = *at;
	int64_t total = 0, group = 0, figure = -1, last = 10000, step = 1;
	const struct sign *sign;
	int empty = 1, zero = 0;
	for (; (sign = sign_at(p)) != NULL; p += 3) {
		if (sign->figure == 0) {
			if (figure > 0 || (empty && sign_at(p + 3)))
				return 0;
			zero = 1;
			figure = empty ? 0 : figure;
		} else if (sign->figure > 0) {
			if (figure >= 0 && !(figure == 0 && zero))
				return 0;
			figure = sign->figure;
			step = 1;
		} else if (sign->place >= 10000) {
			/* 二万 takes both; a lone 万 belongs to the unit. */
			if (empty)
				return 0;
			group += figure > 0 ? figure : 0;
			if (group == 0 || (total && sign->place >= last && sign->place > 10000))
				break;
			total = (total + group) * sign->place;
			if (total > INT64_C(100000000000))
				return 0;
			group = 0;
			figure = -1;
			step = sign->place;
			last = sign->place;
			zero = 0;
			empty = 0;
			continue;
		} else {
			if (figure < 0 && !(sign->place == 10 && group == 0))
				return 0;
			if (figure == 0)
				return 0;
			group += (figure < 0 ? 1 : figure) * sign->place;
			figure = -1;
			step = sign->place;
			zero = 0;
		}
		empty = 0;
	}
	if (empty)
		return 0;
	total += group + (figure > 0 ? figure : 0);
	*number = (struct numeral){ .value = total * NB_UNIT, .step = step * NB_UNIT };
	snprintf(number->digits, sizeof number->digits, "%" PRId64, total);
	*at = p;
	return 1;
}
