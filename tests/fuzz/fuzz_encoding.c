/* fuzz_encoding.c: whatever bytes arrive, what is taken of them is UTF-8, and else nothing is. */
#include "base/encoding.h"
#include "base/markdown.h"
#include "base/utf8.h"
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

static void expect(int holds)
{
	if (!holds)
		abort();
}

/* The first byte says what is wanted. */
static void fuzz(struct arena *arena, const char *text, size_t n)
{
	struct buf bytes = { 0 };
	struct decoded how;
	struct err err;
	if (n == 0)
		return;
	buf_add(&bytes, text + 1, n - 1);
	int rc = encoding_decode(
	    &bytes, (enum encoding)((unsigned char)text[0] % (ENCODING_UTF_16BE + 1)), &how, &err);
	if (rc == 0) {
		expect(!how.wrong && how.encoding != ENCODING_BY_RULE);
		expect(utf8_check(buf_str(&bytes), bytes.len) == bytes.len);
		expect(strlen(buf_str(&bytes)) == bytes.len);
		/* UTF-8 from now on, and lines stay. */
		struct buf again = { 0 };
		buf_add(&again, buf_str(&bytes), bytes.len);
		expect(encoding_decode(&again, ENCODING_UTF_8, &how, &err) == 0);
		utf8_plain(&again);
		size_t lines = markdown_line(buf_str(&again), again.len);
		markdown_plain(&again);
		expect(markdown_line(buf_str(&again), again.len) == lines);
		expect(utf8_check(buf_str(&again), again.len) == again.len);
		buf_release(&again);
	} else {
		expect(rc == 1 && how.wrong && how.line > 0 && how.at < n);
		expect(bytes.len == n - 1 && memcmp(buf_str(&bytes), text + 1, n - 1) == 0);
	}
	buf_release(&bytes);
	(void)arena;
}
