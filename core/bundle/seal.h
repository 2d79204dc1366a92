/*
 * seal.h: what stands beside a bundle and tells of it: the checksum of the
 * whole, so that no other valid bundle can stand in for it, and a signature
 * over its tag manifest, which lists the manifests, which list all else.
 *
 *     x.zip.sha256     as `sha256sum -c` reads it
 *     x.zip.p7s        CMS, DER, over tagmanifest-sha256.txt
 *     x.zip.sm2        or SM2 with SM3, DER, over tagmanifest-sm3.txt
 *     x.zip.cert.pem   the signer's certificate and its chain
 */
#ifndef BUNDLE_SEAL_H
#define BUNDLE_SEAL_H

#include "archive/signature.h"
#include "bundle/verify.h"

/* Endings of the files beside a bundle, NULL-ended; the checksum's is the first. */
extern const char *const seal_endings[];

/*
 * bag_verify(), and then what stands beside the bundle. `x.zip.sha256` must be the zip's SHA-256,
 * if it is there; if not, that is a note. A signature must match; with `ca` (a file of certificates
 * that are trusted, else NULL) it must be there, and its certificate must lead to one of them.
 * Beside an unpacked folder x, signatures are looked for as x.p7s and as x.zip.p7s. -1 as
 * bag_verify(), and ERR_USAGE if `ca` cannot be used, or if `path` is itself such a file.
 */
int seal_verify(const char *path, const char *ca, struct arena *arena, struct bag_verdict *verdict,
    struct err *err);

/* Whether a signature stands beside the bundle, of whatever worth. */
int seal_is_signed(const char *path, struct arena *arena);

struct seal {
	const char *path; /* of the signature */
	int draft;        /* the bundle says of itself that it is one */
};

/*
 * Signs a bundle, which is verified first. `seal` is what was made; its strings in the arena.
 * ERR_INPUT if the bundle is not valid; ERR_USAGE if it has a signature already.
 */
int seal_sign(const char *path, struct signer *signer, struct arena *arena, struct seal *seal,
    struct err *err);

#endif
