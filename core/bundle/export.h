/* export.h: figures and findings as data: CSV for people with spreadsheets, JSON for programs. */
#ifndef BUNDLE_EXPORT_H
#define BUNDLE_EXPORT_H

#include "base/buf.h"
#include "base/err.h"
#include "chapters/figures.h"

#include <jansson.h>

/*
 * figures.csv: chapter, figure, label, unit, value (as printed), number, low,
 * high, last_year, departments, sources ("sfj/1/submission.ini:14; …").
 * Figures nobody gave have empty values.
 */
void export_figures_csv(const struct figures *figures, struct buf *out);

/*
 * figures.json: {"schema": "nianbao-figures-1", …}; docs/formats.md describes it. For publication
 * internal attachments are not named. The caller decrefs.
 */
json_t *export_figures(
    const struct figures *figures, const struct workspace *workspace, int publication);

/* findings.csv, in Chinese whatever the locale: severity, code, department, file, line, …, waived.
 */
void export_findings_csv(const struct findings *findings, struct buf *out);

/* The same as data, messages in the language in force. The caller decrefs. */
json_t *export_findings(const struct findings *findings);

/* Two-space indent, keys in the order they were put, a newline at the end. */
void export_json(const json_t *json, struct buf *out);

/*
 * Last year's values, out of a bundle's data/figures.json. ERR_INPUT if it has
 * none that can be read, or is not the same region's of the year before.
 */
int import_figures(const char *bundle, const struct workspace *workspace, struct arena *arena,
    struct last_year *last, struct err *err);

#endif
