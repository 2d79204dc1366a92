/* Last year's years and impossible dates: found where they are left over, not where meant. */
#include "reviewed.h"

static const struct reviewer reviewer = { .year = 2021 };

static const struct {
	const char *text, *found;
} cases[] = {
	/* Sentences copied from last year. */
	{ "2020年，全县开展执法检查12次。", "a:1:1 text.stale-year\n" },
	{ "全面推进2020年度法治政府建设工作。", "a:1:5 text.stale-year\n" },
	{ "现将2020年法治政府建设情况报告如下：", "a:1:3 text.stale-year\n" },
	{ "现将2020年度的工作和考核情况报告如下：", "a:1:3 text.stale-year\n" },
	{ "２０２０年，全县办理案件12件。", "a:1:1 text.stale-year\n" },
	{ "二〇二〇年，全县办理案件12件。", "a:1:1 text.stale-year\n" },
	{ "二○二○年度，全县办理案件12件。", "a:1:1 text.stale-year\n" },
	{ "2020 年，全县办理案件12件。", "a:1:1 text.stale-year\n" },
	{ "全县上下扎实工作。2020年10月12日召开调度会，2020年全县办理案件12件。",
	    "a:1:10 text.stale-year\na:1:27 text.stale-year\n" },
	{ "组织各镇参加2020年度执法骨干轮训。", "a:1:7 text.stale-year\n" },
	{ "印发《工作清单》。2020年，全县新办证件30件。", "a:1:10 text.stale-year\n" },
	{ "推进《第十四个五年规划》，2020年全县办结3件。", "a:1:14 text.stale-year\n" },
	{ "2021年，工作有序推进。2020年，全县办理案件12件。", "a:1:14 text.stale-year\n" },
	{ "甲（乙。2020年，全县办理案件12件。", "a:1:5 text.stale-year\n" },
	{ "引\n2020年，全县办理案件12件。", "a:2:1 text.stale-year\n" },
	/* The year spoken of, although a word of time stands by it. */
	{ "截至2020年底，现行有效规范性文件46件。", "a:1:3 text.stale-year\n" },
	{ "全县截至2020年12月31日，持证人员46人。", "a:1:5 text.stale-year\n" },
	{ "截至2020年底，累计培育46人。", "a:1:3 text.stale-year\n" },
	{ "2020年以来，镇党委深入学习。", "a:1:1 text.stale-year\n" },
	{ "2020年是“十三五”规划收官之年。", "a:1:1 text.stale-year\n" },
	{ "2020年是我县深化改革的一年。", "a:1:1 text.stale-year\n" },
	{ "2019年全年办理案件46件。", "a:1:1 text.stale-year\n" },
	{ "2051年，全县办理案件46件。全年举办培训。", "a:1:1 text.stale-year\n" },
	{ "工作有序。2051年全年办理案件46件。", "a:1:6 text.stale-year\n" },
	/* Dates. */
	{ "2月30日，召开会议。", "a:1:1 text.date\n" },
	{ "2021年4月31日、6月31日和11月31号",
	    "a:1:1 text.date\na:1:12 text.date\na:1:18 text.date\n" },
	{ "2021年2月29日", "a:1:1 text.date\n" },
	{ "1900年2月29日", "a:1:1 text.date\n" },
	{ "2021年 13月", "a:1:1 text.date\n" },
	{ "13月5日、0月1日、13月份", "a:1:1 text.date\na:1:7 text.date\na:1:12 text.date\n" },
	{ "3月32日、3月0日", "a:1:1 text.date\na:1:7 text.date\n" },
	{ "二〇二一年二月二十九日", "a:1:1 text.date\n" },
	{ "十三月五日、四月三十一日", "a:1:1 text.date\na:1:7 text.date\n" },
	{ "２月３０日", "a:1:1 text.date\n" },
	{ "2021-02-30、2021/4/31、2021.6.31",
	    "a:1:1 text.date\na:1:12 text.date\na:1:22 text.date\n" },
};

