/* winnow.c: a rolling hash, and the least of each window of it. */
#include "review/winnow.h"

/* Any odd number of many bits, and its WINNOW_GRAM-th power modulo 2^64. */
#define BASE UINT64_C(0x9E3779B97F4A7C15)
#define CUBE (BASE * BASE * BASE)
#define BASE_POWER (CUBE * CUBE * CUBE)
_Static_assert(WINNOW_GRAM == 9, "BASE_POWER is the ninth power");

/* Both rings are longer than what they hold, to be a power of two. */
#define RECENT(winnow, at) ((winnow)->recent[(at)&15])
#define WINDOW(winnow, at) ((winnow)->window[(at)&7])
_Static_assert(WINNOW_GRAM < 16 && WINNOW_WINDOW <= 8, "the rings hold a gram and a window");

void winnow_begin(struct winnow *winnow, struct keys *keys, uint32_t number)
{
	*winnow = (struct winnow){ .keys = keys, .number = number };
}

static void keep(struct winnow *winnow)
{
	if (winnow->least != winnow->kept)
		keys_add(winnow->keys, winnow->least, winnow->number);
	winnow->kept = winnow->least;
}

/* The rightmost of the least, which stays in the window longest. */
static void look_again(struct winnow *winnow, size_t gram)
{
	winnow->least = WINDOW(winnow, gram);
	winnow->least_at = gram;
	for (size_t back = 1; back < WINNOW_WINDOW; back++)
		if (WINDOW(winnow, gram - back) < winnow->least) {
			winnow->least = WINDOW(winnow, gram - back);
			winnow->least_at = gram - back;
		}
}

void winnow_add(struct winnow *winnow, uint32_t code)
{
	size_t n = winnow->characters++;
	winnow->hash = winnow->hash * BASE + code;
	if (n >= WINNOW_GRAM)
		winnow->hash -= RECENT(winnow, n - WINNOW_GRAM) * BASE_POWER;
	RECENT(winnow, n) = code;
	if (n + 1 < WINNOW_GRAM)
		return;

	size_t gram = n + 1 - WINNOW_GRAM;
	uint64_t hash = key_mix(winnow->hash);
	WINDOW(winnow, gram) = hash;
	/* A tie keeps the one there is, or a line of one character would leave a print at each. */
	int less = gram == 0 || hash < winnow->least;
	if (less) {
		winnow->least = hash;
		winnow->least_at = gram;
	}
	if (gram + 1 < WINNOW_WINDOW)
		return;
	if (!less && gram - winnow->least_at >= WINNOW_WINDOW) {
		look_again(winnow, gram);
		less = 1;
	}
	if (less || gram + 1 == WINNOW_WINDOW)
		keep(winnow);
}

void winnow_end(struct winnow *winnow)
{
	size_t n = winnow->characters;
	if (n >= WINNOW_GRAM && n < WINNOW_GRAM + WINNOW_WINDOW - 1)
		keep(winnow);
}
