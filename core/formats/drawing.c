/* drawing.c: horizontal bars with their labels on the left and their values behind them. */
#include "formats/drawing.h"

#include "base/length.h"
#include "base/utf8.h"
#include "chapters/mustache.h"

#include <stdio.h>
#include <string.h>

/* Millimetres. Letters are 五号 (10.5 pt), as tables of official documents have them. */
static const double LETTER = 3.7;
static const double LINE = 4.8;
static const double BAR = 4.2;   /* thickness, of one series; of two each is thinner */
static const double THIN = 3.4;  /* at least as high as its value's letters */
static const double GAP = 2.6;   /* between the bars of two figures */
static const double SPACE = 1.5; /* between words and what they belong to */
enum { LABEL_LINES = 3 };

struct pen {
	struct drawing *drawing;
	struct arena *arena;
};

static struct shape *add(struct pen *pen, struct shape shape)
{
	struct drawing *d = pen->drawing;
	d->shapes = arena_grow(pen->arena, d->shapes, d->count, sizeof *d->shapes);
	d->shapes[d->count] = shape;
	return &d->shapes[d->count++];
}

static void words(
    struct pen *pen, double x, double y, enum anchor anchor, enum tone tone, const char *text)
{
	add(pen, (struct shape){ .kind = SHAPE_WORDS,
	             .tone = tone,
	             .x = x,
	             .y = y,
	             .height = LETTER,
	             .anchor = anchor,
	             .text = text });
}

static void box(struct pen *pen, double x, double y, double width, double height, enum tone tone)
{
	add(pen, (struct shape){ .kind = SHAPE_BOX,
	             .tone = tone,
	             .x = x,
	             .y = y,
	             .width = width,
	             .height = height });
}

/* Half a letter for a narrow character: no font is asked, so that every machine draws the same. */
static double width_of(const char *text)
{
	return (double)utf8_width(text) * LETTER / 2;
}

/* Bytes of `text` that fit into `width`; at least one character. */
static size_t fitting(const char *text, double width)
{
	const char *at = text, *end = text + strlen(text);
	double used = 0;
	while (at < end) {
		const char *next = at;
		char one[8] = "";
		utf8_next(&next, end);
		memcpy(one, at, (size_t)(next - at) < sizeof one ? (size_t)(next - at) : 0);
		used += width_of(one);
		if (used > width && at > text)
			break;
		at = next;
	}
	return (size_t)(at - text);
}

/* A label broken into lines; what does not fit the last of them ends in "…". */
static size_t broken(struct arena *arena, const char *label, double width, const char **lines)
{
	size_t count = 0;
	while (*label && count < LABEL_LINES) {
		size_t n = fitting(label, width);
		int cut = count + 1 == LABEL_LINES && label[n];
		if (cut)
			n = fitting(label, width - LETTER);
		lines[count++] = arena_printf(arena, "%.*s%s", (int)n, label, cut ? "…" : "");
		label += n;
	}
	return count;
}

/* "（71.4%）" where bars are parts of a whole; the point whatever the locale's. */
static const char *share_text(
    const struct chart *chart, const struct chart_value *value, size_t series, struct arena *arena)
{
	double sum = 0;
	for (size_t i = 0; i < chart->bar_count; i++)
		sum +=
		    chart->bars[i].values[series].text ? chart->bars[i].values[series].number : 0;
	if (!chart->shares || !value->text || sum <= 0)
		return "";
	unsigned mille = (unsigned)(value->number / sum * 1000 + 0.5);
	return arena_printf(arena, "（%u.%u%%）", mille / 10, mille % 10);
}

static const char *value_text(
    const struct chart *chart, const struct chart_value *value, size_t series, struct arena *arena)
{
	return value->text ? arena_printf(arena, "%s%s", value->text,
	                         share_text(chart, value, series, arena))
	                   : "";
}

/* A unit that does not stand in each value already. */
static const char *unit_of(const struct chart *chart)
{
	return chart->unit && *chart->unit && strcmp(chart->unit, "%") != 0 ? chart->unit : NULL;
}

