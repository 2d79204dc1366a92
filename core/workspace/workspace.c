/* workspace.c: report.ini, departments.ini and waivers.ini. */
#include "workspace/workspace.h"

#include "base/file.h"
#include "base/i18n.h"
#include "base/quantity.h"
#include "base/utf8.h"
#include "workspace/catalog.h"
#include "workspace/ini.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct loader {
	struct workspace *ws;
	struct arena *arena;
	struct findings *findings;
	const char *file;
	struct ini ini;
};

#define FIND_HERE(loader, code, line, about, ...)                                                  \
	FIND((loader)->findings, code, NULL, AT((loader)->file, (line), 0), about, __VA_ARGS__)

static int read_ini(struct loader *loader, const char *name, struct err *err)
{
	struct buf text = { 0 };
	char *path = path_join(loader->arena, loader->ws->root, name);
	loader->file = path;
	ini_release(&loader->ini);
	int rc = file_read(path, 4 << 20, &text, err);
	if (rc != 0 && err->kind == ERR_INPUT)
		err->kind = ERR_USAGE; /* it is the workspace that is unusable, not a hand-in */
	struct decoded how = { 0 };
	if (rc == 0)
		rc = encoding_decode(&text, ENCODING_BY_RULE, &how, err);
	if (rc > 0) {
		FIND_HERE(
		    loader, TEXT_ENCODING, how.line, NULL, how.wrong, encoding_name(how.encoding));
		rc = 0;
	} else if (rc == 0) {
		encoding_note(loader->findings, NULL, path, &how);
		utf8_plain(&text);
		utf8_drop_invisible(&text);
		rc = ini_read(loader->arena, path, NULL, buf_str(&text), text.len, loader->findings,
		    &loader->ini, err);
	}
	buf_release(&text);
	return rc;
}

static void unknown_key(
    struct loader *loader, const struct ini_entry *entry, const char *const *known)
{
	const char *near = ini_nearest(entry->key, known);
	if (near)
		FIND_HERE(loader, INI_UNKNOWN_KEY, entry->place.line, entry->key,
		    N_("[%s] has no key '%s'; is '%s' meant?"), entry->section, entry->key, near);
	else
		FIND_HERE(loader, INI_UNKNOWN_KEY, entry->place.line, entry->key,
		    N_("[%s] has no key '%s'"), entry->section, entry->key);
}

/* `message` takes the key and the value. */
static void bad_value(struct loader *loader, const struct ini_entry *entry, const char *message)
{
	FIND_HERE(loader, INI_BAD_VALUE, entry->place.line, entry->key, message, entry->key,
	    entry->value);
}

static void read_date(struct loader *loader, const struct ini_entry *entry, const char **out)
{
	if (*entry->value == '\0')
		return;
	*out = date_plain(loader->arena, entry->value);
	if (!*out)
		bad_value(loader, entry, N_("'%s' must be a date like 2025-03-09, not '%s'"));
}

static const char *const report_keys[] = { "year", "region", "title", "issuer", "date", "deadline",
	"formats", "previous", "punctuation", "annex", "charts", "contents", "number", "retention",
	"secrecy", NULL };

struct choice {
	const char *name;
	int value;
};

static int choose(const struct choice *choices, const char *name, int *out)
{
	for (; choices->name; choices++)
		if (strcmp(choices->name, name) == 0) {
			*out = choices->value;
			return 1;
		}
	return 0;
}

static void read_flag(struct loader *loader, const struct ini_entry *entry, int *out)
{
	if (!ini_flag(entry->value, out))
		bad_value(loader, entry, N_("'%s' must be yes or no, not '%s'"));
}

static void read_charts(struct loader *loader, const struct ini_entry *entry)
{
	static const struct choice places[] = { { "annex", CHARTS_IN_ANNEX },
		{ "text", CHARTS_IN_TEXT }, { "no", CHARTS_NOWHERE }, { NULL, 0 } };
	int where;
	if (choose(places, entry->value, &where))
		loader->ws->charts = (enum charts_where)where;
	else
		bad_value(loader, entry, N_("'%s' must be annex, text or no, not '%s'"));
}

