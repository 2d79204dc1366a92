/* similar.c: which texts and sentences stand elsewhere already, and one finding for each cause. */
#include "review/similar_impl.h"

#include "base/i18n.h"
#include "base/utf8.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
	ALIKE_PERCENT = 60, /* of the shorter text's fingerprints */
	PART_PERCENT = 25,  /* of this text's: one old sentence does not make it an old text */
	CHARACTERS_LEAST = 40,
	SHARED_LEAST = 8,       /* fingerprints, some 30 characters */
	COMMON_DEPARTMENTS = 5, /* wording that so many have is nobody's */
	COMMON_CLAUSE = 3,      /* and a clause of so many is a set phrase */
	REPEATS_A_TEXT = 3,
	REPEATS_A_PHRASE = 4,
	SHOWN = 20 /* characters of a sentence in a message */
};

struct similar *similar_new(void)
{
	struct similar *similar = mem_alloc(sizeof *similar);
	*similar = (struct similar){ 0 };
	return similar;
}

void similar_free(struct similar *similar)
{
	if (!similar)
		return;
	free(similar->texts);
	free(similar->phrases);
	keys_release(&similar->prints);
	keys_release(&similar->phrase_keys);
	free(similar);
}

static uint64_t department_key(const struct similar_text *text)
{
	uint64_t hash = text->last_year ? 1 : 2;
	if (!text->last_year)
		for (const char *p = text->department; p && *p; p++)
			hash = key_mix(hash + (unsigned char)*p);
	return hash;
}

void similar_begin(struct similar *similar, const struct similar_text *text)
{
	if (similar->text_count == similar->text_cap) {
		similar->text_cap += similar->text_cap / 2 + 64;
		similar->texts =
		    mem_realloc(similar->texts, similar->text_cap * sizeof *similar->texts);
	}
	similar->texts[similar->text_count++] =
	    (struct text){ .said = *text, .department = department_key(text) };
}

void similar_add(struct similar *similar, const struct passage *passage)
{
	assert(similar->text_count);
	if (passage->kind != PASSAGE_TEXT)
		return;
	struct text *text = &similar->texts[similar->text_count - 1];
	if (!text->opening) {
		text->opening = passage->text;
		text->opening_size = passage->size;
	}
	similar_read(similar, passage);
}

/* ---- texts -------------------------------------------------------------- */

/* The first two texts of each department that share a fingerprint; later ones are compared with. */
struct sharers {
	uint32_t texts[2 * (COMMON_DEPARTMENTS - 1)];
	size_t count;
	size_t departments;
};

/* 0: with too many departments, the wording is common. */
static int sharers_add(const struct similar *similar, struct sharers *sharers, uint32_t text)
{
	unsigned same = 0;
	for (size_t i = 0; i < sharers->count; i++)
		same +=
		    similar->texts[sharers->texts[i]].department == similar->texts[text].department;
	if (same == 2)
		return 1;
	if (same == 0 && ++sharers->departments == COMMON_DEPARTMENTS)
		return 0;
	sharers->texts[sharers->count++] = text;
	return 1;
}

/* Counts the texts that share a fingerprint with that one, or lists them behind its `sharers`. */
static void list_sharers(
    struct similar *similar, const struct sharers *sharers, uint32_t number, uint32_t *list)
{
	struct text *text = &similar->texts[number];
	if (!list)
		text->own++;
	if (text->said.last_year)
		return;
	for (size_t i = 0; i < sharers->count; i++) {
		uint32_t other = sharers->texts[i];
		if (other >= number && !similar->texts[other].said.last_year)
			continue;
		if (list)
			list[text->sharers] = other;
		text->sharers++;
	}
}

/* One fingerprint, which the texts from `from` to `to` have; `list` NULL: counts only. */
static void read_print(struct similar *similar, size_t from, size_t to, uint32_t *list)
{
	const struct key *prints = similar->prints.items;
	struct sharers sharers = { 0 };
	int common = 0;
	for (size_t i = from; i < to; i++) {
		if (i > from && prints[i].number == prints[i - 1].number)
			continue; /* twice in one text */
		if (!list)
			similar->texts[prints[i].number].prints++;
		common = common || !sharers_add(similar, &sharers, prints[i].number);
	}
	if (common)
		return;
	for (size_t i = from; i < to; i++)
		if (i == from || prints[i].number != prints[i - 1].number)
			list_sharers(similar, &sharers, prints[i].number, list);
}

static void read_prints(struct similar *similar, uint32_t *list)
{
	for (size_t i = 0, end; i < similar->prints.count; i = end) {
		end = keys_run(&similar->prints, i);
		read_print(similar, i, end, list);
	}
}

/*
 * For each text, the others it shares fingerprints with, once for each of
 * these; text i's end where its `sharers` says. Counted first, then listed:
 * as pairs to be sorted they would take six times the memory.
 */
