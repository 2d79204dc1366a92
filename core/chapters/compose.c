/* compose.c: what templates get to see, and the Markdown that comes out. */
#include "chapters/compose.h"

#include "base/file.h"
#include "base/i18n.h"
#include "base/markdown.h"
#include "base/utf8.h"
#include "chapters/mustache.h"
#include "chapters/part.h"

#include <string.h>

/* "{{decision.documents_passed}}" and nothing else. */
static int is_name(const char *text)
{
	size_t n = strncmp(text, "{{", 2) == 0
	               ? strspn(text + 2, "abcdefghijklmnopqrstuvwxyz0123456789_.")
	               : 0;
	return n > 0 && strcmp(text + 2 + n, "}}") == 0;
}

/*
 * {{x}} in a Markdown template. Names of figures pass through for the document
 * to resolve, everything else is text that must not become markup.
 */
static void escape(struct buf *out, const char *text)
{
	if (is_name(text))
		buf_adds(out, text);
	else
		markdown_escape(out, text);
}

static int partial(void *self, const char *name, struct buf *out, struct err *err)
{
	const struct composer *composer = self;
	const char *file = arena_printf(composer->arena, "%s.md", name);
	if (strchr(file, '/') || !template_find(composer->templates, file, composer->arena))
		return 0;
	return template_read(composer->templates, file, out, err) == 0 ? 1 : -1;
}

static struct mustache_env environment(const struct composer *composer)
{
	/* The callback takes no const; it does not write either. */
	union {
		const struct composer *in;
		void *out;
	} self = { composer };
	return (struct mustache_env){ .escape = escape, .partial = partial, .self = self.out };
}

/* {"year": 2025, "region": …}: what report.ini says. */
static json_t *report_data(const struct workspace *ws)
{
	return json_pack("{s:i, s:s, s:s, s:s, s:s, s:i, s:i}", "year", ws->year, "region",
	    ws->region, "title", ws->title, "issuer", ws->issuer, "date", ws->date ? ws->date : "",
	    "last_year", ws->year - 1, "next_year", ws->year + 1);
}

/*
 * A figure as templates see it: its text is its name, to be resolved in the
 * document; as a section it is true when anybody gave it a value, 0 included.
 */
static json_t *figure_data(const struct county_figure *figure, struct arena *arena)
{
	if (figure->quantity.state == NB_ABSENT)
		return json_false();
	return json_string(
	    arena_printf(arena, "{{%s.%s}}", figure->chapter->id, figure->figure->id));
}

static json_t *chapter_figures(const struct composer *composer, const struct chapter *chapter)
{
	json_t *data = json_object();
	const struct county_figure *figure = figures_of(composer->figures, chapter);
	for (size_t i = 0; i < chapter->figure_count; i++)
		json_object_set_new(
		    data, figure[i].figure->id, figure_data(&figure[i], composer->arena));
	return data;
}

static const char *chart_tag(const struct chart *chart, struct arena *arena)
{
	return arena_printf(arena, "{{chart.%s}}", chart->id);
}

/* {"supervision": {"outcomes": tag}}, and a chapter's own by their short names, too. */
static json_t *charts_data(const struct composer *composer, const struct chapter *own)
{
	json_t *data = json_object();
	const struct charts *charts = composer->charts;
	for (size_t i = 0; charts && i < charts->count; i++) {
		const struct chart *chart = &charts->items[i];
		const char *id = chart->id + strlen(chart->chapter) + 1;
		json_t *tag = json_string(chart_tag(chart, composer->arena));
		json_t *of = json_object_get(data, chart->chapter);
		if (!of) {
			of = json_object();
			json_object_set_new(data, chart->chapter, of);
		}
		json_object_set(of, id, tag);
		if (own && strcmp(own->id, chart->chapter) == 0)
			json_object_set(data, id, tag);
		json_decref(tag);
	}
	return data;
}

