/* digest.h: checksums by name, and base64, over OpenSSL. */
#ifndef ARCHIVE_DIGEST_H
#define ARCHIVE_DIGEST_H

#include "base/buf.h"

#include <stdatomic.h>
#include <stddef.h>

#define DIGEST_HEX_MAX 129 /* SHA-512 in hex, with its NUL */

struct digest;

/* Once, before anything else of this: OpenSSL's memory comes from where ours does. */
void digest_init(void);

/* By BagIt's names: md5 sha1 sha224 sha256 sha384 sha512 sm3. NULL for any other. The caller ends
 * it. */
struct digest *digest_new(const char *algorithm);
void digest_add(struct digest *digest, const void *bytes, size_t n);
/* Writes lower-case hex and begins anew: for many small ones, several times quicker than a new one.
 */
void digest_turn(struct digest *digest, char hex[DIGEST_HEX_MAX]);
/* Writes lower-case hex and frees the digest. */
void digest_end(struct digest *digest, char hex[DIGEST_HEX_MAX]);
/*
 * SHA-256 of an open file, all of it from its beginning. 0, or -1 with errno. Ends early, with what
 * it has, when `stop` is set by another thread; NULL: by none.
 */
int digest_file(int fd, const atomic_int *stop, char hex[DIGEST_HEX_MAX]);
/* Frees without a result; takes NULL. */
void digest_free(struct digest *digest);

/* Hex digits of an algorithm's value; 0 for an unknown algorithm. */
size_t digest_hex_length(const char *algorithm);

/* Appends the bytes in base64 (RFC 4648, 4), in one line. */
void base64_add(struct buf *out, const void *bytes, size_t n);

#endif
