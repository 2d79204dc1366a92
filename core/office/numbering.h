/*
 * numbering.h: numbers typed at the start of a paragraph, in the ways of
 * official documents (GB/T 9704-2012, 7.3.3: 一、 （一） 1. （1）) and those
 * that writers add: ① 一是 第一，.
 */
#ifndef OFFICE_NUMBERING_H
#define OFFICE_NUMBERING_H

#include <stddef.h>

/* In order of rank. */
enum numbering_kind {
	NUMBERING_NONE,
	NUMBERING_SECTION,      /* 一、 */
	NUMBERING_PAREN,        /* （一） (一) ㈠ */
	NUMBERING_ARABIC,       /* 1. 1． 1、 ⒈ */
	NUMBERING_PAREN_ARABIC, /* （1） (1) 1） ⑴ */
	NUMBERING_CIRCLE,       /* ① */
	NUMBERING_STEP          /* 一是 第一， */
};

struct numbering {
	enum numbering_kind kind;
	unsigned value;
	size_t length; /* bytes to cut off, with the blanks around */
};

/*
 * What a paragraph, NUL-ended, begins with. Nothing for what only looks like a
 * number: 1.5亿元, 2021年, 一、二审案件, （一）项, 一是一.
 */
struct numbering numbering_at(const char *text);

#endif
