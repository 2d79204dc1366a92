/* place.c: how a place is said: a line of a text, a cell of a sheet, a paragraph of a document. */
#include "base/place.h"

#include "base/file.h"
#include "base/utf8.h"

#include <string.h>
#include <strings.h>

enum place_kind place_kind(const char *file)
{
	for (const char *mark = file; (mark = strchr(mark, '!')) != NULL; mark++)
		if (mark - file > 5 && strncasecmp(mark - 5, ".xlsx", 5) == 0)
			return PLACE_CELL;
	return path_has_ending(file, ".docx") ? PLACE_PARAGRAPH : PLACE_LINE;
}

void place_add_column(struct buf *out, uint32_t column)
{
	char letters[8];
	size_t n = sizeof letters;
	for (; column && n; column = (column - 1) / 26)
		letters[--n] = (char)('A' + (column - 1) % 26);
	buf_add(out, letters + n, sizeof letters - n);
}

void place_add_position(struct buf *out, const struct nb_place *place)
{
	if (!place->file || !place->line)
		return;
	switch (place_kind(place->file)) {
	case PLACE_CELL:
		buf_adds(out, "!");
		place_add_column(out, place->column ? place->column : 1); /* a row as a whole */
		buf_addf(out, "%u", place->line);
		return;
	case PLACE_PARAGRAPH:
		buf_addf(out, " ¶%u", place->line);
		break;
	case PLACE_LINE:
		buf_addf(out, ":%u", place->line);
		break;
	}
	if (place->column)
		buf_addf(out, ":%u", place->column);
}

void place_add(struct buf *out, const struct nb_place *place)
{
	if (!place->file)
		return;
	utf8_shown(out, place->file);
	place_add_position(out, place);
}
