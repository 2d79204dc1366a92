/*
 * relation.h: relations between figures as data: "a = b + c", "a <= b",
 * "opening = last(pending)", "count = rows(list)", and ratios "(a + b) / c".
 * The grammar stands in nianbao/plugin.h.
 */
#ifndef CHAPTERS_RELATION_H
#define CHAPTERS_RELATION_H

#include "base/arena.h"
#include "base/buf.h"
#include "workspace/catalog.h"

#include <nianbao/plugin.h>

enum term_kind {
	TERM_FIGURE,
	TERM_LAST,  /* last year's value of a figure */
	TERM_ROWS,  /* number of rows of a list */
	TERM_SUM,   /* sum of a column of a list */
	TERM_NUMBER /* a whole number */
};

struct term {
	enum term_kind kind;
	int negative;
	const char *chapter; /* id, or NULL: the rule's own */
	const char *id;      /* of the figure or list; the number's digits */
	const char *column;  /* TERM_SUM */
};

struct side {
	struct term *terms;
	size_t count;
};

enum relation_op {
	RELATION_EQUAL,
	RELATION_AT_MOST,
	RELATION_AT_LEAST,
	RELATION_RATIO /* left over right; of a figure's `ratio`, not of rules */
};

struct relation {
	enum relation_op op;
	struct side left, right;
};

/* Reads a rule's relation or a figure's ratio. NULL, or what is wrong (untranslated). */
const char *relation_read(struct arena *arena, const char *text, struct relation *relation);
const char *ratio_read(struct arena *arena, const char *text, struct relation *relation);

/* Every figure, list and column it names is in the chapter; else the name that is not. */
const char *relation_unknown(const struct relation *relation, const struct chapter *chapter);

/* Whether it looks back at last year. */
int relation_uses_last(const struct relation *relation);

/* What a term stands for, given by whoever evaluates. */
struct operand {
	struct nb_quantity quantity;
	struct nb_place place;
	int open; /* others may add to it: its upper bound does not hold */
};
typedef struct operand relation_lookup(void *self, const struct term *term);

struct verdict {
	int broken;         /* no value of the unknown terms could mend it */
	int assessable;     /* every term was known */
	int approximate;    /* an approximate value took part */
	struct nb_place at; /* of the first known term */
	const char
	    *text; /* "11 ≠ 2+2+3" when broken, "11 = 2+2+?" when not assessable; in the arena */
	/* A figure, this year's or last's, that nobody gave, beside a term that is known; or NULL.
	 */
	const struct term *missing;
	int both; /* something is known on either side */
};

/* Evaluates an equality or inequality over intervals; an unknown term lies in [0, ∞). */
struct verdict relation_check(
    struct arena *arena, const struct relation *relation, relation_lookup *lookup, void *self);

/*
 * Evaluates a ratio against a reported percentage: right if the exact quotient,
 * rounded or cut off at the written decimals, gives it.
 */
struct verdict ratio_check(struct arena *arena, const struct relation *ratio,
    const struct operand *reported, relation_lookup *lookup, void *self);

/*
 * The same where one side of the ratio is unknown: broken if no whole number in
 * its place can give the reported percentage.
 */
struct verdict ratio_possible(struct arena *arena, const struct relation *ratio,
    const struct operand *reported, relation_lookup *lookup, void *self);

/* The quotient in percent with `decimals` digits, rounded; absent if it cannot be told. */
struct nb_quantity ratio_value(struct arena *arena, const struct relation *ratio, unsigned decimals,
    relation_lookup *lookup, void *self);

#endif
