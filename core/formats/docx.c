/*
 * docx.c: the report as offices send it, GB/T 9704-2012, to be worked on in Word
 * and WPS. Looks, page and the rest of the file are core/office's; here each
 * part of the report gets its place.
 *
 * Numbers of headings are typed: 一、, （一） and 一是 stand side by side in one
 * report, Word and WPS set an automatic 一、 each with a gap of its own, and
 * readers without a layout leave automatic numbers out. They stay right because
 * each assembling counts anew.
 *
 * A headline that runs into its paragraph is one paragraph with it, in the
 * character style that belongs to the heading. Word's style separator (a hidden
 * end of paragraph) would show it in the navigation pane as well, but
 * LibreOffice sets it as a line of its own, and every program that reads
 * paragraphs finds two.
 */
#include "base/i18n.h"
#include "base/utf8.h"
#include "formats/address.h"
#include "formats/columns.h"
#include "formats/drawing.h"
#include "formats/format.h"
#include "formats/walk.h"
#include "office/doc_writer.h"
#include "office/figure_mark.h"
#include "page/png.h"

#include <string.h>

static const double TITLE_LETTER = 440; /* 二号, in twentieths of a point */
static const double TWIPS_PER_MM = 1440 / 25.4;
static const double CHART_DPI = 220;      /* for readers that do not show the drawing itself */
static const double PICTURE_DPI = 96;     /* of a picture that does not say how large it is meant */
static const double PICTURE_HEIGHT = 200; /* mm, of charts, too: leaves room for the caption */
enum { CHARACTER = 100, LEFT_MOST = 1200, CONTENTS_LEVELS = 2, SHORT_TABLE = 8 };

struct writer {
	const struct report *report;
	const struct setting *setting;
	struct arena *arena;
	struct doc_writer *doc;
	unsigned figures;    /* so far */
	size_t taken;        /* bytes of the next text that were set with the figure before it */
	const char *before;  /* what the text before this ends with, "" at a paragraph's start */
	int left;            /* of blocks within a list, in hundredths of a character */
	enum doc_style text; /* of paragraphs here */
	const struct node *kept; /* the block that the signature follows */
};

/* ---- inlines ----------------------------------------------------------- */

/*
 * Names of bookmarks are letters, digits and "_", whatever their case; those that
 * begin with "_" are hidden in lists of them. Other anchors go by a hash, so that no two are one.
 */
static const char *bookmark_of(struct writer *w, const char *anchor)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
	char hash[FIGURE_MARK_HASH];
	char *name = arena_printf(w->arena, "_nbref_%s", anchor);
	if (strlen(name) >= FIGURE_MARK_SIZE || anchor[strspn(anchor, plain)] != '\0') {
		figure_mark_figure(hash, anchor, NULL);
		return arena_printf(w->arena, "_nbref_%s", hash);
	}
	for (char *at = name; *at; at++)
		if (*at == '-')
			*at = '_';
	return name;
}

static void begin(struct writer *w, enum doc_style style, const struct doc_place *place)
{
	doc_begin_at(w->doc, style, place);
	w->before = "";
}

static const struct doc_place as_styled = { 0 };

static void inlines(struct writer *w, const struct node *parent, struct doc_look look);

static void link_to(struct writer *w, const struct node *node, struct doc_look look)
{
	const char *target = node->target;
	if (*target == '#' && target[1]) {
		doc_link_begin(w->doc, arena_printf(w->arena, "#%s", bookmark_of(w, target + 1)));
	} else {
		target = web_address(target, w->arena);
		if (!target) {
			inlines(w, node, look);
			return;
		}
		doc_link_begin(w->doc, target);
		look.link = 1;
	}
	inlines(w, node, look);
	doc_link_end(w->doc);
}

static void run(struct writer *w, const char *text, struct doc_look look)
{
	doc_run(w->doc, text, look);
	if (*text)
		w->before = text;
}

static int is_inline(const struct node *node)
{
	return node->kind >= NODE_TEXT;
}

/* The text that stands behind a node in its paragraph; "" at the end. */
static const char *text_behind(const struct node *node)
{
	while (node && !node->next)
		node = node->parent && is_inline(node->parent) ? node->parent : NULL;
	if (!node)
		return "";
	node = node->next;
	while (!node->text && node->first)
		node = node->first;
	return node->text ? node->text : "";
}

