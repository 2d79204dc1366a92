/* rules.c: evaluating relations, ratios and the plugins' own checks. */
#include "chapters/rules.h"

#include "base/i18n.h"
#include "base/quantity.h"
#include "chapters/lists.h"
#include "chapters/part.h"
#include "chapters/relation.h"
#include "intake/texts.h"

#include <string.h>

/* What a relation is evaluated on: one submission, or the county. */
struct scope {
	struct arena *arena;
	const struct submission *submission; /* NULL: the county */
	const struct figures *figures;       /* for the county */
	const struct intake *intake;
	const struct catalog *catalog;
	const struct chapter *chapter;
	const struct relation *relation; /* in hand */
	const struct nb_county *county;
	int compared; /* there is a last year to compare with */
};

/* Number of rows, or sum of a column. */
static struct operand count_rows(
    const struct scope *scope, const struct term *term, const struct nb_rows *lists)
{
	const struct list_def *list = chapter_list(scope->chapter, term->id);
	const struct nb_rows *rows = &lists[list - scope->chapter->lists];
	struct operand operand = { .place = rows->place };
	if (!rows->given)
		return operand;
	if (term->kind == TERM_ROWS) {
		operand.quantity =
		    quantity_exact(scope->arena, (int64_t)rows->count * NB_UNIT, 0, 0);
		return operand;
	}
	size_t column = 0;
	while (strcmp(list->columns[column].id, term->column) != 0)
		column++;
	operand.quantity = quantity_exact(scope->arena, 0, 0, 0);
	for (size_t i = 0; i < rows->count; i++) {
		struct nb_quantity cell;
		/* With a cell that cannot be read the sum is unknown. */
		if (quantity_read(scope->arena, rows->rows[i].cells[column],
		        list->columns[column].kind, NULL, &cell) != NULL)
			return (struct operand){ .place = rows->place };
		operand.quantity = quantity_add(scope->arena, &operand.quantity, &cell, 0);
	}
	return operand;
}

/* How a term's figure combines; NB_RATIO, which takes no part in this, for any other term. */
static enum nb_combine combine_of(const struct scope *scope, const struct term *term)
{
	const struct chapter *chapter =
	    term->chapter ? catalog_chapter(scope->catalog, term->chapter) : scope->chapter;
	const struct nb_figure *figure =
	    chapter && term->kind == TERM_FIGURE ? chapter_figure(chapter, term->id) : NULL;
	return figure ? figure->combine : NB_RATIO;
}

/* Whether the relation in hand has a figure that combines so. */
static int combines(const struct scope *scope, enum nb_combine combine)
{
	const struct side *sides[] = { &scope->relation->left, &scope->relation->right };
	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < sides[k]->count; i++)
			if (combine_of(scope, &sides[k]->terms[i]) == combine)
				return 1;
	return 0;
}

static struct operand own_operand(void *self, const struct term *term)
{
	const struct scope *scope = self;
	const char *chapter = term->chapter ? term->chapter : scope->chapter->id;
	const struct written *written = submission_chapter(scope->submission, chapter);
	if (!written || term->kind == TERM_LAST)
		return (struct operand){ 0 };
	if (term->kind != TERM_FIGURE)
		return count_rows(scope, term, written->lists);
	const struct nb_figure *figure = chapter_figure(written->chapter, term->id);
	if (!figure)
		return (struct operand){ 0 };
	const struct nb_value *value = &written->values[figure - written->chapter->figures];
	/* Beside a figure of the whole county, a department's share of a sum is not all of it. */
	return (struct operand){ .quantity = value->quantity,
		.place = value->place,
		.open = figure->combine == NB_SUM && combines(scope, NB_ONE) };
}

static const struct county_figure *county_figure(const struct scope *scope, const struct term *term)
{
	return figures_find(
	    scope->figures, term->chapter ? term->chapter : scope->chapter->id, term->id);
}

/* Whether the department has a share in the term; what is one for the county is nobody's share. */
static int gave(const struct scope *scope, const struct term *term, const char *department)
{
	const struct county_figure *figure =
	    combine_of(scope, term) == NB_SUM ? county_figure(scope, term) : NULL;
	return figure && figure_source(figure, department) != NULL;
}

