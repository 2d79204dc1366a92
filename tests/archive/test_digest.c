/* Checksums against the published values of "abc". */
#include "archive/digest.h"

#include <criterion/criterion.h>
#include <string.h>

static const struct {
	const char *algorithm, *hex;
} abc[] = {
	{ "md5", "900150983cd24fb0d6963f7d28e17f72" },
	{ "sha1", "a9993e364706816aba3e25717850c26c9cd0d89d" },
	{ "sha224", "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7" },
	{ "sha256", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
	{ "sha384", "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
	            "8086072ba1e7cc2358baeca134c825a7" },
	{ "sha512", "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
	            "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f" },
	/* GB/T 32905-2016, A.1 */
	{ "sm3", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0" },
};

Test(archive, digest_of_abc)
{
	for (size_t i = 0; i < sizeof abc / sizeof *abc; i++) {
		struct digest *digest = digest_new(abc[i].algorithm);
		char hex[DIGEST_HEX_MAX];

		cr_assert(digest, "%s", abc[i].algorithm);
		digest_add(digest, "a", 1);
		digest_add(digest, "", 0);
		digest_add(digest, "bc", 2);
		digest_end(digest, hex);
		cr_expect_str_eq(hex, abc[i].hex);
		cr_expect_eq(digest_hex_length(abc[i].algorithm), strlen(abc[i].hex));
	}
}

Test(archive, digest_unknown)
{
	static const char *const names[] = { "", "sha", "SHA256", "sha3-256", "md4", "sha256 " };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		cr_expect_null(digest_new(names[i]), "%s", names[i]);
		cr_expect_eq(digest_hex_length(names[i]), 0, "%s", names[i]);
	}
	digest_free(NULL);
	digest_free(digest_new("sm3"));
}

/* RFC 4648, 10. */
Test(archive, base64_of_foobar)
{
	static const char *const texts[] = { "", "Zg==", "Zm8=", "Zm9v",
		"Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy" };

	for (size_t n = 0; n <= strlen("foobar"); n++) {
		struct buf out = { 0 };

		base64_add(&out, "foobar", n);
		cr_expect_str_eq(buf_str(&out), texts[n]);
		buf_release(&out);
	}
}

/* However many bytes, in one piece: the ends of the pieces they are made of do not show. */
Test(archive, base64_of_many_bytes)
{
	static const char once[] = "一二三";

	for (size_t times = 300; times < 1400; times += 37) {
		struct buf bytes = { 0 }, want = { 0 }, got = { 0 };

		for (size_t i = 0; i < times; i++) {
			buf_adds(&bytes, once);
			base64_add(&want, once, strlen(once)); /* nine bytes need no padding */
		}
		base64_add(&got, bytes.data, bytes.len);
		cr_expect_str_eq(buf_str(&got), buf_str(&want), "%zu", times);
		buf_release(&bytes);
		buf_release(&want);
		buf_release(&got);
	}
}
