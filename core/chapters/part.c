/* part.c: what plugins are handed, and what they may say. */
#include "chapters/part.h"

#include "base/i18n.h"
#include "base/utf8.h"

#include <string.h>

struct nb_part part_of_submission(
    const struct submission *submission, const struct written *written)
{
	return (struct nb_part){ .size = sizeof(struct nb_part),
		.department = submission->department->id,
		.name = submission->department->name,
		.values = written->values,
		.value_count = written->chapter->figure_count,
		.lists = written->lists,
		.list_count = written->chapter->list_count,
		.points = written->points,
		.point_count = written->point_count,
		.place = written->place,
		.opening = written->opening };
}

static void add_values(struct arena *arena, const struct figures *figures,
    const struct chapter *chapter, struct nb_part *whole)
{
	struct nb_value *values = arena_alloc(arena, (chapter->figure_count + 1) * sizeof *values);
	const struct county_figure *figure = figures_of(figures, chapter);
	for (size_t i = 0; i < chapter->figure_count; i++) {
		values[i] =
		    (struct nb_value){ .id = figure[i].figure->id, .quantity = figure[i].quantity };
		if (figure[i].source_count)
			values[i].place = figure[i].sources[0].value->place;
	}
	whole->values = values;
	whole->value_count = chapter->figure_count;
}

static void add_lists(struct arena *arena, const struct chapter *chapter,
    const struct nb_county *county, struct nb_part *whole)
{
	struct nb_rows *lists = arena_alloc(arena, (chapter->list_count + 1) * sizeof *lists);
	for (size_t i = 0; i < chapter->list_count; i++) {
		struct nb_row *rows = NULL;
		lists[i].id = chapter->lists[i].id;
		for (size_t p = 0; p < county->part_count; p++) {
			const struct nb_rows *part = &county->parts[p].lists[i];
			if (part->given && !lists[i].given)
				lists[i].place = part->place;
			lists[i].given |= part->given;
			for (size_t r = 0; r < part->count; r++) {
				rows = arena_grow(arena, rows, lists[i].count, sizeof *rows);
				rows[lists[i].count++] = part->rows[r];
			}
		}
		lists[i].rows = rows;
	}
	whole->lists = lists;
	whole->list_count = chapter->list_count;
}

static void add_points(struct arena *arena, const struct chapter *chapter,
    const struct nb_county *county, struct nb_part *whole)
{
	struct nb_point *points = NULL;
	/* One pass a topic, and a last one for points without: stable by department and place. */
	for (size_t t = 0; t <= chapter->topic_count; t++) {
		const char *topic = t < chapter->topic_count ? chapter->topics[t].id : NULL;
		for (size_t p = 0; p < county->part_count; p++)
			for (size_t i = 0; i < county->parts[p].point_count; i++) {
				const struct nb_point *point = &county->parts[p].points[i];
				if (topic ? !point->topic || strcmp(point->topic, topic) != 0
				          : point->topic != NULL)
					continue;
				points =
				    arena_grow(arena, points, whole->point_count, sizeof *points);
				points[whole->point_count++] = *point;
			}
	}
	whole->points = points;
}

struct nb_county *part_of_county(struct arena *arena, const struct workspace *workspace,
    const struct intake *intake, const struct figures *figures, const struct chapter *chapter)
{
	struct nb_county *county = arena_alloc(arena, sizeof *county);
	struct nb_part *parts = NULL;
	county->size = sizeof *county;
	county->year = workspace->year;
	county->departments = workspace->department_count;
	for (size_t i = 0; i < intake->count; i++) {
		const struct submission *submission = &intake->items[i];
		const struct written *written =
		    submission->latest ? submission_chapter(submission, chapter->id) : NULL;
		if (!written)
			continue;
		parts = arena_grow(arena, parts, county->part_count, sizeof *parts);
		parts[county->part_count++] = part_of_submission(submission, written);
	}
	county->parts = parts;
	struct nb_part *whole = arena_alloc(arena, sizeof *whole);
	*whole = (struct nb_part){ .size = sizeof *whole, .name = workspace->region };
	add_values(arena, figures, chapter, whole);
	add_lists(arena, chapter, county, whole);
	add_points(arena, chapter, county, whole);
	county->whole = whole;
	return county;
}

/* ---- the host ---------------------------------------------------------- */

static int is_text(const char *text)
{
	return text && utf8_check(text, strlen(text)) == strlen(text);
}

/* Plugins are data from outside as well: a finding that cannot be shown is one about the plugin. */
static void report(void *self, const struct nb_finding *theirs, uint32_t size)
{
	struct call *call = self;
	struct nb_finding given = { 0 };
	if (theirs)
		memcpy(&given, theirs, size < sizeof given ? size : sizeof given);
	const struct nb_code *declared =
	    is_text(given.code) ? chapter_code(call->chapter, given.code) : NULL;
	int sound = is_text(given.code) && is_text(given.message) && given.severity >= NB_NOTE &&
	            given.severity <= NB_ERROR && (!given.subject || is_text(given.subject)) &&
	            /* A plugin that declares its codes has no others; older ones declare none. */
	            (call->chapter->code_count == 0 || declared) &&
	            (!given.place.file || is_text(given.place.file));
	for (size_t i = 0; sound && i < NB_ARGS; i++)
		sound = !given.args[i] || is_text(given.args[i]);
	if (!sound) {
		FIND(call->findings, PLUGIN_FINDING, NULL, AT(call->chapter->path, 0, 0),
		    call->chapter->id,
		    N_("the plugin of the chapter '%s' reported a finding without proper code, "
		       "severity or "
		       "message"),
		    call->chapter->id);
		return;
	}
	struct finding finding = {
		.code = arena_printf(call->arena, "%s.%s", call->chapter->id, given.code),
		/* A declared code is as severe as it says, or milder. */
		.severity = declared && declared->severity < given.severity ? declared->severity
		                                                            : given.severity,
		.department = call->department,
		.at = given.place,
		.subject = given.subject,
		.message = given.message,
	};
	memcpy(finding.args, given.args, sizeof finding.args);
	findings_add(call->findings, &finding);
}

static void put(void *self, const char *name, const char *markdown)
{
	struct call *call = self;
	if (call->data && is_text(name) && (!markdown || is_text(markdown)))
		json_object_set_new(call->data, name, json_string(markdown ? markdown : ""));
}

static void *alloc(void *self, size_t size)
{
	struct call *call = self;
	return arena_alloc(call->arena, size);
}

struct nb_host host_for(struct call *call)
{
	return (struct nb_host){ .abi = NB_PLUGIN_ABI,
		.size = sizeof(struct nb_host),
		.self = call,
		.report = report,
		.put = put,
		.alloc = alloc };
}
