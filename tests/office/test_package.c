/* What is no Word or Excel file, and XML that means harm. */
#include "office/package.h"
#include "office/part.h"
#include "office/prose.h"
#include "office/workbook.h"

#include "built.h"

static struct prose prose;
static struct err failure;

static int read_bytes(const void *bytes, size_t n)
{
	struct buf buf = { 0 };
	failure = (struct err){ 0 };
	buf_add(&buf, bytes, n);
	int rc = prose_read(&prose, "a.docx", &buf, NULL, &scratch_arena, &failure);
	cr_expect_null(buf.data, "the bytes are taken over");
	return rc;
}

static int read_built(struct buf bytes)
{
	failure = (struct err){ 0 };
	return prose_read(&prose, "a.docx", &bytes, NULL, &scratch_arena, &failure);
}

/* A document.xml as it is. */
static int read_xml(const char *xml)
{
	const struct part_text parts[] = {
		{ "[Content_Types].xml", TYPES OVERRIDE("/word/document.xml",
		                             "wordprocessingml.document.main+xml") "</Types>" },
		{ "_rels/.rels", RELATIONSHIPS RELATION("rId1", "officeDocument",
		                     "word/document.xml") "</Relationships>" },
		{ "word/document.xml", xml },
	};
	return read_built(build(parts, 3));
}

/* An OLE2 file with one entry of that name in its directory. */
static void put_compound(struct buf *out, const char *name)
{
	char bytes[2048] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
	size_t n = strlen(name);
	for (size_t i = 0; i < n; i++)
		bytes[1024 + 128 + 2 * i] = name[i];
	bytes[1024 + 128 + 64] = (char)(2 * n + 2);
	buf_add(out, bytes, sizeof bytes);
}

