/*
 * test_rules.c: relations between figures: true data, one office and the county, approximate
 * values. Each rule, broken and mended, is a folder in tests/findings/cases.
 */
#include "county.h"

/* ---- true data (DOMAIN.md, section 7) -------------------------------------------- */

/* Takes the hand-in as it is, and once with each digit behind a "=" changed to its neighbour. */
static void check_each_digit(const char *text, const char *code)
{
	county_take(text, NULL, NULL);
	cr_expect(!county_found(code, NULL), "%s:\n%s", code, county_said());
	for (const char *at = text; (at = strstr(at, " = ")) != NULL; at++) {
		for (const char *p = at + 3; *p != '\n'; p++) {
			char *other = strdup(text);
			if (*p < '0' || *p > '9') {
				free(other);
				continue;
			}
			other[p - text] = *p == '9' ? '8' : (char)(*p + 1);
			county_take(other, NULL, NULL);
			cr_expect(county_found(code, NULL) != NULL, "%s is not found in:\n%s", code,
			    other);
			free(other);
		}
	}
}

/* 庆元 2024; its last three classes are other ones here. */
Test(chapters, true_penalties_fail_with_any_digit_changed, COUNTY)
{
	check_each_digit("[enforcement]\n"
	                 "penalties = 108156\n"
	                 "penalties_warning = 12175\n"
	                 "penalties_fine = 94929\n"
	                 "penalties_confiscation = 235\n"
	                 "penalties_licence = 189\n"
	                 "penalties_business = 101\n"
	                 "penalties_detention = 0\n"
	                 "penalties_other = 527\n",
	    "enforcement.penalties-sum");
}

/* 沁水 2021: 14 cases and seven outcomes. */
Test(chapters, true_outcomes_fail_with_any_digit_changed, COUNTY)
{
	check_each_digit("[supervision]\n"
	                 "reconsideration_concluded = 14\n"
	                 "reconsideration_upheld = 3\n"
	                 "reconsideration_rejected = 2\n"
	                 "reconsideration_revoked = 2\n"
	                 "reconsideration_altered = 3\n"
	                 "reconsideration_illegal = 2\n"
	                 "reconsideration_ordered = 1\n"
	                 "reconsideration_mediated = 1\n"
	                 "reconsideration_withdrawn = 0\n"
	                 "reconsideration_other_outcome = 0\n",
	    "supervision.outcomes-sum");
}

/* 陕西 2016: 2371 = 1968 + 403; 1968 + 150 = 1876 + 242; 374 of 1876 corrected, printed as 20%. */
Test(chapters, true_reconsideration_of_a_province, COUNTY)
{
	static const char *const text = "[supervision]\n"
	                                "reconsideration_received = 2371\n"
	                                "reconsideration_accepted = 1968\n"
	                                "reconsideration_not_accepted = 403\n"
	                                "reconsideration_otherwise = 0\n"
	                                "reconsideration_opening = 150\n"
	                                "reconsideration_concluded = 1876\n"
	                                "reconsideration_pending = 242\n"
	                                "reconsideration_revoked = 70\n"
	                                "reconsideration_altered = 209\n"
	                                "reconsideration_illegal = 10\n"
	                                "reconsideration_ordered = 85\n"
	                                "reconsideration_correction_rate = @\n";
	static const struct {
		const char *rate;
		int right;
	} rates[] = { { "20%", 1 }, { "19.94%", 1 }, { "19.93%", 1 }, { "19.95%", 0 },
		{ "21%", 0 } };

	for (size_t i = 0; i < COUNT_OF(rates); i++) {
		county_take(text, rates[i].rate, NULL);
		cr_expect(findings_count(&county.findings, NB_ERROR) == !rates[i].right, "%s:\n%s",
		    rates[i].rate, county_said());
		cr_expect((county_found("figure.ratio", "reconsideration_correction_rate") ==
		              NULL) == rates[i].right,
		    "%s", rates[i].rate);
	}
}

/* 曲阜 2021: types 10+2+1+10 with 10 cases: legal where every column counts, and only there. */
Test(chapters, true_penalties_counted_by_class, COUNTY)
{
	static const char *const text = "[enforcement]\n"
	                                "penalties_counting = @\n"
	                                "penalties = 10\n"
	                                "penalties_warning = 10\n"
	                                "penalties_fine = 2\n"
	                                "penalties_confiscation = 1\n"
	                                "penalties_other = 10\n";

	county_take(text, "按种类", NULL);
	cr_expect(findings_count(&county.findings, NB_ERROR) == 0, "%s", county_said());
	county_take(text, "按案", NULL);
	cr_expect(county_found("enforcement.penalties-sum", NULL) != NULL, "%s", county_said());
}

