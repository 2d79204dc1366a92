/* receipt.c: the counter's receipt (收件回执) for a hand-in, an INI file beside it. */
#include "intake/receipt.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/length.h"
#include "base/utf8.h"
#include "workspace/ini.h"

#include <string.h>

enum { RECEIPT_MAX = 65536 };

char *receipt_path(struct arena *arena, const char *path)
{
	size_t n = strlen(path);
	while (n > 1 && path[n - 1] == '/')
		n--;
	if (file_type(path) != FILE_FOLDER &&
	    (path_has_ending(path, ".zip") || path_has_ending(path, ".ZIP")))
		n -= 4;
	return arena_printf(arena, "%.*s%s", (int)n, path, RECEIPT_ENDING);
}

/* A receipt being read. */
struct reading {
	struct arena *arena;
	struct ini ini;
	const char *path, *department; /* of the hand-in */
	struct findings *findings;
};

static const char *text_of(const struct reading *reading, const char *key)
{
	const struct ini_entry *entry = ini_find(&reading->ini, "receipt", key);
	return entry && *entry->value ? entry->value : NULL;
}

static void bad_value(const struct reading *reading, const char *key, const char *message)
{
	const struct ini_entry *entry = ini_find(&reading->ini, "receipt", key);
	FIND(reading->findings, INI_BAD_VALUE, reading->department, entry->place, key, message, key,
	    entry->value);
}

static long number_of(const struct reading *reading, const char *key, long low, long high)
{
	long number = low - 1;
	const char *text = text_of(reading, key);
	if (text && !ini_number(text, low, high, &number))
		bad_value(reading, key, N_("'%s' must be a number, not '%s'"));
	return number;
}

static const char *moment_of(const struct reading *reading, const char *key)
{
	const char *text = text_of(reading, key);
	if (text && !clock_is_stamp(text)) {
		bad_value(reading, key,
		    N_("'%s' must be a time like 2025-03-09T14:30:00+08:00, not '%s'"));
		return NULL;
	}
	return text;
}

static const char *digest_of(const struct reading *reading)
{
	const char *text = text_of(reading, "sha256");
	if (text && (strlen(text) != 64 || strspn(text, "0123456789abcdef") != 64)) {
		bad_value(reading, "sha256",
		    N_("'%s' must be a SHA-256 of 64 digits 0-9 and a-f, not '%s'"));
		return NULL;
	}
	return text;
}

static void fill(struct receipt *receipt, const struct reading *reading)
{
	receipt->file = text_of(reading, "file");
	receipt->department = text_of(reading, "department");
	receipt->revision = (int)number_of(reading, "revision", 1, RECEIPT_REVISION_END - 1);
	receipt->sha256 = digest_of(reading);
	receipt->received = moment_of(reading, "received");
	receipt->name = text_of(reading, "name");
	receipt->errors = number_of(reading, "errors", 0, 1000000);
	receipt->warnings = number_of(reading, "warnings", 0, 1000000);
	receipt->notes = number_of(reading, "notes", 0, 1000000);
	receipt->returned_at = moment_of(reading, "returned");
	receipt->reason = text_of(reading, "reason");
	const char *state = text_of(reading, "state");
	receipt->returned = state && strcmp(state, "returned") == 0;
	if (!receipt->returned && (!state || strcmp(state, "received") != 0)) {
		if (state)
			bad_value(
			    reading, "state", N_("'%s' must be received or returned, not '%s'"));
		/* What was given back must not come to count by a slip. */
		receipt->returned = receipt->returned_at || receipt->reason;
	}
}

static void find_missing(const struct reading *reading, const char *key)
{
	const struct ini_section *section = ini_section_find(&reading->ini, "receipt");
	if (!text_of(reading, key))
		FIND(reading->findings, INI_MISSING_KEY, reading->department,
		    section ? section->place : AT(reading->ini.file, 0, 0), key,
		    N_("[%s] needs the key '%s'"), "receipt", key);
}

static void check_keys(const struct reading *reading)
{
	static const char *const known[] = { "file", "department", "revision", "sha256", "received",
		"name", "errors", "warnings", "notes", "state", "returned", "reason", NULL };
	static const char *const always[] = { "file", "department", "revision", "state" };
	for (size_t i = 0; i < reading->ini.entry_count; i++) {
		const struct ini_entry *entry = &reading->ini.entries[i];
		size_t k = 0;
		while (known[k] && strcmp(known[k], entry->key) != 0)
			k++;
		if (known[k] || strcmp(entry->section, "receipt") != 0)
			continue;
		const char *near = ini_nearest(entry->key, known);
		FIND(reading->findings, INI_UNKNOWN_KEY, reading->department, entry->place,
		    entry->key,
		    near ? N_("[%s] has no key '%s'; is '%s' meant?") : N_("[%s] has no key '%s'"),
		    "receipt", entry->key, near);
	}
	for (size_t i = 0; i < reading->ini.section_count; i++)
		if (strcmp(reading->ini.sections[i].name, "receipt") != 0)
			FIND(reading->findings, INI_UNKNOWN_SECTION, reading->department,
			    reading->ini.sections[i].place, reading->ini.sections[i].name,
			    N_("a receipt has no section [%s], only [receipt]"),
			    reading->ini.sections[i].name);
	if (!ini_section_find(&reading->ini, "receipt")) {
		FIND(reading->findings, INI_MISSING_KEY, reading->department,
		    AT(reading->ini.file, 1, 0), "receipt",
		    N_("there is no [receipt] in it, which says what became of the hand-in"));
		return;
	}
	for (size_t i = 0; i < LENGTH(always); i++)
		find_missing(reading, always[i]);
	/* The counter writes both; without one of them the other says little. */
	if (text_of(reading, "received") || text_of(reading, "sha256")) {
		find_missing(reading, "received");
		find_missing(reading, "sha256");
	}
}

