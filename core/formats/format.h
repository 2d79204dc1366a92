/* format.h: the looks of a report. One file a format, one entry each in the table. */
#ifndef FORMATS_FORMAT_H
#define FORMATS_FORMAT_H

#include "base/buf.h"
#include "base/err.h"
#include "document/document.h"

/* A format takes a const tree and reads no files. */
struct format {
	const char *name;     /* as in [report] formats; also the file's ending */
	const char *about;    /* untranslated */
	const char *template; /* file that its looks come from, or NULL */
	int internal;         /* for tests: not offered in help */

	/* Appends the report. `look`: the template's text, "" without. */
	int (*render)(
	    const struct report *report, const char *look, struct buf *out, struct err *err);
};

extern const struct format format_md, format_txt, format_html, format_tree;

/* All formats, NULL-ended. */
extern const struct format *const format_table[];

/* The format of that name, or NULL. */
const struct format *format_find(const char *name);

#endif
