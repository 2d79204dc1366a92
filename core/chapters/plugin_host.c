/* plugin_host.c: loads chapter plugins; the only file that knows libdl. */
#include "chapters/plugin_host.h"

#include "base/file.h"
#include "base/i18n.h"
#include "chapters/relation.h"

#include <dlfcn.h>
#include <elf.h>
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* What a refusal says about a plugin: one untranslated sentence and its arguments. */
struct refusal {
	const char *message;
	const char *args[3];
};

#define REFUSE(...) ((struct refusal){ REFUSE_TEXT(__VA_ARGS__, NULL) })
#define REFUSE_TEXT(text, ...) .message = (text), .args = { __VA_ARGS__ }
#define ACCEPTED ((struct refusal){ 0 })

/* Rows of a plugin's own size brought to ours: what is missing is zero. */
static void *rows_of(struct arena *arena, const struct nb_table *table, size_t size)
{
	char *rows = arena_alloc(arena, (table->count + 1) * size);
	size_t common = table->size < size ? table->size : size;
	for (size_t i = 0; i < table->count; i++)
		memcpy(rows + i * size, (const char *)table->rows + i * table->size, common);
	return rows;
}

static int table_is_sound(const struct nb_table *table)
{
	return table->count == 0 || (table->rows && table->size > 0 && table->count < 100000);
}

static struct refusal read_figures(
    struct arena *arena, const struct nb_chapter *plugin, struct chapter *chapter)
{
	const struct nb_figure *figures = rows_of(arena, &plugin->figures, sizeof *figures);
	chapter->figures = figures;
	chapter->figure_count = plugin->figures.count;
	for (size_t i = 0; i < chapter->figure_count; i++) {
		const struct nb_figure *figure = &figures[i];
		if (!figure->id || !id_is_valid(figure->id))
			return REFUSE(N_("the id of its figure '%s' is none: a-z, 0-9 and _ only"),
			    figure->id ? figure->id : "");
		if (!figure->label)
			return REFUSE(N_("its figure '%s' has no label"), figure->id);
		if (strcmp(figure->id, "narrative") == 0)
			return REFUSE(N_("no figure can be called 'narrative': submission.ini "
			                 "names the text so"));
		if (chapter_figure(chapter, figure->id) != figure)
			return REFUSE(N_("it has two figures '%s'"), figure->id);
		if ((unsigned)figure->kind > NB_TEXT || (unsigned)figure->combine > NB_RATIO)
			return REFUSE(N_("the kind or combination of its figure '%s' is unknown"),
			    figure->id);
	}
	for (size_t i = 0; i < chapter->figure_count; i++) {
		if (figures[i].combine != NB_RATIO)
			continue;
		struct relation ratio;
		const char *wrong =
		    figures[i].ratio ? ratio_read(arena, figures[i].ratio, &ratio) : "";
		const char *unknown = wrong ? NULL : relation_unknown(&ratio, chapter);
		if (wrong || unknown)
			return REFUSE(N_("the ratio of its figure '%s' cannot be used: '%s'"),
			    figures[i].id, unknown ? unknown : figures[i].ratio);
	}
	return ACCEPTED;
}

static struct refusal read_lists(
    struct arena *arena, const struct nb_chapter *plugin, struct chapter *chapter)
{
	const struct nb_list *rows = rows_of(arena, &plugin->lists, sizeof *rows);
	struct list_def *lists = arena_alloc(arena, (plugin->lists.count + 1) * sizeof *lists);
	for (size_t i = 0; i < plugin->lists.count; i++) {
		if (!rows[i].id || !id_is_valid(rows[i].id) ||
		    chapter_figure(chapter, rows[i].id) || chapter_list(chapter, rows[i].id))
			return REFUSE(N_("the id of its list '%s' is none or is taken"),
			    rows[i].id ? rows[i].id : "");
		if (!rows[i].label || !table_is_sound(&rows[i].columns))
			return REFUSE(N_("its list '%s' has no label or a broken table of columns"),
			    rows[i].id);
		const struct nb_column *columns = rows_of(arena, &rows[i].columns, sizeof *columns);
		for (size_t k = 0; k < rows[i].columns.count; k++)
			if (!columns[k].id || !columns[k].label)
				return REFUSE(
				    N_("a column of its list '%s' has no id or label"), rows[i].id);
		lists[i] =
		    (struct list_def){ rows[i].id, rows[i].label, columns, rows[i].columns.count };
		chapter->lists = lists;
		chapter->list_count = i + 1;
	}
	return ACCEPTED;
}

