/* quantity.c: reading, adding and printing of quantities. */
#include "base/quantity.h"

#include "base/i18n.h"
#include "base/utf8.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Which side of the written number the true one lies on. */
enum side {
	SIDE_EXACT,
	SIDE_ABOVE, /* up to the next step of the last digit that is not 0: 2500余 is below 2600 */
	SIDE_BELOW, /* down to the step before: 近800 is above 700 */
	SIDE_AROUND,
	SIDE_AT_LEAST, /* no upper bound */
	SIDE_AT_MOST
};

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

#define LENGTH(array) (sizeof(array) / sizeof *(array))

int64_t bound_add(int64_t a, int64_t b)
{
	int64_t sum;
	if (a == NB_UNBOUNDED || b == NB_UNBOUNDED)
		return NB_UNBOUNDED;
	if (__builtin_add_overflow(a, b, &sum))
		return a > 0 ? NB_UNBOUNDED : INT64_MIN;
	return sum;
}

int date_read(const char *text)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	int y = 0, m = 0, d = 0;
	for (int i = 0; i < 10; i++) {
		char c = text[i];
		if (i == 4 || i == 7) {
			if (c != '-')
				return 0;
			continue;
		}
		if (c < '0' || c > '9')
			return 0;
		int *part = i < 4 ? &y : i < 7 ? &m : &d;
		*part = *part * 10 + (c - '0');
	}
	if (text[10] != '\0' || y < 1900 || m < 1 || m > 12 || d < 1)
		return 0;
	int leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
	if (d > days[m - 1] + (m == 2 && leap))
		return 0;
	return y * 10000 + m * 100 + d;
}

static int is_digit(uint32_t code)
{
	return code >= '0' && code <= '9';
}

/* Full-width digits and signs as their ASCII ones, blanks dropped but those between two digits. */
static char *half_width(struct arena *arena, const char *text)
{
	struct buf out = { 0 };
	const char *end = text + strlen(text);
	int gap = 0;
	while (text < end) {
		uint32_t code = utf8_next(&text, end);
		if (utf8_is_space(code)) {
			gap = out.len && is_digit((unsigned char)out.data[out.len - 1]);
			continue;
		}
		if (code >= 0xFF01 && code <= 0xFF5E)
			code -= 0xFEE0;
		if (gap && is_digit(code))
			buf_addc(&out, ' '); /* two numbers are not one */
		gap = 0;
		utf8_put(&out, code);
	}
	char *copy = arena_strdup(arena, buf_str(&out));
	buf_release(&out);
	return copy;
}

static int skip(const char **at, const char *word)
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
		if (skip(at, words[i].text)) {
			*found = words[i].text;
			return words[i].side;
		}
	return SIDE_EXACT;
}

/* What is written before any unit is worked out. */
struct number {
	int64_t value; /* millionths */
	int64_t step;  /* of the last digit that is not 0, millionths */
	unsigned decimals;
	char digits[32]; /* without separators */
};

