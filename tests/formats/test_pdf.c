/*
 * test_pdf.c: the report as PDF: it opens in readers that are not ours, says what the text says,
 * has the same bytes each time, and takes anything. Its layout is measured in tests/page/run.sh.
 */
#include "base/file.h"
#include "formats/format.h"

#include "../archive/scratch.h"
#include "../document/doc.h"

static void render(const struct report *report, const char *format, struct buf *out)
{
	struct err err = { 0 };
	struct setting setting = { .look = "", .arena = &arena, .findings = &findings };
	cr_assert_eq(format_find(format)->render(report, &setting, out, &err), 0, "%s", err.text);
}

static void finish(void)
{
	scratch_remove();
	forget();
}

#define PDF .init = scratch_make, .fini = finish, .timeout = 60

/* Puts the report into the scratch folder as r.pdf and r.txt. */
static void save(const struct report *report)
{
	struct buf pdf = { 0 }, txt = { 0 };
	render(report, "pdf", &pdf);
	render(report, "txt", &txt);
	put("r.pdf", pdf.data, pdf.len);
	put("r.txt", txt.data, txt.len);
	buf_release(&pdf);
	buf_release(&txt);
}

/* Without blanks, for lines end elsewhere. */
#define SQUEEZE "tr -d ' \\n\\t\\f' | sed 's/　//g'"

/* Whether the PDF's text, page numbers left out, is the report's. */
static int says_the_same(void)
{
	sh("qpdf --check r.pdf >/dev/null");
	sh("pdftotext -raw r.pdf - | sed -E 's/^— ?[0-9]+ ?—$//' | " SQUEEZE " >got; "
	   "cat r.txt | " SQUEEZE " >want");
	return try_sh("cmp -s got want") == 0;
}

static const char *content(const char *name)
{
	struct buf text = { 0 };
	struct err err;
	cr_assert_eq(file_read(in(name), 1 << 22, &text, &err), 0);
	const char *copy = arena_strdup(&arena, buf_str(&text));
	buf_release(&text);
	return copy;
}

static const struct listed listed[] = {
	{ "2021年行政复议案件台账", "县司法局", "../attachments/sfj/a.csv" },
	{ "名称很长很长很长很长很长很长很长很长很长很长很长很长很长的附件", "县司法局", "b.csv" },
};

static const struct report given = { .title = "沁水县2021年度法治政府建设情况的报告",
	.region = "沁水县",
	.issuer = "沁水县人民政府",
	.date = "2022-03-09",
	.year = 2021,
	.attachments = listed,
	.attachment_count = 2 };

/* Whatever a reader copies or searches is the report's text. */
Test(formats, pdf_says_what_the_text_says, PDF)
{
	static const char *const texts[] = {
		"文。\n\n# 标题\n\n## 要点\n\n“引”《号》、（一），——破折……。",
		"# 标题\n\n1. 甲\n2. 乙\n\n   丙\n\n- 丁\n\n> 引用\n> 两行\n\n```\nint a = 1;\n```",
		"**粗**、*斜*、`代码`、[链接](https://a.cn/?x=1)、ABC fi ffl 1,234.5 Ω ①",
		"𠮷䶮〇㐀、e\u0301、\U0001F984\U0001F9A2、日\uFE00日",
		"| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n| 三 | 四 |",
	};
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		struct report report = build(texts[i], NULL, 0, &given, 1);
		save(&report);
		cr_expect(says_the_same(), "%s\n%s", content("got"), content("want"));
	}
}

/* Neither clock, zone, language nor the run before changes a byte. */
Test(formats, pdf_has_the_same_bytes_each_time, PDF)
{
	struct report report = build(
	    "文ABC。\n\n# 标题\n\n[链](https://a.cn)\n\n|a|b|\n|-|-|\n|1|2|\n", NULL, 0, &given, 1);
	struct buf one = { 0 }, two = { 0 };
	render(&report, "pdf", &one);
	setenv("TZ", "Asia/Shanghai", 1);
	setenv("LANG", "ja_JP.UTF-8", 1);
	setenv("LANGUAGE", "ar", 1);
	sleep(1);
	render(&report, "pdf", &two);
	cr_expect(one.len == two.len && memcmp(one.data, two.data, one.len) == 0);
	put("r.pdf", one.data, one.len);
	sh("pdfinfo r.pdf | grep -q 'Title: *沁水县2021年度法治政府建设情况的报告'");
	sh("pdfinfo r.pdf | grep -q 'Author: *沁水县人民政府'");
	sh("TZ=UTC pdfinfo -isodates r.pdf | grep -q 'CreationDate: *2022-03-09T00:00:00'");
	buf_release(&one);
	buf_release(&two);
}

Test(formats, pdf_without_a_date_has_one_all_the_same, PDF)
{
	struct report report = build("文。", NULL, 0, NULL, 1);
	save(&report);
	sh("TZ=UTC pdfinfo -isodates r.pdf | grep -q 'CreationDate: *1980-01-01T00:00:00'");
}

