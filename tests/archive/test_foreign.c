/* Zips as others make them: none is refused, and every name comes out right. */
#include "archive/store.h"

#include "archive/zip_writer.h"
#include "rawzip.h"

#include <time.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct store_limits generous = {
	.files = 200000, .total_bytes = 1 << 30, .depth = 32, .ratio = 1000
};

static struct store *take(const char *zip, const char *kind)
{
	struct store *store = NULL;
	struct err err = { 0 };
	size_t count;
	const struct store_fault *faults;

	cr_assert_eq(store_open_suspect(&store, in(zip), &generous, 1, &scratch_arena, &err), 0,
	    "%s: %s", kind, err.text);
	faults = store_faults(store, &count);
	for (size_t i = 0; i < count; i++)
		cr_expect_fail("%s: %s: %s", kind, faults[i].name ? faults[i].name : "(zip)",
		    faults[i].problem);
	return store;
}

/* The names but for litter, and that each file can be read; then closes it. */
static void expect(struct store *store, const char *kind, const char *names, const char *charset)
{
	struct buf found = { 0 };
	size_t count;
	const struct store_file *files = store_files(store, &count);

	for (size_t i = 0; i < count; i++) {
		struct buf out = { 0 };
		struct err err = { 0 };

		cr_expect_eq(
		    store_read(store, &files[i], 1 << 20, &out, &err), 0, "%s: %s", kind, err.text);
		buf_release(&out);
		if (!files[i].litter)
			buf_addf(&found, "%s%s", found.len ? " " : "", files[i].name);
	}
	cr_expect_str_eq(buf_str(&found), names, "%s: %s", kind, buf_str(&found));
	if (charset)
		cr_expect(store_charset(store) && strcmp(store_charset(store), charset) == 0,
		    "%s: %s", kind, store_charset(store) ? store_charset(store) : "none");
	else
		cr_expect_null(store_charset(store), "%s: %s", kind, store_charset(store));
	buf_release(&found);
	store_close(store);
}

#define KIT "submission.ini 附件/昞玕 台账.csv 附件/空.txt 附件/里.zip"

/* In the folder beside 报送, which is to be packed into ../in.zip. */
static const struct {
	const char *kind, *command, *charset;
} makers[] = {
	{ "zip", "zip -qr ../in.zip 报送", "UTF-8" },
	{ "zip, stored", "zip -q0r ../in.zip 报送", "UTF-8" },
	{ "zip, without folders and fields", "zip -qrDX ../in.zip 报送", "UTF-8" },
	{ "zip to a pipe", "zip -qr - 报送 | cat >../in.zip", "UTF-8" },
	{ "zip, 64 bits", "zip -fz -qr ../in.zip 报送", "UTF-8" },
	{ "zip with a comment", "zip -qr ../in.zip 报送 && echo 某县司法局 | zip -qz ../in.zip",
	    "UTF-8" },
	{ "zip, without a folder around", "cd 报送 && zip -qr ../../in.zip .", "UTF-8" },
	{ "zip, changed twice",
	    "zip -qr ../in.zip 报送 && echo more >>报送/submission.ini && zip -q ../in.zip "
	    "报送/submission.ini && echo x >y && zip -q ../in.zip y && zip -qd ../in.zip y",
	    "UTF-8" },
	{ "zip, spread", "zip -qr -s 1m ../in.zip 报送 && rm -f ../in.z01", "UTF-8" },
	{ "7z", "7z a -tzip ../in.zip 报送 >/dev/null", NULL },
	{ "7z, stored", "7z a -tzip -mx=0 ../in.zip 报送 >/dev/null", NULL },
	{ "7z, all names marked", "7z a -tzip -mcu=on ../in.zip 报送 >/dev/null", NULL },
	{ "bsdtar", "bsdtar -a -cf ../in.zip 报送", NULL },
	{ "bsdtar to a pipe", "bsdtar --format zip -cf - 报送 | cat >../in.zip", NULL },
	{ "bsdtar, 64 bits", "bsdtar --format zip --options zip:zip64 -cf ../in.zip 报送", NULL },
	{ "bsdtar, stored",
	    "bsdtar --format zip --options zip:compression=store -cf ../in.zip ./报送", NULL },
	{ "bsdtar, GBK", "bsdtar --format zip --options zip:hdrcharset=CP936 -cf ../in.zip 报送",
	    "GB18030" },
	{ "python",
	    "python3 -c \"import shutil; shutil.make_archive('../in', 'zip', '.', '报送')\"",
	    NULL },
	{ "python, deflated to a pipe",
	    "python3 -c \"import sys, zipfile, pathlib\n"
	    "z = zipfile.ZipFile(sys.stdout.buffer, 'w', zipfile.ZIP_DEFLATED)\n"
	    "[z.write(p) for p in pathlib.Path('报送').rglob('*')]\n"
	    "z.close()\" | cat >../in.zip",
	    NULL },
	{ "python, 64 bits",
	    "python3 -c \"import zipfile, pathlib\n"
	    "z = zipfile.ZipFile('../in.zip', 'w', zipfile.ZIP_DEFLATED)\n"
	    "for p in pathlib.Path('报送').rglob('*.*'):\n"
	    "  with z.open(str(p), 'w', force_zip64=True) as f: f.write(p.read_bytes())\n"
	    "z.close()\"",
	    NULL },
	{ "python, added to",
	    "python3 -c \"import zipfile, pathlib\n"
	    "for p in pathlib.Path('报送').rglob('*.*'):\n"
	    "  z = zipfile.ZipFile('../in.zip', 'a'); z.write(p); z.close()\"",
	    NULL },
	{ "python, GBK",
	    "python3 -c \"import zipfile, pathlib\n"
	    "class Gbk(zipfile.ZipInfo):\n"
	    "  def _encodeFilenameFlags(self):\n"
	    "    return self.filename.encode('gbk'), self.flag_bits\n"
	    "z = zipfile.ZipFile('../in.zip', 'w')\n"
	    "for p in pathlib.Path('报送').rglob('*.*'):\n"
	    "  i = Gbk(str(p)); i.create_system = 0; z.writestr(i, p.read_bytes())\n"
	    "z.close()\"",
	    "GB18030" },
	{ "python, UTF-8 without a mark",
	    "python3 -c \"import zipfile, pathlib\n"
	    "class Bare(zipfile.ZipInfo):\n"
	    "  def _encodeFilenameFlags(self):\n"
	    "    return self.filename.encode(), self.flag_bits\n"
	    "z = zipfile.ZipFile('../in.zip', 'w')\n"
	    "for p in pathlib.Path('报送').rglob('*.*'):\n"
	    "  z.writestr(Bare(str(p)), p.read_bytes())\n"
	    "z.close()\"",
	    "UTF-8" },
};

