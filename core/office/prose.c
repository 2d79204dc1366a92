/*
 * prose.c: word/document.xml in one pass, paragraph by paragraph.
 *
 * Paragraphs lie within paragraphs where there are text boxes: a stack of
 * those being read, no deeper than the XML may be. Everything else is a state
 * that ends where the element ends that began it. All of it works on that one
 * state, so it is one file, long as it is: text, fields, paragraphs,
 * properties, tables, pictures, and the table of elements that leads to them.
 */
#include "office/prose.h"

#include "base/file.h"
#include "base/i18n.h"
#include "base/length.h"
#include "base/utf8.h"
#include "office/part.h"
#include "office/word_list.h"
#include "office/word_style.h"

#include <stdlib.h>
#include <string.h>

enum { OPEN_MAX = 130, FIELDS_MAX = 64, BOOKMARKS_MAX = 100000, IMAGES_MAX = 100000 };

/* A growing array on the heap. */
struct list {
	char *items;
	size_t count, room;
};

static void *list_add(struct list *list, size_t size)
{
	if (list->count == list->room) {
		list->room = list->room ? list->room * 2 : 16;
		list->items = mem_realloc(list->items, list->room * size);
	}
	void *item = list->items + list->count++ * size;
	memset(item, 0, size);
	return item;
}

static void *list_copy(const struct list *list, size_t size, struct arena *arena)
{
	void *copy = list->count ? arena_alloc(arena, list->count * size) : NULL;
	if (copy)
		memcpy(copy, list->items, list->count * size);
	return copy;
}

/* A paragraph that is being read. */
struct open {
	size_t slot; /* in `paragraphs` */
	struct buf text;
	struct list bold, images;
	const struct word_style *style;
	int outline, num_id, num_level; /* its own, -1: not said */
	int is_mark_deleted;
	int is_joined; /* ended with its mark deleted: the next paragraph goes on in it */
	/* Of the run being read: */
	int is_bold, is_hidden;
};

struct reader {
	struct package *package;
	struct arena *arena;
	struct prose *prose;
	struct part part;
	struct relations relations;
	struct word_styles styles;
	struct word_lists *lists;
	struct list paragraphs, tables, bookmarks;
	unsigned number; /* of the last paragraph that began */
	struct open *open[OPEN_MAX];
	size_t depth; /* of them that are being read */
	unsigned
	    drop_depth; /* what stands below the element of this depth is left out; 0: nothing */
	unsigned text_depth; /* of the element whose text is read; 0: none */
	int keeps_blanks;    /* in it */
	/* Fields that are open: whether their instruction is still being read. */
	unsigned char fields[FIELDS_MAX];
	size_t field_count, fields_ignored;
	unsigned instructions;
	unsigned tables_deep, boxes_deep;
	unsigned row, column, columns, table_columns;
	int is_placeholder; /* what the content control shows */
	const char *alt;    /* of the picture to come */
	size_t image_count;
};

static int refuse(const struct reader *reader, const char *why, struct err *err)
{
	return err_input(err, why, _("cannot read '%s'"), package_label(reader->package));
}

static void note(struct reader *reader, enum office_note note)
{
	office_note_add(&reader->prose->notes, note, reader->number);
}

/* The paragraph that is being read; NULL between paragraphs. */
static struct open *current(const struct reader *reader)
{
	struct open *open = reader->depth ? reader->open[reader->depth - 1] : NULL;
	return open && !open->is_joined ? open : NULL;
}

/* ---- text -------------------------------------------------------------- */

static int is_shown(struct reader *reader, const struct open *open)
{
	if (!open || reader->drop_depth || reader->instructions)
		return 0;
	if (open->is_hidden)
		note(reader, NOTE_HIDDEN_TEXT);
	return !open->is_hidden;
}

static void add_text(struct reader *reader, const char *text, size_t n)
{
	struct open *open = current(reader);
	if (n == 0 || !is_shown(reader, open))
		return;
	size_t from = open->text.len;
	buf_add(&open->text, text, n);
	if (!open->is_bold)
		return;
	struct prose_span *last =
	    open->bold.count ? (struct prose_span *)(void *)open->bold.items + open->bold.count - 1
	                     : NULL;
	if (!last || last->to != from) {
		last = list_add(&open->bold, sizeof *last);
		last->from = from;
	}
	last->to = open->text.len;
}

