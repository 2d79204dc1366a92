/* An id that has another meaning in the frame. */
#include <nianbao/plugin.h>

const struct nb_chapter nianbao_chapter = { NB_CHAPTER_HEAD, .id = "signature", .title = "落款" };
