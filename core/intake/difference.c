/* difference.c: what a department changed from one revision of its hand-in to the next. */
#include "intake/difference.h"

#include "archive/digest.h"
#include "base/length.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum {
	WORDS_MAX = 40,  /* characters of a changed text that are shown, */
	BESIDE_MAX = 15, /* of those beside it that did not change */
};

struct comparison {
	struct arena *arena;
	struct differences *out;
	const struct chapter *chapter;
};

const char *difference_kind_id(enum difference_kind kind)
{
	static const char *const ids[] = { [DIFFERENCE_CHAPTER] = "chapter",
		[DIFFERENCE_FIGURE] = "figure",
		[DIFFERENCE_LIST] = "list",
		[DIFFERENCE_OPENING] = "opening",
		[DIFFERENCE_POINT] = "point",
		[DIFFERENCE_ATTACHMENT] = "attachment",
		[DIFFERENCE_ACCESS] = "access" };
	return ids[kind];
}

const char *difference_how_id(enum difference_how how)
{
	static const char *const ids[] = { [DIFFERENCE_ADDED] = "added",
		[DIFFERENCE_GONE] = "gone",
		[DIFFERENCE_CHANGED] = "changed",
		[DIFFERENCE_RENAMED] = "renamed" };
	return ids[how];
}

static void add(struct comparison *c, struct difference difference)
{
	difference.chapter = c->chapter;
	/* Texts are let go before this is told. */
	difference.subject = arena_strdup(c->arena, difference.subject);
	difference.before = difference.before ? arena_strdup(c->arena, difference.before) : "";
	difference.after = difference.after ? arena_strdup(c->arena, difference.after) : "";
	c->out->items = arena_grow(c->arena, c->out->items, c->out->count, sizeof difference);
	c->out->items[c->out->count++] = difference;
}

/* ---- figures and lists ----------------------------------------------------- */

static const char *value_text(
    struct comparison *c, const struct nb_figure *figure, const struct nb_value *value)
{
	const char *text = value->quantity.text;
	const char *unit = figure->unit ? figure->unit : "";
	size_t n = strlen(text), m = strlen(unit);
	/* "96.3%" has it already, and "/" counts nothing. */
	if (!nb_is_number(&value->quantity) || (n >= m && strcmp(text + n - m, unit) == 0))
		return text;
	return arena_printf(c->arena, "%s%s", text, unit);
}

/* 14 and 14.0, 1,234 and 1234 are one value. */
static int same_value(const struct nb_quantity *a, const struct nb_quantity *b)
{
	if (a->state != b->state)
		return 0;
	return nb_is_number(a) ? a->low == b->low && a->high == b->high
	                       : strcmp(a->text, b->text) == 0;
}

