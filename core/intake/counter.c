/*
 * counter.c: the counter (收件): hand-ins filed into the inbox.
 *
 * All that is written is made in inbox/.receiving first, synced, and renamed. The receipt goes
 * to its place before the hand-in does, so the renaming of the hand-in is the one moment at
 * which it is filed: before, there is a receipt that nobody reads; afterwards, all is there.
 */
#define _GNU_SOURCE /* flock, nftw, renameat2 */
#include "intake/counter.h"

#include "archive/digest.h"
#include "archive/name.h"
#include "archive/store.h"
#include "base/file.h"
#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { PIECE = 256 * 1024, WAIT_TRIES = 50 };

/* ---- folders ------------------------------------------------------------- */

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *where)
{
	(void)st;
	(void)where;
	if (type == FTW_DNR || type == FTW_DP || type == FTW_D)
		return rmdir(path);
	return unlink(path);
}

/* Removes a folder of our own and all in it, links themselves and not what they lead to. */
static int remove_tree(const char *path, struct err *err)
{
	struct stat st;
	if (lstat(path, &st) != 0 && errno == ENOENT)
		return 0;
	if (nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS) != 0)
		return err_sys(err, errno, _("cannot remove '%s'"), path);
	return 0;
}

static int sync_folder(const char *path, struct err *err)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	/* Some file systems cannot sync a folder; they answer EINVAL. */
	int failed = fd < 0 || (fsync(fd) != 0 && errno != EINVAL);
	if (failed)
		err_sys(err, errno, _("cannot sync the folder '%s'"), path);
	if (fd >= 0)
		close(fd);
	return failed ? -1 : 0;
}

static int move(const char *from, const char *to, struct err *err)
{
	if (rename(from, to) != 0)
		return err_sys(err, errno, _("cannot write '%s'"), to);
	return 0;
}

/* Never onto something that is there. */
static int move_new(const char *from, const char *to, struct err *err)
{
	struct stat st;
	if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
		return 0;
	if (errno != EINVAL && errno != ENOSYS)
		return err_sys(err, errno, _("cannot write '%s'"), to);
	/* A file system that cannot do it; the lock keeps others of this program away. */
	if (lstat(to, &st) == 0 || errno != ENOENT)
		return err_sys(err, EEXIST, _("cannot write '%s'"), to);
	return move(from, to, err);
}

static const char *receiving(struct counter *counter, const char *name)
{
	return arena_printf(
	    counter->arena, "%s/.receiving%s%s", counter->inbox, *name ? "/" : "", name);
}

static int take_back(const char *receipt, const char *handin, struct err *err)
{
	struct stat st;
	if (lstat(handin, &st) == 0)
		return 0; /* it was filed after all */
	if (errno != ENOENT)
		return err_sys(err, errno, _("cannot read '%s'"), handin);
	if (unlink(receipt) != 0 && errno != ENOENT)
		return err_sys(err, errno, _("cannot remove '%s'"), receipt);
	return 0;
}

/*
 * A receipt that was put in its place before its hand-in could follow; .receiving/filing tells both
 * paths. Any other receipt without a hand-in is of one that was filed, and taken away since.
 */
static int undo_filing(struct counter *counter, struct err *err)
{
	const char *filing = receiving(counter, "filing");
	struct buf paths = { 0 };
	struct err problem;
	struct stat st;
	int rc = 0;
	if (lstat(filing, &st) != 0)
		return errno == ENOENT ? 0 : err_sys(err, errno, _("cannot read '%s'"), filing);
	if (file_read(filing, 4 * PATH_MAX, &paths, &problem) == 0) {
		const char *receipt = buf_str(&paths), *handin = receipt + strlen(receipt) + 1;
		if (strlen(receipt) < paths.len && path_has_ending(receipt, RECEIPT_ENDING))
			rc = take_back(receipt, handin, err);
	} else if (problem.kind == ERR_SYSTEM) {
		*err = problem;
		rc = -1;
	}
	buf_release(&paths);
	return rc;
}

