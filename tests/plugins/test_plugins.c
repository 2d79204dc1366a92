/*
 * test_plugins.c: what the eight chapters declare, held against the list of indicators, which is in
 * here so that a figure lost or relabelled in a plugin fails, and against the contract.
 */
#include "load.h"

static const char *const chapters[] = {
	"leadership",
	"reform",
	"decision",
	"enforcement",
	"supervision",
	"capacity",
	"shortcomings",
	"plan",
};

/* Whether two texts are equal; NULL equals NULL only. */
static int same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static const struct nb_figure *figure_of(const struct nb_chapter *chapter, const char *id)
{
	const struct nb_figure *figures = chapter->figures.rows;

	for (size_t i = 0; i < chapter->figures.count; i++)
		if (strcmp(figures[i].id, id) == 0)
			return &figures[i];
	return NULL;
}

static const struct nb_list *list_of(const struct nb_chapter *chapter, const char *id)
{
	const struct nb_list *lists = chapter->lists.rows;

	for (size_t i = 0; i < chapter->lists.count; i++)
		if (strcmp(lists[i].id, id) == 0)
			return &lists[i];
	return NULL;
}

static const struct nb_column *column_of(const struct nb_list *list, const char *id)
{
	const struct nb_column *columns = list->columns.rows;

	for (size_t i = 0; i < list->columns.count; i++)
		if (strcmp(columns[i].id, id) == 0)
			return &columns[i];
	return NULL;
}

/* ---- the indicators -------------------------------------------------------- */

struct indicator {
	const char *chapter;
	const char *id;
	const char *label;
	const char *unit;
	enum nb_kind kind;
	enum nb_combine combine;
	const char *ratio;
};

