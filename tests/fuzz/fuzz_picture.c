/* fuzz_picture.c: whatever claims to be a picture is measured or refused. */
#include "fuzz.h"
#include "pictures/image.h"

static void fuzz(struct arena *arena, const char *text, size_t n)
{
	struct image image;
	(void)arena;
	if (image_read(text, n, &image) == NULL &&
	    (image.width == 0 || image.height == 0 ||
	        image.width > IMAGE_PIXELS_MAX / image.height))
		__builtin_trap();
}
