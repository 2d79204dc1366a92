/* word_list.c: numbering.xml, counters and how numbers are written. */
#include "office/word_list.h"

#include "base/i18n.h"
#include "base/length.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A number of more bytes is none that anyone has set: it would be copied to every paragraph. */
enum { LISTS_MAX = 20000, TEXT_MAX = 100 };

struct level {
	const char *format; /* numFmt */
	const char *text;   /* lvlText: "（%1）" */
	const char *style;  /* tied to it, or NULL */
	unsigned start;
	int restart;    /* after a paragraph of this level, from 1; 0: never; -1: of any above */
	int is_decimal; /* isLgl: all numbers in digits */
};

/* An abstractNum: what a list looks like, and where its counters stand. */
struct shape {
	int id;
	const char *link; /* the style that has the real one */
	struct level levels[LIST_LEVELS];
	unsigned counts[LIST_LEVELS];
	int counted[LIST_LEVELS];
};

/* A num: a use of a shape. */
struct list {
	int id, shape_id;
	struct shape *shape;
	int starts[LIST_LEVELS]; /* startOverride, -1: none; spent when first used */
	struct level *levels[LIST_LEVELS];
};

struct word_lists {
	struct shape *shapes; /* by id */
	size_t shape_count;
	struct list *lists; /* by id */
	size_t count;
};

/* ---- how numbers are written ------------------------------------------- */

static const char *const han_digits[] = { "〇", "一", "二", "三", "四", "五", "六", "七", "八",
	"九" };
static const char *const formal_digits[] = { "零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌",
	"玖" };
static const char *const han_units[] = { "", "十", "百", "千", "万" };
static const char *const formal_units[] = { "", "拾", "佰", "仟", "万" };

/* 一百零三, 十二; up to 99,999. */
static void put_counting(
    struct buf *out, unsigned value, const char *const *digits, const char *const *units)
{
	unsigned power = 10000, unit = 4;
	int begun = 0, zero = 0;
	for (; power > 0; power /= 10, unit--) {
		unsigned digit = value / power % 10;
		if (digit == 0) {
			zero = begun;
			continue;
		}
		if (zero)
			buf_adds(out, "零");
		if (begun || digit > 1 || unit != 1 || digits != han_digits)
			buf_adds(out, digits[digit]);
		buf_adds(out, units[unit]);
		begun = 1;
		zero = 0;
	}
	if (!begun)
		buf_adds(out, digits[0]);
}

static void put_digits(struct buf *out, unsigned value)
{
	char text[16];
	snprintf(text, sizeof text, "%u", value);
	for (const char *p = text; *p; p++)
		buf_adds(out, han_digits[*p - '0']);
}

static void put_roman(struct buf *out, unsigned value, int is_upper)
{
	static const struct {
		unsigned value;
		const char *lower, *upper;
	} parts[] = { { 1000, "m", "M" }, { 900, "cm", "CM" }, { 500, "d", "D" },
		{ 400, "cd", "CD" }, { 100, "c", "C" }, { 90, "xc", "XC" }, { 50, "l", "L" },
		{ 40, "xl", "XL" }, { 10, "x", "X" }, { 9, "ix", "IX" }, { 5, "v", "V" },
		{ 4, "iv", "IV" }, { 1, "i", "I" } };
	for (size_t i = 0; i < LENGTH(parts); i++)
		for (; value >= parts[i].value; value -= parts[i].value)
			buf_adds(out, is_upper ? parts[i].upper : parts[i].lower);
}

/* a … z aa bb … */
static void put_letters(struct buf *out, unsigned value, char first)
{
	for (unsigned i = 0; value > 0 && i <= (value - 1) / 26; i++)
		buf_addc(out, (char)(first + (value - 1) % 26));
}

static void put_full_width(struct buf *out, unsigned value)
{
	char text[16];
	snprintf(text, sizeof text, "%u", value);
	for (const char *p = text; *p; p++)
		utf8_put(out, 0xFF10u + (uint32_t)(*p - '0'));
}

