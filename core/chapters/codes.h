/* codes.h: all that can be found, by the core, by rules and by plugins, in one list. */
#ifndef CHAPTERS_CODES_H
#define CHAPTERS_CODES_H

#include "base/arena.h"
#include "base/finding.h"
#include "workspace/catalog.h"
#include "workspace/workspace.h"

/* One kind of finding. Texts untranslated. */
struct code_entry {
	const char *code;
	enum nb_severity severity;
	const char *meaning;
	const char *advice;
	const char *relation; /* of a rule, else NULL */
	const char *source;   /* law or standard, or NULL */
};

/* All of them: the core's in the order of its table, then chapter by chapter. In the arena. */
size_t codes_list(struct arena *arena, const struct catalog *catalog, struct code_entry **out);

/* The one of that name; 0 if there is none. `relation` and `source` of a rule included. */
int codes_find(
    struct arena *arena, const struct catalog *catalog, const char *code, struct code_entry *out);

/* Codes in [findings] of report.ini that nothing has become findings. */
void codes_check(struct arena *arena, const struct catalog *catalog,
    const struct workspace *workspace, struct findings *findings);

#endif
