/* Prose cut into points: nothing of it is lost, what is doubtful is named by its line. */
#include "handin.h"

#include "base/markdown.h"

/* "<opening>" and a line "n#topic:headline|body" a point. */
static const char *shown(const struct written *written)
{
	struct buf out = { 0 };
	const char *text;

	buf_addf(&out, "<%s>\n", written->opening);
	for (size_t i = 0; i < written->point_count; i++) {
		const struct nb_point *p = &written->points[i];

		buf_addf(&out, "%u%s%s:%s|%s\n", p->place.line, p->topic ? "#" : "",
		    p->topic ? p->topic : "", p->headline, p->body);
		cr_expect_str_eq(p->department, "sfj");
	}
	text = arena_strdup(&scratch_arena, buf_str(&out));
	buf_release(&out);
	return text;
}

static const struct {
	const char *text, *shown, *found;
} markdown[] = {
	{ "前言。\n\n第二段。\n\n## 一 {#review}\n\n正文。\n\n### 细\n\n更多。\n\n## 二\n文\n",
	    "<前言。\n\n第二段。>\n5#review:一|正文。\n\n### 细\n\n更多。\n13:二|文\n", "" },
	{ "\r\n## 一 ##\r\n\r\n正文。\r\n", "<>\n2:一|正文。\n", "" },
	{ "## 关于 *甲* 和 `乙`{#court} ###\n文\n", "<>\n1#court:关于 *甲* 和 `乙`|文\n", "" },
	{ "一题\n---\n\n文\n\n二题\n\n文\n", "<>\n1:一题|文\n\n二题\n\n文\n", "" },
	{ "1#楼\n===\n文\n\n#甲\n---\n文\n\n第一行\n第二行\n===\n文\n",
	    "<>\n1:1#楼|文\n5:#甲|文\n9:第一行第二行|文\n",
	    ":1 narrative.heading\n:9 narrative.heading\n" },
	/* To Markdown a definition, shown nowhere. */
	{ "文\n\n[备注]: 本数据截至12月\n", "<文\n\n[备注]: 本数据截至12月>\n",
	    ":3 narrative.markup\n" },
	{ "　　缩进的前言。\n", "<　　缩进的前言。>\n", "" },
	/* Only free headings of the first two levels begin a point. */
	{ "> ## 引\n\n- ## 项\n\n```\n## 码\n```\n", "<> ## 引\n\n- ## 项\n\n```\n## 码\n```>\n",
	    "" },
	/* Headings that are out of order. */
	{ "# 一\n\n文\n\n## 二\n\n#### 三\n\n文\n", "<>\n1:一|文\n5:二|#### 三\n\n文\n",
	    ":1 narrative.heading\n:7 narrative.heading\n" },
	{ "### 先\n\n文\n\n## 后\n文\n", "<### 先\n\n文>\n5:后|文\n", "" },
	/* Topics. */
	{ "## 一 {#reviw}\n文\n## 二 {#}\n文\n## 三 {review}\n文\n",
	    "<>\n1:一|文\n3:二|文\n5:三 {review}|文\n",
	    ":1 narrative.topic\n:3 narrative.topic\n" },
	/* Empty ones. */
	{ "", "<>\n", " narrative.empty\n" },
	{ "\n \n\n", "<>\n", " narrative.empty\n" },
	{ "## 一\n\n## 二\n文\n", "<>\n1:一|\n3:二|文\n", ":1 narrative.empty\n" },
	{ "## {#review}\n文\n", "<>\n1#review:|文\n", ":1 narrative.empty\n" },
	/* A heading without words opens no point; what surrounds it stays. */
	{ "前言。\n\n## ![](a.png)\n\n文\n\n## 二\n文\n",
	    "<前言。\n\n## ![](a.png)\n\n文>\n7:二|文\n", ":3 narrative.markup\n" },
	{ "## ![图](a.png)\n文\n\n## ![](b.png) 题\n文\n",
	    "<## ![图](a.png)\n文>\n4:![](b.png) 题|文\n",
	    ":1 narrative.markup\n:4 narrative.markup\n" },
	{ "前言。\n\n##\n\n文\n", "<前言。\n\n##\n\n文>\n", "" },
	/* Pictures, links, bold that is none. */
	{ "甲\n\n![](media/a.png)\n\n乙 ![图](b.png)\n",
	    "<甲\n\n![](media/a.png)\n\n乙 ![图](b.png)>\n",
	    ":3 narrative.markup\n:5 narrative.markup\n" },
	{ "[甲](http://x) [乙](javascript:alert(1))\n\n[丙](a.html)\n",
	    "<[甲](http://x) [乙](javascript:alert(1))\n\n[丙](a.html)>\n",
	    ":1 narrative.markup\n:3 narrative.markup\n" },
	{ "文\n\n**“加粗”**后接\n\n`**`\n", "<文\n\n**“加粗”**后接\n\n`**`>\n",
	    ":3 narrative.markup\n" },
	/* Half-width punctuation, counted once. Not in numbers, web addresses or code. */
	{ "甲。\n\n乙,丙;丁\n戊:己\n", "<甲。\n\n乙,丙;丁\n戊:己>\n", ":3 narrative.half-width\n" },
	{ "1,234 http://x a,b `甲,乙`\n", "<1,234 http://x a,b `甲,乙`>\n", "" },
	/* {{…}} stands for the department's own figure, and keeps meaning it in the report. */
	{ "受理{{received}}件，{{ supervision.received }}件。\n\n## "
	  "共{{received}}件\n\n{{visits}}次\n",
	    "<受理{{sfj.supervision.received}}件，{{sfj.supervision.received}}件。>\n"
	    "3:共{{sfj.supervision.received}}件|{{sfj.supervision.visits}}次\n",
	    "" },
	{ "文\n{{recieved}} {{reform.windows}}\n{{}}\n\n## 题{{x}}\n\n文\n\n{{{x}}}\n",
	    "<文\n{{recieved}} {{reform.windows}}\n{{}}>\n5:题{{x}}|文\n\n{{{x}}}\n",
	    ":2 narrative.reference\n:2 narrative.reference\n:3 narrative.reference\n"
	    ":5 narrative.reference\n:9 narrative.reference\n" },
	{ "{{fees}}\n\n{{held}}\n", "<{{sfj.supervision.fees}}\n\n{{sfj.supervision.held}}>\n",
	    ":1 narrative.no-value\n" }, /* held has a value that could not be read: said already */
	{ "{{remark}}\n\n{{rate}}\n", "<{{sfj.supervision.remark}}\n\n{{sfj.supervision.rate}}>\n",
	    ":3 narrative.no-value\n" }, /* "/" is no number to print */
	{ "{{{received}}}，{{{{received}}}}\n",
	    "<{{sfj.supervision.received}}，{{sfj.supervision.received}}>\n", "" },
	/* Braces that are meant for a figure and name none. */
	{ "共{received}件\n\n｛｛received｝｝\n", "<共{received}件\n\n｛｛received｝｝>\n",
	    ":1 narrative.markup\n:3 narrative.markup\n" },
	{ "{{ 甲\n{{received\n}} 乙 }}\n", "<{{ 甲\n{{received\n}} 乙 }}>\n",
	    ":1 narrative.markup\n:2 narrative.markup\n" },
};

