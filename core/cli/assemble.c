/* assemble.c: `nianbao assemble`: check, compose, render, pack. */
#include "base/file.h"
#include "base/i18n.h"
#include "bundle/bag.h"
#include "bundle/export.h"
#include "bundle/seal.h"
#include "cli/cli.h"
#include "cli/looks.h"
#include "cli/run.h"
#include "cli/version.h"
#include "workspace/ini.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct options {
	struct arena *arena;
	const char *output;
	const char **formats;
	size_t format_count;
	int draft, publication;
};

enum { OPTION_FORMAT = 1, OPTION_DRAFT, OPTION_PUBLIC };

static int take(void *self, int option, const char *value)
{
	struct options *options = self;
	switch (option) {
	case 'o':
		options->output = value;
		break;
	case OPTION_FORMAT:
		options->formats = ini_split(options->arena, value, &options->format_count);
		return options->format_count ? 0 : -1;
	case OPTION_DRAFT:
		options->draft = 1;
		break;
	case OPTION_PUBLIC:
		options->publication = 1;
		break;
	default:
		return -1;
	}
	return 0;
}

static int render(struct run *run, const struct options *options, const struct report *report,
    struct bag *bag, struct err *err)
{
	bag->outputs = arena_alloc(run->arena, options->format_count * sizeof *bag->outputs);
	for (size_t i = 0; i < options->format_count; i++) {
		const struct format *format = format_find(options->formats[i]);
		struct output *output = &bag->outputs[bag->output_count];
		int again = 0;
		for (size_t k = 0; k < i; k++)
			again |= strcmp(options->formats[k], options->formats[i]) == 0;
		if (again)
			continue;
		bag->output_count++;
		output->name = arena_printf(run->arena, "report.%s", format->name);
		if (looks_render(&run->templates, format, report, &run->findings, &output->content,
		        err) != 0)
			return -1;
	}
	return 0;
}

/* The folder of a bundle to be; `made`: it will be made if it is not there. */
static int check_folder(struct run *run, const char *path, int made, struct err *err)
{
	const char *base = path_base(path);
	const char *folder =
	    base == path ? "." : arena_strndup(run->arena, path, (size_t)(base - path));
	if (run_is_inbox(run, folder))
		return err_set(
		    err, ERR_USAGE, _("'%s' lies in the inbox: hand-ins only belong there"), path);
	if (!made && file_type(folder) == FILE_NONE)
		return err_set(
		    err, ERR_USAGE, _("cannot write '%s': there is no folder '%s'"), path, folder);
	return 0;
}

static int is_last_year(const struct run *run, const struct stat *there)
{
	const char *previous = run->workspace.previous;
	struct stat st;
	return previous && stat(previous, &st) == 0 && st.st_dev == there->st_dev &&
	       st.st_ino == there->st_ino;
}

/*
 * Only this report's own bundle is replaced: never a hand-in, last year's
 * bundle, an INI file or a device by a slip of the -o.
 */
static int check_target(struct run *run, const char *path, const char *root, struct err *err)
{
	struct stat st;
	if (lstat(path, &st) != 0)
		return 0;
	if (S_ISREG(st.st_mode) && access(path, R_OK) != 0)
		return err_sys(err, errno, _("cannot read '%s'"), path);
	const char *there = S_ISREG(st.st_mode) ? bag_identifier(path, run->arena) : NULL;
	if (!there)
		return err_set(
		    err, ERR_USAGE, _("'%s' is there and is no bundle: it is not replaced"), path);
	if (is_last_year(run, &st))
		return err_set(err, ERR_USAGE,
		    _("'%s' is last year's bundle, which report.ini names: it is not replaced"),
		    path);
	if (strcmp(there, root) != 0)
		return err_set(err, ERR_USAGE,
		    _("'%s' is there and is the bundle '%s', this one is '%s': it is not "
		      "replaced"),
		    path, there, root);
	return 0;
}

static const char *bundle_path(
    struct run *run, const struct options *options, int draft, struct err *err)
{
	const char *root = bag_root(&run->workspace, options->publication, run->arena);
	const char *name = arena_printf(run->arena, "%s%s.zip", root, draft ? "-draft" : "");
	const char *output = options->output;
	size_t n = output ? strlen(output) : 0;
	const char *folder = NULL;
	if (n == 0 || output[n - 1] == '/' || file_type(output) == FILE_FOLDER)
		folder = n ? output : "out";
	else if (!path_has_ending(output, ".zip") && file_type(output) == FILE_NONE) {
		err_set(err, ERR_USAGE,
		    _("'%s' is no folder, and no file's name that ends in .zip; write '%s/' for a "
		      "new folder"),
		    output, output);
		return NULL;
	}
	const char *path = folder ? path_join(run->arena, folder, name) : output;
	if (check_folder(run, path, folder != NULL, err) != 0 ||
	    (folder && folder_make(folder, err) != 0) || check_target(run, path, root, err) != 0)
		return NULL;
	return path;
}

/* `path` is NULL when no bundle was made. */
static void print_json(const struct run *run, const char *path, int draft)
{
	const struct findings *findings = &run->findings;
	cli_print_json(json_pack("{s:s, s:s?, s:b, s:i, s:i, s:i, s:o}", "schema",
	    "nianbao-assemble-1", "bundle", path ? cli_shown(run->arena, path) : NULL, "draft",
	    draft, "errors", (int)findings_count(findings, NB_ERROR), "warnings",
	    (int)findings_count(findings, NB_WARNING), "notes",
	    (int)findings_count(findings, NB_NOTE), "findings",
	    export_findings(findings, &run->chapters)));
}

