/*
 * supervision.c: chapter on checks on administrative power (制约监督): rectification, proposals,
 * reconsideration and litigation, disclosure.
 */
#include <nianbao/plugin.h>

static const struct nb_figure figures[] = {
	{ .id = "rectification_items",
	    .label = "督察反馈整改事项",
	    .unit = "项",
	    .kind = NB_COUNT,
	    .combine = NB_ONE,
	    .note = "上级督察反馈、由本县承担整改的事项数，由牵头单位填报",
	    .aliases = "整改任务|整改事项" },
	{ .id = "npc_proposals",
	    .label = "人大代表建议办理",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .flags = NB_EXPECTED,
	    .note = "由主办单位填报，协办的不计",
	    .aliases = "人大代表建议|代表建议" },
	{ .id = "cppcc_proposals",
	    .label = "政协提案办理",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .flags = NB_EXPECTED,
	    .note = "由主办单位填报，协办的不计",
	    .aliases = "政协提案|政协委员提案" },
	{ .id = "reconsideration_received",
	    .label = "收到行政复议申请",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .flags = NB_EXPECTED,
	    .note = "当年收到的申请，等于受理、不予受理、受理前撤回或告知之和",
	    .aliases = "行政复议申请|复议申请" },
	{ .id = "reconsideration_accepted",
	    .label = "受理行政复议案件",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .flags = NB_EXPECTED,
	    .note = "当年决定受理的件数，不包括不予受理",
	    .aliases = "受理行政复议|受理复议案件|受理" },
	{ .id = "reconsideration_not_accepted",
	    .label = "不予受理",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .note = "收到申请后经审查决定不予受理的件数，不计入受理" },
	{ .id = "reconsideration_otherwise",
	    .label = "受理前撤回或告知",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .note = "受理之前申请人撤回，或者告知向其他机关提出的件数",
	    .aliases = "受理前撤回|受理前撤回或告知其他途径" },
	{ .id = "reconsideration_opening",
	    .label = "上年结转行政复议案件",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .note = "上年受理、年底未审结而转入本年的件数，等于上年报告的未审结数",
	    .aliases = "上年结转" },
	{ .id = "reconsideration_concluded",
	    .label = "审结行政复议案件",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .flags = NB_EXPECTED,
	    .note = "当年审结的件数，包括上年结转的，等于各审理结果之和",
	    .aliases = "审结|审结复议案件|办结行政复议案件|复议案件审结" },
	{ .id = "reconsideration_upheld",
	    .label = "维持",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM },
	{ .id = "reconsideration_rejected",
	    .label = "驳回",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .note = "受理之后决定驳回的件数，与不予受理不同",
	    .aliases = "驳回复议申请|驳回行政复议申请" },
	{ .id = "reconsideration_revoked",
	    .label = "撤销",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM },
	{ .id = "reconsideration_altered",
	    .label = "变更",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM },
	{ .id = "reconsideration_illegal",
	    .label = "确认违法",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM },
	{ .id = "reconsideration_ordered",
	    .label = "责令履行职责",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .aliases = "责令履行" },
	{ .id = "reconsideration_mediated",
	    .label = "调解",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .note = "以调解书结案的件数",
	    .aliases = "行政调解" },
	{ .id = "reconsideration_withdrawn",
	    .label = "申请人撤回终止",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .note = "受理之后申请人撤回申请、终止审理的件数",
	    .aliases = "申请人撤回|撤回复议申请|申请人撤回复议申请" },
	{ .id = "reconsideration_other_outcome",
	    .label = "其他结果",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .note = "不属于以上各类的审理结果",
	    .aliases = "其他" },
	{ .id = "reconsideration_pending",
	    .label = "未审结",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .note = "年底尚未审结、转入下年的件数，没有的填0" },
	{ .id = "reconsideration_correction_rate",
	    .label = "纠错率",
	    .unit = "%",
	    .kind = NB_PERCENT,
	    .combine = NB_RATIO,
	    .ratio =
	        "(reconsideration_revoked + reconsideration_altered + "
	        "reconsideration_illegal + reconsideration_ordered) / reconsideration_concluded",
	    .note = "撤销、变更、确认违法、责令履行职责之和除以审结件数",
	    .aliases = "复议纠错率" },
	{ .id = "reconsideration_opinions",
	    .label = "行政复议意见书、建议书",
	    .unit = "份",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .aliases = "行政复议意见书|行政复议建议书|复议意见书|意见书、建议书" },
	{ .id = "litigation_cases",
	    .label = "行政应诉案件",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .flags = NB_EXPECTED,
	    .note = "当年法院受理、以本地行政机关为被告的案件，由应诉机关填报",
	    .aliases = "应诉案件|行政诉讼案件|行政应诉" },
	{ .id = "litigation_concluded",
	    .label = "行政诉讼审结",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .note = "当年审结的件数，等于胜诉、败诉、撤诉、调解结案之和",
	    .aliases = "审结|应诉案件审结" },
	{ .id = "litigation_won",
	    .label = "胜诉",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM },
	{ .id = "litigation_lost",
	    .label = "败诉",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM },
	{ .id = "litigation_withdrawn",
	    .label = "撤诉",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .aliases = "原告撤诉" },
	{ .id = "litigation_mediated",
	    .label = "调解结案",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM },
	{ .id = "hearings_due",
	    .label = "负责人应出庭",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .flags = NB_EXPECTED,
	    .note = "当年开庭审理、负责人应当出庭的件数",
	    .aliases = "应出庭" },
	{ .id = "hearings_attended",
	    .label = "负责人实际出庭",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .flags = NB_EXPECTED,
	    .note = "应出庭案件中负责人实际出庭的件数",
	    .aliases = "实际出庭" },
	{ .id = "attendance_rate",
	    .label = "行政机关负责人出庭应诉率",
	    .unit = "%",
	    .kind = NB_PERCENT,
	    .combine = NB_RATIO,
	    .ratio = "hearings_attended / hearings_due",
	    .note = "负责人实际出庭件数除以应出庭件数",
	    .aliases = "出庭应诉率|负责人出庭率|出庭率" },
	{ .id = "disclosure_requests",
	    .label = "政府信息公开申请",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .flags = NB_EXPECTED,
	    .note = "当年新收到的申请件数，不包括上年结转",
	    .aliases = "信息公开申请|依申请公开|收到政府信息公开申请" },
	{ .id = "disclosure_answered",
	    .label = "办结政府信息公开申请",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .flags = NB_EXPECTED,
	    .note = "当年办结的件数，包括上年结转、当年办结的",
	    .aliases = "办结信息公开申请|答复信息公开申请|办结政府信息公开" },
	{ .id = "hotline_orders",
	    .label = "12345热线工单",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .note = "当年收到的工单数，由承办单位填报，转办的不重复计",
	    .aliases = "热线工单|转办工单|热线转办工单" },
	{ .id = "disclosure_opening",
	    .label = "上年结转政府信息公开申请",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .note = "上年收到、转入本年办理的件数，等于上年报告的结转下年度办理数" },
	{ .id = "disclosure_pending",
	    .label = "结转下年度办理",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .note = "年底尚未办结、转入下年的政府信息公开申请，没有的填0" },
};

