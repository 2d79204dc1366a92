/*
 * zip_stream.c: a ring of pieces with several hands at it. The caller's thread
 * reads pieces and takes them out; SHA-256 and SM3, which go from piece to
 * piece, have a thread each, compression, which does not, has several. A piece's
 * place is used again when all of them are done with it.
 */
#include "archive/zip_stream.h"

#include "archive/deflate.h"
#include "archive/deflate_pieces.h"
#include "base/arena.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	PIECE = 1 << 20, /* fixed, for same bytes */
	PACKERS_MAX = 16,
	SPARE = 3 /* pieces more than there are packers */
};

/* Who works at pieces. */
enum hand { HAND_SHA256, HAND_SM3, HAND_PACK, HANDS };

struct place {
	unsigned char *room; /* DEFLATE_WINDOW bytes of the piece before, then the piece */
	size_t n;            /* of the piece */
	unsigned char *packed;
	size_t packed_n;
	int is_packed;
};

struct zip_stream {
	struct zip_stream_from from;
	uint64_t pieces;
	struct place *places;
	size_t place_count;
	struct digest *digests[2];       /* HAND_SHA256, HAND_SM3; NULL: not wanted */
	struct piece_deflater *deflater; /* the caller's own */
	uint32_t crc;

	/* The caller's thread only. */
	uint64_t read;
	uint64_t out; /* the piece that is handed on */
	size_t at;    /* how much of it is */
	int cause;    /* errno of a read that failed */

	pthread_mutex_t lock;
	pthread_cond_t moved;
	uint64_t filled;       /* pieces that are read */
	uint64_t handed;       /* pieces that are taken out */
	uint64_t begun[HANDS]; /* pieces that a hand has begun */
	uint64_t done[HANDS];  /* and ended; not of HAND_PACK, whose pieces say it themselves */
	int manned[HANDS];     /* has a thread */
	int stop;

	pthread_t threads[PACKERS_MAX + HANDS];
	unsigned started;
};

static struct place *place_of(const struct zip_stream *s, uint64_t piece)
{
	return &s->places[piece % s->place_count];
}

static int wanted(const struct zip_stream *s, enum hand hand)
{
	return hand == HAND_PACK ? s->from.deflated : s->digests[hand] != NULL;
}

/* ---- the hands ----------------------------------------------------------- */

static void perform(
    struct zip_stream *s, enum hand hand, uint64_t piece, struct piece_deflater *deflater)
{
	struct place *place = place_of(s, piece);
	const unsigned char *bytes = place->room + DEFLATE_WINDOW;

	if (hand == HAND_PACK)
		place->packed_n = piece_pack(deflater, bytes, place->n,
		    piece > 0 ? DEFLATE_WINDOW : 0, piece + 1 == s->pieces, place->packed);
	else
		digest_add(s->digests[hand], bytes, place->n);
}

/* Does the next piece, if there is one to do. Called with the lock, which is let go meanwhile. */
static int step(struct zip_stream *s, enum hand hand, struct piece_deflater *deflater)
{
	uint64_t piece = s->begun[hand];

	if (piece >= s->filled)
		return 0;
	s->begun[hand]++;
	pthread_mutex_unlock(&s->lock);
	perform(s, hand, piece, deflater);
	pthread_mutex_lock(&s->lock);
	if (hand == HAND_PACK)
		place_of(s, piece)->is_packed = 1;
	else
		s->done[hand]++;
	pthread_cond_broadcast(&s->moved);
	return 1;
}

static void work(struct zip_stream *s, enum hand hand)
{
	struct piece_deflater *deflater = hand == HAND_PACK ? piece_deflater_new() : NULL;

	pthread_mutex_lock(&s->lock);
	while (!s->stop && s->begun[hand] < s->pieces)
		if (!step(s, hand, deflater))
			pthread_cond_wait(&s->moved, &s->lock);
	pthread_mutex_unlock(&s->lock);
	piece_deflater_free(deflater);
}

static void *work_sha256(void *self)
{
	work(self, HAND_SHA256);
	return NULL;
}

static void *work_sm3(void *self)
{
	work(self, HAND_SM3);
	return NULL;
}

static void *work_pack(void *self)
{
	work(self, HAND_PACK);
	return NULL;
}

static void man(struct zip_stream *s, enum hand hand, unsigned count)
{
	void *(*const works[HANDS])(void *) = { work_sha256, work_sm3, work_pack };

	for (unsigned i = 0; i < count && wanted(s, hand); i++)
		if (pthread_create(&s->threads[s->started], NULL, works[hand], s) == 0) {
			s->started++;
			s->manned[hand] = 1;
		}
}

struct zip_stream *zip_stream_open(const struct zip_stream_from *from)
{
	struct zip_stream *s = mem_alloc(sizeof *s);
	unsigned packers = from->threads < PACKERS_MAX ? from->threads : PACKERS_MAX;

	memset(s, 0, sizeof *s);
	s->from = *from;
	s->pieces = from->size / PIECE + (from->size % PIECE > 0);
	s->digests[HAND_SHA256] = from->sha256 ? digest_new("sha256") : NULL;
	s->digests[HAND_SM3] = from->sm3 ? digest_new("sm3") : NULL;
	s->deflater = from->deflated ? piece_deflater_new() : NULL;
	s->place_count = packers + SPARE;
	s->places = mem_alloc(s->place_count * sizeof *s->places);
	for (size_t i = 0; i < s->place_count; i++)
		s->places[i] = (struct place){ .room = mem_alloc(DEFLATE_WINDOW + PIECE),
			.packed = from->deflated ? mem_alloc(piece_room(PIECE)) : NULL };
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->moved, NULL);
	if (from->threads > 1) {
		man(s, HAND_SHA256, 1);
		man(s, HAND_SM3, 1);
		man(s, HAND_PACK, packers);
	}
	return s;
}

