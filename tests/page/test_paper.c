/* test_paper.c: where things go on pages: 22 lines, headings with their text, tables over pages. */
#include "page/contents.h"
#include "page/table.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

static struct arena arena;
static struct paper paper;

static void open_paper(void)
{
	struct err err = { 0 };
	paper = (struct paper){ .fonts = fonts_new(&err), .arena = &arena };
	cr_assert(paper.fonts, "%s", err.text);
}

static void forget(void)
{
	fonts_free(paper.fonts);
	arena_release(&arena);
}

#define PAPER .init = open_paper, .fini = forget

static struct draft words(const char *text)
{
	struct draft draft = { 0 };
	draft_add(&draft, text, strlen(text),
	    (struct style){ FONT_FANG, SIZE_TEXT, CELL - SIZE_TEXT, 0 });
	return draft;
}

static void set(const char *text, const struct block *block)
{
	struct draft draft = words(text);
	paper_set(&paper, &draft, block);
}

static void lines(unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		set("文", &(struct block){ 0 });
}

/* The row that an item stands in, from 0. */
static int row_of(const struct item *item)
{
	return (int)floor(item->y / ROW);
}

static const struct item *last_item(size_t page)
{
	return &paper.pages[page].items[paper.pages[page].count - 1];
}

Test(page, a_page_has_twenty_two_lines, PAPER)
{
	lines(22 * 2 + 1);
	cr_assert_eq(paper.page_count, 3);
	for (size_t i = 0; i < 22; i++)
		cr_expect_eq(row_of(&paper.pages[1].items[i]), (int)i);
	cr_expect_eq(paper.pages[0].count, 22);
	cr_expect_eq(paper.pages[2].count, 1);
}

/* Characters stand in the middle of their lines: a page is as full above as it is below. */
Test(page, lines_fill_the_type_area, PAPER)
{
	lines(22);
	double above = paper.pages[0].items[0].y - 0.88 * SIZE_TEXT;
	double below = AREA_HEIGHT - (last_item(0)->y + 0.12 * SIZE_TEXT);
	cr_expect_float_eq(above, below, 0.01);
	cr_expect_float_eq(above, (ROW - SIZE_TEXT) / 2, 0.01);
}

/* What is set between takes whole lines. */
Test(page, text_returns_to_the_grid, PAPER)
{
	set("题", &(struct block){ .pitch = 33 });
	lines(1);
	cr_expect_eq(row_of(last_item(0)), 2);
	cr_expect_float_eq(last_item(0)->y - 2 * ROW, ROW / 2 + 0.38 * SIZE_TEXT, 0.01);
}

Test(page, headings_stay_with_their_text, PAPER)
{
	static const struct {
		unsigned before, headings;
		size_t first_page; /* lines on it */
	} cases[] = { { 20, 1, 22 }, { 21, 1, 21 }, { 19, 2, 22 }, { 20, 2, 20 }, { 18, 3, 22 },
		{ 19, 3, 19 } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct fonts *fonts = paper.fonts;
		paper = (struct paper){ .fonts = fonts, .arena = &arena };
		lines(cases[i].before);
		for (unsigned k = 0; k < cases[i].headings; k++) {
			paper_mark(&paper, "h", "标题", 1);
			set("标题", &(struct block){ .keep = 1 });
		}
		lines(1);
		cr_expect_eq(paper.pages[0].count, cases[i].first_page, "%u and %u: %zu",
		    cases[i].before, cases[i].headings, paper.pages[0].count);
		/* The mark is where the heading is. */
		size_t page = cases[i].first_page == cases[i].before;
		cr_expect_eq(paper.marks[0].page, page);
		cr_expect_float_eq(paper.marks[0].y, page ? 0 : ROW * cases[i].before, 0.01);
	}
}

Test(page, last_lines_are_carried_over, PAPER)
{
	lines(22);
	paper_carry(&paper, 2);
	lines(1);
	cr_assert_eq(paper.page_count, 2);
	cr_expect_eq(paper.pages[0].count, 20);
	cr_expect_eq(paper.pages[1].count, 3);
	for (size_t i = 0; i < 3; i++)
		cr_expect_eq(row_of(&paper.pages[1].items[i]), (int)i);
}

Test(page, no_empty_line_begins_a_page, PAPER)
{
	lines(22);
	paper_skip(&paper, 1);
	lines(1);
	cr_expect_eq(row_of(last_item(1)), 0);
	paper_skip(&paper, 2);
	lines(1);
	cr_expect_eq(row_of(last_item(1)), 3);
}

/* Thirty characters are two lines of fifteen, in the middle. */
Test(page, titles_are_broken_evenly, PAPER)
{
	set("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十",
	    &(struct block){ .fill = FILL_CENTER, .pitch = 33, .even = 1 });
	cr_assert_eq(paper.pages[0].count, 2);
	for (size_t i = 0; i < 2; i++) {
		const struct item *item = &paper.pages[0].items[i];
		cr_expect_eq(item->line->to - item->line->from, 15);
		cr_expect_float_eq(item->x, 6.5 * CELL, 0.5);
	}
}

/* ---- tables ------------------------------------------------------------------------ */

/* A table of two columns, a head and rows of so many lines each. */
static void table(size_t rows, size_t high)
{
	static const double widths[] = { 100, 200 };
	struct table table = { widths, 2, NULL, rows + 1, 18, 4, 0 };
	table.rows = arena_alloc(&arena, (rows + 1) * sizeof *table.rows);
	for (size_t i = 0; i <= rows; i++) {
		const char *text = i ? "行" : "头";
		for (size_t k = 1; i && k < high; k++)
			text = arena_printf(&arena, "%s\n行", text);
		table.rows[i].header = i == 0;
		table.rows[i].cells = arena_alloc(&arena, 2 * sizeof *table.rows[i].cells);
		table.rows[i].cells[0].draft = words(i ? "行" : "头");
		table.rows[i].cells[1].draft = words(text);
	}
	paper_table(&paper, &table);
}

