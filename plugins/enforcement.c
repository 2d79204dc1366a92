/*
 * enforcement.c: chapter on administrative enforcement (行政执法): teams, officers, permits,
 * penalties by class, and leniency for first and slight offences.
 */
#include <nianbao/plugin.h>

static const struct nb_column leniency_columns[] = {
	{ .id = "unit", .label = "单位", .kind = NB_TEXT, .required = 1 },
	{ .id = "items", .label = "事项数", .kind = NB_COUNT, .required = 1 },
};

static const struct nb_list lists[] = {
	{ .id = "leniency", .label = "包容免罚事项台账", .columns = NB_TABLE(leniency_columns) },
};

static const struct nb_figure figures[] = {
	{ .id = "county_teams",
	    .label = "县级综合行政执法队",
	    .unit = "支",
	    .kind = NB_COUNT,
	    .combine = NB_ONE,
	    .flags = NB_LISTED,
	    .note = "年底挂牌运行的县级综合行政执法队数",
	    .aliases = "综合行政执法队|综合执法队" },
	{ .id = "towns",
	    .label = "乡镇总数",
	    .unit = "个",
	    .kind = NB_COUNT,
	    .combine = NB_ONE,
	    .note = "包括乡、镇和承担执法职责的街道",
	    .aliases = "乡镇" },
	{ .id = "town_teams",
	    .label = "乡镇综合行政执法队",
	    .unit = "个",
	    .kind = NB_COUNT,
	    .combine = NB_ONE,
	    .note = "已挂牌的乡镇综合行政执法队数",
	    .aliases = "乡镇综合执法队|综合执法队" },
	{ .id = "officers_certified",
	    .label = "持证执法人员",
	    .unit = "人",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .flags = NB_EXPECTED,
	    .note = "年底持有效行政执法证件的在岗人数",
	    .aliases = "执法人员持证|持证上岗|持证人员" },
	{ .id = "certificates_new",
	    .label = "新申领执法证",
	    .unit = "人",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .note = "当年新取得执法证件且年底仍在岗的人数，换发证件不计",
	    .aliases = "申领行政执法证|申领执法证|新取得执法证|申领行政执法证件" },
	{ .id = "trainings",
	    .label = "执法培训",
	    .unit = "期",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .flags = NB_EXPECTED,
	    .aliases = "行政执法大讲堂" },
	{ .id = "exams",
	    .label = "执法资格考试",
	    .unit = "批",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .note = "按组织考试的批次计，由组织单位填报",
	    .aliases = "行政执法资格考试" },
	{ .id = "inspections",
	    .label = "执法监督检查",
	    .unit = "次",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .note = "指对行政执法工作的监督检查，不是对行政相对人的检查",
	    .aliases = "专项监督检查" },
	{ .id = "case_files_reviewed",
	    .label = "案卷评查",
	    .unit = "卷",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .flags = NB_EXPECTED,
	    .note = "由组织评查的单位填报，等于优秀、合格、不合格案卷之和",
	    .aliases = "评查案卷" },
	{ .id = "case_files_good",
	    .label = "优秀案卷",
	    .unit = "卷",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .aliases = "优秀" },
	{ .id = "case_files_qualified",
	    .label = "合格案卷",
	    .unit = "卷",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .note = "不包括评为优秀的案卷",
	    .aliases = "合格" },
	{ .id = "case_files_unqualified",
	    .label = "不合格案卷",
	    .unit = "卷",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .aliases = "不合格" },
	{ .id = "leniency_units",
	    .label = "实行包容免罚单位",
	    .unit = "个",
	    .kind = NB_COUNT,
	    .combine = NB_ONE,
	    .note = "已公布包容免罚清单的执法单位数，一个单位一行列入台账",
	    .aliases = "包容免罚单位|行政执法单位|单位列入|单位公布" },
	{ .id = "leniency_items",
	    .label = "包容免罚事项",
	    .unit = "项",
	    .kind = NB_COUNT,
	    .combine = NB_ONE,
	    .note = "各单位包容免罚清单所列事项之和",
	    .aliases = "包容免罚清单|免罚事项" },
	{ .id = "leniency_cases",
	    .label = "包容免罚案件",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .note = "当年依清单不予处罚的案件",
	    .aliases = "免罚案件|适用免罚|包容免罚" },
	{ .id = "permits_applied",
	    .label = "行政许可申请",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .flags = NB_EXPECTED,
	    .note = "当年收到的许可申请",
	    .aliases = "收到行政许可申请|许可申请" },
	{ .id = "permits_accepted",
	    .label = "行政许可受理",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .flags = NB_EXPECTED,
	    .note = "当年作出受理决定的许可申请",
	    .aliases = "受理行政许可|受理许可|许可受理|受理" },
	{ .id = "permits_granted",
	    .label = "准予许可",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .flags = NB_EXPECTED,
	    .note = "当年作出准予许可决定的件数，包括上年受理、当年办结的",
	    .aliases = "准予行政许可" },
	{ .id = "permits_refused",
	    .label = "不予许可",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .note = "当年作出不予许可决定的件数，不包括不予受理",
	    .aliases = "不予行政许可" },
	{ .id = "penalties",
	    .label = "行政处罚",
	    .unit = "宗",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .flags = NB_EXPECTED,
	    .note = "当年作出处罚决定的案件，一案并处多种处罚的计一宗，计入其中最重的种类；各栏分别"
	            "计数的请注明统计口径",
	    .aliases = "办结行政处罚|作出行政处罚" },
	{ .id = "penalties_warning",
	    .label = "警告、通报批评",
	    .unit = "宗",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .note = "按案统计的，只计单处的案件",
	    .aliases = "警告" },
	{ .id = "penalties_fine",
	    .label = "罚款",
	    .unit = "宗",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .note = "按案统计的，并处更重种类的不计入本栏" },
	{ .id = "penalties_confiscation",
	    .label = "没收违法所得、非法财物",
	    .unit = "宗",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .note = "按案统计的，没收并处罚款的计入本栏",
	    .aliases = "没收" },
	{ .id = "penalties_licence",
	    .label = "暂扣、吊销许可证件、降低资质",
	    .unit = "宗",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .aliases = "暂扣或者吊销许可证件|暂扣许可证件|吊销许可证件|降低资质等级" },
	{ .id = "penalties_business",
	    .label = "限制或责令停产停业、关闭、限制从业",
	    .unit = "宗",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .aliases = "责令停产停业|责令停产整治|限制从业" },
	{ .id = "penalties_detention",
	    .label = "行政拘留",
	    .unit = "宗",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .aliases = "拘留" },
	{ .id = "penalties_other",
	    .label = "其他行政处罚",
	    .unit = "宗",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .note = "按案统计的，并处其他明确种类的计入该种类" },
	{ .id = "penalty_amount",
	    .label = "罚没金额",
	    .unit = "万元",
	    .kind = NB_AMOUNT,
	    .combine = NB_SUM,
	    .flags = NB_EXPECTED,
	    .note = "以万元为单位，按处罚决定书计，没收物品不能确定金额的不计",
	    .aliases = "罚没款|罚没" },
	{ .id = "permits_opening",
	    .label = "上年结转许可申请",
	    .unit = "件",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .note = "上年受理、年底尚未作出决定而转入本年的件数，没有的填0" },
	{ .id = "penalties_counting",
	    .label = "行政处罚统计口径",
	    .kind = NB_TEXT,
	    .combine = NB_ONE,
	    .note = "填按案或者按种类：按案的一案多罚计一宗，计入最重的种类，不填视为按案；按种类的"
	            "各栏分别计数" },
};