/* One character of a row of them; digits beyond its end. */
static void put_one_of(struct buf *out, unsigned value, uint32_t first, unsigned length)
{
	if (value >= 1 && value <= length)
		utf8_put(out, first + value - 1);
	else
		buf_addf(out, "%u", value);
}

static void put_word(struct buf *out, unsigned value, const char *const *words, unsigned length)
{
	if (value >= 1 && value <= length)
		buf_adds(out, words[value - 1]);
	else
		buf_addf(out, "%u", value);
}

static int is_one_of(const char *text, const char *const *words)
{
	for (; *words; words++)
		if (strcmp(text, *words) == 0)
			return 1;
	return 0;
}

void word_list_put(struct buf *out, const char *format, unsigned value)
{
	static const char *const stems[] = { "甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬",
		"癸" };
	static const char *const branches[] = { "子", "丑", "寅", "卯", "辰", "巳", "午", "未",
		"申", "酉", "戌", "亥" };
	static const char *const counting[] = { "chineseCountingThousand", "japaneseCounting",
		"taiwaneseCountingThousand", "koreanCounting", NULL };
	static const char *const positional[] = { "ideographDigital", "japaneseDigitalTenThousand",
		"taiwaneseDigital", NULL };
	static const char *const short_counting[] = { "chineseCounting", "taiwaneseCounting",
		NULL };
	static const char *const formal[] = { "chineseLegalSimplified", "ideographLegalTraditional",
		"japaneseLegal", NULL };
	static const char *const circled[] = { "decimalEnclosedCircle",
		"decimalEnclosedCircleChinese", NULL };
	int is_short = is_one_of(format, short_counting);
	if (strcmp(format, "none") == 0 || strcmp(format, "bullet") == 0)
		return;
	if (value < 100000 && (is_one_of(format, counting) || (is_short && value < 100)))
		put_counting(out, value, han_digits, han_units);
	else if (is_short || is_one_of(format, positional))
		put_digits(out, value);
	else if (value < 100000 && is_one_of(format, formal))
		put_counting(out, value, formal_digits, formal_units);
	else if (is_one_of(format, circled))
		put_one_of(out, value, 0x2460, 20);
	else if (strcmp(format, "decimalEnclosedParen") == 0)
		put_one_of(out, value, 0x2474, 20);
	else if (strcmp(format, "decimalEnclosedFullstop") == 0)
		put_one_of(out, value, 0x2488, 20);
	else if (strcmp(format, "ideographEnclosedCircle") == 0)
		put_one_of(out, value, 0x3280, 10);
	else if (strcmp(format, "ideographTraditional") == 0)
		put_word(out, value, stems, LENGTH(stems));
	else if (strcmp(format, "ideographZodiac") == 0)
		put_word(out, value, branches, LENGTH(branches));
	else if (strncmp(format, "decimalFullWidth", 16) == 0)
		put_full_width(out, value);
	else if (strcmp(format, "decimalZero") == 0)
		buf_addf(out, "%02u", value);
	else if (value > 0 && value < 4000 && strcmp(format, "lowerRoman") == 0)
		put_roman(out, value, 0);
	else if (value > 0 && value < 4000 && strcmp(format, "upperRoman") == 0)
		put_roman(out, value, 1);
	else if (value < 1000 && strcmp(format, "lowerLetter") == 0)
		put_letters(out, value, 'a');
	else if (value < 1000 && strcmp(format, "upperLetter") == 0)
		put_letters(out, value, 'A');
	else
		buf_addf(out, "%u", value);
}

/* ---- reading ----------------------------------------------------------- */

static int by_shape_id(const void *a, const void *b)
{
	const struct shape *x = a, *y = b;
	return (x->id > y->id) - (x->id < y->id);
}

static int by_list_id(const void *a, const void *b)
{
	const struct list *x = a, *y = b;
	return (x->id > y->id) - (x->id < y->id);
}

static int id_of(const struct part *part, const char *name)
{
	const char *value = part_attribute(part, NS_WORD, name);
	return value && strlen(value) < 10 && strspn(value, "0123456789") == strlen(value) && *value
	           ? atoi(value)
	           : -1;
}