static int gave_side(const struct scope *scope, const struct side *side, const char *department)
{
	for (size_t i = 0; i < side->count; i++)
		if (gave(scope, &side->terms[i], department))
			return 1;
	return 0;
}

/*
 * A department that reports one side in full and another that reports only
 * the total leave the county's parts incomplete: theirs may be added to them.
 * Where no department has both sides, they have shared out the work, and the
 * parts are complete.
 */
static int is_open(const struct scope *scope, const struct term *term)
{
	const struct relation *relation = scope->relation;
	int whole = 0, lacking = 0;
	for (size_t i = 0; i < scope->intake->count; i++) {
		const struct submission *submission = &scope->intake->items[i];
		if (!submission->latest)
			continue;
		const char *department = submission->department->id;
		int left = gave_side(scope, &relation->left, department);
		int right = gave_side(scope, &relation->right, department);
		whole |= left && right;
		lacking |= (left || right) && !gave(scope, term, department);
	}
	return whole && lacking;
}

/* How many departments handed in the list. */
static size_t list_givers(const struct scope *scope, const struct term *term)
{
	const struct list_def *list = chapter_list(scope->chapter, term->id);
	size_t n = 0;
	for (size_t i = 0; i < scope->county->part_count; i++)
		n += scope->county->parts[i].lists[list - scope->chapter->lists].given != 0;
	return n;
}

static struct operand county_operand(void *self, const struct term *term)
{
	const struct scope *scope = self;
	if (term->kind == TERM_ROWS || term->kind == TERM_SUM) {
		/* Two lists behind one figure may hold the same rows: how many there are is
		 * unknown. */
		if (list_givers(scope, term) > 1 && combines(scope, NB_ONE))
			return (struct operand){ 0 };
		return count_rows(scope, term, scope->county->whole->lists);
	}
	const struct county_figure *figure = county_figure(scope, term);
	if (!figure)
		return (struct operand){ 0 };
	struct operand operand = { .quantity = figure->quantity };
	if (figure->source_count)
		operand.place = figure->sources[0].value->place;
	if (figure->unreadable && operand.quantity.state == NB_ABSENT)
		operand.quantity.text = "?";
	if (term->kind == TERM_LAST)
		operand.quantity = figure->last ? *figure->last : (struct nb_quantity){ 0 };
	else if (figure->figure->combine == NB_SUM && figure->source_count)
		operand.open = is_open(scope, term);
	return operand;
}

static void broken(struct findings *findings, const char *code, const struct verdict *verdict,
    const char *department, const char *subject, const char *message, const char *label)
{
	findings_add(findings, &(struct finding){ .code = code,
	                           .severity = verdict->approximate ? NB_WARNING : NB_ERROR,
	                           .department = department,
	                           .at = verdict->at,
	                           .subject = subject,
	                           .message = message,
	                           .args = { label, verdict->text },
	                           .why = label ? NULL : verdict->text });
}

/* The label of a term's figure, for messages. */
static const char *term_label(const struct scope *scope, const struct term *term)
{
	const struct chapter *chapter =
	    term->chapter ? catalog_chapter(scope->catalog, term->chapter) : scope->chapter;
	const struct nb_figure *figure = chapter ? chapter_figure(chapter, term->id) : NULL;
	return figure ? figure->label : term->id;
}

/* Whether the figure is missing for a reason that is found elsewhere. */
static int is_excused(const struct scope *scope, const struct term *term)
{
	const struct chapter *chapter =
	    term->chapter ? catalog_chapter(scope->catalog, term->chapter) : scope->chapter;
	const struct nb_figure *figure = chapter ? chapter_figure(chapter, term->id) : NULL;
	if (!figure)
		return 1; /* of a chapter that the report does not have */
	if (term->kind == TERM_LAST)
		return !scope->figures || !scope->compared;
	return scope->figures && (figure->flags & NB_EXPECTED);
}

