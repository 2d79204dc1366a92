/*
 * test_rules.c: every relation of every chapter, broken and mended.
 *
 * A row of `rows` is a hand-in as a department would write it, with one "@" in it. With `broken`
 * in its place the finding `code` must stand on the line marked "<-", and nothing else may be an
 * error; with `mended` there is no such finding, and no error at all.
 *
 * Long because it is one table: a row for every rule, so that none can be missed.
 */
#include "county.h"

struct row {
	const char *code;
	enum nb_severity severity;
	const char *text; /* see county_take() */
	const char *broken, *mended;
	const char *last;    /* last year's figures */
	const char *subject; /* for codes with several rows to tell apart */
};

/* clang-format off: a row reads like the hand-in */
static const struct row rows[] = {

	/* ---- leadership ---------------------------------------------------------- */

	{ "leadership.meetings-rows", NB_ERROR,
	    "[leadership]\n"
	    "meetings_on_law = @ <-\n"
	    "meetings = meetings.csv\n"
	    "== sfj/meetings.csv\n"
	    "date,title,decided\n"
	    "2021-02-03,听取述法报告,通过\n"
	    "2021-08-11,研究督察反馈,通过\n",
	    .broken = "3", .mended = "2" },

	{ "leadership.fixed-at-most-found", NB_ERROR,
	    "[leadership]\n"
	    "problems_found = 30\n"
	    "problems_fixed = @ <-\n",
	    .broken = "31", .mended = "30" },

	{ "figure.ratio", NB_ERROR,
	    "[leadership]\n"
	    "problems_found = 30\n"
	    "problems_fixed = 20\n"
	    "fix_rate = @ <-\n",
	    .broken = "66.5%", .mended = "66.6%", .subject = "fix_rate" },

	/* Three departments are in the workspace. */
	{ "leadership.reporting-units", NB_WARNING,
	    "[leadership]\n"
	    "reporting_units = @ <-\n",
	    .broken = "4", .mended = "3" },

	/* ---- reform -------------------------------------------------------------- */

	{ "reform.online-at-most-total", NB_ERROR,
	    "[reform]\n"
	    "items_total = 1200\n"
	    "items_online = @ <-\n",
	    .broken = "1201", .mended = "1200" },

	{ "reform.mobile-at-most-online", NB_ERROR,
	    "[reform]\n"
	    "items_online = 800\n"
	    "items_mobile = @ <-\n",
	    .broken = "801", .mended = "800" },

	{ "reform.instant-at-most-total", NB_ERROR,
	    "[reform]\n"
	    "items_total = 1200\n"
	    "items_instant = @ <-\n",
	    .broken = "1201", .mended = "1200" },

	{ "reform.once-at-most-total", NB_ERROR,
	    "[reform]\n"
	    "items_total = 1200\n"
	    "items_once = @ <-\n",
	    .broken = "1201", .mended = "1200" },

	/* Kinds are the county's, licences everybody's: only all offices together can be too few.
	 */
	{ "reform.licences-at-least-kinds", NB_ERROR,
	    "[reform]\n"
	    "licence_kinds = 10\n"
	    "licences_issued = 3 <-\n"
	    "== gaj\n"
	    "[reform]\n"
	    "licences_issued = @\n",
	    .broken = "6", .mended = "7" },

	/* ---- decision ------------------------------------------------------------ */

	{ "decision.decisions-rows", NB_ERROR,
	    "[decision]\n"
	    "decisions_reviewed = @ <-\n"
	    "decisions = decisions.csv\n"
	    "== sfj/decisions.csv\n"
	    "title,proposed_by,date,legality_review,collective_discussion\n"
	    "城区停车规划,县住建局,2021-06-30,2021-05-20,2021-06-30\n",
	    .broken = "6", .mended = "1" },

	{ "decision.passed-at-most-reviewed", NB_ERROR,
	    "[decision]\n"
	    "documents_reviewed = 6\n"
	    "documents_passed = @ <-\n",
	    .broken = "7", .mended = "4" },

	{ "decision.documents-rows", NB_ERROR,
	    "[decision]\n"
	    "documents_passed = @ <-\n"
	    "documents = documents.csv\n"
	    "== sfj/documents.csv\n"
	    "title,number,date\n"
	    "停车管理办法,沁政发〔2021〕8号,2021-05-01\n"
	    "用水管理办法,沁政办发〔2021〕28号,2021-06-01\n",
	    .broken = "4", .mended = "2" },

	{ "decision.documents-in-force", NB_ERROR,
	    "[decision]\n"
	    "documents_passed = 4\n"
	    "documents_abolished = 2\n"
	    "documents_lapsed = 1\n"
	    "documents_in_force = @ <-\n",
	    .broken = "100", .mended = "101", .last = "decision.documents_in_force=100" },

	/* Order 713: legality review comes after the public, experts and risks. */
	{ "decision.steps-order", NB_ERROR,
	    "[decision]\n"
	    "decisions = decisions.csv\n"
	    "== sfj/decisions.csv\n"
	    "title,proposed_by,date,public_participation,expert_review,legality_review,collective_"
	    "discussion\n"
	    "停车规划,县住建局,2021-06-30,2021-03-01,2021-04-10,2021-05-20,2021-06-30\n"
	    "水价调整,县发改局,2021-06-30,2021-03-01,2021-04-10,@,2021-06-30 <-\n",
	    .broken = "2021-04-09", .mended = "2021-04-10", .subject = "水价调整 合法性审查" },

	{ "decision.steps-order", NB_ERROR,
	    "[decision]\n"
	    "decisions = decisions.csv\n"
	    "== sfj/decisions.csv\n"
	    "title,proposed_by,date,legality_review,collective_discussion\n"
	    "水价调整,县发改局,2021-06-30,2021-05-20,@ <-\n",
	    .broken = "2021-05-19", .mended = "2021-05-20", .subject = "水价调整 集体讨论决定" },

	{ "decision.steps-order", NB_ERROR,
	    "[decision]\n"
	    "decisions = decisions.csv\n"
	    "== sfj/decisions.csv\n"
	    "title,proposed_by,date,legality_review,collective_discussion\n"
	    "水价调整,县发改局,@,2021-05-20,2021-06-30 <-\n",
	    .broken = "2021-06-29", .mended = "2021-06-30", .subject = "水价调整 决定日期" },

	/* Public, experts and risks are parallel sections of the order: doubtful, not wrong. */
	{ "decision.steps-order", NB_WARNING,
	    "[decision]\n"
	    "decisions = decisions.csv\n"
	    "== sfj/decisions.csv\n"
	    "title,proposed_by,date,public_participation,expert_review,legality_review,collective_"
	    "discussion\n"
	    "水价调整,县发改局,2021-06-30,2021-03-01,@,2021-05-20,2021-06-30 <-\n",
	    .broken = "2021-02-10", .mended = "2021-04-10", .subject = "水价调整 专家论证" },

	{ "decision.step-missing", NB_ERROR,
	    "[decision]\n"
	    "decisions = decisions.csv\n"
	    "== sfj/decisions.csv\n"
	    "title,proposed_by,date,legality_review,collective_discussion\n"
	    "停车规划,县住建局,2021-06-30,2021-05-20,2021-06-30\n"
	    "水价调整,县发改局,2021-06-30,@,2021-06-30 <-\n",
	    .broken = "/", .mended = "2021-05-20" },

	{ "decision.step-date", NB_ERROR,
	    "[decision]\n"
	    "decisions = decisions.csv\n"
	    "== sfj/decisions.csv\n"
	    "title,proposed_by,date,public_participation,legality_review,collective_discussion\n"
	    "水价调整,县发改局,2021-06-30,@,2021-05-20,2021-06-30 <-\n",
	    .broken = "2021-02-29", .mended = "2021-02-28" },

	{ "decision.document-number", NB_WARNING,
	    "[decision]\n"
	    "documents = documents.csv\n"
	    "== sfj/documents.csv\n"
	    "title,number,date\n"
	    "停车管理办法,@,2021-05-01 <-\n",
	    .broken = "沁政发[2021]8号", .mended = "沁政发〔2021〕8号" },

	{ "decision.document-year", NB_WARNING,
	    "[decision]\n"
	    "documents = documents.csv\n"
	    "== sfj/documents.csv\n"
	    "title,number,date\n"
	    "停车管理办法,@,2021-05-01 <-\n",
	    .broken = "沁政发〔2020〕8号", .mended = "沁政发〔2021〕8号" },

	/* ---- enforcement --------------------------------------------------------- */

	{ "enforcement.town-teams-at-most-towns", NB_ERROR,
	    "[enforcement]\n"
	    "towns = 12\n"
	    "town_teams = @ <-\n",
	    .broken = "13", .mended = "12" },

	{ "enforcement.new-at-most-certified", NB_ERROR,
	    "[enforcement]\n"
	    "officers_certified = 537\n"
	    "certificates_new = @ <-\n",
	    .broken = "538", .mended = "184" },

	{ "enforcement.case-files-sum", NB_ERROR,
	    "[enforcement]\n"
	    "case_files_reviewed = @ <-\n"
	    "case_files_good = 12\n"
	    "case_files_qualified = 30\n"
	    "case_files_unqualified = 0\n",
	    .broken = "43", .mended = "42" },

	{ "enforcement.leniency-rows", NB_ERROR,
	    "[enforcement]\n"
	    "leniency_units = @ <-\n"
	    "leniency = leniency.csv\n"
	    "== sfj/leniency.csv\n"
	    "unit,items\n"
	    "县市场监管局,90\n"
	    "县交通局,43\n",
	    .broken = "8", .mended = "2" },

	{ "enforcement.leniency-items-sum", NB_ERROR,
	    "[enforcement]\n"
	    "leniency_items = @ <-\n"
	    "leniency = leniency.csv\n"
	    "== sfj/leniency.csv\n"
	    "unit,items\n"
	    "县市场监管局,90\n"
	    "县交通局,43\n",
	    .broken = "132", .mended = "133" },

	{ "enforcement.accepted-at-most-applied", NB_ERROR,
	    "[enforcement]\n"
	    "permits_applied = 100\n"
	    "permits_accepted = @ <-\n",
	    .broken = "101", .mended = "100" },

	{ "enforcement.permits-decided-at-most-open", NB_ERROR,
	    "[enforcement]\n"
	    "permits_accepted = 90\n"
	    "permits_opening = 5\n"
	    "permits_granted = @ <-\n"
	    "permits_refused = 3\n",
	    .broken = "93", .mended = "92" },

	/* By case: a case with several penalties counts once, in the heaviest class. */
	{ "enforcement.penalties-sum", NB_ERROR,
	    "[enforcement]\n"
	    "penalties = @ <-\n"
	    "penalties_warning = 4\n"
	    "penalties_fine = 6\n"
	    "penalties_confiscation = 0\n"
	    "penalties_licence = 0\n"
	    "penalties_business = 0\n"
	    "penalties_detention = 0\n"
	    "penalties_other = 0\n",
	    .broken = "11", .mended = "10" },

	/* By class: every class counts a case that has it, so the sum may be more, never less. */
	{ "enforcement.penalties-sum", NB_ERROR,
	    "[enforcement]\n"
	    "penalties_counting = 按种类\n"
	    "penalties = @ <-\n"
	    "penalties_warning = 4\n"
	    "penalties_fine = 6\n"
	    "penalties_confiscation = 2\n"
	    "penalties_licence = 0\n"
	    "penalties_business = 0\n"
	    "penalties_detention = 0\n"
	    "penalties_other = 0\n",
	    .broken = "13", .mended = "7" },

	{ "enforcement.class-at-most-penalties", NB_ERROR,
	    "[enforcement]\n"
	    "penalties_counting = 按种类\n"
	    "penalties = 10\n"
	    "penalties_warning = 4\n"
	    "penalties_fine = @ <-\n",
	    .broken = "11", .mended = "10" },

	{ "enforcement.penalties-counting", NB_WARNING,
	    "[enforcement]\n"
	    "penalties = 10\n"
	    "penalties_counting = @ <-\n",
	    .broken = "按人数", .mended = "按种类" },

	{ "enforcement.amount-without-fines", NB_ERROR,
	    "[enforcement]\n"
	    "penalties_fine = 0\n"
	    "penalties_confiscation = 0\n"
	    "penalties_licence = 0\n"
	    "penalties_business = 0\n"
	    "penalties_detention = 0\n"
	    "penalty_amount = @ <-\n",
	    .broken = "3.5", .mended = "0" },

	/* The heavy classes may hide a fine: nobody said that there are none. */
	{ "enforcement.amount-without-fines", NB_WARNING,
	    "[enforcement]\n"
	    "penalties_fine = 0\n"
	    "penalties_confiscation = 0\n"
	    "penalty_amount = @ <-\n",
	    .broken = "3.5", .mended = "0" },

	/* ---- supervision --------------------------------------------------------- */

	{ "supervision.received-sum", NB_ERROR,
	    "[supervision]\n"
	    "reconsideration_received = @ <-\n"
	    "reconsideration_accepted = 14\n"
	    "reconsideration_not_accepted = 3\n"
	    "reconsideration_otherwise = 0\n",
	    .broken = "14", .mended = "17" },

	/* The sum holds, and the statement is impossible: those not accepted are counted as
	   accepted. */
	{ "supervision.not-accepted-inside", NB_ERROR,
	    "[supervision]\n"
	    "reconsideration_accepted = @\n"
	    "reconsideration_not_accepted = 3 <-\n"
	    "reconsideration_upheld = 2\n"
	    "reconsideration_rejected = 2\n"
	    "reconsideration_revoked = 3\n"
	    "reconsideration_altered = 0\n"
	    "reconsideration_illegal = 0\n"
	    "reconsideration_ordered = 2\n"
	    "reconsideration_mediated = 1\n"
	    "reconsideration_withdrawn = 1\n"
	    "reconsideration_other_outcome = 0\n"
	    "reconsideration_pending = 0\n",
	    .broken = "14", .mended = "11" },

	{ "supervision.opening-is-last-pending", NB_ERROR,
	    "[supervision]\n"
	    "reconsideration_opening = @ <-\n",
	    .broken = "4", .mended = "3", .last = "supervision.reconsideration_pending=3" },

	{ "supervision.outcomes-sum", NB_ERROR,
	    "[supervision]\n"
	    "reconsideration_concluded = @ <-\n"
	    "reconsideration_upheld = 2\n"
	    "reconsideration_rejected = 2\n"
	    "reconsideration_revoked = 3\n"
	    "reconsideration_altered = 0\n"
	    "reconsideration_illegal = 1\n"
	    "reconsideration_ordered = 2\n"
	    "reconsideration_mediated = 2\n"
	    "reconsideration_withdrawn = 1\n"
	    "reconsideration_other_outcome = 1\n",
	    .broken = "13", .mended = "14" },

	{ "supervision.reconsideration-carry-over", NB_ERROR,
	    "[supervision]\n"
	    "reconsideration_accepted = 14 <-\n"
	    "reconsideration_opening = 3\n"
	    "reconsideration_concluded = 12\n"
	    "reconsideration_pending = @\n",
	    .broken = "4", .mended = "5" },

	{ "figure.ratio", NB_ERROR,
	    "[supervision]\n"
	    "reconsideration_concluded = 14\n"
	    "reconsideration_revoked = 3\n"
	    "reconsideration_altered = 0\n"
	    "reconsideration_illegal = 1\n"
	    "reconsideration_ordered = 2\n"
	    "reconsideration_correction_rate = @ <-\n",
	    .broken = "42.87%", .mended = "42.86%", .subject = "reconsideration_correction_rate" },

	{ "supervision.litigation-sum", NB_ERROR,
	    "[supervision]\n"
	    "litigation_concluded = @ <-\n"
	    "litigation_won = 20\n"
	    "litigation_lost = 2\n"
	    "litigation_withdrawn = 5\n"
	    "litigation_mediated = 1\n",
	    .broken = "27", .mended = "28" },

	{ "supervision.attended-at-most-due", NB_ERROR,
	    "[supervision]\n"
	    "hearings_due = 30\n"
	    "hearings_attended = @ <-\n",
	    .broken = "31", .mended = "30" },

	/* 100% of 29/30 is a lie of rounding. */
	{ "figure.ratio", NB_ERROR,
	    "[supervision]\n"
	    "hearings_due = 30\n"
	    "hearings_attended = 29\n"
	    "attendance_rate = @ <-\n",
	    .broken = "100%", .mended = "96.7%", .subject = "attendance_rate" },

	{ "supervision.disclosure-carry-over", NB_ERROR,
	    "[supervision]\n"
	    "disclosure_requests = 40 <-\n"
	    "disclosure_opening = 2\n"
	    "disclosure_answered = 41\n"
	    "disclosure_pending = @\n",
	    .broken = "2", .mended = "1" },

	{ "supervision.disclosure-opening-is-last-pending", NB_ERROR,
	    "[supervision]\n"
	    "disclosure_opening = @ <-\n",
	    .broken = "1", .mended = "2", .last = "supervision.disclosure_pending=2" },

	/* ---- capacity ------------------------------------------------------------ */

	{ "capacity.passed-at-most-sat", NB_ERROR,
	    "[capacity]\n"
	    "law_exam_sat = 327\n"
	    "law_exam_passed = @ <-\n",
	    .broken = "328", .mended = "327" },

	{ "capacity.reviewed-at-most-named", NB_ERROR,
	    "[capacity]\n"
	    "model_villages_national = 1\n"
	    "model_villages_provincial = 6\n"
	    "model_villages_municipal = 20\n"
	    "model_villages_reviewed = @ <-\n",
	    .broken = "28", .mended = "27" },

	/* ---- shortcomings -------------------------------------------------------- */

	{ "shortcomings.no-cause", NB_WARNING,
	    "[shortcomings]\n"
	    "narrative = shortcomings.md\n"
	    "== sfj/shortcomings.md\n"
	    "## 执法力量不足 <-\n"
	    "\n"
	    "@\n",
	    .broken = "队伍还需充实。", .mended = "主要原因是编制偏少。" },

};
/* clang-format on */

