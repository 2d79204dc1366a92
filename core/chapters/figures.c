/* figures.c: how the values of departments become the county's. */
#include "chapters/figures.h"

#include "base/i18n.h"
#include "base/quantity.h"
#include "chapters/relation.h"

#include <string.h>

const struct county_figure *figures_of(const struct figures *figures, const struct chapter *chapter)
{
	for (size_t i = 0; i < figures->count; i++)
		if (figures->items[i].chapter == chapter)
			return &figures->items[i];
	return NULL;
}

const struct county_figure *figures_find(
    const struct figures *figures, const char *chapter, const char *id)
{
	for (size_t i = 0; i < figures->count; i++)
		if (strcmp(figures->items[i].figure->id, id) == 0 &&
		    strcmp(figures->items[i].chapter->id, chapter) == 0)
			return &figures->items[i];
	return NULL;
}

const struct source *figure_source(const struct county_figure *figure, const char *department)
{
	for (size_t i = 0; i < figure->source_count; i++)
		if (strcmp(figure->sources[i].submission->department->id, department) == 0)
			return &figure->sources[i];
	return NULL;
}

const char *figure_sources(const struct county_figure *figure, struct arena *arena)
{
	struct buf text = { 0 };
	for (size_t i = 0; i < figure->source_count; i++) {
		if (figure->sources[i].value->quantity.state == NB_NOT_APPLICABLE)
			continue;
		if (text.len)
			buf_adds(&text, "、");
		buf_adds(&text, figure->sources[i].submission->department->name);
	}
	const char *copy = arena_strdup(arena, buf_str(&text));
	buf_release(&text);
	return copy;
}

const char *figure_change(const struct county_figure *figure, struct arena *arena)
{
	const struct nb_quantity *now = &figure->quantity, *last = figure->last;
	if (!last || now->state != NB_EXACT || last->state != NB_EXACT)
		return "";
	int64_t difference = now->low - last->low;
	return arena_printf(
	    arena, "%s%s", difference > 0 ? "+" : "", quantity_print(arena, difference, 6));
}

/* ---- combining --------------------------------------------------------- */

struct combiner {
	struct figures *figures;
	struct arena *arena;
	struct findings *findings;
};

static void collect(struct county_figure *figure, struct arena *arena, const struct intake *intake)
{
	for (size_t i = 0; i < intake->count; i++) {
		const struct submission *submission = &intake->items[i];
		const struct written *written =
		    submission->latest ? submission_chapter(submission, figure->chapter->id) : NULL;
		if (!written)
			continue;
		const struct nb_value *value =
		    &written->values[figure->figure - figure->chapter->figures];
		if (value->quantity.state == NB_ABSENT) {
			figure->unreadable |= *value->quantity.text != '\0';
			continue;
		}
		figure->sources = arena_grow(
		    arena, figure->sources, figure->source_count, sizeof *figure->sources);
		figure->sources[figure->source_count++] = (struct source){ submission, value };
	}
}

static int differ(const struct nb_quantity *a, const struct nb_quantity *b)
{
	if (a->state == NB_WORDS || b->state == NB_WORDS)
		return strcmp(a->text, b->text) != 0;
	return a->low > b->high || b->low > a->high;
}

/* All must agree; the most exact value stands. */
static void agree(struct combiner *c, struct county_figure *figure)
{
	const struct source *first = NULL;
	for (size_t i = 0; i < figure->source_count; i++) {
		const struct source *source = &figure->sources[i];
		const struct nb_quantity *q = &source->value->quantity;
		if (q->state == NB_NOT_APPLICABLE)
			continue;
		if (first && differ(&first->value->quantity, q)) {
			int approximate = first->value->quantity.state == NB_APPROXIMATE ||
			                  q->state == NB_APPROXIMATE;
			findings_add(c->findings,
			    &(struct finding){ .code = code_table[CODE_FIGURE_CONFLICT].id,
			        .severity = approximate ? NB_WARNING : NB_ERROR,
			        .department = source->submission->department->id,
			        .at = source->value->place,
			        .also = first->value->place,
			        .subject = figure->figure->id,
			        .message =
			            N_("%s is one figure for the county: %s says %s, %s says %s"),
			        .args = { figure->figure->label,
			            source->submission->department->name, q->text,
			            first->submission->department->name,
			            first->value->quantity.text } });
			continue;
		}
		if (!first ||
		    (first->value->quantity.state == NB_APPROXIMATE && q->state == NB_EXACT))
			first = source;
	}
	if (first)
		figure->quantity = first->value->quantity;
}

