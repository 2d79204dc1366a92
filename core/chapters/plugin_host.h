/* plugin_host.h: finding, checking and loading chapter plugins. */
#ifndef CHAPTERS_PLUGIN_HOST_H
#define CHAPTERS_PLUGIN_HOST_H

#include "base/arena.h"
#include "base/err.h"
#include "base/finding.h"
#include "workspace/catalog.h"
#include "workspace/workspace.h"

/*
 * Loads every *.so of the folders (NULL-ended, tried in order), sorted by
 * name. One that cannot be used becomes a finding which names the file, what
 * it was built for and what this program offers; the rest goes on. Of two
 * with one id the first stays. A folder that is not there is passed over.
 */
int plugins_load(struct arena *arena, const char *const *folders, struct findings *findings,
    struct catalog *all, struct err *err);

/*
 * The chapters of the report, in its order, with the figures that report.ini
 * adds. A chapter without plugin becomes a finding. Without workspace: all.
 */
void plugins_choose(struct arena *arena, const struct catalog *all,
    const struct workspace *workspace, const char *const *folders, struct findings *findings,
    struct catalog *chosen);

/* Unloads. Nothing of the plugins' tables may be used any more. */
void plugins_unload(struct catalog *all);

#endif
