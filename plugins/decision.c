/*
 * decision.c: chapter on lawful decisions (依法决策): major decisions step by step, normative
 * documents, legal advisers.
 */
#include <nianbao/plugin.h>

enum decision_column {
	DECISION_TITLE,
	DECISION_PROPOSED_BY,
	DECISION_DATE,
	DECISION_PARTICIPATION,
	DECISION_EXPERTS,
	DECISION_RISKS,
	DECISION_LEGALITY,
	DECISION_DISCUSSION
};

/* The steps hold a date or "/", so they are text; steps stand last, in the order of the law. */
static const struct nb_column decision_columns[] = {
	[DECISION_TITLE] = { .id = "title", .label = "事项名称", .kind = NB_TEXT, .required = 1 },
	[DECISION_PROPOSED_BY] = { .id = "proposed_by",
	    .label = "承办单位",
	    .kind = NB_TEXT,
	    .required = 1 },
	[DECISION_DATE] = { .id = "date",
	    .label = "决定日期",
	    .kind = NB_DATE,
	    .required = 1,
	    .of_year = 1 },
	[DECISION_PARTICIPATION] = { .id = "public_participation",
	    .label = "公众参与",
	    .kind = NB_TEXT },
	[DECISION_EXPERTS] = { .id = "expert_review", .label = "专家论证", .kind = NB_TEXT },
	[DECISION_RISKS] = { .id = "risk_assessment", .label = "风险评估", .kind = NB_TEXT },
	[DECISION_LEGALITY] = { .id = "legality_review", .label = "合法性审查", .kind = NB_TEXT },
	[DECISION_DISCUSSION] = { .id = "collective_discussion",
	    .label = "集体讨论决定",
	    .kind = NB_TEXT },
};

enum document_column { DOCUMENT_TITLE, DOCUMENT_NUMBER, DOCUMENT_DATE };

static const struct nb_column document_columns[] = {
	[DOCUMENT_TITLE] = { .id = "title", .label = "文件名称", .kind = NB_TEXT, .required = 1 },
	[DOCUMENT_NUMBER] = { .id = "number", .label = "文号", .kind = NB_TEXT, .required = 1 },
	[DOCUMENT_DATE] = { .id = "date", .label = "印发日期", .kind = NB_DATE, .of_year = 1 },
};

static const struct nb_list lists[] = {
	{ .id = "decisions", .label = "重大行政决策台账", .columns = NB_TABLE(decision_columns) },
	{ .id = "documents", .label = "行政规范性文件台账", .columns = NB_TABLE(document_columns) },
};

