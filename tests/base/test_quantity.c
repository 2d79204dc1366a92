/* Figures as departments write them: the interval that is meant, and the text that is printed. */
#include "base/quantity.h"

#include "found.h"

#define NO_NUMBER "! this is no number; write one, 0, / (does not apply), or leave it empty"
#define NOT_UNIT "! what follows the number is not the figure's unit"
#define SEPARATORS "! the thousands separators do not stand at every third digit"
#define TOO_LARGE "! the number is too large"
#define WHOLE "! a count must be a whole number"
#define TWO_WORDS "! two words that both make the number approximate"

/* "14 = 14", "2500余 in 2500..2600", "/ n/a", "absent", "words: 2021-03-09", "! what is wrong" */
static const char *shown(struct arena *arena, const struct nb_quantity *q)
{
	switch (q->state) {
	case NB_ABSENT:
		return arena_printf(arena, "absent%s", q->text);
	case NB_NOT_APPLICABLE:
		return arena_printf(arena, "%s n/a", q->text);
	case NB_WORDS:
		return arena_printf(arena, "words: %s", q->text);
	case NB_EXACT:
		return arena_printf(arena, "%s = %s%s", q->text, quantity_print(arena, q->low, 6),
		    q->low == q->high ? "" : " ?");
	case NB_APPROXIMATE:
		return arena_printf(arena, "%s in %s..%s", q->text,
		    quantity_print(arena, q->low, 6),
		    q->high == NB_UNBOUNDED ? "" : quantity_print(arena, q->high, 6));
	}
	return "";
}

static const char *reading(
    struct arena *arena, const char *text, enum nb_kind kind, const char *unit)
{
	struct nb_quantity q;
	const char *wrong = quantity_read(arena, text, kind, unit, &q);

	if (!wrong)
		return shown(arena, &q);
	cr_expect_eq(q.state, NB_ABSENT, "%s: what cannot be read is absent", text);
	cr_expect_str_eq(q.text, "");
	return arena_printf(arena, "! %s", wrong);
}

