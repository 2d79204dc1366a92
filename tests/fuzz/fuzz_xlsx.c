/*
 * fuzz_xlsx.c: whatever claims to be an Excel workbook is read or refused. Input: a package, or a
 * digit that says which part the XML behind it is.
 */
#include "fuzz.h"
#include "office/workbook.h"
#include "package.h"

static void use(const struct sheet *sheet)
{
	for (size_t i = 0; i < sheet->count; i++) {
		const struct cell *cell = &sheet->cells[i];
		if (sheet_cell(sheet, cell->row, cell->column) != cell ||
		    (*cell->text == '\0') != cell->has_no_value)
			__builtin_trap();
		if (i < 100 && (cell->is_merged || cell->is_merged_follower) !=
		                   (sheet_merge(sheet, cell->row, cell->column) != NULL))
			__builtin_trap();
	}
}

static void fuzz(struct arena *arena, const char *text, size_t n)
{
	struct fuzz_part parts[] = {
		{ "xl/sheet1.xml", "<x/>", 0 },
		{ "xl/strings.xml",
		    "<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>"
		    "<si><t>a</t></si><si><t>1,200.5</t></si></sst>",
		    0 },
		{ "xl/styles.xml",
		    "<styleSheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>"
		    "<cellXfs><xf/><xf numFmtId='14'/><xf numFmtId='10'/><xf numFmtId='22'/>"
		    "<xf numFmtId='46'/><xf numFmtId='2'/></cellXfs></styleSheet>",
		    0 },
		{ "xl/workbook.xml",
		    "<workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' "
		    "xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'>"
		    "<sheets><sheet name='a' r:id='a'/></sheets></workbook>",
		    0 },
		{ "xl/_rels/workbook.xml.rels",
		    RELATIONS RELATION("a", "worksheet", "sheet1.xml")
		        RELATION("b", "sharedStrings", "strings.xml")
		            RELATION("c", "styles", "styles.xml") "</Relationships>",
		    0 },
		{ "[Content_Types].xml",
		    TYPES OVERRIDE("/xl/workbook.xml", "spreadsheetml.sheet.main+xml"), 0 },
		{ "_rels/.rels",
		    RELATIONS RELATION("a", "officeDocument", "xl/workbook.xml") "</Relationships>",
		    0 },
	};
	struct buf bytes = { 0 };
	struct workbook workbook;
	struct err err;
	if (n > 1 && *text >= '0' && *text <= '6') {
		parts[*text - '0'].text = text + 1;
		parts[*text - '0'].n = n - 1;
		bytes = pack(parts, sizeof parts / sizeof *parts);
	} else {
		buf_add(&bytes, text, n);
	}
	if (workbook_read(&workbook, "a.xlsx", &bytes, &fuzz_limits, arena, &err) == 0)
		for (size_t i = 0; i < workbook.count; i++)
			use(&workbook.sheets[i]);
}
