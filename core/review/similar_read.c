/* similar_read.c: one walk over a passage that yields fingerprints, sentences and clauses. */
#include "review/similar_impl.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "review/winnow.h"

#include <string.h>

/*
 * Han characters that make a phrase worth a word when it stands twice. Shorter
 * ones are set phrases; the nearer the two places, the less they may be.
 */
enum {
	SENTENCE_LEAST = 16,    /* anywhere in this year's texts */
	CLAUSE_LEAST = 14,      /* in one department's */
	CLAUSE_LEAST_NEAR = 12, /* in one point */
	CLAUSE_LEAST_FAR = 22,  /* in any text of the report */
	QUOTED_MOST = 6,        /* “放管服” is a word, more than that is quoted text */
	NESTED_MOST = 3,        /* 《关于印发《…》的通知》 */
	LOOK_AHEAD = 160        /* characters; a mark unclosed so far has lost its partner */
};

/* A sentence or clause as far as it was read. */
struct run {
	uint64_t hash;
	const char *start; /* NULL: nothing yet */
	uint32_t line, column;
	uint32_t han;
};

struct reading {
	struct similar *similar;
	const struct passage *passage;
	const char *end;
	uint32_t text;
	size_t phrases;       /* before the sentence */
	size_t span, figure;  /* the next ones */
	const char *left_out; /* a title or quotation reaches to here */
	struct nb_place place;
	struct winnow winnow;
	struct run sentence, clause;
};

/* A character that counts, full-width and capital forms made plain; 0: punctuation or blank. */
static uint32_t plain(uint32_t c)
{
	if (c >= 0x4E00 && c <= 0x9FFF) /* nearly all */
		return c;
	if (c >= 0xFF01 && c <= 0xFF5E)
		c -= 0xFEE0;
	if (c < 0x80) {
		if (c >= 'A' && c <= 'Z')
			return c + 32;
		return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : 0;
	}
	/* Letters of other scripts, Yi and Tibetan among them. */
	if (utf8_is_han(c) || (c >= 0xC0 && c < 0x2000) || (c >= 0xA000 && c < 0xD7A4))
		return c;
	return 0;
}

/* Where the title or quotation that opens before `at` ends and is to be left out; else `at`. */
static const char *quoted_end(const struct reading *reading, uint32_t opening, const char *at)
{
	uint32_t closing = opening == U'《' ? U'》' : U'”';
	const char *p = at;
	unsigned depth = 1, counted = 0;
	for (unsigned i = 0; i < LOOK_AHEAD && p < reading->end; i++) {
		uint32_t c = utf8_next(&p, reading->end);
		if (c == opening) {
			if (++depth > NESTED_MOST)
				return at;
		} else if (c == closing) {
			if (--depth == 0)
				return opening == U'《' || counted > QUOTED_MOST ? p : at;
		} else {
			counted += plain(c) != 0;
		}
	}
	return at;
}

static void run_add(struct reading *reading, struct run *run, const char *at, uint64_t what)
{
	if (!run->start) {
		run->start = at;
		run->line = reading->place.line;
		run->column = reading->place.column;
	}
	if (what) {
		run->hash = (run->hash + what) * UINT64_C(0x9E3779B97F4A7C15);
		run->hash ^= run->hash >> 32;
	}
}

/* Both at once: what begins a sentence begins a clause. */
static void phrases_add(struct reading *reading, const char *at, uint64_t what)
{
	run_add(reading, &reading->sentence, at, what);
	run_add(reading, &reading->clause, at, what);
}

static uint64_t phrase_key(const struct reading *reading, const struct run *run, int whole)
{
	if (whole)
		return key_mix(run->hash);
	return key_mix(run->hash ^ (run->han >= CLAUSE_LEAST ? 1 : 2 + (uint64_t)reading->text));
}

/* Whether a phrase names the guiding thought. */
static int is_prescribed(const char *text, size_t size)
{
	static const char name[] = "习近平";
	const size_t n = sizeof name - 1;
	for (size_t i = 0; i + n <= size; i++)
		if (memcmp(text + i, name, n) == 0)
			return 1;
	return 0;
}

static struct phrase *phrase_new(struct similar *similar)
{
	if (similar->phrase_count == similar->phrase_cap) {
		similar->phrase_cap += similar->phrase_cap / 2 + 64;
		similar->phrases =
		    mem_realloc(similar->phrases, similar->phrase_cap * sizeof *similar->phrases);
	}
	return &similar->phrases[similar->phrase_count++];
}

