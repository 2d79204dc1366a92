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
	DOC_CELL_HEAD
};

/* Never NULL. */
struct doc_writer *doc_new(const struct doc_info *info);

/* A paragraph: begun, filled piece by piece, ended. "\n" in a text breaks the line, "\t" is a tab.
 */
void doc_begin(struct doc_writer *doc, enum doc_style style);
void doc_text(struct doc_writer *doc, const char *text);
void doc_strong(struct doc_writer *doc, const char *text);
void doc_end(struct doc_writer *doc);

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
