/*
 * part.c: libxml2's reader with the traps taken out. The only file that knows it.
 *
 * The library keeps texts below 10 MB and elements in elements below 256. What it does not keep
 * is time: in the version at hand it looks back to the last "<" every 512 bytes, compares every
 * attribute of an element with each one before it, and every prefix with all namespaces in scope.
 * Each of these is bounded here before or while it reads.
 */
#include "office/part.h"

#include "base/i18n.h"
#include "base/length.h"

#include <libxml/xmlmemory.h>
#include <libxml/xmlreader.h>
#include <stdlib.h>
#include <string.h>

enum {
	DEPTH_MAX = 256,
	ATTRIBUTES_MAX = 1024,
	MANY_ATTRIBUTES = 128, /* bytes that hold some twenty */
	NAMESPACES_MAX = 512,
	LOOK_BACK = 512 /* bytes that libxml2 reads between two looks back */
};

/* Each keeps what is wasted below some five seconds, and is far from what honest files need. */
#define LOOKS_MAX ((uint64_t)2000000000)      /* bytes looked back at */
#define COMPARISONS_MAX ((uint64_t)300000000) /* of attributes with each other */
#define WALKS_MAX ((uint64_t)1000000000)      /* elements and namespaces above each element */

#define OOXML "http://schemas.openxmlformats.org/"
#define STRICT "http://purl.oclc.org/ooxml/"

static const struct {
	const char *uri;
	enum part_ns ns;
} namespaces[] = {
	{ OOXML "wordprocessingml/2006/main", NS_WORD },
	{ OOXML "spreadsheetml/2006/main", NS_SHEET },
	{ OOXML "officeDocument/2006/relationships", NS_RELATION },
	{ OOXML "drawingml/2006/main", NS_DRAWING },
	{ OOXML "drawingml/2006/wordprocessingDrawing", NS_WORD_DRAWING },
	{ OOXML "drawingml/2006/chart", NS_CHART },
	{ OOXML "drawingml/2006/diagram", NS_DIAGRAM },
	{ OOXML "officeDocument/2006/math", NS_MATH },
	{ OOXML "markup-compatibility/2006", NS_COMPATIBILITY },
	{ OOXML "package/2006/content-types", NS_TYPES },
	{ OOXML "package/2006/relationships", NS_RELATIONS },
	{ STRICT "wordprocessingml/main", NS_WORD },
	{ STRICT "spreadsheetml/main", NS_SHEET },
	{ STRICT "officeDocument/relationships", NS_RELATION },
	{ STRICT "drawingml/main", NS_DRAWING },
	{ STRICT "drawingml/wordprocessingDrawing", NS_WORD_DRAWING },
	{ STRICT "drawingml/chart", NS_CHART },
	{ STRICT "drawingml/diagram", NS_DIAGRAM },
	{ STRICT "officeDocument/math", NS_MATH },
	{ "urn:schemas-microsoft-com:vml", NS_VML },
	{ "urn:schemas-microsoft-com:office:office", NS_OFFICE },
	{ "http://www.w3.org/XML/1998/namespace", NS_XML },
};

/* What a branch may ask for that is read here: shapes, groups and canvases hold text. */
static const char *const understood[] = {
	"http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
	"http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
	"http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas",
	"http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing",
	"http://schemas.microsoft.com/office/word/2010/wordml",
	"http://schemas.microsoft.com/office/word/2012/wordml",
	"http://schemas.microsoft.com/office/drawing/2010/main",
	"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main",
	"urn:schemas-microsoft-com:vml",
};

enum branch { BRANCH_NONE, BRANCH_OPEN, BRANCH_TAKEN };

struct part_reader {
	xmlTextReaderPtr xml;
	struct buf bytes;
	size_t at; /* handed to libxml2 up to here */
	const char *label, *name;
	struct office_limits limits;
	xmlNodePtr node;
	int is_too_deep;
	int in_empty;    /* at the start of an empty element, whose end comes next */
	size_t last;     /* in `namespaces`: most are that of the one before */
	unsigned scoped; /* namespaces in scope */
	uint64_t walks;  /* so far */
	unsigned short declared[DEPTH_MAX + 2];
	unsigned char branch[DEPTH_MAX + 2]; /* what mc:AlternateContent at each depth has taken */
};

