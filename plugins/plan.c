/*
 * plan.c: chapter on next year's work; only prose, so only a topic.
 */
#include <nianbao/plugin.h>

static const struct nb_topic topics[] = {
	{ .id = "measures", .label = "工作安排" },
};

__attribute__((visibility("default"))) const struct nb_chapter nianbao_chapter = {
	NB_CHAPTER_HEAD,
	.id = "plan",
	.title = "下一年度工作安排",
	.version = "0.1.0",
	.numbering = NB_SHI,
	.topics = NB_TABLE(topics),
};
