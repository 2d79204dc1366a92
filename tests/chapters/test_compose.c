/*
 * test_compose.c: what departments wrote becomes a chapter's Markdown, through its template; the
 * frame places the chapters.
 */
#include "county.h"

#include "base/markdown.h"
#include "chapters/compose.h"

static struct findings found; /* while composing */

static struct composer composer(void)
{
	static struct templates templates;

	templates = (struct templates){ in("templates"), "templates" };
	findings_init(&found, &county.run);
	return (struct composer){ .arena = &county.run,
		.workspace = &county.workspace,
		.templates = &templates,
		.catalog = &county.chapters,
		.intake = &county.intake,
		.figures = &county.figures,
		.findings = &found };
}

static const char *copied(struct buf *out)
{
	const char *text = arena_strdup(&county.run, buf_str(out));

	buf_release(out);
	return text;
}

/* The chapter's Markdown, through the workspace's own template if one is given. */
static const char *chapter(const char *id, const char *template)
{
	struct composer with = composer();
	struct buf out = { 0 };
	struct err err;

	sh("mkdir -p templates && rm -f templates/*");
	if (template)
		put(arena_printf(&county.run, "templates/%s.md", id), template, strlen(template));
	struct intake_context context = { &county.run, &county.workspace, &county.chapters, &found };
	cr_assert_eq(texts_read_chapter(&context, &county.intake, id, &county.run, &err), 0);
	json_t *data = compose_data(&with, catalog_chapter(&county.chapters, id));
	texts_drop_chapter(&county.intake, id);
	cr_assert_eq(
	    compose_chapter(&with, catalog_chapter(&county.chapters, id), data, &out, &err), 0,
	    "%s", err.text);
	json_decref(data);
	return copied(&out);
}

static const char *frame(const char *text)
{
	struct composer with = composer();
	struct buf out = { 0 };
	struct err err;

	put("frame.md", text, strlen(text));
	cr_assert_eq(compose_frame(&with, &out, &err), 0, "%s", err.text);
	return copied(&out);
}

/* What was found while composing, without the paths. */
static const char *said(void)
{
	struct buf out = { 0 };

	for (size_t i = 0; i < found.count; i++) {
		struct finding finding = found.items[i];
		finding.at.file = path_base(finding.at.file);
		finding_line(&finding, &out);
		buf_addc(&out, '\n');
	}
	return copied(&out);
}

/* ---- chapters -------------------------------------------------------------------- */

Test(chapters, points_stand_by_topic_department_and_as_written, COUNTY)
{
	county_take(
	    "[supervision]\nnarrative = s.md\nhotline_orders = 12\n"
	    "== sfj/s.md\n"
	    "全县强化监督。\n"
	    "\n"
	    "## 信息公开 {#disclosure}\n\n公开政府信息。\n"
	    "## 其他监督\n\n无主题，排在最后。\n"
	    "## 督察整改 {#rectification}\n\n办结工单{{hotline_orders}}件。\n\n### 细目\n\n细说。\n"
	    "== gaj\n"
	    "[supervision]\nnarrative = s.md\n"
	    "== gaj/s.md\n"
	    "## 公安整改 {#rectification}\n\n公安文字。\n"
	    "## 公安复议 {#disputes}\n\n复议文字。\n",
	    NULL, NULL);
	cr_expect_str_eq(chapter("supervision", NULL),
	    "全县强化监督。\n\n"
	    "## 督察整改 {#rectification}\n\n办结工单{{sfj.supervision.hotline_orders}}件。\n\n"
	    "### 细目\n\n细说。\n\n"
	    "## 公安整改 {#rectification}\n\n公安文字。\n\n"
	    "## 公安复议 {#disputes}\n\n复议文字。\n\n"
	    "## 信息公开 {#disclosure}\n\n公开政府信息。\n\n"
	    "## 其他监督\n\n无主题，排在最后。\n\n");
	cr_expect_str_eq(said(), "");
}

Test(chapters, a_chapter_nobody_wrote_for_is_empty, COUNTY)
{
	county_take("[supervision]\nhotline_orders = 12\n", NULL, NULL);
	cr_expect_str_eq(chapter("supervision", NULL), "");
	cr_expect_str_eq(chapter("plan", NULL), "");
}

