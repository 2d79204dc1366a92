/* A figure with the name of the key for the prose. */
#include <nianbao/plugin.h>

static const struct nb_figure figures[] = {
	{ .id = "narrative", .label = "文字", .kind = NB_TEXT },
};

const struct nb_chapter nianbao_chapter = { NB_CHAPTER_HEAD, .id = "figure_narrative",
	.title = "指标", .figures = NB_TABLE(figures) };