/* Waits for the lock; after a second somebody should know for what. */
static int lock_it(int fd, counter_waits *waits, void *self)
{
	for (int tries = 0; tries < WAIT_TRIES; tries++) {
		const struct timespec pause = { .tv_nsec = 1000000000 / WAIT_TRIES };
		if (flock(fd, LOCK_EX | LOCK_NB) == 0)
			return 0;
		if (errno != EWOULDBLOCK && errno != EINTR)
			return -1;
		nanosleep(&pause, NULL);
	}
	waits(self);
	while (flock(fd, LOCK_EX) != 0)
		if (errno != EINTR)
			return -1;
	return 0;
}

int counter_open(struct counter *counter, const char *inbox, struct arena *arena,
    counter_waits *waits, void *self, struct err *err)
{
	*counter = (struct counter){ .arena = arena, .inbox = inbox, .lock = -1 };
	if (folder_make(inbox, err) != 0)
		return -1;
	const char *path = path_join(arena, inbox, ".lock");
	counter->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
	if (counter->lock < 0 || lock_it(counter->lock, waits, self) != 0)
		return err_sys(err, errno, _("cannot lock '%s'"), path);
	if (undo_filing(counter, err) != 0) {
		counter->unfinished = 1;
		return -1;
	}
	return remove_tree(receiving(counter, ""), err);
}

void counter_close(struct counter *counter)
{
	struct err ignored;
	if (!counter->arena || counter->lock < 0)
		return;
	if (!counter->unfinished)
		remove_tree(receiving(counter, ""), &ignored); /* else the next one does */
	close(counter->lock);
	counter->lock = -1;
}

/* ---- taking ---------------------------------------------------------------- */

/* A file being written, and what was written. */
struct copy {
	int fd; /* -1: only the digest is wanted */
	struct digest *digest;
	uint64_t size;
	int failed; /* errno */
};

static int copy_piece(void *self, const void *bytes, size_t n)
{
	struct copy *copy = self;
	digest_add(copy->digest, bytes, n);
	copy->size += n;
	if (copy->fd < 0 || file_put(copy->fd, bytes, n) == 0)
		return 0;
	copy->failed = errno;
	return -1;
}

/* `path` NULL: nothing is written. */
static int copy_begin(struct copy *copy, const char *path, struct err *err)
{
	*copy = (struct copy){ .fd = -1 };
	if (path) {
		copy->fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		if (copy->fd < 0)
			return err_sys(err, errno, _("cannot write '%s'"), path);
	}
	copy->digest = digest_new("sha256");
	return 0;
}

/* Ends the copy after reading ended with `rc`; what failed in writing comes first. */
static int copy_end(
    struct copy *copy, const char *path, char hex[DIGEST_HEX_MAX], int rc, struct err *err)
{
	digest_end(copy->digest, hex);
	if (copy->fd < 0)
		return rc;
	if (!copy->failed && rc == 0 && fsync(copy->fd) != 0)
		copy->failed = errno;
	if (close(copy->fd) != 0 && rc == 0 && !copy->failed)
		copy->failed = errno;
	return copy->failed ? err_sys(err, copy->failed, _("cannot write '%s'"), path) : rc;
}

static int changed(const char *path, struct err *err)
{
	return err_set(err, ERR_USAGE, _("'%s' changed while it was being read: try again"), path);
}

static int is_same_time(const struct timespec *a, const struct timespec *b)
{
	return a->tv_sec == b->tv_sec && a->tv_nsec == b->tv_nsec;
}

/* Whether nothing was written to the file between the two looks at it. */
static int is_still(const struct stat *before, const struct stat *after)
{
	return before->st_dev == after->st_dev && before->st_ino == after->st_ino &&
	       before->st_size == after->st_size &&
	       is_same_time(&before->st_mtim, &after->st_mtim) &&
	       is_same_time(&before->st_ctim, &after->st_ctim);
}

