/*
 * test_document.c: frame and chapters become one numbered tree: both families of frame, both
 * schemes of numbers, headlines run in or standing alone, figures in their places.
 */
#include "doc.h"

struct document_case {
	const char *what;
	const char *frame;
	struct chapter_text chapters[3];
	const char *outline;
	const char *said;
};

/* clang-format off: a case reads like the report */
static const struct document_case cases[] = {

	{ "chapters at the first level, a closing chapter without title",
	    "开头。\n\n{{chapter.reform}}\n\n{{chapter.decision}}\n\n{{chapter.plan}}\n\n{{report."
	    "signature}}\n",
	    { { .id = "reform",
	          .title = "放管服",
	          .markdown = "## 数字政府\n\n甲。\n\n## 营商环境\n\n乙。\n" },
	        { .id = "decision", .title = "依法决策", .markdown = "## 决策程序\n\n丙。\n" },
	        { .id = "plan", .title = "", .markdown = "下一年继续努力。\n" } },
	    ". 开头。\n"
	    "一、 放管服\n"
	    "  （一） 数字政府 | 甲。\n"
	    "  （二） 营商环境 | 乙。\n"
	    "二、 依法决策\n"
	    "  （一） 决策程序 | 丙。\n"
	    ". 下一年继续努力。\n"
	    "[signature]\n",
	    "" },

	{ "chapters under headings of the frame",
	    "# 主要举措\n\n{{chapter.reform}}\n\n{{chapter.decision}}\n\n# "
	    "不足\n\n{{chapter.plan}}\n",
	    { { .id = "reform", .title = "放管服", .markdown = "## 数字政府\n\n甲。\n" },
	        { .id = "decision", .title = "依法决策", .markdown = "## 决策程序\n\n丙。\n" },
	        { .id = "plan",
	            .title = "",
	            .markdown = "## 力量不足\n\n编制少。\n\n## 监督不足\n\n人少。\n" } },
	    "一、 主要举措\n"
	    "  （一） 放管服\n"
	    "    1. 数字政府 | 甲。\n"
	    "  （二） 依法决策\n"
	    "    1. 决策程序 | 丙。\n"
	    "二、 不足\n"
	    "  （一） 力量不足 | 编制少。\n"
	    "  （二） 监督不足 | 人少。\n",
	    "" },

	{ "all four levels and the circled one below, every parent starts anew",
	    "{{chapter.reform}}\n",
	    { { .id = "reform",
	        .title = "放管服",
	        .markdown =
	            "## 甲\n\n### 乙\n\n#### 丙\n\n##### 丁\n\n文。\n\n##### 戊\n\n文。\n\n#### "
	            "己\n\n文。\n\n### 庚\n\n#### 辛\n\n文。\n\n## 壬\n\n### 癸\n\n文。\n" } },
	    "一、 放管服\n"
	    "  （一） 甲\n"
	    "    1. 乙\n"
	    "      （1） 丙\n"
	    "        ① 丁 | 文。\n"
	    "        ② 戊 | 文。\n"
	    "      （2） 己 | 文。\n"
	    "    2. 庚\n"
	    "      （1） 辛 | 文。\n"
	    "  （二） 壬\n"
	    "    1. 癸 | 文。\n",
	    "" },

	{ "一是, 二是; sub-points as under parentheses, chapters of both kinds in one report",
	    "{{chapter.reform}}\n\n{{chapter.decision}}\n",
	    { { .id = "reform",
	          .title = "放管服",
	          .numbering = NB_SHI,
	          .markdown = "## 甲\n\n文。\n\n### 子\n\n文。\n\n### 丑\n\n#### 寅\n\n文。\n\n## "
	                      "乙\n\n文。\n" },
	        { .id = "decision", .title = "依法决策", .markdown = "## 丙\n\n文。\n" } },
	    "一、 放管服\n"
	    "  一是 甲 | 文。\n"
	    "    1. 子 | 文。\n"
	    "    2. 丑\n"
	    "      （1） 寅 | 文。\n"
	    "  二是 乙 | 文。\n"
	    "二、 依法决策\n"
	    "  （一） 丙 | 文。\n",
	    "" },

	{ "一是 in a chapter without title, under a heading of the frame",
	    "# 不足\n\n{{chapter.plan}}\n",
	    { { .id = "plan",
	        .title = "",
	        .numbering = NB_SHI,
	        .markdown = "## 甲\n\n文。\n\n## 乙\n\n文。\n" } },
	    "一、 不足\n"
	    "  一是 甲 | 文。\n"
	    "  二是 乙 | 文。\n",
	    "" },

	{ "points of a chapter without any heading above are never of the first level",
	    "{{chapter.plan}}\n",
	    { { .id = "plan", .title = "", .markdown = "## 甲\n\n文。\n\n## 乙\n\n文。\n" } },
	    "（一） 甲 | 文。\n"
	    "（二） 乙 | 文。\n",
	    "" },

	{ "chapters between sub-headings of the frame go on counting with them",
	    "# 举措\n\n## 总体情况\n\n文。\n\n# 举措二\n\n{{chapter.reform}}\n\n## 其他\n\n文。\n",
	    { { .id = "reform", .title = "放管服", .markdown = "## 甲\n\n文。\n" } },
	    "一、 举措\n"
	    "  （一） 总体情况\n"
	    "    . 文。\n"
	    "二、 举措二\n"
	    "  （一） 放管服\n"
	    "    1. 甲 | 文。\n"
	    "  （二） 其他\n"
	    "    . 文。\n",
	    "" },

	{ "a headline is run in when a paragraph follows, and stands alone above anything else",
	    "{{chapter.reform}}\n",
	    { { .id = "reform",
	        .title = "放管服",
	        .markdown = "## 段落\n\n一。\n\n二。\n\n## 表格\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 "
	                    "|\n\n## 清单\n\n- 甲\n- 乙\n\n## 引用\n\n> 甲\n\n## 子目\n\n### "
	                    "一目\n\n文。\n\n## 空\n" } },
	    "一、 放管服\n"
	    "  （一） 段落 | 一。\n"
	    "    . 二。\n"
	    "  （二） 表格\n"
	    "    [table]\n"
	    "  （三） 清单\n"
	    "    [list]\n"
	    "  （四） 引用\n"
	    "    [block]\n"
	    "  （五） 子目\n"
	    "    1. 一目 | 文。\n"
	    "  （六） 空\n",
	    "" },

	{ "opening paragraphs of a chapter stand before its points", "{{chapter.reform}}\n",
	    { { .id = "reform",
	        .title = "放管服",
	        .markdown = "总起。\n\n再起。\n\n## 甲\n\n文。\n" } },
	    "一、 放管服\n"
	    "  . 总起。\n"
	    "  . 再起。\n"
	    "  （一） 甲 | 文。\n",
	    "" },

	{ "typed numbers are replaced, in every heading; what only looks like one stays",
	    "# 一、主要举措\n\n{{chapter.reform}}\n\n# （二）不足\n\n文。\n",
	    { { .id = "reform",
	        .title = "（三）放管服",
	        .markdown =
	            "## 一、甲\n\n文。\n\n## （二）乙\n\n文。\n\n## 3. 丙\n\n文。\n\n## "
	            "一是丁\n\n文。\n\n## 1.5亿元投入\n\n文。\n\n## 12345热线\n\n文。\n\n## "
	            "**四、戊**\n\n文。\n\n## 　　五、己\n\n文。\n" } },
	    "一、 主要举措\n"
	    "  （一） 放管服\n"
	    "    1. 甲 | 文。\n"
	    "    2. 乙 | 文。\n"
	    "    3. 丙 | 文。\n"
	    "    4. 丁 | 文。\n"
	    "    5. 1.5亿元投入 | 文。\n"
	    "    6. 12345热线 | 文。\n"
	    "    7. 戊 | 文。\n"
	    "    8. 己 | 文。\n"
	    "二、 不足\n"
	    "  . 文。\n",
	    "" },

	{ "topics are dropped, other braces stay", "{{chapter.reform}}\n",
	    { { .id = "reform",
	        .title = "放管服",
	        .markdown = "## 甲 {#digital}\n\n文。\n\n## 乙{#business}\n\n文。\n\n## 丙 "
	                    "{x}\n\n文。\n\n## {#service} 丁\n\n文。\n" } },
	    "一、 放管服\n"
	    "  （一） 甲 | 文。\n"
	    "  （二） 乙 | 文。\n"
	    "  （三） 丙 {x} | 文。\n"
	    "  （四） {#service} 丁 | 文。\n",
	    "" },

	{ "indents of ideographic spaces go, line breaks between Chinese leave nothing behind",
	    "　　开头\n第二行。\n\nhello\nworld "
	    "与\nabc\n\n**hello**\nworld\n\nhello\n**world**\n\n甲\n**乙**\n丙\n",
	    { { 0 } },
	    ". 开头第二行。\n"
	    ". hello world 与abc\n"
	    ". hello world\n"
	    ". hello world\n"
	    ". 甲乙丙\n",
	    "" },

	{ "a chapter without a place in the frame", "{{chapter.reform}}\n",
	    { { .id = "reform", .title = "放管服", .markdown = "文。\n" },
	        { .id = "plan", .title = "安排", .markdown = "文。\n" } },
	    "一、 放管服\n"
	    "  . 文。\n",
	    "frame.md: error: the frame has no place for the chapter 'plan': neither "
	    "{{{chapters}}} nor "
	    "{{{plan}}} [report.structure]\n" },

	{ "tags that share their line",
	    "开头。\n\n文字{{chapter.reform}}\n\n{{report.signature}}，完\n",
	    { { .id = "reform", .title = "放管服", .markdown = "文。\n" } },
	    ". 开头。\n"
	    ". 文字\n"
	    ". ，完\n",
	    "frame.md:3: warning: the tag of a chapter, of the attachments or of the signature "
	    "must stand on "
	    "a line of its own, with blank lines around it [report.structure]\n"
	    "frame.md:5: warning: the tag of a chapter, of the attachments or of the signature "
	    "must stand on "
	    "a line of its own, with blank lines around it [report.structure]\n"
	    "frame.md: error: the frame has no place for the chapter 'reform': neither "
	    "{{{chapters}}} nor "
	    "{{{reform}}} [report.structure]\n" },

	{ "a chapter named twice stands once", "{{chapter.reform}}\n\n{{chapter.reform}}\n",
	    { { .id = "reform", .title = "放管服", .markdown = "文。\n" } },
	    "一、 放管服\n"
	    "  . 文。\n",
	    "frame.md:3: warning: 'reform' has its place in the frame already; this tag is left "
	    "out "
	    "[report.structure]\n" },

	{ "attachments and signature stand where the frame says, outside all sections",
	    "# 举措\n\n文。\n\n{{report.attachments}}\n\n{{report.signature}}\n\n后记。\n",
	    { { 0 } },
	    "一、 举措\n"
	    "  . 文。\n"
	    "  . 后记。\n"
	    "[attachments]\n"
	    "[signature]\n",
	    "" },

};
/* clang-format on */

