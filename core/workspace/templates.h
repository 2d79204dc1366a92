/* templates.h: finding a template: the workspace's own before the installed one. */
#ifndef WORKSPACE_TEMPLATES_H
#define WORKSPACE_TEMPLATES_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

/* Folders to look in, in this order. */
struct templates {
	const char *own; /* templates/ of the workspace, or NULL */
	const char *installed;
};

/* Path of the first template of that name, in the arena; NULL if there is none. */
const char *template_find(const struct templates *templates, const char *name, struct arena *arena);

/* Appends the template's text, which is UTF-8. Fails if there is none. */
int template_read(
    const struct templates *templates, const char *name, struct buf *out, struct err *err);

#endif
