/* Zips that are not what they seem: all refused, each with the entry and the reason. */
#include "archive/store.h"

#include "rawzip.h"

#include <time.h>

#define MODE(type) ((uint32_t)(type) << 16)
#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct store_limits limits = {
	.files = 10, .total_bytes = 100 << 20, .depth = 4, .ratio = 200, .name_bytes = 100
};

static char much[600000];
static const char deep[] = "1/2/3/4/5/x";
static const char lengthy[] =
    "附件/附件/附件/附件附件附件附件附件附件附件附件附件附件附件附件附件附件.csv";
static const char second_end[] = "PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";

/* Where nothing else is said, one honest entry stands before the one that is not. */
struct hostile {
	const char *kind;
	struct raw entry;
	struct raw_frame frame;
	const char *name; /* in the finding: NULL: the entry's */
	const char *reason;
	int whole; /* it is the zip that is at fault, not the entry */
};

static const struct hostile hostile[] = {
	{ "overlap, same bytes twice", { .name = "b", .content = "x", .same_offset = 1 },
	    .reason = "overlaps" },
	{ "gap", { .name = "b", .content = "x", .gap = RAW("hidden") },
	    .reason = "belong to no file" },
	{ "gap of a descriptor's length",
	    { .name = "b", .content = "x", .descriptor = 16, .gap = RAW("1234") },
	    .reason = "belong to no file" },
	{ "gap like a descriptor", { .name = "b", .content = "x", .gap = RAW("PK\7\x8......12") },
	    .reason = "belong to no file" },
	{ "content elsewhere", { .name = "b", .content = "x", .offset_error = 1 },
	    .reason = "not where the zip says" },
	{ "content beyond the end", { .name = "b", .content = "x", .packed_error = 1000 },
	    .reason = "not where the zip says" },
	{ "bytes before", { .name = "b", .content = "x" }, { .before = RAW("#!/bin/sh\n") },
	    .reason = "before the zip", .whole = 1 },
	{ "bytes before, unknown to the table", { .name = "b", .content = "x" },
	    { .before = RAW("MZ program"), .pushed = 1 }, .reason = "before the zip", .whole = 1 },
	{ "bytes behind", { .name = "b", .content = "x" }, { .after = RAW("\n") },
	    .reason = "behind the zip", .whole = 1 },
	{ "bytes behind the table", { .name = "b", .content = "x" },
	    { .behind_table = RAW("hidden") }, .reason = "behind the zip's table", .whole = 1 },
	{ "a second end", { .name = "b", .content = "x" },
	    { .comment = { second_end, sizeof second_end - 1 } },
	    .reason = "two tables of contents", .whole = 1 },
	{ "a second end in a longer comment", { .name = "b", .content = "x" },
	    { .comment = RAW("PK\5\6..........................") },
	    .reason = "two tables of contents", .whole = 1 },
	{ "two names", { .name = "b", .local_name = "c", .content = "x" },
	    .reason = "two different names" },
	{ "two names of one length", { .name = "a.csv", .local_name = "a.exe", .content = "x" },
	    .reason = "two different names" },
	{ "two methods", { .name = "b", .content = "x", .local_method = 8 },
	    .reason = "two different ways" },
	{ "two checksums", { .name = "b", .content = "x", .local_error = 1 },
	    .reason = "two different ways" },
	{ "two sizes", { .name = "b", .content = "x", .local_size_error = 1 },
	    .reason = "two different ways" },
	{ "two packed sizes", { .name = "b", .content = "x", .local_packed_error = 1 },
	    .reason = "two different ways" },
	{ "encrypted in one place", { .name = "b", .content = "x", .local_flags = 1 },
	    .reason = "two different ways" },
	{ "UTF-8 in one place", { .name = "附件", .content = "x", .local_flags = 0x800 },
	    .reason = "two different ways" },
	{ "a flag of the future in one place", { .name = "b", .content = "x", .local_flags = 0x80 },
	    .reason = "two different ways" },
	{ "in another part", { .name = "b", .content = "x", .part = 1 },
	    .reason = "not where the zip says" },
	{ "in a part told elsewhere", { .name = "b", .content = "x", .part = 0xFFFF },
	    .reason = "not where the zip says" },
	{ "absolute", { .name = "/etc/passwd", .content = "x" }, .reason = "absolute" },
	{ "absolute on Windows", { .name = "\\evil", .content = "x" }, .name = "/evil",
	    .reason = "absolute" },
	{ "upwards", { .name = "../evil", .content = "x" }, .reason = "\"..\"" },
	{ "upwards within", { .name = "b/../../evil", .content = "x" }, .reason = "\"..\"" },
	{ "upwards on Windows", { .name = "..\\evil", .content = "x" }, .name = "../evil",
	    .reason = "\"..\"" },
	{ "both separators", { .name = "b/..\\evil", .content = "x" }, .reason = "backslash" },
	{ "drive", { .name = "C:evil", .content = "x" }, .reason = "drive" },
	{ "drive below", { .name = "d:/evil", .content = "x" }, .reason = "drive" },
	{ "no name", { .name = "", .content = "x" }, .reason = "empty" },
	{ "empty part", { .name = "b//c", .content = "x" }, .reason = "empty part" },
	{ "device", { .name = "NUL", .content = "x" }, .reason = "device" },
	{ "device with extension", { .name = "附件/aux.csv", .content = "x" }, .reason = "device" },
	{ "device as folder", { .name = "com1/台账.csv", .content = "x" }, .reason = "device" },
	{ "control characters", { .name = "b\x1b[2J", .content = "x" }, .reason = "control" },
	{ "turned around",
	    { .name = "b\xE2\x80\xAE"
	              "vsc.exe",
	        .content = "x" },
	    .reason = "control" },
	{ "NUL in the name", { .name = "b\0.csv", .name_length = 6, .content = "x" },
	    .reason = "control" },
	{ "no charset at all", { .name = "b\xFF\xFF", .content = "x" },
	    .reason = "neither UTF-8 nor GB18030" },
	{ "UTF-8 only by flag", { .name = "\xB8\xBD", .content = "x", .flags = 0x800 },
	    .reason = "says that it is UTF-8" },
	{ "symbolic link", { .name = "b", .content = "/etc/passwd", .attributes = MODE(0120777) },
	    .reason = "symbolic link" },
	{ "device by its attributes", { .name = "b", .content = "", .attributes = MODE(0020666) },
	    .reason = "no regular" },
	{ "disk", { .name = "b", .content = "", .attributes = MODE(0060666) },
	    .reason = "no regular" },
	{ "pipe", { .name = "b", .content = "", .attributes = MODE(0010666) },
	    .reason = "no regular" },
	{ "socket", { .name = "b", .content = "", .attributes = MODE(0140666) },
	    .reason = "no regular" },
	{ "folder by its attributes alone",
	    { .name = "b", .content = "", .attributes = MODE(0040777) }, .reason = "no regular" },
	{ "of no type that there is", { .name = "b", .content = "x", .attributes = MODE(0170666) },
	    .reason = "no regular" },
	{ "the same name", { .name = "fine.csv", .content = "x" }, .reason = "two files" },
	{ "the same name behind ./", { .name = "./fine.csv", .content = "x" }, .name = "fine.csv",
	    .reason = "two files" },
	{ "twin in case", { .name = "Fine.CSV", .content = "x" }, .reason = "only in case" },
	{ "twin in width of case", { .name = "ﬁne.csv", .content = "x" },
	    .reason = "only in case" },
	{ "a folder where a file is", { .name = "FINE.csv/b", .content = "x" }, .name = "fine.csv",
	    .reason = "a folder" },
	{ "an empty folder where a file is", { .name = "fine.csv/", .content = "" },
	    .name = "fine.csv", .reason = "a folder" },
	{ "folder upwards", { .name = "../evil/", .content = "" }, .reason = "\"..\"" },
	{ "folder that is a link", { .name = "b/", .content = "", .attributes = MODE(0120777) },
	    .reason = "symbolic link" },
	{ "folder with content", { .name = "b/", .content = "x" }, .reason = "has content" },
	{ "encrypted", { .name = "b", .content = "x", .flags = 1 }, .reason = "encrypted" },
	{ "encrypted by AES", { .name = "b", .content = "x", .flags = 1, .method = 99 },
	    .reason = "encrypted" },
	{ "strongly encrypted", { .name = "b", .content = "x", .flags = 0x40 },
	    .reason = "encrypted" },
	{ "deflate64", { .name = "b", .content = "x", .method = 9 }, .reason = "method" },
	{ "bzip2", { .name = "b", .content = "x", .method = 12 }, .reason = "method" },
	{ "LZMA", { .name = "b", .content = "x", .method = 14 }, .reason = "method" },
	{ "unknown method", { .name = "b", .content = "x", .method = 1234 }, .reason = "method" },
	{ "stored, and larger", { .name = "b", .content = "x", .size_error = 1 },
	    .reason = "two different ways" },
	{ "more than deflate can", { .name = "b", .content = "xx", .method = 8, .size = 4000 },
	    .reason = "size is not" },
	{ "ratio",
	    { .name = "b",
	        .content = much,
	        .content_length = 80000,
	        .method = 8,
	        .size = 20 << 20 },
	    .reason = "[limits] ratio" },
	{ "one too large",
	    { .name = "b",
	        .content = much,
	        .content_length = sizeof much,
	        .method = 8,
	        .size = 101 << 20 },
	    .reason = "[limits] megabytes" },
	{ "all too large",
	    { .name = "b",
	        .content = much,
	        .content_length = sizeof much,
	        .method = 8,
	        .size = 100 << 20 },
	    .reason = "[limits] megabytes", .whole = 1 },
	{ "too deep", { .name = deep, .content = "x" }, .reason = "[limits] depth" },
	{ "name too long", { .name = lengthy, .content = "x" }, .reason = "[limits] name_bytes" },
};

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static const struct store_fault *find(
    const struct store *store, const char *name, const char *reason)
{
	size_t count;
	const struct store_fault *faults = store_faults(store, &count);

	for (size_t i = 0; i < count; i++)
		if (strstr(faults[i].problem, reason) &&
		    (name ? faults[i].name && strcmp(faults[i].name, name) == 0 : !faults[i].name))
			return &faults[i];
	return NULL;
}

