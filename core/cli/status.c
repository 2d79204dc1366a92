/* status.c: `nianbao status`: department by chapter: missing, returned, late, received, errors. */
#include "base/clock.h"
#include "base/csv.h"
#include "base/i18n.h"
#include "base/quantity.h"
#include "chapters/mustache.h"
#include "cli/cli.h"
#include "cli/run.h"
#include "cli/standing.h"
#include "cli/table.h"

#include <stdlib.h>
#include <string.h>

static const char *state_word(enum state state)
{
	switch (state) {
	case STATE_NOT_OWED:
		return "·";
	case STATE_MISSING:
		return _("missing");
	case STATE_RETURNED:
		return _("returned");
	case STATE_ERRORS:
		return _("errors");
	case STATE_RECEIVED:
		return _("received");
	case STATE_COUNT:
		break;
	}
	return "";
}

static const char *date_of(const struct department_standing *one)
{
	return one->submission && one->submission->date ? one->submission->date : "";
}

static int days_late(const struct department_standing *one)
{
	return one->is_late ? one->submission->days_late : 0;
}

static const char *returned_day(struct run *run, const struct department_standing *one)
{
	const char *stamp =
	    one->state == STATE_RETURNED ? one->submission->receipt->returned_at : NULL;
	return stamp ? arena_strndup(run->arena, stamp, strnlen(stamp, 10)) : "";
}

/* ---- data --------------------------------------------------------------------- */

static json_t *count(size_t n)
{
	return json_integer((json_int_t)n);
}

static json_t *word_or_null(const char *word)
{
	return word && *word ? json_string(word) : json_null();
}

static json_t *totals_data(struct run *run, const struct standing *standing)
{
	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "expected",
	    count(standing->expected), "received", count(standing->received), "in_time",
	    count(standing->in_time), "late", count(standing->late), "returned",
	    count(standing->returned), "missing", count(standing->missing), "errors",
	    count(standing->with_errors), "in_time_rate",
	    word_or_null(standing_rate(standing, run)));
}

static json_t *department_data(struct run *run, const struct department_standing *one)
{
	const struct submission *submission = one->submission;
	json_t *chapters = json_object();
	for (size_t c = 0; c < run->chapters.count; c++)
		json_object_set_new(chapters, run->chapters.chapters[c].id,
		    json_string(state_id(one->chapters[c])));
	return json_pack("{s:s, s:s, s:s, s:s, s:i, s:o, s:i, s:o, s:o, s:o, s:o, s:o}",
	    "department", one->department->id, "name", one->department->name, "state",
	    state_id(one->state), "path",
	    submission ? cli_shown(run->arena, submission->label) : "", "revision",
	    submission ? submission->revision : 0, "date", word_or_null(date_of(one)), "days_late",
	    days_late(one), "errors", count(one->errors), "warnings", count(one->warnings),
	    "returned", word_or_null(returned_day(run, one)), "reason",
	    word_or_null(one->reason ? cli_shown(run->arena, one->reason) : NULL), "chapters",
	    chapters);
}

static void print_json(struct run *run, const struct standing *standing)
{
	json_t *list = json_array();
	for (size_t i = 0; i < standing->count; i++)
		json_array_append_new(list, department_data(run, &standing->departments[i]));
	cli_print_json(json_pack("{s:s, s:o, s:o, s:o}", "schema", "nianbao-status-1", "deadline",
	    word_or_null(run->workspace.deadline), "totals", totals_data(run, standing),
	    "departments", list));
}

/* A row for each chapter that a department owes or has handed in. */
static void print_csv(struct run *run, const struct standing *standing)
{
	struct buf out = { 0 };
	buf_adds(&out, "department,name,chapter,title,state,path,revision,date,days_late,"
	               "returned,reason\n");
	for (size_t i = 0; i < standing->count; i++) {
		const struct department_standing *one = &standing->departments[i];
		const struct submission *submission = one->submission;
		for (size_t c = 0; c < run->chapters.count; c++) {
			const struct chapter *chapter = &run->chapters.chapters[c];
			if (one->chapters[c] == STATE_NOT_OWED)
				continue;
			csv_put_cell(&out, one->department->id, ',');
			csv_put_cell(&out, one->department->name, ',');
			csv_put_cell(&out, chapter->id, ',');
			csv_put_cell(&out, chapter->title, ',');
			csv_put_cell(&out, state_id(one->chapters[c]), ',');
			csv_put_cell(
			    &out, submission ? cli_shown(run->arena, submission->label) : "", ',');
			buf_addf(
			    &out, submission ? "%d," : ",", submission ? submission->revision : 0);
			csv_put_cell(&out, date_of(one), ',');
			buf_addf(
			    &out, one->is_late || one->is_in_time ? "%d," : ",", days_late(one));
			csv_put_cell(&out, returned_day(run, one), ',');
			csv_put_cell(
			    &out, one->reason ? cli_shown(run->arena, one->reason) : "", '\n');
		}
	}
	fputs(buf_str(&out), stdout);
	buf_release(&out);
}

