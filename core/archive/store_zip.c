/*
 * store_zip.c: a zip as a store. zip_list.c reads the structure; libzip must
 * then see the same, and is asked for nothing else. store_unpack.c reads files.
 */
#include "archive/name.h"
#include "archive/name_decode.h"
#include "archive/store_impl.h"
#include "archive/zip_list.h"
#include "base/i18n.h"
#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

static struct zip *open_memory(const struct store *store, zip_error_t *error)
{
	zip_source_t *source =
	    zip_source_buffer_create(store->bytes.data, store->bytes.len, 0, error);
	struct zip *zip = source ? zip_open_from_source(source, ZIP_RDONLY, error) : NULL;

	if (source && !zip)
		zip_source_free(source);
	return zip;
}

/* The zip as libzip sees it; NULL with an error. */
static struct zip *open_libzip(const struct store *store, struct err *err)
{
	struct zip *zip;
	int fd, cause, code = 0;

	errno = 0;
	if (store->fd < 0) {
		zip_error_t error;

		zip_error_init(&error);
		zip = open_memory(store, &error);
		code = zip_error_code_zip(&error);
		cause = errno;
		zip_error_fini(&error);
	} else {
		/* The same open file that was listed, so nobody can change it in between. */
		fd = fcntl(store->fd, F_DUPFD_CLOEXEC, 0);
		if (fd < 0) {
			err_sys(err, errno, _("cannot open '%s'"), store->path);
			return NULL;
		}
		zip = zip_fdopen(fd, 0, &code);
		cause = errno;
		if (!zip)
			close(fd);
	}
	if (zip)
		return zip;
	/* Not everywhere does libzip say so itself: a zip would be damaged for want of memory. */
	if (code == ZIP_ER_MEMORY || cause == ENOMEM)
		mem_fail();
	/* All was read before when it was listed: what cannot be read now is the system's fault. */
	if (code == ZIP_ER_OPEN || code == ZIP_ER_READ || code == ZIP_ER_SEEK ||
	    code == ZIP_ER_TELL)
		err_sys(err, cause, _("cannot open '%s'"), store->path);
	else
		err_input(err, N_("the zip is damaged"), _("cannot open '%s'"), store->path);
	return NULL;
}

/* libzip shows a NUL within a name as a blank, and the extra field's name if there is one. */
static int same_name(const char *theirs, const struct zip_listed *item)
{
	if (item->unicode && strcmp(theirs, item->unicode) == 0)
		return 1;
	for (size_t i = 0; i < item->raw_length; i++)
		if (theirs[i] != (item->raw[i] ? item->raw[i] : ' '))
			return 0;
	return theirs[item->raw_length] == '\0';
}

/* Whether libzip sees the same entry as we do. */
static int agrees(struct zip *zip, zip_uint64_t index, const struct zip_listed *item)
{
	const char *name = zip_get_name(zip, index, ZIP_FL_ENC_RAW);
	zip_stat_t st;

	return name && same_name(name, item) && zip_stat_index(zip, index, 0, &st) == 0 &&
	       st.size == item->size && st.comp_size == item->packed && st.crc == item->crc &&
	       st.comp_method == item->method;
}

int store_zip_agrees(const struct store *store, struct err *err)
{
	const struct zip_listing *listing = store->listing;
	struct zip *zip = open_libzip(store, err);
	int same;

	if (!zip)
		return -1;
	errno = 0;
	same = zip_get_num_entries(zip, 0) == (zip_int64_t)listing->count;
	for (size_t i = 0; same && i < listing->count; i++)
		same = agrees(zip, i, &listing->items[i]);
	if (!same && errno == ENOMEM)
		mem_fail();
	zip_discard(zip);
	if (!same)
		return err_input(err, N_("the zip's table of contents is damaged"),
		    _("cannot open '%s'"), store->path);
	return 0;
}

/* ---- what is in it ----------------------------------------------------- */

/* Deflate makes at most 258 bytes of two bits (RFC 1951, 3.2.5). */
#define DEFLATE_MOST 1032

