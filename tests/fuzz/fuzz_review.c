/* fuzz_review.c: any text is reviewed: as a paragraph, as headlines, as a table's cells. */
#include "base/utf8.h"
#include "fuzz.h"
#include "review/similar.h"
#include "review/table.h"
#include "review/trace.h"

#include <stdlib.h>
#include <string.h>

static const struct nb_figure figures[] = {
	{ .id = "received", .label = "收到行政复议申请", .unit = "件", .aliases = "复议申请" },
	{ .id = "concluded", .label = "审结", .unit = "件", .aliases = "办结|结案" },
	{ .id = "fees", .label = "办案经费", .unit = "万元", .kind = NB_AMOUNT },
	{ .id = "rate", .label = "出庭率", .unit = "%", .kind = NB_PERCENT },
	{ .id = "nobody", .label = "维持", .unit = "件" },
};

static struct names *make_names(struct arena *arena, const char *department)
{
	static const struct nb_quantity values[] = {
		{ NB_EXACT, 46 * NB_UNIT, 46 * NB_UNIT, 0, "46" },
		{ NB_APPROXIMATE, 2500 * NB_UNIT, 2600 * NB_UNIT, 0, "2500余" },
		{ NB_EXACT, 20 * NB_UNIT, 20 * NB_UNIT, 0, "20" },
		{ NB_EXACT, 100 * NB_UNIT, 100 * NB_UNIT, 0, "100%" },
		{ .state = NB_ABSENT, .text = "" },
	};
	struct names *names = arena_alloc(arena, sizeof *names);
	names->arena = arena;
	for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
		names_add(names, &(struct stated){ .chapter = "supervision",
		                     .figure = &figures[i],
		                     .quantity = &values[i],
		                     .last = &values[0],
		                     .department = department });
	names_index(names);
	return names;
}

/* What is found must have its place within the text. */
static void each(void *self, const struct traced *traced)
{
	const char *text = traced->passage->text;
	(void)self;
	if (traced->number.start >= traced->number.end ||
	    traced->number.end > traced->passage->size ||
	    ((unsigned char)text[traced->number.start] & 0xC0) == 0x80)
		abort();
	struct nb_place place = passage_place(traced->passage, traced->number.start);
	if (!place.line || !place.column)
		abort();
}

static struct passage *cells(struct arena *arena, const char *text, size_t *count)
{
	struct passage *list = NULL;
	unsigned row = 0, column = 0;
	for (const char *p = text; *p;) {
		size_t n = strcspn(p, "|\n");
		list = arena_grow(arena, list, *count, sizeof *list);
		list[*count] = passage_plain(
		    arena, PASSAGE_CELL, arena_strndup(arena, p, n), "f.md", row + 1, 1);
		list[*count].row = row;
		list[*count].column = column;
		list[*count].row_head = column ? "审结" : "";
		++*count;
		p += n;
		column = *p == '|' ? column + 1 : 0;
		row += *p == '\n';
		p += *p != '\0';
	}
	return list;
}

static void fuzz(struct arena *arena, const char *text, size_t n)
{
	struct findings findings;
	if (strlen(text) != n || utf8_check(text, n) != n || n > 200000)
		return;
	findings_init(&findings, arena);
	struct reviewer reviewer = { .arena = arena,
		.findings = &findings,
		.department = "sfj",
		.year = 2025,
		.full_width = n % 2 == 0 };
	struct tracer tracer = { .reviewer = &reviewer,
		.own = make_names(arena, "sfj"),
		.county = make_names(arena, NULL),
		.each = each };
	struct passage whole = passage_plain(arena, PASSAGE_TEXT, text, "f.md", 1, 1);
	size_t count = 0;
	struct passage *list = cells(arena, text, &count);
	struct similar *similar = similar_new();
	trace_text(&tracer, "supervision", &whole, 1, 1);
	trace_text(&tracer, "supervision", list, count, 1);
	table_check(&reviewer, list, count);
	for (int again = 0; again < 2; again++) {
		similar_begin(similar, &(struct similar_text){ .department = again ? "sfj" : "gaj",
		                           .name = "单位",
		                           .headline = "要点",
		                           .place = { "f.md", 1, 0 } });
		similar_add(similar, &whole);
	}
	similar_report(similar, &findings);
	similar_free(similar);
	privacy_check(&reviewer, &whole);
	typography_check(&reviewer, &whole);
	years_check(&reviewer, &whole);
	for (size_t i = 0; i < findings.count; i++) {
		struct buf line = { 0 };
		finding_line(&findings.items[i], &line);
		if (utf8_check(buf_str(&line), line.len) != line.len)
			abort();
		buf_release(&line);
	}
}