/* 永久, 长期, 短期 (DA/T 46), or years: 30年, 定期30年. */
static int is_retention(const char *text)
{
	static const char *const terms[] = { "永久", "长期", "短期" };
	for (size_t i = 0; i < sizeof terms / sizeof *terms; i++)
		if (strcmp(text, terms[i]) == 0)
			return 1;
	if (strncmp(text, "定期", strlen("定期")) == 0)
		text += strlen("定期");
	size_t digits = strspn(text, "0123456789");
	return digits > 0 && digits <= 3 && *text != '0' && strcmp(text + digits, "年") == 0;
}

/* GB/T 7156, and 内部 for what is no secret and not for the public. */
static int is_secrecy(const char *text)
{
	static const char *const levels[] = { "公开", "内部", "秘密", "机密", "绝密" };
	for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
		if (strcmp(text, levels[i]) == 0)
			return 1;
	return 0;
}

/* What the archive wants to know of the report. 0 if the key is not of these. */
static int read_for_archive(struct loader *loader, const struct ini_entry *entry)
{
	struct workspace *ws = loader->ws;
	const char **field = strcmp(entry->key, "number") == 0      ? &ws->number
	                     : strcmp(entry->key, "retention") == 0 ? &ws->retention
	                     : strcmp(entry->key, "secrecy") == 0   ? &ws->secrecy
	                                                            : NULL;
	if (!field)
		return 0;
	if (*entry->value == '\0')
		return 1;
	if (field == &ws->retention && !is_retention(entry->value))
		bad_value(loader, entry, N_("'%s' must be 永久, 长期, 短期 or 30年, not '%s'"));
	else if (field == &ws->secrecy && !is_secrecy(entry->value))
		bad_value(
		    loader, entry, N_("'%s' must be 公开, 内部, 秘密, 机密 or 绝密, not '%s'"));
	else
		*field = entry->value;
	return 1;
}

static void read_report(struct loader *loader)
{
	struct workspace *ws = loader->ws;
	for (const struct ini_entry *entry = ini_first(&loader->ini, "report"); entry;
	     entry = ini_next(&loader->ini, entry)) {
		long number;
		if (strcmp(entry->key, "year") == 0) {
			if (ini_number(entry->value, 1949, 2999, &number))
				ws->year = (int)number;
			else
				bad_value(loader, entry, N_("'%s' must be a year, not '%s'"));
		} else if (strcmp(entry->key, "region") == 0) {
			ws->region = entry->value;
			if (strpbrk(entry->value, "/\\:*?\"<>|%"))
				bad_value(loader, entry,
				    N_("'%s' goes into file names and must not hold / \\ : * ? \" "
				       "< > | %%: '%s'"));
		} else if (strcmp(entry->key, "title") == 0) {
			ws->title = entry->value;
			ws->title_line = entry->place.line;
		} else if (strcmp(entry->key, "issuer") == 0) {
			ws->issuer = entry->value;
			ws->issuer_line = entry->place.line;
		} else if (strcmp(entry->key, "date") == 0) {
			read_date(loader, entry, &ws->date);
			ws->date_line = entry->place.line;
		} else if (strcmp(entry->key, "deadline") == 0) {
			read_date(loader, entry, &ws->deadline);
		} else if (strcmp(entry->key, "formats") == 0) {
			ws->formats = ini_split(loader->arena, entry->value, &ws->format_count);
		} else if (strcmp(entry->key, "previous") == 0) {
			if (*entry->value)
				ws->previous = path_join(loader->arena, ws->root, entry->value);
			ws->previous_line = entry->place.line;
		} else if (strcmp(entry->key, "punctuation") == 0) {
			ws->full_width = strcmp(entry->value, "full") == 0;
			if (!ws->full_width && strcmp(entry->value, "as-written") != 0)
				bad_value(
				    loader, entry, N_("'%s' must be full or as-written, not '%s'"));
		} else if (strcmp(entry->key, "annex") == 0) {
			read_flag(loader, entry, &ws->annex);
		} else if (strcmp(entry->key, "contents") == 0) {
			read_flag(loader, entry, &ws->contents);
		} else if (strcmp(entry->key, "charts") == 0) {
			read_charts(loader, entry);
		} else if (!read_for_archive(loader, entry)) {
			unknown_key(loader, entry, report_keys);
		}
	}
	const struct ini_section *section = ini_section_find(&loader->ini, "report");
	unsigned line = section ? section->place.line : 0;
	if (!ws->year && !ini_find(&loader->ini, "report", "year"))
		FIND_HERE(loader, INI_MISSING_KEY, line, "year", N_("[%s] needs the key '%s'"),
		    "report", "year");
	if (!ws->region || !*ws->region)
		FIND_HERE(loader, INI_MISSING_KEY, line, "region", N_("[%s] needs the key '%s'"),
		    "report", "region");
	if (!ws->region)
		ws->region = "";
	if (!ws->title || !*ws->title)
		ws->title = arena_printf(
		    loader->arena, "%s%d年度法治政府建设情况的报告", ws->region, ws->year);
	if (!ws->issuer)
		ws->issuer = "";
}