static size_t chapters_of(const struct document_case *c)
{
	size_t n = 0;
	while (n < COUNT_OF(c->chapters) && c->chapters[n].id)
		n++;
	return n;
}

Test(document, structure_and_numbers, ARENA)
{
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct document_case *c = &cases[i];
		struct report report = build(c->frame, c->chapters, chapters_of(c), NULL, 0);

		cr_expect(strcmp(outline(&report), c->outline) == 0, "%s:\n%s", c->what,
		    outline(&report));
		cr_expect(strcmp(said(), c->said) == 0, "%s:\n%s", c->what, said());
	}
}

/* ---- figures ------------------------------------------------------------------------ */

Test(document, references_become_figures, ARENA)
{
	static const struct {
		const char *markdown; /* of the chapter decision, edited by the office */
		const char *text;
		const char *said;
	} refs[] = {
		{ "通过{{documents_passed}}件", "通过6件", "" },
		{ "通过{{ documents_passed }}件", "通过6件", "" },
		{ "通过{{decision.documents_passed}}件", "通过6件", "" },
		{ "其中{{sfj.decision.documents_passed}}件", "其中4件", "" },
		{ "入村{{adviser_visits}}次", "入村2500余次", "" },
		{ "应诉率{{supervision.attendance_rate}}", "应诉率96.7%", "" },
		{ "{{documents_passed}}{{adviser_visits}}", "62500余", "" },
		{ "**{{documents_passed}}件**", "6件", "" },
		{ "村{{decision.villages}}个", "村/个", "" },
		/* Nobody reported it: the gap is shown, and found. */
		{ "备案{{documents_filed}}件", "备案〔缺〕件",
		    "chapters/decision.md:3: error: {{documents_filed}} stands in the text, but "
		    "nobody reported the figure [narrative.no-value]\n" },
		/* A name that is none stays to be seen. */
		{ "备案{{no_such}}件", "备案{{no_such}}件",
		    "chapters/decision.md:3: error: {{no_such}} names no figure of this report "
		    "[narrative.reference]\n" },
		{ "{{reform.documents_passed}}", "{{reform.documents_passed}}",
		    "chapters/decision.md:3: error: {{reform.documents_passed}} names no figure of "
		    "this report [narrative.reference]\n" },
		{ "{{gaj.decision.documents_passed}}", "{{gaj.decision.documents_passed}}",
		    "chapters/decision.md:3: error: {{gaj.decision.documents_passed}} names no "
		    "figure "
		    "of this report [narrative.reference]\n" },
		/* A mistake does not hide the name behind it. */
		{ "{{x{{documents_passed}}件", "{{x6件", "" },
		{ "括号{{", "括号{{", "" },
		{ "`{{documents_passed}}`", "{{documents_passed}}", "" },
	};

	for (size_t i = 0; i < COUNT_OF(refs); i++) {
		struct chapter_text chapter = { .id = "decision",
			.title = "",
			.markdown = arena_printf(&arena, "开头。\n\n%s\n", refs[i].markdown),
			.file = "chapters/decision.md" };
		struct report report = build("{{chapter.decision}}\n", &chapter, 1, NULL, 0);
		const char *text = node_text(report.body->first->last, &arena);

		cr_expect(strcmp(text, refs[i].text) == 0, "%s: %s", refs[i].markdown, text);
		cr_expect(strcmp(said(), refs[i].said) == 0, "%s: %s", refs[i].markdown, said());
		/* What was composed was checked where it was handed in: nothing is said twice. */
		chapter.file = NULL;
		build("{{chapter.decision}}\n", &chapter, 1, NULL, 0);
		cr_expect_eq(findings.count, 0, "%s: %s", refs[i].markdown, said());
	}
}

