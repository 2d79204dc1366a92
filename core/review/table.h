/* table.h: tables with a total row. */
#ifndef REVIEW_TABLE_H
#define REVIEW_TABLE_H

#include "review/review.h"

/*
 * Looks at the cells among the passages: where a table's first or last row is
 * its total (合计, 总计), each column of whole or decimal numbers must add up
 * to it. Tables with subtotals or parts of parts (小计, 其中) are left alone.
 */
void table_check(const struct reviewer *reviewer, const struct passage *passages, size_t count);

#endif
