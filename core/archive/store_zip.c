/*
 * store_zip.c: a zip as a store. zip_list.c reads the structure first; libzip
 * must then see the same, and is asked for content only.
 */
#include "archive/deflate.h"
#include "archive/name.h"
#include "archive/store_impl.h"
#include "archive/zip_list.h"
#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

/* Entries up to this are unpacked in memory, at three times the speed of a stream. */
#define IN_MEMORY ((uint64_t)16 << 20)

/* What libzip says about its failures, in the user's words where we have them. */
static int zip_failed(
    const struct store *store, zip_error_t *error, const char *name, struct err *err)
{
	int code = zip_error_code_zip(error);
	const char *why;

	if (zip_error_system_type(error) == ZIP_ET_SYS && zip_error_code_system(error) != 0)
		return err_sys(
		    err, zip_error_code_system(error), _("cannot read '%s'"), store->path);
	if (code == ZIP_ER_CRC)
		why = N_("it is damaged: its checksum is wrong");
	else if (code == ZIP_ER_ZLIB || code == ZIP_ER_COMPRESSED_DATA || code == ZIP_ER_EOF)
		why = N_("it is damaged");
	else
		why = N_("libzip cannot read it");
	return err_input(err, why, _("cannot read '%s' in '%s'"), name, store->path);
}

static struct zip *open_memory(const struct store *store, zip_error_t *error)
{
	zip_source_t *source =
	    zip_source_buffer_create(store->bytes.data, store->bytes.len, 0, error);
	struct zip *zip = source ? zip_open_from_source(source, ZIP_RDONLY, error) : NULL;

	if (source && !zip)
		zip_source_free(source);
	return zip;
}

static int open_libzip(struct store *store, struct err *err)
{
	int fd, code = 0;

	if (store->fd < 0) {
		zip_error_t error;

		zip_error_init(&error);
		store->zip = open_memory(store, &error);
		zip_error_fini(&error);
	} else {
		/* The same open file that was listed, so nobody can change it in between. */
		fd = fcntl(store->fd, F_DUPFD_CLOEXEC, 0);
		if (fd < 0)
			return err_sys(err, errno, _("cannot open '%s'"), store->path);
		store->zip = zip_fdopen(fd, 0, &code);
		if (!store->zip)
			close(fd);
	}
	if (!store->zip)
		return err_input(err, N_("the zip is damaged"), _("cannot open '%s'"), store->path);
	return 0;
}

