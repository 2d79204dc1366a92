/* certificate.c: certificates read, named and doubted. */
#include "archive/certificate.h"

#include "base/file.h"
#include "base/i18n.h"
#include "base/length.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/pkcs7.h>
#include <openssl/x509_vfy.h>
#include <string.h>
#include <time.h>

enum { FILE_MAX = 4 << 20 };

BIO *certificate_bio(const struct buf *bytes)
{
	BIO *bio = BIO_new_mem_buf(buf_str(bytes), (int)bytes->len);

	if (!bio)
		mem_fail();
	return bio;
}

void certificate_take_bio(BIO *bio, struct buf *out)
{
	char *bytes;
	long n = BIO_get_mem_data(bio, &bytes);

	if (n > 0)
		buf_add(out, bytes, (size_t)n);
}

/* ---- reading --------------------------------------------------------------- */

int certificate_read_named(const char *path, struct buf *out, struct err *err)
{
	if (file_read(path, FILE_MAX, out, err) == 0)
		return 0;
	if (err->kind == ERR_INPUT)
		err->kind = ERR_USAGE;
	buf_release(out);
	return -1;
}

STACK_OF(X509) * certificates_of(const struct buf *bytes)
{
	STACK_OF(X509) *list = sk_X509_new_null();
	BIO *pem = certificate_bio(bytes), *der = certificate_bio(bytes);
	X509 *certificate;

	if (!list)
		mem_fail();
	while ((certificate = PEM_read_bio_X509(pem, NULL, NULL, NULL)) != NULL)
		if (sk_X509_push(list, certificate) <= 0)
			mem_fail();
	if (sk_X509_num(list) == 0 && (certificate = d2i_X509_bio(der, NULL)) != NULL &&
	    sk_X509_push(list, certificate) <= 0)
		mem_fail();
	ERR_clear_error(); /* of the end of the text */
	BIO_free(pem);
	BIO_free(der);
	return list;
}

int certificate_is_pkcs12(const struct buf *bytes)
{
	BIO *bio = certificate_bio(bytes);
	PKCS12 *found = d2i_PKCS12_bio(bio, NULL);
	int is = found != NULL;

	PKCS12_free(found);
	BIO_free(bio);
	ERR_clear_error();
	return is;
}

/* As authorities hand out a chain (.p7b). "DER", "PEM", or NULL: it is none. */
static const char *pkcs7_form(const struct buf *bytes)
{
	BIO *der = certificate_bio(bytes), *pem = certificate_bio(bytes);
	PKCS7 *in_der = d2i_PKCS7_bio(der, NULL),
	      *in_pem = PEM_read_bio_PKCS7(pem, NULL, NULL, NULL);
	const char *form = in_der ? "DER" : in_pem ? "PEM" : NULL;

	PKCS7_free(in_der);
	PKCS7_free(in_pem);
	BIO_free(der);
	BIO_free(pem);
	ERR_clear_error();
	return form;
}

static int no_certificate(const char *path, const struct buf *bytes, struct err *err)
{
	const char *form = pkcs7_form(bytes);

	if (certificate_is_pkcs12(bytes))
		return err_set(err, ERR_USAGE,
		    _("'%s' is in PKCS#12 form (.pfx): take the certificates out of it with "
		      "'openssl "
		      "pkcs12 -in %s -nokeys -out cert.pem'; files of older programs need -legacy, "
		      "too"),
		    path, path);
	if (form)
		return err_set(err, ERR_USAGE,
		    _("'%s' is in PKCS#7 form (.p7b): take the certificates out of it with "
		      "'openssl "
		      "pkcs7 -inform %s -in %s -print_certs -out cert.pem'"),
		    path, form, path);
	return err_set(err, ERR_USAGE, _("'%s' holds no certificate in PEM or DER form"), path);
}

int certificates_read(const char *path, STACK_OF(X509) * *list, struct err *err)
{
	struct buf bytes = { 0 };
	int rc = 0;

	if (certificate_read_named(path, &bytes, err) != 0)
		return -1;
	*list = certificates_of(&bytes);
	if (sk_X509_num(*list) == 0) {
		rc = no_certificate(path, &bytes, err);
		sk_X509_free(*list);
		*list = NULL;
	}
	buf_release(&bytes);
	return rc;
}

