/* compare.c: two bundles side by side. */
#include "bundle/compare.h"

#include "archive/store.h"
#include "base/csv.h"
#include "base/i18n.h"
#include "base/quantity.h"
#include "base/utf8.h"
#include "bundle/export.h"
#include "bundle/seal.h"

#include <stdlib.h>
#include <string.h>

enum { FILE_MAX = 64 << 20 };

/* ---- reading ----------------------------------------------------------- */

static int unusable(const char *path, const char *why, struct err *err)
{
	return err_input(err, why, _("cannot compare '%s'"), path);
}

/* A string of the JSON as it may be shown; "" if it is none. */
static const char *text_of(const json_t *item, const char *key, struct arena *arena)
{
	const char *text = json_string_value(json_object_get(item, key));
	struct buf shown = { 0 };
	utf8_shown(&shown, text ? text : "");
	const char *copy = arena_strdup(arena, buf_str(&shown));
	buf_release(&shown);
	return copy;
}

static int read_figures(
    const struct buf *text, struct arena *arena, struct bundle_facts *facts, struct err *err)
{
	json_t *root = json_loadb(buf_str(text), text->len, 0, NULL);
	const json_t *list = json_object_get(root, "figures");
	if (!json_is_array(list)) {
		json_decref(root);
		return unusable(facts->path, N_("its data/figures.json cannot be read"), err);
	}
	facts->region = text_of(root, "region", arena);
	facts->year = (int)json_integer_value(json_object_get(root, "year"));
	facts->figures = arena_alloc(arena, (json_array_size(list) + 1) * sizeof *facts->figures);
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *item = json_array_get(list, i);
		struct bundle_figure figure = { text_of(item, "chapter", arena),
			text_of(item, "figure", arena), text_of(item, "label", arena),
			text_of(item, "unit", arena), import_quantity(item, arena) };
		if (*figure.id && figure.quantity.state != NB_ABSENT)
			facts->figures[facts->figure_count++] = figure;
	}
	json_decref(root);
	return 0;
}

struct outline {
	struct arena *arena;
	struct bundle_facts *facts;
};

/* chapter, level, number, headline; the header is a row, too. */
static void outline_row(void *self, const char *const *fields, size_t count, unsigned line)
{
	struct outline *outline = self;
	struct bundle_facts *facts = outline->facts;
	if (line == 1 || count < 4)
		return;
	facts->points =
	    arena_grow(outline->arena, facts->points, facts->point_count, sizeof *facts->points);
	facts->points[facts->point_count++] = (struct bundle_point){ fields[0], fields[3] };
}

static int read_outline(
    const struct buf *text, struct arena *arena, struct bundle_facts *facts, struct err *err)
{
	struct outline outline = { arena, facts };
	unsigned line;
	if (utf8_check(buf_str(text), text->len) < text->len ||
	    csv_read(arena, buf_str(text), text->len, outline_row, &outline, &line) != CSV_FINE)
		return unusable(facts->path, N_("its data/outline.csv cannot be read"), err);
	facts->has_points = 1;
	return 0;
}

int bundle_read(const char *path, struct arena *arena, struct bundle_facts *facts, struct err *err)
{
	struct bag_verdict verdict;
	struct store *store;
	struct buf text = { 0 };
	*facts = (struct bundle_facts){ .path = path };
	if (seal_verify(path, NULL, arena, &verdict, err) != 0)
		return -1;
	if (verdict.errors)
		return unusable(path, N_("it is not valid; 'nianbao verify' says why"), err);
	if (store_open(&store, path, NULL, 1, arena, err) != 0)
		return -1;
	const struct store_file *figures = store_find(store, "data/figures.json");
	const struct store_file *outline = store_find(store, "data/outline.csv");
	int rc = -1;
	if (!figures)
		unusable(path, N_("it holds no data/figures.json"), err);
	else if (store_read(store, figures, FILE_MAX, &text, err) == 0)
		rc = read_figures(&text, arena, facts, err);
	buf_clear(&text);
	if (rc == 0 && outline) {
		rc = store_read(store, outline, FILE_MAX, &text, err);
		if (rc == 0)
			rc = read_outline(&text, arena, facts, err);
	}
	buf_release(&text);
	store_close(store);
	return rc;
}

