/* status.c: `nianbao status`: department by chapter: missing, late, received, errors. */
#include "base/i18n.h"
#include "cli/cli.h"
#include "cli/run.h"
#include "cli/table.h"

#include <string.h>

enum state { STATE_NOT_OWED, STATE_MISSING, STATE_ERRORS, STATE_RECEIVED };

static const char *const state_ids[] = { [STATE_NOT_OWED] = "not-owed",
	[STATE_MISSING] = "missing",
	[STATE_ERRORS] = "errors",
	[STATE_RECEIVED] = "received" };

static const char *state_word(enum state state)
{
	switch (state) {
	case STATE_NOT_OWED:
		return "·";
	case STATE_MISSING:
		return _("missing");
	case STATE_ERRORS:
		return _("errors");
	case STATE_RECEIVED:
		return _("received");
	}
	return "";
}

static size_t errors_of(const struct run *run, const char *department)
{
	size_t n = 0;
	for (size_t i = 0; i < run->findings.count; i++) {
		const struct finding *finding = &run->findings.items[i];
		n += finding->severity == NB_ERROR && !finding->waived && finding->department &&
		     strcmp(finding->department, department) == 0;
	}
	return n;
}

static int owes(const struct department *department, const char *chapter)
{
	for (size_t i = 0; i < department->chapter_count; i++)
		if (strcmp(department->chapters[i], chapter) == 0)
			return 1;
	return 0;
}

static enum state state_of(const struct run *run, const struct department *department,
    const struct chapter *chapter, size_t errors)
{
	const struct submission *submission = intake_latest(&run->intake, department->id);
	const struct written *written =
	    submission ? submission_chapter(submission, chapter->id) : NULL;
	if (!written)
		return !owes(department, chapter->id) ? STATE_NOT_OWED
		       : !submission && errors        ? STATE_ERRORS /* it came, and was refused */
		                                      : STATE_MISSING;
	return errors ? STATE_ERRORS : STATE_RECEIVED;
}

static void print_json(const struct run *run)
{
	json_t *list = json_array();
	for (size_t i = 0; i < run->workspace.department_count; i++) {
		const struct department *department = &run->workspace.departments[i];
		const struct submission *submission = intake_latest(&run->intake, department->id);
		size_t errors = errors_of(run, department->id);
		json_t *chapters = json_object();
		for (size_t c = 0; c < run->chapters.count; c++) {
			const struct chapter *chapter = &run->chapters.chapters[c];
			json_object_set_new(chapters, chapter->id,
			    json_string(state_ids[state_of(run, department, chapter, errors)]));
		}
		json_t *item =
		    json_pack("{s:s, s:s, s:s, s:i, s:i, s:i, s:o}", "department", department->id,
		        "name", department->name, "path", submission ? submission->label : "",
		        "revision", submission ? submission->revision : 0, "days_late",
		        submission ? submission->days_late : 0, "errors", (int)errors, "chapters",
		        chapters);
		json_object_set_new(item, "date",
		    submission && submission->date ? json_string(submission->date) : json_null());
		json_array_append_new(list, item);
	}
	cli_print_json(json_pack("{s:s, s:o}", "schema", "nianbao-status-1", "departments", list));
}

static void print_table(struct run *run)
{
	struct arena *arena = run->arena;
	struct table table = { .arena = arena, .columns = run->chapters.count + 4 };
	table_add(&table, _("department"));
	table_add(&table, _("name"));
	table_add(&table, _("revision"));
	table_add(&table, _("handed in"));
	for (size_t c = 0; c < run->chapters.count; c++)
		table_add(&table, run->chapters.chapters[c].id);
	for (size_t i = 0; i < run->workspace.department_count; i++) {
		const struct department *department = &run->workspace.departments[i];
		const struct submission *submission = intake_latest(&run->intake, department->id);
		size_t errors = errors_of(run, department->id);
		table_add(&table, department->id);
		table_add(&table, department->name);
		table_add(
		    &table, submission ? arena_printf(arena, "%d", submission->revision) : "");
		const char *date = submission && submission->date ? submission->date : "";
		if (submission && submission->days_late)
			date = arena_printf(arena,
			    ngettext("%s, %d day late", "%s, %d days late",
			        (unsigned long)submission->days_late),
			    date, submission->days_late);
		table_add(&table, submission ? date : errors ? _("errors") : _("missing"));
		for (size_t c = 0; c < run->chapters.count; c++)
			table_add(&table, state_word(state_of(run, department,
			                      &run->chapters.chapters[c], errors)));
	}
	table_print(&table, stdout);
}

static void say_totals(struct run *run)
{
	size_t expected = 0, received = 0, late = 0, with_errors = 0;
	for (size_t i = 0; i < run->workspace.department_count; i++) {
		const struct department *department = &run->workspace.departments[i];
		const struct submission *submission = intake_latest(&run->intake, department->id);
		expected += department->chapter_count > 0 || submission;
		size_t errors = errors_of(run, department->id);
		received += submission || errors;
		late += submission && submission->days_late;
		with_errors += errors > 0;
	}
	cli_say(run->cli,
	    _("%zu of %zu departments have handed in; %zu late, %zu missing, %zu with errors"),
	    received, expected, late, expected - received, with_errors);
}

static int status(struct cli *cli)
{
	struct run run;
	int ended;
	if (run_open(&run, cli, &ended) == 0 && run_gather(&run, &ended) == 0) {
		run_settle(&run);
		if (cli->json)
			print_json(&run);
		else
			print_table(&run);
		fflush(stdout);
		say_totals(&run);
		ended = findings_count(&run.findings, NB_ERROR) ? STATUS_FINDINGS : STATUS_DONE;
	}
	run_close(&run);
	return ended;
}

static int run(struct cli *cli, int argc, char **argv)
{
	int ended;
	int first = cli_options(cli, &command_status, argc, argv, "", NULL, NULL, NULL, &ended);
	if (first < 0)
		return ended;
	if (first < argc)
		return cli_usage(&command_status, _("'%s' is one argument too many"), argv[first]);
	return status(cli);
}

const struct command command_status = {
	.name = "status",
	.summary = N_("who has handed in what, who is late, where errors are"),
	.arguments = "",
	.help = N_("A table of departments and chapters. A chapter that a department does not owe "
	           "shows a\n"
	           "dot; 'errors' means that its hand-in has findings of that severity.\n"
	           "\n"
	           "  --json   the same as data\n"),
	.run = run,
};
