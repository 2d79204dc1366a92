/* A claim with an empty word, which stands at every place of every text. */
#include <nianbao/plugin.h>

static const struct nb_figure figures[] = {
	{ .id = "parks", .label = "公园", .unit = "个" },
	{ .id = "trees", .label = "树", .unit = "棵" },
};

static const struct nb_claim claims[] = {
	{ .subject = "公园", .words = "均有树||", .relation = "parks <= trees" },
};

const struct nb_chapter nianbao_chapter = { NB_CHAPTER_HEAD, .id = "claim", .title = "断言",
	.figures = NB_TABLE(figures), .claims = NB_TABLE(claims) };
