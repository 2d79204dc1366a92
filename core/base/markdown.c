/* markdown.c: md4c's events made into a tree. The only file that knows md4c. */
#include "base/markdown.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <md4c.h>
#include <string.h>

enum { DEPTH_MAX = 100, SPANS_MAX = 20, CELLS_MAX = 1000000, TARGETS_MAX = 1 << 20, GIVEN_UP = -2 };

struct reader {
	struct arena *arena;
	const char *source;
	size_t size;
	struct md_node *at;
	unsigned depth;                         /* of `at` */
	unsigned ignored_blocks, ignored_spans; /* levels opened beyond what is kept */
	struct buf pending;                     /* text not yet made a node */
	uint32_t pending_at;                    /* where it begins */
	uint32_t last_offset;
	uint32_t target_at;  /* where the target of the last inline link or picture stands */
	size_t target_bytes; /* of all targets; definitions let them grow beyond the source */
	int in_head;
	struct md_node nowhere; /* stands in for nodes beyond DEPTH_MAX; written to, never read */
};

static struct md_node *open_node(struct reader *r, enum md_kind kind)
{
	struct md_node *node = arena_alloc(r->arena, sizeof *node);
	node->kind = kind;
	node->offset = UINT32_MAX; /* set by the first text in it */
	node->parent = r->at;
	if (r->at->last)
		r->at->last->next = node;
	else
		r->at->first = node;
	r->at->last = node;
	return node;
}

/* Behind blanks of any width. */
static const char *skip_blanks(const char *p, const char *end)
{
	for (const char *next = p; next < end; p = next)
		if (!utf8_is_space(utf8_next(&next, end)))
			break;
	return p;
}

static void flush(struct reader *r)
{
	if (r->pending.len == 0)
		return;
	struct md_node *node = open_node(r, MD_TEXT);
	node->text = arena_strndup(r->arena, r->pending.data, r->pending.len);
	node->offset = r->pending_at;
	buf_clear(&r->pending);
}

static struct md_node *push(struct reader *r, enum md_kind kind)
{
	r->at = open_node(r, kind);
	r->depth++;
	return r->at;
}

static void pop(struct reader *r)
{
	if (r->at->offset == UINT32_MAX) {
		/* A picture without words has a place all the same. */
		int linked = r->at->kind == MD_LINK || r->at->kind == MD_IMAGE;
		if (linked && r->target_at > r->last_offset)
			r->last_offset = r->target_at;
		r->at->offset = r->last_offset;
	}
	r->at = r->at->parent;
	r->depth--;
}

static int is_span(const struct md_node *node)
{
	return node->kind >= MD_TEXT;
}

static struct md_node *enter_node(struct reader *r, enum md_kind kind)
{
	flush(r);
	if (r->ignored_blocks || r->depth >= DEPTH_MAX) {
		r->ignored_blocks++;
		return &r->nowhere;
	}
	return push(r, kind);
}

/*
 * md4c 0.4.8 now and then ends spans that it never began, and the other way
 * round ("[](**)*(*"): no span outlives its block here, and none ends a block.
 */
static void leave_node(struct reader *r)
{
	flush(r);
	while (is_span(r->at))
		pop(r);
	r->ignored_spans = 0;
	if (r->ignored_blocks)
		r->ignored_blocks--;
	else if (r->at->parent)
		pop(r);
}

static struct md_node *enter_inline(struct reader *r, enum md_kind kind)
{
	flush(r);
	if (r->ignored_spans || r->depth >= DEPTH_MAX + SPANS_MAX) {
		r->ignored_spans++;
		return &r->nowhere;
	}
	return push(r, kind);
}

static void leave_inline(struct reader *r)
{
	flush(r);
	if (r->ignored_spans)
		r->ignored_spans--;
	else if (is_span(r->at))
		pop(r);
}

