/* built.h: Word and Excel files built part by part, so that they can hold anything. */
#ifndef TESTS_OFFICE_BUILT_H
#define TESTS_OFFICE_BUILT_H

#include "../archive/rawzip.h"

#include "office/package.h"

#define W "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define S "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define R "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
#define TYPE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define RELATIONSHIPS                                                                              \
	"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
#define RELATION(id, type, target)                                                                 \
	"<Relationship Id=\"" id "\" Type=\"" TYPE type "\" Target=\"" target "\"/>"
#define TYPES "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
#define OVERRIDE(part, type)                                                                       \
	"<Override PartName=\"" part                                                               \
	"\" ContentType=\"application/vnd.openxmlformats-officedocument." type "\"/>"

struct part_text {
	const char *name, *text;
};

/* A package of these parts as they are, "" names left out. */
static inline struct buf build(const struct part_text *parts, size_t count)
{
	struct raw entries[24] = { { 0 } };
	struct buf out = { 0 };
	size_t n = 0;
	for (size_t i = 0; i < count; i++)
		if (parts[i].text) {
			entries[n].name = parts[i].name;
			entries[n++].content = parts[i].text;
		}
	raw_zip(&out, entries, n);
	return out;
}

/* A document of a body, with styles and numbering if they are given. */
static inline struct buf build_docx(const char *body, const char *styles, const char *numbering)
{
	struct buf document = { 0 };
	buf_addf(&document,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document " W " " R
	    " xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\""
	    " xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\""
	    " xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\""
	    " xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\""
	    " xmlns:v=\"urn:schemas-microsoft-com:vml\""
	    " xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\""
	    " xmlns:wpsCustomData=\"http://www.wps.cn/officeDocument/2013/wpsCustomData\">"
	    "<w:body>%s</w:body></w:document>",
	    body);
	const struct part_text parts[] = {
		{ "[Content_Types].xml",
		    TYPES "<Default Extension=\"xml\" ContentType=\"application/xml\"/>" OVERRIDE(
		        "/word/document.xml", "wordprocessingml.document.main+xml") "</Types>" },
		{ "_rels/.rels", RELATIONSHIPS RELATION("rId1", "officeDocument",
		                     "word/document.xml") "</Relationships>" },
		{ "word/_rels/document.xml.rels",
		    RELATIONSHIPS RELATION("rId1", "styles", "styles.xml")
		        RELATION("rId2", "numbering", "numbering.xml")
		            RELATION("rId3", "image", "media/image1.png") "</Relationships>" },
		{ "word/document.xml", document.data },
		{ "word/styles.xml", styles },
		{ "word/numbering.xml", numbering },
		{ "word/media/image1.png", "png" },
	};
	struct buf out = build(parts, sizeof parts / sizeof *parts);
	buf_release(&document);
	return out;
}

/* A workbook of one sheet, its rows and what stands around them. */
static inline struct buf build_xlsx(const char *sheet, const char *strings, const char *styles)
{
	struct buf text = { 0 };
	buf_addf(&text, "<worksheet " S ">%s</worksheet>", sheet);
	const struct part_text parts[] = {
		{ "[Content_Types].xml",
		    TYPES OVERRIDE("/xl/workbook.xml", "spreadsheetml.sheet.main+xml") "</Types>" },
		{ "_rels/.rels", RELATIONSHIPS RELATION("rId1", "officeDocument",
		                     "/xl/workbook.xml") "</Relationships>" },
		{ "xl/workbook.xml",
		    "<workbook " S " " R "><sheets><sheet name=\"表\" sheetId=\"1\" r:id=\"rId7\"/>"
		    "</sheets></workbook>" },
		{ "xl/_rels/workbook.xml.rels",
		    RELATIONSHIPS RELATION("rId7", "worksheet", "worksheets/sheet1.xml")
		        RELATION("rId8", "sharedStrings", "sharedStrings.xml")
		            RELATION("rId9", "styles", "styles.xml") "</Relationships>" },
		{ "xl/worksheets/sheet1.xml", text.data },
		{ "xl/sharedStrings.xml", strings },
		{ "xl/styles.xml", styles },
	};
	struct buf out = build(parts, sizeof parts / sizeof *parts);
	buf_release(&text);
	return out;
}

/* What went wrong must say why, and where. */
static inline void expect_refused(int rc, const struct err *err, const char *word)
{
	cr_assert_lt(rc, 0, "not refused: %s", word);
	cr_expect_eq(err->kind, ERR_INPUT, "%s", err->text);
	cr_expect(err->why && strstr(err->why, word), "'%s' is not in: %s", word, err->text);
}

#endif
