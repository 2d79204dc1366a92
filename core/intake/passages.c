/* passages.c: blocks of Markdown made passages: text without markup, and where it was written. */
#include "intake/passages.h"

#include "intake/reference.h"

#include <ctype.h>
#include <string.h>

struct maker {
	struct reader *reader;
	struct written *written;
	const struct passages_source *source;
	size_t at; /* byte of the source gone to, and where it stands */
	uint32_t line, column;
	size_t point; /* how many points have begun */
	unsigned tables;
	/* of the passage being made */
	int begun; /* its first text has been placed */
	struct buf text;
	struct buf spans;   /* struct passage_span */
	struct buf figures; /* struct passage_figure */
};

uint32_t passages_line(const struct passages_source *source, uint32_t line)
{
	return source->lines && line && line <= source->line_count ? source->lines[line - 1].line
	                                                           : line;
}

/* Markup of a text that was made: backslashes before specials, ** around what is bold. */
static int is_ours(const char *p)
{
	return (*p == '\\' && ispunct((unsigned char)p[1])) ||
	       (*p == '*' && (p[1] == '*' || p[-1] == '*') && p[-1] != '\\');
}

/*
 * Where a byte of the source stands for whoever wrote the file. Offsets mostly
 * rise, so the way is gone once: a line of a megabyte costs no more than that.
 */
static struct passage_span place_of(struct maker *m, size_t offset)
{
	const struct passages_source *source = m->source;
	const char *text = source->text;
	if (offset > source->size)
		offset = source->size;
	if (offset < m->at) {
		m->at = 0;
		m->line = m->column = 1;
	}
	for (; m->at < offset; m->at++) {
		unsigned char c = (unsigned char)text[m->at];
		if (c == '\n') {
			m->line++;
			m->column = 1;
		} else {
			m->column += (c & 0xC0) != 0x80 &&
			             !(source->lines && m->at && is_ours(text + m->at));
		}
	}
	if (source->lines && m->line <= source->line_count && !m->begun++)
		m->column = source->lines[m->line - 1].column;
	int unknown = source->lines && m->line <= source->line_count &&
	              source->lines[m->line - 1].column == 0;
	return (struct passage_span){ m->text.len, passages_line(source, m->line),
		unknown ? 0 : m->column };
}

static void add_span(struct maker *m, struct passage_span span)
{
	buf_add(&m->spans, &span, sizeof span);
}

/* `span` moved behind `n` bytes of text that stand in the source as they are. */
static struct passage_span behind(struct passage_span span, const char *text, size_t n)
{
	for (size_t i = 0; i < n && span.column; i++) { /* one not known stays so */
		if (text[i] == '\n') {
			span.line++;
			span.column = 1;
		} else {
			span.column += ((unsigned char)text[i] & 0xC0) != 0x80;
		}
	}
	return span;
}

static void add_figure(struct maker *m, const struct reference *reference)
{
	struct arena *arena = m->reader->arena;
	const struct written *in;
	const struct nb_value *value =
	    reference_value(m->reader->submission, m->written, reference->name, &in);
	size_t start = m->text.len;
	if (!value) { /* that it names no figure has been found */
		buf_add(&m->text, reference->start, (size_t)(reference->end - reference->start));
		return;
	}
	buf_adds(&m->text, value->quantity.state == NB_ABSENT ? "〔缺〕" : value->quantity.text);
	struct passage_figure figure = { start, m->text.len,
		arena_printf(arena, "%s.%s.%s", m->reader->department ? m->reader->department : "",
		    in->chapter->id, value->id) };
	buf_add(&m->figures, &figure, sizeof figure);
}

static void add_text(struct maker *m, const struct md_node *node)
{
	const char *from = node->text;
	struct reference reference;
	struct passage_span at = place_of(m, node->offset);
	add_span(m, at);
	while (reference_next(from, &reference)) {
		size_t before = (size_t)(reference.start - from);
		size_t braces = (size_t)(reference.end - reference.start);
		buf_add(&m->text, from, before);
		at = behind(behind(at, from, before), reference.start, braces);
		add_figure(m, &reference);
		at.at = m->text.len;
		add_span(m, at);
		from = reference.end;
	}
	buf_adds(&m->text, from);
}

static int is_inline(const struct md_node *node)
{
	return node->kind >= MD_TEXT;
}