static const char *const ordinary[] = {
	"",
	"2021年，全县开展执法检查12次。",
	"2022年，将继续推进法治政府建设，力争2025年达标。",
	/* Compared with. */
	"办理案件120件，较2020年增加12件。",
	"办理案件120件，比2020年多12件，与2020年相比增长10%。",
	"2020年办理100件，2021年办理120件。",
	"2019年、2020年分别办理80件、100件。",
	"2018—2020年，2019年至2020年，2020—2025年",
	"2020年办结85件，今年办结90件。",
	"投诉同比下降20%，2020年为85件。",
	"由2020年的85件下降到60件。",
	"上年结转3件，均为2020年受理。",
	"2019年，启动改革。2020年，全面铺开。2021年，巩固提升。",
	/* Since, until, at the end of. */
	"2020年以来，连续三年无败诉案件。",
	"自2020年5月1日起，执法文书统一编号。",
	"2020年11月1日起施行的办法继续有效。",
	"截至2020年底，历史积案全部清零。",
	"2020年底前形成的问题均已整改，到2020年末销号。",
	"截至2020年底的问题46个，截至2020年底前形成12个。",
	"有效期截至2020年底，对截至2020年12月31日有效的46件文件清理。",
	"截至2020年12月31日现行有效的文件46件，保留40件。",
	"截至2020年底，有46件。2021年新增3件。",
	"2020年以来，累计培育46人。",
	"自2020年以来，从2020年以来，2019年以来，逐步推开。",
	"2020年以来，两年间建成12个。",
	"2020年是起步之年，2021年是深化之年。",
	"与2019年全年相比，2019年全年12件、2020年15件。",
	"2019年全年12件，今年全年15件。",
	"2022年全年计划培训3期，2023年，全面建成。",
	"2035年远景目标，到2050年，2050年基本建成。",
	/* Of that year. */
	"落实2020年印发的工作方案。",
	"对2020年制定的6件规范性文件开展后评估。",
	"办结2020年受理的案件3件。",
	"完成2020年度考核结果运用，开展2020年度述法评议。",
	"2020年省级督察反馈的问题全部整改。",
	"按照2020年修订的目录执行，修订2020年版清单。",
	"公布2020年度法治政府建设年度报告。",
	"完成2020年度部门决算审计。",
	"2020年度被评为先进单位。",
	"完成2020年度合同评估，发布2020年度年报和2020年度承办建议办理情况。",
	"根据2020年全省工作会议精神，落实2020年要点。",
	/* Titles, quotations, brackets, document numbers. */
	"印发《岚山县2020年法治政府建设工作要点》。",
	"推进“2020年百日行动”，完成\"2020年清零计划\"。",
	"规范性文件6件（2020年公布），保留4件。",
	"岚政发〔2020〕28号，（2020）晋05行终12号，GB/T 33190—2020。",
	"共2020件、2020人次、2020元，电话2020000。",
	"二〇三五年远景目标，一年来，二〇年代。",
	/* Dates that exist, and no dates. */
	"1月31日、2月29日、2020年2月29日、4月30日、12月31日、2000-02-29。",
	"二〇二一年十二月三十一日，十月一日，二十日，二月二十八日。",
	"工期13月，18月龄，3个月30日，1—12月，第二、三月，每月31日。",
	"农历二月三十日。",
	"6月31号楼，11月31件，2月30余人。",
	"编号2021-13-45，2021-02-30-1，A2021-02-30，12021-02-30，1.2.30，2021.2.30.1。",
	"2021-02-28、2021/12/31、2021.4.30",
	"2021年7月至9月，2021年第13月度",
};

static void expect_found(enum passage_kind kind, const char *text, const char *wanted)
{
	SAME_TEXT(reviewed(years_check, reviewer, kind, text), wanted, text);
}

Test(review, years_cases, SCRATCH)
{
	for (size_t i = 0; i < COUNT(cases); i++)
		expect_found(PASSAGE_TEXT, cases[i].text, cases[i].found);
}

