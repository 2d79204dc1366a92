/*
 * doc_writer.c: paragraphs, bookmarks, links and tables as WordprocessingML.
 * Put into a buffer as text: a library's writer took most of the time of a long report.
 */
#include "office/doc_writer.h"

#include "base/arena.h"
#include "base/length.h"
#include "office/doc_impl.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { BOOKMARK_MAX = 40 };

/* ---- XML --------------------------------------------------------------- */

/* Bytes from here that XML cannot hold: controls, and U+FFFE and U+FFFF. */
static size_t unfit(const char *at, const char *end)
{
	unsigned char c = (unsigned char)*at;
	if (c == 0x7F || (c < 0x20 && c != '\t' && c != '\n'))
		return 1;
	if (c != 0xEF || end - at < 3 || (unsigned char)at[1] != 0xBF)
		return 0;
	return (unsigned char)at[2] >= 0xBE ? 3 : 0;
}

static const char *entity(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\n':
		return "&#10;";
	case '\t':
		return "&#9;";
	default:
		return NULL;
	}
}

void xml_text(struct buf *out, const char *text, size_t n)
{
	const char *from = text, *end = text + n;
	for (const char *at = text; at < end;) {
		const char *instead = entity(*at);
		size_t left_out = instead ? 1 : unfit(at, end);
		if (left_out == 0) {
			at++;
			continue;
		}
		buf_add(out, from, (size_t)(at - from));
		if (instead)
			buf_adds(out, instead);
		from = at += left_out;
	}
	buf_add(out, from, (size_t)(end - from));
}

void xml_attribute(struct buf *out, const char *name, const char *value)
{
	buf_addf(out, " %s=\"", name);
	xml_text(out, value, strlen(value));
	buf_addc(out, '"');
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
	doc->width = DOC_TEXT_WIDTH;
	doc->relation_prefix = "rIdNb";
	doc->media_prefix = "media/report";
	doc->folder = "word/";
	doc_own_names(&doc->names);
	buf_adds(&doc->body, XML_HEAD "<w:document xmlns:w=\"" W_NAMESPACE
	                              "\" xmlns:r=\"" R_NAMESPACE "\"><w:body>");
	return doc;
}

unsigned doc_width(const struct doc_writer *doc)
{
	return doc->width;
}

/* The elements' order is the schema's. */
static void add_place(struct doc_writer *doc, const struct doc_place *place)
{
	static const char *const aligns[] = {
		[PLACE_LEFT] = "left", [PLACE_CENTER] = "center", [PLACE_RIGHT] = "right"
	};
	struct buf *out = &doc->body;
	int wide = doc->info.compact ? 240 : 316; /* of a character, in twentieths of a point */
	if (place->spaced)
		buf_addf(out, "<w:spacing w:beforeLines=\"%u\" w:before=\"%u\"/>",
		    place->spaced * 100U, place->spaced * 579U);
	if (place->inset) {
		buf_addf(out, "<w:ind w:left=\"%u\" w:right=\"%u\"/>", place->inset, place->inset);
	} else if (place->indented || place->right) {
		buf_adds(out, "<w:ind");
		if (place->indented)
			buf_addf(out, " w:leftChars=\"%d\" w:left=\"%d\"", place->left,
			    place->left * wide / 100);
		if (place->right)
			buf_addf(out, " w:rightChars=\"%d\" w:right=\"%d\"", place->right,
			    place->right * wide / 100);
		if (place->hanging)
			buf_addf(out, " w:hangingChars=\"%d\" w:hanging=\"%d\"", place->hanging,
			    place->hanging * wide / 100);
		else if (place->indented)
			buf_addf(out, " w:firstLineChars=\"%d\" w:firstLine=\"%d\"", place->first,
			    place->first * wide / 100);
		buf_adds(out, "/>");
	}
	if (place->align != PLACE_STYLE)
		buf_addf(out, "<w:jc w:val=\"%s\"/>", aligns[place->align]);
}

static int is_placed(const struct doc_place *place)
{
	return place->indented || place->right || place->inset || place->spaced ||
	       place->keep_next || place->align != PLACE_STYLE;
}

/* Whether text is in this style without anybody saying so. */
static int is_default(const struct doc_writer *doc, enum doc_style style)
{
	return style == DOC_BODY && !doc->template;
}

void doc_begin_at(struct doc_writer *doc, enum doc_style style, const struct doc_place *place)
{
	struct buf *out = &doc->body;
	doc->after_table = 0;
	buf_adds(out, "<w:p>");
	if (!is_default(doc, style) || doc->new_page || is_placed(place)) {
		buf_adds(out, "<w:pPr>");
		if (!is_default(doc, style))
			buf_addf(out, "<w:pStyle w:val=\"%s\"/>", doc->names.ids[style]);
		if (place->keep_next)
			buf_adds(out, "<w:keepNext/>");
		if (doc->new_page)
			buf_adds(out, "<w:pageBreakBefore/>");
		if (doc->unnumbered[style])
			buf_adds(
			    out, "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"0\"/></w:numPr>");
		add_place(doc, place);
		buf_adds(out, "</w:pPr>");
	}
	doc->new_page = 0;
	doc->paragraph = out->len;
}

