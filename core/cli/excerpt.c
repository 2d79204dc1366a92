/* excerpt.c: the words a finding is about, read again where they were written. */
#include "cli/excerpt.h"

#include "base/file.h"
#include "base/place.h"
#include "base/utf8.h"
#include "office/text.h"

#include <string.h>

enum {
	SIDE = 15,                /* characters shown on either side of the words */
	WORD_MAX = 40,            /* of the words themselves */
	BYTES_MAX = 240,          /* of what is looked for */
	LINE_MAX_SEARCHED = 4096, /* bytes of a line in which words are looked for all over */
	NEIGHBOURS_MAX = 200,     /* findings of one line looked at, on either side */
	REACH = 120,              /* characters: further away nothing is shown of it */
	TEXT_BYTES_MAX = 16 << 20,
	OFFICE_LINES_MAX = 1 << 20 /* Excel's rows */
};

const struct submission *submission_of_file(
    const struct intake *intake, const char *file, const char **name)
{
	for (size_t i = 0; i < intake->count; i++) {
		size_t n = strlen(intake->items[i].label);
		if (strncmp(file, intake->items[i].label, n) != 0 ||
		    (file[n] != '/' && file[n] != '!'))
			continue;
		*name = file + n + 1;
		return &intake->items[i];
	}
	return NULL;
}

/* ---- the file ------------------------------------------------------------- */

static int is_text(const char *file)
{
	static const char *const endings[] = { ".md", ".txt", ".ini", ".csv", ".docx" };
	if (place_kind(file) == PLACE_CELL)
		return 1;
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (path_has_ending(file, endings[i]))
			return 1;
	return 0;
}

struct pieces {
	const char *sheet; /* NULL: of a document */
	struct buf *text;
	uint32_t line; /* being written */
};

/* A paragraph, or all cells of a row, on the line of its number. */
static void add_piece(
    void *self, const char *sheet, uint32_t line, uint32_t column, const char *text)
{
	struct pieces *pieces = self;
	(void)column;
	if ((sheet != NULL) != (pieces->sheet != NULL) ||
	    (sheet && strcmp(sheet, pieces->sheet) != 0) || line > OFFICE_LINES_MAX ||
	    (sheet && id_is_valid(text))) /* the form's codes mean little to its reader */
		return;
	if (line == pieces->line)
		buf_adds(pieces->text, "　");
	for (; pieces->line < line; pieces->line++)
		if (pieces->line)
			buf_addc(pieces->text, '\n');
	for (; *text; text++)
		buf_addc(pieces->text, *text == '\n' ? ' ' : *text);
}

static int read_office(const struct submission *submission, const char *name, struct buf *text)
{
	struct arena scratch = { 0 };
	struct err ignored = { 0 };
	struct buf bytes = { 0 };
	const char *mark = place_kind(name) == PLACE_CELL ? strrchr(name, '!') : NULL;
	const char *file = mark ? arena_strndup(&scratch, name, (size_t)(mark - name)) : name;
	struct pieces pieces = { mark ? mark + 1 : NULL, text, 0 };
	const struct store_file *stored = store_find(submission->store, file);
	int rc = stored && !stored->problem
	             ? store_read(submission->store, stored, TEXT_BYTES_MAX, &bytes, &ignored)
	             : -1;
	if (rc == 0)
		rc = office_text(file, &bytes, &scratch, add_piece, &pieces, &ignored);
	buf_release(&bytes);
	arena_release(&scratch);
	return rc;
}

static int read_handed_in(const struct submission *submission, const char *name, struct buf *text)
{
	struct decoded how;
	struct err ignored = { 0 };
	if (place_kind(name) != PLACE_LINE)
		return read_office(submission, name, text);
	const struct store_file *stored = store_find(submission->store, name);
	return stored && !stored->problem
	           ? submission_text(submission, stored, TEXT_BYTES_MAX, text, &how, &ignored)
	           : -1;
}