/* Decodes the entities people write; others stand as they are. */
static void add_entity(struct buf *out, const char *text, size_t n)
{
	static const struct {
		const char *name, *text;
	} named[] = { { "&amp;", "&" }, { "&lt;", "<" }, { "&gt;", ">" }, { "&quot;", "\"" },
		{ "&nbsp;", "\xC2\xA0" }, { "&ldquo;", "“" }, { "&rdquo;", "”" },
		{ "&mdash;", "—" }, { "&middot;", "·" }, { "&times;", "×" }, { "&hellip;", "…" } };
	for (size_t i = 0; i < sizeof named / sizeof *named; i++)
		if (strlen(named[i].name) == n && memcmp(named[i].name, text, n) == 0) {
			buf_adds(out, named[i].text);
			return;
		}
	if (n > 3 && n < 12 && text[1] == '#') {
		int hex = text[2] == 'x' || text[2] == 'X';
		uint32_t code = 0;
		for (size_t i = hex ? 3 : 2; i + 1 < n; i++) {
			unsigned digit = text[i] <= '9' ? (unsigned)(text[i] - '0')
			                                : ((unsigned)text[i] | 32) - 'a' + 10;
			code = code * (hex ? 16 : 10) + digit;
		}
		if (code >= 0x20 && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF) &&
		    code != 0x7F) {
			utf8_put(out, code);
			return;
		}
	}
	buf_add(out, text, n);
}

static const char *attribute(struct reader *r, const MD_ATTRIBUTE *value)
{
	struct buf text = { 0 };
	const char *at = value->text;
	r->target_bytes += value->size;
	/* Right behind its bracket: not where a definition stands. */
	if (at > r->source + 1 && at < r->source + r->size && at[at[-1] == '<' ? -2 : -1] == '(')
		r->target_at = (uint32_t)(at - r->source);
	for (unsigned i = 0; value->text && value->substr_offsets[i] < value->size; i++) {
		const char *part = value->text + value->substr_offsets[i];
		size_t n = value->substr_offsets[i + 1] - value->substr_offsets[i];
		if (value->substr_types[i] == MD_TEXT_ENTITY)
			add_entity(&text, part, n);
		else
			buf_add(&text, part, n);
	}
	char *copy = arena_strdup(r->arena, buf_str(&text));
	buf_release(&text);
	return copy;
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *self)
{
	struct reader *r = self;
	switch (type) {
	case MD_BLOCK_DOC:
		break;
	case MD_BLOCK_H:
		enter_node(r, MD_HEADING)->level = ((MD_BLOCK_H_DETAIL *)detail)->level;
		break;
	case MD_BLOCK_P:
	case MD_BLOCK_HTML:
		enter_node(r, MD_PARAGRAPH);
		break;
	case MD_BLOCK_UL:
		enter_node(r, MD_LIST)->start = 0;
		break;
	case MD_BLOCK_OL: {
		unsigned start = ((MD_BLOCK_OL_DETAIL *)detail)->start;
		enter_node(r, MD_LIST)->start = start ? start : 1;
		break;
	}
	case MD_BLOCK_LI:
		enter_node(r, MD_ITEM);
		break;
	case MD_BLOCK_QUOTE:
		enter_node(r, MD_QUOTE);
		break;
	case MD_BLOCK_CODE:
		enter_node(r, MD_CODE_BLOCK);
		break;
	case MD_BLOCK_HR:
		enter_node(r, MD_RULE);
		break;
	case MD_BLOCK_TABLE:
		enter_node(r, MD_TABLE);
		break;
	case MD_BLOCK_THEAD:
		r->in_head = 1;
		break;
	case MD_BLOCK_TBODY:
		break;
	case MD_BLOCK_TR:
		enter_node(r, MD_ROW)->level = r->in_head ? 1 : 0;
		break;
	case MD_BLOCK_TH:
	case MD_BLOCK_TD:
		enter_node(r, MD_CELL)->align = (enum align)((MD_BLOCK_TD_DETAIL *)detail)->align;
		break;
	}
	return 0;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *self)
{
	struct reader *r = self;
	(void)detail;
	if (type == MD_BLOCK_THEAD)
		r->in_head = 0;
	else if (type != MD_BLOCK_DOC && type != MD_BLOCK_TBODY)
		leave_node(r);
	return 0;
}

