/* zip_local.c: local headers against the table, and every byte of the zip accounted for. */
#include "archive/zip_scan.h"
#include "base/i18n.h"

#include <stdlib.h>
#include <string.h>

/* What most local headers fit into with name and extra fields: one read each. */
enum { HEAD_GUESS = 512 };

static void object(struct zip_listed *item, const char *problem)
{
	if (!item->problem)
		item->problem = problem;
}

static void doubt(struct zip_listed *item, const char *problem)
{
	item->problem = problem;
	item->grave = 1;
}

/* A value of the local header; what follows the data may be left out of it. */
static int same(uint64_t local, uint64_t central, int later)
{
	return local == central || (later && (local == 0 || local == ZIP_WIDE));
}

static int is_ascii(const struct zip_listed *item)
{
	for (size_t i = 0; i < item->raw_length; i++)
		if ((unsigned char)item->raw[i] >= 0x80)
			return 0;
	return 1;
}

/* `head` with name and extra fields behind it. */
static void compare(const struct zip_scan *zip, const unsigned char *head, struct zip_listed *item)
{
	static const char *const differ = N_("the zip describes it in two different ways");
	size_t name = get16(head + 26), extra = get16(head + 28);
	uint16_t flags = get16(head + 6), differing = flags ^ item->flags;
	int later = ((flags | item->flags) & ZIP_FLAG_LATER) != 0;
	struct zip_wide wide = { get32(head + 22), get32(head + 18), 0, 0 };

	if (name != item->raw_length || memcmp(head + ZIP_LOCAL_SIZE, item->raw, name) != 0) {
		object(item, N_("the zip gives it two different names"));
		return;
	}
	if (zip_extra(zip->arena, head + ZIP_LOCAL_SIZE + name, extra, item->raw, name, &wide,
	        &item->local_unicode) != 0 &&
	    !later)
		object(item, differ);
	item->aside += (uint32_t)zip_extra_aside(head + ZIP_LOCAL_SIZE + name, extra);
	/* Marked as UTF-8 in one place only, it would be one name here and another there. */
	if (is_ascii(item))
		differing &= (uint16_t)~ZIP_FLAG_UTF8;
	/* How well it was compressed, and when the sizes were known, is told where it was known. */
	differing &= (uint16_t) ~(ZIP_FLAG_EFFORT | ZIP_FLAG_LATER);
	if (get16(head + 8) != item->method || differing ||
	    !same(get32(head + 14), item->crc, later) || !same(wide.packed, item->packed, later) ||
	    !same(wide.size, item->size, later))
		object(item, differ);
}

/* What an entry takes up. */
struct span {
	uint64_t from, to;
	struct zip_listed *item;
	int later; /* a data descriptor may follow */
};

/* Reads the local header. 1 if there is none where the table says. */
static int read_local(const struct zip_scan *zip, struct span *span, struct err *err)
{
	struct zip_listed *item = span->item;
	unsigned char guess[HEAD_GUESS], *head = guess;
	uint64_t room;
	size_t n;
	int rc = -1;

	span->from = span->to = item->offset;
	if (item->offset > zip->table || zip->table - item->offset < ZIP_LOCAL_SIZE)
		return 1;
	room = zip->table - item->offset;
	n = room < sizeof guess ? (size_t)room : sizeof guess;
	if (zip_get(zip, item->offset, head, n, err) != 0)
		return -1;
	if (get32(head) != ZIP_SIG_LOCAL)
		return 1;
	span->later = ((get16(head + 6) | item->flags) & ZIP_FLAG_LATER) != 0;
	n = ZIP_LOCAL_SIZE + (size_t)get16(head + 26) + get16(head + 28);
	span->to += n;
	item->data = span->to;
	if (n > room || item->packed > room - n)
		return 1;
	span->to += item->packed;
	if (n > sizeof guess) {
		head = mem_alloc(n);
		if (zip_get(zip, item->offset, head, n, err) != 0)
			goto out;
	}
	compare(zip, head, item);
	rc = 0;
out:
	if (head != guess)
		free(head);
	return rc;
}

static int by_from(const void *a, const void *b)
{
	const struct span *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return (x->item > y->item) - (x->item < y->item);
}

/*
 * Whether the `n` bytes behind an entry's data are its data descriptor, in one
 * of the four forms writers use: with or without signature, 32 or 64 bits.
 */
static int is_descriptor(const struct zip_scan *zip, const struct span *span, uint64_t n)
{
	const struct zip_listed *item = span->item;
	unsigned char bytes[24], *p = bytes;
	struct err ignored;

	if (n != 12 && n != 16 && n != 20 && n != 24)
		return 0;
	if (zip_get(zip, span->to, bytes, (size_t)n, &ignored) != 0)
		return 0;
	if (n == 16 || n == 24) {
		if (get32(p) != ZIP_SIG_LATER)
			return 0;
		p += 4;
	}
	if (get32(p) != item->crc)
		return 0;
	p += 4;
	return n >= 20 ? get64(p) == item->packed && get64(p + 8) == item->size
	               : get32(p) == (uint32_t)item->packed && get32(p + 4) == (uint32_t)item->size;
}

/* What writers of split zips leave in front of one that fitted into one part. */
static int is_split_mark(const struct zip_scan *zip, uint64_t n)
{
	unsigned char mark[4];
	struct err ignored;

	return n == sizeof mark && zip_get(zip, 0, mark, sizeof mark, &ignored) == 0 &&
	       (get32(mark) == ZIP_SIG_LATER || get32(mark) == ZIP_SIG_SINGLE);
}

/* No byte may belong to two entries: that is how a small zip unpacks to terabytes. */
static void check_overlaps(struct span *spans, size_t count)
{
	struct span *longest = spans;

	for (size_t i = 1; i < count; i++) {
		if (spans[i].from < longest->to) {
			doubt(longest->item, N_("it overlaps with another file in the zip"));
			doubt(spans[i].item, N_("it overlaps with another file in the zip"));
		}
		if (spans[i].to > longest->to)
			longest = &spans[i];
	}
}

/* And none to no entry: there a second zip, or anything else, could hide. */
static void check_gaps(const struct zip_scan *zip, struct span *spans, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		uint64_t next = i + 1 < count ? spans[i + 1].from : zip->table;

		if (next > spans[i].to &&
		    !(spans[i].later && is_descriptor(zip, &spans[i], next - spans[i].to)))
			spans[i].item->gap = 1;
	}
}

int zip_check_local(const struct zip_scan *zip, struct zip_listing *listing, struct err *err)
{
	struct span *spans = mem_alloc(listing->count * sizeof *spans);
	size_t count = 0;
	int rc = -1;

	for (size_t i = 0; i < listing->count; i++) {
		struct span *span = &spans[count];
		int missing;

		*span = (struct span){ .item = &listing->items[i] };
		missing = read_local(zip, span, err);
		if (missing < 0)
			goto out;
		if (missing)
			doubt(span->item, N_("it is damaged: its content is not where the zip "
			                     "says"));
		else
			count++;
	}
	if (count > 0) {
		qsort(spans, count, sizeof *spans, by_from);
		if (spans[0].from > 0 && !is_split_mark(zip, spans[0].from))
			zip_odd(listing, N_("before the zip stand bytes that do not belong to it"));
		check_overlaps(spans, count);
		/* Where an entry is not found, what belongs to nobody cannot be said. */
		if (count == listing->count)
			check_gaps(zip, spans, count);
	}
	rc = 0;
out:
	free(spans);
	return rc;
}
