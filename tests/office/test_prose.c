/* Documents as Word, WPS and LibreOffice write them. */
#include "office/prose.h"
#include "office/word_list.h"

#include "built.h"

static struct prose prose;
static struct err failure;

static void read_full(const char *body, const char *styles, const char *numbering)
{
	struct buf bytes = build_docx(body, styles, numbering);
	cr_assert_eq(prose_read(&prose, "a.docx", &bytes, NULL, &scratch_arena, &failure), 0, "%s",
	    failure.text);
}

static void read_body(const char *body)
{
	read_full(body, NULL, NULL);
}

/* The texts of all paragraphs with their automatic numbers, "|" between them. */
static const char *texts(void)
{
	struct buf out = { 0 };
	for (size_t i = 0; i < prose.count; i++)
		buf_addf(&out, "%s%s%s", i ? "|" : "", prose.paragraphs[i].numbering,
		    prose.paragraphs[i].text);
	const char *copy = arena_strdup(&scratch_arena, buf_str(&out));
	buf_release(&out);
	return copy;
}

static unsigned notes(enum office_note note)
{
	return prose.notes.of[note].count;
}

static const char *bold_of(size_t paragraph, size_t i)
{
	const struct prose_paragraph *p = &prose.paragraphs[paragraph];
	return i < p->bold_count ? arena_strndup(&scratch_arena, p->text + p->bold[i].from,
	                               p->bold[i].to - p->bold[i].from)
	                         : "";
}

/* ---- runs --------------------------------------------------------------- */

