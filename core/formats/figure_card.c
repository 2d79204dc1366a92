/* figure_card.c: a figure's attributes, its card, and its row in the annex. */
#include "formats/figure_card.h"

#include "base/quantity.h"
#include "chapters/mustache.h"

#include <stdlib.h>
#include <string.h>

/* ---- rows of the annex ----------------------------------------------------- */

static const struct node *first_figure(const struct node *node)
{
	if (node->kind == NODE_FIGURE)
		return node;
	for (const struct node *child = node->first; child; child = child->next) {
		const struct node *found = first_figure(child);
		if (found)
			return found;
	}
	return NULL;
}

static const char *told_by(const struct node *row)
{
	const struct node *figure = first_figure(row);
	return figure && !figure->figure->department ? figure->figure->id : NULL;
}

static void gather(struct figure_rows *rows, const struct node *node, struct arena *arena)
{
	for (; node; node = node->next) {
		const char *id = node->kind == NODE_ROW ? told_by(node) : NULL;
		if (node->kind != NODE_ROW)
			gather(rows, node->first, arena);
		if (!id)
			continue;
		rows->items = arena_grow(arena, rows->items, rows->count, sizeof *rows->items);
		rows->items[rows->count] = (struct figure_row){ id, node, rows->count };
		rows->count++;
	}
}

static int by_id(const void *a, const void *b)
{
	const struct figure_row *left = a, *right = b;
	int order = strcmp(left->id, right->id);
	return order ? order : (left->order > right->order) - (left->order < right->order);
}

struct figure_rows figure_rows_find(const struct node *annex, struct arena *arena)
{
	struct figure_rows rows = { 0 };
	size_t kept = 0;
	if (annex)
		gather(&rows, annex->first, arena);
	if (rows.count)
		qsort(rows.items, rows.count, sizeof *rows.items, by_id);
	for (size_t i = 0; i < rows.count; i++)
		if (kept == 0 || strcmp(rows.items[kept - 1].id, rows.items[i].id) != 0)
			rows.items[kept++] = rows.items[i];
	rows.count = kept;
	return rows;
}

static int id_against(const void *key, const void *item)
{
	return strcmp(key, ((const struct figure_row *)item)->id);
}

const struct node *figure_rows_row(const struct figure_rows *rows, const char *id)
{
	const struct figure_row *found =
	    rows->count ? bsearch(id, rows->items, rows->count, sizeof *rows->items, id_against)
	                : NULL;
	return found ? found->row : NULL;
}

const char *figure_rows_figure(const struct figure_rows *rows, const struct node *row)
{
	const char *id = told_by(row);
	return id && figure_rows_row(rows, id) == row ? id : NULL;
}

const char *figure_row_anchor(const char *id, struct arena *arena)
{
	return arena_printf(arena, "f-%s", id);
}

/* ---- the figure itself ------------------------------------------------------ */

static void attribute(struct buf *out, const char *name, const char *value)
{
	buf_addf(out, " %s=\"", name);
	mustache_escape_html(out, value);
	buf_addc(out, '"');
}

void figure_data_add(struct buf *out, const struct node *figure, struct arena *arena)
{
	const struct figure_use *use = figure->figure;
	const struct nb_quantity *q = &use->quantity;
	buf_adds(out, "<data");
	attribute(out, "value", nb_is_number(q) ? quantity_number(arena, q) : q->text);
	attribute(out, "data-figure", use->id);
	if (use->unit)
		attribute(out, "data-unit", use->unit);
	if (q->state == NB_APPROXIMATE)
		attribute(out, "data-approximate", "yes");
	if (use->department)
		attribute(out, "data-department", use->department);
	if (*use->places)
		attribute(out, "data-sources", use->places);
	if (*use->evidence)
		attribute(out, "data-evidence", use->evidence);
	buf_addc(out, '>');
	mustache_escape_html(out, figure->text);
	buf_adds(out, "</data>");
}

static const char *value_of(const struct figure_use *use, struct arena *arena)
{
	const struct nb_quantity *q = &use->quantity;
	if (q->state == NB_ABSENT)
		return "无单位报送";
	if (q->state == NB_NOT_APPLICABLE)
		return "不适用";
	int unit = nb_is_number(q) && use->unit && strcmp(use->unit, "%") != 0;
	return arena_printf(arena, "%s%s", q->text, unit ? use->unit : "");
}

const char *figure_card(const struct node *figure, struct arena *arena)
{
	const struct figure_use *use = figure->figure;
	const struct {
		const char *name, *text;
	} lines[] = {
		{ "报送单位", use->sources },
		{ "佐证材料", use->evidence },
		{ "数据出处", use->places },
	};
	const char *card = arena_printf(arena, "%s：%s", use->label, value_of(use, arena));
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		if (*lines[i].text)
			card =
			    arena_printf(arena, "%s\n%s：%s", card, lines[i].name, lines[i].text);
	return card;
}
