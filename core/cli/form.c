/* form.c: `nianbao form`: what a department fills in, made from the chapters it owes. */
#include "base/file.h"
#include "base/i18n.h"
#include "cli/cli.h"
#include "cli/run.h"
#include "kit/kit.h"

#include <string.h>

enum { OPTION_ALL = 'a', OPTION_FOLDER = 'o' };

struct wish {
	int all;
	const char *folder;
	char **names;
	int count;
};

static int take(void *self, int option, const char *value)
{
	struct wish *wish = self;
	if (option == OPTION_ALL)
		wish->all = 1;
	else
		wish->folder = value;
	return option == OPTION_FOLDER && *value == '\0' ? -1 : 0;
}

static int is_wanted(const struct wish *wish, const struct department *department)
{
	int wanted = wish->all && department->chapter_count > 0;
	for (int i = 0; i < wish->count; i++)
		wanted |= strcmp(wish->names[i], department->id) == 0;
	return wanted;
}

/* Nothing is written unless all that was named can be. */
static int check_names(struct run *run, const struct wish *wish)
{
	for (int i = 0; i < wish->count; i++) {
		const struct department *department = run_department(run, wish->names[i]);
		if (!department)
			return cli_usage(&command_form, _("'%s' names no department '%s'"),
			    run->workspace.departments_file, wish->names[i]);
		if (department->chapter_count == 0)
			return cli_usage(&command_form, _("'%s' owes no chapter: see '%s'"),
			    wish->names[i], run->workspace.departments_file);
		wish->names[i] = arena_strdup(run->arena, department->id);
	}
	return STATUS_DONE;
}

/* That last year's figures are missing is worth knowing before the kits are sent out. */
static void say_findings(struct run *run)
{
	run_settle(run);
	if (!run->cli->quiet)
		cli_print_findings(&run->findings, stderr);
}

static const char *path_of(
    struct run *run, const struct wish *wish, const struct department *department)
{
	return path_join(run->arena, wish->folder,
	    arena_printf(run->arena, "%s-%d.zip", department->id, run->workspace.year));
}

/* All of them can be written, or none is. */
static int check_paths(struct run *run, const struct wish *wish, struct err *err)
{
	if (run_is_inbox(run, wish->folder))
		return err_set(err, ERR_USAGE,
		    _("'%s' lies in the inbox: hand-ins only belong there"), wish->folder);
	for (size_t i = 0; i < run->workspace.department_count; i++) {
		const struct department *department = &run->workspace.departments[i];
		if (is_wanted(wish, department) &&
		    kit_may_write(path_of(run, wish, department), err) != 0)
			return -1;
	}
	return folder_make(wish->folder, err);
}

static int write_kits(struct run *run, const struct wish *wish)
{
	struct err err = { 0 };
	struct kit kit = { run->arena, &run->workspace, &run->chapters, &run->templates,
		&run->last };
	size_t written = 0;
	int rc = check_paths(run, wish, &err);
	for (size_t i = 0; i < run->workspace.department_count && rc == 0; i++) {
		const struct department *department = &run->workspace.departments[i];
		const char *path = path_of(run, wish, department);
		if (!is_wanted(wish, department))
			continue;
		rc = kit_write(&kit, department, path, &err);
		if (rc == 0)
			printf("%s\n", path);
		written += rc == 0;
	}
	fflush(stdout);
	if (rc != 0)
		return cli_fail(&err);
	cli_say(run->cli, ngettext("%zu form", "%zu forms", written), written);
	return STATUS_DONE;
}

static int form(struct cli *cli, const struct wish *wish)
{
	struct run run;
	int status;
	if (run_open(&run, cli, &status) == 0) {
		status = check_names(&run, wish);
		if (status == STATUS_DONE) {
			run_last_year(&run);
			say_findings(&run);
			status = write_kits(&run, wish);
		}
	}
	run_close(&run);
	return status;
}

static int run(struct cli *cli, int argc, char **argv)
{
	static const struct option options[] = { { "all", no_argument, NULL, OPTION_ALL },
		{ "output", required_argument, NULL, OPTION_FOLDER }, { 0 } };
	struct wish wish = { .folder = "forms" };
	int status;
	int first =
	    cli_options(cli, &command_form, argc, argv, "ao:", options, take, &wish, &status);
	if (first < 0)
		return status;
	wish.names = argv + first;
	wish.count = argc - first;
	if (wish.all && wish.count)
		return cli_usage(
		    &command_form, _("--all and '%s' exclude each other"), wish.names[0]);
	if (!wish.all && wish.count == 0)
		return cli_usage(&command_form, _("name departments, or say --all"));
	return form(cli, &wish);
}

const struct command command_form = {
	.name = "form",
	.summary = N_("write the forms that departments fill in and hand in"),
	.arguments = "[-o FOLDER] (--all | DEPARTMENT…)",
	.help = N_(
	    "Writes forms/DEPARTMENT-YEAR.zip: a workbook with the figures, lists and register of\n"
	    "attachments that the department owes, a document for its texts, a folder for\n"
	    "attachments, and a page that says how to fill them in. Filled in and zipped again, "
	    "it\n"
	    "is a hand-in for the inbox. Last year's figures of the department stand beside this\n"
	    "year's if report.ini names last year's bundle.\n"
	    "\n"
	    "  -a, --all             for every department that owes a chapter\n"
	    "  -o, --output FOLDER   write there instead of forms/\n"
	    "\n"
	    "A form of an earlier run is replaced, one that was filled in never.\n"),
	.run = run,
};
