/* test_number.c: the numbers of headings (GB/T 9704-2012, 7.3.3), made and recognised. */
#include "document/number.h"

#include <criterion/criterion.h>
#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static struct arena arena;

static void forget(void)
{
	arena_release(&arena);
}

Test(document, chinese_numerals, .fini = forget)
{
	static const struct {
		unsigned n;
		const char *text;
	} cases[] = {
		{ 1, "一" },
		{ 2, "二" },
		{ 9, "九" },
		{ 10, "十" },
		{ 11, "十一" },
		{ 19, "十九" },
		{ 20, "二十" },
		{ 21, "二十一" },
		{ 99, "九十九" },
		{ 100, "一百" },
		{ 101, "一百零一" },
		{ 110, "一百一十" },
		{ 111, "一百一十一" },
		{ 120, "一百二十" },
		{ 1000, "一千" },
		{ 1001, "一千零一" },
		{ 1010, "一千零一十" },
		{ 1100, "一千一百" },
		{ 2025, "二千零二十五" },
		{ 9999, "九千九百九十九" },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++)
		cr_expect_str_eq(chinese_number(&arena, cases[i].n), cases[i].text);
}

Test(document, numbers_of_four_levels_and_below, .fini = forget)
{
	static const struct {
		unsigned level, n;
		const char *text;
	} cases[] = {
		{ 1, 1, "一、" },
		{ 1, 12, "十二、" },
		{ 2, 1, "（一）" },
		{ 2, 10, "（十）" },
		{ 3, 1, "1." },
		{ 3, 12, "12." },
		{ 4, 1, "（1）" },
		{ 4, 12, "（12）" },
		{ 5, 1, "①" },
		{ 5, 20, "⑳" },
		{ 5, 21, "21）" },
		{ 9, 2, "②" },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++)
		cr_expect_str_eq(
		    number_of_level(&arena, cases[i].level, cases[i].n), cases[i].text);
	cr_expect_str_eq(number_shi(&arena, 1), "一是");
	cr_expect_str_eq(number_shi(&arena, 11), "十一是");
}

/* What somebody typed goes, for ours is set in its place; what only begins like a number stays. */
Test(document, typed_numbers)
{
	static const struct {
		const char *headline, *left;
	} cases[] = {
		{ "一、加强领导", "加强领导" },
		{ "十二、加强领导", "加强领导" },
		{ "一、 加强领导", "加强领导" },
		{ "一、　加强领导", "加强领导" },
		{ "（二）健全机制", "健全机制" },
		{ "(二)健全机制", "健全机制" },
		{ "（二) 健全机制", "健全机制" },
		{ "（12）健全机制", "健全机制" },
		{ "(1) 健全机制", "健全机制" },
		{ "3.规范执法", "规范执法" },
		{ "3. 规范执法", "规范执法" },
		{ "3．规范执法", "规范执法" },
		{ "3、规范执法", "规范执法" },
		{ "12. 规范执法", "规范执法" },
		{ "一是强化监督", "强化监督" },
		{ "十一是强化监督", "强化监督" },
		{ "3. 2021年工作", "2021年工作" },
		/* None of these is a number of a heading. */
		{ "1.5亿元投入到位", "1.5亿元投入到位" },
		{ "3.2021年工作", "3.2021年工作" },
		{ "12345热线", "12345热线" },
		{ "12345.热线", "12345.热线" },
		{ "2021年工作", "2021年工作" },
		{ "2021.规范", "2021.规范" },
		{ "一体推进", "一体推进" },
		{ "一带一路", "一带一路" },
		{ "一件事一次办", "一件事一次办" },
		{ "十四五规划", "十四五规划" },
		{ "三项制度", "三项制度" },
		{ "（试行）办法", "（试行）办法" },
		{ "（2021）年度工作", "（2021）年度工作" },
		{ "（一加强领导", "（一加强领导" },
		{ "（）加强领导", "（）加强领导" },
		{ "1+1+N机制", "1+1+N机制" },
		{ "7×24小时服务", "7×24小时服务" },
		{ "是一、", "是一、" },
		{ "", "" },
		{ "一", "一" },
		{ "3", "3" },
		{ "（", "（" },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const char *left = cases[i].headline + typed_number(cases[i].headline);
		cr_expect(strcmp(left, cases[i].left) == 0, "%s: %s", cases[i].headline, left);
	}
}
