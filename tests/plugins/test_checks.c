/*
 * test_checks.c: what the eight chapters find and compose, run with a fake host on hand-made
 * hand-ins.
 */
#include "load.h"

/* ---- a fake host ----------------------------------------------------------- */

#define MOST 32

struct recorded {
	char code[64];
	enum nb_severity severity;
	char subject[256];
	char message[1024]; /* with its arguments in place */
	uint32_t line;
};

struct fake {
	struct nb_host host;
	struct recorded findings[MOST];
	size_t count;
	struct {
		char name[64];
		char markdown[4096];
	} puts[MOST];
	size_t put_count;
	void *blocks[4 * MOST];
	size_t block_count;
};

/* Puts the arguments in place, and insists that message and arguments fit each other. */
static void expand(const struct nb_finding *finding, char *out, size_t room)
{
	size_t used = 0;
	size_t arg = 0;

	for (const char *at = finding->message; *at; at++) {
		if (*at != '%') {
			cr_assert(used + 1 < room);
			out[used++] = *at;
			continue;
		}
		cr_assert(*++at == 's', "directive other than %%s in '%s'", finding->message);
		cr_assert(arg < NB_ARGS && finding->args[arg], "too few arguments for '%s'",
		    finding->message);
		used += (size_t)snprintf(out + used, room - used, "%s", finding->args[arg++]);
		cr_assert(used < room);
	}
	out[used] = '\0';
	for (; arg < NB_ARGS; arg++)
		cr_assert(!finding->args[arg], "too many arguments for '%s'", finding->message);
}

static void fake_report(void *self, const struct nb_finding *finding, uint32_t size)
{
	(void)size;
	struct fake *fake = self;

	cr_assert(fake->count < MOST);

	struct recorded *to = &fake->findings[fake->count++];

	snprintf(to->code, sizeof to->code, "%s", finding->code);
	snprintf(to->subject, sizeof to->subject, "%s", finding->subject);
	to->severity = finding->severity;
	to->line = finding->place.line;
	expand(finding, to->message, sizeof to->message);
}

static void fake_put(void *self, const char *name, const char *markdown)
{
	struct fake *fake = self;

	cr_assert(fake->put_count < MOST);
	snprintf(fake->puts[fake->put_count].name, sizeof fake->puts[0].name, "%s", name);
	snprintf(
	    fake->puts[fake->put_count].markdown, sizeof fake->puts[0].markdown, "%s", markdown);
	fake->put_count++;
}

static void *fake_alloc(void *self, size_t size)
{
	struct fake *fake = self;
	void *block = calloc(1, size ? size : 1);

	cr_assert(block && fake->block_count < COUNT_OF(fake->blocks));
	fake->blocks[fake->block_count++] = block;
	return block;
}

static struct fake *fake_new(void)
{
	struct fake *fake = calloc(1, sizeof *fake);

	cr_assert(fake);
	fake->host.abi = NB_PLUGIN_ABI;
	fake->host.size = sizeof fake->host;
	fake->host.self = fake;
	fake->host.report = fake_report;
	fake->host.put = fake_put;
	fake->host.alloc = fake_alloc;
	return fake;
}

static void fake_free(struct fake *fake)
{
	for (size_t i = 0; i < fake->block_count; i++)
		free(fake->blocks[i]);
	free(fake);
}

static const char *fake_got(const struct fake *fake, const char *name)
{
	for (size_t i = 0; i < fake->put_count; i++)
		if (strcmp(fake->puts[i].name, name) == 0)
			return fake->puts[i].markdown;
	return NULL;
}

/* The findings as "severity code; ...", to be compared at a glance. */
static void fake_codes(const struct fake *fake, char *out, size_t room)
{
	static const char *const names[] = { "", "note", "warning", "error" };
	size_t used = 0;

	out[0] = '\0';
	for (size_t i = 0; i < fake->count; i++)
		used += (size_t)snprintf(out + used, room - used, "%s%s %s", i ? "; " : "",
		    names[fake->findings[i].severity], fake->findings[i].code);
	cr_assert(used < room);
}

/* ---- hand-made hand-ins ---------------------------------------------------- */

static int64_t millionths(const char *text, char **end)
{
	return (int64_t)(strtod(text, end) * 1e6 + 0.5);
}

