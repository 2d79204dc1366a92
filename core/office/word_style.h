/*
 * word_style.h: a document's styles, each with what it has from those it is
 * based on. Private to this room. ECMA-376 part 1, 17.7.
 */
#ifndef OFFICE_WORD_STYLE_H
#define OFFICE_WORD_STYLE_H

#include "office/package.h"
#include "office/part.h"
#include "office/prose.h"

struct word_style {
	const char *id, *name, *based_on;
	int is_paragraph, is_default;
	/* -1: not said */
	int outline; /* 0 to 8, 9: body */
	int bold, hidden;
	int num_id, num_level;
	const char *num_style; /* id of the style that said `num_id` */
	enum prose_kind kind;
	unsigned level;
};

struct word_styles {
	struct word_style *items; /* by id */
	size_t count;
	struct word_style none; /* what holds where nothing is said */
};

/* Reads them from the part that `relations` names; none is no failure. */
int word_styles_read(struct word_styles *styles, struct package *package,
    const struct relations *relations, struct arena *arena, struct err *err);

/* By id; the default of paragraphs for an unknown one and NULL. */
const struct word_style *word_style_of_paragraph(const struct word_styles *styles, const char *id);

/* By id; NULL if there is none. */
const struct word_style *word_style(const struct word_styles *styles, const char *id);

/* ---- what styles, numbering and document read alike --------------------- */

/* A toggle at a start: <w:b/>, <w:b w:val="0"/>. */
int word_is_on(const struct part *part);

/* Its w:val as a whole number; `otherwise` if it is none. */
int word_number(const struct part *part, int otherwise);

/* Whether it is the start of that element of Word's. */
int word_starts(const struct part *part, const char *name);

#endif