static const struct indicator indicators[] = {
	{ "leadership", "secretary_duties", "县委书记第一责任人职责清单", "项", NB_COUNT, NB_ONE,
	    NULL },
	{ "leadership", "magistrate_duties", "县长第一责任人职责清单", "项", NB_COUNT, NB_ONE,
	    NULL },
	{ "leadership", "coordination_groups", "协调小组", "个", NB_COUNT, NB_ONE, NULL },
	{ "leadership", "meetings_on_law", "常委会和政府常务会议研究法治议题", "次", NB_COUNT,
	    NB_ONE, NULL },
	{ "leadership", "study_before_meetings", "会前学法", "次", NB_COUNT, NB_SUM, NULL },
	{ "leadership", "reporting_units", "年终述法单位", "家", NB_COUNT, NB_ONE, NULL },
	{ "leadership", "inspections", "法治督察", "次", NB_COUNT, NB_SUM, NULL },
	{ "leadership", "problems_found", "督察发现问题", "个", NB_COUNT, NB_SUM, NULL },
	{ "leadership", "problems_fixed", "已整改问题", "个", NB_COUNT, NB_SUM, NULL },
	{ "leadership", "fix_rate", "整改率", "%", NB_PERCENT, NB_RATIO,
	    "problems_fixed / problems_found" },
	{ "reform", "county_powers", "县级权责清单", "项", NB_COUNT, NB_ONE, NULL },
	{ "reform", "town_powers", "乡镇权责清单", "项", NB_COUNT, NB_ONE, NULL },
	{ "reform", "public_services", "公共服务事项", "项", NB_COUNT, NB_ONE, NULL },
	{ "reform", "items_total", "政务服务事项总数", "项", NB_COUNT, NB_ONE, NULL },
	{ "reform", "items_online", "网上办事项", "项", NB_COUNT, NB_ONE, NULL },
	{ "reform", "items_mobile", "掌上办事项", "项", NB_COUNT, NB_ONE, NULL },
	{ "reform", "items_instant", "马上办事项", "项", NB_COUNT, NB_ONE, NULL },
	{ "reform", "items_once", "一次办事项", "项", NB_COUNT, NB_ONE, NULL },
	{ "reform", "licence_kinds", "实现电子证照事项", "个", NB_COUNT, NB_ONE, NULL },
	{ "reform", "licences_issued", "电子证照", "个", NB_COUNT, NB_SUM, NULL },
	{ "reform", "one_stop_packages", "一件事一次办套餐", "个", NB_COUNT, NB_ONE, NULL },
	{ "reform", "delegated_items", "下放审批事项", "个", NB_COUNT, NB_SUM, NULL },
	{ "reform", "gathered_items", "横向梳理归集事项", "项", NB_COUNT, NB_SUM, NULL },
	{ "reform", "assisted_items", "帮办代办事项", "项", NB_COUNT, NB_ONE, NULL },
	{ "reform", "assist_budget", "帮办代办补贴", "万元", NB_AMOUNT, NB_SUM, NULL },
	{ "reform", "commitment_items", "证明事项告知承诺清单", "项", NB_COUNT, NB_ONE, NULL },
	{ "decision", "decisions_reviewed", "重大行政决策合法性审查", "件", NB_COUNT, NB_SUM,
	    NULL },
	{ "decision", "documents_reviewed", "规范性文件合法性审核", "件", NB_COUNT, NB_SUM, NULL },
	{ "decision", "documents_passed", "集体讨论通过规范性文件", "件", NB_COUNT, NB_SUM, NULL },
	{ "decision", "documents_filed", "规范性文件备案", "件", NB_COUNT, NB_SUM, NULL },
	{ "decision", "cleanup_rounds", "规范性文件清理", "次", NB_COUNT, NB_ONE, NULL },
	{ "decision", "documents_kept", "清理后保留", "件", NB_COUNT, NB_ONE, NULL },
	{ "decision", "documents_amended", "清理后修改", "件", NB_COUNT, NB_ONE, NULL },
	{ "decision", "documents_abolished", "清理后废止", "件", NB_COUNT, NB_ONE, NULL },
	{ "decision", "documents_lapsed", "清理后宣布失效", "件", NB_COUNT, NB_ONE, NULL },
	{ "decision", "documents_in_force", "现行有效规范性文件", "件", NB_COUNT, NB_ONE, NULL },
	{ "decision", "villages_with_adviser", "配备法律顾问的村（社区）", "个", NB_COUNT, NB_ONE,
	    NULL },
	{ "decision", "adviser_visits", "法律顾问入村", "次", NB_COUNT, NB_SUM, NULL },
	{ "decision", "adviser_lectures", "法律顾问法治宣传", "场", NB_COUNT, NB_SUM, NULL },
	{ "decision", "adviser_consultations", "法律顾问解答咨询", "件", NB_COUNT, NB_SUM, NULL },
	{ "decision", "adviser_contracts", "法律顾问审查合同", "件", NB_COUNT, NB_SUM, NULL },
	{ "decision", "adviser_opinions", "法律意见书", "条", NB_COUNT, NB_SUM, NULL },
	{ "enforcement", "county_teams", "县级综合行政执法队", "支", NB_COUNT, NB_ONE, NULL },
	{ "enforcement", "towns", "乡镇总数", "个", NB_COUNT, NB_ONE, NULL },
	{ "enforcement", "town_teams", "乡镇综合行政执法队", "个", NB_COUNT, NB_ONE, NULL },
	{ "enforcement", "officers_certified", "持证执法人员", "人", NB_COUNT, NB_SUM, NULL },
	{ "enforcement", "certificates_new", "新申领执法证", "人", NB_COUNT, NB_SUM, NULL },
	{ "enforcement", "trainings", "执法培训", "期", NB_COUNT, NB_SUM, NULL },
	{ "enforcement", "exams", "执法资格考试", "批", NB_COUNT, NB_SUM, NULL },
	{ "enforcement", "inspections", "执法监督检查", "次", NB_COUNT, NB_SUM, NULL },
	{ "enforcement", "case_files_reviewed", "案卷评查", "卷", NB_COUNT, NB_SUM, NULL },
	{ "enforcement", "case_files_good", "优秀案卷", "卷", NB_COUNT, NB_SUM, NULL },
	{ "enforcement", "case_files_qualified", "合格案卷", "卷", NB_COUNT, NB_SUM, NULL },
	{ "enforcement", "case_files_unqualified", "不合格案卷", "卷", NB_COUNT, NB_SUM, NULL },
	{ "enforcement", "leniency_units", "实行包容免罚单位", "个", NB_COUNT, NB_ONE, NULL },
	{ "enforcement", "leniency_items", "包容免罚事项", "项", NB_COUNT, NB_ONE, NULL },
	{ "enforcement", "leniency_cases", "包容免罚案件", "件", NB_COUNT, NB_SUM, NULL },
	{ "enforcement", "permits_applied", "行政许可申请", "件", NB_COUNT, NB_SUM, NULL },
	{ "enforcement", "permits_accepted", "行政许可受理", "件", NB_COUNT, NB_SUM, NULL },
	{ "enforcement", "permits_granted", "准予许可", "件", NB_COUNT, NB_SUM, NULL },
	{ "enforcement", "permits_refused", "不予许可", "件", NB_COUNT, NB_SUM, NULL },
	{ "enforcement", "penalties", "行政处罚", "宗", NB_COUNT, NB_SUM, NULL },
	{ "enforcement", "penalties_warning", "警告、通报批评", "宗", NB_COUNT, NB_SUM, NULL },
	{ "enforcement", "penalties_fine", "罚款", "宗", NB_COUNT, NB_SUM, NULL },
	{ "enforcement", "penalties_confiscation", "没收违法所得、非法财物", "宗", NB_COUNT, NB_SUM,
	    NULL },
	{ "enforcement", "penalties_licence", "暂扣、吊销许可证件、降低资质", "宗", NB_COUNT,
	    NB_SUM, NULL },
	{ "enforcement", "penalties_business", "限制或责令停产停业、关闭、限制从业", "宗", NB_COUNT,
	    NB_SUM, NULL },
	{ "enforcement", "penalties_detention", "行政拘留", "宗", NB_COUNT, NB_SUM, NULL },
	{ "enforcement", "penalties_other", "其他行政处罚", "宗", NB_COUNT, NB_SUM, NULL },
	{ "enforcement", "penalty_amount", "罚没金额", "万元", NB_AMOUNT, NB_SUM, NULL },
	{ "enforcement", "permits_opening", "上年结转许可申请", "件", NB_COUNT, NB_SUM, NULL },
	{ "enforcement", "penalties_counting", "行政处罚统计口径", NULL, NB_TEXT, NB_ONE, NULL },
	{ "supervision", "rectification_items", "督察反馈整改事项", "项", NB_COUNT, NB_ONE, NULL },
	{ "supervision", "npc_proposals", "人大代表建议办理", "件", NB_COUNT, NB_SUM, NULL },
	{ "supervision", "cppcc_proposals", "政协提案办理", "件", NB_COUNT, NB_SUM, NULL },
	{ "supervision", "reconsideration_received", "收到行政复议申请", "件", NB_COUNT, NB_SUM,
	    NULL },
	{ "supervision", "reconsideration_accepted", "受理行政复议案件", "件", NB_COUNT, NB_SUM,
	    NULL },
	{ "supervision", "reconsideration_not_accepted", "不予受理", "件", NB_COUNT, NB_SUM, NULL },
	{ "supervision", "reconsideration_otherwise", "受理前撤回或告知", "件", NB_COUNT, NB_SUM,
	    NULL },
	{ "supervision", "reconsideration_opening", "上年结转行政复议案件", "件", NB_COUNT, NB_SUM,
	    NULL },
	{ "supervision", "reconsideration_concluded", "审结行政复议案件", "件", NB_COUNT, NB_SUM,
	    NULL },
	{ "supervision", "reconsideration_upheld", "维持", "件", NB_COUNT, NB_SUM, NULL },
	{ "supervision", "reconsideration_rejected", "驳回", "件", NB_COUNT, NB_SUM, NULL },
	{ "supervision", "reconsideration_revoked", "撤销", "件", NB_COUNT, NB_SUM, NULL },
	{ "supervision", "reconsideration_altered", "变更", "件", NB_COUNT, NB_SUM, NULL },
	{ "supervision", "reconsideration_illegal", "确认违法", "件", NB_COUNT, NB_SUM, NULL },
	{ "supervision", "reconsideration_ordered", "责令履行职责", "件", NB_COUNT, NB_SUM, NULL },
	{ "supervision", "reconsideration_mediated", "调解", "件", NB_COUNT, NB_SUM, NULL },
	{ "supervision", "reconsideration_withdrawn", "申请人撤回终止", "件", NB_COUNT, NB_SUM,
	    NULL },
	{ "supervision", "reconsideration_other_outcome", "其他结果", "件", NB_COUNT, NB_SUM,
	    NULL },
	{ "supervision", "reconsideration_pending", "未审结", "件", NB_COUNT, NB_SUM, NULL },
	{ "supervision", "reconsideration_correction_rate", "纠错率", "%", NB_PERCENT, NB_RATIO,
	    "(reconsideration_revoked + reconsideration_altered + "
	    "reconsideration_illegal + reconsideration_ordered) / reconsideration_concluded" },
	{ "supervision", "reconsideration_opinions", "行政复议意见书、建议书", "份", NB_COUNT,
	    NB_SUM, NULL },
	{ "supervision", "litigation_cases", "行政应诉案件", "件", NB_COUNT, NB_SUM, NULL },
	{ "supervision", "litigation_concluded", "行政诉讼审结", "件", NB_COUNT, NB_SUM, NULL },
	{ "supervision", "litigation_won", "胜诉", "件", NB_COUNT, NB_SUM, NULL },
	{ "supervision", "litigation_lost", "败诉", "件", NB_COUNT, NB_SUM, NULL },
	{ "supervision", "litigation_withdrawn", "撤诉", "件", NB_COUNT, NB_SUM, NULL },
	{ "supervision", "litigation_mediated", "调解结案", "件", NB_COUNT, NB_SUM, NULL },
	{ "supervision", "hearings_due", "负责人应出庭", "件", NB_COUNT, NB_SUM, NULL },
	{ "supervision", "hearings_attended", "负责人实际出庭", "件", NB_COUNT, NB_SUM, NULL },
	{ "supervision", "attendance_rate", "行政机关负责人出庭应诉率", "%", NB_PERCENT, NB_RATIO,
	    "hearings_attended / hearings_due" },
	{ "supervision", "disclosure_requests", "政府信息公开申请", "件", NB_COUNT, NB_SUM, NULL },
	{ "supervision", "disclosure_answered", "办结政府信息公开申请", "件", NB_COUNT, NB_SUM,
	    NULL },
	{ "supervision", "hotline_orders", "12345热线工单", "件", NB_COUNT, NB_SUM, NULL },
	{ "supervision", "disclosure_opening", "上年结转政府信息公开申请", "件", NB_COUNT, NB_SUM,
	    NULL },
	{ "supervision", "disclosure_pending", "结转下年度办理", "件", NB_COUNT, NB_SUM, NULL },
	{ "capacity", "law_studies", "党委中心组学法", "次", NB_COUNT, NB_SUM, NULL },
	{ "capacity", "law_exam_sat", "参加法律考试", "人", NB_COUNT, NB_SUM, NULL },
	{ "capacity", "law_exam_passed", "法律考试合格", "人", NB_COUNT, NB_SUM, NULL },
	{ "capacity", "trainings", "依法行政培训班", "期", NB_COUNT, NB_SUM, NULL },
	{ "capacity", "trained_people", "培训人次", "人次", NB_COUNT, NB_SUM, NULL },
	{ "capacity", "court_observations", "旁听庭审", "次", NB_COUNT, NB_SUM, NULL },
	{ "capacity", "publicity_events", "法治宣传活动", "场", NB_COUNT, NB_SUM, NULL },
	{ "capacity", "leaflets", "发放宣传资料", "份", NB_COUNT, NB_SUM, NULL },
	{ "capacity", "model_villages_national", "国家级民主法治示范村（社区）", "个", NB_COUNT,
	    NB_ONE, NULL },
	{ "capacity", "model_villages_provincial", "省级民主法治示范村（社区）", "个", NB_COUNT,
	    NB_ONE, NULL },
	{ "capacity", "model_villages_municipal", "市级民主法治示范村（社区）", "个", NB_COUNT,
	    NB_ONE, NULL },
	{ "capacity", "model_villages_reviewed", "复核示范村（社区）", "个", NB_COUNT, NB_ONE,
	    NULL },
	{ "capacity", "model_villages_applied", "申报示范村（社区）", "个", NB_COUNT, NB_ONE,
	    NULL },
};

