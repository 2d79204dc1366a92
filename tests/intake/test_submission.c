/* One hand-in: what is read of it, and what is said of each thing that is wrong in it. */
#include "handin.h"

#include "../archive/rawzip.h"

static const struct {
	const char *files, *found;
} cases[] = {
	{ SFJ SUPERVISION "received = 14\n", "" },
	/* [submission] */
	{ "@ sfj/submission.ini\n[submission]\nyear = 2021\n[supervision]\nreceived = 1\n",
	    "inbox/sfj/submission.ini:1 ini.missing-key\n" },
	{ "@ sfj/submission.ini\n[supervision]\nreceived = 1\n",
	    "inbox/sfj/submission.ini ini.missing-key\n" },
	{ "@ sfj/submission.ini\n[submission]\ndepartment =\n",
	    "inbox/sfj/submission.ini:1 ini.missing-key\n" },
	{ "@ sfj/submission.ini\n[submission]\ndepartment = sjf\nyear = 2021\n",
	    "inbox/sfj/submission.ini:2 intake.department\n" },
	{ "@ sfj/submission.ini\n[submission]\ndepartment = sfj\n[supervision]\n",
	    "inbox/sfj/submission.ini:1 ini.missing-key\n" },
	{ "@ sfj/submission.ini\n[submission]\ndepartment = sfj\nyear = 2020\n",
	    "inbox/sfj/submission.ini:3 intake.year\n" },
	{ "@ sfj/submission.ini\n[submission]\ndepartment = sfj\nyear = 2o21\nrevision = 0\n"
	  "date = 1月20日\nphon = 1\nfoo = 2\n[supervision]\n",
	    "inbox/sfj/submission.ini:3 ini.bad-value\ninbox/sfj/submission.ini:4 ini.bad-value\n"
	    "inbox/sfj/submission.ini:5 ini.bad-value\ninbox/sfj/submission.ini:6 ini.unknown-key\n"
	    "inbox/sfj/submission.ini:7 ini.unknown-key\n" },
	{ SFJ "date =\ncontact = 某\nphone = 1\n" SUPERVISION, "" },
	{ SFJ "date = 2022-02-01\n" SUPERVISION, "inbox/sfj/submission.ini:4 intake.late\n" },
	{ SFJ "date = 2022-01-31\n" SUPERVISION, "" },
	/* Chapters: owed, not owed, unknown. */
	{ SFJ, "inbox/sfj/submission.ini intake.no-chapter\n" },
	{ SFJ SUPERVISION "[reform]\nwindows = 3\n",
	    "inbox/sfj/submission.ini:5 intake.chapter\n" },
	{ SFJ SUPERVISION "[supervison]\nreceived = 1\n",
	    "inbox/sfj/submission.ini:5 ini.unknown-section\n" },
	{ SFJ SUPERVISION "recieved = 1\nwindows = 3\n",
	    "inbox/sfj/submission.ini:5 ini.unknown-key\n"
	    "inbox/sfj/submission.ini:6 ini.unknown-key\n" },
	/* Values: every wrong one is named, the others count. */
	{ SFJ SUPERVISION "received = 数百\nvisits = 12,34\nfees = 20万\nrate = 3件\nheld = 3月\n",
	    "inbox/sfj/submission.ini:5 figure.value\ninbox/sfj/submission.ini:6 figure.value\n"
	    "inbox/sfj/submission.ini:7 figure.value\ninbox/sfj/submission.ini:8 figure.value\n"
	    "inbox/sfj/submission.ini:9 figure.value\n" },
	{ SFJ SUPERVISION "received = -1\nreceived = 2\nhello\nvisits = 1\x01\n",
	    "inbox/sfj/submission.ini:8 text.control\ninbox/sfj/submission.ini:6 "
	    "ini.duplicate-key\n"
	    "inbox/sfj/submission.ini:7 ini.syntax\ninbox/sfj/submission.ini:5 figure.value\n" },
	{ SFJ SUPERVISION "narrative = a.md\n@ sfj/a.md\n一\n二\x1B[2J\n三\u202E\n",
	    "inbox/sfj/a.md:2 text.control\n" },
	/* Files that are named. */
	{ SFJ SUPERVISION "narrative = none.md\ndecisions = none.csv\n",
	    "inbox/sfj/submission.ini:5 intake.missing-file\n"
	    "inbox/sfj/submission.ini:6 intake.missing-file\n" },
	{ SFJ SUPERVISION "narrative =\ndecisions =\n", "" },
	{ SFJ SUPERVISION "narrative = ../gaj/a.md\ndecisions = /etc/passwd\n"
	                  "[attachment 1]\nfile = a\\b.csv\ntitle = x\n"
	                  "[attachment 2]\nfile = x/../../y\ntitle = x\n",
	    "inbox/sfj/submission.ini:5 intake.outside\ninbox/sfj/submission.ini:6 intake.outside\n"
	    "inbox/sfj/submission.ini:8 intake.outside\ninbox/sfj/submission.ini:11 "
	    "intake.outside\n" },
	{ SFJ SUPERVISION
	    "narrative = a.doc\ndecisions = a.xls\n@ sfj/a.doc\nx\n@ sfj/a.xls\nx\n",
	    "inbox/sfj/submission.ini:5 intake.format\ninbox/sfj/submission.ini:6 "
	    "intake.format\n" },
	{ SFJ SUPERVISION "narrative = ./b/a.md\n@ sfj/b/a.md\n文字\n", "" },
	{ SFJ SUPERVISION
	    "@ sfj/a.md\n文字\n@ sfj/b/c.jpg\nx\n@ sfj/b/Thumbs.db\nx\n@ sfj/~$a.docx\nx\n"
	    "@ sfj/.DS_Store\nx\n",
	    "inbox/sfj/a.md intake.unused-file\ninbox/sfj/b/c.jpg intake.unused-file\n" },
	/* Encodings: the line is named. */
	{ SFJ SUPERVISION "narrative = a.md\ndecisions = a.csv\n@ sfj/a.md\n一\n\xC7\xDF\xFF\n"
	                  "@ sfj/a.csv\nno\n一\n\xB8\xB4\xFF\n",
	    "inbox/sfj/a.csv:3 text.encoding\ninbox/sfj/a.md:2 text.encoding\n" },
	{ SFJ "contact = \xC7\xDF\xFF\n", "inbox/sfj/submission.ini:4 text.encoding\n" },
	/* GBK is read, and said once a file; what is found behind it has its line and column. */
	{ SFJ "contact = \xAB\x5C\n" SUPERVISION
	      "visits = 1o\nnarrative = a.md\n[reform]\nnarrative = a.md\n@ sfj/a.md\n"
	      "\xD2\xBB\n\xD3\xD0{{x}}\n",
	    "inbox/sfj/submission.ini text.decoded\ninbox/sfj/submission.ini:6 figure.value\n"
	    "inbox/sfj/submission.ini:8 intake.chapter\n"
	    "inbox/sfj/a.md text.decoded\ninbox/sfj/a.md:2 narrative.reference\n"
	    "inbox/sfj/a.md:2 narrative.reference\n" },
	/* Blanks of other widths. */
	{ "@ sfj/submission.ini\n　[submission]\n　department　=　sfj\nyear\u00A0=\u00A02021　; "
	  "注\n"
	  "[　supervision　]\n　　received　=　14　\n　[attachment　1]\nfile　=　\"a.csv\"　# 注\n"
	  "title = 台账\n@ sfj/a.csv\nx\n",
	    "" },
	/* Attachments */
	{ SFJ SUPERVISION "[attachment 1]\nfile = a.csv\ntitle = 台账\nchapter = supervision\n"
	                  "backs = received, decisions\naccess = internal\n@ sfj/a.csv\nx\n",
	    "" },
	{ SFJ SUPERVISION "[attachment 1]\n[attachment 2]\nfile =\ntitle =\n",
	    "inbox/sfj/submission.ini:5 ini.missing-key\ninbox/sfj/submission.ini:5 "
	    "ini.missing-key\n"
	    "inbox/sfj/submission.ini:6 ini.missing-key\ninbox/sfj/submission.ini:6 "
	    "ini.missing-key\n" },
	{ SFJ SUPERVISION "[attachment 1]\nfile = a.csv\ntitle = 台账\nchapter = supervison\n"
	                  "backs = received\naccess = secret\ntitel = x\n@ sfj/a.csv\nx\n",
	    "inbox/sfj/submission.ini:8 ini.bad-value\ninbox/sfj/submission.ini:10 ini.bad-value\n"
	    "inbox/sfj/submission.ini:11 ini.unknown-key\n" },
	{ SFJ SUPERVISION "[attachment 1]\nfile = a.csv\ntitle = 台账\nchapter = supervision\n"
	                  "backs = received, recieved、windows\n@ sfj/a.csv\nx\n",
	    "inbox/sfj/submission.ini:9 attachment.backs\n"
	    "inbox/sfj/submission.ini:9 attachment.backs\n" },
	{ SFJ SUPERVISION
	    "[attachment 1]\nfile = a.csv\ntitle = 一\n[attachment 2]\nfile = ./a.csv\n"
	    "title = 二\n@ sfj/a.csv\nx\n",
	    "inbox/sfj/submission.ini:9 attachment.twice\n" },
	/* Names that must not be used. */
	{ SFJ SUPERVISION "@ sfj/a\\b.csv\nx\n", "inbox/sfj intake.unsafe-name\n" },
};

