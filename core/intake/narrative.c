/*
 * narrative.c: a department's prose for a chapter (文字材料), cut into points.
 *
 * Points stay Markdown: the source between two headings, word for word, so
 * that what the office edits later is what the department wrote.
 */
#include "intake/reader.h"

#include "base/file.h"
#include "base/i18n.h"
#include "base/markdown.h"
#include "base/quantity.h"
#include "base/utf8.h"

#include <string.h>

struct narrative {
	struct reader *reader;
	struct written *written;
	const char *file;
	const char *text;
	size_t size;
	/* markdown_line() from a remembered place, so that a file costs one pass */
	size_t line_at;
	unsigned line;
};

static unsigned line_of(struct narrative *n, size_t offset)
{
	if (offset < n->line_at) {
		n->line_at = 0;
		n->line = 1;
	}
	n->line += markdown_line(n->text + n->line_at, offset - n->line_at) - 1;
	n->line_at = offset;
	return n->line;
}

static size_t line_start(const char *text, size_t at)
{
	while (at > 0 && text[at - 1] != '\n')
		at--;
	return at;
}

static size_t line_end(const char *text, size_t size, size_t at)
{
	const char *newline = memchr(text + at, '\n', size - at);
	return newline ? (size_t)(newline - text) + 1 : size;
}

/* Where the text after a heading begins; the underlined form has a line more. */
static size_t heading_end(const char *text, size_t size, size_t start, size_t offset)
{
	size_t end = line_end(text, size, offset);
	size_t first = start + strspn(text + start, " ");
	if (text[first] == '#')
		return end;
	while (end < size) {
		size_t next = line_end(text, size, end);
		size_t mark = end + strspn(text + end, " ");
		int underline = text[mark] == '=' || text[mark] == '-';
		end = next;
		if (underline)
			break;
	}
	return end;
}

static void plain_text(const struct md_node *node, struct buf *out)
{
	if (node->text)
		buf_adds(out, node->text);
	for (const struct md_node *child = node->first; child; child = child->next)
		plain_text(child, out);
}

/* The Markdown of a heading without its marks: "关于 *X* {#topic}". */
static char *heading_source(struct arena *arena, const char *text, size_t start, size_t end)
{
	size_t stop = line_end(text, end, start);
	start += strspn(text + start, " ");
	int hashes = text[start] == '#';
	start += strspn(text + start, "#");
	start += strspn(text + start, " \t");
	while (stop > start && strchr(" \t\r\n", text[stop - 1]))
		stop--;
	if (hashes) {
		size_t bare = stop;
		while (bare > start && text[bare - 1] == '#')
			bare--;
		if (bare < stop && (bare == start || text[bare - 1] == ' '))
			stop = bare;
		while (stop > start && strchr(" \t", text[stop - 1]))
			stop--;
	}
	return arena_strndup(arena, text + start, stop - start);
}

/* Cuts "{#topic}" off the end of a headline; the topic's id, or NULL. */
static const char *cut_topic(struct arena *arena, char *headline)
{
	size_t n = strlen(headline);
	char *open = strrchr(headline, '{');
	if (n < 4 || headline[n - 1] != '}' || !open || open[1] != '#')
		return NULL;
	char *topic = arena_strndup(arena, open + 2, strlen(open) - 3);
	while (open > headline && (open[-1] == ' ' || open[-1] == '\t'))
		open--;
	*open = '\0';
	return topic;
}

/* ---- {{…}} ------------------------------------------------------------- */

struct reference {
	const char *start, *end; /* with its braces */
	char name[140];
};

/* The next {{…}} on one line. A name too long to be one is left empty. */
static int next_reference(const char *text, struct reference *reference)
{
	for (const char *open = text; (open = strstr(open, "{{")) != NULL; open += 2) {
		const char *close = strstr(open, "}}");
		if (!close)
			return 0;
		size_t line = strcspn(open, "\n");
		if ((size_t)(close - open) > line)
			continue;
		const char *from = open + 2, *to = close;
		while (from < to && *from == ' ')
			from++;
		while (to > from && to[-1] == ' ')
			to--;
		size_t n = (size_t)(to - from);
		if (n >= sizeof reference->name)
			n = 0;
		memcpy(reference->name, from, n);
		reference->name[n] = '\0';
		reference->start = open;
		reference->end = close + 2;
		return 1;
	}
	return 0;
}

static const struct nb_value *value_of(const struct reader *reader, const struct written *written,
    const char *name, const struct written **in)
{
	const char *dot = strchr(name, '.');
	*in = written;
	if (dot) {
		*in = NULL;
		const struct submission *submission = reader->submission;
		for (size_t i = 0; i < submission->written_count; i++) {
			const char *id = submission->written[i].chapter->id;
			if (strlen(id) == (size_t)(dot - name) &&
			    strncmp(id, name, strlen(id)) == 0)
				*in = &submission->written[i];
		}
		name = dot + 1;
	}
	if (!*in)
		return NULL;
	for (size_t i = 0; i < (*in)->chapter->figure_count; i++)
		if (strcmp((*in)->values[i].id, name) == 0)
			return &(*in)->values[i];
	return NULL;
}

