/* examine.c: what DA/T 70 asks of a bag beyond its checksums. */
#define _GNU_SOURCE /* memmem: glibc's strstr() takes quadratic time on processors with AVX-512 */
#include "bundle/verify_impl.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "bundle/plain.h"

#include <inttypes.h>
#include <libxml/xmlreader.h>
#include <stdlib.h>

enum { DIRECTORY_MAX = 1 << 30, TEXT_MAX = 64 << 20, SHOWN_MAX = 40, HEAD_LINES = 5 };

static void warn(struct check *c, const char *file, const char *message, const char *arg)
{
	verify_fault(c, WARNING, file, 0, message, arg, NULL);
}

/* ---- formats and programs -------------------------------------------------- */

static const char *odd_format(const struct subject *s)
{
	if (s->content.encrypted)
		return N_("it is encrypted, and cannot be read without a password");
	if (!content_fits(s->file->name, &s->content))
		return N_("its content is not what its name says: it is %s");
	return NULL;
}

static const char *odd_program(const struct subject *s)
{
	if (s->content.kind == CONTENT_IS_PROGRAM || content_runs(s->file->name))
		return N_("it is a program");
	return s->content.macros ? N_("it holds macros") : NULL;
}

/* Tells of each file that has something, the first twenty and how many more. */
static void look_at_content(
    struct check *c, enum bag_item item, const char *(*odd)(const struct subject *))
{
	size_t told = 0;

	c->item = item;
	for (size_t i = 0; i < c->count; i++) {
		const struct subject *s = &c->subjects[i];
		int seen = s->first && !s->failure && verify_is_payload(s->file->name);
		const char *message = seen ? odd(s) : NULL;

		if (message && told++ < TOLD_MAX)
			warn(c, s->file->name, message, _(content_name(s->content.kind)));
	}
	if (told > TOLD_MAX)
		warn(c, "data", N_("there are %s more of the kind"),
		    arena_printf(c->arena, "%zu", told - TOLD_MAX));
	bag_item_checked(c->verdict, item);
}

/* ---- the directory ----------------------------------------------------------- */

struct directory {
	struct check *check;
	uint64_t number;  /* files seen */
	uint64_t claimed; /* its 序号 */
	char *name, *size, *sha256;
	int wrong; /* told already: one is enough to doubt it */
};

static void against_directory(struct directory *d, const char *message, const char *arg)
{
	if (!d->wrong)
		verify_fault(d->check, ERROR, DIRECTORY, 0, message, arg, NULL);
	d->wrong = 1;
}

/* Whether a file of the bag has this digest, by what the manifest expects of it. */
static int has_digest(const struct check *c, const struct store_file *file, const char *hex)
{
	size_t count;
	const struct subject *s = &c->subjects[file - store_files(c->store, &count)];

	for (const struct expectation *e = s->first; e; e = e->next)
		if (strcmp(e->manifest->algorithm, "sha256") == 0 && !e->manifest->tag)
			return strcmp(e->hex, hex) == 0;
	return 1;
}

static void end_of_file(struct directory *d)
{
	const struct store_file *file = d->name ? store_find(d->check->store, d->name) : NULL;

	d->number++;
	if (!file)
		against_directory(
		    d, N_("it lists '%s', which is not there"), d->name ? d->name : "");
	else if (!d->size || strtoull(d->size, NULL, 10) != file->size || !d->sha256 ||
	         !has_digest(d->check, file, d->sha256))
		against_directory(d, N_("it has another size or checksum for '%s'"), d->name);
	if (d->claimed != d->number) {
		d->check->item = ITEM_NUMBERED;
		against_directory(
		    d, N_("its numbers have a gap before '%s'"), d->name ? d->name : "");
		d->check->item = ITEM_COUNTED;
	}
	xmlFree(d->name);
	xmlFree(d->size);
	xmlFree(d->sha256);
	d->name = d->size = d->sha256 = NULL;
	d->claimed = 0;
}

static void take(char **field, xmlTextReaderPtr xml)
{
	xmlFree(*field);
	*field = (char *)xmlTextReaderReadString(xml);
}

