/* doc_style.h: styles, fonts, page and the other parts of a .docx that hold no text. Private to
 * this room. */
#ifndef OFFICE_DOC_STYLE_H
#define OFFICE_DOC_STYLE_H

#include "base/buf.h"
#include "office/doc_writer.h"

enum { DOC_TEXT_WIDTH = 8844 }; /* 156 mm, in twentieths of a point */

/* The w:styleId of a style. */
const char *doc_style_id(enum doc_style style);

/* The whole part word/styles.xml. */
void doc_styles(struct buf *out, int compact);

/* The w:sectPr that ends the body. */
void doc_section(struct buf *out, int compact, int page_number);

/* A part of no variation: its name in the package and its text. NULL-ended. */
struct doc_part {
	const char *name;
	const char *text;
};
extern const struct doc_part doc_parts[];

#endif
