/* review.c: who looks at which text: narratives, lists and attachments of a hand-in. */
#include "review/review.h"

#include "archive/store.h"
#include "base/csv.h"
#include "base/file.h"
#include "review/ahead.h"
#include "review/claims.h"
#include "review/names.h"
#include "review/similar.h"
#include "review/sums.h"
#include "review/table.h"
#include "review/typed.h"

#include <string.h>

enum { ATTACHMENT_MAX = 4 << 20 /* bytes of a text attachment that is looked through */ };

/* ---- begin and end ---------------------------------------------------------- */

static struct names *county_names(struct arena *arena, const struct figures *figures)
{
	struct names *names = arena_alloc(arena, sizeof *names);
	names->arena = arena;
	for (size_t i = 0; i < figures->count; i++) {
		const struct county_figure *figure = &figures->items[i];
		struct stated stated = { .chapter = figure->chapter->id,
			.figure = figure->figure,
			.quantity = &figure->quantity,
			.last = figure->last };
		if (figure->source_count)
			stated.place = figure->sources[0].value->place;
		names_add(names, &stated);
	}
	names_index(names);
	return names;
}

/* Last year's report, a paragraph a line. */
static void add_last_year(struct review *review, const char *text, const char *file)
{
	unsigned line = 0;
	while (*text) {
		size_t n = strcspn(text, "\n");
		line++;
		if (n) {
			struct passage passage = passage_plain(review->arena, PASSAGE_TEXT,
			    arena_strndup(review->arena, text, n), file, line, 1);
			similar_begin(review->similar,
			    &(struct similar_text){
			        .headline = "", .place = AT(file, line, 0), .last_year = 1 });
			similar_add(review->similar, &passage);
		}
		text += n + (text[n] == '\n');
	}
}

void review_begin(struct review *review, const char *last_text, const char *last_file)
{
	review->counts = arena_alloc(review->arena, sizeof *review->counts);
	review->similar = similar_new();
	if (review->figures)
		review->county = county_names(review->arena, review->figures);
	if (last_text)
		add_last_year(review, last_text, last_file);
}

void review_read_ahead(struct review *review, const struct intake *intake)
{
	review->ahead = ahead_new(intake, ahead_threads());
}

void review_stop_ahead(struct review *review)
{
	ahead_free(review->ahead);
	review->ahead = NULL;
}

void review_end(struct review *review)
{
	review_stop_ahead(review);
	similar_free(review->similar);
	review->similar = NULL;
}

void review_compare(struct review *review)
{
	similar_report(review->similar, review->findings);
	review_end(review); /* before the report is made: it takes its place */
}

/* ---- a hand-in ----------------------------------------------------------------- */

static struct names *own_names(struct arena *arena, const struct submission *submission)
{
	struct names *names = arena_alloc(arena, sizeof *names);
	names->arena = arena;
	for (size_t w = 0; w < submission->written_count; w++) {
		const struct written *written = &submission->written[w];
		for (size_t i = 0; i < written->chapter->figure_count; i++)
			names_add(names, &(struct stated){ .chapter = written->chapter->id,
			                     .figure = &written->chapter->figures[i],
			                     .quantity = &written->values[i].quantity,
			                     .department = submission->department->id,
			                     .place = written->values[i].place });
	}
	names_index(names);
	return names;
}

/* A chapter's text point by point, for what stands elsewhere already. */
static void compare(
    const struct review *review, const struct submission *submission, const struct written *written)
{
	for (size_t p = 0; p < written->passage_count;) {
		size_t point = written->passages[p].point;
		const struct nb_point *of =
		    point < written->point_count ? &written->points[point] : NULL;
		similar_begin(review->similar,
		    &(struct similar_text){ .department = submission->department->id,
		        .name = submission->department->name,
		        .headline = of ? of->headline : written->chapter->title,
		        .place = of ? of->place : written->place });
		for (; p < written->passage_count && written->passages[p].point == point; p++)
			similar_add(review->similar, &written->passages[p]);
	}
}

/* What was typed is known again in the report, by its clause. */
static void remember(void *self, const struct traced *traced)
{
	struct review *review = self;
	const struct number *number = &traced->number;
	if ((!traced->stated && traced->status != TRACE_FIGURE) || traced->of_last_year ||
	    passage_figure_at(traced->passage, number->start, number->end))
		return;
	review->typed =
	    arena_grow(review->arena, review->typed, review->typed_count, sizeof *review->typed);
	review->typed[review->typed_count++] =
	    (struct typed){ .key = typed_key(traced->chapter, traced->passage, number),
		    .name = traced->stated ? typed_name(review->arena, traced->stated) : NULL,
		    .status = traced->status };
}