static int read_file(int fd, const char *path, struct copy *copy, struct err *err)
{
	char *piece = mem_alloc(PIECE);
	struct stat before, after;
	int rc = -1;
	if (fstat(fd, &before) != 0) {
		err_sys(err, errno, _("cannot read '%s'"), path);
		goto out;
	}
	for (;;) {
		ssize_t n = read(fd, piece, PIECE);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			err_sys(err, errno, _("cannot read '%s'"), path);
			goto out;
		}
		if (n == 0 || copy->size > (uint64_t)before.st_size)
			break;
		if (copy_piece(copy, piece, (size_t)n) != 0)
			goto out;
	}
	/* A download that has not ended yet. */
	if (fstat(fd, &after) != 0)
		err_sys(err, errno, _("cannot read '%s'"), path);
	else if (!is_still(&before, &after) || (uint64_t)after.st_size != copy->size)
		changed(path, err);
	else
		rc = 0;
out:
	free(piece);
	return rc;
}

static int take_file(const char *path, const char *to, struct taken *taken, struct err *err)
{
	struct copy copy;
	char hex[DIGEST_HEX_MAX];
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return err_sys(err, errno, _("cannot read '%s'"), path);
	int rc = copy_begin(&copy, to, err);
	if (rc == 0)
		rc = copy_end(&copy, to, hex, read_file(fd, path, &copy, err), err);
	close(fd);
	if (rc == 0) {
		memcpy(taken->sha256, hex, sizeof taken->sha256);
		taken->size = copy.size;
	}
	return rc;
}

/* The folders above `path`, below `root`, which is there. */
static int make_above(const char *root, char *path, struct err *err)
{
	int rc = 0;
	for (char *slash = path + strlen(root) + 1; rc == 0 && (slash = strchr(slash, '/'));
	     slash++) {
		*slash = '\0';
		if (mkdir(path, 0777) != 0 && errno != EEXIST)
			rc = err_sys(err, errno, _("cannot make the folder '%s'"), path);
		*slash = '/';
	}
	return rc;
}

static int sync_one(const char *path, const struct stat *st, int type, struct FTW *where)
{
	struct err ignored;
	(void)st;
	(void)where;
	return type == FTW_DP ? sync_folder(path, &ignored) : 0;
}

static int take_member(struct store *store, const struct store_file *file, const char *to,
    struct taken *taken, char hex[DIGEST_HEX_MAX], struct err *err)
{
	struct arena scratch = { 0 };
	struct copy copy;
	struct stat before, after;
	const char *from = store_file_path(store, file, &scratch);
	char *path = to ? arena_printf(&scratch, "%s/%s", to, file->name) : NULL;
	int rc = -1;
	if (!file->readable) {
		err_set(err, ERR_USAGE, _("'%s/%s' cannot be taken: %s"), store_path(store),
		    file->name, _(file->problem));
		goto out;
	}
	if (lstat(from, &before) != 0) {
		err_sys(err, errno, _("cannot read '%s'"), from);
		goto out;
	}
	if ((to && make_above(to, path, err) != 0) || copy_begin(&copy, path, err) != 0)
		goto out;
	rc = copy_end(&copy, path, hex, store_stream(store, file, copy_piece, &copy, err), err);
	taken->size += copy.size;
	if (rc == 0 && (lstat(from, &after) != 0 || !is_still(&before, &after)))
		rc = changed(from, err);
out:
	arena_release(&scratch);
	return rc;
}

enum litter { WITH_LITTER, WITHOUT_LITTER };

static int take_members(
    struct store *store, const char *to, enum litter litter, struct taken *taken, struct err *err)
{
	size_t count;
	const struct store_file *files = store_files(store, &count);
	struct digest *list = digest_new("sha256");
	char hex[DIGEST_HEX_MAX];
	int rc = 0;
	for (size_t i = 0; i < count && rc == 0; i++) {
		if (litter == WITHOUT_LITTER && files[i].litter)
			continue;
		rc = take_member(store, &files[i], to, taken, hex, err);
		if (rc != 0)
			break;
		digest_add(list, hex, strlen(hex));
		digest_add(list, "  ", 2);
		digest_add(list, files[i].name, strlen(files[i].name));
		digest_add(list, "\n", 1);
	}
	digest_end(list, hex);
	memcpy(taken->sha256, hex, sizeof taken->sha256);
	return rc;
}

