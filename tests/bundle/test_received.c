/* What was received is what is packed, or nothing is. */
#include "bundle/received.h"

#include "../archive/scratch.h"
#include "archive/zip_writer.h"
#include "intake/counter.h"

/* Packs the hand-in, after `meanwhile`, as one whose receipt was written before. */
static int pack_after(const char *meanwhile, const char *name, int altered, struct err *err)
{
	struct arena arena = { 0 };
	struct received received = { .arena = &arena };
	char sha256[HANDIN_DIGEST_SIZE];
	struct receipt receipt = { .path = "inbox/sfj/1.receipt.ini", .sha256 = sha256 };
	struct submission submission = { .label = name, .receipt = &receipt, .altered = altered };
	struct zip_writer *zip = zip_writer_new(in("a.zip"), 2);
	struct buf before = { 0 };
	size_t count;
	int rc;

	sh("rm -rf h h.zip a.zip; mkdir -p h/a; echo one >h/a/1; echo two >h/2");
	sh("zip -qr h.zip h");
	cr_assert_eq(handin_digest(in(name), sha256, err), 0, "%s", err->text);
	sh("%s", meanwhile);
	cr_assert_eq(store_open(&submission.store, in(name), NULL, 1, &arena, err), 0);
	buf_adds(&before, "x");
	zip_writer_add_bytes(zip, "bagit.txt", &before);
	if (store_is_zip(submission.store)) {
		zip_writer_add_file(zip, "h.zip", in(name));
	} else {
		const struct store_file *files = store_files(submission.store, &count);

		for (size_t i = 0; i < count; i++)
			if (files[i].readable)
				zip_writer_add_file(zip, files[i].name,
				    store_file_path(submission.store, &files[i], &arena));
	}
	received_note(&received, &submission, 1, zip_writer_count(zip));
	zip_writer_inspect(zip, received_check, &received);
	rc = zip_writer_commit(zip, NULL, NULL, err);
	store_close(submission.store);
	arena_release(&arena);
	return rc;
}

static const struct {
	const char *name, *meanwhile;
	int altered, rc;
} cases[] = {
	{ "h", "true", 0, 0 },
	{ "h.zip", "true", 0, 0 },
	/* What the system leaves there is nobody's doing. */
	{ "h", "touch h/.DS_Store", 0, 0 },
	{ "h", "echo y >h/a/Thumbs.db; ln -s 2 h/link", 0, 0 },
	{ "h", "echo oNe >h/a/1", 0, -1 },
	{ "h", "mv h/2 h/3", 0, -1 },
	{ "h", "rm h/2", 0, -1 },
	{ "h", "touch h/new", 0, -1 },
	{ "h.zip", "echo >>h/2; rm h.zip; zip -qr h.zip h", 0, -1 },
	/* The office knows, and has accepted it. */
	{ "h", "rm h/2", 1, 0 },
	{ "h.zip", "echo >>h/2; rm h.zip; zip -qr h.zip h", 1, 0 },
};

Test(bundle, received_is_packed_or_nothing_is, SCRATCH)
{
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct err err = { 0 };
		int rc = pack_after(cases[i].meanwhile, cases[i].name, cases[i].altered, &err);

		cr_expect_eq(rc, cases[i].rc, "case %zu: %s", i, err.text);
		if (rc == 0)
			continue;
		cr_expect(strstr(err.text, cases[i].name), "case %zu: %s", i, err.text);
		cr_expect(strstr(err.text, "1.receipt.ini"), "case %zu: %s", i, err.text);
		sh("test ! -e a.zip && test \"$(ls -A | grep tmp)\" = ''");
	}
}
