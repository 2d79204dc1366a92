/* document.c: frame and chapters become one numbered tree. */
#include "document/document.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "document/caption.h"
#include "document/number.h"
#include "document/punctuation.h"

#include <string.h>

enum { NAME_MAX_BYTES = 200 };

struct builder {
	struct arena *arena;
	struct findings *findings;
	const struct document_source *source;
	struct report *report;
	/* while one text is read */
	const char *file; /* for findings; NULL: composed, nothing is found again */
	const char *text;
	const char *chapter;   /* id, or NULL in the frame */
	struct md_lines lines; /* of `text` */
	int has_attachments, has_signature;
	unsigned char *placed; /* one per chapter */
	unsigned annex_headings;
	const struct md_node *caption; /* of the table that comes next */
	struct captions *captions;
	struct err *err;
	int failed; /* a chapter could not be read */
};

/* ---- nodes ------------------------------------------------------------- */

static struct node *node_new(struct builder *b, enum node_kind kind)
{
	struct node *node = arena_alloc(b->arena, sizeof *node);
	node->kind = kind;
	node->number = "";
	return node;
}

static struct node *append(struct node *parent, struct node *child)
{
	child->parent = parent;
	if (parent->last)
		parent->last->next = child;
	else
		parent->first = child;
	parent->last = child;
	return child;
}

static void gather_text(const struct node *node, struct buf *out)
{
	if (node->text)
		buf_adds(out, node->text);
	if (node->kind == NODE_BREAK)
		buf_addc(out, ' ');
	for (const struct node *child = node->first; child; child = child->next)
		gather_text(child, out);
}

const char *node_text(const struct node *node, struct arena *arena)
{
	struct buf text = { 0 };
	gather_text(node, &text);
	const char *copy = arena_strdup(arena, buf_str(&text));
	buf_release(&text);
	return copy;
}

/* ---- inlines ----------------------------------------------------------- */

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

static void add_text(struct builder *b, struct node *parent, const char *text, size_t n)
{
	if (n)
		append(parent, node_new(b, NODE_TEXT))->text = joined_lines(b->arena, text, n);
}

static unsigned line_of(struct builder *b, size_t offset)
{
	return markdown_line_next(&b->lines, b->text, offset);
}

/* Where the office wrote a block; nowhere for what was composed, which was looked at before. */
static void note_place(struct builder *b, struct node *block, const struct md_node *from)
{
	if (b->file)
		block->place = AT(b->file, line_of(b, from->offset), 0);
}

static void find_reference(
    struct builder *b, const struct md_node *at, const char *name, const struct figure_use *use)
{
	if (!b->file)
		return;
	struct nb_place place = AT(b->file, line_of(b, at->offset), 0);
	if (!use)
		FIND(b->findings, NARRATIVE_REFERENCE, NULL, place, name,
		    N_("{{%s}} names no figure of this report"), name);
	else
		FIND(b->findings, NARRATIVE_NO_VALUE, NULL, place, name,
		    N_("{{%s}} stands in the text, but nobody reported the figure"), name);
}

static const struct chart *find_chart(struct builder *b, const char *name)
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
	const struct chart *chart = find_chart(b, id);
	return caption_anchor(b->arena, "chart", chart ? chart->id : id);
}

static void add_mention(struct builder *b, struct node *parent, const char *name,
    const char *anchor, const struct md_node *from)
{
	struct node *link = append(parent, node_new(b, NODE_LINK));
	link->target = arena_printf(b->arena, "#%s", anchor);
	captions_mention(b->captions, b->arena, link, name,
	    b->file ? AT(b->file, line_of(b, from->offset), 0) : AT(NULL, 0, 0));
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
	FIND(b->findings, REPORT_STRUCTURE, NULL, AT(b->file, line_of(b, at->offset), 0), "frame",
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
			add_text(b, parent, text, (size_t)(open - text));
			text = open = close + 2;
			continue;
		}
		const char *anchor = mentioned(b, name);
		if (anchor) {
			add_text(b, parent, text, (size_t)(open - text));
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
		add_text(b, parent, text, (size_t)(open - text));
		struct node *figure = append(parent, node_new(b, NODE_FIGURE));
		figure->figure = use;
		/* A gap is shown as one: a missing number must be seen. */
		figure->text = use->quantity.state == NB_ABSENT ? "〔缺〕" : use->quantity.text;
		text = open = close + 2;
	}
	add_text(b, parent, text, strlen(text));
}

