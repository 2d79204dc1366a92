/*
 * office.h: what reading Word and Excel files has in common: the limits, and
 * what a reader left out or took in another way than it is shown.
 */
#ifndef OFFICE_OFFICE_H
#define OFFICE_OFFICE_H

#include <stdint.h>

struct office_limits {
	uint64_t parts;       /* files in the package */
	uint64_t total_bytes; /* of all of them, unpacked */
	uint64_t xml_bytes;   /* of the parts that are parsed, unpacked */
	unsigned ratio;       /* unpacked to packed, looked at beyond 64 MiB */
	unsigned depth;       /* elements in elements, at most 256 */
	uint64_t text_bytes;  /* of one piece of text or attribute */
	uint64_t cells;       /* of a workbook, those that hold something */
	uint64_t paragraphs;  /* of a document, those that hold something */
};

/* What is used where nothing else is asked. */
extern const struct office_limits office_limits_default;

/* What was seen and is not in the result, or not as it looks. */
enum office_note {
	NOTE_MACROS,       /* left out */
	NOTE_COMMENTS,     /* left out */
	NOTE_INSERTED,     /* tracked insertions, taken as accepted */
	NOTE_DELETED,      /* tracked deletions, left out */
	NOTE_FOOTNOTES,    /* foot- and endnotes, left out */
	NOTE_HEADERS,      /* headers and footers, left out */
	NOTE_TEXT_BOXES,   /* kept, as paragraphs behind the one they are tied to */
	NOTE_NESTED_TABLE, /* a table in a table's cell, kept as that cell's text */
	NOTE_HIDDEN_TEXT,  /* left out */
	NOTE_STRUCK_TEXT,  /* kept: struck out by hand, not as a tracked change */
	NOTE_PLACEHOLDER,  /* a form control nobody filled in, left out */
	NOTE_EMBEDDED,     /* another file's text set in (altChunk, subDoc), left out */
	NOTE_OBJECTS,      /* embedded objects, charts, diagrams, left out */
	NOTE_FORMULAS,     /* mathematical ones, kept as their letters in a row */
	NOTE_SYMBOLS,      /* of a symbol font, kept as U+FFFD */
	NOTE_LINKED_IMAGE, /* a picture that is not in the file, left out */
	NOTE_NO_VALUE,     /* a cell's formula without a stored result */
	NOTE_NO_SHEET,     /* a chart sheet, or a sheet whose part is missing, left out */
	NOTE_COUNT
};

struct office_notes {
	struct {
		unsigned count;
		unsigned line; /* of the first: paragraph or row; 0: none in particular */
	} of[NOTE_COUNT];
};

/* What a note says of the file, untranslated: "comments, which are left out". */
const char *office_note_text(enum office_note note);

void office_note_add(struct office_notes *notes, enum office_note note, unsigned line);

#endif
