/*
 * fonts.c: which face a character comes from. Faces are taken by name and in a
 * fixed order, and opened as their files are: what fontconfig would substitute
 * for a language or a user's taste would make other bytes on each machine.
 */
#include "page/fonts.h"

#include "base/i18n.h"
#include "base/installation.h"
#include "base/length.h"
#include "page/font_file.h"

#include <cairo-ft.h>
#include <fontconfig/fontconfig.h>
#include <harfbuzz/hb-ot.h>
#include <stdlib.h>
#include <string.h>

enum { NAMES_MAX = 12, CHUNK = 256, CHUNKS = 0x110000 / CHUNK };

/* A name and its weight; the first `official` ones are fonts that the standard means. */
struct wanted {
	const char *official;
	struct {
		const char *family;
		int bold, stand_in;
	} names[NAMES_MAX];
};

static const struct wanted wanted[] = {
	[FONT_FANG] = { "仿宋", { { "仿宋_GB2312", 0, 0 }, { "FangSong_GB2312", 0, 0 },
	                            { "仿宋", 0, 0 }, { "FangSong", 0, 0 }, { "FandolFang", 0, 1 },
	                            { "Noto Serif CJK SC", 0, 1 }, { "Noto Sans CJK SC", 0, 1 } } },
	[FONT_KAI] = { "楷体",
	    { { "楷体_GB2312", 0, 0 }, { "KaiTi_GB2312", 0, 0 }, { "楷体", 0, 0 },
	        { "KaiTi", 0, 0 }, { "FandolKai", 0, 1 }, { "AR PL UKai CN", 0, 1 },
	        { "Noto Serif CJK SC", 0, 1 }, { "Noto Sans CJK SC", 0, 1 } } },
	[FONT_HEI] = { "黑体", { { "黑体", 0, 0 }, { "SimHei", 0, 0 }, { "FandolHei", 0, 1 },
	                           { "Noto Sans CJK SC", 0, 1 }, { "Noto Serif CJK SC", 1, 1 } } },
	[FONT_TITLE] = { "方正小标宋简体",
	    { { "方正小标宋简体", 0, 0 }, { "FZXiaoBiaoSong-B05S", 0, 0 },
	        { "方正小标宋_GBK", 0, 0 }, { "FandolSong", 1, 1 }, { "Noto Serif CJK SC", 1, 1 },
	        { "Noto Sans CJK SC", 1, 1 } } },
	[FONT_SONG] = { "宋体", { { "宋体", 0, 0 }, { "SimSun", 0, 0 }, { "FandolSong", 0, 1 },
	                            { "Noto Serif CJK SC", 0, 1 }, { "FandolFang", 0, 1 } } },
	[FONT_CODE] = { "", { { "Noto Sans Mono CJK SC", 0, 1 }, { "DejaVu Sans Mono", 0, 1 },
	                        { "FandolFang", 0, 1 } } },
};

struct scaled {
	double size;
	cairo_scaled_font_t *font;
	struct scaled *next;
};

struct face {
	FcPattern *pattern; /* borrowed from fontconfig */
	FcCharSet *has;
	const char *family, *file;
	int index, weight;
	hb_font_t *shaper;       /* opened when first asked for */
	cairo_font_face_t *face; /* the same */
	struct scaled *scaled;
	float units;
	int broken; /* a file that is no font after all */
	int error;  /* errno, where opening it failed for the system's sake */
};

struct fonts {
	struct arena arena;
	FcConfig *config;
	struct face *faces; /* all there are, by family, weight and file */
	size_t count;
	unsigned chain[FONT_ROLES][NAMES_MAX]; /* faces of a role in order of preference */
	size_t chain_length[FONT_ROLES];
	const char *stand_in[FONT_ROLES];
	uint32_t missing[MISSING_MAX];
	size_t missing_count;
	struct glyph *glyphs[FONT_ROLES][CHUNKS]; /* once asked for; `face` is UNASKED before */
};

enum { UNASKED = 0xFFFF, FACES_MAX = 0xFFFE };

/* ---- what there is ----------------------------------------------------------- */

