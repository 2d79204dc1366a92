/* quantity.h: reading, adding and printing of quantities (struct nb_quantity). */
#ifndef BASE_QUANTITY_H
#define BASE_QUANTITY_H

#include "base/arena.h"

#include <nianbao/plugin.h>

/*
 * Reads the value of a figure as a department writes it: "14", "2,500",
 * "２５００余", "近800", "20余万元", "96.3%", "/", "". The number may carry the
 * figure's own unit; an amount may be given in 元, 万元 or 亿元 and is turned
 * into the figure's. Strings go into the arena.
 * Returns NULL, or what is wrong as an untranslated message (N_()), with
 * `*out` left absent.
 */
const char *quantity_read(struct arena *arena, const char *text, enum nb_kind kind,
    const char *unit, struct nb_quantity *out);

/* Exact quantity of `millionths`, printed with `decimals` digits, `percent`: with a sign. */
struct nb_quantity quantity_exact(
    struct arena *arena, int64_t millionths, unsigned decimals, int percent);

/*
 * Sum of two numbers, intervals added: "2500余" and "30" are "2530余". A
 * quantity that is no number adds nothing. Text in the arena.
 */
struct nb_quantity quantity_add(
    struct arena *arena, const struct nb_quantity *a, const struct nb_quantity *b, int percent);

/* Millionths as a decimal number with `decimals` digits at most and no padding. */
char *quantity_print(struct arena *arena, int64_t millionths, unsigned decimals);

/* The number as it was written, without the words around it: 2500余 gives "2500". In the arena. */
char *quantity_number(struct arena *arena, const struct nb_quantity *quantity);

/* Saturating arithmetic on bounds; NB_UNBOUNDED absorbs. */
int64_t bound_add(int64_t a, int64_t b);

/* A date "2025-03-09" that exists, as yyyymmdd; 0 if it is none. */
int date_read(const char *text);

/*
 * A day as people and Excel write it (2025-3-9, 2025/03/09, 2025.3.9,
 * 2025年3月9日, 20250309, with 0:00 behind it or not) as "2025-03-09", in the
 * arena; the text itself if it is that already. NULL if it is no day.
 */
const char *date_plain(struct arena *arena, const char *text);

/* Whether both can be the same value: their intervals share one. */
int quantities_overlap(const struct nb_quantity *a, const struct nb_quantity *b);

#endif
