/* store_folder.c: a folder as a store. No link is ever followed below it. */
#include "archive/name.h"
#include "archive/store_impl.h"
#include "base/i18n.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int walk(struct store *store, int fd, const char *prefix, unsigned depth, struct err *err);

static const char *kind_problem(mode_t mode)
{
	if (S_ISREG(mode))
		return NULL;
	return S_ISLNK(mode) ? N_("it is a symbolic link") : N_("it is no regular file");
}

static int enter(struct store *store, int parent, const char *part, const char *name,
    unsigned depth, struct err *err)
{
	/* It was a folder a moment ago; O_NOFOLLOW makes sure it was not swapped for a link. */
	int fd = openat(parent, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (fd < 0)
		return err_sys(err, errno, _("cannot read the folder '%s/%s'"), store->path, name);
	if (depth >= store->limits.depth) {
		close(fd);
		return err_input(err,
		    N_("its folders are nested deeper than [limits] depth allows"),
		    _("cannot open '%s'"), store->path);
	}
	return walk(store, fd, arena_printf(store->arena, "%s/", name), depth + 1, err);
}

static int take(struct store *store, int fd, const char *prefix, const char *part, unsigned depth,
    struct err *err)
{
	char *name = arena_printf(store->arena, "%s%s", prefix, part);
	struct store_file file = { .name = name, .litter = name_is_litter(name) };
	struct stat st;

	if (fstatat(fd, part, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return err_sys(err, errno, _("cannot read '%s/%s'"), store->path, name);
	if (S_ISDIR(st.st_mode))
		return enter(store, fd, part, name, depth, err);
	file.problem = kind_problem(st.st_mode);
	file.readable = file.problem == NULL;
	file.size = file.readable ? (uint64_t)st.st_size : 0;
	if (!file.problem)
		file.problem = name_problem(name);
	if (file.size > store->limits.total_bytes - store->total)
		return err_input(err,
		    N_("its files hold more bytes than [limits] megabytes allows"),
		    _("cannot open '%s'"), store->path);
	return store_add(store, &file, err);
}

/* Lists what is below an open folder, and closes it. */
static int walk(struct store *store, int fd, const char *prefix, unsigned depth, struct err *err)
{
	DIR *dir = fdopendir(fd);
	struct dirent *entry;
	int rc = -1;

	if (!dir) {
		err_sys(err, errno, _("cannot read the folder '%s/%s'"), store->path, prefix);
		close(fd);
		return -1;
	}
	while (errno = 0, (entry = readdir(dir)) != NULL) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if (take(store, fd, prefix, entry->d_name, depth, err) != 0)
			goto out;
	}
	if (errno != 0) {
		err_sys(err, errno, _("cannot read the folder '%s/%s'"), store->path, prefix);
		goto out;
	}
	rc = 0;
out:
	closedir(dir);
	return rc;
}

int store_folder_fill(struct store *store, struct err *err)
{
	/* A second descriptor: the walk closes its own, and reading needs one for good. */
	int fd = openat(store->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return err_sys(err, errno, _("cannot read the folder '%s'"), store->path);
	return walk(store, fd, "", 0, err);
}

/* Opens a file part by part, so that no folder on the way can be a link. -1 with errno. */
static int open_below(int root, const char *name)
{
	char *path = mem_alloc(strlen(name) + 1), *part = path, *slash;
	int fd = root, cause;

	strcpy(path, name);
	while (fd >= 0 && (slash = strchr(part, '/')) != NULL) {
		int next;

		*slash = '\0';
		next = openat(fd, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		cause = errno;
		if (fd != root)
			close(fd);
		errno = cause;
		fd = next;
		part = slash + 1;
	}
	if (fd >= 0) {
		int file =
		    openat(fd, part, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

		cause = errno;
		if (fd != root)
			close(fd);
		errno = cause;
		fd = file;
	}
	cause = errno;
	free(path);
	errno = cause;
	return fd;
}

static int changed(const struct store *store, const struct store_file *file, struct err *err)
{
	return err_set(err, ERR_SYSTEM,
	    _("cannot read '%s/%s': it changed while it was being read"), store->path, file->name);
}

int store_folder_stream(const struct store *store, const struct store_file *file, store_sink *sink,
    void *self, struct err *err)
{
	char *piece = NULL;
	uint64_t total = 0;
	struct stat st;
	int rc = -1, fd = open_below(store->fd, file->name);

	if (fd < 0 || fstat(fd, &st) != 0) {
		err_sys(err, errno, _("cannot read '%s/%s'"), store->path, file->name);
		goto out;
	}
	if (!S_ISREG(st.st_mode) || (uint64_t)st.st_size != file->size) {
		changed(store, file, err);
		goto out;
	}
	piece = mem_alloc(STORE_PIECE);
	for (;;) {
		ssize_t n = read(fd, piece, STORE_PIECE);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			err_sys(err, errno, _("cannot read '%s/%s'"), store->path, file->name);
			goto out;
		}
		total += (uint64_t)n;
		if (total > file->size || (n == 0 && total != file->size)) {
			changed(store, file, err);
			goto out;
		}
		if (n == 0)
			break;
		if (sink(self, piece, (size_t)n) != 0) {
			err_set(err, ERR_SYSTEM, _("cannot read '%s/%s': interrupted"), store->path,
			    file->name);
			goto out;
		}
	}
	rc = 0;
out:
	if (fd >= 0)
		close(fd);
	free(piece);
	return rc;
}
