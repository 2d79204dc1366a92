/* inlines.c: words, figures, mentions and links of a block. */
#include "document/build.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "document/punctuation.h"

#include <string.h>

enum { NAME_MAX_BYTES = 200 };

struct node *build_node(struct builder *b, enum node_kind kind)
{
	struct node *node = arena_alloc(b->arena, sizeof *node);
	node->kind = kind;
	node->number = "";
	return node;
}

struct node *build_append(struct node *parent, struct node *child)
{
	child->parent = parent;
	if (parent->last)
		parent->last->next = child;
	else
		parent->first = child;
	parent->last = child;
	return child;
}

/*
 * A line break in the source is none in the report: between Chinese it leaves
 * nothing behind, elsewhere a blank.
 */
static char *joined_lines(struct arena *arena, const char *text, size_t n)
{
	struct buf out = { 0 };
	const char *end = text + n;
	if (!memchr(text, '\n', n))
		return arena_strndup(arena, text, n);
	for (const char *p = text; p < end; p++) {
		if (*p != '\n') {
			buf_addc(&out, *p);
			continue;
		}
		const char *after = p + 1;
		if (utf8_is_cjk(utf8_before(text, p)) || utf8_is_cjk(utf8_next(&after, end)))
			continue;
		/* At an edge it depends on the next node or the one before: see join_edges(). */
		buf_addc(&out, p == text || p + 1 == end ? '\n' : ' ');
	}
	char *copy = arena_strndup(arena, buf_str(&out), out.len);
	buf_release(&out);
	return copy;
}

void build_text(struct builder *b, struct node *parent, const char *text, size_t n)
{
	if (n)
		build_append(parent, build_node(b, NODE_TEXT))->text =
		    joined_lines(b->arena, text, n);
}

unsigned build_line(struct builder *b, size_t offset)
{
	return markdown_line_next(&b->lines, b->text, offset);
}

/* Where the office wrote a block; nowhere for what was composed, which was looked at before. */
void build_place(struct builder *b, struct node *block, const struct md_node *from)
{
	if (b->file)
		block->place = AT(b->file, build_line(b, from->offset), 0);
}

static void find_reference(
    struct builder *b, const struct md_node *at, const char *name, const struct figure_use *use)
{
	if (!b->file)
		return;
	struct nb_place place = AT(b->file, build_line(b, at->offset), 0);
	if (!use)
		FIND(b->findings, NARRATIVE_REFERENCE, NULL, place, name,
		    N_("{{%s}} names no figure of this report"), name);
	else
		FIND(b->findings, NARRATIVE_NO_VALUE, NULL, place, name,
		    N_("{{%s}} stands in the text, but nobody reported the figure"), name);
}

const struct chart *build_chart(struct builder *b, const char *name)
{
	return b->source->chart ? b->source->chart(b->source->self, name, b->chapter) : NULL;
}

/* "chart.outcomes", "table.permits": the anchor that it means; NULL for a figure's name. */
static const char *mentioned(struct builder *b, const char *name)
{
	const char *id = strchr(name, '.');
	if (!id || !id[1])
		return NULL;
	id++;
	if (strncmp(name, "table.", 6) == 0)
		return caption_anchor(b->arena, "table", id);
	if (strncmp(name, "chart.", 6) != 0)
		return NULL;
	const struct chart *chart = build_chart(b, id);
	return caption_anchor(b->arena, "chart", chart ? chart->id : id);
}

static void add_mention(struct builder *b, struct node *parent, const char *name,
    const char *anchor, const struct md_node *from)
{
	struct node *link = build_append(parent, build_node(b, NODE_LINK));
	link->target = arena_printf(b->arena, "#%s", anchor);
	captions_mention(b->captions, b->arena, link, name,
	    b->file ? AT(b->file, build_line(b, from->offset), 0) : AT(NULL, 0, 0));
}

/* What the frame's own tags have become, see compose_frame(). */
static int is_tag(const struct builder *b, const char *name)
{
	return !b->chapter && !b->source->paper &&
	       (strncmp(name, "chapter.", 8) == 0 || strncmp(name, "report.", 7) == 0);
}

