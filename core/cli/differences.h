/* differences.h: what changed between two revisions, in words and as data. */
#ifndef CLI_DIFFERENCES_H
#define CLI_DIFFERENCES_H

#include "intake/difference.h"

#include <jansson.h>
#include <stdio.h>

/* A heading, chapter by chapter what changed; indented. */
void differences_print(const struct differences *differences, int previous, FILE *to);

/* The caller decrefs. */
json_t *differences_data(const struct differences *differences);

#endif
