/* lines.c: where lines may end, what gives way, and where each unit of a line stands. */
#include "page/lines.h"

#include "base/utf8.h"

#include <linebreak.h>
#include <string.h>

/* Of a letter's size. */
static const double FULL = 0.9;     /* what is wider is a Chinese character's cell */
static const double HALF = 0.5;     /* a mark's white half */
static const double GIVE = 0.25;    /* what a mark inside a line gives up for one more at its end */
static const double LOOSEST = 0.09; /* more white between characters reads as a blank */

static const double EPSILON = 0.01; /* points */

enum unit_kind {
	KIND_WORD,  /* letters and digits: no white is put between them */
	KIND_HAN,   /* stands alone in its cell */
	KIND_OPEN,  /* an opening mark, white on its left half */
	KIND_CLOSE, /* a closing mark, white on its right half */
	KIND_SPACE
};

static int is_open(uint32_t code)
{
	switch (code) {
	case 0x2018:
	case 0x201C:
	case 0x3008:
	case 0x300A:
	case 0x300C:
	case 0x300E:
	case 0x3010:
	case 0x3014:
	case 0x3016:
	case 0x3018:
	case 0xFF08:
	case 0xFF3B:
	case 0xFF5B:
		return 1;
	}
	return 0;
}

static int is_close(uint32_t code)
{
	switch (code) {
	case 0x2019:
	case 0x201D:
	case 0x3001:
	case 0x3002:
	case 0x3009:
	case 0x300B:
	case 0x300D:
	case 0x300F:
	case 0x3011:
	case 0x3015:
	case 0x3017:
	case 0x3019:
	case 0xFF01:
	case 0xFF09:
	case 0xFF0C:
	case 0xFF0E:
	case 0xFF1A:
	case 0xFF1B:
	case 0xFF1F:
	case 0xFF3D:
	case 0xFF5D:
		return 1;
	}
	return 0;
}

/* Marks of a European font have no white half to give. */
static enum unit_kind kind_of(const struct text *text, const struct unit *unit)
{
	int full = unit->width >= FULL * text->styles[unit->style].size;
	if (full && is_open(unit->code))
		return KIND_OPEN;
	if (full && is_close(unit->code))
		return KIND_CLOSE;
	if (unit->code != 0x3000 && utf8_is_space(unit->code))
		return KIND_SPACE;
	return full || utf8_is_cjk(unit->code) ? KIND_HAN : KIND_WORD;
}

/*
 * The library knows the Unicode rules, and Chinese quotes. It does not know that the
 * dot between names begins no line, and holds "100%（" together.
 */
static void find_breaks(struct text *text)
{
	struct arena scratch = { 0 };
	char *breaks = arena_alloc(&scratch, text->size + 1);
	size_t at = 0;
	init_linebreak();
	set_linebreaks_utf8((const utf8_t *)text->bytes, text->size, "zh", breaks);
	for (size_t i = 0; i < text->count; i++) {
		struct unit *unit = &text->units[i];
		const struct unit *next = i + 1 < text->count ? unit + 1 : NULL;
		unit->kind = (uint8_t)kind_of(text, unit);
		at += unit->bytes;
		int may = at > 0 && breaks[at - 1] == LINEBREAK_ALLOWBREAK;
		if (next && is_open(next->code) && !is_open(unit->code) &&
		    unit->width >= FULL * text->styles[unit->style].size)
			may = 1;
		if (next && is_open(next->code) && unit->code == '%')
			may = 1;
		if (next && (next->code == 0xB7 || next->code == 0x2027))
			may = 0;
		if (may)
			unit->flags |= UNIT_MAY_BREAK;
	}
	arena_release(&scratch);
}

/* ---- where a line ends ----------------------------------------------------------- */

static double size_of(const struct text *text, const struct unit *unit)
{
	return text->styles[unit->style].size;
}

