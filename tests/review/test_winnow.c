/* Fingerprints and the sorting of them: what winnowing promises, on noise. */
#include "review/winnow.h"

#include "../base/found.h"

enum { PROMISED = WINNOW_GRAM + WINNOW_WINDOW - 1 };

/* The same on every run. */
static uint32_t noise(uint64_t *seed)
{
	*seed += 0x9E3779B97F4A7C15u;
	return (uint32_t)(key_mix(*seed) >> 32);
}

static void winnow_all(struct keys *keys, const uint32_t *codes, size_t n, uint32_t number)
{
	struct winnow winnow;

	winnow_begin(&winnow, keys, number);
	for (size_t i = 0; i < n; i++)
		winnow_add(&winnow, codes[i]);
	winnow_end(&winnow);
	cr_expect_eq(winnow.characters, n);
}

static void see_shared(void *self, const uint32_t *numbers, size_t count)
{
	*(int *)self |= numbers[0] != numbers[count - 1];
}

/* Whether two texts have a fingerprint in common. */
static int share(const uint32_t *a, size_t n, const uint32_t *b, size_t m)
{
	struct keys keys = { .bytes = 5 };
	int shared = 0;

	winnow_all(&keys, a, n, 1);
	winnow_all(&keys, b, m, 2);
	keys_each(&keys, see_shared, &shared);
	keys_release(&keys);
	return shared;
}

static void see_count(void *self, const uint32_t *numbers, size_t count)
{
	(void)numbers;
	*(size_t *)self += count;
}

static size_t count_all(const struct keys *keys)
{
	size_t count = 0;

	keys_each(keys, see_count, &count);
	return count;
}

Test(review, winnow_promise)
{
	uint64_t seed = 7;

	for (int round = 0; round < 2000; round++) {
		uint32_t a[64], b[64];
		size_t at_a = noise(&seed) % (64 - PROMISED), at_b = noise(&seed) % (64 - PROMISED);

		for (size_t i = 0; i < 64; i++) {
			a[i] = 0x4E00 + noise(&seed) % 4000;
			b[i] = 0x6000 + noise(&seed) % 4000;
		}
		cr_expect(!share(a, 64, b, 64), "round %d: nothing in common", round);
		memcpy(b + at_b, a + at_a, WINNOW_GRAM * sizeof *a - sizeof *a);
		cr_expect(!share(a, 64, b, 64), "round %d: a set phrase", round);
		memcpy(b + at_b, a + at_a, PROMISED * sizeof *a);
		cr_expect(share(a, 64, b, 64), "round %d: a run of %d", round, PROMISED);
	}
}

Test(review, winnow_size)
{
	uint32_t codes[30000];
	uint64_t seed = 11;
	static const struct {
		size_t n, least, most;
	} sizes[] = { { 0, 0, 0 }, { 8, 0, 0 }, { 9, 1, 1 }, { 12, 1, 1 }, { 13, 1, 1 },
		{ 14, 1, 2 }, { 30000, 9000, 11000 } };

	for (size_t i = 0; i < 30000; i++)
		codes[i] = 0x4E00 + noise(&seed) % 4000;
	for (size_t i = 0; i < COUNT(sizes); i++) {
		struct keys keys = { .bytes = 5 };

		winnow_all(&keys, codes, sizes[i].n, 0);
		size_t count = count_all(&keys);
		cr_expect(count >= sizes[i].least && count <= sizes[i].most,
		    "%zu characters leave %zu", sizes[i].n, count);
		keys_release(&keys);
	}
	/* One character all along is one fingerprint. */
	struct keys keys = { .bytes = 5 };

	for (size_t i = 0; i < 30000; i++)
		codes[i] = 0x6CD5;
	winnow_all(&keys, codes, 30000, 0);
	cr_expect_eq(count_all(&keys), 1);
	keys_release(&keys);
}

/* What a run of equal keys is checked against: the key of each number. */
struct seen {
	const uint64_t *keys;
	unsigned shift; /* bits that are not kept */
	size_t runs, count;
	uint64_t last;
};

static void see_run(void *self, const uint32_t *numbers, size_t count)
{
	struct seen *seen = self;
	uint64_t key = seen->keys[numbers[0]] >> seen->shift;

	for (size_t i = 1; i < count; i++) {
		cr_expect_eq(seen->keys[numbers[i]] >> seen->shift, key);
		cr_expect_lt(numbers[i - 1], numbers[i], "as added");
	}
	if (seen->runs++)
		cr_expect_gt(key, seen->last, "each key once, rising");
	seen->last = key;
	seen->count += count;
}

/* Whatever comes, with steps between the numbers that take one to three bytes. */
Test(review, keys_each)
{
	enum { COUNT_MOST = 5000, STEP = 173 };
	static uint64_t all[COUNT_MOST * STEP];

	for (unsigned bytes = 5; bytes <= 8; bytes += 3) {
		struct keys keys = { .bytes = bytes };
		struct seen seen = { .keys = all, .shift = 64 - 8 * bytes };
		uint64_t seed = 3;
		uint32_t number = 0;

		keys_each(&keys, see_run, &seen);
		cr_expect_eq(seen.runs, 0);
		for (uint32_t i = 0; i < COUNT_MOST; i++) {
			uint64_t key = (uint64_t)noise(&seed) << 32 | noise(&seed);

			all[number] = i % 3 == 0 ? key : i % 3 == 1 ? key & 0xFF0000 : key << 60;
			keys_add(&keys, all[number], number);
			number += 1 + noise(&seed) % (STEP - 1);
		}
		keys_each(&keys, see_run, &seen);
		cr_expect_eq(seen.count, COUNT_MOST);
		keys_release(&keys);
		keys_release(&keys);
		seen.runs = seen.count = 0;
		keys_each(&keys, see_run, &seen);
		cr_expect_eq(seen.runs, 0);
	}
}
