/* zip_list.c: the end of a foreign zip and its table of contents. */
#include "archive/deflate.h"
#include "archive/zip_scan.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/length.h"
#include "base/utf8.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int zip_damaged(const struct zip_scan *zip, struct err *err)
{
	return err_input(
	    err, N_("the zip's table of contents is damaged"), _("cannot open '%s'"), zip->path);
}

int zip_get(const struct zip_scan *zip, uint64_t at, void *to, size_t n, struct err *err)
{
	int rc;

	if (at > zip->size || n > zip->size - at)
		return zip_damaged(zip, err);
	if (zip->bytes) {
		memcpy(to, zip->bytes + at, n);
		return 0;
	}
	rc = file_get(zip->fd, to, n, at);
	if (rc < 0)
		return err_sys(err, errno, _("cannot read '%s'"), zip->path);
	if (rc > 0)
		return zip_damaged(zip, err);
	return 0;
}

/* ---- the end of the file ----------------------------------------------- */

/* Values of the end record that the 64-bit one takes over are all ones; the others stay true. */
static int same_end(const struct zip_scan *zip, const unsigned char *record)
{
	return (zip->count == 0xFFFF || zip->count == get64(record + 32)) &&
	       (zip->table_size == ZIP_WIDE || zip->table_size == get64(record + 40)) &&
	       (zip->table == ZIP_WIDE || zip->table == get64(record + 48));
}

/* The 64-bit end record, if there is one before the end record at `*end`, which then moves there.
 */
static int read_end64(struct zip_scan *zip, uint64_t *end, struct err *err)
{
	unsigned char locator[ZIP_LOCATOR_SIZE], record[ZIP_END64_SIZE];
	uint64_t at, locator_at;

	if (*end < ZIP_LOCATOR_SIZE)
		return 0;
	locator_at = *end - ZIP_LOCATOR_SIZE;
	if (zip_get(zip, locator_at, locator, sizeof locator, err) != 0)
		return -1;
	if (get32(locator) != ZIP_SIG_LOCATOR)
		return 0;
	at = get64(locator + 8);
	if (at > *end || zip_get(zip, at, record, sizeof record, err) != 0 ||
	    get32(record) != ZIP_SIG_END64)
		return zip_damaged(zip, err);
	if (get32(locator + 4) != 0 || get32(record + 16) != 0 || get32(record + 20) != 0 ||
	    get64(record + 24) != get64(record + 32) || !same_end(zip, record) ||
	    get64(record + 4) != locator_at - at - 12)
		return zip_damaged(zip, err);
	zip->count = get64(record + 32);
	zip->table_size = get64(record + 40);
	zip->table = get64(record + 48);
	zip->aside += *end - at - ZIP_END64_SIZE - ZIP_LOCATOR_SIZE;
	*end = at;
	return 0;
}

/* What tape writers fill their last block with (bsdtar to a pipe), and some downloads. */
static int is_padding(const unsigned char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (bytes[i] != 0)
			return 0;
	return 1;
}

/*
 * The end record among the last bytes: the one whose comment reaches to the
 * end of the file, or else the last one, with bytes behind it. Some readers
 * take the last signature they see, others the first that fits: a zip with
 * another one in its comment is one zip to these and another to those.
 */
static const unsigned char *find_end(
    const unsigned char *tail, size_t n, struct zip_listing *listing)
{
	const unsigned char *exact = NULL, *loose = NULL;
	int behind = 0;

	for (size_t i = n < ZIP_END_SIZE ? 0 : n - ZIP_END_SIZE + 1; i-- > 0;) {
		size_t room = n - i - ZIP_END_SIZE;

		if (tail[i] != 'P' || get32(tail + i) != ZIP_SIG_END)
			continue;
		if (get16(tail + i + 20) == room && (exact || behind))
			listing->grave = N_("the zip has two tables of contents");
		if (get16(tail + i + 20) == room && !exact)
			exact = tail + i;
		else if (get16(tail + i + 20) < room && !loose)
			loose = tail + i;
		behind = 1;
	}
	if (!exact && loose) {
		const unsigned char *behind_it = loose + ZIP_END_SIZE + get16(loose + 20);

		if (!is_padding(behind_it, (size_t)(tail + n - behind_it)))
			zip_odd(listing, N_("behind the zip stand bytes that do not belong to it"));
	}
	return exact ? exact : loose;
}

/* Another kind of archive under the name of a zip; the beginning tells. */
static const char *what_else(const struct zip_scan *zip)
{
	unsigned char head[8] = { 0 };
	struct err ignored = { 0 };

	if (zip->size < sizeof head || zip_get(zip, 0, head, sizeof head, &ignored) != 0)
		return N_("it is no zip, or one that was cut off");
	if (memcmp(head, "Rar!\x1A\x07", 6) == 0)
		return N_("it is a RAR under another name: pack the files as .zip");
	if (memcmp(head, "7z\xBC\xAF\x27\x1C", 6) == 0)
		return N_("it is a 7-Zip archive under another name: pack the files as .zip");
	if (memcmp(head, "\x1F\x8B", 2) == 0)
		return N_("it is a gzip file under another name: pack the files as .zip");
	return N_("it is no zip, or one that was cut off");
}

