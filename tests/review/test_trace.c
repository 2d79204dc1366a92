/* test_trace.c: sentences with numbers, and what each of the numbers is taken for. */
#include "../base/found.h"

#include "base/buf.h"
#include "chapters/plugin_host.h"
#include "review/trace.h"

/* What the department reported. */
static const struct {
	const char *chapter, *id, *value;
} values[] = {
	{ "leadership", "secretary_duties", "13" },
	{ "leadership", "magistrate_duties", "15" },
	{ "decision", "documents_reviewed", "9" },
	{ "decision", "documents_passed", "6" },
	{ "decision", "documents_filed", "6" },
	{ "decision", "documents_kept", "42" },
	{ "decision", "documents_amended", "5" },
	{ "decision", "documents_abolished", "4" },
	{ "decision", "documents_lapsed", "1" },
	{ "decision", "adviser_contracts", "286" },
	{ "decision", "adviser_opinions", "231" },
	{ "enforcement", "county_teams", "5" },
	{ "enforcement", "town_teams", "12" },
	{ "enforcement", "officers_certified", "78" },
	{ "enforcement", "case_files_reviewed", "180" },
	{ "enforcement", "case_files_good", "46" },
	{ "enforcement", "case_files_qualified", "131" },
	{ "enforcement", "permits_granted", "8872" },
	{ "enforcement", "permits_refused", "31" },
	{ "enforcement", "penalties", "301" },
	{ "enforcement", "penalty_amount", "212.6" },
	{ "supervision", "npc_proposals", "58" },
	{ "supervision", "cppcc_proposals", "74" },
	{ "supervision", "reconsideration_received", "62" },
	{ "supervision", "reconsideration_accepted", "51" },
	{ "supervision", "reconsideration_concluded", "49" },
	{ "supervision", "reconsideration_upheld", "14" },
	{ "supervision", "reconsideration_rejected", "6" },
	{ "supervision", "reconsideration_revoked", "3" },
	{ "supervision", "reconsideration_altered", "1" },
	{ "supervision", "reconsideration_illegal", "2" },
	{ "supervision", "reconsideration_ordered", "1" },
	{ "supervision", "reconsideration_other_outcome", "1" },
	{ "supervision", "litigation_cases", "16" },
	{ "supervision", "litigation_won", "11" },
	{ "supervision", "litigation_lost", "2" },
	{ "capacity", "law_studies", "4" },
	{ "capacity", "trainings", "4" },
	{ "capacity", "trained_people", "512" },
	{ "capacity", "publicity_events", "73" },
	{ "capacity", "model_villages_national", "3" },
	{ "capacity", "model_villages_provincial", "9" },
	{ "capacity", "model_villages_municipal", "34" },
	{ "reform", "items_total", "1520" },
	{ "reform", "items_instant", "402" },
	{ "reform", "items_once", "1496" },
};

static struct catalog chapters;
static struct names names;

static void load(void)
{
	const char *built = getenv("NIANBAO_TEST_PLUGINS");
	const char *const folders[] = { built ? built : "build/lib/nianbao", NULL };
	struct findings findings;
	struct err err = { 0 };

	findings_init(&findings, &scratch_arena);
	cr_assert_eq(plugins_load(&scratch_arena, folders, &findings, &chapters, &err), 0);
	names.arena = &scratch_arena;
	for (size_t c = 0; c < chapters.count; c++)
		for (size_t i = 0; i < chapters.chapters[c].figure_count; i++) {
			const struct nb_figure *figure = &chapters.chapters[c].figures[i];
			struct nb_quantity *quantity =
			    arena_alloc(&scratch_arena, sizeof *quantity);
			quantity->text = "";
			for (size_t v = 0; v < COUNT(values); v++)
				if (strcmp(values[v].chapter, chapters.chapters[c].id) == 0 &&
				    strcmp(values[v].id, figure->id) == 0) {
					quantity->state = NB_EXACT;
					quantity->text = values[v].value;
					quantity->low = quantity->high =
					    (int64_t)(strtod(values[v].value, NULL) * NB_UNIT +
					              0.5);
				}
			names_add(&names, &(struct stated){ .chapter = chapters.chapters[c].id,
			                      .figure = figure,
			                      .quantity = quantity,
			                      .department = "sfj",
			                      .place = { "a.ini", 1, 0 } });
		}
	names_index(&names);
}

