/* name.h: which file names may come in, and which go out. */
#ifndef ARCHIVE_NAME_H
#define ARCHIVE_NAME_H

#include "base/arena.h"

/*
 * Why a relative name from outside must not be used: empty, absolute, "..",
 * a drive or backslash, control characters, not UTF-8, longer than 255 bytes
 * a part or 1000 in all. NULL if it may be. Untranslated (N_()).
 */
const char *name_problem(const char *name);

/*
 * A name for a bundle, from one that passed name_problem(): NFC, without
 * \ : * ? " < > | % (replaced by "_"), no trailing dot or blank, no CON or NUL,
 * each part at most 200 bytes. The same name if nothing was wrong with it.
 */
char *name_safe(struct arena *arena, const char *name);

/* The name folded (NFC, case-folded), for finding two that differ only in that. In the arena. */
char *name_fold(struct arena *arena, const char *name);

#endif