/* Outlines that can be put into a PDF: no bitmaps, no colours, no axes, nothing older. */
static int is_usable(FcPattern *pattern)
{
	FcBool yes;
	FcChar8 *format;
	int slant, index;
	if (FcPatternGetBool(pattern, FC_OUTLINE, 0, &yes) != FcResultMatch || !yes)
		return 0;
	if (FcPatternGetBool(pattern, FC_COLOR, 0, &yes) == FcResultMatch && yes)
		return 0;
	if (FcPatternGetBool(pattern, FC_VARIABLE, 0, &yes) == FcResultMatch && yes)
		return 0;
	if (FcPatternGetInteger(pattern, FC_INDEX, 0, &index) == FcResultMatch && index >> 16)
		return 0; /* a point on such axes */
	if (FcPatternGetInteger(pattern, FC_SLANT, 0, &slant) == FcResultMatch &&
	    slant != FC_SLANT_ROMAN)
		return 0;
	return FcPatternGetString(pattern, FC_FONTFORMAT, 0, &format) == FcResultMatch &&
	       (strcmp((char *)format, "TrueType") == 0 || strcmp((char *)format, "CFF") == 0);
}

static void add_face(struct fonts *fonts, FcPattern *pattern)
{
	FcChar8 *family, *file, *style;
	struct face face = { .pattern = pattern, .weight = FC_WEIGHT_NORMAL };
	if (fonts->count >= FACES_MAX || !is_usable(pattern) ||
	    FcPatternGetString(pattern, FC_FAMILY, 0, &family) != FcResultMatch ||
	    FcPatternGetString(pattern, FC_FILE, 0, &file) != FcResultMatch ||
	    FcPatternGetCharSet(pattern, FC_CHARSET, 0, &face.has) != FcResultMatch)
		return;
	face.family = (const char *)family;
	face.file = (const char *)file;
	FcPatternGetInteger(pattern, FC_INDEX, 0, &face.index);
	FcPatternGetInteger(pattern, FC_WEIGHT, 0, &face.weight);
	/* Fandol's bold files say that they are not. */
	if (FcPatternGetString(pattern, FC_STYLE, 0, &style) == FcResultMatch &&
	    FcStrCmpIgnoreCase(style, (const FcChar8 *)"Bold") == 0)
		face.weight = FC_WEIGHT_BOLD;
	fonts->faces = arena_grow(&fonts->arena, fonts->faces, fonts->count, sizeof *fonts->faces);
	fonts->faces[fonts->count++] = face;
}

static int by_name(const void *a, const void *b)
{
	const struct face *x = a, *y = b;
	int order = strcmp(x->family, y->family);
	if (order == 0)
		order = abs(x->weight - FC_WEIGHT_NORMAL) - abs(y->weight - FC_WEIGHT_NORMAL);
	if (order == 0)
		order = strcmp(x->file, y->file);
	return order ? order : x->index - y->index;
}

/* Fonts of the program's own: once a process, which fontconfig remembers. */
static void add_own(struct fonts *fonts)
{
	FcFontSet *own = FcConfigGetFonts(fonts->config, FcSetApplication);
	if (own && own->nfont)
		return;
	const char *folder = arena_printf(
	    &fonts->arena, "%s/share/nianbao/fonts", installation_prefix(&fonts->arena));
	FcConfigAppFontAddDir(fonts->config, (const FcChar8 *)folder);
}

static void list_faces(struct fonts *fonts)
{
	static const FcSetName sets[] = { FcSetSystem, FcSetApplication };
	for (size_t i = 0; i < LENGTH(sets); i++) {
		FcFontSet *set = FcConfigGetFonts(fonts->config, sets[i]);
		for (int k = 0; set && k < set->nfont; k++)
			add_face(fonts, set->fonts[k]);
	}
	if (fonts->count)
		qsort(fonts->faces, fonts->count, sizeof *fonts->faces, by_name);
}

/* ---- who stands for whom ------------------------------------------------------ */

static int has_family(FcPattern *pattern, const char *name)
{
	FcChar8 *family;
	for (int i = 0; FcPatternGetString(pattern, FC_FAMILY, i, &family) == FcResultMatch; i++)
		if (FcStrCmpIgnoreCase(family, (const FcChar8 *)name) == 0)
			return 1;
	return 0;
}

