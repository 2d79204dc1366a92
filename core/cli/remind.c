/* remind.c: `nianbao remind`: reminders (催报通知) to those whose hand-in is missing or returned.
 */
#include "archive/store.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/length.h"
#include "base/markdown.h"
#include "base/quantity.h"
#include "chapters/mustache.h"
#include "cli/cli.h"
#include "cli/letter.h"
#include "cli/run.h"
#include "intake/suspect.h"
#include "office/doc_markdown.h"

#include <string.h>
#include <unistd.h>

struct wish {
	const char *folder;
	char **names;
	int count;
};

/* Why a department is reminded. */
enum cause {
	CAUSE_NONE,
	CAUSE_MISSING,
	CAUSE_RETURNED,
	CAUSE_REFUSED, /* something came, and could not be taken */
	CAUSE_PARTIAL  /* chapters are missing; only if it is asked for by name */
};

static const char *const cause_ids[] = { [CAUSE_NONE] = "none",
	[CAUSE_MISSING] = "missing",
	[CAUSE_RETURNED] = "returned",
	[CAUSE_REFUSED] = "refused",
	[CAUSE_PARTIAL] = "partial" };

struct reminder {
	struct run *run;
	const struct department *department;
	enum cause cause;
	const char *today; /* yyyy-mm-dd */
};

/* ---- who is reminded ------------------------------------------------------------ */

static int is_code(const struct finding *finding, enum code code)
{
	return strcmp(finding->code, code_table[code].id) == 0;
}

static int is_named(const struct wish *wish, const struct department *department)
{
	for (int i = 0; i < wish->count; i++)
		if (strcmp(wish->names[i], department->id) == 0)
			return 1;
	return 0;
}

static int lacks_chapter(const struct run *run, const struct department *department)
{
	const struct submission *latest = intake_latest(&run->intake, department->id);
	for (size_t i = 0; latest && i < department->chapter_count; i++)
		if (catalog_chapter(&run->chapters, department->chapters[i]) &&
		    !submission_chapter(latest, department->chapters[i]))
			return 1;
	return 0;
}

/* Whether the finding is the department's, by the path at least. */
static int concerns(
    const struct run *run, const struct finding *finding, const struct department *department)
{
	const char *id = finding->department;
	if (!id && finding->at.file && strncmp(finding->at.file, "inbox/", 6) == 0)
		id = suspect_department(&run->workspace, finding->at.file);
	return id && strcmp(id, department->id) == 0;
}

/* Where nothing at all came in, no department is found missing: would that be accepted? */
static int is_accepted(struct run *run, const struct department *department)
{
	struct findings asked;
	findings_init(&asked, run->arena);
	FIND(&asked, INTAKE_MISSING, department->id,
	    AT(run->workspace.departments_file, department->line, 0), department->id,
	    N_("%s has handed in nothing yet"), department->name);
	workspace_waive(&run->workspace, &asked, 0);
	return asked.items[0].waived != NULL;
}

/* What the office has accepted in waivers.ini needs no reminder, unless it is asked for. */
static enum cause cause_of(struct run *run, const struct department *department, int named)
{
	int refused = 0, accepted = is_accepted(run, department);
	if (intake_latest(&run->intake, department->id))
		return named && lacks_chapter(run, department) ? CAUSE_PARTIAL : CAUSE_NONE;
	int returned = intake_returned(&run->intake, department->id) != NULL;
	for (size_t i = 0; i < run->findings.count; i++) {
		const struct finding *finding = &run->findings.items[i];
		if (!concerns(run, finding, department))
			continue;
		if (finding->severity == NB_ERROR || is_code(finding, CODE_INTAKE_RETURNED) ||
		    is_code(finding, CODE_INTAKE_MISSING))
			accepted |= finding->waived != NULL;
		refused |= finding->severity == NB_ERROR && (!finding->waived || named);
	}
	if (accepted && !named)
		return CAUSE_NONE;
	return returned                    ? CAUSE_RETURNED
	       : refused                   ? CAUSE_REFUSED
	       : department->chapter_count ? CAUSE_MISSING
	                                   : CAUSE_NONE;
}

/* ---- what it says ----------------------------------------------------------------- */

static const char *chapter_title(const struct run *run, const struct chapter *chapter)
{
	for (size_t i = 0; i < run->workspace.chapter_count; i++) {
		const struct chapter_choice *choice = &run->workspace.chapters[i];
		if (strcmp(choice->id, chapter->id) == 0 && choice->title && *choice->title)
			return choice->title;
	}
	return chapter->title;
}

