/*
 * A small sealed bundle, and all that can be done to it: what is accepted must hold what was
 * sealed, byte for byte; and with the checksum beside it no change at all is accepted.
 */
#include "archive/digest.h"
#include "archive/zip_writer.h"
#include "bundle/seal.h"

#include "../archive/scratch.h"

#include <time.h>

/* ---- the bundle -------------------------------------------------------- */

static const char *const payload[] = { "data/a.txt", "data/b.txt", "data/附件/c.bin" };
enum { PAYLOAD = 3 };

static struct buf content(size_t i)
{
	struct buf out = { 0 };

	if (i < 2)
		add_text(&out, 3000, (unsigned)i); /* deflated */
	else
		add_noise(&out, 500, 7); /* stored */
	return out;
}

static const char *sha256(const struct buf *bytes)
{
	char hex[DIGEST_HEX_MAX];
	struct digest *digest = digest_new("sha256");

	digest_add(digest, buf_str(bytes), bytes->len);
	digest_end(digest, hex);
	return arena_strdup(&scratch_arena, hex);
}

static const char *manifest(void)
{
	const char *text = "";

	for (size_t i = 0; i < PAYLOAD; i++) {
		struct buf bytes = content(i);

		text = arena_printf(&scratch_arena, "%s%s  %s\n", text, sha256(&bytes), payload[i]);
		buf_release(&bytes);
	}
	return text;
}

static const char *const seals[] = { ".sha256", NULL };

static void add(struct zip_writer *zip, struct buf *tags, const char *name, struct buf *bytes)
{
	if (tags)
		buf_addf(tags, "%s  %s\n", sha256(bytes), name);
	zip_writer_add_bytes(zip, arena_printf(&scratch_arena, "袋/%s", name), bytes);
}

