/* certificate.h: X.509 certificates, over OpenSSL. Private to this room. */
#ifndef ARCHIVE_CERTIFICATE_H
#define ARCHIVE_CERTIFICATE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

#include <openssl/bio.h>
#include <openssl/x509.h>

/* The bytes to be read, which must outlive it. */
BIO *certificate_bio(const struct buf *bytes);

/* All that a BIO in memory holds, appended. */
void certificate_take_bio(BIO *bio, struct buf *out);

/*
 * Appends the bytes of a file that whoever calls has named: what cannot be used says nothing of a
 * bundle, so that is ERR_USAGE.
 */
int certificate_read_named(const char *path, struct buf *out, struct err *err);

/* All certificates of a text in PEM form, or the one in DER form; may be none. Yours. */
STACK_OF(X509) * certificates_of(const struct buf *bytes);

/* The same of a named file, which must hold one. ERR_USAGE says what it is instead. */
int certificates_read(const char *path, STACK_OF(X509) * *list, struct err *err);

/* Whether the bytes are a PKCS#12 archive (.pfx), as browsers and key stores write it. */
int certificate_is_pkcs12(const struct buf *bytes);

/* "CN=县人民政府,C=CN" (RFC 4514); in the arena. */
const char *certificate_name(const X509_NAME *name, struct arena *arena);

/* "2026-03-31", of UTC; "" if there is none in it. In the arena. */
const char *certificate_day(const ASN1_TIME *time, struct arena *arena);

/* Whether its time is over (> 0), has not begun (< 0), or neither. */
int certificate_age(const X509 *certificate);

/*
 * Why no chain leads to a trusted certificate, in the user's language: `error` is X509_V_ERR_*,
 * `at` the certificate where it was met. What we have no words for is told in OpenSSL's.
 */
const char *certificate_distrust(int error, const X509 *at, struct arena *arena);

#endif
