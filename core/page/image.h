/* image.h: a picture of the report, ready to be drawn. */
#ifndef PAGE_IMAGE_H
#define PAGE_IMAGE_H

#include <stddef.h>

typedef struct _cairo cairo_t;

struct image;

/* A JPEG (kept as it is, its bytes borrowed) or a PNG; NULL if it cannot be read. */
struct image *image_new(const char *bytes, size_t size, int is_jpeg);
void image_free(struct image *image);

/* In pixels. */
void image_size(const struct image *image, double *width, double *height);

/* Draws it into a box in points. */
void image_draw(cairo_t *cr, struct image *image, double x, double y, double width, double height);

#endif
