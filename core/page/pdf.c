/* pdf.c: drawing paper on a cairo surface that writes a PDF. */
#include "page/pdf.h"

#include "base/i18n.h"
#include "base/utf8.h"
#include "page/archival.h"
#include "page/draw.h"

#include <cairo-pdf.h>
#include <stdlib.h>
#include <string.h>

enum { LEVELS = 9 };

static const double NUMBER_BELOW = 7 * MM; /* the type area */

struct printer {
	struct paper *paper;
	cairo_t *cr;
	cairo_surface_t *surface;
	struct mark **anchors; /* sorted by name */
	size_t anchor_count;
};

/* ---- places to go to ------------------------------------------------------------- */

static int by_anchor(const void *a, const void *b)
{
	const struct mark *x = *(struct mark *const *)a, *y = *(struct mark *const *)b;
	int order = strcmp(x->anchor, y->anchor);
	return order ? order : (x > y) - (x < y);
}

static void sort_anchors(struct printer *p)
{
	struct paper *paper = p->paper;
	p->anchors = arena_alloc(paper->arena, (paper->mark_count + 1) * sizeof *p->anchors);
	for (size_t i = 0; i < paper->mark_count; i++)
		if (paper->marks[i].anchor)
			p->anchors[p->anchor_count++] = &paper->marks[i];
	if (p->anchor_count)
		qsort(p->anchors, p->anchor_count, sizeof *p->anchors, by_anchor);
}

