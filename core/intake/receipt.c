/* receipt.c: the counter's receipt (收件回执) for a hand-in, an INI file beside it. */
#include "intake/receipt.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
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

static const char *text_of(const struct ini *ini, const char *key)
{
	const struct ini_entry *entry = ini_find(ini, "receipt", key);
	return entry && *entry->value ? entry->value : NULL;
}

static void bad_value(
    struct findings *findings, const struct ini *ini, const char *key, const char *message)
{
	const struct ini_entry *entry = ini_find(ini, "receipt", key);
	FIND(findings, INI_BAD_VALUE, NULL, entry->place, key, message, key, entry->value);
}

static long number_of(const struct ini *ini, const char *key, long low, struct findings *findings)
{
	long number = low - 1;
	const char *text = text_of(ini, key);
	if (text && !ini_number(text, low, 1000000, &number))
		bad_value(findings, ini, key, N_("'%s' must be a number, not '%s'"));
	return number;
}

static const char *moment_of(const struct ini *ini, const char *key, struct findings *findings)
{
	const char *text = text_of(ini, key);
	if (text && !clock_is_stamp(text)) {
		bad_value(findings, ini, key,
		    N_("'%s' must be a time like 2025-03-09T14:30:00+08:00, not '%s'"));
		return NULL;
	}
	return text;
}

static void fill(struct receipt *receipt, const struct ini *ini, struct findings *findings)
{
	receipt->file = text_of(ini, "file");
	receipt->department = text_of(ini, "department");
	receipt->revision = (int)number_of(ini, "revision", 1, findings);
	receipt->sha256 = text_of(ini, "sha256");
	receipt->received = moment_of(ini, "received", findings);
	receipt->name = text_of(ini, "name");
	receipt->errors = number_of(ini, "errors", 0, findings);
	receipt->warnings = number_of(ini, "warnings", 0, findings);
	receipt->notes = number_of(ini, "notes", 0, findings);
	receipt->returned_at = moment_of(ini, "returned", findings);
	receipt->reason = text_of(ini, "reason");
	const char *state = text_of(ini, "state");
	receipt->returned = state && strcmp(state, "returned") == 0;
	if (state && !receipt->returned && strcmp(state, "received") != 0)
		bad_value(
		    findings, ini, "state", N_("'%s' must be received or returned, not '%s'"));
}

int receipt_read(struct arena *arena, const char *path, struct findings *findings,
    struct receipt **receipt, struct err *err)
{
	const char *name = receipt_path(arena, path);
	struct buf text = { 0 };
	struct ini ini;
	*receipt = NULL;
	if (file_type(name) == FILE_NONE)
		return 0;
	struct decoded how;
	struct err problem = { 0 };
	if (file_read_text(name, RECEIPT_MAX, &text, &how, &problem) != 0) {
		buf_release(&text);
		if (problem.kind == ERR_SYSTEM) {
			*err = problem;
			return -1;
		}
		FIND(findings, INTAKE_UNREADABLE, NULL, AT(name, 0, 0), path_base(name),
		    N_("'%s' cannot be read"), path_base(name));
		return 0;
	}
	encoding_note(findings, NULL, name, &how);
	int rc = ini_read(arena, name, NULL, buf_str(&text), text.len, findings, &ini, err);
	if (rc == 0) {
		struct receipt *read = arena_alloc(arena, sizeof *read);
		read->path = name;
		fill(read, &ini, findings);
		/* 2.zip and 2/ side by side: it is for one of them. */
		const char *base = path_base(path);
		if (!read->file || strcmp(read->file, receipt_words(arena, base)) == 0)
			*receipt = read;
	}
	buf_release(&text);
	return rc;
}

char *receipt_words(struct arena *arena, const char *words)
{
	struct buf shown = { 0 };
	utf8_shown(&shown, words);
	char *text = arena_strdup(arena, buf_str(&shown));
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
	int rc = file_write(path, buf_str(&out), out.len, err);
	buf_release(&out);
	arena_release(&scratch);
	return rc;
}
