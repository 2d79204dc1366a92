/* Dates and moments. */
#include "base/clock.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static struct arena arena;

Test(base, clock_stamp)
{
	setenv("TZ", "CST-8", 1);
	cr_expect_str_eq(clock_stamp(&arena, 1767196800), "2026-01-01T00:00:00+08:00");
	cr_expect_str_eq(clock_day(&arena, 1767196799), "2025-12-31");
	setenv("TZ", "NST3:30", 1);
	tzset();
	cr_expect_str_eq(clock_stamp(&arena, 1767196800), "2025-12-31T12:30:00-03:30");
	arena_release(&arena);
}

Test(base, clock_is_stamp)
{
	cr_expect(clock_is_stamp("2026-01-20T09:03:11+08:00"));
	cr_expect(clock_is_stamp("2026-01-20T09:03:11-03:30"));
	cr_expect_not(clock_is_stamp("2026-02-30T09:03:11+08:00"));
	cr_expect_not(clock_is_stamp("2026-01-20T09:03:11"));
	cr_expect_not(clock_is_stamp("2026-01-20 09:03:11+08:00"));
	cr_expect_not(clock_is_stamp("2026-01-20T09:03:11+08:000"));
	cr_expect_not(clock_is_stamp(""));
}

Test(base, clock_now)
{
	setenv("SOURCE_DATE_EPOCH", "1767196800", 1);
	cr_expect_eq(clock_now(), 1767196800);
	setenv("SOURCE_DATE_EPOCH", "soon", 1);
	cr_expect_gt(clock_now(), 1767196800);
	setenv("SOURCE_DATE_EPOCH", "99999999999999", 1);
	cr_expect_lt(clock_now(), 253402300800LL);
}

Test(base, clock_days_between)
{
	cr_expect_eq(clock_days_between(20260131, 20260203), 3);
	cr_expect_eq(clock_days_between(20260203, 20260131), -3);
	cr_expect_eq(clock_days_between(20240228, 20240301), 2);
	cr_expect_eq(clock_days_between(20251231, 20260101), 1);
	cr_expect_eq(clock_days_between(20260101, 20260101), 0);
}
