/* Nothing is wrong with it: the twin behind it is refused. */
#include <nianbao/plugin.h>

const struct nb_chapter nianbao_chapter = { NB_CHAPTER_HEAD, .id = "parks", .title = "公园",
	.version = "1" };
