/* edited.h: what was changed by hand in the report's .docx since it was assembled. */
#ifndef REVIEW_EDITED_H
#define REVIEW_EDITED_H

#include "base/finding.h"
#include "chapters/figures.h"
#include "document/document.h"
#include "office/marked.h"
#include "workspace/workspace.h"

/*
 * Findings for figures that were typed over or taken out, and for those whose
 * value in the workspace is another one by now. `file` is the .docx as it was
 * named. `report` is what would be assembled now: it tells which figures were
 * deleted with their bookmarks. Without a workspace (these three NULL) the
 * catalog alone says what the figures are called.
 */
void edited_check(const struct marked *marked, const char *file, const struct catalog *catalog,
    const struct workspace *workspace, const struct figures *figures, const struct report *report,
    struct findings *findings);

#endif
