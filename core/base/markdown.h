/*
 * markdown.h: CommonMark with pipe tables, read into a small tree with
 * positions. Knows Markdown, and nothing of reports.
 */
#ifndef BASE_MARKDOWN_H
#define BASE_MARKDOWN_H

#include "base/arena.h"
#include "base/buf.h"

#include <stddef.h>
#include <stdint.h>

enum md_kind {
	MD_DOCUMENT,
	/* blocks */
	MD_HEADING, /* level 1..6 */
	MD_PARAGRAPH,
	MD_LIST, /* ordered or not; children MD_ITEM */
	MD_ITEM,
	MD_QUOTE,
	MD_CODE_BLOCK,
	MD_TABLE, /* children MD_ROW */
	MD_ROW,   /* level 1: a header row */
	MD_CELL,  /* align */
	MD_RULE,
	/* inlines */
	MD_TEXT, /* text, entities decoded */
	MD_STRONG,
	MD_EMPHASIS,
	MD_CODE,
	MD_LINK,  /* target */
	MD_IMAGE, /* target; children are its alternative text */
	MD_BREAK
};

/* In md4c's order. */
enum align { ALIGN_NONE, ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT };

struct md_node {
	enum md_kind kind;
	unsigned level;     /* heading */
	unsigned start;     /* ordered list: first number; 0: bullets */
	enum align align;   /* cell */
	const char *text;   /* MD_TEXT, code: NUL-ended, in the arena */
	const char *target; /* link, image */
	uint32_t offset;    /* byte in the source where it begins; a block's: its first text */
	struct md_node *parent, *next, *first, *last;
};

/*
 * Reads `n` bytes of UTF-8. Cannot fail: every text is Markdown. Raw HTML is
 * taken as text. A line that begins with two U+3000 begins a paragraph, as is the
 * custom. Nesting deeper than a hundred levels is flattened. The tree lives in the
 * arena and does not point into `text`.
 */
struct md_node *markdown_read(struct arena *arena, const char *text, size_t n);

/*
 * Blanks of other widths (U+3000, NBSP) made plain ones where Markdown takes
 * no other: around the marks of a heading, before a table's row, in a line
 * that holds nothing else. One for one, so that columns stay.
 */
void markdown_plain(struct buf *text);

/* 1-based line of a byte offset. */
unsigned markdown_line(const char *text, size_t offset);

/* The same for offsets that mostly rise, without counting from the start each time. Zero it first.
 */
struct md_lines {
	size_t at;
	unsigned line;
};
unsigned markdown_line_next(struct md_lines *lines, const char *text, size_t offset);

/* Whether a link may lead there: the web and mail; nothing that runs code or reads files. */
int markdown_target_is_safe(const char *target);

/* Appends Markdown that reads back as exactly this text: specials escaped. */
void markdown_escape(struct buf *out, const char *text);

#endif
