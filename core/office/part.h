/*
 * part.h: one XML part read from start to end. The only place that knows
 * libxml2's reader. Refused: a DOCTYPE, nesting or texts beyond the limits,
 * what is not well-formed. Nothing outside the part is ever opened.
 *
 * Of mc:AlternateContent the branch that is understood is read, and no other.
 */
#ifndef OFFICE_PART_H
#define OFFICE_PART_H

#include "office/package.h"

#include <stddef.h>

/* Namespaces by what they mean, strict and transitional ones alike. */
enum part_ns {
	NS_NONE,
	NS_OTHER,
	NS_WORD,          /* w: */
	NS_SHEET,         /* spreadsheets' main one */
	NS_RELATION,      /* r: */
	NS_DRAWING,       /* a: */
	NS_WORD_DRAWING,  /* wp: */
	NS_CHART,         /* c: */
	NS_DIAGRAM,       /* dgm: */
	NS_VML,           /* v: */
	NS_OFFICE,        /* o: */
	NS_MATH,          /* m: */
	NS_COMPATIBILITY, /* mc: */
	NS_TYPES,         /* [Content_Types].xml */
	NS_RELATIONS,     /* *.rels */
	NS_XML            /* xml: */
};

enum part_event {
	PART_DONE,
	PART_START, /* every start has its end, empty elements too */
	PART_END,
	PART_TEXT
};

struct part {
	enum part_event event;
	enum part_ns ns;  /* of the element */
	const char *name; /* its local name */
	unsigned depth;   /* of the element; the root's is 1 */
	const char *text; /* valid until the next event */
	size_t text_length;
	unsigned long line; /* in the XML, for messages */
	struct part_reader *reader;
};

/* Opens a part of the package. */
int part_open(struct part *part, struct package *package, const char *name, struct err *err);
void part_close(struct part *part); /* a zeroed one, too */

/* The next event into `part`: 0, or -1: ERR_INPUT. */
int part_next(struct part *part, struct err *err);

/* ERR_INPUT about the part, for `why`, untranslated; returns -1. */
int part_refuse(const struct part *part, const char *why, struct err *err);

/* At a start: passes over the element; the next event is what follows its end. */
int part_skip(struct part *part, struct err *err);

/* At a start: an attribute's value, valid until the next event; NULL if it is not there. */
const char *part_attribute(const struct part *part, enum part_ns ns, const char *name);

/*
 * Once, before anything else of this and before there are threads: libxml2's
 * memory comes from where ours does. Several threads may then read, a package each.
 */
void part_init(void);

#endif