/* What two marks side by side give up: 》、 and ）（ and （《 take one and a half cells. */
static double overlap(const struct text *text, const struct unit *a, const struct unit *b)
{
	if (a->kind == KIND_CLOSE && (b->kind == KIND_CLOSE || b->kind == KIND_OPEN))
		return HALF * size_of(text, a);
	if (a->kind == KIND_OPEN && b->kind == KIND_OPEN)
		return HALF * size_of(text, b);
	return 0;
}

/* A line in the making: widths of [from, to), and of all before the blanks at its end. */
struct run {
	size_t from, to;
	double width, solid;
	double give; /* of the marks in it, the last one left out */
};

/* A mark inside the line can give way; an opening one at its edge stays where it is. */
static int gives(const struct unit *unit, const struct text *text, const struct run *run)
{
	return unit->kind == KIND_CLOSE ||
	       (unit->kind == KIND_OPEN && unit != &text->units[run->from]);
}

static void extend(const struct text *text, struct run *run)
{
	const struct unit *unit = &text->units[run->to];
	if (run->to > run->from) {
		double less = overlap(text, unit - 1, unit);
		run->width -= less;
		if (!less && gives(unit - 1, text, run))
			run->give += GIVE * size_of(text, unit - 1);
	}
	run->width += unit->width;
	if (unit->kind != KIND_SPACE)
		run->solid = run->width;
	run->to++;
}

/*
 * Whether the line may be this long: it fits, or what it is too long by its marks
 * can give up, and that is less than what `best`, the break before, would leave
 * white. A closing mark at its end gives its white half.
 */
static int may_end(
    const struct text *text, const struct run *run, const struct run *best, double width)
{
	const struct unit *last = &text->units[run->to - 1];
	double over = run->solid - width - EPSILON, give = run->give;
	if (over <= 0)
		return 1;
	if (last->kind == KIND_CLOSE)
		give += HALF * size_of(text, last);
	return over <= give &&
	       (best->to == best->from || over < width - best->solid ||
	           (last->kind == KIND_CLOSE && width - best->solid > HALF * size_of(text, last)));
}

/*
 * The line from `from`: its last fitting break. A closing mark that would begin
 * the next line is drawn in if marks can make room for it. Nothing fits: as many units as do.
 */
static struct run end_line(const struct text *text, size_t from, double width)
{
	struct run run = { .from = from, .to = from }, best = run, any = run;
	while (run.to < text->count) {
		extend(text, &run);
		const struct unit *unit = &text->units[run.to - 1];
		double size = size_of(text, unit);
		int fits = run.solid <= width + EPSILON, ends = unit->flags & UNIT_BREAK;
		if (run.solid > width + run.give + 2 * size)
			break;
		if (fits)
			any = run;
		if (run.to < text->count && !(unit->flags & (UNIT_BREAK | UNIT_MAY_BREAK)))
			continue;
		if (may_end(text, &run, &best, width))
			best = run;
		if (!fits || ends)
			break;
	}
	if (best.to == from)
		best = any;
	if (best.to == from) { /* not even one */
		best = (struct run){ .from = from, .to = from };
		extend(text, &best);
	}
	return best;
}

/* ---- where units stand ------------------------------------------------------------ */

/* White may grow behind a unit: not inside a word, nor in a dash or an ellipsis. */
static int stretches(const struct unit *a, const struct unit *b)
{
	if (a->kind == KIND_WORD && b->kind == KIND_WORD)
		return 0;
	return !(a->code == b->code && (a->code == 0x2014 || a->code == 0x2026));
}

/* Units from right to left, of a stretch in such a script with what stands between its words. */
static void turn(const struct text *text, const struct run *run, float *places)
{
	for (size_t i = run->from; i < run->to;) {
		if (!(text->units[i].flags & UNIT_BACKWARDS)) {
			i++;
			continue;
		}
		size_t end = i + 1;
		for (size_t k = end; k < run->to && (text->units[k].flags & UNIT_BACKWARDS ||
		                                        text->units[k].kind == KIND_SPACE);
		     k++)
			if (text->units[k].flags & UNIT_BACKWARDS)
				end = k + 1;
		float x = places[i - run->from];
		for (size_t k = end; k-- > i;) {
			places[k - run->from] = x;
			x += text->units[k].width;
		}
		i = end;
	}
}

