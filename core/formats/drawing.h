/*
 * drawing.h: a chart as boxes, lines and words on a small sheet: drawn once,
 * set by every format in its own way. Millimetres from the top left corner.
 */
#ifndef FORMATS_DRAWING_H
#define FORMATS_DRAWING_H

#include "base/arena.h"
#include "base/buf.h"
#include "chapters/charts.h"

#include <stddef.h>

/* What a colour is for; each format has its own shades of them, on paper and on screens. */
enum tone {
	TONE_INK,   /* words */
	TONE_QUIET, /* words of less weight */
	TONE_RULE,  /* the line that bars stand on */
	TONE_FIRST, /* bars of the first series: this year */
	TONE_SECOND /* of the second: last year */
};

enum anchor { ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END };

struct shape {
	enum { SHAPE_BOX, SHAPE_LINE, SHAPE_WORDS } kind;
	enum tone tone;
	double x, y; /* box: top left; line: from; words: on the base line, at the anchor */
	double width, height; /* box: its size; line: to x + width, y + height; words: height alone,
	                         of the letters */
	enum anchor anchor;   /* words */
	const char *text;     /* words */
};

struct drawing {
	double width, height;
	struct shape *shapes;
	size_t count;
	const char *description; /* what it shows, in words, for who does not see it */
};

/* Draws on a sheet `width` mm wide and as high as it needs. Everything lives in the arena. */
struct drawing chart_draw(const struct chart *chart, double width, struct arena *arena);

/* "#1F3A5F": the colour of a tone on paper. */
const char *tone_paper(enum tone tone);

/*
 * Appends an <svg>. `standalone`: a file of its own, in the colours of paper;
 * else part of a page, whose style sheet colours the classes "ink", "quiet",
 * "rule", "first" and "second" below ".chart".
 */
void drawing_svg(const struct drawing *drawing, int standalone, struct buf *out);

#endif