Test(plugins, figures_are_those_of_the_indicators)
{
	uint32_t declared = 0;
	uint32_t expected = 0;

	for (size_t i = 0; i < COUNT_OF(chapters); i++) {
		const struct nb_chapter *chapter = load(chapters[i]);
		const struct nb_figure *figures = chapter->figures.rows;

		declared += chapter->figures.count;
		for (size_t j = 0; j < chapter->figures.count; j++)
			expected += figures[j].flags & NB_EXPECTED;
	}
	cr_expect_eq(declared, COUNT_OF(indicators));
	cr_expect(expected >= 25 && expected <= 35, "%u figures expected of a county", expected);

	for (size_t i = 0; i < COUNT_OF(indicators); i++) {
		const struct indicator *want = &indicators[i];
		const struct nb_figure *got = figure_of(load(want->chapter), want->id);

		cr_assert(got, "%s has no figure '%s'", want->chapter, want->id);
		cr_expect_str_eq(got->label, want->label);
		cr_expect(same(got->unit, want->unit), "unit of '%s'", want->id);
		cr_expect(got->kind == want->kind, "kind of '%s'", want->id);
		cr_expect(got->combine == want->combine, "combination of '%s'", want->id);
		cr_expect(same(got->ratio, want->ratio), "ratio of '%s'", want->id);
	}
}

