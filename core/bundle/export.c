/* export.c: figures and findings as CSV and JSON, and last year's figures back in. */
#include "bundle/export.h"

#include "archive/store.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/place.h"
#include "base/quantity.h"
#include "base/utf8.h"
#include "chapters/codes.h"
#include "review/trace.h"

#include <stdlib.h>
#include <string.h>

/* "sfj/1/submission.ini", as it lies below data/submissions/ in the bundle. */
static const char *source_file(const struct source *source, struct arena *arena)
{
	const struct submission *submission = source->submission;
	const char *zip = store_is_zip(submission->store) ? path_base(submission->label) : NULL;
	return arena_printf(arena, "%s/%d/%s%s%s", submission->department->id, submission->revision,
	    zip ? zip : "", zip ? "!" : "",
	    source->value->place.file + strlen(submission->label) + 1);
}

static const char *bound(struct arena *arena, const struct nb_quantity *q, int high)
{
	if (!nb_is_number(q) || (high && q->high == NB_UNBOUNDED))
		return "";
	return quantity_print(arena, high ? q->high : q->low, 6);
}

const char *export_places(const struct county_figure *figure, struct arena *arena)
{
	struct buf places = { 0 };
	for (size_t i = 0; i < figure->source_count; i++) {
		const struct nb_place *place = &figure->sources[i].value->place;
		buf_addf(&places, "%s", i ? "; " : "");
		place_add(&places, &(struct nb_place){ source_file(&figure->sources[i], arena),
		                       place->line, place->column });
	}
	const char *text = arena_strdup(arena, buf_str(&places));
	buf_release(&places);
	return text;
}

void export_figures_csv(const struct figures *figures, int publication, struct buf *out)
{
	struct arena scratch = { 0 };
	buf_adds(
	    out, "chapter,figure,label,unit,value,number,low,high,last_year,departments,sources\n");
	for (size_t i = 0; i < figures->count; i++) {
		const struct county_figure *figure = &figures->items[i];
		const struct nb_quantity *q = &figure->quantity;
		csv_put_cell(out, figure->chapter->id, ',');
		csv_put_cell(out, figure->figure->id, ',');
		csv_put_cell(out, figure->figure->label, ',');
		csv_put_cell(out, figure->figure->unit ? figure->figure->unit : "", ',');
		csv_put_cell(out, q->text, ',');
		csv_put_cell(out, nb_is_number(q) ? quantity_number(&scratch, q) : "", ',');
		csv_put_cell(out, bound(&scratch, q, 0), ',');
		csv_put_cell(out, bound(&scratch, q, 1), ',');
		csv_put_cell(out, figure->last ? figure->last->text : "", ',');
		csv_put_cell(out, figure_sources(figure, &scratch), ',');
		csv_put_cell(out, publication ? "" : export_places(figure, &scratch), '\n');
	}
	arena_release(&scratch);
}

static const char *const states[] = { [NB_ABSENT] = "absent",
	[NB_NOT_APPLICABLE] = "not-applicable",
	[NB_EXACT] = "exact",
	[NB_APPROXIMATE] = "approximate",
	[NB_WORDS] = "words" };

/* A decimal as a JSON number: whole ones without a point. */
static json_t *number(int64_t millionths)
{
	if (millionths == NB_UNBOUNDED)
		return json_null();
	if (millionths % NB_UNIT == 0)
		return json_integer(millionths / NB_UNIT);
	return json_real((double)millionths / (double)NB_UNIT);
}

json_t *export_quantity(const struct nb_quantity *q)
{
	json_t *data = json_pack("{s:s, s:s}", "state", states[q->state], "text", q->text);
	if (q->state == NB_EXACT) {
		json_object_set_new(data, "value", number(q->low));
	} else if (q->state == NB_APPROXIMATE) {
		json_object_set_new(data, "low", number(q->low));
		json_object_set_new(data, "high", number(q->high));
	}
	return data;
}

json_t *export_backing(
    const struct source *source, const struct county_figure *figure, int publication)
{
	const struct submission *submission = source->submission;
	json_t *list = json_array();
	for (size_t i = 0; i < submission->attachment_count; i++) {
		const struct attachment *attachment = &submission->attachments[i];
		if (publication && attachment->internal)
			continue;
		if (!attachment->chapter || strcmp(attachment->chapter, figure->chapter->id) != 0)
			continue;
		for (size_t k = 0; k < attachment->back_count; k++)
			if (strcmp(attachment->backs[k], figure->figure->id) == 0)
				json_array_append_new(list, json_string(attachment->title));
	}
	return list;
}

