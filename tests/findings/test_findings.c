/*
 * test_findings.c: every finding there is, told as a folder in tests/findings/cases.
 *
 * A folder is named by the code it shows, "supervision.outcomes-sum", or with words behind a "~"
 * when a code needs several. Its files are laid over a copy of tests/findings/county, but for
 *
 *     expect    what is found: each line with that code, and each error of any other, with "…" for
 *               any bytes; "-- " begins words for the reader, "? 2" is the exit status, if not 1
 *               with errors and 0 without
 *     setup     commands run first, for what files cannot say
 *     command   what is run instead of "nianbao -q check"
 *     mend      commands after which it is found no more, nor any error, unless they say
 *               "# errors remain"
 *
 * Where it must not be found is shown by folders with "not-" behind the "~". Their expect has no
 * line with the code, and a file more keeps them from passing for want of anything to find:
 *
 *     spoil     commands after which it is found
 *
 * Commands are run by sh in the copy, with what shell.h sets, and $from, the folder itself.
 * last-year, beside this file, makes last year's bundle for a setup. CASE=list. in the
 * environment runs only folders with that in their names.
 */
#include "../cli/shell.h"

#include "base/file.h"
#include "base/finding.h"
#include "chapters/codes.h"
#include "chapters/plugin_host.h"

#define CASES "tests/findings/cases"

/* ---- the codes there are --------------------------------------------------------- */

struct known {
	struct arena arena;
	struct findings findings;
	struct catalog chapters;
	char **folders;
	size_t folder_count;
	struct code_entry *codes;
	size_t code_count;
};

static struct known known;

static void know(void)
{
	const char *built = getenv("NIANBAO_TEST_PLUGINS");
	const char *const plugins[] = { built ? built : "build/lib/nianbao", NULL };
	struct err err = { 0 };

	findings_init(&known.findings, &known.arena);
	cr_assert_eq(
	    plugins_load(&known.arena, plugins, &known.findings, &known.chapters, &err), 0);
	cr_assert_eq(known.findings.count, 0);
	cr_assert_eq(known.chapters.count, 8);
	cr_assert_eq(folder_list(CASES, &known.arena, &known.folders, &known.folder_count, &err), 0,
	    "%s", err.text);

	known.code_count = codes_list(&known.arena, &known.chapters, &known.codes);
}

static void forget(void)
{
	plugins_unload(&known.chapters);
	arena_release(&known.arena);
}

#define KNOWN .init = know, .fini = forget

static const char *code_of(struct arena *arena, const char *folder)
{
	return arena_strndup(arena, folder, strcspn(folder, "~"));
}

static int is_folder(const char *name)
{
	for (size_t i = 0; i < known.folder_count; i++)
		if (strcmp(known.folders[i], name) == 0)
			return 1;
	return 0;
}

/* code~not-what shows where the code must not be found. */
static int shows_absence(const char *folder)
{
	return strstr(folder, "~not-") != NULL;
}

static int has_folder(const char *code)
{
	for (size_t i = 0; i < known.folder_count; i++)
		if (!shows_absence(known.folders[i]) &&
		    strcmp(code_of(&known.arena, known.folders[i]), code) == 0)
			return 1;
	return 0;
}

Test(findings, every_code_has_a_folder, KNOWN)
{
	for (size_t i = 0; i < known.code_count; i++)
		cr_expect(has_folder(known.codes[i].code), "no folder in " CASES " shows %s",
		    known.codes[i].code);
}

Test(findings, every_folder_shows_a_code, KNOWN)
{
	for (size_t i = 0; i < known.folder_count; i++)
		cr_expect(codes_find(&known.arena, &known.chapters,
		              code_of(&known.arena, known.folders[i]), &(struct code_entry){ 0 }),
		    CASES "/%s: there is no such code", known.folders[i]);
}

Test(findings, every_ratio_has_a_folder, KNOWN)
{
	for (size_t c = 0; c < known.chapters.count; c++) {
		const struct chapter *chapter = &known.chapters.chapters[c];
		for (size_t i = 0; i < chapter->figure_count; i++) {
			const char *id = chapter->figures[i].id;
			if (chapter->figures[i].combine != NB_RATIO)
				continue;
			const char *folder = arena_printf(&known.arena, "figure.ratio~%s", id);
			cr_expect(
			    is_folder(folder), "no folder in " CASES " breaks the ratio %s", id);
		}
	}
}

/* ---- running them ----------------------------------------------------------------- */

struct specimen {
	const char *name;
	const char *code;
	const char *brackets; /* " [code]" */
	char **expected;
	size_t count;
	int status;
	const char *command;
	const char *mend;  /* NULL: nothing is said of mending, */
	const char *spoil; /* of spoiling */
	int errors_remain;
};

/* A file of the folder; NULL if it has none of that name. */
static char *read_text(struct arena *arena, const char *folder, const char *name)
{
	const char *path = arena_printf(arena, CASES "/%s/%s", folder, name);
	struct buf text = { 0 };
	struct err err = { 0 };

	if (file_type(path) == FILE_NONE)
		return NULL;
	cr_assert_eq(file_read(path, 1 << 20, &text, &err), 0, "%s", err.text);
	char *copy = arena_strdup(arena, buf_str(&text));
	buf_release(&text);
	return copy;
}

static int ends_with(const char *text, const char *end)
{
	size_t n = strlen(text), m = strlen(end);
	return n >= m && strcmp(text + n - m, end) == 0;
}

static int is_error(const char *line)
{
	return strstr(line, ": error: ") != NULL;
}

