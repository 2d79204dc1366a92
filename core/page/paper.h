/*
 * paper.h: pages by GB/T 9704-2012: A4 with a type area of 156 x 225 mm, on it a
 * grid of 22 lines of 28 characters. What is put on paper is kept until all of
 * it is there, and drawn then: page numbers are known by that time.
 *
 * Lengths are points; x and y are from the top left corner of the type area.
 */
#ifndef PAGE_PAPER_H
#define PAGE_PAPER_H

#include "formats/drawing.h"
#include "page/lines.h"
#include "page/plate.h"

#define MM (72 / 25.4)

static const double PAPER_WIDTH = 210 * MM, PAPER_HEIGHT = 297 * MM;
static const double AREA_LEFT = 28 * MM, AREA_TOP = 37 * MM;
static const double AREA_WIDTH = 156 * MM, AREA_HEIGHT = 225 * MM;
static const double ROW = 225 * MM / 22;  /* a line's height */
static const double CELL = 156 * MM / 28; /* a character's width */

/* 三号, 二号, 四号 … : sizes of letters in points. */
static const double SIZE_TEXT = 16, SIZE_TITLE = 22, SIZE_NUMBER = 14;

/* One thing on a page. */
struct item {
	enum { ITEM_LINE, ITEM_RULE, ITEM_DRAWING, ITEM_PLATE } kind;
	double x, y;          /* top left corner; of a line its base line */
	double width, height; /* of a rule, drawing or picture */
	union {
		struct {
			const struct text *text;
			const struct line *line;
		};
		const struct drawing *drawing;
		const struct plate *plate;
	};
};

struct page {
	struct item *items;
	size_t count;
};

/* A place that can be gone to: a heading, a caption. */
struct mark {
	const char *anchor; /* or NULL */
	const char *title;  /* of a heading: as contents and outline have it; else NULL */
	unsigned level;     /* of a heading: 1.. */
	size_t page;        /* counted from 0, without the contents */
	double y;
};

/* Zeroed, with `fonts` and `arena` set, it is empty. Everything in it is the arena's. */
struct paper {
	struct fonts *fonts;
	struct arena *arena;
	struct page *front, *pages; /* the contents; the text */
	size_t front_count, page_count;
	struct mark *marks;
	size_t mark_count;
	const char **links; /* web addresses, or "#" and an anchor */
	size_t link_count;
	double y;                /* where the next thing goes on the last page */
	struct pending *pending; /* what must stand on one page with what follows */
	size_t pending_count;
	double pending_height;
};

/* How a paragraph stands. */
struct block {
	double left, width; /* 0: the whole type area */
	double first, rest; /* indents in it */
	enum fill fill;
	double pitch; /* of its lines; 0: the grid's */
	int keep;     /* on one page with what follows */
	int even;     /* lines of one length as far as possible: of a title in the middle */
};

/* A link's number for struct style. */
unsigned paper_link(struct paper *paper, const char *target);

/* The next thing can be gone to. Strings are borrowed. */
void paper_mark(struct paper *paper, const char *anchor, const char *title, unsigned level);

/* Sets a paragraph; the draft is empty afterwards. */
void paper_set(struct paper *paper, struct draft *draft, const struct block *block);

/* Empty lines of the grid, none at the top of a page. */
void paper_skip(struct paper *paper, unsigned rows);

void paper_break(struct paper *paper); /* a new page, unless this one is empty */

/* Lines of the grid that are left on the last page. */
unsigned paper_rows_left(struct paper *paper);

/*
 * A new page that begins with the last lines of this one, if these are text: what
 * comes then does not stand there alone.
 */
void paper_carry(struct paper *paper, unsigned rows);

/*
 * A drawing or a plate (one of them NULL) in the middle, no larger than the type
 * area, with its caption (may be empty) below it on the same page.
 */
void paper_picture(struct paper *paper, const struct drawing *drawing, const struct plate *plate,
    struct draft *caption);

/* ---- for what is set in its own way: tables, contents ---------------------------- */

/* Room of that height: a new page if there is less and the page is not empty; what is kept goes
 * before it. */
void paper_need(struct paper *paper, double height);

struct item *paper_add(struct paper *paper, struct item item);

/* Puts one line of a text on the last page, its box's top at y, `pitch` high. */
void paper_add_line(struct paper *paper, const struct text *text, const struct line *line, double x,
    double y, double pitch);

/* To the next line of the grid. */
void paper_snap(struct paper *paper);

#endif
