/* codes_page.c: the page of all codes: what each means, how grave it is, what to do. */
#include "cli/codes_page.h"

#include "base/i18n.h"
#include "chapters/codes.h"
#include "chapters/plugin_host.h"

#include <string.h>

/* "supervision" of "supervision.outcomes-sum". */
static size_t group_size(const char *code)
{
	return strcspn(code, ".");
}

/* A cell: what would end it is escaped. */
static void put_cell(struct buf *out, const char *text)
{
	buf_adds(out, " ");
	for (const char *p = text; *p; p++)
		buf_addf(out, strchr("|<", *p) ? "\\%c" : "%c", *p);
	buf_adds(out, " |");
}

static void put_row(struct buf *out, const struct code_entry *entry)
{
	buf_addf(out, "| `%s` | %s |", entry->code, severity_id(entry->severity));
	put_cell(out, _(entry->meaning));
	put_cell(out, _(entry->advice));
	buf_addc(out, '\n');
	if (entry->relation) {
		buf_addf(out, "| | |");
		put_cell(out, entry->relation);
		put_cell(out, entry->source ? entry->source : "");
		buf_addc(out, '\n');
	}
}

int codes_page(struct cli *cli)
{
	struct findings findings;
	struct catalog all;
	struct code_entry *list;
	struct err err = { 0 };
	struct buf out = { 0 };
	const char *group = "";
	findings_init(&findings, cli->arena);
	if (plugins_load(cli->arena, cli_plugin_folders(cli), &findings, &all, &err) != 0)
		return cli_fail(&err);
	size_t count = codes_list(cli->arena, &all, &list);
	buf_adds(&out, "# ");
	buf_adds(&out, _("What can be found"));
	buf_adds(&out, "\n\n");
	buf_adds(&out,
	    _("Printed by `nianbao check --codes`, from the tables that the program uses. "
	      "Severities "
	      "can be\nchanged and codes switched off in `[findings]` of `report.ini`; single "
	      "findings are accepted in\n`waivers.ini`. A relation stands below its rule, with "
	      "where "
	      "it comes from."));
	buf_addc(&out, '\n');
	for (size_t i = 0; i < count; i++) {
		size_t n = group_size(list[i].code);
		if (strncmp(group, list[i].code, n) != 0 || group_size(group) != n) {
			group = list[i].code;
			buf_addf(&out, "\n## %.*s\n\n| %s | %s | %s | %s |\n|---|---|---|---|\n",
			    (int)n, group, _("code"), _("severity"), _("what it is"),
			    _("what to do"));
		}
		put_row(&out, &list[i]);
	}
	fputs(buf_str(&out), stdout);
	buf_release(&out);
	plugins_unload(&all);
	return STATUS_DONE;
}