/* What one office left open must not swallow what the next one wrote. */
Test(chapters, an_open_fence_ends_with_its_point, COUNTY)
{
	static const char *const fences[] = { "```", "````", "~~~", "  ~~~~ text", "``` ~~~",
		"~~~ ```", "> ```", "- ```", "- a\n\n  ```" };

	for (size_t i = 0; i < COUNT_OF(fences); i++)
		for (int opening = 0; opening < 2; opening++) {
			county_take(arena_printf(&county.arena,
			                "[supervision]\nnarrative = s.md\n"
			                "== sfj/s.md\n%s"
			                "%s\n甲的文字\n"
			                "== gaj\n"
			                "[supervision]\nnarrative = s.md\n"
			                "== gaj/s.md\n"
			                "## 乙的要点\n\n乙的文字。\n",
			                opening ? "" : "## 甲的要点\n\n", fences[i]),
			    NULL, NULL);
			const char *text = chapter("supervision", NULL);
			const struct md_node *last =
			    markdown_read(&county.run, text, strlen(text))->last;
			cr_expect(last->kind == MD_PARAGRAPH && last->first &&
			              strcmp(last->first->text, "乙的文字。") == 0,
			    "%s:\n%s", fences[i], text);
		}
}

/* Markup of a hand-in stays its own; what would be a tag is text. */
Test(chapters, hostile_text_stays_text, COUNTY)
{
	county_take("[supervision]\nnarrative = s.md\n"
	            "== sfj/s.md\n"
	            "## <script>甲</script> & {{/points}}\n"
	            "\n"
	            "{{{chapters}}} {{>chapter}} {{#points}} {{=| |=}} {{{plan}}}\n"
	            "\n"
	            "{{report.signature}}\n",
	    NULL, NULL);
	cr_expect_str_eq(chapter("supervision", NULL),
	    "## <script>甲</script> & {{/points}}\n\n"
	    "{{{chapters}}} {{>chapter}} {{#points}} {{=| |=}} {{{plan}}}\n\n"
	    "{{report.signature}}\n\n");
}

Test(chapters, what_a_template_sees, COUNTY)
{
	static const struct {
		const char *template, *text;
	} cases[] = {
		{ "{{id}} {{report.year}} {{report.last_year}} {{report.next_year}} "
		  "{{report.region}}",
		    "supervision 2021 2020 2022 沁水县" },
		/* A figure prints its name, for the document to resolve; true when it has a value.
		 */
		{ "{{supervision.hotline_orders}}", "{{supervision.hotline_orders}}" },
		{ "{{#supervision.hotline_orders}}有{{/supervision.hotline_orders}}", "有" },
		{ "{{#supervision.npc_proposals}}零也有{{/supervision.npc_proposals}}", "零也有" },
		{ "{{#supervision.cppcc_proposals}}不适用{{/supervision.cppcc_proposals}}",
		    "不适用" },
		{ "[{{#supervision.hearings_due}}有{{/supervision.hearings_due}}]"
		  "{{^supervision.hearings_due}}无{{/supervision.hearings_due}}",
		    "[]无" },
		{ "{{#capacity.law_studies}}别的章{{/capacity.law_studies}}", "别的章" },
		{ "{{#points}}{{headline}}（{{name}}，{{department}}，{{topic}}）{{/points}}",
		    "甲\\*（县司法局，sfj，disputes）乙（县公安局，gaj，）" },
		{ "{{#topics}}{{id}}:{{#points}}{{{headline}}}{{/points}};{{/topics}}",
		    "rectification:;npc\\_cppcc:;disputes:甲*;disclosure:;:乙;" },
		{ "{{#opening}}[{{{.}}}]{{/opening}}", "[开头。]" },
		/* Text is escaped for Markdown, not for HTML. */
		{ "{{#points}}{{body}};{{/points}}", "1\\. \\*\\<b\\>\\&;\"正文\"。;" },
		{ "{{>chapter}}",
		    "开头。\n\n## 甲* {#disputes}\n\n1. *<b>&\n\n## 乙\n\n\"正文\"。\n\n" },
		/* Of the plugin's compose(): fewer than three outcomes make no table. */
		{ "[{{{reconsideration_table}}}]", "[]" },
		/* No way out of the folders of templates. */
		{ "[{{>../../etc/passwd}}{{>no_such}}]", "[]" },
	};
	static const char *const given =
	    "[supervision]\nnarrative = s.md\nhotline_orders = 12\nnpc_proposals = 0\n"
	    "cppcc_proposals = /\nhearings_due =\n"
	    "[capacity]\nlaw_studies = 3\n"
	    "== sfj/s.md\n"
	    "开头。\n\n## 甲* {#disputes}\n\n1. *<b>&\n"
	    "== gaj\n"
	    "[supervision]\nnarrative = s.md\n"
	    "== gaj/s.md\n"
	    "## 乙\n\n\"正文\"。\n";

	county_take(given, NULL, NULL);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const char *text = chapter("supervision", cases[i].template);
		cr_expect(strcmp(text, cases[i].text) == 0, "%s\n%s", cases[i].template, text);
		cr_expect(found.count == 0, "%s\n%s", cases[i].template, said());
	}
}

