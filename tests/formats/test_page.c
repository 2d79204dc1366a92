/*
 * test_page.c: what the web page has of its own: figures that lead to their row in the annex,
 * tables by their size, pictures inside the page.
 */
#include "base/buf.h"
#include "formats/format.h"

#include "../document/doc.h"

static const char *page_of(const struct report *report)
{
	static const char look[] = "{{{contents}}}|{{contents_on_paper}}|{{{body}}}";
	struct buf out = { 0 };
	struct err err;

	struct setting setting = {
		.look = look, .look_size = strlen(look), .arena = &arena, .findings = &findings
	};
	cr_assert_eq(format_html.render(report, &setting, &out, &err), 0, "%s", err.text);
	const char *text = arena_strdup(&arena, buf_str(&out));
	buf_release(&out);
	return text;
}

static size_t count_of(const char *text, const char *what)
{
	size_t n = 0;
	for (; (text = strstr(text, what)) != NULL; text += strlen(what))
		n++;
	return n;
}

/* ---- figures and the annex ------------------------------------------------------- */

static struct report with_annex(const char *text, const char *annex)
{
	annex_text = annex;
	struct report report = build(text, NULL, 0, NULL, 0);
	annex_text = NULL;
	return report;
}

/* The first row whose first figure is the county's value is where that figure is told of. */
Test(formats, figures_lead_to_their_row, ARENA)
{
	struct report report = with_annex(
	    "一{{decision.documents_passed}}，二{{sfj.decision.documents_passed}}，"
	    "三{{decision.villages}}，[四{{decision.documents_passed}}](https://a.cn/)。\n",
	    "# 主要指标\n\n"
	    "| 指标 | 数 |\n|---|---|\n"
	    "| 县司法局 | {{sfj.decision.documents_passed}} |\n"
	    "| 通过 | {{decision.documents_passed}} {{decision.villages}} |\n\n"
	    "## 又一处\n\n"
	    "| 指标 | 数 |\n|---|---|\n| 通过 | {{decision.documents_passed}} |\n");
	const char *page = page_of(&report);
	static const char *const once[] = {
		"<section class=\"annex\" id=\"annex\">\n<h2><span class=\"mark\">附表</span> "
		"主要指标</h2>",
		"<li><a href=\"#annex\">附表　主要指标</a></li>",
		"<h3>又一处</h3>",
		"<tr id=\"f-decision.documents_passed\"><th scope=\"row\">通过</th>",
		"<tr><th scope=\"row\">县司法局</th>",
		"<tr><th scope=\"row\">通过</th>",
		"一<span class=\"figure\" tabindex=\"-1\"><a href=\"#f-decision.documents_passed\" "
		"aria-description=\"指标：6件&#10;报送单位：县司法局、县政府办\"><data ",
		"二<span class=\"figure\" tabindex=\"-1\"><a href=\"#f-decision.documents_passed\" "
		"aria-description=\"指标：4件&#10;报送单位：县司法局\"><data ",
		/* Its row is another figure's. */
		"三<span class=\"figure\" tabindex=\"0\" aria-description=\"指标：不适用",
		/* A link holds no other. */
		"<a href=\"https://a.cn/\">四<data ",
	};

	for (size_t i = 0; i < COUNT_OF(once); i++)
		cr_expect(
		    count_of(page, once[i]) == 1, "%s\nis not there once:\n%s", once[i], page);
	/* The rows tell it all themselves. */
	cr_expect_eq(count_of(page, "class=\"figure\""), 3);
	cr_expect_eq(count_of(page, "<data "), 8);
}

