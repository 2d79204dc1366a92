/* sign.c: `nianbao sign`: a detached signature beside a bundle. */
#include "base/file.h"
#include "base/i18n.h"
#include "bundle/seal.h"
#include "cli/cli.h"

#include <string.h>

enum { OPTION_KEY = 1, OPTION_CERT, OPTION_PASS_FILE, PASSPHRASE_MAX = 4096 };

struct options {
	const char *key, *certificate, *pass_file;
};

static int take(void *self, int option, const char *value)
{
	struct options *options = self;
	const char **field = option == OPTION_KEY    ? &options->key
	                     : option == OPTION_CERT ? &options->certificate
	                                             : &options->pass_file;
	*field = value;
	return *value ? 0 : -1;
}

/* The file's first line. */
static int read_passphrase(const char *path, struct buf *out, struct err *err)
{
	if (file_read(path, PASSPHRASE_MAX, out, err) != 0) {
		if (err->kind == ERR_INPUT) /* a wrong argument says nothing of the bundle */
			err->kind = ERR_USAGE;
		return -1;
	}
	buf_reserve(out, 1);
	/* Notepad begins a file with a mark that nobody types. */
	if (strncmp(buf_str(out), "\xEF\xBB\xBF", 3) == 0)
		memmove(out->data, out->data + 3, strlen(out->data + 3) + 1);
	out->data[strcspn(buf_str(out), "\r\n")] = '\0';
	return 0;
}

/* What whoever signs should know, and does not keep anybody from it. */
static void tell(
    const struct cli *cli, const char *path, const struct seal *seal, const char *issuer)
{
	if (seal->draft)
		cli_say(cli,
		    _("warning: '%s' is a draft (bag-info.txt: Document-Version: draft); it was "
		      "signed all the same"),
		    path);
	if (issuer)
		cli_say(cli,
		    _("note: the certificate of the issuer '%s' does not stand behind the "
		      "signer's; unless it is the root that the archive has, put it there and "
		      "sign anew: without it the signature cannot be verified"),
		    issuer);
}

static int sign(struct cli *cli, const struct options *options, const char *path)
{
	struct buf passphrase = { 0 };
	struct signer *signer = NULL;
	struct err err = { 0 };
	const char *issuer = NULL;
	struct seal seal;
	int rc = options->pass_file ? read_passphrase(options->pass_file, &passphrase, &err) : 0;
	if (rc == 0)
		rc = signer_open(&signer, options->key, options->certificate,
		    options->pass_file ? buf_str(&passphrase) : NULL, &err);
	if (passphrase.data)
		memset(passphrase.data, 0, passphrase.cap);
	buf_release(&passphrase);
	if (rc == 0)
		issuer = signer_missing_issuer(signer, cli->arena);
	if (rc == 0)
		rc = seal_sign(path, signer, cli->arena, &seal, &err);
	signer_close(signer);
	if (rc != 0) {
		int status = cli_fail(&err);
		return err.kind == ERR_INPUT ? STATUS_FINDINGS : status;
	}
	if (cli->json)
		cli_print_json(json_pack("{s:s, s:s}", "schema", "nianbao-sign-1", "signature",
		    cli_shown(cli->arena, seal.path)));
	else
		printf("%s\n", seal.path);
	fflush(stdout);
	tell(cli, path, &seal, issuer);
	return STATUS_DONE;
}

static int run(struct cli *cli, int argc, char **argv)
{
	static const struct option options[] = { { "key", required_argument, NULL, OPTION_KEY },
		{ "cert", required_argument, NULL, OPTION_CERT },
		{ "pass-file", required_argument, NULL, OPTION_PASS_FILE }, { 0 } };
	struct options chosen = { 0 };
	int status;
	int first =
	    cli_options(cli, &command_sign, argc, argv, "", options, take, &chosen, &status);
	if (first < 0)
		return status;
	if (first == argc)
		return cli_usage(&command_sign, _("which bundle?"));
	if (argc - first > 1)
		return cli_usage(
		    &command_sign, _("'%s' is one argument too many"), argv[first + 1]);
	if (!chosen.key || !chosen.certificate)
		return cli_usage(&command_sign, _("--key and --cert are both needed"));
	return sign(cli, &chosen, argv[first]);
}

const struct command command_sign = {
	.name = "sign",
	.summary = N_("put a signature beside a bundle"),
	.arguments = "--key FILE --cert FILE [--pass-file FILE] BUNDLE",
	.help = N_(
	    "Verifies a bundle and signs its tag manifest, and so everything in it. Prints the\n"
	    "signature's path: BUNDLE.p7s (CMS over tagmanifest-sha256.txt, for RSA and ECDSA) or\n"
	    "BUNDLE.sm2 (SM2 with SM3 over tagmanifest-sm3.txt). The certificate goes to\n"
	    "BUNDLE.cert.pem. docs/bundle.md tells how to check them with openssl.\n"
	    "\n"
	    "  --key FILE         the private key (PEM or DER)\n"
	    "  --cert FILE        its certificate (PEM or DER), behind it those that vouch for it\n"
	    "  --pass-file FILE   the key's passphrase is this file's first line; without, it is\n"
	    "                     asked for on the terminal\n"
	    "  --json             the path as data\n"
	    "\n"
	    "Refused with a certificate that is no longer or not yet valid. Ends with status 1 if\n"
	    "the bundle is not valid.\n"),
	.run = run,
};
