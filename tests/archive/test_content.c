/* Tests of archive/content.c: what a zip is, by its own entries and not by those of its files. */
#include "archive/content.h"

#include "base/length.h"
#include "rawzip.h"

enum { MOST = 4 };

static const struct content_case {
	const char *what;
	struct raw entries[MOST];
	enum content_kind kind;
	int macros, encrypted;
} cases[] = {
	{ "nothing of note", { { .name = "甲.txt", .content = "x" } }, .kind = CONTENT_IS_ZIP },
	{ "Word's",
	    { { .name = "[Content_Types].xml", .content = "x" },
	        { .name = "word/document.xml", .content = "y" } },
	    .kind = CONTENT_IS_OFFICE },
	{ "LibreOffice's: types last, all streamed",
	    { { .name = "_rels/.rels", .content = "x", .flags = 8, .descriptor = 16 },
	        { .name = "word/document.xml", .content = "y", .flags = 8, .descriptor = 16 },
	        { .name = "[Content_Types].xml", .content = "z", .flags = 8, .descriptor = 16 } },
	    .kind = CONTENT_IS_OFFICE },
	{ "sizes of 64 bits behind the data",
	    { { .name = "a", .content = "x", .flags = 8, .descriptor = 24 },
	        { .name = "OFD.xml", .content = "y", .flags = 8, .descriptor = 24 } },
	    .kind = CONTENT_IS_OFD },
	{ "sizes behind the data, without a mark",
	    { { .name = "a", .content = "x", .flags = 8, .descriptor = 12 },
	        { .name = "OFD.xml", .content = "y", .flags = 8, .descriptor = 20 } },
	    .kind = CONTENT_IS_OFD },
	{ "a name that only ends so", { { .name = "附件/OFD.xml", .content = "x" } },
	    .kind = CONTENT_IS_ZIP },
	{ "macros",
	    { { .name = "[Content_Types].xml", .content = "x" },
	        { .name = "word/vbaProject.bin", .content = "y" } },
	    .kind = CONTENT_IS_OFFICE, .macros = 1 },
	{ "a file that is there to hold some", { { .name = "附件/台账.XLSM", .content = "x" } },
	    .kind = CONTENT_IS_ZIP, .macros = 1 },
	{ "talk of macros", { { .name = "a.txt", .content = "vbaProject.bin x.docm" } },
	    .kind = CONTENT_IS_ZIP },
	{ "the first needs a password", { { .name = "a", .content = "x", .flags = 1 } },
	    .kind = CONTENT_IS_ZIP, .encrypted = 1 },
	{ "the second needs a password",
	    { { .name = "a", .content = "x" }, { .name = "b", .content = "y", .flags = 1 } },
	    .kind = CONTENT_IS_ZIP, .encrypted = 1 },
};

static size_t count_of(const struct content_case *c)
{
	size_t count = 0;

	while (count < MOST && c->entries[count].name)
		count++;
	return count;
}

static struct buf zip_of(const struct content_case *c)
{
	struct buf out = { 0 };

	raw_zip(&out, c->entries, count_of(c));
	return out;
}

Test(archive, content_by_entries)
{
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct buf zip = zip_of(&cases[i]);
		struct content content = content_of(zip.data, zip.len, 1);

		cr_expect_eq(content.kind, cases[i].kind, "%s: %s", cases[i].what,
		    content_name(content.kind));
		cr_expect_eq(content.macros, cases[i].macros, "%s", cases[i].what);
		cr_expect_eq(content.encrypted, cases[i].encrypted, "%s", cases[i].what);
		cr_expect(!content.partial, "%s", cases[i].what);
		buf_release(&zip);
	}
}

