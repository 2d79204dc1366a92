/* Folders and zips as stores: what is honest reads, what is not is named. */
#include "archive/store.h"

#include "archive/zip_writer.h"
#include "rawzip.h"

#include <pthread.h>
#include <sys/stat.h>

static struct store *open_store(const char *name, int strip)
{
	struct store *store = NULL;
	struct err err;

	cr_assert_eq(
	    store_open(&store, in(name), NULL, strip, &scratch_arena, &err), 0, "%s", err.text);
	return store;
}

/* What fails, and with a word of how. */
static void refuse(
    const char *name, const struct store_limits *limits, enum err_kind kind, const char *word)
{
	struct store *store = NULL;
	struct err err = { 0 };

	cr_assert_lt(store_open(&store, in(name), limits, 0, &scratch_arena, &err), 0, "%s", name);
	cr_expect_eq(err.kind, kind, "%s: %s", name, err.text);
	cr_expect(strstr(err.text, word), "%s: %s", name, err.text);
	cr_expect(strstr(err.text, in(name)), "%s: %s", name, err.text);
}

static const char *read_all(struct store *store, const char *name)
{
	const struct store_file *file = store_find(store, name);
	struct buf out = { 0 };
	struct err err;
	const char *text;

	cr_assert(file, "%s", name);
	cr_assert_eq(store_read(store, file, 1 << 30, &out, &err), 0, "%s", err.text);
	text = arena_strndup(&scratch_arena, buf_str(&out), out.len);
	cr_expect_eq(out.len, file->size);
	buf_release(&out);
	return text;
}

static void expect_names(struct store *store, const char *expected)
{
	struct buf names = { 0 };
	size_t count;
	const struct store_file *files = store_files(store, &count);

	for (size_t i = 0; i < count; i++)
		buf_addf(&names, "%s%s", i ? " " : "", files[i].name);
	cr_expect_str_eq(buf_str(&names), expected);
	buf_release(&names);
}

/* Reading fails with a word, and leaves the buffer as it was. */
static void refuse_read(
    struct store *store, const char *name, uint64_t limit, enum err_kind kind, const char *word)
{
	const struct store_file *file = store_find(store, name);
	struct buf out = { 0 };
	struct err err = { 0 };

	cr_assert(file, "%s", name);
	buf_adds(&out, "before");
	cr_assert_lt(store_read(store, file, limit, &out, &err), 0, "%s", name);
	cr_expect_str_eq(out.data, "before");
	cr_expect_eq(err.kind, kind, "%s", err.text);
	cr_expect(strstr(err.text, word) && strstr(err.text, name), "%s: %s", name, err.text);
	buf_release(&out);
}

/* ---- folders ----------------------------------------------------------- */

Test(archive, store_folder, SCRATCH)
{
	struct store *store;

	sh("mkdir -p in/b/c in/空 && echo one >in/a && echo two >in/b/c/d && : >in/b/e && echo 3 "
	   ">in/空/附件");
	store = open_store("in", 1);
	cr_expect_not(store_is_zip(store));
	cr_expect_str_eq(store_path(store), in("in"));
	expect_names(store, "a b/c/d b/e 空/附件");
	cr_expect_str_eq(read_all(store, "a"), "one\n");
	cr_expect_str_eq(read_all(store, "b/c/d"), "two\n");
	cr_expect_str_eq(read_all(store, "b/e"), "");
	cr_expect_str_eq(read_all(store, "空/附件"), "3\n");
	cr_expect_null(store_find(store, "b"));
	cr_expect_null(store_find(store, "z"));
	cr_expect_str_eq(
	    store_file_path(store, store_find(store, "b/c/d"), &scratch_arena), in("in/b/c/d"));
	refuse_read(store, "a", 3, ERR_INPUT, "larger");
	store_close(store);
	store_close(NULL);
}

static const struct {
	const char *name, *problem;
	int readable;
} odd[] = {
	{ "link", "symbolic link", 0 },
	{ "folder-link", "symbolic link", 0 },
	{ "dangling", "symbolic link", 0 },
	{ "pipe", "no regular file", 0 },
	{ "a\\b", "backslash", 1 },
	{ "a\nb", "control", 1 },
	{ "\xB8\xBD", "UTF-8", 1 },
	{ "Twin", "case", 1 },
	{ "twin", "case", 1 },
	{ "e\xCC\x81", "case", 1 },
	{ "\xC3\xA9", "case", 1 },
	{ "fine", NULL, 1 },
};

