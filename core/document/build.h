/*
 * build.h: how Markdown becomes nodes, piece by piece. Private to this room:
 * inlines.c, blocks.c, letter.c and document.c.
 */
#ifndef DOCUMENT_BUILD_H
#define DOCUMENT_BUILD_H

#include "document/caption.h"
#include "document/document.h"

struct builder {
	struct arena *arena;
	struct findings *findings;
	const struct document_source *source;
	struct report *report;
	/* while one text is read */
	const char *file; /* for findings; NULL: composed, nothing is found again */
	const char *text;
	const char *chapter;   /* id, or NULL in the frame */
	struct md_lines lines; /* of `text` */
	int has_attachments, has_signature;
	unsigned char *placed; /* one per chapter */
	unsigned annex_headings;
	const struct md_node *caption; /* of the table that comes next */
	struct captions *captions;
	struct err *err;
	int failed; /* a chapter could not be read */
};

/* ---- inlines.c ------------------------------------------------------------ */

struct node *build_node(struct builder *b, enum node_kind kind);
struct node *build_append(struct node *parent, struct node *child); /* the child */

/* Plain words. */
void build_text(struct builder *b, struct node *parent, const char *text, size_t n);

/* All inlines of `from`; or those from `first` up to `stop`, which may be NULL. */
void build_inlines(struct builder *b, struct node *parent, const struct md_node *from);
void build_inline_run(struct builder *b, struct node *parent, const struct md_node *first,
    const struct md_node *stop);

/* Due when a block has all its inlines: line breaks, indents, punctuation. */
void build_finish(struct builder *b, struct node *block);
/* The same for a heading, whose punctuation waits until its number is off. */
void build_finish_title(struct builder *b, struct node *title);

/*
 * Takes " {#id}" off the end: of a point's headline it said where the point
 * belongs, of a caption by what name the table goes. NULL if there is none.
 */
const char *build_id(struct builder *b, struct node *title);

/* "{{chapter.plan}}" standing alone in a paragraph, for "{{chapter.": "plan"; else NULL. */
const char *build_alone(struct builder *b, const struct md_node *block, const char *prefix);

const struct chart *build_chart(struct builder *b, const char *name); /* NULL: there is none */

unsigned build_line(struct builder *b, size_t offset);
/* Where the office wrote a block; nowhere for what was composed, which was looked at before. */
void build_place(struct builder *b, struct node *block, const struct md_node *from);

/* Whether pictures are set in the text in hand, and what is said of one that cannot be. */
int build_takes_pictures(const struct builder *b);
void build_find_picture(struct builder *b, const struct md_node *image, const char *why);

/* ---- blocks.c -------------------------------------------------------------- */

void build_block(struct builder *b, struct node *parent, const struct md_node *from);

/* ---- letter.c -------------------------------------------------------------- */

/* Marks whom it is sent to; of a paper of its own, what it says is attached becomes its list. */
void build_letter(struct builder *b);

#endif
