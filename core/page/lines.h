/*
 * lines.h: a paragraph broken into lines by the rules of Chinese setting
 * (GB/T 15834-2011, 5.1): no closing mark begins a line and no opening one ends
 * it, dashes, ellipses, numbers and words stay whole, marks side by side give
 * up half their width, and lines are filled on both sides.
 */
#ifndef PAGE_LINES_H
#define PAGE_LINES_H

#include "page/shape.h"

enum fill { FILL_BOTH, FILL_LEFT, FILL_CENTER, FILL_RIGHT };

/* All in points. */
struct measure {
	double width;       /* that there is */
	double first, rest; /* indents on the left, of the first line and the others */
	enum fill fill;
};

/* Units [from, to) of the text, whose first byte is `at`. */
struct line {
	size_t from, to, at;
	double x;            /* of its first unit */
	double width;        /* of all of it, blanks at its end left out */
	const float *places; /* of each unit, from x */
};

/*
 * The lines of a text, at least one, in the arena; `*count` tells how many. A
 * word longer than a line is split. Time is linear to the text.
 */
const struct line *text_lines(
    struct text *text, const struct measure *measure, struct arena *arena, size_t *count);

#endif
