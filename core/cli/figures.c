/* figures.c: `nianbao figures`: the county's figures and where they come from. */
#include "base/i18n.h"
#include "base/quantity.h"
#include "bundle/export.h"
#include "cli/cli.h"
#include "cli/run.h"
#include "cli/table.h"

#include <string.h>

struct options {
	const char *format;
	int all;
};

static int take(void *self, int option, const char *value)
{
	struct options *options = self;
	if (option == 'a') {
		options->all = 1;
		return 0;
	}
	options->format = value;
	return strcmp(value, "table") == 0 || strcmp(value, "csv") == 0 ||
	               strcmp(value, "json") == 0
	           ? 0
	           : -1;
}

/* "+12", "-3", or "" where it cannot be told. */
static const char *change(const struct county_figure *figure, struct arena *arena)
{
	const struct nb_quantity *now = &figure->quantity, *last = figure->last;
	if (!last || now->state != NB_EXACT || last->state != NB_EXACT)
		return "";
	int64_t difference = now->low - last->low;
	return arena_printf(
	    arena, "%s%s", difference > 0 ? "+" : "", quantity_print(arena, difference, 6));
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
			table_add(&table, change(figure, arena));
		}
		table_add(&table, figure_sources(figure, arena));
	}
	table_print(&table, stdout);
}

static int figures(struct cli *cli, const struct options *options)
{
	struct run run;
	int status;
	if (run_open(&run, cli, &status) != 0 || run_gather(&run, &status) != 0)
		goto out;
	if (cli->json || strcmp(options->format, "json") == 0) {
		cli_print_json(export_figures(&run.figures, &run.workspace, 0));
	} else if (strcmp(options->format, "csv") == 0) {
		struct buf text = { 0 };
		export_figures_csv(&run.figures, &text);
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
		{ "all", no_argument, NULL, 'a' }, { 0 } };
	struct options chosen = { .format = "table" };
	int status;
	int first =
	    cli_options(cli, &command_figures, argc, argv, "a", options, take, &chosen, &status);
	if (first < 0)
		return status;
	if (first < argc)
		return cli_usage(&command_figures, _("'%s' is one argument too many"), argv[first]);
	return figures(cli, &chosen);
}

const struct command command_figures = {
	.name = "figures",
	.summary = N_("show the combined figures, last year's and their sources"),
	.arguments = "[--format table|csv|json] [--all]",
	.help = N_("Shows what the departments' values add up to, and who reported them.\n"
	           "\n"
	           "  --format table|csv|json   csv and json carry file and line of every source\n"
	           "  -a, --all                 figures that nobody reported, too\n"),
	.run = run,
};
