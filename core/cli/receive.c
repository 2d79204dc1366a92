/* receive.c: `nianbao receive`: the counter: hand-ins checked, receipted and filed. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "bundle/export.h"
#include "chapters/rules.h"
#include "cli/cli.h"
#include "cli/differences.h"
#include "cli/run.h"
#include "intake/counter.h"
#include "intake/suspect.h"
#include "intake/texts.h"

#include <stdlib.h>
#include <string.h>

/* One hand-in on the counter. */
struct visit {
	struct run *run;
	struct counter *counter;
	const char *file; /* as the user named it */
	struct taken taken;
	struct findings findings;
	struct intake intake; /* of this hand-in alone */
	struct intake known;  /* of the whole inbox, identified only */
	const struct submission *previous;
	struct receipt receipt;
	struct differences differences;
	json_t *json;
	int filed; /* whatever fails after that */
};

static struct intake_context context_of(struct visit *visit, struct findings *findings)
{
	return (struct intake_context){ visit->run->arena, &visit->run->workspace,
		&visit->run->chapters, findings };
}

/* ---- what is said ----------------------------------------------------------- */

static void print_row(const char *label, const char *text)
{
	int pad = 14 - (int)utf8_width(label);
	printf("  %s%*s%s\n", label, pad > 1 ? pad : 1, "", text);
}

static const char *count_words(struct visit *visit)
{
	const struct receipt *receipt = &visit->receipt;
	struct arena *arena = visit->run->arena;
	unsigned long errors = (unsigned long)receipt->errors;
	unsigned long warnings = (unsigned long)receipt->warnings;
	unsigned long notes = (unsigned long)receipt->notes;
	return arena_printf(arena, _("%s, %s, %s"),
	    arena_printf(arena, ngettext("%zu error", "%zu errors", errors), (size_t)errors),
	    arena_printf(
	        arena, ngettext("%zu warning", "%zu warnings", warnings), (size_t)warnings),
	    arena_printf(arena, ngettext("%zu note", "%zu notes", notes), (size_t)notes));
}

static const char *state_words(struct visit *visit)
{
	const struct submission *submission = &visit->intake.items[0];
	const char *state = visit->receipt.errors ? _("received with errors") : _("received");
	return submission->days_late ? arena_printf(visit->run->arena,
	                                   ngettext("%s, %d day late", "%s, %d days late",
	                                       (unsigned long)submission->days_late),
	                                   state, submission->days_late)
	                             : state;
}

/* "2026-01-20 09:03:11 +08:00" */
static const char *stamp_words(struct arena *arena, const char *stamp)
{
	return arena_printf(arena, "%.10s %.8s %s", stamp, stamp + 11, stamp + 19);
}

static void print_receipt(struct visit *visit)
{
	struct arena *arena = visit->run->arena;
	const struct receipt *receipt = &visit->receipt;
	const struct department *department = visit->intake.items[0].department;
	printf("%s\n", _("receipt"));
	print_row(
	    _("handed in by"), arena_printf(arena, "%s (%s)", department->name, department->id));
	print_row(_("revision"), arena_printf(arena, "%d", receipt->revision));
	print_row(_("received at"), stamp_words(arena, receipt->received));
	print_row(_("handed in as"), cli_shown(arena, receipt->name));
	print_row(
	    _("size"), arena_printf(arena, _("%llu bytes"), (unsigned long long)visit->taken.size));
	print_row("SHA-256", receipt->sha256);
	print_row(_("filed as"), counter_place(visit->counter, &visit->taken,
	                             arena_strndup(arena, receipt->path,
	                                 (size_t)(path_base(receipt->path) - receipt->path)),
	                             receipt->revision));
	print_row(_("findings"), count_words(visit));
	print_row(_("state"), state_words(visit));
}

static void set_receipt(struct visit *visit, const struct receipt *receipt)
{
	json_t *json = visit->json;
	json_object_set_new(json, "revision", json_integer(receipt->revision));
	json_object_set_new(json, "sha256", json_string(visit->taken.sha256));
	if (receipt->received)
		json_object_set_new(json, "received", json_string(receipt->received));
	json_object_set_new(json, "errors", json_integer(receipt->errors));
	json_object_set_new(json, "warnings", json_integer(receipt->warnings));
	json_object_set_new(json, "notes", json_integer(receipt->notes));
}

