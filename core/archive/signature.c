/* signature.c: detached signatures, over OpenSSL. */
#include "archive/signature.h"

#include "base/file.h"
#include "base/i18n.h"

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { FILE_MAX = 4 << 20 };

/* Who signs, where certificates do not say otherwise (GM/T 0009-2012, 10). */
static const char sm2_id[] = "1234567812345678";

struct signer {
	EVP_PKEY *key;
	X509 *certificate;
	STACK_OF(X509) * chain;
	enum signature_kind kind;
};

static const char *reason(void)
{
	const char *text = ERR_reason_error_string(ERR_peek_last_error());

	return text ? text : "?";
}

static BIO *bio_of(const struct buf *bytes)
{
	BIO *bio = BIO_new_mem_buf(buf_str(bytes), (int)bytes->len);

	if (!bio)
		mem_fail();
	return bio;
}

/* All that BIO holds, appended. */
static void take_bio(BIO *bio, struct buf *out)
{
	char *bytes;
	long n = BIO_get_mem_data(bio, &bytes);

	if (n > 0)
		buf_add(out, bytes, (size_t)n);
}

static int is_sm2(EVP_PKEY *key)
{
	return EVP_PKEY_is_a(key, "SM2");
}

/* ---- certificates -------------------------------------------------------- */

/* What cannot be used was named by whoever calls: it says nothing of a bundle. */
static int read_named(const char *path, struct buf *out, struct err *err)
{
	if (file_read(path, FILE_MAX, out, err) == 0)
		return 0;
	if (err->kind == ERR_INPUT)
		err->kind = ERR_USAGE;
	buf_release(out);
	return -1;
}

/* All certificates of a PEM text, which may be none. */
static STACK_OF(X509) * read_certificates(const struct buf *pem)
{
	STACK_OF(X509) *list = sk_X509_new_null();
	BIO *bio = bio_of(pem);
	X509 *certificate;

	if (!list)
		mem_fail();
	while ((certificate = PEM_read_bio_X509(bio, NULL, NULL, NULL)) != NULL)
		if (sk_X509_push(list, certificate) <= 0)
			mem_fail();
	ERR_clear_error(); /* of the end of the text */
	BIO_free(bio);
	return list;
}

static int read_certificate_file(const char *path, STACK_OF(X509) * *list, struct err *err)
{
	struct buf pem = { 0 };

	if (read_named(path, &pem, err) != 0)
		return -1;
	*list = read_certificates(&pem);
	buf_release(&pem);
	if (sk_X509_num(*list) > 0)
		return 0;
	sk_X509_free(*list);
	*list = NULL;
	return err_set(err, ERR_USAGE, _("'%s' holds no certificate in PEM form"), path);
}

/* ---- the key ------------------------------------------------------------- */

struct passphrase {
	const char *given, *path;
	int asked, missing;
};

static int give_passphrase(char *to, int room, int writing, void *self)
{
	struct passphrase *pass = self;
	size_t n;

	(void)writing;
	pass->asked = 1;
	if (!pass->given) {
		char prompt[300];

		/* OpenSSL would read the standard input where there is no terminal. */
		if (!isatty(STDIN_FILENO)) {
			pass->missing = 1;
			return -1;
		}
		snprintf(prompt, sizeof prompt, _("passphrase of '%.200s': "), pass->path);
		if (EVP_read_pw_string(to, room, prompt, 0) != 0)
			return -1;
		return (int)strlen(to);
	}
	n = strlen(pass->given);
	if (n > (size_t)room)
		return -1;
	memcpy(to, pass->given, n);
	return (int)n;
}

static int read_key(struct signer *s, const char *path, const char *given, struct err *err)
{
	struct passphrase pass = { .given = given, .path = path };
	struct buf pem = { 0 };
	BIO *bio;

	if (read_named(path, &pem, err) != 0)
		return -1;
	bio = bio_of(&pem);
	s->key = PEM_read_bio_PrivateKey(bio, NULL, give_passphrase, &pass);
	BIO_free(bio);
	if (pem.data)
		OPENSSL_cleanse(pem.data, pem.cap);
	buf_release(&pem);
	if (s->key)
		return 0;
	if (pass.missing)
		return err_set(err, ERR_USAGE,
		    _("the key in '%s' is encrypted: name a file with its passphrase with "
		      "--pass-file"),
		    path);
	if (pass.asked)
		return err_set(
		    err, ERR_USAGE, _("cannot open the key in '%s': wrong passphrase"), path);
	return err_set(err, ERR_USAGE, _("'%s' holds no private key in PEM form"), path);
}

