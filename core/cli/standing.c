/* standing.c: the state of every chapter of every department, and totals. */
#include "cli/standing.h"

#include "base/i18n.h"
#include "cli/excerpt.h"

#include <string.h>

const char *state_id(enum state state)
{
	static const char *const ids[STATE_COUNT] = { [STATE_NOT_OWED] = "not-owed",
		[STATE_MISSING] = "missing",
		[STATE_RETURNED] = "returned",
		[STATE_ERRORS] = "errors",
		[STATE_RECEIVED] = "received" };
	return ids[state];
}

static int owes(const struct department *department, const char *chapter)
{
	for (size_t i = 0; i < department->chapter_count; i++)
		if (strcmp(department->chapters[i], chapter) == 0)
			return 1;
	return 0;
}

/* ---- which chapter an error is of ----------------------------------------- */

static int is_line(const struct nb_place *a, const struct nb_place *b)
{
	return a->file && b->file && a->line == b->line && strcmp(a->file, b->file) == 0;
}

/* Of a rule of the chapter, in its narrative or a list, or at a value of it. */
static int is_of_chapter(
    const struct run *run, const struct written *written, const struct finding *finding)
{
	const struct chapter *chapter = written->chapter;
	size_t n = strlen(chapter->id);
	const char *name;
	if (strncmp(finding->code, chapter->id, n) == 0 && finding->code[n] == '.')
		return 1;
	if (!finding->at.file)
		return 0;
	const struct store_file *file = written->narrative.file;
	if (file && submission_of_file(&run->intake, finding->at.file, &name) &&
	    strcmp(name, file->name) == 0)
		return 1;
	for (size_t i = 0; i < chapter->figure_count; i++)
		if (is_line(&written->values[i].place, &finding->at))
			return 1;
	for (size_t i = 0; i < chapter->list_count; i++)
		if (written_names_list(written, i) &&
		    (is_line(&written->lists[i].place, &finding->at) ||
		        (written->lists[i].count &&
		            strcmp(written->lists[i].rows[0].place.file, finding->at.file) == 0)))
			return 1;
	return is_line(&written->narrative.place, &finding->at);
}

/* Marks the chapters that the error is of: all, if it is not certain of which. */
static void mark(const struct run *run, const struct submission *submission,
    const struct finding *finding, int *wrong)
{
	int found = 0;
	for (int all = 0; all < 2 && !found; all++)
		for (size_t i = 0; i < submission->written_count; i++) {
			const struct written *written = &submission->written[i];
			if (!all && !is_of_chapter(run, written, finding))
				continue;
			found = 1;
			wrong[written->chapter - run->chapters.chapters] = 1;
		}
}

/* ---- departments ------------------------------------------------------------ */

static void count_findings(const struct run *run, struct department_standing *one,
    const struct submission *counts, int *wrong)
{
	for (size_t i = 0; i < run->findings.count; i++) {
		const struct finding *finding = &run->findings.items[i];
		if (finding->waived || !finding->department ||
		    strcmp(finding->department, one->department->id) != 0)
			continue;
		one->warnings += finding->severity == NB_WARNING;
		if (finding->severity != NB_ERROR)
			continue;
		one->errors++;
		if (counts)
			mark(run, counts, finding, wrong);
	}
}

/* What an owed chapter is in that is not in a hand-in that counts. */
static enum state without(const struct department_standing *one, int counts)
{
	return counts            ? STATE_MISSING
	       : one->submission ? STATE_RETURNED
	       : one->errors     ? STATE_ERRORS /* it came, and was refused */
	                         : STATE_MISSING;
}

static void look_at(struct run *run, struct department_standing *one)
{
	const struct department *department = one->department;
	const struct submission *latest = intake_latest(&run->intake, department->id);
	const struct submission *returned = intake_returned(&run->intake, department->id);
	size_t n = run->chapters.count;
	int *wrong = arena_alloc(run->arena, (n + 1) * sizeof *wrong);
	one->submission = latest ? latest : returned;
	if (returned)
		one->reason = returned->receipt->reason;
	count_findings(run, one, latest, wrong);
	if (latest && run->workspace.deadline && latest->first_date) {
		one->is_late = latest->days_late > 0;
		one->is_in_time = !one->is_late;
	}
	if (latest)
		one->state = one->errors ? STATE_ERRORS : STATE_RECEIVED;
	else if (department->chapter_count || returned)
		one->state = without(one, 0);
	one->chapters = arena_alloc(run->arena, (n + 1) * sizeof *one->chapters);
	for (size_t c = 0; c < n; c++) {
		const char *id = run->chapters.chapters[c].id;
		if (latest && submission_chapter(latest, id))
			one->chapters[c] = wrong[c] ? STATE_ERRORS : STATE_RECEIVED;
		else
			one->chapters[c] =
			    owes(department, id) ? without(one, latest != NULL) : STATE_NOT_OWED;
	}
}

void standing_of(struct run *run, struct standing *standing)
{
	const struct workspace *ws = &run->workspace;
	size_t n = run->chapters.count;
	*standing = (struct standing){ .count = ws->department_count };
	standing->departments =
	    arena_alloc(run->arena, (standing->count + 1) * sizeof *standing->departments);
	standing->owed = arena_alloc(run->arena, (n + 1) * sizeof *standing->owed);
	standing->done = arena_alloc(run->arena, (n + 1) * sizeof *standing->done);
	for (size_t i = 0; i < standing->count; i++) {
		struct department_standing *one = &standing->departments[i];
		one->department = &ws->departments[i];
		look_at(run, one);
		standing->expected += one->state != STATE_NOT_OWED;
		standing->received += one->state == STATE_RECEIVED || one->state == STATE_ERRORS;
		standing->in_time += (size_t)one->is_in_time;
		standing->late += (size_t)one->is_late;
		standing->returned += one->state == STATE_RETURNED;
		standing->missing += one->state == STATE_MISSING;
		standing->with_errors += one->state == STATE_ERRORS;
		for (size_t c = 0; c < n; c++) {
			int is_owed = owes(one->department, run->chapters.chapters[c].id);
			standing->owed[c] += (size_t)is_owed;
			/* What a hand-in held that was refused is not known. */
			standing->done[c] += is_owed && one->submission &&
			                     (one->chapters[c] == STATE_RECEIVED ||
			                         one->chapters[c] == STATE_ERRORS);
		}
	}
}

const char *standing_rate(const struct standing *standing, struct run *run)
{
	if (!run->workspace.deadline || standing->expected == 0)
		return NULL;
	size_t tenths = (standing->in_time * 2000 / standing->expected + 1) / 2;
	if (tenths == 1000 && standing->in_time < standing->expected)
		tenths = 999; /* all is said of all only */
	return arena_printf(run->arena, "%zu.%zu%%", tenths / 10, tenths % 10);
}
