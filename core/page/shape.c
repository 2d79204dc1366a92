/*
 * shape.c: glyphs of a text. Chinese and European letters are one glyph each,
 * found in the fonts' tables; only scripts whose letters join or carry marks go
 * to harfbuzz, which is twenty times slower.
 */
#include "page/shape.h"

#include "base/length.h"
#include "base/utf8.h"

#include <harfbuzz/hb.h>
#include <stdlib.h>
#include <string.h>

enum { STYLES_MAX = 0xFFFF, RUN_MAX = 2000 };

void draft_add(struct draft *draft, const char *bytes, size_t size, struct style style)
{
	const struct stretch *last = draft->count ? &draft->stretches[draft->count - 1] : NULL;
	if (size == 0)
		return;
	if (!last || (draft->count < STYLES_MAX &&
	                 (last->style.role != style.role || last->style.size != style.size ||
	                     last->style.link != style.link))) {
		if ((draft->count & (draft->count - 1)) == 0)
			draft->stretches = mem_realloc(draft->stretches,
			    (draft->count ? draft->count * 2 : 1) * sizeof *draft->stretches);
		draft->stretches[draft->count++] =
		    (struct stretch){ .from = draft->bytes.len, .style = style };
	}
	buf_add(&draft->bytes, bytes, size);
}

void draft_release(struct draft *draft)
{
	buf_release(&draft->bytes);
	free(draft->stretches);
	*draft = (struct draft){ 0 };
}

/* ---- what a character is ------------------------------------------------------ */

struct range {
	uint32_t from, to;
};

static int within(uint32_t code, const struct range *ranges, size_t count)
{
	size_t low = 0, high = count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (code > ranges[middle].to)
			low = middle + 1;
		else
			high = middle;
	}
	return low < count && code >= ranges[low].from;
}

/* Scripts whose letters join, move or carry marks, and the marks themselves. */
static int is_complex(uint32_t code)
{
	static const struct range ranges[] = { { 0x0300, 0x036F }, { 0x0483, 0x0489 },
		{ 0x0590, 0x109F }, { 0x1100, 0x11FF }, { 0x135D, 0x135F }, { 0x1712, 0x18AF },
		{ 0x1900, 0x1CFF }, { 0x1DC0, 0x1DFF }, { 0x20D0, 0x20FF }, { 0x2CEF, 0x2CF1 },
		{ 0x302A, 0x302F }, { 0x3099, 0x309A }, { 0xA66F, 0xA69F }, { 0xA800, 0xABFF },
		{ 0xD7B0, 0xD7FF }, { 0xFB1D, 0xFDFF }, { 0xFE20, 0xFE2F }, { 0xFE70, 0xFEFC },
		{ 0x10800, 0x11FFF }, { 0x16AF0, 0x16F9F }, { 0x1BC00, 0x1BCAF },
		{ 0x1D165, 0x1D1AD }, { 0x1E000, 0x1E95F }, { 0x1EE00, 0x1EEFF } };
	return code >= 0x300 && within(code, ranges, LENGTH(ranges));
}

/* Marks that stand on the letter before them, whatever its script. */
static int is_mark(uint32_t code)
{
	static const struct range ranges[] = { { 0x0300, 0x036F }, { 0x0483, 0x0489 },
		{ 0x1DC0, 0x1DFF }, { 0x20D0, 0x20FF }, { 0x302A, 0x302F }, { 0x3099, 0x309A },
		{ 0xFE20, 0xFE2F } };
	return code >= 0x300 && within(code, ranges, LENGTH(ranges));
}

/* No glyph is wanted: controls, joiners, marks of direction, variation selectors, tags. */
static int is_invisible(uint32_t code)
{
	static const struct range ranges[] = { { 0x0000, 0x001F }, { 0x007F, 0x009F },
		{ 0x00AD, 0x00AD }, { 0x034F, 0x034F }, { 0x061C, 0x061C }, { 0x115F, 0x1160 },
		{ 0x17B4, 0x17B5 }, { 0x180B, 0x180F }, { 0x200B, 0x200F }, { 0x2028, 0x202E },
		{ 0x2060, 0x206F }, { 0x3164, 0x3164 }, { 0xFE00, 0xFE0F }, { 0xFEFF, 0xFEFF },
		{ 0xFFF0, 0xFFFB }, { 0x1BCA0, 0x1BCA3 }, { 0x1D173, 0x1D17A },
		{ 0xE0000, 0xE0FFF } };
	return code != '\n' && code != '\t' && within(code, ranges, LENGTH(ranges));
}

/* Blanks that a font may not have are as wide as others it has. */
static uint32_t shown_as(uint32_t code)
{
	return code == '\t' || code == 0xA0 || code == 0x202F ? ' ' : code;
}

/* ---- simple letters ----------------------------------------------------------- */

