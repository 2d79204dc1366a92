/* Markdown into a tree with positions, whatever is thrown at it. */
#include "base/markdown.h"

#include "found.h"

static const char *const kind_names[] = { [MD_DOCUMENT] = "doc",
	[MD_HEADING] = "h",
	[MD_PARAGRAPH] = "p",
	[MD_LIST] = "list",
	[MD_ITEM] = "item",
	[MD_QUOTE] = "quote",
	[MD_CODE_BLOCK] = "pre",
	[MD_TABLE] = "table",
	[MD_ROW] = "row",
	[MD_CELL] = "cell",
	[MD_RULE] = "hr",
	[MD_TEXT] = "text",
	[MD_STRONG] = "b",
	[MD_EMPHASIS] = "i",
	[MD_CODE] = "code",
	[MD_LINK] = "a",
	[MD_IMAGE] = "img",
	[MD_BREAK] = "br" };

/* The tree as "h2{text} p{a <target> …}". */
static void dump(const struct md_node *node, struct buf *out)
{
	for (; node; node = node->next) {
		if (out->len && !strchr("{ ", out->data[out->len - 1]))
			buf_addc(out, ' ');
		if (node->kind == MD_TEXT) {
			buf_addf(out, "'%s'", node->text);
			continue;
		}
		buf_adds(out, kind_names[node->kind]);
		if (node->kind == MD_HEADING || (node->kind == MD_ROW && node->level))
			buf_addf(out, "%u", node->level);
		if (node->kind == MD_LIST && node->start)
			buf_addf(out, "%u", node->start);
		if (node->kind == MD_CELL && node->align)
			buf_addc(out, " <^>"[node->align]);
		if (node->target)
			buf_addf(out, "<%s>", node->target);
		if (node->first) {
			buf_addc(out, '{');
			dump(node->first, out);
			buf_addc(out, '}');
		}
	}
}

static const struct {
	const char *source, *tree;
} trees[] = {
	{ "", "" },
	{ "一段\n续行\n\n二段", "p{'一段\n续行'} p{'二段'}" },
	{ "# 一\n## 二 ##\n###### 六\n####### 七", "h1{'一'} h2{'二'} h6{'六'} p{'####### 七'}" },
	{ "标题\n===\n小标题\n---\n", "h1{'标题'} h2{'小标题'}" },
	{ "##\n", "h2" },
	{ "**重** *轻* `码` [链](http://x \"题\") ![图](a.png)",
	    "p{b{'重'} ' ' i{'轻'} ' ' code{'码'} ' ' a<http://x>{'链'} ' ' "
	    "img<a.png>{'图'}}" },
	{ "甲  \n乙\\\n丙", "p{'甲' br '乙' br '丙'}" },
	{ "- 甲\n- 乙\n  - 丙\n", "list{item{'甲'} item{'乙' list{item{'丙'}}}}" },
	{ "3. 甲\n4. 乙\n", "list3{item{'甲'} item{'乙'}}" },
	{ "0. 甲\n", "list1{item{'甲'}}" },
	{ "> 引\n\n---\n\n```\n码 {{x}}\n```\n", "quote{p{'引'}} hr pre{'码 {{x}}\n'}" },
	{ "|甲|乙|丙|\n|:---|:--:|--:|\n|1|2|3|\n",
	    "table{row1{cell<{'甲'} cell^{'乙'} cell>{'丙'}} row{cell<{'1'} cell^{'2'} "
	    "cell>{'3'}}}" },
	/* Clerks indent paragraphs. */
	{ "    缩进四格", "p{'缩进四格'}" },
	{ "　　全角缩进", "p{'　　全角缩进'}" },
	{ "　　甲。\n　　乙**丙**\n　　丁。\n　戊。",
	    "p{'　　甲。'} p{'　　乙' b{'丙'}} p{'　　丁。\n　戊。'}" },
	{ "甲：\n　　乙。", "p{'甲：'} p{'　　乙。'}" },
	{ "- 甲\n　　乙", "list{item{'甲\n　　乙'}}" },
	/* Raw HTML is text. */
	{ "<script>x</script>\n\n甲<b>乙</b>", "p{'<script>x</script>'} p{'甲<b>乙</b>'}" },
	/* Entities that people write, and those that must not become what they say. */
	{ "&lt;&amp;&nbsp;&times;&#19968;&#x4E8C;", "p{'<&\u00A0×一二'}" },
	{ "&copy;&#10;&#0;&#x7F;&#x110000;&#xD800;&;",
	    "p{'&copy;&#10;&#0;&#x7F;&#x110000;&#xD800;&;'}" },
	{ "[甲](http://x?a&amp;b)", "p{a<http://x?a&b>{'甲'}}" },
	/* Not bold by CommonMark's flanking rule. */
	{ "**“加粗”**后接", "p{'**“加粗”**后接'}" },
	{ "\\# \\*甲\\*", "p{'# *甲*'}" },
};

