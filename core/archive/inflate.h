/* inflate.h: decompression of what does not fit into memory, over zlib. */
#ifndef ARCHIVE_INFLATE_H
#define ARCHIVE_INFLATE_H

#include <stddef.h>

/* Gives up to `n` packed bytes; how many, 0 at their end, -1 if they cannot be read. */
typedef long inflate_from(void *self, void *to, size_t n);
/* Takes what was unpacked; 0 to go on. */
typedef int inflate_to(void *self, const void *bytes, size_t n);

/*
 * Undoes raw deflate. 0 if all that was given was one whole stream; 1 if that
 * is followed by more; -1 if it is damaged or cut off, or one of the two did
 * not go on.
 */
int inflate_stream(inflate_from *from, inflate_to *to, void *self);

#endif
