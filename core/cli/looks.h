/* looks.h: a report in one of the formats, with the templates that its looks come from. */
#ifndef CLI_LOOKS_H
#define CLI_LOOKS_H

#include "base/arena.h"
#include "base/err.h"
#include "base/finding.h"
#include "formats/format.h"
#include "workspace/templates.h"

#include <stddef.h>

/* 0 if all are names of formats; else ERR_USAGE, which says what formats there are. */
int looks_check(const char *const *names, size_t count, struct arena *arena, struct err *err);

/* Appends the report; what cannot be set as it should be becomes findings. */
int looks_render(const struct templates *templates, const struct format *format,
    const struct report *report, struct findings *findings, struct buf *out, struct err *err);

#endif
