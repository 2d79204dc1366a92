/* content.h: what a file is by its first bytes, whatever its name says. */
#ifndef ARCHIVE_CONTENT_H
#define ARCHIVE_CONTENT_H

#include <stddef.h>

enum content_kind {
	CONTENT_IS_UNKNOWN,
	CONTENT_IS_PDF,
	CONTENT_IS_JPEG,
	CONTENT_IS_PNG,
	CONTENT_IS_GIF,
	CONTENT_IS_TIFF,
	CONTENT_IS_OFFICE, /* Office Open XML: docx, xlsx, pptx */
	CONTENT_IS_OFD,
	CONTENT_IS_ZIP,           /* any other */
	CONTENT_IS_BINARY_OFFICE, /* doc, xls, wps, and what Office encrypts */
	CONTENT_IS_RAR,
	CONTENT_IS_7Z,
	CONTENT_IS_PROGRAM /* ELF, PE, a script for a Unix shell */
};

struct content {
	enum content_kind kind;
	int encrypted; /* as far as is seen: an entry of a zip, a PDF, an Office file */
	int macros;    /* an Office file's, or of one that lies in a zip */
	int partial;   /* a zip of which more entries may follow than were seen */
};

/* Looks at the file's first bytes, or all of it (`whole`); the more, the more is seen. */
struct content content_of(const void *bytes, size_t n, int whole);

/*
 * Whether a file of this name may have that content: "x.docx" only an Office
 * file, "x.zip" that as well. Names with endings that say nothing to us may have any.
 */
int content_fits(const char *name, const struct content *content);

/* Whether a double click on Windows runs a file of this name, whatever is in it: .bat, .vbs, .lnk …
 */
int content_runs(const char *name);

/* "PDF", "Office Open XML"; for people, the same in every language but for the unknown.
 * Untranslated. */
const char *content_name(enum content_kind kind);

#endif