/* The text of a w:t: blanks around it count only where the file says so. */
static void add_run(struct reader *reader)
{
	const char *text = reader->part.text;
	size_t n = reader->part.text_length, from = 0;
	if (!reader->keeps_blanks) {
		while (n > 0 && strchr(" \t\r\n", text[n - 1]))
			n--;
		while (from < n && strchr(" \t\r\n", text[from]))
			from++;
	}
	while (from < n) {
		size_t piece = strcspn(text + from, "\t\r\n");
		if (piece > n - from)
			piece = n - from;
		add_text(reader, text + from, piece);
		from += piece;
		if (from < n)
			add_text(reader, " ", text[from] == '\r' ? 0 : 1);
		from++;
	}
}

/* Characters of symbol fonts that forms are full of. */
static void add_symbol(struct reader *reader)
{
	static const struct {
		const char *font;
		uint32_t code, meaning;
	} known[] = {
		{ "Wingdings", 0xA8, 0x25A1 }, /* □ */
		{ "Wingdings", 0x6F, 0x25A1 }, { "Wingdings", 0x71, 0x2751 },
		{ "Wingdings", 0x6E, 0x25A0 },                                /* ■ */
		{ "Wingdings", 0x6C, 0x25CF },                                /* ● */
		{ "Wingdings", 0x75, 0x25C6 },                                /* ◆ */
		{ "Wingdings", 0xFC, 0x2713 },                                /* ✓ */
		{ "Wingdings", 0xFB, 0x2717 }, { "Wingdings", 0xFE, 0x2611 }, /* ☑ */
		{ "Wingdings", 0xFD, 0x2612 }, { "Wingdings", 0xE0, 0x2192 }, /* → */
		{ "Wingdings", 0xD8, 0x27A2 }, { "Wingdings 2", 0x50, 0x2713 },
		{ "Wingdings 2", 0x52, 0x2611 }, { "Wingdings 2", 0x53, 0x2612 },
		{ "Wingdings 2", 0xA3, 0x25A1 }, { "Symbol", 0xB7, 0x2022 }, /* • */
		{ "Symbol", 0xB3, 0x2265 },                                  /* ≥ */
		{ "Symbol", 0xA3, 0x2264 },                                  /* ≤ */
		{ "Symbol", 0xB4, 0xD7 },                                    /* × */
		{ "Symbol", 0xB1, 0xB1 },                                    /* ± */
	};
	const char *font = part_attribute(&reader->part, NS_WORD, "font");
	const char *hex = part_attribute(&reader->part, NS_WORD, "char");
	unsigned long code = hex && strlen(hex) <= 6 ? strtoul(hex, NULL, 16) : 0;
	uint32_t meaning = code >= 0xA0 && code < 0xD800 ? (uint32_t)code : 0;
	struct buf text = { 0 };
	for (size_t i = 0; font && i < LENGTH(known); i++)
		if ((code & 0xFF) == known[i].code && (code < 0x100 || code >> 8 == 0xF0) &&
		    strcmp(font, known[i].font) == 0)
			meaning = known[i].meaning;
	if (!meaning) {
		note(reader, NOTE_SYMBOLS);
		meaning = 0xFFFD;
	}
	utf8_put(&text, meaning);
	add_text(reader, text.data, text.len);
	buf_release(&text);
}

/* ---- fields ------------------------------------------------------------ */

/* Of a field, its instruction is left out and what it shows is kept. */
static void mark_field(struct reader *reader)
{
	const char *type = part_attribute(&reader->part, NS_WORD, "fldCharType");
	unsigned char *last = reader->field_count ? &reader->fields[reader->field_count - 1] : NULL;
	if (!type)
		return;
	if (strcmp(type, "begin") == 0 && reader->field_count < FIELDS_MAX) {
		reader->fields[reader->field_count++] = 1;
		reader->instructions++;
	} else if (strcmp(type, "begin") == 0) {
		reader->fields_ignored++;
	} else if (strcmp(type, "separate") == 0 && last && !reader->fields_ignored) {
		reader->instructions -= *last;
		*last = 0;
	} else if (strcmp(type, "end") == 0 && reader->fields_ignored) {
		reader->fields_ignored--;
	} else if (strcmp(type, "end") == 0 && last) {
		reader->instructions -= *last;
		reader->field_count--;
	}
}

