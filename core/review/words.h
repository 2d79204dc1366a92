/* words.h: words around a number that change nothing of what it counts, and those that do. */
#ifndef REVIEW_WORDS_H
#define REVIEW_WORDS_H

#include <stddef.h>

/*
 * Whether `n` bytes before a figure's name, or behind it, only say that
 * something was done, when and by whom: 全年共组织开展. 查处食品领域 is not.
 */
int words_are_neutral(const char *text, size_t n);

/* Whether `n` bytes between a name and its number only join them: 共, 达到, 数量为. */
int words_join(const char *text, size_t n);

/* Whether what stands directly before a name narrows it: 部门规范性文件, 重点领域行政处罚. */
int words_narrow(const char *text, size_t n);

/*
 * Words that join two names (、 和 与 及 以及): bytes of the one that `n` bytes
 * begin with, or end with; 0 if there is none. 参与 and 涉及 join nothing.
 */
size_t words_begin_joined(const char *text, size_t n);
size_t words_end_joined(const char *text, size_t n);

/* Whether such a word stands anywhere in `n` bytes, or 等, which stands for names left out. */
int words_hold_joined(const char *text, size_t n);

/* Whether it speaks of a sum, 共 or 合计, and whether of one number for each, 分别 or 各. */
int words_of_sum(const char *text, size_t n);
int words_of_each(const char *text, size_t n);

/* Whether it speaks of something else than a department's own work as a whole: 民商事, 自行,
 * 各单位. */
int words_of_others(const char *text, size_t n);

/* Whether the text compares, or speaks of more or less than this year: 同比, 增长, 占, 人均. */
int words_compare(const char *text, size_t n);

/* Whether it speaks of the year before: 上年, 去年, or of a year by its number that is not `year`.
 */
int words_of_last_year(const char *text, size_t n);
int words_of_other_year(const char *text, size_t n, int year);

/* Whether it speaks of the county as a whole: 全县, 全市. */
int words_of_county(const char *text, size_t n);

#endif
