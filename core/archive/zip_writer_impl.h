/*
 * zip_writer_impl.h: what the parts of the writer share. Private to zip_writer*.c.
 *
 * zip_close() pulls entries in order; worker threads stay a bounded number of
 * entries ahead of it.
 *
 *   worker   claims the next entries; reads, digests and compresses them in memory
 *   writer   zip_close() in the caller's thread: waits for the entry whose turn
 *            it is (or does it itself if nobody began it), makes late entries,
 *            streams big ones, copies within the zip what is in it already
 *
 * An entry belongs to whoever moved its stage from WAITING to STARTED, until
 * he moves it on under the lock; then it is the writer's.
 */
#ifndef ARCHIVE_ZIP_WRITER_IMPL_H
#define ARCHIVE_ZIP_WRITER_IMPL_H

#include "archive/deflate.h"
#include "archive/digest.h"
#include "archive/zip_sink.h"
#include "archive/zip_stream.h"
#include "archive/zip_writer.h"
#include "base/arena.h"

#include <pthread.h>
#include <sys/types.h>
#include <time.h>

enum {
	IN_MEMORY = 16 << 20, /* content up to this is compressed whole */
	THREADS_MAX = 64
};

enum content { CONTENT_BYTES, CONTENT_FILE, CONTENT_MEMBER, CONTENT_LATE };

enum stage { STAGE_WAITING, STAGE_STARTED, STAGE_READY, STAGE_FAILED };

/* A file as it was when the commit began. */
struct file_state {
	struct timespec mtime;
	dev_t device;
	ino_t inode;
};

/* There may be hundreds of thousands of these. */
struct entry {
	struct zip_writer *writer;
	const char *name;
	const char *path; /* of files and members, for messages */
	union {
		struct file_state file;
		struct {
			struct store *store;
			const struct store_file *file;
		} member;
		struct {
			zip_late *make;
			void *self;
		} late;
	} of;
	struct entry *first; /* the same file, further up: it is read once, and copied from there */
	uint64_t size;       /* of bytes, files and members: as found when the commit began */

	struct buf content; /* as it goes into the zip, unless it streams */
	struct err *err;    /* why it failed */
	uint32_t crc;
	unsigned char kind;  /* enum content */
	unsigned char stage; /* enum stage; under the lock */
	unsigned char deflated;

	/* Touched by the writer's thread only. */
	unsigned char begun;    /* its turn has come */
	unsigned char streams;  /* big: read while libzip writes (of files and members set before
	                           there are threads) */
	uint64_t at;            /* how much of `content` libzip has taken */
	uint64_t place, packed; /* where its bytes stand in the zip, and how many, once written */
};

/* What a thread works with. */
struct tools {
	struct deflater *deflater;
	struct digest *sha256, *sm3; /* NULL: not wanted */
};

struct zip_writer {
	struct arena strings;
	const char *path;
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
	struct tools tools;        /* the writer thread's own */
	struct zip_stream *stream; /* of the big entry whose turn it is */
	int stream_fd;             /* its file, -1 if it is in memory */

	pthread_mutex_t lock;
	pthread_cond_t ready;     /* for the writer: entries are */
	pthread_cond_t room_made; /* for workers: the turn has moved, or all is over */
	size_t next;              /* nothing before it is WAITING for a worker */
	size_t turn;              /* entries before it are written */
	uint64_t in_flight;       /* bytes that wait in memory */
	uint64_t landed;          /* of them written since workers were last told */
	int stop;
	pthread_t workers[THREADS_MAX];
	unsigned started;
};

static inline size_t index_of(const struct entry *e)
{
	return (size_t)(e - e->writer->entries);
}

/* ---- zip_writer_entry.c: content made ready, without libzip ---------------- */

int zip_tools_open(struct tools *tools, const struct zip_writer *w); /* -1: out of memory */
void zip_tools_close(struct tools *tools);

/* Sizes and states of files, and which of them are the same. */
int zip_entries_look(struct zip_writer *w, struct err *err);

/* Opens the file of an entry; -1 with a reason. */
int zip_entry_open(const struct entry *e, struct err *err);
/* Whether the open file still is what it was when the commit began. */
int zip_entry_check_same(const struct entry *e, int fd, struct err *err);
int zip_entry_changed(const struct entry *e, struct err *err);

/* Content, digests, CRC, compression. The entry is STARTED, and ours. */
int zip_entry_prepare(struct entry *e, struct tools *tools);

/* Keeps a reason with an entry; returns -1. */
int zip_entry_fail(struct entry *e, const struct err *err);

/* ---- zip_writer_workers.c: who does which entry, and when ------------------ */

void zip_workers_start(struct zip_writer *w);
void zip_workers_stop(struct zip_writer *w); /* no more is begun; waits for what is */

/*
 * For the writer, when an entry's turn comes. 1: nobody began it, and now it is the writer's; 0: it
 * is done, its stage says how.
 */
int zip_workers_claim(struct entry *e);
/* The entry is written: its memory is gone, workers may go on. */
void zip_workers_landed(struct entry *e);

/* ---- zip_writer_feed.c: entries as libzip asks for them -------------------- */

/* The zip_source_callback of an entry. */
zip_int64_t zip_feed(void *entry, void *data, zip_uint64_t n, zip_source_cmd_t command);
void zip_feed_close(struct zip_writer *w); /* what a failure left open */

/* ---- zip_writer.c ---------------------------------------------------------- */

void zip_writer_tell(struct zip_writer *w, uint64_t more, int now);
/* A signal to end that the caller holds back is answered here: -1. */
int zip_writer_check_signals(const struct zip_writer *w, struct err *err);

#endif
