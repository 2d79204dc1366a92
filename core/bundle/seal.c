/* seal.c: the checksum beside a bundle. */
#include "bundle/seal.h"

#include "archive/digest.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum { CHECKSUM_MAX = 16384, PIECE = 256 * 1024 };

const char *const seal_endings[] = { ".sha256", NULL };

/* The zip's digest, made in a thread of its own while its files are checked. */
struct whole {
	const char *path;
	char hex[DIGEST_HEX_MAX];
	int cause; /* errno, if it cannot be read */
	pthread_t thread;
	int started;
};

static void *digest_whole(void *self)
{
	struct whole *whole = self;
	struct digest *digest = digest_new("sha256");
	char *piece = mem_alloc(PIECE);
	int fd = open(whole->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	ssize_t n = fd < 0 ? -1 : 0;

	while (fd >= 0 && ((n = read(fd, piece, PIECE)) > 0 || (n < 0 && errno == EINTR)))
		if (n > 0)
			digest_add(digest, piece, (size_t)n);
	whole->cause = n < 0 ? errno : 0;
	digest_end(digest, whole->hex);
	if (fd >= 0)
		close(fd);
	free(piece);
	return NULL;
}

static void whole_start(struct whole *whole, const char *path)
{
	whole->path = path;
	whole->started = pthread_create(&whole->thread, NULL, digest_whole, whole) == 0;
	if (!whole->started)
		digest_whole(whole);
}

static void whole_end(struct whole *whole)
{
	if (whole->started)
		pthread_join(whole->thread, NULL);
}

/* ---- the file beside it -------------------------------------------------- */

/* sha256sum's escapes undone, in place. */
static void unescape(char *name)
{
	char *to = name;

	for (; *name; name++) {
		if (name[0] == '\\' && name[1]) {
			name++;
			*to++ = *name == 'n' ? '\n' : *name == 'r' ? '\r' : *name;
		} else {
			*to++ = *name;
		}
	}
	*to = '\0';
}

/* The digest that a line of sha256sum has for `name`; NULL: it is not of that. */
static const char *line_for(char *line, const char *name)
{
	int escaped = line[0] == '\\';
	char *hex = line + escaped;

	if (strspn(hex, "0123456789abcdefABCDEF") != 64 || hex[64] != ' ' ||
	    (hex[65] != ' ' && hex[65] != '*'))
		return NULL;
	if (escaped)
		unescape(hex + 66);
	if (strcmp(path_base(hex + 66), name) != 0)
		return NULL;
	hex[64] = '\0';
	return hex;
}

static void add(struct bag_verdict *verdict, struct arena *arena, enum bag_severity severity,
    const char *message, const char *name)
{
	bag_fault_add(verdict, arena,
	    &(struct bag_fault){ .severity = severity, .message = message, .args = { name } });
}

/* Whether the text has the digest, and one only, of the bundle's name. */
static void compare(struct bag_verdict *verdict, struct arena *arena, char *text,
    const struct whole *whole, const char *beside)
{
	const char *expected = NULL;
	unsigned lines = 0;

	for (char *line = strtok(text, "\r\n"); line; line = strtok(NULL, "\r\n"), lines++)
		if (!expected)
			expected = line_for(line, path_base(whole->path));
	if (!expected || lines != 1)
		add(verdict, arena, BAG_ERROR,
		    N_("'%s' is not the checksum of this bundle: it must be one line, "
		       "\"checksum  name\", with the bundle's name"),
		    beside);
	else if (strcasecmp(expected, whole->hex) != 0)
		add(verdict, arena, BAG_ERROR,
		    N_("the checksum in '%s' is another one: it was made for another bundle of "
		       "this name, or this one was altered since"),
		    beside);
	else
		verdict->checksum = 1;
}

static int check_checksum(struct bag_verdict *verdict, struct arena *arena,
    const struct whole *whole, const char *beside, struct err *err)
{
	struct buf text = { 0 };
	const char *name = path_base(beside);
	struct err problem;
	int rc = 0;

	if (file_read(beside, CHECKSUM_MAX, &text, &problem) != 0) {
		if (problem.kind == ERR_SYSTEM) {
			*err = problem;
			rc = -1;
		} else {
			add(verdict, arena, BAG_ERROR, "%s", problem.text);
		}
	} else if (text.len != strlen(buf_str(&text))) {
		add(verdict, arena, BAG_ERROR, N_("'%s' is no text"), name);
	} else {
		buf_reserve(&text, 1);
		compare(verdict, arena, text.data, whole, name);
	}
	buf_release(&text);
	return rc;
}

int seal_verify(const char *path, struct arena *arena, struct bag_verdict *verdict, struct err *err)
{
	const char *beside = arena_printf(arena, "%s%s", path, seal_endings[0]);
	int is_zip = file_type(path) == FILE_REGULAR;
	int sealed = is_zip && file_type(beside) != FILE_NONE;
	struct whole whole = { 0 };
	int rc;

	if (sealed)
		whole_start(&whole, path);
	rc = bag_verify(path, arena, verdict, err);
	if (sealed)
		whole_end(&whole);
	if (rc != 0)
		return rc;
	if (sealed && whole.cause)
		return err_sys(err, whole.cause, _("cannot read '%s'"), path);
	if (sealed)
		return check_checksum(verdict, arena, &whole, beside, err);
	if (is_zip)
		add(verdict, arena, BAG_NOTE,
		    N_("there is no '%s' beside it: whether this is the bundle that was handed "
		       "over, its own checksums cannot tell"),
		    path_base(beside));
	return 0;
}
