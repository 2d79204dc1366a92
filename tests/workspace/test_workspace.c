/* The office's folder: what is read, and what is said of each thing that is wrong in it. */
#include "workspace/workspace.h"

#include "../base/found.h"

#define REPORT "[report]\nyear = 2021\nregion = 沁水县\n"
#define CHAPTERS "[chapters]\nsupervision = yes\n"
#define GOOD REPORT CHAPTERS /* five lines */
#define DEPARTMENTS "[sfj]\nname = 县司法局\nchapters = supervision\n"

struct loaded {
	struct workspace ws;
	struct findings findings;
	struct err err;
	int rc;
};

/* In the scratch folder, so that files are named as a clerk in the workspace sees them. */
static void load(struct loaded *l, const char *report, const char *departments, const char *waivers)
{
	cr_assert_eq(chdir(scratch), 0);
	remove("waivers.ini");
	put("report.ini", report, strlen(report));
	put("departments.ini", departments, strlen(departments));
	if (waivers)
		put("waivers.ini", waivers, strlen(waivers));
	*l = (struct loaded){ 0 };
	findings_init(&l->findings, &scratch_arena);
	l->rc = workspace_load(&l->ws, ".", &scratch_arena, &l->findings, &l->err);
}

Test(workspace, reads_what_the_archive_wants, SCRATCH)
{
	struct loaded l;

	load(&l,
	    "[report]\nyear = 2021\nregion = 沁水县\nnumber = 沁政发〔2022〕5号\n"
	    "retention = 定期30年\nsecrecy = 公开\n" CHAPTERS,
	    DEPARTMENTS, NULL);
	cr_assert_eq(l.rc, 0, "%s", l.err.text);
	SAME_TEXT(messages(&l.findings), "", "all is well");
	cr_expect_str_eq(l.ws.number, "沁政发〔2022〕5号");
	cr_expect_str_eq(l.ws.retention, "定期30年");
	cr_expect_str_eq(l.ws.secrecy, "公开");
}

