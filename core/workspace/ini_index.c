/* ini_index.c: sections and entries by name: a county's hand-ins register attachments by the
 * thousand. */
#include "workspace/ini.h"

#include <stdlib.h>
#include <string.h>

/* FNV-1a of section and key, a NUL between them; of the section alone with `key` NULL. */
static uint64_t hash_of(const char *section, const char *key)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	for (; *section; section++)
		hash = (hash ^ (unsigned char)*section) * UINT64_C(0x100000001b3);
	if (key)
		for (hash *= UINT64_C(0x100000001b3); *key; key++)
			hash = (hash ^ (unsigned char)*key) * UINT64_C(0x100000001b3);
	return hash;
}

/* Entry n - 1 stands in a slot as n, section n - 1 as -n. */
static int is_at(const struct ini *ini, int32_t slot, const char *section, const char *key)
{
	if (!key)
		return slot < 0 && strcmp(ini->sections[-slot - 1].name, section) == 0;
	return slot > 0 && strcmp(ini->entries[slot - 1].key, key) == 0 &&
	       strcmp(ini->entries[slot - 1].section, section) == 0;
}

/*
 * The slot of that name, or the free one where it would be; there always is a free one. Names
 * made to share their first slot differ in the step to the next one.
 */
static int32_t *slot_of(const struct ini *ini, const char *section, const char *key)
{
	uint64_t hash = hash_of(section, key);
	size_t mask = ini->slot_count - 1, step = (size_t)(hash >> 32) | 1;
	size_t at = (size_t)(hash ^ hash >> 32) & mask;
	while (ini->slots[at] && !is_at(ini, ini->slots[at], section, key))
		at = (at + step) & mask;
	return &ini->slots[at];
}

/* Room for one more element; as in arena_grow(), the count alone says how many there is room for.
 */
static void *grow(void *items, size_t count, size_t size)
{
	if (count != 0 && (count < 8 || (count & (count - 1)) != 0))
		return items;
	return mem_realloc(items, (count ? 2 * count : 8) * size);
}

/* A slot for one more: half of them stay free. */
static void reserve(struct ini *ini)
{
	if (2 * (ini->section_count + ini->entry_count + 1) <= ini->slot_count)
		return;
	ini->slot_count = ini->slot_count ? 2 * ini->slot_count : 32;
	ini->slots = mem_realloc(ini->slots, ini->slot_count * sizeof *ini->slots);
	memset(ini->slots, 0, ini->slot_count * sizeof *ini->slots);
	for (size_t i = 0; i < ini->section_count; i++)
		*slot_of(ini, ini->sections[i].name, NULL) = -(int32_t)(i + 1);
	for (size_t i = 0; i < ini->entry_count; i++)
		*slot_of(ini, ini->entries[i].section, ini->entries[i].key) = (int32_t)(i + 1);
}

static struct ini_section *add_section(struct ini *ini, const char *name, struct nb_place place)
{
	reserve(ini);
	ini->sections = grow(ini->sections, ini->section_count, sizeof *ini->sections);
	struct ini_section *section = &ini->sections[ini->section_count++];
	*section = (struct ini_section){ name, place, 0, 0 };
	*slot_of(ini, name, NULL) = -(int32_t)ini->section_count;
	return section;
}

const struct ini_entry *ini_add(struct ini *ini, const struct ini_entry *entry)
{
	const struct ini_section *known = ini_section_find(ini, entry->section);
	struct ini_section *section = known ? &ini->sections[known - ini->sections]
	                                    : add_section(ini, entry->section, entry->place);
	if (!entry->key)
		return NULL;
	const struct ini_entry *there = ini_find(ini, entry->section, entry->key);
	if (there)
		return there;
	reserve(ini);
	ini->entries = grow(ini->entries, ini->entry_count, sizeof *ini->entries);
	ini->entries[ini->entry_count++] = *entry;
	ini->entries[ini->entry_count - 1].next = 0;
	uint32_t number = (uint32_t)ini->entry_count;
	if (section->last)
		ini->entries[section->last - 1].next = number;
	else
		section->first = number;
	section->last = number;
	*slot_of(ini, entry->section, entry->key) = (int32_t)number;
	return NULL;
}

void ini_release(struct ini *ini)
{
	free(ini->sections);
	free(ini->entries);
	free(ini->slots);
	*ini = (struct ini){ .file = ini->file };
}

const struct ini_section *ini_section_find(const struct ini *ini, const char *section)
{
	int32_t slot = ini->slot_count ? *slot_of(ini, section, NULL) : 0;
	return slot ? &ini->sections[-slot - 1] : NULL;
}

const struct ini_entry *ini_find(const struct ini *ini, const char *section, const char *key)
{
	int32_t slot = ini->slot_count ? *slot_of(ini, section, key) : 0;
	return slot ? &ini->entries[slot - 1] : NULL;
}

const struct ini_entry *ini_first(const struct ini *ini, const char *section)
{
	const struct ini_section *in = ini_section_find(ini, section);
	return in && in->first ? &ini->entries[in->first - 1] : NULL;
}

const struct ini_entry *ini_next(const struct ini *ini, const struct ini_entry *entry)
{
	return entry->next ? &ini->entries[entry->next - 1] : NULL;
}
