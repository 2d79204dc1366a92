/* figures.c: `nianbao figures`: the county's figures and where they come from. */
#include "base/csv.h"
#include "base/i18n.h"
#include "base/place.h"
#include "base/quantity.h"
#include "base/utf8.h"
#include "bundle/export.h"
#include "cli/cli.h"
#include "cli/run.h"
#include "cli/table.h"

#include <string.h>

enum { HEADING_MAX = 60 }; /* characters of a heading beside each of its numbers */

struct options {
	const char *format;
	int all, trace;
};

static int take(void *self, int option, const char *value)
{
	struct options *options = self;
	if (option == 'a' || option == 't') {
		*(option == 'a' ? &options->all : &options->trace) = 1;
		return 0;
	}
	options->format = value;
	return strcmp(value, "table") == 0 || strcmp(value, "csv") == 0 ||
	               strcmp(value, "json") == 0
	           ? 0
	           : -1;
}

static void print_table(struct run *run, int all)
{
	struct arena *arena = run->arena;
	int compared = run->last.count > 0;
	struct table table = { .arena = arena,
		.columns = compared ? 7 : 5,
		.right = compared ? 1 << 2 | 1 << 4 | 1 << 5 : 1 << 2 };
	table_add(&table, _("figure"));
	table_add(&table, _("label"));
	table_add(&table, _("value"));
	table_add(&table, _("unit"));
	if (compared) {
		table_add(&table, _("last year"));
		table_add(&table, _("change"));
	}
	table_add(&table, _("departments"));
	for (size_t i = 0; i < run->figures.count; i++) {
		const struct county_figure *figure = &run->figures.items[i];
		if (!all && figure->quantity.state == NB_ABSENT)
			continue;
		table_add(
		    &table, arena_printf(arena, "%s.%s", figure->chapter->id, figure->figure->id));
		table_add(&table, figure->figure->label);
		table_add(&table, figure->quantity.text);
		table_add(&table, figure->figure->kind == NB_PERCENT ? "" : figure->figure->unit);
		if (compared) {
			table_add(&table, figure->last ? figure->last->text : "");
			table_add(&table, figure_change(figure, arena));
		}
		table_add(&table, figure_sources(figure, arena));
	}
	table_print(&table, stdout);
}

/* ---- --trace: the report's numbers, one by one ------------------------------ */

/* The heading that was asked for last: the numbers below it come one after the other. */
struct heading {
	const struct node *section;
	const char *text;
};

/* "一是 规范决策程序": the heading that the number stands under; a long one is cut off. */
static const char *heading(
    struct heading *last, const struct report_number *number, struct arena *arena)
{
	const struct node *section = number->section;
	if (!section || section == last->section)
		return section ? last->text : "";
	const char *text =
	    arena_printf(arena, "%s%s", section->number, node_text(section->title, arena));
	const char *at = text, *end = text + strlen(text);
	for (int i = 0; i < HEADING_MAX && at < end; i++)
		utf8_next(&at, end);
	if (at < end)
		text = arena_printf(arena, "%.*s…", (int)(at - text), text);
	*last = (struct heading){ section, text };
	return text;
}

/* "sfj/1 inbox/sfj/submission.ini:57; …": where each share of the value was given, `most` of them.
 */
static const char *given_at(
    const struct run *run, const struct figure_use *use, size_t most, const char **evidence)
{
	size_t named = 0, more = 0;
	struct arena *arena = run->arena;
	const char *dot = strchr(use->id, '.'), *text = "";
	const struct county_figure *figure = figures_find(
	    &run->figures, arena_strndup(arena, use->id, (size_t)(dot - use->id)), dot + 1);
	*evidence = use->evidence;
	for (size_t i = 0; figure && i < figure->source_count; i++) {
		const struct source *source = &figure->sources[i];
		const struct submission *submission = source->submission;
		if ((use->department && strcmp(use->department, submission->department->id) != 0) ||
		    source->value->quantity.state == NB_NOT_APPLICABLE)
			continue;
		if (named++ >= most) {
			more++;
			continue;
		}
		struct buf place = { 0 };
		place_add(&place, &source->value->place);
		text = arena_printf(arena, "%s%s%s/%d %s", text, *text ? "; " : "",
		    submission->department->id, submission->revision, buf_str(&place));
		buf_release(&place);
	}
	return more ? arena_printf(arena, "%s; … +%zu", text, more) : text;
}

