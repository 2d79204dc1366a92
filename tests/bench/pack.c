/*
 * pack.c: pack ours|sha256|libzip FOLDER ZIP: a folder packed by our writer (with SHA-256 and SM3,
 * or with SHA-256 alone, a manifest, read again, synced) and by libzip as its manual shows it.
 */
#define _XOPEN_SOURCE 700
#include "archive/zip_writer.h"
#include "base/arena.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

static struct arena arena;
static char **paths;
static size_t count;

static int note(const char *path, const struct stat *st, int type, struct FTW *where)
{
	(void)st;
	(void)where;
	if (type != FTW_F)
		return 0;
	paths = arena_grow(&arena, paths, count, sizeof *paths);
	paths[count++] = arena_strdup(&arena, path);
	return 0;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void manifest(void *self, const struct zip_entry *done, size_t n, struct buf *out)
{
	(void)self;
	for (size_t i = 0; i < n; i++)
		buf_addf(out, "%s  %s\n", done[i].sha256, done[i].name);
}

static int ours(const char *zip, int sm3)
{
	struct zip_writer *w = zip_writer_new(zip, (unsigned)sysconf(_SC_NPROCESSORS_ONLN));
	struct err err = { 0 };

	if (sm3 && zip_writer_want_sm3(w, &err) != 0)
		return 1;
	for (size_t i = 0; i < count; i++)
		zip_writer_add_file(w, paths[i], paths[i]);
	zip_writer_add_late(w, "manifest-sha256.txt", manifest, NULL);
	if (zip_writer_commit(w, NULL, NULL, &err) == 0)
		return 0;
	fprintf(stderr, "%s\n", err.text);
	return 1;
}

static int libzip(const char *path)
{
	int code;
	zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code);

	if (!zip)
		return 1;
	for (size_t i = 0; i < count; i++) {
		zip_source_t *source = zip_source_file(zip, paths[i], 0, 0);
		zip_int64_t index = zip_file_add(zip, paths[i], source, ZIP_FL_ENC_UTF_8);

		if (index < 0)
			return 1;
		zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_DEFLATE, 6);
	}
	return zip_close(zip) == 0 ? 0 : 1;
}

int main(int argc, char **argv)
{
	if (argc != 4 || nftw(argv[2], note, 16, FTW_PHYS) != 0)
		return 2;
	qsort(paths, count, sizeof *paths, by_name);
	if (strcmp(argv[1], "libzip") == 0)
		return libzip(argv[3]);
	return ours(argv[3], strcmp(argv[1], "ours") == 0);
}
