/* package.c: from bytes that claim to be a .docx or .xlsx to parts and what they refer to. */
#include "office/package.h"

#include "archive/name.h"
#include "archive/store.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/length.h"
#include "office/part.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { RELATIONS_MAX = 50000, FOLDERS_MAX = 16 };

/* Packages up to this may be packed as tightly as they like. */
#define RATIO_FROM ((uint64_t)64 << 20)

struct entry {
	const char *folded; /* part names do not differ in case */
	const struct store_file *file;
};

struct package {
	struct arena *arena;
	struct store *store;
	const char *label;
	struct office_limits limits;
	struct entry *entries; /* by folded name */
	size_t count;
	enum package_kind kind;
	int has_macros;
	const char *main;
	uint64_t xml; /* bytes of XML read so far */
};

static int refuse(const char *label, const char *why, struct err *err)
{
	return err_input(err, why, _("cannot read '%s'"), label);
}

/* ---- what it is instead ------------------------------------------------ */

/* Whether an entry of that name is in an OLE2 file's directory ([MS-CFB] 2.6.1). */
static int has_stream(const struct buf *bytes, const char *name)
{
	size_t n = strlen(name);
	for (size_t at = 512; at + 128 <= bytes->len; at += 128) {
		const unsigned char *entry = (const unsigned char *)bytes->data + at;
		size_t i = 0;
		if (entry[64] != (n + 1) * 2 || entry[65] != 0)
			continue;
		while (i < n && entry[2 * i] == (unsigned char)name[i] && entry[2 * i + 1] == 0)
			i++;
		if (i == n)
			return 1;
	}
	return 0;
}

static const char *compound_problem(const struct buf *bytes)
{
	static const struct {
		const char *stream, *problem;
	} kinds[] = {
		{ "EncryptedPackage",
		    N_("it is protected by a password: take the password off and save it again") },
		{ "WordDocument",
		    N_("it is a Word document of the old kind (.doc, .wps): save it as .docx") },
		{ "Workbook",
		    N_("it is an Excel workbook of the old kind (.xls, .et): save it as .xlsx") },
		{ "Book",
		    N_("it is an Excel workbook of the old kind (.xls, .et): save it as .xlsx") },
	};
	for (size_t i = 0; i < LENGTH(kinds); i++)
		if (has_stream(bytes, kinds[i].stream))
			return kinds[i].problem;
	return N_("it is an office file of an old kind: save it as .docx or .xlsx");
}

static int starts(const char *text, const char *with)
{
	return strncasecmp(text, with, strlen(with)) == 0;
}