static void read_limits(struct loader *loader)
{
	struct limits *limits = &loader->ws->limits;
	struct {
		const char *key;
		unsigned long *value;
	} known[] = { { "files", &limits->files }, { "depth", &limits->depth },
		{ "megabytes", &limits->megabytes }, { "text_kilobytes", &limits->text_kilobytes },
		{ "ratio", &limits->ratio }, { "name_bytes", &limits->name_bytes } };
	static const char *const names[] = { "files", "depth", "megabytes", "text_kilobytes",
		"ratio", "name_bytes", NULL };
	const size_t count = sizeof known / sizeof *known;
	for (const struct ini_entry *entry = ini_first(&loader->ini, "limits"); entry;
	     entry = ini_next(&loader->ini, entry)) {
		size_t k = 0;
		while (k < count && strcmp(known[k].key, entry->key) != 0)
			k++;
		long number;
		if (k == count)
			unknown_key(loader, entry, names);
		else if (ini_number(entry->value, 1, 100000000, &number))
			*known[k].value = (unsigned long)number;
		else
			bad_value(
			    loader, entry, N_("'%s' must be a whole number above 0, not '%s'"));
	}
}

static void read_chapters(struct loader *loader)
{
	struct workspace *ws = loader->ws;
	for (const struct ini_entry *entry = ini_first(&loader->ini, "chapters"); entry;
	     entry = ini_next(&loader->ini, entry)) {
		int on;
		if (!ini_flag(entry->value, &on)) {
			bad_value(loader, entry, N_("'%s' must be yes or no, not '%s'"));
		} else if (!id_is_valid(entry->key)) {
			FIND_HERE(loader, INI_BAD_VALUE, entry->place.line, entry->key,
			    N_("'%s' cannot be the name of a chapter"), entry->key);
		} else if (on) {
			ws->chapters = arena_grow(
			    loader->arena, ws->chapters, ws->chapter_count, sizeof *ws->chapters);
			ws->chapters[ws->chapter_count++] =
			    (struct chapter_choice){ entry->key, NULL, -1, entry->place.line };
		}
	}
	if (ws->chapter_count == 0) {
		const struct ini_section *section = ini_section_find(&loader->ini, "chapters");
		FIND_HERE(loader, INI_MISSING_KEY, section ? section->place.line : 0, "chapters",
		    N_("the report has no chapters: name them in [chapters], one 'id = yes' a "
		       "line"));
	}
}

