/* check.c: `nianbao check`: all findings, of the workspace or of single hand-ins. */
#include "base/file.h"
#include "base/i18n.h"
#include "bundle/export.h"
#include "chapters/plugin_host.h"
#include "chapters/rules.h"
#include "cli/cli.h"
#include "cli/run.h"

#include <string.h>

static int finish(struct cli *cli, const struct findings *findings)
{
	if (cli->json)
		cli_print_json(json_pack("{s:s, s:i, s:i, s:i, s:o}", "schema",
		    "nianbao-findings-1", "errors", (int)findings_count(findings, NB_ERROR),
		    "warnings", (int)findings_count(findings, NB_WARNING), "notes",
		    (int)findings_count(findings, NB_NOTE), "findings", export_findings(findings)));
	else
		cli_print_findings(findings, stdout);
	fflush(stdout);
	cli_say(cli, "%s", cli_verdict(cli, findings));
	return findings_count(findings, NB_ERROR) ? STATUS_FINDINGS : STATUS_DONE;
}

static int check_workspace(struct cli *cli)
{
	struct run run;
	struct report report;
	int status;
	if (run_open(&run, cli, &status) == 0 && run_gather(&run, &status) == 0 &&
	    run_compose(&run, &report, &status) == 0) {
		run_settle(&run);
		status = finish(cli, &run.findings);
	}
	run_close(&run);
	return status;
}

/*
 * At a department's desk there is no workspace: every chapter found counts, and
 * nobody knows what is owed or when. In a workspace the hand-in is read as
 * the office would read it.
 */
static int check_paths(struct cli *cli, int count, char **paths)
{
	struct arena *arena = cli->arena;
	struct findings findings;
	struct workspace workspace;
	struct catalog all, chosen;
	struct err err = { 0 };
	int status;
	int office = file_type("report.ini") == FILE_REGULAR;
	const char *const *folders = cli_plugin_folders(cli);

	findings_init(&findings, arena);
	if (office && workspace_load(&workspace, ".", arena, &findings, &err) != 0)
		return cli_fail(&err);
	if (plugins_load(arena, folders, &findings, &all, &err) != 0)
		return cli_fail(&err);
	plugins_choose(arena, &all, office ? &workspace : NULL, folders, &findings, &chosen);
	struct intake_context context = { arena, office ? &workspace : NULL, &chosen, &findings };
	for (int i = 0; i < count; i++) {
		struct intake intake;
		int rc = intake_one(&context, paths[i], &intake, &err);
		for (size_t k = 0; rc == 0 && k < intake.count; k++)
			rules_check_submission(arena, &chosen, &intake.items[k], &findings);
		intake_release(&intake);
		if (rc != 0) {
			status = cli_fail(&err);
			goto out;
		}
	}
	if (office)
		workspace_waive(&workspace, &findings, 0);
	findings_sort(&findings, office ? workspace.order : NULL);
	status = finish(cli, &findings);
out:
	plugins_unload(&all);
	return status;
}

static int run(struct cli *cli, int argc, char **argv)
{
	int status;
	int first = cli_options(cli, &command_check, argc, argv, "", NULL, NULL, NULL, &status);
	if (first < 0)
		return status;
	return first < argc ? check_paths(cli, argc - first, argv + first) : check_workspace(cli);
}

const struct command command_check = {
	.name = "check",
	.summary = N_("find what does not add up"),
	.arguments = "[PATH…]",
	.help = N_("Checks the whole workspace, or the hand-ins at PATH (folders or zips; no "
	           "workspace is\n"
	           "needed for that). Findings go to standard output, one a line:\n"
	           "\n"
	           "  inbox/sfj/submission.ini:14: error: … [supervision.outcomes-sum]\n"
	           "\n"
	           "  --json   the same as data, with fingerprints for waivers.ini\n"
	           "\n"
	           "Ends with status 1 if there were errors.\n"),
	.run = run,
};
