/*
 * form.h: a hand-in on the office's forms (core/kit writes them) instead of a
 * submission.ini: a workbook says who hands in and holds figures, lists and
 * the register of attachments, a Word document the prose. It is read into the
 * same keys and values that a submission.ini has, so that from there on there
 * is one road.
 */
#ifndef INTAKE_FORM_H
#define INTAKE_FORM_H

#include "intake/reader.h"
#include "workspace/ini.h"

/*
 * Looks for the form's workbook in the hand-in, by its sheet 报送信息, not by
 * name, and adds to `ini` who hands in. 0 if there is one, which
 * submission->form then names; 1 if there is none; 2 if there is none but a
 * workbook that cannot be read, which is found; -1 if the system fails.
 */
int form_identify(struct reader *reader, struct ini *ini, struct err *err);

/*
 * Adds all that the form holds to `ini`. Values that are there already, from a
 * submission.ini, count. Nothing without a form; -1 if the system fails.
 */
int form_read(struct reader *reader, struct ini *ini, struct err *err);

/* What the form calls a key of [submission]. */
const char *form_label(const char *key);

/* Whether a file came with the form, which needs no registering. */
int form_owns(const char *name);

#endif
