/* Numbers typed before paragraphs, and words that only begin like them. */
#include "office/numbering.h"

#include <criterion/criterion.h>
#include <string.h>

static const struct {
	const char *text;
	enum numbering_kind kind;
	unsigned value;
	const char *rest; /* behind the number */
} cases[] = {
	/* 一、 */
	{ "一、行政复议", NUMBERING_SECTION, 1, "行政复议" },
	{ "十二、 行政复议", NUMBERING_SECTION, 12, "行政复议" },
	{ "　　三、行政复议", NUMBERING_SECTION, 3, "行政复议" },
	{ "二十一．行政复议", NUMBERING_SECTION, 21, "行政复议" },
	{ "一、一体推进法治建设", NUMBERING_SECTION, 1, "一体推进法治建设" },
	{ "二、三项制度全面推行", NUMBERING_SECTION, 2, "三项制度全面推行" },
	{ "一、二审案件共8件", NUMBERING_NONE, 0, NULL },
	{ "一、二、三产业", NUMBERING_NONE, 0, NULL },
	{ "一、二季度", NUMBERING_NONE, 0, NULL },
	{ "一百、行政复议", NUMBERING_NONE, 0, NULL },
	{ "一方面，行政复议", NUMBERING_NONE, 0, NULL },
	{ "十四五规划", NUMBERING_NONE, 0, NULL },
	/* （一） */
	{ "（一）行政复议", NUMBERING_PAREN, 1, "行政复议" },
	{ "(一)行政复议", NUMBERING_PAREN, 1, "行政复议" },
	{ "（二)行政复议", NUMBERING_PAREN, 2, "行政复议" },
	{ "（ 十一 ）、行政复议", NUMBERING_PAREN, 11, "行政复议" },
	{ "㈢行政复议", NUMBERING_PAREN, 3, "行政复议" },
	{ "（一）项规定的情形", NUMBERING_NONE, 0, NULL },
	{ "（二）期工程", NUMBERING_NONE, 0, NULL },
	{ "（二）审结情况", NUMBERING_PAREN, 2, "审结情况" },
	{ "（三）项目建设", NUMBERING_PAREN, 3, "项目建设" },
	{ "（四）目标任务", NUMBERING_PAREN, 4, "目标任务" },
	{ "（一）项", NUMBERING_NONE, 0, NULL },
	{ "（一般程序）", NUMBERING_NONE, 0, NULL },
	{ "（县级）", NUMBERING_NONE, 0, NULL },
	{ "一）行政复议", NUMBERING_NONE, 0, NULL },
	/* 1. */
	{ "1.行政复议", NUMBERING_ARABIC, 1, "行政复议" },
	{ "1．行政复议", NUMBERING_ARABIC, 1, "行政复议" },
	{ "１．行政复议", NUMBERING_ARABIC, 1, "行政复议" },
	{ "12、行政复议", NUMBERING_ARABIC, 12, "行政复议" },
	{ "3. 行政复议", NUMBERING_ARABIC, 3, "行政复议" },
	{ "⒈行政复议", NUMBERING_ARABIC, 1, "行政复议" },
	{ "1.2021年受理", NUMBERING_ARABIC, 1, "2021年受理" },
	{ "2. 2021年受理", NUMBERING_ARABIC, 2, "2021年受理" },
	{ "1.5亿元资金", NUMBERING_NONE, 0, NULL },
	{ "12.4国家宪法日", NUMBERING_NONE, 0, NULL },
	{ "1.1 行政复议", NUMBERING_NONE, 0, NULL },
	{ "1、2号楼", NUMBERING_NONE, 0, NULL },
	{ "2021年，全县", NUMBERING_NONE, 0, NULL },
	{ "2021.行政复议", NUMBERING_NONE, 0, NULL },
	{ "100.行政复议", NUMBERING_NONE, 0, NULL },
	{ "0.行政复议", NUMBERING_NONE, 0, NULL },
	{ "14件案件", NUMBERING_NONE, 0, NULL },
	{ "3,500件", NUMBERING_NONE, 0, NULL },
	{ "1-9月", NUMBERING_NONE, 0, NULL },
	/* （1） */
	{ "（1）行政复议", NUMBERING_PAREN_ARABIC, 1, "行政复议" },
	{ "(12)行政复议", NUMBERING_PAREN_ARABIC, 12, "行政复议" },
	{ "1）行政复议", NUMBERING_PAREN_ARABIC, 1, "行政复议" },
	{ "2)行政复议", NUMBERING_PAREN_ARABIC, 2, "行政复议" },
	{ "⑷行政复议", NUMBERING_PAREN_ARABIC, 4, "行政复议" },
	{ "（2021）沁政复1号", NUMBERING_NONE, 0, NULL },
	{ "（3）项", NUMBERING_NONE, 0, NULL },
	/* ① */
	{ "①行政复议", NUMBERING_CIRCLE, 1, "行政复议" },
	{ "⑳ 行政复议", NUMBERING_CIRCLE, 20, "行政复议" },
	/* 一是, 第一， */
	{ "一是加强学习", NUMBERING_STEP, 1, "加强学习" },
	{ "二是，加强学习", NUMBERING_STEP, 2, "加强学习" },
	{ "第一，加强学习", NUMBERING_STEP, 1, "加强学习" },
	{ "第三、加强学习", NUMBERING_STEP, 3, "加强学习" },
	{ "一是一，二是二", NUMBERING_NONE, 0, NULL },
	{ "第一季度", NUMBERING_NONE, 0, NULL },
	{ "第一、二季度", NUMBERING_NONE, 0, NULL },
	{ "第一责任人", NUMBERING_NONE, 0, NULL },
	/* none */
	{ "", NUMBERING_NONE, 0, NULL },
	{ "　", NUMBERING_NONE, 0, NULL },
	{ "（", NUMBERING_NONE, 0, NULL },
	{ "（一", NUMBERING_NONE, 0, NULL },
	{ "一", NUMBERING_NONE, 0, NULL },
	{ "1", NUMBERING_NONE, 0, NULL },
	{ "1.", NUMBERING_ARABIC, 1, "" },
	{ "（一）", NUMBERING_PAREN, 1, "" },
	{ "全县共受理", NUMBERING_NONE, 0, NULL },
};

Test(office, numbering)
{
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct numbering numbering = numbering_at(cases[i].text);
		cr_expect_eq(numbering.kind, cases[i].kind, "'%s': kind %d", cases[i].text,
		    (int)numbering.kind);
		cr_expect_eq(numbering.value, cases[i].value, "'%s': value %u", cases[i].text,
		    numbering.value);
		if (cases[i].rest)
			cr_expect_str_eq(
			    cases[i].text + numbering.length, cases[i].rest, "'%s'", cases[i].text);
		else
			cr_expect_eq(numbering.length, 0, "'%s'", cases[i].text);
	}
}