/* Seals a bag with this manifest, its payload in this order. */
static void seal(const char *name, const char *text, size_t n, const size_t order[PAYLOAD])
{
	struct zip_writer *zip = zip_writer_new(in(name), 1);
	struct buf bytes = { 0 }, tags = { 0 };
	struct err err;

	buf_adds(&bytes, "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
	add(zip, &tags, "bagit.txt", &bytes);
	for (size_t i = 0; i < PAYLOAD; i++) {
		bytes = content(order[i]);
		add(zip, NULL, payload[order[i]], &bytes);
	}
	buf_adds(&bytes, "Payload-Oxum: 6500.3\n");
	add(zip, &tags, "bag-info.txt", &bytes);
	buf_add(&bytes, text, n);
	add(zip, &tags, "manifest-sha256.txt", &bytes);
	add(zip, NULL, "tagmanifest-sha256.txt", &tags);
	zip_writer_beside(zip, seals);
	cr_assert_eq(zip_writer_commit(zip, NULL, NULL, &err), 0, "%s", err.text);
}

static const size_t as_listed[PAYLOAD] = { 0, 1, 2 };

static struct buf sealed(void)
{
	const char *text = manifest();

	seal("good.zip", text, strlen(text), as_listed);
	return bytes_of("good.zip");
}

/* ---- what is said of it ------------------------------------------------ */

/* Whether it is accepted; the system must not fail over it. */
static int accepts(const char *name,
    int (*check)(const char *, struct arena *, struct bag_verdict *, struct err *))
{
	struct arena arena = { 0 };
	struct bag_verdict verdict;
	struct err err = { 0 };
	int rc = check(in(name), &arena, &verdict, &err);

	cr_assert(rc == 0 || err.kind == ERR_INPUT, "%s", err.text);
	arena_release(&arena);
	return rc == 0 && verdict.errors == 0;
}

static int with_seal(
    const char *path, struct arena *arena, struct bag_verdict *verdict, struct err *err)
{
	return seal_verify(path, NULL, arena, verdict, err);
}

/* Whether it holds exactly what was sealed, for whoever unpacks it. */
static int is_the_same(const char *name)
{
	struct arena arena = { 0 };
	struct store *store;
	struct err err;
	size_t count;
	int same = store_open(&store, in(name), NULL, 1, &arena, &err) == 0;

	if (!same)
		return 0;
	store_files(store, &count);
	same = count == PAYLOAD + 4;
	for (size_t i = 0; same && i < PAYLOAD; i++) {
		const struct store_file *file = store_find(store, payload[i]);
		struct buf expected = content(i), found = { 0 };

		same = file && store_read(store, file, 1 << 20, &found, &err) == 0 &&
		       found.len == expected.len &&
		       memcmp(found.data, expected.data, found.len) == 0;
		buf_release(&expected);
		buf_release(&found);
	}
	store_close(store);
	arena_release(&arena);
	return same;
}

static void expect_no_harm(const char *what, size_t at)
{
	if (accepts("bad.zip", bag_verify))
		cr_expect(is_the_same("bad.zip"), "%s %zu: another bag is accepted", what, at);
	cr_expect_not(accepts("bad.zip", with_seal), "%s %zu: the checksum lets it pass", what, at);
}

/* Puts a changed bundle under the name that the checksum is of. */
static void put_bad(const struct buf *zip, size_t n)
{
	char line[200];

	put("bad.zip", zip->data, n);
	if (access(in("bad.zip.sha256"), F_OK) != 0) {
		snprintf(line, sizeof line, "%s  bad.zip\n", sha256(zip));
		put("bad.zip.sha256", line, strlen(line));
	}
}

/* ---- bytes ------------------------------------------------------------- */

static size_t central_directory(const struct buf *zip)
{
	const unsigned char *end = (const unsigned char *)zip->data + zip->len - 22;

	cr_assert(memcmp(end, "PK\5\6", 4) == 0);
	return end[16] | (size_t)end[17] << 8 | (size_t)end[18] << 16;
}

static void start(const struct buf *zip)
{
	put_bad(zip, zip->len); /* while it is good: the checksum is of that */
	cr_assert(accepts("bad.zip", with_seal));
	cr_assert(is_the_same("bad.zip"));
}

Test(bundle, every_bit_of_the_central_directory, SCRATCH)
{
	struct buf zip = sealed();

	start(&zip);
	for (size_t i = central_directory(&zip); i < zip.len; i++)
		for (int bit = 0; bit < 8; bit++) {
			zip.data[i] = (char)(zip.data[i] ^ 1 << bit);
			put_bad(&zip, zip.len);
			expect_no_harm("bit of byte", i);
			zip.data[i] = (char)(zip.data[i] ^ 1 << bit);
		}
	buf_release(&zip);
}

Test(bundle, every_byte_before_it, SCRATCH)
{
	struct buf zip = sealed();
	size_t end = central_directory(&zip);

	start(&zip);
	for (size_t i = 0; i < end; i++) {
		zip.data[i] = (char)(zip.data[i] ^ 1 << i % 8);
		put_bad(&zip, zip.len);
		expect_no_harm("byte", i);
		zip.data[i] = (char)(zip.data[i] ^ 1 << i % 8);
	}
	buf_release(&zip);
}

Test(bundle, cut_anywhere, SCRATCH)
{
	struct buf zip = sealed();

	start(&zip);
	for (size_t n = 0; n < zip.len; n += n < zip.len - 400 ? 13 : 1) {
		put_bad(&zip, n);
		cr_expect_not(accepts("bad.zip", bag_verify), "cut at %zu", n);
		cr_expect_not(accepts("bad.zip", with_seal));
	}
	buf_release(&zip);
}

/* ---- entries ----------------------------------------------------------- */

/* Every place of one name becomes another of the same length. */
static void rename_in(struct buf *zip, const char *from, const char *to)
{
	size_t n = strlen(from), found = 0;

	for (size_t i = 0; i + n <= zip->len; i++)
		if (memcmp(zip->data + i, from, n) == 0) {
			memcpy(zip->data + i, to, n);
			found++;
		}
	cr_assert(found >= 2);
}

Test(bundle, entries_reordered_swapped_doubled_renamed, SCRATCH)
{
	static const size_t backwards[PAYLOAD] = { 2, 1, 0 };
	struct buf zip = sealed();
	const char *text = manifest();

	start(&zip);
	/* Another order is another zip of the same bag. */
	seal("other.zip", text, strlen(text), backwards);
	buf_release(&zip);
	zip = bytes_of("other.zip");
	put_bad(&zip, zip.len);
	cr_expect(accepts("bad.zip", bag_verify));
	expect_no_harm("order", 0);

	/* Two files that have changed their names. */
	rename_in(&zip, "袋/data/a.txt", "袋/data/?.txt");
	rename_in(&zip, "袋/data/b.txt", "袋/data/a.txt");
	rename_in(&zip, "袋/data/?.txt", "袋/data/b.txt");
	put_bad(&zip, zip.len);
	cr_expect_not(accepts("bad.zip", bag_verify));
	buf_release(&zip);

	static const char *const names[] = { "袋/data/b.txt", "袋/data/A.txt", "袋/../../x.txt",
		"/etc/data/1234", "袋/data/b/x/y" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		zip = bytes_of("good.zip");
		if (strlen(names[i]) == strlen("袋/data/a.txt")) {
			rename_in(&zip, "袋/data/a.txt", names[i]);
			put_bad(&zip, zip.len);
			cr_expect_not(accepts("bad.zip", bag_verify), "%s", names[i]);
		}
		buf_release(&zip);
	}
}

/* A comment behind the end is no part of any file: said, and doubted. */
Test(bundle, a_comment, SCRATCH)
{
	struct buf zip = sealed();
	struct bag_verdict verdict;
	struct err err;

	start(&zip);
	zip.data[zip.len - 2] = 6;
	buf_adds(&zip, "hidden");
	put_bad(&zip, zip.len);
	cr_assert_eq(bag_verify(in("bad.zip"), &scratch_arena, &verdict, &err), 0);
	cr_expect_eq(verdict.errors, 0);
	cr_expect_eq(verdict.count, 1);
	cr_expect_str_eq(verdict.faults[0].args[0], "6");
	cr_expect_eq(verdict.items[ITEM_HIDDEN], STATE_DOUBTFUL);
	expect_no_harm("comment", 0);
	buf_release(&zip);
}

/* An entry that says it unpacks to 4 GB, and 64 GB of them. */
Test(bundle, a_bomb, SCRATCH)
{
	struct buf zip = sealed();
	size_t table = central_directory(&zip);
	clock_t began = clock();

	start(&zip);
	for (size_t i = 0; i + 30 < zip.len; i++) {
		int local = memcmp(zip.data + i, "PK\3\4", 4) == 0;

		if (local || (i >= table && memcmp(zip.data + i, "PK\1\2", 4) == 0))
			memcpy(zip.data + i + (local ? 22 : 24), "\xF0\xFF\xFF\xFF", 4);
	}
	put_bad(&zip, zip.len);
	cr_expect_not(accepts("bad.zip", bag_verify));
	cr_expect_lt(clock() - began, 5 * CLOCKS_PER_SEC);
	buf_release(&zip);
}

/* ---- manifests --------------------------------------------------------- */

#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"

/* A manifest's text after `before` and with `behind` it, line ends and hex as said. */
static const struct {
	const char *what, *before, *behind;
	const char *end; /* of lines */
	int upper, blanks, accepted;
} manifests[] = {
	{ "as sealed", "", "", "\n", 0, 2, 1 },
	{ "CRLF", "", "", "\r\n", 0, 2, 1 },
	{ "CR", "", "", "\r", 0, 2, 1 },
	{ "upper-case hex", "", "", "\n", 1, 2, 1 },
	{ "one blank", "", "", "\n", 0, 1, 1 },
	{ "many blanks", "", "", "\n", 0, 40, 1 },
	{ "no blank", "", "", "\n", 0, 0, 0 },
	{ "a byte order mark", "\xEF\xBB\xBF", "", "\n", 0, 2, 0 },
	{ "no UTF-8", "", "\xC4\xE3\n", "\n", 0, 2, 0 },
	{ "a line that leads out", "", ZEROS "  ../x\n", "\n", 0, 2, 0 },
	{ "one that leads out further on", "", ZEROS "  data/../../x\n", "\n", 0, 2, 0 },
	{ "an absolute one", "", ZEROS "  /etc/passwd\n", "\n", 0, 2, 0 },
	{ "another root", "", ZEROS "  C:\\x\n", "\n", 0, 2, 0 },
	{ "an encoded line's end", "", ZEROS "  data/a.txt%0A\n", "\n", 0, 2, 0 },
	{ "a file twice", "", ZEROS "  data/a.txt\n", "\n", 0, 2, 0 },
	{ "a file that is not there", "", ZEROS "  data/x\n", "\n", 0, 2, 0 },
	{ "a short checksum", "", "00  data/a.txt\n", "\n", 0, 2, 0 },
	{ "a long one", "", ZEROS "0  data/a.txt\n", "\n", 0, 2, 0 },
	{ "no path", "", ZEROS "\n", "\n", 0, 2, 0 },
	{ "no path but blanks", "", ZEROS "  \n", "\n", 0, 2, 0 },
	{ "a tag file", "", ZEROS "  bagit.txt\n", "\n", 0, 2, 0 },
	{ "words", "hello\n", "", "\n", 0, 2, 0 },
};

static const char *rewritten(size_t i)
{
	struct buf out = { 0 };
	const char *text = arena_strdup(&scratch_arena, manifest()), *copy;

	buf_adds(&out, manifests[i].before);
	for (const char *at = text; *at;) {
		const char *end = strchr(at, '\n');

		for (const char *hex = at; hex < at + 64; hex++)
			buf_addc(
			    &out, manifests[i].upper && *hex >= 'a' ? (char)(*hex - 32) : *hex);
		for (int k = 0; k < manifests[i].blanks; k++)
			buf_addc(&out, ' ');
		buf_add(&out, at + 66, (size_t)(end - at - 66));
		buf_adds(&out, manifests[i].end);
		at = end + 1;
	}
	buf_adds(&out, manifests[i].behind);
	copy = arena_strdup(&scratch_arena, buf_str(&out));
	buf_release(&out);
	return copy;
}

Test(bundle, manifests_of_all_kinds, SCRATCH)
{
	for (size_t i = 0; i < sizeof manifests / sizeof *manifests; i++) {
		const char *text = rewritten(i);

		seal("bad.zip", text, strlen(text), as_listed);
		cr_expect_eq(
		    accepts("bad.zip", bag_verify), manifests[i].accepted, "%s", manifests[i].what);
		cr_expect_eq(accepts("bad.zip", with_seal), manifests[i].accepted);
	}
}

/* Lines of files that are not there, of one file again and again, and a NUL. */
Test(bundle, manifests_without_end, SCRATCH)
{
	const char *text = manifest();

	for (int kind = 0; kind < 3; kind++) {
		struct buf out = { 0 };
		clock_t began = clock();

		buf_adds(&out, text);
		for (int i = 0; i < 100000; i++) {
			if (kind == 0)
				buf_addf(&out, ZEROS "  data/%d\n", i);
			else
				buf_addf(&out, "%064d  data/a.txt\n", kind == 1 ? i : 0);
		}
		if (kind == 2)
			out.data[out.len / 2] = '\0';
		seal("bad.zip", out.data, out.len, as_listed);
		cr_expect_not(accepts("bad.zip", bag_verify));
		cr_expect_lt(clock() - began, 10 * CLOCKS_PER_SEC, "kind %d takes too long", kind);
		buf_release(&out);
	}
}
