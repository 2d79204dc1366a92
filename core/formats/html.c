/*
 * html.c: one self-contained page that a county can publish, without script.
 * Every figure is marked so that a machine reads id, value and unit, and a
 * person who points at it, comes to it by keyboard or touches it sees where it
 * came from. The looks stand in templates/report.html.
 */
#include "archive/digest.h"
#include "base/i18n.h"
#include "chapters/mustache.h"
#include "formats/drawing.h"
#include "formats/figure_card.h"
#include "formats/format.h"
#include "formats/walk.h"

#include <string.h>

enum {
	CHART_WIDTH = 156,    /* mm: the type area */
	CHART_NARROW = 84,    /* mm: for a telephone, where the other's letters were too small */
	COLUMNS_BROAD = 8,    /* with more a table is set across the page on paper, */
	COLUMNS_CROWDED = 16, /* and with more, smaller; */
	ROWS_LONG = 15        /* with more it may go on on the next sheet */
};

#define ATTACHMENTS_ANCHOR "attachments"

struct writer {
	const struct report *report;
	struct arena *arena;
	struct buf *out;
	struct figure_rows rows;
	unsigned tables; /* so far */
	unsigned deeper; /* levels that headings are below their own: in the annex */
	unsigned in_annex : 1, in_link : 1;
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

/* A paragraph stays on one line of the file, for programs that go by lines. */
static void describe(struct writer *w, const char *card)
{
	buf_adds(w->out, " aria-description=\"");
	for (size_t n; *card; card += n + (card[n] != '\0')) {
		n = strcspn(card, "\n");
		escaped(w, arena_strndup(w->arena, card, n));
		buf_adds(w->out, card[n] ? "&#10;" : "");
	}
	buf_addc(w->out, '"');
}

/*
 * The card is an attribute that the style sheet shows, not an element in the
 * sentence: so whoever copies a paragraph, or a program that takes its text,
 * gets the sentence alone. <span> takes the focus where a finger has no use for
 * a link under it.
 */
static void figure(struct writer *w, const struct node *node)
{
	const char *id = node->figure->id;
	if (w->in_annex || w->in_link) { /* its row says all that; a link holds no other */
		figure_data_add(w->out, node, w->arena);
		return;
	}
	int has_row = figure_rows_row(&w->rows, id) != NULL;
	buf_adds(w->out, has_row ? "<span class=\"figure\" tabindex=\"-1\"><a"
	                         : "<span class=\"figure\" tabindex=\"0\"");
	if (has_row)
		attribute(
		    w, "href", arena_printf(w->arena, "#%s", figure_row_anchor(id, w->arena)));
	describe(w, figure_card(node, w->arena));
	buf_addc(w->out, '>');
	figure_data_add(w->out, node, w->arena);
	buf_adds(w->out, has_row ? "</a></span>" : "</span>");
}

static void inlines(struct writer *w, const struct node *parent);

static void element(struct writer *w, const char *name, const struct node *node)
{
	buf_addf(w->out, "<%s>", name);
	inlines(w, node);
	buf_addf(w->out, "</%s>", name);
}

static void link_to(struct writer *w, const struct node *node)
{
	unsigned outer = w->in_link;
	buf_adds(w->out, "<a");
	attribute(w, "href", node->target);
	buf_addc(w->out, '>');
	w->in_link = 1;
	inlines(w, node);
	w->in_link = outer & 1;
	buf_adds(w->out, "</a>");
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
			link_to(w, node);
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
static unsigned heading_level(const struct writer *w, const struct node *node)
{
	unsigned level = node->level + 1 + w->deeper;
	return level < 6 ? level : 6;
}

static void section(struct writer *w, const struct node *node)
{
	const struct node *first = node->first;
	if (!node->title) {
		blocks(w, first);
		return;
	}
	unsigned h = heading_level(w, node);
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

static void cell(struct writer *w, const struct node *node, const char *name, const char *scope)
{
	static const char *const aligns[] = { [ALIGN_NONE] = "",
		[ALIGN_LEFT] = "left",
		[ALIGN_CENTER] = "center",
		[ALIGN_RIGHT] = "right" };
	buf_addf(w->out, "<%s", name);
	if (*scope)
		attribute(w, "scope", scope);
	if (*aligns[node->align])
		attribute(w, "class", aligns[node->align]);
	buf_addc(w->out, '>');
	inlines(w, node);
	buf_addf(w->out, "</%s>", name);
}

static void row(struct writer *w, const struct node *node)
{
	const char *id = w->in_annex ? figure_rows_figure(&w->rows, node) : NULL;
	buf_adds(w->out, "<tr");
	if (id)
		attribute(w, "id", figure_row_anchor(id, w->arena));
	buf_addc(w->out, '>');
	for (const struct node *at = node->first; at; at = at->next) {
		int names_row = w->in_annex && at == node->first;
		if (node->header)
			cell(w, at, "th", "col");
		else
			cell(w, at, names_row ? "th" : "td", names_row ? "row" : "");
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

static size_t children_of(const struct node *node)
{
	size_t count = 0;
	for (const struct node *child = node->first; child; child = child->next)
		count++;
	return count;
}

static size_t columns_of(const struct node *table)
{
	size_t most = 0;
	for (const struct node *at = table->first; at; at = at->next) {
		size_t count = children_of(at);
		most = count > most ? count : most;
	}
	return most;
}

/* Scrolls by itself on a narrow screen, so it must take the focus and have a name. */
static void open_table(struct writer *w, const struct node *node)
{
	size_t columns = columns_of(node);
	w->tables++;
	buf_addf(w->out, "<div class=\"table%s%s%s\" tabindex=\"0\" role=\"group\"",
	    columns > COLUMNS_BROAD ? " broad" : "", columns > COLUMNS_CROWDED ? " crowded" : "",
	    children_of(node) > ROWS_LONG ? " long" : "");
	attribute(w, "aria-label",
	    node->title ? arena_printf(w->arena, "%s%s", caption_mark(node, w->arena),
	                      node_text(node->title, w->arena))
	                : arena_printf(w->arena, "表格%u", w->tables));
	buf_adds(w->out, "><table");
	if (node->title)
		attribute(w, "id", node->anchor);
	buf_adds(w->out, ">\n");
}

static void table(struct writer *w, const struct node *node)
{
	const struct node *at = node->first;
	open_table(w, node);
	if (node->title)
		caption(w, "caption", node);
	buf_adds(w->out, "<thead>\n");
	for (; at && at->header; at = at->next)
		row(w, at);
	buf_adds(w->out, "</thead>\n<tbody>\n");
	for (; at; at = at->next)
		row(w, at);
	buf_adds(w->out, "</tbody>\n</table></div>\n");
}

/* Drawn for two widths; the style sheet chooses. One that knows of no `narrow` never shows it. */
static void chart(struct writer *w, const struct node *node)
{
	struct drawing wide = chart_draw(node->chart, CHART_WIDTH, w->arena);
	struct drawing narrow = chart_draw(node->chart, CHART_NARROW, w->arena);
	buf_adds(w->out, "<figure class=\"chart\"");
	attribute(w, "id", node->anchor);
	buf_adds(w->out, ">\n<div class=\"wide\">");
	drawing_svg(&wide, 0, w->out);
	buf_adds(w->out, "</div>\n<div class=\"narrow\" hidden>");
	drawing_svg(&narrow, 0, w->out);
	buf_adds(w->out, "</div>\n");
	caption(w, "figcaption", node);
	buf_adds(w->out, "</figure>\n");
}

static void picture(struct writer *w, const struct node *node)
{
	const struct picture *picture = node->picture;
	buf_addf(w->out, "<figure class=\"picture\"><img width=\"%u\" height=\"%u\"",
	    picture->width, picture->height);
	attribute(w, "alt", node->text ? node->text : "");
	buf_addf(w->out, " src=\"data:image/%s;base64,", picture->is_jpeg ? "jpeg" : "png");
	base64_add(w->out, picture->bytes, picture->size);
	buf_adds(w->out, "\">");
	if (node->text && *node->text) {
		buf_adds(w->out, "<figcaption>");
		escaped(w, node->text);
		buf_adds(w->out, "</figcaption>");
	}
	buf_adds(w->out, "</figure>\n");
}

static void paragraph(struct writer *w, const struct node *node)
{
	buf_adds(w->out, node->addressee ? "<p class=\"addressee\">" : "<p>");
	inlines(w, node);
	buf_adds(w->out, "</p>\n");
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
	buf_adds(w->out, "<section class=\"attachments\" aria-labelledby=\"" ATTACHMENTS_ANCHOR
	                 "\">\n<h2 id=\"" ATTACHMENTS_ANCHOR "\">附件：</h2>\n");
	buf_adds(w->out, report->attachment_count > 1 ? "<ol>\n" : "<ul>\n");
	for (size_t i = 0; i < report->attachment_count; i++) {
		const struct listed *listed = &report->attachments[i];
		if (!*listed->path) {
			buf_adds(w->out, "<li>");
			escaped(w, listed->title);
			buf_adds(w->out, "</li>\n");
			continue;
		}
		buf_adds(w->out, "<li><a");
		attribute(w, "href", path_link(listed->path, w->arena));
		buf_addc(w->out, '>');
		escaped(w, listed->title);
		buf_adds(w->out, "</a> <small>（");
		escaped(w, listed->department);
		buf_adds(w->out, "）</small></li>\n");
	}
	buf_adds(w->out, report->attachment_count > 1 ? "</ol>\n" : "</ul>\n");
	buf_adds(w->out, "</section>\n");
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
			paragraph(w, node);
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
			picture(w, node);
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

static void annex(struct writer *w)
{
	const struct node *node = w->report->annex;
	if (!node)
		return;
	buf_adds(w->out, "<section class=\"annex\"");
	attribute(w, "id", node->anchor);
	buf_adds(w->out, ">\n<h2><span class=\"mark\">附表</span> ");
	inlines(w, node->title);
	buf_adds(w->out, "</h2>\n");
	w->in_annex = 1;
	w->deeper = 1;
	blocks(w, node->first);
	buf_adds(w->out, "</section>\n");
}

/* ---- the way into a report of thirty pages ------------------------------------ */

static void entry(struct writer *w, const char *anchor, const char *before, const char *text)
{
	buf_adds(w->out, "<li><a");
	attribute(w, "href", arena_printf(w->arena, "#%s", anchor));
	buf_addc(w->out, '>');
	escaped(w, before);
	escaped(w, text);
	buf_adds(w->out, "</a>");
}

/* Headings of the first two levels. A chapter without one has nothing to lead to. */
static void sections(struct writer *w, const struct node *parent, int inner)
{
	int open = 0;
	for (const struct node *node = parent->first; node; node = node->next) {
		if (node->kind != NODE_SECTION || !node->title || node->level > 2)
			continue;
		if (inner && !open)
			buf_adds(w->out, "\n<ol>\n");
		open = 1;
		entry(w, node->anchor, node->number, node_text(node->title, w->arena));
		sections(w, node, 1);
		buf_adds(w->out, "</li>\n");
	}
	if (inner && open)
		buf_adds(w->out, "</ol>\n");
}

static void contents(struct writer *w)
{
	const struct report *report = w->report;
	struct buf list = { 0 }, *out = w->out;
	w->out = &list;
	sections(w, report->body, 0);
	if (report->attachment_count) {
		entry(w, ATTACHMENTS_ANCHOR, "", "附件");
		buf_adds(w->out, "</li>\n");
	}
	if (report->annex) {
		entry(
		    w, report->annex->anchor, "附表　", node_text(report->annex->title, w->arena));
		buf_adds(w->out, "</li>\n");
	}
	w->out = out;
	if (list.len)
		buf_addf(out, "<ol>\n%s</ol>\n", buf_str(&list));
	buf_release(&list);
}

static int render(
    const struct report *report, const struct setting *setting, struct buf *out, struct err *err)
{
	struct arena scratch = { 0 };
	struct buf body = { 0 }, toc = { 0 };
	struct writer w = { .report = report,
		.arena = &scratch,
		.out = &body,
		.rows = figure_rows_find(report->annex, &scratch) };
	blocks(&w, report->body->first);
	annex(&w);
	w.out = &toc;
	contents(&w);

	json_t *data = json_pack("{s:s, s:s, s:s, s:s, s:s, s:i, s:b, s:s, s:s, s:b, s:s}", "title",
	    report->title, "region", report->region, "issuer", report->issuer, "date",
	    report->date ? report->date : "", "chinese_date", chinese_date(report->date, &scratch),
	    "year", report->year, "draft", report->draft, "draft_notice", DRAFT_NOTICE, "contents",
	    buf_str(&toc), "contents_on_paper", report->contents, "body", buf_str(&body));
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
