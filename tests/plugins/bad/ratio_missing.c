/* A ratio of nothing. */
#include <nianbao/plugin.h>

static const struct nb_figure figures[] = {
	{ .id = "rate", .label = "率", .kind = NB_PERCENT, .combine = NB_RATIO },
};

const struct nb_chapter nianbao_chapter = { NB_CHAPTER_HEAD, .id = "ratio_missing", .title = "指标",
	.figures = NB_TABLE(figures) };