static const struct nb_topic topics[] = {
	{ .id = "system", .label = "执法体制" },
	{ .id = "three_systems", .label = "三项制度" },
	{ .id = "officers", .label = "执法队伍" },
	{ .id = "permits", .label = "行政许可" },
	{ .id = "penalties", .label = "行政处罚" },
	{ .id = "leniency", .label = "包容免罚" },
};

static const struct nb_rule rules[] = {
	{ .code = "town-teams-at-most-towns",
	    .relation = "town_teams <= towns",
	    .message = NB_N("towns with an enforcement team should be at most all towns") },
	{ .code = "new-at-most-certified",
	    .relation = "certificates_new <= officers_certified",
	    .message = NB_N("new certificates should be at most the certified officers") },
	{ .code = "case-files-sum",
	    .relation = "case_files_reviewed = case_files_good + case_files_qualified + "
	                "case_files_unqualified",
	    .message = NB_N("case files reviewed should equal the sum of their grades") },
	{ .code = "leniency-rows",
	    .relation = "leniency_units = rows(leniency)",
	    .message = NB_N("units practising leniency should equal the rows of their list") },
	{ .code = "leniency-items-sum",
	    .relation = "leniency_items = sum(leniency.items)",
	    .message = NB_N("leniency items should equal the sum of the list's items") },
	{ .code = "accepted-at-most-applied",
	    .relation = "permits_accepted <= permits_applied",
	    .message = NB_N("permit applications accepted should be at most those made"),
	    .source = "行政许可法第三十二条" },
	{ .code = "permits-decided-at-most-open",
	    .relation = "permits_granted + permits_refused <= permits_accepted + permits_opening",
	    .message = NB_N("permits granted and refused should be at most those accepted and "
	                    "those open from last year"),
	    .source = "行政许可法第三十八条" },
};

