/* number_wide.h: a text with half-width digits for full-width ones, and the way back to its
 * offsets. */
#ifndef BASE_NUMBER_WIDE_H
#define BASE_NUMBER_WIDE_H

#include "base/arena.h"

#include <stddef.h>

/* Bytes that a sign loses: three in full width, one in half. */
enum { NARROWED_BY = 2 };

struct narrowed {
	size_t size; /* of the copy */
	size_t *at;  /* offsets in the copy of signs that were full-width, rising; in the arena */
	size_t count;
};

/*
 * `n` bytes in the arena, NUL-ended: １，２３４．５ is 1,234.5 there. A sign is
 * narrowed between two full-width digits only, all else stays as it is.
 */
char *narrow_copy(struct arena *arena, const char *text, size_t n, struct narrowed *narrowed);

#endif
