/* verify.c: `nianbao verify`: is a bundle complete and unaltered? */
#include "base/buf.h"
#include "base/i18n.h"
#include "bundle/seal.h"
#include "cli/cli.h"
#include "cli/table.h"

#include <inttypes.h>
#include <string.h>

/* The fault's sentence, worded by the rules of findings; what it quotes is anybody's. */
static const char *worded(struct arena *arena, const struct bag_fault *fault)
{
	struct finding finding = { .message = fault->message,
		.args = { fault->args[0], fault->args[1], fault->args[2] } };
	struct buf text = { 0 };
	finding_message(&finding, &text);
	const char *copy = cli_shown(arena, buf_str(&text));
	buf_release(&text);
	return copy;
}

static const char *const severities[] = {
	[BAG_ERROR] = "error", [BAG_WARNING] = "warning", [BAG_NOTE] = "note"
};

struct options {
	const char *ca;
	int items;
};

static int take(void *self, int option, const char *value)
{
	struct options *options = self;
	if (option == 'i') {
		options->items = 1;
		return 0;
	}
	options->ca = value;
	return *value ? 0 : -1;
}

/* ---- item by item ------------------------------------------------------ */

static const char *const properties[] = { "authenticity", "integrity", "usability", "safety" };
static const char *const property_words[] = { N_("authenticity"), N_("integrity"), N_("usability"),
	N_("safety") };

static const struct item {
	const char *id;
	int property;
	const char *words;
	const char *unchecked; /* why it may not have been looked at */
} items[ITEM_COUNT] = {
	[ITEM_ORIGIN] = { "origin", 0, N_("it is the one that the checksum beside it is of"),
	    N_("no checksum of a zip stands beside it, or it is a folder") },
	[ITEM_SIGNATURE] = { "signature", 0, N_("it is signed by somebody who is trusted"),
	    N_("there is no signature, or nobody was named with --ca") },
	[ITEM_UNALTERED] = { "unaltered", 0, N_("every file is as its checksums say"), "" },
	[ITEM_LISTED] = { "listed", 1, N_("nothing is missing, nothing was added"), "" },
	[ITEM_COUNTED] = { "counted", 1, N_("numbers and sizes are as described"),
	    N_("nothing describes them") },
	[ITEM_NUMBERED] = { "numbered", 1, N_("directory and revisions have no gaps"),
	    N_("there is no 文件目录.XML") },
	[ITEM_READABLE] = { "readable", 2, N_("every file can be read"), "" },
	[ITEM_FORMATS] = { "formats", 2,
	    N_("files are of the formats that their names say, and not encrypted"), "" },
	[ITEM_TEXTS] = { "texts", 2,
	    N_("the report's web page and Word document say the same as its plain text"),
	    N_("there are none, or no plain text; others, as PDF, are not read") },
	[ITEM_NAMES] = { "names", 3, N_("no name leads out of the bag or harms a system"), "" },
	[ITEM_HIDDEN] = { "hidden", 3, N_("nothing is hidden between the files of the zip"),
	    N_("it is a folder") },
	[ITEM_PROGRAMS] = { "programs", 3, N_("there are no programs and no macros"), "" },
};

static const char *const states[] = { [STATE_UNCHECKED] = N_("not checked"),
	[STATE_PASSED] = N_("passed"),
	[STATE_DOUBTFUL] = N_("doubtful"),
	[STATE_FAILED] = N_("failed") };

static json_t *items_json(const struct bag_verdict *verdict)
{
	static const char *const ids[] = { [STATE_UNCHECKED] = "unchecked",
		[STATE_PASSED] = "passed",
		[STATE_DOUBTFUL] = "doubtful",
		[STATE_FAILED] = "failed" };
	json_t *list = json_array();
	for (int i = ITEM_NONE + 1; i < ITEM_COUNT; i++)
		json_array_append_new(
		    list, json_pack("{s:s, s:s, s:s}", "property", properties[items[i].property],
		              "item", items[i].id, "state", ids[verdict->items[i]]));
	return list;
}

static void print_items(struct arena *arena, const struct bag_verdict *verdict)
{
	struct table table = { .arena = arena, .columns = 3 };
	table_add(&table, _("property"));
	table_add(&table, _("item"));
	table_add(&table, _("verdict"));
	for (int i = ITEM_NONE + 1; i < ITEM_COUNT; i++) {
		const char *state = _(states[verdict->items[i]]);
		if (verdict->items[i] == STATE_UNCHECKED && *items[i].unchecked)
			state =
			    arena_printf(arena, "%s%s%s", state, _(": "), _(items[i].unchecked));
		table_add(&table, _(property_words[items[i].property]));
		table_add(&table, _(items[i].words));
		table_add(&table, state);
	}
	table_print(&table, stdout);
}

/* ---- verdicts ---------------------------------------------------------- */

static const char *shown(struct arena *arena, const char *text)
{
	return text ? cli_shown(arena, text) : NULL;
}

/* What stands beside it, or null. */
static json_t *signature_json(struct arena *arena, const struct bag_verdict *verdict)
{
	if (!verdict->signature)
		return json_null();
	return json_pack("{s:s, s:b, s:s?, s:o}", "kind", verdict->signature, "matches",
	    verdict->signature_matches, "signer", shown(arena, verdict->signer), "trusted",
	    verdict->trusted < 0 ? json_null() : json_boolean(verdict->trusted));
}

