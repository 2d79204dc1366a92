/*
 * ini.c: a line scanner in front of iniparser, the only file that knows it.
 *
 * The scanner decides what each line is and hands iniparser a copy it cannot
 * misread: sections and keys named by their line, values in quotes, specials
 * encoded, long values in pieces (iniparser takes 1022 bytes a line).
 */
#define _GNU_SOURCE /* memfd_create */
#include "workspace/ini.h"

#include "base/i18n.h"
#include "base/utf8.h"

#include <errno.h>
#include <iniparser/iniparser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
	SIZE_MAX_INI = 1 << 20,
	KEYS_MAX = 5000, /* and sections; iniparser's dictionary is a linear array */
	FAULTS_MAX = 1000,
	SHOWN_MAX = 120, /* bytes of a faulty line that tell it from another one */
	PIECE = 900
};

struct scan {
	struct arena *arena;
	const char *file;
	const char *department;
	struct findings *findings;
	struct ini *ini;
	struct buf copy;     /* for iniparser */
	const char *section; /* NULL: none yet, or one that was refused */
	int refused;         /* the section was: its keys are passed over without more findings */
};

static void find(
    struct scan *scan, enum code code, unsigned line, const char *subject, const char *message)
{
	findings_add(scan->findings, &(struct finding){ .code = code_table[code].id,
	                                 .severity = code_table[code].severity,
	                                 .department = scan->department,
	                                 .at = { scan->file, line, 0 },
	                                 .subject = subject,
	                                 .message = message,
	                                 .args = { subject } });
}

/* A line that is none, as the subject of its finding: a waiver for one must not hide another. */
static const char *line_text(const struct scan *scan, const char *start, const char *end)
{
	if (end - start > SHOWN_MAX)
		for (end = start + SHOWN_MAX; ((unsigned char)*end & 0xC0) == 0x80;)
			end--;
	return arena_strndup(scan->arena, start, (size_t)(end - start));
}

/* Where a comment begins: `;` or `#` first or after a blank. */
static const char *comment(const char *start, const char *end)
{
	for (const char *p = start; p < end; p++)
		if ((*p == ';' || *p == '#') &&
		    (p == start || utf8_is_space(utf8_before(start, p))))
			return p;
	return end;
}

/* A name in small letters, blanks in it one plain one: [Attachment　1] is [attachment 1]. */
static char *folded(struct arena *arena, const char *start, const char *end)
{
	char *name = arena_alloc(arena, (size_t)(end - start) + 1), *to = name;
	for (const char *p = start; p < end;) {
		const char *at = p;
		uint32_t c = utf8_next(&p, end);
		if (utf8_is_space(c)) {
			if (to[-1] != ' ') /* names do not begin with one */
				*to++ = ' ';
			continue;
		}
		for (; at < p; at++)
			*to++ = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
	}
	*to = '\0';
	return name;
}

/* One piece of a value as iniparser may see it: a dot first, so that it is never empty. */
static void copy_piece(struct buf *copy, unsigned line, size_t piece, const char *text, size_t n)
{
	buf_addf(copy, "k%u_%zu = \".", line, piece);
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)text[i];
		if (c < 0x20 || strchr("%\"'\\;#=", c))
			buf_addf(copy, "%%%02X", c);
		else
			buf_addc(copy, (char)c);
	}
	buf_adds(copy, "\"\n");
}

/* A piece grows at most threefold by encoding. */
static void copy_value(struct buf *copy, unsigned line, const char *text, size_t n)
{
	size_t piece = 0;
	do {
		size_t part = n < PIECE / 3 ? n : PIECE / 3;
		copy_piece(copy, line, piece++, text, part);
		text += part;
		n -= part;
	} while (n > 0);
}

static void scan_section(struct scan *scan, unsigned line, const char *start, const char *end)
{
	const char *close = memchr(start, ']', (size_t)(end - start));
	scan->section = NULL;
	scan->refused = 1;
	if (!close) {
		find(scan, CODE_INI_SYNTAX, line, line_text(scan, start, end),
		    N_("the section's closing ']' is missing"));
		return;
	}
	const char *rest = close + 1, *rest_end = comment(rest, end);
	utf8_trim(&rest, &rest_end);
	const char *name_at = start + 1, *name_end = close;
	utf8_trim(&name_at, &name_end);
	if (name_at == name_end) {
		find(scan, CODE_INI_SYNTAX, line, NULL, N_("the section has no name"));
		return;
	}
	const char *name = folded(scan->arena, name_at, name_end);
	if (rest != rest_end)
		find(scan, CODE_INI_SYNTAX, line, name,
		    N_("something stands behind the section [%s]"));
	if (ini_section_find(scan->ini, name)) {
		find(scan, CODE_INI_DUPLICATE_SECTION, line, name,
		    N_("the section [%s] stands here a second time; this one is not read"));
		return;
	}
	struct ini *ini = scan->ini;
	ini->sections =
	    arena_grow(scan->arena, ini->sections, ini->section_count, sizeof *ini->sections);
	ini->sections[ini->section_count++] = (struct ini_section){ name, AT(scan->file, line, 0) };
	scan->section = name;
	scan->refused = 0;
	buf_addf(&scan->copy, "[s%u]\n", line);
}

