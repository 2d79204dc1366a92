/* A kind from the future. */
#include <nianbao/plugin.h>

static const struct nb_figure figures[] = {
	{ .id = "parks", .label = "公园", .kind = (enum nb_kind)9 },
};

const struct nb_chapter nianbao_chapter = { NB_CHAPTER_HEAD, .id = "figure_kind", .title = "指标",
	.figures = NB_TABLE(figures) };
