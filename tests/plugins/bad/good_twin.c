/* The id of another one. */
#include <nianbao/plugin.h>

const struct nb_chapter nianbao_chapter = { NB_CHAPTER_HEAD, .id = "parks", .title = "又一处公园",
	.version = "2" };
