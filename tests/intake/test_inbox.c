/* Which hand-ins there are, in what guise, and which of a department's revisions counts. */
#include "handin.h"

#define GAJ "@ gaj/submission.ini\n[submission]\ndepartment = gaj\nyear = 2021\n"
#define BOTH "[supervision]\nreceived = 2\n[reform]\nwindows = 3\n"
#define REVISION(folder, number)                                                                   \
	"@ " folder                                                                                \
	"/submission.ini\n[submission]\ndepartment = sfj\nyear = 2021\nrevision = " #number        \
	"\n[supervision]\nreceived = " #number "\n"

#define RECEIPT(handin, keys) "@ " handin ".receipt.ini\n[receipt]\n" keys
/* Whole, with `revision` on line 4, `state` on line 5 and more from line 6. */
#define WHOLE(handin, file, revision, state, keys)                                                 \
	RECEIPT(handin, "file = " file "\ndepartment = sfj\nrevision = " revision                  \
	                "\nstate = " state "\n" keys)

/* "department revision label received [latest]" a line. */
static const char *shown(const struct intake *intake)
{
	struct buf out = { 0 };
	const char *text;

	for (size_t i = 0; i < intake->count; i++) {
		const struct submission *s = &intake->items[i];
		const struct written *written = submission_chapter(s, "supervision");

		buf_addf(&out, "%s %d %s %s%s\n", s->department->id, s->revision, s->label,
		    written ? written->values[0].quantity.text : "-", s->latest ? " latest" : "");
	}
	text = arena_strdup(&scratch_arena, buf_str(&out));
	buf_release(&out);
	return text;
}