Test(intake, submission_findings, SCRATCH)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct county c;

		lay(cases[i].files);
		take_inbox(&c);
		cr_assert_eq(c.rc, 0, "%s", c.err.text);
		SAME_TEXT(found_here(&c.findings), cases[i].found, cases[i].files);
		intake_release(&c.intake);
	}
}

/* What is right is read whatever is wrong beside it; wrong is absent, with its words kept. */
Test(intake, submission_values, SCRATCH)
{
	struct county c;
	const struct written *written;
	const struct submission *submission;
	struct buf out = { 0 };

	lay(SFJ "revision = 3\ndate = 2022-02-03\nhello\n" SUPERVISION
	        "received = 数百\nvisits = 2500余次\nfees = 200000元\nrate = /\nfoo = 1\n"
	        "remark = 三无三可\nnarrative = a.md\ndecisions = a.csv\n"
	        "[attachment 1]\nfile = b.pdf\ntitle = 佐证\nchapter = supervision\n"
	        "backs = received，visits\naccess = inernal\n[attachment 2]\nfile = none\n"
	        "@ sfj/a.md\n前言。\n\n## 要点 {#review}\n\n文字。\n@ "
	        "sfj/a.csv\n文号,foo\n一号,x\n@ sfj/b.pdf\nx\n");
	take_inbox(&c);
	cr_assert_eq(c.rc, 0, "%s", c.err.text);
	submission = intake_latest(&c.intake, "sfj");
	cr_assert(submission);
	cr_expect_eq(submission->revision, 3);
	cr_expect_str_eq(submission->date, "2022-02-03");
	cr_expect_eq(submission->days_late, 3);
	cr_expect_str_eq(submission->label, "inbox/sfj");
	written = sfj_wrote(&c);
	for (size_t i = 0; i < written->chapter->figure_count; i++)
		buf_addf(&out, "%s %d '%s' :%u\n", written->values[i].id,
		    (int)written->values[i].quantity.state, written->values[i].quantity.text,
		    written->values[i].place.line);
	SAME_TEXT(buf_str(&out),
	    arena_printf(&scratch_arena,
	        "received %d '数百' :8\nvisits %d '2500余' :9\nfees %d '20' :10\nrate %d '/' :11\n"
	        "held %d '' :7\nremark %d '三无三可' :13\n",
	        NB_ABSENT, NB_APPROXIMATE, NB_EXACT, NB_NOT_APPLICABLE, NB_ABSENT, NB_WORDS),
	    "values");
	cr_expect_str_eq(written->opening, "前言。");
	cr_assert_eq(written->point_count, 1);
	cr_expect_str_eq(written->points[0].headline, "要点");
	cr_assert_eq(written->lists[0].count, 1);
	cr_expect_str_eq(written->lists[0].rows[0].cells[0], "一号");
	cr_assert_eq(submission->attachment_count, 1);
	cr_expect_str_eq(submission->attachments[0].title, "佐证");
	cr_expect_eq(submission->attachments[0].back_count, 2);
	cr_expect(submission->attachments[0].internal, "when in doubt, nothing is published");
	cr_expect_str_eq(submission->attachments[0].file->name, "b.pdf");
	SAME_TEXT(messages(&c.findings),
	    "this line is neither [section] nor key = value nor comment\n"
	    "县公安局 has handed in nothing yet\n"
	    "复议申请数: the value '数百' cannot be read: this is no number; write one, 0, / (does "
	    "not apply), or leave it empty\n"
	    "the chapter 'supervision' has no figure or list 'foo'\n"
	    "the list '决策台账' has no column 'foo'\n"
	    "'access' must be public or internal, not 'inernal'\n"
	    "the file 'none' is not in the hand-in\n"
	    "[attachment 2] needs the key 'title'\n"
	    "handed in 3 day(s) after the deadline (2022-02-03, due 2022-01-31)\n",
	    "messages");
	buf_release(&out);
	intake_release(&c.intake);
}

