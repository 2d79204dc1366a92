/* One written number: in digits, in Chinese numerals, and the words that make it approximate. */
#include "base/number.h"

#include "base/numeral.h"
#include "base/quantity.h"
#include "found.h"

/* "203 by 1 |人": the value, its last step, and what is left; "-" where none is read. */
static const char *read_as(struct arena *arena, const char *text, int chinese)
{
	struct numeral number;
	const char *at = text;

	if (chinese ? !numeral_chinese(&at, &number) : numeral_digits(&at, &number) != NULL) {
		cr_expect_eq(at, text, "%s: nothing is passed", text);
		return "-";
	}
	return arena_printf(arena, "%s by %s |%s", quantity_print(arena, number.value, 6),
	    quantity_print(arena, number.step, 6), at);
}

Test(base, numeral_chinese)
{
	static const struct {
		const char *text, *expected;
	} cases[] = {
		{ "三", "3 by 1 |" },
		{ "两批", "2 by 1 |批" },
		{ "十", "10 by 10 |" },
		{ "十四件", "14 by 1 |件" },
		{ "二十", "20 by 10 |" },
		{ "二百零三人", "203 by 1 |人" },
		{ "二百一十人", "210 by 10 |人" },
		{ "一百二", "120 by 10 |" },
		{ "一千零二十", "1020 by 10 |" },
		{ "一千零二", "1002 by 1 |" },
		{ "一千二", "1200 by 100 |" },
		{ "一万", "10000 by 10000 |" },
		{ "一万二", "12000 by 1000 |" },
		{ "一万二千", "12000 by 1000 |" },
		{ "十二万", "120000 by 10000 |" },
		{ "二十万", "200000 by 100000 |" },
		{ "二十万五", "205000 by 1000 |" },
		{ "一万零二", "10002 by 1 |" },
		{ "一亿", "100000000 by 100000000 |" },
		{ "一亿二千万", "120000000 by 10000000 |" },
		{ "一亿零三百", "100000300 by 100 |" },
		{ "一万亿", "1000000000000 by 1000000000000 |" },
		{ "零", "0 by 1 |" },
		{ "〇", "0 by 1 |" },
		{ "一〇", "-" },
		{ "零三", "-" },
		{ "三四", "-" },
		{ "二〇二一", "-" },
		{ "百", "-" },
		{ "千", "-" },
		{ "万", "-" },
		{ "一千一千", "-" },
		{ "一百一千", "-" },
		{ "一百零零三", "-" },
		{ "一万一万", "-" },
		{ "一亿亿", "-" },
		{ "件", "-" },
		{ "", "-" },
		{ "14", "-" },
	};
	struct arena arena = { 0 };

	for (size_t i = 0; i < COUNT(cases); i++)
		SAME_TEXT(read_as(&arena, cases[i].text, 1), cases[i].expected, cases[i].text);
	arena_release(&arena);
}

Test(base, numeral_digits)
{
	static const struct {
		const char *text, *expected;
	} cases[] = {
		{ "14件", "14 by 1 |件" },
		{ "2500", "2500 by 100 |" },
		{ "2,500余", "2500 by 100 |余" },
		{ "96.30%", "96.3 by 0.01 |%" },
		{ "0", "0 by 1 |" },
		{ "12,34", "-" },
		{ "1.", "-" },
		{ "12 34", "-" },
		{ "件", "-" },
	};
	struct arena arena = { 0 };

	for (size_t i = 0; i < COUNT(cases); i++)
		SAME_TEXT(read_as(&arena, cases[i].text, 0), cases[i].expected, cases[i].text);
	arena_release(&arena);
}

Test(base, numeral_words)
{
	static const struct {
		const char *text; /* the number begins at the | */
		const char *before;
		enum side side;
	} cases[] = {
		{ "近|", "近", SIDE_BELOW },
		{ "接近|", "接近", SIDE_BELOW },
		{ "不少于|", "不少于", SIDE_AT_LEAST },
		{ "超过|", "超过", SIDE_AT_LEAST },
		{ "不超过|", "不超过", SIDE_AT_MOST },
		{ "大约|", "大约", SIDE_AROUND },
		{ "总数约|", "约", SIDE_AROUND },
		{ "办理|", NULL, SIDE_EXACT },
		{ "|", NULL, SIDE_EXACT },
	};
	enum side side;
	const char *word = "", *at = "余件";

	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *end = strchr(cases[i].text, '|');
		side = SIDE_EXACT;
		word = numeral_word_before(cases[i].text, end, &side);
		cr_expect_eq(side, cases[i].side, "%s", cases[i].text);
		SAME_TEXT(word ? word : "", cases[i].before ? cases[i].before : "", cases[i].text);
	}
	cr_expect_eq(numeral_after(&at, &word), SIDE_ABOVE);
	cr_expect_str_eq(at, "件");
	at = "万亿元";
	cr_expect_eq(numeral_magnitude(&at, &word), INT64_C(1000000000000));
	cr_expect_str_eq(at, "元");
	cr_expect_eq(numeral_run("二〇二一年", 32), 12);
	cr_expect_eq(numeral_run("二〇二一年", 2), 6);
	cr_expect_eq(numeral_run("年", 2), 0);
	cr_expect_eq(numeral_figure("九"), 9);
	cr_expect_eq(numeral_figure("十"), -1);
	cr_expect_eq(numeral_figure("9"), -1);
}

Test(base, unit_base)
{
	static const struct {
		const char *unit, *base;
		int64_t scale;
	} cases[] = { { "件", "件", 1 }, { "万元", "元", 10000 }, { "亿元", "元", 100000000 },
		{ "千米", "千米", 1 }, { "", "", 1 }, { NULL, "", 1 } };

	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t scale;
		cr_expect_str_eq(unit_base(cases[i].unit, &scale), cases[i].base);
		cr_expect_eq(scale, cases[i].scale);
	}
}
