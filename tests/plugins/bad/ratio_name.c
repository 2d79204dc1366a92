/* A ratio of a figure that is not there. */
#include <nianbao/plugin.h>

static const struct nb_figure figures[] = {
	{ .id = "parks", .label = "公园" },
	{ .id = "rate",
	    .label = "率",
	    .kind = NB_PERCENT,
	    .combine = NB_RATIO,
	    .ratio = "parks / towns" },
};

const struct nb_chapter nianbao_chapter = { NB_CHAPTER_HEAD, .id = "ratio_name", .title = "指标",
	.figures = NB_TABLE(figures) };