/* Where the table ends, in `*end`. */
static int read_end(
    struct zip_scan *zip, struct zip_listing *listing, uint64_t *end, struct err *err)
{
	size_t n = ZIP_END_SIZE + ZIP_COMMENT_MAX;
	unsigned char *tail;
	const unsigned char *record;
	int rc = -1;

	if (zip->size < n)
		n = (size_t)zip->size;
	tail = mem_alloc(n);
	if (zip_get(zip, zip->size - n, tail, n, err) != 0)
		goto out;
	record = find_end(tail, n, listing);
	if (!record) {
		err_input(err, what_else(zip), _("cannot open '%s'"), zip->path);
		goto out;
	}
	*end = zip->size - n + (size_t)(record - tail);
	zip->aside = get16(record + 20);
	zip->count = get16(record + 10);
	zip->table_size = get32(record + 12);
	zip->table = get32(record + 16);
	/* Disk numbers: 0, or all ones where the 64-bit record has them. */
	if ((get16(record + 4) != 0 && get16(record + 4) != 0xFFFF) ||
	    get16(record + 6) != get16(record + 4) || get16(record + 8) != get16(record + 10)) {
		err_input(err, N_("it is one part of a zip of several"), _("cannot open '%s'"),
		    zip->path);
		goto out;
	}
	rc = read_end64(zip, end, err);
	if (rc == 0 && (zip->table > *end || zip->table_size > *end - zip->table))
		rc = zip_damaged(zip, err);
out:
	free(tail);
	return rc;
}

/*
 * The table must end where the end records begin. If it stands further back
 * than they say by as much as is missing, all was pushed back by what stands in
 * front: a program that unpacks itself, a picture that is a zip as well.
 */
static int check_table_place(
    const struct zip_scan *zip, uint64_t end, struct zip_listing *listing, struct err *err)
{
	uint64_t shift = end - zip->table - zip->table_size;
	unsigned char there[4] = { 0 };

	if (shift == 0 || listing->grave)
		return 0;
	if (zip->count > 0 && zip_get(zip, zip->table + shift, there, sizeof there, err) != 0)
		return -1;
	if (zip->count == 0 || get32(there) == ZIP_SIG_CENTRAL)
		listing->grave = N_("before the zip stand bytes that do not belong to it");
	else
		zip_odd(listing, N_("behind the zip's table of contents stand bytes that do not "
		                    "belong to it"));
	return 0;
}

/* ---- entries ----------------------------------------------------------- */

/* Takes the next 64-bit value of the zip64 extra field if the 32-bit one says so. */
static int widen(uint64_t *value, const unsigned char **extra, size_t *n)
{
	if (*value != ZIP_WIDE)
		return 0;
	if (*n < 8)
		return -1;
	*value = get64(*extra);
	*extra += 8;
	*n -= 8;
	return 0;
}

/* Version 1, the CRC of the name it was made for, the name. */
static const char *unicode_name(
    struct arena *arena, const unsigned char *field, size_t n, const char *raw, size_t raw_length)
{
	if (n <= 5 || field[0] != 1 || get32(field + 1) != deflate_crc(raw, raw_length) ||
	    memchr(field + 5, '\0', n - 5) || utf8_check((const char *)field + 5, n - 5) != n - 5)
		return NULL;
	return arena_strndup(arena, (const char *)field + 5, n - 5);
}

int zip_extra(struct arena *arena, const unsigned char *extra, size_t n, const char *raw,
    size_t raw_length, struct zip_wide *wide, const char **unicode)
{
	int widened = 0;

	while (n >= 4) {
		size_t length = get16(extra + 2);
		const unsigned char *field = extra + 4;

		if (length > n - 4)
			break; /* junk at the end is common, and of no matter */
		n -= 4 + length;
		extra += 4 + length;
		if (get16(field - 4) == 0x0001 && !widened++) {
			if (widen(&wide->size, &field, &length) != 0 ||
			    widen(&wide->packed, &field, &length) != 0 ||
			    widen(&wide->offset, &field, &length) != 0)
				return -1;
			if (wide->part == 0xFFFF && length >= 4)
				wide->part = get32(field);
		} else if (get16(field - 4) == 0x7075 && !*unicode) {
			*unicode = unicode_name(arena, field, length, raw, raw_length);
		}
	}
	return 0;
}

