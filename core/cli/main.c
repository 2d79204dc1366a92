/* main.c: options before the command, and the table of commands. */
#define _XOPEN_SOURCE 700 /* SIGXFSZ */
#include "archive/digest.h"
#include "base/i18n.h"
#include "base/installation.h"
#include "base/length.h"
#include "cli/cli.h"
#include "cli/version.h"
#include "office/part.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static const struct command *const commands[] = { &command_init, &command_form, &command_pack,
	&command_receive, &command_check, &command_status, &command_remind, &command_figures,
	&command_draft, &command_assemble, &command_render, &command_sign, &command_verify,
	&command_compare, &command_plugins };

static void print_help(void)
{
	printf("%s",
	    _("usage: nianbao [-C WORKSPACE] [-q] [--json] [--plugin-path FOLDERS] COMMAND …\n"
	      "\n"
	      "Assembles a local government's yearly report on building a law-based government\n"
	      "from what its departments hand in, and seals it in one verifiable bundle.\n"
	      "\n"));
	for (size_t i = 0; i < LENGTH(commands); i++)
		printf("  %-10s %s\n", commands[i]->name, _(commands[i]->summary));
	printf("%s",
	    _("\n"
	      "  -C WORKSPACE            work in this folder\n"
	      "  -q, --quiet             data only, no talk\n"
	      "  --json                  data as JSON\n"
	      "  --plugin-path FOLDERS   look for chapters there first (: between folders)\n"
	      "  --help, --version\n"
	      "\n"
	      "'nianbao COMMAND --help' tells more. Status: 0 done, 1 errors were found, 2 wrong\n"
	      "usage or configuration, 3 the system failed.\n"));
}

static void find_installation(struct cli *cli, const char **locale)
{
	const char *prefix = installation_prefix(cli->arena);
	cli->share = arena_printf(cli->arena, "%s/share/nianbao", prefix);
	cli->plugins = arena_printf(cli->arena, "%s/lib/nianbao", prefix);
	*locale = arena_printf(cli->arena, "%s/share/locale", prefix);
}

static int dispatch(struct cli *cli, int argc, char **argv)
{
	enum { OPTION_JSON = 1, OPTION_PLUGINS, OPTION_VERSION };
	static const struct option options[] = { { "help", no_argument, NULL, 'h' },
		{ "quiet", no_argument, NULL, 'q' }, { "json", no_argument, NULL, OPTION_JSON },
		{ "plugin-path", required_argument, NULL, OPTION_PLUGINS },
		{ "version", no_argument, NULL, OPTION_VERSION }, { 0 } };
	int option;
	opterr = 0;
	while ((option = getopt_long(argc, argv, "+:C:hq", options, NULL)) != -1) {
		switch (option) {
		case 'C':
			if (chdir(optarg) != 0) {
				struct err err;
				err_sys(&err, errno, _("cannot enter '%s'"), optarg);
				err.kind = ERR_USAGE;
				return cli_fail(&err);
			}
			break;
		case 'h':
			print_help();
			return STATUS_DONE;
		case 'q':
			cli->quiet = 1;
			break;
		case OPTION_JSON:
			cli->json = 1;
			break;
		case OPTION_PLUGINS:
			cli->plugin_path = optarg;
			break;
		case OPTION_VERSION:
			printf("nianbao %s\n", NIANBAO_VERSION);
			return STATUS_DONE;
		case ':':
			return cli_usage(NULL, _("the option '%s' needs a value"),
			    cli_option_name(cli, options, optopt, argv));
		default:
			return cli_usage(NULL, _("there is no option '%s'"),
			    cli_option_name(cli, options, optopt, argv));
		}
	}
	if (optind == argc) {
		print_help();
		return STATUS_USAGE;
	}
	const char *name = argv[optind];
	if (strcmp(name, "help") == 0) {
		print_help();
		return STATUS_DONE;
	}
	for (size_t i = 0; i < LENGTH(commands); i++)
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i]->run(cli, argc - optind, argv + optind);
	return cli_usage(NULL, _("there is no command '%s'"), name);
}

/*
 * A file as large as is allowed is a failed write, not a death; every hand-in may hold a file open;
 * a library that is short of memory ends where we do, and does not leave half of something out.
 */
static void prepare_process(void)
{
	struct rlimit files;
	digest_init();
	part_init();
	json_set_alloc_funcs(mem_alloc, free);
	signal(SIGXFSZ, SIG_IGN);
	if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
		files.rlim_cur = files.rlim_max;
		setrlimit(RLIMIT_NOFILE, &files);
	}
}

int main(int argc, char **argv)
{
	struct arena arena;
	prepare_process();
	arena_init(&arena);
	struct cli cli = { .arena = &arena };
	const char *locale;
	find_installation(&cli, &locale);
	i18n_init(locale);
	int status = dispatch(&cli, argc, argv);
	/* Data that did not reach its file was not delivered. */
	if (fflush(stdout) != 0 || ferror(stdout)) {
		struct err err;
		err_sys(&err, errno, _("cannot write to standard output"));
		status = cli_fail(&err);
	}
	arena_release(&arena);
	return status;
}