Test(workspace, reads, SCRATCH)
{
	struct loaded l;
	struct workspace *ws = &l.ws;

	load(&l,
	    "[report]\nyear = 2021\nregion = 沁水县\ntitle = 报告\nissuer = 沁水县人民政府\n"
	    "date = 2022-03-29\ndeadline = 2022-01-31\nformats = html，txt\n"
	    "previous = ../qinshui-2020/out/a.zip\npunctuation = as-written\n"
	    "[chapters]\nreform = yes\nsupervision = 是\nplan = no\n"
	    "[chapter reform]\ntitle =\nnumbering = shi\n"
	    "[chapter plan]\ntitle = 计划\n" /* switched off: its settings may stay */
	    "[limits]\nfiles = 10\ndepth = 3\nmegabytes = 5\ntext_kilobytes = 7\nratio = 50\n"
	    "name_bytes = 300\n"
	    "[figure parks]\nchapter = reform\nlabel = 公园数\nunit = 个\nkind = count\n"
	    "combine = max\nexpected = yes\nnote = 年末数\n"
	    "[figure words]\nchapter = reform\nlabel = 词\nkind = text\n",
	    "; 单位\n[sfj]\nname = 县司法局\nchapters = supervision、reform\n[gaj]\nname = "
	    "县公安局\n",
	    "[0123456789abcdef]\nreason = 已核\n");
	cr_assert_eq(l.rc, 0, "%s", l.err.text);
	SAME_TEXT(messages(&l.findings), "", "all is well");
	cr_expect_eq(ws->year, 2021);
	cr_expect_str_eq(ws->region, "沁水县");
	cr_expect_str_eq(ws->title, "报告");
	cr_expect_str_eq(ws->issuer, "沁水县人民政府");
	cr_expect_str_eq(ws->date, "2022-03-29");
	cr_expect_str_eq(ws->deadline, "2022-01-31");
	cr_assert_eq(ws->format_count, 2);
	cr_expect_str_eq(ws->formats[1], "txt");
	cr_expect_str_eq(ws->previous, "../qinshui-2020/out/a.zip");
	cr_expect_eq(ws->previous_line, 9);
	cr_expect_not(ws->full_width);
	cr_expect_null(ws->number);
	cr_expect_null(ws->retention);
	cr_expect_null(ws->secrecy);
	cr_expect_eq(ws->limits.files, 10);
	cr_expect_eq(ws->limits.depth, 3);
	cr_expect_eq(ws->limits.megabytes, 5);
	cr_expect_eq(ws->limits.text_kilobytes, 7);
	cr_expect_eq(ws->limits.ratio, 50);
	cr_expect_eq(ws->limits.name_bytes, 300);
	cr_assert_eq(ws->chapter_count, 2);
	cr_expect_str_eq(ws->chapters[0].id, "reform");
	cr_expect_str_eq(ws->chapters[0].title, "");
	cr_expect_eq(ws->chapters[0].numbering, NB_SHI);
	cr_expect_null(ws->chapters[1].title);
	cr_expect_eq(ws->chapters[1].numbering, -1);
	cr_assert_eq(ws->figure_count, 2);
	cr_expect_str_eq(ws->figures[0].figure.id, "parks");
	cr_expect_eq(ws->figures[0].figure.combine, NB_MAX);
	cr_expect_eq(ws->figures[0].figure.flags, NB_EXPECTED);
	cr_expect_eq(ws->figures[1].figure.kind, NB_TEXT);
	cr_assert_eq(ws->department_count, 2);
	cr_expect_eq(ws->departments[0].line, 2);
	cr_expect_eq(ws->departments[0].chapter_count, 2);
	cr_expect_str_eq(ws->departments[0].chapters[1], "reform");
	cr_expect_str_eq(ws->order[1], "gaj");
	cr_expect_null(ws->order[2]);
	cr_expect_eq(workspace_rank(ws, "gaj"), 1);
	cr_expect_eq(workspace_rank(ws, "xxx"), 2);
	cr_expect_str_eq(workspace_department(ws, "sfj")->name, "县司法局");
	cr_expect_null(workspace_department(ws, "xxx"));
	cr_assert_eq(ws->waiver_count, 1);
	cr_expect_str_eq(ws->waivers[0].reason, "已核");

	/* What need not be said. */
	load(&l, GOOD, DEPARTMENTS, NULL);
	cr_assert_eq(l.rc, 0);
	cr_expect_eq(l.findings.count, 0);
	cr_expect_str_eq(ws->title, "沁水县2021年度法治政府建设情况的报告");
	cr_expect_str_eq(ws->issuer, "");
	cr_expect_null(ws->date);
	cr_expect_null(ws->deadline);
	cr_expect_null(ws->previous);
	cr_expect_eq(ws->format_count, 5);
	cr_expect_str_eq(ws->formats[0], "docx");
	cr_expect(ws->annex);
	cr_expect(!ws->contents);
	cr_expect_eq(ws->charts, CHARTS_IN_ANNEX);
	cr_expect(ws->full_width);
	load(&l, REPORT "annex = no\ncontents = yes\ncharts = text\n" CHAPTERS, DEPARTMENTS, NULL);
	cr_expect(!ws->annex);
	cr_expect(ws->contents);
	cr_expect_eq(ws->charts, CHARTS_IN_TEXT);
	load(&l, REPORT "annex = maybe\ncharts = all\n" CHAPTERS, DEPARTMENTS, NULL);
	SAME_TEXT(messages(&l.findings),
	    "'annex' must be yes or no, not 'maybe'\n"
	    "'charts' must be annex, text or no, not 'all'\n",
	    "where charts cannot stand");
	load(&l, REPORT "date =\ndeadline =\nprevious =\ntitle =\n" CHAPTERS, DEPARTMENTS, NULL);
	SAME_TEXT(messages(&l.findings), "", "empty is not given");
	cr_expect_null(ws->previous);
	cr_expect_str_eq(ws->title, "沁水县2021年度法治政府建设情况的报告");
}

