/*
 * image.c: pictures through cairo. A JPEG goes into the PDF as it is. A PNG loses
 * its transparency, which PDF/A-1 does not know: it lies on white paper.
 */
#include "page/image.h"

#include "base/arena.h"

#include <cairo.h>
#include <stdlib.h>
#include <string.h>

enum { SIDE_MAX = 16000 };

struct image {
	cairo_surface_t *surface;
	double width, height;
};

struct source {
	const char *bytes;
	size_t left;
};

static cairo_status_t more(void *from, unsigned char *to, unsigned size)
{
	struct source *source = from;
	if (size > source->left)
		return CAIRO_STATUS_READ_ERROR;
	memcpy(to, source->bytes, size);
	source->bytes += size;
	source->left -= size;
	return CAIRO_STATUS_SUCCESS;
}

/* On white; NULL if there is nothing to lay there. */
static cairo_surface_t *flattened(cairo_surface_t *from, int width, int height)
{
	cairo_surface_t *to = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
	cairo_t *cr = cairo_create(to);
	cairo_set_source_rgb(cr, 1, 1, 1);
	cairo_paint(cr);
	cairo_set_source_surface(cr, from, 0, 0);
	cairo_paint(cr);
	int failed = cairo_status(cr) != CAIRO_STATUS_SUCCESS;
	cairo_destroy(cr);
	if (!failed)
		return to;
	cairo_surface_destroy(to);
	return NULL;
}

static cairo_surface_t *open_png(const char *bytes, size_t size)
{
	struct source source = { bytes, size };
	cairo_surface_t *read = cairo_image_surface_create_from_png_stream(more, &source);
	cairo_surface_t *flat = NULL;
	if (cairo_surface_status(read) == CAIRO_STATUS_SUCCESS)
		flat = flattened(read, cairo_image_surface_get_width(read),
		    cairo_image_surface_get_height(read));
	cairo_surface_destroy(read);
	return flat;
}

static unsigned pair(const unsigned char *at)
{
	return (unsigned)at[0] << 8 | at[1];
}

/*
 * A JPEG's frame header: its size, and whether its colours are grey or three
 * (four are ink, which sRGB pages must not have). Whole: it ends with its end mark.
 */
static int read_jpeg(const char *bytes, size_t size, int *width, int *height)
{
	const unsigned char *at = (const unsigned char *)bytes, *end = at + size;
	if (size < 4 || at[0] != 0xFF || at[1] != 0xD8)
		return 0;
	for (at += 2; end - at >= 10;) {
		unsigned mark = at[1], length = pair(at + 2);
		if (at[0] != 0xFF)
			return 0;
		if (mark == 0xFF) { /* filling */
			at++;
			continue;
		}
		if (mark >= 0xC0 && mark <= 0xC2) {
			*height = (int)pair(at + 5);
			*width = (int)pair(at + 7);
			return (at[9] == 1 || at[9] == 3) && at[4] == 8;
		}
		if (length < 2 || (size_t)(end - at) < length + 2u || mark == 0xDA)
			return 0;
		at += length + 2;
	}
	return 0;
}

/* The surface is as large as the picture, but has one bit a pixel: nothing is decoded. */
static cairo_surface_t *open_jpeg(const char *bytes, size_t size)
{
	int width, height;
	if (!read_jpeg(bytes, size, &width, &height) || width <= 0 || height <= 0 ||
	    width > SIDE_MAX || height > SIDE_MAX)
		return NULL;
	cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A1, width, height);
	if (cairo_surface_set_mime_data(surface, CAIRO_MIME_TYPE_JPEG, (const unsigned char *)bytes,
	        size, NULL, NULL) == CAIRO_STATUS_SUCCESS)
		return surface;
	cairo_surface_destroy(surface);
	return NULL;
}

struct image *image_new(const char *bytes, size_t size, int is_jpeg)
{
	cairo_surface_t *surface = is_jpeg ? open_jpeg(bytes, size) : open_png(bytes, size);
	if (!surface)
		return NULL;
	struct image *image = mem_alloc(sizeof *image);
	*image = (struct image){ surface, cairo_image_surface_get_width(surface),
		cairo_image_surface_get_height(surface) };
	return image;
}

void image_free(struct image *image)
{
	if (!image)
		return;
	cairo_surface_destroy(image->surface);
	free(image);
}

void image_size(const struct image *image, double *width, double *height)
{
	*width = image->width;
	*height = image->height;
}

void image_draw(cairo_t *cr, struct image *image, double x, double y, double width, double height)
{
	cairo_save(cr);
	cairo_translate(cr, x, y);
	cairo_scale(cr, width / image->width, height / image->height);
	cairo_set_source_surface(cr, image->surface, 0, 0);
	/* Else the PDF asks its reader to smooth the picture, which PDF/A does not allow. */
	cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_NEAREST);
	cairo_paint(cr);
	cairo_restore(cr);
}
