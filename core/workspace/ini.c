/*
 * ini.c: a line scanner in front of iniparser, the only file that knows it.
 *
 * The scanner decides what each line is and hands iniparser a copy it cannot
 * misread: sections and keys named by their line, values in quotes, specials
 * encoded, long values in pieces (iniparser takes 1022 bytes a line). It gets
 * the copy in parts of so many lines: its dictionary is searched line by line.
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
	KEYS_MAX = 20000, /* and sections: 1000 attachments have 5000 and more */
	FAULTS_MAX = 1000,
	SHOWN_MAX = 120, /* bytes of a faulty line that tell it from another one */
	PIECE = 900,
	PART = 200 /* lines that iniparser gets at a time */
};

/* A value as it stands in the file, what belongs to it alone. */
struct raw {
	const char *text;
	size_t n;
};

struct scan {
	struct arena *arena;
	const char *file;
	const char *department;
	struct findings *findings;
	struct ini *ini;
	struct raw *raws; /* of ini->entries, one each */
	size_t raw_cap;
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
	char *name = arena_strndup(arena, start, (size_t)(end - start)), *to = name;
	const char *stop = name + (end - start);
	for (const char *p = name; p < stop;) {
		const char *at = p;
		uint32_t c = utf8_next(&p, stop);
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
	ini_add(
	    scan->ini, &(struct ini_entry){ .section = name, .place = AT(scan->file, line, 0) });
	scan->section = name;
	scan->refused = 0;
}

static void take_value(struct scan *scan, const char *text, size_t n)
{
	size_t index = scan->ini->entry_count - 1;
	if (index == scan->raw_cap) {
		scan->raw_cap = scan->raw_cap ? 2 * scan->raw_cap : 64;
		scan->raws = mem_realloc(scan->raws, scan->raw_cap * sizeof *scan->raws);
	}
	scan->raws[index] = (struct raw){ text, n };
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

	ini_add(scan->ini,
	    &(struct ini_entry){ scan->section, key, "", AT(scan->file, line, 0), NULL, 0 });
	take_value(scan, value, (size_t)(value_end - value));
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
			    N_("more than 20000 keys and sections; the rest is not read"));
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

/* ---- through iniparser ------------------------------------------------------ */

/* Some lines of the copy, and whose values they are pieces of. */
struct part {
	struct scan *scan;
	struct buf copy;
	struct {
		size_t entry, piece;
		unsigned section; /* its line */
		int last;         /* the value ends with it */
	} lines[PART];
	size_t count;
	unsigned section; /* the line of the last one in the copy; 0: none */
	struct buf value; /* so far: a value's pieces may come in several parts */
};

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

static unsigned hex(char c)
{
	return c <= '9' ? (unsigned)(c - '0') : (unsigned)(c - 'A' + 10);
}

/* The same piece as iniparser has it, decoded. */
static void add_piece(struct buf *value, const char *text)
{
	for (text++; *text; text++) {
		if (*text == '%') {
			buf_addc(value, (char)(hex(text[1]) << 4 | hex(text[2])));
			text += 2;
		} else {
			buf_addc(value, *text);
		}
	}
}

static int silent(const char *format, ...)
{
	(void)format;
	return 0;
}

/* What iniparser makes of the copy, or NULL. */
static dictionary *parse(const struct part *part, struct err *err)
{
	const char *file = part->scan->file;
	const struct buf *copy = &part->copy;
	dictionary *values = NULL;
	int fd = memfd_create("ini", MFD_CLOEXEC);
	if (fd < 0) {
		err_sys(err, errno, _("cannot read '%s'"), file);
		return NULL;
	}
	ssize_t written = write(fd, buf_str(copy), copy->len);
	if (written != (ssize_t)copy->len) {
		if (written >= 0)
			errno = ENOSPC;
		err_sys(err, errno, _("cannot read '%s'"), file);
	} else {
		char path[40];
		snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
		values = iniparser_load(path);
		if (!values)
			err_set(err, ERR_SYSTEM, _("cannot read '%s': iniparser refuses it"), file);
	}
	close(fd);
	return values;
}

/* The values of the lines collected. */
static int take_values(struct part *part, const dictionary *values, struct err *err)
{
	struct scan *scan = part->scan;
	for (size_t i = 0; i < part->count; i++) {
		struct ini_entry *entry = &scan->ini->entries[part->lines[i].entry];
		char name[80];
		snprintf(name, sizeof name, "s%u:k%u_%zu", part->lines[i].section,
		    entry->place.line, part->lines[i].piece);
		const char *text = iniparser_getstring(values, name, NULL);
		if (!text)
			return err_set(err, ERR_SYSTEM, _("cannot read '%s': iniparser refuses it"),
			    scan->file);
		add_piece(&part->value, text);
		if (!part->lines[i].last)
			continue;
		entry->value = arena_strndup(scan->arena, buf_str(&part->value), part->value.len);
		buf_clear(&part->value);
	}
	return 0;
}

/* Reads the lines collected, and begins anew. */
static int part_read(struct part *part, struct err *err)
{
	if (part->count == 0)
		return 0;
	dictionary *values = parse(part, err);
	if (!values)
		return -1;
	int rc = take_values(part, values, err);
	iniparser_freedict(values);
	buf_clear(&part->copy);
	part->count = 0;
	part->section = 0;
	return rc;
}

/* A piece grows at most threefold by encoding. */
static int copy_value(struct part *part, size_t index, struct err *err)
{
	const struct ini_entry *entry = &part->scan->ini->entries[index];
	unsigned section = ini_section_find(part->scan->ini, entry->section)->place.line;
	struct raw raw = part->scan->raws[index];
	size_t piece = 0;
	do {
		size_t n = raw.n < PIECE / 3 ? raw.n : PIECE / 3;
		if (section != part->section)
			buf_addf(&part->copy, "[s%u]\n", section);
		part->section = section;
		copy_piece(&part->copy, entry->place.line, piece, raw.text, n);
		raw.text += n;
		raw.n -= n;
		part->lines[part->count].entry = index;
		part->lines[part->count].section = section;
		part->lines[part->count].piece = piece++;
		part->lines[part->count].last = raw.n == 0;
		if (++part->count == PART && part_read(part, err) != 0)
			return -1;
	} while (raw.n > 0);
	return 0;
}

static int load(struct scan *scan, struct err *err)
{
	struct part part = { .scan = scan };
	int rc = 0;
	iniparser_set_error_callback(silent);
	for (size_t i = 0; i < scan->ini->entry_count && rc == 0; i++)
		rc = copy_value(&part, i, err);
	if (rc == 0)
		rc = part_read(&part, err);
	buf_release(&part.copy);
	buf_release(&part.value);
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
	free(scan.raws);
	return rc;
}
