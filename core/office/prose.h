/*
 * prose.h: a Word document from outside (Word, WPS, LibreOffice), read into
 * its paragraphs as they are read on the page, tracked changes accepted.
 *
 * ECMA-376 part 1, 17 (WordprocessingML).
 */
#ifndef OFFICE_PROSE_H
#define OFFICE_PROSE_H

#include "office/package.h"

#include <stddef.h>

enum prose_kind {
	PROSE_BODY,
	PROSE_TITLE,
	PROSE_HEADING,  /* `level` */
	PROSE_GUIDANCE, /* of the style NbGuidance, 填写提示: the form's own words */
	PROSE_CONTENTS  /* a line of the table of contents */
};

struct prose_span {
	size_t from, to; /* bytes of the paragraph's text */
};

struct prose_image {
	size_t at;        /* byte of the paragraph's text that it stands before */
	const char *part; /* for package_read(); NULL if it is not in the file */
	const char *name; /* the last word of the part's name: "image1.png"; "" without a part */
	const char *alt;  /* what the writer says it shows; "" if nothing */
};

struct prose_paragraph {
	/*
	 * Every w:p counts, from 1, in the order in which they begin: in tables
	 * and text boxes, empty and left out, too.
	 */
	unsigned number;
	enum prose_kind kind;
	unsigned level;        /* of a heading, 1 to 9 */
	const char *style;     /* its style's name, "" if none */
	const char *numbering; /* set by Word, not typed: "（一）"; "" if none, and for bullets */
	/* Tab "\t"; line and page breaks "\n"; blanks as typed. UTF-8. */
	const char *text;
	const struct prose_span *bold; /* rising, apart from each other */
	size_t bold_count;
	const struct prose_image *images; /* rising */
	size_t image_count;
	/* In a table, counted from 1 through the document; else 0. Row and column from 1. */
	unsigned table, row, column;
	unsigned columns;       /* that its cell spans */
	unsigned is_nested : 1; /* of a table within that cell */
	unsigned is_boxed : 1;  /* of a text box */
	unsigned is_bullet : 1;
};

struct prose_table {
	unsigned rows, columns;
};

struct prose_bookmark {
	const char *name;
	unsigned paragraph; /* the number of that it starts in, or before */
};

struct prose {
	/* Those that hold text or pictures, by number: empty ones are not here. */
	const struct prose_paragraph *paragraphs;
	size_t count;
	const struct prose_table *tables; /* the outer ones */
	size_t table_count;
	const struct prose_bookmark
	    *bookmarks; /* in order; without Word's own, _GoBack and the like */
	size_t bookmark_count;
	struct office_notes notes;
};

/*
 * Reads a document of which the bytes are taken over, whatever comes of it;
 * see package_open() for `label`, `limits` and refusals. Everything lives in
 * the arena. ERR_INPUT also for a workbook.
 */
int prose_read(struct prose *prose, const char *label, struct buf *bytes,
    const struct office_limits *limits, struct arena *arena, struct err *err);

/* The same of an open package, which stays open, for reading its pictures. */
int prose_read_package(
    struct prose *prose, struct package *package, struct arena *arena, struct err *err);

/* The paragraph its number is of, or the next one that holds something: an index, or `count`. */
size_t prose_index(const struct prose *prose, unsigned number);

/* The number of the paragraph a bookmark starts in; 0 if there is no such bookmark. */
unsigned prose_bookmark(const struct prose *prose, const char *name);

#endif
