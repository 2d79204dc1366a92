/* fuzz_zip.c: any bytes that claim to be a zip are listed and read, or refused. */
#define _GNU_SOURCE /* memfd_create */
#include "archive/store.h"
#include "bundle/verify.h"
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static void read_all(struct store *store)
{
	size_t count;
	const struct store_file *files = store_files(store, &count);
	for (size_t i = 0; i < count; i++) {
		struct buf out = { 0 };
		struct err err;
		store_read(store, &files[i], 1 << 20, &out, &err);
		buf_release(&out);
	}
}

/* Whatever speaks against it can be shown; and then nothing can be read. */
static void judge(const struct store *store)
{
	size_t faults, count;
	const struct store_fault *fault = store_faults(store, &faults);
	const struct store_file *files = store_files(store, &count);
	for (size_t i = 0; i < faults; i++)
		if (!fault[i].problem)
			abort();
	for (size_t i = 0; faults && i < count; i++)
		if (files[i].readable)
			abort();
}

static void fuzz(struct arena *arena, const char *text, size_t n)
{
	struct store *store;
	struct bag_verdict verdict;
	struct buf bytes = { 0 };
	struct err err;
	char path[40];
	int fd = memfd_create("zip", MFD_CLOEXEC);
	if (fd < 0 || write(fd, text, n) != (ssize_t)n)
		return;
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	const struct store_limits limits = {
		.files = 100, .total_bytes = 1 << 20, .depth = 8, .ratio = 100, .name_bytes = 200
	};
	if (store_open(&store, path, &limits, 1, arena, &err) == 0) {
		read_all(store);
		store_close(store);
	}
	if (store_open_suspect(&store, path, &limits, 1, arena, &err) == 0) {
		judge(store);
		read_all(store);
		store_close(store);
	}
	buf_add(&bytes, text, n);
	if (store_open_bytes(&store, "bytes", &bytes, &limits, arena, &err) == 0) {
		read_all(store);
		store_close(store);
	}
	bag_verify(path, arena, &verdict, &err);
	close(fd);
}
