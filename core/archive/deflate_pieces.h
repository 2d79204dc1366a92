/* deflate_pieces.h: compression of what does not fit into memory, piece by piece, over zlib. */
#ifndef ARCHIVE_DEFLATE_PIECES_H
#define ARCHIVE_DEFLATE_PIECES_H

#include <stddef.h>

/* How far back a piece may refer into the one before it. */
#define DEFLATE_WINDOW ((size_t)32 * 1024)

/* A compressor of pieces. One thread each; out of memory ends the program. */
struct piece_deflater;
struct piece_deflater *piece_deflater_new(void);
void piece_deflater_free(struct piece_deflater *deflater); /* takes NULL */

/* Room that a packed piece of `n` bytes may need. */
size_t piece_room(size_t n);

/*
 * Raw deflate of one piece into `out`: how long it became. The packed pieces of
 * something, one behind the other, are its raw deflate, whoever packed which;
 * `before` bytes in front of `in`, DEFLATE_WINDOW at most, are the end of the
 * piece before it. `last`: the stream ends with it.
 */
size_t piece_pack(
    struct piece_deflater *deflater, const void *in, size_t n, size_t before, int last, void *out);

#endif
