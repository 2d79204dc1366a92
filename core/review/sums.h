/* sums.h: arithmetic inside one sentence, which needs no figure: totals, shares, rates. */
#ifndef REVIEW_SUMS_H
#define REVIEW_SUMS_H

#include "base/number.h"
#include "review/review.h"

/*
 * Looks at each sentence of the passages: parts that a text adds up itself
 * (A3次、B5次，共8次; 9件，通过6件，其余3件), a share beside its part and its whole,
 * and rates above 100 %. Approximate numbers are wrong only where their
 * intervals clash. Numbers that findings [from, to) call contradicted or
 * stated twice are left alone: one cause, one finding. `numbers` are those of
 * each passage, as traced, and are used up. Time in proportion to the text.
 */
void sums_check(const struct reviewer *reviewer, const struct passage *passages, size_t count,
    struct number *const *numbers, const size_t *number_counts, size_t from, size_t to);

#endif
