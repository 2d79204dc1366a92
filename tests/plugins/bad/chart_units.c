/* A chart whose bars would stand on two scales. */
#include <nianbao/plugin.h>

static const struct nb_figure figures[] = {
	{ .id = "parks", .label = "公园", .unit = "个" },
	{ .id = "trees", .label = "树", .unit = "棵" },
};

static const struct nb_chart charts[] = {
	{ .id = "green", .title = "公园和树", .kind = NB_BARS, .figures = "parks|trees" },
};

const struct nb_chapter nianbao_chapter = { NB_CHAPTER_HEAD, .id = "chart_units", .title = "图表",
	.figures = NB_TABLE(figures), .charts = NB_TABLE(charts) };
