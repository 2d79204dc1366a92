/* check.c: `nianbao check`: all findings, of the workspace or of single hand-ins. */
#include "base/file.h"
#include "base/i18n.h"
#include "bundle/export.h"
#include "chapters/codes.h"
#include "chapters/plugin_host.h"
#include "chapters/rules.h"
#include "cli/cli.h"
#include "cli/codes_page.h"
#include "cli/notices.h"
#include "cli/run.h"
#include "intake/texts.h"
#include "review/edited.h"
#include "review/trace.h"

#include <string.h>

struct options {
	int by_department, codes;
	const char *folder;
	const char *format; /* md or html */
};

/* How many of the quantities in the texts are known to be figures. */
static void say_traced(struct cli *cli, const struct trace_counts *counts)
{
	size_t figure = counts->of[TRACE_FIGURE];
	size_t all = figure + counts->of[TRACE_FREE] + counts->of[TRACE_CONTRADICTS];
	if (all)
		cli_say(cli, _("%zu of %zu numbers in the texts are traced to figures (%zu %%)"),
		    figure, all, figure * 100 / all);
}

static int finish(struct cli *cli, const struct findings *findings, const struct catalog *catalog,
    const struct trace_counts *counts)
{
	if (cli->json)
		cli_print_json(json_pack("{s:s, s:i, s:i, s:i, s:o, s:o}", "schema",
		    "nianbao-findings-1", "errors", (int)findings_count(findings, NB_ERROR),
		    "warnings", (int)findings_count(findings, NB_WARNING), "notes",
		    (int)findings_count(findings, NB_NOTE), "numbers", export_counts(counts),
		    "findings", export_findings(findings, catalog)));
	else
		cli_print_findings(findings, stdout);
	fflush(stdout);
	say_traced(cli, counts);
	cli_say(cli, "%s", cli_verdict(cli, findings));
	return findings_count(findings, NB_ERROR) ? STATUS_FINDINGS : STATUS_DONE;
}

/* ---- the report, worked on by hand --------------------------------------- */

/* A file on the command line that is a report of ours: its figures are marked. */
static int read_report(struct arena *arena, const char *path, struct marked *marked)
{
	struct buf bytes = { 0 };
	struct err none = { 0 };
	*marked = (struct marked){ 0 };
	if (!path_has_ending(path, ".docx") || file_type(path) != FILE_REGULAR)
		return 0;
	if (file_read(path, (size_t)256 << 20, &bytes, &none) != 0) {
		buf_release(&bytes);
		return 0;
	}
	/* What is wrong with one that cannot be read is said of it as a hand-in. */
	if (marked_read(marked, path, &bytes, arena, &none) != 0)
		marked->count = 0;
	return marked->count > 0;
}

/* Outside of a workspace only what the report says of itself can be compared. */
static int check_reports_alone(
    struct cli *cli, int count, char **paths, const struct marked *reports)
{
	struct findings findings;
	struct catalog all, chosen;
	struct err err = { 0 };
	const char *const *folders = cli_plugin_folders(cli);
	findings_init(&findings, cli->arena);
	if (plugins_load(cli->arena, folders, &findings, &all, &err) != 0)
		return cli_fail(&err);
	plugins_choose(cli->arena, &all, NULL, folders, &findings, &chosen);
	for (int i = 0; i < count; i++)
		edited_check(&reports[i], paths[i], &chosen, NULL, NULL, NULL, &findings);
	findings_sort(&findings, NULL);
	int status = finish(cli, &findings, &chosen, &(struct trace_counts){ { 0 } });
	plugins_unload(&all);
	return status;
}