/* The tags of a chapter's charts that have something to show. */
static json_t *chapter_charts(const struct composer *composer, const struct chapter *chapter)
{
	json_t *list = json_array();
	const struct charts *charts = composer->charts;
	for (size_t i = 0; charts && i < charts->count; i++)
		if (charts->items[i].bar_count &&
		    strcmp(charts->items[i].chapter, chapter->id) == 0)
			json_array_append_new(
			    list, json_string(chart_tag(&charts->items[i], composer->arena)));
	return list;
}

static json_t *charts_where(
    const struct composer *composer, const struct chapter *chapter, enum charts_where where)
{
	return composer->workspace->charts == where ? chapter_charts(composer, chapter)
	                                            : json_array();
}

static const char *department_name(const struct composer *composer, const char *id)
{
	const struct department *department = workspace_department(composer->workspace, id);
	return department ? department->name : id;
}

static size_t longest_run(const char *text, char sign)
{
	size_t longest = 0;
	for (size_t n; *text; text += n ? n : 1) {
		for (n = 0; text[n] == sign;)
			n++;
		longest = n > longest ? n : longest;
	}
	return longest;
}

/* Whether a heading behind the text is one. */
static int ends_well(struct arena *arena, const char *text)
{
	const char *probe = arena_printf(arena, "%s\n\n## x\n", text);
	return markdown_read(arena, probe, strlen(probe))->last->kind == MD_HEADING;
}

/*
 * The text as it may be followed by another department's: a code fence that
 * was opened and never closed would swallow all that comes after it.
 */
static const char *closed(struct arena *arena, const char *text)
{
	if ((!strstr(text, "```") && !strstr(text, "~~~")) || ends_well(arena, text))
		return text;
	for (const char *sign = "`~"; *sign; sign++) {
		size_t n = longest_run(text, *sign);
		char *fence = arena_alloc(arena, n + 1);
		memset(fence, *sign, n);
		const char *with = arena_printf(arena, "%s\n%s", text, fence);
		if (n && ends_well(arena, with))
			return with;
	}
	return text;
}

static json_t *point_data(const struct composer *composer, const struct nb_point *point)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s}", "headline", point->headline, "body",
	    closed(composer->arena, point->body), "topic", point->topic ? point->topic : "",
	    "department", point->department, "name", department_name(composer, point->department));
}

static json_t *chapter_data(
    const struct composer *composer, const struct chapter *chapter, const struct nb_county *county)
{
	json_t *data = json_object(), *points = json_array(), *openings = json_array();
	json_t *topics = json_array();
	for (size_t i = 0; i < county->part_count; i++) {
		const struct written *written = submission_chapter(
		    intake_latest(composer->intake, county->parts[i].department), chapter->id);
		if (*written->opening)
			json_array_append_new(
			    openings, json_string(closed(composer->arena, written->opening)));
	}
	/* Points in report order, and the same once more by topic. */
	for (size_t i = 0; i < county->whole->point_count; i++)
		json_array_append_new(points, point_data(composer, &county->whole->points[i]));
	for (size_t t = 0; t <= chapter->topic_count; t++) {
		const struct nb_topic *topic =
		    t < chapter->topic_count ? &chapter->topics[t] : NULL;
		json_t *of_topic = json_array();
		for (size_t i = 0; i < county->whole->point_count; i++) {
			const char *id = county->whole->points[i].topic;
			if (topic ? id && strcmp(id, topic->id) == 0 : !id)
				json_array_append(of_topic, json_array_get(points, i));
		}
		json_array_append_new(
		    topics, json_pack("{s:s, s:s, s:o}", "id", topic ? topic->id : "", "label",
		                topic ? topic->label : "", "points", of_topic));
	}
	json_object_set_new(data, "id", json_string(chapter->id));
	json_object_set_new(data, "title", json_string(chapter->title));
	json_object_set_new(data, "opening", openings);
	json_object_set_new(data, "points", points);
	json_object_set_new(data, "topics", topics);
	json_object_set_new(data, "report", report_data(composer->workspace));
	json_object_set_new(data, "chart", charts_data(composer, chapter));
	json_object_set_new(data, "charts", charts_where(composer, chapter, CHARTS_IN_TEXT));
	for (size_t i = 0; i < composer->catalog->count; i++) {
		const struct chapter *other = &composer->catalog->chapters[i];
		json_object_set_new(data, other->id, chapter_figures(composer, other));
	}
	return data;
}