static const struct nb_figure figures[] = {
	{ .id = "decisions_reviewed",
	    .label = "重大行政决策合法性审查",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .flags = NB_EXPECTED,
	    .note = "当年经合法性审查的县政府重大行政决策事项，由审查单位填报，一事一行列入台账",
	    .aliases = "重大行政决策" },
	{ .id = "documents_reviewed",
	    .label = "规范性文件合法性审核",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .flags = NB_EXPECTED,
	    .note = "当年送审并出具审核意见的行政规范性文件，由审核单位填报",
	    .aliases = "审查规范性文件|审核规范性文件|规范性文件合法性审查|审核县政府规范性文件|"
	               "审查县政府规范性文件|审核行政规范性文件|审查行政规范性文件" },
	{ .id = "documents_passed",
	    .label = "集体讨论通过规范性文件",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .flags = NB_EXPECTED,
	    .note = "当年经集体讨论通过并印发的行政规范性文件，一文一行列入台账",
	    .aliases = "集体讨论通过|出台规范性文件|制定规范性文件" },
	{ .id = "documents_filed",
	    .label = "规范性文件备案",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .flags = NB_EXPECTED,
	    .note = "当年向上级政府和同级人大常委会报送备案的件数，一件文件报送两处计一件",
	    .aliases = "报送备案|备案规范性文件|备案" },
	{ .id = "cleanup_rounds",
	    .label = "规范性文件清理",
	    .unit = "次",
	    .kind = NB_COUNT,
	    .combine = NB_ONE,
	    .note = "包括全面清理和专项清理",
	    .aliases = "规范性文件清理工作|清理规范性文件|全面清理" },
	{ .id = "documents_kept",
	    .label = "清理后保留",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_ONE,
	    .note = "当年清理结论为继续有效的件数",
	    .aliases = "保留|继续有效" },
	{ .id = "documents_amended",
	    .label = "清理后修改",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_ONE,
	    .note = "当年清理结论为修改的件数",
	    .aliases = "修改" },
	{ .id = "documents_abolished",
	    .label = "清理后废止",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_ONE,
	    .note = "当年废止的件数，包括清理废止和被新文件废止",
	    .aliases = "废止" },
	{ .id = "documents_lapsed",
	    .label = "清理后宣布失效",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_ONE,
	    .note = "当年宣布失效的件数，包括有效期届满",
	    .aliases = "宣布失效" },
	{ .id = "documents_in_force",
	    .label = "现行有效规范性文件",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_ONE,
	    .flags = NB_EXPECTED,
	    .note = "年底现行有效件数，等于上年底件数加当年通过件数，减废止和失效件数",
	    .aliases = "现行有效" },
	{ .id = "villages_with_adviser",
	    .label = "配备法律顾问的村（社区）",
	    .unit = "个",
	    .kind = NB_COUNT,
	    .combine = NB_ONE,
	    .note = "年底在约的村（社区）数，不按顾问人数计",
	    .aliases = "村（社区）配备法律顾问|村（社区）实现法律顾问|法律顾问全覆盖" },
	{ .id = "adviser_visits",
	    .label = "法律顾问入村",
	    .unit = "次",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .note = "按每名顾问每到一个村（社区）一次计一次",
	    .aliases = "入村服务|入村" },
	{ .id = "adviser_lectures",
	    .label = "法律顾问法治宣传",
	    .unit = "场",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .aliases = "法治宣传|法律宣传" },
	{ .id = "adviser_consultations",
	    .label = "法律顾问解答咨询",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .aliases = "解答法律咨询|解答咨询|法律咨询|解答群众咨询" },
	{ .id = "adviser_contracts",
	    .label = "法律顾问审查合同",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .aliases = "审查合同|合同审查" },
	{ .id = "adviser_opinions",
	    .label = "法律意见书",
	    .unit = "条",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .note = "书面出具的法律意见，口头咨询不计",
	    .aliases = "法律意见" },
};

static const struct nb_topic topics[] = {
	{ .id = "procedure", .label = "决策程序" },
	{ .id = "advisers", .label = "法律顾问" },
	{ .id = "documents", .label = "规范性文件" },
};

static const struct nb_rule rules[] = {
	{ .code = "decisions-rows",
	    .relation = "decisions_reviewed = rows(decisions)",
	    .message = NB_N("major decisions reviewed should equal the rows of their list"),
	    .source = "重大行政决策程序暂行条例（国务院令第713号）" },
	{ .code = "passed-at-most-reviewed",
	    .relation = "documents_passed <= documents_reviewed",
	    .message = NB_N("documents passed should be at most the documents reviewed"),
	    .source = "国办发〔2018〕115号" },
	{ .code = "documents-rows",
	    .relation = "documents_passed = rows(documents)",
	    .message = NB_N("documents passed should equal the rows of their list") },
	{ .code = "documents-in-force",
	    .relation = "documents_in_force = last(documents_in_force) + documents_passed - "
	                "documents_abolished - documents_lapsed",
	    .message = NB_N("documents in force should equal last year's and those passed, less "
	                    "those abolished or lapsed") },
};

