/* letter.c: a letter of the office's own, written as Markdown, as plain text. */
#include "cli/letter.h"

#include "base/utf8.h"

#include <string.h>

enum { COLUMNS = 64 /* of a line that is centred or flush right */ };

static int is_block(const struct md_node *node)
{
	return node->kind < MD_TEXT;
}

/* The words of a block; where the source broke a line, Chinese goes on without a blank. */
static void add_words(const struct md_node *parent, struct buf *out)
{
	for (const struct md_node *node = parent->first; node && !is_block(node);
	     node = node->next) {
		if (node->kind == MD_BREAK)
			buf_addc(out, '\n');
		else if (node->kind == MD_TEXT || node->kind == MD_CODE)
			buf_adds(out, node->text ? node->text : "");
		else
			add_words(node, out);
	}
}

static void pad(struct buf *out, size_t columns)
{
	while (columns-- > 0)
		buf_addc(out, ' ');
}

/* Each line of the text by itself; `part` of the blanks that are left go before it. */
static void add_lines(const char *text, unsigned part, struct buf *out)
{
	while (*text) {
		size_t n = strcspn(text, "\n");
		struct buf line = { 0 };
		buf_add(&line, text, n);
		size_t width = utf8_width(buf_str(&line));
		pad(out, width < COLUMNS ? (COLUMNS - width) / part : 0);
		buf_addf(out, "%s\n", buf_str(&line));
		buf_release(&line);
		text += n + (text[n] == '\n');
	}
}

static void add_list(const struct md_node *list, struct buf *out)
{
	unsigned n = list->start;
	for (const struct md_node *item = list->first; item; item = item->next) {
		const struct md_node *words =
		    item->first && is_block(item->first) ? item->first : item;
		buf_adds(out, "　　");
		if (list->start)
			buf_addf(out, "%u. ", n++);
		add_words(words, out);
		buf_addc(out, '\n');
	}
}

static void add_quote(const struct md_node *quote, struct buf *out)
{
	for (const struct md_node *node = quote->first; node; node = node->next) {
		struct buf words = { 0 };
		add_words(node, &words);
		add_lines(buf_str(&words), 1, out);
		buf_release(&words);
	}
}

static int ends_in_colon(const char *text)
{
	size_t n = strlen(text);
	return n >= strlen("：") && strcmp(text + n - strlen("："), "：") == 0;
}

static void add_block(const struct md_node *node, int after_title, struct buf *out)
{
	struct buf words = { 0 };
	if (node->kind == MD_LIST) {
		add_list(node, out);
	} else if (node->kind == MD_QUOTE) {
		add_quote(node, out);
	} else {
		add_words(node, &words);
		if (node->kind == MD_HEADING && node->level == 1)
			add_lines(buf_str(&words), 2, out);
		else
			buf_addf(out, "%s%s\n",
			    after_title && ends_in_colon(buf_str(&words)) ? "" : "　　",
			    buf_str(&words));
	}
	buf_release(&words);
}

void letter_text(const struct md_node *document, struct buf *out)
{
	int after_title = 0;
	for (const struct md_node *node = document->first; node; node = node->next) {
		int title = node->kind == MD_HEADING && node->level == 1;
		/* Blank lines around the title and before the signature. */
		if (node->kind == MD_QUOTE || after_title)
			buf_addc(out, '\n');
		add_block(node, after_title, out);
		after_title = title;
	}
}
