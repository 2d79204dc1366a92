/*
 * export_sheet.c: figures.xlsx. What can be a number or a day is one, typed and
 * formatted; changes are values and no formulas, so that they read the same in
 * programs that do not calculate, today and in thirty years.
 */
#include "bundle/export_sheet.h"

#include "base/length.h"
#include "base/quantity.h"
#include "bundle/export.h"
#include "office/sheet_writer.h"

#include <string.h>

enum { CODE = 1, LABEL, UNIT, VALUE, LOW, HIGH, STATE, LAST, CHANGE, GROWTH, DEPARTMENTS, SOURCES };
enum { ROW_HEAD = 1, ROW_FIRST };

static const struct {
	const char *label;
	double width;
} columns[] = {
	[CODE] = { "代码", 34 },
	[LABEL] = { "指标", 30 },
	[UNIT] = { "单位", 8 },
	[VALUE] = { "本年数", 13 },
	[LOW] = { "下限", 11 },
	[HIGH] = { "上限", 11 },
	[STATE] = { "性质", 9 },
	[LAST] = { "上年数", 13 },
	[CHANGE] = { "增减", 15 },
	[GROWTH] = { "增减幅度", 11 },
	[DEPARTMENTS] = { "报送单位", 40 },
	[SOURCES] = { "出处", 60 },
};

/* A book in the making. */
struct maker {
	const struct figures_book *book;
	struct sheet_writer *writer;
	struct arena arena;
};

/* ---- a figure ------------------------------------------------------------ */

static const char *state_of(const struct nb_quantity *q)
{
	switch (q->state) {
	case NB_ABSENT:
		break;
	case NB_NOT_APPLICABLE:
		return "不适用";
	case NB_EXACT:
		return "准确数";
	case NB_APPROXIMATE:
		return "约数";
	case NB_WORDS:
		return date_read(q->text) ? "日期" : "文字";
	}
	return "无数据";
}

/* A percentage is the number that spreadsheets take for one: 0.963, shown as 96.3%. */
static void put_number(struct sheet *sheet, unsigned row, unsigned column,
    const struct nb_figure *figure, int64_t millionths, unsigned decimals)
{
	int percent = figure->kind == NB_PERCENT;
	sheet_number_shown(sheet, row, column, SHEET_DATA,
	    (double)millionths / (percent ? 100.0 * (double)NB_UNIT : (double)NB_UNIT),
	    (struct sheet_shown){ .decimals = decimals, .percent = percent });
}

static void put_value(struct sheet *sheet, unsigned row, unsigned column,
    const struct nb_figure *figure, const struct nb_quantity *q)
{
	int day = q && q->state == NB_WORDS ? date_read(q->text) : 0;
	if (q && q->state == NB_EXACT)
		put_number(sheet, row, column, figure, q->low, q->decimals);
	else if (day >= SHEET_FIRST_DAY)
		sheet_day(sheet, row, column, SHEET_DATA, day);
	else
		sheet_put(sheet, row, column, SHEET_DATA, q ? q->text : "");
}

/* Empty where there is none: no bound above, or no number at all. */
static void put_bound(struct sheet *sheet, unsigned row, unsigned column,
    const struct county_figure *figure, int64_t bound)
{
	const struct nb_quantity *q = &figure->quantity;
	if (nb_is_number(q) && bound != NB_UNBOUNDED)
		put_number(sheet, row, column, figure->figure, bound, q->decimals);
	else
		sheet_put(sheet, row, column, SHEET_DATA, "");
}

/* Of exact numbers alone; that of two percentages is in points, and has no percentage of its own.
 */
static void put_change(struct sheet *sheet, unsigned row, const struct county_figure *figure)
{
	const struct nb_quantity *now = &figure->quantity, *last = figure->last;
	int points = figure->figure->kind == NB_PERCENT;
	sheet_put(sheet, row, CHANGE, SHEET_DATA, "");
	sheet_put(sheet, row, GROWTH, SHEET_DATA, "");
	if (!last || now->state != NB_EXACT || last->state != NB_EXACT)
		return;
	double difference = (double)(now->low - last->low);
	unsigned decimals = now->decimals > last->decimals ? now->decimals : last->decimals;
	sheet_number_shown(sheet, row, CHANGE, SHEET_DATA, difference / (double)NB_UNIT,
	    (struct sheet_shown){ .decimals = decimals, .sign = 1, .points = points });
	if (!points && last->low != 0)
		sheet_number_shown(sheet, row, GROWTH, SHEET_DATA, difference / (double)last->low,
		    (struct sheet_shown){ .decimals = 1, .sign = 1, .percent = 1 });
}