Test(formats, contents_lead_to_all_there_is, ARENA)
{
	static const struct listed listed = { "台账", "县司法局", "a.csv" };
	static const struct report given = { .title = "报告",
		.region = "",
		.issuer = "",
		.contents = 1,
		.attachments = &listed,
		.attachment_count = 1 };
	struct report report =
	    build("# 甲\n\n## 乙\n\n### 丙\n\n文。\n\n# 丁\n\n文。\n", NULL, 0, &given, 0);
	const char *page = page_of(&report);

	static const char contents[] = "<ol>\n<li><a href=\"#s1\">一、甲</a>\n<ol>\n"
	                               "<li><a href=\"#s1-1\">（一）乙</a></li>\n</ol>\n</li>\n"
	                               "<li><a href=\"#s2\">二、丁</a></li>\n"
	                               "<li><a href=\"#attachments\">附件</a></li>\n</ol>\n|true|";

	cr_expect(strncmp(page, contents, strlen(contents)) == 0, "%s", page);
	cr_expect_eq(count_of(page, " id=\"attachments\""), 1);

	report = build("文。\n", NULL, 0, NULL, 0);
	cr_expect(strncmp(page_of(&report), "|false|", 7) == 0);
}

/* ---- tables ------------------------------------------------------------------------ */

static const char *table_of(size_t columns, size_t rows)
{
	struct buf text = { 0 };
	for (size_t r = 0; r < rows + 1; r++) {
		for (size_t c = 0; c < columns; c++)
			buf_adds(&text, c ? " 甲 |" : "| 甲 |");
		buf_addc(&text, '\n');
		for (size_t c = 0; r == 0 && c < columns; c++)
			buf_adds(&text, c ? "---|" : "|---|");
		buf_adds(&text, r == 0 ? "\n" : "");
	}
	const char *table = arena_strdup(&arena, buf_str(&text));
	buf_release(&text);
	return table;
}

/* What the style sheet goes by on paper. */
Test(formats, tables_are_classed_by_their_size, ARENA)
{
	static const struct {
		size_t columns, rows;
		const char *classes;
	} cases[] = {
		{ 1, 0, "table" },
		{ 8, 14, "table" },
		{ 8, 15, "table long" },
		{ 9, 1, "table broad" },
		{ 16, 1, "table broad" },
		{ 17, 1, "table broad crowded" },
		{ 40, 99, "table broad crowded long" },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct report report =
		    build(table_of(cases[i].columns, cases[i].rows), NULL, 0, NULL, 0);
		const char *page = page_of(&report);
		cr_expect(strstr(page, arena_printf(&arena,
		                           "<div class=\"%s\" tabindex=\"0\" role=\"group\" "
		                           "aria-label=\"表格1\"><table>",
		                           cases[i].classes)),
		    "%zu columns, %zu rows:\n%s", cases[i].columns, cases[i].rows, page);
	}
}

/* ---- pictures ----------------------------------------------------------------------- */

static void append_picture(struct report *report, const struct picture *picture, const char *text)
{
	struct node *node = arena_alloc(&arena, sizeof *node);
	*node = (struct node){
		.kind = NODE_PICTURE, .picture = picture, .text = text, .parent = report->body
	};
	report->body->last->next = node;
	report->body->last = node;
}

Test(formats, whom_a_paper_is_sent_to_stands_flush_left, ARENA)
{
	struct report report = build("各乡镇人民政府：\n\n一段。\n", NULL, 0, NULL, 0);
	cr_expect(
	    strstr(page_of(&report), "<p class=\"addressee\">各乡镇人民政府：</p>\n<p>一段。</p>"));
}

Test(formats, pictures_are_part_of_the_page, ARENA)
{
	static const struct picture png = { "\x89PNG\r\n", 6, 0, 640, 480 };
	static const struct picture jpeg = { "\xff\xd8\xff", 3, 1, 3, 2 };
	struct report report = build("文。\n", NULL, 0, NULL, 0);

	append_picture(&report, &png, "执法\"流程\"<图>");
	append_picture(&report, &jpeg, "");
	cr_expect_str_eq(strrchr(page_of(&report), '|') + 1,
	    "<p>文。</p>\n"
	    "<figure class=\"picture\"><img width=\"640\" height=\"480\" "
	    "alt=\"执法&quot;流程&quot;&lt;图&gt;\" src=\"data:image/png;base64,iVBORw0K\">"
	    "<figcaption>执法&quot;流程&quot;&lt;图&gt;</figcaption></figure>\n"
	    "<figure class=\"picture\"><img width=\"3\" height=\"2\" alt=\"\" "
	    "src=\"data:image/jpeg;base64,/9j/\"></figure>\n");
}