static uint32_t *share_prints(struct similar *similar)
{
	size_t sum = 0;
	keys_sort(&similar->prints);
	read_prints(similar, NULL);
	for (size_t i = 0; i < similar->text_count; i++) {
		size_t count = similar->texts[i].sharers;
		similar->texts[i].sharers = sum;
		sum += count;
	}
	uint32_t *list = mem_alloc(sum * sizeof *list);
	read_prints(similar, list);
	keys_release(&similar->prints);
	return list;
}

static int is_alike(const struct text *text, const struct text *other, size_t shared)
{
	size_t shorter = text->own < other->own ? text->own : other->own;
	return shared >= SHARED_LEAST && text->characters >= CHARACTERS_LEAST &&
	       other->characters >= CHARACTERS_LEAST && shared * 100 >= shorter * ALIKE_PERCENT &&
	       shared * 100 >= (size_t)text->prints * PART_PERCENT;
}

/* So many as a message shows; in the arena. */
static const char *first_words(struct arena *arena, const char *text, size_t size)
{
	struct buf out = { 0 };
	const char *end = text + size;
	size_t n = 0;
	while (text < end && n <= SHOWN) {
		const char *at = text;
		uint32_t c = utf8_next(&text, end);
		if (utf8_is_space(c))
			continue;
		if (n++ < SHOWN)
			buf_add(&out, at, (size_t)(text - at));
		else
			buf_adds(&out, "…");
	}
	const char *words = arena_strdup(arena, buf_str(&out));
	buf_release(&out);
	return words;
}

/* The headline, or else the first words. */
static const char *title(struct arena *arena, const struct text *text)
{
	if (text->said.headline && *text->said.headline)
		return text->said.headline;
	return first_words(arena, text->opening ? text->opening : "", text->opening_size);
}

static const char *name(const struct text *text)
{
	return text->said.name ? text->said.name : text->said.department;
}

/* To the next ten: a small edit must not make it another finding. All of it is said of all only. */
static const char *share(struct arena *arena, const struct text *text, size_t shared)
{
	size_t tens = (shared * 20 + text->own) / (2 * (size_t)text->own);
	if (tens == 10 && shared < text->own)
		tens = 9;
	return arena_printf(arena, "%zu%%", tens * 10);
}

/* What is compared are fingerprints: of a text that shares all of them a word may differ. */
static const char *alike_message(enum code code, int all)
{
	if (code == CODE_TEXT_LAST_YEAR)
		return all ? N_("'%2$s' is almost word for word '%3$s' in last year's report")
		           : N_("%s of '%s' is the same as '%s' in last year's report");
	if (code == CODE_TEXT_SIMILAR)
		return all ? N_("'%2$s' is almost word for word '%3$s' of %4$s")
		           : N_("%s of '%s' is the same as '%s' of %s");
	return all ? N_("'%2$s' is almost word for word '%3$s'")
	           : N_("%s of '%s' is the same as '%s'");
}

static void tell_alike(
    struct findings *findings, struct text *text, const struct text *other, size_t shared)
{
	struct arena *arena = findings->arena;
	const char *own = title(arena, text);
	int others = other->department != text->department && name(other);
	enum code code = other->said.last_year ? CODE_TEXT_LAST_YEAR
	                 : others              ? CODE_TEXT_SIMILAR
	                                       : CODE_TEXT_REPEATED;
	struct finding finding = { .code = code_table[code].id,
		.severity = code_table[code].severity,
		.department = text->said.department,
		.at = text->said.place,
		.also = other->said.place,
		.subject = own,
		.message = alike_message(code, shared >= text->own),
		.args = { share(arena, text, shared), own, title(arena, other),
		    code == CODE_TEXT_SIMILAR ? name(other) : NULL } };
	findings_add(findings, &finding);
	text->copied = 1;
}

/* Whether `other` is the better one to name: last year's, then the likest, then the first. */
static int is_better(const struct text *other, const struct text *best, size_t most)
{
	if (!best || other->said.last_year != best->said.last_year)
		return !best || other->said.last_year;
	return other->shared > most || (other->shared == most && other < best);
}

/* Looks at the texts that one shares fingerprints with; it is told of one at most. */
static void judge(struct similar *similar, struct text *text, const uint32_t *list, size_t count,
    struct findings *findings)
{
	const struct text *best = NULL;
	size_t most = 0;
	for (size_t i = 0; i < count; i++)
		similar->texts[list[i]].shared++;
	for (size_t i = 0; i < count; i++) {
		struct text *other = &similar->texts[list[i]];
		if (is_alike(text, other, other->shared) && is_better(other, best, most)) {
			best = other;
			most = other->shared;
		}
		other->shared = 0;
	}
	if (best)
		tell_alike(findings, text, best, most);
}

static void compare_texts(struct similar *similar, struct findings *findings)
{
	uint32_t *list = share_prints(similar);
	size_t start = 0;
	for (size_t i = 0; i < similar->text_count; i++) {
		size_t end = similar->texts[i].sharers;
		judge(similar, &similar->texts[i], list + start, end - start, findings);
		start = end;
	}
	free(list);
}

/* ---- sentences ---------------------------------------------------------- */