/* Numbers set by mistake against another number are known to be so set: they are not found. */
static void figure(struct writer *w, const struct node *node, struct doc_look look)
{
	char name[FIGURE_MARK_SIZE];
	struct figure_mark mark = { .serial = ++w->figures };
	const char *behind = text_behind(node), *end = behind;
	if (node->next && node->next->kind == NODE_TEXT) {
		utf8_next(&end, behind + strlen(behind));
		w->taken = (size_t)(end - behind);
		mark.tail = w->taken > 0;
	}
	figure_run_before(w->before, w->before + strlen(w->before), &mark.before);
	figure_run_after(behind, behind + strlen(behind), &mark.after);
	figure_mark_name(name, node->figure->id, node->figure->department, node->text, &mark);
	doc_bookmark_begin(w->doc, name);
	run(w, arena_printf(w->arena, "%s%.*s", node->text, (int)w->taken, behind), look);
	doc_bookmark_end(w->doc);
}

static void inlines(struct writer *w, const struct node *parent, struct doc_look look)
{
	for (const struct node *node = parent->first; node; node = node->next) {
		struct doc_look inner = look;
		switch (node->kind) {
		case NODE_TEXT:
			run(w, node->text + w->taken, look);
			w->taken = 0;
			break;
		case NODE_CODE:
			run(w, node->text, look);
			break;
		case NODE_FIGURE:
			figure(w, node, look);
			break;
		case NODE_STRONG:
			inner.strong = 1;
			inlines(w, node, inner);
			break;
		case NODE_EMPHASIS:
			inner.emphasis = 1;
			inlines(w, node, inner);
			break;
		case NODE_LINK:
			link_to(w, node, look);
			break;
		case NODE_BREAK:
			run(w, "\n", look);
			break;
		case NODE_SECTION:
		case NODE_PARAGRAPH:
		case NODE_TABLE:
		case NODE_ROW:
		case NODE_CELL:
		case NODE_LIST:
		case NODE_ITEM:
		case NODE_QUOTE:
		case NODE_CODE_BLOCK:
		case NODE_CHART:
		case NODE_PICTURE:
		case NODE_ATTACHMENTS:
		case NODE_SIGNATURE:
			break;
		}
	}
}

/* ---- headings ---------------------------------------------------------- */

static unsigned heading_level(const struct node *section)
{
	return section->level < 4 ? section->level : 4;
}

static void headline(struct writer *w, const struct node *section, struct doc_look look)
{
	doc_bookmark_begin(w->doc, bookmark_of(w, section->anchor));
	run(w, section->number, look);
	inlines(w, section->title, look);
	doc_bookmark_end(w->doc);
}

static void blocks(struct writer *w, const struct node *first);

static void section(struct writer *w, const struct node *node)
{
	const struct node *first = node->first;
	if (node->title && node->run_in) {
		begin(w, DOC_BODY,
		    &(struct doc_place){
		        .keep_next = first == w->kept || leads_to_display(first) });
		headline(w, node, (struct doc_look){ .headline = heading_level(node) });
		run(w, headline_stop(node->title, w->arena), (struct doc_look){ 0 });
		inlines(w, first, (struct doc_look){ 0 });
		doc_end(w->doc);
		first = first->next;
	} else if (node->title) {
		begin(w, (enum doc_style)(DOC_HEADING_1 + heading_level(node) - 1), &as_styled);
		headline(w, node, (struct doc_look){ 0 });
		doc_end(w->doc);
	}
	blocks(w, first);
}

/* ---- blocks ------------------------------------------------------------ */

static void paragraph(struct writer *w, const char *mark, const struct node *node)
{
	int left = w->left < LEFT_MOST ? w->left : LEFT_MOST;
	struct doc_place place = { .keep_next =
		                       node && (node == w->kept || leads_to_display(node)) };
	if (left) {
		place.indented = 1;
		place.left = left;
		place.first = 2 * CHARACTER;
	}
	begin(w, node && node->addressee ? DOC_FLUSH : w->text, &place);
	run(w, mark, (struct doc_look){ 0 });
	if (node)
		inlines(w, node, (struct doc_look){ 0 });
	doc_end(w->doc);
}

static void list(struct writer *w, const struct node *node)
{
	for (const struct node *item = node->first; item; item = item->next) {
		const struct node *first = item->first;
		int opens = first && first->kind == NODE_PARAGRAPH;
		paragraph(w, node->ordered ? item->number : "— ", opens ? first : NULL);
		w->left += 2 * CHARACTER;
		blocks(w, opens ? first->next : first);
		w->left -= 2 * CHARACTER;
	}
}

static void quote(struct writer *w, const struct node *node)
{
	enum doc_style outside = w->text;
	w->text = DOC_QUOTE;
	w->left += 2 * CHARACTER;
	blocks(w, node->first);
	w->left -= 2 * CHARACTER;
	w->text = outside;
}