static const struct {
	const char *report, *departments, *waivers, *found;
} faults[] = {
	{ GOOD, DEPARTMENTS, "", "" },
	/* [report] */
	{ CHAPTERS, DEPARTMENTS, NULL, "report.ini ini.missing-key\nreport.ini ini.missing-key\n" },
	{ "[report]\nregion =\n" CHAPTERS, DEPARTMENTS, NULL,
	    "report.ini:1 ini.missing-key\nreport.ini:1 ini.missing-key\n" },
	{ "[report]\nregion = 沁水县\nyear = 2o21\n" CHAPTERS, DEPARTMENTS, NULL,
	    "report.ini:3 ini.bad-value\n" },
	{ "[report]\nyear = 2021\nregion = 沁/水\n" CHAPTERS, DEPARTMENTS, NULL,
	    "report.ini:3 ini.bad-value\n" },
	{ REPORT "retention = 30年\nsecrecy = 内部\nnumber = 沁政发〔2022〕5号\n" CHAPTERS,
	    DEPARTMENTS, NULL, "" },
	{ REPORT "retention =\nsecrecy =\nnumber =\n" CHAPTERS, DEPARTMENTS, NULL, "" },
	{ REPORT "retention = 30\nretention_ = 永久\nsecrecy = 保密\n" CHAPTERS, DEPARTMENTS, NULL,
	    "report.ini:4 ini.bad-value\nreport.ini:5 ini.unknown-key\n"
	    "report.ini:6 ini.bad-value\n" },
	{ REPORT "retention = 定期0年\n" CHAPTERS, DEPARTMENTS, NULL,
	    "report.ini:4 ini.bad-value\n" },
	{ REPORT "date = 3月29日\ndeadline = 1月31日\npunctuation = half\nissuer = x\n" CHAPTERS,
	    DEPARTMENTS, NULL,
	    "report.ini:4 ini.bad-value\nreport.ini:5 ini.bad-value\nreport.ini:6 "
	    "ini.bad-value\n" },
	{ REPORT "tittle = x\nfoo = y\n" CHAPTERS, DEPARTMENTS, NULL,
	    "report.ini:4 ini.unknown-key\nreport.ini:5 ini.unknown-key\n" },
	/* [limits] */
	{ GOOD "[limits]\nfiles = 0\ndepth = many\nmegabyte = 3\n", DEPARTMENTS, NULL,
	    "report.ini:7 ini.bad-value\nreport.ini:8 ini.bad-value\nreport.ini:9 "
	    "ini.unknown-key\n" },
	/* [chapters], [chapter …] */
	{ REPORT, DEPARTMENTS, NULL,
	    "report.ini ini.missing-key\ndepartments.ini:1 ini.bad-value\n" },
	{ REPORT "[chapters]\nsupervision = no\n", "[sfj]\nname = x\n", NULL,
	    "report.ini:4 ini.missing-key\n" },
	{ GOOD "reform = maybe\n复议 = yes\n", DEPARTMENTS, NULL,
	    "report.ini:6 ini.bad-value\nreport.ini:7 ini.bad-value\n" },
	{ GOOD "[chapter supervision]\nnumbering = roman\ntitel = x\n[chapter reform]\ntitle = x\n",
	    DEPARTMENTS, NULL,
	    "report.ini:7 ini.bad-value\nreport.ini:8 ini.unknown-key\n"
	    "report.ini:9 ini.unknown-section\n" },
	{ GOOD "[foo]\nx = 1\n", DEPARTMENTS, NULL, "report.ini:6 ini.unknown-section\n" },
	/* [figure …] */
	{ GOOD "[figure 公园]\nchapter = supervision\nlabel = x\n[figure a]\nlabel = x\n"
	       "[figure b]\nchapter = supervision\n[figure c]\nchapter = supervision\nlabel = x\n"
	       "kind = number\ncombine = add\nexpected = maybe\nunti = 个\n",
	    DEPARTMENTS, NULL,
	    "report.ini:6 ini.unknown-section\nreport.ini:9 ini.missing-key\n"
	    "report.ini:11 ini.missing-key\nreport.ini:16 ini.bad-value\n"
	    "report.ini:17 ini.bad-value\nreport.ini:18 ini.bad-value\n"
	    "report.ini:19 ini.unknown-key\n" },
	/* departments.ini */
	{ GOOD, "", NULL, "departments.ini ini.missing-key\n" },
	{ GOOD, "[sfj]\nchapters = supervision\n[gaj]\nname =\n", NULL,
	    "departments.ini:1 ini.missing-key\ndepartments.ini:3 ini.missing-key\n" },
	{ GOOD, "[司法局]\nname = x\n" DEPARTMENTS "phone = 1\n", NULL,
	    "departments.ini:1 ini.unknown-section\ndepartments.ini:6 ini.unknown-key\n" },
	{ GOOD, "[sfj]\nname = x\nchapters = supervison, reform\n", NULL,
	    "departments.ini:1 ini.bad-value\ndepartments.ini:1 ini.bad-value\n" },
	/* waivers.ini */
	{ GOOD, DEPARTMENTS, "[0123456789abcdef]\nreason =\n[0123456789abcdee]\nreasn = x\n",
	    "waivers.ini:1 ini.missing-key\nwaivers.ini:3 ini.missing-key\n"
	    "waivers.ini:4 ini.unknown-key\n" },
	/* What the scanner finds is found in each of them, and the rest is read. */
	{ "[report]\nyear = 2021\nyear = 2022\nregion = 沁水县\nhello\n" CHAPTERS
	  "[report]\nx = 1\n",
	    "[sfj]\nname = x\nname = y\n[sfj]\nname = z\n", "reason = x\n",
	    "report.ini:3 ini.duplicate-key\nreport.ini:5 ini.syntax\n"
	    "report.ini:8 ini.duplicate-section\ndepartments.ini:3 ini.duplicate-key\n"
	    "departments.ini:4 ini.duplicate-section\nwaivers.ini:1 ini.syntax\n" },
};

