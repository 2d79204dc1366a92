/* A chart of one figure, which compares nothing. */
#include <nianbao/plugin.h>

static const struct nb_figure figures[] = {
	{ .id = "parks", .label = "公园", .unit = "个" },
};

static const struct nb_chart charts[] = {
	{ .id = "green", .title = "公园", .kind = NB_BARS, .figures = "parks" },
};

const struct nb_chapter nianbao_chapter = { NB_CHAPTER_HEAD, .id = "chart_one", .title = "图表",
	.figures = NB_TABLE(figures), .charts = NB_TABLE(charts) };
