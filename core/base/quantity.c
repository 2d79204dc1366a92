/* quantity.c: reading, adding and printing of quantities. */
#include "base/quantity.h"

#include "base/i18n.h"
#include "base/numeral.h"
#include "base/utf8.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

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

/* The marks that are typed between the parts of a day, as - and . of a day's usual forms. */
static const char *day_marks(struct arena *arena, const char *text)
{
	static const struct {
		const char *typed, *plain;
	} marks[] = { { "—", "-" }, { "–", "-" }, { "、", "." } };
	struct buf out = { 0 };
	while (*text) {
		size_t i = 0, count = sizeof marks / sizeof *marks;
		while (i < count && strncmp(text, marks[i].typed, strlen(marks[i].typed)) != 0)
			i++;
		if (i < count)
			buf_adds(&out, marks[i].plain);
		else
			buf_addc(&out, *text);
		text += i < count ? strlen(marks[i].typed) : 1;
	}
	const char *copy = arena_strdup(arena, buf_str(&out));
	buf_release(&out);
	return copy;
}

/* A number of `least` to `most` digits; -1 if there is none. */
static int date_part(const char **text, size_t least, size_t most)
{
	size_t n = strspn(*text, "0123456789");
	int value = 0;
	if (n < least)
		return -1;
	for (n = n < most ? n : most; n; n--)
		value = value * 10 + (*(*text)++ - '0');
	return value;
}

static int skip(const char **text, const char *word)
{
	size_t n = strlen(word);
	if (strncmp(*text, word, n) != 0)
		return 0;
	*text += n;
	return 1;
}

/* Nothing behind the day, or the hour that Excel gives it. */
static int is_midnight(const char *p)
{
	p += *p == ' ';
	return *p == '\0' || strcmp(p, "0:00") == 0 || strcmp(p, "0:00:00") == 0 ||
	       strcmp(p, "00:00:00") == 0;
}

const char *date_plain(struct arena *arena, const char *text)
{
	static const char *const marks[][3] = { { "-", "-", "" }, { "/", "/", "" },
		{ ".", ".", "" }, { "年", "月", "日" }, { "年", "月", "号" }, { "", "", "" } };
	if (date_read(text))
		return text;
	if (strlen(text) > 60) /* with room for any way of writing one */
		return NULL;
	text = day_marks(arena, half_width(arena, text));
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		const char *p = text, *const *mark = marks[i];
		size_t least = *mark[0] ? 1 : 2; /* 20250309 has all its zeros */
		int y = date_part(&p, 4, 4), m, d;
		if (y < 0 || !skip(&p, mark[0]) || (m = date_part(&p, least, 2)) < 0 ||
		    !skip(&p, mark[1]) || (d = date_part(&p, least, 2)) < 0 || !skip(&p, mark[2]))
			continue;
		if (!is_midnight(p))
			continue;
		const char *plain = arena_printf(arena, "%04d-%02d-%02d", y, m, d);
		return date_read(plain) ? plain : NULL;
	}
	return NULL;
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

/* Whether 万 or 亿 is part of the numeral. */
static int has_magnitude(const char *numeral, const char *end)
{
	for (; end - numeral >= 3; numeral++)
		if (memcmp(numeral, "万", 3) == 0 || memcmp(numeral, "亿", 3) == 0)
			return 1;
	return 0;
}

static const char *read_written(struct arena *arena, const char *text, enum nb_kind kind,
    const char *unit, struct nb_quantity *out)
{
	const char *at = half_width(arena, text);
	const char *prefix = "", *suffix = "", *magnitude = "";
	enum side front = numeral_before(&at, &prefix);
	struct numeral number;
	const char *numeral_start = at;
	int chinese = numeral_chinese(&at, &number);
	if (!chinese) {
		const char *wrong = numeral_digits(&at, &number);
		if (wrong)
			return wrong;
	}

	enum side back = numeral_after(&at, &suffix);
	int percent = kind == NB_PERCENT;
	const char *unit_at = unit ? unit : "";
	int64_t own = numeral_magnitude(&unit_at, &(const char *){ "" });
	int64_t written = own; /* a bare number is in the figure's unit */
	if (percent) {
		numeral_skip(&at, "%");
	} else if (own > 1 && numeral_skip(&at, unit_at)) {
		written = 1; /* 200000元 for a figure in 万元 */
	} else if (*at) {
		const char *mark = at;
		int64_t factor = numeral_magnitude(&at, &magnitude);
		/* 20万 for a figure in 万元 could be meant either way. */
		int has_unit = 0;
		if (back == SIDE_EXACT)
			back = numeral_after(&at, &suffix);
		if (*unit_at)
			has_unit = numeral_skip(&at, unit_at);
		if (factor > 1 && own > 1 && !has_unit)
			return N_("write the unit with the number");
		if (factor > 1 || has_unit)
			written = factor;
		if (mark == at && back == SIDE_EXACT)
			return N_("what follows the number is not the figure's unit");
	}
	if (back == SIDE_EXACT)
		back = numeral_after(&at, &suffix);
	if (*at)
		return N_("what follows the number is not the figure's unit");
	/* 十五万 for a figure in 万元, like 15万, could be meant either way. */
	if (chinese && own > 1 && written == own && has_magnitude(numeral_start, at))
		return N_("write the unit with the number");
	if (front != SIDE_EXACT && back != SIDE_EXACT)
		return N_("two words that both make the number approximate");

	int64_t value = rescale(number.value, written, own);
	int64_t step = rescale(number.step, written, own);
	if (value < 0 || step < 0 || value > INT64_MAX / 4)
		return N_("the number is too large");
	if (kind == NB_COUNT && value % NB_UNIT != 0)
		return N_("a count must be a whole number");

	enum side side = front != SIDE_EXACT ? front : back;
	*out = (struct nb_quantity){ .decimals = number.decimals, .text = "" };
	numeral_bounds(value, step, side, out);
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
	if (kind == NB_DATE) {
		const char *day = date_plain(arena, text);
		if (!day)
			return N_("a date is written like 2025-03-09");
		text = day;
	}
	if (kind == NB_DATE || kind == NB_TEXT) {
		*out = (struct nb_quantity){ .state = NB_WORDS, .text = arena_strdup(arena, text) };
		return NULL;
	}
	size_t minus = *text == '-' ? 1 : strncmp(text, "－", strlen("－")) == 0 ? strlen("－") : 0;
	if (minus && text[minus]) /* a dash alone is none */
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

char *quantity_number(struct arena *arena, const struct nb_quantity *quantity)
{
	int64_t number = quantity->low;
	switch (numeral_wording(quantity)) {
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

	enum side x = numeral_wording(a), y = numeral_wording(b);
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

int quantities_overlap(const struct nb_quantity *a, const struct nb_quantity *b)
{
	return a->low <= b->high && b->low <= a->high;
}
