/* standing.h: how far the county's departments are with handing in, chapter by chapter. */
#ifndef CLI_STANDING_H
#define CLI_STANDING_H

#include "cli/run.h"

/* Of one chapter, or of all that a department owes. */
enum state {
	STATE_NOT_OWED,
	STATE_MISSING,
	STATE_RETURNED, /* it came, and was given back */
	STATE_ERRORS,   /* it came, and holds errors or could not be taken at all */
	STATE_RECEIVED,
	STATE_COUNT
};

struct department_standing {
	const struct department *department;
	enum state state;                    /* of the hand-in as a whole */
	const struct submission *submission; /* the one that counts, or the returned one; or NULL */
	const char *reason;                  /* why it was returned, or NULL */
	size_t errors, warnings;
	int is_late, is_in_time; /* neither: not handed in, or its date or the deadline unknown */
	enum state *chapters;    /* in the order of the report */
};

/* What the departments that owe something come to. */
struct standing {
	struct department_standing *departments; /* in the order of departments.ini */
	size_t count;
	size_t expected, received, in_time, late, returned, missing, with_errors;
	size_t *owed,
	    *done; /* for each chapter: departments, and those of them that handed it in */
};

/* After run_settle(). In the run's arena. */
void standing_of(struct run *run, struct standing *standing);

/* "not-owed", "missing", "returned", "errors", "received": for data, never translated. */
const char *state_id(enum state state);

/* Those in time of those expected: "94.1%"; NULL without a deadline. In the arena. */
const char *standing_rate(const struct standing *standing, struct run *run);

#endif
