/*
 * leadership.c: chapter on the Party's leadership and the first leaders' duty for building the
 * rule of law (党的领导与第一责任人).
 */
#include <nianbao/plugin.h>

static const struct nb_column meeting_columns[] = {
	{ .id = "date", .label = "日期", .kind = NB_DATE, .required = 1, .of_year = 1 },
	{ .id = "title", .label = "议题", .kind = NB_TEXT, .required = 1 },
	{ .id = "decided", .label = "议定事项", .kind = NB_TEXT },
};

static const struct nb_list lists[] = {
	{ .id = "meetings", .label = "研究法治议题会议台账", .columns = NB_TABLE(meeting_columns) },
};

static const struct nb_figure figures[] = {
	{ .id = "secretary_duties",
	    .label = "县委书记第一责任人职责清单",
	    .unit = "项",
	    .kind = NB_COUNT,
	    .combine = NB_ONE,
	    .note = "以县委印发的现行清单列明的职责条目数为准",
	    .aliases = "县委书记|党委书记" },
	{ .id = "magistrate_duties",
	    .label = "县长第一责任人职责清单",
	    .unit = "项",
	    .kind = NB_COUNT,
	    .combine = NB_ONE,
	    .note = "以县政府印发的现行清单列明的职责条目数为准",
	    .aliases = "县长|县政府主要负责人" },
	{ .id = "coordination_groups",
	    .label = "协调小组",
	    .unit = "个",
	    .kind = NB_COUNT,
	    .combine = NB_ONE,
	    .note = "指县委全面依法治县委员会下设的协调小组" },
	{ .id = "meetings_on_law",
	    .label = "常委会和政府常务会议研究法治议题",
	    .unit = "次",
	    .kind = NB_COUNT,
	    .combine = NB_ONE,
	    .flags = NB_EXPECTED,
	    .note = "县委常委会会议与政府常务会议合计，一次会议研究多个议题的计一次，台账列一行",
	    .aliases = "研究法治议题|研究法治建设议题|研究法治建设工作" },
	{ .id = "study_before_meetings",
	    .label = "会前学法",
	    .unit = "次",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .flags = NB_EXPECTED,
	    .note = "党组（党委）会、办公会前学法的次数，政府常务会议的由县政府办填报" },
	{ .id = "reporting_units",
	    .label = "年终述法单位",
	    .unit = "家",
	    .kind = NB_COUNT,
	    .combine = NB_ONE,
	    .flags = NB_EXPECTED,
	    .note = "主要负责人在年终述职中一并述法的单位数，由依法治县办统一填报",
	    .aliases = "述法单位|单位主要负责人开展年终述法|年终述法" },
	{ .id = "inspections",
	    .label = "法治督察",
	    .unit = "次",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .flags = NB_EXPECTED,
	    .note = "由组织开展督察的单位填报，被督察的单位不重复填报",
	    .aliases = "开展法治督察" },
	{ .id = "problems_found",
	    .label = "督察发现问题",
	    .unit = "个",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .note = "当年督察发现的问题，由组织督察的单位填报",
	    .aliases = "发现问题|督察反馈问题" },
	{ .id = "problems_fixed",
	    .label = "已整改问题",
	    .unit = "个",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .note = "当年督察发现的问题中年底前已整改到位的个数",
	    .aliases = "完成整改|整改到位|已整改" },
	{ .id = "fix_rate",
	    .label = "整改率",
	    .unit = "%",
	    .kind = NB_PERCENT,
	    .combine = NB_RATIO,
	    .ratio = "problems_fixed / problems_found",
	    .note = "已整改问题除以督察发现问题",
	    .aliases = "整改完成率" },
};

static const struct nb_topic topics[] = {
	{ .id = "organization", .label = "组织领导" },
	{ .id = "first_duty", .label = "第一责任人" },
	{ .id = "reporting", .label = "述法考核" },
	{ .id = "inspection", .label = "法治督察" },
	{ .id = "model", .label = "示范创建" },
};

static const struct nb_rule rules[] = {
	{ .code = "meetings-rows",
	    .relation = "meetings_on_law = rows(meetings)",
	    .message = NB_N("meetings on law should equal the rows of their list") },
	{ .code = "fixed-at-most-found",
	    .relation = "problems_fixed <= problems_found",
	    .message = NB_N("problems fixed should be at most the problems found"),
	    .source = "法治政府建设与责任落实督察工作规定" },
};

static const struct nb_claim claims[] = {
	{ .subject = "问题",
	    .words = "全部整改|均已整改|全部完成整改|均已完成整改|全部整改到位|整改率100%|"
	             "整改率为100%|整改率达100%|整改率达到100%|整改率保持100%|整改率均为100%|"
	             "整改完成率100%|整改完成率为100%|整改完成率达100%|整改完成率达到100%|"
	             "整改完成率保持100%|整改完成率均为100%",
	    .relation = "problems_fixed = problems_found" },
};

static const struct nb_code codes[] = {
	{ .code = "reporting-units",
	    .severity = NB_WARNING,
	    .meaning = NB_N("more units reporting on the law than there are departments"),
	    .advice = NB_N("compare with the list of units that reported") },
};

/* A number as decimal digits, in the host's memory. */
static const char *digits(const struct nb_host *host, size_t number)
{
	char *text = host->alloc(host->self, 24);
	char *at = text + 23;

	do {
		*--at = (char)('0' + number % 10);
		number /= 10;
	} while (number > 0);
	return at;
}

/*
 * More units reporting on the law than there are departments is doubtful, but no more than that:
 * an office may count units that hand in nothing of their own.
 */
static void leadership_reconcile(const struct nb_host *host, const struct nb_county *county)
{
	const struct nb_value *units = nb_part_value(county->whole, "reporting_units");

	if (!units || !nb_is_number(&units->quantity) || county->departments == 0)
		return;
	if (units->quantity.low / NB_UNIT <= (int64_t)county->departments)
		return;

	const struct nb_finding finding = {
		.code = "reporting-units",
		.severity = NB_WARNING,
		.place = units->place,
		.subject = "reporting_units",
		.message = NB_N("units reporting on the law (%s) should be at most the "
		                "departments of the workspace (%s)"),
		.args = { units->quantity.text, digits(host, county->departments) },
	};
	nb_report(host, &finding);
}

__attribute__((visibility("default"))) const struct nb_chapter nianbao_chapter = {
	NB_CHAPTER_HEAD,
	.id = "leadership",
	.title = "坚持党的领导，压实法治建设第一责任人职责",
	.version = "0.1.0",
	.numbering = NB_SHI,
	.figures = NB_TABLE(figures),
	.lists = NB_TABLE(lists),
	.topics = NB_TABLE(topics),
	.rules = NB_TABLE(rules),
	.reconcile = leadership_reconcile,
	.claims = NB_TABLE(claims),
	.codes = NB_TABLE(codes),
};
