/*
 * zip_check.c: what was written is what was meant. Entries are handed out one
 * by one to threads; each unpacks small ones in memory, big ones in pieces.
 */
#include "archive/zip_check.h"

#include "archive/deflate.h"
#include "archive/digest.h"
#include "archive/inflate.h"
#include "archive/zip_list.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/i18n.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	IN_MEMORY = 4 << 20, /* entries up to this are unpacked whole */
	PIECE = 256 * 1024,
	THREADS_MAX = 16,
	ENTRIES_A_THREAD = 16, /* fewer are not worth one */
	METHOD_STORED = 0,
	METHOD_DEFLATED = 8
};

struct job {
	const struct zip_check *check;
	struct zip_listing listing;
	atomic_size_t next;
	atomic_ullong bytes; /* checked so far */
	atomic_int stop;
	pthread_mutex_t lock;
	struct err *err; /* set once, under the lock */
	int failed;
};

/* Of one thread. */
struct hand {
	struct job *job;
	struct digest *digest;
	struct buf packed, bytes;
};

/* An entry that is looked through piece by piece. */
struct passing {
	const struct job *job;
	uint64_t at, end; /* of its packed bytes in the file */
	uint64_t size;    /* unpacked so far */
	uint32_t crc;
	struct digest *digest;
	int cause; /* errno */
};

static int differs(const struct zip_check *check, const char *name, struct err *err)
{
	return err_set(err, ERR_SYSTEM,
	    _("cannot write '%s': read again, '%s' in it is not what was written"), check->path,
	    name);
}

static int take(struct passing *p, const void *bytes, size_t n)
{
	p->crc = deflate_crc_add(p->crc, bytes, n);
	p->size += n;
	digest_add(p->digest, bytes, n);
	return 0;
}

static int take_unpacked(void *self, const void *bytes, size_t n)
{
	return take(self, bytes, n);
}

static long give_packed(void *self, void *to, size_t n)
{
	struct passing *p = self;

	if (n > p->end - p->at)
		n = (size_t)(p->end - p->at);
	if (n == 0 || atomic_load(&p->job->stop))
		return 0;
	if (file_get(p->job->check->fd, to, n, p->at) != 0) {
		p->cause = errno;
		return -1;
	}
	p->at += n;
	return (long)n;
}

static int pass_stored(struct hand *hand, struct passing *p)
{
	long n;

	buf_reserve(&hand->bytes, PIECE);
	while ((n = give_packed(p, hand->bytes.data, PIECE)) > 0)
		take(p, hand->bytes.data, (size_t)n);
	return n < 0 ? -1 : 0;
}

static int pass_whole(struct hand *hand, const struct zip_listed *item, struct passing *p)
{
	size_t n = (size_t)item->packed, size = (size_t)item->size;

	buf_reserve(&hand->packed, n);
	buf_reserve(&hand->bytes, size);
	if (give_packed(p, hand->packed.data, n) < 0 ||
	    deflate_unpack(hand->packed.data, n, hand->bytes.data, size) != 0)
		return -1;
	return take(p, hand->bytes.data, size);
}

static int check_entry(struct hand *hand, size_t i, struct err *err)
{
	struct job *job = hand->job;
	const struct zip_entry *entry = &job->check->entries[i];
	const struct zip_listed *item = &job->listing.items[i];
	struct passing p = { .job = job,
		.at = item->data,
		.end = item->data + item->packed,
		.digest = hand->digest };
	char hex[DIGEST_HEX_MAX];
	int rc;

	if (item->method == METHOD_STORED)
		rc = pass_stored(hand, &p);
	else if (item->size <= IN_MEMORY && item->packed <= IN_MEMORY)
		rc = pass_whole(hand, item, &p);
	else
		rc = inflate_stream(give_packed, take_unpacked, &p);
	digest_turn(p.digest, hex);
	if (p.cause)
		return err_sys(err, p.cause, _("cannot read '%s'"), job->check->path);
	if (rc != 0 || p.size != entry->size || p.crc != item->crc ||
	    strcmp(hex, entry->sha256) != 0)
		return differs(job->check, entry->name, err);
	return 0;
}

static void fail(struct job *job, const struct err *err)
{
	pthread_mutex_lock(&job->lock);
	if (!job->failed)
		*job->err = *err;
	job->failed = 1;
	pthread_mutex_unlock(&job->lock);
	atomic_store(&job->stop, 1);
}

/* Takes entries until there are none; `first`: in the caller's thread, who is told. */
static void work_on(struct job *job, int first)
{
	struct hand hand = { .job = job, .digest = digest_new("sha256") };
	const struct zip_check *check = job->check;
	unsigned long long told = 0;
	struct err err = { 0 };
	size_t i;

	while (!atomic_load(&job->stop) && (i = atomic_fetch_add(&job->next, 1)) < check->count) {
		int rc = check_entry(&hand, i, &err);
		unsigned long long now =
		    atomic_fetch_add(&job->bytes, check->entries[i].size) + check->entries[i].size;

		if (rc == 0 && first && check->tell) {
			rc = check->tell(check->self, now - told, &err);
			told = now;
		}
		/* When all is over, what others found first is what is told. */
		if (rc != 0 && !atomic_load(&job->stop))
			fail(job, &err);
	}
	digest_free(hand.digest);
	buf_release(&hand.packed);
	buf_release(&hand.bytes);
}

static void *work(void *self)
{
	work_on(self, 0);
	return NULL;
}

static int check_structure(struct job *job, struct arena *arena, uint64_t size, struct err *err)
{
	const struct zip_check *check = job->check;
	const struct zip_input input = { .fd = check->fd, .size = size, .path = check->path };
	struct zip_listing *listing = &job->listing;

	if (zip_list(&input, check->count, arena, listing, err) != 0) {
		err->kind = ERR_SYSTEM;
		return -1;
	}
	if (listing->grave || listing->odd_count || listing->count != check->count)
		return err_set(err, ERR_SYSTEM,
		    _("cannot write '%s': read again, it is not what was written"), check->path);
	for (size_t i = 0; i < check->count; i++) {
		const struct zip_listed *item = &listing->items[i];

		if (item->problem || item->gap || strcmp(item->raw, check->entries[i].name) != 0 ||
		    item->size != check->entries[i].size ||
		    (item->method != METHOD_STORED && item->method != METHOD_DEFLATED))
			return differs(check, check->entries[i].name, err);
	}
	return 0;
}

int zip_check(const struct zip_check *check, struct err *err)
{
	struct job job = { .check = check, .err = err };
	struct arena arena = { 0 };
	pthread_t threads[THREADS_MAX];
	unsigned started = 0;
	off_t size = lseek(check->fd, 0, SEEK_END);

	if (size < 0)
		return err_sys(err, errno, _("cannot read '%s'"), check->path);
	if (check_structure(&job, &arena, (uint64_t)size, err) != 0) {
		arena_release(&arena);
		return -1;
	}
	pthread_mutex_init(&job.lock, NULL);
	while (started + 1 < check->threads && started < THREADS_MAX &&
	       (started + 1) * ENTRIES_A_THREAD < check->count &&
	       pthread_create(&threads[started], NULL, work, &job) == 0)
		started++;
	work_on(&job, 1);
	while (started > 0)
		pthread_join(threads[--started], NULL);
	pthread_mutex_destroy(&job.lock);
	arena_release(&arena);
	return job.failed ? -1 : 0;
}
