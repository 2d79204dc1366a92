/* shape.h: a paragraph as units, each a glyph or a few that belong together, once and for all
 * lines. */
#ifndef PAGE_SHAPE_H
#define PAGE_SHAPE_H

#include "base/arena.h"
#include "base/buf.h"
#include "page/fonts.h"

#include <stddef.h>
#include <stdint.h>

/* How a stretch of text is set. */
struct style {
	enum font_role role;
	double size;   /* points */
	double spread; /* points more for each Chinese character: the grid's */
	unsigned link; /* of the document's links, counted from 1; 0: none */
};

enum unit_flag {
	UNIT_CLUSTER = 1,   /* `glyph` counts text->clusters */
	UNIT_MISSING = 2,   /* no font has it: a box is drawn */
	UNIT_BACKWARDS = 4, /* of a script that runs from right to left */
	UNIT_BREAK = 8,     /* a line ends behind it in any case */
	UNIT_MAY_BREAK = 16 /* a line may end behind it */
};

/* What is never split: a character, or a base with its marks. */
struct unit {
	float width; /* points */
	uint32_t glyph;
	uint32_t code;  /* its first character */
	uint16_t bytes; /* of the text */
	uint16_t style;
	uint16_t face;
	uint8_t flags;
	uint8_t kind; /* of lines.c */
};

struct placed_glyph {
	uint32_t index;
	float x, y, advance; /* points, y downwards; x from where the one before ends */
};

struct cluster {
	const struct placed_glyph *glyphs;
	size_t count;
};

struct text {
	const char *bytes;
	size_t size;
	const struct style *styles;
	struct unit *units;
	size_t count;
	const struct cluster *clusters;
};

/* A text in the making. Zeroed: empty. */
struct draft {
	struct buf bytes;
	struct stretch {
		size_t from;
		struct style style;
	} * stretches;
	size_t count;
};

/* Adds well-formed UTF-8; a newline ends a line. */
void draft_add(struct draft *draft, const char *bytes, size_t size, struct style style);
void draft_release(struct draft *draft);

/*
 * Unicode's non-characters become U+FFFD or U+10FFFD, which are as long: cairo
 * refuses them, and libunibreak takes U+FFFF for an end.
 */
void characters_only(char *bytes, size_t size);

/*
 * Finds the glyphs, in time linear to the text. Controls and what is invisible
 * have none. Everything lives in the arena. The draft is empty afterwards.
 */
struct text *text_shape(struct draft *draft, struct fonts *fonts, struct arena *arena);

#endif
