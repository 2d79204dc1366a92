/* Documents as the Markdown of a narrative. */
#include "office/prose_markdown.h"

#include "base/markdown.h"
#include "built.h"

static struct prose prose;
static struct prose_markdown markdown;

#define P(text) "<w:p><w:r><w:t xml:space=\"preserve\">" text "</w:t></w:r></w:p>"
#define H(level, text)                                                                             \
	"<w:p><w:pPr><w:pStyle w:val=\"h" level "\"/></w:pPr><w:r><w:t>" text "</w:t></w:r></w:p>"
#define B(text) "</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>" text "</w:t></w:r><w:r><w:t>"
#define HEADING(level)                                                                             \
	"<w:style w:type=\"paragraph\" w:styleId=\"h" level "\"><w:name w:val=\"heading " level    \
	"\"/></w:style>"
#define CELL(text) "<w:tc>" P(text) "</w:tc>"

static const char *topic(void *self, unsigned paragraph)
{
	return paragraph == *(unsigned *)self ? "study" : NULL;
}

static void set(const char *body, const struct prose_range *range)
{
	struct err err = { 0 };
	struct buf bytes = build_docx(body,
	    "<w:styles " W ">" HEADING("1") HEADING("2")
	        HEADING("3") "<w:style w:type=\"paragraph\" w:styleId=\"NbGuidance\"/></w:styles>",
	    NULL);
	cr_assert_eq(
	    prose_read(&prose, "a.docx", &bytes, NULL, &scratch_arena, &err), 0, "%s", err.text);
	const struct prose_range all = { .to = prose.count };
	prose_markdown(&prose, range ? range : &all, &markdown, &scratch_arena);
	size_t lines = 0;
	for (const char *p = markdown.text; *p; p++)
		lines += *p == '\n';
	cr_expect_eq(markdown.lines, lines);
}

