/* number.h: the numbers of headings and points (GB/T 9704-2012, 7.3.3). */
#ifndef DOCUMENT_NUMBER_H
#define DOCUMENT_NUMBER_H

#include "base/arena.h"

#include <nianbao/plugin.h>

#include <stddef.h>

/* Level 1 一、 2 （一） 3 1. 4 （1） and below that ①; in the arena. `n` counts from 1. */
const char *number_of_level(struct arena *arena, unsigned level, unsigned n);

/* 一是, 二是, … */
const char *number_shi(struct arena *arena, unsigned n);

/* 1..9999 in Chinese numerals: 十, 十一, 二十, 一百零三. */
const char *chinese_number(struct arena *arena, unsigned n);

/*
 * Bytes of a number that somebody typed before a headline: "一、", "（二）",
 * "3.", "（4）", "一是". 0 if there is none: "1.5亿元" and "12345热线" begin
 * with none.
 */
size_t typed_number(const char *headline);

#endif