/* ---- the descriptors ------------------------------------------------------- */

/* Whether `id` is [a-z][a-z0-9`extra`]*. */
static int well_formed(const char *id, char extra)
{
	if (*id < 'a' || *id > 'z')
		return 0;
	for (; *id; id++)
		if (!(*id >= 'a' && *id <= 'z') && !(*id >= '0' && *id <= '9') && *id != extra)
			return 0;
	return 1;
}

/* Whether the ids, which are the first member of each row, are well formed and all different. */
static void check_ids(const char *chapter, const char *what, struct nb_table table, char extra)
{
	for (size_t i = 0; i < table.count; i++) {
		const char *const *one = (const void *)((const char *)table.rows + i * table.size);

		cr_expect(
		    well_formed(*one, extra), "%s: %s '%s' is ill formed", chapter, what, *one);
		for (size_t j = 0; j < i; j++) {
			const char *const *two =
			    (const void *)((const char *)table.rows + j * table.size);

			cr_expect(
			    strcmp(*one, *two) != 0, "%s: %s '%s' twice", chapter, what, *one);
		}
	}
}

Test(plugins, descriptors_are_sound)
{
	for (size_t i = 0; i < COUNT_OF(chapters); i++) {
		const struct nb_chapter *chapter = load(chapters[i]);
		const struct nb_list *lists = chapter->lists.rows;

		cr_expect_eq(chapter->abi, NB_PLUGIN_ABI);
		cr_expect_eq(chapter->size, sizeof(struct nb_chapter));
		cr_expect(strcmp(chapter->id, chapters[i]) == 0);
		cr_expect(strcmp(chapter->version, "0.1.0") == 0);
		cr_expect(*chapter->title);
		cr_expect(chapter->numbering == NB_SHI, "%s: sister chapters are numbered alike",
		    chapters[i]);
		cr_expect(chapter->topics.count > 0);
		check_ids(chapters[i], "figure", chapter->figures, '_');
		check_ids(chapters[i], "list", chapter->lists, '_');
		check_ids(chapters[i], "topic", chapter->topics, '_');
		check_ids(chapters[i], "rule", chapter->rules, '-');
		for (size_t j = 0; j < chapter->lists.count; j++)
			check_ids(chapters[i], "column", lists[j].columns, '_');
	}
}