static const char *all(const struct store *store)
{
	size_t count;
	const struct store_fault *faults = store_faults(store, &count);
	const char *text = "";

	for (size_t i = 0; i < count; i++)
		text = arena_printf(&scratch_arena, "%s%s: %s\n", text,
		    faults[i].name ? faults[i].name : "(zip)", faults[i].problem);
	return text;
}

static void expect_unreadable(struct store *store, const char *kind)
{
	size_t count;
	const struct store_file *files = store_files(store, &count);

	for (size_t i = 0; i < count; i++) {
		struct buf out = { 0 };
		struct err err = { 0 };

		cr_expect_lt(store_read(store, &files[i], 1 << 30, &out, &err), 0, "%s", kind);
		cr_expect_eq(err.kind, ERR_INPUT, "%s: %s", kind, err.text);
		buf_release(&out);
	}
}

Test(archive, hostile_zips, SCRATCH)
{
	double worst = 0;
	const char *slowest = "";

	for (size_t i = 0; i < COUNT(hostile); i++) {
		const struct hostile *h = &hostile[i];
		struct raw entries[] = { { .name = "fine.csv", .content = "good" }, h->entry };
		const char *name = h->whole ? NULL : h->name ? h->name : h->entry.name;
		struct store *store = NULL;
		struct buf bytes;
		struct err err = { 0 };
		size_t count;
		double start, took;

		put_raw_framed("in.zip", entries, 2, &h->frame);
		start = now();
		cr_assert_eq(
		    store_open_suspect(&store, in("in.zip"), &limits, 1, &scratch_arena, &err), 0,
		    "%s: %s", h->kind, err.text);
		took = now() - start;
		if (took > worst) {
			worst = took;
			slowest = h->kind;
		}
		cr_expect(find(store, name, h->reason), "%s: '%s' is not among\n%s", h->kind,
		    h->reason, all(store));
		cr_expect(store_is_zip(store));
		expect_unreadable(store, h->kind);
		store_close(store);

		/* In memory it is the same, and refused at once. */
		bytes = bytes_of("in.zip");
		cr_expect_lt(
		    store_open_bytes(&store, "in.docx", &bytes, &limits, &scratch_arena, &err), 0,
		    "%s", h->kind);
		cr_expect_eq(err.kind, ERR_INPUT);
		cr_expect(find(store, name, h->reason), "%s", h->kind);
		store_faults(store, &count);
		cr_expect_gt(count, 0);
	}
	fprintf(stderr, "%zu hostile zips: %.2f ms at most (%s)\n", COUNT(hostile), worst, slowest);
}

