/* run.c: the road of the data, room after room. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "cli/run.h"

#include "base/file.h"
#include "base/i18n.h"
#include "base/place.h"
#include "base/utf8.h"
#include "bundle/bag.h"
#include "bundle/export.h"
#include "bundle/seal.h"
#include "chapters/codes.h"
#include "chapters/compose.h"
#include "chapters/plugin_host.h"
#include "chapters/rules.h"
#include "intake/texts.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { EVIDENCE_MAX = 200 }; /* characters of the attachments' titles behind a figure */

int run_open(struct run *run, struct cli *cli, int *status)
{
	struct err err = { 0 };
	*run = (struct run){ .cli = cli, .arena = cli->arena };
	findings_init(&run->findings, run->arena);
	run->pictures = (struct pictures){ .arena = run->arena, .folder = ".", .except = "inbox" };
	run->folders = cli_plugin_folders(cli);
	run->templates = (struct templates){ .own = "templates",
		.installed = arena_printf(run->arena, "%s/templates", cli->share) };
	if (workspace_load(&run->workspace, ".", run->arena, &run->findings, &err) != 0 ||
	    plugins_load(run->arena, run->folders, &run->findings, &run->all, &err) != 0) {
		*status = cli_fail(&err);
		return -1;
	}
	plugins_choose(
	    run->arena, &run->all, &run->workspace, run->folders, &run->findings, &run->chapters);
	codes_check(run->arena, &run->chapters, &run->workspace, &run->findings);
	if (findings_count(&run->findings, NB_ERROR) == 0)
		return 0;
	run_settle(run);
	if (cli->json)
		cli_print_json(json_pack("{s:s, s:o}", "schema", "nianbao-findings-1", "findings",
		    export_findings(&run->findings, &run->chapters)));
	else
		cli_print_findings(&run->findings, stdout);
	fflush(stdout);
	cli_say(cli, _("the configuration has errors: %s"), cli_verdict(cli, &run->findings));
	*status = STATUS_USAGE;
	return -1;
}

/* Last year's figures and text may be used only if their bundle is whole. */
static void read_previous(struct run *run, struct buf *text, const char **text_file)
{
	const struct workspace *ws = &run->workspace;
	struct err err = { 0 };
	struct bag_verdict verdict;
	if (!ws->previous)
		return;
	const char *why = NULL, *name = NULL;
	if (file_type(ws->previous) == FILE_NONE)
		why = N_("there is no such file");
	else if (seal_verify(ws->previous, NULL, run->arena, &verdict, &err) != 0 || verdict.errors)
		why = N_("it is no valid bundle; 'nianbao verify' says why");
	else if (import_figures(ws->previous, ws, run->arena, &run->last, &err) != 0)
		why = err.kind == ERR_INPUT ? err.why : N_("it holds no figures that can be read");
	else if (import_report(ws->previous, run->arena, text, &name, &err) != 0)
		why = err.kind == ERR_INPUT ? err.why : N_("it holds no report that can be read");
	if (why)
		findings_add(&run->findings,
		    &(struct finding){ FINDING(PREVIOUS_UNUSABLE),
		        .at = { ws->report_file, ws->previous_line, 0 }, .subject = "previous",
		        .message = N_("last year is not compared: '%s' cannot be used"),
		        .args = { ws->previous }, .why = why });
	else if (!name)
		findings_add(&run->findings,
		    &(struct finding){ FINDING(PREVIOUS_NO_TEXT),
		        .at = { ws->report_file, ws->previous_line, 0 }, .subject = "previous",
		        .message =
		            N_("last year's text is not compared: '%s' has no report in txt or md"),
		        .args = { ws->previous } });
	else
		*text_file = arena_printf(run->arena, "%s!%s", ws->previous, name);
}

static struct intake_context context_of(struct run *run)
{
	return (
	    struct intake_context){ run->arena, &run->workspace, &run->chapters, &run->findings };
}

int run_check_one(const struct intake_context *context, struct review *review,
    const struct intake *county, struct submission *submission, struct err *err)
{
	struct arena scratch = { 0 }; /* goes with the texts */
	int rc = submission->latest ? texts_read(context, submission, &scratch, err) : 0;
	if (rc == 0) {
		rules_check_submission(
		    &scratch, context->catalog, submission, county, context->findings);
		rc = review_submission(review, submission, err);
	}
	texts_drop(submission);
	arena_release(&scratch);
	return rc;
}

