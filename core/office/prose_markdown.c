/*
 * prose_markdown.c: paragraphs set as a narrative.
 *
 * First the range is cut into pieces (a line of a paragraph, a table), then it
 * is decided which of them open points, then each is written. Each of the
 * three is one pass.
 */
#include "office/prose_markdown.h"

#include "base/markdown.h"
#include "base/utf8.h"
#include "office/numbering.h"

#include <stdlib.h>
#include <string.h>

enum {
	COLUMNS_MAX = 64,
	CELLS_MAX = 100000,
	SHORT = 40 /* characters of a sub-point's headline */
};

enum role { ROLE_PROSE, ROLE_POINT, ROLE_SUB_POINT, ROLE_DEEPER, ROLE_TABLE };

/* A line of a paragraph, or the paragraphs of a table. */
struct piece {
	const struct prose_paragraph *p;
	size_t from, to; /* of its text; of a table: indexes of paragraphs */
	struct numbering numbering;
	int is_automatic; /* the number is Word's own and not in the text */
	enum role role;
	unsigned depth; /* of a heading, from 2 */
};

struct writer {
	const struct prose *prose;
	const struct prose_range *range;
	struct arena *arena;
	size_t titles; /* paragraphs of the document's title, at its start */
	struct piece *pieces;
	size_t count;
	struct buf out;
	unsigned *lines;
	size_t line_count, line_room;
	/* Where in the bold spans and pictures of `p` the last piece ended. */
	const struct prose_paragraph *p;
	size_t bold, image;
};

/* ---- text -------------------------------------------------------------- */

static int is_space_at(const char *p, const char *end)
{
	return utf8_is_space(utf8_next(&p, end));
}

/* Takes blanks off both ends of a stretch of text. */
static void trim(const char *text, size_t *from, size_t *to)
{
	const char *start = text + *from, *end = text + *to;
	while (start < end && is_space_at(start, end))
		utf8_next(&start, end);
	while (end > start) {
		const char *last = end - 1;
		while (last > start && ((unsigned char)*last & 0xC0) == 0x80)
			last--;
		if (!is_space_at(last, end))
			break;
		end = last;
	}
	*from = (size_t)(start - text);
	*to = (size_t)(end - text);
}

static int ends_with(const char *text, size_t from, size_t to, const char *word)
{
	size_t n = strlen(word);
	return to - from >= n && memcmp(text + to - n, word, n) == 0;
}

/* Behind the first 。 that is in no quotation or bracket; `to` if there is none. */
static size_t sentence_end(const char *text, size_t from, size_t to)
{
	int depth = 0;
	const char *end = text + to;
	for (const char *p = text + from; p < end;) {
		uint32_t code = utf8_next(&p, end);
		if (code == 0x201C || code == 0xFF08 || code == 0x300A)
			depth++;
		else if ((code == 0x201D || code == 0xFF09 || code == 0x300B) && depth > 0)
			depth--;
		else if (code == 0x3002 && depth == 0)
			return (size_t)(p - text);
	}
	return to;
}

static size_t characters(const char *text, size_t from, size_t to)
{
	size_t count = 0;
	for (; from < to; from++)
		count += ((unsigned char)text[from] & 0xC0) != 0x80;
	return count;
}

/* ---- writing lines ----------------------------------------------------- */

static void end_line(struct writer *w, unsigned paragraph)
{
	if (w->line_count == w->line_room) {
		w->line_room = w->line_room ? w->line_room * 2 : 64;
		w->lines = mem_realloc(w->lines, w->line_room * sizeof *w->lines);
	}
	w->lines[w->line_count++] = paragraph;
	buf_addc(&w->out, '\n');
}

/* Ends the block with a blank line. */
static void end_block(struct writer *w, unsigned paragraph)
{
	end_line(w, paragraph);
	end_line(w, paragraph);
}

/* The length of a {{…}} that stands here, else 0. */
static size_t reference_length(const char *text, size_t from, size_t to)
{
	size_t at = from;
	if (to - from < 4 || text[at] != '{' || text[at + 1] != '{')
		return 0;
	while (at < to && text[at] == '{')
		at++;
	while (at < to && !strchr("{}\n", text[at]))
		at++;
	if (to - at < 2 || text[at] != '}' || text[at + 1] != '}')
		return 0;
	while (at < to && text[at] == '}')
		at++;
	return at - from;
}

