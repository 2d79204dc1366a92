/* render.c: `nianbao render`: one Markdown file of the office's in the official layout. */
#include "base/file.h"
#include "base/i18n.h"
#include "base/quantity.h"
#include "base/utf8.h"
#include "bundle/export.h"
#include "cli/cli.h"
#include "cli/looks.h"
#include "pictures/pictures.h"
#include "workspace/ini.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { TEXT_MAX = 64 << 20 };

struct options {
	struct arena *arena;
	const char *output;
	const char **formats;
	size_t format_count;
	const char *title, *issuer, *date;
	const char *templates;
	int as_written, contents, force;
};

enum {
	OPTION_FORMAT = 1,
	OPTION_TITLE,
	OPTION_ISSUER,
	OPTION_DATE,
	OPTION_TEMPLATES,
	OPTION_AS_WRITTEN,
	OPTION_CONTENTS
};

/* Words for the report, which takes no others. */
static int take_words(const char **to, const char *value)
{
	size_t n = strlen(value);
	*to = value;
	return utf8_check(value, n) == n && utf8_control(value, n) == n ? 0 : -1;
}

static int take(void *self, int option, const char *value)
{
	struct options *options = self;
	switch (option) {
	case 'o':
		options->output = value;
		return *value ? 0 : -1;
	case 'f':
		options->force = 1;
		return 0;
	case OPTION_FORMAT:
		options->formats = ini_split(options->arena, value, &options->format_count);
		return options->format_count ? 0 : -1;
	case OPTION_TITLE:
		return take_words(&options->title, value) == 0 && *value ? 0 : -1;
	case OPTION_ISSUER:
		return take_words(&options->issuer, value);
	case OPTION_DATE:
		options->date = take_words(&options->date, value) == 0
		                    ? date_plain(options->arena, value)
		                    : NULL;
		return options->date ? 0 : -1;
	case OPTION_TEMPLATES:
		options->templates = value;
		return 0;
	case OPTION_AS_WRITTEN:
		options->as_written = 1;
		return 0;
	case OPTION_CONTENTS:
		options->contents = 1;
		return 0;
	default:
		return -1;
	}
}

/* ---- where it goes ------------------------------------------------------- */

/* One format's result: its path, NULL for standard output. */
struct result {
	const struct format *format;
	const char *path;
	struct buf content;
};

struct paper {
	struct cli *cli;
	const struct options *options;
	const char *file;
	struct findings findings;
	struct pictures pictures;
	struct result *results;
	size_t count;
};

static int is_output(const struct options *options, const char *what)
{
	return options->output && strcmp(options->output, what) == 0;
}

static int is_folder(const char *output)
{
	return output[strlen(output) - 1] == '/' || file_type(output) == FILE_FOLDER;
}

/* What nobody chose: the format that -o ends in, else the one that offices work with. */
static const char *usual_format(const struct options *options)
{
	const char *output = options->output;
	const char *ending = output && !is_folder(output) ? strrchr(path_base(output), '.') : NULL;
	if (ending && format_find(ending + 1))
		return ending + 1;
	return format_find("docx") ? "docx" : "html";
}

static int choose_formats(struct options *options, struct err *err)
{
	if (options->format_count == 0) {
		options->formats = arena_alloc(options->arena, sizeof *options->formats);
		options->formats[options->format_count++] = usual_format(options);
	}
	if (looks_check(options->formats, options->format_count, options->arena, err) != 0)
		return -1;
	if (options->format_count > 1 && options->output && !is_folder(options->output))
		return err_set(err, ERR_USAGE,
		    _("'%s' can take one format only: name a folder for several"), options->output);
	return 0;
}

/* Beside the text, under its name. */
static const char *usual_path(const struct paper *paper, const struct format *format)
{
	struct arena *arena = paper->cli->arena;
	const char *output = paper->options->output, *base = path_base(paper->file);
	int is_markdown = path_has_ending(base, ".md") || path_has_ending(base, ".markdown");
	size_t stem = is_markdown ? (size_t)(strrchr(base, '.') - base) : strlen(base);
	const char *folder = output ? output
	                     : base == paper->file
	                         ? "."
	                         : arena_strndup(arena, paper->file, (size_t)(base - paper->file));
	return path_join(
	    arena, folder, arena_printf(arena, "%.*s.%s", (int)stem, base, format->name));
}

/*
 * A text is never replaced by what is made of it; nor is any file that nobody
 * named, unless that is asked for; nor what is no file.
 */
