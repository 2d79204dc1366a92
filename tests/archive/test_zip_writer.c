/* The zip we write: whole or not at all, the same bytes every time, readable by others. */
#define _GNU_SOURCE /* O_TMPFILE */
#include "archive/zip_writer.h"

#include "archive/zip_check.h"

#include "scratch.h"

#include <fcntl.h>
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

/* "sha256  name" lines of all before it, as a bag's manifest. */
static void manifest(void *self, const struct zip_entry *done, size_t count, struct buf *out)
{
	(void)self;
	for (size_t i = 0; i < count; i++)
		buf_addf(out, "%s  %s\n", done[i].sha256, done[i].name);
}

/* The same of SM3, as openssl dgst -sm3 -r prints them. */
static void manifest_sm3(void *self, const struct zip_entry *done, size_t count, struct buf *out)
{
	(void)self;
	for (size_t i = 0; i < count; i++)
		buf_addf(out, "%s *%s\n", done[i].sm3, done[i].name);
}

/* A bit of everything: tiny, empty, text, noise, a middling file, late ones. */
static struct zip_writer *mixed(const char *path, unsigned threads)
{
	struct zip_writer *writer = zip_writer_new(path, threads);
	struct buf content = { 0 };
	struct err err;

	cr_assert_eq(zip_writer_want_sm3(writer, &err), 0, "%s", err.text);
	zip_writer_add_bytes(writer, "空.txt", &content);
	buf_adds(&content, "x");
	zip_writer_add_bytes(writer, "x", &content);
	cr_expect_null(content.data);
	for (int i = 0; i < 40; i++) {
		char name[32];

		snprintf(name, sizeof name, "text/%02d.txt", i);
		if (i == 7)
			zip_writer_add_late(writer, "early-manifest", manifest, NULL);
		zip_writer_add_file(writer, name, in(name));
	}
	zip_writer_add_file(writer, "noise", in("noise"));
	add_noise(&content, 100000, 3);
	zip_writer_add_bytes(writer, "more-noise", &content);
	zip_writer_add_late(writer, "manifest-sha256.txt", manifest, NULL);
	zip_writer_add_late(writer, "manifest-sm3.txt", manifest_sm3, NULL);
	zip_writer_add_late(writer, "tagmanifest-sha256.txt", manifest, NULL);
	return writer;
}

static void make_input(void)
{
	struct buf content = { 0 };

	sh("mkdir text");
	for (unsigned i = 0; i < 40; i++) {
		char name[32];

		snprintf(name, sizeof name, "text/%02u.txt", i);
		buf_clear(&content);
		add_text(&content, 1000 + i * i * 531, i);
		put(name, content.data, content.len);
	}
	buf_clear(&content);
	add_noise(&content, 3000000, 1);
	put("noise", content.data, content.len);
	buf_release(&content);
}

static void commit(struct zip_writer *writer)
{
	struct err err;

	cr_assert_eq(zip_writer_commit(writer, NULL, NULL, &err), 0, "%s", err.text);
}

/* Foreign tools take it, its late manifest is true, nothing else is left in the folder. */
static void check_with_others(const char *zip)
{
	sh("unzip -tqq %s && bsdtar -tf %s >/dev/null && mkdir u && cd u && unzip -qq ../%s", zip,
	    zip, zip);
	sh("cd u && cut -c67- manifest-sm3.txt | xargs -d '\\n' openssl dgst -sm3 -r | cmp - "
	   "manifest-sm3.txt");
	sh("cd u && sha256sum --quiet -c manifest-sha256.txt && rm -r ../u");
	sh("test -z \"$(find . -name '.*tmp*')\"");
}

