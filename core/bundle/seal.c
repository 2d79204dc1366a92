/* seal.c: signatures beside a bundle. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "bundle/seal.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/length.h"
#include "bundle/beside.h"
#include "bundle/checksum.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { SIGNATURE_MAX = 4 << 20, TAGS_MAX = 64 << 20 };

#define CERTIFICATE ".cert.pem"

const char *const seal_endings[] = { CHECKSUM_ENDING, ".p7s", ".sm2", CERTIFICATE, NULL };

/* How a bundle can be signed. */
static const struct form {
	const char *id, *ending, *signs;
} forms[] = { [SIGNATURE_CMS] = { "cms", ".p7s", "tagmanifest-sha256.txt" },
	[SIGNATURE_SM2] = { "sm2", ".sm2", "tagmanifest-sm3.txt" } };

/* ---- what it is beside ------------------------------------------------------ */

/* A zip's files stand beside it; an unpacked one's beside the folder, with the zip's name, too. */
struct places {
	const char *at[2];
	size_t count;
	int is_folder;
};

/* The folder's own name, which "x/" and "." do not end in. */
static const char *folder_name(const char *path, struct arena *arena)
{
	size_t n = strlen(path);
	char *name, *whole;

	while (n > 1 && path[n - 1] == '/')
		n--;
	name = arena_strndup(arena, path, n);
	if (strcmp(path_base(name), ".") != 0 && strcmp(path_base(name), "..") != 0)
		return name;
	whole = realpath(name, NULL);
	if (whole)
		name = arena_strdup(arena, whole);
	free(whole);
	return name;
}

static struct places places_of(const char *path, int is_zip, struct arena *arena)
{
	const char *name;

	if (is_zip)
		return (struct places){ .at = { path }, .count = 1 };
	name = folder_name(path, arena);
	return (struct places){
		.at = { name, arena_printf(arena, "%s.zip", name) }, .count = 2, .is_folder = 1
	};
}

static const char *beside(struct arena *arena, const char *place, const char *ending)
{
	return arena_printf(arena, "%s%s", place, ending);
}

static int stands(struct arena *arena, const char *place, const char *ending, struct err *err)
{
	return beside_stands(beside(arena, place, ending), err);
}

int seal_is_signed(const char *path, struct arena *arena)
{
	struct err unknown;

	for (size_t kind = 0; kind < LENGTH(forms); kind++)
		if (stands(arena, path, forms[kind].ending, &unknown) > 0)
			return 1;
	return 0;
}

/* ---- the signature -------------------------------------------------------- */

/* The signed tag manifest. 1: there it is; 0: there is none, or it vouches for no file. */
static int read_signed(const char *path, const struct form *form, struct arena *arena,
    struct buf *out, struct err *err)
{
	const struct store_file *file;
	struct store *store;
	int rc;

	if (store_open(&store, path, NULL, 1, arena, err) != 0)
		return -1;
	file = store_find(store, form->signs);
	rc = file ? store_read(store, file, TAGS_MAX, out, err) : 0;
	store_close(store);
	if (rc == 0 && file)
		rc = strstr(buf_str(out), " manifest-") || strstr(buf_str(out), "*manifest-");
	return rc;
}

static void add2(struct bag_verdict *verdict, struct arena *arena, enum bag_severity severity,
    const char *message, const char *a, const char *b, const char *c)
{
	bag_fault_add(verdict, arena,
	    &(struct bag_fault){ .severity = severity,
	        .message = message,
	        .args = { a, b, c },
	        .item = ITEM_SIGNATURE });
}

/* What was found, in words. */
static void tell(struct bag_verdict *verdict, struct arena *arena, const char *ca, const char *name,
    const struct signature_verdict *found)
{
	if (found->problem) {
		add2(verdict, arena, BAG_ERROR, N_("the signature in '%s' is not valid: %s"), name,
		    _(found->problem), NULL);
		return;
	}
	verdict->signature_matches = 1;
	verdict->signer = found->signer;
	switch (found->trust) {
	case SIGNATURE_UNCHECKED:
		add2(verdict, arena, BAG_NOTE,
		    N_("signed by '%s'; the signature matches; whether that certificate can be "
		       "trusted was not checked, see --ca"),
		    found->signer, NULL, NULL);
		break;
	case SIGNATURE_TRUSTED:
		verdict->trusted = 1;
		bag_item_checked(verdict, ITEM_SIGNATURE);
		add2(verdict, arena, BAG_NOTE,
		    N_("signed by '%s'; the signature matches, and its certificate is vouched "
		       "for by '%s'"),
		    found->signer, ca, NULL);
		break;
	case SIGNATURE_UNTRUSTED:
		verdict->trusted = 0;
		add2(verdict, arena, BAG_ERROR,
		    N_("signed by '%s', whose certificate is not vouched for by '%s': %s"),
		    found->signer, ca, found->distrust);
		break;
	}
	if (found->expired)
		add2(verdict, arena, BAG_NOTE,
		    N_("the certificate of '%s' was valid until %s; that the signature is older, "
		       "it cannot prove itself"),
		    found->signer, found->expired, NULL);
	if (found->begins)
		add2(verdict, arena, BAG_WARNING,
		    N_("the certificate of '%s' is valid only from %s on: this computer's clock is "
		       "wrong, or it was signed before its time"),
		    found->signer, found->begins, NULL);
}

