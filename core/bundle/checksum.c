/* checksum.c: the checksum of the whole, which stands beside a bundle. */
#include "bundle/checksum.h"

#include "archive/digest.h"
#include "base/buf.h"
#include "base/encoding.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/length.h"
#include "bundle/beside.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum { CHECKSUM_MAX = 16384, HEX = 64, QUOTED_MAX = 80 };

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
	int fd = open(whole->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	whole->cause = fd >= 0 && digest_file(fd, NULL, whole->hex) == 0 ? 0 : errno;
	if (fd >= 0)
		close(fd);
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

/* ---- its text ---------------------------------------------------------------- */

/* What a checksum file says, or what is wrong with it. */
struct sum {
	const char *hex;     /* of SHA-256; NULL: there is none, see `problem` */
	char *name;          /* that it is of; "" if it has none */
	const char *problem; /* untranslated; %s for the file, and for `detail` if there is one */
	const char *detail;
};

#define HEX_DIGITS "0123456789abcdefABCDEF"

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

/* Whose digests are so long, by custom: what else it may be, the length does not tell. */
static const char *algorithm_of(size_t digits)
{
	static const struct {
		size_t digits;
		const char *name;
	} known[] = { { 32, "MD5" }, { 40, "SHA-1" }, { 56, "SHA-224" }, { 96, "SHA-384" },
		{ 128, "SHA-512" } };

	for (size_t i = 0; i < LENGTH(known); i++)
		if (known[i].digits == digits)
			return known[i].name;
	return NULL;
}

static void other_algorithm(struct sum *sum, const char *name)
{
	sum->problem = N_("'%s' holds a checksum by %s: it must be one by SHA-256");
	sum->detail = name;
}

/* "digest  name", as sha256sum prints it; or the digest alone. Whether it is that. */
static int read_plain(char *line, struct sum *sum)
{
	size_t digits = strspn(line, HEX_DIGITS);
	char *name = line + digits;

	if (*name && (name[0] != ' ' || (name[1] != ' ' && name[1] != '*')))
		return 0;
	if (digits == HEX) {
		sum->hex = line;
		sum->name = *name ? name + 2 : name;
		*name = '\0';
	} else if (algorithm_of(digits)) {
		other_algorithm(sum, algorithm_of(digits));
	} else {
		return 0;
	}
	return 1;
}

/* "SHA256 (name) = digest", as `sha256sum --tag` and openssl print it. Whether it is that. */
static int read_tagged(char *line, struct sum *sum)
{
	char *open = strchr(line, '('), *close = strrchr(line, ')'), *hex;
	size_t n = open ? (size_t)(open - line) : 0;

	if (!open || !close || close < open)
		return 0;
	hex = close + 1 + strspn(close + 1, " ");
	if (*hex != '=')
		return 0;
	hex += 1 + strspn(hex + 1, " ");
	while (n > 0 && line[n - 1] == ' ')
		n--;
	if (n == 0 || strspn(hex, HEX_DIGITS) < 32 || hex[strspn(hex, HEX_DIGITS)])
		return 0;
	line[n] = *close = '\0';
	if (strlen(hex) != HEX ||
	    (strcasecmp(line, "SHA256") != 0 && strcasecmp(line, "SHA-256") != 0 &&
	        strcasecmp(line, "SHA2-256") != 0)) {
		other_algorithm(sum, line);
	} else {
		sum->hex = hex;
		sum->name = open + 1;
	}
	return 1;
}

/* So much of it as a message can quote; cut between characters. */
static char *quoted(struct arena *arena, const char *line)
{
	size_t n = strlen(line);

	if (n <= QUOTED_MAX)
		return arena_strdup(arena, line);
	for (n = QUOTED_MAX; n > 0 && ((unsigned char)line[n] & 0xC0) == 0x80;)
		n--;
	return arena_printf(arena, "%.*s…", (int)n, line);
}

static void read_sum(struct arena *arena, const struct buf *text, struct sum *sum)
{
	char *copy = arena_strndup(arena, buf_str(text), text->len), *rest = NULL, *quote;
	char *line = strtok_r(copy, "\r\n", &rest);
	int escaped = line && line[0] == '\\';

	*sum = (struct sum){ 0 };
	if (!line || line[strspn(line, " \t")] == '\0') {
		sum->problem = N_("'%s' is empty: it must be one line, \"checksum  name\"");
		return;
	}
	if (strtok_r(NULL, "\r\n", &rest)) {
		sum->problem =
		    N_("'%s' has more than one line: it must be one, \"checksum  name\", "
		       "of this bundle");
		return;
	}
	quote = quoted(arena, line);
	line += escaped;
	if (!read_plain(line, sum) && !read_tagged(line, sum)) {
		sum->problem =
		    N_("'%s' holds no checksum, but '%s': it must be one line, \"checksum  "
		       "name\"");
		sum->detail = quote;
	}
	if (sum->hex && escaped)
		unescape(sum->name);
}

/* ---- against the bundle ------------------------------------------------------ */

static void add(struct bag_verdict *verdict, struct arena *arena, enum bag_severity severity,
    const char *message, const char *a, const char *b)
{
	bag_fault_add(verdict, arena,
	    &(struct bag_fault){
	        .severity = severity, .message = message, .args = { a, b }, .item = ITEM_ORIGIN });
}

static void judge(struct bag_verdict *verdict, struct arena *arena, const struct sum *sum,
    const struct whole *whole, const char *beside)
{
	const char *name = sum->hex ? path_base(sum->name) : "";
	int same_name = strcmp(name, path_base(whole->path)) == 0;

	if (!sum->hex) {
		add(verdict, arena, BAG_ERROR, sum->problem, beside, sum->detail);
		return;
	}
	verdict->checksum = strcasecmp(sum->hex, whole->hex) == 0;
	if (!verdict->checksum && (same_name || !*name))
		add(verdict, arena, BAG_ERROR,
		    N_("the checksum in '%s' is another one: this bundle was altered or packed "
		       "anew "
		       "since, or it was made for another bundle of this name"),
		    beside, NULL);
	else if (!verdict->checksum)
		add(verdict, arena, BAG_ERROR,
		    N_("the checksum in '%s' is another one, made for '%s': that is another "
		       "bundle, "
		       "or this one was altered or packed anew since"),
		    beside, name);
	else if (!*name)
		add(verdict, arena, BAG_WARNING,
		    N_("the checksum in '%s' is right, but no name stands behind it: 'sha256sum "
		       "-c' "
		       "cannot read it"),
		    beside, NULL);
	else if (!same_name)
		add(verdict, arena, BAG_WARNING,
		    N_("the checksum in '%s' is right, but made for the name '%s': the bundle was "
		       "renamed since"),
		    beside, name);
}

/*
 * What the text says against the bundle. Names are bytes on most systems, so it is taken as it is
 * first; but Notepad begins it with a mark, and PowerShell writes UTF-16.
 */
static int compare(struct bag_verdict *verdict, struct arena *arena, struct buf *text,
    const struct whole *whole, const char *beside, struct err *err)
{
	struct decoded how = { 0 };
	struct sum sum;
	int rc = 0;

	read_sum(arena, text, &sum);
	if (!sum.hex || strcmp(path_base(sum.name), path_base(whole->path)) != 0 ||
	    (text->len && memchr(text->data, '\0', text->len))) {
		rc = encoding_decode(text, ENCODING_BY_RULE, &how, err);
		if (rc == 0)
			read_sum(arena, text, &sum);
	}
	if (rc < 0)
		return -1;
	if (rc > 0)
		add(verdict, arena, BAG_ERROR,
		    N_("'%s' is no text that can be read: it must be one line, \"checksum  name\", "
		       "in UTF-8"),
		    beside, NULL);
	else
		judge(verdict, arena, &sum, whole, beside);
	bag_item_checked(verdict, ITEM_ORIGIN);
	return 0;
}

static int check_checksum(struct bag_verdict *verdict, struct arena *arena,
    const struct whole *whole, const char *beside, struct err *err)
{
	struct buf text = { 0 };
	struct err problem;
	int rc = 0;

	if (file_read(beside, CHECKSUM_MAX, &text, &problem) != 0) {
		if (problem.kind == ERR_SYSTEM) {
			*err = problem;
			rc = -1;
		} else {
			add(verdict, arena, BAG_ERROR, "%s", problem.text, NULL);
		}
	} else {
		rc = compare(verdict, arena, &text, whole, path_base(beside), err);
	}
	buf_release(&text);
	return rc;
}

int checksum_verify(
    const char *path, int is_zip, struct arena *arena, struct bag_verdict *verdict, struct err *err)
{
	const char *beside = arena_printf(arena, "%s%s", path, CHECKSUM_ENDING);
	int sealed = is_zip ? beside_stands(beside, err) : 0;
	struct whole whole = { 0 };
	int rc;

	if (sealed < 0)
		return -1;
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
		    path_base(beside), NULL);
	return 0;
}