/* An instruction does not go on in the next paragraph: one that does has lost its end. */
static void end_instructions(struct reader *reader)
{
	if (reader->instructions == 0)
		return;
	memset(reader->fields, 0, sizeof reader->fields);
	reader->instructions = 0;
}

/* ---- paragraphs -------------------------------------------------------- */

static struct prose_paragraph *paragraph_of(const struct reader *reader, const struct open *open)
{
	return (struct prose_paragraph *)(void *)reader->paragraphs.items + open->slot;
}

static void reset(struct reader *reader, struct open *open)
{
	open->style = &reader->styles.none;
	open->outline = open->num_id = open->num_level = -1;
	open->is_bold = open->is_hidden = open->is_joined = open->is_mark_deleted = 0;
}

static int begin_paragraph(struct reader *reader, struct err *err)
{
	reader->number++;
	if (reader->depth && reader->open[reader->depth - 1]->is_joined) {
		reset(reader, reader->open[reader->depth - 1]);
		return 0;
	}
	if (reader->depth >= OPEN_MAX ||
	    reader->paragraphs.count >= package_limits(reader->package)->paragraphs + OPEN_MAX)
		return refuse(reader, N_("it has more paragraphs than the limits allow"), err);
	struct open **open = &reader->open[reader->depth++];
	if (!*open) {
		*open = mem_alloc(sizeof **open);
		memset(*open, 0, sizeof **open);
	}
	(*open)->slot = reader->paragraphs.count;
	(*open)->bold.count = (*open)->images.count = 0;
	buf_clear(&(*open)->text);
	reset(reader, *open);
	struct prose_paragraph *p = list_add(&reader->paragraphs, sizeof *p);
	p->number = reader->number;
	p->is_boxed = reader->boxes_deep > 0;
	if (reader->tables_deep) {
		p->table = (unsigned)reader->tables.count;
		p->row = reader->row;
		p->column = reader->column;
		p->columns = reader->columns;
		p->is_nested = reader->tables_deep > 1;
	}
	return 0;
}

/* Whether there is anything to see. */
static int has_text(const char *text)
{
	const char *end = text + strlen(text);
	for (const char *p = text; p < end;)
		if (!utf8_is_space(utf8_next(&p, end)))
			return 1;
	return 0;
}

/*
 * A paragraph outlined by hand is a heading where it is short: whole paragraphs pasted from web
 * pages carry outline levels, too.
 */
static int is_outlined(const struct open *open)
{
	enum { SHORT = 180 };
	const char *stop = strstr(buf_str(&open->text), "。");
	return open->outline >= 0 && open->outline < 9 && open->text.len <= SHORT &&
	       (!stop || stop[strlen("。")] == '\0');
}

/* The automatic number before it; every paragraph of a list counts, an empty one, too. */
static void number_paragraph(struct reader *reader, struct open *open, struct prose_paragraph *p)
{
	const struct word_style *style = open->style;
	int num_id = open->num_id >= 0 ? open->num_id : style->num_id;
	int level = open->num_level;
	struct buf text = { 0 };
	p->numbering = "";
	if (num_id <= 0)
		return;
	if (level < 0 && open->num_id < 0)
		level = style->num_level >= 0
		            ? style->num_level
		            : (int)word_list_level(reader->lists, num_id, style->num_style);
	p->is_bullet =
	    word_list_next(reader->lists, num_id, level < 0 ? 0 : (unsigned)level, &text) ? 1 : 0;
	if (text.len)
		p->numbering = arena_strdup(reader->arena, text.data);
	buf_release(&text);
}

static void finish_paragraph(struct reader *reader)
{
	struct open *open = reader->open[--reader->depth];
	struct prose_paragraph *p = paragraph_of(reader, open);
	const struct word_style *style = open->style;
	if (!reader->drop_depth)
		number_paragraph(reader, open, p);
	if (!has_text(buf_str(&open->text)) && open->images.count == 0) {
		p->text = NULL;
		if (open->slot + 1 == reader->paragraphs.count)
			reader->paragraphs.count--;
		return;
	}
	p->kind = style->kind;
	p->level = style->kind == PROSE_HEADING ? style->level : 0;
	if (p->kind == PROSE_BODY && is_outlined(open)) {
		p->kind = PROSE_HEADING;
		p->level = (unsigned)open->outline + 1;
	}
	p->style = style->name;
	p->text = arena_strdup(reader->arena, buf_str(&open->text));
	p->bold = list_copy(&open->bold, sizeof *p->bold, reader->arena);
	p->bold_count = open->bold.count;
	p->images = list_copy(&open->images, sizeof *p->images, reader->arena);
	p->image_count = open->images.count;
}

