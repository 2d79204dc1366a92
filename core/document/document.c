/* document.c: frame and chapters become one numbered tree. */
#include "document/build.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "document/number.h"
#include "document/punctuation.h"

#include <string.h>

static void gather_text(const struct node *node, struct buf *out)
{
	if (node->text)
		buf_adds(out, node->text);
	if (node->kind == NODE_BREAK)
		buf_addc(out, ' ');
	for (const struct node *child = node->first; child; child = child->next)
		gather_text(child, out);
}

const char *node_text(const struct node *node, struct arena *arena)
{
	struct buf text = { 0 };
	gather_text(node, &text);
	const char *copy = arena_strdup(arena, buf_str(&text));
	buf_release(&text);
	return copy;
}

/* ---- sections ---------------------------------------------------------- */

/* Numbers are ours: one typed by hand would stand there twice. */
static void drop_number(const struct builder *b, struct node *title)
{
	struct node *first = title->first;
	while (first && (first->kind == NODE_STRONG || first->kind == NODE_EMPHASIS))
		first = first->first;
	size_t n = first && first->kind == NODE_TEXT && !b->source->as_written
	               ? typed_number(first->text)
	               : 0;
	if (n) {
		first->text += n;
		b->report->typed_numbers++;
	}
}

static struct node *add_section(
    struct builder *b, struct node *parent, unsigned level, const struct md_node *heading)
{
	struct node *section = build_append(parent, build_node(b, NODE_SECTION));
	section->level = level;
	section->title = build_node(b, NODE_PARAGRAPH);
	section->title->parent = section;
	build_place(b, section->title, heading);
	build_inlines(b, section->title, heading);
	build_finish_title(b, section->title);
	drop_number(b, section->title);
	if (b->source->full_width)
		punctuate(section->title, b->arena);
	return section;
}

/* The section that a heading of `level` goes into. */
static struct node *enclosing(struct node *at, unsigned level, const struct node *root)
{
	while (at != root && at->level >= level)
		at = at->parent;
	return at;
}

static int read_chapter(struct builder *b, struct chapter_text *chapter)
{
	if (!b->failed && b->source->read)
		b->failed = b->source->read(b->source->self, chapter, b->err) != 0;
	return b->failed ? -1 : 0;
}

static void add_chapter(
    struct builder *b, struct node *parent, unsigned level, struct chapter_text *chapter)
{
	if (read_chapter(b, chapter) != 0)
		return;
	struct builder inner = *b;
	inner.file = chapter->file;
	inner.text = chapter->markdown;
	inner.chapter = chapter->id;
	inner.lines = (struct md_lines){ 0 };

	struct node *root = build_append(parent, build_node(b, NODE_SECTION));
	root->chapter = chapter->id;
	/* Points of a chapter without heading never are of the first level: 一、 is for chapters.
	 */
	unsigned first = *chapter->title ? level + 1 : level > 2 ? level : 2;
	if (*chapter->title) {
		root->level = level;
		root->title = build_node(b, NODE_PARAGRAPH);
		root->title->parent = root;
		build_text(b, root->title, chapter->title, strlen(chapter->title));
		drop_number(b, root->title);
		if (b->source->full_width)
			punctuate(root->title, b->arena);
	}
	struct node *at = root;
	struct arena tree = { 0 }; /* what is kept of it is copied */
	const struct md_node *document = markdown_read(&tree, chapter->markdown, chapter->size);
	for (const struct md_node *block = document->first; block; block = block->next) {
		if (block->kind != MD_HEADING) {
			if (inner.file || !b->source->outline)
				build_block(&inner, at, block);
			continue;
		}
		if (!block->first)
			continue;
		unsigned depth = block->level < 2 ? 0 : block->level - 2;
		at = add_section(&inner, enclosing(at, first + depth, root), first + depth, block);
	}
	/* A point whose body starts with a paragraph is run in; see number_sections(). */
	arena_release(&tree);
}

static void find_twice(struct builder *b, const struct md_node *block, const char *what)
{
	FIND(b->findings, REPORT_STRUCTURE, NULL, AT(b->file, build_line(b, block->offset), 0),
	    what, N_("'%s' has its place in the frame already; this tag is left out"), what);
}

