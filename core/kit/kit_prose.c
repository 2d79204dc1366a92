/* kit_prose.c: report.docx, a section a chapter, and the page of instruction. */
#include "base/markdown.h"
#include "chapters/mustache.h"
#include "kit/kit.h"
#include "office/doc_markdown.h"
#include "office/doc_writer.h"
#include "office/kit_names.h"

#include <string.h>

#define INSTRUCTION_TEMPLATE "instruction.md"

/* ---- prose --------------------------------------------------------------- */

static void add_topic(const struct kit *kit, struct doc_writer *doc, const struct chapter *chapter,
    const struct nb_topic *topic)
{
	doc_begin(doc, DOC_GUIDANCE);
	char mark[KIT_BOOKMARK_SIZE];
	doc_bookmark_begin(doc, kit_bookmark(mark, chapter->id, topic->id));
	doc_text(doc, arena_printf(kit->arena, KIT_TOPIC "%s", topic->label));
	doc_bookmark_end(doc);
	doc_end(doc);
	doc_paragraph(doc, DOC_BODY, "");
}

static void add_chapter(
    const struct kit *kit, struct doc_writer *doc, const struct chapter *chapter)
{
	doc_begin(doc, DOC_HEADING_1);
	char mark[KIT_BOOKMARK_SIZE];
	doc_bookmark_begin(doc, kit_bookmark(mark, chapter->id, NULL));
	doc_text(doc, kit_title(kit, chapter));
	doc_bookmark_end(doc);
	doc_end(doc);
	if (chapter->figure_count)
		doc_paragraph(doc, DOC_GUIDANCE,
		    arena_printf(kit->arena,
		        KIT_GUIDANCE_CHAPTER
		        " " KIT_FIGURES
		        " 的“%s”表。文中的数字应与表中一致，也可以写成双花括号加代码，例如 "
		        "{{%s}}，汇编时自动换成表中的数。",
		        chapter->id, chapter->figures[0].id));
	for (size_t i = 0; i < chapter->topic_count; i++)
		add_topic(kit, doc, chapter, &chapter->topics[i]);
	if (chapter->topic_count == 0)
		doc_paragraph(doc, DOC_BODY, "");
}

int kit_prose(
    const struct kit *kit, const struct department *department, struct buf *out, struct err *err)
{
	const struct workspace *ws = kit->workspace;
	const struct chapter *const *chapters = kit_chapters(kit, department);
	const char *title =
	    arena_printf(kit->arena, "%s%d年度法治政府建设工作情况", department->name, ws->year);
	struct doc_writer *doc = doc_new(&(struct doc_info){
	    .title = title, .subject = ws->title, .author = ws->issuer, .date = kit_made(kit) });
	doc_paragraph(doc, DOC_TITLE, title);
	doc_paragraph(doc, DOC_GUIDANCE,
	    KIT_GUIDANCE
	    "，汇编时自动略去，不必删除。请写在提示下面的空行里："
	    "每个要点先用“标题 2”样式写一行小标题，再换行写正文；要点下面再分层次的用“标题 "
	    "3”样式。没有内容的提示留空即可。各章标题请勿改动，不必编序号。");
	for (size_t i = 0; chapters[i]; i++)
		add_chapter(kit, doc, chapters[i]);
	return doc_finish(doc, out, err);
}

/* ---- instruction --------------------------------------------------------- */

static json_t *chapter_data(const struct kit *kit, const struct chapter *chapter)
{
	json_t *lists = json_array();
	for (size_t i = 0; i < chapter->list_count; i++)
		json_array_append_new(lists, json_pack("{s:s}", "label", chapter->lists[i].label));
	return json_pack("{s:s, s:s, s:i, s:o}", "id", chapter->id, "title",
	    kit_title(kit, chapter), "figures", (int)chapter->figure_count, "lists", lists);
}

static json_t *instruction_data(const struct kit *kit, const struct department *department)
{
	const struct workspace *ws = kit->workspace;
	const struct chapter *const *owed = kit_chapters(kit, department);
	json_t *chapters = json_array();
	int count = 0, lists = 0;
	for (; owed[count]; count++) {
		json_array_append_new(chapters, chapter_data(kit, owed[count]));
		lists += (int)owed[count]->list_count;
	}
	return json_pack("{s:s, s:s, s:i, s:s, s:s, s:s, s:s, s:s, s:i, s:b, s:o}", "id",
	    department->id, "name", department->name, "year", ws->year, "region", ws->region,
	    "report", ws->title, "issuer", ws->issuer, "deadline", kit_day(kit, ws->deadline),
	    "last_title", owed[0] ? kit_title(kit, owed[count - 1]) : "", "chapter_count", count,
	    "lists", lists > 0, "chapters", chapters);
}

int kit_instruction(
    const struct kit *kit, const struct department *department, struct buf *out, struct err *err)
{
	struct mustache_env env = { .escape = markdown_escape };
	struct buf template = { 0 }, text = { 0 };
	json_t *data = instruction_data(kit, department);
	int rc = template_read(kit->templates, INSTRUCTION_TEMPLATE, &template, err);
	if (rc == 0)
		rc = mustache_render(
		    INSTRUCTION_TEMPLATE, buf_str(&template), template.len, data, &env, &text, err);
	if (rc == 0) {
		struct doc_writer *doc = doc_new(&(struct doc_info){ .title = "填报说明",
		    .subject = kit->workspace->title,
		    .author = kit->workspace->issuer,
		    .date = kit_made(kit),
		    .compact = 1,
		    .no_page_number = 1 });
		doc_add_markdown(doc, markdown_read(kit->arena, buf_str(&text), text.len));
		rc = doc_finish(doc, out, err);
	}
	json_decref(data);
	buf_release(&template);
	buf_release(&text);
	return rc;
}
