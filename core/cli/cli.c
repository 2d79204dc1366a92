/* cli.c: options, messages and verdicts, the same for every command. */
#include "cli/cli.h"

#include "base/i18n.h"
#include "base/utf8.h"
#include "bundle/export.h"

#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { OPTIONS_MAX = 24, OPTION_JSON = 1000, OPTION_HELP = 'h' };

static void print_help(const struct command *command)
{
	printf(_("usage: nianbao [-C WORKSPACE] [-q] [--json] %s%s%s\n"), command->name,
	    *command->arguments ? " " : "", command->arguments);
	printf("\n%s\n", _(command->help));
}

const char *cli_option_name(struct cli *cli, const struct option *options, int option, char **argv)
{
	for (; options->name; options++)
		if (options->val == option)
			return arena_printf(cli->arena, "--%s", options->name);
	/* A letter may stand in a cluster, -zq; a long one is the argument itself. */
	if (option > 32 && option < 127)
		return arena_printf(cli->arena, "-%c", option);
	const char *word = argv[optind - 1];
	return arena_strndup(cli->arena, word, strcspn(word, "="));
}

int cli_options(struct cli *cli, const struct command *command, int argc, char **argv,
    const char *letters, const struct option *options, option_take *take, void *self, int *status)
{
	static const struct option common[] = { { "help", no_argument, NULL, OPTION_HELP },
		{ "json", no_argument, NULL, OPTION_JSON }, { "quiet", no_argument, NULL, 'q' },
		{ 0 } };
	struct option all[OPTIONS_MAX] = { 0 };
	char short_options[64];
	size_t n = 0;
	for (; options && options->name; options++)
		all[n++] = *options;
	memcpy(all + n, common, sizeof common);
	snprintf(short_options, sizeof short_options, ":hq%s", letters);
	optind = 0; /* glibc: start anew; the program's own options have been read */
	opterr = 0;
	for (;;) {
		int option = getopt_long(argc, argv, short_options, all, NULL);
		if (option == -1)
			return optind;
		if (option == OPTION_HELP) {
			print_help(command);
			*status = STATUS_DONE;
			return -1;
		}
		if (option == OPTION_JSON) {
			cli->json = 1;
		} else if (option == 'q') {
			cli->quiet = 1;
		} else if (option == ':') {
			*status = cli_usage(command, _("the option '%s' needs a value"),
			    cli_option_name(cli, all, optopt, argv));
			return -1;
		} else if (option == '?' && optopt == 'C') {
			*status = cli_usage(command,
			    _("-C stands before the command: nianbao -C WORKSPACE %s"),
			    command->name);
			return -1;
		} else if (option == '?') {
			*status = cli_usage(command, _("there is no option '%s'"),
			    cli_option_name(cli, all, optopt, argv));
			return -1;
		} else if (take(self, option, optarg) != 0) {
			*status = cli_usage(command, _("'%s' is no value for the option '%s'"),
			    optarg, cli_option_name(cli, all, option, argv));
			return -1;
		}
	}
}

/* Names of files stand in what is said, and in them may stand what turns a terminal mad. */
static void print_shown(const char *format, va_list args) __attribute__((format(printf, 1, 0)));
static void print_shown(const char *format, va_list args)
{
	struct buf shown = { 0 };
	va_list again;
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, format, again);
	va_end(again);
	char *text = mem_alloc((size_t)(n > 0 ? n : 0) + 1);
	if (n > 0)
		vsnprintf(text, (size_t)n + 1, format, args);
	for (char *line = n > 0 ? text : NULL, *next; line; line = next) { /* some is said in two */
		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		buf_clear(&shown);
		utf8_shown(&shown, line);
		fprintf(stderr, "%s%s", buf_str(&shown), next ? "\n" : "");
	}
	free(text);
	buf_release(&shown);
}

int cli_fail(const struct err *err)
{
	struct buf shown = { 0 };
	utf8_shown(&shown, err->text);
	fprintf(stderr, "nianbao: %s\n", buf_str(&shown));
	buf_release(&shown);
	return err->kind == ERR_SYSTEM ? STATUS_SYSTEM : STATUS_USAGE;
}

int cli_usage(const struct command *command, const char *format, ...)
{
	va_list args;
	fputs("nianbao: ", stderr);
	va_start(args, format);
	print_shown(format, args);
	va_end(args);
	fprintf(stderr, _("; see 'nianbao %s%s--help'\n"), command ? command->name : "",
	    command ? " " : "");
	return STATUS_USAGE;
}