Test(base, markdown_tree)
{
	struct arena arena = { 0 };

	for (size_t i = 0; i < COUNT(trees); i++) {
		struct buf out = { 0 };
		struct md_node *root =
		    markdown_read(&arena, trees[i].source, strlen(trees[i].source));

		cr_expect_eq(root->kind, MD_DOCUMENT);
		dump(root->first, &out);
		SAME_TEXT(buf_str(&out), trees[i].tree, trees[i].source);
		buf_release(&out);
	}
	arena_release(&arena);
}

static void lines_of(const struct md_node *node, const char *source, struct buf *out)
{
	for (; node; node = node->next) {
		if (node->kind != MD_TEXT)
			buf_addf(out, "%s:%u ", kind_names[node->kind],
			    markdown_line(source, node->offset));
		lines_of(node->first, source, out);
	}
}

/* Where things stand: a block where its first text is. */
Test(base, markdown_lines)
{
	static const struct {
		const char *source, *lines;
	} cases[] = {
		{ "甲\n\n## 乙\n\n丙\n丁 **戊**\n", "p:1 h:3 p:5 b:6 " },
		{ "\n\n- 甲\n- 乙\n\n  丙\n", "list:3 item:3 p:3 item:4 p:4 p:6 " },
		{ "|甲|乙|\n|---|---|\n|1|2|\n",
		    "table:1 row:1 cell:1 cell:1 row:3 cell:3 cell:3 " },
		{ "题\n==\n\n> 甲\n", "h:1 quote:4 p:4 " },
		{ "甲\n\n![图](a.png)\n", "p:1 p:3 img:3 " },
		/* Pictures without words for them, as converters write them. */
		{ "甲\n\n![](a.png)\n\n乙\n\n![](b.png)", "p:1 p:3 img:3 p:5 p:7 img:7 " },
		{ "甲\n\n乙\n[](http://x)\n", "p:1 p:3 a:4 " },
	};
	struct arena arena = { 0 };

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buf out = { 0 };

		lines_of(markdown_read(&arena, cases[i].source, strlen(cases[i].source))->first,
		    cases[i].source, &out);
		SAME_TEXT(buf_str(&out), cases[i].lines, cases[i].source);
		buf_release(&out);
	}
	cr_expect_eq(markdown_line("a\nb\n", 0), 1);
	cr_expect_eq(markdown_line("a\nb\n", 2), 2);
	cr_expect_eq(markdown_line("a\nb\n", 4), 3);
	arena_release(&arena);
}

static size_t deepest(const struct md_node *node)
{
	size_t depth = 0;

	for (; node; node = node->next) {
		size_t below = deepest(node->first) + 1;

		depth = below > depth ? below : depth;
	}
	return depth;
}

static size_t bytes_in(const struct md_node *node)
{
	size_t n = 0;

	for (; node; node = node->next)
		n += (node->text ? strlen(node->text) : 0) + bytes_in(node->first);
	return n;
}

/* Memory in use, asked of the system. */
static size_t resident(void)
{
	FILE *file = fopen("/proc/self/statm", "r");
	unsigned long pages = 0, in_memory = 0;

	cr_assert(file && fscanf(file, "%lu %lu", &pages, &in_memory) == 2);
	fclose(file);
	return in_memory * 4096;
}

