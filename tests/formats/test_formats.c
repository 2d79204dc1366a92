/*
 * test_formats.c: every format of the same reports, byte for byte against golden files: NAME.md,
 * .txt, .html and .tree beside NAME.in (see inputs.h) are what must come of it. REGEN=1 rewrites
 * them: look at the difference before it is committed.
 */
#include "base/utf8.h"
#include "formats/walk.h"

#include "inputs.h"

static const char *render(const struct report *report, const char *format, const char *look)
{
	struct buf out = { 0 };
	struct err err;

	struct setting setting = {
		.look = look, .look_size = strlen(look), .arena = &arena, .findings = &findings
	};
	cr_assert_eq(format_find(format)->render(report, &setting, &out, &err), 0, "%s", err.text);
	const char *text = arena_strdup(&arena, buf_str(&out));
	buf_release(&out);
	return text;
}

/* ---- golden files ------------------------------------------------------------------ */

Test(formats, golden_files, ARENA)
{
	static const char *const formats[] = { "md", "txt", "html", "tree" };
	const char *look = text_of(HERE "look.html");

	for (size_t i = 0; i < COUNT_OF(inputs); i++) {
		struct report report = input(inputs[i].name, inputs[i].report);
		for (size_t k = 0; k < COUNT_OF(formats); k++) {
			const char *path =
			    arena_printf(&arena, HERE "%s.%s", inputs[i].name, formats[k]);
			const char *got = render(&report, formats[k], look);
			struct err err;

			if (getenv("REGEN")) {
				cr_assert_eq(
				    file_write(path, got, strlen(got), &err), 0, "%s", err.text);
				continue;
			}
			cr_expect(strcmp(got, text_of(path)) == 0,
			    "%s differs; REGEN=1 writes what was got:\n%s", path, got);
		}
	}
}

/* ---- Markdown that reads back --------------------------------------------------------- */

static void add_words(struct buf *out, const char *text)
{
	for (const char *end = text + strlen(text); text < end;) {
		const char *from = text;
		if (!utf8_is_space(utf8_next(&text, end)))
			buf_add(out, from, (size_t)(text - from));
	}
}

/* All that a reader sees of the tree, numbers and stops included, blanks left out. */
static void shown(const struct node *node, struct buf *out)
{
	if (node->title) {
		add_words(out, node->number);
		shown(node->title, out);
		if (node->run_in)
			buf_adds(out, headline_stop(node->title, &arena));
	}
	if (node->kind == NODE_LINK && *node->target != '#')
		add_words(out, node->target);
	if (node->text)
		add_words(out, node->text);
	for (const struct node *child = node->first; child; child = child->next)
		shown(child, out);
}

/* The same of Markdown. */
static void read_back(const struct md_node *node, struct buf *out)
{
	if (node->kind == MD_LINK || node->kind == MD_IMAGE)
		add_words(out, node->target);
	if (node->text)
		add_words(out, node->text);
	for (const struct md_node *child = node->first; child; child = child->next)
		read_back(child, out);
}

/* Whether the report's Markdown reads back to what the report shows. */
static int reads_back(const struct report *report, int say)
{
	struct buf want = { 0 }, got = { 0 };
	const char *text = render(report, "md", "");

	add_words(&want, report->title);
	shown(report->body, &want);
	if (report->annex) {
		add_words(&want, "附表");
		shown(report->annex, &want);
	}
	read_back(markdown_read(&arena, text, strlen(text)), &got);
	int same = strcmp(buf_str(&want), buf_str(&got)) == 0;
	if (say)
		cr_expect(same, "%s\n%s\nreads back as\n%s", text, buf_str(&want), buf_str(&got));
	buf_release(&want);
	buf_release(&got);
	return same;
}

Test(formats, markdown_reads_back, ARENA)
{
	static const struct report bare = { .title = "# 1. *报告* #", .issuer = "" };

	for (size_t i = 0; i < COUNT_OF(inputs); i++) {
		struct report report = input(inputs[i].name, &bare);
		/* The lists of attachments and the signature have golden files. */
		reads_back(&report, 1);
	}
}

