/* Forgot NB_CHAPTER_HEAD. */
#include <nianbao/plugin.h>

const struct nb_chapter nianbao_chapter = { .id = "abi_0", .title = "无版本" };
