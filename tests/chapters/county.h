/*
 * county.h: a county of three departments in a scratch folder, with the chapters that were built:
 * hand-ins written in a few lines go the real way through intake, combination and rules.
 */
#ifndef TESTS_CHAPTERS_COUNTY_H
#define TESTS_CHAPTERS_COUNTY_H

#include "../archive/scratch.h"

#include "base/quantity.h"
#include "chapters/figures.h"
#include "chapters/plugin_host.h"
#include "chapters/rules.h"
#include "intake/texts.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

struct county {
	struct arena arena; /* of the plugins; each hand-in has its own */
	struct workspace workspace;
	struct catalog all, chapters;
	/* of the hand-ins in hand */
	struct arena run;
	struct findings findings;
	struct intake intake;
	struct last_year last;
	struct figures figures;
	unsigned runs;
};

static struct county county;

static const char *const county_ini =
    "[report]\n"
    "year = 2021\n"
    "region = 沁水县\n"
    "title = 沁水县2021年度法治政府建设情况的报告\n"
    "issuer = 沁水县人民政府\n"
    "[chapters]\n"
    "leadership = yes\nreform = yes\ndecision = yes\nenforcement = yes\n"
    "supervision = yes\ncapacity = yes\nshortcomings = yes\nplan = yes\n"
    /* What no plugin declares: a maximum, a date, words, money. */
    "[figure longest_case]\nchapter = supervision\nlabel = 最长办理天数\nunit = 天\n"
    "combine = max\n"
    "[figure last_hearing]\nchapter = supervision\nlabel = 最近开庭\nkind = date\ncombine = max\n"
    "[figure window]\nchapter = supervision\nlabel = 受理窗口\nkind = text\ncombine = one\n"
    "[figure fees]\nchapter = supervision\nlabel = 办案经费\nunit = 万元\nkind = amount\n";

static const char *const county_departments = "[sfj]\nname = 县司法局\nchapters = supervision\n"
                                              "[gaj]\nname = 县公安局\nchapters = supervision\n"
                                              "[zfb]\nname = 县政府办\nchapters = supervision\n";

static inline const char *county_plugins(void)
{
	const char *folder = getenv("NIANBAO_TEST_PLUGINS");
	return folder ? folder : "build/lib/nianbao";
}

static void county_make(void)
{
	struct findings findings;
	struct err err;
	const char *folders[] = { county_plugins(), NULL };

	scratch_make();
	put("report.ini", county_ini, strlen(county_ini));
	put("departments.ini", county_departments, strlen(county_departments));
	findings_init(&findings, &county.arena);
	cr_assert_eq(workspace_load(&county.workspace, scratch, &county.arena, &findings, &err), 0);
	cr_assert_eq(plugins_load(&county.arena, folders, &findings, &county.all, &err), 0);
	plugins_choose(
	    &county.arena, &county.all, &county.workspace, folders, &findings, &county.chapters);
	for (size_t i = 0; i < findings.count; i++)
		cr_assert_fail("%s: %s", findings.items[i].code, findings.items[i].message);
	cr_assert_eq(county.chapters.count, 8);
}

static inline void county_forget(void)
{
	intake_release(&county.intake);
	arena_release(&county.run);
	county.findings = (struct findings){ 0 };
	county.last = (struct last_year){ 0 };
}

static void county_unmake(void)
{
	county_forget();
	plugins_unload(&county.all);
	arena_release(&county.arena);
	scratch_remove();
}

#define COUNTY .init = county_make, .fini = county_unmake

/* Writes one file of a hand-in; each "@" becomes `value`. */
static void county_write(
    const char *folder, const char *name, const char *head, const char *text, const char *value)
{
	const char *path = arena_printf(&county.run, "%s/%s", folder, name);
	struct buf out = { 0 };
	struct err err;

	const char *slash = strrchr(path, '/');
	cr_assert_eq(folder_make(arena_strndup(&county.run, path, (size_t)(slash - path)), &err), 0,
	    "%s", err.text);
	buf_adds(&out, head);
	for (const char *p = text; *p; p++)
		if (*p == '@' && value)
			buf_adds(&out, value);
		else
			buf_addc(&out, *p);
	FILE *file = fopen(path, "wb");
	cr_assert(file && fwrite(buf_str(&out), 1, out.len, file) == out.len);
	fclose(file);
	buf_release(&out);
}

