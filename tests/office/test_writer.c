/* test_writer.c: what the writers write, as python-docx, openpyxl and xmllint read it. */
#include "../archive/scratch.h"

#include "base/markdown.h"
#include "office/doc_markdown.h"
#include "office/doc_writer.h"
#include "office/sheet_writer.h"

#include <time.h>

TestSuite(writer, SCRATCH, .timeout = 120);

/* Debian's own python has the readers; one found first on the PATH may not. */
static void python(const char *script)
{
	put("look.py", script, strlen(script));
	sh("PATH=/usr/bin:/bin python3 look.py");
}

static void well_formed(const char *file)
{
	cr_assert_eq(try_sh("rm -rf parts && mkdir parts && cd parts && unzip -q ../%s && "
	                    "find . -type f -print0 | xargs -0 xmllint --noout",
	                 file),
	    0, "%s: a part is no XML", file);
}

static void put_doc(const char *file, struct doc_writer *doc)
{
	struct buf bytes = { 0 };
	struct err err = { 0 };
	cr_assert_eq(doc_finish(doc, &bytes, &err), 0, "%s", err.text);
	put(file, bytes.data, bytes.len);
	buf_release(&bytes);
}

static void put_sheets(const char *file, struct sheet_writer *sheets)
{
	struct buf bytes = { 0 };
	struct err err = { 0 };
	cr_assert_eq(sheet_writer_finish(sheets, &bytes, &err), 0, "%s", err.text);
	put(file, bytes.data, bytes.len);
	buf_release(&bytes);
}

/* ---- docx ---------------------------------------------------------------- */

static struct doc_writer *sample_doc(void)
{
	static const unsigned widths[] = { 1, 3, 2 };
	struct doc_writer *doc = doc_new(&(struct doc_info){
	    .title = "关于<&>的通知", .author = "岚桥县人民政府", .date = "2026-01-10" });
	doc_paragraph(doc, DOC_TITLE, "关于报送\n材料的通知");
	doc_begin(doc, DOC_BODY);
	doc_text(doc, "请于");
	doc_strong(doc, "1月31日前");
	doc_text(doc, "报\x01送 <a> & b。");
	doc_end(doc);
	doc_begin(doc, DOC_HEADING_1);
	doc_bookmark_begin(doc, "nb_supervision");
	doc_text(doc, "强化制约监督");
	doc_bookmark_end(doc);
	doc_end(doc);
	doc_bookmark_begin(doc, "nb_a_name_that_is_longer_than_forty_bytes_in_all");
	doc_paragraph(doc, DOC_GUIDANCE, "可写：复议应诉");
	doc_bookmark_end(doc);
	doc_table_begin(doc, widths, 3);
	doc_table_row(doc, 1);
	doc_cell(doc, "序号");
	doc_cell(doc, "章节");
	doc_table_row(doc, 0);
	doc_cell(doc, "1");
	doc_cell(doc, "监督");
	doc_cell(doc, "未报");
	doc_table_end(doc);
	doc_table_begin(doc, widths, 1);
	doc_table_row(doc, 0);
	doc_cell(doc, "另一张表");
	doc_table_end(doc);
	return doc;
}