Test(base, quantity_read)
{
	static const struct {
		enum nb_kind kind;
		const char *unit, *text, *expected;
	} cases[] = {
		/* Empty, "/" and 0 are three different things. */
		{ NB_COUNT, "件", "", "absent" },
		{ NB_COUNT, "件", " \u3000", "absent" },
		{ NB_COUNT, "件", "/", "/ n/a" },
		{ NB_COUNT, "件", "／", "/ n/a" },
		{ NB_COUNT, "件", "0", "0 = 0" },
		/* Whole numbers, with their unit, full-width, with separators, with blanks. */
		{ NB_COUNT, "件", "14", "14 = 14" },
		{ NB_COUNT, "件", "14件", "14 = 14" },
		{ NB_COUNT, "件", "14 件", "14 = 14" },
		{ NB_COUNT, "件", "\u300014\u3000件", "14 = 14" },
		{ NB_COUNT, "人次", "14人次", "14 = 14" },
		{ NB_COUNT, NULL, "14", "14 = 14" },
		{ NB_COUNT, "件", "２５００", "2500 = 2500" },
		{ NB_COUNT, "件", "1,234", "1234 = 1234" },
		{ NB_COUNT, "件", "1,234,567件", "1234567 = 1234567" },
		{ NB_COUNT, "件", "１，２３４", "1234 = 1234" },
		{ NB_COUNT, "件", "3.0", "3.0 = 3" },
		{ NB_COUNT, "件", "1.5万", "1.5万 = 15000" },
		{ NB_COUNT, "件", "2万件", "2万 = 20000" },
		/* Approximate ones: the step is that of the last digit which is not 0. */
		{ NB_COUNT, "次", "2500余", "2500余 in 2500..2600" },
		{ NB_COUNT, "次", "2500余次", "2500余 in 2500..2600" },
		{ NB_COUNT, "次", "２５００余次", "2500余 in 2500..2600" },
		{ NB_COUNT, "次", "2,500多次", "2500多 in 2500..2600" },
		{ NB_COUNT, "次", "15余", "15余 in 15..16" },
		{ NB_COUNT, "件", "近800", "近800 in 700..800" },
		{ NB_COUNT, "件", "将近800件", "将近800 in 700..800" },
		{ NB_COUNT, "件", "接近800", "接近800 in 700..800" },
		{ NB_COUNT, "件", "约800", "约800 in 700..900" },
		{ NB_COUNT, "件", "大约800件", "大约800 in 700..900" },
		{ NB_COUNT, "件", "800左右", "800左右 in 700..900" },
		{ NB_COUNT, "件", "800件左右", "800左右 in 700..900" },
		{ NB_COUNT, "件", "800以上", "800以上 in 800.." },
		{ NB_COUNT, "件", "不少于800", "不少于800 in 800.." },
		{ NB_COUNT, "件", "超过800件", "超过800 in 800.." },
		{ NB_COUNT, "件", "逾800", "逾800 in 800.." },
		{ NB_COUNT, "件", "不超过800", "不超过800 in 0..800" },
		{ NB_COUNT, "件", "不到800", "不到800 in 0..800" },
		{ NB_COUNT, "件", "800以内", "800以内 in 0..800" },
		{ NB_COUNT, "件", "2万余", "2万余 in 20000..30000" },
		{ NB_COUNT, "件", "2万余件", "2万余 in 20000..30000" },
		{ NB_COUNT, "件", "20余万", "20余万 in 200000..300000" },
		{ NB_COUNT, "件", "近2.5万件", "近2.5万 in 24000..25000" },
		{ NB_COUNT, "件", "近1", "近1 in 0..1" },
		/* Money: the figure is in 万元, the department writes what its books say. */
		{ NB_AMOUNT, "万元", "20", "20 = 20" },
		{ NB_AMOUNT, "万元", "20.5万元", "20.5 = 20.5" },
		{ NB_AMOUNT, "万元", "200000元", "20 = 20" },
		{ NB_AMOUNT, "万元", "123,456.7元", "12.34567 = 12.34567" },
		{ NB_AMOUNT, "万元", "1.2亿元", "12000 = 12000" },
		{ NB_AMOUNT, "万元", "20余万元", "20余 in 20..30" },
		{ NB_AMOUNT, "万元", "20万余元", "20余 in 20..30" },
		{ NB_AMOUNT, "万元", "200000余元", "20余 in 20..30" },
		{ NB_AMOUNT, "元", "20余万元", "20余万 in 200000..300000" },
		{ NB_AMOUNT, "元", "20万元", "20万 = 200000" },
		{ NB_AMOUNT, "亿元", "3500万元", "0.35 = 0.35" },
		{ NB_AMOUNT, "万元", "20万",
		    "! write the unit with the number" }, /* or 20万万元? */
		/* Rates. */
		{ NB_PERCENT, "%", "96.3%", "96.3% = 96.3" },
		{ NB_PERCENT, "%", "96.30％", "96.30% = 96.3" },
		{ NB_PERCENT, "%", "96.3", "96.3% = 96.3" },
		{ NB_PERCENT, "%", "100%", "100% = 100" },
		{ NB_PERCENT, "%", "近90%", "近90% in 80..90" },
		{ NB_PERCENT, "%", "90余%", "90余% in 90..100" },
		{ NB_PERCENT, "%", "90%以上", "90%以上 in 90.." },
		{ NB_PERCENT, "%", "96%左右", "96%左右 in 95..97" },
		{ NB_PERCENT, "%", "90以上", "90%以上 in 90.." },
		{ NB_PERCENT, "%", "96.3件", NOT_UNIT },
		/* Dates and words. */
		{ NB_DATE, NULL, "2021-03-09", "words: 2021-03-09" },
		{ NB_DATE, NULL, "2021-3-9", "words: 2021-03-09" },
		{ NB_DATE, NULL, "2021年3月9日", "words: 2021-03-09" },
		{ NB_DATE, NULL, "2021-02-29", "! a date is written like 2025-03-09" },
		{ NB_DATE, NULL, "/", "/ n/a" },
		{ NB_TEXT, NULL, "三无三可", "words: 三无三可" },
		/* Chinese numerals. */
		{ NB_COUNT, "件", "十四", "14 = 14" },
		{ NB_COUNT, "批", "两批", "2 = 2" },
		{ NB_COUNT, "件", "二百零三件", "203 = 203" },
		{ NB_COUNT, "件", "一万二千", "12000 = 12000" },
		{ NB_COUNT, "件", "近八百件", "近800 in 700..800" },
		{ NB_AMOUNT, "万元", "十五万元", "15 = 15" },
		{ NB_AMOUNT, "万元", "十五", "15 = 15" },
		{ NB_AMOUNT, "万元", "十五万", "! write the unit with the number" },
		{ NB_AMOUNT, "万元", "一千五百万", "! write the unit with the number" },
		/* What is wrong is said, never guessed at. */
		{ NB_COUNT, "件", "-5", "! the number is negative" },
		{ NB_COUNT, "件", "－5", "! the number is negative" },
		{ NB_COUNT, "件", "-", NO_NUMBER },
		{ NB_COUNT, "件", "－", NO_NUMBER },
		{ NB_COUNT, "件", "三四", NO_NUMBER },
		{ NB_COUNT, "件", "百", NO_NUMBER },
		{ NB_COUNT, "件", "数百", NO_NUMBER },
		{ NB_COUNT, "件", "无", NO_NUMBER },
		{ NB_COUNT, "件", "件", NO_NUMBER },
		{ NB_COUNT, "件", "约", NO_NUMBER },
		{ NB_COUNT, "件", "+5", NO_NUMBER },
		{ NB_COUNT, "件", "0x10", NOT_UNIT },
		{ NB_COUNT, "件", "2o25", NOT_UNIT },
		{ NB_COUNT, "件", "1e3", NOT_UNIT },
		{ NB_COUNT, "件", "12 34", NO_NUMBER }, /* two numbers, not 1234 */
		{ NB_COUNT, "件", "2 500", NO_NUMBER },
		{ NB_COUNT, "件", "20-30", NOT_UNIT },
		{ NB_COUNT, "件", "14（其中重大2）", NOT_UNIT },
		{ NB_COUNT, "件", "14宗", NOT_UNIT },
		{ NB_COUNT, "人次", "14人", NOT_UNIT },
		{ NB_COUNT, "件", "14万元", NOT_UNIT },
		{ NB_COUNT, NULL, "14件", NOT_UNIT },
		{ NB_AMOUNT, "万元", "14美元", NOT_UNIT },
		{ NB_COUNT, "件", "14件件", NOT_UNIT },
		{ NB_COUNT, "件", "12,34", SEPARATORS },
		{ NB_COUNT, "件", "1234,567", SEPARATORS },
		{ NB_COUNT, "件", "1,2345", SEPARATORS },
		{ NB_COUNT, "件", "1,", SEPARATORS },
		{ NB_COUNT, "件", "1,,234", SEPARATORS },
		{ NB_COUNT, "件", ",123", NO_NUMBER },
		{ NB_COUNT, "件", "3.5", WHOLE },
		{ NB_COUNT, "件", "0.5万余", "0.5万余 in 5000..6000" },
		{ NB_COUNT, "件", "1.00005万", WHOLE },
		{ NB_COUNT, "件", "3.", NO_NUMBER },
		{ NB_COUNT, "件", ".5", NO_NUMBER },
		{ NB_AMOUNT, "万元", "1.2.3", NOT_UNIT },
		{ NB_AMOUNT, "万元", "1.1234567", "! the number has more than six decimals" },
		{ NB_COUNT, "件", "约800左右", TWO_WORDS },
		{ NB_COUNT, "件", "近800余", TWO_WORDS },
		{ NB_COUNT, "件", "900000000000", "900000000000 = 900000000000" },
		{ NB_COUNT, "件", "9000000000000", TOO_LARGE },
		{ NB_COUNT, "件", "99999999999999999999999999999999999999999999", TOO_LARGE },
		{ NB_COUNT, "件", "00000000000000000000000000000000000000000001", TOO_LARGE },
		{ NB_COUNT, "件", "9000万亿", TOO_LARGE },
		{ NB_AMOUNT, "亿元", "1e400", NOT_UNIT },
	};
	struct arena arena = { 0 };

	for (size_t i = 0; i < COUNT(cases); i++)
		SAME_TEXT(reading(&arena, cases[i].text, cases[i].kind, cases[i].unit),
		    cases[i].expected, cases[i].text);
	arena_release(&arena);
}