/*
 * The text with its {{…}} naming department and chapter, {{sfj.decision.x}},
 * so that they still mean the same in the report. `line`: of its first byte.
 */
static char *resolve(struct narrative *n, const char *text, unsigned line)
{
	struct reader *reader = n->reader;
	struct buf out = { 0 };
	struct reference reference;
	const char *from = text;
	while (next_reference(from, &reference)) {
		const struct written *in;
		const struct nb_value *value = value_of(reader, n->written, reference.name, &in);
		line += markdown_line(from, (size_t)(reference.start - from)) - 1;
		struct nb_place at = AT(n->file, line, 0);
		buf_add(&out, from, (size_t)(reference.start - from));
		if (!value) {
			FIND(reader->findings, NARRATIVE_REFERENCE, reader->department, at,
			    reference.name, N_("{{%s}} names no figure of this hand-in"),
			    reference.name);
			buf_add(&out, reference.start, (size_t)(reference.end - reference.start));
		} else {
			if (value->quantity.state == NB_NOT_APPLICABLE)
				FIND(reader->findings, NARRATIVE_NO_VALUE, reader->department, at,
				    reference.name,
				    N_("{{%s}} stands in the text, but the figure's value is / "
				       "(does not apply)"),
				    reference.name);
			if (value->quantity.state == NB_ABSENT && *value->quantity.text == '\0')
				FIND(reader->findings, NARRATIVE_NO_VALUE, reader->department, at,
				    reference.name,
				    N_("{{%s}} stands in the text, but the figure has no value in "
				       "submission.ini"),
				    reference.name);
			buf_addf(&out, "{{%s.%s.%s}}", reader->department ? reader->department : "",
			    in->chapter->id, value->id);
		}
		from = reference.end;
	}
	buf_adds(&out, from);
	char *copy = arena_strdup(reader->arena, buf_str(&out));
	buf_release(&out);
	return copy;
}

/* The source from `start` to `end` without blank lines around it, its {{…}} resolved. */
static char *slice(struct narrative *n, size_t start, size_t end)
{
	while (start < end && strchr("\r\n", n->text[start]))
		start++;
	while (end > start && strchr(" \t\r\n", n->text[end - 1]))
		end--;
	char *text = arena_strndup(n->reader->arena, n->text + start, end - start);
	return strstr(text, "{{") ? resolve(n, text, line_of(n, start)) : text;
}

static void add_point(struct narrative *n, size_t start, size_t body, size_t end)
{
	struct reader *reader = n->reader;
	struct arena *arena = reader->arena;
	struct written *written = n->written;
	struct nb_place place = AT(n->file, line_of(n, start), 0);
	char *headline = heading_source(arena, n->text, start, body);
	const char *topic = cut_topic(arena, headline);
	headline = resolve(n, headline, place.line);

	if (topic && !chapter_topic(written->chapter, topic)) {
		FIND(reader->findings, NARRATIVE_TOPIC, reader->department, place, topic,
		    N_("the chapter '%s' has no topic '%s'; the point goes to the end"),
		    written->chapter->title, topic);
		topic = NULL;
	}
	char *text = slice(n, body, end);
	if (*headline == '\0' || *text == '\0')
		FIND(reader->findings, NARRATIVE_EMPTY, reader->department, place, headline,
		    *headline ? N_("the point '%s' has no text") : N_("a point without a headline"),
		    headline);
	if (*headline == '\0' && *text == '\0')
		return;
	written->points =
	    arena_grow(arena, written->points, written->point_count, sizeof *written->points);
	written->points[written->point_count++] = (struct nb_point){ .headline = headline,
		.topic = topic,
		.body = text,
		.department = reader->department,
		.place = place };
}

static size_t count_half_width(const char *text)
{
	size_t count = 0;
	const char *end = text + strlen(text);
	uint32_t before = 0;
	for (const char *p = text; p < end;) {
		uint32_t code = utf8_next(&p, end);
		count += code < 0x80 && strchr(",;:?!", (int)code) != NULL && utf8_is_cjk(before);
		before = code;
	}
	return count;
}

struct survey {
	size_t half_width;
	uint32_t half_width_at;
	unsigned deepest; /* heading level last seen */
};

