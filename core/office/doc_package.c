/* doc_package.c: pictures, relations and properties of a .docx, and its parts in a zip. */
#include "archive/zip_writer.h"
#include "base/i18n.h"
#include "base/length.h"
#include "office/doc_impl.h"

#include <assert.h>
#include <string.h>

/* ---- relations --------------------------------------------------------- */

const char *doc_relate(struct doc_writer *doc, const char *type, const char *target, int external)
{
	/* A link that is used again is often the one before. */
	size_t n = doc->relation_count;
	const struct doc_relation *last = n ? &doc->relations[n - 1] : NULL;
	if (!last || last->external != external || strcmp(last->type, type) != 0 ||
	    strcmp(last->target, target) != 0) {
		doc->relations = arena_grow(&doc->arena, doc->relations, n, sizeof *doc->relations);
		doc->relations[n++] = (struct doc_relation){ arena_strdup(&doc->arena, type),
			arena_strdup(&doc->arena, target), external };
		doc->relation_count = n;
	}
	return arena_printf(&doc->arena, "%s%zu", doc->relation_prefix, n);
}

void doc_add_relations(const struct doc_writer *doc, struct buf *out)
{
	for (size_t i = 0; i < doc->relation_count; i++) {
		const struct doc_relation *of = &doc->relations[i];
		buf_addf(out, "<Relationship Id=\"%s%zu\" Type=\"" R_NAMESPACE "/%s\"",
		    doc->relation_prefix, i + 1, of->type);
		xml_attribute(out, "Target", of->target);
		buf_adds(out, of->external ? " TargetMode=\"External\"/>" : "/>");
	}
}

/* ---- pictures ---------------------------------------------------------- */

static const char *add_media(
    struct doc_writer *doc, const char *ending, const char *bytes, size_t size)
{
	struct doc_media *media;
	doc->media = arena_grow(&doc->arena, doc->media, doc->media_count, sizeof *doc->media);
	media = &doc->media[doc->media_count++];
	media->name =
	    arena_printf(&doc->arena, "%s%zu.%s", doc->media_prefix, doc->media_count, ending);
	media->bytes = (struct buf){ 0 };
	buf_add(&media->bytes, bytes, size);
	return doc_relate(doc, "image", media->name, 0);
}

/* Hundredths of millimetres are 360 of the standard's units each. */
static unsigned long emu(double mm)
{
	return (unsigned long)(mm * 100 + 0.5) * 360;
}

void doc_picture(struct doc_writer *doc, const struct doc_picture *picture)
{
	struct buf *out = &doc->body;
	const char *id =
	    add_media(doc, picture->is_jpeg ? "jpeg" : "png", picture->bytes, picture->size);
	const char *svg =
	    picture->svg ? add_media(doc, "svg", picture->svg, strlen(picture->svg)) : NULL;
	unsigned long wide = emu(picture->width), high = emu(picture->height);
	unsigned number = ++doc->pictures;
	buf_addf(out,
	    "<w:r><w:drawing><wp:inline xmlns:wp=\"" A_NAMESPACE "wordprocessingDrawing\" "
	    "distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"%lu\" cy=\"%lu\"/>"
	    "<wp:docPr id=\"%u\" name=\"图片 %u\"",
	    wide, high, number, number);
	xml_attribute(out, "descr", picture->description);
	buf_addf(out,
	    "/><wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a=\"" A_NAMESPACE
	    "main\" noChangeAspect=\"1\"/></wp:cNvGraphicFramePr>"
	    "<a:graphic xmlns:a=\"" A_NAMESPACE "main\"><a:graphicData uri=\"" A_NAMESPACE
	    "picture\"><pic:pic xmlns:pic=\"" A_NAMESPACE "picture\"><pic:nvPicPr>"
	    "<pic:cNvPr id=\"%u\" name=\"图片 %u\"",
	    number, number);
	xml_attribute(out, "descr", picture->description);
	buf_addf(out, "/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"%s\">", id);
	if (svg)
		buf_addf(out,
		    "<a:extLst><a:ext uri=\"{96DAC541-7B7A-43D3-8B79-37D633B846F1}\"><asvg:svgBlip "
		    "xmlns:asvg=\"http://schemas.microsoft.com/office/drawing/2016/SVG/main\" "
		    "r:embed=\"%s\"/></a:ext></a:extLst>",
		    svg);
	buf_addf(out,
	    "</a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
	    "<a:off x=\"0\" y=\"0\"/><a:ext cx=\"%lu\" cy=\"%lu\"/></a:xfrm>"
	    "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>"
	    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>",
	    wide, high);
}

