/* Lists: the header names the columns, every cell is looked at and named by line and column. */
#include "handin.h"

static const struct {
	const char *csv, *found, *rows; /* "line:<no><title><date><people>" a row */
} cases[] = {
	{ "no,title,date,people\n一号,甲,2021-03-09,14\n二号,,,\n", "",
	    "2:<一号><甲><2021-03-09><14>\n3:<二号><><><>\n" },
	{ "人　数\u00A0,\u3000文 号\n3\u00A0,　一号\n　\n", "", "2:<一号><><><3>\n" }, /* wide blanks */
	{ "\xEF\xBB\xBF人数,文号\r\n3,一号\r\n", "", "2:<一号><><><3>\n" }, /* labels, any order */
	{ " 文号 ,　标题　\n一号,甲\n", "", "2:<一号><甲><><>\n" },
	{ "no\n\n,\n一号\n", "", "4:<一号><><><>\n" },
	{ "no\n\"一\n号\"\n二号\n", "", "2:<一\n号><><><>\n4:<二号><><><>\n" },
	{ "no,people\n一号,2500余\n二号,/\n", "", "2:<一号><><><2500余>\n3:<二号><><></>\n" },
	{ "no\n", "", "" }, /* given and empty */
	/* Columns. */
	{ "", "a.csv list.column\n", "" },
	{ "title,date\n甲,\n", "a.csv:1 list.column\n", "2:<><甲><><>\n" },
	{ "no,foo,no\n一号,x,二号\n", "a.csv:1:2 list.column\na.csv:1:3 list.column\n",
	    "2:<一号><><><>\n" },
	/* Other marks than commas between them: that is said, and nothing else. */
	{ "文号，标题\n一号，1,200\n", "a.csv:1 list.column\n", "" },
	{ "no; title\n一号;甲\n", "a.csv:1 list.column\n", "" },
	{ "no\ttitle\n一号\t甲\n", "a.csv:1 list.column\n", "" },
	{ "no，foo\n一号，甲\n", "a.csv:1:1 list.column\na.csv:1 list.column\n",
	    "2:<><><><>\n" },
	{ "no,,title\n一号,x,甲\n", "", "2:<一号><甲><><>\n" }, /* a column without a name */
	/* Cells: the others of the row are read, and the rows after it. */
	{ "no,date,people\n,3月9日,数百\n二号,,1\n",
	    "a.csv:2:1 list.empty-cell\na.csv:2:2 list.cell\na.csv:2:3 list.cell\n",
	    "2:<><><3月9日><数百>\n3:<二号><><><1>\n" },
	{ "title,no\n甲\n", "a.csv:2:2 list.empty-cell\n", "2:<><甲><><>\n" }, /* a short row */
	{ "no,title\n一号,甲,乙,\n", "a.csv:2:3 list.cell\n", "2:<一号><甲><><>\n" },
	/* A total is no row. */
	{ "no,people\n一号,3\n总　计,3\n", "a.csv:3 list.total-row\n", "2:<一号><><><3>\n" },
	{ "no,title\n一号,总计\n", "", "2:<一号><总计><><>\n" },
	/* Quotes: what stands before is read. */
	{ "no,title\n一号,甲\n二号,\"乙\"丙\n三号,丁\n", "a.csv:3 list.syntax\n",
	    "2:<一号><甲><><>\n" },
	{ "no,title\n一号,甲\n二号,\"乙\n三号,丁\n", "a.csv:3 list.syntax\n",
	    "2:<一号><甲><><>\n" },
};

Test(intake, list, SCRATCH)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct county c;
		struct buf out = { 0 }, expected = { 0 };
		const struct nb_rows *rows;

		lay(LIST);
		cr_assert_eq(folder_make("inbox/sfj", &c.err), 0);
		cr_assert_eq(
		    file_write("inbox/sfj/a.csv", cases[i].csv, strlen(cases[i].csv), &c.err), 0);
		take_inbox(&c);
		cr_assert_eq(c.rc, 0, "%s", c.err.text);
		for (const char *p = cases[i].found; *p; p = strchr(p, '\n') + 1)
			buf_addf(&expected, "inbox/sfj/%.*s\n", (int)strcspn(p, "\n"), p);
		SAME_TEXT(found_here(&c.findings), buf_str(&expected), cases[i].csv);
		rows = &sfj_wrote(&c)->lists[0];
		/* Rows that could not be read are unknown, not none. */
		if (strstr(cases[i].found, "list.syntax"))
			cr_expect_not(rows->given, "%s", cases[i].csv);
		else if (!strstr(cases[i].found, "list.column"))
			cr_expect(rows->given, "%s", cases[i].csv);
		for (size_t k = 0; k < rows->count; k++) {
			buf_addf(&out, "%u:", rows->rows[k].place.line);
			for (size_t j = 0; j < COUNT(decision_columns); j++)
				buf_addf(&out, "<%s>", rows->rows[k].cells[j]);
			buf_addc(&out, '\n');
		}
		SAME_TEXT(buf_str(&out), cases[i].rows, cases[i].csv);
		buf_release(&out);
		buf_release(&expected);
		intake_release(&c.intake);
	}
}

/* One that was not handed in is not an empty one. */
Test(intake, list_not_given, SCRATCH)
{
	struct county c;

	lay(SFJ SUPERVISION "decisions =\n");
	take_inbox(&c);
	cr_expect_not(sfj_wrote(&c)->lists[0].given);
	cr_expect_str_eq(sfj_wrote(&c)->lists[0].id, "decisions");
	intake_release(&c.intake);

	lay(LIST "文号,日期\n\"一\"\"号\",3月9日\n");
	take_inbox(&c);
	SAME_TEXT(messages(&c.findings),
	    "县公安局 has handed in nothing yet\n"
	    "'3月9日' in the column '日期' cannot be read: a date is written like 2025-03-09\n",
	    "what is said");
	cr_expect_str_eq(sfj_wrote(&c)->lists[0].rows[0].cells[0], "一\"号");
	intake_release(&c.intake);
}