/* The face of that name nearest in weight; -1 without. */
static int named(const struct fonts *fonts, const char *name, int bold)
{
	int best = -1, weight = bold ? FC_WEIGHT_BOLD : FC_WEIGHT_NORMAL;
	for (size_t i = 0; i < fonts->count; i++) {
		const struct face *face = &fonts->faces[i];
		if (has_family(face->pattern, name) &&
		    (best < 0 ||
		        abs(face->weight - weight) < abs(fonts->faces[best].weight - weight)))
			best = (int)i;
	}
	return best;
}

static void choose(struct fonts *fonts, enum font_role role)
{
	const struct wanted *want = &wanted[role];
	for (size_t i = 0; i < NAMES_MAX && want->names[i].family; i++) {
		int face = named(fonts, want->names[i].family, want->names[i].bold);
		if (face < 0)
			continue;
		if (!fonts->chain_length[role] && want->names[i].stand_in)
			fonts->stand_in[role] = want->names[i].family;
		fonts->chain[role][fonts->chain_length[role]++] = (unsigned)face;
	}
}

/* ---- faces -------------------------------------------------------------------- */

hb_font_t *font_shaper(struct fonts *fonts, unsigned number)
{
	struct face *face = &fonts->faces[number];
	if (face->shaper || face->broken)
		return face->shaper;
	hb_blob_t *blob = hb_blob_create_from_file(face->file);
	hb_face_t *of = hb_face_create(blob, (unsigned)face->index);
	face->units = (float)hb_face_get_upem(of);
	face->broken = hb_face_get_glyph_count(of) == 0;
	if (!face->broken)
		face->shaper = hb_font_create(of);
	hb_face_destroy(of);
	hb_blob_destroy(blob);
	return face->shaper;
}

unsigned font_units(const struct fonts *fonts, unsigned face)
{
	return (unsigned)fonts->faces[face].units;
}

cairo_scaled_font_t *font_scaled(struct fonts *fonts, unsigned number, double size)
{
	struct face *face = &fonts->faces[number];
	for (struct scaled *at = face->scaled; at; at = at->next)
		if (at->size == size)
			return at->font;
	cairo_matrix_t matrix, identity;
	cairo_matrix_init_scale(&matrix, size, size);
	cairo_matrix_init_identity(&identity);
	cairo_font_options_t *options = cairo_font_options_create();
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
	struct scaled *scaled = arena_alloc(&fonts->arena, sizeof *scaled);
	scaled->size = size;
	if (!face->face)
		face->face = font_file_open(face->file, face->index, &face->error);
	scaled->font = cairo_scaled_font_create(face->face, &matrix, &identity, options);
	scaled->next = face->scaled;
	face->scaled = scaled;
	cairo_font_options_destroy(options);
	return scaled->font;
}

/* ---- characters --------------------------------------------------------------- */

static int look_up(struct fonts *fonts, unsigned number, uint32_t code, struct glyph *glyph)
{
	struct face *face = &fonts->faces[number];
	hb_codepoint_t index = 0;
	if (!FcCharSetHasChar(face->has, code))
		return 0;
	hb_font_t *shaper = font_shaper(fonts, number);
	if (!shaper || !hb_font_get_nominal_glyph(shaper, code, &index) || index == 0)
		return 0;
	*glyph = (struct glyph){ .index = index,
		.face = (uint16_t)number,
		.advance = (float)hb_font_get_glyph_h_advance(shaper, index) / face->units };
	return 1;
}

/* FandolFang has digits without serifs, which stand out in a text: those of 宋体 do not. */
static enum font_role role_of(const struct fonts *fonts, enum font_role role, uint32_t code)
{
	const char *stand_in = fonts->stand_in[role];
	return role == FONT_FANG && code < 0x80 && stand_in && strcmp(stand_in, "FandolFang") == 0
	           ? FONT_SONG
	           : role;
}

static void find_glyph(struct fonts *fonts, enum font_role role, uint32_t code, struct glyph *glyph)
{
	role = role_of(fonts, role, code);
	*glyph = (struct glyph){ .face = (uint16_t)fonts->chain[role][0], .advance = 1 };
	for (size_t i = 0; i < fonts->chain_length[role]; i++)
		if (look_up(fonts, fonts->chain[role][i], code, glyph))
			return;
	for (size_t i = 0; i < fonts->count; i++)
		if (look_up(fonts, (unsigned)i, code, glyph))
			return;
	for (size_t i = 0; i < fonts->missing_count; i++)
		if (fonts->missing[i] == code)
			return;
	if (fonts->missing_count < MISSING_MAX)
		fonts->missing[fonts->missing_count++] = code;
}