/* A tag that shares its line with words would print its name: say so instead. */
static void find_inline_tag(struct builder *b, const struct md_node *at)
{
	FIND(b->findings, REPORT_STRUCTURE, NULL, AT(b->file, build_line(b, at->offset), 0),
	    "frame",
	    N_("the tag of a chapter, of the attachments or of the signature must stand on a line "
	       "of "
	       "its own, with blank lines around it"));
}

/* Text with {{names}} in it: each becomes a figure where one is meant. */
static void add_run(struct builder *b, struct node *parent, const struct md_node *from)
{
	const char *text = from->text;
	for (const char *open = text; (open = strstr(open, "{{")) != NULL;) {
		/* A name is short and stands on one line: what is looked at is bounded. */
		size_t n = strcspn(open + 2, "{}\n");
		const char *close = open + 2 + n;
		if (n > NAME_MAX_BYTES || strncmp(close, "}}", 2) != 0) {
			open += 2;
			continue;
		}
		const char *start = open + 2 + strspn(open + 2, " "), *stop = close;
		while (stop > start && stop[-1] == ' ')
			stop--;
		const char *name = arena_strndup(b->arena, start, (size_t)(stop - start));
		if (is_tag(b, name)) {
			find_inline_tag(b, from);
			build_text(b, parent, text, (size_t)(open - text));
			text = open = close + 2;
			continue;
		}
		const char *anchor = mentioned(b, name);
		if (anchor) {
			build_text(b, parent, text, (size_t)(open - text));
			add_mention(b, parent, name, anchor, from);
			text = open = close + 2;
			continue;
		}
		const struct figure_use *use =
		    b->source->resolve(b->source->self, name, b->chapter);
		if (!use || use->quantity.state == NB_ABSENT)
			find_reference(b, from, name, use);
		if (!use) {
			open += 2;
			continue;
		}
		build_text(b, parent, text, (size_t)(open - text));
		struct node *figure = build_append(parent, build_node(b, NODE_FIGURE));
		figure->figure = use;
		/* A gap is shown as one: a missing number must be seen. */
		figure->text = use->quantity.state == NB_ABSENT ? "〔缺〕" : use->quantity.text;
		text = open = close + 2;
	}
	build_text(b, parent, text, strlen(text));
}

/* What the office wrote; a department's picture is its words, the file an attachment. */
int build_takes_pictures(const struct builder *b)
{
	return b->file && b->source->picture;
}

void build_find_picture(struct builder *b, const struct md_node *image, const char *why)
{
	findings_add(b->findings,
	    &(struct finding){ FINDING(NARRATIVE_PICTURE),
	        .at = AT(b->file, build_line(b, image->offset), 0), .subject = image->target,
	        .message = N_("the picture '%s' is not set, its description stands there instead"),
	        .args = { image->target }, .why = why });
}

/* From `first` up to `stop`, which may be NULL. */
void build_inline_run(
    struct builder *b, struct node *parent, const struct md_node *first, const struct md_node *stop)
{
	for (const struct md_node *child = first; child != stop; child = child->next) {
		switch (child->kind) {
		case MD_TEXT:
			add_run(b, parent, child);
			break;
		case MD_STRONG:
			build_inlines(b, build_append(parent, build_node(b, NODE_STRONG)), child);
			break;
		case MD_EMPHASIS:
			build_inlines(b, build_append(parent, build_node(b, NODE_EMPHASIS)), child);
			break;
		case MD_CODE:
			build_append(parent, build_node(b, NODE_CODE))->text = arena_strdup(
			    b->arena, child->first && child->first->text ? child->first->text : "");
			break;
		case MD_LINK:
			if (markdown_target_is_safe(child->target)) {
				struct node *link = build_append(parent, build_node(b, NODE_LINK));
				link->target = arena_strdup(b->arena, child->target);
				build_inlines(b, link, child);
			} else {
				build_inlines(b, parent, child);
			}
			break;
		case MD_IMAGE: /* its words, see add_picture() */
			if (build_takes_pictures(b))
				build_find_picture(b, child, N_("it stands among other text"));
			build_inlines(b, parent, child);
			break;
		case MD_BREAK:
			build_append(parent, build_node(b, NODE_BREAK));
			break;
		case MD_DOCUMENT:
		case MD_HEADING:
		case MD_PARAGRAPH:
		case MD_LIST:
		case MD_ITEM:
		case MD_QUOTE:
		case MD_CODE_BLOCK:
		case MD_TABLE:
		case MD_ROW:
		case MD_CELL:
		case MD_RULE:
			break;
		}
	}
}

