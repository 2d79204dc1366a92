/*
 * test_figures.c: how what the departments report becomes the county's: sum, maximum, one, ratio;
 * what is exact, approximate, "/", 0 or empty; and where each number came from.
 */
#include "county.h"

struct combination {
	const char *what;
	const char *figure;    /* of the chapter supervision */
	const char *values[3]; /* of sfj, gaj, zfb; NULL: writes nothing at all, "": left empty */
	const char *county;    /* printed; "" absent */
	const char *sources;
	enum nb_state state;
};

/* clang-format off */
static const struct combination combinations[] = {
	/* Sums. */
	{ "added up", "hotline_orders", { "10", "20", "3" }, "33", "县司法局、县公安局、县政府办", NB_EXACT },
	{ "one alone", "hotline_orders", { "10", NULL, NULL }, "10", "县司法局", NB_EXACT },
	{ "empty is nothing said", "hotline_orders", { "10", "", NULL }, "10", "县司法局", NB_EXACT },
	{ "0 is something said", "hotline_orders", { "10", "0", NULL }, "10", "县司法局、县公安局", NB_EXACT },
	{ "\"/\" is no source", "hotline_orders", { "10", "/", NULL }, "10", "县司法局", NB_EXACT },
	{ "only zeros", "hotline_orders", { "0", "0", NULL }, "0", "县司法局、县公安局", NB_EXACT },
	{ "only \"/\"", "hotline_orders", { "/", "／", NULL }, "/", "", NB_NOT_APPLICABLE },
	{ "only empty", "hotline_orders", { "", "", "" }, "", "", NB_ABSENT },
	{ "\"/\" and empty", "hotline_orders", { "/", "", NULL }, "/", "", NB_NOT_APPLICABLE },
	{ "nobody", "hotline_orders", { NULL, NULL, NULL }, "", "", NB_ABSENT },
	{ "approximate and exact", "hotline_orders", { "2500余", "30", NULL }, "2530余", "县司法局、县公安局", NB_APPROXIMATE },
	{ "approximate twice", "hotline_orders", { "2500余", "100多", NULL }, "2600余", "县司法局、县公安局", NB_APPROXIMATE },
	{ "above and below", "hotline_orders", { "200余", "近100", NULL }, "约300", "县司法局、县公安局", NB_APPROXIMATE },
	{ "without upper bound", "hotline_orders", { "100以上", "近100", NULL }, "不少于100", "县司法局、县公安局", NB_APPROXIMATE },
	{ "money with decimals", "fees", { "1.5", "20万元", "3000元" }, "21.8", "县司法局、县公安局、县政府办", NB_EXACT },
	{ "unreadable is nothing said", "hotline_orders", { "10", "数十", NULL }, "10", "县司法局", NB_EXACT },

	/* One for the county: the first of the most exact ones. */
	{ "agreed", "rectification_items", { "6", "6", NULL }, "6", "县司法局、县公安局", NB_EXACT },
	{ "exact after approximate", "rectification_items", { "20余", "25", NULL }, "25", "县司法局、县公安局", NB_EXACT },
	{ "exact before approximate", "rectification_items", { "25", "20余", NULL }, "25", "县司法局、县公安局", NB_EXACT },
	{ "with \"/\"", "rectification_items", { "/", "25", NULL }, "25", "县公安局", NB_EXACT },
	{ "the first of two in conflict", "rectification_items", { "6", "7", NULL }, "6", "县司法局、县公安局", NB_EXACT },
	{ "words agreed", "window", { "政务大厅", "政务大厅", NULL }, "政务大厅", "县司法局、县公安局", NB_WORDS },

	/* The greatest. */
	{ "the greatest", "longest_case", { "60", "90", "30" }, "90", "县司法局、县公安局、县政府办", NB_EXACT },
	{ "0 is a value", "longest_case", { "0", NULL, NULL }, "0", "县司法局", NB_EXACT },
	{ "\"/\" is none", "longest_case", { "/", "30", NULL }, "30", "县公安局", NB_EXACT },
	{ "approximate", "longest_case", { "80余", "60", NULL }, "80余", "县司法局、县公安局", NB_APPROXIMATE },
	{ "the latest day", "last_hearing", { "2021-09-01", "2021-11-30", "2021-10-08" }, "2021-11-30", "县司法局、县公安局、县政府办", NB_WORDS },
};
/* clang-format on */

/* A hand-in of the three with what each says of some figures. */
static void take(const char *const *given, size_t count)
{
	static const char *const departments[] = { "sfj", "gaj", "zfb" };
	struct buf text = { 0 };

	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_addf(&text, "== %s\n", departments[i]);
		buf_addf(&text, "[supervision]\n%s", given[i]);
	}
	county_take(buf_str(&text), NULL, NULL);
	buf_release(&text);
}