/* A relation that lacks a figure is not silently true. */
static void not_assessable(const struct scope *scope, const struct nb_rule *rule,
    const struct verdict *verdict, const char *department, struct findings *findings)
{
	const char *code = arena_printf(scope->arena, "%s.%s", scope->chapter->id, rule->code);
	if (!verdict->missing || is_excused(scope, verdict->missing))
		return;
	findings_add(
	    findings, &(struct finding){ FINDING(FIGURE_NOT_ASSESSABLE), .department = department,
	                  .at = verdict->at, .subject = code,
	                  .message = N_("cannot be confirmed while %s is not reported (%s)"),
	                  .args = { term_label(scope, verdict->missing), verdict->text },
	                  .why = rule->message });
}

static const char *rule_code(
    struct arena *arena, const struct chapter *chapter, const struct nb_rule *rule)
{
	return arena_printf(arena, "%s.%s", chapter->id, rule->code);
}

/* A ratio that no rule names is one all the same: the figure's own. */
static void check_ratios(
    struct scope *scope, const struct written *written, struct findings *findings)
{
	const struct chapter *chapter = written->chapter;
	for (size_t i = 0; i < chapter->figure_count; i++) {
		const struct nb_figure *figure = &chapter->figures[i];
		const struct nb_value *value = &written->values[i];
		struct relation ratio;
		if (figure->combine != NB_RATIO || !nb_is_number(&value->quantity) ||
		    ratio_read(scope->arena, figure->ratio, &ratio) != NULL)
			continue;
		scope->chapter = chapter;
		scope->relation = &ratio;
		struct operand reported = { .quantity = value->quantity, .place = value->place };
		struct verdict verdict =
		    ratio_check(scope->arena, &ratio, &reported, own_operand, scope);
		if (verdict.broken)
			broken(findings, code_table[CODE_FIGURE_RATIO].id, &verdict,
			    scope->submission->department->id, figure->id,
			    N_("%s is not the quotient of its parts: %s"), figure->label);
		verdict = ratio_possible(scope->arena, &ratio, &reported, own_operand, scope);
		if (verdict.broken)
			broken(findings, code_table[CODE_FIGURE_RATE_IMPOSSIBLE].id, &verdict,
			    scope->submission->department->id, figure->id,
			    N_("%s: no whole number can give this rate: %s"), figure->label);
	}
}

struct verdict rules_claim(struct arena *arena, const struct catalog *catalog,
    const struct submission *submission, const struct written *written, size_t claim)
{
	const struct relation *relation = &written->chapter->claim_relations[claim];
	struct scope scope = { .arena = arena,
		.submission = submission,
		.catalog = catalog,
		.chapter = written->chapter,
		.relation = relation };
	return relation_check(arena, relation, own_operand, &scope);
}

void rules_check_submission(struct arena *arena, const struct catalog *catalog,
    const struct submission *submission, const struct intake *intake, struct findings *findings)
{
	for (size_t w = 0; w < submission->written_count; w++) {
		const struct written *written = &submission->written[w];
		const struct chapter *chapter = written->chapter;
		struct scope scope = { .arena = arena,
			.submission = submission,
			.catalog = catalog,
			.chapter = chapter };
		for (size_t r = 0; r < chapter->rule_count; r++) {
			if (relation_uses_last(&chapter->relations[r]))
				continue;
			scope.relation = &chapter->relations[r];
			struct verdict verdict =
			    relation_check(arena, scope.relation, own_operand, &scope);
			if (verdict.broken)
				broken(findings, rule_code(arena, chapter, &chapter->rules[r]),
				    &verdict, submission->department->id, chapter->rules[r].code,
				    chapter->rules[r].message, NULL);
			else if (!intake && verdict.both)
				not_assessable(&scope, &chapter->rules[r], &verdict,
				    submission->department->id, findings);
		}
		check_ratios(&scope, written, findings);
		if (chapter->check) {
			struct nb_part part = part_of_submission(submission, written);
			struct call call = { arena, findings, chapter, submission->department->id,
				NULL };
			struct nb_host host = host_for(&call);
			chapter->check(&host, &part);
		}
		lists_check(arena, submission, written, intake, findings);
	}
}

static int already_found(const struct findings *findings, const char *code)
{
	for (size_t i = 0; i < findings->count; i++)
		if (strcmp(findings->items[i].code, code) == 0)
			return 1;
	return 0;
}

