/*
 * doc_writer.h: a .docx as offices make it (GB/T 9704-2012): A4, 22 lines of
 * 28 characters, official fonts by name, headings that Word knows as such.
 * Written from the first paragraph to the last; the same bytes for the same
 * calls, whatever clock, zone and language.
 *
 *     struct doc_writer *doc = doc_new(&(struct doc_info){ .title = "关于…的通知" });
 *     doc_paragraph(doc, DOC_TITLE, "关于…的通知");
 *     doc_begin(doc, DOC_BODY);
 *     doc_text(doc, "请于");
 *     doc_strong(doc, "1月31日前");
 *     doc_text(doc, "报送。");
 *     doc_end(doc);
 *     doc_paragraph(doc, DOC_SIGNATURE, "岚桥县人民政府");
 *     rc = doc_finish(doc, &bytes, err);
 */
#ifndef OFFICE_DOC_WRITER_H
#define OFFICE_DOC_WRITER_H

#include "base/buf.h"
#include "base/err.h"

#include <stddef.h>

struct doc_writer;

/* What the file says of itself. Strings may be NULL; all of it is copied. */
struct doc_info {
	const char *title, *subject;
	const char *author; /* an office, never a person */
	const char *date;   /* yyyy-mm-dd, as created and changed; NULL: 1980-01-01 */
	int compact;        /* 小四 on 28 lines of 36 characters, for what must fit a page */
	int no_page_number;
	int report; /* the styles beyond DOC_CELL_HEAD may be used, too */
};

/* Styles. Each is a style of the document, so a department's changes to one reach all of it. */
enum doc_style {
	DOC_BODY,      /* 仿宋, first line indented by two characters */
	DOC_FLUSH,     /* the same without indent: 县司法局： */
	DOC_TITLE,     /* 小标宋, centred, a line after it */
	DOC_HEADING_1, /* 一、 黑体 */
	DOC_HEADING_2, /* （一） 楷体 */
	DOC_HEADING_3, /* 1. 仿宋 */
	DOC_HEADING_4, /* （1） 仿宋 */
	DOC_SIGNATURE, /* issuer and date, on the right */
	DOC_MARK,      /* 附件1, 黑体, flush left */
	DOC_GUIDANCE,  /* NbGuidance: how to fill in; not read when it comes back */
	DOC_CELL,      /* in tables */
	DOC_CELL_HEAD,
	/* of a report */
	DOC_CELL_SMALL, /* 五号, where columns are many; then 六号 and 八号 */
	DOC_CELL_SMALL_HEAD,
	DOC_CELL_TINY,
	DOC_CELL_TINY_HEAD,
	DOC_CELL_LEAST,
	DOC_CELL_LEAST_HEAD,
	DOC_CAPTION,     /* 表1 and its title, above; kept with the table */
	DOC_LEGEND,      /* 图1 and its title, below */
	DOC_PICTURE,     /* a picture in a line of its own; kept with what follows */
	DOC_QUOTE,       /* 楷体 */
	DOC_CODE,        /* as it was typed */
	DOC_ATTACHMENT,  /* 附件：1.… */
	DOC_ANNEX_TITLE, /* of an annex, on its third line */
	DOC_NOTICE,      /* that it is a draft */
	DOC_CONTENTS_TITLE,
	DOC_CONTENTS_1, /* lines of the table of contents */
	DOC_CONTENTS_2,
	DOC_STYLES
};

/* Never NULL. */
struct doc_writer *doc_new(const struct doc_info *info);

/*
 * Takes looks and page from the office's own .docx, whose bytes are taken over
 * whatever comes of it: its styles, headers, footers, page and whatever else it
 * holds stay as they are; styles of ours stand for those of the same name, and
 * are added where it has none. What is written goes in the place of the
 * paragraph {{report}}, or behind all of its content. ERR_INPUT with the
 * reason if it cannot be used; the writer is then only good for doc_drop().
 * Before anything else is written.
 */
