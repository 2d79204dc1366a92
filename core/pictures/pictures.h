/* pictures.h: the pictures that a text of the office's names, read from beside it. */
#ifndef PICTURES_PICTURES_H
#define PICTURES_PICTURES_H

#include "base/arena.h"
#include "document/document.h"

/* Zeroed but for arena and folder: nothing is read yet. */
struct pictures {
	struct arena *arena;
	const char *folder;         /* nothing outside of it is read */
	const char *except;         /* a folder in it that holds what others sent; or NULL */
	struct picture_file *files; /* read so far */
	size_t count;
	size_t bytes; /* of all of them, each as often as it is named */
};

/*
 * The picture that a text in `file` means by `target`, which counts from that
 * file's folder; the same one for the same file. NULL if it cannot be set, and
 * `*why` says why, untranslated: it is no regular PNG or JPEG file, lies
 * outside of the folder, has more than 20 MB or 50 million pixels, is damaged or
 * turned, or all pictures together, each as often as it is named, have more than 200 MB. Its bytes
 * are those that image_read() keeps: a published report does not tell where a photograph was taken.
 * Valid as long as the arena.
 */
const struct picture *pictures_load(
    struct pictures *pictures, const char *file, const char *target, const char **why);

#endif
