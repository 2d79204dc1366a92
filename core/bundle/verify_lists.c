/* verify_lists.c: what a bag says it holds: fetch.txt and the manifests, line by line. */
#include "bundle/verify_impl.h"

#include "archive/digest.h"
#include "base/i18n.h"
#include "base/utf8.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- names ------------------------------------------------------------- */

int verify_leads_out(const char *path)
{
	if (path[0] == '/' || path[0] == '~' || path[0] == '\\')
		return 1;
	if (isalpha((unsigned char)path[0]) && path[1] == ':')
		return 1;
	for (const char *part = path;; part++) {
		size_t n = strcspn(part, "/\\");

		if (n == 2 && part[0] == '.' && part[1] == '.')
			return 1;
		part += n;
		if (*part == '\0')
			return 0;
	}
}

/* CR, LF and "%" are written %0D, %0A and %25; nothing else is encoded. */
static char *decode(struct arena *arena, const char *path, int version)
{
	char *out = arena_strdup(arena, path), *to = out;

	for (const char *at = path; *at; at++) {
		char c = *at;

		if (strncasecmp(at, "%0d", 3) == 0)
			c = '\r';
		else if (strncasecmp(at, "%0a", 3) == 0)
			c = '\n';
		else if (version >= VERSION_1_0 && strncmp(at, "%25", 3) == 0)
			c = '%';
		else {
			*to++ = c;
			continue;
		}
		*to++ = c;
		at += 2;
	}
	*to = '\0';
	return out;
}

static int by_normal(const void *a, const void *b)
{
	return strcmp(((const struct normal *)a)->name, ((const struct normal *)b)->name);
}

static const char *normalise(struct arena *arena, const char *name)
{
	struct buf out = { 0 };
	const char *copy;

	utf8_nfc(&out, name);
	copy = arena_strndup(arena, buf_str(&out), out.len);
	buf_release(&out);
	return copy;
}

/* Looks for a name that is the same in normal form C: bags change hands between systems. */
static struct subject *find_normal(struct check *c, const char *name)
{
	struct normal key = { .name = normalise(c->arena, name) }, *hit;

	if (!c->normal) {
		c->normal = arena_alloc(c->arena, (c->count + 1) * sizeof *c->normal);
		for (size_t i = 0; i < c->count; i++) {
			c->normal[i].name = normalise(c->arena, c->subjects[i].file->name);
			c->normal[i].subject = i;
		}
		qsort(c->normal, c->count, sizeof *c->normal, by_normal);
	}
	hit = bsearch(&key, c->normal, c->count, sizeof *c->normal, by_normal);
	return hit ? &c->subjects[hit->subject] : NULL;
}

static struct subject *find_exact(struct check *c, const char *name)
{
	const struct store_file *file = store_find(c->store, name);
	size_t count;

	return file ? &c->subjects[file - store_files(c->store, &count)] : NULL;
}

/* The file a line of a manifest means, with a warning where that took goodwill; or NULL. */
static struct subject *find(struct check *c, const char *list, unsigned line, const char *raw)
{
	const char *name = decode(c->arena, raw, c->version);
	struct subject *hit = find_exact(c, name);

	if (hit)
		return hit;
	hit = find_exact(c, raw);
	if (hit) {
		fault(c, WARNING, list, line, N_("a percent sign in '%s' is not encoded"), raw);
		return hit;
	}
	hit = find_normal(c, name);
	if (hit)
		fault(c, WARNING, list, line,
		    N_("'%s' is written in another normal form than the file's name"), raw);
	return hit;
}

/* ---- fetch.txt --------------------------------------------------------- */

static int by_fetched(const void *a, const void *b)
{
	return strcmp(((const struct fetched *)a)->name, ((const struct fetched *)b)->name);
}

