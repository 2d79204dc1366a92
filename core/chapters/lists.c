/* lists.c: what can be said of a list without any figure, and of a figure without its list. */
#include "chapters/lists.h"

#include "base/i18n.h"
#include "base/quantity.h"
#include "base/utf8.h"
#include "chapters/relation.h"

#include <stdlib.h>
#include <string.h>

/* ---- rows that stand there twice ------------------------------------------ */

/* A row by what tells it from others: its required cells, blanks apart. */
struct keyed {
	const char *key;
	const struct nb_row *row;
	const struct submission *submission;
	size_t order;
};

static int by_key(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;
	int keys = strcmp(x->key, y->key);
	return keys ? keys : x->order < y->order ? -1 : x->order > y->order;
}

static void add_cell(struct buf *key, const char *cell)
{
	const char *end = cell + strlen(cell);
	for (const char *p = cell; p < end;) {
		const char *at = p;
		if (!utf8_is_space(utf8_next(&p, end)))
			buf_add(key, at, (size_t)(p - at));
	}
	buf_addc(key, '\n');
}

/*
 * Within one list all required cells together make a row; between departments its title and its
 * days do, for each writes the rest in its own words.
 */
static const char *key_of(
    struct arena *arena, const struct list_def *list, const struct nb_row *row, int across)
{
	struct buf key = { 0 };
	int titled = 0, empty = 1;
	for (size_t c = 0; c < list->column_count; c++) {
		const struct nb_column *column = &list->columns[c];
		int title = column->kind == NB_TEXT && !titled;
		if (!column->required || (across && !title && column->kind != NB_DATE))
			continue;
		titled |= column->kind == NB_TEXT;
		empty = empty && *row->cells[c] == '\0';
		add_cell(&key, row->cells[c]);
	}
	const char *text = empty || !titled ? NULL : arena_strdup(arena, buf_str(&key));
	buf_release(&key);
	return text;
}

static const char *title_of(const struct list_def *list, const struct nb_row *row)
{
	for (size_t c = 0; c < list->column_count; c++)
		if (list->columns[c].required && list->columns[c].kind == NB_TEXT)
			return row->cells[c];
	return "";
}

static struct keyed *add_keys(struct arena *arena, const struct submission *submission,
    const struct list_def *list, const struct nb_rows *rows, int across, struct keyed *keyed,
    size_t *count)
{
	for (size_t i = 0; i < rows->count; i++) {
		const char *key = key_of(arena, list, &rows->rows[i], across);
		if (!key)
			continue;
		keyed = arena_grow(arena, keyed, *count, sizeof *keyed);
		keyed[*count] = (struct keyed){ key, &rows->rows[i], submission, *count };
		++*count;
	}
	return keyed;
}

static void find_repeated(struct arena *arena, const struct submission *submission,
    const struct list_def *list, const struct nb_rows *rows, struct findings *findings)
{
	size_t count = 0;
	struct keyed *keyed = add_keys(arena, submission, list, rows, 0, NULL, &count);
	if (count < 2)
		return;
	qsort(keyed, count, sizeof *keyed, by_key);
	for (size_t i = 1, first = 0; i < count; i++) {
		if (strcmp(keyed[i].key, keyed[first].key) != 0) {
			first = i;
			continue;
		}
		const char *title = title_of(list, keyed[i].row);
		findings_add(findings,
		    &(struct finding){ FINDING(LIST_REPEATED),
		        .department = submission->department->id, .at = keyed[i].row->place,
		        .also = keyed[first].row->place, .subject = title,
		        .message = N_("'%s' stands in the list '%s' twice"),
		        .args = { title, list->label } });
	}
}

void lists_compare(struct arena *arena, const struct chapter *chapter, const struct intake *intake,
    struct findings *findings)
{
	for (size_t l = 0; l < chapter->list_count; l++) {
		const struct list_def *list = &chapter->lists[l];
		struct keyed *keyed = NULL;
		size_t count = 0;
		for (size_t i = 0; i < intake->count; i++) {
			const struct submission *submission = &intake->items[i];
			const struct written *written =
			    submission->latest ? submission_chapter(submission, chapter->id) : NULL;
			if (written)
				keyed = add_keys(
				    arena, submission, list, &written->lists[l], 1, keyed, &count);
		}
		if (count < 2)
			continue;
		qsort(keyed, count, sizeof *keyed, by_key);
		for (size_t i = 1, first = 0; i < count; i++) {
			if (strcmp(keyed[i].key, keyed[first].key) != 0) {
				first = i;
				continue;
			}
			if (keyed[i].submission == keyed[first].submission)
				continue; /* found when its own list was looked at */
			const char *title = title_of(list, keyed[i].row);
			findings_add(findings,
			    &(struct finding){ FINDING(LIST_TWICE),
			        .department = keyed[i].submission->department->id,
			        .at = keyed[i].row->place, .also = keyed[first].row->place,
			        .subject = title,
			        .message = N_("'%s' stands in the list '%s' of %s and of %s: it is "
			                      "counted twice"),
			        .args = { title, list->label,
			            keyed[first].submission->department->name,
			            keyed[i].submission->department->name } });
		}
	}
}

