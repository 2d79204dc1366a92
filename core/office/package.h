/*
 * package.h: an Office Open XML file (.docx, .xlsx) from outside as a set of
 * parts. Nothing is found by a fixed name but the two lists that say where
 * everything else is. Strict and transitional files are one here.
 *
 * ECMA-376 part 2 (Open Packaging Conventions).
 */
#ifndef OFFICE_PACKAGE_H
#define OFFICE_PACKAGE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "office/office.h"

#include <stddef.h>

struct package;

enum package_kind {
	PACKAGE_DOCUMENT, /* Word */
	PACKAGE_WORKBOOK  /* Excel */
};

/*
 * Opens the bytes as a package and takes them over, whatever comes of it.
 * `label` is the file's name for messages. ERR_INPUT with a reason that tells
 * apart: a password, the old binary formats (.doc, .xls, .wps), RTF, web pages
 * and XML under a false name, OpenDocument, .xlsb, PDF, a zip of something
 * else, a cut-off or damaged file, one beyond the limits. `limits` NULL: the
 * default ones. The arena must outlive the package.
 */
int package_open(struct package **package, const char *label, struct buf *bytes,
    const struct office_limits *limits, struct arena *arena, struct err *err);
void package_close(struct package *package); /* takes NULL */

enum package_kind package_kind(const struct package *package);
const char *package_label(const struct package *package);
const struct office_limits *package_limits(const struct package *package);

/* Whether it holds macros (.docm, .xlsm); they are never looked at. */
int package_has_macros(const struct package *package);

/* The part that the rest hangs on: the document, the workbook. */
const char *package_main(const struct package *package);

/* Names of all parts, sorted without regard to case; NULL behind the last. */
const char *package_part(const struct package *package, size_t index);

struct relation {
	const char *id;
	const char *type;   /* the last word of its URI: "styles", "worksheet", "image" */
	const char *target; /* a part as the package names it; NULL if it is not there */
	int external;       /* the target lies outside the file; `target` is NULL */
};

struct relations {
	const struct relation *items; /* by id */
	size_t count;
};

/* What a part refers to; none if nothing says so. In the arena. */
int package_relations(
    struct package *package, const char *part, struct relations *relations, struct err *err);

/* By id; the first of a type. NULL if there is none. */
const struct relation *relations_find(const struct relations *relations, const char *id);
const struct relation *relations_of_type(const struct relations *relations, const char *type);

/* Appends a part's bytes (a picture's, say), `limit` of them at most. */
int package_read(
    struct package *package, const char *part, uint64_t limit, struct buf *out, struct err *err);

/* The same for a part that is to be parsed, which counts against the limits. `out` is empty. */
int package_read_xml(struct package *package, const char *part, struct buf *out, struct err *err);

#endif
