/*
 * inputs.h: the reports that every format is tried on.
 *
 * NAME.in is a frame and its chapters, each behind a line "=== id numbering title", the annex
 * last as a chapter "annex".
 */
#ifndef TESTS_FORMATS_INPUTS_H
#define TESTS_FORMATS_INPUTS_H

#include "base/file.h"
#include "formats/format.h"

#include "../archive/scratch.h"
#include "../document/doc.h"

#define HERE "tests/formats/"

static const struct listed listed[] = {
	{ "2021年行政复议案件台账", "县司法局", "../attachments/sfj/复议台账.csv" },
	{ "<清单>\"&](javascript:x)", "<b>县&公安局</b>", "../attachments/gaj/a b'c#1&2.csv" },
};

static const struct report plain_report = { .title = "沁水县2021年度法治政府建设情况的报告",
	.region = "沁水县",
	.issuer = "沁水县人民政府",
	.date = "2022-03-09",
	.year = 2021,
	.attachments = listed,
	.attachment_count = 1 };
static const struct report short_report = {
	.title = "报告", .region = "沁水县", .issuer = "", .year = 2021
};
static const struct report hostile_report = { .title = "<script>\"题\" & 'x'</script> # *a*",
	.region = "<b>沁水</b>",
	.issuer = "1. <b>县政府</b> & *",
	.date = "2022-12-31",
	.year = 2021,
	.draft = 1,
	.attachments = listed,
	.attachment_count = 2 };

static const struct {
	const char *name;
	const struct report *report;
} inputs[] = {
	{ "headings", &plain_report },
	{ "chapters", &short_report },
	{ "blocks", &short_report },
	{ "figures", &plain_report },
	{ "annex", &plain_report },
	{ "hostile", &hostile_report },
};

static inline const char *text_of(const char *path)
{
	struct buf out = { 0 };
	struct err err;

	cr_assert_eq(file_read(path, 1 << 20, &out, &err), 0, "%s", err.text);
	const char *text = arena_strdup(&arena, buf_str(&out));
	buf_release(&out);
	return text;
}

/* Reads NAME.in and builds its report. */
static inline struct report input(const char *name, const struct report *given)
{
	char *text = arena_strdup(&arena, text_of(arena_printf(&arena, HERE "%s.in", name)));
	struct chapter_text chapters[8] = { 0 };
	size_t count = 0;

	for (char *at = text; (at = strstr(at, "\n=== ")) != NULL; at++) {
		cr_assert(count < COUNT_OF(chapters));
		chapters[count++].markdown = at;
	}
	annex_text = NULL;
	for (size_t i = 0; i < count; i++) {
		char *id = text + (chapters[i].markdown - text) + strlen("\n=== ");
		char *end = id + strcspn(id, "\n"), *space = strchr(id, ' ');
		char *title = memchr(space + 1, ' ', (size_t)(end - space - 1));

		id[-5] = *space = *end = '\0';
		chapters[i] = (struct chapter_text){ .id = id,
			.title = title ? title + 1 : "",
			.numbering = strncmp(space + 1, "shi", 3) == 0 ? NB_SHI : NB_PAREN,
			.markdown = end + 1 };
	}
	if (count && strcmp(chapters[count - 1].id, "annex") == 0)
		annex_text = chapters[--count].markdown;
	return build(text, chapters, count, given, 1);
}

#endif
