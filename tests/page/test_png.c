/* test_png.c: a drawing as a picture: its size, its colours, the same bytes each time. */
#include "page/png.h"

#include "../archive/scratch.h"

/* "1748x378 8/8/8 …" of a PNG, by a reader that is not ours. */
static const char *const reader =
    "import struct, sys, zlib\n"
    "b = open(sys.argv[1], 'rb').read()\n"
    "w, h, depth, kind = struct.unpack('>IIBB', b[16:26])\n"
    "print(w, h, depth, kind)\n"
    "at, data = 8, b''\n"
    "while at < len(b):\n"
    "    n, name = struct.unpack('>I4s', b[at:at + 8])\n"
    "    data += b[at + 8:at + 8 + n] if name == b'IDAT' else b''\n"
    "    at += n + 12\n"
    "rows, last, step = zlib.decompress(data), bytes(w * 3), w * 3 + 1\n"
    "seen = set()\n"
    "for y in range(h):\n"
    "    how, row = rows[y * step], bytearray(rows[y * step + 1:(y + 1) * step])\n"
    "    for i in range(w * 3):\n"
    "        a = row[i - 3] if i > 2 else 0\n"
    "        b, c = last[i], last[i - 3] if i > 2 else 0\n"
    "        p = a + b - c\n"
    "        near = min((abs(p - v), k, v) for k, v in enumerate((a, b, c)))[2]\n"
    "        row[i] = (row[i] + (0, a, b, (a + b) // 2, near)[how]) & 255\n"
    "    last = bytes(row)\n"
    "    seen.update(bytes(row[i:i + 3]) for i in range(0, w * 3, 3))\n"
    "for colour in sys.argv[2:]:\n"
    "    assert bytes.fromhex(colour) in seen, colour\n";

static struct drawing sheet(struct arena *arena, const char *words)
{
	static struct shape shapes[] = {
		{ SHAPE_BOX, TONE_FIRST, 30, 2, 20, 4, ANCHOR_START, NULL },
		{ SHAPE_BOX, TONE_SECOND, 30, 8, 10, 4, ANCHOR_START, NULL },
		{ SHAPE_LINE, TONE_RULE, 30, 0, 0, 20, ANCHOR_START, NULL },
		{ SHAPE_WORDS, TONE_INK, 29, 5, 0, 3.7, ANCHOR_END, NULL },
		{ SHAPE_WORDS, TONE_QUIET, 40, 18, 0, 3.7, ANCHOR_MIDDLE, "2500余" },
	};
	struct shape *copy = arena_alloc(arena, sizeof shapes);
	memcpy(copy, shapes, sizeof shapes);
	copy[3].text = words;
	return (struct drawing){ 60, 20, copy, sizeof shapes / sizeof *shapes, "" };
}

static void png_of(const char *words, double dpi, struct buf *out)
{
	struct arena arena = { 0 };
	struct drawing drawing = sheet(&arena, words);
	struct err err = { 0 };
	cr_assert_eq(drawing_png(&drawing, dpi, out, &err), 0, "%s", err.text);
	arena_release(&arena);
}

Test(page, drawings_become_pictures, .init = scratch_make, .fini = scratch_remove)
{
	struct buf png = { 0 };
	png_of("行政复议", 254, &png);
	put("a.png", png.data, png.len);
	put("reader.py", reader, strlen(reader));
	sh("[ \"$(python3 reader.py a.png FFFFFF 1F5C99 A9B8C6 000000 | head -1)\" = '600 200 8 2' "
	   "]");
	buf_release(&png);
}

Test(page, pictures_have_the_same_bytes_each_time)
{
	static const char *const words[] = { "行政复议", "𠮷䶮〇", "fi “—” ①", "שלום עולם",
		"a\u0301e\u0301", "😀👨‍👩‍👧", "", "\t\n", "ภาษาไทย" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		struct buf one = { 0 }, two = { 0 };
		png_of(words[i], 96, &one);
		setenv("TZ", "Asia/Shanghai", 1);
		setenv("LANGUAGE", "ja:ar", 1);
		png_of(words[i], 96, &two);
		cr_expect(
		    one.len == two.len && memcmp(one.data, two.data, one.len) == 0, "%s", words[i]);
		buf_release(&one);
		buf_release(&two);
	}
}

/* Words are drawn: a sheet with others looks different. */
Test(page, words_are_drawn)
{
	struct buf one = { 0 }, two = { 0 };
	png_of("一", 96, &one);
	png_of("二", 96, &two);
	cr_expect(one.len != two.len || memcmp(one.data, two.data, one.len) != 0);
	buf_release(&one);
	buf_release(&two);
}

Test(page, a_sheet_without_a_size_is_a_failure)
{
	struct drawing drawing = { .width = 1e6, .height = 1e6 };
	struct buf out = { 0 };
	struct err err = { 0 };
	cr_expect_eq(drawing_png(&drawing, 300, &out, &err), -1);
	cr_expect_eq(err.kind, ERR_SYSTEM);
	cr_expect_eq(out.len, 0);
	buf_release(&out);
}