static struct refusal read_rules(
    struct arena *arena, const struct nb_chapter *plugin, struct chapter *chapter)
{
	const struct nb_topic *topics = rows_of(arena, &plugin->topics, sizeof *topics);
	chapter->topics = topics;
	chapter->topic_count = plugin->topics.count;
	for (size_t i = 0; i < chapter->topic_count; i++)
		if (!topics[i].id || !topics[i].label)
			return REFUSE(N_("a topic has no id or label"));

	const struct nb_rule *rules = rows_of(arena, &plugin->rules, sizeof *rules);
	chapter->rules = rules;
	chapter->rule_count = plugin->rules.count;
	chapter->relations =
	    arena_alloc(arena, (chapter->rule_count + 1) * sizeof *chapter->relations);
	for (size_t i = 0; i < chapter->rule_count; i++) {
		if (!rules[i].code || !rules[i].relation || !rules[i].message)
			return REFUSE(N_("a rule lacks code, relation or message"));
		const char *wrong = relation_read(arena, rules[i].relation, &chapter->relations[i]);
		const char *unknown =
		    wrong ? NULL : relation_unknown(&chapter->relations[i], chapter);
		if (wrong)
			return REFUSE(N_("its rule '%s' cannot be read: '%s'"), rules[i].code,
			    rules[i].relation);
		if (unknown)
			return REFUSE(
			    N_("its rule '%s' names '%s', which the chapter does not have"),
			    rules[i].code, unknown);
	}
	return ACCEPTED;
}

/* Words with | between them; an empty one would stand everywhere, and without end. */
static int words_are_sound(const char *words)
{
	return words && *words && *words != '|' && !strstr(words, "||") &&
	       words[strlen(words) - 1] != '|';
}

static struct refusal read_claims(
    struct arena *arena, const struct nb_chapter *plugin, struct chapter *chapter)
{
	const struct nb_claim *claims = rows_of(arena, &plugin->claims, sizeof *claims);
	chapter->claims = claims;
	chapter->claim_count = plugin->claims.count;
	chapter->claim_relations =
	    arena_alloc(arena, (chapter->claim_count + 1) * sizeof *chapter->claim_relations);
	for (size_t i = 0; i < chapter->claim_count; i++) {
		if (!words_are_sound(claims[i].subject) || !words_are_sound(claims[i].words) ||
		    !claims[i].relation)
			return REFUSE(N_("a claim lacks subject, words or relation"));
		if (relation_read(arena, claims[i].relation, &chapter->claim_relations[i]) ||
		    relation_unknown(&chapter->claim_relations[i], chapter))
			return REFUSE(
			    N_("the relation of a claim cannot be used: '%s'"), claims[i].relation);
	}
	return ACCEPTED;
}

static struct refusal read_codes(
    struct arena *arena, const struct nb_chapter *plugin, struct chapter *chapter)
{
	const struct nb_code *codes = rows_of(arena, &plugin->codes, sizeof *codes);
	for (size_t i = 0; i < plugin->codes.count; i++)
		if (!codes[i].code || !codes[i].meaning || !codes[i].advice ||
		    codes[i].severity < NB_NOTE || codes[i].severity > NB_ERROR)
			return REFUSE(
			    N_("a code of its findings lacks severity, meaning or advice"));
	chapter->codes = codes;
	chapter->code_count = plugin->codes.count;
	return ACCEPTED;
}

