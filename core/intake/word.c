/* word.c: which paragraphs of a Word document are which chapter's. */
#include "intake/word.h"

#include "base/utf8.h"
#include "office/kit_names.h"
#include "office/numbering.h"

#include <string.h>

enum {
	HEADING_MAX = 60 * 4 /* bytes of a typed 一、 heading; more is a paragraph */
};

/* ---- chapters ---------------------------------------------------------------- */

/* Equal but for blanks and quotation marks, which are typed in many ways. */
static int same_words(const char *a, const char *b)
{
	const char *const ends[] = { a + strlen(a), b + strlen(b) };
	const char *at[] = { a, b };
	for (;;) {
		uint32_t next[2];
		for (int i = 0; i < 2; i++)
			do
				next[i] = at[i] < ends[i] ? utf8_next(&at[i], ends[i]) : 0;
			while (utf8_is_space(next[i]) || next[i] == U'“' || next[i] == U'”' ||
			       next[i] == '"');
		if (next[0] != next[1])
			return 0;
		if (!next[0])
			return 1;
	}
}

static int is_title(const struct reader *reader, const struct chapter *chapter, const char *text)
{
	const struct workspace *ws = reader->context->workspace;
	if (same_words(chapter->title, text))
		return 1;
	for (size_t i = 0; ws && i < ws->chapter_count; i++)
		if (strcmp(ws->chapters[i].id, chapter->id) == 0 && ws->chapters[i].title &&
		    same_words(ws->chapters[i].title, text))
			return 1;
	return 0;
}

/* Where the form has marked that chapters begin; each once. */
struct mark {
	unsigned paragraph;
	const struct chapter *chapter;
};

static size_t find_marks(const struct reader *reader, const struct prose *prose,
    struct arena *arena, struct mark **marks)
{
	const struct catalog *catalog = reader->context->catalog;
	size_t count = 0;
	*marks = arena_alloc(arena, (catalog->count + 1) * sizeof **marks);
	for (size_t c = 0; c < catalog->count; c++) {
		char name[KIT_BOOKMARK_SIZE];
		unsigned paragraph =
		    prose_bookmark(prose, kit_bookmark(name, catalog->chapters[c].id, NULL));
		if (paragraph)
			(*marks)[count++] = (struct mark){ paragraph, &catalog->chapters[c] };
	}
	return count;
}

int word_is_marked(const struct reader *reader, const struct prose *prose)
{
	struct arena scratch = { 0 };
	struct mark *marks;
	size_t count = find_marks(reader, prose, &scratch, &marks);
	arena_release(&scratch);
	return count > 0;
}

/* Whether a section begins here, and whose; `*chapter` NULL: of a chapter that is not known. */
static int begins(const struct reader *reader, const struct prose_paragraph *paragraph,
    const struct mark *marks, size_t mark_count, const struct chapter **chapter)
{
	const struct catalog *catalog = reader->context->catalog;
	*chapter = NULL;
	for (size_t i = 0; i < mark_count; i++)
		if (marks[i].paragraph == paragraph->number) {
			*chapter = marks[i].chapter;
			return 1;
		}
	int heading = paragraph->kind == PROSE_HEADING && paragraph->level == 1;
	/* A line that reads like the title is one, however it is set. */
	int line = paragraph->kind == PROSE_HEADING || paragraph->kind == PROSE_BODY;
	if (!heading && (!line || paragraph->table || strlen(paragraph->text) > HEADING_MAX))
		return 0;
	struct arena scratch = { 0 };
	const char *text = prose_heading(paragraph, &scratch);
	for (size_t c = 0; c < catalog->count && !*chapter; c++)
		if (is_title(reader, &catalog->chapters[c], text))
			*chapter = &catalog->chapters[c];
	arena_release(&scratch);
	return heading || *chapter;
}

size_t word_sections(
    struct reader *reader, const struct prose *prose, struct word_section **sections)
{
	struct mark *marks;
	size_t count = 0, mark_count = find_marks(reader, prose, &reader->files, &marks);
	*sections = NULL;
	for (size_t i = 0; i < prose->count; i++) {
		const struct chapter *chapter;
		if (!begins(reader, &prose->paragraphs[i], marks, mark_count, &chapter))
			continue;
		if (count)
			(*sections)[count - 1].to = i;
		*sections = arena_grow(&reader->files, *sections, count, sizeof **sections);
		(*sections)[count++] = (struct word_section){ chapter, i, i + 1, prose->count };
	}
	return count;
}

int word_has_text(const struct prose *prose, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		enum prose_kind kind = prose->paragraphs[i].kind;
		if (*prose->paragraphs[i].text && (kind == PROSE_BODY || kind == PROSE_HEADING))
			return 1;
	}
	return 0;
}

/* ---- Markdown ------------------------------------------------------------------- */

struct topics {
	const unsigned *marks; /* paragraphs, one for each topic of the chapter; 0: none */
	const struct chapter *chapter;
	unsigned first; /* paragraph of the chapter */
};

/* The topic of the last mark of the chapter before a paragraph. */
static const char *topic_of(void *self, unsigned paragraph)
{
	const struct topics *topics = self;
	const char *topic = NULL;
	unsigned latest = 0;
	for (size_t t = 0; t < topics->chapter->topic_count; t++) {
		unsigned at = topics->marks[t];
		if (at >= topics->first && at <= paragraph && at > latest) {
			topic = topics->chapter->topics[t].id;
			latest = at;
		}
	}
	return topic;
}

/* Where the form has marked the chapter's topics; 0: nowhere. */
static unsigned *topic_marks(
    const struct prose *prose, const struct chapter *chapter, struct arena *arena)
{
	unsigned *marks = arena_alloc(arena, (chapter->topic_count + 1) * sizeof *marks);
	for (size_t t = 0; t < chapter->topic_count; t++) {
		char name[KIT_BOOKMARK_SIZE];
		marks[t] =
		    prose_bookmark(prose, kit_bookmark(name, chapter->id, chapter->topics[t].id));
	}
	return marks;
}

void word_range(struct reader *reader, const struct prose *prose, const struct chapter *chapter,
    struct prose_range *range)
{
	struct word_section *sections;
	size_t count = word_sections(reader, prose, &sections), named = 0;
	*range = (struct prose_range){ .to = prose->count };
	for (size_t i = 0; i < count; i++) {
		named += sections[i].chapter != NULL;
		if (sections[i].chapter == chapter) {
			range->from = sections[i].from;
			range->to = sections[i].to;
			return;
		}
	}
	if (named) /* of other chapters, and not of this one */
		range->to = 0;
}

void word_markdown(struct reader *reader, const struct prose *prose, const struct chapter *chapter,
    struct passages_source *source)
{
	struct prose_range range;
	word_range(reader, prose, chapter, &range);
	struct topics topics = { topic_marks(prose, chapter, &reader->files), chapter,
		range.from ? prose->paragraphs[range.from - 1].number : 0 };
	range.topic = topic_of;
	range.self = &topics;
	struct prose_markdown markdown;
	prose_markdown(prose, &range, &markdown, reader->arena);
	struct written_line *lines =
	    arena_alloc(reader->arena, (markdown.lines + 1) * sizeof *lines);
	for (size_t i = 0; i < markdown.lines; i++)
		lines[i].line = markdown.paragraphs[i];
	*source = (struct passages_source){ .text = markdown.text,
		.size = markdown.size,
		.lines = lines,
		.line_count = markdown.lines };
}