static void read_chapter(struct loader *loader, const struct ini_section *section)
{
	static const char *const known[] = { "title", "numbering", NULL };
	const char *id = section->name + strlen("chapter ");
	struct chapter_choice *choice = NULL;
	for (size_t i = 0; i < loader->ws->chapter_count; i++)
		if (strcmp(loader->ws->chapters[i].id, id) == 0)
			choice = &loader->ws->chapters[i];
	if (!choice) {
		if (!ini_find(&loader->ini, "chapters", id))
			FIND_HERE(loader, INI_UNKNOWN_SECTION, section->place.line, id,
			    N_("the chapter '%s' is not in [chapters]"), id);
		return; /* switched off: its settings may stay */
	}
	for (const struct ini_entry *entry = ini_first(&loader->ini, section->name); entry;
	     entry = ini_next(&loader->ini, entry)) {
		if (strcmp(entry->key, "title") == 0)
			choice->title = entry->value;
		else if (strcmp(entry->key, "numbering") != 0)
			unknown_key(loader, entry, known);
		else if (strcmp(entry->value, "paren") == 0)
			choice->numbering = NB_PAREN;
		else if (strcmp(entry->value, "shi") == 0)
			choice->numbering = NB_SHI;
		else
			bad_value(loader, entry, N_("'%s' must be paren or shi, not '%s'"));
	}
}

/*
 * What could not be read, or stands for nothing, must be said: a sum without
 * it is another sum, and nothing else that is said stays true.
 */
static int is_fixed(const char *code)
{
	static const enum code fixed[] = { CODE_TEXT_ENCODING, CODE_LIST_SYNTAX, CODE_LIST_COLUMN,
		CODE_LIST_CELL, CODE_LIST_EMPTY_CELL, CODE_FIGURE_VALUE, CODE_FIGURE_CONFLICT,
		CODE_NARRATIVE_REFERENCE, CODE_NARRATIVE_NO_VALUE, CODE_ATTACHMENT_BACKS,
		CODE_INTAKE_UNSAFE_ZIP, CODE_PREVIOUS_UNUSABLE, CODE_WAIVER_UNUSED,
		CODE_PLUGIN_REFUSED, CODE_PLUGIN_FINDING };
	for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
		if (strcmp(code, code_table[fixed[i]].id) == 0)
			return 1;
	for (size_t i = 0; i < CODE_COUNT; i++)
		if (strcmp(code, code_table[i].id) == 0)
			return strncmp(code, "ini.", 4) == 0 ||
			       (strncmp(code, "intake.", 7) == 0 &&
			           code_table[i].severity == NB_ERROR);
	return 0;
}

/* Whether there are such codes is known when the chapters are, see codes_check(). */
static void read_severities(struct loader *loader)
{
	static const struct choice choices[] = { { "error", NB_ERROR }, { "warning", NB_WARNING },
		{ "note", NB_NOTE }, { "off", 0 }, { NULL, 0 } };
	struct workspace *ws = loader->ws;
	for (const struct ini_entry *entry = ini_first(&loader->ini, "findings"); entry;
	     entry = ini_next(&loader->ini, entry)) {
		struct severity_choice choice = { entry->key, 0, entry->place.line };
		if (!choose(choices, entry->value, &choice.severity)) {
			bad_value(loader, entry,
			    N_("'%s' must be error, warning, note or off, not '%s'"));
		} else if (is_fixed(entry->key)) {
			FIND_HERE(loader, INI_BAD_VALUE, entry->place.line, entry->key,
			    N_("the severity of '%s' cannot be changed: it says that something was "
			       "not read"),
			    entry->key);
		} else {
			ws->severities = arena_grow(loader->arena, ws->severities,
			    ws->severity_count, sizeof *ws->severities);
			ws->severities[ws->severity_count++] = choice;
		}
	}
}