/* ---- what stands in them --------------------------------------------------- */

const char *certificate_name(const X509_NAME *name, struct arena *arena)
{
	BIO *bio = BIO_new(BIO_s_mem());
	struct buf text = { 0 };
	const char *copy;

	if (!bio)
		mem_fail();
	X509_NAME_print_ex(bio, name, 0, XN_FLAG_RFC2253 & ~(unsigned long)ASN1_STRFLGS_ESC_MSB);
	certificate_take_bio(bio, &text);
	BIO_free(bio);
	copy = arena_strdup(arena, buf_str(&text));
	buf_release(&text);
	return copy;
}

const char *certificate_day(const ASN1_TIME *time, struct arena *arena)
{
	struct tm day;

	if (ASN1_TIME_to_tm(time, &day) != 1)
		return "";
	return arena_printf(
	    arena, "%04d-%02d-%02d", day.tm_year + 1900, day.tm_mon + 1, day.tm_mday);
}

int certificate_age(const X509 *certificate)
{
	/* Both answer 0 for a time that cannot be read. */
	if (X509_cmp_current_time(X509_get0_notAfter(certificate)) < 0)
		return 1;
	return X509_cmp_current_time(X509_get0_notBefore(certificate)) > 0 ? -1 : 0;
}

/* ---- why not to trust them --------------------------------------------------- */

static const struct {
	int error;
	const char *words; /* NULL: the issuer's certificate is missing */
} reasons[] = {
	{ X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, NULL },
	{ X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, NULL },
	{ X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, NULL },
	{ X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT,
	    N_("it is signed by itself and is not among the trusted ones") },
	{ X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN,
	    N_("the root certificate that it leads to is not among the trusted ones") },
	{ X509_V_ERR_CERT_SIGNATURE_FAILURE,
	    N_("a certificate was altered, or is not from the issuer that it names") },
	{ X509_V_ERR_UNABLE_TO_DECRYPT_CERT_SIGNATURE,
	    N_("a certificate was altered, or is not from the issuer that it names") },
	{ X509_V_ERR_UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY,
	    N_("the key in the issuer's certificate cannot be read") },
	{ X509_V_ERR_CERT_NOT_YET_VALID, N_("a certificate is not valid yet") },
	{ X509_V_ERR_CERT_HAS_EXPIRED, N_("a certificate is no longer valid") },
	{ X509_V_ERR_CERT_REVOKED, N_("a certificate was revoked") },
	{ X509_V_ERR_CERT_CHAIN_TOO_LONG, N_("too many certificates lead from one to another") },
	{ X509_V_ERR_PATH_LENGTH_EXCEEDED,
	    N_("more authorities stand between than one of them allows") },
	{ X509_V_ERR_INVALID_CA, N_("who issued a certificate had no right to issue any") },
	{ X509_V_ERR_KEYUSAGE_NO_CERTSIGN,
	    N_("who issued a certificate had no right to issue any") },
	{ X509_V_ERR_INVALID_PURPOSE, N_("a certificate is not for signing") },
	{ X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION,
	    N_("a certificate demands what is not known here") },
	{ X509_V_ERR_EE_KEY_TOO_SMALL, N_("a key is too short to be safe") },
	{ X509_V_ERR_CA_KEY_TOO_SMALL, N_("a key is too short to be safe") },
	{ X509_V_ERR_CA_MD_TOO_WEAK,
	    N_("a certificate is signed with an algorithm that is no longer safe") },
};

const char *certificate_distrust(int error, const X509 *at, struct arena *arena)
{
	for (size_t i = 0; i < LENGTH(reasons); i++) {
		if (reasons[i].error != error)
			continue;
		if (reasons[i].words)
			return _(reasons[i].words);
		if (at)
			return arena_printf(arena, _("no certificate of the issuer '%s' was found"),
			    certificate_name(X509_get_issuer_name(at), arena));
	}
	return arena_strdup(arena, X509_verify_cert_error_string(error));
}