/* A line: URL, length or "-", path. */
static void read_fetch_line(struct check *c, const char *list, unsigned line, const char *text)
{
	size_t url = strcspn(text, " \t");
	const char *length = text + url + strspn(text + url, " \t");
	size_t digits = strcspn(length, " \t");
	const char *path = length + digits + strspn(length + digits, " \t");

	if (url == 0 || digits == 0 || *path == '\0' ||
	    (strspn(length, "0123456789") != digits && !(digits == 1 && *length == '-'))) {
		fault(c, ERROR, list, line, N_("this line is not \"URL length path\""), NULL);
		return;
	}
	if (verify_leads_out(path) || !verify_is_payload(path)) {
		fault(c, ERROR, list, line, N_("'%s' is not a path within data/"), path);
		return;
	}
	c->fetch = arena_grow(c->arena, c->fetch, c->fetch_count, sizeof *c->fetch);
	c->fetch[c->fetch_count++] =
	    (struct fetched){ .name = decode(c->arena, path, c->version), .line = line };
}

static int read_fetch(struct check *c)
{
	const struct store_file *file = store_find(c->store, "fetch.txt");
	struct tagfile text;
	int rc = file ? verify_read_lines(c, file, c->encoding, &text) : 0;

	if (rc <= 0)
		return rc;
	for (size_t i = 0; i < text.count; i++)
		if (text.lines[i][0])
			read_fetch_line(c, file->name, (unsigned)i + 1, text.lines[i]);
	if (c->fetch_count)
		qsort(c->fetch, c->fetch_count, sizeof *c->fetch, by_fetched);
	return 0;
}

static struct fetched *find_fetched(struct check *c, const char *name)
{
	struct fetched key = { .name = decode(c->arena, name, c->version) };

	if (c->fetch_count == 0)
		return NULL;
	return bsearch(&key, c->fetch, c->fetch_count, sizeof *c->fetch, by_fetched);
}

/* After the manifests: what is to be fetched must be listed, and must have been fetched. */
static void check_fetch(struct check *c)
{
	for (size_t i = 0; i < c->fetch_count; i++) {
		const struct fetched *f = &c->fetch[i];
		const struct subject *s = find_exact(c, f->name);

		if (!f->listed && (!s || !s->listed))
			fault(
			    c, ERROR, "fetch.txt", f->line, N_("'%s' is in no manifest"), f->name);
	}
}

/* ---- manifests --------------------------------------------------------- */

const char *verify_manifest_algorithm(struct arena *arena, const char *name, int *tag)
{
	size_t n = strlen(name), skip;
	char *algorithm, *to;

	*tag = strncmp(name, "tag", 3) == 0;
	skip = *tag ? 3 : 0;
	if (strncmp(name + skip, "manifest-", 9) != 0 || n < skip + 14 ||
	    strcmp(name + n - 4, ".txt") != 0 || strchr(name, '/'))
		return NULL;
	algorithm = to = arena_strndup(arena, name + skip + 9, n - skip - 13);
	/* "SHA-256" is found, too. */
	for (const char *from = algorithm; *from; from++)
		if (isalnum((unsigned char)*from))
			*to++ = (char)tolower((unsigned char)*from);
	*to = '\0';
	return algorithm;
}

static int known(const char *algorithm)
{
	struct digest *digest = digest_new(algorithm);

	digest_free(digest);
	return digest != NULL;
}

static void find_manifests(struct check *c)
{
	size_t usable = 0, payload = 0;

	for (size_t i = 0; i < c->count; i++) {
		const char *name = c->subjects[i].file->name;
		struct manifest m = { .file = name };

		m.algorithm = verify_manifest_algorithm(c->arena, name, &m.tag);
		if (!m.algorithm)
			continue;
		if (c->manifest_count == MANIFESTS_MAX) {
			fault(c, ERROR, name, 0,
			    N_("there are too many manifests; this one was not checked, nor those "
			       "behind it"),
			    NULL);
			break;
		}
		m.usable = known(m.algorithm);
		payload += !m.tag;
		usable += !m.tag && m.usable;
		c->manifests[c->manifest_count++] = m;
	}
	for (size_t i = 0; i < c->manifest_count; i++)
		if (!c->manifests[i].usable)
			fault(c, c->manifests[i].tag || usable ? WARNING : ERROR,
			    c->manifests[i].file, 0,
			    N_("the algorithm '%s' is unknown here; this manifest was not checked"),
			    c->manifests[i].algorithm);
	if (payload == 0)
		fault(c, ERROR, "manifest-sha256.txt", 0, N_("there is no payload manifest"), NULL);
}

