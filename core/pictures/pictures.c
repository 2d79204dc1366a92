/* pictures.c: from a picture's name in a text to its bytes. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "pictures/pictures.h"

#include "base/file.h"
#include "base/i18n.h"
#include "pictures/image.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { BYTES_MAX = 20 << 20, ALL_BYTES_MAX = 200 << 20 };

static const char too_many[] = N_("all pictures together have more than 200 MB");

struct picture_file {
	const char *path; /* as the system has it */
	const struct picture *picture;
	const char *why; /* it is none */
};

static int hex(char c)
{
	static const char digits[] = "0123456789abcdef0123456789ABCDEF";
	const char *at = c ? strchr(digits, c) : NULL;
	return at ? (int)(at - digits) % 16 : -1;
}

/* Editors write 图%201.png for a blank, as in an address; NULL if nothing is to be decoded. */
static char *decoded(struct arena *arena, const char *target)
{
	char *text = arena_strdup(arena, target), *to = text;
	for (const char *from = target; *from; from++) {
		int high = *from == '%' ? hex(from[1]) : -1;
		int low = high >= 0 ? hex(from[2]) : -1;
		*to++ = low >= 0 ? (char)(high << 4 | low) : *from;
		from += low >= 0 ? 2 : 0;
		if (to[-1] == '\0')
			return NULL;
	}
	*to = '\0';
	return strcmp(text, target) != 0 ? text : NULL;
}

static int is_below(const char *path, const char *folder)
{
	char real[PATH_MAX];
	if (!realpath(folder, real))
		return 0;
	size_t n = strcmp(real, "/") == 0 ? 0 : strlen(real);
	return strncmp(path, real, n) == 0 && path[n] == '/';
}

/* Each format sets a picture as often as it is named, so it counts as often. */
static const struct picture *again(
    struct pictures *pictures, const struct picture_file *file, const char **why)
{
	*why = file->why;
	if (!file->picture)
		return NULL;
	if (file->picture->size > ALL_BYTES_MAX - pictures->bytes) {
		*why = too_many;
		return NULL;
	}
	pictures->bytes += file->picture->size;
	return file->picture;
}

/* Links are followed first: where a file lies counts, and not what it is called. */
static const char *find(
    struct pictures *pictures, const char *file, const char *target, char path[PATH_MAX])
{
	struct arena *arena = pictures->arena;
	const char *base = path_base(file);
	const char *folder = base == file ? "." : arena_strndup(arena, file, (size_t)(base - file));
	const char *name = target;
	if (strstr(target, "://") || strncmp(target, "data:", 5) == 0)
		return N_("it is not a file beside the text");
	if (!realpath(path_join(arena, folder, target), path)) {
		name = decoded(arena, target);
		if (!name || !realpath(path_join(arena, folder, name), path))
			return N_("there is no such file");
	}
	if (*name == '/' || !is_below(path, pictures->folder))
		return N_("it lies outside of the folder: copy it there");
	if (pictures->except && is_below(path, pictures->except))
		return N_(
		    "it belongs to a hand-in: copy it beside the text if it may be published");
	return NULL;
}

static const char *read_picture(
    struct pictures *pictures, const char *path, const struct picture **out)
{
	struct buf bytes = { 0 }, plain = { 0 };
	struct err err = { 0 };
	struct image image;
	const char *why = NULL;
	if (file_type(path) != FILE_REGULAR)
		why = N_("it is no regular file");
	else if (file_read(path, BYTES_MAX, &bytes, &err) != 0)
		why = err.kind == ERR_SYSTEM ? N_("it cannot be read")
		                             : N_("the picture has more than 20 MB");
	else if (bytes.len > ALL_BYTES_MAX - pictures->bytes)
		why = too_many;
	else
		why = image_read(buf_str(&bytes), bytes.len, &image, &plain);
	if (!why) {
		struct picture *picture = arena_alloc(pictures->arena, sizeof *picture);
		*picture = (struct picture){ .bytes = arena_strndup(
			                         pictures->arena, buf_str(&plain), plain.len),
			.size = plain.len,
			.is_jpeg = image.is_jpeg,
			.width = image.width,
			.height = image.height };
		pictures->bytes += plain.len;
		*out = picture;
	}
	buf_release(&bytes);
	buf_release(&plain);
	return why;
}

const struct picture *pictures_load(
    struct pictures *pictures, const char *file, const char *target, const char **why)
{
	char path[PATH_MAX];
	*why = find(pictures, file, target, path);
	if (*why)
		return NULL;
	struct picture_file *files = pictures->files;
	for (size_t i = 0; i < pictures->count; i++)
		if (strcmp(files[i].path, path) == 0)
			return again(pictures, &files[i], why);
	const struct picture *picture = NULL;
	*why = read_picture(pictures, path, &picture);
	pictures->files = files =
	    arena_grow(pictures->arena, files, pictures->count, sizeof *files);
	files[pictures->count++] =
	    (struct picture_file){ arena_strdup(pictures->arena, path), picture, *why };
	return picture;
}