static void place_chapter(
    struct builder *b, struct node *at, const struct md_node *block, const char *id)
{
	for (size_t i = 0; i < b->source->chapter_count; i++)
		if (strcmp(b->source->chapters[i].id, id) == 0) {
			if (b->placed[i]++)
				find_twice(b, block, id);
			else
				add_chapter(b, at, at->level + 1, &b->source->chapters[i]);
		}
}

static void place_part(struct builder *b, const struct md_node *block, const char *name)
{
	int list = strcmp(name, "attachments") == 0;
	int *placed = list ? &b->has_attachments : &b->has_signature;
	if ((*placed)++)
		find_twice(b, block, name);
	else
		build_append(
		    b->report->body, build_node(b, list ? NODE_ATTACHMENTS : NODE_SIGNATURE));
}

/* Takes a paper's title; `*above` is how many levels its headings stand below those of a report. */
static const struct md_node *take_title(
    struct builder *b, const struct md_node *document, unsigned *above)
{
	const struct md_node *title = NULL;
	unsigned shallowest = 7;
	for (const struct md_node *block = document->first; block; block = block->next) {
		if (block->kind != MD_HEADING || !block->first)
			continue;
		if (!title && !b->report->title && block->level == 1)
			title = block;
		else if (block->level < shallowest)
			shallowest = block->level;
	}
	*above = shallowest < 7 ? shallowest - 1 : 0;
	if (!title)
		return NULL;
	struct node *words = build_node(b, NODE_PARAGRAPH);
	build_inlines(b, words, title);
	build_finish(b, words);
	b->report->title = node_text(words, b->arena);
	return title;
}

static void add_frame(struct builder *b)
{
	struct node *root = b->report->body, *at = root;
	const struct md_node *title = NULL;
	unsigned above = 0;
	b->file = b->source->frame_file;
	b->text = b->source->frame;
	const struct md_node *document =
	    markdown_read(b->arena, b->source->frame, b->source->frame_size);
	if (b->source->paper)
		title = take_title(b, document, &above);
	for (const struct md_node *block = document->first; block; block = block->next) {
		const char *name;
		if (block == title)
			continue;
		if (block->kind == MD_HEADING && block->first) {
			unsigned level = block->level - above;
			at = add_section(b, enclosing(at, level, root), level, block);
			at->chapter = "";
		} else if (b->source->paper) {
			build_block(b, at, block);
		} else if ((name = build_alone(b, block, "{{chapter.")) != NULL) {
			place_chapter(b, at, block, name);
		} else if ((name = build_alone(b, block, "{{report.")) != NULL) {
			place_part(b, block, name);
		} else {
			build_block(b, at, block);
		}
	}
}

/* Its first heading is its title; the others are headings without numbers. */
static void add_annex(struct builder *b)
{
	struct node *annex = b->report->annex = build_node(b, NODE_SECTION), *at = annex;
	const struct md_node *document =
	    markdown_read(b->arena, b->source->annex, b->source->annex_size);
	b->file = NULL;
	b->text = b->source->annex;
	annex->anchor = "annex";
	for (const struct md_node *block = document->first; block; block = block->next) {
		if (block->kind != MD_HEADING) {
			build_block(b, at, block);
		} else if (!annex->title) {
			annex->title = build_node(b, NODE_PARAGRAPH);
			annex->title->parent = annex;
			build_inlines(b, annex->title, block);
			build_finish(b, annex->title);
		} else if (block->first) {
			unsigned level = block->level < 2 ? 1 : block->level - 1;
			at = add_section(b, enclosing(at, level, annex), level, block);
			at->anchor = arena_printf(b->arena, "annex-%u", ++b->annex_headings);
		}
	}
	if (!annex->title || !annex->first)
		b->report->annex = NULL;
}

/* ---- numbers ----------------------------------------------------------- */

static int is_point(const struct node *section)
{
	return section->title && !section->chapter;
}

