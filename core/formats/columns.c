/* columns.c: widths of a table's columns, from what stands in them. */
#include "formats/columns.h"

#include "base/utf8.h"

#include <string.h>

/* Width of a cell's text on one line, and a letter and a half for its margins and wide digits. */
static unsigned long wanted(const struct node *cell, unsigned letter, struct arena *arena)
{
	return (utf8_width(node_text(cell, arena)) + 3) * (unsigned long)letter / 2;
}

/*
 * Columns that want no more than their even share of what is left get it, which
 * leaves more for the others; at last these share in proportion to the root
 * of their want: a column of long texts is wide, but not all there is.
 */
static void share(const unsigned long *want, size_t count, unsigned available, unsigned *widths)
{
	unsigned char done[TABLE_COLUMNS_MAX] = { 0 };
	unsigned long left = available;
	size_t open = count;
	for (int changed = 1; changed && open;) {
		changed = 0;
		for (size_t i = 0; i < count; i++) {
			if (done[i] || want[i] > left / open)
				continue;
			widths[i] = (unsigned)want[i];
			left -= want[i];
			done[i] = 1;
			open--;
			changed = 1;
			if (!open)
				break;
		}
	}
	unsigned long weights = 0, weight[TABLE_COLUMNS_MAX] = { 0 };
	for (size_t i = 0; i < count; i++) {
		/* All are done: the rest goes to them evenly. */
		unsigned long of = open ? want[i] : 1;
		while (open && !done[i] && weight[i] * weight[i] < of)
			weight[i]++;
		if (!open)
			weight[i] = 1;
		weights += weight[i];
	}
	unsigned long given = 0, so_far = 0;
	for (size_t i = 0; i < count; i++) {
		so_far += weight[i];
		unsigned long upto = weights ? left * so_far / weights : 0;
		widths[i] += (unsigned)(upto - given);
		given = upto;
	}
}

size_t table_columns(const struct node *table, unsigned available, unsigned letter,
    struct arena *arena, unsigned **widths)
{
	unsigned long want[TABLE_COLUMNS_MAX] = { 0 };
	struct arena scratch = { 0 };
	size_t count = 0;
	for (const struct node *row = table->first; row; row = row->next) {
		size_t i = 0;
		for (const struct node *cell = row->first; cell && i < TABLE_COLUMNS_MAX;
		     cell = cell->next, i++) {
			unsigned long w = wanted(cell, letter, &scratch);
			unsigned long most = (unsigned long)available * 4;
			w = w > most ? most : w;
			want[i] = w > want[i] ? w : want[i];
		}
		count = i > count ? i : count;
	}
	arena_release(&scratch);
	*widths = arena_alloc(arena, (count + 1) * sizeof **widths);
	if (count)
		share(want, count, available, *widths);
	return count;
}
