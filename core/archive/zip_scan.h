/* zip_scan.h: what the two halves of the structural pass share. Private to zip_list.c and
 * zip_local.c. */
#ifndef ARCHIVE_ZIP_SCAN_H
#define ARCHIVE_ZIP_SCAN_H

#include "archive/zip_list.h"

enum {
	ZIP_END_SIZE = 22,
	ZIP_LOCATOR_SIZE = 20,
	ZIP_END64_SIZE = 56,
	ZIP_CENTRAL_SIZE = 46,
	ZIP_LOCAL_SIZE = 30,
	ZIP_COMMENT_MAX = 65535
};

#define ZIP_SIG_CENTRAL 0x02014b50u
#define ZIP_SIG_LOCAL 0x04034b50u
#define ZIP_SIG_END 0x06054b50u
#define ZIP_SIG_END64 0x06064b50u
#define ZIP_SIG_LOCATOR 0x07064b50u
#define ZIP_SIG_LATER 0x08074b50u  /* before a data descriptor */
#define ZIP_SIG_SINGLE 0x30304b50u /* a zip that was to be split, and fitted */

#define ZIP_WIDE 0xFFFFFFFFu /* the 64-bit extra field has the value */

struct zip_scan {
	int fd;
	const unsigned char *bytes;
	uint64_t size;
	const char *path;
	struct arena *arena;
	/* From the end records: */
	uint64_t count, table, table_size;
	uint64_t aside; /* bytes in comment and records that are no part of them */
};

static inline uint16_t get16(const unsigned char *p)
{
	return (uint16_t)(p[0] | p[1] << 8);
}

static inline uint32_t get32(const unsigned char *p)
{
	return get16(p) | (uint32_t)get16(p + 2) << 16;
}

static inline uint64_t get64(const unsigned char *p)
{
	return get32(p) | (uint64_t)get32(p + 4) << 32;
}

int zip_damaged(const struct zip_scan *zip, struct err *err);

/* Reads exactly `n` bytes at an offset; what lies outside the file is damage. */
int zip_get(const struct zip_scan *zip, uint64_t at, void *to, size_t n, struct err *err);

/* The values that the 64-bit extra field takes over. */
struct zip_wide {
	uint64_t size, packed, offset;
	uint32_t part; /* of a zip of several */
};

/*
 * Reads extra fields. Values that are ZIP_WIDE are replaced; -1 if one should
 * be and is not there. `unicode` gets a name (0x7075, APPNOTE 4.6.9) that was
 * made for these bytes.
 */
int zip_extra(struct arena *arena, const unsigned char *extra, size_t n, const char *raw,
    size_t raw_length, struct zip_wide *wide, const char **unicode);

/* How many bytes of extra fields are not what writers put there: anything could stand in them. */
size_t zip_extra_aside(const unsigned char *extra, size_t n);

/*
 * Looks at all local headers: they must agree with the table, and no byte of
 * the zip may belong to two of them, or to none.
 */
int zip_check_local(const struct zip_scan *zip, struct zip_listing *listing, struct err *err);

/* Notes something that is wrong with the zip as a whole. */
static inline void zip_odd(struct zip_listing *listing, const char *problem)
{
	if (listing->odd_count < sizeof listing->odd / sizeof *listing->odd)
		listing->odd[listing->odd_count++] = problem;
}

#endif
