/* finding.c: collecting, ordering and wording of findings. */
#include "base/finding.h"

#include "base/length.h"
#include "base/place.h"
#include "base/utf8.h"

#include <assert.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void findings_init(struct findings *findings, struct arena *arena)
{
	*findings = (struct findings){ .arena = arena };
}

/* FNV-1a, 64 bits: names a finding among a few thousand, guards nothing. */
static uint64_t hash_add(uint64_t hash, const char *text)
{
	if (!text)
		text = "";
	do {
		hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
	} while (*text++); /* the NUL too, so that "ab" "c" differs from "a" "bc" */
	return hash;
}

/* Behind the folder, and behind the zip: "inbox/sfj-2.zip!a.md" is "a.md". */
static const char *base_name(const char *path)
{
	const char *slash = path ? strrchr(path, '/') : NULL;
	const char *name = slash ? slash + 1 : path;
	const char *inside = name ? strchr(name, '!') : NULL;
	return inside ? inside + 1 : name;
}

static void fingerprint(const struct finding *finding, char *out, size_t size)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	hash = hash_add(hash, finding->code);
	hash = hash_add(hash, finding->department);
	hash = hash_add(hash, finding->subject);
	/* Whose a hand-in is may be unknown: then the folder tells one department's from another's.
	 */
	int whole = !finding->department && strncmp(finding->code, "intake.", 7) == 0;
	hash = hash_add(hash, whole ? finding->at.file : base_name(finding->at.file));
	for (size_t i = 0; i < NB_ARGS; i++)
		hash = hash_add(hash, finding->args[i]);
	hash = hash_add(hash, finding->why);
	snprintf(out, size, "%016" PRIx64, hash);
}

/* A copy that is UTF-8: names of files are any bytes, and findings end up in JSON. */
static const char *copy_text(struct arena *arena, const char *text)
{
	size_t n = strlen(text), good = utf8_check(text, n);
	if (good == n)
		return arena_strndup(arena, text, n);
	struct buf out = { 0 };
	for (; good < n; text += good + 1, n -= good + 1, good = utf8_check(text, n)) {
		buf_add(&out, text, good);
		buf_adds(&out, "�");
	}
	buf_add(&out, text, n);
	const char *copy = arena_strndup(arena, out.data, out.len);
	buf_release(&out);
	return copy;
}

/* Where the strings of a finding are. */
static const size_t strings[] = { offsetof(struct finding, code),
	offsetof(struct finding, department), offsetof(struct finding, at.file),
	offsetof(struct finding, also.file), offsetof(struct finding, subject),
	offsetof(struct finding, message), offsetof(struct finding, args[0]),
	offsetof(struct finding, args[1]), offsetof(struct finding, args[2]),
	offsetof(struct finding, args[3]), offsetof(struct finding, args[4]),
	offsetof(struct finding, args[5]), offsetof(struct finding, why),
	offsetof(struct finding, waived) };
_Static_assert(NB_ARGS == 6, "all arguments are among the strings");

static const char **string_at(struct finding *finding, size_t offset)
{
	return (const char **)(void *)((char *)finding + offset);
}

enum { LOOK_BACK = 4 };

/*
 * A copy of a string of the finding that is being added, or that of a finding
 * before it: most are of one file, and what they say is alike.
 */
static const char *keep_text(struct findings *findings, size_t offset, const char *text)
{
	for (size_t back = 1; back <= LOOK_BACK && back <= findings->count; back++) {
		const char *before = *string_at(&findings->items[findings->count - back], offset);
		if (before && strcmp(before, text) == 0)
			return before;
	}
	return copy_text(findings->arena, text);
}

void findings_add(struct findings *findings, const struct finding *finding)
{
	struct finding copy = *finding;
	assert(copy.code && copy.message && copy.severity);
	for (size_t i = 0; i < LENGTH(strings); i++) {
		const char **text = string_at(&copy, strings[i]);
		*text = *text ? keep_text(findings, strings[i], *text) : NULL;
	}
	copy.order = findings->count;
	fingerprint(finding, copy.fingerprint, sizeof copy.fingerprint);
	findings->items =
	    arena_grow(findings->arena, findings->items, findings->count, sizeof *findings->items);
	findings->items[findings->count++] = copy;
}

void findings_cut(struct findings *findings, size_t count)
{
	if (count < findings->count)
		findings->count = count;
}