/* A heading can be gone to from the outline, the contents and a link in the text. */
Test(formats, pdf_headings_are_places, PDF)
{
	struct report report =
	    build("# 甲\n\n文。\n\n## 乙\n\n文。\n\n# 丙\n\n文。", NULL, 0, &given, 1);
	report.contents = 1;
	save(&report);
	sh("qpdf --json r.pdf | python3 -c '\n"
	   "import json, sys\n"
	   "def walk(o, d=0): return sum(([\"%%d%%s@%%d\" %% (d, i[\"title\"], "
	   "i[\"destpageposfrom1\"])]"
	   " + walk(i[\"kids\"], d + 1) for i in o), [])\n"
	   "got = walk(json.load(sys.stdin)[\"outlines\"])\n"
	   "assert got == [\"0一、甲@2\", \"1（一）乙@2\", \"0二、丙@2\"], got'");
	sh("pdftotext -layout -l 1 r.pdf - | grep -q '^一、甲 *…*1$'");
	sh("test $(qpdf --qdf r.pdf - | grep -a -c '/Subtype /Link') -ge 6");
}

/* Anything in any place, in all combinations: a whole file comes out, and no word is lost. */
Test(formats, pdf_of_any_text, PDF)
{
	static const char *const pieces[] = { "甲", "乙，", "“丁”", "（", "）", "……", "——", "a",
		"B1", " ", "\n\n", "\n\n", "**", "*", "`", "\n\n# ", "\n\n## ", "\n\n- ", "\n1. ",
		"\n\n> ", "\n\n| a | b |\n|---|---|\n| c | ", "\n\n```\n", "\\\n",
		"[x](https://a.cn/'\"<中>)", "[y](#s1)", "𠮷", "䶮", "\U0001F468\u200d\U0001F469",
		"e\u0301\u0302\u0303", "שלום", "مرحبا", "नमस्ते", "ไทย", "\u200b", "\u202e", "\u00a0",
		"　", "\t", "①", "ﬁ", "Ⅻ", "㎡", "\uE000", "\U0010FFFD", "\uFFFD" };
	unsigned long seed = 97;

	for (int i = 0; i < 36; i++) {
		struct buf text = { 0 }, out = { 0 };
		for (int k = 0; k < 5 + 4 * i; k++) {
			seed = seed * 6364136223846793005UL + 1442695040888963407UL;
			buf_adds(&text, pieces[(seed >> 33) % COUNT_OF(pieces)]);
		}
		struct report report = build(buf_str(&text), NULL, 0, &given, i & 1);
		report.contents = i % 3 == 0;
		report.draft = i % 5 == 0;
		render(&report, "pdf", &out);
		if (i % 6 == 0) {
			put("r.pdf", out.data, out.len);
			cr_expect_eq(
			    try_sh("qpdf --check r.pdf >/dev/null"), 0, "%s", buf_str(&text));
		}
		buf_release(&text);
		buf_release(&out);
		arena_release(&arena);
	}
}

static const char *repeated(const char *what, size_t times)
{
	struct buf out = { 0 };
	for (size_t i = 0; i < times; i++)
		buf_adds(&out, what);
	const char *text = arena_strdup(&arena, buf_str(&out));
	buf_release(&out);
	return text;
}

/* What is far too large still makes a file that opens. */
Test(formats, pdf_of_too_much, PDF)
{
	const char *cells = repeated("|很长的单元格内容", 40);
	const char *const texts[] = {
		repeated("长", 100000),
		arena_printf(&arena, "# %s\n\n文。", repeated("题", 200)),
		arena_printf(&arena, "%s|\n%s|\n%s|\n", cells, repeated("|---", 40), cells),
		arena_printf(&arena, "|a|b|\n|-|-|\n|%s|c|\n", repeated("高", 8000)),
		arena_printf(&arena, "|%s|b|\n|-|-|\n|a|c|\n", repeated("高", 8000)),
		arena_printf(&arena, "|a|b|\n|-|-|\n%s", repeated("|行|行|\n", 3000)),
		repeated("# 空\n\n", 300),
		repeated("> ", 60),
		arena_printf(&arena, "%s文", repeated("> ", 60)),
		arena_printf(&arena, "```\n%s\n```", repeated("x", 5000)),
	};
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		struct report report = build(texts[i], NULL, 0, &given, 1);
		report.contents = 1;
		save(&report);
		cr_expect_eq(try_sh("qpdf --check r.pdf >/dev/null"), 0, "%zu", i);
	}
}

/* A title of more than a page, an issuer wider than the paper. */
Test(formats, pdf_of_odd_reports, PDF)
{
	struct report odd = { .title = repeated("标题\n", 100),
		.region = "\x01<&>",
		.issuer = repeated("某某", 40),
		.date = "2022-12-31",
		.year = 2021,
		.draft = 1 };
	struct report report = build("文。", NULL, 0, &odd, 1);
	save(&report);
	sh("qpdf --check r.pdf >/dev/null");
	sh("pdfinfo -meta r.pdf | xmllint --noout -");
	odd.title = odd.issuer = "";
	report = build("", NULL, 0, &odd, 1);
	save(&report);
	sh("qpdf --check r.pdf >/dev/null");
}
