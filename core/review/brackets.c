/* brackets.c: brackets and quotation marks without their partner. */
#include "review/brackets.h"

#include "base/i18n.h"

enum {
	DEPTH_MAX = 64,        /* brackets open at once; nobody nests them so deep */
	BRACKETS_FOUND_MAX = 5 /* then the passage is another kind of text */
};

enum bracket {
	PAREN,
	TITLE,
	TITLE_INSIDE,
	QUOTE,
	QUOTE_INSIDE,
	CORNER,
	CORNER_INSIDE,
	LENS,
	TORTOISE,
	SQUARE
};

static const struct {
	uint32_t open, close;
	enum bracket kind;
	int half;
} brackets[] = {
	{ '(', ')', PAREN, 1 },
	{ 0xFF08, 0xFF09, PAREN, 0 },
	{ 0x300A, 0x300B, TITLE, 0 },
	{ 0x3008, 0x3009, TITLE_INSIDE, 0 },
	{ 0x201C, 0x201D, QUOTE, 0 },
	{ 0x2018, 0x2019, QUOTE_INSIDE, 0 },
	{ 0x300C, 0x300D, CORNER, 0 },
	{ 0x300E, 0x300F, CORNER_INSIDE, 0 },
	{ 0x3010, 0x3011, LENS, 0 },
	{ 0x3014, 0x3015, TORTOISE, 0 },
	{ '[', ']', SQUARE, 1 },
	{ 0xFF3B, 0xFF3D, SQUARE, 0 },
};

struct open_bracket {
	const char *at;
	size_t which; /* of brackets[] */
};

struct nesting {
	struct open_bracket open[DEPTH_MAX];
	size_t depth;
	unsigned found, curly; /* findings; those of “ and ” */
	const char *quote;     /* the last " */
	unsigned quotes;
	unsigned items; /* brackets that were closed by what may be the ) of an item */
};

static void unpaired(struct search *search, struct nesting *nesting, const char *at, int opens)
{
	const char *behind = text_right(at, search->end, 1);
	uint32_t c = text_at(at, search->end);
	if (nesting->found++ >= BRACKETS_FOUND_MAX)
		return;
	nesting->curly += c == 0x201C || c == 0x201D;
	search_report(search, CODE_TEXT_BRACKET, at,
	    opens ? N_("%s has no partner behind it: '%s'")
	          : N_("%s has no partner before it: '%s'"),
	    search_copy(search, at, behind),
	    search_excerpt(search, at, behind, opens ? 2 : 8, opens ? 8 : 2));
}

/* 1) or a） in front of an item, which needs no other: at the start, or behind a blank or mark. */
static int is_item(const struct search *search, const char *at)
{
	const char *from = at;
	int letters = 0, digits = 0;
	for (; letters + digits < 3; from = text_left(search->start, from, 1)) {
		uint32_t c = utf8_before(search->start, from);
		if (!text_is_word(c))
			break;
		letters += text_is_letter(c);
		digits += text_digit(c) >= 0;
	}
	uint32_t before = utf8_before(search->start, from);
	int alone = before == 0 || utf8_is_space(before) || text_is_stop(before) ||
	            text_is_half_stop(before);
	return alone && ((digits && digits < 3 && !letters) || (letters == 1 && !digits));
}

/* [60,80) and (0,100]: an interval, its ends numbers. `from` is at the opening bracket. */
static int is_interval(const char *from, const char *to)
{
	if (to - from > 32 || (*from != '[' && *from != '('))
		return 0;
	for (from = from + 1; from < to; from++)
		if (!strchr("0123456789.,%+- ", *from))
			return 0;
	return 1;
}

static void close_bracket(
    struct search *search, struct nesting *nesting, const char *at, size_t which)
{
	enum bracket kind = brackets[which].kind;
	size_t depth = nesting->depth;
	if (depth && (kind == PAREN || kind == SQUARE) &&
	    is_interval(nesting->open[depth - 1].at, at)) {
		nesting->depth--;
		return;
	}
	while (depth > 0 && brackets[nesting->open[depth - 1].which].kind != kind)
		depth--;
	if (depth == 0) {
		if (kind == PAREN && is_item(search, at))
			return;
		if (kind == PAREN && nesting->items)
			nesting->items--; /* （包括：1）甲；2）乙） */
		else
			unpaired(search, nesting, at, 0);
		return;
	}
	nesting->items += kind == PAREN && is_item(search, at);
	for (size_t i = depth; i < nesting->depth; i++)
		unpaired(search, nesting, nesting->open[i].at, 1);
	nesting->depth = depth - 1;
	const struct open_bracket *open = &nesting->open[depth - 1];
	if (brackets[open->which].half != brackets[which].half && !search->reviewer->full_width)
		search_report(search, CODE_TEXT_PUNCTUATION, open->at,
		    N_("%s and %s are a pair, one of them half-width"),
		    search_copy(search, open->at, text_right(open->at, search->end, 1)),
		    search_copy(search, at, text_right(at, search->end, 1)));
}

/* ’ within a word, as in don’t. `at` is at the character `c`, `behind` behind it. */
static int is_apostrophe(
    const struct search *search, const char *at, const char *behind, uint32_t c)
{
	return (c == 0x2018 || c == 0x2019) && text_is_letter(utf8_before(search->start, at)) &&
	       text_is_letter(text_at(behind, search->end));
}

void brackets_check(struct search *search)
{
	struct nesting nesting = { .depth = 0 };
	for (const char *p = search->start; p < search->end;) {
		const char *at = p;
		uint32_t c = utf8_next(&p, search->end);
		if (nesting.found >= BRACKETS_FOUND_MAX || nesting.depth == DEPTH_MAX)
			break;
		/* 15" is a measure, unless a quotation is open. */
		if (c == '"' &&
		    (nesting.quotes % 2 || text_digit(utf8_before(search->start, at)) < 0)) {
			nesting.quotes++;
			nesting.quote = at;
		}
		if ((c < 0x80 && !strchr("()[]", (int)c)) || is_apostrophe(search, at, p, c))
			continue;
		for (size_t i = 0; i < sizeof brackets / sizeof *brackets; i++) {
			if (c == brackets[i].open)
				nesting.open[nesting.depth++] = (struct open_bracket){ at, i };
			else if (c == brackets[i].close)
				close_bracket(search, &nesting, at, i);
		}
	}
	for (size_t i = 0; i < nesting.depth; i++)
		unpaired(search, &nesting, nesting.open[i].at, 1);
	/* “甲" is one fault, not two. */
	if (nesting.quotes % 2 && !nesting.curly && nesting.found < BRACKETS_FOUND_MAX)
		search_report(search, CODE_TEXT_BRACKET, nesting.quote,
		    N_("an odd number of %s: one of them has no partner; the last is here: '%s'"),
		    "\"", search_excerpt(search, nesting.quote, nesting.quote + 1, 4, 4));
}
