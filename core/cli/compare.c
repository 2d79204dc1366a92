/* compare.c: `nianbao compare`: two bundles side by side. */
#include "bundle/compare.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/i18n.h"
#include "bundle/export.h"
#include "cli/cli.h"
#include "cli/table.h"

#include <string.h>

struct options {
	const char *format;
	int all, exit_code;
};

struct pair {
	struct arena *arena;
	struct bundle_facts before, after;
	const char *before_name, *after_name; /* "沁水县 2024 a.zip": as columns are headed */
	struct comparison comparison;
};

static const char *const words[] = { [COMPARED_SAME] = N_("same"),
	[COMPARED_ADDED] = N_("added"),
	[COMPARED_GONE] = N_("gone"),
	[COMPARED_CHANGED] = N_("changed") };

static int take(void *self, int option, const char *value)
{
	struct options *options = self;
	if (option == 'a' || option == 'e') {
		*(option == 'a' ? &options->all : &options->exit_code) = 1;
		return 0;
	}
	options->format = value;
	return strcmp(value, "table") == 0 || strcmp(value, "csv") == 0 ||
	               strcmp(value, "json") == 0
	           ? 0
	           : -1;
}

/* Period and bundle; the path too where both files have one name. */
static const char *name_of(
    const struct bundle_facts *facts, const struct bundle_facts *other, struct arena *arena)
{
	const char *name = path_base(facts->path);
	if (!*name || strcmp(name, path_base(other->path)) == 0)
		name = facts->path;
	return arena_printf(arena, "%s %d %s", facts->region, facts->year, cli_shown(arena, name));
}

static const char *text_of(const struct bundle_figure *figure)
{
	return figure ? figure->quantity.text : "";
}

static const struct bundle_figure *either(const struct compared_figure *row)
{
	return row->after ? row->after : row->before;
}

/* Both, where they are not the same. */
static const char *unit_of(const struct compared_figure *row, struct arena *arena)
{
	if (!row->before || !row->after || strcmp(row->before->unit, row->after->unit) == 0)
		return either(row)->unit;
	return arena_printf(arena, "%s → %s", row->before->unit, row->after->unit);
}

/* What heads the columns that have to do with both. */
static const char *both(const struct pair *pair, const char *what)
{
	return arena_printf(pair->arena, "%s, %s → %s", what, pair->before_name, pair->after_name);
}

static void print_table(const struct pair *pair, int all)
{
	const struct comparison *c = &pair->comparison;
	struct arena *arena = pair->arena;
	struct table table = {
		.arena = arena, .columns = 8, .right = 1 << 3 | 1 << 4 | 1 << 5 | 1 << 6
	};
	table_add(&table, "");
	table_add(&table, _("figure"));
	table_add(&table, _("label"));
	table_add(&table, pair->before_name);
	table_add(&table, pair->after_name);
	table_add(
	    &table, arena_printf(arena, _("change %d → %d"), pair->before.year, pair->after.year));
	table_add(&table, arena_printf(arena, "%% %d → %d", pair->before.year, pair->after.year));
	table_add(&table, _("unit"));
	for (size_t i = 0; i < c->figure_count; i++) {
		const struct compared_figure *row = &c->figures[i];
		if (row->how == COMPARED_SAME && !all)
			continue;
		table_add(&table, _(words[row->how]));
		table_add(
		    &table, arena_printf(arena, "%s.%s", either(row)->chapter, either(row)->id));
		table_add(&table, either(row)->label);
		table_add(&table, text_of(row->before));
		table_add(&table, text_of(row->after));
		table_add(&table, row->change);
		table_add(&table, row->percent);
		table_add(&table, unit_of(row, arena));
	}
	if (table.count > table.columns)
		table_print(&table, stdout);
}

static void print_points(const struct pair *pair)
{
	const struct comparison *c = &pair->comparison;
	struct table table = { .arena = pair->arena, .columns = 4 };
	if (c->point_count == 0)
		return;
	table_add(&table, "");
	table_add(&table, _("chapter"));
	table_add(&table, _("bundle"));
	table_add(&table, _("heading or point"));
	for (size_t i = 0; i < c->point_count; i++) {
		int gone = c->points[i].how == COMPARED_GONE;
		table_add(&table, _(words[c->points[i].how]));
		table_add(&table, c->points[i].point->chapter);
		table_add(&table, gone ? pair->before_name : pair->after_name);
		table_add(&table, c->points[i].point->headline);
	}
	putchar('\n');
	table_print(&table, stdout);
}

/* Figures and points in one file: `kind` tells them apart. */
static void print_csv(const struct pair *pair, int all)
{
	const struct comparison *c = &pair->comparison;
	struct buf out = { 0 };
	buf_adds(&out, "kind,how,chapter,figure,label,unit,");
	csv_put_cell(&out, pair->before_name, ',');
	csv_put_cell(&out, pair->after_name, ',');
	csv_put_cell(&out, both(pair, "change"), ',');
	csv_put_cell(&out, both(pair, "percent"), '\n');
	for (size_t i = 0; i < c->figure_count; i++) {
		const struct compared_figure *row = &c->figures[i];
		if (row->how == COMPARED_SAME && !all)
			continue;
		buf_addf(&out, "figure,%s,", words[row->how]);
		csv_put_cell(&out, either(row)->chapter, ',');
		csv_put_cell(&out, either(row)->id, ',');
		csv_put_cell(&out, either(row)->label, ',');
		csv_put_cell(&out, unit_of(row, pair->arena), ',');
		csv_put_cell(&out, text_of(row->before), ',');
		csv_put_cell(&out, text_of(row->after), ',');
		csv_put_cell(&out, row->change, ',');
		csv_put_cell(&out, row->percent, '\n');
	}
	for (size_t i = 0; i < c->point_count; i++) {
		buf_addf(&out, "point,%s,", words[c->points[i].how]);
		csv_put_cell(&out, c->points[i].point->chapter, ',');
		buf_addc(&out, ',');
		csv_put_cell(&out, c->points[i].point->headline, ',');
		buf_adds(&out, ",,,,\n");
	}
	fputs(buf_str(&out), stdout);
	buf_release(&out);
}

