/*
 * pdf.c: the report on pages by GB/T 9704-2012. What is said where stands here;
 * how pages are filled and drawn stands in core/page/.
 */
#include "page/pdf.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "formats/columns.h"
#include "formats/format.h"
#include "formats/walk.h"
#include "page/contents.h"
#include "page/table.h"

#include <string.h>

struct writer {
	const struct report *report;
	const struct setting *setting;
	struct arena *arena;
	struct paper *paper;
	struct draft draft; /* of the paragraph that is being put together */
	double left;        /* where blocks begin: lists and quotations are moved in */
	enum font_role role;
};

static struct style body(enum font_role role, unsigned link)
{
	return (struct style){
		.role = role, .size = SIZE_TEXT, .spread = CELL - SIZE_TEXT, .link = link
	};
}

/* ---- inlines ----------------------------------------------------------------------- */

static void words(struct writer *w, const char *text, struct style style)
{
	draft_add(&w->draft, text, strlen(text), style);
}

static void inlines(struct writer *w, const struct node *parent, struct style style)
{
	for (const struct node *node = parent->first; node; node = node->next) {
		struct style own = style;
		if (node->kind == NODE_BREAK) {
			words(w, "\n", style);
			continue;
		}
		/* No font of the standard is bold or slanted: others take their place. */
		if (node->kind == NODE_STRONG)
			own.role = FONT_HEI;
		else if (node->kind == NODE_EMPHASIS)
			own.role = FONT_KAI;
		else if (node->kind == NODE_CODE)
			own.role = FONT_CODE;
		else if (node->kind == NODE_LINK)
			own.link = paper_link(w->paper, node->target);
		if (node->text)
			words(w, node->text, own);
		else
			inlines(w, node, own);
	}
}

/* ---- blocks ------------------------------------------------------------------------ */

static void blocks(struct writer *w, const struct node *first);

/* A paragraph of the text: two characters in, filled on both sides. */
static void set_body(struct writer *w, int keep)
{
	paper_set(w->paper, &w->draft,
	    &(struct block){ .left = w->left, .first = 2 * CELL, .keep = keep });
}

/* A paragraph that is kept goes to the next page as a whole: three lines at most do. */
static int is_kept(struct writer *w, const struct node *node)
{
	return leads_to_display(node) && utf8_width(node_text(node, w->arena)) <= 3 * 56;
}

static void paragraph(struct writer *w, const struct node *node)
{
	inlines(w, node, body(w->role, 0));
	if (node->addressee)
		paper_set(w->paper, &w->draft, &(struct block){ 0 });
	else
		set_body(w, is_kept(w, node));
}

/* 7.3.3 of the standard: 黑体, 楷体, and 仿宋 for what is below. */
static enum font_role role_of_level(unsigned level)
{
	return level <= 1 ? FONT_HEI : level == 2 ? FONT_KAI : FONT_FANG;
}

static void section(struct writer *w, const struct node *node)
{
	const struct node *first = node->first;
	if (node->title) {
		struct style style = body(role_of_level(node->level), 0);
		const char *title = node_text(node->title, w->arena);
		paper_mark(w->paper, node->anchor,
		    arena_printf(w->arena, "%s%s", node->number, title), node->level);
		words(w, node->number, style);
		inlines(w, node->title, style);
		if (node->run_in) {
			words(w, headline_stop(node->title, w->arena), style);
			inlines(w, first, body(FONT_FANG, 0));
			first = first->next;
		}
		set_body(w, !node->run_in);
	}
	blocks(w, first);
}

static void list(struct writer *w, const struct node *node)
{
	for (const struct node *item = node->first; item; item = item->next) {
		const struct node *first = item->first;
		words(w, node->ordered ? item->number : "— ", body(w->role, 0));
		if (first && first->kind == NODE_PARAGRAPH) {
			inlines(w, first, body(w->role, 0));
			first = first->next;
		}
		set_body(w, 0);
		/* Deep lists would end in a column of single characters. */
		double before = w->left;
		if (w->left < 12 * CELL)
			w->left += 2 * CELL;
		blocks(w, first);
		w->left = before;
	}
}

static void quote(struct writer *w, const struct node *node)
{
	double before = w->left;
	enum font_role role = w->role;
	if (w->left < 12 * CELL)
		w->left += 2 * CELL;
	w->role = FONT_KAI;
	blocks(w, node->first);
	w->left = before;
	w->role = role;
}

