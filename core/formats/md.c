/* md.c: Markdown that reads well as it is: numbers typed, points run in. */
#include "base/i18n.h"
#include "base/utf8.h"
#include "formats/format.h"
#include "formats/walk.h"

#include <string.h>

struct writer {
	const struct report *report;
	struct arena *arena;
	struct buf *out;
	const char *indent; /* before every line of a block: quotation marks, list indents */
	int one_line;       /* a heading: it ends where its line ends */
	size_t line;        /* where the line broken off last begins */
	uint32_t after;     /* character behind the inlines in hand; 0: the end of a line */
};

static size_t longest_ticks(const char *text)
{
	size_t longest = 0;
	for (const char *p = text; *p; p++) {
		size_t n = strspn(p, "`");
		longest = n > longest ? n : longest;
		p += n ? n - 1 : 0;
	}
	return longest;
}

static void ticks(struct writer *w, size_t n)
{
	while (n-- > 0)
		buf_addc(w->out, '`');
}

/* Code between more ticks than there are in it; a blank keeps its own ticks and blanks apart. */
static void code_span(struct writer *w, const char *text)
{
	size_t n = longest_ticks(text) + 1, end = strlen(text);
	if (end == 0) /* nothing cannot be written */
		return;
	const char *pad = *text == '`' || text[end - 1] == '`' || *text == ' ' ? " " : "";
	ticks(w, n);
	buf_addf(w->out, "%s%s%s", pad, text, pad);
	ticks(w, n);
}

/* Whether "&" begins what a reader would take for a character reference. */
static int is_entity(const char *text)
{
	size_t n = 1 + (text[1] == '#');
	while ((text[n] | 32) >= 'a' && (text[n] | 32) <= 'z')
		n++;
	n += strspn(text + n, "0123456789abcdefABCDEF");
	return text[n] == ';';
}

/* Where a link leads, between < and >. */
static void target(struct writer *w, const char *text)
{
	buf_addc(w->out, '<');
	for (; *text; text++) {
		if (strchr("<>\\*`", *text) || (*text == '&' && is_entity(text)))
			buf_addc(w->out, '\\');
		buf_addc(w->out, *text);
	}
	buf_addc(w->out, '>');
}

/* Hashes at the end of a heading would be taken for its closing mark. */
static void heading_end(struct writer *w)
{
	while (w->out->len && strchr(" \t", w->out->data[w->out->len - 1]))
		w->out->data[--w->out->len] = '\0';
	size_t n = w->out->len;
	while (n && w->out->data[n - 1] == '#')
		n--;
	if (n < w->out->len && n && strchr(" \t", w->out->data[n - 1])) {
		w->out->data[w->out->len - 1] = '\\';
		buf_addc(w->out, '#');
	}
}

/*
 * CommonMark reads ** beside a letter outside only if a letter stands inside,
 * too. What is surely a letter, and what is surely none:
 */
