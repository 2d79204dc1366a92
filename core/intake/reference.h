/* reference.h: {{figure}} in a narrative: a number written once, in submission.ini. */
#ifndef INTAKE_REFERENCE_H
#define INTAKE_REFERENCE_H

#include "intake/intake.h"

struct reference {
	const char *start, *end; /* with its braces */
	char name[140];
};

/* The next {{…}} on one line; 0 if there is none. A name too long to be one is left empty. */
int reference_next(const char *text, struct reference *reference);

/*
 * What {{name}} or {{chapter.name}} stands for in the text of `written`; `*in`
 * takes the chapter it is of. NULL if it is no figure of this hand-in.
 */
const struct nb_value *reference_value(const struct submission *submission,
    const struct written *written, const char *name, const struct written **in);

#endif
