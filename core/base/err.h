/*
 * err.h: failures, which end a run. (What is wrong with the input is no
 * failure but a finding, see finding.h.)
 *
 * Functions that can fail return 0 or a negative number and take a
 * `struct err *` last, which they leave alone on success. The text is written
 * where the fault is seen: what failed, subject in quotes, cause after a
 * colon, in the user's language. Callers pass it on unchanged.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

enum err_kind {
	ERR_NONE = 0,
	ERR_INPUT = 1, /* what was handed in is unusable; whoever asked for it makes it a finding */
	ERR_USAGE = 2, /* wrong usage or configuration; also the exit status */
	ERR_SYSTEM = 3 /* the system failed us: disk full, cannot read */
};

struct err {
	enum err_kind kind;
	const char *why; /* ERR_INPUT: the reason alone, untranslated, for a finding */
	char text[1200];
};

/* Both return -1, so that a caller can write `return err_set(...)`. */
int err_set(struct err *err, enum err_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* ERR_INPUT: the formatted text, a colon, and `why` (N_(), lives as long as the program). */
int err_input(struct err *err, const char *why, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* ERR_SYSTEM: the formatted text, a colon, and strerror(code). */
int err_sys(struct err *err, int code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