/* Which hand-in, and where in it. */
static void add_place(json_t *item, const struct source *source, struct arena *arena)
{
	const struct nb_place *place = &source->value->place;
	json_object_set_new(item, "revision", json_integer(source->submission->revision));
	json_object_set_new(item, "file", json_string(source_file(source, arena)));
	json_object_set_new(item, "line", json_integer(place->line));
	if (place->column) /* of a sheet's cell */
		json_object_set_new(item, "column", json_integer(place->column));
}

static json_t *figure_sources_json(
    const struct county_figure *figure, int publication, struct arena *arena)
{
	json_t *list = json_array();
	for (size_t i = 0; i < figure->source_count; i++) {
		const struct source *source = &figure->sources[i];
		const struct submission *submission = source->submission;
		json_t *item = export_quantity(&source->value->quantity);
		json_object_set_new(item, "department", json_string(submission->department->id));
		json_object_set_new(item, "name", json_string(submission->department->name));
		if (!publication)
			add_place(item, source, arena);
		json_object_set_new(
		    item, "attachments", export_backing(source, figure, publication));
		json_array_append_new(list, item);
	}
	return list;
}

json_t *export_counts(const struct trace_counts *counts)
{
	json_t *data = json_object();
	for (enum trace_status status = TRACE_FIGURE; status <= TRACE_OTHER; status++)
		json_object_set_new(
		    data, trace_status_id(status), json_integer((json_int_t)counts->of[status]));
	return data;
}

json_t *export_numbers(const struct review *review, int stated)
{
	json_t *list = json_array();
	for (size_t i = 0; i < review->number_count; i++) {
		const struct report_number *number = &review->numbers[i];
		if (stated && !number->figure)
			continue;
		json_t *item = json_pack("{s:s, s:s, s:s}", "text", number->text, "status",
		    number->status, "kind", number->kind);
		if (number->figure) {
			json_object_set_new(item, "figure", json_string(number->figure->id));
			if (number->figure->department)
				json_object_set_new(
				    item, "department", json_string(number->figure->department));
		}
		json_object_set_new(item, "chapter", json_string(number->chapter));
		if (number->section)
			json_object_set_new(item, "section", json_string(number->section->anchor));
		json_array_append_new(list, item);
	}
	return list;
}

json_t *export_figures(const struct figures *figures, const struct workspace *workspace,
    const struct review *review, int publication)
{
	struct arena scratch = { 0 };
	json_t *list = json_array();
	for (size_t i = 0; i < figures->count; i++) {
		const struct county_figure *figure = &figures->items[i];
		json_t *item = json_pack("{s:s, s:s, s:s, s:s}", "chapter", figure->chapter->id,
		    "figure", figure->figure->id, "label", figure->figure->label, "unit",
		    figure->figure->unit ? figure->figure->unit : "");
		json_object_update_new(item, export_quantity(&figure->quantity));
		if (figure->last)
			json_object_set_new(item, "last_year", export_quantity(figure->last));
		json_object_set_new(
		    item, "sources", figure_sources_json(figure, publication, &scratch));
		json_array_append_new(list, item);
	}
	arena_release(&scratch);
	json_t *data = json_pack("{s:s, s:s, s:i, s:o}", "schema", "nianbao-figures-1", "region",
	    workspace->region, "year", workspace->year, "figures", list);
	if (review && review->report_counts) {
		json_object_set_new(data, "counts", export_counts(review->report_counts));
		json_object_set_new(data, "numbers", export_numbers(review, 1));
	}
	return data;
}

void export_outline(const struct report *report, struct buf *out)
{
	struct arena scratch = { 0 };
	const struct node *node = report->body;
	buf_adds(out, "chapter,level,number,headline\n");
	while (node) {
		if (node->kind == NODE_SECTION && node->title) {
			const struct node *up = node;
			while (up && !(up->kind == NODE_SECTION && up->chapter))
				up = up->parent;
			csv_put(out, up ? up->chapter : "", ',');
			buf_addf(out, "%u,", node->level);
			csv_put(out, node->number ? node->number : "", ',');
			csv_put_cell(out, node_text(node->title, &scratch), '\n');
		}
		/* Sections stand in sections alone. */
		const struct node *next = node->kind == NODE_SECTION ? node->first : NULL;
		while (!next && node && node != report->body) {
			next = node->next;
			node = node->parent;
		}
		node = next;
	}
	arena_release(&scratch);
}