static void review_written(struct review *review, struct reviewer *reviewer, struct names *own,
    const struct submission *submission, const struct written *written)
{
	reviewer->chapter = written->chapter->id;
	struct arena scratch = { 0 };
	struct tracer tracer = { .reviewer = reviewer,
		.own = own,
		.county = review->county,
		.each = review->numbers_wanted ? remember : NULL,
		.self = review,
		.keep = &scratch };
	size_t before = review->findings->count;
	trace_text(&tracer, written->chapter->id, written->passages, written->passage_count, 1);
	sums_check(reviewer, written->passages, written->passage_count, tracer.numbers,
	    tracer.number_counts, before, review->findings->count);
	arena_release(&scratch);
	for (size_t i = 0; i < sizeof tracer.counts.of / sizeof *tracer.counts.of; i++)
		review->counts->of[i] += tracer.counts.of[i];
	for (size_t p = 0; p < written->passage_count; p++) {
		privacy_check(reviewer, &written->passages[p]);
		typography_check(reviewer, &written->passages[p]);
		years_check(reviewer, &written->passages[p]);
		placeholder_check(reviewer, &written->passages[p]);
	}
	steps_check(reviewer, written->passages, written->passage_count);
	table_check(reviewer, written->passages, written->passage_count);
	claims_check(reviewer, review->catalog, submission, written);
	compare(review, submission, written);
}

/* A list's cells end up in the report's tables. */
static void review_lists(const struct reviewer *reviewer, const struct written *written)
{
	struct arena scratch = { 0 };
	for (size_t l = 0; l < written->chapter->list_count; l++) {
		const struct nb_rows *rows = &written->lists[l];
		for (size_t r = 0; r < rows->count; r++)
			for (size_t c = 0; c < written->chapter->lists[l].column_count; c++) {
				const char *cell = rows->rows[r].cells[c];
				struct passage passage = passage_plain(&scratch, PASSAGE_CELL, cell,
				    rows->rows[r].place.file, rows->rows[r].place.line, 0);
				privacy_check(reviewer, &passage);
			}
	}
	arena_release(&scratch);
}

/* ---- attachments that are text ----------------------------------------------------- */

/* A CSV's cells as passages, so that its total row is looked at too. */
struct sheet {
	struct arena *arena;
	const char *file;
	struct passage *cells;
	size_t count;
	unsigned row;
	const char **heads;
	size_t head_count;
};

static void sheet_row(void *self, const char *const *fields, size_t count, unsigned line)
{
	struct sheet *sheet = self;
	if (sheet->row == 0) {
		sheet->heads = arena_alloc(sheet->arena, (count + 1) * sizeof *sheet->heads);
		sheet->head_count = count;
		for (size_t i = 0; i < count; i++)
			sheet->heads[i] = arena_strdup(sheet->arena, fields[i]);
	}
	for (size_t i = 0; i < count; i++) {
		if (*fields[i] == '\0')
			continue;
		sheet->cells =
		    arena_grow(sheet->arena, sheet->cells, sheet->count, sizeof *sheet->cells);
		struct passage *cell = &sheet->cells[sheet->count++];
		*cell = passage_plain(sheet->arena, PASSAGE_CELL,
		    arena_strdup(sheet->arena, fields[i]), sheet->file, line, (uint32_t)i + 1);
		cell->of_sheet = 1;
		cell->row = sheet->row;
		cell->column = (unsigned)i;
		if (sheet->row && i < sheet->head_count)
			cell->column_head = sheet->heads[i];
	}
	sheet->row++;
}

static void review_text(
    const struct reviewer *reviewer, const char *file, const struct buf *text, int csv)
{
	struct arena scratch = { 0 };
	struct sheet sheet = { .arena = &scratch, .file = file };
	unsigned line = 0;
	if (csv) {
		csv_read(&scratch, text->data, text->len, sheet_row, &sheet, &line);
		for (size_t i = 0; i < sheet.count; i++)
			privacy_check(reviewer, &sheet.cells[i]);
		if (!reviewer->internal)
			table_check(reviewer, sheet.cells, sheet.count);
	}
	for (const char *p = buf_str(text); !csv && *p;) {
		size_t n = strcspn(p, "\n");
		struct passage passage = passage_plain(
		    &scratch, PASSAGE_TEXT, arena_strndup(&scratch, p, n), file, ++line, 1);
		privacy_check(reviewer, &passage);
		p += n + (p[n] == '\n');
	}
	arena_release(&scratch);
}

/* Whether the attachment is handed in as a list as well, and so has been looked at. */
static int is_list(const struct submission *submission, const char *file)
{
	for (size_t w = 0; w < submission->written_count; w++) {
		const struct written *written = &submission->written[w];
		for (size_t l = 0; l < written->chapter->list_count; l++)
			if (written->lists[l].count &&
			    strcmp(written->lists[l].rows[0].place.file, file) == 0)
				return 1;
	}
	return 0;
}

/* What is published unread is said: somebody has to open it. */
static void find_unread(const struct review *review, const struct reviewer *reviewer,
    const struct attachment *attachment, const char *file, const char *why)
{
	if (!attachment->internal)
		findings_add(review->findings,
		    &(struct finding){ FINDING(PRIVACY_UNREAD), .department = reviewer->department,
		        .at = AT(file, 0, 0), .subject = attachment->file->name,
		        .message = N_("the attachment '%s' was not looked through"),
		        .args = { attachment->file->name }, .why = why });
}

