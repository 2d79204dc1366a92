/*
 * trace.h: every number of a text is one of: a figure's (by {{id}}, or because
 * name or unit and value agree within its clause), contradicting one, not a
 * quantity, or free.
 */
#ifndef REVIEW_TRACE_H
#define REVIEW_TRACE_H

#include "base/number.h"
#include "review/names.h"
#include "review/review.h"

enum trace_status {
	TRACE_FIGURE,      /* it is a figure's value */
	TRACE_CONTRADICTS, /* it names a figure and has another value */
	TRACE_FREE,        /* a quantity that no figure explains */
	TRACE_OTHER        /* no quantity: a date, a document number, a name */
};

/* "figure", "contradicts", "free", "other": for data, never translated. */
const char *trace_status_id(enum trace_status status);

struct traced {
	const char *chapter; /* of the text */
	const struct passage *passage;
	struct number number;
	enum trace_status status;
	struct stated
	    *stated;      /* whose value it is or contradicts; NULL also for a sum of figures */
	int of_last_year; /* it is last year's value of it */
};

/* How many of each. */
struct trace_counts {
	size_t of[TRACE_OTHER + 1];
};

struct tracer {
	const struct reviewer *reviewer;
	struct names *own;    /* a department's values; NULL: there is none */
	struct names *county; /* the county's; NULL at a department's desk */
	struct trace_counts counts;
	size_t contradicting; /* findings so far, for their bound */
	/* Called with each number in order; may be NULL. What it gets is valid during the call. */
	void (*each)(void *self, const struct traced *traced);
	void *self;
	/* The numbers of each passage, in an arena of the caller's; nothing is kept without one. */
	struct arena *keep;
	struct number **numbers;
	size_t *number_counts;
};

/*
 * Traces the numbers of a chapter's text ("": the frame's). With `find`, contradictions, values
 * that differ from one place to the next, and free numbers become findings.
 * Nothing crosses ，。；. Time in proportion to the text.
 */
void trace_text(struct tracer *tracer, const char *chapter, const struct passage *passages,
    size_t count, int find);

#endif
