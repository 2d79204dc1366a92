/* punctuation.c: half-width punctuation made full-width where Chinese stands beside it. */
#include "document/punctuation.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

enum {
	PARENS_MAX = 64,
	/* How far is looked around: bounded, so that hostile text costs linear time. */
	ADDRESS_MAX = 2000,
	MAIL_NAME_MAX = 64,
	INSIDE_MAX = 400,
	BLANKS_MAX = 8
};

/* One block's text is one run, however many nodes it is cut into. */
struct run {
	struct arena *arena;
	struct buf text; /* all of the block's text; a figure stands as one FIGURE */
	struct buf out;
	unsigned char parens[PARENS_MAX]; /* whether each open ( was converted */
	size_t paren_depth;
	enum { QUOTE_NONE, QUOTE_WIDE, QUOTE_NARROW } quote; /* the " that is open */
};

/* What a figure is in the gathered text: like a digit, but no part of the number beside it. */
#define FIGURE '\x01'

static void gather(struct run *run, const struct node *node)
{
	if (node->kind == NODE_FIGURE)
		buf_addc(&run->text, FIGURE);
	else if (node->kind == NODE_CODE)
		buf_addc(&run->text, 'x');
	else if (node->text)
		buf_adds(&run->text, node->text);
	if (node->kind == NODE_FIGURE || node->kind == NODE_CODE)
		return;
	for (const struct node *child = node->first; child; child = child->next)
		gather(run, child);
}

static int is_digit(uint32_t c)
{
	return (c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19);
}

static int is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       c == '-' || c == '_';
}

/* Length of a URL or mail address that begins at `p`, 0 if none does. */
static size_t address(const char *start, const char *p, const char *end)
{
	const char *q = p;
	int url =
	    strchr("hfw", *p) && (strncmp(p, "http://", 7) == 0 || strncmp(p, "https://", 8) == 0 ||
	                             strncmp(p, "ftp://", 6) == 0 || strncmp(p, "www.", 4) == 0);
	if (!url) {
		if (p > start && is_word(p[-1]))
			return 0;
		while (q < end && q - p < MAIL_NAME_MAX && (is_word(*q) || *q == '.'))
			q++;
		if (q == p || q >= end || *q != '@')
			return 0;
	}
	while (q < end && q - p < ADDRESS_MAX && (unsigned char)*q > ' ' &&
	       (unsigned char)*q < 0x7F && !strchr("<>\"`", *q))
		q++;
	/* A mark at its end belongs to the sentence. */
	while (q > p && strchr(",;:?!.)", q[-1]))
		q--;
	return (size_t)(q - p);
}

/* The nearest character before that is no blank, nor a mark that goes the same way as this one. */
static uint32_t neighbour_before(const char *start, const char *p)
{
	for (int i = 0; i < BLANKS_MAX && p > start && strchr(" ,;:?!\"", p[-1]); i++)
		p--;
	return utf8_before(start, p);
}

/* The nearest character behind that is no blank. */

static uint32_t neighbour_after(const char *p, const char *end)
{
	for (int i = 0; i < BLANKS_MAX && p < end && *p == ' '; i++)
		p++;
	return utf8_next(&p, end);
}

static const char *full_width(char c)
{
	switch (c) {
	case ',':
		return "，";
	case ';':
		return "；";
	case ':':
		return "：";
	case '?':
		return "？";
	case '!':
		return "！";
	default:
		return NULL;
	}
}

/* Whether Chinese stands between this ( and its ), or behind that one, as in "(1)规范". */
static int chinese_paren(const char *start, const char *p, const char *end)
{
	int word = p > start && is_word(p[-1]); /* f(x)为 is a formula */
	int depth = 0;
	for (const char *last = p + INSIDE_MAX; p < end && p < last;) {
		uint32_t c = utf8_next(&p, end);
		depth += c == '(';
		depth -= c == ')';
		if (depth == 0)
			return !word && utf8_is_cjk(neighbour_after(p, end));
		if (c == '\n')
			return 0;
		if (utf8_is_han(c))
			return 1;
	}
	return 0;
}

/* Whether Chinese stands between this " and its partner, or behind that one. 0 without partner. */
static int chinese_quote(const char *p, const char *end, uint32_t before)
{
	int chinese = utf8_is_cjk(before);
	for (p++; p < end && *p != '"';)
		chinese |= utf8_is_cjk(utf8_next(&p, end));
	return p < end && (chinese || utf8_is_cjk(neighbour_after(p + 1, end)));
}

/* "[2021]28号" after Chinese: a document number with the wrong brackets. */
static size_t document_number(const char *p, const char *end, uint32_t before)
{
	size_t n = 1;
	if (!utf8_is_cjk(before))
		return 0;
	while (n < 5 && p + n < end && p[n] >= '0' && p[n] <= '9')
		n++;
	if (n != 5 || p + n >= end || p[n] != ']')
		return 0;
	size_t number = strspn(p + 6, "0123456789");
	return number && strncmp(p + 6 + number, "号", 3) == 0 ? 6 : 0;
}

