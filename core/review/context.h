/*
 * context.h: a number of a text with the words around it, and whether it can be
 * a figure's value: what trace.c and meaning.c look at.
 */
#ifndef REVIEW_CONTEXT_H
#define REVIEW_CONTEXT_H

#include "base/number.h"
#include "base/passage.h"
#include "review/names.h"
#include "review/trace.h"

enum {
	CONTEXT_MAX = 240, /* bytes looked at on either side of a number */
	NAMES_MAX = 24
};

/* A number with what stands around it in its clause, blanks out and brackets full-width. */
struct context {
	const struct passage *passage;
	const struct number *number;
	const struct number *numbers; /* all of the passage, `number` the one at `at` */
	size_t at, number_count;
	const struct traced *traced; /* what the first pass made of them; NULL during it */
	struct buf before, after;    /* up to the numbers beside it */
	size_t clause;               /* byte where the clause begins, or where looking ends */
	struct named names[NAMES_MAX];
	size_t behind; /* the first of `names` that stands behind the number */
	size_t count;
};

/* Fills in the text on both sides of number `i`, up to its neighbours in the clause. */
void context_read(struct context *context, const struct passage *passage,
    const struct number *numbers, size_t count, size_t i);

/* Appends `n` bytes of text without blanks and “”, brackets full-width: how names are looked for.
 */
void context_plain(struct buf *out, const char *text, size_t n);

/* Finds the names in it; those of a table's column where its row has none. */
void context_name(struct context *context, const struct names *names);

/* The number in the figure's own unit; 0 if it cannot be its value at all. */
int number_in_unit_of(
    const struct number *number, const struct stated *stated, struct nb_quantity *out);

/*
 * How far an approximate number may be off its figure: 约1000 by a part of
 * `parts`, both ways, 近1000 below. The bounds of numeral.h are wider where few
 * digits are written: 0 to 2000.
 */
struct nb_quantity context_quantity(const struct context *context, int parts);

/* Whether it can be the value reported this year, or last year's. */
int number_agrees(const struct number *number, const struct stated *stated);
int number_agrees_with_last(const struct number *number, const struct stated *stated);

/*
 * 名 counts people like 人, 起 counts cases like 件: a figure's unit is one of
 * several in use. The first two say the same in any text, the others only
 * where the figure's name stands beside them.
 */
int units_are_alike(const char *a, const char *b, int strictly);

/* Whether it is counted as the figure is, or in no unit. */
int number_has_unit_of(const struct number *number, const struct stated *stated);

/* A name's distance from the number, in bytes. */
size_t context_distance(const struct context *context, size_t i);

/* Whether a value is of the chapter; the frame's text, "", is of all. */
int stated_is_of(const struct stated *stated, const char *chapter);

/* 其他 is the last item of any series: a figure's by itself in a table alone. */
int context_is_leftover(const struct context *context, size_t i);

#endif
