/*
 * zip_writer.c: the pipeline behind a zip. zip_close() pulls entries in order;
 * worker threads stay a bounded number of entries ahead of it.
 *
 *   worker   claims the next entry, reads, digests and compresses it in memory
 *   writer   zip_close() in the caller's thread: waits for the entry whose turn
 *            it is (or does it itself if nobody began it), makes late entries,
 *            streams big files, copies within the zip what is in it already
 *
 * An entry belongs to whoever moved its stage from WAITING to STARTED, until
 * he moves it on under the lock; then it is the writer's. All that knows of
 * these stages is in this one file, which is long for it.
 */
#include "archive/zip_writer.h"

#include "archive/deflate.h"
#include "archive/digest.h"
#include "archive/zip_check.h"
#include "archive/zip_sink.h"
#include "base/arena.h"
#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

enum {
	IN_MEMORY = 16 << 20, /* files up to this are read whole */
	AHEAD = 64 << 20,     /* content in flight, in bytes */
	ENTRIES_AHEAD = 256,  /* the same in entries */
	THREADS_MAX = 64,
	STREAM_LEVEL = 6, /* of libzip's deflate; fixed, for same bytes */
	PROGRESS_STEP = 4 << 20,
	CHECK_SHARE = 4 /* reading again takes a fourth of the time, more or less */
};

#define DOS_DATE_1980 0x0021 /* 1980-01-01, the earliest there is */

enum content { CONTENT_BYTES, CONTENT_FILE, CONTENT_MEMBER, CONTENT_LATE };

enum stage { STAGE_WAITING, STAGE_STARTED, STAGE_READY, STAGE_FAILED };

/* One pass makes both; `sm3` is NULL unless it is wanted. */
struct sums {
	struct digest *sha256, *sm3;
};

struct entry {
	struct zip_writer *writer;
	size_t index;
	char *name;
	enum content kind;
	char *path;
	struct store *store; /* of a member; not for several threads at once */
	const struct store_file *file;
	zip_late *make;
	void *self;

	enum stage stage; /* under the lock */
	uint64_t size;    /* of bytes and files: as found when the commit began */
	struct timespec mtime;
	dev_t device;
	ino_t inode;
	struct entry *first; /* the same file, further up: it is read once, and copied from there */

	struct buf content; /* as it goes into the zip, unless it streams */
	int deflated;
	uint32_t crc;
	struct err *err; /* why it failed */

	/* Touched by the writer's thread only. */
	int begun;   /* its turn has come */
	size_t at;   /* how much of `content` libzip has taken */
	int streams; /* a big file, read while libzip writes (set before there are threads) */
	int fd;
	struct sums sums;
	uint64_t streamed;
	uint64_t place, packed; /* where its bytes stand in the zip, and how many, once written */
};

struct zip_writer {
	char *path;
	unsigned threads;
	int within;     /* goes into memory: what is packed again, or opened tomorrow */
	int undigested; /* that, and no late entry that could ask */
	int wants_sm3;
	const char *const *beside; /* see zip_writer_beside(); NULL: none */
	struct entry *entries;
	size_t count, room;

	zip_inspect *inspect;
	void *inspect_self;

	/* From here on: while committing. */
	zip_t *zip;
	struct zip_sink *sink;
	struct zip_entry *done;
	zip_progress *progress;
	void *progress_self;
	uint64_t bytes_done, bytes_total, bytes_told;
	const struct err *failure; /* of the entry that ended it */
	struct deflater *deflater; /* the writer thread's own */

	pthread_mutex_t members; /* around reading out of stores */
	pthread_mutex_t lock;
	pthread_cond_t moved; /* a stage, the turn, the bytes in flight */
	size_t next;          /* nothing before it is WAITING for a worker */
	size_t turn;          /* entries before it are written */
	uint64_t in_flight;
	int stop;
};

/* ---- what is to be written --------------------------------------------- */

static char *copy(const char *text)
{
	size_t n = strlen(text) + 1;

	return memcpy(mem_alloc(n), text, n);
}

struct zip_writer *zip_writer_new(const char *path, unsigned threads)
{
	struct zip_writer *w = mem_alloc(sizeof *w);