int doc_use_template(struct doc_writer *doc, const char *label, struct buf *bytes, struct err *err);

/* Between the margins, in twentieths of a point. */
unsigned doc_width(const struct doc_writer *doc);

/* How one paragraph departs from its style; zeroed: not at all. Hundredths of a character. */
struct doc_place {
	int left, right;
	unsigned inset; /* on both sides, in twentieths of a point; instead of the four others */
	int first, hanging; /* of the first line: one of the two */
	enum { PLACE_STYLE, PLACE_LEFT, PLACE_CENTER, PLACE_RIGHT } align;
	unsigned indented : 1;  /* left, first and hanging count, be they 0 or not */
	unsigned spaced : 4;    /* lines left free before it */
	unsigned keep_next : 1; /* on one page with the next one */
};

/* A paragraph: begun, filled piece by piece, ended. "\n" in a text breaks the line, "\t" is a tab.
 */
void doc_begin(struct doc_writer *doc, enum doc_style style);
void doc_begin_at(struct doc_writer *doc, enum doc_style style, const struct doc_place *place);
void doc_text(struct doc_writer *doc, const char *text);
void doc_strong(struct doc_writer *doc, const char *text);
void doc_end(struct doc_writer *doc);

/* How letters look beside their paragraph's. */
struct doc_look {
	unsigned strong : 1;
	unsigned emphasis : 1; /* 楷体: Chinese has no italics */
	unsigned link : 1;
	unsigned headline : 4; /* 1 to 4: as a heading of that level, within a paragraph of text */
};
void doc_run(struct doc_writer *doc, const char *text, struct doc_look look);

/* One of a single text. */
void doc_paragraph(struct doc_writer *doc, enum doc_style style, const char *text);

/* The next paragraph begins a page. */
void doc_new_page(struct doc_writer *doc);

/*
 * A bookmark around what is written between the two, within a paragraph or
 * around several. They may nest. Word knows names of up to 40 bytes; a longer
 * one is left out.
 */
void doc_bookmark_begin(struct doc_writer *doc, const char *name);
void doc_bookmark_end(struct doc_writer *doc);

/* A link around runs: to a bookmark, "#" before its name, or to an address on the web. */
void doc_link_begin(struct doc_writer *doc, const char *target);
void doc_link_end(struct doc_writer *doc);

/* A PNG or JPEG within a paragraph. */
struct doc_picture {
	const char *bytes;
	size_t size;
	int is_jpeg;
	const char *svg;      /* the same as a drawing, for readers that know it; or NULL */
	double width, height; /* mm */
	const char *description;
};
void doc_picture(struct doc_writer *doc, const struct doc_picture *picture);

/*
 * A table of contents: a field that Word and WPS fill anew when asked to, with
 * these lines in it until then. They have no page numbers: only who lays out
 * the text knows them, and a wrong one is worse than none.
 */
void doc_contents_begin(struct doc_writer *doc);
void doc_contents_line(
    struct doc_writer *doc, unsigned level, const char *text, const char *bookmark);
void doc_contents_end(struct doc_writer *doc);

/*
 * A table across the page: `widths` are parts of it, in any unit. A row is
 * begun by the first cell after doc_table_row(); in a cell stand paragraphs.
 */
void doc_table_begin(struct doc_writer *doc, const unsigned *widths, size_t columns);
void doc_table_row(struct doc_writer *doc, int header);
void doc_cell(struct doc_writer *doc, const char *text); /* a cell of one paragraph */
void doc_cell_begin(struct doc_writer *doc);
void doc_cell_end(struct doc_writer *doc);
void doc_table_end(struct doc_writer *doc);

/* Appends the .docx and frees the writer, on failure as well. */
int doc_finish(struct doc_writer *doc, struct buf *out, struct err *err);

/* Frees without writing; takes NULL. */
void doc_drop(struct doc_writer *doc);

#endif
