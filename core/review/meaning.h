/* meaning.h: which figure a number in its context means, by name, value or sum. */
#ifndef REVIEW_MEANING_H
#define REVIEW_MEANING_H

#include "review/context.h"

/* The nearest name of a value that agrees; this chapter's before others'. */
struct stated *meaning_agreeing(const struct context *context, const char *chapter, int last);

/*
 * Without a name: a telling value in the figure's own unit, within the chapter,
 * where no other figure of that unit is named beside it.
 */
struct stated *meaning_by_value(
    const struct context *context, const struct names *names, const char *chapter);

/* 学习12次，其中学法4次: what comes behind 其中 is the figure, and the number the whole. */
int meaning_is_whole(const struct context *context, const struct stated *stated);

/*
 * The one figure of the chapter that the number's name can mean, or NULL. Of
 * two with that name it is the one that the text spoke of last; if it spoke of
 * neither, none is meant.
 */
struct stated *meaning_by_name(
    const struct context *context, const struct names *names, const char *chapter);

/* Whether several names stand before the number and 共 says that it is their sum. */
int meaning_is_of_several(const struct context *context);

/* 撤销、变更共4件: the number is the sum of the figures named before it. */
int meaning_is_sum(const struct context *context, const char *chapter);

#endif