Test(chapters, tables_that_a_plugin_composes, COUNTY)
{
	county_take("[supervision]\nreconsideration_upheld = 2\nreconsideration_revoked = 3\n"
	            "reconsideration_mediated = 0\n",
	    NULL, NULL);
	cr_expect_str_eq(
	    chapter("supervision", "{{#reconsideration_table}}\n表：\n\n"
	                           "{{{reconsideration_table}}}{{/reconsideration_table}}"),
	    "表：\n\n| 结果 | 件数 |\n|---|---:|\n| 维持 | 2 |\n| 撤销 | 3 |\n| 调解 | 0 |\n");
}

/* A number that is missing in a sentence must be seen, wherever the sentence stands. */
Test(chapters, names_that_a_template_gets_wrong, COUNTY)
{
	static const struct {
		const char *template, *said;
	} cases[] = {
		{ "一\n{{supervision.hotline_orders}}", "" },
		{ "一\n{{supervision.hotline_order}}",
		    "supervision.md:2: error: {{supervision.hotline_order}} names no figure of "
		    "this "
		    "report [narrative.reference]\n" },
		{ "{{{supervision.hotline_order}}}",
		    "supervision.md:1: error: {{supervision.hotline_order}} names no figure of "
		    "this "
		    "report [narrative.reference]\n" },
		{ "{{& supervision.hotline_order}}",
		    "supervision.md:1: error: {{supervision.hotline_order}} names no figure of "
		    "this "
		    "report [narrative.reference]\n" },
		{ "{{#supervision.hotline_order}}x{{/supervision.hotline_order}}",
		    "supervision.md:1: error: {{supervision.hotline_order}} names no figure of "
		    "this "
		    "report [narrative.reference]\n" },
		{ "一\n\n{{supervision.hearings_due}}件",
		    "supervision.md:3: error: {{supervision.hearings_due}} stands in the text, but "
		    "nobody reported the figure [narrative.no-value]\n" },
		/* Whoever asks first is prepared. */
		{ "{{#supervision.hearings_due}}{{supervision.hearings_due}}件{{/"
		  "supervision.hearings_due}}",
		    "" },
		{ "{{^supervision.hearings_due}}无{{/supervision.hearings_due}}", "" },
		{ "{{! {{supervision.no}} }}", "" },
	};

	county_take("[supervision]\nhotline_orders = 12\n", NULL, NULL);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const char *text = chapter("supervision", cases[i].template);
		cr_expect(strcmp(said(), cases[i].said) == 0, "%s\n%s", cases[i].template, said());
		cr_expect((strstr(text, "〔缺〕") != NULL) == (strstr(said(), "no-value") != NULL),
		    "%s\n%s", cases[i].template, text);
		cr_expect(!strstr(text, "false"), "%s\n%s", cases[i].template, text);
	}
}