Test(plugins, topics_stand_in_the_order_of_the_report)
{
	static const char *const topics[][2] = {
		{ "leadership", "organization first_duty reporting inspection model " },
		{ "reform", "digital business service delegation commitment " },
		{ "decision", "procedure advisers documents " },
		{ "enforcement", "system three_systems officers permits penalties leniency " },
		{ "supervision", "rectification npc_cppcc disputes disclosure " },
		{ "capacity", "study training publicity villages " },
		{ "shortcomings", "problems " },
		{ "plan", "measures " },
	};

	for (size_t i = 0; i < COUNT_OF(topics); i++) {
		const struct nb_chapter *chapter = load(topics[i][0]);
		const struct nb_topic *rows = chapter->topics.rows;
		char got[256] = "";

		for (size_t j = 0; j < chapter->topics.count; j++) {
			strcat(got, rows[j].id);
			strcat(got, " ");
		}
		cr_expect_str_eq(got, topics[i][1]);
	}
}

Test(plugins, lists_have_their_columns)
{
	/* A star marks a column that must be filled in. */
	static const char *const lists[][3] = {
		{ "leadership", "meetings", "date* title* decided " },
		{ "decision", "decisions",
		    "title* proposed_by* date* public_participation expert_review "
		    "risk_assessment legality_review collective_discussion " },
		{ "decision", "documents", "title* number* date " },
		{ "enforcement", "leniency", "unit* items* " },
	};

	for (size_t i = 0; i < COUNT_OF(lists); i++) {
		const struct nb_list *list = list_of(load(lists[i][0]), lists[i][1]);
		char got[256] = "";

		cr_assert(list, "no list '%s'", lists[i][1]);

		const struct nb_column *columns = list->columns.rows;

		for (size_t j = 0; j < list->columns.count; j++) {
			strcat(got, columns[j].id);
			strcat(got, columns[j].required ? "* " : " ");
		}
		cr_expect_str_eq(got, lists[i][2]);
	}
}

