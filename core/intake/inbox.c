/* inbox.c: which hand-ins there are, and which of a department's revisions counts. */
#include "intake/intake.h"

#include "base/file.h"
#include "base/i18n.h"
#include "intake/counter.h"
#include "intake/submission.h"
#include "intake/suspect.h"

#include <stdlib.h>
#include <string.h>

struct inbox {
	const struct intake_context *context;
	struct intake *intake;
	struct ini *inis;     /* of intake->items, one each */
	const char **refused; /* paths of hand-ins that could not be taken */
	size_t refused_count;
	const struct arrival *arrival; /* the one that is taken in at the counter, or NULL */
};

static struct reader reader_for(const struct inbox *inbox, struct submission *submission)
{
	const struct intake_context *context = inbox->context;
	return (struct reader){ .context = context,
		.arena = context->arena,
		.findings = context->findings,
		.submission = submission,
		.department = submission->department ? submission->department->id : NULL };
}

static void refuse(struct inbox *inbox, const char *path)
{
	inbox->refused = arena_grow(
	    inbox->context->arena, inbox->refused, inbox->refused_count, sizeof *inbox->refused);
	inbox->refused[inbox->refused_count++] = path;
}

/* What the counter has filed or returned is numbered and dated by its receipt. */
static int apply_receipt(
    struct inbox *inbox, const char *path, struct submission *submission, struct err *err)
{
	const struct intake_context *context = inbox->context;
	struct receipt *receipt = NULL;
	if (inbox->arrival)
		submission->receipt = inbox->arrival->receipt;
	else if (context->workspace &&
	         receipt_read(context->arena, path, submission->department->id, context->findings,
	             &receipt, err) != 0)
		return -1;
	if (receipt)
		submission->receipt = receipt;
	if (!submission->receipt)
		return 0;
	if (submission->receipt->revision)
		submission->revision = submission->receipt->revision;
	if (submission->receipt->received)
		submission->date = arena_strndup(context->arena, submission->receipt->received, 10);
	return 0;
}

/* Opens a hand-in and finds out whose it is. */
static int take(struct inbox *inbox, const char *path, struct err *err)
{
	const struct intake_context *context = inbox->context;
	struct arena *arena = context->arena;
	struct intake *intake = inbox->intake;
	struct store_limits limits = suspect_limits(context->workspace);
	struct err problem = { 0 };
	struct submission submission = { .label = arena_strdup(arena,
		                             inbox->arrival ? inbox->arrival->label : path) };

	if (store_open_suspect(&submission.store, path, &limits, 1, arena, &problem) != 0) {
		if (problem.kind != ERR_INPUT) {
			*err = problem;
			return -1;
		}
		/* What the limits forbid, the office may allow. */
		enum code code =
		    strstr(problem.why, "[limits]") ? CODE_INTAKE_LIMIT : CODE_INTAKE_UNREADABLE;
		findings_add(context->findings,
		    &(struct finding){ .code = code_table[code].id,
		        .severity = code_table[code].severity,
		        .department = suspect_department(context->workspace, submission.label),
		        .at = { submission.label, 0, 0 },
		        .message = N_("this hand-in cannot be opened"),
		        .why = problem.why });
		refuse(inbox, submission.label);
		return 0;
	}
	intake->stores =
	    arena_grow(arena, intake->stores, intake->store_count, sizeof *intake->stores);
	intake->stores[intake->store_count++] = submission.store;
	if (suspect_refused(context, submission.label, submission.store)) {
		refuse(inbox, submission.label);
		return 0;
	}

	struct ini ini;
	struct reader reader = reader_for(inbox, &submission);
	int rc = submission_identify(&reader, &ini, err);
	reader_release(&reader);
	if (rc > 0)
		refuse(inbox, submission.label);
	else if (rc == 0)
		rc = apply_receipt(inbox, path, &submission, err);
	if (rc != 0) {
		ini_release(&ini);
		return rc < 0 ? -1 : 0;
	}
	intake->items = arena_grow(arena, intake->items, intake->count, sizeof *intake->items);
	inbox->inis = arena_grow(arena, inbox->inis, intake->count, sizeof *inbox->inis);
	intake->items[intake->count] = submission;
	inbox->inis[intake->count++] = ini;
	return 0;
}

/* Whether a folder with these files in it is a hand-in: on the office's form, or without. */
static int is_hand_in(char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(names[i], "submission.ini") == 0 || path_has_ending(names[i], ".xlsx"))
			return 1;
	return 0;
}

static int is_receipt(const char *name)
{
	return path_has_ending(name, RECEIPT_ENDING);
}

