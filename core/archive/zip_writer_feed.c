/* zip_writer_feed.c: an entry as libzip asks for it: what it is, its bytes, its end. */
#include "archive/zip_writer_impl.h"

#include "base/file.h"
#include "base/i18n.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int fail(struct entry *e, const struct err *err)
{
	zip_entry_fail(e, err);
	if (!e->writer->failure)
		e->writer->failure = e->err;
	return -1;
}

/* ---- big content ---------------------------------------------------------- */

static int into_file(void *self, const void *bytes, size_t n)
{
	return file_put(*(int *)self, bytes, n);
}

/*
 * A big member of a zip can neither be held in memory nor read twice: it is
 * unpacked into a file without a name, beside the zip that is being written.
 */
static int spill(struct entry *e, struct err *err)
{
	const struct zip_writer *w = e->writer;
	int fd = zip_sink_scratch(w->path);

	if (fd < 0)
		return err_sys(err, errno, _("cannot write '%s'"), w->path);
	if (store_stream(e->of.member.store, e->of.member.file, into_file, &fd, err) != 0) {
		close(fd);
		return -1;
	}
	if (lseek(fd, 0, SEEK_SET) != 0) {
		err_sys(err, errno, _("cannot write '%s'"), w->path);
		close(fd);
		return -1;
	}
	return fd;
}

/* Just below 4 GB libzip must know beforehand that what is packed will be smaller. */
static int may_deflate(uint64_t size)
{
	const uint64_t limit = UINT32_MAX;

	return size > limit || size < limit - limit / 256;
}

/* Looks into it to see whether compression pays. */
static int probe(struct entry *e, struct err *err)
{
	struct zip_writer *w = e->writer;
	struct buf first = { 0 };
	ssize_t n = DEFLATE_PROBE;

	if (w->stream_fd < 0) {
		e->deflated =
		    (unsigned char)deflate_worth(w->tools.deflater, e->content.data, DEFLATE_PROBE);
		return 0;
	}
	buf_reserve(&first, DEFLATE_PROBE);
	while ((n = pread(w->stream_fd, first.data, DEFLATE_PROBE, 0)) < 0 && errno == EINTR)
		continue;
	if (n < 0)
		err_sys(err, errno, _("cannot read '%s'"), e->path);
	else
		e->deflated = n > 0 && may_deflate(e->size) &&
		              deflate_worth(w->tools.deflater, first.data, (size_t)n);
	buf_release(&first);
	return n < 0 ? -1 : 0;
}

static int begin_stream(struct entry *e)
{
	struct zip_writer *w = e->writer;
	struct err err;

	w->stream_fd = -1;
	if (e->kind == CONTENT_FILE || e->kind == CONTENT_MEMBER) {
		w->stream_fd = e->kind == CONTENT_FILE ? zip_entry_open(e, &err) : spill(e, &err);
		if (w->stream_fd < 0)
			return fail(e, &err);
	}
	return probe(e, &err) == 0 ? 0 : fail(e, &err);
}

static void open_stream(struct entry *e)
{
	struct zip_writer *w = e->writer;

	w->stream = zip_stream_open(&(struct zip_stream_from){ .fd = w->stream_fd,
	    .bytes = w->stream_fd < 0 ? e->content.data : NULL,
	    .size = e->size,
	    .deflated = e->deflated,
	    .sha256 = !w->undigested,
	    .sm3 = w->wants_sm3,
	    .threads = w->threads });
}

static zip_int64_t read_stream(struct entry *e, void *to, zip_uint64_t n)
{
	struct zip_writer *w = e->writer;
	uint64_t before = zip_stream_taken(w->stream);
	long got = zip_stream_read(w->stream, to, n);
	struct err err;

	if (got < 0) {
		if (errno == 0)
			zip_entry_changed(e, &err);
		else
			err_sys(&err, errno, _("cannot read '%s'"), e->path);
		return fail(e, &err);
	}
	if ((got == 0 && e->kind == CONTENT_FILE &&
	        zip_entry_check_same(e, w->stream_fd, &err) != 0) ||
	    zip_writer_check_signals(w, &err) != 0)
		return fail(e, &err);
	if (e->kind != CONTENT_LATE) /* which nobody counted */
		zip_writer_tell(w, zip_stream_taken(w->stream) - before, 0);
	return got;
}

