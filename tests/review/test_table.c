/*
 * test_table.c: totals of tables, on true data: the ministry's applications for reconsideration
 * accepted in 2019 by region, and those of 2023 by subject, with and without separators as printed.
 */
#include "reviewed.h"

#include "review/table.h"

struct line {
	const char *name, *number;
};

static const struct line regions[] = { { "广东", "31392" }, { "上海", "14847" },
	{ "辽宁", "14665" }, { "山东", "13723" }, { "江苏", "10309" }, { "北京", "9298" },
	{ "吉林", "7682" }, { "四川", "7048" }, { "河北", "7040" }, { "浙江", "6859" },
	{ "河南", "6829" }, { "安徽", "6185" }, { "福建", "5284" }, { "湖南", "4495" },
	{ "广西", "4424" }, { "湖北", "3993" }, { "黑龙江", "3868" }, { "陕西", "3652" },
	{ "重庆", "3596" }, { "贵州", "3017" }, { "江西", "2917" }, { "内蒙古", "2203" },
	{ "甘肃", "1992" }, { "天津", "1832" }, { "山西", "1726" }, { "海南", "1609" },
	{ "云南", "1571" }, { "宁夏", "555" }, { "青海", "395" }, { "新疆", "295" },
	{ "兵团", "146" }, { "西藏", "42" }, { "总计", "183489" } };

static const struct line subjects[] = { { "总计", "309,184" }, { "行政处罚", "101417" },
	{ "举报投诉处理", "92,637" }, { "政府信息公开", "25,539" }, { "行政征收", "10,721" },
	{ "行政确认", "17,021" }, { "行政强制", "8321" }, { "行政不作为", "18,189" },
	{ "行政确权", "5706" }, { "行政许可", "3086" }, { "其他", "26,547" } };

/* The cells of a table with a head, two columns and these rows. */
static struct passage *cells_of(struct arena *arena, const struct line *lines, size_t count)
{
	struct passage *cells = arena_alloc(arena, 2 * (count + 1) * sizeof *cells);
	for (size_t i = 0; i < 2 * (count + 1); i++) {
		const char *text = i == 0   ? "地区"
		                   : i == 1 ? "件数"
		                   : i % 2  ? lines[i / 2 - 1].number
		                            : lines[i / 2 - 1].name;
		cells[i] = passage_plain(arena, PASSAGE_CELL, text, "t.md", (uint32_t)(i / 2 + 1),
		    (uint32_t)(i % 2 + 1));
		cells[i].row = (unsigned)(i / 2);
		cells[i].column = (unsigned)(i % 2);
		cells[i].row_head = i % 2 ? cells[i - 1].text : "";
		cells[i].column_head = i > 1 && i % 2 ? "件数" : "";
	}
	return cells;
}

static size_t count_found(struct arena *arena, const struct line *lines, size_t count)
{
	struct findings findings;
	findings_init(&findings, arena);
	struct reviewer reviewer = { .arena = arena, .findings = &findings };
	table_check(&reviewer, cells_of(arena, lines, count), 2 * (count + 1));
	return findings.count;
}

/* Every digit of every number, one at a time, made another one. */
static void change_digits(const struct line *lines, size_t count)
{
	struct arena arena = { 0 };
	struct line changed[40];
	cr_expect_eq(count_found(&arena, lines, count), 0, "the true numbers add up");
	memcpy(changed, lines, count * sizeof *lines);
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; lines[i].number[k]; k++) {
			char *number = arena_strdup(&arena, lines[i].number);
			if (number[k] == ',')
				continue;
			number[k] = number[k] == '9' ? '8' : (char)(number[k] + 1);
			changed[i].number = number;
			cr_expect_eq(count_found(&arena, changed, count), 1, "%s %s for %s",
			    lines[i].name, number, lines[i].number);
			changed[i] = lines[i];
		}
	arena_release(&arena);
}

Test(review, true_totals_fail_with_any_digit_changed)
{
	change_digits(regions, COUNT(regions));
	change_digits(subjects, COUNT(subjects));
}

/* Groups of rows, parts of parts, a cell that is empty: nothing is certain. */
Test(review, tables_that_are_left_alone)
{
	static const struct line cases[][5] = {
		{ { "甲", "1" }, { "小计", "1" }, { "乙", "2" }, { "合计", "9" } },
		{ { "甲", "5" }, { "其中：乙", "2" }, { "丙", "1" }, { "合计", "6" } },
		{ { "甲", "5" }, { "乙", "近3" }, { "合计", "9" }, { "", "" } },
		{ { "甲", "5" }, { "乙", "" }, { "合计", "9" }, { "", "" } },
		{ { "合计", "5" }, { "甲", "5" }, { "合计", "9" }, { "", "" } },
		{ { "甲", "50%" }, { "乙", "60%" }, { "合计", "100%" }, { "", "" } },
	};
	struct arena arena = { 0 };
	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t count = 0;
		while (count < 5 && cases[i][count].name && *cases[i][count].name)
			count++;
		cr_expect_eq(count_found(&arena, cases[i], count), 0, "case %zu", i);
	}
	arena_release(&arena);
}