int part_refuse(const struct part *part, const char *why, struct err *err)
{
	const struct part_reader *reader = part->reader;
	return err_input(err, why, _("cannot read '%s' in '%s', line %lu"), reader->name,
	    reader->label, part->line);
}

static int damaged(const struct part *part, struct err *err)
{
	return part_refuse(part,
	    part->reader->is_too_deep ? N_("its XML is nested deeper than is allowed")
	                              : N_("its XML is damaged"),
	    err);
}

/* ---- before libxml2 sees it -------------------------------------------- */

/* Attributes, as far as they can be told without knowing tags from text. */
static size_t count_attributes(const char *from, const char *end)
{
	size_t count = 0;
	while ((from = memchr(from, '=', (size_t)(end - from))) != NULL) {
		from++;
		while (from < end && strchr(" \t\r\n", *from) && *from)
			from++;
		count += from < end && (*from == '"' || *from == '\'');
	}
	return count;
}

static int guard(struct part *part, struct err *err)
{
	const struct buf *bytes = &part->reader->bytes;
	const char *from = buf_str(bytes), *end = from + bytes->len;
	uint64_t looks = 0, comparisons = 0;
	if (memchr(from, '\0', bytes->len) || strncmp(from, "\xFE\xFF", 2) == 0 ||
	    strncmp(from, "\xFF\xFE", 2) == 0)
		return part_refuse(part, N_("its XML is not in UTF-8"), err);
	while (from < end) {
		const char *next = memchr(from + 1, '<', (size_t)(end - from - 1));
		size_t n = (size_t)((next ? next : end) - from);
		if (strncmp(from, "<!DOCTYPE", 9) == 0)
			return part_refuse(
			    part, N_("its XML has a DOCTYPE, which is not allowed"), err);
		if (n > part->reader->limits.text_bytes * 2)
			return part_refuse(
			    part, N_("its XML has a longer text than is allowed"), err);
		looks += n > LOOK_BACK ? (uint64_t)n * (n / LOOK_BACK) : 0;
		size_t attributes = n > MANY_ATTRIBUTES ? count_attributes(from, from + n) : 0;
		comparisons += (uint64_t)attributes * attributes;
		if (attributes > ATTRIBUTES_MAX)
			return part_refuse(part, N_("its XML has too many attributes"), err);
		if (looks > LOOKS_MAX || comparisons > COMPARISONS_MAX)
			return part_refuse(part, N_("its XML takes too long to read"), err);
		from += n;
	}
	return 0;
}

/* ---- opening ----------------------------------------------------------- */

static int hand_over(void *self, char *to, int room)
{
	struct part_reader *reader = self;
	size_t n = reader->bytes.len - reader->at;
	if (n > (size_t)room)
		n = (size_t)room;
	memcpy(to, buf_str(&reader->bytes) + reader->at, n);
	reader->at += n;
	return (int)n;
}

/* Its errors are seen in its return values; it must not print them. */
static void remember(void *self, xmlErrorPtr error)
{
	struct part_reader *reader = self;
	if (error->message && strstr(error->message, "Excessive depth"))
		reader->is_too_deep = 1; /* it reads ahead, and so meets it first */
}