static void survey(struct narrative *n, const struct md_node *node, struct survey *seen)
{
	struct reader *reader = n->reader;
	struct nb_place place = AT(n->file, 0, 0);
	switch (node->kind) {
	case MD_HEADING:
		if (node->level == 1 || (node->level > 2 && node->level > seen->deepest + 1)) {
			place.line = line_of(n, node->offset);
			struct buf text = { 0 };
			plain_text(node, &text);
			FIND(reader->findings, NARRATIVE_HEADING, reader->department, place,
			    buf_str(&text),
			    node->level == 1 ? N_("'%s' is a heading of the first level; it is "
			                          "taken as a point (##)")
			                     : N_("the heading '%s' skips a level"),
			    buf_str(&text));
			buf_release(&text);
		}
		seen->deepest = node->level < 2 ? 2 : node->level;
		break;
	case MD_LINK:
	case MD_IMAGE:
		if (node->kind == MD_IMAGE || !markdown_target_is_safe(node->target)) {
			place.line = line_of(n, node->offset);
			FIND(reader->findings, NARRATIVE_MARKUP, reader->department, place,
			    node->target,
			    node->kind == MD_IMAGE ? N_("the picture '%s' is not set in the text; "
			                                "register it as an attachment")
			                           : N_("the link to '%s' is left out: only http, "
			                                "https and mailto may be linked"),
			    node->target);
		}
		break;
	case MD_TEXT:
		if (strstr(node->text, "**")) {
			place.line = line_of(n, node->offset);
			FIND(reader->findings, NARRATIVE_MARKUP, reader->department, place, "**",
			    N_("** stands in the text as it is: Markdown takes it for bold only "
			       "beside a blank "
			       "or punctuation on its outer side"));
		}
		size_t half = count_half_width(node->text);
		if (half && !seen->half_width)
			seen->half_width_at = node->offset;
		seen->half_width += half;
		break;
	case MD_DOCUMENT:
	case MD_PARAGRAPH:
	case MD_LIST:
	case MD_ITEM:
	case MD_QUOTE:
	case MD_CODE_BLOCK:
	case MD_TABLE:
	case MD_ROW:
	case MD_CELL:
	case MD_RULE:
	case MD_STRONG:
	case MD_EMPHASIS:
	case MD_CODE:
	case MD_BREAK:
		break;
	}
	if (node->kind == MD_CODE || node->kind == MD_CODE_BLOCK)
		return;
	for (const struct md_node *child = node->first; child; child = child->next)
		survey(n, child, seen);
}

/* The places where points begin: headings of the first two levels that stand free. */
static void cut(struct narrative *n, const struct md_node *document)
{
	size_t start = 0, body = 0;
	int in_point = 0;
	for (const struct md_node *node = document->first; node; node = node->next) {
		if (node->kind != MD_HEADING || node->level > 2 || !node->first)
			continue;
		size_t next = line_start(n->text, node->offset);
		if (in_point)
			add_point(n, start, body, next);
		else
			n->written->opening = slice(n, 0, next);
		start = next;
		body = heading_end(n->text, n->size, start, node->offset);
		in_point = 1;
	}
	if (in_point)
		add_point(n, start, body, n->size);
	else
		n->written->opening = slice(n, 0, n->size);
}

/* A plain text file: every line is a paragraph, nothing else is Markdown but "## ". */
static void plain_to_markdown(struct buf *text)
{
	struct buf out = { 0 };
	const char *p = buf_str(text);
	while (*p) {
		size_t n = strcspn(p, "\n");
		buf_add(&out, p, n);
		/* The second newline keeps lines apart; it is added at the end so that
		 * line numbers can be halved again. */
		buf_adds(&out, "\n\n");
		p += n + (p[n] == '\n');
	}
	buf_release(text);
	*text = out;
}

int narrative_read(struct reader *reader, struct written *written, const char *name,
    const struct nb_place *place, struct err *err)
{
	const struct store_file *file = reader_file(reader, name, place);
	if (!file)
		return 0;
	int plain = path_has_ending(name, ".txt");
	if (!plain && !path_has_ending(name, ".md")) {
		FIND(reader->findings, INTAKE_FORMAT, reader->department, *place, name,
		    N_("'%s' is neither .md nor .txt: save the text as one of these"), name);
		return 0;
	}
	struct buf text = { 0 };
	int rc = reader_text(reader, file, place, &text, err);
	if (rc == 0) {
		if (plain)
			plain_to_markdown(&text);
		struct narrative n = { .reader = reader,
			.written = written,
			.file = reader_label(reader, name),
			.text = buf_str(&text),
			.size = text.len,
			.line = 1 };
		size_t before = reader->findings->count, points = written->point_count;
		struct md_node *document = markdown_read(reader->arena, n.text, n.size);
		struct survey seen = { .deepest = 2 };
		survey(&n, document, &seen);
		const struct workspace *ws = reader->context->workspace;
		if (seen.half_width && (!ws || ws->full_width))
			FIND(reader->findings, NARRATIVE_HALF_WIDTH, reader->department,
			    AT(n.file, line_of(&n, seen.half_width_at), 0), "half-width",
			    N_("%s half-width punctuation marks after Chinese text, the first one "
			       "here; they are "
			       "set full-width (GB/T 15834)"),
			    arena_printf(reader->arena, "%zu", seen.half_width));
		cut(&n, document);
		if (written->point_count == points && *written->opening == '\0')
			FIND(reader->findings, NARRATIVE_EMPTY, reader->department,
			    AT(n.file, 0, 0), name, N_("the narrative is empty"));
		if (plain) { /* undo the doubled lines */
			for (size_t i = before; i < reader->findings->count; i++)
				reader->findings->items[i].at.line =
				    (reader->findings->items[i].at.line + 1) / 2;
			for (size_t i = points; i < written->point_count; i++)
				written->points[i].place.line =
				    (written->points[i].place.line + 1) / 2;
		}
	}
	buf_release(&text);
	return rc < 0 ? -1 : 0;
}