static const struct nb_code codes[] = {
	{ .code = "step-date",
	    .severity = NB_ERROR,
	    .meaning = NB_N("a step of a decision with something else than a date"),
	    .advice = NB_N("write a date such as 2025-03-09, or / if the step does not apply") },
	{ .code = "step-missing",
	    .severity = NB_ERROR,
	    .meaning = NB_N("a decision without legality review or collective discussion"),
	    .advice = NB_N("give the date; no decision may go without these two steps") },
	{ .code = "steps-order",
	    .severity = NB_ERROR,
	    .meaning = NB_N("steps of a decision that are not in the order of the law"),
	    .advice = NB_N("compare with the file of the decision") },
	{ .code = "document-number",
	    .severity = NB_WARNING,
	    .meaning = NB_N("a document number in a wrong form"),
	    .advice = NB_N("write it like 岚政发〔2025〕8号 (GB/T 9704)") },
	{ .code = "document-year",
	    .severity = NB_WARNING,
	    .meaning = NB_N("a document of another year in this year's list"),
	    .advice = NB_N("take the row out, or correct the number") },
	{ .code = "documents-unexplained",
	    .severity = NB_WARNING,
	    .meaning = NB_N("documents reviewed and not passed, and the text does not say why"),
	    .advice = NB_N("say what became of the others: returned, withdrawn, still being worked "
	                   "on") },
};

/* ---- dates and numbers of documents -------------------------------------- */

/* The number that `count` digits at `text` make; -1 if one of them is none. */
static int digits_value(const char *text, size_t count)
{
	int value = 0;

	for (size_t i = 0; i < count; i++) {
		if (text[i] < '0' || text[i] > '9')
			return -1;
		value = value * 10 + (text[i] - '0');
	}
	return value;
}

/* Whether a text is a day of the calendar written 2025-03-09. Such days compare with strcmp. */
static int is_day(const char *text)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	if (strlen(text) != 10 || text[4] != '-' || text[7] != '-')
		return 0;

	int year = digits_value(text, 4);
	int month = digits_value(text + 5, 2);
	int day = digits_value(text + 8, 2);
	int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	if (year < 1 || month < 1 || month > 12 || day < 1)
		return 0;
	return day <= lengths[month - 1] + (month == 2 && leap);
}

/*
 * The year in a document number such as 沁政发〔2021〕8号; 0 if it is not of that form: the
 * issuer's short name, the year in U+3014 and U+3015, a number without leading zero, 号
 * (GB/T 9704-2012, 7.2.5).
 */
static int document_year(const char *number)
{
	const char *open = strstr(number, "〔");

	if (!open || open == number || strpbrk(number, " \t") || strstr(number, "　"))
		return 0;

	const char *at = open + strlen("〔");
	int year = strlen(at) > 4 ? digits_value(at, 4) : -1;

	if (year < 1900 || strncmp(at + 4, "〕", strlen("〕")) != 0)
		return 0;
	at += 4 + strlen("〕");

	size_t count = strspn(at, "0123456789");

	if (count == 0 || *at == '0' || strcmp(at + count, "号") != 0)
		return 0;
	return year;
}

/* ---- check ----------------------------------------------------------------- */

/* What a finding about one step is about: the decision's title and the step, in host memory. */
static const char *step_subject(const struct nb_host *host, const struct nb_row *row, size_t step)
{
	const char *title = row->cells[DECISION_TITLE];
	const char *label = decision_columns[step].label;
	size_t length = strlen(title);
	char *subject = host->alloc(host->self, length + 1 + strlen(label) + 1);

	memcpy(subject, title, length);
	subject[length] = ' ';
	strcpy(subject + length + 1, label);
	return subject;
}

static void report_step_date(const struct nb_host *host, const struct nb_row *row, size_t step)
{
	const struct nb_finding finding = {
		.code = "step-date",
		.severity = NB_ERROR,
		.place = row->place,
		.subject = step_subject(host, row, step),
		.message = NB_N("%s of the decision '%s' should be a date such as 2025-03-09 or "
		                "'/', not '%s'"),
		.args = { decision_columns[step].label, row->cells[DECISION_TITLE],
		    row->cells[step] },
	};
	nb_report(host, &finding);
}