Test(archive, writer_same_bytes_for_all, SCRATCH)
{
	make_input();
	commit(mixed(in("1.zip"), 1));
	setenv("TZ", "Asia/Shanghai", 1);
	tzset();
	commit(mixed(in("2.zip"), 2));
	setenv("TZ", "America/New_York", 1);
	tzset();
	setlocale(LC_ALL, "C.UTF-8");
	sh("touch -d 2001-01-01 text/* && chmod 600 text/*");
	commit(mixed(in("8.zip"), 8));
	cr_expect(same_bytes("1.zip", "2.zip"));
	cr_expect(same_bytes("1.zip", "8.zip"));
	check_with_others("8.zip");
	/* Order as added, names marked as UTF-8, no date but 1980, plain modes. */
	sh("bsdtar -tf 1.zip | head -2 | tr '\\n' ' ' | grep -qx '空.txt x '");
	sh("unzip -Zl 1.zip | grep -c '^-rw-r--r--.* 80-Jan-01 00:00' | grep -qx 48");
	/* What compresses is deflated, the rest is stored. */
	sh("unzip -Zl 1.zip | grep -q 'defN.*text/39.txt'");
	sh("unzip -Zl 1.zip | grep -q 'stor.* noise'");
	sh("unzip -Zl 1.zip | grep -q 'stor.* more-noise'");
}

Test(archive, writer_late_sees_what_was_done, SCRATCH)
{
	make_input();
	commit(mixed(in("a.zip"), 2));
	sh("unzip -p a.zip early-manifest | wc -l | grep -qx 9");
	sh("unzip -p a.zip tagmanifest-sha256.txt | tail -1 | grep -q '  manifest-sm3.txt$'");
}

static void long_list(void *self, const struct zip_entry *done, size_t count, struct buf *out)
{
	(void)self;
	(void)done;
	(void)count;
	add_text(out, 17 * 1000 * 1000, 4);
}

/* What is too big for memory streams, and so does what is big in it. */
Test(archive, writer_streams, SCRATCH)
{
	struct buf content = { 0 };

	add_text(&content, 20 * 1000 * 1000 + 7, 1);
	put("text", content.data, content.len);
	buf_clear(&content);
	add_noise(&content, 20 * 1000 * 1000 + 1, 2);
	put("noise", content.data, content.len);
	buf_release(&content);
	for (unsigned threads = 1; threads <= 8; threads += 7) {
		char name[32];
		struct zip_writer *writer;
		struct err err;

		snprintf(name, sizeof name, "%u.zip", threads);
		writer = zip_writer_new(in(name), threads);
		cr_assert_eq(zip_writer_want_sm3(writer, &err), 0, "%s", err.text);
		zip_writer_add_file(writer, "text", in("text"));
		zip_writer_add_file(writer, "noise", in("noise"));
		zip_writer_add_file(writer, "noise again", in("noise"));
		add_noise(&content, 17 * 1000 * 1000, 3);
		zip_writer_add_bytes(writer, "bytes", &content);
		zip_writer_add_late(writer, "list", long_list, NULL);
		zip_writer_add_late(writer, "manifest-sha256.txt", manifest, NULL);
		zip_writer_add_late(writer, "manifest-sm3.txt", manifest_sm3, NULL);
		commit(writer);
	}
	cr_expect(same_bytes("1.zip", "8.zip"));
	check_with_others("1.zip");
	sh("unzip -Zl 1.zip | grep -q 'defN.* text' && unzip -Zl 1.zip | grep -q 'stor.* noise'");
	sh("unzip -Zl 1.zip | grep -q 'defN.* list' && unzip -Zl 1.zip | grep -q 'stor.* bytes'");
}

Test(archive, writer_of_nothing, SCRATCH)
{
	commit(zip_writer_new(in("empty.zip"), 2));
	sh("bsdtar -tf empty.zip | wc -l | grep -qx 0; test $(stat -c %%s empty.zip) = 22");
	zip_writer_drop(NULL);
	zip_writer_drop(zip_writer_new("x", 0));
	zip_writer_drop(mixed(in("never.zip"), 2));
	sh("test ! -e never.zip");
}