/* Its figures: at least two, known, numbers, and of one unit: bars of two scales would lie. */
static struct refusal read_chart_figures(struct arena *arena, const struct nb_chart *row,
    const struct chapter *chapter, struct chart_def *chart)
{
	const char **ids = NULL;
	const struct nb_figure *first = NULL;
	for (const char *at = row->figures; *at;) {
		size_t n = strcspn(at, "|");
		const char *id = arena_strndup(arena, at, n);
		const struct nb_figure *figure = chapter_figure(chapter, id);
		at += n + (at[n] == '|');
		if (!figure || figure->kind == NB_DATE || figure->kind == NB_TEXT)
			return REFUSE(
			    N_("its chart '%s' names '%s', which is no figure with a number"),
			    row->id, id);
		first = first ? first : figure;
		if (strcmp(first->unit ? first->unit : "", figure->unit ? figure->unit : "") != 0)
			return REFUSE(
			    N_("the figures of its chart '%s' are of two units"), row->id);
		ids = arena_grow(arena, ids, chart->figure_count, sizeof *ids);
		ids[chart->figure_count++] = id;
	}
	chart->figures = ids;
	if (chart->figure_count < 2)
		return REFUSE(N_("its chart '%s' has fewer than two figures"), row->id);
	return ACCEPTED;
}

static struct refusal read_charts(
    struct arena *arena, const struct nb_chapter *plugin, struct chapter *chapter)
{
	const struct nb_chart *rows = rows_of(arena, &plugin->charts, sizeof *rows);
	struct chart_def *charts = arena_alloc(arena, (plugin->charts.count + 1) * sizeof *charts);
	for (size_t i = 0; i < plugin->charts.count; i++) {
		if (!rows[i].id || !id_is_valid(rows[i].id) || chapter_chart(chapter, rows[i].id))
			return REFUSE(N_("the id of its chart '%s' is none or is taken"),
			    rows[i].id ? rows[i].id : "");
		if (!rows[i].title || !rows[i].figures || (unsigned)rows[i].kind > NB_YEARS)
			return REFUSE(
			    N_("its chart '%s' lacks title, kind or figures"), rows[i].id);
		charts[i] = (struct chart_def){
			.id = rows[i].id, .title = rows[i].title, .kind = rows[i].kind
		};
		struct refusal refusal = read_chart_figures(arena, &rows[i], chapter, &charts[i]);
		if (refusal.message)
			return refusal;
		chapter->charts = charts;
		chapter->chart_count = i + 1;
	}
	return ACCEPTED;
}

/* Whether the descriptor may be looked at at all: nothing beyond abi and size is read before. */
static struct refusal check_head(struct arena *arena, const struct nb_chapter *plugin)
{
	if (plugin->abi != NB_PLUGIN_ABI)
		return REFUSE(N_("it was built for plugin ABI %s, this program offers ABI %s"),
		    arena_printf(arena, "%u", plugin->abi),
		    arena_printf(arena, "%u", NB_PLUGIN_ABI));
	if (plugin->size < offsetof(struct nb_chapter, check))
		return REFUSE(N_("its descriptor has %s bytes, the ABI's smallest has %s"),
		    arena_printf(arena, "%u", plugin->size),
		    arena_printf(arena, "%zu", offsetof(struct nb_chapter, check)));
	return ACCEPTED;
}

/* Sections of submission.ini and names in templates that a chapter would hide. */
static int is_reserved(const char *id)
{
	static const char *const reserved[] = { "submission", "report", "chapter", "chapters",
		"attachments", "signature", "chart", "table", "id", "title", "opening", "points",
		"topics", "year", "last_year", "next_year", "region", "issuer", "date" };
	for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
		if (strcmp(id, reserved[i]) == 0)
			return 1;
	return 0;
}

