/* similar_impl.h: what reading texts (similar_read.c) leaves for comparing them (similar.c). */
#ifndef REVIEW_SIMILAR_IMPL_H
#define REVIEW_SIMILAR_IMPL_H

#include "review/keys.h"
#include "review/shown.h"
#include "review/similar.h"

enum {
	PRINT_BYTES = 5, /* of a fingerprint: one of many that two texts must share */
	PHRASE_BYTES = 8 /* of a phrase, of which one tells */
};

struct text {
	struct similar_text said; /* `headline`: what it is called in messages */
	const char *file;         /* that its passages stand in */
	uint64_t department;      /* hash of the id; last year's report counts as one department */
	uint32_t characters;      /* that count for likeness */
	uint32_t prints;          /* different fingerprints, */
	uint32_t own;             /* of which those that are no common wording */
	uint32_t shared;          /* while comparing: fingerprints with the text in hand */
	size_t sharers;           /* while comparing: how many, or where they begin */
	int copied;               /* found to be much like another */
};

/* A sentence or clause long enough to be noticed when it stands twice. */
struct phrase {
	uint32_t text; /* which one it stands in */
	uint32_t line, column;
	uint32_t words;          /* how it begins, see shown.h; 0: it is the first to read so */
	uint32_t first;          /* phrase that reads the same and came first */
	unsigned repeat : 8;     /* 0: none came before; else how many did, or REPEAT_MOST */
	unsigned whole : 1;      /* a sentence; the last of its phrases, for its clauses come first */
	unsigned last : 1;       /* the last phrase of its sentence */
	unsigned far : 1;        /* a clause long enough to be compared between departments */
	unsigned prescribed : 1; /* names the guiding thought, whose wording is not the writer's */
};

enum { REPEAT_MOST = 255 };

struct similar {
	struct arena arena; /* names of files and texts */
	struct text *texts;
	size_t text_count, text_cap;
	struct phrase *phrases;
	size_t phrase_count, phrase_cap;
	struct shown shown;
	struct keys prints;      /* number: text */
	struct keys phrase_keys; /* number: phrase */
};

/* Fingerprints and phrases of a passage of text. */
void similar_read(struct similar *similar, const struct passage *passage);

#endif
