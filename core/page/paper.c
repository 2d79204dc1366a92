/* paper.c: where things go on pages. */
#include "page/paper.h"

#include <stdlib.h>
#include <string.h>

static const double EPSILON = 0.01;
static const double PENDING_MAX = 11 * 225 * MM / 22; /* half a page of headings is enough */

/* A paragraph that waits for what follows it, or a mark. */
struct pending {
	const struct text *text;
	const struct line *lines;
	size_t count;
	struct block block;
	struct mark mark; /* if there is no text */
};

unsigned paper_link(struct paper *paper, const char *target)
{
	paper->links =
	    arena_grow(paper->arena, paper->links, paper->link_count, sizeof *paper->links);
	paper->links[paper->link_count++] = target;
	return (unsigned)paper->link_count;
}

/* ---- pages ------------------------------------------------------------------------ */

static void new_page(struct paper *paper)
{
	paper->pages =
	    arena_grow(paper->arena, paper->pages, paper->page_count, sizeof *paper->pages);
	paper->pages[paper->page_count++] = (struct page){ 0 };
	paper->y = 0;
}

static struct page *last_page(struct paper *paper)
{
	if (paper->page_count == 0)
		new_page(paper);
	return &paper->pages[paper->page_count - 1];
}

struct item *paper_add(struct paper *paper, struct item item)
{
	struct page *page = last_page(paper);
	page->items = arena_grow(paper->arena, page->items, page->count, sizeof *page->items);
	page->items[page->count] = item;
	return &page->items[page->count++];
}

/* A Chinese character's body reaches from 0.88 above the base line to 0.12 below it. */
void paper_add_line(struct paper *paper, const struct text *text, const struct line *line, double x,
    double y, double pitch)
{
	double size =
	    line->from < text->count ? text->styles[text->units[line->from].style].size : SIZE_TEXT;
	if (line->from < line->to)
		paper_add(paper, (struct item){ .kind = ITEM_LINE,
		                     .x = x + line->x,
		                     .y = y + pitch / 2 + size * 0.38,
		                     .text = text,
		                     .line = line });
}

void paper_snap(struct paper *paper)
{
	double rows = paper->y / ROW;
	size_t whole = (size_t)rows;
	paper->y = ROW * (double)(rows - (double)whole > 0.001 ? whole + 1 : whole);
}

static void place_mark(struct paper *paper, struct mark mark)
{
	last_page(paper);
	mark.page = paper->page_count - 1;
	mark.y = paper->y;
	paper->marks =
	    arena_grow(paper->arena, paper->marks, paper->mark_count, sizeof *paper->marks);
	paper->marks[paper->mark_count++] = mark;
}

static double pitch_of(const struct block *block)
{
	return block->pitch > 0 ? block->pitch : ROW;
}

static void place_lines(struct paper *paper, const struct pending *p)
{
	double pitch = pitch_of(&p->block);
	last_page(paper);
	if (p->block.pitch <= 0)
		paper_snap(paper);
	for (size_t i = 0; i < p->count; i++) {
		if (paper->y + pitch > AREA_HEIGHT + EPSILON && paper->y > 0)
			new_page(paper);
		paper_add_line(paper, p->text, &p->lines[i], p->block.left, paper->y, pitch);
		paper->y += pitch;
	}
}

static void flush(struct paper *paper)
{
	for (size_t i = 0; i < paper->pending_count; i++) {
		struct pending *p = &paper->pending[i];
		if (!p->text && i + 1 < paper->pending_count && paper->pending[i + 1].text &&
		    paper->y + pitch_of(&paper->pending[i + 1].block) > AREA_HEIGHT + EPSILON)
			new_page(paper);
		if (p->text)
			place_lines(paper, p);
		else
			place_mark(paper, p->mark);
	}
	paper->pending_count = 0;
	paper->pending_height = 0;
}

static void wait(struct paper *paper, struct pending pending)
{
	paper->pending =
	    arena_grow(paper->arena, paper->pending, paper->pending_count, sizeof *paper->pending);
	paper->pending[paper->pending_count++] = pending;
}

void paper_need(struct paper *paper, double height)
{
	last_page(paper);
	if (paper->pending_height > 0)
		paper_snap(paper);
	double all = paper->pending_height + height;
	/* A table may end so low that y is below the type area: that by itself asks for nothing. */
	if (all > 0 && paper->y > 0 && paper->y + all > AREA_HEIGHT + EPSILON)
		new_page(paper);
	flush(paper);
	if (height > 0 && paper->y > 0 && paper->y + height > AREA_HEIGHT + EPSILON)
		new_page(paper);
}

void paper_break(struct paper *paper)
{
	flush(paper);
	if (last_page(paper)->count)
		new_page(paper);
}

void paper_mark(struct paper *paper, const char *anchor, const char *title, unsigned level)
{
	wait(paper, (struct pending){ .mark = { anchor, title, level, 0, 0 } });
}