static void print_trace_csv(const struct run *run)
{
	struct buf out = { 0 };
	struct heading last = { 0 };
	buf_adds(&out,
	    "chapter,section,heading,text,status,kind,figure,department,sources,attachments\n");
	for (size_t i = 0; i < run->review.number_count; i++) {
		const struct report_number *number = &run->review.numbers[i];
		const struct figure_use *use = number->figure;
		const char *evidence = "",
		           *sources = use ? given_at(run, use, (size_t)-1, &evidence) : "";
		csv_put_cell(&out, number->chapter, ',');
		csv_put_cell(&out, number->section ? number->section->anchor : "", ',');
		csv_put_cell(&out, heading(&last, number, run->arena), ',');
		csv_put_cell(&out, number->text, ',');
		csv_put_cell(&out, number->status, ',');
		csv_put_cell(&out, number->kind, ',');
		csv_put_cell(&out, use ? use->id : "", ',');
		csv_put_cell(&out, use && use->department ? use->department : "", ',');
		csv_put_cell(&out, sources, ',');
		csv_put_cell(&out, evidence, '\n');
	}
	fputs(buf_str(&out), stdout);
	buf_release(&out);
}

static const char *status_word(const struct report_number *number)
{
	if (number->figure)
		return number->figure->id;
	if (strcmp(number->status, "contradicts") == 0)
		return _("contradicts");
	if (strcmp(number->status, "figure") == 0)
		return _("sum of figures");
	return strcmp(number->status, "other") == 0 ? "" : _("free");
}

static void print_trace_table(const struct run *run, int all)
{
	struct arena *arena = run->arena;
	struct table table = { .arena = arena, .columns = 5, .right = 1 << 1 };
	struct heading last = { 0 };
	table_add(&table, _("heading"));
	table_add(&table, _("number"));
	table_add(&table, _("figure"));
	table_add(&table, _("given at"));
	table_add(&table, _("attachments"));
	for (size_t i = 0; i < run->review.number_count; i++) {
		const struct report_number *number = &run->review.numbers[i];
		const struct figure_use *use = number->figure;
		const char *evidence = "", *sources = use ? given_at(run, use, 2, &evidence) : "";
		if (!use && strcmp(number->status, "other") == 0 && !all)
			continue; /* no quantity */
		table_add(&table, heading(&last, number, arena));
		table_add(&table, number->text);
		table_add(&table, status_word(number));
		table_add(&table, sources);
		table_add(&table, evidence);
	}
	table_print(&table, stdout);
}

static void print_trace(struct run *run, const struct options *options)
{
	if (run->cli->json || strcmp(options->format, "json") == 0)
		cli_print_json(json_pack("{s:s, s:o, s:o}", "schema", "nianbao-trace-1", "counts",
		    export_counts(run->review.report_counts), "numbers",
		    export_numbers(&run->review, 0)));
	else if (strcmp(options->format, "csv") == 0)
		print_trace_csv(run);
	else
		print_trace_table(run, options->all);
}

static int figures(struct cli *cli, const struct options *options)
{
	struct run run;
	int status;
	struct report report;
	if (run_open(&run, cli, &status) != 0)
		goto out;
	run.traced = options->trace;
	if (run_gather(&run, &status) != 0 ||
	    (options->trace && run_compose(&run, &report, &status) != 0))
		goto out;
	if (options->trace) {
		print_trace(&run, options);
	} else if (cli->json || strcmp(options->format, "json") == 0) {
		cli_print_json(export_figures(&run.figures, &run.workspace, NULL, 0));
	} else if (strcmp(options->format, "csv") == 0) {
		struct buf text = { 0 };
		export_figures_csv(&run.figures, 0, &text);
		fputs(buf_str(&text), stdout);
		buf_release(&text);
	} else {
		print_table(&run, options->all);
	}
	fflush(stdout);
	run_settle(&run);
	size_t errors = findings_count(&run.findings, NB_ERROR);
	if (errors)
		cli_say(cli, _("%s; 'nianbao check' shows them"), cli_verdict(cli, &run.findings));
	status = errors ? STATUS_FINDINGS : STATUS_DONE;
out:
	run_close(&run);
	return status;
}

static int run(struct cli *cli, int argc, char **argv)
{
	static const struct option options[] = { { "format", required_argument, NULL, 'F' },
		{ "all", no_argument, NULL, 'a' }, { "trace", no_argument, NULL, 't' }, { 0 } };
	struct options chosen = { .format = "table" };
	int status;
	int first =
	    cli_options(cli, &command_figures, argc, argv, "at", options, take, &chosen, &status);
	if (first < 0)
		return status;
	if (first < argc)
		return cli_usage(&command_figures, _("'%s' is one argument too many"), argv[first]);
	return figures(cli, &chosen);
}

const struct command command_figures = {
	.name = "figures",
	.summary = N_("show the combined figures, last year's and their sources"),
	.arguments = "[--trace] [--format table|csv|json] [--all]",
	.help = N_("Shows what the departments' values add up to, and who reported them.\n"
	           "\n"
	           "  -t, --trace               every number of the report instead: the figure it "
	           "states, who gave it\n"
	           "                            where, and the attachments that back it\n"
	           "  --format table|csv|json   csv and json carry file and line of every source\n"
	           "  -a, --all                 figures that nobody reported, too; with --trace, "
	           "dates and names\n"),
	.run = run,
};
