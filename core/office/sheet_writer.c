/*
 * sheet_writer.c: libxlsxwriter, which writes to a path and stamps its zip with
 * the clock: it is given a file in memory, and its parts are packed anew.
 */
#define _GNU_SOURCE /* memfd_create */
#include "office/sheet_writer.h"

#include "archive/store.h"
#include "archive/zip_writer.h"
#include "base/arena.h"
#include "base/i18n.h"
#include "base/length.h"
#include "base/quantity.h"
#include "base/utf8.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum {
	NAME_MAX_CHARACTERS = 31,
	HINT_TITLE_MAX = 32,
	HINT_MAX = 255,
	TEXT_MAX = 32767,
	COLUMNS_MAX = 32,
	PAPER_A4 = 9,
	ROW_HEIGHT_MAX = 409, /* points: Excel takes no more */
	DAY_1970 = 25569,     /* 1970-01-01 as Excel counts days */
	ROW_HEIGHT = 21       /* points; a row grows with what is filled in */
};

/* ---- looks ------------------------------------------------------------- */

#define SONG "宋体"
#define HEI "黑体"
#define XIAOBIAOSONG "方正小标宋简体"

struct look {
	const char *font;     /* NULL: 宋体 */
	const char *number;   /* its format; NULL: general */
	double size;          /* 0: 11 */
	unsigned color, fill; /* 0: black, none */
	int align;            /* enum lxw_format_alignments; 0: left */
	int border, open, one_line;
};

#define PALE 0xEAF3FAu     /* may be filled in */
#define STRONGER 0xFFF2CCu /* must be */
#define HEADING 0xD9E2EFu
#define GREY 0x7F7F7Fu
#define RED 0xC00000u

static const struct look looks[] = {
	[SHEET_TITLE] = { .font = XIAOBIAOSONG, .size = 16, .align = LXW_ALIGN_CENTER },
	[SHEET_GUIDANCE] = { .color = 0x44546Au, .size = 10 },
	[SHEET_HEAD] = { .font = HEI, .fill = HEADING, .align = LXW_ALIGN_CENTER, .border = 1 },
	[SHEET_HEAD_REQUIRED] = { .font = HEI,
	    .fill = HEADING,
	    .color = RED,
	    .number = "\"* \"@",
	    .align = LXW_ALIGN_CENTER,
	    .border = 1 },
	[SHEET_CODE] = { .color = GREY, .size = 9, .border = 1 },
	[SHEET_LABEL] = { .border = 1 },
	[SHEET_REQUIRED] = { .color = RED, .number = "\"* \"@", .border = 1 },
	[SHEET_UNIT] = { .align = LXW_ALIGN_CENTER, .border = 1 },
	[SHEET_VALUE] = { .color = GREY, .align = LXW_ALIGN_RIGHT, .border = 1 },
	[SHEET_DAY] = { .number = "yyyy-mm-dd", .border = 1 },
	[SHEET_NOTE] = { .color = 0x44546Au, .size = 9, .border = 1 },
	[SHEET_LINK] = { .color = 0x0563C1u, .border = 1 },
	[SHEET_DATA] = { .align = LXW_ALIGN_RIGHT, .border = 1 },
	[SHEET_SOURCE] = { .color = GREY, .size = 9, .border = 1, .one_line = 1 },
	[SHEET_INPUT] = { .fill = PALE, .align = LXW_ALIGN_RIGHT, .border = 1, .open = 1 },
	[SHEET_INPUT_REQUIRED] = { .fill = STRONGER,
	    .align = LXW_ALIGN_RIGHT,
	    .border = 1,
	    .open = 1 },
	[SHEET_INPUT_DAY] = { .fill = PALE,
	    .number = "yyyy-mm-dd",
	    .align = LXW_ALIGN_RIGHT,
	    .border = 1,
	    .open = 1 },
	[SHEET_INPUT_DAY_REQUIRED] = { .fill = STRONGER,
	    .number = "yyyy-mm-dd",
	    .align = LXW_ALIGN_RIGHT,
	    .border = 1,
	    .open = 1 },
	[SHEET_INPUT_WORDS] = { .fill = PALE, .number = "@", .border = 1, .open = 1 },
	[SHEET_INPUT_WORDS_REQUIRED] = { .fill = STRONGER, .number = "@", .border = 1, .open = 1 },
};