static const char *read_number(const char **at, struct number *number)
{
	const char *p = *at;
	size_t n = 0;
	int64_t step = NB_UNIT;
	int separated = 0, group = 0;
	*number = (struct number){ .step = NB_UNIT };
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
			return N_("this is no number; write one, 0, / (does not apply), or leave it empty");
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

/* 万 and 亿 before a unit; 1 if there is none. */
static int64_t skip_magnitude(const char **at, const char **found)
{
	static const struct {
		const char *text;
		int64_t factor;
	} magnitudes[] = { { "万亿", INT64_C(1000000000000) }, { "亿", 100000000 },
		{ "万", 10000 } };
	for (size_t i = 0; i < LENGTH(magnitudes); i++)
		if (skip(at, magnitudes[i].text)) {
			*found = magnitudes[i].text;
			return magnitudes[i].factor;
		}
	return 1;
}

/* value * times / by, or -1 if it does not fit. */
static int64_t rescale(int64_t value, int64_t times, int64_t by)
{
	int64_t product;
	if (value == NB_UNBOUNDED)
		return value;
	if (times >= by)
		return __builtin_mul_overflow(value, times / by, &product) ? -1 : product;
	return value / (by / times);
}

static const char *read_written(struct arena *arena, const char *text, enum nb_kind kind,
    const char *unit, struct nb_quantity *out)
{
	const char *at = half_width(arena, text);
	const char *prefix = "", *suffix = "", *magnitude = "";
	enum side front = skip_word(&at, before_number, LENGTH(before_number), &prefix);
	struct number number;
	const char *wrong = read_number(&at, &number);
	if (wrong)
		return wrong;

	enum side back = skip_word(&at, after_number, LENGTH(after_number), &suffix);
	int percent = kind == NB_PERCENT;
	const char *unit_at = unit ? unit : "";
	int64_t own = skip_magnitude(&unit_at, &(const char *){ "" });
	int64_t written = own; /* a bare number is in the figure's unit */
	if (percent) {
		skip(&at, "%");
	} else if (own > 1 && skip(&at, unit_at)) {
		written = 1; /* 200000元 for a figure in 万元 */
	} else if (*at) {
		const char *mark = at;
		int64_t factor = skip_magnitude(&at, &magnitude);
		/* 20万 for a figure in 万元 could be meant either way. */
		int has_unit = 0;
		if (back == SIDE_EXACT)
			back = skip_word(&at, after_number, LENGTH(after_number), &suffix);
		if (*unit_at)
			has_unit = skip(&at, unit_at);
		if (factor > 1 && own > 1 && !has_unit)
			return N_("write the unit with the number");
		if (factor > 1 || has_unit)
			written = factor;
		if (mark == at && back == SIDE_EXACT)
			return N_("what follows the number is not the figure's unit");
	}
	if (back == SIDE_EXACT)
		back = skip_word(&at, after_number, LENGTH(after_number), &suffix);
	if (*at)
		return N_("what follows the number is not the figure's unit");
	if (front != SIDE_EXACT && back != SIDE_EXACT)
		return N_("two words that both make the number approximate");

	int64_t value = rescale(number.value, written, own);
	int64_t step = rescale(number.step, written, own);
	if (value < 0 || step < 0 || value > INT64_MAX / 4)
		return N_("the number is too large");
	if (kind == NB_COUNT && value % NB_UNIT != 0)
		return N_("a count must be a whole number");

	enum side side = front != SIDE_EXACT ? front : back;
	int64_t below = value > step ? value - step : 0;
	*out = (struct nb_quantity){ NB_APPROXIMATE, value, value, number.decimals, "" };
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
	if (kind == NB_COUNT)
		out->decimals = 0;
	/* Printed as written where the number already is in the figure's unit. */
	const char *digits = number.digits;
	if (written != own && own > 1) {
		digits = quantity_print(arena, value, 6);
		magnitude = "";
		const char *point = strchr(digits, '.');
		out->decimals = point ? (unsigned)strlen(point + 1) : 0;
	} else if (own > 1) {
		magnitude = "";
	}
	/* 2万余件 and 20余万元: the word stands where it was written, before or after 万. */
	const char *first =
	    *suffix && strstr(text, suffix) < strstr(text, *magnitude ? magnitude : "") ? suffix
	                                                                                : "";
	/* 90余% but 90%以上. */
	const char *sign = percent ? "%" : "";
	int sign_last = back == SIDE_ABOVE;
	out->text = arena_printf(arena, "%s%s%s%s%s%s%s", prefix, digits, first, magnitude,
	    sign_last ? "" : sign, *first ? "" : suffix, sign_last ? sign : "");
	return NULL;
}

const char *quantity_read(struct arena *arena, const char *text, enum nb_kind kind,
    const char *unit, struct nb_quantity *out)
{
	*out = (struct nb_quantity){ .state = NB_ABSENT, .text = "" };
	const char *end = text + strlen(text);
	for (const char *p = text; p < end; text = p)
		if (!utf8_is_space(utf8_next(&p, end)))
			break;
	if (*text == '\0')
		return NULL;
	if (strcmp(text, "/") == 0 || strcmp(text, "／") == 0) {
		*out = (struct nb_quantity){ .state = NB_NOT_APPLICABLE, .text = "/" };
		return NULL;
	}
	if (kind == NB_DATE && !date_read(text))
		return N_("a date is written like 2025-03-09");
	if (kind == NB_DATE || kind == NB_TEXT) {
		*out = (struct nb_quantity){ .state = NB_WORDS, .text = arena_strdup(arena, text) };
		return NULL;
	}
	if (*text == '-' || strncmp(text, "－", strlen("－")) == 0)
		return N_("the number is negative");
	return read_written(arena, text, kind, unit, out);
}

char *quantity_print(struct arena *arena, int64_t millionths, unsigned decimals)
{
	char text[40];
	int64_t whole = millionths / NB_UNIT, rest = millionths % NB_UNIT;
	const char *sign = millionths < 0 ? "-" : "";
	snprintf(text, sizeof text, "%s%" PRId64 ".%06" PRId64, sign, whole < 0 ? -whole : whole,
	    rest < 0 ? -rest : rest);
	char *point = strchr(text, '.');
	point[1 + (decimals < 6 ? decimals : 6)] = '\0';
	char *last = text + strlen(text) - 1;
	while (*last == '0')
		*last-- = '\0';
	if (*last == '.')
		*last = '\0';
	return arena_strdup(arena, text);
}

struct nb_quantity quantity_exact(
    struct arena *arena, int64_t millionths, unsigned decimals, int percent)
{
	char *text = quantity_print(arena, millionths, decimals);
	if (percent)
		text = arena_printf(arena, "%s%%", text);
	return (struct nb_quantity){ NB_EXACT, millionths, millionths, decimals, text };
}

/* How an approximate quantity was worded, told from its text. */
static enum side wording(const struct nb_quantity *quantity)
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

char *quantity_number(struct arena *arena, const struct nb_quantity *quantity)
{
	int64_t number = quantity->low;
	switch (wording(quantity)) {
	case SIDE_EXACT:
	case SIDE_ABOVE:
	case SIDE_AT_LEAST:
		break;
	case SIDE_BELOW:
	case SIDE_AT_MOST:
		number = quantity->high;
		break;
	case SIDE_AROUND:
		number = quantity->low + (quantity->high - quantity->low) / 2;
		break;
	}
	return quantity_print(arena, number, 6);
}

struct nb_quantity quantity_add(
    struct arena *arena, const struct nb_quantity *a, const struct nb_quantity *b, int percent)
{
	if (!nb_is_number(a))
		return *b;
	if (!nb_is_number(b))
		return *a;
	unsigned decimals = a->decimals > b->decimals ? a->decimals : b->decimals;
	struct nb_quantity sum = { NB_APPROXIMATE, bound_add(a->low, b->low),
		bound_add(a->high, b->high), decimals, "" };
	if (a->state == NB_EXACT && b->state == NB_EXACT)
		return quantity_exact(arena, sum.low, decimals, percent);

	enum side x = wording(a), y = wording(b);
	const char *low = quantity_print(arena, sum.low, decimals);
	int above = (x == SIDE_EXACT || x == SIDE_ABOVE) && (y == SIDE_EXACT || y == SIDE_ABOVE);
	int below = (x == SIDE_EXACT || x == SIDE_BELOW) && (y == SIDE_EXACT || y == SIDE_BELOW);
	const char *sign = percent ? "%" : "";
	/* "At least" and "at most" stay what they are: 余 and 近 would promise more. */
	if (sum.high == NB_UNBOUNDED)
		sum.text = arena_printf(arena, "不少于%s%s", low, sign);
	else if (x == SIDE_AT_MOST || y == SIDE_AT_MOST)
		sum.text = arena_printf(
		    arena, "不超过%s%s", quantity_print(arena, sum.high, decimals), sign);
	else if (above)
		sum.text = arena_printf(arena, "%s余%s", low, sign);
	else if (below)
		sum.text =
		    arena_printf(arena, "近%s%s", quantity_print(arena, sum.high, decimals), sign);
	else
		sum.text = arena_printf(arena, "约%s%s",
		    quantity_print(arena, sum.low + (sum.high - sum.low) / 2, decimals), sign);
	return sum;
}