/* The outcome and what goes with each: "filed", "same" or "refused". */
static void set_outcome(struct visit *visit, const char *outcome, const char *path)
{
	json_object_set_new(visit->json, "outcome", json_string(outcome));
	json_object_set_new(visit->json, "path", json_string(cli_shown(visit->run->arena, path)));
	if (visit->intake.count) {
		const struct department *department = visit->intake.items[0].department;
		json_object_set_new(visit->json, "department", json_string(department->id));
		json_object_set_new(visit->json, "name", json_string(department->name));
	}
}

/* ---- what is done ------------------------------------------------------------- */

static void count_findings(struct visit *visit)
{
	workspace_waive(&visit->run->workspace, &visit->findings, 0);
	findings_sort(&visit->findings, visit->run->workspace.order);
	visit->receipt.errors = (long)findings_count(&visit->findings, NB_ERROR);
	visit->receipt.warnings = (long)findings_count(&visit->findings, NB_WARNING);
	visit->receipt.notes = (long)findings_count(&visit->findings, NB_NOTE);
}

static const char *report_text(struct visit *visit)
{
	struct buf out = { 0 };
	struct arena *arena = visit->run->arena;
	buf_addf(&out, "%s\n%s\nSHA-256 %s\n\n", cli_shown(arena, visit->taken.name),
	    stamp_words(arena, visit->receipt.received), visit->taken.sha256);
	for (size_t i = 0; i < visit->findings.count; i++) {
		finding_line(&visit->findings.items[i], &out);
		buf_addc(&out, '\n');
	}
	const char *text = arena_strdup(arena, buf_str(&out));
	buf_release(&out);
	return text;
}

/* Nobody can tell whose it is or how to read it: kept, but not in anybody's name. */
static int refuse(struct visit *visit, struct err *err)
{
	const char *place;
	count_findings(visit);
	if (counter_refuse(visit->counter, &visit->taken, report_text(visit), &place, err) != 0)
		return -1;
	set_receipt(visit, &visit->receipt);
	json_object_del(visit->json, "revision");
	set_outcome(visit, "refused", place);
	if (!visit->run->cli->json)
		cli_print_findings(&visit->findings, stdout);
	fflush(stdout);
	cli_say(visit->run->cli,
	    _("'%s' cannot be filed; it is kept as '%s', with the reasons beside it"),
	    cli_shown(visit->run->arena, visit->file), place);
	return 1;
}

/* The revision of the department that holds the same bytes, or NULL; -1 on failure. */
static int find_same(struct visit *visit, const struct submission **same, struct err *err)
{
	const struct department *department = visit->intake.items[0].department;
	*same = NULL;
	for (size_t i = 0; i < visit->known.count; i++) {
		const struct submission *item = &visit->known.items[i];
		const char *digest = item->receipt ? item->receipt->sha256 : NULL;
		if (item->department != department)
			continue;
		visit->previous = item; /* they come in rising order */
		/* A receipt says where to look, the bytes say whether they are the same. */
		int is = digest && strcmp(digest, visit->taken.sha256) != 0
		             ? 0
		             : handin_is(item->label, visit->taken.sha256, err);
		if (is < 0)
			return -1;
		if (is)
			*same = item;
	}
	return 0;
}

static void say_same(struct visit *visit, const struct submission *same)
{
	struct run *run = visit->run;
	const struct receipt none = { .errors = -1, .warnings = -1, .notes = -1 };
	struct receipt receipt = same->receipt ? *same->receipt : none;
	receipt.revision = same->revision;
	set_receipt(visit, &receipt);
	set_outcome(visit, "same", same->label);
	if (!run->cli->json)
		printf(
		    _("'%s' is revision %d of %s (%s) again, byte for byte; nothing was filed\n"),
		    cli_shown(run->arena, visit->file), same->revision, same->department->name,
		    cli_shown(run->arena, same->label));
	if (!run->cli->json && same->receipt && same->receipt->returned)
		printf(_("that revision was returned: %s\n"),
		    same->receipt->reason ? cli_shown(run->arena, same->receipt->reason) : "");
	else if (!run->cli->json && same != visit->previous)
		printf(_("revision %d has replaced it since\n"), visit->previous->revision);
}