static int choose_kind(struct signer *s, const char *path, struct err *err)
{
	if (is_sm2(s->key))
		s->kind = SIGNATURE_SM2;
	else if (EVP_PKEY_is_a(s->key, "RSA") || EVP_PKEY_is_a(s->key, "EC"))
		s->kind = SIGNATURE_CMS;
	else
		return err_set(err, ERR_USAGE,
		    _("the key in '%s' is of a kind that is not signed with here: RSA, ECDSA and "
		      "SM2 are"),
		    path);
	return 0;
}

int signer_open(struct signer **signer, const char *key, const char *certificate,
    const char *passphrase, struct err *err)
{
	struct signer *s = mem_alloc(sizeof *s);

	*s = (struct signer){ 0 };
	ERR_clear_error();
	if (read_certificate_file(certificate, &s->chain, err) != 0)
		goto failed;
	s->certificate = sk_X509_shift(s->chain);
	if (read_key(s, key, passphrase, err) != 0 || choose_kind(s, key, err) != 0)
		goto failed;
	if (X509_check_private_key(s->certificate, s->key) != 1) {
		err_set(err, ERR_USAGE,
		    _("the key in '%s' does not belong to the certificate in '%s'"), key,
		    certificate);
		goto failed;
	}
	*signer = s;
	return 0;
failed:
	ERR_clear_error();
	signer_close(s);
	return -1;
}

void signer_close(struct signer *s)
{
	if (!s)
		return;
	EVP_PKEY_free(s->key);
	X509_free(s->certificate);
	sk_X509_pop_free(s->chain, X509_free);
	free(s);
}

enum signature_kind signer_kind(const struct signer *s)
{
	return s->kind;
}

void signer_certificates(const struct signer *s, struct buf *out)
{
	BIO *bio = BIO_new(BIO_s_mem());

	if (!bio || PEM_write_bio_X509(bio, s->certificate) != 1)
		mem_fail();
	for (int i = 0; i < sk_X509_num(s->chain); i++)
		if (PEM_write_bio_X509(bio, sk_X509_value(s->chain, i)) != 1)
			mem_fail();
	take_bio(bio, out);
	BIO_free(bio);
}

/* ---- signing ------------------------------------------------------------- */

static int sign_cms(struct signer *s, const struct buf *bytes, struct buf *out)
{
	BIO *in = bio_of(bytes), *der = BIO_new(BIO_s_mem());
	CMS_ContentInfo *cms = CMS_sign(
	    s->certificate, s->key, s->chain, in, CMS_DETACHED | CMS_BINARY | CMS_NOSMIMECAP);
	int rc = der && cms && i2d_CMS_bio(der, cms) == 1 ? 0 : -1;

	if (rc == 0)
		take_bio(der, out);
	CMS_ContentInfo_free(cms);
	BIO_free(der);
	BIO_free(in);
	return rc;
}

/* A context for SM2 with SM3 and the usual id; its EVP_PKEY_CTX is to be freed with it. */
static EVP_MD_CTX *sm2_context(EVP_PKEY *key, int verify)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	EVP_PKEY_CTX *pkey = EVP_PKEY_CTX_new(key, NULL);

	if (ctx && pkey && EVP_PKEY_CTX_set1_id(pkey, sm2_id, sizeof sm2_id - 1) == 1) {
		EVP_MD_CTX_set_pkey_ctx(ctx, pkey);
		if ((verify ? EVP_DigestVerifyInit(ctx, NULL, EVP_sm3(), NULL, key)
		            : EVP_DigestSignInit(ctx, NULL, EVP_sm3(), NULL, key)) == 1)
			return ctx;
	}
	EVP_MD_CTX_free(ctx);
	EVP_PKEY_CTX_free(pkey);
	return NULL;
}

static void sm2_context_free(EVP_MD_CTX *ctx)
{
	/* What was set with EVP_MD_CTX_set_pkey_ctx() stays the caller's. */
	EVP_PKEY_CTX *pkey = ctx ? EVP_MD_CTX_get_pkey_ctx(ctx) : NULL;

	EVP_MD_CTX_free(ctx);
	EVP_PKEY_CTX_free(pkey);
}

