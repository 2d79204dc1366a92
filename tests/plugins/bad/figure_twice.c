/* Two figures of one id. */
#include <nianbao/plugin.h>

static const struct nb_figure figures[] = {
	{ .id = "parks", .label = "公园", .unit = "个" },
	{ .id = "trees", .label = "树", .unit = "棵" },
	{ .id = "parks", .label = "公园绿地", .unit = "处" },
};

const struct nb_chapter nianbao_chapter = { NB_CHAPTER_HEAD, .id = "figure_twice", .title = "指标",
	.figures = NB_TABLE(figures) };
