/*
 * Text as it arrives. A byte order mark decides. Without one, what departments.ini says does. If
 * nobody says anything: strictly UTF-8, or else strictly GB18030, or else nothing. There is no
 * guessing by what characters are frequent.
 */
#include "base/encoding.h"

#include "base/utf8.h"
#include "found.h"

#include <iconv.h>

#define BYTES(text) (text), sizeof(text) - 1
#define TRY(text, wanted) read_bytes((text), sizeof(text) - 1, (wanted))

/* "UTF-8: text", or "not UTF-8, byte 3, line 1". */
static const char *read_bytes(const char *bytes, size_t n, enum encoding wanted)
{
	static char said[256];
	struct buf text = { 0 };
	struct decoded how;
	struct err err = { 0 };

	buf_add(&text, bytes, n);
	int rc = encoding_decode(&text, wanted, &how, &err);
	cr_assert_geq(rc, 0, "%s", err.text);
	cr_expect_eq(rc == 0, how.wrong == NULL);
	if (rc == 0) {
		cr_expect_eq(utf8_check(buf_str(&text), text.len), text.len);
		snprintf(said, sizeof said, "%s: %s", encoding_name(how.encoding), buf_str(&text));
	} else {
		cr_expect(text.len == n && memcmp(buf_str(&text), bytes, n) == 0,
		    "what cannot be read stays as it is");
		snprintf(said, sizeof said, "not %s, byte %zu, line %u",
		    encoding_name(how.encoding), how.at, how.line);
	}
	buf_release(&text);
	return said;
}

struct reading {
	const char *bytes;
	size_t size;
	const char *said, *what;
};

static void expect_readings(const struct reading *readings, size_t count, enum encoding wanted)
{
	for (size_t i = 0; i < count; i++)
		SAME_TEXT(read_bytes(readings[i].bytes, readings[i].size, wanted), readings[i].said,
		    readings[i].what);
}

Test(base, encoding_mark)
{
	static const struct reading readings[] = {
		{ BYTES("\xEF\xBB\xBF沁水"), "UTF-8: 沁水", "Notepad's UTF-8" },
		{ BYTES("\xFF\xFE\x81\x6C\x34\x6C\x0D\x00\x0A\x00"), "UTF-16LE: 沁水\r\n",
		    "Notepad's Unicode" },
		{ BYTES("\xFE\xFF\x6C\x81\x6C\x34"), "UTF-16BE: 沁水", "and the other way round" },
		{ BYTES("\x84\x31\x95\x33\xC7\xDF\xCB\xAE"), "GB18030: 沁水", "GB18030 has one" },
		{ BYTES("\xFF\xFE\x40\xD8\x00\xDC"), "UTF-16LE: \U00020000", "a pair" },
		{ BYTES("\xFF\xFE\x6C\xF0"), "UTF-16LE: \uF06C",
		    "a private character, for instance Word's bullet, in a text that says what it "
		    "is" },
		{ BYTES("\xEF\xBB\xBF"), "UTF-8: ", "nothing behind it" },
		{ BYTES("\xFF\xFE"), "UTF-16LE: ", "nothing behind it" },
		/* It is believed, and if it lies the text is refused, not tried as something else.
		 */
		{ BYTES("\xEF\xBB\xBF\xC7\xDF\xCB\xAE"), "not UTF-8, byte 3, line 1", "GBK" },
		{ BYTES("\xFF\xFE\x81\x6C\x34"), "not UTF-16LE, byte 4, line 1", "half a unit" },
		{ BYTES("\xFF\xFE\x0A\x00\x00\xDC\x61\x00"), "not UTF-16LE, byte 4, line 2",
		    "half a pair" },
		{ BYTES("\xFF\xFE\x61\x00\x00\x00"), "not UTF-16LE, byte 4, line 1", "NUL" },
		{ BYTES("\xFF\xFE\x00\x00\x61\x00\x00\x00"), "not UTF-16LE, byte 2, line 1",
		    "UTF-32" },
	};
	expect_readings(readings, COUNT(readings), ENCODING_BY_RULE);
	/* What departments.ini says is for texts that do not say it themselves. */
	expect_readings(readings, COUNT(readings), ENCODING_GB18030);
	expect_readings(readings, COUNT(readings), ENCODING_UTF_16BE);
}