void export_findings_csv(
    const struct findings *findings, const struct catalog *catalog, struct buf *out)
{
	struct arena scratch = { 0 };
	struct buf message = { 0 };
	buf_adds(
	    out, "severity,code,department,file,line,column,message,fingerprint,waived,advice\n");
	i18n_chinese(1);
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->items[i];
		buf_clear(&message);
		finding_message(finding, &message);
		csv_put(out, severity_id(finding->severity), ',');
		csv_put(out, finding->code, ',');
		csv_put(out, finding->department ? finding->department : "", ',');
		csv_put(out, finding->at.file ? finding->at.file : "", ',');
		buf_addf(out, "%u,%u,", finding->at.line, finding->at.column);
		csv_put(out, buf_str(&message), ',');
		csv_put(out, finding->fingerprint, ',');
		csv_put(out, finding->waived ? finding->waived : "", ',');
		struct code_entry code;
		csv_put(out,
		    codes_find(&scratch, catalog, finding->code, &code) ? _(code.advice) : "",
		    '\n');
	}
	i18n_chinese(0);
	arena_release(&scratch);
	buf_release(&message);
}

/* What the code's table knows: what to do, and of a rule its relation and where it comes from. */
static void add_code(json_t *item, const struct catalog *catalog, const struct finding *finding)
{
	struct arena scratch = { 0 };
	struct code_entry code;
	if (codes_find(&scratch, catalog, finding->code, &code)) {
		json_object_set_new(item, "advice", json_string(_(code.advice)));
		if (code.relation)
			json_object_set_new(item, "rule", json_string(code.relation));
		if (code.source)
			json_object_set_new(item, "source", json_string(code.source));
	}
	arena_release(&scratch);
}

json_t *export_findings(const struct findings *findings, const struct catalog *catalog)
{
	struct buf message = { 0 };
	json_t *list = json_array();
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->items[i];
		buf_clear(&message);
		finding_message(finding, &message);
		json_t *item = json_pack("{s:s, s:s, s:s, s:i, s:i, s:s, s:s}", "severity",
		    severity_id(finding->severity), "code", finding->code, "file",
		    finding->at.file ? finding->at.file : "", "line", (int)finding->at.line,
		    "column", (int)finding->at.column, "message", buf_str(&message), "fingerprint",
		    finding->fingerprint);
		if (!item) /* a file name that is not UTF-8 is shown, not lost */
			item = json_pack("{s:s, s:s, s:s, s:s}", "severity",
			    severity_id(finding->severity), "code", finding->code, "message", "�",
			    "fingerprint", finding->fingerprint);
		if (finding->department)
			json_object_set_new(item, "department", json_string(finding->department));
		if (finding->also.file)
			json_object_set_new(item, "also",
			    json_pack("{s:s, s:i}", "file", finding->also.file, "line",
			        (int)finding->also.line));
		if (finding->waived)
			json_object_set_new(item, "waived", json_string(finding->waived));
		add_code(item, catalog, finding);
		json_array_append_new(list, item);
	}
	buf_release(&message);
	return list;
}

static int add_piece(const char *bytes, size_t n, void *out)
{
	buf_add(out, bytes, n);
	return 0;
}

void export_json(const json_t *json, struct buf *out)
{
	size_t before = out->len;
	if (json_dump_callback(json, add_piece, out, JSON_INDENT(2) | JSON_REAL_PRECISION(15)) !=
	    0) {
		out->len = before;
		buf_adds(out, "null");
	}
	buf_addc(out, '\n');
}

/* ---- last year --------------------------------------------------------- */

enum { LARGEST = 1000000 }; /* of a figure, in millions: beyond it nothing is believed */

/* 0 if the number is none, or out of all bounds; a missing upper bound is NULL. */
static int bound_of(const json_t *json, int64_t *out)
{
	double value = json_number_value(json);
	if (json_is_null(json)) {
		*out = NB_UNBOUNDED;
		return 1;
	}
	if (!json_is_number(json) || !(value >= 0) || value > LARGEST * 1e6)
		return 0;
	*out = json_is_integer(json) ? json_integer_value(json) * NB_UNIT
	                             : (int64_t)(value * (double)NB_UNIT + 0.5);
	return 1;
}

