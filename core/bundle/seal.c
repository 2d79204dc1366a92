/* seal.c: checksum and signature beside a bundle. */
#define _XOPEN_SOURCE 700 /* lstat */
#include "bundle/seal.h"

#include "archive/digest.h"
#include "base/buf.h"
#include "base/encoding.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/length.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHECKSUM_MAX = 16384, SIGNATURE_MAX = 4 << 20, TAGS_MAX = 64 << 20, PIECE = 256 * 1024 };

#define CERTIFICATE ".cert.pem"

const char *const seal_endings[] = { ".sha256", ".p7s", ".sm2", CERTIFICATE, NULL };

/* How a bundle can be signed. */
static const struct form {
	const char *id, *ending, *signs;
} forms[] = { [SIGNATURE_CMS] = { "cms", ".p7s", "tagmanifest-sha256.txt" },
	[SIGNATURE_SM2] = { "sm2", ".sm2", "tagmanifest-sm3.txt" } };

/* The zip's digest, made in a thread of its own while its files are checked. */
struct whole {
	const char *path;
	char hex[DIGEST_HEX_MAX];
	int cause; /* errno, if it cannot be read */
	pthread_t thread;
	int started;
};

static void *digest_whole(void *self)
{
	struct whole *whole = self;
	struct digest *digest = digest_new("sha256");
	char *piece = mem_alloc(PIECE);
	int fd = open(whole->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	ssize_t n = fd < 0 ? -1 : 0;

	while (fd >= 0 && ((n = read(fd, piece, PIECE)) > 0 || (n < 0 && errno == EINTR)))
		if (n > 0)
			digest_add(digest, piece, (size_t)n);
	whole->cause = n < 0 ? errno : 0;
	digest_end(digest, whole->hex);
	if (fd >= 0)
		close(fd);
	free(piece);
	return NULL;
}

static void whole_start(struct whole *whole, const char *path)
{
	whole->path = path;
	whole->started = pthread_create(&whole->thread, NULL, digest_whole, whole) == 0;
	if (!whole->started)
		digest_whole(whole);
}

static void whole_end(struct whole *whole)
{
	if (whole->started)
		pthread_join(whole->thread, NULL);
}

/* 1 if something stands at the path, 0 if nothing does; -1 if the system does not tell. */
static int stands(const char *path, struct err *err)
{
	struct stat st;

	if (lstat(path, &st) == 0)
		return 1;
	/* A name too long for the system is nobody's. */
	if (errno == ENOENT || errno == ENOTDIR || errno == ENAMETOOLONG)
		return 0;
	return err_sys(err, errno, _("cannot read '%s'"), path);
}

/* What stands beside a folder is not its seal: 1 if it is a file, 0 if not; -1 as above. */
static int is_file(const char *path, struct err *err)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return err_sys(err, errno, _("cannot open '%s'"), path);
	return S_ISREG(st.st_mode);
}

/* ---- the file beside it -------------------------------------------------- */

/* sha256sum's escapes undone, in place. */
static void unescape(char *name)
{
	char *to = name;

	for (; *name; name++) {
		if (name[0] == '\\' && name[1]) {
			name++;
			*to++ = *name == 'n' ? '\n' : *name == 'r' ? '\r' : *name;
		} else {
			*to++ = *name;
		}
	}
	*to = '\0';
}

/* The digest that a line of sha256sum has for `name`; NULL: it is not of that. */
static const char *line_for(char *line, const char *name)
{
	int escaped = line[0] == '\\';
	char *hex = line + escaped;

	if (strspn(hex, "0123456789abcdefABCDEF") != 64 || hex[64] != ' ' ||
	    (hex[65] != ' ' && hex[65] != '*'))
		return NULL;
	if (escaped)
		unescape(hex + 66);
	if (strcmp(path_base(hex + 66), name) != 0)
		return NULL;
	hex[64] = '\0';
	return hex;
}

static void add(struct bag_verdict *verdict, struct arena *arena, enum bag_severity severity,
    const char *message, const char *name)
{
	bag_fault_add(verdict, arena,
	    &(struct bag_fault){
	        .severity = severity, .message = message, .args = { name }, .item = ITEM_ORIGIN });
}