/*
 * Reads "supervision.reconsideration_pending=3 decision.documents_in_force=100" as last year's
 * figures.
 */
static void county_remember(const char *last)
{
	struct last_value *values = arena_alloc(&county.run, 16 * sizeof *values);
	char *text = arena_strdup(&county.run, last ? last : "");
	size_t n = 0;

	for (char *at = strtok(text, " "); at; at = strtok(NULL, " "), n++) {
		char *dot = strchr(at, '.'), *is = strchr(at, '=');

		cr_assert(dot && is && n < 16);
		*dot = *is = '\0';
		values[n] = (struct last_value){ .chapter = at, .id = dot + 1 };
		cr_assert_null(
		    quantity_read(&county.run, is + 1, NB_COUNT, NULL, &values[n].quantity));
	}
	county.last = (struct last_year){ .values = values, .count = n, .bundle = "last.zip" };
}

/*
 * Takes hand-ins and finds all there is to find. `text` begins in sfj's submission.ini, behind its
 * [submission]; a line "== gaj" goes on in another department's, "== sfj/documents.csv" in a file
 * of one.
 */
static void county_take(const char *text, const char *value, const char *last)
{
	static const char *const submission = "[submission]\ndepartment = %s\nyear = 2021\n";
	struct err err;

	county_forget();
	findings_init(&county.findings, &county.run);
	const char *inbox = arena_printf(&county.run, "%s/%u", scratch, ++county.runs);
	const char *name = "sfj";

	while (text) {
		const char *next = strstr(text, "\n== ");
		const char *part =
		    next ? arena_strndup(&county.run, text, (size_t)(next + 1 - text)) : text;
		char *department = arena_strdup(&county.run, name);
		char *file = strchr(department, '/');
		if (file)
			*file++ = '\0';
		county_write(arena_printf(&county.run, "%s/%s", inbox, department),
		    file ? file : "submission.ini",
		    file ? "" : arena_printf(&county.run, submission, department), part, value);
		if (next) {
			const char *end = strchr(next + 4, '\n');
			name = arena_strndup(&county.run, next + 4, (size_t)(end - next - 4));
			next = end + 1;
		}
		text = next;
	}
	county_remember(last);
	struct intake_context context = { &county.run, &county.workspace, &county.chapters,
		&county.findings };
	cr_assert_eq(intake_inbox(&context, inbox, &county.intake, &err), 0, "%s", err.text);
	figures_combine(&county.figures, &county.run, &county.workspace, &county.chapters,
	    &county.intake, &county.last, &county.findings);
	for (size_t i = 0; i < county.intake.count; i++)
		if (county.intake.items[i].latest) {
			cr_assert_eq(
			    texts_read(&context, &county.intake.items[i], &county.run, &err), 0);
			rules_check_submission(&county.run, &county.chapters,
			    &county.intake.items[i], &county.intake, &county.findings);
			texts_drop(&county.intake.items[i]);
		}
	cr_assert_eq(rules_check_county(&context, &county.intake, &county.figures, &err), 0);
}

/* ---- what was found ---------------------------------------------------------- */

/* The first finding with that code, about `subject` if it is given. */
static inline const struct finding *county_found(const char *code, const char *subject)
{
	for (size_t i = 0; i < county.findings.count; i++) {
		const struct finding *finding = &county.findings.items[i];
		if (strcmp(finding->code, code) == 0 &&
		    (!subject || (finding->subject && strcmp(finding->subject, subject) == 0)))
			return finding;
	}
	return NULL;
}

static inline size_t county_count(const char *code)
{
	size_t n = 0;
	for (size_t i = 0; i < county.findings.count; i++)
		n += strcmp(county.findings.items[i].code, code) == 0;
	return n;
}

/* What a failed test shows: findings a line each, without what a hand-in of one chapter lacks. */
static inline const char *county_said(void)
{
	struct buf out = { 0 };
	for (size_t i = 0; i < county.findings.count; i++) {
		const struct finding *finding = &county.findings.items[i];
		if (finding->severity != NB_ERROR &&
		    (strncmp(finding->code, "intake.", 7) == 0 ||
		        strncmp(finding->code, "report.", 7) == 0 ||
		        strcmp(finding->code, "figure.expected") == 0))
			continue;
		finding_line(finding, &out);
		buf_addc(&out, '\n');
	}
	const char *text = arena_strdup(&county.run, buf_str(&out));
	buf_release(&out);
	return text;
}

#endif