#define VALUES                                                                                     \
	SFJ SUPERVISION "received = 14\nvisits = 2500余\nheld = 三月\nrate = /\nremark = 词\n"

Test(intake, narrative, SCRATCH)
{
	for (size_t i = 0; i < COUNT(markdown); i++) {
		struct county c;
		struct buf expected = { 0 };
		const char *text = markdown[i].text;

		lay(VALUES "narrative = a.md\n");
		cr_assert_eq(file_write("inbox/sfj/a.md", text, strlen(text), &c.err), 0);
		take_inbox(&c);
		cr_assert_eq(c.rc, 0, "%s", c.err.text);
		buf_adds(&expected, "inbox/sfj/submission.ini:7 figure.value\n");
		for (const char *p = markdown[i].found; *p; p = strchr(p, '\n') + 1)
			buf_addf(&expected, "inbox/sfj/a.md%.*s\n", (int)strcspn(p, "\n"), p);
		SAME_TEXT(found_here(&c.findings), buf_str(&expected), text);
		SAME_TEXT(shown(sfj_wrote(&c)), markdown[i].shown, text);
		buf_release(&expected);
		intake_release(&c.intake);
	}
}

/* A plain text: every line a paragraph, nothing is Markdown but headings and {{…}}; lines count. */
Test(intake, narrative_plain, SCRATCH)
{
	static const struct {
		const char *text, *shown, *found;
	} plain[] = {
		{ "第一行。\n第二行。\n\n第四行。\n## 要点 {#review}\n正文。\n",
		    "<第一行。\n\n第二行。\n\n\n\n第四行。>\n5#review:要点|正文。\n", "" },
		{ "受理{{received}}件。\r\n二\r\n",
		    "<受理{{sfj.supervision.received}}件。\n\n二>\n", "" },
		{ "一\n二\n{{x}},\n甲,乙\n", "<一\n\n二\n\n{{x}},\n\n甲,乙>\n",
		    ":4 narrative.half-width\n:3 narrative.reference\n" },
		{ "", "<>\n", " narrative.empty\n" },
	};
	/* What is set must be what was written. */
	static const char *const lines[] = { "2*3*4", "a_b_c", "**“甲”**后接", "- 不是列表",
		"1. 甲", "[甲](乙)", "`码`", "C:\\_x", "<b>甲</b>", "---", "+ 甲", "* 甲", "> 甲",
		"| 甲 |", "&lt;", "  - 甲", " 1. 甲", "#甲", "~~~" };

	for (size_t i = 0; i < COUNT(plain); i++) {
		struct county c;
		struct buf expected = { 0 };

		lay(SFJ SUPERVISION "received = 14\nnarrative = a.txt\n");
		cr_assert_eq(
		    file_write("inbox/sfj/a.txt", plain[i].text, strlen(plain[i].text), &c.err), 0);
		take_inbox(&c);
		for (const char *p = plain[i].found; *p; p = strchr(p, '\n') + 1)
			buf_addf(&expected, "inbox/sfj/a.txt%.*s\n", (int)strcspn(p, "\n"), p);
		SAME_TEXT(found_here(&c.findings), buf_str(&expected), plain[i].text);
		SAME_TEXT(shown(sfj_wrote(&c)), plain[i].shown, plain[i].text);
		buf_release(&expected);
		intake_release(&c.intake);
	}
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct county c;
		const char *opening;
		const struct md_node *p;

		lay(SFJ SUPERVISION "narrative = a.txt\n");
		cr_assert_eq(file_write("inbox/sfj/a.txt", lines[i], strlen(lines[i]), &c.err), 0);
		take_inbox(&c);
		SAME_TEXT(found_here(&c.findings), "", lines[i]);
		opening = sfj_wrote(&c)->opening;
		p = markdown_read(&scratch_arena, opening, strlen(opening))->first;
		cr_expect(p && p->kind == MD_PARAGRAPH && p->first && p->first->kind == MD_TEXT,
		    "%s: %s", lines[i], opening);
		if (p && p->first && p->first->text)
			SAME_TEXT(p->first->text, lines[i] + strspn(lines[i], " "), opening);
		intake_release(&c.intake);
	}
}