/* The Unix type in the upper half of the attributes: 7-Zip puts it there on Windows, too. */
static const char *type_problem(const struct zip_listed *item)
{
	uint32_t type = item->attributes >> 16 & S_IFMT;
	int folder = item->raw_length > 0 && item->raw[item->raw_length - 1] == '/';

	if (type == S_IFLNK)
		return N_("it is a symbolic link");
	/* Not every reader goes by the name when that says one thing and the type another. */
	if (type == 0 || type == S_IFREG || (type == S_IFDIR && folder))
		return NULL;
	return N_("it is no regular file");
}

static const char *content_problem(const struct zip_listed *item)
{
	if (item->flags & (ZIP_FLAG_ENCRYPTED | ZIP_FLAG_STRONG | ZIP_FLAG_MASKED))
		return N_("it is encrypted");
	if (item->method != ZIP_CM_STORE && item->method != ZIP_CM_DEFLATE)
		return N_("it is compressed with a method that few programs can read");
	if (item->method == ZIP_CM_STORE && item->packed != item->size)
		return N_("the zip describes it in two different ways");
	if (item->size / DEFLATE_MOST > item->packed)
		return N_("its size is not what the zip says");
	return type_problem(item);
}

/* What the limits say of one entry. */
static const char *limit_problem(
    const struct store *store, const struct zip_listed *item, const char *name)
{
	const struct store_limits *limits = &store->limits;

	if (limits->name_bytes && strlen(name) > limits->name_bytes)
		return N_("its name is longer than [limits] name_bytes allows");
	if (store_depth(name) > limits->depth)
		return N_("its folders are nested deeper than [limits] depth allows");
	if (item->size > limits->total_bytes)
		return N_("it is larger than [limits] megabytes allows");
	if (limits->ratio && item->size > STORE_SMALL && item->size / limits->ratio > item->packed)
		return N_("it gets larger by unpacking than [limits] ratio allows");
	return NULL;
}

/* `path` is relative to where the files are looked for, with the top folder taken off. */
static const char *path_problem(const struct zip_listed *item, const char *path)
{
	size_t n = strlen(path);
	const char *bare = path;
	char *copy = NULL;
	const char *problem;

	if (strlen(item->raw) != item->raw_length)
		return N_("the name contains control characters");
	if (utf8_check(path, n) != n)
		return N_("the name is neither UTF-8 nor GB18030");
	/* The icon of a folder on macOS, which has a carriage return in its name. */
	if (name_is_litter(path) && path[n - 1] == '\r') {
		copy = mem_alloc(n);
		memcpy(copy, path, n - 1);
		copy[n - 1] = '\0';
		bare = copy;
	}
	problem = name_problem(bare);
	if (!problem && name_has_device(bare))
		problem = N_("the name means a device on Windows");
	free(copy);
	return problem;
}

/* The name to go by: "zip -r x ./" and bsdtar write "./a". */
static const char *plain(const char *name)
{
	while (name[0] == '.' && name[1] == '/' && name[2] != '\0')
		name += 2;
	return name;
}

/* An entry for a folder: nothing to read, but it must not lead anywhere, either. */
static void add_folder(
    struct store *store, const struct zip_listed *item, const char *entry, size_t n)
{
	const char *name = arena_strndup(store->arena, entry, n - 1);
	const char *limit = limit_problem(store, item, name), *problem = item->problem;

	if (strcmp(name, ".") == 0) /* of "zip -r x ./" */
		return;
	if (!problem)
		problem = content_problem(item);
	if (!problem && item->size > 0)
		problem = N_("it is a folder and has content");
	if (!problem)
		problem = path_problem(item, name);
	if (problem)
		store_fault(
		    store, item->grave ? STORE_FAULT_GRAVE : STORE_FAULT_ZIP, entry, problem);
	else if (limit)
		store_fault(store, STORE_FAULT_LIMIT, entry, limit);
	store->folders =
	    arena_grow(store->arena, store->folders, store->folder_count, sizeof *store->folders);
	store->folders[store->folder_count++] = name;
}

