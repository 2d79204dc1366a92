/* figure_mark.c: names of bookmarks around figures, made and read. */
#include "office/figure_mark.h"

#include "base/length.h"
#include "base/utf8.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PREFIX "_nb_"

enum { SPELLED_MAX = 11, RUN_MAX = 9, SERIAL_MAX = 9999999, PLAIN_SIZE = 64 };

/* Word takes letters, digits and _ in a name: what else figures are written with, as one letter. */
static const struct {
	const char *text;
	char letter;
} letters[] = { { ".", 'p' }, { "%", 'c' }, { ",", 'k' }, { "-", 'm' }, { "/", 's' }, { "余", 'y' },
	{ "多", 'd' }, { "近", 'j' }, { "约", 'u' }, { "以上", 'a' }, { "不足", 'b' },
	{ "万", 'w' }, { "亿", 'i' }, { "千", 'q' }, { "百", 'h' } };

/* FNV-1a. Told apart are a few hundred figures, by no one who would forge them. */
static uint64_t hash(uint64_t so_far, const char *text)
{
	for (; *text; text++)
		so_far = (so_far ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
	return so_far;
}

static void put_hash(char out[FIGURE_MARK_HASH], uint64_t value)
{
	snprintf(out, FIGURE_MARK_HASH, "%012llx", (unsigned long long)(value >> 16));
}

static void hash_text(char out[FIGURE_MARK_HASH], const char *text)
{
	put_hash(out, hash(UINT64_C(0xcbf29ce484222325), text));
}

void figure_mark_figure(char figure[FIGURE_MARK_HASH], const char *id, const char *department)
{
	uint64_t value = hash(UINT64_C(0xcbf29ce484222325), id);
	if (department)
		value = hash(hash(value, "@"), department);
	put_hash(figure, value);
}

/* What follows: a hash or the text spelled; the bookmark around that alone, or with its tail. */
static const char kinds[2][2] = { { 'h', 'i' }, { 't', 'u' } };

static size_t letter_of(const char *text, char *letter)
{
	if (*text >= '0' && *text <= '9') {
		*letter = *text;
		return 1;
	}
	for (size_t i = 0; i < LENGTH(letters); i++) {
		size_t n = strlen(letters[i].text);
		if (strncmp(text, letters[i].text, n) == 0) {
			*letter = letters[i].letter;
			return n;
		}
	}
	return 0;
}

/* The text in letters and digits; 0 if it cannot be spelled. */
static int spell(char out[SPELLED_MAX + 1], const char *text)
{
	size_t count = 0;
	while (*text) {
		char letter;
		size_t n = letter_of(text, &letter);
		if (n == 0 || count == SPELLED_MAX)
			return 0;
		out[count++] = letter;
		text += n;
	}
	out[count] = '\0';
	return count > 0;
}

static int read_spelled(char out[FIGURE_MARK_TEXT], const char *spelled, size_t count)
{
	size_t length = 0;
	if (count == 0 || count > SPELLED_MAX)
		return -1;
	for (size_t i = 0; i < count; i++) {
		char digit[2] = { spelled[i], '\0' };
		const char *text = spelled[i] >= '0' && spelled[i] <= '9' ? digit : NULL;
		for (size_t k = 0; !text && k < LENGTH(letters); k++)
			if (letters[k].letter == spelled[i])
				text = letters[k].text;
		if (!text)
			return -1;
		memcpy(out + length, text, strlen(text));
		length += strlen(text);
	}
	out[length] = '\0';
	return 0;
}

void figure_mark_name(char name[FIGURE_MARK_SIZE], const char *id, const char *department,
    const char *text, const struct figure_mark *mark)
{
	char figure[FIGURE_MARK_HASH], spelled[SPELLED_MAX + 1], hashed[FIGURE_MARK_HASH];
	char beside[4] = "";
	int plain = spell(spelled, text);
	unsigned before = mark->before < RUN_MAX ? mark->before : RUN_MAX;
	unsigned after = mark->after < RUN_MAX ? mark->after : RUN_MAX;
	figure_mark_figure(figure, id, department);
	hash_text(hashed, text);
	if (before || after)
		snprintf(beside, sizeof beside, "_%c%c", (char)('0' + before), (char)('0' + after));
	/* A name that would be too long is left out by the writer: there are no so many figures. */
	snprintf(name, FIGURE_MARK_SIZE, PREFIX "%s_%c%s_%u%s", figure, kinds[plain][mark->tail],
	    plain ? spelled : hashed, mark->serial, beside);
}

/* "23", "23_01" */
static int read_place(const char *text, struct figure_mark *mark)
{
	size_t n = strspn(text, "0123456789");
	if (n == 0 || n > 7)
		return -1;
	mark->serial = (unsigned)strtoul(text, NULL, 10);
	text += n;
	if (*text == '\0')
		return 0;
	if (*text != '_' || strlen(text) != 3 || strspn(text + 1, "0123456789") != 2)
		return -1;
	mark->before = (unsigned)(text[1] - '0');
	mark->after = (unsigned)(text[2] - '0');
	return 0;
}

int figure_mark_read(const char *name, struct figure_mark *mark)
{
	static const char hex[] = "0123456789abcdef";
	size_t figure = FIGURE_MARK_HASH - 1;
	*mark = (struct figure_mark){ 0 };
	if (strncmp(name, PREFIX, strlen(PREFIX)) != 0)
		return -1;
	name += strlen(PREFIX);
	if (strspn(name, hex) != figure || name[figure] != '_')
		return -1;
	memcpy(mark->figure, name, figure);
	name += figure + 1;
	size_t n = *name ? strcspn(name + 1, "_") : 0;
	int spelled = *name == kinds[1][0] || *name == kinds[1][1];
	mark->tail = *name == kinds[0][1] || *name == kinds[1][1];
	if (spelled && read_spelled(mark->text, name + 1, n) != 0)
		return -1;
	if (!spelled && ((*name != kinds[0][0] && !mark->tail) || n != FIGURE_MARK_HASH - 1 ||
	                    strspn(name + 1, hex) != n))
		return -1;
	if (!spelled)
		memcpy(mark->hash, name + 1, n);
	return name[1 + n] == '_' ? read_place(name + 2 + n, mark) : -1;
}

/* ---- what is read as a number ------------------------------------------- */

static uint32_t plain_character(uint32_t c)
{
	if (c >= 0xFF01 && c <= 0xFF5E) /* full-width forms of ASCII */
		return c - 0xFEE0;
	return c;
}

/* The text without blanks and separators, its full-width digits plain; cut where it is long. */
static void plain_text(char out[PLAIN_SIZE], const char *text)
{
	const char *end = text + strlen(text);
	size_t n = 0;
	while (text < end && n + 5 < PLAIN_SIZE) {
		const char *from = text;
		uint32_t c = utf8_next(&text, end), plain = plain_character(c);
		if (utf8_is_space(c) || plain == ',')
			continue;
		if (plain < 0x80) {
			out[n++] = (char)plain;
			continue;
		}
		memcpy(out + n, from, (size_t)(text - from));
		n += (size_t)(text - from);
	}
	out[n] = '\0';
}

int figure_mark_holds(const struct figure_mark *mark, const char *text)
{
	char hashed[FIGURE_MARK_HASH], set[PLAIN_SIZE], now[PLAIN_SIZE];
	if (*mark->text) {
		plain_text(set, mark->text);
		plain_text(now, text);
		return strcmp(set, now) == 0;
	}
	hash_text(hashed, text);
	return strcmp(hashed, mark->hash) == 0;
}

static int is_digit(uint32_t c)
{
	c = plain_character(c);
	return c >= '0' && c <= '9';
}

static int is_point(uint32_t c)
{
	c = plain_character(c);
	return c == '.' || c == ',';
}

static int is_in(uint32_t c, const char *set)
{
	for (const char *at = set, *end = set + strlen(set); at < end;)
		if (utf8_next(&at, end) == c)
			return 1;
	return 0;
}

const char *figure_run_before(const char *start, const char *end, unsigned *count)
{
	const char *at = end;
	for (*count = 0; at > start && *count < RUN_MAX; (*count)++) {
		const char *from = at - 1;
		while (from > start && ((unsigned char)*from & 0xC0) == 0x80)
			from--;
		uint32_t c = utf8_before(start, at);
		int runs = is_digit(c) || is_in(c, "万亿千百十几约近超") ||
		           (is_point(c) && is_digit(utf8_before(start, from)));
		if (!runs)
			break;
		at = from;
	}
	return at;
}

const char *figure_run_after(const char *start, const char *end, unsigned *count)
{
	const char *at = start;
	for (*count = 0; at < end && *count < RUN_MAX; (*count)++) {
		const char *next = at;
		uint32_t c = utf8_next(&next, end);
		const char *peek = next;
		int runs = is_digit(c) || is_in(c, "余多万亿千百十几%％‰") ||
		           (is_point(c) && next < end && is_digit(utf8_next(&peek, end)));
		if (!runs)
			break;
		at = next;
	}
	return at;
}
