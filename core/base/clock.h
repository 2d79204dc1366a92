/* clock.h: what time it is, and how many days lie between two dates. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include "base/arena.h"

#include <time.h>

/* Now; $SOURCE_DATE_EPOCH instead, if that is a number: then the same run gives the same bytes. */
time_t clock_now(void);

/* A moment in local time with its zone, "2026-01-20T09:03:11+08:00"; in the arena. */
char *clock_stamp(struct arena *arena, time_t moment);

/* Such a stamp, as read: 1 if it is one. */
int clock_is_stamp(const char *text);

/* The day of a moment in local time, "2026-01-20"; in the arena. */
char *clock_day(struct arena *arena, time_t moment);

/* Days from one date to another, both as yyyymmdd, see date_read(); negative if it lies before. */
long clock_days_between(int from, int to);

#endif
