/* format.c: the table of formats. */
#include "formats/format.h"

#include <string.h>

const struct format *const format_table[] = { &format_md, &format_html, &format_txt, &format_docx,
	&format_pdf, &format_tree, NULL };

const struct format *format_find(const char *name)
{
	for (size_t i = 0; format_table[i]; i++)
		if (strcmp(format_table[i]->name, name) == 0)
			return format_table[i];
	return NULL;
}
