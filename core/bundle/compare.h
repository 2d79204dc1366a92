/* compare.h: two bundles side by side: figures and points added, gone and changed. */
#ifndef BUNDLE_COMPARE_H
#define BUNDLE_COMPARE_H

#include "base/arena.h"
#include "base/err.h"

#include <nianbao/plugin.h>

#include <stddef.h>

struct bundle_figure {
	const char *chapter, *id, *label, *unit;
	struct nb_quantity quantity;
};

struct bundle_point {
	const char *chapter; /* id; "" for the frame's headings */
	const char *headline;
};

/* What a bundle says of itself. */
struct bundle_facts {
	const char *path;
	const char *region;
	int year;
	struct bundle_figure *figures; /* those that have a value */
	size_t figure_count;
	struct bundle_point *points;
	size_t point_count;
	int has_points; /* 0: it was made before bundles had an outline.csv */
};

/*
 * Verifies the bundle, with what stands beside it, and reads it. Everything lives in the arena.
 * ERR_INPUT if it is not valid or holds no figures; ERR_SYSTEM if it cannot be read.
 */
int bundle_read(const char *path, struct arena *arena, struct bundle_facts *facts, struct err *err);

enum compared { COMPARED_SAME, COMPARED_ADDED, COMPARED_GONE, COMPARED_CHANGED };

struct compared_figure {
	enum compared how;
	const struct bundle_figure *before, *after; /* NULL: not there */
	const char *change;  /* after less before: "+12"; "" unless both are exact, in one unit */
	const char *percent; /* the same of before: "+8.3%"; "" also of what is a percentage */
};

struct compared_point {
	enum compared how; /* ADDED or GONE */
	const struct bundle_point *point;
};

struct comparison {
	struct compared_figure *figures; /* chapter by chapter, as in `after`, what is gone last */
	size_t figure_count;
	struct compared_point *points;
	size_t point_count;
	int points_compared; /* both bundles have theirs */
	size_t differences;  /* figures and points that are not the same */
};

void bundle_compare(const struct bundle_facts *before, const struct bundle_facts *after,
    struct arena *arena, struct comparison *comparison);

#endif
