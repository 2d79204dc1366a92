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
	int litter;   /* left there by a system, and meant for nobody: see name_is_litter() */
	size_t index; /* these two for the store's own use */
	int fault;
};

/* What speaks against a zip. */
enum store_fault_kind {
	STORE_FAULT_FILE,  /* one of its files has a problem */
	STORE_FAULT_ZIP,   /* what is in it beside its files, or how it is put together */
	STORE_FAULT_GRAVE, /* the same, and nothing it says can be trusted */
	STORE_FAULT_LIMIT  /* it goes beyond the limits, which might be raised */
};

struct store_fault {
	enum store_fault_kind kind;
	const char *name;    /* the entry, as it stands in the zip; NULL: the zip as a whole */
	const char *problem; /* untranslated */
};

struct store_limits {
	uint64_t files;       /* how many entries */
	uint64_t total_bytes; /* of all files together, unpacked */
	unsigned depth;       /* folders in folders */
	uint64_t ratio; /* how many times larger a zip's file may get unpacked; 0: any; never asked
	                   of files up to STORE_SMALL */
	uint64_t name_bytes; /* of a zip's names, in UTF-8; 0: NAME_BYTES_MAX */
};

/* What unpacks to no more than this is no bomb, whatever it is packed into. */
#define STORE_SMALL ((uint64_t)16 << 20)

/*
 * What is used where nothing else is asked: 2,000,000 files, 16 TiB, 100 levels, any ratio. More
 * than hand-ins within their own limits can make of a bundle: what was sealed must open.
 */
extern const struct store_limits store_limits_default;

/* The same of what strangers send: 5,000 files, 2 GiB, 32 levels, 1000 times, 1000 bytes. */
extern const struct store_limits store_limits_suspect;

/*
 * Opens a folder or zip. A zip with one top folder around all its files (but
 * for litter) reads as that folder's content when `strip` is set. A zip's names
 * are in UTF-8 whatever they were in. Symbolic links, devices and unsafe names
 * are listed with their problem; a zip's folder entries are not listed.
 * ERR_INPUT: it is no zip, is damaged, exceeds the limits or has a grave fault;
 * ERR_SYSTEM: it cannot be read. The arena must outlive the store.
 */
int store_open(struct store **store, const char *path, const struct store_limits *limits, int strip,
    struct arena *arena, struct err *err);

/*
 * The same for what strangers send. A zip with grave faults or beyond the
 * limits opens nevertheless, so that all can be told that speaks against it;
 * but of a zip with any fault nothing can be read, and nothing was unpacked.
 * NULL limits: store_limits_suspect.
 */
int store_open_suspect(struct store **store, const char *path, const struct store_limits *limits,
    int strip, struct arena *arena, struct err *err);
void store_close(struct store *store); /* takes NULL */

/*
 * A zip that lies in memory (a docx, an xlsx), under the name `label`. Takes
 * over the buffer's memory and empties the buffer, on failure as well. As
 * suspect as what strangers send: ERR_INPUT for any fault, the first one in
 * `err`; all of them are then in store_faults(*store), which is all that may
 * be asked of it, and there is nothing to close. NULL limits:
 * store_limits_suspect.
 */
int store_open_bytes(struct store **store, const char *label, struct buf *bytes,
    const struct store_limits *limits, struct arena *arena, struct err *err);

/* What speaks against a zip, files' problems included; the zip as a whole first. None for a folder.
 */
const struct store_fault *store_faults(const struct store *store, size_t *count);

/* What a zip's names were in that do not say it: "UTF-8", "GB18030"; NULL: all are plain or say it.
 */
const char *store_charset(const struct store *store);

/* Bytes in a zip's comments and extra fields that belong to no file; honest ones have such, too. */
uint64_t store_aside(const struct store *store);

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
 * zip lies about it (size, CRC). Several threads may read at once, but not with one `out`.
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
