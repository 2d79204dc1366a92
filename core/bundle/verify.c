/*
 * verify.c: is this bag complete and unaltered? In the order of the work:
 * declaration, fetch list, manifests (who expects what of which file), files
 * (each read once, for all who expect something of it), bag-info.
 *
 * Rules: RFC 8493; where older drafts (0.93 to 0.97) were laxer, that is kept.
 */
#include "bundle/verify_impl.h"

#include "archive/digest.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "bundle/tagfile.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- faults ------------------------------------------------------------ */

void bag_fault_add(struct bag_verdict *v, struct arena *arena, const struct bag_fault *fault)
{
	struct bag_fault *copy;

	v->faults = arena_grow(arena, v->faults, v->count, sizeof *v->faults);
	copy = &v->faults[v->count++];
	*copy = *fault;
	for (size_t i = 0; i < 3; i++)
		copy->args[i] = fault->args[i] ? arena_strdup(arena, fault->args[i]) : NULL;
	v->errors += fault->severity == BAG_ERROR;
	if (fault->severity != BAG_NOTE) {
		enum bag_state state = fault->severity == BAG_ERROR ? STATE_FAILED : STATE_DOUBTFUL;

		if (v->items[fault->item] < state)
			v->items[fault->item] = state;
	}
}

void bag_item_checked(struct bag_verdict *v, enum bag_item item)
{
	if (v->items[item] == STATE_UNCHECKED)
		v->items[item] = STATE_PASSED;
}

void bag_item_failed(struct bag_verdict *v, enum bag_item item)
{
	v->items[item] = STATE_FAILED;
}

void verify_fault(struct check *c, int warning, const char *file, unsigned line,
    const char *message, const char *a, const char *b)
{
	bag_fault_add(c->verdict, c->arena,
	    &(struct bag_fault){ .severity = warning ? BAG_WARNING : BAG_ERROR,
	        .file = file,
	        .line = line,
	        .message = message,
	        .args = { a, b },
	        .item = c->item });
}

static void fault(struct check *c, int warning, const char *file, unsigned line,
    const char *message, const char *a)
{
	verify_fault(c, warning, file, line, message, a, NULL);
}

/* Lines of a tag file. 1 if there are any to look at, 0 if there was a fault, -1 on failure. */
static int read_lines(
    struct check *c, const struct store_file *file, const char *encoding, struct tagfile *out)
{
	if (tagfile_read(c->store, file, encoding, c->arena, out, c->err) != 0)
		return -1;
	if (out->problem)
		fault(c, ERROR, file->name, 0, out->problem, out->detail);
	return out->problem == NULL;
}

/* ---- bagit.txt --------------------------------------------------------- */

/* The value of "Label: value" as bagit.txt must have it: one blank, no other. */
static const char *strict_value(const char *line, const char *label)
{
	size_t n = strlen(label);
	const char *value = line + n + 2;

	if (strncmp(line, label, n) != 0 || line[n] != ':' ||
	    (line[n + 1] != ' ' && line[n + 1] != '\t'))
		return NULL;
	return *value && !strpbrk(value, " \t") ? value : NULL;
}

static int read_version(const char *text)
{
	static const struct {
		const char *text;
		int number;
	} known[] = { { "0.93", 93 }, { "0.94", 94 }, { "0.95", 95 }, { "0.96", 96 },
		{ "0.97", 97 }, { "1.0", VERSION_1_0 } };

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strcmp(text, known[i].text) == 0)
			return known[i].number;
	return 0;
}

/* A zip with a bag in its one folder, and with something beside that folder. */
static void fault_no_bag(struct check *c)
{
	const char *beside = NULL;
	size_t top = 0;

	for (size_t i = 0; i < c->count && !top; i++) {
		const char *name = c->subjects[i].file->name, *slash = strchr(name, '/');

		if (slash && strcmp(slash, "/bagit.txt") == 0)
			top = (size_t)(slash - name) + 1;
		for (size_t k = 0; top && k < c->count && !beside; k++)
			if (strncmp(c->subjects[k].file->name, name, top) != 0)
				beside = c->subjects[k].file->name;
	}
	if (beside)
		fault(c, ERROR, beside, 0,
		    N_("it stands outside of the bag's folder: nothing belongs beside that"), NULL);
	else
		fault(c, ERROR, "bagit.txt", 0, N_("it is missing: this is no bag"), NULL);
}

