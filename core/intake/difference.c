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
	LIKE_MIN = 60,   /* per cent of a text that must be the same for it to be the same point */
	LIKE_MAX = 50,   /* points without a partner that are compared with each other */
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

/* ---- pairing ---------------------------------------------------------------- */

/* Things of two revisions, and which belong together. */
struct pairing {
	struct arena *arena;
	size_t before_count, after_count;
	long *partner; /* of each one after: which before, or -1 */
	char *taken;   /* of each one before: it has a partner */
};

static struct pairing pairing_of(struct comparison *c, size_t before_count, size_t after_count)
{
	struct pairing pairing = { .arena = c->arena,
		.before_count = before_count,
		.after_count = after_count,
		.partner = arena_alloc(c->arena, (after_count + 1) * sizeof *pairing.partner),
		.taken = arena_alloc(c->arena, before_count + 1) };
	for (size_t i = 0; i < after_count; i++)
		pairing.partner[i] = -1;
	return pairing;
}

struct keyed {
	const char *key;
	size_t index;
};

static int by_key(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;
	int order = strcmp(x->key, y->key);
	return order ? order : (x->index > y->index) - (x->index < y->index);
}

static size_t sort_keys(
    struct pairing *pairing, const char *const *keys, int after, struct keyed **out)
{
	size_t all = after ? pairing->after_count : pairing->before_count, n = 0;
	*out = arena_alloc(pairing->arena, (all + 1) * sizeof **out);
	for (size_t i = 0; i < all; i++)
		if (keys[i] && (after ? pairing->partner[i] < 0 : !pairing->taken[i]))
			(*out)[n++] = (struct keyed){ keys[i], i };
	if (n)
		qsort(*out, n, sizeof **out, by_key);
	return n;
}

