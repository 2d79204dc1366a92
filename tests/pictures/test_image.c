/*
 * test_image.c: which bytes are a picture that may be set, and why others are not. Built part by
 * part, so that each can be wrong alone.
 */
#include "pictures/image.h"

#include "archive/deflate.h"
#include "base/arena.h"
#include "base/buf.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static void add_four(struct buf *out, uint32_t n)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		buf_addc(out, (char)(n >> shift));
}

static void add_chunk(struct buf *out, const char *type, const void *content, size_t n)
{
	size_t at = out->len + 4;
	add_four(out, (uint32_t)n);
	buf_add(out, type, 4);
	buf_add(out, content, n);
	add_four(out, deflate_crc(out->data + at, n + 4));
}

/* A PNG of that header, and those parts in order: P palette, D pixels, d none, E end. */
static struct buf png(uint32_t width, uint32_t height, const char *kind, const char *parts)
{
	struct buf out = { 0 }, header = { 0 };
	buf_add(&out, "\x89PNG\r\n\x1a\n", 8);
	add_four(&header, width);
	add_four(&header, height);
	buf_add(&header, kind, 5);
	add_chunk(&out, "IHDR", header.data, header.len);
	for (; *parts; parts++)
		add_chunk(&out,
		    *parts == 'P'   ? "PLTE"
		    : *parts == 'E' ? "IEND"
		                    : "IDAT",
		    "abc", *parts == 'P' || *parts == 'D' ? 3 : 0);
	buf_release(&header);
	return out;
}

#define RGB "\10\2\0\0\0"

static const struct {
	const char *what;
	uint32_t width, height;
	const char *kind, *parts;
	const char *why; /* NULL: it is one */
} pngs[] = {
	{ "plain", 640, 480, RGB, "DE", NULL },
	{ "with a palette", 1, 1, "\1\3\0\0\1", "PDE", NULL },
	{ "its palette missing", 1, 1, "\1\3\0\0\1", "DE", "damaged" },
	{ "16 bits and transparent", 2, 2, "\20\6\0\0\0", "DDE", NULL },
	{ "a depth there is none of", 2, 2, "\3\0\0\0\0", "DE", "damaged" },
	{ "a depth that does not go with its colours", 2, 2, "\4\2\0\0\0", "DE", "damaged" },
	{ "a colour type there is none of", 2, 2, "\10\5\0\0\0", "DE", "damaged" },
	{ "another compression", 2, 2, "\10\2\1\0\0", "DE", "damaged" },
	{ "another filter", 2, 2, "\10\2\0\1\0", "DE", "damaged" },
	{ "interlaced in a third way", 2, 2, "\10\2\0\0\2", "DE", "damaged" },
	{ "no width", 0, 2, RGB, "DE", "damaged" },
	{ "no height", 2, 0, RGB, "DE", "damaged" },
	{ "wider than a number", 0x80000000u, 1, RGB, "DE", "damaged" },
	{ "as many pixels as may be", 10000, 5000, RGB, "DE", NULL },
	{ "one row more", 10000, 5001, RGB, "DE", "50 million" },
	{ "more than 32 bits count", 0x10000, 0x10001, RGB, "DE", "50 million" },
	{ "no end", 2, 2, RGB, "D", "cut off" },
	{ "no pixels", 2, 2, RGB, "E", "damaged" },
	{ "empty pixels", 2, 2, RGB, "dE", "damaged" },
	{ "behind its end", 2, 2, RGB, "DED", NULL },
};

static void expect(const char *what, const struct buf *bytes, const char *why, int is_jpeg,
    unsigned width, unsigned height)
{
	struct image image = { .width = 7 };
	const char *said = image_read(bytes->data, bytes->len, &image, NULL);
	if (why) {
		cr_expect(said && strstr(said, why), "%s: %s", what, said ? said : "taken");
		cr_expect_eq(image.width, 7, "%s", what);
	} else {
		cr_expect_null(said, "%s: %s", what, said);
		cr_expect(
		    image.is_jpeg == is_jpeg && image.width == width && image.height == height,
		    "%s: %ux%u", what, image.width, image.height);
	}
}

Test(image, a_png_is_one_if_every_part_is_right)
{
	for (size_t i = 0; i < COUNT_OF(pngs); i++) {
		struct buf bytes = png(pngs[i].width, pngs[i].height, pngs[i].kind, pngs[i].parts);
		expect(pngs[i].what, &bytes, pngs[i].why, 0, pngs[i].width, pngs[i].height);
		buf_release(&bytes);
	}
}