struct shaper {
	struct fonts *fonts;
	struct arena *arena;
	struct text *text;
	struct cluster *clusters;
	size_t cluster_count;
	hb_buffer_t *buffer; /* made when first wanted */
};

static struct unit *add_unit(struct shaper *s, uint16_t style, uint32_t code, size_t bytes)
{
	struct unit *unit = &s->text->units[s->text->count++];
	*unit = (struct unit){ .code = code, .bytes = (uint16_t)bytes, .style = style };
	return unit;
}

static void add_letter(struct shaper *s, uint16_t style, uint32_t code, size_t bytes)
{
	const struct style *how = &s->text->styles[style];
	const struct glyph *glyph = font_glyph(s->fonts, how->role, shown_as(code));
	struct unit *unit = add_unit(s, style, code, bytes);
	unit->glyph = glyph->index;
	unit->face = glyph->face;
	unit->width = (float)(glyph->advance * how->size);
	if (glyph->advance >= 0.9F && code >= 0x2000)
		unit->width += (float)how->spread;
	if (glyph->index == 0)
		unit->flags = UNIT_MISSING;
}

/* What is not seen belongs to what stands before it, so that text copied from a page has it. */
static void add_invisible(struct shaper *s, uint16_t style, uint32_t code, size_t bytes)
{
	struct unit *last = s->text->count ? &s->text->units[s->text->count - 1] : NULL;
	int visible = code >= 0xA0 && code != 0xFEFF && !(code >= 0xFFF0 && code <= 0xFFFB);
	if (last && visible && !(last->flags & UNIT_BREAK) && last->bytes + bytes < RUN_MAX &&
	    last->bytes > 0) {
		last->bytes = (uint16_t)(last->bytes + bytes);
		return;
	}
	struct unit *unit = add_unit(s, style, code, bytes);
	unit->face = font_glyph(s->fonts, s->text->styles[style].role, ' ')->face;
	unit->flags = UNIT_CLUSTER;
	unit->glyph = (uint32_t)s->cluster_count;
	s->clusters[s->cluster_count++] = (struct cluster){ NULL, 0 };
}

/* ---- scripts that join --------------------------------------------------------- */

/* The face that has most of the run's first letters. */
static unsigned face_of_run(struct shaper *s, enum font_role role, const char *from, const char *to)
{
	uint32_t code = 0;
	while (from < to && (code == 0 || is_mark(code) || is_invisible(code)))
		code = utf8_next(&from, to);
	return font_glyph(s->fonts, role, shown_as(code))->face;
}

/* Glyphs [from, to) of harfbuzz as one unit over `bytes` of the text. */
static void add_cluster(struct shaper *s, uint16_t style, unsigned face, const char *at,
    size_t bytes, unsigned from, unsigned to)
{
	const struct style *how = &s->text->styles[style];
	hb_glyph_info_t *info = hb_buffer_get_glyph_infos(s->buffer, NULL);
	hb_glyph_position_t *place = hb_buffer_get_glyph_positions(s->buffer, NULL);
	float scale = (float)(how->size / font_units(s->fonts, face));
	struct placed_glyph *glyphs = arena_alloc(s->arena, (to - from) * sizeof *glyphs);
	const char *next = at;
	struct unit *unit = add_unit(s, style, utf8_next(&next, at + bytes), bytes);
	for (unsigned i = from; i < to; i++) {
		glyphs[i - from] = (struct placed_glyph){ .index = info[i].codepoint,
			.x = (float)place[i].x_offset * scale,
			.y = -(float)place[i].y_offset * scale,
			.advance = (float)place[i].x_advance * scale };
		unit->width += (float)place[i].x_advance * scale;
		if (info[i].codepoint == 0)
			unit->flags |= UNIT_MISSING;
	}
	unit->face = (uint16_t)face;
	if (hb_buffer_get_direction(s->buffer) == HB_DIRECTION_RTL)
		unit->flags |= UNIT_BACKWARDS;
	if (unit->flags & UNIT_MISSING) {
		unit->width = (float)how->size;
		return;
	}
	unit->flags |= UNIT_CLUSTER;
	unit->glyph = (uint32_t)s->cluster_count;
	s->clusters[s->cluster_count++] = (struct cluster){ glyphs, to - from };
}

/* Units in the order of the text; harfbuzz gives them in the order of the eye. */
static void add_clusters(
    struct shaper *s, uint16_t style, unsigned face, const char *from, size_t size)
{
	unsigned count;
	hb_glyph_info_t *info = hb_buffer_get_glyph_infos(s->buffer, &count);
	int backwards = hb_buffer_get_direction(s->buffer) == HB_DIRECTION_RTL;
	for (unsigned done = 0, n; done < count; done += n) {
		unsigned first = backwards ? count - 1 - done : done;
		unsigned cluster = info[first].cluster;
		for (n = 1; done + n < count &&
		            info[backwards ? first - n : first + n].cluster == cluster;)
			n++;
		size_t end =
		    done + n < count ? info[backwards ? first - n : first + n].cluster : size;
		unsigned low = backwards ? first - n + 1 : first;
		add_cluster(s, style, face, from + cluster, end - cluster, low, low + n);
	}
}

