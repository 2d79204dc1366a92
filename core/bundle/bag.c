/* bag.c: what goes into the bundle, under which name, and the manifests over it. */
#include "bundle/bag.h"

#include "archive/name.h"
#include "archive/store.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/length.h"
#include "base/utf8.h"
#include "bundle/bag_impl.h"
#include "bundle/export.h"
#include "bundle/export_sheet.h"
#include "bundle/seal.h"
#include "bundle/tagfile.h"

#include <string.h>
#include <unistd.h>

const char *bag_root(const struct workspace *workspace, int publication, struct arena *arena)
{
	const char *region = name_safe(arena, workspace->region);
	size_t n = strlen(region);
	while (n > 0 && (n > 180 || ((unsigned char)region[n] & 0xC0) == 0x80))
		n--; /* a long name must not push the year out */
	return arena_printf(
	    arena, "%.*s-%d%s", (int)n, region, workspace->year, publication ? "-public" : "");
}

const char *bag_identifier(const char *path, struct arena *arena)
{
	struct err ignored;
	struct store *store;
	struct tagfile text = { 0 };
	const char *identifier = NULL;
	if (store_open(&store, path, NULL, 1, arena, &ignored) != 0)
		return NULL;
	const struct store_file *file = store_find(store, "bag-info.txt");
	if (file && tagfile_read(store, file, "UTF-8", arena, &text, &ignored) == 0)
		identifier = tagfile_value(&text, "External-Identifier");
	store_close(store);
	return identifier;
}

static const char *below(const char *name, const char *folder)
{
	size_t n = strlen(folder);
	return strncmp(name, folder, n) == 0 && name[n] ? name + n : name;
}

/* The name as handed in, without a leading "attachments/"; for publication without any folder. */
static const char *original_name(const struct attachment *attachment, int publication)
{
	return publication ? path_base(attachment->file->name)
	                   : below(attachment->file->name, "attachments/");
}

void bag_name_attachments(struct intake *intake, int publication, struct arena *arena)
{
	struct names names = { .arena = arena };
	for (size_t i = 0; i < intake->count; i++) {
		struct submission *submission = &intake->items[i];
		for (size_t k = 0; submission->latest && k < submission->attachment_count; k++) {
			struct attachment *attachment = &submission->attachments[k];
			/* An internal one must not show in how others are numbered, either. */
			if (publication && attachment->internal)
				continue;
			attachment->path = names_take(
			    &names, arena_printf(arena, "attachments/%s/%s",
			                name_safe(arena, submission->department->id),
			                names_safe(arena, original_name(attachment, publication))));
		}
	}
	names_release(&names);
}

static const char *entry(struct writer *w, const char *name)
{
	w->titles = arena_grow(&w->arena, w->titles, w->entries, sizeof *w->titles);
	w->titles[w->entries++] = w->title;
	/* The zip takes a copy. */
	buf_clear(&w->entry);
	buf_addf(&w->entry, "%s/%s", w->root, name);
	return buf_str(&w->entry);
}

void writer_add_text(struct writer *w, const char *name, struct buf *content)
{
	zip_writer_add_bytes(w->zip, entry(w, name), content);
}

void writer_add_path(struct writer *w, const char *name, const char *path)
{
	zip_writer_add_file(w->zip, entry(w, name), path);
}

void writer_add_late(struct writer *w, const char *name, zip_late *make)
{
	zip_writer_add_late(w->zip, entry(w, name), make, w);
}

const char *writer_plain(const struct writer *w, const char *name)
{
	return name + strlen(w->root) + 1;
}

int writer_is_payload(const struct writer *w, const char *name)
{
	return strncmp(writer_plain(w, name), "data/", 5) == 0;
}

/* ---- payload ----------------------------------------------------------- */

static int add_sheets(struct writer *w, struct err *err)
{
	const struct bag *bag = w->bag;
	struct buf sheets = { 0 };
	w->title = "指标汇总表";
	const struct figures_book book = { .figures = bag->figures,
		.workspace = bag->workspace,
		.catalog = bag->catalog,
		.software = bag->software,
		.draft = bag->report->draft,
		.publication = bag->publication };
	if (export_figures_sheets(&book, &sheets, err) != 0)
		return -1;
	writer_add_text(w, "data/figures.xlsx", &sheets);
	return 0;
}