Test(archive, foreign_writers, SCRATCH)
{
	sh("export LC_ALL=C.UTF-8; mkdir -p in/报送/附件/空 && cd in/报送 && seq 5000 "
	   ">submission.ini && echo "
	   "a,b >'附件/昞玕 台账.csv' && : >附件/空.txt && echo inner >x && zip -q 附件/里.zip x "
	   "&& rm x");
	for (size_t i = 0; i < COUNT(makers); i++) {
		sh("export LC_ALL=C.UTF-8; rm -f in.zip && cd in && { %s; }", makers[i].command);
		expect(take("in.zip", makers[i].kind), makers[i].kind, KIT, makers[i].charset);
	}
}

/* Ours, and that another program reads it. */
Test(archive, foreign_and_our_own, SCRATCH)
{
	struct zip_writer *writer = zip_writer_new(in("in.zip"), 2);
	struct err err = { 0 };
	static const char *const names[] = { "submission.ini", "附件/昞玕 台账.csv",
		"附件/空.txt" };

	for (size_t i = 0; i < COUNT(names); i++) {
		struct buf content = { 0 };

		buf_reserve(&content, 1);
		add_text(&content, i == 2 ? 0 : 50000 * (i + 1), 1);
		zip_writer_add_bytes(
		    writer, arena_printf(&scratch_arena, "报送/%s", names[i]), &content);
	}
	cr_assert_eq(zip_writer_commit(writer, NULL, NULL, &err), 0, "%s", err.text);
	expect(
	    take("in.zip", "ours"), "ours", "submission.ini 附件/昞玕 台账.csv 附件/空.txt", NULL);
}

/* ---- byte by byte ------------------------------------------------------ */

/* 附件/昞玕.csv, 报送/附件/表.csv and so on in GBK: the second bytes of 昞 and 玕 are backslashes.
 */
#define G_ATTACHED "\xB8\xBD\xBC\xFE"
#define G_SENT "\xB1\xA8\xCB\xCD"
#define G_BACKSLASHES "\x95\x5C\xAB\x5C"
#define G_THROUGH "\xCD\xA8" /* 通, which is UTF-8 as well */

/* UX: times and owner, as macOS has them. */
#define UX_LOCAL RAW("UX\x0C\0............")
#define UX_TABLE RAW("UX\x08\0........")

struct shape {
	const char *kind;
	const char *names, *charset;
	struct raw entries[9];
	struct raw_frame frame;
};

