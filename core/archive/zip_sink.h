/*
 * zip_sink.h: where a new zip is written: a file that gets its name only when
 * it is whole and on disk. Private to this room.
 */
#ifndef ARCHIVE_ZIP_SINK_H
#define ARCHIVE_ZIP_SINK_H

#include "base/buf.h"
#include "base/err.h"

#include <zip.h>

struct zip_sink;

/*
 * Opens a file without a name in the folder of `path` (where the system has no
 * such thing: a hidden one beside it). NULL on failure. `path` must outlive it.
 */
struct zip_sink *zip_sink_open(const char *path, struct err *err);

/* A sink in memory, to be taken with zip_sink_take(); `label` is what messages call it. */
struct zip_sink *zip_sink_memory(const char *label, struct err *err);

/* The sink as libzip's destination, to be handed to zip_open_from_source(); the sink stays ours. */
zip_source_t *zip_sink_source(struct zip_sink *sink, zip_error_t *error);

/* Appends bytes without libzip. 0, or -1 with a reason that zip_sink_commit() will tell. */
int zip_sink_write(struct zip_sink *sink, const void *bytes, size_t n);

/* Where the next byte goes. */
uint64_t zip_sink_at(const struct zip_sink *sink);

/* Reads `n` bytes that were written at `at`, all of them. 0, or -1 with errno. */
int zip_sink_read(struct zip_sink *sink, void *to, size_t n, uint64_t at);

/* What was written, as an open file to be read at places; -1 with zip_sink_error(). */
int zip_sink_fd(struct zip_sink *sink);

/* errno of the first write that failed, 0 if none did. */
int zip_sink_error(const struct zip_sink *sink);

/*
 * Begins to digest what was written, in a thread beside whatever the caller
 * does until zip_sink_commit() needs it. Nothing may be written after it.
 */
void zip_sink_digest(struct zip_sink *sink);

/*
 * Syncs the file, puts it in the place of `path`, syncs the folder; frees the
 * sink. On failure `path` is as it was and nothing else is left.
 *
 * `beside`: see zip_writer_beside(); NULL for none. A kill between the steps
 * leaves a file without checksum, never one with another's. All of them stay if
 * the first has this very checksum.
 */
int zip_sink_commit(struct zip_sink *sink, const char *const *beside, struct err *err);

/* Appends what a sink in memory holds to `out`; frees the sink, on failure as well. */
int zip_sink_take(struct zip_sink *sink, struct buf *out, struct err *err);

/*
 * An open file for bytes that fit neither in memory nor in the zip yet: without
 * a name, in the folder of `path`, gone when closed. -1 with errno.
 */
int zip_sink_scratch(const char *path);

/* Frees the sink; of what was written nothing remains. Takes NULL. */
void zip_sink_drop(struct zip_sink *sink);

#endif