/* A style with another number format. */
struct variant {
	enum sheet_style style;
	const char *number;
	lxw_format *format;
};

struct sheet_writer {
	struct sheet_info info;
	struct arena arena;
	int fd;    /* the file in memory */
	int error; /* errno that kept it from being made */
	lxw_workbook *workbook;
	lxw_format *formats[LENGTH(looks)];
	struct variant *variants;
	size_t variant_count;
	struct sheet **sheets;
	size_t count;
};

struct sheet {
	struct sheet_writer *writer;
	lxw_worksheet *sheet;
	const char *name;
	double widths[COLUMNS_MAX]; /* of columns from 1 */
	unsigned high_row;          /* the row last made higher, and how high */
	double height;
};

static lxw_format *make_format(
    struct sheet_writer *writer, enum sheet_style style, const char *number)
{
	const struct look *look = &looks[style];
	lxw_format *f = workbook_add_format(writer->workbook);
	format_set_font_name(f, look->font ? look->font : SONG);
	format_set_font_size(f, look->size > 0 ? look->size : 11);
	format_set_align(f, LXW_ALIGN_VERTICAL_CENTER);
	format_set_align(f, look->align ? (uint8_t)look->align : LXW_ALIGN_LEFT);
	if (look->border && look->align != LXW_ALIGN_CENTER)
		format_set_indent(f, 1);
	if (!look->one_line)
		format_set_text_wrap(f);
	if (number)
		format_set_num_format(f, number);
	if (look->color)
		format_set_font_color(f, look->color);
	if (look->fill)
		format_set_bg_color(f, look->fill);
	if (look->border) {
		format_set_border(f, LXW_BORDER_THIN);
		format_set_border_color(f, 0xA6A6A6u);
	}
	if (style == SHEET_LINK)
		format_set_underline(f, LXW_UNDERLINE_SINGLE);
	if (look->open)
		format_set_unlocked(f);
	return f;
}

static lxw_format *format(struct sheet_writer *writer, enum sheet_style style)
{
	if (!writer->formats[style])
		writer->formats[style] = make_format(writer, style, looks[style].number);
	return writer->formats[style];
}

/* A handful a book. `number` is borrowed if it is new. */
static lxw_format *variant(struct sheet_writer *writer, enum sheet_style style, const char *number)
{
	for (size_t i = 0; i < writer->variant_count; i++)
		if (writer->variants[i].style == style &&
		    strcmp(writer->variants[i].number, number) == 0)
			return writer->variants[i].format;
	lxw_format *f = make_format(writer, style, number);
	writer->variants = arena_grow(
	    &writer->arena, writer->variants, writer->variant_count, sizeof *writer->variants);
	writer->variants[writer->variant_count++] = (struct variant){ style, number, f };
	return f;
}

/* ---- texts as an xlsx takes them ---------------------------------------- */

static size_t utf16_length(uint32_t c)
{
	return c > 0xFFFF ? 2 : 1;
}

/* At most `limit` characters as Excel counts them, without what XML cannot hold. In the arena. */
static char *cut(struct sheet_writer *writer, const char *text, size_t limit)
{
	struct buf kept = { 0 };
	const char *at = text, *end = text + strlen(text);
	size_t n = 0;
	while (at < end) {
		const char *here = at;
		uint32_t c = utf8_next(&at, end);
		if ((c < 0x20 && c != '\n') || c == 0x7F || c == 0xFFFE || c == 0xFFFF)
			continue;
		n += utf16_length(c);
		if (n > limit)
			break;
		buf_add(&kept, here, (size_t)(at - here));
	}
	char *copy = arena_strdup(&writer->arena, buf_str(&kept));
	buf_release(&kept);
	return copy;
}