/* Whether the folder holds the files that it held when it was listed first. */
static int check_list(struct store *store, struct arena *arena, struct err *err)
{
	struct store *again;
	size_t count, now;
	const struct store_file *files = store_files(store, &count);
	if (store_open(&again, store_path(store), NULL, 0, arena, err) != 0)
		return -1;
	const struct store_file *others = store_files(again, &now);
	int same = now == count;
	for (size_t i = 0; same && i < count; i++)
		same =
		    strcmp(files[i].name, others[i].name) == 0 && files[i].size == others[i].size;
	store_close(again);
	return same ? 0 : changed(store_path(store), err);
}

static int too_large(const char *path, uint64_t limit, struct err *err)
{
	return err_set(err, ERR_INPUT,
	    _("'%s' is larger than the %llu megabytes that [limits] allows, and was not copied"),
	    path, (unsigned long long)(limit >> 20));
}

static int check_size(struct store *store, uint64_t limit, struct err *err)
{
	size_t count;
	const struct store_file *files = store_files(store, &count);
	uint64_t total = 0;
	for (size_t i = 0; i < count && total <= limit; i++)
		total += files[i].size;
	return total > limit ? too_large(store_path(store), limit, err) : 0;
}

static int take_folder(const char *path, const char *to, uint64_t limit, struct taken *taken,
    struct arena *arena, struct err *err)
{
	struct store *store;
	if (store_open(&store, path, NULL, 0, arena, err) != 0)
		return -1;
	int rc = check_size(store, limit, err);
	if (rc == 0 && mkdir(to, 0777) != 0)
		rc = err_sys(err, errno, _("cannot make the folder '%s'"), to);
	if (rc == 0)
		rc = take_members(store, to, WITH_LITTER, taken, err);
	if (rc == 0)
		rc = check_list(store, arena, err);
	store_close(store);
	if (rc == 0 && nftw(to, sync_one, 16, FTW_DEPTH | FTW_PHYS) != 0)
		rc = err_sys(err, errno, _("cannot sync the folder '%s'"), to);
	return rc;
}

int counter_take(
    struct counter *counter, const char *path, uint64_t limit, struct taken *taken, struct err *err)
{
	char whole[PATH_MAX];
	struct stat st;
	enum file_type type = file_type(path);
	*taken = (struct taken){ .folder = type == FILE_FOLDER };
	if (type == FILE_NONE)
		return err_set(err, ERR_USAGE, _("there is no '%s'"), path);
	if (type == FILE_OTHER || !realpath(path, whole) || stat(path, &st) != 0)
		return err_set(err, ERR_USAGE, _("'%s' is neither a file nor a folder"), path);
	/* What a zip has beside its files' bytes is little. */
	if (!taken->folder && (uint64_t)st.st_size / 2 > limit)
		return too_large(path, limit, err);
	taken->name = arena_strdup(counter->arena, path_base(whole));
	taken->path = receiving(counter, taken->folder ? "handin" : "handin.zip");
	if (remove_tree(receiving(counter, ""), err) != 0)
		return -1;
	if (mkdir(receiving(counter, ""), 0777) != 0)
		return err_sys(
		    err, errno, _("cannot make the folder '%s'"), receiving(counter, ""));
	return taken->folder ? take_folder(path, taken->path, limit, taken, counter->arena, err)
	                     : take_file(path, taken->path, taken, err);
}

static int digest_once(
    const char *path, enum litter litter, char hex[HANDIN_DIGEST_SIZE], struct err *err)
{
	struct arena scratch = { 0 };
	struct taken taken = { 0 };
	struct store *store;
	int rc = -1;
	if (file_type(path) != FILE_FOLDER) {
		rc = take_file(path, NULL, &taken, err);
	} else if (store_open(&store, path, NULL, 0, &scratch, err) == 0) {
		rc = take_members(store, NULL, litter, &taken, err);
		store_close(store);
	}
	memcpy(hex, taken.sha256, sizeof taken.sha256);
	arena_release(&scratch);
	return rc;
}

int handin_digest(const char *path, char hex[HANDIN_DIGEST_SIZE], struct err *err)
{
	return digest_once(path, WITH_LITTER, hex, err);
}

