/* zip_sink.c: the file a new zip goes to, unnamed until it is whole, so that a kill leaves no
 * litter. */
#define _GNU_SOURCE /* O_TMPFILE, memfd_create, sync_file_range */
#include "archive/zip_sink.h"

#include "archive/digest.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* libzip writes in small pieces and goes back to fix each header; most of that ends in here. */
enum { BUFFER = 256 * 1024 };

/* So much is written before the system is asked to begin with it: the disk works while we do. */
#define WRITE_BACK ((uint64_t)16 << 20)

struct zip_sink {
	struct arena arena;
	const char *path;
	const char *folder;
	char *aside; /* the temporary's name, NULL while it has none */
	int fd;
	int error;
	uint64_t at;         /* where the next byte goes */
	uint64_t base;       /* where the buffer begins in the file */
	uint64_t sent;       /* up to where the disk has been asked to take it */
	pthread_t digesting; /* if `has_thread` */
	int has_thread;
	atomic_int stop; /* it need not go on */
	int digest_error;
	char sha256[DIGEST_HEX_MAX];
	size_t used;
	unsigned char buffer[BUFFER];
};

/* Tries names beside the target until `make` finds one free. 0, or -1 with errno. */
static int find_name(struct zip_sink *sink, int (*make)(struct zip_sink *, const char *))
{
	/* Cut, so that the longest name a file may have leaves room for ours. */
	const char *name = path_base(sink->path);

	for (int attempt = 0; attempt < 100; attempt++) {
		char *hidden =
		    arena_printf(&sink->arena, ".%.200s.tmp-%ld-%d", name, (long)getpid(), attempt);
		char *aside = path_join(&sink->arena, sink->folder, hidden);

		if (make(sink, aside) == 0) {
			sink->aside = aside;
			return 0;
		}
		if (errno != EEXIST)
			return -1;
	}
	return -1;
}

static const char *folder_of(struct zip_sink *sink, const char *path)
{
	const char *name = path_base(path);

	/* "/x.zip" has its slash for folder. */
	return name == path ? "." : arena_strndup(&sink->arena, path, (size_t)(name - path));
}

static int make_named(struct zip_sink *sink, const char *name)
{
	sink->fd = open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (sink->fd < 0)
		return -1;
	if (file_claim(sink->fd) == 0)
		return 0;
	close(sink->fd);
	errno = EEXIST;
	return -1;
}

/* How linkat() is told of an open file without a name. */
static void proc_path(const struct zip_sink *sink, char path[64])
{
	snprintf(path, 64, "/proc/self/fd/%d", sink->fd);
}

static int give_name(struct zip_sink *sink, const char *name)
{
	char self[64];

	proc_path(sink, self);
	return linkat(AT_FDCWD, self, AT_FDCWD, name, AT_SYMLINK_FOLLOW);
}

static void open_unnamed(struct zip_sink *sink)
{
	sink->fd = -1;
#ifdef O_TMPFILE
	char self[64];

	sink->fd = open(sink->folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0666);
	proc_path(sink, self);
	/* Without /proc it could never get its name. */
	if (sink->fd >= 0 && access(self, F_OK) != 0) {
		close(sink->fd);
		sink->fd = -1;
	}
#endif
}

struct zip_sink *zip_sink_open(const char *path, struct err *err)
{
	struct zip_sink *sink = mem_alloc(sizeof *sink);
	const char *name = path_base(path);
	struct stat st;

	memset(sink, 0, offsetof(struct zip_sink, buffer));
	sink->path = path;
	sink->folder = folder_of(sink, path);
	if (*name == '\0' || (stat(path, &st) == 0 && S_ISDIR(st.st_mode))) {
		sink->fd = -1;
		errno = EISDIR;
	} else {
		file_sweep(path);
		open_unnamed(sink);
		if (sink->fd >= 0)
			(void)flock(sink->fd, LOCK_EX | LOCK_NB); /* before it gets its name */
		else if (find_name(sink, make_named) != 0)
			sink->fd = -1;
	}
	if (sink->fd < 0) {
		err_sys(err, errno, _("cannot write '%s'"), path);
		zip_sink_drop(sink);
		return NULL;
	}
	return sink;
}

