/*
 * signature.h: detached signatures over a few bytes, over OpenSSL: CMS (RFC
 * 5652) for RSA and ECDSA keys, and for SM2 keys the bare signature of GM/T
 * 0009 with SM3, for OpenSSL 3.0 makes no CMS with them.
 */
#ifndef ARCHIVE_SIGNATURE_H
#define ARCHIVE_SIGNATURE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

enum signature_kind { SIGNATURE_CMS, SIGNATURE_SM2 };

struct signer;

/*
 * Key and certificate (PEM, in which others behind it are its chain, or DER).
 * `passphrase` NULL: asked for on a terminal, if the key needs one. ERR_USAGE
 * for what cannot be used: no key, a wrong passphrase, another's certificate,
 * one that is no longer or not yet valid.
 */
int signer_open(struct signer **signer, const char *key, const char *certificate,
    const char *passphrase, struct err *err);
void signer_close(struct signer *signer); /* takes NULL */

enum signature_kind signer_kind(const struct signer *signer);

/*
 * The name of who issued the certificate, if that is nobody whose certificate stands behind it;
 * else NULL. In the arena.
 */
const char *signer_missing_issuer(const struct signer *signer, struct arena *arena);

/* Appends the certificate and its chain as PEM. */
void signer_certificates(const struct signer *signer, struct buf *out);

/* Appends the signature over `n` bytes, as DER. */
int signer_sign(
    struct signer *signer, const void *bytes, size_t n, struct buf *out, struct err *err);

enum signature_trust {
	SIGNATURE_UNCHECKED, /* no certificates were given that are trusted */
	SIGNATURE_TRUSTED,
	SIGNATURE_UNTRUSTED
};

struct signature_verdict {
	const char *problem; /* why it is not a signature over these bytes, untranslated; or NULL */
	const char *signer; /* of the certificate, RFC 4514: "CN=县人民政府,C=CN"; "" if unknown */
	enum signature_trust trust;
	const char *distrust; /* the reason, in the user's language; "" */
	const char *expired;  /* the certificate's last day, if that is over, else NULL */
	const char *begins;   /* its first day, if that is still to come, else NULL */
};

/*
 * Checks a signature. `certificates` (PEM or DER): of the signer, needed for SM2 alone. `ca` NULL,
 * or a file of certificates that are trusted, any of which may end the chain; days are not counted
 * there, for archives outlive certificates. Strings in the arena. -1 if `ca` cannot be used
 * (ERR_USAGE).
 */
int signature_check(enum signature_kind kind, const struct buf *bytes, const struct buf *signature,
    const struct buf *certificates, const char *ca, struct arena *arena,
    struct signature_verdict *verdict, struct err *err);

#endif