static const char *description(const struct chart *chart, struct arena *arena)
{
	struct buf out = { 0 };
	const char *unit = unit_of(chart);
	buf_addf(&out, "%s：", chart->title);
	for (size_t i = 0; i < chart->bar_count; i++) {
		buf_addf(&out, "%s%s", i ? "；" : "", chart->bars[i].label);
		for (size_t s = 0; s < chart->series_count; s++) {
			const struct chart_value *value = &chart->bars[i].values[s];
			buf_adds(&out, s ? "，" : " ");
			if (chart->series_count > 1)
				buf_adds(&out, chart->series[s]);
			if (value->text)
				buf_addf(&out, "%s%s%s", value->text, unit ? unit : "",
				    share_text(chart, value, s, arena));
			else
				buf_adds(&out, "无数据");
		}
	}
	buf_adds(&out, "。");
	const char *text = arena_strdup(arena, buf_str(&out));
	buf_release(&out);
	return text;
}

/* The unit, and which bar is which year's. */
static double legend(struct pen *pen, const struct chart *chart)
{
	double x = pen->drawing->width, y = LINE - (LINE - LETTER);
	const char *unit = unit_of(chart);
	if (unit)
		words(pen, 0, y, ANCHOR_START, TONE_QUIET,
		    arena_printf(pen->arena, "单位：%s", unit));
	for (size_t s = chart->series_count; chart->series_count > 1 && s-- > 0;) {
		x -= width_of(chart->series[s]);
		words(pen, x, y, ANCHOR_START, TONE_QUIET, chart->series[s]);
		x -= SPACE + LETTER;
		box(pen, x, y - LETTER * 0.8, LETTER, LETTER * 0.8, s ? TONE_SECOND : TONE_FIRST);
		x -= SPACE * 2;
	}
	return unit || chart->series_count > 1 ? LINE + GAP : 0;
}

struct drawing chart_draw(const struct chart *chart, double width, struct arena *arena)
{
	struct drawing drawing = { .width = width, .description = description(chart, arena) };
	struct pen pen = { &drawing, arena };
	double label = 0, value = 0, most = 0;
	for (size_t i = 0; i < chart->bar_count; i++) {
		const struct chart_bar *bar = &chart->bars[i];
		label = width_of(bar->label) > label ? width_of(bar->label) : label;
		for (size_t s = 0; s < chart->series_count; s++) {
			/* Digits of some fonts are wider than half a letter. */
			double w = width_of(value_text(chart, &bar->values[s], s, arena)) * 1.2;
			value = w > value ? w : value;
			if (bar->values[s].text && bar->values[s].number > most)
				most = bar->values[s].number;
		}
	}
	if (label > width * 0.35)
		label = width * 0.35;
	if (value > width * 0.35)
		value = width * 0.35;
	double left = label + SPACE, room = width - left - value - SPACE;
	double thick = chart->series_count > 1 ? THIN : BAR;
	double y = legend(&pen, chart), top = y;
	for (size_t i = 0; i < chart->bar_count; i++) {
		const struct chart_bar *bar = &chart->bars[i];
		const char *lines[LABEL_LINES];
		size_t count = broken(arena, bar->label, label, lines);
		double bars = thick * (double)chart->series_count, text = LINE * (double)count;
		double high = bars > text ? bars : text;
		for (size_t k = 0; k < count; k++)
			words(&pen, label,
			    y + (high - text) / 2 + LINE * (double)k + (LINE + LETTER * 0.76) / 2,
			    ANCHOR_END, TONE_INK, lines[k]);
		for (size_t s = 0; s < chart->series_count; s++) {
			const struct chart_value *of = &bar->values[s];
			double at = y + (high - bars) / 2 + thick * (double)s;
			double length = of->text && most > 0 ? room * of->number / most : 0;
			if (!of->text)
				continue;
			if (length > 0)
				box(&pen, left, at, length, thick - 0.3,
				    s ? TONE_SECOND : TONE_FIRST);
			words(&pen, left + length + SPACE, at + (thick + LETTER * 0.7) / 2,
			    ANCHOR_START, s ? TONE_QUIET : TONE_INK,
			    value_text(chart, of, s, arena));
		}
		y += high + GAP;
	}
	add(&pen, (struct shape){ .kind = SHAPE_LINE,
	              .tone = TONE_RULE,
	              .x = left,
	              .y = top - GAP / 2,
	              .height = y - top });
	drawing.height = y;
	return drawing;
}