static void add_figure(
    struct maker *maker, struct sheet *sheet, unsigned row, const struct county_figure *figure)
{
	const struct nb_figure *def = figure->figure;
	const struct nb_quantity *q = &figure->quantity;
	sheet_put(sheet, row, CODE, SHEET_CODE,
	    arena_printf(&maker->arena, "%s.%s", figure->chapter->id, def->id));
	sheet_put(sheet, row, LABEL, SHEET_LABEL, def->label);
	sheet_put(sheet, row, UNIT, SHEET_UNIT, def->unit ? def->unit : "");
	put_value(sheet, row, VALUE, def, q);
	put_bound(sheet, row, LOW, figure, q->low);
	put_bound(sheet, row, HIGH, figure, q->high);
	sheet_put(sheet, row, STATE, SHEET_UNIT, state_of(q));
	put_value(sheet, row, LAST, def, figure->last);
	put_change(sheet, row, figure);
	sheet_put(sheet, row, DEPARTMENTS, SHEET_LABEL, figure_sources(figure, &maker->arena));
	if (!maker->book->publication)
		sheet_put(sheet, row, SOURCES, SHEET_SOURCE, export_places(figure, &maker->arena));
}

/* ---- a chapter ----------------------------------------------------------- */

/* As the report has it. */
static const char *title_of(const struct figures_book *book, const struct chapter *chapter)
{
	for (size_t i = 0; i < book->workspace->chapter_count; i++) {
		const struct chapter_choice *choice = &book->workspace->chapters[i];
		if (strcmp(choice->id, chapter->id) == 0 && choice->title && *choice->title)
			return choice->title;
	}
	return chapter->title;
}

static size_t count_of(
    const struct figures_book *book, const struct chapter *chapter, size_t *given)
{
	const struct county_figure *first = figures_of(book->figures, chapter);
	const struct county_figure *end = book->figures->items + book->figures->count;
	size_t count = 0;
	*given = 0;
	for (const struct county_figure *f = first; f && f < end && f->chapter == chapter; f++) {
		count++;
		*given += f->quantity.state != NB_ABSENT;
	}
	return count;
}

static struct sheet *add_chapter(
    struct maker *maker, const struct chapter *chapter, size_t figure_count)
{
	const struct county_figure *first = figures_of(maker->book->figures, chapter);
	struct sheet *sheet = sheet_add_data(maker->writer, title_of(maker->book, chapter));
	unsigned last = maker->book->publication ? DEPARTMENTS : SOURCES;
	for (unsigned i = CODE; i <= last; i++)
		sheet_column(sheet, i, columns[i].width);
	for (unsigned i = CODE; i <= last; i++)
		sheet_put(sheet, ROW_HEAD, i, SHEET_HEAD, columns[i].label);
	for (unsigned i = 0; i < figure_count; i++)
		add_figure(maker, sheet, ROW_FIRST + i, &first[i]);
	unsigned end = ROW_HEAD + (unsigned)figure_count;
	sheet_freeze(sheet, ROW_FIRST, UNIT);
	sheet_filter(sheet, ROW_HEAD, end, last);
	sheet_print(sheet, end, DEPARTMENTS); /* paper has no use for the sources */
	return sheet;
}

/* ---- the first sheet ----------------------------------------------------- */

enum { COVER = 4, NAME_WIDTH = 14, WORDS_WIDTH = 76 };

static unsigned put_pair(struct sheet *sheet, unsigned row, const char *label, const char *text)
{
	sheet_put(sheet, row, 1, SHEET_HEAD, label);
	sheet_across(sheet, row, 2, COVER, SHEET_LABEL, text);
	return row + 1;
}