/* ---- one submission and the county -------------------------------------------------- */

struct scope_case {
	const char *what;
	const char *text;
	const char *code;       /* NULL: no error at all */
	const char *department; /* NULL: found for the county */
	const char *said;       /* part of the message */
};

/* clang-format off */
static const struct scope_case scopes[] = {

{ "a total alone, and parts of another office, are the county's to compare",
"[supervision]\nreconsideration_received = 14\n"
"== gaj\n"
"[supervision]\nreconsideration_accepted = 11\nreconsideration_not_accepted = 3\n"
"reconsideration_otherwise = 1\n",
"supervision.received-sum", NULL, "14 ≠ 11+3+1" },

{ "they may fit",
"[supervision]\nreconsideration_received = 15\n"
"== gaj\n"
"[supervision]\nreconsideration_accepted = 11\nreconsideration_not_accepted = 3\n"
"reconsideration_otherwise = 1\n",
NULL, NULL, NULL },

{ "an office that gave only the total leaves the county's parts incomplete",
"[supervision]\nreconsideration_received = 14\nreconsideration_accepted = 11\n"
"reconsideration_not_accepted = 3\nreconsideration_otherwise = 0\n"
"== gaj\n"
"[supervision]\nreconsideration_received = 5\n",
NULL, NULL, NULL },

{ "parts above such a total are wrong all the same",
"[supervision]\nreconsideration_received = 14\nreconsideration_accepted = 11\n"
"reconsideration_not_accepted = 3\nreconsideration_otherwise = 0\n"
"== gaj\n"
"[supervision]\nreconsideration_accepted = 5\n"
"== zfb\n"
"[supervision]\nreconsideration_received = 4\n",
NULL, NULL, NULL },

{ "what one office broke is not found for the county again",
"[supervision]\nreconsideration_received = 15\nreconsideration_accepted = 11\n"
"reconsideration_not_accepted = 3\nreconsideration_otherwise = 0\n",
"supervision.received-sum", "sfj", "15 ≠ 11+3+0" },

{ "every office's own fault is found",
"[supervision]\nhearings_due = 3\nhearings_attended = 3\n"
"== gaj\n"
"[supervision]\nhearings_due = 2\nhearings_attended = 3\n",
"supervision.attended-at-most-due", "gaj", "3 > 2" },

{ "an approximate value makes it a doubt",
"[supervision]\nhearings_due = 20余\nhearings_attended = 31\n",
NULL, NULL, NULL },

/* A sum beside a figure that is one for the county. */
{ "one office issued fewer licences than the county has kinds",
"[reform]\nlicence_kinds = 10\nlicences_issued = 3\n"
"== gaj\n"
"[reform]\nlicences_issued = 7\n",
NULL, NULL, NULL },

{ "all of them together must not",
"[reform]\nlicence_kinds = 10\nlicences_issued = 3\n"
"== gaj\n"
"[reform]\nlicences_issued = 6\n",
"reform.licences-at-least-kinds", NULL, "9 < 10" },

{ "who only repeats the county's figure holds no share back",
"[reform]\nlicence_kinds = 10\nlicences_issued = 3\n"
"== gaj\n"
"[reform]\nlicence_kinds = 10\n",
"reform.licences-at-least-kinds", NULL, "3 < 10" },

{ "at a lonely office, too",
"[reform]\nlicence_kinds = 10\nlicences_issued = 3\n",
"reform.licences-at-least-kinds", NULL, "3 < 10" },

/* Lists behind one figure of the county. */
{ "two offices' lists may hold the same rows",
"[leadership]\nmeetings_on_law = 2\nmeetings = meetings.csv\n"
"== sfj/meetings.csv\n"
"date,title\n2021-02-03,听取述法报告\n2021-08-11,研究督察反馈\n"
"== zfb\n"
"[leadership]\nmeetings_on_law = 2\nmeetings = meetings.csv\n"
"== zfb/meetings.csv\n"
"date,title\n2021-02-03,听取述法报告\n2021-08-11,研究督察反馈\n",
NULL, NULL, NULL },

{ "the other office's list is held against the figure when it is the only one",
"[leadership]\nmeetings_on_law = 3\n"
"== zfb\n"
"[leadership]\nmeetings = meetings.csv\n"
"== zfb/meetings.csv\n"
"date,title\n2021-02-03,听取述法报告\n2021-08-11,研究督察反馈\n",
"leadership.meetings-rows", NULL, "3 ≠ 2" },

{ "sums of columns likewise",
"[enforcement]\nleniency_items = 133\nleniency_units = 2\nleniency = l.csv\n"
"== sfj/l.csv\n"
"unit,items\n县市场监管局,90\n县交通局,43\n"
"== gaj\n"
"[enforcement]\nleniency = l.csv\n"
"== gaj/l.csv\n"
"unit,items\n县公安局,9\n",
NULL, NULL, NULL },

{ "lists behind sums are added up",
"[decision]\ndecisions_reviewed = 2\ndecisions = d.csv\n"
"== sfj/d.csv\n"
"title,proposed_by,date,legality_review,collective_discussion\n"
"水价调整,县发改局,2021-06-30,2021-05-20,2021-06-30\n"
"停车规划,县住建局,2021-06-30,2021-05-20,2021-06-30\n"
"== gaj\n"
"[decision]\ndecisions_reviewed = 1\n"
"== zfb\n"
"[decision]\ndecisions = d.csv\n"
"== zfb/d.csv\n"
"title,proposed_by,date,legality_review,collective_discussion\n"
"警务站规划,县公安局,2021-06-30,2021-05-20,2021-06-30\n"
"巡防规划,县公安局,2021-06-30,2021-05-20,2021-06-30\n",
"decision.decisions-rows", NULL, "3 ≠ 4" },

{ "a list that is empty has no rows; one not handed in is unknown",
"[decision]\ndecisions_reviewed = 1\ndecisions = d.csv\n"
"== sfj/d.csv\n"
"title,proposed_by,date,legality_review,collective_discussion\n",
"decision.decisions-rows", "sfj", "1 ≠ 0" },

{ "not handed in",
"[decision]\ndecisions_reviewed = 1\n",
NULL, NULL, NULL },

/* Figures of several offices, and last year. */
{ "an office that only abolishes documents does not hide the county's sum",
"[decision]\ndocuments_passed = 4\ndocuments_in_force = 103\n"
"== gaj\n"
"[decision]\ndocuments_abolished = 2\ndocuments_lapsed = 0\n",
"decision.documents-in-force", NULL, "103 ≠ 100（上年）+4-2-0" },

};
/* clang-format on */

