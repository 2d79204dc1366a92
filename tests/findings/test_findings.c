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
 * Commands are run by sh in the copy, with what shell.h sets, and $from, the folder itself.
 * last-year, beside this file, makes last year's bundle for a setup. CASE=list. in the
 * environment runs only folders with that in their names.
 */
#include "../cli/shell.h"

#include "base/codes.h"
#include "base/file.h"
#include "base/finding.h"
#include "chapters/plugin_host.h"

#define CASES "tests/findings/cases"
#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* Codes whose folders say what is wanted and nothing finds yet; CASE runs them all the same. */
static const char *const pending[] = {
	"figure.rate-impossible",
	"figure.not-assessable",
	"figure.jump",
	"figure.twice",
	"list.missing",
	"list.repeated",
	"list.twice",
	"list.other-year",
	"table.total",
	"number.contradicts",
	"number.twice",
	"number.absolute",
	"number.free",
	"text.stale-year",
	"text.date",
	"text.last-year",
	"text.similar",
	"text.repeated",
	"text.bracket",
	"text.punctuation",
	"text.blank",
	"text.document-number",
	"privacy.secret",
	"privacy.internal",
	"privacy.citizen-id",
	"privacy.mobile",
	"privacy.bank-card",
	"privacy.email",
	"report.part-missing",
	"report.numbering",
};

/* What the plugins' functions find, their rules aside. */
static const char *const check_codes[] = {
	"decision.document-number",
	"decision.document-year",
	"decision.step-date",
	"decision.step-missing",
	"decision.steps-order",
	"enforcement.amount-without-fines",
	"enforcement.class-at-most-penalties",
	"enforcement.penalties-counting",
	"enforcement.penalties-sum",
	"leadership.reporting-units",
	"shortcomings.no-cause",
	"supervision.not-accepted-inside",
};

/* ---- the codes there are --------------------------------------------------------- */

struct known {
	struct arena arena;
	struct findings findings;
	struct catalog chapters;
	char **folders;
	size_t folder_count;
	const char **codes;
	size_t code_count;
};

static struct known known;

static void add_code(const char *code)
{
	known.codes = arena_grow(&known.arena, known.codes, known.code_count, sizeof *known.codes);
	known.codes[known.code_count++] = code;
}

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

	for (size_t i = 0; i < CODE_COUNT; i++)
		add_code(code_table[i].id);
	for (size_t i = 0; i < COUNT_OF(check_codes); i++)
		add_code(check_codes[i]);
	for (size_t c = 0; c < known.chapters.count; c++) {
		const struct chapter *chapter = &known.chapters.chapters[c];
		for (size_t i = 0; i < chapter->rule_count; i++)
			add_code(arena_printf(
			    &known.arena, "%s.%s", chapter->id, chapter->rules[i].code));
	}
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

static int is_among(const char *code, const char *const *codes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(codes[i], code) == 0)
			return 1;
	return 0;
}

static int has_folder(const char *code)
{
	for (size_t i = 0; i < known.folder_count; i++)
		if (strcmp(code_of(&known.arena, known.folders[i]), code) == 0)
			return 1;
	return 0;
}

Test(findings, every_code_has_a_folder, KNOWN)
{
	for (size_t i = 0; i < known.code_count; i++)
		cr_expect(
		    has_folder(known.codes[i]), "no folder in " CASES " shows %s", known.codes[i]);
}

Test(findings, every_folder_shows_a_code, KNOWN)
{
	for (size_t i = 0; i < known.folder_count; i++)
		cr_expect(is_among(code_of(&known.arena, known.folders[i]), known.codes,
		              known.code_count),
		    CASES "/%s: there is no such code", known.folders[i]);
	for (size_t i = 0; i < COUNT_OF(pending); i++)
		cr_expect(is_among(pending[i], known.codes, known.code_count),
		    "pending: there is no code %s", pending[i]);
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
			cr_expect(is_among(folder, (const char *const *)known.folders,
			              known.folder_count),
			    "no folder in " CASES " breaks the ratio %s", id);
		}
	}
}

/* Codes of rules and of C functions alike stand as .code = "…" in the chapters' sources. */
Test(findings, every_code_in_the_plugins_sources_has_a_folder, KNOWN)
{
	size_t met = 0;

	for (size_t c = 0; c < known.chapters.count; c++) {
		const char *id = known.chapters.chapters[c].id;
		struct buf source = { 0 };
		struct err err;

		cr_assert_eq(file_read(arena_printf(&known.arena, "plugins/%s.c", id), 1 << 20,
		                 &source, &err),
		    0, "%s", err.text);
		for (const char *at = buf_str(&source); (at = strstr(at, ".code = \"")); met++) {
			at += strlen(".code = \"");
			const char *code =
			    arena_printf(&known.arena, "%s.%.*s", id, (int)strcspn(at, "\""), at);
			cr_expect(has_folder(code), "no folder in " CASES " shows %s", code);
		}
		buf_release(&source);
	}
	cr_assert(met > 30);
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
	const char *mend; /* NULL: nothing is said of mending */
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
	cr_expect(
	    shown, CASES "/%s/expect: no line ends with%s", specimen->name, specimen->brackets);
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
	        "cp -R \"$from/.\" .\nrm -f expect setup command mend\n"
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

	if (!specimen->mend)
		return;
	out = shell_run(arena, arena_printf(arena, "set -e\n%s%s", go, specimen->mend), &status);
	cr_expect(status == 0, "%s: mend ends with %d\n%s", name, status, out);
	out = shell_run(arena, arena_printf(arena, "%s%s", go, specimen->command), &status);
	n = told(arena, specimen, out, !specimen->errors_remain, &lines);
	cr_expect(n == 0 && (status == 0 || specimen->errors_remain), "%s, mended: printed\n%s? %d",
	    name, joined(arena, lines, n), status);
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

		if (only ? strstr(specimen.name, only) != NULL
		         : !is_among(specimen.code, pending, COUNT_OF(pending))) {
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
