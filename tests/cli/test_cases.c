/*
 * test_cases.c: the command line, told as cases: the files in tests/cli/cases.
 *
 *     -- words for the reader
 *     $ command            run by sh in a folder of the case's own
 *     what it prints       standard output and error; "..." stands for any lines
 *     ? 1                  its exit status, if not 0
 *
 * PATH, $SAMPLE and $TESTS are set as shell.h says; the language is English
 * unless a command says otherwise.
 */
#include "shell.h"

#include "base/file.h"

struct step {
	char *command;
	char **expected;
	size_t count;
	int status;
	unsigned line;
};

static struct step *read_case(struct arena *arena, char *text, size_t *count)
{
	struct step *steps = NULL, *step = NULL;
	unsigned line = 0;
	*count = 0;
	for (char *at = text; *at;) {
		size_t n = strcspn(at, "\n");
		char *words = arena_strndup(arena, at, n);
		at += n + (at[n] == '\n');
		line++;
		if (strncmp(words, "$ ", 2) == 0) {
			steps = arena_grow(arena, steps, *count, sizeof *steps);
			step = &steps[(*count)++];
			*step = (struct step){ .command = words + 2, .line = line };
		} else if (strncmp(words, "? ", 2) == 0 && step) {
			step->status = atoi(words + 2);
		} else if (strncmp(words, "--", 2) != 0 && *words && step) {
			step->expected =
			    arena_grow(arena, step->expected, step->count, sizeof *step->expected);
			step->expected[step->count++] = words;
		}
	}
	return steps;
}

static void run_case(const char *path)
{
	struct arena arena = { 0 };
	struct buf text = { 0 };
	struct err err = { 0 };
	cr_assert(file_read(path, 1 << 20, &text, &err) == 0, "%s", err.text);
	size_t count;
	struct step *steps = read_case(&arena, text.data, &count);
	cr_assert(count > 0, "%s: no commands", path);

	char folder[] = "/tmp/nianbao-case-XXXXXX";
	cr_assert(mkdtemp(folder));
	for (size_t i = 0; i < count; i++) {
		int status;
		char *command = arena_printf(&arena, "cd %s\n%s", folder, steps[i].command);
		char *out = shell_run(&arena, command, &status);
		char **lines;
		size_t n = shell_lines(&arena, out, &lines);
		cr_expect(status == steps[i].status, "%s:%u: %s\nstatus %d, expected %d\n%s", path,
		    steps[i].line, steps[i].command, status, steps[i].status, out);
		cr_expect(shell_matches(steps[i].expected, steps[i].count, lines, n),
		    "%s:%u: %s\nprinted\n%s", path, steps[i].line, steps[i].command, out);
	}
	shell_run(&arena, arena_printf(&arena, "chmod -R u+rwX %s; rm -rf %s", folder, folder),
	    &(int){ 0 });
	buf_release(&text);
	arena_release(&arena);
}

Test(cli, cases, .timeout = 300)
{
	struct arena arena = { 0 };
	struct err err = { 0 };
	char **names;
	size_t count, ran = 0;
	const char *only = getenv("CASE");

	shell_prepare(&arena);
	cr_assert(
	    folder_list("tests/cli/cases", &arena, &names, &count, &err) == 0, "%s", err.text);
	for (size_t i = 0; i < count; i++) {
		if (only && !strstr(names[i], only))
			continue;
		run_case(path_join(&arena, "tests/cli/cases", names[i]));
		ran++;
	}
	cr_assert(ran > 0);
	arena_release(&arena);
}
