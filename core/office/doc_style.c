/*
 * doc_style.c: the looks of a .docx by GB/T 9704-2012. The fonts live on the
 * offices' machines; w:altName says which one stands in where they do not.
 */
#include "office/doc_style.h"

#include "base/length.h"
#include "office/doc_impl.h"

#include <string.h>

#define XML XML_HEAD
#define NO_GAPS "<w:autoSpaceDE w:val=\"0\"/><w:autoSpaceDN w:val=\"0\"/>"
#define FANGSONG "仿宋_GB2312"
#define KAITI "楷体_GB2312"
#define HEITI "黑体"
#define XIAOBIAOSONG "方正小标宋简体"

/* Lengths in twentieths of a point, sizes in half points, indents in hundredths of a character. */
struct style {
	const char *id;
	const char *name; /* Word knows its own styles by this */
	const char *font; /* NULL: that of the body */
	const char *align;
	unsigned size; /* 0: that of the body */
	unsigned before, after;
	unsigned indent_first; /* of the first line */
	unsigned indent_left, indent_hanging, indent_right;
	int line;    /* exact; 0: the body's; -1: as high as the letters need */
	int outline; /* level from 1; 0: none */
	const char *color, *shade;
	int bold;
	unsigned keep_next : 1;
	unsigned leader : 1; /* dots up to a number on the right */
};

static const struct style styles[] = {
	[DOC_BODY] = { .id = "Normal", .name = "Normal", .align = "both", .indent_first = 200 },
	[DOC_FLUSH] = { .id = "NbFlush", .name = "顶格正文", .align = "both" },
	[DOC_TITLE] = { .id = "Title",
	    .name = "Title",
	    .font = XIAOBIAOSONG,
	    .align = "center",
	    .size = 44,
	    .line = 640,
	    .after = 579 },
	[DOC_HEADING_1] = { .id = "Heading1",
	    .name = "heading 1",
	    .font = HEITI,
	    .align = "both",
	    .indent_first = 200,
	    .outline = 1 },
	[DOC_HEADING_2] = { .id = "Heading2",
	    .name = "heading 2",
	    .font = KAITI,
	    .align = "both",
	    .indent_first = 200,
	    .outline = 2 },
	[DOC_HEADING_3] = { .id = "Heading3",
	    .name = "heading 3",
	    .align = "both",
	    .indent_first = 200,
	    .outline = 3 },
	[DOC_HEADING_4] = { .id = "Heading4",
	    .name = "heading 4",
	    .align = "both",
	    .indent_first = 200,
	    .outline = 4 },
	[DOC_SIGNATURE] = { .id = "NbSignature",
	    .name = "落款",
	    .align = "right",
	    .indent_right = 200 },
	[DOC_MARK] = { .id = "NbMark", .name = "附件标识", .font = HEITI, .align = "left" },
	[DOC_GUIDANCE] = { .id = "NbGuidance",
	    .name = "填写提示",
	    .font = KAITI,
	    .align = "left",
	    .size = 24,
	    .line = 400,
	    .color = "44546A",
	    .shade = "EEF3F8" },
	[DOC_CELL] = { .id = "NbCell",
	    .name = "表格正文",
	    .align = "left",
	    .size = 24,
	    .line = -1 },
	[DOC_CELL_HEAD] = { .id = "NbCellHead",
	    .name = "表格标题",
	    .font = HEITI,
	    .align = "center",
	    .size = 24,
	    .line = -1 },
#define CELL(id_, name_, size_)                                                                    \
	{                                                                                          \
		.id = id_, .name = name_, .align = "left", .size = size_, .line = -1               \
	}
#define CELL_HEAD(id_, name_, size_)                                                               \
	{                                                                                          \
		.id = id_, .name = name_, .font = HEITI, .align = "center", .size = size_,         \
		.line = -1                                                                         \
	}
	[DOC_CELL_SMALL] = CELL("NbCellSmall", "表格正文（五号）", 21),
	[DOC_CELL_SMALL_HEAD] = CELL_HEAD("NbCellSmallHead", "表格标题（五号）", 21),
	[DOC_CELL_TINY] = CELL("NbCellTiny", "表格正文（六号）", 15),
	[DOC_CELL_TINY_HEAD] = CELL_HEAD("NbCellTinyHead", "表格标题（六号）", 15),
	[DOC_CELL_LEAST] = CELL("NbCellLeast", "表格正文（八号）", 10),
	[DOC_CELL_LEAST_HEAD] = CELL_HEAD("NbCellLeastHead", "表格标题（八号）", 10),
	[DOC_CAPTION] = { .id = "NbCaption",
	    .name = "表题",
	    .font = HEITI,
	    .align = "center",
	    .size = 24,
	    .line = 579,
	    .keep_next = 1 },
	[DOC_LEGEND] = { .id = "NbLegend",
	    .name = "图题",
	    .font = HEITI,
	    .align = "center",
	    .size = 24,
	    .line = 579 },
	[DOC_PICTURE] = { .id = "NbPicture",
	    .name = "插图",
	    .align = "center",
	    .before = 200,
	    .line = -1,
	    .keep_next = 1 },
	[DOC_QUOTE] = { .id = "NbQuote",
	    .name = "引文",
	    .font = KAITI,
	    .align = "both",
	    .indent_first = 200 },
	[DOC_CODE] = { .id = "NbCode", .name = "照录", .align = "left", .size = 24, .line = -1 },
	[DOC_ATTACHMENT] = { .id = "NbAttachment",
	    .name = "附件说明",
	    .align = "left",
	    .indent_left = 600,
	    .indent_hanging = 100 },
	[DOC_ANNEX_TITLE] = { .id = "NbAnnexTitle",
	    .name = "附表名称",
	    .font = XIAOBIAOSONG,
	    .align = "center",
	    .size = 44,
	    .line = 579,
	    .before = 579,
	    .after = 579,
	    .outline = 1 },
	[DOC_NOTICE] = { .id = "NbNotice",
	    .name = "草稿提示",
	    .font = HEITI,
	    .align = "center",
	    .color = "C00000" },
	[DOC_CONTENTS_TITLE] = { .id = "NbContentsTitle",
	    .name = "目录名称",
	    .font = XIAOBIAOSONG,
	    .align = "center",
	    .size = 44,
	    .line = 579,
	    .after = 579,
	    .keep_next = 1 },
	[DOC_CONTENTS_1] = { .id = "TOC1", .name = "toc 1", .align = "left", .leader = 1 },
	[DOC_CONTENTS_2] = { .id = "TOC2",
	    .name = "toc 2",
	    .align = "left",
	    .indent_left = 200,
	    .leader = 1 },
};

