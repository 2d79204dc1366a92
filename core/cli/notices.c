/* notices.c: findings as a letter that a clerk can work through. */
#include "cli/notices.h"

#include "base/file.h"
#include "base/i18n.h"
#include "base/markdown.h"
#include "base/place.h"
#include "base/utf8.h"
#include "chapters/codes.h"
#include "chapters/mustache.h"
#include "cli/excerpt.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

static const char *severity_label(enum nb_severity severity)
{
	switch (severity) {
	case NB_ERROR:
		return "错误";
	case NB_WARNING:
		return "提醒";
	case NB_NOTE:
		return "提示";
	}
	return "";
}

/* The file as its department has it, without where the office keeps the hand-in. */
static const char *own_file(struct run *run, const char *file, const char *department)
{
	const char *name = file;
	const struct submission *submission = submission_of_file(&run->intake, file, &name);
	const char *previous = run->workspace.previous;
	size_t n = previous ? strlen(previous) : 0;
	if (!submission)
		return n && strncmp(file, previous, n) == 0 && file[n] == '!' ? "上年报告" : file;
	return department && strcmp(submission->department->id, department) == 0
	           ? name
	           : arena_printf(run->arena, "%s %s", submission->department->name, name);
}

static const char *file_label(struct run *run, const struct finding *finding)
{
	struct buf file = { 0 };
	utf8_shown(
	    &file, finding->at.file ? own_file(run, finding->at.file, finding->department) : "");
	const char *text = arena_strdup(run->arena, buf_str(&file));
	buf_release(&file);
	return text;
}

/* "supervision.md，第3行，第12字"，"figures.xlsx!supervision，E14单元格": where a clerk finds it.
 */
static const char *place_label(struct run *run, const struct finding *finding)
{
	struct arena *arena = run->arena;
	const struct nb_place *place = &finding->at;
	const char *text = file_label(run, finding);
	if (place->line && place_kind(place->file) == PLACE_CELL) {
		struct buf cell = { 0 };
		place_add_column(&cell, place->column);
		text = arena_printf(arena, "%s，%s%u单元格", text, buf_str(&cell), place->line);
		buf_release(&cell);
		return text;
	}
	if (place->line)
		text = arena_printf(arena, "%s，第%u%s", text, place->line,
		    place_kind(place->file) == PLACE_PARAGRAPH ? "段" : "行");
	/* A list's columns are cells, a text's are characters. */
	if (place->line && place->column)
		text = arena_printf(arena, "%s，第%u%s", text, place->column,
		    path_has_ending(place->file, ".csv") ? "列" : "字");
	return text;
}

/* The advice of a code, with the figure's own id where it speaks of one. */
static const char *advice_of(
    struct run *run, const struct finding *finding, const struct code_entry *code)
{
	const char *advice = code->advice ? _(code->advice) : "";
	const char *id = NULL;
	if (strcmp(finding->code, code_table[CODE_NUMBER_CONTRADICTS].id) == 0)
		id = finding->subject;
	else if (strcmp(finding->code, code_table[CODE_NUMBER_FREE].id) == 0)
		id = finding->args[2];
	const char *open = strstr(advice, "{{"), *close = open ? strstr(open, "}}") : NULL;
	return id && close
	           ? arena_printf(run->arena, "%.*s{{%s%s", (int)(open - advice), advice, id, close)
	           : advice;
}

static const char *message_of(struct run *run, const struct finding *finding)
{
	struct finding told = *finding;
	struct buf message = { 0 };
	if (told.also.file)
		told.also.file = own_file(run, told.also.file, told.department);
	finding_message(&told, &message);
	const char *text = arena_strdup(run->arena, buf_str(&message));
	buf_release(&message);
	return text;
}

/* In Markdown ** beside a mark and a letter is no bold: blanks keep it one. */
static const char *gap_beside(const char *word)
{
	const char *end = word + strlen(word), *p = word;
	uint32_t first = utf8_next(&p, end), last = utf8_before(word, end);
	uint32_t both[] = { first, last };
	for (size_t i = 0; i < 2; i++)
		if (!utf8_is_han(both[i]) && !(both[i] < 0x80 && isalnum((int)both[i])))
			return " ";
	return "";
}

static json_t *excerpt_data(
    struct run *run, struct excerpts *excerpts, const struct finding *finding)
{
	struct excerpt excerpt;
	if (!excerpt_of(excerpts, run, finding, &excerpt))
		return json_null();
	return json_pack("{s:s, s:s, s:s, s:s}", "before", excerpt.before, "word", excerpt.word,
	    "after", excerpt.after, "gap", *excerpt.word ? gap_beside(excerpt.word) : "");
}