static void report_step_missing(const struct nb_host *host, const struct nb_row *row, size_t step)
{
	const struct nb_finding finding = {
		.code = "step-missing",
		.severity = NB_ERROR,
		.place = row->place,
		.subject = step_subject(host, row, step),
		.message = NB_N("%s of the decision '%s' should have a date: no decision may go "
		                "without it"),
		.args = { decision_columns[step].label, row->cells[DECISION_TITLE] },
	};
	nb_report(host, &finding);
}

/* The order's first three steps are sections side by side: their order is doubtful, not wrong. */
static int is_parallel(size_t step)
{
	return step >= DECISION_PARTICIPATION && step <= DECISION_RISKS;
}

static void report_steps_order(
    const struct nb_host *host, const struct nb_row *row, size_t step, size_t earlier)
{
	const struct nb_finding finding = {
		.code = "steps-order",
		.severity = is_parallel(step) && is_parallel(earlier) ? NB_WARNING : NB_ERROR,
		.place = row->place,
		.subject = step_subject(host, row, step),
		.message = NB_N("%s (%s) of the decision '%s' should not be before its %s (%s)"),
		.args = { decision_columns[step].label, row->cells[step],
		    row->cells[DECISION_TITLE], decision_columns[earlier].label,
		    row->cells[earlier] },
	};
	nb_report(host, &finding);
}

/*
 * One decision. 重大行政决策程序暂行条例 (State Council order 713) goes from the public to experts,
 * risks, legality and the collective discussion. The first three depend on the matter, so "/" and
 * an empty cell are accepted, and the order lists them side by side, so one before the other is a
 * warning; a decision without legality review may not be put forward, and none is made outside a
 * collective discussion (chapter 3).
 */
static void check_decision(const struct nb_host *host, const struct nb_row *row)
{
	size_t last = 0; /* the step to come after; no step is column 0 */

	for (size_t step = DECISION_PARTICIPATION; step <= DECISION_DISCUSSION; step++) {
		const char *cell = row->cells[step];
		int required = step == DECISION_LEGALITY || step == DECISION_DISCUSSION;

		if (!*cell || strcmp(cell, "/") == 0 || strcmp(cell, "／") == 0) {
			if (required)
				report_step_missing(host, row, step);
		} else if (!is_day(cell)) {
			report_step_date(host, row, step);
		} else {
			int early = last && strcmp(cell, row->cells[last]) < 0;

			if (early)
				report_steps_order(host, row, step, last);
			/* Of the parallel steps the latest counts: what follows comes after all of
			 * them. */
			if (!early || !is_parallel(step))
				last = step;
		}
	}

	const char *decided = row->cells[DECISION_DATE];
	const char *discussed = row->cells[DECISION_DISCUSSION];

	if (is_day(decided) && is_day(discussed) && strcmp(decided, discussed) < 0)
		report_steps_order(host, row, DECISION_DATE, DECISION_DISCUSSION);
}

static void check_document(const struct nb_host *host, const struct nb_row *row)
{
	const char *number = row->cells[DOCUMENT_NUMBER];

	if (!*number || document_year(number))
		return;

	const struct nb_finding finding = {
		.code = "document-number",
		.severity = NB_WARNING,
		.place = row->place,
		.subject = number,
		.message =
		    NB_N("the document number '%s' should have the form 机关代字〔2025〕8号, "
		         "without leading zeros or 第"),
		.args = { number },
	};
	nb_report(host, &finding);
}

/* Whether a text that speaks of documents says what became of those that did not pass. */
static int explains_rest(const char *text)
{
	static const char *const words[] = { "退回", "未通过", "不予通过", "未予通过", "未获通过",
		"暂缓", "撤回", "尚在", "正在", "其余", "未提请", "不再制定", "终止", "暂不" };

	if (!strstr(text, "文件"))
		return 0;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strstr(text, words[i]))
			return 1;
	return 0;
}

