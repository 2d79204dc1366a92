/* Calls into the program, which a plugin must not. */
#include <nianbao/plugin.h>

void findings_of_the_core(void);

static void check(const struct nb_host *host, const struct nb_part *part)
{
	(void)host;
	(void)part;
	findings_of_the_core();
}

const struct nb_chapter nianbao_chapter = { NB_CHAPTER_HEAD, .id = "undefined", .title = "未定义",
	.check = check };
