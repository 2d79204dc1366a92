/* punctuation.h: half-width punctuation in Chinese text made full-width (GB/T 15834-2011). */
#ifndef DOCUMENT_PUNCTUATION_H
#define DOCUMENT_PUNCTUATION_H

#include "document/document.h"

/*
 * Sets , ; : ? ! ( ) and straight quotes full-width where they stand in
 * Chinese text, and [2021]28号 as 〔2021〕28号, in all text below `block`.
 * Times (10:05), URLs, mail addresses, decimals, thousands, 7×24 and code stay
 * as they are.
 */
void punctuate(struct node *block, struct arena *arena);

#endif
