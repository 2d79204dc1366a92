/*
 * archival.c: what a PDF needs to be kept for good, put in through qpdf:
 * metadata in XML that say what the document's own say, the meaning of its
 * colours, which glyphs its fonts have, no groups (they mean transparency),
 * annotations that print, an id made from the bytes.
 */
#include "page/archival.h"

#include "base/i18n.h"
#include "base/utf8.h"
#include "chapters/mustache.h"

#include <lcms2.h>
#include <qpdf/qpdf-c.h>
#include <stdlib.h>
#include <string.h>

struct keeper {
	qpdf_data pdf;
	struct arena arena;
	const struct about *about;
	const char *title, *author, *subject, *creator, *producer;
};

/* Text that both a PDF string and XML can hold: no controls, none of Unicode's non-characters. */
static const char *clean(struct arena *arena, const char *text)
{
	struct buf out = { 0 };
	for (const char *end = text + strlen(text); text < end;) {
		uint32_t code = utf8_next(&text, end);
		if (code < 0x20)
			buf_addc(&out, ' ');
		else if (code != 0x7F && !(code >= 0xFDD0 && code <= 0xFDEF) &&
		         (code & 0xFFFE) != 0xFFFE)
			utf8_put(&out, code);
	}
	const char *copy = arena_strdup(arena, buf_str(&out));
	buf_release(&out);
	return copy;
}

static qpdf_oh new_stream(struct keeper *k, const void *bytes, size_t size)
{
	qpdf_oh stream = qpdf_oh_new_stream(k->pdf);
	qpdf_oh null = qpdf_oh_new_null(k->pdf);
	qpdf_oh_replace_stream_data(k->pdf, stream, bytes, size, null, null);
	return stream;
}

/* ---- metadata ---------------------------------------------------------------------- */

static void element(struct buf *xml, const char *before, const char *text, const char *after)
{
	buf_adds(xml, before);
	mustache_escape_html(xml, text);
	buf_adds(xml, after);
}