static json_t *verdict_json(
    struct arena *arena, const char *path, const struct bag_verdict *verdict)
{
	json_t *faults = json_array();
	for (size_t i = 0; i < verdict->count; i++) {
		const struct bag_fault *fault = &verdict->faults[i];
		json_array_append_new(faults,
		    json_pack("{s:s, s:s, s:i, s:s}", "severity", severities[fault->severity],
		        "file", fault->file ? cli_shown(arena, fault->file) : "", "line",
		        (int)fault->line, "message", worded(arena, fault)));
	}
	return json_pack("{s:s, s:b, s:s?, s:s?, s:b, s:s, s:s, s:I, s:I, s:b, s:o, s:o, s:o}",
	    "bundle", cli_shown(arena, path), "valid", verdict->errors == 0, "title",
	    shown(arena, verdict->title), "identifier", shown(arena, verdict->identifier), "draft",
	    verdict->draft, "version", verdict->version ? verdict->version : "", "algorithms",
	    verdict->algorithms ? verdict->algorithms : "", "files", (json_int_t)verdict->files,
	    "bytes", (json_int_t)verdict->bytes, "checksum", verdict->checksum, "signature",
	    signature_json(arena, verdict), "items", items_json(verdict), "faults", faults);
}

/* Which of many valid ones it is, no checksum can say. */
static const char *identity(struct arena *arena, const struct bag_verdict *verdict)
{
	if (!verdict->identifier || !verdict->title)
		return "";
	return arena_printf(arena, verdict->draft ? _("; %s, a draft: %s") : _("; %s: %s"),
	    cli_shown(arena, verdict->identifier), cli_shown(arena, verdict->title));
}

static void print_verdict(struct arena *arena, const char *path, const struct bag_verdict *verdict)
{
	for (size_t i = 0; i < verdict->count; i++) {
		const struct bag_fault *fault = &verdict->faults[i];
		printf("%s", path);
		if (fault->file && *fault->file)
			printf("!%s", cli_shown(arena, fault->file));
		if (fault->line)
			printf(":%u", fault->line);
		printf(": %s: %s\n", _(severities[fault->severity]), worded(arena, fault));
	}
	if (verdict->errors == 0)
		printf(_("%s: valid: %" PRIu64 " files, %" PRIu64 " bytes, %s%s\n"), path,
		    verdict->files, verdict->bytes, verdict->algorithms, identity(arena, verdict));
	else
		printf(ngettext("%s: not valid: %zu error\n", "%s: not valid: %zu errors\n",
		           verdict->errors),
		    path, verdict->errors);
}

static int run(struct cli *cli, int argc, char **argv)
{
	static const struct option options[] = { { "ca", required_argument, NULL, 'c' },
		{ "items", no_argument, NULL, 'i' }, { 0 } };
	struct options chosen = { 0 };
	int status;
	int first =
	    cli_options(cli, &command_verify, argc, argv, "", options, take, &chosen, &status);
	if (first < 0)
		return status;
	if (first == argc)
		return cli_usage(&command_verify, _("which bundle?"));
	json_t *list = json_array();
	status = STATUS_DONE;
	for (int i = first; i < argc; i++) {
		struct bag_verdict verdict = { 0 };
		struct err err = { 0 };
		if (seal_verify(argv[i], chosen.ca, cli->arena, &verdict, &err) != 0) {
			/* What is no zip at all is no valid bundle; what cannot be read is a
			 * failure. */
			int one = err.kind == ERR_INPUT   ? STATUS_FINDINGS
			          : err.kind == ERR_USAGE ? STATUS_USAGE
			                                  : STATUS_SYSTEM;
			if (cli->json)
				json_array_append_new(list, json_pack("{s:s, s:b, s:s}", "bundle",
				                                cli_shown(cli->arena, argv[i]),
				                                "valid", 0, "message", err.text));
			else if (one == STATUS_FINDINGS)
				printf(_("%s: not valid: %s\n"), argv[i], err.text);
			if (one != STATUS_FINDINGS)
				cli_fail(&err);
			status = one > status ? one : status;
			continue;
		}
		if (cli->json) {
			json_array_append_new(list, verdict_json(cli->arena, argv[i], &verdict));
		} else {
			print_verdict(cli->arena, argv[i], &verdict);
			if (chosen.items)
				print_items(cli->arena, &verdict);
		}
		if (verdict.errors && status < STATUS_FINDINGS)
			status = STATUS_FINDINGS;
	}
	if (cli->json)
		cli_print_json(
		    json_pack("{s:s, s:o}", "schema", "nianbao-verify-1", "bundles", list));
	else
		json_decref(list);
	return status;
}

const struct command command_verify = {
	.name = "verify",
	.summary = N_("check every byte of a bundle against its manifests"),
	.arguments = "[--items] [--ca FILE] BUNDLE…",
	.help = N_("Checks bundles, or bags (RFC 8493) of any origin, as zip or unpacked folder: "
	           "every byte\n"
	           "against every manifest, nothing missing, nothing extra; and the zip against\n"
	           "BUNDLE.sha256, if that stands beside it, and a signature, if there is one.\n"
	           "\n"
	           "  --items     a verdict for each item of DA/T 70: authenticity, integrity,\n"
	           "              usability, safety\n"
	           "  --ca FILE   certificates that are trusted (PEM): there must be a signature,\n"
	           "              and its certificate must lead to one of them\n"
	           "  --json      the verdicts as data\n"
	           "\n"
	           "Ends with status 1 if one is not valid.\n"),
	.run = run,
};