static void escape(struct writer *w, const char *text, size_t from, size_t to)
{
	struct buf plain = { 0 };
	for (size_t i = from; i < to; i++)
		buf_addc(&plain, strchr("\t\n", text[i]) ? ' ' : text[i]);
	markdown_escape(&w->out, buf_str(&plain));
	buf_release(&plain);
}

/* Text escaped, its {{…}} excepted. */
static void put_text(struct writer *w, const char *text, size_t from, size_t to)
{
	size_t done = from;
	for (size_t at = from; at < to;) {
		size_t n = reference_length(text, at, to);
		if (n == 0) { /* if not here, then nowhere in this run of braces */
			size_t run = at;
			while (run < to && text[run] == '{')
				run++;
			at = run > at ? run : at + 1;
			continue;
		}
		escape(w, text, done, at);
		buf_add(&w->out, text + at, n);
		at += n;
		done = at;
	}
	escape(w, text, done, to);
}

static void put_image(struct writer *w, const struct prose_image *image)
{
	buf_adds(&w->out, "![");
	escape(w, image->alt, 0, strlen(image->alt));
	buf_adds(&w->out, "](<");
	for (const char *p = image->name; *p; p++) {
		if (strchr("<>\\", *p))
			buf_addc(&w->out, '\\');
		buf_addc(&w->out, *p);
	}
	buf_adds(&w->out, ">)");
}

/*
 * What of a bold stretch can be marked so that Markdown takes it for bold
 * whatever stands beside it: from letter to letter.
 */
static void shrink(const char *text, size_t *from, size_t *to)
{
	size_t first = *to, last = *from;
	const char *end = text + *to;
	for (const char *p = text + *from; p < end;) {
		size_t at = (size_t)(p - text), n = reference_length(text, at, *to);
		uint32_t code = utf8_next(&p, end);
		if (n) {
			p = text + at + n;
			continue;
		}
		while (code == '{' && p < end && *p == '{')
			p++;
		if (utf8_is_han(code) ||
		    (code < 0x80 && ((code >= '0' && code <= '9') ||
		                        ((code | 0x20) >= 'a' && (code | 0x20) <= 'z')))) {
			first = at < first ? at : first;
			last = (size_t)(p - text);
		}
	}
	*from = first;
	*to = last;
}

static void look_at(struct writer *w, const struct prose_paragraph *p)
{
	if (w->p == p)
		return;
	w->p = p;
	w->bold = w->image = 0;
}

/* A stretch of a paragraph that holds no picture; with `bold` its bold spans marked. */
static void put_spans(
    struct writer *w, const struct prose_paragraph *p, size_t from, size_t to, int bold)
{
	while (bold && w->bold < p->bold_count && p->bold[w->bold].from < to) {
		const struct prose_span *span = &p->bold[w->bold];
		size_t start = span->from < from ? from : span->from;
		size_t end = span->to > to ? to : span->to;
		if (start < end)
			shrink(p->text, &start, &end);
		if (start < end) {
			put_text(w, p->text, from, start);
			buf_adds(&w->out, "**");
			put_text(w, p->text, start, end);
			buf_adds(&w->out, "**");
			from = end;
		}
		if (span->to > to)
			break;
		w->bold++;
	}
	put_text(w, p->text, from, to);
}

/* A stretch of a paragraph with its pictures. */
static void put_inline(
    struct writer *w, const struct prose_paragraph *p, size_t from, size_t to, int bold)
{
	look_at(w, p);
	while (w->image < p->image_count && p->images[w->image].at <= to) {
		size_t at = p->images[w->image].at;
		if (at > from) {
			put_spans(w, p, from, at, bold);
			from = at;
		}
		put_image(w, &p->images[w->image++]);
	}
	put_spans(w, p, from, to, bold);
}

/* ---- cutting into pieces ----------------------------------------------- */

static struct piece *add_piece(struct writer *w, const struct prose_paragraph *p)
{
	w->pieces = arena_grow(w->arena, w->pieces, w->count, sizeof *w->pieces);
	w->pieces[w->count] = (struct piece){ .p = p };
	return &w->pieces[w->count++];
}