Test(archive, store_folder_odd_files, SCRATCH)
{
	struct store *store;
	size_t count;

	sh("mkdir in && cd in && echo x >fine && ln -s /etc/passwd link && ln -s / folder-link && "
	   "ln -s nowhere dangling && mkfifo pipe && echo x >'a\\b' && echo x >'a\nb' && "
	   "echo x >$(printf '\\270\\275') && echo x >Twin && echo x >twin && "
	   "echo x >$(printf 'e\\314\\201') && echo x >$(printf '\\303\\251')");
	store = open_store("in", 0);
	store_files(store, &count);
	cr_expect_eq(count, sizeof odd / sizeof *odd);
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
		const struct store_file *file = store_find(store, odd[i].name);

		cr_assert(file, "%s", odd[i].name);
		cr_expect_eq(file->readable, odd[i].readable, "%s", odd[i].name);
		if (odd[i].problem)
			cr_expect(file->problem && strstr(file->problem, odd[i].problem), "%s: %s",
			    file->name, file->problem ? file->problem : "none");
		else
			cr_expect_null(file->problem);
		if (!odd[i].readable)
			refuse_read(store, odd[i].name, 100, ERR_INPUT, odd[i].problem);
	}
	store_close(store);
}

/* What is swapped or grows between listing and reading is not read. */
Test(archive, store_folder_changes, SCRATCH)
{
	struct store *store;

	sh("mkdir -p in/b && for f in a b/c d e f; do echo x >in/$f; done");
	store = open_store("in", 0);
	sh("cd in && echo more >>a && mv b g && ln -s /etc b && ln -sf /etc/passwd d && rm e f && "
	   "mkfifo f");
	refuse_read(store, "a", 100, ERR_SYSTEM, "changed");
	refuse_read(store, "b/c", 100, ERR_SYSTEM, "cannot read");
	refuse_read(store, "d", 100, ERR_SYSTEM, "cannot read");
	refuse_read(store, "e", 100, ERR_SYSTEM, "No such file");
	refuse_read(store, "f", 100, ERR_SYSTEM, "changed");
	store_close(store);
}

Test(archive, store_limits, SCRATCH)
{
	struct store_limits few = { .files = 2, .total_bytes = 1000, .depth = 5 },
	                    small = { .files = 10, .total_bytes = 5, .depth = 5 },
	                    flat = { .files = 10, .total_bytes = 1000, .depth = 1 };

	sh("mkdir -p in/a/b && echo x >in/1 && echo x >in/2 && echo x >in/a/b/3 && cd in && zip "
	   "-qr ../in.zip .");
	refuse("in", &few, ERR_INPUT, "more files than [limits] files");
	refuse("in.zip", &few, ERR_INPUT, "more files than [limits] files");
	refuse("in", &small, ERR_INPUT, "more bytes than [limits] megabytes");
	refuse("in.zip", &small, ERR_INPUT, "more bytes than [limits] megabytes");
	refuse("in", &flat, ERR_INPUT, "deeper than [limits] depth");
	refuse("in.zip", &flat, ERR_INPUT, "deeper than [limits] depth");
}

/* ---- zips -------------------------------------------------------------- */

