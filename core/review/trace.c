/*
 * trace.c: numbers and the figures they state.
 *
 * Two passes over a chapter's text: first what is stated where, then what
 * contradicts. A figure that the text states rightly in one place may well be
 * named with a smaller number in another, which counts a part of it; so there
 * only a number above it contradicts. What a number means is for meaning.c to
 * tell; when in doubt a number is free.
 */
#include "review/trace.h"

#include "base/i18n.h"
#include "base/length.h"
#include "base/quantity.h"
#include "base/utf8.h"
#include "review/clause.h"
#include "review/meaning.h"
#include "review/words.h"

#include <string.h>

enum { FOUND_MAX = 20 }; /* free numbers named one by one in a text */

const char *trace_status_id(enum trace_status status)
{
	switch (status) {
	case TRACE_FIGURE:
		return "figure";
	case TRACE_CONTRADICTS:
		return "contradicts";
	case TRACE_FREE:
		return "free";
	case TRACE_OTHER:
		return "other";
	}
	return "";
}

static struct stated *by_reference(const struct tracer *tracer, const char *name)
{
	const char *dot = strchr(name, '.'), *second = dot ? strchr(dot + 1, '.') : NULL;
	struct names *sets[] = { tracer->own, tracer->county };
	if (!second)
		return NULL;
	for (size_t s = 0; s < 2; s++)
		for (size_t i = 0; sets[s] && i < sets[s]->count; i++) {
			struct stated *item = &sets[s]->items[i];
			if (strlen(item->chapter) == (size_t)(second - dot - 1) &&
			    strncmp(item->chapter, dot + 1, strlen(item->chapter)) == 0 &&
			    strcmp(item->figure->id, second + 1) == 0)
				return item;
		}
	return NULL;
}

/* ---- one number ------------------------------------------------------------- */

/* Which values to look among, in this order. */
static void choose_sets(
    const struct tracer *tracer, const struct context *context, struct names *sets[2])
{
	const char *text = context->passage->text + context->clause;
	int whole = words_of_county(text, context->number->start - context->clause);
	sets[0] = whole && tracer->county ? tracer->county : tracer->own;
	sets[1] = sets[0] == tracer->own ? tracer->county : tracer->own;
	if (!sets[0]) {
		sets[0] = sets[1];
		sets[1] = NULL;
	}
}

static void bind(const struct tracer *tracer, struct context *context, const char *chapter,
    struct traced *traced)
{
	struct names *sets[2];
	choose_sets(tracer, context, sets);
	const char *clause = context->passage->text + context->clause;
	size_t up_to_number = context->number->start - context->clause;
	int year = tracer->reviewer->year;
	int several = 0;
	for (size_t s = 0; s < 2 && sets[s] && !traced->stated; s++) {
		context_name(context, sets[s]);
		if (meaning_is_sum(context, chapter)) {
			traced->status = TRACE_FIGURE;
			return;
		}
		if (meaning_is_of_several(context)) {
			several = 1;
			continue;
		}
		traced->stated = meaning_agreeing(context, chapter, 0);
		if (!traced->stated && (words_of_last_year(clause, up_to_number) ||
		                           words_of_other_year(clause, up_to_number, year))) {
			traced->stated = meaning_agreeing(context, chapter, 1);
			traced->of_last_year = traced->stated != NULL;
		}
	}
	/* Of other departments' values only a name tells which is meant. */
	if (!traced->stated && !several) {
		context_name(context, sets[0]);
		traced->stated = meaning_by_value(context, sets[0], chapter);
	}
	if (traced->stated)
		traced->status = TRACE_FIGURE;
}

static void find_contradiction(
    struct tracer *tracer, const struct traced *traced, const struct stated *stated)
{
	const struct passage *passage = traced->passage;
	const struct number *number = &traced->number;
	if (tracer->contradicting++ >= FOUND_MAX)
		return;
	const char *text = arena_strndup(
	    tracer->reviewer->arena, passage->text + number->start, number->end - number->start);
	findings_add(tracer->reviewer->findings,
	    &(struct finding){ FINDING(NUMBER_CONTRADICTS),
	        .department = tracer->reviewer->department,
	        .at = passage_place(passage, number->start), .also = stated->place,
	        .subject = stated->figure->id,
	        .message = stated->department ? N_("the text says %s where %s is reported as %s")
	                                      : N_("the text says %s where the county's %s is %s"),
	        .args = { text, stated->figure->label,
	            arena_printf(tracer->reviewer->arena, "%s%s", stated->quantity->text,
	                stated->figure->kind == NB_PERCENT || !stated->figure->unit
	                    ? ""
	                    : stated->figure->unit) } });
}