Test(workspace, faults, SCRATCH)
{
	for (size_t i = 0; i < COUNT(faults); i++) {
		struct loaded l;

		load(&l, faults[i].report, faults[i].departments, faults[i].waivers);
		cr_assert_eq(l.rc, 0, "%s", l.err.text);
		SAME_TEXT(found(&l.findings), faults[i].found, faults[i].report);
	}
}

/* Messages say what is meant: the value, and the name that was probably intended. */
Test(workspace, says, SCRATCH)
{
	struct loaded l;

	load(&l, "[report]\nyear = 2o21\nregion = 沁%水\ntittle = x\n" CHAPTERS "[limit]\n",
	    DEPARTMENTS, NULL);
	SAME_TEXT(messages(&l.findings),
	    "'year' must be a year, not '2o21'\n"
	    "'region' goes into file names and must not hold / \\ : * ? \" < > | %: '沁%水'\n"
	    "[report] has no key 'tittle'; is 'title' meant?\n"
	    "there is no section [limit] here\n",
	    "report.ini");
}

/* Files that are not what they should be. */
Test(workspace, unusable, SCRATCH)
{
	static const struct {
		const char *prepare;
		const char *found; /* NULL: it fails, with `word` */
		const char *word;
	} cases[] = {
		{ "rm report.ini", NULL, "it is no workspace" },
		{ "rm departments.ini", NULL, "there is no departments.ini in '.'" },
		{ "rm report.ini && mkdir report.ini", NULL,
		    "'report.ini': it is no regular file" },
		{ "rm report.ini && mkfifo report.ini", NULL,
		    "'report.ini': it is no regular file" },
		{ "truncate -s 100M departments.ini", NULL,
		    "'departments.ini': it is larger than the limits allow" },
		{ "head -c 2000000 /dev/zero | tr '\\0' ';' >waivers.ini",
		    "waivers.ini ini.limit\n", NULL },
		{ "printf '[report]\\nyear = 2021\\nregion = \\307\\337\\377\\n' >report.ini",
		    "report.ini:3 text.encoding\n", NULL },
		{ "printf '[report]\\nyear = 2021\\0\\n' >report.ini",
		    "report.ini:2 text.encoding\n", NULL },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct loaded l;

		sh("rm -rf report.ini");
		load(&l, GOOD, DEPARTMENTS, NULL);
		sh("%s", cases[i].prepare);
		l.err = (struct err){ 0 };
		findings_init(&l.findings, &scratch_arena);
		l.rc = workspace_load(&l.ws, ".", &scratch_arena, &l.findings, &l.err);
		if (cases[i].found) {
			cr_expect_eq(l.rc, 0, "%s", l.err.text);
			/* Followed by what is missing for that reason. */
			cr_expect_eq(
			    strncmp(found(&l.findings), cases[i].found, strlen(cases[i].found)), 0,
			    "%s: %s", cases[i].prepare, found(&l.findings));
		} else {
			cr_expect_lt(l.rc, 0, "%s", cases[i].prepare);
			cr_expect_eq(l.err.kind, ERR_USAGE, "%s: %d", cases[i].prepare, l.err.kind);
			cr_expect(strstr(l.err.text, cases[i].word), "%s", l.err.text);
		}
	}
}

/* Looked at and accepted: counted no more, named when it is over. */
Test(workspace, waive, SCRATCH)
{
	struct loaded l;
	struct findings given;

	findings_init(&given, &scratch_arena);
	FIND(&given, FIGURE_VALUE, "sfj", AT("inbox/sfj/submission.ini", 4, 0), "received", "m");
	FIND(&given, FIGURE_VALUE, "gaj", AT("inbox/gaj/submission.ini", 4, 0), "received", "m");
	load(&l, GOOD, DEPARTMENTS,
	    arena_printf(&scratch_arena, "[%s]\nreason = 已核\n[ffffffffffffffff]\nreason = 旧\n",
	        given.items[1].fingerprint));
	cr_assert_eq(l.findings.count, 0);
	workspace_waive(&l.ws, &given, 0); /* after a look at a part, no waiver is called unused */
	cr_expect_eq(given.count, 2);
	workspace_waive(&l.ws, &given, 1);
	cr_expect_null(given.items[0].waived);
	cr_expect_str_eq(given.items[1].waived, "已核");
	cr_expect_eq(findings_count(&given, NB_ERROR), 1);
	SAME_TEXT(found(&given),
	    "inbox/sfj/submission.ini:4 figure.value\ninbox/gaj/submission.ini:4 figure.value\n"
	    "waivers.ini:3 waiver.unused\n",
	    "waivers");
	cr_expect_str_eq(given.items[2].args[0], "ffffffffffffffff");
	cr_expect_eq(given.items[2].severity, NB_NOTE);
}