static void read_figure(struct loader *loader, const struct ini_section *section)
{
	static const struct choice kinds[] = { { "count", NB_COUNT }, { "amount", NB_AMOUNT },
		{ "percent", NB_PERCENT }, { "date", NB_DATE }, { "text", NB_TEXT }, { NULL, 0 } };
	static const struct choice combines[] = { { "sum", NB_SUM }, { "max", NB_MAX },
		{ "one", NB_ONE }, { NULL, 0 } };
	static const char *const known[] = { "chapter", "label", "unit", "kind", "combine",
		"expected", "note", NULL };
	struct workspace *ws = loader->ws;
	struct own_figure own = { .line = section->place.line };
	own.figure.id = section->name + strlen("figure ");
	if (!id_is_valid(own.figure.id)) {
		FIND_HERE(loader, INI_UNKNOWN_SECTION, section->place.line, section->name,
		    N_("'%s' cannot be the id of a figure: a-z, 0-9 and _ only"), own.figure.id);
		return;
	}
	for (const struct ini_entry *entry = ini_first(&loader->ini, section->name); entry;
	     entry = ini_next(&loader->ini, entry)) {
		int value = 0;
		if (strcmp(entry->key, "chapter") == 0) {
			own.chapter = entry->value;
		} else if (strcmp(entry->key, "label") == 0) {
			own.figure.label = entry->value;
		} else if (strcmp(entry->key, "unit") == 0) {
			own.figure.unit = entry->value;
		} else if (strcmp(entry->key, "note") == 0) {
			own.figure.note = entry->value;
		} else if (strcmp(entry->key, "kind") == 0) {
			if (choose(kinds, entry->value, &value))
				own.figure.kind = (enum nb_kind)value;
			else
				bad_value(loader, entry,
				    N_("'%s' must be count, amount, percent, date or text, not "
				       "'%s'"));
		} else if (strcmp(entry->key, "combine") == 0) {
			if (choose(combines, entry->value, &value))
				own.figure.combine = (enum nb_combine)value;
			else
				bad_value(
				    loader, entry, N_("'%s' must be sum, max or one, not '%s'"));
		} else if (strcmp(entry->key, "expected") == 0) {
			if (ini_flag(entry->value, &value))
				own.figure.flags = value ? NB_EXPECTED : 0;
			else
				bad_value(loader, entry, N_("'%s' must be yes or no, not '%s'"));
		} else {
			unknown_key(loader, entry, known);
		}
	}
	if (!own.chapter || !own.figure.label) {
		FIND_HERE(loader, INI_MISSING_KEY, section->place.line, own.figure.id,
		    N_("[%s] needs the key '%s'"), section->name,
		    own.chapter ? "label" : "chapter");
		return;
	}
	ws->figures = arena_grow(loader->arena, ws->figures, ws->figure_count, sizeof *ws->figures);
	ws->figures[ws->figure_count++] = own;
}

static void read_report_ini(struct loader *loader)
{
	static const char *const known[] = { "report", "chapters", "limits", "findings", NULL };
	read_report(loader);
	read_limits(loader);
	read_severities(loader);
	read_chapters(loader);
	for (size_t i = 0; i < loader->ini.section_count; i++) {
		const struct ini_section *section = &loader->ini.sections[i];
		if (strncmp(section->name, "chapter ", 8) == 0) {
			read_chapter(loader, section);
		} else if (strncmp(section->name, "figure ", 7) == 0) {
			read_figure(loader, section);
		} else {
			size_t k = 0;
			while (known[k] && strcmp(known[k], section->name) != 0)
				k++;
			if (!known[k])
				FIND_HERE(loader, INI_UNKNOWN_SECTION, section->place.line,
				    section->name, N_("there is no section [%s] here"),
				    section->name);
		}
	}
}

static void read_encoding(
    struct loader *loader, const struct ini_entry *entry, struct department *department)
{
	if (*entry->value && !encoding_named(entry->value, &department->encoding))
		bad_value(loader, entry,
		    N_("'%s' must be utf-8, gb18030, utf-16le or utf-16be, not '%s'"));
}

