/* zip_list.c: structural check of a foreign zip. */
#include "archive/zip_list.h"

#include "base/i18n.h"
#include "base/utf8.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	END_SIZE = 22,
	LOCATOR_SIZE = 20,
	END64_SIZE = 56,
	CENTRAL_SIZE = 46,
	LOCAL_SIZE = 30,
	COMMENT_MAX = 65535
};

#define SIG_CENTRAL 0x02014b50u
#define SIG_LOCAL 0x04034b50u
#define SIG_END 0x06054b50u
#define SIG_END64 0x06064b50u
#define SIG_LOCATOR 0x07064b50u

struct zip_scan {
	int fd;
	const unsigned char *bytes;
	uint64_t size;
	const char *path;
	uint64_t files;
	struct arena *arena;
	/* From the end records: */
	uint64_t count, table, table_size;
};

static uint16_t get16(const unsigned char *p)
{
	return (uint16_t)(p[0] | p[1] << 8);
}

static uint32_t get32(const unsigned char *p)
{
	return get16(p) | (uint32_t)get16(p + 2) << 16;
}

static uint64_t get64(const unsigned char *p)
{
	return get32(p) | (uint64_t)get32(p + 4) << 32;
}

static int damaged(const struct zip_scan *zip, struct err *err)
{
	return err_input(
	    err, N_("the zip's table of contents is damaged"), _("cannot open '%s'"), zip->path);
}

/* Reads exactly `n` bytes at an offset; what lies outside the file is damage. */
static int get(const struct zip_scan *zip, uint64_t at, void *to, size_t n, struct err *err)
{
	size_t done = 0;

	if (at > zip->size || n > zip->size - at)
		return damaged(zip, err);
	if (zip->bytes) {
		memcpy(to, zip->bytes + at, n);
		return 0;
	}
	while (done < n) {
		ssize_t piece = pread(zip->fd, (char *)to + done, n - done, (off_t)(at + done));

		if (piece > 0)
			done += (size_t)piece;
		else if (piece == 0)
			return damaged(zip, err);
		else if (errno != EINTR)
			return err_sys(err, errno, _("cannot read '%s'"), zip->path);
	}
	return 0;
}

/* ---- the end of the file ----------------------------------------------- */

static int too_many(const struct zip_scan *zip, struct err *err)
{
	return err_input(err, N_("it holds more files than [limits] files allows"),
	    _("cannot open '%s'"), zip->path);
}

/* The 64-bit end record, if there is one before the end record at `end`. */
static int read_end64(struct zip_scan *zip, uint64_t end, struct err *err)
{
	unsigned char locator[LOCATOR_SIZE], record[END64_SIZE];
	uint64_t at;

	if (end < LOCATOR_SIZE)
		return 0;
	if (get(zip, end - LOCATOR_SIZE, locator, sizeof locator, err) != 0)
		return -1;
	if (get32(locator) != SIG_LOCATOR)
		return 0;
	at = get64(locator + 8);
	if (at > end || get(zip, at, record, sizeof record, err) != 0 || get32(record) != SIG_END64)
		return damaged(zip, err);
	if (get32(locator + 4) != 0 || get32(record + 16) != 0 || get32(record + 20) != 0 ||
	    get64(record + 24) != get64(record + 32))
		return damaged(zip, err);
	zip->count = get64(record + 32);
	zip->table_size = get64(record + 40);
	zip->table = get64(record + 48);
	if (zip->table > at || zip->table_size > at - zip->table)
		return damaged(zip, err);
	return 0;
}

