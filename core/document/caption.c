/* caption.c: numbers of tables and charts, and the words that mention them. */
#include "document/caption.h"

#include "base/i18n.h"

#include <search.h>
#include <stdlib.h>
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

static int by_text(const void *a, const void *b)
{
	return strcmp(a, b);
}

int captions_take(struct captions *captions, const char *anchor)
{
	if (tfind(anchor, &captions->taken, by_text))
		return 0;
	if (!tsearch(anchor, &captions->taken, by_text))
		mem_fail();
	return 1;
}

void captions_release(struct captions *captions)
{
	while (captions->taken) {
		const void *anchor = *(void *const *)captions->taken;
		tdelete(anchor, &captions->taken, by_text);
	}
}

void captions_mention(struct captions *captions, struct arena *arena, struct node *link,
    const char *name, struct nb_place place)
{
	captions->mentions = arena_grow(
	    arena, captions->mentions, captions->mention_count, sizeof *captions->mentions);
	captions->mentions[captions->mention_count++] = (struct mention){ link, name, place };
}

/* What a mention may lead to. */
struct numbered {
	const char *anchor, *number;
};

struct numbering {
	struct arena *arena;
	struct numbered *items; /* by anchor, once all are numbered */
	size_t count;
	unsigned tables, charts;
};

static void number(struct numbering *n, struct node *parent)
{
	for (struct node *node = parent->first; node; node = node->next) {
		if (node->title && node->kind == NODE_TABLE)
			node->number = arena_printf(n->arena, "表%u", ++n->tables);
		if (node->kind == NODE_CHART)
			node->number = arena_printf(n->arena, "图%u", ++n->charts);
		if (node->anchor && node->kind != NODE_SECTION) {
			n->items = arena_grow(n->arena, n->items, n->count, sizeof *n->items);
			n->items[n->count++] = (struct numbered){ node->anchor, node->number };
		}
		number(n, node);
	}
}

static int by_anchor(const void *a, const void *b)
{
	return strcmp(((const struct numbered *)a)->anchor, ((const struct numbered *)b)->anchor);
}

static const char *number_of(const struct numbering *n, const char *anchor)
{
	const struct numbered key = { .anchor = anchor };
	const struct numbered *found =
	    n->count ? bsearch(&key, n->items, n->count, sizeof key, by_anchor) : NULL;
	return found ? found->number : NULL;
}

static int is_in_link(const struct node *node)
{
	for (node = node->parent; node && node->kind >= NODE_TEXT; node = node->parent)
		if (node->kind == NODE_LINK)
			return 1;
	return 0;
}

static void set_text(struct node *link, const char *words, struct arena *arena)
{
	struct node *text = arena_alloc(arena, sizeof *text);
	*text = (struct node){ .kind = NODE_TEXT, .number = "", .text = words, .parent = link };
	link->first = link->last = text;
}

static void tell(
    const struct numbering *n, const struct mention *mention, struct findings *findings)
{
	struct node *link = mention->link;
	const char *found = number_of(n, link->target + 1);
	if (found && is_in_link(link)) { /* a link holds no other */
		link->kind = NODE_TEXT;
		link->text = found;
		return;
	}
	set_text(link, found ? found : "〔缺〕", n->arena);
	if (found)
		return;
	/* No link leads nowhere. */
	link->kind = NODE_EMPHASIS;
	if (mention->place.file)
		FIND(findings, NARRATIVE_REFERENCE, NULL, mention->place, mention->name,
		    N_("{{%s}} names no table or chart that stands in this report"), mention->name);
}

void captions_number(const struct captions *captions, struct report *report, struct arena *arena,
    struct findings *findings)
{
	struct numbering n = { .arena = arena };
	number(&n, report->body);
	if (report->annex)
		number(&n, report->annex);
	if (n.count)
		qsort(n.items, n.count, sizeof *n.items, by_anchor);
	for (size_t i = 0; i < captions->mention_count; i++)
		tell(&n, &captions->mentions[i], findings);
}
