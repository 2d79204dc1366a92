/* Words of Word and Excel attachments: the same, and in the same order, whoever reads them. */
#include "review/ahead.h"

#include "../base/found.h"
#include "../office/built.h"

#include "office/part.h"

enum { FILES = 23, SUBMISSIONS = 3, THREADS = 3 };

/* Three hand-ins with workbooks and documents in them, some damaged, others no such files. */
struct handed_in {
	struct intake intake;
	struct submission submissions[SUBMISSIONS];
	struct attachment attachments[SUBMISSIONS][FILES];
};

static const char *name_of(unsigned submission, unsigned file)
{
	static const char *const endings[] = { "xlsx", "docx", "txt", "xlsx", "DOCX" };

	return arena_printf(&scratch_arena, "%u/%02u.%s", submission, file,
	    endings[(submission + file) % COUNT(endings)]);
}

static void put_file(unsigned submission, unsigned file)
{
	const char *name = name_of(submission, file);
	struct buf text = { 0 }, bytes = { 0 };

	/* Lengths that differ, so that later ones are done before earlier ones. */
	for (unsigned i = 0; i < (file * 7 + submission) % 11 * 40; i++)
		if (strstr(name, ".xlsx"))
			buf_addf(&text,
			    "<row><c t=\"inlineStr\"><is><t>第%u号文件%u行</t></is></c></row>",
			    file, i);
		else
			buf_addf(&text, "<w:p><w:r><w:t>%u段%u</w:t></w:r></w:p>", file, i);
	if (strstr(name, ".xlsx")) {
		const char *sheet =
		    arena_printf(&scratch_arena, "<sheetData>%s</sheetData>", buf_str(&text));
		bytes = build_xlsx(sheet, NULL, NULL);
	} else {
		bytes = build_docx(buf_str(&text), NULL, NULL);
	}
	put(name, bytes.data, file % 9 == 4 ? bytes.len / 2 : bytes.len);
	buf_release(&text);
	buf_release(&bytes);
}

static void hand_in(struct handed_in *h)
{
	*h = (struct handed_in){ .intake = { .items = h->submissions, .count = SUBMISSIONS } };
	part_init();
	for (unsigned s = 0; s < SUBMISSIONS; s++) {
		struct submission *submission = &h->submissions[s];
		struct err err = { 0 };
		const char *folder = arena_printf(&scratch_arena, "%u", s);

		sh("mkdir %u", s);
		for (unsigned f = 0; f < FILES; f++)
			put_file(s, f);
		if (s == 1) { /* out of a zip as well */
			sh("cd 1 && zip -qr ../1.zip . && cd .. && rm -r 1");
			folder = "1.zip";
		}
		cr_assert_eq(
		    store_open(&submission->store, in(folder), NULL, 0, &scratch_arena, &err), 0,
		    "%s", err.text);
		submission->attachments = h->attachments[s];
		submission->attachment_count = FILES;
		for (unsigned f = 0; f < FILES; f++) {
			h->attachments[s][f].store = submission->store;
			h->attachments[s][f].file =
			    store_find(submission->store, strchr(name_of(s, f), '/') + 1);
			cr_assert(h->attachments[s][f].file);
		}
	}
}

static void take_back(struct handed_in *h)
{
	for (unsigned s = 0; s < SUBMISSIONS; s++)
		store_close(h->submissions[s].store);
}

/* All that is said of an attachment. */
static void add_words(struct buf *out, struct ahead *ahead, const struct attachment *attachment)
{
	struct words words;

	ahead_take(ahead, attachment->store, attachment->file, &words);
	buf_addf(out, "%s: %d %s %zu\n", attachment->file->name, words.rc,
	    words.rc ? words.problem.text : "", words.count);
	for (size_t i = 0; i < words.count; i++)
		buf_addf(out, "%s:%u:%u %s\n", words.pieces[i].sheet ? words.pieces[i].sheet : "",
		    words.pieces[i].line, words.pieces[i].column, words.pieces[i].text);
	words_release(&words);
}

/* Asks for all that may be read, but for every `leave`th; without `ahead`, one after the other. */
static struct buf words_of(const struct handed_in *h, struct ahead *ahead, unsigned leave)
{
	struct buf out = { 0 };

	for (unsigned s = 0, n = 0; s < SUBMISSIONS; s++)
		for (unsigned f = 0; f < FILES; f++)
			if (ahead_is_office(h->attachments[s][f].file->name) && ++n % leave)
				add_words(&out, ahead, &h->attachments[s][f]);
	return out;
}

Test(review, ahead, SCRATCH)
{
	static const unsigned leaves[] = { 1000, 5, 2 };
	struct handed_in h;

	hand_in(&h);
	for (size_t l = 0; l < COUNT(leaves); l++) {
		struct buf alone = words_of(&h, NULL, leaves[l]);

		cr_assert_gt(alone.len, 50000);
		cr_assert(strstr(buf_str(&alone), ": -1 cannot open"), "none is damaged");
		for (unsigned threads = 0; threads <= THREADS; threads++) {
			struct ahead *ahead = ahead_new(&h.intake, threads);
			struct buf together = words_of(&h, ahead, leaves[l]);

			cr_expect_str_eq(
			    buf_str(&together), buf_str(&alone), "%u threads", threads);
			ahead_free(ahead);
			buf_release(&together);
		}
		buf_release(&alone);
	}
	take_back(&h);
}

/* Who asks for nothing, or for something else, gets no less and leaves nothing behind. */
Test(review, ahead_unasked, SCRATCH)
{
	struct handed_in h;
	struct intake none = { 0 };

	hand_in(&h);
	for (unsigned threads = 0; threads <= THREADS; threads++) {
		struct ahead *ahead = ahead_new(&h.intake, threads);
		struct buf last = { 0 }, alone = { 0 };

		/* Not in the window yet, then passed over, then at its end. */
		for (unsigned f = FILES; f-- > 0;) {
			const struct attachment *attachment = &h.attachments[1][f];

			if (!ahead_is_office(attachment->file->name))
				continue;
			add_words(&last, ahead, attachment);
			add_words(&alone, NULL, attachment);
		}
		cr_expect_str_eq(buf_str(&last), buf_str(&alone));
		ahead_free(ahead);
		buf_release(&last);
		buf_release(&alone);

		ahead_free(ahead_new(&h.intake, threads));
		ahead_free(ahead_new(&none, threads));
	}
	ahead_free(NULL);
	take_back(&h);
}
