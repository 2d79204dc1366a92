/* A topic without a label. */
#include <nianbao/plugin.h>

static const struct nb_topic topics[] = { { .id = "green" } };

const struct nb_chapter nianbao_chapter = { NB_CHAPTER_HEAD, .id = "topic", .title = "主题",
	.topics = NB_TABLE(topics) };