struct nb_quantity import_quantity(const json_t *item, struct arena *arena)
{
	const struct nb_quantity absent = { .state = NB_ABSENT, .text = "" };
	const char *state = json_string_value(json_object_get(item, "state"));
	const char *text = json_string_value(json_object_get(item, "text"));
	struct nb_quantity q = absent;
	if (!text || utf8_control(text, strlen(text)) < strlen(text))
		return absent;
	q.text = arena_strdup(arena, text);
	for (size_t i = 0; state && i < sizeof states / sizeof *states; i++)
		if (strcmp(state, states[i]) == 0)
			q.state = (enum nb_state)i;
	const char *point = strchr(q.text, '.');
	size_t decimals = point ? strspn(point + 1, "0123456789") : 0;
	q.decimals = decimals < 6 ? (uint32_t)decimals : 6;
	if (q.state == NB_EXACT) {
		if (!bound_of(json_object_get(item, "value"), &q.low) || q.low == NB_UNBOUNDED)
			return absent;
		q.high = q.low;
	}
	if (q.state == NB_APPROXIMATE &&
	    (!bound_of(json_object_get(item, "low"), &q.low) ||
	        !bound_of(json_object_get(item, "high"), &q.high) || q.low > q.high))
		return absent;
	return q;
}

static int is_last_year(const json_t *root, const struct workspace *ws)
{
	const char *region = json_string_value(json_object_get(root, "region"));
	return json_integer_value(json_object_get(root, "year")) == ws->year - 1 && region &&
	       strcmp(region, ws->region) == 0;
}

/* What the departments themselves gave, in the order of the bundle. */
static void import_shares(
    const json_t *sources, const struct last_value *of, struct arena *arena, struct last_year *last)
{
	for (size_t i = 0; i < json_array_size(sources); i++) {
		const json_t *item = json_array_get(sources, i);
		const char *department = json_string_value(json_object_get(item, "department"));
		if (!department)
			continue;
		last->shares =
		    arena_grow(arena, last->shares, last->share_count, sizeof *last->shares);
		last->shares[last->share_count++] =
		    (struct last_share){ arena_strdup(arena, department),
			    { of->chapter, of->id, import_quantity(item, arena) } };
	}
}

int import_figures(const char *bundle, const struct workspace *workspace, struct arena *arena,
    struct last_year *last, struct err *err)
{
	struct store *store;
	struct buf text = { 0 };
	json_t *root = NULL;
	int rc = -1;
	if (store_open(&store, bundle, &store_limits_default, 1, arena, err) != 0)
		return -1;
	const struct store_file *file = store_find(store, "data/figures.json");
	if (!file) {
		err_input(err, N_("it holds no data/figures.json"), _("cannot use '%s'"), bundle);
		goto out;
	}
	if (store_read(store, file, 64 << 20, &text, err) != 0)
		goto out;
	root = json_loadb(buf_str(&text), text.len, 0, NULL);
	const json_t *list = json_object_get(root, "figures");
	if (!json_is_array(list)) {
		err_input(
		    err, N_("its data/figures.json cannot be read"), _("cannot use '%s'"), bundle);
		goto out;
	}
	if (!is_last_year(root, workspace)) {
		err_input(err, N_("it is not this region's of the year before"),
		    _("cannot use '%s'"), bundle);
		goto out;
	}
	*last = (struct last_year){ .bundle = bundle };
	last->values = arena_alloc(arena, (json_array_size(list) + 1) * sizeof *last->values);
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *item = json_array_get(list, i);
		const char *chapter = json_string_value(json_object_get(item, "chapter"));
		const char *id = json_string_value(json_object_get(item, "figure"));
		if (!chapter || !id)
			continue;
		last->values[last->count] = (struct last_value){ arena_strdup(arena, chapter),
			arena_strdup(arena, id), import_quantity(item, arena) };
		import_shares(
		    json_object_get(item, "sources"), &last->values[last->count], arena, last);
		last->count++;
	}
	rc = 0;
out:
	json_decref(root);
	buf_release(&text);
	store_close(store);
	return rc;
}

int import_report(
    const char *bundle, struct arena *arena, struct buf *out, const char **name, struct err *err)
{
	static const char *const names[] = { "data/report/report.txt", "data/report/report.md" };
	struct store *store;
	int rc = 0;
	if (store_open(&store, bundle, &store_limits_default, 1, arena, err) != 0)
		return -1;
	for (size_t i = 0; i < sizeof names / sizeof *names && out->len == 0 && rc == 0; i++) {
		const struct store_file *file = store_find(store, names[i]);
		if (!file)
			continue;
		rc = store_read(store, file, 64 << 20, out, err);
		*name = names[i];
	}
	if (rc == 0 &&
	    (utf8_check(buf_str(out), out->len) < out->len || strlen(buf_str(out)) != out->len))
		rc =
		    err_input(err, N_("its report is no UTF-8 text"), _("cannot use '%s'"), bundle);
	store_close(store);
	return rc;
}
