/* What a department changed from one revision to the next. */
#include "handin.h"

#include "intake/difference.h"

#define OLD "@ a/submission.ini\n[submission]\ndepartment = sfj\nyear = 2021\n"
#define NEW "@ b/submission.ini\n[submission]\ndepartment = sfj\nyear = 2021\n"
#define PROSE(folder) "narrative = a.md\n@ " folder "/a.md\n"
#define LISTED(folder) "decisions = a.csv\n@ " folder "/a.csv\nno,title\n"
#define ATTACHED(n, file, title) "[attachment " #n "]\nfile = " file "\ntitle = " title "\n"

/* "kind how subject: before -> after" a line. */
static const char *shown(const struct differences *differences)
{
	struct buf out = { 0 };

	for (size_t i = 0; i < differences->count; i++) {
		const struct difference *d = &differences->items[i];

		buf_addf(&out, "%s %s %s", difference_kind_id(d->kind), difference_how_id(d->how),
		    d->subject);
		if (*d->before || *d->after)
			buf_addf(&out, ": %s -> %s", d->before, d->after);
		if (d->kind == DIFFERENCE_LIST)
			buf_addf(&out, ": +%zu -%zu", d->rows_added, d->rows_gone);
		buf_addc(&out, '\n');
	}
	const char *text = arena_strdup(&scratch_arena, buf_str(&out));
	buf_release(&out);
	return text;
}

static const struct {
	const char *files, *shown;
} cases[] = {
	{ OLD SUPERVISION "received = 3\n" NEW SUPERVISION "received = 3\n", "" },
	/* Figures with their units; written another way they are the same. */
	{ OLD SUPERVISION
	    "received = 14\nvisits = 2500余\nrate = 96.3%\nfees = 3.50\n" NEW SUPERVISION
	    "received = 16\nvisits = 2600余\nrate = 97%\nfees = 3.5\n",
	    "figure changed 复议申请数: 14件 -> 16件\nfigure changed 走访: 2500余次 -> 2600余次\n"
	    "figure changed 办结率: 96.3% -> 97%\n" },
	{ OLD SUPERVISION "received =\nvisits = 3\nfees = 0\n" NEW SUPERVISION
	                  "received = 0\nvisits =\nfees = /\n",
	    "figure added 复议申请数:  -> 0件\nfigure gone 走访: 3次 -> \n"
	    "figure changed 经费: 0万元 -> /\n" },
	{ OLD SUPERVISION "received = 3\n" NEW "[reform]\nwindows = 2\n",
	    "chapter gone 制约监督\nfigure gone 复议申请数: 3件 -> \nchapter added 放管服\n"
	    "figure added 窗口数:  -> 2个\n" },
	/* Rows, wherever they stand. */
	{ OLD SUPERVISION LISTED("a") "1,甲\n2,乙\n3,丙\n" NEW SUPERVISION LISTED(
	      "b") "3,丙\n1,甲\n2,丁\n4,戊\n",
	    "list changed 决策台账: +2 -1\n" },
	{ OLD SUPERVISION LISTED("a") "1,甲\n2,乙\n" NEW SUPERVISION LISTED("b") "2,乙\n1,甲\n",
	    "" },
	{ OLD SUPERVISION "received = 1\n" NEW SUPERVISION "received = 1\n" LISTED("b") "1,甲\n",
	    "list added 决策台账: +1 -0\n" },
	/* Prose: by headline, else by likeness; the words that differ, numbers whole. */
	{ OLD SUPERVISION PROSE(
	      "a") "前言。\n\n## 甲\n\n共办结案件14件。\n\n## 乙\n\n乙的正文。\n" NEW SUPERVISION
	        PROSE("b") "## 乙\n\n乙的正文。\n\n## 甲\n\n共办结案件16件。\n\n## "
	                   "丙\n\n丙的正文。\n",
	    "opening gone : 前言。 -> \npoint changed 甲: 共办结案件14件 -> 共办结案件16件\npoint "
	    "added 丙\n" },
	{ OLD SUPERVISION PROSE(
	      "a") "## 旧标题\n\n全年开展执法检查一百二十次，整改到位。\n\n## 乙\n\n子。\n" NEW
	        SUPERVISION PROSE("b") "## 新标题\n\n全年开展执法检查一百三十次，整改到位。\n\n## "
	                               "寅\n\n午未申酉。\n",
	    "point renamed 新标题: 旧标题 -> 新标题\npoint changed 新标题: "
	    "全年开展执法检查一百二十次 -> 全年开展执法检查一百三十次\n"
	    "point added 寅\npoint gone 乙\n" },
	/* Attachments by their bytes. */
	{ OLD ATTACHED(1, "x.txt", "一") ATTACHED(2, "y.txt", "二") ATTACHED(3, "z.txt", "三")
	        ATTACHED(4, "w.txt",
	            "四") "@ a/x.txt\nx1\n@ a/y.txt\ny\n@ a/z.txt\nz\n@ "
	                  "a/w.txt\nw\n" NEW ATTACHED(1, "x.txt", "一") ATTACHED(2, "新y.txt", "二")
	                      ATTACHED(3, "v.txt", "五") ATTACHED(
	                          4, "w.txt", "四") "access = internal\n@ b/x.txt\nx2\n@ "
	                                            "b/新y.txt\ny\n@ b/v.txt\nv\n@ b/w.txt\nw\n",
	    "attachment changed 一\nattachment renamed 二: y.txt -> 新y.txt\nattachment added 五\n"
	    "access changed 四: public -> internal\nattachment gone 三\n" },
};

