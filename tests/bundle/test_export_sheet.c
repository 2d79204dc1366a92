/*
 * test_export_sheet.c: figures.xlsx beside figures.json, as our own reader and as openpyxl read it:
 * the same values, numbers as numbers, days as days, and what is no number told apart.
 */
#include "../chapters/county.h"

#include "bundle/export.h"
#include "bundle/export_sheet.h"
/* Two rooms have a struct of this name, and only a test sees both. */
#define relation package_relation
#include "office/workbook.h"
#undef relation

#include <time.h>

TestSuite(export_sheet, COUNTY, .timeout = 120);

static const char *const hand_ins =
    "[supervision]\nreconsideration_received = 46\nreconsideration_pending = 3\n"
    "hotline_orders = 2500余\nlast_hearing = 2021-11-30\nwindow = =1+1\nfees = 9.95\n"
    "disclosure_requests = 100以上\nreconsideration_correction_rate = 96.3%\nlongest_case = /\n"
    "== gaj\n[supervision]\nhotline_orders = 30\nlongest_case = /\n";

static struct figures_book book(void)
{
	return (struct figures_book){ .figures = &county.figures,
		.workspace = &county.workspace,
		.catalog = &county.chapters,
		.software = "nianbao 0.0.0" };
}

static struct buf sheets(const struct figures_book *of)
{
	struct buf out = { 0 };
	struct err err = { 0 };
	cr_assert_eq(export_figures_sheets(of, &out, &err), 0, "%s", err.text);
	return out;
}

static void put_sheets(const char *name, const struct figures_book *of)
{
	struct buf bytes = sheets(of);
	put(name, bytes.data, bytes.len);
	buf_release(&bytes);
}

static const struct sheet *supervision(const struct workbook *workbook)
{
	const struct chapter *chapter = catalog_chapter(&county.chapters, "supervision");
	for (size_t i = 0; i < workbook->count; i++)
		if (strcmp(workbook->sheets[i].name, chapter->title) == 0)
			return &workbook->sheets[i];
	return NULL;
}

/* The row of a figure, its cells joined by | from the value on. */
static const char *row_of(const struct sheet *sheet, const char *id)
{
	struct buf out = { 0 };
	for (uint32_t row = 2; row <= sheet->rows; row++) {
		if (strcmp(sheet_text(sheet, row, 1), id) != 0)
			continue;
		for (uint32_t column = 4; column <= 12; column++) {
			const struct cell *cell = sheet_cell(sheet, row, column);
			buf_addf(&out, "%s%s%s", column > 4 ? "|" : "",
			    cell && cell->is_number ? "#" : "", cell ? cell->text : "");
		}
	}
	const char *text = arena_strdup(&county.run, buf_str(&out));
	buf_release(&out);
	return text;
}

/* "#": it is a number, or a day. */
static const struct {
	const char *figure, *row;
} rows[] = {
	{ "reconsideration_received",
	    "#46|#46|#46|准确数|#40|#6|#15%|县司法局|sfj/1/submission.ini:5" },
	{ "reconsideration_pending", "#3|#3|#3|准确数|#0|#3||县司法局|sfj/1/submission.ini:6" },
	{ "hotline_orders", "2530余|#2530|#2630|约数||||县司法局、县公安局|sfj/1/submission.ini:7; "
	                    "gaj/1/submission.ini:5" },
	{ "disclosure_requests", "100以上|#100||约数||||县司法局|sfj/1/submission.ini:11" },
	{ "last_hearing", "#2021-11-30|||日期||||县司法局|sfj/1/submission.ini:8" },
	{ "window", "=1+1|||文字||||县司法局|sfj/1/submission.ini:9" },
	{ "fees", "#9.95|#9.95|#9.95|准确数||||县司法局|sfj/1/submission.ini:10" },
	{ "longest_case", "/|||不适用|||||sfj/1/submission.ini:13; gaj/1/submission.ini:6" },
	{ "litigation_cases", "|||无数据|||||" },
};

Test(export_sheet, our_own_reader_reads_each_kind_of_value)
{
	struct workbook workbook;
	struct err err = { 0 };
	county_take(hand_ins, NULL,
	    "supervision.reconsideration_received=40 supervision.reconsideration_pending=0");
	struct figures_book of = book();
	struct buf bytes = sheets(&of);
	cr_assert_eq(workbook_read(&workbook, "figures.xlsx", &bytes, NULL, &county.run, &err), 0,
	    "%s", err.text);
	const struct sheet *sheet = supervision(&workbook);
	cr_assert(sheet);
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		cr_expect_str_eq(
		    row_of(sheet, arena_printf(&county.run, "supervision.%s", rows[i].figure)),
		    rows[i].row);
	cr_expect_str_eq(workbook.sheets[0].name, "说明");
	cr_expect_str_eq(sheet_text(&workbook.sheets[0], 2, 2), county.workspace.title);
	cr_expect_str_eq(sheet_text(&workbook.sheets[0], 7, 2), "nianbao 0.0.0");
}

