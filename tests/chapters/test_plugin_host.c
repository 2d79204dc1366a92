/*
 * test_plugin_host.c: for every refusal a plugin that earns it, from tests/plugins/bad: each is
 * named with its reason, and the rest goes on. Older and newer ones load.
 */
#include "../archive/scratch.h"

#include "chapters/plugin_host.h"

#include <dirent.h>

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static struct findings findings;
static struct catalog all;

/* Folders below the scratch one; the first has the compiled plugins. */
static void load(const char *const *names)
{
	const char *folders[8] = { 0 };
	struct err err;

	for (size_t i = 0; names[i]; i++)
		folders[i] = in(names[i]);
	findings_init(&findings, &scratch_arena);
	cr_assert_eq(
	    plugins_load(&scratch_arena, folders, &findings, &all, &err), 0, "%s", err.text);
}

/* What is said about the plugin `name`.so, without its path; NULL: nothing. */
static const char *said(const char *name)
{
	for (size_t i = 0; i < findings.count; i++) {
		const struct finding *finding = &findings.items[i];
		struct buf line = { 0 };

		if (strcmp(path_base(finding->at.file), name) != 0)
			continue;
		finding_line(finding, &line);
		const char *text = arena_strdup(&scratch_arena, buf_str(&line));
		buf_release(&line);
		cr_expect(strncmp(text, finding->at.file, strlen(finding->at.file)) == 0);
		return text + strlen(finding->at.file);
	}
	return NULL;
}

static const struct {
	const char *file;
	const char *said; /* NULL: loaded */
} plugins[] = {
	{ "abi_0", "it was built for plugin ABI 0, this program offers ABI 1" },
	{ "abi_2", "it was built for plugin ABI 2, this program offers ABI 1" },
	{ "small", "its descriptor has 16 bytes, the ABI's smallest has " },
	{ "no_symbol", "it is no chapter plugin: it does not export 'nianbao_chapter'" },
	{ "undefined", "it cannot be loaded: undefined symbol: findings_of_the_core" },
	{ "id", "its id 'Law Making' is none: a-z, 0-9 and _ only" },
	{ "no_id", "its id '' is none: a-z, 0-9 and _ only" },
	{ "no_title", "it has no title" },
	{ "broken_table", "one of its tables is broken" },
	{ "figure_id", "the id of its figure 'Parks' is none: a-z, 0-9 and _ only" },
	{ "figure_label", "its figure 'parks' has no label" },
	{ "figure_twice", "it has two figures 'parks'" },
	{ "figure_narrative", "no figure can be called 'narrative': submission.ini names the text "
	                      "so" },
	{ "reserved", "its id 'signature' means something else in submission.ini, frame.md or a "
	              "template" },
	{ "figure_kind", "the kind or combination of its figure 'parks' is unknown" },
	{ "figure_combine", "the kind or combination of its figure 'parks' is unknown" },
	{ "ratio", "the ratio of its figure 'rate' cannot be used: 'parks'" },
	{ "ratio_missing", "the ratio of its figure 'rate' cannot be used: ''" },
	{ "ratio_name", "the ratio of its figure 'rate' cannot be used: 'towns'" },
	{ "rule", "its rule 'shade' cannot be read: 'parks < trees'" },
	{ "rule_name", "its rule 'shade' names 'bushes', which the chapter does not have" },
	{ "rule_list", "its rule 'rows' names 'parks_list', which the chapter does not have" },
	{ "rule_message", "a rule lacks code, relation or message" },
	{ "claim", "a claim lacks subject, words or relation" },
	{ "chart_figure", "its chart 'green' names 'trees', which is no figure with a number" },
	{ "chart_units", "the figures of its chart 'green' are of two units" },
	{ "chart_one", "its chart 'green' has fewer than two figures" },
	{ "list_id", "the id of its list 'parks' is none or is taken" },
	{ "list_label", "its list 'parks_list' has no label or a broken table of columns" },
	{ "column", "a column of its list 'parks_list' has no id or label" },
	{ "topic", "a topic has no id or label" },
	{ "good_twin", "its id 'parks' is that of '" },
	{ "good_first", NULL },
	{ "good_old", NULL },
	{ "good_new", NULL },
};