Test(office, foreign_files, SCRATCH)
{
	static const struct {
		const char *text, *why;
	} cases[] = {
		{ "", "empty" },
		{ "{\\rtf1 text}", "RTF" },
		{ "<html><body>text</body></html>", "web page" },
		{ "\xEF\xBB\xBF<!DOCTYPE html><html>", "web page" },
		{ "MIME-Version: 1.0\n", "web page" },
		{ "<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><w/>",
		    "XML" },
		{ "%PDF-1.7", "PDF" },
		{ "just words", "no zip" },
	};
	static const struct {
		const char *stream, *why;
	} compounds[] = {
		{ "EncryptedPackage", "password" },
		{ "WordDocument", ".doc" },
		{ "Workbook", ".xls" },
		{ "Book", ".xls" },
		{ "PowerPoint Document", "old kind" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		expect_refused(
		    read_bytes(cases[i].text, strlen(cases[i].text)), &failure, cases[i].why);
	for (size_t i = 0; i < sizeof compounds / sizeof *compounds; i++) {
		struct buf bytes = { 0 };
		put_compound(&bytes, compounds[i].stream);
		expect_refused(read_built(bytes), &failure, compounds[i].why);
	}
}

Test(office, foreign_zips, SCRATCH)
{
	const struct part_text odt[] = { { "content.xml", "<x/>" },
		{ "META-INF/manifest.xml", "<x/>" } };
	const struct part_text ofd[] = { { "OFD.xml", "<x/>" } };
	const struct part_text other[] = { { "a.txt", "x" } };
	const struct part_text no_main[] = {
		{ "[Content_Types].xml", TYPES "</Types>" },
		{ "_rels/.rels", RELATIONSHIPS "</Relationships>" },
	};
	const struct part_text slides[] = {
		{ "[Content_Types].xml",
		    TYPES OVERRIDE("/p.xml", "presentationml.presentation.main+xml") "</Types>" },
		{ "_rels/.rels",
		    RELATIONSHIPS RELATION("a", "officeDocument", "p.xml") "</Relationships>" },
		{ "p.xml", "<x/>" },
	};
	expect_refused(read_built(build(odt, 2)), &failure, "OpenDocument");
	expect_refused(read_built(build(ofd, 1)), &failure, "OFD");
	expect_refused(read_built(build(other, 1)), &failure, "zip");
	expect_refused(read_built(build(no_main, 2)), &failure, "missing");
	expect_refused(read_built(build(slides, 3)), &failure, "neither");
	expect_refused(read_built(build_xlsx("<sheetData/>", NULL, NULL)), &failure,
	    "it is an Excel workbook");
	struct workbook workbook;
	struct buf bytes = build_docx("<w:p/>", NULL, NULL);
	expect_refused(workbook_read(&workbook, "a.xlsx", &bytes, NULL, &scratch_arena, &failure),
	    &failure, "it is a Word document");
}

/* Parts under other names, references in all forms, strict namespaces, macros. */
Test(office, parts_by_relation, SCRATCH)
{
	static const char body[] =
	    "<w:document xmlns:w=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"><w:body>"
	    "<w:p><w:pPr><w:pStyle w:val=\"a\"/></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>"
	    "</w:body></w:document>";
	static const char styles[] =
	    "<w:styles xmlns:w=\"http://purl.oclc.org/ooxml/wordprocessingml/main\">"
	    "<w:style w:type=\"paragraph\" w:styleId=\"a\"><w:name w:val=\"heading 2\"/></w:style>"
	    "</w:styles>";
	const struct part_text parts[] = {
		{ "[Content_Types].xml",
		    TYPES "<Default Extension=\"bin\" ContentType="
		          "\"application/vnd.ms-office.vbaProject\"/>"
		          "<Override PartName=\"/Teile/Text%201.xml\" ContentType=\"x\"/>"
		          "<Override PartName=\"/teile/text.xml\" ContentType=\"application/"
		          "vnd.ms-word.document.macroEnabled.main+xml\"/></Types>" },
		{ "_rels/.rels", RELATIONSHIPS
		    "<Relationship Id=\"x\" Type=\"http://purl.oclc.org/ooxml/officeDocument/"
		    "relationships/officeDocument\" Target=\"/Teile/./unten/../text.xml\"/>"
		    "</Relationships>" },
		{ "Teile/Text.xml", body },
		{ "Teile/_rels/Text.xml.rels", RELATIONSHIPS RELATION("y", "styles",
		                                   "../Mein%20Stil.xml") "</Relationships>" },
		{ "Mein Stil.xml", styles },
	};
	cr_assert_eq(read_built(build(parts, 5)), 0, "%s", failure.text);
	cr_assert_eq(prose.count, 1);
	cr_expect_eq(prose.paragraphs[0].kind, PROSE_HEADING);
	cr_expect_eq(prose.paragraphs[0].level, 2);
	cr_expect_eq(prose.notes.of[NOTE_MACROS].count, 1);
}

#define BODY(text) "<w:document " W "><w:body>" text "</w:body></w:document>"

Test(office, hostile_xml, SCRATCH)
{
	put("secret.txt", "geheim", 6);
	char external[600], parameter[600];
	snprintf(external, sizeof external,
	    "<!DOCTYPE w:document [<!ENTITY x SYSTEM \"file://%s/secret.txt\">]>" BODY(
	        "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>"),
	    scratch);
	snprintf(parameter, sizeof parameter,
	    "<!DOCTYPE w:document [<!ENTITY %% x SYSTEM \"file://%s/secret.txt\"> %%x;]>" BODY(""),
	    scratch);
	const struct {
		const char *xml, *why;
	} cases[] = {
		{ external, "DOCTYPE" },
		{ parameter, "DOCTYPE" },
		{ "<!DOCTYPE w:document [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">"
		  "<!ENTITY c \"&b;&b;&b;&b;\">]>" BODY("<w:p><w:r><w:t>&c;</w:t></w:r></w:p>"),
		    "DOCTYPE" },
		{ BODY("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>"), "damaged" },
		{ BODY("<w:p>"), "damaged" },
		{ "", "damaged" },
		{ "text", "damaged" },
		{ "\xFF\xFE<", "UTF-8" },
		{ BODY("<w:p><w:r><w:t>\xB1\xA8</w:t></w:r></w:p>"), "damaged" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		expect_refused(read_xml(cases[i].xml), &failure, cases[i].why);
}

/* `count` times one text, another around it. */
static struct buf repeated(const char *before, const char *text, size_t count, const char *after)
{
	struct buf out = { 0 };
	buf_adds(&out, before);
	for (size_t i = 0; i < count; i++)
		buf_adds(&out, text);
	buf_adds(&out, after);
	return out;
}

static void refuse_xml(struct buf xml, const char *why)
{
	expect_refused(read_xml(xml.data), &failure, why);
	buf_release(&xml);
}

#define OPEN "<w:document " W "><w:body>"
#define CLOSE "</w:body></w:document>"

Test(office, excessive_xml, SCRATCH)
{
	struct buf names = { 0 }, scopes = { 0 };
	refuse_xml(repeated(OPEN, "<w:sdt>", 1000, ""), "nested deeper");
	refuse_xml(
	    repeated(OPEN "<w:p><w:r><w:t>", "0123456789", 300000, "</w:t></w:r></w:p>" CLOSE),
	    "longer text");
	refuse_xml(repeated(OPEN "<w:p x=\"", "0123456789", 300000, "\"/>" CLOSE), "longer text");
	refuse_xml(repeated(OPEN "<!--", "0123456789", 300000, "-->" CLOSE), "longer text");
	buf_adds(&names, OPEN "<w:p");
	for (int i = 0; i < 2000; i++)
		buf_addf(&names, " a%d=\"\"", i);
	buf_adds(&names, "/>" CLOSE);
	refuse_xml(names, "attributes");
	buf_adds(&scopes, OPEN);
	for (int i = 0; i < 600; i++)
		buf_addf(&scopes, i % 100 ? " xmlns:n%d=\"u\"" : "%.0d<w:p", i % 100 ? i : 0);
	buf_adds(&scopes, ">");
	expect_refused(read_xml(scopes.data), &failure, "damaged");
	buf_release(&scopes);
	/* A long one of each is not looked at for long. */
	struct buf many = { 0 };
	buf_adds(&many, OPEN);
	for (int i = 0; i < 12; i++) {
		struct buf one = repeated("<w:p x=\"", "0123456789", 100000, "\"/>");
		buf_add(&many, one.data, one.len);
		buf_release(&one);
	}
	buf_adds(&many, CLOSE);
	refuse_xml(many, "too long to read");
	/* Nor are many attributes of many elements, nor many namespaces above them. */
	struct buf some = { 0 };
	buf_adds(&some, "<w:p");
	for (int i = 0; i < 1000; i++)
		buf_addf(&some, " a%d=''", i);
	buf_adds(&some, "/>");
	refuse_xml(repeated(OPEN, some.data, 1000, CLOSE), "too long to read");
	buf_release(&some);
	struct buf deep = { 0 };
	buf_adds(&deep, OPEN);
	for (int i = 0; i < 200; i++)
		buf_addf(&deep, "<q xmlns:a%d='u' xmlns:b%d='u'>", i, i);
	refuse_xml(repeated(deep.data, "<a0:b/>", 2000000, ""), "too long to read");
	buf_release(&deep);
}

/* A package is refused as a whole before anything in it is unpacked. */
Test(office, package_limits, SCRATCH)
{
	struct office_limits limits = office_limits_default;
	struct buf bytes = build_docx("<w:p/>", NULL, NULL);
	limits.parts = 3;
	expect_refused(prose_read(&prose, "a.docx", &bytes, &limits, &scratch_arena, &failure),
	    &failure, "more files");
	limits = office_limits_default;
	limits.xml_bytes = 100;
	bytes = build_docx("<w:p/>", NULL, NULL);
	expect_refused(prose_read(&prose, "a.docx", &bytes, &limits, &scratch_arena, &failure),
	    &failure, "larger");
	limits = office_limits_default;
	limits.total_bytes = 100;
	bytes = build_docx("<w:p/>", NULL, NULL);
	expect_refused(prose_read(&prose, "a.docx", &bytes, &limits, &scratch_arena, &failure),
	    &failure, "megabytes");
}

/* Texts in pieces: a character reference, a comment, CDATA, longer than libxml2 reads at once. */
Test(office, text_in_pieces, SCRATCH)
{
	struct buf text = repeated("", "复议案件", 4000, "");
	struct buf xml = { 0 };
	buf_addf(&xml,
	    OPEN "<w:p><w:r><w:t>a<!-- -->%s&#x4E00;&amp;<![CDATA[<b>]]>%s</w:t></w:r></w:p>" CLOSE,
	    text.data, text.data);
	cr_assert_eq(read_xml(xml.data), 0, "%s", failure.text);
	cr_assert_eq(prose.count, 1);
	struct buf expected = { 0 };
	buf_addf(&expected, "a%s一&<b>%s", text.data, text.data);
	cr_expect_eq(strlen(prose.paragraphs[0].text), expected.len);
	cr_expect_str_eq(prose.paragraphs[0].text, expected.data);
	buf_release(&text);
	buf_release(&xml);
	buf_release(&expected);
}
