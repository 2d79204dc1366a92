/* export.h: figures and findings as data: CSV for people with spreadsheets, JSON for programs. */
#ifndef BUNDLE_EXPORT_H
#define BUNDLE_EXPORT_H

#include "base/buf.h"
#include "base/err.h"
#include "chapters/figures.h"
#include "document/document.h"
#include "review/review.h"

#include <jansson.h>

/*
 * figures.csv: chapter, figure, label, unit, value (as printed), number, low,
 * high, last_year, departments, sources ("sfj/1/submission.ini:14; …", empty
 * for publication). Figures nobody gave have empty values.
 */
void export_figures_csv(const struct figures *figures, int publication, struct buf *out);

/* "sfj/1/submission.ini:14; …": where each value stands below data/submissions/; in the arena. */
const char *export_places(const struct county_figure *figure, struct arena *arena);

/*
 * figures.json: {"schema": "nianbao-figures-1", …}; docs/formats.md describes it. With `review`
 * the report's numbers that state a figure are in it. For publication neither internal
 * attachments nor hand-ins and places in them are named. The caller decrefs.
 */
json_t *export_figures(const struct figures *figures, const struct workspace *workspace,
    const struct review *review, int publication);

/* The numbers of the report, all or those alone that state a figure, and how many of each kind. */
json_t *export_numbers(const struct review *review, int stated);
json_t *export_counts(const struct trace_counts *counts);

/*
 * Attachments that the department registered as backing the figure: a list of
 * titles, for publication without internal ones.
 */
json_t *export_backing(
    const struct source *source, const struct county_figure *figure, int publication);

/*
 * findings.csv, in Chinese whatever the locale: severity, code, department, file, line, …, waived,
 * and what to do by the catalogue's codes.
 */
void export_findings_csv(
    const struct findings *findings, const struct catalog *catalog, struct buf *out);

/* The same as data, messages in the language in force. The caller decrefs. */
json_t *export_findings(const struct findings *findings, const struct catalog *catalog);

/*
 * outline.csv: chapter, level, number, headline: the report's headings and
 * points in order; `chapter` is empty for the frame's.
 */
void export_outline(const struct report *report, struct buf *out);

/* Two-space indent, keys in the order they were put, a newline at the end. */
void export_json(const json_t *json, struct buf *out);

/* A value as export_figures() writes it; anything else is absent. In the arena. */
struct nb_quantity import_quantity(const json_t *item, struct arena *arena);

/* The other way round; the caller decrefs. */
json_t *export_quantity(const struct nb_quantity *quantity);

/*
 * Last year's values, the county's and the departments', out of a bundle's data/figures.json.
 * ERR_INPUT if it has none that can be read, or is not the same region's of the year before.
 */
int import_figures(const char *bundle, const struct workspace *workspace, struct arena *arena,
    struct last_year *last, struct err *err);

/*
 * Last year's report as plain text, out of the bundle; appended to `out`, and
 * `name` is where in the bundle it was. Both stay as they were if the bundle
 * has no report in a format that is text.
 */
int import_report(
    const char *bundle, struct arena *arena, struct buf *out, const char **name, struct err *err);

#endif