static struct nb_quantity quantity(const char *text)
{
	struct nb_quantity made = { .state = NB_ABSENT, .text = text };
	char *end;

	if (!*text)
		return made;
	made.state = NB_NOT_APPLICABLE;
	if (strcmp(text, "/") == 0)
		return made;
	made.low = made.high = millionths(text, &end);
	made.state = NB_EXACT;
	if (end != text && strncmp(end, "~", 1) == 0) {
		made.high = millionths(end + 1, &end);
		made.state = NB_APPROXIMATE;
	}
	if (*end) {
		made.low = made.high = 0;
		made.state = NB_WORDS;
	}
	return made;
}

/* A part with every figure and list of the chapter, nothing given. Free with part_free. */
static struct nb_part part_new(const struct nb_chapter *chapter)
{
	const struct nb_figure *figures = chapter->figures.rows;
	const struct nb_list *lists = chapter->lists.rows;
	struct nb_value *values = calloc(chapter->figures.count + 1, sizeof *values);
	struct nb_rows *rows = calloc(chapter->lists.count + 1, sizeof *rows);

	cr_assert(values && rows);
	for (uint32_t i = 0; i < chapter->figures.count; i++) {
		values[i].id = figures[i].id;
		values[i].quantity = quantity("");
		values[i].place = (struct nb_place){ "sfj/submission.ini", 10 + i, 1 };
	}
	for (size_t i = 0; i < chapter->lists.count; i++)
		rows[i].id = lists[i].id;
	return (struct nb_part){
		.size = sizeof(struct nb_part),
		.department = "sfj",
		.name = "县司法局",
		.values = values,
		.value_count = chapter->figures.count,
		.lists = rows,
		.list_count = chapter->lists.count,
	};
}

static void part_free(struct nb_part *part)
{
	free((void *)(uintptr_t)part->values);
	free((void *)(uintptr_t)part->lists);
}

/*
 * Gives figures: "penalties=14 penalty_amount=3.5 penalties_fine=/". "2500~2599" is an approximate
 * number; what is no number is words. `room` must live as long as the part.
 */
static void part_give(struct nb_part *part, const char *given, char *room)
{
	strcpy(room, given);
	for (char *id = strtok(room, " "); id; id = strtok(NULL, " ")) {
		char *text = strchr(id, '=');

		cr_assert_not_null(text);
		*text++ = '\0';

		struct nb_value *value = (struct nb_value *)(uintptr_t)nb_part_value(part, id);

		cr_assert_not_null(value, "no figure '%s'", id);
		value->quantity = quantity(text);
	}
}

static void part_rows(struct nb_part *part, const char *id, const struct nb_row *rows, size_t count)
{
	struct nb_rows *list = (struct nb_rows *)(uintptr_t)nb_part_list(part, id);

	cr_assert(list, "no list '%s'", id);
	list->rows = rows;
	list->count = count;
	list->given = 1;
}

/* ---- checks of figures ----------------------------------------------------- */