/* Sums are worded so that they promise no more than their parts did. */
Test(base, quantity_add)
{
	static const struct {
		enum nb_kind kind;
		const char *a, *b, *sum;
	} cases[] = {
		{ NB_COUNT, "14", "16", "30 = 30" },
		{ NB_COUNT, "0", "0", "0 = 0" },
		{ NB_AMOUNT, "1.25", "0.75", "2 = 2" },
		{ NB_AMOUNT, "1.5", "1", "2.5 = 2.5" },
		{ NB_PERCENT, "60%", "36.3%", "96.3% = 96.3" },
		{ NB_COUNT, "14", "", "14 = 14" },
		{ NB_COUNT, "14", "/", "14 = 14" },
		{ NB_COUNT, "2500余", "/", "2500余 in 2500..2600" },
		{ NB_COUNT, "", "/", "/ n/a" },
		{ NB_COUNT, "2500余", "30", "2530余 in 2530..2630" },
		{ NB_COUNT, "2500余", "20多", "2520余 in 2520..2630" },
		{ NB_COUNT, "近800", "30", "近830 in 730..830" },
		{ NB_COUNT, "近800", "近30", "近830 in 720..830" },
		{ NB_COUNT, "2500余", "近800", "约3300 in 3200..3400" },
		{ NB_COUNT, "约800", "30", "约830 in 730..930" },
		{ NB_COUNT, "800以上", "30", "不少于830 in 830.." },
		{ NB_COUNT, "不少于800", "20余", "不少于820 in 820.." },
		{ NB_COUNT, "800以上", "近30", "不少于820 in 820.." },
		{ NB_COUNT, "不到800", "30", "不超过830 in 30..830" },
		{ NB_COUNT, "800以内", "近30", "不超过830 in 20..830" },
		{ NB_COUNT, "不到100", "20余", "不超过130 in 20..130" },
		{ NB_PERCENT, "近90%", "5%", "近95% in 85..95" },
		{ NB_PERCENT, "90余%", "5%", "95余% in 95..105" },
	};
	struct arena arena = { 0 };

	for (size_t i = 0; i < COUNT(cases); i++)
		for (int swapped = 0; swapped < 2; swapped++) {
			struct nb_quantity a, b, sum;
			int percent = cases[i].kind == NB_PERCENT;

			quantity_read(&arena, cases[i].a, cases[i].kind, NULL, swapped ? &b : &a);
			quantity_read(&arena, cases[i].b, cases[i].kind, NULL, swapped ? &a : &b);
			sum = quantity_add(&arena, &a, &b, percent);
			if (!nb_is_number(&a) && !nb_is_number(&b))
				continue; /* neither is a number: either may stand */
			SAME_TEXT(shown(&arena, &sum), cases[i].sum, cases[i].a);
			/* A sum of sums, too. */
			sum = quantity_add(&arena, &sum,
			    &(struct nb_quantity){ .state = NB_ABSENT, .text = "" }, percent);
			SAME_TEXT(shown(&arena, &sum), cases[i].sum, "again");
		}
	cr_expect_eq(bound_add(2, 3), 5);
	cr_expect_eq(bound_add(NB_UNBOUNDED, -3), NB_UNBOUNDED);
	cr_expect_eq(bound_add(INT64_MAX - 1, 5), NB_UNBOUNDED);
	cr_expect_eq(bound_add(INT64_MIN, -5), INT64_MIN);
	arena_release(&arena);
}