/* At the end of a cell, a box, the body: no paragraph follows that could go on in the last one. */
static void end_joined(struct reader *reader)
{
	if (reader->depth && reader->open[reader->depth - 1]->is_joined) {
		reader->open[reader->depth - 1]->is_joined = 0;
		finish_paragraph(reader);
	}
}

static void end_paragraph(struct reader *reader)
{
	end_joined(reader); /* of one within it */
	end_instructions(reader);
	if (current(reader) && current(reader)->is_mark_deleted && !reader->drop_depth)
		current(reader)->is_joined = 1;
	else if (current(reader))
		finish_paragraph(reader);
}

/* ---- properties -------------------------------------------------------- */

/* What a paragraph was before a change, and the section that ends in it. */
static int is_past(const struct part *part)
{
	static const char *const names[] = { "pPrChange", "rPrChange", "sectPr", "tcPrChange",
		"trPrChange", "numberingChange" };
	for (size_t i = 0; i < LENGTH(names); i++)
		if (word_starts(part, names[i]))
			return 1;
	return 0;
}

/* The next property within the element of that depth: 1; 0 at its end. What is past is passed over.
 */
static int next_within(struct part *part, unsigned depth, struct err *err)
{
	for (;;) {
		if (part_next(part, err) != 0)
			return -1;
		if (part->event == PART_START) {
			if (!is_past(part))
				return 1;
			if (part_skip(part, err) != 0)
				return -1;
		} else if (part->event == PART_DONE ||
		           (part->event == PART_END && part->depth == depth)) {
			return 0;
		}
	}
}

static int read_paragraph_properties(struct reader *reader, struct err *err)
{
	struct part *part = &reader->part;
	struct open *open = current(reader);
	unsigned depth = part->depth;
	int rc, is_deleted = 0;
	while ((rc = next_within(part, depth, err)) == 1) {
		if (!open) {
			continue;
		} else if (word_starts(part, "pStyle")) {
			open->style = word_style_of_paragraph(
			    &reader->styles, part_attribute(part, NS_WORD, "val"));
		} else if (word_starts(part, "outlineLvl")) {
			open->outline = word_number(part, -1);
		} else if (word_starts(part, "numId")) {
			open->num_id = word_number(part, -1);
		} else if (word_starts(part, "ilvl")) {
			open->num_level = word_number(part, -1);
		} else if (word_starts(part, "del") || word_starts(part, "moveFrom")) {
			note(reader, NOTE_DELETED); /* the paragraph's mark */
			is_deleted = 1;
		} else if (word_starts(part, "ins") && part->depth > depth + 1) {
			note(reader, NOTE_INSERTED);
		}
	}
	if (open && is_deleted)
		open->is_mark_deleted = 1;
	return rc;
}

static void begin_run(struct reader *reader)
{
	struct open *open = current(reader);
	if (!open)
		return;
	open->is_bold = open->style->bold > 0;
	open->is_hidden = open->style->hidden > 0;
}

static int read_run_properties(struct reader *reader, struct err *err)
{
	struct part *part = &reader->part;
	struct open *open = current(reader);
	unsigned depth = part->depth;
	int rc, bold = -1, hidden = -1, struck = 0;
	while ((rc = next_within(part, depth, err)) == 1) {
		if (word_starts(part, "b")) {
			bold = word_is_on(part);
		} else if (word_starts(part, "vanish")) {
			hidden = word_is_on(part);
		} else if (word_starts(part, "strike") || word_starts(part, "dstrike")) {
			struck |= word_is_on(part);
		} else if (word_starts(part, "rStyle") && open) {
			const struct word_style *style =
			    word_style(&reader->styles, part_attribute(part, NS_WORD, "val"));
			if (style && style->bold >= 0)
				open->is_bold = style->bold;
			if (style && style->hidden >= 0)
				open->is_hidden = style->hidden;
		}
	}
	if (open && bold >= 0)
		open->is_bold = bold;
	if (open && hidden >= 0)
		open->is_hidden = hidden;
	if (open && struck && !open->is_hidden)
		note(reader, NOTE_STRUCK_TEXT);
	return rc;
}