static int read_end(struct zip_scan *zip, struct err *err)
{
	size_t n = zip->size < END_SIZE + COMMENT_MAX ? (size_t)zip->size : END_SIZE + COMMENT_MAX;
	unsigned char *tail = mem_alloc(n), *end = NULL;
	uint64_t at = 0;
	int rc = -1;

	if (get(zip, zip->size - n, tail, n, err) != 0)
		goto out;
	/* The last one whose comment fits: bytes after it (a padded download) do no harm. */
	for (size_t i = n < END_SIZE ? 0 : n - END_SIZE + 1; i-- > 0;)
		if (get32(tail + i) == SIG_END && get16(tail + i + 20) <= n - i - END_SIZE) {
			end = tail + i;
			at = zip->size - n + i;
			break;
		}
	if (!end) {
		err_input(err, N_("it is no zip, or one that was cut off"), _("cannot open '%s'"),
		    zip->path);
		goto out;
	}
	zip->count = get16(end + 10);
	zip->table_size = get32(end + 12);
	zip->table = get32(end + 16);
	/* Disk numbers: 0, or all ones where the 64-bit record has them. */
	if ((get16(end + 4) != 0 && get16(end + 4) != 0xFFFF) || get16(end + 6) != get16(end + 4) ||
	    get16(end + 8) != get16(end + 10)) {
		err_input(err, N_("it is one part of a zip of several"), _("cannot open '%s'"),
		    zip->path);
		goto out;
	}
	if (read_end64(zip, at, err) != 0)
		goto out;
	if (zip->table > at || zip->table_size > at - zip->table) {
		damaged(zip, err);
		goto out;
	}
	rc = 0;
out:
	free(tail);
	return rc;
}

/* ---- entries ----------------------------------------------------------- */

/* Takes the next 64-bit value of the zip64 extra field if the 32-bit one says so. */
static int widen(uint64_t *value, const unsigned char **extra, size_t *n)
{
	if (*value != 0xFFFFFFFFu)
		return 0;
	if (*n < 8)
		return -1;
	*value = get64(*extra);
	*extra += 8;
	*n -= 8;
	return 0;
}

static int read_extra(struct zip_listed *item, const unsigned char *extra, size_t n)
{
	while (n >= 4) {
		size_t length = get16(extra + 2);

		if (length > n - 4)
			break; /* junk at the end is common, and of no matter */
		if (get16(extra) == 1) {
			const unsigned char *field = extra + 4;

			return widen(&item->size, &field, &length) == 0 &&
			               widen(&item->packed, &field, &length) == 0 &&
			               widen(&item->offset, &field, &length) == 0
			           ? 0
			           : -1;
		}
		extra += 4 + length;
		n -= 4 + length;
	}
	return 0;
}

/* Reads one central header; returns its length, 0 if it is damaged. */
static size_t read_central(
    struct arena *arena, const unsigned char *p, size_t n, struct zip_listed *item)
{
	size_t name, extra, comment;

	if (n < CENTRAL_SIZE || get32(p) != SIG_CENTRAL)
		return 0;
	name = get16(p + 28);
	extra = get16(p + 30);
	comment = get16(p + 32);
	if (n - CENTRAL_SIZE < name + extra + comment)
		return 0;
	*item = (struct zip_listed){
		.name = arena_strndup(arena, (const char *)p + CENTRAL_SIZE, name),
		.name_length = name,
		.flags = get16(p + 8),
		.method = get16(p + 10),
		.crc = get32(p + 16),
		.packed = get32(p + 20),
		.size = get32(p + 24),
		.attributes = get32(p + 38),
		.offset = get32(p + 42),
	};
	if (read_extra(item, p + CENTRAL_SIZE + name, extra) != 0)
		return 0;
	return CENTRAL_SIZE + name + extra + comment;
}

/* Where the entry's data ends, by its local header, which must agree with the central one. */
static int read_local(
    const struct zip_scan *zip, struct zip_listed *item, uint64_t *end, struct err *err)
{
	unsigned char head[LOCAL_SIZE];
	char *name;
	size_t n;

	if (get(zip, item->offset, head, sizeof head, err) != 0)
		return -1;
	n = get16(head + 26);
	if (get32(head) != SIG_LOCAL)
		return damaged(zip, err);
	*end = item->offset + LOCAL_SIZE + n + get16(head + 28);
	if (*end > zip->table || item->packed > zip->table - *end)
		return damaged(zip, err);
	*end += item->packed;

	name = mem_alloc(n);
	if (get(zip, item->offset + LOCAL_SIZE, name, n, err) != 0) {
		free(name);
		return -1;
	}
	if (n != item->name_length || memcmp(name, item->name, n) != 0)
		item->problem = N_("the zip gives it two different names");
	free(name);
	if (get16(head + 8) != item->method ||
	    ((get16(head + 6) ^ item->flags) & ZIP_FLAG_ENCRYPTED))
		item->problem = N_("the zip describes it in two different ways");
	if (!(get16(head + 6) & ZIP_FLAG_LATER)) {
		uint32_t packed = get32(head + 18), size = get32(head + 22);

		if (get32(head + 14) != item->crc ||
		    (packed != 0xFFFFFFFFu && packed != item->packed) ||
		    (size != 0xFFFFFFFFu && size != item->size))
			item->problem = N_("the zip describes it in two different ways");
	}
	return 0;
}