/* Whether the receipt is for another hand-in under the same stem: 2.zip and 2/ side by side. */
static int is_for_other(const struct reading *reading, const char *file)
{
	const char *base = path_base(reading->path);
	const char *other = arena_printf(
	    reading->arena, "%.*s%s", (int)(base - reading->path), reading->path, file);
	return !strchr(file, '/') && file_type(other) != FILE_NONE &&
	       strcmp(receipt_path(reading->arena, other), reading->ini.file) == 0;
}

/* 1 if the receipt is this hand-in's. */
static int check_owner(const struct reading *reading)
{
	const char *file = text_of(reading, "file"), *department = text_of(reading, "department");
	const char *base = receipt_words(reading->arena, path_base(reading->path));
	if (file && strcmp(file, base) != 0) {
		if (is_for_other(reading, file))
			return 0;
		FIND(reading->findings, INI_BAD_VALUE, reading->department,
		    ini_find(&reading->ini, "receipt", "file")->place, "file",
		    N_("this receipt is for '%s', but beside it is '%s'"), file, base);
	}
	if (department && strcmp(department, reading->department) != 0)
		FIND(reading->findings, INI_BAD_VALUE, reading->department,
		    ini_find(&reading->ini, "receipt", "department")->place, "department",
		    N_("this receipt is for the department '%s', the hand-in beside it is from "
		       "'%s'"),
		    department, reading->department);
	return 1;
}

static size_t errors_in(const struct findings *findings)
{
	return findings_count(findings, NB_ERROR);
}

/* 1 if it was read; what is wrong is found. */
static int read_text(struct reading *reading, const char *name, struct err *err)
{
	struct buf text = { 0 };
	struct decoded how;
	struct err problem = { 0 };
	if (file_read_text(name, RECEIPT_MAX, &text, &how, &problem) != 0) {
		buf_release(&text);
		if (problem.kind == ERR_SYSTEM) {
			*err = problem;
			return -1;
		}
		FIND(reading->findings, INTAKE_UNREADABLE, reading->department, AT(name, 0, 0),
		    path_base(name), N_("'%s' cannot be read"), path_base(name));
		return 0;
	}
	encoding_note(reading->findings, reading->department, name, &how);
	int rc = ini_read(reading->arena, name, reading->department, buf_str(&text), text.len,
	    reading->findings, &reading->ini, err);
	buf_release(&text);
	return rc == 0 ? 1 : -1;
}

int receipt_read(struct arena *arena, const char *path, const char *department,
    struct findings *findings, struct receipt **receipt, struct err *err)
{
	const char *name = receipt_path(arena, path);
	struct reading reading = { arena, { .file = name }, path, department, findings };
	size_t before = errors_in(findings);
	*receipt = NULL;
	if (file_type(name) == FILE_NONE)
		return 0;
	int rc = read_text(&reading, name, err);
	size_t sound = findings->count;
	if (rc > 0 && !check_owner(&reading)) {
		findings_cut(findings, sound); /* told of the other one */
	} else if (rc >= 0) {
		struct receipt *read = arena_alloc(arena, sizeof *read);
		read->path = name;
		if (rc > 0) {
			check_keys(&reading);
			fill(read, &reading);
		}
		read->damaged = errors_in(findings) > before;
		*receipt = read;
	}
	ini_release(&reading.ini);
	return rc < 0 ? -1 : 0;
}

char *receipt_words(struct arena *arena, const char *words)
{
	struct buf shown = { 0 };
	char *text = arena_strdup(arena, words);
	for (char *p = text; *p; p++)
		if (*p == '\n' || *p == '\r' || *p == '\t')
			*p = ' ';
	utf8_shown(&shown, text);
	text = arena_strdup(arena, buf_str(&shown));
	for (char *p = text; *p; p++)
		if (*p == '"')
			*p = '\'';
	buf_release(&shown);
	return text;
}

static void add(struct buf *out, const char *key, const char *value)
{
	if (value)
		buf_addf(out, "%-10s = %s\n", key, value);
}

static void add_words(struct buf *out, struct arena *arena, const char *key, const char *words)
{
	if (words)
		buf_addf(out, "%-10s = \"%s\"\n", key, receipt_words(arena, words));
}

static void add_number(struct buf *out, const char *key, long number)
{
	if (number >= 0)
		buf_addf(out, "%-10s = %ld\n", key, number);
}

int receipt_write(const struct receipt *receipt, const char *path, struct err *err)
{
	struct arena scratch = { 0 };
	struct buf out = { 0 };
	buf_adds(&out, "[receipt]\n");
	add_words(&out, &scratch, "file", receipt->file);
	add(&out, "department", receipt->department);
	add_number(&out, "revision", receipt->revision ? receipt->revision : -1);
	add(&out, "sha256", receipt->sha256);
	add(&out, "received", receipt->received);
	add_words(&out, &scratch, "name", receipt->name);
	add_number(&out, "errors", receipt->errors);
	add_number(&out, "warnings", receipt->warnings);
	add_number(&out, "notes", receipt->notes);
	add(&out, "state", receipt->returned ? "returned" : "received");
	add(&out, "returned", receipt->returned_at);
	add_words(&out, &scratch, "reason", receipt->reason);
	int rc = out.len > RECEIPT_MAX
	             ? err_set(err, ERR_USAGE,
	                   _("cannot write '%s': it would be too long to be read"), path)
	             : file_write(path, buf_str(&out), out.len, err);
	buf_release(&out);
	arena_release(&scratch);
	return rc;
}