static const char *handed_in(struct run *run, const struct department_standing *one)
{
	int late = days_late(one);
	if (one->state == STATE_RETURNED || !one->submission)
		return state_word(one->state);
	if (!late)
		return date_of(one);
	return arena_printf(run->arena,
	    ngettext("%s, %d day late", "%s, %d days late", (unsigned long)late), date_of(one),
	    late);
}

static void print_table(struct run *run, const struct standing *standing)
{
	struct arena *arena = run->arena;
	struct table table = { .arena = arena, .columns = run->chapters.count + 4 };
	table_add(&table, _("department"));
	table_add(&table, _("name"));
	table_add(&table, _("revision"));
	table_add(&table, _("handed in"));
	for (size_t c = 0; c < run->chapters.count; c++)
		table_add(&table, run->chapters.chapters[c].id);
	for (size_t i = 0; i < standing->count; i++) {
		const struct department_standing *one = &standing->departments[i];
		table_add(&table, one->department->id);
		table_add(&table, one->department->name);
		table_add(&table,
		    one->submission ? arena_printf(arena, "%d", one->submission->revision) : "");
		table_add(&table, handed_in(run, one));
		for (size_t c = 0; c < run->chapters.count; c++)
			table_add(&table, state_word(one->chapters[c]));
	}
	table_print(&table, stdout);
}

/* ---- the page --------------------------------------------------------------------- */

/* "2026年1月31日" of a date, or of the day in a stamp. */
static const char *chinese_day(struct run *run, const char *day)
{
	int date = day ? date_read(arena_strndup(run->arena, day, strnlen(day, 10))) : 0;
	return date ? arena_printf(
	                  run->arena, "%d年%d月%d日", date / 10000, date / 100 % 100, date % 100)
	            : "";
}

static const char *cell_word(enum state state)
{
	static const char *const words[STATE_COUNT] = { [STATE_NOT_OWED] = "—",
		[STATE_MISSING] = "未报",
		[STATE_RETURNED] = "退回",
		[STATE_ERRORS] = "有误",
		[STATE_RECEIVED] = "已报" };
	return words[state];
}

/* What the office has to know of the department beyond its cells. */
static const char *remark(struct run *run, const struct department_standing *one)
{
	struct arena *arena = run->arena;
	if (one->state == STATE_RETURNED)
		return arena_printf(arena, "%s退回%s%s", chinese_day(run, returned_day(run, one)),
		    one->reason ? "：" : "", one->reason ? one->reason : "");
	if (!one->submission)
		return one->errors ? "已报，但材料无法受理，须重新报送" : "";
	const char *undated = *date_of(one) ? "" : "报送日期不详";
	if (!one->errors)
		return undated;
	return arena_printf(
	    arena, "错误%zu处，须更正%s%s", one->errors, *undated ? "；" : "", undated);
}

static json_t *row_data(struct run *run, const struct department_standing *one, size_t n)
{
	const struct submission *submission = one->submission;
	struct arena *arena = run->arena;
	json_t *cells = json_array();
	for (size_t c = 0; c < run->chapters.count; c++)
		json_array_append_new(
		    cells, json_pack("{s:s, s:s}", "state", state_id(one->chapters[c]), "word",
		               cell_word(one->chapters[c])));
	return json_pack("{s:o, s:s, s:s, s:s, s:s, s:s, s:o, s:s}", "n", count(n), "name",
	    one->department->name, "state", state_id(one->state), "date", date_of(one), "revision",
	    submission ? arena_printf(arena, "%d", submission->revision) : "", "late",
	    one->is_late ? arena_printf(arena, "%d", days_late(one)) : "", "cells", cells, "remark",
	    remark(run, one));
}

