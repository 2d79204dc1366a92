/*
 * plate.c: pictures through cairo. A JPEG goes into the PDF as it is. A PNG loses
 * its transparency, which PDF/A-1 does not know: it lies on white paper.
 */
#include "page/plate.h"

#include <cairo.h>
#include <stdint.h>
#include <string.h>

enum { SIDE_MAX = 32000 };

/* ---- PNG --------------------------------------------------------------------------- */

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

/* Colours are multiplied by their opacity already: white shines through the rest of it. */
static void lay_on_white(unsigned char *row, int width)
{
	for (int i = 0; i < width; i++, row += 4) {
		uint32_t pixel;
		memcpy(&pixel, row, sizeof pixel);
		pixel += (255 - (pixel >> 24)) * 0x010101u;
		memcpy(row, &pixel, sizeof pixel);
	}
}

/* The same pixels, known to be opaque. */
static cairo_surface_t *flattened(cairo_surface_t *from)
{
	static const cairo_user_data_key_t key;
	int width = cairo_image_surface_get_width(from);
	int height = cairo_image_surface_get_height(from);
	int stride = cairo_image_surface_get_stride(from);
	unsigned char *pixels = cairo_image_surface_get_data(from);
	if (cairo_image_surface_get_format(from) != CAIRO_FORMAT_ARGB32)
		return from;
	cairo_surface_flush(from);
	for (int y = 0; y < height; y++)
		lay_on_white(pixels + (size_t)stride * (size_t)y, width);
	cairo_surface_t *to =
	    cairo_image_surface_create_for_data(pixels, CAIRO_FORMAT_RGB24, width, height, stride);
	if (cairo_surface_set_user_data(to, &key, from,
	        (cairo_destroy_func_t)cairo_surface_destroy) != CAIRO_STATUS_SUCCESS)
		mem_fail();
	return to;
}

static cairo_surface_t *open_png(const char *bytes, size_t size)
{
	struct source source = { bytes, size };
	cairo_surface_t *read = cairo_image_surface_create_from_png_stream(more, &source);
	if (cairo_surface_status(read) == CAIRO_STATUS_SUCCESS)
		return flattened(read);
	cairo_surface_destroy(read);
	return NULL;
}

/* ---- JPEG -------------------------------------------------------------------------- */

static int pair(const unsigned char *at)
{
	return at[0] << 8 | at[1];
}

/* The frame header (ITU-T T.81, B.2.2): eight bits for each of one or three colours. */
static int read_jpeg(const char *bytes, size_t size, int *width, int *height)
{
	const unsigned char *at = (const unsigned char *)bytes, *end = at + size;
	if (size < 4 || at[0] != 0xFF || at[1] != 0xD8)
		return 0;
	for (at += 2; end - at >= 10 && at[0] == 0xFF;) {
		int mark = at[1], length = pair(at + 2);
		if (mark == 0xFF) { /* filling */
			at++;
			continue;
		}
		if (mark >= 0xC0 && mark <= 0xC2) {
			*height = pair(at + 5);
			*width = pair(at + 7);
			return at[4] == 8 && (at[9] == 1 || at[9] == 3) && *width > 0 &&
			       *height > 0 && *width <= SIDE_MAX && *height <= SIDE_MAX;
		}
		if (length < 2 || end - at < length + 2 || mark == 0xDA)
			return 0;
		at += length + 2;
	}
	return 0;
}

/* As large as the picture, but with one bit a pixel: its bytes go into the PDF, nothing is
 * unpacked. */
static cairo_surface_t *open_jpeg(const char *bytes, size_t size)
{
	int width, height;
	if (!read_jpeg(bytes, size, &width, &height))
		return NULL;
	cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A1, width, height);
	if (cairo_surface_set_mime_data(surface, CAIRO_MIME_TYPE_JPEG, (const unsigned char *)bytes,
	        size, NULL, NULL) == CAIRO_STATUS_SUCCESS)
		return surface;
	cairo_surface_destroy(surface);
	return NULL;
}

/* ---- both --------------------------------------------------------------------------- */

const struct plate *plate_new(const char *bytes, size_t size, int is_jpeg, struct arena *arena)
{
	cairo_surface_t *surface = is_jpeg ? open_jpeg(bytes, size) : open_png(bytes, size);
	if (!surface)
		return NULL;
	struct plate *plate = arena_alloc(arena, sizeof *plate);
	*plate = (struct plate){ bytes, size, is_jpeg, cairo_image_surface_get_width(surface),
		cairo_image_surface_get_height(surface) };
	cairo_surface_destroy(surface);
	return plate;
}

void plate_draw(
    cairo_t *cr, const struct plate *plate, double x, double y, double width, double height)
{
	cairo_surface_t *surface =
	    (plate->is_jpeg ? open_jpeg : open_png)(plate->bytes, plate->size);
	if (!surface)
		return;
	cairo_save(cr);
	cairo_translate(cr, x, y);
	cairo_scale(cr, width / plate->width, height / plate->height);
	cairo_set_source_surface(cr, surface, 0, 0);
	/* Else the PDF asks its reader to smooth the picture, which PDF/A does not allow. */
	cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_NEAREST);
	cairo_paint(cr);
	cairo_restore(cr);
	cairo_surface_destroy(surface);
}