static void read_expected(struct arena *arena, struct specimen *specimen, const char *text)
{
	char **lines;
	size_t n = shell_lines(arena, text, &lines);
	int errors = 0, status = -1, shown = 0;

	specimen->expected = arena_alloc(arena, (n + 1) * sizeof *specimen->expected);
	for (size_t i = 0; i < n; i++) {
		if (strncmp(lines[i], "-- ", 3) == 0)
			continue;
		if (strncmp(lines[i], "? ", 2) == 0) {
			status = atoi(lines[i] + 2);
			continue;
		}
		errors |= is_error(lines[i]);
		shown |= ends_with(lines[i], specimen->brackets);
		specimen->expected[specimen->count++] = lines[i];
	}
	specimen->status = status >= 0 ? status : errors;
	int wanted = !shows_absence(specimen->name);
	cr_expect(shown == wanted, CASES "/%s/expect: %s line ends with%s", specimen->name,
	    wanted ? "no" : "a", specimen->brackets);
}

static struct specimen read_specimen(struct arena *arena, const char *folder)
{
	struct specimen specimen = { .name = folder, .code = code_of(arena, folder) };
	const char *expect = read_text(arena, folder, "expect");
	const char *command = read_text(arena, folder, "command");

	cr_assert(expect, CASES "/%s has no file expect", folder);
	specimen.brackets = arena_printf(arena, " [%s]", specimen.code);
	specimen.command = command ? command : "nianbao -q check";
	specimen.mend = read_text(arena, folder, "mend");
	specimen.spoil = read_text(arena, folder, "spoil");
	cr_expect(!!specimen.spoil == shows_absence(folder),
	    CASES "/%s: a file spoil belongs to folders ~not-, and to all of them", folder);
	specimen.errors_remain = specimen.mend && strstr(specimen.mend, "# errors remain");
	read_expected(arena, &specimen, expect);
	return specimen;
}

/* The lines that matter: with the code, errors, and what ended the program early. */
static size_t told(struct arena *arena, const struct specimen *specimen, const char *out,
    int errors, char ***lines)
{
	size_t n = shell_lines(arena, out, lines), kept = 0;

	for (size_t i = 0; i < n; i++)
		if (ends_with((*lines)[i], specimen->brackets) ||
		    (errors && is_error((*lines)[i])) || strncmp((*lines)[i], "nianbao: ", 9) == 0)
			(*lines)[kept++] = (*lines)[i];
	return kept;
}

static const char *joined(struct arena *arena, char **lines, size_t n)
{
	struct buf out = { 0 };
	for (size_t i = 0; i < n; i++)
		buf_addf(&out, "%s\n", lines[i]);
	const char *text = arena_strdup(arena, buf_str(&out));
	buf_release(&out);
	return text;
}

static void run_specimen(struct arena *arena, const struct specimen *specimen, const char *scratch)
{
	const char *name = specimen->name;
	const char *go = arena_printf(
	    arena, "cd '%s/%s/w' || exit 99\nfrom=$TESTS/findings/cases/%s\n", scratch, name, name);
	char **lines;
	int status;

	char *out = shell_run(arena,
	    arena_printf(arena,
	        "set -e\nmkdir '%s/%s'\ncp -R \"$TESTS/findings/county\" '%s/%s/w'\n%s"
	        "cp -R \"$from/.\" .\nrm -f expect setup command mend spoil\n"
	        "test ! -f \"$from/setup\" || . \"$from/setup\"",
	        scratch, name, scratch, name, go),
	    &status);
	cr_expect(status == 0, "%s: setup ends with %d\n%s", name, status, out);

	out = shell_run(arena, arena_printf(arena, "%s%s", go, specimen->command), &status);
	size_t n = told(arena, specimen, out, 1, &lines);
	cr_expect(status == specimen->status &&
	              shell_matches(specimen->expected, specimen->count, lines, n),
	    "%s: expected\n%s? %d\nprinted\n%s? %d", name,
	    joined(arena, specimen->expected, specimen->count), specimen->status,
	    joined(arena, lines, n), status);

	const char *change = specimen->mend ? specimen->mend : specimen->spoil;
	if (!change)
		return;
	out = shell_run(arena, arena_printf(arena, "set -e\n%s%s", go, change), &status);
	cr_expect(status == 0, "%s: mend or spoil ends with %d\n%s", name, status, out);
	out = shell_run(arena, arena_printf(arena, "%s%s", go, specimen->command), &status);
	n = told(arena, specimen, out, specimen->mend && !specimen->errors_remain, &lines);
	if (specimen->mend)
		cr_expect(n == 0 && (status == 0 || specimen->errors_remain),
		    "%s, mended: printed\n%s? %d", name, joined(arena, lines, n), status);
	else
		cr_expect(n > 0 && ends_with(lines[0], specimen->brackets),
		    "%s, spoilt: nothing is found\n%s", name, out);
}

Test(findings, cases, .timeout = 300, KNOWN)
{
	const char *only = getenv("CASE");
	char scratch[] = "/tmp/nianbao-findings-XXXXXX";
	size_t ran = 0;

	shell_prepare(&known.arena);
	cr_assert(mkdtemp(scratch));
	for (size_t i = 0; i < known.folder_count; i++) {
		struct arena arena = { 0 };
		struct specimen specimen = read_specimen(&arena, known.folders[i]);

		if (!only || strstr(specimen.name, only)) {
			run_specimen(&arena, &specimen, scratch);
			ran++;
		}
		arena_release(&arena);
	}
	cr_assert(ran > 0);
	shell_run(&known.arena,
	    arena_printf(&known.arena, "chmod -R u+rwX %s; rm -rf %s", scratch, scratch),
	    &(int){ 0 });
}
