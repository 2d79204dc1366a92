/*
 * zip_writer.h: a zip written whole or not at all, the same bytes for the same
 * content on every machine.
 *
 * Entries keep the order in which they were added. Times are 1980-01-01, modes
 * 0644, names UTF-8 with the flag. Each file is read once, even if several
 * entries are made of it: SHA-256, CRC and compression are made in that one
 * pass by worker threads, a bounded number of entries ahead of the writer; big
 * files stream. What does not compress is stored. The bytes do not depend on the number of threads.
 */
#ifndef ARCHIVE_ZIP_WRITER_H
#define ARCHIVE_ZIP_WRITER_H

#include "archive/store.h"
#include "base/buf.h"
#include "base/err.h"

#include <stdint.h>

struct zip_writer;

/* What is known of an entry once its turn is over. */
struct zip_entry {
	const char *name;
	uint64_t size;
	char sha256[65];
	char sm3[65]; /* "" unless it was asked for */
};

/* Content that can only be made when all entries before it are done: a manifest. Appends to `out`.
 */
typedef void zip_late(void *self, const struct zip_entry *done, size_t count, struct buf *out);

/*
 * Called now and then during commit, with work done so far and in all, in
 * bytes: each is read (late entries left out), and what is written read again.
 */
typedef void zip_progress(void *self, uint64_t done, uint64_t total);

/* Asked when all is written and before it gets its name: 0, or -1 with the reason why it must not.
 */
typedef int zip_inspect(void *self, const struct zip_entry *done, size_t count, struct err *err);

/* Starts a zip that will stand at `path`. Nothing is on disk before commit. Never fails. */
struct zip_writer *zip_writer_new(const char *path, unsigned threads);

/*
 * SM3 (GB/T 32905) of every entry besides SHA-256, in the same pass: it takes
 * three times as long. ERR_SYSTEM where OpenSSL was built without it.
 */
int zip_writer_want_sm3(struct zip_writer *writer, struct err *err);

/*
 * Files beside the zip that tell of it, by their endings (".sha256", ".p7s"),
 * NULL-ended, borrowed: what is there of them goes before the new zip takes
 * its place; the first is then written, with the zip's SHA-256 as
 * `sha256sum -c` reads it. If it is there and says that already, all stay.
 */
void zip_writer_beside(struct zip_writer *writer, const char *const *endings);

/* Takes over the buffer's memory and empties the buffer. */
void zip_writer_add_bytes(struct zip_writer *writer, const char *name, struct buf *content);
/* The regular file at `path`, opened when its turn comes. Strings are copied. */
void zip_writer_add_file(struct zip_writer *writer, const char *name, const char *path);
/* A file of a store, read when its turn comes; the store stays open until commit or drop. */
void zip_writer_add_member(struct zip_writer *writer, const char *name, struct store *store,
    const struct store_file *file);
void zip_writer_add_late(struct zip_writer *writer, const char *name, zip_late *make, void *self);

/* How many entries were added so far: the index that the next one will have among those done. */
size_t zip_writer_count(const struct zip_writer *writer);

void zip_writer_inspect(struct zip_writer *writer, zip_inspect *inspect, void *self);

/*
 * Writes everything aside, reads it again and compares it with what was meant,
 * syncs, renames to the path, syncs the folder; then frees the writer. On
 * failure (unreadable file, one that changes while it is read, full disk) what
 * stood at the path before is untouched, nothing else is left, and the writer
 * is freed as well. A caller that holds SIGINT, SIGTERM or SIGHUP back gets a
 * failure when one of them is pending.
 */
int zip_writer_commit(
    struct zip_writer *writer, zip_progress *progress, void *self, struct err *err);

/*
 * The same into memory, appended to `out`: a document, which is compressed
 * quickly rather than well. The writer's path is only its name.
 */
int zip_writer_commit_bytes(struct zip_writer *writer, struct buf *out, struct err *err);

/* Frees without writing; takes NULL. */
void zip_writer_drop(struct zip_writer *writer);

#endif
