/* describe.c: what an archive reads first of a bundle: 说明文件.TXT, 文件目录.XML, bag-info.txt. */
#include "bundle/bag_impl.h"

#include "base/utf8.h"

#include <ctype.h>
#include <inttypes.h>
#include <libxml/xmlwriter.h>
#include <string.h>

enum { MILLION = 1000000 };

struct totals {
	uint64_t files, bytes; /* of the payload */
};

static struct totals total(const struct writer *w, const struct zip_entry *done, size_t count)
{
	struct totals sum = { 0 };
	for (size_t i = 0; i < count; i++)
		if (writer_is_payload(w, done[i].name)) {
			sum.bytes += done[i].size;
			sum.files++;
		}
	return sum;
}

/* A publication is for everybody, whatever the whole bundle is. */
static const char *secrecy(const struct bag *bag)
{
	return bag->publication ? "公开" : bag->workspace->secrecy;
}

/* ---- 说明文件.TXT -------------------------------------------------------- */

/* Old editors on Windows know no other end of a line. */
#define EOL "\r\n"

static void told(struct buf *out, const char *label, const char *value)
{
	if (value && *value)
		buf_addf(out, "%s：%s" EOL, label, value);
}

static void tell_report(struct writer *w, struct buf *out)
{
	const struct bag *bag = w->bag;
	const struct workspace *ws = bag->workspace;
	told(out, "题名", ws->title);
	told(out, "责任者", ws->issuer);
	told(out, "文号", ws->number);
	if (ws->date)
		told(out, "日期", chinese_date(ws->date, &w->arena));
	told(out, "密级", secrecy(bag));
	told(out, "保管期限", ws->retention);
	told(out, "语种", "中文");
	told(out, "稿本", bag->report->draft ? "草稿，尚有未处理的错误，见校核意见表" : "定稿");
	told(out, "包名", w->root);
	told(out, "编制软件", bag->software);
}

static const struct told_file {
	const char *name, *what;
	int publication; /* it is in a copy for publication, too */
} told_files[] = {
	{ "report/", "报告正文，一种格式一个文件，内容相同", 1 },
	{ "figures.xlsx、figures.csv、figures.json", "指标汇总表：数值、单位、上年数和来源", 1 },
	{ "outline.csv", "报告的各级标题和要点", 1 },
	{ "findings.csv", "校核意见表：发现的问题和予以接受的理由", 0 },
	{ "attachments/", "附件，按报送单位分列", 1 },
	{ "submissions/", "各单位历次报送材料原样，附收件回执", 0 },
	{ "log.csv", "报送材料处理记录：何时收到、摘要、是否采用", 0 },
	{ "config/", "编制所用的配置、模板和修改过的章节", 0 },
	{ "software.csv", "编制软件清单：程序和各章插件的版本、摘要", 1 },
	{ "names.csv", "文件更名对照表，没有更名的文件则无此表", 1 },
	{ "文件目录.XML", "以上全部文件的名称、题名、格式、大小和摘要", 1 },
};

static void description(void *self, const struct zip_entry *done, size_t count, struct buf *out)
{
	struct writer *w = self;
	struct totals sum = total(w, done, count);
	buf_adds(out, "说明文件" EOL EOL "一、移交内容" EOL EOL);
	tell_report(w, out);
	buf_addf(out, "文件数量：%" PRIu64 "个，另有本说明和文件目录；共%" PRIu64 "字节" EOL,
	    sum.files, sum.bytes);
	buf_adds(out, EOL "二、本文件夹（data）中的文件" EOL EOL);
	for (size_t i = 0; i < sizeof told_files / sizeof *told_files; i++)
		if (told_files[i].publication || !w->bag->publication)
			told(out, told_files[i].name, told_files[i].what);
	if (w->bag->publication)
		buf_adds(
		    out, EOL "本包为公开发布件，不含内部附件、报送材料、校核意见和编制配置。" EOL);
	buf_adds(out, EOL
	    "三、校验方法" EOL EOL
	    "本包符合 BagIt 1.0（RFC 8493）。解压后在 data 的上一级文件夹中执行：" EOL
	    "sha256sum -c manifest-sha256.txt" EOL "sha256sum -c tagmanifest-sha256.txt" EOL
	    "manifest-sm3.txt 和 tagmanifest-sm3.txt 列出相同文件的 SM3 摘要（GB/T 32905）。" EOL
	    "全部文字为 UTF-8 编码；CSV 文件可用电子表格软件打开。" EOL);
}

