/* rules.h: every rule of every chapter, on each submission and on the county. */
#ifndef CHAPTERS_RULES_H
#define CHAPTERS_RULES_H

#include "chapters/figures.h"
#include "chapters/relation.h"

/*
 * One submission, whose texts are there. At a department's desk (`intake`
 * NULL): its own figures only. In a relation with a figure that is one for the
 * county, its sums are a share to which others may add.
 */
void rules_check_submission(struct arena *arena, const struct catalog *catalog,
    const struct submission *submission, const struct intake *intake, struct findings *findings);

/* Whether the department's own figures bear out claim number `claim` of the chapter. */
struct verdict rules_claim(struct arena *arena, const struct catalog *catalog,
    const struct submission *submission, const struct written *written, size_t claim);

/*
 * The county's combined figures and what plugins reconcile, after all latest
 * submissions. A rule that a submission already broke is not reported again for
 * the county: one cause, one finding. Lists that several departments handed in
 * behind a figure that is one for the county may repeat each other, so their
 * rows prove nothing. -1 if the system fails.
 */
int rules_check_county(const struct intake_context *context, struct intake *intake,
    const struct figures *figures, struct err *err);

#endif
