/*
 * zip_stream.h: something big on its way into a zip: read once, then digested
 * and compressed piece by piece, by several hands at once, in memory that does
 * not grow with it. Private to this room.
 */
#ifndef ARCHIVE_ZIP_STREAM_H
#define ARCHIVE_ZIP_STREAM_H

#include "archive/digest.h"

#include <stddef.h>
#include <stdint.h>

struct zip_stream;

struct zip_stream_from {
	int fd;            /* read from where it stands; borrowed */
	const void *bytes; /* instead of the file: what is in memory; borrowed. NULL: `fd` */
	uint64_t size;     /* so much of it */
	int deflated;      /* compress it, else it is handed on as it is */
	int sha256, sm3;   /* digests that are wanted */
	unsigned threads;  /* 1: all is done in the caller's */
};

/* What is known of it when all is read. */
struct zip_stream_sums {
	char sha256[DIGEST_HEX_MAX], sm3[DIGEST_HEX_MAX]; /* "" unless wanted */
	uint32_t crc;                                     /* of what was read */
};

/* Never fails: work that no thread can be had for is done in the caller's. */
struct zip_stream *zip_stream_open(const struct zip_stream_from *from);

/*
 * The next bytes as they go into the zip, the same whatever the number of
 * threads: how many, 0 at the end, -1 if it cannot be read: with errno, which
 * is 0 if the file ends before `size`. Call it until it gives 0.
 */
long zip_stream_read(struct zip_stream *stream, void *to, size_t n);

/* How much of it was read so far. */
uint64_t zip_stream_taken(const struct zip_stream *stream);

/* After zip_stream_read() gave 0: waits for the digests. */
void zip_stream_sums(struct zip_stream *stream, struct zip_stream_sums *sums);

/* Frees it, at whatever point; takes NULL. */
void zip_stream_free(struct zip_stream *stream);

#endif
