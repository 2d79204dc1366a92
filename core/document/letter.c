/* letter.c: whom a paper is sent to, and what it says is attached to it. */
#include "document/build.h"

#include <string.h>

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

void build_letter(struct builder *b)
{
	find_addressee(b);
	if (b->source->paper && !b->source->as_written)
		find_note(b, b->report->body);
}