static const struct nb_claim claims[] = {
	{ .subject = "综合行政执法队|综合执法队",
	    .words = "全覆盖|均已设立|均设立|全部设立|均已组建|全部组建|均已挂牌",
	    .relation = "town_teams = towns" },
	{ .subject = "案卷",
	    .words = "未发现不合格案卷|没有发现不合格案卷|无不合格案卷|全部合格|均合格|均为合格|"
	             "无不合格",
	    .relation = "case_files_reviewed = case_files_good + case_files_qualified" },
	{ .subject = "案卷",
	    .words = "未发现不合格案卷|没有发现不合格案卷|无不合格案卷|全部合格|均合格|均为合格|"
	             "无不合格",
	    .relation = "case_files_unqualified = 0" },
	{ .subject = "行政许可申请|许可申请",
	    .words = "全部受理|均予受理|均已受理|受理率100%|受理率为100%|受理率达100%|"
	             "受理率达到100%|受理率保持100%|受理率均为100%",
	    .relation = "permits_accepted = permits_applied" },
};

static const struct nb_code codes[] = {
	{ .code = "penalties-counting",
	    .severity = NB_WARNING,
	    .meaning = NB_N("an unknown way of counting penalties"),
	    .advice = NB_N("write 按案 or 按种类, or leave it empty for 按案") },
	{ .code = "penalties-sum",
	    .severity = NB_ERROR,
	    .meaning = NB_N("penalties that do not agree with their classes"),
	    .advice =
	        NB_N("compare with the yearly statistics of enforcement, or say by which rule "
	             "they are counted") },
	{ .code = "class-at-most-penalties",
	    .severity = NB_ERROR,
	    .meaning = NB_N("more penalties of one class than there are penalties"),
	    .advice = NB_N("compare with the yearly statistics of enforcement") },
	{ .code = "amount-without-fines",
	    .severity = NB_ERROR,
	    .meaning = NB_N("money from penalties without fines or confiscations"),
	    .advice = NB_N("give the number of fines and confiscations, or correct the amount") },
};

/*
 * The classes of penalties (行政处罚法第九条), in the order of the yearly statistics of
 * enforcement. The heavy ones weigh more than fines and confiscations; other penalties give way to
 * any class that has a name.
 */
static const char *const classes[] = {
	"penalties_warning",
	"penalties_fine",
	"penalties_confiscation",
	"penalties_licence",
	"penalties_business",
	"penalties_detention",
	"penalties_other",
};
static const char *const heavy_classes[] = {
	"penalties_licence",
	"penalties_business",
	"penalties_detention",
};
#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* What a case with several penalties counts as. The rule belongs to the table it is taken from. */
enum counting {
	COUNTING_BY_CASE,  /* 按案: one, in the heaviest class */
	COUNTING_BY_CLASS, /* 按种类: one in every class it belongs to */
	COUNTING_UNKNOWN
};