/* Names are told apart without regard to case. */
static int name_taken(const struct sheet_writer *writer, const char *name)
{
	for (size_t i = 0; i < writer->count; i++)
		if (lxw_strcasecmp(writer->sheets[i]->name, name) == 0)
			return 1;
	return 0;
}

static const char *free_name(struct sheet_writer *writer, const char *wanted)
{
	char *name = cut(writer, wanted, NAME_MAX_CHARACTERS);
	for (char *c = name; *c; c++)
		if (strchr("[]:*?/\\'\n", *c))
			*c = '_';
	const char *whole = name;
	for (unsigned n = 2; name_taken(writer, name); n++) {
		const char *tail = arena_printf(&writer->arena, "~%u", n);
		name = arena_printf(&writer->arena, "%s%s",
		    cut(writer, whole, NAME_MAX_CHARACTERS - strlen(tail)), tail);
	}
	return name;
}

/* How many digits a text is wide. */
static double text_width(const char *text, const char *end)
{
	double width = 0;
	while (text < end)
		width += utf8_next(&text, end) >= 0x2000 ? 2 : 1;
	return width;
}

static unsigned line_count(const char *text, double width)
{
	unsigned lines = 0;
	for (;;) {
		size_t n = strcspn(text, "\n");
		double wide = text_width(text, text + n);
		lines += wide > width ? (unsigned)(wide / width + 0.999) : 1;
		if (text[n] == '\0')
			return lines;
		text += n + 1;
	}
}

/* ---- workbook and sheets ----------------------------------------------- */

struct sheet_writer *sheet_writer_new(const struct sheet_info *info)
{
	struct sheet_writer *writer = mem_alloc(sizeof *writer);
	char path[64];
	memset(writer, 0, sizeof *writer);
	arena_init(&writer->arena);
	writer->info = *info;
	writer->fd = memfd_create("nianbao", MFD_CLOEXEC);
	writer->error = writer->fd < 0 ? errno : 0;
	snprintf(path, sizeof path, "/proc/self/fd/%d", writer->fd);
	writer->workbook = workbook_new(path);
	if (!writer->workbook)
		mem_fail();
	return writer;
}

static struct sheet *add(struct sheet_writer *writer, const char *name)
{
	struct sheet *sheet = arena_alloc(&writer->arena, sizeof *sheet);
	sheet->writer = writer;
	sheet->name = free_name(writer, name);
	sheet->sheet = workbook_add_worksheet(writer->workbook, sheet->name);
	if (!sheet->sheet)
		mem_fail();
	worksheet_set_default_row(sheet->sheet, ROW_HEIGHT, LXW_FALSE);
	worksheet_set_landscape(sheet->sheet);
	worksheet_set_paper(sheet->sheet, PAPER_A4);
	worksheet_fit_to_pages(sheet->sheet, 1, 0);
	worksheet_set_margins(sheet->sheet, 0.6, 0.6, 0.7, 0.7);
	worksheet_center_horizontally(sheet->sheet);
	worksheet_set_footer(sheet->sheet, "&C第 &P 页，共 &N 页");
	writer->sheets =
	    arena_grow(&writer->arena, writer->sheets, writer->count, sizeof(struct sheet *));
	writer->sheets[writer->count++] = sheet;
	return sheet;
}

struct sheet *sheet_add(struct sheet_writer *writer, const char *name)
{
	lxw_protection open = { .format_columns = 1,
		.format_rows = 1,
		.insert_rows = 1,
		.delete_rows = 1,
		.sort = 1,
		.autofilter = 1 };
	struct sheet *sheet = add(writer, name);
	worksheet_protect(sheet->sheet, NULL, &open);
	return sheet;
}

