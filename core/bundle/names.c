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

static int has(void *tree, const char *fold)
{
	return tfind(fold, &tree, by_text) != NULL;
}

/*
 * Which part of a path is in the way, counted from 1: a folder that is a file,
 * or the last one; 0: none.
 */
static unsigned conflict(struct names *names, const char *fold)
{
	unsigned part = 1;
	buf_clear(&names->path);
	buf_adds(&names->path, fold);
	for (char *slash = names->path.data; slash && (slash = strchr(slash, '/')) != NULL;
	     *slash++ = '/', part++) {
		*slash = '\0';
		if (has(names->files, names->path.data))
			return part;
	}
	return has(names->files, fold) || has(names->folders, fold) ? part : 0;
}

/* The folders above a name. Most are known by now. */
static void put_folders(struct names *names, const char *fold)
{
	buf_clear(&names->path);
	buf_adds(&names->path, fold);
	for (char *slash = names->path.data; slash && (slash = strrchr(names->path.data, '/'));) {
		*slash = '\0';
		if (has(names->folders, names->path.data))
			return;
		tsearch(arena_strdup(names->arena, names->path.data), &names->folders, by_text);
	}
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
	tsearch(fold, &names->files, by_text);
	put_folders(names, fold);
	return name;
}

static void release(void **tree)
{
	while (*tree) {
		const void *key = *(void *const *)*tree;
		tdelete(key, tree, by_text);
	}
}

void names_release(struct names *names)
{
	release(&names->files);
	release(&names->folders);
	buf_release(&names->path);
}