/* ---- parts ------------------------------------------------------------- */

void doc_properties(const struct doc_info *info, struct buf *out)
{
	const struct {
		const char *name, *value;
	} entries[] = { { "dc:title", info->title }, { "dc:subject", info->subject },
		{ "dc:creator", info->author }, { "cp:lastModifiedBy", info->author },
		{ "dc:language", "zh-CN" } };
	static const char *const times[] = { "dcterms:created", "dcterms:modified" };
	buf_adds(out, XML_HEAD
	    "<cp:coreProperties "
	    "xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "
	    "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
	    "xmlns:dcterms=\"http://purl.org/dc/terms/\" "
	    "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">");
	for (size_t i = 0; i < LENGTH(entries); i++) {
		if (!*entries[i].value)
			continue;
		buf_addf(out, "<%s>", entries[i].name);
		xml_text(out, entries[i].value, strlen(entries[i].value));
		buf_addf(out, "</%s>", entries[i].name);
	}
	for (size_t i = 0; i < LENGTH(times); i++)
		buf_addf(out, "<%s xsi:type=\"dcterms:W3CDTF\">%sT00:00:00Z</%s>", times[i],
		    info->date, times[i]);
	buf_adds(out, "</cp:coreProperties>\n");
}

void doc_add_media(struct doc_writer *doc, struct zip_writer *zip)
{
	for (size_t i = 0; i < doc->media_count; i++)
		zip_writer_add_bytes(zip,
		    arena_printf(&doc->arena, "%s%s", doc->folder, doc->media[i].name),
		    &doc->media[i].bytes);
}

/* Puts `more` before the first `mark` of a part of ours. */
static void insert(struct buf *part, const char *mark, const char *more)
{
	const char *at = strstr(buf_str(part), mark);
	struct buf whole = { 0 };
	assert(at);
	size_t before = (size_t)(at - part->data);
	buf_add(&whole, part->data, before);
	buf_adds(&whole, more);
	buf_add(&whole, at, part->len - before);
	buf_release(part);
	*part = whole;
}

static void add_fixed_parts(struct doc_writer *doc, struct zip_writer *zip)
{
	struct buf part = { 0 }, more = { 0 };
	doc_add_relations(doc, &more);
	for (const struct doc_part *p = doc_parts; p->name; p++) {
		buf_adds(&part, p->text);
		if (strcmp(p->name, "word/_rels/document.xml.rels") == 0)
			insert(&part, "</Relationships>", buf_str(&more));
		else if (strcmp(p->name, "[Content_Types].xml") == 0 && doc->media_count)
			insert(&part, "<Override",
			    "<Default Extension=\"png\" ContentType=\"image/png\"/>"
			    "<Default Extension=\"jpeg\" ContentType=\"image/jpeg\"/>"
			    "<Default Extension=\"svg\" ContentType=\"image/svg+xml\"/>");
		zip_writer_add_bytes(zip, p->name, &part);
	}
	buf_release(&more);
}

int doc_finish(struct doc_writer *doc, struct buf *out, struct err *err)
{
	assert(doc->open_count == 0);
	if (doc->after_table)
		doc_paragraph(doc, DOC_CELL, "");
	if (doc->template) {
		int rc = doc_template_finish(doc, out, err);
		doc_drop(doc);
		return rc;
	}
	struct zip_writer *zip = zip_writer_new("docx", 1);
	struct buf part = { 0 };
	add_fixed_parts(doc, zip);
	doc_properties(&doc->info, &part);
	zip_writer_add_bytes(zip, "docProps/core.xml", &part);
	doc_styles(&part, doc->info.compact, doc->info.report);
	zip_writer_add_bytes(zip, "word/styles.xml", &part);
	doc_section(&doc->body, doc->info.compact, !doc->info.no_page_number);
	buf_adds(&doc->body, "</w:body></w:document>\n");
	zip_writer_add_bytes(zip, "word/document.xml", &doc->body);
	doc_add_media(doc, zip);
	doc_drop(doc);
	return zip_writer_commit_bytes(zip, out, err);
}
