/* office.c: limits, and what notes say. */
#include "office/office.h"

#include "base/i18n.h"

const struct office_limits office_limits_default = {
	.parts = 10000,
	.total_bytes = (uint64_t)1 << 30,
	.xml_bytes = (uint64_t)128 << 20,
	.ratio = 200,
	.depth = 250,
	.text_bytes = (uint64_t)1 << 20,
	.cells = 1000000,
	.paragraphs = 200000,
};

static const char *const texts[NOTE_COUNT] = {
	[NOTE_MACROS] = N_("it holds macros; they are left out"),
	[NOTE_COMMENTS] = N_("it holds comments; they are left out"),
	[NOTE_INSERTED] = N_("it holds tracked insertions; they are taken as accepted"),
	[NOTE_DELETED] = N_("it holds tracked deletions; they are left out"),
	[NOTE_FOOTNOTES] = N_("it holds footnotes or endnotes; they are left out"),
	[NOTE_HEADERS] = N_("it holds headers or footers; they are left out"),
	[NOTE_TEXT_BOXES] = N_("it holds text boxes; their text is taken as paragraphs"),
	[NOTE_NESTED_TABLE] =
	    N_("it holds a table within a table's cell; it is taken as that cell's text"),
	[NOTE_STRUCK_TEXT] = N_("it holds text that is struck out; it is kept: delete what does not "
	                        "count"),
	[NOTE_HIDDEN_TEXT] = N_("it holds hidden text; it is left out"),
	[NOTE_PLACEHOLDER] = N_("it holds form fields that nobody filled in; they are left out"),
	[NOTE_EMBEDDED] = N_("another document is set into it; that one is left out"),
	[NOTE_OBJECTS] = N_("it holds embedded objects, charts or diagrams; they are left out"),
	[NOTE_FORMULAS] = N_("it holds mathematical formulas; they are taken as plain text"),
	[NOTE_SYMBOLS] = N_("it holds characters of a symbol font that cannot be told"),
	[NOTE_LINKED_IMAGE] = N_("it shows pictures that are not in the file; they are left out"),
	[NOTE_NO_VALUE] = N_("it holds formulas without a stored result; open and save it once"),
	[NOTE_NO_SHEET] = N_("it holds sheets without cells, such as charts; they are left out"),
};

const char *office_note_text(enum office_note note)
{
	return texts[note];
}

void office_note_add(struct office_notes *notes, enum office_note note, unsigned line)
{
	if (notes->of[note].count++ == 0)
		notes->of[note].line = line;
}