Test(archive, writer_into_memory, SCRATCH)
{
	struct buf out = { 0 };
	struct err err = { 0 };

	make_input();
	commit(mixed(in("file.zip"), 2));
	cr_assert_eq(zip_writer_commit_bytes(mixed("memory", 2), &out, &err), 0, "%s", err.text);
	put("memory.zip", out.data, out.len);
	/* The same files under the same names, packed less tightly. */
	sh("unzip -qo file.zip -d file && unzip -qo memory.zip -d memory && diff -r file memory");
	sh("unzip -Z1 file.zip > file.list && unzip -Z1 memory.zip | cmp - file.list");
	struct buf again = { 0 };
	cr_assert_eq(zip_writer_commit_bytes(mixed("memory", 8), &again, &err), 0, "%s", err.text);
	cr_expect(again.len == out.len && memcmp(again.data, out.data, out.len) == 0);
	buf_release(&again);
	/* Behind what is there already, which a failure leaves. */
	out.len = 3;
	cr_assert_eq(zip_writer_commit_bytes(zip_writer_new("none", 1), &out, &err), 0);
	cr_expect_eq(out.len, 3 + 22);
	struct zip_writer *writer = zip_writer_new("memory", 1);
	zip_writer_add_file(writer, "a", in("nowhere"));
	cr_expect_eq(zip_writer_commit_bytes(writer, &out, &err), -1);
	cr_expect_eq(out.len, 3 + 22);
	buf_release(&out);
}

struct told {
	uint64_t last, total;
	int falls, beyond;
};

static void told(void *self, uint64_t done, uint64_t total)
{
	struct told *t = self;

	t->falls += done < t->last;
	t->beyond += done > total;
	t->last = done;
	t->total = total;
}

Test(archive, writer_progress, SCRATCH)
{
	struct told t = { 0 };
	struct err err;

	struct zip_writer *writer;

	make_input();
	writer = mixed(in("a.zip"), 2);
	zip_writer_add_late(writer, "list", long_list, NULL);
	cr_assert_eq(zip_writer_commit(writer, told, &t, &err), 0);
	cr_expect_eq(t.falls, 0);
	cr_expect_eq(t.beyond, 0);
	cr_expect_eq(t.last, t.total);
	cr_expect_gt(t.total, 3000000);
}

/* ---- failures ---------------------------------------------------------- */

struct meddler {
	const char *command;
};

/* Runs while the zip is being written: before the entries after it, after those before. */
static void meddle(void *self, const struct zip_entry *done, size_t count, struct buf *out)
{
	const struct meddler *m = self;

	(void)done;
	(void)count;
	buf_addc(out, 'x');
	cr_assert_eq(try_sh("%s", m->command), 0);
}

static const struct {
	const char *before, *during, *word, *file;
} failing[] = {
	{ "rm victim", "true", "No such file", "victim" },
	{ "rm victim; mkdir victim", "true", "no regular file", "victim" },
	{ "rm victim; mkfifo victim", "true", "no regular file", "victim" },
	{ "true", "rm victim", "No such file", "victim" },
	{ "true", "echo more >>victim", "changed", "victim" },
	{ "true", ": >victim", "changed", "victim" },
	{ "true", "rm victim; mkfifo victim", "changed", "victim" },
	{ "true", "touch -d 2001-01-01 victim", "changed", "victim" },
	/* The same for one that streams. */
	{ "truncate -s 17M victim", "rm victim", "No such file", "victim" },
	{ "truncate -s 17M victim", "echo more >>victim", "changed", "victim" },
	{ "truncate -s 17M victim", "truncate -s 16M victim", "changed", "victim" },
};

Test(archive, writer_failing_file_leaves_all_as_it_was, SCRATCH)
{
	make_input();
	for (size_t i = 0; i < sizeof failing / sizeof *failing; i++) {
		/* One thread: nobody reads the victim before its turn, so the time of meddling is
		 * sure. */
		struct zip_writer *writer = zip_writer_new(in("out/a.zip"), 1);
		struct meddler m = { failing[i].during };
		struct err err = { 0 };

		sh("mkdir out && echo old >out/a.zip && echo content >victim");
		sh("%s", failing[i].before);
		zip_writer_add_file(writer, "noise", in("noise"));
		zip_writer_add_late(writer, "late", meddle, &m);
		zip_writer_add_file(writer, "victim", in("victim"));
		zip_writer_add_file(writer, "other", in("text/09.txt"));
		cr_assert_lt(zip_writer_commit(writer, NULL, NULL, &err), 0, "case %zu", i);
		cr_expect_eq(err.kind, ERR_SYSTEM, "case %zu", i);
		cr_expect(strstr(err.text, failing[i].word), "case %zu: %s", i, err.text);
		cr_expect(strstr(err.text, in(failing[i].file)), "case %zu: %s", i, err.text);
		sh("echo old | cmp - out/a.zip && test \"$(ls -A out)\" = a.zip && rm -rf victim "
		   "out");
	}
}

