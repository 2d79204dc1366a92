/*
 * text.h: looking around in a passage, character by character: what the
 * checks of a passage share. All of it is bounded, so that a check takes time
 * in proportion to the passage, whatever stands there.
 */
#ifndef REVIEW_TEXT_H
#define REVIEW_TEXT_H

#include "base/utf8.h"
#include "review/review.h"

#include <string.h>

enum {
	TEXT_FOUND_MAX =
	    20, /* findings of one code in a passage: whoever has twenty has understood */
	TEXT_BLANKS_MAX = 4 /* blanks that part what belongs together */
};

/* A check's way through a passage. */
struct search {
	const struct reviewer *reviewer;
	const struct passage *passage;
	const char *start, *end;    /* of its text */
	enum nb_severity severity;  /* of what is found; 0: the code's own */
	unsigned found[CODE_COUNT]; /* so far */
};

static inline struct search search_begin(
    const struct reviewer *reviewer, const struct passage *passage)
{
	return (struct search){ .reviewer = reviewer,
		.passage = passage,
		.start = passage->text,
		.end = passage->text + passage->size };
}

/* Records a finding at `at`, unless there are plenty. `a` is its subject, `a` and `b` its
 * arguments. */
static inline void search_report(struct search *search, enum code code, const char *at,
    const char *message, const char *a, const char *b)
{
	const struct reviewer *reviewer = search->reviewer;
	if (search->found[code]++ >= TEXT_FOUND_MAX)
		return;
	findings_add(reviewer->findings,
	    &(struct finding){ .code = code_table[code].id,
	        .severity = search->severity ? search->severity : code_table[code].severity,
	        .department = reviewer->department,
	        .at = passage_place(search->passage, (size_t)(at - search->start)),
	        .subject = a,
	        .message = message,
	        .args = { a, b } });
}

/* A copy of [from, to), for a message. */
static inline const char *search_copy(const struct search *search, const char *from, const char *to)
{
	return arena_strndup(search->reviewer->arena, from, (size_t)(to - from));
}

/*
 * Whether any of the words (NULL-ended) stands in the passage. Most passages
 * have nothing of what a check looks for, and searching is far faster than
 * reading.
 */
static inline int search_has(const struct search *search, const char *const *words)
{
	for (; *words; words++)
		if (strstr(search->start, *words))
			return 1;
	return 0;
}

/* The value of a digit of either width, or -1. */
static inline int text_digit(uint32_t c)
{
	if (c >= '0' && c <= '9')
		return (int)(c - '0');
	return c >= 0xFF10 && c <= 0xFF19 ? (int)(c - 0xFF10) : -1;
}

/* 0 to 9 for 〇 to 九, or -1. ○ and 零 are written for 〇. */
static inline int text_numeral(uint32_t c)
{
	static const uint32_t numerals[] = { 0x3007, 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D,
		0x4E03, 0x516B, 0x4E5D };
	for (int i = 0; i < 10; i++)
		if (numerals[i] == c)
			return i;
	return c == 0x25CB || c == 0x96F6 ? 0 : -1;
}

static inline int text_is_letter(uint32_t c)
{
	if (c >= 0xFF21 && c <= 0xFF5A) /* full-width */
		c -= 0xFEE0;
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* A letter or digit of either width. */
static inline int text_is_word(uint32_t c)
{
	return text_is_letter(c) || text_digit(c) >= 0;
}

/* The marks that part a sentence, full-width and half-width. */
static inline int text_is_stop(uint32_t c)
{
	return c == 0xFF0C || c == 0x3002 || c == 0x3001 || c == 0xFF1B || c == 0xFF1A ||
	       c == 0xFF1F || c == 0xFF01;
}

static inline int text_is_half_stop(uint32_t c)
{
	return c == ',' || c == ';' || c == ':' || c == '?' || c == '!';
}

/* A blank within a line. */
static inline int text_is_blank(uint32_t c)
{
	return c != '\n' && utf8_is_space(c);
}

/* The character at `p`; 0 at the end. */
static inline uint32_t text_at(const char *p, const char *end)
{
	return utf8_next(&p, end);
}

/* Behind the blanks at `p`, a few at most; not over the end of the line. */
static inline const char *text_skip_blanks(const char *p, const char *end)
{
	for (int i = 0; i < TEXT_BLANKS_MAX; i++) {
		const char *next = p;
		uint32_t c = utf8_next(&next, end);
		if (!text_is_blank(c))
			break;
		p = next;
	}
	return p;
}

/* The length of the word if it begins at `p`, else 0. The text is NUL-ended. */
static inline size_t text_word(const char *p, const char *word)
{
	size_t n = strlen(word);
	return strncmp(p, word, n) == 0 ? n : 0;
}

/* The length of the first word of a NULL-ended list that begins at `p`, or 0. */
static inline size_t text_any(const char *p, const char *const *words)
{
	size_t n = 0;
	for (; *words && !n; words++)
		n = text_word(p, *words);
	return n;
}

/* The same for a word that ends at `p`. */
static inline size_t text_any_before(const char *start, const char *p, const char *const *words)
{
	for (; *words; words++) {
		size_t n = strlen(*words);
		if ((size_t)(p - start) >= n && memcmp(p - n, *words, n) == 0)
			return n;
	}
	return 0;
}

/* `n` characters to the left of `p`, or where the line begins. */
static inline const char *text_left(const char *start, const char *p, int n)
{
	while (n-- > 0 && p > start && p[-1] != '\n')
		do
			p--;
		while (p > start && ((unsigned char)*p & 0xC0) == 0x80);
	return p;
}

/* `n` characters to the right of `p`, or where the line ends. */
static inline const char *text_right(const char *p, const char *end, int n)
{
	while (n-- > 0 && p < end && *p != '\n')
		utf8_next(&p, end);
	return p;
}

/* [from, to) with so many characters before and behind it, for a message. */
static inline const char *search_excerpt(
    const struct search *search, const char *from, const char *to, int before, int behind)
{
	return search_copy(
	    search, text_left(search->start, from, before), text_right(to, search->end, behind));
}

#endif