/* Standard output is the bundle's path alone, for whoever reads it by program. */
static void show_findings(struct run *run)
{
	run_settle(run);
	if (!run->cli->json && (!run->cli->quiet || findings_count(&run->findings, NB_ERROR) > 0))
		cli_print_findings(&run->findings, stderr);
}

static int pack(struct run *run, const struct options *options, struct report *report)
{
	struct err err = { 0 };
	struct progress progress;
	struct bag bag = { .workspace = &run->workspace,
		.intake = &run->intake,
		.figures = &run->figures,
		.findings = &run->findings,
		.catalog = &run->chapters,
		.review = &run->review,
		.report = report,
		.software = "nianbao " NIANBAO_VERSION,
		.publication = options->publication };
	const char *path = NULL;
	int was_signed = 0;
	int rc = render(run, options, report, &bag, &err);
	show_findings(run); /* a format finds something, too */
	if (rc == 0) {
		path = bundle_path(run, options, report->draft, &err);
		rc = path ? 0 : -1;
	}
	if (rc == 0) {
		was_signed = seal_is_signed(path, run->arena);
		progress_start(&progress, run->cli);
		rc = bag_write(&bag, path, progress_show, &progress, &err);
		progress_end(&progress, rc, &err);
	}
	for (size_t i = 0; i < bag.output_count; i++)
		buf_release(&bag.outputs[i].content);
	if (rc != 0)
		return cli_fail(&err);

	size_t errors = findings_count(&run->findings, NB_ERROR);
	if (run->cli->json)
		print_json(run, path, report->draft);
	else
		printf("%s\n", path);
	fflush(stdout);
	cli_say(run->cli, _("%s; the bundle is %s"), cli_verdict(run->cli, &run->findings), path);
	if (was_signed && !seal_is_signed(path, run->arena))
		cli_say(run->cli,
		    _("the signature of the bundle that was '%s' before went with it: 'nianbao "
		      "sign' "
		      "signs the new one"),
		    path);
	return errors ? STATUS_FINDINGS : STATUS_DONE;
}

/* What is a state secret is not published by a slip of an option. */
static int check_secrecy(const struct run *run, const struct options *options, struct err *err)
{
	const char *level = run->workspace.secrecy;
	if (!options->publication || !level || strcmp(level, "公开") == 0 ||
	    strcmp(level, "内部") == 0)
		return 0;
	return err_set(err, ERR_USAGE,
	    _("nothing is made for publication: report.ini says 'secrecy = %s'"), level);
}

static int assemble(struct cli *cli, struct options *options)
{
	struct run run;
	struct report report;
	struct err err = { 0 };
	int status = STATUS_SYSTEM;
	if (run_open(&run, cli, &status) != 0)
		goto out;
	if (options->format_count == 0) {
		options->formats = run.workspace.formats;
		options->format_count = run.workspace.format_count;
	}
	if (looks_check(options->formats, options->format_count, options->arena, &err) != 0 ||
	    check_secrecy(&run, options, &err) != 0) {
		status = cli_fail(&err);
		goto out;
	}
	run.publication = options->publication;
	run.traced = 1;
	if (run_gather(&run, &status) != 0 || run_compose(&run, &report, &status) != 0)
		goto out;
	/* What a format finds is no error: whether there will be a bundle is known before. */
	workspace_waive(&run.workspace, &run.findings, 0);
	size_t errors = findings_count(&run.findings, NB_ERROR);
	if (errors && !options->draft) {
		show_findings(&run);
		if (cli->json)
			print_json(&run, NULL, 0);
		cli_say(cli,
		    _("%s; no bundle was made: mend the errors, accept them in waivers.ini, or use "
		      "--draft"),
		    cli_verdict(cli, &run.findings));
		status = STATUS_FINDINGS;
		goto out;
	}
	report.draft = errors > 0;
	status = pack(&run, options, &report);
out:
	run_close(&run);
	return status;
}

static int run(struct cli *cli, int argc, char **argv)
{
	static const struct option options[] = { { "output", required_argument, NULL, 'o' },
		{ "format", required_argument, NULL, OPTION_FORMAT },
		{ "draft", no_argument, NULL, OPTION_DRAFT },
		{ "public", no_argument, NULL, OPTION_PUBLIC }, { 0 } };
	struct options chosen = { .arena = cli->arena };
	int status;
	int first =
	    cli_options(cli, &command_assemble, argc, argv, "o:", options, take, &chosen, &status);
	if (first < 0)
		return status;
	if (first < argc)
		return cli_usage(
		    &command_assemble, _("'%s' is one argument too many"), argv[first]);
	return assemble(cli, &chosen);
}

const struct command command_assemble = {
	.name = "assemble",
	.summary = N_("check, compose and pack the report in one verifiable bundle"),
	.arguments = "[-o PATH] [--format LIST] [--public] [--draft]",
	.help = N_(
	    "Makes out/REGION-YEAR.zip: the report, its attachments, figures, findings and every\n"
	    "hand-in, with checksums over all of it. Prints the bundle's path.\n"
	    "\n"
	    "  -o, --output PATH   the bundle's file, or the folder to put it into\n"
	    "  --format LIST       formats instead of report.ini's: md, html, txt, docx, pdf\n"
	    "  --public            without internal attachments, hand-ins and findings\n"
	    "  --draft             go on despite errors; the report says that it is a draft\n"
	    "  --json              path and findings as data\n"
	    "\n"
	    "Ends with status 1 if there were errors; without --draft there is no bundle then.\n"),
	.run = run,
};