/* Text files that are no text, or too large; links that lead away. */
Test(intake, submission_files, SCRATCH)
{
	static const struct {
		const char *prepare, *found;
	} files[] = {
		{ "printf '一\\n二\\0三\\n' >inbox/sfj/a.md", "inbox/sfj/a.md:2 text.encoding\n" },
		{ "printf '\\377\\376\\007\\000\\000' >inbox/sfj/a.md",
		    "inbox/sfj/a.md:1 text.encoding\n" },
		{ "printf '\\377\\376\\0\\116' >inbox/sfj/a.md", "inbox/sfj/a.md text.decoded\n" },
		{ "printf '\\357\\273\\277一\\n' >inbox/sfj/a.md", "" },
		{ "truncate -s 100M inbox/sfj/a.md", "inbox/sfj/submission.ini:5 intake.limit\n" },
		{ "rm inbox/sfj/a.md; ln -s /etc/passwd inbox/sfj/a.md",
		    "inbox/sfj intake.unsafe-name\n" },
		{ "rm inbox/sfj/a.md; mkfifo inbox/sfj/a.md", "inbox/sfj intake.unsafe-name\n" },
		{ "rm inbox/sfj/a.md; mkdir inbox/sfj/a.md",
		    "inbox/sfj/submission.ini:5 intake.missing-file\n" },
		{ "printf x >\"$(printf 'inbox/sfj/\\270\\275.md')\"",
		    "inbox/sfj intake.unsafe-name\n" },
		{ "truncate -s 100M inbox/sfj/submission.ini",
		    "inbox/sfj/submission.ini intake.limit\n" },
		{ "truncate -s 2000000 inbox/sfj/submission.ini",
		    "inbox/sfj/submission.ini:6 text.encoding\n" },
		{ "head -c 2000000 /dev/zero | tr '\\0' ';' >inbox/sfj/submission.ini",
		    "inbox/sfj/submission.ini ini.limit\ninbox/sfj/submission.ini "
		    "ini.missing-key\n" },
		{ "rm inbox/sfj/submission.ini; ln -s /etc/passwd inbox/sfj/submission.ini",
		    "inbox/sfj intake.no-submission\n" },
		{ "rm inbox/sfj/submission.ini; mkdir inbox/sfj/submission.ini",
		    "inbox/sfj intake.no-submission\n" },
	};
	for (size_t i = 0; i < COUNT(files); i++) {
		struct county c;

		lay(NARRATIVE "文字\n");
		cr_assert_eq(system(files[i].prepare), 0);
		take_inbox(&c);
		cr_assert_eq(c.rc, 0, "%s", c.err.text);
		SAME_TEXT(found_here(&c.findings), files[i].found, files[i].prepare);
		intake_release(&c.intake);
	}

	/* What begins as UTF-16, and holds NUL. */
	struct county c;

	lay(NARRATIVE "x\n");
	cr_assert_eq(system("printf '\\377\\376\\007\\116\\000\\000' >inbox/sfj/a.md"), 0);
	take_inbox(&c);
	cr_expect_str_eq(messages(&c.findings), "县公安局 has handed in nothing yet\n"
	                                        "the text begins with the mark of UTF-16LE and is "
	                                        "not UTF-16LE; save the file as UTF-8\n");
	intake_release(&c.intake);
}

