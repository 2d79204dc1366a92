/* bag.c: what goes into the bundle, under which name, and the manifests over it. */
#include "bundle/bag.h"

#include "archive/name.h"
#include "archive/store.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/length.h"
#include "base/utf8.h"
#include "bundle/export.h"
#include "bundle/export_sheet.h"
#include "bundle/names.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

struct writer {
	struct bag *bag;
	struct arena arena;
	struct zip_writer *zip;
	const char *root;
	struct names names; /* of submissions' files */
	struct buf renamed; /* names.csv: names that had to change */
};

const char *bag_root(const struct workspace *workspace, struct arena *arena)
{
	const char *region = name_safe(arena, workspace->region);
	size_t n = strlen(region);
	while (n > 0 && (n > 180 || ((unsigned char)region[n] & 0xC0) == 0x80))
		n--; /* a long name must not push the year out */
	return arena_printf(arena, "%.*s-%d", (int)n, region, workspace->year);
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
	return arena_printf(&w->arena, "%s/%s", w->root, name);
}

static void add_text(struct writer *w, const char *name, struct buf *content)
{
	zip_writer_add_bytes(w->zip, entry(w, name), content);
}

/* ---- payload ----------------------------------------------------------- */

static int add_sheets(struct writer *w, struct err *err)
{
	const struct bag *bag = w->bag;
	struct buf sheets = { 0 };
	const struct figures_book book = { .figures = bag->figures,
		.workspace = bag->workspace,
		.catalog = bag->catalog,
		.software = bag->software,
		.draft = bag->report->draft,
		.publication = bag->publication };
	if (export_figures_sheets(&book, &sheets, err) != 0)
		return -1;
	add_text(w, "data/figures.xlsx", &sheets);
	return 0;
}

static int add_data(struct writer *w, struct err *err)
{
	struct bag *bag = w->bag;
	struct buf text = { 0 };
	for (size_t i = 0; i < bag->output_count; i++)
		add_text(w, arena_printf(&w->arena, "data/report/%s", bag->outputs[i].name),
		    &bag->outputs[i].content);
	export_figures_csv(bag->figures, bag->publication, &text);
	add_text(w, "data/figures.csv", &text);
	json_t *figures =
	    export_figures(bag->figures, bag->workspace, bag->review, bag->publication);
	export_json(figures, &text);
	json_decref(figures);
	add_text(w, "data/figures.json", &text);
	if (add_sheets(w, err) != 0)
		return -1;
	if (!bag->publication) {
		export_findings_csv(bag->findings, bag->catalog, &text);
		add_text(w, "data/findings.csv", &text);
	}
	return 0;
}

static void add_file(
    struct writer *w, struct store *store, const struct store_file *file, const char *name)
{
	const char *path = store_file_path(store, file, &w->arena);
	if (path)
		zip_writer_add_file(w->zip, entry(w, name), path);
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
			if (m < n || strcmp(name + m - n, original) != 0)
				note_renamed(w, name,
				    w->bag->publication ? original : attachment->file->name);
			add_file(w, attachment->store, attachment->file, name);
		}
	}
}

/* The entry of one file of a hand-in, its original name noted where it had to change. */
static const char *submission_name(struct writer *w, const char *folder, const char *original)
{
	const char *name = names_take(
	    &w->names, arena_printf(&w->arena, "%s/%s", folder, names_safe(&w->arena, original)));
	if (strcmp(name + strlen(folder) + 1, original) != 0)
		note_renamed(w, name, original);
	return name;
}

/* Every revision as it came in: a zip as that zip, a folder file by file. */
static void add_submission(
    struct writer *w, const struct submission *submission, const char *folder)
{
	struct store *store = submission->store;
	if (store_is_zip(store)) {
		const char *path = store_path(store);
		const char *name = submission_name(w, folder, path_base(path));
		zip_writer_add_file(w->zip, entry(w, name), path);
		return;
	}
	size_t count;
	const struct store_file *files = store_files(store, &count);
	for (size_t i = 0; i < count; i++)
		if (files[i].readable) /* a link or device was found and named by intake */
			add_file(w, store, &files[i], submission_name(w, folder, files[i].name));
}

