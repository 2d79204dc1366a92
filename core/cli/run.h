/* run.h: a workspace's way from files to a report, shared by the office's commands. */
#ifndef CLI_RUN_H
#define CLI_RUN_H

#include "chapters/figures.h"
#include "cli/cli.h"
#include "document/document.h"
#include "intake/intake.h"
#include "pictures/pictures.h"
#include "review/review.h"
#include "workspace/templates.h"

struct run {
	struct cli *cli;
	struct arena *arena;
	struct findings findings;
	struct workspace workspace;
	const char *const *folders;   /* of plugins */
	struct catalog all, chapters; /* found; of the report */
	struct templates templates;
	struct intake intake;
	struct last_year last;
	struct figures figures;
	struct charts charts;
	struct review review;
	struct use **uses; /* of each figure, made when first asked for */
	struct pictures pictures;
	struct buf text; /* of the chapter that is being set */
	int traced;      /* every number of the report is wanted, not findings alone */
	int publication; /* the report is for the public: nothing internal is named in it */
	int complete;    /* everything that can be found was looked for */
};

/*
 * Workspace and plugins. A configuration with errors prints them. On -1
 * `*status` is what the command ends with; run_close() is due in any case.
 */
int run_open(struct run *run, struct cli *cli, int *status);

/* Hand-ins, last year's figures and text, combination, rules, texts: all but the report. */
int run_gather(struct run *run, int *status);

/* Last year's figures alone, for who needs no hand-ins. */
void run_last_year(struct run *run);

/*
 * Chapters, frame and tree; of composed chapters headings alone, unless all is
 * to be traced. Call run_settle() after it.
 */
int run_compose(struct run *run, struct report *report, int *status);

/*
 * A hand-in's texts, its rules and all that reviewing looks for, and the texts
 * let go again. `county` NULL: by itself, as at a department's desk.
 */
int run_check_one(const struct intake_context *context, struct review *review,
    const struct intake *county, struct submission *submission, struct err *err);

/* The department that a word on the command line means: its id, or its name if one has it. */
const struct department *run_department(const struct run *run, const char *word);

/* Applies waivers and puts the findings in order. */
void run_settle(struct run *run);

void run_close(struct run *run);

/* Whether a folder, made already or not, is of the inbox: hand-ins only belong there. */
int run_is_inbox(struct run *run, const char *folder);

/* The first line of a drafted chapter: which hand-ins it was composed from. In the arena. */
const char *run_draft_mark(struct run *run, const struct chapter *chapter);

/* Composes one chapter's Markdown, or reads the office's edited one. `*file` is its path, or NULL.
 */
int run_chapter(struct run *run, const struct chapter *chapter, int edited, struct buf *out,
    const char **file, struct err *err);

#endif
