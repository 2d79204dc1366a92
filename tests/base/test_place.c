/* How places are said. */
#include "base/place.h"

#include <criterion/criterion.h>
#include <stdio.h>

static const char *said(const char *file, uint32_t line, uint32_t column)
{
	static char text[200];
	struct buf out = { 0 };
	place_add(&out, &(struct nb_place){ file, line, column });
	snprintf(text, sizeof text, "%s", buf_str(&out));
	buf_release(&out);
	return text;
}

Test(base, a_text_has_lines_and_characters)
{
	cr_assert_str_eq(said("sfj/a.md", 14, 3), "sfj/a.md:14:3");
	cr_assert_str_eq(said("sfj/a.md", 14, 0), "sfj/a.md:14");
	cr_assert_str_eq(said("sfj/a.md", 0, 0), "sfj/a.md");
}

Test(base, a_workbook_has_sheets_and_cells)
{
	cr_assert_str_eq(said("figures.xlsx!supervision", 14, 5), "figures.xlsx!supervision!E14");
	cr_assert_str_eq(said("a.zip!figures.xlsx!x", 1, 27), "a.zip!figures.xlsx!x!AA1");
	cr_assert_str_eq(said("figures.xlsx!x", 1048576, 16384), "figures.xlsx!x!XFD1048576");
	cr_assert_str_eq(said("figures.xlsx!x", 0, 0), "figures.xlsx!x");
}

Test(base, a_document_has_paragraphs)
{
	cr_assert_str_eq(said("a.zip!report.docx", 12, 0), "a.zip!report.docx ¶12");
	cr_assert_str_eq(said("report.docx", 12, 7), "report.docx ¶12:7");
}