static const struct {
	const char *files, *prepare, *shown, *found;
} cases[] = {
	{ "", NULL, "", "inbox intake.empty-inbox\n" },
	{ "", "rmdir inbox", "", "inbox intake.empty-inbox\n" },
	{ "@ .gitkeep\n@ Thumbs.db\n@ desktop.ini\n", NULL, "", "inbox intake.empty-inbox\n" },
	/* In the order of departments.ini, not of names. */
	{ GAJ BOTH SFJ SUPERVISION "received = 1\n", NULL,
	    "sfj 1 inbox/sfj 1 latest\ngaj 1 inbox/gaj 2 latest\n", "" },
	{ SFJ SUPERVISION "received = 1\n", NULL, "sfj 1 inbox/sfj 1 latest\n",
	    "departments.ini:4 intake.missing\n" },
	/* The highest revision counts, wherever it lies; older ones are kept, not checked. */
	{ REVISION("a", 2) "foo = 1\n" REVISION("b", 10) REVISION("c", 1) "bar = 1\n" GAJ BOTH,
	    NULL,
	    "sfj 1 inbox/c -\nsfj 2 inbox/a -\nsfj 10 inbox/b 10 latest\n"
	    "gaj 1 inbox/gaj 2 latest\n",
	    "" },
	{ REVISION("sfj/第一次", 1) REVISION("sfj/第二次", 2) "@ sfj/说明.txt\nx\n" GAJ BOTH, NULL,
	    "sfj 1 inbox/sfj/第一次 -\nsfj 2 inbox/sfj/第二次 2 latest\ngaj 1 inbox/gaj 2 latest\n",
	    "inbox/sfj/说明.txt intake.stray\n" },
	{ REVISION("a", 3) REVISION("b", 3) GAJ BOTH, NULL,
	    "sfj 3 inbox/a -\nsfj 3 inbox/b 3 latest\ngaj 1 inbox/gaj 2 latest\n",
	    "inbox/b intake.revision\n" },
	/* Zips: of the files, of one folder around them, in a folder of revisions, in capitals. */
	{ REVISION("x", 1) GAJ BOTH, "cd inbox/x && zip -qr ../sfj.zip . && cd .. && rm -r x",
	    "sfj 1 inbox/sfj.zip 1 latest\ngaj 1 inbox/gaj 2 latest\n", "" },
	{ REVISION("x", 1) GAJ BOTH, "cd inbox && zip -qr sfj.zip x && rm -r x",
	    "sfj 1 inbox/sfj.zip 1 latest\ngaj 1 inbox/gaj 2 latest\n", "" },
	{ REVISION("x", 1) REVISION("y", 2) GAJ BOTH,
	    "cd inbox && mkdir sfj && zip -qr sfj/1.zip x && zip -qr sfj/2.zip y && rm -r x y",
	    "sfj 1 inbox/sfj/1.zip -\nsfj 2 inbox/sfj/2.zip 2 latest\ngaj 1 inbox/gaj 2 latest\n",
	    "" },
	{ REVISION("x", 1) REVISION("y", 2) GAJ BOTH,
	    "cd inbox && mkdir sfj && zip -qr sfj/1.ZIP x && zip -qr 2.ZIP y && rm -r x y",
	    "sfj 1 inbox/sfj/1.ZIP -\nsfj 2 inbox/2.ZIP 2 latest\ngaj 1 inbox/gaj 2 latest\n", "" },
	/* What the counter's receipts say counts, whatever submission.ini says. */
	{ REVISION("sfj", 1) REVISION("sfj-received/2", 1)
	        WHOLE("sfj-received/2", "2", "2", "received", "") GAJ BOTH,
	    NULL,
	    "sfj 1 inbox/sfj -\nsfj 2 inbox/sfj-received/2 1 latest\n"
	    "gaj 1 inbox/gaj 2 latest\n",
	    "" },
	{ REVISION("x", 7) GAJ BOTH WHOLE("sfj/2", "2.zip", "2", "received", ""),
	    "cd inbox && zip -qr sfj/2.zip x && rm -r x",
	    "sfj 2 inbox/sfj/2.zip 7 latest\ngaj 1 inbox/gaj 2 latest\n", "" },
	/* What was returned does not count, nor does what it replaced. */
	{ REVISION("sfj/1", 1) REVISION("sfj/2", 2) WHOLE("sfj/2", "2", "2", "returned", "")
	        GAJ BOTH,
	    NULL, "sfj 1 inbox/sfj/1 -\nsfj 2 inbox/sfj/2 -\ngaj 1 inbox/gaj 2 latest\n",
	    "inbox/sfj/2.receipt.ini intake.returned\n" },
	{ REVISION("sfj/1", 1) REVISION("sfj/2", 2) WHOLE("sfj/1", "1", "1", "returned", "")
	        GAJ BOTH,
	    NULL, "sfj 1 inbox/sfj/1 -\nsfj 2 inbox/sfj/2 2 latest\ngaj 1 inbox/gaj 2 latest\n",
	    "" },
	/* A receipt that somebody wrote in; one for the other of two; one for none. */
	{ REVISION("sfj", 3) WHOLE("sfj", "sfj", "x", "lost", "received = morning\nsha256 = 0\n")
	        GAJ BOTH,
	    NULL, "sfj 3 inbox/sfj 3 latest\ngaj 1 inbox/gaj 2 latest\n",
	    "inbox/sfj.receipt.ini:4 ini.bad-value\ninbox/sfj.receipt.ini:7 ini.bad-value\n"
	    "inbox/sfj.receipt.ini:6 ini.bad-value\ninbox/sfj.receipt.ini:5 ini.bad-value\n" },
	{ REVISION("sfj", 3) WHOLE("sfj", "sfj", "1000", "received", "") GAJ BOTH, NULL,
	    "sfj 3 inbox/sfj 3 latest\ngaj 1 inbox/gaj 2 latest\n",
	    "inbox/sfj.receipt.ini:4 ini.bad-value\n" },
	{ REVISION("x", 4) REVISION("sfj", 3) WHOLE("sfj", "sfj.zip", "9", "received", "") GAJ BOTH,
	    "cd inbox && zip -qr sfj.zip x && rm -r x",
	    "sfj 3 inbox/sfj -\nsfj 9 inbox/sfj.zip 4 latest\ngaj 1 inbox/gaj 2 latest\n", "" },
	/* Whatever is wrong in it, what was returned does not come to count unheard. */
	{ REVISION("sfj/1", 1) WHOLE("sfj/1", "3.zip", "1", "returned", "") GAJ BOTH, NULL,
	    "sfj 1 inbox/sfj/1 -\ngaj 1 inbox/gaj 2 latest\n",
	    "inbox/sfj/1.receipt.ini:2 ini.bad-value\ninbox/sfj/1.receipt.ini intake.returned\n" },
	{ REVISION("sfj/1", 1) RECEIPT("sfj/1", "file = 1\ndepartment = gaj\nrevision = 1\n"
	                                        "reason = x\nstat = returned\n") GAJ BOTH,
	    NULL, "sfj 1 inbox/sfj/1 -\ngaj 1 inbox/gaj 2 latest\n",
	    "inbox/sfj/1.receipt.ini:3 ini.bad-value\n"
	    "inbox/sfj/1.receipt.ini:6 ini.unknown-key\n"
	    "inbox/sfj/1.receipt.ini:1 ini.missing-key\n"
	    "inbox/sfj/1.receipt.ini intake.returned\n" },
	{ REVISION("sfj/1", 1) "@ sfj/1.receipt.ini\n[recipt]\nstate = returned\n" GAJ BOTH, NULL,
	    "sfj 1 inbox/sfj/1 1 latest\ngaj 1 inbox/gaj 2 latest\n",
	    "inbox/sfj/1.receipt.ini:1 ini.unknown-section\n"
	    "inbox/sfj/1.receipt.ini:1 ini.missing-key\n" },
	{ REVISION("sfj/1", 1) "@ sfj/1.receipt.ini\n" GAJ BOTH, NULL,
	    "sfj 1 inbox/sfj/1 1 latest\ngaj 1 inbox/gaj 2 latest\n",
	    "inbox/sfj/1.receipt.ini:1 ini.missing-key\n" },
	{ REVISION("sfj/1", 1) WHOLE(
	      "sfj/1", "1", "1", "received", "received = 2022-01-01T00:00:00+08:00\n") GAJ BOTH,
	    NULL, "sfj 1 inbox/sfj/1 1 latest\ngaj 1 inbox/gaj 2 latest\n",
	    "inbox/sfj/1.receipt.ini:1 ini.missing-key\n" },
	{ REVISION("sfj", 3) RECEIPT("zfb", "revision = 1\n") GAJ BOTH, NULL,
	    "sfj 3 inbox/sfj 3 latest\ngaj 1 inbox/gaj 2 latest\n",
	    "inbox/zfb.receipt.ini intake.stray\n" },
	{ REVISION("sfj", 3) RECEIPT("sfj", "") GAJ BOTH,
	    "head -c 99 /dev/zero >inbox/sfj.receipt.ini",
	    "sfj 3 inbox/sfj 3 latest\ngaj 1 inbox/gaj 2 latest\n",
	    "inbox/sfj.receipt.ini intake.unreadable\n" },
	/* What is no hand-in. */
	{ GAJ BOTH
	    "@ sfj.rar\nx\n@ 报送.docx\nx\n@ sfj.zip\nno zip\n@ empty/.keep\n@ zfb/a.md\nx\n",
	    "mkfifo inbox/pipe && ln -s nowhere inbox/link", "gaj 1 inbox/gaj 2 latest\n",
	    "inbox/empty intake.no-submission\ninbox/link intake.stray\ninbox/pipe intake.stray\n"
	    "inbox/sfj.rar intake.stray\ninbox/sfj.zip intake.unreadable\n"
	    "inbox/zfb intake.no-submission\ninbox/报送.docx intake.stray\n" },
	{ GAJ BOTH REVISION("sfj/1", 1) "@ sfj/2/a.md\nx\n", NULL,
	    "sfj 1 inbox/sfj/1 1 latest\ngaj 1 inbox/gaj 2 latest\n",
	    "inbox/sfj/2 intake.no-submission\n" },
	/* One that is refused hurts no other; its department has heard of it, it is not missing. */
	{ GAJ BOTH "@ sfj/submission.ini\n[submission]\ndepartment = sfj\nyear = 2020\n"
	           "@ x/submission.ini\n[submission]\ndepartment = xxx\nyear = 2021\n",
	    NULL, "gaj 1 inbox/gaj 2 latest\n",
	    "inbox/sfj/submission.ini:3 intake.year\ninbox/x/submission.ini:2 "
	    "intake.department\n" },
};