/* Size of the body in half points, of a character on the line and of a line. */
struct grid {
	unsigned size, character, line;
	int spacing; /* between letters: 28 of them fill the line */
};
static const struct grid grids[] = { { 32, 316, 579, -4 }, { 24, 240, 440, 0 } };

const char *doc_style_name(enum doc_style style)
{
	return styles[style].name;
}

static void add_fonts(struct buf *out, const char *font)
{
	buf_addf(out, "<w:rFonts w:ascii=\"%s\" w:eastAsia=\"%s\" w:hAnsi=\"%s\" w:cs=\"%s\"/>",
	    font, font, font, font);
}

void doc_emphasis(struct buf *out)
{
	add_fonts(out, KAITI);
}

static void add_indent(struct buf *out, const struct style *style, const struct grid *grid)
{
	unsigned wide = style->size ? style->size * 10 : grid->character;
	buf_adds(out, "<w:ind");
	if (style->indent_left)
		buf_addf(out, " w:leftChars=\"%u\" w:left=\"%u\"", style->indent_left,
		    style->indent_left * wide / 100);
	if (style->indent_hanging)
		buf_addf(out, " w:hangingChars=\"%u\" w:hanging=\"%u\"", style->indent_hanging,
		    style->indent_hanging * wide / 100);
	else
		buf_addf(out, " w:firstLineChars=\"%u\" w:firstLine=\"%u\"", style->indent_first,
		    style->indent_first * wide / 100);
	if (style->indent_right)
		buf_addf(out, " w:rightChars=\"%u\" w:right=\"%u\"", style->indent_right,
		    style->indent_right * wide / 100);
	buf_adds(out, "/>");
}

