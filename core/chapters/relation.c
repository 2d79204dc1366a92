/* relation.c: reading and evaluating relations over intervals. */
#include "chapters/relation.h"

#include "base/i18n.h"
#include "base/quantity.h"

#include <string.h>

/* ---- reading ----------------------------------------------------------- */

struct parser {
	struct arena *arena;
	const char *at;
	const char *wrong;
};

static void blanks(struct parser *p)
{
	p->at += strspn(p->at, " \t\n");
}

static int take(struct parser *p, const char *sign)
{
	blanks(p);
	size_t n = strlen(sign);
	if (strncmp(p->at, sign, n) != 0)
		return 0;
	p->at += n;
	return 1;
}

static const char *name(struct parser *p)
{
	blanks(p);
	size_t n = strspn(p->at, "abcdefghijklmnopqrstuvwxyz0123456789_");
	if (n == 0) {
		p->wrong = N_("a name is missing");
		return "";
	}
	const char *text = arena_strndup(p->arena, p->at, n);
	p->at += n;
	return text;
}

/* The closing parenthesis after last(, rows(, sum(. */
static void closed(struct parser *p)
{
	if (!take(p, ")"))
		p->wrong = N_("a closing parenthesis is missing");
}

static struct term read_term(struct parser *p)
{
	struct term term = { .kind = TERM_FIGURE };
	term.id = name(p);
	if (p->wrong)
		return term;
	if (strspn(term.id, "0123456789") == strlen(term.id)) {
		term.kind = TERM_NUMBER;
		if (strlen(term.id) > 9)
			p->wrong = N_("the number is too large");
		return term;
	}
	if (take(p, "(")) {
		const char *function = term.id;
		term.id = name(p);
		if (strcmp(function, "last") == 0) {
			term.kind = TERM_LAST;
		} else if (strcmp(function, "rows") == 0) {
			term.kind = TERM_ROWS;
		} else if (strcmp(function, "sum") == 0) {
			term.kind = TERM_SUM;
			if (!take(p, "."))
				p->wrong = N_("sum() takes list.column");
			else
				term.column = name(p);
		} else {
			p->wrong =
			    N_("there is no such function; there are last(), rows() and sum()");
		}
		if (!p->wrong)
			closed(p);
	} else if (take(p, ".")) {
		term.chapter = term.id;
		term.id = name(p);
	}
	return term;
}

static struct side read_side(struct parser *p)
{
	struct side side = { 0 };
	int negative = 0;
	do {
		struct term term = read_term(p);
		term.negative = negative;
		side.terms = arena_grow(p->arena, side.terms, side.count, sizeof *side.terms);
		side.terms[side.count++] = term;
		if (p->wrong)
			break;
	} while ((negative = take(p, "-")) || take(p, "+"));
	return side;
}

const char *relation_read(struct arena *arena, const char *text, struct relation *relation)
{
	struct parser p = { .arena = arena, .at = text };
	relation->left = read_side(&p);
	if (p.wrong)
		return p.wrong;
	if (take(&p, "<="))
		relation->op = RELATION_AT_MOST;
	else if (take(&p, ">="))
		relation->op = RELATION_AT_LEAST;
	else if (take(&p, "="))
		relation->op = RELATION_EQUAL;
	else
		return N_("=, <= or >= is missing");
	relation->right = read_side(&p);
	blanks(&p);
	if (!p.wrong && *p.at)
		p.wrong = N_("something stands behind the relation");
	return p.wrong;
}

static struct side read_group(struct parser *p)
{
	if (!take(p, "("))
		return read_side(p);
	struct side side = read_side(p);
	if (!p->wrong)
		closed(p);
	return side;
}

const char *ratio_read(struct arena *arena, const char *text, struct relation *relation)
{
	struct parser p = { .arena = arena, .at = text };
	relation->op = RELATION_RATIO;
	relation->left = read_group(&p);
	if (!p.wrong && !take(&p, "/"))
		return N_("a ratio needs a / between its two sides");
	if (!p.wrong)
		relation->right = read_group(&p);
	blanks(&p);
	if (!p.wrong && *p.at)
		p.wrong = N_("something stands behind the ratio");
	return p.wrong;
}