static int add_data(struct writer *w, struct err *err)
{
	struct bag *bag = w->bag;
	struct buf text = { 0 };
	w->title = bag->workspace->title;
	for (size_t i = 0; i < bag->output_count; i++)
		writer_add_text(w, arena_printf(&w->arena, "data/report/%s", bag->outputs[i].name),
		    &bag->outputs[i].content);
	w->title = "指标汇总表";
	export_figures_csv(bag->figures, bag->publication, &text);
	writer_add_text(w, "data/figures.csv", &text);
	json_t *figures =
	    export_figures(bag->figures, bag->workspace, bag->review, bag->publication);
	export_json(figures, &text);
	json_decref(figures);
	writer_add_text(w, "data/figures.json", &text);
	if (add_sheets(w, err) != 0)
		return -1;
	w->title = "报告标题和要点目录";
	export_outline(bag->report, &text);
	writer_add_text(w, "data/outline.csv", &text);
	if (!bag->publication) {
		w->title = "校核意见表";
		export_findings_csv(bag->findings, bag->catalog, &text);
		writer_add_text(w, "data/findings.csv", &text);
	}
	return 0;
}

static void add_file(
    struct writer *w, struct store *store, const struct store_file *file, const char *name)
{
	const char *path = store_file_path(store, file, &w->arena);
	if (path)
		writer_add_path(w, name, path);
	else
		zip_writer_add_member(w->zip, entry(w, name), store, file);
}

static void note_renamed(struct writer *w, const char *name, const char *original)
{
	struct buf shown = { 0 }; /* it need not be UTF-8 */
	utf8_shown(&shown, original);
	csv_put(&w->renamed, name, ',');
	csv_put(&w->renamed, buf_str(&shown), '\n');
	buf_release(&shown);
}

static void add_attachments(struct writer *w)
{
	const struct intake *intake = w->bag->intake;
	for (size_t i = 0; i < intake->count; i++) {
		const struct submission *submission = &intake->items[i];
		for (size_t k = 0; submission->latest && k < submission->attachment_count; k++) {
			const struct attachment *attachment = &submission->attachments[k];
			if (w->bag->publication && attachment->internal)
				continue;
			const char *name = arena_printf(&w->arena, "data/%s", attachment->path);
			const char *original = original_name(attachment, w->bag->publication);
			size_t n = strlen(original), m = strlen(name);
			w->title = attachment->title;
			if (m < n || strcmp(name + m - n, original) != 0)
				note_renamed(w, name,
				    w->bag->publication ? original : attachment->file->name);
			add_file(w, attachment->store, attachment->file, name);
		}
	}
}

/* The entry of one file of a hand-in, its original name noted where it had to change. */
static const char *submission_name(
    struct writer *w, struct handed_in *handed_in, const char *original)
{
	const char *folder = handed_in->folder;
	const char *name = names_take(
	    &w->names, arena_printf(&w->arena, "%s/%s", folder, names_safe(&w->arena, original)));
	if (strcmp(name + strlen(folder) + 1, original) != 0) {
		note_renamed(w, name, original);
		handed_in->renamed++;
	}
	return name;
}

/* Every revision as it came in: a zip as that zip, a folder file by file. */
static void add_submission(struct writer *w, struct handed_in *handed_in)
{
	struct store *store = handed_in->submission->store;
	handed_in->first = w->entries;
	if (store_is_zip(store)) {
		const char *path = store_path(store);
		writer_add_path(w, submission_name(w, handed_in, path_base(path)), path);
		handed_in->count = 1;
		return;
	}
	size_t count;
	const struct store_file *files = store_files(store, &count);
	handed_in->originals = arena_alloc(&w->arena, (count + 1) * sizeof *handed_in->originals);
	for (size_t i = 0; i < count; i++)
		if (files[i].readable) { /* a link or device was found and named by intake */
			handed_in->originals[handed_in->count++] = files[i].name;
			add_file(w, store, &files[i], submission_name(w, handed_in, files[i].name));
		}
}

