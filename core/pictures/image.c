/* image.c: the headers of PNG and JPEG, and whether the rest is there. */
#include "pictures/image.h"

#include "archive/deflate.h"
#include "base/i18n.h"

#include <string.h>

static const char broken[] = N_("the picture is damaged");
static const char cut_off[] = N_("the picture is cut off before its end");
static const char too_large[] = N_("the picture has more than 50 million pixels");

static unsigned two(const unsigned char *at)
{
	return (unsigned)at[0] << 8 | at[1];
}

static unsigned long four(const unsigned char *at)
{
	return (unsigned long)two(at) << 16 | two(at + 2);
}

static const char *take_size(
    struct image *image, int is_jpeg, unsigned long width, unsigned long height)
{
	if (width == 0 || height == 0 || width > 0x7FFFFFFF || height > 0x7FFFFFFF)
		return broken;
	if (width > IMAGE_PIXELS_MAX / height)
		return too_large;
	*image = (struct image){ is_jpeg, (unsigned)width, (unsigned)height };
	return NULL;
}

/* ---- PNG ----------------------------------------------------------------- */

static const unsigned char png_start[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n' };

enum { CHUNK_AROUND = 12, HEADER_SIZE = 13 }; /* length, type and checksum; IHDR's content */

/* Which depths go with a colour type (11.2.2), as bits. */
static int depth_fits(unsigned char colour, unsigned char depth)
{
	static const unsigned depths[] = { [0] = 1 << 1 | 1 << 2 | 1 << 4 | 1 << 8 | 1 << 16,
		[2] = 1 << 8 | 1 << 16,
		[3] = 1 << 1 | 1 << 2 | 1 << 4 | 1 << 8,
		[4] = 1 << 8 | 1 << 16,
		[6] = 1 << 8 | 1 << 16 };
	return colour <= 6 && depth <= 16 && (depths[colour] >> depth & 1);
}

static const char *png_header(const unsigned char *content, struct image *image)
{
	/* Compression and filter have one method each, interlacing two. */
	if (!depth_fits(content[9], content[8]) || content[10] || content[11] || content[12] > 1)
		return broken;
	return take_size(image, 0, four(content), four(content + 4));
}

/* What a picture is made of, and what its colours and its size on paper are. */
static int png_keeps(const unsigned char *type)
{
	static const char kept[] =
	    "IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP sBIT bKGD pHYs";
	for (const char *at = kept; at < kept + sizeof kept - 1; at += 5)
		if (memcmp(at, type, 4) == 0)
			return 1;
	return 0;
}

static const char *png_read(
    const unsigned char *bytes, size_t n, struct image *image, struct buf *plain)
{
	struct image found = { 0 };
	buf_add(plain, png_start, sizeof png_start);
	int has_pixels = 0, has_palette = 0;
	for (size_t at = sizeof png_start;;) {
		if (n - at < CHUNK_AROUND)
			return cut_off;
		const unsigned char *type = bytes + at + 4;
		unsigned long size = four(bytes + at);
		if (size > 0x7FFFFFFF)
			return broken;
		if (size > n - at - CHUNK_AROUND)
			return cut_off;
		if (deflate_crc(type, size + 4) != four(type + 4 + size))
			return broken;
		int is_header = memcmp(type, "IHDR", 4) == 0;
		if (is_header != (at == sizeof png_start) || (is_header && size != HEADER_SIZE))
			return broken;
		const char *why = is_header ? png_header(type + 4, &found) : NULL;
		if (why)
			return why;
		has_palette |= memcmp(type, "PLTE", 4) == 0;
		has_pixels |= memcmp(type, "IDAT", 4) == 0 && size > 0;
		if (png_keeps(type))
			buf_add(plain, bytes + at, CHUNK_AROUND + size);
		at += CHUNK_AROUND + size;
		if (memcmp(type, "IEND", 4) == 0)
			break;
	}
	if (!has_pixels || (bytes[25] == 3 && !has_palette)) /* of IHDR, the colour type */
		return broken;
	*image = found;
	return NULL;
}

/* ---- JPEG ---------------------------------------------------------------- */

enum {
	TEM = 0x01,
	SOF0 = 0xC0,
	SOF2 = 0xC2,
	DHT = 0xC4,
	JPG = 0xC8,
	DAC = 0xCC,
	SOF15 = 0xCF,
	RST0 = 0xD0,
	RST7 = 0xD7,
	SOI = 0xD8,
	EOI = 0xD9,
	SOS = 0xDA,
	APP0 = 0xE0,
	APP1,
	APP2,
	APP14 = 0xEE,
	APP15,
	COM = 0xFE
};

static int is_frame(unsigned char marker)
{
	return marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC;
}

static const char *jpeg_frame(
    unsigned char marker, const unsigned char *content, size_t n, struct image *image)
{
	static const char rare[] =
	    N_("it is a JPEG of a kind that few programs open: save it anew");
	if (n < 6 || n != 6 + 3 * (size_t)content[5])
		return broken;
	/* Lossless and arithmetic ones, and those of 12 bits. */
	if (marker > SOF2 || content[0] != 8 || content[5] == 0 || content[5] == 2 ||
	    content[5] > 4)
		return rare;
	return take_size(image, 1, two(content + 3), two(content + 1));
}

static int begins(const unsigned char *content, size_t n, const char *with, size_t m)
{
	return n >= m && memcmp(content, with, m) == 0;
}

/* What says how the pixels are to be read, and of which colours they are. */
static int jpeg_keeps(unsigned char marker, const unsigned char *content, size_t n)
{
	if (marker == APP0)
		return begins(content, n, "JFIF", 5);
	if (marker == APP2)
		return begins(content, n, "ICC_PROFILE", 12);
	if (marker == APP14)
		return begins(content, n, "Adobe", 5);
	return marker != COM && !(marker >= APP0 && marker <= APP15);
}

static unsigned long number_at(const unsigned char *at, unsigned size, int little)
{
	unsigned long value = 0;
	for (unsigned i = 0; i < size; i++)
		value = value << 8 | at[little ? size - 1 - i : i];
	return value;
}

/*
 * Whether a camera wrote that the picture is to be turned or mirrored when it
 * is shown: some readers do so and others do not (CIPA DC-008, Exif, 4.6.5).
 */
static int is_turned(unsigned char marker, const unsigned char *content, size_t n)
{
	enum { ORIENTATION = 0x112, ENTRY = 12, UPRIGHT = 1, LAST = 8 };
	if (marker != APP1 || !begins(content, n, "Exif\0", 6) || n < 6 + 8)
		return 0;
	const unsigned char *tiff = content + 6;
	int little = tiff[0] == 'I';
	unsigned long size = n - 6, at = number_at(tiff + 4, 4, little);
	if (at > size || size - at < 2)
		return 0;
	unsigned long count = number_at(tiff + at, 2, little);
	for (at += 2; count > 0 && size - at >= ENTRY; count--, at += ENTRY)
		if (number_at(tiff + at, 2, little) == ORIENTATION) {
			unsigned long how = number_at(tiff + at + 8, 2, little);
			return how > UPRIGHT && how <= LAST;
		}
	return 0;
}

/* Where the next marker stands behind the pixels of a scan; `n` if there is none. */
static size_t behind_scan(const unsigned char *bytes, size_t at, size_t n)
{
	for (; at + 1 < n; at++) {
		const unsigned char *mark = memchr(bytes + at, 0xFF, n - at - 1);
		if (!mark)
			break;
		at = (size_t)(mark - bytes);
		if (mark[1] != 0 && mark[1] != 0xFF && !(mark[1] >= RST0 && mark[1] <= RST7))
			return at;
	}
	return n;
}

static const char *jpeg_read(
    const unsigned char *bytes, size_t n, struct image *image, struct buf *plain)
{
	static const char turned[] =
	    N_("it lies on its side until it is turned by whoever shows it: turn it and save it "
	       "anew");
	struct image found = { 0 };
	buf_add(plain, bytes, 2);
	int has_scan = 0;
	for (size_t at = 2;;) {
		while (n - at > 1 && bytes[at] == 0xFF && bytes[at + 1] == 0xFF)
			at++; /* fill bytes */
		if (n - at < 2)
			return cut_off;
		unsigned char marker = bytes[at + 1];
		if (bytes[at] != 0xFF || marker == 0 || marker == SOI ||
		    (marker >= RST0 && marker <= RST7))
			return broken;
		at += 2;
		if (marker == EOI)
			break;
		if (marker == TEM)
			continue;
		if (n - at < 2)
			return cut_off;
		size_t size = two(bytes + at);
		if (size < 2)
			return broken;
		if (size > n - at)
			return cut_off;
		if (is_frame(marker)) {
			const char *why =
			    found.width ? broken
			                : jpeg_frame(marker, bytes + at + 2, size - 2, &found);
			if (why)
				return why;
		}
		if (is_turned(marker, bytes + at + 2, size - 2))
			return turned;
		size_t start = at - 2;
		int kept = jpeg_keeps(marker, bytes + at + 2, size - 2);
		at += size;
		if (marker == SOS) {
			has_scan = 1;
			at = behind_scan(bytes, at, n);
		}
		if (kept)
			buf_add(plain, bytes + start, at - start);
	}
	if (!has_scan || !found.width)
		return broken;
	buf_add(plain, "\xFF\xD9", 2);
	*image = found;
	return NULL;
}

const char *image_read(const void *bytes, size_t n, struct image *image, struct buf *plain)
{
	const unsigned char *start = bytes;
	struct buf kept = { 0 };
	const char *why = N_("it is neither a PNG nor a JPEG");
	if (n >= sizeof png_start && memcmp(start, png_start, sizeof png_start) == 0)
		why = png_read(start, n, image, &kept);
	else if (n >= 3 && start[0] == 0xFF && start[1] == SOI && start[2] == 0xFF)
		why = jpeg_read(start, n, image, &kept);
	if (!why && plain)
		buf_add(plain, kept.data, kept.len);
	buf_release(&kept);
	return why;
}