struct zip_sink *zip_sink_memory(const char *label, struct err *err)
{
	struct zip_sink *sink = mem_alloc(sizeof *sink);

	memset(sink, 0, offsetof(struct zip_sink, buffer));
	sink->path = label;
	sink->fd = memfd_create("nianbao", MFD_CLOEXEC);
	if (sink->fd >= 0)
		return sink;
	err_sys(err, errno, _("cannot write '%s'"), label);
	zip_sink_drop(sink);
	return NULL;
}

static int flush(struct zip_sink *sink)
{
	size_t done = 0;

	while (done < sink->used && !sink->error) {
		ssize_t n = pwrite(
		    sink->fd, sink->buffer + done, sink->used - done, (off_t)(sink->base + done));

		if (n > 0)
			done += (size_t)n;
		else if (n == 0 || errno != EINTR)
			sink->error = n == 0 ? ENOSPC : errno;
	}
	sink->base += sink->used;
	sink->used = 0;
#ifdef SYNC_FILE_RANGE_WRITE
	/* A hint: what comes of it shows when all is synced. */
	if (sink->base >= sink->sent + WRITE_BACK) {
		(void)sync_file_range(sink->fd, (off_t)sink->sent, (off_t)(sink->base - sink->sent),
		    SYNC_FILE_RANGE_WRITE);
		sink->sent = sink->base;
	}
#endif
	return sink->error ? -1 : 0;
}

int zip_sink_write(struct zip_sink *sink, const void *bytes, size_t n)
{
	const unsigned char *from = bytes;

	while (n > 0) {
		size_t offset, piece;

		if (sink->at < sink->base || sink->at > sink->base + sink->used ||
		    sink->at == sink->base + BUFFER) {
			if (flush(sink) != 0)
				return -1;
			sink->base = sink->at;
		}
		offset = (size_t)(sink->at - sink->base);
		piece = n < BUFFER - offset ? n : BUFFER - offset;
		memcpy(sink->buffer + offset, from, piece);
		if (sink->used < offset + piece)
			sink->used = offset + piece;
		sink->at += piece;
		from += piece;
		n -= piece;
	}
	return sink->error ? -1 : 0;
}

uint64_t zip_sink_at(const struct zip_sink *sink)
{
	return sink->at;
}

int zip_sink_read(struct zip_sink *sink, void *to, size_t n, uint64_t at)
{
	int rc;

	if (at + n > sink->base && flush(sink) != 0) {
		errno = sink->error;
		return -1;
	}
	rc = file_get(sink->fd, to, n, at);
	if (rc > 0)
		errno = EIO;
	return rc == 0 ? 0 : -1;
}

int zip_sink_fd(struct zip_sink *sink)
{
	return flush(sink) == 0 ? sink->fd : -1;
}

int zip_sink_error(const struct zip_sink *sink)
{
	return sink->error;
}

static zip_int64_t seek(struct zip_sink *sink, void *data, zip_uint64_t n)
{
	const struct zip_source_args_seek *to = data;

	/* libzip only ever goes back to places it has told. */
	if (n < sizeof *to || to->whence != SEEK_SET || to->offset < 0) {
		sink->error = EINVAL;
		return -1;
	}
	sink->at = (uint64_t)to->offset;
	return 0;
}