/* One narrative of a megabyte, made to hurt, and what is still found behind it. */
Test(intake, narrative_hostile, SCRATCH)
{
	static const struct {
		const char *again;
		size_t times;
		const char *last;
	} texts[] = { { "(", 1000000, "" }, { "*", 1000000, "" }, { "{{", 500000, "" },
		{ "{{\n", 330000, "}}" }, { "{{ ", 330000, "\n}}" }, { "{{x}}", 30000, "" },
		{ "{{x}}\n", 30000, "" }, { "{{received}} ", 80000, "" }, { "> ", 500000, "" },
		{ "## 题\n", 100000, "" }, { "## 题\n文\n\n", 60000, "" }, { "# a\n", 100000, "" },
		{ "a\n\n", 300000, "" }, { "甲,", 250000, "" }, { "**“甲”**乙\n\n", 40000, "" },
		{ "![](a)\n\n", 60000, "" }, { "## ![](a)\n", 60000, "" }, { "a\n=\n", 200000, "" },
		{ "##\n", 300000, "" }, { "\n", 1000000, "" }, { "{#", 500000, "" },
		{ "## {#", 200000, "" } };

	for (size_t i = 0; i < COUNT(texts); i++)
		for (int plain = 0; plain < 2; plain++) {
			struct buf text = repeat(texts[i].again, texts[i].times);
			const char *name = plain ? "inbox/sfj/a.txt" : "inbox/sfj/a.md";
			double start;
			struct county c;

			lay(plain ? SFJ SUPERVISION "received = 1\nnarrative = a.txt\n"
			          : SFJ SUPERVISION "received = 1\nnarrative = a.md\n");
			buf_adds(&text, texts[i].last);
			cr_assert_eq(file_write(name, buf_str(&text), text.len, &c.err), 0);
			start = spent();
			take_inbox(&c);
			cr_assert_eq(c.rc, 0, "%s", c.err.text);
			cr_expect_lt(spent() - start, PATIENCE, "%s %s: %.1f s", name,
			    texts[i].again, spent() - start);
			intake_release(&c.intake);
			buf_release(&text);
			arena_release(&scratch_arena);
		}
}
