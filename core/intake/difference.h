/* difference.h: what a department changed from one revision of its hand-in to the next. */
#ifndef INTAKE_DIFFERENCE_H
#define INTAKE_DIFFERENCE_H

#include "intake/intake.h"

enum difference_kind {
	DIFFERENCE_CHAPTER,
	DIFFERENCE_FIGURE,
	DIFFERENCE_LIST,
	DIFFERENCE_OPENING, /* text before the first point */
	DIFFERENCE_POINT,
	DIFFERENCE_ATTACHMENT,
	DIFFERENCE_ACCESS /* an attachment made public or internal */
};

enum difference_how { DIFFERENCE_ADDED, DIFFERENCE_GONE, DIFFERENCE_CHANGED, DIFFERENCE_RENAMED };

struct difference {
	enum difference_kind kind;
	enum difference_how how;
	const struct chapter *chapter; /* NULL for an attachment */
	const char *id;      /* of a figure or list, the file of an attachment; else NULL */
	const char *subject; /* label, headline (the new one), title */
	/*
	 * What stood and stands there: a figure's value with its unit, "" if it has none; the
	 * headline of a renamed point; where a text differs, the words that do; public or internal.
	 */
	const char *before, *after;
	size_t rows_added, rows_gone; /* of a list */
};

struct differences {
	struct difference *items;
	size_t count;
};

/*
 * Compares two hand-ins that were read with the same catalogue and whose texts are there, chapter
 * by chapter. All strings of a text live in the arena.
 */
int difference_find(const struct catalog *catalog, const struct submission *before,
    const struct submission *after, struct arena *arena, struct differences *out, struct err *err);

/* For data: "figure", "added". */
const char *difference_kind_id(enum difference_kind kind);
const char *difference_how_id(enum difference_how how);

#endif