Test(archive, store_zip_of_others, SCRATCH)
{
	static const char *const makers[] = {
		"zip -qr ../in.zip top",
		"zip -q0r ../in.zip top",
		"bsdtar -a -cf ../in.zip top",
		"bsdtar -a -cf ../in.zip ./top",
		"zip -qr - top >../in.zip",
		"zip -qrX ../in.zip top; head -c 100 /dev/zero >>../in.zip",
	};

	struct store *store;

	sh("mkdir -p in/top/b/empty && cd in/top && seq 5000 >a && echo two >b/c && : >b/d && echo "
	   "4 >附件");
	for (size_t i = 0; i < sizeof makers / sizeof *makers; i++) {
		sh("rm -f in.zip && cd in && { %s; } 2>/dev/null", makers[i]);
		store = open_store("in.zip", 1);
		cr_expect(store_is_zip(store));
		expect_names(store, "a b/c b/d 附件");
		cr_expect_str_eq(read_all(store, "b/c"), "two\n");
		cr_expect_str_eq(read_all(store, "b/d"), "");
		cr_expect_eq(strlen(read_all(store, "a")), 23893);
		cr_expect_null(store_file_path(store, store_find(store, "a"), &scratch_arena));
		refuse_read(store, "a", 1000, ERR_INPUT, "larger");
		store_close(store);
		store = open_store("in.zip", 0);
		expect_names(store, "top/a top/b/c top/b/d top/附件");
		store_close(store);
	}
	/* Two at the top: nothing to strip. */
	sh("rm in.zip && cd in && echo x >other && zip -qr ../in.zip *");
	store = open_store("in.zip", 1);
	expect_names(store, "other top/a top/b/c top/b/d top/附件");
	store_close(store);
}

/* Bigger than what is unpacked in memory: streams, and its CRC is checked all the same. */
Test(archive, store_zip_big, SCRATCH)
{
	struct store *store;
	struct buf bytes;

	sh("mkdir in && cd in && seq 3000000 >text && head -c 20000000 /dev/urandom >noise && zip "
	   "-q1r ../in.zip . && "
	   "zip -q0 ../stored.zip noise");
	store = open_store("in.zip", 0);
	for (size_t i = 0; i < 2; i++) {
		static const char *const names[] = { "text", "noise" };
		struct buf out = { 0 }, original = bytes_of(i ? "in/noise" : "in/text");
		struct err err;

		cr_assert_eq(
		    store_read(store, store_find(store, names[i]), 1 << 30, &out, &err), 0);
		cr_expect(out.len == original.len && memcmp(out.data, original.data, out.len) == 0);
		buf_release(&out);
		buf_release(&original);
	}
	store_close(store);
	bytes = bytes_of("stored.zip");
	bytes.data[10000000]++;
	put("stored.zip", bytes.data, bytes.len);
	buf_release(&bytes);
	store = open_store("stored.zip", 0);
	refuse_read(store, "noise", 1 << 30, ERR_INPUT, "checksum");
	store_close(store);
}

enum { BIG = 20 << 20 };

/* Text of 20 MB, and deflated. */
static void make_big(struct buf *text, struct buf *packed)
{
	struct deflater *deflater = deflater_new(DEFLATE_QUICK);

	add_text(text, BIG, 1);
	buf_reserve(packed, text->len);
	packed->len = deflate_pack(deflater, text->data, text->len, packed->data);
	cr_assert(packed->len > 0);
	deflater_free(deflater);
}

/* One that reads the big file while another does. */
struct reader {
	struct store *store;
	pthread_barrier_t *both;
	uint64_t total;
	uint32_t crc;
	int rc;
};

static int count_and_wait(void *self, const void *bytes, size_t n)
{
	struct reader *reader = self;

	if (reader->total == 0)
		pthread_barrier_wait(reader->both);
	reader->total += n;
	reader->crc = deflate_crc_add(reader->crc, bytes, n);
	return 0;
}

static void *read_big(void *self)
{
	struct reader *reader = self;
	struct err err;

	reader->rc = store_stream(
	    reader->store, store_find(reader->store, "big"), count_and_wait, reader, &err);
	return NULL;
}

/* Neither waits for the other to end: each has its first piece before either gets a second. */
Test(archive, store_zip_big_by_two_at_once, SCRATCH, .timeout = 60)
{
	struct buf text = { 0 }, packed = { 0 };
	struct reader readers[2];
	pthread_barrier_t both;
	pthread_t threads[2];

	make_big(&text, &packed);
	const struct raw entry = { .name = "big",
		.content = packed.data,
		.content_length = packed.len,
		.method = 8,
		.size = BIG,
		.crc_error =
		    deflate_crc(text.data, text.len) - deflate_crc(packed.data, packed.len) };
	put_raw_zip("in.zip", &entry, 1);
	struct store *store = open_store("in.zip", 0);
	pthread_barrier_init(&both, NULL, 2);
	for (size_t i = 0; i < 2; i++) {
		readers[i] = (struct reader){ .store = store, .both = &both };
		cr_assert_eq(pthread_create(&threads[i], NULL, read_big, &readers[i]), 0);
	}
	for (size_t i = 0; i < 2; i++) {
		pthread_join(threads[i], NULL);
		cr_expect_eq(readers[i].rc, 0);
		cr_expect_eq(readers[i].total, BIG);
		cr_expect_eq(readers[i].crc, deflate_crc(text.data, text.len));
	}
	pthread_barrier_destroy(&both);
	store_close(store);
	buf_release(&text);
	buf_release(&packed);
}

