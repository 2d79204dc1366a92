/* name.c: which file names may come in, and which go out. */
#include "archive/name.h"

#include "base/i18n.h"
#include "base/utf8.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <utf8proc.h>

enum {
	PART_MAX = 255,     /* what file systems take: Linux bytes, Windows and macOS characters */
	SAFE_PART_MAX = 200 /* leaves room for the folder that Windows unpacks into */
};

/* Characters that do something instead of being seen: controls, and those that turn text around. */
static int is_control(uint32_t code)
{
	return code < 0x20 || (code >= 0x7F && code <= 0x9F) || code == 0x2028 || code == 0x2029 ||
	       code == 0x200E || code == 0x200F || (code >= 0x202A && code <= 0x202E) ||
	       (code >= 0x2066 && code <= 0x2069) || code == 0xFEFF;
}

/* Characters as Windows counts them: those beyond the first 65,536 are two. */
static size_t units(const char *part, size_t n)
{
	size_t count = 0;

	for (const char *end = part + n; part < end;)
		count += utf8_next(&part, end) > 0xFFFF ? 2 : 1;
	return count;
}

const char *name_problem(const char *name)
{
	size_t n = strlen(name);

	if (n == 0)
		return N_("the name is empty");
	if (utf8_check(name, n) != n)
		return N_("the name is not UTF-8");
	if (name[0] == '/')
		return N_("the name is an absolute path");
	if (isalpha((unsigned char)name[0]) && name[1] == ':')
		return N_("the name begins with a drive");
	if (strchr(name, '\\'))
		return N_("the name contains a backslash");
	if (n > NAME_BYTES_MAX)
		return N_("the name is longer than 1000 bytes");
	for (const char *at = name, *end = name + n; at < end;)
		if (is_control(utf8_next(&at, end)))
			return N_("the name contains control characters");
	for (const char *part = name;;) {
		size_t length = strcspn(part, "/");

		if (length == 2 && part[0] == '.' && part[1] == '.')
			return N_("the name contains \"..\"");
		if (length == 0 || (length == 1 && part[0] == '.'))
			return N_("the name contains an empty part or \".\"");
		if (length > PART_MAX && units(part, length) > PART_MAX)
			return N_("a part of the name is longer than 255 characters");
		if (part[length] == '\0')
			return NULL;
		part += length + 1;
	}
}

/* Names that mean a device on Windows, with any extension. */
static int is_device(const char *part, size_t n)
{
	static const char *const devices[] = { "con", "prn", "aux", "nul", "conin$", "conout$" };
	size_t stem = 0;

	while (stem < n && part[stem] != '.')
		stem++;
	while (stem > 0 && part[stem - 1] == ' ')
		stem--;
	for (size_t i = 0; i < sizeof devices / sizeof *devices; i++)
		if (strlen(devices[i]) == stem && strncasecmp(part, devices[i], stem) == 0)
			return 1;
	if (stem < 4 || (strncasecmp(part, "com", 3) != 0 && strncasecmp(part, "lpt", 3) != 0))
		return 0;
	if (stem == 4)
		return isdigit((unsigned char)part[3]) != 0;
	/* Windows takes the superscripts for digits: COM¹ COM² COM³. */
	return stem == 5 && part[3] == '\xC2' && strchr("\xB9\xB2\xB3", part[4]) != NULL;
}

int name_has_device(const char *name)
{
	for (const char *part = name;; part++) {
		size_t n = strcspn(part, "/");

		if (is_device(part, n))
			return 1;
		part += n;
		if (*part == '\0')
			return 0;
	}
}

int name_is_litter(const char *name)
{
	static const char *const files[] = { ".DS_Store", "Thumbs.db", "desktop.ini", "Icon\r" };
	const char *base = strrchr(name, '/') ? strrchr(name, '/') + 1 : name;

	/* ~$a.docx and .~a.docx are left by programs that have a.docx open. */
	if (strncmp(name, "__MACOSX/", 9) == 0 || strncmp(base, "._", 2) == 0 ||
	    strncmp(base, "~$", 2) == 0 || strncmp(base, ".~", 2) == 0)
		return 1;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		if (strcasecmp(base, files[i]) == 0)
			return 1;
	return 0;
}

/* The longest beginning of `n` bytes that fits into `room` without cutting a character in two. */
static size_t cut(const char *text, size_t n, size_t room)
{
	if (n <= room)
		return n;
	while (room > 0 && ((unsigned char)text[room] & 0xC0) == 0x80)
		room--;
	return room;
}

static size_t without_tail(const char *part, size_t n)
{
	while (n > 0 && (part[n - 1] == '.' || part[n - 1] == ' '))
		n--;
	return n;
}

static void add_safe_part(struct buf *out, const char *part, size_t n)
{
	size_t room = SAFE_PART_MAX, extension = 0;

	n = without_tail(part, n);
	if (n == 0 || is_device(part, n)) {
		buf_addc(out, '_');
		room--;
	}
	if (n > room) {
		/* The extension says what opens the file; a "long" one is no extension. */
		const char *dot = part + n;

		while (dot > part && *dot != '.')
			dot--;
		extension = (size_t)(part + n - dot);
		if (dot == part || extension > 20)
			extension = 0;
		buf_add(out, part, without_tail(part, cut(part, n - extension, room - extension)));
		buf_add(out, part + n - extension, extension);
		return;
	}
	buf_add(out, part, n);
}

char *name_safe(struct arena *arena, const char *name)
{
	struct buf normal = { 0 }, out = { 0 };
	char *safe;

	utf8_nfc(&normal, name);
	for (size_t i = 0; i < normal.len; i++)
		if (strchr("\\:*?\"<>|%", normal.data[i]))
			normal.data[i] = '_';
	for (const char *part = buf_str(&normal);; part++) {
		size_t length = strcspn(part, "/");

		add_safe_part(&out, part, length);
		part += length;
		if (*part == '\0')
			break;
		buf_addc(&out, '/');
	}
	safe = arena_strndup(arena, buf_str(&out), out.len);
	buf_release(&normal);
	buf_release(&out);
	return safe;
}

char *name_fold(struct arena *arena, const char *name)
{
	utf8proc_uint8_t *folded = NULL;
	utf8proc_ssize_t n = -1;
	size_t i = 0;
	char *copy;

	while (name[i] && !((unsigned char)name[i] & 0x80))
		i++;
	if (name[i] == '\0') { /* the common case needs no tables */
		copy = arena_strdup(arena, name);
		for (char *c = copy; *c; c++)
			if (*c >= 'A' && *c <= 'Z')
				*c = (char)(*c - 'A' + 'a');
		return copy;
	}
	n = utf8proc_map((const utf8proc_uint8_t *)name, 0, &folded,
	    UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
	/* What is not UTF-8 has no other form. */
	copy = n < 0 ? arena_strdup(arena, name)
	             : arena_strndup(arena, (const char *)folded, (size_t)n);
	free(folded);
	return copy;
}