/* Six reviewed and four passed leave two that a reader will ask about. */
static void check_rest(const struct nb_host *host, const struct nb_part *part)
{
	const struct nb_value *reviewed = nb_part_value(part, "documents_reviewed");
	const struct nb_value *passed = nb_part_value(part, "documents_passed");
	int explained = explains_rest(nb_part_opening(part));

	if (!reviewed || !passed || reviewed->quantity.state != NB_EXACT ||
	    passed->quantity.state != NB_EXACT || reviewed->quantity.low <= passed->quantity.low)
		return;
	for (size_t i = 0; i < part->point_count && !explained; i++)
		explained = explains_rest(part->points[i].body);
	if (explained || (part->point_count == 0 && !*nb_part_opening(part)))
		return;

	const struct nb_finding finding = {
		.code = "documents-unexplained",
		.severity = NB_WARNING,
		.place = passed->place,
		.subject = "documents_passed",
		.message =
		    NB_N("%s documents were reviewed and %s passed: the text should say what "
		         "became of the others"),
		.args = { reviewed->quantity.text, passed->quantity.text },
	};
	nb_report(host, &finding);
}

static void decision_check(const struct nb_host *host, const struct nb_part *part)
{
	const struct nb_rows *decisions = nb_part_list(part, "decisions");
	const struct nb_rows *documents = nb_part_list(part, "documents");

	for (size_t i = 0; decisions && i < decisions->count; i++)
		check_decision(host, &decisions->rows[i]);
	for (size_t i = 0; documents && i < documents->count; i++)
		check_document(host, &documents->rows[i]);
	check_rest(host, part);
}

/* ---- text in the host's memory ------------------------------------------------ */

/* Text that grows in the host's memory. */
struct text {
	const struct nb_host *host;
	char *data; /* ends with a zero byte; NULL while empty */
	size_t length;
	size_t room;
};

static void text_append(struct text *text, const char *bytes, size_t length)
{
	if (text->length + length + 1 > text->room) {
		size_t room = 2 * (text->length + length) + 256;
		char *data = text->host->alloc(text->host->self, room);

		if (text->length)
			memcpy(data, text->data, text->length);
		text->data = data;
		text->room = room;
	}
	memcpy(text->data + text->length, bytes, length);
	text->length += length;
	text->data[text->length] = '\0';
}

static void text_add(struct text *text, const char *string)
{
	text_append(text, string, strlen(string));
}

static void text_add_number(struct text *text, size_t number)
{
	char digits[24];
	char *at = digits + sizeof digits - 1;

	*at = '\0';
	do {
		*--at = (char)('0' + number % 10);
		number /= 10;
	} while (number > 0);
	text_add(text, at);
}

/* ---- reconcile ------------------------------------------------------------- */

/* A document of another year in this year's list is likely a line of last year's. */
static void decision_reconcile(const struct nb_host *host, const struct nb_county *county)
{
	struct text year = { .host = host };

	text_add_number(&year, (size_t)county->year);
	for (size_t i = 0; i < county->part_count; i++) {
		const struct nb_rows *documents =
		    nb_part_list(nb_county_part(county, i), "documents");

		for (size_t j = 0; documents && j < documents->count; j++) {
			const struct nb_row *row = &documents->rows[j];
			const char *number = row->cells[DOCUMENT_NUMBER];
			int numbered = document_year(number);

			if (numbered == 0 || numbered == county->year)
				continue;

			const struct nb_finding finding = {
				.code = "document-year",
				.severity = NB_WARNING,
				.place = row->place,
				.subject = number,
				.message = NB_N("the document number '%s' should be of the "
				                "report's year, %s"),
				.args = { number, year.data },
			};
			nb_report(host, &finding);
		}
	}
}