Test(intake, inbox, SCRATCH)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct county c;

		lay(cases[i].files);
		cr_assert_eq(cases[i].prepare ? system(cases[i].prepare) : 0, 0);
		take_inbox(&c);
		cr_assert_eq(c.rc, 0, "%s", c.err.text);
		SAME_TEXT(shown(&c.intake), cases[i].shown, cases[i].files);
		SAME_TEXT(found(&c.findings), cases[i].found, cases[i].files);
		intake_release(&c.intake);
		intake_release(&c.intake); /* again is fine */
	}
}

Test(intake, inbox_limits, SCRATCH)
{
	static const struct {
		unsigned long files, depth, megabytes;
		const char *messages;
	} limits[] = {
		{ 4, 2, 2, "" },
		{ 3, 2, 2, "it holds more files than [limits] files allows" },
		{ 4, 1, 2, "its folders are nested deeper than [limits] depth allows" },
		{ 4, 2, 1, "its files hold more bytes than [limits] megabytes allows" },
	};
	for (size_t i = 0; i < COUNT(limits); i++) {
		struct county c;

		lay(SFJ SUPERVISION "[attachment 1]\nfile = big\ntitle = x\n[attachment 2]\n"
		                    "file = a/b/c\ntitle = y\n[attachment 3]\nfile = d\ntitle = z\n"
		                    "@ sfj/big\n@ sfj/a/b/c\nx\n@ sfj/d\nx\n");
		cr_assert_eq(truncate("inbox/sfj/big", 3 << 19), 0);
		county_init(&c);
		c.workspace.limits.files = limits[i].files;
		c.workspace.limits.depth = limits[i].depth;
		c.workspace.limits.megabytes = limits[i].megabytes;
		cr_assert_eq(intake_inbox(&c.context, "inbox", &c.intake, &c.err), 0);
		SAME_TEXT(found_here(&c.findings),
		    *limits[i].messages ? "inbox/sfj intake.limit\n" : "", limits[i].messages);
		cr_expect(
		    strstr(messages(&c.findings), limits[i].messages), "%s", messages(&c.findings));
		intake_release(&c.intake);
	}
}

