/*
 * store.h: a folder or a zip, read as one flat set of files. A hand-in, an
 * unpacked bag and last year's bundle all look alike through it. Nothing is
 * ever written through a store.
 */
#ifndef ARCHIVE_STORE_H
#define ARCHIVE_STORE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

#include <stdint.h>

struct store;

struct store_file {
	const char *name;    /* relative, "/" between parts; raw bytes if `problem` is set */
	uint64_t size;       /* as declared, for a zip */
	const char *problem; /* why it must not be used, untranslated; NULL if it may be */
	int readable; /* 0: cannot be read at all. 1 with a problem: only its name is at fault */
	size_t index; /* for the store's own use */
};

struct store_limits {
	uint64_t files;       /* how many entries */
	uint64_t total_bytes; /* of all files together, unpacked */
	unsigned depth;       /* folders in folders */
};

/* What is used where nothing else is asked: 200,000 files, 64 GiB, 32 levels. */
extern const struct store_limits store_limits_default;

/*
 * Opens a folder or zip. A zip with one top folder around all its files reads
 * as that folder's content when `strip` is set. Symbolic links, devices and
 * unsafe names are listed with their problem; a zip's folder entries are not
 * listed. ERR_INPUT: it is no zip, is damaged or exceeds the limits;
 * ERR_SYSTEM: it cannot be read. The arena must outlive the store.
 */
int store_open(struct store **store, const char *path, const struct store_limits *limits, int strip,
    struct arena *arena, struct err *err);
void store_close(struct store *store); /* takes NULL */

/*
 * A zip that lies in memory (a docx, an xlsx), under the name `label`. Takes
 * over the buffer's memory and empties the buffer, on failure as well. Stricter
 * than store_open(): one entry with a problem, and it is ERR_INPUT. NULL
 * limits: store_limits_default.
 */
int store_open_bytes(struct store **store, const char *label, struct buf *bytes,
    const struct store_limits *limits, struct arena *arena, struct err *err);

int store_is_zip(const struct store *store);
const char *store_path(const struct store *store); /* as given to store_open() */

/* All files, sorted by name. Valid until store_close(). */
const struct store_file *store_files(const struct store *store, size_t *count);

/* The file of that name, or NULL. */
const struct store_file *store_find(const struct store *store, const char *name);

/*
 * Appends a file's bytes; on failure `out` is as it was. Refuses what is not
 * readable; whether one with a problem should be read is the caller's to
 * decide (verification does, intake does not). ERR_INPUT if it holds more than `limit` bytes or its
 * zip lies about it (size, CRC). Not for several threads at once.
 */
int store_read(struct store *store, const struct store_file *file, uint64_t limit, struct buf *out,
    struct err *err);

/* Hands the bytes piece by piece to `sink`, which returns 0 to go on; same errors. */
typedef int store_sink(void *self, const void *bytes, size_t n);
int store_stream(struct store *store, const struct store_file *file, store_sink *sink, void *self,
    struct err *err);

/* The path at which a folder's file can be opened, in the arena; NULL for a zip. */
const char *store_file_path(
    const struct store *store, const struct store_file *file, struct arena *arena);

#endif
