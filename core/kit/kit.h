/*
 * kit.h: the kit (报送材料): what a department fills in for the chapters it
 * owes, as one zip: figures.xlsx, report.docx, a folder for attachments and a
 * page that says how. docs/formats.md describes it. In Chinese whoever asks,
 * and the same bytes whenever it is asked for.
 */
#ifndef KIT_KIT_H
#define KIT_KIT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "chapters/figures.h"
#include "workspace/catalog.h"
#include "workspace/templates.h"
#include "workspace/workspace.h"

/* What kits are made from. All of it is borrowed. */
struct kit {
	struct arena *arena;
	const struct workspace *workspace;
	const struct catalog *catalog;
	const struct templates *templates;
	const struct last_year *last;
};

/* Whether a kit may be written to `path`: ERR_USAGE if anything but a kit nobody filled in is
 * there. */
int kit_may_write(const char *path, struct err *err);

/* Writes a department's kit to `path`, whole or not at all, if kit_may_write(). */
int kit_write(
    const struct kit *kit, const struct department *department, const char *path, struct err *err);

/* The chapters a department owes, in the order of the report, NULL-ended; in the arena. */
const struct chapter *const *kit_chapters(
    const struct kit *kit, const struct department *department);

/* ---- within the room ---------------------------------------------------- */

/* A chapter's title in this report; where it has none there, the plugin's. */
const char *kit_title(const struct kit *kit, const struct chapter *chapter);

/* Whether the form asks for a figure with emphasis. What is worked out is not asked for. */
int kit_is_required(const struct nb_figure *figure);

/* 2026年1月31日, in the arena; "" for NULL. */
const char *kit_day(const struct kit *kit, const char *date);

/* The day that its files say they were made: the last of the report's year. */
const char *kit_made(const struct kit *kit);

/* Each appends one file of the kit. */
int kit_sheets(
    const struct kit *kit, const struct department *department, struct buf *out, struct err *err);
int kit_prose(
    const struct kit *kit, const struct department *department, struct buf *out, struct err *err);
int kit_instruction(
    const struct kit *kit, const struct department *department, struct buf *out, struct err *err);

#endif
