/*
 * test_lines.c: where lines end, by GB/T 15834-2011 and GB/T 9704-2012. A text is set `cells`
 * Chinese characters wide; "|" stands where its lines end.
 */
#include "base/buf.h"
#include "page/paper.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static struct arena arena;
static struct fonts *fonts;

static void open_fonts(void)
{
	struct err err = { 0 };
	fonts = fonts_new(&err);
	cr_assert(fonts, "%s", err.text);
}

static void forget(void)
{
	fonts_free(fonts);
	arena_release(&arena);
}

#define FONTS .init = open_fonts, .fini = forget

static struct text *shaped(const char *words)
{
	struct draft draft = { 0 };
	draft_add(&draft, words, strlen(words),
	    (struct style){ FONT_FANG, SIZE_TEXT, CELL - SIZE_TEXT, 0 });
	return text_shape(&draft, fonts, &arena);
}

static const struct line *lines_of(
    struct text *text, double cells, double indent, enum fill fill, size_t *count)
{
	struct measure measure = { cells * CELL, indent * CELL, 0, fill };
	return text_lines(text, &measure, &arena, count);
}

/* The text with its line ends marked. */
static const char *marked(const char *words, double cells, double indent)
{
	struct text *text = shaped(words);
	size_t count, at = 0;
	const struct line *lines = lines_of(text, cells, indent, FILL_BOTH, &count);
	const char *out = "";
	for (size_t i = 0; i < count; i++) {
		size_t end = i + 1 < count ? lines[i + 1].at : text->size;
		cr_assert_eq(lines[i].at, at);
		out = arena_printf(
		    &arena, "%s%s%.*s", out, i ? "|" : "", (int)(end - at), text->bytes + at);
		at = end;
	}
	return out;
}

Test(page, lines_end_by_the_rules, FONTS)
{
	static const struct {
		int cells, indent;
		const char *lines;
	} cases[] = {
		/* Characters fill a line exactly. */
		{ 5, 0, "一二三四五|六七八九十" },
		{ 5, 2, "一二三|四五六七八|九" },
		/* A closing mark begins no line: one character goes along with it. */
		{ 5, 0, "一二三四|五，六七八|九" },
		{ 5, 0, "一二三四|五》六七八|九" },
		{ 5, 0, "一二三四|五……六七|八九" },
		{ 5, 0, "一二三四|五·六七|八九" },
		{ 5, 0, "一二三四|五％六七八|九" },
		/* It may end one that it fills. */
		{ 5, 0, "一二三四，|五六七八。" },
		/* An opening mark ends none. */
		{ 5, 0, "一二三四|（五）六七|八" },
		{ 5, 0, "一二三四|“五”六七|八" },
		{ 5, 0, "一二三四|〔2021〕28|号" },
		/* Half of a closing mark is white and may lie beyond the edge with another's half.
		 */
		{ 5, 0, "一二三》，|四五六七八" },
		{ 5, 0, "一“二”，三|四五六七八" },
		{ 5, 0, "一，二，三，|四五六七八" },
		{ 5, 0, "一二三|（四）五六|七八九" },
		/* Dashes and ellipses stay whole. */
		{ 5, 0, "一二三四|——五六七|八" },
		{ 5, 0, "一二三——|四五六七八" },
		/* Numbers and words stay whole. */
		{ 5, 0, "一二三四|2025年六|七八" },
		{ 5, 0, "一二三|1,234.5万|元五六七" },
		{ 5, 0, "一二三四|98.5%五六|七" },
		{ 5, 0, "一二 law-|based 法治" },
		/* Only what is longer than a line is split. */
		{ 5, 0, "一二|abcdefghij|klmnop三|四" },
		/* White at a line's end is not seen. */
		{ 5, 0, "一二三四五 |六七" },
		/* A line ends where it is told to. */
		{ 5, 0, "一二\n|三四五六七|八" },
		{ 5, 0, "\n|一" },
		{ 5, 0, "" },
		{ 1, 0, "一|二|。" },
		{ 1, 0, "（|一" },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char words[200];
		size_t n = 0;
		for (const char *at = cases[i].lines; *at; at++)
			if (*at != '|')
				words[n++] = *at;
		words[n] = '\0';
		const char *got = marked(words, cases[i].cells, cases[i].indent);
		cr_expect_str_eq(got, cases[i].lines, "%s\nfor %s", got, cases[i].lines);
	}
}