/* libzip shows a NUL within a name as a blank. */
static int same_name(const char *theirs, const struct zip_listed *item)
{
	for (size_t i = 0; i < item->name_length; i++)
		if (theirs[i] != (item->name[i] ? item->name[i] : ' '))
			return 0;
	return theirs[item->name_length] == '\0';
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

/* The Unix type in the upper half of the attributes: 7-Zip puts it there on Windows, too. */
static const char *type_problem(uint32_t attributes)
{
	uint32_t type = attributes >> 16 & S_IFMT;

	if (type == S_IFLNK)
		return N_("it is a symbolic link");
	if (type == S_IFCHR || type == S_IFBLK || type == S_IFIFO || type == S_IFSOCK)
		return N_("it is no regular file");
	return NULL;
}

static const char *content_problem(const struct zip_listed *item)
{
	if (item->flags & ZIP_FLAG_ENCRYPTED)
		return N_("it is encrypted");
	if (item->method != ZIP_CM_STORE && item->method != ZIP_CM_DEFLATE)
		return N_("it is compressed with a method that few programs can read");
	if (item->method == ZIP_CM_STORE && item->packed != item->size)
		return N_("the zip describes it in two different ways");
	return item->problem ? item->problem : type_problem(item->attributes);
}

/* The name to go by: "zip -r x ./" and bsdtar write "./a". */
static const char *plain(const char *name)
{
	while (name[0] == '.' && name[1] == '/' && name[2] != '\0')
		name += 2;
	return name;
}

static int add_listed(
    struct store *store, const struct zip_listed *item, size_t index, struct err *err)
{
	struct store_file file = { .name = plain(item->name), .size = item->size, .index = index };
	size_t n = strlen(file.name);

	/* Folders come and go with their files. */
	if (n > 0 && n + (size_t)(file.name - item->name) == item->name_length &&
	    file.name[n - 1] == '/')
		return 0;
	file.problem = content_problem(item);
	file.readable = file.problem == NULL;
	if (strlen(item->name) != item->name_length && !file.problem)
		file.problem = N_("the name contains control characters");
	if (!file.problem)
		file.problem = name_problem(file.name);
	return store_add(store, &file, err);
}

/* Takes the folder off that all files are in, if there is one. */
static void strip_top(struct store *store)
{
	const char *slash = store->count ? strchr(store->files[0].name, '/') : NULL;
	size_t n = slash ? (size_t)(slash - store->files[0].name) : 0;

	/* "../" and "/" are no folders to look into. */
	if (n == 0 || (n == 2 && memcmp(store->files[0].name, "..", 2) == 0))
		return;
	for (size_t i = 0; i < store->count; i++) {
		const char *name = store->files[i].name;

		if (strncmp(name, store->files[0].name, n + 1) != 0 || name[n + 1] == '\0')
			return;
	}
	store->top = arena_strndup(store->arena, store->files[0].name, n);
	for (size_t i = 0; i < store->count; i++) {
		struct store_file *file = &store->files[i];

		file->name += n + 1;
		/* What is left may be bad where the whole was not: "top//etc/passwd". */
		if (!file->problem)
			file->problem = name_problem(file->name);
	}
}

int store_zip_fill(struct store *store, int strip, struct err *err)
{
	struct zip_input input = { .fd = store->fd,
		.bytes = store->bytes.data,
		.size = store->bytes.len,
		.path = store->path };
	struct zip_listed *items;
	struct stat st;
	size_t count;

	if (store->fd >= 0) {
		if (fstat(store->fd, &st) != 0)
			return err_sys(err, errno, _("cannot read '%s'"), store->path);
		input.size = (uint64_t)st.st_size;
	}
	if (zip_list(&input, store->limits.files, store->arena, &items, &count, err) != 0 ||
	    open_libzip(store, err) != 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		if (!agrees(store->zip, i, &items[i]))
			goto damaged;
		if (add_listed(store, &items[i], i, err) != 0)
			return -1;
	}
	if (zip_get_num_entries(store->zip, 0) != (zip_int64_t)count)
		goto damaged;
	if (strip)
		strip_top(store);
	return 0;
damaged:
	return err_input(
	    err, N_("the zip's table of contents is damaged"), _("cannot open '%s'"), store->path);
}

/* ---- content ----------------------------------------------------------- */

static int lies(const struct store *store, const struct store_file *file, struct err *err)
{
	return err_input(err, N_("its size is not what the zip says"),
	    _("cannot read '%s' in '%s'"), file->name, store->path);
}

static int open_failed(const struct store *store, const struct store_file *file, struct err *err)
{
	return zip_failed(store, zip_get_error(store->zip), file->name, err);
}

/* The entry's bytes as they lie in the zip, `n` of them. */
static int read_packed(
    const struct store *store, const struct store_file *file, void *to, uint64_t n, struct err *err)
{
	zip_file_t *in = zip_fopen_index(store->zip, file->index, ZIP_FL_COMPRESSED);
	uint64_t done = 0;
	zip_int64_t got = 0;

	if (!in)
		return open_failed(store, file, err);
	while (done < n && (got = zip_fread(in, (char *)to + done, n - done)) > 0)
		done += (uint64_t)got;
	if (got < 0)
		zip_failed(store, zip_file_get_error(in), file->name, err);
	else if (done < n)
		lies(store, file, err);
	zip_fclose(in);
	return done == n ? 0 : -1;
}

static int whole(const struct store *store, const struct store_file *file, const zip_stat_t *st,
    store_sink *sink, void *self, struct err *err)
{
	char *packed = mem_alloc(st->comp_size), *bytes = packed;
	int rc = -1;

	if (read_packed(store, file, packed, st->comp_size, err) != 0)
		goto out;
	if (st->comp_method == ZIP_CM_DEFLATE) {
		bytes = mem_alloc(st->size);
		if (deflate_unpack(packed, st->comp_size, bytes, st->size) != 0) {
			err_input(err, N_("it is damaged, or larger than the zip says"),
			    _("cannot read '%s' in '%s'"), file->name, store->path);
			goto out;
		}
	}
	if (deflate_crc(bytes, st->size) != st->crc) {
		err_input(err, N_("it is damaged: its checksum is wrong"),
		    _("cannot read '%s' in '%s'"), file->name, store->path);
		goto out;
	}
	if (st->size > 0 && sink(self, bytes, st->size) != 0) {
		err_set(err, ERR_SYSTEM, _("cannot read '%s' in '%s': interrupted"), file->name,
		    store->path);
		goto out;
	}
	rc = 0;
out:
	if (bytes != packed)
		free(bytes);
	free(packed);
	return rc;
}

static int pieces(const struct store *store, const struct store_file *file, store_sink *sink,
    void *self, struct err *err)
{
	zip_file_t *in = zip_fopen_index(store->zip, file->index, 0);
	char *piece;
	uint64_t total = 0;
	zip_int64_t n;
	int rc = -1;

	if (!in)
		return open_failed(store, file, err);
	piece = mem_alloc(STORE_PIECE);
	/* Up to the read that finds the end: only that one compares the CRC. */
	while ((n = zip_fread(in, piece, STORE_PIECE)) > 0) {
		total += (uint64_t)n;
		if (total > file->size) {
			lies(store, file, err);
			goto out;
		}
		if (sink(self, piece, (size_t)n) != 0) {
			err_set(err, ERR_SYSTEM, _("cannot read '%s' in '%s': interrupted"),
			    file->name, store->path);
			goto out;
		}
	}
	if (n < 0)
		zip_failed(store, zip_file_get_error(in), file->name, err);
	else if (total != file->size)
		lies(store, file, err);
	else
		rc = 0;
out:
	free(piece);
	zip_fclose(in);
	return rc;
}

int store_zip_stream(const struct store *store, const struct store_file *file, store_sink *sink,
    void *self, struct err *err)
{
	zip_stat_t st;

	if (zip_stat_index(store->zip, file->index, 0, &st) != 0)
		return open_failed(store, file, err);
	if (st.size <= IN_MEMORY && st.comp_size <= IN_MEMORY)
		return whole(store, file, &st, sink, self, err);
	return pieces(store, file, sink, self, err);
}

void store_zip_close(struct store *store)
{
	if (store->zip)
		zip_discard(store->zip);
	store->zip = NULL;
	buf_release(&store->bytes);
}