static void add_line(struct writer *w, const struct prose_paragraph *p, size_t from, size_t to)
{
	int is_first = from == 0;
	trim(p->text, &from, &to);
	if (from == to && p->image_count == 0)
		return;
	struct piece *piece = add_piece(w, p);
	piece->from = from;
	piece->to = to;
	if (is_first && *p->numbering) {
		piece->is_automatic = 1;
		piece->numbering = numbering_at(p->numbering);
	} else {
		char *text =
		    arena_strndup(w->arena, p->text + from, to - from < 200 ? to - from : 200);
		piece->numbering = numbering_at(text);
	}
}

/* Lines set apart by hand are paragraphs to whoever reads them; headings are one line. */
static void cut_paragraph(struct writer *w, const struct prose_paragraph *p)
{
	size_t n = strlen(p->text), from = 0;
	if (p->kind == PROSE_HEADING) {
		add_line(w, p, 0, n);
		return;
	}
	for (;;) {
		const char *newline = memchr(p->text + from, '\n', n - from);
		size_t to = newline ? (size_t)(newline - p->text) : n;
		add_line(w, p, from, to);
		if (!newline)
			return;
		from = to + 1;
	}
}

static int is_left_out(const struct writer *w, size_t i)
{
	enum prose_kind kind = w->prose->paragraphs[i].kind;
	return kind == PROSE_GUIDANCE || kind == PROSE_CONTENTS || i < w->titles;
}

/* A table that can be set as one: neither a frame around a text nor mostly empty. */
static int is_table(const struct writer *w, size_t from, size_t to)
{
	const struct prose_paragraph *all = w->prose->paragraphs;
	const struct prose_table *table = &w->prose->tables[all[from].table - 1];
	size_t rows = all[to - 1].row - all[from].row + 1;
	return table->columns > 1 && table->columns <= COLUMNS_MAX &&
	       rows * table->columns <= CELLS_MAX && rows <= 2 * (to - from);
}

static void cut(struct writer *w)
{
	const struct prose_paragraph *all = w->prose->paragraphs;
	size_t end = w->range->to < w->prose->count ? w->range->to : w->prose->count;
	while (w->titles < w->prose->count && all[w->titles].kind == PROSE_TITLE)
		w->titles++;
	for (size_t i = w->range->from; i < end; i++) {
		size_t to = i;
		while (to < end && all[i].table && all[to].table == all[i].table)
			to++;
		if (to > i && is_table(w, i, to)) {
			struct piece *piece = add_piece(w, &all[i]);
			piece->from = i;
			piece->to = to;
			piece->role = ROLE_TABLE;
			i = to - 1;
		} else {
			for (to = to > i ? to : i + 1; i < to; i++)
				if (!is_left_out(w, i))
					cut_paragraph(w, &all[i]);
			i--;
		}
	}
}

/* ---- which of them open points ----------------------------------------- */

/* Where the text of a piece begins, its number cut off. */
static size_t behind_number(const struct piece *piece)
{
	return piece->from + (piece->is_automatic ? 0 : piece->numbering.length);
}

/* Whether text follows the headline in the same line. */
static int is_run_in(const struct piece *piece)
{
	const char *text = piece->p->text;
	return sentence_end(text, behind_number(piece), piece->to) < piece->to;
}

/* An entry of an enumeration: 甲； */
static int is_entry(const struct piece *piece)
{
	const char *text = piece->p->text;
	return ends_with(text, piece->from, piece->to, "；") ||
	       ends_with(text, piece->from, piece->to, ";") ||
	       ends_with(text, piece->from, piece->to, "，");
}

/* A sentence with a number before it, and nothing behind it: 1.开展培训3次。 */
static int is_sentence(const struct piece *piece)
{
	return ends_with(piece->p->text, piece->from, piece->to, "。") && !is_run_in(piece);
}

static int is_of(const struct piece *piece, enum numbering_kind kind)
{
	return piece->role != ROLE_TABLE && piece->numbering.kind == kind;
}

