/* doc_markdown.c: Markdown's blocks as paragraphs of a .docx. */
#include "office/doc_markdown.h"

#include "base/utf8.h"

#include <string.h>

enum { COLUMNS_MAX = 32, EAST_ASIAN = 0x2E80 };

/* ---- inlines ----------------------------------------------------------- */

/* A line break of the source joins Chinese without a blank. */
static void add_text(struct doc_writer *doc, const char *text, int strong)
{
	struct buf line = { 0 };
	const char *at = text, *end = text + strlen(text);
	uint32_t before = 0;
	while (at < end) {
		const char *here = at;
		uint32_t c = utf8_next(&at, end);
		if (c != '\n') {
			buf_add(&line, here, (size_t)(at - here));
		} else {
			const char *peek = at;
			uint32_t after = at < end ? utf8_next(&peek, end) : EAST_ASIAN;
			if (before < EAST_ASIAN && after < EAST_ASIAN)
				buf_addc(&line, ' ');
		}
		before = c;
	}
	(strong ? doc_strong : doc_text)(doc, buf_str(&line));
	buf_release(&line);
}

static int is_block(const struct md_node *node)
{
	return node->kind < MD_TEXT;
}

/* Up to the first block: in a list's item there may be one behind its text. */
static void add_inlines(struct doc_writer *doc, const struct md_node *parent, int strong)
{
	for (const struct md_node *node = parent->first; node && !is_block(node);
	     node = node->next) {
		if (node->kind == MD_BREAK)
			doc_text(doc, "\n");
		else if (node->kind == MD_TEXT || node->kind == MD_CODE)
			add_text(doc, node->text ? node->text : "", strong);
		else
			add_inlines(doc, node, strong || node->kind == MD_STRONG);
	}
}

static void add_paragraph(
    struct doc_writer *doc, enum doc_style style, const char *before, const struct md_node *node)
{
	doc_begin(doc, style);
	doc_text(doc, before);
	add_inlines(doc, node, 0);
	doc_end(doc);
}

/* ---- blocks ------------------------------------------------------------ */

static enum doc_style heading_style(unsigned level)
{
	static const enum doc_style styles[] = { DOC_TITLE, DOC_HEADING_1, DOC_HEADING_2,
		DOC_HEADING_3, DOC_HEADING_4, DOC_HEADING_4 };
	return styles[level - 1];
}

/* 县司法局： */
static int is_salutation(const struct md_node *node)
{
	static const char colon[] = "：";
	size_t n = node->last && node->last->text ? strlen(node->last->text) : 0;
	return n >= sizeof colon - 1 &&
	       strcmp(node->last->text + n - (sizeof colon - 1), colon) == 0;
}

static void add_table(struct doc_writer *doc, const struct md_node *table)
{
	unsigned widths[COLUMNS_MAX];
	size_t columns = 0;
	for (const struct md_node *cell = table->first ? table->first->first : NULL;
	     cell && columns < COLUMNS_MAX; cell = cell->next)
		widths[columns++] = 1;
	if (columns == 0)
		return;
	doc_table_begin(doc, widths, columns);
	for (const struct md_node *row = table->first; row; row = row->next) {
		size_t column = 0;
		doc_table_row(doc, row->level == 1);
		for (const struct md_node *cell = row->first; cell && column++ < columns;
		     cell = cell->next) {
			doc_cell_begin(doc);
			add_paragraph(doc, row->level == 1 ? DOC_CELL_HEAD : DOC_CELL, "", cell);
			doc_cell_end(doc);
		}
	}
	doc_table_end(doc);
}

static void add_blocks(struct doc_writer *doc, const struct md_node *parent, int quoted);

/* The number stands before the first text of an item; what is in the item besides follows it. */
static void add_item(struct doc_writer *doc, const struct md_node *item, unsigned number)
{
	struct buf mark = { 0 };
	struct md_node rest = *item;
	if (number)
		buf_addf(&mark, "%u. ", number);
	else
		buf_adds(&mark, "— ");
	const struct md_node *first = item->first;
	if (first && (!is_block(first) || first->kind == MD_PARAGRAPH)) {
		add_paragraph(doc, DOC_BODY, buf_str(&mark), is_block(first) ? first : item);
		rest.first = first->next;
	}
	while (rest.first && !is_block(rest.first))
		rest.first = rest.first->next;
	add_blocks(doc, &rest, 0);
	buf_release(&mark);
}

static void add_list(struct doc_writer *doc, const struct md_node *list)
{
	unsigned number = list->start;
	for (const struct md_node *item = list->first; item; item = item->next)
		if (is_block(item))
			add_item(doc, item, number ? number++ : 0);
}

static void add_block(
    struct doc_writer *doc, const struct md_node *node, const struct md_node *before, int quoted)
{
	switch (node->kind) {
	case MD_HEADING:
		add_paragraph(doc, heading_style(node->level), "", node);
		break;
	case MD_PARAGRAPH:
		add_paragraph(doc,
		    quoted ? DOC_SIGNATURE
		    : before && before->kind == MD_HEADING && before->level == 1 &&
		            is_salutation(node)
		        ? DOC_FLUSH
		        : DOC_BODY,
		    "", node);
		break;
	case MD_QUOTE:
		add_blocks(doc, node, 1);
		break;
	case MD_LIST:
		add_list(doc, node);
		break;
	case MD_TABLE:
		add_table(doc, node);
		break;
	case MD_CODE_BLOCK:
		add_paragraph(doc, DOC_FLUSH, node->text ? node->text : "", node);
		break;
	case MD_DOCUMENT:
	case MD_ITEM:
	case MD_ROW:
	case MD_CELL:
	case MD_RULE:
	case MD_TEXT:
	case MD_STRONG:
	case MD_EMPHASIS:
	case MD_CODE:
	case MD_LINK:
	case MD_IMAGE:
	case MD_BREAK:
		break;
	}
}

static void add_blocks(struct doc_writer *doc, const struct md_node *parent, int quoted)
{
	const struct md_node *before = NULL;
	for (const struct md_node *node = parent->first; node; node = node->next) {
		add_block(doc, node, before, quoted);
		before = node;
	}
}

void doc_add_markdown(struct doc_writer *doc, const struct md_node *document)
{
	add_blocks(doc, document, 0);
}
