/* A relation with a list that is not there. */
#include <nianbao/plugin.h>

static const struct nb_figure figures[] = {
	{ .id = "parks", .label = "公园", .unit = "个" },
	{ .id = "trees", .label = "树", .unit = "棵" },
};

static const struct nb_rule rules[] = {
	{ .code = "rows", .relation = "parks = rows(parks_list)", .message = NB_N("a row a park") },
};

const struct nb_chapter nianbao_chapter = { NB_CHAPTER_HEAD, .id = "rule_list", .title = "规则",
	.figures = NB_TABLE(figures), .rules = NB_TABLE(rules) };
