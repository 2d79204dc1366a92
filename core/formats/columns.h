/* columns.h: how wide the columns of a table want to be, for every format that has paper. */
#ifndef FORMATS_COLUMNS_H
#define FORMATS_COLUMNS_H

#include "base/arena.h"
#include "document/document.h"

/* What stands beyond is left off on paper; a page holds fewer that can be read. */
enum { TABLE_COLUMNS_MAX = 63 };

/*
 * Columns of a table (the most that any of its rows has; 0 for none), and into
 * `*widths`, in the arena, what each should get of `available`, in its unit;
 * together they are exactly that. Narrow columns get what their longest cell
 * needs, the others share the rest. `letter` is the width of a Chinese
 * character in the same unit.
 */
size_t table_columns(const struct node *table, unsigned available, unsigned letter,
    struct arena *arena, unsigned **widths);

#endif
