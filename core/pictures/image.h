/*
 * image.h: what a picture's bytes are: a PNG or JPEG that a reader of its kind
 * will open, and how large. Its pixels are not unpacked.
 *
 * PNG: ISO/IEC 15948:2004, 5 and 11. JPEG: ITU-T T.81, annex B.
 */
#ifndef PICTURES_IMAGE_H
#define PICTURES_IMAGE_H

#include "base/buf.h"

#include <stddef.h>

/* More pixels than that are not set: whoever opens the report must unpack them. */
#define IMAGE_PIXELS_MAX 50000000u

struct image {
	int is_jpeg;            /* else a PNG */
	unsigned width, height; /* in pixels, never 0 */
};

/*
 * NULL, or why the bytes cannot be set as a picture, untranslated; `image` and `plain` are
 * then as they were. Every part of a PNG is there and has its checksum; a JPEG goes
 * on to its end and stands upright without its camera's help.
 *
 * Appends to `plain`, unless that is NULL, the same picture without what no reader
 * needs to show it: where, when, with what and by whom it was made, comments,
 * smaller pictures of it, and whatever stands behind its end.
 */
const char *image_read(const void *bytes, size_t n, struct image *image, struct buf *plain);

#endif
