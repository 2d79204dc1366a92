/* heading.h: whether title, issuer and date in report.ini are this report's. */
#ifndef REVIEW_HEADING_H
#define REVIEW_HEADING_H

#include "base/finding.h"
#include "workspace/workspace.h"

/* Another year or region than [report] has, as in a file copied from elsewhere. */
void heading_check(struct findings *findings, const struct workspace *workspace);

#endif
