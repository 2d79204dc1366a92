/* edited.c: the figures of the report's .docx against what was set, and against the workspace. */
#include "review/edited.h"

#include "base/i18n.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* A figure that a mark may mean: the county's, or a department's own. */
struct candidate {
	char key[FIGURE_MARK_HASH];
	const char *id; /* of the finding: "supervision.received" */
	const char *label;
	const char *text; /* as the report would print it now; NULL: nobody knows */
};

struct check {
	const struct marked *marked;
	const char *file;
	struct findings *findings;
	struct arena *arena;
	struct candidate *candidates; /* by key */
	size_t count;
	const struct node *
	    *uses; /* figures of the report as it would be now, in the order of its text */
	size_t use_count;
};

/* ---- which figures there are --------------------------------------------- */

static void add(
    struct check *check, const struct candidate *candidate, const char *id, const char *department)
{
	check->candidates =
	    arena_grow(check->arena, check->candidates, check->count, sizeof *check->candidates);
	check->candidates[check->count] = *candidate;
	figure_mark_figure(check->candidates[check->count].key, id, department);
	check->candidates[check->count++].id = id;
}

/* As the tree of the report prints it. */
static const char *printed(const struct nb_quantity *quantity)
{
	return quantity->state == NB_ABSENT ? "〔缺〕" : quantity->text;
}

static void add_figure(struct check *check, const struct chapter *chapter,
    const struct nb_figure *figure, const struct county_figure *value,
    const struct workspace *workspace)
{
	static const struct nb_quantity absent = { .text = "" };
	const char *id = arena_printf(check->arena, "%s.%s", chapter->id, figure->id);
	add(check,
	    &(struct candidate){
	        .label = figure->label, .text = value ? printed(&value->quantity) : NULL },
	    id, NULL);
	for (size_t i = 0; workspace && i < workspace->department_count; i++) {
		const struct department *department = &workspace->departments[i];
		const struct source *source = value ? figure_source(value, department->id) : NULL;
		struct candidate own = { .label = arena_printf(check->arena, "%s：%s",
			                     department->name, figure->label) };
		own.text = value ? printed(source ? &source->value->quantity : &absent) : NULL;
		add(check, &own, id, department->id);
	}
}

static int by_key(const void *a, const void *b)
{
	return strcmp(((const struct candidate *)a)->key, ((const struct candidate *)b)->key);
}

static int key_to_candidate(const void *key, const void *item)
{
	return strcmp(key, ((const struct candidate *)item)->key);
}

static void list_figures(struct check *check, const struct catalog *catalog,
    const struct workspace *workspace, const struct figures *figures)
{
	for (size_t c = 0; c < catalog->count; c++) {
		const struct chapter *chapter = &catalog->chapters[c];
		for (size_t i = 0; i < chapter->figure_count; i++)
			add_figure(check, chapter, &chapter->figures[i],
			    figures ? figures_find(figures, chapter->id, chapter->figures[i].id)
			            : NULL,
			    workspace);
	}
	if (check->count)
		qsort(check->candidates, check->count, sizeof *check->candidates, by_key);
}

static const struct candidate *find(const struct check *check, const char *key)
{
	return check->count ? bsearch(key, check->candidates, check->count,
	                          sizeof *check->candidates, key_to_candidate)
	                    : NULL;
}

/* In the order in which the marks were numbered. */
static void list_uses(struct check *check, const struct node *node)
{
	if (node->kind == NODE_FIGURE) {
		check->uses =
		    arena_grow(check->arena, check->uses, check->use_count, sizeof *check->uses);
		check->uses[check->use_count++] = node;
	}
	if (node->title)
		list_uses(check, node->title);
	for (const struct node *child = node->first; child; child = child->next)
		list_uses(check, child);
}

/* ---- one figure ---------------------------------------------------------- */

/* A figure's text as it stands there now, without the character behind it that is marked as well.
 */
struct now {
	const char *text;   /* of the number alone */
	const char *behind; /* what follows it */
	const char *whole;  /* the number with what was typed against it */
	int touched;        /* something was */
};

static void split_tail(struct check *check, const struct marked_figure *item, struct now *now)
{
	const char *text = item->text, *last = text + strlen(text);
	now->text = text;
	now->behind = item->after;
	/* Whoever takes that character out leaves the number as it was. */
	if (!item->mark.tail || last == text || figure_mark_holds(&item->mark, text))
		return;
	do
		last--;
	while (last > text && ((unsigned char)*last & 0xC0) == 0x80);
	now->text = arena_strndup(check->arena, text, (size_t)(last - text));
	now->behind = arena_printf(check->arena, "%s%s", last, item->after);
}