static void scan_key(struct scan *scan, unsigned line, const char *start, const char *end)
{
	const char *equals = memchr(start, '=', (size_t)(end - start));
	if (!equals) {
		int wide = memmem(start, (size_t)(end - start), "＝", 3) != NULL;
		find(scan, CODE_INI_SYNTAX, line, line_text(scan, start, end),
		    wide ? N_("a full-width ＝ stands where = should")
		         : N_("this line is neither [section] nor key = value nor comment"));
		return;
	}
	const char *key_end = equals;
	const char *key_at = start;
	utf8_trim(&key_at, &key_end);
	if (key_at == key_end) {
		find(scan, CODE_INI_SYNTAX, line, line_text(scan, start, end),
		    N_("the key before = is missing"));
		return;
	}
	const char *key = folded(scan->arena, key_at, key_end);
	if (!scan->section) {
		if (!scan->refused)
			find(scan, CODE_INI_SYNTAX, line, key,
			    N_("the key '%s' stands before any [section]"));
		return;
	}
	if (ini_find(scan->ini, scan->section, key)) {
		find(scan, CODE_INI_DUPLICATE_KEY, line, key,
		    N_("the key '%s' stands here a second time; the first one counts"));
		return;
	}

	const char *value = equals + 1, *value_end = end;
	utf8_trim(&value, &value_end);
	if (value < value_end && *value == '"') {
		const char *close = memchr(value + 1, '"', (size_t)(value_end - value - 1));
		const char *rest = close ? close + 1 : value_end,
		           *rest_end = comment(rest, value_end);
		utf8_trim(&rest, &rest_end);
		if (!close || rest != rest_end) {
			find(scan, CODE_INI_SYNTAX, line, key,
			    close ? N_("something stands behind the quoted value of '%s'")
			          : N_("the closing quote of the value of '%s' is missing"));
			return;
		}
		value++;
		value_end = close;
	} else {
		/* `key =; note` has an empty value, too. */
		value_end = comment(value, value_end);
		utf8_trim(&value, &value_end);
		if (value < value_end && value_end[-1] == '\\') {
			find(scan, CODE_INI_SYNTAX, line, key,
			    N_("a value cannot go on in the next line: the \\ at the end of '%s'"));
			return;
		}
	}
	for (const char *p = value; p < value_end; p++)
		if (((unsigned char)*p < 0x20 && *p != '\t') || *p == 0x7F) {
			find(scan, CODE_TEXT_CONTROL, line, key,
			    N_("the value of '%s' holds control characters"));
			return;
		}

	struct ini *ini = scan->ini;
	ini->entries =
	    arena_grow(scan->arena, ini->entries, ini->entry_count, sizeof *ini->entries);
	ini->entries[ini->entry_count++] =
	    (struct ini_entry){ scan->section, key, "", AT(scan->file, line, 0), NULL };
	copy_value(&scan->copy, line, value, (size_t)(value_end - value));
}

static void scan_text(struct scan *scan, const char *text, size_t n)
{
	const char *end = text + n;
	const size_t before = scan->findings->count;
	unsigned line = 0;
	while (text < end) {
		const char *newline = memchr(text, '\n', (size_t)(end - text));
		const char *start = text, *stop = newline ? newline : end;
		text = newline ? newline + 1 : end;
		line++;
		utf8_trim(&start, &stop);
		if (start == stop || *start == ';' || *start == '#')
			continue;
		if (scan->ini->entry_count + scan->ini->section_count >= KEYS_MAX) {
			find(scan, CODE_INI_LIMIT, line, NULL,
			    N_("more than 5000 keys and sections; the rest is not read"));
			return;
		}
		if (scan->findings->count - before >= FAULTS_MAX) {
			find(scan, CODE_INI_LIMIT, line, NULL,
			    N_("more than 1000 faulty lines; the rest is not read"));
			return;
		}
		if (*start == '[')
			scan_section(scan, line, start, stop);
		else
			scan_key(scan, line, start, stop);
	}
}

static unsigned hex(char c)
{
	return c <= '9' ? (unsigned)(c - '0') : (unsigned)(c - 'A' + 10);
}