/* Records a run that ends at `at`, if it is long enough, and begins the next. */
static void phrase_end(struct reading *reading, struct run *run, const char *at, int whole)
{
	struct similar *similar = reading->similar;
	struct run ended = *run;
	*run = (struct run){ 0 };
	if (ended.han < (whole ? SENTENCE_LEAST : CLAUSE_LEAST_NEAR) ||
	    similar->texts[reading->text].said.last_year)
		return;
	uint64_t key = phrase_key(reading, &ended, whole);
	size_t size = (size_t)(at - ended.start);
	uint32_t words = shown_keep(&similar->shown, key, ended.start, size);
	keys_add(&similar->phrase_keys, key, (uint32_t)similar->phrase_count);
	*phrase_new(similar) = (struct phrase){ .line = ended.line,
		.column = ended.column <= COLUMN_MOST ? ended.column : 0,
		.words = words,
		.whole = whole != 0,
		.far = !whole && ended.han >= CLAUSE_LEAST_FAR,
		.prescribed = words && is_prescribed(ended.start, size) };
}

static void sentence_end(struct reading *reading, const char *at)
{
	struct similar *similar = reading->similar;
	phrase_end(reading, &reading->clause, at, 0);
	phrase_end(reading, &reading->sentence, at, 1);
	if (similar->phrase_count > reading->phrases)
		similar->phrases[similar->phrase_count - 1].last = 1;
	reading->phrases = similar->phrase_count;
}

static void read_mark(struct reading *reading, uint32_t c, const char *at, const char *next)
{
	switch (c) {
	case U'。':
	case U'！':
	case U'？':
	case U'；':
	case '!':
	case '?':
	case ';':
		sentence_end(reading, at);
		break;
	case U'，':
	case ',':
		phrase_end(reading, &reading->clause, at, 0);
		break;
	case U'《':
	case U'“':
		phrases_add(reading, at, 0);
		reading->left_out = quoted_end(reading, c, next);
		break;
	case U'（':
	case '(':
		phrases_add(reading, at, 0);
		break;
	default: /* of no account */
		break;
	}
}

/*
 * Exact repeats keep titles and numbers, for two orders that differ in nothing
 * else are two orders; neither shows how long the writer's own words are.
 */
static void read_character(struct reading *reading, uint32_t c, const char *at, const char *next)
{
	uint32_t code = plain(c);
	int own = at >= reading->left_out;
	if (code) {
		phrases_add(reading, at, code);
		if (own && (code < '0' || code > '9')) {
			winnow_add(&reading->winnow, code);
			reading->sentence.han += code >= 0x3000;
			reading->clause.han += code >= 0x3000;
		}
	} else if (own) {
		read_mark(reading, c, at, next);
	}
}

static uint64_t hash_name(const char *name)
{
	uint64_t hash = 0;
	while (*name)
		hash = (hash + (unsigned char)*name++) * UINT64_C(0x9E3779B97F4A7C15);
	return hash | 1;
}

/* Whether a figure is printed here. It counts by its name: two figures may have one value. */
static int read_figure(struct reading *reading, const char *at)
{
	const struct passage *passage = reading->passage;
	size_t offset = (size_t)(at - passage->text);
	while (reading->figure < passage->figure_count &&
	       passage->figures[reading->figure].end <= offset)
		reading->figure++;
	if (reading->figure == passage->figure_count)
		return 0;
	const struct passage_figure *figure = &passage->figures[reading->figure];
	if (figure->start > offset)
		return 0;
	if (figure->start == offset)
		phrases_add(reading, at, hash_name(figure->name));
	return 1;
}

void similar_read(struct similar *similar, const struct passage *passage)
{
	struct reading reading = { .similar = similar,
		.passage = passage,
		.end = passage->text + passage->size,
		.text = (uint32_t)(similar->text_count - 1),
		.phrases = similar->phrase_count,
		.left_out = passage->text };
	winnow_begin(&reading.winnow, &similar->prints, reading.text);
	/* passage_place() would walk a long line again for each sentence of it. */
	for (const char *p = passage->text; p < reading.end;) {
		const char *at = p;
		uint32_t c = utf8_next(&p, reading.end);
		while (reading.span < passage->span_count &&
		       passage->spans[reading.span].at <= (size_t)(at - passage->text)) {
			const struct passage_span *span = &passage->spans[reading.span++];
			reading.place =
			    (struct nb_place){ passage->file, span->line, span->column };
		}
		if (!read_figure(&reading, at))
			read_character(&reading, c, at, p);
		if (c == '\n') {
			reading.place.line++;
			reading.place.column = 1;
		} else if (reading.place.column) {
			reading.place.column++;
		}
	}
	sentence_end(&reading, reading.end);
	winnow_end(&reading.winnow);
	similar->texts[reading.text].characters += (uint32_t)reading.winnow.characters;
}