static struct now standing(struct check *check, const struct marked_figure *item)
{
	const char *start = item->before, *end = start + strlen(start);
	struct now now;
	unsigned before, after;
	split_tail(check, item, &now);
	const char *from = figure_run_before(start, end, &before);
	const char *to = figure_run_after(now.behind, now.behind + strlen(now.behind), &after);
	if (before == item->mark.before)
		from = end;
	if (after == item->mark.after)
		to = now.behind;
	now.touched = from != end || to != now.behind;
	now.whole = arena_printf(check->arena, "%.*s%s%.*s", (int)(end - from), from, now.text,
	    (int)(to - now.behind), now.behind);
	return now;
}

/* What was set: spelled out in the mark, or found again by its hash. */
static const char *set_text(
    const struct marked_figure *item, const struct candidate *figure, const struct now *now)
{
	if (*item->mark.text)
		return item->mark.text;
	if (figure && figure->text && figure_mark_holds(&item->mark, figure->text))
		return figure->text;
	return figure_mark_holds(&item->mark, now->text) ? now->text : NULL;
}

/* The same number, however it is written. */
static int same(const char *a, const char *b)
{
	struct figure_mark mark = { .serial = 0 };
	if (strlen(a) >= sizeof mark.text || !*a)
		return strcmp(a, b) == 0;
	memcpy(mark.text, a, strlen(a) + 1);
	return figure_mark_holds(&mark, b);
}

/* What it is called; of one that no plugin has: the words before it. */
static const char *label_of(
    struct check *check, const struct marked_figure *item, const struct candidate *figure)
{
	enum { WORDS = 10 };
	const char *from = item->before, *end = from + strlen(from), *at = from;
	size_t count = 0;
	if (figure)
		return figure->label;
	while (at < end) {
		utf8_next(&at, end);
		if (++count > WORDS)
			utf8_next(&from, end);
	}
	return arena_printf(check->arena, "%s…", from);
}

static void find_edited(struct check *check, const struct marked_figure *item,
    const struct candidate *figure, const struct now *standing)
{
	const char *label = label_of(check, item, figure);
	const char *id = figure ? figure->id : item->mark.figure;
	const char *set = set_text(item, figure, standing), *now = standing->whole;
	struct nb_place place = AT(check->file, item->paragraph, 0);
	/* Whoever mended report and hand-in alike has done what is asked for. */
	if (figure && figure->text && same(figure->text, now))
		findings_add(check->findings,
		    &(struct finding){ .code = code_table[CODE_REPORT_EDITED].id,
		        .severity = NB_NOTE,
		        .at = place,
		        .subject = id,
		        .message =
		            N_("'%s' was set as %s; now %s stands there, as in the workspace"),
		        .args = { label, set ? set : "…", now } });
	else if (figure && figure->text && set)
		FIND(check->findings, REPORT_EDITED, NULL, place, id,
		    N_("'%s': %s when assembled, now %s; in the workspace %s"), label, set, now,
		    figure->text);
	else if (figure && figure->text)
		FIND(check->findings, REPORT_EDITED, NULL, place, id,
		    N_("'%s': now %s, which is not what was set when assembled; in the workspace "
		       "%s"),
		    label, now, figure->text);
	else if (set)
		FIND(check->findings, REPORT_EDITED, NULL, place, id,
		    N_("'%s': %s when assembled, now %s"), label, set, now);
	else
		FIND(check->findings, REPORT_EDITED, NULL, place, id,
		    N_("'%s': now %s, which is not what was set when assembled"), label, now);
}

static int is_blank(const char *text)
{
	return text[strspn(text, " \t\n")] == '\0';
}

static void check_one(struct check *check, const struct marked_figure *item)
{
	const struct candidate *figure = find(check, item->mark.figure);
	struct now now = standing(check, item);
	if (is_blank(now.whole)) {
		FIND(check->findings, REPORT_FIGURE_GONE, NULL, AT(check->file, item->paragraph, 0),
		    figure ? figure->id : item->mark.figure,
		    N_("'%s' stood here when the report was assembled, and does no more"),
		    label_of(check, item, figure));
		return;
	}
	if (!figure_mark_holds(&item->mark, now.text) || now.touched) {
		find_edited(check, item, figure, &now);
		return;
	}
	if (figure && figure->text && !figure_mark_holds(&item->mark, figure->text))
		FIND(check->findings, REPORT_OUTDATED, NULL, AT(check->file, item->paragraph, 0),
		    figure->id, N_("'%s' is %s here; in the workspace it is %s by now"),
		    figure->label, now.text, figure->text);
}