/* A receipt without the hand-in that it is for: it was taken out of the inbox. */
static void find_orphan(struct inbox *inbox, const char *path)
{
	size_t n = strlen(path) - strlen(RECEIPT_ENDING);
	struct arena *arena = inbox->context->arena;
	if (file_type(arena_printf(arena, "%.*s", (int)n, path)) != FILE_FOLDER &&
	    file_type(arena_printf(arena, "%.*s.zip", (int)n, path)) == FILE_NONE &&
	    file_type(arena_printf(arena, "%.*s.ZIP", (int)n, path)) == FILE_NONE)
		FIND(inbox->context->findings, INTAKE_STRAY, NULL, AT(path, 0, 0), path_base(path),
		    N_("the hand-in that this receipt is for is not beside it"));
}

/* Whether a folder that is no hand-in itself holds a department's revisions. 1, 0; -1 with `err`.
 */
static int is_shelf(
    const struct inbox *inbox, const char *path, char **names, size_t count, struct err *err)
{
	struct arena *arena = inbox->context->arena;
	for (size_t i = 0; i < count; i++) {
		char **inner;
		size_t inner_count;
		const char *child = path_join(arena, path, names[i]);
		if (path_has_ending(names[i], ".zip") || is_receipt(names[i]))
			return 1;
		if (file_type(child) != FILE_FOLDER)
			continue;
		if (folder_list(child, arena, &inner, &inner_count, err) != 0)
			return -1;
		if (is_hand_in(inner, inner_count))
			return 1;
	}
	return 0;
}

/* Takes what stands at `path`; a folder without submission.ini may hold revisions. */
static int visit(struct inbox *inbox, const char *path, int depth, size_t *taken, struct err *err)
{
	struct arena *arena = inbox->context->arena;
	struct findings *findings = inbox->context->findings;
	enum file_type type = file_type(path);
	const char *name = path_base(path);

	if (*name == '.' || strcmp(name, "Thumbs.db") == 0 || strcmp(name, "desktop.ini") == 0)
		return 0;
	if (type == FILE_REGULAR && path_has_ending(name, ".zip")) {
		++*taken;
		return take(inbox, path, err);
	}
	if (type == FILE_REGULAR && is_receipt(name)) {
		find_orphan(inbox, path);
		return 0;
	}
	if (type != FILE_FOLDER) {
		const char *instead =
		    path_has_ending(name, ".xlsx") || path_has_ending(name, ".docx")
		        ? N_("'%s' alone is no hand-in: pack the whole folder of "
		             "the form as a zip")
		        : reader_instead(name);
		FIND(findings, INTAKE_STRAY, NULL, AT(path, 0, 0), name,
		    instead ? instead
		            : N_("this is no hand-in: neither a folder with a submission.ini nor a "
		                 "zip of one"),
		    name);
		return 0;
	}
	char **names;
	size_t count, inside = 0;
	if (folder_list(path, arena, &names, &count, err) != 0)
		return -1;
	int shelf =
	    depth > 0 || is_hand_in(names, count) ? 0 : is_shelf(inbox, path, names, count, err);
	if (shelf < 0)
		return -1;
	if (!shelf) { /* it may have forgotten its submission.ini */
		++*taken;
		return take(inbox, path, err);
	}
	for (size_t i = 0; i < count; i++)
		if (visit(inbox, path_join(arena, path, names[i]), depth + 1, &inside, err) != 0)
			return -1;
	*taken += inside;
	return 0;
}

/* Whether something of the department was filed at the counter, with a number of its own. */
static int is_numbered(const struct intake *intake, const struct department *department)
{
	for (size_t i = 0; i < intake->count; i++)
		if (intake->items[i].department == department && intake->items[i].receipt &&
		    intake->items[i].receipt->received && intake->items[i].receipt->revision)
			return 1;
	return 0;
}

/* What a submission.ini says may be a slip, such as the year: it is not above the counter's. */
static int order_number(const struct intake *intake, const struct submission *submission)
{
	return submission->revision >= RECEIPT_REVISION_END &&
	               is_numbered(intake, submission->department)
	           ? 0
	           : submission->revision;
}

/* Position of every submission in the order of the report, revisions rising. */
static void sort(struct inbox *inbox)
{
	struct intake *intake = inbox->intake;
	const struct workspace *ws = inbox->context->workspace;
	int *orders = arena_alloc(inbox->context->arena, (intake->count + 1) * sizeof *orders);
	for (size_t i = 0; i < intake->count; i++)
		orders[i] = order_number(intake, &intake->items[i]);
	/* Insertion keeps two of one revision in path order; there are some hundred at most. */
	for (size_t i = 1; i < intake->count; i++) {
		struct submission item = intake->items[i];
		struct ini ini = inbox->inis[i];
		int order = orders[i];
		size_t rank = ws ? workspace_rank(ws, item.department->id) : 0;
		size_t k = i;
		for (; k > 0; k--) {
			const struct submission *before = &intake->items[k - 1];
			size_t other = ws ? workspace_rank(ws, before->department->id) : 0;
			if (other < rank || (other == rank && orders[k - 1] <= order))
				break;
			intake->items[k] = intake->items[k - 1];
			inbox->inis[k] = inbox->inis[k - 1];
			orders[k] = orders[k - 1];
		}
		intake->items[k] = item;
		inbox->inis[k] = ini;
		orders[k] = order;
	}
}