Test(office, markdown_cases, SCRATCH)
{
	static const struct {
		const char *body, *markdown;
	} cases[] = {
		/* Styled headings; their typed numbers go, those of other paragraphs stay. */
		{ H("2", "（一）受理") P("全年受理14件。") P("（1）其中2件") H("3", "1.审结")
		        P("审结12件。"),
		    "## 受理\n\n全年受理14件。\n\n（1）其中2件\n\n### 审结\n\n审结12件。\n\n" },
		{ P("开篇。") H("3", "受理。全年14件。"), "开篇。\n\n## 受理\n\n全年14件。\n\n" },
		{ H("2", "受理</w:t><w:br/><w:t>情况。") P("甲"), "## 受理情况\n\n甲\n\n" },
		/* Typed numbers: the highest kind opens points, the next one sub-points. */
		{ P("（一）受理。全年14件。") P("（二）审结。全年12件。"),
		    "## 受理\n\n全年14件。\n\n## 审结\n\n全年12件。\n\n" },
		{ P("（一）受理") P("1.来源。群众12件。") P("2.领域。公安2件。") P("（二）审结")
		        P("共12件。"),
		    "## 受理\n\n### 来源\n\n群众12件。\n\n### 领域\n\n公安2件。\n\n## "
		    "审结\n\n共12件。\n\n" },
		{ P("1.受理。甲。") P("2.审结。乙。"), "## 受理\n\n甲。\n\n## 审结\n\n乙。\n\n" },
		{ P("一是加强学习。甲。") P("二是强化监督。乙。"),
		    "## 加强学习\n\n甲。\n\n## 强化监督\n\n乙。\n\n" },
		{ P("（一）学习。如下：") P("一是学法。好。") P("二是用法。好。"),
		    "## 学习\n\n如下：\n\n一是学法。好。\n\n二是用法。好。\n\n" },
		/* Entries of an enumeration open nothing. */
		{ P("做了以下工作：") P("1.学法；") P("2.用法。"),
		    "做了以下工作：\n\n1.学法；\n\n2.用法。\n\n" },
		{ P("（一）学习。如下：") P("1."
		                            "全年举办法治讲座十二次，参加的干部群众有三千五百人次，"
		                            "发放各类宣传材料一万二千份。") P("2.学。好。"),
		    "## "
		    "学习\n\n如下：\n\n1."
		    "全年举办法治讲座十二次，参加的干部群众有三千五百人次，发放各类宣传材料一万二千"
		    "份。"
		    "\n\n2.学。好。\n\n" },
		{ P("（一）培训。如下：") P("1.开展培训3次。") P("2.考试2次。") P("均已完成。"),
		    "## 培训\n\n如下：\n\n1.开展培训3次。\n\n2.考试2次。\n\n均已完成。\n\n" },
		{ P("1.5亿元资金。到位。") P("2021年。甲。"),
		    "1.5亿元资金。到位。\n\n2021年。甲。\n\n" },
		{ P("3.学法。甲。"), "3.学法。甲。\n\n" },
		/* The 。 of a quotation ends no headline. */
		{ P("（一）学习“全面依法治国。”精神。甲。"),
		    "## 学习“全面依法治国。”精神\n\n甲。\n\n" },
		/* What is Markdown's. */
		{ P("a*b_c [x] &lt;y&gt; `z` | \\ # 1. {x}"),
		    "a\\*b\\_c \\[x\\] \\<y\\> \\`z\\` \\| \\\\ # 1. \\{x\\}\n\n" },
		{ P("# 甲") P("- 乙") P("1. 丙") P("=== ") P("　　丁　"),
		    "\\# 甲\n\n\\- 乙\n\n1\\. 丙\n\n\\===\n\n丁\n\n" },
		{ P("受理{{reconsideration_received}}件，{{ a*b"),
		    "受理{{reconsideration_received}}件，\\{\\{ a\\*b\n\n" },
		/* Bold from letter to letter. */
		{ P("全年" B("“受理”") "14件"), "全年“**受理**”14件\n\n" },
		{ P(B("受理，") "甲" B("。") B("{{a}}") "乙"), "**受理**，甲。{{a}}乙\n\n" },
		{ H("2", B("受理") "情况") P("甲"), "## 受理情况\n\n甲\n\n" },
		/* Lines set apart by hand. */
		{ "<w:p><w:r><w:t>（一）受理。甲。</w:t><w:br/><w:t>（二）审结。乙。</w:t></w:r></"
		  "w:p>",
		    "## 受理\n\n甲。\n\n## 审结\n\n乙。\n\n" },
		/* Pictures. */
		{ "<w:p><w:r><w:t>见</w:t><w:drawing><wp:docPr descr=\"现[场\"/><a:blip "
		  "r:embed=\"rId3\"/>"
		  "</w:drawing><w:t>图</w:t></w:r></w:p>",
		    "见![现\\[场](<image1.png>)图\n\n" },
		/* Tables; a frame around a text is none. */
		{ "<w:tbl><w:tr>" CELL("单位") CELL("件|数") "</w:tr><w:tr>" CELL("")
		        CELL("3") "</w:tr></w:tbl>",
		    "| 单位 | 件\\|数 |\n|---|---|\n| | 3 |\n\n" },
		{ "<w:tbl><w:tr>" CELL("框内") "</w:tr></w:tbl>", "框内\n\n" },
		{ "<w:tbl><w:tr><w:tc>" P("甲")
		        P("乙") "</w:tc>" CELL("丙") "</w:tr></w:tbl>" P("末"),
		    "| 甲 乙 | 丙 |\n|---|---|\n\n末\n\n" },
		/* Guidance is not the writer's. */
		{ "<w:p><w:pPr><w:pStyle "
		  "w:val=\"NbGuidance\"/></w:pPr><w:r><w:t>可写：甲</w:t></w:r></w:p>" P("乙"),
		    "乙\n\n" },
		{ "", "" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		set(cases[i].body, NULL);
		cr_expect_str_eq(
		    markdown.text, cases[i].markdown, "case %zu:\n%s", i, markdown.text);
	}
}

static void plain(const struct md_node *node, struct buf *out)
{
	if (node->text)
		buf_adds(out, node->text);
	for (const struct md_node *child = node->first; child; child = child->next)
		plain(child, out);
}

/* Whatever is written, it reads back as it was. */
Test(office, markdown_reads_back, SCRATCH)
{
	static const char *const lines[] = { "~~~", "+ a", "* a", "1) a", "[a]: b", "![a](b)",
		"&amp;amp;", "a  b", "**a**", "__a__", "--- ", "    a", "&gt; a", "a\\*b", "\\",
		"1986. ", "http://a.b", "|a|b|", "|---|---|", "```", "&lt;!-- a --&gt;", "a#",
		"{#x}" };
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct buf body = { 0 }, read = { 0 };
		buf_addf(&body, P("%s"), lines[i]);
		set(body.data, NULL);
		const struct md_node *root =
		    markdown_read(&scratch_arena, markdown.text, markdown.size);
		cr_assert(root->first && !root->first->next, "%s", lines[i]);
		cr_expect_eq(root->first->kind, MD_PARAGRAPH, "%s", lines[i]);
		plain(root, &read);
		const char *text = prose.paragraphs[0].text;
		text += strspn(text, " ");
		cr_expect_eq(strncmp(text, buf_str(&read), read.len), 0, "'%s' reads '%s'", text,
		    buf_str(&read));
		buf_release(&body);
		buf_release(&read);
	}
}