static json_t *page_data(struct run *run, const struct standing *standing)
{
	const struct workspace *ws = &run->workspace;
	json_t *chapters = json_array(), *departments = json_array();
	size_t n = 0;
	for (size_t c = 0; c < run->chapters.count; c++) {
		const struct chapter *chapter = &run->chapters.chapters[c];
		json_array_append_new(
		    chapters, json_pack("{s:s, s:o, s:o}", "title",
		                  *chapter->title ? chapter->title : chapter->id, "owed",
		                  count(standing->owed[c]), "done", count(standing->done[c])));
	}
	for (size_t i = 0; i < standing->count; i++)
		if (standing->departments[i].state != STATE_NOT_OWED)
			json_array_append_new(
			    departments, row_data(run, &standing->departments[i], ++n));
	return json_pack("{s:s, s:i, s:s, s:s, s:s, s:s, s:o, s:o, s:o}", "region", ws->region,
	    "year", ws->year, "report", ws->title, "issuer", ws->issuer, "deadline",
	    chinese_day(run, ws->deadline), "made",
	    chinese_day(run, clock_day(run->arena, clock_now())), "totals",
	    totals_data(run, standing), "chapters", chapters, "departments", departments);
}

static int print_page(struct run *run, const struct standing *standing, struct err *err)
{
	struct buf template = { 0 }, out = { 0 };
	struct mustache_env env = { 0 };
	int rc = template_read(&run->templates, "status.html", &template, err);
	if (rc == 0) {
		json_t *data = page_data(run, standing);
		rc = mustache_render(
		    "status.html", buf_str(&template), template.len, data, &env, &out, err);
		json_decref(data);
	}
	if (rc == 0)
		fputs(buf_str(&out), stdout);
	buf_release(&template);
	buf_release(&out);
	return rc;
}

/* ---- the command -------------------------------------------------------------------- */

static void say_totals(struct run *run, const struct standing *standing)
{
	const char *rate = standing_rate(standing, run);
	if (rate)
		cli_say(run->cli,
		    _("%zu of %zu departments have handed in, %zu in time (%s), %zu late; "
		      "%zu returned, %zu missing, %zu with errors"),
		    standing->received, standing->expected, standing->in_time, rate, standing->late,
		    standing->returned, standing->missing, standing->with_errors);
	else
		cli_say(run->cli,
		    _("%zu of %zu departments have handed in; %zu returned, %zu missing, "
		      "%zu with errors"),
		    standing->received, standing->expected, standing->returned, standing->missing,
		    standing->with_errors);
}

static int status(struct cli *cli, const char *format)
{
	struct run run;
	struct err err = { 0 };
	int ended;
	if (run_open(&run, cli, &ended) == 0 && run_gather(&run, &ended) == 0) {
		struct standing standing;
		run_settle(&run);
		standing_of(&run, &standing);
		int rc = 0;
		if (cli->json || strcmp(format, "json") == 0)
			print_json(&run, &standing);
		else if (strcmp(format, "csv") == 0)
			print_csv(&run, &standing);
		else if (strcmp(format, "html") == 0)
			rc = print_page(&run, &standing, &err);
		else
			print_table(&run, &standing);
		fflush(stdout);
		if (rc == 0)
			say_totals(&run, &standing);
		ended = rc != 0                                   ? cli_fail(&err)
		        : findings_count(&run.findings, NB_ERROR) ? STATUS_FINDINGS
		                                                  : STATUS_DONE;
	}
	run_close(&run);
	return ended;
}

static int take(void *self, int option, const char *value)
{
	static const char *const formats[] = { "table", "csv", "json", "html" };
	const char **format = self;
	(void)option;
	*format = value;
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
		if (strcmp(value, formats[i]) == 0)
			return 0;
	return -1;
}

static int run(struct cli *cli, int argc, char **argv)
{
	static const struct option options[] = { { "format", required_argument, NULL, 'F' },
		{ 0 } };
	const char *format = "table";
	int ended;
	int first =
	    cli_options(cli, &command_status, argc, argv, "", options, take, &format, &ended);
	if (first < 0)
		return ended;
	if (first < argc)
		return cli_usage(&command_status, _("'%s' is one argument too many"), argv[first]);
	return status(cli, format);
}

const struct command command_status = {
	.name = "status",
	.summary = N_("who has handed in what, who is late, where errors are"),
	.arguments = "[--format table|csv|json|html]",
	.help = N_("A table of departments and chapters: received, missing, returned, or with "
	           "errors in it.\n"
	           "A chapter that a department does not owe shows a dot.\n"
	           "\n"
	           "  --format table|csv|json|html   csv: a row for each chapter of a department;\n"
	           "                                 html: a page in Chinese to be printed, A4 "
	           "landscape\n"),
	.run = run,
};
