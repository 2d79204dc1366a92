/* draw.c: what stands on a page, through cairo. */
#include "page/draw.h"

#include <cairo.h>
#include <stdlib.h>
#include <string.h>

static const double POINTS = 72 / 25.4; /* of a millimetre */

enum { BATCH = 2048 }; /* more than a cluster has, unless a font makes fun of us */

/* Glyphs of one face and size, shown at once with the text that they stand for. */
struct batch {
	cairo_t *cr;
	struct fonts *fonts;
	const char *text;
	size_t bytes;
	unsigned face;
	double size;
	int backwards;
	cairo_glyph_t glyphs[BATCH];
	cairo_text_cluster_t clusters[BATCH];
	int glyph_count, cluster_count;
};

static void flush(struct batch *batch)
{
	if (batch->cluster_count) {
		cairo_set_scaled_font(
		    batch->cr, font_scaled(batch->fonts, batch->face, batch->size));
		cairo_show_text_glyphs(batch->cr, batch->text, (int)batch->bytes, batch->glyphs,
		    batch->glyph_count, batch->clusters, batch->cluster_count, 0);
	}
	batch->text += batch->bytes;
	batch->bytes = 0;
	batch->glyph_count = batch->cluster_count = 0;
}

static void add_glyph(struct batch *batch, unsigned long index, double x, double y)
{
	batch->glyphs[batch->glyph_count++] = (cairo_glyph_t){ index, x, y };
}

/* A visible box for a character that no font has; its text still stands there for who copies it. */
static void draw_missing(struct batch *batch, const struct unit *unit, double x, double y)
{
	double size = batch->size;
	cairo_set_line_width(batch->cr, size / 20);
	cairo_rectangle(
	    batch->cr, x + size * 0.08, y - size * 0.8, unit->width - size * 0.16, size * 0.84);
	cairo_stroke(batch->cr);
	add_glyph(batch, font_glyph(batch->fonts, FONT_FANG, 0x3000)->index, x, y);
}

static void add_unit(
    struct batch *batch, const struct text *text, const struct unit *unit, double x, double y)
{
	int before = batch->glyph_count;
	if (unit->flags & UNIT_MISSING) {
		draw_missing(batch, unit, x, y);
	} else if (unit->flags & UNIT_CLUSTER) {
		const struct cluster *cluster = &text->clusters[unit->glyph];
		for (size_t i = 0; i < cluster->count && batch->glyph_count < BATCH; i++) {
			const struct placed_glyph *glyph = &cluster->glyphs[i];
			add_glyph(batch, glyph->index, x + glyph->x, y + glyph->y);
			x += glyph->advance;
		}
	} else if (!(unit->flags & UNIT_BREAK)) {
		add_glyph(batch, unit->glyph, x, y);
	}
	batch->clusters[batch->cluster_count++] =
	    (cairo_text_cluster_t){ unit->bytes, batch->glyph_count - before };
	batch->bytes += unit->bytes;
}

void draw_units(cairo_t *cr, struct fonts *fonts, const struct shown *shown, double x, double y)
{
	const struct text *text = shown->text;
	struct batch batch = { .cr = cr, .fonts = fonts, .text = text->bytes + shown->at };
	for (size_t i = shown->from; i < shown->to; i++) {
		const struct unit *unit = &text->units[i];
		double size = text->styles[unit->style].size;
		unsigned face = unit->flags & UNIT_MISSING
		                    ? font_glyph(fonts, FONT_FANG, 0x3000)->face
		                    : unit->face;
		size_t glyphs = unit->flags & UNIT_CLUSTER ? text->clusters[unit->glyph].count : 1;
		if (face != batch.face || size != batch.size || batch.cluster_count == BATCH ||
		    batch.glyph_count + glyphs > BATCH)
			flush(&batch);
		batch.face = face;
		batch.size = size;
		add_unit(&batch, text, unit, x + shown->places[i - shown->from], y);
	}
	flush(&batch);
}

/* ---- drawings ------------------------------------------------------------------ */

static void tone(cairo_t *cr, enum tone of)
{
	unsigned long rgb = strtoul(tone_paper(of) + 1, NULL, 16);
	cairo_set_source_rgb(
	    cr, (rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0);
}

static void draw_words(cairo_t *cr, struct fonts *fonts, const struct shape *shape)
{
	struct arena arena = { 0 };
	struct draft draft = { 0 };
	draft_add(&draft, shape->text, strlen(shape->text),
	    (struct style){ .role = FONT_FANG, .size = shape->height * POINTS });
	struct text *text = text_shape(&draft, fonts, &arena);
	float *places = arena_alloc(&arena, (text->count + 1) * sizeof *places);
	for (size_t i = 0; i < text->count; i++)
		places[i + 1] = places[i] + text->units[i].width;
	double width = places[text->count], x = shape->x * POINTS;
	if (shape->anchor != ANCHOR_START)
		x -= shape->anchor == ANCHOR_MIDDLE ? width / 2 : width;
	draw_units(
	    cr, fonts, &(struct shown){ text, 0, text->count, 0, places }, x, shape->y * POINTS);
	arena_release(&arena);
}

void draw_drawing(cairo_t *cr, struct fonts *fonts, const struct drawing *drawing)
{
	for (size_t i = 0; i < drawing->count; i++) {
		const struct shape *shape = &drawing->shapes[i];
		double x = shape->x * POINTS, y = shape->y * POINTS;
		double width = shape->width * POINTS, height = shape->height * POINTS;
		tone(cr, shape->tone);
		switch (shape->kind) {
		case SHAPE_BOX:
			cairo_rectangle(cr, x, y, width, height);
			cairo_fill(cr);
			break;
		case SHAPE_LINE:
			cairo_set_line_width(cr, 0.3 * POINTS);
			cairo_move_to(cr, x, y);
			cairo_line_to(cr, x + width, y + height);
			cairo_stroke(cr);
			break;
		case SHAPE_WORDS:
			draw_words(cr, fonts, shape);
			break;
		}
	}
}