static char *value_of(const struct ini *ini, const struct ini_entry *entry,
    const dictionary *values, struct arena *arena)
{
	unsigned section = ini_section_find(ini, entry->section)->place.line;
	struct buf value = { 0 };
	for (size_t piece = 0;; piece++) {
		char name[80];
		snprintf(name, sizeof name, "s%u:k%u_%zu", section, entry->place.line, piece);
		const char *text = iniparser_getstring(values, name, NULL);
		if (!text)
			break;
		for (text++; *text; text++) {
			if (*text == '%') {
				buf_addc(&value, (char)(hex(text[1]) << 4 | hex(text[2])));
				text += 2;
			} else {
				buf_addc(&value, *text);
			}
		}
	}
	char *copy = arena_strdup(arena, buf_str(&value));
	buf_release(&value);
	return copy;
}

static int silent(const char *format, ...)
{
	(void)format;
	return 0;
}

static int load(struct scan *scan, struct err *err)
{
	int rc = -1;
	dictionary *values = NULL;
	int fd = memfd_create("ini", MFD_CLOEXEC);
	if (fd < 0)
		return err_sys(err, errno, _("cannot read '%s'"), scan->file);
	const struct buf *copy = &scan->copy;
	ssize_t written = write(fd, buf_str(copy), copy->len);
	if (written != (ssize_t)copy->len) {
		if (written >= 0)
			errno = ENOSPC;
		err_sys(err, errno, _("cannot read '%s'"), scan->file);
		goto out;
	}
	char path[40];
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	iniparser_set_error_callback(silent);
	values = iniparser_load(path);
	if (!values) {
		err_set(err, ERR_SYSTEM, _("cannot read '%s': iniparser refuses it"), scan->file);
		goto out;
	}
	for (size_t i = 0; i < scan->ini->entry_count; i++) {
		struct ini_entry *entry = &scan->ini->entries[i];
		entry->value = value_of(scan->ini, entry, values, scan->arena);
	}
	rc = 0;
out:
	if (values)
		iniparser_freedict(values);
	close(fd);
	return rc;
}

int ini_read(struct arena *arena, const char *file, const char *department, const char *text,
    size_t n, struct findings *findings, struct ini *ini, struct err *err)
{
	*ini = (struct ini){ .file = file };
	struct scan scan = { .arena = arena,
		.file = file,
		.department = department,
		.findings = findings,
		.ini = ini };
	if (n >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
		text += 3;
		n -= 3;
	}
	size_t bad = utf8_check(text, n);
	const char *nul = memchr(text, '\0', n);
	if (n > SIZE_MAX_INI || bad < n || nul) {
		unsigned line = 1;
		const char *fault = bad < n ? text + bad : nul;
		for (const char *p = text; n <= SIZE_MAX_INI && p < fault; p++)
			line += *p == '\n';
		if (n > SIZE_MAX_INI)
			find(&scan, CODE_INI_LIMIT, 0, NULL, N_("the file is larger than 1 MiB"));
		else if (bad < n)
			find(&scan, CODE_TEXT_ENCODING, line, NULL,
			    N_("the text is not UTF-8; save the file as UTF-8"));
		else
			find(&scan, CODE_TEXT_CONTROL, line, NULL,
			    N_("the text holds NUL characters"));
		return 0;
	}
	scan_text(&scan, text, n);
	int rc = load(&scan, err);
	buf_release(&scan.copy);
	return rc;
}

const struct ini_section *ini_section_find(const struct ini *ini, const char *section)
{
	for (size_t i = 0; i < ini->section_count; i++)
		if (strcmp(ini->sections[i].name, section) == 0)
			return &ini->sections[i];
	return NULL;
}

const struct ini_entry *ini_add(struct arena *arena, struct ini *ini, const struct ini_entry *entry)
{
	if (!ini_section_find(ini, entry->section)) {
		ini->sections =
		    arena_grow(arena, ini->sections, ini->section_count, sizeof *ini->sections);
		ini->sections[ini->section_count++] =
		    (struct ini_section){ entry->section, entry->place };
	}
	if (!entry->key)
		return NULL;
	const struct ini_entry *there = ini_find(ini, entry->section, entry->key);
	if (there)
		return there;
	ini->entries = arena_grow(arena, ini->entries, ini->entry_count, sizeof *ini->entries);
	ini->entries[ini->entry_count++] = *entry;
	return NULL;
}

const struct ini_entry *ini_find(const struct ini *ini, const char *section, const char *key)
{
	/* Backwards: while scanning, the section in hand is at the end. */
	for (size_t i = ini->entry_count; i-- > 0;)
		if (strcmp(ini->entries[i].key, key) == 0 &&
		    strcmp(ini->entries[i].section, section) == 0)
			return &ini->entries[i];
	return NULL;
}

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