Test(base, quantity_print)
{
	static const struct {
		int64_t millionths;
		unsigned decimals;
		const char *text;
	} cases[] = {
		{ 0, 2, "0" },
		{ 14 * NB_UNIT, 0, "14" },
		{ 96300000, 6, "96.3" },
		{ 96300000, 1, "96.3" },
		{ 1, 6, "0.000001" },
		{ 2500 * NB_UNIT, 2, "2500" },
		{ -1500000, 1, "-1.5" },
		{ -500000, 1, "-0.5" },
	};
	static const struct {
		const char *text, *number;
	} numbers[] = { { "14", "14" }, { "2500余", "2500" }, { "近800", "800" },
		{ "约800", "800" }, { "800左右", "800" }, { "800以上", "800" },
		{ "不到800", "800" }, { "1,234.5余", "1234.5" }, { "2万余", "20000" } };
	struct arena arena = { 0 };
	struct nb_quantity q;

	for (size_t i = 0; i < COUNT(cases); i++)
		cr_expect_str_eq(
		    quantity_print(&arena, cases[i].millionths, cases[i].decimals), cases[i].text);
	for (size_t i = 0; i < COUNT(numbers); i++) {
		cr_assert_null(quantity_read(&arena, numbers[i].text, NB_AMOUNT, NULL, &q));
		SAME_TEXT(quantity_number(&arena, &q), numbers[i].number, numbers[i].text);
	}
	q = quantity_exact(&arena, 88570000, 2, 1);
	cr_expect_str_eq(shown(&arena, &q), "88.57% = 88.57");
	arena_release(&arena);
}