static json_t *finding_data(
    struct run *run, struct excerpts *excerpts, const struct finding *finding)
{
	struct code_entry code = { 0 };
	int known = codes_find(run->arena, &run->chapters, finding->code, &code);
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o}", "severity",
	    severity_label(finding->severity), "place", place_label(run, finding), "message",
	    message_of(run, finding), "advice", known ? advice_of(run, finding, &code) : "",
	    "source", known && code.source ? code.source : "", "code", finding->code, "fingerprint",
	    finding->fingerprint, "excerpt", excerpt_data(run, excerpts, finding));
}

static int is_of(const struct finding *finding, const char *department)
{
	/* Who has sent nothing is reminded, not corrected. */
	if (finding->waived || strcmp(finding->code, code_table[CODE_INTAKE_MISSING].id) == 0)
		return 0;
	if (!department || !finding->department)
		return !department && !finding->department;
	return strcmp(finding->department, department) == 0;
}

/* Findings of one code in one file for which there is one thing to do. */
struct topic {
	const struct finding *first;
	const char *advice;
	json_t *findings;
};

static struct topic *topic_of(
    struct topic *topics, size_t count, const struct finding *finding, const char *advice)
{
	/* Findings come file by file: those of the file at hand are the last ones. */
	for (size_t i = count; i-- > 0;) {
		const struct finding *first = topics[i].first;
		if (strcmp(first->at.file ? first->at.file : "",
		        finding->at.file ? finding->at.file : "") != 0)
			break;
		if (strcmp(first->code, finding->code) == 0 &&
		    strcmp(topics[i].advice, advice) == 0)
			return &topics[i];
	}
	return NULL;
}

static json_t *topic_data(struct run *run, const struct topic *topic)
{
	struct code_entry code = { 0 };
	size_t n = json_array_size(topic->findings);
	int known = codes_find(run->arena, &run->chapters, topic->first->code, &code);
	json_t *data = json_pack("{s:O, s:b}", "findings", topic->findings, "one", n == 1);
	if (n > 1)
		json_object_set_new(data, "several",
		    json_pack("{s:s, s:s, s:I, s:s, s:s}", "meaning",
		        known ? _(code.meaning) : topic->first->code, "file",
		        file_label(run, topic->first), "count", (json_int_t)n, "advice",
		        topic->advice, "source", known && code.source ? code.source : ""));
	return data;
}

/* The findings of one severity by topic, numbered from *n on. */
static json_t *of_severity(
    struct run *run, const char *department, enum nb_severity severity, int *n)
{
	struct excerpts excerpts = { 0 };
	struct topic *topics = NULL;
	size_t count = 0;
	for (size_t i = 0; i < run->findings.count; i++) {
		const struct finding *finding = &run->findings.items[i];
		if (finding->severity != severity || !is_of(finding, department))
			continue;
		json_t *data = finding_data(run, &excerpts, finding);
		const char *advice = json_string_value(json_object_get(data, "advice"));
		struct topic *topic = topic_of(topics, count, finding, advice);
		if (!topic) {
			topics = arena_grow(run->arena, topics, count, sizeof *topics);
			topic = &topics[count++];
			*topic = (struct topic){ finding, arena_strdup(run->arena, advice),
				json_array() };
		}
		json_array_append_new(topic->findings, data);
	}
	excerpts_release(&excerpts);
	json_t *list = json_array();
	for (size_t i = 0; i < count; i++) {
		size_t k;
		json_t *data;
		json_array_foreach(topics[i].findings, k, data)
		    json_object_set_new(data, "n", json_integer(++*n));
		json_array_append_new(list, topic_data(run, &topics[i]));
		json_decref(topics[i].findings);
	}
	return list;
}

/* All findings of the topics, one behind the other, for templates that do not group them. */
static json_t *without_topics(json_t *topics)
{
	json_t *list = json_array(), *topic;
	size_t i;
	json_array_foreach(topics, i, topic)
	    json_array_extend(list, json_object_get(topic, "findings"));
	return list;
}

