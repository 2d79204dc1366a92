/* A chart of a figure that the chapter does not have. */
#include <nianbao/plugin.h>

static const struct nb_figure figures[] = {
	{ .id = "parks", .label = "公园", .unit = "个" },
};

static const struct nb_chart charts[] = {
	{ .id = "green", .title = "公园和树", .kind = NB_BARS, .figures = "parks|trees" },
};

const struct nb_chapter nianbao_chapter = { NB_CHAPTER_HEAD, .id = "chart_figure", .title = "图表",
	.figures = NB_TABLE(figures), .charts = NB_TABLE(charts) };
