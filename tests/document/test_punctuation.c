/*
 * test_punctuation.c: marks beside Chinese become full-width (GB/T 15834-2011); what is a number,
 * a time, an address, code or another language stays as it is.
 */
#include "doc.h"
#include "document/punctuation.h"

static const struct {
	const char *text; /* Markdown */
	const char *set;  /* NULL: stays as it is */
} cases[] = {
	/* The marks. */
	{ "强化监督,规范执法", "强化监督，规范执法" },
	{ "强化监督;规范执法", "强化监督；规范执法" },
	{ "如下:一是规范", "如下：一是规范" },
	{ "怎么办?立即办!", "怎么办？立即办！" },
	{ "强化监督, 规范执法", "强化监督，规范执法" },
	{ "强化监督 ,规范执法", "强化监督 ，规范执法" },
	{ "强化监督,", "强化监督，" },
	{ ",强化监督", "，强化监督" },
	{ "成效显著!!", "成效显著！！" },
	{ "真的吗?!", "真的吗？！" },
	{ "强化监督，规范执法。", NULL },

	/* Parentheses follow what stands in them, or around them. */
	{ "县司法局(法制办)", "县司法局（法制办）" },
	{ "(一)健全机制", "（一）健全机制" },
	{ "(1)健全机制", "（1）健全机制" },
	{ "健全(健全(再健全)机制)", "健全（健全（再健全）机制）" },
	{ "(甲(a)乙)", "（甲（a）乙）" },
	{ "World Trade Organization (世贸组织)", "World Trade Organization （世贸组织）" },
	{ "see (above) for more", NULL },
	{ "f(x) = (x)", NULL },
	{ "函数 f(x)为正", NULL },
	{ "健全)机制", "健全）机制" },
	{ "健全(机制", "健全（机制" },

	/* Quotation marks in pairs. */
	{ "推行\"双随机\"监管", "推行“双随机”监管" },
	{ "\"放管服\"改革", "“放管服”改革" },
	{ "\"A\"类企业", "“A”类企业" },
	{ "推行\"双随机\",\"一公开\"", "推行“双随机”，“一公开”" },
	{ "推行“双随机”监管", NULL },
	{ "推行\"双随机监管", NULL }, /* its partner is missing: which one is it? */
	{ "the \"rule of law\" index", NULL },

	/* Document numbers. */
	{ "沁政办发[2021]28号", "沁政办发〔2021〕28号" },
	{ "沁政发[2021]8号、沁政办发[2021]28号", "沁政发〔2021〕8号、沁政办发〔2021〕28号" },
	{ "沁政办发〔2021〕28号", NULL },
	{ "沁政办发[2021]", NULL },
	{ "见[21]28号", NULL },
	{ "[2021]28号", NULL },
	{ "数组[2021]", NULL },

	/* Numbers and times. */
	{ "时间10:05:38开始", NULL },
	{ "上午9:30至11:00", NULL },
	{ "提高3.14个百分点", NULL },
	{ "共1,234件", NULL },
	{ "投入1,234,567.8元", NULL },
	{ "7×24小时服务", NULL },
	{ "7x24小时服务", NULL },
	{ "比例为3:2", NULL },
	{ "1+1+N机制", NULL },
	{ "12345热线", NULL },
	{ "2021-03-09印发", NULL },
	{ "办结率96.3%,提高2%", "办结率96.3%，提高2%" },
	{ "受理14件,审结11件", "受理14件，审结11件" },
	{ "分别为14,审结11", "分别为14，审结11" },

	/* Addresses. */
	{ "网址https://a.cn/?x=1,2;y=(3)", NULL },
	{ "网址https://a.cn/?x=1,2，见附件", NULL },
	{ "见http://www.qinshui.gov.cn,点击下载", "见http://www.qinshui.gov.cn，点击下载" },
	{ "见www.a.cn:8080", NULL },
	{ "邮箱a@b.cn,电话12345", "邮箱a@b.cn，电话12345" },
	{ "邮箱:zhang.san-1@b.gov.cn", "邮箱：zhang.san-1@b.gov.cn" },
	{ "(网址https://a.cn/)", "（网址https://a.cn/）" },

	/* Another language, and formulas. */
	{ "Rule of law: a report, 2021; no change!", NULL },
	{ "a,b;c:d?e!f", NULL },
	{ "WTO, APEC等组织", NULL },
	{ "采用C++, Java和Go", NULL },

	/* Code. */
	{ "运行`a,b;(c)\"d\"`即可", NULL },
	{ "见`x`,再见", "见`x`，再见" },

	/* Marks across nodes: the neighbour stands in another one. */
	{ "**强化监督**,规范执法", "**强化监督**，规范执法" },
	{ "*A*,规范", "*A*，规范" },
	{ "强化(**监督**)", "强化（**监督**）" },
	{ "推行\"**双随机**\"监管", "推行“**双随机**”监管" },
	{ "[甲,乙](https://a.cn/?x=1,2)", "[甲，乙](https://a.cn/?x=1,2)" },
	{ "甲 *?*      乙", "甲 *？*      乙" }, /* more blanks than the mark's own node is long */

	/* A figure is a number. */
	{ "受理{{decision.documents_passed}}件,审结", "受理6件，审结" },
	{ "为{{decision.documents_passed}},审结", "为6，审结" },
	{ "率{{supervision.attendance_rate}};另", "率96.7%；另" },
	{ "({{decision.documents_passed}}件)", "（6件）" },
	{ "分别为{{decision.documents_passed}},{{decision.adviser_visits}}次",
	    "分别为6，2500余次" },
	{ "为{{decision.documents_passed}}:{{decision.documents_passed}}", "为6:6" },
};

static const char *plain(const char *markdown)
{
	struct report report = build(markdown, NULL, 0, NULL, 0);
	return node_text(report.body, &arena);
}

static const char *set(const char *markdown)
{
	struct report report = build(markdown, NULL, 0, NULL, 1);
	return node_text(report.body, &arena);
}

Test(document, punctuation_by_gbt_15834, ARENA)
{
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const char *expected = plain(cases[i].set ? cases[i].set : cases[i].text);
		const char *got = set(cases[i].text);
		cr_expect(strcmp(got, expected) == 0, "%s\n%s\nbut got\n%s", cases[i].text,
		    expected, got);
		/* What is set once is set for good. */
		struct report report = build(cases[i].text, NULL, 0, NULL, 1);
		for (struct node *block = report.body->first; block; block = block->next)
			punctuate(block, &arena);
		cr_expect(strcmp(node_text(report.body, &arena), got) == 0, "%s\nand then\n%s", got,
		    node_text(report.body, &arena));
	}
}