static int check_all(struct run *run, struct err *err)
{
	struct intake_context context = context_of(run);
	review_read_ahead(&run->review, &run->intake);
	for (size_t i = 0; i < run->intake.count; i++)
		if (run->intake.items[i].latest &&
		    run_check_one(
		        &context, &run->review, &run->intake, &run->intake.items[i], err) != 0)
			return -1; /* run_close() stops what is read ahead */
	review_stop_ahead(&run->review);
	if (rules_check_county(&context, &run->intake, &run->figures, err) != 0)
		return -1;
	review_compare(&run->review);
	return 0;
}

int run_gather(struct run *run, int *status)
{
	struct err err = { 0 };
	struct intake_context context = context_of(run);
	if (intake_inbox(&context, path_join(run->arena, run->workspace.root, "inbox"),
	        &run->intake, &err) != 0) {
		*status = cli_fail(&err);
		return -1;
	}
	struct buf last_text = { 0 };
	const char *last_file = NULL;
	read_previous(run, &last_text, &last_file);
	/* Nothing at all came in: every further finding would only say so again. */
	int anything = run->intake.count > 0;
	struct findings nowhere;
	findings_init(&nowhere, run->arena);
	figures_combine(&run->figures, run->arena, &run->workspace, &run->chapters, &run->intake,
	    &run->last, anything ? &run->findings : &nowhere);
	charts_make(&run->charts, run->arena, &run->chapters, &run->figures, run->workspace.year);
	run->review = (struct review){ .arena = run->arena,
		.findings = &run->findings,
		.catalog = &run->chapters,
		.workspace = &run->workspace,
		.figures = &run->figures,
		.numbers_wanted = run->traced };
	review_begin(&run->review, last_file ? buf_str(&last_text) : NULL, last_file);
	buf_release(&last_text);
	if (check_all(run, &err) != 0) {
		*status = cli_fail(&err);
		return -1;
	}
	return 0;
}

const struct department *run_department(const struct run *run, const char *word)
{
	const struct workspace *ws = &run->workspace;
	const struct department *named = workspace_department(ws, word);
	size_t count = 0;
	for (size_t i = 0; !named && i < ws->department_count; i++)
		count += strcmp(ws->departments[i].name, word) == 0;
	for (size_t i = 0; !named && count == 1 && i < ws->department_count; i++)
		if (strcmp(ws->departments[i].name, word) == 0)
			return &ws->departments[i];
	return named;
}

/* ---- composing --------------------------------------------------------- */

static struct composer composer_of(struct run *run, struct arena *arena)
{
	return (struct composer){ .arena = arena,
		.workspace = &run->workspace,
		.templates = &run->templates,
		.catalog = &run->chapters,
		.intake = &run->intake,
		.figures = &run->figures,
		.charts = &run->charts,
		.findings = &run->findings };
}

/* "sfj/2 zfb/1": the hand-ins that a chapter is composed from. */
static const char *sources_of(struct run *run, const struct chapter *chapter)
{
	const char *text = "";
	for (size_t i = 0; i < run->intake.count; i++) {
		const struct submission *submission = &run->intake.items[i];
		if (submission->latest && submission_chapter(submission, chapter->id))
			text = arena_printf(run->arena, "%s%s%s/%d", text, *text ? " " : "",
			    submission->department->id, submission->revision);
	}
	return text;
}

#define DRAFTED "<!-- nianbao draft from: "

const char *run_draft_mark(struct run *run, const struct chapter *chapter)
{
	return arena_printf(run->arena, DRAFTED "%s -->\n", sources_of(run, chapter));
}

/*
 * Takes the first line off an edited chapter, if it still is the one that
 * `draft` wrote, and says so when other hand-ins count by now.
 */