static void code(struct writer *w, const char *text)
{
	size_t n = strlen(text);
	while (n && text[n - 1] == '\n')
		n--;
	draft_add(&w->draft, text, n, (struct style){ .role = FONT_CODE, .size = 10.5 });
	paper_set(w->paper, &w->draft,
	    &(struct block){
	        .left = w->left + 2 * CELL, .rest = 2 * CELL, .fill = FILL_LEFT, .pitch = 16 });
}

/* Titles of tables and charts: 小四 黑体 in the middle. */
static void caption(struct writer *w, const struct node *node)
{
	struct style style = { .role = FONT_HEI, .size = 12 };
	if (!node->title)
		return;
	paper_mark(w->paper, node->anchor, NULL, 0);
	words(w, caption_mark(node, w->arena), style);
	inlines(w, node->title, style);
}

/* ---- tables ------------------------------------------------------------------------ */

/* Letters of tables: 小四, 五号, 小五, 六号, and a last one before they cannot be read. */
static const struct {
	double size, pitch, padding;
} letters[] = { { 12, 18, 4 }, { 10.5, 16, 3 }, { 9, 13, 2.5 }, { 7.5, 11, 2 }, { 6, 8.5, 1 },
	{ 4.5, 6.5, 0.5 } };

enum { LETTERS = sizeof letters / sizeof *letters, TENTHS = 10 };

/* The largest letters of which three stand side by side in the narrowest column. */
static size_t choose_letters(struct writer *w, const struct node *node, struct table *table)
{
	unsigned *widths;
	for (size_t i = 0;; i++) {
		double size = letters[i].size, least = AREA_WIDTH;
		table->columns = table_columns(node, (unsigned)(AREA_WIDTH * TENTHS),
		    (unsigned)(size * TENTHS), w->arena, &widths);
		double *points = arena_alloc(w->arena, (table->columns + 1) * sizeof *points);
		for (size_t k = 0; k < table->columns; k++) {
			points[k] = (double)widths[k] / TENTHS;
			least = points[k] < least ? points[k] : least;
		}
		table->widths = points;
		table->pitch = letters[i].pitch;
		table->padding = letters[i].padding;
		if (i + 1 == LETTERS || least >= 3 * size + 2 * table->padding ||
		    (table->columns <= 8 && least >= size + 2 * table->padding))
			return i;
	}
}

static enum fill cell_fill(const struct node *row, const struct node *cell)
{
	static const enum fill fills[] = { [ALIGN_NONE] = FILL_LEFT,
		[ALIGN_LEFT] = FILL_LEFT,
		[ALIGN_CENTER] = FILL_CENTER,
		[ALIGN_RIGHT] = FILL_RIGHT };
	return row->header ? FILL_CENTER : fills[cell->align];
}

static void table(struct writer *w, const struct node *node)
{
	struct table table = { 0 };
	size_t letter = choose_letters(w, node, &table);
	caption(w, node);
	table.captioned = w->draft.bytes.len > 0;
	if (table.captioned)
		paper_set(w->paper, &w->draft, &(struct block){ .fill = FILL_CENTER, .keep = 1 });
	for (const struct node *row = node->first; row; row = row->next)
		table.row_count++;
	table.rows = arena_alloc(w->arena, (table.row_count + 1) * sizeof *table.rows);
	struct table_row *to = table.rows;
	for (const struct node *row = node->first; row; row = row->next, to++) {
		size_t i = 0;
		to->header = row->header;
		to->cells = arena_alloc(w->arena, (table.columns + 1) * sizeof *to->cells);
		struct style style = { .role = row->header ? FONT_HEI : FONT_FANG,
			.size = letters[letter].size };
		for (const struct node *cell = row->first; cell && i < table.columns; i++) {
			to->cells[i].fill = cell_fill(row, cell);
			inlines(w, cell, style);
			cell = cell->next;
			/* The last column takes what stands in more of them than there can be. */
			for (; i + 1 == table.columns && cell; cell = cell->next) {
				words(w, "　", style);
				inlines(w, cell, style);
			}
			to->cells[i].draft = w->draft;
			w->draft = (struct draft){ 0 };
		}
	}
	paper_table(w->paper, &table);
}

/* ---- pictures ---------------------------------------------------------------------- */

static void chart(struct writer *w, const struct node *node)
{
	struct drawing *drawing = arena_alloc(w->arena, sizeof *drawing);
	*drawing = chart_draw(node->chart, AREA_WIDTH / MM, w->arena);
	caption(w, node);
	paper_picture(w->paper, drawing, NULL, &w->draft);
}