static int render(const struct composer *composer, const char *name, const char *text, size_t n,
    const json_t *data, struct buf *out, struct err *err)
{
	struct mustache_env env = environment(composer);
	return mustache_render(name, text, n, data, &env, out, err);
}

/* Whether `at` stands within {{#name}} … {{/name}}: then the template asks first. */
static int in_section(const char *text, const char *at, const char *name)
{
	int open = 0;
	size_t n = strlen(name);
	for (const char *p = text; (p = strstr(p, "{{")) != NULL && p < at; p += 2) {
		const char *start = p + 3 + strspn(p + 3, " ");
		if (strncmp(start, name, n) == 0 && strchr(" }", start[n]))
			open += p[2] == '#' ? 1 : p[2] == '/' ? -1 : 0;
	}
	return open > 0;
}

/* Whether Mustache finds something under the name, "report.year". */
static int is_known(struct arena *arena, const json_t *data, const char *name)
{
	while (data && *name) {
		size_t n = strcspn(name, ".");
		data = json_object_get(data, arena_strndup(arena, name, n));
		name += n + (name[n] == '.');
	}
	return data != NULL;
}

/*
 * Mustache prints nothing for a name it does not know. In a report that would
 * be a sentence without its number, so names are looked up beforehand: of
 * the template `text`, named `file` in findings, appends to `out` what is to
 * be rendered, where a figure nobody reported stands as a gap. Names that are
 * no figures are looked for in `data`, if given.
 */
static void check_names(const struct composer *composer, const char *file, const char *text,
    const json_t *data, struct buf *out)
{
	struct arena *arena = composer->arena;
	struct md_lines lines = { 0 };
	const char *from = text;
	int depth = 0; /* of sections, whose rows have names of their own */
	for (const char *open = text; (open = strstr(open, "{{")) != NULL;) {
		const char *close = strstr(open, "}}");
		const char *start = open + 2 + strspn(open + 2, " \t{");
		int section = *start == '#' || *start == '^';
		int comment = *start == '!';
		depth += section ? 1 : *start == '/' ? -1 : 0;
		start += strspn(start, "#^& \t");
		size_t n = strspn(start, "abcdefghijklmnopqrstuvwxyz0123456789_.");
		const char *name = arena_strndup(arena, start, n);
		const char *dot = strchr(name, '.');
		const char *tag = open;
		open = comment && close ? close : start;
		if (comment || n == 0)
			continue;
		struct nb_place at =
		    AT(file, markdown_line_next(&lines, text, (size_t)(tag - text)), 0);
		const char *id = dot ? arena_strndup(arena, name, (size_t)(dot - name)) : name;
		if (!dot || !catalog_chapter(composer->catalog, id)) {
			if (data && depth == 0 && !is_known(arena, data, name))
				FIND(composer->findings, NARRATIVE_REFERENCE, NULL, at, name,
				    N_("{{%s}} names nothing of this report"), name);
			continue;
		}
		const struct county_figure *figure = figures_find(composer->figures, id, dot + 1);
		if (!figure)
			FIND(composer->findings, NARRATIVE_REFERENCE, NULL, at, name,
			    N_("{{%s}} names no figure of this report"), name);
		if (!figure || section || figure->quantity.state != NB_ABSENT || !close)
			continue;
		if (!in_section(text, tag, name))
			FIND(composer->findings, NARRATIVE_NO_VALUE, NULL, at, name,
			    N_("{{%s}} stands in the text, but nobody reported the figure"), name);
		buf_add(out, from, (size_t)(tag - from));
		buf_adds(out, "〔缺〕");
		open = from = close + (tag[2] == '{' && close[2] == '}' ? 3 : 2);
	}
	buf_adds(out, from);
}

