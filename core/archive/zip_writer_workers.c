/*
 * zip_writer_workers.c: who makes which entry, and how far ahead of the writer.
 * Workers take several small entries at a time: waking the writer costs more
 * than making one.
 */
#include "archive/zip_writer_impl.h"

enum {
	AHEAD = 64 << 20,        /* content in flight, in bytes */
	ENTRIES_AHEAD = 16384,   /* the same in entries */
	BATCH = 32,              /* entries that are claimed at once */
	BATCH_BYTES = 256 * 1024 /* or so much of them */
};

static int for_worker(const struct entry *e)
{
	return e->stage == STAGE_WAITING && e->kind != CONTENT_LATE && !e->streams && !e->first;
}

/* What of its content waits in memory for its turn. */
static uint64_t weight(const struct entry *e)
{
	return e->kind == CONTENT_LATE || e->streams || e->first ? 0 : e->size;
}

/* A single entry may always go; those in flight are all before it and will land. */
static int may_begin(const struct zip_writer *w, const struct entry *e)
{
	return index_of(e) < w->turn + ENTRIES_AHEAD &&
	       (w->in_flight == 0 || w->in_flight + e->size <= AHEAD);
}

/* Takes the next entries that may be begun: how many. Called with the lock. */
static size_t take(struct zip_writer *w, struct entry *batch[BATCH])
{
	size_t n = 0;
	uint64_t bytes = 0;

	for (; w->next < w->count && n < BATCH && bytes < BATCH_BYTES; w->next++) {
		struct entry *e = &w->entries[w->next];

		if (!for_worker(e))
			continue;
		if (!may_begin(w, e))
			break;
		w->in_flight += weight(e);
		bytes += e->size;
		e->stage = STAGE_STARTED;
		batch[n++] = e;
	}
	return n;
}

/* The same, waiting until there are some; 0 when there will be none. Called with the lock. */
static size_t claim(struct zip_writer *w, struct entry *batch[BATCH])
{
	size_t n = 0;

	while (!w->stop && (n = take(w, batch)) == 0 && w->next < w->count)
		pthread_cond_wait(&w->room_made, &w->lock);
	return w->stop ? 0 : n;
}

static void *work(void *self)
{
	struct zip_writer *w = self;
	struct entry *batch[BATCH];
	struct tools tools;
	size_t n;

	/* Without tools the writer does what no worker does. */
	if (zip_tools_open(&tools, w) == 0) {
		pthread_mutex_lock(&w->lock);
		while ((n = claim(w, batch)) > 0) {
			enum stage stages[BATCH];

			pthread_mutex_unlock(&w->lock);
			for (size_t i = 0; i < n; i++)
				stages[i] = zip_entry_prepare(batch[i], &tools) == 0 ? STAGE_READY
				                                                     : STAGE_FAILED;
			pthread_mutex_lock(&w->lock);
			for (size_t i = 0; i < n; i++)
				batch[i]->stage = (unsigned char)stages[i];
			pthread_cond_signal(&w->ready);
		}
		pthread_mutex_unlock(&w->lock);
	}
	zip_tools_close(&tools);
	return NULL;
}

void zip_workers_start(struct zip_writer *w)
{
	/* One thread is the caller's; several of them beside him, for he mostly waits. */
	while (w->threads > 1 && w->started < w->threads &&
	       pthread_create(&w->workers[w->started], NULL, work, w) == 0)
		w->started++;
}

void zip_workers_stop(struct zip_writer *w)
{
	pthread_mutex_lock(&w->lock);
	w->stop = 1;
	pthread_cond_broadcast(&w->room_made);
	pthread_mutex_unlock(&w->lock);
	while (w->started > 0)
		pthread_join(w->workers[--w->started], NULL);
}

int zip_workers_claim(struct entry *e)
{
	struct zip_writer *w = e->writer;
	int mine;

	pthread_mutex_lock(&w->lock);
	mine = e->stage == STAGE_WAITING;
	if (mine) {
		e->stage = STAGE_STARTED;
		w->in_flight += weight(e); /* balanced in zip_workers_landed() */
	}
	while (!mine && e->stage == STAGE_STARTED)
		pthread_cond_wait(&w->ready, &w->lock);
	pthread_mutex_unlock(&w->lock);
	return mine;
}

void zip_workers_landed(struct entry *e)
{
	struct zip_writer *w = e->writer;

	pthread_mutex_lock(&w->lock);
	w->in_flight -= weight(e);
	w->turn = index_of(e) + 1;
	w->landed += weight(e);
	/* Not for each: who is woken should find a batch. */
	if (w->turn % BATCH == 0 || w->landed >= BATCH_BYTES || w->in_flight == 0) {
		w->landed = 0;
		pthread_cond_broadcast(&w->room_made);
	}
	pthread_mutex_unlock(&w->lock);
}