/* A figure nobody reported, with one value here and another there. */
static void find_twice(struct tracer *tracer, const struct traced *traced, struct stated *stated)
{
	const struct passage *passage = traced->passage;
	const struct number *number = &traced->number;
	struct arena *arena = tracer->reviewer->arena;
	if (!stated->typed) {
		struct nb_quantity *typed = arena_alloc(arena, sizeof *typed);
		*typed = number->quantity;
		typed->text = arena_strndup(
		    arena, passage->text + number->start, number->end - number->start);
		stated->typed = typed;
		stated->typed_at = passage_place(passage, number->start);
	} else if (!quantities_overlap(stated->typed, &number->quantity) &&
	           tracer->contradicting++ < FOUND_MAX) {
		findings_add(tracer->reviewer->findings,
		    &(struct finding){ FINDING(NUMBER_TWICE),
		        .department = tracer->reviewer->department,
		        .at = passage_place(passage, number->start), .also = stated->typed_at,
		        .subject = stated->figure->id,
		        .message = N_("%s is %s here and %s elsewhere in the text"),
		        .args = { stated->figure->label,
		            arena_strndup(
		                arena, passage->text + number->start, number->end - number->start),
		            stated->typed->text } });
	}
}

/* Whether the clause of a number is about more or less than the figures: others, another year. */
static int speaks_otherwise(const struct tracer *tracer, const struct context *context)
{
	const char *clause = context->passage->text + context->clause;
	size_t up_to_end = context->number->end - context->clause;
	int year = tracer->reviewer->year;
	return words_compare(clause, up_to_end) || words_of_others(clause, up_to_end) ||
	       words_of_last_year(clause, up_to_end) ||
	       (year && words_of_other_year(clause, up_to_end, year));
}

/* What contradicts; a number that stays free and names a figure nobody reported: that one. */
static const struct stated *contradict(
    struct tracer *tracer, struct context *context, const char *chapter, struct traced *traced)
{
	struct names *sets[2];
	if (traced->number.points)
		return NULL;
	choose_sets(tracer, context, sets);
	for (size_t s = 0; s < 2 && sets[s]; s++) {
		struct nb_quantity own;
		context_name(context, sets[s]);
		struct stated *stated = meaning_by_name(context, sets[s], chapter);
		if (stated && speaks_otherwise(tracer, context))
			return NULL;
		/* What is added up is another's share as well: only its own value binds it. */
		if (!stated || (s > 0 && stated->figure->combine != NB_ONE))
			continue;
		struct number number = traced->number;
		number.quantity = context_quantity(context, 2);
		if (!number_in_unit_of(&number, stated, &own))
			continue;
		if (!nb_is_number(stated->quantity)) {
			if (stated->quantity->state == NB_ABSENT &&
			    *stated->quantity->text == '\0' && s == 0) {
				find_twice(tracer, traced, stated);
				return stated;
			}
			continue;
		}
		if (quantities_overlap(&own, stated->quantity) ||
		    (stated->stands && own.low <= stated->quantity->high) ||
		    meaning_is_whole(context, stated))
			continue;
		traced->status = TRACE_CONTRADICTS;
		traced->stated = stated;
		find_contradiction(tracer, traced, stated);
		return NULL;
	}
	return NULL;
}

/* ---- the whole text ---------------------------------------------------------- */

static int is_at(const char *text, size_t at, size_t end, const char *mark)
{
	size_t n = strlen(mark);
	return end - at >= n && memcmp(text + at, mark, n) == 0;
}

/* Past the marks that only part an excerpt from what stood before it. */
static size_t past_marks(const char *text, size_t start, size_t end)
{
	static const char *const marks[] = { "、", "，", "；", "）", ")", "”", "》", "】", " ",
		"　" };
	for (size_t i = 0; i < LENGTH(marks); i++)
		if (is_at(text, start, end, marks[i])) {
			start += strlen(marks[i]);
			i = (size_t)-1;
		}
	/* A bracket that closes behind the number says nothing here. */
	size_t close = start;
	while (close < end && !is_at(text, close, end, "）"))
		close++;
	return close == end && is_at(text, start, end, "（") ? start + strlen("（") : start;
}

/* Behind the last 、 of an excerpt that was cut, or its start. */
static size_t last_item(const char *text, size_t start, size_t end)
{
	for (size_t at = end; at > start; at--)
		if (is_at(text, at - 1, end, "、"))
			return at - 1;
	return start;
}

/* A number with a few characters before it, or its row's head, so that it is found again. */
static const char *free_words(
    struct arena *arena, const struct passage *passage, const struct number *number, size_t floor)
{
	size_t start = clause_start(passage->text, number->start, CONTEXT_MAX);
	int cut = start < floor;
	if (cut) /* the end of the number before: it has a finding of its own */
		start = floor;
	while (number->start - start > 30) {
		cut = 1;
		start++;
		while (((unsigned char)passage->text[start] & 0xC0) == 0x80)
			start++;
	}
	if (cut)
		start = last_item(passage->text, start, number->start);
	size_t marks = past_marks(passage->text, start, number->start);
	cut = cut && marks == start;
	start = marks;
	const char *words = arena_printf(
	    arena, "%s%.*s", cut ? "…" : "", (int)(number->end - start), passage->text + start);
	int labelled = passage->kind == PASSAGE_CELL && passage->row && passage->column &&
	               *passage->row_head && strlen(passage->row_head) <= 60;
	return labelled ? arena_printf(arena, "%s：%s", passage->row_head, words) : words;
}