static void add_run(struct shaper *s, uint16_t style, const char *from, const char *to)
{
	unsigned face = face_of_run(s, s->text->styles[style].role, from, to);
	hb_font_t *font = font_shaper(s->fonts, face);
	if (!s->buffer)
		s->buffer = hb_buffer_create();
	hb_buffer_clear_contents(s->buffer);
	hb_buffer_add_utf8(s->buffer, from, (int)(to - from), 0, (int)(to - from));
	hb_buffer_guess_segment_properties(s->buffer);
	hb_buffer_set_language(s->buffer, hb_language_from_string("zh-cn", -1));
	hb_shape(font, s->buffer, NULL, 0);
	add_clusters(s, style, face, from, (size_t)(to - from));
}

/* Where a run that begins at `at` ends: with its script, its face, or when it is long. */
static const char *run_end(struct shaper *s, enum font_role role, const char *at, const char *end)
{
	const char *start = at;
	unsigned face = face_of_run(s, role, at, end);
	while (at < end && at - start < RUN_MAX) {
		const char *next = at;
		uint32_t code = utf8_next(&next, end);
		int joins = is_complex(code) || (is_invisible(code) && code >= 0xA0);
		if (at > start && (!joins || (!is_mark(code) && !is_invisible(code) &&
		                                 font_glyph(s->fonts, role, code)->face != face)))
			break;
		at = next;
	}
	return at;
}

/* A mark takes the letter before it along. */
static const char *with_base(struct shaper *s, uint16_t style, const char *at)
{
	struct unit *last = s->text->count ? &s->text->units[s->text->count - 1] : NULL;
	if (!last || last->style != style || last->flags || utf8_is_space(last->code))
		return at;
	s->text->count--;
	return at - last->bytes;
}

static void shape_stretch(struct shaper *s, uint16_t style, const char *at, const char *end)
{
	enum font_role role = s->text->styles[style].role;
	while (at < end) {
		const char *from = at;
		uint32_t code = utf8_next(&at, end);
		if (code == '\n') {
			add_unit(s, style, code, 1)->flags = UNIT_BREAK;
		} else if (is_invisible(code)) {
			add_invisible(s, style, code, (size_t)(at - from));
		} else if (is_complex(code)) {
			at = run_end(s, role, from, end);
			add_run(s, style, is_mark(code) ? with_base(s, style, from) : from, at);
		} else {
			add_letter(s, style, code, (size_t)(at - from));
		}
	}
}

void characters_only(char *bytes, size_t size)
{
	for (const char *at = bytes, *end = bytes + size; at < end;) {
		char *from = bytes + (at - bytes);
		uint32_t code = utf8_next(&at, end);
		if ((code & 0xFFFE) != 0xFFFE && (code < 0xFDD0 || code > 0xFDEF))
			continue;
		if (at - from == 3)
			memcpy(from, "\xEF\xBF\xBD", 3);
		else
			memcpy(from, "\xF4\x8F\xBF\xBD", 4);
	}
}

struct text *text_shape(struct draft *draft, struct fonts *fonts, struct arena *arena)
{
	struct text *text = arena_alloc(arena, sizeof *text);
	struct shaper s = { .fonts = fonts, .arena = arena, .text = text };
	char *bytes = arena_strndup(arena, buf_str(&draft->bytes), draft->bytes.len);
	characters_only(bytes, draft->bytes.len);
	size_t most = 0, marks = 0;
	text->bytes = bytes;
	text->size = draft->bytes.len;
	for (const char *at = bytes, *end = bytes + text->size; at < end; most++) {
		uint32_t code = utf8_next(&at, end);
		marks += code >= 0x300 || code < 0x20 ? is_complex(code) || is_invisible(code) : 0;
	}
	struct style *styles = arena_alloc(arena, (draft->count + 1) * sizeof *styles);
	for (size_t i = 0; i < draft->count; i++)
		styles[i] = draft->stretches[i].style;
	text->styles = styles;
	text->units = arena_alloc(arena, (most + 1) * sizeof *text->units);
	s.clusters = arena_alloc(arena, (marks + most * (marks > 0) + 1) * sizeof *s.clusters);
	text->clusters = s.clusters;
	for (size_t i = 0; i < draft->count; i++) {
		size_t to = i + 1 < draft->count ? draft->stretches[i + 1].from : text->size;
		shape_stretch(&s, (uint16_t)i, bytes + draft->stretches[i].from, bytes + to);
	}
	if (s.buffer)
		hb_buffer_destroy(s.buffer);
	draft_release(draft);
	return text;
}
