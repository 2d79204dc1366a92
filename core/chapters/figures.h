/* figures.h: the county's figures: what each department reported, combined, with sources. */
#ifndef CHAPTERS_FIGURES_H
#define CHAPTERS_FIGURES_H

#include "base/arena.h"
#include "base/finding.h"
#include "intake/intake.h"
#include "workspace/catalog.h"

#include <stddef.h>

/* One department's share of a figure. */
struct source {
	const struct submission *submission;
	const struct nb_value *value;
};

/* Last year's value of a figure, read from last year's bundle. */
struct last_value {
	const char *chapter;
	const char *id;
	struct nb_quantity quantity;
};
/* A department's own value last year. */
struct last_share {
	const char *department;
	struct last_value value;
};
struct last_year {
	struct last_value *values;
	size_t count;
	struct last_share *shares; /* those the bundle tells */
	size_t share_count;
	const char *bundle; /* file it came from, or NULL: there is none */
};

struct county_figure {
	const struct chapter *chapter;
	const struct nb_figure *figure;
	struct nb_quantity quantity;    /* combined */
	const struct nb_quantity *last; /* last year's, or NULL */
	struct source *sources; /* everyone who gave a value, "/" included; in report order */
	size_t source_count;
	int unreadable; /* somebody gave a value that could not be read; that was found */
};

/* All figures of all chapters, in report order. */
struct figures {
	struct county_figure *items;
	size_t count;
};

/* Combines what the latest submissions reported. Conflicts and unreported figures become findings.
 */
void figures_combine(struct figures *figures, struct arena *arena,
    const struct workspace *workspace, const struct catalog *catalog, const struct intake *intake,
    const struct last_year *last, struct findings *findings);

/* NULL if there is none. */
const struct county_figure *figures_find(
    const struct figures *figures, const char *chapter, const char *id);

/* The first of a chapter's figures; the others follow in table order. NULL for one without. */
const struct county_figure *figures_of(
    const struct figures *figures, const struct chapter *chapter);

/* What a department itself reported; NULL if nothing. */
const struct source *figure_source(const struct county_figure *figure, const char *department);

/* "+12", "-3", of rates in percentage points, or "" where it cannot be told: last year unknown, or one of both approximate. */
const char *figure_change(const struct county_figure *figure, struct arena *arena);

/* "中文名 · 县司法局、县公安局": who it comes from, in words; in the arena. */
const char *figure_sources(const struct county_figure *figure, struct arena *arena);

#endif