static zip_int64_t destination(void *self, void *data, zip_uint64_t n, zip_source_cmd_t command)
{
	struct zip_sink *sink = self;
	zip_error_t error;

	/* A default: libzip may ask what it had not thought of when this was written. */
	switch ((int)command) {
	case ZIP_SOURCE_SUPPORTS:
		return ZIP_SOURCE_SUPPORTS_WRITABLE;
	case ZIP_SOURCE_STAT:
		zip_stat_init(data);
		((zip_stat_t *)data)->size = 0;
		((zip_stat_t *)data)->valid = ZIP_STAT_SIZE;
		return sizeof(zip_stat_t);
	case ZIP_SOURCE_ERROR:
		zip_error_init(&error);
		zip_error_set(&error, ZIP_ER_WRITE, sink->error);
		return zip_error_to_data(&error, data, n);
	case ZIP_SOURCE_WRITE:
		return zip_sink_write(sink, data, n) == 0 ? (zip_int64_t)n : -1;
	case ZIP_SOURCE_SEEK_WRITE:
		return seek(sink, data, n);
	case ZIP_SOURCE_TELL_WRITE:
		return (zip_int64_t)sink->at;
	case ZIP_SOURCE_COMMIT_WRITE:
		return flush(sink);
	case ZIP_SOURCE_OPEN: /* there is nothing to read */
	case ZIP_SOURCE_READ:
	case ZIP_SOURCE_CLOSE:
	case ZIP_SOURCE_SEEK:
	case ZIP_SOURCE_TELL:
	case ZIP_SOURCE_BEGIN_WRITE:    /* done by zip_sink_open() */
	case ZIP_SOURCE_ROLLBACK_WRITE: /* and undone by zip_sink_drop() */
	case ZIP_SOURCE_REMOVE:
	case ZIP_SOURCE_FREE:
		return 0;
	default:
		return -1;
	}
}

zip_source_t *zip_sink_source(struct zip_sink *sink, zip_error_t *error)
{
	return zip_source_function_create(destination, sink, error);
}