static void picture(struct writer *w, const struct node *node)
{
	const struct picture *of = node->picture;
	const struct plate *plate = plate_new(of->bytes, of->size, of->is_jpeg, w->arena);
	if (plate) {
		words(w, node->text, (struct style){ .role = FONT_HEI, .size = 12 });
		paper_picture(w->paper, NULL, plate, &w->draft);
		return;
	}
	FIND(w->setting->findings, FORMAT_PICTURE, NULL, node->place, node->text,
	    N_("the picture '%s' cannot be put into the PDF, its description stands there instead"),
	    node->text);
	words(w, node->text, body(FONT_KAI, 0));
	set_body(w, 0);
}

/* ---- attachments, signature ---------------------------------------------------------- */

/* 7.3.4: one line below the text, two characters in; names run on below themselves. */
static void attachments(struct writer *w)
{
	const struct report *report = w->report;
	if (report->attachment_count)
		paper_skip(w->paper, 1);
	for (size_t i = 0; i < report->attachment_count; i++) {
		const char *number = attachment_number(report, i, w->arena);
		double wide = 0;
		for (const char *at = number; *at; at++)
			wide +=
			    font_glyph(w->paper->fonts, FONT_FANG, (unsigned char)*at)->advance *
			    SIZE_TEXT;
		if (i == 0)
			words(w, "附件：", body(FONT_FANG, 0));
		words(w, number, body(FONT_FANG, 0));
		words(w, report->attachments[i].title, body(FONT_FANG, 0));
		paper_set(w->paper, &w->draft,
		    &(struct block){ .first = (i == 0 ? 2 : 5) * CELL, .rest = 5 * CELL + wide });
	}
}

static double width_of(struct writer *w, const char *text)
{
	double width = 0;
	for (const char *end = text + strlen(text); text < end;) {
		uint32_t code = utf8_next(&text, end);
		const struct glyph *glyph = font_glyph(w->paper->fonts, FONT_FANG, code);
		width += glyph->advance >= 0.9F ? CELL : glyph->advance * SIZE_TEXT;
	}
	return width;
}

/*
 * 7.3.5: the date four characters from the right, the issuer in the middle
 * above it, unless that is so long that it would leave the type area. Where they do not
 * fit below the text, its last lines go with them to the next page.
 */
static void signature(struct writer *w)
{
	const char *issuer = w->report->issuer;
	const char *date = chinese_date(w->report->date, w->arena);
	double right = AREA_WIDTH - 4 * CELL, wide = width_of(w, date), names = width_of(w, issuer);
	double middle = *date ? right - wide / 2 : right - names / 2;
	double left = middle - names / 2;
	if (left + names > AREA_WIDTH)
		left = AREA_WIDTH - names;
	if (!*issuer && !*date)
		return;
	unsigned blank = 2, needed = (unsigned)(names / AREA_WIDTH) + 1 + (*date != '\0');
	while (blank > 1 && blank + needed > paper_rows_left(w->paper))
		blank--;
	if (blank + needed > paper_rows_left(w->paper)) {
		paper_carry(w->paper, 2);
		blank = 2;
	}
	paper_skip(w->paper, blank);
	if (*issuer) {
		words(w, issuer, body(FONT_FANG, 0));
		paper_set(w->paper, &w->draft,
		    &(struct block){ .first = left > 0 ? left : 0,
		        .fill = left > 0 ? FILL_LEFT : FILL_RIGHT,
		        .keep = *date != '\0' });
	}
	if (*date) {
		words(w, date, body(FONT_FANG, 0));
		paper_set(w->paper, &w->draft,
		    &(struct block){ .first = right - wide, .fill = FILL_LEFT });
	}
}

static void blocks(struct writer *w, const struct node *node)
{
	for (; node; node = node->next) {
		switch (node->kind) {
		case NODE_SECTION:
			section(w, node);
			break;
		case NODE_PARAGRAPH:
			paragraph(w, node);
			break;
		case NODE_TABLE:
			table(w, node);
			break;
		case NODE_LIST:
			list(w, node);
			break;
		case NODE_QUOTE:
			quote(w, node);
			break;
		case NODE_CODE_BLOCK:
			code(w, node->first->text);
			break;
		case NODE_CHART:
			chart(w, node);
			break;
		case NODE_PICTURE:
			picture(w, node);
			break;
		case NODE_ATTACHMENTS:
			attachments(w);
			break;
		case NODE_SIGNATURE:
			signature(w);
			break;
		case NODE_ROW:
		case NODE_CELL:
		case NODE_ITEM:
		case NODE_TEXT:
		case NODE_STRONG:
		case NODE_EMPHASIS:
		case NODE_CODE:
		case NODE_LINK:
		case NODE_BREAK:
		case NODE_FIGURE:
			break;
		}
	}
}

