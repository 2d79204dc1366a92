/* utf8.c: UTF-8 text; tables of characters come from utf8proc. */
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* Length of the well-formed sequence at `p`, 0 if there is none (RFC 3629, section 4). */
static size_t sequence(const unsigned char *p, size_t n)
{
	unsigned char c = p[0];
	if (c < 0x80)
		return 1;
	size_t len = c >= 0xC2 && c <= 0xDF   ? 2
	             : (c & 0xF0) == 0xE0     ? 3
	             : c >= 0xF0 && c <= 0xF4 ? 4
	                                      : 0;
	if (len == 0 || len > n)
		return 0;
	unsigned char low = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
	unsigned char high = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
	if (p[1] < low || p[1] > high)
		return 0;
	for (size_t i = 2; i < len; i++)
		if ((p[i] & 0xC0) != 0x80)
			return 0;
	return len;
}

size_t utf8_check(const char *text, size_t n)
{
	const unsigned char *p = (const unsigned char *)text;
	size_t at = 0;
	while (at < n) {
		/* Nearly all, of Chinese. */
		if (p[at] >= 0xE1 && p[at] <= 0xEC && n - at >= 3 && (p[at + 1] & 0xC0) == 0x80 &&
		    (p[at + 2] & 0xC0) == 0x80) {
			at += 3;
			continue;
		}
		size_t len = sequence(p + at, n - at);
		if (len == 0)
			return at;
		at += len;
	}
	return n;
}

uint32_t utf8_before(const char *start, const char *at)
{
	if (at <= start)
		return 0;
	const char *p = at - 1;
	while (p > start && ((unsigned char)*p & 0xC0) == 0x80)
		p--;
	return utf8_next(&p, at);
}

void utf8_put(struct buf *out, uint32_t code)
{
	utf8proc_uint8_t bytes[4];
	utf8proc_ssize_t n = utf8proc_encode_char((utf8proc_int32_t)code, bytes);
	buf_add(out, bytes, (size_t)n);
}

size_t utf8_width(const char *text)
{
	size_t width = 0;
	const char *end = text + strlen(text);
	while (text < end) {
		int columns = utf8proc_charwidth((utf8proc_int32_t)utf8_next(&text, end));
		width += columns > 0 ? (size_t)columns : 0;
	}
	return width;
}

void utf8_nfc(struct buf *out, const char *text)
{
	utf8proc_uint8_t *normal = utf8proc_NFC((const utf8proc_uint8_t *)text);
	buf_adds(out, normal ? (const char *)normal : text);
	free(normal);
}

void utf8_plain(struct buf *text)
{
	size_t from = 0, to = 0;
	if (text->len >= 3 && memcmp(text->data, "\xEF\xBB\xBF", 3) == 0)
		from = 3;
	for (; from < text->len; from++) {
		char c = text->data[from];
		if (c == '\r') {
			if (from + 1 < text->len && text->data[from + 1] == '\n')
				continue;
			c = '\n';
		}
		text->data[to++] = c;
	}
	text->len = to;
	if (text->data)
		text->data[to] = '\0';
}

static int is_invisible(uint32_t c)
{
	return c == 0xFEFF || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
	       c == 0x200E || c == 0x200F;
}

static int is_control(uint32_t c)
{
	return (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7F && c < 0xA0) || is_invisible(c);
}

size_t utf8_control(const char *text, size_t n)
{
	const char *end = text + n;
	for (const char *p = text; p < end;) {
		const char *at = p;
		unsigned char first = (unsigned char)*p;
		if (first >= 0xE3 && first <= 0xEE &&
		    end - p >= 3) /* nearly all, and none of them */
			p += 3;
		else if (is_control(utf8_next(&p, end)))
			return (size_t)(at - text);
	}
	return n;
}

static void drop(struct buf *text, int (*is_dropped)(uint32_t))
{
	const char *end = text->data + text->len;
	size_t to = 0;
	for (const char *p = text->data; p < end;) {
		const char *at = p;
		if (is_dropped(utf8_next(&p, end)))
			continue;
		memmove(text->data + to, at, (size_t)(p - at));
		to += (size_t)(p - at);
	}
	text->len = to;
	if (text->data)
		text->data[to] = '\0';
}

void utf8_drop_control(struct buf *text)
{
	drop(text, is_control);
}

void utf8_drop_invisible(struct buf *text)
{
	drop(text, is_invisible);
}

void utf8_shown(struct buf *out, const char *text)
{
	size_t n = strlen(text);
	while (n > 0) {
		size_t good = utf8_check(text, n);
		const char *end = text + good;
		for (const char *p = text; p < end;) {
			const char *at = p;
			uint32_t c = utf8_next(&p, end);
			if (is_control(c) || c == '\t' || c == '\n')
				buf_adds(out, "\uFFFD");
			else
				buf_add(out, at, (size_t)(p - at));
		}
		if (good < n) {
			buf_adds(out, "\uFFFD");
			good++;
		}
		text += good;
		n -= good;
	}
}

int utf8_is_han(uint32_t code)
{
	return (code >= 0x4E00 && code <= 0x9FFF) || (code >= 0x3400 && code <= 0x4DBF) ||
	       (code >= 0x20000 && code <= 0x323AF) || (code >= 0xF900 && code <= 0xFAFF) ||
	       code == 0x3007;
}

int utf8_is_cjk(uint32_t code)
{
	/* CJK symbols and punctuation, full-width forms, and the quotes and dashes Chinese shares.
	 */
	return utf8_is_han(code) || (code >= 0x3000 && code <= 0x303F) ||
	       (code >= 0xFF01 && code <= 0xFF60) || (code >= 0x2014 && code <= 0x2026);
}

int utf8_is_assigned(uint32_t code)
{
	utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code);
	return category != UTF8PROC_CATEGORY_CN && category != UTF8PROC_CATEGORY_CO &&
	       category != UTF8PROC_CATEGORY_CS;
}

int utf8_is_space(uint32_t code)
{
	return code == ' ' || (code >= '\t' && code <= '\r') || code == 0x3000 || code == 0xA0 ||
	       code == 0xFEFF || (code >= 0x2000 && code <= 0x200B) || code == 0x202F ||
	       code == 0x205F;
}

void utf8_trim(const char **start, const char **end)
{
	for (const char *p = *start; p < *end; *start = p)
		if (!utf8_is_space(utf8_next(&p, *end)))
			break;
	while (*end > *start && utf8_is_space(utf8_before(*start, *end))) {
		do
			(*end)--;
		while (*end > *start && ((unsigned char)**end & 0xC0) == 0x80);
	}
}

const char *utf8_trimmed(struct arena *arena, const char *text)
{
	const char *start = text, *end = text + strlen(text);
	utf8_trim(&start, &end);
	return *end ? arena_strndup(arena, start, (size_t)(end - start)) : start;
}
