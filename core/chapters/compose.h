/* compose.h: a chapter's points and figures become its Markdown, through its template. */
#ifndef CHAPTERS_COMPOSE_H
#define CHAPTERS_COMPOSE_H

#include "base/buf.h"
#include "chapters/charts.h"
#include "chapters/figures.h"
#include "workspace/templates.h"

#include <jansson.h>

struct composer {
	struct arena *arena;
	const struct workspace *workspace;
	const struct templates *templates;
	const struct catalog *catalog;
	const struct intake *intake;
	const struct figures *figures;
	const struct charts *charts; /* NULL: there are none */
	struct findings *findings;
};

/*
 * What the chapter's template gets to see, the plugin's own part included: a
 * copy, of which nothing points into the texts.
 */
json_t *compose_data(const struct composer *composer, const struct chapter *chapter);

/*
 * Appends the chapter's Markdown, of that data: its opening paragraphs, then each point as
 * "## headline {#topic}" and its text. Figures stand in it by name,
 * {{sfj.decision.x}} a department's own, {{decision.x}} the county's. Through
 * templates/<id>.md, or chapter.md if there is none. A name in it that is no
 * figure, or one that nobody reported (printed as 〔缺〕), becomes a finding.
 */
int compose_chapter(const struct composer *composer, const struct chapter *chapter,
    const json_t *data, struct buf *out, struct err *err);

/*
 * Appends the frame's Markdown: `{{{chapters}}}` and `{{{<id>}}}` have become
 * "{{chapter.<id>}}" on lines of their own, `{{{attachments}}}` and
 * `{{{signature}}}` likewise "{{report.attachments}}", "{{report.signature}}".
 */
int compose_frame(const struct composer *composer, struct buf *out, struct err *err);

/*
 * Appends the annex's Markdown, through templates/annex.md: its title as a
 * heading, a captioned table of each chapter's figures and, unless they stand
 * in the text, its charts as "{{chart.supervision.outcomes}}" on lines of their own.
 */
int compose_annex(const struct composer *composer, struct buf *out, struct err *err);

#endif