/* ---- the whole ----------------------------------------------------------------------- */

/* 7.3.2: one line below it is empty; its own are higher than the grid's, which is not added up. */
static void set_title(struct writer *w)
{
	paper_set(
	    w->paper, &w->draft, &(struct block){ .fill = FILL_CENTER, .pitch = 33, .even = 1 });
	w->paper->y -= ROW / 2;
	paper_skip(w->paper, 1);
}

static void set_report(struct writer *w)
{
	const struct report *report = w->report;
	struct style title = { .role = FONT_TITLE, .size = SIZE_TITLE };
	if (report->draft) {
		words(w, DRAFT_NOTICE, body(FONT_HEI, 0));
		paper_set(w->paper, &w->draft, &(struct block){ .fill = FILL_CENTER });
	}
	words(w, title_by_sense(report->title, (AREA_WIDTH - CELL) / SIZE_TITLE, w->arena), title);
	set_title(w);
	blocks(w, report->body->first);
	if (report->annex) {
		paper_break(w->paper);
		paper_mark(
		    w->paper, report->annex->anchor, node_text(report->annex->title, w->arena), 1);
		words(w, "附表", body(FONT_HEI, 0));
		paper_set(w->paper, &w->draft, &(struct block){ 0 });
		paper_skip(w->paper, 1);
		inlines(w, report->annex->title, title);
		set_title(w);
		blocks(w, report->annex->first);
	}
	if (report->contents)
		paper_contents(w->paper, 2);
}

/* What the reader of a page should know of its letters. */
static void report_fonts(struct writer *w)
{
	static const enum font_role roles[] = { FONT_FANG, FONT_KAI, FONT_HEI, FONT_TITLE,
		FONT_SONG };
	struct findings *findings = w->setting->findings;
	const char *list = "";
	size_t count;
	const uint32_t *missing = fonts_missing(w->paper->fonts, &count);
	struct buf names = { 0 };
	for (size_t i = 0; i < count; i++) {
		buf_addf(&names, "%sU+%04X ", i ? "、" : "", (unsigned)missing[i]);
		utf8_put(&names, missing[i]);
	}
	if (count)
		FIND(findings, FORMAT_GLYPH, NULL, AT(NULL, 0, 0), "pdf",
		    N_("no font here has these characters, boxes stand for them: %s"),
		    buf_str(&names));
	buf_release(&names);
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
		const char *other = font_stand_in(w->paper->fonts, roles[i]);
		if (other)
			list = arena_printf(w->arena, "%s%s%s → %s", list, *list ? "、" : "",
			    font_official(roles[i]), other);
	}
	if (*list)
		FIND(findings, FORMAT_FONT, NULL, AT(NULL, 0, 0), "pdf",
		    N_("official fonts are not installed, others stand in for them: %s"), list);
}

static int render(
    const struct report *report, const struct setting *setting, struct buf *out, struct err *err)
{
	struct arena arena = { 0 };
	struct paper paper = { .fonts = fonts_new(err), .arena = &arena };
	struct writer w = {
		.report = report, .setting = setting, .arena = &arena, .paper = &paper
	};
	const struct about about = { .title = report->title,
		.author = report->issuer,
		.subject = arena_printf(
		    &arena, "%s%d年度法治政府建设年度报告", report->region, report->year),
		.creator = "nianbao",
		.date = report->date ? report->date : "1980-01-01" };
	int rc = -1;
	if (paper.fonts) {
		w.role = FONT_FANG;
		set_report(&w);
		rc = paper_pdf(&paper, &about, out, err);
		if (rc == 0)
			report_fonts(&w);
	}
	draft_release(&w.draft);
	fonts_free(paper.fonts);
	arena_release(&arena);
	return rc;
}

const struct format format_pdf = {
	.name = "pdf",
	.about = N_("pages in the official layout, for print and for keeping (PDF/A)"),
	.render = render,
};
