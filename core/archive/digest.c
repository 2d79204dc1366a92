/* digest.c: checksums by name, and base64, over OpenSSL. */
#include "archive/digest.h"

#include "base/arena.h"

#include <errno.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void *take(size_t n, const char *file, int line)
{
	(void)file;
	(void)line;
	return mem_alloc(n);
}

static void *take_more(void *memory, size_t n, const char *file, int line)
{
	(void)file;
	(void)line;
	return mem_realloc(memory, n);
}

static void give(void *memory, const char *file, int line)
{
	(void)file;
	(void)line;
	free(memory);
}

void digest_init(void)
{
	CRYPTO_set_mem_functions(take, take_more, give);
}

static const struct algorithm {
	const char *name; /* BagIt's, which OpenSSL understands as well */
	size_t hex;
} algorithms[] = {
	{ "md5", 32 },
	{ "sha1", 40 },
	{ "sha224", 56 },
	{ "sha256", 64 },
	{ "sha384", 96 },
	{ "sha512", 128 },
	{ "sm3", 64 },
};

size_t digest_hex_length(const char *algorithm)
{
	for (size_t i = 0; i < sizeof algorithms / sizeof *algorithms; i++)
		if (strcmp(algorithm, algorithms[i].name) == 0)
			return algorithms[i].hex;
	return 0;
}

/* A `struct digest` is OpenSSL's context under another name, so no header of ours names OpenSSL. */
static EVP_MD_CTX *context(struct digest *digest)
{
	return (EVP_MD_CTX *)digest;
}

struct digest *digest_new(const char *algorithm)
{
	EVP_MD_CTX *ctx;
	const EVP_MD *md;

	if (digest_hex_length(algorithm) == 0)
		return NULL;
	/* A build of OpenSSL may lack one (SM3, MD5 under FIPS): then it is unknown to us too. */
	md = EVP_get_digestbyname(algorithm);
	ctx = md ? EVP_MD_CTX_new() : NULL;
	if (ctx && EVP_DigestInit_ex(ctx, md, NULL) != 1) {
		EVP_MD_CTX_free(ctx);
		ctx = NULL;
	}
	return (struct digest *)ctx;
}

void digest_add(struct digest *digest, const void *bytes, size_t n)
{
	/* Fails only when misused, and a wrong checksum must never get out. */
	if (n > 0 && EVP_DigestUpdate(context(digest), bytes, n) != 1)
		abort();
}

void digest_turn(struct digest *digest, char hex[DIGEST_HEX_MAX])
{
	static const char digits[] = "0123456789abcdef";
	unsigned char value[EVP_MAX_MD_SIZE];
	unsigned length = 0;

	if (EVP_DigestFinal_ex(context(digest), value, &length) != 1)
		abort();
	for (unsigned i = 0; i < length; i++) {
		hex[2 * i] = digits[value[i] >> 4];
		hex[2 * i + 1] = digits[value[i] & 15];
	}
	hex[2 * length] = '\0';
	if (EVP_DigestInit_ex(context(digest), NULL, NULL) != 1)
		abort();
}

void digest_end(struct digest *digest, char hex[DIGEST_HEX_MAX])
{
	digest_turn(digest, hex);
	digest_free(digest);
}

int digest_file(int fd, const atomic_int *stop, char hex[DIGEST_HEX_MAX])
{
	enum { PIECE = 256 * 1024 };
	struct digest *digest = digest_new("sha256");
	char *piece = mem_alloc(PIECE);
	off_t at = 0;
	ssize_t n = 0;
	int cause;

	while (!(stop && atomic_load(stop)) &&
	       ((n = pread(fd, piece, PIECE, at)) > 0 || (n < 0 && errno == EINTR)))
		if (n > 0) {
			digest_add(digest, piece, (size_t)n);
			at += n;
		}
	cause = n < 0 ? errno : 0;
	free(piece);
	digest_end(digest, hex);
	errno = cause;
	return cause ? -1 : 0;
}

void digest_free(struct digest *digest)
{
	EVP_MD_CTX_free(context(digest));
}

void base64_add(struct buf *out, const void *bytes, size_t n)
{
	/* OpenSSL counts in int: by pieces, each but the last of whole threes, so no padding
	 * stands between them. */
	enum { PIECE = 3072 };
	unsigned char text[PIECE / 3 * 4 + 1];

	for (const unsigned char *at = bytes; n > 0;) {
		size_t piece = n < PIECE ? n : PIECE;
		int length = EVP_EncodeBlock(text, at, (int)piece);
		buf_add(out, text, (size_t)length);
		at += piece;
		n -= piece;
	}
}
