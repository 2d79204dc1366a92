/* pack.c: `nianbao pack`: one zip to hand in, out of a department's folder, after a check. */
#define _XOPEN_SOURCE 700 /* realpath, lstat */
#include "archive/name.h"
#include "archive/zip_writer.h"
#include "base/file.h"
#include "base/i18n.h"
#include "bundle/export.h"
#include "chapters/plugin_host.h"
#include "cli/cli.h"
#include "cli/run.h"
#include "intake/counter.h"
#include "intake/intake.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct options {
	const char *output;
	int force;
};

/* A folder at a department's desk, on its way into a zip. */
struct packing {
	struct cli *cli;
	const struct options *options;
	const char *given;     /* the folder as the user named it */
	char folder[PATH_MAX]; /* its whole path */
	struct findings findings;
	struct catalog all, chapters;
	struct intake intake;
	int clash;        /* two files would have one name in the zip */
	const char *path; /* of the zip; NULL: none was made */
};

/* As `check` does where there is no workspace. */
static int check(struct packing *packing, struct err *err)
{
	struct arena *arena = packing->cli->arena;
	const char *const *folders = cli_plugin_folders(packing->cli);
	findings_init(&packing->findings, arena);
	if (plugins_load(arena, folders, &packing->findings, &packing->all, err) != 0)
		return -1;
	plugins_choose(arena, &packing->all, NULL, folders, &packing->findings, &packing->chapters);
	struct intake_context context = { arena, NULL, &packing->chapters, &packing->findings };
	struct review review = {
		.arena = arena, .findings = &packing->findings, .catalog = &packing->chapters
	};
	struct receipt none = { 0 };
	struct arrival arrival = { packing->given, &none, NULL };
	review_begin(&review, NULL, NULL);
	int rc = intake_arrival(&context, packing->folder, &arrival, &packing->intake, err);
	if (rc == 0 && packing->intake.count)
		rc = run_check_one(&context, &review, NULL, &packing->intake.items[0], err);
	review_compare(&review);
	review_end(&review);
	findings_sort(&packing->findings, NULL);
	return rc;
}

struct outgoing {
	const char *name, *folded;
};

static int by_folded(const void *a, const void *b)
{
	const struct outgoing *x = a, *y = b;
	int order = strcmp(x->folded, y->folded);
	return order ? order : strcmp(x->name, y->name);
}

/* Two that would be one, on some computers at least: that no force can pack. */
static void find_clashes(struct packing *packing, struct outgoing *names, size_t count)
{
	const struct submission *submission = &packing->intake.items[0];
	if (count)
		qsort(names, count, sizeof *names, by_folded);
	for (size_t i = 1; i < count; i++) {
		if (strcmp(names[i - 1].folded, names[i].folded) != 0)
			continue;
		packing->clash = 1;
		FIND(&packing->findings, INTAKE_UNSAFE_NAME, submission->department->id,
		    AT(submission->label, 0, 0), names[i].name,
		    N_("rename '%s': in the zip it would have the same name as '%s'"),
		    names[i].name, names[i - 1].name);
	}
}

/*
 * A name that cannot go out as it is would be another one in the zip, and what refers to it would
 * lead nowhere: whoever packs has to rename it.
 */
static void check_names(struct packing *packing)
{
	struct arena *arena = packing->cli->arena;
	const struct submission *submission = &packing->intake.items[0];
	size_t count;
	const struct store_file *files = store_files(submission->store, &count);
	struct outgoing *names = arena_alloc(arena, (count + 1) * sizeof *names);
	size_t going = 0;
	for (size_t i = 0; i < count; i++) {
		if (files[i].problem || files[i].litter)
			continue;
		const char *safe = name_safe(arena, files[i].name);
		names[going++] = (struct outgoing){ files[i].name, name_fold(arena, safe) };
		if (strcmp(safe, files[i].name) != 0)
			FIND(&packing->findings, INTAKE_UNSAFE_NAME, submission->department->id,
			    AT(submission->label, 0, 0), files[i].name,
			    N_("rename '%s', best to '%s': not every computer takes such a name"),
			    files[i].name, safe);
	}
	find_clashes(packing, names, going);
}