static const struct nb_topic topics[] = {
	{ .id = "rectification", .label = "督察整改" },
	{ .id = "npc_cppcc", .label = "人大政协监督" },
	{ .id = "disputes", .label = "复议应诉" },
	{ .id = "disclosure", .label = "政务公开" },
};

static const struct nb_rule rules[] = {
	{ .code = "received-sum",
	    .relation = "reconsideration_received = reconsideration_accepted + "
	                "reconsideration_not_accepted + reconsideration_otherwise",
	    .message = NB_N("applications received should equal those accepted, not accepted and "
	                    "otherwise handled"),
	    .source = "行政复议法（2023年修订）第三十条" },
	{ .code = "opening-is-last-pending",
	    .relation = "reconsideration_opening = last(reconsideration_pending)",
	    .message = NB_N("cases open from last year should equal last year's pending cases") },
	{ .code = "outcomes-sum",
	    .relation = "reconsideration_concluded = reconsideration_upheld + "
	                "reconsideration_rejected + reconsideration_revoked + "
	                "reconsideration_altered + reconsideration_illegal + "
	                "reconsideration_ordered + reconsideration_mediated + "
	                "reconsideration_withdrawn + reconsideration_other_outcome",
	    .message = NB_N("concluded cases should equal the sum of their outcomes") },
	{ .code = "reconsideration-carry-over",
	    .relation = "reconsideration_accepted + reconsideration_opening = "
	                "reconsideration_concluded + reconsideration_pending",
	    .message = NB_N("cases accepted and open from last year should equal those concluded "
	                    "and pending") },
	{ .code = "litigation-sum",
	    .relation = "litigation_concluded = litigation_won + litigation_lost + "
	                "litigation_withdrawn + litigation_mediated",
	    .message = NB_N("concluded lawsuits should equal the sum of their outcomes") },
	{ .code = "attended-at-most-due",
	    .relation = "hearings_attended <= hearings_due",
	    .message = NB_N("hearings attended should be at most the hearings due"),
	    .source = "行政诉讼法第三条" },
	{ .code = "disclosure-carry-over",
	    .relation = "disclosure_requests + disclosure_opening = "
	                "disclosure_answered + disclosure_pending",
	    .message = NB_N("disclosure requests new and open from last year should equal those "
	                    "answered and pending"),
	    .source = "政府信息公开工作年度报告格式（国办公开办函〔2021〕30号）" },
	{ .code = "disclosure-opening-is-last-pending",
	    .relation = "disclosure_opening = last(disclosure_pending)",
	    .message = NB_N("disclosure requests open from last year should equal last year's "
	                    "pending ones"),
	    .source = "政府信息公开工作年度报告格式（国办公开办函〔2021〕30号）" },
};