static int add_file(struct store *store, const struct zip_listed *item, size_t index,
    const char *name, struct err *err)
{
	struct store_file file = {
		.name = name, .size = item->size, .index = index, .problem = item->problem
	};
	const char *limit = limit_problem(store, item, name);

	if (!file.problem)
		file.problem = content_problem(item);
	file.readable = file.problem == NULL;
	if (!file.problem)
		file.problem = path_problem(item, name);
	file.fault = item->grave ? STORE_FAULT_GRAVE : STORE_FAULT_FILE;
	if (!file.problem && limit) {
		file.problem = limit;
		file.fault = STORE_FAULT_LIMIT;
		file.readable = 0;
	}
	file.litter = name_is_litter(name);
	return store_add(store, &file, err);
}

static int add_listed(
    struct store *store, const struct zip_listed *item, size_t index, struct err *err)
{
	const char *name = plain(item->name);
	size_t n = strlen(name);

	if (item->gap)
		store_fault(store, STORE_FAULT_ZIP, name,
		    N_("behind it stand bytes that belong to no file"));
	if (n > 0 && name[n - 1] == '/' && strlen(item->raw) == item->raw_length) {
		add_folder(store, item, name, n);
		return 0;
	}
	return add_file(store, item, index, name, err);
}

/* All files together; what is too much by itself is found already, and not counted. */
static void check_total(struct store *store, uint64_t size)
{
	const struct store_limits *limits = &store->limits;

	if (store->total > limits->total_bytes)
		store_fault(store, STORE_FAULT_LIMIT, NULL,
		    N_("its files hold more bytes than [limits] megabytes allows"));
	else if (limits->ratio && store->total > STORE_SMALL && store->total / limits->ratio > size)
		store_fault(store, STORE_FAULT_LIMIT, NULL,
		    N_("its files get larger by unpacking than [limits] ratio allows"));
}

/* ---- the folder around all --------------------------------------------- */

/* The file's folder at the top, "" if it has none. */
static size_t top_length(const char *name)
{
	size_t n = strcspn(name, "/");

	return name[n] == '/' && name[n + 1] != '\0' ? n : 0;
}

/* Takes the folder off that all files are in, if there is one. Litter beside it is no reason. */
static void strip_top(struct store *store)
{
	const char *first = NULL;
	size_t n = 0;

	for (size_t i = 0; i < store->count; i++) {
		const char *name = store->files[i].name;

		if (store->files[i].litter)
			continue;
		if (!first) {
			first = name;
			n = top_length(name);
		}
		if (n == 0 || strncmp(name, first, n + 1) != 0 || name[n + 1] == '\0')
			return;
	}
	/* "../" and "/" are no folders to look into. */
	if (n == 0 || (n == 2 && memcmp(first, "..", 2) == 0))
		return;
	store->top = arena_strndup(store->arena, first, n);
	for (size_t i = 0; i < store->count; i++) {
		struct store_file *file = &store->files[i];

		if (strncmp(file->name, first, n + 1) != 0 || file->name[n + 1] == '\0')
			continue; /* litter */
		file->name += n + 1;
		/* What is left may be bad where the whole was not: "top/c:/x". */
		if (!file->problem)
			file->problem =
			    path_problem(&store->listing->items[file->index], file->name);
	}
}

int store_zip_fill(struct store *store, int strip, struct err *err)
{
	struct zip_listing *listing = arena_alloc(store->arena, sizeof *listing);
	struct zip_input input = { .fd = store->fd,
		.bytes = store->bytes.data,
		.size = store->bytes.len,
		.path = store->path };
	struct stat st;

	if (store->fd >= 0) {
		if (fstat(store->fd, &st) != 0)
			return err_sys(err, errno, _("cannot read '%s'"), store->path);
		input.size = (uint64_t)st.st_size;
	}
	if (zip_list(&input, store->limits.files, store->arena, listing, err) != 0)
		return -1;
	store->listing = listing;
	zip_names(listing, store->arena);
	if (listing->grave)
		store_fault(store, STORE_FAULT_GRAVE, NULL, listing->grave);
	for (size_t i = 0; i < listing->odd_count; i++)
		store_fault(store, STORE_FAULT_ZIP, NULL, listing->odd[i]);
	for (size_t i = 0; i < listing->count; i++)
		if (add_listed(store, &listing->items[i], i, err) != 0)
			return -1;
	check_total(store, input.size);
	if (strip)
		strip_top(store);
	return 0;
}
