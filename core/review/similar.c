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
	REPEATS_A_PHRASE = 4
};

struct similar *similar_new(void)
{
	struct similar *similar = mem_alloc(sizeof *similar);
	*similar =
	    (struct similar){ .prints.bytes = PRINT_BYTES, .phrase_keys.bytes = PHRASE_BYTES };
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
	shown_release(&similar->shown);
	arena_release(&similar->arena);
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

/* Most texts are of the file of the one before. */
static const char *keep_file(struct similar *similar, const char *file)
{
	const struct text *before =
	    similar->text_count ? &similar->texts[similar->text_count - 1] : NULL;
	if (before && file && before->said.place.file && strcmp(before->said.place.file, file) == 0)
		return before->said.place.file;
	return before && file && before->file && strcmp(before->file, file) == 0 ? before->file
	       : file ? arena_strdup(&similar->arena, file)
	              : NULL;
}

void similar_begin(struct similar *similar, const struct similar_text *said)
{
	struct text text = { .said = *said, .department = department_key(said) };
	text.said.headline = said->headline && *said->headline
	                         ? arena_strdup(&similar->arena, said->headline)
	                         : NULL;
	text.said.place.file = keep_file(similar, said->place.file);
	text.phrases = (uint32_t)similar->phrase_count;
	if (similar->text_count == similar->text_cap) {
		similar->text_cap += similar->text_cap / 2 + 64;
		similar->texts =
		    mem_realloc(similar->texts, similar->text_cap * sizeof *similar->texts);
	}
	similar->texts[similar->text_count++] = text;
}

/* A text without headline is called by its first words. */
static const char *first_words(struct arena *arena, const struct passage *passage)
{
	struct buf out = { 0 };
	shown_words(&out, passage->text, passage->size);
	const char *words = arena_strdup(arena, buf_str(&out));
	buf_release(&out);
	return words;
}

void similar_add(struct similar *similar, const struct passage *passage)
{
	assert(similar->text_count);
	if (passage->kind != PASSAGE_TEXT)
		return;
	struct text *text = &similar->texts[similar->text_count - 1];
	if (!text->file)
		text->file = keep_file(similar, passage->file);
	if (!text->said.headline)
		text->said.headline = first_words(&similar->arena, passage);
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

/* Going through the fingerprints: `list` NULL counts only. */
struct sharing {
	struct similar *similar;
	uint32_t *list;
};

/* One fingerprint, which these texts have; a text twice if it has it twice. */
static void read_print(void *self, const uint32_t *numbers, size_t count)
{
	const struct sharing *sharing = self;
	struct similar *similar = sharing->similar;
	struct sharers sharers = { 0 };
	int common = 0;
	for (size_t i = 0; i < count; i++) {
		if (i > 0 && numbers[i] == numbers[i - 1])
			continue;
		if (!sharing->list)
			similar->texts[numbers[i]].prints++;
		common = common || !sharers_add(similar, &sharers, numbers[i]);
	}
	if (common)
		return;
	for (size_t i = 0; i < count; i++)
		if (i == 0 || numbers[i] != numbers[i - 1])
			list_sharers(similar, &sharers, numbers[i], sharing->list);
}

/*
 * For each text, the others it shares fingerprints with, once for each of
 * these; text i's end where its `sharers` says. Counted first, then listed:
 * as pairs to be sorted they would take six times the memory.
 */
static uint32_t *share_prints(struct similar *similar)
{
	struct sharing sharing = { .similar = similar };
	size_t sum = 0;
	keys_each(&similar->prints, read_print, &sharing);
	for (size_t i = 0; i < similar->text_count; i++) {
		size_t count = similar->texts[i].sharers;
		similar->texts[i].sharers = sum;
		sum += count;
	}
	sharing.list = mem_alloc(sum * sizeof *sharing.list);
	keys_each(&similar->prints, read_print, &sharing);
	keys_release(&similar->prints);
	return sharing.list;
}

static int is_alike(const struct text *text, const struct text *other, size_t shared)
{
	size_t shorter = text->own < other->own ? text->own : other->own;
	return shared >= SHARED_LEAST && text->characters >= CHARACTERS_LEAST &&
	       other->characters >= CHARACTERS_LEAST && shared * 100 >= shorter * ALIKE_PERCENT &&
	       shared * 100 >= (size_t)text->prints * PART_PERCENT;
}

static const char *title(const struct text *text)
{
	return text->said.headline ? text->said.headline : "";
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
	const char *own = title(text);
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
		.args = { share(findings->arena, text, shared), own, title(other),
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

/* The text that a phrase stands in: the last one that began before it. */
static const struct text *text_of(const struct similar *similar, uint32_t phrase)
{
	size_t low = 0, high = similar->text_count;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (similar->texts[middle].phrases <= phrase)
			low = middle;
		else
			high = middle;
	}
	return &similar->texts[low];
}

static void tell_repeated(const struct similar *similar, const struct text *text, uint32_t number,
    struct findings *findings)
{
	const struct phrase *phrase = &similar->phrases[number];
	const struct phrase *first = &similar->phrases[similar->repeats[number].first];
	const struct text *other = text_of(similar, similar->repeats[number].first);
	struct finding finding = { FINDING(TEXT_REPEATED), .department = text->said.department,
		.at = { text->file, phrase->line, phrase->column },
		.also = { other->file, first->line, first->column }, .subject = title(text),
		.message = N_("'%s' stands in this text twice"),
		.args = { shown_at(&similar->shown, phrase->words) } };
	if (other->department != text->department && name(other)) {
		finding.message = N_("'%s' stands in '%s' of %s as well");
		finding.args[1] = title(other);
		finding.args[2] = name(other);
	} else if (other != text) {
		finding.message = N_("'%s' stands in '%s' already");
		finding.args[1] = title(other);
	}
	findings_add(findings, &finding);
}

/* How far a phrase is compared: a sentence through all texts, a short clause in its department. */
static uint64_t scope(const struct similar *similar, uint32_t phrase)
{
	return similar->phrases[phrase].whole ? 0 : text_of(similar, phrase)->department;
}

/* Links phrases that read the same to the first of each scope. */
static void link_phrases(void *self, const uint32_t *numbers, size_t count)
{
	struct similar *similar = self;
	struct repeat *repeats = similar->repeats;
	uint32_t first[COMMON_CLAUSE], times[COMMON_CLAUSE] = { 0 };
	uint64_t scopes[COMMON_CLAUSE];
	size_t scope_count = 0;
	for (size_t i = 0; count > 1 && i < count; i++) {
		uint64_t own = scope(similar, numbers[i]);
		size_t k = 0;
		while (k < scope_count && scopes[k] != own)
			k++;
		if (k == scope_count) {
			if (++scope_count == COMMON_CLAUSE)
				break;
			first[k] = numbers[i];
			scopes[k] = own;
		}
		repeats[numbers[i]] = (struct repeat){ first[k], times[k]++ };
	}
	if (scope_count == COMMON_CLAUSE)
		for (size_t i = 0; i < count; i++)
			repeats[numbers[i]].times = 0;
	/* A long clause that two departments share came from one of them. */
	if (scope_count == 2 && similar->phrases[numbers[0]].far)
		for (size_t i = 0; i < count; i++)
			repeats[numbers[i]] = (struct repeat){ first[0], (uint32_t)i };
}

/* Of the phrases of one sentence the one to tell of, or `to`: all of it, else the first clause. */
static uint32_t repeated(const struct similar *similar, uint32_t from, uint32_t to)
{
	const struct phrase *phrases = similar->phrases;
	const struct repeat *repeats = similar->repeats;
	if (phrases[to - 1].whole && repeats[to - 1].times)
		return repeats[to - 1].times <= REPEATS_A_PHRASE ? to - 1 : to;
	while (from < to && (repeats[from].times == 0 || repeats[from].times > REPEATS_A_PHRASE ||
	                        phrases[from].prescribed))
		from++;
	return from;
}

/* What has been told of one text. */
struct told {
	uint32_t first[REPEATS_A_TEXT];
	size_t count;
};

/* Whether there is room for it, and it was not told of this text yet. */
static int told_add(struct told *told, uint32_t first)
{
	if (told->count == REPEATS_A_TEXT)
		return 0;
	for (size_t i = 0; i < told->count; i++)
		if (told->first[i] == first)
			return 0;
	told->first[told->count++] = first;
	return 1;
}

/* Tells of the phrases up to `end`, which are all of one text. */
static void compare_phrases_of(
    const struct similar *similar, const struct text *text, uint32_t end, struct findings *findings)
{
	struct told told = { 0 };
	for (uint32_t from = text->phrases, to; from < end; from = to) {
		for (to = from + 1; !similar->phrases[to - 1].last;)
			to++;
		uint32_t phrase = repeated(similar, from, to);
		if (phrase < to && told_add(&told, similar->repeats[phrase].first))
			tell_repeated(similar, text, phrase, findings);
	}
}

static void compare_phrases(struct similar *similar, struct findings *findings)
{
	similar->repeats =
	    arena_alloc(&similar->arena, (similar->phrase_count + 1) * sizeof *similar->repeats);
	keys_each(&similar->phrase_keys, link_phrases, similar);
	keys_release(&similar->phrase_keys);
	for (size_t i = 0; i < similar->text_count; i++) {
		size_t end = i + 1 < similar->text_count ? similar->texts[i + 1].phrases
		                                         : similar->phrase_count;
		if (!similar->texts[i].copied)
			compare_phrases_of(similar, &similar->texts[i], (uint32_t)end, findings);
	}
}

void similar_report(struct similar *similar, struct findings *findings)
{
	compare_texts(similar, findings);
	compare_phrases(similar, findings);
}
