/*
 * font_file.c: fonts read by pread(). Mapped, as FreeType would have them, all
 * of a font stays in memory once it was put into a PDF, five fonts 30 MB.
 */
#include "page/font_file.h"

#include "base/arena.h"
#include "base/file.h"

#include <cairo-ft.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Lives as long as cairo knows the face. */
struct font_file {
	FT_Library library;
	FT_Face face;
	FT_StreamRec stream;
	int fd;
	int error;
};

static const cairo_user_data_key_t owner;

/* FreeType asks for no bytes to hear whether the place is within the file: 0 if it is. */
static unsigned long read_stream(
    FT_Stream stream, unsigned long offset, unsigned char *buffer, unsigned long count)
{
	struct font_file *file = stream->descriptor.pointer;
	if (count == 0)
		return offset > stream->size;
	int rc = file_get(file->fd, buffer, count, offset);
	if (rc != 0)
		file->error = rc < 0 ? errno : EIO;
	return rc == 0 ? count : 0;
}

static void font_file_free(void *self)
{
	struct font_file *file = self;
	if (file->face)
		FT_Done_Face(file->face);
	if (file->library)
		FT_Done_FreeType(file->library);
	if (file->fd >= 0)
		close(file->fd);
	free(file);
}

static int open_file(struct font_file *file, const char *path, int index)
{
	struct stat st;
	file->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (file->fd < 0) {
		/* What is listed and not for us is as good as not there. */
		file->error = errno == ENOENT || errno == EACCES ? 0 : errno;
		return -1;
	}
	if (fstat(file->fd, &st) != 0) {
		file->error = errno;
		return -1;
	}
	if (!S_ISREG(st.st_mode) || FT_Init_FreeType(&file->library) != 0)
		return -1;
	file->stream = (FT_StreamRec){ .size = (unsigned long)st.st_size,
		.descriptor = { .pointer = file },
		.read = read_stream };
	FT_Open_Args args = { .flags = FT_OPEN_STREAM, .stream = &file->stream };
	return FT_Open_Face(file->library, &args, index, &file->face) == 0 ? 0 : -1;
}

/* What cairo makes of a file that is none: a face that is in error. */
static cairo_font_face_t *no_face(const char *path)
{
	FcPattern *pattern = FcPatternCreate();
	FcPatternAddString(pattern, FC_FILE, (const FcChar8 *)path);
	cairo_font_face_t *face = cairo_ft_font_face_create_for_pattern(pattern);
	FcPatternDestroy(pattern);
	return face;
}

cairo_font_face_t *font_file_open(const char *path, int index, int *error)
{
	struct font_file *file = mem_alloc(sizeof *file);
	memset(file, 0, sizeof *file);
	*error = 0;
	if (open_file(file, path, index) != 0) {
		*error = file->error;
		font_file_free(file);
		return no_face(path);
	}
	cairo_font_face_t *face = cairo_ft_font_face_create_for_ft_face(
	    file->face, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP);
	if (cairo_font_face_set_user_data(face, &owner, file, font_file_free) !=
	    CAIRO_STATUS_SUCCESS)
		mem_fail();
	return face;
}

int font_file_error(cairo_font_face_t *face)
{
	const struct font_file *file = cairo_font_face_get_user_data(face, &owner);
	return file ? file->error : 0;
}