static void code(struct writer *w, const char *text)
{
	size_t n = strlen(text);
	while (n && text[n - 1] == '\n')
		n--;
	doc_paragraph(w->doc, DOC_CODE, arena_strndup(w->arena, text, n));
}

/* "表1　各类许可事项", where a link to it leads. */
static void caption(struct writer *w, enum doc_style style, const struct node *node)
{
	if (!node->title)
		return;
	begin(w, style, &as_styled);
	if (node->anchor)
		doc_bookmark_begin(w->doc, bookmark_of(w, node->anchor));
	run(w, caption_mark(node, w->arena), (struct doc_look){ 0 });
	inlines(w, node->title, (struct doc_look){ 0 });
	if (node->anchor)
		doc_bookmark_end(w->doc);
	doc_end(w->doc);
}

/* Letters that leave a few of them a column: 小四, 五号, 六号, 八号. */
static const struct cell_size {
	size_t columns; /* up to */
	unsigned letter;
	enum doc_style text, head;
} cell_sizes[] = { { 8, 240, DOC_CELL, DOC_CELL_HEAD },
	{ 12, 210, DOC_CELL_SMALL, DOC_CELL_SMALL_HEAD },
	{ 20, 150, DOC_CELL_TINY, DOC_CELL_TINY_HEAD },
	{ TABLE_COLUMNS_MAX, 100, DOC_CELL_LEAST, DOC_CELL_LEAST_HEAD } };

/* The last column that Word knows takes what stands in further ones along. */
static void cell(struct writer *w, const struct node *node, int header,
    const struct cell_size *size, int keep, int is_last)
{
	struct doc_place place = { .keep_next = header || keep };
	switch (node->align) {
	case ALIGN_NONE:
		break;
	case ALIGN_LEFT:
		place.align = PLACE_LEFT;
		break;
	case ALIGN_CENTER:
		place.align = PLACE_CENTER;
		break;
	case ALIGN_RIGHT:
		place.align = PLACE_RIGHT;
		break;
	}
	if (header)
		place.align = PLACE_STYLE;
	doc_cell_begin(w->doc);
	begin(w, header ? size->head : size->text, &place);
	inlines(w, node, (struct doc_look){ 0 });
	for (node = node->next; is_last && node; node = node->next) {
		run(w, "　", (struct doc_look){ 0 });
		inlines(w, node, (struct doc_look){ 0 });
	}
	doc_end(w->doc);
	doc_cell_end(w->doc);
}

static size_t column_count(const struct node *table)
{
	size_t most = 0;
	for (const struct node *row = table->first; row; row = row->next) {
		size_t n = 0;
		for (const struct node *at = row->first; at; at = at->next)
			n++;
		most = n > most ? n : most;
	}
	return most < TABLE_COLUMNS_MAX ? most : TABLE_COLUMNS_MAX;
}

static size_t row_count(const struct node *table)
{
	size_t n = 0;
	for (const struct node *row = table->first; row; row = row->next)
		n++;
	return n;
}

/* A short table stays whole; of a long one, no last row stands on a page alone. */
static int row_is_kept(const struct node *row, size_t rows)
{
	return row->next && (rows <= SHORT_TABLE || !row->next->next);
}

static void table(struct writer *w, const struct node *node)
{
	size_t rows = row_count(node);
	const struct cell_size *size = cell_sizes;
	unsigned *widths;
	while (size->columns < column_count(node))
		size++;
	size_t columns = table_columns(node, doc_width(w->doc), size->letter, w->arena, &widths);
	if (columns == 0)
		return;
	caption(w, DOC_CAPTION, node);
	doc_table_begin(w->doc, widths, columns);
	for (const struct node *row = node->first; row; row = row->next) {
		size_t n = 0;
		doc_table_row(w->doc, row->header);
		for (const struct node *at = row->first; at && n < columns; at = at->next, n++)
			cell(w, at, row->header, size, row_is_kept(row, rows), n + 1 == columns);
	}
	doc_table_end(w->doc);
}

static void set_picture(struct writer *w, const struct doc_picture *picture, int has_legend)
{
	doc_begin_at(w->doc, DOC_PICTURE, &(struct doc_place){ .keep_next = has_legend != 0 });
	doc_picture(w->doc, picture);
	doc_end(w->doc);
}

