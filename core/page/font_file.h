/* font_file.h: a font's file for cairo, read piece by piece. */
#ifndef PAGE_FONT_FILE_H
#define PAGE_FONT_FILE_H

typedef struct _cairo_font_face cairo_font_face_t;

/*
 * The face `index` of the file, without hints, bitmaps or anything of the
 * user's taste. Never NULL: of a file that cannot be read it is one that has
 * cairo's status of that, with `*error` the errno if the system is to blame,
 * else 0. To be destroyed by cairo_font_face_destroy().
 */
cairo_font_face_t *font_file_open(const char *path, int index, int *error);

/* The errno of a read that failed since: FreeType and cairo go on without a letter. 0: none did. */
int font_file_error(cairo_font_face_t *face);

#endif
