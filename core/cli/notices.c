/* notices.c: findings as a letter that a clerk can work through. */
#include "cli/notices.h"

#include "base/file.h"
#include "base/i18n.h"
#include "base/markdown.h"
#include "base/utf8.h"
#include "chapters/codes.h"
#include "chapters/mustache.h"

#include <string.h>

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

/* The file as the department has it, without where the office keeps the hand-in. */
static const char *own_file(const struct run *run, const struct finding *finding)
{
	const char *file = finding->at.file ? finding->at.file : "";
	const struct submission *submission =
	    finding->department ? intake_latest(&run->intake, finding->department) : NULL;
	size_t n = submission ? strlen(submission->label) : 0;
	return n && strncmp(file, submission->label, n) == 0 && (file[n] == '/' || file[n] == '!')
	           ? file + n + 1
	           : file;
}

/* "supervision.md，第3行，第12字": where a clerk finds it. */
static const char *place_label(const struct run *run, const struct finding *finding)
{
	struct arena *arena = run->arena;
	const struct nb_place *place = &finding->at;
	struct buf file = { 0 };
	utf8_shown(&file, own_file(run, finding));
	const char *text = arena_strdup(arena, buf_str(&file));
	buf_release(&file);
	if (place->line)
		text = arena_printf(arena, "%s，第%u行", text, place->line);
	/* A list's columns are cells, a text's are characters. */
	if (place->line && place->column)
		text = arena_printf(arena, "%s，第%u%s", text, place->column,
		    path_has_ending(place->file, ".csv") ? "列" : "字");
	return text;
}

static json_t *finding_data(struct run *run, const struct finding *finding)
{
	struct buf message = { 0 };
	struct code_entry code = { 0 };
	int known = codes_find(run->arena, &run->chapters, finding->code, &code);
	finding_message(finding, &message);
	json_t *data = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "severity",
	    severity_label(finding->severity), "place", place_label(run, finding), "message",
	    buf_str(&message), "advice", known ? _(code.advice) : "", "source",
	    known && code.source ? code.source : "", "code", finding->code, "fingerprint",
	    finding->fingerprint);
	buf_release(&message);
	return data;
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

/* The findings of one severity, numbered from *n on. */
static json_t *of_severity(
    struct run *run, const char *department, enum nb_severity severity, int *n)
{
	json_t *list = json_array();
	for (size_t i = 0; i < run->findings.count; i++) {
		const struct finding *finding = &run->findings.items[i];
		if (finding->severity != severity || !is_of(finding, department))
			continue;
		json_t *data = finding_data(run, finding);
		json_object_set_new(data, "n", json_integer(++*n));
		json_array_append_new(list, data);
	}
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
		json_t *list = of_severity(run, department, (enum nb_severity)severity, &n);
		json_object_set_new(
		    counts, keys[severity], json_integer((json_int_t)json_array_size(list)));
		if (json_array_size(list))
			json_array_append_new(
			    groups, json_pack("{s:s, s:b, s:O}", "severity",
			                severity_label((enum nb_severity)severity), "must",
			                severity == NB_ERROR, "findings", list));
		json_decref(list);
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

static int write_page(struct run *run, const char *folder, const char *format, const char *id,
    json_t *data, const char *template, struct err *err)
{
	int html = strcmp(format, "html") == 0;
	struct mustache_env env = { .escape = html ? NULL : markdown_escape };
	struct buf out = { 0 };
	const char *path =
	    path_join(run->arena, folder, arena_printf(run->arena, "%s.%s", id, format));
	const char *name = html ? "notice.html" : "notice.md";
	int rc = mustache_render(name, template, strlen(template), data, &env, &out, err);
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
		if (!data)
			continue;
		rc = write_page(run, folder, format, department ? department->id : "report", data,
		    buf_str(&template), &err);
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