static void add_submissions(struct writer *w)
{
	const struct intake *intake = w->bag->intake;
	unsigned same = 0;
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
		add_submission(w, submission, folder);
		if (submission
		        ->receipt) /* when it came, under what name, whether it was returned */
			zip_writer_add_file(w->zip,
			    entry(w, arena_printf(&w->arena, "%s%s", folder, RECEIPT_ENDING)),
			    submission->receipt->path);
	}
}

/* ---- tags -------------------------------------------------------------- */

static int is_payload(const struct writer *w, const char *name)
{
	return strncmp(name + strlen(w->root), "/data/", 6) == 0;
}

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
		const char *name = done[i].name + strlen(m->writer->root) + 1;
		/* A tag manifest lists all tag files but tag manifests (RFC 8493, 2.2.1). */
		if (is_payload(m->writer, done[i].name) == m->kind->tag ||
		    strncmp(name, "tagmanifest-", 12) == 0)
			continue;
		buf_addf(out, "%s  %s\n", m->kind->sm3 ? done[i].sm3 : done[i].sha256, name);
	}
}

static void info_line(struct buf *out, const char *label, const char *value)
{
	if (value && *value)
		buf_addf(out, "%s: %s\n", label, value);
}

static void bag_info(void *self, const struct zip_entry *done, size_t count, struct buf *out)
{
	const struct writer *w = self;
	const struct workspace *ws = w->bag->workspace;
	uint64_t bytes = 0, files = 0;
	for (size_t i = 0; i < count; i++)
		if (is_payload(w, done[i].name)) {
			bytes += done[i].size;
			files++;
		}
	info_line(out, "Source-Organization", ws->issuer);
	info_line(out, "External-Identifier", w->root);
	info_line(out, "External-Description", ws->title);
	/* The report's date, not today's: the same inputs are the same bytes. */
	info_line(out, "Bagging-Date", ws->date);
	info_line(out, "Bag-Software-Agent", w->bag->software);
	if (w->bag->report->draft)
		info_line(out, "Internal-Sender-Description",
		    w->bag->publication ? "DRAFT: made despite errors"
		                        : "DRAFT: made despite errors, see data/findings.csv");
	buf_addf(out, "Payload-Oxum: %" PRIu64 ".%" PRIu64 "\n", bytes, files);
}

int bag_write(
    struct bag *bag, const char *path, zip_progress *progress, void *self, struct err *err)
{
	struct writer w = { .bag = bag };
	w.names.arena = &w.arena;
	struct buf text = { 0 };
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	w.root = bag_root(bag->workspace, &w.arena);
	w.zip = zip_writer_new(path, cores > 1 ? (unsigned)cores : 1);

	buf_adds(&text, "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
	add_text(&w, "bagit.txt", &text);
	int rc = add_data(&w, err);
	add_attachments(&w);
	if (!bag->publication)
		add_submissions(&w);
	if (w.renamed.len) {
		buf_adds(&text, "name,original\n");
		buf_add(&text, w.renamed.data, w.renamed.len);
		add_text(&w, "data/names.csv", &text);
	}
	zip_writer_add_late(w.zip, entry(&w, "bag-info.txt"), bag_info, &w);
	struct manifest all[LENGTH(manifests)];
	for (size_t i = 0; i < LENGTH(manifests); i++) {
		all[i] = (struct manifest){ &w, &manifests[i] };
		zip_writer_add_late(w.zip, entry(&w, manifests[i].name), manifest, &all[i]);
	}
	if (rc == 0)
		rc = zip_writer_want_sm3(w.zip, err);
	if (rc == 0)
		rc = zip_writer_commit(w.zip, progress, self, err);
	else
		zip_writer_drop(w.zip);
	buf_release(&text);
	names_release(&w.names);
	buf_release(&w.renamed);
	arena_release(&w.arena);
	return rc;
}