static void check_row(const struct row *row)
{
	county_take(row->text, row->broken, row->last);
	const struct finding *found = county_found(row->code, row->subject);

	cr_expect(found != NULL, "%s is not found:\n%s", row->code, county_said());
	if (found) {
		cr_expect(county_count(row->code) == 1, "%s twice:\n%s", row->code, county_said());
		cr_expect(found->severity == row->severity, "%s:\n%s", row->code, county_said());
		cr_expect(county.marked.file && found->at.line == county.marked.line &&
		              strcmp(found->at.file, county.marked.file) == 0,
		    "%s should stand at %s:%u\n%s", row->code, county.marked.file,
		    county.marked.line, county_said());
	}
	cr_expect(findings_count(&county.findings, NB_ERROR) == (row->severity == NB_ERROR),
	    "%s is not alone:\n%s", row->code, county_said());

	county_take(row->text, row->mended, row->last);
	cr_expect(!county_found(row->code, NULL) && findings_count(&county.findings, NB_ERROR) == 0,
	    "%s, mended:\n%s", row->code, county_said());
}

Test(chapters, every_rule_is_broken_and_mended, COUNTY)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		check_row(&rows[i]);
}

static int has_row(const char *code, const char *subject)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (strcmp(rows[i].code, code) == 0 &&
		    (!subject || (rows[i].subject && strcmp(rows[i].subject, subject) == 0)))
			return 1;
	return 0;
}