/* Refused without an entry that could be named. */
Test(archive, hostile_as_a_whole, SCRATCH)
{
	struct raw part = { .name = "a", .content = "x" }, many[30];
	struct raw_frame of_several = { .disk = 1 };
	struct store *store = NULL;
	struct err err = { 0 };

	put_raw_framed("part.zip", &part, 1, &of_several);
	cr_expect_lt(
	    store_open_suspect(&store, in("part.zip"), &limits, 1, &scratch_arena, &err), 0);
	cr_expect(strstr(err.text, "one part of a zip of several"), "%s", err.text);
	for (size_t i = 0; i < COUNT(many); i++)
		many[i] =
		    (struct raw){ .content = "x", .name = arena_printf(&scratch_arena, "%zu", i) };
	for (size_t n = 11; n <= COUNT(many); n += 19) {
		put_raw_zip("many.zip", many, n);
		cr_expect_lt(
		    store_open_suspect(&store, in("many.zip"), &limits, 1, &scratch_arena, &err),
		    0);
		cr_expect(strstr(err.text, "[limits] files"), "%s", err.text);
	}
	/* All of them say what is wrong with them, not only the first. */
	for (size_t i = 0; i < 10; i++)
		many[i].flags = i % 2;
	put_raw_zip("half.zip", many, 10);
	cr_assert_eq(
	    store_open_suspect(&store, in("half.zip"), &limits, 1, &scratch_arena, &err), 0);
	cr_expect_str_eq(all(store), "1: it is encrypted\n3: it is encrypted\n5: it is "
	                             "encrypted\n7: it is encrypted\n9: it is encrypted\n");
	store_close(store);
}