static unsigned put_facts(struct maker *maker, struct sheet *sheet, unsigned row)
{
	const struct workspace *ws = maker->book->workspace;
	row = put_pair(sheet, row, "报告", ws->title);
	row = put_pair(sheet, row, "地区", ws->region);
	row = put_pair(sheet, row, "年度", "");
	sheet_number_shown(sheet, row - 1, 2, SHEET_LABEL, ws->year, (struct sheet_shown){ 0 });
	row = put_pair(sheet, row, "制发机关", ws->issuer);
	row = put_pair(sheet, row, "成文日期", ws->date ? "" : "未定");
	if (ws->date)
		sheet_day(sheet, row - 1, 2, SHEET_LABEL, date_read(ws->date));
	row = put_pair(sheet, row, "生成程序", maker->book->software);
	if (maker->book->draft)
		row = put_pair(sheet, row, "状态", "草稿：材料中尚有错误没有改正，数据不得引用");
	return row;
}

static unsigned put_legend(struct sheet *sheet, unsigned row)
{
	static const struct {
		const char *label, *text;
	} words[] = {
		{ "准确数",
		    "“本年数”是数字，下限、上限与它相同；百分数按百分比存储（96.3% 即 0.963）。" },
		{ "约数",
		    "“本年数”是文字，如“2500余”；数值在下限与上限之间，上限空白的表示没有上限。" },
		{ "不适用", "“本年数”是“/”：本地区没有这一事项。" },
		{ "无数据", "“本年数”空白：没有单位报送，或者不能读取、计算。不等于 0。" },
		{ "日期、文字", "“本年数”是日期或者文字。" },
		{ "上年数", "取自上年度归档包；没有的空白。" },
		{ "增减", "本年数减上年数，两数均为准确数的才计算；百分数之差以百分点计。" },
		{ "增减幅度", "增减除以上年数；上年数为 0 的和百分数不计算。" },
	};
	sheet_put(sheet, row, 1, SHEET_HEAD, "名词");
	sheet_across(sheet, row++, 2, COVER, SHEET_HEAD, "说明");
	for (size_t i = 0; i < LENGTH(words); i++)
		row = put_pair(sheet, row, words[i].label, words[i].text);
	return row;
}

static void fill(struct maker *maker)
{
	const struct figures_book *book = maker->book;
	struct sheet *cover = sheet_add_data(maker->writer, "说明");
	unsigned row = 1, n = 0;
	sheet_column(cover, 1, NAME_WIDTH);
	sheet_column(cover, 2, WORDS_WIDTH);
	sheet_column(cover, 3, 10);
	sheet_column(cover, COVER, 10);
	sheet_across(cover, row++, 1, COVER, SHEET_TITLE,
	    arena_printf(&maker->arena, "%s%d年度法治政府建设指标数据", book->workspace->region,
	        book->workspace->year));
	row = put_facts(maker, cover, row) + 1;
	sheet_put(cover, row, 1, SHEET_HEAD, "序号");
	sheet_put(cover, row, 2, SHEET_HEAD, "章节");
	sheet_put(cover, row, 3, SHEET_HEAD, "指标数");
	sheet_put(cover, row++, COVER, SHEET_HEAD, "有数据");
	for (size_t i = 0; i < book->catalog->count; i++) {
		const struct chapter *chapter = &book->catalog->chapters[i];
		size_t given, count = count_of(book, chapter, &given);
		if (count == 0)
			continue; /* a chapter of words */
		struct sheet *sheet = add_chapter(maker, chapter, count);
		sheet_number(cover, row, 1, SHEET_UNIT, ++n);
		sheet_link(cover, row, 2, title_of(book, chapter), sheet);
		sheet_number(cover, row, 3, SHEET_DATA, (double)count);
		sheet_number(cover, row++, COVER, SHEET_DATA, (double)given);
	}
	row = put_legend(cover, row + 1);
	sheet_print(cover, row - 1, COVER);
}

int export_figures_sheets(const struct figures_book *book, struct buf *out, struct err *err)
{
	const struct workspace *ws = book->workspace;
	struct maker maker = { .book = book,
		.writer = sheet_writer_new(&(struct sheet_info){ .title = ws->title,
		    .subject = "指标数据",
		    .author = ws->issuer,
		    .date = ws->date }) };
	fill(&maker);
	arena_release(&maker.arena);
	return sheet_writer_finish(maker.writer, out, err);
}
