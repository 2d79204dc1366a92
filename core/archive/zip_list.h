/*
 * zip_list.h: a zip's table of contents as we read it ourselves, before libzip
 * is trusted with it. Private to this room.
 *
 * libzip, even with ZIP_CHECKCONS, opens zips whose entries overlap (the
 * bombs that do not nest) and takes local headers on trust. This reads the
 * structure only, never content. Format: APPNOTE.TXT 6.3.10, 4.3 and 4.5.3.
 */
#ifndef ARCHIVE_ZIP_LIST_H
#define ARCHIVE_ZIP_LIST_H

#include "base/arena.h"
#include "base/err.h"

#include <stdint.h>

struct zip_listed {
	const char *name; /* raw bytes with a NUL added; in the arena */
	size_t name_length;
	uint64_t size, packed, offset;
	uint32_t crc, attributes;
	uint16_t method, flags;
	const char *problem; /* its two headers contradict each other; untranslated, or NULL */
};

/* Where the bytes are: in an open file, or in memory. */
struct zip_input {
	int fd;
	const void *bytes; /* NULL: read from `fd` */
	uint64_t size;
	const char *path; /* for messages */
};

#define ZIP_FLAG_ENCRYPTED 0x0001u
#define ZIP_FLAG_LATER 0x0008u /* sizes and CRC follow the data */
#define ZIP_FLAG_UTF8 0x0800u

/*
 * Lists a zip in the order of its central directory. ERR_INPUT if it is none,
 * is cut off, holds more than `files` entries or entries that overlap.
 */
int zip_list(const struct zip_input *input, uint64_t files, struct arena *arena,
    struct zip_listed **items, size_t *count, struct err *err);

#endif