struct sheet *sheet_add_data(struct sheet_writer *writer, const char *name)
{
	struct sheet *sheet = add(writer, name);
	worksheet_set_header(sheet->sheet, "&C&A");
	return sheet;
}

const char *sheet_name(const struct sheet *sheet)
{
	return sheet->name;
}

static lxw_row_t row_of(unsigned row)
{
	return row - 1;
}

static lxw_col_t column_of(unsigned column)
{
	return (lxw_col_t)(column - 1);
}

static void keep_width(struct sheet *sheet, unsigned column, double width)
{
	if (column < COLUMNS_MAX)
		sheet->widths[column] = width;
}

void sheet_column(struct sheet *sheet, unsigned column, double width)
{
	keep_width(sheet, column, width);
	worksheet_set_column(sheet->sheet, column_of(column), column_of(column), width, NULL);
}

void sheet_column_open(struct sheet *sheet, unsigned column, double width, enum sheet_style style)
{
	keep_width(sheet, column, width);
	worksheet_set_column(sheet->sheet, column_of(column), column_of(column), width,
	    format(sheet->writer, style));
}

void sheet_hide_column(struct sheet *sheet, unsigned column)
{
	lxw_row_col_options hidden = { .hidden = 1 };
	keep_width(sheet, column, 99);
	worksheet_set_column_opt(
	    sheet->sheet, column_of(column), column_of(column), 99, NULL, &hidden);
}

void sheet_freeze(struct sheet *sheet, unsigned row, unsigned column)
{
	worksheet_freeze_panes(sheet->sheet, row_of(row), column_of(column));
	if (row > 1)
		worksheet_repeat_rows(sheet->sheet, row_of(row - 1), row_of(row - 1));
}

void sheet_filter(struct sheet *sheet, unsigned head, unsigned last_row, unsigned columns)
{
	worksheet_autofilter(sheet->sheet, row_of(head), 0, row_of(last_row), column_of(columns));
}

void sheet_print(struct sheet *sheet, unsigned rows, unsigned columns)
{
	worksheet_print_area(sheet->sheet, 0, 0, row_of(rows), column_of(columns));
}

/* ---- cells ------------------------------------------------------------- */

/* A row that needs more than others is made so high; what lies across is not seen to by Excel. */
static void make_room(
    struct sheet *sheet, unsigned row, enum sheet_style style, const char *text, double width)
{
	double size = looks[style].size > 0 ? looks[style].size : 11;
	double height = line_count(text, (width - 2) * 11 / size * 0.96) * size * 1.35 + 6;
	if (height > ROW_HEIGHT_MAX)
		height = ROW_HEIGHT_MAX;
	if (looks[style].one_line || height <= ROW_HEIGHT ||
	    (row == sheet->high_row && height <= sheet->height))
		return;
	sheet->high_row = row;
	sheet->height = height;
	worksheet_set_row(sheet->sheet, row_of(row), height, NULL);
}

static double width_of(const struct sheet *sheet, unsigned column)
{
	return column < COLUMNS_MAX && sheet->widths[column] > 0 ? sheet->widths[column] : 8.43;
}

static void put_text(
    struct sheet *sheet, unsigned row, unsigned column, enum sheet_style style, const char *text)
{
	lxw_format *f = format(sheet->writer, style);
	if (*text)
		worksheet_write_string(sheet->sheet, row_of(row), column_of(column),
		    cut(sheet->writer, text, TEXT_MAX), f);
	else
		worksheet_write_blank(sheet->sheet, row_of(row), column_of(column), f);
}

void sheet_put(
    struct sheet *sheet, unsigned row, unsigned column, enum sheet_style style, const char *text)
{
	put_text(sheet, row, column, style, text);
	make_room(sheet, row, style, text, width_of(sheet, column));
}