/* What the zip and the one folder in it are called. */
static const char *stem(const struct packing *packing)
{
	struct arena *arena = packing->cli->arena;
	const struct submission *submission = &packing->intake.items[0];
	const char *name = arena_printf(
	    arena, "%s-%d-%d", submission->department->id, submission->year, submission->revision);
	assert(!name_problem(name) && !strchr(name, '/'));
	return name_safe(arena, name);
}

static const char *target(struct packing *packing, struct err *err)
{
	struct arena *arena = packing->cli->arena;
	const char *output = packing->options->output;
	const char *name = arena_printf(arena, "%s.zip", stem(packing));
	const char *base = path_base(packing->folder);
	const char *path;
	if (output && (output[strlen(output) - 1] == '/' || file_type(output) == FILE_FOLDER))
		path = path_join(arena, output, name);
	else if (output)
		path = output;
	else
		path = arena_printf(
		    arena, "%.*s%s", (int)(base - packing->folder), packing->folder, name);

	char where[PATH_MAX];
	const char *end = path_base(path);
	const char *folder = end == path ? "." : arena_strndup(arena, path, (size_t)(end - path));
	size_t n = strlen(packing->folder);
	if (!realpath(folder, where)) {
		if (errno == ENOENT || errno == ENOTDIR)
			err_set(err, ERR_USAGE, _("there is no folder '%.*s'"),
			    (int)(strlen(folder) - (strlen(folder) > 1)), folder);
		else
			err_sys(err, errno, _("cannot write '%s'"), path);
		return NULL;
	}
	if (strncmp(where, packing->folder, n) == 0 && (where[n] == '/' || where[n] == '\0')) {
		err_set(err, ERR_USAGE, _("'%s' lies in the folder that is packed"), path);
		return NULL;
	}
	struct stat st;
	if (lstat(path, &st) == 0 && (!S_ISREG(st.st_mode) || !path_has_ending(path, ".zip"))) {
		err_set(err, ERR_USAGE, _("'%s' is there and is no zip: it is not replaced"), path);
		return NULL;
	}
	return path;
}

static int write_zip(struct packing *packing, const char *path, struct err *err)
{
	struct arena *arena = packing->cli->arena;
	const struct submission *submission = &packing->intake.items[0];
	const char *top = stem(packing);
	size_t count;
	const struct store_file *files = store_files(submission->store, &count);
	long threads = sysconf(_SC_NPROCESSORS_ONLN);
	struct zip_writer *zip = zip_writer_new(path, threads > 0 ? (unsigned)threads : 1);
	struct progress progress;
	for (size_t i = 0; i < count; i++)
		if (!files[i].problem && !files[i].litter && !name_problem(files[i].name))
			zip_writer_add_member(zip,
			    arena_printf(arena, "%s/%s", top, name_safe(arena, files[i].name)),
			    submission->store, &files[i]);
	progress_start(&progress, packing->cli);
	int rc = zip_writer_commit(zip, progress_show, &progress, err);
	progress_end(&progress, rc, err);
	return rc;
}

static int make(struct packing *packing, struct err *err)
{
	if (packing->intake.count == 0)
		return 0;
	check_names(packing);
	findings_sort(&packing->findings, NULL);
	if (packing->intake.items[0].year == 0 || packing->clash ||
	    (findings_count(&packing->findings, NB_ERROR) && !packing->options->force))
		return 0;
	const char *path = target(packing, err);
	if (!path || write_zip(packing, path, err) != 0)
		return -1;
	packing->path = path;
	return 0;
}