static const char *term_unknown(const struct term *term, const struct chapter *chapter)
{
	if (term->kind == TERM_NUMBER)
		return NULL;
	if (term->chapter) /* may or may not be in the report: unknown when it is not */
		return NULL;
	if (term->kind == TERM_FIGURE || term->kind == TERM_LAST)
		return chapter_figure(chapter, term->id) ? NULL : term->id;
	const struct list_def *list = chapter_list(chapter, term->id);
	if (!list)
		return term->id;
	if (term->kind == TERM_ROWS)
		return NULL;
	for (size_t i = 0; i < list->column_count; i++)
		if (strcmp(list->columns[i].id, term->column) == 0)
			return NULL;
	return term->column;
}

static const struct side *side_of(const struct relation *relation, int right)
{
	return right ? &relation->right : &relation->left;
}

const char *relation_unknown(const struct relation *relation, const struct chapter *chapter)
{
	for (int right = 0; right < 2; right++) {
		const struct side *side = side_of(relation, right);
		for (size_t i = 0; i < side->count; i++) {
			const char *unknown = term_unknown(&side->terms[i], chapter);
			if (unknown)
				return unknown;
		}
	}
	return NULL;
}

int relation_uses_last(const struct relation *relation)
{
	for (int right = 0; right < 2; right++) {
		const struct side *side = side_of(relation, right);
		for (size_t i = 0; i < side->count; i++)
			if (side->terms[i].kind == TERM_LAST)
				return 1;
	}
	return 0;
}

/* ---- evaluating -------------------------------------------------------- */

/* INT64_MIN stands for -∞, INT64_MAX for ∞. */
struct range {
	int64_t low, high;
	int known;                  /* every term was given */
	int any;                    /* one of them at least */
	const struct term *missing; /* the first figure that nobody gave */
	int approximate;
	struct nb_place at;
};

static int64_t minus(int64_t bound)
{
	return bound == INT64_MAX ? INT64_MIN : bound == INT64_MIN ? INT64_MAX : -bound;
}

static int64_t add(int64_t a, int64_t b)
{
	int64_t sum;
	if (a == INT64_MIN || b == INT64_MIN)
		return INT64_MIN;
	if (a == INT64_MAX || b == INT64_MAX)
		return INT64_MAX;
	if (__builtin_add_overflow(a, b, &sum))
		return a > 0 ? INT64_MAX : INT64_MIN;
	return sum;
}

static struct nb_quantity constant(const struct term *term)
{
	int64_t value = 0;
	for (const char *p = term->id; *p; p++)
		value = value * 10 + (*p - '0');
	return (struct nb_quantity){ NB_EXACT, value * NB_UNIT, value * NB_UNIT, 0, term->id };
}

/*
 * "/" (does not apply) adds nothing to a sum; standing alone it is as good as
 * unknown, for what does not apply has no size.
 */
static struct range evaluate(
    const struct side *side, relation_lookup *lookup, void *self, struct buf *text)
{
	struct range range = { .known = 1 };
	for (size_t i = 0; i < side->count; i++) {
		const struct term *term = &side->terms[i];
		struct operand operand = { 0 };
		if (term->kind != TERM_NUMBER)
			operand = lookup(self, term);
		else
			operand.quantity = constant(term);
		const struct nb_quantity *q = &operand.quantity;
		int64_t low = 0, high = INT64_MAX;
		int given = nb_is_number(q) || (q->state == NB_NOT_APPLICABLE && side->count > 1);
		if (nb_is_number(q)) {
			low = q->low;
			high = operand.open ? INT64_MAX : q->high;
		} else if (given) {
			high = 0;
		}
		if (given && q->state == NB_NOT_APPLICABLE && operand.open)
			high = INT64_MAX;
		range.known &= given && !operand.open;
		range.any |= given;
		/* Words that could not be read are there: that was found. */
		int absent = !given && !operand.open && !(q->text && *q->text);
		if (absent && !range.missing &&
		    (term->kind == TERM_FIGURE || term->kind == TERM_LAST))
			range.missing = term;
		range.approximate |= q->state == NB_APPROXIMATE;
		if (given && !range.at.file)
			range.at = operand.place;
		range.low = add(range.low, term->negative ? minus(high) : low);
		range.high = add(range.high, term->negative ? minus(low) : high);
		if (i > 0 || term->negative)
			buf_adds(text, term->negative ? "-" : "+");
		buf_adds(text, given ? q->text : "?");
		if (term->kind == TERM_LAST && given)
			buf_adds(text, "（上年）");
		else if (operand.open && given)
			buf_adds(text, "+?");
	}
	return range;
}

