/* doc.h: a report built from a frame and chapters in a few lines, and shown as an outline. */
#ifndef TESTS_DOCUMENT_DOC_H
#define TESTS_DOCUMENT_DOC_H

#include "base/buf.h"
#include "base/quantity.h"
#include "document/document.h"

#include <criterion/criterion.h>
#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static struct arena arena;
static struct findings findings;

/* A picture there is, "好.png", for tests that set it. */
static picture_loader *pictures;

static inline const struct picture *picture(
    void *self, const char *file, const char *target, const char **why)
{
	static const struct picture good = { .bytes = "", .width = 4, .height = 3 };
	(void)self;
	cr_assert_not_null(file);
	*why = "there is no such file";
	return strcmp(target, "好.png") == 0 ? &good : NULL;
}

static void forget(void)
{
	pictures = NULL;
	arena_release(&arena);
}

#define ARENA .fini = forget

/* The figures there are: id, department, value as written, "" not reported. */
static const struct {
	const char *id, *department, *sources, *value;
	enum nb_kind kind;
	const char *unit;
} known_figures[] = {
	{ "decision.documents_passed", NULL, "县司法局、县政府办", "6", NB_COUNT, "件" },
	{ "decision.documents_passed", "sfj", "县司法局", "4", NB_COUNT, "件" },
	{ "decision.documents_filed", NULL, "", "", NB_COUNT, "件" },
	{ "decision.adviser_visits", NULL, "县司法局", "2500余", NB_COUNT, "次" },
	{ "decision.window", NULL, "县司法局", "<b>\"大厅\"</b> & 窗口", NB_TEXT, NULL },
	{ "decision.villages", NULL, "县司法局", "/", NB_COUNT, "个" },
	{ "supervision.attendance_rate", NULL, "县司法局", "96.7%", NB_PERCENT, "%" },
	{ "reform.assist_budget", NULL, "县财政局", "1,234.5", NB_AMOUNT, "万元" },
};

/* figure, chapter.figure, department.chapter.figure, as the program resolves them. */
static inline const struct figure_use *resolve(void *self, const char *name, const char *chapter)
{
	(void)self;
	for (size_t i = 0; i < COUNT_OF(known_figures); i++) {
		const char *id = known_figures[i].id, *department = known_figures[i].department;
		const char *full = department ? arena_printf(&arena, "%s.%s", department, id) : id;
		const char *own = strchr(id, '.') + 1;
		if (strcmp(name, full) != 0 && !(chapter && !department && strcmp(name, own) == 0 &&
		                                   strncmp(id, chapter, strlen(chapter)) == 0))
			continue;
		struct figure_use *use = arena_alloc(&arena, sizeof *use);
		*use = (struct figure_use){ .id = id,
			.label = "指标",
			.unit = known_figures[i].unit,
			.department = department,
			.sources = known_figures[i].sources,
			.places = "",
			.evidence = "",
			.quantity = { .text = "" } };
		cr_assert_null(quantity_read(&arena, known_figures[i].value, known_figures[i].kind,
		    known_figures[i].unit, &use->quantity));
		return use;
	}
	return NULL;
}

/* Two charts there are, one of them with nothing to show. */
static const struct chart_bar known_bars[] = {
	{ "<通过> & 印发", { { 6, "6" }, { 4, "4" } } },
	{ "报备", { { 2500, "2500余" }, { 0, NULL } } },
};
static const struct chart known_charts[] = {
	{ .id = "decision.documents",
	    .chapter = "decision",
	    .title = "规范性文件管理情况",
	    .unit = "件",
	    .series = { "2021年", "2020年" },
	    .series_count = 2,
	    .bars = known_bars,
	    .bar_count = COUNT_OF(known_bars) },
	{ .id = "decision.advisers",
	    .chapter = "decision",
	    .title = "法律顾问",
	    .series_count = 1 },
};

static inline const struct chart *resolve_chart(void *self, const char *name, const char *chapter)
{
	(void)self;
	for (size_t i = 0; i < COUNT_OF(known_charts); i++) {
		const char *id = known_charts[i].id, *own = strchr(id, '.') + 1;
		if (strcmp(name, id) == 0 || (chapter && strcmp(name, own) == 0))
			return &known_charts[i];
	}
	return NULL;
}

/* The annex of what is built next, as Markdown; NULL: it has none. */
static const char *annex_text;

static inline struct report build(const char *frame, const struct chapter_text *chapters,
    size_t count, const struct report *given, int full_width)
{
	struct report report =
	    given ? *given : (struct report){ .title = "报告", .region = "", .issuer = "" };
	struct chapter_text *texts = arena_alloc(&arena, (count + 1) * sizeof *texts);

	for (size_t i = 0; i < count; i++) {
		texts[i] = chapters[i];
		texts[i].size = strlen(texts[i].markdown);
	}
	struct document_source source = { .frame = frame,
		.frame_size = strlen(frame),
		.frame_file = "frame.md",
		.chapters = texts,
		.chapter_count = count,
		.resolve = resolve,
		.chart = resolve_chart,
		.annex = annex_text,
		.annex_size = annex_text ? strlen(annex_text) : 0,
		.picture = pictures,
		.full_width = full_width };
	struct err err;

	findings_init(&findings, &arena);
	cr_assert_eq(document_build(&report, &source, &arena, &findings, &err), 0);
	return report;
}

static inline void outline_of(const struct node *parent, unsigned depth, struct buf *out)
{
	for (const struct node *node = parent->first; node; node = node->next) {
		if (node->kind == NODE_SECTION && !node->title) {
			outline_of(node, depth, out);
			continue;
		}
		if (parent->run_in && node == parent->first)
			continue;
		buf_addf(out, "%*s", (int)depth * 2, "");
		if (node->kind == NODE_SECTION) {
			buf_addf(out, "%s %s", node->number, node_text(node->title, &arena));
			if (node->run_in)
				buf_addf(out, " | %s", node_text(node->first, &arena));
		} else if (node->title) {
			buf_addf(out, "[%s %s #%s]", node->number, node_text(node->title, &arena),
			    node->anchor);
		} else if (node->kind == NODE_PARAGRAPH) {
			buf_addf(out, ". %s", node_text(node, &arena));
		} else {
			buf_adds(out, node->kind == NODE_ATTACHMENTS ? "[attachments]"
			              : node->kind == NODE_SIGNATURE ? "[signature]"
			              : node->kind == NODE_TABLE     ? "[table]"
			              : node->kind == NODE_LIST      ? "[list]"
			              : node->kind == NODE_PICTURE   ? "[picture]"
			                                             : "[block]");
		}
		buf_addc(out, '\n');
		if (node->kind == NODE_SECTION)
			outline_of(node, depth + 1, out);
	}
}

/*
 * A line a section or block: "（一） headline | the paragraph run in", ". paragraph",
 * "[signature]"; what stands in a section is indented.
 */
static inline const char *outline(const struct report *report)
{
	struct buf out = { 0 };
	outline_of(report->body, 0, &out);
	if (report->annex) {
		buf_addf(&out, "[annex] %s\n", node_text(report->annex->title, &arena));
		outline_of(report->annex, 0, &out);
	}
	const char *text = arena_strdup(&arena, buf_str(&out));
	buf_release(&out);
	return text;
}

static inline const char *said(void)
{
	struct buf out = { 0 };
	for (size_t i = 0; i < findings.count; i++) {
		finding_line(&findings.items[i], &out);
		buf_addc(&out, '\n');
	}
	const char *text = arena_strdup(&arena, buf_str(&out));
	buf_release(&out);
	return text;
}

#endif
