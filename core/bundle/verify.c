/*
 * verify.c: is this bag complete and unaltered? In the order of the work:
 * declaration, lists (verify_lists.c: who expects what of which file), files
 * (verify_files.c: each read once, for all who expect something of it), bag-info.
 *
 * Rules: RFC 8493; where older drafts (0.93 to 0.97) were laxer, that is kept.
 */
#include "bundle/verify_impl.h"

#include "base/file.h"
#include "base/i18n.h"

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

int verify_read_lines(
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
	rc = verify_read_lines(c, file, "UTF-8", &text);
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
		if (lists && !listed && !(verify_manifest_algorithm(c->arena, name, &tag) && tag))
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
	int warning = file->readable && !verify_leads_out(file->name);

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
	if (label == 12 && strncasecmp(text, "Payload-Oxum", 12) == 0)
		check_oxum(c, list, line, text + 13 + strspn(text + 13, " \t"));
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
	const char *version;
	int rc;

	if (!file && c->version < 96)
		file = store_find(c->store, "package-info.txt"); /* its name before 0.96 */
	rc = file ? verify_read_lines(c, file, c->encoding, &text) : 0;
	if (rc <= 0)
		return rc;
	for (size_t i = 0; i < text.count; i++)
		check_info_line(c, file->name, (unsigned)i + 1, text.lines[i]);
	version = tagfile_value(&text, "Document-Version");
	c->verdict->title = tagfile_value(&text, "Title");
	c->verdict->identifier = tagfile_value(&text, "External-Identifier");
	c->verdict->draft = version && strcmp(version, "draft") == 0;
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
	if (verify_read_lists(&c) != 0)
		goto out;
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