/* Sentences made of all that means something to Markdown or to us. */
Test(formats, markdown_of_any_text_reads_back, ARENA, .timeout = 60)
{
	static const char *const pieces[] = { "甲", "乙，", "丙。", "“丁”", "（", "）", "a", "B1",
		" ", "  ", "\n", "\n\n", "\n\n", "*", "**", "***", "_", "`", "``", "````", "~~~",
		"#", "# ", "## ", "\n# ", "\n\n## ", "- ", "\n- ", "\n  - ", "+ ", "1. ", "\n2) ",
		"3.", "> ", "\n> ", "| ", "|", "\n|---|---|\n", "\n| a | b |\n|---|---|\n| ", "\\",
		"\\\n", "[", "](https://a.cn/)", "](<https://a.cn/?a=1&amp;lt;b>)",
		"](https://a.cn/\\*\\<\\>)", "[x]", "![", "]", "<", ">", "<b>", "&", "&amp;",
		"&lt;", "&#42;", "{{", "}}", "{{decision.window}}", "{{decision.documents_passed}}",
		"{#t}", "---", "\n---\n", "===", "\n===\n", "\t", "    ", "一、", "（一）", "　　",
		":", "：", ",", ".", "!", "\"", "~", "http://a.cn", "\n[x]: https://b.cn\n" };
	unsigned long seed = 20211;

	for (int i = 0; i < 6000; i++) {
		struct buf text = { 0 };
		struct report report;
		unsigned long count = 1 + i % 12;

		for (unsigned long k = 0; k < count; k++) {
			seed = seed * 6364136223846793005UL + 1442695040888963407UL;
			buf_adds(&text, pieces[(seed >> 33) % COUNT_OF(pieces)]);
		}
		report = build(buf_str(&text), NULL, 0, NULL, i & 1);
		if (!reads_back(&report, 0)) {
			reads_back(&report, 1);
			cr_assert_fail("made of:\n%s", buf_str(&text));
		}
		buf_release(&text);
		arena_release(&arena);
	}
}

/* Nothing that was written is lost on the way into the tree. */
Test(formats, trees_keep_every_word, ARENA, .timeout = 60)
{
	static const char *const pieces[] = { "甲", "乙", "丙", "a", "b ", "\n", "\n\n", "\n\n",
		"**", "*", "`", "+ ", "\n+ ", "\n  + ", "\n    ", "\n1. ", "\n   ", "> ", "\n> ",
		"\n>\n", "\n```\n", "\n  ```\n", "\n| a | b |\n|---|---|\n| ", " | ", "\\\n",
		"    " };
	unsigned long seed = 7;

	for (int i = 0; i < 3000; i++) {
		struct buf text = { 0 }, want = { 0 }, got = { 0 };
		struct report report;

		for (int k = 0; k < 2 + i % 14; k++) {
			seed = seed * 6364136223846793005UL + 1442695040888963407UL;
			buf_adds(&text, pieces[(seed >> 33) % COUNT_OF(pieces)]);
		}
		report = build(buf_str(&text), NULL, 0, NULL, 0);
		read_back(markdown_read(&arena, buf_str(&text), text.len), &want);
		shown(report.body, &got);
		cr_assert(strcmp(buf_str(&want), buf_str(&got)) == 0, "%s\n%s\nbecame\n%s",
		    buf_str(&text), buf_str(&want), buf_str(&got));
		buf_release(&text);
		buf_release(&want);
		buf_release(&got);
		arena_release(&arena);
	}
}

/* ---- plain text ----------------------------------------------------------------------------- */

static size_t count_of(const char *text, const char *what)
{
	size_t n = 0;
	for (; (text = strstr(text, what)) != NULL; text += strlen(what))
		n++;
	return n;
}

