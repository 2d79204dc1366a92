/* kit_sheets.c: figures.xlsx: who hands in, a sheet a chapter, a sheet a list, the attachments. */
#include "base/length.h"
#include "base/quantity.h"
#include "kit/kit.h"
#include "office/kit_names.h"
#include "office/sheet_writer.h"

#include <string.h>

enum {
	LIST_ROWS = 40,       /* drawn; more may follow */
	ATTACHMENT_ROWS = 40, /* likewise */
	CHECKED_ROWS = 2000,  /* of a list */
	COLUMN_OPTIONS = 8    /* of 报送信息, hidden: what drop-downs offer */
};

/* Columns of a chapter's sheet. */
enum { CODE = 1, LABEL, UNIT, LAST, VALUE, NOTE, HELP };

/* A book in the making. */
struct book {
	const struct kit *kit;
	const struct department *department;
	const struct chapter *const *chapters;
	struct sheet_writer *writer;
	struct sheet *info, *attachments;
	struct sheet **of_chapter;            /* one a chapter */
	struct sheet **of_list;               /* one a list, chapter by chapter */
	unsigned first_chapter, last_chapter; /* rows in the table of contents */
	unsigned options;                     /* rows of COLUMN_OPTIONS */
};

static char *print(const struct book *book, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static char *print(const struct book *book, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char *text = arena_vprintf(book->kit->arena, format, args);
	va_end(args);
	return text;
}

/* ---- a chapter ----------------------------------------------------------- */

static const struct nb_quantity *last_value(
    const struct book *book, const struct chapter *chapter, const struct nb_figure *figure)
{
	const struct last_year *last = book->kit->last;
	for (size_t i = 0; i < last->share_count; i++) {
		const struct last_share *share = &last->shares[i];
		if (strcmp(share->department, book->department->id) == 0 &&
		    strcmp(share->value.chapter, chapter->id) == 0 &&
		    strcmp(share->value.id, figure->id) == 0)
			return &share->value.quantity;
	}
	return NULL;
}

/* A number where it is one in figures alone; else as it was printed. */
static void put_last(struct sheet *sheet, unsigned row, const struct nb_figure *figure,
    const struct nb_quantity *value)
{
	const char *text = value && value->state != NB_ABSENT ? value->text : "";
	size_t digits = strspn(text, "0123456789.");
	if (value && value->state == NB_EXACT && text[digits] == '\0' && digits > 0 &&
	    digits < 15 && (figure->kind == NB_COUNT || figure->kind == NB_AMOUNT))
		sheet_number(sheet, row, LAST, SHEET_VALUE, (double)value->low / (double)NB_UNIT);
	else
		sheet_put(sheet, row, LAST, SHEET_VALUE, text);
}

static const char *unit_of(const struct nb_figure *figure)
{
	return figure->unit ? figure->unit : "";
}

static const char *unit_words(const struct book *book, const struct nb_figure *figure)
{
	return *unit_of(figure) ? print(book, "，单位：%s", unit_of(figure)) : "";
}

static const char *help_of(const struct book *book, const struct nb_figure *figure)
{
	const char *note = figure->note ? figure->note : "";
	if (figure->combine == NB_RATIO)
		return print(book, "%s%s汇编时自动计算，可以不填。", note, *note ? "。" : "");
	if (figure->flags & NB_LISTED)
		return print(book, "%s%s须附台账或者佐证附件。", note, *note ? "。" : "");
	return note;
}

/* What the sheet says of a value while its cell is chosen, and when it is of another kind. */
static struct sheet_check check_of(const struct book *book, const struct nb_figure *figure)
{
	struct sheet_check check = { .title = figure->label };
	switch (figure->kind) {
	case NB_COUNT:
		check.rule = SHEET_COUNT;
		check.hint = print(book,
		    "填整数%s。没有发生填0，不适用填“/”；确实只有约数的，可以写“2500余”。",
		    unit_words(book, figure));
		check.error = "这里一般填整数。如果填的是约数（如“2500余”）或者“/”，请选“是”。";
		break;
	case NB_AMOUNT:
		check.rule = SHEET_AMOUNT;
		check.hint = print(book, "填数字，可以带小数%s。没有发生填0，不适用填“/”。",
		    unit_words(book, figure));
		check.error = "这里一般填数字。如果填的是约数（如“20余”）或者“/”，请选“是”。";
		break;
	case NB_PERCENT:
		check.rule = SHEET_PERCENT;
		check.hint = figure->combine == NB_RATIO ? "汇编时按有关数据自动计算，可以不填。"
		                                         : "填百分数，如“96.3%”。不适用填“/”。";
		check.error = "这里一般填0至100之间的百分数，如“96.3%”。确认无误的，请选“是”。";
		break;
	case NB_DATE:
		check.rule = SHEET_DATE;
		check.hint = print(book, "填日期，如“%d-03-09”。", book->kit->workspace->year);
		check.error = "这里填日期，年月日用“-”隔开。确认无误的，请选“是”。";
		break;
	case NB_TEXT:
		check.rule = SHEET_ANY;
		check.hint = "填文字。不适用填“/”。";
		break;
	}
	return check;
}

static enum sheet_style input_style(enum nb_kind kind, int required)
{
	if (kind == NB_DATE)
		return required ? SHEET_INPUT_DAY_REQUIRED : SHEET_INPUT_DAY;
	if (kind == NB_TEXT)
		return required ? SHEET_INPUT_WORDS_REQUIRED : SHEET_INPUT_WORDS;
	return required ? SHEET_INPUT_REQUIRED : SHEET_INPUT;
}

static void add_figure(const struct book *book, struct sheet *sheet, const struct chapter *chapter,
    const struct nb_figure *figure, unsigned row)
{
	int required = kit_is_required(figure);
	struct sheet_check check = check_of(book, figure);
	sheet_put(sheet, row, CODE, SHEET_CODE, figure->id);
	sheet_put(sheet, row, LABEL, required ? SHEET_REQUIRED : SHEET_LABEL, figure->label);
	sheet_put(sheet, row, UNIT, SHEET_UNIT, unit_of(figure));
	put_last(sheet, row, figure, last_value(book, chapter, figure));
	sheet_put(sheet, row, VALUE, input_style(figure->kind, required), "");
	sheet_put(sheet, row, NOTE, SHEET_INPUT_WORDS, "");
	sheet_put(sheet, row, HELP, SHEET_NOTE, help_of(book, figure));
	sheet_check(sheet, row, row, VALUE, &check);
}

static void fill_chapter(
    const struct book *book, struct sheet *sheet, const struct chapter *chapter)
{
	static const struct {
		const char *label;
		double width;
	} columns[] = { { KIT_COLUMN_CODE, 29 }, { KIT_COLUMN_LABEL, 30 }, { KIT_COLUMN_UNIT, 7 },
		{ KIT_COLUMN_LAST, 12 }, { KIT_COLUMN_VALUE, 14 }, { KIT_COLUMN_NOTE, 24 },
		{ KIT_COLUMN_HELP, 44 } };
	for (unsigned i = 0; i < LENGTH(columns); i++)
		sheet_column(sheet, i + 1, columns[i].width);
	sheet_across(sheet, 1, CODE, HELP, SHEET_TITLE, kit_title(book->kit, chapter));
	sheet_across(sheet, 2, CODE, HELP, SHEET_GUIDANCE,
	    chapter->figure_count
	        ? "请在“本年数”一列填写，单位已经注明，只填数字。红色带 * "
	          "的是全县应有的指标，属本单位职责的必填。没有发生填 0；不由本单位负责或者不适用的填“/”；留空表示没有"
	          "报送。灰色部分已经锁定，不能改动；“上年数”是本单位上年所报，供对照。"
	        : "本章不报统计指标，只报文字，请写在 " KIT_PROSE " 中。");
	for (unsigned i = 0; i < LENGTH(columns); i++)
		sheet_put(sheet, KIT_ROW_HEAD, i + 1, SHEET_HEAD, columns[i].label);
	for (unsigned i = 0; i < chapter->figure_count; i++)
		add_figure(book, sheet, chapter, &chapter->figures[i], KIT_ROW_FIRST + i);
	sheet_freeze(sheet, KIT_ROW_FIRST, UNIT);
	sheet_print(sheet, KIT_ROW_HEAD + (unsigned)chapter->figure_count, HELP);
}

/* ---- a list --------------------------------------------------------------- */

static void check_column(
    const struct book *book, struct sheet *sheet, unsigned column, const struct nb_column *def)
{
	int year = book->kit->workspace->year;
	struct sheet_check check = { .title = def->label };
	switch (def->kind) {
	case NB_COUNT:
		check.rule = SHEET_COUNT;
		check.error = "这里一般填整数。确认无误的，请选“是”。";
		break;
	case NB_AMOUNT:
		check.rule = SHEET_AMOUNT;
		check.error = "这里一般填数字。确认无误的，请选“是”。";
		break;
	case NB_PERCENT:
		check.rule = SHEET_PERCENT;
		check.error = "这里一般填百分数，如“96.3%”。确认无误的，请选“是”。";
		break;
	case NB_DATE:
		check.rule = SHEET_DATE;
		check.error = "这里填日期，年月日用“-”隔开。确认无误的，请选“是”。";
		check.hint = print(book, "填日期，如“%d-03-09”。", year);
		if (def->of_year) {
			check.from = print(book, "%04d-01-01", year);
			check.to = print(book, "%04d-12-31", year);
			check.hint = print(book, "填%d年内的日期，如“%d-03-09”。", year, year);
			check.error = print(book,
			    "这里填%d年内的日期，年月日用“-”隔开。确认无误的，请选“是”。", year);
		}
		break;
	case NB_TEXT:
		return;
	}
	sheet_check(sheet, KIT_ROW_FIRST, KIT_ROW_FIRST + CHECKED_ROWS, column, &check);
}

/* Columns of words share what the others leave of the page. */
static double column_width(const struct list_def *list, size_t column)
{
	double narrow = 0, words = 0;
	for (size_t i = 0; i < list->column_count; i++)
		if (list->columns[i].kind == NB_TEXT)
			words++;
		else
			narrow += 16;
	if (list->columns[column].kind != NB_TEXT)
		return 16;
	double each = (140 - narrow) / words;
	return each < 18 ? 18 : each > 60 ? 60 : each;
}

static void fill_list(const struct book *book, struct sheet *sheet, const struct list_def *list)
{
	unsigned columns = (unsigned)list->column_count;
	for (unsigned c = 0; c < columns; c++)
		sheet_column_open(
		    sheet, c + 1, column_width(list, c), input_style(list->columns[c].kind, 0));
	sheet_across(sheet, 1, 1, columns, SHEET_TITLE, list->label);
	sheet_across(sheet, 2, 1, columns, SHEET_GUIDANCE,
	    "一行填一条，不留空行，不填合计。红色带 * 的列不能空。可以增加行；已有电子台账的，"
	    "按列复制粘贴即可（用“选择性粘贴”中的“数值”）。没有的，本表留空。");
	for (unsigned row = 3; row < KIT_ROW_FIRST; row++)
		for (unsigned c = 0; c < columns; c++)
			sheet_put(sheet, row, c + 1,
			    row < KIT_ROW_HEAD          ? SHEET_GUIDANCE
			    : list->columns[c].required ? SHEET_HEAD_REQUIRED
			                                : SHEET_HEAD,
			    row < KIT_ROW_HEAD ? "" : list->columns[c].label);
	for (unsigned c = 0; c < columns; c++) {
		const struct nb_column *def = &list->columns[c];
		for (unsigned i = 0; i < LIST_ROWS; i++)
			sheet_put(sheet, KIT_ROW_FIRST + i, c + 1, input_style(def->kind, 0), "");
		check_column(book, sheet, c + 1, def);
	}
	sheet_freeze(sheet, KIT_ROW_FIRST, 1);
}

/* ---- attachments ------------------------------------------------------------ */

static void fill_attachments(const struct book *book)
{
	static const struct {
		const char *label;
		double width;
		int required;
	} columns[] = { { KIT_COLUMN_FILE, 36, 1 }, { KIT_COLUMN_TITLE, 40, 1 },
		{ KIT_COLUMN_CHAPTER, 34, 1 }, { KIT_COLUMN_BACKS, 34, 0 },
		{ KIT_COLUMN_ACCESS, 14, 0 } };
	static const char *const access[] = { KIT_PUBLIC, KIT_INTERNAL, NULL };
	const unsigned first = KIT_ROW_FIRST, last = KIT_ROW_HEAD + ATTACHMENT_ROWS;
	struct sheet *sheet = book->attachments;
	for (unsigned c = 0; c < LENGTH(columns); c++)
		sheet_column(sheet, c + 1, columns[c].width);
	sheet_across(sheet, 1, 1, LENGTH(columns), SHEET_TITLE, KIT_SHEET_ATTACHMENTS);
	sheet_across(sheet, 2, 1, LENGTH(columns), SHEET_GUIDANCE,
	    "附件放在 " KIT_ATTACHMENTS " 文件夹，每个附件在这里登记一行。“文件”填文件名，连同扩展"
	    "名，如“行政复议案件台账.xlsx”；"
	    "“标题”是报告附件目录中的名称；一个附件佐证几项指标的，用“、”隔开。不宜公开的选"
	    "“内部”，不填按公开处理。");
	for (unsigned c = 0; c < LENGTH(columns); c++) {
		sheet_put(sheet, KIT_ROW_HEAD, c + 1,
		    columns[c].required ? SHEET_HEAD_REQUIRED : SHEET_HEAD, columns[c].label);
		for (unsigned row = first; row <= last; row++)
			sheet_put(sheet, row, c + 1, SHEET_INPUT_WORDS, "");
	}
	if (book->last_chapter >= book->first_chapter)
		sheet_choose_from(sheet, first, last, 3, book->info, book->first_chapter,
		    book->last_chapter, 1, KIT_COLUMN_CHAPTER, "从下拉列表中选择附件所属的章。");
	if (book->options)
		sheet_choose_from(sheet, first, last, 4, book->info, 1, book->options,
		    COLUMN_OPTIONS, KIT_COLUMN_BACKS,
		    "从下拉列表中选择，也可以直接填指标名称或者代码；几项之间用“、”隔开。");
	sheet_choose(sheet, first, last, 5, access, KIT_COLUMN_ACCESS,
	    "选“公开”或者“内部”。不填按公开处理。");
	sheet_freeze(sheet, KIT_ROW_FIRST, 1);
	sheet_print(sheet, last, LENGTH(columns));
}

/* ---- who hands in, and the table of contents ---------------------------------- */

static void put_info(const struct book *book, unsigned *row, const char *label,
    enum sheet_style style, const char *value, const char *help)
{
	sheet_put(book->info, *row, 1, SHEET_LABEL, label);
	sheet_put(book->info, *row, 2, style, value);
	sheet_put(book->info, *row, 3, SHEET_NOTE, help);
	++*row;
}

static void put_year(const struct book *book, unsigned *row)
{
	put_info(book, row, KIT_INFO_YEAR, SHEET_LABEL, "", "");
	sheet_number(book->info, *row - 1, 2, SHEET_LABEL, book->kit->workspace->year);
}

static void put_revision(const struct book *book, unsigned *row)
{
	put_info(book, row, KIT_INFO_REVISION, SHEET_INPUT_REQUIRED, "",
	    "第一次报送填 1；更正后重新报送的填 2，以此类推。");
	sheet_number(book->info, *row - 1, 2, SHEET_INPUT_REQUIRED, 1);
	sheet_check(book->info, *row - 1, *row - 1, 2,
	    &(struct sheet_check){ .rule = SHEET_COUNT,
	        .title = KIT_INFO_REVISION,
	        .error = "版次填整数，第一次报送填 1。" });
}

static void put_date(const struct book *book, unsigned *row)
{
	int year = book->kit->workspace->year;
	const char *deadline = kit_day(book->kit, book->kit->workspace->deadline);
	put_info(book, row, KIT_INFO_DATE, SHEET_INPUT_DAY_REQUIRED, "",
	    *deadline ? print(book, "如“%d-01-20”。请于%s前报送。", year + 1, deadline)
	              : print(book, "如“%d-01-20”。", year + 1));
	sheet_check(book->info, *row - 1, *row - 1, 2,
	    &(struct sheet_check){ .rule = SHEET_DATE,
	        .from = print(book, "%04d-01-01", year),
	        .to = print(book, "%04d-12-31", year + 2),
	        .title = KIT_INFO_DATE,
	        .error = "这里填日期，年月日用“-”隔开。确认无误的，请选“是”。" });
}

static const char *figure_counts(const struct book *book, const struct chapter *chapter)
{
	int required = 0;
	for (size_t i = 0; i < chapter->figure_count; i++)
		required += kit_is_required(&chapter->figures[i]);
	if (chapter->figure_count == 0)
		return "只报文字";
	return required ? print(book, "指标%zu项，其中全县应有%d项", chapter->figure_count, required)
	                : print(book, "指标%zu项", chapter->figure_count);
}

static void put_contents(struct book *book, unsigned row)
{
	size_t list = 0;
	sheet_put(book->info, row, 1, SHEET_HEAD, "目录（点击进入）");
	sheet_put(book->info, row, 2, SHEET_HEAD, "工作表");
	sheet_put(book->info, row, 3, SHEET_HEAD, "内容");
	book->first_chapter = ++row;
	for (size_t i = 0; book->chapters[i]; i++, row++) {
		const struct chapter *chapter = book->chapters[i];
		sheet_link(book->info, row, 1, kit_title(book->kit, chapter), book->of_chapter[i]);
		sheet_put(book->info, row, 2, SHEET_CODE, sheet_name(book->of_chapter[i]));
		sheet_put(book->info, row, 3, SHEET_NOTE, figure_counts(book, chapter));
	}
	book->last_chapter = row - 1;
	for (size_t i = 0; book->chapters[i]; i++)
		for (size_t k = 0; k < book->chapters[i]->list_count; k++, list++, row++) {
			struct sheet *sheet = book->of_list[list];
			sheet_link(book->info, row, 1, book->chapters[i]->lists[k].label, sheet);
			sheet_put(book->info, row, 2, SHEET_CODE, sheet_name(sheet));
			sheet_put(book->info, row, 3, SHEET_NOTE, "台账，一行一条");
		}
	sheet_link(book->info, row, 1, KIT_SHEET_ATTACHMENTS, book->attachments);
	sheet_put(book->info, row, 2, SHEET_CODE, KIT_SHEET_ATTACHMENTS);
	sheet_put(book->info, row, 3, SHEET_NOTE, "每个附件登记一行");
	sheet_print(book->info, row, 3);
}

static int is_offered(const struct book *book, const char *label, size_t chapter, size_t figure)
{
	for (size_t i = 0; i <= chapter; i++)
		for (size_t k = 0; k < (i == chapter ? figure : book->chapters[i]->figure_count);
		     k++)
			if (strcmp(book->chapters[i]->figures[k].label, label) == 0)
				return 1;
	return 0;
}

/* What the register's drop-down offers: each label once, its chapter stands beside it there. */
static void put_options(struct book *book)
{
	sheet_hide_column(book->info, COLUMN_OPTIONS);
	for (size_t i = 0; book->chapters[i]; i++)
		for (size_t k = 0; k < book->chapters[i]->figure_count; k++) {
			const char *label = book->chapters[i]->figures[k].label;
			if (!is_offered(book, label, i, k))
				sheet_put(
				    book->info, ++book->options, COLUMN_OPTIONS, SHEET_UNIT, label);
		}
}

static void fill_info(struct book *book)
{
	const struct workspace *ws = book->kit->workspace;
	const struct department *department = book->department;
	const char *deadline = kit_day(book->kit, ws->deadline);
	unsigned row = 3;
	sheet_column(book->info, 1, 50);
	sheet_column(book->info, 2, 34);
	sheet_column(book->info, 3, 56);
	sheet_across(book->info, 1, 1, 3, SHEET_TITLE,
	    print(book, "%s%d年度报送信息", department->name, ws->year));
	sheet_across(book->info, 2, 1, 3, SHEET_GUIDANCE,
	    print(book,
	        "本表用于编写《%s》。请先填写本页，再依次填写各表%s%s。有底色的格子可以填写，深色的"
	        "必须填写；其余已经锁定。填报办法见“填报说明”。",
	        ws->title, *deadline ? "，于" : "",
	        *deadline ? print(book, "%s前报%s", deadline, ws->issuer) : ""));
	put_info(book, &row, KIT_INFO_ID, SHEET_LABEL, department->id, "请勿改动。");
	put_info(book, &row, KIT_INFO_NAME, SHEET_LABEL, department->name, "");
	put_year(book, &row);
	put_revision(book, &row);
	put_date(book, &row);
	put_info(book, &row, KIT_INFO_CONTACT, SHEET_INPUT_WORDS, "",
	    "填能说明情况的经办人，便于核对数据。");
	put_info(book, &row, KIT_INFO_PHONE, SHEET_INPUT_WORDS, "", "填办公电话。");
	put_options(book);
	put_contents(book, row + 1);
}

/* ---- the book ------------------------------------------------------------- */

/* Sheets are there before they are filled, so that the first can lead to all. */
static void add_sheets(struct book *book)
{
	struct arena *arena = book->kit->arena;
	size_t chapters = 0, lists = 0;
	for (; book->chapters[chapters]; chapters++)
		lists += book->chapters[chapters]->list_count;
	book->of_chapter = arena_alloc(arena, (chapters + 1) * sizeof(struct sheet *));
	book->of_list = arena_alloc(arena, (lists + 1) * sizeof(struct sheet *));
	book->info = sheet_add(book->writer, KIT_SHEET_INFO);
	lists = 0;
	for (size_t i = 0; i < chapters; i++) {
		const struct chapter *chapter = book->chapters[i];
		book->of_chapter[i] = sheet_add(book->writer, chapter->id);
		for (size_t k = 0; k < chapter->list_count; k++)
			book->of_list[lists++] = sheet_add(
			    book->writer, print(book, "%s.%s", chapter->id, chapter->lists[k].id));
	}
	book->attachments = sheet_add(book->writer, KIT_SHEET_ATTACHMENTS);
}

int kit_sheets(
    const struct kit *kit, const struct department *department, struct buf *out, struct err *err)
{
	const struct workspace *ws = kit->workspace;
	struct book book = {
		.kit = kit,
		.department = department,
		.chapters = kit_chapters(kit, department),
	};
	size_t list = 0;
	book.writer = sheet_writer_new(&(struct sheet_info){
	    .title = print(&book, "%s%d年度报送数据", department->name, ws->year),
	    .subject = ws->title,
	    .author = ws->issuer,
	    .date = kit_made(kit) });
	add_sheets(&book);
	fill_info(&book);
	for (size_t i = 0; book.chapters[i]; i++) {
		const struct chapter *chapter = book.chapters[i];
		fill_chapter(&book, book.of_chapter[i], chapter);
		for (size_t k = 0; k < chapter->list_count; k++)
			fill_list(&book, book.of_list[list++], &chapter->lists[k]);
	}
	fill_attachments(&book);
	return sheet_writer_finish(book.writer, out, err);
}