/* All lines but the last reach from edge to edge. */
Test(page, lines_are_filled, FONTS)
{
	static const char *const texts[] = {
		"全县认真贯彻落实党中央、国务院关于法治政府建设的决策部署，坚持以人民为中心，",
		"2025年共受理行政复议案件1234件，审结1200件，其中“维持”800件、“撤销”12件（1%），",
		"《中华人民共和国行政处罚法》《中华人民共和国行政许可法》《优化营商环境条例》等，",
	};
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		const char *words =
		    arena_printf(&arena, "%s%s%s%s", texts[i], texts[i], texts[i], texts[i]);
		struct text *text = shaped(words);
		size_t count;
		const struct line *lines = lines_of(text, 28, 2, FILL_BOTH, &count);
		cr_assert(count > 3);
		for (size_t k = 0; k + 1 < count; k++)
			cr_expect(fabs(lines[k].x + lines[k].width - 28 * CELL) < 0.1,
			    "%s: line %zu is %.2f cells", texts[i], k,
			    (lines[k].x + lines[k].width) / CELL);
	}
}

Test(page, twenty_eight_characters_fill_a_line, FONTS)
{
	struct text *text = shaped("一二三四五六七八九十一二三四五六七八九十一二三四五六七八");
	size_t count;
	const struct line *lines = lines_of(text, 28, 0, FILL_BOTH, &count);
	cr_expect_eq(count, 1);
	cr_expect_float_eq(lines->width, AREA_WIDTH, 0.01);
	for (size_t i = 0; i < 28; i++)
		cr_expect_float_eq(lines->places[i], (double)i * CELL, 0.01);
}

/* However much marks give way, the first one stands at the edge. */
Test(page, lines_begin_at_the_edge, FONTS)
{
	struct text *text = shaped("（一）二，三，四，五，六七八");
	for (double cells = 3; cells < 14; cells += 0.1) {
		size_t count;
		const struct line *lines = lines_of(text, cells, 0, FILL_BOTH, &count);
		for (size_t i = 0; i < count; i++)
			cr_expect(lines[i].places[0] >= 0, "%.1f cells, line %zu", cells, i);
	}
}

Test(page, lines_stand_left_right_or_in_the_middle, FONTS)
{
	static const struct {
		enum fill fill;
		double x;
	} cases[] = { { FILL_LEFT, 0 }, { FILL_CENTER, 4 }, { FILL_RIGHT, 8 }, { FILL_BOTH, 0 } };
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		size_t count;
		const struct line *lines = lines_of(shaped("一二"), 10, 0, cases[i].fill, &count);
		cr_expect_float_eq(lines->x, cases[i].x * CELL, 0.01);
	}
}

/* Hebrew between Chinese: its words follow each other from right to left. */
Test(page, scripts_from_right_to_left_are_turned, FONTS)
{
	struct text *text = shaped("一אב גד二");
	size_t count;
	const struct line *line = lines_of(text, 28, 0, FILL_LEFT, &count);
	cr_assert_eq(text->count, 7);
	cr_expect(line->places[0] < line->places[5]);
	for (size_t i = 1; i < 5; i++)
		cr_expect(line->places[i] > line->places[i + 1]);
	cr_expect(line->places[6] > line->places[1]);
}

/* A mark stands on its letter, and is no letter of its own. */
Test(page, marks_belong_to_their_letters, FONTS)
{
	cr_expect_eq(shaped("e\u0301a")->count, 2);
	cr_expect_eq(shaped("一\uFE00二")->count, 2); /* a variation selector */
	cr_expect_eq(shaped("\u200b一")->count, 2);
}

Test(page, characters_without_a_font_are_named, FONTS)
{
	size_t count;
	struct text *text = shaped("一\U0001F984二\U0001F984三\t\u0301\u3000 \u00A0\uFEFF\x01");
	cr_expect(text->units[1].flags & UNIT_MISSING);
	cr_expect_float_eq(text->units[1].width, SIZE_TEXT, 1);
	const uint32_t *missing = fonts_missing(fonts, &count);
	cr_expect_eq(count, 1);
	cr_expect_eq(missing[0], 0x1F984);
}

/* Ten times the text takes about ten times as long: a hundred thousand characters at once. */
Test(page, long_paragraphs_are_no_trouble, FONTS, .timeout = 10)
{
	static const char *const pieces[] = { "一", "，", "a", " ", "（", "\u0301", "ש", "\u200d",
		"。", "———", "1,", "\n", "\uFFFF" };
	for (size_t i = 0; i < COUNT_OF(pieces); i++) {
		struct buf words = { 0 };
		size_t count, at = 0;
		for (size_t k = 0; k < 100000; k++)
			buf_adds(&words, pieces[i]);
		struct text *text = shaped(buf_str(&words));
		const struct line *lines = lines_of(text, 28, 2, FILL_BOTH, &count);
		for (size_t k = 0; k < count; k++) {
			cr_assert_eq(lines[k].from, at);
			at = lines[k].to;
		}
		cr_expect_eq(at, text->count);
		buf_release(&words);
		arena_release(&arena);
	}
}