Test(writer, a_document_reads_as_it_was_written)
{
	put_doc("a.docx", sample_doc());
	well_formed("a.docx");
	python("import docx\n"
	       "d = docx.Document('a.docx')\n"
	       "p = [(p.style.style_id, p.text) for p in d.paragraphs]\n"
	       "assert p[:4] == [('Title', '关于报送\\n材料的通知'),\n"
	       "    ('Normal', '请于1月31日前报送 <a> & b。'), ('Heading1', '强化制约监督'),\n"
	       "    ('NbGuidance', '可写：复议应诉')], p\n"
	       "assert p[4:] == [('NbCell', ''), ('NbCell', '')], p\n"
	       "assert [r.bold for r in d.paragraphs[1].runs] == [None, True, None]\n"
	       "assert [[c.text for c in r.cells] for r in d.tables[0].rows] == [\n"
	       "    ['序号', '章节', ''], ['1', '监督', '未报']]\n"
	       "assert len(d.tables) == 2\n"
	       "assert d.styles['填写提示'].style_id == 'NbGuidance'\n"
	       "assert d.styles['填写提示'].next_paragraph_style.style_id == 'Normal'\n"
	       "c = d.core_properties\n"
	       "assert (c.title, c.author, c.language) == ('关于<&>的通知', '岚桥县人民政府', "
	       "'zh-CN')\n"
	       "assert str(c.created) == '2026-01-10 00:00:00', c.created\n"
	       "x = d.element.xml\n"
	       "assert 'w:name=\"nb_supervision\"' in x and 'longer_than_forty' not in x\n"
	       "assert x.count('bookmarkStart') == x.count('bookmarkEnd') == 1\n");
}

/* GB/T 9704-2012: A4, margins 37, 26, 35 and 28 mm, 22 lines; widths that WPS and Word both need.
 */
Test(writer, a_document_is_laid_out_as_offices_do)
{
	put_doc("a.docx", sample_doc());
	python(
	    "import docx, re\n"
	    "d = docx.Document('a.docx')\n"
	    "s = d.sections[0]\n"
	    "mm = [round(v.mm) for v in (s.page_width, s.page_height, s.top_margin,\n"
	    "    s.right_margin, s.bottom_margin, s.left_margin)]\n"
	    "assert mm == [210, 297, 37, 26, 35, 28], mm\n"
	    "x = d.element.xml\n"
	    "assert 'w:linePitch=\"579\"' in x\n"
	    "for t in d.tables:\n"
	    "    columns = [int(w) for w in re.findall('gridCol w:w=\"(\\\\d+)\"', t._tbl.xml)]\n"
	    "    assert sum(columns) == 8844, columns\n"
	    "    assert 'w:tblW w:w=\"8844\" w:type=\"dxa\"' in t._tbl.xml\n"
	    "st = d.styles.element.xml\n"
	    "for name in 'heading 1', 'heading 2', 'heading 3', 'footer', 'Title':\n"
	    "    assert '<w:name w:val=\"%s\"/>' % name in st, name\n"
	    "for font in '仿宋_GB2312', '黑体', '楷体_GB2312', '方正小标宋简体':\n"
	    "    assert 'w:eastAsia=\"%s\"' % font in st, font\n"
	    "assert 'Theme' not in st and 'w:eastAsia=\"zh-CN\"' in st\n"
	    "assert 'PAGE' in s.footer._element.xml\n");
}

Test(writer, markdown_becomes_paragraphs)
{
	static const char text[] = "# 题\n\n县司法局：\n\n正文**粗体**\n续行 and\nmore。\n\n"
	                           "2. 一\n3. 二\n   - 子\n\n## 头\n\n| 甲 | 乙 |\n|---|---|\n"
	                           "| 1 | **2** |\n\n> 岚桥县\\\n> 2026年\n";
	struct doc_writer *doc = doc_new(&(struct doc_info){ .compact = 1 });
	doc_add_markdown(doc, markdown_read(&scratch_arena, text, sizeof text - 1));
	put_doc("m.docx", doc);
	python(
	    "import docx\n"
	    "d = docx.Document('m.docx')\n"
	    "p = [(p.style.style_id, p.text) for p in d.paragraphs]\n"
	    "assert p == [('Title', '题'), ('NbFlush', '县司法局：'),\n"
	    "    ('Normal', '正文粗体续行 and more。'), ('Normal', '2. 一'), ('Normal', '3. 二'),\n"
	    "    ('Normal', '— 子'), ('Heading1', '头'), ('NbSignature', '岚桥县\\n2026年')], p\n"
	    "assert [[c.text for c in r.cells] for r in d.tables[0].rows] == [['甲', '乙'], ['1', "
	    "'2']]\n");
}

