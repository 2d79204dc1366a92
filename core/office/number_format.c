/* number_format.c: numbers, percentages and dates as a cell shows them. */
#include "office/number_format.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- codes ------------------------------------------------------------- */

/* Past a character that is shown as it is: "…", \x, _x, *x; the same `p` if there is none. */
static const char *skip_literal(const char *p)
{
	if (*p == '"') {
		p++;
		p += strcspn(p, "\"");
		return p + (*p == '"');
	}
	if (*p && strchr("\\_*", *p) && p[1])
		return p + 2;
	return p;
}

/* [Red], [$-804] say nothing; [h], [mm] are time that has passed. */
static const char *skip_bracket(const char *p, int *is_elapsed)
{
	size_t n = strcspn(p + 1, "]");
	*is_elapsed |= n > 0 && strspn(p + 1, "hHmMsS") == n;
	return p + 1 + n + (p[1 + n] == ']');
}

struct number_format number_format_read(const char *code)
{
	int year_or_day = 0, month = 0, time = 0, elapsed = 0, percent = 0, odd = 0;
	int has_digits = 0, decimals = -1;
	for (const char *p = code; *p && *p != ';';) {
		const char *after = skip_literal(p);
		if (after != p) {
			p = after;
			continue;
		}
		if (*p == '[') {
			p = skip_bracket(p, &elapsed);
			continue;
		}
		if (strncmp(p, "General", 7) == 0) {
			odd = 1;
			p += 7;
			continue;
		}
		year_or_day |= strchr("yYdD", *p) != NULL;
		month |= strchr("mM", *p) != NULL;
		time |= strchr("hHsS", *p) != NULL;
		percent |= *p == '%';
		/* Exponents, fractions, thousands left out: nothing can be said of decimals. */
		odd |= strchr("eE/@", *p) != NULL || (*p == ',' && !strchr("0#?", p[1]));
		if (*p == '.')
			decimals = 0;
		else if (strchr("0#?", *p) && decimals >= 0)
			decimals++;
		if (strchr("0#?", *p))
			has_digits = 1;
		p++;
	}
	if (elapsed)
		return (struct number_format){ FORMAT_ELAPSED, -1 };
	if (year_or_day || (month && !time))
		return (struct number_format){ time ? FORMAT_DATE_TIME : FORMAT_DATE, -1 };
	if (time)
		return (struct number_format){ FORMAT_TIME, -1 };
	if (decimals < 0 && has_digits)
		decimals = 0;
	return (
	    struct number_format){ percent ? FORMAT_PERCENT : FORMAT_NUMBER, odd ? -1 : decimals };
}

struct number_format number_format_builtin(unsigned id)
{
	static const struct {
		unsigned from, to;
		struct number_format format;
	} ranges[] = {
		{ 1, 1, { FORMAT_NUMBER, 0 } },
		{ 2, 2, { FORMAT_NUMBER, 2 } },
		{ 3, 3, { FORMAT_NUMBER, 0 } },
		{ 4, 4, { FORMAT_NUMBER, 2 } },
		{ 5, 6, { FORMAT_NUMBER, 0 } },
		{ 7, 8, { FORMAT_NUMBER, 2 } },
		{ 9, 9, { FORMAT_PERCENT, 0 } },
		{ 10, 10, { FORMAT_PERCENT, 2 } },
		{ 14, 17, { FORMAT_DATE, -1 } },
		{ 18, 21, { FORMAT_TIME, -1 } },
		{ 22, 22, { FORMAT_DATE_TIME, -1 } },
		{ 27, 31, { FORMAT_DATE, -1 } },
		{ 32, 35, { FORMAT_TIME, -1 } },
		{ 36, 36, { FORMAT_DATE, -1 } },
		{ 37, 38, { FORMAT_NUMBER, 0 } },
		{ 39, 40, { FORMAT_NUMBER, 2 } },
		{ 41, 42, { FORMAT_NUMBER, 0 } },
		{ 43, 44, { FORMAT_NUMBER, 2 } },
		{ 45, 45, { FORMAT_TIME, -1 } },
		{ 46, 46, { FORMAT_ELAPSED, -1 } },
		{ 47, 47, { FORMAT_TIME, -1 } },
		{ 50, 54, { FORMAT_DATE, -1 } },
		{ 55, 56, { FORMAT_TIME, -1 } },
		{ 57, 58, { FORMAT_DATE, -1 } },
	};
	for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
		if (id >= ranges[i].from && id <= ranges[i].to)
			return ranges[i].format;
	return (struct number_format){ FORMAT_NUMBER, -1 };
}

/* ---- decimal numbers --------------------------------------------------- */

/* Nobody types numbers beyond 10 to the 30th: they keep their exponent. */
enum { DIGITS = 15, PLAIN = 30 };

/* 0.d1d2d3… times 10 to the `point`. */
struct decimal {
	char digits[DIGITS + 1];
	int count; /* without zeros at the end; 0: the number is 0 */
	int point;
	int negative;
};

static void trim(struct decimal *d)
{
	while (d->count > 0 && d->digits[d->count - 1] == '0')
		d->count--;
}