struct looker {
	const struct reviewer *reviewer;
	struct arena *arena;
	const char *file;  /* for places */
	const char *sheet; /* of the cell before, and its place's file */
	const char *sheet_file;
	const struct submission *submission;
	int is_list; /* the sheet is a list's, and looked at as such */
};

static void look_at(struct looker *looker, const struct words_piece *piece)
{
	const char *sheet = piece->sheet;
	if (sheet != looker->sheet) {
		looker->sheet_file =
		    sheet ? arena_printf(looker->arena, "%s!%s", looker->file, sheet) : NULL;
		looker->is_list = sheet && is_list(looker->submission, looker->sheet_file);
	}
	looker->sheet = sheet;
	if (looker->is_list)
		return;
	struct passage passage = passage_plain(looker->arena, sheet ? PASSAGE_CELL : PASSAGE_TEXT,
	    piece->text, sheet ? looker->sheet_file : looker->file, piece->line, piece->column);
	passage.of_sheet = sheet != NULL;
	privacy_check(looker->reviewer, &passage);
}

/* 0 and looked through; 1 with `why` not, untranslated; -1: the system failed. */
static int look_into_office(struct ahead *ahead, const struct reviewer *reviewer,
    const struct submission *submission, const struct attachment *attachment, const char *file,
    const char **why, struct err *err)
{
	struct arena scratch = { 0 };
	struct looker looker = {
		.reviewer = reviewer, .arena = &scratch, .file = file, .submission = submission
	};
	struct words words;
	ahead_take(ahead, attachment->store, attachment->file, &words);
	for (size_t i = 0; i < words.count; i++)
		look_at(&looker, &words.pieces[i]);
	arena_release(&scratch);
	words_release(&words);
	if (words.rc != 0 && words.problem.kind != ERR_INPUT) {
		*err = words.problem;
		return -1;
	}
	*why = words.problem.why;
	return words.rc != 0;
}

static int look_into_text(const struct reviewer *reviewer, const struct submission *submission,
    const struct attachment *attachment, const char *file, const char **why, struct err *err)
{
	struct buf text = { 0 };
	struct decoded how;
	struct err problem = { 0 };
	int rc =
	    submission_text(submission, attachment->file, ATTACHMENT_MAX, &text, &how, &problem);
	if (rc > 0) {
		*why = N_("it is neither UTF-8 nor GB18030");
	} else if (rc == 0) {
		encoding_note(reviewer->findings, reviewer->department, file, &how);
		review_text(reviewer, file, &text, path_has_ending(file, ".csv"));
	} else if (problem.kind == ERR_INPUT) {
		rc = 0; /* which has been found */
	} else {
		*err = problem;
	}
	buf_release(&text);
	return rc;
}

/* Words in text, Word and Excel are looked through; what else there is, whoever publishes it opens.
 */
static int review_attachment(const struct review *review, struct reviewer *reviewer,
    const struct submission *submission, const struct attachment *attachment, struct err *err)
{
	const char *name = attachment->file->name, *why = NULL;
	int office = ahead_is_office(name);
	uint64_t most = office ? AHEAD_LARGEST : ATTACHMENT_MAX;
	if (!office && !path_has_ending(name, ".csv") && !path_has_ending(name, ".txt") &&
	    !path_has_ending(name, ".md"))
		return 0;
	const char *file = arena_printf(reviewer->arena, "%s%c%s", submission->label,
	    store_is_zip(submission->store) ? '!' : '/', name);
	if (is_list(submission, file))
		return 0;
	if (attachment->file->size > most) {
		why = office ? N_("it is larger than 32 MB") : N_("it is larger than 4 MB");
		find_unread(review, reviewer, attachment, file, why);
		return 0;
	}
	reviewer->internal = attachment->internal;
	int rc = office ? look_into_office(
	                      review->ahead, reviewer, submission, attachment, file, &why, err)
	                : look_into_text(reviewer, submission, attachment, file, &why, err);
	reviewer->internal = 0;
	if (rc > 0)
		find_unread(review, reviewer, attachment, file, why);
	return rc < 0 ? -1 : 0;
}

int review_submission(struct review *review, const struct submission *submission, struct err *err)
{
	struct arena scratch = { 0 };
	struct reviewer reviewer = { .arena = &scratch,
		.findings = review->findings,
		.department = submission->department->id,
		.year = submission->year,
		.full_width = !review->workspace || review->workspace->full_width };
	struct names *own = own_names(&scratch, submission);
	int rc = 0;
	for (size_t w = 0; w < submission->written_count; w++) {
		review_written(review, &reviewer, own, submission, &submission->written[w]);
		review_lists(&reviewer, &submission->written[w]);
	}
	for (size_t i = 0; i < submission->attachment_count && rc == 0; i++)
		rc = review_attachment(
		    review, &reviewer, submission, &submission->attachments[i], err);
	arena_release(&scratch);
	return rc;
}