static int count_bytes(void *self, const void *bytes, size_t n)
{
	(void)bytes;
	*(uint64_t *)self += n;
	return 0;
}

static int stop_at_once(void *self, const void *bytes, size_t n)
{
	(void)self;
	(void)bytes;
	(void)n;
	return 1;
}

/* Lies about what streams. `cut`: of the packed bytes, `more`: behind them, `flipped`: in them. */
Test(archive, store_zip_big_lies, SCRATCH)
{
	static const struct {
		int32_t size;
		size_t cut, more;
		uint32_t crc;
		int flipped;
		const char *word;
	} lies[] = {
		{ .word = NULL },
		{ .size = -1, .word = "its size is not what the zip says" },
		{ .size = -3000000, .word = "its size is not what the zip says" },
		{ .size = 1, .word = "its size is not what the zip says" },
		{ .size = 3000000, .word = "its size is not what the zip says" },
		{ .crc = 1, .word = "it is damaged: its checksum is wrong" },
		{ .size = 1, .crc = 1, .word = "it is damaged: its checksum is wrong" },
		{ .cut = 1, .word = "it is damaged" },
		{ .cut = 200000, .word = "it is damaged" },
		{ .more = 1, .word = "its size is not what the zip says" },
		{ .more = 200000, .word = "its size is not what the zip says" },
		{ .flipped = 1, .word = "it is damaged" },
	};
	struct buf text = { 0 }, packed = { 0 };

	make_big(&text, &packed);
	buf_reserve(&packed, 200000);
	memset(packed.data + packed.len, 0, 200000);
	for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
		size_t n = packed.len - lies[i].cut + lies[i].more;

		packed.data[packed.len / 2] ^= lies[i].flipped ? 0x55 : 0;
		const struct raw entry = { .name = "big",
			.content = packed.data,
			.content_length = n,
			.method = 8,
			.size = (uint32_t)(BIG + lies[i].size),
			.crc_error = deflate_crc(text.data, text.len) + lies[i].crc -
			             deflate_crc(packed.data, n) };
		put_raw_zip("in.zip", &entry, 1);
		packed.data[packed.len / 2] ^= lies[i].flipped ? 0x55 : 0;

		struct store *store = open_store("in.zip", 0);
		uint64_t total = 0;
		struct err err = { 0 };
		int rc = store_stream(store, store_find(store, "big"), count_bytes, &total, &err);
		cr_expect_eq(rc, lies[i].word ? -1 : 0, "case %zu", i);
		cr_expect(total <= entry.size, "case %zu: no more than is announced", i);
		if (lies[i].word) {
			cr_expect_eq(err.kind, ERR_INPUT, "case %zu", i);
			cr_expect(err.why && strstr(err.text, "'big' in '") &&
			              strncmp(err.why, lies[i].word, strlen(lies[i].word)) == 0,
			    "case %zu: %s", i, err.text);
		} else {
			cr_expect_lt(
			    store_stream(store, store_find(store, "big"), stop_at_once, NULL, &err),
			    0);
			cr_expect(strstr(err.text, ": interrupted"), "%s", err.text);
			/* Made shorter beneath us. */
			sh("truncate -s 100000 in.zip");
			cr_expect_lt(store_stream(store, store_find(store, "big"), count_bytes,
			                 &total, &err),
			    0);
			cr_expect_eq(err.kind, ERR_INPUT, "%s", err.text);
		}
		store_close(store);
	}
	buf_release(&text);
	buf_release(&packed);
}

#define MODE(type) ((uint32_t)(type) << 16)

