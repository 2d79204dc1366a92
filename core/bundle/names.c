/* names.c: a set of taken names, as files and as folders. */
#include "bundle/names.h"

#include "archive/name.h"
#include "base/file.h"
#include "base/utf8.h"

#include <search.h>
#include <string.h>

char *names_safe(struct arena *arena, const char *raw)
{
	struct buf clean = { 0 };
	size_t n = strlen(raw);
	while (n > 0) {
		size_t good = utf8_check(raw, n);
		for (const char *p = raw, *end = raw + good; p < end;) {
			const char *at = p;
			uint32_t c = utf8_next(&p, end);
			if (c < 0x20 || (c >= 0x7F && c < 0xA0))
				buf_addc(&clean, '_');
			else
				buf_add(&clean, at, (size_t)(p - at));
		}
		if (good < n) {
			buf_addc(&clean, '_');
			good++;
		}
		raw += good;
		n -= good;
	}
	char *safe = name_safe(arena, buf_str(&clean));
	buf_release(&clean);
	return safe;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* Keys are "f" or "d" and the folded name. */
static int has(const struct names *names, char kind, const char *fold)
{
	void *root = names->taken;
	return tfind(arena_printf(names->arena, "%c%s", kind, fold), &root, by_text) != NULL;
}

static void put(struct names *names, char kind, const char *fold)
{
	tsearch(arena_printf(names->arena, "%c%s", kind, fold), &names->taken, by_text);
}

/* Which part of a path is in the way, counted from 1: a folder that is a file, or the last one; 0:
 * none. */
static unsigned conflict(const struct names *names, const char *fold)
{
	unsigned part = 1;
	for (const char *slash = fold; (slash = strchr(slash, '/')) != NULL; slash++, part++)
		if (has(names, 'f', arena_strndup(names->arena, fold, (size_t)(slash - fold))))
			return part;
	return has(names, 'f', fold) || has(names, 'd', fold) ? part : 0;
}

/* The path with "-n" at the end of one of its parts, before a file's ending. */
static const char *with_number(struct arena *arena, const char *path, unsigned part, unsigned n)
{
	const char *start = path, *end;
	while (--part > 0)
		start = strchr(start, '/') + 1;
	end = start + strcspn(start, "/");
	if (*end == '\0') {
		const char *dot = strrchr(start, '.');
		end = dot && dot > start ? dot : end;
	}
	return arena_printf(arena, "%.*s-%u%s", (int)(end - path), path, n, end);
}

const char *names_take(struct names *names, const char *wanted)
{
	const char *name = wanted, *fold = name_fold(names->arena, name);
	for (unsigned n = 2, part; (part = conflict(names, fold)) != 0; n++) {
		name = with_number(names->arena, wanted, part, n);
		fold = name_fold(names->arena, name);
	}
	put(names, 'f', fold);
	for (const char *slash = fold; (slash = strchr(slash, '/')) != NULL; slash++)
		put(names, 'd', arena_strndup(names->arena, fold, (size_t)(slash - fold)));
	return name;
}

void names_release(struct names *names)
{
	while (names->taken) {
		const void *key = *(void *const *)names->taken;
		tdelete(key, &names->taken, by_text);
	}
}