static size_t count_of(size_t page, const char *word)
{
	size_t n = 0;
	for (size_t i = 0; i < paper.pages[page].count; i++) {
		const struct item *item = &paper.pages[page].items[i];
		n += item->kind == ITEM_LINE &&
		     strncmp(item->text->bytes + item->line->at, word, strlen(word)) == 0;
	}
	return n;
}

Test(page, tables_have_their_head_on_each_page, PAPER)
{
	table(60, 1);
	cr_assert(paper.page_count >= 3);
	size_t rows = 0;
	for (size_t i = 0; i < paper.page_count; i++) {
		cr_expect_eq(count_of(i, "头"), 2);
		rows += count_of(i, "行");
	}
	cr_expect_eq(rows, 120);
}

/* Both cells of a row stand on one page, with all their lines. */
Test(page, rows_stay_whole, PAPER)
{
	lines(5);
	table(9, 6);
	size_t rows = 0;
	for (size_t i = 0; i < paper.page_count; i++) {
		size_t n = count_of(i, "行");
		cr_expect_eq(n % 7, 0, "page %zu has %zu", i, n);
		rows += n;
	}
	cr_expect_eq(rows, 9 * 7);
}

Test(page, rows_higher_than_a_page_are_split, PAPER)
{
	table(1, 100);
	cr_assert(paper.page_count >= 3);
	size_t rows = 0;
	for (size_t i = 0; i < paper.page_count; i++)
		rows += count_of(i, "行");
	cr_expect_eq(rows, 101);
}

/* With its head 26 points a row: 24 rows fill a page to within a row of the grid. */
Test(page, a_table_that_fills_a_page_leaves_no_empty_one_behind, PAPER)
{
	table(23, 1);
	paper_mark(&paper, "s1", NULL, 0);
	paper_need(&paper, 0);
	cr_expect_eq(paper.page_count, 1);
	cr_expect_eq(paper.mark_count, 1);
}

Test(page, no_last_row_of_a_table_stands_on_a_page_alone, PAPER)
{
	for (size_t rows = 20; rows < 30; rows++) {
		table(rows, 1);
		cr_expect(count_of(paper.page_count - 1, "行") >= 4, "%zu rows", rows);
		paper_break(&paper);
	}
}

/* Four rows of 26 points, where two of them would have room. */
Test(page, a_short_table_stays_whole, PAPER)
{
	lines(19);
	table(3, 1);
	cr_assert_eq(paper.page_count, 2);
	cr_expect_eq(count_of(1, "行"), 6);
}

/* In the middle of the lines that it takes, between text above and below. */
Test(page, a_table_has_the_same_space_above_and_below, PAPER)
{
	for (size_t rows = 1; rows < 8; rows++) {
		size_t before = paper.page_count ? paper.pages[paper.page_count - 1].count : 0;
		lines(1);
		double top = paper.y;
		table(rows, 1);
		double above = paper.pages[0].items[before + 1].y - top;
		double below = paper.y - top - above - (double)(rows + 1) * 26;
		cr_expect_float_eq(above, below, 0.6, "%zu rows: %f, %f", rows, above, below);
		paper = (struct paper){ .fonts = paper.fonts, .arena = &arena };
	}
}

/* Nothing of a table leaves the type area. */
Test(page, tables_stay_in_the_type_area, PAPER)
{
	lines(3);
	table(40, 3);
	for (size_t i = 0; i < paper.page_count; i++)
		for (size_t k = 0; k < paper.pages[i].count; k++) {
			const struct item *item = &paper.pages[i].items[k];
			cr_expect(item->x > -1 && item->y > -1 &&
			          item->x + item->width < AREA_WIDTH + 1 &&
			          item->y + item->height < AREA_HEIGHT + 1);
		}
}

/* ---- drawings, contents ------------------------------------------------------------- */

Test(page, drawings_shrink_to_the_type_area, PAPER)
{
	static const struct {
		double width, height;
	} cases[] = { { 156, 40 }, { 400, 40 }, { 100, 900 }, { 2000, 2000 } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct drawing drawing = { .width = cases[i].width, .height = cases[i].height };
		struct draft caption = words("图1");
		lines(3);
		paper_picture(&paper, &drawing, NULL, &caption);
		const struct page *page = &paper.pages[paper.page_count - 1];
		const struct item *item = &page->items[page->count - 2];
		cr_assert_eq(item->kind, ITEM_DRAWING);
		cr_expect(item->width < AREA_WIDTH + 0.1 && item->x > -0.1);
		cr_expect_float_eq(
		    item->width / item->height, cases[i].width / cases[i].height, 0.001);
		/* The caption is below it, on the same page. */
		const struct item *below = item + 1;
		cr_expect_eq(below->kind, ITEM_LINE);
		cr_expect(below->y > item->y + item->height && below->y < AREA_HEIGHT);
	}
}

/* Pages of the text are counted without those of the contents. */
Test(page, contents_stand_before_the_text, PAPER)
{
	for (int i = 0; i < 60; i++) {
		paper_mark(&paper, arena_printf(&arena, "s%d", i), "标题", 1);
		set("标题", &(struct block){ .keep = 1 });
		lines(10);
	}
	size_t pages = paper.page_count;
	paper_contents(&paper, 2);
	cr_expect_eq(paper.page_count, pages);
	cr_expect_eq(paper.front_count, 3);
	cr_expect_eq(paper.marks[59].page, pages - 1);
}