static const struct nb_claim claims[] = {
	{ .subject = "行政复议|复议案件",
	    .words = "均已办结|均已审结|全部办结|全部审结|均已结案|全部结案|办结率100%|办结率为100%"
	             "|办结率达100%|办结率达到100%|办结率保持100%|办结率均为100%|审结率100%|"
	             "审结率为100%|审结率达100%|审结率达到100%|审结率保持100%|审结率均为100%",
	    .relation = "reconsideration_accepted + reconsideration_opening = "
	                "reconsideration_concluded" },
	{ .subject = "行政复议|复议案件",
	    .words = "均已办结|均已审结|全部办结|全部审结|均已结案|全部结案|办结率100%|办结率为100%"
	             "|办结率达100%|办结率达到100%|办结率保持100%|办结率均为100%|审结率100%|"
	             "审结率为100%|审结率达100%|审结率达到100%|审结率保持100%|审结率均为100%",
	    .relation = "reconsideration_pending = 0" },
	{ .subject = "行政应诉|行政诉讼|负责人出庭|出庭应诉",
	    .words =
	        "出庭率100%|出庭率为100%|出庭率保持100%|出庭率均为100%|出庭率达100%|出庭率达到100%|"
	        "出庭应诉率100%|出庭应诉率为100%|出庭应诉率保持100%|出庭应诉率均为100%|"
	        "出庭应诉率达100%|出庭应诉率达到100%|全部出庭|均出庭|均已出庭",
	    .relation = "hearings_attended = hearings_due" },
	{ .subject = "行政应诉|行政诉讼|出庭应诉率",
	    .words = "无败诉|零败诉|无一败诉|无一件败诉|无一例败诉|败诉率为零|败诉率为0%",
	    .relation = "litigation_won + litigation_withdrawn + litigation_mediated = "
	                "litigation_concluded" },
	{ .subject = "行政应诉|行政诉讼|出庭应诉率",
	    .words = "无败诉|零败诉|无一败诉|无一件败诉|无一例败诉|败诉率为零|败诉率为0%",
	    .relation = "litigation_lost = 0" },
	{ .subject = "信息公开申请|依申请公开",
	    .words = "均已答复|全部答复|均已办结|全部办结|全部按期办结|全部按时办结|全部按期答复|"
	             "全部按时答复|办结率100%|办结率为100%|办结率达100%|"
	             "办结率达到100%|办结率保持100%|办结率均为100%|答复率100%|答复率为100%|"
	             "答复率达100%|答复率达到100%|答复率保持100%|答复率均为100%",
	    .relation = "disclosure_requests + disclosure_opening = disclosure_answered" },
};