static const struct {
	const char *chapter;
	const char *want; /* findings, see fake_codes */
	const char *given;
} figure_cases[] = {
	/* Nothing given, nothing found. */
	{ "enforcement", "", "" },
	{ "supervision", "", "" },
	/* 庆元 2024: the classes add up; one class off by one; one class not given. */
	{ "enforcement", "",
	    "penalties=108156 penalties_warning=12175 penalties_fine=94929 "
	    "penalties_confiscation=235 penalties_licence=290 penalties_business=11 "
	    "penalties_detention=504 penalties_other=12 penalty_amount=5210.5" },
	{ "enforcement", "error penalties-sum",
	    "penalties=108157 penalties_warning=12175 penalties_fine=94929 "
	    "penalties_confiscation=235 penalties_licence=290 penalties_business=11 "
	    "penalties_detention=504 penalties_other=12" },
	{ "enforcement", "", "penalties=108157 penalties_warning=12175 penalties_fine=94929" },
	/* Known parts above the total, whatever the others are. */
	{ "enforcement", "error penalties-sum",
	    "penalties=10 penalties_warning=4 penalties_fine=7" },
	/* "/" is zero; an approximate total is an interval. */
	{ "enforcement", "",
	    "penalties=10~19 penalties_counting=按案 penalties_warning=4 "
	    "penalties_fine=8 penalties_confiscation=/ penalties_licence=/ "
	    "penalties_business=/ penalties_detention=/ penalties_other=/" },
	{ "enforcement", "warning penalties-sum",
	    "penalties=20~29 penalties_warning=4 penalties_fine=8 "
	    "penalties_confiscation=/ penalties_licence=/ penalties_business=/ "
	    "penalties_detention=/ penalties_other=/" },
	/* 曲阜 2021: every column counts. */
	{ "enforcement", "",
	    "penalties=10 penalties_counting=按种类 penalties_warning=10 "
	    "penalties_fine=2 penalties_confiscation=1 penalties_licence=0 "
	    "penalties_business=0 penalties_detention=0 penalties_other=10" },
	{ "enforcement", "error penalties-sum",
	    "penalties=10 penalties_counting=按种类 penalties_warning=3 penalties_fine=2 "
	    "penalties_confiscation=1 penalties_licence=0 penalties_business=0 "
	    "penalties_detention=0 penalties_other=/" },
	{ "enforcement", "error class-at-most-penalties",
	    "penalties=10 penalties_counting=按种类 penalties_fine=11" },
	{ "enforcement", "warning penalties-counting",
	    "penalties=10 penalties_counting=按人 penalties_fine=11" },
	/* Money without fines: certain, likely, and explained by a heavier class. */
	{ "enforcement", "error amount-without-fines",
	    "penalty_amount=3.5 penalties_fine=0 penalties_confiscation=/ "
	    "penalties_licence=0 penalties_business=0 penalties_detention=0" },
	{ "enforcement", "error amount-without-fines",
	    "penalty_amount=3.5 penalties_counting=按种类 penalties_fine=0 "
	    "penalties_confiscation=0 penalties_licence=2" },
	{ "enforcement", "warning amount-without-fines",
	    "penalty_amount=3.5 penalties_fine=0 penalties_confiscation=0" },
	{ "enforcement", "",
	    "penalty_amount=3.5 penalties_fine=0 penalties_confiscation=0 "
	    "penalties_licence=2" },
	{ "enforcement", "", "penalty_amount=3.5 penalties_fine=0" },
	{ "enforcement", "", "penalty_amount=0 penalties_fine=0 penalties_confiscation=0" },
	/* The example report: 14 accepted, all concluded, 3 of them not accepted. */
	{ "supervision", "error not-accepted-inside",
	    "reconsideration_accepted=14 reconsideration_not_accepted=3 "
	    "reconsideration_concluded=11 reconsideration_upheld=1 "
	    "reconsideration_rejected=1 reconsideration_revoked=2 "
	    "reconsideration_ordered=2 reconsideration_mediated=3 "
	    "reconsideration_withdrawn=2 reconsideration_pending=0" },
	{ "supervision", "error not-accepted-inside",
	    "reconsideration_received=14 reconsideration_accepted=14 "
	    "reconsideration_not_accepted=3 reconsideration_upheld=11" },
	/* All concluded, all outcomes given. */
	{ "supervision", "error not-accepted-inside",
	    "reconsideration_accepted=14 reconsideration_not_accepted=3 "
	    "reconsideration_concluded=14 reconsideration_upheld=1 "
	    "reconsideration_rejected=1 reconsideration_revoked=2 "
	    "reconsideration_altered=/ reconsideration_illegal=0 "
	    "reconsideration_ordered=2 reconsideration_mediated=3 "
	    "reconsideration_withdrawn=2 reconsideration_other_outcome=0" },
	/* The three may also be pending, or have an outcome not given: likely, not certain. */
	{ "supervision", "warning not-accepted-inside",
	    "reconsideration_accepted=14 reconsideration_not_accepted=3 "
	    "reconsideration_concluded=11 reconsideration_upheld=9 "
	    "reconsideration_revoked=2" },
	{ "supervision", "warning not-accepted-inside",
	    "reconsideration_accepted=14 reconsideration_not_accepted=3 "
	    "reconsideration_upheld=11 reconsideration_pending=0" },
	/* Cases open from last year are accounted for too. */
	{ "supervision", "error not-accepted-inside",
	    "reconsideration_accepted=14 reconsideration_opening=2 "
	    "reconsideration_not_accepted=3 reconsideration_concluded=12 "
	    "reconsideration_upheld=12 reconsideration_pending=1" },
	/* Done right: received tells them apart; three are pending; nothing refused; about 14. */
	{ "supervision", "",
	    "reconsideration_received=17 reconsideration_accepted=14 "
	    "reconsideration_not_accepted=3 reconsideration_upheld=11" },
	{ "supervision", "",
	    "reconsideration_accepted=14 reconsideration_not_accepted=3 "
	    "reconsideration_concluded=11 reconsideration_upheld=11 "
	    "reconsideration_pending=3" },
	{ "supervision", "",
	    "reconsideration_accepted=14 reconsideration_not_accepted=/ "
	    "reconsideration_upheld=14" },
	{ "supervision", "",
	    "reconsideration_accepted=14~20 reconsideration_not_accepted=3 "
	    "reconsideration_upheld=11 reconsideration_pending=0" },
	{ "supervision", "", "reconsideration_accepted=3 reconsideration_not_accepted=3" },
};