int handin_is(const char *path, const char *sha256, struct err *err)
{
	char hex[HANDIN_DIGEST_SIZE];
	/* Whoever only opens a folder may leave a Thumbs.db in it. */
	int tries = file_type(path) == FILE_FOLDER ? 2 : 1;
	for (int i = 0; i < tries; i++) {
		struct err problem = { 0 };
		int rc = digest_once(path, i ? WITHOUT_LITTER : WITH_LITTER, hex, &problem);
		if (rc != 0 && problem.kind == ERR_SYSTEM) {
			*err = problem;
			return -1;
		}
		if (rc == 0 && strcmp(hex, sha256) == 0)
			return 1;
	}
	return 0;
}

/* ---- filing ---------------------------------------------------------------- */

static int is_zip(const char *name)
{
	return path_has_ending(name, ".zip") || path_has_ending(name, ".ZIP");
}

/*
 * What a path leads to: 0, or 1 if there is nothing; -1 if it cannot be told, which must not send a
 * hand-in to another shelf.
 */
static int look(const char *path, struct stat *st, struct err *err)
{
	struct stat of_link;
	if (lstat(path, &of_link) != 0)
		return errno == ENOENT ? 1 : err_sys(err, errno, _("cannot read '%s'"), path);
	if (!S_ISLNK(of_link.st_mode) || stat(path, st) != 0)
		*st = of_link;
	return 0;
}

/* Whether hand-ins can lie side by side in the folder: no file says that it is one itself. */
static int is_shelf(const char *path, struct arena *arena, struct err *err)
{
	char **names;
	size_t count;
	struct stat st;
	int nothing = look(path, &st, err);
	if (nothing != 0)
		return nothing;
	if (!S_ISDIR(st.st_mode))
		return 0;
	if (folder_list(path, arena, &names, &count, err) != 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		if (*names[i] == '.' || is_zip(names[i]) ||
		    path_has_ending(names[i], RECEIPT_ENDING) || name_is_litter(names[i]))
			continue;
		nothing = look(path_join(arena, path, names[i]), &st, err);
		if (nothing < 0)
			return -1;
		if (!nothing && !S_ISDIR(st.st_mode))
			return 0;
	}
	return 1;
}

const char *counter_shelf(struct counter *counter, const char *department, struct err *err)
{
	/* No department's id has a hyphen. */
	static const char *const endings[] = { "", "-received" };
	for (size_t i = 0; i < 2; i++) {
		const char *path =
		    arena_printf(counter->arena, "%s/%s%s", counter->inbox, department, endings[i]);
		int usable = is_shelf(path, counter->arena, err);
		if (usable)
			return usable > 0 ? path : NULL;
	}
	err_set(err, ERR_USAGE,
	    _("nothing can be filed in '%s/%s-received': it is not the counter's"), counter->inbox,
	    department);
	return NULL;
}

/* The number of "7", "7.zip" or "7.receipt.ini"; 0 of any other name, or if it is none of ours. */
static int number_of(const char *name)
{
	char *end;
	long number = *name >= '1' && *name <= '9' ? strtol(name, &end, 10) : 0;
	if (number == 0 || number >= RECEIPT_REVISION_END ||
	    (*end && strcasecmp(end, ".zip") != 0 && strcmp(end, RECEIPT_ENDING) != 0))
		return 0;
	return (int)number;
}

int counter_next(struct counter *counter, const char *department, const char *shelf,
    const struct intake *intake, int *revision, struct err *err)
{
	char **names;
	size_t count = 0;
	int last = 0;
	for (size_t i = 0; i < intake->count; i++)
		if (strcmp(intake->items[i].department->id, department) == 0 &&
		    intake->items[i].revision > last &&
		    intake->items[i].revision < RECEIPT_REVISION_END)
			last = intake->items[i].revision;
	if (file_type(shelf) == FILE_FOLDER &&
	    folder_list(shelf, counter->arena, &names, &count, err) != 0)
		return -1;
	for (size_t i = 0; i < count; i++)
		if (number_of(names[i]) > last)
			last = number_of(names[i]);
	if (last + 1 >= RECEIPT_REVISION_END)
		return err_set(err, ERR_USAGE, _("'%s' has no room for another revision"), shelf);
	*revision = last + 1;
	return 0;
}