Test(intake, difference, SCRATCH)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct county a, b;
		struct differences differences;

		lay(cases[i].files);
		take_desk(&a, "inbox/a");
		take_desk(&b, "inbox/b");
		cr_assert(a.intake.count == 1 && b.intake.count == 1, "%s", cases[i].files);
		cr_assert_eq(difference_find(&test_catalog, &a.intake.items[0], &b.intake.items[0],
		                 &scratch_arena, &differences, &a.err),
		    0, "%s", a.err.text);
		SAME_TEXT(shown(&differences), cases[i].shown, cases[i].files);
		intake_release(&a.intake);
		intake_release(&b.intake);
	}
}

/* Thousands of points, all under another headline: those of one text are found all the same, and
 * it takes no longer than reading them. */
Test(intake, difference_many, SCRATCH, .timeout = 20)
{
	enum { MANY = 20000 };
	struct county a, b;
	struct differences differences;
	struct buf files = { 0 };

	for (int after = 0; after < 2; after++) {
		buf_adds(&files, after ? NEW SUPERVISION PROSE("b") : OLD SUPERVISION PROSE("a"));
		for (int i = 0; i < MANY; i++)
			buf_addf(&files, "## %s%d\n\n%s%d\n\n", after ? "新" : "旧", i,
			    i % 2   ? "同"
			    : after ? "子丑寅卯辰"
			            : "午未申酉戌",
			    i);
	}
	lay(buf_str(&files));
	buf_release(&files);
	take_desk(&a, "inbox/a");
	take_desk(&b, "inbox/b");
	cr_assert_eq(difference_find(&test_catalog, &a.intake.items[0], &b.intake.items[0],
	                 &scratch_arena, &differences, &a.err),
	    0, "%s", a.err.text);
	size_t count[4] = { 0 };
	for (size_t i = 0; i < differences.count; i++)
		count[differences.items[i].how]++;
	cr_expect_eq(count[DIFFERENCE_RENAMED], MANY / 2);
	cr_expect_eq(count[DIFFERENCE_ADDED], MANY / 2);
	cr_expect_eq(count[DIFFERENCE_GONE], MANY / 2);
	cr_expect_eq(count[DIFFERENCE_CHANGED], 0);
	intake_release(&a.intake);
	intake_release(&b.intake);
}