Test(archive, writer_failing_with_threads, SCRATCH)
{
	make_input();
	for (int i = 0; i < 20; i++) {
		struct zip_writer *writer = mixed(in("out/a.zip"), 4);
		struct meddler m = { "rm last" };
		struct err err;

		/* Too big to be read before its turn. */
		sh("mkdir out; truncate -s 17M last");
		zip_writer_add_late(writer, "late", meddle, &m);
		for (int k = 0; k < 300; k++) {
			char name[32];

			snprintf(name, sizeof name, "more/%d", k);
			zip_writer_add_file(writer, name, in("text/30.txt"));
		}
		zip_writer_add_file(writer, "last", in("last"));
		cr_assert_lt(zip_writer_commit(writer, NULL, NULL, &err), 0);
		cr_expect(strstr(err.text, "last"), "%s", err.text);
		sh("test -z \"$(ls -A out)\" && rmdir out");
	}
}

Test(archive, writer_bad_targets, SCRATCH)
{
	static const struct {
		const char *path, *word;
	} cases[] = {
		{ "none/a.zip", "No such file" },
		{ "folder", "Is a directory" },
		{ "folder/", "Is a directory" },
		{ "file/a.zip", "Not a directory" },
	};

	sh("mkdir folder; echo x >file");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct zip_writer *writer = zip_writer_new(in(cases[i].path), 2);
		struct buf content = { 0 };
		struct err err;

		buf_adds(&content, "x");
		zip_writer_add_bytes(writer, "x", &content);
		cr_assert_lt(zip_writer_commit(writer, NULL, NULL, &err), 0);
		cr_expect(strstr(err.text, cases[i].word), "%s", err.text);
	}
	sh("test \"$(ls -A folder)\" = ''");
}

Test(archive, writer_two_of_one_name, SCRATCH)
{
	struct zip_writer *writer = zip_writer_new(in("a.zip"), 2);
	struct buf content = { 0 };
	struct err err;

	zip_writer_add_bytes(writer, "附件", &content);
	zip_writer_add_bytes(writer, "附件", &content);
	cr_assert_lt(zip_writer_commit(writer, NULL, NULL, &err), 0);
	cr_expect(strstr(err.text, "附件"), "%s", err.text);
	sh("test \"$(ls -A)\" = ''");
}

/* A full disk, as far as a test can make one: the size a file may have. */
Test(archive, writer_no_room, SCRATCH)
{
	struct rlimit limit = { 1000000, 1000000 };
	struct zip_writer *writer;
	struct err err;

	make_input();
	sh("echo old >a.zip");
	writer = mixed(in("a.zip"), 2);
	cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	signal(SIGXFSZ, SIG_IGN);
	cr_assert_lt(zip_writer_commit(writer, NULL, NULL, &err), 0);
	cr_expect_eq(err.kind, ERR_SYSTEM);
	cr_expect(strstr(err.text, "File too large") && strstr(err.text, "a.zip"), "%s", err.text);
	sh("echo old | cmp - a.zip && test -z \"$(find . -name '.*tmp*')\"");
}

/*
 * Killed at any moment, it leaves the old zip or the new one, and nothing else
 * (where files without a name exist; elsewhere a hidden one may stay behind).
 */
