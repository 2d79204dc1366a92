/* A relation between a figure and nothing. */
#include <nianbao/plugin.h>

static const struct nb_figure figures[] = {
	{ .id = "parks", .label = "公园", .unit = "个" },
	{ .id = "trees", .label = "树", .unit = "棵" },
};

static const struct nb_rule rules[] = {
	{ .code = "shade", .relation = "parks <= bushes", .message = NB_N("parks need bushes") },
};

const struct nb_chapter nianbao_chapter = { NB_CHAPTER_HEAD, .id = "rule_name", .title = "规则",
	.figures = NB_TABLE(figures), .rules = NB_TABLE(rules) };