struct span {
	uint64_t from, to;
};

static int by_from(const void *a, const void *b)
{
	const struct span *x = a, *y = b;

	return (x->from > y->from) - (x->from < y->from);
}

/* No byte may belong to two entries: that is how a small zip unpacks to terabytes. */
static int check_spans(
    const struct zip_scan *zip, struct zip_listed *items, size_t count, struct err *err)
{
	struct span *spans = mem_alloc(count * sizeof *spans);
	int rc = -1;

	for (size_t i = 0; i < count; i++) {
		spans[i].from = items[i].offset;
		if (read_local(zip, &items[i], &spans[i].to, err) != 0)
			goto out;
	}
	qsort(spans, count, sizeof *spans, by_from);
	for (size_t i = 1; i < count; i++)
		if (spans[i].from < spans[i - 1].to) {
			err_input(
			    err, N_("files in the zip overlap"), _("cannot open '%s'"), zip->path);
			goto out;
		}
	rc = 0;
out:
	free(spans);
	return rc;
}

static int read_table(
    const struct zip_scan *zip, struct zip_listed **out, size_t *count, struct err *err)
{
	struct zip_listed *items = NULL;
	size_t n = (size_t)zip->table_size, at = 0, found = 0;
	unsigned char *table = mem_alloc(n);
	int rc = -1;

	if (get(zip, zip->table, table, n, err) != 0)
		goto out;
	items = arena_alloc(zip->arena, zip->count * sizeof *items);
	while (found < zip->count) {
		size_t length = read_central(zip->arena, table + at, n - at, &items[found]);
		const struct zip_listed *item = &items[found];

		if (length == 0) {
			damaged(zip, err);
			goto out;
		}
		/* libzip would refuse the whole zip for this, without a word why. */
		if ((item->flags & ZIP_FLAG_UTF8) &&
		    utf8_check(item->name, item->name_length) != item->name_length) {
			err_input(err, N_("one of its names says that it is UTF-8 and is not"),
			    _("cannot open '%s'"), zip->path);
			goto out;
		}
		at += length;
		found++;
	}
	/* Entries beyond the count would be seen by one reader and not by another. */
	if (n - at >= 4 && get32(table + at) == SIG_CENTRAL) {
		damaged(zip, err);
		goto out;
	}
	*out = items;
	*count = found;
	rc = 0;
out:
	free(table);
	return rc;
}

int zip_list(const struct zip_input *input, uint64_t files, struct arena *arena,
    struct zip_listed **items, size_t *count, struct err *err)
{
	struct zip_scan zip = { .fd = input->fd,
		.bytes = input->bytes,
		.size = input->size,
		.path = input->path,
		.files = files,
		.arena = arena };

	*items = NULL;
	*count = 0;
	if (read_end(&zip, err) != 0)
		return -1;
	/* Twice as many, for the folders; and no more memory than honest names and dates need. */
	if (zip.count / 2 > files || zip.count > zip.table_size / CENTRAL_SIZE)
		return zip.count / 2 > files ? too_many(&zip, err) : damaged(&zip, err);
	if (zip.table_size > (uint64_t)(1 << 20) + zip.count * 2048)
		return damaged(&zip, err);
	if (zip.count == 0)
		return 0;
	if (read_table(&zip, items, count, err) != 0)
		return -1;
	return check_spans(&zip, *items, *count, err);
}
