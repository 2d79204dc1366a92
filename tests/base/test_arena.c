/* Memory of a run: zeroed, aligned, kept until the end. */
#include "base/arena.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <string.h>

Test(base, arena)
{
	static const size_t sizes[] = { 0, 1, 7, 16, 1000, 65535, 65536, 65537, 300000, 5 << 20,
		3 };
	struct arena arena;
	unsigned char *kept[sizeof sizes / sizeof *sizes];
	size_t count = sizeof sizes / sizeof *sizes;

	arena_init(&arena);
	/* Small and large mixed: nothing handed out is moved, shared or dirty. */
	for (size_t round = 0; round < 20; round++) {
		for (size_t i = 0; i < count; i++) {
			kept[i] = arena_alloc(&arena, sizes[i]);
			cr_assert_eq((uintptr_t)kept[i] % _Alignof(max_align_t), 0);
			for (size_t k = 0; k < sizes[i]; k++)
				cr_assert_eq(kept[i][k], 0, "%zu bytes, byte %zu", sizes[i], k);
			memset(kept[i], (int)i + 1, sizes[i]);
		}
		for (size_t i = 0; i < count; i++)
			for (size_t k = 0; k < sizes[i]; k++)
				cr_assert_eq(kept[i][k], i + 1);
	}
	arena_release(&arena);
	arena_release(&arena); /* again is fine */
	cr_expect_str_eq(arena_strdup(&arena, "after"), "after");
	arena_release(&arena);
}

Test(base, arena_text)
{
	struct arena arena = { 0 };
	char *copy, text[] = "沁水县";

	copy = arena_strdup(&arena, text);
	text[0] = 'x';
	cr_expect_str_eq(copy, "沁水县");
	cr_expect_str_eq(arena_strndup(&arena, "2500余", 4), "2500");
	cr_expect_str_eq(arena_strndup(&arena, "", 0), "");
	cr_expect_str_eq(arena_printf(&arena, "%s-%d", "沁水县", 2021), "沁水县-2021");
	cr_expect_str_eq(arena_printf(&arena, "%s", ""), "");
	cr_expect_eq(strlen(arena_printf(&arena, "%0400000d", 1)), 400000);
	arena_release(&arena);
}

/* Callers keep only the count: every one of the first thousand must find its room. */
Test(base, arena_grow)
{
	struct arena arena = { 0 };
	uint32_t *items = NULL;

	for (uint32_t i = 0; i < 5000; i++) {
		items = arena_grow(&arena, items, i, sizeof *items);
		items[i] = i * 7;
		if (i % 97 == 0)
			memset(arena_alloc(&arena, 64), 0xFF, 64); /* somebody else's */
	}
	for (uint32_t i = 0; i < 5000; i++)
		cr_assert_eq(items[i], i * 7);
	arena_release(&arena);
}

/* Arrays of all sizes side by side, one of them the last of its block or not: none gets dirty. */
Test(base, arena_grow_together)
{
	enum { ARRAYS = 3, ROUNDS = 20000 };
	static const size_t sizes[ARRAYS] = { 1, 24, 40 };
	struct arena arena = { 0 };
	unsigned char *items[ARRAYS] = { NULL };
	size_t counts[ARRAYS] = { 0 };

	for (size_t n = 0; n < ROUNDS; n++) {
		/* Long runs of each, so that it grows as the last one, and then as another. */
		size_t a = n / 700 % ARRAYS;
		unsigned char *item;

		items[a] = arena_grow(&arena, items[a], counts[a], sizes[a]);
		item = items[a] + counts[a] * sizes[a];
		for (size_t k = 0; k < sizes[a]; k++)
			cr_assert_eq(item[k], 0, "%zu of %zu bytes", counts[a], sizes[a]);
		memset(item, (int)(a + 1), sizes[a]);
		counts[a]++;
		cr_assert_str_eq(arena_strdup(&arena, "沁水县"), "沁水县");
	}
	for (size_t a = 0; a < ARRAYS; a++)
		for (size_t k = 0; k < counts[a] * sizes[a]; k++)
			cr_assert_eq(items[a][k], a + 1);
	arena_release(&arena);
}