size_t zip_extra_aside(const unsigned char *extra, size_t n)
{
	/* 64 bits, NTFS and Unix times and owners, names and comments in Unicode, AES, Java. */
	static const uint16_t known[] = { 0x0001, 0x000a, 0x000d, 0x5455, 0x5855, 0x7855, 0x7875,
		0x6c78, 0x7075, 0x6375, 0x9901, 0xcafe };
	enum { HONEST = 64 }; /* bytes of one, but for names */
	size_t aside = 0;

	while (n >= 4) {
		size_t id = get16(extra), length = get16(extra + 2), i = 0;

		if (length > n - 4)
			break;
		while (i < LENGTH(known) && known[i] != id)
			i++;
		if (i == LENGTH(known) || (length > HONEST && id != 0x7075))
			aside += 4 + length;
		extra += 4 + length;
		n -= 4 + length;
	}
	return aside + (n < 4 ? 0 : n); /* a little padding is common */
}

/* Reads one central header; returns its length, 0 if it is damaged. */
static size_t read_central(
    struct arena *arena, const unsigned char *p, size_t n, struct zip_listed *item)
{
	size_t name, extra, comment;
	struct zip_wide wide;

	if (n < ZIP_CENTRAL_SIZE || get32(p) != ZIP_SIG_CENTRAL)
		return 0;
	name = get16(p + 28);
	extra = get16(p + 30);
	comment = get16(p + 32);
	if (n - ZIP_CENTRAL_SIZE < name + extra + comment)
		return 0;
	*item = (struct zip_listed){
		.raw = arena_strndup(arena, (const char *)p + ZIP_CENTRAL_SIZE, name),
		.raw_length = name,
		.system = p[5],
		.flags = get16(p + 8),
		.method = get16(p + 10),
		.crc = get32(p + 16),
		.attributes = get32(p + 38),
	};
	wide = (struct zip_wide){ get32(p + 24), get32(p + 20), get32(p + 42), get16(p + 34) };
	if (zip_extra(arena, p + ZIP_CENTRAL_SIZE + name, extra, item->raw, name, &wide,
	        &item->unicode) != 0)
		return 0;
	item->aside = (uint32_t)(comment + zip_extra_aside(p + ZIP_CENTRAL_SIZE + name, extra));
	item->size = wide.size;
	item->packed = wide.packed;
	item->offset = wide.offset;
	if (wide.part != 0) {
		item->problem = N_("it is damaged: its content is not where the zip says");
		item->grave = 1;
	}
	return ZIP_CENTRAL_SIZE + name + extra + comment;
}

static int read_table(const struct zip_scan *zip, struct zip_listing *listing, struct err *err)
{
	size_t n = (size_t)zip->table_size, at = 0;
	unsigned char *table = mem_alloc(n);
	int rc = -1;

	if (zip_get(zip, zip->table, table, n, err) != 0)
		goto out;
	listing->items = arena_alloc(zip->arena, zip->count * sizeof *listing->items);
	while (listing->count < zip->count) {
		struct zip_listed *item = &listing->items[listing->count];
		size_t length = read_central(zip->arena, table + at, n - at, item);

		if (length == 0) {
			zip_damaged(zip, err);
			goto out;
		}
		/* libzip would refuse the whole zip for this, without a word why. */
		if ((item->flags & ZIP_FLAG_UTF8) &&
		    utf8_check(item->raw, item->raw_length) != item->raw_length) {
			item->problem = N_("the name says that it is UTF-8 and is not");
			item->grave = 1;
		}
		at += length;
		listing->count++;
	}
	/* Entries beyond the count would be seen by one reader and not by another. */
	if (n - at >= 4 && get32(table + at) == ZIP_SIG_CENTRAL) {
		zip_damaged(zip, err);
		goto out;
	}
	if (at < n)
		zip_odd(listing, N_("behind the zip's table of contents stand bytes that do not "
		                    "belong to it"));
	rc = 0;
out:
	free(table);
	return rc;
}

int zip_list(const struct zip_input *input, uint64_t files, struct arena *arena,
    struct zip_listing *listing, struct err *err)
{
	struct zip_scan zip = { .fd = input->fd,
		.bytes = input->bytes,
		.size = input->size,
		.path = input->path,
		.arena = arena };
	uint64_t end;

	*listing = (struct zip_listing){ 0 };
	if (read_end(&zip, listing, &end, err) != 0)
		return -1;
	/* Twice as many, for the folders; and no more memory than honest names and dates need. */
	if (zip.count / 2 > files)
		return err_input(err, N_("it holds more files than [limits] files allows"),
		    _("cannot open '%s'"), zip.path);
	if (zip.count > zip.table_size / ZIP_CENTRAL_SIZE ||
	    zip.table_size > (uint64_t)(1 << 20) + zip.count * 2048)
		return zip_damaged(&zip, err);
	if (check_table_place(&zip, end, listing, err) != 0)
		return -1;
	listing->aside = zip.aside;
	if (listing->grave)
		return 0;
	if (zip.count == 0) {
		if (zip.table > 0)
			zip_odd(listing, N_("before the zip stand bytes that do not belong to it"));
		return 0;
	}
	if (read_table(&zip, listing, err) != 0)
		return -1;
	if (zip_check_local(&zip, listing, err) != 0)
		return -1;
	for (size_t i = 0; i < listing->count; i++)
		listing->aside += listing->items[i].aside;
	return 0;
}