Test(chapters, values_become_the_countys, COUNTY)
{
	for (size_t i = 0; i < COUNT_OF(combinations); i++) {
		const struct combination *c = &combinations[i];
		const char *given[3];

		for (size_t k = 0; k < 3; k++)
			given[k] = !c->values[k] ? ""
			                         : arena_printf(&county.arena, "%s = %s\n",
			                               c->figure, c->values[k]);
		take(given, 3);
		const struct county_figure *figure =
		    figures_find(&county.figures, "supervision", c->figure);
		cr_assert(figure, "%s", c->figure);
		cr_expect(strcmp(figure->quantity.text, c->county) == 0, "%s: '%s'", c->what,
		    figure->quantity.text);
		cr_expect(
		    figure->quantity.state == c->state, "%s: %d", c->what, figure->quantity.state);
		const char *sources = figure_sources(figure, &county.run);
		cr_expect(strcmp(sources, c->sources) == 0, "%s: from %s", c->what, sources);
	}
}

/* ---- conflicts ------------------------------------------------------------------- */

Test(chapters, conflicts_name_both_places, COUNTY)
{
	take((const char *[]){ "window = 政务大厅\nrectification_items = 6\n",
	         "rectification_items = 7\n", "" },
	    3);
	const struct finding *found = county_found("figure.conflict", NULL);
	struct buf line = { 0 };

	cr_assert(found != NULL && county_count("figure.conflict") == 1);
	cr_expect_eq(found->severity, NB_ERROR);
	cr_expect_str_eq(found->department, "gaj");
	cr_expect(strstr(found->at.file, "/gaj/submission.ini") != NULL);
	cr_expect_eq(found->at.line, 5);
	cr_expect(strstr(found->also.file, "/sfj/submission.ini") != NULL);
	cr_expect_eq(found->also.line, 6);
	finding_line(found, &line);
	cr_expect(strstr(buf_str(&line), "县公安局 says 7, 县司法局 says 6 (see ") != NULL, "%s",
	    buf_str(&line));
	buf_release(&line);
}

Test(chapters, what_is_a_conflict, COUNTY)
{
	static const struct {
		const char *figure;
		const char *values[3];
		size_t conflicts;
		enum nb_severity severity;
	} cases[] = {
		{ "rectification_items", { "6", "6", "6" }, 0, 0 },
		{ "rectification_items", { "6", "7", "6" }, 1, NB_ERROR },
		{ "rectification_items", { "6", "7", "8" }, 2, NB_ERROR },
		{ "rectification_items", { "6", "0", "" }, 1, NB_ERROR },
		{ "rectification_items", { "6", "/", "" }, 0, 0 },
		{ "rectification_items", { "20余", "25", "29" }, 1, NB_ERROR },
		{ "rectification_items", { "20余", "25", "" }, 0, 0 },
		{ "rectification_items", { "20余", "31", "" }, 1, NB_WARNING },
		{ "rectification_items", { "近20", "20余", "" }, 0, 0 },
		{ "rectification_items", { "近20", "30余", "" }, 1, NB_WARNING },
		{ "window", { "政务大厅", "司法所", "" }, 1, NB_ERROR },
		{ "hotline_orders", { "6", "7", "8" }, 0, 0 },
		{ "longest_case", { "6", "7", "8" }, 0, 0 },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const char *given[3];
		for (size_t k = 0; k < 3; k++)
			given[k] = arena_printf(
			    &county.arena, "%s = %s\n", cases[i].figure, cases[i].values[k]);
		take(given, 3);
		const struct finding *found = county_found("figure.conflict", NULL);
		cr_expect(county_count("figure.conflict") == cases[i].conflicts, "case %zu:\n%s", i,
		    county_said());
		cr_expect(!found || found->severity == cases[i].severity, "case %zu:\n%s", i,
		    county_said());
	}
}

/* ---- ratios ------------------------------------------------------------------------ */

Test(chapters, rates_follow_from_the_countys_figures, COUNTY)
{
	static const struct {
		const char *what;
		const char *given[3];
		const char *rate;
	} cases[] = {
		{ "nobody gave it: two decimals",
		    { "hearings_due = 20\nhearings_attended = 19\n",
		        "hearings_due = 10\nhearings_attended = 10\n", "" },
		    "96.67%" },
		{ "parts of several offices",
		    { "hearings_due = 3\n", "hearings_attended = 2\n", "" }, "66.67%" },
		{ "a part is missing", { "hearings_due = 3\n", "", "" }, "" },
		{ "a part is approximate",
		    { "hearings_due = 30余\nhearings_attended = 30\n", "", "" }, "" },
		{ "one office's own, right for the county, stands as written",
		    { "hearings_due = 30\nhearings_attended = 29\nattendance_rate = 96.6%\n", "",
		        "" },
		    "96.6%" },
		{ "rounded, too",
		    { "hearings_due = 30\nhearings_attended = 29\nattendance_rate = 96.7\n", "",
		        "" },
		    "96.7%" },
		{ "one office's own, without the parts", { "attendance_rate = 96.7%\n", "", "" },
		    "96.7%" },
		{ "one office's own is not the county's",
		    { "hearings_due = 20\nhearings_attended = 19\nattendance_rate = 95.0%\n",
		        "hearings_due = 10\nhearings_attended = 10\n", "" },
		    "96.7%" },
		{ "rates of several are not averaged",
		    { "hearings_due = 20\nhearings_attended = 19\nattendance_rate = 95%\n",
		        "hearings_due = 10\nhearings_attended = 10\nattendance_rate = 100%\n", "" },
		    "96.67%" },
		{ "all", { "hearings_due = 30\nhearings_attended = 30\n", "", "" }, "100%" },
		{ "none", { "hearings_due = 30\nhearings_attended = 0\n", "", "" }, "0%" },
		{ "nothing due", { "hearings_due = 0\nhearings_attended = 0\n", "", "" }, "" },
		{ "\"/\" everywhere",
		    { "hearings_due = /\nhearings_attended = /\nattendance_rate = /\n", "", "" },
		    "/" },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		take(cases[i].given, 3);
		const struct county_figure *figure =
		    figures_find(&county.figures, "supervision", "attendance_rate");
		cr_expect(strcmp(figure->quantity.text, cases[i].rate) == 0, "%s: '%s'",
		    cases[i].what, figure->quantity.text);
		cr_expect(findings_count(&county.findings, NB_ERROR) == 0, "%s:\n%s", cases[i].what,
		    county_said());
	}
}

