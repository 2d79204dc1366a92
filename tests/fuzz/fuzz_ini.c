/* fuzz_ini.c: whatever stands in an INI file, it is read or found. */
#include "fuzz.h"
#include "workspace/ini.h"

static void fuzz(struct arena *arena, const char *text, size_t n)
{
	struct findings findings;
	struct ini ini;
	struct err err;
	findings_init(&findings, arena);
	ini_read(arena, "f.ini", NULL, text, n, &findings, &ini, &err);
	for (size_t i = 0; i < ini.entry_count; i++) {
		size_t parts;
		ini_split(arena, ini.entries[i].value, &parts);
	}
	ini_release(&ini);
}