int part_open(struct part *part, struct package *package, const char *name, struct err *err)
{
	struct part_reader *reader = mem_alloc(sizeof *reader);
	memset(reader, 0, sizeof *reader);
	*part = (struct part){ .reader = reader, .line = 1 };
	reader->label = package_label(package);
	reader->name = name;
	reader->limits = *package_limits(package);
	if (reader->limits.depth > DEPTH_MAX - 1)
		reader->limits.depth = DEPTH_MAX - 1;
	if (package_read_xml(package, name, &reader->bytes, err) != 0 || guard(part, err) != 0)
		goto failed;
	/* NOENT makes an attribute's value one text; entities cannot be declared without a DOCTYPE.
	 */
	reader->xml = xmlReaderForIO(hand_over, NULL, reader, NULL, "UTF-8",
	    XML_PARSE_NOENT | XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
	        XML_PARSE_COMPACT);
	if (!reader->xml) {
		err_set(err, ERR_SYSTEM, _("cannot read '%s' in '%s': libxml2 does not start"),
		    name, reader->label);
		goto failed;
	}
	xmlTextReaderSetStructuredErrorHandler(reader->xml, remember, reader);
	return 0;
failed:
	part_close(part);
	return -1;
}

void part_close(struct part *part)
{
	struct part_reader *reader = part->reader;
	if (!reader)
		return;
	if (reader->xml)
		xmlFreeTextReader(reader->xml);
	buf_release(&reader->bytes);
	free(reader);
	part->reader = NULL;
}

/* ---- reading ----------------------------------------------------------- */

static enum part_ns meaning(struct part_reader *reader, const xmlNs *ns)
{
	if (!ns || !ns->href)
		return NS_NONE;
	const char *uri = (const char *)ns->href;
	if (strcmp(uri, namespaces[reader->last].uri) == 0)
		return namespaces[reader->last].ns;
	for (size_t i = 0; i < LENGTH(namespaces); i++)
		if (strcmp(uri, namespaces[i].uri) == 0) {
			reader->last = i;
			return namespaces[i].ns;
		}
	return NS_OTHER;
}

static int is_understood(struct part_reader *reader, const char *prefix, size_t n)
{
	xmlChar name[64];
	int known = 0;
	if (n >= sizeof name)
		return 0;
	memcpy(name, prefix, n);
	name[n] = '\0';
	xmlNsPtr ns = xmlSearchNs(reader->node->doc, reader->node, name);
	for (size_t i = 0; ns && ns->href && i < LENGTH(understood); i++)
		known |= strcmp((const char *)ns->href, understood[i]) == 0;
	return known;
}

/* Whether all that a branch asks for is read here. */
static int is_branch_understood(const struct part *part)
{
	const char *requires = part_attribute(part, NS_NONE, "Requires");
	size_t prefixes = 0;
	if (!requires)
		return 0;
	for (const char *p = requires; *p; prefixes++) {
		p += strspn(p, " \t\r\n");
		size_t n = strcspn(p, " \t\r\n");
		if (prefixes > 16 || (n && !is_understood(part->reader, p, n)))
			return 0;
		p += n;
	}
	return 1;
}

/* One step of libxml2's reader, unless it is the end that an empty element has not. */
static int step(struct part *part, struct err *err)
{
	struct part_reader *reader = part->reader;
	int rc = xmlTextReaderRead(reader->xml);
	part->line = (unsigned long)xmlTextReaderGetParserLineNumber(reader->xml);
	if (rc < 0)
		return damaged(part, err);
	reader->node = rc ? xmlTextReaderCurrentNode(reader->xml) : NULL;
	part->event = PART_DONE;
	if (rc == 0)
		return 0;
	part->depth = (unsigned)xmlTextReaderDepth(reader->xml) + 1;
	if (part->depth > reader->limits.depth)
		return part_refuse(part, N_("its XML is nested deeper than is allowed"), err);
	return 1;
}

static int start_element(struct part *part, struct err *err)
{
	struct part_reader *reader = part->reader;
	unsigned short declared = 0;
	for (const xmlNs *ns = reader->node->nsDef; ns; ns = ns->next)
		declared++;
	reader->in_empty = xmlTextReaderIsEmptyElement(reader->xml);
	reader->declared[part->depth] = declared;
	reader->branch[part->depth] = BRANCH_NONE;
	reader->scoped += declared;
	part->event = PART_START;
	part->ns = meaning(reader, reader->node->ns);
	part->name = (const char *)reader->node->name;
	if (reader->scoped > NAMESPACES_MAX)
		return part_refuse(part, N_("its XML has too many namespaces"), err);
	reader->walks += part->depth + reader->scoped;
	if (reader->walks > WALKS_MAX)
		return part_refuse(part, N_("its XML takes too long to read"), err);
	return 0;
}

