/* workspace.h: the office's folder for one year's report (年度工作目录): report.ini,
 * departments.ini. */
#ifndef WORKSPACE_WORKSPACE_H
#define WORKSPACE_WORKSPACE_H

#include "base/arena.h"
#include "base/encoding.h"
#include "base/err.h"
#include "base/finding.h"

#include <nianbao/plugin.h>

#include <stddef.h>

/* A department (责任单位): whoever hands in. */
struct department {
	const char *id;
	const char *name;
	const char **chapters; /* ids it owes */
	size_t chapter_count;
	unsigned line;          /* of its section in departments.ini */
	enum encoding encoding; /* of its text without a byte order mark */
};

/* A chapter of this report, as report.ini has it. */
struct chapter_choice {
	const char *id;
	const char *title; /* NULL: the plugin's; "": the chapter has no heading of its own */
	int numbering;     /* enum nb_numbering, or -1: the plugin's */
	unsigned line;
};

/* A figure that the office declares itself, `[figure ID]`. */
struct own_figure {
	const char *chapter;
	struct nb_figure figure;
	unsigned line;
};

/* An accepted finding, of waivers.ini. */
struct waiver {
	const char *fingerprint;
	const char *reason;
	unsigned line;
	int used;
};

/* How grave the office takes a code, `[findings]`. */
struct severity_choice {
	const char *code;
	int severity; /* enum nb_severity, or 0: off */
	unsigned line;
};

struct limits {
	unsigned long files;          /* in one hand-in */
	unsigned long depth;          /* folders in folders */
	unsigned long megabytes;      /* of one hand-in, unpacked */
	unsigned long text_kilobytes; /* of one narrative or list */
	unsigned long ratio;          /* how many times larger a file of a zip may get unpacked */
	unsigned long name_bytes;     /* of one name in a zip */
};

/* Where the chapters' charts stand. */
enum charts_where { CHARTS_IN_ANNEX, CHARTS_IN_TEXT, CHARTS_NOWHERE };

struct workspace {
	const char *root; /* as given; "." at the least */
	const char *report_file, *departments_file, *frame_file, *waivers_file; /* for findings */
	int year;
	const char *region, *title, *issuer;
	unsigned title_line, issuer_line, date_line; /* in report.ini; 0: not there */
	const char *date;                            /* yyyy-mm-dd, or NULL */
	/* For the archive (GB/T 33480, DA/T 46), each NULL if it is not said. */
	const char *number;    /* 文号 */
	const char *retention; /* 保管期限: 永久, 长期, 短期, 30年, 定期10年 */
	const char *secrecy;   /* 密级: 公开, 内部, 秘密, 机密, 绝密 */
	const char *deadline;  /* yyyy-mm-dd, or NULL */
	const char **formats;
	size_t format_count;
	const char *previous; /* path of last year's bundle, or NULL */
	unsigned previous_line;
	int annex;    /* the figures' table follows the report */
	int contents; /* a table of contents stands before it */
	enum charts_where charts;
	int full_width; /* set punctuation as GB/T 15834 wants it */
	struct limits limits;

	struct department *departments; /* in the order of the report */
	size_t department_count;
	const char **order; /* their ids, NULL-ended */
	struct chapter_choice *chapters;
	size_t chapter_count;
	struct own_figure *figures;
	size_t figure_count;
	struct waiver *waivers;
	size_t waiver_count;
	struct severity_choice *severities;
	size_t severity_count;
};

/*
 * Reads the workspace at `root`. What is wrong in its files becomes findings
 * (errors among them mean that it must not be used); -1 if there is no
 * workspace (ERR_USAGE) or the system fails. Strings live in the arena.
 */
int workspace_load(struct workspace *workspace, const char *root, struct arena *arena,
    struct findings *findings, struct err *err);

const struct department *workspace_department(const struct workspace *workspace, const char *id);

/* Position of a department in the report; department_count if it is none. */
size_t workspace_rank(const struct workspace *workspace, const char *id);

/*
 * Marks findings that waivers.ini accepts, after `[findings]` gave them
 * another severity; what that switches off counts as accepted as well, so the
 * bundle records it. If all of the workspace was checked
 * (`complete`), a waiver without its finding becomes a note.
 */
void workspace_waive(struct workspace *workspace, struct findings *findings, int complete);

#endif
