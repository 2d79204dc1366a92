/*
 * fonts.h: the fonts of official documents (GB/T 9704-2012), each with what
 * stands in for it where it is not installed, down to any font that has a
 * character. This room alone knows fontconfig, harfbuzz and cairo.
 */
#ifndef PAGE_FONTS_H
#define PAGE_FONTS_H

#include "base/arena.h"
#include "base/err.h"

#include <stdint.h>

typedef struct _cairo_scaled_font cairo_scaled_font_t;
typedef struct hb_font_t hb_font_t;

enum font_role {
	FONT_FANG,  /* 仿宋: the text */
	FONT_KAI,   /* 楷体: headings of the second level */
	FONT_HEI,   /* 黑体: headings of the first */
	FONT_TITLE, /* 小标宋: the title */
	FONT_SONG,  /* 宋体: page numbers */
	FONT_CODE,  /* letters of one width */
	FONT_ROLES
};

/* A character in a role's font: which face has it, and how wide it is there. */
struct glyph {
	uint32_t index; /* 0: no font here has it */
	uint16_t face;
	float advance; /* of a letter of size 1 */
};

struct fonts;

/*
 * Opens the fonts that fontconfig knows and those that were installed with
 * the program. Fails (ERR_SYSTEM) where no font has Chinese characters.
 */
struct fonts *fonts_new(struct err *err);
void fonts_free(struct fonts *fonts);

/* Whether all that was drawn could be read; due when drawing is over. */
int fonts_check(const struct fonts *fonts, struct err *err);

/* Borrowed until fonts_free() or the next call. */
const struct glyph *font_glyph(struct fonts *fonts, enum font_role role, uint32_t code);

/* Characters that were asked for and that no font has, the first few; borrowed. */
enum { MISSING_MAX = 8 };
const uint32_t *fonts_missing(const struct fonts *fonts, size_t *count);

/* A face at a size in points, for cairo; borrowed until fonts_free(). */
cairo_scaled_font_t *font_scaled(struct fonts *fonts, unsigned face, double size);

/* A face for harfbuzz, in units of font_units() to the letter; borrowed. */
hb_font_t *font_shaper(struct fonts *fonts, unsigned face);
unsigned font_units(const struct fonts *fonts, unsigned face);

/* How far letters reach above and below the base line, of a letter of size 1. */
void font_reach(struct fonts *fonts, enum font_role role, double *above, double *below);

/*
 * The name of the official font of a role, and the name of the face that
 * stands in for it; the second is NULL where the official one is there.
 */
const char *font_official(enum font_role role);
const char *font_stand_in(const struct fonts *fonts, enum font_role role);

#endif