static void drop(struct reader *reader, unsigned depth)
{
	if (!reader->drop_depth)
		reader->drop_depth = depth;
}

static int read_row_properties(struct reader *reader, struct err *err)
{
	struct part *part = &reader->part;
	unsigned depth = part->depth;
	int rc;
	while ((rc = next_within(part, depth, err)) == 1) {
		if (word_starts(part, "del")) {
			note(reader, NOTE_DELETED);
			drop(reader, depth - 1);
		} else if (word_starts(part, "ins")) {
			note(reader, NOTE_INSERTED);
		} else if (word_starts(part, "gridBefore") && reader->tables_deep == 1) {
			reader->column += (unsigned)word_number(part, 0) % 1000;
		}
	}
	return rc;
}

static int read_cell_properties(struct reader *reader, struct err *err)
{
	struct part *part = &reader->part;
	unsigned depth = part->depth;
	int rc;
	while ((rc = next_within(part, depth, err)) == 1) {
		if (word_starts(part, "cellDel")) {
			note(reader, NOTE_DELETED);
			drop(reader, depth - 1);
		} else if (word_starts(part, "gridSpan") && reader->tables_deep == 1) {
			unsigned span = (unsigned)word_number(part, 1) % 1000;
			reader->columns = span ? span : 1;
		}
	}
	return rc;
}

static int read_control_properties(struct reader *reader, struct err *err)
{
	struct part *part = &reader->part;
	unsigned depth = part->depth;
	int rc;
	reader->is_placeholder = 0;
	while ((rc = next_within(part, depth, err)) == 1)
		if (word_starts(part, "showingPlcHdr"))
			reader->is_placeholder = word_is_on(part);
	return rc;
}

/* ---- tables ------------------------------------------------------------ */

static void begin_table(struct reader *reader)
{
	end_joined(reader);
	if (++reader->tables_deep > 1) {
		if (!reader->drop_depth)
			note(reader, NOTE_NESTED_TABLE);
		return;
	}
	list_add(&reader->tables, sizeof(struct prose_table));
	reader->row = reader->column = 0;
	reader->table_columns = 0;
}

static void begin_row(struct reader *reader)
{
	if (reader->tables_deep != 1)
		return;
	reader->row++;
	reader->column = 0;
	reader->columns = 1;
}

static void begin_cell(struct reader *reader)
{
	if (reader->tables_deep != 1)
		return;
	/* Its place is after the one before, which may be wide. */
	reader->column += reader->column ? reader->columns : 1;
	reader->columns = 1;
}

static void end_row(struct reader *reader)
{
	if (reader->tables_deep != 1)
		return;
	unsigned columns = reader->column ? reader->column + reader->columns - 1 : 0;
	if (columns > reader->table_columns)
		reader->table_columns = columns;
	if (reader->drop_depth)
		reader->row--;
}

static void end_table(struct reader *reader)
{
	if (reader->tables_deep == 0 || --reader->tables_deep > 0)
		return;
	struct prose_table *table =
	    (struct prose_table *)(void *)reader->tables.items + reader->tables.count - 1;
	table->rows = reader->row;
	table->columns = reader->table_columns;
}

/* ---- pictures and bookmarks -------------------------------------------- */

static int add_image(struct reader *reader, const char *id, const char *link, struct err *err)
{
	struct open *open = current(reader);
	if ((!id && !link) || !open || reader->drop_depth || reader->instructions)
		return 0;
	const struct relation *relation = id ? relations_find(&reader->relations, id) : NULL;
	if (!relation || !relation->target) {
		note(reader, NOTE_LINKED_IMAGE);
		return 0;
	}
	if (++reader->image_count > IMAGES_MAX)
		return refuse(reader, N_("it has too many pictures"), err);
	struct prose_image *image = list_add(&open->images, sizeof *image);
	*image = (struct prose_image){ .at = open->text.len,
		.part = relation->target,
		.name = path_base(relation->target),
		.alt = reader->alt ? reader->alt : "" };
	reader->alt = NULL;
	return 0;
}

