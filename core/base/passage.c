/* passage.c: the way from a byte of a passage back to file, line and column. */
#include "base/passage.h"

#include <string.h>

struct nb_place passage_place(const struct passage *passage, size_t offset)
{
	size_t low = 0, high = passage->span_count;
	while (high - low > 1) { /* the last span that begins at or before the offset */
		size_t middle = low + (high - low) / 2;
		if (passage->spans[middle].at <= offset)
			low = middle;
		else
			high = middle;
	}
	if (high == 0)
		return (struct nb_place){ passage->file, 0, 0 };
	struct nb_place place = { passage->file, passage->spans[low].line,
		passage->spans[low].column };
	for (size_t at = passage->spans[low].at; at < offset && at < passage->size; at++) {
		unsigned char c = (unsigned char)passage->text[at];
		if (c == '\n') {
			place.line++;
			if (!passage->of_sheet)
				place.column = 1;
		} else if (place.column && !passage->of_sheet && (c & 0xC0) != 0x80) {
			place.column++;
		}
	}
	return place;
}

struct passage passage_plain(struct arena *arena, enum passage_kind kind, const char *text,
    const char *file, uint32_t line, uint32_t column)
{
	struct passage_span *span = arena_alloc(arena, sizeof *span);
	*span = (struct passage_span){ 0, line, column };
	return (struct passage){ .kind = kind,
		.text = text,
		.size = strlen(text),
		.file = file,
		.spans = span,
		.span_count = 1,
		.row_head = "",
		.column_head = "",
		.point = (size_t)-1 };
}

const struct passage_figure *passage_figure_at(
    const struct passage *passage, size_t start, size_t end)
{
	size_t low = 0, high = passage->figure_count;
	while (low < high) { /* the first one that ends behind `start` */
		size_t middle = low + (high - low) / 2;
		if (passage->figures[middle].end > start)
			high = middle;
		else
			low = middle + 1;
	}
	return low < passage->figure_count && passage->figures[low].start < end
	           ? &passage->figures[low]
	           : NULL;
}
