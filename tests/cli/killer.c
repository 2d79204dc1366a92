/*
 * killer.c: preloaded by killed.sh. Ends the program at its call number $KILL_AT of those that
 * change the file system, before the call; a write is cut in half. Status 137, as after kill -9.
 * Or that call number $FAIL_AT fails, as if the disk were full.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* What a sanitizer does before there is an environment is not counted. */
static int due(int *fails)
{
	static long calls;
	const char *kill_at = getenv("KILL_AT"), *fail_at = getenv("FAIL_AT");
	if (kill_at || fail_at)
		calls++;
	*fails = fail_at && calls == atol(fail_at);
	return kill_at && calls == atol(kill_at);
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define END_IF_DUE()                                                                               \
	do {                                                                                       \
		int fails;                                                                         \
		if (due(&fails))                                                                   \
			_exit(137);                                                                \
		if (fails) {                                                                       \
			errno = ENOSPC;                                                            \
			return -1;                                                                 \
		}                                                                                  \
	} while (0)

static int opened(const char *name, int folder, const char *path, int flags, va_list args)
{
	mode_t mode = 0;
	if (flags & (O_CREAT | (O_TMPFILE & ~O_DIRECTORY))) {
		mode = va_arg(args, mode_t);
		END_IF_DUE();
	}
	int (*next)(int, const char *, int, ...) =
	    (int (*)(int, const char *, int, ...))dlsym(RTLD_NEXT, name);
	return next(folder, path, flags, mode);
}

#define OPEN(name, through)                                                                        \
	int name(const char *path, int flags, ...)                                                 \
	{                                                                                          \
		va_list args;                                                                      \
		va_start(args, flags);                                                             \
		int fd = opened(#through, AT_FDCWD, path, flags, args);                            \
		va_end(args);                                                                      \
		return fd;                                                                         \
	}
OPEN(open, openat)
OPEN(open64, openat64)

ssize_t write(int fd, const void *bytes, size_t n)
{
	int fails = 0;
	if (fd > 2 && due(&fails)) {
		NEXT(write)(fd, bytes, n / 2);
		_exit(137);
	}
	if (fails) {
		errno = ENOSPC;
		return -1;
	}
	return NEXT(write)(fd, bytes, n);
}

int rename(const char *from, const char *to)
{
	END_IF_DUE();
	return NEXT(rename)(from, to);
}

int renameat2(int from_fd, const char *from, int to_fd, const char *to, unsigned flags)
{
	END_IF_DUE();
	return NEXT(renameat2)(from_fd, from, to_fd, to, flags);
}

int linkat(int from_fd, const char *from, int to_fd, const char *to, int flags)
{
	END_IF_DUE();
	return NEXT(linkat)(from_fd, from, to_fd, to, flags);
}

int mkdir(const char *path, mode_t mode)
{
	END_IF_DUE();
	return NEXT(mkdir)(path, mode);
}

int rmdir(const char *path)
{
	END_IF_DUE();
	return NEXT(rmdir)(path);
}

int unlink(const char *path)
{
	END_IF_DUE();
	return NEXT(unlink)(path);
}

int fsync(int fd)
{
	END_IF_DUE();
	return NEXT(fsync)(fd);
}