static const struct nb_code codes[] = {
	{ .code = "not-accepted-inside",
	    .severity = NB_ERROR,
	    .meaning = NB_N("applications not accepted, counted among those accepted"),
	    .advice =
	        NB_N("count as accepted only what was accepted; received is the larger figure") },
};

/* The outcomes of reconsideration, in the order of the tables. */
static const char *const outcomes[] = {
	"reconsideration_upheld",
	"reconsideration_rejected",
	"reconsideration_revoked",
	"reconsideration_altered",
	"reconsideration_illegal",
	"reconsideration_ordered",
	"reconsideration_mediated",
	"reconsideration_withdrawn",
	"reconsideration_other_outcome",
};
#define OUTCOMES (sizeof outcomes / sizeof *outcomes)

/* ---- check ----------------------------------------------------------------- */

/* A figure that this check can reckon with. */
struct known {
	int given;      /* "/" is given, and zero */
	int64_t number; /* millionths; 0 if not given */
};

/* Reads a figure. Returns 0 if it is approximate, which proves nothing either way. */
static int read_known(const struct nb_part *part, const char *id, struct known *known)
{
	const struct nb_value *value = nb_part_value(part, id);

	*known = (struct known){ 0, 0 };
	if (!value)
		return 1;
	if (value->quantity.state == NB_APPROXIMATE)
		return 0;
	known->given =
	    value->quantity.state == NB_EXACT || value->quantity.state == NB_NOT_APPLICABLE;
	if (value->quantity.state == NB_EXACT)
		known->number = value->quantity.low;
	return 1;
}

/* The figures of reconsideration that the check below compares. */
struct caseload {
	struct known received, accepted, not_accepted, opening, concluded, pending;
	int64_t outcomes;
	int all_outcomes; /* each of them was given */
};

/* Reads them all. Returns 0 if one is approximate or out of all proportion. */
static int read_caseload(const struct nb_part *part, struct caseload *load)
{
	const int64_t most = NB_UNBOUNDED / 32;

	if (!read_known(part, "reconsideration_received", &load->received) ||
	    !read_known(part, "reconsideration_accepted", &load->accepted) ||
	    !read_known(part, "reconsideration_not_accepted", &load->not_accepted) ||
	    !read_known(part, "reconsideration_opening", &load->opening) ||
	    !read_known(part, "reconsideration_concluded", &load->concluded) ||
	    !read_known(part, "reconsideration_pending", &load->pending))
		return 0;
	if (load->accepted.number > most || load->not_accepted.number > most ||
	    load->opening.number > most || load->pending.number > most)
		return 0;

	load->outcomes = 0;
	load->all_outcomes = 1;
	for (size_t i = 0; i < OUTCOMES; i++) {
		struct known outcome;

		if (!read_known(part, outcomes[i], &outcome) || outcome.number > most)
			return 0;
		load->outcomes += outcome.number;
		load->all_outcomes = load->all_outcomes && outcome.given;
	}
	return 1;
}

/*
 * Whether the cases accepted are accounted for only with those not accepted among them.
 *
 * An application is examined first, and either accepted or refused (不予受理); only what was
 * accepted has an outcome (行政复议法, article 17 until 2023, article 30 since). So
 *
 *     accepted + opening = outcomes + pending
 *
 * and a report in which `accepted + opening = outcomes + pending + not accepted` has counted the
 * refused ones as accepted; its sums add up under a wrong label. A received figure that is larger
 * than the accepted one tells the two apart, and nothing is wrong.
 */
static int counts_refused(const struct caseload *load)
{
	if (!load->accepted.given || load->not_accepted.number == 0 || load->outcomes == 0)
		return 0;
	if (load->received.given && load->received.number != load->accepted.number)
		return 0;
	return load->accepted.number + load->opening.number ==
	       load->outcomes + load->pending.number + load->not_accepted.number;
}