/* Read as intake does it, so that lines and columns are the same. */
static void read_file(struct excerpts *excerpts, struct run *run, const char *file)
{
	struct err ignored = { 0 };
	struct decoded how;
	struct buf *text = &excerpts->text;
	const char *name;
	const struct submission *submission = submission_of_file(&run->intake, file, &name);
	buf_clear(text);
	excerpts->file = file;
	excerpts->lines = NULL;
	excerpts->line_count = excerpts->line = 0;
	if (submission ? read_handed_in(submission, name, text) != 0
	               : file_type(file) != FILE_REGULAR ||
	                     file_read_text(file, TEXT_BYTES_MAX, text, &how, &ignored) != 0) {
		buf_clear(text);
		return;
	}
	for (size_t at = 0; at < text->len; at++) {
		excerpts->lines = arena_grow(
		    run->arena, excerpts->lines, excerpts->line_count, sizeof *excerpts->lines);
		excerpts->lines[excerpts->line_count++] = at;
		const char *newline = memchr(text->data + at, '\n', text->len - at);
		at = newline ? (size_t)(newline - text->data) : text->len;
	}
}

/* ---- what must not be spread ----------------------------------------------- */

static int is_of_line(const struct finding *other, const struct finding *finding)
{
	return other->at.file && other->at.line == finding->at.line &&
	       strcmp(other->at.file, finding->at.file) == 0;
}

/* Whether a finding tells that what stands here is nobody else's business. */
static int tells_private(const struct finding *other, const struct finding *finding)
{
	uint32_t a = other->at.column, b = finding->at.column;
	return strncmp(other->code, "privacy.", 8) == 0 &&
	       (!a || !b || (a < b ? b - a : a - b) < REACH);
}

static int is_private(const struct run *run, const struct finding *finding)
{
	const struct finding *first = run->findings.items, *end = first + run->findings.count;
	const struct finding *other = finding;
	size_t seen = 0;
	while (other > first && is_of_line(other - 1, finding) && seen++ < NEIGHBOURS_MAX)
		other--;
	for (seen = 0; other < end && is_of_line(other, finding); other++)
		if (tells_private(other, finding) || seen++ > 2 * NEIGHBOURS_MAX)
			return 1;
	return 0;
}

/* ---- the words --------------------------------------------------------------- */

struct span {
	const char *start, *end;
};

static const char *forward(const char *at, const char *end, size_t characters)
{
	while (characters-- && at < end)
		utf8_next(&at, end);
	return at;
}

static const char *back(const char *start, const char *at, size_t characters)
{
	while (characters-- && at > start)
		do
			at--;
		while (at > start && ((unsigned char)*at & 0xC0) == 0x80);
	return at;
}

/* Where the column begins; a line's findings are mostly asked for from left to right. */
static const char *at_column(
    struct excerpts *excerpts, const struct nb_place *place, const struct span *line)
{
	if (excerpts->line != place->line || excerpts->column > place->column) {
		excerpts->line = place->line;
		excerpts->column = 1;
		excerpts->at = 0;
	}
	const char *at =
	    forward(line->start + excerpts->at, line->end, place->column - excerpts->column);
	excerpts->column = place->column;
	excerpts->at = (size_t)(at - line->start);
	return at;
}

/* What a finding says was written there, without the marks of having been cut. */
static struct span said(const char *text)
{
	struct span words = { text, text + strlen(text) };
	if (strncmp(words.start, "…", 3) == 0)
		words.start += 3;
	if (words.end - words.start > 3 && memcmp(words.end - 3, "…", 3) == 0)
		words.end -= 3;
	return words;
}

/* These quote what stands around the place: only the mark at it is meant. */
static int tells_surroundings(const struct finding *finding)
{
	static const enum code codes[] = { CODE_TEXT_BRACKET, CODE_TEXT_BLANK,
		CODE_TEXT_PUNCTUATION };
	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
		if (strcmp(finding->code, code_table[codes[i]].id) == 0)
			return 1;
	return 0;
}

/* Words that begin at the place, or that the place is in: from there to their end. */
static void look_at(
    struct span line, const char *at, struct span words, int surroundings, struct span *best)
{
	size_t n = (size_t)(words.end - words.start);
	if (n == 0 || n > BYTES_MAX)
		return;
	for (size_t before = 0; before < n && before <= (size_t)(at - line.start); before++) {
		const char *from = at - before;
		if ((size_t)(line.end - from) < n || memcmp(from, words.start, n) != 0)
			continue;
		const char *end = surroundings ? forward(at, line.end, 1) : from + n;
		if (end > best->end)
			*best = (struct span){ at, end };
		return;
	}
}

