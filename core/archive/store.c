/* store.c: a folder or a zip as one sorted set of files; what both kinds have in common. */
#include "archive/store.h"

#include "archive/name.h"
#include "archive/store_impl.h"
#include "base/file.h"
#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const struct store_limits store_limits_default = {
	.files = 200000,
	.total_bytes = (uint64_t)64 << 30,
	.depth = 32,
};

int store_add(struct store *store, const struct store_file *file, struct err *err)
{
	unsigned depth = 0;

	for (const char *c = file->name; *c; c++)
		depth += *c == '/';
	if (store->count >= store->limits.files)
		return err_input(err, N_("it holds more files than [limits] files allows"),
		    _("cannot open '%s'"), store->path);
	if (file->size > store->limits.total_bytes - store->total)
		return err_input(err,
		    N_("its files hold more bytes than [limits] megabytes allows"),
		    _("cannot open '%s'"), store->path);
	if (depth > store->limits.depth)
		return err_input(err,
		    N_("its folders are nested deeper than [limits] depth allows"),
		    _("cannot open '%s'"), store->path);
	store->total += file->size;
	store->files = arena_grow(store->arena, store->files, store->count, sizeof *file);
	store->files[store->count++] = *file;
	return 0;
}

static int by_name(const void *a, const void *b)
{
	const struct store_file *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	return order ? order : (x->index > y->index) - (x->index < y->index);
}

/* ---- names that get in each other's way -------------------------------- */

struct folded {
	const char *name;
	struct store_file *file;
};

static int by_fold(const void *a, const void *b)
{
	const struct folded *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	return order ? order : by_name(x->file, y->file);
}

static int key_to_fold(const void *key, const void *item)
{
	return strcmp(key, ((const struct folded *)item)->name);
}

static void object(struct store_file *file, const char *problem, int readable)
{
	if (!file->problem)
		file->problem = problem;
	file->readable = file->readable && readable;
}

/* Two files of one name, or of names that are one to Windows or macOS. */
static void mark_twins(struct folded *a, struct folded *b)
{
	int same = strcmp(a->file->name, b->file->name) == 0;
	const char *problem =
	    same ? N_("two files have this name")
	         : N_("another file's name differs only in case or accents' encoding");

	/* Which of two files of one name is meant, nobody can tell. */
	object(a->file, problem, !same);
	object(b->file, problem, !same);
}

/* A file "a" beside "a/b": whoever unpacks it has to choose. */
static void mark_in_the_way(struct folded *folded, size_t count, const char *name)
{
	char *folder = mem_alloc(strlen(name) + 1);

	strcpy(folder, name);
	for (char *slash = strchr(folder, '/'); slash; slash = strchr(slash + 1, '/')) {
		struct folded *hit;

		*slash = '\0';
		hit = bsearch(folder, folded, count, sizeof *folded, key_to_fold);
		if (hit)
			object(hit->file, N_("a folder has the same name"), 1);
		*slash = '/';
	}
	free(folder);
}

static void check_names(struct store *store)
{
	struct folded *folded = mem_alloc(store->count * sizeof *folded);
	struct arena scratch;

	arena_init(&scratch);
	for (size_t i = 0; i < store->count; i++) {
		folded[i].file = &store->files[i];
		folded[i].name = name_fold(&scratch, store->files[i].name);
	}
	qsort(folded, store->count, sizeof *folded, by_fold);
	for (size_t i = 1; i < store->count; i++)
		if (strcmp(folded[i - 1].name, folded[i].name) == 0)
			mark_twins(&folded[i - 1], &folded[i]);
	for (size_t i = 0; i < store->count; i++)
		mark_in_the_way(folded, store->count, folded[i].name);
	arena_release(&scratch);
	free(folded);
}

/* ---- the interface ----------------------------------------------------- */

static struct store *new_store(
    const char *path, const struct store_limits *limits, struct arena *arena)
{
	struct store *store = arena_alloc(arena, sizeof *store);

	store->arena = arena;
	store->path = arena_strdup(arena, path);
	store->top = "";
	store->limits = limits ? *limits : store_limits_default;
	store->fd = -1;
	return store;
}

