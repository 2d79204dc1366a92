/* A column without a label. */
#include <nianbao/plugin.h>

static const struct nb_column columns[] = {
	{ .id = "name", .label = "名称" },
	{ .id = "area" },
};

static const struct nb_figure figures[] = { { .id = "parks", .label = "公园", .unit = "个" } };

static const struct nb_list lists[] = { { "parks_list", "公园台账", NB_TABLE(columns) } };

const struct nb_chapter nianbao_chapter = { NB_CHAPTER_HEAD, .id = "column", .title = "台账",
	.figures = NB_TABLE(figures), .lists = NB_TABLE(lists) };