/* The 15 digits that Excel keeps of a number. */
static struct decimal decimal_of(double value)
{
	struct decimal d = { .negative = value < 0 };
	char text[40];
	/* -0 + 0 is 0 */
	snprintf(text, sizeof text, "%.*e", DIGITS - 1, value < 0 ? -value : value + 0.0);
	const char *e = strchr(text, 'e');
	d.digits[0] = text[0];
	memcpy(d.digits + 1, e - (DIGITS - 1), DIGITS - 1);
	d.count = DIGITS;
	d.point = atoi(e + 1) + 1;
	trim(&d);
	return d;
}

/* Half up, at that many decimals; whether anything went. */
static int round_to(struct decimal *d, int decimals)
{
	int keep = d->point + decimals;
	if (d->count <= keep)
		return 0;
	if (keep < 0) {
		d->count = 0;
		return 1;
	}
	int up = d->digits[keep] >= '5';
	d->count = keep;
	while (up && d->count > 0 && d->digits[d->count - 1] == '9')
		d->count--;
	if (up && d->count > 0) {
		d->digits[d->count - 1]++;
	} else if (up) {
		d->digits[0] = '1';
		d->count = 1;
		d->point++;
	}
	trim(d);
	return 1;
}

static void put_decimal(struct buf *out, const struct decimal *d)
{
	if (d->count == 0) {
		buf_addc(out, '0');
		return;
	}
	if (d->negative)
		buf_addc(out, '-');
	if (d->point < -PLAIN || d->point > PLAIN) {
		buf_add(out, d->digits, 1);
		if (d->count > 1)
			buf_addc(out, '.');
		buf_add(out, d->digits + 1, (size_t)d->count - 1);
		buf_addf(out, "E%+d", d->point - 1);
		return;
	}
	if (d->point <= 0)
		buf_addc(out, '0');
	for (int i = 0; i < d->point; i++)
		buf_addc(out, i < d->count ? d->digits[i] : '0');
	if (d->count <= d->point)
		return;
	buf_addc(out, '.');
	for (int i = d->point; i < d->count; i++)
		buf_addc(out, i < 0 ? '0' : d->digits[i]);
}

/* ---- dates ------------------------------------------------------------- */

enum { LAST_DAY = 2958465, DAYS_1904 = 1462, LEAP_BUG = 60 };

static void put_day(struct buf *out, long serial)
{
	/* Day 60 is the 29th of February 1900, which never was; those before count one less. */
	if (serial == LEAP_BUG || serial == 0) {
		buf_adds(out, serial ? "1900-02-29" : "1900-01-00");
		return;
	}
	long days = serial + (serial < LEAP_BUG ? 1 : 0) - 25569 + 719468; /* since 0000-03-01 */
	long era = days / 146097, doe = days % 146097;
	long yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	long doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
	long day = doy - (153 * mp + 2) / 5 + 1, month = mp < 10 ? mp + 3 : mp - 9;
	buf_addf(out, "%04ld-%02ld-%02ld", yoe + era * 400 + (month <= 2), month, day);
}

static void put_seconds(struct buf *out, long seconds, int width)
{
	buf_addf(out, "%0*ld:%02ld", width, seconds / 3600, seconds / 60 % 60);
	if (seconds % 60)
		buf_addf(out, ":%02ld", seconds % 60);
}

static enum format_kind put_date(struct buf *out, double value, enum format_kind kind)
{
	long day = (long)value;
	long seconds = (long)((value - (double)day) * 86400 + 0.5);
	day += seconds / 86400;
	seconds %= 86400;
	if (kind == FORMAT_TIME || kind == FORMAT_ELAPSED) {
		put_seconds(out, (kind == FORMAT_ELAPSED ? day * 86400 : 0) + seconds, 1);
		return kind;
	}
	put_day(out, day);
	if (kind == FORMAT_DATE_TIME && seconds) {
		buf_addc(out, ' ');
		put_seconds(out, seconds, 2);
	}
	return kind;
}

enum format_kind number_format_put(struct buf *out, double value,
    const struct number_format *format, int from_1904, int round, int *is_rounded)
{
	int is_date = format->kind != FORMAT_NUMBER && format->kind != FORMAT_PERCENT;
	int has_day = format->kind == FORMAT_DATE || format->kind == FORMAT_DATE_TIME;
	double serial = value + (from_1904 && has_day ? DAYS_1904 : 0);
	*is_rounded = 0;
	if (is_date && serial >= 0 && serial < LAST_DAY + 1)
		return put_date(out, serial, format->kind);
	struct decimal d = decimal_of(value);
	if (format->kind == FORMAT_PERCENT)
		d.point += 2;
	/* A sum that should be 0 and is 2.8E-17. */
	if (round && format->decimals < 0 && d.point < -10)
		d.count = 0;
	if (round && format->decimals >= 0)
		*is_rounded = round_to(&d, format->decimals);
	put_decimal(out, &d);
	if (format->kind != FORMAT_PERCENT)
		return FORMAT_NUMBER;
	buf_addc(out, '%');
	return FORMAT_PERCENT;
}