static int sign_sm2(struct signer *s, const struct buf *bytes, struct buf *out)
{
	EVP_MD_CTX *ctx = sm2_context(s->key, 0);
	const unsigned char *from = (const unsigned char *)buf_str(bytes);
	size_t n = 0;
	int rc = -1;

	if (ctx && EVP_DigestSign(ctx, NULL, &n, from, bytes->len) == 1) {
		buf_reserve(out, n);
		if (EVP_DigestSign(
		        ctx, (unsigned char *)out->data + out->len, &n, from, bytes->len) == 1) {
			out->len += n;
			out->data[out->len] = '\0';
			rc = 0;
		}
	}
	sm2_context_free(ctx);
	return rc;
}

int signer_sign(struct signer *s, const void *bytes, size_t n, struct buf *out, struct err *err)
{
	struct buf copy = { 0 };
	int rc;

	buf_add(&copy, bytes, n);
	ERR_clear_error();
	rc = s->kind == SIGNATURE_SM2 ? sign_sm2(s, &copy, out) : sign_cms(s, &copy, out);
	if (rc != 0)
		err_set(err, ERR_SYSTEM, _("cannot sign: OpenSSL says '%s'"), reason());
	ERR_clear_error();
	buf_release(&copy);
	return rc;
}

/* ---- checking: whom to trust ----------------------------------------------- */

static const char *name_of(const X509 *certificate, struct arena *arena)
{
	BIO *bio = BIO_new(BIO_s_mem());
	struct buf text = { 0 };
	const char *name;

	if (!bio)
		mem_fail();
	X509_NAME_print_ex(bio, X509_get_subject_name(certificate), 0,
	    XN_FLAG_RFC2253 & ~(unsigned long)ASN1_STRFLGS_ESC_MSB);
	take_bio(bio, &text);
	BIO_free(bio);
	name = arena_strdup(arena, buf_str(&text));
	buf_release(&text);
	return name;
}

/*
 * SM2 certificates are signed under an id that does not stand in them: the usual
 * one, or none where openssl made them and nobody told it.
 */
static void give_id(X509 *certificate, int usual)
{
	ASN1_OCTET_STRING *id = NULL;

	if (!X509_get0_pubkey(certificate) || !is_sm2(X509_get0_pubkey(certificate)))
		return;
	if (!usual) {
		X509_set0_distinguishing_id(certificate, NULL);
		return;
	}
	id = ASN1_OCTET_STRING_new();
	if (!id || ASN1_OCTET_STRING_set(id, (const unsigned char *)sm2_id, sizeof sm2_id - 1) != 1)
		mem_fail();
	X509_set0_distinguishing_id(certificate, id);
}

static X509_STORE *store_of(STACK_OF(X509) * trusted)
{
	X509_STORE *store = X509_STORE_new();

	if (!store)
		mem_fail();
	for (int i = 0; i < sk_X509_num(trusted); i++) {
		if (X509_STORE_add_cert(store, sk_X509_value(trusted, i)) != 1)
			mem_fail();
	}
	X509_STORE_set_flags(store, X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_NO_CHECK_TIME);
	X509_STORE_set_purpose(store, X509_PURPOSE_ANY);
	return store;
}

/* OpenSSL's word for why no chain leads from the certificate to a trusted one; X509_V_OK: one does.
 */
static int chain_error(X509 *certificate, STACK_OF(X509) * others, X509_STORE *store, int usual_id)
{
	X509_STORE_CTX *ctx = X509_STORE_CTX_new();
	int error;

	give_id(certificate, usual_id);
	for (int i = 0; i < sk_X509_num(others); i++)
		give_id(sk_X509_value(others, i), usual_id);
	if (!ctx || X509_STORE_CTX_init(ctx, store, certificate, others) != 1)
		mem_fail();
	error = X509_verify_cert(ctx) == 1 ? X509_V_OK : X509_STORE_CTX_get_error(ctx);
	X509_STORE_CTX_free(ctx);
	return error;
}

static void check_chain(X509 *certificate, STACK_OF(X509) * others, X509_STORE *store,
    struct arena *arena, struct signature_verdict *verdict)
{
	int error = chain_error(certificate, others, store, 1);

	if (error == X509_V_ERR_CERT_SIGNATURE_FAILURE)
		error = chain_error(certificate, others, store, 0);
	if (error != X509_V_OK) {
		verdict->trust = SIGNATURE_UNTRUSTED;
		verdict->distrust = arena_strdup(arena, X509_verify_cert_error_string(error));
	} else if (verdict->trust == SIGNATURE_UNCHECKED) {
		verdict->trust = SIGNATURE_TRUSTED;
	}
}

