/* err.c: the text of a failure. */
#include "base/err.h"

#include "base/i18n.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void err_text(struct err *err, enum err_kind kind, const char *format, va_list args)
    __attribute__((format(printf, 3, 0)));

static void err_text(struct err *err, enum err_kind kind, const char *format, va_list args)
{
	err->kind = kind;
	vsnprintf(err->text, sizeof err->text, format, args);
}

int err_set(struct err *err, enum err_kind kind, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	err_text(err, kind, format, args);
	va_end(args);
	return -1;
}

int err_input(struct err *err, const char *why, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	err_text(err, ERR_INPUT, format, args);
	va_end(args);
	size_t n = strlen(err->text);
	snprintf(err->text + n, sizeof err->text - n, "%s%s", _(": "), _(why));
	err->why = why;
	return -1;
}

int err_sys(struct err *err, int code, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	err_text(err, ERR_SYSTEM, format, args);
	va_end(args);
	size_t n = strlen(err->text);
	snprintf(err->text + n, sizeof err->text - n, "%s%s", _(": "), strerror(code));
	return -1;
}
