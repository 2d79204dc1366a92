/*
 * faults.c: preloaded by run.sh. Counts calls of the system and of the library by kind, and makes
 * one of them fail, or ends the program before it.
 *
 *   FAULT_STATE=FILE        a file of at least `struct state`: counts, shared by all processes
 *   FAULT_KIND=write        see kinds[]; "any" is all that touches the file system
 *   FAULT_AT=17             which one of that kind; 0 counts only
 *   FAULT_KILL=1            end there as kill -9 does; a write is cut in half
 *   FAULT_TRACE=1           says on standard error from where that call came
 *   FAULT_STACKS=FILE       writes the number of the first call from each place (memory)
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum kind { READ, WRITE, SYNC, RENAME, CLOSE, OPEN, STAT, LIST, MEMORY, THREAD, ANY, KINDS };

static const struct {
	const char *name;
	int error;
} kinds[KINDS] = {
	[READ] = { "read", EIO },
	[WRITE] = { "write", ENOSPC },
	[SYNC] = { "sync", EIO },
	[RENAME] = { "rename", EACCES },
	[CLOSE] = { "close", EIO },
	[OPEN] = { "open", EMFILE },
	[STAT] = { "stat", EACCES },
	[LIST] = { "list", EIO },
	[MEMORY] = { "memory", ENOMEM },
	[THREAD] = { "thread", EAGAIN },
	[ANY] = { "any", EIO },
};

/* Who called: the program or a library that ends where it does, or one that has its own mind. */
enum caller { OURS = 1, SYSTEM_LIBRARY, CARELESS_LIBRARY };

struct state {
	atomic_long counts[KINDS];
	atomic_long fired; /* 0 or a caller */
};

static struct state *state;
static long at;
static int chosen = -1, kills, traces, stacks = -1;
/* A table of places seen; collisions only mean that a place is missed. */
static atomic_char seen[1 << 16];
static __thread int inside;