/* ---- compose --------------------------------------------------------------- */

/* Adds plain text as a cell: Markdown's signs lose their meaning, line breaks become spaces. */
static void text_add_cell(struct text *text, const char *cell)
{
	text_add(text, " ");
	for (; *cell; cell++) {
		if ((unsigned char)*cell < ' ') {
			text_append(text, " ", 1);
			continue;
		}
		if (strchr("\\`*_[]<>&~|", *cell))
			text_append(text, "\\", 1);
		text_append(text, cell, 1);
	}
	text_add(text, " |");
}

/* Adds a date as reports write it, 2021年3月9日; what is no date, as it stands. */
static void text_add_day(struct text *text, const char *day)
{
	if (!is_day(day)) {
		text_add_cell(text, day);
		return;
	}
	text_add(text, " ");
	text_append(text, day, 4);
	text_add(text, "年");
	text_add_number(text, (size_t)digits_value(day + 5, 2));
	text_add(text, "月");
	text_add_number(text, (size_t)digits_value(day + 8, 2));
	text_add(text, "日 |");
}

/*
 * Gives the template a list as a pipe table under `name`: a running number and the named columns;
 * "" when the list has no rows.
 */
static void put_table(const struct nb_host *host, const char *name, const struct nb_rows *rows,
    const struct nb_column *declared, const size_t *columns, size_t column_count)
{
	struct text text = { .host = host };

	if (!rows || rows->count == 0) {
		host->put(host->self, name, "");
		return;
	}

	text_add(&text, "| 序号 |");
	for (size_t i = 0; i < column_count; i++)
		text_add_cell(&text, declared[columns[i]].label);
	text_add(&text, "\n|---:|");
	for (size_t i = 0; i < column_count; i++)
		text_add(&text, "---|");
	for (size_t i = 0; i < rows->count; i++) {
		text_add(&text, "\n| ");
		text_add_number(&text, i + 1);
		text_add(&text, " |");
		for (size_t j = 0; j < column_count; j++) {
			const char *cell = rows->rows[i].cells[columns[j]];

			if (declared[columns[j]].kind == NB_DATE)
				text_add_day(&text, cell);
			else
				text_add_cell(&text, cell);
		}
	}
	text_add(&text, "\n");
	host->put(host->self, name, text.data);
}

static void decision_compose(const struct nb_host *host, const struct nb_county *county)
{
	static const size_t of_decisions[] = { DECISION_TITLE, DECISION_PROPOSED_BY,
		DECISION_DATE };
	static const size_t of_documents[] = { DOCUMENT_TITLE, DOCUMENT_NUMBER, DOCUMENT_DATE };

	put_table(host, "decisions_table", nb_part_list(county->whole, "decisions"),
	    decision_columns, of_decisions, sizeof of_decisions / sizeof *of_decisions);
	put_table(host, "documents_table", nb_part_list(county->whole, "documents"),
	    document_columns, of_documents, sizeof of_documents / sizeof *of_documents);
}

static const struct nb_chart charts[] = {
	{ .id = "documents",
	    .title = "行政规范性文件管理情况",
	    .kind = NB_YEARS,
	    .figures = "documents_reviewed|documents_passed|documents_filed|documents_kept|"
	               "documents_amended|documents_abolished|documents_lapsed" },
};

__attribute__((visibility("default"))) const struct nb_chapter nianbao_chapter = {
	NB_CHAPTER_HEAD,
	.id = "decision",
	.title = "健全决策机制，推进科学民主依法决策",
	.version = "0.1.0",
	.numbering = NB_SHI,
	.figures = NB_TABLE(figures),
	.lists = NB_TABLE(lists),
	.topics = NB_TABLE(topics),
	.rules = NB_TABLE(rules),
	.check = decision_check,
	.reconcile = decision_reconcile,
	.compose = decision_compose,
	.codes = NB_TABLE(codes),
	.charts = NB_TABLE(charts),
};
