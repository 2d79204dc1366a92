/* inflate.c: decompression piece by piece, over zlib. */
#include "archive/inflate.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { PIECE = 128 * 1024, RAW = -15 };

struct pieces {
	unsigned char packed[PIECE], bytes[PIECE];
};

/* Unpacks what is in the stream's input. Z_OK: it takes more. */
static int drain(z_stream *z, struct pieces *pieces, inflate_to *to, void *self)
{
	int rc;

	do {
		z->next_out = pieces->bytes;
		z->avail_out = PIECE;
		rc = inflate(z, Z_NO_FLUSH);
		if (rc == Z_BUF_ERROR) /* nothing left to do */
			return Z_OK;
		if (rc != Z_OK && rc != Z_STREAM_END)
			return rc;
		if (to(self, pieces->bytes, PIECE - z->avail_out) != 0)
			return Z_ERRNO;
	} while (rc == Z_OK && (z->avail_in > 0 || z->avail_out == 0));
	return rc;
}

int inflate_stream(inflate_from *from, inflate_to *to, void *self)
{
	struct pieces *pieces = mem_alloc(sizeof *pieces);
	z_stream z;
	int rc;
	long n = 0;

	memset(&z, 0, sizeof z);
	if (inflateInit2(&z, RAW) != Z_OK)
		mem_fail();
	rc = Z_OK;
	while (rc == Z_OK && (n = from(self, pieces->packed, PIECE)) > 0) {
		z.next_in = pieces->packed;
		z.avail_in = (uInt)n;
		rc = drain(&z, pieces, to, self);
	}
	/* The end of the stream must be the end of what is given. */
	n = rc != Z_STREAM_END ? -1 : z.avail_in > 0 ? 1 : from(self, pieces->packed, 1);
	inflateEnd(&z);
	free(pieces);
	return n > 0 ? 1 : (int)n;
}
