/* ini_words.c: what a value of an INI file says, and what a misspelled name may mean. */
#include "workspace/ini.h"

#include "base/utf8.h"

#include <string.h>

int ini_number(const char *value, long low, long high, long *out)
{
	long number = 0;
	if (*value == '\0')
		return 0;
	for (const char *p = value; *p; p++) {
		if (*p < '0' || *p > '9' || number > 100000000L)
			return 0;
		number = number * 10 + (*p - '0');
	}
	if (number < low || number > high)
		return 0;
	*out = number;
	return 1;
}

int ini_flag(const char *value, int *out)
{
	static const char *const yes[] = { "yes", "on", "true", "1", "是" };
	static const char *const no[] = { "no", "off", "false", "0", "否" };
	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
		if (strcmp(value, yes[i]) == 0 || strcmp(value, no[i]) == 0) {
			*out = strcmp(value, yes[i]) == 0;
			return 1;
		}
	}
	return 0;
}

const char **ini_split(struct arena *arena, const char *value, size_t *count)
{
	const char **parts = NULL;
	const char *end = value + strlen(value);
	*count = 0;
	while (value < end) {
		const char *p = value, *stop = end, *next = end;
		while (p < end) {
			const char *mark = p;
			uint32_t code = utf8_next(&p, end);
			if (code == ',' || code == 0xFF0C || code == 0x3001) {
				stop = mark;
				next = p;
				break;
			}
		}
		const char *start = value;
		utf8_trim(&start, &stop);
		if (start < stop) {
			parts = arena_grow(arena, parts, *count, sizeof *parts);
			parts[(*count)++] = arena_strndup(arena, start, (size_t)(stop - start));
		}
		value = next;
	}
	return parts;
}

/* Levenshtein's distance of two short names; `far` if it is at least that. */
static size_t distance(const char *a, const char *b, size_t far)
{
	size_t row[65], n = strlen(b);
	if (n > 64 || strlen(a) > 64)
		return far;
	for (size_t j = 0; j <= n; j++)
		row[j] = j;
	for (size_t i = 1; a[i - 1]; i++) {
		size_t corner = row[0];
		row[0] = i;
		for (size_t j = 1; j <= n; j++) {
			size_t best = corner + (a[i - 1] != b[j - 1]);
			corner = row[j];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
		}
	}
	return row[n];
}

const char *ini_nearest(const char *name, const char *const *names)
{
	const char *best = NULL;
	/* One slip in a short name; two, such as two letters swapped, from four letters on. */
	size_t least = strlen(name) < 4 ? 2 : strlen(name) / 3 + 2;
	for (; *names; names++) {
		size_t d = distance(name, *names, least);
		if (d < least) {
			least = d;
			best = *names;
		}
	}
	return best;
}
