/* name.h: which file names may come in, and which go out. */
#ifndef ARCHIVE_NAME_H
#define ARCHIVE_NAME_H

#include "base/arena.h"

/*
 * Why a relative name from outside must not be used: empty, absolute, "..",
 * a drive or backslash, control characters, not UTF-8, longer than 255
 * characters a part or NAME_BYTES_MAX in all. NULL if it may be. Untranslated
 * (N_()).
 */
#define NAME_BYTES_MAX 1000
const char *name_problem(const char *name);

/* Whether a part of the name means a device on Windows: CON, NUL, COM1, with any extension. */
int name_has_device(const char *name);

/*
 * What systems leave behind in folders and nobody means to send: __MACOSX,
 * .DS_Store and AppleDouble files, a folder's icon, Thumbs.db, desktop.ini,
 * locks of Word and Excel (~$). The name is relative to the zip's own root.
 */
int name_is_litter(const char *name);

/*
 * A name for a bundle, from one that passed name_problem(): NFC, without
 * \ : * ? " < > | % (replaced by "_"), no trailing dot or blank, no CON or NUL,
 * each part at most 200 bytes. The same name if nothing was wrong with it.
 */
char *name_safe(struct arena *arena, const char *name);

/* The name folded (NFC, case-folded), for finding two that differ only in that. In the arena. */
char *name_fold(struct arena *arena, const char *name);

#endif