static void set_alt(struct reader *reader, const char *alt)
{
	reader->alt = alt && *alt ? arena_strdup(reader->arena, alt) : NULL;
}

static int add_bookmark(struct reader *reader, struct err *err)
{
	const char *name = part_attribute(&reader->part, NS_WORD, "name");
	struct open *open = current(reader);
	if (!name || *name == '_')
		return 0;
	if (reader->bookmarks.count >= BOOKMARKS_MAX)
		return refuse(reader, N_("it has too many bookmarks"), err);
	struct prose_bookmark *bookmark = list_add(&reader->bookmarks, sizeof *bookmark);
	bookmark->name = arena_strdup(reader->arena, name);
	bookmark->paragraph = open ? paragraph_of(reader, open)->number : reader->number + 1;
	return 0;
}

/* ---- elements ---------------------------------------------------------- */

enum word_element {
	W_OTHER,
	W_ALT_CHUNK,
	W_BOOKMARK_START,
	W_BR,
	W_COMMENT_REFERENCE,
	W_DEL,
	W_ENDNOTE_REFERENCE,
	W_FLD_CHAR,
	W_INS,
	W_NO_BREAK_HYPHEN,
	W_OBJECT,
	W_P,
	W_PPR,
	W_R,
	W_RPR,
	W_SDT_CONTENT,
	W_SDT_PR,
	W_SKIP, /* nothing in it is text of the document */
	W_SYM,
	W_T,
	W_TAB,
	W_TBL,
	W_TC,
	W_TC_PR,
	W_TR,
	W_TR_PR,
	W_TXBX_CONTENT
};

static const struct name {
	const char *name;
	enum word_element element;
} names[] = {
	/* sorted */
	{ "altChunk", W_ALT_CHUNK },
	{ "annotationRef", W_SKIP },
	{ "background", W_SKIP },
	{ "bookmarkStart", W_BOOKMARK_START },
	{ "br", W_BR },
	{ "commentReference", W_COMMENT_REFERENCE },
	{ "cr", W_BR },
	{ "customXmlPr", W_SKIP },
	{ "del", W_DEL },
	{ "delInstrText", W_SKIP },
	{ "delText", W_SKIP },
	{ "endnoteReference", W_ENDNOTE_REFERENCE },
	{ "fldChar", W_FLD_CHAR },
	{ "footnoteReference", W_ENDNOTE_REFERENCE },
	{ "ins", W_INS },
	{ "instrText", W_SKIP },
	{ "moveFrom", W_DEL },
	{ "moveTo", W_INS },
	{ "noBreakHyphen", W_NO_BREAK_HYPHEN },
	{ "object", W_OBJECT },
	{ "p", W_P },
	{ "pPr", W_PPR },
	{ "pPrChange", W_SKIP },
	{ "ptab", W_TAB },
	{ "r", W_R },
	{ "rPr", W_RPR },
	{ "rPrChange", W_SKIP },
	{ "rt", W_SKIP },
	{ "rubyPr", W_SKIP },
	{ "sdtContent", W_SDT_CONTENT },
	{ "sdtEndPr", W_SKIP },
	{ "sdtPr", W_SDT_PR },
	{ "sectPr", W_SKIP },
	{ "smartTagPr", W_SKIP },
	{ "subDoc", W_ALT_CHUNK },
	{ "sym", W_SYM },
	{ "t", W_T },
	{ "tab", W_TAB },
	{ "tbl", W_TBL },
	{ "tblGrid", W_SKIP },
	{ "tblPr", W_SKIP },
	{ "tblPrEx", W_SKIP },
	{ "tc", W_TC },
	{ "tcPr", W_TC_PR },
	{ "tr", W_TR },
	{ "trPr", W_TR_PR },
	{ "txbxContent", W_TXBX_CONTENT },
};

static int by_name(const void *key, const void *item)
{
	return strcmp(key, ((const struct name *)item)->name);
}

static enum word_element element_of(const struct part *part)
{
	const struct name *found =
	    part->ns == NS_WORD ? bsearch(part->name, names, LENGTH(names), sizeof *names, by_name)
	                        : NULL;
	return found ? found->element : W_OTHER;
}

static void start_text(struct reader *reader)
{
	const char *space = part_attribute(&reader->part, NS_XML, "space");
	reader->text_depth = reader->part.depth;
	reader->keeps_blanks = space && strcmp(space, "preserve") == 0;
}