/* Damage inside a zip is named where the file is asked for; the rest is read. */
Test(intake, submission_zip, SCRATCH)
{
	static const char ini[] = "[submission]\ndepartment = sfj\nyear = 2021\n[supervision]\n"
	                          "received = 14\nnarrative = a.md\n[attachment 1]\nfile = b.pdf\n"
	                          "title = x\n";
	struct raw entries[] = { { .name = "submission.ini", .content = ini },
		{ .name = "a.md", .content = "文字", .crc_error = 1 },
		{ .name = "b.pdf", .content = "x", .crc_error = 1 },
		{ .name = "c/", .content = "" } };
	struct buf zip = { 0 };
	struct county c;
	FILE *file;

	lay("");
	raw_zip(&zip, entries, COUNT(entries));
	file = fopen("inbox/报送.zip", "wb");
	cr_assert(file && fwrite(zip.data, 1, zip.len, file) == zip.len && fclose(file) == 0);
	take_inbox(&c);
	SAME_TEXT(found_here(&c.findings),
	    "inbox/报送.zip!submission.ini:8 intake.unreadable\n"
	    "inbox/报送.zip!submission.ini:6 intake.unreadable\n",
	    "damaged zip");
	cr_expect_eq(sfj_wrote(&c)->values[0].quantity.low, 14 * NB_UNIT);
	cr_expect_eq(intake_latest(&c.intake, "sfj")->attachment_count, 0);
	intake_release(&c.intake);
	buf_release(&zip);
}

static void put_inbox(const char *name, const struct raw *entries, size_t count)
{
	struct buf zip = { 0 };
	FILE *file;

	raw_zip(&zip, entries, count);
	file = fopen(name, "wb");
	cr_assert(file && fwrite(zip.data, 1, zip.len, file) == zip.len && fclose(file) == 0);
	buf_release(&zip);
}