Test(plugins, checks_of_figures)
{
	for (size_t i = 0; i < COUNT_OF(figure_cases); i++) {
		const struct nb_chapter *chapter = load(figure_cases[i].chapter);
		struct nb_part part = part_new(chapter);
		struct fake *fake = fake_new();
		char room[1024];
		char got[512];

		part_give(&part, figure_cases[i].given, room);
		chapter->check(&fake->host, &part);
		fake_codes(fake, got, sizeof got);
		cr_expect(strcmp(got, figure_cases[i].want) == 0,
		    "case %zu of %s: got '%s', want '%s'", i, figure_cases[i].chapter, got,
		    figure_cases[i].want);
		for (size_t j = 0; j < fake->count; j++)
			cr_expect(fake->findings[j].line >= 10, "case %zu: no place", i);
		fake_free(fake);
		part_free(&part);
	}
}

Test(plugins, penalties_are_shown_as_they_were_given)
{
	const struct nb_chapter *chapter = load("enforcement");
	struct nb_part part = part_new(chapter);
	struct fake *fake = fake_new();
	char room[1024];

	part_give(
	    &part, "penalties=10 penalties_warning=4 penalties_fine=7 penalties_other=/", room);
	chapter->check(&fake->host, &part);
	cr_assert_eq(fake->count, 1);
	cr_expect(
	    strstr(fake->findings[0].message, "10 ≠ 4+7") != NULL, "%s", fake->findings[0].message);
	fake_free(fake);
	part_free(&part);
}

Test(plugins, reporting_units_against_departments)
{
	static const struct {
		const char *given;
		size_t departments;
		const char *want;
	} cases[] = {
		{ "", 38, "" },
		{ "reporting_units=38", 38, "" },
		{ "reporting_units=39", 38, "warning reporting-units" },
		{ "reporting_units=39", 0, "" },
		{ "reporting_units=/", 38, "" },
		{ "reporting_units=30~39", 38, "" },
		{ "reporting_units=40~49", 38, "warning reporting-units" },
	};
	const struct nb_chapter *chapter = load("leadership");

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct nb_part whole = part_new(chapter);
		struct nb_county county = {
			.size = sizeof county,
			.year = 2021,
			.departments = cases[i].departments,
			.whole = &whole,
		};
		struct fake *fake = fake_new();
		char room[1024];
		char got[512];

		part_give(&whole, cases[i].given, room);
		chapter->reconcile(&fake->host, &county);
		fake_codes(fake, got, sizeof got);
		cr_expect(strcmp(got, cases[i].want) == 0, "case %zu: '%s'", i, got);
		if (fake->count)
			cr_expect(strstr(fake->findings[0].message, "(38)") != NULL);
		fake_free(fake);
		part_free(&whole);
	}
}

/* ---- checks of lists ------------------------------------------------------- */