/* Whether the numbers of a kind open points, and not the entries of an enumeration. */
static int opens_points(const struct writer *w, enum numbering_kind kind)
{
	int has_text = 0;
	size_t count = 0;
	for (size_t i = 0; i < w->count; i++) {
		const struct piece *piece = &w->pieces[i];
		if (!is_of(piece, kind))
			continue;
		/* Brackets are hardly ever anything else; "3." and 三、 alone may be. */
		if (count == 0 && piece->numbering.value != 1 && kind != NUMBERING_PAREN &&
		    kind != NUMBERING_PAREN_ARABIC)
			return 0;
		if (is_entry(piece) || (kind >= NUMBERING_ARABIC && is_sentence(piece)))
			return 0;
		count++;
		has_text |= is_run_in(piece) || (i + 1 < w->count && !is_of(piece + 1, kind));
	}
	return has_text && (count > 1 || kind == NUMBERING_PAREN);
}

/* Sub-points have short headlines; what has not is a sentence with a number before it. */
static int opens_sub_points(const struct writer *w, enum numbering_kind kind)
{
	if (!opens_points(w, kind))
		return 0;
	for (size_t i = 0; i < w->count; i++) {
		const struct piece *piece = &w->pieces[i];
		size_t from = behind_number(piece);
		if (is_of(piece, kind) &&
		    characters(piece->p->text, from,
		        sentence_end(piece->p->text, from, piece->to)) > SHORT)
			return 0;
	}
	return 1;
}

static void mark_numbered(struct writer *w)
{
	unsigned point = NUMBERING_SECTION, sub;
	while (point <= NUMBERING_STEP && !opens_points(w, (enum numbering_kind)point))
		point++;
	for (sub = point + 1; sub < NUMBERING_STEP; sub++)
		if (opens_sub_points(w, (enum numbering_kind)sub))
			break;
	int begun = 0;
	for (size_t i = 0; i < w->count && point <= NUMBERING_STEP; i++) {
		struct piece *piece = &w->pieces[i];
		if (is_of(piece, (enum numbering_kind)point)) {
			piece->role = ROLE_POINT;
			piece->depth = 2;
			begun = 1;
		} else if (begun && sub < NUMBERING_STEP &&
		           is_of(piece, (enum numbering_kind)sub)) {
			piece->role = ROLE_SUB_POINT;
			piece->depth = 3;
		}
	}
}

/* The highest level of heading, or 0. */
static unsigned top_level(const struct writer *w)
{
	unsigned top = 0;
	for (size_t i = 0; i < w->count; i++) {
		const struct piece *piece = &w->pieces[i];
		if (piece->role != ROLE_TABLE && piece->p->kind == PROSE_HEADING &&
		    (top == 0 || piece->p->level < top))
			top = piece->p->level;
	}
	return top;
}

static void mark_headings(struct writer *w, unsigned top)
{
	for (size_t i = 0; i < w->count; i++) {
		struct piece *piece = &w->pieces[i];
		if (piece->role == ROLE_TABLE || piece->p->kind != PROSE_HEADING)
			continue;
		unsigned depth = piece->p->level - top + 2;
		piece->depth = depth > 6 ? 6 : depth;
		piece->role = depth == 2 ? ROLE_POINT : depth == 3 ? ROLE_SUB_POINT : ROLE_DEEPER;
	}
}

/* ---- setting pieces ---------------------------------------------------- */

/* A headline's end: without the 。 and the blanks behind it. */
static size_t headline_end(const char *text, size_t from, size_t to)
{
	trim(text, &from, &to);
	return ends_with(text, from, to, "。") ? to - strlen("。") : to;
}

static void put_lines_joined(struct writer *w, const char *text, size_t from, size_t to)
{
	for (; from < to; from++) {
		const char *newline = memchr(text + from, '\n', to - from);
		size_t end = newline ? (size_t)(newline - text) : to;
		put_text(w, text, from, end);
		from = end;
	}
}

static void put_images(struct writer *w, const struct prose_paragraph *p, size_t to)
{
	look_at(w, p);
	while (w->image < p->image_count && p->images[w->image].at <= to) {
		put_image(w, &p->images[w->image++]);
		end_block(w, p->number);
	}
}

