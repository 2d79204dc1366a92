/*
 * shortcomings.c: chapter on what went wrong and why; both are asked for by law
 * (法治政府建设与责任落实督察工作规定, 厅字〔2019〕28号), so a point without a cause is a finding.
 */
#include <nianbao/plugin.h>

static const struct nb_topic topics[] = {
	{ .id = "problems", .label = "问题与原因" },
};

/* Words that name a cause. Generous on purpose: a missed point costs less than a false alarm. */
static const char *const cause_words[] = { "原因", "由于", "源于", "缘于", "起因", "成因", "诱因",
	"根源", "根子", "症结", "归结", "在于", "鉴于", "囿于", "导致", "造成", "致使", "所致",
	"引起", "引发", "受限", "受制" };

/* Words in which 因 gives no cause. Elsewhere, alone or in 因为, 因此, 系因, it does. */
static const char *const idle_words[] = { "因地制宜", "因时制宜", "因事制宜", "因人制宜",
	"因企制宜", "因村制宜", "因案制宜", "因地施策", "因村施策", "因企施策", "因类施策",
	"因材施教", "因势利导", "因人而异", "因地而异", "因循", "因应", "因公", "因私", "因子",
	"基因" };

/* Whether the 因 at `at` within `text` belongs to a word that gives no cause. */
static int is_idle(const char *text, const char *at)
{
	for (size_t i = 0; i < sizeof idle_words / sizeof *idle_words; i++) {
		const char *word = idle_words[i];
		size_t before = (size_t)(strstr(word, "因") - word);

		if ((size_t)(at - text) >= before && strncmp(at - before, word, strlen(word)) == 0)
			return 1;
	}
	return 0;
}

/* Whether a clause says 受…影响, 受…限制 or 受…制约. */
static int is_affected(const char *text)
{
	static const char *const effects[] = { "影响", "限制", "制约" };
	static const char *const ends[] = { "，", "。", "；", "\n" };

	for (; (text = strstr(text, "受")); text += strlen("受")) {
		const char *end = text + strlen(text);

		for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
			const char *at = strstr(text, ends[i]);

			if (at && at < end)
				end = at;
		}
		for (size_t i = 0; i < sizeof effects / sizeof *effects; i++) {
			const char *at = strstr(text, effects[i]);

			if (at && at < end)
				return 1;
		}
	}
	return 0;
}

/* Whether a text names a cause anywhere. */
static int names_cause(const char *text)
{
	for (size_t i = 0; i < sizeof cause_words / sizeof *cause_words; i++)
		if (strstr(text, cause_words[i]))
			return 1;
	for (const char *at = text; (at = strstr(at, "因")); at += strlen("因"))
		if (!is_idle(text, at))
			return 1;
	return is_affected(text);
}

static const struct nb_code codes[] = {
	{ .code = "no-cause",
	    .severity = NB_WARNING,
	    .meaning = NB_N("a shortcoming without its cause"),
	    .advice = NB_N("say why: the law asks for shortcomings and causes") },
};

static void report_no_cause(const struct nb_host *host, const struct nb_place *place,
    const char *subject, const char *message)
{
	const struct nb_finding finding = {
		.code = "no-cause",
		.severity = NB_WARNING,
		.place = *place,
		.subject = subject,
		.message = message,
		.args = { subject },
	};
	nb_report(host, &finding);
}

/*
 * Each point should say why. A department that gives its causes in a point of their own, headed
 * as such, has said why for all of them.
 */
static void shortcomings_check(const struct nb_host *host, const struct nb_part *part)
{
	for (size_t i = 0; i < part->point_count; i++)
		if (strstr(part->points[i].headline, "原因"))
			return;
	/* Written without points, all of it is one. */
	if (part->point_count == 0 && *nb_part_opening(part) && !names_cause(nb_part_opening(part)))
		report_no_cause(host, &part->place, "",
		    NB_N("the shortcomings should be given with their causes"));

	for (size_t i = 0; i < part->point_count; i++) {
		const struct nb_point *point = &part->points[i];

		if (!names_cause(point->headline) && !names_cause(point->body))
			report_no_cause(host, &point->place, point->headline,
			    NB_N("the shortcoming '%s' should be given with its cause"));
	}
}

__attribute__((visibility("default"))) const struct nb_chapter nianbao_chapter = {
	NB_CHAPTER_HEAD,
	.id = "shortcomings",
	.title = "存在的不足和原因",
	.version = "0.1.0",
	.numbering = NB_SHI,
	.topics = NB_TABLE(topics),
	.check = shortcomings_check,
	.codes = NB_TABLE(codes),
};