/* ---- xlsx ---------------------------------------------------------------- */

static struct sheet_writer *sample_sheets(void)
{
	static const char *const access[] = { "公开", "内部", NULL };
	struct sheet_writer *writer =
	    sheet_writer_new(&(struct sheet_info){ .title = "表", .date = "2025-12-31" });
	struct sheet *first = sheet_add(writer, "supervision");
	struct sheet *second =
	    sheet_add(writer, "a_chapter_of_a_long_name.and_a_list_of_a_long_name");
	struct sheet *third = sheet_add(writer, "A_chapter_of_a_long_name.and_a_table");
	sheet_column(first, 1, 20);
	sheet_column_open(second, 1, 20, SHEET_INPUT_WORDS);
	sheet_across(first, 1, 1, 5, SHEET_TITLE, "标题");
	sheet_put(first, 5, 1, SHEET_REQUIRED, "=1+1");
	sheet_number(first, 5, 4, SHEET_VALUE, 14);
	sheet_put(first, 5, 5, SHEET_INPUT_REQUIRED, "");
	sheet_link(first, 6, 1, "去", third);
	sheet_check(first, 5, 5, 5,
	    &(struct sheet_check){
	        .rule = SHEET_COUNT, .title = "件", .hint = "填整数", .error = "整数" });
	sheet_check(first, 6, 9, 5,
	    &(struct sheet_check){ .rule = SHEET_DATE, .from = "2025-01-01", .to = "2025-12-31" });
	sheet_check(first, 10, 10, 5, &(struct sheet_check){ .rule = SHEET_PERCENT });
	sheet_choose(second, 5, 9, 2, access, "公开或内部", "选一个");
	sheet_choose_from(second, 5, 9, 3, first, 5, 6, 1, "章节", "选一个");
	sheet_freeze(first, 5, 3);
	sheet_print(first, 10, 5);
	return writer;
}

Test(writer, a_workbook_reads_as_it_was_written)
{
	put_sheets("a.xlsx", sample_sheets());
	well_formed("a.xlsx");
	python(
	    "import openpyxl, datetime\n"
	    "b = openpyxl.load_workbook('a.xlsx')\n"
	    "assert b.sheetnames == ['supervision', 'a_chapter_of_a_long_name.and_a_',\n"
	    "    'A_chapter_of_a_long_name.and_~2'], b.sheetnames\n"
	    "s = b['supervision']\n"
	    "assert s['A5'].value == '=1+1' and s['A5'].data_type == 's' or s['A5'].quotePrefix, "
	    "s['A5'].data_type\n"
	    "assert s['A5'].number_format == '\"* \"@' and s['A5'].font.color.rgb == 'FFC00000'\n"
	    "assert s['D5'].value == 14 and s['E5'].value is None\n"
	    "assert s.protection.sheet and not s.protection.password\n"
	    "assert s['A1'].protection.locked and not s['E5'].protection.locked\n"
	    "assert not b.worksheets[1].column_dimensions['A'].protection.locked\n"
	    "assert s.freeze_panes == 'C5' and s.print_title_rows == '$4:$4'\n"
	    "p = s.page_setup\n"
	    "assert (p.orientation, int(p.paperSize), int(p.fitToHeight)) == ('landscape', 9, 0)\n"
	    "assert s.sheet_properties.pageSetUpPr.fitToPage\n"
	    "assert s['A6'].hyperlink.location == \"'A_chapter_of_a_long_name.and_~2'!A1\"\n"
	    "v = {str(d.sqref): d for d in s.data_validations.dataValidation}\n"
	    "assert (v['E5'].type, v['E5'].errorStyle, v['E5'].prompt) == ('whole', 'warning', "
	    "'填整数')\n"
	    "day = lambda n: datetime.date(1899, 12, 30) + datetime.timedelta(int(n))\n"
	    "assert v['E6:E9'].type == 'date' and str(day(v['E6:E9'].formula1)) == '2025-01-01'\n"
	    "assert str(day(v['E6:E9'].formula2)) == '2025-12-31'\n"
	    "assert v['E10'].type == 'decimal' and v['E10'].errorStyle == 'warning'\n"
	    "v = {str(d.sqref): d for d in b.worksheets[1].data_validations.dataValidation}\n"
	    "assert v['B5:B9'].formula1 == '\"公开,内部\"' and v['B5:B9'].errorStyle is None\n"
	    "assert v['C5:C9'].formula1 == \"'supervision'!$A$5:$A$6\", v['C5:C9'].formula1\n"
	    "import zipfile\n"
	    "raw = zipfile.ZipFile('a.xlsx').read('xl/worksheets/sheet2.xml').decode()\n"
	    "assert raw.count('showErrorMessage') == 1, 'others than those offered may be "
	    "entered'\n"
	    "assert str(b.properties.created) == '2025-12-31 00:00:00'\n");
}