Test(office, markdown_range_and_topics, SCRATCH)
{
	unsigned paragraph = 4;
	const struct prose_range range = { .from = 1, .to = 4, .topic = topic, .self = &paragraph };
	set(H("1", "一、监督") H("2", "受理") P("甲") H("2", "审结") P("乙"), &range);
	cr_expect_str_eq(markdown.text, "## 受理\n\n甲\n\n## 审结 {#study}\n\n");
	cr_expect_eq(prose_markdown_paragraph(&markdown, 1), 2);
	cr_expect_eq(prose_markdown_paragraph(&markdown, 3), 3);
	cr_expect_eq(prose_markdown_paragraph(&markdown, 5), 4);
	cr_expect_eq(prose_markdown_paragraph(&markdown, 0), 0);
	cr_expect_eq(prose_markdown_paragraph(&markdown, 99), 0);
	cr_expect_str_eq(prose_heading(&prose.paragraphs[0], &scratch_arena), "监督");
}

Test(office, markdown_of_tables, SCRATCH)
{
	set("<w:tbl><w:tr>" CELL("a") CELL("b") "</w:tr><w:tr>" CELL("c")
	        CELL("d") "</w:tr></w:tbl>"
	                  "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"999\"/></w:tcPr>" P(
	                      "宽") "</w:tc>" CELL("e") "</w:tr></w:tbl>",
	    NULL);
	cr_expect_str_eq(markdown.text, "| a | b |\n|---|---|\n| c | d |\n\n宽\n\ne\n\n");
	cr_expect_eq(prose_markdown_paragraph(&markdown, 1), 1);
	cr_expect_eq(prose_markdown_paragraph(&markdown, 3), 3);
}

/* A megabyte of what is looked at closely. */
Test(office, markdown_of_much, SCRATCH)
{
	static const char *const pieces[] = { "{", "{{", "“", "（一）", "*", "{{a}}", "**" };
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		struct buf body = { 0 };
		buf_adds(&body, "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>");
		for (size_t n = 0; n < 100000; n++)
			buf_adds(&body, pieces[i]);
		buf_adds(&body, "</w:t></w:r></w:p>");
		set(body.data, NULL);
		cr_expect_gt(markdown.size, 50000);
		buf_release(&body);
	}
}