Test(chapters, templates_that_cannot_be_used, COUNTY)
{
	static const struct {
		const char *template;
		size_t n;
		const char *why;
	} cases[] = {
		{ "a\n{{#points}}", 13, "supervision.md:2: the section 'points' is not closed" },
		{ "\xC4\xEA\xFF", 3, "UTF-8" },
	};

	county_take("[supervision]\nhotline_orders = 12\n", NULL, NULL);
	sh("mkdir -p templates");
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct composer with = composer();
		struct buf out = { 0 };
		struct err err = { 0 };

		put("templates/supervision.md", cases[i].template, cases[i].n);
		const struct chapter *it = catalog_chapter(&county.chapters, "supervision");
		json_t *data = compose_data(&with, it);
		cr_expect_eq(compose_chapter(&with, it, data, &out, &err), -1);
		json_decref(data);
		cr_expect_eq(err.kind, ERR_USAGE);
		cr_expect(strstr(err.text, cases[i].why) != NULL, "%s", err.text);
		buf_release(&out);
	}
}

/* ---- the frame ------------------------------------------------------------------------ */

Test(chapters, the_frame_places_chapters, COUNTY)
{
	static const struct {
		const char *frame, *text;
	} cases[] = {
		{ "{{{plan}}}", "{{chapter.plan}}" },
		{ "{{&plan}} {{& plan}}", "{{chapter.plan}} {{chapter.plan}}" },
		{ "{{{ plan }}}", "{{chapter.plan}}" },
		{ "{{{attachments}}}\n\n{{{signature}}}",
		    "{{report.attachments}}\n\n{{report.signature}}" },
		{ "{{title}} {{year}} {{report.year}} {{last_year}}",
		    "沁水县2021年度法治政府建设情况的报告 2021 2021 2020" },
		/* All that have no tag of their own, in the order of the report. */
		{ "{{{chapters}}}\n\n# 不足\n\n{{{shortcomings}}}\n\n# 安排\n\n{{{plan}}}",
		    "{{chapter.leadership}}\n\n{{chapter.reform}}\n\n{{chapter.decision}}\n\n"
		    "{{chapter.enforcement}}\n\n{{chapter.supervision}}\n\n{{chapter.capacity}}\n\n"
		    "# 不足\n\n{{chapter.shortcomings}}\n\n# 安排\n\n{{chapter.plan}}" },
		/* A chapter's figures go by its name. */
		{ "{{supervision.hotline_orders}}件", "{{supervision.hotline_orders}}件" },
		{ "{{#supervision.hearings_due}}x{{/supervision.hearings_due}}", "" },
	};

	county_take("[supervision]\nhotline_orders = 12\n", NULL, NULL);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const char *text = frame(cases[i].frame);
		cr_expect(strcmp(text, cases[i].text) == 0, "%s\n%s", cases[i].frame, text);
		cr_expect(found.count == 0, "%s", said());
	}
}

Test(chapters, names_that_the_frame_gets_wrong, COUNTY)
{
	county_take("[supervision]\nhotline_orders = 12\n", NULL, NULL);
	cr_expect_str_eq(frame("一\n{{supervision.no_such}}\n\n{{{reform.no_such}}} "
	                       "{{supervision.hearings_due}}\n"),
	    "一\n\n\n 〔缺〕\n");
	cr_expect_str_eq(said(),
	    "frame.md:2: error: {{supervision.no_such}} names no figure of this report "
	    "[narrative.reference]\n"
	    "frame.md:4: error: {{reform.no_such}} names no figure of this report "
	    "[narrative.reference]\n"
	    "frame.md:4: error: {{supervision.hearings_due}} stands in the text, but nobody "
	    "reported the figure [narrative.no-value]\n");
}

Test(chapters, without_a_frame_the_installed_one_serves, COUNTY)
{
	struct composer with = composer();
	struct buf out = { 0 };
	struct err err;

	county_take("[supervision]\nhotline_orders = 12\n", NULL, NULL);
	with = composer();
	cr_assert_eq(compose_frame(&with, &out, &err), 0, "%s", err.text);
	cr_expect(strstr(buf_str(&out), "{{chapter.plan}}") != NULL);
	buf_release(&out);

	put("frame.md", "\xC4\xEA\xFF", 3);
	cr_expect_eq(compose_frame(&with, &out, &err), -1);
	cr_expect_eq(err.kind, ERR_USAGE);
	buf_release(&out);
}
