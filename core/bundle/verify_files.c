/* verify_files.c: the files of a bag read and digested, each once, on many threads. */
#include "bundle/verify_impl.h"

#include "archive/digest.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

/* Each holds a file of up to 16 MB, packed and unpacked, so their number bounds the memory. */
enum { THREADS_MAX = 8 };

struct reading {
	struct check *check;
	pthread_mutex_t lock;
	size_t next; /* the first that nobody has begun */
	int failed;  /* the system does: `err` has why */
	struct err err;
};

/* What a thread digests with: one for each algorithm that was wanted so far. */
struct digests {
	const char *algorithm[MANIFESTS_MAX];
	struct digest *digest[MANIFESTS_MAX];
	size_t count;

	/* Of the file that is being read. */
	uint64_t wanted; /* bits */
	char hex[MANIFESTS_MAX][DIGEST_HEX_MAX];
	struct content *content; /* looked at in the first piece */
	uint64_t size;           /* of the file */
	int begun;
};

static size_t digest_of(struct digests *d, const char *algorithm)
{
	size_t i = 0;

	while (i < d->count && strcmp(d->algorithm[i], algorithm) != 0)
		i++;
	if (i == d->count) {
		d->algorithm[i] = algorithm;
		d->digest[d->count++] = digest_new(algorithm);
	}
	return i;
}

static int is_wanted(const struct digests *d, size_t i)
{
	return (int)(d->wanted >> i & 1);
}

static int digest_piece(void *self, const void *bytes, size_t n)
{
	struct digests *d = self;

	if (!d->begun)
		*d->content = content_of(bytes, n, n == d->size);
	d->begun = 1;
	for (size_t i = 0; i < d->count; i++)
		if (is_wanted(d, i))
			digest_add(d->digest[i], bytes, n);
	return 0;
}

/* Reads a file; what is expected of it is nobody else's until all threads are done. */
static void read_file(struct reading *reading, struct subject *s, struct digests *d)
{
	struct err failure = { 0 };
	int rc;

	d->wanted = 0;
	d->content = &s->content;
	d->size = s->file->size;
	d->begun = 0;
	for (const struct expectation *e = s->first; e; e = e->next)
		d->wanted |= (uint64_t)1 << digest_of(d, e->manifest->algorithm);
	rc = store_stream(reading->check->store, s->file, digest_piece, d, &failure);
	for (size_t i = 0; i < d->count; i++)
		if (is_wanted(d, i))
			digest_turn(d->digest[i], d->hex[i]);
	for (struct expectation *e = s->first; e; e = e->next)
		e->differs = strcmp(d->hex[digest_of(d, e->manifest->algorithm)], e->hex) != 0;
	if (rc != 0) {
		s->failure = mem_alloc(sizeof failure);
		*s->failure = failure;
	}
}

static struct subject *claim(struct reading *reading)
{
	struct check *c = reading->check;
	struct subject *s = NULL;

	pthread_mutex_lock(&reading->lock);
	while (!s && !reading->failed && reading->next < c->count) {
		s = &c->subjects[reading->next++];
		if (!s->first || !s->file->readable)
			s = NULL;
	}
	pthread_mutex_unlock(&reading->lock);
	return s;
}

static void *work(void *self)
{
	struct reading *reading = self;
	struct digests *digests = mem_alloc(sizeof *digests);
	struct subject *s;

	digests->count = 0;
	while ((s = claim(reading)) != NULL) {
		read_file(reading, s, digests);
		if (!s->failure || s->failure->kind != ERR_SYSTEM)
			continue;
		pthread_mutex_lock(&reading->lock);
		if (!reading->failed)
			reading->err = *s->failure;
		reading->failed = 1;
		pthread_mutex_unlock(&reading->lock);
	}
	for (size_t i = 0; i < digests->count; i++)
		digest_free(digests->digest[i]);
	free(digests);
	return NULL;
}

int verify_read_files(struct check *c)
{
	struct reading reading = { .check = c };
	pthread_t threads[THREADS_MAX];
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	long wanted = cores < THREADS_MAX ? cores : THREADS_MAX, started = 0;

	pthread_mutex_init(&reading.lock, NULL);
	/* The caller's is one of them. */
	while (started + 1 < wanted && pthread_create(&threads[started], NULL, work, &reading) == 0)
		started++;
	work(&reading);
	while (started > 0)
		pthread_join(threads[--started], NULL);
	pthread_mutex_destroy(&reading.lock);
	if (reading.failed)
		*c->err = reading.err;
	return reading.failed ? -1 : 0;
}

void verify_release_files(struct check *c)
{
	for (size_t i = 0; i < c->count; i++)
		free(c->subjects[i].failure);
}