/* At a department's desk: no workspace to compare with, so nothing is owed, late or unknown. */
Test(intake, desk, SCRATCH)
{
	struct county c;

	lay("@ new/submission.ini\n[submission]\ndepartment = anyone\nyear = 1999\ndate = "
	    "2030-01-01\n"
	    "[supervision]\nreceived = 3\nfoo = 1\n[reform]\nwindows = 3\n");
	take_desk(&c, "inbox/new");
	cr_assert_eq(c.rc, 0, "%s", c.err.text);
	SAME_TEXT(found(&c.findings), "inbox/new/submission.ini:7 ini.unknown-key\n", "desk");
	SAME_TEXT(shown(&c.intake), "anyone 1 inbox/new 3 latest\n", "desk");
	cr_expect_null(intake_latest(&c.intake, "sfj"));
	intake_release(&c.intake);

	take_desk(&c, "inbox/none");
	cr_expect_lt(c.rc, 0);
	cr_expect_eq(c.err.kind, ERR_USAGE);
	cr_expect_str_eq(c.err.text, "there is no 'inbox/none'");

	take_desk(&c, "inbox");
	SAME_TEXT(found(&c.findings), "inbox/new/submission.ini:7 ini.unknown-key\n",
	    "a folder of hand-ins");
	intake_release(&c.intake);
}
