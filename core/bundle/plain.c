/* plain.c: the words of a report, without blanks. */
#include "bundle/plain.h"

#include "base/length.h"
#include "office/prose.h"

#include <libxml/HTMLparser.h>
#include <string.h>

void plain_squeeze(char *text)
{
	char *to = text;

	for (const char *at = text; *at; at++) {
		if (strchr(" \t\r\n", *at))
			continue;
		/* U+00A0, U+3000 */
		if (strncmp(at, "\xC2\xA0", 2) == 0) {
			at++;
		} else if (strncmp(at, "\xE3\x80\x80", 3) == 0) {
			at += 2;
		} else {
			*to++ = *at;
		}
	}
	*to = '\0';
}

static void add(struct buf *out, const char *text)
{
	size_t before = out->len;

	buf_adds(out, text);
	plain_squeeze(out->data + before);
	out->len = before + strlen(out->data + before);
}

/* Elements whose text is not read, or not as part of the report. */
static int is_left_out(const xmlNode *node)
{
	static const char *const names[] = { "head", "style", "script", "nav", "title" };

	for (size_t i = 0; i < LENGTH(names); i++)
		if (node->type == XML_ELEMENT_NODE &&
		    xmlStrEqual(node->name, (const xmlChar *)names[i]))
			return 1;
	return 0;
}

/* A picture is what it shows, in words: so the plain text has it. */
static void add_description(struct buf *out, const xmlNode *node)
{
	if (node->type != XML_ELEMENT_NODE || !xmlStrEqual(node->name, (const xmlChar *)"img"))
		return;
	xmlChar *alt = xmlGetProp(node, (const xmlChar *)"alt");
	if (alt)
		add(out, (const char *)alt);
	xmlFree(alt);
}

int plain_html(const char *label, struct buf *bytes, struct arena *arena, struct buf *out)
{
	htmlDocPtr html = htmlReadMemory(bytes->data, (int)bytes->len, NULL, "UTF-8",
	    HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_RECOVER);
	const xmlNode *root = html ? xmlDocGetRootElement(html) : NULL, *node = root;

	(void)label;
	(void)arena;
	while (node) {
		const xmlNode *next = is_left_out(node) ? NULL : node->children;

		if (node->type == XML_TEXT_NODE && node->content)
			add(out, (const char *)node->content);
		add_description(out, node);
		while (!next && node && node != root) {
			next = node->next;
			node = node->parent;
		}
		node = next;
	}
	xmlFreeDoc(html);
	return root ? 0 : -1;
}

int plain_docx(const char *label, struct buf *bytes, struct arena *arena, struct buf *out)
{
	struct prose prose;
	struct err err;

	if (prose_read(&prose, label, bytes, NULL, arena, &err) != 0)
		return -1;
	for (size_t i = 0; i < prose.count; i++) {
		const struct prose_paragraph *paragraph = &prose.paragraphs[i];
		add(out, paragraph->numbering);
		for (size_t k = 0; k < paragraph->image_count; k++)
			add(out, paragraph->images[k].alt);
		add(out, paragraph->text);
	}
	return 0;
}