/* Values, types and formats against figures.json; what a sheet for working with has. */
static const char *const look =
    "import datetime, json, openpyxl, unicodedata\n"
    "data = json.load(open('figures.json'))\n"
    "book = openpyxl.load_workbook('figures.xlsx')\n"
    "rows = {}\n"
    "for sheet in book.worksheets[1:]:\n"
    "    assert sheet.freeze_panes == 'C2', sheet.freeze_panes\n"
    "    assert sheet.auto_filter.ref == 'A1:L%d' % sheet.max_row, sheet.auto_filter.ref\n"
    "    assert sheet.print_title_rows == '$1:$1' and not sheet.protection.sheet\n"
    "    assert sheet.page_setup.fitToHeight == 0 and sheet.page_setup.orientation == "
    "'landscape'\n"
    "    head = [c.value for c in sheet[1]]\n"
    "    for row in sheet.iter_rows(min_row=2):\n"
    "        assert row[0].value not in rows\n"
    "        rows[row[0].value] = dict(zip(head, row))\n"
    "assert len(rows) == len(data['figures']) > 100\n"
    "def near(cell, value, percent):\n"
    "    assert cell.data_type == 'n', cell.value\n"
    "    assert cell.number_format.endswith('%') == percent, cell.number_format\n"
    "    assert abs(cell.value * (100 if percent else 1) - value) < 1e-12, (cell.value, value)\n"
    "def same(cell, value, percent):\n"
    "    state = value['state']\n"
    "    if state == 'exact':\n"
    "        near(cell, value['value'], percent)\n"
    "        digits = value['text'].rstrip('%').partition('.')[2]\n"
    "        shown = '0' + ('.' if digits else '') + '0' * len(digits)\n"
    "        assert cell.number_format == shown + ('%' if percent else ''), "
    "(cell.number_format, value)\n"
    "    elif isinstance(cell.value, datetime.datetime):\n"
    "        assert state == 'words' and str(cell.value.date()) == value['text']\n"
    "    else:\n"
    "        assert (cell.value or '') == value['text'] and cell.data_type != 'f', cell.value\n"
    "seen = set()\n"
    "for figure in data['figures']:\n"
    "    row = rows[figure['chapter'] + '.' + figure['figure']]\n"
    "    percent = figure['unit'] == '%'\n"
    "    assert (row['指标'].value, row['单位'].value or '') == (figure['label'], "
    "figure['unit'])\n"
    "    same(row['本年数'], figure, percent)\n"
    "    same(row['上年数'], figure.get('last_year', {'state': 'absent', 'text': ''}), "
    "percent)\n"
    "    for name, key in ('下限', 'low'), ('上限', 'high'):\n"
    "        bound = figure.get('value', figure.get(key))\n"
    "        if bound is None: assert row[name].value is None\n"
    "        else: near(row[name], bound, percent)\n"
    "    places = [s['file'] + ':%d' % s['line'] for s in figure['sources']]\n"
    "    assert (row['出处'].value or '') == '; '.join(places)\n"
    "    seen.add(row['性质'].value)\n"
    "assert seen == {'准确数', '约数', '不适用', '无数据', '日期', '文字'}, seen\n"
    "links = [c.hyperlink.location for r in book.worksheets[0] for c in r if c.hyperlink]\n"
    "assert links == [\"'%s'!A1\" % s.title for s in book.worksheets[1:]], links\n"
    "raw = rows['supervision.fees']['本年数'].value\n"
    "assert raw == 9.95, raw\n";

Test(export_sheet, openpyxl_reads_what_the_json_says)
{
	struct buf text = { 0 };
	county_take(hand_ins, NULL, "supervision.reconsideration_received=40");
	struct figures_book of = book();
	put_sheets("figures.xlsx", &of);
	json_t *data = export_figures(&county.figures, &county.workspace, NULL, 0);
	export_json(data, &text);
	json_decref(data);
	put("figures.json", text.data, text.len);
	put("look.py", look, strlen(look));
	buf_release(&text);
	sh("PATH=/usr/bin:/bin python3 look.py");
}

Test(export_sheet, in_a_publication_no_hand_in_is_named)
{
	county_take(hand_ins, NULL, NULL);
	struct figures_book of = book();
	put_sheets("all.xlsx", &of);
	of.publication = 1;
	put_sheets("public.xlsx", &of);
	sh("unzip -p all.xlsx | grep -q submission.ini");
	sh("! unzip -p public.xlsx | grep -q -e submission.ini -e 出处");
}

Test(export_sheet, bytes_do_not_depend_on_clock_zone_and_language)
{
	county_take(hand_ins, NULL, NULL);
	struct figures_book of = book();
	put_sheets("1.xlsx", &of);
	setenv("TZ", "Asia/Shanghai", 1);
	setenv("LC_ALL", "zh_CN.UTF-8", 1);
	tzset();
	sleep(2); /* a zip's clock */
	put_sheets("2.xlsx", &of);
	cr_expect(same_bytes("1.xlsx", "2.xlsx"));
	of.draft = 1;
	put_sheets("3.xlsx", &of);
	cr_expect_not(same_bytes("1.xlsx", "3.xlsx"));
}