json_t *compose_data(const struct composer *composer, const struct chapter *chapter)
{
	struct arena *arena = composer->arena;
	struct nb_county *county = part_of_county(
	    arena, composer->workspace, composer->intake, composer->figures, chapter);
	json_t *data = chapter_data(composer, chapter, county);
	if (chapter->compose) {
		struct call call = { arena, composer->findings, chapter, NULL, data };
		struct nb_host host = host_for(&call);
		chapter->compose(&host, county);
	}
	return data;
}

int compose_chapter(const struct composer *composer, const struct chapter *chapter,
    const json_t *data, struct buf *out, struct err *err)
{
	struct arena *arena = composer->arena;
	const char *name = arena_printf(arena, "%s.md", chapter->id);
	if (!template_find(composer->templates, name, arena))
		name = "chapter.md";
	struct buf text = { 0 }, checked = { 0 };
	int rc = template_read(composer->templates, name, &text, err);
	if (rc == 0) {
		check_names(composer, template_find(composer->templates, name, arena),
		    buf_str(&text), NULL, &checked);
		rc = render(composer, name, buf_str(&checked), checked.len, data, out, err);
	}
	buf_release(&checked);
	buf_release(&text);
	return rc;
}

/* Which chapters the frame places by their own tag; the rest goes where {{{chapters}}} stands. */
static int placed(const char *frame, const char *id, struct arena *arena)
{
	for (const char *open = frame; (open = strstr(open, "{{{")) != NULL; open += 3) {
		const char *start = open + 3 + strspn(open + 3, " \t");
		size_t n = strcspn(start, " \t\n}");
		if (strlen(id) == n && strncmp(start, id, n) == 0)
			return 1;
	}
	return strstr(frame, arena_printf(arena, "{{& %s}}", id)) != NULL ||
	       strstr(frame, arena_printf(arena, "{{&%s}}", id)) != NULL;
}

static json_t *frame_data(const struct composer *composer, const char *frame)
{
	struct arena *arena = composer->arena;
	struct buf chapters = { 0 };
	json_t *data = json_object();
	for (size_t i = 0; i < composer->catalog->count; i++) {
		const struct chapter *chapter = &composer->catalog->chapters[i];
		const char *token = arena_printf(arena, "{{chapter.%s}}", chapter->id);
		json_t *figures = chapter_figures(composer, chapter);
		/* An object's own text stands under "": {{{plan}}} is the chapter, {{plan.x}} a
		 * figure. */
		json_object_set_new(figures, "", json_string(token));
		json_object_set_new(data, chapter->id, figures);
		if (!placed(frame, chapter->id, arena))
			buf_addf(&chapters, "%s%s", chapters.len ? "\n\n" : "", token);
	}
	json_t *report = report_data(composer->workspace);
	json_object_update(data, report);
	json_object_set_new(data, "report", report);
	json_object_set_new(data, "chart", charts_data(composer, NULL));
	json_object_set_new(data, "chapters", json_string(buf_str(&chapters)));
	json_object_set_new(data, "attachments", json_string("{{report.attachments}}"));
	json_object_set_new(data, "signature", json_string("{{report.signature}}"));
	buf_release(&chapters);
	return data;
}

int compose_frame(const struct composer *composer, struct buf *out, struct err *err)
{
	const struct workspace *ws = composer->workspace;
	struct buf text = { 0 }, checked = { 0 };
	struct decoded how = { 0 };
	int rc;
	if (file_type(ws->frame_file) == FILE_NONE)
		rc = template_read(composer->templates, "frame.md", &text, err);
	else
		rc = file_read_text(ws->frame_file, 16 << 20, &text, &how, err);
	if (rc == 0) {
		if (how.encoding)
			encoding_note(composer->findings, NULL, ws->frame_file, &how);
		markdown_plain(&text);
		json_t *data = frame_data(composer, buf_str(&text));
		check_names(composer, ws->frame_file, buf_str(&text), data, &checked);
		rc = render(
		    composer, ws->frame_file, buf_str(&checked), checked.len, data, out, err);
		json_decref(data);
	}
	buf_release(&checked);
	buf_release(&text);
	return rc;
}

