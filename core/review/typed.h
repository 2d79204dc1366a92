/*
 * typed.h: numbers that a narrative types instead of naming {{id}}, remembered
 * by the words before them, so that they are known again in the report.
 */
#ifndef REVIEW_TYPED_H
#define REVIEW_TYPED_H

#include "review/trace.h"

struct typed {
	uint64_t key;     /* of the clause up to the number's end, see typed_key() */
	const char *name; /* "sfj.supervision.hotline_orders", or "" for a figure of the county */
};

/* What stays the same when the report sets its punctuation: Han characters, letters, digits. */
uint64_t typed_key(const struct passage *passage, const struct number *number);

/* A figure's name as documents resolve it, in the arena. */
const char *typed_name(struct arena *arena, const struct stated *stated);

#endif
