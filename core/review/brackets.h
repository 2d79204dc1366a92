/* brackets.h: the part of typography_check() that looks for unpaired marks. */
#ifndef REVIEW_BRACKETS_H
#define REVIEW_BRACKETS_H

#include "review/text.h"

/*
 * Finds brackets and quotation marks without their partner (text.bracket),
 * and pairs of which one is half-width (text.punctuation) unless the report
 * sets both full-width. 1) is an item's number, 一) has lost its bracket.
 */
void brackets_check(struct search *search);

#endif