/* Figures of a chapter that a county is expected to have and nobody has reported. */
static size_t missing_figures(const struct run *run, const struct chapter *chapter)
{
	const struct county_figure *figure = figures_of(&run->figures, chapter);
	size_t n = 0;
	for (size_t i = 0; figure && i < chapter->figure_count; i++)
		n += (figure[i].figure->flags & NB_EXPECTED) && figure[i].source_count == 0;
	return n;
}

static json_t *chapters_data(const struct reminder *reminder, int *lists)
{
	const struct run *run = reminder->run;
	const struct department *department = reminder->department;
	const struct submission *latest = intake_latest(&run->intake, department->id);
	json_t *list = json_array();
	*lists = 0;
	for (size_t i = 0; i < department->chapter_count; i++) {
		const struct chapter *chapter =
		    catalog_chapter(&run->chapters, department->chapters[i]);
		if (!chapter || (latest && submission_chapter(latest, chapter->id)))
			continue;
		json_t *item =
		    json_pack("{s:I, s:s, s:s}", "n", (json_int_t)json_array_size(list) + 1, "id",
		        chapter->id, "title", chapter_title(run, chapter));
		size_t figures = missing_figures(run, chapter);
		if (figures)
			json_object_set_new(item, "figures", json_integer((json_int_t)figures));
		*lists |= chapter->list_count > 0;
		json_array_append_new(list, item);
	}
	if (json_array_size(list))
		json_object_set_new(
		    json_array_get(list, json_array_size(list) - 1), "last", json_true());
	return list;
}

/* Messages of what could not be taken. */
static json_t *reasons_data(const struct reminder *reminder)
{
	const struct findings *findings = &reminder->run->findings;
	json_t *list = json_array();
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->items[i];
		struct buf message = { 0 };
		if (finding->severity != NB_ERROR || finding->waived ||
		    !concerns(reminder->run, finding, reminder->department))
			continue;
		finding_message(finding, &message);
		json_array_append_new(
		    list, json_pack("{s:I, s:s}", "n", (json_int_t)json_array_size(list) + 1,
		              "text", buf_str(&message)));
		buf_release(&message);
	}
	return list;
}

static void set_deadline(const struct reminder *reminder, json_t *data)
{
	const char *deadline = reminder->run->workspace.deadline;
	if (!deadline)
		return;
	long left = clock_days_between(date_read(reminder->today), date_read(deadline));
	json_object_set_new(
	    data, "deadline", json_string(chinese_date(deadline, reminder->run->arena)));
	if (left < 0)
		json_object_set_new(data, "overdue", json_integer(-left));
	else if (left > 0)
		json_object_set_new(data, "left", json_integer(left));
	else
		json_object_set_new(data, "last_day", json_true());
}

static void set_returned(const struct reminder *reminder, json_t *data)
{
	struct arena *arena = reminder->run->arena;
	const struct submission *returned =
	    intake_returned(&reminder->run->intake, reminder->department->id);
	const struct receipt *receipt = returned->receipt;
	json_object_set_new(data, "revision", json_integer(returned->revision));
	if (receipt->returned_at)
		json_object_set_new(data, "day",
		    json_string(
		        chinese_date(arena_strndup(arena, receipt->returned_at, 10), arena)));
	if (receipt->reason)
		json_object_set_new(data, "reason", json_string(receipt->reason));
}

static json_t *reminder_data(const struct reminder *reminder)
{
	const struct workspace *ws = &reminder->run->workspace;
	int lists;
	json_t *chapters = chapters_data(reminder, &lists);
	json_t *data = json_pack("{s:s, s:s, s:s, s:i, s:s, s:s, s:s, s:i, s:b, s:b}", "name",
	    reminder->department->name, "department", reminder->department->id, "region",
	    ws->region, "year", ws->year, "report", ws->title, "issuer", ws->issuer, "today",
	    chinese_date(reminder->today, reminder->run->arena), "count",
	    (int)json_array_size(chapters), "lists", lists, cause_ids[reminder->cause], 1);
	json_object_set_new(data, "chapters", chapters);
	set_deadline(reminder, data);
	if (reminder->cause == CAUSE_RETURNED)
		set_returned(reminder, data);
	if (reminder->cause == CAUSE_REFUSED)
		json_object_set_new(data, "reasons", reasons_data(reminder));
	return data;
}