/* All is read: what libzip asks next is how it turned out. */
static void end_stream(struct entry *e)
{
	struct zip_entry *done = &e->writer->done[index_of(e)];
	struct zip_stream_sums sums;

	zip_stream_sums(e->writer->stream, &sums);
	memcpy(done->sha256, sums.sha256, sizeof done->sha256);
	memcpy(done->sm3, sums.sm3, sizeof done->sm3);
	e->crc = sums.crc;
}

void zip_feed_close(struct zip_writer *w)
{
	zip_stream_free(w->stream);
	w->stream = NULL;
	if (w->stream_fd >= 0)
		close(w->stream_fd);
	w->stream_fd = -1;
}

/* ---- what it is ------------------------------------------------------------ */

/* What is known of an entry from the one that is the same file. */
static void take_over(struct entry *e)
{
	struct zip_entry *done = e->writer->done;

	e->deflated = e->first->deflated;
	e->crc = e->first->crc;
	done[index_of(e)] = done[index_of(e->first)];
}

/* Content made late may be big as well. */
static void make_late(struct entry *e)
{
	e->of.late.make(e->of.late.self, e->writer->done, index_of(e), &e->content);
	e->size = e->content.len;
	e->streams = e->size > IN_MEMORY;
}

/* Does an entry that no worker began. */
static int do_it(struct entry *e)
{
	if (e->kind == CONTENT_LATE)
		make_late(e);
	if (e->first) {
		take_over(e);
		return 0;
	}
	return e->streams ? begin_stream(e) : zip_entry_prepare(e, &e->writer->tools);
}

/*
 * The first question is the moment when an entry's turn comes, and the only one
 * at which its method can still be chosen with the content known. What is
 * deflated already is handed over as such if the method is left alone.
 */
static int begin(struct entry *e)
{
	struct zip_writer *w = e->writer;
	struct err err;

	if (zip_writer_check_signals(w, &err) != 0)
		return fail(e, &err);
	if (zip_workers_claim(e) && do_it(e) != 0)
		return fail(e, e->err);
	if (e->err)
		return fail(e, e->err);
	if (e->deflated)
		return 0;
	if (zip_set_file_compression(w->zip, index_of(e), ZIP_CM_STORE, 0) != 0) {
		err_set(
		    &err, ERR_SYSTEM, _("cannot write '%s': %s"), w->path, zip_strerror(w->zip));
		return fail(e, &err);
	}
	return 0;
}

/* Of what streams size alone is known before, and CRC once it is read. */
static zip_int64_t describe(struct entry *e, zip_stat_t *st)
{
	if (!e->begun && begin(e) != 0)
		return -1;
	e->begun = 1;
	zip_stat_init(st);
	st->size = e->size;
	st->crc = e->crc;
	st->comp_method = e->deflated ? ZIP_CM_DEFLATE : ZIP_CM_STORE;
	st->encryption_method = ZIP_EM_NONE;
	st->valid =
	    ZIP_STAT_SIZE | ZIP_STAT_CRC | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
	if (!e->streams) {
		st->valid |= ZIP_STAT_COMP_SIZE;
		st->comp_size = !e->deflated ? e->size
		                : e->first   ? e->first->packed
		                             : e->content.len;
	}
	return sizeof *st;
}

/* ---- its bytes ------------------------------------------------------------- */

/* The same bytes once more, out of the zip that is being written. */
static zip_int64_t read_first(struct entry *e, void *to, zip_uint64_t n)
{
	struct zip_writer *w = e->writer;
	struct err err;

	if (n > e->first->packed - e->at)
		n = e->first->packed - e->at;
	if (zip_sink_read(w->sink, to, n, e->first->place + e->at) != 0) {
		err_sys(&err, errno, _("cannot write '%s'"), w->path);
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

/* ---- its end --------------------------------------------------------------- */

/* It is written: its memory goes, workers may go on. */
static void land(struct entry *e)
{
	struct zip_writer *w = e->writer;
	struct zip_entry *done = &w->done[index_of(e)];

	e->packed = zip_sink_at(w->sink) - e->place;
	if (e->streams) {
		end_stream(e);
		zip_feed_close(w);
	} else if (e->kind != CONTENT_LATE) {
		zip_writer_tell(w, e->size, 0);
	}
	done->name = e->name;
	done->size = e->size;
	buf_release(&e->content);
	zip_workers_landed(e);
}

zip_int64_t zip_feed(void *self, void *data, zip_uint64_t n, zip_source_cmd_t command)
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
			open_stream(e);
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
