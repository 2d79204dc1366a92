/* tree.c: the tree itself, a node a line, for tests: structure apart from looks. */
#include "base/i18n.h"
#include "formats/format.h"

static const char *const names[] = {
	[NODE_SECTION] = "section",
	[NODE_PARAGRAPH] = "paragraph",
	[NODE_TABLE] = "table",
	[NODE_ROW] = "row",
	[NODE_CELL] = "cell",
	[NODE_LIST] = "list",
	[NODE_ITEM] = "item",
	[NODE_QUOTE] = "quote",
	[NODE_CODE_BLOCK] = "code-block",
	[NODE_CHART] = "chart",
	[NODE_PICTURE] = "picture",
	[NODE_ATTACHMENTS] = "attachments",
	[NODE_SIGNATURE] = "signature",
	[NODE_TEXT] = "text",
	[NODE_STRONG] = "strong",
	[NODE_EMPHASIS] = "emphasis",
	[NODE_CODE] = "code",
	[NODE_LINK] = "link",
	[NODE_BREAK] = "break",
	[NODE_FIGURE] = "figure",
};

static void dump(const struct node *node, unsigned depth, struct buf *out)
{
	buf_addf(out, "%*s%s", (int)depth * 2, "", names[node->kind]);
	if (node->kind == NODE_SECTION) {
		buf_addf(out, " %u", node->level);
		if (*node->number)
			buf_addf(out, " \"%s\"", node->number);
		if (node->chapter && *node->chapter)
			buf_addf(out, " chapter=%s", node->chapter);
		if (node->run_in)
			buf_adds(out, " run-in");
	}
	if (node->kind != NODE_SECTION && *node->number)
		buf_addf(out, " \"%s\"", node->number);
	if (node->kind == NODE_FIGURE)
		buf_addf(out, " %s%s%s", node->figure->id, node->figure->department ? " of " : "",
		    node->figure->department ? node->figure->department : "");
	if (node->header)
		buf_adds(out, " header");
	if (node->ordered)
		buf_adds(out, " ordered");
	if (node->target)
		buf_addf(out, " <%s>", node->target);
	if (node->text)
		buf_addf(out, " \"%s\"", node->text);
	buf_addc(out, '\n');
	if (node->title) {
		buf_addf(out, "%*stitle\n", (int)depth * 2 + 2, "");
		for (const struct node *child = node->title->first; child; child = child->next)
			dump(child, depth + 2, out);
	}
	for (const struct node *child = node->first; child; child = child->next)
		dump(child, depth + 1, out);
}

static int render(
    const struct report *report, const struct setting *setting, struct buf *out, struct err *err)
{
	(void)setting;
	(void)err;
	buf_addf(out, "report \"%s\"\n", report->title);
	for (const struct node *node = report->body->first; node; node = node->next)
		dump(node, 1, out);
	if (report->annex)
		dump(report->annex, 1, out);
	for (size_t i = 0; i < report->attachment_count; i++)
		buf_addf(out, "attachment \"%s\" %s\n", report->attachments[i].title,
		    report->attachments[i].path);
	return 0;
}

const struct format format_tree = {
	.name = "tree",
	.about = N_("the report's structure, for tests"),
	.internal = 1,
	.render = render,
};