static struct refusal read_descriptor(
    struct arena *arena, const struct nb_chapter *given, struct chapter *chapter)
{
	struct refusal refusal = check_head(arena, given);
	if (refusal.message)
		return refusal;
	struct nb_chapter plugin = { 0 };
	memcpy(&plugin, given, given->size < sizeof plugin ? given->size : sizeof plugin);
	if (!plugin.id || !id_is_valid(plugin.id))
		return REFUSE(
		    N_("its id '%s' is none: a-z, 0-9 and _ only"), plugin.id ? plugin.id : "");
	if (is_reserved(plugin.id))
		return REFUSE(N_("its id '%s' means something else in submission.ini, frame.md or "
		                 "a template"),
		    plugin.id);
	if (!plugin.title)
		return REFUSE(N_("it has no title"));
	if (!table_is_sound(&plugin.figures) || !table_is_sound(&plugin.lists) ||
	    !table_is_sound(&plugin.topics) || !table_is_sound(&plugin.rules) ||
	    !table_is_sound(&plugin.claims) || !table_is_sound(&plugin.codes) ||
	    !table_is_sound(&plugin.charts))
		return REFUSE(N_("one of its tables is broken"));
	*chapter = (struct chapter){ .id = plugin.id,
		.title = plugin.title,
		.version = plugin.version ? plugin.version : "",
		.abi = plugin.abi,
		.numbering = plugin.numbering == NB_SHI ? NB_SHI : NB_PAREN,
		.check = plugin.check,
		.reconcile = plugin.reconcile,
		.compose = plugin.compose };
	refusal = read_figures(arena, &plugin, chapter);
	if (!refusal.message)
		refusal = read_lists(arena, &plugin, chapter);
	if (!refusal.message)
		refusal = read_rules(arena, &plugin, chapter);
	if (!refusal.message)
		refusal = read_claims(arena, &plugin, chapter);
	if (!refusal.message)
		refusal = read_codes(arena, &plugin, chapter);
	if (!refusal.message)
		refusal = read_charts(arena, &plugin, chapter);
	return refusal;
}

/*
 * What dlopen() would hang on or die of: a pipe, and a file cut off behind its
 * ELF header, whose missing pages kill whoever touches them.
 */
static const char *file_unfit(const char *path)
{
	Elf64_Ehdr head;
	struct stat st;
	const char *wrong = NULL;
	if (stat(path, &st) != 0)
		return NULL; /* dlopen() says why */
	if (!S_ISREG(st.st_mode))
		return N_("it is no regular file");
	FILE *file = fopen(path, "rb");
	if (!file)
		return NULL;
	uint64_t size = (uint64_t)st.st_size;
	if (fread(&head, sizeof head, 1, file) == 1 && memcmp(head.e_ident, ELFMAG, SELFMAG) == 0 &&
	    head.e_ident[EI_CLASS] == ELFCLASS64) {
		wrong = head.e_phoff > size || head.e_shoff > size ? N_("it was cut off") : NULL;
		for (unsigned i = 0; !wrong && i < head.e_phnum; i++) {
			Elf64_Phdr part;
			if (fseek(file, (long)(head.e_phoff + i * sizeof part), SEEK_SET) != 0 ||
			    fread(&part, sizeof part, 1, file) != 1 ||
			    (part.p_type == PT_LOAD &&
			        (part.p_filesz > size || part.p_offset > size - part.p_filesz)))
				wrong = N_("it was cut off");
		}
	}
	fclose(file);
	return wrong;
}

static void load(
    struct arena *arena, const char *path, struct findings *findings, struct catalog *all)
{
	struct chapter chapter = { 0 };
	struct refusal refusal;
	const char *unfit = file_unfit(path);
	void *handle = unfit ? NULL : dlopen(path, RTLD_NOW | RTLD_LOCAL);
	if (unfit) {
		refusal = REFUSE(unfit);
	} else if (!handle) {
		const char *why = dlerror();
		/* The loader's text begins with the path, which the finding names already. */
		size_t n = strlen(path);
		if (why && strncmp(why, path, n) == 0 && strncmp(why + n, ": ", 2) == 0)
			why += n + 2;
		refusal = REFUSE(N_("it cannot be loaded: %s"), why ? why : "?");
	} else {
		const struct nb_chapter *descriptor = dlsym(handle, NB_PLUGIN_SYMBOL);
		refusal = descriptor
		              ? read_descriptor(arena, descriptor, &chapter)
		              : REFUSE(N_("it is no chapter plugin: it does not export '%s'"),
		                    NB_PLUGIN_SYMBOL);
	}
	const struct chapter *twin = refusal.message ? NULL : catalog_chapter(all, chapter.id);
	if (twin)
		refusal = REFUSE(N_("its id '%s' is that of '%s', which was found first"),
		    chapter.id, twin->path);
	if (refusal.message) {
		findings_add(
		    findings, &(struct finding){ FINDING(PLUGIN_REFUSED), .at = { path, 0, 0 },
		                  .subject = path_base(path), .message = refusal.message,
		                  .args = { refusal.args[0], refusal.args[1], refusal.args[2] } });
		if (handle) /* after the message, which may quote the plugin's own strings */
			dlclose(handle);
		return;
	}
	chapter.path = arena_strdup(arena, path);
	chapter.handle = handle;
	all->chapters = arena_grow(arena, all->chapters, all->count, sizeof *all->chapters);
	all->chapters[all->count++] = chapter;
}

