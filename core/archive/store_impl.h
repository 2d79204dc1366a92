/* store_impl.h: what the two kinds of stores share. Private to store*.c. */
#ifndef ARCHIVE_STORE_IMPL_H
#define ARCHIVE_STORE_IMPL_H

#include "archive/store.h"

#include <pthread.h>
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
	struct zip *zip;  /* libzip's view of it; NULL for a folder, or if nothing may be read */
	int is_zip;
	struct zip_listing *listing;
	const char **folders; /* a zip's own entries for folders, without the slash */
	size_t folder_count;
	struct store_fault *faults;
	size_t fault_count;
	pthread_mutex_t lock; /* around libzip, which is not for several threads */
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

/* Lists it; store_zip_attach() then makes it readable. */
int store_zip_fill(struct store *store, int strip, struct err *err);
int store_zip_attach(struct store *store, struct err *err);
int store_zip_stream(struct store *store, const struct store_file *file, store_sink *sink,
    void *self, struct err *err);
void store_zip_close(struct store *store);

#endif