struct verdict relation_check(
    struct arena *arena, const struct relation *relation, relation_lookup *lookup, void *self)
{
	struct buf left_text = { 0 }, right_text = { 0 };
	struct range left = evaluate(&relation->left, lookup, self, &left_text);
	struct range right = evaluate(&relation->right, lookup, self, &right_text);
	struct verdict verdict = { .assessable = left.known && right.known,
		.approximate = left.approximate || right.approximate,
		.at = left.at.file ? left.at : right.at,
		.both = left.any && right.any };
	const char *sign = relation->op == RELATION_EQUAL     ? "="
	                   : relation->op == RELATION_AT_MOST ? "≤"
	                                                      : "≥";
	/* What a part is at most of is wanted; a part of what is known need not be given. */
	if (left.any && relation->op != RELATION_AT_LEAST)
		verdict.missing = right.missing;
	if (right.any && relation->op != RELATION_AT_MOST && !verdict.missing)
		verdict.missing = left.missing;
	if (left.any && right.any && !verdict.missing)
		verdict.missing = left.missing ? left.missing : right.missing;
	if ((relation->op == RELATION_AT_MOST && left.high <= right.low) ||
	    (relation->op == RELATION_AT_LEAST && left.low >= right.high))
		verdict.missing = NULL; /* it holds whatever is missing */
	/* Both sides must say something: an unknown one alone breaks nothing. */
	if (left.any && right.any) {
		switch (relation->op) {
		case RELATION_EQUAL:
			verdict.broken = left.low > right.high || right.low > left.high;
			sign = verdict.broken ? "≠" : sign;
			break;
		case RELATION_AT_MOST:
			verdict.broken = left.low > right.high;
			sign = verdict.broken ? ">" : sign;
			break;
		case RELATION_AT_LEAST:
			verdict.broken = left.high < right.low;
			sign = verdict.broken ? "<" : sign;
			break;
		case RELATION_RATIO:
			break;
		}
	}
	if (verdict.broken || verdict.missing)
		verdict.text = arena_printf(
		    arena, "%s %s %s", buf_str(&left_text), sign, buf_str(&right_text));
	buf_release(&left_text);
	buf_release(&right_text);
	return verdict;
}

static int64_t power_of_ten(unsigned n)
{
	int64_t power = 1;
	while (n-- > 0)
		power *= 10;
	return power;
}

__extension__ typedef __int128 wide; /* products of two quantities */

struct verdict ratio_check(struct arena *arena, const struct relation *ratio,
    const struct operand *reported, relation_lookup *lookup, void *self)
{
	struct buf left_text = { 0 }, right_text = { 0 };
	struct range left = evaluate(&ratio->left, lookup, self, &left_text);
	struct range right = evaluate(&ratio->right, lookup, self, &right_text);
	const struct nb_quantity *rate = &reported->quantity;
	struct verdict verdict = { .at = reported->place,
		.approximate = left.approximate || right.approximate || rate->state != NB_EXACT };
	verdict.assessable =
	    left.known && right.known && nb_is_number(rate) && !verdict.approximate;
	if (nb_is_number(rate))
		verdict.missing = left.missing ? left.missing : right.missing;
	if (verdict.assessable) {
		/* The rate in units of its last decimal, cut off and rounded. */
		int64_t scale = power_of_ten(rate->decimals);
		wide numerator = (wide)left.low * 100 * scale, denominator = right.low;
		int64_t written = rate->low / (NB_UNIT / scale);
		if (denominator <= 0)
			verdict.broken = 1;
		else
			verdict.broken =
			    numerator / denominator != written &&
			    (numerator * 2 + denominator) / (denominator * 2) != written;
		/* 2999 of 3000 are 100% by rounding only: all means all. */
		if (written == 100 * scale && left.low != right.low)
			verdict.broken = 1;
		if (verdict.broken)
			verdict.text = arena_printf(arena, "%s ≠ %s%s%s/%s%s%s", rate->text,
			    ratio->left.count > 1 ? "(" : "", buf_str(&left_text),
			    ratio->left.count > 1 ? ")" : "", ratio->right.count > 1 ? "(" : "",
			    buf_str(&right_text), ratio->right.count > 1 ? ")" : "");
	}
	buf_release(&left_text);
	buf_release(&right_text);
	return verdict;
}

