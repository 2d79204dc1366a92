/* text.c: all text of a Word or Excel file, piece by piece. */
#include "office/text.h"

#include "office/prose.h"
#include "office/workbook.h"

static int text_of_prose(
    struct package *package, struct arena *arena, office_sink *sink, void *self, struct err *err)
{
	struct prose prose;
	if (prose_read_package(&prose, package, arena, err) != 0)
		return -1;
	for (size_t i = 0; i < prose.count; i++)
		sink(self, NULL, prose.paragraphs[i].number, 0, prose.paragraphs[i].text);
	return 0;
}

static int text_of_workbook(
    struct package *package, struct arena *arena, office_sink *sink, void *self, struct err *err)
{
	struct workbook book;
	if (workbook_read_package(&book, package, arena, err) != 0)
		return -1;
	for (size_t s = 0; s < book.count; s++)
		for (size_t i = 0; i < book.sheets[s].count; i++) {
			const struct cell *cell = &book.sheets[s].cells[i];
			sink(self, book.sheets[s].name, cell->row, cell->column, cell->text);
		}
	return 0;
}

int office_text(const char *label, struct buf *bytes, struct arena *arena, office_sink *sink,
    void *self, struct err *err)
{
	struct package *package;
	if (package_open(&package, label, bytes, NULL, arena, err) != 0)
		return -1;
	int rc = package_kind(package) == PACKAGE_DOCUMENT
	             ? text_of_prose(package, arena, sink, self, err)
	             : text_of_workbook(package, arena, sink, self, err);
	package_close(package);
	return rc;
}
