/* fuzz_picture.c: whatever claims to be a picture is measured or refused. */
#include "fuzz.h"
#include "pictures/image.h"

#include <string.h>

static void fuzz(struct arena *arena, const char *text, size_t n)
{
	struct image image, again;
	struct buf plain = { 0 }, same = { 0 };
	(void)arena;
	if (image_read(text, n, &image, &plain) == NULL) {
		if (image.width == 0 || image.height == 0 ||
		    image.width > IMAGE_PIXELS_MAX / image.height || plain.len > n)
			__builtin_trap();
		/* What was made plain is the same picture, and plain. */
		if (image_read(plain.data, plain.len, &again, &same) != NULL ||
		    again.width != image.width || again.height != image.height ||
		    same.len != plain.len || memcmp(same.data, plain.data, same.len) != 0)
			__builtin_trap();
	}
	buf_release(&plain);
	buf_release(&same);
}