Test(document, figures_know_their_sources, ARENA)
{
	struct report report = build(
	    "{{decision.documents_passed}}{{sfj.decision.documents_passed}}\n", NULL, 0, NULL, 0);
	const struct node *county = report.body->first->first, *own = county->next;

	cr_assert(county->kind == NODE_FIGURE && own->kind == NODE_FIGURE);
	cr_expect_str_eq(county->figure->id, "decision.documents_passed");
	cr_expect_null(county->figure->department);
	cr_expect_str_eq(county->figure->sources, "县司法局、县政府办");
	cr_expect_str_eq(own->figure->department, "sfj");
	cr_expect_eq(own->figure->quantity.low, 4 * NB_UNIT);
}

/* A chapter's own names mean nothing in the frame: there the chapter is named, too. */
Test(document, short_names_are_for_chapters, ARENA)
{
	struct report report = build("{{documents_passed}}\n", NULL, 0, NULL, 0);

	cr_expect_str_eq(node_text(report.body, &arena), "{{documents_passed}}");
	cr_expect_str_eq(said(),
	    "frame.md:1: error: {{documents_passed}} names no figure of this report "
	    "[narrative.reference]\n");
}

/* ---- what else stands in a text ------------------------------------------------------- */

static void text_of_items(const struct node *node, struct buf *out)
{
	if (node->kind == NODE_ITEM)
		buf_addc(out, '[');
	if (node->text)
		buf_adds(out, node->text);
	for (const struct node *child = node->first; child; child = child->next)
		text_of_items(child, out);
	if (node->kind == NODE_ITEM)
		buf_addc(out, ']');
}