static int enter_span(MD_SPANTYPE type, void *detail, void *self)
{
	struct reader *r = self;
	switch (type) {
	case MD_SPAN_STRONG:
		enter_inline(r, MD_STRONG);
		break;
	case MD_SPAN_CODE:
		enter_inline(r, MD_CODE);
		break;
	case MD_SPAN_A:
		enter_inline(r, MD_LINK)->target =
		    attribute(r, &((MD_SPAN_A_DETAIL *)detail)->href);
		break;
	case MD_SPAN_IMG:
		enter_inline(r, MD_IMAGE)->target =
		    attribute(r, &((MD_SPAN_IMG_DETAIL *)detail)->src);
		break;
	case MD_SPAN_EM:
	case MD_SPAN_DEL:
	case MD_SPAN_LATEXMATH:
	case MD_SPAN_LATEXMATH_DISPLAY:
	case MD_SPAN_WIKILINK:
	case MD_SPAN_U:
		enter_inline(r, MD_EMPHASIS);
		break;
	}
	/* md4c stops at negative ones, and gives -1 itself when it is short of memory. */
	return r->target_bytes > r->size + TARGETS_MAX ? GIVEN_UP : 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *self)
{
	(void)type;
	(void)detail;
	leave_inline(self);
	return 0;
}

/* A line that is indented by two U+3000 begins a paragraph, as whoever types it means it to. */
static void split_paragraph(struct reader *r, const char *bytes, size_t n)
{
	if (r->at->kind != MD_PARAGRAPH || r->ignored_blocks || r->ignored_spans || n < 6 ||
	    strncmp(bytes, "　　", 6) != 0 || r->pending.len == 0 ||
	    r->pending.data[r->pending.len - 1] != '\n')
		return;
	r->pending.len--;
	leave_node(r);
	enter_node(r, MD_PARAGRAPH);
}

static int text(MD_TEXTTYPE type, const MD_CHAR *bytes, MD_SIZE n, void *self)
{
	struct reader *r = self;
	if (type == MD_TEXT_NORMAL)
		split_paragraph(r, bytes, n);
	/* md4c hands out pieces of the source, except for breaks and replacements. */
	if (bytes >= r->source && bytes < r->source + r->size) {
		r->last_offset = (uint32_t)(bytes - r->source);
		for (struct md_node *up = r->at; up && up->offset == UINT32_MAX; up = up->parent)
			up->offset = r->last_offset;
	}
	if (type == MD_TEXT_BR) {
		enter_inline(r, MD_BREAK);
		leave_inline(r);
		return 0;
	}
	if (r->pending.len == 0)
		r->pending_at = r->last_offset;
	switch (type) {
	case MD_TEXT_NULLCHAR:
		buf_adds(&r->pending, "�");
		break;
	case MD_TEXT_SOFTBR:
		buf_addc(&r->pending, '\n');
		break;
	case MD_TEXT_ENTITY:
		add_entity(&r->pending, bytes, n);
		break;
	case MD_TEXT_BR:
	case MD_TEXT_NORMAL:
	case MD_TEXT_CODE:
	case MD_TEXT_HTML:
	case MD_TEXT_LATEXMATH:
		buf_add(&r->pending, bytes, n);
		break;
	}
	return 0;
}

/*
 * md4c gives every row of a table all the columns of its second line, so that a small text can
 * ask for billions of cells: whether it could.
 */
static int tables_explode(const char *source, size_t n)
{
	size_t lines = 1, most = 0;
	const char *end = source + n;
	for (const char *p = source; p < end; p++, lines++) {
		size_t columns = 1;
		int rule = 1;
		for (; p < end && *p != '\n'; p++) {
			columns += *p == '|';
			rule = rule && strchr("|:- \t\r>*+.)0123456789", *p) != NULL;
		}
		if (rule && columns > most)
			most = columns;
	}
	return most > CELLS_MAX / lines;
}

struct md_node *markdown_read(struct arena *arena, const char *source, size_t n)
{
	struct reader r = { .arena = arena, .source = source, .size = n };
	r.at = arena_alloc(arena, sizeof *r.at);
	r.at->kind = MD_DOCUMENT;
	struct md_node *root = r.at;
	MD_PARSER parser = {
		/* Clerks indent paragraphs by blanks: that must not turn them into code. */
		.flags = MD_FLAG_TABLES | MD_FLAG_NOHTML | MD_FLAG_NOINDENTEDCODEBLOCKS,
		.enter_block = enter_block,
		.leave_block = leave_block,
		.enter_span = enter_span,
		.leave_span = leave_span,
		.text = text,
	};
	if (tables_explode(source, n))
		parser.flags &= ~(unsigned)MD_FLAG_TABLES;
	int rc = md_parse(source, (MD_SIZE)n, &parser, &r);
	if (rc != 0 && rc != GIVEN_UP)
		mem_fail();
	if (rc != 0) {
		/* Given up, for it grew without end; nothing is lost, it is one paragraph. */
		root->first = root->last = NULL;
		r.at = root;
		r.depth = r.ignored_blocks = r.ignored_spans = 0;
		r.pending_at = r.last_offset = 0;
		buf_clear(&r.pending);
		enter_node(&r, MD_PARAGRAPH);
		buf_add(&r.pending, source, n);
		leave_node(&r);
	}
	buf_release(&r.pending);
	return root;
}

