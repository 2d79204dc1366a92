/* Workbooks as their writers see them, damaged ones and those that mean harm. */
#include "office/workbook.h"

#include "built.h"

#include <time.h>

static struct workbook workbook;
static struct err failure;

static int read_built(struct buf bytes)
{
	failure = (struct err){ 0 };
	return workbook_read(&workbook, "a.xlsx", &bytes, NULL, &scratch_arena, &failure);
}

static void read_sheet(const char *sheet, const char *strings, const char *styles)
{
	cr_assert_eq(read_built(build_xlsx(sheet, strings, styles)), 0, "%s", failure.text);
	cr_assert_eq(workbook.count, 1);
}

static const char *fixture(const char *name)
{
	return arena_printf(&scratch_arena, "tests/office/fixtures/%s", name);
}

static int read_fixture(const char *name)
{
	struct buf bytes = { 0 };
	failure = (struct err){ 0 };
	cr_assert_eq(file_read(fixture(name), 1 << 24, &bytes, &failure), 0, "%s", failure.text);
	return workbook_read(&workbook, name, &bytes, NULL, &scratch_arena, &failure);
}

static const struct cell *at(uint32_t row, uint32_t column)
{
	static const struct cell none = { .text = "(empty)" };
	const struct cell *cell = sheet_cell(&workbook.sheets[0], row, column);
	return cell ? cell : &none;
}

/* ---- how numbers are shown --------------------------------------------- */

#define STYLES(formats, xfs)                                                                       \
	"<styleSheet " S "><numFmts>" formats "</numFmts>"                                         \
	"<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/>" xfs      \
	"</cellXfs></styleSheet>"

