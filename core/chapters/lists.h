/* lists.h: lists (台账) looked at by themselves: rows twice, days of other years, lists that lack.
 */
#ifndef CHAPTERS_LISTS_H
#define CHAPTERS_LISTS_H

#include "chapters/figures.h"

/*
 * The lists of one department's chapter: a row that stands there twice, a day
 * outside the year in a column that is of the year, a count that promises a
 * list which is neither there nor backed by an attachment. `intake`: all
 * hand-ins, or NULL at a department's desk; a list that is one for the county
 * may be another department's.
 */
void lists_check(struct arena *arena, const struct submission *submission,
    const struct written *written, const struct intake *intake, struct findings *findings);

/* Rows of a chapter's lists that two departments handed in, both counted. */
void lists_compare(struct arena *arena, const struct chapter *chapter, const struct intake *intake,
    struct findings *findings);

#endif