/* ---- relations ------------------------------------------------------------- */

/* Takes an identifier off the front of `*at`; "" if there is none. */
static void take_name(const char **at, char *name, size_t room)
{
	size_t length = 0;

	*at += strspn(*at, " ");
	if (**at >= 'a' && **at <= 'z')
		length = strspn(*at, "abcdefghijklmnopqrstuvwxyz0123456789_");
	cr_assert(length < room);
	memcpy(name, *at, length);
	name[length] = '\0';
	*at += length;
}

static int take(const char **at, const char *sign)
{
	*at += strspn(*at, " ");
	if (strncmp(*at, sign, strlen(sign)) != 0)
		return 0;
	*at += strlen(sign);
	return 1;
}

/* Takes one term; returns 0 if it is ill formed or names what no chapter has. */
static int take_term(const struct nb_chapter *chapter, const char **at)
{
	char name[128];
	char other[128];

	take_name(at, name, sizeof name);
	if (strcmp(name, "last") == 0 && take(at, "(")) {
		take_name(at, name, sizeof name);
		return figure_of(chapter, name) && take(at, ")");
	}
	if (strcmp(name, "rows") == 0 && take(at, "(")) {
		take_name(at, name, sizeof name);
		return list_of(chapter, name) && take(at, ")");
	}
	if (strcmp(name, "sum") == 0 && take(at, "(")) {
		take_name(at, name, sizeof name);

		const struct nb_list *list = list_of(chapter, name);

		if (!list || !take(at, "."))
			return 0;
		take_name(at, other, sizeof other);

		const struct nb_column *column = column_of(list, other);

		return column && (column->kind == NB_COUNT || column->kind == NB_AMOUNT) &&
		       take(at, ")");
	}
	if (take(at, ".")) {
		take_name(at, other, sizeof other);
		return figure_of(load(name), other) != NULL;
	}

	const struct nb_figure *figure = figure_of(chapter, name);

	return figure && figure->kind != NB_TEXT && figure->kind != NB_DATE;
}

static int take_side(const struct nb_chapter *chapter, const char **at)
{
	do {
		if (!take_term(chapter, at))
			return 0;
	} while (take(at, "+") || take(at, "-"));
	return 1;
}

static int is_relation(const struct nb_chapter *chapter, const char *at)
{
	return take_side(chapter, &at) && (take(&at, "<=") || take(&at, ">=") || take(&at, "=")) &&
	       take_side(chapter, &at) && !*at;
}

static int is_ratio(const struct nb_chapter *chapter, const char *at)
{
	for (int side = 0; side < 2; side++) {
		int grouped = take(&at, "(");

		if (!(grouped ? take_side(chapter, &at) : take_term(chapter, &at)))
			return 0;
		if ((grouped && !take(&at, ")")) || (side == 0 && !take(&at, "/")))
			return 0;
	}
	return !*at;
}

Test(plugins, relations_name_what_exists)
{
	for (size_t i = 0; i < COUNT_OF(chapters); i++) {
		const struct nb_chapter *chapter = load(chapters[i]);
		const struct nb_rule *rules = chapter->rules.rows;
		const struct nb_figure *figures = chapter->figures.rows;

		for (size_t j = 0; j < chapter->rules.count; j++) {
			const struct nb_rule *rule = &rules[j];

			cr_expect(is_relation(chapter, rule->relation), "%s.%s: '%s'", chapters[i],
			    rule->code, rule->relation);
			cr_expect(rule->message && *rule->message && !strchr(rule->message, '%') &&
			              rule->message[strlen(rule->message) - 1] != '.',
			    "%s.%s: message", chapters[i], rule->code);
		}
		for (size_t j = 0; j < chapter->figures.count; j++)
			cr_expect((figures[j].combine == NB_RATIO) == (figures[j].ratio != NULL) &&
			              (!figures[j].ratio || is_ratio(chapter, figures[j].ratio)),
			    "%s.%s: ratio", chapters[i], figures[j].id);
	}
}