const uint32_t *fonts_missing(const struct fonts *fonts, size_t *count)
{
	*count = fonts->missing_count;
	return fonts->missing;
}

const struct glyph *font_glyph(struct fonts *fonts, enum font_role role, uint32_t code)
{
	struct glyph **chunk = &fonts->glyphs[role][code / CHUNK];
	if (!*chunk) {
		*chunk = arena_alloc(&fonts->arena, CHUNK * sizeof **chunk);
		for (size_t i = 0; i < CHUNK; i++)
			(*chunk)[i].face = UNASKED;
	}
	struct glyph *glyph = &(*chunk)[code % CHUNK];
	if (glyph->face == UNASKED)
		find_glyph(fonts, role, code, glyph);
	return glyph;
}

void font_reach(struct fonts *fonts, enum font_role role, double *above, double *below)
{
	unsigned face = fonts->chain[role][0];
	cairo_font_extents_t extents;
	cairo_scaled_font_extents(font_scaled(fonts, face, 1000), &extents);
	*above = extents.ascent / 1000;
	*below = extents.descent / 1000;
}

const char *font_official(enum font_role role)
{
	return wanted[role].official;
}

const char *font_stand_in(const struct fonts *fonts, enum font_role role)
{
	return fonts->stand_in[role];
}

/* ---- opening ------------------------------------------------------------------ */

/* A role whose names are all missing takes another's fonts: any Chinese is better than none. */
static int fill_roles(struct fonts *fonts)
{
	int full = -1;
	for (int role = 0; role < FONT_ROLES; role++) {
		choose(fonts, (enum font_role)role);
		if (fonts->chain_length[role] && full < 0)
			full = role;
	}
	for (size_t i = 0; full < 0 && i < fonts->count; i++) {
		struct glyph glyph;
		if (!look_up(fonts, (unsigned)i, 0x5E74, &glyph)) /* 年 */
			continue;
		full = FONT_FANG;
		fonts->chain[full][0] = (unsigned)i;
		fonts->chain_length[full] = 1;
		fonts->stand_in[full] = fonts->faces[i].family;
	}
	for (int role = 0; full >= 0 && role < FONT_ROLES; role++) {
		if (fonts->chain_length[role])
			continue;
		fonts->chain[role][0] = fonts->chain[full][0];
		fonts->chain_length[role] = 1;
		fonts->stand_in[role] = fonts->faces[fonts->chain[full][0]].family;
	}
	return full >= 0 ? 0 : -1;
}

struct fonts *fonts_new(struct err *err)
{
	struct fonts *fonts = mem_alloc(sizeof *fonts);
	memset(fonts, 0, sizeof *fonts);
	fonts->config = FcConfigReference(NULL);
	if (fonts->config) {
		add_own(fonts);
		list_faces(fonts);
	}
	if (!fonts->config || fill_roles(fonts) != 0) {
		err_set(err, ERR_SYSTEM,
		    _("cannot set pages in '%s': there is no font with Chinese characters (on "
		      "Debian: apt-get install fonts-noto-cjk)"),
		    wanted[FONT_FANG].official);
		fonts_free(fonts);
		return NULL;
	}
	return fonts;
}

int fonts_check(const struct fonts *fonts, struct err *err)
{
	for (size_t i = 0; i < fonts->count; i++) {
		const struct face *face = &fonts->faces[i];
		int error = face->face && !face->error ? font_file_error(face->face) : face->error;
		if (error)
			return err_sys(err, error, _("cannot read '%s'"), face->file);
	}
	return 0;
}

void fonts_free(struct fonts *fonts)
{
	if (!fonts)
		return;
	for (size_t i = 0; i < fonts->count; i++) {
		struct face *face = &fonts->faces[i];
		for (struct scaled *at = face->scaled; at; at = at->next)
			cairo_scaled_font_destroy(at->font);
		if (face->face)
			cairo_font_face_destroy(face->face);
		if (face->shaper)
			hb_font_destroy(face->shaper);
	}
	if (fonts->config)
		FcConfigDestroy(fonts->config);
	arena_release(&fonts->arena);
	free(fonts);
}
