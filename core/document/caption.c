/* caption.c: numbers of tables and charts, and the words that mention them. */
#include "document/caption.h"

#include "base/i18n.h"

#include <string.h>

struct mention {
	struct node *link;
	const char *name;
	struct nb_place place;
};

const char *caption_anchor(struct arena *arena, const char *kind, const char *id)
{
	char *anchor = arena_printf(arena, "%s-%s", kind, id);
	for (char *at = anchor; *at; at++)
		if (*at == '.')
			*at = '-';
	return anchor;
}

int captions_take(struct captions *captions, struct arena *arena, const char *anchor)
{
	for (size_t i = 0; i < captions->anchor_count; i++)
		if (strcmp(captions->anchors[i], anchor) == 0)
			return 0;
	captions->anchors =
	    arena_grow(arena, captions->anchors, captions->anchor_count, sizeof *captions->anchors);
	captions->anchors[captions->anchor_count++] = anchor;
	return 1;
}

void captions_mention(struct captions *captions, struct arena *arena, struct node *link,
    const char *name, struct nb_place place)
{
	captions->mentions = arena_grow(
	    arena, captions->mentions, captions->mention_count, sizeof *captions->mentions);
	captions->mentions[captions->mention_count++] = (struct mention){ link, name, place };
}

struct numbering {
	struct captions *captions;
	struct arena *arena;
	unsigned tables, charts;
};

/* The text of all links that lead to the block. */
static void tell(struct numbering *n, const struct node *block)
{
	for (size_t i = 0; i < n->captions->mention_count; i++) {
		struct node *link = n->captions->mentions[i].link;
		if (strcmp(link->target + 1, block->anchor) == 0)
			link->first->text = block->number;
	}
}

static void number(struct numbering *n, struct node *parent)
{
	for (struct node *node = parent->first; node; node = node->next) {
		if (node->title && node->kind == NODE_TABLE)
			node->number = arena_printf(n->arena, "表%u", ++n->tables);
		if (node->kind == NODE_CHART)
			node->number = arena_printf(n->arena, "图%u", ++n->charts);
		if (node->anchor && node->kind != NODE_SECTION)
			tell(n, node);
		number(n, node);
	}
}

void captions_number(struct captions *captions, struct report *report, struct arena *arena,
    struct findings *findings)
{
	struct numbering n = { .captions = captions, .arena = arena };
	for (size_t i = 0; i < captions->mention_count; i++) {
		struct node *link = captions->mentions[i].link;
		struct node *text = arena_alloc(arena, sizeof *text);
		*text = (struct node){ .kind = NODE_TEXT, .number = "", .parent = link };
		link->first = link->last = text;
	}
	number(&n, report->body);
	if (report->annex)
		number(&n, report->annex);
	for (size_t i = 0; i < captions->mention_count; i++) {
		const struct mention *mention = &captions->mentions[i];
		if (mention->link->first->text)
			continue;
		/* No link leads nowhere. */
		mention->link->kind = NODE_EMPHASIS;
		mention->link->first->text = "〔缺〕";
		if (mention->place.file)
			FIND(findings, NARRATIVE_REFERENCE, NULL, mention->place, mention->name,
			    N_("{{%s}} names no table or chart that stands in this report"),
			    mention->name);
	}
}