/* All of them at once, two compilers side by side. */
static void compile(void)
{
	const char *cc = getenv("CC");

	scratch_make();
	cr_assert_eq(
	    system(arena_printf(&scratch_arena,
	        "mkdir '%s/bad' && ls tests/plugins/bad/*.c | xargs -P 2 -I{} sh -c "
	        "'%s -std=c11 -shared -fPIC -Iinclude -o \"%s/bad/$(basename {} .c).so\" {}'",
	        scratch, cc ? cc : "cc", scratch)),
	    0);
}

static void unload(void)
{
	plugins_unload(&all);
	scratch_remove();
}

Test(chapters, every_refusal_names_file_and_reason, .init = compile, .fini = unload)
{
	size_t loaded = 0, files = 0;

	sh("printf 'nothing but text\\n' >bad/text.so");
	sh(": >bad/empty.so");
	sh("mkdir bad/folder.so; mkfifo bad/pipe.so; head -c 9000 bad/good_first.so >bad/half.so");
	sh("printf x >bad/readme.txt; printf x >bad/.hidden.so; printf x >bad/.so");
	load((const char *[]){ "bad", NULL });
	for (size_t i = 0; i < COUNT_OF(plugins); i++) {
		const char *name = arena_printf(&scratch_arena, "%s.so", plugins[i].file);
		const char *text = said(name);

		if (!plugins[i].said) {
			cr_expect(!text, "%s is refused%s", name, text ? text : "");
			loaded++;
			continue;
		}
		cr_assert(text, "%s is not refused", name);
		cr_expect(strncmp(text, ": warning: ", 11) == 0 &&
		              strncmp(text + 11, plugins[i].said, strlen(plugins[i].said)) == 0,
		    "%s%s", name, text);
		cr_expect(strstr(text, "[plugin.refused]") != NULL);
	}
	cr_expect(strstr(said("text.so"), "it cannot be loaded: ") != NULL);
	cr_expect(strstr(said("empty.so"), "it cannot be loaded: ") != NULL);
	cr_expect(strstr(said("pipe.so"), "it is no regular file") != NULL);
	cr_expect(strstr(said("half.so"), "it was cut off") != NULL);
	cr_expect(strstr(said("folder.so"), "it is no regular file") != NULL);
	cr_expect(
	    strstr(said("good_twin.so"), "/bad/good_first.so', which was found first") != NULL);
	cr_expect_eq(all.count, loaded);
	cr_expect_eq(findings.count, COUNT_OF(plugins) - loaded + 5);

	/* No file without a row. */
	DIR *folder = opendir("tests/plugins/bad");
	for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
		files += strstr(entry->d_name, ".c") != NULL;
	closedir(folder);
	cr_expect_eq(files, COUNT_OF(plugins));

	/* The older one reads as if it left what has come since empty, */
	const struct chapter *old = catalog_chapter(&all, "good_old");
	cr_assert(old && old->figure_count == 2 && old->rule_count == 1);
	cr_expect_str_eq(old->figures[1].id, "towns");
	cr_expect_eq(old->figures[1].combine, NB_ONE);
	cr_expect(!old->figures[1].ratio && !old->figures[1].note && !old->figures[1].flags);
	cr_expect_str_eq(old->rules[0].relation, "parks >= towns");
	cr_expect_null(old->rules[0].source);
	cr_expect_eq(old->numbering, NB_SHI);
	cr_expect(!old->check && !old->reconcile && !old->compose);
	/* and of the newer one nothing is lost that is known. */
	const struct chapter *new = catalog_chapter(&all, "good_new");
	cr_assert(new &&new->figure_count == 3 && new->rule_count == 2);
	cr_expect_str_eq(new->figures[0].note, "年底数");
	cr_expect_str_eq(new->figures[2].id, "bushes");
	cr_expect_eq(new->figures[2].flags, NB_EXPECTED);
	cr_expect_str_eq(new->rules[0].source, "园林法");
	cr_expect_str_eq(new->rules[1].code, "hedge");
	cr_expect(!new->check && !new->reconcile && !new->compose);
	/* Of two with one id the first stays. */
	cr_expect_str_eq(catalog_chapter(&all, "parks")->title, "公园");
}

