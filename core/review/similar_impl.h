/* similar_impl.h: what reading texts (similar_read.c) leaves for comparing them (similar.c). */
#ifndef REVIEW_SIMILAR_IMPL_H
#define REVIEW_SIMILAR_IMPL_H

#include "review/keys.h"
#include "review/similar.h"

struct text {
	struct similar_text said;
	uint64_t department; /* hash of the id; last year's report counts as one department */
	const char *opening; /* first passage, or NULL */
	size_t opening_size;
	uint32_t characters; /* that count for likeness */
	uint32_t prints;     /* different fingerprints, */
	uint32_t own;        /* of which those that are no common wording */
	size_t sharers;      /* while comparing: how many, or where they begin */
	uint32_t shared;     /* while comparing: fingerprints with the text in hand */
	int copied;          /* found to be much like another */
};

/* A sentence or clause long enough to be noticed when it stands twice. */
struct phrase {
	const char *at;
	const char *file;
	uint32_t size; /* bytes */
	uint32_t line, column;
	uint32_t text;     /* which one it stands in */
	uint32_t sentence; /* counted through all texts; its clauses come before the whole */
	uint32_t first;    /* phrase that reads the same and came first */
	uint32_t repeat;   /* 0: none came before; else how many did */
	int whole;         /* a sentence */
	int far;           /* a clause long enough to be compared between departments */
};

struct similar {
	struct text *texts;
	size_t text_count, text_cap;
	struct phrase *phrases;
	size_t phrase_count, phrase_cap;
	uint32_t sentence;
	struct keys prints;      /* number: text */
	struct keys phrase_keys; /* number: phrase */
};

/* Fingerprints and phrases of a passage of text. */
void similar_read(struct similar *similar, const struct passage *passage);

#endif
