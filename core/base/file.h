/* file.h: reading whole files, writing them whole or not at all, walking folders. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/encoding.h"
#include "base/err.h"

#include <stdint.h>

/* What stands at a path. Links are followed; one that leads nowhere is FILE_OTHER. */
enum file_type { FILE_NONE, FILE_REGULAR, FILE_FOLDER, FILE_OTHER };
enum file_type file_type(const char *path);

/* Joins folder and name with one slash; in the arena. A folder "." or "" is left out. */
char *path_join(struct arena *arena, const char *folder, const char *name);

/* The part of a path after its last slash; points into `path`. */
const char *path_base(const char *path);

/* Whether a name ends so, in small letters or capitals, and has something before it:
 * path_has_ending("A.MD", ".md"). */
int path_has_ending(const char *path, const char *ending);

/*
 * Appends a regular file's bytes. Fails on anything else than a regular file,
 * and when it holds more than `limit` bytes; `out` then is as it was.
 */
int file_read(const char *path, uint64_t limit, struct buf *out, struct err *err);

/*
 * Appends a text of the office's own, as encoding_read() makes it (else
 * ERR_USAGE). `how` tells as what it was read.
 */
int file_read_text(
    const char *path, uint64_t limit, struct buf *out, struct decoded *how, struct err *err);

/*
 * Replaces the file by `n` bytes: written aside, synced, renamed, folder
 * synced. On failure the old file is untouched and nothing new is left.
 */
int file_write(const char *path, const void *bytes, size_t n, struct err *err);

/*
 * Removes what writers of `path` that were killed have left beside it:
 * ".NAME.tmp-PID-N", claimed by nobody who lives. What cannot be removed stays.
 */
void file_sweep(const char *path);

/* Claims an open file that has or gets such a name. -1 if it was swept away already. */
int file_claim(int fd);

/* Makes a folder and those above it; one that is there already is fine. */
int folder_make(const char *path, struct err *err);

/* Names in a folder, sorted by byte, without "." and ".."; strings in the arena. */
int folder_list(
    const char *path, struct arena *arena, char ***names, size_t *count, struct err *err);

/* Writes all `n` bytes to an open file. 0, or -1 with errno. */
int file_put(int fd, const void *bytes, size_t n);

/* Reads `n` bytes that stand at a place of an open file. 0; 1 if it ends before; -1 with errno. */
int file_get(int fd, void *to, size_t n, uint64_t at);

#endif
