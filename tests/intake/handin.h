/*
 * handin.h: hand-ins written in a few lines, read the real way. "@ path" on a line of its own
 * begins a file below inbox/.
 */
#ifndef TESTS_INTAKE_HANDIN_H
#define TESTS_INTAKE_HANDIN_H

#include "../base/found.h"

#include "base/quantity.h"
#include "intake/texts.h"

#include <sys/stat.h>

/* Three lines, so that what follows begins on line 4. */
#define SFJ "@ sfj/submission.ini\n[submission]\ndepartment = sfj\nyear = 2021\n"
#define SUPERVISION "[supervision]\n"
/* A narrative of the chapter: lines count from 1. */
#define NARRATIVE SFJ SUPERVISION "narrative = a.md\n@ sfj/a.md\n"
#define LIST SFJ SUPERVISION "decisions = a.csv\n@ sfj/a.csv\n"

static const struct nb_figure supervision_figures[] = {
	{ .id = "received", .label = "复议申请数", .unit = "件", .kind = NB_COUNT },
	{ .id = "visits", .label = "走访", .unit = "次", .kind = NB_COUNT },
	{ .id = "fees", .label = "经费", .unit = "万元", .kind = NB_AMOUNT },
	{ .id = "rate", .label = "办结率", .unit = "%", .kind = NB_PERCENT },
	{ .id = "held", .label = "开庭日期", .kind = NB_DATE },
	{ .id = "remark", .label = "备注", .kind = NB_TEXT },
};
static const struct nb_column decision_columns[] = {
	{ .id = "no", .label = "文号", .kind = NB_TEXT, .required = 1 },
	{ .id = "title", .label = "标题", .kind = NB_TEXT },
	{ .id = "date", .label = "日期", .kind = NB_DATE },
	{ .id = "people", .label = "人数", .kind = NB_COUNT },
};
static const struct list_def supervision_lists[] = {
	{ "decisions", "决策台账", decision_columns, COUNT(decision_columns) },
};
static const struct nb_topic supervision_topics[] = { { "review", "复议" }, { "court", "应诉" } };
static const struct nb_figure reform_figures[] = {
	{ .id = "windows", .label = "窗口数", .unit = "个", .kind = NB_COUNT },
};
static struct chapter test_chapters[] = {
	{ .id = "supervision",
	    .title = "制约监督",
	    .figures = supervision_figures,
	    .figure_count = COUNT(supervision_figures),
	    .lists = supervision_lists,
	    .list_count = COUNT(supervision_lists),
	    .topics = supervision_topics,
	    .topic_count = COUNT(supervision_topics) },
	{ .id = "reform",
	    .title = "放管服",
	    .figures = reform_figures,
	    .figure_count = COUNT(reform_figures) },
};
static const struct catalog test_catalog = { test_chapters, COUNT(test_chapters) };

static const char *sfj_owes[] = { "supervision" };
static const char *gaj_owes[] = { "supervision", "reform" };
static struct department test_departments[] = {
	{ .id = "sfj", .name = "县司法局", .chapters = sfj_owes, .chapter_count = 1, .line = 1 },
	{ .id = "gaj", .name = "县公安局", .chapters = gaj_owes, .chapter_count = 2, .line = 4 },
	{ .id = "zfb", .name = "县政府办", .line = 7 }, /* owes nothing */
};
static const char *test_order[] = { "sfj", "gaj", "zfb", NULL };

struct county {
	struct workspace workspace;
	struct findings findings;
	struct intake intake;
	struct intake_context context;
	struct err err;
	int rc;
};

static inline void county_init(struct county *c)
{
	*c = (struct county){ .workspace = { .root = ".",
		                  .departments_file = "departments.ini",
		                  .year = 2021,
		                  .full_width = 1,
		                  .deadline = "2022-01-31",
		                  .limits = { 5000, 32, 2048, 2048, 1000, 1000 },
		                  .departments = test_departments,
		                  .department_count = COUNT(test_departments),
		                  .order = test_order } };
	findings_init(&c->findings, &scratch_arena);
	c->context =
	    (struct intake_context){ &scratch_arena, &c->workspace, &test_catalog, &c->findings };
}

/* Enters a new folder of the scratch and writes the files below inbox/. */
static inline void lay(const char *files)
{
	static unsigned cases;
	struct err err;
	char name[20];

	snprintf(name, sizeof name, "case%u", cases++);
	cr_assert_eq(folder_make(in(name), &err), 0);
	cr_assert_eq(chdir(in(name)), 0);
	cr_assert_eq(mkdir("inbox", 0777), 0);
	while (*files) {
		const char *line = files, *end = strchr(line, '\n'), *body, *stop;
		char path[256];
		FILE *file;

		cr_assert(strncmp(line, "@ ", 2) == 0 && end, "%s", line);
		snprintf(path, sizeof path, "inbox/%.*s", (int)(end - line - 2), line + 2);
		body = end + 1;
		stop = strncmp(body, "@ ", 2) == 0 ? body : strstr(body, "\n@ ");
		files = !stop ? body + strlen(body) : stop == body ? body : stop + 1;
		for (char *p = path; (p = strchr(p + 1, '/')) != NULL;) {
			*p = '\0';
			mkdir(path, 0777);
			*p = '/';
		}
		file = fopen(path, "wb");
		cr_assert(file, "%s", path);
		fwrite(body, 1, (size_t)(files - body), file);
		fclose(file);
	}
}

/* The narratives of all hand-ins that count, one after the other. */
static inline void take_texts(struct county *c)
{
	for (size_t i = 0; i < c->intake.count && c->rc == 0; i++)
		if (c->intake.items[i].latest)
			c->rc = texts_read(
			    &c->context, &c->intake.items[i], &scratch_arena, &c->err);
}

/* Reads the inbox that was laid. */
static inline void take_inbox(struct county *c)
{
	county_init(c);
	c->rc = intake_inbox(&c->context, "inbox", &c->intake, &c->err);
	take_texts(c);
}

/* Reads one hand-in as at a department's desk: no workspace. */
static inline void take_desk(struct county *c, const char *path)
{
	county_init(c);
	c->context.workspace = NULL;
	c->rc = intake_one(&c->context, path, &c->intake, &c->err);
	take_texts(c);
}

static inline const struct written *sfj_wrote(struct county *c)
{
	const struct submission *submission = intake_latest(&c->intake, "sfj");

	cr_assert(submission);
	cr_assert(submission_chapter(submission, "supervision"));
	return submission_chapter(submission, "supervision");
}

/* Findings without the departments that have sent nothing, which each case has. */
static inline const char *found_here(const struct findings *findings)
{
	struct findings here;

	findings_init(&here, &scratch_arena);
	for (size_t i = 0; i < findings->count; i++)
		if (strcmp(findings->items[i].code, "intake.missing") != 0)
			findings_add(&here, &findings->items[i]);
	return found(&here);
}

#endif
