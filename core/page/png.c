/* png.c: cairo draws on an image. */
#include "page/png.h"

#include "base/i18n.h"
#include "page/draw.h"

#include <cairo.h>

static cairo_status_t take(void *out, const unsigned char *bytes, unsigned size)
{
	buf_add(out, bytes, size);
	return CAIRO_STATUS_SUCCESS;
}

int drawing_png(const struct drawing *drawing, double dpi, struct buf *out, struct err *err)
{
	double scale = dpi / 25.4;
	size_t before = out->len;
	struct fonts *fonts = fonts_new(err);
	if (!fonts)
		return -1;
	cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_RGB24,
	    (int)(drawing->width * scale + 0.5), (int)(drawing->height * scale + 0.5));
	cairo_t *cr = cairo_create(image);
	cairo_set_source_rgb(cr, 1, 1, 1);
	cairo_paint(cr);
	cairo_scale(cr, scale * 25.4 / 72, scale * 25.4 / 72);
	draw_drawing(cr, fonts, drawing);
	cairo_status_t status = cairo_status(cr);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_write_to_png_stream(image, take, out);
	cairo_destroy(cr);
	cairo_surface_destroy(image);
	int rc = status == CAIRO_STATUS_SUCCESS ? fonts_check(fonts, err) : -1;
	fonts_free(fonts);
	if (rc != 0)
		out->len = before;
	if (status == CAIRO_STATUS_SUCCESS)
		return rc;
	return err_set(err, ERR_SYSTEM, _("a picture of the chart cannot be made: %s"),
	    cairo_status_to_string(status));
}
