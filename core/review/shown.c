/* shown.c: a bit for each phrase that came, and the words of those whose bit was set already. */
#include "review/shown.h"

#include "base/utf8.h"

#include <string.h>

enum {
	SHOWN = 20,          /* characters of a text in a message */
	SEEN_BITS = 1 << 23, /* a megabyte: that few phrases share a bit */
	KEPT = 1 << 16
};

void shown_words(struct buf *out, const char *text, size_t size)
{
	const char *end = text + size;
	size_t n = 0;
	while (text < end && n <= SHOWN) {
		const char *at = text;
		uint32_t c = utf8_next(&text, end);
		if (utf8_is_space(c))
			continue;
		if (n++ < SHOWN)
			buf_add(out, at, (size_t)(text - at));
		else
			buf_adds(out, "…");
	}
}

static void begin(struct shown *shown)
{
	shown->seen = arena_alloc(&shown->arena, SEEN_BITS / 8);
	shown->kept = arena_alloc(&shown->arena, KEPT * sizeof *shown->kept);
	buf_addc(&shown->text, '\0'); /* 0 is nobody's */
}

/* Whether the hash came before, or one that shares its bit. */
static int came_before(struct shown *shown, uint64_t hash)
{
	size_t bit = hash % SEEN_BITS;
	unsigned char mask = (unsigned char)(1u << bit % 8);
	int came = shown->seen[bit / 8] & mask;
	shown->seen[bit / 8] |= mask;
	return came;
}

uint32_t shown_keep(struct shown *shown, uint64_t hash, const char *text, size_t size)
{
	if (!shown->seen)
		begin(shown);
	if (!came_before(shown, hash))
		return 0;
	/* What is read again and again is kept once. */
	uint32_t *kept = &shown->kept[(hash >> 32) % KEPT];
	uint32_t start = (uint32_t)shown->text.len;
	shown_words(&shown->text, text, size);
	buf_addc(&shown->text, '\0');
	if (*kept && strcmp(shown_at(shown, *kept), shown_at(shown, start)) == 0)
		shown->text.len = start;
	else
		*kept = start;
	return *kept;
}

void shown_release(struct shown *shown)
{
	arena_release(&shown->arena);
	buf_release(&shown->text);
	*shown = (struct shown){ 0 };
}
