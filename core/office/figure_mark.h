/*
 * figure_mark.h: the hidden bookmark around a figure in the report's .docx,
 * from which can be told years later, and with no other file, whether somebody
 * typed over it: "_nb_4be0c1a22f07_u14_23" is the 23rd figure, and "14".
 *
 * A bookmark and no content control: Word, WPS and LibreOffice keep it when
 * they save, and readers that know nothing of it still read the number.
 */
#ifndef OFFICE_FIGURE_MARK_H
#define OFFICE_FIGURE_MARK_H

#include <stddef.h>

enum {
	FIGURE_MARK_SIZE = 41,    /* Word's limit, and a NUL */
	FIGURE_MARK_HASH = 13,    /* 48 bits in hex */
	FIGURE_MARK_TEXT = 12 * 6 /* a text that is spelled out in the name, in UTF-8 */
};

struct figure_mark {
	char figure[FIGURE_MARK_HASH]; /* which figure it is */
	char text[FIGURE_MARK_TEXT];   /* what was set; "" if it is known by its hash alone */
	char hash[FIGURE_MARK_HASH];   /* of what was set; "" if it is known */
	/* It reaches over the character behind the number: typing over the number alone leaves a
	 * bookmark's other text, and so the bookmark, which Word else would let go. */
	unsigned tail : 1;
	/* Characters that stood beside it and would be read with it: see figure_run_before() */
	unsigned before, after;
	unsigned serial; /* from 1 in the order of the text */
};

/* Which figure: `department` NULL: the county's value. */
void figure_mark_figure(char figure[FIGURE_MARK_HASH], const char *id, const char *department);

/* The name of the bookmark around `text`; of the mark `tail`, `before`, `after` and `serial` count.
 */
void figure_mark_name(char name[FIGURE_MARK_SIZE], const char *id, const char *department,
    const char *text, const struct figure_mark *mark);

/* Reads a bookmark's name: 0, or -1 if it is none of ours. */
int figure_mark_read(const char *name, struct figure_mark *mark);

/*
 * Whether `text` is what was set: blanks around it, separators between thousands
 * and full-width digits make no other number.
 */
int figure_mark_holds(const struct figure_mark *mark, const char *text);

/*
 * Where the characters begin (end) that directly before (behind) a number make
 * another one of it: digits, points between digits, 万, 余 and the like. Nine at
 * most are counted.
 */
const char *figure_run_before(const char *start, const char *end, unsigned *count);
const char *figure_run_after(const char *start, const char *end, unsigned *count);

#endif