static int is_letter(uint32_t c)
{
	return utf8_is_han(c) || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

static int is_apart(uint32_t c)
{
	return c <= ' ' || (c < 0x7F && !is_letter(c)) || (c >= 0x3000 && c <= 0x3011) ||
	       (c >= 0xFF01 && c <= 0xFF0F) || (c >= 0xFF1A && c <= 0xFF1F) || c == 0x201C ||
	       c == 0x201D;
}

static int is_marked(const struct node *node)
{
	for (; node; node = node->parent)
		if (node->kind == NODE_STRONG || node->kind == NODE_EMPHASIS)
			return 1;
	return 0;
}

/* The character that is written behind a node; marks around it may go, so they do not count. */
static uint32_t following(const struct writer *w, const struct node *node)
{
	const struct node *next = node->next;
	while (next && next->text && !*next->text)
		next = next->next;
	if (!next) {
		const struct node *above = node->parent;
		if (above && (above->kind == NODE_STRONG || above->kind == NODE_EMPHASIS))
			return following(w, above);
		return above && above->kind == NODE_LINK ? ']' : w->after;
	}
	while ((next->kind == NODE_STRONG || next->kind == NODE_EMPHASIS) && next->first)
		next = next->first;
	if (next->kind != NODE_TEXT && next->kind != NODE_FIGURE)
		return '*'; /* a mark or a break */
	const char *text = next->text;
	return utf8_next(&text, text + strlen(text));
}

static void inlines(struct writer *w, const struct node *parent);

/* Between marks if they will be read as such; else the words alone: better plain than littered. */
static void marked(struct writer *w, const char *mark, const struct node *node)
{
	struct buf *out = w->out;
	if (is_marked(node->parent)) { /* one in the other: runs of stars are read in many ways */
		inlines(w, node);
		return;
	}
	size_t start = out->len, n = strlen(mark);
	uint32_t before = start ? utf8_before(out->data, out->data + start) : 0;
	buf_adds(out, mark);
	inlines(w, node);
	const char *inner = out->data + start + n, *stop = out->data + out->len;
	const char *at = inner;
	uint32_t first = utf8_next(&at, stop), last = utf8_before(inner, stop);
	uint32_t after = following(w, node);
	int tight = first && last && !utf8_is_space(first) && !utf8_is_space(last);
	if (tight && before != '*' && (is_letter(first) || is_apart(before)) &&
	    (is_letter(last) || is_apart(after))) {
		buf_adds(out, mark);
		return;
	}
	memmove(out->data + start, inner, out->len - start - n + 1);
	out->len -= n;
}

static void inlines(struct writer *w, const struct node *parent)
{
	for (const struct node *node = parent->first; node; node = node->next) {
		switch (node->kind) {
		case NODE_TEXT:
		case NODE_FIGURE:
			/* Blanks at the start of a line would go, or hide a sign from escaping. */
			markdown_escape(w->out, node->text + (w->line && w->line == w->out->len
			                                             ? strspn(node->text, " \t")
			                                             : 0));
			break;
		case NODE_STRONG:
			marked(w, "**", node);
			break;
		case NODE_EMPHASIS:
			marked(w, "*", node);
			break;
		case NODE_CODE:
			code_span(w, node->text);
			break;
		case NODE_LINK:
			if (*node->target ==
			    '#') { /* there is nothing here that it could lead to */
				inlines(w, node);
				break;
			}
			/* "![" would be a picture. */
			if (w->out->len && w->out->data[w->out->len - 1] == '!') {
				w->out->data[w->out->len - 1] = '\\';
				buf_addc(w->out, '!');
			}
			buf_addc(w->out, '[');
			inlines(w, node);
			buf_adds(w->out, "](");
			target(w, node->target);
			buf_addc(w->out, ')');
			break;
		case NODE_BREAK:
			if (w->one_line || following(w, node) == 0) /* nothing to break off */
				buf_addc(w->out, ' ');
			else
				buf_addf(w->out, "\\\n%s", w->indent);
			w->line = w->out->len;
			break;
		case NODE_SECTION:
		case NODE_PARAGRAPH:
		case NODE_TABLE:
		case NODE_ROW:
		case NODE_CELL:
		case NODE_LIST:
		case NODE_ITEM:
		case NODE_QUOTE:
		case NODE_CODE_BLOCK:
		case NODE_CHART:
		case NODE_PICTURE:
		case NODE_ATTACHMENTS:
		case NODE_SIGNATURE:
			break;
		}
	}
}

static void blocks(struct writer *w, const struct node *first);

static void begin(struct writer *w)
{
	buf_adds(w->out, w->indent);
}

/* A line with nothing but its quotation marks. */
static void blank_line(struct writer *w)
{
	size_t n = strlen(w->indent);
	while (n && w->indent[n - 1] == ' ')
		n--;
	buf_addf(w->out, "%.*s\n", (int)n, w->indent);
}

/* "6. " at the start of a line is a list's number, even where a figure and a text make it up. */
static void escape_numbers(struct writer *w, size_t at)
{
	for (char *data = w->out->data; at < w->out->len;) {
		size_t dot = at + strspn(data + at, "0123456789");
		if (dot > at && (data[dot] == '.' || data[dot] == ')') &&
		    strchr(" \t\n", data[dot + 1])) { /* finds the NUL at the end, too */
			buf_addc(w->out, ' ');
			data = w->out->data;
			memmove(data + dot + 1, data + dot, w->out->len - dot - 1);
			data[dot] = '\\';
		}
		const char *newline = strchr(data + dot, '\n');
		at = newline ? (size_t)(newline + 1 - data) + strlen(w->indent) : w->out->len;
	}
}

static void end(struct writer *w)
{
	buf_addc(w->out, '\n');
	blank_line(w);
}

static void section(struct writer *w, const struct node *node)
{
	static const char hashes[] = "######";
	const struct node *first = node->first;
	if (node->title) {
		begin(w);
		size_t start = w->out->len;
		if (!node->run_in)
			buf_addf(
			    w->out, "%.*s ", node->level < 6 ? (int)node->level + 1 : 6, hashes);
		buf_adds(w->out, node->number);
		const char *stop = headline_stop(node->title, w->arena);
		w->one_line = !node->run_in;
		w->after = !node->run_in ? 0 : *stop ? '.' : 'x';
		inlines(w, node->title);
		w->one_line = 0;
		w->after = 0;
		if (node->run_in) {
			buf_adds(w->out, stop);
			inlines(w, first);
			first = first->next;
			escape_numbers(w, start);
		} else {
			heading_end(w);
		}
		end(w);
	}
	blocks(w, first);
}

static void caption(struct writer *w, const struct node *node)
{
	if (!node->title)
		return;
	begin(w);
	size_t start = w->out->len;
	buf_adds(w->out, caption_mark(node, w->arena));
	inlines(w, node->title);
	escape_numbers(w, start);
	end(w);
}

static void table(struct writer *w, const struct node *node)
{
	caption(w, node);
	static const char *const rules[] = { [ALIGN_NONE] = "---",
		[ALIGN_LEFT] = ":---",
		[ALIGN_CENTER] = ":---:",
		[ALIGN_RIGHT] = "---:" };
	for (const struct node *row = node->first; row; row = row->next) {
		begin(w);
		for (const struct node *cell = row->first; cell; cell = cell->next) {
			buf_adds(w->out, "| ");
			inlines(w, cell);
			buf_addc(w->out, ' ');
		}
		buf_adds(w->out, "|\n");
		if (row->header && !(row->next && row->next->header)) {
			begin(w);
			for (const struct node *cell = row->first; cell; cell = cell->next)
				buf_addf(w->out, "| %s ", rules[cell->align]);
			buf_adds(w->out, "|\n");
		}
	}
	blank_line(w);
}

static void list(struct writer *w, const struct node *node)
{
	const char *outer = w->indent;
	for (const struct node *item = node->first; item; item = item->next) {
		const char *mark = node->ordered ? item->number : "-";
		buf_addf(w->out, "%s%s ", outer, mark);
		w->indent = arena_printf(w->arena, "%s%*s", outer, (int)strlen(mark) + 1, "");
		size_t start = w->out->len, skip = strlen(w->indent);
		blocks(w, item->first);
		/* The first line's indent is the mark itself. */
		if (w->out->len >= start + skip && skip) {
			memmove(w->out->data + start, w->out->data + start + skip,
			    w->out->len - start - skip + 1);
			w->out->len -= skip;
		}
		if (!item->first)
			buf_addc(w->out, '\n');
	}
	w->indent = outer;
}

static void quote(struct writer *w, const struct node *node)
{
	const char *outer = w->indent;
	w->indent = arena_printf(w->arena, "%s> ", outer);
	blocks(w, node->first);
	w->indent = outer;
	blank_line(w);
}

static void code(struct writer *w, const char *text)
{
	size_t fence = longest_ticks(text) < 4 ? 4 : longest_ticks(text) + 1;
	begin(w);
	ticks(w, fence);
	buf_addc(w->out, '\n');
	while (*text) {
		size_t n = strcspn(text, "\n");
		buf_addf(w->out, "%s%.*s\n", w->indent, (int)n, text);
		text += n + (text[n] == '\n');
	}
	begin(w);
	ticks(w, fence);
	end(w);
}

static void attachments(struct writer *w)
{
	const struct report *report = w->report;
	if (report->attachment_count == 0)
		return;
	buf_adds(w->out, report->attachment_count > 1 ? "附件：\n\n" : "附件：");
	for (size_t i = 0; i < report->attachment_count; i++) {
		if (report->attachment_count > 1)
			buf_addf(w->out, "%zu. ", i + 1);
		const char *path = report->attachments[i].path;
		buf_adds(w->out, *path ? "[" : "");
		markdown_escape(w->out, report->attachments[i].title);
		if (*path)
			buf_addf(w->out, "](<%s>)", path_link(path, w->arena));
		buf_addc(w->out, '\n');
	}
	buf_addc(w->out, '\n');
}

static void signature(struct writer *w)
{
	const struct report *report = w->report;
	if (*report->issuer) {
		markdown_escape(w->out, report->issuer);
		buf_adds(w->out, report->date ? "\\\n" : "\n\n");
	}
	if (report->date)
		buf_addf(w->out, "%s\n\n", chinese_date(report->date, w->arena));
}

static void blocks(struct writer *w, const struct node *node)
{
	for (; node; node = node->next) {
		size_t start;
		switch (node->kind) {
		case NODE_SECTION:
			section(w, node);
			break;
		case NODE_PARAGRAPH:
			begin(w);
			start = w->out->len;
			inlines(w, node);
			escape_numbers(w, start);
			end(w);
			break;
		case NODE_TABLE:
			table(w, node);
			break;
		case NODE_LIST:
			list(w, node);
			break;
		case NODE_QUOTE:
			quote(w, node);
			break;
		case NODE_CODE_BLOCK:
			code(w, node->first->text);
			break;
		case NODE_CHART:
			caption(w, node);
			break;
		case NODE_PICTURE:
			if (*node->text) {
				begin(w);
				markdown_escape(w->out, node->text);
				end(w);
			}
			break;
		case NODE_ATTACHMENTS:
			attachments(w);
			break;
		case NODE_SIGNATURE:
			signature(w);
			break;
		case NODE_ROW:
		case NODE_CELL:
		case NODE_ITEM:
		case NODE_TEXT:
		case NODE_STRONG:
		case NODE_EMPHASIS:
		case NODE_CODE:
		case NODE_LINK:
		case NODE_BREAK:
		case NODE_FIGURE:
			break;
		}
	}
}

static int render(
    const struct report *report, const struct setting *setting, struct buf *out, struct err *err)
{
	struct arena scratch = { 0 };
	struct writer w = { report, &scratch, out, "", 0, 0, 0 };
	(void)setting;
	(void)err;
	buf_adds(out, "# ");
	markdown_escape(out, report->title);
	heading_end(&w);
	buf_adds(out, "\n\n");
	if (report->draft)
		buf_adds(out, DRAFT_NOTICE "\n\n");
	blocks(&w, report->body->first);
	if (report->annex) {
		buf_adds(out, "附表\n\n## ");
		w.one_line = 1;
		inlines(&w, report->annex->title);
		w.one_line = 0;
		heading_end(&w);
		end(&w);
		blocks(&w, report->annex->first);
	}
	while (out->len > 1 && out->data[out->len - 1] == '\n' && out->data[out->len - 2] == '\n')
		out->data[--out->len] = '\0';
	arena_release(&scratch);
	return 0;
}

const struct format format_md = {
	.name = "md",
	.about = N_("Markdown"),
	.render = render,
};
