/* init.c: `nianbao init`: a new workspace, from config/workspace. */
#include "base/file.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "chapters/mustache.h"
#include "cli/cli.h"
#include "workspace/ini.h"

#include <string.h>
#include <time.h>

struct options {
	long year;
	const char *region;
};

static int take(void *self, int option, const char *value)
{
	struct options *options = self;
	if (option == 'r') {
		options->region = value;
		return utf8_check(value, strlen(value)) == strlen(value) &&
		               utf8_control(value, strlen(value)) == strlen(value) &&
		               value[strspn(value, " ")] && !strpbrk(value, "/\\:*?\"<>|%")
		           ? 0
		           : -1;
	}
	return ini_number(value, 1949, 2999, &options->year) ? 0 : -1;
}

/* {{x}} in an INI file is as it stands: the region's name was checked. */
static void plain(struct buf *out, const char *text)
{
	buf_adds(out, text);
}

static int make_file(const char *from, const char *to, json_t *data, struct err *err)
{
	struct buf text = { 0 }, out = { 0 };
	struct mustache_env env = { .escape = plain };
	int rc = file_read(from, 1 << 20, &text, err);
	/* Only INI files are filled in: frame.md is a template of its own. */
	size_t n = strlen(from);
	if (rc == 0 && n > 4 && strcmp(from + n - 4, ".ini") == 0)
		rc = mustache_render(from, buf_str(&text), text.len, data, &env, &out, err);
	else if (rc == 0)
		buf_add(&out, text.data, text.len);
	if (rc == 0)
		rc = file_write(to, buf_str(&out), out.len, err);
	buf_release(&text);
	buf_release(&out);
	return rc;
}

static int make(struct cli *cli, const char *dir, const struct options *options, struct err *err)
{
	struct arena *arena = cli->arena;
	const char *source = arena_printf(arena, "%s/workspace", cli->share);
	char **names;
	size_t count;
	if (file_type(dir) != FILE_NONE) {
		if (folder_list(dir, arena, &names, &count, err) != 0)
			return -1;
		if (count)
			return err_set(err, ERR_USAGE,
			    _("'%s' is not empty: a new workspace needs a new folder"), dir);
	}
	if (folder_list(source, arena, &names, &count, err) != 0)
		return -1;
	if (folder_make(dir, err) != 0 || folder_make(path_join(arena, dir, "inbox"), err) != 0)
		return -1;
	json_t *data = json_pack("{s:I, s:s, s:I, s:I}", "year", (json_int_t)options->year,
	    "region", options->region, "next_year", (json_int_t)options->year + 1, "last_year",
	    (json_int_t)options->year - 1);
	int rc = data ? 0 : err_set(err, ERR_USAGE, _("the region's name is not UTF-8"));
	for (size_t i = 0; i < count && rc == 0; i++)
		rc = make_file(
		    path_join(arena, source, names[i]), path_join(arena, dir, names[i]), data, err);
	json_decref(data);
	return rc;
}

static int run(struct cli *cli, int argc, char **argv)
{
	static const struct option options[] = { { "year", required_argument, NULL, 'y' },
		{ "region", required_argument, NULL, 'r' }, { 0 } };
	/* A report is written in the year after. */
	time_t today = time(NULL);
	struct tm parts;
	localtime_r(&today, &parts);
	struct options chosen = { .year = parts.tm_year + 1900 - 1, .region = "某某县" };
	int status;
	int first =
	    cli_options(cli, &command_init, argc, argv, "y:r:", options, take, &chosen, &status);
	if (first < 0)
		return status;
	if (argc - first != 1)
		return cli_usage(
		    &command_init, first == argc ? _("which folder?") : _("one folder at a time"));
	struct err err = { 0 };
	if (make(cli, argv[first], &chosen, &err) != 0)
		return cli_fail(&err);
	cli_say(cli,
	    _("'%s' is ready. Name the departments in departments.ini, look through report.ini, "
	      "put the\n"
	      "hand-ins into inbox/, then: nianbao -C '%s' check"),
	    argv[first], argv[first]);
	return STATUS_DONE;
}

const struct command command_init = {
	.name = "init",
	.summary = N_("make a new workspace"),
	.arguments = "[--year YEAR] [--region NAME] DIR",
	.help = N_(
	    "Makes the folder DIR with report.ini, departments.ini, frame.md and an empty inbox.\n"
	    "\n"
	    "  --year YEAR     the year reported on; last year if not given\n"
	    "  --region NAME   the county's name\n"),
	.run = run,
};