static void compare_figures(
    struct comparison *c, const struct written *before, const struct written *after)
{
	for (size_t i = 0; i < c->chapter->figure_count; i++) {
		const struct nb_figure *figure = &c->chapter->figures[i];
		const struct nb_value *old = &before->values[i], *new = &after->values[i];
		if (same_value(&old->quantity, &new->quantity))
			continue;
		add(c, (struct difference){ .kind = DIFFERENCE_FIGURE,
		           .how = !*old->quantity.text   ? DIFFERENCE_ADDED
		                  : !*new->quantity.text ? DIFFERENCE_GONE
		                                         : DIFFERENCE_CHANGED,
		           .id = figure->id,
		           .subject = figure->label,
		           .before = value_text(c, figure, old),
		           .after = value_text(c, figure, new) });
	}
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The rows as lines, sorted. */
static const char **row_lines(
    struct comparison *c, const struct list_def *list, const struct nb_rows *rows)
{
	const char **lines = arena_alloc(c->arena, (rows->count + 1) * sizeof *lines);
	for (size_t i = 0; i < rows->count; i++) {
		struct buf line = { 0 };
		for (size_t k = 0; k < list->column_count; k++)
			buf_addf(&line, "%s\n", rows->rows[i].cells[k]);
		lines[i] = arena_strdup(c->arena, buf_str(&line));
		buf_release(&line);
	}
	if (rows->count)
		qsort(lines, rows->count, sizeof *lines, by_text);
	return lines;
}

static void compare_lists(
    struct comparison *c, const struct written *before, const struct written *after)
{
	for (size_t i = 0; i < c->chapter->list_count; i++) {
		const struct list_def *list = &c->chapter->lists[i];
		const struct nb_rows *old = &before->lists[i], *new = &after->lists[i];
		const char **a = row_lines(c, list, old), **b = row_lines(c, list, new);
		size_t x = 0, y = 0, gone = 0, added = 0;
		while (x < old->count || y < new->count) {
			int order = x == old->count ? 1 : y == new->count ? -1 : strcmp(a[x], b[y]);
			gone += order < 0;
			added += order > 0;
			x += order <= 0;
			y += order >= 0;
		}
		if (!gone && !added && old->given == new->given)
			continue;
		add(c, (struct difference){ .kind = DIFFERENCE_LIST,
		           .how = !old->given   ? DIFFERENCE_ADDED
		                  : !new->given ? DIFFERENCE_GONE
		                                : DIFFERENCE_CHANGED,
		           .id = list->id,
		           .subject = list->label,
		           .rows_added = added,
		           .rows_gone = gone });
	}
}

/* ---- prose ----------------------------------------------------------------- */

/* One line, no longer than is shown. */
static const char *cut(struct comparison *c, const char *start, const char *end)
{
	struct buf text = { 0 };
	size_t n = 0;
	int blank = 0;
	for (const char *p = start; p < end && n < WORDS_MAX;) {
		const char *at = p;
		if (utf8_is_space(utf8_next(&p, end)) || *at == '\n') {
			blank = text.len > 0;
		} else {
			if (blank)
				buf_addc(&text, ' ');
			blank = 0;
			buf_add(&text, at, (size_t)(p - at));
			n++;
		}
		start = p;
	}
	for (const char *p = start; p < end; start = p)
		if (!utf8_is_space(utf8_next(&p, end)))
			break;
	if (start < end)
		buf_adds(&text, "…");
	const char *copy = arena_strdup(c->arena, buf_str(&text));
	buf_release(&text);
	return copy;
}

/* Length of the character that ends at `at`. */
static size_t step_before(const char *start, const char *at)
{
	size_t n = 1;
	while (at - n > start && ((unsigned char)at[-(long)n] & 0xC0) == 0x80)
		n++;
	return n;
}

static int ends_clause(uint32_t code)
{
	static const uint32_t marks[] = { '\n', ',', ';', 0xFF0C, 0x3002, 0xFF1B, 0xFF1A, 0xFF01,
		0xFF1F };
	for (size_t i = 0; i < LENGTH(marks); i++)
		if (marks[i] == code)
			return 1;
	return 0;
}

/* What two texts do not share at their beginnings and ends, to the ends of the clauses. */
static void differing(struct comparison *c, const char *a, const char *b, struct difference *out)
{
	const char *a_end = a + strlen(a), *b_end = b + strlen(b);
	const char *p = a, *q = b;
	while (p < a_end && q < b_end) {
		const char *x = p, *y = q;
		if (utf8_next(&x, a_end) != utf8_next(&y, b_end))
			break;
		p = x;
		q = y;
	}
	size_t same = 0; /* bytes at the end */
	while (a_end > p && b_end > q && utf8_before(p, a_end) == utf8_before(q, b_end)) {
		size_t n = step_before(p, a_end);
		a_end -= n;
		b_end -= n;
		same += n;
	}
	for (size_t i = 0; i < BESIDE_MAX && p > a && !ends_clause(utf8_before(a, p)); i++) {
		size_t n = step_before(a, p);
		p -= n;
		q -= n;
	}
	for (size_t i = 0; i < BESIDE_MAX && same > 0; i++) {
		const char *x = a_end;
		if (ends_clause(utf8_next(&x, a_end + same)))
			break;
		same -= (size_t)(x - a_end);
		b_end += x - a_end;
		a_end = x;
	}
	out->before = cut(c, p, a_end);
	out->after = cut(c, q, b_end);
}

/* Pairs of neighbouring characters, sorted; blanks left out. */
static size_t pairs_of(const char *text, uint64_t **out)
{
	const char *end = text + strlen(text);
	uint64_t *pairs = mem_alloc((strlen(text) + 1) * sizeof *pairs);
	uint32_t last = 0;
	size_t n = 0;
	while (text < end) {
		uint32_t code = utf8_next(&text, end);
		if (code == '\n' || utf8_is_space(code))
			continue;
		if (last)
			pairs[n++] = (uint64_t)last << 32 | code;
		last = code;
	}
	*out = pairs;
	return n;
}

static int by_number(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return (x > y) - (x < y);
}

/* How much of two texts is the same, in per cent: twice the common pairs by all pairs. */
static size_t likeness(const char *a, const char *b)
{
	uint64_t *x, *y;
	size_t n = pairs_of(a, &x), m = pairs_of(b, &y), common = 0;
	qsort(x, n, sizeof *x, by_number);
	qsort(y, m, sizeof *y, by_number);
	for (size_t i = 0, k = 0; i < n && k < m;) {
		int order = by_number(&x[i], &y[k]);
		common += order == 0;
		i += order <= 0;
		k += order >= 0;
	}
	free(x);
	free(y);
	return n + m ? common * 200 / (n + m) : 0;
}

static void compare_point(
    struct comparison *c, const struct nb_point *old, const struct nb_point *new)
{
	int renamed = strcmp(old->headline, new->headline) != 0;
	struct difference difference = { .kind = DIFFERENCE_POINT, .subject = new->headline };
	if (renamed) {
		difference.how = DIFFERENCE_RENAMED;
		difference.before = old->headline;
		difference.after = new->headline;
		add(c, difference);
	}
	if (strcmp(old->body, new->body) != 0) {
		difference.how = DIFFERENCE_CHANGED;
		differing(c, old->body, new->body, &difference);
		add(c, difference);
	}
}

/* Pairs points: first those of one headline, then the likest of the rest; -1: it has none. */
static void pair_points(
    const struct written *before, const struct written *after, long *partner, char *taken)
{
	for (size_t i = 0; i < after->point_count; i++) {
		partner[i] = -1;
		for (size_t k = 0; k < before->point_count && partner[i] < 0; k++)
			if (!taken[k] &&
			    strcmp(before->points[k].headline, after->points[i].headline) == 0) {
				partner[i] = (long)k;
				taken[k] = 1;
			}
	}
	for (size_t i = 0; i < after->point_count; i++) {
		size_t best = 59; /* per cent: three fifths of the text */
		long like = -1;
		for (size_t k = 0; k < before->point_count && partner[i] < 0; k++) {
			size_t found =
			    taken[k] ? 0 : likeness(before->points[k].body, after->points[i].body);
			if (found > best) {
				best = found;
				like = (long)k;
			}
		}
		if (like >= 0) {
			partner[i] = like;
			taken[like] = 1;
		}
	}
}

static void compare_prose(
    struct comparison *c, const struct written *before, const struct written *after)
{
	if (strcmp(before->opening, after->opening) != 0) {
		struct difference opening = { .kind = DIFFERENCE_OPENING,
			.how = !*before->opening  ? DIFFERENCE_ADDED
			       : !*after->opening ? DIFFERENCE_GONE
			                          : DIFFERENCE_CHANGED,
			.subject = "" };
		differing(c, before->opening, after->opening, &opening);
		add(c, opening);
	}
	long *partner = arena_alloc(c->arena, (after->point_count + 1) * sizeof *partner);
	char *taken = arena_alloc(c->arena, before->point_count + 1);
	pair_points(before, after, partner, taken);
	for (size_t i = 0; i < after->point_count; i++) {
		const struct nb_point *point = &after->points[i];
		if (partner[i] >= 0)
			compare_point(c, &before->points[partner[i]], point);
		else
			add(c, (struct difference){ .kind = DIFFERENCE_POINT,
			           .how = DIFFERENCE_ADDED,
			           .subject = point->headline });
	}
	for (size_t k = 0; k < before->point_count; k++)
		if (!taken[k])
			add(c, (struct difference){ .kind = DIFFERENCE_POINT,
			           .how = DIFFERENCE_GONE,
			           .subject = before->points[k].headline });
}

/* ---- attachments ------------------------------------------------------------- */

static int into_digest(void *self, const void *bytes, size_t n)
{
	digest_add(self, bytes, n);
	return 0;
}

/* "" for one that cannot be read, which is a finding of its own. */
static int digest_of(const struct attachment *attachment, char hex[DIGEST_HEX_MAX], struct err *err)
{
	struct err problem = { 0 };
	struct digest *digest = digest_new("sha256");
	int rc = store_stream(attachment->store, attachment->file, into_digest, digest, &problem);
	digest_end(digest, hex);
	if (rc == 0)
		return 0;
	*hex = '\0';
	if (problem.kind == ERR_INPUT)
		return 0;
	*err = problem;
	return -1;
}

/* 1 if both files hold the same bytes. */
static int same_bytes(const struct attachment *old, const struct attachment *new, struct err *err)
{
	char a[DIGEST_HEX_MAX], b[DIGEST_HEX_MAX];
	if (old->file->size != new->file->size)
		return 0;
	if (digest_of(old, a, err) != 0 || digest_of(new, b, err) != 0)
		return -1;
	return strcmp(a, b) == 0;
}

static void compare_access(
    struct comparison *c, const struct attachment *old, const struct attachment *new)
{
	static const char *const words[] = { "public", "internal" };
	if (old->internal != new->internal)
		add(c, (struct difference){ .kind = DIFFERENCE_ACCESS,
		           .how = DIFFERENCE_CHANGED,
		           .id = new->file->name,
		           .subject = new->title,
		           .before = words[old->internal],
		           .after = words[new->internal] });
}

static int has_file(const struct submission *submission, const char *name)
{
	for (size_t i = 0; i < submission->attachment_count; i++)
		if (strcmp(submission->attachments[i].file->name, name) == 0)
			return 1;
	return 0;
}

static int compare_attachment(struct comparison *c, const struct submission *before,
    const struct submission *after, const struct attachment *new, char *taken, struct err *err)
{
	struct difference difference = { .kind = DIFFERENCE_ATTACHMENT,
		.how = DIFFERENCE_ADDED,
		.id = new->file->name,
		.subject = new->title };
	for (size_t k = 0; k < before->attachment_count; k++) {
		const struct attachment *old = &before->attachments[k];
		if (taken[k] || strcmp(old->file->name, new->file->name) != 0)
			continue;
		int same = same_bytes(old, new, err);
		if (same < 0)
			return -1;
		taken[k] = 1;
		difference.how = DIFFERENCE_CHANGED;
		if (!same)
			add(c, difference);
		compare_access(c, old, new);
		return 0;
	}
	/* The same file under another name. */
	for (size_t k = 0; k < before->attachment_count; k++) {
		const struct attachment *old = &before->attachments[k];
		int same =
		    taken[k] || has_file(after, old->file->name) ? 0 : same_bytes(old, new, err);
		if (same < 0)
			return -1;
		if (!same)
			continue;
		taken[k] = 1;
		difference.how = DIFFERENCE_RENAMED;
		difference.before = old->file->name;
		difference.after = new->file->name;
		add(c, difference);
		compare_access(c, old, new);
		return 0;
	}
	add(c, difference);
	return 0;
}

static int compare_attachments(struct comparison *c, const struct submission *before,
    const struct submission *after, struct err *err)
{
	char *taken = arena_alloc(c->arena, before->attachment_count + 1);
	c->chapter = NULL;
	for (size_t i = 0; i < after->attachment_count; i++)
		if (compare_attachment(c, before, after, &after->attachments[i], taken, err) != 0)
			return -1;
	for (size_t k = 0; k < before->attachment_count; k++)
		if (!taken[k])
			add(c, (struct difference){ .kind = DIFFERENCE_ATTACHMENT,
			           .how = DIFFERENCE_GONE,
			           .id = before->attachments[k].file->name,
			           .subject = before->attachments[k].title });
	return 0;
}

/* A chapter that nobody wrote for. */
static struct written nothing(struct comparison *c)
{
	struct written written = { .chapter = c->chapter, .opening = "" };
	written.values =
	    arena_alloc(c->arena, (c->chapter->figure_count + 1) * sizeof *written.values);
	written.lists = arena_alloc(c->arena, (c->chapter->list_count + 1) * sizeof *written.lists);
	for (size_t i = 0; i < c->chapter->figure_count; i++)
		written.values[i].quantity.text = "";
	return written;
}

int difference_find(const struct catalog *catalog, const struct submission *before,
    const struct submission *after, struct arena *arena, struct differences *out, struct err *err)
{
	struct comparison c = { .arena = arena, .out = out };
	*out = (struct differences){ 0 };
	for (size_t i = 0; i < catalog->count; i++) {
		c.chapter = &catalog->chapters[i];
		const struct written *old = submission_chapter(before, c.chapter->id);
		const struct written *new = submission_chapter(after, c.chapter->id);
		if (!old && !new)
			continue;
		if (!old || !new)
			add(&c, (struct difference){ .kind = DIFFERENCE_CHAPTER,
			            .how = old ? DIFFERENCE_GONE : DIFFERENCE_ADDED,
			            .id = c.chapter->id,
			            .subject = c.chapter->title });
		struct written none = nothing(&c);
		old = old ? old : &none;
		new = new ? new : &none;
		compare_figures(&c, old, new);
		compare_lists(&c, old, new);
		compare_prose(&c, old, new);
	}
	return compare_attachments(&c, before, after, err);
}
