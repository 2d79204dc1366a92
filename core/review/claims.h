/* claims.h: words that bind figures, held against them. */
#ifndef REVIEW_CLAIMS_H
#define REVIEW_CLAIMS_H

#include "intake/intake.h"
#include "review/review.h"

/*
 * The claims of the chapter's plugin (struct nb_claim): where the text makes
 * one that the department's own figures break, a finding at the words, once
 * each.
 */
void claims_check(const struct reviewer *reviewer, const struct catalog *catalog,
    const struct submission *submission, const struct written *written);

#endif
