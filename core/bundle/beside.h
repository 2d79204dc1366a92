/* beside.h: whether something stands beside a bundle; a look that fails tells neither. */
#ifndef BUNDLE_BESIDE_H
#define BUNDLE_BESIDE_H

#include "base/err.h"

/* 1 if something stands at the path, be it a link to nowhere; 0 if not; -1 if the system does not
 * tell. */
int beside_stands(const char *path, struct err *err);

/* 1 if the path leads to a regular file, 0 if to something else; -1 if to nothing, or as above. */
int beside_is_file(const char *path, struct err *err);

#endif
