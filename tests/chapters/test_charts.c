/*
 * test_charts.c: what the chapters' charts show of what departments reported: bars of numbers
 * alone, last year beside this one, and no chart where it would say less than the table.
 */
#include "county.h"

#include "chapters/charts.h"

struct chart_case {
	const char *what;
	const char *chart;
	const char *given; /* of one department */
	const char *last;  /* last year's, or NULL */
	const char
	    *shown; /* label, this year, last year; "" no chart; "+" before parts of a whole */
};

/* clang-format off */
static const struct chart_case cases[] = {
	{ "parts of a whole, those of 0 left out", "supervision.outcomes",
	    "reconsideration_upheld = 9\nreconsideration_rejected = 0\nreconsideration_revoked = 3\n", NULL,
	    "+\n维持 9\n撤销 3\n" },
	{ "an approximate part has no share, and nor have the others", "supervision.outcomes",
	    "reconsideration_upheld = 9\nreconsideration_revoked = 30余\n", NULL,
	    "维持 9\n撤销 30余=30\n" },
	{ "one bar alone compares nothing", "supervision.outcomes", "reconsideration_upheld = 9\n", NULL, "" },
	{ "nothing but zeros", "supervision.cases",
	    "reconsideration_received = 0\nreconsideration_accepted = 0\n", NULL, "" },
	{ "\"/\" is no bar, 0 is one", "supervision.cases",
	    "reconsideration_received = 5\nreconsideration_accepted = 4\nreconsideration_concluded = 0\nlitigation_cases = /\n", NULL,
	    "收到行政复议申请 5\n受理行政复议案件 4\n审结行政复议案件 0\n" },
	{ "an approximate one stands as high as the number it was written with", "supervision.cases",
	    "reconsideration_received = 50余\nreconsideration_accepted = 近40\n", NULL,
	    "收到行政复议申请 50余=50\n受理行政复议案件 近40=40\n" },
	{ "last year beside this one", "supervision.cases", "reconsideration_received = 5\n",
	    "supervision.reconsideration_received=8", "收到行政复议申请 5 8\n" },
};
/* clang-format on */

static void show(const struct chart *chart, struct buf *out)
{
	if (chart->shares && chart->bar_count)
		buf_adds(out, "+\n");
	for (size_t i = 0; i < chart->bar_count; i++) {
		buf_adds(out, chart->bars[i].label);
		for (size_t s = 0; s < chart->series_count; s++) {
			const struct chart_value *value = &chart->bars[i].values[s];
			buf_addf(out, " %s", value->text);
			if (strcmp(arena_printf(&county.arena, "%.0f", value->number),
			        value->text) != 0)
				buf_addf(out, "=%.0f", value->number);
		}
		buf_addc(out, '\n');
	}
}

Test(chapters, charts_show_what_was_reported, COUNTY)
{
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct chart_case *c = &cases[i];
		struct charts charts = { 0 };
		struct buf out = { 0 };

		county_take(
		    arena_printf(&county.arena, "[supervision]\n%s", c->given), NULL, c->last);
		charts_make(&charts, &county.run, &county.chapters, &county.figures, 2021);
		const struct chart *chart = charts_find(&charts, c->chart);
		cr_assert_not_null(chart, "%s", c->chart);
		show(chart, &out);
		cr_expect(strcmp(buf_str(&out), c->shown) == 0, "%s:\n%s", c->what, buf_str(&out));
		buf_release(&out);
	}
}

Test(chapters, a_chart_nobody_declared_is_none, COUNTY)
{
	struct charts charts = { 0 };

	county_take("[supervision]\n", NULL, NULL);
	charts_make(&charts, &county.run, &county.chapters, &county.figures, 2021);
	cr_expect(charts.count > 0);
	cr_expect_null(charts_find(&charts, "supervision.weather"));
	cr_expect_null(charts_find(&charts, "outcomes"));
}
