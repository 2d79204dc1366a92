/* A figure's id with a capital. */
#include <nianbao/plugin.h>

static const struct nb_figure figures[] = {
	{ .id = "Parks", .label = "公园", .unit = "个" },
};

const struct nb_chapter nianbao_chapter = { NB_CHAPTER_HEAD, .id = "figure_id", .title = "指标",
	.figures = NB_TABLE(figures) };
