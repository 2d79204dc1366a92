/* file.c: reading whole files, writing them whole or not at all, walking folders. */
#define _GNU_SOURCE /* O_TMPFILE, flock */
#include "base/file.h"

#include "base/i18n.h"
#include "base/utf8.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum file_type file_type(const char *path)
{
	struct stat st;
	if (stat(path, &st) != 0)
		return lstat(path, &st) == 0 ? FILE_OTHER : FILE_NONE;
	if (S_ISREG(st.st_mode))
		return FILE_REGULAR;
	return S_ISDIR(st.st_mode) ? FILE_FOLDER : FILE_OTHER;
}

char *path_join(struct arena *arena, const char *folder, const char *name)
{
	if (*folder == '\0' || strcmp(folder, ".") == 0 || *name == '/')
		return arena_strdup(arena, name);
	size_t n = strlen(folder);
	while (n > 1 && folder[n - 1] == '/')
		n--;
	return arena_printf(
	    arena, "%.*s%s%s", (int)n, folder, folder[n - 1] == '/' ? "" : "/", name);
}

const char *path_base(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

int path_has_ending(const char *path, const char *ending)
{
	size_t n = strlen(path), m = strlen(ending);
	return n > m && strcasecmp(path + n - m, ending) == 0;
}

int file_read(const char *path, uint64_t limit, struct buf *out, struct err *err)
{
	int rc = -1;
	size_t before = out->len;
	/* O_NONBLOCK: opening a pipe must not hang; regular files do not care. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return err_sys(err, errno, _("cannot read '%s'"), path);
	struct stat st;
	if (fstat(fd, &st) != 0) {
		err_sys(err, errno, _("cannot read '%s'"), path);
		goto out;
	}
	if (!S_ISREG(st.st_mode)) {
		err_input(err, N_("it is no regular file"), _("cannot read '%s'"), path);
		goto out;
	}
	if ((uint64_t)st.st_size > limit) {
		err_input(
		    err, N_("it is larger than the limits allow"), _("cannot read '%s'"), path);
		goto out;
	}
	buf_reserve(out, (size_t)st.st_size + 1);
	uint64_t total = 0;
	for (;;) {
		buf_reserve(out, 16384);
		ssize_t n = read(fd, out->data + out->len, out->cap - out->len - 1);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			err_sys(err, errno, _("cannot read '%s'"), path);
			goto out;
		}
		if (n == 0)
			break;
		out->len += (size_t)n;
		total += (uint64_t)n;
		if (total > limit) {
			err_input(err, N_("it is larger than the limits allow"),
			    _("cannot read '%s'"), path);
			goto out;
		}
	}
	rc = 0;
out:
	if (rc != 0)
		out->len = before;
	if (out->data)
		out->data[out->len] = '\0';
	close(fd);
	return rc;
}

int file_read_text(
    const char *path, uint64_t limit, struct buf *out, struct decoded *how, struct err *err)
{
	struct buf text = { 0 };
	int rc = file_read(path, limit, &text, err);
	if (rc == 0)
		rc = encoding_read(&text, ENCODING_BY_RULE, how, err);
	if (rc > 0)
		rc = err_set(err, ERR_USAGE, _("'%s' is neither UTF-8 nor GB18030 (line %u)"), path,
		    how->line);
	if (rc == 0 && text.len)
		buf_add(out, text.data, text.len);
	buf_release(&text);
	return rc;
}

int file_put(int fd, const void *bytes, size_t n)
{
	for (const char *at = bytes; n > 0;) {
		ssize_t done = write(fd, at, n);
		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return -1;
		at += done;
		n -= (size_t)done;
	}
	return 0;
}

int file_get(int fd, void *to, size_t n, uint64_t at)
{
	for (size_t done = 0; done < n;) {
		ssize_t got = pread(fd, (char *)to + done, n - done, (off_t)(at + done));
		if (got == 0)
			return 1;
		if (got > 0)
			done += (size_t)got;
		else if (errno != EINTR)
			return -1;
	}
	return 0;
}

static const char *folder_of(struct arena *arena, const char *file)
{
	const char *base = path_base(file);
	return base == file ? "." : arena_strndup(arena, file, (size_t)(base - file));
}

static int folder_sync(const char *file)
{
	struct arena scratch = { 0 };
	int fd = open(folder_of(&scratch, file), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int rc = fd < 0 ? -1 : fsync(fd);
	/* Some file systems cannot sync a folder; they answer EINVAL. */
	if (rc != 0 && fd >= 0 && errno == EINVAL)
		rc = 0;
	if (fd >= 0)
		close(fd);
	arena_release(&scratch);
	return rc;
}

int file_claim(int fd)
{
	struct stat st;
	/* Where files cannot be locked, nobody sweeps either. */
	(void)flock(fd, LOCK_EX | LOCK_NB);
	return fstat(fd, &st) == 0 && st.st_nlink == 0 ? -1 : 0;
}

static void sweep_one(DIR *dir, const char *name)
{
	int fd = openat(dirfd(dir), name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return;
	if (flock(fd, LOCK_EX | LOCK_NB) == 0)
		unlinkat(dirfd(dir), name, 0);
	close(fd);
}

void file_sweep(const char *path)
{
	struct arena scratch = { 0 };
	const char *aside = arena_printf(&scratch, ".%.200s.tmp-", path_base(path));
	size_t n = strlen(aside);
	DIR *dir = opendir(folder_of(&scratch, path));
	struct dirent *entry;
	while (dir && (entry = readdir(dir)) != NULL) {
		const char *rest = entry->d_name + n;
		if (strncmp(entry->d_name, aside, n) == 0 &&
		    strspn(rest, "0123456789-") == strlen(rest))
			sweep_one(dir, entry->d_name);
	}
	if (dir)
		closedir(dir);
	arena_release(&scratch);
}

/* How linkat() is told of an open file without a name. */
static const char *proc_path(int fd, struct arena *scratch)
{
	return arena_printf(scratch, "/proc/self/fd/%d", fd);
}

/* A file in the target's folder that a kill leaves nothing of; -1 where there is no such thing. */
static int open_unnamed(const char *path, struct arena *scratch)
{
	int fd = -1;
#ifdef O_TMPFILE
	fd = open(folder_of(scratch, path), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
	/* Without /proc it could never get its name. */
	if (fd >= 0 && access(proc_path(fd, scratch), F_OK) != 0) {
		close(fd);
		fd = -1;
	}
#else
	(void)path;
	(void)scratch;
#endif
	return fd;
}

/*
 * Gives the file `fd` a name beside the target that nobody uses yet, hidden, in
 * case a kill leaves it behind; -1 for `fd` opens one. Returns it, or -1.
 */
static int name_aside(int fd, const char *path, struct arena *scratch, char **aside)
{
	const char *base = path_base(path);
	int named = -1;
	for (int attempt = 0; attempt < 100 && named < 0; attempt++) {
		char *name = arena_printf(scratch, "%.*s.%.200s.tmp-%ld-%d", (int)(base - path),
		    path, base, (long)getpid(), attempt);
		if (fd < 0) {
			named = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
			if (named >= 0 && file_claim(named) != 0) {
				close(named);
				named = -1;
				errno = EEXIST;
			}
		} else if (linkat(AT_FDCWD, proc_path(fd, scratch), AT_FDCWD, name,
		               AT_SYMLINK_FOLLOW) == 0)
			named = fd;
		if (named >= 0)
			*aside = name;
		else if (errno != EEXIST)
			break;
	}
	return named;
}

int file_write(const char *path, const void *bytes, size_t n, struct err *err)
{
	int rc = -1;
	struct arena scratch = { 0 };
	char *aside = NULL;
	file_sweep(path);
	int fd = open_unnamed(path, &scratch);
	if (fd < 0)
		fd = name_aside(-1, path, &scratch, &aside);
	else
		(void)flock(fd, LOCK_EX | LOCK_NB); /* before it gets its name */
	if (fd < 0) {
		err_sys(err, errno, _("cannot write '%s'"), path);
		goto out;
	}
	int failed = file_put(fd, bytes, n) != 0 || fsync(fd) != 0 ||
	             (!aside && name_aside(fd, path, &scratch, &aside) < 0);
	int cause = errno;
	if (close(fd) != 0 && !failed) {
		failed = 1;
		cause = errno;
	}
	if (!failed && rename(aside, path) != 0) {
		failed = 1;
		cause = errno;
	}
	if (failed) {
		if (aside)
			unlink(aside);
		err_sys(err, cause, _("cannot write '%s'"), path);
		goto out;
	}
	if (folder_sync(path) != 0) {
		err_sys(err, errno, _("cannot sync the folder of '%s'"), path);
		goto out;
	}
	rc = 0;
out:
	arena_release(&scratch);
	return rc;
}

int folder_make(const char *path, struct err *err)
{
	struct arena scratch = { 0 };
	char *part = arena_strdup(&scratch, path);
	int rc = 0;
	for (char *p = part + 1;; p++) {
		char c = *p;
		if (c != '/' && c != '\0')
			continue;
		*p = '\0';
		if (mkdir(part, 0777) != 0 && (errno != EEXIST || file_type(part) != FILE_FOLDER)) {
			rc = err_sys(err, errno, _("cannot make the folder '%s'"), part);
			break;
		}
		*p = c;
		if (c == '\0')
			break;
	}
	arena_release(&scratch);
	return rc;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

int folder_list(
    const char *path, struct arena *arena, char ***names, size_t *count, struct err *err)
{
	DIR *dir = opendir(path);
	if (!dir)
		return err_sys(err, errno, _("cannot read the folder '%s'"), path);
	char **list = NULL;
	size_t n = 0;
	errno = 0;
	for (struct dirent *entry; (entry = readdir(dir)) != NULL; errno = 0) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		list = arena_grow(arena, list, n, sizeof *list);
		list[n++] = arena_strdup(arena, entry->d_name);
	}
	int cause = errno;
	closedir(dir);
	if (cause)
		return err_sys(err, cause, _("cannot read the folder '%s'"), path);
	if (n)
		qsort(list, n, sizeof *list, by_name);
	*names = list;
	*count = n;
	return 0;
}