/* Each prefix, and each byte another one: never taken, and never read beyond. */
Test(image, a_png_cut_or_changed_anywhere_is_none)
{
	struct buf bytes = png(640, 480, RGB, "DE");
	struct image image;
	for (size_t n = 0; n < bytes.len; n++) {
		char *part = memcpy(mem_alloc(n + 1), bytes.data, n);
		cr_expect_not_null(image_read(part, n, &image, NULL), "cut at %zu", n);
		free(part);
		bytes.data[n] ^= 0x20;
		cr_expect_not_null(image_read(bytes.data, bytes.len, &image, NULL), "at %zu", n);
		bytes.data[n] ^= 0x20;
	}
	cr_expect_null(image_read(bytes.data, bytes.len, &image, NULL));
	buf_release(&bytes);
}

#define JPEG_SOI "\xFF\xD8"
#define APP0 "\xFF\xE0\0\7JFIF\0"
#define FRAME(marker, depth, count) "\xFF" marker "\0" count depth "\1\2\3\4"
#define GREY_FRAME FRAME("\xC0", "\10", "\13") "\1\1\x11\0"
#define SCAN                                                                                       \
	"\xFF\xDA\0\10\1\1\0\0\x3F\0"                                                              \
	"ab\xFF\0c\xFF\xD0"                                                                        \
	"d"
#define JPEG_EOI "\xFF\xD9"
#define THREE "\3\1\x11\0\2\x11\1\3\x11\1"

#define BYTES(text) text, sizeof(text) - 1

static const struct {
	const char *what;
	const char *bytes;
	size_t n;
	const char *why;
} jpegs[] = {
	{ "grey", BYTES(JPEG_SOI APP0 GREY_FRAME SCAN JPEG_EOI), NULL },
	{ "in colours", BYTES(JPEG_SOI FRAME("\xC0", "\10", "\21") THREE SCAN JPEG_EOI), NULL },
	{ "progressive, two scans",
	    BYTES(JPEG_SOI FRAME("\xC2", "\10", "\21") THREE SCAN SCAN JPEG_EOI), NULL },
	{ "with bytes behind its end", BYTES(JPEG_SOI GREY_FRAME SCAN JPEG_EOI "more"), NULL },
	{ "filled between parts", BYTES(JPEG_SOI "\xFF\xFF" GREY_FRAME SCAN "\xFF" JPEG_EOI),
	    NULL },
	{ "a frame of no size it can be",
	    BYTES(JPEG_SOI FRAME("\xC0", "\10", "\14") "\1\1\x11\0" SCAN JPEG_EOI), "damaged" },
	{ "12 bits", BYTES(JPEG_SOI FRAME("\xC1", "\14", "\13") "\1\1\x11\0" SCAN JPEG_EOI),
	    "few programs" },
	{ "lossless", BYTES(JPEG_SOI FRAME("\xC3", "\10", "\13") "\1\1\x11\0" SCAN JPEG_EOI),
	    "few programs" },
	{ "arithmetic", BYTES(JPEG_SOI FRAME("\xC9", "\10", "\13") "\1\1\x11\0" SCAN JPEG_EOI),
	    "few programs" },
	{ "no height yet", BYTES(JPEG_SOI "\xFF\xC0\0\13\10\0\0\3\4\1\1\x11\0" SCAN JPEG_EOI),
	    "damaged" },
	{ "two frames", BYTES(JPEG_SOI GREY_FRAME GREY_FRAME SCAN JPEG_EOI), "damaged" },
	{ "no frame", BYTES(JPEG_SOI APP0 SCAN JPEG_EOI), "damaged" },
	{ "no scan", BYTES(JPEG_SOI GREY_FRAME JPEG_EOI), "damaged" },
	{ "no end", BYTES(JPEG_SOI GREY_FRAME SCAN), "cut off" },
	{ "a part longer than the file", BYTES(JPEG_SOI "\xFF\xE1\xFF\xFF" GREY_FRAME), "cut off" },
	{ "a part of no length", BYTES(JPEG_SOI "\xFF\xE1\0\1" GREY_FRAME), "damaged" },
	{ "no mark where one must be",
	    BYTES(JPEG_SOI "\xFFxx"
	                   "x" GREY_FRAME),
	    "cut off" },
	{ "beginning twice", BYTES(JPEG_SOI JPEG_SOI GREY_FRAME SCAN JPEG_EOI), "damaged" },
};

Test(image, a_jpeg_is_one_if_it_goes_on_to_its_end)
{
	for (size_t i = 0; i < COUNT_OF(jpegs); i++) {
		struct buf bytes = { 0 };
		buf_add(&bytes, jpegs[i].bytes, jpegs[i].n);
		expect(jpegs[i].what, &bytes, jpegs[i].why, 1, 0x0304, 0x0102);
		buf_release(&bytes);
	}
}