Test(chapters, every_rule_and_ratio_has_a_row, COUNTY)
{
	for (size_t c = 0; c < county.all.count; c++) {
		const struct chapter *chapter = &county.all.chapters[c];
		for (size_t i = 0; i < chapter->rule_count; i++) {
			const char *code =
			    arena_printf(&county.run, "%s.%s", chapter->id, chapter->rules[i].code);
			cr_expect(has_row(code, NULL), "no row breaks %s", code);
		}
		for (size_t i = 0; i < chapter->figure_count; i++)
			if (chapter->figures[i].combine == NB_RATIO)
				cr_expect(has_row("figure.ratio", chapter->figures[i].id),
				    "no row breaks the ratio %s", chapter->figures[i].id);
	}
}

/* Codes of rules and of C functions alike stand as .code = "…" in the chapters' sources. */
Test(chapters, every_code_in_the_plugins_sources_has_a_row, COUNTY)
{
	size_t met = 0;

	for (size_t c = 0; c < county.all.count; c++) {
		const char *id = county.all.chapters[c].id;
		struct buf source = { 0 };
		struct err err;

		cr_assert_eq(file_read(arena_printf(&county.run, "plugins/%s.c", id), 1 << 20,
		                 &source, &err),
		    0, "%s", err.text);
		for (const char *at = buf_str(&source); (at = strstr(at, ".code = \"")); met++) {
			at += strlen(".code = \"");
			const char *code =
			    arena_printf(&county.run, "%s.%.*s", id, (int)strcspn(at, "\""), at);
			cr_expect(has_row(code, NULL), "no row breaks %s", code);
		}
		buf_release(&source);
	}
	cr_assert(met > 30);
}

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
		cr_expect((county_found("figure.ratio", NULL) == NULL) == rates[i].right, "%s",
		    rates[i].rate);
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
"reconsideration_otherwise = 1 <-\n",
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