static void check_draft_mark(
    struct run *run, const struct chapter *chapter, const char *path, struct buf *text)
{
	size_t n = strlen(DRAFTED), line = strcspn(buf_str(text), "\n");
	if (strncmp(buf_str(text), DRAFTED, n) != 0)
		return;
	const char *end = strstr(text->data, " -->");
	const char *now = sources_of(run, chapter);
	if (end && end < text->data + line) {
		const char *then =
		    arena_strndup(run->arena, text->data + n, (size_t)(end - text->data) - n);
		if (strcmp(then, now) != 0)
			FIND(&run->findings, REPORT_STALE, NULL, AT(path, 1, 0), chapter->id,
			    N_("this chapter was drafted from %s; by now there are %s: take over "
			       "what is new, "
			       "then mend this line"),
			    then, now);
	}
	memset(text->data, ' ', line); /* a blank line keeps the others' numbers */
}

/* A picture beside the texts, or a folder of such. */
static int may_be_picture(const char *path)
{
	return path_has_ending(path, ".png") || path_has_ending(path, ".jpg") ||
	       path_has_ending(path, ".jpeg") || file_type(path) == FILE_FOLDER;
}

/* Files in chapters/ that no chapter of the report is taken from. */
static int check_drafts(struct run *run, struct err *err)
{
	char **names;
	size_t count;
	if (file_type("chapters") == FILE_NONE)
		return 0;
	if (folder_list("chapters", run->arena, &names, &count, err) != 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		size_t n = strlen(names[i]);
		const char *id = n > 3 ? arena_strndup(run->arena, names[i], n - 3) : "";
		const char *path = path_join(run->arena, "chapters", names[i]);
		if (*names[i] == '.' || may_be_picture(path) ||
		    (path_has_ending(names[i], ".md") && catalog_chapter(&run->chapters, id)))
			continue;
		FIND(&run->findings, REPORT_STRUCTURE, NULL, AT(path, 0, 0), names[i],
		    N_("the report has no chapter of this name; the file is not used"));
	}
	return 0;
}

/* From the texts of all departments, which are read again, and let go when the data is made. */
static int compose(struct run *run, const struct chapter *chapter, struct buf *out, struct err *err)
{
	struct arena scratch = { 0 };
	struct intake_context context = context_of(run);
	struct composer composer = composer_of(run, &scratch);
	json_t *data = NULL;
	int rc = texts_read_chapter(&context, &run->intake, chapter->id, &scratch, err);
	if (rc == 0)
		data = compose_data(&composer, chapter);
	texts_drop_chapter(&run->intake, chapter->id);
	arena_release(&scratch);
	if (rc == 0)
		rc = compose_chapter(&composer, chapter, data, out, err);
	json_decref(data);
	arena_release(&scratch);
	return rc;
}

int run_chapter(struct run *run, const struct chapter *chapter, int edited, struct buf *out,
    const char **file, struct err *err)
{
	const char *path = arena_printf(run->arena, "chapters/%s.md", chapter->id);
	*file = NULL;
	if (edited && file_type(path) != FILE_NONE) {
		*file = path;
		struct decoded how;
		if (file_read_text(path, 64 << 20, out, &how, err) != 0)
			return -1;
		encoding_note(&run->findings, NULL, path, &how);
		markdown_plain(out);
		check_draft_mark(run, chapter, path, out);
		return 0;
	}
	return compose(run, chapter, out, err);
}

/* A figure in the text, made once for the county and each department that is asked for. */
struct use {
	struct figure_use said;
	struct use *next;
};

/* What a reader may look up: hand-in and line of each value, attachments that back it. */
static void add_evidence(struct run *run, const struct source *source,
    const struct county_figure *figure, struct buf *places, struct buf *evidence)
{
	const struct submission *submission = source->submission;
	if (source->value->quantity.state == NB_NOT_APPLICABLE)
		return;
	if (!run->publication) { /* what is published leads to nothing that is not */
		buf_addf(places, "%s%s/%d", places->len ? "; " : "", submission->department->id,
		    submission->revision);
		place_add_position(places, &source->value->place);
	}
	json_t *titles = export_backing(source, figure, run->publication);
	for (size_t i = 0; i < json_array_size(titles); i++)
		buf_addf(evidence, "%s%s", evidence->len ? "、" : "",
		    json_string_value(json_array_get(titles, i)));
	json_decref(titles);
}

