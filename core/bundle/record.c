/* record.c: how the bundle came about: what made it, from what configuration and hand-ins. */
#include "bundle/bag_impl.h"

#include "archive/digest.h"
#include "archive/name.h"
#include "archive/store.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

/* ---- software.csv ------------------------------------------------------ */

static int digest_of_file(const char *path, char hex[DIGEST_HEX_MAX], struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int rc = fd < 0 ? -1 : digest_file(fd, NULL, hex);
	if (rc != 0)
		err_sys(err, errno, _("cannot read '%s'"), path);
	if (fd >= 0)
		close(fd);
	return rc;
}

/* Free text from a plugin. */
static void put_shown(struct buf *out, const char *text, char follow)
{
	struct buf shown = { 0 };
	utf8_shown(&shown, text ? text : "");
	csv_put_cell(out, buf_str(&shown), follow);
	buf_release(&shown);
}

/* No paths: the same plugins are the same bytes wherever they are installed. */
static int add_software(struct writer *w, struct err *err)
{
	const struct catalog *catalog = w->bag->catalog;
	const char *software = w->bag->software;
	size_t name = strcspn(software, " ");
	struct buf text = { 0 };
	char self[DIGEST_HEX_MAX];
	if (digest_of_file("/proc/self/exe", self, err) != 0)
		return -1;
	buf_adds(&text, "kind,id,title,version,abi,sha256\n");
	buf_addf(&text, "program,%.*s,,%s,,%s\n", (int)name, software,
	    software[name] ? software + name + 1 : "", self);
	for (size_t i = 0; i < catalog->count; i++) {
		const struct chapter *chapter = &catalog->chapters[i];
		char hex[DIGEST_HEX_MAX];
		if (digest_of_file(chapter->path, hex, err) != 0) {
			buf_release(&text);
			return -1;
		}
		csv_put(&text, "chapter", ',');
		csv_put(&text, chapter->id, ',');
		put_shown(&text, chapter->title, ',');
		put_shown(&text, chapter->version, ',');
		buf_addf(&text, "%u,%s\n", (unsigned)chapter->abi, hex);
	}
	w->title = "编制软件清单";
	writer_add_text(w, "data/software.csv", &text);
	return 0;
}

/* ---- config/ ----------------------------------------------------------- */

/* What the office's folder has of that name; nothing if it has none. */
static void add_config(struct writer *w, const char *name)
{
	const char *path = path_join(&w->arena, w->bag->workspace->root, name);
	enum file_type type = file_type(path);
	if (type == FILE_NONE || type == FILE_FOLDER)
		return; /* of anything else, what cannot be packed is named when its turn comes */
	writer_add_path(w,
	    names_take(
	        &w->names, arena_printf(&w->arena, "data/config/%s", names_safe(&w->arena, name))),
	    path);
}

static int add_templates(struct writer *w, struct err *err)
{
	const char *folder = path_join(&w->arena, w->bag->workspace->root, "templates");
	char **names;
	size_t count;
	if (file_type(folder) != FILE_FOLDER)
		return 0;
	if (folder_list(folder, &w->arena, &names, &count, err) != 0)
		return -1;
	for (size_t i = 0; i < count; i++)
		if (names[i][0] != '.' && !name_is_litter(names[i]))
			add_config(w, arena_printf(&w->arena, "templates/%s", names[i]));
	return 0;
}

static int add_configuration(struct writer *w, struct err *err)
{
	static const char *const files[] = { "report.ini", "departments.ini", "frame.md",
		"waivers.ini" };
	const struct catalog *catalog = w->bag->catalog;
	w->title = "编制配置";
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		add_config(w, files[i]);
	if (add_templates(w, err) != 0)
		return -1;
	for (size_t i = 0; i < catalog->count; i++)
		add_config(w, arena_printf(&w->arena, "chapters/%s.md", catalog->chapters[i].id));
	return 0;
}

/* ---- log.csv ----------------------------------------------------------- */

/* As the counter takes it (receive in docs/formats.md), of what went into the bag. */
static void digest_of_handed_in(
    const struct handed_in *handed_in, const struct zip_entry *done, char hex[DIGEST_HEX_MAX])
{
	if (!handed_in->originals) {
		strcpy(hex, done[handed_in->first].sha256);
		return;
	}
	struct digest *digest = digest_new("sha256");
	for (size_t i = 0; i < handed_in->count; i++) {
		const char *name = handed_in->originals[i];
		digest_add(digest, done[handed_in->first + i].sha256, 64);
		digest_add(digest, "  ", 2);
		digest_add(digest, name, strlen(name));
		digest_add(digest, "\n", 1);
	}
	digest_end(digest, hex);
}

static const char *state_of(const struct submission *submission)
{
	if (submission->receipt && submission->receipt->returned)
		return "returned";
	return submission->latest ? "counts" : "replaced";
}

static void log_count(struct buf *out, long count)
{
	if (count >= 0)
		buf_addf(out, "%ld", count);
	buf_addc(out, ',');
}

static void log_row(
    const struct handed_in *handed_in, const struct zip_entry *done, struct buf *out)
{
	const struct submission *submission = handed_in->submission;
	const struct receipt *receipt = submission->receipt;
	const char *received = receipt && receipt->received ? receipt->received : submission->date;
	char hex[DIGEST_HEX_MAX];
	uint64_t bytes = 0;
	for (size_t i = 0; i < handed_in->count; i++)
		bytes += done[handed_in->first + i].size;
	digest_of_handed_in(handed_in, done, hex);
	csv_put(out, submission->department->id, ',');
	csv_put_cell(out, submission->department->name, ',');
	buf_addf(out, "%d,", submission->revision);
	csv_put(out, received ? received : "", ',');
	put_shown(out,
	    receipt && receipt->name ? receipt->name : path_base(store_path(submission->store)),
	    ',');
	csv_put(out, handed_in->folder, ',');
	buf_addf(out, "%zu,%" PRIu64 ",%s,", handed_in->count, bytes, hex);
	if (receipt && receipt->sha256)
		buf_adds(out, strcmp(receipt->sha256, hex) == 0 ? "yes" : "no");
	buf_addf(out, ",%zu,%s,", handed_in->renamed, state_of(submission));
	csv_put(out, receipt && receipt->returned_at ? receipt->returned_at : "", ',');
	put_shown(out, receipt && receipt->reason ? receipt->reason : "", ',');
	log_count(out, receipt ? receipt->errors : -1);
	log_count(out, receipt ? receipt->warnings : -1);
	log_count(out, receipt ? receipt->notes : -1);
	out->data[out->len - 1] = '\n';
}

static void make_log(void *self, const struct zip_entry *done, size_t count, struct buf *out)
{
	const struct writer *w = self;
	(void)count;
	buf_adds(out, "department,name,revision,received,handed_in_as,folder,files,bytes,sha256,"
	              "as_received,renamed,state,returned,reason,errors,warnings,notes\n");
	for (size_t i = 0; i < w->bag->intake->count; i++)
		log_row(&w->handed_in[i], done, out);
}

int record_add(struct writer *w, struct err *err)
{
	if (add_software(w, err) != 0)
		return -1;
	if (w->bag->publication)
		return 0;
	if (add_configuration(w, err) != 0)
		return -1;
	w->title = "报送材料处理记录";
	writer_add_late(w, "data/log.csv", make_log);
	return 0;
}