static void find_free(const struct tracer *tracer, const struct traced *traced,
    const struct stated *named, size_t floor, size_t nth)
{
	const struct passage *passage = traced->passage;
	const struct number *number = &traced->number;
	if (nth >= FOUND_MAX)
		return;
	const char *words = free_words(tracer->reviewer->arena, passage, number, floor);
	FIND(tracer->reviewer->findings, NUMBER_FREE, tracer->reviewer->department,
	    passage_place(passage, number->start), words,
	    named ? N_("'%s' is no figure yet; it may be %s ({{%s}})")
	          : N_("'%s' is no figure's value"),
	    words, named ? named->figure->label : NULL, named ? named->figure->id : NULL);
}

static void find_more_free(const struct tracer *tracer, const struct passage *passage, size_t count)
{
	FIND(tracer->reviewer->findings, NUMBER_FREE, tracer->reviewer->department,
	    AT(passage->file, 0, 0), "more", N_("%s more numbers of this text are no figures'"),
	    arena_printf(tracer->reviewer->arena, "%zu", count - FOUND_MAX));
}

/* A column that only counts its rows. */
static int is_serial(const struct passage *passage)
{
	static const char *const heads[] = { "序号", "编号", "行次" };
	for (size_t i = 0; i < LENGTH(heads); i++)
		if (passage->kind == PASSAGE_CELL && strcmp(passage->column_head, heads[i]) == 0)
			return 1;
	return 0;
}

/* First pass: what every number is, as far as values agree. */
static void bind_passage(struct tracer *tracer, const char *chapter, struct context *context,
    const struct passage *passage, struct traced *traced, const struct number *numbers,
    size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct passage_figure *figure =
		    passage_figure_at(passage, numbers[i].start, numbers[i].end);
		traced[i] =
		    (struct traced){ .chapter = chapter, .passage = passage, .number = numbers[i] };
		if (figure) {
			traced[i].status = TRACE_FIGURE;
			traced[i].stated = by_reference(tracer, figure->name);
		} else if (numbers[i].kind != NUMBER_QUANTITY || is_serial(passage)) {
			traced[i].status = TRACE_OTHER;
		} else {
			traced[i].status = TRACE_FREE;
			context_read(context, passage, numbers, count, i);
			bind(tracer, context, chapter, &traced[i]);
		}
	}
}

void trace_text(struct tracer *tracer, const char *chapter, const struct passage *passages,
    size_t count, int find)
{
	struct arena scratch = { 0 }, *keep = tracer->keep ? tracer->keep : &scratch;
	struct context context = { 0 };
	struct number **numbers = arena_alloc(keep, (count + 1) * sizeof *numbers);
	size_t *counts = arena_alloc(keep, (count + 1) * sizeof *counts);
	struct traced **traced = arena_alloc(&scratch, (count + 1) * sizeof *traced);
	size_t free = 0;
	struct names *sets[] = { tracer->own, tracer->county };
	for (size_t s = 0; s < 2; s++)
		for (size_t i = 0; sets[s] && i < sets[s]->count; i++) {
			sets[s]->items[i].stands = 0;
			sets[s]->items[i].typed = NULL;
		}
	for (size_t p = 0; p < count; p++) {
		counts[p] = numbers_find(keep, passages[p].text, passages[p].size, &numbers[p]);
		traced[p] = arena_alloc(&scratch, counts[p] * sizeof **traced);
		bind_passage(
		    tracer, chapter, &context, &passages[p], traced[p], numbers[p], counts[p]);
		for (size_t i = 0; i < counts[p]; i++)
			if (traced[p][i].stated && !traced[p][i].of_last_year)
				traced[p][i].stated->stands = 1;
	}
	for (size_t p = 0; p < count; p++)
		for (size_t i = 0; i < counts[p]; i++) {
			struct traced *one = &traced[p][i];
			if (find && one->status == TRACE_FREE) {
				context_read(&context, &passages[p], numbers[p], counts[p], i);
				context.traced = traced[p];
				const struct stated *named =
				    contradict(tracer, &context, chapter, one);
				if (one->status == TRACE_FREE)
					find_free(tracer, one, named, i ? numbers[p][i - 1].end : 0,
					    free++);
			}
			tracer->counts.of[one->status]++;
			if (tracer->each)
				tracer->each(tracer->self, one);
		}
	if (free > FOUND_MAX)
		find_more_free(tracer, &passages[0], free);
	buf_release(&context.before);
	buf_release(&context.after);
	arena_release(&scratch);
	if (tracer->keep) {
		tracer->numbers = numbers;
		tracer->number_counts = counts;
	}
}
