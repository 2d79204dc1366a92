/* catalog.c: look-ups in the chapters' tables. */
#include "workspace/catalog.h"

#include <string.h>

struct chapter *catalog_chapter(const struct catalog *catalog, const char *id)
{
	for (size_t i = 0; i < catalog->count; i++)
		if (strcmp(catalog->chapters[i].id, id) == 0)
			return &catalog->chapters[i];
	return NULL;
}

const struct nb_figure *chapter_figure(const struct chapter *chapter, const char *id)
{
	for (size_t i = 0; i < chapter->figure_count; i++)
		if (strcmp(chapter->figures[i].id, id) == 0)
			return &chapter->figures[i];
	return NULL;
}

const struct list_def *chapter_list(const struct chapter *chapter, const char *id)
{
	for (size_t i = 0; i < chapter->list_count; i++)
		if (strcmp(chapter->lists[i].id, id) == 0)
			return &chapter->lists[i];
	return NULL;
}

const struct nb_topic *chapter_topic(const struct chapter *chapter, const char *id)
{
	for (size_t i = 0; i < chapter->topic_count; i++)
		if (strcmp(chapter->topics[i].id, id) == 0)
			return &chapter->topics[i];
	return NULL;
}

const struct nb_code *chapter_code(const struct chapter *chapter, const char *code)
{
	for (size_t i = 0; i < chapter->code_count; i++)
		if (strcmp(chapter->codes[i].code, code) == 0)
			return &chapter->codes[i];
	return NULL;
}

const struct chart_def *chapter_chart(const struct chapter *chapter, const char *id)
{
	for (size_t i = 0; i < chapter->chart_count; i++)
		if (strcmp(chapter->charts[i].id, id) == 0)
			return &chapter->charts[i];
	return NULL;
}

int id_is_valid(const char *id)
{
	size_t n = strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789_");
	return n > 0 && n <= 64 && id[n] == '\0' && id[0] >= 'a' && id[0] <= 'z';
}