Test(base, date_read)
{
	static const struct {
		const char *text;
		int date;
	} cases[] = {
		{ "2021-03-09", 20210309 },
		{ "2021-12-31", 20211231 },
		{ "2020-02-29", 20200229 },
		{ "2000-02-29", 20000229 },
		{ "1900-02-29", 0 },
		{ "2021-02-29", 0 },
		{ "2021-04-31", 0 },
		{ "2021-00-10", 0 },
		{ "2021-13-01", 0 },
		{ "2021-01-00", 0 },
		{ "2021-01-32", 0 },
		{ "1899-12-31", 0 },
		{ "2021-3-9", 0 },
		{ "2021/03/09", 0 },
		{ "2021年3月9日", 0 },
		{ "20210309", 0 },
		{ "2021-03-09 ", 0 },
		{ "2021-03-091", 0 },
		{ " 2021-03-09", 0 },
		{ "2o21-03-09", 0 },
		{ "", 0 },
		{ "2021-", 0 },
	};
	for (size_t i = 0; i < COUNT(cases); i++)
		cr_expect_eq(date_read(cases[i].text), cases[i].date, "'%s'", cases[i].text);
}

Test(base, a_day_is_taken_as_people_and_excel_write_it)
{
	static const char *const days[] = { "2021-03-09", "2021-3-9", "2021/3/9", "2021/03/09",
		"2021.3.9", "2021.03.09", "2021年3月9日", "2021年03月09日", "2021年3月9号",
		"20210309", "２０２１年３月９日", "2021—03—09", "2021、3、9", "2021．3．9",
		"2021/3/9 0:00", "2021年3月9日 0:00", "2021-03-09 00:00:00" };
	static const char *const none[] = { "", "2021", "2021-03", "2021年3月", "3月9日", "21/3/9",
		"2021/3/9/1", "2021-3/9", "2021-02-30", "2021年13月1日", "202139", "2021 3 9",
		"2021/3/9 12:30", "9/3/2021", "2021-03-09x", "2021年3月9" };
	struct arena arena = { 0 };
	for (size_t i = 0; i < COUNT(days); i++) {
		const char *day = date_plain(&arena, days[i]);
		cr_expect(day && strcmp(day, "2021-03-09") == 0, "'%s'", days[i]);
	}
	for (size_t i = 0; i < COUNT(none); i++)
		cr_expect_null(date_plain(&arena, none[i]), "'%s'", none[i]);
	arena_release(&arena);
}
