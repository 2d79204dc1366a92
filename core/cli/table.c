/* table.c: aligned columns. */
#include "cli/table.h"

#include "base/utf8.h"

/* A longer cell moves the rest of its own row: the others need not be as wide. */
enum { WIDTH_MAX = 200 };

void table_add(struct table *table, const char *cell)
{
	table->cells = arena_grow(table->arena, table->cells, table->count, sizeof *table->cells);
	table->cells[table->count++] = cell ? cell : "";
}

static void pad(FILE *to, size_t n, char c)
{
	while (n-- > 0)
		fputc(c, to);
}

void table_print(const struct table *table, FILE *to)
{
	size_t n = table->columns;
	size_t *widths = arena_alloc(table->arena, n * sizeof *widths);
	for (size_t i = 0; i < table->count; i++) {
		size_t width = utf8_width(table->cells[i]);
		if (width > widths[i % n])
			widths[i % n] = width < WIDTH_MAX ? width : WIDTH_MAX;
	}
	for (size_t i = 0; i < table->count; i++) {
		const char *cell = table->cells[i];
		size_t column = i % n, width = utf8_width(cell);
		size_t gap = width < widths[column] ? widths[column] - width : 0;
		int right = table->right >> column & 1;
		pad(to, right ? gap : 0, ' ');
		fputs(cell, to);
		if (column + 1 < n)
			pad(to, (right ? 0 : gap) + 2, ' ');
		else
			fputc('\n', to);
		if (i + 1 == n) { /* below the header */
			for (size_t k = 0; k < n; k++) {
				pad(to, widths[k], '-');
				fputs(k + 1 < n ? "  " : "\n", to);
			}
		}
	}
}
