/*
 * similar.h: text that stands elsewhere already: in last year's report, in
 * another department's hand-in, or twice in this report.
 *
 * Points much like an earlier one are found by winnowing (winnow.h), the same
 * sentence twice by its hash. All texts go in first and are compared
 * afterwards: only then is it known which words are common to all departments.
 * What a text costs grows with its length alone.
 */
#ifndef REVIEW_SIMILAR_H
#define REVIEW_SIMILAR_H

#include "base/finding.h"
#include "base/passage.h"

/* A point, or a paragraph without one. */
struct similar_text {
	const char *department; /* id, or NULL: the report's own text; borrowed, as is */
	const char *name;       /* of the department, as messages say it; NULL: the id */
	const char *headline;   /* NULL or "": its first words name it */
	struct nb_place place;
	int last_year; /* from last year's report; `department` does not matter */
};

struct similar;

/* On the heap; similar_free() takes NULL too. */
struct similar *similar_new(void);
void similar_free(struct similar *similar);

/* Begins a text, all of one file; what was begun before is complete. */
void similar_begin(struct similar *similar, const struct similar_text *text);

/*
 * Adds a passage to the text begun last. Headlines and cells are left out, and
 * so are, for likeness, numbers, printed figures, titles 《…》 and quotations
 * “…” of more than six characters. A sentence is the same with all of these,
 * figures by their names. Nothing of the passage is kept.
 */
void similar_add(struct similar *similar, const struct passage *passage);

/*
 * Compares all texts and records, once:
 *  text.last-year  a text of this year much like one of last year's;
 *  text.similar    else, one much like an earlier one of another department;
 *  text.repeated   else, one much like an earlier one of its own department,
 *                  or of the report's own text;
 *  text.repeated   else, each sentence of 16 Han characters or more that stands
 *                  earlier in this year's texts, and each clause that stands
 *                  earlier in any text (22), in its department's (14) or in
 *                  the same text (12):
 *                  one a sentence, three a text, four repeats of the same.
 * Much like: at least 60% of the shorter one's fingerprints, and a quarter of
 * this one's. Those found with five departments or more do not count, nor do
 * clauses found with three: last year's report counts as one of the five.
 */
void similar_report(struct similar *similar, struct findings *findings);

#endif
