/*
 * names.h: figures by what they are called in prose: labels and aliases of a
 * set of values, found in a clause in one pass.
 */
#ifndef REVIEW_NAMES_H
#define REVIEW_NAMES_H

#include "base/arena.h"

#include <nianbao/plugin.h>

#include <stddef.h>

/* A value that a number in the text may state. All borrowed. */
struct stated {
	const char *chapter; /* id */
	const struct nb_figure *figure;
	const struct nb_quantity *quantity; /* absent: nobody gave the figure */
	const struct nb_quantity *last;     /* last year's, or NULL */
	const char *department;             /* id whose own value it is; NULL: the county's */
	struct nb_place place;              /* where it was given */
	const char *unit;                   /* as number.h counts */
	int64_t scale;                      /* of the figure's unit: 10000 for 万元 */
	int stands;                         /* the text states it somewhere, see trace.c */
	const struct nb_quantity *typed;    /* what the text first said, where nobody gave it */
	struct nb_place typed_at;
};

/* An index over values. Zero it first; memory in its arena. */
struct names {
	struct arena *arena;
	struct stated *items;
	size_t count;
	struct name_entry *entries; /* of all names */
	size_t entry_count;
	size_t *heads;  /* hash of a name's first two characters -> entry + 1 */
	size_t *values; /* hash of value and unit -> item + 1 */
	size_t *next_value;
	size_t head_count;
};

/* Adds a value; all must be added before names_index(). */
void names_add(struct names *names, const struct stated *stated);
void names_index(struct names *names);

/* A name in a text. */
struct named {
	size_t start, end; /* bytes */
	struct stated *stated;
};

/*
 * The names in `n` bytes, in the order of their starts, at most `most` of
 * them; one that lies within a longer one is left out. Returns how many.
 */
size_t names_find(
    const struct names *names, const char *text, size_t n, struct named *out, size_t most);

/* Whether a name of the chapter, "" for any, is, or has the five characters that `n` bytes begin
 * with. */
int names_begin(const struct names *names, const char *text, size_t n, const char *chapter);

/* The values of this unit that equal `value` exactly, one after the other: NULL first, NULL last.
 */
struct stated *names_equal(
    const struct names *names, int64_t value, const char *unit, struct stated *after);

#endif
