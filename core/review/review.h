/*
 * review.h: what a reviewer in a legal office looks for beyond sums: numbers
 * that no figure explains, copied and stale text, lost brackets, and what
 * must not be published.
 */
#ifndef REVIEW_REVIEW_H
#define REVIEW_REVIEW_H

#include "base/arena.h"
#include "base/err.h"
#include "base/finding.h"
#include "base/passage.h"
#include "chapters/figures.h"
#include "document/document.h"
#include "intake/intake.h"

/* Whose text is being looked at, for the checks that take a passage each. */
struct reviewer {
	struct arena *arena; /* for words of findings, which are copied */
	struct findings *findings;
	const char *department; /* id for findings, or NULL: the report's own text */
	const char *chapter;    /* id, where it is known; "" or NULL: none */
	int year;               /* of the report; 0: unknown */
	int internal;           /* the text never leaves in a published bundle */
	int full_width;         /* half-width marks are set full-width anyway */
};

/* privacy.c: secret marks, citizen ids, mobile and bank card numbers, mail addresses. */
void privacy_check(const struct reviewer *reviewer, const struct passage *passage);

/* typography.c: lost brackets, unpaired quotes, mixed marks, stray blanks, document numbers. */
void typography_check(const struct reviewer *reviewer, const struct passage *passage);

/* placeholder.c: XX万元, ____, （待补充）: what a template left open. */
void placeholder_check(const struct reviewer *reviewer, const struct passage *passage);

/* years.c: years of last year's text, dates that do not exist. */
void years_check(const struct reviewer *reviewer, const struct passage *passage);

/* steps.c: 一是…三是… in the paragraphs of a text, read in order. */
void steps_check(const struct reviewer *reviewer, const struct passage *passages, size_t count);

/* ---- the whole room -------------------------------------------------------- */

/* Reviewing all texts of a run, or of single hand-ins at a department's desk. */
struct review {
	struct arena *arena;
	struct findings *findings;
	const struct catalog *catalog;
	const struct workspace *workspace; /* NULL at a department's desk */
	const struct figures *figures;     /* the county's; NULL likewise */
	struct names *county;              /* made from them */
	struct similar *similar;
	struct ahead *ahead;         /* reads attachments; NULL: nothing is read ahead */
	struct trace_counts *counts; /* of the numbers in all texts looked at */
	struct typed *typed; /* numbers in narratives that state a figure, by their clause */
	size_t typed_count;
	int numbers_wanted; /* the composed text's as well: they become figures of the tree */
	/* Of the report: its numbers in order, after review_report(). */
	struct report_number *numbers;
	size_t number_count;
	struct trace_counts *report_counts;
};

/* A number of the finished report. */
struct report_number {
	const char *text;                /* as it stands there, with its unit */
	const char *status;              /* see trace_status_id() */
	const char *kind;                /* see number_kind_id() */
	const struct figure_use *figure; /* whose value it is, or NULL */
	const struct node *section;      /* the nearest section with a heading, or NULL */
	const char *chapter;             /* id, or "" in the frame */
	struct nb_place place;           /* where the office wrote it, see struct node */
};

/* `last_text`: last year's report as plain text, or NULL; `last_file`: where it is from. */
void review_begin(struct review *review, const char *last_text, const char *last_file);

/*
 * From here to review_stop_ahead() the attachments of these hand-ins are read
 * ahead by other threads, in the order in which review_submission() gets there.
 * To be stopped before they are closed. Nothing else changes with it.
 */
void review_read_ahead(struct review *review, const struct intake *intake);
void review_stop_ahead(struct review *review);

/* Narratives, lists and text attachments of one hand-in. -1 if the system fails. */
int review_submission(struct review *review, const struct submission *submission, struct err *err);

/* What stands twice, in all hand-ins and last year's report; due once, after the last hand-in. */
void review_compare(struct review *review);

/*
 * The composed report: parts that the law asks for, numbering of sister
 * chapters, and the text that the office itself wrote (frame, edited chapters).
 * Numbers that state a figure become one in the tree, so that every format
 * shows where they come from.
 */
void review_report(
    struct review *review, struct report *report, figure_resolver *resolve, void *self);

void review_end(struct review *review);

#endif
