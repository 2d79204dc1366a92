/*
 * report.c: the composed report: what the law asks for is there, sister
 * chapters are numbered alike, the office's own text is looked at like a
 * department's, and typed numbers become figures of the tree.
 */
#include "base/i18n.h"
#include "review/review.h"
#include "review/typed.h"

#include <stdlib.h>
#include <string.h>

/* A block's text as a passage, and which node each of its bytes is in. */
struct piece {
	struct node *node;
	size_t start, end;
};
struct block {
	struct passage passage;
	struct node *node;
	const struct node *section;
	const char *chapter;
	struct piece *pieces;
	size_t piece_count;
};
struct blocks {
	struct review *review;
	struct arena *arena; /* goes with the review of the report */
	struct block *items;
	size_t count;
	unsigned tables;
	figure_resolver *resolve;
	void *self;
	/* the block whose numbers are being traced */
	size_t at;
};

/* ---- blocks of the tree --------------------------------------------------------- */

static void gather(struct blocks *blocks, struct block *block, struct node *node, struct buf *text)
{
	struct passage *passage = &block->passage;
	if (node->kind == NODE_BREAK)
		buf_addc(text, '\n');
	if (node->text) {
		block->pieces = arena_grow(
		    blocks->arena, block->pieces, block->piece_count, sizeof *block->pieces);
		block->pieces[block->piece_count++] =
		    (struct piece){ node, text->len, text->len + strlen(node->text) };
		if (node->kind == NODE_FIGURE) {
			struct passage_figure *figures = arena_alloc(
			    blocks->arena, (passage->figure_count + 1) * sizeof *figures);
			if (passage->figure_count)
				memcpy(figures, passage->figures,
				    passage->figure_count * sizeof *figures);
			figures[passage->figure_count++] = (struct passage_figure){ text->len,
				text->len + strlen(node->text), "" };
			passage->figures = figures;
		}
		buf_adds(text, node->text);
	}
	for (struct node *child = node->first; child; child = child->next)
		gather(blocks, block, child, text);
}

static struct block *add_block(struct blocks *blocks, struct node *node, enum passage_kind kind,
    const struct node *section, const char *chapter)
{
	struct block block = { .node = node, .section = section, .chapter = chapter };
	struct buf text = { 0 };
	gather(blocks, &block, node, &text);
	const struct passage_figure *figures = block.passage.figures;
	size_t figure_count = block.passage.figure_count;
	if (text.len) {
		block.passage = passage_plain(blocks->arena, kind,
		    arena_strndup(blocks->arena, text.data, text.len), node->place.file,
		    node->place.line, 0);
		block.passage.figures = figures;
		block.passage.figure_count = figure_count;
		blocks->items =
		    arena_grow(blocks->arena, blocks->items, blocks->count, sizeof *blocks->items);
		blocks->items[blocks->count++] = block;
	}
	int empty = text.len == 0;
	buf_release(&text);
	return empty ? NULL : &blocks->items[blocks->count - 1];
}

static void add_table(
    struct blocks *blocks, struct node *table, const struct node *section, const char *chapter)
{
	enum { HEADS_MAX = 64 };
	const char *heads[HEADS_MAX] = { 0 };
	unsigned r = 0;
	for (struct node *row = table->first; row; row = row->next, r++) {
		const char *row_head = "";
		unsigned c = 0;
		for (struct node *cell = row->first; cell; cell = cell->next, c++) {
			struct block *block =
			    add_block(blocks, cell, PASSAGE_CELL, section, chapter);
			const char *text = block ? block->passage.text : "";
			if (r == 0 && c < HEADS_MAX)
				heads[c] = text;
			if (c == 0)
				row_head = text;
			if (!block)
				continue;
			block->passage.table = blocks->tables;
			block->passage.row = r;
			block->passage.column = c;
			block->passage.row_head = c ? row_head : "";
			block->passage.column_head = r && c < HEADS_MAX && heads[c] ? heads[c] : "";
		}
	}
	blocks->tables++;
}

