/* plugins.c: `nianbao plugins`: the chapters that were found. */
#include "base/i18n.h"
#include "bundle/export.h"
#include "chapters/plugin_host.h"
#include "cli/cli.h"
#include "cli/table.h"

#include <string.h>

static json_t *chapter_json(const struct chapter *chapter)
{
	static const char *const kinds[] = { [NB_COUNT] = "count",
		[NB_AMOUNT] = "amount",
		[NB_PERCENT] = "percent",
		[NB_DATE] = "date",
		[NB_TEXT] = "text" };
	static const char *const combines[] = {
		[NB_SUM] = "sum", [NB_MAX] = "max", [NB_ONE] = "one", [NB_RATIO] = "ratio"
	};
	json_t *figures = json_array(), *lists = json_array(), *topics = json_array(),
	       *rules = json_array();
	for (size_t i = 0; i < chapter->figure_count; i++) {
		const struct nb_figure *figure = &chapter->figures[i];
		json_array_append_new(
		    figures, json_pack("{s:s, s:s, s:s, s:s, s:s, s:b, s:s}", "id", figure->id,
		                 "label", figure->label, "unit", figure->unit ? figure->unit : "",
		                 "kind", kinds[figure->kind], "combine", combines[figure->combine],
		                 "expected", (figure->flags & NB_EXPECTED) != 0, "note",
		                 figure->note ? figure->note : ""));
	}
	for (size_t i = 0; i < chapter->list_count; i++) {
		json_t *columns = json_array();
		for (size_t k = 0; k < chapter->lists[i].column_count; k++)
			json_array_append_new(
			    columns, json_pack("{s:s, s:s}", "id", chapter->lists[i].columns[k].id,
			                 "label", chapter->lists[i].columns[k].label));
		json_array_append_new(
		    lists, json_pack("{s:s, s:s, s:o}", "id", chapter->lists[i].id, "label",
		               chapter->lists[i].label, "columns", columns));
	}
	for (size_t i = 0; i < chapter->topic_count; i++)
		json_array_append_new(topics, json_pack("{s:s, s:s}", "id", chapter->topics[i].id,
		                                  "label", chapter->topics[i].label));
	for (size_t i = 0; i < chapter->rule_count; i++)
		json_array_append_new(rules, json_pack("{s:s, s:s}", "code", chapter->rules[i].code,
		                                 "relation", chapter->rules[i].relation));
	return json_pack("{s:s, s:s, s:s, s:i, s:s, s:s, s:o, s:o, s:o, s:o}", "id", chapter->id,
	    "title", chapter->title, "version", chapter->version, "abi", (int)chapter->abi, "path",
	    chapter->path, "numbering", chapter->numbering == NB_SHI ? "shi" : "paren", "topics",
	    topics, "figures", figures, "lists", lists, "rules", rules);
}

static void print_table(struct cli *cli, const struct catalog *all)
{
	struct table table = { .arena = cli->arena, .columns = 6, .right = 1 << 3 | 1 << 4 };
	table_add(&table, _("id"));
	table_add(&table, _("title"));
	table_add(&table, _("version"));
	table_add(&table, "ABI");
	table_add(&table, _("figures"));
	table_add(&table, _("path"));
	for (size_t i = 0; i < all->count; i++) {
		const struct chapter *chapter = &all->chapters[i];
		table_add(&table, chapter->id);
		table_add(&table, chapter->title);
		table_add(&table, chapter->version);
		table_add(&table, arena_printf(cli->arena, "%u", chapter->abi));
		table_add(&table, arena_printf(cli->arena, "%zu", chapter->figure_count));
		table_add(&table, chapter->path);
	}
	table_print(&table, stdout);
}

static void print_chapter(struct cli *cli, const struct chapter *chapter)
{
	printf("%s  %s\n", chapter->id, chapter->title);
	if (chapter->topic_count)
		printf("\n");
	for (size_t i = 0; i < chapter->topic_count; i++)
		printf("  {#%s}  %s\n", chapter->topics[i].id, chapter->topics[i].label);
	if (chapter->figure_count) {
		struct table table = { .arena = cli->arena, .columns = 4 };
		table_add(&table, _("figure"));
		table_add(&table, _("label"));
		table_add(&table, _("unit"));
		table_add(&table, _("how it is counted"));
		for (size_t i = 0; i < chapter->figure_count; i++) {
			table_add(&table, chapter->figures[i].id);
			table_add(&table, chapter->figures[i].label);
			table_add(&table, chapter->figures[i].unit);
			table_add(&table, chapter->figures[i].note);
		}
		printf("\n");
		table_print(&table, stdout);
	}
	for (size_t i = 0; i < chapter->list_count; i++) {
		const struct list_def *list = &chapter->lists[i];
		printf("\n%s (%s):", list->id, list->label);
		for (size_t k = 0; k < list->column_count; k++)
			printf("%s %s (%s)", k ? "," : "", list->columns[k].id,
			    list->columns[k].label);
		printf("\n");
	}
	if (chapter->rule_count)
		printf("\n");
	for (size_t i = 0; i < chapter->rule_count; i++)
		printf(
		    "%s.%s: %s\n", chapter->id, chapter->rules[i].code, chapter->rules[i].relation);
}

static int run(struct cli *cli, int argc, char **argv)
{
	int status = STATUS_DONE;
	int first = cli_options(cli, &command_plugins, argc, argv, "", NULL, NULL, NULL, &status);
	if (first < 0)
		return status;
	struct findings findings;
	struct catalog all;
	struct err err = { 0 };
	findings_init(&findings, cli->arena);
	const char *const *folders = cli_plugin_folders(cli);
	if (plugins_load(cli->arena, folders, &findings, &all, &err) != 0)
		return cli_fail(&err);
	for (int i = first; i < argc; i++)
		if (!catalog_chapter(&all, argv[i])) {
			status =
			    cli_usage(&command_plugins, _("there is no chapter '%s'"), argv[i]);
			goto out;
		}
	if (cli->json) {
		json_t *list = json_array();
		for (size_t i = 0; i < all.count; i++) {
			int wanted = first == argc;
			for (int k = first; k < argc; k++)
				wanted |= strcmp(argv[k], all.chapters[i].id) == 0;
			if (wanted)
				json_array_append_new(list, chapter_json(&all.chapters[i]));
		}
		cli_print_json(json_pack("{s:s, s:o, s:o}", "schema", "nianbao-plugins-1",
		    "chapters", list, "findings", export_findings(&findings, &all)));
		goto out;
	}
	if (first < argc)
		for (int i = first; i < argc; i++)
			print_chapter(cli, catalog_chapter(&all, argv[i]));
	else
		print_table(cli, &all);
	cli_print_findings(&findings, stderr);
	if (all.count == 0)
		for (; *folders; folders++)
			cli_say(cli, _("no chapter plugins in '%s'"), *folders);
out:
	plugins_unload(&all);
	return status;
}

const struct command command_plugins = {
	.name = "plugins",
	.summary = N_("list the chapters found, or what a chapter asks for"),
	.arguments = "[CHAPTER…]",
	.help = N_(
	    "Lists the chapter plugins in --plugin-path, $NIANBAO_PLUGIN_PATH and the installed\n"
	    "folder. With CHAPTER: its topics, figures, lists and rules.\n"
	    "\n"
	    "  --json   the same as data\n"),
	.run = run,
};