static int check_declaration(struct check *c)
{
	const struct store_file *file = store_find(c->store, "bagit.txt");
	struct tagfile text;
	const char *version = NULL, *encoding = NULL;
	int rc;

	if (!file) {
		fault_no_bag(c);
		return 0;
	}
	rc = read_lines(c, file, "UTF-8", &text);
	if (rc <= 0)
		return rc;
	if (text.count > 0)
		version = strict_value(text.lines[0], "BagIt-Version");
	if (text.count > 1)
		encoding = strict_value(text.lines[1], "Tag-File-Character-Encoding");
	if (!version)
		fault(
		    c, ERROR, file->name, 1, N_("this line must be \"BagIt-Version: 1.0\""), NULL);
	else if (read_version(version) == 0)
		fault(c, ERROR, file->name, 1, N_("BagIt version %s is unknown"), version);
	if (!encoding)
		fault(c, ERROR, file->name, 2,
		    N_("this line must be \"Tag-File-Character-Encoding: UTF-8\""), NULL);
	if (text.count > 2)
		fault(c, ERROR, file->name, 3, N_("it must have two lines and no more"), NULL);
	if (version) {
		c->verdict->version = version;
		c->version = read_version(version) ? read_version(version) : VERSION_1_0;
	}
	if (encoding)
		c->encoding = encoding;
	return 0;
}

/* ---- names ------------------------------------------------------------- */