static void unload(void)
{
	plugins_unload(&chapters);
	arena_release(&scratch_arena);
}

/* What a number is: its figure's id, "!" before one that it contradicts, "sum", "free". */
static void say(void *self, const struct traced *traced)
{
	struct buf *out = self;
	if (traced->number.kind != NUMBER_QUANTITY)
		return;
	if (out->len)
		buf_addc(out, ' ');
	if (traced->status == TRACE_CONTRADICTS)
		buf_addc(out, '!');
	buf_adds(out, traced->status == TRACE_FREE ? "free"
	              : traced->stated             ? traced->stated->figure->id
	                                           : "sum");
}

static const char *traced(const char *chapter, const char *text)
{
	struct findings findings;
	struct buf out = { 0 };
	struct reviewer reviewer = {
		.arena = &scratch_arena, .findings = &findings, .department = "sfj", .year = 2025
	};
	struct tracer tracer = { .reviewer = &reviewer, .own = &names, .each = say, .self = &out };
	struct passage passage = passage_plain(&scratch_arena, PASSAGE_TEXT, text, "a.md", 1, 1);

	findings_init(&findings, &scratch_arena);
	trace_text(&tracer, chapter, &passage, 1, 1);
	const char *said = arena_strdup(&scratch_arena, buf_str(&out));
	buf_release(&out);
	return said;
}

struct sentence {
	const char *chapter, *text, *numbers;
};

static void expect(const struct sentence *sentences, size_t count)
{
	for (size_t i = 0; i < count; i++)
		SAME_TEXT(traced(sentences[i].chapter, sentences[i].text), sentences[i].numbers,
		    sentences[i].text);
}

Test(trace, names_joined_before_one_number, .init = load, .fini = unload)
{
	static const struct sentence sentences[] = {
		{ "supervision", "撤销、变更、确认违法、责令履行共7件。", "sum" },
		{ "supervision", "撤销、变更、确认违法和责令履行职责合计7件。", "sum" },
		{ "supervision", "撤销、变更、确认违法、责令履行共9件。", "free" },
		{ "supervision", "撤销、变更、责令履行共3件。", "free" },
		{ "supervision", "维持、驳回20件。", "sum" },
		{ "supervision", "维持和驳回分别为14件、6件。", "reconsideration_upheld free" },
		{ "supervision", "人大代表建议和全县政协提案共132件。", "free" },
		{ "supervision", "人大代表建议、政协提案共132件。", "sum" },
		{ "supervision", "办理政协提案等132件。", "free" },
		{ "supervision", "办理政协提案和群众建议132件。", "free" },
		{ "enforcement", "优秀和合格案卷共177卷。", "sum" },
		{ "enforcement", "优秀、合格案卷177卷。", "sum" },
		{ "enforcement", "作出准予许可和不予许可决定8903件。", "sum" },
		{ "enforcement", "县级、乡镇综合行政执法队17支。", "free" },
		{ "enforcement", "县乡两级综合行政执法队17支。", "free" },
		{ "decision", "废止和宣布失效5件。", "sum" },
		{ "decision", "出具法律意见书和审查合同517件。", "free" },
		{ "capacity", "国家级、省级民主法治示范村（社区）12个。", "sum" },
		{ "capacity", "省、市级民主法治示范村43个。", "free" },
		{ "reform", "马上办、一次办事项合计1898项。", "sum" },
		{ "leadership", "县委书记、县长职责清单共28项。", "free" },
		/* What joins behind another number, or joins verbs, takes nothing away. */
		{ "supervision", "人大代表建议58件和政协提案75件。",
		    "npc_proposals !cppcc_proposals" },
		{ "capacity", "组织和开展法治宣传活动74场。", "!publicity_events" },
		{ "capacity", "结合招聘会、企业走访开展法治宣传活动74场。", "!publicity_events" },
	};

	expect(sentences, COUNT(sentences));
}

