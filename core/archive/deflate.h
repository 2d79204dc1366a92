/* deflate.h: compression of what fits into memory, over libdeflate. */
#ifndef ARCHIVE_DEFLATE_H
#define ARCHIVE_DEFLATE_H

#include <stddef.h>
#include <stdint.h>

/* What is worth a probe before compressing it whole, and how much of it is tried. */
#define DEFLATE_PROBE ((size_t)64 * 1024)

/* Fixed, so that the bytes do not depend on who compressed. */
enum deflate_level {
	DEFLATE_QUICK = 3, /* what is opened tomorrow: half the time, a tenth larger */
	DEFLATE_KEPT = 6   /* what is kept: twice zlib's speed at zlib's default size */
};

/* A compressor. One thread each. NULL: out of memory. */
struct deflater;
struct deflater *deflater_new(enum deflate_level level);
void deflater_free(struct deflater *deflater); /* takes NULL */

/*
 * Raw deflate of `n` bytes into `out`, which has room for `n`. Returns its
 * length, or 0 if less than 3 % would be saved: store it then.
 */
size_t deflate_pack(struct deflater *deflater, const void *in, size_t n, void *out);

/*
 * Whether something of which the first bytes are given (DEFLATE_PROBE of them
 * is enough) seems worth compressing.
 */
int deflate_worth(struct deflater *deflater, const void *first, size_t n);

/*
 * Undoes raw deflate: 0 if `packed_n` bytes at `packed` hold exactly `n` bytes,
 * which then stand at `out`; -1 if they are damaged, fewer or more.
 */
int deflate_unpack(const void *packed, size_t packed_n, void *out, size_t n);

/* CRC-32 as zip has it. */
uint32_t deflate_crc(const void *bytes, size_t n);
/* The same of more bytes behind those that `crc` is of; begin with 0. */
uint32_t deflate_crc_add(uint32_t crc, const void *bytes, size_t n);

#endif
