/* store_impl.h: what the two kinds of stores share. Private to store*.c. */
#ifndef ARCHIVE_STORE_IMPL_H
#define ARCHIVE_STORE_IMPL_H

#include "archive/store.h"

#include <stddef.h>

/* Bytes handed on at a time. */
#define STORE_PIECE ((size_t)256 * 1024)

struct store {
	struct arena *arena;
	const char *path;
	const char *top;
	struct store_limits limits;
	struct store_file *files;
	size_t count;
	uint64_t total;   /* declared bytes of all files */
	int fd;           /* the folder, or the zip; -1 for one in memory */
	struct buf bytes; /* the zip in memory */
	int is_zip;
	struct zip_listing *listing;
	const char **folders; /* a zip's own entries for folders, without the slash */
	size_t folder_count;
	struct store_fault *faults;
	size_t fault_count;
};

/* Takes a file in and counts it. The name must live in the arena. */
int store_add(struct store *store, const struct store_file *file, struct err *err);

void store_fault(
    struct store *store, enum store_fault_kind kind, const char *name, const char *problem);

/* How many folders a name goes through. */
unsigned store_depth(const char *name);

int store_folder_fill(struct store *store, struct err *err);
int store_folder_stream(const struct store *store, const struct store_file *file, store_sink *sink,
    void *self, struct err *err);

/* Lists it. */
int store_zip_fill(struct store *store, int strip, struct err *err);
/* Whether libzip sees the same in it: what two readers see two things in is for nobody. */
int store_zip_agrees(const struct store *store, struct err *err);
/* store_unpack.c */
int store_zip_stream(const struct store *store, const struct store_file *file, store_sink *sink,
    void *self, struct err *err);

#endif