Test(formats, text_has_a_paragraph_a_line, ARENA)
{
	struct report report =
	    build("甲\n乙\n\n丙\\\n丁\n\n# 标题\n\n## 要点\n\n文一\n文二\n\n"
	          "| a | b |\n|---|---|\n| c | d |\n\n- 戊\n- 己\n\n> 庚\n> 辛\n",
	        NULL, 0, NULL, 0);

	cr_expect_str_eq(render(&report, "txt", ""),
	    "报告\n甲乙\n丙 丁\n一、标题\n（一）要点\n文一文二\na\tb\nc\td\n— 戊\n— 己\n庚辛\n");
}

/* A sub-heading of the frame stands alone, a point of a chapter is run in. */
Test(formats, headlines_run_in_with_one_stop, ARENA)
{
	static const struct {
		const char *headline, *line;
	} cases[] = {
		{ "规范执法", "（一）规范执法。文。" },
		{ "规范执法。", "（一）规范执法。文。" },
		{ "如何规范？", "（一）如何规范？文。" },
		{ "如何规范!", "（一）如何规范!文。" },
		{ "规范如下：", "（一）规范如下：文。" },
		{ "**规范**", "（一）规范。文。" },
		{ "“规范”", "（一）“规范”。文。" },
		{ "共{{decision.documents_passed}}", "（一）共6。文。" },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct chapter_text chapter = { .id = "reform",
			.title = "",
			.markdown = arena_printf(&arena, "## %s\n\n文。\n", cases[i].headline) };
		struct report report = build("{{chapter.reform}}\n", &chapter, 1, NULL, 0);
		cr_expect_str_eq(
		    render(&report, "txt", ""), arena_printf(&arena, "报告\n%s\n", cases[i].line));
	}
}

/* ---- the web page ---------------------------------------------------------------------------- */

/* HTML 4 is all that xmllint knows: it says so of every newer element. */
static int is_html(const char *name, const char *text)
{
	put(name, text, strlen(text));
	int status = try_sh("xmllint --html --noout '%s' 2>&1 | "
	                    "grep -E 'error|warning' | grep -Ev 'Tag [a-z]+ invalid' >'%s.said'",
	    name, name);
	return status != 0; /* grep found nothing */
}

Test(formats, pages_are_html, SCRATCH)
{
	const char *template = text_of("templates/report.html");

	for (size_t i = 0; i < COUNT_OF(inputs); i++) {
		struct report report = input(inputs[i].name, inputs[i].report);
		const char *name = arena_printf(&arena, "%s.html", inputs[i].name);
		const char *said = arena_printf(&arena, "%s.said", name);

		cr_expect(is_html(name, render(&report, "html", template)), "%s: %s",
		    inputs[i].name, text_of(in(said)));
	}
	/* The check itself sees what is wrong. */
	cr_expect(!is_html("x.html", "<html><body><p>a</b></p></body></html>"));
	forget();
}

