/* shares.h: percentages beside what they are reckoned from. */
#ifndef REVIEW_SHARES_H
#define REVIEW_SHARES_H

#include "review/sentence.h"

/* Whether percentage `i` is the share of the part and whole beside it, and one that can be. */
void shares_check(const struct sentence *s, size_t i);

#endif
