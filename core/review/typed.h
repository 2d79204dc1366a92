/*
 * typed.h: numbers that a narrative types instead of naming {{id}}, remembered
 * by the words before them, so that they are known again in the report.
 */
#ifndef REVIEW_TYPED_H
#define REVIEW_TYPED_H

#include "review/trace.h"

struct typed {
	uint64_t key;     /* of chapter and clause up to the number's end, see typed_key() */
	const char *name; /* "sfj.supervision.hotline_orders"; NULL: a sum of several figures */
	/* TRACE_FIGURE, TRACE_CONTRADICTS, or TRACE_FREE: two departments say it alike */
	enum trace_status status;
};

/* What stays the same when the report sets its punctuation: Han characters, letters, digits. */
uint64_t typed_key(const char *chapter, const struct passage *passage, const struct number *number);

/* Sorts by key, one entry each; where they differ, nothing is known. Returns how many are left. */
size_t typed_sort(struct typed *typed, size_t count);

/* The entry of a key in sorted ones, or NULL. */
const struct typed *typed_find(const struct typed *typed, size_t count, uint64_t key);

/* A figure's name as documents resolve it, in the arena. */
const char *typed_name(struct arena *arena, const struct stated *stated);

#endif