/* As `check` looks at one hand-in in a workspace. */
static int check_arrival(
    struct visit *visit, const char *place, const char *first_date, struct err *err)
{
	struct run *run = visit->run;
	struct intake_context context = context_of(visit, &visit->findings);
	struct arrival arrival = { place, &visit->receipt, first_date };
	intake_release(&visit->intake);
	findings_init(&visit->findings, run->arena);
	if (intake_arrival(&context, visit->taken.path, &arrival, &visit->intake, err) != 0)
		return -1;
	struct review review = { .arena = run->arena,
		.findings = &visit->findings,
		.catalog = &run->chapters,
		.workspace = &run->workspace };
	review_begin(&review, NULL, NULL);
	int rc = 0;
	if (visit->intake.count) {
		rc = run_check_one(&context, &review, NULL, &visit->intake.items[0], err);
		review_compare(&review);
	}
	review_end(&review);
	count_findings(visit);
	return rc;
}

/* Against the revision before, read again, its findings long told. */
static int compare(struct visit *visit, struct err *err)
{
	struct run *run = visit->run;
	struct findings told;
	struct intake before;
	findings_init(&told, run->arena);
	struct intake_context context = context_of(visit, &told);
	struct receipt receipt = { .revision = visit->previous->revision };
	struct arrival arrival = { visit->previous->label, &receipt, NULL };
	int rc = intake_arrival(&context, visit->previous->label, &arrival, &before, err);
	struct submission *after = &visit->intake.items[0];
	struct arena texts = { 0 };
	if (rc == 0 && before.count &&
	    (rc = texts_read(&context, &before.items[0], &texts, err)) == 0 &&
	    (rc = texts_read(&context, after, &texts, err)) == 0)
		rc = difference_find(
		    &run->chapters, &before.items[0], after, run->arena, &visit->differences, err);
	texts_drop(after);
	arena_release(&texts);
	intake_release(&before);
	return rc;
}

static int tell(struct visit *visit, struct err *err)
{
	struct run *run = visit->run;
	int rc = visit->previous ? compare(visit, err) : 0;
	set_receipt(visit, &visit->receipt);
	json_object_set_new(
	    visit->json, "days_late", json_integer(visit->intake.items[0].days_late));
	json_object_set_new(
	    visit->json, "findings", export_findings(&visit->findings, &run->chapters));
	if (visit->previous)
		json_object_set_new(
		    visit->json, "previous", json_integer(visit->previous->revision));
	json_object_set_new(visit->json, "changes", differences_data(&visit->differences));
	if (!run->cli->json) {
		cli_print_findings(&visit->findings, stdout);
		print_receipt(visit);
	}
	if (!run->cli->json && visit->previous && rc == 0)
		differences_print(&visit->differences, visit->previous->revision, stdout);
	return rc != 0 ? -1 : visit->receipt.errors > 0;
}

static int file_it(struct visit *visit, struct err *err)
{
	struct counter *counter = visit->counter;
	const struct department *department = visit->intake.items[0].department;
	const struct submission *same;
	struct findings told; /* of other hand-ins: `check` tells them */
	findings_init(&told, visit->run->arena);
	struct intake_context context = context_of(visit, &told);
	if (intake_survey(&context, counter->inbox, &visit->known, err) != 0 ||
	    find_same(visit, &same, err) != 0)
		return -1;
	if (same) {
		say_same(visit, same);
		return 0;
	}
	const char *shelf = counter_shelf(counter, department->id, err);
	if (!shelf || counter_next(counter, department->id, shelf, &visit->known,
	                  &visit->receipt.revision, err) != 0)
		return -1;
	visit->receipt.department = department->id;
	const char *place = counter_place(counter, &visit->taken, shelf, visit->receipt.revision);
	if (check_arrival(
	        visit, place, visit->previous ? visit->previous->first_date : NULL, err) != 0)
		return -1;
	if (visit->intake.count == 0) /* it cannot be that it was known a moment ago */
		return refuse(visit, err);
	if (counter_file(counter, &visit->taken, shelf, &visit->receipt, err) != 0)
		return -1;
	visit->filed = 1;
	set_outcome(visit, "filed", place);
	return tell(visit, err);
}

