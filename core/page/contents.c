/* contents.c: 目录: headings, dots, pages. */
#include "page/contents.h"

#include <string.h>

static const struct style TITLE = { .role = FONT_TITLE, .size = 22 };

/* "………… 12" at the right edge of a line whose words end at `from`. */
static void leader(struct paper *paper, double from, size_t page, unsigned link, double y)
{
	struct style style = { .role = FONT_FANG, .size = SIZE_TEXT, .link = link };
	double dot = font_glyph(paper->fonts, FONT_FANG, 0x2026)->advance * SIZE_TEXT;
	struct draft draft = { 0 };
	struct measure measure = { AREA_WIDTH, 0, 0, FILL_RIGHT };
	const char *number = arena_printf(paper->arena, "%zu", page);
	double room = AREA_WIDTH - from - (double)strlen(number) * SIZE_TEXT * 0.6;
	for (size_t n = dot > 0 && room > 0 ? (size_t)(room / dot) : 0; n > 0; n--)
		draft_add(&draft, "…", strlen("…"), style);
	draft_add(&draft, number, strlen(number), style);
	struct text *text = text_shape(&draft, paper->fonts, paper->arena);
	size_t count;
	const struct line *lines = text_lines(text, &measure, paper->arena, &count);
	paper_add_line(paper, text, &lines[0], 0, y, ROW);
}

static void entry(struct paper *paper, const struct mark *mark)
{
	double indent = CELL * (mark->level > 1 ? 2 * (mark->level - 1) : 0);
	unsigned link =
	    mark->anchor ? paper_link(paper, arena_printf(paper->arena, "#%s", mark->anchor)) : 0;
	struct draft draft = { 0 };
	/* Three characters are left for the number. */
	struct measure measure = { AREA_WIDTH - 3 * CELL, indent, indent + 2 * CELL, FILL_LEFT };
	draft_add(&draft, mark->title, strlen(mark->title),
	    (struct style){
	        .role = mark->level > 1 ? FONT_FANG : FONT_HEI, .size = SIZE_TEXT, .link = link });
	struct text *text = text_shape(&draft, paper->fonts, paper->arena);
	size_t count;
	const struct line *lines = text_lines(text, &measure, paper->arena, &count);
	for (size_t i = 0; i < count; i++) {
		paper_need(paper, ROW);
		paper_add_line(paper, text, &lines[i], 0, paper->y, ROW);
		if (i + 1 == count)
			leader(paper, lines[i].x + lines[i].width + CELL / 2, mark->page + 1, link,
			    paper->y);
		paper->y += ROW;
	}
}

void paper_contents(struct paper *paper, unsigned level)
{
	struct draft draft = { 0 };
	paper_need(paper, 0); /* marks at the very end find their place */
	struct page *pages = paper->pages;
	size_t count = paper->page_count, marks = paper->mark_count;
	paper->pages = NULL;
	paper->page_count = 0;
	draft_add(&draft, "目　录", strlen("目　录"), TITLE);
	paper_set(paper, &draft, &(struct block){ .fill = FILL_CENTER, .pitch = 2 * ROW });
	paper_skip(paper, 1);
	for (size_t i = 0; i < marks; i++)
		if (paper->marks[i].title && paper->marks[i].level <= level)
			entry(paper, &paper->marks[i]);
	paper->front = paper->pages;
	paper->front_count = paper->page_count;
	paper->pages = pages;
	paper->page_count = count;
}