static void read_level(struct level *level, const struct part *part, struct arena *arena)
{
	const char *value = part_attribute(part, NS_WORD, "val");
	if (word_starts(part, "start"))
		level->start = (unsigned)word_number(part, 1);
	else if (word_starts(part, "numFmt"))
		level->format = arena_strdup(arena, value ? value : "");
	else if (word_starts(part, "lvlText"))
		level->text = arena_strdup(arena, value && strlen(value) <= TEXT_MAX ? value : "");
	else if (word_starts(part, "lvlRestart"))
		level->restart = word_number(part, -1);
	else if (word_starts(part, "pStyle"))
		level->style = arena_strdup(arena, value ? value : "");
	else if (word_starts(part, "isLgl"))
		level->is_decimal = word_is_on(part);
}

static struct shape *add_shape(
    struct word_lists *lists, const struct part *part, struct arena *arena)
{
	lists->shapes = arena_grow(arena, lists->shapes, lists->shape_count, sizeof *lists->shapes);
	struct shape *shape = &lists->shapes[lists->shape_count++];
	*shape = (struct shape){ .id = id_of(part, "abstractNumId") };
	for (int i = 0; i < LIST_LEVELS; i++)
		shape->levels[i] =
		    (struct level){ .format = "decimal", .text = "", .start = 1, .restart = -1 };
	return shape;
}

static struct list *add_list(struct word_lists *lists, const struct part *part, struct arena *arena)
{
	lists->lists = arena_grow(arena, lists->lists, lists->count, sizeof *lists->lists);
	struct list *list = &lists->lists[lists->count++];
	*list = (struct list){ .id = id_of(part, "numId"), .shape_id = -1 };
	for (int i = 0; i < LIST_LEVELS; i++)
		list->starts[i] = -1;
	return list;
}

static int read_lists(
    struct word_lists *lists, struct part *part, struct arena *arena, struct err *err)
{
	struct shape *shape = NULL;
	struct list *list = NULL;
	struct level *level = NULL;
	int at = -1;
	while (part_next(part, err) == 0) {
		const char *value =
		    part->event == PART_START ? part_attribute(part, NS_WORD, "val") : NULL;
		if (part->event == PART_DONE)
			return 0;
		if (part->event != PART_START)
			continue;
		if (lists->count + lists->shape_count > LISTS_MAX)
			return part_refuse(part, N_("it has too many lists"), err);
		if (word_starts(part, "abstractNum")) {
			shape = add_shape(lists, part, arena);
			list = NULL;
			level = NULL;
		} else if (word_starts(part, "num")) {
			list = add_list(lists, part, arena);
			shape = NULL;
			level = NULL;
		} else if (list && word_starts(part, "abstractNumId")) {
			list->shape_id = word_number(part, -1);
		} else if (list && word_starts(part, "lvlOverride")) {
			at = id_of(part, "ilvl");
			level = NULL;
		} else if (list && at >= 0 && at < LIST_LEVELS &&
		           word_starts(part, "startOverride")) {
			list->starts[at] = word_number(part, -1);
		} else if (shape && value && word_starts(part, "numStyleLink")) {
			shape->link = arena_strdup(arena, value);
		} else if (word_starts(part, "lvl")) {
			at = id_of(part, "ilvl");
			level = NULL;
			if (at < 0 || at >= LIST_LEVELS)
				continue;
			if (shape) {
				level = &shape->levels[at];
			} else if (list) {
				level = list->levels[at] = arena_alloc(arena, sizeof *level);
				*level = (struct level){
					.format = "decimal", .text = "", .start = 1, .restart = -1
				};
			}
		} else if (word_starts(part, "pPr") || word_starts(part, "rPr") ||
		           word_starts(part, "numPicBullet")) {
			if (part_skip(part, err) != 0)
				return -1;
		} else if (level) {
			read_level(level, part, arena);
		}
	}
	return -1;
}

