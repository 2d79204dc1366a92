/*
 * review.h: what a reviewer in a legal office looks for beyond sums: numbers
 * that no figure explains, copied and stale text, lost brackets, and what
 * must not be published.
 */
#ifndef REVIEW_REVIEW_H
#define REVIEW_REVIEW_H

#include "base/arena.h"
#include "base/finding.h"
#include "base/passage.h"

/* Whose text is being looked at, for the checks that take a passage each. */
struct reviewer {
	struct arena *arena; /* of the run */
	struct findings *findings;
	const char *department; /* id for findings, or NULL: the report's own text */
	int year;               /* of the report; 0: unknown */
	int internal;           /* the text never leaves in a published bundle */
	int full_width;         /* half-width marks are set full-width anyway */
};

/* privacy.c: secret marks, citizen ids, mobile and bank card numbers, mail addresses. */
void privacy_check(const struct reviewer *reviewer, const struct passage *passage);

/* typography.c: lost brackets, unpaired quotes, mixed marks, stray blanks, document numbers. */
void typography_check(const struct reviewer *reviewer, const struct passage *passage);

/* years.c: years of last year's text, dates that do not exist. */
void years_check(const struct reviewer *reviewer, const struct passage *passage);

#endif
