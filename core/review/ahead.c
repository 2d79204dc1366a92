/*
 * ahead.c: a window of files, in the order in which they will be asked for.
 * Whoever has nothing to do takes the next one, the thread that asks included.
 */
#include "review/ahead.h"

#include "archive/store.h"
#include "base/file.h"
#include "office/text.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WINDOW = 4, THREADS_MAX = 2 };

#define HELD_MAX ((size_t)64 << 20)

enum job_state { JOB_WAITS, JOB_IN_WORK, JOB_DONE };

struct job {
	struct store *store;
	const struct store_file *file;
	enum job_state state;
	struct words words; /* once done */
	size_t size;        /* that they take */
};

struct ahead {
	/* The asking thread's alone. */
	const struct intake *intake;
	size_t submission, attachment; /* the next one to be looked at */
	pthread_t threads[THREADS_MAX];
	unsigned wanted, started;
	/* All threads', under the lock. */
	pthread_mutex_t lock;
	pthread_cond_t moved;
	struct job jobs[WINDOW]; /* a ring: a job stays where it is */
	size_t first, count;
	size_t held; /* by those done */
	int stop;
};

int ahead_is_office(const char *name)
{
	return path_has_ending(name, ".docx") || path_has_ending(name, ".xlsx");
}

unsigned ahead_threads(void)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	return cores > THREADS_MAX ? THREADS_MAX : 1;
}

/* ---- one file ------------------------------------------------------------------ */

static void add_piece(
    void *self, const char *sheet, uint32_t line, uint32_t column, const char *text)
{
	struct words *words = self;
	words->pieces =
	    arena_grow(&words->arena, words->pieces, words->count, sizeof *words->pieces);
	words->pieces[words->count++] = (struct words_piece){ sheet, line, column, text };
}

static void read_words(struct store *store, const struct store_file *file, struct words *words)
{
	struct buf bytes = { 0 };
	*words = (struct words){ 0 };
	words->rc = store_read(store, file, AHEAD_LARGEST, &bytes, &words->problem);
	if (words->rc == 0)
		words->rc = office_text(
		    file->name, &bytes, &words->arena, add_piece, words, &words->problem);
	buf_release(&bytes);
	if (words->rc != 0)
		words_release(words);
}

void words_release(struct words *words)
{
	arena_release(&words->arena);
	words->pieces = NULL;
	words->count = 0;
}

/* ---- the window: all of this under the lock ---------------------------------------- */

static struct job *job_at(struct ahead *ahead, size_t i)
{
	return &ahead->jobs[(ahead->first + i) % WINDOW];
}

/* The next one that waits, unless so much is done that it must be fetched first. */
static struct job *next_job(struct ahead *ahead)
{
	for (size_t i = 0; i < ahead->count && ahead->held < HELD_MAX; i++)
		if (job_at(ahead, i)->state == JOB_WAITS)
			return job_at(ahead, i);
	return NULL;
}

/* The lock is left for as long as it takes. */
static void do_job(struct ahead *ahead, struct job *job)
{
	job->state = JOB_IN_WORK;
	pthread_mutex_unlock(&ahead->lock);
	read_words(job->store, job->file, &job->words);
	size_t size = arena_size(&job->words.arena);
	pthread_mutex_lock(&ahead->lock);
	job->state = JOB_DONE;
	job->size = size;
	ahead->held += size;
	pthread_cond_broadcast(&ahead->moved);
}

static void *work(void *self)
{
	struct ahead *ahead = self;
	pthread_mutex_lock(&ahead->lock);
	while (!ahead->stop) {
		struct job *job = next_job(ahead);
		if (job)
			do_job(ahead, job);
		else
			pthread_cond_wait(&ahead->moved, &ahead->lock);
	}
	pthread_mutex_unlock(&ahead->lock);
	return NULL;
}

/* Waits until a job is done, with what else there is to do. */
static void finish(struct ahead *ahead, struct job *job)
{
	while (job->state != JOB_DONE) {
		struct job *next = job->state == JOB_WAITS ? job : next_job(ahead);
		if (next)
			do_job(ahead, next);
		else
			pthread_cond_wait(&ahead->moved, &ahead->lock);
	}
}

