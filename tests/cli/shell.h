/*
 * shell.h: the program as whoever types its name meets it: commands run by sh, and what they
 * print compared with what is expected.
 */
#ifndef TESTS_CLI_SHELL_H
#define TESTS_CLI_SHELL_H

#include "base/arena.h"
#include "base/buf.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * PATH leads to the program under test, $SAMPLE to the sample county, $TESTS to tests/. The
 * language is English unless a command says otherwise.
 */
static inline void shell_prepare(struct arena *arena)
{
	char here[4096];
	const char *program = getenv("NIANBAO_TEST_BIN");
	cr_assert(getcwd(here, sizeof here));
	char *bin = arena_strdup(
	    arena, program ? program : arena_printf(arena, "%s/build/bin/nianbao", here));
	*strrchr(bin, '/') = '\0';
	setenv("PATH", arena_printf(arena, "%s:%s", bin, getenv("PATH")), 1);
	setenv("SAMPLE", arena_printf(arena, "%s/config/sample", here), 1);
	setenv("TESTS", arena_printf(arena, "%s/tests", here), 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	unsetenv("LANGUAGE");
	unsetenv("NIANBAO_PLUGIN_PATH");
}

/* Standard output and error of a command, in the arena. */
static inline char *shell_run(struct arena *arena, const char *command, int *status)
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

/* Blank lines are not compared: they separate steps in a case. */
static inline size_t shell_lines(struct arena *arena, const char *text, char ***lines)
{
	size_t count = 0;
	*lines = NULL;
	for (const char *at = text; *at;) {
		size_t n = strcspn(at, "\n");
		if (n) {
			*lines = arena_grow(arena, *lines, count, sizeof **lines);
			(*lines)[count++] = arena_strndup(arena, at, n);
		}
		at += n + (at[n] == '\n');
	}
	return count;
}

/* "…" within a line stands for any bytes. */
static inline int shell_line_matches(const char *pattern, const char *text)
{
	const char *any = strstr(pattern, "…");
	if (!any)
		return strcmp(pattern, text) == 0;
	size_t head = (size_t)(any - pattern);
	if (strncmp(pattern, text, head) != 0)
		return 0;
	for (text += head;; text++) {
		if (shell_line_matches(any + strlen("…"), text))
			return 1;
		if (!*text)
			return 0;
	}
}

/* "..." as a line stands for any lines. */
static inline int shell_matches(char **expected, size_t n, char **lines, size_t m)
{
	if (n == 0)
		return m == 0;
	if (strcmp(*expected, "...") == 0) {
		for (size_t skip = 0; skip <= m; skip++)
			if (shell_matches(expected + 1, n - 1, lines + skip, m - skip))
				return 1;
		return 0;
	}
	return m > 0 && shell_line_matches(*expected, *lines) &&
	       shell_matches(expected + 1, n - 1, lines + 1, m - 1);
}

#endif
