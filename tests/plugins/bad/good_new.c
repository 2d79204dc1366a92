/* Built tomorrow, when descriptor and rows are longer: what has come since is passed over. */
#include <nianbao/plugin.h>

struct new_figure {
	struct nb_figure figure;
	const char *colour;
	uint64_t more[4];
};

struct new_rule {
	struct nb_rule rule;
	int weight;
};

static const struct new_figure figures[] = {
	{ { .id = "parks", .label = "公园", .unit = "个", .note = "年底数" }, "green", { 1 } },
	{ { .id = "trees", .label = "树", .unit = "棵", .combine = NB_MAX }, "brown", { 2 } },
	{ { .id = "bushes", .label = "灌木", .unit = "丛", .flags = NB_EXPECTED }, "red", { 3 } },
};

static const struct new_rule rules[] = {
	{ { "shade", "parks <= trees", "parks need trees", "园林法" }, 7 },
	{ { "hedge", "trees >= bushes", "more trees than bushes", NULL }, 8 },
};

struct new_chapter {
	struct nb_chapter chapter;
	void (*later)(void);
	uint64_t more[8];
};

const struct new_chapter nianbao_chapter = {
	.chapter = { .abi = NB_PLUGIN_ABI,
	    .size = sizeof(struct new_chapter),
	    .id = "good_new",
	    .title = "新版",
	    .figures = NB_TABLE(figures),
	    .rules = NB_TABLE(rules) },
	.more = { 1, 2, 3 },
};