/* As a hand-in holds it that was packed by us: pictures and documents are not compressed again. */
static void expect_within(const struct content_case *c, unsigned flags, int descriptor)
{
	struct buf inner = zip_of(c), outer = { 0 };
	const struct raw entries[] = {
		{ .name = "submission.ini",
		    .content = "[submission]",
		    .flags = flags,
		    .descriptor = descriptor },
		{ .name = "附件/内.zip",
		    .content = inner.data,
		    .content_length = inner.len,
		    .flags = flags,
		    .descriptor = descriptor },
		{ .name = "z.md", .content = "x", .flags = flags, .descriptor = descriptor },
	};
	struct content content;

	raw_zip(&outer, entries, LENGTH(entries));
	content = content_of(outer.data, outer.len, 1);
	cr_expect_eq(content.kind, CONTENT_IS_ZIP, "%s: %s", c->what, content_name(content.kind));
	cr_expect_eq(content.macros, c->macros, "%s", c->what);
	cr_expect_eq(content.encrypted, 0, "%s", c->what);
	buf_release(&inner);
	buf_release(&outer);
}

/* What lies in it does not say what it is; but macros in what lies in it are in it. */
Test(archive, content_of_a_zip_in_a_zip)
{
	for (size_t i = 0; i < LENGTH(cases); i++) {
		expect_within(&cases[i], 0, 0);
		expect_within(&cases[i], 8, 16);
		expect_within(&cases[i], 8, 24);
	}
}

/* Whatever of it is seen: nothing is read beyond, and nothing said that more would take back. */
Test(archive, content_of_the_first_bytes)
{
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct buf zip = zip_of(&cases[i]);

		for (size_t n = 4; n < zip.len; n++) {
			char *bytes = mem_alloc(n);
			struct content content;

			memcpy(bytes, zip.data, n);
			content = content_of(bytes, n, 0);
			cr_expect(
			    content.kind == cases[i].kind || content.partial || n < zip.len - 22,
			    "%s, %zu bytes", cases[i].what, n);
			cr_expect(content.kind == cases[i].kind || content.kind == CONTENT_IS_ZIP);
			if (cases[i].kind == CONTENT_IS_OFFICE)
				cr_expect(content_fits("x.docx", &content), "%s, %zu bytes",
				    cases[i].what, n);
			free(bytes);
		}
		buf_release(&zip);
	}
}

Test(archive, content_fits_names)
{
	static const struct {
		const char *name;
		enum content_kind kind;
		int partial, fits;
	} names[] = {
		{ "x.zip", CONTENT_IS_ZIP, 0, 1 },
		{ "x.zip", CONTENT_IS_OFFICE, 0, 1 },
		{ "x.ZIP", CONTENT_IS_OFD, 0, 1 },
		{ "x.zip", CONTENT_IS_PDF, 0, 0 },
		{ "x.docx", CONTENT_IS_OFFICE, 0, 1 },
		{ "x.docx", CONTENT_IS_ZIP, 0, 0 },
		{ "x.docx", CONTENT_IS_ZIP, 1, 1 },
		{ "x.docx", CONTENT_IS_OFD, 1, 0 },
		{ "x.ofd", CONTENT_IS_ZIP, 0, 0 },
		{ "x.ofd", CONTENT_IS_ZIP, 1, 1 },
		{ "x.pdf", CONTENT_IS_ZIP, 1, 0 },
		{ "x.md", CONTENT_IS_ZIP, 1, 0 },
		{ "x.md", CONTENT_IS_UNKNOWN, 0, 1 },
		{ "x.et", CONTENT_IS_PROGRAM, 0, 1 },
	};

	for (size_t i = 0; i < LENGTH(names); i++) {
		struct content content = { .kind = names[i].kind, .partial = names[i].partial };

		cr_expect_eq(content_fits(names[i].name, &content), names[i].fits, "%s, %s",
		    names[i].name, content_name(names[i].kind));
	}
}

/* Headers without end, each of a stream that ends nowhere: looked through once, not for each. */
Test(archive, content_without_end, .timeout = 25)
{
	const struct raw stream = { .name = "", .content = "", .flags = 8, .descriptor = 12 };
	struct buf zip = { 0 };

	while (zip.len < (size_t)4 << 20)
		raw_local(&zip, &stream);
	cr_expect_eq(content_of(zip.data, zip.len, 1).kind, CONTENT_IS_ZIP);
	buf_release(&zip);
}
