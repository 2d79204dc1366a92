/* md.c: Markdown that reads well as it is: numbers typed, points run in. */
#include "base/i18n.h"
#include "formats/format.h"
#include "formats/walk.h"

#include <string.h>

struct writer {
	const struct report *report;
	struct arena *arena;
	struct buf *out;
	const char *indent; /* before every line of a block: quotation marks, list indents */
};

static void inlines(struct writer *w, const struct node *parent)
{
	for (const struct node *node = parent->first; node; node = node->next) {
		switch (node->kind) {
		case NODE_TEXT:
		case NODE_FIGURE:
			markdown_escape(w->out, node->text);
			break;
		case NODE_STRONG:
			buf_adds(w->out, "**");
			inlines(w, node);
			buf_adds(w->out, "**");
			break;
		case NODE_EMPHASIS:
			buf_adds(w->out, "*");
			inlines(w, node);
			buf_adds(w->out, "*");
			break;
		case NODE_CODE:
			buf_addf(w->out, strchr(node->text, '`') ? "`` %s ``" : "`%s`", node->text);
			break;
		case NODE_LINK:
			buf_addc(w->out, '[');
			inlines(w, node);
			buf_addf(w->out, "](<%s>)", node->target);
			break;
		case NODE_BREAK:
			buf_addf(w->out, "\\\n%s", w->indent);
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

static void end(struct writer *w)
{
	buf_addf(w->out, "\n%s\n", w->indent);
}

static void section(struct writer *w, const struct node *node)
{
	static const char hashes[] = "######";
	const struct node *first = node->first;
	if (node->title) {
		begin(w);
		if (!node->run_in)
			buf_addf(
			    w->out, "%.*s ", node->level < 6 ? (int)node->level + 1 : 6, hashes);
		buf_adds(w->out, node->number);
		inlines(w, node->title);
		if (node->run_in) {
			buf_adds(w->out, headline_stop(node->title, w->arena));
			inlines(w, first);
			first = first->next;
		}
		end(w);
	}
	blocks(w, first);
}

static void table(struct writer *w, const struct node *node)
{
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
	buf_addf(w->out, "%s\n", w->indent);
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
	buf_addf(w->out, "%s\n", outer);
}

static void code(struct writer *w, const char *text)
{
	buf_addf(w->out, "%s````\n", w->indent);
	while (*text) {
		size_t n = strcspn(text, "\n");
		buf_addf(w->out, "%s%.*s\n", w->indent, (int)n, text);
		text += n + (text[n] == '\n');
	}
	buf_addf(w->out, "%s````\n%s\n", w->indent, w->indent);
}

static void attachments(struct writer *w)
{
	const struct report *report = w->report;
	if (report->attachment_count == 0)
		return;
	buf_addf(w->out, "附件：\n\n");
	for (size_t i = 0; i < report->attachment_count; i++) {
		buf_addf(w->out, "%zu. [", i + 1);
		markdown_escape(w->out, report->attachments[i].title);
		buf_addf(w->out, "](<%s>)\n", report->attachments[i].path);
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
		switch (node->kind) {
		case NODE_SECTION:
			section(w, node);
			break;
		case NODE_PARAGRAPH:
			begin(w);
			inlines(w, node);
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

static int render(const struct report *report, const char *look, struct buf *out, struct err *err)
{
	struct arena scratch = { 0 };
	struct writer w = { report, &scratch, out, "" };
	(void)look;
	(void)err;
	buf_adds(out, "# ");
	markdown_escape(out, report->title);
	buf_adds(out, "\n\n");
	if (report->draft)
		buf_adds(out, DRAFT_NOTICE "\n\n");
	blocks(&w, report->body->first);
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
