/* zip_check.h: a zip that was just written, read again before it gets its name. Private to this
 * room.
 */
#ifndef ARCHIVE_ZIP_CHECK_H
#define ARCHIVE_ZIP_CHECK_H

#include "archive/zip_writer.h"
#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

struct zip_check {
	int fd;
	const char *path;                /* for messages */
	const struct zip_entry *entries; /* what must be in it, in this order */
	size_t count;
	unsigned threads;
	/* Called in the caller's thread with the bytes checked since the last call; 0 to go on. */
	int (*tell)(void *self, uint64_t more, struct err *err);
	void *self;
};

/*
 * Reads the file's structure as that of a stranger's zip, then unpacks every
 * entry and compares size, CRC and SHA-256. It is what the system gives back,
 * which may never have left its memory: what a disk does to it later is for
 * `verify` to find. ERR_SYSTEM names the entry.
 */
int zip_check(const struct zip_check *check, struct err *err);

#endif
