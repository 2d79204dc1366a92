/*
 * charts.h: what a chart shows, apart from its looks: a few figures side by
 * side, chosen by the chapter's plugin where that says more than their table.
 */
#ifndef CHAPTERS_CHARTS_H
#define CHAPTERS_CHARTS_H

#include "base/arena.h"

#include <stddef.h>

struct figures;
struct catalog;

/* One value of a bar. */
struct chart_value {
	double number;    /* 0 or more; of an approximate figure the bound that it names */
	const char *text; /* as printed: "2500余"; NULL: there is none, and no bar */
};

/* A figure of the chart, with one value for each series. */
struct chart_bar {
	const char *label;
	struct chart_value values[2];
};

struct chart {
	const char *id;        /* "supervision.outcomes" */
	const char *chapter;   /* "supervision" */
	const char *title;     /* without number */
	const char *unit;      /* of all its values, or NULL */
	const char *series[2]; /* "2025年", "2024年" */
	size_t series_count;   /* 1 or 2 */
	int shares;            /* its bars are the parts of a whole: each says its share, too */
	const struct chart_bar *bars;
	size_t bar_count;
};

/* Those of all chapters, in the order of the report. One that has nothing to show has no bars. */
struct charts {
	const struct chart *items;
	size_t count;
};

/* Draws on the county's figures of `year` and the year before; everything lives in the arena. */
void charts_make(struct charts *charts, struct arena *arena, const struct catalog *catalog,
    const struct figures *figures, int year);

/* By its full id, "supervision.outcomes"; NULL if there is none. */
const struct chart *charts_find(const struct charts *charts, const char *id);

#endif