static void read_departments(struct loader *loader)
{
	static const char *const known[] = { "name", "chapters", "encoding", NULL };
	struct workspace *ws = loader->ws;
	for (size_t i = 0; i < loader->ini.section_count; i++) {
		const struct ini_section *section = &loader->ini.sections[i];
		struct department department = { .id = section->name, .line = section->place.line };
		if (!id_is_valid(section->name)) {
			FIND_HERE(loader, INI_UNKNOWN_SECTION, section->place.line, section->name,
			    N_("'%s' cannot be the id of a department: a-z, 0-9 and _ only"),
			    section->name);
			continue;
		}
		for (const struct ini_entry *entry = ini_first(&loader->ini, section->name); entry;
		     entry = ini_next(&loader->ini, entry)) {
			if (strcmp(entry->key, "name") == 0)
				department.name = entry->value;
			else if (strcmp(entry->key, "chapters") == 0)
				department.chapters = ini_split(
				    loader->arena, entry->value, &department.chapter_count);
			else if (strcmp(entry->key, "encoding") == 0)
				read_encoding(loader, entry, &department);
			else
				unknown_key(loader, entry, known);
		}
		for (size_t k = 0; k < department.chapter_count; k++) {
			size_t c = 0;
			while (c < ws->chapter_count &&
			       strcmp(ws->chapters[c].id, department.chapters[k]) != 0)
				c++;
			if (c == ws->chapter_count)
				FIND_HERE(loader, INI_BAD_VALUE, section->place.line,
				    department.chapters[k],
				    N_("department '%s' owes the chapter '%s', which the report "
				       "does not have"),
				    section->name, department.chapters[k]);
		}
		if (!department.name || !*department.name) {
			FIND_HERE(loader, INI_MISSING_KEY, section->place.line, "name",
			    N_("[%s] needs the key '%s'"), section->name, "name");
			department.name = department.id;
		}
		ws->departments = arena_grow(
		    loader->arena, ws->departments, ws->department_count, sizeof *ws->departments);
		ws->departments[ws->department_count++] = department;
	}
	if (ws->department_count == 0)
		FIND_HERE(loader, INI_MISSING_KEY, 0, NULL,
		    N_("no departments: give each a section with 'name' and 'chapters'"));
	ws->order = arena_alloc(loader->arena, (ws->department_count + 1) * sizeof *ws->order);
	for (size_t i = 0; i < ws->department_count; i++)
		ws->order[i] = ws->departments[i].id;
}

static void read_waivers(struct loader *loader)
{
	static const char *const known[] = { "reason", NULL };
	struct workspace *ws = loader->ws;
	for (size_t i = 0; i < loader->ini.section_count; i++) {
		const struct ini_section *section = &loader->ini.sections[i];
		const struct ini_entry *reason = ini_find(&loader->ini, section->name, "reason");
		if (!reason || !*reason->value) {
			FIND_HERE(loader, INI_MISSING_KEY, section->place.line, section->name,
			    N_("[%s] needs the key '%s'"), section->name, "reason");
			continue;
		}
		ws->waivers =
		    arena_grow(loader->arena, ws->waivers, ws->waiver_count, sizeof *ws->waivers);
		ws->waivers[ws->waiver_count++] =
		    (struct waiver){ section->name, reason->value, section->place.line, 0 };
	}
	for (size_t i = 0; i < loader->ini.entry_count; i++)
		if (strcmp(loader->ini.entries[i].key, "reason") != 0)
			unknown_key(loader, &loader->ini.entries[i], known);
}

static int no_workspace(const char *root, struct err *err)
{
	char where[4096]; /* "." says nothing to whoever stands in the wrong folder */
	int here = strcmp(root, ".") == 0 && getcwd(where, sizeof where);
	err_set(err, ERR_USAGE,
	    _("there is no report.ini in '%s': it is no workspace; 'nianbao init' makes one"),
	    here ? where : root);
	return -1;
}