/* ---- 文件目录.XML -------------------------------------------------------- */

/* What XML can hold: no control characters, and none of the two that are no characters. */
static const char *xml_text(struct buf *scratch, const char *text)
{
	buf_clear(scratch);
	utf8_shown(scratch, text);
	for (char *at = scratch->data; at && (at = strstr(at, "\xEF\xBF")) != NULL; at += 3)
		if ((unsigned char)at[2] >= 0xBE)
			at[2] = (char)0xBD;
	return buf_str(scratch);
}

static void element(xmlTextWriterPtr xml, const char *name, const char *text, struct buf *scratch)
{
	xmlTextWriterWriteElement(
	    xml, (const xmlChar *)name, (const xmlChar *)xml_text(scratch, text));
}

static void element_number(xmlTextWriterPtr xml, const char *name, uint64_t number)
{
	xmlTextWriterWriteFormatElement(xml, (const xmlChar *)name, "%" PRIu64, number);
}

static void attribute(xmlTextWriterPtr xml, const char *name, const char *text, struct buf *scratch)
{
	xmlTextWriterWriteAttribute(
	    xml, (const xmlChar *)name, (const xmlChar *)xml_text(scratch, text));
}

static void digest(xmlTextWriterPtr xml, const char *algorithm, const char *hex)
{
	xmlTextWriterStartElement(xml, (const xmlChar *)"摘要");
	xmlTextWriterWriteAttribute(xml, (const xmlChar *)"算法", (const xmlChar *)algorithm);
	xmlTextWriterWriteString(xml, (const xmlChar *)hex);
	xmlTextWriterEndElement(xml);
}

/* The ending of a name in small letters: "docx"; "" without one. Up to 16 characters. */
static const char *ending(const char *name, char text[17])
{
	const char *dot = strrchr(name, '.'), *slash = strrchr(name, '/');
	size_t n = 0;
	if (dot && (!slash || dot > slash) && strlen(dot + 1) <= 16)
		for (; dot[n + 1]; n++)
			text[n] = (char)tolower((unsigned char)dot[n + 1]);
	text[n] = '\0';
	return text;
}

static void directory_file(struct writer *w, xmlTextWriterPtr xml, const struct zip_entry *entry,
    uint64_t number, const char *title, struct buf *scratch)
{
	char format[17];
	xmlTextWriterStartElement(xml, (const xmlChar *)"文件");
	element_number(xml, "序号", number);
	element(xml, "文件名", writer_plain(w, entry->name), scratch);
	element(xml, "题名", title, scratch);
	element(xml, "格式", ending(entry->name, format), scratch);
	element_number(xml, "字节数", entry->size);
	digest(xml, "SHA-256", entry->sha256);
	digest(xml, "SM3", entry->sm3);
	xmlTextWriterEndElement(xml);
}

static int into_buf(void *out, const char *text, int n)
{
	buf_add(out, text, (size_t)n);
	return n;
}

/* Writes straight to where it is wanted: with 200,000 files it is long. */
static xmlTextWriterPtr writer_into(struct buf *out)
{
	xmlOutputBufferPtr to = xmlOutputBufferCreateIO(into_buf, NULL, out, NULL);
	xmlTextWriterPtr xml = to ? xmlNewTextWriter(to) : NULL;
	if (!xml)
		mem_fail();
	return xml;
}