Test(base, encoding_by_rule)
{
	static const struct reading readings[] = {
		{ BYTES(""), "UTF-8: ", "nothing" },
		{ BYTES("year = 2025\r\n"), "UTF-8: year = 2025\r\n", "ASCII" },
		{ BYTES("沁水县\n"), "UTF-8: 沁水县\n", "UTF-8" },
		{ BYTES("\xC7\xDF\xCB\xAE\xCF\xD8\n"), "GB18030: 沁水县\n", "GB 2312" },
		{ BYTES("\xAB\x5C\x81\x5C"), "GB18030: 玕乗", "GBK whose second byte is a \\" },
		{ BYTES("\xC2\x9A\x95\x32\x82\x36"), "GB18030: 職\U00020000", "four bytes" },
		{ BYTES("\xD6\xD0\xA1\xA1\xA1\xB0\xA1\xB1\xA1\xAA"), "GB18030: 中　“”—",
		    "a full-width blank, quotes, a dash" },
		{ BYTES("\xA2\xD9\xA1\xF1\xA1\xEF"), "GB18030: ①●★", "signs" },
		/* Both could be meant: then it is UTF-8. An encoding in departments.ini helps. */
		{ BYTES("\xC4\xA3"), "UTF-8: ģ", "模 in GBK" },
		{ BYTES("\xC1\xAA\xCD\xA8"), "GB18030: 联通", "which is no strict UTF-8" },
	};
	expect_readings(readings, COUNT(readings), ENCODING_BY_RULE);
}

/* Refused, at the byte where the reading that went furthest ends. */
Test(base, encoding_none_fits)
{
	static const struct reading readings[] = {
		{ BYTES("\xC7\xDF\n\xCB\xAE\xFF\n"), "not GB18030, byte 5, line 2",
		    "no byte of GB18030" },
		{ BYTES("\xC7\xDF\r\xCB"), "not GB18030, byte 3, line 2", "cut off" },
		{ BYTES("\xC7\xDF\xAA\xA1"), "not GB18030, byte 2, line 1", "private use" },
		{ BYTES("\xC7\xDF\x81\x30\x81\x30"), "not GB18030, byte 2, line 1",
		    "a C1 control" },
		{ BYTES("\xC7\xDF\x1B$B"), "not GB18030, byte 2, line 1", "an escape sequence" },
		{ BYTES("\xC7\xDF\xA1\xA1\xFE\xFE"), "not GB18030, byte 4, line 1", "unassigned" },
		{ BYTES("\x89PNG\r\n\x1A\n"), "not GB18030, byte 6, line 2", "a picture" },
		{ BYTES("a\nb\0c"), "not UTF-8, byte 3, line 2", "NUL" },
		{ BYTES("\x81\x6C\x34\x6C\x0A\x00"), "not GB18030, byte 5, line 2",
		    "UTF-16 without its mark" },
		/*
		 * UTF-8 with one fault in it could be read as GB18030, and be characters, and all
		 * of them wrong: 娌佹按.
		 */
		{ BYTES("沁水县人民\xE6"), "not UTF-8, byte 15, line 1", "cut off" },
		{ BYTES("沁水县人\n民政\xA3\xA4"), "not UTF-8, byte 19, line 2", "pasted" },
	};
	expect_readings(readings, COUNT(readings), ENCODING_BY_RULE);
}