/* Beside each of these stands "fine", which must stay so. */
static const struct {
	struct raw entry;
	const char *problem;
	int readable;
} hostile[] = {
	{ { .name = "../evil", .content = "x" }, "\"..\"", 1 },
	{ { .name = "/etc/passwd", .content = "x" }, "absolute", 1 },
	{ { .name = "a/b\\c", .content = "x" }, "backslash", 1 },
	{ { .name = "..\\b", .content = "x" }, "\"..\"", 1 },
	{ { .name = "c:x", .content = "x" }, "drive", 1 },
	{ { .name = "a//b", .content = "x" }, "empty part", 1 },
	{ { .name = "a\x1b[31m", .content = "x" }, "control", 1 },
	{ { .name = "a\0b", .name_length = 3, .content = "x" }, "control", 1 },
	{ { .name = "a\0/", .name_length = 3, .content = "x" }, "control", 1 },
	{ { .name = "\xB8\xFF", .content = "x" }, "neither UTF-8 nor GB18030", 1 },
	{ { .name = "附件/con.txt", .content = "x" }, "device", 1 },
	{ { .name = "link", .content = "/etc/passwd", .attributes = MODE(0120777) },
	    "symbolic link", 0 },
	{ { .name = "dev", .content = "", .attributes = MODE(0020666) }, "no regular", 0 },
	{ { .name = "pipe", .content = "", .attributes = MODE(0010666) }, "no regular", 0 },
	{ { .name = "secret", .content = "x", .flags = 1 }, "encrypted", 0 },
	{ { .name = "odd", .content = "x", .method = 98 }, "method", 0 },
	{ { .name = "bz", .content = "x", .method = 12 }, "method", 0 },
	{ { .name = "stored", .content = "x", .size_error = 1 }, "two different ways", 0 },
	{ { .name = "two", .local_name = "owt", .content = "x" }, "two different names", 0 },
	{ { .name = "crc", .content = "x", .local_error = 1 }, "two different ways", 0 },
	{ { .name = "fine", .content = "again" }, "two files", 0 },
	{ { .name = "FINE", .content = "again" }, "case", 1 },
	{ { .name = "Fine/below", .content = "x" }, NULL, 1 },
};

Test(archive, store_zip_hostile_entries, SCRATCH)
{
	for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
		struct raw entries[] = { { .name = "fine", .content = "good" }, hostile[i].entry };
		const struct store_file *files, *file = NULL;
		struct store *store;
		size_t count;

		put_raw_zip("in.zip", entries, 2);
		store = open_store("in.zip", 1);
		files = store_files(store, &count);
		cr_assert_eq(count, 2, "case %zu", i);
		for (size_t k = 0; k < count; k++)
			if (files[k].index == 1)
				file = &files[k];
		cr_assert(file);
		cr_expect_eq(file->readable, hostile[i].readable, "case %zu", i);
		if (hostile[i].problem)
			cr_expect(file->problem && strstr(file->problem, hostile[i].problem),
			    "case %zu: %s", i, file->problem ? file->problem : "none");
		else /* the file is fine, but the one that its folder has the name of is not */
			cr_expect(
			    !file->problem && strstr(store_find(store, "fine")->problem, "folder"));
		if (!hostile[i].readable)
			refuse_read(store, file->name, 100, ERR_INPUT, hostile[i].problem);
		store_close(store);
	}
}