/* Order within w:pPr and w:rPr is the schema's. */
static void add_paragraph_properties(
    struct buf *out, const struct style *style, const struct grid *grid, int report)
{
	buf_adds(out, "<w:pPr>");
	if (style->outline || style->keep_next)
		buf_adds(out, "<w:keepNext/>");
	if (style->shade)
		buf_addf(
		    out, "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"%s\"/>", style->shade);
	if (style->leader)
		buf_addf(out,
		    "<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"%d\"/></w:tabs>",
		    DOC_TEXT_WIDTH);
	/* In a template's defaults it may be otherwise, and a cell's width is reckoned without. */
	if (report && style->line < 0)
		buf_adds(out, NO_GAPS);
	/* A line of another height would be stretched to two of the page's lines. */
	if (style->line)
		buf_adds(out, "<w:snapToGrid w:val=\"0\"/>");
	buf_addf(out, "<w:spacing w:before=\"%u\" w:after=\"%u\" w:line=\"%u\" w:lineRule=\"%s\"/>",
	    style->before, style->after,
	    style->line < 0   ? 240
	    : style->line > 0 ? (unsigned)style->line
	                      : grid->line,
	    style->line < 0 ? "auto" : "exact");
	add_indent(out, style, grid);
	buf_addf(out, "<w:jc w:val=\"%s\"/>", style->align);
	if (style->outline)
		buf_addf(out, "<w:outlineLvl w:val=\"%d\"/>", style->outline - 1);
	buf_adds(out, "</w:pPr>");
}

static int is_own(const struct style *style)
{
	return style->id[0] == 'N' && strcmp(style->id, "Normal") != 0;
}

/* Level of the heading that a style is, or 0. */
static unsigned heading_of(enum doc_style style)
{
	return style >= DOC_HEADING_1 && style <= DOC_HEADING_4
	           ? (unsigned)(style - DOC_HEADING_1) + 1
	           : 0;
}

void doc_add_style(
    struct buf *out, enum doc_style index, const struct doc_names *names, int compact, int report)
{
	const struct style *style = &styles[index];
	int body = index == DOC_BODY;
	unsigned heading = heading_of(index);
	buf_addf(out, "<w:style w:type=\"paragraph\"%s w:styleId=\"%s\"><w:name w:val=\"%s\"/>",
	    body            ? " w:default=\"1\""
	    : is_own(style) ? " w:customStyle=\"1\""
	                    : "",
	    names->ids[index], style->name);
	if (!body)
		buf_addf(out, "<w:basedOn w:val=\"%s\"/>", names->ids[DOC_BODY]);
	/* What is typed behind a hint is the department's own. */
	if (style->outline || index == DOC_TITLE || index == DOC_GUIDANCE)
		buf_addf(out, "<w:next w:val=\"%s\"/>", names->ids[DOC_BODY]);
	if (heading && report)
		buf_addf(out, "<w:link w:val=\"%s\"/>", names->headline[heading]);
	if (style->leader)
		buf_adds(out, "<w:uiPriority w:val=\"39\"/>");
	buf_adds(out, "<w:qFormat/>");
	add_paragraph_properties(out, style, &grids[compact != 0], report);
	buf_adds(out, "<w:rPr>");
	if (style->font)
		add_fonts(out, style->font);
	buf_addf(out, "<w:b w:val=\"%d\"/>", style->bold);
	if (style->color)
		buf_addf(out, "<w:color w:val=\"%s\"/>", style->color);
	if (style->size)
		buf_addf(out, "<w:spacing w:val=\"0\"/><w:sz w:val=\"%u\"/><w:szCs w:val=\"%u\"/>",
		    style->size, style->size);
	buf_adds(out, "</w:rPr></w:style>");
}

/*
 * A headline that runs into its paragraph has its level's letters by the character
 * style that is linked to the heading: so Word takes the headline alone into a
 * table of contents, and the paragraph stays one for every reader.
 */
void doc_add_headline(struct buf *out, unsigned level, const struct doc_names *names)
{
	enum doc_style heading = (enum doc_style)(DOC_HEADING_1 + level - 1);
	const struct style *style = &styles[heading];
	buf_addf(out,
	    "<w:style w:type=\"character\" w:customStyle=\"1\" w:styleId=\"%s\">"
	    "<w:name w:val=\"%s Char\"/><w:link w:val=\"%s\"/><w:rPr>",
	    names->headline[level], style->name, names->ids[heading]);
	add_fonts(out, style->font ? style->font : FANGSONG);
	buf_addf(out, "<w:b w:val=\"%d\"/></w:rPr></w:style>", style->bold);
}

void doc_add_hyperlink(struct buf *out, const struct doc_names *names)
{
	buf_addf(out,
	    "<w:style w:type=\"character\" w:styleId=\"%s\"><w:name w:val=\"Hyperlink\"/>"
	    "<w:rPr><w:u w:val=\"single\"/></w:rPr></w:style>",
	    names->hyperlink);
}