static void directory(void *self, const struct zip_entry *done, size_t count, struct buf *out)
{
	struct writer *w = self;
	struct buf scratch = { 0 };
	xmlTextWriterPtr xml = writer_into(out);
	uint64_t number = 0;
	xmlTextWriterSetIndent(xml, 1);
	xmlTextWriterStartDocument(xml, NULL, "UTF-8", NULL);
	xmlTextWriterStartElement(xml, (const xmlChar *)"文件目录");
	attribute(xml, "包名", w->root, &scratch);
	attribute(xml, "题名", w->bag->workspace->title, &scratch);
	for (size_t i = 0; i < count; i++)
		if (writer_is_payload(w, done[i].name))
			directory_file(w, xml, &done[i], ++number, w->titles[i], &scratch);
	xmlTextWriterEndDocument(xml);
	xmlFreeTextWriter(xml);
	buf_release(&scratch);
}

void describe_payload(struct writer *w)
{
	w->title = "说明文件";
	writer_add_late(w, "data/说明文件.TXT", description);
	w->title = "文件目录";
	writer_add_late(w, "data/文件目录.XML", directory);
}

/* ---- bag-info.txt ------------------------------------------------------ */

static void info_line(struct buf *out, const char *label, const char *value)
{
	if (value && *value)
		buf_addf(out, "%s: %s\n", label, value);
}

static void info_formats(const struct bag *bag, const struct writer *w,
    const struct zip_entry *done, size_t count, struct buf *out)
{
	char format[17];
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < bag->output_count; k++)
			if (strncmp(writer_plain(w, done[i].name), "data/report/", 12) == 0 &&
			    strcmp(writer_plain(w, done[i].name) + 12, bag->outputs[k].name) == 0)
				buf_addf(out, "Report-Format: %s (%" PRIu64 " bytes)\n",
				    ending(done[i].name, format), done[i].size);
}

/*
 * RFC 8493, 2.2.2 for the labels that it has; the others are English names for
 * elements of GB/T 33480 and DA/T 46. docs/bundle.md lists them.
 */
static void bag_info(void *self, const struct zip_entry *done, size_t count, struct buf *out)
{
	const struct writer *w = self;
	const struct bag *bag = w->bag;
	const struct workspace *ws = bag->workspace;
	struct totals sum = total(w, done, count);
	uint64_t tenths = (sum.bytes + MILLION / 20) / (MILLION / 10);
	info_line(out, "Source-Organization", ws->issuer);
	info_line(out, "External-Identifier", w->root);
	info_line(out, "External-Description", ws->title);
	/* The report's date, not today's: the same inputs are the same bytes. */
	info_line(out, "Bagging-Date", ws->date);
	buf_addf(out, "Bag-Size: %" PRIu64 ".%" PRIu64 " MB\n", tenths / 10, tenths % 10);
	info_line(out, "Bag-Software-Agent", bag->software);
	if (bag->report->draft)
		info_line(out, "Internal-Sender-Description",
		    w->bag->publication ? "DRAFT: made despite errors"
		                        : "DRAFT: made despite errors, see data/findings.csv");
	info_line(out, "Title", ws->title);
	info_line(out, "Responsible-Body", ws->issuer);
	info_line(out, "Document-Number", ws->number);
	info_line(out, "Document-Date", ws->date);
	info_line(out, "Security-Level", secrecy(bag));
	info_line(out, "Retention-Period", ws->retention);
	info_line(out, "Language", "zh-CN");
	info_line(out, "Document-Version", bag->report->draft ? "draft" : "final");
	info_formats(bag, w, done, count, out);
	buf_addf(out, "Payload-Oxum: %" PRIu64 ".%" PRIu64 "\n", sum.bytes, sum.files);
}

void describe_bag(struct writer *w)
{
	w->title = "";
	writer_add_late(w, "bag-info.txt", bag_info);
}