static void add_submissions(struct writer *w)
{
	const struct intake *intake = w->bag->intake;
	unsigned same = 0;
	w->handed_in = arena_alloc(&w->arena, (intake->count + 1) * sizeof *w->handed_in);
	for (size_t i = 0; i < intake->count; i++) {
		const struct submission *submission = &intake->items[i];
		const struct submission *before = i ? &intake->items[i - 1] : NULL;
		int twin = before && before->department == submission->department &&
		           before->revision == submission->revision;
		same = twin ? same + 1 : 0;
		const char *folder = arena_printf(&w->arena, "data/submissions/%s/%d",
		    name_safe(&w->arena, submission->department->id), submission->revision);
		if (same) /* two of one revision, packed as a draft all the same */
			folder = arena_printf(&w->arena, "%s-%u", folder, same + 1);
		w->title = arena_printf(&w->arena, "%s第%d次报送材料", submission->department->name,
		    submission->revision);
		w->handed_in[i] = (struct handed_in){ submission, folder, 0, 0, NULL, 0 };
		size_t first = zip_writer_count(w->zip);
		add_submission(w, &w->handed_in[i]);
		received_note(&w->received, submission, first, zip_writer_count(w->zip));
		if (submission
		        ->receipt) /* when it came, under what name, whether it was returned */
			writer_add_path(w, arena_printf(&w->arena, "%s%s", folder, RECEIPT_ENDING),
			    submission->receipt->path);
	}
}

/* ---- manifests --------------------------------------------------------- */

static const struct kind {
	const char *name;
	int tag, sm3;
} manifests[] = { { "manifest-sha256.txt", 0, 0 }, { "manifest-sm3.txt", 0, 1 },
	{ "tagmanifest-sha256.txt", 1, 0 }, { "tagmanifest-sm3.txt", 1, 1 } };

struct manifest {
	struct writer *writer;
	const struct kind *kind;
};

static void manifest(void *self, const struct zip_entry *done, size_t count, struct buf *out)
{
	const struct manifest *m = self;
	for (size_t i = 0; i < count; i++) {
		const char *name = writer_plain(m->writer, done[i].name);
		/* A tag manifest lists all tag files but tag manifests (RFC 8493, 2.2.1). */
		if (writer_is_payload(m->writer, done[i].name) == m->kind->tag ||
		    strncmp(name, "tagmanifest-", 12) == 0)
			continue;
		buf_addf(out, "%s  %s\n", m->kind->sm3 ? done[i].sm3 : done[i].sha256, name);
	}
}

/* Everything in its order: what tells of other files stands behind them. */
static int add_all(struct writer *w, struct err *err)
{
	struct bag *bag = w->bag;
	struct buf text = { 0 };
	buf_adds(&text, "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
	w->title = "";
	writer_add_text(w, "bagit.txt", &text);
	if (add_data(w, err) != 0)
		return -1;
	add_attachments(w);
	if (!bag->publication)
		add_submissions(w);
	if (record_add(w, err) != 0)
		return -1;
	if (w->renamed.len) {
		w->title = "文件更名对照表";
		buf_adds(&text, "name,original\n");
		buf_add(&text, w->renamed.data, w->renamed.len);
		writer_add_text(w, "data/names.csv", &text);
	}
	describe_payload(w);
	describe_bag(w);
	return zip_writer_want_sm3(w->zip, err);
}

int bag_write(
    struct bag *bag, const char *path, zip_progress *progress, void *self, struct err *err)
{
	struct writer w = { .bag = bag };
	w.names.arena = w.received.arena = &w.arena;
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	w.root = bag_root(bag->workspace, bag->publication, &w.arena);
	w.zip = zip_writer_new(path, cores > 1 ? (unsigned)cores : 1);
	zip_writer_inspect(w.zip, received_check, &w.received);

	zip_writer_beside(w.zip, seal_endings);
	int rc = add_all(&w, err);
	w.title = "";
	struct manifest all[LENGTH(manifests)];
	for (size_t i = 0; i < LENGTH(manifests); i++) {
		all[i] = (struct manifest){ &w, &manifests[i] };
		zip_writer_add_late(w.zip, entry(&w, manifests[i].name), manifest, &all[i]);
	}
	if (rc == 0)
		rc = zip_writer_commit(w.zip, progress, self, err);
	else
		zip_writer_drop(w.zip);
	names_release(&w.names);
	buf_release(&w.renamed);
	buf_release(&w.entry);
	arena_release(&w.arena);
	return rc;
}
