/* signature.c: detached signatures, over OpenSSL. */
#include "archive/signature.h"

#include "archive/certificate.h"
#include "base/i18n.h"
#include "base/length.h"

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

static int is_sm2(EVP_PKEY *key)
{
	return EVP_PKEY_is_a(key, "SM2");
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

/* PEM or DER, with a passphrase or without. */
static EVP_PKEY *key_of(const struct buf *bytes, struct passphrase *pass)
{
	EVP_PKEY *(*const readers[])(BIO *, EVP_PKEY **, pem_password_cb *,
	    void *) = { PEM_read_bio_PrivateKey, d2i_PKCS8PrivateKey_bio };
	EVP_PKEY *key = NULL;
	BIO *bio;

	for (size_t i = 0; !key && !pass->asked && i < LENGTH(readers); i++) {
		bio = certificate_bio(bytes);
		key = readers[i](bio, NULL, give_passphrase, pass);
		BIO_free(bio);
	}
	if (!key && !pass->asked) {
		bio = certificate_bio(bytes);
		key = d2i_PrivateKey_bio(bio, NULL);
		BIO_free(bio);
	}
	return key;
}

static int no_key(const char *path, const struct passphrase *pass, int is_pkcs12, struct err *err)
{
	if (pass->missing)
		return err_set(err, ERR_USAGE,
		    _("the key in '%s' is encrypted: name a file with its passphrase with "
		      "--pass-file"),
		    path);
	if (pass->asked)
		return err_set(
		    err, ERR_USAGE, _("cannot open the key in '%s': wrong passphrase"), path);
	if (is_pkcs12)
		return err_set(err, ERR_USAGE,
		    _("'%s' is in PKCS#12 form (.pfx): take the key out of it with 'openssl "
		      "pkcs12 -in %s -nocerts -out key.pem'; files of older programs need "
		      "-legacy, too"),
		    path, path);
	return err_set(err, ERR_USAGE, _("'%s' holds no private key in PEM or DER form"), path);
}

static int read_key(struct signer *s, const char *path, const char *given, struct err *err)
{
	struct passphrase pass = { .given = given, .path = path };
	struct buf bytes = { 0 };
	int is_pkcs12;

	if (certificate_read_named(path, &bytes, err) != 0)
		return -1;
	s->key = key_of(&bytes, &pass);
	is_pkcs12 = !s->key && certificate_is_pkcs12(&bytes);
	if (bytes.data)
		OPENSSL_cleanse(bytes.data, bytes.cap);
	buf_release(&bytes);
	return s->key ? 0 : no_key(path, &pass, is_pkcs12, err);
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

/* It is of the key, and its time is now. */
static int check_certificate(
    const struct signer *s, const char *key, const char *path, struct err *err)
{
	struct arena arena = { 0 };
	const char *from = certificate_day(X509_get0_notBefore(s->certificate), &arena);
	const char *until = certificate_day(X509_get0_notAfter(s->certificate), &arena);
	int age = certificate_age(s->certificate), rc = 0;

	if (X509_check_private_key(s->certificate, s->key) != 1) {
		rc = err_set(err, ERR_USAGE,
		    _("the key in '%s' does not belong to the certificate in '%s'"), key, path);
		for (int i = 0; i < sk_X509_num(s->chain); i++)
			if (X509_check_private_key(sk_X509_value(s->chain, i), s->key) == 1)
				rc = err_set(err, ERR_USAGE,
				    _("the signer's certificate does not stand first in '%s': put "
				      "it before those that vouch for it"),
				    path);
	} else if (age > 0) {
		rc = err_set(err, ERR_USAGE,
		    _("cannot sign with '%s': the certificate was valid from %s to %s; ask its "
		      "issuer for a new one"),
		    path, from, until);
	} else if (age < 0) {
		rc = err_set(err, ERR_USAGE,
		    _("cannot sign with '%s': the certificate is valid from %s to %s, not yet "
		      "today; wait, or set this computer's clock right"),
		    path, from, until);
	}
	arena_release(&arena);
	return rc;
}

int signer_open(struct signer **signer, const char *key, const char *certificate,
    const char *passphrase, struct err *err)
{
	struct signer *s = mem_alloc(sizeof *s);

	*s = (struct signer){ 0 };
	ERR_clear_error();
	if (certificates_read(certificate, &s->chain, err) != 0)
		goto failed;
	s->certificate = sk_X509_shift(s->chain);
	if (read_key(s, key, passphrase, err) != 0 || choose_kind(s, key, err) != 0 ||
	    check_certificate(s, key, certificate, err) != 0)
		goto failed;
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

const char *signer_missing_issuer(const struct signer *s, struct arena *arena)
{
	const X509_NAME *issuer = X509_get_issuer_name(s->certificate);

	if (X509_NAME_cmp(issuer, X509_get_subject_name(s->certificate)) == 0)
		return NULL;
	for (int i = 0; i < sk_X509_num(s->chain); i++)
		if (X509_NAME_cmp(issuer, X509_get_subject_name(sk_X509_value(s->chain, i))) == 0)
			return NULL;
	return certificate_name(issuer, arena);
}

void signer_certificates(const struct signer *s, struct buf *out)
{
	BIO *bio = BIO_new(BIO_s_mem());

	if (!bio || PEM_write_bio_X509(bio, s->certificate) != 1)
		mem_fail();
	for (int i = 0; i < sk_X509_num(s->chain); i++)
		if (PEM_write_bio_X509(bio, sk_X509_value(s->chain, i)) != 1)
			mem_fail();
	certificate_take_bio(bio, out);
	BIO_free(bio);
}

/* ---- signing ------------------------------------------------------------- */

static int sign_cms(struct signer *s, const struct buf *bytes, struct buf *out)
{
	BIO *in = certificate_bio(bytes), *der = BIO_new(BIO_s_mem());
	CMS_ContentInfo *cms = CMS_sign(
	    s->certificate, s->key, s->chain, in, CMS_DETACHED | CMS_BINARY | CMS_NOSMIMECAP);
	int rc = der && cms && i2d_CMS_bio(der, cms) == 1 ? 0 : -1;

	if (rc == 0)
		certificate_take_bio(der, out);
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

/* X509_V_OK, or X509_V_ERR_* with the words why no chain leads from it to a trusted one. */
static int chain_error(X509 *certificate, STACK_OF(X509) * others, X509_STORE *store, int usual_id,
    struct arena *arena, const char **why)
{
	X509_STORE_CTX *ctx = X509_STORE_CTX_new();
	int error = X509_V_OK;

	give_id(certificate, usual_id);
	for (int i = 0; i < sk_X509_num(others); i++)
		give_id(sk_X509_value(others, i), usual_id);
	if (!ctx || X509_STORE_CTX_init(ctx, store, certificate, others) != 1)
		mem_fail();
	if (X509_verify_cert(ctx) != 1) {
		error = X509_STORE_CTX_get_error(ctx);
		*why = certificate_distrust(error, X509_STORE_CTX_get_current_cert(ctx), arena);
	}
	X509_STORE_CTX_free(ctx);
	return error;
}

static void check_chain(X509 *certificate, STACK_OF(X509) * others, X509_STORE *store,
    struct arena *arena, struct signature_verdict *verdict)
{
	const char *why = "";
	int error = chain_error(certificate, others, store, 1, arena, &why);

	if (error == X509_V_ERR_CERT_SIGNATURE_FAILURE)
		error = chain_error(certificate, others, store, 0, arena, &why);
	if (error != X509_V_OK) {
		verdict->trust = SIGNATURE_UNTRUSTED;
		verdict->distrust = why;
	} else if (verdict->trust == SIGNATURE_UNCHECKED) {
		verdict->trust = SIGNATURE_TRUSTED;
	}
}

static void look_at(X509 *certificate, STACK_OF(X509) * others, X509_STORE *store,
    struct arena *arena, struct signature_verdict *verdict)
{
	const char *name = certificate_name(X509_get_subject_name(certificate), arena);
	int age = certificate_age(certificate);

	verdict->signer =
	    *verdict->signer ? arena_printf(arena, "%s; %s", verdict->signer, name) : name;
	if (age > 0)
		verdict->expired = certificate_day(X509_get0_notAfter(certificate), arena);
	if (age < 0)
		verdict->begins = certificate_day(X509_get0_notBefore(certificate), arena);
	if (store)
		check_chain(certificate, others, store, arena, verdict);
}

/* ---- checking: the signature ----------------------------------------------- */

static void check_cms(const struct buf *bytes, const struct buf *signature, X509_STORE *store,
    struct arena *arena, struct signature_verdict *verdict)
{
	BIO *der = certificate_bio(signature), *in = certificate_bio(bytes);
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
	STACK_OF(X509) *others = certificates_of(certificates);
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
	if (ca && certificates_read(ca, &trusted, err) != 0)
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
