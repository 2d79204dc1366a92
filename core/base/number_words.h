/* number_words.h: the words that tell what a number is: units, set phrases, what stands behind one.
 */
#ifndef BASE_NUMBER_WORDS_H
#define BASE_NUMBER_WORDS_H

#include <stddef.h>

enum unit_kind {
	UNIT_NONE,
	UNIT_COUNT, /* 件, 人次: counts things */
	UNIT_MONEY, /* 元 */
	UNIT_TIME,  /* 天, 小时: a duration is no figure */
	UNIT_GRADE, /* 级 behind a Chinese numeral: 三级 */
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

/* An idiom whose numerals count nothing: 三番五次. Its length from `text` on, or 0. */
size_t idiom_at(const char *text);

/* Whether a word follows that is no unit, nor makes a number larger or approximate: 接听. */
int word_follows(const char *after);

/* 三无三可, 五纵四横: two figures, each with a character that counts nothing. Behind it, or NULL.
 */
const char *past_pair(const char *at);

/* Words before 一 that make it a count: 仅一件, 共一批, 只保留一个. */
int makes_one_count(const char *text, const char *at);

/* What stands before a numeral and makes another word of it: 数十, 几百, 每三个月, 四处奔走. */
int is_part_of_word(const char *text, const char *at);

/* Whether 第3号 numbers a thing and no document: 楼, 线 behind 号. */
int is_numbered_thing(const char *after);

#endif