Test(image, what_is_neither_is_none)
{
	static const char *const others[] = { "", "GIF89a", "<svg/>", "BM", "\x89PNG", "\xFF\xD8",
		"RIFF....WEBP", "%PDF-1.4" };
	struct image image;
	for (size_t i = 0; i < COUNT_OF(others); i++) {
		const char *why = image_read(others[i], strlen(others[i]), &image, NULL);
		cr_expect(why && strstr(why, "neither"), "%s", others[i]);
	}
}

/* ---- what a picture says of itself ------------------------------------------- */

#define EXIF(order, number) "\xFF\xE1\0\42Exif\0\0" order number "\0\0\0\0"
#define LITTLE "II*\0\10\0\0\0\1\0\x12\1\3\0\1\0\0\0"
#define BIG "MM\0*\0\0\0\10\0\1\1\x12\0\3\0\0\0\1"

static const struct {
	const char *exif;
	size_t n;
	int turned;
} photographs[] = {
	{ BYTES(EXIF(LITTLE, "\1\0\0\0")), 0 },
	{ BYTES(EXIF(LITTLE, "\6\0\0\0")), 1 },
	{ BYTES(EXIF(BIG, "\0\10\0\0")), 1 },
	{ BYTES(EXIF(BIG, "\0\1\0\0")), 0 },
	{ BYTES(EXIF(BIG, "\0\11\0\0")), 0 },    /* there is none of that number */
	{ BYTES("\xFF\xE1\0\12Exif\0\0II"), 0 }, /* cut short */
	{ BYTES("\xFF\xE1\0\20Exif\0\0II*\0\xFF\xFF\xFF\xFF"), 0 }, /* leads out of it */
	{ BYTES("\xFF\xE1\0\22Exif\0\0II*\0\10\0\0\0\xFF\xFF"), 0 },
};

Test(image, a_photograph_that_must_be_turned_is_none)
{
	for (size_t i = 0; i < COUNT_OF(photographs); i++) {
		struct buf bytes = { 0 };
		struct image image;
		buf_add(&bytes, JPEG_SOI, 2);
		buf_add(&bytes, photographs[i].exif, photographs[i].n);
		buf_add(&bytes, BYTES(GREY_FRAME SCAN JPEG_EOI));
		const char *why = image_read(bytes.data, bytes.len, &image, NULL);
		cr_expect_eq(why != NULL, photographs[i].turned, "%zu: %s", i, why);
		if (photographs[i].turned && why)
			cr_expect(strstr(why, "turn it"), "%s", why);
		buf_release(&bytes);
	}
}

static void expect_plain(const struct buf *bytes, const void *plain, size_t n)
{
	struct image image;
	struct buf kept = { 0 };
	buf_adds(&kept, "before");
	cr_expect_null(image_read(bytes->data, bytes->len, &image, &kept));
	cr_expect(kept.len == n + 6 && memcmp(kept.data + 6, plain, n) == 0);
	buf_release(&kept);
}

Test(image, what_is_kept_shows_the_picture_and_no_more)
{
	static const char jpeg[] =
	    JPEG_SOI APP0 EXIF(LITTLE, "\1\0\0\0") "\xFF\xFE\0\6note"
	                                           "\xFF\xE2\0\16ICC_PROFILE"
	                                           "\0\xFF\xE2\0\6MPF1\xFF\xEE\0\7Adobe"
	                                           "\xFF\xED\0\6byme" GREY_FRAME SCAN JPEG_EOI
	                                           "more";
	static const char plain[] = JPEG_SOI APP0 "\xFF\xE2\0\16ICC_PROFILE"
	                                          "\0\xFF\xEE\0\7Adobe" GREY_FRAME SCAN JPEG_EOI;
	struct buf bytes = { 0 };
	buf_add(&bytes, BYTES(jpeg));
	expect_plain(&bytes, BYTES(plain));
	buf_release(&bytes);

	struct buf start = png(640, 480, RGB, ""), said = { 0 }, mute = { 0 };
	buf_add(&said, start.data, start.len);
	buf_add(&mute, start.data, start.len);
	add_chunk(&said, "tEXt", BYTES("Author\0me"));
	add_chunk(&said, "gAMA", "\0\0\xB1\x8F", 4);
	add_chunk(&mute, "gAMA", "\0\0\xB1\x8F", 4);
	add_chunk(&said, "eXIf", BYTES("MM\0*"));
	for (int i = 0; i < 2; i++) {
		struct buf *to = i ? &said : &mute;
		add_chunk(to, "IDAT", "abc", 3);
		add_chunk(to, "IEND", "", 0);
	}
	buf_adds(&said, "PK more");
	expect_plain(&said, mute.data, mute.len);
	buf_release(&start);
	buf_release(&said);
	buf_release(&mute);
}
