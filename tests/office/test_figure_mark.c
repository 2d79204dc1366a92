/* test_figure_mark.c: bookmarks around figures: what their names say, and what is read back. */
#include "built.h"

#include "office/figure_mark.h"
#include "office/marked.h"

TestSuite(figure_mark, SCRATCH, .timeout = 60);

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static const char *name_of(
    const char *id, const char *department, const char *text, struct figure_mark mark)
{
	char *name = arena_alloc(&scratch_arena, FIGURE_MARK_SIZE);
	figure_mark_name(name, id, department, text, &mark);
	return name;
}

/* Word: a letter or _, then letters, digits and _, 40 of them; hidden with _ in front. */
Test(figure_mark, names_are_such_as_word_takes)
{
	static const char *const texts[] = { "14", "2500余", "96.67%", "1,234.5", "近800", "20余万",
		"〔缺〕", "/", "<b>\"大厅\"</b> & 窗口", "123456789012345678901234567890", "0",
		"不足5", "100以上", "" };

	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		const char *name = name_of(
		    "supervision.a_figure_with_a_name_of_more_than_forty_bytes", "department",
		    texts[i], (struct figure_mark){ .serial = 9, .tail = i % 2, .before = 12 });
		struct figure_mark mark;

		cr_expect(strlen(name) <= 40 && *name == '_', "%s", name);
		cr_expect_eq(strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_"), strlen(name),
		    "%s", name);
		cr_assert_eq(figure_mark_read(name, &mark), 0, "%s", name);
		cr_expect(figure_mark_holds(&mark, texts[i]), "%s: %s", texts[i], name);
		cr_expect(!figure_mark_holds(&mark, "13"));
		cr_expect_eq(mark.tail, i % 2);
	}
}

Test(figure_mark, figures_and_departments_are_told_apart)
{
	char county[FIGURE_MARK_HASH], own[FIGURE_MARK_HASH], other[FIGURE_MARK_HASH];
	struct figure_mark mark;

	figure_mark_figure(county, "a.b", NULL);
	figure_mark_figure(own, "a.b", "sfj");
	figure_mark_figure(other, "a.c", NULL);
	cr_expect_str_neq(county, own);
	cr_expect_str_neq(county, other);
	cr_assert_eq(figure_mark_read(name_of("a.b", "sfj", "14",
	                                  (struct figure_mark){ .serial = 9999999, .after = 3 }),
	                 &mark),
	    0);
	cr_expect_str_eq(mark.figure, own);
	cr_expect_str_eq(mark.text, "14");
	cr_expect_eq(mark.serial, 9999999);
	cr_expect_eq(mark.before, 0);
	cr_expect_eq(mark.after, 3);
}

Test(figure_mark, other_bookmarks_are_none)
{
	static const char *const names[] = { "", "_", "_nb_", "_Toc12", "nb_supervision",
		"_nbref_s1", "_nb_0123456789ab", "_nb_0123456789ab_", "_nb_0123456789ab_t",
		"_nb_0123456789ab_t14", "_nb_0123456789ab_t14_", "_nb_0123456789ab_t14_x",
		"_nb_0123456789ab_tX_1", "_nb_0123456789ab_h14_1", "_nb_0123456789ab_t14_1_0",
		"_nb_0123456789ab_t14_1_123", "_nb_0123456789ab_t123456789012_1",
		"_nb_0123456789AB_t14_1", "_nb_0123456789ab_t14_12345678" };

	for (size_t i = 0; i < COUNT_OF(names); i++)
		cr_expect_eq(
		    figure_mark_read(names[i], &(struct figure_mark){ 0 }), -1, "%s", names[i]);
}

Test(figure_mark, the_same_number_may_be_written_in_several_ways)
{
	static const struct {
		const char *set, *now;
		int same;
	} cases[] = {
		{ "12552", "12,552", 1 },
		{ "12552", "１２，５５２", 1 },
		{ "12552", " 12552　", 1 },
		{ "12,552", "12552", 1 },
		{ "96.67%", "96.67％", 1 },
		{ "12552", "12.552", 0 },
		{ "12552", "12553", 0 },
		{ "2500余", "2500", 0 },
		{ "14", "", 0 },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct figure_mark mark;
		cr_assert_eq(
		    figure_mark_read(
		        name_of("a.b", NULL, cases[i].set, (struct figure_mark){ 0 }), &mark),
		    0);
		cr_expect_eq(
		    figure_mark_holds(&mark, cases[i].now), cases[i].same, "%s", cases[i].now);
	}
}

Test(figure_mark, what_stands_against_a_number_is_read_with_it)
{
	static const struct {
		const char *before, *after;
		unsigned from, to;
	} cases[] = {
		{ "收到", "件", 0, 0 },
		{ "收到1", "0件", 1, 1 },
		{ "收到1,", ".5万元", 2, 3 },
		{ "共计，", "，其中", 0, 0 },
		{ "第3.", "，", 2, 0 },
		{ ".", ".", 0, 0 },
		{ "约", "余件", 1, 1 },
		{ "１", "％", 1, 1 },
		{ "", "", 0, 0 },
		{ "123456789012", "123456789012", 9, 9 },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const char *before = cases[i].before, *after = cases[i].after;
		unsigned from, to;
		figure_run_before(before, before + strlen(before), &from);
		figure_run_after(after, after + strlen(after), &to);
		cr_expect(from == cases[i].from && to == cases[i].to, "%s|%s: %u, %u", before,
		    after, from, to);
	}
}