static int check_reports(struct cli *cli, int count, char **paths, const struct marked *reports)
{
	struct run run;
	int status;
	if (file_type("report.ini") != FILE_REGULAR)
		return check_reports_alone(cli, count, paths, reports);
	struct report report;
	int rc = run_open(&run, cli, &status);
	run.traced = 1; /* all figures of the text are wanted */
	if (rc == 0 && run_gather(&run, &status) == 0 && run_compose(&run, &report, &status) == 0) {
		run.complete = 0;               /* what is waived need not be found here */
		findings_cut(&run.findings, 0); /* `check` alone is for those */
		for (int i = 0; i < count; i++)
			edited_check(&reports[i], paths[i], &run.chapters, &run.workspace,
			    &run.figures, &report, &run.findings);
		run_settle(&run);
		status = finish(cli, &run.findings, &run.chapters, &(struct trace_counts){ { 0 } });
	}
	run_close(&run);
	return status;
}

/* ---- the workspace, and hand-ins ------------------------------------------ */

static int check_workspace(struct cli *cli, const struct options *options)
{
	struct run run;
	struct report report;
	int status;
	if (run_open(&run, cli, &status) == 0 && run_gather(&run, &status) == 0 &&
	    run_compose(&run, &report, &status) == 0) {
		run_settle(&run);
		status = options->by_department
		             ? notices_write(&run, options->folder, options->format)
		             : finish(cli, &run.findings, &run.chapters, run.review.counts);
	}
	run_close(&run);
	return status;
}

static int is_workspace(struct arena *arena, const char *path)
{
	return file_type(path_join(arena, path, "report.ini")) == FILE_REGULAR &&
	       file_type(path_join(arena, path, "departments.ini")) == FILE_REGULAR &&
	       file_type(path_join(arena, path, "submission.ini")) == FILE_NONE;
}

/*
 * At a department's desk there is no workspace: every chapter found counts, and
 * nobody knows what is owed or when. In a workspace the hand-in is read as
 * the office would read it.
 */
static int check_paths(struct cli *cli, int count, char **paths)
{
	for (int i = 0; i < count; i++)
		if (is_workspace(cli->arena, paths[i]))
			return cli_usage(&command_check,
			    _("'%s' is a workspace, not a hand-in: nianbao -C %s check"), paths[i],
			    paths[i]);

	struct arena *arena = cli->arena;
	struct findings findings;
	struct workspace workspace;
	struct catalog all, chosen;
	struct err err = { 0 };
	int status;
	size_t read = 0;
	int office = file_type("report.ini") == FILE_REGULAR;
	const char *const *folders = cli_plugin_folders(cli);

	findings_init(&findings, arena);
	if (office && workspace_load(&workspace, ".", arena, &findings, &err) != 0)
		return cli_fail(&err);
	if (plugins_load(arena, folders, &findings, &all, &err) != 0)
		return cli_fail(&err);
	plugins_choose(arena, &all, office ? &workspace : NULL, folders, &findings, &chosen);
	if (office)
		codes_check(arena, &chosen, &workspace, &findings);
	struct intake_context context = { arena, office ? &workspace : NULL, &chosen, &findings };
	struct review review = { .arena = arena,
		.findings = &findings,
		.catalog = &chosen,
		.workspace = office ? &workspace : NULL };
	review_begin(&review, NULL, NULL);
	for (int i = 0; i < count; i++) {
		struct intake intake;
		int rc = intake_one(&context, paths[i], &intake, &err);
		review_read_ahead(&review, &intake);
		for (size_t k = 0; rc == 0 && k < intake.count; k++)
			rc = run_check_one(&context, &review, NULL, &intake.items[k], &err);
		review_stop_ahead(&review);
		read += intake.count;
		intake_release(&intake);
		if (rc != 0) {
			status = cli_fail(&err);
			goto out;
		}
	}
	review_compare(&review);
	if (office)
		workspace_waive(&workspace, &findings, 0);
	findings_sort(&findings, office ? workspace.order : NULL);
	status = finish(cli, &findings, &chosen, review.counts);
	if (read == 0 && status == STATUS_DONE) /* nothing was checked, so nothing is right */
		status = STATUS_FINDINGS;
out:
	review_end(&review);
	plugins_unload(&all);
	return status;
}