/* 0, or 1 if errors were found; -1 on failure, before or after it was `*filed`. */
static int receive_one(struct run *run, struct counter *counter, const char *file, json_t *list,
    int *filed, struct err *err)
{
	struct visit visit = { .run = run,
		.counter = counter,
		.file = file,
		.json = json_object(),
		.receipt = { .errors = -1, .warnings = -1, .notes = -1 } };
	int rc = -1;
	findings_init(&visit.findings, run->arena);
	json_object_set_new(visit.json, "file", json_string(cli_shown(run->arena, file)));
	if (counter_take(
	        counter, file, suspect_limits(&run->workspace).total_bytes, &visit.taken, err) != 0)
		goto out;
	visit.receipt.sha256 = visit.taken.sha256;
	visit.receipt.name = visit.taken.name;
	visit.receipt.received = clock_stamp(run->arena, clock_now());
	struct intake_context context = context_of(&visit, &visit.findings);
	struct arrival arrival = { file, NULL, NULL };
	if (intake_arrival(&context, visit.taken.path, &arrival, &visit.intake, err) != 0)
		goto out;
	rc = visit.intake.count ? file_it(&visit, err) : refuse(&visit, err);
out:
	*filed = visit.filed;
	if (rc >= 0)
		json_array_append(list, visit.json);
	json_decref(visit.json);
	intake_release(&visit.intake);
	intake_release(&visit.known);
	return rc;
}

static int receive(struct run *run, struct counter *counter, int count, char **files)
{
	int worst = STATUS_DONE;
	json_t *list = json_array();
	for (int i = 0; i < count; i++) {
		struct err err = { 0 };
		int rc, filed = 0;
		for (size_t n = strlen(files[i]); n > 1 && files[i][n - 1] == '/'; n--)
			files[i][n - 1] = '\0';
		if (file_type(files[i]) != FILE_NONE && run_is_inbox(run, files[i]))
			rc = err_set(&err, ERR_USAGE,
			    _("'%s' lies in the inbox already; name a hand-in that came in "
			      "elsewhere"),
			    files[i]);
		else
			rc = receive_one(run, counter, files[i], list, &filed, &err);
		fflush(stdout);
		int ended = rc < 0 ? cli_fail(&err) : rc ? STATUS_FINDINGS : STATUS_DONE;
		if (rc < 0 && err.kind == ERR_INPUT)
			ended = STATUS_FINDINGS;
		/* The next one may lie elsewhere, or be smaller. */
		if (rc < 0 && count > 1 && !filed)
			cli_say(run->cli, _("'%s' was not filed"), cli_shown(run->arena, files[i]));
		worst = ended > worst ? ended : worst;
	}
	if (run->cli->json)
		cli_print_json(
		    json_pack("{s:s, s:O}", "schema", "nianbao-receipts-1", "receipts", list));
	json_decref(list);
	return worst;
}

/* ---- returning ------------------------------------------------------------------ */

static int return_one(struct run *run, struct counter *counter, const struct intake *known,
    const char *id, const char *reason, struct err *err)
{
	const struct submission *last = NULL;
	for (size_t i = 0; i < known->count; i++)
		if (strcmp(known->items[i].department->id, id) == 0)
			last = &known->items[i];
	if (!last)
		return err_set(
		    err, ERR_USAGE, _("'%s' has handed in nothing that could be returned"), id);
	struct receipt receipt = { .errors = -1, .warnings = -1, .notes = -1 };
	if (last->receipt && last->receipt->damaged)
		return err_set(err, ERR_USAGE,
		    _("the receipt '%s' is damaged, see 'nianbao check'; mend it first"),
		    last->receipt->path);
	if (last->receipt)
		receipt = *last->receipt;
	receipt.department = id;
	receipt.revision = last->revision;
	receipt.returned = 1;
	receipt.returned_at = clock_stamp(run->arena, clock_now());
	receipt.reason = receipt_words(run->arena, reason);
	if (counter_amend(counter, last->label, &receipt, err) != 0)
		return -1;
	printf(_("revision %d of %s (%s) is returned: %s\n"), last->revision,
	    last->department->name, cli_shown(run->arena, last->label), receipt.reason);
	return 0;
}