/* A megabyte of anything costs little time and no more memory than a few hundred megabytes. */
/* Wide blanks where Markdown takes plain ones only; everywhere else they stay. */
Test(base, markdown_plain)
{
	static const struct {
		const char *source, *plain;
	} cases[] = {
		{ "", "" },
		{ "##　标题", "## 标题" },
		{ "##\u00A0标题　", "## 标题 " },
		{ "　　## 标题", "  ## 标题" },
		{ "## 标　题　{#plan}　\n", "## 标　题 {#plan} \n" },
		{ "##　", "## " },
		{ "　　\n\u00A0\n　", "  \n \n " },
		{ "　| 甲 | 乙　|\u00A0", " | 甲 | 乙　| " },
		{ "　　正文　甲\u00A0乙　\n", "　　正文　甲\u00A0乙　\n" },
		{ "##标题　\n#######　甲", "##标题　\n#######　甲" },
		{ "-　甲\n1.　乙", "-　甲\n1.　乙" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buf text = { 0 };

		buf_adds(&text, cases[i].source);
		markdown_plain(&text);
		SAME_TEXT(buf_str(&text), cases[i].plain, cases[i].source);
		buf_release(&text);
	}
}

Test(base, markdown_hostile)
{
	static const struct {
		const char *before, *again;
		size_t times;
		const char *after;
		size_t keep; /* text that must still be there, bytes */
	} cases[] = {
		{ "", "(", 1000000, "", 1000000 },
		{ "", "*", 1000001, "甲", 3 },
		{ "", "> ", 500000, "甲", 3 },
		{ "", "- ", 500000, "甲", 3 },
		{ "", "[", 1000000, "", 1000000 },
		{ "", "![", 500000, "](x)", 100 },
		{ "", "[a](", 250000, "", 1000 },
		{ "", "[a](<b", 160000, "", 1000 },
		{ "", "**a ", 250000, "", 999999 },
		{ "", "_a *b ", 160000, "", 100000 },
		{ "", "`a``", 250000, "", 1000 },
		{ "", "<", 1000000, "", 1000000 },
		{ "", "<!--", 250000, "", 1000000 },
		{ "", "&#", 500000, "", 1000000 },
		{ "", "\\", 1000000, "", 500000 },
		{ "", "## 题\n", 100000, "", 300000 },
		{ "", "{{", 500000, "", 1000000 },
		{ "", "\n", 1000000, "甲", 3 },
		{ "", "1. a\n", 200000, "", 200000 },
		{ "", "a | b\n", 160000, "", 100 },
		{ "", "|a|b|\n|---|---|\n\n", 60000, "", 120000 },
		/* What grows: cells that a row left out, and targets that many links share. */
		{ "WIDE", "|a|\n", 100000, "", 100000 },
		{ "> WIDE", "> |a|\n", 100000, "", 100000 },
		{ "LONG", "[a] ", 100000, "", 100000 },
		{ "LONG&amp;\\_", "[a] ", 2000, "", 2000 },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena arena = { 0 };
		struct buf text = { 0 }, more = repeat(cases[i].again, cases[i].times);
		struct md_node *root;
		double start = spent();
		size_t before = resident();

		if (strstr(cases[i].before, "WIDE")) {
			const char *mark = cases[i].before[0] == '>' ? "> " : "";
			struct buf head = repeat("a|", 20000), rule = repeat("---|", 20000);

			buf_addf(
			    &text, "%s|%s\n%s|%s\n", mark, buf_str(&head), mark, buf_str(&rule));
			buf_release(&head);
			buf_release(&rule);
		} else if (strstr(cases[i].before, "LONG")) {
			struct buf target = repeat("b", 400000);

			buf_addf(
			    &text, "[a]: http://x/%s%s\n\n", cases[i].before + 4, buf_str(&target));
			buf_release(&target);
		}
		buf_add(&text, buf_str(&more), more.len);
		buf_adds(&text, cases[i].after);
		root = markdown_read(&arena, buf_str(&text), text.len);
		cr_expect_leq(deepest(root), 130, "%s", cases[i].again);
		cr_expect_geq(bytes_in(root), cases[i].keep, "%s", cases[i].again);
		cr_expect_lt(spent() - start, PATIENCE, "%s%s", cases[i].before, cases[i].again);
		cr_expect_lt(resident(), before + ((size_t)600 << 20), "%s%s", cases[i].before,
		    cases[i].again);
		buf_release(&text);
		buf_release(&more);
		arena_release(&arena);
	}
}

Test(base, markdown_escape)
{
	static const char *const texts[] = { "县司法局", "# 不是标题", "- 不是列表", "+ 不是",
		"= 不是", "~ 不是", "1. 不是列表", "2021.", "12) 不是", "a*b*c_d_e",
		"[x](y) ![z](w)", "<b>&amp;", "`码`", "甲|乙", "{{{x}}}", "\\", "C:\\_x\\",
		"**“甲”**", "1.5亿元", "3.", "a\n# b\n1. c\n- d" };
	struct arena arena = { 0 };

	for (size_t i = 0; i < COUNT(texts); i++) {
		struct buf out = { 0 };
		const struct md_node *p;

		markdown_escape(&out, texts[i]);
		p = markdown_read(&arena, buf_str(&out), out.len)->first;
		cr_assert(p && p->kind == MD_PARAGRAPH && !p->next, "%s", texts[i]);
		cr_assert(p->first && p->first->kind == MD_TEXT && !p->first->next, "%s", texts[i]);
		cr_expect_str_eq(p->first->text, texts[i]);
		buf_release(&out);
	}
	cr_expect(markdown_target_is_safe("http://x"));
	cr_expect(markdown_target_is_safe("https://x"));
	cr_expect(markdown_target_is_safe("mailto:a@b"));
	cr_expect_not(markdown_target_is_safe("javascript:alert(1)"));
	cr_expect_not(markdown_target_is_safe("file:///etc/passwd"));
	cr_expect_not(markdown_target_is_safe("a.png"));
	cr_expect_not(markdown_target_is_safe(" http://x"));
	cr_expect_not(markdown_target_is_safe(""));
	arena_release(&arena);
}
