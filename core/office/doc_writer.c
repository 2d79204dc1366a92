/* doc_writer.c: paragraphs, bookmarks and tables as WordprocessingML, packed as a .docx. */
#include "office/doc_writer.h"

#include "archive/zip_writer.h"
#include "base/arena.h"
#include "base/length.h"
#include "base/utf8.h"
#include "office/doc_style.h"

#include <assert.h>
#include <libxml/xmlwriter.h>
#include <stdlib.h>
#include <string.h>

#define W_NAMESPACE "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define R_NAMESPACE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

enum { BOOKMARK_MAX = 40, NESTED_MAX = 16, COLUMNS_MAX = 64 };

struct doc_writer {
	struct doc_info info;
	struct arena arena;
	xmlBufferPtr body;
	xmlTextWriterPtr xml;
	int new_page;
	unsigned bookmarks;
	unsigned open[NESTED_MAX]; /* ids of bookmarks begun; 0: one that was left out */
	size_t open_count;
	unsigned widths[COLUMNS_MAX];
	size_t columns, column;
	int in_row, header;
	int after_table; /* the last thing written is a table */
};

/* ---- XML --------------------------------------------------------------- */

/* libxml2 has unsigned letters. */
static const xmlChar *x(const char *text)
{
	return (const xmlChar *)text;
}

static void start(xmlTextWriterPtr xml, const char *name)
{
	xmlTextWriterStartElement(xml, x(name));
}

static void end(xmlTextWriterPtr xml)
{
	xmlTextWriterEndElement(xml);
}

static void attribute(xmlTextWriterPtr xml, const char *name, const char *value)
{
	xmlTextWriterWriteAttribute(xml, x(name), x(value));
}

static void number(xmlTextWriterPtr xml, const char *name, unsigned value)
{
	xmlTextWriterWriteFormatAttribute(xml, x(name), "%u", value);
}

static void empty(xmlTextWriterPtr xml, const char *name, const char *value)
{
	start(xml, name);
	if (value)
		attribute(xml, "w:val", value);
	end(xml);
}

/* Whether XML can hold the character; of controls it knows tab and line break, which are ours. */
static int is_text(uint32_t c)
{
	return c >= 0x20 && c != 0x7F && c != 0xFFFE && c != 0xFFFF;
}

static void write_string(struct doc_writer *doc, const char *from, const char *to)
{
	if (from == to)
		return;
	start(doc->xml, "w:t");
	attribute(doc->xml, "xml:space", "preserve");
	xmlTextWriterWriteString(
	    doc->xml, x(arena_strndup(&doc->arena, from, (size_t)(to - from))));
	end(doc->xml);
}

/* ---- paragraphs -------------------------------------------------------- */

struct doc_writer *doc_new(const struct doc_info *info)
{
	struct doc_writer *doc = mem_alloc(sizeof *doc);
	memset(doc, 0, sizeof *doc);
	arena_init(&doc->arena);
	doc->info = *info;
	doc->info.title = arena_strdup(&doc->arena, info->title ? info->title : "");
	doc->info.subject = arena_strdup(&doc->arena, info->subject ? info->subject : "");
	doc->info.author = arena_strdup(&doc->arena, info->author ? info->author : "");
	doc->info.date = arena_strdup(&doc->arena, info->date ? info->date : "1980-01-01");
	doc->body = xmlBufferCreate();
	doc->xml = xmlNewTextWriterMemory(doc->body, 0);
	xmlTextWriterStartDocument(doc->xml, NULL, "UTF-8", "yes");
	start(doc->xml, "w:document");
	attribute(doc->xml, "xmlns:w", W_NAMESPACE);
	attribute(doc->xml, "xmlns:r", R_NAMESPACE);
	start(doc->xml, "w:body");
	return doc;
}

void doc_begin(struct doc_writer *doc, enum doc_style style)
{
	doc->after_table = 0;
	start(doc->xml, "w:p");
	if (style != DOC_BODY || doc->new_page) {
		start(doc->xml, "w:pPr");
		if (style != DOC_BODY)
			empty(doc->xml, "w:pStyle", doc_style_id(style));
		if (doc->new_page)
			empty(doc->xml, "w:pageBreakBefore", NULL);
		end(doc->xml);
	}
	doc->new_page = 0;
}

void doc_end(struct doc_writer *doc)
{
	end(doc->xml);
}