/* ---- writing it --------------------------------------------------------------------- */

/* A letter that somebody has worked on in Word or WPS bears that program's name. */
static int is_ours(const char *path, struct arena *arena)
{
	struct err ignored;
	struct store *store;
	struct buf part = { 0 };
	int mine = 0;
	if (file_type(path) == FILE_REGULAR &&
	    store_open(&store, path, NULL, 0, arena, &ignored) == 0) {
		const struct store_file *app = store_find(store, "docProps/app.xml");
		mine = app && store_read(store, app, 65536, &part, &ignored) == 0 &&
		       strstr(buf_str(&part), "<Application>nianbao</Application>");
		store_close(store);
	}
	buf_release(&part);
	return mine;
}

static int may_replace(const char *path, struct arena *arena, struct err *err)
{
	return file_type(path) == FILE_NONE || is_ours(path, arena)
	           ? 0
	           : err_set(err, ERR_USAGE,
	                 _("'%s' was worked on, or is another file: move it, or name another "
	                   "folder with -o"),
	                 path);
}

/* Takes out an earlier run's letter to a department that owes nothing any more. */
static void forget(struct run *run, const struct wish *wish, const struct department *department)
{
	const char *stem = path_join(run->arena, wish->folder, department->id);
	const char *docx = arena_printf(run->arena, "%s.docx", stem);
	if (file_type(docx) == FILE_REGULAR && is_ours(docx, run->arena)) {
		unlink(docx);
		unlink(arena_printf(run->arena, "%s.txt", stem));
	}
}

static int write_docx(const struct reminder *reminder, const struct md_node *letter,
    const char *path, struct err *err)
{
	const struct workspace *ws = &reminder->run->workspace;
	struct buf bytes = { 0 };
	struct doc_writer *doc = doc_new(&(struct doc_info){ .title = "催报通知",
	    .subject = ws->title,
	    .author = ws->issuer,
	    .date = reminder->today,
	    .no_page_number = 1 });
	doc_add_markdown(doc, letter);
	int rc = doc_finish(doc, &bytes, err);
	if (rc == 0)
		rc = file_write(path, bytes.data, bytes.len, err);
	buf_release(&bytes);
	return rc;
}

static int write_text(const struct md_node *letter, const char *path, struct err *err)
{
	struct buf text = { 0 };
	/* Notepad on Windows knows UTF-8 by its mark. */
	buf_adds(&text, "\xEF\xBB\xBF");
	letter_text(letter, &text);
	int rc = file_write(path, buf_str(&text), text.len, err);
	buf_release(&text);
	return rc;
}

/* What of a letter's data is for programs. */
static json_t *answer(
    const struct reminder *reminder, json_t *data, const char *docx, const char *txt)
{
	static const char *const keys[] = { "department", "name", "overdue", "left", "revision",
		"reason", "chapters" };
	json_t *item = json_pack(
	    "{s:s, s:s, s:s}", "cause", cause_ids[reminder->cause], "docx", docx, "txt", txt);
	json_t *chapter;
	size_t i;
	for (i = 0; i < LENGTH(keys); i++)
		if (json_object_get(data, keys[i]))
			json_object_set(item, keys[i], json_object_get(data, keys[i]));
	json_array_foreach(json_object_get(item, "chapters"), i, chapter)
	{
		json_object_del(chapter, "n");
		json_object_del(chapter, "last");
	}
	return item;
}

static int write_one(const struct reminder *reminder, const struct wish *wish, const char *template,
    json_t *list, struct err *err)
{
	struct run *run = reminder->run;
	struct mustache_env env = { .escape = markdown_escape };
	struct buf markdown = { 0 };
	const char *stem = path_join(run->arena, wish->folder, reminder->department->id);
	const char *docx = arena_printf(run->arena, "%s.docx", stem);
	const char *txt = arena_printf(run->arena, "%s.txt", stem);
	i18n_chinese(1);
	json_t *data = reminder_data(reminder);
	i18n_chinese(0);
	int rc = may_replace(docx, run->arena, err);
	if (rc == 0)
		rc = mustache_render(
		    "reminder.md", template, strlen(template), data, &env, &markdown, err);
	if (rc == 0) {
		const struct md_node *letter =
		    markdown_read(run->arena, buf_str(&markdown), markdown.len);
		rc = write_docx(reminder, letter, docx, err);
		if (rc == 0)
			rc = write_text(letter, txt, err);
	}
	if (rc == 0) {
		json_array_append_new(list, answer(reminder, data, docx, txt));
		if (!run->cli->json)
			printf("%s\n%s\n", docx, txt);
	}
	json_decref(data);
	buf_release(&markdown);
	return rc;
}