/* Whether a path in a manifest leads out of the bag (RFC 8493, section 5.1). */
static int leads_out(const char *path)
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
	if (leads_out(path) || !verify_is_payload(path)) {
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
	int rc = file ? read_lines(c, file, c->encoding, &text) : 0;

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

/* "manifest-sha256.txt" and "tagmanifest-sha256.txt" → "sha256"; NULL for other names. */
static const char *manifest_algorithm(struct arena *arena, const char *name, int *tag)
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

		m.algorithm = manifest_algorithm(c->arena, name, &m.tag);
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
	if (leads_out(path)) {
		fault(c, ERROR, m->file, line, N_("'%s' leads out of the bag"), path);
		return;
	}
	if (!m->tag && !verify_is_payload(path)) {
		fault(c, ERROR, m->file, line, N_("'%s' is not in data/"), path);
		return;
	}
	if (m->tag && (verify_is_payload(path) ||
	                  (manifest_algorithm(c->arena, path, &tag_list) && tag_list)))
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
		rc = read_lines(c, store_find(c->store, m->file), c->encoding, &text);
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

/* ---- files ------------------------------------------------------------- */

static void tell_content(struct check *c, const struct subject *s)
{
	c->item = ITEM_READABLE;
	if (s->failure) {
		fault(c, ERROR, s->file->name, 0, "%s", s->failure->text);
		bag_item_failed(c->verdict, ITEM_UNALTERED);
	}
	c->item = ITEM_UNALTERED;
	for (const struct expectation *e = s->first; e && !s->failure; e = e->next)
		if (e->differs) {
			/* Other manifests would only say it again. */
			verify_fault(c, ERROR, s->file->name, 0,
			    N_("it was altered: its checksum is not that of %s, line %s"),
			    e->manifest->file, arena_printf(c->arena, "%u", e->line));
			break;
		}
	if (verify_is_payload(s->file->name)) {
		c->verdict->files++;
		c->verdict->bytes += s->file->size;
	}
}

/* Is the file in the manifests it has to be in? */
static void check_listed(struct check *c, const struct subject *s)
{
	const char *name = s->file->name;
	int payload = verify_is_payload(name), lists = 0, listed = 0, tag;

	for (size_t i = 0; i < c->manifest_count; i++)
		if (c->manifests[i].usable && c->manifests[i].tag == !payload) {
			lists++;
			listed += (int)(s->listed >> i & 1);
		}
	if (!payload) {
		/* BagIt does not demand it; but our own bundles list all that was sealed. */
		if (lists && !listed && !(manifest_algorithm(c->arena, name, &tag) && tag))
			fault(c, verify_is_ours(c) ? ERROR : WARNING, name, 0,
			    N_("no tag manifest lists it"), NULL);
		return;
	}
	if (lists && !listed) {
		fault(c, ERROR, name, 0, N_("no manifest lists it"), NULL);
		return;
	}
	if (c->version < VERSION_1_0)
		return;
	for (size_t i = 0; i < c->manifest_count && listed < lists; i++)
		if (c->manifests[i].usable && !c->manifests[i].tag && !(s->listed >> i & 1))
			fault(c, ERROR, name, 0, N_("%s does not list it"), c->manifests[i].file);
}

/* How many files have the same problem; a zip made in another way has it in each. */
struct troubles {
	struct {
		const char *problem;
		size_t count;
	} of[TROUBLES_MAX];
	size_t count;
};

/* The how-manieth of its kind this is. */
static size_t count_trouble(struct troubles *troubles, const char *problem)
{
	size_t i = 0;

	while (i < troubles->count && strcmp(troubles->of[i].problem, problem) != 0)
		i++;
	if (i == TROUBLES_MAX)
		return 1;
	if (i == troubles->count)
		troubles->of[troubles->count++].problem = problem;
	return ++troubles->of[i].count;
}

static void tell_trouble(struct check *c, const struct store_file *file, struct troubles *troubles)
{
	/* Strange names are somebody's taste, as long as they stay within the bag. */
	int warning = file->readable && !leads_out(file->name);

	c->item = file->readable ? ITEM_NAMES : ITEM_READABLE;
	if (count_trouble(troubles, file->problem) <= TOLD_MAX)
		fault(c, warning, file->name, 0, file->problem, NULL);
	else if (!warning)
		bag_item_failed(c->verdict, c->item);
}

static void tell_more(struct check *c, const struct troubles *troubles)
{
	for (size_t i = 0; i < troubles->count; i++)
		if (troubles->of[i].count > TOLD_MAX)
			verify_fault(c, WARNING, NULL, 0,
			    N_("%s more files have the same fault: %s"),
			    arena_printf(c->arena, "%zu", troubles->of[i].count - TOLD_MAX),
			    _(troubles->of[i].problem));
}

static int check_files(struct check *c)
{
	struct troubles troubles = { 0 };

	if (verify_read_files(c) != 0)
		return -1;
	for (size_t i = 0; i < c->count; i++) {
		const struct subject *s = &c->subjects[i];
		const struct store_file *file = s->file;

		if (file->problem)
			tell_trouble(c, file, &troubles);
		c->item = ITEM_LISTED;
		check_listed(c, s);
		if (s->first && file->readable)
			tell_content(c, s);
	}
	tell_more(c, &troubles);
	return 0;
}

/* ---- bag-info.txt ------------------------------------------------------ */

/* "octets.files" */
static void check_oxum(struct check *c, const char *list, unsigned line, const char *value)
{
	uint64_t bytes = 0, files = 0;
	char *end;
	unsigned long long want_bytes = strtoull(value, &end, 10), want_files = 0;
	int good = isdigit((unsigned char)*value) && *end == '.' && isdigit((unsigned char)end[1]);

	if (good) {
		want_files = strtoull(end + 1, &end, 10);
		good = end[strspn(end, " \t")] == '\0';
	}
	if (!good) {
		fault(c, ERROR, list, line, N_("'%s' is no Payload-Oxum"), value);
		return;
	}
	for (size_t i = 0; i < c->count; i++)
		if (verify_is_payload(c->subjects[i].file->name)) {
			bytes += c->subjects[i].file->size;
			files++;
		}
	bag_item_checked(c->verdict, ITEM_COUNTED);
	if (bytes != want_bytes || files != want_files)
		verify_fault(c, ERROR, list, line,
		    N_("Payload-Oxum is %s, but the payload comes to %s"), value,
		    arena_printf(c->arena, "%" PRIu64 ".%" PRIu64, bytes, files));
}

static void check_info_line(struct check *c, const char *list, unsigned line, const char *text)
{
	size_t label = strcspn(text, ":");

	if (text[0] == '\0' || (line > 1 && (text[0] == ' ' || text[0] == '\t')))
		return; /* a continuation */
	if (label == 0 || text[label] != ':') {
		fault(c, ERROR, list, line, N_("this line is not \"Label: value\""), NULL);
		return;
	}
	if (isspace((unsigned char)text[0]) || isspace((unsigned char)text[label - 1]))
		fault(c, c->version < VERSION_1_0 ? WARNING : ERROR, list, line,
		    N_("a blank stands beside the label"), NULL);
	const char *value = text + label + 1 + strspn(text + label + 1, " \t");
	if (label == 12 && strncasecmp(text, "Payload-Oxum", 12) == 0)
		check_oxum(c, list, line, value);
	else if (label == 5 && strncasecmp(text, "Title", 5) == 0)
		c->verdict->title = value;
	else if (label == 19 && strncasecmp(text, "External-Identifier", 19) == 0)
		c->verdict->identifier = value;
	else if (label == 16 && strncasecmp(text, "Document-Version", 16) == 0)
		c->verdict->draft = strcmp(value, "draft") == 0;
}

/* How much of a bundle's name is region and year: "岚桥县-2025"; 0 if it is not of that form. */
static size_t name_length(const char *name)
{
	static const char *const endings[] = { ".zip", "-draft", "-public" };
	size_t n = strlen(name);

	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		size_t k = strlen(endings[i]);

		if (n > k && strncasecmp(name + n - k, endings[i], k) == 0)
			n -= k;
	}
	if (n < 6 || name[n - 5] != '-')
		return 0;
	for (size_t i = n - 4; i < n; i++)
		if (!isdigit((unsigned char)name[i]))
			return 0;
	return n;
}

