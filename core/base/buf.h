/* buf.h: a growing string of bytes. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>

/* `data` is never NULL once something was added, and always ends in NUL. Zeroed: empty. */
struct buf {
	char *data;
	size_t len;
	size_t cap;
};

void buf_release(struct buf *buf);
void buf_clear(struct buf *buf); /* empties, keeps the memory */
void buf_reserve(struct buf *buf, size_t more);

void buf_add(struct buf *buf, const void *bytes, size_t n);
void buf_adds(struct buf *buf, const char *text);
void buf_addc(struct buf *buf, char c);
void buf_addf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_vaddf(struct buf *buf, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

/* The text so far; "" for an empty buffer. Valid until the buffer changes. */
const char *buf_str(const struct buf *buf);

#endif