void doc_own_names(struct doc_names *names)
{
	for (int i = 0; i < DOC_STYLES; i++)
		names->ids[i] = styles[i].id;
	static const char *const headline[] = { "", "Heading1Char", "Heading2Char", "Heading3Char",
		"Heading4Char" };
	for (size_t i = 0; i < LENGTH(headline); i++)
		names->headline[i] = headline[i];
	names->hyperlink = "Hyperlink";
}

void doc_styles(struct buf *out, int compact, int report)
{
	const struct grid *grid = &grids[compact != 0];
	struct doc_names names;
	doc_own_names(&names);
	buf_adds(
	    out, XML "<w:styles xmlns:w=\"" W_NAMESPACE "\"><w:docDefaults><w:rPrDefault><w:rPr>");
	add_fonts(out, FANGSONG);
	buf_addf(out,
	    "<w:spacing w:val=\"%d\"/><w:sz w:val=\"%u\"/><w:szCs w:val=\"%u\"/>"
	    "<w:lang w:val=\"%s\" w:eastAsia=\"zh-CN\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>"
	    "<w:pPrDefault><w:pPr><w:widowControl w:val=\"0\"/>%s"
	    "</w:pPr></w:pPrDefault></w:docDefaults>",
	    grid->spacing, grid->size, grid->size,
	    /* By the rules for Chinese, a number may be broken at the end of a line. */
	    report ? "en-US" : "zh-CN",
	    /* Digits fill whole places of the grid, without a gap before and behind them. */
	    report ? NO_GAPS : "");
	for (int i = 0; i < (report ? DOC_STYLES : DOC_CELL_HEAD + 1); i++)
		doc_add_style(out, (enum doc_style)i, &names, compact, report);
	for (unsigned i = 1; report && i < LENGTH(names.headline); i++)
		doc_add_headline(out, i, &names);
	if (report)
		doc_add_hyperlink(out, &names);
	buf_adds(out,
	    "<w:style w:type=\"paragraph\" w:styleId=\"Footer\"><w:name w:val=\"footer\"/>"
	    "<w:basedOn w:val=\"Normal\"/><w:pPr><w:spacing w:line=\"240\" w:lineRule=\"auto\"/>"
	    "<w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/></w:pPr><w:rPr>");
	add_fonts(out, "宋体");
	buf_adds(out,
	    "<w:spacing w:val=\"0\"/><w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/></w:rPr></w:style>"
	    "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\">"
	    "<w:name w:val=\"Normal Table\"/><w:uiPriority w:val=\"99\"/><w:semiHidden/>"
	    "<w:unhideWhenUsed/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar>"
	    "<w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"108\" w:type=\"dxa\"/>"
	    "<w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"108\" w:type=\"dxa\"/>"
	    "</w:tblCellMar></w:tblPr></w:style></w:styles>\n");
}

/* Margins 37, 26, 35 and 28 mm; the page number stands 7 mm below the text. */
void doc_section(struct buf *out, int compact, int page_number)
{
	buf_adds(out, "<w:sectPr>");
	if (page_number)
		buf_adds(out, "<w:footerReference w:type=\"default\" r:id=\"rId4\"/>"
		              "<w:footerReference w:type=\"even\" r:id=\"rId5\"/>");
	buf_addf(out,
	    "<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"2098\" w:right=\"1474\" "
	    "w:bottom=\"1985\" w:left=\"1588\" w:header=\"851\" w:footer=\"1247\" w:gutter=\"0\"/>"
	    "<w:docGrid w:type=\"lines\" w:linePitch=\"%u\"/></w:sectPr>",
	    grids[compact != 0].line);
}

#define FOOTER(align, side)                                                                        \
	XML "<w:ftr xmlns:w=\"" W_NAMESPACE "\"><w:p><w:pPr><w:pStyle w:val=\"Footer\"/><w:ind "   \
	    "w:" side "Chars=\"100\" w:" side "=\"280\" w:firstLineChars=\"0\" "                   \
	    "w:firstLine=\"0\"/><w:jc w:val=\"" align "\"/></w:pPr>"                               \
	    "<w:r><w:t xml:space=\"preserve\">— </w:t></w:r>"                                    \
	    "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>"                                      \
	    "<w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>"                  \
	    "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r>"            \
	    "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"                                        \
	    "<w:r><w:t xml:space=\"preserve\"> —</w:t></w:r></w:p></w:ftr>\n"

