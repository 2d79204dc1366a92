/*
 * test_mutation.c: how much of what goes wrong is noticed. Each figure of the sample county is
 * changed by one, each row of its lists dropped, each number in its texts changed by one, and the
 * program must find something that it did not find before.
 *
 * The sample names its numbers, {{id}}, so that text and figure cannot part. For texts it is taken
 * a second time with every {{id}} replaced by what it stands for, as most departments write.
 *
 * What nothing could betray does not count: a figure that the department's own text does not state
 * and no relation, list or rate holds; a number that no figure explains; 28001余 for 28000余.
 *
 * Each change is one run of the program: NIANBAO_MUTATE=all takes all of them, otherwise every
 * third, which says as much in a third of the time.
 */
#include "../base/found.h"

#include "base/buf.h"
#include "base/file.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { CODES_MAX = 600 };

/* What a run printed: "file code" of every line, sorted. */
struct said {
	char *lines[CODES_MAX];
	size_t count;
};

struct tally {
	const char *what;
	size_t tried, noticed, noted; /* noted: by a note alone */
};

static const char *program(void)
{
	const char *path = getenv("NIANBAO_TEST_BIN");
	return path ? path : "build/bin/nianbao";
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* "inbox/sfj/a.md:3:1: warning: … [number.free]" as "warning inbox/sfj/a.md number.free". */
static struct said check(struct arena *arena, const char *folder, int notes)
{
	static char line[65536];
	struct said said = { .count = 0 };
	FILE *out =
	    popen(arena_printf(arena, "%s -C %s -q check 2>/dev/null", program(), folder), "r");
	cr_assert(out);
	while (fgets(line, sizeof line, out)) {
		char *code = strrchr(line, '['), *note = strstr(line, ": note: ");
		if (!code || (note && !notes) || said.count == CODES_MAX)
			continue;
		said.lines[said.count++] =
		    arena_printf(arena, "%.*s %s", (int)strcspn(line, ":"), line, code);
	}
	pclose(out);
	qsort(said.lines, said.count, sizeof *said.lines, by_text);
	return said;
}

/* Whether `now` has a line that `before` lacks, or more of one. */
static int is_new(const struct said *before, const struct said *now)
{
	size_t i = 0;
	for (size_t k = 0; k < now->count; k++) {
		while (i < before->count && strcmp(before->lines[i], now->lines[k]) < 0)
			i++;
		if (i == before->count || strcmp(before->lines[i], now->lines[k]) != 0)
			return 1;
		i++;
	}
	return 0;
}

static struct buf slurp(const char *path)
{
	struct buf text = { 0 };
	struct err err;
	cr_assert_eq(file_read(path, 1 << 24, &text, &err), 0, "%s", err.text);
	return text;
}

static void spit(const char *path, const char *text)
{
	FILE *file = fopen(path, "wb");
	cr_assert(file && fputs(text, file) >= 0);
	fclose(file);
}

/* The value of a key in a section of submission.ini, without comment; in the arena. */
static char *value_of(struct arena *arena, const char *ini, const char *chapter, const char *id)
{
	const char *section = strstr(ini, arena_printf(arena, "\n[%s]\n", chapter));
	const char *end = section ? strstr(section + 1, "\n[") : NULL;
	for (const char *p = section; p && (!end || p < end); p = strchr(p + 1, '\n')) {
		size_t n = strlen(id);
		if (strncmp(p + 1, id, n) != 0 || !strchr(" =", p[1 + n]))
			continue;
		p = strchr(p, '=') + 1;
		p += strspn(p, " ");
		size_t length = strcspn(p, ";\n");
		while (length && p[length - 1] == ' ')
			length--;
		return arena_strndup(arena, p, length);
	}
	return NULL;
}

/* Every {{id}} of a narrative replaced by its value. */
static void type_out(struct arena *arena, const char *folder, const char *name)
{
	char *path = path_join(arena, folder, name);
	struct buf ini = slurp(path_join(arena, folder, "submission.ini")), text = slurp(path),
	           out = { 0 };
	const char *chapter = arena_strndup(arena, name, strlen(name) - 3);
	const char *from = buf_str(&text);
	for (const char *open; (open = strstr(from, "{{")) != NULL;) {
		const char *close = strstr(open, "}}");
		char *id = arena_strndup(arena, open + 2, (size_t)(close - open - 2));
		char *dot = strchr(id, '.');
		char *value = dot ? value_of(arena, buf_str(&ini),
		                        arena_strndup(arena, id, (size_t)(dot - id)), dot + 1)
		                  : value_of(arena, buf_str(&ini), chapter, id);
		cr_assert(value, "%s: {{%s}}", path, id);
		buf_add(&out, from, (size_t)(open - from));
		buf_adds(&out, value);
		from = close + 2;
	}
	buf_adds(&out, from);
	spit(path, buf_str(&out));
	buf_release(&ini);
	buf_release(&text);
	buf_release(&out);
}

/* ---- changing one thing -------------------------------------------------------- */

struct change {
	struct arena *arena;
	const char *county;
	struct said errors, all; /* of the county unchanged */
	struct tally *tally;
	unsigned nth;
	const char
	    *stated; /* "sfj.supervision.x" a line: what its own text states; NULL: unknown */
	struct buf betrayed; /* the same for figures whose change was noticed without any text */
	const char *free;    /* "file:line:column:" of each number that was free from the start */
};

static int is_chosen(struct change *change)
{
	const char *all = getenv("NIANBAO_MUTATE");
	return (all && strcmp(all, "all") == 0) || change->nth++ % 3 == 0;
}

/* Runs with `path` holding `changed`, then puts `whole` back. Returns whether it was noticed. */
static int try(struct change *change, const char *path, const char *changed, const char *whole,
    const char *what)
{
	if (!is_chosen(change))
		return 0;
	spit(path, changed);
	struct said all = check(change->arena, change->county, 1);
	struct said errors = check(change->arena, change->county, 0);
	spit(path, whole);
	change->tally->tried++;
	int noticed = is_new(&change->errors, &errors);
	if (noticed)
		change->tally->noticed++;
	else if (is_new(&change->all, &all))
		change->tally->noted++;
	else if (getenv("NIANBAO_MUTATE"))
		fprintf(stderr, "not noticed: %s: %s\n", path, what);
	if (getenv("NIANBAO_MUTATE") && !noticed && is_new(&change->all, &all))
		fprintf(stderr, "noted only: %s: %s\n", path, what);
	return noticed;
}

/* The text with the number of `digits` digits at `at` one larger. */
static char *one_more(struct arena *arena, const char *text, size_t at, size_t digits)
{
	long number = strtol(text + at, NULL, 10);
	return arena_printf(arena, "%.*s%ld%s", (int)at, text, number + 1, text + at + digits);
}

/* "sfj" of ".../inbox/sfj/submission.ini". */
static const char *department_of(struct arena *arena, const char *path)
{
	const char *folder = strstr(path, "inbox/") + strlen("inbox/");
	return arena_strndup(arena, folder, strcspn(folder, "/"));
}

/* Whole numbers given as values: "key = 46". */
static void change_figures(struct change *change, const char *path)
{
	struct buf text = slurp(path);
	const char *ini = buf_str(&text), *chapter = "";
	for (const char *line = ini; *line; line += strcspn(line, "\n") + 1) {
		if (strncmp(line, "[attachment", 11) == 0)
			break;
		if (*line == '[')
			chapter = arena_strndup(change->arena, line + 1, strcspn(line + 1, "]"));
		const char *equals = strchr(line, '=');
		if (!*chapter || strcmp(chapter, "submission") == 0 || !equals ||
		    (size_t)(equals - line) > strcspn(line, "\n"))
			continue;
		const char *value = equals + 1 + strspn(equals + 1, " ");
		size_t digits = strspn(value, "0123456789");
		if (digits == 0 || !strchr(" ;\n", value[digits]))
			continue;
		const char *name = arena_printf(change->arena, "%s.%s.%.*s\n",
		    department_of(change->arena, path), chapter, (int)strcspn(line, " ="), line);
		if (change->stated && !strstr(change->stated, name) &&
		    !strstr(buf_str(&change->betrayed), name))
			continue;
		if (try(change, path, one_more(change->arena, ini, (size_t)(value - ini), digits),
		        ini, arena_strndup(change->arena, line, strcspn(line, "\n"))) &&
		    !change->stated)
			buf_adds(&change->betrayed, name);
	}
	buf_release(&text);
}

/* "inbox/sfj/a.md:3:14:", as findings name the place of a byte. */
static const char *place_of(struct change *change, const char *path, const char *whole, size_t at)
{
	unsigned line = 1, column = 1;
	for (size_t i = 0; i < at; i++) {
		line += whole[i] == '\n';
		column = whole[i] == '\n' ? 1 : column + (((unsigned char)whole[i] & 0xC0) != 0x80);
	}
	return arena_printf(change->arena, "%s:%u:%u:", strstr(path, "inbox/"), line, column);
}

/* Numbers of a narrative that count something exactly: no dates, no 28000余. */
static void change_numbers(struct change *change, const char *path)
{
	static const char *const others[] = { "年", "月", "日", "热线", "余", "多" };
	struct buf text = slurp(path);
	const char *whole = buf_str(&text);
	for (const char *p = whole; *p; p++) {
		size_t digits = strspn(p, "0123456789");
		if (digits == 0)
			continue;
		const char *after = p + digits;
		int counts = (unsigned char)*after >= 0x80 || strncmp(after, " |", 2) == 0;
		for (size_t i = 0; i < COUNT(others); i++)
			counts = counts && strncmp(after, others[i], strlen(others[i])) != 0;
		counts = counts && (p == whole || !strchr(".0123456789", p[-1])) &&
		         (p - whole < 3 || strncmp(p - 3, "近", 3) != 0) &&
		         !strstr(change->free, place_of(change, path, whole, (size_t)(p - whole)));
		if (counts)
			try(change, path,
			    one_more(change->arena, whole, (size_t)(p - whole), digits), whole,
			    arena_strndup(change->arena, p, strcspn(p, "\n")));
		p = after - 1;
	}
	buf_release(&text);
}

static void drop_rows(struct change *change, const char *path)
{
	struct buf text = slurp(path);
	const char *whole = buf_str(&text);
	for (const char *p = strchr(whole, '\n'); p && p[1]; p = strchr(p + 1, '\n')) {
		const char *end = strchr(p + 1, '\n');
		try(change, path,
		    arena_printf(
		        change->arena, "%.*s%s", (int)(p - whole), whole, end ? end : "\n"),
		    whole, arena_strndup(change->arena, p + 1, strcspn(p + 1, "\n")));
	}
	buf_release(&text);
}

/* ---- the county ------------------------------------------------------------------- */

typedef void change_file(struct change *change, const char *path);

static void each_file(struct change *change, const char *ending, change_file *with)
{
	char **names, **files;
	size_t count, inside;
	struct err err;
	const char *inbox = path_join(change->arena, change->county, "inbox");
	cr_assert_eq(folder_list(inbox, change->arena, &names, &count, &err), 0);
	for (size_t i = 0; i < count; i++) {
		char *folder = path_join(change->arena, inbox, names[i]);
		if (file_type(path_join(change->arena, folder, "submission.ini")) != FILE_REGULAR)
			continue; /* a zip, or revisions */
		cr_assert_eq(folder_list(folder, change->arena, &files, &inside, &err), 0);
		for (size_t k = 0; k < inside; k++)
			if (strcmp(files[k], ending) == 0 || path_has_ending(files[k], ending))
				with(change, path_join(change->arena, folder, files[k]));
	}
}

static void type_file(struct change *change, const char *path)
{
	char *folder = arena_strndup(change->arena, path, (size_t)(path_base(path) - path) - 1);
	type_out(change->arena, folder, path_base(path));
}

static void print(const struct tally *tally)
{
	printf("mutation: %-44s %3zu of %3zu noticed (%zu %%), %zu more by a note\n", tally->what,
	    tally->noticed, tally->tried, tally->tried ? tally->noticed * 100 / tally->tried : 0,
	    tally->noted);
}

/* All that a command prints; in the arena. */
static const char *printed(struct arena *arena, const char *command)
{
	struct buf out = { 0 };
	static char bytes[65536];
	FILE *from = popen(command, "r");
	cr_assert(from);
	for (size_t n; (n = fread(bytes, 1, sizeof bytes, from)) > 0;)
		buf_add(&out, bytes, n);
	pclose(from);
	const char *text = arena_strdup(arena, buf_str(&out));
	buf_release(&out);
	return text;
}

/* What the texts state: figures by department, from the trace of the report they make. */
static void learn(struct change *change)
{
	struct arena *arena = change->arena;
	change->stated =
	    printed(arena, arena_printf(arena,
	                       "%s -C %s -q figures --trace --format csv 2>/dev/null | "
	                       "awk -F, '$5 == \"figure\" && $8 { print $8 \".\" $7 }'",
	                       program(), change->county));
	change->free =
	    printed(arena, arena_printf(arena, "%s -C %s -q check 2>/dev/null | grep number.free",
	                       program(), change->county));
}

static void begin(struct change *change, struct arena *arena, const char *county)
{
	change->arena = arena;
	change->county = county;
	change->errors = check(arena, county, 0);
	change->all = check(arena, county, 1);
}

Test(review, changes_are_noticed, .init = scratch_make, .fini = scratch_remove, .timeout = 900)
{
	struct arena arena = { 0 };
	struct change change = { .free = "" };
	struct tally figures = { .what = "a figure changed, texts naming it" },
	             rows = { .what = "a row of a list dropped" },
	             typed = { .what = "a figure changed, texts typing it" },
	             numbers = { .what = "a number in a text changed" };
	char *county = path_join(&arena, scratch, "county");
	cr_assert_eq(system(arena_printf(&arena, "cp -R config/sample %s", county)), 0);

	begin(&change, &arena, county);
	change.tally = &figures;
	each_file(&change, "submission.ini", change_figures);
	change.tally = &rows;
	each_file(&change, ".csv", drop_rows);

	each_file(&change, ".md", type_file);
	begin(&change, &arena, county);
	learn(&change);
	change.tally = &typed;
	each_file(&change, "submission.ini", change_figures);
	change.tally = &numbers;
	each_file(&change, ".md", change_numbers);

	print(&figures);
	print(&rows);
	print(&typed);
	print(&numbers);
	const struct tally *const all[] = { &figures, &rows, &typed, &numbers };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		cr_expect(all[i]->tried > 5, "too little was tried: %s", all[i]->what);
	/* Not every figure has a relation or stands in a text. */
	cr_expect(figures.noticed * 10 >= figures.tried * 4, "under 40 %% of figures noticed");
	cr_expect(rows.noticed == rows.tried, "rows dropped and not noticed");
	cr_expect(typed.noticed * 10 >= typed.tried * 9, "under 90 %% of changed figures noticed");
	cr_expect(
	    numbers.noticed * 10 >= numbers.tried * 9, "under 90 %% of changed numbers noticed");
	buf_release(&change.betrayed);
	arena_release(&arena);
}