/* Words that stand in the line once, whose place is not known. */
static void look_for(struct span line, struct span words, struct span *best)
{
	size_t n = (size_t)(words.end - words.start);
	const char *found = NULL;
	if (n < 6 || n > BYTES_MAX || (size_t)(line.end - line.start) > LINE_MAX_SEARCHED)
		return;
	for (const char *p = line.start; (size_t)(line.end - p) >= n; p++)
		if (memcmp(p, words.start, n) == 0) {
			if (found)
				return;
			found = p;
		}
	if (found && n > (size_t)(best->end - best->start))
		*best = (struct span){ found, found + n };
}

static struct span trimmed(struct span span)
{
	while (span.start < span.end && strchr(" \t", *span.start))
		span.start++;
	while (span.end > span.start && strchr(" \t", span.end[-1]))
		span.end--;
	return span;
}

/* The words that the finding is about; nothing at the place where that is not certain. */
static struct span find_words(const struct finding *finding, struct span line, const char *at)
{
	struct span none = { at ? at : line.start, at ? at : line.start }, best = none;
	int surroundings = tells_surroundings(finding);
	/* A subject may be a name for what is meant, such as a key's. */
	for (size_t i = 0; i < NB_ARGS + (at != NULL); i++) {
		const char *text = i < NB_ARGS ? finding->args[i] : finding->subject;
		if (!text)
			continue;
		struct span words = said(text);
		if (!at) {
			if (!surroundings)
				look_for(line, words, &best);
			continue;
		}
		look_at(line, at, words, surroundings, &best);
		/* A table's cell is told with its row's head: 停产停业：1. */
		const char *colon = strstr(words.start, "：");
		if (colon && colon + 3 < words.end)
			look_at(
			    line, at, (struct span){ colon + 3, words.end }, surroundings, &best);
	}
	best = trimmed(best);
	return best.start < best.end ? best : none;
}

int excerpt_of(
    struct excerpts *excerpts, struct run *run, const struct finding *finding, struct excerpt *out)
{
	const struct nb_place *place = &finding->at;
	struct arena *arena = run->arena;
	if (!place->file || !place->line || !is_text(place->file) || is_private(run, finding))
		return 0;
	if (!excerpts->file || strcmp(excerpts->file, place->file) != 0)
		read_file(excerpts, run, place->file);
	if (place->line > excerpts->line_count)
		return 0;
	const char *text = excerpts->text.data;
	struct span line = { text + excerpts->lines[place->line - 1], text + excerpts->text.len };
	const char *newline = memchr(line.start, '\n', (size_t)(line.end - line.start));
	if (newline)
		line.end = newline;
	while (line.end > line.start && strchr(" \t|", line.end[-1]))
		line.end--;
	if (line.end == line.start)
		return 0;
	/* A list's columns are cells. */
	int located = place->column && place_kind(place->file) != PLACE_CELL &&
	              !path_has_ending(place->file, ".csv");
	const char *at = located ? at_column(excerpts, place, &line) : NULL;
	struct span word = find_words(finding, line, at);
	int marked = word.end > word.start;
	if (marked)
		word.end = forward(word.start, word.end, WORD_MAX);
	const char *from = back(line.start, word.start, SIDE);
	const char *to = forward(word.end, line.end, marked || located ? SIDE : 2 * SIDE);
	const char *cut_before = from > line.start ? "…" : "";
	while (from < word.start && strchr(" \t|", *from))
		from++;
	out->before = arena_printf(arena, "%s%.*s", cut_before, (int)(word.start - from), from);
	out->word = arena_strndup(arena, word.start, (size_t)(word.end - word.start));
	out->after =
	    arena_printf(arena, "%.*s%s", (int)(to - word.end), word.end, to < line.end ? "…" : "");
	return 1;
}

void excerpts_release(struct excerpts *excerpts)
{
	buf_release(&excerpts->text);
}
