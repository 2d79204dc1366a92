/* received.h: what goes into the bundle is what the counter received. */
#ifndef BUNDLE_RECEIVED_H
#define BUNDLE_RECEIVED_H

#include "archive/zip_writer.h"
#include "base/arena.h"
#include "base/err.h"
#include "intake/intake.h"

/* The hand-ins of a bundle and which of its entries they are. Zeroed but for the arena: none. */
struct received {
	struct arena *arena;
	struct received_item *items;
	size_t count;
};

/*
 * Notes that the hand-in's files are the zip's entries `first` to `end` (not
 * included), in the order of store_files(); a zip is one entry. One that never
 * came over the counter, or was found to be altered before, is not noted. The
 * submission must outlive this.
 */
void received_note(
    struct received *received, const struct submission *submission, size_t first, size_t end);

/*
 * A zip_inspect: compares the digests of the bytes that were packed with those
 * of the receipts. -1 with the hand-in's name if one of them was altered since
 * it was received.
 */
int received_check(void *received, const struct zip_entry *done, size_t count, struct err *err);

#endif
