/* deflate_pieces.c: compression piece by piece; zlib's, for it can end a piece without ending the
 * stream. */
#define ZLIB_CONST /* what is read stays as it is */
#include "archive/deflate_pieces.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum {
	RAW = -15,
	LEVEL = 6, /* fixed, for same bytes */
	MEMORY = 8,
	MARK = 16 /* the empty block that ends a piece, and bits to spare */
};

/* A piece_deflater is zlib's stream under another name. */
struct piece_deflater *piece_deflater_new(void)
{
	z_stream *z = mem_alloc(sizeof *z);

	memset(z, 0, sizeof *z);
	if (deflateInit2(z, LEVEL, Z_DEFLATED, RAW, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
		mem_fail();
	return (struct piece_deflater *)z;
}

void piece_deflater_free(struct piece_deflater *deflater)
{
	z_stream *z = (z_stream *)deflater;

	if (z)
		deflateEnd(z);
	free(z);
}

size_t piece_room(size_t n)
{
	return compressBound((uLong)n) + MARK;
}

size_t piece_pack(
    struct piece_deflater *deflater, const void *in, size_t n, size_t before, int last, void *out)
{
	z_stream *z = (z_stream *)deflater;
	const Bytef *from = in;

	/* None of these fails but by misuse, and wrong bytes must never get out. */
	if (deflateReset(z) != Z_OK ||
	    (before > 0 && deflateSetDictionary(z, from - before, (uInt)before) != Z_OK))
		abort();
	z->next_in = from;
	z->avail_in = (uInt)n;
	z->next_out = out;
	z->avail_out = (uInt)piece_room(n);
	if (deflate(z, last ? Z_FINISH : Z_SYNC_FLUSH) != (last ? Z_STREAM_END : Z_OK) ||
	    z->avail_in > 0)
		abort();
	return z->total_out;
}
