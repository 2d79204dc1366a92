/*
 * html.c: one self-contained page that a county can publish. Every figure is
 * marked so that a machine reads id, value and unit, and a person who points
 * at it sees where it came from. The looks stand in templates/report.html.
 */
#include "base/i18n.h"
#include "base/quantity.h"
#include "chapters/mustache.h"
#include "formats/drawing.h"
#include "formats/format.h"
#include "formats/walk.h"

#include <string.h>

enum { CHART_WIDTH = 156 }; /* mm: the type area */

struct writer {
	const struct report *report;
	struct arena *arena;
	struct buf *out;
	unsigned tables; /* so far */
};

static void escaped(struct writer *w, const char *text)
{
	mustache_escape_html(w->out, text);
}

static void attribute(struct writer *w, const char *name, const char *value)
{
	buf_addf(w->out, " %s=\"", name);
	escaped(w, value);
	buf_addc(w->out, '"');
}

static void figure(struct writer *w, const struct node *node)
{
	const struct figure_use *use = node->figure;
	const struct nb_quantity *q = &use->quantity;
	buf_adds(w->out, "<data");
	attribute(w, "value", nb_is_number(q) ? quantity_number(w->arena, q) : q->text);
	attribute(w, "data-figure", use->id);
	if (use->unit)
		attribute(w, "data-unit", use->unit);
	if (q->state == NB_APPROXIMATE)
		attribute(w, "data-approximate", "yes");
	if (use->department)
		attribute(w, "data-department", use->department);
	if (*use->places)
		attribute(w, "data-sources", use->places);
	if (*use->evidence)
		attribute(w, "data-evidence", use->evidence);
	if (*use->sources)
		attribute(w, "title",
		    arena_printf(w->arena, "%s：%s%s（%s%s%s）", use->label, q->text,
		        use->unit && strcmp(use->unit, "%") != 0 ? use->unit : "", use->sources,
		        *use->evidence ? "；佐证：" : "", use->evidence));
	buf_addc(w->out, '>');
	escaped(w, node->text);
	buf_adds(w->out, "</data>");
}

static void inlines(struct writer *w, const struct node *parent);

static void element(struct writer *w, const char *name, const struct node *node)
{
	buf_addf(w->out, "<%s>", name);
	inlines(w, node);
	buf_addf(w->out, "</%s>", name);
}

static void inlines(struct writer *w, const struct node *parent)
{
	for (const struct node *node = parent->first; node; node = node->next) {
		switch (node->kind) {
		case NODE_TEXT:
			escaped(w, node->text);
			break;
		case NODE_FIGURE:
			figure(w, node);
			break;
		case NODE_STRONG:
			element(w, "strong", node);
			break;
		case NODE_EMPHASIS:
			element(w, "em", node);
			break;
		case NODE_CODE:
			buf_adds(w->out, "<code>");
			escaped(w, node->text);
			buf_adds(w->out, "</code>");
			break;
		case NODE_LINK:
			buf_adds(w->out, "<a");
			attribute(w, "href", node->target);
			buf_addc(w->out, '>');
			inlines(w, node);
			buf_adds(w->out, "</a>");
			break;
		case NODE_BREAK:
			buf_adds(w->out, "<br>");
			break;
		case NODE_SECTION:
		case NODE_PARAGRAPH:
		case NODE_TABLE:
		case NODE_ROW:
		case NODE_CELL:
		case NODE_LIST:
		case NODE_ITEM:
		case NODE_QUOTE:
		case NODE_CODE_BLOCK:
		case NODE_CHART:
		case NODE_PICTURE:
		case NODE_ATTACHMENTS:
		case NODE_SIGNATURE:
			break;
		}
	}
}

static void blocks(struct writer *w, const struct node *first);

/* h1 is the report's title. */
static unsigned heading_level(const struct node *node)
{
	return node->level < 5 ? node->level + 1 : 6;
}