Test(archive, writer_killed, SCRATCH)
{
	int unnamed = open(scratch, O_TMPFILE | O_RDWR, 0600);

	make_input();
	sh("echo old >a.zip");
	for (int i = 0; i < 10; i++) {
		pid_t child = fork();

		if (child == 0) {
			struct err err;

			zip_writer_commit(mixed(in("a.zip"), 2), NULL, NULL, &err);
			_exit(0);
		}
		nanosleep(&(struct timespec){ .tv_nsec = i * 7000000L }, NULL);
		kill(child, SIGKILL);
		waitpid(child, NULL, 0);
		sh("echo old | cmp -s - a.zip || unzip -tqq a.zip");
		if (unnamed >= 0)
			sh("test \"$(find . -name '.*tmp*')\" = ''");
	}
	if (unnamed >= 0)
		close(unnamed);
}

Test(archive, writer_replaces_and_keeps_long_names, SCRATCH)
{
	struct buf content = { 0 };
	struct zip_writer *writer;
	char name[256] = "";

	for (int i = 0; i < 80; i++)
		strcat(name, "沁");
	strcat(name, "-2021.zip");
	put(name, "old", 3);
	writer = zip_writer_new(in(name), 2);
	buf_adds(&content, "x");
	zip_writer_add_bytes(writer, "x", &content);
	commit(writer);
	sh("unzip -tqq 沁*.zip && test $(ls -A | wc -l) = 1");
}

/* ---- read again -------------------------------------------------------- */

/* What a zip was meant to hold, kept beyond the writer. */
struct meant {
	struct arena arena;
	struct zip_entry *entries;
	size_t count;
	int verdict;
};

static int keep(void *self, const struct zip_entry *done, size_t count, struct err *err)
{
	struct meant *m = self;

	m->entries = arena_alloc(&m->arena, count * sizeof *done);
	memcpy(m->entries, done, count * sizeof *done);
	m->count = count;
	for (size_t i = 0; i < count; i++)
		m->entries[i].name = arena_strdup(&m->arena, done[i].name);
	return m->verdict == 0 ? 0 : err_set(err, ERR_SYSTEM, "not this one");
}

static int check_again(const struct meant *m, int fd, unsigned threads, struct err *err)
{
	struct zip_check check = { .fd = fd,
		.path = "a.zip",
		.entries = m->entries,
		.count = m->count,
		.threads = threads };

	return zip_check(&check, err);
}

/* Whatever byte is another one than was written is seen. */
Test(archive, writer_reads_again, SCRATCH)
{
	struct meant m = { 0 };
	struct zip_writer *writer;
	struct err err = { 0 };
	struct buf content = { 0 };
	off_t size;
	int fd;

	make_input();
	add_text(&content, 17 << 20, 5);
	put("long", content.data, content.len);
	buf_release(&content);
	writer = mixed(in("a.zip"), 2);
	zip_writer_add_file(writer, "long", in("long"));
	zip_writer_inspect(writer, keep, &m);
	commit(writer);
	fd = open(in("a.zip"), O_RDWR);
	cr_assert_eq(check_again(&m, fd, 1, &err), 0, "%s", err.text);
	cr_assert_eq(check_again(&m, fd, 8, &err), 0, "%s", err.text);
	size = lseek(fd, 0, SEEK_END);
	for (off_t at = 0; at<size; at += at> size - 6000 ? 61 : 150001) {
		unsigned char was, is;

		cr_assert_eq(pread(fd, &was, 1, at), 1);
		is = was ^ 0x10;
		cr_assert_eq(pwrite(fd, &is, 1, at), 1);
		/* Dates, modes and the version that made it say nothing of the content. */
		if (at < size - 6000)
			cr_expect_eq(check_again(&m, fd, 2, &err), -1, "byte %ld", (long)at);
		else
			(void)check_again(&m, fd, 1, &err);
		cr_assert_eq(pwrite(fd, &was, 1, at), 1);
	}
	cr_expect_eq(check_again(&m, fd, 2, &err), 0);
	m.count--;
	cr_expect_eq(check_again(&m, fd, 2, &err), -1);
	m.count++;
	m.entries[3].sha256[5] ^= 1;
	cr_expect_eq(check_again(&m, fd, 2, &err), -1);
	cr_expect(strstr(err.text, m.entries[3].name), "%s", err.text);
	cr_assert_eq(ftruncate(fd, size - 1), 0);
	cr_expect_eq(check_again(&m, fd, 2, &err), -1);
	close(fd);
	arena_release(&m.arena);
}