Test(review, years_ordinary, SCRATCH)
{
	static const char *const unknown[] = { "2020年，全县开展执法检查12次。",
		"-1年，0年，0000年，1999年。" };

	expect_nothing(years_check, reviewer, PASSAGE_TEXT, ordinary, COUNT(ordinary));
	/* Whose report it is may be unknown. */
	expect_nothing(years_check, (struct reviewer){ 0 }, PASSAGE_TEXT, unknown, COUNT(unknown));
}

/* A headline names the report's year; a cell dates what it lists. */
Test(review, years_kinds, SCRATCH)
{
	expect_found(
	    PASSAGE_HEADLINE, "岚山县2020年度法治政府建设情况的报告", "a:1:4 text.stale-year\n");
	expect_found(PASSAGE_HEADLINE, "2020年主要工作", "a:1:1 text.stale-year\n");
	expect_found(PASSAGE_HEADLINE, "岚山县2021年度法治政府建设情况的报告", "");
	expect_found(PASSAGE_CELL, "2020年", "");
	expect_found(PASSAGE_CELL, "2020年10月公布，2月30日生效", "a:1:12 text.date\n");
}

/* What is planned is for the next year. */
Test(review, years_planned, SCRATCH)
{
	static const struct reviewer plan = { .year = 2021, .chapter = "plan" };
	static const char *const planned[] = { "2021年，继续推进法治政府建设。",
		"2021年，将继续举办培训班。", "2021年工作打算：举办培训。" };
	static const char *const silent[] = { "2021年底前，继续推进整改。",
		"2021年，继续推进改革，取得成效。", "在2021年的基础上，继续推进。",
		"2021年，县司法局办理案件46件。", "2021年，继续推进，2022年全面铺开。",
		"2022年，将继续推进。", "2021年工作安排落实情况", "推进“2021年继续推进”事项。",
		"2021年部署的事项继续推进。", "2021年将至，力争完成。", "2021年，将普法纳入考核。",
		"2021年，计划任务12项。", "2021年继续推进的改革全面铺开。" };
	for (size_t i = 0; i < COUNT(planned); i++) {
		SAME_TEXT(reviewed(years_check, plan, PASSAGE_TEXT, planned[i]),
		    "a:1:1 text.stale-year\n", planned[i]);
		expect_found(PASSAGE_TEXT, planned[i], ""); /* of another chapter */
	}
	expect_nothing(years_check, plan, PASSAGE_TEXT, silent, COUNT(silent));
	expect_found(PASSAGE_HEADLINE, "2021年工作打算", "a:1:1 text.stale-year\n");
	expect_found(PASSAGE_HEADLINE, "三、2021年工作安排", "a:1:3 text.stale-year\n");
	expect_found(PASSAGE_HEADLINE, "2021年工作安排落实情况", "");
	expect_found(PASSAGE_HEADLINE, "严格落实2021年工作安排", "");
	expect_found(PASSAGE_HEADLINE, "2020年工作总结和2021年工作计划", "");
	expect_found(PASSAGE_HEADLINE, "2022年工作打算", "");
}

Test(review, years_messages, SCRATCH)
{
	static const char text[] = "全县2020年开展执法检查12次，2月30日公布。";
	struct findings f = review(years_check, reviewer, PASSAGE_TEXT, text);

	SAME_TEXT(messages(&f),
	    "'2020年开展执法检查12' stands in a report on 2021: is the year left from last "
	    "year's text?\nthe date '2月30日' does not exist\n",
	    text);
}

/* A megabyte of anything. */
Test(review, years_hostile, SCRATCH)
{
	static const char *const again[] = { "2", "2020年", "2020年，", "2020年。", "较2020年，",
		"2020年度考核，", "《2020年", "（2020年", "\"2020年", "二", "十", "二〇二〇年",
		"二〇二〇", "1月", "1月1", "2月30日", "2021-02-30 ", "2021-02-", "2021年", "年",
		" ", "2020 ", "五年", "截至2020年底。", "2020年以来，", "2020年是“", "2051年，",
		"2021年，将。", "2021年工作打算：", "的", "\n", "。", "，", "2020年1月1", "-",
		"2020-" };

	expect_patience(years_check, reviewer, again, COUNT(again));
}
