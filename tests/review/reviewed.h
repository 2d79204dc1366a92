/* reviewed.h: one passage of text and what a check finds in it. */
#ifndef TESTS_REVIEWED_H
#define TESTS_REVIEWED_H

#include "../base/found.h"

#include "review/review.h"

typedef void check_function(const struct reviewer *, const struct passage *);

/* Findings of a passage that begins at a:1:1. `as` says whose text it is. */
static inline struct findings review(
    check_function *check, struct reviewer as, enum passage_kind kind, const char *text)
{
	struct findings findings;
	struct passage passage = passage_plain(&scratch_arena, kind, text, "a", 1, 1);

	findings_init(&findings, &scratch_arena);
	as.arena = &scratch_arena;
	as.findings = &findings;
	check(&as, &passage);
	findings_sort(&findings, NULL);
	return findings;
}

/* "a:1:5 text.date" a line. */
static inline const char *reviewed(
    check_function *check, struct reviewer as, enum passage_kind kind, const char *text)
{
	struct findings findings = review(check, as, kind, text);

	return found(&findings);
}

/* Sentences as reports have them: nothing in them is to be found. */
static inline void expect_nothing(check_function *check, struct reviewer as, enum passage_kind kind,
    const char *const *texts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct findings findings = review(check, as, kind, texts[i]);

		SAME_TEXT(messages(&findings), "", texts[i]);
	}
}

/* A megabyte of `again` between `before` and `after`: little time, and few findings. */
static inline void expect_patience(
    check_function *check, struct reviewer as, const char *const *again, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct buf text = repeat(again[i], 1000000 / strlen(again[i]));
		double start = spent();
		struct findings findings = review(check, as, PASSAGE_TEXT, buf_str(&text));

		cr_expect_lt(spent() - start, PATIENCE, "%s", again[i]);
		cr_expect_leq(findings.count, 60, "%s: %zu findings", again[i], findings.count);
		buf_release(&text);
		arena_release(&scratch_arena);
	}
}

#endif