static void picture(struct writer *w, const struct node *node)
{
	const struct picture *of = node->picture;
	const char *legend = node->text ? node->text : "";
	double width = of->width * 25.4 / PICTURE_DPI, height = of->height * 25.4 / PICTURE_DPI;
	double room = doc_width(w->doc) / TWIPS_PER_MM;
	double scale = width > room ? room / width : 1;
	if (height * scale > PICTURE_HEIGHT)
		scale = PICTURE_HEIGHT / height;
	set_picture(w,
	    &(struct doc_picture){ .bytes = of->bytes,
	        .size = of->size,
	        .is_jpeg = of->is_jpeg,
	        .width = width * scale,
	        .height = height * scale,
	        .description = legend },
	    *legend != '\0');
	if (*legend)
		doc_paragraph(w->doc, DOC_LEGEND, legend);
}

/* Where no font can draw it, its words stand in its place. */
static void chart(struct writer *w, const struct node *node)
{
	double room = doc_width(w->doc) / TWIPS_PER_MM;
	struct drawing drawing = chart_draw(node->chart, room, w->arena);
	struct buf png = { 0 }, svg = { 0 };
	struct err none;
	/* Word cuts off what is higher than its page. */
	double scale = drawing.height > PICTURE_HEIGHT ? PICTURE_HEIGHT / drawing.height : 1;
	if (drawing_png(&drawing, CHART_DPI, &png, &none) == 0) {
		drawing_svg(&drawing, 1, &svg);
		set_picture(w,
		    &(struct doc_picture){ .bytes = png.data,
		        .size = png.len,
		        .svg = buf_str(&svg),
		        .width = drawing.width * scale,
		        .height = drawing.height * scale,
		        .description = drawing.description },
		    node->title != NULL);
	} else {
		doc_paragraph(w->doc, DOC_QUOTE, drawing.description);
	}
	buf_release(&png);
	buf_release(&svg);
	caption(w, DOC_LEGEND, node);
}

/* ---- what closes the report -------------------------------------------- */

/* GB/T 9704-2012, 7.3.4: a line below the text, two characters in, further lines below the name. */
static void attachments(struct writer *w, const struct node *node)
{
	const struct report *report = w->report;
	int wide = report->attachment_count > 1 ? CHARACTER : 0; /* of "1." */
	for (size_t i = 0; i < report->attachment_count; i++) {
		struct doc_place place = { .indented = 1, .left = 5 * CHARACTER + wide };
		place.spaced = i == 0;
		place.keep_next = node == w->kept && i + 1 == report->attachment_count;
		place.hanging = i == 0 ? 3 * CHARACTER + wide : i < 9 ? wide : wide * 3 / 2;
		doc_begin_at(w->doc, DOC_ATTACHMENT, &place);
		doc_text(w->doc,
		    arena_printf(w->arena, "%s%s%s", i == 0 ? "附件：" : "",
		        attachment_number(report, i, w->arena), report->attachments[i].title));
		doc_end(w->doc);
	}
}

/*
 * GB/T 9704-2012, 7.3.5: the date four characters from the right, the issuer
 * centred above it; of a long name the date is centred below it, two from the right.
 */
