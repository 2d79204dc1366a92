/* blocks.c: paragraphs, tables and their captions, charts, pictures, lists. */
#include "document/build.h"

#include "base/i18n.h"

#include <string.h>

static void build_blocks(struct builder *b, struct node *parent, const struct md_node *from);

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
	table->title = build_node(b, NODE_PARAGRAPH);
	table->title->parent = table;
	build_place(b, table->title, from);
	build_inlines(b, table->title, from);
	table->title->first->text += sign;
	const char *id = build_id(b, table->title);
	build_finish(b, table->title);
	const char *anchor = id ? caption_anchor(b->arena, "table", id) : NULL;
	if (!anchor || !captions_take(b->captions, anchor))
		/* No id makes this of "table-ID". */
		anchor = arena_printf(b->arena, "tables-%u", ++b->captions->tables);
	table->anchor = anchor;
}

static void add_chart(struct builder *b, struct node *parent, const struct chart *chart)
{
	struct node *block = build_node(b, NODE_CHART);
	block->anchor = caption_anchor(b->arena, "chart", chart->id);
	if (chart->bar_count == 0 || !captions_take(b->captions, block->anchor))
		return;
	build_append(parent, block);
	block->chart = chart;
	block->title = build_node(b, NODE_PARAGRAPH);
	block->title->parent = block;
	build_text(b, block->title, chart->title, strlen(chart->title));
}

/* Whether the paragraph is a chart's tag alone; one that is unknown is found as any other name. */
static int is_chart(struct builder *b, struct node *parent, const struct md_node *from)
{
	const char *name = build_alone(b, from, "{{chart.");
	const struct chart *chart = name ? build_chart(b, name) : NULL;
	if (chart)
		add_chart(b, parent, chart);
	return chart != NULL;
}

static void add_table(struct builder *b, struct node *parent, const struct md_node *from)
{
	struct node *table = build_append(parent, build_node(b, NODE_TABLE));
	if (b->caption)
		read_caption(b, table, b->caption);
	b->caption = NULL;
	for (const struct md_node *row = from->first; row; row = row->next) {
		struct node *to = build_append(table, build_node(b, NODE_ROW));
		to->header = row->level == 1;
		for (const struct md_node *cell = row->first; cell; cell = cell->next) {
			struct node *into = build_append(to, build_node(b, NODE_CELL));
			into->align = cell->align;
			build_place(b, into, cell);
			build_inlines(b, into, cell);
			build_finish(b, into);
		}
	}
}

/* A tight list has no paragraphs: what stands between blocks is one. */
static void add_item(struct builder *b, struct node *to, const struct md_node *item)
{
	for (const struct md_node *child = item->first, *stop; child; child = stop) {
		stop = child;
		while (stop && stop->kind >= MD_TEXT)
			stop = stop->next;
		if (stop == child) {
			build_block(b, to, child);
			stop = child->next;
			continue;
		}
		struct node *paragraph = build_append(to, build_node(b, NODE_PARAGRAPH));
		build_place(b, paragraph, child);
		build_inline_run(b, paragraph, child, stop);
		build_finish(b, paragraph);
	}
}

static void add_list(struct builder *b, struct node *parent, const struct md_node *from)
{
	struct node *list = build_append(parent, build_node(b, NODE_LIST));
	unsigned n = from->start;
	list->ordered = from->start > 0;
	for (const struct md_node *item = from->first; item; item = item->next) {
		struct node *to = build_append(list, build_node(b, NODE_ITEM));
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
	if (!build_takes_pictures(b) || from->kind != MD_PARAGRAPH || !image ||
	    image->kind != MD_IMAGE || image->next)
		return 0;
	const struct picture *picture =
	    b->source->picture(b->source->self, b->file, image->target, &why);
	struct node *words = build_node(b, NODE_PARAGRAPH);
	build_inlines(b, words, image);
	build_finish(b, words);
	if (picture) {
		struct node *node = build_append(parent, build_node(b, NODE_PICTURE));
		build_place(b, node, from);
		node->picture = picture;
		node->text = node_text(words, b->arena);
		return 1;
	}
	build_find_picture(b, image, why);
	build_place(b, words, from);
	if (words->first)
		build_append(parent, words);
	return 1;
}

void build_block(struct builder *b, struct node *parent, const struct md_node *from)
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
		struct node *paragraph = build_node(b, NODE_PARAGRAPH);
		build_place(b, paragraph, from);
		build_inlines(b, paragraph, from);
		build_finish(b, paragraph);
		if (paragraph->first)
			build_append(parent, paragraph);
		break;
	}
	case MD_LIST:
		add_list(b, parent, from);
		break;
	case MD_QUOTE:
		build_blocks(b, build_append(parent, build_node(b, NODE_QUOTE)), from);
		break;
	case MD_CODE_BLOCK:
		build_append(
		    build_append(parent, build_node(b, NODE_CODE_BLOCK)), build_node(b, NODE_TEXT))
		    ->text = arena_strdup(
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

static void build_blocks(struct builder *b, struct node *parent, const struct md_node *from)
{
	for (const struct md_node *child = from->first; child; child = child->next)
		build_block(b, parent, child);
}