/* ---- the caller ---------------------------------------------------------- */

static int read_piece(struct zip_stream *s, unsigned char *to, size_t n)
{
	if (s->from.bytes) {
		memcpy(to, (const char *)s->from.bytes + s->read, n);
		s->read += n;
		return 0;
	}
	for (size_t done = 0; done < n;) {
		ssize_t got = read(s->from.fd, to + done, n - done);

		if (got > 0) {
			done += (size_t)got;
		} else if (got == 0 || errno != EINTR) {
			s->cause = got == 0 ? 0 : errno;
			return -1;
		}
	}
	s->read += n;
	return 0;
}

/* Whether all are done with the piece that stood where the next one will. Called with the lock. */
static int has_room(const struct zip_stream *s)
{
	uint64_t end = s->handed;

	for (size_t i = 0; i < HAND_PACK; i++)
		if (s->digests[i] && s->done[i] < end)
			end = s->done[i];
	return s->filled < s->pieces && s->filled < end + s->place_count;
}

/* Reads the next piece. Nobody else touches its place meanwhile. */
static int fill(struct zip_stream *s)
{
	uint64_t left = s->from.size - s->read;
	struct place *place = place_of(s, s->filled);
	unsigned char *bytes = place->room + DEFLATE_WINDOW;

	/* All but the last are full. */
	if (s->filled > 0)
		memcpy(place->room, place_of(s, s->filled - 1)->room + PIECE, DEFLATE_WINDOW);
	place->n = left < PIECE ? (size_t)left : PIECE;
	place->is_packed = 0;
	if (read_piece(s, bytes, place->n) != 0)
		return -1;
	s->crc = deflate_crc_add(s->crc, bytes, place->n);
	pthread_mutex_lock(&s->lock);
	s->filled++;
	pthread_cond_broadcast(&s->moved);
	pthread_mutex_unlock(&s->lock);
	return 0;
}

/* Something that nobody else does; 0 if there is nothing. Called with the lock. */
static int lend_a_hand(struct zip_stream *s)
{
	for (int hand = 0; hand < HANDS; hand++)
		if (!s->manned[hand] && wanted(s, hand) && step(s, hand, s->deflater))
			return 1;
	return 0;
}

static int is_ready(const struct zip_stream *s)
{
	return s->out < s->filled && (!s->from.deflated || place_of(s, s->out)->is_packed);
}

/* Until the next piece can be handed on, with as many read ahead of it as there is room for. */
static int await(struct zip_stream *s)
{
	int rc = 0;

	pthread_mutex_lock(&s->lock);
	for (;;) {
		if (has_room(s)) {
			pthread_mutex_unlock(&s->lock);
			rc = fill(s);
			pthread_mutex_lock(&s->lock);
			if (rc != 0)
				break;
		} else if (is_ready(s)) {
			break;
		} else if (!lend_a_hand(s)) {
			pthread_cond_wait(&s->moved, &s->lock);
		}
	}
	pthread_mutex_unlock(&s->lock);
	return rc;
}

static void hand_on(struct zip_stream *s)
{
	pthread_mutex_lock(&s->lock);
	s->handed = ++s->out;
	pthread_mutex_unlock(&s->lock);
	s->at = 0;
}

long zip_stream_read(struct zip_stream *s, void *to, size_t n)
{
	const struct place *place;
	size_t size;

	if (s->out == s->pieces)
		return 0;
	if (s->at == 0 && await(s) != 0) {
		errno = s->cause;
		return -1;
	}
	place = place_of(s, s->out);
	size = s->from.deflated ? place->packed_n : place->n;
	if (n > size - s->at)
		n = size - s->at;
	memcpy(to, (s->from.deflated ? place->packed : place->room + DEFLATE_WINDOW) + s->at, n);
	s->at += n;
	if (s->at == size)
		hand_on(s);
	return (long)n;
}

uint64_t zip_stream_taken(const struct zip_stream *s)
{
	return s->read;
}

void zip_stream_sums(struct zip_stream *s, struct zip_stream_sums *sums)
{
	*sums = (struct zip_stream_sums){ .crc = s->crc };
	pthread_mutex_lock(&s->lock);
	for (int hand = 0; hand < HAND_PACK; hand++)
		while (s->digests[hand] && s->done[hand] < s->pieces)
			if (!lend_a_hand(s))
				pthread_cond_wait(&s->moved, &s->lock);
	pthread_mutex_unlock(&s->lock);
	if (s->digests[HAND_SHA256])
		digest_end(s->digests[HAND_SHA256], sums->sha256);
	if (s->digests[HAND_SM3])
		digest_end(s->digests[HAND_SM3], sums->sm3);
	s->digests[HAND_SHA256] = s->digests[HAND_SM3] = NULL;
}

void zip_stream_free(struct zip_stream *s)
{
	if (!s)
		return;
	pthread_mutex_lock(&s->lock);
	s->stop = 1;
	pthread_cond_broadcast(&s->moved);
	pthread_mutex_unlock(&s->lock);
	while (s->started > 0)
		pthread_join(s->threads[--s->started], NULL);
	pthread_cond_destroy(&s->moved);
	pthread_mutex_destroy(&s->lock);
	digest_free(s->digests[HAND_SHA256]);
	digest_free(s->digests[HAND_SM3]);
	piece_deflater_free(s->deflater);
	for (size_t i = 0; i < s->place_count; i++) {
		free(s->places[i].room);
		free(s->places[i].packed);
	}
	free(s->places);
	free(s);
}
