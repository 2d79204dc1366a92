/* A list with the id of a figure. */
#include <nianbao/plugin.h>

static const struct nb_column columns[] = {
	{ .id = "name", .label = "名称" },
};

static const struct nb_figure figures[] = { { .id = "parks", .label = "公园", .unit = "个" } };

static const struct nb_list lists[] = { { "parks", "公园台账", NB_TABLE(columns) } };

const struct nb_chapter nianbao_chapter = { NB_CHAPTER_HEAD, .id = "list_id", .title = "台账",
	.figures = NB_TABLE(figures), .lists = NB_TABLE(lists) };