/* Pairs those without a partner that have one key, in order; a key may be NULL. */
static void pair_equal(struct pairing *pairing, const char *const *before, const char *const *after)
{
	struct keyed *a, *b;
	size_t n = sort_keys(pairing, before, 0, &a), m = sort_keys(pairing, after, 1, &b);
	for (size_t i = 0, k = 0; i < n && k < m;) {
		int order = strcmp(a[i].key, b[k].key);
		if (order == 0) {
			pairing->partner[b[k].index] = (long)a[i].index;
			pairing->taken[a[i].index] = 1;
		}
		i += order <= 0;
		k += order >= 0;
	}
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

/* A text as its pairs of characters. */
struct pairs {
	uint64_t *items;
	size_t count, index;
};

/* How much of two texts is the same, in per cent: twice the common pairs by all pairs. */
static size_t likeness(const struct pairs *a, const struct pairs *b)
{
	size_t n = a->count, m = b->count, common = 0;
	if (2 * (n < m ? n : m) * 100 < LIKE_MIN * (n + m))
		return 0; /* so far apart in length that it cannot be enough */
	for (size_t i = 0, k = 0; i < n && k < m;) {
		uint64_t x = a->items[i], y = b->items[k];
		common += x == y;
		i += x <= y;
		k += x >= y;
	}
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

/* The first points without a partner, no more than are compared with each other. */
static size_t leftovers(const struct pairing *pairing, const struct written *written, int after,
    struct pairs out[LIKE_MAX])
{
	size_t n = 0;
	for (size_t i = 0; i < written->point_count && n < LIKE_MAX; i++) {
		if (after ? pairing->partner[i] >= 0 : pairing->taken[i])
			continue;
		out[n].index = i;
		out[n].count = pairs_of(written->points[i].body, &out[n].items);
		if (out[n].count)
			qsort(out[n].items, out[n].count, sizeof *out[n].items, by_number);
		n++;
	}
	return n;
}

static void pair_likest(
    struct pairing *pairing, const struct written *before, const struct written *after)
{
	struct pairs old[LIKE_MAX], new[LIKE_MAX];
	size_t n = leftovers(pairing, before, 0, old), m = leftovers(pairing, after, 1, new);
	for (size_t i = 0; i < m; i++) {
		size_t best = LIKE_MIN - 1;
		const struct pairs *like = NULL;
		for (size_t k = 0; k < n; k++) {
			size_t found =
			    pairing->taken[old[k].index] ? 0 : likeness(&old[k], &new[i]);
			if (found > best) {
				best = found;
				like = &old[k];
			}
		}
		if (like) {
			pairing->partner[new[i].index] = (long)like->index;
			pairing->taken[like->index] = 1;
		}
	}
	for (size_t i = 0; i < n; i++)
		free(old[i].items);
	for (size_t i = 0; i < m; i++)
		free(new[i].items);
}

static const char *const *point_keys(
    struct comparison *c, const struct written *written, int bodies)
{
	const char **keys = arena_alloc(c->arena, (written->point_count + 1) * sizeof *keys);
	for (size_t i = 0; i < written->point_count; i++) {
		const struct nb_point *point = &written->points[i];
		keys[i] = !bodies ? point->headline : *point->body ? point->body : NULL;
	}
	return keys;
}

/* Those of one headline, then those of one text, then the likest of the rest. */
static struct pairing pair_points(
    struct comparison *c, const struct written *before, const struct written *after)
{
	struct pairing pairing = pairing_of(c, before->point_count, after->point_count);
	for (int bodies = 0; bodies < 2; bodies++)
		pair_equal(&pairing, point_keys(c, before, bodies), point_keys(c, after, bodies));
	pair_likest(&pairing, before, after);
	return pairing;
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
	struct pairing pairing = pair_points(c, before, after);
	for (size_t i = 0; i < after->point_count; i++) {
		const struct nb_point *point = &after->points[i];
		if (pairing.partner[i] >= 0)
			compare_point(c, &before->points[pairing.partner[i]], point);
		else
			add(c, (struct difference){ .kind = DIFFERENCE_POINT,
			           .how = DIFFERENCE_ADDED,
			           .subject = point->headline });
	}
	for (size_t k = 0; k < before->point_count; k++)
		if (!pairing.taken[k])
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

static const char **file_names(struct comparison *c, const struct submission *submission)
{
	const char **names =
	    arena_alloc(c->arena, (submission->attachment_count + 1) * sizeof *names);
	for (size_t i = 0; i < submission->attachment_count; i++)
		names[i] = submission->attachments[i].file->name;
	return names;
}

/* Sizes of the attachments, sorted. */
static const uint64_t *file_sizes(struct comparison *c, const struct submission *submission)
{
	size_t n = submission->attachment_count;
	uint64_t *sizes = arena_alloc(c->arena, (n + 1) * sizeof *sizes);
	for (size_t i = 0; i < n; i++)
		sizes[i] = submission->attachments[i].file->size;
	if (n)
		qsort(sizes, n, sizeof *sizes, by_number);
	return sizes;
}

/*
 * Digests of the attachments that have no partner by name and may have one by their bytes, as
 * something of that size is there on the other side; of others NULL.
 */
static int file_digests(struct comparison *c, const struct pairing *pairing,
    const struct submission *before, const struct submission *after, int new,
    const char *const **out, struct err *err)
{
	const struct submission *one = new ? after : before, *other = new ? before : after;
	const uint64_t *sizes = file_sizes(c, other);
	const char **names = file_names(c, other);
	const char **keys = arena_alloc(c->arena, (one->attachment_count + 1) * sizeof *keys);
	if (other->attachment_count)
		qsort(names, other->attachment_count, sizeof *names, by_text);
	for (size_t i = 0; i < one->attachment_count; i++) {
		const struct attachment *attachment = &one->attachments[i];
		char hex[DIGEST_HEX_MAX];
		if ((new ? pairing->partner[i] >= 0 : pairing->taken[i]) ||
		    !bsearch(&attachment->file->size, sizes, other->attachment_count, sizeof *sizes,
		        by_number) ||
		    (!new &&bsearch(&attachment->file->name, names, other->attachment_count,
		        sizeof *names, by_text)))
			continue;
		if (digest_of(attachment, hex, err) != 0)
			return -1;
		keys[i] = *hex ? arena_strdup(c->arena, hex) : NULL;
	}
	*out = keys;
	return 0;
}

static int compare_attachment(struct comparison *c, const struct attachment *old,
    const struct attachment *new, struct err *err)
{
	struct difference difference = { .kind = DIFFERENCE_ATTACHMENT,
		.how = DIFFERENCE_CHANGED,
		.id = new->file->name,
		.subject = new->title };
	int renamed = strcmp(old->file->name, new->file->name) != 0;
	int same = renamed ? 1 : same_bytes(old, new, err);
	if (same < 0)
		return -1;
	if (renamed) {
		difference.how = DIFFERENCE_RENAMED;
		difference.before = old->file->name;
		difference.after = new->file->name;
	}
	if (renamed || !same)
		add(c, difference);
	compare_access(c, old, new);
	return 0;
}

/* By name, else the same bytes under another name. */
static int compare_attachments(struct comparison *c, const struct submission *before,
    const struct submission *after, struct err *err)
{
	const char *const *old, *const *new;
	struct pairing pairing = pairing_of(c, before->attachment_count, after->attachment_count);
	c->chapter = NULL;
	pair_equal(&pairing, file_names(c, before), file_names(c, after));
	if (file_digests(c, &pairing, before, after, 0, &old, err) != 0 ||
	    file_digests(c, &pairing, before, after, 1, &new, err) != 0)
		return -1;
	pair_equal(&pairing, old, new);
	for (size_t i = 0; i < after->attachment_count; i++) {
		const struct attachment *attachment = &after->attachments[i];
		if (pairing.partner[i] < 0)
			add(c, (struct difference){ .kind = DIFFERENCE_ATTACHMENT,
			           .how = DIFFERENCE_ADDED,
			           .id = attachment->file->name,
			           .subject = attachment->title });
		else if (compare_attachment(
		             c, &before->attachments[pairing.partner[i]], attachment, err) != 0)
			return -1;
	}
	for (size_t k = 0; k < before->attachment_count; k++)
		if (!pairing.taken[k])
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