/* ---- the annex ----------------------------------------------------------- */

enum { NAMES_MAX = 3 }; /* of departments, in a cell of the annex */

/* "县司法局、县公安局、县财政局等17个单位" */
static const char *short_sources(const struct county_figure *figure, struct arena *arena)
{
	const char *text = "";
	size_t count = 0;
	for (size_t i = 0; i < figure->source_count; i++) {
		const struct source *source = &figure->sources[i];
		if (source->value->quantity.state == NB_NOT_APPLICABLE)
			continue;
		if (count++ < NAMES_MAX)
			text = arena_printf(arena, "%s%s%s", text, *text ? "、" : "",
			    source->submission->department->name);
	}
	return count > NAMES_MAX ? arena_printf(arena, "%s等%zu个单位", text, count) : text;
}

/* What a cell shows where there is nothing. */
static const char *or_dash(const char *text)
{
	return *text ? text : "—";
}

static json_t *annex_row(const struct county_figure *figure, struct arena *arena)
{
	const struct nb_figure *def = figure->figure;
	const char *name = figure->quantity.state == NB_ABSENT
	                       ? "—"
	                       : arena_printf(arena, "{{%s.%s}}", figure->chapter->id, def->id);
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "label", def->label, "unit",
	    or_dash(def->unit ? def->unit : ""), "value", name, "before",
	    or_dash(figure->last ? figure->last->text : ""), "change",
	    or_dash(figure_change(figure, arena)), "departments",
	    or_dash(short_sources(figure, arena)));
}

/* As the report calls it; the annex needs a caption where the text has no heading. */
static const char *chapter_title(const struct composer *composer, const struct chapter *chapter)
{
	const struct workspace *ws = composer->workspace;
	for (size_t i = 0; i < ws->chapter_count; i++)
		if (strcmp(ws->chapters[i].id, chapter->id) == 0 && ws->chapters[i].title &&
		    *ws->chapters[i].title)
			return ws->chapters[i].title;
	return chapter->title;
}

static json_t *annex_chapter(
    const struct composer *composer, const struct chapter *chapter, int *compared)
{
	json_t *rows = json_array();
	const struct county_figure *figure = figures_of(composer->figures, chapter);
	for (size_t i = 0; i < chapter->figure_count; i++) {
		int before = figure[i].last && figure[i].last->state != NB_ABSENT;
		if (figure[i].quantity.state == NB_ABSENT && !before)
			continue;
		*compared |= before;
		json_array_append_new(rows, annex_row(&figure[i], composer->arena));
	}
	return json_pack("{s:s, s:s, s:o, s:o}", "id", chapter->id, "title",
	    chapter_title(composer, chapter), "figures", rows, "charts",
	    charts_where(composer, chapter, CHARTS_IN_ANNEX));
}

static json_t *annex_data(const struct composer *composer)
{
	json_t *data = json_object(), *chapters = json_array();
	int compared = 0;
	for (size_t i = 0; i < composer->catalog->count; i++) {
		json_t *chapter =
		    annex_chapter(composer, &composer->catalog->chapters[i], &compared);
		if (json_array_size(json_object_get(chapter, "figures")))
			json_array_append(chapters, chapter);
		json_decref(chapter);
	}
	json_object_set_new(data, "report", report_data(composer->workspace));
	json_object_set_new(data, "chapters", chapters);
	json_object_set_new(data, "compared", json_boolean(compared));
	return data;
}

int compose_annex(const struct composer *composer, struct buf *out, struct err *err)
{
	struct buf text = { 0 };
	int rc = template_read(composer->templates, "annex.md", &text, err);
	if (rc == 0) {
		json_t *data = annex_data(composer);
		rc = render(composer, "annex.md", buf_str(&text), text.len, data, out, err);
		json_decref(data);
	}
	buf_release(&text);
	return rc;
}
