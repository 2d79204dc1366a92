/* similar_impl.h: what reading texts (similar_read.c) leaves for comparing them (similar.c). */
#ifndef REVIEW_SIMILAR_IMPL_H
#define REVIEW_SIMILAR_IMPL_H

#include "review/keys.h"
#include "review/shown.h"
#include "review/similar.h"

enum {
	PRINT_BYTES = 4, /* of a fingerprint: one of many that two texts must share */
	PHRASE_BYTES = 7 /* of a phrase, of which one tells */
};

struct text {
	struct similar_text said; /* `headline`: what it is called in messages */
	const char *file;         /* that its passages stand in */
	uint64_t department;      /* hash of the id; last year's report counts as one department */
	uint32_t phrases;         /* the first one */
	uint32_t characters;      /* that count for likeness */
	uint32_t prints;          /* different fingerprints, */
	uint32_t own;             /* of which those that are no common wording */
	size_t sharers;           /* while comparing: how many, or where they begin */
	uint32_t shared;          /* while comparing: fingerprints with the text in hand */
	int copied;               /* found to be much like another */
};

/* A sentence or clause long enough to be noticed when it stands twice: one for every 50 bytes. */
struct phrase {
	uint32_t line;
	unsigned column : 24;
	unsigned whole : 1; /* a sentence; the last of its phrases, for its clauses come first */
	unsigned last : 1;  /* the last phrase of its sentence */
	unsigned far : 1;   /* a clause long enough to be compared between departments */
	unsigned prescribed : 1; /* names the guiding thought, whose wording is not the writer's */
	uint32_t words;          /* how it begins, see shown.h; 0: it is the first to read so */
};

enum { COLUMN_MOST = (1 << 24) - 1 };

/* While comparing, of each phrase. */
struct repeat {
	uint32_t first; /* phrase that reads the same and came first */
	uint32_t times; /* 0: none came before; else how many did */
};

struct similar {
	struct arena arena; /* names of files and texts */
	struct text *texts;
	size_t text_count, text_cap;
	struct phrase *phrases;
	size_t phrase_count, phrase_cap;
	struct repeat *repeats; /* while comparing */
	struct shown shown;
	struct keys prints;      /* number: text */
	struct keys phrase_keys; /* number: phrase */
};

/* Fingerprints and phrases of a passage of text. */
void similar_read(struct similar *similar, const struct passage *passage);

#endif
