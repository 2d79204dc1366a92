/* deflate.c: compression in memory; the only includer of libdeflate. */
#include "archive/deflate.h"

#include "base/arena.h"

#include <libdeflate.h>
#include <stdlib.h>

/* In a few kilobytes a long search finds nothing more, and its tables take longer to clear. */
enum { SMALL = 4096, SMALL_LEVEL = 1 };

struct deflater {
	struct libdeflate_compressor *normal, *small;
};

struct deflater *deflater_new(enum deflate_level level)
{
	struct deflater *deflater = mem_alloc(sizeof *deflater);

	deflater->normal = libdeflate_alloc_compressor((int)level);
	deflater->small = libdeflate_alloc_compressor(SMALL_LEVEL);
	if (deflater->normal && deflater->small)
		return deflater;
	deflater_free(deflater);
	return NULL;
}

void deflater_free(struct deflater *deflater)
{
	if (!deflater)
		return;
	libdeflate_free_compressor(deflater->normal);
	libdeflate_free_compressor(deflater->small);
	free(deflater);
}

size_t deflate_pack(struct deflater *deflater, const void *in, size_t n, void *out)
{
	/* With room for 97 % only, libdeflate itself gives up on what saves less. */
	size_t room = n / 100 * 97;

	if (room == 0)
		return 0;
	return libdeflate_deflate_compress(
	    n <= SMALL ? deflater->small : deflater->normal, in, n, out, room);
}

/*
 * Whether all bytes come equally often, as in pictures, scans and archives: a sum of squares within
 * 3 % of the smallest there can be leaves less than 1 % to save. Ten times quicker than to try.
 */
static int is_flat(const unsigned char *bytes, size_t n)
{
	uint64_t counts[256] = { 0 }, squares = 0;

	for (size_t i = 0; i < n; i++)
		counts[bytes[i]]++;
	for (size_t i = 0; i < 256; i++)
		squares += counts[i] * counts[i];
	return n == DEFLATE_PROBE && squares * 256 * 100 < (uint64_t)n * n * 103;
}

int deflate_worth(struct deflater *deflater, const void *first, size_t n)
{
	unsigned char *out;
	size_t packed;

	if (n > DEFLATE_PROBE)
		n = DEFLATE_PROBE;
	if (is_flat(first, n))
		return 0;
	out = mem_alloc(n ? n : 1);
	packed = deflate_pack(deflater, first, n, out);
	free(out);
	return packed > 0;
}

int deflate_unpack(const void *packed, size_t packed_n, void *out, size_t n)
{
	struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
	enum libdeflate_result result;
	size_t used = 0, made = 0;

	if (!d)
		mem_fail(); /* it is not the content's fault */
	result = libdeflate_deflate_decompress_ex(d, packed, packed_n, out, n, &used, &made);
	libdeflate_free_decompressor(d);
	return result == LIBDEFLATE_SUCCESS && used == packed_n && made == n ? 0 : -1;
}

uint32_t deflate_crc(const void *bytes, size_t n)
{
	return libdeflate_crc32(0, bytes, n);
}

uint32_t deflate_crc_add(uint32_t crc, const void *bytes, size_t n)
{
	return libdeflate_crc32(crc, bytes, n);
}
