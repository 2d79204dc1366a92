/* codes.c: the tables of core and plugins as one list of codes. */
#include "chapters/codes.h"

#include "base/i18n.h"
#include "workspace/ini.h"

#include <string.h>

static struct code_entry of_rule(
    struct arena *arena, const struct chapter *chapter, const struct nb_rule *rule)
{
	return (struct code_entry){ .code = arena_printf(arena, "%s.%s", chapter->id, rule->code),
		.severity = NB_ERROR,
		.meaning = rule->message,
		.advice = N_("compare each figure with its record, and mend the wrong one"),
		.relation = rule->relation,
		.source = rule->source };
}

static struct code_entry of_code(
    struct arena *arena, const struct chapter *chapter, const struct nb_code *code)
{
	return (struct code_entry){ .code = arena_printf(arena, "%s.%s", chapter->id, code->code),
		.severity = code->severity,
		.meaning = code->meaning,
		.advice = code->advice };
}

size_t codes_list(struct arena *arena, const struct catalog *catalog, struct code_entry **out)
{
	size_t count = CODE_COUNT, n = 0;
	for (size_t c = 0; c < catalog->count; c++)
		count += catalog->chapters[c].rule_count + catalog->chapters[c].code_count;
	struct code_entry *list = arena_alloc(arena, (count + 1) * sizeof *list);
	for (size_t i = 0; i < CODE_COUNT; i++)
		list[n++] = (struct code_entry){ .code = code_table[i].id,
			.severity = code_table[i].severity,
			.meaning = code_table[i].meaning,
			.advice = code_table[i].advice };
	for (size_t c = 0; c < catalog->count; c++) {
		const struct chapter *chapter = &catalog->chapters[c];
		for (size_t i = 0; i < chapter->rule_count; i++)
			list[n++] = of_rule(arena, chapter, &chapter->rules[i]);
		for (size_t i = 0; i < chapter->code_count; i++)
			list[n++] = of_code(arena, chapter, &chapter->codes[i]);
	}
	*out = list;
	return n;
}

int codes_find(
    struct arena *arena, const struct catalog *catalog, const char *code, struct code_entry *out)
{
	for (size_t i = 0; i < CODE_COUNT; i++)
		if (strcmp(code_table[i].id, code) == 0) {
			*out = (struct code_entry){ .code = code_table[i].id,
				.severity = code_table[i].severity,
				.meaning = code_table[i].meaning,
				.advice = code_table[i].advice };
			return 1;
		}
	const char *dot = strchr(code, '.');
	const struct chapter *chapter =
	    dot ? catalog_chapter(catalog, arena_strndup(arena, code, (size_t)(dot - code))) : NULL;
	if (!chapter)
		return 0;
	for (size_t i = 0; i < chapter->rule_count; i++)
		if (strcmp(chapter->rules[i].code, dot + 1) == 0) {
			*out = of_rule(arena, chapter, &chapter->rules[i]);
			return 1;
		}
	const struct nb_code *found = chapter_code(chapter, dot + 1);
	if (found)
		*out = of_code(arena, chapter, found);
	return found != NULL;
}

void codes_check(struct arena *arena, const struct catalog *catalog, const struct workspace *ws,
    struct findings *findings)
{
	if (ws->severity_count == 0)
		return;
	struct code_entry *list;
	size_t count = codes_list(arena, catalog, &list);
	const char **names = arena_alloc(arena, (count + 1) * sizeof *names);
	for (size_t i = 0; i < count; i++)
		names[i] = list[i].code;
	for (size_t s = 0; s < ws->severity_count; s++) {
		const struct severity_choice *choice = &ws->severities[s];
		size_t i = 0;
		while (i < count && strcmp(names[i], choice->code) != 0)
			i++;
		if (i < count)
			continue;
		const char *near = ini_nearest(choice->code, names);
		FIND(findings, INI_UNKNOWN_KEY, NULL, AT(ws->report_file, choice->line, 0),
		    choice->code,
		    near ? N_("there is no finding '%s'; is '%s' meant?")
		         : N_("there is no finding '%s'"),
		    choice->code, near);
	}
}
