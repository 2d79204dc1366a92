/* A list without a label. */
#include <nianbao/plugin.h>

static const struct nb_column columns[] = {
	{ .id = "name", .label = "名称" },
};

static const struct nb_figure figures[] = { { .id = "parks", .label = "公园", .unit = "个" } };

static const struct nb_list lists[] = { { "parks_list", NULL, NB_TABLE(columns) } };

const struct nb_chapter nianbao_chapter = { NB_CHAPTER_HEAD, .id = "list_label", .title = "台账",
	.figures = NB_TABLE(figures), .lists = NB_TABLE(lists) };
