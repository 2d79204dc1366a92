/* format.h: the looks of a report. One file a format, one entry each in the table. */
#ifndef FORMATS_FORMAT_H
#define FORMATS_FORMAT_H

#include "base/buf.h"
#include "base/err.h"
#include "base/finding.h"
#include "document/document.h"

/* What a format gets besides the tree. */
struct setting {
	const char *look;          /* its template's bytes, a NUL behind them; "" without */
	size_t look_size;          /* may hold NULs: a docx is a template, too */
	struct arena *arena;       /* of the findings; their strings live there */
	struct findings *findings; /* what could not be set as it should be */
};

/* A format takes a const tree and reads no files. */
struct format {
	const char *name;     /* as in [report] formats; also the file's ending */
	const char *about;    /* untranslated */
	const char *template; /* file that its looks come from, or NULL */
	int own_template;     /* there is one only if the office has its own */
	int internal;         /* for tests: not offered in help */

	/* Appends the report. */
	int (*render)(const struct report *report, const struct setting *setting, struct buf *out,
	    struct err *err);
};

extern const struct format format_md, format_txt, format_html, format_docx, format_pdf, format_tree;

/* All formats, NULL-ended. */
extern const struct format *const format_table[];

/* The format of that name, or NULL. */
const struct format *format_find(const char *name);

#endif