/* It stands in the report wherever the figure does, so there is an end to it. */
static const char *cut_evidence(struct arena *arena, const struct buf *evidence)
{
	const char *text = buf_str(evidence), *at = text, *end = text + evidence->len;
	for (int i = 0; i < EVIDENCE_MAX && at < end; i++)
		utf8_next(&at, end);
	return arena_printf(arena, "%.*s%s", (int)(at - text), text, at < end ? "…" : "");
}

static void make_use(struct run *run, const struct county_figure *figure, const char *department,
    struct figure_use *use)
{
	use->id = arena_printf(run->arena, "%s.%s", figure->chapter->id, figure->figure->id);
	use->label = figure->figure->label;
	use->unit = figure->figure->unit;
	struct buf places = { 0 }, evidence = { 0 };
	for (size_t i = 0; i < figure->source_count; i++)
		if (!department ||
		    strcmp(figure->sources[i].submission->department->id, department) == 0)
			add_evidence(run, &figure->sources[i], figure, &places, &evidence);
	use->places = arena_strdup(run->arena, buf_str(&places));
	use->evidence = cut_evidence(run->arena, &evidence);
	buf_release(&places);
	buf_release(&evidence);
	if (department) {
		const struct source *source = figure_source(figure, department);
		use->department = source ? source->submission->department->id : department;
		use->sources = source ? source->submission->department->name : "";
		use->quantity =
		    source ? source->value->quantity : (struct nb_quantity){ .text = "" };
	} else {
		use->sources = figure_sources(figure, run->arena);
		use->quantity = figure->quantity;
	}
}

static const struct figure_use *use_of(
    struct run *run, const struct county_figure *figure, const char *department)
{
	if (!run->uses)
		run->uses = arena_alloc(run->arena, (run->figures.count + 1) * sizeof *run->uses);
	struct use **last = &run->uses[figure - run->figures.items];
	for (; *last; last = &(*last)->next) {
		const char *of = (*last)->said.department;
		if (department && of ? strcmp(of, department) == 0 : !department && !of)
			return &(*last)->said;
	}
	*last = arena_alloc(run->arena, sizeof **last);
	make_use(run, figure, department, &(*last)->said);
	return &(*last)->said;
}

/* figure, chapter.figure, department.chapter.figure */
static const struct figure_use *resolve(void *self, const char *name, const char *chapter)
{
	struct run *run = self;
	const char *first = strchr(name, '.');
	const char *second = first ? strchr(first + 1, '.') : NULL;
	const char *department = NULL;
	if (second) {
		department = arena_strndup(run->arena, name, (size_t)(first - name));
		if (!workspace_department(&run->workspace, department))
			return NULL;
		name = first + 1;
		first = second;
	}
	if (first) {
		chapter = arena_strndup(run->arena, name, (size_t)(first - name));
		name = first + 1;
	}
	const struct county_figure *figure =
	    chapter ? figures_find(&run->figures, chapter, name) : NULL;
	return figure ? use_of(run, figure, department) : NULL;
}

/* chart, chapter.chart */
static const struct chart *resolve_chart(void *self, const char *name, const char *chapter)
{
	const struct run *run = self;
	if (!strchr(name, '.') && chapter)
		name = arena_printf(run->arena, "%s.%s", chapter, name);
	return charts_find(&run->charts, name);
}

static void list_attachments(struct run *run, struct report *report)
{
	struct listed *list = NULL;
	bag_name_attachments(&run->intake, run->publication, run->arena);
	for (size_t i = 0; i < run->intake.count; i++) {
		const struct submission *submission = &run->intake.items[i];
		for (size_t k = 0; submission->latest && k < submission->attachment_count; k++) {
			const struct attachment *attachment = &submission->attachments[k];
			if (attachment->internal)
				continue;
			list = arena_grow(run->arena, list, report->attachment_count, sizeof *list);
			list[report->attachment_count++] =
			    (struct listed){ attachment->title, submission->department->name,
				    arena_printf(run->arena, "../%s", attachment->path) };
		}
	}
	report->attachments = list;
}