/* Last year's bundle under this year's name is whole, and its checksums cannot tell. */
static void check_name(struct check *c)
{
	const char *name = path_base(store_path(c->store)), *own = c->verdict->identifier;
	size_t n = name_length(name), k = own ? name_length(own) : 0;

	if (n > 0 && k > 0 && (n != k || memcmp(name, own, n) != 0))
		fault(c, WARNING, "bag-info.txt", 0,
		    N_("this bundle is '%s', which is not what its file is named"), own);
}

static int check_info(struct check *c)
{
	const struct store_file *file = store_find(c->store, "bag-info.txt");
	struct tagfile text;
	int rc;

	if (!file && c->version < 96)
		file = store_find(c->store, "package-info.txt"); /* its name before 0.96 */
	rc = file ? read_lines(c, file, c->encoding, &text) : 0;
	if (rc <= 0)
		return rc;
	for (size_t i = 0; i < text.count; i++)
		check_info_line(c, file->name, (unsigned)i + 1, text.lines[i]);
	c->item = ITEM_ORIGIN;
	check_name(c);
	return 0;
}

/* ---- the whole --------------------------------------------------------- */

/* A bag may be empty, but its data/ must be there. In a zip without files it cannot be seen. */
static void check_data_folder(struct check *c)
{
	for (size_t i = 0; i < c->count; i++)
		if (verify_is_payload(c->subjects[i].file->name))
			return;
	if (!store_is_zip(c->store) &&
	    file_type(path_join(c->arena, store_path(c->store), "data")) != FILE_FOLDER)
		fault(c, ERROR, "data", 0, N_("the folder is missing"), NULL);
}

static void name_algorithms(struct check *c)
{
	for (size_t i = 0; i < c->manifest_count; i++) {
		const struct manifest *m = &c->manifests[i];
		const char *so_far = c->verdict->algorithms;

		if (m->usable && !m->tag)
			c->verdict->algorithms = arena_printf(
			    c->arena, "%s%s%s", so_far, *so_far ? ", " : "", m->algorithm);
	}
}

static void list_subjects(struct check *c)
{
	const struct store_file *files = store_files(c->store, &c->count);

	c->subjects = arena_alloc(c->arena, (c->count + 1) * sizeof *c->subjects);
	for (size_t i = 0; i < c->count; i++)
		c->subjects[i].file = &files[i];
}

/* What a zip holds beside its files is no part of the bag, and nobody vouches for it. */
static void check_zip(struct check *c)
{
	size_t count;
	const struct store_fault *faults = store_faults(c->store, &count);

	for (size_t i = 0; i < count; i++)
		if (faults[i].kind == STORE_FAULT_ZIP)
			fault(c, WARNING,
			    faults[i].name ? faults[i].name : path_base(store_path(c->store)), 0,
			    faults[i].problem, NULL);
	if (store_aside(c->store))
		fault(c, WARNING, path_base(store_path(c->store)), 0,
		    N_("comments and extra fields in it hold %s bytes that belong to no file"),
		    arena_printf(c->arena, "%" PRIu64, store_aside(c->store)));
}

int bag_verify(const char *path, struct arena *arena, struct bag_verdict *verdict, struct err *err)
{
	struct check c = { .arena = arena,
		.verdict = verdict,
		.version = VERSION_1_0,
		.encoding = "UTF-8",
		.err = err };
	int rc = -1;

	*verdict = (struct bag_verdict){ .algorithms = "", .version = "" };
	if (store_open(&c.store, path, NULL, 1, arena, err) != 0)
		return -1;
	list_subjects(&c);
	c.item = ITEM_HIDDEN;
	check_zip(&c);
	c.item = ITEM_READABLE;
	if (check_declaration(&c) != 0)
		goto out;
	c.item = ITEM_LISTED;
	if (read_fetch(&c) != 0)
		goto out;
	find_manifests(&c);
	if (read_manifests(&c) != 0)
		goto out;
	check_fetch(&c);
	check_data_folder(&c);
	if (check_files(&c) != 0)
		goto out;
	c.item = ITEM_COUNTED;
	if (check_info(&c) != 0)
		goto out;
	if (store_is_zip(c.store))
		bag_item_checked(verdict, ITEM_HIDDEN);
	bag_item_checked(verdict, ITEM_READABLE);
	bag_item_checked(verdict, ITEM_LISTED);
	bag_item_checked(verdict, ITEM_NAMES);
	bag_item_checked(verdict, ITEM_UNALTERED);
	if (examine(&c) != 0)
		goto out;
	name_algorithms(&c);
	rc = 0;
out:
	verify_release_files(&c);
	store_close(c.store);
	return rc;
}
