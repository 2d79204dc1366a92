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
		"　", "\t", "①", "ﬁ", "Ⅻ", "㎡", "\uE000", "\U0010FFFD", "\uFFFD", "\uFFFE",
		"\uFFFF", "\U0001FFFF", "\u2F47日", "한국어", "\x01" };
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
/* There is room for 63 columns: what stands behind them is not lost. */
Test(formats, pdf_of_too_many_columns, PDF)
{
	struct buf text = { 0 };
	for (int row = 0; row < 3; row++) {
		for (int i = 0; i < 70; i++)
			buf_adds(&text, row == 1 ? "|---" : i < 63 ? "|列" : "|末");
		buf_adds(&text, "|\n");
	}
	struct report report = build(buf_str(&text), NULL, 0, &given, 0);
	save(&report);
	sh("test $(pdftotext -raw r.pdf - | grep -o 末 | wc -l) = 14");
	buf_release(&text);
}

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

/* ---- pictures ---------------------------------------------------------------------- */

/* Eight grey pixels square, and two red ones. */
static const unsigned char jpeg[] = { 0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x10, 0x4A, 0x46, 0x49, 0x46,
	0x00, 0x01, 0x01, 0x00, 0x00, 0x01, 0x00, 0x01, 0x00, 0x00, 0xFF, 0xDB, 0x00, 0x43, 0x00,
	0x50, 0x37, 0x3C, 0x46, 0x3C, 0x32, 0x50, 0x46, 0x41, 0x46, 0x5A, 0x55, 0x50, 0x5F, 0x78,
	0xC8, 0x82, 0x78, 0x6E, 0x6E, 0x78, 0xF5, 0xAF, 0xB9, 0x91, 0xC8, 0xFF, 0xFF, 0xFF, 0xFF,
	0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
	0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
	0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xC0, 0x00, 0x0B, 0x08, 0x00, 0x08, 0x00, 0x08, 0x01, 0x01,
	0x11, 0x00, 0xFF, 0xC4, 0x00, 0x14, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
	0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xC4, 0x00, 0x14, 0x10, 0x01,
	0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
	0x00, 0xFF, 0xDA, 0x00, 0x08, 0x01, 0x01, 0x00, 0x00, 0x3F, 0x00, 0x3F, 0xFF, 0xD9 };
static const unsigned char png[] = { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00,
	0x00, 0x0D, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x00, 0x01, 0x08,
	0x02, 0x00, 0x00, 0x00, 0x7B, 0x40, 0xE8, 0xDD, 0x00, 0x00, 0x00, 0x0F, 0x49, 0x44, 0x41,
	0x54, 0x08, 0xD7, 0x63, 0xFC, 0xCF, 0xC0, 0xC0, 0xC0, 0xC0, 0x00, 0x00, 0x06, 0x08, 0x01,
	0x01, 0xC3, 0x9A, 0x60, 0xC5, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42,
	0x60, 0x82 };

/* A report of one picture, the first `size` bytes of what is given. */
static struct report picture_report(const unsigned char *bytes, size_t size, int is_jpeg)
{
	struct picture *picture = arena_alloc(&arena, sizeof *picture);
	struct report report = build("文。", NULL, 0, &given, 1);
	*picture = (struct picture){ (const char *)bytes, size, is_jpeg, 8, 8 };
	for (struct node *node = report.body->first; node; node = node->next)
		if (node->kind == NODE_PARAGRAPH) {
			node->kind = NODE_PICTURE;
			node->text = "照片的说明";
			node->picture = picture;
			node->first = NULL;
		}
	return report;
}

/* A JPEG is in the file byte for byte, a PNG as pixels; the words below them are text. */
Test(formats, pdf_has_pictures, PDF)
{
	struct report report = picture_report(jpeg, sizeof jpeg, 1);
	save(&report);
	put("p.jpg", jpeg, sizeof jpeg);
	sh("pdfimages -j r.pdf p && cmp p-000.jpg p.jpg");
	sh("pdftotext r.pdf - | grep -q 照片的说明");
	report = picture_report(png, sizeof png, 0);
	save(&report);
	sh("pdfimages -list r.pdf | grep -Eq '^ +1 +0 image +2 +1 +rgb +3 +8 +image +no'");
	sh("pdftotext r.pdf - | grep -q 照片的说明");
}

/* What is no picture after all is its description. */
Test(formats, pdf_of_broken_pictures, PDF)
{
	static const unsigned char ink[] = { 0xFF, 0xD8, 0xFF, 0xC0, 0, 20, 8, 0, 8, 0, 8, 4, 1,
		0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0, 0xFF, 0xD9 };
	struct report reports[] = { picture_report(jpeg, 12, 1), picture_report(jpeg, 0, 1),
		picture_report(ink, sizeof ink, 1), picture_report(png, 40, 0),
		picture_report(png, 0, 0), picture_report(jpeg, sizeof jpeg, 0),
		picture_report(png, sizeof png, 1) };
	for (size_t i = 0; i < COUNT_OF(reports); i++) {
		save(&reports[i]);
		sh("qpdf --check r.pdf >/dev/null");
		cr_expect_eq(try_sh("pdfimages -list r.pdf | grep -q image"), 256, "%zu", i);
		sh("pdftotext r.pdf - | grep -q 照片的说明");
	}
}
