/* table.c: whether the total of a table is the sum of its rows. */
#include "review/table.h"

#include "base/i18n.h"
#include "base/number.h"
#include "base/quantity.h"

#include <string.h>

static int is_total(const char *text)
{
	static const char *const words[] = { "合计", "总计", "共计", "合　计", "合 计", "总 计" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(text, words[i]) == 0)
			return 1;
	return 0;
}

static int is_partial(const char *text)
{
	return strstr(text, "小计") || strncmp(text, "其中", strlen("其中")) == 0 ||
	       strstr(text, "其中：") || strncmp(text, "#", 1) == 0;
}

/* The one exact number that is all of the cell; 0 if there is none. */
static int cell_number(struct arena *scratch, const struct passage *cell, int64_t *value)
{
	struct number *numbers;
	if (numbers_find(scratch, cell->text, cell->size, &numbers) != 1 ||
	    numbers[0].kind != NUMBER_QUANTITY || numbers[0].quantity.state != NB_EXACT ||
	    numbers[0].percent || numbers[0].start != 0 || numbers[0].end != cell->size)
		return 0;
	*value = numbers[0].quantity.low;
	return 1;
}

/* One column: the sum of all rows but the head and the total. */
static void check_column(const struct reviewer *reviewer, struct arena *scratch,
    const struct passage *cells, size_t count, unsigned rows, unsigned total, unsigned column)
{
	const struct passage *sum_cell = NULL;
	int64_t sum = 0, said = 0;
	unsigned addends = 0;
	struct buf text = { 0 };
	for (size_t i = 0; i < count; i++) {
		int64_t value;
		if (cells[i].column != column || cells[i].row == 0)
			continue;
		if (!cell_number(scratch, &cells[i], &value))
			goto out;
		if (cells[i].row == total) {
			sum_cell = &cells[i];
			said = value;
			continue;
		}
		buf_addf(&text, "%s%s", addends++ ? "+" : "", cells[i].text);
		sum = bound_add(sum, value);
	}
	/* A cell that is empty is no passage: then nothing is certain. */
	if (!sum_cell || addends < 2 || addends != rows - 2 || sum == said)
		goto out;
	if (text.len > 60) {
		buf_clear(&text);
		buf_adds(&text, quantity_print(scratch, sum, 6));
	}
	FIND(reviewer->findings, TABLE_TOTAL, reviewer->department, passage_place(sum_cell, 0),
	    sum_cell->column_head, N_("the total of '%s' is not the sum of its rows: %s ≠ %s"),
	    sum_cell->column_head, sum_cell->text, buf_str(&text));
out:
	buf_release(&text);
}

static void check_one(const struct reviewer *reviewer, const struct passage *cells, size_t count)
{
	unsigned rows = 0, columns = 0, total = 0;
	for (size_t i = 0; i < count; i++) {
		rows = cells[i].row >= rows ? cells[i].row + 1 : rows;
		columns = cells[i].column >= columns ? cells[i].column + 1 : columns;
		if (cells[i].column == 0 && is_partial(cells[i].text))
			return;
	}
	for (size_t i = 0; i < count; i++)
		if (cells[i].column == 0 && is_total(cells[i].text)) {
			if (total || (cells[i].row != 1 && cells[i].row != rows - 1))
				return; /* two totals, or one in the middle: groups of rows */
			total = cells[i].row;
		}
	if (!total || columns > 64)
		return;
	for (unsigned column = 1; column < columns; column++) {
		struct arena scratch = { 0 }; /* of each: all cells' numbers take a gigabyte */
		check_column(reviewer, &scratch, cells, count, rows, total, column);
		arena_release(&scratch);
	}
}

void table_check(const struct reviewer *reviewer, const struct passage *passages, size_t count)
{
	for (size_t i = 0; i < count;) {
		size_t end = i + 1;
		if (passages[i].kind != PASSAGE_CELL) {
			i++;
			continue;
		}
		while (end < count && passages[end].kind == PASSAGE_CELL &&
		       passages[end].table == passages[i].table)
			end++;
		check_one(reviewer, passages + i, end - i);
		i = end;
	}
}