	memset(w, 0, sizeof *w);
	w->path = copy(path);
	w->threads = threads < THREADS_MAX ? threads : THREADS_MAX;
	return w;
}

int zip_writer_want_sm3(struct zip_writer *w, struct err *err)
{
	struct digest *digest = digest_new("sm3");

	if (!digest)
		return err_set(err, ERR_SYSTEM,
		    _("cannot write '%s': OpenSSL was built without SM3"), w->path);
	digest_free(digest);
	w->wants_sm3 = 1;
	return 0;
}

void zip_writer_beside(struct zip_writer *w, const char *const *endings)
{
	w->beside = endings;
}

static struct entry *add(struct zip_writer *w, const char *name, enum content kind)
{
	struct entry *e;

	if (w->count == w->room) {
		w->room = w->room ? w->room * 2 : 64;
		w->entries = mem_realloc(w->entries, w->room * sizeof *w->entries);
	}
	e = &w->entries[w->count];
	memset(e, 0, sizeof *e);
	e->writer = w;
	e->index = w->count++;
	e->name = copy(name);
	e->kind = kind;
	e->fd = -1;
	return e;
}

void zip_writer_add_bytes(struct zip_writer *w, const char *name, struct buf *content)
{
	struct entry *e = add(w, name, CONTENT_BYTES);

	e->content = *content;
	e->size = content->len;
	*content = (struct buf){ 0 };
}

void zip_writer_add_file(struct zip_writer *w, const char *name, const char *path)
{
	add(w, name, CONTENT_FILE)->path = copy(path);
}

void zip_writer_add_member(
    struct zip_writer *w, const char *name, struct store *store, const struct store_file *file)
{
	struct entry *e = add(w, name, CONTENT_MEMBER);

	e->path = copy(file->name);
	e->store = store;
	e->file = file;
	e->size = file->size;
	e->streams = e->size > IN_MEMORY;
}

void zip_writer_add_late(struct zip_writer *w, const char *name, zip_late *make, void *self)
{
	struct entry *e = add(w, name, CONTENT_LATE);

	e->make = make;
	e->self = self;
}

size_t zip_writer_count(const struct zip_writer *w)
{
	return w->count;
}

void zip_writer_inspect(struct zip_writer *w, zip_inspect *inspect, void *self)
{
	w->inspect = inspect;
	w->inspect_self = self;
}

static void entry_release(struct entry *e)
{
	buf_release(&e->content);
	digest_free(e->sums.sha256);
	digest_free(e->sums.sm3);
	if (e->fd >= 0)
		close(e->fd);
	free(e->err);
	free(e->name);
	free(e->path);
}

void zip_writer_drop(struct zip_writer *w)
{
	if (!w)
		return;
	for (size_t i = 0; i < w->count; i++)
		entry_release(&w->entries[i]);
	deflater_free(w->deflater);
	free(w->entries);
	free(w->done);
	free(w->path);
	free(w);
}

/* ---- one entry --------------------------------------------------------- */

static int changed(const struct entry *e, struct err *err)
{
	return err_set(
	    err, ERR_SYSTEM, _("cannot pack '%s': it changed while it was being read"), e->path);
}

/* Whether the file is still what it was when the commit began. */
static int check_same(const struct entry *e, struct err *err)
{
	struct stat st;

	if (fstat(e->fd, &st) != 0)
		return err_sys(err, errno, _("cannot read '%s'"), e->path);
	if ((uint64_t)st.st_size != e->size || st.st_ino != e->inode ||
	    st.st_mtim.tv_sec != e->mtime.tv_sec || st.st_mtim.tv_nsec != e->mtime.tv_nsec)
		return changed(e, err);
	return 0;
}

