/* store.c: a folder or a zip as one sorted set of files; what both kinds have in common. */
#include "archive/store.h"

#include "archive/name.h"
#include "archive/store_impl.h"
#include "archive/zip_list.h"
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
	.files = 2000000,
	.total_bytes = (uint64_t)16 << 40,
	.depth = 100,
};

const struct store_limits store_limits_suspect = {
	.files = 5000,
	.total_bytes = (uint64_t)2 << 30,
	.depth = 32,
	.ratio = 1000,
	.name_bytes = NAME_BYTES_MAX,
};

unsigned store_depth(const char *name)
{
	unsigned depth = 0;

	for (; *name; name++)
		depth += *name == '/';
	return depth;
}

int store_add(struct store *store, const struct store_file *file, struct err *err)
{
	if (store->count >= store->limits.files)
		return err_input(err, N_("it holds more files than [limits] files allows"),
		    _("cannot open '%s'"), store->path);
	/* What cannot be read says what it likes of its size. */
	if (file->readable)
		store->total =
		    file->size > UINT64_MAX - store->total ? UINT64_MAX : store->total + file->size;
	store->files = arena_grow(store->arena, store->files, store->count, sizeof *file);
	store->files[store->count++] = *file;
	return 0;
}

void store_fault(
    struct store *store, enum store_fault_kind kind, const char *name, const char *problem)
{
	store->faults =
	    arena_grow(store->arena, store->faults, store->fault_count, sizeof *store->faults);
	store->faults[store->fault_count++] = (struct store_fault){ kind, name, problem };
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
	for (size_t i = 0; i < store->folder_count; i++)
		mark_in_the_way(folded, store->count,
		    arena_printf(&scratch, "%s/", name_fold(&scratch, store->folders[i])));
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
	store->limits = *limits;
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

/* What is wrong with a zip's files joins what is wrong with the zip. */
static void tell_faults(struct store *store)
{
	for (size_t i = 0; i < store->count; i++) {
		const struct store_file *file = &store->files[i];

		if (file->problem)
			store_fault(store, (enum store_fault_kind)file->fault,
			    store->listing->items[file->index].name, file->problem);
	}
}

static int fail(const struct store *store, const struct store_fault *fault, struct err *err)
{
	if (fault->name)
		return err_input(
		    err, fault->problem, _("cannot open '%s': '%s'"), store->path, fault->name);
	return err_input(err, fault->problem, _("cannot open '%s'"), store->path);
}

static int fill_zip(struct store *store, int strip, int suspect, struct err *err)
{
	store->is_zip = 1;
	if (store_zip_fill(store, strip, err) != 0)
		return -1;
	sort(store);
	tell_faults(store);
	if (suspect && store->fault_count > 0) {
		for (size_t i = 0; i < store->count; i++)
			store->files[i].readable = 0;
		return 0;
	}
	for (size_t i = 0; i < store->fault_count; i++)
		if (store->faults[i].kind == STORE_FAULT_GRAVE ||
		    store->faults[i].kind == STORE_FAULT_LIMIT)
			return fail(store, &store->faults[i], err);
	return store_zip_agrees(store, err);
}

static int open_path(struct store **out, const char *path, const struct store_limits *limits,
    int strip, int suspect, struct arena *arena, struct err *err)
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
	if (S_ISDIR(st.st_mode)) {
		rc = store_folder_fill(store, err);
		if (rc == 0)
			sort(store);
	} else if (S_ISREG(st.st_mode)) {
		rc = fill_zip(store, strip, suspect, err);
	} else {
		err_input(
		    err, N_("it is neither a folder nor a file"), _("cannot open '%s'"), path);
	}
	if (rc == 0)
		*out = store;
out:
	if (rc != 0)
		store_close(store);
	return rc;
}

int store_open(struct store **store, const char *path, const struct store_limits *limits, int strip,
    struct arena *arena, struct err *err)
{
	return open_path(
	    store, path, limits ? limits : &store_limits_default, strip, 0, arena, err);
}

int store_open_suspect(struct store **store, const char *path, const struct store_limits *limits,
    int strip, struct arena *arena, struct err *err)
{
	return open_path(
	    store, path, limits ? limits : &store_limits_suspect, strip, 1, arena, err);
}

int store_open_bytes(struct store **out, const char *label, struct buf *bytes,
    const struct store_limits *limits, struct arena *arena, struct err *err)
{
	struct store *store = new_store(label, limits ? limits : &store_limits_suspect, arena);
	int rc;

	*out = store;
	buf_reserve(bytes, 1); /* an empty one has memory, too */
	store->bytes = *bytes;
	*bytes = (struct buf){ 0 };
	rc = fill_zip(store, 0, 1, err);
	if (rc == 0 && store->fault_count > 0)
		rc = fail(store, &store->faults[0], err);
	if (rc != 0)
		store_close(store);
	return rc;
}

void store_close(struct store *store)
{
	if (!store)
		return;
	buf_release(&store->bytes);
	if (store->fd >= 0)
		close(store->fd);
	store->fd = -1;
}

uint64_t store_aside(const struct store *store)
{
	return store->listing ? store->listing->aside : 0;
}

int store_is_zip(const struct store *store)
{
	return store->is_zip;
}

const struct store_fault *store_faults(const struct store *store, size_t *count)
{
	*count = store->fault_count;
	return store->faults;
}

const char *store_charset(const struct store *store)
{
	return store->listing ? store->listing->charset : NULL;
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
		return err_input(err,
		    file->problem ? file->problem : N_("the zip that it is in is refused"),
		    _("cannot read '%s' in '%s'"), file->name, store->path);
	if (store->is_zip)
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
	return store->is_zip ? NULL : path_join(arena, store->path, file->name);
}
