/* fuzz_csv.c: whatever stands in a list, its rows are handed over or a fault is told. */
#include "base/csv.h"
#include "base/utf8.h"
#include "fuzz.h"

static void row(void *self, const char *const *fields, size_t count, unsigned line)
{
	struct buf *out = self;
	for (size_t i = 0; i < count; i++)
		csv_put(out, fields[i], i + 1 < count ? ',' : '\n');
	(void)line;
}

static void fuzz(struct arena *arena, const char *text, size_t n)
{
	struct buf out = { 0 };
	unsigned line;
	if (utf8_check(text, n) == n)
		csv_read(arena, text, n, row, &out, &line);
	buf_release(&out);
}