/* What the office wrote; a department's picture is its words, the file an attachment. */
static int takes_pictures(const struct builder *b)
{
	return b->file && b->source->picture;
}

static void find_picture(struct builder *b, const struct md_node *image, const char *why)
{
	findings_add(b->findings,
	    &(struct finding){ FINDING(NARRATIVE_PICTURE),
	        .at = AT(b->file, line_of(b, image->offset), 0), .subject = image->target,
	        .message = N_("the picture '%s' is not set, its description stands there instead"),
	        .args = { image->target }, .why = why });
}

static void add_inlines(struct builder *b, struct node *parent, const struct md_node *from);

/* From `first` up to `stop`, which may be NULL. */
static void add_inline_run(
    struct builder *b, struct node *parent, const struct md_node *first, const struct md_node *stop)
{
	for (const struct md_node *child = first; child != stop; child = child->next) {
		switch (child->kind) {
		case MD_TEXT:
			add_run(b, parent, child);
			break;
		case MD_STRONG:
			add_inlines(b, append(parent, node_new(b, NODE_STRONG)), child);
			break;
		case MD_EMPHASIS:
			add_inlines(b, append(parent, node_new(b, NODE_EMPHASIS)), child);
			break;
		case MD_CODE:
			append(parent, node_new(b, NODE_CODE))->text = arena_strdup(
			    b->arena, child->first && child->first->text ? child->first->text : "");
			break;
		case MD_LINK:
			if (markdown_target_is_safe(child->target)) {
				struct node *link = append(parent, node_new(b, NODE_LINK));
				link->target = arena_strdup(b->arena, child->target);
				add_inlines(b, link, child);
			} else {
				add_inlines(b, parent, child);
			}
			break;
		case MD_IMAGE: /* its words, see add_picture() */
			if (takes_pictures(b))
				find_picture(b, child, N_("it stands among other text"));
			add_inlines(b, parent, child);
			break;
		case MD_BREAK:
			append(parent, node_new(b, NODE_BREAK));
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

static void add_inlines(struct builder *b, struct node *parent, const struct md_node *from)
{
	add_inline_run(b, parent, from->first, NULL);
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

static void finish_inlines(struct builder *b, struct node *block)
{
	join_edges(b, block, &(struct edge){ 0 });
	trim_indent(block);
	if (b->source->full_width)
		punctuate(block, b->arena);
}

/* Takes " {#id}" off the end: of a point's headline it said where the point belongs, of a caption
 * by what name the table goes. NULL if there is none. */
static const char *drop_id(struct builder *b, struct node *title)
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
static const char *alone(struct builder *b, const struct md_node *block, const char *prefix)
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

/* ---- blocks ------------------------------------------------------------ */

static void add_blocks(struct builder *b, struct node *parent, const struct md_node *from);

/* "表：各类许可 {#permits}" before a table: the mark's bytes, 0 if it is none. */
static size_t caption_sign(const struct md_node *block)
{
	static const char *const signs[] = { "表：", "表:" };
	const struct md_node *text = block->first;
	if (block->kind != MD_PARAGRAPH || !block->next || block->next->kind != MD_TABLE || !text ||
	    text->kind != MD_TEXT)
		return 0;
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (strncmp(text->text, signs[i], strlen(signs[i])) == 0)
			return strlen(signs[i]);
	return 0;
}

/* The caption of the table to come, and what it may be named by. */
static void read_caption(struct builder *b, struct node *table, const struct md_node *from)
{
	size_t sign = caption_sign(from);
	table->title = node_new(b, NODE_PARAGRAPH);
	table->title->parent = table;
	note_place(b, table->title, from);
	add_inlines(b, table->title, from);
	table->title->first->text += sign;
	const char *id = drop_id(b, table->title);
	finish_inlines(b, table->title);
	const char *anchor = id ? caption_anchor(b->arena, "table", id) : NULL;
	if (!anchor || !captions_take(b->captions, anchor))
		/* No id makes this of "table-ID". */
		anchor = arena_printf(b->arena, "tables-%u", ++b->captions->tables);
	table->anchor = anchor;
}

static void add_chart(struct builder *b, struct node *parent, const struct chart *chart)
{
	struct node *block = node_new(b, NODE_CHART);
	block->anchor = caption_anchor(b->arena, "chart", chart->id);
	if (chart->bar_count == 0 || !captions_take(b->captions, block->anchor))
		return;
	append(parent, block);
	block->chart = chart;
	block->title = node_new(b, NODE_PARAGRAPH);
	block->title->parent = block;
	add_text(b, block->title, chart->title, strlen(chart->title));
}

/* Whether the paragraph is a chart's tag alone; one that is unknown is found as any other name. */
static int is_chart(struct builder *b, struct node *parent, const struct md_node *from)
{
	const char *name = alone(b, from, "{{chart.");
	const struct chart *chart = name ? find_chart(b, name) : NULL;
	if (chart)
		add_chart(b, parent, chart);
	return chart != NULL;
}

static void add_table(struct builder *b, struct node *parent, const struct md_node *from)
{
	struct node *table = append(parent, node_new(b, NODE_TABLE));
	if (b->caption)
		read_caption(b, table, b->caption);
	b->caption = NULL;
	for (const struct md_node *row = from->first; row; row = row->next) {
		struct node *to = append(table, node_new(b, NODE_ROW));
		to->header = row->level == 1;
		for (const struct md_node *cell = row->first; cell; cell = cell->next) {
			struct node *into = append(to, node_new(b, NODE_CELL));
			into->align = cell->align;
			note_place(b, into, cell);
			add_inlines(b, into, cell);
			finish_inlines(b, into);
		}
	}
}

static void add_block(struct builder *b, struct node *parent, const struct md_node *from);

/* A tight list has no paragraphs: what stands between blocks is one. */
static void add_item(struct builder *b, struct node *to, const struct md_node *item)
{
	for (const struct md_node *child = item->first, *stop; child; child = stop) {
		stop = child;
		while (stop && stop->kind >= MD_TEXT)
			stop = stop->next;
		if (stop == child) {
			add_block(b, to, child);
			stop = child->next;
			continue;
		}
		struct node *paragraph = append(to, node_new(b, NODE_PARAGRAPH));
		note_place(b, paragraph, child);
		add_inline_run(b, paragraph, child, stop);
		finish_inlines(b, paragraph);
	}
}

static void add_list(struct builder *b, struct node *parent, const struct md_node *from)
{
	struct node *list = append(parent, node_new(b, NODE_LIST));
	unsigned n = from->start;
	list->ordered = from->start > 0;
	for (const struct md_node *item = from->first; item; item = item->next) {
		struct node *to = append(list, node_new(b, NODE_ITEM));
		if (list->ordered)
			to->number = arena_printf(b->arena, "%u.", n++);
		add_item(b, to, item);
	}
}

/* A picture alone in its paragraph, or its description if it cannot be set. 0: it is none. */
static int add_picture(struct builder *b, struct node *parent, const struct md_node *from)
{
	const struct md_node *image = from->first;
	const char *why;
	if (!takes_pictures(b) || from->kind != MD_PARAGRAPH || !image || image->kind != MD_IMAGE ||
	    image->next)
		return 0;
	const struct picture *picture =
	    b->source->picture(b->source->self, b->file, image->target, &why);
	struct node *words = node_new(b, NODE_PARAGRAPH);
	add_inlines(b, words, image);
	finish_inlines(b, words);
	if (picture) {
		struct node *node = append(parent, node_new(b, NODE_PICTURE));
		note_place(b, node, from);
		node->picture = picture;
		node->text = node_text(words, b->arena);
		return 1;
	}
	find_picture(b, image, why);
	note_place(b, words, from);
	if (words->first)
		append(parent, words);
	return 1;
}

static void add_block(struct builder *b, struct node *parent, const struct md_node *from)
{
	if (add_picture(b, parent, from))
		return;
	switch (from->kind) {
	case MD_PARAGRAPH:
	case MD_HEADING: { /* a heading inside a quotation or list is a paragraph there */
		if (is_chart(b, parent, from))
			break;
		if (caption_sign(from)) {
			b->caption = from;
			break;
		}
		struct node *paragraph = node_new(b, NODE_PARAGRAPH);
		note_place(b, paragraph, from);
		add_inlines(b, paragraph, from);
		finish_inlines(b, paragraph);
		if (paragraph->first)
			append(parent, paragraph);
		break;
	}
	case MD_LIST:
		add_list(b, parent, from);
		break;
	case MD_QUOTE:
		add_blocks(b, append(parent, node_new(b, NODE_QUOTE)), from);
		break;
	case MD_CODE_BLOCK:
		append(append(parent, node_new(b, NODE_CODE_BLOCK)), node_new(b, NODE_TEXT))->text =
		    arena_strdup(
		        b->arena, from->first && from->first->text ? from->first->text : "");
		break;
	case MD_TABLE:
		add_table(b, parent, from);
		break;
	case MD_DOCUMENT:
	case MD_ITEM:
	case MD_ROW:
	case MD_CELL:
	case MD_RULE: /* no such thing in an official document */
	case MD_TEXT:
	case MD_STRONG:
	case MD_EMPHASIS:
	case MD_CODE:
	case MD_LINK:
	case MD_IMAGE:
	case MD_BREAK:
		break;
	}
}

static void add_blocks(struct builder *b, struct node *parent, const struct md_node *from)
{
	for (const struct md_node *child = from->first; child; child = child->next)
		add_block(b, parent, child);
}

/* ---- sections ---------------------------------------------------------- */

/* Numbers are ours: one typed by hand would stand there twice. */
static void drop_number(const struct builder *b, struct node *title)
{
	struct node *first = title->first;
	while (first && (first->kind == NODE_STRONG || first->kind == NODE_EMPHASIS))
		first = first->first;
	size_t n = first && first->kind == NODE_TEXT && !b->source->as_written
	               ? typed_number(first->text)
	               : 0;
	if (n) {
		first->text += n;
		b->report->typed_numbers++;
	}
}

static struct node *add_section(
    struct builder *b, struct node *parent, unsigned level, const struct md_node *heading)
{
	struct node *section = append(parent, node_new(b, NODE_SECTION));
	section->level = level;
	section->title = node_new(b, NODE_PARAGRAPH);
	section->title->parent = section;
	note_place(b, section->title, heading);
	add_inlines(b, section->title, heading);
	join_edges(b, section->title, &(struct edge){ 0 });
	drop_id(b, section->title);
	trim_indent(section->title);
	drop_number(b, section->title);
	if (b->source->full_width)
		punctuate(section->title, b->arena);
	return section;
}

/* The section that a heading of `level` goes into. */
static struct node *enclosing(struct node *at, unsigned level, const struct node *root)
{
	while (at != root && at->level >= level)
		at = at->parent;
	return at;
}

static int read_chapter(struct builder *b, struct chapter_text *chapter)
{
	if (!b->failed && b->source->read)
		b->failed = b->source->read(b->source->self, chapter, b->err) != 0;
	return b->failed ? -1 : 0;
}

static void add_chapter(
    struct builder *b, struct node *parent, unsigned level, struct chapter_text *chapter)
{
	if (read_chapter(b, chapter) != 0)
		return;
	struct builder inner = *b;
	inner.file = chapter->file;
	inner.text = chapter->markdown;
	inner.chapter = chapter->id;
	inner.lines = (struct md_lines){ 0 };

	struct node *root = append(parent, node_new(b, NODE_SECTION));
	root->chapter = chapter->id;
	/* Points of a chapter without heading never are of the first level: 一、 is for chapters.
	 */
	unsigned first = *chapter->title ? level + 1 : level > 2 ? level : 2;
	if (*chapter->title) {
		root->level = level;
		root->title = node_new(b, NODE_PARAGRAPH);
		root->title->parent = root;
		add_text(b, root->title, chapter->title, strlen(chapter->title));
		drop_number(b, root->title);
		if (b->source->full_width)
			punctuate(root->title, b->arena);
	}
	struct node *at = root;
	struct arena tree = { 0 }; /* what is kept of it is copied */
	const struct md_node *document = markdown_read(&tree, chapter->markdown, chapter->size);
	for (const struct md_node *block = document->first; block; block = block->next) {
		if (block->kind != MD_HEADING) {
			if (inner.file || !b->source->outline)
				add_block(&inner, at, block);
			continue;
		}
		if (!block->first)
			continue;
		unsigned depth = block->level < 2 ? 0 : block->level - 2;
		at = add_section(&inner, enclosing(at, first + depth, root), first + depth, block);
	}
	/* A point whose body starts with a paragraph is run in; see number_sections(). */
	arena_release(&tree);
}

static void find_twice(struct builder *b, const struct md_node *block, const char *what)
{
	FIND(b->findings, REPORT_STRUCTURE, NULL, AT(b->file, line_of(b, block->offset), 0), what,
	    N_("'%s' has its place in the frame already; this tag is left out"), what);
}

static void place_chapter(
    struct builder *b, struct node *at, const struct md_node *block, const char *id)
{
	for (size_t i = 0; i < b->source->chapter_count; i++)
		if (strcmp(b->source->chapters[i].id, id) == 0) {
			if (b->placed[i]++)
				find_twice(b, block, id);
			else
				add_chapter(b, at, at->level + 1, &b->source->chapters[i]);
		}
}

static void place_part(struct builder *b, const struct md_node *block, const char *name)
{
	int list = strcmp(name, "attachments") == 0;
	int *placed = list ? &b->has_attachments : &b->has_signature;
	if ((*placed)++)
		find_twice(b, block, name);
	else
		append(b->report->body, node_new(b, list ? NODE_ATTACHMENTS : NODE_SIGNATURE));
}

/* Takes a paper's title; `*above` is how many levels its headings stand below those of a report. */
static const struct md_node *take_title(
    struct builder *b, const struct md_node *document, unsigned *above)
{
	const struct md_node *title = NULL;
	unsigned shallowest = 7;
	for (const struct md_node *block = document->first; block; block = block->next) {
		if (block->kind != MD_HEADING || !block->first)
			continue;
		if (!title && !b->report->title && block->level == 1)
			title = block;
		else if (block->level < shallowest)
			shallowest = block->level;
	}
	*above = shallowest < 7 ? shallowest - 1 : 0;
	if (!title)
		return NULL;
	struct node *words = node_new(b, NODE_PARAGRAPH);
	add_inlines(b, words, title);
	finish_inlines(b, words);
	b->report->title = node_text(words, b->arena);
	return title;
}

static void add_frame(struct builder *b)
{
	struct node *root = b->report->body, *at = root;
	const struct md_node *title = NULL;
	unsigned above = 0;
	b->file = b->source->frame_file;
	b->text = b->source->frame;
	const struct md_node *document =
	    markdown_read(b->arena, b->source->frame, b->source->frame_size);
	if (b->source->paper)
		title = take_title(b, document, &above);
	for (const struct md_node *block = document->first; block; block = block->next) {
		const char *name;
		if (block == title)
			continue;
		if (block->kind == MD_HEADING && block->first) {
			unsigned level = block->level - above;
			at = add_section(b, enclosing(at, level, root), level, block);
			at->chapter = "";
		} else if (b->source->paper) {
			add_block(b, at, block);
		} else if ((name = alone(b, block, "{{chapter.")) != NULL) {
			place_chapter(b, at, block, name);
		} else if ((name = alone(b, block, "{{report.")) != NULL) {
			place_part(b, block, name);
		} else {
			add_block(b, at, block);
		}
	}
}

/* Its first heading is its title; the others are headings without numbers. */
static void add_annex(struct builder *b)
{
	struct node *annex = b->report->annex = node_new(b, NODE_SECTION), *at = annex;
	const struct md_node *document =
	    markdown_read(b->arena, b->source->annex, b->source->annex_size);
	b->file = NULL;
	b->text = b->source->annex;
	annex->anchor = "annex";
	for (const struct md_node *block = document->first; block; block = block->next) {
		if (block->kind != MD_HEADING) {
			add_block(b, at, block);
		} else if (!annex->title) {
			annex->title = node_new(b, NODE_PARAGRAPH);
			annex->title->parent = annex;
			add_inlines(b, annex->title, block);
			finish_inlines(b, annex->title);
		} else if (block->first) {
			unsigned level = block->level < 2 ? 1 : block->level - 1;
			at = add_section(b, enclosing(at, level, annex), level, block);
			at->anchor = arena_printf(b->arena, "annex-%u", ++b->annex_headings);
		}
	}
	if (!annex->title || !annex->first)
		b->report->annex = NULL;
}

/* ---- numbers ----------------------------------------------------------- */

static int is_point(const struct node *section)
{
	return section->title && !section->chapter;
}

static void number_sections(
    struct builder *b, struct node *parent, enum nb_numbering numbering, const char *anchor)
{
	unsigned n = 0, anchors = 0;
	for (struct node *node = parent->first; node; node = node->next) {
		if (node->kind != NODE_SECTION)
			continue;
		enum nb_numbering inner = NB_PAREN;
		if (node->chapter && *node->chapter)
			for (size_t i = 0; i < b->source->chapter_count; i++)
				if (strcmp(b->source->chapters[i].id, node->chapter) == 0)
					inner = b->source->chapters[i].numbering;
		const char *own = arena_printf(
		    b->arena, "%s%s%u", anchor, *anchor == 's' && !anchor[1] ? "" : "-", ++anchors);
		if (node->title) {
			n++;
			node->number = numbering == NB_SHI && is_point(node)
			                   ? number_shi(b->arena, n)
			                   : number_of_level(b->arena, node->level, n);
			if (b->source->as_written)
				node->number = "";
			node->run_in =
			    is_point(node) && node->first && node->first->kind == NODE_PARAGRAPH;
			node->anchor = own;
		}
		number_sections(b, node, inner, own);
	}
}

/*
 * GB/T 9704-2012, 7.3.2: whom a paper is sent to stands below its title, flush
 * left, and ends in a colon: "各乡镇人民政府，县政府各部门：". A sentence that ends in one
 * leads to what follows: "现将有关情况报告如下：".
 */
static void find_addressee(struct builder *b)
{
	static const char colon[] = "：";
	static const char *const of_sentences[] = { "。", "；", "！", "？", "《", "如下" };
	struct node *node = b->report->body->first;
	if (!node || node->kind != NODE_PARAGRAPH)
		return;
	const char *text = node_text(node, b->arena);
	size_t n = strlen(text), m = sizeof colon - 1;
	if (n <= m || strcmp(text + n - m, colon) != 0)
		return;
	for (size_t i = 0; i < sizeof of_sentences / sizeof *of_sentences; i++)
		if (strstr(text, of_sentences[i]))
			return;
	node->addressee = 1;
}

/* ---- what is attached to a paper ---------------------------------------- */

static size_t count_nodes(const struct node *first)
{
	size_t n = 0;
	for (; first; first = first->next)
		n++;
	return n;
}

static int is_list_of_titles(const struct node *list)
{
	if (!list || list->kind != NODE_LIST || !list->ordered)
		return 0;
	for (const struct node *item = list->first; item; item = item->next)
		if (count_nodes(item->first) != 1 || item->first->kind != NODE_PARAGRAPH)
			return 0;
	return 1;
}

/* "附件：" with the only title behind it, or with a numbered list below it. */
static int take_note(struct builder *b, struct node *node)
{
	static const char mark[] = "附件：";
	const char *text = node_text(node, b->arena), *only = text + sizeof mark - 1;
	struct node *list = node->next;
	if (strncmp(text, mark, sizeof mark - 1) != 0 || strstr(only, "2.") || strstr(only, "。"))
		return 0;
	if (!*only && !is_list_of_titles(list))
		return 0;
	size_t count = *only ? 1 : count_nodes(list->first), n = 0;
	struct listed *listed = arena_alloc(b->arena, count * sizeof *listed);
	if (*only) {
		only += strncmp(only, "1.", 2) == 0 ? 2 : 0;
		listed[0] = (struct listed){ only, "", "" };
	} else {
		for (const struct node *item = list->first; item; item = item->next)
			listed[n++] = (struct listed){ node_text(item->first, b->arena), "", "" };
		node->next = list->next;
		if (node->parent->last == list)
			node->parent->last = node;
	}
	node->kind = NODE_ATTACHMENTS;
	node->first = node->last = NULL;
	b->report->attachments = listed;
	b->report->attachment_count = count;
	return 1;
}

static int find_note(struct builder *b, struct node *parent)
{
	for (struct node *node = parent->first; node; node = node->next)
		if ((node->kind == NODE_SECTION && find_note(b, node)) ||
		    (node->kind == NODE_PARAGRAPH && take_note(b, node)))
			return 1;
	return 0;
}

/* ---- the whole --------------------------------------------------------- */

/* A heading of the frame with nothing below it: its chapter stands elsewhere, or nowhere. */
static void find_empty(struct builder *b, const struct node *parent)
{
	for (const struct node *node = parent->first; node; node = node->next) {
		if (node->kind != NODE_SECTION)
			continue;
		int frame = node->title && node->chapter && !*node->chapter;
		const char *title = frame ? node_text(node->title, b->arena) : "";
		if (frame && !node->first)
			FIND(b->findings, REPORT_STRUCTURE, NULL, AT(b->source->frame_file, 0, 0),
			    title, N_("nothing stands below the heading '%s'"), title);
		find_empty(b, node);
	}
}

/* A chapter that the frame leaves out is read all the same: what is wrong with it is found. */
static void add_unplaced(struct builder *b, struct chapter_text *chapter)
{
	read_chapter(b, chapter);
	/* An error, unlike other oddities of the frame: a chapter would be missing. */
	findings_add(
	    b->findings, &(struct finding){ .code = code_table[CODE_REPORT_STRUCTURE].id,
	                     .severity = NB_ERROR,
	                     .at = { b->source->frame_file, 0, 0 },
	                     .subject = chapter->id,
	                     .message = N_("the frame has no place for the chapter '%s': neither "
	                                   "{{{chapters}}} nor {{{%s}}}"),
	                     .args = { chapter->id, chapter->id } });
}

int document_build(struct report *report, const struct document_source *source, struct arena *arena,
    struct findings *findings, struct err *err)
{
	struct captions captions = { 0 };
	struct builder b = { .arena = arena,
		.findings = findings,
		.source = source,
		.report = report,
		.captions = &captions,
		.err = err };
	b.placed = arena_alloc(arena, source->chapter_count + 1);
	report->body = node_new(&b, NODE_SECTION);
	add_frame(&b);
	for (size_t i = 0; i < source->chapter_count; i++)
		if (!b.placed[i])
			add_unplaced(&b, &source->chapters[i]);
	find_empty(&b, report->body);
	if (!b.has_attachments && report->attachment_count)
		append(report->body, node_new(&b, NODE_ATTACHMENTS));
	if (source->paper && (*report->issuer || report->date))
		append(report->body, node_new(&b, NODE_SIGNATURE));
	find_addressee(&b);
	if (source->paper && !source->as_written)
		find_note(&b, report->body);
	number_sections(&b, report->body, NB_PAREN, "s");
	if (source->annex)
		add_annex(&b);
	captions_number(&captions, report, arena, findings);
	captions_release(&captions);
	return b.failed ? -1 : 0;
}

const char *chinese_date(const char *date, struct arena *arena)
{
	int year = 0, month = 0, day = 0;
	for (int i = 0; date && i < 10; i++) {
		int *part = i < 4 ? &year : i < 7 ? &month : &day;
		if (date[i] >= '0' && date[i] <= '9')
			*part = *part * 10 + (date[i] - '0');
	}
	return date ? arena_printf(arena, "%d年%d月%d日", year, month, day) : "";
}
