/* marked.c: bookmarks around figures, and what stands in and beside them. */
#include "office/marked.h"

#include "base/i18n.h"
#include "office/part.h"

#include <string.h>

enum { NESTED_MAX = 8, OPEN_MAX = 64, CONTEXT = 80 };

/* A paragraph that is being read; those of a text box lie in the one it is tied to. */
struct paragraph {
	struct buf text;
	unsigned number;
	unsigned depth; /* of its element */
};

/* A bookmark whose end has not come. */
struct open {
	char id[16];
	size_t item;
};

/* Where an item lies in its paragraph's text. */
struct span {
	size_t from, to;
	unsigned ended : 1;
};

struct reader {
	struct part part;
	struct arena *arena;
	struct marked *marked;
	struct span *spans; /* one for each item */
	struct paragraph paragraphs[NESTED_MAX];
	size_t nested;
	struct open open[OPEN_MAX];
	size_t open_count;
	unsigned number;  /* of paragraphs so far */
	unsigned deleted; /* depth of the element whose text is gone; 0: none */
	unsigned text;    /* depth of the w:t that is being read; 0: none */
};

static int is_word(const struct part *part, const char *name)
{
	return part->ns == NS_WORD && strcmp(part->name, name) == 0;
}

static struct paragraph *current(struct reader *r)
{
	return r->nested ? &r->paragraphs[r->nested - 1] : NULL;
}

/* Characters, not bytes, are cut off. */
static const char *context_before(struct reader *r, const char *text, size_t to)
{
	size_t from = to > CONTEXT ? to - CONTEXT : 0;
	while (from < to && ((unsigned char)text[from] & 0xC0) == 0x80)
		from++;
	return arena_strndup(r->arena, text + from, to - from);
}

static const char *context_after(struct reader *r, const char *text, size_t from)
{
	size_t n = strlen(text + from);
	n = n > CONTEXT ? CONTEXT : n;
	while (n && ((unsigned char)text[from + n] & 0xC0) == 0x80)
		n--;
	return arena_strndup(r->arena, text + from, n);
}

/* An end in another paragraph says nothing: those without one leave room for others. */
static void forget_open(struct reader *r, unsigned paragraph)
{
	size_t kept = 0;
	for (size_t i = 0; i < r->open_count; i++)
		if (r->marked->items[r->open[i].item].paragraph != paragraph)
			r->open[kept++] = r->open[i];
	r->open_count = kept;
}

/* All items that began in the paragraph get their text. */
static void end_paragraph(struct reader *r)
{
	struct paragraph *paragraph = current(r);
	const char *text = buf_str(&paragraph->text);
	for (size_t i = r->marked->count; i-- > 0;) {
		struct marked_figure *item = &r->marked->items[i];
		struct span *span = &r->spans[i];
		if (item->paragraph < paragraph->number)
			break;
		if (item->paragraph != paragraph->number)
			continue;
		if (!span->ended)
			span->to = paragraph->text.len;
		item->text = arena_strndup(r->arena, text + span->from, span->to - span->from);
		item->before = context_before(r, text, span->from);
		item->after = context_after(r, text, span->to);
	}
	forget_open(r, paragraph->number);
	buf_release(&paragraph->text);
	r->nested--;
}

static int begin_paragraph(struct reader *r, struct err *err)
{
	r->number++;
	if (r->nested == NESTED_MAX)
		return part_refuse(&r->part, N_("it nests paragraphs too deeply"), err);
	r->paragraphs[r->nested++] =
	    (struct paragraph){ .number = r->number, .depth = r->part.depth };
	return 0;
}

static void begin_bookmark(struct reader *r)
{
	const char *id = part_attribute(&r->part, NS_WORD, "id");
	struct open open = { .item = r->marked->count };
	struct figure_mark mark;
	struct paragraph *paragraph = current(r);
	if (!id || strlen(id) >= sizeof open.id || !paragraph || r->open_count == OPEN_MAX)
		return;
	memcpy(open.id, id, strlen(id));
	const char *name = part_attribute(&r->part, NS_WORD, "name");
	if (!name || figure_mark_read(name, &mark) != 0)
		return;
	struct marked *marked = r->marked;
	marked->items = arena_grow(r->arena, marked->items, marked->count, sizeof *marked->items);
	r->spans = arena_grow(r->arena, r->spans, marked->count, sizeof *r->spans);
	r->spans[marked->count] = (struct span){ .from = paragraph->text.len };
	marked->items[marked->count++] = (struct marked_figure){
		.mark = mark, .paragraph = paragraph->number, .text = "", .before = "", .after = ""
	};
	r->open[r->open_count++] = open;
}

static void end_bookmark(struct reader *r)
{
	const char *id = part_attribute(&r->part, NS_WORD, "id");
	const struct paragraph *paragraph = current(r);
	for (size_t i = r->open_count; id && i-- > 0;) {
		if (strcmp(r->open[i].id, id) != 0)
			continue;
		size_t item = r->open[i].item;
		if (paragraph && r->marked->items[item].paragraph == paragraph->number) {
			r->spans[item].to = paragraph->text.len;
			r->spans[item].ended = 1;
		}
		r->open[i] = r->open[--r->open_count];
		return;
	}
}

static int start(struct reader *r, struct err *err)
{
	const struct part *part = &r->part;
	if (is_word(part, "p"))
		return begin_paragraph(r, err);
	if (is_word(part, "pPr")) /* its w:tab is a stop, not a tab */
		return part_skip(&r->part, err);
	if (is_word(part, "bookmarkStart"))
		begin_bookmark(r);
	else if (is_word(part, "bookmarkEnd"))
		end_bookmark(r);
	else if (!r->deleted && (is_word(part, "del") || is_word(part, "moveFrom")))
		r->deleted = part->depth;
	else if (!r->deleted && is_word(part, "t"))
		r->text = part->depth;
	else if (!r->deleted && current(r) && (is_word(part, "br") || is_word(part, "cr")))
		buf_addc(&current(r)->text, '\n');
	else if (!r->deleted && current(r) && is_word(part, "tab"))
		buf_addc(&current(r)->text, '\t');
	return 0;
}

static void end(struct reader *r)
{
	const struct paragraph *paragraph = current(r);
	if (r->part.depth == r->deleted)
		r->deleted = 0;
	if (r->part.depth == r->text)
		r->text = 0;
	if (paragraph && r->part.depth == paragraph->depth)
		end_paragraph(r);
}

static int read_body(struct reader *r, struct err *err)
{
	int rc;
	while ((rc = part_next(&r->part, err)) == 0 && r->part.event != PART_DONE) {
		if (r->part.event == PART_START)
			rc = start(r, err);
		else if (r->part.event == PART_END)
			end(r);
		else if (r->text && current(r))
			buf_add(&current(r)->text, r->part.text, r->part.text_length);
		if (rc != 0)
			break;
	}
	while (r->nested) /* of one that breaks off */
		end_paragraph(r);
	return rc;
}

int marked_read(struct marked *marked, const char *label, struct buf *bytes, struct arena *arena,
    struct err *err)
{
	struct reader r = { .arena = arena, .marked = marked };
	struct package *package;
	*marked = (struct marked){ 0 };
	if (package_open(&package, label, bytes, NULL, arena, err) != 0)
		return -1;
	int rc = package_kind(package) == PACKAGE_DOCUMENT
	             ? part_open(&r.part, package, package_main(package), err)
	             : err_input(err, N_("it is no Word document"), _("cannot read '%s'"), label);
	if (rc == 0)
		rc = read_body(&r, err);
	part_close(&r.part);
	package_close(package);
	return rc;
}