Test(office, runs, SCRATCH)
{
	static const struct {
		const char *body, *text;
	} cases[] = {
		/* What Word makes of one sentence. */
		{ "<w:p w:rsidR=\"00A1\"><w:r w:rsidRPr=\"00B2\"><w:rPr><w:rFonts "
		  "w:hint=\"eastAsia\"/>"
		  "</w:rPr><w:t>全年</w:t></w:r><w:proofErr "
		  "w:type=\"spellStart\"/><w:smartTag><w:smartTagPr>"
		  "<w:attr w:name=\"x\"/></w:smartTagPr><w:r><w:t>受理</w:t></w:r></w:smartTag>"
		  "<w:proofErr "
		  "w:type=\"spellEnd\"/><w:r><w:lastRenderedPageBreak/><w:t>14件</w:t></w:r>"
		  "</w:p>",
		    "全年受理14件" },
		{ "<w:p><w:r><w:t xml:space=\"preserve\"> a </w:t></w:r><w:r><w:t> "
		  "b\n</w:t></w:r></w:p>",
		    " a b" },
		{ "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</"
		  "w:t><w:noBreakHyphen/>"
		  "<w:t>丁</w:t><w:softHyphen/></w:r></w:p>",
		    "甲\t乙\n丙-丁" },
		{ "<w:p><w:pPr><w:tabs><w:tab "
		  "w:pos=\"1\"/></w:tabs></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>",
		    "甲" },
		{ "<w:p><w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/><w:sym w:font=\"X\" "
		  "w:char=\"F041\"/></w:r></w:p>",
		    "☑\xEF\xBF\xBD" },
		{ "<w:p><w:hyperlink><w:r><w:t>网址</w:t></w:r></w:hyperlink></w:p>", "网址" },
		{ "<w:p><w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>yi</w:t></w:r></"
		  "w:rt><w:rubyBase><w:r>"
		  "<w:t>议</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>",
		    "议" },
		{ "<w:p><m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath></w:p>", "x+1" },
		{ "<w:p><w:customXml><w:customXmlPr/><w:r><w:t>甲</w:t></w:r></w:customXml>"
		  "<mc:AlternateContent><mc:Choice Requires=\"wpsCustomData\"><wpsCustomData:x>"
		  "<w:r><w:t>不</w:t></w:r></wpsCustomData:x></mc:Choice></mc:AlternateContent></"
		  "w:p>",
		    "甲" },
		/* Fields: simple, complex, nested, without a result, without an end. */
		{ "<w:p><w:fldSimple w:instr=\"PAGE\"><w:r><w:t>3</w:t></w:r></w:fldSimple></w:p>",
		    "3" },
		{ "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>REF x "
		  "</w:instrText></w:r><w:r><w:t>不</w:t></w:r><w:r><w:fldChar "
		  "w:fldCharType=\"separate\"/></w:r><w:r><w:t>甲</w:t></w:r><w:r><w:fldChar "
		  "w:fldCharType=\"begin\"/><w:instrText>PAGE</w:instrText><w:fldChar "
		  "w:fldCharType=\"end\"/></w:r><w:r><w:fldChar "
		  "w:fldCharType=\"end\"/><w:t>乙</w:t></w:r>"
		  "</w:p>",
		    "甲乙" },
		{ "<w:p><w:r><w:fldChar "
		  "w:fldCharType=\"begin\"/><w:instrText>x</w:instrText></w:r></w:p>"
		  "<w:p><w:r><w:t>后文</w:t></w:r></w:p>",
		    "后文" },
		/* Tracked changes. */
		{ "<w:p><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:del><w:r><w:delText>旧</"
		  "w:delText></w:r>"
		  "</w:del><w:moveFrom><w:r><w:t>移</w:t></w:r></"
		  "w:moveFrom><w:moveTo><w:r><w:t>到</w:t>"
		  "</w:r></w:moveTo></w:p>",
		    "新到" },
		{ "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前</w:t></w:r></"
		  "w:p><w:p><w:r>"
		  "<w:t>后</w:t></w:r></w:p><w:p><w:r><w:t>末</w:t></w:r></w:p>",
		    "前后|末" },
		{ "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>前</"
		  "w:delText></w:r>"
		  "</w:del></w:p><w:p><w:r><w:t>后</w:t></w:r></w:p>",
		    "后" },
		{ "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>末</w:t></w:r></w:p>",
		    "末" },
		/* Hidden text; controls nobody filled in. */
		{ "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>不</w:t></w:r><w:r><w:rPr><w:vanish "
		  "w:val=\"0\"/></w:rPr><w:t>见</w:t></w:r></w:p>",
		    "见" },
		{ "<w:sdt><w:sdtPr><w:showingPlcHdr/></"
		  "w:sdtPr><w:sdtContent><w:p><w:r><w:t>单击此处</w:t>"
		  "</w:r></w:p></w:sdtContent></w:sdt><w:sdt><w:sdtPr/"
		  "><w:sdtContent><w:p><w:r><w:t>填了"
		  "</w:t></w:r></w:p></w:sdtContent></w:sdt>",
		    "填了" },
		/* Text boxes: one branch, behind the paragraph they are tied to. */
		{ "<w:p><w:r><w:t>框外</w:t></w:r><w:r><mc:AlternateContent><mc:Choice "
		  "Requires=\"wps\">"
		  "<w:drawing><wps:txbx><w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></"
		  "w:txbxContent>"
		  "</wps:txbx></w:drawing></"
		  "mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p>"
		  "<w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></"
		  "mc:Fallback>"
		  "</mc:AlternateContent></w:r><w:r><w:t>后</w:t></w:r></w:p>",
		    "框外后|框内" },
		{ "<w:p><w:r><mc:AlternateContent><mc:Choice "
		  "Requires=\"unknown\"><w:t>不</w:t></mc:Choice>"
		  "<mc:Fallback><w:t>代</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>",
		    "代" },
		/* Sections, headers and the like in odd places. */
		{ "<w:p><w:pPr><w:sectPr><w:headerReference/><w:pgSz/></w:sectPr></"
		  "w:pPr><w:r><w:t>甲</w:t>"
		  "</w:r></w:p><w:altChunk/><w:p><w:r><w:footnoteReference/><w:t>乙</w:t>"
		  "<w:commentReference/></w:r></w:p><w:sectPr/>",
		    "甲|乙" },
		{ "<w:p/><w:p><w:r><w:t>　 </w:t></w:r></w:p>", "" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		read_body(cases[i].body);
		cr_expect_str_eq(texts(), cases[i].text, "case %zu: '%s'", i, texts());
	}
}

Test(office, prose_notes, SCRATCH)
{
	read_body("<w:p><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:del/></w:p><w:altChunk/>"
	          "<w:p><w:r><w:footnoteReference/><w:endnoteReference/><w:commentReference/>"
	          "<w:object/><w:rPr><w:vanish/></w:rPr><w:t>不</w:t></w:r></w:p>");
	cr_expect_eq(notes(NOTE_INSERTED), 1);
	cr_expect_eq(notes(NOTE_DELETED), 1);
	cr_expect_eq(notes(NOTE_EMBEDDED), 1);
	cr_expect_eq(notes(NOTE_FOOTNOTES), 2);
	cr_expect_eq(prose.notes.of[NOTE_FOOTNOTES].line, 2);
	cr_expect_eq(notes(NOTE_COMMENTS), 1);
	cr_expect_eq(notes(NOTE_OBJECTS), 1);
	cr_expect_eq(notes(NOTE_HIDDEN_TEXT), 1);
	for (int i = 0; i < NOTE_COUNT; i++)
		cr_expect(office_note_text((enum office_note)i), "%d", i);
}

/* ---- styles ------------------------------------------------------------- */

#define STYLE(id, name, rest)                                                                      \
	"<w:style w:type=\"paragraph\" w:styleId=\"" id "\"><w:name w:val=\"" name "\"/>" rest     \
	"</w:style>"
#define PARAGRAPH(style, text)                                                                     \
	"<w:p><w:pPr><w:pStyle w:val=\"" style "\"/></w:pPr><w:r><w:t>" text "</w:t></w:r></w:p>"

Test(office, kinds, SCRATCH)
{
	static const struct {
		const char *id;
		enum prose_kind kind;
		unsigned level;
	} expected[] = { { "a", PROSE_BODY, 0 }, { "b", PROSE_TITLE, 0 }, { "c", PROSE_HEADING, 1 },
		{ "d", PROSE_HEADING, 3 }, { "e", PROSE_HEADING, 3 }, { "f", PROSE_HEADING, 5 },
		{ "NbGuidance", PROSE_GUIDANCE, 0 }, { "h", PROSE_CONTENTS, 0 },
		{ "i", PROSE_BODY, 0 }, { "none", PROSE_BODY, 0 }, { "x", PROSE_BODY, 0 },
		{ "k", PROSE_HEADING, 2 } };
	struct buf body = { 0 };
	for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
		buf_addf(&body, PARAGRAPH("%s", "甲"), expected[i].id);
	read_full(body.data,
	    "<w:styles " W
	    ">" STYLE("a", "Normal", "") STYLE("b", "Title", "") STYLE("c", "heading 1", "")
	        STYLE("d", "标题 3", "") STYLE("e", "甲", "<w:basedOn w:val=\"d\"/>")
	            STYLE("f", "乙", "<w:pPr><w:outlineLvl w:val=\"4\"/></w:pPr>")
	                STYLE("NbGuidance", "x", "") STYLE("h", "toc 1", "") STYLE("i", "丙",
	                    "<w:basedOn w:val=\"c\"/><w:pPr><w:outlineLvl w:val=\"9\"/></w:pPr>")
	                    STYLE("x", "loop", "<w:basedOn w:val=\"y\"/>")
	                        STYLE("y", "loop 2", "<w:basedOn w:val=\"x\"/>")
	                            STYLE("k", "Heading2", "") "</w:styles>",
	    NULL);
	buf_release(&body);
	cr_assert_eq(prose.count, sizeof expected / sizeof *expected);
	for (size_t i = 0; i < prose.count; i++) {
		cr_expect_eq(prose.paragraphs[i].kind, expected[i].kind, "%s", expected[i].id);
		cr_expect_eq(prose.paragraphs[i].level, expected[i].level, "%s", expected[i].id);
	}
}

Test(office, outline_by_hand, SCRATCH)
{
	read_body(
	    "<w:p><w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr><w:r><w:t>行政复议</w:t></w:r></w:p>"
	    "<w:p><w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr><w:r><w:t>全年受理14件。审结12件。"
	    "</w:t></w:r></w:p>");
	cr_expect_eq(prose.paragraphs[0].level, 2);
	cr_expect_eq(prose.paragraphs[1].kind, PROSE_BODY, "a paragraph pasted from a web page");
}

Test(office, bold, SCRATCH)
{
	read_full(
	    "<w:p><w:r><w:t>全年</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>受</w:t></w:r><w:r>"
	    "<w:rPr><w:b w:val=\"1\"/></w:rPr><w:t>理</w:t></w:r><w:r><w:rPr><w:rStyle "
	    "w:val=\"s\"/></w:rPr><w:t>件</w:t></w:r><w:r><w:rPr><w:b w:val=\"false\"/></w:rPr>"
	    "<w:t>完</w:t></w:r></w:p>" PARAGRAPH("c", "粗"),
	    "<w:styles " W "><w:style w:type=\"character\" w:styleId=\"s\"><w:rPr><w:b/></w:rPr>"
	    "</w:style>" STYLE("c", "甲", "<w:rPr><w:b/></w:rPr>") "</w:styles>",
	    NULL);
	cr_expect_eq(prose.paragraphs[0].bold_count, 1);
	cr_expect_str_eq(bold_of(0, 0), "受理件");
	cr_expect_str_eq(bold_of(1, 0), "粗");
}

/* ---- numbers set by Word ------------------------------------------------- */

#define LEVEL(i, format, text)                                                                     \
	"<w:lvl w:ilvl=\"" i "\"><w:start w:val=\"1\"/><w:numFmt w:val=\"" format                  \
	"\"/><w:lvlText w:val=\"" text "\"/></w:lvl>"
#define ITEM(num, level, text)                                                                     \
	"<w:p><w:pPr><w:numPr><w:ilvl w:val=\"" level "\"/><w:numId w:val=\"" num                  \
	"\"/></w:numPr></w:pPr><w:r><w:t>" text "</w:t></w:r></w:p>"

Test(office, automatic_numbers, SCRATCH)
{
	read_full(ITEM("1", "0", "甲") ITEM("1", "1", "乙") ITEM("1", "1", "丙") ITEM(
	              "1", "2", "丁") ITEM("1", "0", "戊") ITEM("1", "1", "己") ITEM("2", "0", "庚")
	              ITEM("3", "0", "辛") ITEM("0", "0", "壬") ITEM("9", "0", "癸")
	                  ITEM("1", "8", "子") PARAGRAPH("h", "丑") PARAGRAPH("h", "寅"),
	    "<w:styles " W ">" STYLE("h", "heading 2",
	        "<w:pPr><w:numPr><w:numId w:val=\"4\"/></w:numPr></w:pPr>") "</w:styles>",
	    "<w:numbering " W "><w:abstractNum w:abstractNumId=\"0\">" LEVEL("0", "chineseCounting",
	        "%1、") LEVEL("1", "chineseCountingThousand", "（%2）") LEVEL("2", "decimal",
	        "%1.%2.%3") "</w:abstractNum><w:abstractNum w:abstractNumId=\"1\">" LEVEL("0",
	        "bullet",
	        "") "</w:abstractNum><w:abstractNum w:abstractNumId=\"2\">" LEVEL("0", "decimal",
	        "%1") "<w:lvl w:ilvl=\"1\"><w:pStyle w:val=\"h\"/><w:numFmt "
	              "w:val=\"decimalEnclosedCircle\"/><w:lvlText w:val=\"%2\"/></w:lvl>"
	              "</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>"
	              "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride "
	              "w:ilvl=\"0\">"
	              "<w:startOverride w:val=\"7\"/></w:lvlOverride></w:num><w:num w:numId=\"3\">"
	              "<w:abstractNumId w:val=\"1\"/></w:num><w:num w:numId=\"4\"><w:abstractNumId "
	              "w:val=\"2\"/></w:num></w:numbering>");
	cr_expect_str_eq(texts(),
	    "一、甲|（一）乙|（二）丙|一.二.1丁|二、戊|（一）己|七、庚|辛|壬|癸|子|①丑|②寅", "%s",
	    texts());
	cr_expect(prose.paragraphs[7].is_bullet);
}

Test(office, number_formats, SCRATCH)
{
	static const struct {
		const char *format;
		unsigned value;
		const char *text;
	} cases[] = { { "decimal", 12, "12" }, { "decimalZero", 3, "03" },
		{ "chineseCounting", 1, "一" }, { "chineseCounting", 10, "十" },
		{ "chineseCounting", 21, "二十一" }, { "chineseCounting", 101, "一〇一" },
		{ "chineseCountingThousand", 101, "一百零一" },
		{ "chineseCountingThousand", 110, "一百一十" },
		{ "chineseCountingThousand", 10010, "一万零一十" },
		{ "japaneseCounting", 15, "十五" }, { "ideographDigital", 10, "一〇" },
		{ "chineseLegalSimplified", 12, "壹拾贰" },
		{ "decimalEnclosedCircleChinese", 20, "⑳" }, { "decimalEnclosedCircle", 21, "21" },
		{ "decimalFullWidth", 12, "１２" }, { "ideographTraditional", 2, "乙" },
		{ "upperRoman", 14, "XIV" }, { "lowerLetter", 28, "bb" }, { "none", 1, "" },
		{ "unheard-of", 5, "5" }, { "chineseCountingThousand", 0, "〇" } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf out = { 0 };
		word_list_put(&out, cases[i].format, cases[i].value);
		cr_expect_str_eq(buf_str(&out), cases[i].text, "%s %u: %s", cases[i].format,
		    cases[i].value, buf_str(&out));
		buf_release(&out);
	}
}

/* ---- tables, pictures, bookmarks ------------------------------------------ */

#define CELL(text) "<w:tc><w:p><w:r><w:t>" text "</w:t></w:r></w:p></w:tc>"

Test(office, tables, SCRATCH)
{
	read_body(
	    "<w:p><w:r><w:t>前</w:t></w:r></w:p><w:tbl><w:tblPr/><w:tblGrid/>"
	    "<w:tr>" CELL(
	        "a") "<w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr><w:p><w:r><w:t>b</w:t>"
	             "</w:r></w:p></w:tc>" CELL(
	                 "c") "</w:tr>"
	                      "<w:tr><w:trPr><w:del/></w:trPr>" CELL(
	                          "x") "</w:tr>"
	                               "<w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>" CELL(
	                                   "d") "<w:tc><w:tbl><w:tr>" CELL("e")
	                                   CELL("f") "</w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>"
	                                             "<w:p><w:r><w:t>后</w:t></w:r></"
	                                             "w:p><w:tbl><w:tr>" CELL(
	                                                 "g") "</w:tr></w:tbl>");
	static const struct {
		unsigned number, table, row, column, columns, nested;
	} expected[] = { { 1, 0, 0, 0, 0, 0 }, { 2, 1, 1, 1, 1, 0 }, { 3, 1, 1, 2, 2, 0 },
		{ 4, 1, 1, 4, 1, 0 }, { 6, 1, 2, 2, 1, 0 }, { 7, 1, 2, 3, 1, 1 },
		{ 8, 1, 2, 3, 1, 1 }, { 10, 0, 0, 0, 0, 0 }, { 11, 2, 1, 1, 1, 0 } };
	cr_expect_str_eq(texts(), "前|a|b|c|d|e|f|后|g");
	cr_assert_eq(prose.count, sizeof expected / sizeof *expected);
	for (size_t i = 0; i < prose.count; i++) {
		const struct prose_paragraph *p = &prose.paragraphs[i];
		cr_expect_eq(p->number, expected[i].number, "%s: %u", p->text, p->number);
		cr_expect_eq(p->table, expected[i].table, "%s", p->text);
		cr_expect_eq(p->row, expected[i].row, "%s: row %u", p->text, p->row);
		cr_expect_eq(p->column, expected[i].column, "%s: column %u", p->text, p->column);
		cr_expect_eq(p->columns, expected[i].columns, "%s", p->text);
		cr_expect_eq(p->is_nested, expected[i].nested, "%s", p->text);
	}
	cr_assert_eq(prose.table_count, 2);
	cr_expect_eq(prose.tables[0].rows, 2);
	cr_expect_eq(prose.tables[0].columns, 4);
	cr_expect_eq(notes(NOTE_NESTED_TABLE), 1);
	cr_expect_eq(prose_index(&prose, 5), 4);
	cr_expect_eq(prose_index(&prose, 99), prose.count);
}

Test(office, pictures_and_bookmarks, SCRATCH)
{
	read_body(
	    "<w:bookmarkStart w:name=\"_GoBack\"/><w:p/><w:bookmarkStart w:name=\"nb_a\"/><w:p>"
	    "<w:r><w:t>甲</w:t><w:drawing><wp:docPr descr=\"现场\"/><a:blip r:embed=\"rId3\"/>"
	    "</w:drawing><w:t>乙</w:t></w:r><w:r><w:drawing><a:blip r:link=\"rId9\"/></w:drawing>"
	    "<w:bookmarkStart w:name=\"nb_b\"/></w:r></w:p>");
	cr_assert_eq(prose.count, 1);
	const struct prose_paragraph *p = &prose.paragraphs[0];
	cr_assert_eq(p->image_count, 1);
	cr_expect_str_eq(p->images[0].part, "word/media/image1.png");
	cr_expect_str_eq(p->images[0].name, "image1.png");
	cr_expect_str_eq(p->images[0].alt, "现场");
	cr_expect_eq(p->images[0].at, strlen("甲"));
	cr_expect_eq(notes(NOTE_LINKED_IMAGE), 1);
	cr_expect_eq(prose.bookmark_count, 2);
	cr_expect_eq(prose_bookmark(&prose, "nb_a"), 2);
	cr_expect_eq(prose_bookmark(&prose, "nb_b"), 2);
	cr_expect_eq(prose_bookmark(&prose, "nb_c"), 0);
}

/* ---- much ----------------------------------------------------------------- */

Test(office, empty_paragraphs, SCRATCH)
{
	struct buf body = { 0 };
	for (int i = 0; i < 1000000; i++)
		buf_adds(&body, "<w:p/>");
	buf_adds(&body, "<w:p><w:r><w:t>末</w:t></w:r></w:p>");
	read_body(body.data);
	cr_assert_eq(prose.count, 1);
	cr_expect_eq(prose.paragraphs[0].number, 1000001);
	buf_release(&body);
}

/* Boxes in boxes, paragraphs in paragraphs: as deep as the XML may be. */
Test(office, nested_boxes, SCRATCH)
{
	struct buf body = { 0 };
	for (int i = 0; i < 80; i++)
		buf_adds(&body, "<w:p><w:r><w:txbxContent>");
	buf_adds(&body, "<w:p><w:r><w:t>内</w:t></w:r></w:p>");
	for (int i = 0; i < 80; i++)
		buf_adds(&body, "</w:txbxContent></w:r></w:p>");
	read_body(body.data);
	cr_expect_str_eq(texts(), "内");
	buf_release(&body);
}

/* ---- files that others made ------------------------------------------------ */

static void read_fixture(const char *name)
{
	struct buf bytes = { 0 };
	const char *path = arena_printf(&scratch_arena, "tests/office/fixtures/%s", name);
	cr_assert_eq(file_read(path, 1 << 24, &bytes, &failure), 0, "%s", failure.text);
	cr_assert_eq(prose_read(&prose, name, &bytes, NULL, &scratch_arena, &failure), 0, "%s",
	    failure.text);
}

Test(office, document_of_python_docx, SCRATCH)
{
	read_fixture("python-docx.docx");
	cr_expect_str_eq(texts(),
	    "县司法局2021年报告|一、行政复议|（一）受理|全年受理14件，审结12件。|项目甲|1.项目乙|2."
	    "项目丙"
	    "|甲|乙|1|内1|内2|3|末段",
	    "%s", texts());
	cr_expect_eq(prose.paragraphs[0].kind, PROSE_TITLE);
	cr_expect_eq(prose.paragraphs[1].level, 1);
	cr_expect_eq(prose.paragraphs[2].level, 2);
	cr_expect_str_eq(bold_of(3, 0), "14件");
	cr_expect(prose.paragraphs[4].is_bullet);
	cr_expect(prose.paragraphs[10].is_nested && prose.paragraphs[10].column == 2);
}

Test(office, document_of_libreoffice, SCRATCH)
{
	read_fixture("libreoffice.docx");
	cr_expect_str_eq(texts(),
	    "行政复议|受理情况|全年受理14件，审结12件。|第1页，见。|框外的字。|框内的字|（一）甲乙|"
	    "（二）丙丁"
	    "|单位|件数|县司法局|内一|内二|末段",
	    "%s", texts());
	cr_expect_eq(notes(NOTE_FOOTNOTES), 1);
	cr_expect_eq(notes(NOTE_TEXT_BOXES), 1);
	cr_expect_eq(notes(NOTE_HIDDEN_TEXT), 1);
	cr_expect_eq(notes(NOTE_NESTED_TABLE), 1);
	cr_expect(prose.paragraphs[5].is_boxed);
	cr_expect_eq(prose_bookmark(&prose, "nb_supervision"), 4);
}

static void refuse_fixture(const char *name, const char *why)
{
	struct buf bytes = { 0 };
	const char *path = arena_printf(&scratch_arena, "tests/office/fixtures/%s", name);
	cr_assert_eq(file_read(path, 1 << 24, &bytes, &failure), 0, "%s", failure.text);
	expect_refused(
	    prose_read(&prose, name, &bytes, NULL, &scratch_arena, &failure), &failure, why);
}

Test(office, documents_of_old_kinds, SCRATCH)
{
	refuse_fixture("old.doc", ".doc");
	refuse_fixture("old.xls", ".xls");
	refuse_fixture("rich.rtf", "RTF");
}

Test(office, truncated_document, SCRATCH)
{
	struct buf whole = { 0 };
	cr_assert_eq(
	    file_read("tests/office/fixtures/libreoffice.docx", 1 << 24, &whole, &failure), 0);
	for (size_t n = 0; n < whole.len; n += 197) {
		struct buf bytes = { 0 };
		buf_add(&bytes, whole.data, n);
		cr_expect_lt(prose_read(&prose, "a.docx", &bytes, NULL, &scratch_arena, &failure),
		    0, "%zu bytes", n);
		cr_expect_eq(failure.kind, ERR_INPUT, "%zu bytes: %s", n, failure.text);
	}
	buf_release(&whole);
}