static const char *filed_name(struct counter *counter, const struct taken *taken, int revision)
{
	return arena_printf(counter->arena, "%d%s", revision, taken->folder ? "" : ".zip");
}

const char *counter_place(
    struct counter *counter, const struct taken *taken, const char *shelf, int revision)
{
	return path_join(counter->arena, shelf, filed_name(counter, taken, revision));
}

int counter_file(struct counter *counter, const struct taken *taken, const char *shelf,
    struct receipt *receipt, struct err *err)
{
	struct arena *arena = counter->arena;
	const char *place = counter_place(counter, taken, shelf, receipt->revision);
	const char *name = arena_printf(arena, "%d%s", receipt->revision, RECEIPT_ENDING);
	receipt->file = path_base(place);
	receipt->path = path_join(arena, shelf, name);
	if (file_type(shelf) == FILE_NONE) { /* a new shelf comes with its first hand-in on it */
		const char *aside = receiving(counter, "shelf");
		if (mkdir(aside, 0777) != 0)
			return err_sys(err, errno, _("cannot make the folder '%s'"), aside);
		if (receipt_write(receipt, path_join(arena, aside, name), err) != 0 ||
		    move(taken->path, path_join(arena, aside, receipt->file), err) != 0 ||
		    sync_folder(aside, err) != 0 || move_new(aside, shelf, err) != 0)
			return -1;
		return sync_folder(counter->inbox, err);
	}
	const char *aside = receiving(counter, name), *filing = receiving(counter, "filing");
	struct buf paths = { 0 };
	buf_add(&paths, receipt->path, strlen(receipt->path) + 1);
	buf_add(&paths, place, strlen(place) + 1);
	int rc = -1;
	if (receipt_write(receipt, aside, err) != 0 ||
	    file_write(filing, buf_str(&paths), paths.len, err) != 0 ||
	    move_new(aside, receipt->path, err) != 0)
		goto out;
	if (sync_folder(shelf, err) != 0 || move_new(taken->path, place, err) != 0) {
		counter->unfinished = unlink(receipt->path) != 0;
		goto out;
	}
	rc = sync_folder(shelf, err);
out:
	buf_release(&paths);
	return rc;
}

int counter_refuse(struct counter *counter, const struct taken *taken, const char *report,
    const char **place, struct err *err)
{
	struct arena *arena = counter->arena;
	const char *folder = path_join(arena, counter->inbox, ".refused");
	const char *safe = name_problem(taken->name) ? "handin" : name_safe(arena, taken->name);
	*place = arena_printf(arena, "%s/%.12s-%s", folder, taken->sha256, safe);
	int is = file_type(*place) == FILE_NONE ? 1 : handin_is(*place, taken->sha256, err);
	if (is < 0)
		return -1;
	if (!is) /* twelve digits are alike, or that one was altered since */
		*place = arena_printf(arena, "%s/%s-%s", folder, taken->sha256, safe);
	if (folder_make(folder, err) != 0)
		return -1;
	const char *aside = receiving(counter, "report");
	if (file_write(aside, report, strlen(report), err) != 0 ||
	    move(aside, arena_printf(arena, "%s.report.txt", *place), err) != 0)
		return -1;
	if (file_type(*place) == FILE_NONE && move_new(taken->path, *place, err) != 0) {
		unlink(arena_printf(arena, "%s.report.txt", *place));
		return -1;
	}
	return sync_folder(folder, err);
}

int counter_amend(
    struct counter *counter, const char *path, struct receipt *receipt, struct err *err)
{
	const char *aside = receiving(counter, "receipt");
	char *folder = arena_strndup(counter->arena, path, (size_t)(path_base(path) - path));
	receipt->file = path_base(path);
	receipt->path = receipt_path(counter->arena, path);
	if (mkdir(receiving(counter, ""), 0777) != 0 && errno != EEXIST)
		return err_sys(
		    err, errno, _("cannot make the folder '%s'"), receiving(counter, ""));
	if (receipt_write(receipt, aside, err) != 0 || move(aside, receipt->path, err) != 0)
		return -1;
	return sync_folder(*folder ? folder : ".", err);
}
