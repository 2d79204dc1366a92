/*
 * test_paper.c: what formats with paper share: widths of a table's columns, and charts drawn as
 * shapes: nothing falls off the sheet, and nothing is asked of fonts.
 */
#include "formats/columns.h"
#include "formats/drawing.h"
#include "formats/walk.h"

#include "../document/doc.h"

#include <libxml/parser.h>

/* ---- columns ------------------------------------------------------------------- */

static const struct node *table_of(const char *markdown)
{
	struct report report = build(markdown, NULL, 0, NULL, 0);
	return report.body->first;
}

struct columns_case {
	const char *what;
	const char *table;
	unsigned widths[8]; /* of 280, a letter is 10 wide */
};

static const struct columns_case columns_cases[] = {
	{ "all that is needed, and the rest evenly", "| 甲 | 乙 |\n|---|---|\n| 一 | 二 |\n",
	    { 140, 140 } },
	{ "a narrow column gets its need, a long one the rest",
	    "| 序号 | 内容 |\n|---|---|\n| 1 | 一二三四五六七八九十一二三四五六七八九十一二三四五 "
	    "|\n",
	    { 35, 245 } },
	{ "two long ones share by the root of their want",
	    "| 甲 | 乙 |\n|---|---|\n| 一二三四五六七八九十一二三四五六七八九十 | "
	    "一二三四五六七八九十一二三四五六七八九十 |\n",
	    { 140, 140 } },
};

Test(formats, columns_get_what_they_need, ARENA)
{
	for (size_t i = 0; i < COUNT_OF(columns_cases); i++) {
		const struct columns_case *c = &columns_cases[i];
		unsigned *widths;
		size_t count = table_columns(table_of(c->table), 280, 10, &arena, &widths);

		for (size_t k = 0; k < count; k++)
			cr_expect_eq(widths[k], c->widths[k], "%s: column %zu is %u", c->what,
			    k + 1, widths[k]);
	}
}

Test(formats, columns_fill_the_page_exactly, ARENA)
{
	struct buf table = { 0 };

	for (size_t count = 1; count <= 80; count++) {
		unsigned *widths, sum = 0;

		buf_clear(&table);
		for (int row = 0; row < 3; row++) {
			for (size_t k = 0; k < count; k++)
				buf_addf(&table, "| %s",
				    row == 1 ? "---"
				    : k % 3  ? "甲"
				             : "一二三四五六七");
			buf_adds(&table, "|\n");
		}
		size_t got = table_columns(table_of(buf_str(&table)), 8844, 316, &arena, &widths);
		cr_expect_eq(got, count < TABLE_COLUMNS_MAX ? count : TABLE_COLUMNS_MAX);
		for (size_t k = 0; k < got; k++) {
			cr_expect(widths[k] > 0, "column %zu of %zu has no room", k + 1, count);
			sum += widths[k];
		}
		cr_expect_eq(sum, 8844, "%zu columns are %u wide", count, sum);
	}
	buf_release(&table);
}

/* ---- charts ---------------------------------------------------------------------- */

static const struct chart_bar long_bars[] = {
	{ "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四"
	  "五六七",
	    { { 3, "3" }, { 0, NULL } } },
	{ "无", { { 0, "0" }, { 1e12, "1000000000000" } } },
};

static const struct chart_bar part_bars[] = {
	{ "<维持> & 驳回", { { 1, "1" } } },
	{ "调解", { { 2, "2" } } },
};

static const struct chart charts[] = {
	{ .id = "a.shares",
	    .title = "结果",
	    .unit = "件",
	    .series = { "2021年" },
	    .series_count = 1,
	    .shares = 1,
	    .bars = part_bars,
	    .bar_count = COUNT_OF(part_bars) },
	{ .id = "a.long",
	    .title = "\"<长>&",
	    .unit = "<件>",
	    .series = { "2021年", "2020年" },
	    .series_count = 2,
	    .bars = long_bars,
	    .bar_count = COUNT_OF(long_bars) },
	{ .id = "a.none", .title = "空", .series = { "2021年" }, .series_count = 1 },
};

Test(formats, charts_stay_on_their_sheet, ARENA)
{
	for (size_t i = 0; i < COUNT_OF(charts); i++) {
		struct drawing drawing = chart_draw(&charts[i], 156, &arena);
		for (size_t k = 0; k < drawing.count; k++) {
			const struct shape *shape = &drawing.shapes[k];
			cr_expect(shape->x >= 0 && shape->y >= -2 && shape->x <= drawing.width &&
			              shape->y <= drawing.height,
			    "%s: shape %zu begins at %g, %g", charts[i].id, k, shape->x, shape->y);
			if (shape->kind != SHAPE_WORDS)
				cr_expect(shape->x + shape->width <= drawing.width &&
				              shape->y + shape->height <= drawing.height + 0.01,
				    "%s: shape %zu ends at %g, %g", charts[i].id, k,
				    shape->x + shape->width, shape->y + shape->height);
		}
	}
}

Test(formats, charts_say_their_shares, ARENA)
{
	struct drawing drawing = chart_draw(&charts[0], 156, &arena);

	cr_expect_str_eq(
	    drawing.description, "结果：<维持> & 驳回 1件（33.3%）；调解 2件（66.7%）。");
}

Test(formats, charts_are_well_formed_svg, ARENA)
{
	for (size_t i = 0; i < COUNT_OF(charts); i++)
		for (int standalone = 0; standalone < 2; standalone++) {
			struct drawing drawing = chart_draw(&charts[i], 156, &arena);
			struct buf out = { 0 };
			drawing_svg(&drawing, standalone, &out);
			xmlDocPtr document = xmlReadMemory(
			    buf_str(&out), (int)out.len, "chart.svg", NULL, XML_PARSE_NONET);
			cr_expect_not_null(document, "%s", buf_str(&out));
			xmlFreeDoc(document);
			buf_release(&out);
		}
	xmlCleanupParser();
}

/* ---- titles -------------------------------------------------------------------- */

static const struct {
	const char *title, *set;
} titles[] = {
	{ "云桥县人民政府关于2025年度法治政府建设情况的报告",
	    "云桥县人民政府\n关于2025年度法治政府建设情况的报告" },
	{ "关于做好2025年度法治政府建设年度报告编制和报送工作的通知", NULL },
	{ "云桥县关于推进依法行政的报告", NULL },
	{ "云桥县2025年度法治政府建设情况报告", NULL },
	{ "云桥县人民政府关于进一步加强和改进乡镇综合行政执法工作和行政复议工作的实施意见", NULL },
	{ "", NULL },
};

Test(formats, a_title_is_broken_before_what_it_is_about, ARENA)
{
	for (size_t i = 0; i < COUNT_OF(titles); i++)
		cr_expect_str_eq(title_by_sense(titles[i].title, 20, &arena),
		    titles[i].set ? titles[i].set : titles[i].title);
}
