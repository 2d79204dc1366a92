/* draw.h: glyphs and drawings onto a cairo context, whose unit is the point. */
#ifndef PAGE_DRAW_H
#define PAGE_DRAW_H

#include "formats/drawing.h"
#include "page/shape.h"

typedef struct _cairo cairo_t;

/*
 * Shows units [from, to) of a text that begins at byte `at`, the first one at
 * (x, y) on the base line; `places` has the x of each, from the first one's.
 */
struct shown {
	const struct text *text;
	size_t from, to, at;
	const float *places;
};
void draw_units(cairo_t *cr, struct fonts *fonts, const struct shown *shown, double x, double y);

/* A drawing with its top left corner at the origin, in the colours of paper. */
void draw_drawing(cairo_t *cr, struct fonts *fonts, const struct drawing *drawing);

#endif