/* NULL if there is nothing to say. */
static json_t *page_data(struct run *run, const char *department, const char *name)
{
	const struct workspace *ws = &run->workspace;
	int n = 0;
	json_t *groups = json_array();
	json_t *counts = json_object();
	static const char *const keys[] = {
		[NB_ERROR] = "errors", [NB_WARNING] = "warnings", [NB_NOTE] = "notes"
	};
	for (int severity = NB_ERROR; severity >= NB_NOTE; severity--) {
		json_t *topics = of_severity(run, department, (enum nb_severity)severity, &n);
		json_t *list = without_topics(topics);
		json_object_set_new(
		    counts, keys[severity], json_integer((json_int_t)json_array_size(list)));
		if (json_array_size(list))
			json_array_append_new(
			    groups, json_pack("{s:s, s:b, s:O, s:O}", "severity",
			                severity_label((enum nb_severity)severity), "must",
			                severity == NB_ERROR, "findings", list, "topics", topics));
		json_decref(list);
		json_decref(topics);
	}
	json_t *data = n ? json_pack("{s:s, s:i, s:s, s:s, s:s, s:b, s:i, s:O, s:O}", "region",
	                       ws->region, "year", ws->year, "report", ws->title, "issuer",
	                       ws->issuer, "name", name, "department", department != NULL, "total",
	                       n, "groups", groups, "counts", counts)
	                 : NULL;
	json_decref(groups);
	json_decref(counts);
	return data;
}

static const char *page_path(
    struct run *run, const char *folder, const char *format, const char *id)
{
	return path_join(run->arena, folder, arena_printf(run->arena, "%s.%s", id, format));
}

/* Ends each page, so that nobody else's file is taken for one. */
static const char mark[] = "<!-- nianbao check --by-department -->\n";

/* Whether nothing stands at `path`, or a page of a run before this one; -1 with `err` if not. */
static int may_replace(const char *path, struct err *err)
{
	struct buf text = { 0 };
	size_t n = sizeof mark - 1;
	if (file_type(path) != FILE_REGULAR)
		return 0;
	int rc = file_read(path, 64 << 20, &text, err);
	if (rc == 0 && (text.len < n || memcmp(text.data + text.len - n, mark, n) != 0))
		rc = err_set(
		    err, ERR_USAGE, _("'%s' is another file: name another folder with -o"), path);
	buf_release(&text);
	return rc;
}

/* The page of a run before this one says what is true no more. */
static int remove_page(const char *path, struct err *err)
{
	/* Where none stands that is ours, there is nothing to do. */
	struct err other;
	if (may_replace(path, &other) != 0)
		return 0;
	if (file_type(path) == FILE_REGULAR && unlink(path) != 0)
		return err_sys(err, errno, _("cannot remove '%s'"), path);
	return 0;
}

static int write_page(
    const char *path, const char *format, json_t *data, const char *template, struct err *err)
{
	int html = strcmp(format, "html") == 0;
	struct mustache_env env = { .escape = html ? NULL : markdown_escape };
	struct buf out = { 0 };
	const char *name = html ? "notice.html" : "notice.md";
	int rc = may_replace(path, err);
	if (rc == 0)
		rc = mustache_render(name, template, strlen(template), data, &env, &out, err);
	buf_adds(&out, mark);
	if (rc == 0)
		rc = file_write(path, buf_str(&out), out.len, err);
	if (rc == 0)
		printf("%s\n", path);
	buf_release(&out);
	return rc;
}

int notices_write(struct run *run, const char *folder, const char *format)
{
	struct err err = { 0 };
	struct buf template = { 0 };
	const struct workspace *ws = &run->workspace;
	size_t pages = 0;
	int rc = template_read(&run->templates,
	    strcmp(format, "html") == 0 ? "notice.html" : "notice.md", &template, &err);
	if (rc == 0 && run_is_inbox(run, folder))
		rc = err_set(&err, ERR_USAGE,
		    _("'%s' lies in the inbox: hand-ins only belong there"), folder);
	if (rc == 0)
		rc = folder_make(folder, &err);
	for (size_t i = 0; i <= ws->department_count && rc == 0; i++) {
		const struct department *department =
		    i < ws->department_count ? &ws->departments[i] : NULL;
		i18n_chinese(1);
		json_t *data = page_data(run, department ? department->id : NULL,
		    department ? department->name : ws->region);
		i18n_chinese(0);
		const char *path =
		    page_path(run, folder, format, department ? department->id : "report");
		if (!data) {
			rc = remove_page(path, &err);
			continue;
		}
		rc = write_page(path, format, data, buf_str(&template), &err);
		json_decref(data);
		pages++;
	}
	buf_release(&template);
	if (rc != 0)
		return cli_fail(&err);
	fflush(stdout);
	cli_say(run->cli, _("%zu pages; %s"), pages, cli_verdict(run->cli, &run->findings));
	return findings_count(&run->findings, NB_ERROR) ? STATUS_FINDINGS : STATUS_DONE;
}