#define FONT(name, instead)                                                                        \
	"<w:font w:name=\"" name "\"><w:altName w:val=\"" instead "\"/><w:charset w:val=\"86\"/>"  \
	"<w:family w:val=\"auto\"/><w:pitch w:val=\"variable\"/></w:font>"

#define PART_TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml."
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"

const struct doc_part doc_parts[] = {
	{ "[Content_Types].xml", XML
	    "<Types xmlns=\"" PACKAGE "content-types\">"
	    "<Default Extension=\"rels\" "
	    "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
	    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
	    "<Override PartName=\"/word/document.xml\" ContentType=\"" PART_TYPE
	    "document.main+xml\"/>"
	    "<Override PartName=\"/word/styles.xml\" ContentType=\"" PART_TYPE "styles+xml\"/>"
	    "<Override PartName=\"/word/settings.xml\" ContentType=\"" PART_TYPE "settings+xml\"/>"
	    "<Override PartName=\"/word/fontTable.xml\" ContentType=\"" PART_TYPE
	    "fontTable+xml\"/>"
	    "<Override PartName=\"/word/footer1.xml\" ContentType=\"" PART_TYPE "footer+xml\"/>"
	    "<Override PartName=\"/word/footer2.xml\" ContentType=\"" PART_TYPE "footer+xml\"/>"
	    "<Override PartName=\"/docProps/core.xml\" "
	    "ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>"
	    "<Override PartName=\"/docProps/app.xml\" ContentType=\"application/"
	    "vnd.openxmlformats-officedocument.extended-properties+xml\"/></Types>\n" },
	{ "_rels/.rels",
	    XML "<Relationships xmlns=\"" PACKAGE "relationships\">"
	        "<Relationship Id=\"rId1\" Type=\"" R_NAMESPACE
	        "/officeDocument\" Target=\"word/document.xml\"/>"
	        "<Relationship Id=\"rId2\" Type=\"" PACKAGE
	        "relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>"
	        "<Relationship Id=\"rId3\" Type=\"" R_NAMESPACE
	        "/extended-properties\" Target=\"docProps/app.xml\"/></Relationships>\n" },
	{ "docProps/app.xml",
	    XML "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/"
	        "extended-properties\"><Application>nianbao</Application></Properties>\n" },
	{ "word/_rels/document.xml.rels", XML
	    "<Relationships xmlns=\"" PACKAGE "relationships\">"
	    "<Relationship Id=\"rId1\" Type=\"" R_NAMESPACE "/styles\" Target=\"styles.xml\"/>"
	    "<Relationship Id=\"rId2\" Type=\"" R_NAMESPACE "/settings\" Target=\"settings.xml\"/>"
	    "<Relationship Id=\"rId3\" Type=\"" R_NAMESPACE
	    "/fontTable\" Target=\"fontTable.xml\"/>"
	    "<Relationship Id=\"rId4\" Type=\"" R_NAMESPACE "/footer\" Target=\"footer1.xml\"/>"
	    "<Relationship Id=\"rId5\" Type=\"" R_NAMESPACE
	    "/footer\" Target=\"footer2.xml\"/></Relationships>\n" },
	{ "word/settings.xml",
	    XML "<w:settings xmlns:w=\"" W_NAMESPACE "\"><w:zoom w:percent=\"100\"/>"
	        "<w:defaultTabStop w:val=\"420\"/><w:evenAndOddHeaders/>"
	        "<w:characterSpacingControl w:val=\"compressPunctuation\"/><w:compat>"
	        "<w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/>"
	        "<w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/>"
	        "<w:useFELayout/><w:compatSetting w:name=\"compatibilityMode\" "
	        "w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>"
	        "<w:themeFontLang w:val=\"zh-CN\" w:eastAsia=\"zh-CN\"/></w:settings>\n" },
	{ "word/fontTable.xml", XML
	    "<w:fonts xmlns:w=\"" W_NAMESPACE "\">" FONT(FANGSONG, "仿宋") FONT(KAITI, "楷体") FONT(
	        HEITI, "SimHei") FONT(XIAOBIAOSONG, "宋体") FONT("宋体", "SimSun") "</w:fonts>\n" },
	{ "word/footer1.xml", FOOTER("right", "right") },
	{ "word/footer2.xml", FOOTER("left", "left") },
	{ NULL, NULL },
};
