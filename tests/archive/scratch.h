/* scratch.h: a temporary folder for each test, and a shell to look at results with foreign tools.
 */
#ifndef TESTS_SCRATCH_H
#define TESTS_SCRATCH_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"

#include <criterion/criterion.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char scratch[256];
static struct arena scratch_arena;

/* Runs a command in the scratch folder; returns its exit status. */
static inline int try_sh(const char *format, ...) __attribute__((format(printf, 1, 2)));
static inline int try_sh(const char *format, ...)
{
	struct buf command = { 0 };
	va_list args;
	int status;

	buf_addf(&command, "cd '%s' || exit 99\n", scratch);
	va_start(args, format);
	buf_vaddf(&command, format, args);
	va_end(args);
	status = system(buf_str(&command));
	buf_release(&command);
	return status;
}

#define sh(...) cr_assert_eq(try_sh(__VA_ARGS__), 0, "failed: " __VA_ARGS__)

static inline void scratch_make(void)
{
	const char *root = getenv("TMPDIR");

	snprintf(scratch, sizeof scratch, "%s/nianbao-test-XXXXXX", root ? root : "/tmp");
	cr_assert(mkdtemp(scratch));
}

static inline void scratch_remove(void)
{
	arena_release(&scratch_arena);
	if (*scratch)
		try_sh("cd / && chmod -R u+rwX '%s' && rm -rf '%s'", scratch, scratch);
}

/* Path of something in the scratch folder. */
static inline const char *in(const char *name)
{
	return path_join(&scratch_arena, scratch, name);
}

static inline void put(const char *name, const void *bytes, size_t n)
{
	FILE *file = fopen(in(name), "wb");

	cr_assert(file);
	cr_assert_eq(fwrite(bytes, 1, n, file), n);
	cr_assert_eq(fclose(file), 0);
}

static inline struct buf bytes_of(const char *name)
{
	struct buf out = { 0 };
	struct err err;

	cr_assert_eq(file_read(in(name), UINT64_MAX, &out, &err), 0);
	return out;
}

static inline int same_bytes(const char *a, const char *b)
{
	struct buf x = bytes_of(a), y = bytes_of(b);
	int same = x.len == y.len && memcmp(buf_str(&x), buf_str(&y), x.len) == 0;

	buf_release(&x);
	buf_release(&y);
	return same;
}

/* Bytes that do not compress, the same on every run. */
static inline void add_noise(struct buf *out, size_t n, uint64_t seed)
{
	for (size_t i = 0; i < n; i += 8) {
		uint64_t z = (seed += 0x9E3779B97F4A7C15u);

		z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
		z = (z ^ z >> 27) * 0x94D049BB133111EBu;
		z ^= z >> 31;
		buf_add(out, &z, n - i < 8 ? n - i : 8);
	}
}

/* Text that does. */
static inline void add_text(struct buf *out, size_t n, unsigned seed)
{
	size_t start = out->len;

	for (unsigned line = 1; out->len - start < n; line++)
		buf_addf(out, "%u. 第%u号行政复议案件，依法审结，维持原行政行为。\n", line,
		    line * 7919u + seed);
	out->len = start + n;
	out->data[out->len] = '\0';
}

#define SCRATCH .init = scratch_make, .fini = scratch_remove

#endif