/* title, proposed_by, date, participation, experts, risks, legality, discussion */
static const struct {
	const char *want;
	const char *cells[8];
	const char *subject; /* of the first finding */
} decision_cases[] = {
	{ "",
	    { "城区停车规划", "县住建局", "2021-06-30", "2021-03-01", "2021-04-10", "2021-04-10",
	        "2021-05-20", "2021-06-30" },
	    NULL },
	{ "",
	    { "城区停车规划", "县住建局", "2021-07-02", "/", "", "／", "2021-05-20", "2021-06-30" },
	    NULL },
	/* The public, experts and risks stand side by side in order 713: doubtful, not wrong. */
	{ "warning steps-order",
	    { "水价调整", "县发改局", "2021-06-30", "2021-03-01", "2021-02-10", "2021-04-20",
	        "2021-05-20", "2021-06-30" },
	    "水价调整 专家论证" },
	{ "warning steps-order; warning steps-order",
	    { "水价调整", "县发改局", "2021-06-30", "2021-03-01", "2021-02-10", "2021-02-20",
	        "2021-05-20", "2021-06-30" },
	    "水价调整 专家论证" },
	/* Legality review comes after all three, not only after the one listed last. */
	{ "warning steps-order; error steps-order",
	    { "水价调整", "县发改局", "2021-06-30", "2021-06-01", "2021-02-10", "/", "2021-05-20",
	        "2021-06-30" },
	    "水价调整 专家论证" },
	/* One cause, one finding: the discussion is measured against the review before it. */
	{ "error steps-order",
	    { "水价调整", "县发改局", "2021-06-30", "2021-06-01", "/", "/", "2021-05-20",
	        "2021-05-25" },
	    "水价调整 合法性审查" },
	/* A step with "/" does not hide the one before it. */
	{ "error steps-order",
	    { "水价调整", "县发改局", "2021-06-30", "2021-06-01", "/", "", "2021-05-20",
	        "2021-06-30" },
	    "水价调整 合法性审查" },
	{ "error steps-order",
	    { "水价调整", "县发改局", "2021-06-29", "/", "/", "/", "2021-05-20", "2021-06-30" },
	    "水价调整 决定日期" },
	{ "error step-missing; error step-missing",
	    { "水价调整", "县发改局", "2021-06-30", "2021-03-01", "/", "/", "/", "" },
	    "水价调整 合法性审查" },
	{ "error step-date",
	    { "水价调整", "县发改局", "2021-06-30", "2021年3月", "/", "/", "2021-05-20",
	        "2021-06-30" },
	    "水价调整 公众参与" },
	{ "error step-date",
	    { "水价调整", "县发改局", "2021-06-30", "2021-02-29", "/", "/", "2021-05-20",
	        "2021-06-30" },
	    "水价调整 公众参与" },
	{ "",
	    { "水价调整", "县发改局", "2020-06-30", "2020-02-29", "/", "/", "2020-05-20",
	        "2020-06-30" },
	    NULL },
	{ "error step-date",
	    { "水价调整", "县发改局", "2021-06-30", "/", "/", "/", "2021-5-20", "2021-06-30" },
	    "水价调整 合法性审查" },
	{ "error step-date",
	    { "水价调整", "县发改局", "2021-06-30", "是", "/", "/", "2021-05-20", "2021-06-30" },
	    "水价调整 公众参与" },
	/* A decision date that is no date is the core's to report. */
	{ "", { "水价调整", "县发改局", "", "/", "/", "/", "2021-05-20", "2021-06-30" }, NULL },
};

Test(plugins, steps_of_decisions)
{
	const struct nb_chapter *chapter = load("decision");

	for (size_t i = 0; i < COUNT_OF(decision_cases); i++) {
		const struct nb_row row = { .cells = decision_cases[i].cells,
			.place = { "sfj/decisions.csv", 7, 1 } };
		struct nb_part part = part_new(chapter);
		struct fake *fake = fake_new();
		char got[512];

		part_rows(&part, "decisions", &row, 1);
		chapter->check(&fake->host, &part);
		fake_codes(fake, got, sizeof got);
		cr_expect(strcmp(got, decision_cases[i].want) == 0, "case %zu: '%s'", i, got);
		if (decision_cases[i].subject && fake->count) {
			cr_expect_str_eq(fake->findings[0].subject, decision_cases[i].subject);
			cr_expect_eq(fake->findings[0].line, 7);
		}
		fake_free(fake);
		part_free(&part);
	}
}

Test(plugins, step_order_names_both_steps_and_dates)
{
	const struct nb_row row = { .cells = decision_cases[2].cells };
	const struct nb_chapter *chapter = load("decision");
	struct nb_part part = part_new(chapter);
	struct fake *fake = fake_new();

	part_rows(&part, "decisions", &row, 1);
	chapter->check(&fake->host, &part);
	cr_assert_eq(fake->count, 1);
	cr_expect_str_eq(fake->findings[0].message,
	    "专家论证 (2021-02-10) of the decision '水价调整' should not be before its 公众参与 "
	    "(2021-03-01)");
	fake_free(fake);
	part_free(&part);
}

