/* An id that could not be a section of submission.ini. */
#include <nianbao/plugin.h>

const struct nb_chapter nianbao_chapter = { NB_CHAPTER_HEAD, .id = "Law Making", .title = "立法" };
