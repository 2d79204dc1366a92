/*
 * kit_names.h: what a kit (报送材料) calls its files, sheets and columns. `form`
 * writes them, intake finds its way by them.
 */
#ifndef OFFICE_KIT_NAMES_H
#define OFFICE_KIT_NAMES_H

#include <stdio.h>

#define KIT_FIGURES "figures.xlsx"
#define KIT_PROSE "report.docx"
#define KIT_INSTRUCTION "填报说明.docx"
#define KIT_ATTACHMENTS "attachments"
/* A zip of ours holds no folders, so the folder has this in it. Not an attachment. */
#define KIT_PLACEHOLDER "把附件放在这里.txt"

/* Sheets beside those of chapters (id) and lists (chapter.list). */
#define KIT_SHEET_INFO "报送信息"
#define KIT_SHEET_ATTACHMENTS "附件登记"

/* Labels in column A of 报送信息; the value stands in column B. */
#define KIT_INFO_ID "单位代码"
#define KIT_INFO_NAME "单位名称"
#define KIT_INFO_YEAR "年度"
#define KIT_INFO_REVISION "版次"
#define KIT_INFO_DATE "报送日期"
#define KIT_INFO_CONTACT "联系人"
#define KIT_INFO_PHONE "联系电话"

/* Columns of a chapter's sheet. */
#define KIT_COLUMN_CODE "代码"
#define KIT_COLUMN_LABEL "指标"
#define KIT_COLUMN_UNIT "单位"
#define KIT_COLUMN_LAST "上年数"
#define KIT_COLUMN_VALUE "本年数"
#define KIT_COLUMN_NOTE "备注"
#define KIT_COLUMN_HELP "填报口径" /* not read */

/* Columns of 附件登记. */
#define KIT_COLUMN_FILE "文件"
#define KIT_COLUMN_TITLE "标题"
#define KIT_COLUMN_CHAPTER "章节"
#define KIT_COLUMN_BACKS "佐证的指标"
#define KIT_COLUMN_ACCESS "公开或内部"
#define KIT_PUBLIC "公开"
#define KIT_INTERNAL "内部"

/* What lines of guidance in the prose begin with; a topic's goes on with its label alone. */
#define KIT_TOPIC "可写："
#define KIT_GUIDANCE "带底色的文字是填写提示"
#define KIT_GUIDANCE_CHAPTER "本章数据填在"

/* Where tables begin: row of the header, row of the first entry. */
enum { KIT_ROW_HEAD = 4, KIT_ROW_FIRST = 5 };

/*
 * The bookmark of a chapter, or (`topic` not NULL) of a topic, into `name`. Word takes letters,
 * digits and _, 40 of them: what is longer is cut.
 */
#define KIT_BOOKMARK_SIZE 41
static inline const char *kit_bookmark(char *name, const char *chapter, const char *topic)
{
	snprintf(name, KIT_BOOKMARK_SIZE, topic ? "nb_%s__%s" : "nb_%s", chapter, topic);
	return name;
}

#endif