static void element(struct directory *d, xmlTextReaderPtr xml)
{
	const char *name = (const char *)xmlTextReaderConstName(xml);

	if (strcmp(name, "文件名") == 0) {
		take(&d->name, xml);
	} else if (strcmp(name, "字节数") == 0) {
		take(&d->size, xml);
	} else if (strcmp(name, "序号") == 0) {
		char *text = (char *)xmlTextReaderReadString(xml);

		d->claimed = text ? strtoull(text, NULL, 10) : 0;
		xmlFree(text);
	} else if (strcmp(name, "摘要") == 0) {
		char *algorithm = (char *)xmlTextReaderGetAttribute(xml, (const xmlChar *)"算法");

		if (algorithm && strcmp(algorithm, "SHA-256") == 0)
			take(&d->sha256, xml);
		xmlFree(algorithm);
	}
}

static void silent(
    void *self, const char *message, xmlParserSeverities severity, xmlTextReaderLocatorPtr where)
{
	(void)self;
	(void)message;
	(void)severity;
	(void)where;
}

static void read_directory(struct directory *d, const struct buf *text)
{
	xmlTextReaderPtr xml = xmlReaderForMemory(
	    buf_str(text), (int)text->len, NULL, NULL, XML_PARSE_NONET | XML_PARSE_COMPACT);
	int rc;

	if (!xml)
		mem_fail();
	xmlTextReaderSetErrorHandler(xml, silent, NULL);
	while ((rc = xmlTextReaderRead(xml)) == 1) {
		int type = xmlTextReaderNodeType(xml);

		if (type == XML_READER_TYPE_DOCUMENT_TYPE) {
			rc = -1; /* entities could make anything of it */
			break;
		}
		if (type == XML_READER_TYPE_ELEMENT)
			element(d, xml);
		else if (type == XML_READER_TYPE_END_ELEMENT &&
		         xmlStrEqual(xmlTextReaderConstName(xml), (const xmlChar *)"文件"))
			end_of_file(d);
	}
	xmlFree(d->name);
	xmlFree(d->size);
	xmlFree(d->sha256);
	xmlFreeTextReader(xml);
	if (rc != 0)
		against_directory(d, N_("it is no directory in XML that can be read"), NULL);
}

static int check_directory(struct check *c)
{
	const struct store_file *file = store_find(c->store, DIRECTORY);
	struct directory d = { .check = c };
	struct buf text = { 0 };
	struct err failure;
	uint64_t payload = 0;

	if (!file || !file->readable)
		return 0;
	c->item = ITEM_COUNTED;
	if (store_read(c->store, file, DIRECTORY_MAX, &text, &failure) != 0) {
		buf_release(&text);
		if (failure.kind != ERR_SYSTEM)
			return 0; /* said already, when its checksum was made */
		*c->err = failure;
		return -1;
	}
	read_directory(&d, &text);
	buf_release(&text);
	for (size_t i = 0; i < c->count; i++)
		payload += (uint64_t)verify_is_payload(c->subjects[i].file->name);
	if (d.number + 1 != payload)
		against_directory(&d, N_("it does not list as many files as there are"), NULL);
	bag_item_checked(c->verdict, ITEM_COUNTED);
	bag_item_checked(c->verdict, ITEM_NUMBERED);
	return 0;
}

/* ---- revisions ------------------------------------------------------------- */

/* "data/submissions/sfj/12/x" → "sfj" and 12; 0 if it is not of that form. */
static unsigned long revision_of(const char *name, size_t *department)
{
	static const char folder[] = "data/submissions/";
	const char *id = name + sizeof folder - 1, *slash;

	if (strncmp(name, folder, sizeof folder - 1) != 0 || !(slash = strchr(id, '/')))
		return 0;
	*department = (size_t)(slash - id);
	return strtoul(slash + 1, NULL, 10);
}

enum { REVISIONS_MAX = 1000 };

/* Files are sorted by name, so a department's are together, but 10 stands before 2. */
static void check_revisions(struct check *c)
{
	static const size_t skip = sizeof "data/submissions/" - 1;

	c->item = ITEM_NUMBERED;
	for (size_t i = 0; i < c->count;) {
		const char *id = c->subjects[i].file->name + skip;
		char seen[REVISIONS_MAX] = { 0 };
		size_t n = 0, most = 0, length;
		unsigned long revision;
		size_t k = i;

		if (revision_of(c->subjects[i].file->name, &n) == 0) {
			i++;
			continue;
		}
		for (; k < c->count; k++) {
			const char *name = c->subjects[k].file->name;

			revision = revision_of(name, &length);
			if (revision == 0 || length != n || memcmp(name + skip, id, n) != 0)
				break;
			if (revision < REVISIONS_MAX) {
				seen[revision] = 1;
				most = revision > most ? revision : most;
			}
		}
		for (size_t r = 1; r < most; r++)
			if (!seen[r]) {
				warn(c, arena_printf(c->arena, "data/submissions/%.*s", (int)n, id),
				    N_("its hand-in %s is missing, later ones are there"),
				    arena_printf(c->arena, "%zu", r));
				break;
			}
		i = k;
	}
}

