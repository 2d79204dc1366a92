/*
 * Built yesterday, when descriptor and rows were shorter: what has come since reads as empty. Its
 * memory ends where it says, so that reading on would be seen.
 */
#include <nianbao/plugin.h>

#include <stddef.h>

struct old_figure {
	const char *id;
	const char *label;
	const char *unit;
	enum nb_kind kind;
	enum nb_combine combine;
};

struct old_rule {
	const char *code;
	const char *relation;
	const char *message;
};

static const struct old_figure figures[] = {
	{ "parks", "公园", "个", NB_COUNT, NB_SUM },
	{ "towns", "乡镇", "个", NB_COUNT, NB_ONE },
};

static const struct old_rule rules[] = { { "towns", "parks >= towns", "a park a town" } };

struct old_chapter {
	uint32_t abi;
	uint32_t size;
	const char *id;
	const char *title;
	const char *version;
	enum nb_numbering numbering;
	struct nb_table figures, lists, topics, rules;
};

const struct old_chapter nianbao_chapter = {
	.abi = NB_PLUGIN_ABI,
	.size = sizeof(struct old_chapter),
	.id = "good_old",
	.title = "旧版",
	.version = "0.9",
	.numbering = NB_SHI,
	.figures = NB_TABLE(figures),
	.rules = NB_TABLE(rules),
};

_Static_assert(sizeof(struct old_chapter) == offsetof(struct nb_chapter, check), "the smallest");