/* How much each mark inside the line gives up, and each gap gets. */
struct fit {
	double squeeze; /* a share of GIVE */
	double stretch; /* points */
	double tail;    /* of the last mark's white half */
};

static struct fit fit_line(
    const struct text *text, const struct run *run, double width, int last, enum fill fill)
{
	struct fit fit = { 0 };
	double free = width - run->solid, size = 0;
	size_t gaps = 0;
	if (free < -EPSILON) {
		const struct unit *end = &text->units[run->to - 1];
		double half = end->kind == KIND_CLOSE ? HALF * size_of(text, end) : 0;
		fit.tail = -free < half ? -free : half;
		if (-free > half && run->give > 0)
			fit.squeeze = (-free - half) / run->give;
		return fit;
	}
	if (last || fill != FILL_BOTH)
		return fit;
	for (size_t i = run->from + 1; i < run->to; i++) {
		if (text->units[i].kind == KIND_SPACE && i + 1 == run->to)
			break;
		gaps += (size_t)stretches(&text->units[i - 1], &text->units[i]);
		size = size_of(text, &text->units[i]);
	}
	if (gaps && free / (double)gaps <= LOOSEST * size)
		fit.stretch = free / (double)gaps;
	return fit;
}

static struct line place_line(
    const struct text *text, const struct run *run, const struct fit *fit, struct arena *arena)
{
	float *places = arena_alloc(arena, (run->to - run->from + 1) * sizeof *places);
	double x = 0, solid = 0;
	int backwards = 0;
	for (size_t i = run->from; i < run->to; i++) {
		const struct unit *unit = &text->units[i];
		int inside = i + 1 < run->to && overlap(text, unit, unit + 1) == 0;
		double give = inside && gives(unit, text, run)
		                  ? fit->squeeze * GIVE * size_of(text, unit)
		                  : 0;
		if (i > run->from) {
			x -= overlap(text, unit - 1, unit);
			x += stretches(unit - 1, unit) ? fit->stretch : 0;
		}
		x -= unit->kind == KIND_OPEN ? give : 0;
		places[i - run->from] = (float)x;
		x += unit->width;
		x -= unit->kind == KIND_CLOSE ? give : 0;
		backwards |= unit->flags & UNIT_BACKWARDS;
		if (unit->kind != KIND_SPACE)
			solid = x;
	}
	if (backwards)
		turn(text, run, places);
	return (struct line){
		.from = run->from, .to = run->to, .width = solid - fit->tail, .places = places
	};
}

const struct line *text_lines(
    struct text *text, const struct measure *measure, struct arena *arena, size_t *count)
{
	struct line *lines = NULL;
	size_t at = 0, from = 0;
	find_breaks(text);
	*count = 0;
	do {
		double indent = *count ? measure->rest : measure->first;
		double width = measure->width - indent;
		struct run run = { .from = from, .to = from };
		if (from < text->count)
			run = end_line(text, from, width);
		int last = run.to == text->count ||
		           (run.to > from && text->units[run.to - 1].flags & UNIT_BREAK);
		struct fit fit = fit_line(text, &run, width, last, measure->fill);
		struct line line = place_line(text, &run, &fit, arena);
		line.at = at;
		line.x = indent;
		if (measure->fill == FILL_CENTER)
			line.x += (width - line.width) / 2;
		else if (measure->fill == FILL_RIGHT)
			line.x += width - line.width;
		lines = arena_grow(arena, lines, *count, sizeof *lines);
		lines[(*count)++] = line;
		for (size_t i = run.from; i < run.to; i++)
			at += text->units[i].bytes;
		from = run.to;
	} while (from < text->count);
	return lines;
}