static void signature(struct writer *w)
{
	const struct report *report = w->report;
	const char *date = report->date ? chinese_date(report->date, w->arena) : "";
	int wide = (int)utf8_width(report->issuer) * CHARACTER / 2;
	int under = (int)utf8_width(date) * CHARACTER / 2;
	int right = 4 * CHARACTER + under / 2 - wide / 2, below = 4 * CHARACTER;
	if (right < 2 * CHARACTER) {
		right = 2 * CHARACTER;
		below = right + wide / 2 - under / 2;
		below = below > 20 * CHARACTER ? 20 * CHARACTER : below;
	}
	if (*report->issuer) {
		doc_begin_at(w->doc, DOC_SIGNATURE,
		    &(struct doc_place){ .right = right, .spaced = 2, .keep_next = *date != '\0' });
		doc_text(w->doc, report->issuer);
		doc_end(w->doc);
	}
	if (*date) {
		doc_begin_at(w->doc, DOC_SIGNATURE,
		    &(struct doc_place){ .right = below, .spaced = *report->issuer ? 0 : 2 });
		doc_text(w->doc, date);
		doc_end(w->doc);
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
			paragraph(w, "", node);
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
			attachments(w, node);
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

/* What the signature follows: it may not stand on a page by itself (GB/T 9704-2012, 7.3.5.5). */
static int find_kept(struct writer *w, const struct node *parent, const struct node **last)
{
	for (const struct node *node = parent->first; node; node = node->next) {
		if (node->kind == NODE_SIGNATURE) {
			w->kept = *last;
			return 1;
		}
		if (node->kind == NODE_SECTION) {
			*last = NULL; /* a heading is kept with what follows anyway */
			if (find_kept(w, node, last))
				return 1;
		} else if (node->kind != NODE_ATTACHMENTS || w->report->attachment_count) {
			*last = node;
		}
	}
	return 0;
}

/* ---- the whole --------------------------------------------------------- */

static void contents_of(struct writer *w, const struct node *parent)
{
	for (const struct node *node = parent->first; node; node = node->next) {
		if (node->kind != NODE_SECTION)
			continue;
		if (node->title && node->level <= CONTENTS_LEVELS)
			doc_contents_line(w->doc, node->level,
			    arena_printf(
			        w->arena, "%s%s", node->number, node_text(node->title, w->arena)),
			    bookmark_of(w, node->anchor));
		contents_of(w, node);
	}
}

static void contents(struct writer *w)
{
	doc_paragraph(w->doc, DOC_CONTENTS_TITLE, "目　录");
	doc_contents_begin(w->doc);
	contents_of(w, w->report->body);
	if (w->report->annex && w->report->annex->title)
		doc_contents_line(w->doc, 1, node_text(w->report->annex->title, w->arena),
		    bookmark_of(w, w->report->annex->anchor ? w->report->annex->anchor : "annex"));
	doc_contents_end(w->doc);
	doc_new_page(w->doc);
}

/* GB/T 9704-2012, 7.3.6: a page of its own, its mark flush left, its title on the third line. */
static void annex(struct writer *w, const struct node *node)
{
	doc_new_page(w->doc);
	doc_paragraph(w->doc, DOC_MARK, "附表");
	if (node->title) {
		begin(w, DOC_ANNEX_TITLE, &as_styled);
		doc_bookmark_begin(w->doc,
		    bookmark_of(w, w->report->annex->anchor ? w->report->annex->anchor : "annex"));
		inlines(w, node->title, (struct doc_look){ 0 });
		doc_bookmark_end(w->doc);
		doc_end(w->doc);
	}
	blocks(w, node->first);
}

/*
 * Lines of one length for a title that needs several, by narrowing it: a break would
 * be one more character of its text. In a template the title has the office's size.
 */
static unsigned title_inset(struct writer *w, const char *title)
{
	double room = doc_width(w->doc) / TITLE_LETTER, slack = 0.5;
	double wide = utf8_width(title) / 2.0;
	unsigned whole = (unsigned)room, lines = 1;
	if (wide <= room || w->setting->look_size)
		return 0;
	/* Where the official fonts are not, digits are wider, and blanks are set around them. */
	for (const char *at = title; *at; at++)
		slack += *at >= '0' && *at <= '9' ? 0.2 : 0;
	while (lines * whole < wide)
		lines++;
	double each = (double)(unsigned)(wide / lines + 0.999) + slack;
	return each < room ? (unsigned)((room - each) * TITLE_LETTER / 2) : 0;
}

static void set_report(struct writer *w)
{
	const struct report *report = w->report;
	if (report->draft)
		doc_paragraph(w->doc, DOC_NOTICE, DRAFT_NOTICE);
	if (report->contents)
		contents(w);
	const char *title = report->title;
	if (!w->setting->look_size)
		title = title_by_sense(title, doc_width(w->doc) / TITLE_LETTER - 1, w->arena);
	doc_begin_at(w->doc, DOC_TITLE,
	    &(struct doc_place){
	        .keep_next = 1, .inset = title == report->title ? title_inset(w, title) : 0 });
	doc_text(w->doc, title);
	doc_end(w->doc);
	find_kept(w, report->body, &(const struct node *){ NULL });
	blocks(w, report->body->first);
	if (report->annex)
		annex(w, report->annex);
}

static int render(
    const struct report *report, const struct setting *setting, struct buf *out, struct err *err)
{
	struct arena scratch = { 0 };
	/* A paper of its own is of no region. */
	const char *subject = *report->region && report->year
	                          ? arena_printf(&scratch, "%s%d年度法治政府建设年度报告",
	                                report->region, report->year)
	                          : NULL;
	struct writer w = { .report = report, .setting = setting, .arena = &scratch };
	w.doc = doc_new(&(struct doc_info){ .title = report->title,
	    .subject = subject,
	    .author = report->issuer,
	    .date = report->date,
	    .report = 1 });
	int rc = 0;
	if (setting->look_size) {
		struct buf look = { 0 };
		buf_add(&look, setting->look, setting->look_size);
		rc = doc_use_template(w.doc, "templates/report.docx", &look, err);
	}
	if (rc == 0) {
		set_report(&w);
		rc = doc_finish(w.doc, out, err);
	} else {
		doc_drop(w.doc);
	}
	arena_release(&scratch);
	return rc;
}

const struct format format_docx = {
	.name = "docx",
	.about = N_("a Word document in the official layout"),
	.template = "report.docx",
	.own_template = 1,
	.render = render,
};