/* Splits "hex  path" or "hex *path". 0 if the line is neither. */
static int split_line(const struct manifest *m, char *text, const char **hex, const char **path)
{
	size_t n = digest_hex_length(m->algorithm), blanks;

	if (strspn(text, "0123456789abcdefABCDEF") != n)
		return 0;
	blanks = strspn(text + n, " \t");
	if (blanks == 0 || text[n + blanks] == '\0')
		return 0;
	*path = text + n + blanks;
	/* md5sum's mark for a binary file. */
	if (blanks == 1 && **path == '*' && (*path)[1] != '\0')
		(*path)++;
	text[n] = '\0';
	for (char *digit = text; *digit; digit++)
		*digit = (char)tolower((unsigned char)*digit);
	*hex = text;
	return 1;
}

static void expect(
    struct check *c, const struct manifest *m, unsigned line, struct subject *s, const char *hex)
{
	uint64_t bit = (uint64_t)1 << (m - c->manifests);
	struct expectation *e;

	if (s->listed & bit) {
		int same = 0, others = 0;

		for (e = s->first; e; e = e->next) {
			others += e->manifest == m;
			same = same || (e->manifest == m && strcmp(e->hex, hex) == 0);
		}
		/* Older drafts did not forbid to say the same thing twice. */
		fault(c, same && c->version < VERSION_1_0 ? WARNING : ERROR, m->file, line,
		    N_("'%s' is listed twice"), s->file->name);
		/* Two that differ can never both hold; of 100,000 no more is to be learnt. */
		if (same || others > 1)
			return;
	}
	s->listed |= bit;
	e = arena_alloc(c->arena, sizeof *e);
	*e = (struct expectation){ .next = s->first, .manifest = m, .hex = hex, .line = line };
	s->first = e;
}

static void read_manifest_line(struct check *c, const struct manifest *m, unsigned line, char *text)
{
	struct subject *s;
	const char *hex, *path;
	struct fetched *f;
	int tag_list;

	if (!split_line(m, text, &hex, &path)) {
		fault(c, ERROR, m->file, line,
		    N_("this line is not \"checksum  path\" with a checksum of %s"), m->algorithm);
		return;
	}
	if (strncmp(path, "./", 2) == 0) {
		fault(c, WARNING, m->file, line, N_("'%s' should not begin with \"./\""), path);
		path += 2;
	}
	if (verify_leads_out(path)) {
		fault(c, ERROR, m->file, line, N_("'%s' leads out of the bag"), path);
		return;
	}
	if (!m->tag && !verify_is_payload(path)) {
		fault(c, ERROR, m->file, line, N_("'%s' is not in data/"), path);
		return;
	}
	if (m->tag && (verify_is_payload(path) ||
	                  (verify_manifest_algorithm(c->arena, path, &tag_list) && tag_list)))
		fault(
		    c, WARNING, m->file, line, N_("'%s' does not belong in a tag manifest"), path);
	s = find(c, m->file, line, path);
	if (s) {
		expect(c, m, line, s, hex);
		return;
	}
	f = find_fetched(c, path);
	if (f)
		f->listed = 1;
	fault(c, ERROR, m->file, line,
	    f ? N_("'%s' is missing: it has still to be fetched") : N_("'%s' is missing"), path);
}

static int read_manifests(struct check *c)
{
	for (size_t i = 0; i < c->manifest_count; i++) {
		struct manifest *m = &c->manifests[i];
		struct tagfile text;
		int rc;

		if (!m->usable)
			continue;
		rc = verify_read_lines(c, store_find(c->store, m->file), c->encoding, &text);
		if (rc < 0)
			return -1;
		m->usable = rc;
		for (size_t k = 0; k < text.count; k++) {
			if (text.lines[k][strspn(text.lines[k], " \t")] == '\0')
				fault(c, WARNING, m->file, (unsigned)k + 1,
				    N_("this line is empty"), NULL);
			else
				read_manifest_line(c, m, (unsigned)k + 1, text.lines[k]);
		}
	}
	return 0;
}

int verify_read_lists(struct check *c)
{
	if (read_fetch(c) != 0)
		return -1;
	find_manifests(c);
	if (read_manifests(c) != 0)
		return -1;
	check_fetch(c);
	return 0;
}
