/*
 * sentence.h: one sentence of a passage with its quantities and the words
 * between them: what the checks of its arithmetic share. All of it is bounded
 * by what stands between two numbers.
 */
#ifndef REVIEW_SENTENCE_H
#define REVIEW_SENTENCE_H

#include "base/number.h"
#include "review/text.h"

/* A stretch of text. */
struct span {
	const char *p, *end;
};

/* What was asked of a sentence's words; they are looked through once. */
enum answer { NOT_ASKED, NO, YES };
struct answers {
	enum answer compares, carries_over;
};

struct sentence {
	struct search *search;
	struct arena *scratch;
	const struct number *numbers; /* of the sentence, quantities alone */
	size_t count;
	size_t earlier; /* numbers of the passage that stand before them, at numbers[-1] and on */
	struct span text;
	int goes_on;     /* ； stands before it, or behind it */
	size_t from, to; /* findings that may have named the cause already */
	struct answers *answers;
};

/* Whether its percentages may be of something else: 同比, 百分点. */
int sentence_compares(const struct sentence *s);

/* Whether it counts what came in the year before as well. */
int sentence_carries_over(const struct sentence *s);

/* Lists of words are NULL-ended. */
extern const char *const span_commas[]; /* ， */
extern const char *const span_joints[]; /* 、, 和 */

int span_holds(struct span span, const char *const *words);

/* Passes one of the words; 0 if none stands here. */
int span_skip(struct span *span, const char *const *words);
int span_equals(struct span span, const char *const *words);
void span_skip_blanks(struct span *span);

/* The last clause of what stands before a number: 县政府常务会议 of ，其中县政府常务会议. */
struct span span_last_clause(struct span span);

/* Whether no bracket opens or closes half a pair. */
int span_is_balanced(struct span span);

/* Whether it only says what a part is: no comparing, no other count, no half a bracket. */
int span_is_label(struct span span);

/* What stands before number `i`, back to the number before it or the start of the sentence. */
struct span sentence_before(const struct sentence *s, size_t i);

/* What stands behind it, up to the next number or the end. */
struct span sentence_behind(const struct sentence *s, size_t i);

/*
 * A count in whole numbers. What is given in 万, or with decimals, was rounded
 * by itself: its sum need not come out.
 */
int number_counts(const struct number *number);

/* Whether both count, in one unit. */
int number_alike(const struct number *a, const struct number *b);

/* A number as it stands there, in the arena of the run. */
const char *sentence_written(const struct sentence *s, size_t i);

/*
 * Reports at number `at` what numbers [from, to) show, unless one of them has
 * been found to be wrong by itself or there are plenty.
 */
void sentence_report(const struct sentence *s, enum code code, size_t at, size_t from, size_t to,
    const char *message, const char *const args[4]);

#endif