Test(archive, writer_asks_before_it_is_there, SCRATCH)
{
	struct meant m = { .verdict = -1 };
	struct zip_writer *writer;
	struct err err = { 0 };

	make_input();
	sh("mkdir out && echo old >out/a.zip");
	writer = mixed(in("out/a.zip"), 2);
	zip_writer_inspect(writer, keep, &m);
	cr_assert_lt(zip_writer_commit(writer, NULL, NULL, &err), 0);
	cr_expect_str_eq(err.text, "not this one");
	sh("echo old | cmp - out/a.zip && test \"$(ls -A out)\" = a.zip");
	arena_release(&m.arena);
}

/* A file that is to be there twice is read once: the second time it may be gone. */
Test(archive, writer_reads_a_file_once, SCRATCH)
{
	struct buf content = { 0 };

	make_input();
	add_text(&content, 17 << 20, 5);
	put("long", content.data, content.len);
	buf_clear(&content);
	add_noise(&content, 17 << 20, 6);
	put("longnoise", content.data, content.len);
	buf_release(&content);
	for (unsigned threads = 1; threads <= 4; threads += 3) {
		static const char *const files[] = { "text/39.txt", "noise", "long", "longnoise" };
		struct zip_writer *writer = zip_writer_new(in("a.zip"), threads);
		struct meddler m = { "rm -f text/39.txt noise long longnoise" };

		sh("mkdir kept; ln text/39.txt noise long longnoise kept; ln text/39.txt link");
		cr_assert_eq(zip_writer_want_sm3(writer, &(struct err){ 0 }), 0);
		for (size_t i = 0; i < 4; i++)
			zip_writer_add_file(writer, files[i], in(files[i]));
		zip_writer_add_late(writer, "late", meddle, &m);
		for (size_t i = 0; i < 4; i++) {
			char name[32];

			snprintf(name, sizeof name, "again/%s", files[i]);
			zip_writer_add_file(writer, name, in(files[i]));
		}
		zip_writer_add_file(writer, "linked", in("link"));
		zip_writer_add_late(writer, "manifest-sha256.txt", manifest, NULL);
		zip_writer_add_late(writer, "manifest-sm3.txt", manifest_sm3, NULL);
		commit(writer);
		check_with_others("a.zip");
		sh("unzip -p a.zip again/long | cmp - kept/long");
		sh("unzip -p a.zip linked | cmp - kept/39.txt");
		sh("test $(unzip -p a.zip manifest-sha256.txt | sort | uniq -w 64 | wc -l) = 5");
		sh("mv kept/39.txt text; mv kept/* .; rm -r kept link a.zip");
	}
}

/* Whoever holds Ctrl-C back gets everything undone before it is answered. */
Test(archive, writer_interrupted, SCRATCH)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
	sigset_t held;
	struct err err = { 0 };

	make_input();
	sh("mkdir out && echo old >out/a.zip");
	sigemptyset(&held);
	for (size_t i = 0; i < 3; i++) {
		struct zip_writer *writer = mixed(in("out/a.zip"), 2);
		char command[64];
		int taken;
		struct meddler m = { command };

		sigaddset(&held, signals[i]);
		pthread_sigmask(SIG_BLOCK, &held, NULL);
		snprintf(command, sizeof command, "kill -%d %ld", signals[i], (long)getpid());
		zip_writer_add_late(writer, "late", meddle, &m);
		zip_writer_add_file(writer, "noise-again", in("noise"));
		cr_assert_lt(zip_writer_commit(writer, NULL, NULL, &err), 0);
		cr_expect(strstr(err.text, "interrupted"), "%s", err.text);
		cr_assert_eq(sigwait(&held, &taken), 0);
		cr_expect_eq(taken, signals[i]);
		sh("echo old | cmp - out/a.zip && test \"$(ls -A out)\" = a.zip");
	}
}
