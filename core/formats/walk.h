/* walk.h: small questions that several formats ask of the tree. */
#ifndef FORMATS_WALK_H
#define FORMATS_WALK_H

#include "base/utf8.h"
#include "document/document.h"

#include <string.h>

/* What stands between a run-in headline and its text: a full stop, unless it brings its own mark.
 */
static inline const char *headline_stop(const struct node *title, struct arena *arena)
{
	static const char *const marks[] = { "。", "？", "！", "：", "；", "，", ".", "?", "!", ":",
		";" };
	const char *text = node_text(title, arena);
	size_t n = strlen(text);
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		size_t m = strlen(marks[i]);
		if (n >= m && strcmp(text + n - m, marks[i]) == 0)
			return "";
	}
	return "。";
}

/* A path as a link takes it: what would end it or begin something else is percent-encoded. */
static inline const char *path_link(const char *path, struct arena *arena)
{
	const char *link = "";
	for (size_t n; *path; path += n + (path[n] != '\0')) {
		n = strcspn(path, " #?%<>\"\\`{}|^");
		link = arena_printf(arena, path[n] ? "%s%.*s%%%02X" : "%s%.*s", link, (int)n, path,
		    (unsigned char)path[n]);
	}
	return link;
}

/* "图1　": what stands before the title of a table or chart. */
static inline const char *caption_mark(const struct node *node, struct arena *arena)
{
	return arena_printf(arena, "%s　", node->number);
}

/* Whether a paragraph leads to a table or picture, and should stand on a page with it. */
static inline int leads_to_display(const struct node *node)
{
	const struct node *next = node ? node->next : NULL;
	return next &&
	       (next->kind == NODE_TABLE || next->kind == NODE_CHART || next->kind == NODE_PICTURE);
}

/*
 * A title too long for a line of so many characters, broken where its sense is,
 * if both halves have room: "云桥县人民政府", "关于2025年度法治政府建设情况的报告".
 */
static inline const char *title_by_sense(const char *title, double room, struct arena *arena)
{
	const char *about = strstr(title, "关于");
	if (!about || about == title || utf8_width(title) / 2.0 <= room)
		return title;
	const char *issuer = arena_strndup(arena, title, (size_t)(about - title));
	if (utf8_width(issuer) / 2.0 > room || utf8_width(about) / 2.0 > room)
		return title;
	return arena_printf(arena, "%s\n%s", issuer, about);
}

/* GB/T 9704-2012, 7.3.4: attachments are numbered if there are several. */
static inline const char *attachment_number(
    const struct report *report, size_t i, struct arena *arena)
{
	return report->attachment_count > 1 ? arena_printf(arena, "%zu.", i + 1) : "";
}

/* "本稿为草稿" in the looks of every format. */
#define DRAFT_NOTICE "（草稿：存在未处理的校核错误，不得公开发布）"

#endif
