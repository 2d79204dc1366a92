/* name_decode.h: the names of a zip in UTF-8, whatever its writer made of them. Private to this
 * room. */
#ifndef ARCHIVE_NAME_DECODE_H
#define ARCHIVE_NAME_DECODE_H

#include "archive/zip_list.h"

/*
 * Sets `name` of all items, and the listing's charset.
 *
 * A name is UTF-8 if its flag says so (APPNOTE 4.4.4, bit 11), or what the
 * extra field 0x7075 has if that was made for its bytes. All others are taken
 * together, for one program packed them: as UTF-8 if each of them is, which is
 * what Linux and macOS write, else as GB18030, which is what Windows writes in
 * China. Where both could be and UTF-8 makes no single Chinese character of
 * them, the system that packed them decides.
 *
 * Only then are separators looked at: in GB18030 the second byte of a
 * character can be that of a backslash. A backslash separates folders if no
 * name in the zip uses a slash for it: such zips are made on Windows by
 * programs that do not know better. In a zip with both, it would be a folder
 * to one reader and part of a name to another; there it stays, and is found.
 * The slash at the end of a folder's own entry does not count.
 *
 * A name that cannot be read stays as its bytes are. One that reads
 * differently in two places becomes its item's problem.
 */
void zip_names(struct zip_listing *listing, struct arena *arena);

#endif
