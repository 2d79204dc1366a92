/* charts.c: the charts that the chapters' plugins chose, with the county's figures in them. */
#include "chapters/charts.h"

#include "base/quantity.h"
#include "chapters/figures.h"

#include <string.h>

/* A bar needs a number; of an approximate one that which it was written with. */
static struct chart_value value_of(struct arena *arena, const struct nb_quantity *quantity)
{
	struct nb_quantity written;
	if (!quantity || !nb_is_number(quantity))
		return (struct chart_value){ 0 };
	if (quantity_read(arena, quantity_number(arena, quantity), NB_AMOUNT, NULL, &written))
		written = *quantity;
	return (struct chart_value){ (double)written.low / (double)NB_UNIT, quantity->text };
}

static void add_bar(struct arena *arena, struct chart *chart, struct chart_bar *bars,
    const struct county_figure *figure, int years)
{
	struct chart_bar bar = { .label = figure->figure->label };
	bar.values[0] = value_of(arena, &figure->quantity);
	if (years)
		bar.values[1] = value_of(arena, figure->last);
	if (chart->shares && bar.values[0].number <= 0)
		return;
	if (bar.values[0].text || bar.values[1].text)
		bars[chart->bar_count++] = bar;
}

/* Bars of nothing but zeros, or a single one, say less than their table. */
static int says_something(const struct chart *chart)
{
	size_t standing = 0;
	for (size_t i = 0; i < chart->bar_count; i++)
		for (size_t s = 0; s < chart->series_count; s++)
			standing += chart->bars[i].values[s].number > 0;
	return standing >= 2;
}

static int is_approximate(
    const struct figures *figures, const struct chapter *chapter, const struct chart_def *def)
{
	for (size_t i = 0; i < def->figure_count; i++)
		if (figures_find(figures, chapter->id, def->figures[i])->quantity.state ==
		    NB_APPROXIMATE)
			return 1;
	return 0;
}

static struct chart chart_of(struct arena *arena, const struct figures *figures,
    const struct chapter *chapter, const struct chart_def *def, int year)
{
	struct chart chart = { .id = arena_printf(arena, "%s.%s", chapter->id, def->id),
		.chapter = chapter->id,
		.title = def->title,
		.unit = chapter_figure(chapter, def->figures[0])->unit,
		.series = { arena_printf(arena, "%d年", year),
		    arena_printf(arena, "%d年", year - 1) },
		.series_count = 1,
		.shares = def->kind == NB_SHARES };
	struct chart_bar *bars = arena_alloc(arena, def->figure_count * sizeof *bars);
	chart.bars = bars;
	for (size_t i = 0; i < def->figure_count; i++)
		add_bar(arena, &chart, bars, figures_find(figures, chapter->id, def->figures[i]),
		    def->kind == NB_YEARS);
	for (size_t i = 0; i < chart.bar_count; i++)
		if (bars[i].values[1].text)
			chart.series_count = 2;
	if (is_approximate(figures, chapter, def)) /* of 50余 no share can be told */
		chart.shares = 0;
	if (!says_something(&chart))
		chart.bar_count = 0;
	return chart;
}

void charts_make(struct charts *charts, struct arena *arena, const struct catalog *catalog,
    const struct figures *figures, int year)
{
	struct chart *items = NULL;
	charts->count = 0;
	for (size_t i = 0; i < catalog->count; i++) {
		const struct chapter *chapter = &catalog->chapters[i];
		for (size_t k = 0; k < chapter->chart_count; k++) {
			items = arena_grow(arena, items, charts->count, sizeof *items);
			items[charts->count++] =
			    chart_of(arena, figures, chapter, &chapter->charts[k], year);
		}
	}
	charts->items = items;
}

const struct chart *charts_find(const struct charts *charts, const char *id)
{
	for (size_t i = 0; i < charts->count; i++)
		if (strcmp(charts->items[i].id, id) == 0)
			return &charts->items[i];
	return NULL;
}