static void end_element(struct part *part)
{
	struct part_reader *reader = part->reader;
	reader->in_empty = 0;
	reader->scoped -= reader->declared[part->depth];
	part->event = PART_END;
	part->ns = meaning(reader, reader->node->ns);
	part->name = (const char *)reader->node->name;
}

static int set_text(struct part *part, struct err *err)
{
	const xmlChar *text = part->reader->node->content;
	part->event = PART_TEXT;
	part->text = text ? (const char *)text : "";
	part->text_length = strlen(part->text);
	if (part->text_length > part->reader->limits.text_bytes)
		return part_refuse(part, N_("its XML has a longer text than is allowed"), err);
	return 0;
}

/* Any next event, mc: elements too. */
static int next(struct part *part, struct err *err)
{
	struct part_reader *reader = part->reader;
	if (reader->in_empty) {
		end_element(part);
		return 0;
	}
	for (;;) {
		int rc = step(part, err);
		if (rc <= 0)
			return rc;
		switch (xmlTextReaderNodeType(reader->xml)) {
		case XML_READER_TYPE_ELEMENT:
			return start_element(part, err);
		case XML_READER_TYPE_END_ELEMENT:
			end_element(part);
			return 0;
		case XML_READER_TYPE_TEXT:
		case XML_READER_TYPE_CDATA:
		case XML_READER_TYPE_WHITESPACE:
		case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
			return set_text(part, err);
		case XML_READER_TYPE_DOCUMENT_TYPE:
		case XML_READER_TYPE_ENTITY_REFERENCE:
			return damaged(part, err);
		default: /* comments, processing instructions */
			break;
		}
	}
}

/* To the end of the element that has just started. */
static int pass_over(struct part *part, struct err *err)
{
	unsigned depth = part->depth;
	do {
		if (next(part, err) != 0)
			return -1;
		if (part->event == PART_DONE)
			return damaged(part, err);
	} while (part->event != PART_END || part->depth != depth);
	return 0;
}

/* Whether the mc: element that starts or ends is read into; of no interest itself. */
static int branch(struct part *part, struct err *err)
{
	struct part_reader *reader = part->reader;
	unsigned char *above = &reader->branch[part->depth - 1];
	if (part->event == PART_END)
		return 0;
	if (strcmp(part->name, "AlternateContent") == 0) {
		reader->branch[part->depth] = BRANCH_OPEN;
		return 0;
	}
	if (*above == BRANCH_OPEN &&
	    (strcmp(part->name, "Fallback") == 0 || is_branch_understood(part))) {
		*above = BRANCH_TAKEN;
		return 0;
	}
	return pass_over(part, err);
}

int part_next(struct part *part, struct err *err)
{
	do {
		if (next(part, err) != 0)
			return -1;
		if (part->event == PART_TEXT || part->event == PART_DONE ||
		    part->ns != NS_COMPATIBILITY)
			return 0;
	} while (branch(part, err) == 0);
	return -1;
}

int part_skip(struct part *part, struct err *err)
{
	return pass_over(part, err);
}

const char *part_attribute(const struct part *part, enum part_ns ns, const char *name)
{
	for (const xmlAttr *a = part->reader->node->properties; a; a = a->next)
		if (strcmp((const char *)a->name, name) == 0 && meaning(part->reader, a->ns) == ns)
			return a->children && a->children->content
			           ? (const char *)a->children->content
			           : "";
	return NULL;
}

static char *copy_of(const char *text)
{
	size_t n = strlen(text) + 1;
	return memcpy(mem_alloc(n), text, n);
}

void part_init(void)
{
	xmlMemSetup(free, mem_alloc, mem_realloc, copy_of);
	xmlInitParser();
}
