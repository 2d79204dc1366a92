/*
 * ini.h: INI files, read strictly. iniparser keeps the values; what it would
 * guess, cut or merge without a word is settled, or found, before it looks.
 */
#ifndef WORKSPACE_INI_H
#define WORKSPACE_INI_H

#include "base/arena.h"
#include "base/err.h"
#include "base/finding.h"

#include <stddef.h>
#include <stdint.h>

/*
 * The form: `[section]`, `key = value`, comments from `;` or `#` at the start
 * of a line or after a blank. A value in double quotes may hold those. Names
 * fold to lower case. No continuation lines, no keys before a section, no name
 * twice; a line may be as long as the file. At most 20,000 sections and keys.
 */
struct ini_section {
	const char *name;
	struct nb_place place;
	uint32_t first, last; /* of its entries, counted from 1; 0: it has none */
};
struct ini_entry {
	const char *section;
	const char *key;
	const char *value; /* "" if empty */
	struct nb_place place;
	const char *label; /* what its writer knows it by, where that is not `key`; or NULL */
	uint32_t next;     /* of its section, counted from 1; 0: it is the last one */
};
struct ini {
	const char *file; /* as findings name it */
	struct ini_section *sections;
	size_t section_count;
	struct ini_entry *entries; /* as written */
	size_t entry_count;
	int32_t *slots; /* where they stand, by their names' hash: see ini_index.c */
	size_t slot_count;
};

/*
 * Reads INI text. What is wrong with it becomes findings at `file`, and the
 * rest is read all the same; -1 only if the system fails. Strings live in the
 * arena; sections and entries until ini_release(), due whatever comes of it.
 */
int ini_read(struct arena *arena, const char *file, const char *department, const char *text,
    size_t n, struct findings *findings, struct ini *ini, struct err *err);

/*
 * The same by hand, for what comes in another form than INI: `key` NULL makes
 * the section alone, which is made with its first entry in any case. Strings
 * are borrowed. Where the section has that key already, nothing is added and
 * the entry that counts is returned; else NULL.
 */
const struct ini_entry *ini_add(struct ini *ini, const struct ini_entry *entry);

/* Gives back all but the strings. A zeroed or released one may be released again. */
void ini_release(struct ini *ini);

/* The entry of a section's key, or NULL; valid until ini_add(), as all that follow. */
const struct ini_entry *ini_find(const struct ini *ini, const char *section, const char *key);
const struct ini_section *ini_section_find(const struct ini *ini, const char *section);

/* The entries of a section in turn, as written; NULL: there is none, or no more. */
const struct ini_entry *ini_first(const struct ini *ini, const char *section);
const struct ini_entry *ini_next(const struct ini *ini, const struct ini_entry *entry);

/* A whole decimal number within [low, high]; 0 if it is none (then *out is untouched). */
int ini_number(const char *value, long low, long high, long *out);

/* yes/no, on/off, true/false, 是/否: 1 if read. */
int ini_flag(const char *value, int *out);

/* Splits at commas (also ，and 、), blanks trimmed, empty parts dropped; strings in the arena. */
const char **ini_split(struct arena *arena, const char *value, size_t *count);

/* The one of `names` (NULL-ended) most like `name`, if it is near enough to suggest; else NULL. */
const char *ini_nearest(const char *name, const char *const *names);

#endif