/* With `strict`, a department whose last hand-in was returned has none that counts. */
static void choose_latest(struct inbox *inbox, int strict)
{
	struct intake *intake = inbox->intake;
	for (size_t i = 0; i < intake->count; i++) {
		struct submission *item = &intake->items[i];
		struct submission *next = i + 1 < intake->count ? &intake->items[i + 1] : NULL;
		int same = next && next->department == item->department;
		item->latest = !same && !(strict && item->receipt && item->receipt->returned);
		/* A correction is not late if what it corrects was in time. */
		item->first_date = item->date;
		if (i > 0 && intake->items[i - 1].department == item->department &&
		    intake->items[i - 1].first_date)
			item->first_date = intake->items[i - 1].first_date;
		if (same && next->revision == item->revision)
			findings_add(inbox->context->findings,
			    &(struct finding){ FINDING(INTAKE_REVISION),
			        .department = item->department->id, .at = { next->label, 0, 0 },
			        .subject = item->department->id,
			        .message = N_("%s has handed in revision %s twice, also as '%s'; "
			                      "give the newer "
			                      "one a higher number"),
			        .args = { item->department->name,
			            arena_printf(inbox->context->arena, "%d", item->revision),
			            item->label } });
	}
}

/*
 * Whether something of the department came in and was refused, which has been
 * found: by what its submission.ini says, or else by the name it has in the inbox.
 */
static int was_refused(const struct inbox *inbox, const char *id)
{
	for (size_t i = 0; i < inbox->refused_count; i++) {
		const char *of = suspect_department(inbox->context->workspace, inbox->refused[i]);
		if (of && strcmp(of, id) == 0)
			return 1;
	}
	const struct findings *findings = inbox->context->findings;
	for (size_t i = 0; i < findings->count; i++)
		if (findings->items[i].department && strcmp(findings->items[i].department, id) == 0)
			return 1;
	return 0;
}

static void find_returned(struct inbox *inbox, const struct submission *submission)
{
	const struct receipt *receipt = submission->receipt;
	FIND(inbox->context->findings, INTAKE_RETURNED, submission->department->id,
	    AT(receipt->path, 0, 0), submission->department->id,
	    receipt->reason ? N_("revision %2$s of %1$s was returned and does not count: %3$s")
	                    : N_("revision %2$s of %1$s was returned and does not count"),
	    submission->department->name,
	    arena_printf(inbox->context->arena, "%d", submission->revision), receipt->reason);
}

static void find_missing(struct inbox *inbox)
{
	const struct workspace *ws = inbox->context->workspace;
	for (size_t i = 0; i < ws->department_count; i++) {
		const struct department *department = &ws->departments[i];
		const struct submission *returned = intake_returned(inbox->intake, department->id);
		if (returned)
			find_returned(inbox, returned);
		else if (department->chapter_count &&
		         !intake_latest(inbox->intake, department->id) &&
		         !was_refused(inbox, department->id))
			FIND(inbox->context->findings, INTAKE_MISSING, department->id,
			    AT(ws->departments_file, department->line, 0), department->id,
			    N_("%s has handed in nothing yet"), department->name);
	}
}

/* What was filed is what was received, to the last byte: nobody's hands are ever in it. */
static int find_changed(struct inbox *inbox, struct err *err)
{
	for (size_t i = 0; i < inbox->intake->count; i++) {
		struct submission *item = &inbox->intake->items[i];
		if (!item->receipt || !item->receipt->sha256)
			continue;
		int is = handin_is(item->label, item->receipt->sha256, err);
		if (is < 0)
			return -1;
		item->altered = !is;
		if (!is)
			FIND(inbox->context->findings, INTAKE_CHANGED, item->department->id,
			    AT(item->label, 0, 0), item->department->id,
			    N_("this hand-in is not what was received: its SHA-256 is another "
			       "than in '%s'"),
			    item->receipt->path);
	}
	return 0;
}