/*
 * Whether nothing unknown can mend it. Outcomes not given may hide cases unless the concluded ones
 * are the sum of the others; pending cases not given may be as many as those not accepted unless
 * all cases are said to be concluded. An unknown opening would only add cases without outcome.
 */
static int is_certain(const struct caseload *load)
{
	int outcomes_known = load->all_outcomes ||
	                     (load->concluded.given && load->concluded.number == load->outcomes);
	int pending_known =
	    load->pending.given ||
	    (load->concluded.given &&
	        load->concluded.number == load->accepted.number + load->opening.number);

	return load->received.given || (outcomes_known && pending_known);
}

static void supervision_check(const struct nb_host *host, const struct nb_part *part)
{
	struct caseload load;

	if (!read_caseload(part, &load) || !counts_refused(&load))
		return;

	const struct nb_value *accepted = nb_part_value(part, "reconsideration_accepted");
	const struct nb_value *refused = nb_part_value(part, "reconsideration_not_accepted");
	const struct nb_finding finding = {
		.code = "not-accepted-inside",
		.severity = is_certain(&load) ? NB_ERROR : NB_WARNING,
		.place = refused->place,
		.subject = "reconsideration_not_accepted",
		.message = NB_N("applications not accepted (%s) should not be counted among those "
		                "accepted (%s): the outcomes only add up with them"),
		.args = { refused->quantity.text, accepted->quantity.text },
	};
	nb_report(host, &finding);
}

/* ---- compose --------------------------------------------------------------- */

/* A table of the outcomes reported, from three on; with fewer a sentence reads better. */
static void supervision_compose(const struct nb_host *host, const struct nb_county *county)
{
	static const char head[] = "| 结果 | 件数 |\n|---|---:|\n";
	const char *labels[OUTCOMES];
	const char *numbers[OUTCOMES];
	size_t count = 0;
	size_t room = sizeof head;

	for (size_t i = 0; i < OUTCOMES; i++) {
		const struct nb_value *value = nb_part_value(county->whole, outcomes[i]);

		if (!value || !nb_is_number(&value->quantity))
			continue;
		for (size_t j = 0; j < sizeof figures / sizeof *figures; j++)
			if (strcmp(figures[j].id, outcomes[i]) == 0)
				labels[count] = figures[j].label;
		numbers[count] = value->quantity.text;
		room += strlen(labels[count]) + strlen(numbers[count]) + strlen("|  |  |\n");
		count++;
	}
	if (count < 3) {
		host->put(host->self, "reconsideration_table", "");
		return;
	}

	char *table = host->alloc(host->self, room);

	strcpy(table, head);
	for (size_t i = 0; i < count; i++) {
		strcat(table, "| ");
		strcat(table, labels[i]);
		strcat(table, " | ");
		strcat(table, numbers[i]);
		strcat(table, " |\n");
	}
	host->put(host->self, "reconsideration_table", table);
}

static const struct nb_chart charts[] = {
	{ .id = "outcomes",
	    .title = "行政复议案件审理结果",
	    .kind = NB_SHARES,
	    .figures = "reconsideration_upheld|reconsideration_rejected|reconsideration_revoked|"
	               "reconsideration_altered|reconsideration_illegal|reconsideration_ordered|"
	               "reconsideration_mediated|reconsideration_withdrawn|reconsideration_other_"
	               "outcome" },
	{ .id = "cases",
	    .title = "行政复议和行政应诉案件",
	    .kind = NB_YEARS,
	    .figures = "reconsideration_received|reconsideration_accepted|reconsideration_"
	               "concluded|litigation_cases|litigation_concluded" },
};

__attribute__((visibility("default"))) const struct nb_chapter nianbao_chapter = {
	NB_CHAPTER_HEAD,
	.id = "supervision",
	.title = "强化制约监督，促进行政权力规范透明运行",
	.version = "0.1.0",
	.numbering = NB_SHI,
	.figures = NB_TABLE(figures),
	.topics = NB_TABLE(topics),
	.rules = NB_TABLE(rules),
	.check = supervision_check,
	.compose = supervision_compose,
	.claims = NB_TABLE(claims),
	.codes = NB_TABLE(codes),
	.charts = NB_TABLE(charts),
};