static void section(struct writer *w, const struct node *node)
{
	const struct node *first = node->first;
	if (!node->title) {
		blocks(w, first);
		return;
	}
	unsigned h = heading_level(node);
	buf_adds(w->out, "<section");
	attribute(w, "id", node->anchor);
	if (node->chapter && *node->chapter)
		attribute(w, "data-chapter", node->chapter);
	buf_adds(w->out, ">\n");
	if (node->run_in) {
		/* A heading inside its paragraph is not allowed: both stand in a block of their
		 * own. */
		buf_addf(w->out, "<div class=\"run-in\"><h%u>", h);
		escaped(w, node->number);
		inlines(w, node->title);
		escaped(w, headline_stop(node->title, w->arena));
		buf_addf(w->out, "</h%u>", h);
		element(w, "p", first);
		buf_adds(w->out, "</div>\n");
		first = first->next;
	} else {
		buf_addf(w->out, "<h%u>", h);
		escaped(w, node->number);
		inlines(w, node->title);
		buf_addf(w->out, "</h%u>\n", h);
	}
	blocks(w, first);
	buf_adds(w->out, "</section>\n");
}

static void row(struct writer *w, const struct node *node)
{
	static const char *const aligns[] = { [ALIGN_NONE] = "",
		[ALIGN_LEFT] = "left",
		[ALIGN_CENTER] = "center",
		[ALIGN_RIGHT] = "right" };
	buf_adds(w->out, "<tr>");
	for (const struct node *cell = node->first; cell; cell = cell->next) {
		buf_adds(w->out, node->header ? "<th scope=\"col\"" : "<td");
		if (*aligns[cell->align])
			attribute(w, "class", aligns[cell->align]);
		buf_addc(w->out, '>');
		inlines(w, cell);
		buf_adds(w->out, node->header ? "</th>" : "</td>");
	}
	buf_adds(w->out, "</tr>\n");
}

static void caption(struct writer *w, const char *element_name, const struct node *node)
{
	buf_addf(w->out, "<%s>", element_name);
	escaped(w, caption_mark(node, w->arena));
	inlines(w, node->title);
	buf_addf(w->out, "</%s>\n", element_name);
}

static void table(struct writer *w, const struct node *node)
{
	const struct node *at = node->first;
	/* Scrolls by itself on a narrow screen, so it must take the focus and have a name. */
	buf_addf(w->out,
	    "<div class=\"table\" tabindex=\"0\" role=\"region\" "
	    "aria-label=\"表格%u\"><table",
	    ++w->tables);
	if (node->title) {
		attribute(w, "id", node->anchor);
		buf_adds(w->out, ">\n");
		caption(w, "caption", node);
	} else {
		buf_adds(w->out, ">\n");
	}
	buf_adds(w->out, "<thead>\n");
	for (; at && at->header; at = at->next)
		row(w, at);
	buf_adds(w->out, "</thead>\n<tbody>\n");
	for (; at; at = at->next)
		row(w, at);
	buf_adds(w->out, "</tbody>\n</table></div>\n");
}

static void chart(struct writer *w, const struct node *node)
{
	struct drawing drawing = chart_draw(node->chart, CHART_WIDTH, w->arena);
	buf_adds(w->out, "<figure class=\"chart\"");
	attribute(w, "id", node->anchor);
	buf_adds(w->out, ">\n");
	drawing_svg(&drawing, 0, w->out);
	caption(w, "figcaption", node);
	buf_adds(w->out, "</figure>\n");
}

static void list(struct writer *w, const struct node *node)
{
	const char *name = node->ordered ? "ol" : "ul";
	buf_addf(w->out, "<%s", name);
	if (node->ordered && node->first)
		attribute(w, "start",
		    arena_strndup(
		        w->arena, node->first->number, strcspn(node->first->number, ".")));
	buf_adds(w->out, ">\n");
	for (const struct node *item = node->first; item; item = item->next) {
		buf_adds(w->out, "<li>");
		blocks(w, item->first);
		buf_adds(w->out, "</li>\n");
	}
	buf_addf(w->out, "</%s>\n", name);
}

static void attachments(struct writer *w)
{
	const struct report *report = w->report;
	if (report->attachment_count == 0)
		return;
	buf_adds(w->out, "<section class=\"attachments\" aria-labelledby=\"attachments\">\n"
	                 "<h2 id=\"attachments\">附件：</h2>\n<ol>\n");
	for (size_t i = 0; i < report->attachment_count; i++) {
		const struct listed *listed = &report->attachments[i];
		buf_adds(w->out, "<li><a");
		attribute(w, "href", path_link(listed->path, w->arena));
		buf_addc(w->out, '>');
		escaped(w, listed->title);
		buf_adds(w->out, "</a> <small>（");
		escaped(w, listed->department);
		buf_adds(w->out, "）</small></li>\n");
	}
	buf_adds(w->out, "</ol>\n</section>\n");
}