const char *tone_paper(enum tone tone)
{
	static const char *const paper[] = { [TONE_INK] = "#000000",
		[TONE_QUIET] = "#404040",
		[TONE_RULE] = "#808080",
		[TONE_FIRST] = "#1F5C99",
		[TONE_SECOND] = "#A9B8C6" };
	return paper[tone];
}

/* ---- SVG ------------------------------------------------------------------ */

/* Two decimals, whatever the locale's point. */
static void add_decimal(struct buf *out, double mm)
{
	long hundredths = (long)(mm * 100 + (mm < 0 ? -0.5 : 0.5));
	long whole = hundredths < 0 ? -hundredths : hundredths;
	buf_addf(out, "%s%ld.%02ld", hundredths < 0 ? "-" : "", whole / 100, whole % 100);
}

static void measure(struct buf *out, const char *name, double mm)
{
	buf_addf(out, " %s=\"", name);
	add_decimal(out, mm);
	buf_addc(out, '"');
}

static void colour(struct buf *out, const struct shape *shape, int standalone)
{
	static const char *const classes[] = { [TONE_INK] = "ink",
		[TONE_QUIET] = "quiet",
		[TONE_RULE] = "rule",
		[TONE_FIRST] = "first",
		[TONE_SECOND] = "second" };
	if (standalone)
		buf_addf(out, " %s=\"%s\"", shape->kind == SHAPE_LINE ? "stroke" : "fill",
		    tone_paper(shape->tone));
	else
		buf_addf(out, " class=\"%s\"", classes[shape->tone]);
}

static void add_shape(struct buf *out, const struct shape *shape, int standalone)
{
	static const char *const anchors[] = {
		[ANCHOR_START] = "start", [ANCHOR_MIDDLE] = "middle", [ANCHOR_END] = "end"
	};
	switch (shape->kind) {
	case SHAPE_BOX:
		buf_adds(out, "<rect");
		measure(out, "x", shape->x);
		measure(out, "y", shape->y);
		measure(out, "width", shape->width);
		measure(out, "height", shape->height);
		colour(out, shape, standalone);
		buf_adds(out, "/>\n");
		break;
	case SHAPE_LINE:
		buf_adds(out, "<line");
		measure(out, "x1", shape->x);
		measure(out, "y1", shape->y);
		measure(out, "x2", shape->x + shape->width);
		measure(out, "y2", shape->y + shape->height);
		buf_adds(out, " stroke-width=\"0.3\"");
		colour(out, shape, standalone);
		buf_adds(out, "/>\n");
		break;
	case SHAPE_WORDS:
		buf_adds(out, "<text");
		measure(out, "x", shape->x);
		measure(out, "y", shape->y);
		measure(out, "font-size", shape->height);
		if (shape->anchor != ANCHOR_START)
			buf_addf(out, " text-anchor=\"%s\"", anchors[shape->anchor]);
		colour(out, shape, standalone);
		buf_addc(out, '>');
		mustache_escape_html(out, shape->text);
		buf_adds(out, "</text>\n");
		break;
	}
}

void drawing_svg(const struct drawing *drawing, int standalone, struct buf *out)
{
	buf_adds(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 ");
	add_decimal(out, drawing->width);
	buf_addc(out, ' ');
	add_decimal(out, drawing->height);
	buf_addc(out, '"');
	if (standalone) {
		buf_adds(out, " font-family=\"仿宋, FangSong, serif\" width=\"");
		add_decimal(out, drawing->width);
		buf_adds(out, "mm\" height=\"");
		add_decimal(out, drawing->height);
		buf_adds(out, "mm\"");
	}
	buf_adds(out, " aria-label=\"");
	mustache_escape_html(out, drawing->description);
	buf_adds(out, "\">\n");
	for (size_t i = 0; i < drawing->count; i++)
		add_shape(out, &drawing->shapes[i], standalone);
	buf_adds(out, "</svg>\n");
}
