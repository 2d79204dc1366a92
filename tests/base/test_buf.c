/* A growing string of bytes: always ended, never NULL to read. */
#include "base/buf.h"

#include <criterion/criterion.h>
#include <string.h>

Test(base, buf)
{
	struct buf buf = { 0 };

	cr_expect_str_eq(buf_str(&buf), "");
	buf_clear(&buf);
	buf_release(&buf); /* of an empty one */

	buf_adds(&buf, "复议");
	buf_addc(&buf, ' ');
	buf_add(&buf, "a\0b", 3);
	cr_expect_eq(buf.len, 10);
	cr_expect_eq(memcmp(buf.data, "复议 a\0b", 11), 0, "NUL is a byte as any other");
	buf_add(&buf, NULL, 0);
	buf_adds(&buf, "");
	cr_expect_eq(buf.len, 10);

	buf_clear(&buf);
	cr_expect_str_eq(buf_str(&buf), "");
	buf_addf(&buf, "%d/%s", 14, "件");
	buf_addf(&buf, "%s", "");
	cr_expect_str_eq(buf_str(&buf), "14/件");

	/* Across every growth, and room that was reserved is room. */
	buf_clear(&buf);
	for (size_t i = 0; i < 100000; i++) {
		buf_addf(&buf, "%zu,", i % 10);
		cr_assert_eq(buf.data[buf.len], '\0');
	}
	cr_expect_eq(buf.len, 200000);
	cr_expect_eq(strlen(buf.data), 200000);
	buf_reserve(&buf, 1 << 20);
	cr_expect_geq(buf.cap, 200000 + (1 << 20) + 1);
	cr_expect_eq(buf.len, 200000);
	buf_release(&buf);
	cr_expect_null(buf.data);
	cr_expect_str_eq(buf_str(&buf), "");
}
