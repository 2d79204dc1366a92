/*
 * word_list.h: the numbers that Word sets before paragraphs by itself, as
 * text. Private to this room. ECMA-376 part 1, 17.9.
 */
#ifndef OFFICE_WORD_LIST_H
#define OFFICE_WORD_LIST_H

#include "office/word_style.h"

enum { LIST_LEVELS = 9 };

struct word_lists;

/* Reads them from the part that `relations` names; none is no failure. */
int word_lists_read(struct word_lists **lists, struct package *package,
    const struct relations *relations, const struct word_styles *styles, struct arena *arena,
    struct err *err);

/* The level of a list that a style is tied to; 0 if none is. */
unsigned word_list_level(const struct word_lists *lists, int num_id, const char *style);

/*
 * Counts one more paragraph of a list, and appends the number that stands
 * before it; nothing for bullets and lists that are not there. Returns whether
 * it is a bullet.
 */
int word_list_next(struct word_lists *lists, int num_id, unsigned level, struct buf *out);

/* Appends a number as Word's numFmt `format` shows it: 12, 十二, ⑫, xii. */
void word_list_put(struct buf *out, const char *format, unsigned value);

#endif