/* Reports and hand-ins are different things to check. */
static int check_named(struct cli *cli, int count, char **paths)
{
	struct marked *reports = arena_alloc(cli->arena, (size_t)count * sizeof *reports);
	int found = 0;
	for (int i = 0; i < count; i++)
		found += read_report(cli->arena, paths[i], &reports[i]);
	if (found == 0)
		return check_paths(cli, count, paths);
	for (int i = 0; i < count; i++)
		if (reports[i].count == 0)
			return cli_usage(&command_check,
			    _("'%s' is no report as the others are: check it by itself"), paths[i]);
	return check_reports(cli, count, paths, reports);
}

enum { OPTION_BY_DEPARTMENT = 1, OPTION_FORMAT, OPTION_CODES };

static int take(void *self, int option, const char *value)
{
	struct options *options = self;
	switch (option) {
	case OPTION_BY_DEPARTMENT:
		options->by_department = 1;
		return 0;
	case OPTION_CODES:
		options->codes = 1;
		return 0;
	case OPTION_FORMAT:
		options->format = value;
		return strcmp(value, "md") == 0 || strcmp(value, "html") == 0 ? 0 : -1;
	default:
		options->folder = value;
		return *value ? 0 : -1;
	}
}

static int run(struct cli *cli, int argc, char **argv)
{
	static const struct option options[] = { { "by-department", no_argument, NULL,
		                                     OPTION_BY_DEPARTMENT },
		{ "format", required_argument, NULL, OPTION_FORMAT },
		{ "output", required_argument, NULL, 'o' },
		{ "codes", no_argument, NULL, OPTION_CODES }, { 0 } };
	struct options chosen = { 0 };
	int status;
	int first =
	    cli_options(cli, &command_check, argc, argv, "o:", options, take, &chosen, &status);
	if (first < 0)
		return status;
	if (chosen.codes && (first < argc || chosen.by_department || cli->json))
		return cli_usage(&command_check, _("--codes stands alone"));
	if (chosen.codes)
		return codes_page(cli);
	if (chosen.by_department && first < argc)
		return cli_usage(&command_check, _("--by-department is for the whole workspace"));
	if (chosen.by_department && cli->json)
		return cli_usage(&command_check, _("--by-department writes pages, --json data"));
	if (!chosen.by_department && (chosen.folder || chosen.format))
		return cli_usage(&command_check, _("-o and --format go with --by-department"));
	if (!chosen.folder)
		chosen.folder = "out/校核意见";
	if (!chosen.format)
		chosen.format = "html";
	return first < argc ? check_named(cli, argc - first, argv + first)
	                    : check_workspace(cli, &chosen);
}

const struct command command_check = {
	.name = "check",
	.summary = N_("find what does not add up"),
	.arguments = "[--by-department [-o DIR] [--format md|html]] [--codes] [PATH…]",
	.help = N_("Checks the whole workspace, or the hand-ins at PATH (folders or zips; no "
	           "workspace is\n"
	           "needed for that); or, if PATH is a report.docx of ours that somebody worked "
	           "on, its\n"
	           "figures: which were changed by hand, and which have another value in the "
	           "workspace\n"
	           "by now. Findings go to standard output, one a line:\n"
	           "\n"
	           "  inbox/sfj/submission.ini:14: error: … [supervision.outcomes-sum]\n"
	           "\n"
	           "  --by-department     a page for each department instead, in Chinese, to be "
	           "sent back to it;\n"
	           "                      prints the pages' paths\n"
	           "  -o, --output DIR    folder of these pages; out/校核意见 if not given\n"
	           "  --format md|html    what they are written in; html if not given\n"
	           "  --codes             all that can be found, as a Markdown page\n"
	           "  --json              the findings as data, with fingerprints for waivers.ini\n"
	           "\n"
	           "Ends with status 1 if there were errors, or no hand-in at PATH.\n"),
	.run = run,
};
