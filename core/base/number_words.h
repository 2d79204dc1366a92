/* number_words.h: the words that tell what a number is: units, set phrases, what stands behind one.
 */
#ifndef BASE_NUMBER_WORDS_H
#define BASE_NUMBER_WORDS_H

#include <stddef.h>

enum unit_kind {
	UNIT_NONE,
	UNIT_COUNT,   /* 件, 人次: counts things */
	UNIT_MONEY,   /* 元 */
	UNIT_TIME,    /* 天, 小时: a duration is no figure */
	UNIT_GRADE,   /* 级, 类 behind a Chinese numeral: 三级, 二类 */
	UNIT_ARTICLE, /* 条, 款 behind 第 */
};

/* A measure word at `text`: its length in bytes and its kind; 0 and UNIT_NONE if there is none. */
size_t unit_at(const char *text, enum unit_kind *kind);

/* Whether a Chinese numeral before this unit counts: 三个 does, 二次 and 两手 do not. */
int unit_counts_chinese(const char *text, size_t n);

/*
 * A set phrase with numerals in it whose numeral stands at `text`: 十四五,
 * 一网通办, 三项制度. Its length from there on, 0 if there is none.
 */
size_t phrase_at(const char *text);

/* Whether `n` digits are a hotline's: 12345 with 热线, 平台 or the like behind them. */
int is_hotline(const char *digits, size_t n, const char *after);

#endif
