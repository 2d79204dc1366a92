/* part.h: submissions and county as the plain data that plugins see, and the host they talk to. */
#ifndef CHAPTERS_PART_H
#define CHAPTERS_PART_H

#include "base/arena.h"
#include "base/finding.h"
#include "chapters/figures.h"
#include "intake/intake.h"

#include <jansson.h>

/* One department's part of a chapter. Borrows from the submission. */
struct nb_part part_of_submission(
    const struct submission *submission, const struct written *written);

/*
 * The whole chapter: each department's part and the combined one, whose points
 * stand in report order: by topic, department, and as written.
 */
struct nb_county *part_of_county(struct arena *arena, const struct workspace *workspace,
    const struct intake *intake, const struct figures *figures, const struct chapter *chapter);

/* What one call of a plugin's function needs from us. */
struct call {
	struct arena *arena;
	struct findings *findings;
	const struct chapter *chapter;
	const char *department; /* for findings, NULL: the county */
	json_t *data;           /* takes what compose() puts; NULL elsewhere */
};

/* The host table for a call; valid as long as `call` is. */
struct nb_host host_for(struct call *call);

#endif
