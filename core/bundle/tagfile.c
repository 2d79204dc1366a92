/* tagfile.c: reads and decodes the text files of a bag. */
#include "bundle/tagfile.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/utf8.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>

/* A line for each of the files that store_limits_default allows, with long names. */
#define TAGFILE_MAX ((uint64_t)1 << 30)

/* Appends `in` as UTF-8. NULL, or what is wrong. */
static const char *decode(const char *encoding, struct buf *in, struct buf *out)
{
	const char *problem = NULL;
	char *from = in->data;
	size_t left = in->len;
	iconv_t convert = iconv_open("UTF-8", encoding);

	if (convert == (iconv_t)-1)
		return N_("its encoding '%s' is unknown");
	while (left > 0) {
		char *to;
		size_t room, n;

		buf_reserve(out, left + 64);
		to = out->data + out->len;
		room = out->cap - out->len - 1;
		n = iconv(convert, &from, &left, &to, &room);
		out->len = (size_t)(to - out->data);
		out->data[out->len] = '\0';
		if (n == (size_t)-1 && errno != E2BIG) {
			problem = N_("it is not text in the encoding '%s'");
			break;
		}
	}
	iconv_close(convert);
	return problem;
}

static void split(struct tagfile *out, struct arena *arena, const struct buf *text)
{
	const char *at = buf_str(text), *end = at + text->len;

	while (at < end) {
		size_t n = strcspn(at, "\r\n");

		out->lines = arena_grow(arena, out->lines, out->count, sizeof *out->lines);
		out->lines[out->count++] = arena_strndup(arena, at, n);
		at += n;
		if (at < end)
			at += at[0] == '\r' && at[1] == '\n' ? 2 : 1;
	}
}

int tagfile_read(struct store *store, const struct store_file *file, const char *encoding,
    struct arena *arena, struct tagfile *out, struct err *err)
{
	struct buf raw = { 0 }, decoded = { 0 }, *text = &raw;
	struct err failure;
	int rc = -1;

	*out = (struct tagfile){ .detail = arena_strdup(arena, encoding) };
	if (store_read(store, file, TAGFILE_MAX, &raw, &failure) != 0) {
		if (failure.kind == ERR_SYSTEM) {
			*err = failure;
			goto out;
		}
		out->problem = "%s";
		out->detail = arena_strdup(arena, failure.text);
	} else if (strcasecmp(encoding, "UTF-8") != 0 && raw.len > 0) {
		out->problem = decode(encoding, &raw, &decoded);
		text = &decoded;
	} else if (utf8_check(buf_str(&raw), raw.len) != raw.len) {
		out->problem = N_("it is not text in the encoding '%s'");
	} else if (strncmp(buf_str(&raw), "\xEF\xBB\xBF", 3) == 0) {
		out->problem =
		    N_("it begins with a byte order mark, which a bag in %s must not have");
	}
	if (!out->problem && text->len > 0 && memchr(text->data, '\0', text->len))
		out->problem = N_("it is not text in the encoding '%s'");
	if (!out->problem)
		split(out, arena, text);
	rc = 0;
out:
	buf_release(&raw);
	buf_release(&decoded);
	return rc;
}

const char *tagfile_value(const struct tagfile *text, const char *label)
{
	size_t n = strlen(label);
	for (size_t i = 0; i < text->count; i++) {
		const char *line = text->lines[i];
		if (strncasecmp(line, label, n) == 0 && line[n] == ':')
			return line + n + 1 + strspn(line + n + 1, " \t");
	}
	return NULL;
}