Test(plugins, numbers_of_documents)
{
	/* Each number with what check and reconcile say of it in the report for 2021. */
	static const char *const cases[][3] = {
		{ "沁政办发〔2021〕28号", "", "" },
		{ "沁政发〔2020〕1号", "", "warning document-year" },
		{ "", "", "" },
		{ "沁政发〔2021〕08号", "warning document-number", "" },
		{ "沁政发〔2021〕第8号", "warning document-number", "" },
		{ "沁政发[2021]8号", "warning document-number", "" },
		{ "沁政发（2021）8号", "warning document-number", "" },
		{ "沁政发 〔2021〕8号", "warning document-number", "" },
		{ "沁政发　〔2021〕8号", "warning document-number", "" },
		{ "〔2021〕8号", "warning document-number", "" },
		{ "沁政发〔21〕8号", "warning document-number", "" },
		{ "沁政发〔2021〕8", "warning document-number", "" },
		{ "沁政发〔2021〕号", "warning document-number", "" },
		{ "沁政发〔2021〕8号、9号", "warning document-number", "" },
		{ "沁政发〔2021", "warning document-number", "" },
		{ "沁政发〔", "warning document-number", "" },
		{ "沁政发〔2o21〕8号", "warning document-number", "" },
	};
	const struct nb_chapter *chapter = load("decision");

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const char *const cells[] = { "停车管理办法", cases[i][0], "2021-05-01" };
		const struct nb_row row = { .cells = cells };
		struct nb_part part = part_new(chapter);
		struct nb_county county = {
			.size = sizeof county,
			.year = 2021,
			.parts = &part,
			.part_count = 1,
			.whole = &part,
		};
		struct fake *checked = fake_new();
		struct fake *reconciled = fake_new();
		char got[512];

		part_rows(&part, "documents", &row, 1);
		chapter->check(&checked->host, &part);
		fake_codes(checked, got, sizeof got);
		cr_expect(strcmp(got, cases[i][1]) == 0, "check '%s': '%s'", cases[i][0], got);
		chapter->reconcile(&reconciled->host, &county);
		fake_codes(reconciled, got, sizeof got);
		cr_expect(strcmp(got, cases[i][2]) == 0, "reconcile '%s': '%s'", cases[i][0], got);
		fake_free(checked);
		fake_free(reconciled);
		part_free(&part);
	}
}

/* ---- compose --------------------------------------------------------------- */

Test(plugins, tables_of_decisions_and_documents)
{
	static const char *const first[] = { "城区|停车\n规划", "县住建局", "2021-06-30", "/", "/",
		"/", "2021-05-20", "2021-06-30" };
	static const char *const second[] = { "<b>*水价*", "县发改局", "年底", "", "", "", "", "" };
	static const struct nb_row decisions[] = { { .cells = first }, { .cells = second } };
	const struct nb_chapter *chapter = load("decision");
	struct nb_part whole = part_new(chapter);
	struct nb_county county = { .size = sizeof county, .year = 2021, .whole = &whole };
	struct fake *fake = fake_new();

	part_rows(&whole, "decisions", decisions, COUNT_OF(decisions));
	part_rows(&whole, "documents", NULL, 0);
	chapter->compose(&fake->host, &county);
	cr_assert_eq(fake->put_count, 2);
	cr_expect_str_eq(fake_got(fake, "decisions_table"),
	    "| 序号 | 事项名称 | 承办单位 | 决定日期 |\n"
	    "|---:|---|---|---|\n"
	    "| 1 | 城区\\|停车 规划 | 县住建局 | 2021年6月30日 |\n"
	    "| 2 | \\<b\\>\\*水价\\* | 县发改局 | 年底 |\n");
	cr_expect_str_eq(fake_got(fake, "documents_table"), "");
	fake_free(fake);
	part_free(&whole);
}