void build_inlines(struct builder *b, struct node *parent, const struct md_node *from)
{
	build_inline_run(b, parent, from->first, NULL);
}

/* Departments indent by ideographic spaces; the layout indents by itself. */
static void trim_indent(struct node *paragraph)
{
	struct node *first = paragraph->first;
	if (!first || first->kind != NODE_TEXT)
		return;
	const char *p = first->text, *end = p + strlen(p);
	const char *start = p;
	while (p < end && utf8_is_space(utf8_next(&p, end)))
		start = p;
	first->text = start;
}

/* Where the last text ended while a block's inlines are gone through. */
struct edge {
	uint32_t before;   /* last character, 0 at the start */
	struct node *open; /* text that ends in a line break, or NULL */
};

/* A line break at the edge of a text is a blank unless Chinese stands on one of its sides. */
static void join_edges(struct builder *b, struct node *parent, struct edge *edge)
{
	for (struct node *node = parent->first; node; node = node->next) {
		const char *p = node->text ? node->text : "";
		if (node->kind == NODE_BREAK) {
			*edge = (struct edge){ 0 };
		} else if (*p) {
			int starts = node->kind == NODE_TEXT && *p == '\n';
			const char *end = p + strlen(p), *second = p + starts;
			uint32_t first = utf8_next(&second, end);
			if (edge->open && !utf8_is_cjk(first) && !starts)
				edge->open->text = arena_printf(b->arena, "%s ", edge->open->text);
			if (starts)
				p = arena_printf(b->arena, "%s%s",
				    edge->before && !utf8_is_cjk(edge->before) ? " " : "", p + 1);
			end = p + strlen(p);
			edge->open = NULL;
			if (node->kind == NODE_TEXT && end > p && end[-1] == '\n') {
				p = arena_strndup(b->arena, p, (size_t)(end - p) - 1);
				end = p + strlen(p);
				edge->open = node;
			}
			edge->before = utf8_before(p, end);
			node->text = p;
		}
		join_edges(b, node, edge);
	}
}

void build_finish(struct builder *b, struct node *block)
{
	join_edges(b, block, &(struct edge){ 0 });
	trim_indent(block);
	if (b->source->full_width)
		punctuate(block, b->arena);
}

void build_finish_title(struct builder *b, struct node *title)
{
	join_edges(b, title, &(struct edge){ 0 });
	build_id(b, title);
	trim_indent(title);
}

/* Takes " {#id}" off the end: of a point's headline it said where the point belongs, of a caption
 * by what name the table goes. NULL if there is none. */
const char *build_id(struct builder *b, struct node *title)
{
	struct node *last = title->last;
	if (!last || last->kind != NODE_TEXT)
		return NULL;
	size_t n = strlen(last->text);
	const char *open = strrchr(last->text, '{');
	if (!open || open[1] != '#' || n < 2 || last->text[n - 1] != '}')
		return NULL;
	const char *id = arena_strndup(b->arena, open + 2, (size_t)(last->text + n - 1 - open - 2));
	while (open > last->text && open[-1] == ' ')
		open--;
	last->text = arena_strndup(b->arena, last->text, (size_t)(open - last->text));
	return id;
}

/* "{{chapter.plan}}" standing alone in a paragraph; the name after the dot, or NULL. */
const char *build_alone(struct builder *b, const struct md_node *block, const char *prefix)
{
	const struct md_node *text = block->first;
	if (block->kind != MD_PARAGRAPH || !text || text->next || text->kind != MD_TEXT)
		return NULL;
	size_t n = strlen(prefix), len = strlen(text->text);
	if (strncmp(text->text, prefix, n) != 0 || len < n + 2 ||
	    strcmp(text->text + len - 2, "}}") != 0)
		return NULL;
	const char *name = arena_strndup(b->arena, text->text + n, len - n - 2);
	return strpbrk(name, "{} ") ? NULL : name;
}
