/* installation.h: where the program's own files lie. */
#ifndef BASE_INSTALLATION_H
#define BASE_INSTALLATION_H

#include "base/arena.h"

/*
 * The folder above bin, lib and share, found from the program's own place, so
 * that an installation can be moved, staged with DESTDIR or run from the build
 * folder; else the one that was built for. In the arena.
 */
const char *installation_prefix(struct arena *arena);

#endif
