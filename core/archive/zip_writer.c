/* zip_writer.c: what is to be written, and how it comes to be a file, whole or not at all. */
#include "archive/zip_writer_impl.h"

#include "archive/zip_check.h"
#include "base/i18n.h"

#include <fcntl.h> /* S_IFREG */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
	PROGRESS_STEP = 4 << 20,
	CHECK_SHARE = 4 /* reading again takes a fourth of the time, more or less */
};

#define DOS_DATE_1980 0x0021 /* 1980-01-01, the earliest there is */

/* ---- what is to be written --------------------------------------------- */

struct zip_writer *zip_writer_new(const char *path, unsigned threads)
{
	struct zip_writer *w = mem_alloc(sizeof *w);

	memset(w, 0, sizeof *w);
	w->path = arena_strdup(&w->strings, path);
	w->stream_fd = -1;
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
	w->count++;
	e->name = arena_strdup(&w->strings, name);
	e->kind = (unsigned char)kind;
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
	struct entry *e = add(w, name, CONTENT_FILE);

	/* Both are the same where a folder is packed as it is. */
	e->path = strcmp(path, name) == 0 ? e->name : arena_strdup(&w->strings, path);
}

void zip_writer_add_member(
    struct zip_writer *w, const char *name, struct store *store, const struct store_file *file)
{
	struct entry *e = add(w, name, CONTENT_MEMBER);

	e->path = arena_strdup(&w->strings, file->name);
	e->of.member.store = store;
	e->of.member.file = file;
	e->size = file->size;
}

void zip_writer_add_late(struct zip_writer *w, const char *name, zip_late *make, void *self)
{
	struct entry *e = add(w, name, CONTENT_LATE);

	e->of.late.make = make;
	e->of.late.self = self;
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

void zip_writer_drop(struct zip_writer *w)
{
	if (!w)
		return;
	for (size_t i = 0; i < w->count; i++) {
		buf_release(&w->entries[i].content);
		free(w->entries[i].err);
	}
	free(w->entries);
	free(w->done);
	arena_release(&w->strings);
	free(w);
}

/* ---- while it is written ------------------------------------------------ */

int zip_writer_check_signals(const struct zip_writer *w, struct err *err)
{
	sigset_t pending;

	if (sigpending(&pending) == 0 &&
	    (sigismember(&pending, SIGINT) || sigismember(&pending, SIGTERM) ||
	        sigismember(&pending, SIGHUP)))
		return err_set(err, ERR_SYSTEM, _("cannot write '%s': interrupted"), w->path);
	return 0;
}

void zip_writer_tell(struct zip_writer *w, uint64_t more, int now)
{
	w->bytes_done += more;
	if (w->progress && (now || w->bytes_done - w->bytes_told >= PROGRESS_STEP)) {
		w->bytes_told = w->bytes_done;
		w->progress(w->progress_self, w->bytes_done, w->bytes_total);
	}
}

/* ---- commit ------------------------------------------------------------ */

static int list_entry(struct entry *e, struct err *err)
{
	struct zip_writer *w = e->writer;
	zip_source_t *src = zip_source_function(w->zip, zip_feed, e);
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
	if (zip_file_set_dostime(w->zip, index_of(e), 0, DOS_DATE_1980, 0) != 0 ||
	    zip_file_set_external_attributes(
	        w->zip, index_of(e), 0, ZIP_OPSYS_UNIX, (zip_uint32_t)(S_IFREG | 0644) << 16) != 0)
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

static int write_entries(struct zip_writer *w, struct zip_sink *sink, struct err *err)
{
	zip_error_t error;
	zip_source_t *src;
	int rc = -1;

	zip_error_init(&error);
	src = zip_sink_source(sink, &error);
	w->zip = src ? zip_open_from_source(src, ZIP_CREATE | ZIP_TRUNCATE, &error) : NULL;
	w->done = mem_alloc(w->count * sizeof *w->done);
	memset(w->done, 0, w->count * sizeof *w->done);
	if (!w->zip)
		zip_source_free(src);
	if (!w->zip || zip_tools_open(&w->tools, w) != 0) {
		err_set(err, ERR_SYSTEM, _("cannot write '%s': %s"), w->path,
		    zip_error_strerror(&error));
		goto out;
	}
	/* Listing 200,000 entries takes a while, too. */
	zip_workers_start(w);
	rc = 0;
	for (size_t i = 0; i < w->count && rc == 0; i++)
		rc = list_entry(&w->entries[i], err);
	if (rc == 0)
		rc = close_zip(w, sink, err);
	zip_workers_stop(w);
	zip_feed_close(w);
out:
	if (w->zip)
		zip_discard(w->zip);
	zip_tools_close(&w->tools);
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
	zip_writer_tell(w, more, 0);
	return zip_writer_check_signals(w, err);
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
	if (w->beside && w->threads > 1)
		zip_sink_digest(sink);
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

	if (zip_entries_look(w, err) != 0)
		return -1;
	w->bytes_total += w->bytes_total / CHECK_SHARE;
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
	zip_writer_tell(w, w->bytes_total - w->bytes_done, 1);
	return 0;
}

static int commit_and_free(struct zip_writer *w, struct buf *out, struct err *err)
{
	int rc;

	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->ready, NULL);
	pthread_cond_init(&w->room_made, NULL);
	rc = commit(w, out, err);
	pthread_cond_destroy(&w->room_made);
	pthread_cond_destroy(&w->ready);
	pthread_mutex_destroy(&w->lock);
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