static void run(struct doc_writer *doc, const char *text, int strong)
{
	const char *from = text, *at = text, *stop = text + strlen(text);
	if (at == stop)
		return;
	start(doc->xml, "w:r");
	if (strong) {
		start(doc->xml, "w:rPr");
		empty(doc->xml, "w:b", NULL);
		end(doc->xml);
	}
	while (at < stop) {
		const char *here = at;
		uint32_t c = utf8_next(&at, stop);
		if (is_text(c))
			continue;
		write_string(doc, from, here);
		if (c == '\n' || c == '\t')
			empty(doc->xml, c == '\n' ? "w:br" : "w:tab", NULL);
		from = at;
	}
	write_string(doc, from, stop);
	end(doc->xml);
}

void doc_text(struct doc_writer *doc, const char *text)
{
	run(doc, text, 0);
}

void doc_strong(struct doc_writer *doc, const char *text)
{
	run(doc, text, 1);
}

void doc_paragraph(struct doc_writer *doc, enum doc_style style, const char *text)
{
	doc_begin(doc, style);
	doc_text(doc, text);
	doc_end(doc);
}

void doc_new_page(struct doc_writer *doc)
{
	doc->new_page = 1;
}

/* ---- bookmarks --------------------------------------------------------- */

void doc_bookmark_begin(struct doc_writer *doc, const char *name)
{
	assert(doc->open_count < NESTED_MAX);
	unsigned id = strlen(name) <= BOOKMARK_MAX ? ++doc->bookmarks : 0;
	doc->open[doc->open_count++] = id;
	if (!id)
		return;
	start(doc->xml, "w:bookmarkStart");
	number(doc->xml, "w:id", id);
	attribute(doc->xml, "w:name", name);
	end(doc->xml);
}

void doc_bookmark_end(struct doc_writer *doc)
{
	assert(doc->open_count > 0);
	unsigned id = doc->open[--doc->open_count];
	if (!id)
		return;
	start(doc->xml, "w:bookmarkEnd");
	number(doc->xml, "w:id", id);
	end(doc->xml);
}

/* ---- tables ------------------------------------------------------------ */

static void width(struct doc_writer *doc, const char *name, unsigned twips)
{
	start(doc->xml, name);
	number(doc->xml, "w:w", twips);
	attribute(doc->xml, "w:type", "dxa");
	end(doc->xml);
}

static void borders(struct doc_writer *doc)
{
	static const char *const sides[] = { "w:top", "w:left", "w:bottom", "w:right", "w:insideH",
		"w:insideV" };
	start(doc->xml, "w:tblBorders");
	for (size_t i = 0; i < LENGTH(sides); i++) {
		start(doc->xml, sides[i]);
		attribute(doc->xml, "w:val", "single");
		number(doc->xml, "w:sz", 4);
		number(doc->xml, "w:space", 0);
		attribute(doc->xml, "w:color", "auto");
		end(doc->xml);
	}
	end(doc->xml);
}

void doc_table_begin(struct doc_writer *doc, const unsigned *widths, size_t columns)
{
	unsigned long all = 0, so_far = 0, given = 0;
	assert(columns > 0 && columns <= COLUMNS_MAX);
	/* Two tables with nothing between them would be one. */
	if (doc->after_table)
		doc_paragraph(doc, DOC_CELL, "");
	for (size_t i = 0; i < columns; i++)
		all += widths[i];
	doc->columns = columns;
	doc->in_row = 0;
	start(doc->xml, "w:tbl");
	start(doc->xml, "w:tblPr");
	width(doc, "w:tblW", DOC_TEXT_WIDTH);
	borders(doc);
	start(doc->xml, "w:tblLayout");
	attribute(doc->xml, "w:type", "fixed");
	end(doc->xml);
	end(doc->xml);
	start(doc->xml, "w:tblGrid");
	for (size_t i = 0; i < columns; i++) {
		so_far += widths[i];
		doc->widths[i] = (unsigned)(so_far * DOC_TEXT_WIDTH / all - given);
		given += doc->widths[i];
		start(doc->xml, "w:gridCol");
		number(doc->xml, "w:w", doc->widths[i]);
		end(doc->xml);
	}
	end(doc->xml);
}

static void end_row(struct doc_writer *doc)
{
	if (!doc->in_row)
		return;
	while (doc->column < doc->columns)
		doc_cell(doc, "");
	end(doc->xml);
	doc->in_row = 0;
}

void doc_table_row(struct doc_writer *doc, int header)
{
	end_row(doc);
	doc->in_row = 1;
	doc->header = header;
	doc->column = 0;
	start(doc->xml, "w:tr");
	start(doc->xml, "w:trPr");
	empty(doc->xml, "w:cantSplit", NULL);
	if (header)
		empty(doc->xml, "w:tblHeader", NULL);
	end(doc->xml);
}

