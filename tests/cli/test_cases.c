/*
 * test_cases.c: the command line, told as cases: the files in tests/cli/cases.
 *
 *     -- words for the reader
 *     $ command            run by sh in a folder of the case's own
 *     what it prints       standard output and error; "..." stands for any lines
 *     ? 1                  its exit status, if not 0
 *
 * PATH leads to the program under test, $SAMPLE to the sample county, $TESTS
 * to this folder. The language is English unless a command says otherwise.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

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
			step->expected = arena_grow(arena, step->expected, step->count, sizeof *step->expected);
			step->expected[step->count++] = words;
		}
	}
	return steps;
}

static char *run(struct arena *arena, const char *command, int *status)
{
	struct buf out = { 0 };
	char piece[4096];
	FILE *pipe = popen(arena_printf(arena, "exec 2>&1 </dev/null\n%s", command), "r");
	cr_assert(pipe);
	for (size_t n; (n = fread(piece, 1, sizeof piece, pipe)) > 0;)
		buf_add(&out, piece, n);
	int ended = pclose(pipe);
	*status = WIFEXITED(ended) ? WEXITSTATUS(ended) : 128 + WTERMSIG(ended);
	char *text = arena_strdup(arena, buf_str(&out));
	buf_release(&out);
	return text;
}

static size_t split(struct arena *arena, char *text, char ***lines)
{
	size_t count = 0;
	for (char *at = text; *at;) {
		size_t n = strcspn(at, "\n");
		if (n) { /* blank lines are not compared: they separate steps in a case */
			*lines = arena_grow(arena, *lines, count, sizeof **lines);
			(*lines)[count++] = arena_strndup(arena, at, n);
		}
		at += n + (at[n] == '\n');
	}
	return count;
}

/* "…" within a line stands for any bytes. */
static int line_matches(const char *pattern, const char *text)
{
	const char *any = strstr(pattern, "…");
	if (!any)
		return strcmp(pattern, text) == 0;
	size_t head = (size_t)(any - pattern);
	if (strncmp(pattern, text, head) != 0)
		return 0;
	for (text += head;; text++) {
		if (line_matches(any + strlen("…"), text))
			return 1;
		if (!*text)
			return 0;
	}
}

static int matches(char **expected, size_t n, char **lines, size_t m)
{
	if (n == 0)
		return m == 0;
	if (strcmp(*expected, "...") == 0) {
		for (size_t skip = 0; skip <= m; skip++)
			if (matches(expected + 1, n - 1, lines + skip, m - skip))
				return 1;
		return 0;
	}
	return m > 0 && line_matches(*expected, *lines) && matches(expected + 1, n - 1, lines + 1, m - 1);
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
		char *out = run(&arena, command, &status);
		char **lines = NULL;
		size_t n = split(&arena, arena_strdup(&arena, out), &lines);
		cr_expect(status == steps[i].status, "%s:%u: %s\nstatus %d, expected %d\n%s", path,
		    steps[i].line, steps[i].command, status, steps[i].status, out);
		cr_expect(matches(steps[i].expected, steps[i].count, lines, n), "%s:%u: %s\nprinted\n%s", path,
		    steps[i].line, steps[i].command, out);
	}
	run(&arena, arena_printf(&arena, "chmod -R u+rwX %s; rm -rf %s", folder, folder), &(int){ 0 });
	buf_release(&text);
	arena_release(&arena);
}

Test(cli, cases, .timeout = 300)
{
	struct arena arena = { 0 };
	struct err err = { 0 };
	char here[4096], **names;
	size_t count, ran = 0;
	const char *program = getenv("NIANBAO_TEST_BIN");
	const char *only = getenv("CASE");
	cr_assert(getcwd(here, sizeof here));
	char *bin = arena_strdup(&arena, program ? program : "build/bin/nianbao");
	*strrchr(bin, '/') = '\0';
	setenv("PATH", arena_printf(&arena, "%s:%s", bin, getenv("PATH")), 1);
	setenv("SAMPLE", arena_printf(&arena, "%s/config/sample", here), 1);
	setenv("TESTS", arena_printf(&arena, "%s/tests", here), 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	unsetenv("LANGUAGE");
	unsetenv("NIANBAO_PLUGIN_PATH");

	cr_assert(folder_list("tests/cli/cases", &arena, &names, &count, &err) == 0, "%s", err.text);
	for (size_t i = 0; i < count; i++) {
		if (only && !strstr(names[i], only))
			continue;
		run_case(path_join(&arena, "tests/cli/cases", names[i]));
		ran++;
	}
	cr_assert(ran > 0);
	arena_release(&arena);
}
