/* checksum.h: the checksum of the whole, which stands beside a bundle. Private to seal.c. */
#ifndef BUNDLE_CHECKSUM_H
#define BUNDLE_CHECKSUM_H

#include "bundle/verify.h"

#define CHECKSUM_ENDING ".sha256"

/*
 * bag_verify(), while the zip is digested; then what `x.zip.sha256` says of it. A line of
 * sha256sum, also with --tag, in whatever encoding a text editor leaves it. Another digest is an
 * error, another name with the right one a warning; none beside a zip is a note. -1 as
 * bag_verify(), or if nobody can tell whether it is there.
 */
int checksum_verify(const char *path, int is_zip, struct arena *arena, struct bag_verdict *verdict,
    struct err *err);

#endif
