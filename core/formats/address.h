/* address.h: addresses on the web, fit for a file that others parse. */
#ifndef FORMATS_ADDRESS_H
#define FORMATS_ADDRESS_H

#include "base/arena.h"

/*
 * The address as a file may hold it, in the arena: Office takes a file with
 * one that it cannot parse for damaged. What may not stand in a path is
 * percent-encoded. NULL if it is not of the plain kind: http or https, a host,
 * a port that there is.
 */
const char *web_address(const char *target, struct arena *arena);

#endif
