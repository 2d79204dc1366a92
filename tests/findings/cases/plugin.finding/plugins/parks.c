#include <nianbao/plugin.h>

static void check(const struct nb_host *host, const struct nb_part *part)
{
	(void)part;
	nb_report(host, &(struct nb_finding){ .code = "nonsense" });
}

const struct nb_chapter nianbao_chapter = {
	NB_CHAPTER_HEAD,
	.id = "parks",
	.title = "公园绿地",
	.check = check,
};