/*
 * Reads the certificates for what stands at a place, if there are any; beside a folder they may
 * have the other name.
 */
static int read_certificates(const struct places *places, const char *place, struct arena *arena,
    struct buf *out, struct err *err)
{
	int there = stands(arena, place, CERTIFICATE, err);

	for (size_t i = 0; there == 0 && i < places->count; i++) {
		place = places->at[i];
		there = stands(arena, place, CERTIFICATE, err);
	}
	return there > 0 ? file_read(beside(arena, place, CERTIFICATE), SIGNATURE_MAX, out, err)
	                 : there;
}

static int check_signature(const char *path, const struct places *places, const char *place,
    enum signature_kind kind, const char *ca, struct arena *arena, struct bag_verdict *verdict,
    struct err *err)
{
	const struct form *form = &forms[kind];
	const char *file = beside(arena, place, form->ending);
	struct buf bytes = { 0 }, signature = { 0 }, certificates = { 0 };
	struct signature_verdict found = { .signer = "", .distrust = "" };
	int rc = -1, there;

	verdict->signature = form->id;
	if (file_read(file, SIGNATURE_MAX, &signature, err) != 0 ||
	    read_certificates(places, place, arena, &certificates, err) != 0)
		goto out;
	there = read_signed(path, form, arena, &bytes, err);
	if (there < 0)
		goto out;
	if (!there)
		found.problem = N_("the bag has no tag manifest for it that lists the manifests");
	else if (signature_check(kind, &bytes, &signature, &certificates, ca, arena, &found, err) !=
	         0)
		goto out;
	tell(verdict, arena, ca, path_base(file), &found);
	rc = 0;
out:
	buf_release(&bytes);
	buf_release(&signature);
	buf_release(&certificates);
	return rc;
}

/* The number of signatures, or -1. */
static int check_signatures(const char *path, const struct places *places, const char *ca,
    struct arena *arena, struct bag_verdict *verdict, struct err *err)
{
	int signatures = 0;

	for (size_t i = 0; i < places->count; i++)
		for (size_t kind = 0; kind < LENGTH(forms); kind++) {
			int there = stands(arena, places->at[i], forms[kind].ending, err);

			if (there < 0 ||
			    (there && check_signature(path, places, places->at[i],
			                  (enum signature_kind)kind, ca, arena, verdict, err) != 0))
				return -1;
			signatures += there;
		}
	return signatures;
}

/* Of a certificate that no signature needs. */
static int tell_of_certificate(
    const struct places *places, struct arena *arena, struct bag_verdict *verdict, struct err *err)
{
	for (size_t i = 0; i < places->count; i++) {
		const char *place = places->at[i];
		int there = stands(arena, place, CERTIFICATE, err);

		if (there < 0)
			return -1;
		if (there)
			add2(verdict, arena, BAG_WARNING,
			    N_("'%s' stands there without the signature that it belongs to, '%s' "
			       "or '%s'"),
			    path_base(beside(arena, place, CERTIFICATE)),
			    path_base(beside(arena, place, forms[SIGNATURE_CMS].ending)),
			    path_base(beside(arena, place, forms[SIGNATURE_SM2].ending)));
	}
	return 0;
}

/* A folder is not the file that the checksum is of. */
static int tell_of_checksum(
    const struct places *places, struct arena *arena, struct bag_verdict *verdict, struct err *err)
{
	for (size_t i = 0; places->is_folder && i < places->count; i++) {
		const char *place = places->at[i];
		int there = stands(arena, place, CHECKSUM_ENDING, err);

		if (there < 0)
			return -1;
		if (there)
			bag_fault_add(verdict, arena,
			    &(struct bag_fault){ .severity = BAG_NOTE,
			        .message =
			            N_("'%s' is the checksum of the zip: it tells nothing of "
			               "the unpacked folder, verify the zip"),
			        .args = { path_base(beside(arena, place, CHECKSUM_ENDING)) },
			        .item = ITEM_ORIGIN });
	}
	return 0;
}

