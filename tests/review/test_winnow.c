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

/* Whether two texts have a fingerprint in common. */
static int share(const uint32_t *a, size_t n, const uint32_t *b, size_t m)
{
	struct keys keys = { 0 };
	int shared = 0;

	winnow_all(&keys, a, n, 1);
	winnow_all(&keys, b, m, 2);
	keys_sort(&keys);
	for (size_t i = 1; i < keys.count; i++)
		shared |= key_of(&keys.items[i]) == key_of(&keys.items[i - 1]) &&
		          keys.items[i].number != keys.items[i - 1].number;
	keys_release(&keys);
	return shared;
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
		struct keys keys = { 0 };

		winnow_all(&keys, codes, sizes[i].n, 0);
		cr_expect(keys.count >= sizes[i].least && keys.count <= sizes[i].most,
		    "%zu characters leave %zu", sizes[i].n, keys.count);
		keys_release(&keys);
	}
	/* One character all along is one fingerprint. */
	struct keys keys = { 0 };

	for (size_t i = 0; i < 30000; i++)
		codes[i] = 0x6CD5;
	winnow_all(&keys, codes, 30000, 0);
	cr_expect_eq(keys.count, 1);
	keys_release(&keys);
}

Test(review, keys_sort)
{
	struct keys keys = { 0 };
	uint64_t seed = 3;

	keys_sort(&keys);
	for (uint32_t i = 0; i < 50000; i++) {
		uint64_t key = (uint64_t)noise(&seed) << 32 | noise(&seed);

		keys_add(&keys, i % 3 == 0 ? key : i % 3 == 1 ? key & 0xFF0000 : key << 60, i);
	}
	keys_sort(&keys);
	cr_assert_eq(keys.count, 50000);
	size_t runs = 0;

	for (size_t i = 0, end; i < keys.count; i = end, runs++) {
		end = keys_run(&keys, i);
		for (size_t k = i + 1; k < end; k++)
			cr_expect_lt(keys.items[k - 1].number, keys.items[k].number, "stable");
		if (end < keys.count)
			cr_expect_lt(key_of(&keys.items[i]), key_of(&keys.items[end]));
	}
	cr_expect(runs > 16000 && runs < 18000, "%zu runs", runs);
	keys_add(&keys, 0, 50000);
	keys_sort(&keys);
	cr_expect_eq(keys.count, 50001);
	keys_release(&keys);
	keys_release(&keys);
}
