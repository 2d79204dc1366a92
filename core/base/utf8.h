/* utf8.h: UTF-8 text: strict validation, code points, widths, normal form. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/arena.h"
#include "base/buf.h"

#include <stddef.h>
#include <stdint.h>

/* Offset of the first byte that is not well-formed UTF-8 (RFC 3629), or `n` if all is. */
size_t utf8_check(const char *text, size_t n);

/*
 * Reads one code point of well-formed text at `*at` and moves past it. At the
 * end returns 0. The text must have passed utf8_check().
 */
static inline uint32_t utf8_next(const char **at, const char *end)
{
	if (*at >= end)
		return 0;
	const unsigned char *p = (const unsigned char *)*at;
	if (p[0] < 0x80) {
		*at += 1;
		return p[0];
	}
	size_t len = p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
	if (len > (size_t)(end - *at))
		len = (size_t)(end - *at);
	uint32_t code = p[0] & (0xFFu >> (len + 1));
	for (size_t i = 1; i < len; i++)
		code = code << 6 | (p[i] & 0x3Fu);
	*at += len;
	return code;
}

/* The code point that ends at `at`, without moving; 0 at `start`. */
uint32_t utf8_before(const char *start, const char *at);

void utf8_put(struct buf *out, uint32_t code);

/* Columns a terminal needs for the text. */
size_t utf8_width(const char *text);

/* Appends the text in normalisation form C. */
void utf8_nfc(struct buf *out, const char *text);

/* Moves both ends inwards over blanks of any width. */
void utf8_trim(const char **start, const char **end);

/* The text without blanks around it: itself, or a copy in the arena. */
const char *utf8_trimmed(struct arena *arena, const char *text);

/* Text as Windows and others write it made plain: no BOM, lines that end in \n alone. */
void utf8_plain(struct buf *text);

/*
 * What has no business in a text: control characters other than tab and
 * newline, marks that turn the direction of writing, U+FEFF. Offset of the
 * first one, or `n`; the other takes them all out.
 */
size_t utf8_control(const char *text, size_t n);
void utf8_drop_control(struct buf *text);

/* Takes out what is invisible and no control character: U+FEFF, marks of direction. */
void utf8_drop_invisible(struct buf *text);

/* A copy that may be shown and put into JSON, whatever the bytes: \uFFFD for bad ones and controls.
 */
void utf8_shown(struct buf *out, const char *text);

/* Han characters, and the punctuation and full-width forms set among them. */
int utf8_is_han(uint32_t code);
int utf8_is_cjk(uint32_t code);

/* Whether all agree which character this is: not unassigned, nor private, nor half of a pair. */
int utf8_is_assigned(uint32_t code);

/* Blank of any width, including the ideographic space, NBSP and U+FEFF. */
int utf8_is_space(uint32_t code);

#endif