/* What report.ini says of each chapter; its text comes when it is its turn. */
static struct chapter_text *chapter_texts(struct run *run)
{
	const struct workspace *ws = &run->workspace;
	struct chapter_text *texts =
	    arena_alloc(run->arena, (run->chapters.count + 1) * sizeof *texts);
	for (size_t i = 0; i < run->chapters.count; i++) {
		const struct chapter *chapter = &run->chapters.chapters[i];
		const struct chapter_choice *choice = NULL;
		for (size_t k = 0; k < ws->chapter_count; k++)
			if (strcmp(ws->chapters[k].id, chapter->id) == 0)
				choice = &ws->chapters[k];
		texts[i].id = chapter->id;
		texts[i].title = choice && choice->title ? choice->title : chapter->title;
		texts[i].numbering = choice && choice->numbering >= 0
		                         ? (enum nb_numbering)choice->numbering
		                         : chapter->numbering;
	}
	return texts;
}

/* One chapter's text at a time. */
static int read_chapter(void *self, struct chapter_text *text, struct err *err)
{
	struct run *run = self;
	buf_release(&run->text);
	if (run_chapter(run, catalog_chapter(&run->chapters, text->id), 1, &run->text, &text->file,
	        err) != 0)
		return -1;
	text->markdown = buf_str(&run->text);
	text->size = run->text.len;
	return 0;
}

static const struct picture *load_picture(
    void *self, const char *file, const char *target, const char **why)
{
	struct run *run = self;
	return pictures_load(&run->pictures, file, target, why);
}

/* The tree of frame and chapters. */
static int build(struct run *run, struct report *report, struct err *err)
{
	const struct workspace *ws = &run->workspace;
	struct composer composer = composer_of(run, run->arena);
	struct buf frame = { 0 }, annex = { 0 };
	int rc = check_drafts(run, err);
	if (rc == 0)
		rc = compose_frame(&composer, &frame, err);
	if (rc == 0 && ws->annex && run->traced)
		rc = compose_annex(&composer, &annex, err);
	struct document_source source = { .frame = buf_str(&frame),
		.frame_size = frame.len,
		.frame_file = ws->frame_file,
		.chapters = chapter_texts(run),
		.chapter_count = run->chapters.count,
		.read = read_chapter,
		.resolve = resolve,
		.chart = resolve_chart,
		.annex = annex.len ? buf_str(&annex) : NULL,
		.annex_size = annex.len,
		.picture = load_picture,
		.self = run,
		.full_width = ws->full_width,
		.outline = !run->traced };
	if (rc == 0)
		rc = document_build(report, &source, run->arena, &run->findings, err);
	buf_release(&run->text);
	buf_release(&annex);
	buf_release(&frame);
	return rc;
}

int run_compose(struct run *run, struct report *report, int *status)
{
	const struct workspace *ws = &run->workspace;
	struct err err = { 0 };
	*report = (struct report){ .title = ws->title,
		.region = ws->region,
		.issuer = ws->issuer,
		.date = ws->date,
		.year = ws->year,
		.contents = ws->contents };
	list_attachments(run, report);
	if (build(run, report, &err) != 0) {
		*status = cli_fail(&err);
		return -1;
	}
	review_report(&run->review, report, resolve, run);
	if (!ws->date && run->intake.count)
		FIND(&run->findings, REPORT_DATE, NULL, AT(ws->report_file, 0, 0), "date",
		    N_("[report] has no date yet: the report is not dated"));
	run->complete = 1;
	return 0;
}

void run_settle(struct run *run)
{
	workspace_waive(&run->workspace, &run->findings, run->complete);
	findings_sort(&run->findings, run->workspace.order);
}

void run_close(struct run *run)
{
	review_end(&run->review);
	intake_release(&run->intake);
	plugins_unload(&run->all);
}

void run_last_year(struct run *run)
{
	struct buf text = { 0 };
	const char *file = NULL;
	read_previous(run, &text, &file);
	buf_release(&text);
}

int run_is_inbox(struct run *run, const char *folder)
{
	char inbox[PATH_MAX], where[PATH_MAX];
	char *there = arena_strdup(run->arena, folder);
	if (!realpath("inbox", inbox))
		return 0;
	while (!realpath(*there ? there : ".", where)) { /* what is still to be made is left off */
		char *slash = strrchr(there, '/');
		if (*there == '\0' || strcmp(there, "/") == 0)
			return 0;
		if (slash)
			slash[slash == there] = '\0';
		else
			*there = '\0';
	}
	size_t n = strlen(inbox);
	return strncmp(where, inbox, n) == 0 && (where[n] == '/' || where[n] == '\0');
}
