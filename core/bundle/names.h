/* names.h: names of files in a bag: safe on every system, and no two of one. */
#ifndef BUNDLE_NAMES_H
#define BUNDLE_NAMES_H

#include "base/arena.h"
#include "base/buf.h"

/* The names taken so far. Zeroed but for the arena: none. */
struct names {
	struct arena *arena;
	void *files, *folders; /* folded, in trees of <search.h> */
	struct buf path;       /* being looked at, part after part */
};

/*
 * A name from outside, whatever its bytes, as a bag may have it: name_safe() of
 * it, with "_" for control characters and what is not UTF-8. In the arena.
 */
char *names_safe(struct arena *arena, const char *raw);

/*
 * Takes a safe name, or the first of "name-2.ext", "name-3.ext" … that is free.
 * Names count as one if they differ in case or normal form only, or if one
 * is the other's folder. Valid as long as the arena.
 */
const char *names_take(struct names *names, const char *wanted);

void names_release(struct names *names);

#endif
