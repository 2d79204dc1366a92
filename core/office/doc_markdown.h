/* doc_markdown.h: a text of the office's own, written as Markdown, as part of a .docx. */
#ifndef OFFICE_DOC_MARKDOWN_H
#define OFFICE_DOC_MARKDOWN_H

#include "base/markdown.h"
#include "office/doc_writer.h"

/*
 * Adds all blocks of a tree that markdown_read() made. # is the title, ## to
 * ##### are headings 1 to 4. A paragraph that ends in ： right after the title
 * stands flush (县司法局：). A quote's lines are signatures, on the right. Lists
 * are paragraphs with their numbers typed. Bold stays; links keep their text,
 * images their description.
 */
void doc_add_markdown(struct doc_writer *doc, const struct md_node *document);

#endif
