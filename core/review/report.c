/*
 * report.c: the composed report: what the law asks for is there, sister
 * chapters are numbered alike, the office's own text is looked at by itself,
 * and typed numbers become figures of the tree.
 */
#include "base/i18n.h"
#include "review/heading.h"
#include "review/review.h"
#include "review/sums.h"
#include "review/table.h"
#include "review/typed.h"

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
	size_t piece_at;                /* numbers come in order: where the last one was */
	struct passage_figure *figures; /* of the passage, growing */
};
struct blocks {
	struct review *review;
	struct arena *arena; /* goes with the review of the report */
	struct block *items;
	size_t count;
	unsigned tables;
	figure_resolver *resolve;
	void *self;
	/* the blocks whose numbers are being traced */
	const struct passage *passages;
	size_t first;
};

/* ---- blocks of the tree --------------------------------------------------------- */

static size_t count_texts(const struct node *node)
{
	size_t count = node->text != NULL;
	for (const struct node *child = node->first; child; child = child->next)
		count += count_texts(child);
	return count;
}

static void gather(struct blocks *blocks, struct block *block, struct node *node, struct buf *text)
{
	struct passage *passage = &block->passage;
	if (node->kind == NODE_BREAK)
		buf_addc(text, '\n');
	if (node->text) {
		block->pieces[block->piece_count++] =
		    (struct piece){ node, text->len, text->len + strlen(node->text) };
		if (node->kind == NODE_FIGURE) {
			block->figures = arena_grow(blocks->arena, block->figures,
			    passage->figure_count, sizeof *block->figures);
			block->figures[passage->figure_count++] =
			    (struct passage_figure){ text->len, text->len + strlen(node->text),
				    "" };
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
	block.pieces = arena_alloc(blocks->arena, count_texts(node) * sizeof *block.pieces);
	gather(blocks, &block, node, &text);
	size_t figure_count = block.passage.figure_count;
	if (text.len) {
		block.passage = passage_plain(blocks->arena, kind,
		    arena_strndup(blocks->arena, text.data, text.len), node->place.file,
		    node->place.line, 0);
		block.passage.figures = block.figures;
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

/* The piece that byte `at` of the block's text is in, or NULL. */
static struct piece *piece_at(struct block *block, size_t at)
{
	while (block->piece_at < block->piece_count && block->pieces[block->piece_at].end <= at)
		block->piece_at++;
	struct piece *piece =
	    block->piece_at < block->piece_count ? &block->pieces[block->piece_at] : NULL;
	return piece && piece->start <= at ? piece : NULL;
}

/* Cuts the range out of a text node and puts a figure in its place, if it lies in one. */
static void make_figure(struct blocks *blocks, struct block *block, size_t start, size_t end,
    const struct figure_use *use)
{
	struct arena *arena = blocks->review->arena;
	struct piece *piece = piece_at(block, start);
	if (!piece || piece->end < end || piece->node->kind != NODE_TEXT)
		return;
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
	piece->node = rest; /* what follows is in the rest */
	piece->start = end;
}

/* The figure that stands at the number already, by {{id}}. */
static const struct figure_use *use_at(struct block *block, const struct number *number)
{
	struct piece *piece = piece_at(block, number->digits);
	return piece && piece->node->kind == NODE_FIGURE ? piece->node->figure : NULL;
}

/* Which figure a typed number states: known from the hand-in, or told by its clause here. */
static const char *name_of(const struct blocks *blocks, const struct block *block,
    const struct traced *traced, enum trace_status *status)
{
	const struct review *review = blocks->review;
	const struct typed *known =
	    block->passage.file ? NULL
	                        : typed_find(review->typed, review->typed_count,
	                              typed_key(block->chapter, &block->passage, &traced->number));
	if (known && known->status != TRACE_FREE)
		*status = known->status;
	if (known)
		return known->status == TRACE_FIGURE ? known->name : NULL;
	return *status == TRACE_FIGURE && traced->stated && !traced->of_last_year
	           ? typed_name(review->arena, traced->stated)
	           : NULL;
}

static void each_number(void *self, const struct traced *traced)
{
	struct blocks *blocks = self;
	struct review *review = blocks->review;
	struct block *block =
	    &blocks->items[blocks->first + (size_t)(traced->passage - blocks->passages)];
	const struct number *number = &traced->number;
	enum trace_status status = traced->status;
	const struct figure_use *use = use_at(block, number);
	const char *name = !use && number->kind == NUMBER_QUANTITY
	                       ? name_of(blocks, block, traced, &status)
	                       : NULL;
	if (name && (use = blocks->resolve(blocks->self, name, NULL)) != NULL) {
		size_t n = strlen(number->quantity.text);
		int written =
		    strncmp(block->passage.text + number->start, number->quantity.text, n) == 0;
		make_figure(blocks, block, written ? number->start : number->digits,
		    written ? number->start + n : number->digits_end, use);
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

/* Blocks [from, to) of one chapter, all written by the office or all composed. */
static void trace_text_of(
    struct blocks *blocks, const struct reviewer *reviewer, size_t from, size_t to)
{
	struct review *review = blocks->review;
	struct arena scratch = { 0 };
	struct passage *passages = arena_alloc(&scratch, (to - from) * sizeof *passages);
	int written = blocks->items[from].passage.file != NULL;
	struct tracer tracer = { .reviewer = reviewer,
		.county = review->county,
		.each = review->numbers_wanted ? each_number : NULL,
		.self = blocks,
		.keep = &scratch };
	for (size_t i = from; i < to; i++)
		passages[i - from] = blocks->items[i].passage;
	blocks->passages = passages;
	blocks->first = from;
	size_t before = review->findings->count;
	if (written || review->numbers_wanted)
		trace_text(&tracer, blocks->items[from].chapter, passages, to - from, written);
	if (written)
		sums_check(reviewer, passages, to - from, tracer.numbers, tracer.number_counts,
		    before, review->findings->count);
	for (size_t i = 0; i < to - from && written; i++) {
		privacy_check(reviewer, &passages[i]);
		typography_check(reviewer, &passages[i]);
		years_check(reviewer, &passages[i]);
		placeholder_check(reviewer, &passages[i]);
	}
	if (written) {
		steps_check(reviewer, passages, to - from);
		table_check(reviewer, passages, to - from);
		for (size_t k = 0; k <= TRACE_OTHER; k++)
			review->counts->of[k] += tracer.counts.of[k];
	}
	arena_release(&scratch);
}

static void trace_blocks(struct blocks *blocks)
{
	struct review *review = blocks->review;
	struct reviewer reviewer = { .arena = review->arena,
		.findings = review->findings,
		.year = review->workspace->year,
		.full_width = review->workspace->full_width };
	for (size_t from = 0, to; from < blocks->count; from = to) {
		const struct block *first = &blocks->items[from];
		for (to = from + 1; to < blocks->count; to++)
			if (strcmp(blocks->items[to].chapter, first->chapter) != 0 ||
			    !blocks->items[to].passage.file != !first->passage.file)
				break;
		reviewer.chapter = first->chapter;
		trace_text_of(blocks, &reviewer, from, to);
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
		for (size_t b = 0; b < blocks->count && !there; b++) {
			const struct block *block = &blocks->items[b];
			/* 下一步 in the middle of a chapter is no plan. */
			int counts = !*block->chapter || block->passage.kind == PASSAGE_HEADLINE;
			for (size_t k = 0; counts && parts[i].words[k]; k++)
				there = there || strstr(block->passage.text, parts[i].words[k]);
		}
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
	review->typed_count = typed_sort(review->typed, review->typed_count);
	add_tree(&blocks, report->body, NULL, "");
	heading_check(review->findings, review->workspace);
	find_parts(review, &blocks);
	find_styles(review, report->body);
	trace_blocks(&blocks);
	arena_release(&scratch);
}
