/* fuzz_markdown.c: any text becomes a tree, a numbered document and every format. */
#include "base/markdown.h"
#include "base/utf8.h"
#include "formats/format.h"
#include "fuzz.h"

#include <string.h>

static const struct figure_use *no_figure(void *self, const char *name, const char *chapter)
{
	(void)self;
	(void)name;
	(void)chapter;
	return NULL;
}

static void fuzz(struct arena *arena, const char *text, size_t n)
{
	if (utf8_check(text, n) != n || memchr(text, '\0', n))
		return;
	struct findings findings;
	findings_init(&findings, arena);
	struct chapter_text chapter = { "plan", "下一步", NB_SHI, text, n, "chapters/plan.md" };
	struct document_source source = { .frame = "{{chapter.plan}}",
		.frame_size = 16,
		.frame_file = "frame.md",
		.chapters = &chapter,
		.chapter_count = 1,
		.resolve = no_figure,
		.full_width = 1 };
	struct report report = { .title = "题", .region = "县", .issuer = "", .year = 2025 };
	struct setting setting = {
		.look = "{{{body}}}", .look_size = 10, .arena = arena, .findings = &findings
	};
	struct err err;
	document_build(&report, &source, arena, &findings, &err);
	for (size_t i = 0; format_table[i]; i++) {
		struct buf out = { 0 };
		format_table[i]->render(&report, &setting, &out, &err);
		buf_release(&out);
	}
}