void sheet_number(
    struct sheet *sheet, unsigned row, unsigned column, enum sheet_style style, double number)
{
	worksheet_write_number(
	    sheet->sheet, row_of(row), column_of(column), number, format(sheet->writer, style));
}

/* "0.00", "0.0%", "+0;-0;0": Excel's format. */
static const char *number_code(struct sheet_writer *writer, struct sheet_shown shown)
{
	const char *digits = arena_printf(&writer->arena, "0%s%.*s%s", shown.decimals ? "." : "",
	    (int)shown.decimals, "000000",
	    shown.percent  ? "%"
	    : shown.points ? "\"个百分点\""
	                   : "");
	if (!shown.sign)
		return digits;
	return arena_printf(&writer->arena, "+%s;-%s;%s", digits, digits, digits);
}

void sheet_number_shown(struct sheet *sheet, unsigned row, unsigned column, enum sheet_style style,
    double number, struct sheet_shown shown)
{
	worksheet_write_number(sheet->sheet, row_of(row), column_of(column), number,
	    variant(sheet->writer, style, number_code(sheet->writer, shown)));
}

/* Days since 1970, by Fliegel and Van Flandern; mktime() would ask for the zone. */
static int day_number(int day)
{
	int y = day / 10000, m = day / 100 % 100, d = day % 100, a = (14 - m) / 12;
	return d + (153 * (m + 12 * a - 3) + 2) / 5 + 365 * (y - a) + (y - a) / 4 - (y - a) / 100 +
	       (y - a) / 400 - 719469;
}

void sheet_day(struct sheet *sheet, unsigned row, unsigned column, enum sheet_style style, int day)
{
	worksheet_write_number(sheet->sheet, row_of(row), column_of(column),
	    day_number(day) + DAY_1970, variant(sheet->writer, style, "yyyy-mm-dd"));
}

void sheet_across(struct sheet *sheet, unsigned row, unsigned from, unsigned to,
    enum sheet_style style, const char *text)
{
	double width = 0;
	for (unsigned column = from; column <= to; column++)
		width += width_of(sheet, column);
	if (from < to)
		worksheet_merge_range(sheet->sheet, row_of(row), column_of(from), row_of(row),
		    column_of(to), "", format(sheet->writer, style));
	put_text(sheet, row, from, style, text);
	make_room(sheet, row, style, text, width);
}

void sheet_link(
    struct sheet *sheet, unsigned row, unsigned column, const char *text, const struct sheet *to)
{
	const char *target = arena_printf(&sheet->writer->arena, "internal:'%s'!A1", to->name);
	worksheet_write_url_opt(sheet->sheet, row_of(row), column_of(column), target,
	    format(sheet->writer, SHEET_LINK), cut(sheet->writer, text, HINT_MAX), NULL);
}

/* ---- checks ------------------------------------------------------------ */

static lxw_datetime day_of(const char *text, const char *otherwise)
{
	int day = date_read(text ? text : otherwise);
	return (lxw_datetime){ .year = day / 10000, .month = day / 100 % 100, .day = day % 100 };
}

static void validate(struct sheet *sheet, unsigned first_row, unsigned last_row, unsigned column,
    lxw_data_validation *validation, const char *title, const char *hint, const char *error)
{
	struct sheet_writer *writer = sheet->writer;
	validation->ignore_blank = LXW_VALIDATION_ON;
	if (hint) {
		validation->input_title = cut(writer, title, HINT_TITLE_MAX);
		validation->input_message = cut(writer, hint, HINT_MAX);
	}
	if (error) {
		validation->error_title = cut(writer, title, HINT_TITLE_MAX);
		validation->error_message = cut(writer, error, HINT_MAX);
	}
	worksheet_data_validation_range(sheet->sheet, row_of(first_row), column_of(column),
	    row_of(last_row), column_of(column), validation);
}