/* ---- figures ----------------------------------------------------------- */

static int same_value(const struct bundle_figure *a, const struct bundle_figure *b)
{
	const struct nb_quantity *x = &a->quantity, *y = &b->quantity;
	if (x->state != y->state || strcmp(a->unit, b->unit) != 0)
		return 0;
	if (x->state == NB_EXACT || x->state == NB_APPROXIMATE)
		return x->low == y->low && x->high == y->high;
	return strcmp(x->text, y->text) == 0;
}

static void reckon(struct compared_figure *row, struct arena *arena)
{
	const struct nb_quantity *a = &row->before->quantity, *b = &row->after->quantity;
	row->change = row->percent = "";
	if (a->state != NB_EXACT || b->state != NB_EXACT ||
	    strcmp(row->before->unit, row->after->unit) != 0)
		return;
	int64_t change = b->low - a->low;
	const char *sign = change > 0 ? "+" : "";
	row->change = arena_printf(arena, "%s%s", sign, quantity_print(arena, change, 6));
	if (a->low == 0 || strcmp(row->before->unit, "%") == 0)
		return;
	double percent = 100.0 * (double)change / (double)a->low;
	int small = percent > -0.05 && percent < 0.05; /* -0.0% would say nothing */
	row->percent = arena_printf(arena, "%+.*f%%", small && change ? 3 : 1, percent);
}

static int by_figure(const void *a, const void *b)
{
	const struct bundle_figure *x = *(const struct bundle_figure *const *)a;
	const struct bundle_figure *y = *(const struct bundle_figure *const *)b;
	int order = strcmp(x->chapter, y->chapter);
	return order ? order : strcmp(x->id, y->id);
}

/* A bundle's figures by chapter and id. */
struct finder {
	const struct bundle_figure **sorted;
	size_t count;
};

static struct finder finder_of(const struct bundle_facts *facts, struct arena *arena)
{
	struct finder finder = { arena_alloc(arena, (facts->figure_count + 1) * sizeof(void *)),
		facts->figure_count };
	for (size_t i = 0; i < finder.count; i++)
		finder.sorted[i] = &facts->figures[i];
	qsort(finder.sorted, finder.count, sizeof *finder.sorted, by_figure);
	return finder;
}

static const struct bundle_figure *find(
    const struct finder *finder, const struct bundle_figure *like)
{
	const struct bundle_figure **hit =
	    bsearch(&like, finder->sorted, finder->count, sizeof *finder->sorted, by_figure);
	return hit ? *hit : NULL;
}

static void add_row(struct comparison *all, const struct bundle_figure *before,
    const struct bundle_figure *after, struct arena *arena)
{
	struct compared_figure row = {
		.before = before, .after = after, .change = "", .percent = ""
	};
	if (before && after) {
		row.how = same_value(before, after) ? COMPARED_SAME : COMPARED_CHANGED;
		reckon(&row, arena);
	} else {
		row.how = after ? COMPARED_ADDED : COMPARED_GONE;
	}
	all->differences += row.how != COMPARED_SAME;
	all->figures[all->figure_count++] = row;
}

/* Figures that the later bundle has not, by chapter, and which of them are told already. */
struct gone {
	const struct bundle_figure **items;
	size_t count;
	char *told;
};

static int by_chapter(const void *a, const void *b)
{
	const struct bundle_figure *x = *(const struct bundle_figure *const *)a;
	const struct bundle_figure *y = *(const struct bundle_figure *const *)b;
	int order = strcmp(x->chapter, y->chapter);
	return order ? order : (x > y) - (x < y);
}

static struct gone gone_of(
    const struct bundle_facts *before, const struct finder *after, struct arena *arena)
{
	struct gone gone = { .items =
		                 arena_alloc(arena, (before->figure_count + 1) * sizeof(void *)),
		.told = arena_alloc(arena, before->figure_count + 1) };
	for (size_t i = 0; i < before->figure_count; i++)
		if (!find(after, &before->figures[i]))
			gone.items[gone.count++] = &before->figures[i];
	qsort(gone.items, gone.count, sizeof *gone.items, by_chapter);
	return gone;
}