Test(document, kinds_of_inlines_and_blocks, ARENA)
{
	static const struct {
		const char *markdown;
		enum node_kind kind; /* of the first block's, then its first child */
		enum node_kind inner;
		const char *text;
	} kinds[] = {
		{ "**甲**", NODE_PARAGRAPH, NODE_STRONG, "甲" },
		{ "*甲*", NODE_PARAGRAPH, NODE_EMPHASIS, "甲" },
		{ "`甲,乙`", NODE_PARAGRAPH, NODE_CODE, "甲,乙" },
		{ "[甲](https://a.cn)", NODE_PARAGRAPH, NODE_LINK, "甲" },
		{ "[甲](http://a.cn)", NODE_PARAGRAPH, NODE_LINK, "甲" },
		{ "[甲](mailto:a@b.cn)", NODE_PARAGRAPH, NODE_LINK, "甲" },
		/* Where it leads is not safe, or not in the bundle: the words stay. */
		{ "[甲](javascript:alert(1))", NODE_PARAGRAPH, NODE_TEXT, "甲" },
		{ "[甲](JAVASCRIPT:alert(1))", NODE_PARAGRAPH, NODE_TEXT, "甲" },
		{ "[甲](data:text/html,x)", NODE_PARAGRAPH, NODE_TEXT, "甲" },
		{ "[甲](file:///etc/passwd)", NODE_PARAGRAPH, NODE_TEXT, "甲" },
		{ "[甲](../../x)", NODE_PARAGRAPH, NODE_TEXT, "甲" },
		{ "[甲]( javascript:alert(1))", NODE_PARAGRAPH, NODE_TEXT, "甲" },
		{ "[甲](&#106;avascript:alert(1))", NODE_PARAGRAPH, NODE_TEXT, "甲" },
		{ "![甲](a.png)", NODE_PARAGRAPH, NODE_TEXT, "甲" },
		{ "<b>甲</b>", NODE_PARAGRAPH, NODE_TEXT, "<b>甲</b>" },
		{ "<script>\n甲\n</script>", NODE_PARAGRAPH, NODE_TEXT, "<script>甲</script>" },
		{ "    甲", NODE_PARAGRAPH, NODE_TEXT, "甲" },
		{ "> 甲", NODE_QUOTE, NODE_PARAGRAPH, "甲" },
		{ "```\n甲\n```", NODE_CODE_BLOCK, NODE_TEXT, "甲\n" },
		{ "- 甲", NODE_LIST, NODE_ITEM, "甲" },
		{ "3. 甲", NODE_LIST, NODE_ITEM, "甲" },
		{ "| 甲 |\n|--:|\n| 乙 |", NODE_TABLE, NODE_ROW, "甲乙" },
		/* A heading where none can be is a paragraph; a rule is nothing. */
		{ "> # 甲", NODE_QUOTE, NODE_PARAGRAPH, "甲" },
		{ "---\n\n甲", NODE_PARAGRAPH, NODE_TEXT, "甲" },
		{ "甲\\\n乙", NODE_PARAGRAPH, NODE_TEXT, "甲 乙" },
	};

	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		struct report report = build(kinds[i].markdown, NULL, 0, NULL, 0);
		const struct node *block = report.body->first;

		cr_assert(block && block->first, "%s", kinds[i].markdown);
		cr_expect(block->kind == kinds[i].kind, "%s", kinds[i].markdown);
		cr_expect(block->first->kind == kinds[i].inner, "%s", kinds[i].markdown);
		cr_expect(strcmp(node_text(block, &arena), kinds[i].text) == 0, "%s: %s",
		    kinds[i].markdown, node_text(block, &arena));
	}
}