static void put_headline(struct writer *w, const struct piece *piece)
{
	const struct prose_paragraph *p = piece->p;
	size_t from = behind_number(piece), stop = sentence_end(p->text, from, piece->to);
	size_t rest = stop, end = piece->to;
	trim(p->text, &rest, &end);
	size_t headline = headline_end(p->text, from, rest < end ? stop : piece->to);
	if (from < headline) {
		const char *topic = piece->role == ROLE_POINT && w->range->topic
		                        ? w->range->topic(w->range->self, p->number)
		                        : NULL;
		for (unsigned i = 0; i < piece->depth; i++)
			buf_addc(&w->out, '#');
		buf_addc(&w->out, ' ');
		put_lines_joined(w, p->text, from, headline);
		if (w->out.data[w->out.len - 1] == '#') { /* would close the heading */
			w->out.data[w->out.len - 1] = '\\';
			buf_addc(&w->out, '#');
		}
		if (topic)
			buf_addf(&w->out, " {#%s}", topic);
		end_block(w, p->number);
	}
	put_images(w, p, stop);
	if (rest < end) {
		put_inline(w, p, rest, end, 1);
		end_block(w, p->number);
	}
}

static void put_prose(struct writer *w, const struct piece *piece)
{
	if (piece->is_automatic)
		escape(w, piece->p->numbering, 0, strlen(piece->p->numbering));
	put_inline(w, piece->p, piece->from, piece->to, 1);
	end_block(w, piece->p->number);
}

static void put_rule(struct writer *w, unsigned columns, unsigned paragraph)
{
	for (unsigned i = 0; i < columns; i++)
		buf_adds(&w->out, "|---");
	buf_addc(&w->out, '|');
	end_line(w, paragraph);
}

static void put_table(struct writer *w, const struct piece *piece)
{
	const struct prose_paragraph *all = w->prose->paragraphs;
	unsigned columns = w->prose->tables[piece->p->table - 1].columns;
	size_t i = piece->from;
	for (unsigned row = all[i].row; i < piece->to; row++) {
		unsigned number = all[i].number;
		for (unsigned column = 1; column <= columns; column++) {
			buf_adds(&w->out, "| ");
			for (; i < piece->to && all[i].row == row && all[i].column <= column; i++) {
				size_t from = 0, to = strlen(all[i].text);
				trim(all[i].text, &from, &to);
				escape(w, all[i].numbering, 0, strlen(all[i].numbering));
				put_inline(w, &all[i], from, to, 0);
				buf_addc(&w->out, ' ');
			}
		}
		/* What lies beyond the table's own columns, in damaged ones. */
		while (i < piece->to && all[i].row <= row)
			i++;
		buf_addc(&w->out, '|');
		end_line(w, number);
		if (row == piece->p->row)
			put_rule(w, columns, number);
	}
	end_line(w, all[piece->to - 1].number);
}

void prose_markdown(const struct prose *prose, const struct prose_range *range,
    struct prose_markdown *markdown, struct arena *arena)
{
	struct writer w = { .prose = prose, .range = range, .arena = arena };
	cut(&w);
	unsigned top = top_level(&w);
	if (top)
		mark_headings(&w, top);
	else
		mark_numbered(&w);
	for (size_t i = 0; i < w.count; i++) {
		if (w.pieces[i].role == ROLE_TABLE)
			put_table(&w, &w.pieces[i]);
		else if (w.pieces[i].role == ROLE_PROSE)
			put_prose(&w, &w.pieces[i]);
		else
			put_headline(&w, &w.pieces[i]);
	}
	markdown->text = arena_strndup(arena, buf_str(&w.out), w.out.len);
	markdown->size = w.out.len;
	markdown->lines = w.line_count;
	unsigned *lines = arena_alloc(arena, (w.line_count + 1) * sizeof *lines);
	if (w.line_count)
		memcpy(lines, w.lines, w.line_count * sizeof *lines);
	markdown->paragraphs = lines;
	buf_release(&w.out);
	free(w.lines);
}

unsigned prose_markdown_paragraph(const struct prose_markdown *markdown, unsigned line)
{
	return line >= 1 && line <= markdown->lines ? markdown->paragraphs[line - 1] : 0;
}

const char *prose_heading(const struct prose_paragraph *paragraph, struct arena *arena)
{
	struct numbering numbering = numbering_at(paragraph->text);
	const char *text = paragraph->text;
	size_t from = numbering.length, to = strlen(text);
	trim(text, &from, &to);
	to = headline_end(text, from, to);
	char *copy = arena_strndup(arena, text + from, to > from ? to - from : 0), *out = copy;
	for (const char *p = copy; *p; p++)
		if (*p != '\n' && *p != '\t')
			*out++ = *p;
	*out = '\0';
	return copy;
}
