/* No title. */
#include <nianbao/plugin.h>

const struct nb_chapter nianbao_chapter = { NB_CHAPTER_HEAD, .id = "no_title" };