/* ---- in a document --------------------------------------------------------------------- */

#define MARK(id, name, inner)                                                                      \
	"<w:bookmarkStart w:id=\"" id "\" w:name=\"" name "\"/>" inner "<w:bookmarkEnd w:id=\"" id \
	"\"/>"
#define RUN(text) "<w:r><w:t>" text "</w:t></w:r>"
#define NAME "_nb_0123456789ab_t14_1"

/* "3 甲[14]乙": paragraph, what stands before, in and behind the mark. */
Test(figure_mark, marks_are_read_whatever_stands_in_them)
{
	static const struct {
		const char *body, *found;
	} cases[] = {
		{ "<w:p/><w:p>" RUN("甲") MARK("1", NAME, RUN("14")) RUN("乙") "</w:p>",
		    "2 甲[14]乙" },
		{ "<w:p>" MARK("1", NAME, RUN("1") RUN("5")) "</w:p>", "1 [15]" },
		{ "<w:p>" MARK("1", NAME, "") RUN("乙") "</w:p>", "1 []乙" },
		{ "<w:p>" MARK("1", "_GoBack", RUN("14")) "</w:p>", "" },
		/* Tracked changes count as accepted. */
		{ "<w:p>" MARK("1", NAME,
		      "<w:del><w:r><w:delText>14</w:delText></w:r></w:del><w:ins>" RUN(
		          "15") "</w:ins>") "</w:p>",
		    "1 [15]" },
		{ "<w:p>" MARK("1", NAME, "<w:moveFrom>" RUN("14") "</w:moveFrom>")
		        RUN("乙") "</w:p>",
		    "1 []乙" },
		/* Stops of a ruler are no tabs; fields' codes are no text. */
		{ "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\" w:pos=\"9\"/></w:tabs></w:pPr>"
		  "<w:r><w:instrText>PAGE</w:instrText><w:tab/></w:r>" MARK(
		      "1", NAME, RUN("14")) "</w:p>",
		    "1 \t[14]" },
		/* In tables, text boxes, and over a paragraph's end. */
		{ "<w:tbl><w:tr><w:tc><w:p>" MARK(
		      "1", NAME, RUN("14")) "</w:p></w:tc></w:tr></w:tbl>",
		    "1 [14]" },
		{ "<w:p>" RUN("甲") "<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p>" MARK(
		      "1", NAME, RUN("14")) "</w:p></w:txbxContent></v:textbox></v:shape></"
		                            "w:pict></w:r>" RUN("乙") "</w:p>",
		    "2 [14]" },
		{ "<w:p><w:bookmarkStart w:id=\"1\" w:name=\"" NAME
		  "\"/>" RUN("14") "</w:p><w:p>" RUN("乙") "<w:bookmarkEnd w:id=\"1\"/></w:p>",
		    "1 [14]" },
		{ "<w:p><w:bookmarkStart w:id=\"1\" w:name=\"" NAME "\"/>" RUN("14") "</w:p>",
		    "1 [14]" },
		{ "<w:bookmarkStart w:id=\"1\" w:name=\"" NAME "\"/><w:p>" RUN("14") "</w:p>", "" },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct buf bytes = build_docx(cases[i].body, NULL, NULL), found = { 0 };
		struct marked marked;
		struct err err = { 0 };
		cr_assert_eq(marked_read(&marked, "a.docx", &bytes, &scratch_arena, &err), 0, "%s",
		    err.text);
		for (size_t k = 0; k < marked.count; k++) {
			const struct marked_figure *item = &marked.items[k];
			buf_addf(&found, "%u %s[%s]%s", item->paragraph, item->before, item->text,
			    item->after);
		}
		cr_expect_str_eq(buf_str(&found), cases[i].found, "%s", cases[i].body);
		buf_release(&found);
	}
}

/* Marks without an end, as a hand that edits XML leaves them, hide none that come later. */
Test(figure_mark, marks_without_an_end_leave_room_for_others)
{
	struct buf body = { 0 };
	struct marked marked;
	struct err err = { 0 };
	for (unsigned i = 1; i <= 500; i++)
		buf_addf(&body,
		    "<w:p><w:bookmarkStart w:id=\"%u\" w:name=\"_nb_0123456789ab_t14_%u\"/>" RUN(
		        "14") "</w:p>",
		    i, i);
	struct buf bytes = build_docx(buf_str(&body), NULL, NULL);
	cr_assert_eq(
	    marked_read(&marked, "a.docx", &bytes, &scratch_arena, &err), 0, "%s", err.text);
	cr_expect_eq(marked.count, 500, "%zu", marked.count);
	buf_release(&body);
}

Test(figure_mark, what_is_no_document_is_refused)
{
	struct buf book = build_xlsx("<sheetData/>", NULL, NULL), cut = { 0 };
	struct marked marked;
	struct err err = { 0 };
	expect_refused(
	    marked_read(&marked, "a.docx", &book, &scratch_arena, &err), &err, "no Word document");
	buf_adds(&cut, "PK");
	cr_expect_eq(marked_read(&marked, "a.docx", &cut, &scratch_arena, &err), -1);
	struct buf open = build_docx("<w:p>" MARK("1", NAME, "<w:r>") "</w:p>", NULL, NULL);
	cr_expect_eq(marked_read(&marked, "a.docx", &open, &scratch_arena, &err), -1);
}
