/* mustache.h: Mustache templates, filled from JSON values. */
#ifndef CHAPTERS_MUSTACHE_H
#define CHAPTERS_MUSTACHE_H

#include "base/buf.h"
#include "base/err.h"

#include <jansson.h>
#include <stddef.h>

/* What a template needs from its surroundings. Zeroed: HTML, and no partials. */
struct mustache_env {
	/* Appends `text` as {{x}} is to show it. NULL: mustache_escape_html. */
	void (*escape)(struct buf *out, const char *text);

	/*
	 * Appends the template text of {{>name}}. Returns 1, 0 if there is none
	 * of that name (nothing is printed then), or -1 with `err` set. Asked
	 * once for a name and rendering. The name comes from the template as it
	 * stands there: whether "../x" may be a file is this function's affair.
	 */
	int (*partial)(void *self, const char *name, struct buf *out, struct err *err);
	void *self;
};

/*
 * Appends the template `text` of `n` bytes, filled from `context`, to `out`:
 * all core modules of the Mustache specification (github.com/mustache/spec),
 * none of the optional ones. Where the specification leaves a choice:
 *
 * - Missing, null, false, the empty list and the empty string are false in a
 *   section; 0 and the empty object are true.
 * - An object prints what stands under its key "", so {{{plan}}} prints a
 *   chapter and {{plan.figure}} a figure of it. Without "" it prints nothing,
 *   as null and lists do.
 * - Numbers print in the fewest digits that read back as the same number,
 *   with a point whatever the locale; from 1e21 on and below 1e-6 with an
 *   exponent.
 * - {{.x}} is the x of the current value alone, not of those around it.
 * - Blanks may stand before the sign of a tag: {{ #x }}.
 *
 * Returns 0. On failure -1, ERR_USAGE and "template:line: what is wrong", with
 * part of the text in `out`: unclosed tags and sections, wrong ends, a tag
 * without a proper name, delimiters longer than 32 bytes, sections nested
 * deeper than 256 or partials deeper than 64. Reading a template takes time
 * in proportion to its size; a section or partial shown many times is read
 * once. How much it prints is up to the template and is not limited here.
 */
int mustache_render(const char *template_name, const char *text, size_t n, const json_t *context,
    const struct mustache_env *env, struct buf *out, struct err *err);

/* Appends text for HTML and its attributes: & < > " ' as character references, control characters
 * other than tab and line ends left out. */
void mustache_escape_html(struct buf *out, const char *text);

#endif
