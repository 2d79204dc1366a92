/* Steps left out or numbered twice; lists within lists and other numbering are let be. */
#include "reviewed.h"

static const struct reviewer reviewer = { .year = 2025 };

/* The passages of a text, a line each; "#" begins a headline. */
static const char *stepped(const char *text)
{
	struct findings findings;
	struct reviewer as = reviewer;
	struct passage passages[8];
	size_t count = 0;

	findings_init(&findings, &scratch_arena);
	as.arena = &scratch_arena;
	as.findings = &findings;
	for (const char *p = text; *p && count < COUNT(passages);) {
		size_t n = strcspn(p, "\n");
		passages[count] =
		    passage_plain(&scratch_arena, *p == '#' ? PASSAGE_HEADLINE : PASSAGE_TEXT,
		        arena_strndup(&scratch_arena, p, n), "a", (uint32_t)count + 1, 1);
		count++;
		p += n + (p[n] == '\n');
	}
	steps_check(&as, passages, count);
	findings_sort(&findings, NULL);
	return found(&findings);
}

Test(review, steps_cases, SCRATCH)
{
	static const struct {
		const char *text, *found;
	} cases[] = {
		{ "原因：一是编制受限；三是留不住人。", "a:1:11 text.steps\n" },
		{ "一是甲；二是乙；二是丙。", "a:1:9 text.steps\n" },
		{ "一是甲；二是乙；四是丙；五是丁。", "a:1:9 text.steps\n" },
		{ "一是甲。\n三是乙。", "a:2:1 text.steps\n" },
		{ "一是甲：一是子；二是丑。三是乙。四是丙。六是丁。", "a:1:21 text.steps\n" },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		SAME_TEXT(stepped(cases[i].text), cases[i].found, cases[i].text);
}

Test(review, steps_ordinary, SCRATCH)
{
	static const char *const ordinary[] = { "", "一是甲；二是乙；三是丙。",
		"一是甲。一是乙，一是丙。", "二是甲；三是乙。", "一是甲：一是子；二是丑。二是乙。",
		"一是甲；二要乙；三是丙。", "一是甲；第二，乙；三是丙。",
		"一是甲，并且二是乙；三是丙。", "一是一，二是二，三是三，五是五。",
		"一是甲。\n二是乙。\n三是丙。", "一是甲；二是乙。\n# 题\n一是丙；二是丁。",
		"一是甲；二是乙。\n# 题\n三是丙。", "一是甲；二是乙；三是丙。一是丁；二是戊。",
		"一是甲；（二）乙；三是丙。", "九是甲；十是乙；十一是丙；十二是丁。",
		"“一是甲；三是乙”的提法。", "一是甲；\n二是乙；\n\n三是丙。",
		"全县12个乡镇三是先进。" };

	for (size_t i = 0; i < COUNT(ordinary); i++)
		SAME_TEXT(stepped(ordinary[i]), "", ordinary[i]);
}
