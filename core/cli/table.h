/* table.h: aligned columns on a terminal, Chinese counted as two columns wide. */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include "base/arena.h"

#include <stdio.h>

struct table {
	struct arena *arena;
	size_t columns;
	const char **cells; /* row by row */
	size_t count;
	unsigned right; /* bit i: column i is set flush right */
};

/* Adds the next cell; rows fill from left to right. Strings are borrowed. NULL is "". */
void table_add(struct table *table, const char *cell);

/* Prints all rows, the first one underlined. */
void table_print(const struct table *table, FILE *to);

#endif
