/* A descriptor smaller than the first one ever. */
#include <nianbao/plugin.h>

const struct nb_chapter nianbao_chapter = {
	.abi = NB_PLUGIN_ABI, .size = 16, .id = "small", .title = "太小"
};