/* The digest that the text has, and it alone, for `name`; NULL: it is not that. */
static const char *digest_for(struct arena *arena, const struct buf *text, const char *name)
{
	char *copy = arena_strndup(arena, buf_str(text), text->len), *rest = NULL;
	char *line = strlen(copy) == text->len ? strtok_r(copy, "\r\n", &rest) : NULL;

	return line && !strtok_r(NULL, "\r\n", &rest) ? line_for(line, name) : NULL;
}

/*
 * What the text says against the bundle. Names are bytes on most systems, so it is taken as it is
 * first; but Notepad begins it with a mark, and PowerShell writes UTF-16.
 */
static int compare(struct bag_verdict *verdict, struct arena *arena, struct buf *text,
    const struct whole *whole, const char *beside, struct err *err)
{
	const char *name = path_base(whole->path), *expected = digest_for(arena, text, name);
	struct decoded how = { 0 };
	int rc = 0;

	if (!expected)
		rc = encoding_decode(text, ENCODING_BY_RULE, &how, err);
	if (rc < 0)
		return -1;
	if (!expected && rc == 0)
		expected = digest_for(arena, text, name);
	if (rc > 0)
		add(verdict, arena, BAG_ERROR,
		    N_("'%s' is no text that can be read: it must be one line, \"checksum  name\", "
		       "in UTF-8"),
		    beside);
	else if (!expected)
		add(verdict, arena, BAG_ERROR,
		    N_("'%s' is not the checksum of this bundle: it must be one line, "
		       "\"checksum  name\", with the bundle's name"),
		    beside);
	else if (strcasecmp(expected, whole->hex) != 0)
		add(verdict, arena, BAG_ERROR,
		    N_("the checksum in '%s' is another one: it was made for another bundle of "
		       "this name, or this one was altered since"),
		    beside);
	else
		verdict->checksum = 1;
	bag_item_checked(verdict, ITEM_ORIGIN);
	return 0;
}

static int check_checksum(struct bag_verdict *verdict, struct arena *arena,
    const struct whole *whole, const char *beside, struct err *err)
{
	struct buf text = { 0 };
	struct err problem;
	int rc = 0;

	if (file_read(beside, CHECKSUM_MAX, &text, &problem) != 0) {
		if (problem.kind == ERR_SYSTEM) {
			*err = problem;
			rc = -1;
		} else {
			add(verdict, arena, BAG_ERROR, "%s", problem.text);
		}
	} else {
		rc = compare(verdict, arena, &text, whole, path_base(beside), err);
	}
	buf_release(&text);
	return rc;
}

