/* draft.c: `nianbao draft`: composed chapters as files for the office to edit. */
#include "base/file.h"
#include "base/i18n.h"
#include "cli/cli.h"
#include "cli/run.h"

#include <string.h>

enum { OPTION_FORCE = 'f' };

static int take(void *self, int option, const char *value)
{
	(void)value;
	*(int *)self = option == OPTION_FORCE;
	return 0;
}

/* Writes one chapter. What the office has edited already is never overwritten by the way. */
static int write_chapter(
    struct run *run, const struct chapter *chapter, int force, int *kept, struct err *err)
{
	struct buf text = { 0 };
	const char *unused;
	const char *path = arena_printf(run->arena, "chapters/%s.md", chapter->id);
	if (file_type(path) != FILE_NONE && !force) {
		fprintf(stderr,
		    _("nianbao: '%s' is there already and was left as it is; --force replaces "
		      "it\n"),
		    path);
		*kept = 1;
		return 0;
	}
	buf_adds(&text, run_draft_mark(run, chapter));
	int rc = run_chapter(run, chapter, 0, &text, &unused, err);
	if (rc == 0)
		rc = folder_make("chapters", err);
	if (rc == 0)
		rc = file_write(path, buf_str(&text), text.len, err);
	buf_release(&text);
	if (rc == 0)
		printf("%s\n", path);
	return rc;
}

static int draft(struct cli *cli, int count, char **names, int force)
{
	struct run run;
	struct err err = { 0 };
	int status = STATUS_DONE, kept = 0;
	if (run_open(&run, cli, &status) != 0 || run_gather(&run, &status) != 0)
		goto out;
	for (int i = 0; i < count; i++)
		if (!catalog_chapter(&run.chapters, names[i])) {
			status = cli_usage(
			    &command_draft, _("the report has no chapter '%s'"), names[i]);
			goto out;
		}
	status = STATUS_DONE;
	for (size_t i = 0; i < run.chapters.count; i++) {
		const struct chapter *chapter = &run.chapters.chapters[i];
		int wanted = count == 0;
		for (int k = 0; k < count; k++)
			wanted |= strcmp(names[k], chapter->id) == 0;
		if (wanted && write_chapter(&run, chapter, force, &kept, &err) != 0) {
			status = cli_fail(&err);
			goto out;
		}
	}
	if (kept)
		status = STATUS_USAGE;
out:
	run_close(&run);
	return status;
}

static int run(struct cli *cli, int argc, char **argv)
{
	static const struct option options[] = { { "force", no_argument, NULL, OPTION_FORCE },
		{ 0 } };
	int status, force = 0;
	int first =
	    cli_options(cli, &command_draft, argc, argv, "f", options, take, &force, &status);
	if (first < 0)
		return status;
	return draft(cli, argc - first, argv + first, force);
}

const struct command command_draft = {
	.name = "draft",
	.summary = N_("write composed chapters to chapters/ for editing"),
	.arguments = "[-f] [CHAPTER…]",
	.help = N_(
	    "Writes chapters/CHAPTER.md, one file a chapter, as it would be composed now. A "
	    "chapter\n"
	    "that has such a file is taken from there from then on; delete the file to have it\n"
	    "composed again. {{sfj.decision.x}} in it stands for a department's figure, {{x}} for\n"
	    "the county's.\n"
	    "\n"
	    "  -f, --force   replace files that are there\n"),
	.run = run,
};
