/* test_compare.c: two bundles side by side, whoever made them. */
#include "bundle/compare.h"

#include <criterion/criterion.h>

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

enum { MANY = 3000 };

static struct bundle_figure figure(struct arena *arena, const char *chapter, int number)
{
	return (struct bundle_figure){ .chapter = chapter,
		.id = arena_printf(arena, "f%d", number),
		.label = "指标",
		.unit = "件",
		.quantity = { .state = NB_EXACT, .text = "1", .low = NB_UNIT, .high = NB_UNIT } };
}

/* A valid bundle may still list its figures as it likes: chapters in turn, say. */
Test(bundle, what_is_gone_is_told_once_in_whatever_order_chapters_come)
{
	static const char *const chapters[] = { "decision", "reform" };
	struct arena arena = { 0 };
	struct bundle_facts before = { .figure_count = MANY }, after = { .figure_count = MANY };
	struct comparison all;
	size_t gone = 0;
	before.figures = arena_alloc(&arena, MANY * sizeof *before.figures);
	after.figures = arena_alloc(&arena, MANY * sizeof *after.figures);
	for (int i = 0; i < MANY; i++) {
		before.figures[i] = figure(&arena, i < MANY / 2 ? "decision" : "other", i);
		after.figures[i] = figure(&arena, chapters[i % 2], MANY + i);
	}
	bundle_compare(&before, &after, &arena, &all);
	cr_expect_eq(all.figure_count, 2 * MANY, "%zu", all.figure_count);
	for (size_t i = 0; i < all.figure_count; i++)
		gone += all.figures[i].how == COMPARED_GONE;
	cr_expect_eq(gone, MANY, "%zu", gone);
	arena_release(&arena);
}

/* What is gone stands behind what is left of its chapter; chapters that are gone, at the end. */
Test(bundle, what_is_gone_stands_with_its_chapter)
{
	struct arena arena = { 0 };
	struct bundle_figure old[] = { figure(&arena, "other", 9), figure(&arena, "decision", 2),
		figure(&arena, "decision", 1), figure(&arena, "reform", 4) };
	struct bundle_figure new[] = { figure(&arena, "decision", 3), figure(&arena, "reform", 4),
		figure(&arena, "reform", 5) };
	const struct bundle_facts before = { .figures = old, .figure_count = COUNT_OF(old) };
	const struct bundle_facts after = { .figures = new, .figure_count = COUNT_OF(new) };
	static const char *const order[] = { "f3", "f2", "f1", "f4", "f5", "f9" };
	struct comparison all;
	bundle_compare(&before, &after, &arena, &all);
	cr_assert_eq(all.figure_count, COUNT_OF(order));
	for (size_t i = 0; i < COUNT_OF(order); i++) {
		const struct compared_figure *row = &all.figures[i];
		cr_expect_str_eq((row->after ? row->after : row->before)->id, order[i]);
	}
	cr_expect_eq(all.differences, 5);
	arena_release(&arena);
}
