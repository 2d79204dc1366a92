/* plate.h: a picture of the report, ready to be drawn. */
#ifndef PAGE_PLATE_H
#define PAGE_PLATE_H

#include "base/arena.h"

#include <stddef.h>

typedef struct _cairo cairo_t;

/*
 * A picture whose bytes are borrowed. It is unpacked when it is drawn, and let go
 * again: all pictures of a report together are no trouble.
 */
struct plate {
	const char *bytes;
	size_t size;
	int is_jpeg;          /* else a PNG */
	double width, height; /* in pixels */
};

/* In the arena; NULL if it cannot be read, or has four colours: ink, which sRGB pages must not
 * have. */
const struct plate *plate_new(const char *bytes, size_t size, int is_jpeg, struct arena *arena);

/* Draws it into a box in points. */
void plate_draw(
    cairo_t *cr, const struct plate *plate, double x, double y, double width, double height);

#endif
