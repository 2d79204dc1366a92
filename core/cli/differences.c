/* differences.c: what changed between two revisions, in words and as data. */
#include "cli/differences.h"

#include "base/i18n.h"
#include "base/utf8.h"

#include <string.h>

static const char *value(const char *text)
{
	return *text ? text : _("(empty)");
}

static void add_quoted(struct buf *out, const struct difference *d)
{
	if (*d->before)
		buf_addf(out, _("“%s”"), d->before);
	else
		buf_adds(out, _("(nothing)"));
	buf_adds(out, " → ");
	if (*d->after)
		buf_addf(out, _("“%s”"), d->after);
	else
		buf_adds(out, _("(nothing)"));
}

static void add_list(struct buf *out, const struct difference *d)
{
	buf_addf(out, "%s%s", d->subject, _(": "));
	if (d->how == DIFFERENCE_GONE)
		buf_adds(out, _("not handed in any more"));
	else if (d->how == DIFFERENCE_ADDED)
		buf_addf(out,
		    ngettext("new, %zu row", "new, %zu rows", (unsigned long)d->rows_added),
		    d->rows_added);
	else
		buf_addf(out, _("%zu rows added, %zu rows gone"), d->rows_added, d->rows_gone);
}

static void add_point(struct buf *out, const struct difference *d)
{
	switch (d->how) {
	case DIFFERENCE_ADDED:
		buf_addf(out, _("point added: %s"), d->subject);
		return;
	case DIFFERENCE_GONE:
		buf_addf(out, _("point gone: %s"), d->subject);
		return;
	case DIFFERENCE_RENAMED:
		buf_addf(out, _("point renamed: %s → %s"), d->before, d->after);
		return;
	case DIFFERENCE_CHANGED:
		buf_addf(out, _("point changed: %s: "), d->subject);
		add_quoted(out, d);
		return;
	}
}

static void add_attachment(struct buf *out, const struct difference *d)
{
	switch (d->how) {
	case DIFFERENCE_ADDED:
		buf_addf(out, _("added: %s (%s)"), d->subject, d->id);
		return;
	case DIFFERENCE_GONE:
		buf_addf(out, _("gone: %s (%s)"), d->subject, d->id);
		return;
	case DIFFERENCE_RENAMED:
		buf_addf(out, _("renamed: %s (%s → %s)"), d->subject, d->before, d->after);
		return;
	case DIFFERENCE_CHANGED:
		buf_addf(out, _("other content: %s (%s)"), d->subject, d->id);
		return;
	}
}

static const char *access_word(const char *access)
{
	return strcmp(access, "public") == 0 ? _("public") : _("internal");
}

static void add_words(struct buf *out, const struct difference *d)
{
	switch (d->kind) {
	case DIFFERENCE_CHAPTER:
		buf_adds(out, d->how == DIFFERENCE_GONE ? _("the whole chapter is gone")
		                                        : _("a new chapter"));
		return;
	case DIFFERENCE_FIGURE:
		buf_addf(
		    out, "%s%s%s → %s", d->subject, _(": "), value(d->before), value(d->after));
		return;
	case DIFFERENCE_LIST:
		add_list(out, d);
		return;
	case DIFFERENCE_OPENING:
		buf_adds(out, _("text before the first point: "));
		add_quoted(out, d);
		return;
	case DIFFERENCE_POINT:
		add_point(out, d);
		return;
	case DIFFERENCE_ATTACHMENT:
		add_attachment(out, d);
		return;
	case DIFFERENCE_ACCESS:
		buf_addf(out, "%s%s%s → %s", d->subject, _(": "), access_word(d->before),
		    access_word(d->after));
		return;
	}
}

void differences_print(const struct differences *differences, int previous, FILE *to)
{
	struct buf line = { 0 }, shown = { 0 };
	const struct chapter *chapter = NULL;
	fprintf(to, _("changes against revision %d\n"), previous);
	if (differences->count == 0)
		fprintf(to, "  %s\n", _("none in figures, lists, text and attachments"));
	for (size_t i = 0; i < differences->count; i++) {
		const struct difference *d = &differences->items[i];
		if (i == 0 || d->chapter != chapter)
			fprintf(to, "  %s\n", d->chapter ? d->chapter->title : _("attachments"));
		chapter = d->chapter;
		buf_clear(&line);
		buf_clear(&shown);
		add_words(&line, d);
		utf8_shown(&shown, buf_str(&line));
		fprintf(to, "    %s\n", buf_str(&shown));
	}
	buf_release(&line);
	buf_release(&shown);
}

static void set_text(json_t *object, const char *key, const char *text)
{
	struct buf shown = { 0 };
	utf8_shown(&shown, text);
	json_object_set_new(object, key, json_string(buf_str(&shown)));
	buf_release(&shown);
}

json_t *differences_data(const struct differences *differences)
{
	json_t *list = json_array();
	for (size_t i = 0; i < differences->count; i++) {
		const struct difference *d = &differences->items[i];
		json_t *item = json_pack("{s:s, s:s}", "kind", difference_kind_id(d->kind), "how",
		    difference_how_id(d->how));
		if (d->chapter)
			set_text(item, "chapter", d->chapter->id);
		if (d->id)
			set_text(item, "id", d->id);
		set_text(item, "subject", d->subject);
		if (d->kind == DIFFERENCE_LIST) {
			json_object_set_new(
			    item, "rows_added", json_integer((json_int_t)d->rows_added));
			json_object_set_new(
			    item, "rows_gone", json_integer((json_int_t)d->rows_gone));
		} else if (*d->before || *d->after) {
			set_text(item, "before", d->before);
			set_text(item, "after", d->after);
		}
		json_array_append_new(list, item);
	}
	return list;
}
