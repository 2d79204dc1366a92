/* suspect.h: what is said of a zip before, and besides, reading what is in it. */
#ifndef INTAKE_SUSPECT_H
#define INTAKE_SUSPECT_H

#include "intake/intake.h"

/* The limits of the workspace on one hand-in. */
struct store_limits suspect_limits(const struct workspace *ws);

/*
 * Finds all that speaks against a zip that was opened by store_open_suspect():
 * one finding an entry, the first twenty and how many more. 1 if there is
 * anything: the zip is refused as a whole, for nothing in it was unpacked.
 */
int suspect_refused(
    const struct intake_context *context, const char *label, const struct store *store);

/*
 * The department whose hand-in this most likely is, by its path alone: its
 * first part in the inbox or its file name begins with the id, or holds the
 * whole name. NULL if none does, or more than one.
 */
const char *suspect_department(const struct workspace *ws, const char *path);

/* Notes on a zip that is read: what was ignored, and what its names were taken for. */
void suspect_notes(const struct intake_context *context, const struct submission *submission);

#endif