Test(base, encoding_told)
{
	SAME_TEXT(TRY("\xC4\xA3", ENCODING_GB18030), "GB18030: 模", "short, and no UTF-8");
	SAME_TEXT(TRY("沁", ENCODING_UTF_8), "UTF-8: 沁", "");
	SAME_TEXT(TRY("\x81\x6C\x34\x6C\n\0", ENCODING_UTF_16LE), "UTF-16LE: 沁水\n", "no mark");
	SAME_TEXT(TRY("\x6C\x81\x6C\x34\0\n", ENCODING_UTF_16BE), "UTF-16BE: 沁水\n", "no mark");
	/* A character of one's own in a name: whoever says GB18030 means it. */
	SAME_TEXT(TRY("\xAA\xA1", ENCODING_GB18030), "GB18030: \uE000", "private use");
	/* Nothing else is tried. */
	SAME_TEXT(TRY("\xC7\xDF", ENCODING_UTF_8), "not UTF-8, byte 0, line 1", "GBK");
	SAME_TEXT(TRY("a\n沁水县", ENCODING_GB18030), "not GB18030, byte 10, line 2", "UTF-8");
	SAME_TEXT(TRY("\x81\x6C\x34", ENCODING_UTF_16LE), "not UTF-16LE, byte 2, line 1", "odd");
	SAME_TEXT(TRY("\xC7\xDF\0", ENCODING_GB18030), "not GB18030, byte 2, line 1", "NUL");
	/* ASCII is the same in all of them but UTF-16, which has NULs where that has letters. */
	SAME_TEXT(TRY("[plan]\n", ENCODING_UTF_16LE), "UTF-8: [plan]\n", "");
	SAME_TEXT(TRY("[plan]\n", ENCODING_GB18030), "UTF-8: [plan]\n", "");
}

/* Every character that GBK has comes back, and no line or column moves. */
Test(base, encoding_all_of_gbk)
{
	struct buf bytes = { 0 }, want = { 0 };
	struct decoded how;
	struct err err = { 0 };
	iconv_t back = iconv_open("GB18030", "UTF-8");
	cr_assert(back != (iconv_t)-1);
	for (uint32_t c = 0x4E00; c <= 0x9FA5; c++) {
		utf8_put(&want, c);
		if (c % 40 == 0)
			buf_addc(&want, '\n');
	}
	char *in = want.data;
	size_t left = want.len;
	buf_reserve(&bytes, 2 * want.len);
	char *to = bytes.data;
	size_t room = bytes.cap - 1;
	cr_assert_neq(iconv(back, &in, &left, &to, &room), (size_t)-1);
	iconv_close(back);
	bytes.len = (size_t)(to - bytes.data);
	cr_assert_eq(encoding_decode(&bytes, ENCODING_BY_RULE, &how, &err), 0);
	cr_expect_eq(how.encoding, ENCODING_GB18030);
	cr_expect_str_eq(buf_str(&bytes), buf_str(&want));
	buf_release(&bytes);
	buf_release(&want);
}

/* Made plain on the way: lines end in \n, invisible controls are out and told of. */
Test(base, encoding_read)
{
	struct buf text = { 0 };
	struct decoded how;
	struct err err = { 0 };

	buf_adds(&text, "\xC7\xDF\r\n\xCB\xAE\x0C\r\n");
	cr_assert_eq(encoding_read(&text, ENCODING_BY_RULE, &how, &err), 0);
	cr_expect_eq(how.encoding, ENCODING_GB18030);
	cr_expect_eq(how.control_line, 2);
	cr_expect_str_eq(buf_str(&text), "沁\n水\n");
	buf_clear(&text);
	buf_adds(&text, "\xEF\xBB\xBF沁\xEF\xBB\xBF水");
	cr_assert_eq(encoding_read(&text, ENCODING_BY_RULE, &how, &err), 0);
	cr_expect_eq(how.encoding, ENCODING_UTF_8);
	cr_expect_eq(how.control_line, 1);
	cr_expect_str_eq(buf_str(&text), "沁水");
	buf_release(&text);
}

Test(base, encoding_names)
{
	static const struct {
		const char *name;
		enum encoding encoding;
	} names[] = { { "utf-8", ENCODING_UTF_8 }, { "UTF-8", ENCODING_UTF_8 },
		{ "gb18030", ENCODING_GB18030 }, { "GBK", ENCODING_GB18030 },
		{ "gb2312", ENCODING_GB18030 }, { "utf-16le", ENCODING_UTF_16LE },
		{ "utf-16be", ENCODING_UTF_16BE } };
	enum encoding got = ENCODING_BY_RULE;
	for (size_t i = 0; i < COUNT(names); i++) {
		cr_expect(encoding_named(names[i].name, &got), "%s", names[i].name);
		cr_expect_eq(got, names[i].encoding, "%s", names[i].name);
	}
	cr_expect_not(encoding_named("", &got));
	cr_expect_not(encoding_named("big5", &got));
	cr_expect_not(encoding_named("utf-16", &got));
}
