/* bag.h: the bundle (归档包): a BagIt 1.0 bag (RFC 8493) in one zip. */
#ifndef BUNDLE_BAG_H
#define BUNDLE_BAG_H

#include "archive/zip_writer.h"
#include "base/buf.h"
#include "base/err.h"
#include "chapters/figures.h"
#include "document/document.h"

/* The report in one format. */
struct output {
	const char *name; /* "report.html" */
	struct buf content;
};

struct bag {
	const struct workspace *workspace;
	const struct intake *intake;
	const struct figures *figures;
	const struct findings *findings;
	const struct catalog *catalog;
	const struct review *review;
	const struct report *report;
	struct output *outputs; /* their contents are taken over when the bag is written */
	size_t output_count;
	const char *software; /* "nianbao 0.1.0" */
	int publication; /* --public: no internal attachments, submissions, findings, nor names of
	                    them */
};

/* "<region>-<year>": the bag's one root folder. In the arena. */
const char *bag_root(const struct workspace *workspace, int publication, struct arena *arena);

/* What a bundle that is there calls itself: its root; NULL if it is none that can be read. */
const char *bag_identifier(const char *path, struct arena *arena);

/*
 * Gives every attachment of the latest submissions its path in the bag,
 * "attachments/sfj/台账.csv": due before the report lists them. For publication
 * the public ones alone, without the folders they were handed in in.
 */
void bag_name_attachments(struct intake *intake, int publication, struct arena *arena);

/*
 * Writes the bag to `path`, whole or not at all. Bytes depend on the inputs
 * only, not on clock, time zone, language or folder order.
 */
int bag_write(
    struct bag *bag, const char *path, zip_progress *progress, void *self, struct err *err);

#endif