/* What is no zip, by its first bytes; NULL if it may be one. */
static const char *foreign_problem(const struct buf *bytes)
{
	static const char ole[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
	const char *text = buf_str(bytes);
	if (bytes->len == 0)
		return N_("it is empty");
	if (bytes->len >= 8 && memcmp(text, ole, 8) == 0)
		return compound_problem(bytes);
	if (starts(text, "\xEF\xBB\xBF"))
		text += 3;
	text += strspn(text, " \t\r\n");
	if (starts(text, "{\\rtf"))
		return N_("it is an RTF file under another name: save it as .docx");
	if (starts(text, "%PDF"))
		return N_("it is a PDF file under another name");
	if (starts(text, "<!doctype html") || starts(text, "<html") ||
	    starts(text, "MIME-Version:"))
		return N_("it is a web page under another name: save it as .docx or .xlsx");
	if (*text == '<')
		return N_("it is an XML file under another name: save it as .docx or .xlsx");
	return NULL;
}

/* ---- parts ------------------------------------------------------------- */

static int by_folded(const void *a, const void *b)
{
	return strcmp(((const struct entry *)a)->folded, ((const struct entry *)b)->folded);
}

static int key_to_entry(const void *key, const void *item)
{
	return strcmp(key, ((const struct entry *)item)->folded);
}

static const struct store_file *find(const struct package *package, const char *name)
{
	if (package->count == 0)
		return NULL;
	const struct entry *entry = bsearch(name_fold(package->arena, name), package->entries,
	    package->count, sizeof *package->entries, key_to_entry);
	return entry ? entry->file : NULL;
}

static void list_parts(struct package *package)
{
	const struct store_file *files = store_files(package->store, &package->count);
	package->entries = arena_alloc(package->arena, package->count * sizeof(struct entry));
	for (size_t i = 0; i < package->count; i++)
		package->entries[i] =
		    (struct entry){ name_fold(package->arena, files[i].name), &files[i] };
	if (package->count)
		qsort(package->entries, package->count, sizeof(struct entry), by_folded);
}

int package_read(
    struct package *package, const char *part, uint64_t limit, struct buf *out, struct err *err)
{
	const struct store_file *file = find(package, part);
	if (!file)
		return err_input(err, N_("the part is not there"), _("cannot read '%s' in '%s'"),
		    part, package->label);
	if (file->size <= limit)
		buf_reserve(out, (size_t)file->size);
	return store_read(package->store, file, limit, out, err);
}

int package_read_xml(struct package *package, const char *part, struct buf *out, struct err *err)
{
	uint64_t left = package->limits.xml_bytes - package->xml;
	if (package_read(package, part, left, out, err) != 0)
		return -1;
	package->xml += out->len;
	return 0;
}

/* ---- relations --------------------------------------------------------- */

static int hex(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c ? strchr(digits, c | (c >= 'A' && c <= 'F' ? 0x20 : 0)) : NULL;
	return at ? (int)(at - digits) : -1;
}

/* Takes %20 and the like out of a reference, and what follows a #. */
static void decode(char *text)
{
	char *to = text;
	for (const char *p = text; *p && *p != '#'; p++) {
		int high = *p == '%' ? hex(p[1]) : -1, low = high >= 0 ? hex(p[2]) : -1;
		if (low >= 0 && high + low > 0) {
			*to++ = (char)(high << 4 | low);
			p += 2;
		} else {
			*to++ = *p;
		}
	}
	*to = '\0';
}

/* The part that a reference means, seen from the folder of `from`; NULL if none can be. */
static const char *resolve(struct arena *arena, const char *from, const char *target)
{
	const char *slash = strrchr(from, '/');
	size_t folder = slash && *target != '/' ? (size_t)(slash - from) + 1 : 0;
	/* One byte more than it needs, for a last slash. */
	char *path = arena_printf(arena, "%.*s%s/", (int)folder, from, target);
	char *starts_at[FOLDERS_MAX + 1], *to = path;
	size_t depth = 0;
	decode(path);
	const char *end = path + strlen(path);
	for (const char *p = path; p < end;) {
		size_t n = strcspn(p, "/"); /* `to` is never beyond the part being looked at */
		const char *next = p + n + 1;
		if (n == 2 && memcmp(p, "..", 2) == 0) {
			if (depth == 0)
				return NULL;
			to = starts_at[--depth];
		} else if (n > 0 && !(n == 1 && *p == '.')) {
			if (depth > FOLDERS_MAX)
				return NULL;
			starts_at[depth++] = to;
			memmove(to, p, n);
			to += n;
			*to++ = '/';
		}
		p = next;
	}
	if (to == path)
		return NULL;
	to[-1] = '\0';
	return path;
}

static int by_id(const void *a, const void *b)
{
	return strcmp(((const struct relation *)a)->id, ((const struct relation *)b)->id);
}

static struct relation relation_of(
    struct package *package, const char *from, const struct part *part)
{
	struct arena *arena = package->arena;
	const char *id = part_attribute(part, NS_NONE, "Id");
	const char *type = part_attribute(part, NS_NONE, "Type");
	const char *target = part_attribute(part, NS_NONE, "Target");
	const char *mode = part_attribute(part, NS_NONE, "TargetMode");
	const char *slash = type ? strrchr(type, '/') : NULL;
	struct relation relation = { .id = arena_strdup(arena, id ? id : ""),
		.type = arena_strdup(arena, slash ? slash + 1 : ""),
		.external = mode && strcmp(mode, "External") == 0 };
	const char *name = target && !relation.external ? resolve(arena, from, target) : NULL;
	const struct store_file *file = name ? find(package, name) : NULL;
	relation.target = file ? file->name : NULL;
	return relation;
}

int package_relations(
    struct package *package, const char *part, struct relations *relations, struct err *err)
{
	const char *base = path_base(part);
	const char *name =
	    arena_printf(package->arena, "%.*s_rels/%s.rels", (int)(base - part), part, base);
	struct part xml = { 0 };
	struct relation *items = NULL;
	size_t count = 0;
	int rc = -1;
	*relations = (struct relations){ 0 };
	if (!find(package, name))
		return 0;
	if (part_open(&xml, package, name, err) != 0)
		return -1;
	while ((rc = part_next(&xml, err)) == 0 && xml.event != PART_DONE) {
		if (xml.event != PART_START || xml.ns != NS_RELATIONS ||
		    strcmp(xml.name, "Relationship") != 0)
			continue;
		if (count >= RELATIONS_MAX) {
			rc = refuse(package->label, N_("it refers to too many parts"), err);
			break;
		}
		items = arena_grow(package->arena, items, count, sizeof *items);
		items[count++] = relation_of(package, part, &xml);
	}
	part_close(&xml);
	if (rc != 0)
		return -1;
	if (count)
		qsort(items, count, sizeof *items, by_id);
	*relations = (struct relations){ items, count };
	return 0;
}

static int key_to_relation(const void *key, const void *item)
{
	return strcmp(key, ((const struct relation *)item)->id);
}

const struct relation *relations_find(const struct relations *relations, const char *id)
{
	if (relations->count == 0)
		return NULL;
	return bsearch(
	    id, relations->items, relations->count, sizeof *relations->items, key_to_relation);
}

const struct relation *relations_of_type(const struct relations *relations, const char *type)
{
	for (size_t i = 0; i < relations->count; i++)
		if (strcmp(relations->items[i].type, type) == 0 && relations->items[i].target)
			return &relations->items[i];
	return NULL;
}

/* ---- opening ----------------------------------------------------------- */

/* What [Content_Types].xml calls the main part, in the arena; NULL if it does not. */
static int find_type(struct package *package, const char **type, struct err *err)
{
	struct part xml = { 0 };
	const char *dot = strrchr(path_base(package->main), '.');
	int rc, is_own = 0;
	*type = NULL;
	if (part_open(&xml, package, "[Content_Types].xml", err) != 0)
		return -1;
	while ((rc = part_next(&xml, err)) == 0 && xml.event != PART_DONE) {
		if (xml.event != PART_START || xml.ns != NS_TYPES)
			continue;
		const char *content = part_attribute(&xml, NS_NONE, "ContentType");
		const char *name = part_attribute(&xml, NS_NONE, "PartName");
		const char *ending = part_attribute(&xml, NS_NONE, "Extension");
		if (content && strstr(content, "vbaProject"))
			package->has_macros = 1;
		if (content && name && !is_own && *name == '/' &&
		    strcasecmp(name + 1, package->main) == 0) {
			*type = arena_strdup(package->arena, content);
			is_own = 1;
		} else if (content && ending && !*type && dot && strcasecmp(ending, dot + 1) == 0) {
			*type = arena_strdup(package->arena, content);
		}
	}
	part_close(&xml);
	return rc;
}

static int classify(struct package *package, struct err *err)
{
	const char *type;
	if (find_type(package, &type, err) != 0)
		return -1;
	if (type && strstr(type, "macroEnabled"))
		package->has_macros = 1;
	if (type && strstr(type, "sheet.binary"))
		return refuse(package->label,
		    N_("it is a binary Excel workbook (.xlsb): save it as .xlsx"), err);
	if (type && (strstr(type, "wordprocessingml") || strstr(type, "ms-word")))
		package->kind = PACKAGE_DOCUMENT;
	else if (type && (strstr(type, "spreadsheetml") || strstr(type, "ms-excel")))
		package->kind = PACKAGE_WORKBOOK;
	else
		return refuse(
		    package->label, N_("it is neither a Word document nor an Excel workbook"), err);
	return 0;
}

static const char *zip_problem(const struct package *package)
{
	if (find(package, "OFD.xml"))
		return N_("it is an OFD file under another name");
	if (find(package, "content.xml") && find(package, "META-INF/manifest.xml"))
		return N_("it is an OpenDocument file: save it as .docx or .xlsx");
	if (!find(package, "[Content_Types].xml") || !find(package, "_rels/.rels"))
		return N_("it is a zip, but neither a Word document nor an Excel workbook");
	return NULL;
}

static int check_ratio(const struct package *package, uint64_t packed, struct err *err)
{
	uint64_t total = 0;
	for (size_t i = 0; i < package->count; i++)
		total += package->entries[i].file->size;
	if (total > RATIO_FROM && total / (packed + 1) > package->limits.ratio)
		return refuse(
		    package->label, N_("it unpacks to far more than an honest file would"), err);
	return 0;
}

static int open_parts(struct package *package, uint64_t packed, struct err *err)
{
	struct relations relations;
	list_parts(package);
	if (check_ratio(package, packed, err) != 0)
		return -1;
	const char *problem = zip_problem(package);
	if (problem)
		return refuse(package->label, problem, err);
	if (package_relations(package, "", &relations, err) != 0)
		return -1;
	const struct relation *main = relations_of_type(&relations, "officeDocument");
	if (!main)
		return refuse(
		    package->label, N_("it is damaged: its document or workbook is missing"), err);
	package->main = main->target;
	return classify(package, err);
}

int package_open(struct package **out, const char *label, struct buf *bytes,
    const struct office_limits *limits, struct arena *arena, struct err *err)
{
	struct package *package = arena_alloc(arena, sizeof *package);
	package->arena = arena;
	package->label = arena_strdup(arena, label);
	package->limits = limits ? *limits : office_limits_default;
	const struct store_limits store_limits = { .files = package->limits.parts,
		.total_bytes = package->limits.total_bytes,
		.depth = FOLDERS_MAX };
	const char *problem = foreign_problem(bytes);
	uint64_t packed = bytes->len;
	if (problem) {
		buf_release(bytes);
		return refuse(label, problem, err);
	}
	if (store_open_bytes(&package->store, label, bytes, &store_limits, arena, err) != 0)
		return -1;
	if (open_parts(package, packed, err) != 0) {
		package_close(package);
		return -1;
	}
	*out = package;
	return 0;
}

void package_close(struct package *package)
{
	if (package)
		store_close(package->store);
}

enum package_kind package_kind(const struct package *package)
{
	return package->kind;
}

const char *package_label(const struct package *package)
{
	return package->label;
}

const struct office_limits *package_limits(const struct package *package)
{
	return &package->limits;
}

int package_has_macros(const struct package *package)
{
	return package->has_macros;
}

const char *package_main(const struct package *package)
{
	return package->main;
}

const char *package_part(const struct package *package, size_t index)
{
	return index < package->count ? package->entries[index].file->name : NULL;
}