void doc_begin(struct doc_writer *doc, enum doc_style style)
{
	doc_begin_at(doc, style, &(struct doc_place){ 0 });
}

void doc_end(struct doc_writer *doc)
{
	static const char bare[] = "<w:p>";
	size_t n = sizeof bare - 1;
	struct buf *out = &doc->body;
	if (out->len == doc->paragraph && out->len >= n &&
	    memcmp(out->data + out->len - n, bare, n) == 0) {
		out->len--;
		buf_adds(out, "/>");
	} else {
		buf_adds(out, "</w:p>");
	}
}

static void add_look(struct doc_writer *doc, struct doc_look look)
{
	struct buf *out = &doc->body;
	const char *style = look.headline ? doc->names.headline[look.headline]
	                    : look.link   ? doc->names.hyperlink
	                                  : NULL;
	if (!style && !look.strong && !look.emphasis)
		return;
	buf_adds(out, "<w:rPr>");
	if (style)
		buf_addf(out, "<w:rStyle w:val=\"%s\"/>", style);
	if (look.emphasis)
		doc_emphasis(out);
	if (look.strong)
		buf_adds(out, "<w:b/>");
	buf_adds(out, "</w:rPr>");
}

static void add_string(struct buf *out, const char *from, const char *to)
{
	if (from == to)
		return;
	size_t before = out->len;
	buf_adds(out, "<w:t xml:space=\"preserve\">");
	size_t start = out->len;
	xml_text(out, from, (size_t)(to - from));
	if (out->len == start)
		out->len = before; /* nothing in it that XML could hold */
	else
		buf_adds(out, "</w:t>");
}

void doc_run(struct doc_writer *doc, const char *text, struct doc_look look)
{
	struct buf *out = &doc->body;
	if (!*text)
		return;
	buf_adds(out, "<w:r>");
	add_look(doc, look);
	for (;;) {
		size_t n = strcspn(text, "\n\t");
		add_string(out, text, text + n);
		text += n;
		if (!*text)
			break;
		buf_adds(out, *text++ == '\n' ? "<w:br/>" : "<w:tab/>");
	}
	buf_adds(out, "</w:r>");
}

void doc_text(struct doc_writer *doc, const char *text)
{
	doc_run(doc, text, (struct doc_look){ 0 });
}