void doc_cell_begin(struct doc_writer *doc)
{
	assert(doc->in_row && doc->column < doc->columns);
	start(doc->xml, "w:tc");
	start(doc->xml, "w:tcPr");
	width(doc, "w:tcW", doc->widths[doc->column]);
	empty(doc->xml, "w:vAlign", "center");
	end(doc->xml);
}

void doc_cell_end(struct doc_writer *doc)
{
	end(doc->xml);
	doc->column++;
}

void doc_cell(struct doc_writer *doc, const char *text)
{
	doc_cell_begin(doc);
	doc_paragraph(doc, doc->header ? DOC_CELL_HEAD : DOC_CELL, text);
	doc_cell_end(doc);
}

void doc_table_end(struct doc_writer *doc)
{
	end_row(doc);
	end(doc->xml);
	doc->after_table = 1;
}

/* ---- the package ------------------------------------------------------- */

static void core_properties(struct doc_writer *doc, struct buf *out)
{
	const struct doc_info *info = &doc->info;
	const struct {
		const char *name, *value;
	} entries[] = { { "dc:title", info->title }, { "dc:subject", info->subject },
		{ "dc:creator", info->author }, { "cp:lastModifiedBy", info->author },
		{ "dc:language", "zh-CN" } };
	static const char *const times[] = { "dcterms:created", "dcterms:modified" };
	xmlBufferPtr buffer = xmlBufferCreate();
	xmlTextWriterPtr xml = xmlNewTextWriterMemory(buffer, 0);
	xmlTextWriterStartDocument(xml, NULL, "UTF-8", "yes");
	start(xml, "cp:coreProperties");
	attribute(xml, "xmlns:cp",
	    "http://schemas.openxmlformats.org/package/2006/metadata/core-properties");
	attribute(xml, "xmlns:dc", "http://purl.org/dc/elements/1.1/");
	attribute(xml, "xmlns:dcterms", "http://purl.org/dc/terms/");
	attribute(xml, "xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
	for (size_t i = 0; i < LENGTH(entries); i++)
		if (*entries[i].value)
			xmlTextWriterWriteElement(xml, x(entries[i].name), x(entries[i].value));
	for (size_t i = 0; i < LENGTH(times); i++) {
		start(xml, times[i]);
		attribute(xml, "xsi:type", "dcterms:W3CDTF");
		xmlTextWriterWriteFormatString(xml, "%sT00:00:00Z", info->date);
		end(xml);
	}
	xmlTextWriterEndDocument(xml);
	xmlFreeTextWriter(xml);
	buf_add(out, xmlBufferContent(buffer), (size_t)xmlBufferLength(buffer));
	xmlBufferFree(buffer);
}

static void end_body(struct doc_writer *doc)
{
	struct buf section = { 0 };
	if (doc->after_table)
		doc_paragraph(doc, DOC_CELL, "");
	doc_section(&section, doc->info.compact, !doc->info.no_page_number);
	xmlTextWriterWriteRaw(doc->xml, x(buf_str(&section)));
	buf_release(&section);
	xmlTextWriterEndDocument(doc->xml);
	xmlTextWriterFlush(doc->xml);
}

int doc_finish(struct doc_writer *doc, struct buf *out, struct err *err)
{
	struct zip_writer *zip = zip_writer_new("docx", 1);
	struct buf part = { 0 };
	assert(doc->open_count == 0);
	end_body(doc);
	for (const struct doc_part *p = doc_parts; p->name; p++) {
		buf_adds(&part, p->text);
		zip_writer_add_bytes(zip, p->name, &part);
	}
	core_properties(doc, &part);
	zip_writer_add_bytes(zip, "docProps/core.xml", &part);
	doc_styles(&part, doc->info.compact);
	zip_writer_add_bytes(zip, "word/styles.xml", &part);
	buf_add(&part, xmlBufferContent(doc->body), (size_t)xmlBufferLength(doc->body));
	zip_writer_add_bytes(zip, "word/document.xml", &part);
	doc_drop(doc);
	return zip_writer_commit_bytes(zip, out, err);
}

void doc_drop(struct doc_writer *doc)
{
	if (!doc)
		return;
	xmlFreeTextWriter(doc->xml);
	xmlBufferFree(doc->body);
	arena_release(&doc->arena);
	free(doc);
}