/* A rate that was reported without what it is a rate of. */
static void check_rates(struct scope *scope, struct findings *findings)
{
	const struct chapter *chapter = scope->chapter;
	const struct county_figure *figure = figures_of(scope->figures, chapter);
	for (size_t i = 0; i < chapter->figure_count; i++) {
		struct relation ratio;
		if (chapter->figures[i].combine != NB_RATIO || figure[i].source_count == 0 ||
		    ratio_read(scope->arena, chapter->figures[i].ratio, &ratio) != NULL)
			continue;
		struct operand rate = { .quantity = figure[i].quantity,
			.place = figure[i].sources[0].value->place };
		scope->relation = &ratio;
		struct verdict verdict =
		    ratio_check(scope->arena, &ratio, &rate, county_operand, scope);
		if (verdict.missing && !is_excused(scope, verdict.missing))
			FIND(findings, FIGURE_NOT_ASSESSABLE, NULL, verdict.at,
			    chapter->figures[i].id,
			    N_("%s cannot be confirmed while %s is not reported"),
			    chapter->figures[i].label, term_label(scope, verdict.missing));
	}
}

static void check_county(struct scope *scope, struct findings *findings)
{
	const struct chapter *chapter = scope->chapter;
	for (size_t r = 0; r < chapter->rule_count; r++) {
		const char *code = rule_code(scope->arena, chapter, &chapter->rules[r]);
		if (already_found(findings, code))
			continue;
		scope->relation = &chapter->relations[r];
		struct verdict verdict =
		    relation_check(scope->arena, scope->relation, county_operand, scope);
		if (verdict.broken)
			broken(findings, code, &verdict, NULL, chapter->rules[r].code,
			    chapter->rules[r].message, NULL);
		else
			not_assessable(scope, &chapter->rules[r], &verdict, NULL, findings);
	}
}

/* What stands in one department's hand-in is that department's. */
static void attribute(const struct intake *intake, struct findings *findings, size_t from)
{
	for (size_t i = from; i < findings->count; i++) {
		const char *file = findings->items[i].at.file;
		for (size_t k = 0; file && k < intake->count; k++) {
			const struct submission *submission = &intake->items[k];
			size_t n = strlen(submission->label);
			if (strncmp(file, submission->label, n) == 0 &&
			    (file[n] == '/' || file[n] == '!'))
				findings_attribute(findings, i, i + 1, submission->department->id);
		}
	}
}

/* What a plugin finds beside the rules, for which it gets the texts of all departments. */
static int reconcile(const struct intake_context *context, const struct chapter *chapter,
    struct intake *intake, const struct figures *figures, struct arena *arena, struct err *err)
{
	if (texts_read_chapter(context, intake, chapter->id, arena, err) != 0)
		return -1;
	struct call call = { arena, context->findings, chapter, NULL, NULL };
	struct nb_host host = host_for(&call);
	size_t before = context->findings->count;
	chapter->reconcile(
	    &host, part_of_county(arena, context->workspace, intake, figures, chapter));
	attribute(intake, context->findings, before);
	texts_drop_chapter(intake, chapter->id);
	return 0;
}

int rules_check_county(const struct intake_context *context, struct intake *intake,
    const struct figures *figures, struct err *err)
{
	const struct catalog *catalog = context->catalog;
	int compared = 0, rc = 0;
	for (size_t i = 0; i < figures->count; i++)
		compared |= figures->items[i].last != NULL;
	for (size_t c = 0; c < catalog->count && rc == 0; c++) {
		const struct chapter *chapter = &catalog->chapters[c];
		struct arena scratch = { 0 };
		struct scope scope = { .arena = &scratch,
			.figures = figures,
			.intake = intake,
			.catalog = catalog,
			.chapter = chapter,
			.compared = compared };
		scope.county =
		    part_of_county(&scratch, context->workspace, intake, figures, chapter);
		check_county(&scope, context->findings);
		check_rates(&scope, context->findings);
		lists_compare(&scratch, chapter, intake, context->findings);
		if (chapter->reconcile)
			rc = reconcile(context, chapter, intake, figures, &scratch, err);
		arena_release(&scratch);
	}
	return rc;
}