static int tell(struct packing *packing)
{
	struct cli *cli = packing->cli;
	const struct findings *findings = &packing->findings;
	size_t errors = findings_count(findings, NB_ERROR);
	char hex[HANDIN_DIGEST_SIZE] = "";
	struct err err = { 0 };
	if (packing->path && handin_digest(packing->path, hex, &err) != 0)
		return cli_fail(&err);
	if (cli->json)
		cli_print_json(
		    json_pack("{s:s, s:s?, s:s?, s:i, s:i, s:i, s:o}", "schema", "nianbao-pack-1",
		        "zip", packing->path ? cli_shown(cli->arena, packing->path) : NULL,
		        "sha256", *hex ? hex : NULL, "errors", (int)errors, "warnings",
		        (int)findings_count(findings, NB_WARNING), "notes",
		        (int)findings_count(findings, NB_NOTE), "findings",
		        export_findings(findings, &packing->chapters)));
	else if (!cli->quiet || errors)
		cli_print_findings(findings, stderr);
	if (!cli->json && packing->path)
		printf("%s\n", packing->path);
	fflush(stdout);
	if (packing->path)
		cli_say(cli, _("%s; hand in the zip. SHA-256 %s"), cli_verdict(cli, findings), hex);
	else if (packing->intake.count && packing->intake.items[0].year == 0)
		cli_say(cli, _("nothing was packed: nobody can tell for which year this is"));
	else if (packing->clash)
		cli_say(
		    cli, _("%s; nothing was packed: mend the names"), cli_verdict(cli, findings));
	else
		cli_say(cli,
		    packing->intake.count
		        ? _("%s; nothing was packed: mend the errors, or use --force")
		        : _("%s; nothing was packed"),
		    cli_verdict(cli, findings));
	return errors || !packing->path ? STATUS_FINDINGS : STATUS_DONE;
}

static int pack(struct cli *cli, const char *folder, const struct options *options)
{
	size_t n = strlen(folder);
	while (n > 1 && folder[n - 1] == '/')
		n--;
	struct packing packing = {
		.cli = cli, .options = options, .given = arena_strndup(cli->arena, folder, n)
	};
	struct err err = { 0 };
	if (file_type(folder) == FILE_NONE)
		return cli_usage(&command_pack, _("there is no '%s'"), folder);
	if (file_type(folder) != FILE_FOLDER || !realpath(folder, packing.folder))
		return cli_usage(&command_pack, _("'%s' is no folder"), folder);
	int rc = check(&packing, &err);
	if (rc == 0)
		rc = make(&packing, &err);
	int status = rc == 0 ? tell(&packing) : cli_fail(&err);
	intake_release(&packing.intake);
	plugins_unload(&packing.all);
	return status;
}

static int take(void *self, int option, const char *value)
{
	struct options *options = self;
	if (option == 'f') {
		options->force = 1;
		return 0;
	}
	options->output = value;
	return *value ? 0 : -1;
}

static int run(struct cli *cli, int argc, char **argv)
{
	static const struct option options[] = { { "output", required_argument, NULL, 'o' },
		{ "force", no_argument, NULL, 'f' }, { 0 } };
	struct options chosen = { 0 };
	int status;
	int first =
	    cli_options(cli, &command_pack, argc, argv, "o:f", options, take, &chosen, &status);
	if (first < 0)
		return status;
	if (argc - first != 1)
		return cli_usage(
		    &command_pack, first == argc ? _("which folder?") : _("one folder at a time"));
	return pack(cli, argv[first], &chosen);
}

const struct command command_pack = {
	.name = "pack",
	.summary = N_("make one zip to hand in, after a check (for departments)"),
	.arguments = "[-o PATH] [-f] DIR",
	.help = N_(
	    "Checks the hand-in in the folder DIR, as 'nianbao check DIR' does, and makes\n"
	    "DEPARTMENT-YEAR-REVISION.zip beside it: the same bytes for the same files, names "
	    "that\n"
	    "every computer can read, nothing that systems drop (.DS_Store, Thumbs.db, ~$…).\n"
	    "Prints the zip's path; findings go to standard error. With errors there is no zip;\n"
	    "warnings are for the department to weigh.\n"
	    "\n"
	    "  -o, --output PATH   the zip's file, or the folder to put it into\n"
	    "  -f, --force         pack despite errors: the office receives it with them\n"
	    "  --json              path, digest and findings as data\n"
	    "\n"
	    "Ends with status 1 if there were errors or nothing was packed.\n"),
	.run = run,
};