static void greatest(struct county_figure *figure)
{
	for (size_t i = 0; i < figure->source_count; i++) {
		const struct nb_quantity *q = &figure->sources[i].value->quantity;
		struct nb_quantity *best = &figure->quantity;
		if (q->state == NB_NOT_APPLICABLE)
			continue;
		if (best->state == NB_ABSENT ||
		    (q->state == NB_WORDS ? strcmp(q->text, best->text) > 0 : q->low > best->low))
			*best = *q;
	}
}

static void add_up(struct combiner *c, struct county_figure *figure)
{
	for (size_t i = 0; i < figure->source_count; i++)
		figure->quantity = quantity_add(c->arena, &figure->quantity,
		    &figure->sources[i].value->quantity, figure->figure->kind == NB_PERCENT);
}

static struct operand combined(void *self, const struct term *term)
{
	const struct county_figure *rate = self;
	const struct county_figure *first = rate - (rate->figure - rate->chapter->figures);
	for (size_t i = 0; i < rate->chapter->figure_count; i++)
		if (strcmp(first[i].figure->id, term->id) == 0)
			return (struct operand){ .quantity = first[i].quantity };
	return (struct operand){ 0 };
}

static void divide(struct combiner *c, struct county_figure *figure)
{
	struct relation ratio;
	unsigned decimals = 0;
	size_t reports = 0;
	const struct nb_quantity *reported = NULL;
	for (size_t i = 0; i < figure->source_count; i++) {
		const struct nb_quantity *q = &figure->sources[i].value->quantity;
		if (!nb_is_number(q))
			continue;
		reports++;
		reported = q;
		if (q->decimals > decimals)
			decimals = q->decimals;
	}
	if (!figure->figure->ratio || ratio_read(c->arena, figure->figure->ratio, &ratio) != NULL)
		return;
	struct nb_quantity quotient =
	    ratio_value(c->arena, &ratio, reports ? decimals : 2, combined, figure);
	if (reports == 0 && quotient.state != NB_EXACT) {
		if (figure->source_count) /* all said "/" */
			figure->quantity = figure->sources[0].value->quantity;
		return;
	}
	/* One office's own rate stands as it wrote it if it is right for the county, cut off or
	 * rounded. */
	struct operand operand = { .quantity = reported ? *reported : quotient };
	struct verdict verdict = ratio_check(c->arena, &ratio, &operand, combined, figure);
	if (reports == 1 && (!verdict.assessable || !verdict.broken))
		figure->quantity = *reported;
	else if (quotient.state == NB_EXACT)
		/* 100% of 29/30 would be a lie of rounding: two decimals where departments gave
		 * none. */
		figure->quantity = decimals < 2 && reports > 1
		                       ? ratio_value(c->arena, &ratio, 2, combined, figure)
		                       : quotient;
}

/* Money told in 元 one year and in 万元 the other, a digit too many: not wrong, but to be looked
 * at. */
static void find_jump(struct combiner *c, const struct county_figure *figure)
{
	const struct nb_quantity *now = &figure->quantity, *last = figure->last;
	const int64_t times = 5, few = 50 * NB_UNIT, many = 100 * NB_UNIT;
	if (!last || now->state != NB_EXACT || last->state != NB_EXACT ||
	    figure->figure->kind == NB_PERCENT || figure->source_count == 0)
		return;
	int64_t less = now->low < last->low ? now->low : last->low;
	int64_t more = now->low < last->low ? last->low : now->low;
	if (more / times < less || more < (less ? few : many))
		return;
	FIND(c->findings, FIGURE_JUMP, NULL, figure->sources[0].value->place, figure->figure->id,
	    N_("%s was %s last year and is %s now"), figure->figure->label, last->text, now->text);
}

/* A number that nobody would hit by chance: large, and not round. */
static int is_telling(const struct nb_quantity *q)
{
	if (q->state == NB_EXACT)
		return q->low >= 100 * NB_UNIT && q->low / NB_UNIT % 10 != 0;
	return q->state == NB_APPROXIMATE && q->low >= 1000 * NB_UNIT;
}