/* ---- both ---------------------------------------------------------------- */

Test(writer, the_same_calls_give_the_same_bytes)
{
	put_doc("1.docx", sample_doc());
	put_sheets("1.xlsx", sample_sheets());
	setenv("TZ", "Pacific/Kiritimati", 1);
	tzset();
	sh("sleep 2.1"); /* a zip's clock goes in steps of two seconds */
	put_doc("2.docx", sample_doc());
	put_sheets("2.xlsx", sample_sheets());
	cr_assert(same_bytes("1.docx", "2.docx"));
	cr_assert(same_bytes("1.xlsx", "2.xlsx"));
}

/* A sheet of data: nothing is locked; numbers are numbers, and 15 digits are all there are. */
Test(writer, data_is_typed_and_open)
{
	struct sheet_writer *writer = sheet_writer_new(&(struct sheet_info){ .title = "数" });
	struct sheet *sheet = sheet_add_data(writer, "数");
	sheet_put(sheet, 1, 1, SHEET_HEAD, "甲");
	sheet_number_shown(sheet, 2, 1, SHEET_DATA, 9.95, (struct sheet_shown){ .decimals = 2 });
	sheet_number_shown(
	    sheet, 3, 1, SHEET_DATA, 0.963, (struct sheet_shown){ .decimals = 1, .percent = 1 });
	sheet_number_shown(sheet, 4, 1, SHEET_DATA, -1.5,
	    (struct sheet_shown){ .decimals = 1, .sign = 1, .points = 1 });
	sheet_day(sheet, 5, 1, SHEET_DATA, 20240229);
	sheet_day(sheet, 6, 1, SHEET_DATA, SHEET_FIRST_DAY);
	sheet_put(sheet, 7, 1, SHEET_SOURCE, "长长长长长长长长长长长长长长长长长长长长长长");
	sheet_filter(sheet, 1, 7, 1);
	put_sheets("d.xlsx", writer);
	well_formed("d.xlsx");
	python("import openpyxl\n"
	       "s = openpyxl.load_workbook('d.xlsx').worksheets[0]\n"
	       "v = [(c.value, c.number_format) for (c,) in s.iter_rows(min_row=2, max_row=4)]\n"
	       "assert v == [(9.95, '0.00'), (0.963, '0.0%'),\n"
	       "    (-1.5, '+0.0\"个百分点\";-0.0\"个百分点\";0.0\"个百分点\"')], v\n"
	       "assert [str(s.cell(r, 1).value)[:10] for r in (5, 6)] == "
	       "['2024-02-29', '1900-03-01']\n"
	       "assert not s.protection.sheet and s.auto_filter.ref == 'A1:A7'\n"
	       "assert s.row_dimensions[7].height == s.row_dimensions[2].height\n"
	       "assert s.cell(7, 1).alignment.wrap_text is None\n");
}

Test(writer, what_is_not_finished_leaves_nothing)
{
	doc_drop(sample_doc());
	doc_drop(NULL);
	sheet_writer_drop(sample_sheets());
	sheet_writer_drop(NULL);
}
