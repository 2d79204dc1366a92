/* finding.h: findings (校核意见), the product of checking: collected, sorted, all shown. */
#ifndef BASE_FINDING_H
#define BASE_FINDING_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/codes.h"

#include <stddef.h>

struct finding {
	const char *code; /* "ini.syntax", "supervision.outcomes-sum" */
	enum nb_severity severity;
	const char *department; /* id, or NULL: the report as a whole */
	struct nb_place at;     /* `file` relative to the workspace, or as given */
	struct nb_place also;   /* a second place, file NULL if there is none */
	const char *subject;    /* what it is about: a key, figure, title */
	const char *message;    /* untranslated; %s or %1$s for each of args */
	const char *args[NB_ARGS];
	const char *why;      /* untranslated cause, said after a colon; or NULL */
	const char *waived;   /* the reason why it is accepted, or NULL */
	char fingerprint[17]; /* 16 hex digits; set when added */
	size_t order;         /* as added; settles ties */
};

/* All findings of a run. Strings live in the arena. */
struct findings {
	struct arena *arena;
	struct finding *items;
	size_t count;
};

/* The code and severity of a core finding, for a designated initialiser. */
#define FINDING(name)                                                                              \
	.code = code_table[CODE_##name].id, .severity = code_table[CODE_##name].severity

/*
 * FIND(findings, CODE_NAME, department, place, subject, message, args...):
 * records a core finding. Arguments are data, never translated words: they are
 * part of the fingerprint.
 */
#define FIND(findings, name, department_, place_, subject_, ...)                                   \
	findings_add((findings),                                                                   \
	    &(struct finding){ FINDING(name), .department = (department_), .at = place_,           \
	        .subject = (subject_), FINDING_TEXT(__VA_ARGS__, NULL) })
#define FINDING_TEXT(text, ...) .message = (text), .args = { __VA_ARGS__ }
/* A place as FIND() takes it. */
#define AT(file_, line_, column_) ((struct nb_place){ (file_), (line_), (column_) })

void findings_init(struct findings *findings, struct arena *arena);

/*
 * Records a finding; everything in it is copied. The fingerprint is made from
 * code, department, subject, file name (without folder or revision) and
 * arguments, so it survives re-runs, reordering and edits elsewhere, and is
 * another one when the values change.
 */
void findings_add(struct findings *findings, const struct finding *finding);

/* Forgets all findings but the first `count`. */
void findings_cut(struct findings *findings, size_t count);

/* Gives findings [from, to) that name no department this one; its id is borrowed. */
void findings_attribute(struct findings *findings, size_t from, size_t to, const char *department);

/* Sorts by department (as in `order`, a NULL-ended list of ids), file, line, column. */
void findings_sort(struct findings *findings, const char *const *order);

/* Number of findings of a severity that are not waived. */
size_t findings_count(const struct findings *findings, enum nb_severity severity);

/* The message with its arguments, in the language in force. */
void finding_message(const struct finding *finding, struct buf *out);

/* "file:line:column: error: message [code]", without newline; translated. */
void finding_line(const struct finding *finding, struct buf *out);

/* "error", "warning", "note": for data, never translated. */
const char *severity_id(enum nb_severity severity);

#endif