Test(office, numbers, SCRATCH)
{
	static const struct {
		const char *code, *value, *typed, *formula;
	} cases[] = {
		{ "General", "0.30000000000000004", "0.3", "0.3" },
		{ "General", "14.000000000000002", "14", "14" },
		{ "General", "1234567890123456", "1234567890123460", "1234567890123460" },
		{ "General", "1E+20", "100000000000000000000", "100000000000000000000" },
		{ "General", "-2.5E-5", "-0.000025", "-0.000025" },
		{ "General", "2.7755575615628914E-17", "0.0000000000000000277555756156289", "0" },
		{ "General", "-0", "0", "0" },
		{ "General", "1.25E-290", "1.25E-290", "0" },
		{ "General", "-2E+200", "-2E+200", "-2E+200" },
		{ "General", "0.1", "0.1", "0.1" },
		{ "0.00", "12.345", "12.345", "12.35" },
		{ "#,##0", "1234.5", "1234.5", "1235" },
		{ "#,##0.0,", "12345", "12345", "12345" },
		{ "0.00", "9.999", "9.999", "10" },
		{ "0", "-0.4", "-0.4", "0" },
		{ "0.0%", "0.963", "96.3%", "96.3%" },
		{ "0.0%", "0.96299999999999997", "96.3%", "96.3%" },
		{ "0%", "0.963", "96.3%", "96%" },
		{ "0.0%", "0.96271234", "96.271234%", "96.3%" },
		{ "0.00E+00", "123.456", "123.456", "123.456" },
		{ "0\"件\"", "14", "14", "14" },
		{ "0\"day\"", "14", "14", "14" },
		{ "[Red]0.0;[Blue]-0.0", "1.25", "1.25", "1.3" },
		{ "yyyy-mm-dd", "44259", "2021-03-04", "2021-03-04" },
		{ "yyyy\"年\"m\"月\"d\"日\"", "44259", "2021-03-04", "2021-03-04" },
		{ "[$-804]yyyy\"年\"m\"月\";@", "44256", "2021-03-01", "2021-03-01" },
		{ "m/d", "1", "1900-01-01", "1900-01-01" },
		{ "yyyy-mm-dd", "59", "1900-02-28", "1900-02-28" },
		{ "yyyy-mm-dd", "60", "1900-02-29", "1900-02-29" },
		{ "yyyy-mm-dd", "61", "1900-03-01", "1900-03-01" },
		{ "yyyy-mm-dd", "2958465", "9999-12-31", "9999-12-31" },
		{ "yyyy-mm-dd", "2958466", "2958466", "2958466" },
		{ "yyyy-mm-dd", "-1", "-1", "-1" },
		{ "yyyy-mm-dd hh:mm", "44259.354166666664", "2021-03-04 08:30",
		    "2021-03-04 08:30" },
		{ "yyyy-mm-dd hh:mm", "44259", "2021-03-04", "2021-03-04" },
		{ "h:mm", "44259.354166666664", "8:30", "8:30" },
		{ "mm:ss", "0.0006944444", "0:01", "0:01" },
		{ "[h]:mm", "1.5", "36:00", "36:00" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf styles = { 0 }, rows = { 0 };
		buf_adds(
		    &styles, "<styleSheet " S "><numFmts><numFmt numFmtId=\"164\" formatCode=\"");
		for (const char *p = cases[i].code; *p; p++)
			buf_adds(&styles, *p == '"' ? "&quot;" : (char[]){ *p, 0 });
		buf_adds(&styles, "\"/></numFmts><cellXfs><xf numFmtId=\"0\"/>"
		                  "<xf numFmtId=\"164\"/></cellXfs></styleSheet>");
		buf_addf(&rows,
		    "<sheetData><row r=\"1\"><c r=\"A1\" s=\"1\"><v>%s</v></c>"
		    "<c r=\"B1\" s=\"1\"><f>X1</f><v>%s</v></c></row></sheetData>",
		    cases[i].value, cases[i].value);
		read_sheet(rows.data, NULL, styles.data);
		cr_expect_str_eq(at(1, 1)->text, cases[i].typed, "%s of %s: %s", cases[i].code,
		    cases[i].value, at(1, 1)->text);
		cr_expect_str_eq(at(1, 2)->text, cases[i].formula, "formula, %s of %s: %s",
		    cases[i].code, cases[i].value, at(1, 2)->text);
		buf_release(&styles);
		buf_release(&rows);
	}
}

Test(office, builtin_formats, SCRATCH)
{
	read_sheet("<sheetData><row><c s=\"1\"><v>44259</v></c><c s=\"2\"><v>0.5</v></c>"
	           "<c s=\"3\"><v>44259</v></c><c s=\"9\"><v>5</v></c></row></sheetData>",
	    NULL, STYLES("", "<xf numFmtId=\"14\"/><xf numFmtId=\"10\"/><xf numFmtId=\"31\"/>"));
	cr_expect_str_eq(at(1, 1)->text, "2021-03-04");
	cr_expect(at(1, 1)->is_date && at(1, 1)->is_number);
	cr_expect_str_eq(at(1, 2)->text, "50%");
	cr_expect(at(1, 2)->is_percent);
	cr_expect_str_eq(at(1, 3)->text, "2021-03-04");
	cr_expect_str_eq(at(1, 4)->text, "5", "a style that is not there");
}

/* ---- cells -------------------------------------------------------------- */

Test(office, cells, SCRATCH)
{
	read_sheet(
	    "<cols><col min=\"4\" max=\"4\" hidden=\"1\"/></cols><sheetData>"
	    "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>"
	    "<c r=\"C1\" t=\"inlineStr\"><is><r><t>复</t></r><r><t>议</t></r></is></c>"
	    "<c r=\"D1\" t=\"b\"><v>1</v></c><c r=\"E1\" t=\"e\"><v>#DIV/0!</v></c></row>"
	    "<row r=\"3\" hidden=\"1\"><c r=\"A3\"><v>5</v></c></row>"
	    "<row r=\"4\"><c r=\"A4\"><f>A3*2</f><v>10</v></c><c r=\"B4\"><f>A3</f></c>"
	    "<c r=\"C4\"><f>A3</f><v></v></c><c r=\"D4\" t=\"str\"><f>\"\"</f><v></v></c>"
	    "<c r=\"E4\" t=\"str\"><f>T(1)</f><v>文_x000D_\n字_x005F_</v></c></row>"
	    "<row r=\"5\"><c r=\"A5\" s=\"3\"/><c r=\"B5\"/><c t=\"d\"><v>2021-03-04T00:00:00</v>"
	    "</c></row></sheetData>"
	    "<mergeCells><mergeCell ref=\"A1:B2\"/><mergeCell ref=\"E3:E4\"/></mergeCells>",
	    "<sst " S "><si><t>标题</t><rPh sb=\"0\" eb=\"1\"><t>よみ</t></rPh></si>"
	    "<si><t xml:space=\"preserve\"> 1,200.5 </t></si></sst>",
	    NULL);
	const struct sheet *sheet = &workbook.sheets[0];
	cr_expect_str_eq(sheet->name, "表");
	cr_expect_str_eq(at(1, 1)->text, "标题");
	cr_expect(at(1, 1)->is_merged && !at(1, 1)->is_merged_follower);
	cr_expect_str_eq(at(1, 2)->text, " 1,200.5 ");
	cr_expect(at(1, 2)->is_text_number && at(1, 2)->is_merged_follower);
	cr_expect_str_eq(at(1, 3)->text, "复议");
	cr_expect(!at(1, 3)->is_merged && !at(1, 3)->is_merged_follower);
	cr_expect_str_eq(at(1, 4)->text, "TRUE");
	cr_expect(at(1, 4)->is_boolean && at(1, 4)->is_hidden);
	cr_expect_str_eq(at(1, 5)->text, "#DIV/0!");
	cr_expect(at(1, 5)->is_error);
	cr_expect(at(3, 1)->is_hidden && !at(4, 1)->is_hidden);
	cr_expect_str_eq(at(4, 1)->text, "10");
	cr_expect(at(4, 1)->is_formula && !at(4, 1)->has_no_value);
	cr_expect(at(4, 2)->has_no_value && at(4, 3)->has_no_value);
	cr_expect_str_eq(at(4, 4)->text, "(empty)", "a formula that shows nothing");
	cr_expect_str_eq(at(4, 5)->text, "文\n字_");
	cr_expect(at(4, 5)->is_merged_follower);
	cr_expect_str_eq(at(5, 3)->text, "2021-03-04");
	cr_expect_eq(workbook.notes.of[NOTE_NO_VALUE].count, 2);
	cr_expect_eq(workbook.notes.of[NOTE_NO_VALUE].line, 4);
	cr_expect_eq(sheet->rows, 5);
	cr_expect_eq(sheet->columns, 5);
	size_t count;
	cr_expect(sheet_row(sheet, 4, &count) && count == 4);
	cr_expect(!sheet_row(sheet, 2, &count) && count == 0);
	cr_expect(sheet_merge(sheet, 2, 2) == &sheet->merges[0] && !sheet_merge(sheet, 3, 1));
	cr_expect_str_eq(sheet_text(sheet, 9, 9), "");
}

Test(office, cells_out_of_order, SCRATCH)
{
	read_sheet("<sheetData><row r=\"2\"><c r=\"B2\"><v>4</v></c><c r=\"A2\"><v>3</v></c></row>"
	           "<row r=\"1\"><c><v>1</v></c><c><v>2</v></c></row></sheetData>",
	    NULL, NULL);
	cr_expect_str_eq(at(1, 1)->text, "1");
	cr_expect_str_eq(at(1, 2)->text, "2");
	cr_expect_str_eq(at(2, 1)->text, "3");
	cr_expect_str_eq(at(2, 2)->text, "4");
}

Test(office, bad_cells, SCRATCH)
{
	static const struct {
		const char *sheet, *why;
	} cases[] = {
		{ "<sheetData><row><c r=\"XFE1\"><v>1</v></c></row></sheetData>", "damaged" },
		{ "<sheetData><row><c r=\"A1048577\"><v>1</v></c></row></sheetData>", "damaged" },
		{ "<sheetData><row r=\"99999999999\"/></sheetData>", "damaged" },
		{ "<sheetData><row><c t=\"s\"><v>0</v></c></row></sheetData>", "damaged" },
		{ "<sheetData><row><c><v>nan</v></c></row></sheetData>", "damaged" },
		{ "<sheetData><row><c><v>0x10</v></c></row></sheetData>", "damaged" },
		{ "<sheetData><row><c><v>1e999</v></c></row></sheetData>", "damaged" },
		{ "<sheetData><row><c r=\"A1\"><v>1</v></c><c "
		  "r=\"A1\"><v>2</v></c></row></sheetData>",
		    "twice" },
		{ "<sheetData/><mergeCells><mergeCell ref=\"B1:A1\"/></mergeCells>", "damaged" },
		{ "<sheetData><row>", "damaged" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		expect_refused(
		    read_built(build_xlsx(cases[i].sheet, NULL, NULL)), &failure, cases[i].why);
}

/* ---- many --------------------------------------------------------------- */

/* Fifty megabytes of rows and cells without anything in them leave nothing behind. */
Test(office, empty_rows, SCRATCH)
{
	struct buf rows = { 0 };
	buf_adds(&rows, "<sheetData>");
	for (unsigned i = 1; i <= 1000000; i++)
		buf_addf(&rows, "<row r=\"%u\" ht=\"15\"><c r=\"A%u\" s=\"1\"/></row>", i, i);
	buf_adds(&rows, "</sheetData>");
	cr_assert_gt(rows.len, (size_t)45 << 20);
	read_sheet(rows.data, NULL, NULL);
	cr_expect_eq(workbook.sheets[0].count, 0);
	cr_expect_null(workbook.sheets[0].cells);
	buf_release(&rows);
}

Test(office, too_many_cells, SCRATCH)
{
	struct buf rows = { 0 };
	struct office_limits limits = office_limits_default;
	limits.cells = 1000;
	buf_adds(&rows, "<sheetData>");
	for (unsigned i = 1; i <= 1001; i++)
		buf_addf(&rows, "<row r=\"%u\"><c><v>%u</v></c></row>", i, i);
	buf_adds(&rows, "</sheetData>");
	struct buf bytes = build_xlsx(rows.data, NULL, NULL);
	int rc = workbook_read(&workbook, "a.xlsx", &bytes, &limits, &scratch_arena, &failure);
	expect_refused(rc, &failure, "more cells");
	buf_release(&rows);
}

/* ---- files that others made --------------------------------------------- */

static void expect_sample(int has_values)
{
	cr_assert_eq(workbook.count, 2);
	cr_expect_str_eq(workbook.sheets[0].name, "监督");
	cr_expect_eq(workbook.sheets[0].state, SHEET_VISIBLE);
	cr_expect_eq(workbook.sheets[1].state, SHEET_HIDDEN);
	cr_expect(workbook_sheet(&workbook, "隐藏") == &workbook.sheets[1]);
	cr_expect(at(1, 1)->is_merged);
	cr_expect_str_eq(at(2, 1)->text, "0.3");
	cr_expect_str_eq(at(2, 2)->text, "14");
	cr_expect(at(2, 3)->is_text_number);
	cr_expect_str_eq(at(3, 1)->text, "96.3%");
	cr_expect_str_eq(at(3, 2)->text, "2021-03-04");
	cr_expect_str_eq(at(3, 3)->text, "2021-03-04 08:30");
	cr_expect(at(4, 1)->is_formula);
	cr_expect_str_eq(at(4, 1)->text, has_values ? "2" : "");
	cr_expect_eq(at(4, 1)->has_no_value, !has_values);
	cr_expect_str_eq(at(6, 1)->text, "1900-02-29");
	cr_expect(at(5, 1)->is_hidden && at(6, 4)->is_hidden && !at(6, 1)->is_hidden);
	cr_expect_str_eq(at(8, 1)->text, "a\nb");
	cr_expect_eq(workbook.notes.of[NOTE_COMMENTS].count, 1);
}

Test(office, workbook_of_openpyxl, SCRATCH)
{
	cr_assert_eq(read_fixture("openpyxl.xlsx"), 0, "%s", failure.text);
	expect_sample(0);
}

Test(office, workbook_of_libreoffice, SCRATCH)
{
	cr_assert_eq(read_fixture("libreoffice.xlsx"), 0, "%s", failure.text);
	expect_sample(1);
}

Test(office, workbook_of_1904, SCRATCH)
{
	cr_assert_eq(read_fixture("from-1904.xlsx"), 0, "%s", failure.text);
	cr_expect(workbook.from_1904);
	cr_expect_str_eq(at(1, 1)->text, "2021-03-04");
}

/* Whatever is cut off a file, it is refused or read, and never half. */
Test(office, truncated_workbook, SCRATCH)
{
	struct buf whole = { 0 };
	cr_assert_eq(file_read(fixture("libreoffice.xlsx"), 1 << 24, &whole, &failure), 0);
	for (size_t n = 0; n < whole.len; n += 211) {
		struct buf bytes = { 0 };
		buf_add(&bytes, whole.data, n);
		int rc = read_built(bytes);
		cr_expect_lt(rc, 0, "%zu bytes", n);
		cr_expect_eq(failure.kind, ERR_INPUT, "%zu bytes: %s", n, failure.text);
	}
	buf_release(&whole);
}

/* Half a million cells, told with the time they take. */
Test(office, many_cells, SCRATCH)
{
	struct buf rows = { 0 };
	buf_adds(&rows, "<sheetData>");
	for (unsigned row = 1; row <= 25000; row++) {
		buf_addf(&rows, "<row r=\"%u\">", row);
		for (unsigned column = 0; column < 20; column++)
			buf_addf(&rows,
			    column % 2 ? "<c r=\"%c%u\"><v>%u.5</v></c>"
			               : "<c r=\"%c%u\" t=\"s\"><v>0</v></c>",
			    'A' + column, row, row);
		buf_adds(&rows, "</row>");
	}
	buf_adds(&rows, "</sheetData>");
	clock_t start = clock();
	read_sheet(rows.data, "<sst " S "><si><t>县司法局</t></si></sst>", NULL);
	cr_log_info("%zu cells in %.2f s", workbook.sheets[0].count,
	    (double)(clock() - start) / CLOCKS_PER_SEC);
	cr_expect_eq(workbook.sheets[0].count, 500000);
	cr_expect_str_eq(at(25000, 1)->text, "县司法局");
	cr_expect_str_eq(at(25000, 20)->text, "25000.5");
	buf_release(&rows);
}