/*
 * Whether some whole number can stand for the side that is not known. Cut off or rounded, a rate
 * written as w steps of 1/scale per cent comes from a quotient in [w - 1/2, w + 1).
 */
static int can_be(int64_t known, int know_numerator, int64_t written, int64_t scale)
{
	wide n = known / NB_UNIT, full = 100 * scale, low = 2 * (wide)written - 1, high;
	if (low < 0)
		low = 0;
	high = 2 * ((wide)written + 1);
	if (!know_numerator) { /* low * n / (2 full) <= x < high * n / (2 full) */
		wide first = (low * n + 2 * full - 1) / (2 * full);
		return first * 2 * full < high * n;
	}
	if (n == 0)
		return written == 0;
	if (low == 0)
		return 1;
	wide most = 2 * full * n / low; /* 2 full n / high < x <= 2 full n / low */
	return most * high > 2 * full * n;
}

struct verdict ratio_possible(struct arena *arena, const struct relation *ratio,
    const struct operand *reported, relation_lookup *lookup, void *self)
{
	struct buf left_text = { 0 }, right_text = { 0 };
	struct range left = evaluate(&ratio->left, lookup, self, &left_text);
	struct range right = evaluate(&ratio->right, lookup, self, &right_text);
	const struct nb_quantity *rate = &reported->quantity;
	struct verdict verdict = { .at = reported->place };
	const struct range *known = left.known ? &left : &right;
	int whole = known->low % NB_UNIT == 0 && !known->approximate;
	if (rate->state == NB_EXACT && left.known != right.known && whole &&
	    known->low / NB_UNIT < INT64_C(1000000000)) {
		int64_t scale = power_of_ten(rate->decimals);
		int64_t written = rate->low / (NB_UNIT / scale);
		verdict.assessable = 1;
		verdict.broken =
		    written <= 1000 * scale && !can_be(known->low, left.known, written, scale);
	}
	if (verdict.broken)
		verdict.text = arena_printf(arena, "%s ≠ %s/%s", rate->text,
		    left.known ? buf_str(&left_text) : "?",
		    right.known ? buf_str(&right_text) : "?");
	buf_release(&left_text);
	buf_release(&right_text);
	return verdict;
}

struct nb_quantity ratio_value(struct arena *arena, const struct relation *ratio, unsigned decimals,
    relation_lookup *lookup, void *self)
{
	struct buf text = { 0 };
	struct range left = evaluate(&ratio->left, lookup, self, &text);
	struct range right = evaluate(&ratio->right, lookup, self, &text);
	struct nb_quantity value = { .state = NB_ABSENT, .text = "" };
	buf_release(&text);
	if (!left.known || !right.known || left.approximate || right.approximate || right.low <= 0)
		return value;
	int64_t scale = power_of_ten(decimals);
	wide numerator = (wide)left.low * 100 * scale, denominator = right.low;
	wide rounded = (numerator * 2 + denominator) / (denominator * 2);
	if (rounded == 100 * scale && left.low != right.low)
		rounded =
		    numerator / denominator; /* all means all: 99%, or 100% and more cut off */
	return quantity_exact(arena, (int64_t)rounded * (NB_UNIT / scale), decimals, 1);
}