/* One entry that is not honest, and nothing of the zip is read; whose it is, its name tells. */
Test(intake, submission_hostile_zip, SCRATCH)
{
	static const char ini[] = "[submission]\ndepartment = sfj\nyear = 2021\n";
	struct raw entries[60] = { { .name = "submission.ini", .content = ini },
		{ .name = "../a.md", .content = "x" } };
	static const struct {
		const char *zip, *department;
	} zips[] = {
		{ "inbox/sfj.zip", "sfj" },
		{ "inbox/sfj-2021.zip", "sfj" },
		{ "inbox/最终版 县司法局2021.zip", "sfj" },
		{ "inbox/sfj/1.zip", "sfj" },
		{ "inbox/sfjx.zip", NULL },
		{ "inbox/报送.zip", NULL },
		{ "inbox/县司法局、县公安局.zip", NULL },
	};
	struct county c;

	for (size_t i = 0; i < COUNT(zips); i++) {
		lay("");
		mkdir("inbox/sfj", 0777);
		put_inbox(zips[i].zip, entries, 2);
		if (!strstr(zips[i].zip, "sfj/"))
			rmdir("inbox/sfj");
		take_inbox(&c);
		cr_assert_eq(c.rc, 0);
		cr_expect_eq(c.intake.count, 0);
		for (size_t k = 0; k < c.findings.count; k++) {
			const struct finding *f = &c.findings.items[k];
			if (strcmp(f->code, "intake.unsafe-zip") != 0)
				continue;
			cr_expect(f->department == NULL
			              ? zips[i].department == NULL
			              : zips[i].department &&
			                    strcmp(f->department, zips[i].department) == 0,
			    "%s: %s", zips[i].zip, f->department ? f->department : "none");
		}
		SAME_TEXT(messages(&c.findings),
		    arena_printf(&scratch_arena, "%s%s%s",
		        "the zip is refused for '../a.md': the name contains \"..\"\n",
		        zips[i].department ? "" : "县司法局 has handed in nothing yet\n",
		        "县公安局 has handed in nothing yet\n"),
		    zips[i].zip);
		intake_release(&c.intake);
	}

	/* Twenty are told, and how many more. */
	for (size_t i = 1; i < COUNT(entries); i++)
		entries[i] = (struct raw){
			.content = "x", .flags = 1, .name = arena_printf(&scratch_arena, "%02zu", i)
		};
	lay("");
	put_inbox("inbox/sfj.zip", entries, COUNT(entries));
	take_inbox(&c);
	cr_expect_eq(c.findings.count, 22);
	cr_expect(strstr(messages(&c.findings), "'20': it is encrypted\n"));
	cr_expect(strstr(messages(&c.findings), "the zip is refused for 39 more of its entries\n"));
	intake_release(&c.intake);
}

/* A zip from Windows, with what systems leave in it: read, with a note of each. */
Test(intake, submission_foreign_zip, SCRATCH)
{
	static const char ini[] = "[submission]\ndepartment = sfj\nyear = 2021\n[attachment 1]\n"
	                          "file = 附件/昞.csv\ntitle = x\n";
	struct raw entries[] = {
		{ .name = "\xB1\xA8\xCB\xCD\\submission.ini", .content = ini, .fat = 1 },
		{ .name = "\xB1\xA8\xCB\xCD\\\xB8\xBD\xBC\xFE\\\x95\x5C.csv",
		    .content = "a\n",
		    .fat = 1 },
		{ .name = "\xB1\xA8\xCB\xCD\\Thumbs.db", .content = "x", .fat = 1 },
		{ .name = "\xB1\xA8\xCB\xCD\\~$x.docx", .content = "x", .fat = 1 },
		{ .name = "\xB1\xA8\xCB\xCD\\inner.zip", .content = "PK", .fat = 1 }
	};
	struct county c;

	lay("");
	put_inbox("inbox/sfj.zip", entries, COUNT(entries));
	take_inbox(&c);
	SAME_TEXT(messages(&c.findings),
	    "县公安局 has handed in nothing yet\n"
	    "'Thumbs.db' and 1 more of the kind are ignored\n"
	    "the names in this zip were read as GB18030\n"
	    "nothing in submission.ini refers to 'inner.zip'; register it as an attachment or take "
	    "it out\n"
	    "the chapter '制约监督' (supervision) is owed, but has no section here\n",
	    "notes");
	cr_expect_eq(intake_latest(&c.intake, "sfj")->attachment_count, 1);
	intake_release(&c.intake);
}