/* What of one chapter is gone, once: a bundle that others made may go from one to another and back.
 */
static void add_gone(
    struct comparison *all, struct gone *gone, const char *chapter, struct arena *arena)
{
	size_t low = 0, high = gone->count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (strcmp(gone->items[middle]->chapter, chapter) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < gone->count && !gone->told[low] &&
	       strcmp(gone->items[low]->chapter, chapter) == 0;
	     low++) {
		gone->told[low] = 1;
		add_row(all, gone->items[low], NULL, arena);
	}
}

static void compare_figures(const struct bundle_facts *before, const struct bundle_facts *after,
    struct arena *arena, struct comparison *all)
{
	struct finder old = finder_of(before, arena), new = finder_of(after, arena);
	struct gone gone = gone_of(before, &new, arena);
	all->figures = arena_alloc(
	    arena, (before->figure_count + after->figure_count + 1) * sizeof *all->figures);
	for (size_t i = 0; i < after->figure_count; i++) {
		const struct bundle_figure *figure = &after->figures[i];
		add_row(all, find(&old, figure), figure, arena);
		if (i + 1 == after->figure_count || strcmp(figure[1].chapter, figure->chapter) != 0)
			add_gone(all, &gone, figure->chapter, arena);
	}
	for (size_t i = 0; i < before->figure_count; i++)
		add_gone(all, &gone, before->figures[i].chapter, arena);
}

/* ---- points ------------------------------------------------------------ */

static int by_point(const void *a, const void *b)
{
	const struct bundle_point *x = *(const struct bundle_point *const *)a;
	const struct bundle_point *y = *(const struct bundle_point *const *)b;
	int order = strcmp(x->chapter, y->chapter);
	if (order == 0)
		order = strcmp(x->headline, y->headline);
	return order ? order : (x > y) - (x < y);
}

static const struct bundle_point **sorted(const struct bundle_facts *facts, struct arena *arena)
{
	const struct bundle_point **list =
	    arena_alloc(arena, (facts->point_count + 1) * sizeof *list);
	for (size_t i = 0; i < facts->point_count; i++)
		list[i] = &facts->points[i];
	qsort(list, facts->point_count, sizeof *list, by_point);
	return list;
}

/* Marks what only one of them has: a headline that stands there twice counts twice. */
static void match(const struct bundle_facts *before, const struct bundle_facts *after,
    struct arena *arena, char *gone, char *added)
{
	const struct bundle_point **old = sorted(before, arena), **new = sorted(after, arena);
	size_t i = 0, k = 0;
	while (i < before->point_count || k < after->point_count) {
		int order = i == before->point_count ? 1 : k == after->point_count ? -1 : 0;
		if (order == 0)
			order = strcmp(old[i]->chapter, new[k]->chapter);
		if (order == 0)
			order = strcmp(old[i]->headline, new[k]->headline);
		if (order < 0)
			gone[old[i++] - before->points] = 1;
		else if (order > 0)
			added[new[k++] - after->points] = 1;
		else
			i++, k++;
	}
}

static void add_points(struct comparison *all, const struct bundle_facts *facts, const char *marked,
    enum compared how, struct arena *arena)
{
	for (size_t i = 0; i < facts->point_count; i++)
		if (marked[i]) {
			all->points =
			    arena_grow(arena, all->points, all->point_count, sizeof *all->points);
			all->points[all->point_count++] =
			    (struct compared_point){ how, &facts->points[i] };
			all->differences++;
		}
}

void bundle_compare(const struct bundle_facts *before, const struct bundle_facts *after,
    struct arena *arena, struct comparison *all)
{
	*all = (struct comparison){ .points_compared = before->has_points && after->has_points };
	compare_figures(before, after, arena, all);
	if (!all->points_compared)
		return;
	char *gone = arena_alloc(arena, before->point_count + 1);
	char *added = arena_alloc(arena, after->point_count + 1);
	match(before, after, arena, gone, added);
	add_points(all, before, gone, COMPARED_GONE, arena);
	add_points(all, after, added, COMPARED_ADDED, arena);
}