Test(chapters, rules_of_one_office_and_of_the_county, COUNTY)
{
	for (size_t i = 0; i < COUNT_OF(scopes); i++) {
		const struct scope_case *c = &scopes[i];
		county_take(c->text, NULL, "decision.documents_in_force=100");
		cr_expect(findings_count(&county.findings, NB_ERROR) == (c->code != NULL),
		    "%s:\n%s", c->what, county_said());
		const struct finding *found = c->code ? county_found(c->code, NULL) : NULL;
		if (!c->code)
			continue;
		cr_expect(found != NULL, "%s:\n%s", c->what, county_said());
		if (!found)
			continue;
		struct buf message = { 0 };
		finding_message(found, &message);
		cr_expect(strstr(buf_str(&message), c->said) != NULL, "%s: %s", c->what,
		    buf_str(&message));
		buf_release(&message);
		cr_expect(c->department
		              ? found->department && strcmp(found->department, c->department) == 0
		              : !found->department,
		    "%s: %s", c->what, found->department ? found->department : "the county");
	}
}

/* Bounds of words are a reading: what rests on them is a warning. */
Test(chapters, approximate_values_make_warnings, COUNTY)
{
	county_take("[supervision]\nhearings_due = 20余\nhearings_attended = 31\n", NULL, NULL);
	const struct finding *found = county_found("supervision.attended-at-most-due", NULL);
	cr_assert(found != NULL);
	cr_expect_eq(found->severity, NB_WARNING);
}

/* Without last year's bundle nothing is said of last year. */
Test(chapters, no_last_year_no_finding, COUNTY)
{
	county_take(
	    "[supervision]\nreconsideration_opening = 4\ndisclosure_opening = 9\n", NULL, NULL);
	cr_expect(findings_count(&county.findings, NB_ERROR) == 0, "%s", county_said());
}