/* The bomb that does not nest: each entry quotes the headers behind it. */
static void put_bomb(const char *name, unsigned count)
{
	struct buf out = { 0 }, table = { 0 };
	uint32_t start;

	for (unsigned i = 0; i < count; i++) {
		const char *file = arena_printf(&scratch_arena, "%05u", i);
		struct raw e = { .name = file, .content = "", .crc_error = 1 };
		/* All that follows, up to the table. */
		uint32_t rest = (count - 1 - i) * 35;

		e.packed_error = e.size_error = rest;
		raw_central(&table, &e, (uint32_t)out.len);
		raw_local(&out, &e);
	}
	start = (uint32_t)out.len;
	buf_add(&out, buf_str(&table), table.len);
	put32(&out, 0x06054b50);
	put32(&out, 0);
	put16(&out, count & 0xFFFF);
	put16(&out, count & 0xFFFF);
	put32(&out, (uint32_t)table.len);
	put32(&out, start);
	put16(&out, 0);
	put(name, out.data, out.len);
	buf_release(&out);
	buf_release(&table);
}

Test(archive, hostile_bombs, SCRATCH)
{
	struct store *store = NULL;
	struct err err = { 0 };
	size_t count;
	double start;

	put_bomb("bomb.zip", 60000);
	start = now();
	cr_assert_eq(store_open_suspect(
	                 &store, in("bomb.zip"), &store_limits_default, 1, &scratch_arena, &err),
	    0, "%s", err.text);
	fprintf(stderr, "60,000 entries that overlap: %.1f ms\n", now() - start);
	store_faults(store, &count);
	cr_expect_geq(count, 59999, "%zu", count);
	cr_expect(find(store, "00001", "overlaps"));
	store_close(store);
	cr_expect_lt(store_open(&store, in("bomb.zip"), NULL, 1, &scratch_arena, &err), 0);
	cr_expect(strstr(err.text, "overlaps"), "%s", err.text);
	/* Within the limits of a hand-in it is over before it begins. */
	start = now();
	cr_expect_lt(
	    store_open_suspect(&store, in("bomb.zip"), &limits, 1, &scratch_arena, &err), 0);
	fprintf(stderr, "60,000 entries where 10 are allowed: %.1f ms\n", now() - start);
	cr_expect(strstr(err.text, "[limits] files"), "%s", err.text);
}

