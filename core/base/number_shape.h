/* number_shape.h: what digits look like where they are a date, a telephone number or a name. */
#ifndef BASE_NUMBER_SHAPE_H
#define BASE_NUMBER_SHAPE_H

#include <stddef.h>

/*
 * All of these look at NUL-ended text from its first digit on, a bounded way
 * ahead, and return what stands behind the thing; NULL if it is none.
 */

/* Half-width digits side by side, 32 at most. */
size_t digits_at(const char *at);

/* 2,500 and 96.3 but no more of 537,32: behind the number. Never NULL where a digit stands. */
const char *past_number(const char *at);

/* —, -, 至, 到 between two numbers; `at` itself if none stands there. */
const char *past_dash(const char *at);

/* 2021-03-09, 2021.3.9, 2021.03, 20210309, 10:05:38. */
const char *past_written_date(const char *at);

/* 10月30日, 11月底, 十月, 1—11月; digits or numerals. */
const char *past_month(const char *at);

/* What may follow 年: 度, 底, a month, 第3号; `*document` if it is an issue of a gazette. */
const char *past_year(const char *at, int *document);

/* 2021年…, 2020—2025年, 2020、2021年, 30日, 14时30分, 3年. */
const char *past_date(const char *at, int *document);

/* 7×24小时, 1+1+N, N+1, 3·15: digits joined by signs. */
const char *past_joined(const char *at);

/* 3:2; a time of day is tried before. */
const char *past_ratio(const char *at);

/* 3.15, 12.4 in quotation marks, or with 国家宪法日 or the like behind: behind the day. */
const char *past_day_name(const char *text, const char *at);

/* 19大, 20届三中全会; 20大类 is none. */
const char *past_congress(const char *text, const char *at);

/* 届六中全会, 届三次, 大 behind a number; `at` itself if none stands there. */
const char *past_session(const char *at);

/* 95后, 00后. */
const char *past_generation(const char *at);

/* 二〇二一年, 二○三五年十月: `*document` as for past_year(). */
const char *past_chinese_year(const char *at, int *document);

/*
 * 〔2021〕28号 and （2021）晋05行终12号, blanks inside or not, the year at `at`;
 * `*start` then is where the bracket stands, not before `text`.
 */
const char *past_document(const char *text, const char *at, const char *end, const char **start);

/* （2021）: a year by itself in brackets; behind the year. */
const char *past_year_alone(const char *text, const char *at);

#endif
