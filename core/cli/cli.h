/* cli.h: what the commands share: options, folders, exit statuses, words on the terminal. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "base/arena.h"
#include "base/err.h"
#include "base/finding.h"

#include <getopt.h>
#include <jansson.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>

/* Exit statuses. */
enum status {
	STATUS_DONE = 0,
	STATUS_FINDINGS = 1, /* done, but errors were found, or the bundle is not valid */
	STATUS_USAGE = 2,
	STATUS_SYSTEM = 3
};

struct cli {
	struct arena *arena;
	int quiet;
	int json;
	const char *plugin_path; /* --plugin-path, or NULL */
	/* Where the installation keeps its things. */
	const char *share;   /* …/share/nianbao */
	const char *plugins; /* …/lib/nianbao */
};

/* A command: one file, one entry in the table. */
struct command {
	const char *name;
	const char *summary;   /* one line for the list of commands; untranslated */
	const char *arguments; /* what follows the name in the usage line */
	const char *help;      /* the rest of --help; untranslated */
	int (*run)(struct cli *cli, int argc, char **argv);
};

extern const struct command command_assemble, command_check, command_compare, command_draft,
    command_figures, command_form, command_init, command_pack, command_plugins, command_receive,
    command_remind, command_render, command_sign, command_status, command_verify;

/* An option of a command; `take` stores it and returns 0, or -1 if its value is wrong. */
typedef int option_take(void *self, int option, const char *value);

/*
 * Reads a command's options and the common ones (-q, --json, --help, which
 * may stand behind the command as well). Returns the index of the first
 * argument, or -1 when the command is over: `*status` tells how.
 */
int cli_options(struct cli *cli, const struct command *command, int argc, char **argv,
    const char *letters, const struct option *options, option_take *take, void *self, int *status);

/* The option that getopt stopped at, as the user would name it; in the arena. */
const char *cli_option_name(struct cli *cli, const struct option *options, int option, char **argv);

/* Prints a failure to stderr and returns the status that belongs to it. */
int cli_fail(const struct err *err);

/* Prints "nianbao: …" and how to get help; returns STATUS_USAGE. */
int cli_usage(const struct command *command, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Folders that plugins are looked for in, NULL-ended, in the arena. */
const char *const *cli_plugin_folders(const struct cli *cli);

/* Talk: to stderr, silent with -q. */
void cli_say(const struct cli *cli, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Any bytes as text that a terminal and JSON can take; in the arena. */
const char *cli_shown(struct arena *arena, const char *bytes);

/* Prints all findings that are not waived, a line each. */
void cli_print_findings(const struct findings *findings, FILE *to);

/* "2 errors, 3 warnings, 1 note" in words; in the arena. */
const char *cli_verdict(const struct cli *cli, const struct findings *findings);

/* Prints JSON to stdout and frees it. */
void cli_print_json(json_t *json);

/*
 * A progress bar on stderr, if that is a terminal and the work takes longer
 * than half a second. From start to end, Ctrl-C and its like are held back, so
 * that the zip writer can undo what it has begun: progress_end() wipes the bar
 * away, and if one of them came tells `err` (with `rc` not 0) and ends the
 * program by it, as a shell expects.
 */
struct progress {
	int on;
	long long started; /* milliseconds */
	int percent;
	sigset_t before;
};
void progress_start(struct progress *progress, const struct cli *cli);
void progress_show(void *progress, uint64_t done, uint64_t total); /* a zip_progress */
void progress_end(struct progress *progress, int rc, const struct err *err);

#endif