static void add_tree(
    struct blocks *blocks, struct node *parent, const struct node *section, const char *chapter)
{
	for (struct node *node = parent->first; node; node = node->next) {
		if (node->kind == NODE_SECTION) {
			const char *own = node->chapter && *node->chapter ? node->chapter : chapter;
			if (node->title)
				add_block(blocks, node->title, PASSAGE_HEADLINE, node, own);
			add_tree(blocks, node, node->title ? node : section, own);
		} else if (node->kind == NODE_TABLE) {
			add_table(blocks, node, section, chapter);
		} else if (node->kind == NODE_PARAGRAPH) {
			add_block(blocks, node, PASSAGE_TEXT, section, chapter);
		} else {
			add_tree(blocks, node, section, chapter);
		}
	}
}

/* ---- numbers ---------------------------------------------------------------------- */

static int by_key(const void *a, const void *b)
{
	uint64_t x = ((const struct typed *)a)->key, y = ((const struct typed *)b)->key;
	return x < y ? -1 : x > y;
}

/* Cuts the range out of a text node and puts a figure in its place. */
static void make_figure(struct blocks *blocks, struct block *block, size_t start, size_t end,
    const struct figure_use *use)
{
	struct arena *arena = blocks->review->arena;
	for (size_t i = 0; i < block->piece_count; i++) {
		struct piece *piece = &block->pieces[i];
		if (piece->start > start || piece->end < end || piece->node->kind != NODE_TEXT)
			continue;
		struct node *node = piece->node;
		const char *text = node->text;
		struct node *figure = arena_alloc(arena, sizeof *figure);
		struct node *rest = arena_alloc(arena, sizeof *rest);
		*figure = (struct node){ .kind = NODE_FIGURE,
			.number = "",
			.figure = use,
			.text = arena_strndup(arena, text + (start - piece->start), end - start),
			.parent = node->parent,
			.next = rest };
		*rest = (struct node){ .kind = NODE_TEXT,
			.number = "",
			.text = text + (end - piece->start),
			.parent = node->parent,
			.next = node->next };
		if (node->parent->last == node)
			node->parent->last = rest;
		node->next = figure;
		node->text = arena_strndup(arena, text, start - piece->start);
		/* Numbers come in order: what follows is in the rest. */
		piece->node = rest;
		piece->start = end;
		return;
	}
}

static const struct figure_use *use_at(const struct block *block, size_t start, size_t end)
{
	for (size_t i = 0; i < block->piece_count; i++)
		if (block->pieces[i].node->kind == NODE_FIGURE && block->pieces[i].start < end &&
		    block->pieces[i].end > start)
			return block->pieces[i].node->figure;
	return NULL;
}

static void each_number(void *self, const struct traced *traced)
{
	struct blocks *blocks = self;
	struct review *review = blocks->review;
	/* Passages are copies that lie side by side in the order of their blocks. */
	struct block *block = &blocks->items[blocks->at];
	const struct number *number = &traced->number;
	enum trace_status status = traced->status;
	const struct figure_use *use = use_at(block, number->start, number->end);
	struct typed key = { typed_key(&block->passage, number), NULL };
	const char *name = NULL;
	if (!use && number->kind == NUMBER_QUANTITY && !block->passage.file &&
	    review->typed_count) {
		const struct typed *known =
		    bsearch(&key, review->typed, review->typed_count, sizeof key, by_key);
		name = known ? known->name : NULL;
	}
	if (!use && !name && status == TRACE_FIGURE && traced->stated && !traced->of_last_year)
		name = typed_name(review->arena, traced->stated);
	if (!use && name) {
		use = blocks->resolve(blocks->self, name, NULL);
		size_t n = strlen(number->quantity.text);
		size_t end = number->start + n;
		int written =
		    strncmp(block->passage.text + number->start, number->quantity.text, n) == 0;
		if (use)
			make_figure(blocks, block, written ? number->start : number->digits,
			    written ? end : number->digits_end, use);
	}
	if (use)
		status = TRACE_FIGURE;
	review->report_counts->of[status]++;
	review->numbers = arena_grow(
	    review->arena, review->numbers, review->number_count, sizeof *review->numbers);
	review->numbers[review->number_count++] = (struct report_number){
		.text = arena_strndup(review->arena, block->passage.text + number->start,
		    number->end - number->start),
		.status = trace_status_id(status),
		.kind = number_kind_id(number->kind),
		.figure = use,
		.section = block->section,
		.chapter = block->chapter,
		.place = block->node->place,
	};
}