static int load(struct loader *loader, struct err *err)
{
	struct workspace *ws = loader->ws;
	if (read_ini(loader, "report.ini", err) != 0)
		return -1;
	read_report_ini(loader);

	if (file_type(ws->departments_file) == FILE_NONE)
		return err_set(err, ERR_USAGE, _("there is no departments.ini in '%s'"), ws->root);
	if (read_ini(loader, "departments.ini", err) != 0)
		return -1;
	read_departments(loader);

	if (file_type(ws->waivers_file) != FILE_NONE) {
		if (read_ini(loader, "waivers.ini", err) != 0)
			return -1;
		read_waivers(loader);
	}
	return 0;
}

int workspace_load(struct workspace *ws, const char *root, struct arena *arena,
    struct findings *findings, struct err *err)
{
	static const char *const formats[] = { "docx", "pdf", "html", "md", "txt" };
	*ws = (struct workspace){ .root = root,
		.full_width = 1,
		.annex = 1,
		.limits = { .files = 5000,
		    .depth = 32,
		    .megabytes = 2048,
		    .text_kilobytes = 4096,
		    .ratio = 1000,
		    .name_bytes = 1000 } };
	ws->formats = arena_alloc(arena, sizeof formats);
	memcpy(ws->formats, formats, sizeof formats);
	ws->format_count = sizeof formats / sizeof *formats;
	ws->report_file = path_join(arena, root, "report.ini");
	ws->departments_file = path_join(arena, root, "departments.ini");
	ws->frame_file = path_join(arena, root, "frame.md");
	ws->waivers_file = path_join(arena, root, "waivers.ini");

	if (file_type(ws->report_file) == FILE_NONE)
		return no_workspace(root, err);
	struct loader loader = { .ws = ws, .arena = arena, .findings = findings };
	int rc = load(&loader, err);
	ini_release(&loader.ini);
	return rc;
}

size_t workspace_rank(const struct workspace *ws, const char *id)
{
	size_t i = 0;
	while (i < ws->department_count && strcmp(ws->departments[i].id, id) != 0)
		i++;
	return i;
}

const struct department *workspace_department(const struct workspace *ws, const char *id)
{
	size_t i = workspace_rank(ws, id);
	return i < ws->department_count ? &ws->departments[i] : NULL;
}

/* In the bundle, and so in Chinese, whoever asks. */
#define SWITCHED_OFF "report.ini 的 [findings] 已关闭此项校核"

static void choose_severities(const struct workspace *ws, struct findings *findings)
{
	for (size_t s = 0; s < ws->severity_count; s++)
		for (size_t i = 0; i < findings->count; i++) {
			struct finding *finding = &findings->items[i];
			if (strcmp(finding->code, ws->severities[s].code) != 0)
				continue;
			if (ws->severities[s].severity)
				finding->severity = (enum nb_severity)ws->severities[s].severity;
			else
				finding->waived = SWITCHED_OFF;
		}
}

void workspace_waive(struct workspace *ws, struct findings *findings, int complete)
{
	choose_severities(ws, findings);
	for (size_t w = 0; w < ws->waiver_count; w++) {
		struct waiver *waiver = &ws->waivers[w];
		for (size_t i = 0; i < findings->count; i++)
			if (strcmp(findings->items[i].fingerprint, waiver->fingerprint) == 0) {
				findings->items[i].waived = waiver->reason;
				waiver->used = 1;
			}
		if (complete && !waiver->used)
			FIND(findings, WAIVER_UNUSED, NULL, AT(ws->waivers_file, waiver->line, 0),
			    waiver->fingerprint,
			    N_("the waiver [%s] matches no finding any more; it can go"),
			    waiver->fingerprint);
	}
}
