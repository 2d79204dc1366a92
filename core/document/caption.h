/*
 * caption.h: tables and charts are numbered through the report (表1, 图1), and
 * what the text says of them leads there: {{chart.outcomes}} and {{table.permits}}
 * within a sentence are "图1" and "表2".
 */
#ifndef DOCUMENT_CAPTION_H
#define DOCUMENT_CAPTION_H

#include "document/document.h"

/* Words of the text that stand for the number of a table or chart. Zeroed: none; to be released. */
struct captions {
	struct mention *mentions;
	size_t mention_count;
	void *taken;     /* anchors of what may be mentioned */
	unsigned tables; /* that have no name of their own, so far */
};

/* "chart-supervision-outcomes", "table-permits": the anchor of what a name means. In the arena. */
const char *caption_anchor(struct arena *arena, const char *kind, const char *id);

/* Gives an anchor to a table or chart of the report; 0 if another one has it already. */
int captions_take(struct captions *captions, const char *anchor);
void captions_release(struct captions *captions);

/*
 * A NODE_LINK, still without text, to the table or chart of that anchor, which
 * may come later. `name` is how it was written, at `place` (file NULL:
 * composed, nothing is found again).
 */
void captions_mention(struct captions *captions, struct arena *arena, struct node *link,
    const char *name, struct nb_place place);

/*
 * Numbers the captions of body and annex and fills in what mentions them.
 * What stands nowhere becomes 〔缺〕 and a finding; what stands in a link of the
 * text's own is no link.
 */
void captions_number(const struct captions *captions, struct report *report, struct arena *arena,
    struct findings *findings);

#endif
