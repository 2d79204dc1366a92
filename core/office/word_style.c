/* word_style.c: styles.xml, and which styles are headings, titles, guidance. */
#include "office/word_style.h"

#include "base/i18n.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { STYLES_MAX = 20000, CHAIN_MAX = 32 };

int word_starts(const struct part *part, const char *name)
{
	return part->event == PART_START && part->ns == NS_WORD && strcmp(part->name, name) == 0;
}

int word_is_on(const struct part *part)
{
	const char *value = part_attribute(part, NS_WORD, "val");
	return !value || (strcmp(value, "0") != 0 && strcmp(value, "false") != 0 &&
	                     strcmp(value, "off") != 0);
}

int word_number(const struct part *part, int otherwise)
{
	const char *value = part_attribute(part, NS_WORD, "val");
	int result = 0;
	if (!value || !*value || strlen(value) > 9)
		return otherwise;
	for (; *value; value++) {
		if (*value < '0' || *value > '9')
			return otherwise;
		result = result * 10 + (*value - '0');
	}
	return result;
}

/* "heading 1", "Heading1", "标题 1": the level, else 0. */
static unsigned heading_level(const char *name)
{
	if (strncasecmp(name, "heading", 7) == 0)
		name += 7;
	else if (strncmp(name, "标题", strlen("标题")) == 0)
		name += strlen("标题");
	else
		return 0;
	name += *name == ' ';
	return *name >= '1' && *name <= '9' && !name[1] ? (unsigned)(*name - '0') : 0;
}

static int begins_with(const char *name, const char *with)
{
	return strncasecmp(name, with, strlen(with)) == 0;
}

/* What a style's own id, name and outline say it is; PROSE_BODY if nothing. */
static enum prose_kind kind_of(const struct word_style *style, unsigned *level)
{
	*level = heading_level(style->name);
	if (strcmp(style->id, "NbGuidance") == 0 || strcmp(style->name, "填写提示") == 0)
		return PROSE_GUIDANCE;
	if (begins_with(style->name, "toc ") || begins_with(style->name, "目录 ") ||
	    begins_with(style->name, "WPSOffice手动目录"))
		return PROSE_CONTENTS;
	if (strcasecmp(style->name, "title") == 0 || strcmp(style->name, "标题") == 0)
		return PROSE_TITLE;
	if (*level == 0 && style->outline >= 0 && style->outline < 9)
		*level = (unsigned)style->outline + 1;
	return *level ? PROSE_HEADING : PROSE_BODY;
}

static void read_style(struct word_style *style, const struct part *part, struct arena *arena)
{
	const char *value = part_attribute(part, NS_WORD, "val");
	if (word_starts(part, "name"))
		style->name = arena_strdup(arena, value ? value : "");
	else if (word_starts(part, "basedOn"))
		style->based_on = arena_strdup(arena, value ? value : "");
	else if (word_starts(part, "outlineLvl"))
		style->outline = word_number(part, -1);
	else if (word_starts(part, "numId"))
		style->num_id = word_number(part, -1);
	else if (word_starts(part, "ilvl"))
		style->num_level = word_number(part, -1);
	else if (word_starts(part, "b"))
		style->bold = word_is_on(part);
	else if (word_starts(part, "vanish"))
		style->hidden = word_is_on(part);
}

/* What holds for some cells of a table or was so before a change is not the style's own. */
static int is_aside(const struct part *part)
{
	return word_starts(part, "tblStylePr") || word_starts(part, "pPrChange") ||
	       word_starts(part, "rPrChange") || word_starts(part, "docDefaults") ||
	       word_starts(part, "latentStyles");
}

static int read_styles(
    struct word_styles *styles, struct part *part, struct arena *arena, struct err *err)
{
	struct word_style *style = NULL;
	while (part_next(part, err) == 0) {
		if (part->event == PART_DONE)
			return 0;
		if (is_aside(part)) {
			if (part_skip(part, err) != 0)
				return -1;
		} else if (word_starts(part, "style")) {
			const char *id = part_attribute(part, NS_WORD, "styleId");
			const char *type = part_attribute(part, NS_WORD, "type");
			const char *is_default = part_attribute(part, NS_WORD, "default");
			if (styles->count >= STYLES_MAX)
				return part_refuse(part, N_("it has too many styles"), err);
			styles->items =
			    arena_grow(arena, styles->items, styles->count, sizeof *styles->items);
			style = &styles->items[styles->count++];
			*style = styles->none;
			style->id = arena_strdup(arena, id ? id : "");
			style->is_paragraph = !type || strcmp(type, "paragraph") == 0;
			style->is_default =
			    is_default && *is_default && !strchr("0fo", *is_default);
		} else if (style && part->event == PART_START) {
			read_style(style, part, arena);
		}
	}
	return -1;
}

static int by_id(const void *a, const void *b)
{
	return strcmp(((const struct word_style *)a)->id, ((const struct word_style *)b)->id);
}

static int key_to_style(const void *key, const void *item)
{
	return strcmp(key, ((const struct word_style *)item)->id);
}

const struct word_style *word_style(const struct word_styles *styles, const char *id)
{
	if (!id || styles->count == 0)
		return NULL;
	return bsearch(id, styles->items, styles->count, sizeof *styles->items, key_to_style);
}

/* Fills in what `style` leaves open from those it is based on, the nearest first. */
static struct word_style inherit(const struct word_styles *styles, const struct word_style *style)
{
	struct word_style result = *style;
	const struct word_style *up = style;
	for (int i = 0; up && i < CHAIN_MAX; i++, up = word_style(styles, up->based_on)) {
		/* A style that says it is body text is no heading, whatever it is based on. */
		if (result.kind == PROSE_BODY && result.outline != 9)
			result.kind = kind_of(up, &result.level);
		if (result.outline < 0)
			result.outline = up->outline;
		if (result.bold < 0)
			result.bold = up->bold;
		if (result.hidden < 0)
			result.hidden = up->hidden;
		if (result.num_style)
			continue;
		if (up->num_id >= 0) {
			result.num_id = up->num_id;
			result.num_style = up->id;
		}
		if (result.num_level < 0)
			result.num_level = up->num_level;
	}
	return result;
}

int word_styles_read(struct word_styles *styles, struct package *package,
    const struct relations *relations, struct arena *arena, struct err *err)
{
	const struct relation *relation = relations_of_type(relations, "styles");
	struct part part = { 0 };
	*styles = (struct word_styles){ .none = { .id = "",
		                            .name = "",
		                            .outline = -1,
		                            .bold = -1,
		                            .hidden = -1,
		                            .num_id = -1,
		                            .num_level = -1 } };
	if (!relation)
		return 0;
	if (part_open(&part, package, relation->target, err) != 0)
		return -1;
	int rc = read_styles(styles, &part, arena, err);
	part_close(&part);
	if (rc != 0 || styles->count == 0)
		return rc;
	qsort(styles->items, styles->count, sizeof *styles->items, by_id);
	struct word_style *resolved = arena_alloc(arena, styles->count * sizeof *resolved);
	for (size_t i = 0; i < styles->count; i++) {
		resolved[i] = inherit(styles, &styles->items[i]);
		if (resolved[i].is_default && resolved[i].is_paragraph)
			styles->none = resolved[i];
	}
	styles->items = resolved;
	return 0;
}

const struct word_style *word_style_of_paragraph(const struct word_styles *styles, const char *id)
{
	const struct word_style *style = word_style(styles, id);
	return style && style->is_paragraph ? style : &styles->none;
}
