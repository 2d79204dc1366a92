/* CSV as spreadsheets and people write it, with the line of every row. */
#include "base/csv.h"

#include "found.h"

static void row(void *self, const char *const *fields, size_t count, unsigned line)
{
	struct buf *out = self;

	buf_addf(out, "%u:", line);
	for (size_t i = 0; i < count; i++)
		buf_addf(out, "%s<%s>", i ? " " : "", fields[i]);
	buf_adds(out, "\n");
}

Test(base, csv_read)
{
	static const struct {
		const char *text, *rows;
		enum csv_fault fault;
		unsigned line; /* of the fault */
	} cases[] = {
		{ "", "", CSV_FINE, 0 },
		{ "文号,日期\n1,2\n", "1:<文号> <日期>\n2:<1> <2>\n", CSV_FINE, 0 },
		{ "a,b", "1:<a> <b>\n", CSV_FINE, 0 },
		{ "a,b\r\nc,d\r\n", "1:<a> <b>\n2:<c> <d>\n", CSV_FINE, 0 },
		{ " a ,　b　,\"c\"\n", "1:<a> <b> <c>\n", CSV_FINE, 0 },
		{ "\"a,b\",\"说\"\"是\"\"\"\n", "1:<a,b> <说\"是\">\n", CSV_FINE, 0 },
		/* A cell of two lines: its row begins at the first, the next one is counted right.
		 */
		{ "a\n\"b\nc\",d\ne\n", "1:<a>\n2:<b\nc> <d>\n4:<e>\n", CSV_FINE, 0 },
		/* Empty rows, and the rows of commas that spreadsheets leave behind. */
		{ "\n\na,b\n,\n , \n\nc,\n", "3:<a> <b>\n7:<c> <>\n", CSV_FINE, 0 },
		{ "a,,c\n", "1:<a> <> <c>\n", CSV_FINE, 0 },
		{ "\"\",x\n", "1:<> <x>\n", CSV_FINE, 0 },
		/* Faults: what stands before is read, the row is named. */
		{ "a,b\nc,d\"e\nf,g\n", "1:<a> <b>\n", CSV_BAD_QUOTE, 2 },
		{ "a\n\n\"b\"c,d\n", "1:<a>\n", CSV_BAD_QUOTE, 3 },
		{ "a\nb,\"c\nd\n\ne\n", "1:<a>\n", CSV_OPEN_QUOTE, 2 },
		{ "\"", "", CSV_OPEN_QUOTE, 1 },
	};
	struct arena arena = { 0 };

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buf out = { 0 };
		unsigned line = 99;

		cr_expect_eq(
		    csv_read(&arena, cases[i].text, strlen(cases[i].text), row, &out, &line),
		    cases[i].fault, "%s", cases[i].text);
		SAME_TEXT(buf_str(&out), cases[i].rows, cases[i].text);
		if (cases[i].fault)
			cr_expect_eq(line, cases[i].line, "%s: %u", cases[i].text, line);
		buf_release(&out);
	}
	arena_release(&arena);
}

static void count_row(void *self, const char *const *fields, size_t count, unsigned line)
{
	(void)fields;
	(void)count;
	(void)line;
	++*(size_t *)self;
}

Test(base, csv_hostile)
{
	static const struct {
		const char *again;
		size_t times, rows;
	} cases[] = { { "\n", 2000000, 0 }, { " \n", 1000000, 0 }, { ",", 1000000, 0 },
		{ ",\n", 700000, 0 }, { "a\n", 500000, 500000 }, { "\"a\n\"\n", 300000, 300000 },
		{ "\"", 1000000, 1 }, { "a,", 500000, 1 } };
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena arena = { 0 };
		struct buf text = repeat(cases[i].again, cases[i].times);
		double start = spent();
		size_t rows = 0;
		unsigned line;

		cr_expect_eq(
		    csv_read(&arena, buf_str(&text), text.len, count_row, &rows, &line), CSV_FINE);
		cr_expect_eq(rows, cases[i].rows, "'%s': %zu", cases[i].again, rows);
		cr_expect_lt(spent() - start, PATIENCE, "'%s'", cases[i].again);
		buf_release(&text);
		arena_release(&arena);
	}
}

/* What is written reads back, and needs no quotes where none are needed. */
Test(base, csv_put)
{
	static const struct {
		const char *field, *written;
	} cases[] = { { "", "" }, { "县司法局", "县司法局" }, { "a,b", "\"a,b\"" },
		{ "说\"是\"", "\"说\"\"是\"\"\"" }, { "两\n行", "\"两\n行\"" }, { " x", "\" x\"" },
		{ "x ", "\"x \"" }, { "，", "，" } };
	struct arena arena = { 0 };
	struct buf out = { 0 }, rows = { 0 };
	unsigned line;

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buf one = { 0 };

		csv_put(&one, cases[i].field, ',');
		cr_expect_str_eq(buf_str(&one), arena_printf(&arena, "%s,", cases[i].written));
		buf_release(&one);
		csv_put(&out, cases[i].field, i + 1 < COUNT(cases) ? ',' : '\n');
	}
	cr_expect_eq(csv_read(&arena, buf_str(&out), out.len, row, &rows, &line), CSV_FINE);
	cr_expect_str_eq(
	    buf_str(&rows), "1:<> <县司法局> <a,b> <说\"是\"> <两\n行> <x> <x> <，>\n");
	buf_release(&out);
	buf_release(&rows);
	arena_release(&arena);
}

/* What a spreadsheet would reckon is made plain; numbers stay numbers. */
Test(base, csv_put_cell)
{
	static const struct {
		const char *field, *written;
	} cases[] = { { "", "" }, { "县司法局", "县司法局" }, { "3-4", "3-4" }, { "-3", "-3" },
		{ "+1,234.50", "\"+1,234.50\"" }, { "-2.5%", "-2.5%" }, { "-", "'-" },
		{ "-3+cmd", "'-3+cmd" }, { "+.", "'+." }, { "=1+1", "'=1+1" },
		{ "@SUM(A1)", "'@SUM(A1)" }, { "=A1,\"x\"", "\"'=A1,\"\"x\"\"\"" },
		{ "\t=1", "'\t=1" }, { "\r=1", "\"'\r=1\"" }, { "－3", "－3" } };

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buf one = { 0 };
		struct arena arena = { 0 };

		csv_put_cell(&one, cases[i].field, ',');
		cr_expect_str_eq(buf_str(&one), arena_printf(&arena, "%s,", cases[i].written));
		buf_release(&one);
		arena_release(&arena);
	}
}