/* Blanks; a plain one for each wide one. */
static void add_blanks(struct buf *out, const char *p, const char *stop)
{
	while (p < stop) {
		uint32_t c = utf8_next(&p, stop);
		buf_addc(out, c < 0x80 ? (char)c : ' ');
	}
}

/* Where the blanks of any width begin that end a text. */
static const char *before_blanks(const char *start, const char *end)
{
	while (end > start && utf8_is_space(utf8_before(start, end))) {
		do
			end--;
		while (end > start && ((unsigned char)*end & 0xC0) == 0x80);
	}
	return end;
}

static void plain_line(struct buf *out, const char *line, const char *end)
{
	const char *start = skip_blanks(line, end), *words = start;
	size_t hashes = strspn(start, "#");
	if (hashes >= 1 && hashes <= 6)
		words = skip_blanks(start + hashes, end);
	int heading = words > start + hashes || (hashes && words == end);
	if (!heading && start < end && *start != '|') {
		buf_add(out, line, (size_t)(end - line));
		return;
	}
	add_blanks(out, line, start);
	if (heading) {
		buf_add(out, start, hashes);
		add_blanks(out, start + hashes, words);
	}
	/* "标题　{#topic}" */
	const char *stop = before_blanks(words, end), *topic = stop;
	if (heading && stop > words && stop[-1] == '}')
		while (topic > words && *topic != '{')
			topic--;
	const char *last = before_blanks(words, topic);
	buf_add(out, words, (size_t)(last - words));
	add_blanks(out, last, topic);
	buf_add(out, topic, (size_t)(stop - topic));
	add_blanks(out, stop, end);
}

void markdown_plain(struct buf *text)
{
	struct buf out = { 0 };
	const char *p = buf_str(text), *end = p + text->len;
	if (!strstr(p, "　") && !strstr(p, "\xC2\xA0"))
		return;
	while (p < end) {
		const char *newline = memchr(p, '\n', (size_t)(end - p));
		const char *stop = newline ? newline : end;
		plain_line(&out, p, stop);
		if (newline)
			buf_addc(&out, '\n');
		p = newline ? newline + 1 : end;
	}
	buf_release(text);
	*text = out;
}

unsigned markdown_line(const char *text, size_t offset)
{
	unsigned line = 1;
	for (const char *p = text; (p = memchr(p, '\n', offset - (size_t)(p - text))) != NULL; p++)
		line++;
	return line;
}

unsigned markdown_line_next(struct md_lines *lines, const char *text, size_t offset)
{
	if (offset < lines->at || lines->line == 0)
		*lines = (struct md_lines){ .line = 1 };
	lines->line += markdown_line(text + lines->at, offset - lines->at) - 1;
	lines->at = offset;
	return lines->line;
}

int markdown_target_is_safe(const char *target)
{
	static const char *const schemes[] = { "http://", "https://", "mailto:" };
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
		if (strncmp(target, schemes[i], strlen(schemes[i])) == 0)
			return 1;
	return 0;
}

void markdown_escape(struct buf *out, const char *text)
{
	for (const char *p = text; *p; p++) {
		/* At the start of a line a few more characters begin a block. */
		int line_start = p == text || p[-1] == '\n';
		int special = strchr("\\`*_{}[]<>|&", *p) != NULL ||
		              (line_start && strchr("#+-=~", *p) != NULL);
		/* "1. " and "1) " begin a list when they begin a line. */
		if ((*p == '.' || *p == ')') && p > text && (p[1] == ' ' || p[1] == '\0')) {
			const char *digit = p;
			while (digit > text && digit[-1] >= '0' && digit[-1] <= '9')
				digit--;
			special = digit < p && (digit == text || digit[-1] == '\n');
		}
		if (special)
			buf_addc(out, '\\');
		buf_addc(out, *p);
	}
}