/* Whatever an item begins with, and whatever stands between its words. */
Test(document, items_keep_all_their_words_in_order, ARENA)
{
	static const struct {
		const char *markdown, *text;
	} items[] = {
		{ "- **甲**：乙\n", "[甲：乙]" },
		{ "- *甲*乙\n", "[甲乙]" },
		{ "- `甲`乙\n", "[甲乙]" },
		{ "- [甲](https://a.cn)乙\n", "[甲乙]" },
		{ "- ![甲](a.png)乙\n", "[甲乙]" },
		{ "- {{decision.documents_passed}}件\n", "[6件]" },
		{ "1. **甲**\n2. 乙\n", "[甲][乙]" },
		{ "- 甲\n  - **乙**\n", "[甲[乙]]" },
		{ "- 甲\n  ```\n  乙\n  ```\n  丙\n", "[甲乙\n丙]" },
		{ "-\n- 甲\n", "[][甲]" },
	};

	for (size_t i = 0; i < COUNT_OF(items); i++) {
		struct report report = build(items[i].markdown, NULL, 0, NULL, 0);
		struct buf out = { 0 };

		text_of_items(report.body->first, &out);
		cr_expect(strcmp(buf_str(&out), items[i].text) == 0, "%s%s", items[i].markdown,
		    buf_str(&out));
		buf_release(&out);
	}
}

Test(document, lists_count_from_where_they_say, ARENA)
{
	struct report report = build("3. 甲\n4. 乙\n\n- 丙\n", NULL, 0, NULL, 0);
	const struct node *list = report.body->first;

	cr_expect_str_eq(list->first->number, "3.");
	cr_expect_str_eq(list->last->number, "4.");
	cr_expect(list->ordered && !list->next->ordered);
	cr_expect_str_eq(list->next->first->number, "");
}

/* ---- attachments, dates, anchors ------------------------------------------------------ */

Test(document, attachments_without_a_place_stand_at_the_end, ARENA)
{
	static const struct listed listed = { "台账", "县司法局", "../attachments/sfj/1.csv" };
	struct report with = {
		.title = "报告", .issuer = "", .attachments = &listed, .attachment_count = 1
	};
	static const struct {
		const char *frame;
		int attached;
		const char *outline;
	} frames[] = {
		{ "文。\n", 1, ". 文。\n[attachments]\n" },
		{ "文。\n", 0, ". 文。\n" },
		{ "文。\n\n{{report.signature}}\n", 1, ". 文。\n[signature]\n[attachments]\n" },
		{ "{{report.attachments}}\n\n文。\n", 1, "[attachments]\n. 文。\n" },
	};

	for (size_t i = 0; i < COUNT_OF(frames); i++) {
		struct report report =
		    build(frames[i].frame, NULL, 0, frames[i].attached ? &with : NULL, 0);
		cr_expect_str_eq(outline(&report), frames[i].outline);
	}
}

Test(document, dates_without_padding_zeros, ARENA)
{
	cr_expect_str_eq(chinese_date("2022-03-01", &arena), "2022年3月1日");
	cr_expect_str_eq(chinese_date("2022-12-31", &arena), "2022年12月31日");
	cr_expect_str_eq(chinese_date(NULL, &arena), "");
}

static void anchors_of(const struct node *parent, struct buf *out)
{
	for (const struct node *node = parent->first; node; node = node->next) {
		if (node->anchor)
			buf_addf(out, "%s ", node->anchor);
		anchors_of(node, out);
	}
}

Test(document, anchors_are_unique, ARENA)
{
	static const struct chapter_text chapters[] = {
		{ .id = "reform", .title = "", .markdown = "## 甲\n\n文。\n\n## 乙\n\n文。\n" },
		{ .id = "plan", .title = "", .markdown = "## 丙\n\n### 丁\n\n文。\n" },
		{ .id = "decision", .title = "决策", .markdown = "## 戊\n\n文。\n" },
	};
	struct report report = build(
	    "# 子\n\n{{chapter.reform}}\n\n{{chapter.plan}}\n\n# 丑\n\n{{chapter.decision}}\n",
	    chapters, 3, NULL, 0);
	struct buf out = { 0 };

	anchors_of(report.body, &out);
	cr_expect_str_eq(buf_str(&out), "s1 s1-1-1 s1-1-2 s1-2-1 s1-2-1-1 s2 s2-1 s2-1-1 ");
	buf_release(&out);
}