static void tell_repeated(
    const struct similar *similar, const struct phrase *phrase, struct findings *findings)
{
	struct arena *arena = findings->arena;
	const struct phrase *first = &similar->phrases[phrase->first];
	const struct text *text = &similar->texts[phrase->text];
	const struct text *other = &similar->texts[first->text];
	struct finding finding = { FINDING(TEXT_REPEATED), .department = text->said.department,
		.at = { phrase->file, phrase->line, phrase->column },
		.also = { first->file, first->line, first->column }, .subject = title(arena, text),
		.message = N_("'%s' stands in this text twice"),
		.args = { first_words(arena, phrase->at, phrase->size) } };
	if (other->department != text->department && name(other)) {
		finding.message = N_("'%s' stands in '%s' of %s as well");
		finding.args[1] = title(arena, other);
		finding.args[2] = name(other);
	} else if (other != text) {
		finding.message = N_("'%s' stands in '%s' already");
		finding.args[1] = title(arena, other);
	}
	findings_add(findings, &finding);
}

/* How far a phrase is compared: a sentence through all texts, a short clause in its department. */
static uint64_t scope(const struct similar *similar, const struct phrase *phrase)
{
	return phrase->whole ? 0 : similar->texts[phrase->text].department;
}

/* Links the phrases `from` to `to` of the sorted keys, which read the same, to the first of each
 * scope. */
static void link_phrases(struct similar *similar, size_t from, size_t to)
{
	const struct key *keys = similar->phrase_keys.items;
	uint32_t first[COMMON_CLAUSE], times[COMMON_CLAUSE] = { 0 };
	size_t scopes = 0;
	for (size_t i = from; i < to; i++) {
		struct phrase *phrase = &similar->phrases[keys[i].number];
		size_t k = 0;
		while (k < scopes &&
		       scope(similar, &similar->phrases[first[k]]) != scope(similar, phrase))
			k++;
		if (k == scopes) {
			if (++scopes == COMMON_CLAUSE)
				break;
			first[k] = keys[i].number;
		}
		phrase->first = first[k];
		phrase->repeat = times[k]++;
	}
	if (scopes == COMMON_CLAUSE)
		for (size_t i = from; i < to; i++)
			similar->phrases[keys[i].number].repeat = 0;
	/* A long clause that two departments share came from one of them. */
	if (scopes == 2 && similar->phrases[keys[from].number].far)
		for (size_t i = from; i < to; i++) {
			similar->phrases[keys[i].number].first = first[0];
			similar->phrases[keys[i].number].repeat = (uint32_t)(i - from);
		}
}

/* Whether a clause names the guiding thought, whose wording is not the writer's to vary. */
static int is_prescribed(const struct phrase *clause)
{
	static const char name[] = "习近平";
	const size_t n = sizeof name - 1;
	for (size_t i = 0; i + n <= clause->size; i++)
		if (memcmp(clause->at + i, name, n) == 0)
			return 1;
	return 0;
}

/* Of the phrases of one sentence the one to tell of, or NULL: all of it, else the first clause. */
static const struct phrase *repeated(const struct phrase *from, const struct phrase *to)
{
	if (to[-1].whole && to[-1].repeat)
		return to[-1].repeat <= REPEATS_A_PHRASE ? &to[-1] : NULL;
	for (; from < to; from++)
		if (from->repeat > 0 && from->repeat <= REPEATS_A_PHRASE && !is_prescribed(from))
			return from;
	return NULL;
}

/* What has been told of one text. */
struct told {
	uint32_t first[REPEATS_A_TEXT];
	size_t count;
};

/* Whether there is room for it, and it was not told of this text yet. */
static int told_add(struct told *told, const struct phrase *phrase)
{
	if (told->count == REPEATS_A_TEXT)
		return 0;
	for (size_t i = 0; i < told->count; i++)
		if (told->first[i] == phrase->first)
			return 0;
	told->first[told->count++] = phrase->first;
	return 1;
}

static void compare_phrases(struct similar *similar, struct findings *findings)
{
	keys_sort(&similar->phrase_keys);
	for (size_t i = 0, end; i < similar->phrase_keys.count; i = end) {
		end = keys_run(&similar->phrase_keys, i);
		if (end > i + 1)
			link_phrases(similar, i, end);
	}
	keys_release(&similar->phrase_keys);

	const struct phrase *phrases = similar->phrases;
	struct told told = { 0 };
	for (size_t i = 0, end; i < similar->phrase_count; i = end) {
		end = i + 1;
		while (end < similar->phrase_count && phrases[end].sentence == phrases[i].sentence)
			end++;
		if (i > 0 && phrases[i].text != phrases[i - 1].text)
			told.count = 0;
		const struct phrase *phrase = repeated(&phrases[i], &phrases[end]);
		if (phrase && !similar->texts[phrase->text].copied && told_add(&told, phrase))
			tell_repeated(similar, phrase, findings);
	}
}

void similar_report(struct similar *similar, struct findings *findings)
{
	compare_texts(similar, findings);
	compare_phrases(similar, findings);
}