/* Enough rows for the text to grow more than once. */
Test(plugins, long_tables)
{
	static const char *const cells[] = { "停车管理办法", "沁政发〔2021〕8号", "2021-05-01" };
	struct nb_row rows[40];
	const struct nb_chapter *chapter = load("decision");
	struct nb_part whole = part_new(chapter);
	struct nb_county county = { .size = sizeof county, .year = 2021, .whole = &whole };
	struct fake *fake = fake_new();

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		rows[i] = (struct nb_row){ .cells = cells };
	part_rows(&whole, "documents", rows, COUNT_OF(rows));
	chapter->compose(&fake->host, &county);

	const char *table = fake_got(fake, "documents_table");

	cr_assert(table);
	cr_expect(
	    strstr(table, "\n| 1 | 停车管理办法 | 沁政发〔2021〕8号 | 2021年5月1日 |\n") != NULL);
	cr_expect(
	    strstr(table, "\n| 40 | 停车管理办法 | 沁政发〔2021〕8号 | 2021年5月1日 |\n") != NULL);
	fake_free(fake);
	part_free(&whole);
}

Test(plugins, table_of_outcomes)
{
	static const char *const cases[][2] = {
		{ "reconsideration_upheld=1 reconsideration_revoked=0 reconsideration_altered=/",
		    "" },
		{ "reconsideration_upheld=1 reconsideration_revoked=0 reconsideration_altered=/ "
		  "reconsideration_mediated=3余",
		    "" },
		{ "reconsideration_upheld=1 reconsideration_revoked=0 reconsideration_altered=/ "
		  "reconsideration_mediated=3",
		    "| 结果 | 件数 |\n|---|---:|\n| 维持 | 1 |\n| 撤销 | 0 |\n| 调解 | 3 |\n" },
	};
	const struct nb_chapter *chapter = load("supervision");

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct nb_part whole = part_new(chapter);
		struct nb_county county = { .size = sizeof county, .whole = &whole };
		struct fake *fake = fake_new();
		char room[1024];

		part_give(&whole, cases[i][0], room);
		chapter->compose(&fake->host, &county);
		cr_expect_str_eq(fake_got(fake, "reconsideration_table"), cases[i][1]);
		fake_free(fake);
		part_free(&whole);
	}
}

/* ---- shortcomings ---------------------------------------------------------- */

Test(plugins, shortcomings_need_causes)
{
	static const struct {
		int causes; /* whether it says why */
		const char *headline;
		const char *body;
	} cases[] = {
		{ 0, "执法监督力度还需进一步加大", "执法考核评议制度还需进一步完善。" },
		{ 0, "执法方式单一", "因地制宜开展执法的办法不多，影响了群众满意度。" },
		{ 0, "基因检测监管薄弱", "因势利导不够。" },
		{ 0, "受理窗口少", "群众排队时间长。个别制度限制了服务。" },
		{ 0, "监督制约机制不健全", "" },
		{ 1, "执法队伍专业化不足", "主要原因是人员更替较快。" },
		{ 1, "执法队伍专业化不足", "由于编制有限，法律专业人员偏少。" },
		{ 1, "执法队伍专业化不足", "因人手少，难以分组执法。" },
		{ 1, "执法队伍专业化不足", "因地制宜不够，系因调研不深。" },
		{ 1, "因经费不足，培训偏少", "" },
		{ 1, "培训偏少", "受财力和场地限制，只办了两期。" },
		{ 1, "培训偏少", "症结在于统筹不够。" },
	};
	const struct nb_chapter *chapter = load("shortcomings");

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct nb_point point = { .headline = cases[i].headline,
			.body = cases[i].body,
			.department = "sfj",
			.place = { "sfj/shortcomings.md", 3, 1 } };
		struct nb_part part = part_new(chapter);
		struct fake *fake = fake_new();
		char got[512];

		part.points = &point;
		part.point_count = 1;
		chapter->check(&fake->host, &part);
		fake_codes(fake, got, sizeof got);
		cr_expect(strcmp(got, cases[i].causes ? "" : "warning no-cause") == 0,
		    "case %zu: '%s'", i, got);
		fake_free(fake);
		part_free(&part);
	}
}

Test(plugins, causes_in_a_point_of_their_own)
{
	static const struct nb_point points[] = {
		{ .headline = "存在的不足", .body = "执法考核评议制度还需完善。" },
		{ .headline = "原因分析", .body = "学习不够深入。" },
	};
	const struct nb_chapter *chapter = load("shortcomings");
	struct nb_part part = part_new(chapter);
	struct fake *fake = fake_new();

	part.points = points;
	part.point_count = COUNT_OF(points);
	chapter->check(&fake->host, &part);
	cr_expect_eq(fake->count, 0);
	fake_free(fake);
	part_free(&part);
}