/* All a figure may be, in millionths. */
struct range {
	int64_t low;
	int64_t high; /* NB_UNBOUNDED: unknown */
	int approximate;
};

static int64_t add(int64_t a, int64_t b)
{
	return a > NB_UNBOUNDED - b ? NB_UNBOUNDED : a + b;
}

/* What a figure may be: "/" is none, a figure not given is anything. */
static struct range range_of(const struct nb_part *part, const char *id)
{
	const struct nb_value *value = nb_part_value(part, id);

	if (value && nb_is_number(&value->quantity))
		return (struct range){ value->quantity.low, value->quantity.high,
			value->quantity.state == NB_APPROXIMATE };
	if (value && value->quantity.state == NB_NOT_APPLICABLE)
		return (struct range){ 0, 0, 0 };
	return (struct range){ 0, NB_UNBOUNDED, 0 };
}

static struct range sum_of(const struct nb_part *part, const char *const *ids, size_t count)
{
	struct range sum = { 0, 0, 0 };

	for (size_t i = 0; i < count; i++) {
		struct range one = range_of(part, ids[i]);

		sum.low = add(sum.low, one.low);
		sum.high = add(sum.high, one.high);
		sum.approximate |= one.approximate;
	}
	return sum;
}

/* The classes given, as "12175+94929", in the host's memory. */
static const char *classes_text(const struct nb_host *host, const struct nb_part *part)
{
	size_t room = 1;

	for (size_t i = 0; i < COUNT_OF(classes); i++) {
		const struct nb_value *value = nb_part_value(part, classes[i]);

		room += value ? strlen(value->quantity.text) + 1 : 0;
	}

	char *text = host->alloc(host->self, room);

	for (size_t i = 0; i < COUNT_OF(classes); i++) {
		const struct nb_value *value = nb_part_value(part, classes[i]);

		if (!value || !nb_is_number(&value->quantity))
			continue;
		if (*text)
			strcat(text, "+");
		strcat(text, value->quantity.text);
	}
	return *text ? text : "0";
}

/* How the part counts; other words than the two are a finding. */
static enum counting counting_of(const struct nb_host *host, const struct nb_part *part)
{
	const struct nb_value *value = nb_part_value(part, "penalties_counting");

	if (!value || value->quantity.state != NB_WORDS ||
	    strcmp(value->quantity.text, "按案") == 0)
		return COUNTING_BY_CASE;
	if (strcmp(value->quantity.text, "按种类") == 0)
		return COUNTING_BY_CLASS;

	const struct nb_finding finding = {
		.code = "penalties-counting",
		.severity = NB_WARNING,
		.place = value->place,
		.subject = "penalties_counting",
		.message = NB_N("the way penalties are counted should be 按案 (by case) or 按种类 "
		                "(by class), not '%s'"),
		.args = { value->quantity.text },
	};
	nb_report(host, &finding);
	return COUNTING_UNKNOWN;
}

static const char *class_label(const char *id)
{
	for (size_t i = 0; i < COUNT_OF(figures); i++)
		if (strcmp(figures[i].id, id) == 0)
			return figures[i].label;
	return id;
}

/*
 * Penalties against their classes. By case, the yearly statistics count a case once, in its
 * heaviest class: total and sum are equal. By class, a case counts at least once in the sum and
 * at most once in each class. With approximate values, whose bounds are a reading of words, it is
 * a warning.
 */