/* Lies that show only when the content is read. */
Test(archive, store_zip_lying_content, SCRATCH)
{
	/* "ab" eleven times, deflated. */
	static const char packed[] = "KLJ\xC4\x02\x01";
	static char padded[200 << 10] = "KLJ\xC4\x02\x01";
	const struct {
		struct raw entry;
		const char *word;
	} cases[] = {
		{ { .name = "crc", .content = "x", .crc_error = 1 }, "checksum" },
		{ { .name = "less", .content = packed, .method = 8, .size = 21 }, "larger than" },
		{ { .name = "more", .content = packed, .method = 8, .size = 23 }, "damaged" },
		{ { .name = "junk", .content = "\xFF\xFF\xFF", .method = 8, .size = 30 },
		    "damaged" },
		/* Unpacked to more than a deflated stream of that length can: known before. */
		{ { .name = "huge", .content = packed, .method = 8, .size = 100 << 20 }, "size" },
		/* Streamed: the CRC is looked at first; with the right one it is the size. */
		{ { .name = "large",
		      .content = padded,
		      .content_length = sizeof padded,
		      .method = 8,
		      .size = 100 << 20 },
		    "checksum" },
		{ { .name = "larger",
		      .content = padded,
		      .content_length = sizeof padded,
		      .method = 8,
		      .size = 100 << 20,
		      .crc_error = deflate_crc("ababababababababababab", 22) -
		                   deflate_crc(padded, sizeof padded) },
		    "size" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct store *store;

		put_raw_zip("in.zip", &cases[i].entry, 1);
		store = open_store("in.zip", 0);
		refuse_read(store, cases[i].entry.name, 1 << 30, ERR_INPUT, cases[i].word);
		store_close(store);
	}
}

Test(archive, store_zip_hostile_structure, SCRATCH)
{
	struct raw overlap[] = { { .name = "a", .content = "x" },
		{ .name = "a", .content = "x", .same_offset = 1 } };
	struct raw beyond = { .name = "a", .content = "x", .packed_error = 1000 };
	struct raw bad_utf8 = { .name = "\xB8\xBD", .content = "x", .flags = 0x800 };
	struct raw good = { .name = "a", .content = "some content" };
	struct buf zip = { 0 };

	put_raw_zip("overlap.zip", overlap, 2);
	refuse("overlap.zip", NULL, ERR_INPUT, "overlap");
	put_raw_zip("beyond.zip", &beyond, 1);
	refuse("beyond.zip", NULL, ERR_INPUT, "damaged");
	put_raw_zip("utf8.zip", &bad_utf8, 1);
	refuse("utf8.zip", NULL, ERR_INPUT, "says that it is UTF-8");
	put("empty.zip", "", 0);
	refuse("empty.zip", NULL, ERR_INPUT, "no zip");
	put("text.zip", "not a zip at all, but long enough to be one", 43);
	refuse("text.zip", NULL, ERR_INPUT, "no zip");
	refuse("none.zip", NULL, ERR_SYSTEM, "No such file");
	sh("mkfifo pipe.zip");
	refuse("pipe.zip", NULL, ERR_INPUT, "neither");

	/* Cut off anywhere. */
	raw_zip(&zip, &good, 1);
	for (size_t n = 0; n < zip.len; n++) {
		put("cut.zip", zip.data, n);
		refuse("cut.zip", NULL, ERR_INPUT, "");
	}
	/* Any byte of it changed: refused, read right, or read with a failure; never a crash. */
	for (size_t n = 0; n < zip.len; n++) {
		struct store *store = NULL;
		struct err err;
		size_t count;

		zip.data[n] ^= 0x55;
		put("bad.zip", zip.data, zip.len);
		zip.data[n] ^= 0x55;
		if (store_open(&store, in("bad.zip"), NULL, 0, &scratch_arena, &err) != 0)
			continue;
		for (const struct store_file *f = store_files(store, &count), *end = f + count;
		     f < end; f++) {
			struct buf out = { 0 };

			if (store_read(store, f, 1 << 20, &out, &err) == 0)
				cr_expect_str_eq(buf_str(&out), good.content, "byte %zu", n);
			buf_release(&out);
		}
		store_close(store);
	}
	buf_release(&zip);
}

/* As Apache's writer has it when it always takes 64 bits: all of them, and the part, elsewhere. */
Test(archive, store_zip_part_of_64_bits, SCRATCH)
{
	struct raw entry = {
		.name = "a", .content = "x", .part = 0xFFFF, .extra = RAW("\1\0\4\0\0\0\0\0")
	};
	struct store *store;

	put_raw_zip("in.zip", &entry, 1);
	store = open_store("in.zip", 0);
	cr_expect_str_eq(read_all(store, "a"), "x");
	store_close(store);
	entry.extra = (struct raw_bytes)RAW("\1\0\4\0\1\0\0\0");
	put_raw_zip("in.zip", &entry, 1);
	refuse("in.zip", NULL, ERR_INPUT, "not where the zip says");
}

/* Bytes where no file is: told, and no reason to refuse a zip. */
Test(archive, store_zip_aside, SCRATCH)
{
	static const struct {
		struct raw entry;
		struct raw_frame frame;
		uint64_t aside;
	} cases[] = {
		{ { .name = "a", .content = "x" }, .aside = 0 },
		{ { .name = "a", .content = "x" }, .frame = { .comment = RAW("hidden") },
		    .aside = 6 },
		{ { .name = "a", .content = "x", .extra = RAW("\x34\x12\6\0hidden") },
		    .aside = 10 },
		{ { .name = "a", .content = "x", .local_extra = RAW("\x34\x12\6\0hidden") },
		    .aside = 10 },
		{ { .name = "a",
		      .content = "x",
		      .extra = RAW("\x34\x12\6\0hidden"),
		      .local_extra = RAW("UT\5\0\1....\x34\x12\6\0hidden") },
		    .frame = { .comment = RAW("hidden") }, .aside = 26 },
		/* Padding. */
		{ { .name = "a", .content = "x", .local_extra = RAW("\0\0\0") }, .aside = 0 },
		/* What honest writers put there: times, owners; but not as much as they like. */
		{ { .name = "a",
		      .content = "x",
		      .extra = RAW("UT\5\0\1...."),
		      .local_extra = RAW("UT\5\0\1....ux\x0b\0\1\4....\4....") },
		    .aside = 0 },
		{ { .name = "a",
		      .content = "x",
		      .extra = RAW(
		          "UT\x41\0"
		          ".................................................................") },
		    .aside = 69 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct store *store;

		put_raw_framed("in.zip", &cases[i].entry, 1, &cases[i].frame);
		store = open_store("in.zip", 0);
		cr_expect_eq(store_aside(store), cases[i].aside, "case %zu: %llu", i,
		    (unsigned long long)store_aside(store));
		cr_expect_str_eq(read_all(store, "a"), "x");
		store_close(store);
	}
}

static int open_bytes(
    struct store **store, const struct raw *entries, size_t count, struct err *err)
{
	struct buf bytes = { 0 };
	int rc;

	raw_zip(&bytes, entries, count);
	rc = store_open_bytes(store, "in.docx", &bytes, NULL, &scratch_arena, err);
	cr_expect(!bytes.data && bytes.len == 0, "the buffer is taken over");
	return rc;
}

/* In memory: the same, but for one bad entry the whole is refused. */
Test(archive, store_bytes, SCRATCH)
{
	struct raw good[] = { { .name = "word/document.xml", .content = "<w/>" },
		{ .name = "[Content_Types].xml", .content = "<t/>" } };
	struct buf nothing = { 0 };
	struct store *store = NULL;
	struct err err = { 0 };

	cr_assert_eq(open_bytes(&store, good, 2, &err), 0, "%s", err.text);
	cr_expect(store_is_zip(store));
	cr_expect_str_eq(store_path(store), "in.docx");
	expect_names(store, "[Content_Types].xml word/document.xml");
	cr_expect_str_eq(read_all(store, "word/document.xml"), "<w/>");
	cr_expect_null(
	    store_file_path(store, store_find(store, "word/document.xml"), &scratch_arena));
	store_close(store);
	for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
		struct raw entries[] = { { .name = "fine", .content = "good" }, hostile[i].entry };

		cr_expect_lt(open_bytes(&store, entries, 2, &err), 0, "case %zu", i);
		cr_expect_eq(err.kind, ERR_INPUT, "%s", err.text);
		cr_expect(strstr(err.text, "in.docx") && err.why, "%s", err.text);
		if (hostile[i].problem)
			cr_expect(strstr(err.why, hostile[i].problem), "%s", err.text);
	}
	cr_expect_lt(
	    store_open_bytes(&store, "empty.xlsx", &nothing, NULL, &scratch_arena, &err), 0);
	cr_expect_str_eq(
	    err.text, "cannot open 'empty.xlsx': it is no zip, or one that was cut off");
}

Test(archive, store_zip_empty, SCRATCH)
{
	struct zip_writer *writer = zip_writer_new(in("empty.zip"), 1);
	struct store *store;
	struct err err;
	size_t count;

	cr_assert_eq(zip_writer_commit(writer, NULL, NULL, &err), 0);
	store = open_store("empty.zip", 1);
	store_files(store, &count);
	cr_expect_eq(count, 0);
	cr_expect_null(store_find(store, "a"));
	store_close(store);
}