static int check_target(const struct paper *paper, const char *path, int named, struct err *err)
{
	struct stat there, text;
	if (stat(path, &there) != 0)
		return 0;
	if (stat(paper->file, &text) == 0 && there.st_dev == text.st_dev &&
	    there.st_ino == text.st_ino)
		return err_set(err, ERR_USAGE,
		    _("'%s' is the text itself: choose another place with -o"), path);
	if (!S_ISREG(there.st_mode))
		return err_set(err, ERR_USAGE, _("'%s' is no regular file"), path);
	if (!named && !paper->options->force)
		return err_set(
		    err, ERR_USAGE, _("'%s' is there already; --force replaces it"), path);
	return 0;
}

static int choose_targets(struct paper *paper, struct err *err)
{
	const struct options *options = paper->options;
	int named = options->output && !is_folder(options->output);
	paper->results =
	    arena_alloc(paper->cli->arena, options->format_count * sizeof *paper->results);
	for (size_t i = 0; i < options->format_count; i++) {
		struct result *result = &paper->results[paper->count];
		int again = 0;
		for (size_t k = 0; k < i; k++)
			again |= strcmp(options->formats[k], options->formats[i]) == 0;
		if (again)
			continue;
		paper->count++;
		result->format = format_find(options->formats[i]);
		if (is_output(options, "-"))
			continue;
		result->path = named ? options->output : usual_path(paper, result->format);
		if (check_target(paper, result->path, named, err) != 0)
			return -1;
	}
	return 0;
}

/* ---- the paper ----------------------------------------------------------- */

static const struct figure_use *no_figure(void *self, const char *name, const char *chapter)
{
	(void)self;
	(void)name;
	(void)chapter;
	return NULL;
}

static const struct picture *load_picture(
    void *self, const char *file, const char *target, const char **why)
{
	struct paper *paper = self;
	return pictures_load(&paper->pictures, file, target, why);
}

static int build(struct paper *paper, struct report *report, struct err *err)
{
	const struct options *options = paper->options;
	struct arena *arena = paper->cli->arena;
	struct buf text = { 0 };
	struct decoded how;
	if (file_read_text(paper->file, TEXT_MAX, &text, &how, err) != 0) {
		buf_release(&text);
		return -1;
	}
	encoding_note(&paper->findings, NULL, paper->file, &how);
	markdown_plain(&text);
	*report = (struct report){ .title = options->title,
		.region = "",
		.issuer = options->issuer ? options->issuer : "",
		.date = options->date,
		.year = options->date ? date_read(options->date) / 10000 : 0,
		.contents = options->contents };
	const struct document_source source = { .frame = buf_str(&text),
		.frame_size = text.len,
		.frame_file = paper->file,
		.resolve = no_figure,
		.picture = load_picture,
		.self = paper,
		.full_width = !options->as_written,
		.paper = 1,
		.as_written = options->as_written };
	int rc = document_build(report, &source, arena, &paper->findings, err);
	size_t typed = report->typed_numbers;
	if (rc == 0 && typed)
		cli_say(paper->cli,
		    ngettext("%zu heading had a number typed by hand; it is set anew. --as-written "
		             "keeps it",
		        "%zu headings had numbers typed by hand; they are set anew. --as-written "
		        "keeps them",
		        typed),
		    typed);
	buf_release(&text);
	if (rc == 0 && (!report->title || !*report->title))
		rc = err_set(err, ERR_USAGE,
		    _("'%s' has no title: begin it with a line '# TITLE', or use --title"),
		    paper->file);
	return rc;
}

static int write_all(struct paper *paper, const struct report *report, struct err *err)
{
	const struct templates templates = { .own = paper->options->templates,
		.installed = arena_printf(paper->cli->arena, "%s/templates", paper->cli->share) };
	for (size_t i = 0; i < paper->count; i++)
		if (looks_render(&templates, paper->results[i].format, report, &paper->findings,
		        &paper->results[i].content, err) != 0)
			return -1;
	const char *output = paper->options->output;
	if (output && is_folder(output) && folder_make(output, err) != 0)
		return -1;
	for (size_t i = 0; i < paper->count; i++) {
		const struct result *result = &paper->results[i];
		const struct buf *content = &result->content;
		if (!result->path)
			fwrite(buf_str(content), 1, content->len, stdout);
		else if (file_write(result->path, buf_str(content), content->len, err) != 0)
			return -1;
	}
	return 0;
}

static void print_json(const struct paper *paper, const struct report *report)
{
	const struct catalog none = { 0 };
	json_t *files = json_array();
	for (size_t i = 0; i < paper->count; i++)
		json_array_append_new(
		    files, json_string(cli_shown(paper->cli->arena, paper->results[i].path)));
	cli_print_json(json_pack("{s:s, s:s, s:o, s:i, s:i, s:i, s:o}", "schema",
	    "nianbao-render-1", "title", report->title, "files", files, "errors",
	    (int)findings_count(&paper->findings, NB_ERROR), "warnings",
	    (int)findings_count(&paper->findings, NB_WARNING), "notes",
	    (int)findings_count(&paper->findings, NB_NOTE), "findings",
	    export_findings(&paper->findings, &none)));
}

