/*
 * number.h: the numbers in a Chinese text and what each of them is: a
 * quantity with its unit, or a date, a document number, an article, a name.
 */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include "base/arena.h"

#include <nianbao/plugin.h>

#include <stddef.h>

enum number_kind {
	NUMBER_QUANTITY, /* 2500余次, 近800件, 20余万元, 96.3%, 两批, 九大综合执法队 */
	NUMBER_DATE,     /* 2021年, 10月30日, 2025-03-09, 10:05, 二〇三五年, 第三季度 */
	NUMBER_DOCUMENT, /* 沁政办发〔2021〕28号, 国务院令第713号 */
	NUMBER_ARTICLE,  /* 第二十四条, 第一款 */
	NUMBER_ORDINAL,  /* 第一批, 首批, 一是, （一）, 1., 一期, 3号楼 */
	NUMBER_NAME, /* 十四五, 八五普法, 二十大, 7×24小时, 1+1+N, 三无三可, 一件事一次办 */
	NUMBER_CODE /* 12345热线, telephone and licence numbers */
};

struct number {
	enum number_kind kind;
	size_t start, end;         /* bytes in the text: approximating words, digits and unit */
	size_t digits, digits_end; /* the digits or numerals alone */
	/* NUMBER_QUANTITY: its value in `unit`, 万 and 亿 reckoned in; text as written. */
	struct nb_quantity quantity;
	const char *unit; /* 件, 元, % or "" ; in the arena */
	int percent;      /* written with % or 百分之; NB_UNIT is one per cent */
	int points;       /* 百分点: a difference of percentages */
};

/*
 * All numbers in `n` bytes of UTF-8, in order, in the arena; `*out` takes
 * them, their count is returned. Numerals that count nothing (一些, 统一,
 * 进一步, 一方面) are no numbers. Takes time in proportion to `n`, whatever
 * stands there.
 */
size_t numbers_find(struct arena *arena, const char *text, size_t n, struct number **out);

/* "quantity", "date", …: for data, never translated. */
const char *number_kind_id(enum number_kind kind);

/*
 * A figure's unit as number.h counts: 万元 is 元 and *scale 10000, 件 is 件
 * and 1. Points into `unit`; "" for NULL.
 */
const char *unit_base(const char *unit, int64_t *scale);

#endif
