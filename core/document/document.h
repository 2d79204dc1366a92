/*
 * document.h: the report as a tree: sections, points, paragraphs, numbers.
 * Everything is said here that a format needs; formats add looks only.
 */
#ifndef DOCUMENT_DOCUMENT_H
#define DOCUMENT_DOCUMENT_H

#include "base/arena.h"
#include "base/err.h"
#include "base/finding.h"
#include "base/markdown.h"
#include "chapters/charts.h"

#include <nianbao/plugin.h>

#include <stddef.h>

enum node_kind {
	/* blocks */
	NODE_SECTION, /* a heading and what stands under it; see `run_in`, `title`, `number` */
	NODE_PARAGRAPH,
	NODE_TABLE, /* children NODE_ROW; with a caption: `title`, `number`, `anchor` */
	NODE_ROW,   /* `header` */
	NODE_CELL,  /* `align` */
	NODE_LIST,  /* children NODE_ITEM; `ordered` */
	NODE_ITEM,  /* children blocks; `number` */
	NODE_QUOTE,
	NODE_CODE_BLOCK,  /* one NODE_TEXT */
	NODE_CHART,       /* `chart`; its caption: `title`, `number`, `anchor` */
	NODE_PICTURE,     /* `picture`; `text` describes it */
	NODE_ATTACHMENTS, /* the report's attachment list stands here */
	NODE_SIGNATURE,   /* issuer and date stand here */
	/* inlines */
	NODE_TEXT, /* `text` */
	NODE_STRONG,
	NODE_EMPHASIS,
	NODE_CODE,
	NODE_LINK, /* `target` */
	NODE_BREAK,
	NODE_FIGURE /* `figure`; its printed form is `text` */
};

/* A figure where it stands in the text. */
struct figure_use {
	const char *id;         /* "supervision.reconsideration_received" */
	const char *label;      /* 收到行政复议申请 */
	const char *unit;       /* or NULL */
	const char *department; /* id: its own value; NULL: the county's */
	const char *sources;    /* names of departments, 、 between them */
	const char
	    *places; /* "sfj/1:57; gaj/2:12", hand-in and line of each; "" in a publication */
	const char *evidence; /* the first titles of attachments that back it, 、 between them */
	struct nb_quantity quantity;
};

/* A picture that the office put into the text: one that a reader of its kind will open. */
struct picture {
	const char *bytes;
	size_t size;
	int is_jpeg;            /* else a PNG */
	unsigned width, height; /* in pixels */
};

struct node {
	enum node_kind kind : 8;
	enum align align : 8;
	unsigned run_in : 1; /* section: number and title open the first paragraph */
	unsigned header : 1, ordered : 1;
	unsigned addressee : 1; /* paragraph: whom the paper is sent to, flush left */
	unsigned level;         /* section: 1..; 0: a chapter without a heading of its own */
	const char *number; /* "一、", "（二）", "3.", "（4）", "一是", or ""; "图1", "表2" */
	const char *chapter; /* section: id if it is a chapter, else NULL */
	const char *anchor;  /* of what has a heading or caption of its own: "s1-2", unique */
	struct node *title;  /* section, table, chart: a NODE_PARAGRAPH of inlines, NULL without */
	const char *text;
	const char *target; /* link: a safe address, or "#" and an anchor of this report */
	const struct figure_use *figure;
	const struct chart *chart;
	const struct picture *picture;
	struct nb_place
	    place; /* of a block that the office wrote; file NULL: composed, or elsewhere */
	struct node *parent, *next, *first, *last;
};

/* A public attachment as the report lists it; of a paper its title alone, the rest is "". */
struct listed {
	const char *title;
	const char *department; /* name */
	const char *path;       /* in the bundle, relative to the report's folder */
};

struct report {
	const char *title, *region, *issuer;
	const char *date; /* yyyy-mm-dd, or NULL */
	int year;
	int draft;            /* made despite errors: every format says so */
	int contents;         /* a table of contents stands before the text, where it has pages */
	size_t typed_numbers; /* of headings, that were dropped for ours */
	struct node *body;    /* a NODE_SECTION of level 0 without title */
	struct node *annex;   /* the same with a title, on pages of its own: 附表; NULL without */
	const struct listed *attachments;
	size_t attachment_count;
};

/* One chapter's Markdown, composed or edited. */
struct chapter_text {
	const char *id;
	const char *title; /* "": without a heading of its own */
	enum nb_numbering numbering;
	const char *markdown;
	size_t size;
	const char *file; /* where the office edited it, or NULL: composed, checked before */
};

/* Finds what a {{name}} stands for in the text of `chapter` (NULL: the frame); NULL if nothing. */
typedef const struct figure_use *figure_resolver(void *self, const char *name, const char *chapter);

/* The chart of that name, "outcomes" of `chapter` or "supervision.outcomes"; NULL if there is none.
 */
typedef const struct chart *chart_resolver(void *self, const char *name, const char *chapter);

/* Fills in a chapter's Markdown and file; what it filled in before may go. -1 if it cannot. */
typedef int chapter_reader(void *self, struct chapter_text *chapter, struct err *err);

/*
 * The picture that `target` means in a text of the office's, `file`; NULL if it cannot be
 * set, and `*why` says why, untranslated. Valid as long as the report.
 */
typedef const struct picture *picture_loader(
    void *self, const char *file, const char *target, const char **why);

struct document_source {
	const char *frame; /* Markdown, see compose_frame() */
	size_t frame_size;
	const char *frame_file; /* for findings */
	struct chapter_text *chapters;
	size_t chapter_count;
	chapter_reader *read; /* called for each chapter once; NULL: they have their Markdown */
	figure_resolver *resolve;
	chart_resolver *chart; /* NULL: there are none */
	const char *annex;     /* Markdown, see compose_annex(); NULL: there is none */
	size_t annex_size;
	picture_loader *picture; /* NULL: pictures are their descriptions */
	void *self;
	int full_width;
	int paper;      /* the frame is a paper of its own, see document_build() */
	int as_written; /* headings keep the numbers that were typed, and get none of ours */
	int outline; /* of chapters that were composed, and so checked before, headings are enough
	              */
};

/*
 * Fills `report->body` and `annex`, whose other fields are set already. Chapters nest under
 * the heading that stands above their tag. "{{chart.outcomes}}" alone in a paragraph is that
 * chart, within one its number; a paragraph "表：…" before a table is its caption, with {#id}
 * at its end "{{table.id}}" is its number. A frame without a place for the
 * attachments gets it at its end. What does not fit becomes findings. -1 if a
 * chapter cannot be read.
 *
 * A paper of its own has no chapters, figures or tags. If the report has no
 * title (NULL), the paper's first heading of level 1 is it, if there is one;
 * its other headings count from the shallowest of them, whatever that is.
 * Issuer and date, if one is given, stand at its end.
 */
int document_build(struct report *report, const struct document_source *source, struct arena *arena,
    struct findings *findings, struct err *err);

/* 2022年3月1日, without padding zeros (GB/T 9704-2012, 7.3.5.4); "" without a date. In the arena.
 */
const char *chinese_date(const char *date, struct arena *arena);

/* All text of a node, figures printed, in the arena. */
const char *node_text(const struct node *node, struct arena *arena);

#endif