/* Opens the file of an entry that needs one. */
static int open_file(struct entry *e, struct err *err)
{
	/* O_NONBLOCK: a pipe that took the file's place must not hang us. */
	e->fd = open(e->path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (e->fd < 0)
		return err_sys(err, errno, _("cannot read '%s'"), e->path);
	return check_same(e, err);
}

/* Reads `n` bytes, fewer only at the end of the file. */
static int read_some(const struct entry *e, void *to, size_t n, size_t *got, struct err *err)
{
	*got = 0;
	while (*got < n) {
		ssize_t piece = read(e->fd, (char *)to + *got, n - *got);

		if (piece == 0)
			break;
		if (piece > 0)
			*got += (size_t)piece;
		else if (errno != EINTR)
			return err_sys(err, errno, _("cannot read '%s'"), e->path);
	}
	return 0;
}

static int read_whole(struct entry *e, struct err *err)
{
	size_t size = (size_t)e->size, got;

	if (open_file(e, err) != 0)
		return -1;
	/* One byte more than there should be, to see that there is not. */
	buf_reserve(&e->content, size + 1);
	if (read_some(e, e->content.data, size + 1, &got, err) != 0)
		return -1;
	if (got != size)
		return changed(e, err);
	if (check_same(e, err) != 0)
		return -1;
	e->content.len = got;
	close(e->fd);
	e->fd = -1;
	return 0;
}

static enum deflate_level level_of(const struct zip_writer *w)
{
	return w->within ? DEFLATE_QUICK : DEFLATE_KEPT;
}

static struct sums sums_new(const struct entry *e)
{
	return (struct sums){ e->writer->undigested ? NULL : digest_new("sha256"),
		e->writer->wants_sm3 ? digest_new("sm3") : NULL };
}

static void sums_add(const struct sums *sums, const void *bytes, size_t n)
{
	if (sums->sha256)
		digest_add(sums->sha256, bytes, n);
	if (sums->sm3)
		digest_add(sums->sm3, bytes, n);
}

static void sums_end(struct sums *sums, struct entry *e)
{
	struct zip_entry *done = &e->writer->done[e->index];
	char hex[DIGEST_HEX_MAX];

	if (sums->sha256) {
		digest_end(sums->sha256, hex);
		memcpy(done->sha256, hex, sizeof done->sha256);
	}
	if (sums->sm3) {
		digest_end(sums->sm3, hex);
		memcpy(done->sm3, hex, sizeof done->sm3);
	}
	*sums = (struct sums){ 0 };
}

/* Digests, CRC and compression of content that is in memory. */
static void finish(struct entry *e, struct deflater *deflater)
{
	struct sums sums = sums_new(e);
	const void *bytes = buf_str(&e->content);
	size_t n = e->content.len, packed_n = 0;
	struct buf packed = { 0 };

	sums_add(&sums, bytes, n);
	sums_end(&sums, e);
	e->crc = deflate_crc(bytes, n);
	e->size = n;
	if (n <= DEFLATE_PROBE || deflate_worth(deflater, bytes, DEFLATE_PROBE)) {
		buf_reserve(&packed, n);
		packed_n = deflate_pack(deflater, bytes, n, packed.data);
	}
	if (packed_n == 0) {
		buf_release(&packed);
		return;
	}
	buf_release(&e->content);
	/* What waits for its turn should not hold more memory than it fills. */
	packed.data = mem_realloc(packed.data, packed_n + 1);
	packed.cap = packed_n + 1;
	packed.len = packed_n;
	e->content = packed;
	e->deflated = 1;
}

static int read_member(struct entry *e, struct err *err)
{
	int rc;

	pthread_mutex_lock(&e->writer->members);
	rc = store_read(e->store, e->file, e->size, &e->content, err);
	pthread_mutex_unlock(&e->writer->members);
	return rc;
}

/* Does all that can be done without libzip. The entry is STARTED, and ours. */
static int prepare(struct entry *e, struct deflater *deflater)
{
	struct err err;
	int rc = 0;

	if (e->kind == CONTENT_FILE)
		rc = read_whole(e, &err);
	else if (e->kind == CONTENT_MEMBER)
		rc = read_member(e, &err);
	if (rc != 0) {
		e->err = mem_alloc(sizeof err);
		*e->err = err;
		return -1;
	}
	finish(e, deflater);
	return 0;
}

/* ---- the workers ------------------------------------------------------- */

static int for_worker(const struct entry *e)
{
	return e->stage == STAGE_WAITING && e->kind != CONTENT_LATE && !e->streams && !e->first;
}

/* What of its content waits in memory for its turn. */
static uint64_t weight(const struct entry *e)
{
	return e->kind == CONTENT_LATE || e->streams || e->first ? 0 : e->size;
}

/* The next entry that a worker may begin, NULL when there will be none. Called with the lock. */
static struct entry *claim(struct zip_writer *w)
{
	while (!w->stop) {
		struct entry *e;

		while (w->next < w->count && !for_worker(&w->entries[w->next]))
			w->next++;
		if (w->next == w->count)
			return NULL;
		e = &w->entries[w->next];
		/* A single entry may always go; those in flight are all before it and will land. */
		if (e->index < w->turn + ENTRIES_AHEAD &&
		    (w->in_flight == 0 || w->in_flight + e->size <= AHEAD)) {
			w->in_flight += e->size;
			e->stage = STAGE_STARTED;
			return e;
		}
		pthread_cond_wait(&w->moved, &w->lock);
	}
	return NULL;
}

static void *work(void *self)
{
	struct zip_writer *w = self;
	struct deflater *deflater = deflater_new(level_of(w));
	struct entry *e;

	if (!deflater)
		return NULL; /* the writer does what no worker does */
	pthread_mutex_lock(&w->lock);
	while ((e = claim(w)) != NULL) {
		int rc;

		pthread_mutex_unlock(&w->lock);
		rc = prepare(e, deflater);
		pthread_mutex_lock(&w->lock);
		e->stage = rc == 0 ? STAGE_READY : STAGE_FAILED;
		pthread_cond_broadcast(&w->moved);
	}
	pthread_mutex_unlock(&w->lock);
	deflater_free(deflater);
	return NULL;
}

/* ---- the writer: libzip pulls ------------------------------------------ */

/* A signal to end that the caller holds back is answered here, so that nothing half done is left.
 */
static int check_signals(const struct zip_writer *w, struct err *err)
{
	sigset_t pending;

	if (sigpending(&pending) == 0 &&
	    (sigismember(&pending, SIGINT) || sigismember(&pending, SIGTERM) ||
	        sigismember(&pending, SIGHUP)))
		return err_set(err, ERR_SYSTEM, _("cannot write '%s': interrupted"), w->path);
	return 0;
}

static int fail(struct entry *e, const struct err *err)
{
	if (!e->err) {
		e->err = mem_alloc(sizeof *err);
		*e->err = *err;
	}
	if (!e->writer->failure)
		e->writer->failure = e->err;
	return -1;
}

static void tell(struct zip_writer *w, uint64_t more, int now)
{
	w->bytes_done += more;
	if (w->progress && (now || w->bytes_done - w->bytes_told >= PROGRESS_STEP)) {
		w->bytes_told = w->bytes_done;
		w->progress(w->progress_self, w->bytes_done, w->bytes_total);
	}
}

static int into_file(void *self, const void *bytes, size_t n)
{
	const char *from = bytes;

	while (n > 0) {
		ssize_t done = write(*(int *)self, from, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return -1;
		from += done;
		n -= (size_t)done;
	}
	return 0;
}

/*
 * A big member of a zip can neither be held in memory nor read twice: it is
 * unpacked into a file without a name, beside the zip that is being written.
 */
static int spill(struct entry *e, struct err *err)
{
	struct zip_writer *w = e->writer;
	struct stat st;

	e->fd = zip_sink_scratch(w->path);
	if (e->fd < 0)
		return err_sys(err, errno, _("cannot write '%s'"), w->path);
	if (store_stream(e->store, e->file, into_file, &e->fd, err) != 0)
		return -1;
	if (lseek(e->fd, 0, SEEK_SET) != 0 || fstat(e->fd, &st) != 0)
		return err_sys(err, errno, _("cannot write '%s'"), w->path);
	e->mtime = st.st_mtim;
	e->inode = st.st_ino;
	return 0;
}

/* A big file: opened, and looked into to see whether compression pays. */
static int begin_stream(struct entry *e)
{
	struct err err;
	struct buf first = { 0 };
	ssize_t n;

	if ((e->kind == CONTENT_MEMBER ? spill(e, &err) : open_file(e, &err)) != 0)
		return fail(e, &err);
	buf_reserve(&first, DEFLATE_PROBE);
	while ((n = pread(e->fd, first.data, DEFLATE_PROBE, 0)) < 0 && errno == EINTR)
		continue;
	if (n < 0)
		err_sys(&err, errno, _("cannot read '%s'"), e->path);
	else
		e->deflated = n > 0 && deflate_worth(e->writer->deflater, first.data, (size_t)n);
	buf_release(&first);
	return n < 0 ? fail(e, &err) : 0;
}

/* What is known of an entry from the one that is the same file. */
static void take_over(struct entry *e)
{
	const struct entry *first = e->first;

	e->deflated = first->deflated;
	e->crc = first->crc;
	e->writer->done[e->index] = e->writer->done[first->index];
}

/* Waits for an entry, or does it. Afterwards it is READY, or the return is -1. */
static int await(struct entry *e)
{
	struct zip_writer *w = e->writer;
	enum stage stage;
	int mine, rc = 0;

	pthread_mutex_lock(&w->lock);
	mine = e->stage == STAGE_WAITING;
	if (mine) {
		e->stage = STAGE_STARTED;
		/* Balanced in land(). */
		w->in_flight += weight(e);
	}
	while (!mine && e->stage == STAGE_STARTED)
		pthread_cond_wait(&w->moved, &w->lock);
	stage = e->stage;
	pthread_mutex_unlock(&w->lock);

	if (mine) {
		if (e->kind == CONTENT_LATE)
			e->make(e->self, w->done, e->index, &e->content);
		if (e->first)
			take_over(e);
		else
			rc = e->streams ? begin_stream(e) : prepare(e, w->deflater);
		stage = rc == 0 ? STAGE_READY : STAGE_FAILED;
		pthread_mutex_lock(&w->lock);
		e->stage = stage;
		pthread_mutex_unlock(&w->lock);
	}
	if (stage == STAGE_FAILED)
		return fail(e, e->err);
	return 0;
}

/*
 * Tells libzip about an entry: the first call is the moment when its turn
 * comes, and the only one at which its method can still be chosen with the
 * content known. What is deflated already is handed over as such if the method
 * is left alone.
 */
static int begin(struct entry *e)
{
	zip_int32_t method;
	struct err err;

	if (check_signals(e->writer, &err) != 0)
		return fail(e, &err);
	if (await(e) != 0)
		return -1;
	method = e->streams && e->deflated ? ZIP_CM_DEFLATE : ZIP_CM_STORE;
	if (!e->streams && e->deflated)
		return 0;
	if (zip_set_file_compression(e->writer->zip, e->index, method, STREAM_LEVEL) != 0) {
		err_set(&err, ERR_SYSTEM, _("cannot write '%s': %s"), e->writer->path,
		    zip_strerror(e->writer->zip));
		return fail(e, &err);
	}
	return 0;
}

static zip_int64_t describe(struct entry *e, zip_stat_t *st)
{
	if (!e->begun && begin(e) != 0)
		return -1;
	e->begun = 1;
	zip_stat_init(st);
	st->size = e->size;
	st->comp_method = ZIP_CM_STORE;
	st->encryption_method = ZIP_EM_NONE;
	st->valid = ZIP_STAT_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
	if (!e->streams) {
		st->crc = e->crc;
		st->comp_size = e->size;
		st->valid |= ZIP_STAT_CRC | ZIP_STAT_COMP_SIZE;
		if (e->deflated) {
			st->comp_method = ZIP_CM_DEFLATE;
			st->comp_size = e->first ? e->first->packed : e->content.len;
		}
	}
	return sizeof *st;
}

static zip_int64_t read_stream(struct entry *e, void *to, zip_uint64_t n)
{
	struct err err;
	size_t got;

	if (read_some(e, to, n, &got, &err) != 0)
		return fail(e, &err);
	e->streamed += got;
	if (e->streamed > e->size || (got < n && e->streamed != e->size)) {
		changed(e, &err);
		return fail(e, &err);
	}
	if ((got == 0 && check_same(e, &err) != 0) || check_signals(e->writer, &err) != 0)
		return fail(e, &err);
	e->crc = deflate_crc_add(e->crc, to, got);
	sums_add(&e->sums, to, got);
	tell(e->writer, got, 0);
	return (zip_int64_t)got;
}

/* The same bytes once more, out of the zip that is being written. */
static zip_int64_t read_first(struct entry *e, void *to, zip_uint64_t n)
{
	struct err err;

	if (n > e->first->packed - e->at)
		n = e->first->packed - e->at;
	if (zip_sink_read(e->writer->sink, to, n, e->first->place + e->at) != 0) {
		err_sys(&err, errno, _("cannot write '%s'"), e->writer->path);
		return fail(e, &err);
	}
	e->at += n;
	return (zip_int64_t)n;
}

static zip_int64_t read_content(struct entry *e, void *to, zip_uint64_t n)
{
	if (e->streams)
		return read_stream(e, to, n);
	if (e->first)
		return read_first(e, to, n);
	if (n > e->content.len - e->at)
		n = e->content.len - e->at;
	if (n > 0)
		memcpy(to, e->content.data + e->at, n);
	e->at += n;
	return (zip_int64_t)n;
}

/* An entry is written: its memory goes, workers may go on. */
static void land(struct entry *e)
{
	struct zip_writer *w = e->writer;
	struct zip_entry *done = &w->done[e->index];

	e->packed = zip_sink_at(w->sink) - e->place;
	if (e->streams) {
		sums_end(&e->sums, e);
		close(e->fd);
		e->fd = -1;
	} else if (e->kind != CONTENT_LATE) {
		tell(w, e->size, 0);
	}
	done->name = e->name;
	done->size = e->size;
	buf_release(&e->content);

	pthread_mutex_lock(&w->lock);
	w->in_flight -= weight(e);
	w->turn = e->index + 1;
	pthread_cond_broadcast(&w->moved);
	pthread_mutex_unlock(&w->lock);
}

static zip_int64_t source(void *self, void *data, zip_uint64_t n, zip_source_cmd_t command)
{
	struct entry *e = self;
	zip_error_t error;

	/* A default: libzip may ask what it had not thought of when this was written. */
	switch ((int)command) {
	case ZIP_SOURCE_SUPPORTS:
		return ZIP_SOURCE_SUPPORTS_READABLE;
	case ZIP_SOURCE_STAT:
		return n < sizeof(zip_stat_t) ? -1 : describe(e, data);
	case ZIP_SOURCE_OPEN:
		e->at = 0;
		e->place = zip_sink_at(e->writer->sink);
		if (e->streams)
			e->sums = sums_new(e);
		return 0;
	case ZIP_SOURCE_READ:
		return read_content(e, data, n);
	case ZIP_SOURCE_CLOSE:
		if (!e->err)
			land(e);
		return 0;
	case ZIP_SOURCE_ERROR:
		/* libzip has no words for it; they are in e->err. */
		zip_error_init(&error);
		zip_error_set(&error, ZIP_ER_READ, 0);
		return zip_error_to_data(&error, data, n);
	case ZIP_SOURCE_FREE:
		return 0;
	default:
		return -1;
	}
}

/* ---- commit ------------------------------------------------------------ */

static int by_file(const void *a, const void *b)
{
	const struct entry *x = *(struct entry *const *)a, *y = *(struct entry *const *)b;

	if (x->device != y->device)
		return x->device < y->device ? -1 : 1;
	if (x->inode != y->inode)
		return x->inode < y->inode ? -1 : 1;
	return x->index < y->index ? -1 : 1;
}

static int same_state(const struct entry *a, const struct entry *b)
{
	return a->device == b->device && a->inode == b->inode && a->size == b->size &&
	       a->mtime.tv_sec == b->mtime.tv_sec && a->mtime.tv_nsec == b->mtime.tv_nsec;
}

/* Finds what is to be packed twice: an attachment stands in its hand-in as well. */
static void find_same(struct zip_writer *w)
{
	struct entry **files = mem_alloc(w->count * sizeof(struct entry *));
	struct entry *first = NULL;
	size_t n = 0;

	for (size_t i = 0; i < w->count; i++)
		if (w->entries[i].kind == CONTENT_FILE)
			files[n++] = &w->entries[i];
	if (n > 0)
		qsort(files, n, sizeof(struct entry *), by_file);
	for (size_t i = 0; i < n; i++) {
		if (!first || !same_state(first, files[i])) {
			first = files[i];
			continue;
		}
		files[i]->first = first;
		files[i]->streams = 0;
	}
	free(files);
}

/* Sizes for progress and for the window, and an early end if a file is not there. */
static int look(struct zip_writer *w, struct err *err)
{
	for (size_t i = 0; i < w->count; i++) {
		struct entry *e = &w->entries[i];
		struct stat st;

		if (e->kind == CONTENT_FILE) {
			if (stat(e->path, &st) != 0)
				return err_sys(err, errno, _("cannot read '%s'"), e->path);
			if (!S_ISREG(st.st_mode))
				return err_set(err, ERR_SYSTEM,
				    _("cannot read '%s': it is no regular file"), e->path);
			e->size = (uint64_t)st.st_size;
			e->mtime = st.st_mtim;
			e->device = st.st_dev;
			e->inode = st.st_ino;
			e->streams = e->size > IN_MEMORY;
		}
		if (e->kind != CONTENT_LATE)
			w->bytes_total += e->size;
	}
	w->bytes_total += w->bytes_total / CHECK_SHARE;
	find_same(w);
	return 0;
}

static int list_entry(struct entry *e, struct err *err)
{
	struct zip_writer *w = e->writer;
	zip_source_t *src = zip_source_function(w->zip, source, e);
	zip_int64_t index = src ? zip_file_add(w->zip, e->name, src, ZIP_FL_ENC_UTF_8) : -1;

	if (index < 0) {
		int exists = zip_error_code_zip(zip_get_error(w->zip)) == ZIP_ER_EXISTS;

		zip_source_free(src);
		if (exists)
			return err_set(err, ERR_SYSTEM,
			    _("cannot write '%s': two files are named '%s'"), w->path, e->name);
		return err_set(err, ERR_SYSTEM, _("cannot write '%s': '%s': %s"), w->path, e->name,
		    zip_strerror(w->zip));
	}
	if (zip_file_set_dostime(w->zip, e->index, 0, DOS_DATE_1980, 0) != 0 ||
	    zip_file_set_external_attributes(
	        w->zip, e->index, 0, ZIP_OPSYS_UNIX, (zip_uint32_t)(S_IFREG | 0644) << 16) != 0)
		return err_set(
		    err, ERR_SYSTEM, _("cannot write '%s': %s"), w->path, zip_strerror(w->zip));
	return 0;
}

static int close_zip(struct zip_writer *w, struct zip_sink *sink, struct err *err)
{
	if (zip_close(w->zip) == 0) {
		w->zip = NULL;
		return 0;
	}
	if (w->failure)
		*err = *w->failure;
	else if (zip_sink_error(sink))
		err_sys(err, zip_sink_error(sink), _("cannot write '%s'"), w->path);
	else
		err_set(err, ERR_SYSTEM, _("cannot write '%s': %s"), w->path, zip_strerror(w->zip));
	return -1;
}

/* Runs zip_close() with the workers around it. */
static int run(struct zip_writer *w, struct zip_sink *sink, struct err *err)
{
	pthread_t threads[THREADS_MAX];
	unsigned started = 0;
	int rc;

	/* One thread is the caller's; several of them beside him, for he mostly waits. */
	while (w->threads > 1 && started < w->threads &&
	       pthread_create(&threads[started], NULL, work, w) == 0)
		started++;
	rc = close_zip(w, sink, err);
	pthread_mutex_lock(&w->lock);
	w->stop = 1;
	pthread_cond_broadcast(&w->moved);
	pthread_mutex_unlock(&w->lock);
	while (started > 0)
		pthread_join(threads[--started], NULL);
	return rc;
}

static int write_entries(struct zip_writer *w, struct zip_sink *sink, struct err *err)
{
	zip_error_t error;
	zip_source_t *src;
	int rc = -1;

	zip_error_init(&error);
	src = zip_sink_source(sink, &error);
	w->zip = src ? zip_open_from_source(src, ZIP_CREATE | ZIP_TRUNCATE, &error) : NULL;
	w->deflater = deflater_new(level_of(w));
	w->done = mem_alloc(w->count * sizeof *w->done);
	memset(w->done, 0, w->count * sizeof *w->done);
	if (!w->zip)
		zip_source_free(src);
	if (!w->zip || !w->deflater) {
		err_set(err, ERR_SYSTEM, _("cannot write '%s': %s"), w->path,
		    zip_error_strerror(&error));
		goto out;
	}
	for (size_t i = 0; i < w->count; i++)
		if (list_entry(&w->entries[i], err) != 0)
			goto out;
	rc = run(w, sink, err);
out:
	if (w->zip)
		zip_discard(w->zip);
	zip_error_fini(&error);
	return rc;
}

static int tell_checked(void *self, uint64_t more, struct err *err)
{
	struct zip_writer *w = self;

	more /= CHECK_SHARE;
	/* Late entries are read again as well. */
	if (more > w->bytes_total - w->bytes_done)
		more = w->bytes_total - w->bytes_done;
	tell(w, more, 0);
	return check_signals(w, err);
}

/* Before a file gets its name: is it what was meant, and may it be? */
static int check_written(struct zip_writer *w, struct zip_sink *sink, struct err *err)
{
	struct zip_check check = { .fd = zip_sink_fd(sink),
		.path = w->path,
		.entries = w->done,
		.count = w->count,
		.threads = w->threads,
		.tell = tell_checked,
		.self = w };

	if (check.fd < 0)
		return err_sys(err, zip_sink_error(sink), _("cannot write '%s'"), w->path);
	if (zip_check(&check, err) != 0)
		return -1;
	return w->inspect ? w->inspect(w->inspect_self, w->done, w->count, err) : 0;
}

/* Writes to the sink that `out` asks for, and delivers it. */
static int commit(struct zip_writer *w, struct buf *out, struct err *err)
{
	/* libzip writes no file at all when there are no entries: this is the zip of none. */
	static const unsigned char empty[22] = { 'P', 'K', 5, 6 };
	struct zip_sink *sink;

	if (look(w, err) != 0)
		return -1;
	sink = out ? zip_sink_memory(w->path, err) : zip_sink_open(w->path, err);
	if (!sink)
		return -1;
	w->sink = sink;
	if (w->count == 0)
		zip_sink_write(sink, empty, sizeof empty);
	if ((w->count > 0 && write_entries(w, sink, err) != 0) ||
	    (!out && check_written(w, sink, err) != 0)) {
		zip_sink_drop(sink);
		return -1;
	}
	if ((out ? zip_sink_take(sink, out, err) : zip_sink_commit(sink, w->beside, err)) != 0)
		return -1;
	tell(w, w->bytes_total - w->bytes_done, 1);
	return 0;
}

static int commit_and_free(struct zip_writer *w, struct buf *out, struct err *err)
{
	int rc;

	pthread_mutex_init(&w->members, NULL);
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->moved, NULL);
	rc = commit(w, out, err);
	pthread_cond_destroy(&w->moved);
	pthread_mutex_destroy(&w->lock);
	pthread_mutex_destroy(&w->members);
	zip_writer_drop(w);
	return rc;
}

int zip_writer_commit(struct zip_writer *w, zip_progress *progress, void *self, struct err *err)
{
	w->progress = progress;
	w->progress_self = self;
	return commit_and_free(w, NULL, err);
}

int zip_writer_commit_bytes(struct zip_writer *w, struct buf *out, struct err *err)
{
	w->within = w->undigested = 1;
	for (size_t i = 0; i < w->count; i++)
		if (w->entries[i].kind == CONTENT_LATE)
			w->undigested = 0;
	return commit_and_free(w, out, err);
}