/*
 * Appends what the character at `p` becomes; returns the bytes taken. A blank
 * after a mark that became full-width goes: the mark brings its own.
 */
static size_t convert(struct run *run, const char *p)
{
	const char *start = run->text.data, *end = start + run->text.len;
	size_t skip = address(start, p, end);
	if (skip) {
		buf_add(&run->out, p, skip);
		return skip;
	}
	const char *next = p + 1;
	uint32_t before = neighbour_before(start, p), after = neighbour_after(next, end);
	int chinese = utf8_is_cjk(before) || utf8_is_cjk(after);
	const char *wide = full_width(*p);
	int widened = 0;

	if (wide) {
		uint32_t left = utf8_before(start, p), right = (unsigned char)*next;
		int digits = is_digit(left) && is_digit(right);
		/* 10:05 and 3:2 may be made of figures, 1,234 may not: that is one figure. */
		int figures = left == FIGURE && right == FIGURE;
		int ratio =
		    (is_digit(left) || left == FIGURE) && (is_digit(right) || right == FIGURE);
		widened = (chinese || figures) && !(*p == ',' && digits) && !(*p == ':' && ratio);
		buf_adds(&run->out, widened ? wide : (char[]){ *p, '\0' });
	} else if (*p == '(') {
		widened = chinese || chinese_paren(start, p, end);
		if (run->paren_depth < PARENS_MAX)
			run->parens[run->paren_depth] = (unsigned char)widened;
		run->paren_depth++;
		buf_adds(&run->out, widened ? "（" : "(");
	} else if (*p == ')') {
		if (run->paren_depth > 0 && --run->paren_depth < PARENS_MAX)
			widened = run->parens[run->paren_depth];
		else
			widened = chinese;
		buf_adds(&run->out, widened ? "）" : ")");
	} else if (*p == '"') {
		int opens = run->quote == QUOTE_NONE;
		widened = opens ? chinese_quote(p, end, before) : run->quote == QUOTE_WIDE;
		run->quote = !opens ? QUOTE_NONE : widened ? QUOTE_WIDE : QUOTE_NARROW;
		buf_adds(&run->out, !widened ? "\"" : opens ? "“" : "”");
	} else if (*p == '[' && document_number(p, end, before)) {
		buf_addf(&run->out, "〔%.4s〕", p + 1);
		return 6;
	} else {
		buf_addc(&run->out, *p);
	}
	size_t taken = 1;
	if (widened && *p != ')' && *p != '(')
		while (p[taken] == ' ')
			taken++;
	return taken;
}

/* Gives the nodes their converted text back. `at` runs through the gathered one. */
static void apply(struct run *run, struct node *node, size_t *at)
{
	if (node->kind == NODE_FIGURE || node->kind == NODE_CODE) {
		++*at;
		return;
	}
	if (node->text) {
		size_t end = *at + strlen(node->text);
		buf_clear(&run->out);
		while (*at < end) {
			const char *p = run->text.data + *at;
			/* Only ASCII punctuation and the starts of addresses are of interest. */
			size_t n = 0;
			while (*at + n < end && (unsigned char)p[n] >= 0x80)
				n++;
			if (n)
				buf_add(&run->out, p, n);
			*at += n ? n : convert(run, p);
		}
		/* An address or a blank may reach into the next node: it is taken back there. */
		if (*at > end) {
			size_t over = *at - end;
			const char *tail = run->text.data + end;
			if (run->out.len >= over &&
			    memcmp(run->out.data + run->out.len - over, tail, over) == 0) {
				run->out.len -= over;
				run->out.data[run->out.len] = '\0';
			}
			*at = end;
		}
		if (strcmp(node->text, buf_str(&run->out)) != 0)
			node->text = arena_strndup(run->arena, run->out.data, run->out.len);
	}
	for (struct node *child = node->first; child; child = child->next)
		apply(run, child, at);
}

/* Most text of a report is full-width already. */
static int has_mark(const struct node *node)
{
	if (node->kind == NODE_FIGURE || node->kind == NODE_CODE)
		return 0;
	if (node->text && node->text[strcspn(node->text, ",;:?!()\"[")])
		return 1;
	for (const struct node *child = node->first; child; child = child->next)
		if (has_mark(child))
			return 1;
	return 0;
}

void punctuate(struct node *block, struct arena *arena)
{
	struct run run = { .arena = arena };
	size_t at = 0;
	if (!has_mark(block))
		return;
	gather(&run, block);
	if (run.text.len)
		apply(&run, block, &at);
	buf_release(&run.text);
	buf_release(&run.out);
}
