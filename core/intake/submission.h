/* submission.h: reading one hand-in in two steps: who sent it, then all of it. */
#ifndef INTAKE_SUBMISSION_H
#define INTAKE_SUBMISSION_H

#include "intake/reader.h"
#include "workspace/ini.h"

/*
 * Reads submission.ini, or who hands in on the office's form, and fills in department, revision and
 * date. 1 with findings if the hand-in cannot be told whose it is or is not for this report; -1 if
 * the system fails. The caller releases `ini`, whatever comes of it.
 */
int submission_identify(struct reader *reader, struct ini *ini, struct err *err);

/* Reads everything else, after submission_identify(); the office's form into `ini` as well. */
int submission_read(struct reader *reader, struct ini *ini, struct err *err);

#endif