__attribute__((constructor)) static void start(void)
{
	const char *file = getenv("FAULT_STATE"), *kind = getenv("FAULT_KIND");
	const char *number = getenv("FAULT_AT"), *places = getenv("FAULT_STACKS");
	void *none[2];

	if (!file || !kind)
		return;
	inside = 1;
	(void)backtrace(none, 2); /* loads what it needs while nobody counts */
	for (int i = 0; i < KINDS; i++)
		if (strcmp(kind, kinds[i].name) == 0)
			chosen = i;
	at = number ? atol(number) : 0;
	kills = getenv("FAULT_KILL") != NULL;
	traces = getenv("FAULT_TRACE") != NULL;
	if (places)
		stacks = (int)syscall(
		    SYS_openat, AT_FDCWD, places, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
	/* What the program starts must not count as well. */
	unsetenv("LD_PRELOAD");
	int fd = (int)syscall(SYS_openat, AT_FDCWD, file, O_RDWR | O_CLOEXEC);
	void *shared = mmap(NULL, sizeof *state, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	syscall(SYS_close, fd);
	inside = 0;
	if (shared == MAP_FAILED || chosen < 0)
		abort();
	state = shared;
}

static void note_place(long n)
{
	void *frames[12];
	char text[32];
	inside = 1;
	int depth = backtrace(frames, 12);
	inside = 0;
	unsigned hash = 2166136261u;
	for (int i = 2; i < depth; i++)
		hash = (hash ^ (unsigned)((uintptr_t)frames[i] & 0xFFFFFF)) * 16777619u;
	if (atomic_exchange(&seen[(hash ^ hash >> 16) & 0xFFFF], 1))
		return;
	int length = snprintf(text, sizeof text, "%ld\n", n);
	syscall(SYS_write, stacks, text, length);
}

/*
 * The C library goes on without what it did not get, and so do those that look for fonts: another
 * one stands in. iniparser 4.1 and libxlsxwriter do not look.
 */
static enum caller caller_of(enum kind kind, void *const *frames, int depth)
{
	Dl_info info;
	enum caller caller = OURS;
	for (int i = 2; i < depth; i++) {
		if (!dladdr(frames[i], &info) || !info.dli_fname)
			continue;
		if (strstr(info.dli_fname, "libiniparser") ||
		    (kind == MEMORY && strstr(info.dli_fname, "libxlsxwriter")))
			return CARELESS_LIBRARY;
		if (strstr(info.dli_fname, "libfontconfig") || strstr(info.dli_fname, "libharfbuzz") ||
		    strstr(info.dli_fname, "libfreetype"))
			return SYSTEM_LIBRARY;
		if (i < 5 &&
		    (strstr(info.dli_fname, "libc.so") || strstr(info.dli_fname, "ld-linux")))
			caller = SYSTEM_LIBRARY;
		else if (caller == OURS && !strstr(info.dli_fname, ".so"))
			break;
	}
	return caller;
}

/* Whether this call is the one. */
static int due(enum kind kind)
{
	if (!state || inside)
		return 0;
	int touches = kind != MEMORY && kind != THREAD;
	if ((int)kind != chosen && !(chosen == ANY && touches))
		return 0;
	long n = atomic_fetch_add(&state->counts[chosen], 1) + 1;
	if (stacks >= 0)
		note_place(n);
	if (n != at)
		return 0;
	void *frames[24];
	inside = 1;
	int depth = backtrace(frames, 24);
	atomic_store(&state->fired, caller_of(kind, frames, depth));
	if (traces)
		backtrace_symbols_fd(frames, depth, STDERR_FILENO);
	inside = 0;
	return 1;
}

static _Noreturn void end(void)
{
	syscall(SYS_exit_group, 137);
	for (;;)
		;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define FAIL_IF_DUE(kind, value)                                                                   \
	do {                                                                                       \
		if (due(kind)) {                                                                   \
			if (kills)                                                                 \
				end();                                                             \
			errno = kinds[kind].error;                                                 \
			return value;                                                              \
		}                                                                                  \
	} while (0)

/* A call that fails like all of its kind: return type, name, its parameters, and as arguments. */
#define CALL(type, name, kind, value, parameters, arguments)                                       \
	type name parameters                                                                       \
	{                                                                                          \
		FAIL_IF_DUE(kind, value);                                                          \
		return NEXT(name) arguments;                                                       \
	}

CALL(ssize_t, read, READ, -1, (int fd, void *to, size_t n), (fd, to, n))
CALL(ssize_t, pread, READ, -1, (int fd, void *to, size_t n, off_t from), (fd, to, n, from))
CALL(ssize_t, pread64, READ, -1, (int fd, void *to, size_t n, off64_t from), (fd, to, n, from))
CALL(int, fsync, SYNC, -1, (int fd), (fd))
CALL(int, rename, RENAME, -1, (const char *from, const char *to), (from, to))
CALL(int, renameat2, RENAME, -1, (int a, const char *from, int b, const char *to, unsigned flags),
    (a, from, b, to, flags))
CALL(int, linkat, RENAME, -1, (int a, const char *from, int b, const char *to, int flags),
    (a, from, b, to, flags))
CALL(int, unlink, RENAME, -1, (const char *path), (path))
CALL(int, rmdir, RENAME, -1, (const char *path), (path))
CALL(int, mkdir, OPEN, -1, (const char *path, mode_t mode), (path, mode))
CALL(int, memfd_create, OPEN, -1, (const char *name, unsigned flags), (name, flags))
CALL(FILE *, fopen, OPEN, NULL, (const char *path, const char *mode), (path, mode))
CALL(FILE *, fopen64, OPEN, NULL, (const char *path, const char *mode), (path, mode))
CALL(DIR *, opendir, OPEN, NULL, (const char *path), (path))
CALL(DIR *, fdopendir, OPEN, NULL, (int fd), (fd))
CALL(struct dirent *, readdir, LIST, NULL, (DIR * dir), (dir))
CALL(struct dirent64 *, readdir64, LIST, NULL, (DIR * dir), (dir))
CALL(int, stat, STAT, -1, (const char *path, struct stat *st), (path, st))
CALL(int, stat64, STAT, -1, (const char *path, struct stat64 *st), (path, st))
CALL(int, lstat, STAT, -1, (const char *path, struct stat *st), (path, st))
CALL(int, lstat64, STAT, -1, (const char *path, struct stat64 *st), (path, st))
CALL(int, fstat, STAT, -1, (int fd, struct stat *st), (fd, st))
CALL(int, fstat64, STAT, -1, (int fd, struct stat64 *st), (fd, st))
CALL(int, fstatat, STAT, -1, (int fd, const char *path, struct stat *st, int flags),
    (fd, path, st, flags))
CALL(int, fstatat64, STAT, -1, (int fd, const char *path, struct stat64 *st, int flags),
    (fd, path, st, flags))

size_t fread(void *to, size_t size, size_t n, FILE *file)
{
	if (due(READ)) {
		if (kills)
			end();
		file->_flags |= 0x20; /* glibc's mark for ferror() */
		errno = kinds[READ].error;
		return 0;
	}
	return NEXT(fread)(to, size, n, file);
}

/* What was to be written is written half, as on a disk that fills up. */
#define WRITES(name, parameters, half, whole)                                                      \
	ssize_t name parameters                                                                    \
	{                                                                                          \
		if (fd > 2 && due(WRITE)) {                                                        \
			if (kills) {                                                               \
				(void)!NEXT(name) half;                                            \
				end();                                                             \
			}                                                                          \
			errno = kinds[WRITE].error;                                                \
			return -1;                                                                 \
		}                                                                                  \
		return NEXT(name) whole;                                                           \
	}
WRITES(write, (int fd, const void *from, size_t n), (fd, from, n / 2), (fd, from, n))
WRITES(pwrite, (int fd, const void *from, size_t n, off_t to), (fd, from, n / 2, to),
    (fd, from, n, to))
WRITES(pwrite64, (int fd, const void *from, size_t n, off64_t to), (fd, from, n / 2, to),
    (fd, from, n, to))

/* Whatever a close answers, the descriptor is gone. */
int close(int fd)
{
	int fails = due(CLOSE);

	if (fails && kills)
		end();
	int rc = NEXT(close)(fd);
	if (fails)
		errno = kinds[CLOSE].error;
	return fails ? -1 : rc;
}

int fclose(FILE *file)
{
	int fails = due(CLOSE);

	if (fails && kills)
		end();
	int rc = NEXT(fclose)(file);
	if (fails)
		errno = kinds[CLOSE].error;
	return fails ? EOF : rc;
}

#define OPENS(name, parameters, given)                                                             \
	int name parameters                                                                        \
	{                                                                                          \
		va_list args;                                                                      \
		va_start(args, flags);                                                             \
		mode_t mode =                                                                      \
		    flags & (O_CREAT | (O_TMPFILE & ~O_DIRECTORY)) ? va_arg(args, mode_t) : 0;     \
		va_end(args);                                                                      \
		FAIL_IF_DUE(OPEN, -1);                                                             \
		return NEXT(name) given;                                                           \
	}
OPENS(open, (const char *path, int flags, ...), (path, flags, mode))
OPENS(open64, (const char *path, int flags, ...), (path, flags, mode))
OPENS(openat, (int fd, const char *path, int flags, ...), (fd, path, flags, mode))
OPENS(openat64, (int fd, const char *path, int flags, ...), (fd, path, flags, mode))

/* dlsym() allocates itself. */
extern void *__libc_malloc(size_t), *__libc_calloc(size_t, size_t), *__libc_realloc(void *, size_t);

void *malloc(size_t n)
{
	FAIL_IF_DUE(MEMORY, NULL);
	return __libc_malloc(n);
}

void *calloc(size_t n, size_t size)
{
	FAIL_IF_DUE(MEMORY, NULL);
	return __libc_calloc(n, size);
}

void *realloc(void *old, size_t n)
{
	FAIL_IF_DUE(MEMORY, NULL);
	return __libc_realloc(old, n);
}

int pthread_create(pthread_t *thread, const pthread_attr_t *how, void *(*work)(void *), void *self)
{
	if (due(THREAD)) {
		if (kills)
			end();
		return kinds[THREAD].error;
	}
	return NEXT(pthread_create)(thread, how, work, self);
}