static const struct shape shapes[] = {
	{ "Explorer", "submission.ini 附件/昞玕.csv", "GB18030",
	    { { .name = G_SENT "/submission.ini", .content = "x", .fat = 1, .attributes = 0x20 },
	        { .name = G_SENT "/" G_ATTACHED "/" G_BACKSLASHES ".csv",
	            .content = "x",
	            .fat = 1,
	            .attributes = 0x20 } },
	    { .pushed = 0 } },
	{ "Explorer, no folder", "submission.ini 昞玕.csv", "GB18030",
	    { { .name = "submission.ini", .content = "x", .fat = 1 },
	        { .name = G_BACKSLASHES ".csv", .content = "x", .fat = 1 } },
	    { .pushed = 0 } },
	{ "Explorer, one short name", "通.csv", "GB18030",
	    { { .name = G_THROUGH ".csv", .content = "x", .fat = 1 } }, { .pushed = 0 } },
	{ "the same bytes from Linux", "\xCD\xA8.csv", "UTF-8",
	    { { .name = G_THROUGH ".csv", .content = "x" } }, { .pushed = 0 } },
	{ "a short name among others", "通.csv 附件.csv", "GB18030",
	    { { .name = G_THROUGH ".csv", .content = "x" },
	        { .name = G_ATTACHED ".csv", .content = "x" } },
	    { .pushed = 0 } },
	{ "marked and not, from Windows", "通.csv 附件.csv", "GB18030",
	    { { .name = G_THROUGH ".csv", .content = "x", .fat = 1 },
	        { .name = "附件.csv", .content = "x", .flags = 0x800, .fat = 1 } },
	    { .pushed = 0 } },
	{ "Archive Utility", "submission.ini 附件/台账.csv", "UTF-8",
	    { { .name = "报送/",
	          .content = "",
	          .attributes = 0x41ED4000u,
	          .local_extra = UX_LOCAL,
	          .extra = UX_TABLE },
	        { .name = "报送/submission.ini",
	            .content = "x",
	            .flags = 8,
	            .descriptor = 16,
	            .local_extra = UX_LOCAL,
	            .extra = UX_TABLE,
	            .attributes = 0x81A44000u },
	        { .name = "__MACOSX/报送/._submission.ini",
	            .content = "x",
	            .flags = 8,
	            .descriptor = 16,
	            .attributes = 0x81A44000u },
	        { .name = "报送/.DS_Store", .content = "x", .flags = 8, .descriptor = 16 },
	        { .name = "报送/Icon\r", .content = "", .flags = 8, .descriptor = 16 },
	        { .name = "__MACOSX/报送/._Icon\r", .content = "x", .flags = 8, .descriptor = 16 },
	        { .name = "报送/附件/", .content = "", .attributes = 0x41ED4000u },
	        { .name = "报送/附件/台账.csv",
	            .content = "x",
	            .flags = 8,
	            .descriptor = 16,
	            .attributes = 0x81A44000u } },
	    { .pushed = 0 } },
	{ "Java", "a.csv 附件/台账.csv", NULL,
	    { { .name = "附件/", .content = "", .flags = 0x800, .fat = 1 },
	        { .name = "附件/台账.csv",
	            .content = "x",
	            .flags = 0x808,
	            .descriptor = 16,
	            .fat = 1,
	            .local_extra = RAW("\xFE\xCA\0\0"),
	            .extra = RAW("\xFE\xCA\0\0") },
	        { .name = "a.csv", .content = "x", .flags = 0x808, .descriptor = 24, .fat = 1 } },
	    { .pushed = 0 } },
	{ "without signatures", "a.csv b.csv", NULL,
	    { { .name = "a.csv", .content = "x", .flags = 8, .descriptor = 12 },
	        { .name = "b.csv", .content = "x", .flags = 8, .descriptor = 20 } },
	    { .pushed = 0 } },
	{ "Office", "[Content_Types].xml word/document.xml", NULL,
	    { { .name = "[Content_Types].xml",
	          .content = "x",
	          .flags = 6,
	          .fat = 1,
	          .local_extra = RAW("\x20\xA2\x08\0\0\0\0\0\0\0\0\0") },
	        { .name = "word/document.xml", .content = "x", .flags = 6, .fat = 1 } },
	    { .pushed = 0 } },
	{ "WPS", "submission.ini ~附件/台账.csv", "GB18030",
	    { { .name = "submission.ini", .content = "x", .fat = 1, .flags = 2 },
	        { .name = "~" G_ATTACHED "/\xCC\xA8\xD5\xCB.csv",
	            .content = "x",
	            .fat = 1,
	            .flags = 2 },
	        { .name = "~$\xCC\xA8\xD5\xCB.docx", .content = "x", .fat = 1 },
	        { .name = G_ATTACHED "/Thumbs.db", .content = "x", .fat = 1 },
	        { .name = G_ATTACHED "/Desktop.ini", .content = "x", .fat = 1 } },
	    { .pushed = 0 } },
	{ ".NET", "submission.ini 附件/昞玕.csv", "GB18030",
	    { { .name = G_SENT "\\submission.ini", .content = "x", .fat = 1 },
	        { .name = G_SENT "\\" G_ATTACHED "\\" G_BACKSLASHES ".csv",
	            .content = "x",
	            .fat = 1 } },
	    { .pushed = 0 } },
	{ ".NET, marked", "submission.ini 附件/台账.csv", NULL,
	    { { .name = "报送/", .content = "", .flags = 0x800, .fat = 1 },
	        { .name = "报送\\submission.ini", .content = "x", .flags = 0x800, .fat = 1 },
	        { .name = "报送\\附件\\台账.csv", .content = "x", .flags = 0x800, .fat = 1 } },
	    { .pushed = 0 } },
	{ "a comment, and a mark of parts", "a", NULL, { { .name = "a", .content = "x" } },
	    { .before = RAW("PK00"), .comment = RAW("\xB8\xBD\xBC\xFE") } },
	{ "aligned", "a b", NULL,
	    { { .name = "a", .content = "x", .local_extra = RAW("\0\0") },
	        { .name = "b", .content = "x", .local_extra = RAW("\x35\xD9\5\0\4\0\0\0\0") } },
	    { .pushed = 0 } },
	{ "litter alone at the top", "a b", NULL,
	    { { .name = "x/a", .content = "x" }, { .name = "x/b", .content = "x" },
	        { .name = ".DS_Store", .content = "x" },
	        { .name = "__MACOSX/._x", .content = "x" } },
	    { .pushed = 0 } },
};