void sheet_check(struct sheet *sheet, unsigned first_row, unsigned last_row, unsigned column,
    const struct sheet_check *check)
{
	lxw_data_validation v = { .criteria = LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO,
		.error_type = LXW_VALIDATION_ERROR_TYPE_WARNING };
	switch (check->rule) {
	case SHEET_ANY:
		v.validate = LXW_VALIDATION_TYPE_ANY;
		v.criteria = LXW_VALIDATION_CRITERIA_NONE;
		break;
	case SHEET_COUNT:
		v.validate = LXW_VALIDATION_TYPE_INTEGER;
		break;
	case SHEET_AMOUNT:
		v.validate = LXW_VALIDATION_TYPE_DECIMAL;
		break;
	case SHEET_PERCENT: /* 96.3 and 96.3% alike */
		v.validate = LXW_VALIDATION_TYPE_DECIMAL;
		v.criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
		v.maximum_number = 100;
		break;
	case SHEET_DATE:
		v.validate = LXW_VALIDATION_TYPE_DATE;
		v.criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
		v.minimum_datetime = day_of(check->from, "1900-03-01");
		v.maximum_datetime = day_of(check->to, "2199-12-31");
		break;
	}
	validate(sheet, first_row, last_row, column, &v, check->title, check->hint, check->error);
}

void sheet_choose(struct sheet *sheet, unsigned first_row, unsigned last_row, unsigned column,
    const char *const *choices, const char *title, const char *hint)
{
	char *list[16] = { 0 };
	for (size_t i = 0; choices[i] && i + 1 < LENGTH(list); i++)
		list[i] = arena_strdup(&sheet->writer->arena, choices[i]);
	lxw_data_validation v = { .validate = LXW_VALIDATION_TYPE_LIST, .value_list = list };
	validate(sheet, first_row, last_row, column, &v, title, hint, hint);
}

void sheet_choose_from(struct sheet *sheet, unsigned first_row, unsigned last_row, unsigned column,
    const struct sheet *from, unsigned from_first, unsigned from_last, unsigned from_column,
    const char *title, const char *hint)
{
	char first[LXW_MAX_CELL_NAME_LENGTH], last[LXW_MAX_CELL_NAME_LENGTH];
	lxw_rowcol_to_cell_abs(first, row_of(from_first), column_of(from_column), 1, 1);
	lxw_rowcol_to_cell_abs(last, row_of(from_last), column_of(from_column), 1, 1);
	lxw_data_validation v = { .validate = LXW_VALIDATION_TYPE_LIST_FORMULA,
		.value_formula =
		    arena_printf(&sheet->writer->arena, "='%s'!%s:%s", from->name, first, last),
		.show_error = LXW_VALIDATION_OFF };
	validate(sheet, first_row, last_row, column, &v, title, hint, NULL);
}

/* ---- the file ---------------------------------------------------------- */

static void set_properties(struct sheet_writer *writer)
{
	const struct sheet_info *info = &writer->info;
	int days = day_number(date_read(info->date ? info->date : "1980-01-01"));
	lxw_doc_properties properties = {
		.title = cut(writer, info->title ? info->title : "", HINT_MAX),
		.subject = cut(writer, info->subject ? info->subject : "", HINT_MAX),
		.author = cut(writer, info->author ? info->author : "", HINT_MAX),
		.created = (time_t)days * 86400,
	};
	workbook_set_properties(writer->workbook, &properties);
}

/* Says whose form it is; who fills it in puts his own program's name there. */
static void sign(struct buf *part)
{
	static const char theirs[] = "<Application>Microsoft Excel</Application>";
	const char *at = strstr(buf_str(part), theirs);
	struct buf text = { 0 };
	if (!at)
		return;
	buf_add(&text, part->data, (size_t)(at - part->data));
	buf_adds(&text, "<Application>nianbao</Application>");
	buf_adds(&text, at + sizeof theirs - 1);
	buf_release(part);
	*part = text;
}