static void check_sum(
    const struct nb_host *host, const struct nb_part *part, enum counting counting)
{
	const struct nb_value *value = nb_part_value(part, "penalties");
	struct range total = range_of(part, "penalties");
	struct range sum = sum_of(part, classes, COUNT_OF(classes));

	if (!value || counting == COUNTING_UNKNOWN)
		return;

	struct nb_finding finding = {
		.code = "penalties-sum",
		.severity = total.approximate || sum.approximate ? NB_WARNING : NB_ERROR,
		.place = value->place,
		.subject = "penalties",
		.args = { value->quantity.text },
	};

	if (counting == COUNTING_BY_CASE && (sum.low > total.high || sum.high < total.low)) {
		finding.message = NB_N("penalties counted by case should equal the sum of their "
		                       "classes: %s ≠ %s");
		finding.args[1] = classes_text(host, part);
		nb_report(host, &finding);
	}
	if (counting == COUNTING_BY_CLASS && sum.high < total.low) {
		finding.message = NB_N("penalties counted by class should be at most the sum of "
		                       "their classes: %s > %s");
		finding.args[1] = classes_text(host, part);
		nb_report(host, &finding);
	}
	for (size_t i = 0; counting == COUNTING_BY_CLASS && i < COUNT_OF(classes); i++) {
		if (range_of(part, classes[i]).low <= total.high)
			continue;

		const struct nb_value *one = nb_part_value(part, classes[i]);

		finding.code = "class-at-most-penalties";
		finding.place = one->place;
		finding.subject = classes[i];
		finding.message = NB_N("penalties of one class (%s, %s) should be at most all "
		                       "penalties (%s)");
		finding.args[0] = class_label(classes[i]);
		finding.args[1] = one->quantity.text;
		finding.args[2] = value->quantity.text;
		nb_report(host, &finding);
	}
}

/*
 * Money comes from fines and confiscations; the amount is that of the year's decisions. By case
 * these may hide in heavier classes, such as a licence withdrawn and a fine: with such cases
 * nothing is said, and as long as nobody says there are none it is a warning.
 */
static void check_amount(
    const struct nb_host *host, const struct nb_part *part, enum counting counting)
{
	const struct nb_value *amount = nb_part_value(part, "penalty_amount");
	struct range heavy = { 0, 0, 0 };

	if (!amount || range_of(part, "penalty_amount").low <= 0)
		return;
	if (range_of(part, "penalties_fine").high > 0 ||
	    range_of(part, "penalties_confiscation").high > 0)
		return;
	if (counting != COUNTING_BY_CLASS)
		heavy = sum_of(part, heavy_classes, COUNT_OF(heavy_classes));
	if (heavy.low > 0)
		return;

	const struct nb_finding finding = {
		.code = "amount-without-fines",
		.severity = heavy.high == 0 ? NB_ERROR : NB_WARNING,
		.place = amount->place,
		.subject = "penalty_amount",
		.message = NB_N("an amount of fines and confiscations (%s) should come with fines "
		                "or confiscations, both of which are zero"),
		.args = { amount->quantity.text },
	};
	nb_report(host, &finding);
}

/*
 * Departments only: the county's sums are made of departments of which some gave totals without
 * classes, so there an equality may fail with nothing wrong.
 */
static void enforcement_check(const struct nb_host *host, const struct nb_part *part)
{
	enum counting counting = counting_of(host, part);

	check_sum(host, part, counting);
	check_amount(host, part, counting);
}

static const struct nb_chart charts[] = {
	{ .id = "permits",
	    .title = "行政许可办理情况",
	    .kind = NB_YEARS,
	    .figures = "permits_applied|permits_accepted|permits_granted|permits_refused" },
	{ .id = "penalties",
	    .title = "行政处罚种类",
	    .kind = NB_BARS,
	    .figures = "penalties_warning|penalties_fine|penalties_confiscation|penalties_licence|"
	               "penalties_business|penalties_detention|penalties_other" },
};

__attribute__((visibility("default"))) const struct nb_chapter nianbao_chapter = {
	NB_CHAPTER_HEAD,
	.id = "enforcement",
	.title = "完善执法体系，严格规范公正文明执法",
	.version = "0.1.0",
	.numbering = NB_SHI,
	.figures = NB_TABLE(figures),
	.lists = NB_TABLE(lists),
	.topics = NB_TABLE(topics),
	.rules = NB_TABLE(rules),
	.check = enforcement_check,
	.claims = NB_TABLE(claims),
	.codes = NB_TABLE(codes),
	.charts = NB_TABLE(charts),
};