void findings_attribute(struct findings *findings, size_t from, size_t to, const char *department)
{
	for (size_t i = from; i < to; i++) {
		struct finding *finding = &findings->items[i];
		if (finding->department)
			continue;
		finding->department = department;
		fingerprint(finding, finding->fingerprint, sizeof finding->fingerprint);
	}
}

struct ranked {
	size_t rank; /* of the department; the report as a whole comes last */
	const struct finding *finding;
};

static int by_place(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;
	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	const struct finding *f = x->finding, *g = y->finding;
	int files = f->at.file == g->at.file
	                ? 0
	                : strcmp(f->at.file ? f->at.file : "", g->at.file ? g->at.file : "");
	if (files)
		return files;
	if (f->at.line != g->at.line)
		return f->at.line < g->at.line ? -1 : 1;
	if (f->at.column != g->at.column)
		return f->at.column < g->at.column ? -1 : 1;
	return f->order < g->order ? -1 : f->order > g->order;
}

/* Moves each finding to its place, along the circles in which they give way to each other. */
static void arrange(struct finding *items, struct ranked *ranked, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct finding first = items[i];
		size_t at = i;
		while (ranked[at].finding) {
			size_t from = (size_t)(ranked[at].finding - items);
			ranked[at].finding = NULL;
			items[at] = from == i ? first : items[from];
			at = from;
		}
	}
}

void findings_sort(struct findings *findings, const char *const *order)
{
	if (findings->count < 2)
		return;
	struct ranked *ranked = mem_alloc(findings->count * sizeof *ranked);
	for (size_t i = 0; i < findings->count; i++) {
		const char *department = findings->items[i].department;
		size_t rank = 0;
		while (
		    order && order[rank] && (!department || strcmp(order[rank], department) != 0))
			rank++;
		ranked[i] = (struct ranked){ rank + !department, &findings->items[i] };
	}
	qsort(ranked, findings->count, sizeof *ranked, by_place);
	arrange(findings->items, ranked, findings->count);
	free(ranked);
}

size_t findings_count(const struct findings *findings, enum nb_severity severity)
{
	size_t n = 0;
	for (size_t i = 0; i < findings->count; i++)
		n += findings->items[i].severity == severity && !findings->items[i].waived;
	return n;
}

void finding_message(const struct finding *finding, struct buf *out)
{
	size_t next = 0;
	for (const char *p = *finding->message ? _(finding->message) : ""; *p; p++) {
		if (*p != '%') {
			buf_addc(out, *p);
			continue;
		}
		if (p[1] == '%') {
			buf_addc(out, *p++);
			continue;
		}
		int numbered = p[1] >= '1' && p[1] <= '9' && p[2] == '$' && p[3] == 's';
		if (!numbered && p[1] != 's') { /* what a plugin got wrong is shown as it stands */
			buf_addc(out, *p);
			continue;
		}
		size_t index = numbered ? (size_t)(p[1] - '1') : next++;
		p += numbered ? 3 : 1;
		if (index < NB_ARGS && finding->args[index])
			utf8_shown(out, finding->args[index]);
	}
	if (finding->why)
		buf_addf(out, "%s%s", _(": "), _(finding->why));
	if (finding->also.file) {
		struct buf place = { 0 };
		place_add(&place,
		    &(struct nb_place){ finding->also.file, finding->also.line,
		        place_kind(finding->also.file) == PLACE_CELL ? finding->also.column : 0 });
		buf_addf(out, _(" (see %s)"), buf_str(&place));
		buf_release(&place);
	}
}

const char *severity_id(enum nb_severity severity)
{
	switch (severity) {
	case NB_NOTE:
		return "note";
	case NB_WARNING:
		return "warning";
	case NB_ERROR:
		return "error";
	}
	return "note";
}

static const char *severity_word(enum nb_severity severity)
{
	switch (severity) {
	case NB_NOTE:
		return _("note");
	case NB_WARNING:
		return _("warning");
	case NB_ERROR:
		return _("error");
	}
	return "";
}

void finding_line(const struct finding *finding, struct buf *out)
{
	if (finding->at.file) {
		place_add(out, &finding->at);
		buf_adds(out, ": ");
	}
	buf_addf(out, "%s: ", severity_word(finding->severity));
	finding_message(finding, out);
	buf_addf(out, " [%s]", finding->code);
}