static int write_all(struct run *run, const struct wish *wish, json_t *list, struct err *err)
{
	struct buf template = { 0 };
	const char *today = clock_day(run->arena, clock_now());
	int rc = template_read(&run->templates, "reminder.md", &template, err);
	for (size_t i = 0; i < run->workspace.department_count && rc == 0; i++) {
		const struct department *department = &run->workspace.departments[i];
		int named = is_named(wish, department);
		struct reminder reminder = { run, department, CAUSE_NONE, today };
		if (wish->count && !named)
			continue;
		reminder.cause = cause_of(run, department, named);
		if (reminder.cause != CAUSE_NONE) {
			if (json_array_size(list) == 0)
				rc = folder_make(wish->folder, err);
			if (rc == 0)
				rc = write_one(&reminder, wish, buf_str(&template), list, err);
		} else if (!named) {
			forget(run, wish, department);
		} else {
			cli_say(run->cli, _("%s has handed in all it owes: no reminder"),
			    department->name);
		}
	}
	buf_release(&template);
	return rc;
}

/* Departments by their ids from here on. */
static int check_wish(struct run *run, const struct wish *wish)
{
	for (int i = 0; i < wish->count; i++) {
		const struct department *department = run_department(run, wish->names[i]);
		if (!department)
			return cli_usage(&command_remind,
			    _("departments.ini has no department '%s'"), wish->names[i]);
		wish->names[i] = arena_strdup(run->arena, department->id);
	}
	if (run_is_inbox(run, wish->folder))
		return cli_usage(&command_remind,
		    _("'%s' lies in the inbox: hand-ins only belong there"), wish->folder);
	return STATUS_DONE;
}

static int remind(struct cli *cli, const struct wish *wish)
{
	struct run run;
	struct err err = { 0 };
	int status;
	json_t *list = json_array();
	if (run_open(&run, cli, &status) == 0 && (status = check_wish(&run, wish)) == STATUS_DONE &&
	    run_gather(&run, &status) == 0) {
		run_settle(&run);
		status = write_all(&run, wish, list, &err) == 0 ? STATUS_DONE : cli_fail(&err);
		if (cli->json)
			cli_print_json(json_pack(
			    "{s:s, s:O}", "schema", "nianbao-reminders-1", "reminders", list));
		fflush(stdout);
		unsigned long n = (unsigned long)json_array_size(list);
		cli_say(cli, ngettext("%zu reminder", "%zu reminders", n), (size_t)n);
	}
	json_decref(list);
	run_close(&run);
	return status;
}

static int take(void *self, int option, const char *value)
{
	(void)option;
	((struct wish *)self)->folder = value;
	return *value ? 0 : -1;
}

static int run(struct cli *cli, int argc, char **argv)
{
	static const struct option options[] = { { "output", required_argument, NULL, 'o' },
		{ 0 } };
	struct wish wish = { .folder = "reminders" };
	int status;
	int first =
	    cli_options(cli, &command_remind, argc, argv, "o:", options, take, &wish, &status);
	if (first < 0)
		return status;
	wish.names = argv + first;
	wish.count = argc - first;
	return remind(cli, &wish);
}

const struct command command_remind = {
	.name = "remind",
	.summary = N_("write reminders to departments that are missing or were returned"),
	.arguments = "[-o FOLDER] [DEPARTMENT…]",
	.help = N_(
	    "Writes reminders/DEPARTMENT.docx and .txt, a notice in Chinese with the deadline and\n"
	    "the chapters that are owed, to each department that has handed in nothing, whose\n"
	    "hand-in was returned, or could not be taken; with DEPARTMENT to those alone, and to\n"
	    "one that still owes single chapters. Accepted findings (waivers.ini) are left out.\n"
	    "Prints the files' paths.\n"
	    "\n"
	    "  -o, --output FOLDER   write there instead of reminders/\n"
	    "  --json                what the notices say, as data\n"
	    "\n"
	    "A notice of an earlier run is replaced, or taken out when nothing is owed any\n"
	    "more; a .docx that was worked on since never, and then its .txt neither.\n"
	    "The words are templates/reminder.md.\n"
	    "$SOURCE_DATE_EPOCH is today, if set.\n"),
	.run = run,
};