/* Consecutive blocks of one chapter that the office wrote are one text. */
static void trace_blocks(struct blocks *blocks)
{
	struct review *review = blocks->review;
	struct reviewer reviewer = { .arena = review->arena,
		.findings = review->findings,
		.year = review->workspace->year,
		.full_width = review->workspace->full_width };
	for (size_t i = 0; i < blocks->count; i++) {
		const struct block *block = &blocks->items[i];
		struct tracer tracer = { .reviewer = &reviewer,
			.county = review->county,
			.each = each_number,
			.self = blocks };
		if (!review->numbers_wanted && !block->passage.file)
			continue;
		blocks->at = i;
		trace_text(
		    &tracer, block->chapter, &block->passage, 1, block->passage.file != NULL);
		if (!block->passage.file)
			continue;
		privacy_check(&reviewer, &block->passage);
		typography_check(&reviewer, &block->passage);
		years_check(&reviewer, &block->passage);
		for (size_t k = 0; k <= TRACE_OTHER; k++)
			review->counts->of[k] += tracer.counts.of[k];
	}
}

/* ---- what the law asks for ------------------------------------------------------------ */

/*
 * The parts of 督察工作规定 (厅字〔2019〕28号) beyond what was done: a report has them as a
 * chapter, or speaks of them in its frame. That a chapter is empty is found elsewhere.
 */
static void find_parts(const struct review *review, const struct blocks *blocks)
{
	static const struct {
		const char *chapter, *name;
		const char *words[4];
	} parts[] = {
		{ "leadership", "党政主要负责人履行推进法治建设第一责任人职责情况",
		    { "第一责任人", "主要负责人履行", NULL } },
		{ "shortcomings", "存在的不足和原因", { "不足", "存在的问题", "短板", NULL } },
		{ "plan", "下一年度工作安排", { "下一年", "下一步", "明年", NULL } },
	};
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		int there = catalog_chapter(review->catalog, parts[i].chapter) != NULL;
		for (size_t b = 0; b < blocks->count && !there; b++)
			for (size_t k = 0; parts[i].words[k]; k++)
				there = there ||
				        strstr(blocks->items[b].passage.text, parts[i].words[k]);
		if (!there)
			FIND(review->findings, REPORT_PART_MISSING, NULL,
			    AT(review->workspace->report_file, 0, 0), parts[i].chapter,
			    N_("the report lacks the part '%s' (chapter %s)"), parts[i].name,
			    parts[i].chapter);
	}
}

/* How the points of a section are numbered: "一是" or "（一）"; NULL without two of them. */
static const char *style_of(const struct node *section)
{
	const char *first = NULL;
	size_t count = 0;
	for (const struct node *node = section->first; node; node = node->next)
		if (node->kind == NODE_SECTION && node->title && *node->number) {
			first = first ? first : node->number;
			count++;
		}
	if (count < 2)
		return NULL;
	return strstr(first, "是") ? "一是" : "（一）";
}

/* Once for the report: chapters side by side, some 一是, some （一）. */
static int find_styles(const struct review *review, const struct node *parent)
{
	const struct node *other = NULL;
	const char *style = NULL;
	for (const struct node *node = parent->first; node; node = node->next) {
		if (node->kind != NODE_SECTION)
			continue;
		const char *own =
		    node->title && node->chapter && *node->chapter ? style_of(node) : NULL;
		if (own && style && strcmp(own, style) != 0) {
			FIND(review->findings, REPORT_NUMBERING, NULL,
			    AT(review->workspace->report_file, 0, 0), "numbering",
			    N_("points are numbered in two ways: %s in the chapter '%s', %s in "
			       "'%s'"),
			    style, node_text(other->title, review->arena), own,
			    node_text(node->title, review->arena));
			return 1;
		}
		if (own && !style) {
			style = own;
			other = node;
		}
		if (find_styles(review, node))
			return 1;
	}
	return 0;
}

void review_report(
    struct review *review, struct report *report, figure_resolver *resolve, void *self)
{
	struct arena scratch = { 0 };
	struct blocks blocks = {
		.review = review, .arena = &scratch, .resolve = resolve, .self = self
	};
	review->report_counts = arena_alloc(review->arena, sizeof *review->report_counts);
	if (review->typed_count)
		qsort(review->typed, review->typed_count, sizeof *review->typed, by_key);
	add_tree(&blocks, report->body, NULL, "");
	find_parts(review, &blocks);
	find_styles(review, report->body);
	trace_blocks(&blocks);
	arena_release(&scratch);
}