/* Checks what `sealed` says of it, while the files are checked. */
static int verify_checksum(
    const char *path, int is_zip, struct arena *arena, struct bag_verdict *verdict, struct err *err)
{
	const char *beside = arena_printf(arena, "%s%s", path, seal_endings[0]);
	int sealed = is_zip ? stands(beside, err) : 0;
	struct whole whole = { 0 };
	int rc;

	if (sealed < 0)
		return -1;
	if (sealed)
		whole_start(&whole, path);
	rc = bag_verify(path, arena, verdict, err);
	if (sealed)
		whole_end(&whole);
	if (rc != 0)
		return rc;
	if (sealed && whole.cause)
		return err_sys(err, whole.cause, _("cannot read '%s'"), path);
	if (sealed)
		return check_checksum(verdict, arena, &whole, beside, err);
	if (is_zip)
		add(verdict, arena, BAG_NOTE,
		    N_("there is no '%s' beside it: whether this is the bundle that was handed "
		       "over, its own checksums cannot tell"),
		    path_base(beside));
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

static int check_signature(const char *path, enum signature_kind kind, const char *ca,
    struct arena *arena, struct bag_verdict *verdict, struct err *err)
{
	const struct form *form = &forms[kind];
	const char *beside = arena_printf(arena, "%s%s", path, form->ending);
	const char *certificate = arena_printf(arena, "%s%s", path, CERTIFICATE);
	struct buf bytes = { 0 }, signature = { 0 }, certificates = { 0 };
	struct signature_verdict found = { .signer = "", .distrust = "" };
	int rc = -1, there;

	verdict->signature = form->id;
	if (file_read(beside, SIGNATURE_MAX, &signature, err) != 0)
		goto out;
	there = stands(certificate, err);
	if (there < 0 || (there && file_read(certificate, SIGNATURE_MAX, &certificates, err) != 0))
		goto out;
	there = read_signed(path, form, arena, &bytes, err);
	if (there < 0)
		goto out;
	if (!there)
		found.problem = N_("the bag has no tag manifest for it that lists the manifests");
	else if (signature_check(kind, &bytes, &signature, &certificates, ca, arena, &found, err) !=
	         0)
		goto out;
	tell(verdict, arena, ca, path_base(beside), &found);
	rc = 0;
out:
	buf_release(&bytes);
	buf_release(&signature);
	buf_release(&certificates);
	return rc;
}

int seal_verify(const char *path, const char *ca, struct arena *arena, struct bag_verdict *verdict,
    struct err *err)
{
	int signatures = 0, is_zip = is_file(path, err);

	if (is_zip < 0 || verify_checksum(path, is_zip, arena, verdict, err) != 0)
		return -1;
	verdict->trusted = -1;
	for (size_t kind = 0; is_zip && kind < LENGTH(forms); kind++) {
		int there = stands(arena_printf(arena, "%s%s", path, forms[kind].ending), err);

		if (there < 0 || (there && check_signature(path, (enum signature_kind)kind, ca,
		                               arena, verdict, err) != 0))
			return -1;
		signatures += there;
	}
	if (ca && signatures == 0)
		add2(verdict, arena, BAG_ERROR, N_("no signature stands beside it"), NULL, NULL,
		    NULL);
	return 0;
}

int seal_is_signed(const char *path, struct arena *arena)
{
	for (size_t kind = 0; kind < LENGTH(forms); kind++)
		if (file_type(arena_printf(arena, "%s%s", path, forms[kind].ending)) != FILE_NONE)
			return 1;
	return 0;
}

/* ---- signing --------------------------------------------------------------- */

static int check_unsigned(const char *path, struct arena *arena, struct err *err)
{
	for (size_t kind = 0; kind < LENGTH(forms); kind++) {
		const char *beside = arena_printf(arena, "%s%s", path, forms[kind].ending);
		int there = stands(beside, err);

		if (there < 0)
			return -1;
		if (there)
			return err_set(err, ERR_USAGE,
			    _("'%s' is there already: remove it to sign anew"), beside);
	}
	return 0;
}

static int check_valid(const char *path, struct arena *arena, struct err *err)
{
	struct bag_verdict verdict;
	int is_zip = is_file(path, err);

	if (is_zip == 0)
		return err_set(
		    err, ERR_USAGE, _("'%s' is no zip: a bundle is signed as one"), path);
	if (is_zip < 0)
		return -1;
	if (seal_verify(path, NULL, arena, &verdict, err) != 0)
		return -1;
	if (verdict.errors)
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

int seal_sign(const char *path, struct signer *signer, struct arena *arena, const char **written,
    struct err *err)
{
	const struct form *form = &forms[signer_kind(signer)];
	struct buf bytes = { 0 }, signature = { 0 };
	int rc = -1, there;

	if (check_valid(path, arena, err) != 0 || check_unsigned(path, arena, err) != 0)
		return -1;
	there = read_signed(path, form, arena, &bytes, err);
	if (there == 0)
		err_set(err, ERR_INPUT,
		    _("cannot sign '%s': it has no %s that lists its manifests"), path,
		    form->signs);
	else if (there > 0 && signer_sign(signer, bytes.data, bytes.len, &signature, err) == 0)
		rc = write_signature(path, form, signer, &signature, arena, written, err);
	buf_release(&bytes);
	buf_release(&signature);
	return rc;
}