static int start_word(struct reader *reader, struct err *err)
{
	struct part *part = &reader->part;
	switch (element_of(part)) {
	case W_P:
		return begin_paragraph(reader, err);
	case W_PPR:
		return read_paragraph_properties(reader, err);
	case W_R:
		begin_run(reader);
		return 0;
	case W_RPR:
		return read_run_properties(reader, err);
	case W_T:
		start_text(reader);
		return 0;
	case W_TAB:
		add_text(reader, "\t", 1);
		return 0;
	case W_BR:
		add_text(reader, "\n", 1);
		return 0;
	case W_NO_BREAK_HYPHEN:
		add_text(reader, "-", 1);
		return 0;
	case W_SYM:
		add_symbol(reader);
		return 0;
	case W_FLD_CHAR:
		mark_field(reader);
		return 0;
	case W_DEL:
		note(reader, NOTE_DELETED);
		drop(reader, part->depth);
		return 0;
	case W_INS:
		note(reader, NOTE_INSERTED);
		return 0;
	case W_ENDNOTE_REFERENCE:
		note(reader, NOTE_FOOTNOTES);
		return 0;
	case W_COMMENT_REFERENCE:
		note(reader, NOTE_COMMENTS);
		return 0;
	case W_ALT_CHUNK:
		note(reader, NOTE_EMBEDDED);
		return 0;
	case W_OBJECT:
		note(reader, NOTE_OBJECTS);
		return part_skip(part, err);
	case W_SDT_PR:
		return read_control_properties(reader, err);
	case W_SDT_CONTENT:
		if (reader->is_placeholder) {
			note(reader, NOTE_PLACEHOLDER);
			drop(reader, part->depth);
		}
		reader->is_placeholder = 0;
		return 0;
	case W_TBL:
		begin_table(reader);
		return 0;
	case W_TR:
		begin_row(reader);
		return 0;
	case W_TR_PR:
		return read_row_properties(reader, err);
	case W_TC:
		begin_cell(reader);
		return 0;
	case W_TC_PR:
		return read_cell_properties(reader, err);
	case W_TXBX_CONTENT:
		note(reader, NOTE_TEXT_BOXES);
		reader->boxes_deep++;
		return 0;
	case W_BOOKMARK_START:
		return add_bookmark(reader, err);
	case W_SKIP:
		return part_skip(part, err);
	case W_OTHER:
		break;
	}
	return 0;
}

static int start_drawing(struct reader *reader, struct err *err)
{
	const struct part *part = &reader->part;
	if (part->ns == NS_DRAWING && strcmp(part->name, "blip") == 0)
		return add_image(reader, part_attribute(part, NS_RELATION, "embed"),
		    part_attribute(part, NS_RELATION, "link"), err);
	if (part->ns == NS_VML && strcmp(part->name, "imagedata") == 0)
		return add_image(reader, part_attribute(part, NS_RELATION, "id"), NULL, err);
	/* The frame's own words go before those of a picture in it. */
	if ((part->ns == NS_WORD_DRAWING && strcmp(part->name, "docPr") == 0) ||
	    (part->ns == NS_OTHER && strcmp(part->name, "cNvPr") == 0 && !reader->alt))
		set_alt(reader, part_attribute(part, NS_NONE, "descr"));
	else if (part->ns == NS_VML && strcmp(part->name, "shape") == 0)
		set_alt(reader, part_attribute(part, NS_NONE, "alt"));
	else if ((part->ns == NS_CHART && strcmp(part->name, "chart") == 0) ||
	         (part->ns == NS_DIAGRAM && strcmp(part->name, "relIds") == 0))
		note(reader, NOTE_OBJECTS);
	return 0;
}

static int start(struct reader *reader, struct err *err)
{
	const struct part *part = &reader->part;
	if (part->ns == NS_WORD)
		return start_word(reader, err);
	if (part->ns != NS_MATH)
		return start_drawing(reader, err);
	if (strcmp(part->name, "oMath") == 0)
		note(reader, NOTE_FORMULAS);
	else if (strcmp(part->name, "t") == 0)
		start_text(reader);
	return 0;
}