/* Nesting without end costs no stack, and text without end no time. */
Test(document, hostile_sizes, ARENA, .timeout = 20)
{
	struct buf text = { 0 };

	for (int i = 0; i < 20000; i++)
		buf_adds(&text, i % 2 ? "> " : "- ");
	buf_adds(&text, "甲\n\n");
	for (int i = 0; i < 20000; i++)
		buf_adds(&text, "**");
	buf_adds(&text, "乙\n\n");
	for (int i = 0; i < 100000; i++)
		buf_adds(&text, "(");
	for (int i = 0; i < 20000; i++)
		buf_adds(&text, "{{");
	for (int i = 0; i < 20000; i++)
		buf_adds(&text, "[");
	struct report report = build(buf_str(&text), NULL, 0, NULL, 1);
	cr_expect(strlen(node_text(report.body, &arena)) > 100000);
	buf_release(&text);
}

/* ---- captions ------------------------------------------------------------------------- */

struct caption_case {
	const char *what;
	const char *chapter; /* edited by the office */
	const char *annex;
	const char *outline;
	const char *said;
};

#define TABLE "| a | b |\n|---|---|\n| 1 | 2 |\n"

/* clang-format off */
static const struct caption_case caption_cases[] = {
	{ "a caption stands before its table; a paragraph alone is one",
	    "## 甲\n\n表：许可事项 {#permits}\n\n" TABLE "\n表：没有表格\n\n乙。\n", NULL,
	    "（一） 甲\n  [表1 许可事项 #table-permits]\n  . 表：没有表格\n  . 乙。\n", "" },
	{ "a table without caption is not counted; one without a name gets one",
	    "## 甲\n\n" TABLE "\n乙。\n\n表:许可\n\n" TABLE, NULL,
	    "（一） 甲\n  [table]\n  . 乙。\n  [表1 许可 #tables-1]\n", "" },
	{ "two tables of one name: the second cannot be mentioned",
	    "表：甲 {#x}\n\n" TABLE "\n表：乙 {#x}\n\n" TABLE "\n见{{table.x}}。\n", NULL,
	    "[表1 甲 #table-x]\n[表2 乙 #tables-1]\n. 见表1。\n", "" },
	{ "a chart stands where its tag is alone, and is mentioned elsewhere",
	    "如{{chart.documents}}所示。\n\n{{chart.documents}}\n\n{{chart.decision.documents}}见上。\n", NULL,
	    ". 如图1所示。\n[图1 规范性文件管理情况 #chart-decision-documents]\n. 图1见上。\n", "" },
	{ "a chart stands once",
	    "{{chart.documents}}\n\n{{chart.documents}}\n", NULL,
	    "[图1 规范性文件管理情况 #chart-decision-documents]\n", "" },
	{ "a chart with nothing to show is left out, and not mentioned",
	    "{{chart.advisers}}\n\n见{{chart.advisers}}。\n", NULL,
	    ". 见〔缺〕。\n",
	    "chapters/decision.md:3: error: {{chart.advisers}} names no table or chart that stands in this report [narrative.reference]\n" },
	{ "what nobody knows is found",
	    "{{chart.weather}}\n\n见{{table.none}}。\n", NULL,
	    ". 〔缺〕\n. 见〔缺〕。\n",
	    "chapters/decision.md:1: error: {{chart.weather}} names no table or chart that stands in this report [narrative.reference]\n"
	    "chapters/decision.md:3: error: {{table.none}} names no table or chart that stands in this report [narrative.reference]\n" },
	{ "the text mentions what stands in the annex, whose numbers go on",
	    "表：甲\n\n" TABLE "\n见{{chart.documents}}和{{table.all}}。\n",
	    "# 主要指标\n\n表：全部 {#all}\n\n" TABLE "\n{{chart.decision.documents}}\n\n## 说明\n\n注。\n",
	    "[表1 甲 #tables-1]\n. 见图1和表2。\n[annex] 主要指标\n"
	    "[表2 全部 #table-all]\n[图1 规范性文件管理情况 #chart-decision-documents]\n 说明\n  . 注。\n", "" },
	{ "a name of the office's own is not given to a table without one",
	    "表：甲\n\n" TABLE "\n表：乙 {#1}\n\n" TABLE "\n见{{table.1}}。\n", NULL,
	    "[表1 甲 #tables-1]\n[表2 乙 #table-1]\n. 见表2。\n", "" },
	{ "an annex without title or content is none", "甲。\n", "# 主要指标\n", ". 甲。\n", "" },
	{ "no link of the text's own leads into the report",
	    "[表](#table-1)和[图](#chart-decision-documents)。\n", NULL, ". 表和图。\n", "" },
};
/* clang-format on */