/* Two offices that did something together may both have reported it. */
static void find_twice(struct combiner *c, const struct county_figure *figure)
{
	for (size_t i = 1; i < figure->source_count; i++)
		for (size_t k = 0; k < i; k++) {
			const struct source *one = &figure->sources[k], *two = &figure->sources[i];
			if (!is_telling(&two->value->quantity) ||
			    strcmp(one->value->quantity.text, two->value->quantity.text) != 0)
				continue;
			findings_add(c->findings,
			    &(struct finding){ FINDING(FIGURE_TWICE),
			        .department = two->submission->department->id,
			        .at = two->value->place, .also = one->value->place,
			        .subject = figure->figure->id,
			        .message = N_("%s and %s both report %s for %s"),
			        .args = { one->submission->department->name,
			            two->submission->department->name, two->value->quantity.text,
			            figure->figure->label } });
			return; /* once a figure: whoever asks sees the others */
		}
}

static int wrote_anyone(const struct intake *intake, const struct chapter *chapter)
{
	for (size_t i = 0; i < intake->count; i++)
		if (intake->items[i].latest && submission_chapter(&intake->items[i], chapter->id))
			return 1;
	return 0;
}

static const struct nb_quantity *last_of(
    const struct last_year *last, const char *chapter, const char *id)
{
	for (size_t i = 0; last && i < last->count; i++)
		if (strcmp(last->values[i].id, id) == 0 &&
		    strcmp(last->values[i].chapter, chapter) == 0)
			return &last->values[i].quantity;
	return NULL;
}

static void find_unreported(struct combiner *c, const struct workspace *ws,
    const struct intake *intake, const struct chapter *chapter)
{
	if (!wrote_anyone(intake, chapter)) {
		FIND(c->findings, REPORT_CHAPTER_EMPTY, NULL, AT(ws->report_file, 0, 0),
		    chapter->id, N_("nobody wrote for the chapter '%s' (%s)"), chapter->title,
		    chapter->id);
		return; /* one cause, one finding: not every figure of it, too */
	}
	const struct county_figure *figure = figures_of(c->figures, chapter);
	for (size_t i = 0; i < chapter->figure_count; i++, figure++)
		if ((figure->figure->flags & NB_EXPECTED) && figure->source_count == 0 &&
		    !figure->unreadable && figure->quantity.state == NB_ABSENT)
			FIND(c->findings, FIGURE_EXPECTED, NULL, AT(ws->report_file, 0, 0),
			    figure->figure->id,
			    N_("nobody reported %s (%s.%s), which a county is expected to have"),
			    figure->figure->label, chapter->id, figure->figure->id);
}

void figures_combine(struct figures *figures, struct arena *arena, const struct workspace *ws,
    const struct catalog *catalog, const struct intake *intake, const struct last_year *last,
    struct findings *findings)
{
	struct combiner c = { figures, arena, findings };
	*figures = (struct figures){ 0 };
	size_t total = 0;
	for (size_t i = 0; i < catalog->count; i++)
		total += catalog->chapters[i].figure_count;
	figures->items = arena_alloc(arena, (total + 1) * sizeof *figures->items);
	for (size_t i = 0; i < catalog->count; i++) {
		const struct chapter *chapter = &catalog->chapters[i];
		for (size_t k = 0; k < chapter->figure_count; k++) {
			struct county_figure *figure = &figures->items[figures->count++];
			*figure = (struct county_figure){ .chapter = chapter,
				.figure = &chapter->figures[k] };
			figure->quantity.text = "";
			figure->last = last_of(last, chapter->id, figure->figure->id);
			collect(figure, arena, intake);
			switch (figure->figure->combine) {
			case NB_SUM:
				if (figure->figure->kind == NB_DATE ||
				    figure->figure->kind == NB_TEXT)
					agree(&c, figure);
				else
					add_up(&c, figure);
				break;
			case NB_MAX:
				greatest(figure);
				break;
			case NB_ONE:
				agree(&c, figure);
				break;
			case NB_RATIO: /* when its parts are known, below */
				break;
			}
			/* All said "/": so says the county. */
			if (figure->source_count && figure->quantity.state == NB_ABSENT)
				figure->quantity = figure->sources[0].value->quantity;
		}
	}
	for (size_t i = 0; i < figures->count; i++)
		if (figures->items[i].figure->combine == NB_RATIO) {
			figures->items[i].quantity =
			    (struct nb_quantity){ .state = NB_ABSENT, .text = "" };
			divide(&c, &figures->items[i]);
		}
	for (size_t i = 0; i < figures->count; i++) {
		find_jump(&c, &figures->items[i]);
		if (figures->items[i].figure->combine == NB_SUM)
			find_twice(&c, &figures->items[i]);
	}
	for (size_t i = 0; i < catalog->count; i++)
		find_unreported(&c, ws, intake, &catalog->chapters[i]);
}
