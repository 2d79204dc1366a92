/*
 * texts.h: the narratives of hand-ins, in memory for as long as they are looked
 * at and no longer: a county's prose is many times its figures.
 */
#ifndef INTAKE_TEXTS_H
#define INTAKE_TEXTS_H

#include "intake/intake.h"

/*
 * Reads the narratives of one hand-in: openings, points and passages, in the
 * arena. What is wrong becomes findings. -1 if the system fails.
 */
int texts_read(const struct intake_context *context, struct submission *submission,
    struct arena *arena, struct err *err);

/* Takes them out again, before their arena goes. */
void texts_drop(struct submission *submission);

/*
 * Reads what all latest hand-ins wrote for a chapter once more: openings and
 * points. What is wrong with them has been found.
 */
int texts_read_chapter(const struct intake_context *context, struct intake *intake,
    const char *chapter, struct arena *arena, struct err *err);
void texts_drop_chapter(struct intake *intake, const char *chapter);

#endif