Test(document, captions_are_numbered_and_mentioned, ARENA)
{
	for (size_t i = 0; i < COUNT_OF(caption_cases); i++) {
		const struct caption_case *c = &caption_cases[i];
		struct chapter_text chapter = { .id = "decision",
			.title = "",
			.markdown = c->chapter,
			.file = "chapters/decision.md" };

		annex_text = c->annex;
		struct report report = build("{{chapter.decision}}\n", &chapter, 1, NULL, 1);
		/* A chapter without heading begins at the second level. */
		const char *got = outline(&report), *wanted = c->outline;
		cr_expect(strcmp(got, wanted) == 0, "%s:\n%s", c->what, got);
		cr_expect(strcmp(said(), c->said) == 0, "%s:\n%s", c->what, said());
	}
	annex_text = NULL;
}

/* HTML and Word know no link in a link: who presses it would not know where he gets. */
Test(document, what_is_mentioned_in_a_link_is_none, ARENA)
{
	struct chapter_text chapter = { .id = "decision",
		.title = "",
		.markdown = "表：甲 {#x}\n\n" TABLE "\n[*见{{table.x}}*](https://a.cn/)\n",
		.file = "chapters/decision.md" };
	struct report report = build("{{chapter.decision}}\n", &chapter, 1, NULL, 1);
	const struct node *link = report.body->last->last->first;
	cr_assert_eq(link->kind, NODE_LINK);
	cr_expect_str_eq(node_text(link, &arena), "见表1");
	cr_assert_eq(link->last->kind, NODE_EMPHASIS);
	cr_expect_eq(link->last->last->kind, NODE_TEXT);
}

/* ---- pictures ------------------------------------------------------------ */

static const struct {
	const char *text, *outline;
	size_t found;
} picture_texts[] = {
	{ "![一张*好*图](好.png)", "[picture]\n", 0 },
	{ "前文。\n\n![图](好.png \"题\")\n\n后文。", ". 前文。\n[picture]\n. 后文。\n", 0 },
	{ "> ![图](好.png)", "[block]\n", 0 },
	{ "# 头\n\n![图](好.png)", "一、 头\n  [picture]\n", 0 },
	{ "![缺的图](缺.png)", ". 缺的图\n", 1 },
	{ "![](缺.png)", "", 1 },
	{ "见![图](好.png)。", ". 见图。\n", 1 },
	{ "![图](好.png)\n![图](好.png)", ". 图图\n", 2 },
	{ "# 头![图](好.png)\n\n文。", "一、 头图\n  . 文。\n", 1 },
};

Test(document, a_picture_of_the_office_is_set_alone_in_its_paragraph, ARENA)
{
	pictures = picture;
	for (size_t i = 0; i < COUNT_OF(picture_texts); i++) {
		struct report report = build(picture_texts[i].text, NULL, 0, NULL, 0);
		cr_expect_str_eq(
		    outline(&report), picture_texts[i].outline, "%s", picture_texts[i].text);
		cr_expect_eq(findings.count, picture_texts[i].found, "%s", picture_texts[i].text);
	}
}

Test(document, a_picture_is_told_by_its_description, ARENA)
{
	pictures = picture;
	struct report report = build("![一张*好*图](好.png)", NULL, 0, NULL, 0);
	const struct node *node = report.body->first;
	cr_expect_str_eq(node->text, "一张好图");
	cr_expect_eq(node->picture->width, 4);
	cr_expect_str_eq(node->place.file, "frame.md");
	cr_expect_eq(node->place.line, 1);
	build("文。\n\n![](坏.png)", NULL, 0, NULL, 0);
	cr_expect_str_eq(said(), "frame.md:3: warning: the picture '坏.png' is not set, its "
	                         "description stands there instead: there is no such file "
	                         "[narrative.picture]\n");
}

/* What a department wrote: its words, and no finding, for intake had one. */
Test(document, a_picture_of_a_department_stays_its_words, ARENA)
{
	const struct chapter_text composed = {
		.id = "plan", .title = "计划", .markdown = "## 点\n\n文。\n\n![图](好.png)\n"
	};
	pictures = picture;
	struct report report = build("{{chapter.plan}}", &composed, 1, NULL, 0);
	cr_expect_str_eq(outline(&report), "一、 计划\n  （一） 点 | 文。\n    . 图\n");
	cr_expect_eq(findings.count, 0);
}

/* ---- a paper of its own -------------------------------------------------- */