static void print(struct paper *paper, const struct report *report)
{
	static const char *const nobody[] = { NULL };
	findings_sort(&paper->findings, nobody);
	if (paper->cli->json) {
		print_json(paper, report);
	} else {
		if (!paper->cli->quiet || findings_count(&paper->findings, NB_ERROR))
			cli_print_findings(&paper->findings, stderr);
		for (size_t i = 0; i < paper->count; i++)
			if (paper->results[i].path)
				printf("%s\n", paper->results[i].path);
	}
	fflush(stdout);
	if (paper->findings.count)
		cli_say(paper->cli, "%s", cli_verdict(paper->cli, &paper->findings));
}

static int render(struct cli *cli, struct options *options, const char *file)
{
	struct paper paper = { .cli = cli, .options = options, .file = file };
	struct report report;
	struct err err = { 0 };
	const char *base = path_base(file);
	findings_init(&paper.findings, cli->arena);
	paper.pictures = (struct pictures){ .arena = cli->arena,
		.folder =
		    base == file ? "." : arena_strndup(cli->arena, file, (size_t)(base - file)) };
	int rc = choose_formats(options, &err);
	if (rc == 0)
		rc = choose_targets(&paper, &err);
	if (rc == 0)
		rc = build(&paper, &report, &err);
	if (rc == 0)
		rc = write_all(&paper, &report, &err);
	if (rc == 0)
		print(&paper, &report);
	for (size_t i = 0; i < paper.count; i++)
		buf_release(&paper.results[i].content);
	if (rc != 0)
		return cli_fail(&err);
	return findings_count(&paper.findings, NB_ERROR) ? STATUS_FINDINGS : STATUS_DONE;
}

static int run(struct cli *cli, int argc, char **argv)
{
	static const struct option options[] = { { "output", required_argument, NULL, 'o' },
		{ "format", required_argument, NULL, OPTION_FORMAT },
		{ "title", required_argument, NULL, OPTION_TITLE },
		{ "issuer", required_argument, NULL, OPTION_ISSUER },
		{ "date", required_argument, NULL, OPTION_DATE },
		{ "templates", required_argument, NULL, OPTION_TEMPLATES },
		{ "as-written", no_argument, NULL, OPTION_AS_WRITTEN },
		{ "contents", no_argument, NULL, OPTION_CONTENTS },
		{ "force", no_argument, NULL, 'f' }, { 0 } };
	struct options chosen = { .arena = cli->arena };
	int status;
	int first =
	    cli_options(cli, &command_render, argc, argv, "o:f", options, take, &chosen, &status);
	if (first < 0)
		return status;
	if (first == argc)
		return cli_usage(&command_render, _("a Markdown file is needed"));
	if (first + 1 < argc)
		return cli_usage(
		    &command_render, _("'%s' is one argument too many"), argv[first + 1]);
	if (cli->json && is_output(&chosen, "-"))
		return cli_usage(
		    &command_render, _("'--json' and '-o -' both write to standard output"));
	return render(cli, &chosen, argv[first]);
}

const struct command command_render = {
	.name = "render",
	.summary = N_("set one Markdown file in the official layout"),
	.arguments =
	    "[--format LIST] [-o PATH] [--title TEXT] [--issuer TEXT] [--date DAY] FILE.md",
	.help = N_(
	    "Sets a paper that is no part of the report, and needs no workspace. Its first '# '\n"
	    "heading is the title; the others are numbered 一、 （一） 1. （1） from the "
	    "shallowest\n"
	    "on, and numbers typed before them are dropped. '![description](picture.png)' on a "
	    "line\n"
	    "of its own sets a PNG or JPEG from the file's folder. Prints what it has written.\n"
	    "\n"
	    "  --format LIST       formats, as of assemble; docx if there is no other reason\n"
	    "  -o, --output PATH   the file, whose ending tells the format, or a folder; - for\n"
	    "                      standard output; without it beside FILE.md\n"
	    "  -f, --force         replace files beside FILE.md that are there\n"
	    "  --title TEXT        the title; a '# ' heading is one of the text then\n"
	    "  --issuer TEXT, --date DAY   stand at the end\n"
	    "  --as-written        numbers of headings and punctuation as they are typed\n"
	    "  --contents          a table of contents, where there are pages\n"
	    "  --templates FOLDER  looks in here first for what the layout is made from\n"
	    "  --json              paths and findings as data\n"
	    "\n"
	    "Ends with status 1 if there were errors, such as a {{name}} that is left over.\n"),
	.run = run,
};