static struct list *find_list(const struct word_lists *lists, int id)
{
	const struct list key = { .id = id };
	if (id <= 0 || lists->count == 0) /* 0 takes a style's number off */
		return NULL;
	return bsearch(&key, lists->lists, lists->count, sizeof key, by_list_id);
}

static struct shape *find_shape(const struct word_lists *lists, int id)
{
	const struct shape key = { .id = id };
	if (lists->shape_count == 0)
		return NULL;
	return bsearch(&key, lists->shapes, lists->shape_count, sizeof key, by_shape_id);
}

/* Shapes that only name a style have the shape of that style's list. */
static void tie(struct word_lists *lists, const struct word_styles *styles)
{
	if (lists->shape_count)
		qsort(lists->shapes, lists->shape_count, sizeof *lists->shapes, by_shape_id);
	if (lists->count)
		qsort(lists->lists, lists->count, sizeof *lists->lists, by_list_id);
	for (size_t i = 0; i < lists->count; i++)
		lists->lists[i].shape = find_shape(lists, lists->lists[i].shape_id);
	for (size_t i = 0; i < lists->count; i++) {
		struct list *list = &lists->lists[i];
		const struct word_style *style =
		    list->shape ? word_style(styles, list->shape->link) : NULL;
		const struct list *other = style ? find_list(lists, style->num_id) : NULL;
		struct shape *shape = other ? find_shape(lists, other->shape_id) : NULL;
		if (shape)
			list->shape = shape;
	}
}

int word_lists_read(struct word_lists **out, struct package *package,
    const struct relations *relations, const struct word_styles *styles, struct arena *arena,
    struct err *err)
{
	const struct relation *relation = relations_of_type(relations, "numbering");
	struct word_lists *lists = *out = arena_alloc(arena, sizeof *lists);
	struct part part = { 0 };
	if (!relation)
		return 0;
	if (part_open(&part, package, relation->target, err) != 0)
		return -1;
	int rc = read_lists(lists, &part, arena, err);
	part_close(&part);
	tie(lists, styles);
	return rc;
}

/* ---- counting ---------------------------------------------------------- */

unsigned word_list_level(const struct word_lists *lists, int num_id, const char *style)
{
	const struct list *list = find_list(lists, num_id);
	for (unsigned i = 0; style && list && list->shape && i < LIST_LEVELS; i++) {
		const char *tied = list->shape->levels[i].style;
		if (tied && strcmp(tied, style) == 0)
			return i;
	}
	return 0;
}

static const struct level *level_of(const struct list *list, unsigned level)
{
	return list->levels[level] ? list->levels[level] : &list->shape->levels[level];
}

static void count_up(struct list *list, unsigned level)
{
	struct shape *shape = list->shape;
	if (list->starts[level] >= 0) {
		shape->counts[level] = (unsigned)list->starts[level];
		list->starts[level] = -1;
	} else if (!shape->counted[level]) {
		shape->counts[level] = level_of(list, level)->start;
	} else {
		shape->counts[level]++;
	}
	shape->counted[level] = 1;
	for (unsigned below = level + 1; below < LIST_LEVELS; below++) {
		int restart = level_of(list, below)->restart;
		if (restart < 0 || (int)level < restart)
			shape->counted[below] = 0;
	}
}

int word_list_next(struct word_lists *lists, int num_id, unsigned level, struct buf *out)
{
	struct list *list = find_list(lists, num_id);
	if (!list || !list->shape || level >= LIST_LEVELS)
		return 0;
	const struct level *own = level_of(list, level);
	count_up(list, level);
	if (strcmp(own->format, "bullet") == 0)
		return 1;
	for (const char *p = own->text; *p; p++) {
		unsigned above = p[0] == '%' && p[1] >= '1' && p[1] <= '9' ? (unsigned)(p[1] - '1')
		                                                           : LIST_LEVELS;
		if (above > level) {
			buf_addc(out, *p);
			continue;
		}
		const struct level *shown = level_of(list, above);
		unsigned count =
		    list->shape->counted[above] ? list->shape->counts[above] : shown->start;
		word_list_put(out, own->is_decimal ? "decimal" : shown->format, count);
		p++;
	}
	return 0;
}