static void add_inlines(struct maker *m, const struct md_node *node)
{
	for (; node && is_inline(node); node = node->next) {
		if (node->kind == MD_TEXT)
			add_text(m, node);
		else if (node->kind == MD_BREAK)
			buf_addc(&m->text, '\n');
		else if (node->kind != MD_IMAGE)
			add_inlines(m, node->first);
	}
}

/* "关于甲 {#topic}" without what files it. */
static void cut_topic(struct maker *m)
{
	char *open = m->text.len ? strrchr(m->text.data, '{') : NULL;
	if (!open || open[1] != '#' || m->text.data[m->text.len - 1] != '}')
		return;
	while (open > m->text.data && open[-1] == ' ')
		open--;
	m->text.len = (size_t)(open - m->text.data);
	*open = '\0';
}

/* As much as there is: a table has many cells. */
static const void *keep(struct arena *arena, const struct buf *items)
{
	return items->len ? memcpy(arena_alloc(arena, items->len), items->data, items->len) : NULL;
}

/* Makes a passage of what stands from `first` on up to the next block. NULL if it is empty. */
static struct passage *make(struct maker *m, enum passage_kind kind, const struct md_node *first)
{
	struct arena *arena = m->reader->arena;
	struct written *written = m->written;
	buf_clear(&m->text);
	buf_clear(&m->spans);
	buf_clear(&m->figures);
	m->begun = 0;
	add_inlines(m, first);
	if (kind == PASSAGE_HEADLINE)
		cut_topic(m);
	if (m->text.len == 0)
		return NULL;
	written->passages =
	    arena_grow(arena, written->passages, written->passage_count, sizeof *written->passages);
	struct passage *passage = &written->passages[written->passage_count++];
	*passage = (struct passage){ .kind = kind,
		.text = arena_strndup(arena, m->text.data, m->text.len),
		.size = m->text.len,
		.file = m->source->file,
		.spans = keep(arena, &m->spans),
		.span_count = m->spans.len / sizeof(struct passage_span),
		.figures = keep(arena, &m->figures),
		.figure_count = m->figures.len / sizeof(struct passage_figure),
		.row_head = "",
		.column_head = "",
		.point = (size_t)-1 };
	while (m->point < written->point_count &&
	       written->points[m->point].place.line <= passage->spans[0].line)
		m->point++;
	passage->point = m->point - 1;
	return passage;
}

static void make_table(struct maker *m, const struct md_node *table)
{
	enum { HEADS_MAX = 64 };
	const char *heads[HEADS_MAX];
	unsigned row = 0;
	for (const struct md_node *line = table->first; line; line = line->next, row++) {
		const char *row_head = "";
		unsigned column = 0;
		for (const struct md_node *cell = line->first; cell; cell = cell->next, column++) {
			struct passage *passage = make(m, PASSAGE_CELL, cell->first);
			const char *text = passage ? passage->text : "";
			if (row == 0 && column < HEADS_MAX)
				heads[column] = text;
			if (column == 0)
				row_head = text;
			if (!passage)
				continue;
			passage->table = m->tables;
			passage->row = row;
			passage->column = column;
			passage->row_head = column ? row_head : "";
			passage->column_head = row && column < HEADS_MAX ? heads[column] : "";
		}
		/* Cells that a ragged head lacks. */
		for (; row == 0 && column < HEADS_MAX; column++)
			heads[column] = "";
	}
	m->tables++;
}

static void make_blocks(struct maker *m, const struct md_node *parent)
{
	for (const struct md_node *node = parent->first; node; node = node->next) {
		if (node->kind == MD_TABLE)
			make_table(m, node);
		else if (node->kind == MD_HEADING)
			make(m, PASSAGE_HEADLINE, node->first);
		else if (is_inline(node)) { /* of a tight list's item */
			make(m, PASSAGE_TEXT, node);
			while (node->next && is_inline(node->next))
				node = node->next;
		} else
			make_blocks(m, node);
	}
}

void passages_read(
    struct reader *reader, struct written *written, const struct passages_source *source)
{
	struct maker maker = {
		.reader = reader, .written = written, .source = source, .line = 1, .column = 1
	};
	make_blocks(&maker, source->document);
	buf_release(&maker.text);
	buf_release(&maker.spans);
	buf_release(&maker.figures);
}