static json_t *bundle_json(const struct bundle_facts *facts, struct arena *arena)
{
	return json_pack("{s:s, s:s, s:i}", "bundle", cli_shown(arena, facts->path), "region",
	    facts->region, "year", facts->year);
}

static json_t *figures_json(const struct pair *pair, int all)
{
	const struct comparison *c = &pair->comparison;
	json_t *list = json_array();
	for (size_t i = 0; i < c->figure_count; i++) {
		const struct compared_figure *row = &c->figures[i];
		if (row->how == COMPARED_SAME && !all)
			continue;
		json_t *item = json_pack("{s:s, s:s, s:s, s:s, s:s}", "how", words[row->how],
		    "chapter", either(row)->chapter, "figure", either(row)->id, "label",
		    either(row)->label, "unit", unit_of(row, pair->arena));
		if (row->before)
			json_object_set_new(
			    item, "before", export_quantity(&row->before->quantity));
		if (row->after)
			json_object_set_new(item, "after", export_quantity(&row->after->quantity));
		if (*row->change)
			json_object_set_new(item, "change", json_string(row->change));
		if (*row->percent)
			json_object_set_new(item, "percent", json_string(row->percent));
		json_array_append_new(list, item);
	}
	return list;
}

static void print_json(const struct pair *pair, int all)
{
	const struct comparison *c = &pair->comparison;
	json_t *points = c->points_compared ? json_array() : json_null();
	for (size_t i = 0; i < c->point_count; i++)
		json_array_append_new(points,
		    json_pack("{s:s, s:s, s:s}", "how", words[c->points[i].how], "chapter",
		        c->points[i].point->chapter, "headline", c->points[i].point->headline));
	cli_print_json(json_pack("{s:s, s:o, s:o, s:b, s:o, s:o}", "schema", "nianbao-compare-1",
	    "before", bundle_json(&pair->before, pair->arena), "after",
	    bundle_json(&pair->after, pair->arena), "same", c->differences == 0, "figures",
	    figures_json(pair, all), "points", points));
}

/* What a reader must know before he believes the columns. */
static void say(const struct cli *cli, const struct pair *pair)
{
	if (strcmp(pair->before.region, pair->after.region) != 0)
		cli_say(cli, _("the bundles are of two regions: %s and %s"), pair->before.region,
		    pair->after.region);
	if (!pair->comparison.points_compared)
		cli_say(cli, _("points are not compared: '%s' has no data/outline.csv"),
		    pair->before.has_points ? pair->after.path : pair->before.path);
	cli_say(cli, ngettext("%zu difference", "%zu differences", pair->comparison.differences),
	    pair->comparison.differences);
}

static int compare(
    struct cli *cli, const struct options *options, const char *before, const char *after)
{
	struct pair pair = { .arena = cli->arena };
	struct err err = { 0 };
	if (bundle_read(before, cli->arena, &pair.before, &err) != 0 ||
	    bundle_read(after, cli->arena, &pair.after, &err) != 0) {
		int status = cli_fail(&err);
		return err.kind == ERR_INPUT ? STATUS_FINDINGS : status; /* as verify has it */
	}
	pair.before_name = name_of(&pair.before, &pair.after, cli->arena);
	pair.after_name = name_of(&pair.after, &pair.before, cli->arena);
	bundle_compare(&pair.before, &pair.after, cli->arena, &pair.comparison);
	if (cli->json || strcmp(options->format, "json") == 0) {
		print_json(&pair, options->all);
	} else if (strcmp(options->format, "csv") == 0) {
		print_csv(&pair, options->all);
	} else {
		print_table(&pair, options->all);
		print_points(&pair);
	}
	fflush(stdout);
	say(cli, &pair);
	return options->exit_code && pair.comparison.differences ? STATUS_FINDINGS : STATUS_DONE;
}

static int run(struct cli *cli, int argc, char **argv)
{
	static const struct option options[] = { { "format", required_argument, NULL, 'F' },
		{ "all", no_argument, NULL, 'a' }, { "exit-code", no_argument, NULL, 'e' }, { 0 } };
	struct options chosen = { .format = "table" };
	int status;
	int first =
	    cli_options(cli, &command_compare, argc, argv, "a", options, take, &chosen, &status);
	if (first < 0)
		return status;
	if (argc - first < 2)
		return cli_usage(&command_compare, _("which two bundles?"));
	if (argc - first > 2)
		return cli_usage(
		    &command_compare, _("'%s' is one argument too many"), argv[first + 2]);
	return compare(cli, &chosen, argv[first], argv[first + 1]);
}

const struct command command_compare = {
	.name = "compare",
	.summary = N_("show what two bundles have in common and what not"),
	.arguments = "[--format table|csv|json] [--all] [--exit-code] BEFORE AFTER",
	.help = N_(
	    "Shows figures added, gone and changed from one bundle to another, and headings and\n"
	    "points added and gone. Bundles of any two years or regions, as zip or unpacked; both\n"
	    "are verified first.\n"
	    "\n"
	    "  --format table|csv|json   how it is printed\n"
	    "  -a, --all                 figures that are the same, too\n"
	    "  --exit-code               end with status 1 if there are differences\n"
	    "\n"
	    "Ends with status 1 as well if a bundle is not valid.\n"),
	.run = run,
};