static void end(struct reader *reader)
{
	const struct part *part = &reader->part;
	if (part->depth == reader->text_depth)
		reader->text_depth = 0;
	enum word_element element = element_of(part);
	if (element == W_P)
		end_paragraph(reader);
	else if (element == W_TC || element == W_TXBX_CONTENT)
		end_joined(reader);
	else if (element == W_TR)
		end_row(reader);
	else if (element == W_TBL)
		end_table(reader);
	if (element == W_TXBX_CONTENT)
		reader->boxes_deep--;
	if (part->depth == reader->drop_depth)
		reader->drop_depth = 0;
}

static int read_document(struct reader *reader, struct err *err)
{
	struct part *part = &reader->part;
	for (;;) {
		int rc = part_next(part, err);
		if (rc == 0 && part->event == PART_START)
			rc = start(reader, err);
		else if (rc == 0 && part->event == PART_END)
			end(reader);
		else if (rc == 0 && part->event == PART_TEXT && reader->text_depth)
			add_run(reader);
		if (rc != 0)
			return -1;
		if (part->event == PART_DONE)
			return 0;
	}
}

/* ---- the whole --------------------------------------------------------- */

static void hand_over(struct reader *reader)
{
	struct prose *prose = reader->prose;
	struct prose_paragraph *all = (struct prose_paragraph *)(void *)reader->paragraphs.items;
	size_t kept = 0;
	for (size_t i = 0; i < reader->paragraphs.count; i++)
		if (all[i].text)
			all[kept++] = all[i];
	reader->paragraphs.count = kept;
	prose->paragraphs = list_copy(&reader->paragraphs, sizeof *all, reader->arena);
	prose->count = kept;
	prose->tables = list_copy(&reader->tables, sizeof *prose->tables, reader->arena);
	prose->table_count = reader->tables.count;
	prose->bookmarks = list_copy(&reader->bookmarks, sizeof *prose->bookmarks, reader->arena);
	prose->bookmark_count = reader->bookmarks.count;
}

static void release(struct reader *reader)
{
	part_close(&reader->part);
	for (size_t i = 0; i < OPEN_MAX && reader->open[i]; i++) {
		buf_release(&reader->open[i]->text);
		free(reader->open[i]->bold.items);
		free(reader->open[i]->images.items);
		free(reader->open[i]);
	}
	free(reader->paragraphs.items);
	free(reader->tables.items);
	free(reader->bookmarks.items);
}

int prose_read_package(
    struct prose *prose, struct package *package, struct arena *arena, struct err *err)
{
	struct reader reader = { .package = package, .arena = arena, .prose = prose };
	int rc = -1;
	*prose = (struct prose){ 0 };
	if (package_kind(package) != PACKAGE_DOCUMENT)
		return refuse(&reader, N_("it is an Excel workbook, not a Word document"), err);
	if (package_has_macros(package))
		office_note_add(&prose->notes, NOTE_MACROS, 0);
	if (package_relations(package, package_main(package), &reader.relations, err) != 0 ||
	    word_styles_read(&reader.styles, package, &reader.relations, arena, err) != 0 ||
	    word_lists_read(
	        &reader.lists, package, &reader.relations, &reader.styles, arena, err) != 0 ||
	    part_open(&reader.part, package, package_main(package), err) != 0)
		goto out;
	if (relations_of_type(&reader.relations, "header") ||
	    relations_of_type(&reader.relations, "footer"))
		office_note_add(&prose->notes, NOTE_HEADERS, 0);
	if (read_document(&reader, err) != 0)
		goto out;
	end_joined(&reader);
	hand_over(&reader);
	rc = 0;
out:
	release(&reader);
	return rc;
}

int prose_read(struct prose *prose, const char *label, struct buf *bytes,
    const struct office_limits *limits, struct arena *arena, struct err *err)
{
	struct package *package;
	if (package_open(&package, label, bytes, limits, arena, err) != 0)
		return -1;
	int rc = prose_read_package(prose, package, arena, err);
	package_close(package);
	return rc;
}

size_t prose_index(const struct prose *prose, unsigned number)
{
	size_t from = 0, to = prose->count;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (prose->paragraphs[middle].number < number)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

unsigned prose_bookmark(const struct prose *prose, const char *name)
{
	for (size_t i = 0; i < prose->bookmark_count; i++)
		if (strcmp(prose->bookmarks[i].name, name) == 0)
			return prose->bookmarks[i].paragraph;
	return 0;
}
