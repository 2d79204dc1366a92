/*
 * intake.h: from whatever a department sends to a submission (报送材料).
 * Nothing outside is believed before it went through here.
 */
#ifndef INTAKE_INTAKE_H
#define INTAKE_INTAKE_H

#include "archive/store.h"
#include "base/arena.h"
#include "base/encoding.h"
#include "base/err.h"
#include "base/finding.h"
#include "base/passage.h"
#include "intake/receipt.h"
#include "workspace/catalog.h"
#include "workspace/workspace.h"

#include <stddef.h>

/* A file handed in as evidence (附件). */
struct attachment {
	const char *title;
	const char *chapter; /* id, or NULL */
	const char **backs;  /* figure ids of that chapter */
	size_t back_count;
	int internal;        /* never leaves in a published bundle */
	struct store *store; /* that the file is in: the hand-in's, or a document's in it */
	const struct store_file *file;
	const char *path; /* in the bundle, below data/; set by bag_name_attachments() */
	struct nb_place place;
};

/* The file of a chapter's prose. */
struct narrative_file {
	const char *name;                   /* as submission.ini has it */
	const struct store_file *file;      /* NULL: there is none, or none that may be read */
	struct nb_place place;              /* where submission.ini names it */
	const struct passages_source *made; /* of a Word document: its section; else NULL */
};

/* What a submission has for one chapter. */
struct written {
	const struct chapter *chapter;
	struct nb_value *values; /* one per figure of the chapter */
	struct nb_rows *lists;   /* one per list of the chapter */
	struct nb_place place;   /* of the section */
	struct narrative_file narrative;
	/* What stands in it, as long as its text is there: see texts.h. */
	const char *opening; /* Markdown before the first point, or "" */
	struct nb_point *points;
	size_t point_count;
	struct passage *passages; /* of the narrative, in order: what a reader sees of it */
	size_t passage_count;
};

/* A Word document of a hand-in, opened for the pictures in it. */
struct inner_store {
	const struct store_file *file;
	struct store *store;
};

struct submission {
	const struct department *department;
	int year; /* it is for; 0 if that cannot be read */
	int revision;
	const char *date;       /* yyyy-mm-dd: when it was received, else as written; or NULL */
	const char *first_date; /* of the first revision, which decides whether it is late */
	enum encoding encoding; /* that departments.ini gives its texts */
	const char *label;      /* how findings name it: "inbox/sfj", "inbox/liuxi.zip" */
	struct store *store;
	struct inner_store *documents;
	size_t document_count;
	const struct store_file *form; /* the workbook of the office's form; NULL: none */
	struct written *written;       /* in report order */
	size_t written_count;
	struct attachment *attachments;
	size_t attachment_count;
	int days_late; /* against the deadline; 0 in time or unknown */
	int latest;    /* no higher revision of this department is there, and it was not returned */
	const struct receipt *receipt; /* the counter's, whose number and date count; or NULL */
	int altered;                   /* it is not what the receipt is for, which was found */
};

/* All hand-ins of a year, sorted by department and revision. */
struct intake {
	struct submission *items;
	size_t count;
	struct store **stores; /* of hand-ins that are no submission, too */
	size_t store_count;
};

/* What reading needs to know; all borrowed. */
struct intake_context {
	struct arena *arena;
	const struct workspace *workspace; /* NULL at a department's desk */
	const struct catalog *catalog;
	struct findings *findings;
};

/*
 * Reads all of the workspace's inbox. Each entry of `inbox/` is a folder with a
 * submission.ini, a zip of one, or a folder of such (a department's
 * revisions). What is wrong becomes findings; all but the latest revision of
 * a department are only identified, not checked. Narratives are found, and
 * read later: see texts.h. -1 if the system fails.
 */
int intake_inbox(const struct intake_context *context, const char *inbox, struct intake *intake,
    struct err *err);

/* Reads one hand-in, a folder or zip, as at a department's desk. */
int intake_one(
    const struct intake_context *context, const char *path, struct intake *intake, struct err *err);

/* Identifies all hand-ins of the inbox, but checks and reads none. No findings that it is empty. */
int intake_survey(const struct intake_context *context, const char *inbox, struct intake *intake,
    struct err *err);

/* A hand-in that lies on the counter and is not filed yet. */
struct arrival {
	const char *label;             /* how findings name it */
	const struct receipt *receipt; /* number and time it will have; NULL: only identify it */
	const char *first_date;        /* when the department's first revision came in, or NULL */
};

/* Reads the hand-in at `path`, whatever its name, as the one that `arrival` says. */
int intake_arrival(const struct intake_context *context, const char *path,
    const struct arrival *arrival, struct intake *intake, struct err *err);

/* Closes what stands open. */
void intake_release(struct intake *intake);

/*
 * A text file of the hand-in, as encoding_read() makes it: the one way in which
 * its texts are read. 0; 1 if it is no text (`how` says why); -1, with
 * ERR_INPUT if the file is too large or damaged.
 */
int submission_text(const struct submission *submission, const struct store_file *file,
    uint64_t limit, struct buf *out, struct decoded *how, struct err *err);

/* The latest submission of a department, or NULL. */
const struct submission *intake_latest(const struct intake *intake, const char *department);

/* The highest revision of a department if that was returned and none counts, else NULL. */
const struct submission *intake_returned(const struct intake *intake, const char *department);

/* Whether the submission names a file for a list of the chapter, be it readable or not. */
int written_names_list(const struct written *written, size_t list);

/* Whether an attachment of the submission backs a figure or list of the chapter. */
int submission_backs(const struct submission *submission, const char *chapter, const char *id);

/* What a submission wrote for a chapter, or NULL. */
const struct written *submission_chapter(const struct submission *submission, const char *chapter);

#endif
