/* txt.c: plain text, one paragraph a line. */
#include "base/i18n.h"
#include "formats/format.h"
#include "formats/walk.h"

struct writer {
	const struct report *report;
	struct arena *arena;
	struct buf *out;
};

static void inlines(struct writer *w, const struct node *parent)
{
	for (const struct node *node = parent->first; node; node = node->next) {
		if (node->kind == NODE_BREAK)
			buf_addc(w->out, ' ');
		else if (node->text)
			buf_adds(w->out, node->text);
		else
			inlines(w, node);
	}
}

static void line(struct writer *w, const char *before, const struct node *paragraph)
{
	buf_adds(w->out, before);
	inlines(w, paragraph);
	buf_addc(w->out, '\n');
}

static void blocks(struct writer *w, const struct node *first);

/* "表1　各类许可事项" */
static void caption(struct writer *w, const struct node *node)
{
	if (node->title)
		line(w, caption_mark(node, w->arena), node->title);
}

static void table(struct writer *w, const struct node *node)
{
	caption(w, node);
	for (const struct node *row = node->first; row; row = row->next) {
		for (const struct node *cell = row->first; cell; cell = cell->next) {
			inlines(w, cell);
			buf_addc(w->out, cell->next ? '\t' : '\n');
		}
	}
}

static void list(struct writer *w, const struct node *node)
{
	for (const struct node *item = node->first; item; item = item->next) {
		const struct node *first = item->first;
		buf_adds(w->out, node->ordered ? item->number : "— ");
		if (first && first->kind == NODE_PARAGRAPH) {
			line(w, "", first);
			first = first->next;
		} else {
			buf_addc(w->out, '\n');
		}
		blocks(w, first);
	}
}

static void section(struct writer *w, const struct node *node)
{
	const struct node *first = node->first;
	if (node->title) {
		buf_adds(w->out, node->number);
		inlines(w, node->title);
		if (node->run_in) {
			buf_adds(w->out, headline_stop(node->title, w->arena));
			inlines(w, first);
			first = first->next;
		}
		buf_addc(w->out, '\n');
	}
	blocks(w, first);
}

static void code(struct writer *w, const char *text)
{
	buf_adds(w->out, text);
	if (w->out->len && w->out->data[w->out->len - 1] != '\n')
		buf_addc(w->out, '\n');
}

static void attachments(struct writer *w)
{
	const struct report *report = w->report;
	for (size_t i = 0; i < report->attachment_count; i++)
		buf_addf(w->out, "%s%s%s\n", i == 0 ? "附件：" : "",
		    attachment_number(report, i, w->arena), report->attachments[i].title);
}

static void signature(struct writer *w)
{
	const struct report *report = w->report;
	if (*report->issuer)
		buf_addf(w->out, "%s\n", report->issuer);
	if (report->date)
		buf_addf(w->out, "%s\n", chinese_date(report->date, w->arena));
}

static void blocks(struct writer *w, const struct node *node)
{
	for (; node; node = node->next) {
		switch (node->kind) {
		case NODE_SECTION:
			section(w, node);
			break;
		case NODE_PARAGRAPH:
			line(w, "", node);
			break;
		case NODE_TABLE:
			table(w, node);
			break;
		case NODE_LIST:
			list(w, node);
			break;
		case NODE_QUOTE:
			blocks(w, node->first);
			break;
		case NODE_CODE_BLOCK:
			code(w, node->first->text);
			break;
		case NODE_CHART:
			caption(w, node);
			break;
		case NODE_PICTURE:
			if (*node->text)
				buf_addf(w->out, "%s\n", node->text);
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
	struct writer w = { report, &scratch, out };
	(void)setting;
	(void)err;
	if (report->draft)
		buf_adds(out, DRAFT_NOTICE "\n");
	buf_addf(out, "%s\n", report->title);
	blocks(&w, report->body->first);
	if (report->annex) {
		line(&w, "附表\n", report->annex->title);
		blocks(&w, report->annex->first);
	}
	arena_release(&scratch);
	return 0;
}

const struct format format_txt = {
	.name = "txt",
	.about = N_("plain text, one paragraph a line"),
	.render = render,
};