static const struct mark *find_anchor(const struct printer *p, const char *name)
{
	struct mark key = { .anchor = name };
	size_t low = 0, high = p->anchor_count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = strcmp(p->anchors[middle]->anchor, key.anchor);
		if (order == 0)
			return p->anchors[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* cairo's words for a place: a page and a point on it. */
static const char *place_of(const struct printer *p, const struct mark *mark)
{
	int y = (int)(AREA_TOP + mark->y);
	return arena_printf(p->paper->arena, "page=%zu pos=[%d %d]",
	    mark->page + 1 + p->paper->front_count, (int)AREA_LEFT, y > 0 ? y : 0);
}

/* A URI is plain ASCII (ISO 32000-1, 12.6.4.7); what cairo's attributes could take for their end is
 * encoded, too. */
static const char *plain_uri(struct arena *arena, const char *target)
{
	struct buf out = { 0 };
	for (const unsigned char *at = (const unsigned char *)target; *at; at++) {
		if (*at <= ' ' || *at >= 0x7F || strchr("'\"\\<>()[]{}`^|", *at))
			buf_addf(&out, "%%%02X", *at);
		else
			buf_addc(&out, (char)*at);
	}
	const char *uri = arena_strdup(arena, buf_str(&out));
	buf_release(&out);
	return uri;
}

static void add_link(
    const struct printer *p, unsigned link, double x, double y, double width, double height)
{
	const char *target = p->paper->links[link - 1], *to;
	struct arena *arena = p->paper->arena;
	const struct mark *mark = *target == '#' ? find_anchor(p, target + 1) : NULL;
	if (*target == '#' && !mark)
		return;
	to = mark ? place_of(p, mark) : arena_printf(arena, "uri='%s'", plain_uri(arena, target));
	cairo_tag_begin(p->cr, CAIRO_TAG_LINK,
	    arena_printf(arena, "rect=[%d %d %d %d] %s", (int)x, (int)y, (int)(width + 1),
	        (int)(height + 1), to));
	cairo_tag_end(p->cr, CAIRO_TAG_LINK);
}

/* The links of a line, each from its first unit to its last. */
static void add_links(const struct printer *p, const struct item *item)
{
	const struct text *text = item->text;
	const struct line *line = item->line;
	for (size_t i = line->from; i < line->to;) {
		const struct style *style = &text->styles[text->units[i].style];
		size_t end = i + 1;
		while (end < line->to && text->styles[text->units[end].style].link == style->link)
			end++;
		if (style->link) {
			float from = line->places[i - line->from];
			float to = line->places[end - 1 - line->from] + text->units[end - 1].width;
			add_link(p, style->link, AREA_LEFT + item->x + (to > from ? from : to),
			    AREA_TOP + item->y - style->size, to > from ? to - from : from - to,
			    style->size * 1.2);
		}
		i = end;
	}
}

static void add_outline(const struct printer *p)
{
	int parents[LEVELS + 1] = { CAIRO_PDF_OUTLINE_ROOT };
	for (size_t i = 0; i < p->paper->mark_count; i++) {
		const struct mark *mark = &p->paper->marks[i];
		if (!mark->title)
			continue;
		unsigned level = mark->level < 1 ? 1 : mark->level < LEVELS ? mark->level : LEVELS;
		char *title = arena_strdup(p->paper->arena, mark->title);
		characters_only(title, strlen(title));
		parents[level] = cairo_pdf_surface_add_outline(p->surface, parents[level - 1],
		    title, place_of(p, mark),
		    level == 1 ? CAIRO_PDF_OUTLINE_FLAG_OPEN : (cairo_pdf_outline_flags_t)0);
		/* A heading of a lower level that comes next without one between. */
		for (unsigned below = level + 1; below <= LEVELS; below++)
			parents[below] = parents[level];
	}
}

/* ---- pages ------------------------------------------------------------------------ */

static void draw_item(const struct printer *p, const struct item *item)
{
	cairo_t *cr = p->cr;
	double x = AREA_LEFT + item->x, y = AREA_TOP + item->y;
	cairo_set_source_rgb(cr, 0, 0, 0);
	switch (item->kind) {
	case ITEM_LINE:
		draw_units(cr, p->paper->fonts,
		    &(struct shown){ item->text, item->line->from, item->line->to, item->line->at,
		        item->line->places },
		    x, y);
		break;
	case ITEM_RULE:
		cairo_rectangle(cr, x, y, item->width, item->height);
		cairo_fill(cr);
		break;
	case ITEM_DRAWING:
		cairo_save(cr);
		cairo_translate(cr, x, y);
		cairo_scale(cr, item->width / (item->drawing->width * MM),
		    item->height / (item->drawing->height * MM));
		draw_drawing(cr, p->paper->fonts, item->drawing);
		cairo_restore(cr);
		break;
	case ITEM_PLATE:
		plate_draw(cr, item->plate, x, y, item->width, item->height);
		break;
	}
}

/* 7.5 of the standard: 四号 宋体, a dash on each side, right on odd pages and left on even ones. */
static void draw_number(const struct printer *p, size_t number)
{
	struct arena arena = { 0 };
	struct draft draft = { 0 };
	const char *words = arena_printf(&arena, "— %zu —", number);
	struct measure measure = { AREA_WIDTH - 2 * SIZE_NUMBER, 0, 0,
		number % 2 ? FILL_RIGHT : FILL_LEFT };
	size_t count;
	draft_add(
	    &draft, words, strlen(words), (struct style){ .role = FONT_SONG, .size = SIZE_NUMBER });
	struct text *text = text_shape(&draft, p->paper->fonts, &arena);
	const struct line *line = text_lines(text, &measure, &arena, &count);
	draw_units(p->cr, p->paper->fonts,
	    &(struct shown){ text, line->from, line->to, line->at, line->places },
	    AREA_LEFT + SIZE_NUMBER + line->x,
	    AREA_TOP + AREA_HEIGHT + NUMBER_BELOW + SIZE_NUMBER * 0.38);
	arena_release(&arena);
}

static void draw_page(const struct printer *p, const struct page *page, size_t number)
{
	for (size_t i = 0; i < page->count; i++)
		draw_item(p, &page->items[i]);
	cairo_set_source_rgb(p->cr, 0, 0, 0);
	if (number)
		draw_number(p, number);
	for (size_t i = 0; i < page->count; i++)
		if (page->items[i].kind == ITEM_LINE)
			add_links(p, &page->items[i]);
	cairo_show_page(p->cr);
}

/* Pages of the contents have small Roman numbers in the reader's list of pages, and none on paper.
 */
static const char *roman(struct arena *arena, size_t number)
{
	static const char *const ones[] = { "", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii",
		"ix" };
	const char *tens = "";
	for (size_t i = 0; i < number / 10; i++)
		tens = arena_printf(arena, "%sx", tens);
	return arena_printf(arena, "%s%s", tens, ones[number % 10]);
}

static void draw_pages(const struct printer *p)
{
	const struct paper *paper = p->paper;
	for (size_t i = 0; i < paper->front_count; i++) {
		cairo_pdf_surface_set_page_label(p->surface, roman(paper->arena, i + 1));
		draw_page(p, &paper->front[i], 0);
	}
	for (size_t i = 0; i < paper->page_count; i++) {
		cairo_pdf_surface_set_page_label(
		    p->surface, arena_printf(paper->arena, "%zu", i + 1));
		draw_page(p, &paper->pages[i], i + 1);
	}
}

static cairo_status_t take(void *out, const unsigned char *bytes, unsigned size)
{
	buf_add(out, bytes, size);
	return CAIRO_STATUS_SUCCESS;
}

static int print(struct printer *p, const struct about *about, struct buf *out, struct err *err)
{
	p->surface = cairo_pdf_surface_create_for_stream(take, out, PAPER_WIDTH, PAPER_HEIGHT);
	/* 1.5 for the text behind glyphs that stand for several characters; nothing else of it is
	 * used, so that archival.c may call it 1.4. */
	cairo_pdf_surface_restrict_to_version(p->surface, CAIRO_PDF_VERSION_1_5);
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_CREATE_DATE,
	    arena_printf(p->paper->arena, "%sT00:00:00Z", about->date));
	p->cr = cairo_create(p->surface);
	sort_anchors(p);
	draw_pages(p);
	add_outline(p);
	cairo_surface_finish(p->surface);
	cairo_status_t status = cairo_status(p->cr);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_status(p->surface);
	cairo_destroy(p->cr);
	cairo_surface_destroy(p->surface);
	if (status == CAIRO_STATUS_SUCCESS)
		return 0;
	return err_set(err, ERR_SYSTEM, _("cannot make the PDF of '%s': %s"), about->title,
	    cairo_status_to_string(status));
}

int paper_pdf(struct paper *paper, const struct about *about, struct buf *out, struct err *err)
{
	struct printer p = { .paper = paper };
	struct buf plain = { 0 };
	paper_need(paper, 0); /* what still waits for something to follow */
	int rc = print(&p, about, &plain, err);
	if (rc == 0)
		rc = fonts_check(paper->fonts, err);
	if (rc == 0)
		rc = pdf_archival(&plain, about, out, err);
	buf_release(&plain);
	return rc;
}