static void make_xmp(struct keeper *k, struct buf *xml)
{
	const char *date = arena_printf(&k->arena, "%sT00:00:00Z", k->about->date);
	buf_adds(xml,
	    "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
	    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
	    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
	    "<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n"
	    "<pdfaid:part>1</pdfaid:part>\n<pdfaid:conformance>B</pdfaid:conformance>\n"
	    "</rdf:Description>\n"
	    "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n"
	    "<dc:format>application/pdf</dc:format>\n");
	element(xml, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">", k->title,
	    "</rdf:li></rdf:Alt></dc:title>\n");
	element(
	    xml, "<dc:creator><rdf:Seq><rdf:li>", k->author, "</rdf:li></rdf:Seq></dc:creator>\n");
	element(xml, "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">", k->subject,
	    "</rdf:li></rdf:Alt></dc:description>\n");
	buf_adds(xml,
	    "<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>\n"
	    "</rdf:Description>\n"
	    "<rdf:Description rdf:about=\"\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">\n");
	element(xml, "<xmp:CreateDate>", date, "</xmp:CreateDate>\n");
	element(xml, "<xmp:ModifyDate>", date, "</xmp:ModifyDate>\n");
	element(xml, "<xmp:CreatorTool>", k->creator, "</xmp:CreatorTool>\n</rdf:Description>\n");
	buf_adds(
	    xml, "<rdf:Description rdf:about=\"\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n");
	element(xml, "<pdf:Producer>", k->producer, "</pdf:Producer>\n</rdf:Description>\n");
	buf_adds(xml, "</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>\n");
}

static void add_metadata(struct keeper *k, qpdf_oh root)
{
	struct buf xml = { 0 };
	make_xmp(k, &xml);
	qpdf_oh stream = new_stream(k, xml.data, xml.len);
	qpdf_oh dict = qpdf_oh_get_dict(k->pdf, stream);
	qpdf_oh_replace_key(k->pdf, dict, "/Type", qpdf_oh_new_name(k->pdf, "/Metadata"));
	qpdf_oh_replace_key(k->pdf, dict, "/Subtype", qpdf_oh_new_name(k->pdf, "/XML"));
	qpdf_oh_replace_key(k->pdf, root, "/Metadata", stream);
	buf_release(&xml);
}

static void set_info(struct keeper *k)
{
	qpdf_oh trailer = qpdf_get_trailer(k->pdf);
	qpdf_oh info = qpdf_oh_get_key(k->pdf, trailer, "/Info");
	const char *producer =
	    qpdf_oh_get_utf8_value(k->pdf, qpdf_oh_get_key(k->pdf, info, "/Producer"));
	k->producer = clean(&k->arena, producer);
	const char *day = k->about->date;
	const char *date = arena_printf(&k->arena, "D:%.4s%.2s%.2s000000Z", day, day + 5, day + 8);
	const struct {
		const char *key, *value;
	} entries[] = { { "/Title", k->title }, { "/Author", k->author },
		{ "/Subject", k->subject }, { "/Creator", k->creator },
		{ "/Producer", k->producer }, { "/CreationDate", date }, { "/ModDate", date } };
	qpdf_oh fresh = qpdf_oh_new_dictionary(k->pdf);
	for (size_t i = 0; i < sizeof entries / sizeof *entries; i++)
		qpdf_oh_replace_key(k->pdf, fresh, entries[i].key,
		    qpdf_oh_new_unicode_string(k->pdf, entries[i].value));
	qpdf_oh_replace_key(k->pdf, trailer, "/Info", qpdf_make_indirect_object(k->pdf, fresh));
}

/* ---- colours ----------------------------------------------------------------------- */

/*
 * An sRGB profile as lcms makes it, of version 2 (PDF 1.4 knows no later one). The
 * date in its header (ICC.1:2001-04, 6.1: bytes 24 to 35) would be the clock's.
 */
static void *srgb(cmsUInt32Number *size)
{
	static const unsigned char date[12] = { 1998 >> 8, 1998 & 255, 0, 2, 0, 9 };
	unsigned char *bytes = NULL;
	cmsHPROFILE profile = cmsCreate_sRGBProfile();
	*size = 0;
	if (!profile)
		return NULL;
	cmsSetProfileVersion(profile, 2.1);
	if (cmsSaveProfileToMem(profile, NULL, size)) {
		bytes = mem_alloc(*size);
		if (!cmsSaveProfileToMem(profile, bytes, size) || *size < 128)
			*size = 0;
		else
			memcpy(bytes + 24, date, sizeof date);
	}
	cmsCloseProfile(profile);
	return bytes;
}

static int add_intent(struct keeper *k, qpdf_oh root)
{
	cmsUInt32Number size;
	void *bytes = srgb(&size);
	if (!size) {
		free(bytes);
		return -1;
	}
	qpdf_oh profile = new_stream(k, bytes, size);
	free(bytes);
	qpdf_oh_replace_key(
	    k->pdf, qpdf_oh_get_dict(k->pdf, profile), "/N", qpdf_oh_new_integer(k->pdf, 3));
	qpdf_oh intent = qpdf_oh_parse(k->pdf,
	    "<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB IEC61966-2.1) "
	    "/Info (sRGB IEC61966-2.1) /RegistryName (http://www.color.org) >>");
	qpdf_oh_replace_key(k->pdf, intent, "/DestOutputProfile", profile);
	qpdf_oh list = qpdf_oh_new_array(k->pdf);
	qpdf_oh_append_item(k->pdf, list, intent);
	qpdf_oh_replace_key(k->pdf, root, "/OutputIntents", list);
	return 0;
}

/* ---- fonts, pages, links ------------------------------------------------------------ */

/* Which glyphs a part of a font has (6.3.5): cairo numbers them from 0 and lists their widths. */
static void add_cid_set(struct keeper *k, qpdf_oh font)
{
	qpdf_oh widths = qpdf_oh_get_key(k->pdf, font, "/W");
	qpdf_oh descriptor = qpdf_oh_get_key(k->pdf, font, "/FontDescriptor");
	if (!qpdf_oh_is_array(k->pdf, widths) || !qpdf_oh_is_dictionary(k->pdf, descriptor))
		return;
	int count = qpdf_oh_get_array_n_items(k->pdf, qpdf_oh_get_array_item(k->pdf, widths, 1));
	size_t size = ((size_t)count + 7) / 8;
	unsigned char *bits = arena_alloc(&k->arena, size + 1);
	for (int i = 0; i < count; i++)
		bits[i / 8] |= (unsigned char)(0x80 >> i % 8);
	qpdf_oh_replace_key(k->pdf, descriptor, "/CIDSet", new_stream(k, bits, size));
}

static void mend_object(struct keeper *k, qpdf_oh object)
{
	if (!qpdf_oh_is_dictionary(k->pdf, object))
		return;
	qpdf_oh subtype = qpdf_oh_get_key(k->pdf, object, "/Subtype");
	if (qpdf_oh_is_name_and_equals(k->pdf, subtype, "/CIDFontType0")) {
		add_cid_set(k, object);
	} else if (qpdf_oh_is_name_and_equals(k->pdf, subtype, "/CIDFontType2")) {
		add_cid_set(k, object);
		qpdf_oh_replace_key(
		    k->pdf, object, "/CIDToGIDMap", qpdf_oh_new_name(k->pdf, "/Identity"));
	} else if (qpdf_oh_is_name_and_equals(k->pdf, subtype, "/Link")) {
		qpdf_oh_replace_key(k->pdf, object, "/F", qpdf_oh_new_integer(k->pdf, 4));
	}
	if (qpdf_oh_is_name_and_equals(k->pdf, qpdf_oh_get_key(k->pdf, object, "/Type"), "/Page"))
		qpdf_oh_remove_key(k->pdf, object, "/Group");
}

static void mend_objects(struct keeper *k)
{
	qpdf_oh size = qpdf_oh_get_key(k->pdf, qpdf_get_trailer(k->pdf), "/Size");
	int count = qpdf_oh_get_int_value_as_int(k->pdf, size);
	for (int id = 1; id < count; id++) {
		mend_object(k, qpdf_get_object_by_id(k->pdf, id, 0));
		qpdf_oh_release_all(k->pdf);
	}
}

/* ---- all of it ----------------------------------------------------------------------- */

static int fail(struct keeper *k, struct err *err)
{
	qpdf_error error = qpdf_get_error(k->pdf);
	return err_set(err, ERR_SYSTEM, _("cannot make the PDF of '%s': %s"), k->about->title,
	    error ? qpdf_get_error_message_detail(k->pdf, error) : "PDF/A");
}

static int mend(struct keeper *k, struct buf *out, struct err *err)
{
	mend_objects(k);
	qpdf_oh root = qpdf_get_root(k->pdf);
	set_info(k);
	add_metadata(k, root);
	if (add_intent(k, root) != 0)
		return fail(k, err);
	qpdf_oh_replace_key(k->pdf, root, "/Lang", qpdf_oh_new_string(k->pdf, "zh-CN"));
	qpdf_oh_replace_key(k->pdf, root, "/ViewerPreferences",
	    qpdf_oh_parse(k->pdf, "<< /DisplayDocTitle true >>"));
	if (qpdf_init_write_memory(k->pdf) & QPDF_ERRORS)
		return fail(k, err);
	qpdf_set_deterministic_ID(k->pdf, QPDF_TRUE);
	qpdf_force_pdf_version(k->pdf, "1.4");
	qpdf_set_object_stream_mode(k->pdf, qpdf_o_disable);
	qpdf_set_stream_data_mode(k->pdf, qpdf_s_preserve);
	qpdf_set_newline_before_endstream(k->pdf, QPDF_TRUE);
	if (qpdf_write(k->pdf) & QPDF_ERRORS || qpdf_has_error(k->pdf))
		return fail(k, err);
	buf_add(out, qpdf_get_buffer(k->pdf), qpdf_get_buffer_length(k->pdf));
	return 0;
}

int pdf_archival(
    const struct buf *plain, const struct about *about, struct buf *out, struct err *err)
{
	struct keeper k = { .pdf = qpdf_init(), .about = about };
	k.title = clean(&k.arena, about->title);
	k.author = clean(&k.arena, about->author);
	k.subject = clean(&k.arena, about->subject);
	k.creator = clean(&k.arena, about->creator);
	qpdf_silence_errors(k.pdf);
	qpdf_set_suppress_warnings(k.pdf, QPDF_TRUE);
	int rc = qpdf_read_memory(k.pdf, "report.pdf", plain->data, plain->len, NULL) & QPDF_ERRORS
	             ? fail(&k, err)
	             : mend(&k, out, err);
	qpdf_cleanup(&k.pdf);
	arena_release(&k.arena);
	return rc;
}