static int return_them(
    struct run *run, struct counter *counter, int count, char **ids, const char *reason)
{
	struct err err = { 0 };
	struct findings told;
	struct intake known;
	findings_init(&told, run->arena);
	struct intake_context context = { run->arena, &run->workspace, &run->chapters, &told };
	int rc = intake_survey(&context, counter->inbox, &known, &err);
	int worst = rc == 0 ? STATUS_DONE : cli_fail(&err);
	/* None is returned unless all that are named are departments. */
	for (int i = 0; i < count && rc == 0; i++)
		if (!run_department(run, ids[i])) {
			worst = cli_usage(
			    &command_receive, _("departments.ini has no department '%s'"), ids[i]);
			rc = -1;
		}
	for (int i = 0; i < count && rc == 0; i++) {
		struct err one = { 0 };
		const char *id = run_department(run, ids[i])->id;
		if (return_one(run, counter, &known, id, reason, &one) == 0)
			continue;
		int ended = cli_fail(&one);
		worst = ended > worst ? ended : worst;
	}
	intake_release(&known);
	return worst;
}

/* ---- the command ------------------------------------------------------------------ */

enum { OPTION_RETURN = 1 };

static int take(void *self, int option, const char *value)
{
	(void)option;
	*(const char **)self = value;
	return value[strspn(value, " \t\n")] && utf8_check(value, strlen(value)) == strlen(value)
	           ? 0
	           : -1;
}

static void say_waiting(void *self)
{
	cli_say(self, _("waiting: another program is receiving hand-ins just now"));
}

static int run(struct cli *cli, int argc, char **argv)
{
	static const struct option options[] = {
		{ "return", required_argument, NULL, OPTION_RETURN }, { 0 }
	};
	const char *reason = NULL;
	size_t length = 0;
	struct counter counter = { 0 };
	struct run run;
	struct err err = { 0 };
	int status;
	int first =
	    cli_options(cli, &command_receive, argc, argv, "", options, take, &reason, &status);
	if (first < 0)
		return status;
	if (first == argc)
		return cli_usage(&command_receive,
		    reason ? _("which department's hand-in is returned?") : _("which hand-in?"));
	for (const char *at = reason, *end = at ? at + strlen(at) : at; at && at < end; length++)
		utf8_next(&at, end);
	if (length > RECEIPT_REASON_MAX)
		return cli_usage(&command_receive, _("the reason is longer than %d characters"),
		    RECEIPT_REASON_MAX);
	if (run_open(&run, cli, &status) == 0) {
		const char *inbox = path_join(cli->arena, run.workspace.root, "inbox");
		if (counter_open(&counter, inbox, cli->arena, say_waiting, cli, &err) != 0)
			status = cli_fail(&err);
		else
			status =
			    reason ? return_them(&run, &counter, argc - first, argv + first, reason)
			           : receive(&run, &counter, argc - first, argv + first);
	}
	fflush(stdout);
	counter_close(&counter);
	run_close(&run);
	return status;
}

const struct command command_receive = {
	.name = "receive",
	.summary = N_("check a hand-in and file it in the inbox, with a receipt"),
	.arguments = "FILE… | --return REASON DEPARTMENT…",
	.help = N_("Takes hand-ins, zips or folders from anywhere: checks each, files it byte for "
	           "byte as\n"
	           "inbox/DEPARTMENT/REVISION.zip, never touching those before it, and prints the\n"
	           "findings, a receipt and what changed against the revision before. The same "
	           "bytes once\n"
	           "more are recognised and not filed again. Number and time of the receipt, which "
	           "stands\n"
	           "beside the hand-in, count for all else, whatever submission.ini says. What "
	           "nobody can\n"
	           "tell whose it is, or is for another year, is kept in inbox/.refused/ with the "
	           "reasons.\n"
	           "\n"
	           "  --return REASON   mark the last revision of each DEPARTMENT as returned: it "
	           "does not\n"
	           "                    count until another one comes in\n"
	           "  --json            receipts, findings and changes as data\n"
	           "\n"
	           "Ends with status 1 if there were errors or something could not be filed.\n"),
	.run = run,
};
