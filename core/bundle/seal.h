/*
 * seal.h: what stands beside a bundle and tells of it: the checksum of the
 * whole, so that no other valid bundle can stand in for it.
 */
#ifndef BUNDLE_SEAL_H
#define BUNDLE_SEAL_H

#include "bundle/verify.h"

/* Endings of the files beside a bundle, NULL-ended; the checksum's is the first. */
extern const char *const seal_endings[];

/*
 * bag_verify(), and then what stands beside the bundle: `x.zip.sha256` must be
 * the zip's SHA-256, if it is there; if not, that is a note. -1 as bag_verify().
 */
int seal_verify(
    const char *path, struct arena *arena, struct bag_verdict *verdict, struct err *err);

#endif