Test(trace, approximate_numbers, .init = load, .fini = unload)
{
	static const struct sentence sentences[] = {
		{ "enforcement", "办理行政处罚约310宗。", "penalties" },
		{ "enforcement", "办理行政处罚300宗左右。", "penalties" },
		{ "enforcement", "办理行政处罚近310宗。", "penalties" },
		{ "enforcement", "办理行政处罚300余宗。", "penalties" },
		{ "enforcement", "办理行政处罚约1000宗。", "!penalties" },
		{ "enforcement", "办理行政处罚近400宗。", "free" },
		{ "enforcement", "现有持证执法人员近100人。", "free" },
		{ "enforcement", "罚没金额约300万元。", "free" },
		{ "enforcement", "罚没金额约210万元。", "penalty_amount" },
		{ "enforcement", "办理行政处罚290至310宗。", "penalties" },
	};

	expect(sentences, COUNT(sentences));
}

Test(trace, foreign_units, .init = load, .fini = unload)
{
	static const struct sentence sentences[] = {
		{ "enforcement", "办理行政处罚301人。", "free" },
		{ "enforcement", "办理行政处罚301件。", "penalties" },
		{ "capacity", "举办依法行政培训班，培训512人。", "free" },
		{ "capacity", "举办依法行政培训班，培训512人次。", "trained_people" },
	};

	expect(sentences, COUNT(sentences));
}

Test(trace, numbers_of_another_subject, .init = load, .fini = unload)
{
	static const struct sentence sentences[] = {
		{ "supervision", "受理的51件中，涉及自然资源领域23件、公安领域18件、其他10件。",
		    "reconsideration_accepted free free free" },
		{ "supervision", "民商事诉讼案件胜诉6件、败诉3件。", "free free" },
		{ "supervision", "房屋租赁纠纷胜诉6件、败诉3件。", "free free" },
		{ "decision", "开展涉民营经济规范性文件专项清理1次，废止3件、修改2件。",
		    "free free free" },
		{ "decision", "部门规范性文件备案审查7件。", "free" },
		{ "enforcement", "其他执法单位自行评查案卷320卷。", "free" },
		{ "capacity", "各单位自行组织培训班46期，培训3100人次。", "free free" },
		{ "capacity", "党组理论学习中心组全年学习12次，其中学法4次。", "free free" },
		{ "capacity", "理论学习中心组学习12次共6天3人次，其中学法4次。", "free free free" },
		{ "reform", "依申请政务服务事项进驻大厅1486项。", "free" },
		{ "decision", "党内规范性文件备案12件。", "free" },
		{ "decision", "行政执法类文件清理中，废止3件，保留40件。", "free free" },
		{ "capacity", "各类培训班共12期，培训1200人次。", "free free" },
		{ "supervision", "市中级人民法院受理行政诉讼案件21件。", "free" },
		{ "reform", "乡镇政务服务事项86项，村级政务服务事项31项。", "free free" },
		/* The same names of the figure's own subject. */
		{ "supervision", "行政应诉案件16件，其中胜诉11件、败诉3件。",
		    "litigation_cases litigation_won !litigation_lost" },
		{ "supervision", "全年胜诉11件、败诉3件。", "litigation_won !litigation_lost" },
		{ "decision", "开展规范性文件专项清理2次，废止3件、修改5件。",
		    "free !documents_abolished documents_amended" },
		{ "decision", "规范性文件备案7件。", "!documents_filed" },
		{ "enforcement", "全年评查案卷320卷。", "!case_files_reviewed" },
		{ "capacity", "举办培训班4期，培训520人次。", "trainings !trained_people" },
		{ "capacity", "党组理论学习中心组全年学习12次。", "!law_studies" },
		{ "reform", "政务服务事项1486项。", "!items_total" },
	};

	expect(sentences, COUNT(sentences));
}
