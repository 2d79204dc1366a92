/*
 * encoding.h: which encoding a text is in, and the text as UTF-8. Decided by rules that hold,
 * never by what is likely: a few words of Chinese look like anything.
 */
#ifndef BASE_ENCODING_H
#define BASE_ENCODING_H

#include "base/err.h"
#include "base/finding.h"

#include <stddef.h>

enum encoding {
	ENCODING_BY_RULE, /* nobody says which */
	ENCODING_UTF_8,
	ENCODING_GB18030, /* and GBK and GB 2312, which are parts of it */
	ENCODING_UTF_16LE,
	ENCODING_UTF_16BE
};

/* As what bytes were read, or why they are no text. */
struct decoded {
	enum encoding encoding; /* if they are no text: the one that went furthest */
	int as_told;            /* it is the one asked for */
	const char *wrong;     /* untranslated, %1$s for the encoding's name; NULL: they are text */
	size_t at;             /* the first byte that does not fit, */
	unsigned line;         /* its line */
	unsigned control_line; /* encoding_read(): of the first character left out; 0: none */
};

/*
 * Makes bytes UTF-8 without NUL. A byte order mark decides; without one
 * `wanted` does; if that is ENCODING_BY_RULE, what is strictly UTF-8 is UTF-8,
 * and else what is strictly GB18030, with none but assigned characters, is
 * that. UTF-16 without a mark is read only if wanted. Plain ASCII is ASCII
 * whatever is wanted. 0, or 1 if nothing fits (`text` is then as it was); -1 if
 * the system fails.
 */
int encoding_decode(struct buf *text, enum encoding wanted, struct decoded *how, struct err *err);

/* The same, made plain (utf8_plain()), and what utf8_control() finds left out. */
int encoding_read(struct buf *text, enum encoding wanted, struct decoded *how, struct err *err);

/* "UTF-8", "GB18030", "UTF-16LE". */
const char *encoding_name(enum encoding encoding);

/* The encoding of that name, gbk and gb2312 among them; in any case of letters. 0 if there is none.
 */
int encoding_named(const char *name, enum encoding *out);

/* A note saying as what a file was read, once a file, unless that is UTF-8. */
void encoding_note(
    struct findings *findings, const char *department, const char *file, const struct decoded *how);

#endif