static void sort(struct store *store)
{
	if (store->count == 0)
		return;
	qsort(store->files, store->count, sizeof *store->files, by_name);
	check_names(store);
}

int store_open(struct store **out, const char *path, const struct store_limits *limits, int strip,
    struct arena *arena, struct err *err)
{
	struct store *store = new_store(path, limits, arena);
	struct stat st;
	int rc = -1;

	/* O_NONBLOCK: a pipe must not hang us. */
	store->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (store->fd < 0 || fstat(store->fd, &st) != 0) {
		err_sys(err, errno, _("cannot open '%s'"), path);
		goto out;
	}
	if (S_ISDIR(st.st_mode))
		rc = store_folder_fill(store, err);
	else if (S_ISREG(st.st_mode))
		rc = store_zip_fill(store, strip, err);
	else
		err_input(
		    err, N_("it is neither a folder nor a file"), _("cannot open '%s'"), path);
	if (rc != 0)
		goto out;
	sort(store);
	*out = store;
out:
	if (rc != 0)
		store_close(store);
	return rc;
}

int store_open_bytes(struct store **out, const char *label, struct buf *bytes,
    const struct store_limits *limits, struct arena *arena, struct err *err)
{
	struct store *store = new_store(label, limits, arena);

	buf_reserve(bytes, 1); /* an empty one has memory, too */
	store->bytes = *bytes;
	*bytes = (struct buf){ 0 };
	if (store_zip_fill(store, 0, err) != 0)
		goto failed;
	sort(store);
	for (size_t i = 0; i < store->count; i++)
		if (store->files[i].problem) {
			err_input(err, store->files[i].problem, _("cannot open '%s': '%s'"), label,
			    store->files[i].name);
			goto failed;
		}
	*out = store;
	return 0;
failed:
	store_close(store);
	return -1;
}

void store_close(struct store *store)
{
	if (!store)
		return;
	store_zip_close(store);
	if (store->fd >= 0)
		close(store->fd);
	store->fd = -1;
}

int store_is_zip(const struct store *store)
{
	return store->zip != NULL;
}

const char *store_path(const struct store *store)
{
	return store->path;
}

const struct store_file *store_files(const struct store *store, size_t *count)
{
	*count = store->count;
	return store->files;
}

static int key_to_file(const void *key, const void *item)
{
	return strcmp(key, ((const struct store_file *)item)->name);
}

const struct store_file *store_find(const struct store *store, const char *name)
{
	if (store->count == 0)
		return NULL;
	return bsearch(name, store->files, store->count, sizeof *store->files, key_to_file);
}

int store_stream(struct store *store, const struct store_file *file, store_sink *sink, void *self,
    struct err *err)
{
	if (!file->readable)
		return err_input(
		    err, file->problem, _("cannot read '%s' in '%s'"), file->name, store->path);
	if (store->zip)
		return store_zip_stream(store, file, sink, self, err);
	return store_folder_stream(store, file, sink, self, err);
}

static int into_buf(void *self, const void *bytes, size_t n)
{
	buf_add(self, bytes, n);
	return 0;
}

int store_read(struct store *store, const struct store_file *file, uint64_t limit, struct buf *out,
    struct err *err)
{
	size_t before = out->len;

	/* Streaming never yields more than the declared size, so this is the only check it takes.
	 */
	if (file->size > limit)
		return err_input(err, N_("it is larger than the limits allow"),
		    _("cannot read '%s' in '%s'"), file->name, store->path);
	if (store_stream(store, file, into_buf, out, err) == 0)
		return 0;
	out->len = before;
	if (out->data)
		out->data[before] = '\0';
	return -1;
}

const char *store_file_path(
    const struct store *store, const struct store_file *file, struct arena *arena)
{
	return store->zip ? NULL : path_join(arena, store->path, file->name);
}