static int sync_folder(const struct zip_sink *sink)
{
	int fd = open(sink->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	/* Some file systems cannot sync a folder; they answer EINVAL. */
	int rc = fd >= 0 && (fsync(fd) == 0 || errno == EINVAL) ? 0 : -1;
	int cause = errno;

	if (fd >= 0)
		close(fd);
	errno = cause;
	return rc;
}

/* SHA-256 of what was written, read once more: libzip went back to fix its headers. */
static void *digest_written(void *self)
{
	struct zip_sink *sink = self;

	sink->digest_error = digest_file(sink->fd, &sink->stop, sink->sha256) == 0 ? 0 : errno;
	return NULL;
}

void zip_sink_digest(struct zip_sink *sink)
{
	sink->has_thread =
	    flush(sink) == 0 && pthread_create(&sink->digesting, NULL, digest_written, sink) == 0;
}

/* The digest, whoever makes it. 0, or -1 with errno. */
static int end_digest(struct zip_sink *sink)
{
	if (sink->has_thread)
		pthread_join(sink->digesting, NULL);
	else
		digest_written(sink);
	sink->has_thread = 0;
	errno = sink->digest_error;
	return errno ? -1 : 0;
}

static const char *beside_path(struct zip_sink *sink, const char *ending)
{
	return arena_printf(&sink->arena, "%s%s", sink->path, ending);
}

/* As sha256sum prints it, for whom a name with a backslash or a line's end is escaped. */
static void checksum_line(const struct zip_sink *sink, struct buf *line)
{
	const char *name = path_base(sink->path);

	buf_addf(line, "%s%s  ", strpbrk(name, "\\\n\r") ? "\\" : "", sink->sha256);
	for (; *name; name++) {
		if (*name == '\\')
			buf_adds(line, "\\\\");
		else if (*name == '\n')
			buf_adds(line, "\\n");
		else if (*name == '\r')
			buf_adds(line, "\\r");
		else
			buf_addc(line, *name);
	}
	buf_addc(line, '\n');
}

static int write_checksum(struct zip_sink *sink, const char *ending, struct err *err)
{
	struct buf line = { 0 };
	int rc;

	checksum_line(sink, &line);
	rc = file_write(beside_path(sink, ending), line.data, line.len, err);
	buf_release(&line);
	return rc;
}

/*
 * Whether what stands beside tells of these very bytes: then it stays true of the new file, which
 * is the old one again. Whatever cannot be read tells of none.
 */
static int tells_of_same(struct zip_sink *sink, const char *ending)
{
	struct buf line = { 0 }, there = { 0 };
	struct err ignored;
	int same;

	checksum_line(sink, &line);
	same = file_read(beside_path(sink, ending), line.len, &there, &ignored) == 0 &&
	       there.len == line.len && memcmp(there.data, line.data, line.len) == 0;
	buf_release(&line);
	buf_release(&there);
	return same;
}

/* What tells of the file that is about to go. */
static int remove_beside(struct zip_sink *sink, const char *const *beside, struct err *err)
{
	int removed = 0;

	for (; *beside; beside++) {
		const char *path = beside_path(sink, *beside);

		if (unlink(path) == 0)
			removed = 1;
		else if (errno == ENAMETOOLONG) /* it could not be written, either */
			return err_sys(err, errno, _("cannot write '%s'"), path);
		else if (errno != ENOENT)
			return err_sys(err, errno, _("cannot remove '%s'"), path);
	}
	/* On disk before the new file is: the order is what keeps it true. */
	if (removed && sync_folder(sink) != 0)
		return err_sys(err, errno, _("cannot sync the folder of '%s'"), sink->path);
	return 0;
}

int zip_sink_commit(struct zip_sink *sink, const char *const *beside, struct err *err)
{
	int rc = -1, cause = 0, same = 0;

	if (flush(sink) != 0)
		cause = sink->error;
	else if (fsync(sink->fd) != 0)
		cause = errno;
	else if (beside && end_digest(sink) != 0)
		cause = errno;
	else if (beside && !(same = tells_of_same(sink, beside[0])) &&
	         remove_beside(sink, beside, err) != 0)
		goto out;
	/* Last, for a kill before the file is renamed leaves it under this name. */
	else if (!sink->aside && find_name(sink, give_name) != 0)
		cause = errno;
	else if (rename(sink->aside, sink->path) != 0)
		cause = errno;
	if (cause) {
		err_sys(err, cause, _("cannot write '%s'"), sink->path);
		goto out;
	}
	sink->aside = NULL;
	if (sync_folder(sink) != 0) {
		err_sys(err, errno, _("cannot sync the folder of '%s'"), sink->path);
		goto out;
	}
	rc = beside && !same ? write_checksum(sink, beside[0], err) : 0;
out:
	zip_sink_drop(sink);
	return rc;
}

int zip_sink_take(struct zip_sink *sink, struct buf *out, struct err *err)
{
	struct stat st;
	int rc = flush(sink) == 0 && fstat(sink->fd, &st) == 0 ? 0 : -1;
	size_t size = rc == 0 ? (size_t)st.st_size : 0;

	buf_reserve(out, size);
	if (rc == 0 && file_get(sink->fd, out->data + out->len, size, 0) != 0)
		rc = -1;
	if (rc == 0)
		out->len += size;
	else
		err_sys(err, sink->error ? sink->error : errno, _("cannot write '%s'"), sink->path);
	if (out->data)
		out->data[out->len] = '\0';
	zip_sink_drop(sink);
	return rc;
}

void zip_sink_drop(struct zip_sink *sink)
{
	if (!sink)
		return;
	if (sink->has_thread) {
		atomic_store(&sink->stop, 1);
		pthread_join(sink->digesting, NULL);
	}
	if (sink->aside)
		unlink(sink->aside);
	if (sink->fd >= 0)
		close(sink->fd);
	arena_release(&sink->arena);
	free(sink);
}

int zip_sink_scratch(const char *path)
{
	struct zip_sink *sink = mem_alloc(sizeof *sink);
	int fd;

	memset(sink, 0, offsetof(struct zip_sink, buffer));
	sink->path = path;
	sink->folder = folder_of(sink, path);
	open_unnamed(sink);
	if (sink->fd < 0 && find_name(sink, make_named) == 0)
		unlink(sink->aside);
	fd = sink->fd;
	arena_release(&sink->arena);
	free(sink);
	return fd;
}
