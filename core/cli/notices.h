/* notices.h: what was found, a page for each department, to be sent back to it (校核意见). */
#ifndef CLI_NOTICES_H
#define CLI_NOTICES_H

#include "cli/run.h"

/*
 * Writes a page for each department with findings, and one for the report as
 * a whole, into `folder`, through templates/notice.md or notice.html; in
 * Chinese, whoever asks. Takes away the pages of an earlier run for whom there
 * is nothing left to say. Prints their paths. Returns the exit status.
 */
int notices_write(struct run *run, const char *folder, const char *format);

#endif
