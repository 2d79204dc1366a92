/* UTF-8: strictly RFC 3629, and what the program asks of characters. */
#include "base/utf8.h"

#include "found.h"

Test(base, utf8_check)
{
	static const struct {
		const char *bytes;
		size_t bad; /* where it stops being UTF-8; the length: nowhere */
		const char *what;
	} cases[] = {
		{ "", 0, "nothing" },
		{ "a沁\xF0\xA0\x80\x80", 8, "one, three and four bytes" },
		{ "\xC3\xA9\xDF\xBF", 4, "two bytes" },
		{ "\xED\x9F\xBF\xEE\x80\x80\xF4\x8F\xBF\xBF", 10, "beside the gaps" },
		{ "ab\x80", 2, "a byte that only continues" },
		{ "\xC0\xAF", 0, "a slash in two bytes" },
		{ "\xC1\xBF", 0, "overlong" },
		{ "\xE0\x9F\xBF", 0, "overlong in three" },
		{ "\xF0\x8F\xBF\xBF", 0, "overlong in four" },
		{ "x\xED\xA0\x80", 1, "half of a UTF-16 pair" },
		{ "\xF4\x90\x80\x80", 0, "above U+10FFFF" },
		{ "\xF5\x80\x80\x80", 0, "no such first byte" },
		{ "沁\xE6\xB2", 3, "cut off" },
		{ "沁\xE6\xB2x", 3, "broken in the middle" },
		{ "\xC7\xDF\xCB\xAE", 0, "沁水 in GBK" },
		{ "\xFF\xFE[\x01", 0, "a UTF-16 mark" },
	};
	for (size_t i = 0; i < COUNT(cases); i++)
		cr_expect_eq(utf8_check(cases[i].bytes, strlen(cases[i].bytes)), cases[i].bad, "%s",
		    cases[i].what);
	cr_expect_eq(utf8_check("a\0b", 3), 3, "NUL is well-formed");
}

Test(base, utf8_walk)
{
	static const uint32_t codes[] = { 'a', 0x7F, 0x80, 0x7FF, 0x800, 0x6C81, 0xFFFD, 0x10000,
		0x20000, 0x10FFFF };
	struct buf text = { 0 };
	const char *at, *end;

	for (size_t i = 0; i < COUNT(codes); i++)
		utf8_put(&text, codes[i]);
	cr_expect_eq(utf8_check(text.data, text.len), text.len);
	at = text.data;
	end = text.data + text.len;
	cr_expect_eq(utf8_before(at, at), 0);
	for (size_t i = 0; i < COUNT(codes); i++) {
		cr_expect_eq(utf8_next(&at, end), codes[i]);
		cr_expect_eq(utf8_before(text.data, at), codes[i]);
	}
	cr_expect_eq(utf8_next(&at, end), 0);
	cr_expect_eq(at, end);
	buf_release(&text);
}

/* Text as it arrives made plain, and what has no business in it. */
Test(base, utf8_plain)
{
	static const struct {
		const char *bytes, *plain, *dropped, *shown;
		size_t control;
	} cases[] = {
		{ "", "", "", "", 0 },
		{ "一\r\n二\r三\n", "一\n二\n三\n", "一\n二\n三\n",
		    "一\uFFFD\uFFFD二\uFFFD三\uFFFD", 12 },
		{ "\uFEFF一", "一", "一", "\uFFFD一", 3 },
		{ "一\uFEFF\t二", "一\uFEFF\t二", "一\t二", "一\uFFFD\uFFFD二", 3 },
		{ "a\x1B[2J\x7F\xC2\x9B\u202Eb", "a\x1B[2J\x7F\xC2\x9B\u202Eb", "a[2Jb",
		    "a\uFFFD[2J\uFFFD\uFFFD\uFFFDb", 1 },
		{ "“甲”—１ \u3000", "“甲”—１ \u3000", "“甲”—１ \u3000", "“甲”—１ \u3000", 19 },
	};
	struct buf shown = { 0 };

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buf text = { 0 };

		buf_adds(&text, cases[i].bytes);
		utf8_plain(&text);
		SAME_TEXT(buf_str(&text), cases[i].plain, cases[i].bytes);
		cr_expect_eq(utf8_control(buf_str(&text), text.len), cases[i].control, "%zu: %zu",
		    i, utf8_control(buf_str(&text), text.len));
		utf8_drop_control(&text);
		SAME_TEXT(buf_str(&text), cases[i].dropped, cases[i].bytes);
		buf_clear(&shown);
		utf8_shown(&shown, cases[i].bytes);
		SAME_TEXT(buf_str(&shown), cases[i].shown, cases[i].bytes);
		buf_release(&text);
	}
	buf_clear(&shown);
	utf8_shown(&shown, "a\xB8\xBD.md\xE6");
	cr_expect_str_eq(buf_str(&shown), "a\uFFFD\uFFFD.md\uFFFD");
	buf_release(&shown);
}

Test(base, utf8_characters)
{
	struct buf out = { 0 };

	/* A terminal gives Chinese two columns, and nothing to combining marks. */
	cr_expect_eq(utf8_width("沁水-2021"), 9);
	cr_expect_eq(utf8_width("（一）"), 6);
	cr_expect_eq(utf8_width("e\u0301"), 1);
	cr_expect_eq(utf8_width(""), 0);

	utf8_nfc(&out, "e\u0301 沁水");
	cr_expect_str_eq(buf_str(&out), "\u00E9 沁水");
	buf_release(&out);

	for (const char *p = "沁㐀\U00020000豈〇", *end = p + strlen(p); p < end;)
		cr_expect(utf8_is_han(utf8_next(&p, end)));
	for (const char *p = "aé，。〔“１㎡", *end = p + strlen(p); p < end;)
		cr_expect_not(utf8_is_han(utf8_next(&p, end)));
	for (const char *p = "沁，。〔〕《》“”…—１（", *end = p + strlen(p); p < end;)
		cr_expect(utf8_is_cjk(utf8_next(&p, end)));
	for (const char *p = "a1,(é", *end = p + strlen(p); p < end;)
		cr_expect_not(utf8_is_cjk(utf8_next(&p, end)));
	for (const char *p = " \t\r\n\u3000\u00A0\uFEFF\u200B\u2003", *end = p + strlen(p);
	     p < end;)
		cr_expect(utf8_is_space(utf8_next(&p, end)));
	for (const char *p = "a。沁_", *end = p + strlen(p); p < end;)
		cr_expect_not(utf8_is_space(utf8_next(&p, end)));
}
