/* found.h: findings as text, one "file:line:column code" a line, for cases to compare with. */
#ifndef TESTS_FOUND_H
#define TESTS_FOUND_H

#include "../archive/scratch.h"

#include "base/finding.h"

#include <time.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Says which case it was and what came instead. */
#define SAME_TEXT(actual, expected, of)                                                            \
	do {                                                                                       \
		const char *is = (actual), *should = (expected);                                   \
		if (strcmp(is, should) != 0)                                                       \
			cr_expect(0, "%s\n-- is\n%s\n-- and should be\n%s", (of), is, should);     \
	} while (0)

/* Without the folder of the case; in the scratch arena. */
static inline const char *found(const struct findings *findings)
{
	struct buf out = { 0 };
	const char *text;

	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *f = &findings->items[i];

		buf_adds(&out, f->at.file ? f->at.file : "-");
		if (f->at.line)
			buf_addf(&out, ":%u", f->at.line);
		if (f->at.column)
			buf_addf(&out, ":%u", f->at.column);
		buf_addf(&out, " %s\n", f->code);
	}
	text = arena_strdup(&scratch_arena, buf_str(&out));
	buf_release(&out);
	return text;
}

/* All messages, one a line. */
static inline const char *messages(const struct findings *findings)
{
	struct buf out = { 0 };
	const char *text;

	for (size_t i = 0; i < findings->count; i++) {
		finding_message(&findings->items[i], &out);
		buf_addc(&out, '\n');
	}
	text = arena_strdup(&scratch_arena, buf_str(&out));
	buf_release(&out);
	return text;
}

/* "text" so often, NUL-ended; the caller releases it. */
static inline struct buf repeat(const char *text, size_t times)
{
	struct buf out = { 0 };

	while (times--)
		buf_adds(&out, text);
	return out;
}

/* Processor time of this process, in seconds: what a hostile input may cost. */
static inline double spent(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Generous: sanitizers and a busy machine included. Quadratic work takes far longer. */
#define PATIENCE 8.0

#endif