static void signature(struct writer *w)
{
	const struct report *report = w->report;
	buf_adds(w->out, "<footer class=\"signature\">");
	if (*report->issuer) {
		buf_adds(w->out, "<p>");
		escaped(w, report->issuer);
		buf_adds(w->out, "</p>");
	}
	if (report->date)
		buf_addf(w->out, "<p><time datetime=\"%s\">%s</time></p>", report->date,
		    chinese_date(report->date, w->arena));
	buf_adds(w->out, "</footer>\n");
}

static void blocks(struct writer *w, const struct node *node)
{
	for (; node; node = node->next) {
		switch (node->kind) {
		case NODE_SECTION:
			section(w, node);
			break;
		case NODE_PARAGRAPH:
			element(w, "p", node);
			buf_addc(w->out, '\n');
			break;
		case NODE_TABLE:
			table(w, node);
			break;
		case NODE_LIST:
			list(w, node);
			break;
		case NODE_QUOTE:
			buf_adds(w->out, "<blockquote>\n");
			blocks(w, node->first);
			buf_adds(w->out, "</blockquote>\n");
			break;
		case NODE_CODE_BLOCK:
			buf_adds(w->out, "<pre>");
			escaped(w, node->first->text);
			buf_adds(w->out, "</pre>\n");
			break;
		case NODE_CHART:
			chart(w, node);
			break;
		case NODE_PICTURE:
			break;
		case NODE_ATTACHMENTS:
			attachments(w);
			break;
		case NODE_SIGNATURE:
			signature(w);
			break;
		case NODE_ROW:
		case NODE_CELL:
		case NODE_ITEM:
		case NODE_TEXT:
		case NODE_STRONG:
		case NODE_EMPHASIS:
		case NODE_CODE:
		case NODE_LINK:
		case NODE_BREAK:
		case NODE_FIGURE:
			break;
		}
	}
}

/* Headings of the first two levels: the way into a report of thirty pages. */
static void contents(struct writer *w, const struct node *parent)
{
	int open = 0;
	for (const struct node *node = parent->first; node; node = node->next) {
		if (node->kind != NODE_SECTION || (node->title && node->level > 2))
			continue;
		if (!node->title) { /* a chapter without a heading: nothing to lead to */
			continue;
		}
		if (!open)
			buf_adds(w->out, "<ol>\n");
		open = 1;
		buf_adds(w->out, "<li><a");
		attribute(w, "href", arena_printf(w->arena, "#%s", node->anchor));
		buf_addc(w->out, '>');
		escaped(w, node->number);
		escaped(w, node_text(node->title, w->arena));
		buf_adds(w->out, "</a>\n");
		contents(w, node);
		buf_adds(w->out, "</li>\n");
	}
	if (open)
		buf_adds(w->out, "</ol>\n");
}

static int render(
    const struct report *report, const struct setting *setting, struct buf *out, struct err *err)
{
	struct arena scratch = { 0 };
	struct buf body = { 0 }, toc = { 0 };
	struct writer w = { .report = report, .arena = &scratch, .out = &body };
	blocks(&w, report->body->first);
	w.out = &toc;
	contents(&w, report->body);

	json_t *data = json_pack("{s:s, s:s, s:s, s:s, s:s, s:i, s:b, s:s, s:s, s:s}", "title",
	    report->title, "region", report->region, "issuer", report->issuer, "date",
	    report->date ? report->date : "", "chinese_date", chinese_date(report->date, &scratch),
	    "year", report->year, "draft", report->draft, "draft_notice", DRAFT_NOTICE, "contents",
	    buf_str(&toc), "body", buf_str(&body));
	struct mustache_env env = { 0 };
	int rc =
	    data ? mustache_render(
	               "report.html", setting->look, setting->look_size, data, &env, out, err)
	         : err_set(err, ERR_SYSTEM, _("the page cannot be made: its text is not UTF-8"));
	json_decref(data);
	buf_release(&body);
	buf_release(&toc);
	arena_release(&scratch);
	return rc;
}

const struct format format_html = {
	.name = "html",
	.about = N_("one self-contained web page"),
	.template = "report.html",
	.render = render,
};