void paper_skip(struct paper *paper, unsigned rows)
{
	flush(paper);
	last_page(paper);
	paper_snap(paper);
	if (paper->y <= 0)
		return;
	paper->y += ROW * rows;
	if (paper->y > AREA_HEIGHT - ROW + EPSILON)
		new_page(paper);
}

unsigned paper_rows_left(struct paper *paper)
{
	flush(paper);
	last_page(paper);
	paper_snap(paper);
	return (unsigned)((AREA_HEIGHT - paper->y) / ROW + 0.5);
}

/* Items of a page that lie below `cut`; -1 if one of them is no line of text. */
static int below(const struct page *page, double cut)
{
	int count = 0;
	for (size_t i = 0; i < page->count; i++) {
		if (page->items[i].y + page->items[i].height <= cut)
			continue;
		if (page->items[i].kind != ITEM_LINE)
			return -1;
		count++;
	}
	return count;
}

void paper_carry(struct paper *paper, unsigned rows)
{
	double cut = paper->y - ROW * rows;
	int count = below(last_page(paper), cut);
	new_page(paper);
	if (count <= 0 || cut <= 0)
		return;
	struct page *from = &paper->pages[paper->page_count - 2];
	size_t kept = 0;
	for (size_t i = 0; i < from->count; i++) {
		struct item item = from->items[i];
		if (item.y + item.height <= cut) {
			from->items[kept++] = item;
			continue;
		}
		item.y -= cut;
		paper_add(paper, item);
	}
	from->count = kept;
	for (size_t i = paper->mark_count; i-- > 0;) {
		struct mark *mark = &paper->marks[i];
		if (mark->page + 2 != paper->page_count || mark->y + EPSILON < cut)
			break;
		mark->page++;
		mark->y -= cut;
	}
	paper->y = ROW * rows;
}

/* The least width that makes no more lines: no title ends in a single character. */
static double even_width(struct text *text, struct measure measure, size_t lines)
{
	double least = measure.width / 2, most = measure.width;
	for (int i = 0; lines > 1 && i < 10; i++) {
		struct arena scratch = { 0 };
		size_t count;
		measure.width = (least + most) / 2;
		text_lines(text, &measure, &scratch, &count);
		*(count > lines ? &least : &most) = measure.width;
		arena_release(&scratch);
	}
	return most;
}

void paper_set(struct paper *paper, struct draft *draft, const struct block *block)
{
	struct pending p = { .block = *block };
	double width = block->width > 0 ? block->width : AREA_WIDTH - block->left;
	struct measure measure = { width, block->first, block->rest, block->fill };
	struct text *text = text_shape(draft, paper->fonts, paper->arena);
	p.text = text;
	p.lines = text_lines(text, &measure, paper->arena, &p.count);
	if (block->even && p.count > 1) {
		measure.width = even_width(text, measure, p.count);
		p.block.left += (width - measure.width) / 2;
		p.lines = text_lines(text, &measure, paper->arena, &p.count);
	}
	if (block->keep) {
		wait(paper, p);
		paper->pending_height += pitch_of(block) * (double)p.count;
		if (paper->pending_height > PENDING_MAX)
			paper_need(paper, 0);
		return;
	}
	if (block->pitch <= 0)
		paper_snap(paper);
	paper_need(paper, pitch_of(block));
	place_lines(paper, &p);
}

/* ---- pictures ---------------------------------------------------------------------- */

static double shrink(double *width, double *height, double room)
{
	double scale = 1;
	if (*width > AREA_WIDTH)
		scale = AREA_WIDTH / *width;
	if (*height * scale > room)
		scale = room / *height;
	*width *= scale;
	*height *= scale;
	return scale;
}

void paper_picture(struct paper *paper, const struct drawing *drawing, const struct plate *plate,
    struct draft *caption)
{
	struct item item = { .kind = drawing ? ITEM_DRAWING : ITEM_PLATE };
	struct pending p = { .block = { .fill = FILL_CENTER, .pitch = ROW } };
	struct measure measure = { AREA_WIDTH, 0, 0, FILL_CENTER };
	if (caption->bytes.len) {
		struct text *text = text_shape(caption, paper->fonts, paper->arena);
		p.text = text;
		p.lines = text_lines(text, &measure, paper->arena, &p.count);
	}
	double below = ROW * (double)p.count, room = AREA_HEIGHT - below - ROW / 2;
	if (drawing) {
		item.width = drawing->width * MM;
		item.height = drawing->height * MM;
		item.drawing = drawing;
	} else {
		/* 150 pixels an inch: a photograph fills the type area, a stamp stays small. */
		item.width = plate->width * 72 / 150;
		item.height = plate->height * 72 / 150;
		item.plate = plate;
	}
	shrink(&item.width, &item.height, room > ROW ? room : ROW);
	paper_snap(paper);
	paper_need(paper, item.height + ROW / 2 + below);
	item.x = (AREA_WIDTH - item.width) / 2;
	item.y = paper->y + ROW / 4;
	paper_add(paper, item);
	paper->y += item.height + ROW / 2;
	if (p.text)
		place_lines(paper, &p);
	paper_snap(paper);
}
