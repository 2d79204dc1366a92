/* name_decode.c: the names of a zip in UTF-8, whatever its writer made of them. */
#include "archive/name_decode.h"

#include "base/i18n.h"
#include "base/utf8.h"

#include <iconv.h>
#include <stdlib.h>
#include <string.h>

static int is_ascii(const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)text[i] >= 0x80)
			return 0;
	return 1;
}

/* Nothing says what its bytes mean. */
static int is_unmarked(const struct zip_listed *item)
{
	return !(item->flags & ZIP_FLAG_UTF8) && !item->unicode &&
	       !is_ascii(item->raw, item->raw_length);
}

/* ---- GB18030 ----------------------------------------------------------- */

/* In UTF-8, in the arena; NULL if it is no GB18030. */
static const char *from_gb18030(iconv_t cd, const char *raw, size_t n, struct arena *arena)
{
	size_t room = 2 * n, left = room;
	char *in = (char *)(uintptr_t)raw, *out = mem_alloc(room + 1), *to = out;
	const char *name = NULL;

	iconv(cd, NULL, NULL, NULL, NULL);
	if (iconv(cd, &in, &n, &to, &left) == 0 && n == 0)
		name = arena_strndup(arena, out, room - left);
	free(out);
	return name;
}

static int has_chinese(const char *text, size_t n)
{
	const char *end = text + n;

	while (text < end)
		if (utf8_is_cjk(utf8_next(&text, end)))
			return 1;
	return 0;
}

/* Systems on which names without a mark are in the charset of the country. */
static int is_windows(const struct zip_listed *item)
{
	return item->system == ZIP_SYSTEM_FAT || item->system == ZIP_SYSTEM_NTFS ||
	       item->system == ZIP_SYSTEM_VFAT;
}

static const char *choose(const struct zip_listing *listing)
{
	size_t unmarked = 0, windows = 0;
	int chinese = 0;

	for (size_t i = 0; i < listing->count; i++) {
		const struct zip_listed *item = &listing->items[i];

		if (!is_unmarked(item))
			continue;
		if (utf8_check(item->raw, item->raw_length) != item->raw_length)
			return "GB18030";
		chinese = chinese || has_chinese(item->raw, item->raw_length);
		windows += (size_t)is_windows(item);
		unmarked++;
	}
	if (unmarked == 0)
		return NULL;
	return !chinese && windows == unmarked ? "GB18030" : "UTF-8";
}

static void decode(struct zip_listing *listing, struct arena *arena)
{
	int gb = listing->charset && strcmp(listing->charset, "GB18030") == 0;
	iconv_t cd = gb ? iconv_open("UTF-8", "GB18030") : (iconv_t)-1;

	for (size_t i = 0; i < listing->count; i++) {
		struct zip_listed *item = &listing->items[i];

		item->name = item->raw;
		if (item->unicode && !(item->flags & ZIP_FLAG_UTF8))
			item->name = item->unicode;
		if (cd != (iconv_t)-1 && is_unmarked(item)) {
			item->name = from_gb18030(cd, item->raw, item->raw_length, arena);
			if (!item->name)
				item->name = item->raw;
		}
	}
	if (cd != (iconv_t)-1)
		iconv_close(cd);
}

/* ---- two names for one ------------------------------------------------- */

static const char *extension(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot ? dot : "";
}

/* Whether a name leads out of its folder to any reader. */
static int leads_out(const char *name)
{
	if (*name == '/' || *name == '\\')
		return 1;
	for (const char *part = name;; part++) {
		size_t n = strcspn(part, "/\\");

		if (n == 2 && part[0] == '.' && part[1] == '.')
			return 1;
		part += n;
		if (*part == '\0')
			return 0;
	}
}

static int is_folder(const char *name)
{
	return *name != '\0' && name[strlen(name) - 1] == '/';
}

/*
 * Whether the bytes and the extra field can mean one name. Writers put what
 * they like into the bytes where a character has none, but never instead of
 * ASCII: what is all ASCII must be equal, and so must the extension.
 */
static int agree(const char *raw, const char *unicode)
{
	const char *a = extension(raw), *b = extension(unicode);

	if (leads_out(raw) || is_folder(raw) != is_folder(unicode))
		return 0;
	if (is_ascii(raw, strlen(raw)) && is_ascii(unicode, strlen(unicode)))
		return strcmp(raw, unicode) == 0;
	return !is_ascii(a, strlen(a)) || !is_ascii(b, strlen(b)) || strcmp(a, b) == 0;
}

static void compare(struct zip_listed *item)
{
	int flagged = (item->flags & ZIP_FLAG_UTF8) != 0;

	if (item->problem)
		return;
	if ((item->unicode && flagged && strcmp(item->unicode, item->raw) != 0) ||
	    (item->unicode && !flagged && !agree(item->raw, item->unicode)) ||
	    (item->local_unicode && strcmp(item->local_unicode, item->name) != 0))
		item->problem = N_("the zip gives it two different names");
}

/* ---- separators -------------------------------------------------------- */

static int has_folders(const char *name)
{
	const char *slash = strchr(name, '/');

	return slash && slash[1] != '\0';
}

static void separate(struct zip_listing *listing, struct arena *arena)
{
	for (size_t i = 0; i < listing->count; i++)
		if (has_folders(listing->items[i].name))
			return;
	for (size_t i = 0; i < listing->count; i++) {
		struct zip_listed *item = &listing->items[i];
		char *name;

		/* Bytes that could not be read may hold one by chance. */
		if (!strchr(item->name, '\\') ||
		    utf8_check(item->name, strlen(item->name)) != strlen(item->name))
			continue;
		item->name = name = arena_strdup(arena, item->name);
		for (; *name; name++)
			if (*name == '\\')
				*name = '/';
	}
}

void zip_names(struct zip_listing *listing, struct arena *arena)
{
	listing->charset = choose(listing);
	decode(listing, arena);
	for (size_t i = 0; i < listing->count; i++)
		compare(&listing->items[i]);
	separate(listing, arena);
}