/* ---- folders, and what a report takes of them ---------------------------------------- */

static void compile_good(void)
{
	scratch_make();
	cr_assert_eq(system(arena_printf(&scratch_arena,
	                 "mkdir '%s/a' '%s/b' && cc -shared -fPIC -Iinclude -o '%s/b/x.so' "
	                 "tests/plugins/bad/good_new.c && cp '%s/b/x.so' '%s/a/y.so'",
	                 scratch, scratch, scratch, scratch, scratch)),
	    0);
}

Test(chapters, earlier_folders_come_first, .init = compile_good, .fini = unload)
{
	load((const char *[]){ "nowhere", "a", "b", NULL });
	cr_assert_eq(all.count, 1);
	cr_expect_str_eq(all.chapters[0].path, in("a/y.so"));
	cr_expect_eq(findings.count, 1);
	cr_expect(strstr(said("x.so"), "its id 'good_new' is that of '") != NULL);
}

static struct catalog choose(const struct workspace *workspace)
{
	struct catalog chosen;
	const char *const folders[] = { "a", "b", NULL };

	load((const char *[]){ "a", NULL });
	plugins_choose(&scratch_arena, &all, workspace, folders, &findings, &chosen);
	return chosen;
}

Test(chapters, a_report_takes_its_chapters_and_adds_figures, .init = compile_good, .fini = unload)
{
	struct own_figure own[] = {
		{ "good_new", { .id = "lawns", .label = "草坪", .unit = "片" }, 7 },
		{ "good_new", { .id = "trees", .label = "树木" }, 11 },
		{ "parks", { .id = "lawns", .label = "草坪" }, 15 },
	};
	struct chapter_choice chapters[] = { { "roads", NULL, -1, 3 },
		{ "good_new", NULL, -1, 4 } };
	struct workspace workspace = { .report_file = "report.ini",
		.chapters = chapters,
		.chapter_count = 2,
		.figures = own,
		.figure_count = 3 };
	struct catalog chosen = choose(&workspace);
	struct buf text = { 0 };

	cr_assert_eq(chosen.count, 1);
	cr_expect_eq(chosen.chapters[0].figure_count, 4);
	cr_expect_str_eq(chosen.chapters[0].figures[3].id, "lawns");
	cr_expect_eq(all.chapters[0].figure_count, 3, "the plugin's own table stays as it is");
	for (size_t i = 0; i < findings.count; i++) {
		finding_line(&findings.items[i], &text);
		buf_addc(&text, '\n');
	}
	cr_expect_str_eq(buf_str(&text),
	    "report.ini:3: error: there is no plugin for the chapter 'roads' in a:b; 'nianbao "
	    "plugins' lists those found [ini.bad-value]\n"
	    "report.ini:11: error: the chapter 'good_new' already has a figure or list 'trees' "
	    "[ini.bad-value]\n"
	    "report.ini:15: error: the report has no chapter 'parks' for the figure 'lawns' "
	    "[ini.bad-value]\n");
	buf_release(&text);
}

Test(chapters, without_a_workspace_all_are_taken, .init = compile_good, .fini = unload)
{
	struct catalog chosen = choose(NULL);

	cr_expect_eq(chosen.count, 1);
	cr_expect_eq(findings.count, 0);
}
