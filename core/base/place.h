/* place.h: how a place is said: a line of a text, a cell of a sheet, a paragraph of a document. */
#ifndef BASE_PLACE_H
#define BASE_PLACE_H

#include "base/buf.h"

#include <nianbao/plugin.h>

/*
 * What a place's line and column count follows from its file: of
 * "figures.xlsx!supervision" (workbook and sheet) they are row and column, of
 * "report.docx" paragraph and character, of all else line and character (of a
 * list in CSV: line and field).
 */
enum place_kind { PLACE_LINE, PLACE_CELL, PLACE_PARAGRAPH };

enum place_kind place_kind(const char *file);

/* Appends where in the file: ":14:3", "!E14", " ¶12:3"; nothing if no line is known. */
void place_add_position(struct buf *out, const struct nb_place *place);

/* Appends file and position, fit for a terminal: "a.md:14:3", "a.xlsx!supervision!E14". */
void place_add(struct buf *out, const struct nb_place *place);

/* Appends a column's letters, counted from 1: "E", "AA". */
void place_add_column(struct buf *out, uint32_t column);

#endif
