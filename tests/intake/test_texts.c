/* Narratives come and go: a hand-in's with all that is wrong, a chapter's once more without. */
#include "handin.h"

#define INI(department)                                                                            \
	"[submission]\ndepartment = " department                                                   \
	"\nyear = 2021\n[supervision]\nnarrative = a.md\n"

Test(intake, texts, SCRATCH)
{
	struct county c;
	struct arena arena = { 0 };

	lay("@ sfj/submission.ini\n" INI("sfj") "@ sfj/a.md\n前言。\n\n## 甲\n\n{{nothing}}件\n"
	    "@ gaj/submission.ini\n" INI("gaj") "@ gaj/a.md\n## 乙\n\n文字\n");
	county_init(&c);
	cr_assert_eq(intake_inbox(&c.context, "inbox", &c.intake, &c.err), 0);
	struct submission *sfj = &c.intake.items[0], *gaj = &c.intake.items[1];

	cr_expect_str_eq(sfj->written[0].narrative.name, "a.md");
	cr_expect_str_eq(sfj->written[0].opening, "");
	cr_expect_eq(sfj->written[0].point_count, 0);

	size_t before = c.findings.count;
	cr_assert_eq(texts_read(&c.context, sfj, &arena, &c.err), 0);
	cr_expect_str_eq(sfj->written[0].opening, "前言。");
	cr_expect_eq(sfj->written[0].point_count, 1);
	cr_expect_eq(sfj->written[0].passage_count, 3);
	cr_expect_eq(gaj->written[0].point_count, 0, "another's is not read");
	size_t found = c.findings.count;
	cr_expect_gt(found, before, "{{nothing}} is no figure");
	texts_drop(sfj);
	arena_release(&arena);
	cr_expect_str_eq(sfj->written[0].opening, "");
	cr_expect_eq(sfj->written[0].point_count + sfj->written[0].passage_count, 0);

	cr_assert_eq(texts_read_chapter(&c.context, &c.intake, "supervision", &arena, &c.err), 0);
	cr_expect_str_eq(sfj->written[0].points[0].headline, "甲");
	cr_expect_str_eq(gaj->written[0].points[0].body, "文字");
	cr_expect_eq(sfj->written[0].passage_count, 0);
	cr_expect_eq(c.findings.count, found, "nothing is found twice");
	texts_drop_chapter(&c.intake, "supervision");
	cr_expect_eq(sfj->written[0].point_count + gaj->written[0].point_count, 0);
	arena_release(&arena);
	intake_release(&c.intake);
}