static void number_sections(
    struct builder *b, struct node *parent, enum nb_numbering numbering, const char *anchor)
{
	unsigned n = 0, anchors = 0;
	for (struct node *node = parent->first; node; node = node->next) {
		if (node->kind != NODE_SECTION)
			continue;
		enum nb_numbering inner = NB_PAREN;
		if (node->chapter && *node->chapter)
			for (size_t i = 0; i < b->source->chapter_count; i++)
				if (strcmp(b->source->chapters[i].id, node->chapter) == 0)
					inner = b->source->chapters[i].numbering;
		const char *own = arena_printf(
		    b->arena, "%s%s%u", anchor, *anchor == 's' && !anchor[1] ? "" : "-", ++anchors);
		if (node->title) {
			n++;
			node->number = numbering == NB_SHI && is_point(node)
			                   ? number_shi(b->arena, n)
			                   : number_of_level(b->arena, node->level, n);
			if (b->source->as_written)
				node->number = "";
			node->run_in =
			    is_point(node) && node->first && node->first->kind == NODE_PARAGRAPH;
			node->anchor = own;
		}
		number_sections(b, node, inner, own);
	}
}

/* ---- the whole --------------------------------------------------------- */

/* A heading of the frame with nothing below it: its chapter stands elsewhere, or nowhere. */
static void find_empty(struct builder *b, const struct node *parent)
{
	for (const struct node *node = parent->first; node; node = node->next) {
		if (node->kind != NODE_SECTION)
			continue;
		int frame = node->title && node->chapter && !*node->chapter;
		const char *title = frame ? node_text(node->title, b->arena) : "";
		if (frame && !node->first)
			FIND(b->findings, REPORT_STRUCTURE, NULL, AT(b->source->frame_file, 0, 0),
			    title, N_("nothing stands below the heading '%s'"), title);
		find_empty(b, node);
	}
}

/* A chapter that the frame leaves out is read all the same: what is wrong with it is found. */
static void add_unplaced(struct builder *b, struct chapter_text *chapter)
{
	read_chapter(b, chapter);
	/* An error, unlike other oddities of the frame: a chapter would be missing. */
	findings_add(
	    b->findings, &(struct finding){ .code = code_table[CODE_REPORT_STRUCTURE].id,
	                     .severity = NB_ERROR,
	                     .at = { b->source->frame_file, 0, 0 },
	                     .subject = chapter->id,
	                     .message = N_("the frame has no place for the chapter '%s': neither "
	                                   "{{{chapters}}} nor {{{%s}}}"),
	                     .args = { chapter->id, chapter->id } });
}

int document_build(struct report *report, const struct document_source *source, struct arena *arena,
    struct findings *findings, struct err *err)
{
	struct captions captions = { 0 };
	struct builder b = { .arena = arena,
		.findings = findings,
		.source = source,
		.report = report,
		.captions = &captions,
		.err = err };
	b.placed = arena_alloc(arena, source->chapter_count + 1);
	report->body = build_node(&b, NODE_SECTION);
	add_frame(&b);
	for (size_t i = 0; i < source->chapter_count; i++)
		if (!b.placed[i])
			add_unplaced(&b, &source->chapters[i]);
	find_empty(&b, report->body);
	if (!b.has_attachments && report->attachment_count)
		build_append(report->body, build_node(&b, NODE_ATTACHMENTS));
	if (source->paper && (*report->issuer || report->date))
		build_append(report->body, build_node(&b, NODE_SIGNATURE));
	build_letter(&b);
	number_sections(&b, report->body, NB_PAREN, "s");
	if (source->annex)
		add_annex(&b);
	captions_number(&captions, report, arena, findings);
	captions_release(&captions);
	return b.failed ? -1 : 0;
}

const char *chinese_date(const char *date, struct arena *arena)
{
	int year = 0, month = 0, day = 0;
	for (int i = 0; date && i < 10; i++) {
		int *part = i < 4 ? &year : i < 7 ? &month : &day;
		if (date[i] >= '0' && date[i] <= '9')
			*part = *part * 10 + (date[i] - '0');
	}
	return date ? arena_printf(arena, "%d年%d月%d日", year, month, day) : "";
}
