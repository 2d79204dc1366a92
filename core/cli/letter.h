/* letter.h: a letter of the office's own, written as Markdown, as plain text. */
#ifndef CLI_LETTER_H
#define CLI_LETTER_H

#include "base/buf.h"
#include "base/markdown.h"

/*
 * Appends all blocks of a tree that markdown_read() made: # centred, paragraphs indented by two
 * characters but for the one to whom it is addressed (ending in ：, right after the title), lists
 * with their numbers, a quote's lines on the right.
 */
void letter_text(const struct md_node *document, struct buf *out);

#endif