static int read_latest(struct inbox *inbox, struct err *err)
{
	for (size_t i = 0; i < inbox->intake->count; i++) {
		struct submission *submission = &inbox->intake->items[i];
		if (!submission->latest)
			continue;
		struct reader reader = reader_for(inbox, submission);
		int rc = submission_read(&reader, &inbox->inis[i], err);
		reader_release(&reader);
		ini_release(&inbox->inis[i]);
		if (rc != 0)
			return -1;
	}
	return 0;
}

static void release(struct inbox *inbox)
{
	for (size_t i = 0; i < inbox->intake->count; i++)
		ini_release(&inbox->inis[i]);
}

/* Identifies all hand-ins of the inbox; `*taken` counts those that are no litter. */
static int survey(struct inbox *inbox, const char *path, size_t *taken, struct err *err)
{
	struct arena *arena = inbox->context->arena;
	char **names;
	size_t count;
	if (folder_list(path, arena, &names, &count, err) != 0)
		return -1;
	for (size_t i = 0; i < count; i++)
		if (visit(inbox, path_join(arena, path, names[i]), 0, taken, err) != 0)
			return -1;
	sort(inbox);
	choose_latest(inbox, 1);
	return 0;
}

int intake_inbox(
    const struct intake_context *context, const char *path, struct intake *intake, struct err *err)
{
	*intake = (struct intake){ 0 };
	struct inbox inbox = { .context = context, .intake = intake };
	size_t taken = 0;
	if (file_type(path) == FILE_NONE) {
		FIND(context->findings, INTAKE_EMPTY_INBOX, NULL, AT(path, 0, 0), NULL,
		    N_("there is no inbox: make this folder and put the departments' hand-ins into "
		       "it"));
		return 0;
	}
	int rc = survey(&inbox, path, &taken, err);
	if (rc == 0 && taken == 0)
		FIND(context->findings, INTAKE_EMPTY_INBOX, NULL, AT(path, 0, 0), NULL,
		    N_("the inbox is empty: put the departments' hand-ins into it, folders or "
		       "zips"));
	else if (rc == 0)
		find_missing(&inbox);
	if (rc == 0)
		rc = find_changed(&inbox, err);
	if (rc == 0)
		rc = read_latest(&inbox, err);
	release(&inbox);
	return rc;
}

int intake_survey(
    const struct intake_context *context, const char *path, struct intake *intake, struct err *err)
{
	*intake = (struct intake){ 0 };
	struct inbox inbox = { .context = context, .intake = intake };
	size_t taken = 0;
	int rc = file_type(path) == FILE_NONE ? 0 : survey(&inbox, path, &taken, err);
	release(&inbox);
	return rc;
}

int intake_one(
    const struct intake_context *context, const char *path, struct intake *intake, struct err *err)
{
	*intake = (struct intake){ 0 };
	struct inbox inbox = { .context = context, .intake = intake };
	if (file_type(path) == FILE_NONE)
		return err_set(err, ERR_USAGE, _("there is no '%s'"), path);
	size_t taken = 0;
	int rc = visit(&inbox, path, 0, &taken, err);
	if (rc == 0) {
		sort(&inbox);
		choose_latest(&inbox, 0);
		rc = read_latest(&inbox, err);
	}
	release(&inbox);
	return rc;
}

int intake_arrival(const struct intake_context *context, const char *path,
    const struct arrival *arrival, struct intake *intake, struct err *err)
{
	*intake = (struct intake){ 0 };
	struct inbox inbox = { .context = context, .intake = intake, .arrival = arrival };
	int rc = take(&inbox, path, err);
	if (rc == 0) {
		choose_latest(&inbox, 0);
		if (intake->count && arrival->first_date)
			intake->items[0].first_date = arrival->first_date;
		if (arrival->receipt)
			rc = read_latest(&inbox, err);
	}
	release(&inbox);
	return rc;
}

void intake_release(struct intake *intake)
{
	for (size_t i = 0; i < intake->count; i++)
		for (size_t k = 0; k < intake->items[i].document_count; k++)
			store_close(intake->items[i].documents[k].store);
	for (size_t i = 0; i < intake->store_count; i++)
		store_close(intake->stores[i]);
	intake->count = 0;
	intake->store_count = 0;
}

const struct submission *intake_latest(const struct intake *intake, const char *department)
{
	for (size_t i = 0; i < intake->count; i++)
		if (intake->items[i].latest &&
		    strcmp(intake->items[i].department->id, department) == 0)
			return &intake->items[i];
	return NULL;
}

const struct submission *intake_returned(const struct intake *intake, const char *department)
{
	const struct submission *last = NULL;
	for (size_t i = 0; i < intake->count; i++)
		if (strcmp(intake->items[i].department->id, department) == 0)
			last = &intake->items[i];
	return last && !last->latest && last->receipt && last->receipt->returned ? last : NULL;
}