/* 7075 says another name than the bytes do. */
Test(archive, hostile_unicode_names, SCRATCH)
{
	struct {
		const char *raw, *unicode;
		int local, flags;
		int good;
	} cases[] = {
		{ "b.csv", "c.csv", 0, 0, 0 },
		{ "b.csv", "b.exe", 0, 0, 0 },
		{ "../b.csv", "附件.csv", 0, 0, 0 },
		{ "..\\b.csv", "附件.csv", 0, 0, 0 },
		{ "\xB8\xBD\xBC\xFE.csv", "附件.exe", 0, 0, 0 },
		{ "\xB8\xBD\xBC\xFE.csv", "../附件.csv", 0, 0, 0 },
		{ "\xB8\xBD\xBC\xFE", "附件/", 0, 0, 0 },
		{ "附件.csv", "附表.csv", 0, 0x800, 0 },
		{ "附件.csv", "附表.csv", 1, 0x800, 0 },
		{ "b.csv", "c.csv", 1, 0, 0 },
		{ "b.csv", "b.csv", 0, 0, 1 },
		{ "b.csv", "b.csv", 1, 0, 1 },
		{ "\xB8\xBD\xBC\xFE.csv", "附件.csv", 0, 0, 1 },
		{ "\xB8\xBD\xBC\xFE.csv", "附件.csv", 1, 0, 1 },
		{ "#U9644#U4ef6.csv", "附件.csv", 0, 0, 1 },
		{ "__.csv", "附件.csv", 0, 0, 1 },
		{ "附件.csv", "附件.csv", 0, 0x800, 1 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct raw e = {
			.name = cases[i].raw, .content = "x", .flags = (unsigned)cases[i].flags
		};
		struct store *store = NULL;
		struct err err = { 0 };
		size_t count;

		*(cases[i].local ? &e.local_extra : &e.extra) =
		    raw_unicode(cases[i].raw, cases[i].unicode);
		put_raw_zip("in.zip", &e, 1);
		cr_assert_eq(
		    store_open_suspect(&store, in("in.zip"), &limits, 1, &scratch_arena, &err), 0,
		    "case %zu: %s", i, err.text);
		store_faults(store, &count);
		if (cases[i].good) {
			cr_expect_eq(count, 0, "case %zu: %s", i, all(store));
			cr_expect_str_eq(store_files(store, &count)->name,
			    cases[i].unicode[0] == 'b' ? "b.csv" : "附件.csv");
		} else {
			cr_expect_gt(count, 0, "case %zu", i);
		}
		store_close(store);
	}
}

/* What is packed tighter than a stranger may is read all the same where the zip is ours. */
Test(archive, hostile_or_our_own, SCRATCH)
{
	struct store *store = NULL;
	struct err err = { 0 };
	size_t count;

	sh("head -c 20000000 /dev/zero >blank.bmp && zip -q9 in.zip blank.bmp");
	cr_assert_eq(store_open_suspect(&store, in("in.zip"), NULL, 1, &scratch_arena, &err), 0);
	cr_expect(find(store, "blank.bmp", "[limits] ratio"));
	store_close(store);
	cr_assert_eq(store_open(&store, in("in.zip"), NULL, 1, &scratch_arena, &err), 0);
	store_faults(store, &count);
	cr_expect_eq(count, 0);
	store_close(store);
}
