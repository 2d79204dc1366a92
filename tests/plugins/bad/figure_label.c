/* A figure that the forms cannot print. */
#include <nianbao/plugin.h>

static const struct nb_figure figures[] = {
	{ .id = "parks", .unit = "个" },
};

const struct nb_chapter nianbao_chapter = { NB_CHAPTER_HEAD, .id = "figure_label", .title = "指标",
	.figures = NB_TABLE(figures) };