/* ---- days of other years ---------------------------------------------------- */

static void find_other_years(struct arena *arena, const struct submission *submission,
    const struct list_def *list, const struct nb_rows *rows, struct findings *findings)
{
	for (size_t c = 0; c < list->column_count; c++) {
		const struct nb_column *column = &list->columns[c];
		if (column->kind != NB_DATE || !column->of_year || !submission->year)
			continue;
		for (size_t i = 0; i < rows->count; i++) {
			const char *cell = rows->rows[i].cells[c];
			int date = date_read(cell);
			if (date == 0 || date / 10000 == submission->year)
				continue;
			const char *title = title_of(list, &rows->rows[i]);
			FIND(findings, LIST_OTHER_YEAR, submission->department->id,
			    rows->rows[i].place, title,
			    N_("%s of '%s' is %s, the report is for %s"), column->label, title,
			    cell, arena_printf(arena, "%d", submission->year));
		}
	}
}

/* ---- counts that promise a list --------------------------------------------- */

/* The list that a rule puts behind the figure, or NULL. */
static const struct list_def *promised(
    const struct chapter *chapter, const struct nb_figure *figure)
{
	for (size_t r = 0; r < chapter->rule_count; r++) {
		const struct relation *relation = &chapter->relations[r];
		const struct side *left = &relation->left, *right = &relation->right;
		if (relation->op == RELATION_EQUAL && left->count == 1 && right->count == 1 &&
		    left->terms[0].kind == TERM_FIGURE && !left->terms[0].chapter &&
		    strcmp(left->terms[0].id, figure->id) == 0 &&
		    (right->terms[0].kind == TERM_ROWS || right->terms[0].kind == TERM_SUM))
			return chapter_list(chapter, right->terms[0].id);
	}
	return NULL;
}

/* Whether any department names the list or backs it. */
static int is_anybodys(const struct intake *intake, const struct chapter *chapter,
    const struct list_def *list, const struct nb_figure *figure)
{
	for (size_t i = 0; intake && i < intake->count; i++) {
		const struct submission *submission = &intake->items[i];
		const struct written *written =
		    submission->latest ? submission_chapter(submission, chapter->id) : NULL;
		if (!written)
			continue;
		if (submission_backs(submission, chapter->id, figure->id) ||
		    (list && (submission_backs(submission, chapter->id, list->id) ||
		                 written_names_list(written, (size_t)(list - chapter->lists)))))
			return 1;
	}
	return 0;
}

static void find_missing(const struct submission *submission, const struct written *written,
    const struct intake *intake, struct findings *findings)
{
	const struct chapter *chapter = written->chapter;
	const struct list_def *found =
	    NULL; /* its absence: several figures may stand on one list */
	for (size_t i = 0; i < chapter->figure_count; i++) {
		const struct nb_figure *figure = &chapter->figures[i];
		const struct nb_value *value = &written->values[i];
		const struct list_def *list = promised(chapter, figure);
		if (!nb_is_number(&value->quantity) || value->quantity.low == 0 ||
		    (!list && !(figure->flags & NB_LISTED)) || (list && list == found))
			continue;
		if (submission_backs(submission, chapter->id, figure->id) ||
		    (list && (submission_backs(submission, chapter->id, list->id) ||
		                 written_names_list(written, (size_t)(list - chapter->lists)))))
			continue;
		if (figure->combine == NB_ONE && is_anybodys(intake, chapter, list, figure))
			continue;
		found = list;
		FIND(findings, LIST_MISSING, submission->department->id, value->place,
		    list ? list->id : figure->id,
		    list ? N_("%s is %s, but the list '%s' (%s) is not handed in and no attachment "
		              "backs it")
		         : N_("%s is %s, but no attachment lists what was counted"),
		    figure->label, value->quantity.text, list ? list->label : NULL,
		    list ? list->id : NULL);
	}
}

void lists_check(struct arena *arena, const struct submission *submission,
    const struct written *written, const struct intake *intake, struct findings *findings)
{
	const struct chapter *chapter = written->chapter;
	for (size_t l = 0; l < chapter->list_count; l++) {
		find_repeated(arena, submission, &chapter->lists[l], &written->lists[l], findings);
		find_other_years(
		    arena, submission, &chapter->lists[l], &written->lists[l], findings);
	}
	find_missing(submission, written, intake, findings);
}
