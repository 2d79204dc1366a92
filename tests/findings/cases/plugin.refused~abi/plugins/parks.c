#include <nianbao/plugin.h>

const struct nb_chapter nianbao_chapter = {
	.abi = NB_PLUGIN_ABI + 1,
	.size = sizeof(struct nb_chapter),
	.id = "parks",
	.title = "公园绿地",
};
