/* Built for a contract to come. */
#include <nianbao/plugin.h>

const struct nb_chapter nianbao_chapter = {
	.abi = 2, .size = sizeof(struct nb_chapter), .id = "abi_2", .title = "下一版"
};