/* Takes the first job out, and its words, if it has any by now. */
static void take_first(struct ahead *ahead, struct words *words)
{
	struct job *job = job_at(ahead, 0);
	*words = job->words;
	ahead->held -= job->size;
	*job = (struct job){ 0 };
	ahead->first = (ahead->first + 1) % WINDOW;
	ahead->count--;
}

/* The first one will not be asked for. */
static void forget_first(struct ahead *ahead)
{
	struct words words;
	while (job_at(ahead, 0)->state == JOB_IN_WORK)
		pthread_cond_wait(&ahead->moved, &ahead->lock);
	take_first(ahead, &words);
	words_release(&words);
}

/* ---- which files ---------------------------------------------------------------- */

/* The next attachment to be read, or NULL. */
static const struct attachment *next_attachment(struct ahead *ahead)
{
	const struct intake *intake = ahead->intake;
	for (; ahead->submission < intake->count; ahead->submission++, ahead->attachment = 0) {
		const struct submission *submission = &intake->items[ahead->submission];
		while (ahead->attachment < submission->attachment_count) {
			const struct attachment *attachment =
			    &submission->attachments[ahead->attachment++];
			if (ahead_is_office(attachment->file->name) &&
			    attachment->file->size <= AHEAD_LARGEST)
				return attachment;
		}
	}
	return NULL;
}

static void fill(struct ahead *ahead)
{
	const struct attachment *attachment;
	size_t before = ahead->count;
	while (ahead->count < WINDOW && (attachment = next_attachment(ahead)) != NULL)
		*job_at(ahead, ahead->count++) =
		    (struct job){ .store = attachment->store, .file = attachment->file };
	if (ahead->count > before)
		pthread_cond_broadcast(&ahead->moved);
}

/* Not before there is something to do; one that cannot be started is not tried again. */
static void start_threads(struct ahead *ahead)
{
	while (ahead->started < ahead->wanted &&
	       pthread_create(&ahead->threads[ahead->started], NULL, work, ahead) == 0)
		ahead->started++;
	ahead->wanted = ahead->started;
}

/* ---- the interface ---------------------------------------------------------------- */

struct ahead *ahead_new(const struct intake *intake, unsigned threads)
{
	struct ahead *ahead = mem_alloc(sizeof *ahead);
	memset(ahead, 0, sizeof *ahead);
	ahead->intake = intake;
	ahead->wanted = threads < THREADS_MAX ? threads : THREADS_MAX;
	pthread_mutex_init(&ahead->lock, NULL);
	pthread_cond_init(&ahead->moved, NULL);
	fill(ahead);
	if (ahead->count)
		start_threads(ahead);
	return ahead;
}

/* Whether the file's words were read ahead, or are now. */
static int take(struct ahead *ahead, const struct store_file *file, struct words *words)
{
	size_t i = 0;
	while (i < ahead->count && job_at(ahead, i)->file != file)
		i++;
	if (i == ahead->count)
		return 0;
	for (; i > 0; i--)
		forget_first(ahead);
	finish(ahead, job_at(ahead, 0));
	take_first(ahead, words);
	fill(ahead);
	return 1;
}

void ahead_take(
    struct ahead *ahead, struct store *store, const struct store_file *file, struct words *words)
{
	int taken = 0;
	if (ahead) {
		pthread_mutex_lock(&ahead->lock);
		taken = take(ahead, file, words);
		pthread_mutex_unlock(&ahead->lock);
	}
	if (!taken)
		read_words(store, file, words);
}

void ahead_free(struct ahead *ahead)
{
	if (!ahead)
		return;
	pthread_mutex_lock(&ahead->lock);
	ahead->stop = 1;
	pthread_cond_broadcast(&ahead->moved);
	pthread_mutex_unlock(&ahead->lock);
	while (ahead->started > 0)
		pthread_join(ahead->threads[--ahead->started], NULL);
	for (size_t i = 0; i < ahead->count; i++)
		words_release(&job_at(ahead, i)->words);
	pthread_cond_destroy(&ahead->moved);
	pthread_mutex_destroy(&ahead->lock);
	free(ahead);
}