static void look_at(X509 *certificate, STACK_OF(X509) * others, X509_STORE *store,
    struct arena *arena, struct signature_verdict *verdict)
{
	const ASN1_TIME *last = X509_get0_notAfter(certificate);
	const char *name = name_of(certificate, arena);
	struct tm day;

	verdict->signer =
	    *verdict->signer ? arena_printf(arena, "%s; %s", verdict->signer, name) : name;
	if (X509_cmp_current_time(last) < 0 && ASN1_TIME_to_tm(last, &day) == 1)
		verdict->expired = arena_printf(
		    arena, "%04d-%02d-%02d", day.tm_year + 1900, day.tm_mon + 1, day.tm_mday);
	if (store)
		check_chain(certificate, others, store, arena, verdict);
}

/* ---- checking: the signature ----------------------------------------------- */

static void check_cms(const struct buf *bytes, const struct buf *signature, X509_STORE *store,
    struct arena *arena, struct signature_verdict *verdict)
{
	BIO *der = bio_of(signature), *in = bio_of(bytes);
	CMS_ContentInfo *cms = d2i_CMS_bio(der, NULL);
	STACK_OF(X509) *signers = NULL, *others = NULL;

	if (!cms || OBJ_obj2nid(CMS_get0_type(cms)) != NID_pkcs7_signed) {
		verdict->problem = N_("it is no signature in CMS form");
	} else if (!CMS_is_detached(cms)) {
		verdict->problem = N_("it holds a content of its own");
	} else if (CMS_verify(cms, NULL, NULL, in, NULL, CMS_BINARY | CMS_NO_SIGNER_CERT_VERIFY) !=
	           1) {
		verdict->problem = N_("it does not match");
	} else {
		signers = CMS_get0_signers(cms);
		others = CMS_get1_certs(cms);
		for (int i = 0; i < sk_X509_num(signers); i++)
			look_at(sk_X509_value(signers, i), others, store, arena, verdict);
	}
	sk_X509_free(signers);
	sk_X509_pop_free(others, X509_free);
	CMS_ContentInfo_free(cms);
	BIO_free(der);
	BIO_free(in);
}

static int sm2_matches(X509 *certificate, const struct buf *bytes, const struct buf *signature)
{
	EVP_MD_CTX *ctx = sm2_context(X509_get0_pubkey(certificate), 1);
	int good =
	    ctx && EVP_DigestVerify(ctx, (const unsigned char *)buf_str(signature), signature->len,
	               (const unsigned char *)buf_str(bytes), bytes->len) == 1;

	sm2_context_free(ctx);
	return good;
}

static void check_sm2(const struct buf *bytes, const struct buf *signature,
    const struct buf *certificates, X509_STORE *store, struct arena *arena,
    struct signature_verdict *verdict)
{
	STACK_OF(X509) *others = read_certificates(certificates);
	X509 *certificate = sk_X509_shift(others);

	if (!certificate)
		verdict->problem = N_("the signer's certificate is missing");
	else if (!X509_get0_pubkey(certificate) || !is_sm2(X509_get0_pubkey(certificate)))
		verdict->problem = N_("the certificate beside it is not of an SM2 key");
	else if (!sm2_matches(certificate, bytes, signature))
		verdict->problem = N_("it does not match");
	else
		look_at(certificate, others, store, arena, verdict);
	X509_free(certificate);
	sk_X509_pop_free(others, X509_free);
}

int signature_check(enum signature_kind kind, const struct buf *bytes, const struct buf *signature,
    const struct buf *certificates, const char *ca, struct arena *arena,
    struct signature_verdict *verdict, struct err *err)
{
	STACK_OF(X509) *trusted = NULL;
	X509_STORE *store;

	*verdict = (struct signature_verdict){ .signer = "", .distrust = "" };
	ERR_clear_error();
	if (ca && read_certificate_file(ca, &trusted, err) != 0)
		return -1;
	store = ca ? store_of(trusted) : NULL;
	if (kind == SIGNATURE_SM2)
		check_sm2(bytes, signature, certificates, store, arena, verdict);
	else
		check_cms(bytes, signature, store, arena, verdict);
	X509_STORE_free(store);
	sk_X509_pop_free(trusted, X509_free);
	ERR_clear_error();
	return 0;
}