/* ---- texts ----------------------------------------------------------------- */

/* A line without what lists set by themselves: "附件：", "12.". */
static const char *without_number(const char *line)
{
	size_t digits;

	if (strncmp(line, "附件：", strlen("附件：")) == 0)
		line += strlen("附件：");
	digits = strspn(line, "0123456789");
	return digits && line[digits] == '.' ? line + digits + 1 : line;
}

static const char *find(const char *from, const char *end, const char *line)
{
	return memmem(from, (size_t)(end - from), line, strlen(line));
}

/*
 * The first line of the plain report that the other does not have in its place; NULL: it has all.
 * Of the first few any place will do: where title and draft mark stand is each format's own look.
 */
static const char *missing_line(const struct buf *txt, const struct buf *other)
{
	const char *from = buf_str(other), *end = from + other->len;
	int head = HEAD_LINES;

	for (char *next = txt->data; next && *next;) {
		char *start = next;
		const char *line = start, *hit;

		next = strchr(start, '\n');
		if (next)
			*next++ = '\0';
		plain_squeeze(start);
		hit = find(from, end, line);
		if (!hit) {
			line = without_number(line);
			hit = find(from, end, line);
		}
		if (hit)
			from = hit + strlen(line);
		else if (head == 0 || !find(buf_str(other), end, line))
			return start;
		head -= head > 0;
	}
	return NULL;
}

/* Of a line as long as it may be, what is enough to find it. */
static const char *shortened(struct arena *arena, const char *line)
{
	const char *at = line, *end = line + strlen(line);

	for (int i = 0; i < SHOWN_MAX && at < end; i++)
		utf8_next(&at, end);
	return at < end ? arena_printf(arena, "%.*s…", (int)(at - line), line) : line;
}

static int read_report(struct check *c, const char *name, struct buf *out)
{
	const struct store_file *file = store_find(c->store, name);
	struct err failure = { 0 };

	if (!file || !file->readable || file->size == 0)
		return 0;
	if (store_read(c->store, file, TEXT_MAX, out, &failure) == 0)
		return 1;
	if (failure.kind != ERR_SYSTEM)
		return 0;
	*c->err = failure;
	return -1;
}

static int check_text(struct check *c, const char *name,
    int (*read)(const char *, struct buf *, struct arena *, struct buf *))
{
	struct buf txt = { 0 }, bytes = { 0 }, text = { 0 };
	struct arena scratch = { 0 };
	const char *missing;
	int rc = read_report(c, "data/report/report.txt", &txt);

	if (rc > 0)
		rc = read_report(c, name, &bytes);
	if (rc == 0 && store_find(c->store, name) && txt.len)
		bag_item_failed(c->verdict, ITEM_TEXTS); /* why was said with the file */
	if (rc > 0) {
		bag_item_checked(c->verdict, ITEM_TEXTS);
		if (read(name, &bytes, &scratch, &text) != 0) {
			warn(c, name, N_("its text cannot be read"), NULL);
		} else {
			missing = missing_line(&txt, &text);
			if (missing)
				warn(c, name,
				    N_("it does not say the same as report.txt: '%s' is not in it, "
				       "or "
				       "not in its place"),
				    shortened(&scratch, missing));
		}
	}
	buf_release(&txt);
	buf_release(&bytes);
	buf_release(&text);
	arena_release(&scratch);
	return rc < 0 ? -1 : 0;
}

int examine(struct check *c)
{
	look_at_content(c, ITEM_FORMATS, odd_format);
	look_at_content(c, ITEM_PROGRAMS, odd_program);
	if (check_directory(c) != 0)
		return -1;
	check_revisions(c);
	c->item = ITEM_TEXTS;
	return check_text(c, "data/report/report.html", plain_html) != 0 ||
	               check_text(c, "data/report/report.docx", plain_docx) != 0
	           ? -1
	           : 0;
}
