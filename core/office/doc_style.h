/* doc_style.h: styles, fonts, page and the other parts of a .docx that hold no text. Private to
 * this room. */
#ifndef OFFICE_DOC_STYLE_H
#define OFFICE_DOC_STYLE_H

#include "base/buf.h"
#include "office/doc_writer.h"

enum { DOC_TEXT_WIDTH = 8844 }; /* 156 mm, in twentieths of a point */

/* What styles are called within one document: their w:styleId. */
struct doc_names {
	const char *ids[DOC_STYLES];
	const char *headline[5]; /* by level: character style of a headline that is run in */
	const char *hyperlink;
};

/* In a document of our own. */
void doc_own_names(struct doc_names *names);

/* The w:name of a style, by which Word knows its own. */
const char *doc_style_name(enum doc_style style);

/* Single styles. */
void doc_add_style(
    struct buf *out, enum doc_style style, const struct doc_names *names, int compact, int report);
void doc_add_headline(struct buf *out, unsigned level, const struct doc_names *names);
void doc_add_hyperlink(struct buf *out, const struct doc_names *names);

/* The font of what is emphasised, as <w:rFonts>. */
void doc_emphasis(struct buf *out);

/* The whole part word/styles.xml. */
void doc_styles(struct buf *out, int compact, int report);

/* The w:sectPr that ends the body. */
void doc_section(struct buf *out, int compact, int page_number);

/* A part of no variation: its name in the package and its text. NULL-ended. */
struct doc_part {
	const char *name;
	const char *text;
};
extern const struct doc_part doc_parts[];

#endif