static const struct {
	const char *text, *given, *title, *outline;
	int as_written;
} papers[] = {
	{ "# 题\n\n文。\n\n## 甲\n\n### 乙\n\n文。\n\n## 丙\n\n文。", NULL, "题",
	    ". 文。\n一、 甲\n  （一） 乙\n    . 文。\n二、 丙\n  . 文。\n", 0 },
	{ "# 题\n\n### 一、甲\n\n文。\n\n#### 1．乙\n\n文。", NULL, "题",
	    "一、 甲\n  . 文。\n  （一） 乙\n    . 文。\n", 0 },
	{ "# 题\n\n# 甲\n\n## 乙\n\n文。", NULL, "题", "一、 甲\n  （一） 乙\n    . 文。\n", 0 },
	{ "文。\n\n题\n==\n\n甲\n--\n\n文。", NULL, "题", ". 文。\n一、 甲\n  . 文。\n", 0 },
	{ "# 甲\n\n文。\n\n## 乙\n\n文。", "别的题", "别的题",
	    "一、 甲\n  . 文。\n  （一） 乙\n    . 文。\n", 0 },
	{ "## 甲\n\n文。", "别的题", "别的题", "一、 甲\n  . 文。\n", 0 },
	{ "# 题\n\n## 第一章 总则\n\n### 1．范围\n\n文。", NULL, "题",
	    " 第一章 总则\n   1．范围\n    . 文。\n", 1 },
	{ "文。", NULL, NULL, ". 文。\n", 0 },
	{ "#\n\n# *题*`1`\n\n文。", NULL, "题1", ". 文。\n", 0 },
};

Test(document, a_paper_has_its_title_and_levels_from_its_headings, ARENA)
{
	for (size_t i = 0; i < COUNT_OF(papers); i++) {
		struct report report = { .title = papers[i].given, .issuer = "" };
		struct err err;
		findings_init(&findings, &arena);
		cr_assert_eq(document_build(&report,
		                 &(struct document_source){ .frame = papers[i].text,
		                     .frame_size = strlen(papers[i].text),
		                     .frame_file = "a.md",
		                     .resolve = resolve,
		                     .paper = 1,
		                     .as_written = papers[i].as_written },
		                 &arena, &findings, &err),
		    0);
		cr_expect_str_eq(outline(&report), papers[i].outline, "%s", papers[i].text);
		cr_expect_eq(report.title == NULL, papers[i].title == NULL);
		if (papers[i].title && report.title)
			cr_expect_str_eq(report.title, papers[i].title);
		cr_expect_eq(findings.count, 0, "%s", said());
	}
}

/* GB/T 9704-2012, 7.3.2. */
static const struct {
	const char *text;
	unsigned addressee;
} openings[] = {
	{ "各乡镇人民政府，县政府各部门：\n\n一段。\n", 1 },
	{ "现将有关情况报告如下：\n", 0 },
	{ "全县推进依法行政。具体举措：\n", 0 },
	{ "根据《规定》，报告以下事项：\n", 0 },
	{ "各乡镇人民政府\n", 0 },
	{ "：\n", 0 },
	{ "## 一\n\n县司法局：\n", 0 },
};

Test(document, whom_a_paper_is_sent_to_is_known_by_its_colon, ARENA)
{
	for (size_t i = 0; i < COUNT_OF(openings); i++) {
		struct report report = build(openings[i].text, NULL, 0, NULL, 0);
		cr_expect_eq(
		    report.body->first->addressee, openings[i].addressee, "%s", openings[i].text);
	}
}

/* GB/T 9704-2012, 7.3.4: what is attached to a paper, "/" between titles; "" nothing. */
static const struct {
	const char *text, *titles;
} notes[] = {
	{ "文。\n\n附件：报送表\n", "报送表/" },
	{ "## 一\n\n文。\n\n附件：1.报送表\n", "报送表/" },
	{ "文。\n\n附件：\n\n1. 报送表\n2. 名单\n\n特此通知。\n", "报送表/名单/" },
	{ "文。\n\n附件：1.甲2.乙\n", "" },
	{ "附件：详见网站。\n", "" },
	{ "附件：\n\n文。\n", "" },
	{ "附件：\n\n1. 甲\n\n   乙\n2. 丙\n", "" },
	{ "附件：", "" },
};

Test(document, what_is_attached_to_a_paper_is_listed, ARENA)
{
	for (size_t i = 0; i < COUNT_OF(notes); i++) {
		struct report report = { .title = "题", .issuer = "" };
		struct document_source source = { .frame = notes[i].text,
			.frame_size = strlen(notes[i].text),
			.frame_file = "a.md",
			.resolve = resolve,
			.paper = 1 };
		struct err err;
		const char *titles = "";
		findings_init(&findings, &arena);
		cr_assert_eq(document_build(&report, &source, &arena, &findings, &err), 0);
		for (size_t k = 0; k < report.attachment_count; k++)
			titles = arena_printf(&arena, "%s%s/", titles, report.attachments[k].title);
		cr_expect_str_eq(titles, notes[i].titles, "%s", notes[i].text);
	}
}
