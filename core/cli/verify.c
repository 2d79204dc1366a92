/* verify.c: `nianbao verify`: is a bundle complete and unaltered? */
#include "base/buf.h"
#include "base/i18n.h"
#include "bundle/seal.h"
#include "cli/cli.h"

#include <inttypes.h>
#include <string.h>

/* The fault's sentence, worded by the rules of findings. */
static const char *worded(struct arena *arena, const struct bag_fault *fault)
{
	struct finding finding = { .message = fault->message,
		.args = { fault->args[0], fault->args[1], fault->args[2] } };
	struct buf text = { 0 };
	finding_message(&finding, &text);
	const char *copy = arena_strdup(arena, buf_str(&text));
	buf_release(&text);
	return copy;
}

static const char *const severities[] = {
	[BAG_ERROR] = "error", [BAG_WARNING] = "warning", [BAG_NOTE] = "note"
};

static int take(void *self, int option, const char *value)
{
	(void)option;
	*(const char **)self = value;
	return *value ? 0 : -1;
}

/* What stands beside it, or null. */
static json_t *signature_json(struct arena *arena, const struct bag_verdict *verdict)
{
	if (!verdict->signature)
		return json_null();
	return json_pack("{s:s, s:b, s:s?, s:o}", "kind", verdict->signature, "matches",
	    verdict->signature_matches, "signer",
	    verdict->signer ? cli_shown(arena, verdict->signer) : NULL, "trusted",
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
	return json_pack("{s:s, s:b, s:s, s:s, s:I, s:I, s:b, s:o, s:o}", "bundle",
	    cli_shown(arena, path), "valid", verdict->errors == 0, "version",
	    verdict->version ? verdict->version : "", "algorithms",
	    verdict->algorithms ? verdict->algorithms : "", "files", (json_int_t)verdict->files,
	    "bytes", (json_int_t)verdict->bytes, "checksum", verdict->checksum, "signature",
	    signature_json(arena, verdict), "faults", faults);
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
		printf(_("%s: valid: %" PRIu64 " files, %" PRIu64 " bytes, %s\n"), path,
		    verdict->files, verdict->bytes, verdict->algorithms);
	else
		printf(ngettext("%s: not valid: %zu error\n", "%s: not valid: %zu errors\n",
		           verdict->errors),
		    path, verdict->errors);
}

static int run(struct cli *cli, int argc, char **argv)
{
	static const struct option options[] = { { "ca", required_argument, NULL, 'c' }, { 0 } };
	const char *ca = NULL;
	int status;
	int first = cli_options(cli, &command_verify, argc, argv, "", options, take, &ca, &status);
	if (first < 0)
		return status;
	if (first == argc)
		return cli_usage(&command_verify, _("which bundle?"));
	json_t *list = json_array();
	status = STATUS_DONE;
	for (int i = first; i < argc; i++) {
		struct bag_verdict verdict = { 0 };
		struct err err = { 0 };
		if (seal_verify(argv[i], ca, cli->arena, &verdict, &err) != 0) {
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
		if (cli->json)
			json_array_append_new(list, verdict_json(cli->arena, argv[i], &verdict));
		else
			print_verdict(cli->arena, argv[i], &verdict);
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
	.arguments = "[--ca FILE] BUNDLE…",
	.help = N_("Checks bundles, or bags (RFC 8493) of any origin, as zip or unpacked folder: "
	           "every byte\n"
	           "against every manifest, nothing missing, nothing extra; and the zip against\n"
	           "BUNDLE.sha256, if that stands beside it, and a signature, if there is one.\n"
	           "\n"
	           "  --ca FILE   certificates that are trusted (PEM): there must be a signature,\n"
	           "              and its certificate must lead to one of them\n"
	           "  --json      the verdicts as data\n"
	           "\n"
	           "Ends with status 1 if one is not valid.\n"),
	.run = run,
};
