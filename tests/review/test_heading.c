/* Title, issuer and date of another report; names long and short of one region are none. */
#include "../base/found.h"

#include "review/heading.h"

static const char *heading(
    const char *region, const char *title, const char *issuer, const char *date)
{
	struct findings findings;
	struct workspace ws = { .report_file = "r",
		.year = 2025,
		.region = region,
		.title = title,
		.issuer = issuer,
		.date = date,
		.title_line = 1,
		.issuer_line = 2,
		.date_line = 3 };

	findings_init(&findings, &scratch_arena);
	heading_check(&findings, &ws);
	findings_sort(&findings, NULL);
	return messages(&findings);
}

Test(review, heading_cases, SCRATCH)
{
	static const struct {
		const char *region, *title, *issuer, *date, *found;
	} cases[] = {
		{ "禾山县", "禾山县2024年度报告", "", NULL,
		    "the title is of 2024, the report of 2025: '禾山县2024年度报告'\n" },
		{ "禾山县", "云桥县2025年度报告", "", NULL,
		    "'title' in [report] names 云桥县, the region is 禾山县\n" },
		{ "禾山县", "关于云桥县2025年度报告", "中共云桥县委", NULL,
		    "'title' in [report] names 云桥县, the region is 禾山县\n"
		    "'issuer' in [report] names 云桥县, the region is 禾山县\n" },
		{ "禾山县", "报告", "", "2025-11-30",
		    "the report on 2025 is dated 2025-11-30: that year was not over\n" },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		SAME_TEXT(heading(cases[i].region, cases[i].title, cases[i].issuer, cases[i].date),
		    cases[i].found, cases[i].title);
}

Test(review, heading_ordinary, SCRATCH)
{
	static const struct {
		const char *region, *title, *issuer, *date;
	} cases[] = {
		{ "", "", "", NULL },
		{ "禾山县", "禾山县2025年度报告", "禾山县人民政府", "2025-12-31" },
		{ "禾山县", "某省禾山县2025年报告", "中共禾山县委 禾山县人民政府", "2026-03-20" },
		{ "禾山", "禾山县2021—2025年报告", "禾山县人民政府", NULL },
		{ "某省禾山县", "禾山县报告", "县人民政府", NULL },
		{ "日照市岚山区", "岚山区报告", "日照岚山区管委会", NULL },
		{ "禾山县", "我县2024年至2025年报告", "全县依法治县办", NULL },
		{ "禾山县", "2025年度报告", "云桥市人民政府", NULL },
		{ "岚山区", "岚山区报告", "临海经济技术开发区", NULL },
		{ "高新区", "国家高新技术产业开发区报告", "高新技术产业开发区", NULL },
		{ "禾山县", "县区2025年报告", "县", NULL },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		SAME_TEXT(heading(cases[i].region, cases[i].title, cases[i].issuer, cases[i].date),
		    "", cases[i].title);
}
