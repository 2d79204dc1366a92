/* excerpt.h: the words a finding is about, read again where they were written. */
#ifndef CLI_EXCERPT_H
#define CLI_EXCERPT_H

#include "cli/run.h"

/* A piece of a line; in the arena. `word` is "" where it is not certain which words are meant. */
struct excerpt {
	const char *before, *word, *after;
};

/* The file read last, and how far in it columns were counted. Zero it first. */
struct excerpts {
	const char *file; /* NULL: none yet */
	struct buf text;
	size_t *lines; /* where each begins, in the arena */
	size_t line_count;
	size_t line, column, at; /* the last place asked for */
};

/*
 * Some characters on both sides of a finding's place. 0 if there is nothing to
 * show: no line is known, the file is no text, or the line holds what should
 * not be spread further (privacy.*). `finding` is one of the run's, in their order.
 */
int excerpt_of(
    struct excerpts *excerpts, struct run *run, const struct finding *finding, struct excerpt *out);

void excerpts_release(struct excerpts *excerpts);

/* The hand-in that holds the file, and the file's name in it; NULL if none does. */
const struct submission *submission_of_file(
    const struct intake *intake, const char *file, const char **name);

#endif
