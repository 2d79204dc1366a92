/*
 * numeral.h: one written number, in digits or Chinese numerals, and the words
 * that make it approximate: what values in INI and CSV and numbers in prose
 * have in common.
 */
#ifndef BASE_NUMERAL_H
#define BASE_NUMERAL_H

#include <nianbao/plugin.h>

#include <stddef.h>
#include <string.h>

/* Which side of the written number the true one lies on. */
enum side {
	SIDE_EXACT,
	SIDE_ABOVE, /* up to the next step of the last digit that is not 0: 2500余 is below 2600 */
	SIDE_BELOW, /* down to the step before: 近800 is above 700 */
	SIDE_AROUND,
	SIDE_AT_LEAST, /* no upper bound */
	SIDE_AT_MOST
};

/* What is written before any unit is worked out. */
struct numeral {
	int64_t value; /* millionths */
	int64_t step;  /* of the last digit that is not 0, millionths */
	unsigned decimals;
	char digits[32]; /* in Arabic digits, without separators */
};

/*
 * All of these read at `*at`, NUL-ended UTF-8, and move past what they read.
 * The words found are constants.
 */

/* 近, 不少于 before a number; 余, 以上 behind it; SIDE_EXACT if there is none. */
enum side numeral_before(const char **at, const char **word);
enum side numeral_after(const char **at, const char **word);

/* The word of numeral_before() that ends at `end`, not looking before `start`; NULL if none does.
 */
const char *numeral_word_before(const char *start, const char *end, enum side *side);

/* "2,500", "96.3", in half-width digits. NULL, or what is wrong, untranslated. */
const char *numeral_digits(const char **at, struct numeral *numeral);

/*
 * 十四, 二百零三, 一万二千, 两. Returns 0 if no numeral stands here, or none
 * that counts (三四, 百, 二〇二一: see numeral_run()); then `*at` stays.
 */
int numeral_chinese(const char **at, struct numeral *numeral);

/* The same with decimals, six at most: 九十五点五. */
int numeral_chinese_decimal(const char **at, struct numeral *numeral);

/* Bytes of the run of Chinese numerals at `text`, 万 and 亿 included; looks at `most` of them. */
size_t numeral_run(const char *text, size_t most);

/* The figure that one Chinese numeral stands for, 0 to 9; -1 for any other character. */
int numeral_figure(const char *text);

/* 万, 亿, 万亿 before a unit; 1 if there is none. */
int64_t numeral_magnitude(const char **at, const char **word);

/* Whether `word` stands at `at`, NUL-ended. Most do not: faster than strncmp(). */
static inline int begins(const char *at, const char *word)
{
	while (*word)
		if (*at++ != *word++)
			return 0;
	return 1;
}

/* Whether `word`, not "", ends at `at`, not before `start`. Most differ in the last byte. */
static inline int ends(const char *start, const char *at, const char *word)
{
	size_t n = strlen(word);
	return (size_t)(at - start) >= n && at[-1] == word[n - 1] && memcmp(at - n, word, n) == 0;
}

/* Passes `word`; 0 if it does not stand here. */
int numeral_skip(const char **at, const char *word);

/* The bounds of a value whose last step is `step`: state, low and high of `out`. */
void numeral_bounds(int64_t value, int64_t step, enum side side, struct nb_quantity *out);

/* How an approximate quantity was worded, told from its text. */
enum side numeral_wording(const struct nb_quantity *quantity);

#endif
