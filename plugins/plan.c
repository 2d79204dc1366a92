/*
 * plan.c: chapter on next year's work: only prose, which should name something that can be looked
 * up a year later.
 */
#include <nianbao/plugin.h>

static const struct nb_topic topics[] = {
	{ .id = "measures", .label = "工作安排" },
};

static const struct nb_code codes[] = {
	{ .code = "no-item",
	    .severity = NB_WARNING,
	    .meaning = NB_N("a plan without anything concrete"),
	    .advice = NB_N("name a document, a measure, a number or a date that can be checked a "
	                   "year later") },
};

/* What is done once and then is there: a document, a number, a day, a deed. */
static const char *const concrete_words[] = { "《", "制定", "制发", "出台", "印发", "修订", "编制",
	"建成", "建立", "选派", "配备", "举办", "公布", "清理", "评估", "评查", "设立", "组建",
	"试点", "轮训", "调取", "抽查", "季度", "月底", "年底", "上半年", "下半年", "开展",
	"组织" };

static int is_concrete(const char *text)
{
	for (size_t i = 0; i < sizeof concrete_words / sizeof *concrete_words; i++)
		if (strstr(text, concrete_words[i]))
			return 1;
	return strpbrk(text, "0123456789") != NULL;
}

/* Generous on purpose: one concrete point is enough for a department. */
static void plan_check(const struct nb_host *host, const struct nb_part *part)
{
	int concrete = is_concrete(nb_part_opening(part));

	for (size_t i = 0; i < part->point_count; i++)
		concrete = concrete || is_concrete(part->points[i].headline) ||
		           is_concrete(part->points[i].body);
	if (concrete || (part->point_count == 0 && !*nb_part_opening(part)))
		return;

	const struct nb_finding finding = {
		.code = "no-item",
		.severity = NB_WARNING,
		.place = part->place,
		.subject = "plan",
		.message = NB_N("the plan should name something concrete: a document, a measure, a "
		                "number or a date"),
	};
	nb_report(host, &finding);
}

__attribute__((visibility("default"))) const struct nb_chapter nianbao_chapter = {
	NB_CHAPTER_HEAD,
	.id = "plan",
	.title = "下一年度工作安排",
	.version = "0.1.0",
	.numbering = NB_SHI,
	.topics = NB_TABLE(topics),
	.check = plan_check,
	.codes = NB_TABLE(codes),
};