/* ---- what is expected ----------------------------------------------------------------- */

Test(chapters, expected_figures_nobody_reported, COUNTY)
{
	static const struct {
		const char *line;
		int missed;
	} cases[] = {
		{ "", 1 },
		{ "hearings_due =\n", 1 },
		{ "hearings_due = 0\n", 0 },
		{ "hearings_due = /\n", 0 },
		{ "hearings_due = 30余\n", 0 },
		/* It was given, though not well, and that was said: one cause, one finding. */
		{ "hearings_due = 三十来\n", 0 },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		take(&cases[i].line, 1);
		const struct finding *found = county_found("figure.expected", "hearings_due");
		cr_expect((found != NULL) == cases[i].missed, "'%s'", cases[i].line);
		cr_expect(!found || found->severity == NB_WARNING);
	}
	/* Nobody wrote for the chapter at all: that alone is said. */
	county_take("[reform]\nlicence_kinds = 1\n", NULL, NULL);
	cr_expect(county_found("report.chapter-empty", "supervision") != NULL);
	cr_expect(county_found("figure.expected", "hearings_due") == NULL);
	cr_expect(county_found("figure.expected", "items_total") != NULL);
}

/* ---- where from -------------------------------------------------------------------------- */

Test(chapters, every_number_has_department_file_and_line, COUNTY)
{
	take((const char *[]){ "hotline_orders = 10\n", "; none\n",
	         "fees = 1\nhotline_orders = 3\n" },
	    3);
	const struct county_figure *figure =
	    figures_find(&county.figures, "supervision", "hotline_orders");
	cr_assert_eq(figure->source_count, 2);
	cr_expect_str_eq(figure->sources[0].submission->department->id, "sfj");
	cr_expect_eq(figure->sources[0].value->place.line, 5);
	cr_expect_str_eq(figure->sources[1].submission->department->id, "zfb");
	cr_expect_eq(figure->sources[1].value->place.line, 6);
	cr_expect(strstr(figure->sources[1].value->place.file, "/zfb/submission.ini") != NULL);
	cr_expect(figure_source(figure, "zfb") == &figure->sources[1]);
	cr_expect_null(figure_source(figure, "gaj"));
	cr_expect_null(figures_find(&county.figures, "supervision", "no_such"));
	cr_expect_null(figures_find(&county.figures, "reform", "hotline_orders"));
}

/* A later revision replaces: its figures count, the earlier one's do not. */
Test(chapters, only_the_latest_revision_counts, COUNTY)
{
	county_take("[supervision]\n"
	            "== gaj/1/submission.ini\n"
	            "[submission]\ndepartment = gaj\nyear = 2021\nrevision = 1\n"
	            "[supervision]\nhotline_orders = 10\nrectification_items = 6\n"
	            "== gaj/2/submission.ini\n"
	            "[submission]\ndepartment = gaj\nyear = 2021\nrevision = 2\n"
	            "[supervision]\nhotline_orders = 7\n",
	    NULL, NULL);
	cr_expect_str_eq(
	    figures_find(&county.figures, "supervision", "hotline_orders")->quantity.text, "7");
	cr_expect_str_eq(
	    figures_find(&county.figures, "supervision", "rectification_items")->quantity.text, "");
}

Test(chapters, last_years_values_stand_beside, COUNTY)
{
	county_take("[supervision]\nhotline_orders = 10\n", NULL,
	    "supervision.hotline_orders=8 reform.hotline_orders=9");
	const struct county_figure *figure =
	    figures_find(&county.figures, "supervision", "hotline_orders");
	cr_assert(figure->last != NULL);
	cr_expect_str_eq(figure->last->text, "8");
	cr_expect_null(figures_find(&county.figures, "supervision", "hearings_due")->last);
}
