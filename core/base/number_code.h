/* number_code.h: digits that name something: addresses, telephone and licence numbers, versions. */
#ifndef BASE_NUMBER_CODE_H
#define BASE_NUMBER_CODE_H

#include <stddef.h>

/*
 * A run of letters, digits and signs at `at` that is an address or a code:
 * behind it, or NULL. Sets `*no_code`: up to there no digit begins another.
 */
const char *past_code(const char *at, const char *end, const char **no_code);

/* 1.1.2, 192.168.1.1: behind it, or NULL; a written date is tried before. */
const char *past_version(const char *at);

/* 0356-7022222, 0356）7022222, 13800000000, 400-800-8888, and runs too long for anything counted;
 * or NULL. */
const char *past_telephone(const char *at);

/* Whether `n` digits are a hotline's: 12345 with 热线, 平台 or the like behind them. */
int is_hotline(const char *digits, size_t n, const char *after);

/* Whether `n` digits are dialled: 拨打110, 电话：7021234, and nothing that is counted follows. */
int is_dialled(const char *text, const char *digits, size_t n);

#endif
