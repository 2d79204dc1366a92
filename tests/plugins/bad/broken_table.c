/* A table that says it has rows and has none. */
#include <nianbao/plugin.h>

const struct nb_chapter nianbao_chapter = { NB_CHAPTER_HEAD, .id = "broken_table", .title = "空表",
	.topics = { NULL, 3, sizeof(struct nb_topic) } };