void doc_strong(struct doc_writer *doc, const char *text)
{
	doc_run(doc, text, (struct doc_look){ .strong = 1 });
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

/* ---- bookmarks and links ----------------------------------------------- */

void doc_bookmark_begin(struct doc_writer *doc, const char *name)
{
	assert(doc->open_count < NESTED_MAX);
	unsigned id = strlen(name) <= BOOKMARK_MAX ? ++doc->bookmarks : 0;
	doc->open[doc->open_count++] = id;
	if (!id)
		return;
	buf_addf(&doc->body, "<w:bookmarkStart w:id=\"%u\"", id);
	xml_attribute(&doc->body, "w:name", name);
	buf_adds(&doc->body, "/>");
}

void doc_bookmark_end(struct doc_writer *doc)
{
	assert(doc->open_count > 0);
	unsigned id = doc->open[--doc->open_count];
	if (id)
		buf_addf(&doc->body, "<w:bookmarkEnd w:id=\"%u\"/>", id);
}

void doc_link_begin(struct doc_writer *doc, const char *target)
{
	buf_adds(&doc->body, "<w:hyperlink");
	if (*target == '#')
		xml_attribute(&doc->body, "w:anchor", target + 1);
	else
		xml_attribute(&doc->body, "r:id", doc_relate(doc, "hyperlink", target, 1));
	buf_adds(&doc->body, " w:history=\"1\">");
}

void doc_link_end(struct doc_writer *doc)
{
	buf_adds(&doc->body, "</w:hyperlink>");
}

/* ---- contents ---------------------------------------------------------- */

#define FIELD(kind) "<w:r><w:fldChar w:fldCharType=\"" kind "\"/></w:r>"

void doc_contents_begin(struct doc_writer *doc)
{
	doc->contents = 1;
}

/* The field begins in its first line and ends behind the last, as Word does it itself. */
void doc_contents_line(
    struct doc_writer *doc, unsigned level, const char *text, const char *bookmark)
{
	struct buf *out = &doc->body;
	doc_begin(doc, level > 1 ? DOC_CONTENTS_2 : DOC_CONTENTS_1);
	if (doc->contents++ == 1)
		buf_adds(out,
		    FIELD("begin") "<w:r><w:instrText xml:space=\"preserve\"> TOC \\o "
		                   "&quot;1-2&quot; \\h \\z \\u </w:instrText></w:r>" FIELD(
		                       "separate"));
	doc_link_begin(doc, arena_printf(&doc->arena, "#%s", bookmark));
	doc_text(doc, text);
	doc_link_end(doc);
	doc_end(doc);
}

void doc_contents_end(struct doc_writer *doc)
{
	static const char end[] = "</w:p>";
	if (doc->contents > 1) {
		doc->body.len -= sizeof end - 1;
		buf_adds(&doc->body, FIELD("end") "</w:p>");
	}
	doc->contents = 0;
}

/* ---- tables ------------------------------------------------------------ */

static void width(struct doc_writer *doc, const char *name, unsigned twips)
{
	buf_addf(&doc->body, "<%s w:w=\"%u\" w:type=\"dxa\"/>", name, twips);
}

static void borders(struct buf *out)
{
	static const char *const sides[] = { "w:top", "w:left", "w:bottom", "w:right", "w:insideH",
		"w:insideV" };
	buf_adds(out, "<w:tblBorders>");
	for (size_t i = 0; i < LENGTH(sides); i++)
		buf_addf(out, "<%s w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>",
		    sides[i]);
	buf_adds(out, "</w:tblBorders>");
}

/* Word's own 1.9 mm left and right of a cell's text is more than a narrow column has. */
static void cell_margins(struct doc_writer *doc, unsigned narrowest)
{
	unsigned beside = narrowest < 500 ? narrowest / 10 : doc->info.report ? 80 : 108;
	unsigned above = doc->info.report ? 30 : 0;
	if (beside == 108)
		return;
	buf_addf(&doc->body,
	    "<w:tblCellMar><w:top w:w=\"%u\" w:type=\"dxa\"/>"
	    "<w:left w:w=\"%u\" w:type=\"dxa\"/><w:bottom w:w=\"%u\" w:type=\"dxa\"/>"
	    "<w:right w:w=\"%u\" w:type=\"dxa\"/></w:tblCellMar>",
	    above, beside, above, beside);
}

void doc_table_begin(struct doc_writer *doc, const unsigned *widths, size_t columns)
{
	unsigned long all = 0, so_far = 0, given = 0;
	unsigned narrowest = doc->width;
	assert(columns > 0 && columns <= COLUMNS_MAX);
	/* Two tables with nothing between them would be one. */
	if (doc->after_table)
		doc_paragraph(doc, DOC_CELL, "");
	for (size_t i = 0; i < columns; i++)
		all += widths[i];
	doc->columns = columns;
	doc->in_row = 0;
	for (size_t i = 0; i < columns; i++) {
		so_far += widths[i];
		doc->widths[i] = (unsigned)(so_far * doc->width / all - given);
		given += doc->widths[i];
		narrowest = doc->widths[i] < narrowest ? doc->widths[i] : narrowest;
	}
	buf_adds(&doc->body, "<w:tbl><w:tblPr>");
	width(doc, "w:tblW", doc->width);
	borders(&doc->body);
	buf_adds(&doc->body, "<w:tblLayout w:type=\"fixed\"/>");
	cell_margins(doc, narrowest);
	buf_adds(&doc->body, "</w:tblPr><w:tblGrid>");
	for (size_t i = 0; i < columns; i++)
		buf_addf(&doc->body, "<w:gridCol w:w=\"%u\"/>", doc->widths[i]);
	buf_adds(&doc->body, "</w:tblGrid>");
}

static void end_row(struct doc_writer *doc)
{
	if (!doc->in_row)
		return;
	while (doc->column < doc->columns)
		doc_cell(doc, "");
	buf_adds(&doc->body, "</w:tr>");
	doc->in_row = 0;
}

void doc_table_row(struct doc_writer *doc, int header)
{
	end_row(doc);
	doc->in_row = 1;
	doc->header = header;
	doc->column = 0;
	buf_addf(
	    &doc->body, "<w:tr><w:trPr><w:cantSplit/>%s</w:trPr>", header ? "<w:tblHeader/>" : "");
}

void doc_cell_begin(struct doc_writer *doc)
{
	assert(doc->in_row && doc->column < doc->columns);
	buf_adds(&doc->body, "<w:tc><w:tcPr>");
	width(doc, "w:tcW", doc->widths[doc->column]);
	buf_adds(&doc->body, "<w:vAlign w:val=\"center\"/></w:tcPr>");
}

void doc_cell_end(struct doc_writer *doc)
{
	buf_adds(&doc->body, "</w:tc>");
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
	buf_adds(&doc->body, "</w:tbl>");
	doc->after_table = 1;
}

void doc_drop(struct doc_writer *doc)
{
	if (!doc)
		return;
	for (size_t i = 0; i < doc->media_count; i++)
		buf_release(&doc->media[i].bytes);
	doc_template_free(doc->template);
	buf_release(&doc->body);
	arena_release(&doc->arena);
	free(doc);
}