/*
 * libxlsxwriter prints 16 digits, one more than a double has for certain: 9.95
 * would be 9.949999999999999 to all who read it. Excel itself knows 15.
 */
static void round_values(struct buf *part)
{
	struct buf text = { 0 };
	const char *at = buf_str(part), *open;
	while ((open = strstr(at, "<v>")) != NULL) {
		const char *number = open + 3;
		size_t n = strcspn(number, "<");
		buf_add(&text, at, (size_t)(number - at));
		if (n > 15 && strspn(number, "0123456789.-+E") == n)
			buf_addf(&text, "%.15G", strtod(number, NULL));
		else
			buf_add(&text, number, n);
		at = number + n;
	}
	buf_adds(&text, at);
	buf_release(part);
	*part = text;
}

/*
 * Whether the part ends with its root: libxlsxwriter does not ask whether it can read back what it
 * wrote aside.
 */
static int is_whole(const struct buf *part)
{
	const char *text = buf_str(part), *root = strchr(text, '<');
	while (root && root[1] == '?') /* the XML declaration */
		root = strchr(root + 1, '<');
	if (!root)
		return 0;
	size_t n = strcspn(root + 1, " />"), end = part->len;
	while (end && strchr(" \r\n", text[end - 1]))
		end--;
	if (end >= 2 && text[end - 2] == '/' && text[end - 1] == '>')
		return strchr(root, '>') == text + end - 1;
	return end > n + 3 && text[end - 1] == '>' && strncmp(text + end - n - 3, "</", 2) == 0 &&
	       strncmp(text + end - n - 1, root + 1, n) == 0;
}

/* `cause`: an errno, or 0. */
static int failed(const struct sheet_writer *writer, int cause, struct err *err)
{
	return err_sys(err, cause ? cause : EIO, _("cannot make the workbook '%s'"),
	    writer->info.title ? writer->info.title : "");
}

static int pack_anew(struct sheet_writer *writer, struct buf *out, struct err *err)
{
	char path[64];
	struct store *store;
	size_t count;
	int rc = 0;
	snprintf(path, sizeof path, "/proc/self/fd/%d", writer->fd);
	if (store_open(&store, path, &store_limits_default, 0, &writer->arena, err) != 0)
		return -1;
	struct zip_writer *zip = zip_writer_new("xlsx", 1);
	const struct store_file *files = store_files(store, &count);
	for (size_t i = 0; i < count && rc == 0; i++) {
		struct buf part = { 0 };
		rc = store_read(store, &files[i], files[i].size, &part, err);
		if (rc == 0 && !is_whole(&part))
			rc = failed(writer, 0, err);
		if (strcmp(files[i].name, "docProps/app.xml") == 0)
			sign(&part);
		else if (strncmp(files[i].name, "xl/worksheets/", 14) == 0)
			round_values(&part);
		zip_writer_add_bytes(zip, files[i].name, &part);
	}
	store_close(store);
	if (rc != 0) {
		zip_writer_drop(zip);
		return -1;
	}
	return zip_writer_commit_bytes(zip, out, err);
}

int sheet_writer_finish(struct sheet_writer *writer, struct buf *out, struct err *err)
{
	int rc = -1;
	set_properties(writer);
	if (writer->error) {
		failed(writer, writer->error, err);
		goto out;
	}
	errno = 0;
	lxw_error error = workbook_close(writer->workbook); /* frees it */
	writer->workbook = NULL;
	if (error != LXW_NO_ERROR)
		failed(writer, errno, err);
	else
		rc = pack_anew(writer, out, err);
out:
	sheet_writer_drop(writer);
	return rc;
}

void sheet_writer_drop(struct sheet_writer *writer)
{
	if (!writer)
		return;
	lxw_workbook_free(writer->workbook);
	if (writer->fd >= 0)
		close(writer->fd);
	arena_release(&writer->arena);
	free(writer);
}