/* ---- all of them --------------------------------------------------------- */

static int by_serial(const void *a, const void *b)
{
	unsigned x = (*(const struct marked_figure *const *)a)->mark.serial;
	unsigned y = (*(const struct marked_figure *const *)b)->mark.serial;
	return (x > y) - (x < y);
}

/* What the report has at a place of its row now; NULL if it has no such place. */
static const struct candidate *use_at(struct check *check, unsigned serial)
{
	char key[FIGURE_MARK_HASH];
	if (serial == 0 || serial > check->use_count)
		return NULL;
	const struct figure_use *use = check->uses[serial - 1]->figure;
	figure_mark_figure(key, use->id, use->department);
	return find(check, key);
}

/* Whether the report as it would be now has that figure at that place, too. */
static int is_in_step(struct check *check, const struct marked_figure *item)
{
	const struct candidate *use = use_at(check, item->mark.serial);
	return use && strcmp(use->key, item->mark.figure) == 0;
}

static void find_gap(
    struct check *check, const struct marked_figure *before, const struct marked_figure *behind)
{
	enum { NAMED_MAX = 5 }; /* more are a passage that somebody took out */
	unsigned last = before ? before->mark.serial : 0;
	unsigned missing = behind->mark.serial - last - 1;
	struct nb_place place = AT(check->file, before ? before->paragraph : 1, 0);
	const char *from = arena_printf(check->arena, "%u", place.line);
	const char *to = arena_printf(check->arena, "%u", behind->paragraph);
	int named = missing <= NAMED_MAX && (!before || is_in_step(check, before)) &&
	            is_in_step(check, behind);
	for (unsigned serial = last + 1; named && serial < behind->mark.serial; serial++) {
		const struct candidate *use = use_at(check, serial);
		if (!use || !use->text)
			continue;
		if (place.line == behind->paragraph)
			FIND(check->findings, REPORT_FIGURE_GONE, NULL, place, use->id,
			    N_("'%s' was deleted here or typed over as a whole; in the workspace "
			       "it is %s"),
			    use->label, use->text);
		else
			FIND(check->findings, REPORT_FIGURE_GONE, NULL, place, use->id,
			    N_("'%s' was deleted or typed over as a whole between ¶%s and ¶%s; in "
			       "the "
			       "workspace it is %s"),
			    use->label, from, to, use->text);
	}
	if (!named)
		FIND(check->findings, REPORT_FIGURE_GONE, NULL, place,
		    arena_printf(check->arena, "%u", last + 1),
		    N_("figures deleted or typed over as a whole between ¶%s and ¶%s: %s; compare "
		       "with the workspace"),
		    from, to, arena_printf(check->arena, "%u", missing));
}

/* Word lets a bookmark go with the whole of its text: then a number is missing in the row. */
static void find_gaps(struct check *check)
{
	size_t count = check->marked->count;
	const struct marked_figure **row = arena_alloc(check->arena, (count + 1) * sizeof *row);
	for (size_t i = 0; i < count; i++)
		row[i] = &check->marked->items[i];
	qsort(row, count, sizeof *row, by_serial);
	for (size_t i = 0; i < count; i++)
		if (row[i]->mark.serial > (i ? row[i - 1]->mark.serial : 0) + 1)
			find_gap(check, i ? row[i - 1] : NULL, row[i]);
}

void edited_check(const struct marked *marked, const char *file, const struct catalog *catalog,
    const struct workspace *workspace, const struct figures *figures, const struct report *report,
    struct findings *findings)
{
	struct arena scratch = { 0 };
	struct check check = {
		.marked = marked, .file = file, .findings = findings, .arena = &scratch
	};
	list_figures(&check, catalog, workspace, figures);
	if (report)
		list_uses(&check, report->body);
	if (report && report->annex)
		list_uses(&check, report->annex);
	for (size_t i = 0; i < marked->count; i++)
		check_one(&check, &marked->items[i]);
	find_gaps(&check);
	arena_release(&scratch);
}