Test(archive, foreign_shapes, SCRATCH)
{
	for (size_t i = 0; i < COUNT(shapes); i++) {
		const struct shape *s = &shapes[i];
		size_t count = 0;

		while (count < COUNT(s->entries) && s->entries[count].name)
			count++;
		put_raw_framed("in.zip", s->entries, count, &s->frame);
		expect(take("in.zip", s->kind), s->kind, s->names, s->charset);
	}
}

/* The table may name files in another order than they lie in. */
Test(archive, foreign_order, SCRATCH)
{
	struct raw entries[] = { { .name = "b", .content = "x" },
		{ .name = "a", .content = "yy" } };
	struct buf out = { 0 }, b = { 0 }, a = { 0 };

	raw_local(&out, &entries[0]);
	raw_central(&b, &entries[0], 0);
	raw_central(&a, &entries[1], (uint32_t)out.len);
	raw_local(&out, &entries[1]);
	uint32_t start = (uint32_t)out.len;
	buf_add(&out, a.data, a.len);
	buf_add(&out, b.data, b.len);
	put32(&out, 0x06054b50);
	put32(&out, 0);
	put16(&out, 2);
	put16(&out, 2);
	put32(&out, (uint32_t)(a.len + b.len));
	put32(&out, start);
	put16(&out, 0);
	put("in.zip", out.data, out.len);
	expect(take("in.zip", "order"), "order", "a b", NULL);
	buf_release(&out);
	buf_release(&a);
	buf_release(&b);
}

Test(archive, foreign_many, SCRATCH)
{
	struct zip_writer *writer = zip_writer_new(in("in.zip"), 2);
	struct store *store;
	struct err err = { 0 };
	struct timespec from, to;
	size_t count;

	for (unsigned i = 0; i < 100000; i++) {
		struct buf content = { 0 };

		buf_addf(&content, "%u", i);
		zip_writer_add_bytes(writer,
		    arena_printf(&scratch_arena, "报送/附件%u/台账%u.csv", i % 100, i), &content);
	}
	cr_assert_eq(zip_writer_commit(writer, NULL, NULL, &err), 0, "%s", err.text);
	clock_gettime(CLOCK_MONOTONIC, &from);
	store = take("in.zip", "many");
	clock_gettime(CLOCK_MONOTONIC, &to);
	store_files(store, &count);
	cr_expect_eq(count, 100000);
	fprintf(stderr, "100,000 entries opened in %.0f ms\n",
	    (double)(to.tv_sec - from.tv_sec) * 1e3 + (double)(to.tv_nsec - from.tv_nsec) / 1e6);
	store_close(store);
}