const char *const *cli_plugin_folders(const struct cli *cli)
{
	const char *given[] = { cli->plugin_path, getenv("NIANBAO_PLUGIN_PATH"), cli->plugins };
	const char **folders = NULL;
	size_t n = 0;
	for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
		for (const char *p = given[i] ? given[i] : ""; *p;) {
			size_t len = strcspn(p, ":");
			if (len) {
				folders = arena_grow(cli->arena, folders, n, sizeof *folders);
				folders[n++] = arena_strndup(cli->arena, p, len);
			}
			p += len + (p[len] == ':');
		}
	}
	folders = arena_grow(cli->arena, folders, n, sizeof *folders);
	folders[n] = NULL;
	return folders;
}

void cli_say(const struct cli *cli, const char *format, ...)
{
	va_list args;
	if (cli->quiet)
		return;
	va_start(args, format);
	print_shown(format, args);
	va_end(args);
	fputc('\n', stderr);
}

const char *cli_shown(struct arena *arena, const char *bytes)
{
	struct buf text = { 0 };
	utf8_shown(&text, bytes);
	const char *copy = arena_strdup(arena, buf_str(&text));
	buf_release(&text);
	return copy;
}

void cli_print_findings(const struct findings *findings, FILE *to)
{
	struct buf line = { 0 };
	for (size_t i = 0; i < findings->count; i++) {
		if (findings->items[i].waived)
			continue;
		buf_clear(&line);
		finding_line(&findings->items[i], &line);
		fprintf(to, "%s\n", buf_str(&line));
	}
	buf_release(&line);
}

const char *cli_verdict(const struct cli *cli, const struct findings *findings)
{
	size_t errors = findings_count(findings, NB_ERROR);
	size_t warnings = findings_count(findings, NB_WARNING);
	size_t notes = findings_count(findings, NB_NOTE);
	size_t waived = 0;
	for (size_t i = 0; i < findings->count; i++)
		waived += findings->items[i].waived != NULL;
	const char *text = arena_printf(cli->arena, _("%s, %s, %s"),
	    arena_printf(cli->arena, ngettext("%zu error", "%zu errors", errors), errors),
	    arena_printf(cli->arena, ngettext("%zu warning", "%zu warnings", warnings), warnings),
	    arena_printf(cli->arena, ngettext("%zu note", "%zu notes", notes), notes));
	return waived ? arena_printf(cli->arena, _("%s, %zu waived"), text, waived) : text;
}

void cli_print_json(json_t *json)
{
	struct buf text = { 0 };
	export_json(json, &text);
	fputs(buf_str(&text), stdout);
	buf_release(&text);
	json_decref(json);
}

/* ---- progress ---------------------------------------------------------- */

static long long now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}

/* What ends a program politely, but for what whoever started us wants to be ignored (nohup). */
static sigset_t ending_signals(void)
{
	static const int ending[] = { SIGINT, SIGTERM, SIGHUP };
	sigset_t set;
	sigemptyset(&set);
	for (size_t i = 0; i < sizeof ending / sizeof *ending; i++) {
		struct sigaction now;
		if (sigaction(ending[i], NULL, &now) == 0 && now.sa_handler != SIG_IGN)
			sigaddset(&set, ending[i]);
	}
	return set;
}

void progress_start(struct progress *progress, const struct cli *cli)
{
	sigset_t held = ending_signals();
	*progress = (struct progress){
		.on = !cli->quiet && isatty(STDERR_FILENO), .started = now(), .percent = -1
	};
	pthread_sigmask(SIG_BLOCK, &held, &progress->before);
}

void progress_show(void *self, uint64_t done, uint64_t total)
{
	struct progress *progress = self;
	if (!progress->on || total == 0)
		return;
	int percent = (int)(done * 100 / total);
	long long spent = now() - progress->started;
	if (percent == progress->percent || spent < 500)
		return;
	progress->percent = percent;
	long long left = done ? spent * (long long)(total - done) / (long long)done / 1000 : 0;
	fputc('\r', stderr);
	fprintf(stderr, _("packing %3d %% (%lld s left) "), percent, left);
	fflush(stderr);
}

void progress_end(struct progress *progress, int rc, const struct err *err)
{
	sigset_t pending;
	if (progress->on && progress->percent >= 0)
		fprintf(stderr, "\r\033[K");
	if (rc != 0 && sigpending(&pending) == 0 &&
	    (sigismember(&pending, SIGINT) || sigismember(&pending, SIGTERM) ||
	        sigismember(&pending, SIGHUP)))
		cli_fail(err);
	pthread_sigmask(SIG_SETMASK, &progress->before, NULL); /* the end, if one came */
}
