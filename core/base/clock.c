/* clock.c: what time it is, and how many days lie between two dates. */
#include "base/clock.h"

#include "base/quantity.h"

#include <stdlib.h>
#include <string.h>

time_t clock_now(void)
{
	const char *given = getenv("SOURCE_DATE_EPOCH");
	char *end;
	if (given && *given >= '0' && *given <= '9') {
		long long seconds = strtoll(given, &end, 10);
		if (*end == '\0' && seconds < 253402300800LL) /* the year 10000 */
			return (time_t)seconds;
	}
	return time(NULL);
}

char *clock_stamp(struct arena *arena, time_t moment)
{
	struct tm parts;
	char text[40], zone[8];
	localtime_r(&moment, &parts);
	strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
	strftime(zone, sizeof zone, "%z", &parts);
	return arena_printf(arena, "%s%.3s:%s", text, zone, strlen(zone) > 3 ? zone + 3 : "00");
}

char *clock_day(struct arena *arena, time_t moment)
{
	return arena_strndup(arena, clock_stamp(arena, moment), 10);
}

int clock_is_stamp(const char *text)
{
	static const char form[] = "dddd-dd-ddTdd:dd:ddsdd:dd";
	char day[11] = "";
	size_t i = 0;
	for (; form[i] && text[i]; i++) {
		int digit = text[i] >= '0' && text[i] <= '9';
		int sign = text[i] == '+' || text[i] == '-';
		if (form[i] == 'd' ? !digit : form[i] == 's' ? !sign : text[i] != form[i])
			return 0;
	}
	if (form[i] || text[i])
		return 0;
	memcpy(day, text, 10);
	return date_read(day) != 0;
}

/* Days since a fixed day. */
static long day_number(int date)
{
	long y = date / 10000, m = date / 100 % 100, d = date % 100;
	if (m < 3) {
		y--;
		m += 12;
	}
	return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m - 457) / 5 + d;
}

long clock_days_between(int from, int to)
{
	return day_number(to) - day_number(from);
}
