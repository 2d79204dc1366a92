/*
 * zip_list.h: a zip's table of contents as we read it ourselves, before libzip
 * is trusted with it. Private to this room.
 *
 * libzip, even with ZIP_CHECKCONS, opens zips whose entries overlap (the
 * bombs that do not nest) and takes local headers on trust. This reads the
 * structure only, never content: every byte of the zip must belong to one
 * entry or to the table, and both descriptions of an entry must agree.
 * Format: APPNOTE.TXT 6.3.10, 4.3 to 4.6.
 */
#ifndef ARCHIVE_ZIP_LIST_H
#define ARCHIVE_ZIP_LIST_H

#include "base/arena.h"
#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

struct zip_listed {
	const char *raw; /* the name's bytes with a NUL added; in the arena */
	size_t raw_length;
	const char *unicode;       /* the name as the extra field 0x7075 has it, or NULL */
	const char *local_unicode; /* the same of its local header */
	const char *name;          /* by zip_names(): UTF-8 if it can be, "/" between folders */
	uint64_t size, packed, offset;
	uint64_t data; /* where its bytes begin; only if its local header was found */
	uint32_t crc, attributes;
	uint32_t aside; /* bytes of its comment and of extra fields that say nothing of it */
	uint16_t method, flags;
	uint8_t system;      /* that made it: ZIP_SYSTEM_… */
	uint8_t grave;       /* its problem leaves the whole zip in doubt */
	uint8_t gap;         /* behind it stand bytes that belong to no file */
	const char *problem; /* untranslated, or NULL */
};

/* Where the bytes are: in an open file, or in memory. */
struct zip_input {
	int fd;
	const void *bytes; /* NULL: read from `fd` */
	uint64_t size;
	const char *path; /* for messages */
};

struct zip_listing {
	struct zip_listed *items; /* in the order of the table */
	size_t count;
	const char *grave;  /* what leaves the whole zip in doubt, untranslated, or NULL */
	const char *odd[3]; /* what else is wrong with it as a whole */
	size_t odd_count;
	uint64_t aside;      /* bytes of comments and extra fields that belong to no file */
	const char *charset; /* by zip_names(): what unmarked names were in; NULL: none was */
};

enum {
	ZIP_FLAG_ENCRYPTED = 0x0001,
	ZIP_FLAG_EFFORT = 0x0006,
	ZIP_FLAG_LATER = 0x0008, /* sizes and CRC follow the data */
	ZIP_FLAG_STRONG = 0x0040,
	ZIP_FLAG_UTF8 = 0x0800,
	ZIP_FLAG_MASKED = 0x2000, /* headers are encrypted, too */
	ZIP_SYSTEM_FAT = 0,
	ZIP_SYSTEM_NTFS = 10,
	ZIP_SYSTEM_VFAT = 14
};

/*
 * Lists a zip. ERR_INPUT if it is none, is cut off, is damaged or holds far
 * more than `files` entries; all else is told in the listing.
 */
int zip_list(const struct zip_input *input, uint64_t files, struct arena *arena,
    struct zip_listing *listing, struct err *err);

#endif