/* `verify x.zip*` names what stands beside the zip, too: that is looked at with it. */
static int name_bundle(const char *path, struct arena *arena, struct err *err)
{
	static const struct {
		const char *ending, *words;
	} kinds[] = { { CHECKSUM_ENDING, N_("a checksum") }, { ".p7s", N_("a signature") },
		{ ".sm2", N_("a signature") }, { CERTIFICATE, N_("a certificate") } };

	for (size_t i = 0; err->kind == ERR_INPUT && i < LENGTH(kinds); i++)
		if (path_has_ending(path, kinds[i].ending))
			err_set(err, ERR_USAGE,
			    _("'%s' is %s and no bundle: name '%s', with which it is checked"),
			    path, _(kinds[i].words),
			    arena_strndup(arena, path, strlen(path) - strlen(kinds[i].ending)));
	return -1;
}

int seal_verify(const char *path, const char *ca, struct arena *arena, struct bag_verdict *verdict,
    struct err *err)
{
	struct places places;
	int signatures, is_zip = beside_is_file(path, err);

	if (is_zip < 0)
		return -1;
	if (checksum_verify(path, is_zip, arena, verdict, err) != 0)
		return name_bundle(path, arena, err);
	verdict->trusted = -1;
	places = places_of(path, is_zip, arena);
	if (tell_of_checksum(&places, arena, verdict, err) != 0)
		return -1;
	signatures = check_signatures(path, &places, ca, arena, verdict, err);
	if (signatures < 0 ||
	    (signatures == 0 && tell_of_certificate(&places, arena, verdict, err) != 0))
		return -1;
	if (ca && signatures == 0)
		add2(verdict, arena, BAG_ERROR, N_("no signature stands beside it"), NULL, NULL,
		    NULL);
	return 0;
}

/* ---- signing --------------------------------------------------------------- */

static int check_unsigned(const char *path, struct arena *arena, struct err *err)
{
	for (size_t kind = 0; kind < LENGTH(forms); kind++) {
		int there = stands(arena, path, forms[kind].ending, err);

		if (there < 0)
			return -1;
		if (there)
			return err_set(err, ERR_USAGE,
			    _("'%s' is there already: remove it to sign anew"),
			    beside(arena, path, forms[kind].ending));
	}
	return 0;
}

static int check_valid(
    const char *path, struct arena *arena, struct bag_verdict *verdict, struct err *err)
{
	int is_zip = beside_is_file(path, err);

	if (is_zip < 0)
		return -1;
	if (is_zip == 0)
		return err_set(
		    err, ERR_USAGE, _("'%s' is no zip: a bundle is signed as one"), path);
	if (seal_verify(path, NULL, arena, verdict, err) != 0)
		return -1;
	if (verdict->errors)
		return err_input(err, N_("it is not valid; 'nianbao verify' says why"),
		    _("cannot sign '%s'"), path);
	return 0;
}

/* The certificate first: alone it says nothing, while a signature must have it. */
static int write_signature(const char *path, const struct form *form, struct signer *signer,
    const struct buf *signature, struct arena *arena, const char **written, struct err *err)
{
	struct buf certificates = { 0 };
	int rc;

	signer_certificates(signer, &certificates);
	*written = arena_printf(arena, "%s%s", path, form->ending);
	rc = file_write(arena_printf(arena, "%s%s", path, CERTIFICATE), certificates.data,
	    certificates.len, err);
	if (rc == 0)
		rc = file_write(*written, signature->data, signature->len, err);
	buf_release(&certificates);
	return rc;
}

int seal_sign(const char *path, struct signer *signer, struct arena *arena, struct seal *seal,
    struct err *err)
{
	const struct form *form = &forms[signer_kind(signer)];
	struct buf bytes = { 0 }, signature = { 0 };
	struct bag_verdict verdict;
	int rc = -1, there;

	if (check_valid(path, arena, &verdict, err) != 0 || check_unsigned(path, arena, err) != 0)
		return -1;
	*seal = (struct seal){ .draft = verdict.draft };
	there = read_signed(path, form, arena, &bytes, err);
	if (there == 0)
		err_set(err, ERR_INPUT,
		    _("cannot sign '%s': it has no %s that lists its manifests"), path,
		    form->signs);
	else if (there > 0 && signer_sign(signer, bytes.data, bytes.len, &signature, err) == 0)
		rc = write_signature(path, form, signer, &signature, arena, &seal->path, err);
	buf_release(&bytes);
	buf_release(&signature);
	return rc;
}
