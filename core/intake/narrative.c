/*
 * narrative.c: a department's prose for a chapter (文字材料), cut into points.
 *
 * Points stay Markdown: the source between two headings, word for word, so
 * that what the office edits later is what the department wrote.
 */
#include "intake/passages.h"
#include "intake/reader.h"
#include "intake/reference.h"
#include "intake/word.h"

#include "base/file.h"
#include "base/i18n.h"
#include "base/markdown.h"
#include "base/quantity.h"
#include "base/utf8.h"
#include "workspace/ini.h"

#include <string.h>

struct narrative {
	struct reader *reader;
	struct written *written;
	const char *file;
	const char *text;
	size_t size;
	struct md_lines lines;
	struct passages_source source;
};

/* A line of the Markdown, and the one that its writer knows. */
static unsigned source_line(struct narrative *n, size_t offset)
{
	return markdown_line_next(&n->lines, n->text, offset);
}

static unsigned line_of(struct narrative *n, size_t offset)
{
	return passages_line(&n->source, source_line(n, offset));
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

/* "## 甲", and not "#甲" or "1#楼" over an underline. */
static int is_hashed(const char *text, size_t start)
{
	start += strspn(text + start, " \t");
	size_t n = strspn(text + start, "#");
	return n >= 1 && n <= 6 && strchr(" \t\n", text[start + n]) != NULL;
}

/* A line of = or - alone, which makes a heading of the lines above it. */
static int is_underline(const char *text, size_t start)
{
	start += strspn(text + start, " \t");
	size_t n = strspn(text + start, text[start] == '=' ? "=" : "-");
	start += n;
	start += strspn(text + start, " \t");
	return n > 0 && (text[start] == '\n' || text[start] == '\0');
}

/* Where a heading's own lines end: the underline, if it has one, does not belong to them. */
static size_t heading_stop(const char *text, size_t size, size_t start)
{
	size_t stop = line_end(text, size, start);
	if (!is_hashed(text, start))
		while (stop < size && !is_underline(text, stop))
			stop = line_end(text, size, stop);
	return stop;
}

/* Where the text after a heading begins. */
static size_t heading_end(const char *text, size_t size, size_t start)
{
	size_t stop = heading_stop(text, size, start);
	return is_hashed(text, start) || stop >= size ? stop : line_end(text, size, stop);
}

static void plain_text(const struct md_node *node, struct buf *out)
{
	if (node->text)
		buf_adds(out, node->text);
	for (const struct md_node *child = node->first; child; child = child->next)
		plain_text(child, out);
}

/* The Markdown of a heading without its marks, on one line: "关于 *X* {#topic}". */
static char *heading_source(struct arena *arena, const char *text, size_t start, size_t end)
{
	size_t stop = heading_stop(text, end, start);
	int hashes = is_hashed(text, start);
	start += strspn(text + start, " \t");
	if (hashes)
		start += strspn(text + start, "#");
	start += strspn(text + start, " \t");
	while (stop > start && strchr(" \t\n", text[stop - 1]))
		stop--;
	if (hashes) { /* "## 甲 ##" */
		size_t bare = stop;
		while (bare > start && text[bare - 1] == '#')
			bare--;
		if (bare < stop && (bare == start || text[bare - 1] == ' '))
			stop = bare;
		while (stop > start && strchr(" \t", text[stop - 1]))
			stop--;
	}
	char *source = arena_strndup(arena, text + start, stop > start ? stop - start : 0);
	char *to = source;
	for (const char *p = source; *p; p++)
		if (*p != '\n') /* lines of Chinese join without a blank */
			*to++ = *p;
		else if (to > source && (unsigned char)to[-1] < 0x80 && (unsigned char)p[1] < 0x80)
			*to++ = ' ';
	*to = '\0';
	return source;
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

static const char *nearest_figure(struct narrative *n, const char *name)
{
	const struct chapter *chapter = n->written->chapter;
	const char **ids = arena_alloc(n->reader->arena, (chapter->figure_count + 1) * sizeof *ids);
	const char *labelled = reader_labelled(chapter, name);
	if (labelled && chapter_figure(chapter, labelled))
		return labelled;
	for (size_t i = 0; i < chapter->figure_count; i++)
		ids[i] = chapter->figures[i].id;
	return ini_nearest(name, ids);
}

/* {{x}} is printed without its unit, a percentage with its sign: what follows must not say
 * otherwise. */
static void check_unit(struct narrative *n, const struct written *in, const struct nb_value *value,
    const char *after, const struct nb_place *at)
{
	const struct nb_figure *figure = &in->chapter->figures[value - in->values];
	const char *unit = figure->unit ? figure->unit : "";
	const char *wrong = NULL;
	int sign = *after == '%' || strncmp(after, "％", 3) == 0;
	if (figure->kind == NB_PERCENT && sign) {
		FIND(n->reader->findings, NARRATIVE_UNIT, n->reader->department, *at, value->id,
		    N_("{{%s}} ends in %% already; it stands behind it in the text once more"),
		    value->id);
		return;
	}
	if (sign)
		wrong = "%";
	else if ((strncmp(unit, "万", 3) == 0 || strncmp(unit, "亿", 3) == 0) &&
	         strncmp(after, unit + 3, strlen(unit + 3)) == 0)
		wrong = unit + 3; /* 万元 in submission.ini, 元 in the text */
	if (wrong)
		FIND(n->reader->findings, NARRATIVE_UNIT, n->reader->department, *at, value->id,
		    N_("{{%s}} is in %s, but %s stands behind it in the text"), value->id, unit,
		    wrong);
}

/*
 * The text with its {{…}} naming department and chapter, {{sfj.decision.x}},
 * so that they still mean the same in the report. `line`: of its first byte, in the Markdown.
 */
static char *resolve(struct narrative *n, const char *text, unsigned line)
{
	struct reader *reader = n->reader;
	struct buf out = { 0 };
	struct reference reference;
	const char *from = text;
	while (reference_next(from, &reference)) {
		const struct written *in;
		const struct nb_value *value =
		    reference_value(reader->submission, n->written, reference.name, &in);
		line += markdown_line(from, (size_t)(reference.start - from)) - 1;
		struct nb_place at = AT(n->file, passages_line(&n->source, line), 0);
		buf_add(&out, from, (size_t)(reference.start - from));
		if (!value) {
			const char *near = nearest_figure(n, reference.name);
			FIND(reader->findings, NARRATIVE_REFERENCE, reader->department, at,
			    reference.name,
			    near ? N_("{{%s}} names no figure of this hand-in; is {{%s}} meant?")
			         : N_("{{%s}} names no figure of this hand-in"),
			    reference.name, near);
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
				    N_("{{%s}} stands in the text, but the figure has no value"),
				    reference.name);
			check_unit(n, in, value, reference.end, &at);
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
	if (start > end) /* a heading whose place md4c did not tell */
		start = end;
	while (start < end && strchr("\r\n", n->text[start]))
		start++;
	while (end > start && strchr(" \t\r\n", n->text[end - 1]))
		end--;
	char *text = arena_strndup(n->reader->arena, n->text + start, end - start);
	return strstr(text, "{{") ? resolve(n, text, source_line(n, start)) : text;
}

static void add_point(struct narrative *n, size_t start, size_t body, size_t end)
{
	struct reader *reader = n->reader;
	struct arena *arena = reader->arena;
	struct written *written = n->written;
	struct nb_place place = AT(n->file, line_of(n, start), 0);
	char *headline = heading_source(arena, n->text, start, body);
	const char *topic = cut_topic(arena, headline);
	headline = resolve(n, headline, source_line(n, start));

	if (topic && !chapter_topic(written->chapter, topic)) {
		FIND(reader->findings, NARRATIVE_TOPIC, reader->department, place, topic,
		    N_("the chapter '%s' has no topic '%s'; the point goes to the end"),
		    written->chapter->title, topic);
		topic = NULL;
	}
	char *text = slice(n, body < end ? body : end, end);
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

static void find_markup(struct narrative *n, const char *at, const char *about, const char *message)
{
	FIND(n->reader->findings, NARRATIVE_MARKUP, n->reader->department,
	    AT(n->file, line_of(n, (size_t)(at - n->text)), 0), about, message);
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
		if (node->kind == MD_IMAGE && n->source.lines)
			break; /* of a document: kept as an attachment */
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
		if (!n->source.lines && strstr(node->text, "**")) {
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
	case MD_PARAGRAPH:
		if (node->first && node->first->kind == MD_TEXT && *node->first->text == '|' &&
		    strchr(node->first->text, '\n'))
			find_markup(n, n->text + node->offset, "table",
			    N_("this is no table yet: its second line must be |---|---|"));
		break;
	case MD_DOCUMENT:
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

/* "x}" where x is a figure of the chapter. */
static int is_figure(struct narrative *n, const char *start, size_t length)
{
	return length && start[length] == '}' &&
	       chapter_figure(n->written->chapter, arena_strndup(n->reader->arena, start, length));
}

enum { BRACES_MAX = 20 };

/* {documents_passed}, ｛｛documents_passed｝｝, {{ without an end: meant as a figure, and none. */
static void find_braces(struct narrative *n)
{
	unsigned found = 0;
	for (const char *p = n->text; found < BRACES_MAX && (p = strpbrk(p, "{\xEF")) != NULL;
	     p++) {
		int wide = strncmp(p, "｛", 3) == 0;
		if (!wide && *p != '{')
			continue;
		size_t run = strspn(p, "{");
		const char *end = p + run + strcspn(p + run, "{}\n");
		if (run >= 2 && strncmp(end, "}}", 2) == 0) {
			p = end + strspn(end, "}") - 1; /* a proper one, looked up elsewhere */
			continue;
		}
		const char *start = p + (wide ? 3 : 1);
		size_t id = strspn(start, "abcdefghijklmnopqrstuvwxyz0123456789_.");
		if (wide || p[1] == '{' || is_figure(n, start, id)) {
			found++;
			find_markup(n, p, "brace",
			    N_("this brace stands in the text as it is; a figure is written "
			       "{{id}}, "
			       "with two half-width braces on each side"));
			p += strcspn(p, "\n"); /* once a line */
			if (!*p)
				break;
		}
	}
}

/* Lines that look like markup and are none, or are taken for some and not shown. */
static void find_near_markup(struct narrative *n)
{
	for (const char *p = n->text; *p;) {
		const char *start = p + strspn(p, " ");
		size_t name = *start == '[' ? strcspn(start, "]\n") : 0;
		size_t hashes = strspn(start, "#");
		if (name > 1 && strncmp(start + name, "]:", 2) == 0)
			find_markup(n, start, "definition",
			    N_("Markdown takes this line for a link's definition and does not show "
			       "it; write "
			       "a full-width ： after the bracket"));
		else if (hashes >= 2 && hashes <= 6 && !strchr(" \t\n", start[hashes]))
			find_markup(n, start, "heading",
			    N_("a heading needs a blank behind its ##; this line is taken as "
			       "text"));
		p += strcspn(p, "\n");
		p += *p == '\n';
	}
}

/* Whether a heading says anything; a picture does not. */
static int has_words(const struct md_node *node)
{
	if (node->text)
		return node->text[strspn(node->text, " \t\n")] != '\0';
	for (const struct md_node *child = node->first; child; child = child->next)
		if (child->kind != MD_IMAGE && has_words(child))
			return 1;
	return 0;
}

/* The places where points begin: headings of the first two levels that stand free. */
static void cut(struct narrative *n, const struct md_node *document)
{
	size_t start = 0, body = 0;
	int in_point = 0;
	for (const struct md_node *node = document->first; node; node = node->next) {
		if (node->kind != MD_HEADING || node->level > 2 || !has_words(node))
			continue;
		size_t next = line_start(n->text, node->offset);
		if (in_point)
			add_point(n, start, body, next);
		else
			n->written->opening = slice(n, 0, next);
		start = next;
		body = heading_end(n->text, n->size, start);
		in_point = 1;
	}
	if (in_point)
		add_point(n, start, body, n->size);
	else
		n->written->opening = slice(n, 0, n->size);
}

/* Escapes a line, its {{…}} excepted. */
static void escape_line(struct buf *out, struct arena *arena, const char *line)
{
	struct reference reference;
	size_t blanks = strspn(line, " \t"); /* what begins a block may be indented */
	buf_add(out, line, blanks);
	line += blanks;
	while (reference_next(line, &reference)) {
		markdown_escape(out, arena_strndup(arena, line, (size_t)(reference.start - line)));
		buf_add(out, reference.start, (size_t)(reference.end - reference.start));
		line = reference.end;
	}
	markdown_escape(out, line);
}

/* A plain text file: every line is a paragraph, nothing is Markdown but a "## " that begins one. */
static void plain_to_markdown(struct buf *text, struct arena *arena, struct passages_source *source)
{
	struct buf out = { 0 };
	struct arena scratch = { 0 };
	struct written_line *lines = NULL;
	const char *p = buf_str(text);
	for (uint32_t number = 1; *p; number++) {
		size_t n = strcspn(p, "\n");
		char *line = arena_strndup(&scratch, p, n);
		size_t blanks = strspn(line, " \t"), hashes = strspn(line + blanks, "#");
		int heading = hashes >= 2 && line[blanks + hashes] == ' ';
		if (heading)
			buf_adds(&out, line);
		else
			escape_line(&out, &scratch, line);
		buf_adds(&out, "\n\n"); /* the second one keeps lines apart */
		for (int i = 0; i < 2; i++) {
			lines = arena_grow(arena, lines, source->line_count, sizeof *lines);
			lines[source->line_count++] = (struct written_line){ number,
				(uint32_t)(heading ? blanks + hashes +
				                         strspn(line + blanks + hashes, " ")
				                   : blanks) +
				    1 };
		}
		p += n + (p[n] == '\n');
	}
	arena_release(&scratch);
	source->lines = lines;
	buf_release(text);
	*text = out;
}

/* ---- which file ----------------------------------------------------------- */

/* A Word document is read with the rest of the hand-in, once for all its chapters. */
static int make_markdown(struct reader *reader, struct written *written, struct err *err)
{
	struct narrative_file *narrative = &written->narrative;
	const struct prose *prose;
	int rc = reader_prose(reader, narrative->file, &narrative->place, &prose, err);
	if (rc == 0) {
		struct passages_source *made = arena_alloc(reader->arena, sizeof *made);
		word_markdown(reader, prose, written->chapter, made);
		narrative->made = made;
		rc = pictures_keep(reader, written->chapter, narrative->file, prose, err);
	} else {
		narrative->file = NULL;
	}
	return rc < 0 ? -1 : 0;
}

int narrative_find(struct reader *reader, struct written *written, const char *name,
    const struct nb_place *place, struct err *err)
{
	const struct store_file *file = reader_file(reader, name, place);
	const char *instead = reader_instead(name);
	if (!file)
		return 0;
	written->narrative = (struct narrative_file){ .name = name, .file = file, .place = *place };
	if (path_has_ending(name, ".docx"))
		return make_markdown(reader, written, err);
	if (path_has_ending(name, ".txt") || path_has_ending(name, ".md"))
		return 0;
	written->narrative.file = NULL;
	FIND(reader->findings, INTAKE_FORMAT, reader->department, *place, name,
	    instead ? instead
	            : N_("'%s' is neither .docx nor .md nor .txt: save the text as one of these"),
	    name);
	return 0;
}

/* ---- the way of a text ------------------------------------------------------ */

/* What is looked for in the text as a whole, beside its points. */
static void survey_all(struct narrative *n, const struct md_node *document)
{
	struct reader *reader = n->reader;
	const struct workspace *ws = reader->context->workspace;
	struct survey seen = { .deepest = 2 };
	survey(n, document, &seen);
	if (!n->source.lines) {
		find_near_markup(n);
		find_braces(n);
	}
	if (seen.half_width && (!ws || ws->full_width))
		FIND(reader->findings, NARRATIVE_HALF_WIDTH, reader->department,
		    AT(n->file, line_of(n, seen.half_width_at), 0), "half-width",
		    N_("%s half-width punctuation marks after Chinese text, the first one "
		       "here; they are "
		       "set full-width (GB/T 15834)"),
		    arena_printf(reader->arena, "%zu", seen.half_width));
}

/* What is wrong with it, its points, its passages. */
static void read_all(struct narrative *n, const struct md_node *document)
{
	struct written *written = n->written;
	survey_all(n, document);
	cut(n, document);
	n->source.document = document;
	passages_read(n->reader, written, &n->source);
	if (written->point_count == 0 && *written->opening == '\0')
		FIND(n->reader->findings, NARRATIVE_EMPTY, n->reader->department, AT(n->file, 0, 0),
		    written->narrative.name, N_("the narrative is empty"));
}

/* The narrative as Markdown, in `text` if it is not kept. 1 with findings. */
static int load(struct reader *reader, const struct narrative_file *from, struct buf *text,
    struct passages_source *source, struct err *err)
{
	if (from->made) {
		*source = *from->made;
		return 0;
	}
	int rc = reader_text(reader, from->file, &from->place, text, err);
	if (rc == 0)
		markdown_plain(text);
	if (rc == 0 && path_has_ending(from->name, ".txt"))
		plain_to_markdown(text, reader->arena, source);
	source->text = buf_str(text);
	source->size = text->len;
	return rc;
}

static int read_text(struct reader *reader, struct written *written,
    void (*read)(struct narrative *, const struct md_node *), struct err *err)
{
	const struct narrative_file *from = &written->narrative;
	if (!from->file)
		return 0;
	struct buf text = { 0 };
	struct narrative n = { .reader = reader, .written = written };
	int rc = load(reader, from, &text, &n.source, err);
	if (rc == 0) {
		struct arena tree = { 0 }; /* goes with this text */
		n.file = n.source.file = reader_label(reader, from->name);
		n.text = n.source.text;
		n.size = n.source.size;
		read(&n, markdown_read(&tree, n.text, n.size));
		arena_release(&tree);
	}
	buf_release(&text);
	return rc < 0 ? -1 : 0;
}

int narrative_read(struct reader *reader, struct written *written, struct err *err)
{
	return read_text(reader, written, read_all, err);
}

int narrative_read_points(struct reader *reader, struct written *written, struct err *err)
{
	return read_text(reader, written, cut, err);
}