/* Every figure is data that a machine can read, and has a card for people. */
Test(formats, every_figure_is_data, ARENA)
{
	static const struct {
		const char *name, *card, *data;
	} cases[] = {
		{ "decision.documents_passed", "指标：6件&#10;报送单位：县司法局、县政府办",
		    "<data value=\"6\" data-figure=\"decision.documents_passed\" "
		    "data-unit=\"件\">6</data>" },
		{ "sfj.decision.documents_passed", "指标：4件&#10;报送单位：县司法局",
		    "<data value=\"4\" data-figure=\"decision.documents_passed\" data-unit=\"件\" "
		    "data-department=\"sfj\">4</data>" },
		{ "decision.adviser_visits", "指标：2500余次&#10;报送单位：县司法局",
		    "<data value=\"2500\" data-figure=\"decision.adviser_visits\" data-unit=\"次\" "
		    "data-approximate=\"yes\">2500余</data>" },
		{ "supervision.attendance_rate", "指标：96.7%&#10;报送单位：县司法局",
		    "<data value=\"96.7\" data-figure=\"supervision.attendance_rate\" "
		    "data-unit=\"%\">96.7%</data>" },
		{ "reform.assist_budget", "指标：1234.5万元&#10;报送单位：县财政局",
		    "<data value=\"1234.5\" data-figure=\"reform.assist_budget\" "
		    "data-unit=\"万元\">1234.5</data>" },
		{ "decision.villages", "指标：不适用&#10;报送单位：县司法局",
		    "<data value=\"/\" data-figure=\"decision.villages\" "
		    "data-unit=\"个\">/</data>" },
		{ "decision.documents_filed", "指标：无单位报送",
		    "<data value=\"\" data-figure=\"decision.documents_filed\" "
		    "data-unit=\"件\">〔缺〕</data>" },
	};
	const char *look = text_of(HERE "look.html");

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		/* In a paragraph, a headline, a cell, emphasis: everywhere. */
		struct report report =
		    build(arena_printf(&arena,
		              "a{{%s}}b\n\n# a{{%s}}b\n\n|a{{%s}}b|\n|---|\n|a{{%s}}b|\n\n"
		              "- **a{{%s}}b**\n\n> a{{%s}}b\n",
		              cases[i].name, cases[i].name, cases[i].name, cases[i].name,
		              cases[i].name, cases[i].name),
		        NULL, 0, NULL, 1);
		const char *page = render(&report, "html", look);
		const char *want = arena_printf(&arena,
		    "a<span class=\"figure\" tabindex=\"0\" aria-description=\"%s\">%s</span>b",
		    cases[i].card, cases[i].data);

		cr_expect(count_of(page, want) == 6, "%s:\n%s", cases[i].name, page);
		cr_expect_eq(count_of(page, "<data "), 6);
	}
}

/* ---- what others wrote --------------------------------------------------------------------- */

/* Text with everything in it, put everywhere: it must come out as text. */
Test(formats, hostile_text_is_escaped_everywhere, ARENA)
{
	static const char evil[] = "<script>x</script>\" onx='y' &lt; ](javascript:z) </data>";
	struct listed attachment = { evil, evil, "../a/<script>\" onx='y'.csv" };
	struct report given = { .title = evil,
		.region = evil,
		.issuer = evil,
		.date = "2022-03-01",
		.draft = 1,
		.attachments = &attachment,
		.attachment_count = 1 };
	struct chapter_text chapter = { .id = "x",
		.title = evil,
		.markdown = arena_printf(&arena,
		    "%s\n\n## %s\n\n%s\n\n| %s |\n|---|\n| %s |\n\n- %s\n\n> %s\n\n`%s`\n\n"
		    "```\n%s\n```\n\n**%s**\n\n[%s](https://a.cn/\"onx='y'<script>)\n",
		    evil, evil, evil, evil, evil, evil, evil, evil, evil, evil, evil) };
	const char *frame = arena_printf(&arena,
	    "%s\n\n{{chapter.x}}\n\n{{report.attachments}}\n\n{{report.signature}}\n", evil);

	for (int full_width = 0; full_width < 2; full_width++) {
		struct report report = build(frame, &chapter, 1, &given, full_width);
		const char *page = render(&report, "html", text_of("templates/report.html"));

		cr_expect(!strstr(page, "<script"), "%s", page);
		cr_expect(!strstr(page, "\" onx"), "%s", page);
		cr_expect(!strstr(page, "' onx"), "%s", page);
		cr_expect(!strstr(page, "href=\"javascript:"), "%s", page);
		cr_expect_eq(count_of(page, "</data>"), 0);
		cr_expect(count_of(page, "&lt;script&gt;x&lt;/script&gt;") > 15, "%s", page);

		const char *text = render(&report, "md", "");
		struct buf links = { 0 };
		read_back(markdown_read(&arena, text, strlen(text)), &links);
		cr_expect_eq(count_of(buf_str(&links), "<script>x</script>"),
		    count_of(render(&report, "txt", ""), "<script>x</script>"), "%s", text);
		buf_release(&links);
	}
}

Test(formats, formats_are_found_by_name)
{
	for (size_t i = 0; format_table[i]; i++) {
		cr_expect(format_find(format_table[i]->name) == format_table[i]);
		cr_expect(format_table[i]->about && format_table[i]->render);
	}
	cr_expect_null(format_find("doc"));
	cr_expect_null(format_find(""));
}