static int is_plugin(const char *name)
{
	return name[0] != '.' && path_has_ending(name, ".so");
}

int plugins_load(struct arena *arena, const char *const *folders, struct findings *findings,
    struct catalog *all, struct err *err)
{
	*all = (struct catalog){ 0 };
	for (; *folders; folders++) {
		char **names;
		size_t count;
		if (file_type(*folders) == FILE_NONE)
			continue;
		if (folder_list(*folders, arena, &names, &count, err) != 0)
			return -1;
		for (size_t i = 0; i < count; i++)
			if (is_plugin(names[i]))
				load(arena, path_join(arena, *folders, names[i]), findings, all);
	}
	return 0;
}

/* The chapter's table with the office's own figures at its end. */
static void add_own_figures(struct arena *arena, const struct workspace *ws,
    struct findings *findings, struct chapter *chapter)
{
	size_t own = 0;
	for (size_t i = 0; i < ws->figure_count; i++)
		own += strcmp(ws->figures[i].chapter, chapter->id) == 0;
	if (own == 0)
		return;
	struct nb_figure *figures =
	    arena_alloc(arena, (chapter->figure_count + own) * sizeof *figures);
	if (chapter->figure_count)
		memcpy(figures, chapter->figures, chapter->figure_count * sizeof *figures);
	chapter->figures = figures;
	for (size_t i = 0; i < ws->figure_count; i++) {
		const struct own_figure *figure = &ws->figures[i];
		if (strcmp(figure->chapter, chapter->id) != 0)
			continue;
		if (chapter_figure(chapter, figure->figure.id) ||
		    chapter_list(chapter, figure->figure.id))
			FIND(findings, INI_BAD_VALUE, NULL, AT(ws->report_file, figure->line, 0),
			    figure->figure.id,
			    N_("the chapter '%s' already has a figure or list '%s'"), chapter->id,
			    figure->figure.id);
		else
			figures[chapter->figure_count++] = figure->figure;
	}
}

static const char *joined(struct arena *arena, const char *const *folders)
{
	const char *text = "";
	for (; *folders; folders++)
		text = arena_printf(arena, "%s%s%s", text, *text ? ":" : "", *folders);
	return text;
}

void plugins_choose(struct arena *arena, const struct catalog *all, const struct workspace *ws,
    const char *const *folders, struct findings *findings, struct catalog *chosen)
{
	if (!ws) {
		*chosen = *all;
		return;
	}
	*chosen = (struct catalog){ 0 };
	for (size_t i = 0; i < ws->chapter_count; i++) {
		const struct chapter_choice *choice = &ws->chapters[i];
		const struct chapter *chapter = catalog_chapter(all, choice->id);
		if (!chapter) {
			FIND(findings, INI_BAD_VALUE, NULL, AT(ws->report_file, choice->line, 0),
			    choice->id,
			    N_("there is no plugin for the chapter '%s' in %s; 'nianbao plugins' "
			       "lists those found"),
			    choice->id, joined(arena, folders));
			continue;
		}
		chosen->chapters =
		    arena_grow(arena, chosen->chapters, chosen->count, sizeof *chosen->chapters);
		chosen->chapters[chosen->count] = *chapter;
		add_own_figures(arena, ws, findings, &chosen->chapters[chosen->count++]);
	}
	for (size_t i = 0; i < ws->figure_count; i++)
		if (!catalog_chapter(chosen, ws->figures[i].chapter))
			FIND(findings, INI_BAD_VALUE, NULL,
			    AT(ws->report_file, ws->figures[i].line, 0), ws->figures[i].figure.id,
			    N_("the report has no chapter '%s' for the figure '%s'"),
			    ws->figures[i].chapter, ws->figures[i].figure.id);
}

void plugins_unload(struct catalog *all)
{
	for (size_t i = 0; i < all->count; i++)
		dlclose(all->chapters[i].handle);
	*all = (struct catalog){ 0 };
}
